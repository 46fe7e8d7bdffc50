"""What keyboards, spreadsheets and input methods do to a cell, and how it is undone before the cell is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from data.ingest.reading.records import BLANKS, INVISIBLE, SPACES

LONGEST_CELL = 100  # chosen: no number or day is longer, and a regular expression stays quick
MARKS = {"。": ".", "｡": ".", "﹪": "%", "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "〜": "~"}
FULL_WIDTH = {chr(ord(half) + 0xFEE0): half for half in map(chr, range(0x21, 0x7F))}
HALF_WIDTH = str.maketrans(FULL_WIDTH | MARKS | dict.fromkeys(SPACES, " ") | dict.fromkeys(INVISIBLE, ""))
GUARD_APOSTROPHE = re.compile(r"''|'[=+@\t\r-]|'[^']+$")
TEXT_CELL = re.compile(r'="([^"]*)"')
EXCEL_ERROR = re.compile(r"#+|#(N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
NOTHING = (
    "- -- --- / // \\ . … …… * ** *** ? ?? ??? 无 没有 暂无 空 空白 缺 缺失 缺测 未测 未填 "
    "不详 未知 待定 待补 n/a na nan null none nil"
)
PLACEHOLDERS = frozenset(NOTHING.split())
CLOCK = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
MONTH_NAME = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
SPREADSHEET_DAY = (  # how spreadsheets show what they made of 3-1 or 3/1; for Python and for DuckDB
    "(?:(?:19|20)[0-9]{2}[-/年][0-9]{1,2}[-/月][0-9]{1,2}日?|[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}"
    "|(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?"
    rf"|[0-9]{{1,2}}-{MONTH_NAME}(?:-[0-9]{{2,4}})?|{MONTH_NAME}-[0-9]{{2}})(?:[ T]{CLOCK})?|{CLOCK}"
)
FORMAL_NUMERALS = str.maketrans("○零壹贰叁肆伍陆柒捌玖拾佰仟萬两兩", "〇〇一二三四五六七八九十百千万二二")
HAN_DIGITS = "〇一二三四五六七八九"
BELOW_WAN = re.compile("(?:([{0}])千)?〇?(?:([{0}])百)?〇?(?:([{0}])?十)?〇?([{0}])?".format(HAN_DIGITS[1:]))
TEENS = range(10, 20)
WAN = 10_000


class Unreadable(NamedTuple):
    """A cell that is no value of its column; `reason` is a key of REASONS."""

    reason: str


def bare_cell(cell: str) -> str:
    """Return a cell without the blanks around it, and without the ' that guards it as text or the ="…" of WPS."""
    cell = cell.strip(BLANKS)
    if GUARD_APOSTROPHE.match(cell):
        return cell[1:].strip(BLANKS)
    found = TEXT_CELL.fullmatch(cell)
    return found[1].strip(BLANKS) if found else cell


def to_half_width(cell: str) -> str:
    """Return a bare cell with the digits, marks and blanks of a Western keyboard."""
    cell = bare_cell(cell)
    return cell if cell.isascii() else cell.translate(HALF_WIDTH).strip()


def error_or_placeholder(cell: str) -> Unreadable | None:
    """Tell what no column reads, from a cell in half width: an error of Excel, a mark for “nothing here”."""
    if cell.startswith("#") and EXCEL_ERROR.fullmatch(cell):
        return Unreadable("excel_error")
    return Unreadable("placeholder") if cell.lower() in PLACEHOLDERS else None


def han_number(written: str) -> int | None:
    """Return the whole number below 万万 that Chinese numerals name (十五, 二百零三, 一万二千), None for other text."""
    written = written.translate(FORMAL_NUMERALS)
    high, has_wan, low = written.rpartition("万")
    if not has_wan:
        return 0 if written == "〇" else _below_wan(written)
    upper, lower = _below_wan(high), _below_wan(low.removeprefix("〇")) if low else 0
    if upper is None or lower is None or (low and low.startswith("〇") == (lower >= 1000)):
        return None
    return upper * WAN + lower


def han_digits(written: str) -> str:
    """Return Chinese digits one by one, as in 二〇一四, as Arabic ones; other characters as they are."""
    return "".join(str(HAN_DIGITS.index(d)) if d in HAN_DIGITS else d for d in written.translate(FORMAL_NUMERALS))


def _below_wan(written: str) -> int | None:
    """Return the number below 万 that is written as it must be, None for other text; 十五 stands for 一十五."""
    found = BELOW_WAN.fullmatch(written)
    if not found:
        return None
    digits = [HAN_DIGITS.index(digit) if digit else 0 for digit in found.groups()]
    digits[2] = digits[2] or ("十" in written)
    number = sum(digit * unit for digit, unit in zip(digits, (1000, 100, 10, 1), strict=True))
    full = _han_section(number)
    return number if written and written in (full, full[1:] if number in TEENS else full) else None


def _han_section(number: int) -> str:
    steps = zip(f"{number:04d}", ("千", "百", "十", ""), strict=True)
    written = "".join(HAN_DIGITS[int(digit)] + step if digit != "0" else "〇" for digit, step in steps)
    return re.sub("〇+", "〇", written).strip("〇")
