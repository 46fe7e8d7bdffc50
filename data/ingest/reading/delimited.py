"""A text in, its records out: delimiters, line ends, and quotes broken in the usual ways."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from data.ingest.reading.quotes import MOST_CELLS, split_leniently
from data.ingest.reading.records import BLANKS, Record, Remark, has_content, heading_cells, trimmed_cells

DELIMITERS = (",", "\t", ";", "|", "，", "；")
DECLARED_DELIMITER = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n?|\n|$)', re.I)
LINE_END = re.compile(r"\r\n?|\n")
CHUNK_SIZE = 1 << 16  # characters cut at once; chosen, not measured
BLANK_QUOTE = '  "'
HEAD_RECORDS = 60  # chosen: HEADER_ROWS and as many rows below
HEADER_ROWS = 30  # chosen, not measured: titles and remarks above a header take a few lines
HEAD_CHARACTERS = (1 << 16, 1 << 20)  # the head of most files, then of those with very long lines
MAX_LINES_PER_RECORD = 100  # chosen: a longer record is the work of a quote that was never closed
MOST_REMARKS = 1_000  # chosen: nobody reads more; the rest is counted
REREAD_BUDGET = 20_000_000  # characters read again after lone quotes; chosen: a bad file must not take quadratic time

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A text with its delimiter; its records begin at `start`, and most of them have `width` cells if that is known.

    Of a text that is wrapped each line is one quoted cell, and what it holds is to be cut again.
    """

    content: str
    delimiter: str
    start: int = 0
    width: int = 0
    quote: str = '"'
    is_wrapped: bool = False

    def records(self, remarks: list[Remark]) -> Iterator[Record]:
        """Yield each record that holds anything; what was mended goes to the remarks."""
        found = _RecordParser(self, remarks).records()
        return map(self._unwrap_record, found) if self.is_wrapped else found

    def _unwrap_record(self, record: Record) -> Record:
        is_one = len(record.cells) == 1
        return Record(record.line, split_leniently(record.cells[0], self.delimiter, self.quote)) if is_one else record

    def is_plain(self) -> bool:
        """Tell whether DuckDB may read the text as it is; it takes a quote behind two blanks for a character."""
        is_regular = self.quote == '"' and not self.is_wrapped
        return is_regular and ('"' not in self.content or BLANK_QUOTE not in self.content)

    def head(self) -> list[Record]:
        """Return the first records that hold anything."""
        found: list[Record] = []
        for size in HEAD_CHARACTERS:
            found = list(islice(self._first_characters(size).records([]), HEAD_RECORDS))
            if len(found) == HEAD_RECORDS or len(self.content) <= self.start + size:
                return found
        return found or list(islice(self.records([]), HEAD_RECORDS))

    def _first_characters(self, size: int) -> DelimitedText:
        """Return the table of the first characters, up to the end of a line."""
        cut = self.content[: self.start + size]
        if len(self.content) > len(cut):
            cut = cut[: max(cut.rfind("\n"), cut.rfind("\r")) + 1] or cut
        return replace(self, content=cut)


def detect_table(content: str, delimiter: str | None, recognise: Callable[[list[str]], int]) -> DelimitedText:
    """Return the table in a text, under a given delimiter, the one that the file declares (sep=;), or the best."""
    declared = DECLARED_DELIMITER.match(content)
    start = declared.end() if declared else _first_line_start(content)
    given = delimiter or (declared[1] if declared else None)
    delimiters = (given,) if given else DELIMITERS
    found = _best_fit([DelimitedText(content, d, start) for d in delimiters], recognise)
    if _is_single_quoted(found.table):
        found = _best_fit([DelimitedText(content, d, start, quote="'") for d in delimiters], recognise)
    if found.known or content.find('"', start, start + 1000) < 0:
        return found.table
    wrapped = _best_fit([DelimitedText(content, d, start, is_wrapped=True) for d in delimiters], recognise)
    return wrapped.table if wrapped.known > 1 else found.table


def _first_line_start(content: str) -> int:
    """Return where the first line starts that holds anything."""
    blank = len(content) - len(content.lstrip(BLANKS))
    return max(content.rfind("\n", 0, blank), content.rfind("\r", 0, blank)) + 1


