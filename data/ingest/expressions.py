"""SQL that turns the text of a cell into a value, and says what is wrong with it; made from the registry only."""

from __future__ import annotations

from data.datasets import Column
from data.schema import literal, quoted

FULL_WIDTH = "０１２３４５６７８９．－＋，／：　％"
HALF_WIDTH = "0123456789.-+,/: %"
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
TIME_FORMATS = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %H时", "%H时", " %H时%M分", "%H时%M分", "%H:%M")
YES = ("是", "有", "对", "√", "y", "yes", "true", "1")
NO = ("否", "无", "错", "×", "n", "no", "false", "0")
NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
THOUSANDS = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
YEARLESS = r"\d{1,2}[-/.]\d{1,2}([ T].*)?"
YEARLESS_HAN = r"\d{1,2}月\d{1,2}日?( .*)?"
LONGITUDE = r"(7[3-9]|[89]\d|1[0-2]\d|13[0-5])(\.\d+)?"
LATITUDE = r"([3-9]|[1-4]\d|5[0-3])(\.\d+)?"
COURSE = rf"\s*{LONGITUDE} +{LATITUDE}\s*(;\s*{LONGITUDE} +{LATITUDE}\s*)+"
EARLIEST, LATEST = "1900-01-01", "2100-12-31"
LONGEST = 500


def tidy(cell: str) -> str:
    """Return the cell without blanks around it; NULL if nothing is left."""
    return f"nullif(trim({cell}, ' \t　'), '')"


def half_width(cell: str) -> str:
    return f"translate({cell}, '{FULL_WIDTH}', '{HALF_WIDTH}')"


def words(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(literal(v) for v in values) + ")"


def _number(cell: str, factor: float) -> str:
    plain = f"CASE WHEN regexp_full_match({cell}, '{THOUSANDS}') THEN replace({cell}, ',', '') ELSE {cell} END"
    value = f"CASE WHEN regexp_full_match({plain}, '{NUMBER}') THEN try_cast({plain} AS DOUBLE) END"
    finite = f"CASE WHEN isfinite({value}) THEN {value} END"
    return finite if factor == 1.0 else f"round(({finite}) * {factor!r}, 9)"


def _integer(cell: str, factor: float) -> str:
    value = _number(cell, factor)
    return f"CASE WHEN ({value}) = trunc({value}) THEN try_cast(({value}) AS BIGINT) END"


def _instant(cell: str, year: int | None, formats: list[str]) -> str:
    listed = "[" + ", ".join(literal(f) for f in formats) + "]"
    moment = f"try_strptime({_with_year(cell, year)}, {listed})"
    return f"CASE WHEN {moment} BETWEEN TIMESTAMP '{EARLIEST}' AND TIMESTAMP '{LATEST} 23:59:59' THEN {moment} END"


def _with_year(cell: str, year: int | None) -> str:
    if year is None:
        return cell
    return (
        f"CASE WHEN regexp_full_match({cell}, '{YEARLESS}') THEN '{year}-' || regexp_replace({cell}, '[/.]', '-') "
        f"WHEN regexp_full_match({cell}, '{YEARLESS_HAN}') THEN '{year}年' || {cell} ELSE {cell} END"
    )


def _choice(cell: str, column: Column) -> str:
    folded = f"lower({cell})"
    cases = " ".join(
        f"WHEN {folded} IN {words(tuple({s.lower() for s in c.spellings()}))} THEN {literal(c.value)}"
        for c in column.choices
    )
    return f"CASE WHEN {cell} IN {words(tuple(c.value for c in column.choices))} THEN {cell} {cases} END"


def _flag(cell: str) -> str:
    return f"CASE WHEN lower({cell}) IN {words(YES)} THEN true WHEN lower({cell}) IN {words(NO)} THEN false END"


def value(column: Column, cell: str, year: int | None = None, factor: float = 1.0) -> str:
    """Return the SQL that reads a tidied cell as the column's type; NULL where it cannot."""
    plain = half_width(cell)
    if column.choices:
        return _choice(cell, column)
    if column.kind == "number":
        return _number(plain, factor)
    if column.kind == "integer":
        return _integer(plain, factor)
    if column.kind == "date":
        return f"CAST({_instant(plain, None, list(DATE_FORMATS))} AS DATE)"
    if column.kind == "timestamp":
        return _instant(plain, year, [d + t for t in TIME_FORMATS for d in DATE_FORMATS])
    if column.kind == "flag":
        return _flag(plain)
    if column.kind == "path":
        return f"CASE WHEN regexp_full_match({cell}, '{COURSE}') THEN {cell} END"
    return cell


def _unreadable(column: Column, cell: str, year: int | None) -> list[tuple[str, str]]:
    """Return (condition, reason) for a filled cell whose value could not be read."""
    name = quoted(column.name)
    if column.kind == "timestamp" and year is None:
        bare = f"regexp_full_match({half_width(cell)}, '{YEARLESS}') OR regexp_full_match({cell}, '{YEARLESS_HAN}')"
        return [(f"{name} IS NULL AND ({bare})", "no_year"), (f"{name} IS NULL", "not_date")]
    kinds = {
        "number": "not_number",
        "integer": "not_integer",
        "date": "not_date",
        "timestamp": "not_date",
        "flag": "not_flag",
        "path": "not_path",
    }
    reason = "not_choice" if column.choices else kinds.get(column.kind)
    return [(f"{name} IS NULL", reason)] if reason else [(f"length({cell}) > {LONGEST}", "too_long")]


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
