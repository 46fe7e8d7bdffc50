"""GeoJSON in, features out (RFC 7946, and what of its forerunner of 2008 is still written)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.errors import BrokenFeature, NotGeoJson
from data.ingest.reading.vector.feature_table import Feature
from data.text import Text

GEOMETRIES = {
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"),
}
OTHER_KINDS = (
    ("arcs", Text("这是 TopoJSON", "it is TopoJSON")),
    ("geometryType", Text("这是 ArcGIS 自己的 JSON", "it is the JSON of ArcGIS")),
)
NO_FEATURES = Text("没有 features 列表", "it has no list of features")
NO_KIND = Text("没有写 type", "its type is missing")
ENDING = ".geojson"


def is_geojson(name: str, content: Any) -> bool:
    """Tell whether a JSON is of a map, as its type or the name of its file says."""
    first = content[0] if isinstance(content, list) and content else content
    is_map = isinstance(first, dict) and (
        str(first.get("type")) in {"FeatureCollection", "Feature", "Topology"}
        or (str(first.get("type")) in GEOMETRIES and not first.keys().isdisjoint(("coordinates", "geometries")))
        or ("geometryType" in first and "features" in first)
    )
    return is_map or name.lower().endswith(ENDING)


def geojson_features(name: str, content: Any) -> list[Feature]:
    """Return the features of a collection, a single one, one a line, or a bare geometry.

    Raises NotGeoJson, BrokenFeature.
    """
    return [_read_feature(number, feature) for number, feature in enumerate(_raw_features(name, content), 1)]


def _raw_features(name: str, content: Any) -> Iterator[Any]:
    """Yield the features of a JSON, unread; a geometry by itself is one without properties."""
    for part in content if isinstance(content, list) else [content]:
        kind = str(part.get("type")) if isinstance(part, dict) else ""
        if kind == "FeatureCollection" and isinstance(part.get("features"), list):
            yield from part["features"]
        elif kind == "Feature":
            yield part
        elif kind in GEOMETRIES:
            yield {"type": "Feature", "properties": None, "geometry": part}
        else:
            raise NotGeoJson(name=name, found=_other_kind(part))


def _other_kind(part: Any) -> Text:
    """Say what a JSON is instead of GeoJSON."""
    members = part if isinstance(part, dict) else {}
    is_collection = members.get("type") == "FeatureCollection"
    return next((text for key, text in OTHER_KINDS if key in members), NO_FEATURES if is_collection else NO_KIND)


def _read_feature(number: int, feature: Any) -> Feature:
    """Return a feature, its id among its properties unless they have one; raises BrokenFeature."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BrokenFeature(number=number)
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict | None) or not isinstance(geometry, dict | None):
        raise BrokenFeature(number=number)
    named = ({"id": feature["id"]} if "id" in feature else {}) | (properties or {})
    return Feature({key: _property_text(value) for key, value in named.items()}, geometry)


def _property_text(value: Any) -> str:
    """Return a property as the text of a cell; lists and objects as JSON."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
