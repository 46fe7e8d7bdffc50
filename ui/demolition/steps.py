"""The four steps on the overview: a panel each with a few indicators, and one step with all of them and its lists."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts, verbatim
from data.words import STEPS, WORDS
from ui import formats
from ui.blocks import Block, Html
from ui.colours import STREAM_COLOURS
from ui.indicator_cards import group_sentence, indicator_card, indicator_value
from ui.markup import bar_rows, bullet_bar, element, joined, link, list_items, words
from ui.menu import page_href, page_label
from ui.page import PageRequest, caption_block, heading_block
from ui.page_header import same_page_href
from ui.result_list import Row, folded_table, list_block
from ui.results import DatedResult

ABOUT = {
    "谋": Text("尽早谋划，依法有据", "plan early, by the law"),
    "宣": Text("广泛宣传，家喻户晓", "let every household know"),
    "疏": Text("疏导群众，化解难题", "solve what holds people"),
    "拆": Text("落实拆迁，安全利用", "clear, safely, and use the land"),
}
# what a panel shows of its step; the rest stands on the page of the step
ON_PANEL = {
    "谋": ("方案要素齐备率", "法定节点违规数", "房源备足率"),
    "宣": ("入户宣传覆盖率", "首访知晓率", "座谈会次数"),
    "疏": ("难题化解率", "超期未走访户", "信访按期办结率"),
    "拆": ("户腾空率", "拆违完成率", "安全事故数"),
}
STEP_PAGE = {"谋": "demolition/legal.py", "疏": "demolition/difficulties.py", "拆": "demolition/violations.py"}
# where the list behind an indicator stands, if not on the page of its step
LISTED_ON = {
    "signing_rate": "demolition/signing.py",
    "signing_by_area": "demolition/signing.py",
    "status_chain": "demolition/signing.py",
    "village_awards": "demolition/villages.py",
}
PUBLICITY = "宣"
TO_OVERVIEW = Text("← 征迁总览", "← Overview of demolition")
CHOOSE_STEP = Text("四步棋的步", "step")
FOUR_STEPS = Text("四步棋", "The four steps")
ALL_INDICATORS = Text("全部指标：分子、分母、期间、数据截至", "All indicators: counts, periods, days")
ELSEWHERE = Text("明细在：", "Lists: ")
OF_PAGE = Text("（{names}）", " ({names})")
REACH = Text(
    "各项目宣传覆盖，没签完的、覆盖率低的在前",
    "Households reached, projects not complete first",
)
ALL_REACH = Text("各项目宣传覆盖全表", "Households reached: all columns")
REACHED = Text("覆盖 / 总户数", "Reached of all")
NOT_KNOWN = Text("没有登记覆盖户数", "no number of households on record")
MIX = Text("今年各方式的次数", "This year by kind")
MONTHS = Text("近 12 个月每月次数", "Times a month, last 12 months")
TIMES = Text("{count} 次", "{count}×")
TIMES_AND_QUANTITY = Text("{count} 次 · 数量 {quantity}", "{count}× · {quantity} in all")
MONTHS_ALT = Text("近 12 个月宣传次数：{counts}", "Publicity in the last 12 months: {counts}")
MONTH_COUNT = Text("{month} {count}", "{month}: {count}")
ACTIVITIES = Text("宣传活动，新的在前", "Activities, the newest first")
FIRST_VISITS = Text("首访态度，知晓最少的项目在前", "First visits, the least informed project first")
INDICATOR_COLUMNS = (
    *("step", "code", "indicator", "indicator_value", "unit", "numerator", "denominator", "missing", "is_too_few"),
    *("period_from", "period_to", "newest"),
)
LISTED_REACH = ("project", "reach", "unreached", "brochure_reached", "meeting_reached")
REACH_COLUMNS = (
    *("project", "reached", "households", "rate", "unreached", "brochure_reached", "meeting_reached", "activities"),
    *("unreported", "is_over", "newest"),
)
SHOWN_REACH = 6  # chosen: the whole step in four screens of a phone
ACTIVITY_COLUMNS = ("held_on", "kind", "project", "village", "quantity", "households_reached", "cost", "note")
VISIT_COLUMNS = ("project", "visited", "informed", "uninformed", "attitude_missing", "rate", "newest")
HOUSEHOLDS = WORDS["户"]


def indicator_rows(steps: DatedResult) -> list[Row]:
    """Return the indicators with None for what is missing."""
    rows: list[Row] = steps.rows.astype(object).where(steps.rows.notna(), None).to_dict("records")
    return rows


def indicator_page(row: Row) -> str:
    """Return the file of the page on which the list behind an indicator stands, nothing where that is this page."""
    return LISTED_ON.get(row["listed_in"]) or STEP_PAGE.get(row["step"], "")


def indicator_href(request: PageRequest, row: Row) -> str:
    """Return where the list behind an indicator stands: a page of its own, that of its step, or this one."""
    file = indicator_page(row)
    return page_href(file) if file else same_page_href(request, step=row["step"], open=None)


def step_panels(request: PageRequest, steps: DatedResult) -> Html:
    """Return the four steps side by side, each with its few indicators, every one a link to what is behind it."""
    rows = indicator_rows(steps)
    return Html(element("div", joined(_step_panel(request, step.value, rows) for step in STEPS), class_="fl-columns"))


def _step_panel(request: PageRequest, step: str, rows: list[Row]) -> Markup:
    heading = link(words(step), same_page_href(request, step=step, open=None))
    about = element("small", words(_about_text(step)))
    lines = list_items(_panel_line(request, row) for row in _panel_rows(step, rows))
    return element("section", element("h2", heading + Markup(" ") + about) + lines, class_="fl-step")


def _panel_rows(step: str, rows: list[Row]) -> list[Row]:
    """Return the few indicators that stand for a step."""
    found = {row["indicator"]: row for row in rows if row["step"] == step}
    return [found[name] for name in ON_PANEL[step] if name in found]


def _about_text(step: str) -> Text:
    return verbatim(ABOUT[step].zh, f"{WORDS[step].en}: {ABOUT[step].en}")


def _panel_line(request: PageRequest, row: Row) -> Markup:
    """Return an indicator in a row: its name and value, its counts below."""
    line = element("span", words(WORDS[row["indicator"]])) + element("b", words(indicator_value(row)))
    below = element("small", words(verbatim(row["sentence"], row["sentence_en"])), class_="fl-caption")
    return link(element("span", line, class_="fl-row") + below, indicator_href(request, row), class_="fl-item")


def step_title(steps: DatedResult, step: str) -> Text:
    """Say of one step what the few indicators are that stand for it."""
    return group_sentence(step, _panel_rows(step, indicator_rows(steps)))


def way_to_overview(request: PageRequest) -> Html:
    """Return the way back to the overview."""
    return Html(element("p", link(words(TO_OVERVIEW), same_page_href(request, step=None, open=None))))


def step_cards(request: PageRequest, steps: DatedResult, step: str) -> Html:
    """Return all indicators of a step as cards, the parts of one together."""
    rows = [row for row in indicator_rows(steps) if row["step"] == step]
    codes = dict.fromkeys(row["code"] for row in rows)
    groups = ([row for row in rows if row["code"] == code] for code in codes)
    cards = joined(indicator_card(steps, parts, indicator_href(request, parts[0])) for parts in groups)
    about = element("p", words(_about_text(step)), class_="fl-caption")
    return Html(about + element("div", cards, class_="fl-cards"))


def step_indicator_table(request: PageRequest, steps: DatedResult, step: str) -> Iterator[Block]:
    """Yield all counts of a step as a table, folded."""
    rows = steps.rows[steps.rows["step"] == step]
    return folded_table(request, "all", ALL_INDICATORS, steps, INDICATOR_COLUMNS, rows)


def reach_list(request: PageRequest, reach: DatedResult) -> Html:
    """Return the households that each project has reached, the least first; each leads to the project."""
    return list_block(
        reach,
        LISTED_REACH,
        href=lambda row: page_href("demolition/signing.py", project=row["project_id"]),
        cells={"reach": _reach_cell},
        headings={"reach": REACHED},
        is_alarming=lambda row: bool(row["is_over"]),
        shown=SHOWN_REACH,
        more_href=same_page_href(request, open="reach"),
    )


def _reach_cell(row: Row) -> Markup:
    if formats.is_missing(row["reached"]):
        return words(NOT_KNOWN)
    said = formats.format_share(row["reached"], row["households"], row["rate"], HOUSEHOLDS)
    return bullet_bar(row["rate"], None, STREAM_COLOURS["demolition"], said) + element("small", words(said))


def mix_and_months(mix: DatedResult, months: DatedResult) -> Html:
    """Return how often each kind was used this year, beside how often anything was done in each month."""
    kinds = element("section", element("h2", words(MIX)) + _mix_bars(mix.rows))
    by_month = element("section", element("h2", words(MONTHS)) + _month_bars(months))
    return Html(element("div", kinds + by_month, class_="fl-two"))


def _mix_bars(rows: pd.DataFrame) -> Markup:
    most = max(rows["activities"].max(), 1)

    def bar(row: Row) -> tuple[Markup, Markup, Markup]:
        counts = {"count": formats.format_count(row["activities"]), "quantity": formats.format_count(row["quantity"])}
        said = TIMES_AND_QUANTITY.fill(**counts)
        drawn = bullet_bar(100 * row["activities"] / most, None, STREAM_COLOURS["demolition"], said)
        return words(WORDS[row["kind"]]), drawn, words(said)

    return bar_rows(map(bar, rows.to_dict("records")))


def _month_bars(months: DatedResult) -> Markup:
    """Return the last twelve months as columns with their counts; a month without anything is 0."""
    last = pd.Timestamp(months.as_of).to_period("M")
    found = dict(zip(months.rows["month"], months.rows["activities"], strict=True))
    counts = [(month, int(found.get(month.to_timestamp(), 0))) for month in pd.period_range(end=last, periods=12)]
    most = max(1, *(count for _, count in counts))
    listed = join_texts([MONTH_COUNT.fill(month=str(month), count=count) for month, count in counts], Text("、", ", "))
    columns = joined(_month_column(f"{month:%m}", count, most) for month, count in counts)
    return element("div", columns, class_="fl-monthly", role="img", aria_label=words(MONTHS_ALT.fill(counts=listed)))


def _month_column(month: str, count: int, most: int) -> Markup:
    bar = element("b", "", style=f"height:{100 * count / most:.0f}%;background:{STREAM_COLOURS['demolition']}")
    return element("span", element("i", str(count)) + element("span", bar) + element("small", month))


def publicity_blocks(
    request: PageRequest, reach: DatedResult, mix: DatedResult, months: DatedResult, visits: DatedResult
) -> Iterator[Block]:
    """Yield whom the policy reached, what was done by kind and month, and how the first visits found people."""
    yield heading_block(REACH)
    yield reach_list(request, reach)
    yield mix_and_months(mix, months)
    yield from folded_table(request, "reach", ALL_REACH, reach, REACH_COLUMNS)
    yield from folded_table(request, "first_visits", FIRST_VISITS, visits, VISIT_COLUMNS)


def activity_table(request: PageRequest, activities: DatedResult) -> Iterator[Block]:
    """Yield all activities, folded."""
    return folded_table(request, "activities", ACTIVITIES, activities, ACTIVITY_COLUMNS)


def elsewhere_block(steps: DatedResult, step: str) -> Html:
    """Return the pages on which the lists behind the indicators of a step stand, each with the names of these."""
    named: dict[str, list[Text]] = {}
    for row in indicator_rows(steps):
        if row["step"] == step and (file := indicator_page(row)):
            named.setdefault(file, []).append(WORDS[row["indicator"]])
    listed = [
        link(words(page_label(file)), page_href(file)) + words(OF_PAGE.fill(names=join_list(names)))
        for file, names in named.items()
    ]
    return Html(element("p", words(ELSEWHERE) + joined(listed, " · "))) if listed else caption_block()
