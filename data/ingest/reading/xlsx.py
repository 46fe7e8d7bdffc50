"""Workbooks of Excel since 2007, WPS and LibreOffice (.xlsx, .xlsm).

calamine reads the values, `sheet_xml` what it does not tell.
"""

from __future__ import annotations

import posixpath
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.errors import (
    HugeWorkbook,
    NoSheets,
    NotAWorkbook,
    UncomputedFormulas,
    UnknownSheet,
    UnreadableWorkbook,
)
from data.ingest.reading import sheet_xml
from data.ingest.reading.canonical_xml import canonical_sheet
from data.ingest.reading.grid import (
    CellFormat,
    Grid,
    MergedRange,
    Percent,
    Row,
    SheetInfo,
    cell_format,
    is_percent_format,
)
from data.ingest.reading.records import PICTURE_TEXT
from data.ingest.reading.sheet_xml import CHUNK_SIZE, MAX_SHEET_COLUMNS, SheetMarks, UnusualXml, WorkbookLooks
from data.text import Text

SIGNATURE = b"PK\x03\x04"
MEGABYTE = 1_000_000
MAX_UNPACKED_BYTES = 1_000 * MEGABYTE  # chosen: five times the largest upload (200 MB)
MAX_PART_BYTES = 32 * MEGABYTE  # chosen: a tree of tiny elements takes thirty times its size in memory
SUSPECT_BYTES, HIGHEST_RATIO = 100 * MEGABYTE, 200  # chosen: a bomb packs to a thousandth
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
SHEET_ERRORS = (CalamineError, OverflowError, ValueError)
OTHER_FORMATS = (
    ("xl/workbook.bin", Text("是 .xlsb 二进制工作簿", "it is a binary workbook, .xlsb")),
    ("content.xml", Text("是 OpenDocument 文件，但不是电子表格", "it is an OpenDocument file, but no spreadsheet")),
    ("word/document.xml", Text("是 Word 文档", "it is a Word document")),
    ("ppt/presentation.xml", Text("是演示文稿", "it is a presentation")),
)
BUILTIN_FORMATS = {"9": "0%", "10": "0.00%"} | dict.fromkeys(("5", "6", "7", "8", "42", "44"), '"¥"0')
TRUE = ("1", "true")
SHARED_TEXTS, RICH_STRUCTURE = "xl/sharedstrings.xml", "richdata/rdrichvaluestructure"
RICH_PICTURES = (b"_localimage", b"_webimage")
ZIP_ARCHIVE = Text("是压缩包", "it is a zip archive")


