"""Coordinates come in with their system, become WGS84, and are refused where they cannot be right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.forms import template
from data.ingest.values import geometry
from data.ingest.values.coordinates import ELLIPSOID, FROM_WGS84, gcj02_to_bd09, to_wgs84, wgs84_to_gcj02
from data.store import Store
from tests.upload_helpers import (
    WHO,
    check_content,
    error_tuples,
    ledger_values,
    load_content,
    load_parents,
    loaded_batch,
)

SECTION = "断面编码,断面名称,经度,纬度,坐标系\nS-9,断面,{cells}\n"
REACH = '河段编码,河段名称,河道,长度,走向,坐标系\nR-1A,一段,R-1,{length},"{course}",{system}\n'
FEATURE = '要素类别,要素名称,WKT,坐标系\n{kind},示例,"{shape}",{system}\n'
AREA = "POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9))"
LINE = "LINESTRING (121.5 29.9, 121.6 29.9)"
SCHOOL = (121.5454538, 29.9312515)  # 庄桥中学 in WGS84, as OpenStreetMap has it
SCHOOL_GCJ = (121.549628529435, 29.92868088181848)  # the same by eviltransform 0.1.1


@pytest.fixture
def filled(store: Store) -> Store:
    load_parents(store)
    return store


def metres_apart(first: tuple[float, float], second: tuple[float, float]) -> float:
    return float(ELLIPSOID.inv(*first, *second)[2])


def test_the_shift_is_that_of_published_points() -> None:
    """The points that coordtransform 2.1.2 and eviltransform 0.1.1 publish come out to the centimetre."""
    one = [np.array([value]) for value in (116.404, 39.915)]
    assert np.ravel(wgs84_to_gcj02(*one)) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-7)
    assert np.ravel(gcj02_to_bd09(*one)) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-7)
    school = wgs84_to_gcj02(*(np.array([degree]) for degree in SCHOOL))
    assert np.ravel(school) == pytest.approx(SCHOOL_GCJ, abs=1e-7)


@pytest.mark.parametrize("system", FROM_WGS84)
def test_the_way_back_is_exact_all_over_the_country(system: str) -> None:
    """Degrees that are shifted and brought back are where they were, to a tenth of a millimetre."""
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.linspace(74, 135, 80), np.linspace(4, 53, 80)))
    east, north = to_wgs84(system, *FROM_WGS84[system](lon, lat))
    assert max(np.abs(east - lon).max(), np.abs(north - lat).max()) < 1e-9


@pytest.mark.parametrize(
    ("cells", "stored"),
    [("121.5454538,29.9312515,WGS84", (*SCHOOL, "WGS84")), ("121.5454538,29.9312515,国家2000", (*SCHOOL, "CGCS2000")),
     ("121.549628529435,29.92868088181848,高德", (121.545454, 29.931251, "WGS84")),
     (",,百度", (None, None, "WGS84")), (",,", (None, None, None))],
)  # fmt: skip
def test_a_point_is_stored_in_wgs84(filled: Store, cells: str, stored: tuple[object, ...]) -> None:
    """Degrees of 高德 become those of WGS84 with six decimals; WGS84 and CGCS2000 stay as they are."""
    assert load_content(filled, "section", SECTION.format(cells=cells)).errors == []
    assert ledger_values(filled, "section", "lon", "lat", "crs", where="section_id = 'S-9'") == [stored]


def test_what_was_converted_is_told(filled: Store) -> None:
    """A note says how many rows were in which system."""
    rows = "S-7,甲,121.55,29.93,GCJ-02\nS-8,乙,121.55,29.93,GCJ-02\nS-9,丙,121.55,29.93,BD-09\n"
    report = check_content(filled, "section", SECTION.split("\n")[0] + "\n" + rows)
    assert [note.reason.en for note in report.notes] == [
        "The coordinates of 1 rows are BD-09 and were converted to WGS84",
        "The coordinates of 2 rows are GCJ-02 and were converted to WGS84",
    ]


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [("29.93,121.55,WGS84", "经度", "29.93, 121.55", "Longitude and latitude are swapped"),
     ("559000,3312000,WGS84", "经度", "559000.0, 3312000.0", "“Longitude” is not in degrees, but looks like metres"),
     ("116.4,39.9,WGS84", "经度", "116.4, 39.9", "It lies outside the area of Ningbo (120.8–122.5 E, 28.8–30.6 N)"),
     ("104.07,30.67,BD-09", "经度", "104.07, 30.67", "It lies outside the area of Ningbo"),
     ("121.5,29.9,", "经度", "121.5 · —", "“Longitude” is filled, but “Coordinate system” is empty"),
     ("121.5,29.9,EPSG:3857", "坐标系", "EPSG:3857", "“Coordinate system” must be one of"),
     ("200,29.9,WGS84", "经度", "200", "“Longitude” must not be above 136")],
)  # fmt: skip
def test_a_point_that_cannot_be_right_is_refused(
    filled: Store, cells: str, column: str, value: str, reason: str
) -> None:
    """Swapped degrees, metres, another province and an unknown system are told apart, each in one sentence."""
    [(line, told, shown, why)] = error_tuples(check_content(filled, "section", SECTION.format(cells=cells)))
    assert (line, told, shown) == (2, column, value)
    assert why.startswith(reason)


def test_a_section_of_another_province_lies_there(filled: Store) -> None:
    """Where the row itself names another province, its place is held to none."""
    lines = "断面编码,断面名称,省份,经度,纬度,坐标系\nS-9,断面,{},103.885,30.217,WGS84\n"
    assert check_content(filled, "section", lines.format("四川省")).errors == []
    assert len(check_content(filled, "section", lines.format("浙江省")).errors) == 1


def test_nothing_is_moved_without_a_system(filled: Store) -> None:
    """Without a column of systems a file may repeat what stands, and moves no point; one may be given for all rows."""
    load_content(filled, "section", SECTION.format(cells="121.55,29.93,WGS84"))
    lines = "断面编码,断面名称,经度,纬度\nS-9,断面,{},29.93\n"
    assert check_content(filled, "section", lines.format(121.55)).counts == Counts(unchanged=1)
    [error] = error_tuples(check_content(filled, "section", lines.format(121.56)))
    assert error[1:3] == ("经度", "121.56")
    assert "has no column “Coordinate system”" in error[3]
    given = load_content(filled, "section", lines.format(121.56), constants=(("坐标系", "WGS84"),))
    assert given.counts == Counts(updated=1)


def test_a_system_without_its_coordinates_is_refused(filled: Store) -> None:
    """A file that calls known points 高德's, and does not have them, is refused: nothing could be converted."""
    load_content(filled, "section", SECTION.format(cells="121.55,29.93,WGS84"))
    lines = "断面编码,断面名称,坐标系\nS-9,断面,{}\n"
    [error] = error_tuples(check_content(filled, "section", lines.format("GCJ-02")))
    assert error[3].startswith("“Coordinate system” stands without coordinates")
    assert check_content(filled, "section", lines.format("CGCS2000")).counts == Counts(updated=1)


