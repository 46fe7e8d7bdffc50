"""A vector file of a map in, its table out, whichever of the kinds that are taken it is."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from data.errors import BrokenMapArchive, HugeMapFile, SeveralLayers
from data.ingest.reading import api_json
from data.ingest.reading.encodings import decode_text
from data.ingest.reading.records import Record, Remark
from data.ingest.reading.vector import geojson, kml, shapefile_archive
from data.ingest.reading.vector.declared_crs import crs_of_geojson, declared_system
from data.ingest.reading.vector.feature_table import Feature, feature_table

SIGNATURE = b"PK\x03\x04"
MEGABYTE = 1_000_000
MAX_BYTES = 32 * MEGABYTE  # chosen, as for JSON: coordinates take some twenty times their size in memory
MAX_ARCHIVE_BYTES = 4 * MAX_BYTES  # chosen: unpacked, with the pictures that a KMZ may bring along
MAX_MEMBERS = 1_000  # chosen
HEAD_BYTES = 4_096  # chosen: the root of a KML stands within
ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, LookupError)
LAYER_ENDINGS = ("shp", "kml", "geojson")
OFFICE_MEMBERS = {"[Content_Types].xml", "mimetype", "content.xml"}  # of workbooks and documents, zip archives also
OF_MACOS = "__MACOSX/"
ROOT_OF_KMZ = "doc.kml"
BINARY_ENDINGS = ("shp", "shx", "dbf", "sbn", "sbx")
UTF8_FLAG = 0x800  # of a member whose name is marked as UTF-8
CELL_END = "\x01"  # no cell holds it


@dataclass(frozen=True, slots=True)
class VectorFile:
    """The table of a vector file: its kind, its records, what is odd of them, all else that it says, and the coordinate
    system that it names, if any.
    """

    kind: str
    records: list[Record]
    remarks: tuple[Remark, ...]
    beside: tuple[bytes, ...]
    declared_crs: str = ""

    @property
    def text(self) -> str:
        """All cells as one text."""
        return "\n".join(CELL_END.join(record.cells) for record in self.records)


def is_vector_file(raw: bytes) -> bool:
    """Tell by its bytes whether a file is KML, or an archive with a layer of a map; GeoJSON shows when it is parsed."""
    return _is_layer_archive(raw) if raw.startswith(SIGNATURE) else kml.is_kml(_head_text(raw))


def open_vector_file(name: str, raw: bytes, encoding: str | None) -> VectorFile:
    """Return the table of a KML or of an archive that `is_vector_file`.

    Raises HugeMapFile, BrokenMapArchive, SeveralLayers, what the reader of its kind and `feature_table` raise, and
    what `decode_text`, `parse_json` and `declared_system` do.
    """
    return _open_archive(name, raw, encoding) if raw.startswith(SIGNATURE) else _open_kml(name, raw, encoding)


def open_geojson(name: str, content: Any, text: str) -> VectorFile:
    """Return the table of a parsed GeoJSON.

    Raises what `geojson_features`, `declared_system` and `feature_table` raise.
    """
    declared = declared_system(name, crs_of_geojson(content))
    features = geojson.geojson_features(name, content)
    return _vector_file("geojson", name, features, [text.encode(errors="replace")], declared)


def require_moderate_size(size: int, limit: int = MAX_BYTES) -> None:
    """Refuse a vector file that takes too much memory; raises HugeMapFile."""
    if size > limit:
        raise HugeMapFile(size=size // MEGABYTE, limit=limit // MEGABYTE)


def _vector_file(
    kind: str, name: str, features: Sequence[Feature], beside: Sequence[bytes], declared: str = ""
) -> VectorFile:
    table = feature_table(name, features)
    return VectorFile(kind, table.records, tuple(table.remarks), tuple(beside), declared)


def _head_text(raw: bytes) -> str:
    """Return the first characters of a file, as far as they are ASCII."""
    head = raw[:HEAD_BYTES]
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16", "ignore") if is_wide else head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _open_kml(name: str, raw: bytes, encoding: str | None) -> VectorFile:
    require_moderate_size(len(raw))
    text = decode_text(name, raw, encoding)[1]
    return _vector_file("kml", name, kml.kml_features(text), [kml.kml_texts(text).encode(errors="replace")])


def _is_layer_archive(raw: bytes) -> bool:
    """Tell whether a zip archive holds a layer of a map, and is no workbook nor document."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            names = archive.namelist()
    except ZIP_ERRORS:
        return False
    return not OFFICE_MEMBERS & set(names) and any(_ending(name) in LAYER_ENDINGS for name in names)


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].removeprefix(".").lower()


def _open_archive(name: str, raw: bytes, encoding: str | None) -> VectorFile:
    """Return the table of the one layer of an archive."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith(OF_MACOS)]
            layer = _only_layer(name, members)
            require_moderate_size(sum(member.file_size for member in members), MAX_ARCHIVE_BYTES)
            content = {m.filename: archive.read(m) for m in members}
    except ZIP_ERRORS as error:
        raise BrokenMapArchive(name=name) from error
    beside = [raw for member, raw in content.items() if _ending(member) not in BINARY_ENDINGS]
    beside += ["\n".join(_shown_name(m) for m in members).encode(errors="replace")]
    return _open_layer(name, layer.filename, content, encoding, beside)


def _open_layer(
    name: str, layer: str, content: dict[str, bytes], encoding: str | None, beside: list[bytes]
) -> VectorFile:
    kind = _ending(layer)
    parts = {_ending(member): raw for member, raw in content.items() if _stem(member) == _stem(layer)}
    require_moderate_size(max(map(len, parts.values())))
    if kind == "shp":
        declared = declared_system(name, parts.get("prj", b"").decode("utf-8", "replace").removeprefix("\ufeff"))
        features = shapefile_archive.shapefile_features(name, parts, encoding)
        return _vector_file("shapefile", name, features, beside, declared)
    text = decode_text(name, content[layer], encoding)[1]
    if kind == "kml":
        beside.append(kml.kml_texts(text).encode(errors="replace"))
        return _vector_file("kmz", name, kml.kml_features(text), beside)
    return replace(open_geojson(name, api_json.parse_json(text), text), beside=tuple(beside))


def _only_layer(name: str, members: Sequence[ZipInfo]) -> ZipInfo:
    """Return the member that is the layer of an archive; of a KMZ its root. Raises SeveralLayers."""
    if len(members) > MAX_MEMBERS:
        raise BrokenMapArchive(name=name)
    layers = [member for member in members if _ending(member.filename) in LAYER_ENDINGS]
    roots = [member for member in layers if member.filename.lower() == ROOT_OF_KMZ]
    if len(layers) > 1 and len(roots) != 1:
        raise SeveralLayers(name=name, layers="、".join(map(_shown_name, layers[:10])))
    if not layers:
        raise BrokenMapArchive(name=name)
    return roots[0] if roots else layers[0]


def _stem(name: str) -> str:
    return posixpath.splitext(name)[0].lower()


def _shown_name(member: ZipInfo) -> str:
    """Return the name of a member; one without the mark of UTF-8 that is Chinese was written in GBK."""
    if member.flag_bits & UTF8_FLAG:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
