"""Maps come in through the same door as tables: GeoJSON, KML, KMZ and zipped shapefiles."""

import json
import math
import random
from contextlib import suppress
from typing import Any

import pytest
import shapefile
from hypothesis import given
from hypothesis import strategies as st

from data import errors
from data.datasets import DATASETS
from data.errors import DashboardError
from data.ingest import error_file
from data.ingest.folder import watch
from data.ingest.loader import Options, ReadOptions
from data.ingest.personal_data import vetting
from data.ingest.reading import reader
from data.ingest.reading.reader import Source
from data.ingest.reading.vector import shapefile_archive
from data.ingest.reading.vector.wkt import DEPTHS
from data.ingest.table import headers
from tests.property_settings import example_count
from tests.upload_helpers import WHO, check_content, ledger_values, load_content, make_test_upload
from tests.vector_files import (
    CGCS2000,
    GAUSS_KRUEGER,
    LINE,
    POINT,
    RING,
    make_feature,
    make_geojson,
    make_kml,
    make_shapefile,
    make_zip,
    zip_shapefile,
)

POLYGON = {"type": "Polygon", "coordinates": [RING]}
PLACE = (("坐标系", "WGS84"), ("要素类别", "地名"))
ROAD = (("坐标系", "WGS84"), ("要素类别", "道路"))
LINE_WKT = "LINESTRING (121.55 29.93, 121.55 29.94)"


def opened(content: str | bytes, name: str = "图.geojson", reading: ReadOptions | None = None) -> Source:
    raw = content.encode() if isinstance(content, str) else content
    return reader.open_file(reader.make_upload(name, raw), reading or ReadOptions(), headers.best_known_heading_count)


def rows(content: str | bytes, name: str = "图.geojson") -> list[list[str]]:
    return [record.cells for record in opened(content, name).records()]


def remark_reasons(source: Source) -> dict[str, int]:
    return {remark.reason: remark.line for remark in source.remarks}


def test_points_become_longitude_and_latitude():
    """A file of points has 经度 and 纬度 behind its properties, each feature n on line n + 1."""
    source = opened(make_geojson(make_feature(POINT, name="甲", n=3, is_open=True), make_feature(POINT, name=None)))
    assert [(r.line, r.cells) for r in source.records()] == [
        (1, ["name", "n", "is_open", "经度", "纬度"]),
        (2, ["甲", "3", "是", "121.55", "29.93"]),
        (3, ["", "", "", "121.55", "29.93"]),
    ]
    assert source.encoding == "geojson"


def test_other_shapes_become_wkt():
    """Lines, areas, several of them and collections of one kind are WKT of two dimensions under 图形."""
    collection = {"type": "GeometryCollection", "geometries": [LINE, LINE]}
    several = {"type": "MultiPoint", "coordinates": [[121.5, 29.9], [121.6, 29.9]]}
    found = rows(make_geojson(*(make_feature(shape) for shape in (LINE, POLYGON, collection, several))))
    assert found == [
        ["图形"],
        [LINE_WKT],
        ["POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9))"],
        ["MULTILINESTRING ((121.55 29.93, 121.55 29.94), (121.55 29.93, 121.55 29.94))"],
        ["MULTIPOINT ((121.5 29.9), (121.6 29.9))"],
    ]


def test_points_among_other_shapes_stay_points():
    """In a mixed file points have longitude and latitude, and the others WKT, each once."""
    assert rows(make_geojson(make_feature(POINT), make_feature(LINE)))[1:] == [
        ["121.55", "29.93", ""],
        ["", "", LINE_WKT],
    ]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(make_feature(LINE)),
        json.dumps(LINE),
        f"{json.dumps(make_feature(LINE))}\n{json.dumps(make_feature(LINE))}\n",
    ],
)
def test_a_feature_alone_a_geometry_and_features_by_line_are_read(content):
    """What is no collection but GeoJSON all the same is read, whatever the file is called."""
    assert rows(content, "图.json")[-1] == [LINE_WKT]


