"""The tables of a web page, which many systems export and name .xls; a page saved as one file (MHTML) too."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from data.errors import (
    DamagedText,
    EmptyFile,
    NotAWorkbook,
    NotText,
    UndecodableText,
    UnknownEncoding,
    UnreadableWorkbook,
)
from data.ingest.reading import encodings
from data.ingest.reading.grid import Grid, SheetInfo
from data.ingest.reading.records import PICTURE_TEXT
from data.ingest.reading.shown_number import value_as_shown
from data.ingest.reading.spreadsheetml import grid_of_table
from data.ingest.reading.table_builder import MAX_SHEET_ROWS, TableBuilder, require_moderate_size
from data.text import Text

START = re.compile(r"\s*<(?:!doctype\s+html|!--|\?xml|html|head|meta|body|table|style|div|center|form|script)\b", re.I)
HTML_WORDS = re.compile(rb"<(?:html|table|body|!doctype\s+html)\b", re.IGNORECASE)
MAIL_HEAD = re.compile(rb"\s*(?:mime-version|content-type|from|subject|date|x-[\w-]+)\s*:", re.IGNORECASE)
HEAD_BYTES = 1 << 16  # chosen: style sheets and comments of office programs stand before the table
BIG5 = re.compile(rb"charset\s*=\s*[\"']?big5", re.IGNORECASE)
NO_TABLE = Text("是网页（HTML），里面没有表格", "it is a web page (HTML) without any table")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.I)
PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?%?")
STRUCK_TAGS, BREAKS = ("s", "strike", "del"), ("br", "p", "div", "li")
UNSEEN_START = re.compile(r"<(!--|script\b|style\b|title\b|template\b)", re.I)
UNSEEN_ENDS = {"!--": re.compile("-->")} | {
    tag: re.compile(f"</{tag}\\s*>", re.I) for tag in ("script", "style", "title", "template")
}
PIECE_LENGTH, LONGEST_TAG, MOST_OPEN = 4_096, 1 << 20, 100  # characters and signs; chosen, not measured
MOST_ACROSS, MOST_DOWN = 1_000, 65_534  # columns and rows that browsers let a cell span
LONGEST_STYLE = 1_000  # characters; chosen: a cell of an office program has a hundred
MOST_TABLES = 1_000  # chosen: a page of an office has a few
SHEET_NAME = Text("表{number}", "Table {number}")


class HtmlWorkbook:
    """A web page whose tables are its sheets; raises NotAWorkbook, UnreadableWorkbook, HugeDocument,
    SparseSheet."""

    def __init__(self, raw: bytes) -> None:
        self.is_from_1904 = False
        require_moderate_size(len(raw))
        parser = _TableParser()
        for page in _pages(raw):
            parser.feed_page(_without_unseen_parts(page))
        self._tables = {table.name: table for table in parser.tables if not table.is_empty}
        if not self._tables:
            raise NotAWorkbook(found=NO_TABLE)
        self.sheets = tuple(SheetInfo(name, False) for name in self._tables)

    def grid(self, sheet: str) -> Grid:
        """Return a table; raises UnknownSheet, SparseSheet."""
        return grid_of_table(self._tables, sheet)


def is_html(raw: bytes) -> bool:
    """Tell whether a file is a web page."""
    head = raw[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return START.match(start) is not None and HTML_WORDS.search(head) is not None


def is_mhtml(raw: bytes) -> bool:
    """Tell whether a file is a web page saved as one file, as a mail is."""
    head = raw[:HEAD_BYTES].lower()
    return MAIL_HEAD.match(head) is not None and b"mime-version" in head and b"content-type:" in head


def _pages(raw: bytes) -> Iterator[str]:
    """Yield the text of the page, or of each page of a file that holds several."""
    if not is_mhtml(raw):
        yield _page_text(raw)
        return
    for part in email.message_from_bytes(raw, policy=email.policy.default).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes) and content.strip():
            yield _page_text(content)


def _without_unseen_parts(page: str) -> str:
    """Return a page without its comments, scripts and styles; one that is never closed goes on to the end."""
    kept, at = list[str](), 0
    while opening := UNSEEN_START.search(page, at):
        kept.append(page[at : opening.start()])
        end = UNSEEN_ENDS[opening[1].lower()].search(page, opening.end())
        at = end.end() if end else len(page)
    return "".join([*kept, page[at:]])


def _page_text(raw: bytes) -> str:
    """Return the characters of a page; raises UnreadableWorkbook."""
    declared = "big5" if BIG5.search(raw[:HEAD_BYTES]) else None
    try:
        return encodings.decode_text("", raw, declared)[1]
    except (DamagedText, EmptyFile, NotText, UndecodableText, UnknownEncoding) as error:
        raise UnreadableWorkbook from error


class _Cell:
    """A cell on its way: its attributes and the text so far."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.text: list[str] = []
        self.is_struck = STRUCK_STYLE.search(attributes.get("style", "")[:LONGEST_STYLE]) is not None
        self.has_picture = self.has_text = False

    def value(self) -> Any:
        """Return what the cell shows; a number that stands over several rows as a number, so that it counts once."""
        text = "".join(self.text).strip()
        if self.has_picture and not text:
            return PICTURE_TEXT
        stored = self.attributes.get("x:num", "")
        if re.fullmatch(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", stored, re.I) and PLAIN_NUMBER.fullmatch(text):
            return value_as_shown(float(stored), text)
        if self.span("rowspan", MOST_DOWN) > 1 and PLAIN_NUMBER.fullmatch(text):
            number = float(text.rstrip("%").replace(",", ""))
            return value_as_shown(number / 100 if text.endswith("%") else number, text)
        return text

    def span(self, way: str, most: int) -> int:
        written = self.attributes.get(way, "1").strip()
        return min(max(int(written), 1), most) if written.isascii() and written.isdecimal() else 1


class _TableParser(HTMLParser):
    """Finds tables; one inside another is a table of its own, and its text is not that of the cell around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_HtmlTable] = []
        self._open: list[_HtmlTable] = []

    def feed_page(self, page: str) -> None:
        """Parse a page piece by piece; raises UnreadableWorkbook for tags without end, or it took time squared."""
        for at in range(0, len(page), PIECE_LENGTH):
            self.feed(page[at : at + PIECE_LENGTH])
            if len(self.rawdata) > LONGEST_TAG or self.rawdata.count("<") > MOST_OPEN:
                raise UnreadableWorkbook
        self.close()
        self.reset()
        while self._open:
            self._open.pop().end_row()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "table" and len(self.tables) >= MOST_TABLES:
            raise UnreadableWorkbook
        elif tag == "table":
            self._open.append(_HtmlTable(SHEET_NAME.fill(number=len(self.tables) + 1).zh))
            self.tables.append(self._open[-1])
        elif self._open:
            self._open[-1].start_tag(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in ("td", "th", "tr", "table"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == "table":
            self._open.pop().end_row()
        elif self._open:
            self._open[-1].end_tag(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].add_text(data)


class _HtmlTable(TableBuilder):
    """A table of a page; `_covered` is column -> the last line that a cell above reaches down to."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._cell: _Cell | None = None
        self._column = 0
        self._covered: dict[int, int] = {}
        self._struck_depth = 0

    def start_tag(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take up a tag inside the table."""
        if tag == "tr":
            self.end_row()
            self.start_row(self.line + 1, _is_hidden(attributes))
            self._column = 0
        elif tag in ("td", "th"):
            self._end_cell()
            self.line = max(self.line, 1)
            self._cell = _Cell(attributes)
        elif tag == "col":
            self._add_columns(attributes)
        elif self._cell is not None:
            self._start_in_cell(self._cell, tag, attributes)

    def _start_in_cell(self, cell: _Cell, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in BREAKS and cell.has_text:
            cell.text.append("\n")
        cell.has_picture = cell.has_picture or tag == "img"
        self._struck_depth += tag in STRUCK_TAGS
        cell.is_struck = cell.is_struck or STRUCK_STYLE.search(attributes.get("style", "")[:LONGEST_STYLE]) is not None

    def end_tag(self, tag: str) -> None:
        """Take up the end of a tag inside the table."""
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self.end_row()
        elif tag in STRUCK_TAGS:
            self._struck_depth = max(self._struck_depth - 1, 0)

    def add_text(self, text: str) -> None:
        """Add text to the open cell; line ends of the source are blanks."""
        if self._cell is not None:
            self._cell.text.append(re.sub(r"[ \t\r\n]+", " ", text))
            self._cell.has_text = self._cell.has_text or bool(text.strip())
            self._cell.is_struck = self._cell.is_struck or (self._struck_depth > 0 and bool(text.strip()))

    def end_row(self) -> None:
        """Close the open cell."""
        self._end_cell()

    def _end_cell(self) -> None:
        cell, self._cell, self._struck_depth = self._cell, None, 0
        if cell is None:
            return
        while self._covered.get(self._column, 0) >= self.line:
            self._column += 1
        across, down = cell.span("colspan", MOST_ACROSS), cell.span("rowspan", MOST_DOWN)
        value = cell.value()
        self.has_pictures = self.has_pictures or value == PICTURE_TEXT
        self.add_cell(self._column, value, across, down, cell.is_struck)
        if _is_hidden(cell.attributes):
            self.hidden_columns |= set(range(self._column, self._column + across))
        if down > 1:
            last = min(self.line + down - 1, MAX_SHEET_ROWS)
            self._covered |= dict.fromkeys(range(self._column, self._column + across), last)
        self._column += across

    def _add_columns(self, attributes: Mapping[str, str]) -> None:
        span = attributes.get("span", "1")
        first = self.column_count
        self.column_count += min(int(span), MOST_ACROSS) if span.isascii() and span.isdecimal() else 1
        if _is_hidden(attributes):
            self.hidden_columns |= set(range(first, self.column_count))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or HIDDEN_STYLE.search(attributes.get("style", "")[:LONGEST_STYLE]) is not None
