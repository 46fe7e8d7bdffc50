"""A cell as a day or a moment in China's time: every form whose year, month and day cannot be mistaken."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from data.ingest.values.spelling import (
    LONGEST_CELL,
    Unreadable,
    error_or_placeholder,
    han_digits,
    han_number,
    to_half_width,
)
from data.traditional import to_simplified

FIRST_YEAR, LAST_YEAR = 1900, 2100  # chosen: what lies outside is a slip of the pen
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
DAY_SECONDS = 86_400
REGEX_FLAGS = re.ASCII | re.IGNORECASE
END = r"(?=[ T(]|$)"
YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:(?P<sep>[-/.])|年)(?P<month>\d{{1,2}})(?(sep)(?P=sep)|月)(?P<day>\d{{1,2}})"
    rf"(?(sep){END}|(?:[日号]|{END}))(?P<rest>.*)",
    REGEX_FLAGS,
)
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<rest>(?:\d{4}|\d{6}|[ T(].*)?)", REGEX_FLAGS)
YEARLESS = re.compile(rf"(\d{{1,2}})(?:[-/.](\d{{1,2}}){END}|月(\d{{1,2}})(?:[日号]|{END}))(.*)", REGEX_FLAGS)
DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)
DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})[- ](?P<month>[a-z]{3,9})[-,. ]{1,2}(?P<year>\d{4})(?P<rest>(?: .*)?)", REGEX_FLAGS
)
MONTH_DAY = re.compile(
    r"(?P<month>[a-z]{3,9})[-. ]{1,2}(?P<day>\d{1,2}),? ?(?P<year>\d{4})(?P<rest>(?: .*)?)", REGEX_FLAGS
)
MONTHS = {
    name: number
    for number, full in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for name in (full, full[:3])
} | {"sept": 9}
SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?|60000(?:\.0*)?", re.ASCII)
FIRST_SERIAL = date(1899, 12, 30)  # day 0 of Excel, which has a 29 February 1900
WEEKDAY = re.compile(r" ?\(? ?(?:星期|礼拜|周)([一二三四五六日天]) ?\)?")
WEEKDAYS = "一二三四五六日"
AFTERNOON = ("pm", "下午", "晚上")
HALF_OF_DAY = r"上午|早上|凌晨|中午|下午|晚上|[ap]\.?m\.?"
TIME = re.compile(
    rf"[T ]?(?P<half>{HALF_OF_DAY})? ?(?:(?P<h>\d{{1,2}}):(?P<m>\d\d?)(?::(?P<s>\d\d?)(?:[.,](?P<f>\d{{1,9}}))?)?"
    r"|(?P<h2>\d{1,2})[时点](?:(?P<half_hour>半)|整|(?P<m2>\d{1,2})分?(?:(?P<s2>\d{1,2})秒?)?)?"
    rf"|(?P<h3>\d\d)(?P<m3>\d\d)(?P<s3>\d\d)?|(?<=[T ])(?P<h4>\d\d?))(?: ?(?P<half2>{HALF_OF_DAY}))? ?(?P<zone>\D.*)?",
    REGEX_FLAGS,
)
CHINA_TIME_ZONE = re.compile(r"(?:utc|gmt)?\+0?8(?::?00)?|asia/shanghai|北京时间", REGEX_FLAGS)
SPAN_SIGN = re.compile("-|~|至|到")
OTHER_TIME_ZONE = re.compile(r"z|utc.*|gmt.*|cst|[+-]\d\d?(?::?\d\d)?(?:\[.*\])?|[a-z]+/[a-z_]+", REGEX_FLAGS)
NUMERALS = re.compile("([〇零○一二三四五六七八九十]+)(?=[年月日号时点分秒])")
LOOSE_BLANKS = re.compile(r" +(?=[-/.:年月日号时点分秒])|(?<=[-/.:年月时点分秒]) +")
OPEN_ENDED = frozenset(["至今", "今", "长期", "永久", "不限"])
SOME_DAY = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?"
UNCLEAR_DATES = (
    (re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}(?!\d).*", REGEX_FLAGS), "day_order"),
    (re.compile(r"'?\d\d(?:([-/.])\d{1,2}\1\d{1,2}|年\d{1,2}月).*", REGEX_FLAGS), "two_digit_year"),
    (re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d\d(?!\d).*", REGEX_FLAGS), "two_digit_year"),
    (re.compile(r"\d{1,2}[- ][a-z]{3,9}[- ]\d\d|[a-z]{3,9}[- ]\d{1,2},? \d\d", REGEX_FLAGS), "two_digit_year"),
    (re.compile(rf"{SOME_DAY} ?(?:{HALF_OF_DAY})", REGEX_FLAGS), "day_with_half"),
    (re.compile(rf"{SOME_DAY}(?:--?|~|至|到).*", REGEX_FLAGS), "range"),
    (
        re.compile(rf"(?:约|大约|[<>≤≥~]).*|{SOME_DAY}(?:左右|前后|之?前|之?后|以前|以后|起|\?)", REGEX_FLAGS),
        "not_exact",
    ),
    (re.compile(r"\d{4}(?:\d\d|[-/.]\d{1,2}|年[^日号]*)?|\d{1,2}月[初中底末上下旬份]*", REGEX_FLAGS), "no_day"),
    (re.compile(r"[a-z]{3,9}[- ]\d{2,4}", REGEX_FLAGS), "no_day"),
)


class Instant(NamedTuple):
    """A day and the seconds since its midnight; 24:00 belongs to the day that it ends."""

    day: date
    seconds: float = 0.0


def parse_day(cell: str, year: int | None = None) -> date | Unreadable:
    """Return the day of a cell; a time of day other than midnight is refused, for it would be lost.

    `year` completes a day written without one.
    """
    found = _parse_instant(cell, year)
    if isinstance(found, Unreadable):
        return Unreadable("yearless_day") if found.reason == "no_year" else found
    return Unreadable("has_time") if found.seconds else found.day


def parse_iso_day(written: str) -> date | None:
    """Return the day that is written as 2014-06-30, None for what is no such day or none that a ledger can hold."""
    try:
        day = datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def parse_moment(cell: str, year: int | None) -> datetime | Unreadable:
    """Return the moment of a cell, a day alone being its midnight; `year` completes a time printed without one."""
    found = _parse_instant(cell, year)
    if isinstance(found, Unreadable):
        return Unreadable("no_such_time") if found.reason == "day_with_half" else found
    whole = datetime(found.day.year, found.day.month, found.day.day) + timedelta(seconds=found.seconds)
    return whole if whole.year <= LAST_YEAR else Unreadable("odd_year")


def parse_clock_time(cell: str) -> float | None:
    """Return the seconds since midnight of a time alone, such as 14:00, 下午2点 or 8:30 AM; None for other cells."""
    found = TIME.fullmatch(NUMERALS.sub(_arabic_digits, to_simplified(to_half_width(cell))[:LONGEST_CELL]))
    is_time = found and not found["zone"] and (found["h"] or found["h2"])
    return _seconds_of_day(found) if found and is_time else None


def is_serial_date(cell: str) -> bool:
    """Tell a date that a spreadsheet left as the number of days since 1899-12-30."""
    return len(cell) <= LONGEST_CELL and SERIAL.fullmatch(to_half_width(cell)) is not None


def _parse_instant(cell: str, year: int | None) -> Instant | Unreadable:
    if len(cell) > LONGEST_CELL:
        return Unreadable("not_date")
    written = to_simplified(to_half_width(cell))
    if unusable := error_or_placeholder(written):
        return unusable
    if SERIAL.fullmatch(written):
        return _instant_from_serial(float(written))
    plain = LOOSE_BLANKS.sub("", written if written.isascii() else NUMERALS.sub(_arabic_digits, written))
    return (
        _parse_year_first(plain)
        or _parse_english_date(plain)
        or _parse_yearless(plain, year)
        or _not_date_reason(plain)
    )


def _instant_from_serial(days: float) -> Instant:
    whole, seconds = divmod(round(days * DAY_SECONDS), DAY_SECONDS)
    return Instant(FIRST_SERIAL + timedelta(days=whole), seconds)


def _arabic_digits(numeral: re.Match[str]) -> str:
    """Return 二〇一四 as 2014 and 二十五 as 25."""
    number = han_number(numeral[1])
    return han_digits(numeral[1]) if number is None else str(number)


def _parse_year_first(written: str) -> Instant | Unreadable | None:
    """Read 2014-3-5, 2014/3/5, 2014.3.5, 2014年3月5日, 20140305 and 201403050800, with or without a time."""
    found = YEAR_FIRST.fullmatch(written) or COMPACT.fullmatch(written)
    return (
        _instant_from_parts(int(found["year"]), int(found["month"]), int(found["day"]), found["rest"])
        if found
        else None
    )


def _parse_english_date(written: str) -> Instant | Unreadable | None:
    """Read 5-Mar-2014 and Mar 5, 2014, whose month is a word."""
    found = DAY_MONTH.fullmatch(written) or MONTH_DAY.fullmatch(written)
    month = MONTHS.get(found["month"].lower()) if found else None
    return _instant_from_parts(int(found["year"]), month, int(found["day"]), found["rest"]) if found and month else None


def _parse_yearless(written: str, year: int | None) -> Instant | Unreadable | None:
    """Read 3-5, 3/5 and 3月5日 in a year that is known from elsewhere; 3.1 may be the 3.10 of a spreadsheet."""
    found = YEARLESS.fullmatch(written)
    if not found or (year is not None and DECIMAL.fullmatch(written)):
        return None
    month, *on, rest = found.groups()
    return Unreadable("no_year") if year is None else _instant_from_parts(year, int(month), int(on[0] or on[1]), rest)


def _instant_from_parts(year: int, month: int, on: int, rest: str) -> Instant | Unreadable | None:
    """Put a day and what stands behind it together."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unreadable("odd_year")
    try:
        found = date(year, month, on)
    except ValueError:
        return Unreadable("no_such_day")
    if rest and (named := WEEKDAY.match(rest)):
        if WEEKDAYS[found.weekday()] != named[1].replace("天", "日"):
            return Unreadable("no_such_day")
        rest = rest[named.end() :]
    return _instant_with_time(found, rest) if rest else Instant(found)


