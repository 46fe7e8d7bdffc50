"""The page of signing, one project: its sentence, facts and links, cards, chain, groups and disagreeing households."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, untranslated
from data.words import BREAKDOWNS, WORDS
from ui import formats, tables
from ui.blocks import Html
from ui.cards import Card, both_counts, metric_card
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.demolition.signing import (
    DEADLINE_HEADING,
    HOUSEHOLDS,
    LEFT,
    PER_DAY,
    all_projects_link,
    deadline_text,
    share_text,
)
from ui.map.map_link import link_to_map
from ui.markup import bullet_bar, element, joined, labelled_bars, link, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PERIOD = Text("签约期 {start} 至 {end}", "signing from {start} to {end}")
TITLE = Text(
    "{project}签约 {share}，还差 {left} 户，{when}", "{project}: {share} signed, households left: {left}, {when}"
)
ALL_SIGNED = Text("{project}签约 {share}，已签完", "{project}: {share}, fully signed")
DEADLINE_DAY = Text("截止 {day}", "deadline {day}")
NEEDED = Text("每天需签", "Needed a day")
PACE = Text("近 7 天每天 {pace} 户", "7-day pace: {pace} households")
REWARD = Text("第 {sequence} 期奖励", "Reward {sequence}")
REWARD_DAYS = Text("还有 {days} 天", "{days} days left")
REWARD_LAST_DAY = Text("今天截止", "ends today")
AT_RISK = Text("{count} 户没签，过了 {day} 就没有这一档", "{count} not signed lose it after {day}")
ONE_SHORT = Text("{count} 个片区只差一户", "{count} blocks one household short")
OTHER_PAGES = (
    ("demolition/difficulties.py", Text("难题与走访", "Difficulties and visits")),
    ("demolition/legal.py", Text("法定节点", "Legal steps")),
)
BACKTEST = Text("预测回测", "Back-test of forecasts")
TO_OVERVIEW = Text("征迁总览", "Overview")
CHAIN = Text("走到哪一步（都占总户数）", "How far they are (of all households)")
COMPENSATION = Text("补偿方式：{parts}", "Compensation: {parts}")
PART_OF_COMPENSATION = Text("{mode} {count} 户", "{mode} {count}")
NO_COMPENSATION = Text("还没有补偿协议", "No agreement yet")
WHOLE = Text("总户数", "All households")
VISITED = Text("入户", "Surveyed at home")
CHAIN_STEPS = ("已摸底", "已签约", "已腾空", "已拆除", "已交付")
BREAKDOWN = Text("分{dimension}：剩得多的在前", "{dimension}: the most left first")
BREAKDOWN_TABLE = Text("分片区、村社、小组的数据", "The figures by block, village and team")
CHOOSE_GROUPING = Text("分组方式", "grouping")
GROUPED_BY = Text("分组：", "Grouped by: ")
GROUP = Text("分组", "Group")
BY_HOUSEHOLD, BY_AREA = Text("签约（户）", "Signed, households"), Text("签约（面积）", "Signed, floor area")
STEPS_AFTER = Text("腾空 / 拆除 / 交付", "Vacated / razed / handed over")
NO_AREA = Text("没有面积", "no area")
AREA_OF = Text("{rate}（{signed} / {area} ㎡）", "{rate} ({signed} / {area} m²)")
LACKING_AREA = Text("，{count} 户没有面积", ", {count} without an area")
AREA_SENTENCE = Text(
    "按面积签约 {rate}（{signed} / {area} ㎡）{more}，法定口径按户。",
    "By floor area {rate} ({signed} / {area} m²) signed{more}; the legal rate is by household.",
)
NO_AREA_SENTENCE = Text(
    "户册里没有合法建筑面积，不算按面积的签约率。", "No lawful floor area is registered, so no rate by area."
)
DIFFERENCES = Text(
    "两本台账不一致的 {count} 户次，逐户核对", "{count} disagreements of the two ledgers, household by household"
)
NO_DIFFERENCES = Text("两本台账一致", "The two ledgers agree")
DIFFERENCE_COLUMNS = (
    *("household_id", "difference", "signed_on", "withdrawn_on", "status", "side_state", "surveyed_on", "vacated_on"),
)
BREAKDOWN_COLUMNS = (
    *("dimension", "group_name", "signed", "group_households", "rate", "households_left", "area_signed", "area"),
    *("area_rate", "without_area", "vacated", "razed", "delivered"),
)
DIMENSIONS = tuple(choice.value for choice in BREAKDOWNS)


def project_sentence(row: pd.Series) -> Text:
    """Say how one project of signing_rate stands: both counts, households left, days left or over."""
    template = ALL_SIGNED if row["households_left"] == 0 else TITLE
    left = formats.format_count(row["households_left"])
    blanks: dict[str, object] = {"project": row["project"], "share": share_text(row)}
    return template.fill(**blanks, left=left, when=deadline_text(row))


def project_facts(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back, what kind of project this is, its period, who leads it, its other pages, its remark."""
    kinds = [tables.word_label(row[name], reader_language()) for name in ("kind", "level") if row[name]]
    period = PERIOD.fill(start=formats.format_date(row["sign_start"]), end=formats.format_date(row["sign_end"]))
    owner = "" if formats.is_missing(row["owner"]) else row["owner"]
    said = [words(each) for each in (*kinds, period, owner) if each]
    pages = [link(words(label), page_href(file, project=row["project_id"])) for file, label in OTHER_PAGES]
    # only a project whose period is over was forecast again
    tested = {"project": row["project_id"]} if row["days_left"] < 0 else {}
    pages += [
        link(words(BACKTEST), page_href("demolition/backtest.py", **tested)),
        link_to_map(project=row["project_id"]),
    ]
    overview = link(words(TO_OVERVIEW), page_href("demolition/overview.py"))
    lines = (joined((all_projects_link(request), *said), " · "), joined((*pages, overview), " · "))
    note = "" if formats.is_missing(row["note"]) else element("p", words(row["note"]), class_="fl-caption")
    return Html(joined(element("p", line) for line in lines) + note)