class XlsxWorkbook:
    """An opened workbook; each sheet is parsed when it is first asked for."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(raw))
            self._parts = {n.replace("\\", "/").lstrip("/").lower(): n for n in self._zip.namelist()}
            self._refuse_bombs(len(raw))
            self._refuse_other_formats()
            self._paths, self.sheets = self._paths_and_sheets()
            self._looks = self._workbook_looks()
            self._workbook = CalamineWorkbook.from_filelike(BytesIO(raw))
        except (*ZIP_ERRORS, *SHEET_ERRORS, ElementTree.ParseError, LookupError) as error:
            raise UnreadableWorkbook from error
        self._parsed: dict[str, tuple[CalamineSheet, SheetMarks]] = {}

    def grid(self, sheet: str) -> Grid:
        """Return a sheet; raises UnknownSheet, UnreadableWorkbook, SparseSheet, UncomputedFormulas."""
        if sheet not in self._paths:
            raise UnknownSheet(sheet=sheet, known=", ".join(self._paths))
        if sheet not in self._parsed:
            self._parsed[sheet] = self._parse_sheet(sheet)
        values, marks = self._parsed[sheet]
        left = values.start[1] if values.start else 0
        hidden = [place - left for place in marks.hidden_columns if 0 <= place - left < values.width]
        rows, struck = _filled_rows(values, marks), sorted(marks.struck)
        has_pictures = bool(marks.pictures) or marks.has_picture_texts or self._has_picture_texts
        return Grid(rows, _merged_ranges(values), marks.hidden, hidden, struck, has_pictures)

    @property
    def is_from_1904(self) -> bool:
        """Whether the workbook counts its days from 1904, as Excel on a Mac did."""
        made = (e for e in self._xml_tree("xl/workbook.xml").iter() if _local_name(e) == "workbookPr")
        return any(e.get("date1904") in TRUE for e in made)

    def _refuse_bombs(self, size: int) -> None:
        """Refuse a zip that unpacks to more than a workbook does, by its own word, and one whose word is wrong.

        Reading a part to its end shows whether its size was told rightly; sheets are read when they are parsed.
        """
        if len(self._parts) != len(self._zip.infolist()):
            raise UnreadableWorkbook
        unpacked = sum(part.file_size for part in self._zip.infolist())
        if unpacked > MAX_UNPACKED_BYTES or (unpacked > SUSPECT_BYTES and unpacked > HIGHEST_RATIO * size):
            raise HugeWorkbook(size=unpacked // MEGABYTE, limit=MAX_UNPACKED_BYTES // MEGABYTE)
        for path, name in self._parts.items():
            if path.endswith((".xml", ".rels")) and "/worksheets/" not in path:
                with self._zip.open(name) as part:
                    while part.read(CHUNK_SIZE):
                        pass

    def _refuse_other_formats(self) -> None:
        if "xl/workbook.xml" not in self._parts:
            raise NotAWorkbook(found=next((text for part, text in OTHER_FORMATS if part in self._parts), ZIP_ARCHIVE))

    def _xml_tree(self, path: str) -> ElementTree.Element:
        name = self._parts[path]
        if self._zip.getinfo(name).file_size > MAX_PART_BYTES:
            raise UnreadableWorkbook
        return ElementTree.fromstring(self._zip.read(name))

    def _paths_and_sheets(self) -> tuple[dict[str, str], tuple[SheetInfo, ...]]:
        """Return sheet -> path of its XML, and the sheets; charts and macro sheets have no cells for us."""
        related = {r.get("Id"): r for r in self._xml_tree("xl/_rels/workbook.xml.rels")}
        paths, sheets = {}, []
        for sheet in self._xml_tree("xl/workbook.xml").iter():
            part = related.get(_relationship_id(sheet)) if _local_name(sheet) == "sheet" else None
            if part is not None and str(part.get("Type")).endswith("/worksheet"):
                paths[sheet.get("name", "")] = posixpath.join("/xl", part.get("Target", ""))
                sheets.append(SheetInfo(sheet.get("name", ""), sheet.get("state", "visible") != "visible"))
        if not sheets:
            raise NoSheets
        return paths, tuple(sheets)

    def _workbook_looks(self) -> WorkbookLooks:
        """Return what the cells of the workbook may look like, by its styles and its shared texts."""
        styles = self._xml_tree("xl/styles.xml") if "xl/styles.xml" in self._parts else ElementTree.Element("none")
        formats = _number_formats(styles)
        has_struck_texts, self._has_picture_texts = self._shared_texts_have(b"strike", b"DISPIMG(")
        return WorkbookLooks(
            percents=[_style_id(place) for place, code in enumerate(formats) if is_percent_format(code)],
            codes={_style_id(place): found for place, code in enumerate(formats) if (found := cell_format(code))},
            struck_styles=_struck_styles(styles),
            struck_texts=self._struck_texts() if has_struck_texts else frozenset(),
            has_rich_pictures=self._has_rich_pictures(),
        )

    def _shared_texts_have(self, *words: bytes) -> list[bool]:
        """Tell of each word whether it stands in the shared texts, which may be too many for the memory."""
        found, rest = [False] * len(words), b""
        if SHARED_TEXTS in self._parts:
            with self._zip.open(self._parts[SHARED_TEXTS]) as part:
                while chunk := part.read(CHUNK_SIZE):
                    piece = rest + chunk
                    found = [known or word in piece for known, word in zip(found, words, strict=True)]
                    rest = chunk[-max(map(len, words)) :]
        return found

    def _struck_texts(self) -> frozenset[bytes]:
        """Return the numbers of the shared texts of which a part is struck out."""
        struck: set[bytes] = set()
        with self._zip.open(self._parts[SHARED_TEXTS]) as part:
            texts = (e for _, e in ElementTree.iterparse(part) if _local_name(e) == "si")
            for place, text in enumerate(texts):
                if _is_struck(text):
                    struck.add(_style_id(place))
                text.clear()
        return frozenset(struck)

    def _has_rich_pictures(self) -> bool:
        """Tell whether a cell may hold a picture, which older programs see as #VALUE!."""
        parts = (self._zip.read(name).lower() for path, name in self._parts.items() if RICH_STRUCTURE in path)
        return any(kind in part for part in parts for kind in RICH_PICTURES)

    def _parse_sheet(self, sheet: str) -> tuple[CalamineSheet, SheetMarks]:
        name = self._parts.get(posixpath.normpath(self._paths[sheet]).lstrip("/").lower())
        if name is None:
            raise UnreadableWorkbook
        try:
            try:
                return self._parse_part(sheet, self._zip, name, self._workbook)
            except UnusualXml:
                raw = self._rewritten_archive(name)
                workbook = CalamineWorkbook.from_filelike(BytesIO(raw))
                return self._parse_part(sheet, ZipFile(BytesIO(raw)), name, workbook)
        except (*ZIP_ERRORS, *SHEET_ERRORS, LookupError) as error:
            raise UnreadableWorkbook from error

    def _parse_part(
        self, sheet: str, archive: ZipFile, name: str, workbook: CalamineWorkbook
    ) -> tuple[CalamineSheet, SheetMarks]:
        """Return the values and the marks of a sheet; raises UnusualXml, SparseSheet, UncomputedFormulas."""
        with archive.open(name) as part:
            marks = sheet_xml.scan_sheet(part, self._looks)
        if marks.may_be_sparse:
            with archive.open(name) as part:
                sheet_xml.refuse_sparse_sheet(sheet, part)
        uncomputed = marks.uncomputed_cells or self._zeros_for_results(marks)
        if uncomputed:
            raise UncomputedFormulas(sheet=sheet, count=len(uncomputed), cell=uncomputed[0])
        return workbook.get_sheet_by_name(sheet), marks

    def _zeros_for_results(self, marks: SheetMarks) -> list[str]:
        """Return the formulas of a sheet if all came to 0 and the workbook says that they are yet to be computed."""
        if not marks.formulas or len(marks.formulas_of_zero) < marks.formulas:
            return []
        said = (e for e in self._xml_tree("xl/workbook.xml").iter() if _local_name(e) == "calcPr")
        return marks.formulas_of_zero if any(e.get("fullCalcOnLoad") in TRUE for e in said) else []

    def _rewritten_archive(self, sheet_name: str) -> bytes:
        """Return the workbook with one sheet written as Excel writes, and without the others."""
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=1) as new:
            for path, name in self._parts.items():
                if path.endswith((".xml", ".rels")) and "/worksheets/" not in path:
                    new.writestr(name, self._zip.read(name))
            with self._zip.open(sheet_name) as part, new.open(sheet_name, "w", force_zip64=True) as target:
                for piece in canonical_sheet(part):
                    target.write(piece)
        return content.getvalue()


