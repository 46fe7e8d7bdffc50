"""An uploaded file in, its records out, whatever kind of file it is."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from mmap import mmap
from pathlib import Path

from data.errors import (
    DashboardError,
    EmptyFile,
    HugeDocument,
    LongLine,
    NoSuchFile,
    NotText,
    SeveralSheets,
    SheetOfText,
    SparseSheet,
    TooManyColumns,
    UncomputedFormulas,
    UnknownDelimiter,
    UnreadableWorkbook,
)
from data.ingest.reading import api_json, delimited, encodings, mojibake, photo
from data.ingest.reading.delimited import DELIMITERS, HEAD_RECORDS, HEADER_ROWS
from data.ingest.reading.encodings import ENCODING_NAMES
from data.ingest.reading.grid import SheetInfo
from data.ingest.reading.places import Place, numbered_line, places_text, sheet_and_line
from data.ingest.reading.records import (
    BLANKS,
    MOST_COLUMNS,
    Record,
    Remark,
    heading_cells,
    picture_columns,
    trimmed_cells,
)
from data.ingest.reading.vector import vector_file
from data.ingest.reading.vector.geojson import is_geojson
from data.ingest.reading.vector.vector_file import VectorFile, is_vector_file
from data.ingest.reading.workbook import Workbook, is_workbook
from data.text import Text

__all__ = [
    "BLANKS",
    "DELIMITERS",
    "ENCODING_NAMES",
    "Progress",
    "ReadOptions",
    "Recognise",
    "Record",
    "Remark",
    "Source",
    "Upload",
    "every_sheet",
    "make_upload",
    "open_file",
    "open_sheets",
    "upload_from_path",
]

REPLACEMENT_CHARACTER = "\ufffd"
MONTH, DAY = "0[1-9]|1[0-2]", r"[0-3]\d"
YEAR_NAMED = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?:(?:{MONTH})(?:{DAY})?)?(?!\d)")
DAYS_NAMED = re.compile(
    rf"(?<!\d)((?:19|20)\d{{2}})(?:[-_.]?({MONTH})(?:[-_.]?({DAY}))?(?!\d)"
    r"|年(?:\d{1,2}月?[-~至到])?(\d{1,2})月(?:(\d{1,2})[日号])?)"
)
JSON_START = re.compile(r'\s*[\[{]\s*["\[{\]}]')
VECTOR_START, VECTOR_HEAD = re.compile(r'"type"\s*:\s*"(?:FeatureCollection|Feature)"'), 4_096  # characters
MARKUP_START = re.compile(r"\s*<(?:\?xml|!doctype|html|table|meta|head|body|style)\b", re.IGNORECASE)
MARKUP = Text("网页或 XML 文件，认不出里面的表格", "a web page or an XML file, of which the table is not known")
JSON_BEFORE = b"\xef\xbb\xbf \t\r\n"
MEGABYTE = 1_000_000
LONGEST_LINE = 16 * MEGABYTE  # bytes; chosen: far above any row of 2,000 columns
MAX_JSON_BYTES = 32 * MEGABYTE  # chosen: tiny records take fifty times their size in memory
PICTURE_FORMULAS = ("DISPIMG(", "=IMAGE(", "_xlfn.IMAGE(")
MOST_NAMED, TWO = 10, 2  # chosen: as many names as a sentence bears
Progress = Callable[[str, int, int], None]
Recognise = Callable[[list[str]], int]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: its name, content, in memory or mapped from disk, and fingerprint."""

    name: str
    content: bytes | mmap
    sha256: str

    @property
    def raw(self) -> bytes:
        """The content, read into memory where it lies on disk."""
        return bytes(self.content)

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def year(self) -> int | None:
        """The year that stands in the file name, as in 水质2021-04.csv; None for none, and for more than one."""
        years = set(YEAR_NAMED.findall(Path(self.name).stem))
        return int(years.pop()) if len(years) == 1 else None

    @property
    def day(self) -> date | None:
        """The last day of which the file name speaks: 2021-04-05, or the end of 2021-04 and of 2021年1-4月; or None."""
        named = (list(map(int, filter(None, found))) for found in DAYS_NAMED.findall(Path(self.name).stem))
        return max((day for parts in named if (day := _date_or_month_end(*parts))), default=None)


