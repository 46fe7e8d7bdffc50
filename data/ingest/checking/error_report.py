"""What is wrong with a file, in words: the bad cells listed and counted, the lines that are no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Choice, Column, item_column
from data.errors import LateUnit
from data.ingest.checking.error_reasons import (
    LEFT_OUT,
    REASONS,
    ErrorGroup,
    Finding,
    format_limit,
    how_to_fill,
    reason_for_column,
)
from data.ingest.checking.stage import LoadJob, fit_row, numbered_rows_sql, records_at
from data.ingest.reading.records import Record, trimmed_cells
from data.ingest.table import layout, non_data_rows
from data.ingest.table.headers import Heading
from data.ingest.table.sides import item_of
from data.ingest.values import cells, expressions
from data.schema import quote_ident, quote_literal
from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from data.units import UNITS, unit_in_brackets

MOST_FINDINGS = 100_000  # chosen: what memory and a table on screen bear; totals stay complete
SHOWN_LINES = 20  # chosen: enough to see a pattern
INCOMPLETE_REASONS = ("missing", "ragged")
ITEM_REASONS = ("out_of_range", "unknown_unit")
CONVERTED_VALUE_REASONS = ("too_low", "too_high", "out_of_range", "unknown_unit", "not_integer", "share_or_percent")

Fault = tuple[int, str, str, str, str | None]


def cell_faults(con: Connection, job: LoadJob) -> list[Fault]:
    """Return (line, column, cell, reason, item) of the first bad cells."""
    faults = con.execute(f"{_faults_sql(job)} ORDER BY line, name LIMIT {MOST_FINDINGS}").fetchall()
    rows = {
        r.line: r.cells
        for r in records_at(job, {line for line, _, _, reason, _ in faults if reason in CONVERTED_VALUE_REASONS})
    }
    return [(n, name, _cell_as_written(job, rows.get(n), name, cell, i), why, i) for n, name, cell, why, i in faults]


def _cell_as_written(job: LoadJob, row: list[str] | None, name: str, cell: str, item: str | None) -> str:
    """Return a cell as it stands in the file, with its unit beside it; of a plain number only the value is left."""
    places = [h.index for h in (_source_heading(job, name, item), job.match.unit_columns.get(name)) if h]
    found = [row[i].strip() for i in places if row and i < len(row)]
    if len(found) == 1 and name in job.match.item_units and not cells.own_unit(found[0]):
        found.append(job.match.item_units[name])
    return " ".join(filter(None, found)) if found else cell


def _faults_sql(job: LoadJob) -> str:
    """Return the SQL of every bad cell; one of a wide file's own columns is bad once, not once an item."""
    once = "DISTINCT" if job.match.items else ""
    return (
        f"SELECT {once} line, f.name AS name, f.cell AS cell, f.reason AS reason, f.item AS item "
        f"FROM (SELECT line, unnest(faults) AS f FROM read WHERE faults IS NOT NULL) AS listed"
    )


def heading_name(job: LoadJob, column: str, item: str | None = None) -> str:
    """Return what the heading of a cell is called, without its unit."""
    heading = _source_heading(job, column, item)
    return heading.name if heading else job.dataset.column(column).label.zh


def _source_heading(job: LoadJob, column: str, item: str | None) -> Heading | None:
    """Return the heading under which a cell stands in the file."""
    wide = job.dataset.wide
    if wide and job.match.items and column in (wide.value, wide.parameter):
        return job.match.items.get(item or "")
    return job.match.columns.get(column)


def _reason_text(job: LoadJob, column: str, reason: str, item: str | None) -> Text:
    if reason == "ragged":
        return width_reason(job)
    chosen, own = _item_choice(job, column, item), job.dataset.column(column)
    if reason == "unknown_unit" and chosen:
        return REASONS["other_unit"].fill(label=own.label, kept=UNITS[chosen.unit].label)
    if reason == "outside_area":
        return reason_for_column(own, reason, **thresholds(job.today))
    if chosen is None:
        return reason_for_column(_in_heading_unit(job, own, item)[0], reason)
    if reason != "out_of_range":
        return (
            reason_for_column(replace(own, label=chosen.label), reason)
            if job.match.items
            else reason_for_column(own, reason)
        )
    limits, _ = _in_heading_unit(job, replace(own, unit=chosen.unit, low=chosen.low, high=chosen.high), item)
    return REASONS[reason].fill(item=chosen.label, low=format_limit(limits.low), high=format_limit(limits.high) or "∞")


def _in_heading_unit(job: LoadJob, column: Column, item: str | None) -> tuple[Column, str]:
    """Return a column with its limits in the unit of its heading in the file, and that unit ("" if it is its own)."""
    heading = _source_heading(job, column.name, item)
    written = unit_in_brackets(heading.unit) if heading else ""
    factor = UNITS[column.unit].factor(written) if written else None
    if factor in (None, 1.0):
        return column, ""
    low, high = (None if limit is None else limit / factor for limit in (column.low, column.high))
    return replace(column, low=low, high=high), written


