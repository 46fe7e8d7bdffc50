"""Rows and cells of a document in, the grid of a sheet out, for kinds of files that say it cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.errors import HugeDocument, SparseSheet
from data.ingest.reading.grid import Grid, MergedRange, Row
from data.ingest.reading.sheet_xml import MAX_SHEET_COLUMNS, WIDEST_AREA

MAX_SHEET_ROWS = 1_048_576  # the rows of a sheet in Excel
MEGABYTE = 1_000_000
MAX_DOCUMENT_BYTES = 32 * MEGABYTE  # chosen: a document of tiny cells takes fifteen times its size, and half a minute


def require_moderate_size(size: int) -> None:
    """Refuse a document that takes too long and too much memory to be parsed; raises HugeDocument."""
    if size > MAX_DOCUMENT_BYTES:
        raise HugeDocument(size=size // MEGABYTE, limit=MAX_DOCUMENT_BYTES // MEGABYTE)


class TableBuilder:
    """A table that grows row by row; lines count from 1, columns from 0. Adding raises SparseSheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = self.column_count = 0
        self.has_pictures = False
        self.uncomputed: list[str] = []
        self.hidden_columns: set[int] = set()
        self._rows: dict[int, list[Any]] = {}
        self._merged: list[MergedRange] = []
        self._hidden: set[int] = set()
        self._struck: set[int] = set()
        self._places = 0

    @property
    def is_empty(self) -> bool:
        return not self._rows

    def start_row(self, line: int, is_hidden: bool = False) -> None:
        """Go on to a line; cells are added to it from left to right."""
        self.line = line
        if is_hidden:
            self._hidden.add(line)

    def add_cell(self, column: int, value: Any, across: int = 1, down: int = 1, is_struck: bool = False) -> None:
        """Put a value into a column of the line, and note over which range it is merged."""
        if value == "":
            return
        cells = self._rows.setdefault(self.line, [])
        self._places += column + 1 - len(cells)
        if self._places > WIDEST_AREA or column >= MAX_SHEET_COLUMNS or self.line > MAX_SHEET_ROWS:
            raise SparseSheet(sheet=self.name, rows=self.line, columns=column + 1)
        cells += [""] * (column - len(cells)) + [value]
        if across > 1 or down > 1:
            last_line, last_column = self.line + down - 1, column + across - 1
            self._merged.append(MergedRange(self.line, column, last_line, min(last_column, MAX_SHEET_COLUMNS - 1)))
        if is_struck:
            self._struck.add(self.line)

    def grid(self) -> Grid:
        """Return the sheet as far as it was built; raises SparseSheet."""
        width = max(map(len, self._rows.values()), default=0)
        width = max([width, *(area.right + 1 for area in self._merged)])
        if width * len(self._rows) > WIDEST_AREA:
            raise SparseSheet(sheet=self.name, rows=len(self._rows), columns=width)
        hidden = sorted(self._hidden & self._rows.keys())
        columns = sorted(place for place in self.hidden_columns if place < width)
        return Grid(self._padded_rows(width), self._merged, hidden, columns, sorted(self._struck), self.has_pictures)

    def _padded_rows(self, width: int) -> Iterator[Row]:
        for line in sorted(self._rows):
            cells = self._rows[line]
            yield line, cells + [""] * (width - len(cells))