def test_properties_headed_like_a_place_give_way_to_the_geometry():
    """lon and lat among the properties are not used, and that is said."""
    source = opened(make_geojson(make_feature(POINT, lon=1, Lat=2)))
    assert next(record.cells for record in source.records()) == ["属性 lon", "属性 Lat", "经度", "纬度"]
    assert "own_places" in remark_reasons(source)


def test_a_feature_without_geometry_is_named():
    """A feature whose geometry is null stays, and its line is told."""
    source = opened(make_geojson(make_feature(LINE), make_feature(None), make_feature(LINE)))
    assert remark_reasons(source) == {"features": 0, "no_geometry": 3}


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": [121.5, 29.9]},
        {"type": "LineString", "coordinates": [["x", 29.9], [121, 29]]},
        {"type": "Point", "coordinates": [121.5]},
        {"type": "Point", "coordinates": [math.nan, 29.9]},
        {"type": "Circle", "coordinates": [121.5, 29.9]},
        {"type": "Polygon"},
        {"type": "GeometryCollection", "geometries": [1]},
        {"type": "LineString", "coordinates": []},
        {},
    ],
)
def test_a_malformed_geometry_is_an_error_of_its_row(store, geometry):
    """A geometry that is none is refused with the number of its line, the other rows are good."""
    content = make_geojson(make_feature(LINE, name="甲路"), make_feature(geometry, name="乙路"))
    report = check_content(store, "map_feature", content, "图.geojson", constants=ROAD)
    assert (report.refused, [e.line for e in report.errors]) == ([3], [3])