def _date_or_month_end(year: int, month: int, day: int = 0) -> date | None:
    """Return a day, without one the last of its month; None if the calendar does not have it."""
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read; what is None is found out.

    Of several sheets that are as likely the first is read, or with `one_sheet` none, where nobody looks on; `sheets`
    are read together, as one file.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    one_sheet: bool = False
    sheets: tuple[str, ...] = ()


@dataclass
class Source:
    """What a file holds, before anybody asks which ledger it is.

    `head` has the first records; `plain` is the text, its lines ended by `\\n`, if it may hold one record a line;
    `remarks` say what is odd about the reading, and grow while `records()` runs; `hidden_columns` and
    `picture_columns` are places in a row; days left as numbers count from 1900, in some workbooks from 1904. Where
    several sheets are read, a line is the number of a row among all of the workbook's. `text` is that of a text,
    `book` the workbook of a sheet; `beside` is what a vector file says outside its cells, whose headings stand on
    `header_line` in any case, and `declared_crs` the coordinate system that it names.
    """

    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    head: list[Record]
    plain: str | None
    cut: Callable[[list[Remark]], Iterator[Record]]
    opening_remarks: tuple[Remark, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    picture_columns: tuple[int, ...] = ()
    is_from_1904: bool = False
    text: str = ""
    book: Workbook | None = None
    beside: tuple[bytes, ...] = ()
    header_line: int | None = None
    declared_crs: str = ""
    remarks: list[Remark] = field(init=False)

    def __post_init__(self) -> None:
        self.remarks = list(self.opening_remarks)

    def records(self) -> Iterator[Record]:
        """Yield every record that holds anything, from the first."""
        self.remarks[:] = self.opening_remarks
        return self.cut(self.remarks)

    def place(self, line: int) -> Place:
        """Return where the row of a line stands, as a reader finds it."""
        number, row = sheet_and_line(line)
        return Place(self.sheets[number - 1] if number else "", row)

    def lines_text(self, lines: Iterable[int]) -> Text:
        return places_text(map(self.place, lines))


def make_upload(name: str, content: bytes | mmap) -> Upload:
    """Return the file that a browser sent."""
    return Upload(Path(name).name, content, hashlib.sha256(content).hexdigest())


def upload_from_path(path: str | Path) -> Upload:
    """Return the file that lies at a path; raises NoSuchFile."""
    try:
        return make_upload(Path(path).name, Path(path).read_bytes())
    except OSError as error:
        raise NoSuchFile(path=path) from error


def open_file(file: Upload, reading: ReadOptions, recognise: Recognise) -> Source:
    """Find out how a file is to be read; `recognise` says how many known headings a row holds.

    Raises EmptyFile, LongLine, HugeDocument, NotText, UnknownEncoding, UndecodableText, DamagedText, GarbledText,
    TooManyColumns, UnknownDelimiter, SheetOfText, and what Workbook, api_json, `read_photo` and `vector_file` raise.
    """
    if photo.is_photo(file.content):
        return _open_photo(file)
    raw = file.raw
    if not raw or raw.isspace():
        raise EmptyFile(name=file.name)
    if is_vector_file(raw):
        source = _open_vector(file, reading)
    elif is_workbook(raw):
        source = _open_workbook(file, reading, recognise)
    else:
        source = _open_text(file, reading, recognise)
    return _require_table(file, source, recognise)


def open_sheets(file: Upload, reading: ReadOptions, recognise: Recognise) -> list[Source]:
    """Open the sheets that are to be read together, or else the one table of a file; raises what `open_file` does."""
    if not reading.sheets:
        return [open_file(file, reading, recognise)]
    book = Workbook(file.raw)
    numbers = {info.name: number for number, info in enumerate(book.sheets, 1)}
    return [_require_table(file, _numbered_source(book, name, numbers[name]), recognise) for name in reading.sheets]


def every_sheet(file: Upload) -> Iterator[tuple[SheetInfo, Source | DashboardError]]:
    """Yield each sheet of a workbook, or why it cannot be read; nothing of another file."""
    book = Workbook(file.raw) if is_workbook(file.raw) else None
    for number, info in enumerate(book.sheets if book else (), 1):
        assert book
        try:
            yield info, _numbered_source(book, info.name, number)
        except (SparseSheet, UncomputedFormulas, UnreadableWorkbook) as error:
            yield info, error


def _open_photo(file: Upload) -> Source:
    """Read a photo as the one row of the ledger of photos that registers it."""
    rows = photo.photo_records(photo.read_photo(file.name, file.content), file.day)
    text = "\n".join("\t".join(row.cells) for row in rows)
    return Source(photo.KIND, "", "", (), rows, None, lambda _: iter(rows), text=text)


def sheet_names(file: Upload) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook; none of another file, nor of one that cannot be opened."""
    try:
        return tuple(info.name for info in Workbook(file.raw).sheets) if is_workbook(file.raw) else ()
    except DashboardError:
        return ()


def _require_table(file: Upload, source: Source, recognise: Recognise) -> Source:
    """Return a source that holds a table which can be read; raises EmptyFile, TooManyColumns, GarbledText."""
    if not source.head:
        raise EmptyFile(name=file.name)
    if any(len(trimmed_cells(row.cells)) > MOST_COLUMNS for row in source.head):
        raise TooManyColumns(name=file.name, most=MOST_COLUMNS)
    if source.encoding in ENCODING_NAMES:
        rows = [heading_cells(row.cells) for row in source.head[:HEADER_ROWS]]
        mojibake.refuse_garbled_header(file.name, source.encoding, rows, recognise)
    return source


def _open_workbook(file: Upload, reading: ReadOptions, recognise: Recognise) -> Source:
    """Read the sheet that is given, or else the one with the most known headings."""
    book = Workbook(file.raw)
    sheet, alike = (reading.sheet, []) if reading.sheet else _best_sheet_and_rivals(book, recognise)
    if alike and reading.one_sheet:
        raise SeveralSheets(name=file.name, sheets="、".join([sheet, *alike][:MOST_NAMED]))
    return _sheet_source(book, sheet, list(_sheet_remarks(book, sheet, alike)) if not reading.sheet else [])


def _sheet_source(book: Workbook, sheet: str, remarks: list[Remark]) -> Source:
    """Return one sheet of a workbook, whose remarks tell what is odd about its rows, too."""
    return Source(
        encoding=book.kind,
        delimiter="",
        sheet=sheet,
        sheets=tuple(info.name for info in book.sheets),
        head=list(islice(book.records(sheet), HEAD_RECORDS)),
        plain=None,
        cut=lambda remarks: book.records(sheet, remarks),
        opening_remarks=(*remarks, *book.row_remarks(sheet)),
        hidden_columns=tuple(book.hidden_columns(sheet)),
        picture_columns=book.picture_columns(sheet),
        is_from_1904=book.is_from_1904,
        book=book,
    )


def _numbered_source(book: Workbook, sheet: str, number: int) -> Source:
    """Return one sheet of a workbook, its rows numbered among those of all sheets."""
    source = _sheet_source(book, sheet, [])

    def numbered(remarks: list[Remark]) -> Iterator[Record]:
        own: list[Remark] = []
        for record in source.cut(own):
            yield Record(numbered_line(number, record.line), record.cells)
        remarks += _numbered_remarks(own, number)

    head = [Record(numbered_line(number, row.line), row.cells) for row in source.head]
    opening = tuple(_numbered_remarks(source.opening_remarks, number))
    return replace(source, head=head, cut=numbered, opening_remarks=opening)


def _numbered_remarks(remarks: Iterable[Remark], number: int) -> list[Remark]:
    return [replace(remark, line=numbered_line(number, remark.line)) for remark in remarks]


def _best_sheet_and_rivals(book: Workbook, recognise: Recognise) -> tuple[str, list[str]]:
    """Return the sheet with the most known headings, a visible one if there is a choice, and others with as many."""
    known = {info: _most_known_headings(book, info.name, recognise) for info in book.sheets}
    best = max(book.sheets, key=lambda info: (known[info], not info.is_hidden))
    alike = [info for info in book.sheets if info != best and known[info] == known[best] > 0]
    return best.name, [info.name for info in alike if len(list(islice(book.records(info.name), TWO))) == TWO]


def _sheet_remarks(book: Workbook, sheet: str, alike: list[str]) -> Iterator[Remark]:
    """Say what is odd about the sheet that was found: that it is hidden, that others look like it."""
    if any(info.is_hidden for info in book.sheets if info.name == sheet):
        yield Remark(0, "hidden_sheet", {"sheet": sheet})
    if alike:
        yield Remark(0, "other_sheets", {"sheet": sheet, "others": "、".join(alike[:MOST_NAMED])})


def _most_known_headings(book: Workbook, sheet: str, recognise: Recognise) -> int:
    """Return how many known headings a row at the top of a sheet shows; 0 for a sheet that cannot be read."""
    try:
        rows = list(islice(book.records(sheet), HEADER_ROWS))
    except (SparseSheet, UncomputedFormulas, UnreadableWorkbook):
        return 0
    return max((recognise(heading_cells(row.cells)) for row in rows), default=0)


def _open_text(file: Upload, reading: ReadOptions, recognise: Recognise) -> Source:
    """Read a text as JSON if it begins like it, or else as a table; it has no sheets to choose from."""
    if reading.sheet:
        raise SheetOfText(name=file.name, sheet=reading.sheet)
    _refuse_long_lines(file)
    encoding, content = encodings.decode_text(file.name, file.raw, reading.encoding)
    if MARKUP_START.match(content):
        raise NotText(name=file.name, found=MARKUP)
    if not JSON_START.match(content):
        return _open_table(content, encoding, reading, recognise)
    if len(file.raw) > MAX_JSON_BYTES:
        if VECTOR_START.search(content, 0, VECTOR_HEAD):
            vector_file.require_moderate_size(len(file.raw))
        raise HugeDocument(size=len(file.raw) // MEGABYTE, limit=MAX_JSON_BYTES // MEGABYTE)
    return _open_json(file.name, content)


def _refuse_long_lines(file: Upload) -> None:
    """Refuse a text that goes on for long without a line end, unless it may be JSON; raises LongLine."""
    if file.raw[:LONGEST_LINE].lstrip(JSON_BEFORE)[:1] in (b"[", b"{"):
        return
    for at in range(0, len(file.raw) - LONGEST_LINE, LONGEST_LINE):
        if all(file.raw.find(end, at, at + LONGEST_LINE) < 0 for end in (b"\n", b"\r")):
            raise LongLine(name=file.name, most=LONGEST_LINE // MEGABYTE)


def _open_vector(file: Upload, reading: ReadOptions) -> Source:
    """Read a KML or an archive with a layer of a map; it has no sheets to choose from."""
    if reading.sheet:
        raise SheetOfText(name=file.name, sheet=reading.sheet)
    return _vector_source(vector_file.open_vector_file(file.name, file.raw, reading.encoding))


def _vector_source(opened: VectorFile) -> Source:
    return Source(
        encoding=opened.kind,
        delimiter="",
        sheet="",
        sheets=(),
        head=opened.records[:HEAD_RECORDS],
        plain=None,
        cut=lambda _: iter(opened.records),
        opening_remarks=opened.remarks,
        text=opened.text,
        beside=opened.beside,
        header_line=opened.records[0].line,
        declared_crs=opened.declared_crs,
    )


def _open_json(name: str, text: str) -> Source:
    """Read a JSON as a map if it is GeoJSON, or else as a table."""
    content = api_json.parse_json(text)
    if is_geojson(name, content):
        return _vector_source(vector_file.open_geojson(name, content, text))
    rows = list(api_json.table_records(content))
    return Source("json", "", "", (), rows[:HEAD_RECORDS], None, lambda _: iter(rows), text=text)


def _open_table(content: str, encoding: str, reading: ReadOptions, recognise: Recognise) -> Source:
    """Read a text as a table under the delimiter that is given or fits best."""
    if reading.delimiter not in (None, *DELIMITERS):
        raise UnknownDelimiter(delimiter=reading.delimiter, known=" ".join(DELIMITERS).replace("\t", "Tab"))
    table = delimited.detect_table(content, reading.delimiter, recognise)
    plain = delimited.normalize_line_ends(content) if table.is_plain() else None
    has_pictures = any(formula in content for formula in PICTURE_FORMULAS)
    return Source(
        encoding=encoding,
        delimiter=table.delimiter,
        sheet="",
        sheets=(),
        head=table.head(),
        plain=plain,
        cut=table.records,
        opening_remarks=tuple(_text_remarks(table)),
        picture_columns=picture_columns(table.records([])) if has_pictures else (),
        text=content,
    )


def _text_remarks(table: delimited.DelimitedText) -> Iterator[Remark]:
    """Say what is odd about a text as a whole."""
    if table.is_wrapped:
        yield Remark(0, "wrapped_lines")
    if REPLACEMENT_CHARACTER in table.content:
        line = delimited.line_number_at(table.content, table.content.index(REPLACEMENT_CHARACTER))
        yield Remark(line, "lost_characters", {"count": table.content.count(REPLACEMENT_CHARACTER)})
