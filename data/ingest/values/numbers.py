"""A cell as a number: digits, separators, magnitudes and units as clerks write them, and never a guess."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache

from data.ingest.reading.number_format import SHOWN_AS
from data.ingest.values.spelling import (
    FORMAL_NUMERALS,
    LONGEST_CELL,
    Unreadable,
    error_or_placeholder,
    han_digits,
    han_number,
    to_half_width,
)
from data.units import UNITS

GROUPED = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?"
DIGITS = rf"(?:{GROUPED}|\d+(?:\.\d*)?|\.\d+)"
POWER = r"(?:e[+-]?\d{1,3}| ?[×x*] ?10(?:\^[+-]?\d{1,2}|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))?"
ONE_NUMBER = DIGITS + POWER
UNIT = r"[^\d\s.,+-][^\n]*"
REGEX_FLAGS = re.ASCII | re.IGNORECASE
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", REGEX_FLAGS)
MEASURED = re.compile(
    rf"(?P<sign>[+-] ?|负)?(?P<coin>¥ ?|￥ ?)?(?P<digits>{DIGITS})(?P<power>{POWER}) ?(?P<unit>{UNIT})?", REGEX_FLAGS
)
HAN_PERCENT = re.compile(r"(百|千)分之(?:(?P<digits>\d+(?:\.\d+)?)|(?P<whole>[^点\d]+)(?:点(?P<rest>\D+))?)", re.ASCII)
HAN_COUNT = re.compile(r"([〇一二三四五六七八九十百千万]+) ?(\D{0,8})")
SUPERSCRIPT_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
UNREADABLE_FORMS = (
    (re.compile(rf".* {SHOWN_AS} .*"), "shown_otherwise"),
    (
        re.compile(rf"[<≤].*|{ONE_NUMBER} ?l|n\.?d\.?(?:\W.*)?|.*未检出.*|.*检出限.*|(?:低|小)于.*", REGEX_FLAGS),
        "below_limit",
    ),
    (re.compile(rf"[+-]?{ONE_NUMBER}[^\d/-]{{0,8}}(?:--?|~|至|到) ?{ONE_NUMBER}\D{{0,8}}", REGEX_FLAGS), "range"),
    (re.compile(r"(?:约|大约|大概|近|将近|超|大于|高于|不少于|不足|至少|最多|估|[>≥~≈±]).*", REGEX_FLAGS), "not_exact"),
    (re.compile(rf"{ONE_NUMBER} ?(?:±.*|[?+]|.*(?:左右|上下|以上|以下|以内|余|多|几).*)", REGEX_FLAGS), "not_exact"),
    (re.compile(rf"\( ?[¥￥]?{ONE_NUMBER}\D{{0,8}}\)", REGEX_FLAGS), "bracketed"),
    (re.compile(rf"[+-]?{ONE_NUMBER} ?[^\d\s,.;:/+()-]\D{{0,11}}", REGEX_FLAGS), "unknown_unit"),
    (re.compile(rf"[+-]?(?:us|hk)?[$€£] ?{ONE_NUMBER}\D{{0,8}}", REGEX_FLAGS), "unknown_unit"),
)
HIGHEST_INTEGER = 2**63 - 1  # DuckDB's BIGINT


def parse_number(cell: str, unit: str, factor: float = 1.0) -> float | Unreadable:
    """Return the number of a cell in a unit of the registry (a key of UNITS).

    `factor` brings the unit of the heading into that of the registry; a unit in the cell itself goes before it.
    """
    exact = _as_decimal(cell, unit, factor)
    if isinstance(exact, Unreadable):
        return exact
    value = float(exact)
    return value if math.isfinite(value) else Unreadable("not_number")


def parse_integer(cell: str, unit: str, factor: float = 1.0) -> int | Unreadable:
    """Return the whole number of a cell in a unit of the registry; Chinese numerals are read too."""
    exact = _as_decimal(cell, unit, factor)
    if isinstance(exact, Unreadable) and exact.reason == "not_number":
        exact = _parse_han_count(to_half_width(cell), unit, factor)
    if isinstance(exact, Unreadable):
        return exact
    is_whole = abs(exact) <= HIGHEST_INTEGER and exact == exact.to_integral_value()
    return int(exact) if is_whole else Unreadable("not_integer")


def own_unit(cell: str) -> str:
    """Return the unit or magnitude that a number brings, so that the unit of the heading is not for it; "" for none."""
    if len(cell) > LONGEST_CELL or PLAIN.fullmatch(cell):
        return ""
    written = to_half_width(cell)
    if found := MEASURED.fullmatch(written):
        return _unit_behind_number(found["unit"] or "", found["coin"] or "")
    if counted := HAN_COUNT.fullmatch(written.translate(FORMAL_NUMERALS)):
        return counted[2]
    spelled = HAN_PERCENT.fullmatch(written)
    return {"百": "%", "千": "‰"}[spelled[1]] if spelled else ""


def has_bare_coin(cell: str) -> bool:
    """Tell whether an amount has a ¥ before it and no unit behind it, as the currency button of a spreadsheet does."""
    found = MEASURED.fullmatch(to_half_width(cell)[:LONGEST_CELL])
    return found is not None and bool(found["coin"]) and not found["unit"]


def _as_decimal(cell: str, unit: str, factor: float) -> Decimal | Unreadable:
    """Read a cell without any loss; plain numbers, the most frequent, first."""
    if len(cell) > LONGEST_CELL:
        return Unreadable("not_number")
    if PLAIN.fullmatch(cell):
        return _convert_value(Decimal(cell), factor)
    written = to_half_width(cell)
    if unusable := error_or_placeholder(written):
        return unusable
    found = _parse_measured(written, unit, factor)
    found = _parse_han_percent(written, unit) if found is None else found
    return _not_number_reason(written) if found is None else found


def _convert_value(value: Decimal, factor: float) -> Decimal:
    """Convert a value, to 12 significant digits: 1.1 亿元 are 11000 万元."""
    return value if factor == 1.0 else Decimal(f"{value * Decimal(repr(factor)):.12g}")


def _parse_measured(written: str, unit: str, factor: float) -> Decimal | None:
    """Read digits with a sign, a power of ten, a magnitude or a unit; None if the unit does not convert."""
    found = MEASURED.fullmatch(written)
    if not found:
        return None
    sign, coin, digits, power, named = found.groups("")
    own = _unit_factor(unit, _unit_behind_number(named, coin)) if named or coin else factor
    if own is None:
        return None
    minus = "-" if sign.startswith(("-", "负")) else ""
    return _convert_value(
        Decimal(minus + digits.replace(",", "").replace(" ", "") + (power and _power_of_ten(power))), own
    )


@lru_cache(maxsize=1000)
def _unit_factor(unit: str, named: str) -> float | None:
    return UNITS[unit].factor(named)


def _unit_behind_number(written: str, coin: str) -> str:
    """Return the unit behind a number, out of its brackets; ¥ stands for 元."""
    named = (written[1:-1] if written.startswith("(") and written.endswith(")") else written).removesuffix("整")
    return named + "元" if coin and not named.endswith("元") else named


def _power_of_ten(power: str) -> str:
    """Return e3, ×10^3 and ×10³ as e3."""
    return re.sub(r" ?[×x*] ?10\^?", "e", power.translate(SUPERSCRIPT_DIGITS), flags=re.IGNORECASE)


def _parse_han_percent(written: str, unit: str) -> Decimal | None:
    """Read 百分之八十五 and 千分之5 where percentages stand."""
    found = HAN_PERCENT.fullmatch(written)
    own = _unit_factor(unit, "%" if found[1] == "百" else "‰") if found else None
    if not found or own is None:
        return None
    value = found["digits"] or _han_decimal(found["whole"], found["rest"] or "")
    return _convert_value(Decimal(value), own) if value else None


def _han_decimal(whole: str, rest: str) -> str | None:
    """Return 八十五 and, behind the point, 五二 as 85.52."""
    value, digits = han_number("一百" if whole == "百" else whole), han_digits(rest)
    return None if value is None or (rest and not digits.isdecimal()) else f"{value}.{digits}"


def _parse_han_count(written: str, unit: str, factor: float) -> Decimal | Unreadable:
    """Read a count in Chinese numerals, such as 十五户."""
    found = HAN_COUNT.fullmatch(written.translate(FORMAL_NUMERALS))
    value = han_number(found[1]) if found else None
    own = factor if not found or not found[2] else _unit_factor(unit, found[2])
    return Unreadable("not_integer") if value is None or own is None else _convert_value(Decimal(value), own)


def _not_number_reason(written: str) -> Unreadable:
    """Say what keeps a cell from being a number."""
    return Unreadable(next((reason for form, reason in UNREADABLE_FORMS if form.fullmatch(written)), "not_number"))
