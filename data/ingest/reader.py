"""An uploaded file in, its records out, whatever kind of file it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import EmptyFile, NoSuchFile, TooManyColumns, UnknownDelimiter
from data.ingest import delimited, encodings, garbled
from data.ingest.delimited import DELIMITERS, HEADER_ROWS, LINE_END
from data.ingest.encodings import ENCODING_NAMES
from data.ingest.records import BLANKS, MOST_COLUMNS, Record, Remark, headings, trimmed

__all__ = [
    "BLANKS",
    "DELIMITERS",
    "ENCODING_NAMES",
    "Progress",
    "Reading",
    "Recognise",
    "Record",
    "Remark",
    "Source",
    "Upload",
    "open_file",
    "upload",
    "upload_from",
]

LOST = "\ufffd"
Progress = Callable[[str, int, int], None]
Recognise = Callable[[list[str]], int]


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
class Reading:
    """How a file is to be read; what is None is found out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None


@dataclass
class Source:
    """What a file holds, before anybody asks which ledger it is.

    `head` has the first records; `plain` is the text, its lines ended by `\\n`, if it may hold one record a line;
    `remarks` say what is odd about the reading, and grow while `records()` runs.
    """

    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    head: list[Record]
    plain: str | None
    cut: Callable[[list[Remark]], Iterator[Record]]
    opening_remarks: tuple[Remark, ...] = ()
    remarks: list[Remark] = field(init=False)

    def __post_init__(self) -> None:
        self.remarks = list(self.opening_remarks)

    def records(self) -> Iterator[Record]:
        """Yield every record that holds anything, from the first."""
        self.remarks[:] = self.opening_remarks
        return self.cut(self.remarks)


def upload(name: str, raw: bytes) -> Upload:
    """Return the file that a browser sent."""
    return Upload(Path(name).name, raw, hashlib.sha256(raw).hexdigest())


def upload_from(path: str | Path) -> Upload:
    """Return the file that lies at a path; raises NoSuchFile."""
    try:
        return upload(Path(path).name, Path(path).read_bytes())
    except OSError as error:
        raise NoSuchFile(path=path) from error


def open_file(file: Upload, reading: Reading, recognise: Recognise) -> Source:
    """Find out how a file is to be read; `recognise` says how many known headings a row holds.

    Raises EmptyFile, NotText, UnknownEncoding, UndecodableText, DamagedText, GarbledText, TooManyColumns,
    UnknownDelimiter.
    """
    if not file.raw or file.raw.isspace():
        raise EmptyFile(name=file.name)
    return _text(file, reading, recognise)


def _text(file: Upload, reading: Reading, recognise: Recognise) -> Source:
    """Read a text as a table under the delimiter that is given or fits best."""
    if reading.delimiter not in (None, *DELIMITERS):
        raise UnknownDelimiter(delimiter=reading.delimiter, known=" ".join(DELIMITERS).replace("\t", "Tab"))
    encoding, content = encodings.decoded(file.name, file.raw, reading.encoding)
    table = delimited.table(content, reading.delimiter, recognise)
    head = table.head()
    if not head:
        raise EmptyFile(name=file.name)
    _refuse_wide(file.name, head)
    garbled.refuse(file.name, encoding, [headings(row.cells) for row in head[:HEADER_ROWS]], recognise)
    plain = None if table.is_wrapped or table.quote != '"' else delimited.one_line_end(content)
    return Source(encoding, table.delimiter, "", (), head, plain, table.records, _remarks(table))


def _refuse_wide(name: str, head: list[Record]) -> None:
    """Raise TooManyColumns if one of the first rows is wider than any ledger."""
    width = max(len(trimmed(row.cells)) for row in head)
    if width > MOST_COLUMNS:
        raise TooManyColumns(name=name, most=MOST_COLUMNS)


def _remarks(table: delimited.Table) -> tuple[Remark, ...]:
    """Say what is odd about a text as a whole."""
    lost = table.content.count(LOST) if LOST in table.content else 0
    remarks = [Remark(0, "wrapped_lines")] if table.is_wrapped else []
    return (
        (*remarks, Remark(_line_of(table.content, LOST), "lost_characters", {"count": lost})) if lost else (*remarks,)
    )


def _line_of(content: str, char: str) -> int:
    return 1 + len(LINE_END.findall(content, 0, content.index(char)))
