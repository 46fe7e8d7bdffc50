"""A shapefile in, features out: its shapes (.shp), and their properties (.dbf) in the encoding that .cpg tells."""

from __future__ import annotations

import logging
import struct
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import shapefile

from data.errors import BrokenShapefile
from data.ingest.reading.vector.feature_table import Feature

logging.getLogger("shapefile").setLevel(logging.ERROR)  # it tells of rings turned round, which do no harm
BROKEN = (shapefile.ShapefileException, struct.error, ValueError, LookupError, TypeError, OSError, EOFError,
          MemoryError, OverflowError)  # fmt: skip
DBF_HEAD = 32  # bytes of its head, and of each field's
GBK_NAMES = ("gb", "936", "ansi 936", "cp936", "ansi_936")
UTF8_NAMES = ("utf", "65001")
REPLACEMENT_CHARACTER = "\ufffd"
FIRST_OF_THREE_BYTES = "\u0800"  # in UTF-8; GBK that is read as UTF-8 hardly ever has such characters


def shapefile_features(name: str, parts: Mapping[str, bytes], encoding: str | None) -> list[Feature]:
    """Return the features of a shapefile, given as ending -> content, without the dot; raises BrokenShapefile."""
    files = {ending: BytesIO(parts[ending]) for ending in ("shp", "shx", "dbf") if ending in parts}
    try:
        _refuse_torn_shapes(parts["shp"])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pyshp tells of wrong lengths in the head, which do no harm
            return list(_read_features(files, encoding or dbf_encoding(parts)))
    except BROKEN as error:
        raise BrokenShapefile(name=name) from error


def _refuse_torn_shapes(shapes: bytes) -> None:
    """Refuse a .shp that is shorter than its head says, in words of two bytes; raises ValueError, struct.error."""
    if 2 * struct.unpack(">i", shapes[24:28])[0] > len(shapes):
        raise ValueError("shorter than its head says")


def dbf_encoding(parts: Mapping[str, bytes]) -> str:
    """Return in which encoding the words of a shapefile are: as .cpg says, or else UTF-8 if they fit it, or GBK."""
    named = parts.get("cpg", b"").decode("ascii", "replace").strip().lower()
    if named.startswith(UTF8_NAMES):
        return "utf-8"
    if named.startswith(GBK_NAMES):
        return "gb18030"
    words = parts.get("dbf", b"")[DBF_HEAD:].decode("utf-8", "replace")
    broken = words.count(REPLACEMENT_CHARACTER)
    is_utf8 = sum(1 for char in words if char >= FIRST_OF_THREE_BYTES) - broken >= broken
    return "utf-8" if is_utf8 else "gb18030"


def _read_features(files: Mapping[str, BytesIO], encoding: str) -> Iterator[Feature]:
    with shapefile.Reader(**files, encoding=encoding, encodingErrors="replace") as opened:
        names = [_field_name(field.name) for field in opened.fields if field.name != "DeletionFlag"]
        if "dbf" not in files:
            yield from (Feature({}, _shape_geometry(shape)) for shape in opened.iterShapes())
            return
        if opened.numShapes is not None and opened.numShapes != opened.numRecords:
            raise ValueError("as many shapes as records")
        for entry in opened.iterShapeRecords():
            properties = {key: _value_text(value) for key, value in zip(names, entry.record, strict=True)}
            yield Feature(properties, _shape_geometry(entry.shape))


def _field_name(written: str) -> str:
    """Return the name of a field, without the character that is cut through at its tenth byte."""
    return written.rstrip(REPLACEMENT_CHARACTER).strip()


def _shape_geometry(shape: shapefile.Shape) -> Any:
    """Return a shape as GeoJSON has it, its positions as lists; None for an empty one."""
    return None if shape.shapeType == shapefile.NULL else _as_lists(dict(shape.__geo_interface__))


def _as_lists(value: Any) -> Any:
    """Return coordinates with lists for tuples."""
    if isinstance(value, dict):
        return {key: _as_lists(part) for key, part in value.items()}
    return [_as_lists(part) for part in value] if isinstance(value, (list, tuple)) else value


def _value_text(value: Any) -> str:
    """Return a value of a .dbf as the text of a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value).strip("\0 ")
