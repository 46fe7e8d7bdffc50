"""Named SQL: `run_query(con, "water.sample_class", as_of=…)` runs the block of that name in sql/water/.

A block begins with `-- name: sample_class` and may hold `-- include: grading`, or with `water.grading` one of another
stream. `-- each dated column: SELECT … FROM {table}` stands for that SELECT once for every date column of every ledger,
one below the other. What is wrong with a block is told with its file and line, as aiosql does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.ledger_state import ledger_states
from data.schema import quote_ident, quote_literal, undo_table
from data.standards.thresholds import thresholds

FOLDER = Path(__file__).parent / "sql"
NAME = re.compile(r"-- name: (\w+)")
INCLUDE = re.compile(r" *-- include: (?:(\w+)\.)?(\w+)")
EACH_DATED = re.compile(r" *-- each dated column: (.+)")
DIRECTIVE = re.compile(r"\s*--\s*(name|include|each)\b")
COMMENT = re.compile(r"--.*")
PARAMETER = re.compile(r"\$(\w+)")


class BadQuery(Exception):
    """Named SQL that cannot be read, or that is run with other values than it binds; no reader ever sees it."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a named block, and where it begins: `line` is that of its name."""

    file: Path
    line: int
    lines: tuple[str, ...]

    def at(self, number: int) -> str:
        """Return the place of the block's line of that number, as file:line; 0 is its name."""
        return f"{self.file.relative_to(FOLDER.parent)}:{self.line + number}"

    @property
    def is_empty(self) -> bool:
        """Tell a block that holds neither SQL nor an include."""
        made = (INCLUDE.fullmatch(line) or EACH_DATED.fullmatch(line) for line in self.lines)
        return not any(made) and not any(COMMENT.sub("", line).strip() for line in self.lines)


def _file_blocks(file: Path) -> Iterator[tuple[str, Block]]:
    """Yield the blocks of a file by their names; raises BadQuery for SQL above the first."""
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := NAME.fullmatch(line))]
    ends = [*(number for number, _ in starts), len(lines)]
    above = Block(file, 0, tuple(lines[: ends[0]]))
    if not above.is_empty:
        raise BadQuery(f"{above.at(1)}: SQL above the first block; begin it with “-- name: …”")
    for (start, name), end in zip(starts, ends[1:], strict=True):
        yield name, Block(file, start + 1, tuple(lines[start + 1 : end]))


def _valid_block(name: str, block: Block) -> Block:
    for number, line in enumerate(block.lines, 1):
        if DIRECTIVE.match(line) and not (INCLUDE.fullmatch(line) or EACH_DATED.fullmatch(line)):
            raise BadQuery(
                f"{block.at(number)}: “{line.strip()}” is neither “-- name: word” nor “-- include: word” nor “-- each "
                "dated column: SELECT …”"
            )
    if block.is_empty:
        raise BadQuery(f"{block.at(0)}: the block “{name}” is empty")
    return block


@cache
def _sql_blocks(stream: str) -> dict[str, Block]:
    found: dict[str, Block] = {}
    for name, block in (each for file in sorted(FOLDER.glob(f"{stream}/*.sql")) for each in _file_blocks(file)):
        if name in found:
            raise BadQuery(f"{block.at(0)}: a second block “{name}”; the first is at {found[name].at(0)}")
        found[name] = _valid_block(name, block)
    return found


def _find_block(name: str, asked_at: str = "") -> Block:
    """Return the block of a name; `asked_at` is the place that includes it."""
    stream, _, block = name.partition(".")
    known = _sql_blocks(stream)
    if block not in known:
        raise BadQuery(f"{asked_at}{': ' if asked_at else ''}there is no block “{name}”; known: {', '.join(known)}")
    return known[block]


