"""SQL that turns the text of a cell into a value, and says what is wrong with it; made from the registry only."""

from __future__ import annotations

from data.datasets import Column
from data.ingest.reader import BLANKS
from data.schema import literal, quoted

FULL_WIDTH = "０１２３４５６７８９．－＋，／：　％"
HALF_WIDTH = "0123456789.-+,/: %"
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
TIME_FORMATS = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %H时", "%H时", " %H时%M分", "%H时%M分", "%H:%M")
YES = ("是", "有", "对", "√", "y", "yes", "true", "1")
NO = ("否", "无", "错", "×", "n", "no", "false", "0")
NUMBER = r"[+-]?(\d{1,99}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?"
PLAIN_DATE = ("____-__-__",)
PLAIN_TIME = (*PLAIN_DATE, "____-__-__ __:__", "____-__-__ __:__:__")
THOUSANDS = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
YEARLESS = r"\d{1,2}[-/.]\d{1,2}([ T].*)?"
YEARLESS_HAN = r"\d{1,2}月\d{1,2}日?( .*)?"
LONGITUDE = r"(7[3-9]|[89]\d|1[0-2]\d|13[0-5])(\.\d+)?"
LATITUDE = r"([3-9]|[1-4]\d|5[0-3])(\.\d+)?"
COURSE = rf"\s*{LONGITUDE} +{LATITUDE}\s*(;\s*{LONGITUDE} +{LATITUDE}\s*)+"
EARLIEST, LATEST = "1900-01-01", "2101-01-01"
LONGEST = 500
DATED = ("date", "timestamp")
SHORTEST_DATE = len("2014/3/5")
MIDNIGHT = ("", " 0:00", " 00:00", " 0:00:00", " 00:00:00")


def tidy(cell: str) -> str:
    """Return the cell without blanks around it; NULL if nothing is left."""
    return f"nullif(trim({cell}, {literal(BLANKS)}), '')"


def half_width(cell: str) -> str:
    return f"translate({cell}, '{FULL_WIDTH}', '{HALF_WIDTH}')"


def words(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(literal(v) for v in values) + ")"


def _number(cell: str, factor: float) -> str:
    """Read plain numbers first, since nearly all are; then full-width digits and thousands separators.

    What stands twice in an expression DuckDB works out for every row, so the second form names its cell once.
    """
    other = f"replace(regexp_extract({half_width(cell)}, '^({NUMBER}|{THOUSANDS})$'), ',', '')"
    value = (
        f"coalesce(CASE WHEN regexp_full_match({cell}, '{NUMBER}') THEN try_cast({cell} AS DOUBLE) END, "
        f"try_cast({other} AS DOUBLE))"
    )
    return value if factor == 1.0 else f"round({value} * {factor!r}, 9)"


def _integer(cell: str, factor: float) -> str:
    value = _number(cell, factor)
    return f"CASE WHEN {value} = trunc({value}) THEN try_cast({value} AS BIGINT) END"


def _instant(cell: str, year: int | None, plain: tuple[str, ...], formats: list[str]) -> str:
    """Read the plain forms first, since nearly all are; then every other form."""
    listed = "[" + ", ".join(literal(f) for f in formats) + "]"
    is_plain = " OR ".join(f"{cell} LIKE '{p}'" for p in plain)
    return (
        f"coalesce(CASE WHEN {is_plain} THEN try_cast({cell} AS TIMESTAMP) END, "
        f"try_strptime({_with_year(half_width(cell), year)}, {listed}))"
    )


def _with_year(cell: str, year: int | None) -> str:
    if year is None:
        return cell
    return (
        f"CASE WHEN regexp_full_match({cell}, '{YEARLESS}') THEN '{year}-' || regexp_replace({cell}, '[/.]', '-') "
        f"WHEN regexp_full_match({cell}, '{YEARLESS_HAN}') THEN '{year}年' || {cell} ELSE {cell} END"
    )


def _flag(cell: str) -> str:
    return f"CASE WHEN lower({cell}) IN {words(YES)} THEN true WHEN lower({cell}) IN {words(NO)} THEN false END"


def value(column: Column, cell: str, year: int | None = None, factor: float = 1.0) -> str:
    """Return the SQL that reads a tidied cell as the column's type; NULL where it cannot."""
    if column.kind == "number":
        return _number(cell, factor)
    if column.kind == "integer":
        return _integer(cell, factor)
    if column.kind == "date":
        return f"CAST({_instant(cell, None, PLAIN_DATE, [d + t for t in MIDNIGHT for d in DATE_FORMATS])} AS DATE)"
    if column.kind == "timestamp":
        return _instant(cell, year, PLAIN_TIME, [d + t for t in TIME_FORMATS for d in DATE_FORMATS])
    if column.kind == "flag":
        return _flag(half_width(cell))
    if column.kind == "path":
        return f"CASE WHEN regexp_full_match({cell}, '{COURSE}') THEN {cell} END"
    return cell


def is_yearless(cell: str) -> str:
    """Return the SQL that tells a time printed without its year."""
    return f"regexp_full_match({half_width(cell)}, '{YEARLESS}') OR regexp_full_match({cell}, '{YEARLESS_HAN}')"


UNREADABLE = {
    "number": "not_number",
    "integer": "not_integer",
    "date": "not_date",
    "timestamp": "not_date",
    "flag": "not_flag",
    "path": "not_path",
}


def _unreadable(column: Column, cell: str, year: int | None) -> list[tuple[str, str]]:
    """Return (condition, reason) for a filled cell that cannot be read or lies outside every sensible year."""
    name = quoted(column.name)
    if column.choices:
        return [(f"{name} IS NULL", "not_choice")]
    if column.kind == "text":
        return [(f"length({cell}) > {LONGEST}", "too_long")]
    wrong = f"{name} IS NULL"
    if column.kind in DATED:
        wrong += f" OR {name} < DATE '{EARLIEST}' OR {name} >= DATE '{LATEST}'"
    if column.kind == "date":
        wrong += f" OR length({cell}) < {SHORTEST_DATE}"
    cases = [(wrong, UNREADABLE[column.kind])]
    if column.kind == "timestamp" and year is None:
        cases.insert(0, (f"{name} IS NULL AND ({is_yearless(cell)})", "no_year"))
    return cases


def _parent(column: Column) -> list[tuple[str, str]]:
    return [
        (f"{quoted('parents_' + column.name)} IS NULL", "unknown_parent"),
        (f"{quoted('parents_' + column.name)} > 1", "ambiguous_parent"),
    ]


def fault(column: Column, year: int | None) -> str:
    """Return the SQL that names the first reason to refuse a cell of `typed`; NULL for a good one."""
    cell, name = quoted("raw_" + column.name), quoted(column.name)
    cases = [(f"{cell} IS NULL", "missing" if column.required else None)]
    cases += _parent(column) if column.references else _unreadable(column, cell, year)
    cases += [(f"{name} < {column.low!r}", "too_low")] if column.low is not None else []
    cases += [(f"{name} > {column.high!r}", "too_high")] if column.high is not None else []
    written = " ".join(f"WHEN {c} THEN {literal(r) if r else 'NULL'}" for c, r in cases)
    return f"CASE {written} END"
