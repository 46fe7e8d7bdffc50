"""The page of 疏: how many have not signed, who of them was not visited, what holds them, worst first."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import NOTHING, Text, join_texts
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.demolition.signing import days_to_deadline_text
from ui.markup import NOTHING as NO_MARKUP
from ui.markup import element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("难题与走访", "Difficulties and visits"),
    icon=":material/support_agent:",
    place=30,
    ledgers=("household_difficulty", "visit", "petition"),
    choices=("project", "household", "kind"),
)
CHOOSE_PROJECT, CHOOSE_HOUSEHOLD = Text("征迁项目", "project"), Text("户编号", "household")
CHOOSE_KIND = Text("难题类别", "kind of difficulty")
TITLE = Text("{scope}{counts}{worst}", "{scope}{counts}{worst}")
OF_PROJECT = Text("{project}：", "{project}: ")
UNREGISTERED = Text(
    "另有 {count} 户没有登记在户名册里，也没有签约：只知道户数",
    "{count} more have not signed and are not registered: only their number is known",
)
UNSIGNED = Text("{count} 户未签约", "{count} households not signed")
UNVISITED = Text("{count} 户超过 {days} 天没有走访", "{count} not visited for over {days} days")
ALL_VISITED = Text("{days} 天内都走访过", "all visited within {days} days")
OVERDUE = Text("{count} 个难题逾期", "{count} difficulties overdue")
PETITIONS_LATE = Text("{count} 件信访逾期", "petitions overdue: {count}")
WORST = Text("；最急的是{project}的 {household}，{why}", "; worst: {household} of {project}, {why}")
WORST_HERE = Text("；最急的是 {household}，{why}", "; worst: {household}, {why}")
ALL_SIGNED = Text("在册的户都已签约", "All registered households have signed")
DIFFICULTY_OVERDUE = Text("难题逾期 {days} 天", "difficulty {days} days overdue")
NOT_VISITED = Text("{days} 天没有走访", "not visited for {days} days")
VISITED_TODAY = Text("今天走访过", "visited today")
NEVER = Text("签约开始 {days} 天，从未走访", "never visited in {days} days of signing")
UNLISTED = Text("未签约的 {count} 户", "Households not signed ({count})")
LISTED = Text("未签约的 {count} 户，最急的在前", "Households not signed ({count}), the most pressing first")
LISTED_CUT = Text(
    "未签约的 {count} 户，最急的在前；先列 {shown} 户，还有 {more} 户",
    "Households not signed ({count}), the most pressing first; {shown} are listed, {more} more",
)
OF_KIND = Text("未签约、有“{kind}”难题的 {count} 户", "Households not signed with an open difficulty, {kind} ({count})")
ALL_UNSIGNED = Text("未签约户全表", "All columns of the households not signed")
TO_ALL = Text("← 全部项目", "← All projects")
TO_ALL_KINDS = Text("← 全部难题类别", "← All kinds of difficulty")
TO_SIGNING = Text("签约进度", "signing of this project")
HOUSEHOLD, WHY = Text("户编号", "Household"), Text("未结难题", "Open difficulty")
LAST_VISIT, NEXT, WHO = Text("最近走访", "Last visit"), Text("下一步", "Next step"), Text("谁去", "Who")
DEADLINE = Text("离截止", "To the deadline")
SINCE = Text("{day} 提出", "since {day}")
PROMISED = Text("{day} 提出，承诺 {due}", "since {day}, promised for {due}")
PROMISE_OVERDUE = Text(
    "{day} 提出，承诺 {due}，已逾期 {days} 天", "since {day}, promised for {due}, {days} days overdue"
)
NO_DIFFICULTY = Text("没有登记难题", "none on record")
VISITED = Text("{day} {kind}", "{day}, {kind}")
VISITED_SO = Text("{day} {kind}，{attitude}", "{day}, {kind}, {attitude}")
DAYS_AGO, TODAY = (
    Text("{days} 天前，共 {visits} 次", "{days} days ago, {visits} in all"),
    Text("今天，共 {visits} 次", "today, {visits} in all"),
)
NEVER_VISITED = Text("从未走访", "never visited")
MISSED = Text("约 {day}，没有去", "was for {day}, nobody went")
PLANNED = Text("约 {day}", "on {day}")
NO_PLAN = Text("没有安排", "nothing planned")
SHOWN_ROWS = 6  # chosen: with what stands above it the page keeps to three screens, on a phone to four
UNSIGNED_COLUMNS = (
    *("household_id", "project", "block", "status", "side_state", "open_reasons", "difficulty_since", "promised_on"),
    *("days_overdue", "last_visited_on", "visit_kind", "attitude", "days_unvisited", "visits", "is_never_visited"),
    *("next_step", "next_on", "is_missed", "team", "days_left", "sign_end"),
)


def unvisited_limit(result: DatedResult) -> int:
    """Return after how many days without a visit a household is pointed out."""
    return int(thresholds(result.as_of)["unvisited_days"])


def project_name(results: DatedResult, project: str) -> str:
    """Return the name of a project by its code, as a result has it."""
    rows = results.rows
    return str(rows.loc[rows["project_id"] == project, "project"].iloc[0])


def title_sentence(
    unsigned: DatedResult, rows: pd.DataFrame, overdue: int, petitions_late: int, scope: str | None, is_named: bool
) -> Text:
    """Count what is red on the page and name the most pressing household; `rows` are the unsigned, worst first.

    `overdue` difficulties and `petitions_late` are told where there are any; a viewer is not named the household.
    """
    said = OF_PROJECT.fill(project=scope) if scope else NOTHING
    if unsigned.rows.empty and unsigned.newest is None:
        return phrases.NOTHING_YET
    late = [
        *([OVERDUE.fill(count=formats.format_count(overdue))] if overdue else []),
        *([PETITIONS_LATE.fill(count=formats.format_count(petitions_late))] if petitions_late else []),
    ]
    if rows.empty:
        return TITLE.fill(scope=said, counts=join_texts([ALL_SIGNED, *late], Text("，", ", ")), worst=NOTHING)
    counts = [UNSIGNED.fill(count=formats.format_count(len(rows))), _unvisited_text(unsigned, rows), *late]
    worst = _worst_text(rows.iloc[0], scope) if is_named else NOTHING
    return TITLE.fill(scope=said, counts=join_texts(counts, Text("，", ", ")), worst=worst)


def unregistered_text(left: int, rows: pd.DataFrame) -> Text | None:
    """Say how many of the households left are not registered, of which nothing more is known; None without any."""
    missing = left - len(rows)
    return UNREGISTERED.fill(count=formats.format_count(missing)) if missing > 0 else None


def _unvisited_text(unsigned: DatedResult, rows: pd.DataFrame) -> Text:
    count, days = int(rows["is_unvisited"].sum()), unvisited_limit(unsigned)
    return UNVISITED.fill(count=formats.format_count(count), days=days) if count else ALL_VISITED.fill(days=days)


def _worst_text(worst: pd.Series, scope: str | None) -> Text:
    template = WORST_HERE if scope else WORST
    return template.fill(household=worst["household_id"], project=worst["project"], why=pressing_reasons(worst)[0])


def pressing_reasons(row: pd.Series | Row) -> list[Text]:
    """Say what presses with a household, worst first: its project is late, a promise is overdue, nobody came."""
    told = []
    if row["is_late"]:
        told.append(days_to_deadline_text(row["days_left"]))
    if not formats.is_missing(row["days_overdue"]):
        told.append(DIFFICULTY_OVERDUE.fill(days=int(row["days_overdue"])))
    if row["is_unvisited"] or not told:
        visited = NOT_VISITED if row["days_unvisited"] else VISITED_TODAY
        said = NEVER if row["is_never_visited"] else visited
        told.append(said.fill(days=int(row["days_unvisited"])))
    return told


def list_heading(count: int, kind: str | None, is_listed: bool) -> Text:
    """Return the heading of the list, with how many there are beyond those listed; viewers have no list."""
    if kind:
        return OF_KIND.fill(kind=WORDS[kind], count=formats.format_count(count))
    if not is_listed:
        return UNLISTED.fill(count=formats.format_count(count))
    if count <= SHOWN_ROWS:
        return LISTED.fill(count=count)
    counts = {"count": count, "shown": SHOWN_ROWS, "more": count - SHOWN_ROWS}
    return LISTED_CUT.fill(**{name: formats.format_count(each) for name, each in counts.items()})


def unsigned_list(request: PageRequest, unsigned: DatedResult, rows: pd.DataFrame) -> Html:
    """Return the households that have not signed, each a link to its card; late and overdue ones in red."""
    return list_block(
        unsigned,
        ["household_id", "why", "visit", "next", "team", "deadline"],
        rows,
        href=lambda row: same_page_href(request, household=row["household_id"], kind=None, open=None),
        cells={
            "household_id": lambda row: _household_cell(request, row),
            "why": _reason_cell,
            "visit": _visit_cell,
            "next": _next_cell,
            "deadline": lambda row: words(days_to_deadline_text(row["days_left"])),
        },
        headings={
            "household_id": HOUSEHOLD,
            "why": WHY,
            "visit": LAST_VISIT,
            "next": NEXT,
            "team": WHO,
            "deadline": DEADLINE,
        },
        is_alarming=lambda row: bool(row["is_late"]) or not formats.is_missing(row["days_overdue"]),
        shown=SHOWN_ROWS,
        more_href=same_page_href(request, open="all", kind=None),
    )


def _household_cell(request: PageRequest, row: Row) -> Markup:
    """Return the code, and below it the project where there are several, and the step."""
    step = "" if formats.is_missing(row["status"]) else tables.word_label(row["status"], reader_language())
    side = "" if formats.is_missing(row["side_state"]) else tables.word_label(row["side_state"], reader_language())
    below = [row["project"]] if not request.choices.get("project") else []
    small = element("small", words(" · ".join([*below, *filter(None, (step, side))])))
    return words(row["household_id"]) + Markup(" ") + small


def _reason_cell(row: Row) -> Markup:
    """Return the kinds of open difficulties, and below since when, and what was promised."""
    if not row["open_difficulties"]:
        return words(NO_DIFFICULTY)
    kinds = words(tables.word_label(row["open_reasons"], reader_language()))
    return kinds + Markup(" ") + element("small", words(_promise_text(row)))


def _promise_text(row: Row) -> Text:
    day, due = formats.format_date(row["difficulty_since"]), formats.format_date(row["promised_on"])
    if not formats.is_missing(row["days_overdue"]):
        return PROMISE_OVERDUE.fill(day=day, due=due, days=int(row["days_overdue"]))
    return (SINCE if formats.is_missing(row["promised_on"]) else PROMISED).fill(day=day, due=due)


def _visit_cell(row: Row) -> Markup:
    """Return the newest visit, and below how long ago it was; in red where it is too long."""
    if row["is_never_visited"]:
        said, below = NEVER_VISITED, NOT_VISITED.fill(days=int(row["days_unvisited"]))
    else:
        said = _visit_text(row)
        ago = TODAY if not row["days_unvisited"] else DAYS_AGO
        below = ago.fill(days=int(row["days_unvisited"]), visits=int(row["visits"]))
    small = element("small", words(below), class_="fl-wrong" if row["is_unvisited"] else "")
    return words(said) + Markup(" ") + small


def _visit_text(row: Row) -> Text:
    day, kind = formats.format_date(row["last_visited_on"]), WORDS[row["visit_kind"]]
    if formats.is_missing(row["attitude"]):
        return VISITED.fill(day=day, kind=kind)
    return VISITED_SO.fill(day=day, kind=kind, attitude=WORDS[row["attitude"]])


def _next_cell(row: Row) -> Markup:
    """Return what comes next and when; a visit that was agreed upon and missed stands out."""
    step = NO_MARKUP if formats.is_missing(row["next_step"]) else words(str(row["next_step"])) + Markup(" ")
    if formats.is_missing(row["next_on"]):
        return step or words(NO_PLAN)
    said = (MISSED if row["is_missed"] else PLANNED).fill(day=formats.format_date(row["next_on"]))
    return step + element("small", words(said), class_="fl-wrong" if row["is_missed"] else "")


def ways_back(request: PageRequest, scope: str | None, kind: str | None) -> Html:
    """Return the ways from one project or kind back to all, and to the signing of the project."""
    parts = []
    if scope:
        parts.append(link(words(TO_ALL), same_page_href(request, project=None, kind=None, open=None)))
        parts.append(link(words(TO_SIGNING), page_href("demolition/signing.py", project=request.choices["project"])))
    if kind:
        parts.append(link(words(TO_ALL_KINDS), same_page_href(request, kind=None, open=None)))
    return Html(element("p", joined(parts, " · ")) if parts else NO_MARKUP)
