"""A workbook in, its records out: every cell as the text that a clerk would have typed, merged cells repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Protocol

from data.errors import NotAWorkbook
from data.ingest.reading import xls, xlsx
from data.ingest.reading.grid import TEXT_BY_TYPE, Grid, MergedRange, Row, SheetInfo, cells_as_text
from data.ingest.reading.html_tables import HtmlWorkbook, is_html, is_mhtml
from data.ingest.reading.ods import OdsWorkbook, is_ods
from data.ingest.reading.records import Record, Remark, has_content, picture_columns
from data.ingest.reading.spreadsheetml import XmlWorkbook, is_spreadsheetml
from data.ingest.reading.vector.vector_file import is_vector_file
from data.text import Text


class Book(Protocol):
    """What every kind of workbook tells; `is_from_1904` says whether a day left as a number counts from 1904."""

    sheets: tuple[SheetInfo, ...]

    @property
    def is_from_1904(self) -> bool: ...

    def grid(self, sheet: str) -> Grid: ...


KINDS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], Book]], ...] = (
    ("ods", is_ods, OdsWorkbook),
    ("xlsx", lambda raw: raw.startswith(xlsx.SIGNATURE), xlsx.XlsxWorkbook),
    ("xls", lambda raw: raw.startswith(xls.SIGNATURE), xls.XlsWorkbook),
    ("xml", is_spreadsheetml, XmlWorkbook),
    ("html", is_html, HtmlWorkbook),
    ("mhtml", is_mhtml, HtmlWorkbook),
)
MERGED_HEAD_ROWS, BLOCK_ROWS = 30, 200  # as HEADER_ROWS; chosen: small blocks take less memory
MOST_NAMED = 10  # chosen: as many as a sentence bears
NO_WORKBOOK = Text("不是工作簿", "it is no workbook")


class Workbook:
    """A workbook, opened once; a sheet that is asked for several times is parsed once.

    `kind` is the first word of one of KINDS. Opening and reading raise NotAWorkbook, UnreadableWorkbook,
    LockedWorkbook, HugeWorkbook, NoSheets, UnknownSheet, SparseSheet and UncomputedFormulas.
    """

    def __init__(self, raw: bytes) -> None:
        if not is_workbook(raw):
            raise NotAWorkbook(found=NO_WORKBOOK)
        self.kind, kind = next((name, kind) for name, fits, kind in KINDS if fits(raw))
        self._book = kind(raw)
        self.sheets: tuple[SheetInfo, ...] = self._book.sheets

    def records(self, sheet: str, remarks: list[Remark] | None = None) -> Iterator[Record]:
        """Yield every row of a sheet that holds anything, with its row number; `remarks` gains what is odd of them."""
        grid, numbers = self._book.grid(sheet), list[tuple[MergedRange, Any]]()
        rows = _fill_merged_cells(grid.rows, grid.merged, numbers) if grid.merged else grid.rows
        while block := list(islice(rows, BLOCK_ROWS)):
            lines, cells = zip(*block, strict=True)
            for record in map(Record, lines, cells_as_text(cells)):
                if has_content(record.cells):
                    yield record
        if numbers and remarks is not None:
            remarks.append(_merged_numbers_remark(numbers))

    def words_and_large_numbers(self, sheet: str, least: float) -> Iterator[str]:
        """Yield the texts of a sheet and its numbers from `least` on, each as it is: quicker than whole records."""
        for _, cells in self._book.grid(sheet).rows:
            for cell in cells:
                if type(cell) is str:
                    yield cell
                elif isinstance(cell, float) and cell >= least:
                    yield TEXT_BY_TYPE[type(cell)](cell)

    @property
    def is_from_1904(self) -> bool:
        """Whether a day that is left as a number counts from 1904, not from 1900."""
        return self._book.is_from_1904

    def hidden_rows(self, sheet: str) -> list[int]:
        """Return the numbers of the rows that hold something and are hidden or filtered away."""
        return self._book.grid(sheet).hidden

    def row_remarks(self, sheet: str) -> Iterator[Remark]:
        """Say which rows a clerk does not see, or sees struck out, though they are read like the others."""
        grid = self._book.grid(sheet)
        for reason, lines in (("hidden_rows", grid.hidden), ("struck_rows", grid.struck)):
            if lines:
                named = ", ".join(map(str, lines[:MOST_NAMED])) + ("…" if len(lines) > MOST_NAMED else "")
                yield Remark(lines[0], reason, {"count": len(lines), "lines": named})

    def picture_columns(self, sheet: str) -> tuple[int, ...]:
        """Return the places in a row, from 0, of the columns that hold pictures."""
        return picture_columns(self.records(sheet)) if self._book.grid(sheet).has_pictures else ()

    def hidden_columns(self, sheet: str) -> list[int]:
        """Return the places in a row, from 0, of the columns that are hidden."""
        return self._book.grid(sheet).hidden_columns


def is_workbook(raw: bytes) -> bool:
    """Tell by its first bytes, whatever its name, whether a file may be a workbook or a document with tables."""
    return not is_vector_file(raw) and any(fits(raw) for _, fits, _ in KINDS)


def _merged_numbers_remark(numbers: Sequence[tuple[MergedRange, Any]]) -> Remark:
    """Name the first merged numbers by their rows."""
    named = ", ".join(
        f"{area.top}–{area.bottom}: {text}" if area.bottom > area.top else f"{area.top}: {text}"
        for (area, _), [text] in zip(
            numbers, cells_as_text([[value] for _, value in numbers[:MOST_NAMED]]), strict=False
        )
    )
    more = "…" if len(numbers) > MOST_NAMED else ""
    return Remark(numbers[0][0].top, "merged_numbers", {"count": len(numbers), "cells": named + more})


def _fill_merged_cells(
    rows: Iterator[Row], merged: Sequence[MergedRange], numbers: list[tuple[MergedRange, Any]]
) -> Iterator[Row]:
    """Repeat merged words and dates over their range: in the head both ways, below it downwards only.

    Numbers stand once, and are noted in `numbers`: an amount that is merged over three rows is one amount.
    """
    starting = defaultdict(list)
    for area in merged:
        starting[area.top].append(area)
    above: dict[int, tuple[int, Any]] = {}
    for line, cells in rows:
        above = {place: kept for place, kept in above.items() if kept[0] >= line}
        for place, (_, value) in above.items():
            cells[place] = value
        for area in starting.pop(line, ()):
            if not _repeat_merged_value(area, cells, above):
                numbers.append((area, cells[area.left]))
        yield line, cells


def _repeat_merged_value(area: MergedRange, cells: list[Any], above: dict[int, tuple[int, Any]]) -> bool:
    """Repeat the cell of a range along its row, and enter in `above` what stands over the rows below.

    False for a number, which stands once.
    """
    value = cells[area.left] if area.left < len(cells) else ""
    if value == "" or not isinstance(value, (str, date)):
        return value == ""
    last = min(area.right, len(cells) - 1) if area.top <= MERGED_HEAD_ROWS else area.left
    for place in range(area.left, last + 1):
        cells[place] = value
        above[place] = (area.bottom, value)
    return True
