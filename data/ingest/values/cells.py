"""One cell in, its value or the reason why it has none out; for the cells that DuckDB's plain casts cannot read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from data.ingest.reading.records import INVISIBLE
from data.ingest.values.days import day, is_serial, moment
from data.ingest.values.numbers import has_unit, integer, number
from data.ingest.values.spelling import LONGEST, Unreadable, bare, half_width, han_number, refused
from data.traditional import simplified

__all__ = [
    "Unreadable",
    "bare",
    "day",
    "flag",
    "half_width",
    "has_unit",
    "integer",
    "is_serial",
    "moment",
    "number",
    "path",
    "refused",
    "word",
]

YES, NO = "是 有 对 真 √ ✓ ✔ ☑ y yes t true 1", "否 无 没有 错 假 × ✗ ✘ ☒ n no f false 0"
FLAGS = dict.fromkeys(YES.split(), True) | dict.fromkeys(NO.split(), False)
DEGREES = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
COURSES = re.compile(r"# ?[ ,] ?#(?: ?; ?# ?[ ,] ?#)+ ?;?|# +#(?: ?, ?# +#)+")
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
SEEN = {ord(mark): None for mark in INVISIBLE} | {
    ord(sign): str(n) for first in "Ⅰⅰ" for n, sign in enumerate(map(chr, range(ord(first), ord(first) + 10)), 1)
}
HAN = re.compile("[一二三四五六七八九十]+")
LONGEST_WORD = 200
NUMBER = r"(?:\d[\d.]*|\.\d+)(?:e[+-]?\d+)?"
NONE = r"(?:n\.?d\.?|未检测?出|(?:低于|小于)(?:方法|仪器)?检出限|低于|小于)"
LIMIT = re.compile(
    rf"(?:[>≥]|大于|高于) ?(?P<above>.+)|(?:<=?|≤|{NONE} ?[(\[]? ?[<≤]?) ?(?P<none>{NUMBER}) ?(?:l|\(l\))? ?[)\]]?"
    rf"|(?P<sign>{NUMBER}) ?(?:l|\(l\))|[<≤] ?(?P<below>\d.*)",
    re.IGNORECASE,
)


def limit(cell: str) -> tuple[str | None, str]:
    """Return < and 0.02 of <0.02, 0.02L, ND(0.02) and 未检出(0.02), > and 24000 of >24000; of other cells no sign."""
    found = LIMIT.fullmatch(half_width(cell)[:LONGEST])
    if found is None:
        return None, cell
    return (">" if found["above"] else "<"), next(filter(None, found.groups()))


def flag(cell: str) -> bool | Unreadable:
    """Return what 是, 否, √, ×, Y, N and their like say."""
    written = half_width(cell)
    found = FLAGS.get(simplified(written.lower()))
    return (refused(written) or Unreadable("not_flag")) if found is None else found


def path(cell: str) -> str | Unreadable:
    """Return a course as “lon lat; lon lat; …”, its degrees as they are written."""
    written = half_width(cell)
    degrees = DEGREES.findall(written)
    points = list(zip(degrees[::2], degrees[1::2], strict=False))
    if COURSES.fullmatch(DEGREES.sub("#", written)) and all(_is_in_china(*point) for point in points):
        return "; ".join(f"{longitude} {latitude}" for longitude, latitude in points)
    return refused(written) or Unreadable("not_path")


def _is_in_china(longitude: str, latitude: str) -> bool:
    return LONGITUDES[0] <= float(longitude) <= LONGITUDES[1] and LATITUDES[0] <= float(latitude) <= LATITUDES[1]


def word(cell: str, spellings: Mapping[str, str]) -> str | Unreadable:
    """Return the value of an enumeration whose spelling, case, width, blanks and kind of numeral aside, the cell is."""
    found = _folded(tuple(spellings.items())).get(_fold(bare(cell)[:LONGEST_WORD]))
    return refused(half_width(cell)) or Unreadable("not_choice") if found is None else found


@lru_cache(maxsize=100)
def _folded(spellings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the values by folded spelling; of two that fold alike the last one, as in a mapping."""
    return {_fold(spelling): value for spelling, value in spellings}


def _fold(written: str) -> str:
    """Bring 二级, 2级, Ⅱ级, ２ 级 and 二級 together."""
    plain = simplified(unicodedata.normalize("NFKC", written.translate(SEEN)).casefold())
    return HAN.sub(lambda numeral: str(han_number(numeral[0])), "".join(plain.split()))
