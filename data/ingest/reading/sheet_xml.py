"""What calamine does not tell of a sheet, found in its XML in one pass.

Error cells, percentages, hidden rows and columns, formulas without a result, and how far the sheet reaches: calamine
takes memory for the whole rectangle, and a single stray cell in the last corner would take all there is.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from data.errors import SparseSheet, UnreadableWorkbook
from data.ingest.reading.grid import CellFormat

CHUNK_SIZE = 1 << 20  # bytes unpacked at once; chosen, not measured
MAX_SHEET_COLUMNS = 1 << 14  # the columns of a sheet in Excel
WIDEST_AREA = 26 * 1_048_576  # calamine holds the whole rectangle: a full sheet of 26 columns still fits
NEAR_ROWS, NEAR_COLUMNS = 99_999, 26  # what FAR_CELL passes over: one letter, five digits

FILLED_CELL = re.compile(rb'c r="([A-Z]{1,3})(\d{1,10})"(?:[^>]*[^>/])?>')
FAR_CELL = re.compile(rb'<c(?! r="[A-Z]\d{1,5}"|[a-z])(?: r="([A-Z]{1,3})(\d{1,10})")?')
PREFIXED_FAR_CELL = re.compile(rb'<[\w.-]+:c(?! r="[A-Z]\d{1,5}"|[A-Za-z])(?: r="([A-Z]{1,3})(\d{1,10})")?')
NAMESPACE_PREFIX = re.compile(rb":(?:c|f>)")
ERROR_CELL = re.compile(
    rb'c r="([A-Z]+)(\d+)"(?=[^>]* t="e")[^>]*>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?'
    rb"<(?:\w+:)?v>([^<]*)<"
)
UNCOMPUTED_CELL = re.compile(
    rb'c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v></(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
HIDDEN_ROW = re.compile(rb'row r="(\d+)"[^>]* hidden="(?:1|true)"(?:[^>]*[^>/])?>(.*?)row>', re.DOTALL)

HIDDEN_COLUMNS = re.compile(rb'<(?:[\w.-]+:)?col (?=[^>]*hidden="(?:1|true)")([^>]*)>')
FIRST_COLUMN, LAST_COLUMN = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')


@dataclass(slots=True)
class SheetMarks:
    """What the XML of a sheet says beyond the values; a cell is its row, from 1, times COLUMNS plus its column, from 0.

    `hidden` are rows from 1, `hidden_columns` columns from 0.
    """

    percent_cells: array[int] = field(default_factory=lambda: array("Q"))
    codes: dict[int, CellFormat] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncomputed_cells: list[str] = field(default_factory=list)
    rows: int = NEAR_ROWS
    columns: int = NEAR_COLUMNS

    @property
    def may_be_sparse(self) -> bool:
        """Whether the sheet may reach further than memory goes."""
        return self.rows * self.columns > WIDEST_AREA


def _xml_chunks(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML of a sheet in pieces that end with a row, or at least before a cell."""
    rest = b""
    while chunk := part.read(CHUNK_SIZE):
        rest += chunk
        end = rest.rfind(b"row>") + 4 if b"row>" in rest else rest.rfind(b"<c ")
        end = end if end > 0 else len(rest)
        yield rest[:end]
        rest = rest[end:]
    yield rest


def scan_sheet(part: IO[bytes], percents: list[bytes], codes: Mapping[bytes, CellFormat]) -> SheetMarks:
    """Search the XML of a sheet for cells in the styles of percentages and codes, and for all that is odd.

    Raises UnreadableWorkbook where cells are not written as office programs do.
    """
    marks, percent_cell, code_cell = SheetMarks(), _styled_cell_pattern(percents), _styled_cell_pattern(codes)
    for piece in _xml_chunks(part):
        if b"cols>" in piece:
            marks.hidden_columns += [c for columns in HIDDEN_COLUMNS.findall(piece) for c in _column_range(columns)]
        _note_extent(FAR_CELL.findall(piece), marks)
        is_prefixed = NAMESPACE_PREFIX.search(piece)
        if is_prefixed:
            _note_extent(PREFIXED_FAR_CELL.findall(piece), marks)
        if b' t="e"' in piece:
            marks.errors |= {_cell_index(c, r): text.decode() for c, r, text in ERROR_CELL.findall(piece)}
        if percent_cell:
            marks.percent_cells.extend(_cell_index(c, r) for c, r, _ in percent_cell.findall(piece))
        if code_cell:
            marks.codes |= {_cell_index(c, r): codes[style] for c, r, style in code_cell.findall(piece)}
        if is_prefixed or b"</f>" in piece:
            marks.uncomputed_cells += [cell.decode() for cell in UNCOMPUTED_CELL.findall(piece)]
        if b' hidden="' in piece:
            marks.hidden += [int(row) for row, cells in HIDDEN_ROW.findall(piece) if b"v>" in cells or b"t>" in cells]
    marks.percent_cells = array("Q", sorted(marks.percent_cells))
    return marks


def _styled_cell_pattern(styles: Collection[bytes]) -> re.Pattern[bytes] | None:
    """Return the pattern of a cell in one of some styles; None without any."""
    return re.compile(rb'c r="([A-Z]+)(\d+)"(?=[^>]* s="(%s)")' % b"|".join(styles)) if styles else None


def _note_extent(cells: list[tuple[bytes, bytes]], marks: SheetMarks) -> None:
    """Note how far the cells beyond column Z or row 99,999 may reach; one without its place is refused."""
    for letters, row in cells:
        if not letters:
            raise UnreadableWorkbook
        marks.rows = max(marks.rows, int(row))
        marks.columns = max(marks.columns, _column_number(letters))


@lru_cache(maxsize=MAX_SHEET_COLUMNS)
def _column_number(letters: bytes) -> int:
    """Return the number of a column, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _column_range(columns: bytes) -> Iterable[int]:
    """Return the columns, from 0, that a <col> is about."""
    first, last = FIRST_COLUMN.search(columns), LAST_COLUMN.search(columns)
    return range(int(first[1]) - 1, min(int(last[1]), MAX_SHEET_COLUMNS)) if first and last else ()


def _cell_index(letters: bytes, row: bytes) -> int:
    return int(row) * MAX_SHEET_COLUMNS + _column_number(letters) - 1


def refuse_sparse_sheet(sheet: str, part: IO[bytes]) -> None:
    """Measure exactly how far a sheet reaches, and refuse one that takes too much memory."""
    rows = columns = 0
    for piece in _xml_chunks(part):
        for letters, row in FILLED_CELL.findall(piece):
            rows, columns = max(rows, int(row)), max(columns, _column_number(letters))
    if rows * columns > WIDEST_AREA:
        raise SparseSheet(sheet=sheet, rows=rows, columns=columns)
