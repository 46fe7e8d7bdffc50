"""Coordinates on their way into a ledger: converted to WGS84; refused where they lie elsewhere or are no degrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd
import shapely
from duckdb import DuckDBPyConnection as Connection
from shapely.geometry.base import BaseGeometry

from data.datasets import Column
from data.ingest.checking.error_reasons import NOTES, Finding
from data.ingest.checking.stage import SHAPE_KINDS, LoadJob
from data.ingest.values import geometry
from data.ingest.values.coordinates import FROM_WGS84, to_wgs84
from data.ingest.values.expressions import literal_list_sql
from data.schema import keys_equal_sql, quote_ident, quote_literal
from data.standards.thresholds import thresholds

LON, LAT, SYSTEM = "lon", "lat", "crs"
HOME = "浙江"  # the province: a section that names another one is meant to lie elsewhere
CONVERTED = literal_list_sql(tuple(FROM_WGS84))
WRITERS: dict[str, Callable[[BaseGeometry], str]] = {"path": geometry.path_text, "shape": geometry.shape_text}


def place_coordinates(con: Connection, job: LoadJob) -> list[Finding]:
    """Bring the coordinates of `read` to WGS84, and add what is wrong with them to its faults; returns notes.

    A coordinate system with nothing to convert becomes WGS84, too, so that the ledger holds no other.
    """
    names = {column.name for column in job.columns}
    shapes = [column for column in job.columns if column.kind in SHAPE_KINDS]
    has_points = {LON, LAT} <= names
    if SYSTEM not in {column.name for column in job.dataset.columns}:
        return []
    if has_points:
        _refuse_misread_degrees(con)
    _refuse_outside_area(con, job, shapes, has_points)
    if SYSTEM in names:
        return list(_convert_rows(con, job, shapes, has_points))
    _refuse_without_system(con, job, [*shapes, *(c for c in job.columns if c.name in (LON, LAT))])
    return []


def _add_fault(con: Connection, column: str, reason: str, cell: str, rows: str) -> None:
    """Give the rows of `read` that a condition names one more fault."""
    fault = f"{{'name': {quote_literal(column)}, 'cell': {cell}, 'reason': {quote_literal(reason)}, 'item': NULL}}"
    con.execute(f"UPDATE read SET faults = list_append(coalesce(faults, []), {fault}) WHERE {rows}")


def _point_text_sql() -> str:
    return f"concat_ws(', ', CAST({LON} AS VARCHAR), CAST({LAT} AS VARCHAR))"


def _refuse_misread_degrees(con: Connection) -> None:
    """Say of points that they are swapped, or are no degrees, in place of naming two numbers too large or too small."""
    is_swapped = (
        f"{LON} BETWEEN {geometry.LATITUDES[0]} AND {geometry.LATITUDES[1]} "
        f"AND {LAT} BETWEEN {geometry.LONGITUDES[0]} AND {geometry.LONGITUDES[1]}"
    )
    is_metres = f"abs({LON}) > 360 AND abs({LAT}) > 360"
    for reason, rows in (("swapped_degrees", is_swapped), ("not_degrees", is_metres)):
        others = f"list_filter(faults, lambda f: f.name NOT IN ('{LON}', '{LAT}'))"
        con.execute(f"UPDATE read SET faults = {others} WHERE {rows}")
        _add_fault(con, LON, reason, _point_text_sql(), rows)


def _refuse_without_system(con: Connection, job: LoadJob, columns: Iterable[Column]) -> None:
    """Refuse rows that move what the ledger has, where nothing says in which system; new rows break a constraint."""
    ledger = quote_ident(job.dataset.name)
    for name in (column.name for column in columns):
        moved = (
            f"SELECT 1 FROM {ledger} o WHERE {keys_equal_sql(job.dataset, 'o', 'read')} "
            f"AND o.{SYSTEM} IS NOT NULL AND o.{name} IS DISTINCT FROM read.{name}"
        )
        rows = f"faults IS NULL AND {name} IS NOT NULL AND EXISTS ({moved})"
        _add_fault(con, name, "system_missing", f"CAST({name} AS VARCHAR)", rows)


def _convert_rows(con: Connection, job: LoadJob, shapes: list[Column], has_points: bool) -> Iterator[Finding]:
    """Convert the points and shapes of each system but WGS84; yields how many rows that were."""
    is_half = not has_points and bool({LON, LAT} & {column.name for column in job.columns})
    if is_half or not (has_points or shapes):
        _add_fault(con, SYSTEM, "system_alone", SYSTEM, f"{SYSTEM} IN {CONVERTED}")
        return
    placed = " OR ".join([*(f"{c.name} IS NOT NULL" for c in shapes), *([f"{LON} IS NOT NULL"] if has_points else [])])
    counts = con.execute(
        f"SELECT {SYSTEM}, count(*) FROM read WHERE {SYSTEM} IN {CONVERTED} AND faults IS NULL AND ({placed}) "
        f"GROUP BY {SYSTEM} ORDER BY {SYSTEM}"
    ).fetchall()
    for system, rows in counts:
        if has_points:
            _convert_points(con, system)
        for column in shapes:
            _convert_shapes(con, column, system)
        yield Finding(0, "", "", NOTES["converted_system"].fill(rows=rows, system=system))
    con.execute(f"UPDATE read SET {SYSTEM} = 'WGS84' WHERE {SYSTEM} IN {CONVERTED}")


def _convert_points(con: Connection, system: str) -> None:
    found = con.execute(
        f"SELECT rowid AS place, {LON}, {LAT} FROM read "
        f"WHERE {SYSTEM} = ? AND faults IS NULL AND {LON} IS NOT NULL AND {LAT} IS NOT NULL",
        [system],
    ).df()
    lon, lat = to_wgs84(system, found[LON].to_numpy(float), found[LAT].to_numpy(float))
    converted = found.assign(lon=lon.round(geometry.DECIMALS), lat=lat.round(geometry.DECIMALS))
    _put_values(con, converted, (LON, LAT))


def _convert_shapes(con: Connection, column: Column, system: str) -> None:
    found = con.execute(
        f"SELECT rowid AS place, {column.name} FROM read "
        f"WHERE {SYSTEM} = ? AND faults IS NULL AND {column.name} IS NOT NULL",
        [system],
    ).df()
    write = WRITERS[column.kind]
    converted = [write(geometry.shape_in_wgs84(stored_shape(column, cell), system)) for cell in found[column.name]]
    _put_values(con, found.assign(**{column.name: pd.Series(converted, dtype=object)}), (column.name,))


def _put_values(con: Connection, values: pd.DataFrame, columns: tuple[str, ...]) -> None:
    """Write values into the rows of `read` that stand at their places."""
    con.register("placed", values)
    sets = ", ".join(f"{name} = placed.{name}" for name in columns)
    con.execute(f"UPDATE read SET {sets} FROM placed WHERE read.rowid = placed.place")
    con.unregister("placed")


def stored_shape(column: Column, cell: str) -> BaseGeometry:
    """Return what a cell of a ledger draws."""
    return geometry.path_line(cell) if column.kind == "path" else shapely.from_wkt(cell)


def _refuse_outside_area(con: Connection, job: LoadJob, shapes: list[Column], has_points: bool) -> None:
    """Refuse what lies in another part of the country, but for rows whose own province says so, and those of before."""
    west, east, south, north = (
        thresholds(job.today)[side] for side in ("area_west", "area_east", "area_south", "area_north")
    )
    here = "faults IS NULL"
    if "province" in {column.name for column in job.columns}:
        here += f" AND coalesce(starts_with(province, '{HOME}'), true)"
    if has_points:
        outside = f"({LON} NOT BETWEEN {west} AND {east} OR {LAT} NOT BETWEEN {south} AND {north})"
        rows = f"{here} AND {outside} AND {_is_new_sql(job, LON, LAT)}"
        _add_fault(con, LON, "outside_area", _point_text_sql(), rows)
    area = shapely.box(west, south, east, north)
    for column in shapes:
        rows = f"{here} AND {column.name} IS NOT NULL AND {_is_new_sql(job, column.name)}"
        found = con.execute(f"SELECT rowid, {column.name} FROM read WHERE {rows}").fetchall()
        elsewhere = [str(place) for place, cell in found if not area.covers(stored_shape(column, cell))]
        if elsewhere:
            _add_fault(con, column.name, "outside_area", column.name, f"rowid IN ({', '.join(elsewhere)})")


def _is_new_sql(job: LoadJob, *columns: str) -> str:
    """Return the SQL that tells whether the ledger has not these values already, so that an export reloads."""
    same = " AND ".join(f"o.{name} = read.{name}" for name in columns)
    ledger, key = quote_ident(job.dataset.name), keys_equal_sql(job.dataset, "o", "read")
    return f"NOT EXISTS (SELECT 1 FROM {ledger} o WHERE {key} AND {same})"


def length_notes(con: Connection, job: LoadJob) -> Iterator[Finding]:
    """Note the courses of the file that are longer or shorter than the length that is registered beside them."""
    named = {column.name for column in job.columns}
    course = next((column for column in job.dataset.columns if column.kind == "path"), None)
    if course is None or not {course.name, "length"} & named:
        return
    ledger, most = quote_ident(job.dataset.name), thresholds(job.today)["course_length"]
    values = ", ".join(f"{'g' if name in named else 'o'}.{name}" for name in ("length", course.name))
    rows = con.execute(
        f"SELECT g.line, {values} FROM good g LEFT JOIN {ledger} o ON {keys_equal_sql(job.dataset, 'g', 'o')} "
        f"ORDER BY g.line"
    ).fetchall()
    for line, registered, path in rows:
        measured = geometry.line_metres(geometry.path_line(path)) / 1000 if path else None
        if registered and measured and abs(measured / registered - 1) > most:
            share = abs(measured / registered - 1) * 100
            said = NOTES["length_differs"].fill(
                length=job.dataset.column("length").label, course=course.label, registered=registered,
                measured=round(measured, 2), share=share,
            )  # fmt: skip
            yield Finding(line, course.label.zh, f"{registered:g} · {measured:.2f}", said)
