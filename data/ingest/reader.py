"""Bytes of an uploaded file in, lines of cells out."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import DamagedText, EmptyFile, NoRows, NoSuchFile, NotText, RaggedRows, UnclosedQuote, UnknownEncoding
from data.text import Text

BLANKS = " \t\u3000\u00a0\u200b"
LONGEST_CELL = 10_000_000
DELIMITERS = (",", "\t", ";", "|", "，")
ROWS_PER_REPORT = 20_000
SIGNATURES = (
    (b"\xff\xd8\xff", Text("JPEG 图片", "a JPEG picture")),
    (b"\x89PNG", Text("PNG 图片", "a PNG picture")),
    (b"GIF8", Text("GIF 图片", "a GIF picture")),
    (b"%PDF", Text("PDF 文档", "a PDF document")),
    (b"PK\x03\x04", Text("Excel 工作簿或压缩包", "an Excel workbook or a zip archive")),
    (b"\xd0\xcf\x11\xe0", Text("旧版 Excel 或 Word 文件", "an old Excel or Word file")),
)
BINARY = Text("含有不可见的控制字符", "it holds control characters")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

csv.field_size_limit(LONGEST_CELL)

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: its name, content and fingerprint."""

    name: str
    raw: bytes
    sha256: str

    @property
    def year(self) -> int | None:
        """The year that stands in the file name, as in 水质2021-04.csv, or None."""
        found = re.search(r"(?<!\d)((?:19|20)\d{2})(?:\d{2}|\d{4})?(?!\d)", Path(self.name).stem)
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Lines:
    """A file cut into cells: the header, and a staged UTF-8 file that DuckDB reads in one go.

    A `numbered` file has `line, cell, cell, …` without header; any other is the upload itself, header and all.
    `has_blanks` says whether cells may have blanks around them.
    """

    encoding: str
    header: list[str]
    header_line: int
    rows: int
    path: Path
    delimiter: str = ","
    numbered: bool = True
    has_blanks: bool = True


def upload(name: str, raw: bytes) -> Upload:
    """Return the file that a browser sent."""
    return Upload(Path(name).name, raw, hashlib.sha256(raw).hexdigest())


def upload_from(path: str | Path) -> Upload:
    """Return the file that lies at a path; raises NoSuchFile."""
    try:
        return upload(Path(path).name, Path(path).read_bytes())
    except OSError as error:
        raise NoSuchFile(path=path) from error


def encoding_of(file: Upload) -> str:
    """Return the encoding of a text file; raises EmptyFile, NotText, UnknownEncoding."""
    if not file.raw.strip():
        raise EmptyFile(name=file.name)
    for signature, found in SIGNATURES:
        if file.raw.startswith(signature):
            raise NotText(name=file.name, found=found)
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if file.raw.startswith(mark):
            return encoding
    return _encoding_without_mark(file)


def _encoding_without_mark(file: Upload) -> str:
    """Try the encodings that Chinese offices write, strictest first; UTF-16 shows by its many zero bytes."""
    zeros = file.raw.count(0)
    wide = "utf-16-le" if file.raw[1::2].count(0) * 2 > zeros else "utf-16-be"
    for encoding in (wide,) if zeros * 8 > len(file.raw) else ("utf-8", "gb18030"):
        try:
            file.raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _refuse_damaged_utf8(file)
        return encoding
    raise UnknownEncoding(name=file.name)


def _refuse_damaged_utf8(file: Upload) -> None:
    """Refuse a UTF-8 file with some broken bytes, which GB18030 would read as other characters.

    Characters of three bytes hardly ever come about in GB18030 text that is read as UTF-8.
    """
    content = file.raw.decode("utf-8", errors="replace")
    broken = content.count("\ufffd")
    if sum(1 for char in content if char >= "\u0800") - broken > broken:
        raise DamagedText(name=file.name, count=broken)


def decoded(file: Upload) -> tuple[str, str]:
    """Return the encoding and the text of a file; raises EmptyFile, NotText, UnknownEncoding."""
    encoding = encoding_of(file)
    try:
        content = file.raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(name=file.name) from error
    if CONTROL.search(content):
        raise NotText(name=file.name, found=BINARY)
    if not content.strip(BLANKS + "\ufeff\r\n"):
        raise EmptyFile(name=file.name)
    return encoding, content