def test_a_shape_of_200_000_points_is_simplified_and_that_is_said(store):
    """A ring of 200,000 points is drawn with as many as a cell takes, some metres off, and the note says so."""
    chance = random.Random(14)
    ring = [
        [121.55 + r * math.cos(a), 29.93 + r * math.sin(a)]
        for a in (2 * math.pi * n / 200_000 for n in range(200_000))
        for r in [0.02 + 0.00001 * chance.random()]
    ]
    content = make_geojson(make_feature({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, name="大湖"))
    options = (("坐标系", "WGS84"), ("要素类别", "水体"))
    report = load_content(store, "map_feature", content, "图.geojson", constants=options)
    assert any("已精简" in note.reason.zh for note in report.notes)
    [(shape,)] = ledger_values(store, "map_feature", "shape")
    assert 100 < shape.count(",") < 1_500


def test_points_feed_any_ledger_of_places(store):
    """A GeoJSON of points loads into a ledger that has longitude and latitude."""
    content = make_geojson(make_feature(POINT, 要素名称="庄桥"))
    assert load_content(store, "map_feature", content, "图.geojson", constants=PLACE).counts.inserted == 1
    assert ledger_values(store, "map_feature", "name", "shape", "lon", "lat") == [("庄桥", None, 121.55, 29.93)]


def test_areas_for_a_ledger_of_points_and_points_for_one_of_lines_are_refused(store):
    """What a ledger cannot place is refused by the number of the feature, unless its place is left out by hand."""
    area = make_geojson(
        make_feature(POINT, 断面编码="S-1", 断面名称="甲"), make_feature(POLYGON, 断面编码="S-2", 断面名称="乙")
    )
    with pytest.raises(errors.PointsWanted, match="第 2 个要素"):
        check_content(store, "section", area, "图.geojson", constants=(("坐标系", "WGS84"),))
    with pytest.raises(errors.LinesWanted):
        check_content(
            store, "reach", make_geojson(make_feature(POINT, 河段编码="R", 河段名称="甲", 河道="乙")), "图.geojson"
        )


def test_lines_feed_the_course_of_reaches(store):
    """The geometry of a line is the course of a reach: no heading is left over."""
    content = make_geojson(make_feature(LINE, 河段编码="R-1", 河段名称="甲段", 河道编码="HJ"))
    report = check_content(store, "reach", content, "图.geojson", constants=(("坐标系", "WGS84"),), register=True)
    assert report.columns["图形"] == "course"


@pytest.mark.parametrize(
    ("crs", "kind"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", None),
        ("EPSG:4490", None),
        ("EPSG:3857", errors.ProjectedCoordinates),
        ("urn:ogc:def:crs:EPSG::4549", errors.ProjectedCoordinates),
        ("EPSG:4610", errors.OtherDatum),
        ("没有这个坐标系", errors.OtherDatum),
    ],
)
def test_a_file_that_names_another_system_than_degrees_of_a_known_datum_is_refused(crs, kind):
    """The crs member of former GeoJSON is held to what ledgers take; degrees of WGS84 and CGCS2000 pass."""
    content = make_geojson(make_feature(POINT), crs={"type": "name", "properties": {"name": crs}})
    if kind is None:
        assert len(rows(content)) == 2
    else:
        with pytest.raises(kind):
            opened(content)


def test_a_file_labelled_wgs84_that_is_given_as_gcj02_is_converted_with_a_warning(store):
    """What the clerk gives goes before a label, which no program can write for GCJ-02; without a label nobody warns."""
    options = (("坐标系", "火星坐标"), ("要素类别", "地名"))
    labels = {"crs": {"type": "name", "properties": {"name": "EPSG:4326"}}}
    for members, count in ((labels, 1), ({}, 0)):
        content = make_geojson(make_feature(POINT, name="庄桥"), **members)
        report = check_content(store, "map_feature", content, "图.geojson", constants=options)
        assert len(report.warnings) == count
    assert (
        check_content(
            store,
            "map_feature",
            make_geojson(make_feature(POINT, name="庄桥"), **labels),
            "图.geojson",
            constants=PLACE,
        ).warnings
        == []
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{}", errors.NotGeoJson),
        ('{"type": "FeatureCollection"}', errors.NotGeoJson),
        ('{"type": "Topology", "arcs": [], "objects": {}}', errors.NotGeoJson),
        ('{"geometryType": "esriGeometryPoint", "features": [{"attributes": {}}]}', errors.NotGeoJson),
        ('{"type": "FeatureCollection", "features": []}', errors.NoFeatures),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature"}, 3]}', errors.BrokenFeature),
        (make_geojson({"type": "Feature", "properties": [], "geometry": None}), errors.BrokenFeature),
        (make_geojson(make_feature(POINT))[:-9], errors.UnreadableJson),
        ('{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}", errors.NoTableInJson),
        (make_geojson(make_feature(POINT)) + " " * 33_000_000, errors.HugeMapFile),
    ],
)
def test_what_is_no_good_geojson_has_a_sentence(content, kind):
    """Broken, foreign, empty, deep and huge files are each refused by name, never by a fault of the program."""
    with pytest.raises(DashboardError) as told:
        opened(content)
    assert type(told.value) is kind


def test_coordinates_nested_deeply_are_an_error_of_their_row(store):
    """A geometry within lists of lists is refused as a row, without following them all."""
    deep = json.loads("[" * 500 + "121.5, 29.9" + "]" * 500)
    content = make_geojson(make_feature({"type": "MultiPolygon", "coordinates": deep}, name="深"))
    assert check_content(store, "map_feature", content, "图.geojson", constants=ROAD).refused == [2]


PLACEMARKS = """
<Folder><name>河道</name>
<Placemark><name>胡家新河</name><description><![CDATA[<table><tr><td>1</td></tr></table>]]></description>
<ExtendedData><Data name="等级"><value>村级</value></Data></ExtendedData>
<LineString><coordinates>121.55,29.93,0 121.55,29.94,0</coordinates></LineString></Placemark></Folder>
<Placemark><name>塘</name><ExtendedData><SchemaData><SimpleData name="等级">池</SimpleData></SchemaData></ExtendedData>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>121.5,29.9 121.6,29.9 121.6,30 121.5,29.9
</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>121.55,29.91 121.56,29.91
121.56,29.92 121.55,29.91</coordinates></LinearRing></innerBoundaryIs></Polygon></MultiGeometry></Placemark>
<Placemark><name>点</name><Point><coordinates> 121.55, 29.93 ,0 </coordinates></Point></Placemark>
"""


def test_placemarks_of_kml_are_rows():
    """Names, descriptions, folders and extended data of KML are columns, its geometries WKT or a point."""
    table = rows(make_kml(PLACEMARKS), "河.kml")
    assert table[0] == ["name", "description", "等级", "Folder", "经度", "纬度", "图形"]
    assert [row[0] for row in table[1:]] == ["胡家新河", "塘", "点"]
    assert table[1][2:] == ["村级", "河道", "", "", LINE_WKT]
    assert table[2][-1] == (
        "POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9), "
        "(121.55 29.91, 121.56 29.91, 121.56 29.92, 121.55 29.91))"
    )
    assert table[3][4:] == ["121.55", "29.93", ""]


def test_a_kmz_is_read_by_its_root():
    """A KMZ is the KML that it holds; of several, doc.kml."""
    kml = make_kml(PLACEMARKS)
    source = opened(make_zip(doc__kml=kml, links__kml=make_kml("")), "河.kmz")
    assert (source.encoding, len(list(source.records()))) == ("kmz", 4)


@pytest.mark.parametrize(
    "content",
    [
        make_kml(PLACEMARKS)[:-200],
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><kml><name>&b;</name></kml>',
        "<kml><Document>" + "<Folder>" * 100_000,
    ],
)
def test_broken_kml_and_entities_are_refused(content):
    """KML that breaks off, or declares entities that would blow up, is refused with the line."""
    with pytest.raises(errors.UnreadableKml, match="第 "):
        opened(content, "河.kml")


def test_kml_nested_deeply_is_read_without_recursion():
    """A hundred thousand folders in each other do no harm."""
    content = make_kml("<Folder>" * 100_000 + "<Placemark><name>a</name></Placemark>" + "</Folder>" * 100_000)
    assert rows(content, "河.kml") == [["name"], ["a"]]


def test_a_file_of_kml_in_gbk_is_read():
    """The encoding is found from the bytes, not from what the XML says."""
    content = make_kml("<Placemark><name>胡家新河胡家新河</name></Placemark>").encode("gb18030")
    assert rows(content, "河.kml")[1] == ["胡家新河胡家新河"]


SHAPES = [LINE, LINE, None]
RECORDS: list[dict[str, Any]] = [
    {"河名": "胡家新河", "长度": 1.66},
    {"河名": "灵山河", "长度": 2},
    {"河名": "无图", "长度": None},
]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("has_cpg", [True, False])
def test_a_zipped_shapefile_is_read_in_the_encoding_of_its_words(encoding, has_cpg):
    """Its .cpg tells the encoding, or else the bytes do."""
    parts = make_shapefile(shapefile.POLYLINE, SHAPES, RECORDS, encoding) | {"prj": CGCS2000.encode()}
    parts |= {"cpg": encoding.upper().encode()} if has_cpg else {}
    source = opened(zip_shapefile(parts), "河.zip")
    assert [record.cells for record in source.records()] == [
        ["河名", "长度", "图形"],
        ["胡家新河", "1.66", LINE_WKT],
        ["灵山河", "2", LINE_WKT],
        ["无图", "", ""],
    ]
    assert remark_reasons(source)["no_geometry"] == 4


def test_words_that_a_dbf_cuts_through_stay_utf_8():
    """A field of a .dbf ends after so many bytes, in the middle of a character: the others are read all the same."""
    parts = make_shapefile(shapefile.POINT, [POINT], [{"河名": "甲" * 13}])
    cut = parts["dbf"].replace(("甲" * 13).encode() + b" ", ("甲" * 13).encode() + "乙".encode()[:1])
    assert shapefile_archive.dbf_encoding({"dbf": cut}) == "utf-8"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda parts: parts | {"prj": GAUSS_KRUEGER.encode()}, errors.ProjectedCoordinates),
        (lambda parts: parts | {"shp": parts["shp"][:-20]}, errors.BrokenShapefile),
        (lambda parts: parts | {"shp": b"no shapes"}, errors.BrokenShapefile),
        (lambda parts: parts | {"dbf": parts["dbf"][:40]}, errors.BrokenShapefile),
        (lambda parts: parts | {"shp": parts["shp"] + b"\0" * 33_000_000}, errors.HugeMapFile),
    ],
)
def test_a_bad_shapefile_has_a_sentence(change, kind):
    """Metres, torn parts and bombs are refused by name."""
    parts = make_shapefile(shapefile.POLYLINE, SHAPES, RECORDS)
    with pytest.raises(kind):
        opened(zip_shapefile(change(parts)), "河.zip")


