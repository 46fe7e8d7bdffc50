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

from data.errors import SparseSheet
from data.ingest.reading.grid import CellFormat

CHUNK_SIZE = 1 << 20  # bytes unpacked at once; chosen, not measured
MAX_SHEET_COLUMNS = 1 << 14  # the columns of a sheet in Excel
WIDEST_AREA = 26 * 1_048_576  # calamine holds the whole rectangle: a full sheet of 26 columns still fits
NEAR_ROWS, NEAR_COLUMNS = 99_999, 26  # what FAR_OR_ODD_CELL passes over: one letter, five digits

FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,10})"(?:[^>]*[^>/])?>')
FAR_OR_ODD_CELL = re.compile(
    rb'<c(?! r="[A-Z][0-9]{1,5}+"(?: s="[0-9]++")?+(?: t="[a-z]++")?+>|[a-z])'
    rb'(?: r="([A-Z]{1,3})(\d{1,7})"(?: [a-z]++="\w*+")*+ ?/?>)?'
)
ODD_ROW = re.compile(rb'<row(?! r="\d++"(?: [\w:.]++="[^"]*+")*+ ?/?>)')
PREFIXED_TAG = re.compile(rb":(?:c|row|v|is|cols?|sheetData)[\s/>]")
ROOT = b"<worksheet"
ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
ODD_INLINE_TEXT = re.compile(rb't="inlineStr"[^<>]*+>(?!<is[ />])|(?:</is>|<is */>)(?!</c>)')
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?=[^>]* t="e")[^>]*>\s*(?:<f\b[^>]*(?:/>|>[^<]*</f>)\s*)?<v\b[^>]*>([^<]*)<'
)
UNCOMPUTED_CELL = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v\b[^>]*/>\s*|<v\b[^>]*></v>\s*)?</c>"
)
FORMULA_OF_ZERO = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*+>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*<v>0</v>')
FORMULA = re.compile(rb"<f[ />]")
HIDDEN_ROW = re.compile(
    rb'<row r="(\d+)"(?=[^<>]* (?:hidden="(?:1|true)"|ht="0(?:\.0*)?"))(?:[^<>]*[^<>/])?>'
    rb"((?:[^<]++|<(?!/?row\b))*+)</row>"
)

STRUCK_TEXT = re.compile(rb'<c r="[A-Z]+(\d+)"(?=[^>]* t="s")[^>]*+><v>(\d+)<')
CELL_ROW = re.compile(rb'<c r="[A-Z]+(\d+)"')
STRUCK_MARK = re.compile(rb'<strike(?! val="(?:0|false)")')
PICTURE_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*+>\s*<f\b[^>]*+>[^<]*\b(?:DISPIMG|IMAGE)\(')
RICH_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"(?=[^>]* vm="\d)(?=[^>]* t="e")')

HIDDEN_COLUMNS = re.compile(rb'<col (?=[^<>]*hidden="(?:1|true)")([^<>]*)>')
FIRST_COLUMN, LAST_COLUMN = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')


class UnusualXml(Exception):
    """A sheet is valid, as far as one sees, but not written as Excel writes."""


@dataclass(frozen=True, slots=True)
class WorkbookLooks:
    """What the cells of a workbook may look like: styles of percentages, of codes and of struck-out text, the numbers
    of struck-out shared texts, and whether an error may be a picture that is kept in its cell.
    """

    percents: list[bytes] = field(default_factory=list)
    codes: Mapping[bytes, CellFormat] = field(default_factory=dict)
    struck_styles: list[bytes] = field(default_factory=list)
    struck_texts: frozenset[bytes] = frozenset()
    has_rich_pictures: bool = False


@dataclass(slots=True)
class SheetMarks:
    """What the XML of a sheet says beyond the values; a cell is its row, from 1, times COLUMNS plus its column, from 0.

    `hidden` and `struck` are rows from 1, `hidden_columns` columns from 0; `pictures` are cells that show a picture.
    """

    percent_cells: array[int] = field(default_factory=lambda: array("Q"))
    codes: dict[int, CellFormat] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    pictures: set[int] = field(default_factory=set)
    uncomputed_cells: list[str] = field(default_factory=list)
    formulas_of_zero: list[str] = field(default_factory=list)
    formulas: int = 0
    has_picture_texts: bool = False
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


def scan_sheet(part: IO[bytes], looks: WorkbookLooks) -> SheetMarks:
    """Search the XML of a sheet for cells in the styles of percentages and codes, and for all that is odd.

    Raises UnusualXml where it is not written as Excel writes.
    """
    marks, is_first, has_rows = SheetMarks(), True, False
    percent_cell, code_cell = _styled_cell_pattern(looks.percents), _styled_cell_pattern(looks.codes)
    for piece in _xml_chunks(part):
        if is_first:
            _require_usual_root(piece)
        if not has_rows:
            marks.hidden_columns += [c for columns in HIDDEN_COLUMNS.findall(piece) for c in _column_range(columns)]
            is_first, has_rows = False, b"<row" in piece
        _require_usual_markup(piece)
        _note_extent(FAR_OR_ODD_CELL.findall(piece), marks)
        if percent_cell:
            marks.percent_cells.extend(_cell_index(c, r) for c, r, _ in percent_cell.findall(piece))
        if code_cell:
            marks.codes |= {_cell_index(c, r): looks.codes[style] for c, r, style in code_cell.findall(piece)}
        _note_contents(piece, marks, looks)
        _note_hidden_rows(piece, marks)
    marks.percent_cells = array("Q", sorted(marks.percent_cells))
    return marks


