"""The lines of a file under the ledger's names: the temporary views `staged` and `raw`, and what names lead to."""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest import expressions
from data.ingest.headers import Heading, Match
from data.ingest.reader import Lines
from data.schema import literal, quoted


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way into one ledger, and what the clerk chose for it."""

    dataset: Dataset
    lines: Lines
    match: Match
    year: int | None = None
    register: bool = False
    year_from_name: bool = False

    @property
    def columns(self) -> list[Column]:
        """The columns of the ledger that the file fills, in the order of the registry."""
        wide = self.dataset.wide
        filled = set(self.match.columns) | ({wide.parameter, wide.value} if wide and self.match.items else set())
        return [c for c in self.dataset.columns if c.name in filled]

    @property
    def parents(self) -> list[Column]:
        return [c for c in self.columns if c.references]


def registrable(parent: Dataset) -> bool:
    """Tell whether a row of this ledger can be made from its code and name alone."""
    return {c.name for c in parent.columns if c.required} <= {*parent.key, parent.name_column}


def _cell(job: Job, index: int) -> str:
    """Return the SQL of a cell without blanks around it; NULL if nothing is left."""
    return expressions.tidy(f"c{index}") if job.lines.has_blanks else f"nullif(c{index}, '')"


def read_lines(con: Connection, job: Job) -> None:
    """Make `staged (line, c0, c1, …)`: every cell as text, with its line in the uploaded file."""
    lines = job.lines
    numbered = {"written_line": "BIGINT"} if lines.numbered else {}
    names = numbered | {f"c{i}": "VARCHAR" for i in range(len(lines.header))}
    shape = "{" + ", ".join(f"{literal(n)}: {literal(t)}" for n, t in names.items()) + "}"
    quote = '"' if lines.numbered else ""
    skipped = 0 if lines.numbered else lines.header_line
    line_end = "new_line = '\\n', " if lines.numbered else ""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT * FROM read_csv({literal(str(lines.path))}, columns = {shape}, "
        f"header = false, auto_detect = false, delim = {literal(lines.delimiter)}, quote = {literal(quote)}, "
        f"escape = {literal(quote)}, skip = {skipped}, {line_end}max_line_size = 16000000)"
    )
    line = "written_line" if lines.numbered else f"rowid - (SELECT min(rowid) FROM cells) + {skipped + 1}"
    rest = " EXCLUDE (written_line)" if lines.numbered else ""
    con.execute(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {line} AS line, *{rest} FROM cells")


def name_cells(con: Connection, job: Job) -> None:
    """Make `raw (line, raw_<column>, …)`; a wide file becomes one row per line and item that has a value."""
    cells = [f"{_cell(job, h.index)} AS {quoted('raw_' + n)}" for n, h in job.match.columns.items()]
    if not job.match.items:
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT line, {', '.join(cells)} FROM staged")
        return
    wide = job.dataset.wide
    assert wide
    pairs = ", ".join(f"{{'item': {literal(i)}, 'cell': {_cell(job, h.index)}}}" for i, h in job.match.items.items())
    cells += [f"u.item AS {quoted('raw_' + wide.parameter)}", f"u.cell AS {quoted('raw_' + wide.value)}"]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE raw AS SELECT line, {', '.join(cells)} "
        f"FROM (SELECT *, unnest([{pairs}]) AS u FROM staged) AS items "
        f"WHERE u.cell IS NOT NULL AND u.cell NOT IN {expressions.words(wide.missing)}"
    )


def prepare(con: Connection, job: Job) -> None:
    """Make everything that depends on the file and the registry alone."""
    read_lines(con, job)
    name_cells(con, job)
    list_words(con, job)
    for column in job.parents:
        _list_names(con, job, column)


def _list_names(con: Connection, job: Job, column: Column) -> None:
    """Make `named_<column>`: the names that may be registered, with what else the file says of them."""
    parent, cell = DATASETS[column.references], quoted("raw_" + column.name)
    said = {n: _cell(job, h.index) for n, h in _said_of(job, parent).items()}
    origin = "raw JOIN staged USING (line)" if said else "raw"
    columns = [f"{cell} AS id", *(f"any_value({c}) AS {quoted(n)}" for n, c in said.items())]
    wanted = "true" if job.register and registrable(parent) else "false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('named_' + column.name)} AS SELECT {', '.join(columns)} "
        f"FROM {origin} WHERE {wanted} AND {cell} IS NOT NULL GROUP BY {cell}"
    )


def find_parents(con: Connection, job: Job) -> None:
    """Make for each parent column `new_<column>`, the parents to register, and `lookup_<column>`."""
    for column in job.parents:
        _new_parents(con, column)
        _lookup(con, column)


def _new_parents(con: Connection, column: Column) -> None:
    """Keep those of the names that the parent's ledger does not have."""
    parent = DATASETS[column.references]
    key, name = quoted(parent.key[0]), quoted(parent.name_column or parent.key[0])
    known = f"SELECT {key} FROM {quoted(parent.name)} UNION ALL SELECT {name} FROM {quoted(parent.name)}"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('new_' + column.name)} AS "
        f"SELECT * FROM {quoted('named_' + column.name)} WHERE id NOT IN ({known})"
    )


def _said_of(job: Job, parent: Dataset) -> dict[str, Heading]:
    """Return the columns of a parent that stand in the file beside the ledger's own."""
    free = {c.name: c for c in parent.columns if not (c.required or c.choices or c.references) and c.kind == "text"}
    return {n: h for n, c in free.items() for h in job.match.unmapped if h.name in c.spellings()}


def _lookup(con: Connection, column: Column) -> None:
    """Make the table that leads from a code or a name to the parent's code, and counts how many bear it."""
    parent = DATASETS[column.references]
    ledger, key = quoted(parent.name), quoted(parent.key[0])
    name = quoted(parent.name_column or parent.key[0])
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('lookup_' + column.name)} AS "
        f"SELECT spelling, any_value(id) AS id, count(DISTINCT id) AS parents FROM ("
        f"SELECT {key} AS spelling, {key} AS id FROM {ledger} "
        f"UNION ALL SELECT {name}, {key} FROM {ledger} WHERE {name} NOT IN (SELECT {key} FROM {ledger}) "
        f"UNION ALL SELECT id, id FROM {quoted('new_' + column.name)}) AS spellings GROUP BY spelling"
    )


def list_words(con: Connection, job: Job) -> None:
    """Make for each enumerated column `lookup_<column> (spelling, id)`, from every spelling in small letters."""
    for column in (c for c in job.columns if c.choices):
        spellings = {s.lower(): c.value for c in reversed(column.choices) for s in reversed(c.spellings())}
        rows = ", ".join(f"({literal(s)}, {literal(v)})" for s, v in spellings.items())
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted('lookup_' + column.name)} AS "
            f"SELECT * FROM (VALUES {rows}) AS words(spelling, id)"
        )