def test_bad_archives_have_a_sentence():
    """Several layers, too many members, too much inside, and a torn archive are each refused."""
    several = make_zip(a__geojson=make_geojson(make_feature(POINT)), b__geojson=make_geojson(make_feature(POINT)))
    with pytest.raises(errors.SeveralLayers, match=r"a\.geojson、b\.geojson"):
        opened(several, "图.zip")
    with pytest.raises(errors.BrokenMapArchive):
        opened(make_zip(**{f"a{n}__kml" if not n else f"a{n}": "" for n in range(1_001)}), "图.zip")
    with pytest.raises(errors.HugeMapFile):
        opened(make_zip(doc__kml=make_kml(PLACEMARKS), photo__jpg=b"\0" * 130_000_000), "图.kmz")
    torn = bytearray(make_zip(doc__kml=make_kml(PLACEMARKS)))
    torn[60] ^= 0xFF
    with pytest.raises(errors.BrokenMapArchive):
        opened(bytes(torn), "图.kmz")


def test_a_shapefile_that_is_not_packed_is_told_how():
    """A lone .shp is no text, and the sentence says to pack it with its other files."""
    parts = make_shapefile(shapefile.POINT, [POINT], [{"a": "b"}])
    with pytest.raises(errors.NotText, match="压缩成一个"):
        opened(parts["shp"], "河.shp")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_geojson(make_feature(POINT, 备注="13800138000")), "图.geojson"),
        (make_geojson(make_feature(POINT), author="13800138000"), "图.geojson"),
        (make_geojson(make_feature(POINT, 联系电话="x")), "图.geojson"),
        (make_kml("<Placemark><phoneNumber>13800138000</phoneNumber></Placemark>"), "河.kml"),
        (make_zip(doc__kml=make_kml("<Placemark><name>a</name></Placemark>"), readme__txt="13800138000"), "河.kmz"),
        (zip_shapefile(make_shapefile(shapefile.POINT, [POINT], [{"备注": "13800138000"}])), "河.zip"),
    ],
)
def test_no_kind_of_map_brings_in_persons(content, name):
    """What tells of a person is refused wherever it stands in a map: properties, other members, files beside it."""
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(errors.PersonalData):
        vetting.open_file(reader.make_upload(name, raw), ReadOptions(), headers.best_known_heading_count)


