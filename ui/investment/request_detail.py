"""One request of a firm: how it stands, what happened to it, what is registered of it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from data.text import Text
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.investment.requests import AFTER_UNKNOWN, all_requests_link, asker_name, hours_text
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.result_list import facts_block
from ui.results import DatedResult

ONE_REQUEST = Text("{who}的{category}诉求（{request}）：{told}", "{category}, {who} ({request}): {told}")
ONE_LATE = Text("{state}，逾期 {days} 天", "{state}, {days} days overdue")
ONE_OPEN = Text("{state}，{due} 到期", "{state}, due on {due}")
ONE_UNDUE = Text("{state}，没有写期限", "{state}, no due day is written")
ONE_CLOSED = Text(
    "{day} 办结，{result}，用时 {days} 天，{against}", "closed on {day} after {days} days, {result}, {against}"
)
CLOSED_LATE, CLOSED_IN_TIME = Text("比期限晚 {days} 天", "{days} days late"), Text("没有逾期", "not late")
RESULT_UNKNOWN = Text("结果不明", "result not known")
STEP_RAISED = Text("提出（{channel}）", "raised ({channel})")
STEP_RAISED_ONLY = Text("提出", "raised")
STEP_REPLY = Text("首次响应，{after}", "first reply, {after}")
AFTER_HOURS = Text("{hours} 工作小时后", "after {hours} working hours")
STEP_FORMER, STEP_BACK = Text("首次办结", "closed for the first time"), Text("重提", "came back")
STEP_CLOSED = Text("办结：{result}", "closed: {result}")
STEP_RATED = Text("{closed}，满意度 {points} 分", "{closed}, rated {points} of 5")
STEP_DUE = Text("办结期限", "due")
FACT_COLUMNS = (
    *("description", "category", "channel", "department", "due_on", "days_overdue", "days_open", "reply_hours"),
    *("waited_hours", "result", "satisfaction", "note"),
)


def request_title(row: pd.Series) -> Text:
    """Say of one request that it is overdue, open or closed, with what result; a row of request_list."""
    told = _closed_words(row) if row["is_closed"] else _open_words(row)
    return ONE_REQUEST.fill(who=asker_name(row), category=WORDS[row["category"]], request=row["request_id"], told=told)


def _closed_words(row: pd.Series) -> Text:
    is_late = not formats.is_missing(row["days_overdue"])
    against = CLOSED_LATE.fill(days=int(row["days_overdue"])) if is_late else CLOSED_IN_TIME
    day, result = formats.format_date(row["closed_on"]), _result_word(row)
    return ONE_CLOSED.fill(day=day, result=result, days=int(row["days_open"]), against=against)


def _result_word(row: pd.Series) -> Text:
    return RESULT_UNKNOWN if formats.is_missing(row["result"]) else WORDS[row["result"]]


def _open_words(row: pd.Series) -> Text:
    state = WORDS[row["state"]]
    if row["is_overdue"]:
        return ONE_LATE.fill(state=state, days=int(row["days_overdue"]))
    if formats.is_missing(row["due_on"]):
        return ONE_UNDUE.fill(state=state)
    return ONE_OPEN.fill(state=state, due=formats.format_date(row["due_on"]))


def request_links(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back to all requests, those of the category, and the project as a link."""
    back = all_requests_link(request)
    alike = link(words(WORDS[row["category"]]), same_page_href(request, request=None, category=row["category"]))
    parts = [back, alike]
    if not formats.is_missing(row["firm"]):
        parts.append(words(row["firm"]))
    if not formats.is_missing(row["project"]):
        parts.append(link(words(row["project"]), page_href("investment/project.py", project=row["project_id"])))
    return Html(element("p", joined(parts, " · ")))


def request_timeline(row: pd.Series) -> Html:
    """Return what happened to one request, in the order of its days."""
    told = sorted(request_steps(row), key=lambda step: step[0])
    items = (element("b", words(_moment_words(at))) + Markup(" ") + words(said) for at, said in told)
    return Html(list_items(items))


def _moment_words(at: pd.Timestamp) -> str:
    day = formats.format_date(at)
    return day if at == at.normalize() else f"{day} {at:%H:%M}"


def request_steps(row: pd.Series) -> Iterator[tuple[pd.Timestamp, Text]]:
    """Yield the days of one request with what they are."""
    known = not formats.is_missing(row["channel"])
    yield row["raised_at"], STEP_RAISED.fill(channel=WORDS[row["channel"]]) if known else STEP_RAISED_ONLY
    for name, said in (
        ("replied_at", _reply_step(row)),
        ("former_closed_on", STEP_FORMER),
        ("reopened_on", STEP_BACK),
        ("closed_on", _closing_step(row)),
        ("due_on", STEP_DUE),
    ):
        if not formats.is_missing(row[name]):
            yield row[name], said


def _reply_step(row: pd.Series) -> Text:
    hours = row["reply_hours"]
    known = not formats.is_missing(hours)
    after = AFTER_HOURS.fill(hours=hours_text(hours)) if known else AFTER_UNKNOWN
    return STEP_REPLY.fill(after=after)


def _closing_step(row: pd.Series) -> Text:
    closed = STEP_CLOSED.fill(result=_result_word(row))
    rated = not formats.is_missing(row["satisfaction"])
    return STEP_RATED.fill(closed=closed, points=int(row["satisfaction"])) if rated else closed


def request_facts(listed: DatedResult, row: pd.Series) -> Html:
    """Return what is registered of one request; what is not written down is left out."""
    return facts_block(listed, row, [name for name in FACT_COLUMNS if not formats.is_missing(row[name])])
