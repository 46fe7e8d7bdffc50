"""Spreadsheets of OpenDocument (.ods, .fods), as LibreOffice and WPS write them.

calamine reads their values, but neither percentages nor hidden rows nor units that a cell shows, and it repeats merged
amounts; so the document is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import IO, Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from data.errors import LockedWorkbook, NoSheets, UnreadableWorkbook
from data.ingest.reading.canonical_xml import column_letters
from data.ingest.reading.grid import Grid, Percent, SheetInfo
from data.ingest.reading.sheet_xml import MAX_SHEET_COLUMNS
from data.ingest.reading.shown_number import value_as_shown
from data.ingest.reading.spreadsheetml import grid_of_table, moment_value
from data.ingest.reading.table_builder import TableBuilder, require_moderate_size

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT, STYLE = (NAMES % name for name in ("office", "table", "text", "style"))
DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")
HIDDEN = ("collapse", "filter")
MOST_MANIFEST_BYTES = 1 << 20  # chosen: a manifest names a few parts


class OdsWorkbook:
    """A spreadsheet, parsed as a whole when it is opened.

    Raises UnreadableWorkbook, LockedWorkbook, HugeDocument, NoSheets, SparseSheet.
    """

    def __init__(self, raw: bytes) -> None:
        self.is_from_1904 = False
        self._tables: dict[str, TableBuilder] = {}
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._hidden: set[str] = set()
        try:
            with _content_part(raw) as part:
                self._parse(part)
        except (ElementTree.ParseError, BadZipFile, ValueError, LookupError, OSError, RuntimeError) as error:
            raise UnreadableWorkbook from error
        self.sheets = tuple(SheetInfo(name, name in self._hidden) for name in self._tables)
        if not self.sheets:
            raise NoSheets

    def grid(self, sheet: str) -> Grid:
        """Return a sheet; raises UnknownSheet, UncomputedFormulas, SparseSheet."""
        return grid_of_table(self._tables, sheet)

    def _parse(self, part: IO[bytes]) -> None:
        open_tables: list[TableBuilder] = []
        for event, element in ElementTree.iterparse(part, ("start", "end")):
            if element.tag == f"{TABLE}table":
                open_tables.append(
                    self._new_table(element, bool(open_tables))
                ) if event == "start" else open_tables.pop()
            elif event == "end" and element.tag == f"{STYLE}style":
                self._add_style(element)
            elif event == "end" and open_tables and element.tag == f"{TABLE}table-column":
                _add_columns(open_tables[-1], element)
            elif event == "end" and open_tables and element.tag == f"{TABLE}table-row":
                self._add_row(open_tables[-1], element)
                element.clear()

    def _new_table(self, element: ElementTree.Element, is_inside: bool) -> TableBuilder:
        """Return the table of a sheet; one inside a cell is no sheet."""
        table = TableBuilder(element.get(f"{TABLE}name", ""))
        if not is_inside:
            self._tables[table.name] = table
            if element.get(f"{TABLE}style-name", "") in self._hidden_styles:
                self._hidden.add(table.name)
        return table

    def _add_style(self, style: ElementTree.Element) -> None:
        name = style.get(f"{STYLE}name", "")
        for properties in style:
            if properties.get(f"{TABLE}display") == "false":
                self._hidden_styles.add(name)
            if properties.get(f"{STYLE}text-line-through-style", "none") != "none":
                self._struck_styles.add(name)

    def _add_row(self, table: TableBuilder, row: ElementTree.Element) -> None:
        """Add a row as often as it is repeated; one without values only counts."""
        times, is_hidden = int(row.get(f"{TABLE}number-rows-repeated", 1)), row.get(f"{TABLE}visibility") in HIDDEN
        cells = list(self._row_cells(table, row))
        last = table.line + times
        for line in range(table.line + 1, last + 1 if cells else 0):
            table.start_row(line, is_hidden)
            for cell in cells:
                table.add_cell(*cell)
        table.line = last

    def _row_cells(self, table: TableBuilder, row: ElementTree.Element) -> Iterator[tuple[int, Any, int, int, bool]]:
        """Yield the cells of a row that hold anything, for `add_cell`."""
        column = 0
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            value = _cell_value(cell)
            if value is None:
                table.uncomputed.append(f"{column_letters(column + 1)}{table.line + 1}")
            elif value != "" and cell.tag == f"{TABLE}table-cell":
                across, down = (int(cell.get(f"{TABLE}number-{way}-spanned", 1)) for way in ("columns", "rows"))
                for place in range(column, min(column + times, MAX_SHEET_COLUMNS + 1)):
                    yield place, value, across, down, self._is_struck(cell)
            column += times

    def _is_struck(self, cell: ElementTree.Element) -> bool:
        names = [cell.get(f"{TABLE}style-name"), *(e.get(f"{TEXT}style-name") for e in cell.iter(f"{TEXT}span"))]
        return any(name in self._struck_styles for name in names)


def is_ods(raw: bytes) -> bool:
    """Tell whether a file is a spreadsheet of OpenDocument, packed or in one XML."""
    return MIME_TYPE in raw[:4_096] and (raw.startswith(b"PK\x03\x04") or b"<office:document" in raw[:4_096])


def _content_part(raw: bytes) -> IO[bytes]:
    """Return the XML of a document; raises LockedWorkbook, HugeDocument."""
    if not raw.startswith(b"PK"):
        require_moderate_size(len(raw))
        return BytesIO(raw)
    archive = ZipFile(BytesIO(raw))
    if b"encryption-data" in archive.open("META-INF/manifest.xml").read(MOST_MANIFEST_BYTES):
        raise LockedWorkbook
    require_moderate_size(archive.getinfo("content.xml").file_size)
    return archive.open("content.xml")


def _add_columns(table: TableBuilder, columns: ElementTree.Element) -> None:
    """Note the places of columns that are hidden."""
    first = table.column_count
    table.column_count += int(columns.get(f"{TABLE}number-columns-repeated", 1))
    if columns.get(f"{TABLE}visibility") in HIDDEN:
        table.hidden_columns |= set(range(first, min(table.column_count, MAX_SHEET_COLUMNS)))


def _cell_value(cell: ElementTree.Element) -> Any:
    """Return the value of a cell as it shows; "" for an empty one, None for a formula without a result."""
    kind, shown = cell.get(f"{OFFICE}value-type"), _shown_text(cell)
    if kind in ("float", "percentage", "currency"):
        value = float(cell.get(f"{OFFICE}value", ""))
        return Percent(value) if kind == "percentage" and not shown else value_as_shown(value, shown)
    if kind == "date":
        return moment_value(cell.get(f"{OFFICE}date-value", ""))
    if kind == "time":
        return _duration(cell.get(f"{OFFICE}time-value", ""))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind is None and cell.get(f"{TABLE}formula"):
        return None
    return shown or cell.get(f"{OFFICE}string-value", "")


def _shown_text(cell: ElementTree.Element) -> str:
    """Return the paragraphs of a cell, without those of its comment."""
    return "\n".join("".join(_pieces(child)) for child in cell if child.tag == f"{TEXT}p")


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    """Yield the pieces of a paragraph: blanks, tabs and line ends are elements in it."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", 1)), 1_000)
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield "\t" if child.tag == f"{TEXT}tab" else "\n"
        elif child.tag != f"{OFFICE}annotation":
            yield from _pieces(child)
        yield child.tail or ""


def _duration(text: str) -> time | timedelta:
    """Return a time of day, or a duration of a day and more; raises ValueError."""
    found = DURATION.fullmatch(text)
    if not found:
        raise ValueError(text)
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups()[1:])
    taken = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[1]:
        return -taken
    return (datetime.min + taken).time() if taken < timedelta(days=1) else taken
