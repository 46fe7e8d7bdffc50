"""One cell in, its value or the reason why it has none out; for the cells that DuckDB's plain casts cannot read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from data.ingest.reading.records import BLANKS, INVISIBLE
from data.ingest.values.days import is_serial_date, parse_day, parse_moment
from data.ingest.values.numbers import has_bare_coin, own_unit, parse_integer, parse_number
from data.ingest.values.spelling import (
    LONGEST_CELL,
    SPREADSHEET_DAY,
    Unreadable,
    bare_cell,
    error_or_placeholder,
    han_number,
    to_half_width,
)
from data.traditional import to_simplified

__all__ = [
    "Unreadable",
    "bare_cell",
    "error_or_placeholder",
    "has_bare_coin",
    "is_serial_date",
    "is_spreadsheet_day",
    "own_unit",
    "parse_choice",
    "parse_day",
    "parse_flag",
    "parse_integer",
    "parse_moment",
    "parse_number",
    "to_half_width",
]

YES, NO = "是 有 对 真 √ ✓ ✔ ☑ y yes t true 1", "否 无 没有 错 假 × ✗ ✘ ☒ n no f false 0"
FLAG_WORDS = dict.fromkeys(YES.split(), True) | dict.fromkeys(NO.split(), False)
NORMALIZED_SIGNS = {ord(mark): None for mark in INVISIBLE} | {
    ord(sign): str(n) for first in "Ⅰⅰ" for n, sign in enumerate(map(chr, range(ord(first), ord(first) + 10)), 1)
}
HAN_NUMERALS = re.compile("[一二三四五六七八九十]+")
SPREADSHEET_DAY_FORM = re.compile(SPREADSHEET_DAY)
LONGEST_WORD = 200  # chosen: no choice is longer, and a whole page in a cell is not normalised
NUMBER = r"(?:\d[\d.]*|\.\d+)(?:e[+-]?\d+)?"
NOT_DETECTED = r"(?:n\.?d\.?|未检测?出|(?:低于|小于)(?:方法|仪器)?检出限|低于|小于)"
LIMIT = re.compile(
    rf"(?:[>≥]|大于|高于) ?(?P<above>.+)|(?:<=?|≤|{NOT_DETECTED} ?[(\[]? ?[<≤]?) ?(?P<none>{NUMBER}) "
    rf"?(?:l|\(l\))? ?[)\]]?"
    rf"|(?P<sign>{NUMBER}) ?(?:l|\(l\))|[<≤] ?(?P<below>\d.*)",
    re.IGNORECASE,
)


def split_limit_sign(cell: str) -> tuple[str | None, str]:
    """Return < and 0.02 of <0.02, 0.02L, ND(0.02) and 未检出(0.02), > and 24000 of >24000; of other cells no sign."""
    found = LIMIT.fullmatch(to_half_width(cell)[:LONGEST_CELL])
    if found is None:
        return None, cell
    return (">" if found["above"] else "<"), next(filter(None, found.groups()))


def is_spreadsheet_day(cell: str) -> bool:
    """Tell a code that a spreadsheet may have made a day of: 3-1 became 3月1日; one guarded as text it left alone."""
    return bare_cell(cell) == cell.strip(BLANKS) and SPREADSHEET_DAY_FORM.fullmatch(to_half_width(cell)) is not None


def parse_flag(cell: str) -> bool | Unreadable:
    """Return what 是, 否, √, ×, Y, N and their like say."""
    written = to_half_width(cell)
    found = FLAG_WORDS.get(to_simplified(written.lower()))
    return (error_or_placeholder(written) or Unreadable("not_flag")) if found is None else found


def parse_choice(cell: str, spellings: Mapping[str, str]) -> str | Unreadable:
    """Return the value of an enumeration whose spelling, case, width, blanks and kind of numeral aside, the cell is."""
    found = _values_by_spelling(tuple(spellings.items())).get(_normalized_word(bare_cell(cell)[:LONGEST_WORD]))
    return error_or_placeholder(to_half_width(cell)) or Unreadable("not_choice") if found is None else found


@lru_cache(maxsize=100)
def _values_by_spelling(spellings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the values by folded spelling; of two that fold alike the last one, as in a mapping."""
    return {_normalized_word(spelling): value for spelling, value in spellings}


def _normalized_word(written: str) -> str:
    """Bring 二级, 2级, Ⅱ级, ２ 级 and 二級 together."""
    plain = to_simplified(unicodedata.normalize("NFKC", written.translate(NORMALIZED_SIGNS)).casefold())
    return HAN_NUMERALS.sub(lambda numeral: str(han_number(numeral[0])), "".join(plain.split()))
