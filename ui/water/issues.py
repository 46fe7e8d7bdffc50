"""The page of the issues: how many are open and overdue, at which step they stand, how one was handled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.datasets.targets import TARGETS
from data.datasets.water.choices import ISSUE_STEPS
from data.standards.thresholds import thresholds
from data.text import Text, join_list, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Block, Html
from ui.cards import TO_DATE, Card, both_counts, metric_card, percentage_text, share_of_rows
from ui.colours import STATUS_COLOURS, STATUS_SIGNS
from ui.figure_sheet import figure_part
from ui.map.map_link import link_to_map
from ui.markup import element, joined, link, stacked_bar, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, facts_block, full_table, list_block
from ui.results import DatedResult
from ui.worked_figures import column_share

PAGE = Page(
    label=Text("问题整改", "Issues"),
    icon=":material/fact_check:",
    place=85,
    ledgers=("issue", "issue_event"),
    choices=("issue",),
)

LATE = Text(
    "{open} 件问题未销号，{overdue} 件逾期，最久的是{river}{problem}，逾期 {days} 天",
    "{open} issues are open, {overdue} of them overdue, the longest by {days} days: {problem}, {river}",
)
ONLY_LATE = Text(
    "{open} 件问题未销号，都已逾期，最久的是{river}{problem}，逾期 {days} 天",
    "{open} issues are open, all of them overdue, the longest by {days} days: {problem}, {river}",
)
IN_TIME = Text("{open} 件问题未销号，没有逾期的", "{open} issues are open, none of them overdue")
NONE_OPEN = Text("没有未销号的问题", "No issue is open")
NO_ISSUE = Text("没有问题记录", "No issue is on record")
CHOOSE_ISSUE = Text("问题", "issue")
TO_ALL_ISSUES = Text("← 全部问题", "← All issues")
ONE_LATE = Text(
    "{river}{problem}（{issue}）：逾期 {days} 天未销号，停在“{step}” {stuck} 天",
    "{problem}, {river} ({issue}): {days} days overdue, at “{step}” for {stuck} days",
)
ONE_OPEN = Text(
    "{river}{problem}（{issue}）：{due}，停在“{step}” {stuck} 天",
    "{problem}, {river} ({issue}): {due}, at “{step}” for {stuck} days",
)
DUE, NO_DUE = Text("{day} 到期", "due on {day}"), Text("没有写期限", "no due day is written")
ONE_CLOSED = Text(
    "{river}{problem}（{issue}）：{day} 销号，用时 {days} 天，{against}",
    "{problem}, {river} ({issue}): settled on {day} after {days} days, {against}",
)
CLOSED_LATE = Text("比期限晚 {days} 天", "{days} days late")
CLOSED_IN_TIME = Text("没有逾期", "not late")
BY_STEP = Text("未销号问题停在哪一步", "At which step the open issues stand")
OPEN_LIST = Text("未销号问题，逾期最久的在前", "Open issues, the longest overdue first")
STEPS = Text("办理经过，新的在前", "Its steps, the newest first")
ALL_STEPS = Text("照片和备注", "Photos and notes")
FACTS = Text("登记内容", "As it is registered")
ISSUE = Text("问题", "Issue")
ALL_ISSUES = Text("未销号问题全表", "All columns of the open issues")
COHORTS = Text("各月发现的问题办到哪一步", "What became of the issues found in each month")
TIMES = Text("近 {issue_months} 个月所发现问题的办理用时", "How long the issues found in {issue_months} months take")
STATES = Text("销号 · 未到期 · 逾期", "Settled · not yet due · overdue")
SETTLED, SETTLED_RATE = Text("已销号", "Settled"), Text("销号率(%)", "Settled (%)")
OVERDUE = Text("逾期未销号", "Overdue issues")
OF_OPEN = Text("未销号共 {open} 件", "of {open} open ones")
ON_TIME = Text("按时销号率", "Settled on time")
FALLEN_DUE = Text("{window}、已到期的问题", "{window}, fallen due")
FOUND_IN = Text("{window}的问题", "{window}")
FOUND_LATELY = Text("近 {issue_months} 个月发现的", "Found in the last {issue_months} months")
HALF, TENTHS = (
    Text("半数在 {days} 天内", "half within {days} days"),
    Text("九成在 {days} 天内", "nine tenths in {days} days"),
)
TOO_FEW = Text("样本不足", "Too few")
SETTLED_SO_FAR = Text("已销号 {closed} / {found} 件", "{closed} of {found} settled")
ISSUES, COUNT = Text("件", "issues"), Text("{count} {unit}", "{count} {unit}")
STEP_COUNTS = Text("{count} 件，逾期 {overdue}", "{count}, {overdue} overdue")
STEP_ALT = Text("{step}：{count} 件，其中逾期 {overdue} 件", "{step}: {count} issues, {overdue} of them overdue")
MONTH_ALT = Text(
    "发现 {found} 件，已销号 {closed} 件，未到期 {waiting} 件，逾期 {overdue} 件",
    "{found} found, {closed} settled, {waiting} not yet due, {overdue} overdue",
)
ISSUE_STATES = {
    "已完成": Text("已销号", "settled"),
    "无数据": Text("未到期", "not yet due"),
    "严重滞后": Text("逾期", "overdue"),
}
OVERDUE_LIGHT, WAITING_LIGHT, SETTLED_LIGHT = "严重滞后", "无数据", "已完成"
ISSUE_COLUMNS = (
    *("issue_id", "river", "problem", "days_overdue", "step", "handler", "due_on", "days_open", "times_returned"),
    *("times_redone", "urgency", "category", "found_on"),
)
COHORT_COLUMNS = (
    *("month", "found", "closed", "rate", "open", "overdue", "on_time", "due", "on_time_rate", "returned", "redone"),
)
TIME_COLUMNS = ("river", "found", "closed", "open", "median_days", "most_days")
FACT_COLUMNS = (
    *("description", "category", "problem", "reach", "location", "found_on", "found_through", "urgency", "handler"),
    *("due_on", "days_open"),
)


def fill_issue_months(said: Text, result: DatedResult) -> Text:
    """Return a phrase with the number of months whose issues are looked at."""
    return said.fill(issue_months=int(thresholds(result.as_of)["issue_months"]))


def issue_name(row: Row | pd.Series) -> Text:
    """Return what is wrong, or where only the category was written down that."""
    name = str(row["category"] if formats.is_missing(row["problem"]) else row["problem"])
    return WORDS.get(name, untranslated(name))


def title_sentence(issues: DatedResult, closure: DatedResult) -> Text:
    """Say how many issues are open and overdue, and which one has been overdue longest."""
    rows = issues.rows
    if closure.rows.empty:
        return NO_ISSUE if issues.newest else phrases.NOTHING_YET
    late = rows[rows["is_overdue"].astype(bool)]
    if rows.empty:
        return NONE_OPEN
    if late.empty:
        return IN_TIME.fill(open=len(rows))
    worst = late.nlargest(1, "days_overdue").iloc[0]
    said = ONLY_LATE if len(late) == len(rows) else LATE
    return said.fill(
        open=len(rows),
        overdue=len(late),
        river=worst["river"],
        problem=issue_name(worst),
        days=int(worst["days_overdue"]),
    )


def issue_title(issue: pd.Series) -> Text:
    """Say of one issue that it is overdue, open or settled, since when and at which step; a row of issue_facts."""
    named = {"river": issue["river"], "problem": issue_name(issue), "issue": issue["issue_id"]}
    late = 0 if formats.is_missing(issue["days_overdue"]) else int(issue["days_overdue"])
    if issue["is_closed"]:
        against = CLOSED_LATE.fill(days=late) if late else CLOSED_IN_TIME
        day, days = formats.format_date(issue["closed_on"]), int(issue["days_open"])
        return ONE_CLOSED.fill(**named, day=day, days=days, against=against)
    stuck = {"step": WORDS[issue["step"]], "stuck": int(issue["days_in_step"])}
    if late:
        return ONE_LATE.fill(**named, **stuck, days=late)
    due = NO_DUE if formats.is_missing(issue["due_on"]) else DUE.fill(day=formats.format_date(issue["due_on"]))
    return ONE_OPEN.fill(**named, **stuck, due=due)


def counted_months(closure: DatedResult) -> pd.DataFrame:
    """Return the months over which the rate is summed: those that its target counts."""
    rows = closure.rows
    for column, value in TARGETS["issue_closure"].only.items():
        rows = rows[rows[column].astype(str) == value]
    return rows


def shown_months(closure: DatedResult) -> pd.DataFrame:
    """Return the last months of issue_closure, the newest first."""
    if closure.as_of is None:
        return closure.rows
    first = pd.Timestamp(closure.as_of) + pd.DateOffset(days=1, months=-int(thresholds(closure.as_of)["issue_months"]))
    return closure.rows[closure.rows["month"] >= first].iloc[::-1]


def _window_text(closure: DatedResult) -> Text:
    """Return in words which issues the rate counts."""
    return join_list(closure.column(column).label for column in TARGETS["issue_closure"].only)


def _share_card(closure: DatedResult, columns: tuple[str, str], span: Text, label: Text | None = None) -> Card:
    rows = counted_months(closure)
    done, total = (int(rows[name].sum()) for name in columns)
    counts = both_counts(done, total, ISSUES)
    worked = [column_share(closure, rows, *columns, ISSUES)]
    span = span.fill(window=_window_text(closure))
    return metric_card(closure, percentage_text(done, total), counts, label=label, span=span, rows=rows, worked=worked)


def _overdue_card(issues: DatedResult, closure: DatedResult) -> Card:
    known = not closure.rows.empty  # without any issue on record nothing is known, and 0 would be a claim
    overdue = issues.rows[issues.rows["is_overdue"].astype(bool)]
    count = COUNT.fill(count=len(overdue), unit=ISSUES)
    card = metric_card(closure, count, OF_OPEN.fill(open=len(issues.rows)), label=OVERDUE, span=TO_DATE)
    part = figure_part(issues, overdue, OVERDUE, [share_of_rows(OVERDUE, len(overdue), len(issues.rows))])
    return replace(card, formula=issues.formula, as_of=issues.newest if known else card.as_of, part=part)


def _time_card(times: DatedResult) -> Card:
    span = fill_issue_months(FOUND_LATELY, times)
    whole = times.rows[times.rows["is_total"].astype(bool)]
    if whole.empty:
        return metric_card(times, TOO_FEW, span=span)
    row = whole.iloc[0]
    counts = SETTLED_SO_FAR.fill(closed=int(row["closed"]), found=int(row["found"]))
    if formats.is_missing(row["median_days"]):
        return metric_card(times, TOO_FEW, counts, span=span)
    half, tenths = (
        None if formats.is_missing(row[name]) else said.fill(days=f"{row[name]:.1f}")
        for said, name in ((HALF, "median_days"), (TENTHS, "most_days"))
    )
    return metric_card(times, half or TOO_FEW, tenths, counts, span=span, rows=row)


def issue_cards(request: PageRequest, closure: DatedResult, issues: DatedResult, times: DatedResult) -> Sequence[Card]:
    """Return the four figures of the page: overdue, settled, settled on time, how long it takes."""
    shown = (
        ("all", _overdue_card(issues, closure)),
        ("cohorts", _share_card(closure, ("closed", "found"), FOUND_IN)),
        ("cohorts", _share_card(closure, ("on_time", "due"), FALLEN_DUE, ON_TIME)),
        ("times", _time_card(times)),
    )
    return [replace(card, href=same_page_href(request, open=part)) for part, card in shown]


def _state_bar(waiting: int, overdue: int, said: Text, settled: int = 0) -> Markup:
    """Return issues as a bar: settled, not yet due, overdue."""
    counts = {SETTLED_LIGHT: settled, WAITING_LIGHT: waiting, OVERDUE_LIGHT: overdue}
    parts = [(count, STATUS_COLOURS[light], f"{t(ISSUE_STATES[light])} {count}") for light, count in counts.items()]
    return stacked_bar(parts, said)


def _state_legend(*lights: str) -> Html:
    marks = [
        element("span", STATUS_SIGNS[light], class_="fl-mark", style=f"--c:{STATUS_COLOURS[light]}")
        + Markup(" ")
        + words(ISSUE_STATES[light])
        for light in lights
    ]
    return Html(element("p", joined(marks, " · "), class_="fl-caption"))


def step_bars(issues: pd.DataFrame) -> Html:
    """Return the open issues by the step at which they stand, each step a bar as long as it has issues."""
    counts = issues.assign(late=issues["is_overdue"].astype(bool)).groupby("step")["late"].agg(["size", "sum"])
    most, rows = int(counts["size"].max()), []
    for step in (each for each in ISSUE_STEPS if each.value in counts.index):
        count, overdue = (int(n) for n in counts.loc[step.value])
        said = STEP_ALT.fill(step=step.label, count=count, overdue=overdue)
        bar = element(
            "span", _state_bar(count - overdue, overdue, said), style=f"display:block;width:{100 * count / most:.1f}%"
        )
        told = words((STEP_COUNTS if overdue else COUNT).fill(count=count, overdue=overdue, unit=ISSUES))
        rows.append(element("span", words(step.label)) + element("span", bar) + element("span", told))
    legend = _state_legend(WAITING_LIGHT, OVERDUE_LIGHT)
    return Html(element("div", joined(rows), class_="fl-steps") + legend.markup)


def issue_list(request: PageRequest, issues: DatedResult) -> Html:
    """Return the open issues, the longest overdue first, each a link to its steps; overdue ones in red."""
    if issues.rows.empty:
        return caption_block(NONE_OPEN)
    return list_block(
        issues,
        ["named", "days_overdue", "due_on", "step", "handler", "river"],
        href=lambda row: same_page_href(request, issue=row["issue_id"], open=None),
        cells={"named": _named_cell, "river": _river_link},
        headings={"named": ISSUE},
        is_alarming=lambda row: bool(row["is_overdue"]),
        more_href=same_page_href(request, open="all"),
    )


def _named_cell(row: Row) -> Markup:
    return words(issue_name(row)) + Markup(" ") + element("small", words(row["issue_id"]))


def _river_link(row: Row) -> Markup:
    return link(words(row["river"]), page_href("water/river.py", river=row["river_id"]))


def month_list(closure: DatedResult) -> list[Html]:
    """Return the last months, each with a bar of what became of its issues: settled, not yet due, overdue."""
    listed = list_block(
        closure,
        ["month", "states", "found", "closed", "rate"],
        shown_months(closure),
        cells={"states": _month_cell},
        headings={"states": STATES, "closed": SETTLED, "rate": SETTLED_RATE},
    )
    return [listed, _state_legend(SETTLED_LIGHT, WAITING_LIGHT, OVERDUE_LIGHT)]


def _month_cell(row: Row) -> Markup:
    waiting = int(row["open"] - row["overdue"])
    counts = {name: int(row[name]) for name in ("found", "closed", "overdue")}
    return _state_bar(waiting, counts["overdue"], MONTH_ALT.fill(**counts, waiting=waiting), counts["closed"])


def issue_facts(request: PageRequest, issue: pd.Series) -> Html:
    """Return the way back to all issues, to the map while it is open, the river and its chief as links."""
    back = link(words(TO_ALL_ISSUES), same_page_href(request, issue=None, open=None))
    river = link(words(issue["river"]), page_href("water/river.py", river=issue["river_id"]))
    known = not formats.is_missing(issue["post"])
    chief = link(words(issue["post"]), page_href("water/chiefs.py", chief=issue["chief_id"])) if known else words("")
    on_map = words("") if issue["is_closed"] else link_to_map(issue=issue["issue_id"])
    return Html(element("p", joined(filter(None, (back, on_map, river, chief)), " · ")))


def registered_facts(facts: DatedResult) -> Html:
    """Return what is registered of one issue, heading by heading; what is not written down is left out."""
    row = facts.rows.iloc[0]
    return facts_block(facts, row, [name for name in FACT_COLUMNS if not formats.is_missing(row[name])])


def step_list(steps: DatedResult) -> Html:
    """Return the steps of one issue, the newest first."""
    return list_block(steps, ["happened_at", "step", "actor", "days_since"])


def time_table(request: PageRequest, times: DatedResult) -> Block:
    """Return how long issues take on each river, with a sentence each."""
    said = "sentence" if request.language == "zh" else "sentence_en"
    title = fill_issue_months(TIMES, times)
    return full_table(request, title, times, [*TIME_COLUMNS, said], "times", closed=SETTLED)