def _local_name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _relationship_id(element: ElementTree.Element) -> str | None:
    return next((value for name, value in element.items() if name.endswith("}id")), None)


def _number_formats(styles: ElementTree.Element) -> list[str]:
    """Return the number format of every cell style; "" for one of the others that Excel brings along."""
    formats = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter() if _local_name(f) == "numFmt"}
    cells = next((e for e in styles.iter() if _local_name(e) == "cellXfs"), ())
    return [(BUILTIN_FORMATS | formats).get(style.get("numFmtId"), "") for style in cells]


def _struck_styles(styles: ElementTree.Element) -> list[bytes]:
    """Return the cell styles whose font is struck out."""
    fonts = next((e for e in styles.iter() if _local_name(e) == "fonts"), ())
    struck = {str(place) for place, font in enumerate(fonts) if _is_struck(font)}
    cells = next((e for e in styles.iter() if _local_name(e) == "cellXfs"), ())
    return [_style_id(place) for place, style in enumerate(cells) if style.get("fontId") in struck]


def _is_struck(element: ElementTree.Element) -> bool:
    return any(_local_name(e) == "strike" and e.get("val") not in ("0", "false") for e in element.iter())


def _style_id(place: int) -> bytes:
    return str(place).encode()


def _merged_ranges(values: CalamineSheet) -> list[MergedRange]:
    """Return the merged ranges that begin where the sheet has values."""
    left = values.start[1] if values.start else 0
    ranges = values.merged_cell_ranges or []
    return [MergedRange(a + 1, b - left, c + 1, d - left) for (a, b), (c, d) in ranges if b >= left]


def _filled_rows(values: CalamineSheet, marks: SheetMarks) -> Iterator[Row]:
    """Yield the rows that are not empty, their cells from the first column that has a value."""
    rows, blank = enumerate(values.iter_rows(), 1), [""] * values.width
    is_marked = marks.percent_cells or marks.errors or marks.codes or marks.pictures
    marked = _rows_with_marks(rows, values, marks) if is_marked else rows
    try:
        yield from (row for row in marked if row[1] != blank)
    except SHEET_ERRORS as error:
        raise UnreadableWorkbook from error


def _rows_with_marks(rows: Iterator[Row], values: CalamineSheet, marks: SheetMarks) -> Iterator[Row]:
    """Put the errors of Excel, the percentages and the codes into the rows."""
    texts = marks.errors | dict.fromkeys(marks.pictures, PICTURE_TEXT)
    places = sorted({*marks.percent_cells, *texts, *marks.codes})
    left = values.start[1] if values.start else 0
    for line, cells in rows:
        first, last = (bisect_left(places, number * MAX_SHEET_COLUMNS) for number in (line, line + 1))
        for place in places[first:last]:
            _mark_cell(cells, place % MAX_SHEET_COLUMNS - left, texts.get(place), marks.codes.get(place))
        yield line, cells


def _mark_cell(cells: list[Any], column: int, text: str | None, code: CellFormat | None) -> None:
    """Put in the text of an error or a picture, or make a number a code or a percentage."""
    if not 0 <= column < len(cells):
        return
    value = cells[column]
    if text is not None:
        cells[column] = text
    elif type(value) is float:
        cells[column] = code.shown(value) if code else Percent(value)