def _is_single_quoted(table: DelimitedText) -> bool:
    """Tell whether cells of half the rows begin and end with a single quote, and none has a double quote."""
    rows = [row.cells for row in table.head()]
    bare = [[cell.strip() for cell in cells] for cells in rows]
    quoted = sum(any(c[:1] == "'" for c in row) and any(c[1:][-1:] == "'" for c in row) for row in bare)
    return 2 * quoted >= len(rows) > 0 and not any('"' in cell for cells in rows for cell in cells)


def _best_fit(tables: list[DelimitedText], recognise: Callable[[list[str]], int]) -> _Fitness:
    """Return the table that shows the most known headings; if none shows any, the one with the most rows of a width."""
    return max((_delimiter_fitness(t, recognise) for t in tables), key=lambda f: (f.known, f.agreeing, f.width))


class _Fitness(NamedTuple):
    """A table, how many headings a row of it shows at most, and how many rows agree on a width."""

    table: DelimitedText
    known: int
    agreeing: int
    width: int


def _delimiter_fitness(table: DelimitedText, recognise: Callable[[list[str]], int]) -> _Fitness:
    rows = [row.cells for row in table.head() if len(row.cells) > 1]
    if not rows:
        return _Fitness(replace(table, width=1), 0, 0, 1)
    known = [recognise(heading_cells(cells)) for cells in rows[:HEADER_ROWS]]
    width, agreeing = Counter(map(len, rows)).most_common(1)[0]
    header = len(trimmed_cells(rows[known.index(max(known))])) if any(known) else width
    return _Fitness(replace(table, width=1 if table.is_wrapped else header), max(known), agreeing, width)


def normalize_line_ends(content: str) -> str:
    """Return a text with all its lines ended by LF."""
    return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content


def line_number_at(content: str, at: int) -> int:
    """Return the number of the line in which a place stands, from 1."""
    lines, returns, both = (content.count(end, 0, at) for end in ("\n", "\r", "\r\n"))
    return 1 + lines + returns - both


def _chunk_end(content: str, start: int) -> int:
    """Return the end of the line that goes on a good way behind a place."""
    end = LINE_END.search(content, start + CHUNK_SIZE)
    return end.end() if end else len(content)


