"""The overview of 三改一拆: what is late, how many households are left, what the law says, the four steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import Text, join_texts, untranslated, verbatim
from data.words import LATE, WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, both_counts, metric_card
from ui.colours import STATUS_COLOURS, STATUS_SIGNS
from ui.demolition import steps as four_steps
from ui.demolition.difficulty_bars import UNVISITED
from ui.demolition.forecast import chance_text, worked_chance
from ui.demolition.signing import ALL_DONE, deadline_text
from ui.indicator_cards import indicator_value
from ui.markup import element, joined, link, list_items, status_mark, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.result_list import Row
from ui.results import DatedResult
from ui.worked_figures import column_total

PAGE = Page(
    label=Text("征迁总览", "Demolition overview"),
    icon=":material/flag:",
    place=10,
    ledgers=("publicity",),
    choices=("step",),
)
SIGNING_PAGE = "demolition/signing.py"
# indicators that have to be 0, and those that are watched: the first in red, the others as a warning
MUST_BE_ZERO = ("法定节点违规数", "安全事故数", "夜间节假日强拆数")
WATCHED = ("高风险信访", "超期未走访户")
SHOWN_LATE = 8  # chosen: what is late fits on the second screen

OVERDUE = Text(
    "{count} 个征迁项目过了截止没签完，最晚的{project}{when}，还差 {left} 户",
    "{count} not complete in time, the latest {project}: {when}, households left: {left}",
)
BEHIND = Text("{count} 个落后于序时", "{count} behind plan")
BEHIND_NAMED = Text(
    "{count} 个征迁项目落后于序时，最急的{project}{when}，还差 {left} 户",
    "{count} projects behind plan, most pressing {project}: {when}, households left: {left}",
)
TOO_SLOW = Text("{count} 个按近 7 天速度签不完", "{count} too slow at the 7-day pace")
ON_PLAN = Text("在签的 {count} 个征迁项目都达到序时", "All {count} projects that are signing are on plan")
LEFT_IN_ALL = Text("共还差 {left} 户", "households left in all: {left}")
NONE_LEFT = Text("没有剩余户", "no household left")
VIOLATIONS = Text("法定节点违规 {count} 处", "legal clocks broken: {count}")
NO_VIOLATION = Text("法定节点没有违规", "no legal clock broken")
LEFT = Text("还差户数", "Households left")
SIGNED_OF = Text("已签 {counts}", "signed {counts}")
IN_PROJECTS = Text("在 {count} 个项目", "in {count} projects")
COUNT = Text("{count} 户", "{count}")
LATEST, PRESSING = Text("最晚的项目", "Latest project"), Text("最急的项目", "Most pressing project")
STILL_LEFT = Text("还差 {left} 户，签约 {rate}", "households left: {left}, signed {rate}")
NONE_OPEN = Text("没有", "none")
FORESEEN = "有预测"
CHANCE = Text("按期签完的可能", "Chance to be in time")
INTERVAL = Text(
    "到截止 {low}–{high} / {households} 户（80 % 区间）", "{low}–{high} of {households} by then (80 % interval)"
)
PACE = Text("每天需签", "Needed a day")
RECENT_PACE = Text("近 7 天每天 {pace} 户", "7-day pace: {pace}")
FOR_PROJECT = Text("{project}，截止 {day}", "{project}, deadline {day}")
NO_PACE = Text("没有还在签约期内的项目", "no project is in its signing period")
LATE_LIST = Text("要盯的事（最急的在前）", "Needs attention, most pressing first")
NOTHING_LATE = Text("没有亮灯的事。", "Nothing stands out.")
LATE_PROJECT = Text("{project}：还差 {left} 户", "{project}: {left} to sign")
LATE_INDICATOR = Text("{name} {value}", "{name}: {value}")
MUST_BE_ZERO_MARK, WATCHED_MARK = Text("应为 0", "must be 0"), Text("关注", "watch")
HOUSEHOLDS = WORDS["户"]


def _indicator(steps: DatedResult, name: str) -> Row | None:
    """Return an indicator of the four steps that has a value, or None."""
    rows = [row for row in four_steps.indicator_rows(steps) if row["indicator"] == name]
    return rows[0] if rows and rows[0]["indicator_value"] is not None else None


def title_sentence(rates: DatedResult, projects: pd.DataFrame, steps: DatedResult) -> Text:
    """Count what is late and behind and name the latest; then the households left, then what the law says."""
    if rates.rows.empty:
        return phrases.NOTHING_YET
    left = int(projects["households_left"].sum())
    in_all = LEFT_IN_ALL.fill(left=formats.format_count(left)) if left else NONE_LEFT
    law = _indicator(steps, MUST_BE_ZERO[0])
    said = [*_late_sentences(rates, projects), in_all, *([] if law is None else [_law_sentence(law)])]
    return join_texts(said, Text("；", "; "))


def _law_sentence(row: Row) -> Text:
    count = int(row["indicator_value"])
    return VIOLATIONS.fill(count=count) if count else NO_VIOLATION


def _late_sentences(rates: DatedResult, projects: pd.DataFrame) -> Iterator[Text]:
    """Yield how many are past the deadline, with the latest, how many more behind plan, how many else too slow."""
    is_overdue = projects["is_overdue"].astype(bool)
    overdue, behind = projects[is_overdue], projects[~is_overdue & projects["light"].isin(LATE)]
    if len(overdue):
        yield OVERDUE.fill(count=len(overdue), **_named_project(overdue.iloc[0]))
        if len(behind):
            yield BEHIND.fill(count=len(behind))
    elif len(behind):
        yield BEHIND_NAMED.fill(count=len(behind), **_named_project(behind.iloc[0]))
    else:
        yield ON_PLAN.fill(count=len(projects)) if len(projects) else ALL_DONE.fill(count=len(rates.rows))
    if slow := int((projects["is_too_slow"].astype(bool) & ~is_overdue & ~projects["light"].isin(LATE)).sum()):
        yield TOO_SLOW.fill(count=slow)


def _named_project(row: pd.Series) -> Row:
    left = formats.format_count(row["households_left"])
    return {"project": row["project"], "when": deadline_text(row), "left": left}


def overview_cards(
    request: PageRequest, rates: DatedResult, projects: pd.DataFrame, forecast: DatedResult, steps: DatedResult
) -> list[Card]:
    """Return the cards: households left, the latest project, whether the date is made, who was not visited for long."""
    cards = [_left_card(rates, projects), _latest_card(rates, projects), _forecast_card(forecast)]
    return [*cards, *_unvisited_cards(request, steps)]


def _left_card(rates: DatedResult, projects: pd.DataFrame) -> Card:
    left = COUNT.fill(count=formats.format_count(projects["households_left"].sum()))
    own = rates.rows[rates.rows["project_id"].isin(projects["project_id"])]
    worked = [column_total(rates, own, "households_left")] if len(own) else ()
    counts = both_counts(projects["signed"].sum(), projects["households"].sum(), HOUSEHOLDS)
    below = SIGNED_OF.fill(counts=counts), IN_PROJECTS.fill(count=len(projects))
    return replace(
        metric_card(rates, left, *below, label=LEFT, span=None, rows=own, worked=worked), href=page_href(SIGNING_PAGE)
    )


def _latest_card(rates: DatedResult, projects: pd.DataFrame) -> Card:
    """Return the project that is longest past its deadline, or else furthest behind."""
    if projects.empty:
        return replace(metric_card(rates, NONE_OPEN, label=LATEST, span=None), href=page_href(SIGNING_PAGE))
    row = projects.iloc[0]
    left, rate = formats.format_count(row["households_left"]), formats.format_percent(row["rate"])
    below = untranslated(row["project"]), STILL_LEFT.fill(left=left, rate=rate)
    label, own = LATEST if row["is_overdue"] else PRESSING, rates.rows[rates.rows["project_id"] == row["project_id"]]
    card = metric_card(rates, deadline_text(row), *below, label=label, span=None, rows=own)
    return replace(card, href=page_href(SIGNING_PAGE, project=row["project_id"]))


def _forecast_card(forecast: DatedResult) -> Card:
    """Return the project that is least likely to be complete in time, or without a forecast the pace it needs."""
    foreseen = forecast.rows[forecast.rows["outlook"] == FORESEEN]
    if foreseen.empty:
        return _pace_card(forecast)
    row = foreseen.loc[foreseen["probability"].idxmin()]
    low, high, households = (formats.format_count(row[name]) for name in ("low", "high", "households"))
    interval = INTERVAL.fill(low=low, high=high, households=households)
    chance, below = float(row["probability"]), (_project_and_deadline(row), interval)
    worked = (worked_chance(chance),)
    card = metric_card(forecast, chance_text(chance), *below, label=CHANCE, span=None, rows=row, worked=worked)
    return replace(card, href=page_href(SIGNING_PAGE, project=row["project_id"]))


def _project_and_deadline(row: pd.Series) -> Text:
    return FOR_PROJECT.fill(project=row["project"], day=formats.format_date(row["sign_end"]))


def _pace_card(pace: DatedResult) -> Card:
    """Return the greatest lack of signings a day among the projects with days left."""
    running = pace.rows[pace.rows["needed_per_day"] > 0]
    if running.empty:
        return replace(metric_card(pace, NO_PACE, label=PACE, span=None), href=page_href(SIGNING_PAGE))
    row = running.loc[(running["pace_per_day"] - running["needed_per_day"]).idxmin()]
    said = RECENT_PACE.fill(pace=formats.format_count(row["pace_per_day"]))
    needed = COUNT.fill(count=formats.format_count(row["needed_per_day"]))
    card = metric_card(pace, needed, said, _project_and_deadline(row), label=PACE, span=None, rows=row)
    return replace(card, href=page_href(SIGNING_PAGE, project=row["project_id"]))


def _unvisited_cards(request: PageRequest, steps: DatedResult) -> Iterator[Card]:
    row = _indicator(steps, WATCHED[1])
    if row is not None:
        said = verbatim(row["sentence"], row["sentence_en"])
        label = UNVISITED.fill(**thresholds(steps.as_of))
        own = steps.rows[steps.rows["indicator"] == row["indicator"]]
        card = metric_card(steps, indicator_value(row), said, label=label, span=None, rows=own)
        yield replace(card, href=four_steps.indicator_href(request, row))


def late_list(request: PageRequest, projects: pd.DataFrame, steps: DatedResult) -> Html:
    """Return what is red or yellow, the most pressing first: late projects, what has to be 0, what is watched."""
    late = projects[projects["light"].isin(LATE)]
    is_overdue = late["is_overdue"].astype(bool)
    zero, watched = (_flagged_rows(steps, names) for names in (MUST_BE_ZERO, WATCHED))
    items = [
        *(_late_project(row) for row in late[is_overdue].astype(object).to_dict("records")),
        *(_late_indicator(request, row, "已逾期", MUST_BE_ZERO_MARK) for row in zero),
        *(_late_project(row) for row in late[~is_overdue].astype(object).to_dict("records")),
        *(_late_indicator(request, row, "滞后", WATCHED_MARK) for row in watched),
    ]
    if not items:
        return caption_block(NOTHING_LATE)
    more = link(words(phrases.SHOW_ALL.fill(count=len(items))), page_href(SIGNING_PAGE))
    rest = element("p", more) if len(items) > SHOWN_LATE else Markup("")
    return Html(list_items(items[:SHOWN_LATE]) + rest)


def _flagged_rows(steps: DatedResult, names: Sequence[str]) -> list[Row]:
    rows = [_indicator(steps, name) for name in names]
    return [row for row in rows if row is not None and row["indicator_value"] > 0]


def _late_project(row: Row) -> Markup:
    left = LATE_PROJECT.fill(project=row["project"], left=formats.format_count(row["households_left"]))
    name = joined((status_mark(row["light"]), words(left)), " ")
    when = [deadline_text(row)] if row["is_overdue"] else [formats.format_gap(row["gap"]), deadline_text(row)]
    said = element("b", words(join_texts(when, Text("，", ", "))))
    href = page_href(SIGNING_PAGE, project=row["project_id"])
    return link(element("span", element("span", name) + said, class_="fl-row"), href, class_="fl-item")


def _late_indicator(request: PageRequest, row: Row, light: str, mark: Text) -> Markup:
    """Return an indicator that stands out: its sign and why, its name and value, its counts."""
    sign = element("span", STATUS_SIGNS[light], class_="fl-mark", style=f"--c:{STATUS_COLOURS[light]}")
    said = LATE_INDICATOR.fill(name=WORDS[row["indicator"]], value=indicator_value(row))
    line = element("span", joined((sign, words(said)), " ")) + element("b", words(mark))
    below = element("small", words(verbatim(row["sentence"], row["sentence_en"])), class_="fl-caption")
    return link(
        element("span", line, class_="fl-row") + below, four_steps.indicator_href(request, row), class_="fl-item"
    )
