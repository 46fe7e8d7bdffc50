"""Whether the features of a vector file are of the kind that a ledger draws: points, or lines and areas."""

from __future__ import annotations

from collections.abc import Collection

from data.datasets import Dataset
from data.errors import LinesWanted, PointsWanted
from data.ingest.reading.reader import Source
from data.ingest.reading.vector.feature_table import HEADER_LINE, LATITUDE, LONGITUDE, SHAPE


def require_fitting_places(dataset: Dataset, name: str, source: Source, unmapped: Collection[str]) -> None:
    """Refuse features that a ledger cannot place, unless a clerk left their place out by hand.

    `unmapped` are the headings that nobody reads. Raises PointsWanted, LinesWanted.
    """
    if source.header_line is None:
        return
    columns = {column.name for column in dataset.columns}
    kinds = {column.kind for column in dataset.columns}
    if SHAPE in unmapped and "lon" in columns:
        raise PointsWanted(dataset=dataset.label, name=name, number=_first_shape(source), heading=SHAPE)
    if LONGITUDE in unmapped and "path" in kinds:
        raise LinesWanted(dataset=dataset.label, name=name, headings=f"{LONGITUDE}、{LATITUDE}")


def _first_shape(source: Source) -> int:
    """Return which feature is the first that is no point."""
    header, *rows = source.records()
    place = header.cells.index(SHAPE)
    return next(row.line for row in rows if row.cells[place]) - HEADER_LINE
