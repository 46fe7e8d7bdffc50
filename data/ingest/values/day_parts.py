"""A cell as a part of the day: a clock time says in which half it lies, unless it lies between two or in the night."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data.ingest.values.days import parse_clock_time
from data.ingest.values.spelling import LONGEST_CELL, Unreadable, to_half_width
from data.traditional import to_simplified

HOUR = 3600  # seconds
DAY_SECONDS = 24 * HOUR  # of which a spreadsheet keeps a time as a share
WHOLE_DAY = re.compile(
    "全天|整天|终日|[一1]整?天|一日|上下午|上午[、和及与/,;+&~-]?下午|(?:all|whole|full)[ -]?day|am ?[/&+-] ?pm"
)
NOON = re.compile("中午|正午|午间|noon|midday")
NIGHT = re.compile("晚上?|晚间|夜[里间晚]?|半夜|深夜|凌晨|傍晚|evening|night")
SHARE_OF_DAY = re.compile(r"0?\.\d+", re.ASCII)
DATED = re.compile(r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?[ T]?\D.*|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*")


def parse_day_part(cell: str, hours: Mapping[str, tuple[int, int]]) -> str | Unreadable:
    """Return the part of the day in which a clock time lies: 14:00, 下午2点, the 0.354 of a spreadsheet.

    `hours` are those of each part, from one to before the other. What may be either, or neither, is refused.
    """
    written = to_simplified(to_half_width(cell)[:LONGEST_CELL].lower())
    for form, reason in ((WHOLE_DAY, "whole_day"), (NOON, "noon"), (NIGHT, "night"), (DATED, "half_with_day")):
        if form.fullmatch(written):
            return Unreadable(reason)
    seconds = _seconds_of_day(written)
    if seconds is None:
        return Unreadable("not_choice")
    boundaries = {HOUR * end for _, end in hours.values()} & {HOUR * start for start, _ in hours.values()}
    if seconds in boundaries:
        return Unreadable("noon")
    inside = (part for part, (start, end) in hours.items() if HOUR * start <= seconds < HOUR * end)
    return next(inside, Unreadable("night"))


def _seconds_of_day(written: str) -> float | None:
    if SHARE_OF_DAY.fullmatch(written):  # a cell of a time whose format was lost
        return float(round(float(written) * DAY_SECONDS))
    return parse_clock_time(written)