def _delimiter(content: str, recognise: Callable[[list[str]], int]) -> str:
    """Return the delimiter under which the first line shows the most known headings."""
    first = content.lstrip(BLANKS + "\r\n").split("\n", 1)[0]
    plain = first.replace('"', "")
    return max(DELIMITERS, key=lambda d: (recognise(plain.split(d)), plain.count(d)))


def _records(file: Upload, content: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds anything, with the line on which it starts."""
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = lines.line_num + 1
    except csv.Error as error:
        raise UnclosedQuote(name=file.name, line=line) from error


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """Return a row cut to the width of the header, or None if it has cells too few or too many."""
    extra = cells[width:]
    return cells[:width] if len(cells) >= width and not any(cell.strip() for cell in extra) else None


def _stage(
    records: Iterator[tuple[int, list[str]]], width: int, path: Path, progress: Progress
) -> tuple[int, list[int]]:
    """Write the rows that fit the header; return how many rows there are and the lines of those that do not fit."""
    count, ragged = 0, []
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow
        for count, (line, cells) in enumerate(records, 1):
            fitted = _fitted(cells, width)
            if fitted is None:
                ragged.append(line)
            else:
                write([line, *fitted])
            if count % ROWS_PER_REPORT == 0:
                progress("reading", count)
    return count, ragged


def _numbers(lines: list[int], shown: int = 10) -> str:
    return ", ".join(map(str, lines[:shown])) + ("…" if len(lines) > shown else "")


def _is_plain(content: str, delimiter: str) -> bool:
    """Tell whether line n of the text is record n of the table: no quotes, no blank lines, as many cells everywhere."""
    if '"' in content or content.count("\r") != content.count("\r\n"):
        return False
    blank = {delimiter, " ", "\t", "\r", "\n"}
    lines = io.StringIO(content, newline="\n")
    separators = next(lines).count(delimiter)
    return all(line.count(delimiter) == separators and not blank.issuperset(line) for line in lines)


def _has_blanks(content: str, delimiter: str) -> bool:
    """Tell whether a blank stands beside a delimiter or an end of line."""
    sides = (delimiter, "\n", "\r")
    return content[-1] in BLANKS or any(
        blank + side in content or side + blank in content for blank in BLANKS for side in sides
    )


def _staged_as_it_is(content: str, path: Path, progress: Progress) -> int:
    """Write a plain text for DuckDB to read; return how many rows it has below the header."""
    path.write_text(content, encoding="utf-8", newline="")
    rows = content.count("\n") - (1 if content.endswith("\n") else 0)
    progress("reading", rows)
    return rows


def _staged_by_record(
    file: Upload, records: Iterator[tuple[int, list[str]]], width: int, path: Path, progress: Progress
) -> int:
    """Write the rows of a text that must be cut record by record; raises RaggedRows, UnclosedQuote."""
    rows, ragged = _stage(records, width, path, progress)
    if ragged:
        raise RaggedRows(name=file.name, width=width, count=len(ragged), lines=_numbers(ragged))
    return rows


def split(file: Upload, path: Path, recognise: Callable[[list[str]], int], progress: Progress) -> Lines:
    """Cut a file into lines of cells, staged at a path.

    `recognise` says how many known headings a row holds. Raises EmptyFile, NotText, UnknownEncoding, UnclosedQuote,
    NoRows, RaggedRows.
    """
    encoding, content = decoded(file)
    content = content.removeprefix("\ufeff")
    delimiter = _delimiter(content, recognise)
    records = _records(file, content, delimiter)
    header_line, header = next(records, (0, []))
    if not header:
        raise EmptyFile(name=file.name)
    while header and not header[-1].strip():
        header.pop()
    plain = header_line == 1 and len(header) == content.split("\n", 1)[0].count(delimiter) + 1
    plain = plain and _is_plain(content, delimiter)
    if plain:
        rows = _staged_as_it_is(content, path, progress)
    else:
        rows = _staged_by_record(file, records, len(header), path, progress)
    if not rows:
        raise NoRows(name=file.name)
    if plain:
        blanks = _has_blanks(content, delimiter)
        return Lines(encoding, header, header_line, rows, path, delimiter, numbered=False, has_blanks=blanks)
    return Lines(encoding, header, header_line, rows, path)