def test_long_decimals_are_no_phones():
    """Coordinates with fifteen digits are not taken for numbers of persons."""
    content = make_geojson(make_feature({"type": "Point", "coordinates": [121.13800138000, 29.1380013800012]}))
    line = make_geojson(make_feature({"type": "LineString", "coordinates": [[121.5263475850739, 29.13800138000]] * 2}))
    for text in (content, line):
        assert vetting.open_file(reader.make_upload("a.json", text.encode()), ReadOptions(), lambda _: 0).head


def test_the_refused_features_come_back_as_a_csv_that_loads(store):
    """The file of errors of a map is a table with the geometry as WKT, and loads once it is corrected."""
    dataset, options = DATASETS["map_feature"], Options(constants=(("坐标系", "WGS84"),))
    content = make_geojson(make_feature(LINE, name="甲路", 类别="道路"), make_feature(LINE, name="乙路", 类别="大路"))
    report = check_content(store, "map_feature", content, "图.geojson", constants=options.constants)
    upload = make_test_upload(content, "图.geojson")
    made = error_file.error_file_content(store, dataset, upload, options, report, whole=False)
    assert error_file.error_file_ending(upload, report) == ".csv"
    mended = made.decode("utf-8-sig").replace("大路", "道路")
    assert load_content(store, "map_feature", mended, constants=options.constants).counts.inserted == 1