@pytest.mark.parametrize("ledger", ["section", "reach", "map_feature"])
def test_what_was_converted_reloads_unchanged(filled: Store, ledger: str) -> None:
    """An export of rows that came in as 百度's is read as what stands there already."""
    lines = {
        "section": SECTION.format(cells="121.55,29.93,BD-09"),
        "reach": REACH.format(length=9.6, course=LINE, system="BD-09"),
        "map_feature": FEATURE.format(kind="村社界", shape=AREA, system="BD-09"),
    }[ledger]
    load_content(filled, ledger, lines)
    with filled.read() as con:
        exported = template.export_csv(con, DATASETS[ledger])
        rows = con.execute(f"SELECT count(*) FROM {ledger}").fetchall()[0][0]
    report = check_content(filled, ledger, exported)
    assert (report.counts, report.errors) == (Counts(unchanged=rows), [])


def test_a_course_and_a_shape_are_converted(filled: Store) -> None:
    """The vertices of a line and of an area lie where single points of the same degrees would."""
    lon, lat = (axis[0] for axis in to_wgs84("GCJ-02", np.array([121.5]), np.array([29.9])))
    load_content(filled, "reach", REACH.format(length=9.6, course="121.5 29.9; 121.6 29.9", system="腾讯"))
    load_content(filled, "map_feature", FEATURE.format(kind="村社界", shape=AREA, system="腾讯"))
    [(course, system)] = ledger_values(filled, "reach", "course", "crs")
    [(stored,)] = ledger_values(filled, "map_feature", "shape")
    assert (course.split("; ")[0], system) == (f"{lon:.6f} {lat:.6f}", "WGS84")
    assert shapely.from_wkt(stored).exterior.coords[0] == pytest.approx((lon, lat), abs=1e-6)