def _instant_with_time(on: date, rest: str) -> Instant | Unreadable | None:
    """Add the time of day; None if what stands behind the day is none."""
    found = TIME.fullmatch(rest)
    if not found:
        return None
    zone = (found["zone"] or "").strip("()")
    if zone and not CHINA_TIME_ZONE.fullmatch(zone):
        return _time_zone_error(zone, rest)
    seconds = _seconds_of_day(found)
    return Unreadable("no_such_time") if seconds is None else Instant(on, seconds)


def _time_zone_error(written: str, rest: str) -> Unreadable | None:
    """Tell another time zone from a second time: 08:00-09:00 is a zone only in 2021-04-01T08:00-09:00."""
    if SPAN_SIGN.match(written) and not rest.startswith("T"):
        return Unreadable("range")
    return Unreadable("time_zone") if OTHER_TIME_ZONE.fullmatch(written) else None


def _seconds_of_day(found: re.Match[str]) -> float | None:
    """Return the seconds since midnight, None for a time that no clock shows."""
    hour = _hour_of_day(
        int(found["h"] or found["h2"] or found["h3"] or found["h4"]), found["half"] or found["half2"] or ""
    )
    minute = 30 if found["half_hour"] else int(found["m"] or found["m2"] or found["m3"] or 0)
    second = int(found["s"] or found["s2"] or found["s3"] or 0) + float("0." + (found["f"] or "0"))
    is_short = len(found["m"] or "00") < 2 or len(found["s"] or "00") < 2
    if hour is None or is_short or hour > 24 or minute > 59 or second >= 60 or (hour == 24 and minute + second):
        return None
    return hour * 3600 + minute * 60 + second


def _hour_of_day(hour: int, half: str) -> int | None:
    """Return the hour of 24 for 下午2, 8 PM; None where the half of the day leaves it open, as in 上午12."""
    name = half.replace(".", "").lower()
    if name in AFTERNOON:
        return hour + 12 if hour < 12 else None if hour == 12 and name == "晚上" else hour
    if name == "中午":
        return {11: 11, 12: 12, 1: 13}.get(hour)
    if name == "am" and hour == 12:
        return 0
    return hour if not name or hour < 12 else None


def _not_date_reason(written: str) -> Unreadable:
    """Say what keeps a cell from being a date."""
    if written in OPEN_ENDED:
        return Unreadable("placeholder")
    return Unreadable(next((reason for form, reason in UNCLEAR_DATES if form.fullmatch(written)), "not_date"))
