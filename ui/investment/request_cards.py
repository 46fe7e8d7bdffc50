"""The cards of the requests of firms: closed in time, truly solved, first reply, ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import NOTHING, Text
from ui import formats
from ui.cards import Card, both_counts, count_note, metric_card, percentage_text
from ui.investment.requests import hours_text
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.results import DatedResult

SPAN = Text("近 {request_months:g} 个月提出的", "Raised in the last {request_months:g} months")
REQUESTS, COUNT = Text("件", "requests"), Text("{count} {unit}", "{count} {unit}")
TOO_FEW = Text("样本不足", "Too few")
REPLY = Text("首次响应", "First reply")
HOURS = Text("{hours} 小时", "{hours} hours")
MOST_WAIT = Text("过半没有响应", "most have none")
WORKING = Text("半数在此之内，按工作时间计", "half within that, in working time")
REPLIED_OF = Text("已响应 {replied} 件，未响应 {unanswered} 件", "{replied} with a reply, {unanswered} without")
UNKNOWN_REPLIES = Text("{count} 件时间不明，不计入", "{count} of unknown time left out")
SPLIT = Text("已解释 {explained} 件，不能解决 {unsolved} 件", "{explained} explained, {unsolved} cannot be solved")
CAME_BACK = Text("重提过 {reopened} / 办结过 {once} 件", "{reopened} of {once} once closed came back")
STILL_LATE = Text("逾期未办结 {count} 件", "{count} open and overdue")
CONTENT_FROM = Text("{satisfied_from:g} 分及以上算满意", "{satisfied_from:g} points and more")


def request_cards(request: PageRequest, summary: DatedResult) -> Sequence[Card]:
    """Return the four figures of the page: closed in time, truly solved, the first reply, how content firms are."""
    whole = total_rows(summary.rows)
    row = whole.iloc[0] if len(whole) else None
    made = (_time_card, _solved_card, _reply_card, _rating_card)
    return [replace(make(summary, row), href=same_page_href(request, open="categories")) for make in made]


def _share_card(
    summary: DatedResult, row: pd.Series | None, share: str, counts: tuple[str, str], *below: Text | None
) -> Card:
    """Return the card of a share with its two counts; 样本不足 where there are too few."""
    label, span = summary.column(share).label, SPAN.fill(**thresholds(summary.as_of))
    if row is None:
        return metric_card(summary, NOTHING, label=label, span=span)
    part, total = (int(row[name]) for name in counts)
    figure = TOO_FEW if formats.is_missing(row[share]) else percentage_text(part, total)
    return metric_card(summary, figure, both_counts(part, total, REQUESTS), *below, label=label, span=span, rows=row)


def _time_card(summary: DatedResult, row: pd.Series | None) -> Card:
    late = count_note(row["overdue"], STILL_LATE) if row is not None else None
    return _share_card(summary, row, "rate", ("closed_in_time", "due"), late)


def _solved_card(summary: DatedResult, row: pd.Series | None) -> Card:
    below = []
    if row is not None:
        below = [
            SPLIT.fill(explained=int(row["explained"]), unsolved=int(row["unsolved"])),
            CAME_BACK.fill(reopened=int(row["reopened"]), once=int(row["closed_once"])),
        ]
    return _share_card(summary, row, "solved_rate", ("solved", "closed"), *below)


def _rating_card(summary: DatedResult, row: pd.Series | None) -> Card:
    from_points = CONTENT_FROM.fill(**thresholds(summary.as_of))
    return _share_card(summary, row, "satisfied_share", ("satisfied", "rated"), from_points)


def _reply_card(summary: DatedResult, row: pd.Series | None) -> Card:
    span = SPAN.fill(**thresholds(summary.as_of))
    if row is None:
        return metric_card(summary, NOTHING, label=REPLY, span=span)
    counts = REPLIED_OF.fill(replied=int(row["replied"]), unanswered=int(row["unanswered"]))
    unknown = count_note(row["reply_unknown"], UNKNOWN_REPLIES)
    return metric_card(summary, _reply_figure(summary, row), WORKING, counts, unknown, label=REPLY, span=span, rows=row)


def _reply_figure(summary: DatedResult, row: pd.Series) -> Text:
    if not formats.is_missing(row["median_reply_hours"]):
        return HOURS.fill(hours=hours_text(row["median_reply_hours"]))
    return TOO_FEW if row["replied"] < thresholds(summary.as_of)["ranked_cases"] else MOST_WAIT
