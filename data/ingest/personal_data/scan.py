"""Where in a file persons are told of: headings, cells, and what lies in a workbook beside its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from data.errors import DashboardError
from data.ingest.personal_data import headings, numbers
from data.ingest.personal_data.own_templates import recognise_on_sheet
from data.ingest.reading.archive_texts import texts_beside_cells
from data.ingest.reading.delimited import HEADER_ROWS
from data.ingest.reading.places import sheet_and_line
from data.ingest.reading.reader import Recognise, Source, Upload
from data.ingest.reading.records import Record, heading_cells
from data.text import Text

CELL_END = "\x01"  # no cell holds it
UTF_8 = ("utf-8", "utf-8-sig")
LEAST_NUMBER = 1e10  # the smallest number with as many digits as a phone
MOST_LINES = 1_000  # chosen: of each column; a sentence names ten


class PersonalColumn(NamedTuple):
    """A column and what of a person stands in it; the column counts from 1, and 0 is beside all cells.

    `heading` is empty where what stands over the column may tell of a person itself.
    """

    what: Text
    sheet: str
    column: int
    heading: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or a text: its name, its first records, all of them, and its cells as UTF-8."""

    sheet: str
    head: list[Record]
    records: Iterable[Record]
    content: bytes
    has_broken_cells: bool


@dataclass(slots=True)
class _Found:
    """What is found of a table: lines by column and kind."""

    sheet: str
    header: list[str]
    header_line: int
    lines: dict[PersonalColumn, list[int]] = field(default_factory=dict)

    def note(self, what: Text, place: int, line: int) -> None:
        heading = self.header[place] if place < len(self.header) and line >= self.header_line else ""
        lines = self.lines.setdefault(PersonalColumn(what, self.sheet, place + 1, heading), [])
        if len(lines) < MOST_LINES and line not in lines[-1:]:
            lines.append(line)


def personal_columns(
    file: Upload, source: Source, recognise: Recognise, header_line: int | None, is_known_clean: bool
) -> dict[PersonalColumn, list[int]]:
    """Return the columns of a file, on all of its sheets, that tell of a person, each with its lines.

    `recognise` says how many known headings a row holds: a heading of the ledger is none of a person. The cells of a
    file that is known to be clean are not looked at again.
    """
    found: dict[PersonalColumn, list[int]] = {}
    for table in _tables(file, source):
        known = recognise_on_sheet(table.sheet, recognise)
        found |= _found_in_table(table, known, header_line, is_known_clean)
    if not is_known_clean:
        found |= {column: [] for column in _beside_cells(file, source, bool(found))}
    return found


def _tables(file: Upload, source: Source) -> Iterator[Table]:
    """Yield what a file holds: its text, or each sheet of the workbook that can be read.

    JSON may write its words as numbers of their characters, but neither its headings nor its digits go unseen so.
    """
    if source.book is None:
        content = file.raw if source.encoding in UTF_8 else source.text.encode(errors="replace")
        yield Table("", source.head, source.cut([]), content, source.plain is None or b'"' in content)
        return
    book = source.book
    for info in book.sheets:
        try:
            cells = CELL_END.join(book.words_and_large_numbers(info.name, LEAST_NUMBER))
            head = list(islice(book.records(info.name), 2 * HEADER_ROWS))
        except DashboardError:
            continue
        yield Table(
            info.name if len(book.sheets) > 1 else "",
            head,
            book.records(info.name),
            cells.encode(errors="replace"),
            True,
        )


def _found_in_table(
    table: Table, recognise: Recognise, header_line: int | None, is_known_clean: bool
) -> dict[PersonalColumn, list[int]]:
    rows = [heading_cells(row.cells) for row in table.head]
    at = _header_index(table.head, rows, recognise, header_line)
    header, header_line = (_safe_headings(rows[at], recognise), _line_of(table.head[at])) if rows else ([], 0)
    found = _Found(table.sheet, header, header_line)
    for index in range(min(at + 2, len(rows))):
        for what, place in _headings_of_persons(rows, index, at, recognise):
            found.note(what, place, _line_of(table.head[index]))
    if not is_known_clean and _is_suspect(table):
        _note_cells(table, recognise, found)
    return found.lines


def _is_suspect(table: Table) -> bool:
    """Tell quickly whether it is worth the while to look at each cell."""
    has_stems = any(stem in table.content for stem in headings.STEMS)
    return has_stems or numbers.may_hold_numbers(table.content, table.has_broken_cells)


def _note_cells(table: Table, recognise: Recognise, found: _Found) -> None:
    """Note every cell that holds a number of a person or is a heading of one, wherever it stands."""
    for record in table.records:
        line = _line_of(record)
        for place, cell in enumerate(record.cells):
            if len(cell) > 1:
                for what in dict.fromkeys(numbers.personal_kinds(cell)):
                    found.note(what, place, line)
                if headings.is_heading_everywhere(cell) and not recognise([cell]):
                    found.note(headings.person_kind(cell) or headings.NAME, place, line)


def _line_of(record: Record) -> int:
    """Return the line of a record on its own sheet."""
    return sheet_and_line(record.line)[1]


def _header_index(
    head: Sequence[Record], rows: Sequence[list[str]], recognise: Recognise, header_line: int | None
) -> int:
    """Return the row with the most headings that are known or of persons; a given header is that row."""
    given = [i for i, row in enumerate(head) if _line_of(row) == header_line]
    if given:
        return given[0]
    known = [recognise(row) + sum(_kind_of_heading(cell, recognise) is not None for cell in row)
             for row in rows[:HEADER_ROWS]]  # fmt: skip
    return known.index(max(known)) if known else 0


def _kind_of_heading(cell: str, recognise: Recognise) -> Text | None:
    kind = headings.person_kind(cell)
    return kind if kind and not recognise([cell]) else None


def _headings_of_persons(
    rows: Sequence[list[str]], index: int, header: int, recognise: Recognise
) -> Iterator[tuple[Text, int]]:
    """Yield the headings and titles about persons in a row down to the header, or in one that goes on with it."""
    row = rows[index]
    kinds = [_kind_of_heading(cell, recognise) for cell in row]
    if index > header and not _goes_on_with_header(row, sum(map(bool, kinds)), recognise):
        return
    for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        if index < header and cell.endswith((":", "：")):
            continue  # a blank of the title, filled beside it
        beside = headings.kind_in_company(cell) if any(kinds) and not recognise([cell]) else None
        titled = headings.kind_of_label(cell) if not recognise([cell]) else None
        if what := kind or beside or titled:
            yield what, place


def _goes_on_with_header(row: Sequence[str], persons: int, recognise: Recognise) -> bool:
    """Tell whether the row below a header is one of headings: several are of persons, and most are known."""
    return persons > 1 and 2 * (persons + recognise(list(row))) > len(list(filter(None, row)))


def _safe_headings(row: Sequence[str], recognise: Recognise) -> list[str]:
    """Return the headings that may be repeated to the clerk: those that are known to be headings."""
    return [cell if recognise([cell]) or headings.person_kind(cell) else "" for cell in row]


def _beside_cells(file: Upload, source: Source, is_found: bool) -> Iterator[PersonalColumn]:
    """Yield what the names of the file and its sheets hold, and, if the cells hold nothing, the rest of a workbook."""
    for name in (file.name, *source.sheets):
        yield from (PersonalColumn(what, "", 0, "") for what in numbers.kinds_in_name(name))
    if not is_found:
        for raw in source.beside if source.book is None else texts_beside_cells(file.raw):
            yield from (PersonalColumn(what, "", 0, "") for what in numbers.plain_numbers(raw))
