"""Only these columns (只带这几列): a file with some of the columns of another, made before anything is kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from data.datasets import DATASETS, Dataset
from data.errors import NoSuchColumn
from data.ingest.personal_data import headings, numbers, scan
from data.ingest.reading import reader
from data.ingest.reading.places import sheet_and_line
from data.ingest.reading.reader import ReadOptions, Recognise, Source, Upload
from data.ingest.reading.records import trimmed_cells
from data.ingest.table import headers, layout
from data.ingest.table.heading_brackets import split_brackets
from data.ingest.table.layout import Layout
from data.text import Text, join_list

BOM = "\ufeff"
ENDING = ".csv"
TOTAL = "合计"


class FileColumn(NamedTuple):
    """A column of a file: its place in a row, from 0, its heading, and what of persons it holds, if anything.

    A heading that itself holds a number of a person is not shown.
    """

    place: int
    heading: str
    personal: tuple[Text, ...]


class _Table(NamedTuple):
    source: Source
    layout: Layout
    recognise: Recognise


def file_columns(file: Upload, reading: ReadOptions, ledger: Dataset | None) -> list[FileColumn]:
    """Return the columns of the table in a file, whatever they hold; raises the errors of the reader."""
    table = _opened_table(file, reading, ledger)
    found = scan.personal_columns(file, table.source, table.recognise, reading.header_line, is_known_clean=False)
    sheet = table.source.sheet if len(table.source.sheets) > 1 else ""
    kinds: dict[int, list[Text]] = {}
    for column in found:
        if column.sheet == sheet:
            kinds.setdefault(column.column - 1, []).append(column.what)
    return [
        FileColumn(place, "" if numbers.has_personal_number(heading) else heading, tuple(kinds.get(place, ())))
        for place, heading in enumerate(_headings(table))
        if heading or place in kinds
    ]


def file_of_columns(file: Upload, reading: ReadOptions, ledger: Dataset | None, places: Collection[int]) -> Upload:
    """Return a file that holds the chosen columns alone, each row on the line that it has in the clerk's file.

    Titles, remarks and other sheets do not come along. Raises the errors of the reader.
    """
    table = _opened_table(file, reading, ledger)
    out, chosen = io.StringIO(), sorted(places)
    writer, next_line = csv.writer(out, lineterminator="\n"), 1
    for line, cells in _chosen_rows(table, chosen):
        out.write("\n" * (line - next_line))
        writer.writerow(cells)
        next_line = line + 1
    return reader.make_upload(Path(file.name).stem + ENDING, (BOM + out.getvalue()).encode())


def file_of_named_columns(file: Upload, reading: ReadOptions, ledger: Dataset | None, names: Sequence[str]) -> Upload:
    """Return a file that holds the columns of these headings alone; raises NoSuchColumn."""
    columns = file_columns(file, reading, ledger)
    return file_of_columns(file, reading, ledger, [_place_named(file, columns, name) for name in names])


def _place_named(file: Upload, columns: Sequence[FileColumn], name: str) -> int:
    """Return the place of the column that is meant, by its whole heading, or else by that without its unit."""
    for spelled in (_folded, _folded_without_brackets):
        found = [column.place for column in columns if column.heading and spelled(column.heading) == _folded(name)]
        if len(found) == 1:
            return found[0]
    known = [
        Text(c.heading, c.heading) for c in columns if not c.personal and headers.best_known_heading_count([c.heading])
    ]
    raise NoSuchColumn(name=file.name, heading=name, known=join_list(known))


def _folded(heading: str) -> str:
    return re.sub(r"\s", "", heading).lower().replace("（", "(").replace("）", ")")


def _folded_without_brackets(heading: str) -> str:
    found = split_brackets(heading)
    return _folded(found[0] if found else heading)


def _opened_table(file: Upload, reading: ReadOptions, ledger: Dataset | None) -> _Table:
    """Open the table of a file past the door: nothing of it but the chosen columns goes on."""
    known = partial(headers.known_heading_count, ledger) if ledger else headers.best_known_heading_count

    def known_or_personal(row: list[str]) -> int:
        return known(row) + sum(headings.person_kind(cell) is not None and not known([cell]) for cell in row)

    source = reader.open_file(file, reading, known_or_personal)
    nearest = ledger or headers.likeliest_ledger([row.cells for row in source.head]) or next(iter(DATASETS.values()))
    found = layout.find_layout(nearest, source.head, reading.header_line or source.header_line, known_or_personal)
    return _Table(source, found, known)


def _headings(table: _Table) -> list[str]:
    """Return the heading of each column, "" for one that has none, in one line."""
    return [" ".join(heading.split()) for heading in table.layout.header]


def _chosen_rows(table: _Table, places: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the header and the rows below it with their lines, of the chosen columns alone."""
    header = _headings(table)
    yield sheet_and_line(table.layout.header_line)[1], [header[place] for place in places]
    for record in table.source.cut([]):
        if record.line >= table.layout.first_line:
            reason = layout.left_out_reason(record.cells, table.layout)
            cells = [" ".join(record.cells[p].splitlines()) if p < len(record.cells) else "" for p in places]
            if reason == "total":
                cells[0] = TOTAL  # what said so may stand in a column that is left behind
            if reason in (None, "total") and trimmed_cells(cells):
                yield sheet_and_line(record.line)[1], cells
