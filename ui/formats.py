"""Numbers and dates as they are read: 万元 and 亿元, rounded but never up to a whole, missing as a dash."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pandas as pd

from data.text import MINUS, Text, untranslated, with_minus

MISSING = "–"
UNIT_GAP = re.compile(r"(?<=\d) (?=%|pp\b|m³|㎡|万㎡|k?m\b|kg\b|kWh|bn\b|万元|亿元)")
COUNTER_GAP = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff]|/ \d)|(?<=\d /) (?=\d)")
DATE_FORM = re.compile(r"(?<![\d-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")
RANGE_GAP = re.compile(r"(?<=\d)–(?=\d)|(?<=[万亿])(?=元)")
DIRECTION_SIGNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "\ufffd")
NO_BREAK_SPACE, NO_BREAK_HYPHEN, WORD_JOINER = "\u00a0", "\u2011", "\u2060"
WAN_PER_YI = 10_000
SQM_PER_WAN = 10_000  # ㎡ in a 万㎡
NOISE_DECIMALS = 9  # chosen: what binary fractions leave of a number is nothing


def is_missing(value: object) -> bool:
    """Tell None, NaN, NaT and NA from a value."""
    return bool(pd.isna(value))


def visible_text(words: str) -> str:
    """Return words in which a sign that turns the direction of writing is shown, and turns nothing around."""
    return words if words.isascii() else words.translate(DIRECTION_SIGNS)


def tie_units(words: str) -> str:
    """Return words with every number tied to its unit, so that no line ends between 80.0 and %."""
    return UNIT_GAP.sub(NO_BREAK_SPACE, visible_text(words))


def nonbreaking_text(words: str) -> str:
    """Return words of a large or narrow place in which no line ends in a figure, its counter, a date or a range."""
    tied = COUNTER_GAP.sub(NO_BREAK_SPACE, tie_units(words))
    dated = DATE_FORM.sub(lambda date: NO_BREAK_HYPHEN.join(part for part in date.groups() if part), tied)
    return RANGE_GAP.sub(lambda found: found.group() + WORD_JOINER, dated)


def round_below_caps(value: float, decimals: int, *caps: float | None) -> float:
    """Return a number rounded to some decimals, a half away from zero; never up to a whole that it is below.

    A whole is what would be reached: 100 %, the quantity planned, a target. What is a hair below a number because of
    binary fractions counts as that number.
    """
    exact = Decimal(str(round(float(value), NOISE_DECIMALS)))
    step = Decimal(1).scaleb(-decimals)
    near = exact.quantize(step, ROUND_HALF_UP)
    if any(exact < float(whole) <= near for whole in caps if whole is not None and not is_missing(whole)):
        near = exact.quantize(step, ROUND_FLOOR)
    return float(near) + 0.0  # no −0


def format_percent(value: float | None, *caps: float | None) -> str:
    """Return a rate in percent with one decimal, two from 99 %; never rounded up to 100 % or to a target."""
    if value is None or is_missing(value):
        return MISSING
    decimals = 2 if 99 <= round(float(value), NOISE_DECIMALS) < 100 else 1  # sums of fractions end a hair below 100
    return with_minus(f"{round_below_caps(value, decimals, 100.0, *caps):.{decimals}f} %")


def format_count(value: float | None, *caps: float | None) -> str:
    """Return a quantity with thousands separators and at most two decimals; never rounded up to a whole."""
    if value is None or is_missing(value):
        return MISSING
    return with_minus(f"{round_below_caps(value, 2, *caps):,.2f}".rstrip("0").rstrip("."))


def format_signed(value: float) -> str:
    """Return a number with one decimal and its sign, also where it is above 0."""
    return with_minus(f"{round_below_caps(value, 1):+.1f}")


def sign_of(change: float) -> str:
    """Return the sign that stands before the size of a change; nothing where there is none."""
    return "+" if change > 0 else MINUS if change < 0 else ""


def format_share(done: float | None, total: float | None, rate: float | None, unit: Text) -> Text:
    """Return a rate with its two counts: 80.0 %（12,400 / 15,500 m³）."""
    counted = Text("{rate}（{done} / {total} {unit}）", "{rate} ({done} / {total} {unit})")
    return counted.fill(rate=format_percent(rate), done=format_count(done, total), total=format_count(total), unit=unit)


def format_money(wan: float | None, *caps: float | None) -> Text:
    """Return an amount given in 万元: 万元 below 1亿元, 亿元 above; in English millions and billions of yuan."""
    if wan is None or is_missing(wan):
        return untranslated(MISSING)

    def scaled(size: float, decimals: int) -> str:
        reached = [whole / size for whole in caps if whole is not None]
        return with_minus(f"{round_below_caps(wan / size, decimals, *reached):,.{decimals}f}")

    zh = f"{scaled(WAN_PER_YI, 2)} 亿元" if abs(wan) >= WAN_PER_YI else f"{format_count(wan, *caps)} 万元"
    en = f"CNY {scaled(1e5, 2)} bn" if abs(wan) >= 1e5 else f"CNY {scaled(100, 1)} m"
    return Text(zh, en)


def format_area(square_metres: float | None, *caps: float | None) -> Text:
    """Return a floor area given in ㎡: 万㎡ from 10,000 ㎡ on, in English ㎡ with separators; never up to a whole."""
    if square_metres is None or is_missing(square_metres):
        return untranslated(MISSING)
    if abs(square_metres) < SQM_PER_WAN:
        return untranslated(f"{format_count(square_metres, *caps)} ㎡")
    reached = [whole / SQM_PER_WAN for whole in caps if whole is not None]
    wan = round_below_caps(square_metres / SQM_PER_WAN, 2, *reached)
    whole = f"{round_below_caps(square_metres, 0, *caps):,.0f} ㎡"
    return Text(with_minus(f"{wan:,.2f} 万㎡"), with_minus(whole))


GAP_TO_PLAN = (
    Text("落后序时 {gap} 个百分点", "{gap} pp behind plan"),
    Text("快于序时 {gap} 个百分点", "{gap} pp ahead of plan"),
    Text("与序时持平", "level with the plan"),
)
GAP_TO_TIME = (
    Text("落后时间进度 {gap} 个百分点", "{gap} pp behind the time elapsed"),
    Text("快于时间进度 {gap} 个百分点", "{gap} pp ahead of the time elapsed"),
    Text("与时间进度持平", "level with the time elapsed"),
)


GAP_TO_LEVEL = (
    Text("低于应保持的水平 {gap} 个百分点", "{gap} pp below the level to keep"),
    Text("高于应保持的水平 {gap} 个百分点", "{gap} pp above the level to keep"),
    Text("正好是应保持的水平", "exactly the level to keep"),
)


def format_gap(gap: float | None, against: tuple[Text, Text, Text] = GAP_TO_PLAN) -> Text:
    """Return a gap to plan, or to time, in words, rounded as in the tables; a missing one was never reported."""
    if gap is None or is_missing(gap):
        return Text("从未上报", "never reported")
    shown = abs(round_below_caps(gap, 1))
    size = untranslated(f"{shown:.1f}") if shown else Text("不到 0.1", "less than 0.1")
    behind, ahead, level = against
    return level if not round(gap, NOISE_DECIMALS) else (behind if gap < 0 else ahead).fill(gap=size)


def format_date(value: date | None) -> str:
    """Return a date as 2014-06-30."""
    return MISSING if value is None or is_missing(value) else f"{value:%Y-%m-%d}"
