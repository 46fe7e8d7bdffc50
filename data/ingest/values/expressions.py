"""SQL by which DuckDB reads plain cells on its own; what it cannot read so is left to `cells`, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data.datasets import DATASETS, Column
from data.datasets.model import Kind
from data.ingest.reading.number_format import SHOWN_AS
from data.ingest.reading.records import BLANKS
from data.ingest.table.headers import HeaderMatch
from data.ingest.values.codes import code_form_sql
from data.ingest.values.spelling import EXCEL_ERROR, GUARD_APOSTROPHE, PLACEHOLDERS, SPREADSHEET_DAY
from data.schema import quote_ident, quote_literal

DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d")
TIME_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S")
LONGEST_DAY = 10  # characters of 2014-03-05
EARLIEST, LATEST = "1900-01-01", "2101-01-01"  # FIRST_YEAR and the year after LAST_YEAR of days.py
LONGEST_TEXT = 500  # chosen: a remark; longer texts are documents
LOOKED_UP_KINDS = ("flag", "path", "shape")
MIDNIGHT = "[ T]0{1,2}:00(:00)?$"
TIME_ONLY = r"^\s*(上午|下午|早上|晚上)?\s*[0-9０-９]{1,2}\s*[:：时点]"
DAY_PART = r"^\s*([^\sT]*?[日号]|[^\sT]+)"
BLANK_EDGE = f"^[{BLANKS}]|[{BLANKS}]$"
SUSPICIOUS_TEXT = (
    rf"^['=#＃]|\"|[计計]$|^[^\pL\pN]{{1,5}}$|^(?i:{'|'.join(sorted(filter(str.isalpha, PLACEHOLDERS)))}|n/a)$"
)


def trimmed_or_null_sql(cell: str) -> str:
    """Return the cell without blanks around it; NULL if nothing is left."""
    return f"nullif({_trimmed_sql(cell)}, '')"


def _trimmed_sql(cell: str) -> str:
    """Return the cell without blanks around it; few cells have any, and looking is cheaper than trimming."""
    return (
        f"CASE WHEN regexp_matches({cell}, {quote_literal(BLANK_EDGE)}) "
        f"THEN trim({cell}, {quote_literal(BLANKS)}) ELSE {cell} END"
    )


def bare_cell_sql(cell: str) -> str:
    """Return the cell without blanks, without the ="…" of a spreadsheet and without a guarding apostrophe."""
    trimmed = f"trim({cell}, {quote_literal(BLANKS)})"
    return (
        f"trim(CASE WHEN regexp_matches({trimmed}, {quote_literal(f'^(?:{GUARD_APOSTROPHE.pattern})')}) "
        f"THEN substr({trimmed}, 2) "
        f"ELSE regexp_replace({trimmed}, '^=\"(.*)\"$', '\\1') END, {quote_literal(BLANKS)})"
    )


def unknown_parent_reason_sql(name: str) -> str:
    """Return the SQL of why a bare name is that of no parent: errors of Excel, days and torn cells are nobody's."""
    plain, quotes = f"lower({code_form_sql(name)})", f"length({name}) - length(replace({name}, '\"', ''))"
    return (
        f"CASE WHEN regexp_full_match({name}, {quote_literal(EXCEL_ERROR.pattern)}, 'i') THEN 'excel_error' "
        f"WHEN {plain} IN {literal_list_sql(tuple(sorted(PLACEHOLDERS)))} THEN 'placeholder' "
        f"WHEN regexp_full_match({code_form_sql(name)}, {quote_literal(SPREADSHEET_DAY)}) THEN 'code_is_date' "
        f"WHEN ({quotes}) % 2 = 1 THEN 'stray_quote' ELSE 'unknown_parent' END"
    )


