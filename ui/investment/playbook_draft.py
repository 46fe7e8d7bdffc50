"""The tasks of one project while a clerk edits them: what was changed, and what others have changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column
from data.ingest import batch_log
from data.ingest.forms import template
from data.ingest.loader import Options, Scope, Upload
from data.ingest.reading import reader
from data.text import Language

PLAYBOOK = DATASETS["playbook_task"]
TASK, PROJECT = "task_id", "project_id"
EDITED_COLUMNS = tuple(column for column in PLAYBOOK.columns if column.name != PROJECT)
YES, NO = "是", "否"

TaskRow = dict[str, str]
TaskRows = dict[str, TaskRow]


@dataclass(slots=True)
class Draft:
    """What a clerk edits: `opened` are the tasks by code as they stood at `state`, `edited` what became of them.

    `turn` counts how often the table was filled anew; `checked` are the rows that were sent to the check, as the file
    of number `sent`.
    """

    project: str
    name: str
    state: int
    opened: TaskRows
    edited: list[TaskRow]
    turn: int = 0
    checked: list[TaskRow] | None = None
    sent: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def has_edits(self) -> bool:
        return self.edited != list(self.opened.values())


class Conflict(NamedTuple):
    """A task that the clerk and somebody else have both changed; `theirs` is None where the other took it out."""

    task: str
    name: str
    was: TaskRow | None
    theirs: TaskRow | None


def read_tasks(con: Connection, project: str) -> tuple[TaskRows, int]:
    """Return the tasks of a project as the ledger has them now, by code, and the state of the database."""
    names = [column.name for column in EDITED_COLUMNS]
    rows = con.execute(
        f"SELECT {', '.join(names)} FROM playbook_task WHERE project_id = ? "
        "ORDER BY planned_on, planned_half <> '上午', task_id",
        [project],
    ).fetchall()
    return {row[0]: _text_row(dict(zip(names, row, strict=True))) for row in rows}, batch_log.write_counter(con)


def open_draft(con: Connection, project: str, name: str, turn: int = 0) -> Draft:
    """Return the tasks of a project, not edited yet."""
    tasks, state = read_tasks(con, project)
    return Draft(project, name, state, tasks, list(tasks.values()), turn)


def _text_row(values: Mapping[str, object]) -> TaskRow:
    return {column.name: _cell_text(column, values.get(column.name)) for column in EDITED_COLUMNS}


def _cell_text(column: Column, value: object) -> str:
    """Return a value as it is written in a file; nothing for what is missing."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    if column.kind == "flag":
        return YES if value else NO
    if column.kind == "date":
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
    return f"{value:.15g}" if isinstance(value, int | float) else str(value).strip()


def task_table(rows: Iterable[TaskRow]) -> pd.DataFrame:
    """Return rows as a table that can be edited: days as days, numbers as numbers, a flag as a flag."""
    table = pd.DataFrame(list(rows), columns=[column.name for column in EDITED_COLUMNS], dtype=object)
    for column in EDITED_COLUMNS:
        cells = table[column.name].where(table[column.name] != "", None)
        match column.kind:
            case "date":
                table[column.name] = pd.to_datetime(cells)
            case "integer":
                table[column.name] = pd.to_numeric(cells).astype("Int64")
            case "flag":
                table[column.name] = cells.map({YES: True, NO: False}).astype("boolean")
            case _:
                table[column.name] = cells.astype(object)
    return table


def edited_rows(table: pd.DataFrame, opened: Mapping[str, TaskRow]) -> list[TaskRow]:
    """Return the rows of an edited table as text; a flag that was empty and still says no is as it was."""
    rows = []
    for values in table.to_dict("records"):
        row = _text_row({str(name): value for name, value in values.items()})
        before = opened.get(row[TASK])
        flags = (column.name for column in EDITED_COLUMNS if column.kind == "flag")
        row |= {name: "" for name in flags if before and row[name] == NO and not before[name]}
        if any(row.values()):
            rows.append(row)
    return rows


def merged_rows(draft: Draft, current: TaskRows) -> list[TaskRow]:
    """Return the clerk's rows upon the ledger as it stands now: what he did not touch is as others left it."""
    written = {row[TASK] for row in draft.edited}
    rows = [merged for row in draft.edited if (merged := _merged_row(row, draft.opened, current)) is not None]
    return rows + [row for code, row in current.items() if code not in written and code not in draft.opened]


def _merged_row(row: TaskRow, opened: TaskRows, current: TaskRows) -> TaskRow | None:
    """Return a row with the clerk's cells over those of the ledger; None for one that others took out, untouched."""
    before, now = opened.get(row[TASK]), current.get(row[TASK])
    if before is None or now is None:
        return None if before == row else row
    return now | {name: cell for name, cell in row.items() if cell != before[name]}


def find_conflicts(draft: Draft, current: TaskRows) -> list[Conflict]:
    """Return the tasks that the clerk changed, took out or added while somebody else did something to them."""
    written = {row[TASK]: row for row in draft.edited}
    found = []
    for code in dict.fromkeys([*draft.opened, *written]):
        before, mine, theirs = draft.opened.get(code), written.get(code), current.get(code)
        if mine != before and theirs not in (before, mine):
            name = next(row["name"] for row in (mine, theirs, before) if row)
            found.append(Conflict(code, name, before, theirs))
    return found


def rebase_draft(draft: Draft, current: TaskRows, state: int) -> None:
    """Make the draft one that was opened now: the ledger as others left it, with the clerk's cells upon it."""
    if current != draft.opened:
        draft.edited = merged_rows(draft, current)
        draft.opened = current
        draft.turn += 1
    draft.state, draft.conflicts = state, []


def draft_file(draft: Draft, file_name: str, language: Language) -> tuple[Upload, Options]:
    """Return the rows as the file that a clerk would have sent, and how it is loaded: as the project's whole plan."""
    headings = [column.heading.into(language) for column in (PLAYBOOK.column(PROJECT), *EDITED_COLUMNS)]
    rows = ([draft.project, *row.values()] for row in draft.edited)
    scope = Scope(where=((PROJECT, draft.project),))
    return reader.make_upload(file_name, template.csv_bytes([headings, *rows])), Options(
        mode="replace", scope=scope, state=draft.state
    )


def added_tasks(draft: Draft) -> list[TaskRow]:
    return [row for row in draft.edited if row[TASK] not in draft.opened]


def deleted_tasks(draft: Draft) -> list[TaskRow]:
    written = {row[TASK] for row in draft.edited}
    return [row for code, row in draft.opened.items() if code not in written]


def changed_columns(conflict: Conflict) -> Iterator[tuple[Column, str, str]]:
    """Yield what somebody else changed of a task: the column, what it was, what it is now."""
    was, theirs = conflict.was or {}, conflict.theirs or {}
    for column in EDITED_COLUMNS:
        old, new = was.get(column.name, ""), theirs.get(column.name, "")
        if old != new:
            yield column, old, new


def rows_by_line(rows: Sequence[TaskRow]) -> dict[int, TaskRow]:
    """Return the rows by the line of the file on which each begins; the header is line 1."""
    starts = accumulate((1 + sum(cell.count("\n") for cell in row.values()) for row in rows), initial=2)
    return dict(zip(starts, rows, strict=False))