@pytest.mark.real
def test_the_districts_of_datav_load(store, real_data):
    """The rings of 宁波 as DataV publishes them, in GCJ-02, become ten areas with their names."""
    content = (real_data / "geo" / "datav_ningbo_330200_full_GCJ02.json").read_bytes()
    options = (("坐标系", "GCJ-02"), ("要素类别", "区县界"))
    report = load_content(store, "map_feature", content, "datav.json", constants=options)
    assert (report.counts.inserted, report.columns) == (10, {"name": "name", "图形": "shape"})
    assert ("江北区",) in ledger_values(store, "map_feature", "name")


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "rows"),
    [("osm_points_around_zhuangqiao_WGS84.csv", 38), ("geonames_places_around_ningbo_WGS84.csv", 32)],
)
def test_published_points_load_as_places(store, real_data, name, rows):
    """Points as OpenStreetMap and GeoNames publish them are places: lon, lat and name are headings that are known."""
    report = load_content(store, "map_feature", (real_data / "geo" / name).read_bytes(), name, constants=PLACE)
    assert report.counts.inserted == rows


def test_a_map_in_the_watched_folder_is_loaded(store, tmp_path):
    """A GeoJSON whose name and properties tell all that the ledger asks for needs nobody."""
    content = make_geojson(make_feature(POINT, 要素类别="地名", 要素名称="庄桥", 坐标系="WGS84"))
    (tmp_path / "地图底图.geojson").write_text(content, encoding="utf-8")
    outcomes = watch.load_folder_once(store, tmp_path, WHO, Options(), interval=0, tell=lambda text: None)
    assert [outcome.place for outcome in outcomes] == ["done"]
    assert ledger_values(store, "map_feature", "name") == [("庄桥",)]


KINDS = (*DEPTHS, "Feature", "GeometryCollection")
MEMBERS = ("type", "geometry", "properties", "coordinates", "geometries", "id")
SOUND_PARTS = make_shapefile(shapefile.POLYLINE, SHAPES, RECORDS)
SOUND_FILES = {
    "河.kml": make_kml(PLACEMARKS).encode(),
    "河.kmz": make_zip(doc__kml=make_kml(PLACEMARKS)),
    "河.zip": zip_shapefile(SOUND_PARTS),
    "图.geojson": make_geojson(make_feature(LINE, 河名="胡家新河")).encode(),
}
NESTED = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.sampled_from(KINDS),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.sampled_from(MEMBERS), parts, max_size=4),
    max_leaves=15,
)


@example_count(200)
@given(st.lists(NESTED, max_size=4))
def test_whatever_stands_in_a_collection_is_read_or_has_a_sentence(features):
    """No value in the place of a feature, its properties or its geometry makes the reader fail."""
    with suppress(DashboardError):
        opened(make_geojson(*features))
    with suppress(DashboardError):
        opened(make_geojson(*(make_feature(geometry) for geometry in features if isinstance(geometry, dict))))


@example_count(200)
@given(st.integers(0, 10_000), st.integers(1, 255), st.sampled_from(("shp", "shx", "dbf")))
def test_a_byte_that_is_wrong_in_a_shapefile_is_read_or_has_a_sentence(place, change, ending):
    """A part of a shapefile with one wrong byte is read, or refused with a sentence."""
    raw = bytearray(SOUND_PARTS[ending])
    raw[place % len(raw)] ^= change
    with suppress(DashboardError):
        opened(zip_shapefile(SOUND_PARTS | {ending: bytes(raw)}), "河.zip")


@example_count(200)
@given(st.integers(0, 10_000), st.integers(1, 255), st.sampled_from(sorted(SOUND_FILES)))
def test_a_byte_that_changed_on_the_way_is_read_or_has_a_sentence(place, change, name):
    """A file with one wrong byte anywhere is read, or refused with a sentence."""
    raw = bytearray(SOUND_FILES[name])
    raw[place % len(raw)] ^= change
    with suppress(DashboardError):
        opened(bytes(raw), name)
