"""Difficulties by kind as bars, what became of them; and the cards of the page of 疏."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import NOTHING, Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.cards import Card, both_counts, count_note, metric_card, percentage_text
from ui.colours import STATUS_COLOURS, STATUS_SIGNS
from ui.markup import bar_rows, element, joined, legend_mark, link, stacked_bar, words
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.results import DatedResult

BY_KIND = Text("{raised} 个难题办成什么样", "What became of {raised} difficulties")
NO_DIFFICULTIES = Text("还没有登记难题", "No difficulty is on record")
KINDS = Text("难题按类别", "Difficulties by kind")
KIND_ALT = Text("{what}：{parts}", "{what}: {parts}")
ALL_KINDS = Text("全部类别", "all kinds")
NOT_DUE, PAST_DUE = Text("未办结、未逾期", "Open, not overdue"), Text("未办结、已逾期", "Open and overdue")
PART_COUNT = Text("{part} {count} 个", "{part}: {count}")
COUNTED = Text("{raised} 个", "{raised}")
OVERDUE_OF = Text("逾期 {overdue}", "{overdue} overdue")
HALF_WITHIN = Text("半数 {days} 天内办结", "half closed in {days} days")
TOO_FEW, MOST_OPEN = Text("样本不足", "Too few"), Text("过半没有办结", "most are open")
NO_TIME = Text("用时样本不足", "too few for a time")
TOO_FEW_NOTE = Text(
    "“–”：分母不足 {step_cases:g}，样本不足，不给；半数办结天数为空的，也可能是过半还没有办结。",
    "“–”: fewer than {step_cases:g} in the denominator, too few; without days until half are closed most may be open.",
)
DIFFICULTIES, HOUSEHOLDS = Text("个", "difficulties"), Text("户", "households")
UNVISITED = Text("超过 {unvisited_days:g} 天没走访", "Unvisited over {unvisited_days:g} days")
NEVER = Text("从未走访 {count} 户", "never visited: {count}")
PROMISE_OVERDUE = Text("难题逾期（过了承诺日期）", "Difficulties overdue")
OF_OPEN = Text("{overdue} / {open} 个未办结", "{overdue} of {open} open")
SPLIT = Text("已解释 {explained} 个，不能解决 {unsolvable} 个", "{explained} explained, {unsolvable} cannot be solved")
CLOSED_OF = Text("办结 {closed} / 提出 {raised} 个", "closed {closed} of {raised} raised")
SIGNED_AFTER = Text(
    "解决后 {days} 天内签约 {signed} / {followed} 个", "signed within {days} days after: {signed} of {followed}"
)
INTENSITY = Text("每户每周走访", "Visits a household and week")
TIMES, COUNT = Text("{count} 次", "{count}"), Text("{count} 户", "{count}")
VISITS_OF = Text("{visits} 次 / 未签约 {weeks} 户·周", "{visits} visits / {weeks} household-weeks")
LAST_WEEKS = Text("近 {visit_weeks:g} 周", "last {visit_weeks:g} weeks")
DIFFICULTY_COLUMNS = (
    *("difficulty_reason", "raised", "closed", "closed_rate", "solved", "explained", "unsolvable"),
    *("difficulty_solved_rate", "open", "overdue", "median_days", "followed", "signed_after", "signed_after_rate"),
)

# what became of difficulties: the column that counts it, its sign and its colour on the bars
PARTS = (
    ("solved", STATUS_SIGNS["已完成"], STATUS_COLOURS["已完成"]),
    ("explained", STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    ("unsolvable", STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"]),
    ("waiting", STATUS_SIGNS["无数据"], STATUS_COLOURS["无数据"]),
    ("overdue", STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
)


def scoped_rows(rows: pd.DataFrame, project: str | None) -> pd.DataFrame:
    """Return the rows of one project, or those of all projects together."""
    return rows[rows["project_id"] == project] if project else rows[rows["project_id"].isna()]


def row_of_all_kinds(rows: pd.DataFrame, project: str | None) -> pd.Series | None:
    """Return the row of all kinds for a project, or for all; None where there is none."""
    whole = scoped_rows(rows, project)
    whole = whole[whole["is_total"].astype(bool)]
    return whole.iloc[0] if len(whole) else None


def bars_heading(rows: pd.DataFrame) -> Text:
    """Return the heading of the bars: how many difficulties they are of."""
    return BY_KIND.fill(raised=formats.format_count(rows.loc[rows["is_total"].astype(bool), "raised"].iloc[0]))


def kind_bars(request: PageRequest, difficulties: DatedResult, project: str | None) -> Html:
    """Return what became of difficulties as bars: of all kinds, then of each, a link to the households that have it.

    Viewers see the kinds of all projects together only.
    """
    rows = scoped_rows(difficulties.rows, project)
    rows = rows.assign(waiting=rows["open"] - rows["overdue"])
    whole, kinds = rows[rows["is_total"].astype(bool)].iloc[0], rows[~rows["is_total"].astype(bool)]
    named = {"waiting": NOT_DUE, "overdue": PAST_DUE}
    labels = {name: named.get(name) or difficulties.column(name).label for name, *_ in PARTS}
    needed, widest = thresholds(difficulties.as_of)["step_cases"], int(max(kinds["raised"], default=1))
    drawn = bar_rows(_kind_row(request, row, labels, widest, needed) for _, row in kinds.iterrows())
    legend = (
        element(
            "span", legend_mark(sign, colour) + " " + words(PART_COUNT.fill(part=labels[name], count=int(whole[name])))
        )
        for name, sign, colour in PARTS
        if whole[name]
    )
    total = _outcome_bar(whole, ALL_KINDS, labels)
    return Html(total + element("div", joined(legend), class_="fl-legend") + drawn)


def _kind_row(
    request: PageRequest, row: pd.Series, labels: dict[str, Text], widest: int, needed: float
) -> tuple[Markup, Markup, Markup]:
    """Return the name of a kind as a link, its bar as long as it has difficulties, and its figures."""
    name = WORDS[row["difficulty_reason"]]
    href = same_page_href(request, kind=row["difficulty_reason"], open=None)
    bar = element("div", _outcome_bar(row, name, labels), style=f"width:{100 * row['raised'] / widest:.1f}%")
    return link(words(name), href), bar, words(_kind_figures(row, needed))


def _kind_figures(row: pd.Series, needed: float) -> Text:
    told = [COUNTED.fill(raised=int(row["raised"]))]
    if row["overdue"]:
        told.append(OVERDUE_OF.fill(overdue=int(row["overdue"])))
    return join_texts([*told, median_text(row, needed, NO_TIME)], Text("，", ", "))


def median_text(row: pd.Series, needed: float, too_few: Text) -> Text:
    """Say in how many days half were closed, or why that cannot be told."""
    if not formats.is_missing(row["median_days"]):
        return HALF_WITHIN.fill(days=formats.format_count(row["median_days"]))
    return too_few if row["closed"] < needed else MOST_OPEN


def _outcome_bar(row: pd.Series, what: Text, labels: dict[str, Text]) -> Markup:
    told = [(int(row[name]), sign, colour, labels[name]) for name, sign, colour in PARTS if row[name]]
    counted = [PART_COUNT.fill(part=label, count=count) for count, _, _, label in told]
    said = KIND_ALT.fill(what=what, parts=untranslated(", ".join(t(part) for part in counted)))
    pieces = [(count, colour, t(part)) for (count, _, colour, _), part in zip(told, counted, strict=True)]
    return stacked_bar(pieces, said, [f"{sign} {count}" for count, sign, _, _ in told])


def difficulty_cards(
    request: PageRequest, difficulties: DatedResult, visits: DatedResult, project: str | None
) -> Sequence[Card]:
    """Return the four figures of the page: not visited, overdue, solved, visits; each leads to what is behind it."""
    row, seen = row_of_all_kinds(difficulties.rows, project), row_of_all_kinds(visits.rows, project)
    if project:
        seen = visits.rows[visits.rows["project_id"] == project].iloc[0]
    scope = scoped_rows(difficulties.rows, project)
    made = (
        (_unvisited_card(visits, seen), "all"),
        (_overdue_card(difficulties, row, scope), "kinds"),
        (_solved_card(difficulties, row, scope), "kinds"),
        (_intensity_card(visits, seen), "projects"),
    )
    return [replace(card, href=same_page_href(request, open=part, kind=None)) for card, part in made]


def _unvisited_card(visits: DatedResult, row: pd.Series | None) -> Card:
    label = UNVISITED.fill(**thresholds(visits.as_of))
    if row is None:
        return metric_card(visits, NOTHING, label=label, span=None)
    never = count_note(row["never_visited"], NEVER)
    return metric_card(
        visits, both_counts(row["unvisited"], row["unsigned"], HOUSEHOLDS), never, label=label, span=None, rows=row
    )


def _overdue_card(difficulties: DatedResult, row: pd.Series | None, scope: pd.DataFrame) -> Card:
    if row is None:
        return metric_card(difficulties, NOTHING, label=PROMISE_OVERDUE, span=None)
    figure = OF_OPEN.fill(overdue=int(row["overdue"]), open=int(row["open"]))
    needed = thresholds(difficulties.as_of)["step_cases"]
    return metric_card(
        difficulties, figure, median_text(row, needed, NO_TIME), label=PROMISE_OVERDUE, span=None, rows=scope
    )


def _solved_card(difficulties: DatedResult, row: pd.Series | None, scope: pd.DataFrame) -> Card:
    label = difficulties.column("difficulty_solved_rate").label
    if row is None:
        return metric_card(difficulties, NOTHING, label=label)
    solved, closed = int(row["solved"]), int(row["closed"])
    is_told = not formats.is_missing(row["difficulty_solved_rate"])
    lines = (
        both_counts(solved, closed, DIFFICULTIES),
        SPLIT.fill(explained=int(row["explained"]), unsolvable=int(row["unsolvable"])),
        CLOSED_OF.fill(closed=closed, raised=int(row["raised"])),
        _signed_after_text(difficulties, row),
    )
    figure = percentage_text(solved, closed) if is_told else TOO_FEW
    return metric_card(difficulties, figure, *lines, label=label, span=None, rows=scope)


def _signed_after_text(difficulties: DatedResult, row: pd.Series) -> Text | None:
    days = int(thresholds(difficulties.as_of)["solved_signing_days"])
    counts = {"signed": int(row["signed_after"]), "followed": int(row["followed"])}
    return SIGNED_AFTER.fill(days=days, **counts) if counts["followed"] else None


def _intensity_card(visits: DatedResult, row: pd.Series | None) -> Card:
    span = LAST_WEEKS.fill(**thresholds(visits.as_of))
    if row is None:
        return metric_card(visits, NOTHING, label=INTENSITY, span=span)
    rate = row["visits_per_week"]
    figure = TOO_FEW if formats.is_missing(rate) else TIMES.fill(count=f"{formats.round_below_caps(rate, 2):.2f}")
    weeks = f"{formats.round_below_caps(row['household_weeks'], 1):,.1f}"
    counts = VISITS_OF.fill(visits=formats.format_count(row["recent_visits"]), weeks=weeks)
    return metric_card(visits, figure, counts, label=INTENSITY, span=span, rows=row)
