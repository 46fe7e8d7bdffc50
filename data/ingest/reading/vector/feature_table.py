"""Features in, a table out: a row each, their properties and where they lie as columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from data.errors import NoFeatures
from data.ingest.reading.records import Record, Remark
from data.ingest.reading.vector.wkt import MalformedGeometry, point_cells, shape_wkt

LONGITUDE, LATITUDE, SHAPE = "经度", "纬度", "图形"
PLACE_HEADINGS = {
    *("经度", "纬度", "lon", "lat", "longitude", "latitude"),
    *("图形", "shape", "几何", "空间数据", "wkt", "geometry", "the_geom", "geom"),
}  # as ledgers head a place: where a property is called so, the geometry goes before it
PROPERTY = "属性 "
HEADER_LINE = 1  # there is none in the file; so that the first feature stands on line 2, as the first row of a table
MOST_SHOWN = 200  # characters of a geometry that cannot be read; chosen: enough to find it
MOST_NAMED = 10  # chosen: as many as a sentence bears


class Feature(NamedTuple):
    """What a vector file says of one thing: its properties as texts, and its geometry as GeoJSON has it, if any."""

    properties: dict[str, str]
    geometry: Any


class FeatureTable(NamedTuple):
    """The features of a file as records, headings first, and what is to be told of them."""

    records: list[Record]
    remarks: list[Remark]


def feature_table(name: str, features: Sequence[Feature]) -> FeatureTable:
    """Return the table of the features of a file: the feature number n stands on line n + 1.

    Single points have 经度 and 纬度, other shapes 图形 as WKT. Raises NoFeatures.
    """
    if not features:
        raise NoFeatures(name=name)
    remarks = [Remark(0, "features", {"count": len(features)})]
    headings = list(dict.fromkeys(heading for feature in features for heading in feature.properties))
    points = [point_cells(feature.geometry) for feature in features]
    shapes = list(_shape_cells(features, points))
    places = [*((LONGITUDE, LATITUDE) if any(points) else ()), *((SHAPE,) if any(shapes) else ())]
    header = [*_free_headings(headings, places, remarks), *places]
    records = [Record(HEADER_LINE, header)]
    for line, (feature, point, shape) in enumerate(zip(features, points, shapes, strict=True), HEADER_LINE + 1):
        cells = [feature.properties.get(heading, "") for heading in headings]
        cells += (point or ("", "")) if any(points) else ()
        records.append(Record(line, [*cells, *([shape] if any(shapes) else [])]))
    return FeatureTable(records, remarks + list(_placeless_remarks(points, shapes)))


def _free_headings(headings: Sequence[str], places: Sequence[str], remarks: list[Remark]) -> Iterator[str]:
    """Yield the headings of the properties; one that is called like a place of the geometry is told from it."""
    taken = [heading for heading in headings if places and heading.strip().lower() in PLACE_HEADINGS]
    if taken:
        remarks.append(Remark(0, "own_places", {"columns": "、".join(taken[:MOST_NAMED])}))
    yield from (PROPERTY + heading if heading in taken else heading for heading in headings)


def _shape_cells(features: Sequence[Feature], points: Sequence[tuple[str, str] | None]) -> Iterator[str]:
    """Yield the WKT of each feature that is no single point; of one that cannot be read its text, to be refused."""
    for feature, point in zip(features, points, strict=True):
        if point or feature.geometry is None:
            yield ""
            continue
        try:
            yield shape_wkt(feature.geometry)
        except MalformedGeometry:
            yield json.dumps(feature.geometry, ensure_ascii=False)[:MOST_SHOWN]


def _placeless_remarks(points: Iterable[tuple[str, str] | None], shapes: Iterable[str]) -> Iterator[Remark]:
    """Say which features have no geometry."""
    without = [line for line, place in enumerate(zip(points, shapes, strict=True), HEADER_LINE + 1) if not any(place)]
    if without:
        named = ", ".join(map(str, without[:MOST_NAMED])) + ("…" if len(without) > MOST_NAMED else "")
        yield Remark(without[0], "no_geometry", {"count": len(without), "lines": named})
