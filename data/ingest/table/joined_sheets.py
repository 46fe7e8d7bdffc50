"""Several sheets of one header in, one table out; their titles and the order of their columns may differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from data.ingest.reading.reader import Source
from data.ingest.reading.records import Record, Remark
from data.ingest.table import headers
from data.ingest.table.layout import Layout


def join_sheets(sources: Sequence[Source], layouts: Sequence[Layout]) -> tuple[Source, Layout]:
    """Return some sheets as one table, its columns in the order of the first; their headers hold the same headings."""
    (source, *others), (layout, *below) = sources, layouts
    if not others:
        return source, layout
    hidden = [_hidden_columns_remark(other, table) for other, table in zip(others, below, strict=True)]
    remarks = [remark for each in sources for remark in each.opening_remarks] + [r for part in hidden for r in part]
    titles = [row for table in below for row in table.rows_above if len(set(filter(None, row))) == 1]
    joined = replace(
        source,
        sheet="、".join(each.sheet for each in sources),
        cut=partial(_joined_records, sources, layouts),
        opening_remarks=tuple(remarks),
    )
    return joined, replace(
        layout,
        left_out=[row for table in layouts for row in table.left_out],
        rows_above=layout.rows_above + titles,
        title_units={heading: unit for table in layouts for heading, unit in table.title_units.items()},
    )


def _hidden_columns_remark(source: Source, layout: Layout) -> list[Remark]:
    """Tell the hidden columns of a sheet; those of the first are told with its headings."""
    shown = [layout.header[i] for i in source.hidden_columns if i < len(layout.header) and layout.header[i]]
    told = {"count": len(shown), "columns": "、".join(shown)}
    return [Remark(layout.header_line, "hidden_columns", told)] if shown else []


def _joined_records(sources: Sequence[Source], layouts: Sequence[Layout], remarks: list[Remark]) -> Iterator[Record]:
    """Yield the rows of the first sheet, then those below the header of each other one."""
    yield from sources[0].cut(remarks)
    for source, layout in zip(sources[1:], layouts[1:], strict=True):
        order = _column_order(layouts[0].header, layout.header)
        for record in source.cut(remarks):
            if record.line >= layout.first_line:
                yield Record(record.line, _reordered(record.cells, order))


def _column_order(first: Sequence[str], other: Sequence[str]) -> list[int]:
    """Return for each column of one header its place in another; equal headings go by their order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, heading in enumerate(headers.folded_headings(other)):
        places[heading].append(place)
    return [places[heading].pop(0) for heading in headers.folded_headings(first)]


def _reordered(cells: list[str], order: list[int]) -> list[str]:
    """Return a row in the order of another header, what stands right of it left there."""
    return [cells[i] if i < len(cells) else "" for i in order] + cells[len(order) :]
