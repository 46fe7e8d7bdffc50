"""A database of before has coordinates without a system: they are called WGS84, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

from data.datasets import DATASETS
from data.ingest import integrity, loader
from data.ingest.batch_log import Counts
from data.ingest.forms import template
from data.schema import undo_table
from data.store import Store, open_store
from tests.upload_helpers import WHO, check_content, ledger_values, load_content

BEFORE = 7  # the version in which no ledger had coordinate systems
RIVER = "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\n"
SECTIONS = "断面编码,断面名称,经度,纬度,坐标系\nS-1,甲,{lon},29.93,WGS84\nS-2,乙,,,\n"
REACHES = "河段编码,河段名称,河道,走向,坐标系\nR-1A,一段,R-1,121.55 29.93; 121.55 {lat},WGS84\n"
BATCHES = (2, 3, 4, 5)  # sections and reaches, loaded and changed


@pytest.fixture
def former(tmp_path: Path) -> Iterator[Store]:
    """A database in which sections and reaches came in and were moved, opened by the program of today."""
    path = tmp_path / "former.duckdb"
    with open_store(path) as store:
        load_content(store, "river", RIVER)
        for lon, lat in ((121.55, 29.94), (121.56, 29.95)):
            load_content(store, "section", SECTIONS.format(lon=lon))
            load_content(store, "reach", REACHES.format(lat=lat))
    with duckdb.connect(str(path)) as con:
        for dataset in DATASETS.values():
            if "crs" in {column.name for column in dataset.columns}:
                for table in (dataset.name, undo_table(dataset)):
                    con.execute(f"ALTER TABLE {table} DROP COLUMN crs")
        con.execute("DELETE FROM schema_version WHERE version > ?", [BEFORE])
    with open_store(path) as store:
        yield store


def test_what_has_coordinates_is_called_wgs84(former: Store) -> None:
    """Rows and older versions with a place have a system now, a row without a place has none."""
    assert ledger_values(former, "section", "section_id", "crs") == [("S-1", "WGS84"), ("S-2", None)]
    assert ledger_values(former, "reach", "crs") == [("WGS84",)]
    with former.read() as con:
        assert con.execute("SELECT section_id, crs FROM undo_section").fetchall() == [("S-1", "WGS84")]
        assert con.execute("SELECT crs FROM undo_reach").fetchall() == [("WGS84",)]
        assert integrity.integrity_errors(con) == []


@pytest.mark.parametrize("ledger", ["section", "reach"])
def test_an_export_reloads(former: Store, ledger: str) -> None:
    """What is exported now is what the ledger holds, row by row."""
    with former.read() as con:
        exported = template.export_csv(con, DATASETS[ledger])
    report = check_content(former, ledger, exported)
    assert (report.counts, report.errors) == (Counts(unchanged=len(ledger_values(former, ledger, "crs"))), [])


@pytest.mark.parametrize("order", [o for o in permutations(BATCHES) if o[0] in (2, 5)])
def test_batches_of_before_are_undone_in_any_order(former: Store, order: tuple[int, ...]) -> None:
    """Whatever is undone first, nothing is left in the end; halfway a row that is back has its place and its system."""
    for batch in order[:2]:
        loader.undo_batch(former, batch, WHO, with_later=False)
    for lon, crs in ledger_values(former, "section", "lon", "crs", where="section_id = 'S-1'"):
        assert (lon in (121.55, 121.56), crs) == (True, "WGS84")
    for batch in order[2:]:
        loader.undo_batch(former, batch, WHO, with_later=False)
    assert (ledger_values(former, "section", "crs"), ledger_values(former, "reach", "crs")) == ([], [])
