"""A header in the middle of a file that has the columns in another order: the rows below are read by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.datasets import Dataset
from data.errors import OtherHeader, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest.reading.records import Record, trimmed
from data.ingest.table import headers
from data.ingest.table.headers import Heading, Match
from data.ingest.table.layout import NUMBER, Layout

Place = tuple[str, str]


def words(dataset: Dataset, layout: Layout, column: int) -> set[str]:
    """Return what the cells of a header in another order may be in a column: all headings but its own."""
    own = {row[column] for row in (layout.header, *layout.written) if column < len(row)}
    return _words(dataset, layout) - own - {""}


def _words(dataset: Dataset, layout: Layout) -> set[str]:
    items = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    spelled = [*(c.spellings() for c in dataset.columns), *(i.spellings() for i in items)]
    return {*layout.header, *(spelling for spellings in spelled for spelling in spellings)}


def turned(
    rows: Iterator[Record], dataset: Dataset, layout: Layout, match: Match, by_hand: Mapping[str, str], file_name: str
) -> Iterator[Record]:
    """Yield rows in the order of the file's first header, and later headers as they are; raises OtherHeader."""
    known, places = _words(dataset, layout), None
    for row in rows:
        if _is_header(dataset, layout, row.cells, known):
            places = _places(dataset, layout, match, by_hand, row, file_name)
            yield row
        else:
            yield row if places is None else Record(row.line, _moved(row.cells, places))


def _is_header(dataset: Dataset, layout: Layout, cells: Sequence[str], known: set[str]) -> bool:
    """Tell whether most of what a row holds are headings, and none of it numbers."""
    filled = [cell for cell in trimmed(cells) if cell]
    if len(known.intersection(filled)) < 2 or any(map(NUMBER.fullmatch, filled)):
        return False
    return 2 * sum(cell in layout.header or headers.recognised(dataset, [cell]) > 0 for cell in filled) > len(filled)


def _moved(cells: list[str], places: list[int]) -> list[str]:
    """Return a row in another order; a row that is too short for its header stays as it is, to be refused."""
    if len(cells) <= max(places):
        return cells
    return [cells[i] for i in places] + cells[len(places) :]


def _places(
    dataset: Dataset, layout: Layout, match: Match, by_hand: Mapping[str, str], row: Record, file_name: str
) -> list[int] | None:
    """Return for each column of the first header its place in another one, None if that is the first once more."""
    header = trimmed(row.cells)
    if header in layout.written:
        return None
    try:
        again = headers.match(dataset, header, file_name, by_hand)
    except (WrongLedger, RepeatedColumn, UnknownUnit):
        again = None
    first, other = _named(match), _named(again) if again else {}
    if again is None or first.keys() != other.keys() or _units(match) != _units(again):
        new = [h for h in header if h and h not in layout.header]
        named = [h for h in new if not headers.recognised(dataset, [h])] or new or list(filter(None, header))
        raise OtherHeader(name=file_name, line=row.line, first=layout.header_line, columns="、".join(named))
    if header not in layout.turned:
        layout.turned.append(header)
    moved = {first[name].index: heading.index for name, heading in other.items()}
    left = iter(sorted(set(range(len(layout.header))) - set(moved.values())))
    return [moved[i] if i in moved else next(left) for i in range(len(layout.header))]


def _named(match: Match) -> dict[Place, Heading]:
    """Return what each heading is read as -> the heading, by its text where nobody reads it."""
    parts = {
        "column": match.columns,
        "item": match.items,
        "raw": match.raw_items,
        "also": match.also,
        "clock": match.clocks,
        "unit": match.unit_columns,
        "snapshot": {"": match.snapshot} if match.snapshot else {},
        "unmapped": {heading.text: heading for heading in match.unmapped},
    }
    return {(part, name): heading for part, named in parts.items() for name, heading in named.items()}


def _units(match: Match) -> tuple[dict[str, float], dict[str, str]]:
    return match.factors, match.item_units