def _expanded_lines(name: str, asked_at: str = "", within: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of a block, and in the place of each include those of the block that it names."""
    if name in within:
        raise BadQuery(f"{asked_at}: “{name}” includes itself, by way of {', '.join(within)}")
    block, stream = _find_block(name, asked_at), name.split(".")[0]
    for number, line in enumerate(block.lines, 1):
        if include := INCLUDE.fullmatch(line):
            yield from _expanded_lines(f"{include[1] or stream}.{include[2]}", block.at(number), (*within, name))
        elif each := EACH_DATED.fullmatch(line):
            yield "\nUNION ALL\n".join(_each_dated(each[1]))
        else:
            yield line


def _each_dated(template: str) -> Iterator[str]:
    """Yield a SELECT for each date column of each ledger; its blanks are {ledger}, {table}, {undo_table} and {day}."""
    for dataset in DATASETS.values():
        names = {"ledger": dataset.name, "table": quote_ident(dataset.name), "undo_table": undo_table(dataset)}
        for column in dataset.dated_by:
            yield template.format(**names, day=f"CAST({quote_ident(column)} AS DATE)")


@cache
def expanded_sql(name: str) -> str:
    """Return the SQL of a query, with the blocks that it includes and those that these include; raises BadQuery."""
    return "\n".join(_expanded_lines(name))


@cache
def parameters(name: str) -> frozenset[str]:
    """Return the parameters that a query binds."""
    return frozenset(PARAMETER.findall(COMMENT.sub("", expanded_sql(name))))


def query_names(stream: str) -> list[str]:
    return [f"{stream}.{block}" for block in _sql_blocks(stream)]


@cache
def source_ledgers(name: str) -> tuple[str, ...]:
    """Return the ledgers that a query reads, in the order of DATASETS."""
    read = tables_read(expanded_sql(name))
    return tuple(dataset for dataset in DATASETS if dataset in read)


@cache
def _parser() -> Connection:
    """Return an empty database, whose parser is asked; opening one takes longer than all that is parsed."""
    return duckdb.connect()


def tables_read(statement: str) -> set[str]:
    """Return the tables that a SELECT reads, as DuckDB's parser has them, common tables aside; raises BadQuery."""
    with _parser().cursor() as con:
        [(parsed,)] = con.execute("SELECT json_serialize_sql(CAST(? AS VARCHAR))", [statement]).fetchall()
    tree = json.loads(parsed)
    if tree["error"]:
        raise BadQuery(f"{tree['error_message']}: {statement}")
    return set(_base_tables(tree["statements"], frozenset()))


def _base_tables(node: Any, common: frozenset[str]) -> Iterator[str]:
    """Yield the tables below a node of the syntax tree; a common table hides a table of its name after it is made."""
    if isinstance(node, list):
        for each in node:
            yield from _base_tables(each, common)
    elif isinstance(node, dict):
        for made in node.get("cte_map", {}).get("map", []):
            yield from _base_tables(made["value"], common)
            common |= {made["key"].lower()}
        if node.get("type") == "BASE_TABLE" and node["table_name"].lower() not in common:
            yield node["table_name"].lower()
        for key, each in node.items():
            if key != "cte_map":
                yield from _base_tables(each, common)


def _parameter_list(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names)) or "nothing"


def run_query(con: Connection, name: str, as_of: date | None, **values: object) -> pd.DataFrame:
    """Return the rows of a named query as of a day, with the thresholds that hold on it.

    `values` are its other parameters, no more and no less; raises BadQuery.
    """
    asked, of_the_day = parameters(name), {"as_of": as_of} | thresholds(as_of)
    others = asked - of_the_day.keys()
    if others != values.keys():
        place = f"{_find_block(name).at(0)}: “{name}” binds {_parameter_list(others)} beside the day and its thresholds"
        raise BadQuery(f"{place}, and was given {_parameter_list(values)}")
    bound = {key: value for key, value in (of_the_day | values).items() if key in asked}
    return con.execute(expanded_sql(name), bound).df()


STANDING_LEDGERS = """
SELECT dataset, rows, newest, last_batch AS batch FROM ledger_state
WHERE dataset IN (SELECT unnest($dated)) AND coalesce(newest <= $as_of, true)
"""  # those without a date after the day, all rows of which count


def ledger_state(con: Connection, as_of: date | None = None) -> pd.DataFrame:
    """Return each dated ledger as of a day; columns dataset, rows, newest (date), batch (the newest).

    A row counts from the first of its dates on; one without a date counts always.
    """
    day, dated = as_of or date.max, [dataset for dataset in DATASETS.values() if dataset.dated_by]
    states = ledger_states(con)
    later = [dataset for dataset in dated if (states[dataset.name].newest or date.min) > day]
    each = [STANDING_LEDGERS, *map(_ledger_state_sql, later)]
    known = {"as_of": day, "dated": [dataset.name for dataset in dated]}
    return con.execute(" UNION ALL ".join(each) + " ORDER BY newest NULLS FIRST, dataset", known).df()


def _ledger_state_sql(dataset: Dataset) -> str:
    dates = [f"CAST({quote_ident(name)} AS DATE)" for name in dataset.dated_by]
    newest = ", ".join(f"max(CASE WHEN {day} <= $as_of THEN {day} END)" for day in dates)
    return (
        f"SELECT {quote_literal(dataset.name)} AS dataset, count(*) AS rows, greatest({newest}) AS newest, "
        f"max(batch_id) AS batch FROM {quote_ident(dataset.name)} "
        f"WHERE coalesce(least({', '.join(dates)}) <= $as_of, true)"
    )
