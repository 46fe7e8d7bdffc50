"""KML in, features out: a placemark each, with its name, description, folder and the data that it is extended by."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from data.errors import UnreadableKml
from data.ingest.reading.vector.feature_table import Feature

START = re.compile(r"(?:<kml|<\w+:kml)[\s>]")
HEAD_LENGTH = 4_096  # characters; chosen: the root of the document stands within
GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
UNREAD_GEOMETRIES = ("Model", "Track", "MultiTrack")
TEXTS = ("name", "description", "coordinates", "value", "SimpleData")
FOLDER = "Folder"


def is_kml(content: str) -> bool:
    """Tell by the root element whether a text is KML."""
    return START.search(content[:HEAD_LENGTH]) is not None and content.lstrip("\ufeff \t\r\n").startswith("<")


def kml_features(content: str) -> list[Feature]:
    """Return the placemarks of a document in order; raises UnreadableKml for what is no XML, or has a document type."""
    return _parsed(content).features


def kml_texts(content: str) -> str:
    """Return every text and attribute of a document, whatever it belongs to; raises UnreadableKml."""
    return " ".join(_parsed(content).texts)


def _parsed(content: str) -> _PlacemarkReader:
    reader = _PlacemarkReader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableKml(line=reader.parser.CurrentLineNumber) from error
    return reader


class _PlacemarkReader:
    """Takes up placemarks as the parser comes by them.

    `_open` has the open elements; `_geometries` the open geometries, the outermost first.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.features: list[Feature] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self._folders: list[str] = []
        self._text: list[str] = []
        self._properties: dict[str, str] | None = None
        self._data_name = ""
        self._geometries: list[dict[str, Any]] = []
        self._geometry: dict[str, Any] | None = None

    def _refuse_doctype(self, *_: object) -> None:
        raise UnreadableKml(line=self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        self._open.append(element)
        self.texts += attributes.values()
        self._text.clear()
        if element == FOLDER:
            self._folders.append("")
        elif element == "Placemark":
            self._properties, self._geometry, self._geometries = {}, None, []
        elif self._properties is not None and element in GEOMETRIES:
            self._geometries.append({"type": element, "parts": []})
        elif self._properties is not None and element in UNREAD_GEOMETRIES and self._geometry is None:
            self._geometry = {"type": element}
        elif element in ("Data", "SimpleData"):
            self._data_name = attributes.get("name", "")

    def _add_text(self, text: str) -> None:
        self._text.append(text)
        self.texts.append(text)

    def _end(self, name: str) -> None:
        element, text = self._open.pop(), "".join(self._text).strip()
        parent = self._open[-1] if self._open else ""
        self._text.clear()
        if element == FOLDER:
            self._folders.pop()
        elif element == "name" and parent == FOLDER and self._folders:
            self._folders[-1] = text
        elif self._properties is None:
            return
        elif element == "Placemark":
            self._end_placemark()
        elif self._geometries and element == self._geometries[-1]["type"]:
            self._end_geometry()
        elif element == "coordinates" and self._geometries:
            self._geometries[-1]["parts"].append(_positions(text))
        elif element in ("name", "description") and parent == "Placemark":
            self._properties[element] = text
        elif element in ("value", "SimpleData") and self._data_name:
            self._properties.setdefault(self._data_name, text)

    def _end_geometry(self) -> None:
        """Close the innermost geometry: it goes into the one around it, or is that of the placemark."""
        open_one = self._geometries.pop()
        if self._geometries and self._geometries[-1]["type"] == "Polygon":
            self._geometries[-1]["parts"] += open_one["parts"][:1]
            return
        made = _geojson_geometry(open_one)
        if self._geometries:
            self._geometries[-1]["parts"].append(made)
        else:
            self._geometry = made

    def _end_placemark(self) -> None:
        folder = "/".join(filter(None, self._folders))
        self.features.append(Feature((self._properties or {}) | ({FOLDER: folder} if folder else {}), self._geometry))
        self._properties = None


def _positions(text: str) -> list[list[str]]:
    """Return the positions that coordinates list: 121.5,29.9,0 121.6,29.9,0."""
    return [position.split(",") for position in re.sub(r"\s*,\s*", ",", text).split()]


def _geojson_geometry(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a geometry of KML as GeoJSON has it."""
    kind, parts = geometry["type"], geometry["parts"]
    if kind == "MultiGeometry":
        return {"type": "GeometryCollection", "geometries": parts}
    if kind == "Polygon":
        return {"type": "Polygon", "coordinates": parts}
    positions = parts[0] if parts else []
    if kind == "Point":
        return {"type": "Point", "coordinates": positions[0] if len(positions) == 1 else positions}
    return {"type": "LineString", "coordinates": positions}
