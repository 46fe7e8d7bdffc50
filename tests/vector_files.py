"""Vector files of maps, made for tests: GeoJSON, KML, KMZ and zipped shapefiles."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import shapefile

CGCS2000 = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
GAUSS_KRUEGER = (
    f'PROJCS["CGCS2000_3_Degree_GK_CM_120E",{CGCS2000},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
LINE = {"type": "LineString", "coordinates": [[121.55, 29.93], [121.55, 29.94, 3.5]]}
POINT = {"type": "Point", "coordinates": [121.55, 29.93]}
RING = [[121.5, 29.9], [121.6, 29.9], [121.6, 30.0], [121.5, 29.9]]


def make_feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def make_geojson(*features: Any, **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features} | members, ensure_ascii=False)


def make_kml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'


def make_zip(**members: str | bytes) -> bytes:
    """Return an archive; a name in Python has __ for the point before an ending."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name.replace("__", "."), member)
    return content.getvalue()


def make_shapefile(
    kind: int, shapes: Sequence[Any], records: Sequence[Mapping[str, Any]], encoding: str = "utf-8"
) -> dict[str, bytes]:
    """Return the parts of a shapefile by their endings; each value is a text, or a number with two decimals."""
    files = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, shapeType=kind, encoding=encoding) as writer:
        for name, value in records[0].items():
            writer.field(name, "C" if isinstance(value, str) else "N", 40, 0 if isinstance(value, str) else 2)
        for shape, record in zip(shapes, records, strict=True):
            writer.shape(shape) if shape else writer.null()
            writer.record(*record.values())
    return {ending: file.getvalue() for ending, file in files.items()}


def zip_shapefile(parts: Mapping[str, bytes], name: str = "layer") -> bytes:
    return make_zip(**{f"{name}__{ending}": content for ending, content in parts.items()})
