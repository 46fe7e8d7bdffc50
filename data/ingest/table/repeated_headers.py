"""A header in the middle of a file that has the columns in another order: the rows below are read by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from data.datasets import Dataset
from data.errors import OtherHeader, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest.reading.places import sheet_and_line
from data.ingest.reading.records import Record, trimmed_cells
from data.ingest.table import headers
from data.ingest.table.headers import HeaderMatch, Heading
from data.ingest.table.layout import NUMBER_CELL, Layout

HeadingRole = tuple[str, str]


def other_column_headings(dataset: Dataset, layout: Layout, column: int) -> set[str]:
    """Return what the cells of a header in another order may be in a column: all headings but its own."""
    own = {row[column] for row in (layout.header, *layout.rows_above) if column < len(row)}
    return _all_headings(dataset, layout) - own - {""}


def _all_headings(dataset: Dataset, layout: Layout) -> set[str]:
    items = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    spelled = [*(c.spellings() for c in dataset.columns), *(i.spellings() for i in items)]
    return {*layout.header, *(spelling for spellings in spelled for spelling in spellings)}


def reordered_rows(
    rows: Iterator[Record],
    dataset: Dataset,
    layout: Layout,
    match: HeaderMatch,
    by_hand: Mapping[str, str],
    title: Callable[[int], str],
) -> Iterator[Record]:
    """Yield rows in the order of the file's first header, and later headers as they are; raises OtherHeader.

    A later header holds to the end of its sheet; `title` gives what the file of a line is called.
    """
    known = _all_headings(dataset, layout)
    for _, of_sheet in groupby(rows, lambda row: sheet_and_line(row.line)[0]):
        places = None
        for row in of_sheet:
            if _is_repeated_header(dataset, layout, row.cells, known):
                places = _column_order(dataset, layout, match, by_hand, row, title(row.line))
                yield row
            else:
                yield row if places is None else Record(row.line, _reordered_cells(row.cells, places))


def _is_repeated_header(dataset: Dataset, layout: Layout, cells: Sequence[str], known: set[str]) -> bool:
    """Tell whether most of what a row holds are headings, and none of it numbers."""
    filled = [cell for cell in trimmed_cells(cells) if cell]
    if len(known.intersection(filled)) < 2 or any(map(NUMBER_CELL.fullmatch, filled)):
        return False
    return 2 * sum(cell in layout.header or headers.known_heading_count(dataset, [cell]) > 0 for cell in filled) > len(
        filled
    )


def _reordered_cells(cells: list[str], places: list[int]) -> list[str]:
    """Return a row in another order; a row that is too short for its header stays as it is, to be refused."""
    if len(cells) <= max(places):
        return cells
    return [cells[i] for i in places] + cells[len(places) :]


def _column_order(
    dataset: Dataset, layout: Layout, match: HeaderMatch, by_hand: Mapping[str, str], row: Record, file_name: str
) -> list[int] | None:
    """Return for each column of the first header its place in another one, None if that is the first once more."""
    header = trimmed_cells(row.cells)
    if header in layout.rows_above:
        return None
    try:
        again = headers.match_headings(dataset, header, file_name, by_hand, match.constants)
    except (WrongLedger, RepeatedColumn, UnknownUnit):
        again = None
    first, other = _headings_by_role(match), _headings_by_role(again) if again else {}
    if again is None or first.keys() != other.keys() or _conversion_units(match) != _conversion_units(again):
        new = [h for h in header if h and h not in layout.header]
        named = [h for h in new if not headers.known_heading_count(dataset, [h])] or new or list(filter(None, header))
        at, upper = (sheet_and_line(number)[1] for number in (row.line, layout.header_line))
        raise OtherHeader(name=file_name, line=at, first=upper, columns="、".join(named))
    if header not in layout.reordered_headers:
        layout.reordered_headers.append(header)
    moved = {first[name].index: heading.index for name, heading in other.items()}
    left = iter(sorted(set(range(len(layout.header))) - set(moved.values())))
    return [moved[i] if i in moved else next(left) for i in range(len(layout.header))]


def _headings_by_role(match: HeaderMatch) -> dict[HeadingRole, Heading]:
    """Return what each heading is read as -> the heading, by its text where nobody reads it."""
    parts = {
        "column": match.columns,
        "item": match.items,
        "raw": match.raw_items,
        "also": match.second_headings,
        "clock": match.time_headings,
        "unit": match.unit_columns,
        "snapshot": {"": match.snapshot} if match.snapshot else {},
        "unmapped": {heading.text: heading for heading in match.unmapped},
    }
    return {(part, name): heading for part, named in parts.items() for name, heading in named.items()}


def _conversion_units(match: HeaderMatch) -> tuple[dict[str, float], dict[str, str]]:
    return match.factors, match.item_units