def project_cards(
    request: PageRequest,
    rates: DatedResult,
    row: pd.Series,
    paces: DatedResult,
    left: pd.Series,
    rewards: DatedResult,
) -> list[Card]:
    """Return the cards of one project: households left, the deadline, the pace that it needs, the running reward."""
    count = PER_DAY.fill(count=formats.format_count(row["households_left"]))
    end = DEADLINE_DAY.fill(day=formats.format_date(row["sign_end"]))
    pace = PACE.fill(pace=formats.format_count(left["pace_per_day"]))
    needed = untranslated(formats.MISSING)
    if not formats.is_missing(left["needed_per_day"]):
        needed = PER_DAY.fill(count=formats.format_count(left["needed_per_day"]))
    counts = metric_card(rates, count, both_counts(row["signed"], row["households"], HOUSEHOLDS), label=LEFT, rows=row)
    reward = _reward_card(rewards)
    return [
        replace(counts, href=same_page_href(request, open="curve")),
        metric_card(rates, deadline_text(row), end, label=DEADLINE_HEADING, span=None, rows=row),
        metric_card(paces, needed, pace, label=NEEDED, span=None, rows=left),
        *([replace(reward, href=same_page_href(request, open="rewards"))] if reward else []),
    ]


def _reward_card(rewards: DatedResult) -> Card | None:
    """Return the running reward that ends first: days to its end and who would lose it; None without one."""
    running = rewards.rows[rewards.rows["period_state"] == "进行中"]
    if running.empty:
        return None
    row = running.iloc[0]
    days = REWARD_DAYS.fill(days=int(row["days_left"])) if row["days_left"] else REWARD_LAST_DAY
    lost = AT_RISK.fill(count=int(row["households_at_risk"]), day=formats.format_date(row["ends_on"]))
    short = ONE_SHORT.fill(count=int(row["blocks_one_short"])) if row["blocks_one_short"] else None
    return metric_card(
        rewards, days, lost, short, label=REWARD.fill(sequence=int(row["sequence"])), span=None, rows=row
    )


def chain_bars(chain: pd.DataFrame) -> Html:
    """Return how far the households are, from all of them to handed over."""
    steps = chain.set_index("status").loc[list(CHAIN_STEPS)].reset_index()
    total = chain["households"].iloc[0]
    first = pd.DataFrame([{"status": "", "reached": total, "households": total, "rate": 100.0}])
    return Html(_bars_of_rows(pd.concat([first, steps]), "reached", _step_name))


def compensation_bars(mix: pd.DataFrame) -> Html:
    """Return the ways of compensation of the households that have signed."""
    return Html(_bars_of_rows(mix, "signed", _compensation_name))


