"""Workbooks of Excel 97 to 2003 and of WPS (.xls, .et), read by xlrd: calamine would lose their error cells."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import xldate_as_datetime

from data.errors import (
    DashboardError,
    LockedWorkbook,
    NoSheets,
    NotAWorkbook,
    UncomputedFormulas,
    UnknownSheet,
    UnreadableWorkbook,
)
from data.ingest.reading.grid import Grid, MergedRange, Percent, Row, SheetInfo, cell_format, is_percent_format
from data.ingest.reading.xls_formulas import uncomputed_cells
from data.text import Text

SIGNATURE = b"\xd0\xcf\x11\xe0"
ENCRYPTION_MARK = "EncryptedPackage".encode("utf-16-le")
NO_STREAM = Text("是旧版 Word 或其他文件", "it is an old Word document or the like")
XLRD_ERRORS = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    RecursionError,
    AttributeError,
    TypeError,
    LookupError,
    ValueError,
    ArithmeticError,
)
EMPTY_CELL_TYPES = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


class XlsWorkbook:
    """An opened workbook; all of its sheets are parsed at once."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._book = xlrd.open_workbook(
                file_contents=raw, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
            )
            self._uncomputed = uncomputed_cells(raw, self._book)
            self._book.sheets()
            self._book.release_resources()
            formats = [self._book.format_map[style.format_key].format_str or "" for style in self._book.xf_list]
        except XLRD_ERRORS as error:
            raise _opening_error(raw, str(error)) from error
        self._percents = {style for style, written in enumerate(formats) if is_percent_format(written)}
        self._codes = {style: found for style, written in enumerate(formats) if (found := cell_format(written))}
        self._durations = {style for style, written in enumerate(formats) if "[h" in written.lower()}
        struck = [font.struck_out for font in self._book.font_list]
        self._struck = {style for style, look in enumerate(self._book.xf_list) if struck[look.font_index]}
        self._has_pictures = any("DISPIMG(".encode(encoding) in raw for encoding in ("ascii", "utf-16-le"))
        self.sheets = tuple(SheetInfo(sheet.name, sheet.visibility != 0) for sheet in self._book.sheets())
        if not self.sheets:
            raise NoSheets

    @property
    def is_from_1904(self) -> bool:
        """Whether the workbook counts its days from 1904, as Excel on a Mac did."""
        return bool(self._book.datemode == 1)

    def grid(self, sheet: str) -> Grid:
        """Return a sheet; raises UnknownSheet, UnreadableWorkbook, UncomputedFormulas."""
        names = [info.name for info in self.sheets]
        if sheet not in names:
            raise UnknownSheet(sheet=sheet, known=", ".join(names))
        self._refuse_uncomputed_formulas(sheet)
        found = self._book.sheet_by_name(sheet)
        merged = [MergedRange(top + 1, left, bottom, right - 1) for top, bottom, left, right in found.merged_cells]
        hidden = [
            row + 1 for row, info in sorted(found.rowinfo_map.items()) if info.hidden and _row_has_content(found, row)
        ]
        columns = [place for place, info in sorted(found.colinfo_map.items()) if info.hidden and place < found.ncols]
        return Grid(self._rows(found), merged, hidden, columns, self._struck_rows(found), self._has_pictures)

    def _refuse_uncomputed_formulas(self, sheet: str) -> None:
        """Refuse a sheet whose formulas nobody computed."""
        cells = self._uncomputed.get(sheet)
        if cells:
            raise UncomputedFormulas(sheet=sheet, count=len(cells), cell=xlrd.cellname(*cells[0]))

    def _struck_rows(self, sheet: xlrd.sheet.Sheet) -> list[int]:
        """Return the rows with a cell that holds something and is struck out, wholly or in part."""
        runs = sheet.rich_text_runlist_map
        in_text = {row for (row, _), run in runs.items() if any(self._book.font_list[f].struck_out for _, f in run)}
        rows = range(sheet.nrows) if self._struck else ()
        return sorted({row + 1 for row in (*in_text, *filter(partial(self._is_struck_row, sheet), rows))})

    def _is_struck_row(self, sheet: xlrd.sheet.Sheet, row: int) -> bool:
        return any(c.xf_index in self._struck for c in sheet.row(row) if c.ctype not in EMPTY_CELL_TYPES)

    def _rows(self, sheet: xlrd.sheet.Sheet) -> Iterator[Row]:
        try:
            for row in filter(partial(_row_has_content, sheet), range(sheet.nrows)):
                cells = [self._value(cell) for cell in sheet.row(row)]
                yield row + 1, cells + [""] * (sheet.ncols - len(cells))
        except XLRD_ERRORS as error:
            raise UnreadableWorkbook from error

    def _value(self, cell: xlrd.sheet.Cell) -> Any:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._moment(cell)
        if cell.ctype != xlrd.XL_CELL_NUMBER:
            return cell.value
        code = self._codes.get(cell.xf_index)
        return code.shown(cell.value) if code else Percent(cell.value) if self._is_percent(cell) else cell.value

    def _is_percent(self, cell: xlrd.sheet.Cell) -> bool:
        return cell.xf_index in self._percents

    def _moment(self, cell: xlrd.sheet.Cell) -> date | time | timedelta | float:
        """Return a date, a date with its time, a time of day or a duration; a number that is no date stays one."""
        number = float(cell.value)
        try:
            if cell.xf_index in self._durations:
                return timedelta(days=number)
            moment: datetime = xldate_as_datetime(number, self._book.datemode)
        except (OverflowError, ValueError):
            return number
        if 0 <= number < 1:
            return moment.time()
        return moment.date() if moment.time() == time() else moment


def _opening_error(raw: bytes, said: str) -> DashboardError:
    """Return why a file cannot be opened, by what xlrd says of it; locked workbooks since 2007 are such files too."""
    if "encrypted" in said or ("Can't find workbook" in said and ENCRYPTION_MARK in raw):
        return LockedWorkbook()
    return NotAWorkbook(found=NO_STREAM) if "Can't find workbook" in said else UnreadableWorkbook()


def _row_has_content(sheet: xlrd.sheet.Sheet, row: int) -> bool:
    return row < sheet.nrows and any(kind not in EMPTY_CELL_TYPES for kind in sheet.row_types(row))