def width_reason(job: LoadJob) -> Text:
    """Say that a row has not the columns of the header; one of a sheet can only have more."""
    return REASONS["ragged" if job.source.delimiter else "beyond"].fill(width=job.width)


def _item_choice(job: LoadJob, name: str, item: str | None) -> Choice | None:
    """Return the item whose number, or whose own name, a cell of a column is."""
    column = job.dataset.column(name)
    items = item_column(job.dataset, column) or column
    return next((c for c in items.choices if c.value == item_of(item)), None) if item else None


def left_out_lines(con: Connection, job: LoadJob, faults: Sequence[Fault]) -> list[Finding]:
    """Find the lines that are no data: sums, remarks, repeated headers; only lines that look amiss are looked at."""
    headings = {cell for row in (*job.layout.rows_above, *job.layout.reordered_headers) for cell in row if cell}
    suspects = {
        line
        for line, _, cell, reason, _ in faults
        if reason in INCOMPLETE_REASONS or cell in headings or layout.left_out_reason([cell], job.layout)
    }
    for column in (c for c in job.columns if c.kind == "text" and not expressions.is_looked_up(c)):
        amiss = (
            f"SELECT DISTINCT line FROM {numbered_rows_sql(job)} AS t WHERE {_may_be_non_data(job, column, headings)}"
        )
        suspects |= {line for (line,) in con.execute(amiss).fetchall()}
    return non_data_lines(job, suspects)


def _may_be_non_data(job: LoadJob, column: Column, headings: set[str]) -> str:
    """Return the SQL that tells whether a text may belong to a line that is no data."""
    name = quote_ident(column.name)
    parts = [
        f"{expressions.odd_cell_column(column)} IS NOT NULL",
        f"{name} IN {expressions.literal_list_sql(tuple(sorted(headings)))}",
    ]
    if column.name in job.dataset.key:
        bare = f"replace({name}, ' ', '')"
        parts.append(f"regexp_full_match({bare}, {quote_literal(non_data_rows.SUSPECT)}, 'i')")
    return " OR ".join(parts)


def non_data_lines(job: LoadJob, suspects: set[int]) -> list[Finding]:
    """Return those of some lines that are no data; raises LateUnit."""
    rows = records_at(job, suspects)
    judged = ((row, layout.left_out_reason(fit_row(row.cells, job.width), job.layout)) for row in rows)
    aside = [(row, why) for row, why in judged if why]
    for row, _ in aside:
        _refuse_late_unit(job, row)
    return [
        Finding(row.line, "", " ".join(filter(None, trimmed_cells(row.cells))), LEFT_OUT[why]) for row, why in aside
    ]


def _refuse_late_unit(job: LoadJob, row: Record) -> None:
    """Refuse a file with a unit below its header that is not that of its columns."""
    unit = layout.conflicting_unit(job.dataset, job.layout.header, row.cells)
    if unit:
        raise LateUnit(name=job.title(row.line), line=job.source.place(row.line).line, unit=unit)


def error_groups(con: Connection, job: LoadJob) -> list[ErrorGroup]:
    """Count the bad cells by column and reason."""
    lines = f"list(line ORDER BY line)[:{SHOWN_LINES}]"
    item = (
        "item" if job.match.items else f"CASE WHEN reason IN {expressions.literal_list_sql(ITEM_REASONS)} THEN item END"
    )
    found = con.execute(
        f"SELECT name, reason, {item} AS what, count(*), {lines} FROM ({_faults_sql(job)}) AS f "
        f"WHERE line NOT IN (SELECT line FROM left_out) GROUP BY ALL ORDER BY count(*) DESC, name, reason"
    ).fetchall()
    return [ErrorGroup(*fault_texts(job, n, r, i)[:2], count, shown) for n, r, i, count, shown in found]


def fault_texts(job: LoadJob, name: str, reason: str, item: str | None) -> tuple[str, Text, Text]:
    """Return the heading, the reason and the advice of a fault; the width of a row is no matter of one column."""
    why = _reason_text(job, name, reason, item)
    return (
        ("", why, untranslated(""))
        if reason == "ragged"
        else (heading_name(job, name, item), why, _advice_text(job, name, item))
    )


def _advice_text(job: LoadJob, name: str, item: str | None) -> Text:
    """Say what a cell takes, in the unit of its heading; the value of an item takes the item's unit and range."""
    column, chosen = job.dataset.column(name), _item_choice(job, name, item)
    low, high = (chosen.low, chosen.high) if chosen and job.dataset.wide else (column.low, column.high)
    own = replace(column, unit=chosen.unit, low=low, high=high) if chosen else column
    return how_to_fill(*_in_heading_unit(job, own, item))
