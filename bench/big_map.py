"""The map with 5,000 reaches and 20,000 sources beside the same page with 50 objects: opening it, and what is sent."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bench_servers import house_server, page_addresses
from bench.load import WHO
from bench.measured_table import MeasuredTable, add_ratios, collect_rounds
from bench.pages import MeasuredPage, visit_in_turn
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.reading import reader
from data.store import open_store

MAP = "overview/map.py"
SMALL, BIG = (10, 40), (5_000, 20_000)  # reaches and sources; the requirement's
GOAL = {"cold ×": 2.0, "warm ×": 2.0}  # the requirement's
RIVER_REACHES = 20  # chosen: reaches of one river
WEST, SOUTH, EAST, NORTH = 121.51, 29.92, 121.56, 29.97  # the subdistrict
BENDS = 12  # points of a reach, some 30 m apart

Rows = Iterable[dict[str, object]]


def map_rivers(reaches: int) -> Rows:
    for n in range(0, reaches, RIVER_REACHES):
        yield {"河道编码": f"R-{n}", "河道名称": f"河{n}", "河道等级": "街道级", "水体类型": "河流"}


def reach_rows(reaches: int, rng: random.Random) -> Rows:
    for n in range(reaches):
        lon, lat, points = rng.uniform(WEST, EAST), rng.uniform(SOUTH, NORTH), []
        for _ in range(BENDS):
            lon, lat = lon + rng.uniform(1e-5, 3e-4), lat + rng.uniform(-1e-4, 2e-4)  # never back on itself
            points.append(f"{lon:.6f} {lat:.6f}")
        yield {
            "河段编码": f"R-{n}", "河段名称": f"河段{n}", "河道": f"R-{n - n % RIVER_REACHES}",
            "序号": n % RIVER_REACHES + 1, "走向": "; ".join(points), "坐标系": "WGS84",
        }  # fmt: skip


def source_rows(sources: int, rng: random.Random) -> Rows:
    kinds = [choice.value for choice in DATASETS["source"].column("kind").choices]
    for n in range(sources):
        yield {
            "污染源编码": f"S-{n}", "污染源名称": f"源{n}", "类型": rng.choice(kinds), "河道": "R-0",
            "整治状态": "整治中", "发现日期": "2014-01-05", "限期": rng.choice(["2014-03-01", "2015-03-01"]),
            "经度": f"{rng.uniform(WEST, EAST):.6f}", "纬度": f"{rng.uniform(SOUTH, NORTH):.6f}", "坐标系": "WGS84",
        }  # fmt: skip


def make_database(folder: Path, reaches: int, sources: int) -> Path:
    """Return a database with so many reaches and sources; the same numbers give the same places."""
    database, rng = folder / f"map{reaches}.duckdb", random.Random(reaches)
    ledgers = {"river": map_rivers(reaches), "reach": reach_rows(reaches, rng), "source": source_rows(sources, rng)}
    with open_store(database) as store:
        for name, rows in ledgers.items():
            upload = reader.make_upload(f"{name}.csv", csv_bytes(rows))
            if loader.load_file(store, DATASETS[name], upload, WHO).batch is None:
                raise RuntimeError(f"the rows of {name} were refused")
    return database


def csv_bytes(rows: Rows) -> bytes:
    written, out = list(rows), StringIO(newline="")
    writer = csv.DictWriter(out, list(written[0]))
    writer.writeheader()
    writer.writerows(written)
    return out.getvalue().encode()


def measure_big_map(rounds: int = 3) -> MeasuredTable:
    """Open the map of a few and of many objects, round after round."""
    with TemporaryDirectory() as name:
        few, many = (make_database(Path(name), *size) for size in (SMALL, BIG))
        with house_server(Path(name), few) as small, house_server(Path(name), many) as big:
            [url] = page_addresses([MAP]).values()
            pages = [
                MeasuredPage(f"{sum(size):,} objects", f"{server.url}/{url}", server)
                for size, server in ((SMALL, small), (BIG, big))
            ]
            found = visit_in_turn(pages, [small, big], rounds)
    cases = [collect_rounds(case, each, GOAL if case == pages[1].case else {}) for case, each in found.items()]
    ratios = {"cold ×": "cold CPU s", "warm ×": "warm CPU s"}
    return MeasuredTable("big_map", "The map of few and of many objects", add_ratios(cases, cases[0], ratios))