def _note_contents(piece: bytes, marks: SheetMarks, looks: WorkbookLooks) -> None:
    """Note errors, formulas, pictures and struck-out cells."""
    if b' t="e"' in piece:
        marks.errors |= {_cell_index(c, r): text.decode() for c, r, text in ERROR_CELL.findall(piece)}
    if b"<f" in piece:
        _note_formulas(piece, marks)
    if b"inlineStr" in piece or b"<is" in piece:
        _note_inline_texts(piece, marks)
    if looks.has_rich_pictures:
        marks.pictures |= {_cell_index(c, r) for c, r in RICH_ERROR_CELL.findall(piece)}
    marks.struck |= _struck_rows(piece, looks)


def _note_inline_texts(piece: bytes, marks: SheetMarks) -> None:
    """Note pictures and struck-out texts among texts in cells; raises UnusualXml where calamine would lose one."""
    if piece.count(b"inlineStr") != piece.count(b"<is") or ODD_INLINE_TEXT.search(piece):
        raise UnusualXml
    marks.has_picture_texts = marks.has_picture_texts or b"DISPIMG(" in piece
    if STRUCK_MARK.search(piece):
        cells = (cell for cell in piece.split(b"</c>") if STRUCK_MARK.search(cell))
        marks.struck |= {int(rows[-1]) for rows in map(CELL_ROW.findall, cells) if rows}


def _note_hidden_rows(piece: bytes, marks: SheetMarks) -> None:
    """Note rows that are hidden, or have no height, and hold something; raises UnusualXml for odd ones."""
    if b"hidden" in piece or (b"customHeight" in piece and b' ht="0' in piece):
        if ODD_ROW.search(piece):
            raise UnusualXml
        marks.hidden += [int(row) for row, cells in HIDDEN_ROW.findall(piece) if b"v>" in cells or b"t>" in cells]


def _note_formulas(piece: bytes, marks: SheetMarks) -> None:
    """Note formulas without a result or with 0, and those whose result is a picture."""
    shown = {(c, r) for c, r in PICTURE_FORMULA_CELL.findall(piece)}
    marks.pictures |= {_cell_index(c, r) for c, r in shown}
    pictures = {c + r for c, r in shown}
    marks.formulas += len(FORMULA.findall(piece))
    marks.formulas_of_zero += [cell.decode() for cell in FORMULA_OF_ZERO.findall(piece)]
    marks.uncomputed_cells += [cell.decode() for cell in UNCOMPUTED_CELL.findall(piece) if cell not in pictures]


def _struck_rows(piece: bytes, looks: WorkbookLooks) -> set[int]:
    """Return the rows with a cell that holds something and is struck out, by its style, its row's or its shared text.

    Raises UnusualXml for odd rows.
    """
    found: set[bytes] = set()
    if looks.struck_styles:
        if ODD_ROW.search(piece):
            raise UnusualXml
        styles = b"|".join(looks.struck_styles)
        filled = rb'<c r="[A-Z]+(\d+)"(?=[^>]* s="(?:%s)")[^>]*+(?<!/)>(?!</c>|<v></v>|<v/>)' % styles
        whole = (
            rb'<row r="(\d+)"(?=[^>]* s="(?:%s)")(?=[^>]* customFormat="(?:1|true)")[^>]*+(?<!/)>(?!</row>)' % styles
        )
        found |= {*re.findall(filled, piece), *re.findall(whole, piece)}
    if looks.struck_texts:
        found |= {row for row, text in STRUCK_TEXT.findall(piece) if text in looks.struck_texts}
    return set(map(int, found))


def _require_usual_root(piece: bytes) -> None:
    """Raise UnusualXml for a sheet in another encoding, or whose names bear a prefix."""
    if ROOT not in piece or ENCODING.match(piece):
        raise UnusualXml


def _require_usual_markup(piece: bytes) -> None:
    """Raise UnusualXml for comments, CDATA, instructions and prefixes, behind which the patterns here do not see."""
    has_comment = b"!" in piece and b"<!" in piece
    has_instruction = b"?" in piece and piece.find(b"<?", 1) > 0
    if has_comment or has_instruction or PREFIXED_TAG.search(piece):
        raise UnusualXml


def _styled_cell_pattern(styles: Collection[bytes]) -> re.Pattern[bytes] | None:
    """Return the pattern of a cell in one of some styles; None without any."""
    return re.compile(rb'<c r="([A-Z]+)(\d+)"(?=[^>]* s="(%s)")' % b"|".join(styles)) if styles else None


def _note_extent(cells: list[tuple[bytes, bytes]], marks: SheetMarks) -> None:
    """Note how far the cells beyond column Z or row 99,999 may reach; raises UnusualXml for one without its place."""
    for letters, row in cells:
        if not letters:
            raise UnusualXml
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