def literal_list_sql(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(quote_literal(v) for v in values) + ")"


def is_looked_up(column: Column) -> bool:
    """Tell whether the cells of a column are looked up, spelling by spelling."""
    return bool(column.references or column.choices) or column.kind in LOOKED_UP_KINDS


def odd_cell_column(column: Column) -> str:
    """Return the name under which `typed` keeps a cell that the plain cast could not read."""
    return quote_ident(f"odd {column.name}")


def typed_cell_sql(column: Column, cell: str, is_scaled: bool, is_key: bool, sample: Sequence[str] = ()) -> str:
    """Return the SQL that reads a cell plainly, and keeps what it cannot read; what is scaled is read as a number,
    the full-width letters of a key are looked at closely. `sample` are some cells of this column.
    """
    name = quote_ident(column.name)
    if is_looked_up(column):
        return f"nullif({cell}, '') AS {name}"
    value, doubt = _plain_cast_sql("number" if is_scaled else column.kind, name, cell, sample)
    is_odd = f"regexp_full_match({name}, {quote_literal(f'[0-9.]+[eE][+][0-9]+|{SPREADSHEET_DAY}')})"
    odd_code = f" OR regexp_matches({name}, '[！-～]|{SHOWN_AS}') OR {is_odd}"
    doubt += odd_code if is_key and column.kind == "text" else ""
    return f"{value} AS {name}, CASE WHEN {doubt} THEN {trimmed_or_null_sql(cell)} END AS {odd_cell_column(column)}"


def _plain_cast_sql(kind: Kind, name: str, cell: str, sample: Sequence[str]) -> tuple[str, str]:
    """Return the SQL of a column's plain value, and of the doubt that the cell needs a closer look."""
    if kind == "number":
        strange = f"contains({cell}, '_') OR contains({cell}, '+-')"
        return f"try_cast({cell} AS DOUBLE)", f"{name} IS NULL OR NOT isfinite({name}) OR {strange}"
    if kind == "integer":
        return f"try_cast({cell} AS BIGINT)", f"{name} IS NULL OR NOT regexp_full_match({cell}, '[+-]?[0-9]+')"
    if kind in ("date", "timestamp"):
        day, moment = (
            _strptime_sql(cell, _likeliest_first(formats, sample)) for formats in (DATE_FORMATS, TIME_FORMATS)
        )
        is_day = f"strlen({cell}) <= {LONGEST_DAY}"
        value = f"CAST({day} AS DATE)" if kind == "date" else f"CASE WHEN {is_day} THEN {day} ELSE {moment} END"
        return value, f"{name} IS NULL OR {name} < DATE '{EARLIEST}' OR {name} >= DATE '{LATEST}'"
    return trimmed_or_null_sql(
        cell
    ), f"regexp_matches({name}, {quote_literal(SUSPICIOUS_TEXT)}) OR length({name}) > {LONGEST_TEXT}"


def day_and_time_sql(day: str, clock: str) -> str:
    """Return the SQL of a moment whose day and time of day stand in two columns; a time that has the day is it all."""
    day, clock = (
        f"regexp_replace({trimmed_or_null_sql(day)}, {quote_literal(MIDNIGHT)}, '')",
        trimmed_or_null_sql(clock),
    )
    return f"CASE WHEN starts_with({clock}, {day}) THEN {clock} ELSE concat_ws(' ', {day}, {clock}) END"


def time_on_day_sql(clock: str, moment: str) -> str:
    """Return the SQL of a moment that may be written as a time of day only, on the day of another moment."""
    day = f"regexp_extract({moment}, {quote_literal(DAY_PART)}, 1)"
    return (
        f"CASE WHEN regexp_matches({clock}, {quote_literal(TIME_ONLY)}) THEN {day} || ' ' || {clock} ELSE {clock} END"
    )


def completed_year_sql(column: Column, cell: str, published: str) -> str:
    """Return the SQL of a day or a time printed without its year, with that of the day on which its row was published.

    A day after that of publication, or a time more than a day after it, is of the year before.
    """
    digits, time = f"regexp_replace({published}, '[^0-9]', '', 'g')", f"regexp_replace(ltrim({cell}), '[/月]', '-')"
    year, day = f"left({digits}, 4)", f"try_strptime(left({digits}, 8), '%Y%m%d')"
    measured = f"try_strptime({year} || '-' || regexp_extract({time}, '^[0-9]+-[0-9]+'), '%Y-%m-%d')"
    slack = 1 if column.kind == "timestamp" else 0
    before = f"CASE WHEN {measured} > {day} + INTERVAL {slack} DAY THEN 1 ELSE 0 END"
    is_short = f"regexp_matches({cell}, '^ *[0-9]{{1,2}}([-/][0-9]{{1,2}}( |$)|月[0-9]{{1,2}}([日号 ]|$))')"
    written = f"CASE WHEN contains({cell}, '月') THEN '年' ELSE '-' END || replace(ltrim({cell}), '/', '-')"
    completed = f"(CAST({year} AS INTEGER) - {before}) || {written}"
    return f"CASE WHEN {is_short} AND {day} IS NOT NULL THEN {completed} ELSE {cell} END"


def _strptime_sql(cell: str, formats: Sequence[str]) -> str:
    return f"try_strptime({cell}, [{', '.join(map(quote_literal, formats))}])"


def _likeliest_first(formats: tuple[str, ...], sample: Sequence[str]) -> list[str]:
    """Put the format of most cells first: DuckDB tries them in turn at every row, at a price."""
    return sorted(formats, key=lambda form: -sum(_matches_format(form, cell) for cell in sample))


def _matches_format(form: str, sample: str) -> bool:
    try:
        datetime.strptime(sample, form)
    except ValueError:
        return False
    return True


def place_key_sql(cell: str) -> str:
    """Return the SQL of what two spellings of a place have in common: 浙江 and 浙江省 are one."""
    return f"left({trimmed_or_null_sql(cell)}, 2)"


def place_index(column: Column, match: HeaderMatch) -> int | None:
    """Return where in the file the place stands that tells parents of one name apart, or None."""
    return parent_column_indexes(column, match).get(DATASETS[column.references].place_column)


def parent_column_indexes(column: Column, match: HeaderMatch) -> dict[str, int]:
    """Return the columns of a parent that stand in the file beside the ledger's own, and their places."""
    parent = DATASETS[column.references]
    free = [c for c in parent.columns if not (c.required or c.choices or c.references) and c.kind == "text"]
    return {c.name: h.index for c in free for h in match.unmapped if h.name in c.spellings()}