def test_a_course_in_another_province_is_refused(filled: Store) -> None:
    """A line that lies elsewhere, or leaves the area, is no course here."""
    for course in ("104 30; 104.1 30.1", "121.5 29.9; 123 29.9"):
        [error] = error_tuples(check_content(filled, "reach", REACH.format(length=1, course=course, system="WGS84")))
        assert error[:3] == (2, "走向", course)
        assert error[3].startswith("It lies outside the area of Ningbo")


@pytest.mark.parametrize(
    ("kind", "shape", "fits"),
    [("道路", LINE, True), ("道路", AREA, False), ("水体", LINE, True), ("水体", AREA, True), ("区县界", LINE, False),
     ("地名", "POINT (121.5 29.9)", True), ("地名", LINE, False), ("公园", "POINT (121.5 29.9)", False)],
)  # fmt: skip
def test_a_feature_has_the_shape_of_its_kind(filled: Store, kind: str, shape: str, fits: bool) -> None:
    """A boundary is an area, a road a line, a place a point; a water may be an area or a line."""
    report = check_content(filled, "map_feature", FEATURE.format(kind=kind, shape=shape, system="WGS84"))
    assert (report.errors == []) is fits


def test_a_length_that_differs_from_its_course_is_told(filled: Store) -> None:
    """A registered length more than a tenth off what the course measures is told and loaded, whichever comes later."""
    course = "121.55 29.93; 121.55 29.94"  # 1.11 km
    assert load_content(filled, "reach", REACH.format(length=1.1, course=course, system="WGS84")).notes == []
    report = load_content(filled, "reach", "河段编码,河段名称,河道,长度\nR-1A,一段,R-1,1.5\n")
    [note] = report.notes
    assert (note.line, note.value) == (2, "1.5 · 1.11")
    assert note.reason.en.startswith("“Length” is registered as 1.5 km, but “Course” measures 1.11 km, 26 % apart")
    assert report.counts == Counts(updated=1)


def test_a_shape_of_very_many_points_comes_in_simplified(filled: Store) -> None:
    """A line of 20,000 points, longer than a cell of Excel, is loaded with fewer of them, and a note says so."""
    points = ", ".join(f"{121.5 + n / 1e6:.6f} {29.9 + (n % 2) / 1e6:.6f}" for n in range(20_000))
    report = load_content(
        filled, "map_feature", FEATURE.format(kind="道路", shape=f"LINESTRING ({points})", system="WGS84")
    )
    [note] = report.notes
    assert note.reason.en.startswith("1 shapes of “Shape” have more than 1400 points and were simplified")
    [(stored,)] = ledger_values(filled, "map_feature", "shape")
    assert shapely.get_num_coordinates(shapely.from_wkt(stored)) <= geometry.MOST_VERTICES


def test_an_undone_conversion_leaves_what_was_there(filled: Store) -> None:
    """Undoing a file of 百度's degrees gives the row the place and the system that it had."""
    load_content(filled, "section", SECTION.format(cells="121.55,29.93,CGCS2000"))
    moved = load_content(filled, "section", SECTION.format(cells="121.56,29.94,BD-09"))
    loader.undo_batch(filled, loaded_batch(moved), WHO)
    assert ledger_values(filled, "section", "lon", "lat", "crs", where="section_id = 'S-9'") == [
        (121.55, 29.93, "CGCS2000")
    ]


def test_district_rings_of_datav_come_in_whole(filled: Store, real_data: Path) -> None:
    """Each district of Ningbo is loaded as 高德's, moves by 400 to 600 m, and keeps all its points."""
    collection = json.loads((real_data / "geo" / "datav_ningbo_330200_full_GCJ02.json").read_text(encoding="utf-8"))
    shapes = {f["properties"]["name"]: shape(f["geometry"]) for f in collection["features"]}
    rows = "".join(f'区县界,{name},"{ring.wkt}",GCJ-02\n' for name, ring in shapes.items())
    assert load_content(filled, "map_feature", FEATURE.split("\n")[0] + "\n" + rows).errors == []
    stored = dict(ledger_values(filled, "map_feature", "name", "shape"))
    for name, ring in shapes.items():
        moved = shapely.from_wkt(stored[name])
        assert shapely.get_num_coordinates(moved) == shapely.get_num_coordinates(ring)
        assert 400 < metres_apart(ring.centroid.coords[0], moved.centroid.coords[0]) < 600