def compensation_label(mix: pd.DataFrame) -> Text:
    """Return how many households are compensated in each way, the most in front."""
    if mix.empty:
        return NO_COMPENSATION
    counts = mix.groupby("mode")["signed"].sum().sort_values(ascending=False, kind="stable")
    parts = (PART_OF_COMPENSATION.fill(mode=WORDS[mode], count=count) for mode, count in counts.items())
    return COMPENSATION.fill(parts=join_list(parts))


def _bars_of_rows(rows: pd.DataFrame, count: str, name: Callable[[Row], Text]) -> Markup:
    def bar(row: Row) -> tuple[Markup, float | None, str, Text]:
        said = formats.format_share(row[count], row["households"], row["rate"], HOUSEHOLDS)
        return words(name(row)), row["rate"], STREAM_COLOURS["demolition"], said

    return labelled_bars(bar(row) for row in rows.to_dict("records"))


def _step_name(row: Row) -> Text:
    return {"": WHOLE, "已摸底": VISITED}.get(row["status"]) or WORDS[row["status"]]


def _compensation_name(row: Row) -> Text:
    estate = "" if formats.is_missing(row["estate"]) else f" · {row['estate']}"
    return Text("{mode}{estate}", "{mode}{estate}").fill(mode=WORDS[row["mode"]], estate=estate)


def area_sentence(row: pd.Series) -> Text:
    """Say how much of the floor area has signed; `row` is that of signing_by_area."""
    if formats.is_missing(row["area_rate"]):
        return NO_AREA_SENTENCE
    more = LACKING_AREA.fill(count=int(row["without_area"])) if row["without_area"] else untranslated("")
    return AREA_SENTENCE.fill(
        rate=formats.format_percent(row["area_rate"]),
        signed=formats.format_count(row["area_signed"], row["area"]),
        area=formats.format_count(row["area"]),
        more=more,
    )


def breakdown_heading(dimension: str) -> Text:
    """Return the heading of the groups of one dimension."""
    return BREAKDOWN.fill(dimension=WORDS[dimension])


def grouping_links(request: PageRequest, chosen: str) -> Html:
    """Return the ways of grouping, each a link, the chosen one as a word."""
    listed = [
        element("b", words(WORDS[name]))
        if name == chosen
        else link(words(WORDS[name]), same_page_href(request, by=name))
        for name in DIMENSIONS
    ]
    return Html(element("p", words(GROUPED_BY) + joined(listed, " · ")))


def breakdown_list(request: PageRequest, breakdown: DatedResult, dimension: str) -> Html:
    """Return the groups of one dimension, the most households left first, by households and by floor area."""
    rows = breakdown.rows[breakdown.rows["dimension"] == dimension].assign(
        households=breakdown.rows["group_households"]
    )
    return list_block(
        breakdown,
        ["group_name", "by_household", "households_left", "by_area", "steps_after"],
        rows,
        cells={"by_household": _household_cell, "by_area": _area_cell, "steps_after": _steps_cell},
        headings={"group_name": GROUP, "by_household": BY_HOUSEHOLD, "by_area": BY_AREA, "steps_after": STEPS_AFTER},
        shown=6,
        more_href=same_page_href(request, open="groups"),
    )


def _household_cell(row: Row) -> Markup:
    said = share_text(row)
    colour = STATUS_COLOURS["已完成"] if row["households_left"] == 0 else STREAM_COLOURS["demolition"]
    return bullet_bar(row["rate"], None, colour, said) + element("small", words(said))


def _area_cell(row: Row) -> Markup:
    if formats.is_missing(row["area_rate"]):
        return words(NO_AREA)
    more = LACKING_AREA.fill(count=int(row["without_area"])) if row["without_area"] else untranslated("")
    said = AREA_OF.fill(
        rate=formats.format_percent(row["area_rate"]),
        signed=formats.format_count(row["area_signed"], row["area"]),
        area=formats.format_count(row["area"]),
    )
    return words(said) + words(more)


def _steps_cell(row: Row) -> Markup:
    return words(" / ".join(str(int(row[name])) for name in ("vacated", "razed", "delivered")))


def difference_label(rows: pd.DataFrame) -> Text:
    """Return the label of the folded list of disagreeing households."""
    return DIFFERENCES.fill(count=len(rows)) if len(rows) else NO_DIFFERENCES


def reward_ends(rewards: pd.DataFrame) -> Sequence[tuple[int, pd.Timestamp]]:
    """Return the number and the last day of each reward period in the order of their days."""
    ordered = rewards.sort_values("ends_on")
    return list(zip(ordered["sequence"].astype(int), ordered["ends_on"], strict=True))