class _RecordParser:
    """Cuts a table into records, piece by piece.

    A record is the shortest run of lines that is regular CSV. Where there is none, or where only its first line by
    itself has the width of the table, that line is cut by itself, and an odd quote is a character like any other.
    Lines that were read in vain cost patience; without any left every line is a record.

    `_lines` are the lines of a piece with quotes and of those behind it that its last record needs, up to `_end`;
    `_next` counts those that are done.
    """

    def __init__(self, table: DelimitedText, remarks: list[Remark]) -> None:
        self._table = table
        self._remarks = remarks
        self._reader = partial(
            csv.reader, delimiter=table.delimiter, quotechar=table.quote, strict=True, skipinitialspace=True
        )
        self._lines: list[str] = []
        self._next = 0
        self._end = table.start
        self._line = line_number_at(table.content, table.start)
        self._patience = REREAD_BUDGET
        self._mended = 0

    def records(self) -> Iterator[Record]:
        """Yield each record that holds anything."""
        content, at = self._table.content, self._table.start
        while at < len(content):
            stop = _chunk_end(content, at)
            if content.find(self._table.quote, at, stop) < 0:
                yield from self._unquoted_records(content[at:stop])
                at = stop
            else:
                yield from self._quoted(at)
                at += sum(map(len, islice(self._lines, self._next)))
        if self._mended > MOST_REMARKS:
            self._remarks.append(Remark(0, "more_quotes", {"count": self._mended - MOST_REMARKS}))

    def _unquoted_records(self, piece: str) -> Iterator[Record]:
        """Yield the records of a piece without any quotes."""
        delimiter, empty = self._table.delimiter, BLANKS + self._table.delimiter
        lines = normalize_line_ends(piece).removesuffix("\n").split("\n")
        for number, line in enumerate(lines, self._line):
            if line.strip(empty):
                yield Record(number, line.split(delimiter, MOST_CELLS))
        self._line += len(lines)

    def _quoted(self, start: int) -> Iterator[Record]:
        """Yield the records that begin in a piece with quotes."""
        self._lines, self._next, self._end = [], 0, start
        self._read_next_chunk()
        count = len(self._lines)
        while self._next < count:
            yield from self._regular_records(count) if self._patience > 0 else self._single_line()

    def _read_next_chunk(self) -> None:
        """Add the lines of the next piece, each with its end, be it CR, LF or both."""
        stop = _chunk_end(self._table.content, self._end)
        self._lines += io.StringIO(self._table.content[self._end : stop], newline="")
        self._end = stop

    def _lines_ahead(self) -> Iterator[str]:
        """Yield the lines from the next one to the end of the text."""
        at = self._next
        while at < len(self._lines) or self._end < len(self._table.content):
            if at == len(self._lines):
                self._read_next_chunk()
            yield self._lines[at]
            at += 1

    def _regular_records(self, count: int) -> Iterator[Record]:
        """Yield records up to the last that begins in the piece, or the first that must be mended, that one too."""
        rows, width, last = self._reader(self._lines_ahead()), self._table.width, 0
        try:
            for cells in rows:
                span, last = rows.line_num - last, rows.line_num
                if has_content(cells):
                    if (span > 1 or len(cells) != width) and self._is_odd(cells, span):
                        yield from self._first_line(span)
                        return
                    yield Record(self._line, cells)
                self._skip_lines(span)
                if self._next >= count:
                    return
        except csv.Error:
            yield from self._first_line(rows.line_num - last)

    def _skip_lines(self, span: int) -> None:
        """Leave the lines of a record behind."""
        self._next += span
        self._line += span

    def _is_odd(self, cells: list[str], span: int) -> bool:
        """Tell whether a record of several lines or of an odd width is better read by its first line alone."""
        first, width = self._lines[self._next], self._table.width
        if span > MAX_LINES_PER_RECORD or width < 2 or (span == 1 and "\\" + self._table.quote not in first):
            return span > MAX_LINES_PER_RECORD
        if not _fits_width(cells, width):
            return _fits_width(self._cells_of_single_line(first), width)
        if span > 1 and sum(cell.count(self._table.delimiter) for cell in cells) >= width - 1:
            self._note_rows_inside(span)
        return False

    def _note_rows_inside(self, span: int) -> None:
        """Tell of a record of several lines if two of them look like rows of their own."""
        width = self._table.width
        lines = self._lines[self._next : self._next + span]
        if sum(_fits_width(self._cells_of_single_line(line), width) for line in lines) > 1:
            self._remarks.append(Remark(self._line, "spans_lines", {"last": self._line + span - 1}))

    def _cells_of_single_line(self, line: str) -> list[str]:
        """Cut a line by itself; backslashes before quotes are heeded if that gives it the width of the table."""
        table = self._table
        if "\\" + table.quote in line:
            cells = split_leniently(line, table.delimiter, table.quote, has_escapes=True)
            if _fits_width(cells, table.width):
                return cells
        return split_leniently(line, table.delimiter, table.quote)

    def _first_line(self, span: int) -> Iterator[Record]:
        """Yield the first of some lines by itself; the others will be read again."""
        self._patience -= sum(map(len, self._lines[self._next + 1 : self._next + span]))
        yield from self._line_alone(self._mended_cells())

    def _single_line(self) -> Iterator[Record]:
        """Yield the next line as a record."""
        try:
            cells = next(self._reader([self._lines[self._next]]))
        except csv.Error:
            cells = self._mended_cells()
        yield from self._line_alone(cells)

    def _line_alone(self, cells: list[str]) -> Iterator[Record]:
        """Yield the record of one line, if it holds anything."""
        if has_content(cells):
            yield Record(self._line, cells)
        self._skip_lines(1)

    def _mended_cells(self) -> list[str]:
        """Cut the next line by itself, and say so."""
        cells = self._cells_of_single_line(self._lines[self._next])
        self._mended += 1
        if self._mended <= MOST_REMARKS:
            self._remarks.append(Remark(self._line, "mended_quotes", {"cells": _row_preview(cells)}))
        return cells


def _fits_width(cells: list[str], width: int) -> bool:
    return len(cells) >= width > 0 and not has_content(cells[width:])


def _row_preview(cells: list[str]) -> str:
    """Return the beginning of a row, with a bar between its cells."""
    shown = " | ".join(cells[:20])
    return shown if len(shown) <= 80 else shown[:79] + "…"
