"""Workbooks of Excel 2002 and 2003 as XML (SpreadsheetML), which many systems export and name .xls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

from data.errors import NoSheets, UncomputedFormulas, UnknownSheet, UnreadableWorkbook
from data.ingest.reading.canonical_xml import column_letters
from data.ingest.reading.grid import CellFormat, Grid, Percent, SheetInfo, cell_format, is_percent_format
from data.ingest.reading.table_builder import TableBuilder, require_moderate_size

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
SS = f"{{{SPACE}}}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
START = re.compile(rb"\s*(?:<\?xml|<!--|<(?:\w+:)?Workbook)")
HEAD_BYTES = 4_096  # chosen: the root of the document stands within
TIME_OF_DAY_YEAR = 1900  # the days before are those of a bare time


class Look(NamedTuple):
    """How a style shows a number, and whether it strikes out."""

    is_percent: bool
    code: CellFormat | None
    is_struck: bool


PLAIN = Look(False, None, False)


class XmlWorkbook:
    """A workbook, parsed as a whole when it is opened.

    Raises UnreadableWorkbook, HugeDocument, NoSheets, SparseSheet.
    """

    def __init__(self, raw: bytes) -> None:
        self.is_from_1904 = False
        self._tables: dict[str, TableBuilder] = {}
        self._hidden: set[str] = set()
        require_moderate_size(len(raw))
        try:
            self._parse(raw)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise UnreadableWorkbook from error
        self.sheets = tuple(SheetInfo(name, name in self._hidden) for name in self._tables)
        if not self.sheets:
            raise NoSheets

    def grid(self, sheet: str) -> Grid:
        """Return a sheet; raises UnknownSheet, UncomputedFormulas, SparseSheet."""
        return grid_of_table(self._tables, sheet)

    def _parse(self, raw: bytes) -> None:
        looks, sheet = dict[str, Look](), _SheetParser("", {})
        for event, element in ElementTree.iterparse(BytesIO(raw), ("start", "end")):
            name = element.tag
            if event == "start" and name == f"{SS}Worksheet":
                sheet = _SheetParser(element.get(f"{SS}Name", ""), looks)
                self._tables[sheet.table.name] = sheet.table
            elif event == "start":
                continue
            elif name == f"{SS}Style":
                looks[element.get(f"{SS}ID", "")] = _style_look(element, looks)
            elif name == f"{SS}Column":
                sheet.add_column(element)
            elif name == f"{SS}Row":
                sheet.add_row(element)
                element.clear()
            elif name == f"{EXCEL}Visible" and (element.text or "") != "SheetVisible":
                self._hidden.add(sheet.table.name)
            elif name == f"{EXCEL}Date1904":
                self.is_from_1904 = True


def is_spreadsheetml(raw: bytes) -> bool:
    """Tell by its head whether a file is such a workbook."""
    return START.match(raw.removeprefix(b"\xef\xbb\xbf")) is not None and SPACE.encode() in raw[:HEAD_BYTES]


def grid_of_table(tables: Mapping[str, TableBuilder], sheet: str) -> Grid:
    """Return a sheet of those that were parsed; raises UnknownSheet, UncomputedFormulas, SparseSheet."""
    if sheet not in tables:
        raise UnknownSheet(sheet=sheet, known=", ".join(tables))
    table = tables[sheet]
    if table.uncomputed:
        raise UncomputedFormulas(sheet=sheet, count=len(table.uncomputed), cell=table.uncomputed[0])
    return table.grid()


def _style_look(style: ElementTree.Element, looks: Mapping[str, Look]) -> Look:
    """Return the look of a style; what it does not say is its parent's."""
    parent = looks.get(style.get(f"{SS}Parent", ""), looks.get("Default", PLAIN))
    shown, font = style.find(f"{SS}NumberFormat"), style.find(f"{SS}Font")
    written = None if shown is None else shown.get(f"{SS}Format", "")
    struck = parent.is_struck if font is None else font.get(f"{SS}StrikeThrough") == "1"
    if written is None:
        return parent._replace(is_struck=struck)
    return Look(written == "Percent" or is_percent_format(written), cell_format(written), struck)


@dataclass
class _SheetParser:
    """Builds the table of one sheet; styles are the cell's, the row's or the column's, the first that is told."""

    name: str
    looks: Mapping[str, Look]

    def __post_init__(self) -> None:
        self.table = TableBuilder(self.name)
        self._column_styles: dict[int, str] = {}
        self._next_column = 0

    def add_column(self, element: ElementTree.Element) -> None:
        """Note the style of some columns, and that they are hidden."""
        first = int(element.get(f"{SS}Index", self._next_column + 1)) - 1
        self._next_column = first + 1 + int(element.get(f"{SS}Span", 0))
        for place in range(first, min(self._next_column, first + 20_000)):
            self._column_styles[place] = element.get(f"{SS}StyleID", "")
            if _is_hidden(element, "Width"):
                self.table.hidden_columns.add(place)

    def add_row(self, element: ElementTree.Element) -> None:
        """Add a row with its cells."""
        line = int(element.get(f"{SS}Index", self.table.line + 1))
        self.table.start_row(line, _is_hidden(element, "Height"))
        column = 0
        for cell in element.iterfind(f"{SS}Cell"):
            column = int(cell.get(f"{SS}Index", column + 1)) - 1
            self._add_cell(cell, column, element.get(f"{SS}StyleID", ""))
            column += 1 + int(cell.get(f"{SS}MergeAcross", 0))
        self.table.line += int(element.get(f"{SS}Span", 0))

    def _add_cell(self, cell: ElementTree.Element, column: int, row_style: str) -> None:
        style = cell.get(f"{SS}StyleID") or row_style or self._column_styles.get(column, "")
        look = self.looks.get(style) or self.looks.get("Default", PLAIN)
        data, formula = cell.find(f"{SS}Data"), cell.get(f"{SS}Formula")
        if formula and data is None:
            self.table.uncomputed.append(f"{column_letters(column + 1)}{self.table.line}")
        if data is not None:
            across, down = (1 + int(cell.get(f"{SS}{way}", 0)) for way in ("MergeAcross", "MergeDown"))
            self.table.add_cell(column, _data_value(data, look), across, down, look.is_struck)


def _is_hidden(element: ElementTree.Element, size: str) -> bool:
    return element.get(f"{SS}Hidden") == "1" or element.get(f"{SS}{size}") == "0"


def _data_value(data: ElementTree.Element, look: Look) -> Any:
    """Return the value of a cell by its type; raises ValueError."""
    text, kind = "".join(data.itertext()), data.get(f"{SS}Type")
    if kind == "Number":
        value = float(text)
        return look.code.shown(value) if look.code else Percent(value) if look.is_percent else value
    if kind == "DateTime":
        return moment_value(text)
    return text.strip() in ("1", "true") if kind == "Boolean" else text


def moment_value(text: str) -> date | time:
    """Return a date, a date with its time, or a time of day; raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    if moment.year < TIME_OF_DAY_YEAR:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
