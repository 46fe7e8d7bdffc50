"""Loading against raw DuckDB: each measurement in a process of its own, files made here."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import duckdb
import xlsxwriter
from python_calamine import CalamineWorkbook

from analytics import queries
from bench import BenchResult, Timing
from bench.process import Meter, run_task
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.store import THREADS, Store, open_store

WHO = Who("bench")
ITEMS = {
    "水温": (5, 30), "pH": (6.5, 8.5), "溶解氧": (4, 12), "电导率": (100, 900), "浊度": (1, 90),
    "高锰酸盐指数": (1, 9), "氨氮": (0.03, 1.9), "总磷": (0.02, 0.35), "总氮": (0.5, 4),
}  # fmt: skip
SECTIONS = 200  # chosen: as many as a city has
MILLION = 1_000_000
LEDGER = 10 * MILLION
SHEET_ROWS = 100_000  # chosen: a tenth of a full sheet
SIZES = {"10k": 10_000, "100k": 100_000, "1M": MILLION, "10M": LEDGER}
TYPED = "{'section': 'VARCHAR', 'sampled_at': 'TIMESTAMP', 'item': 'VARCHAR', 'value': 'DOUBLE'}"
READERS = 16  # chosen: an office's leaders and clerks at once
THINKING = 1.0  # seconds between two questions of a reader; chosen
WATCHED_SECONDS = 20.0  # chosen: long enough for several loads and their commits
FIRST_READING = "2010-01-01"
LAST_DAY = date(2020, 1, 1)  # any day after the readings that are made up
RAW, LOAD = "raw CREATE TABLE AS read_csv", "load into an empty ledger"


# Files


def _readings_query(first: int, last: int, shift: float = 0.0, since: str = FIRST_READING) -> str:
    """Return the query of readings first … last - 1 as a clerk's system writes them: by time, section, item."""
    items = ", ".join(
        f"{{'item': '{item}', 'low': {low}, 'width': {high - low}}}" for item, (low, high) in ITEMS.items()
    )
    return (
        f"SELECT n, format('S-{{:03}}', n // {len(ITEMS)} % {SECTIONS} + 1) AS section, "
        f"strftime(TIMESTAMP '{since}' + to_hours(4 * (n // {len(ITEMS) * SECTIONS})), '%Y-%m-%d %H:%M:%S') "
        f"AS written_at, "
        f"i.item AS item, round(round(i.low + i.width * (hash(n) % 1000) / 1000, 2) + {shift}, 2) AS value "
        f"FROM (SELECT n, [{items}][n % {len(ITEMS)} + 1] AS i FROM range({first}, {last}) AS numbers(n))"
    )


def _faulty_cell_sql(name: str, *bad: tuple[int, str]) -> str:
    """Return the SQL of a column that is wrong in one of a hundred rows, in turn with other columns."""
    cases = " ".join(f"WHEN n % 400 = {100 * kind} THEN '{cell}'" for kind, cell in bad)
    return f"CASE {cases} ELSE CAST({name} AS VARCHAR) END"


def make_readings(
    _: Meter, path: str, first: str, last: str, shift: str, is_bad: str, since: str = FIRST_READING
) -> None:
    """Write a long file of readings; of a bad one 1 % of the rows has a wrong cell, of four kinds."""
    columns = ["section", "written_at", "item", "value"]
    if is_bad == "True":
        wrong = ((0, "S-999"),), ((1, "2021-13-45"),), (), ((2, "abc"), (3, "1e15"))
        columns = [_faulty_cell_sql(name, *bad) if bad else name for name, bad in zip(columns, wrong, strict=True)]
    shown = ", ".join(f"{c} AS {h}" for c, h in zip(columns, ("断面", "监测时间", "监测项目", "监测值"), strict=True))
    with duckdb.connect() as con:
        rows = _readings_query(int(first), int(last), float(shift), since)
        con.execute(f"COPY (SELECT {shown} FROM ({rows}) ORDER BY n) TO '{path}' (HEADER, DELIMITER ',')")


def make_workbook(_: Meter, path: str) -> None:
    """Write readings as Excel does: times as times, numbers as numbers."""
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT section, written_at::TIMESTAMP, item, value FROM ({_readings_query(0, SHEET_ROWS)}) ORDER BY n"
        )
        rows = found.fetchall()
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        sheet = workbook.add_worksheet("水质")
        for number, row in enumerate([("断面", "监测时间", "监测项目", "监测值"), *rows]):
            sheet.write_row(number, 0, row)


def register_sections(store: Store) -> None:
    """Load the ledger of the sections that readings are made up of."""
    rows = "".join(f"S-{n:03},{n} 号断面\n" for n in range(1, SECTIONS + 1))
    upload = reader.make_upload("断面.csv", f"断面编码,断面名称\n{rows}".encode())
    loader.load_file(store, DATASETS["section"], upload, WHO)


def make_database(_: Meter, path: str) -> None:
    """Make a database in which the sections are registered."""
    with open_store(path) as store:
        register_sections(store)


# What is measured


def create_table(meter: Meter, database: str, file: str) -> None:
    """Read the file with its types told into a new file database: the yardstick."""
    with duckdb.connect(database, config={"threads": THREADS}) as con, meter.running():
        con.execute(
            f"CREATE TABLE reading AS SELECT * FROM read_csv('{file}', header = true, auto_detect = false, "
            f"delim = ',', quote = '\"', columns = {TYPED})"
        )
        con.execute("CHECKPOINT")


def load(meter: Meter, database: str, file: str, inserted: str, updated: str, rejected: str = "0") -> None:
    """Load a file as a clerk does, every check included, and hold the report to what the file is known to hold."""
    with open_store(database) as store:
        with meter.running():
            upload = reader.upload_from_path(file)
            report = loader.load_file(store, DATASETS["reading"], upload, WHO, Options(partial=rejected != "0"))
        found = (report.counts.inserted, report.counts.updated, report.rejected)
    if found != (int(inserted), int(updated), int(rejected)):
        raise ValueError(f"{file}: inserted, updated, rejected: {found}")


def undo(meter: Meter, database: str, batch: str) -> None:
    """Take a batch of 1,000,000 rows out again."""
    with open_store(database) as store:
        with meter.running():
            undone = loader.undo_batch(store, int(batch), WHO)
        if undone.rows != {"reading": MILLION}:
            raise ValueError(f"rows put back: {undone.rows}")


def read_workbook(meter: Meter, file: str) -> None:
    """Read a workbook with the library alone, into lists."""
    with meter.running():
        CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def _query_until_over(store: Store, think: float, is_over: threading.Event, seconds: list[float]) -> None:
    """Ask for the newest values of some section, think, and ask again, until all is over."""
    chance = random.Random(0)
    while not is_over.is_set():
        section = f"S-{chance.randint(1, SECTIONS):03}"
        began = perf_counter()
        with store.read() as con:
            queries.run_query(con, "water.readings", section_id=section, as_of=LAST_DAY)
        seconds.append(perf_counter() - began)
        sleep(chance.uniform(0.5, 1.5) * think)


def _median_query_seconds(store: Store, think: float, work: Callable[[], object]) -> tuple[float, int]:
    """Return the median seconds of what 16 readers asked while some work was done, and how often that was."""
    is_over, taken = threading.Event(), [list[float]() for _ in range(READERS)]
    threads = [threading.Thread(target=_query_until_over, args=(store, think, is_over, t)) for t in taken]
    for thread in threads:
        thread.start()
    work()
    is_over.set()
    for thread in threads:
        thread.join()
    asked = [seconds for each in taken for seconds in each]
    return median(asked), len(asked)


def _load_and_undo(store: Store, file: str) -> int:
    """Load a file and undo it until the time is over; return how many loads that were."""
    ends, upload, loads = perf_counter() + WATCHED_SECONDS, reader.upload_from_path(file), 0
    while perf_counter() < ends:
        report = loader.load_file(store, DATASETS["reading"], upload, WHO)
        loader.undo_batch(store, report.batch or 0, WHO)
        loads += 1
    return loads


def watch_readers(meter: Meter, database: str, file: str) -> None:
    """Measure the median query of 16 readers at rest and beside loads, with and without time to think."""
    with open_store(database) as store:
        for name, think in (("thinking", THINKING), ("hammering", 0.0)):
            figures = meter.figures
            figures[f"{name}, at rest"], figures[f"{name}, asked at rest"] = _median_query_seconds(
                store, think, partial(sleep, WATCHED_SECONDS)
            )
            figures[f"{name}, loading"], figures[f"{name}, asked beside loads"] = _median_query_seconds(
                store, think, partial(_load_and_undo, store, file)
            )


# The measurements


class BenchFolder:
    """A folder with the files and databases of one measurement."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.taken: dict[str, list[Meter]] = {}
        self.sections = self.folder / "sections.duckdb"
        run_task("bench.load:make_database", self.sections)

    def file(self, first: int, last: int, shift: float = 0.0, is_bad: bool = False) -> Path:
        path = self.folder / f"reading_{first}_{last}_{shift}_{is_bad}.csv"
        run_task("bench.load:make_readings", path, first, last, shift, is_bad)
        return path

    def database(self, source: Path | None = None) -> Path:
        """Return the path of a fresh database with the sections, or with what another one holds."""
        path = self.folder / "now.duckdb"
        path.unlink(missing_ok=True)
        return Path(shutil.copy(source or self.sections, path))

    def raw(self, case: str, file: Path) -> None:
        path = self.folder / "raw.duckdb"
        path.unlink(missing_ok=True)
        self.take(case, "create_table", path, file)

    def take(self, case: str, task: str, *words: object) -> None:
        self.taken.setdefault(case, []).append(run_task(f"bench.load:{task}", *words))

    def timing(self, case: str, **more: object) -> Timing:
        """Return what a case took, without the first round, in which files and caches are cold."""
        counted = self.taken[case][1:]
        return Timing(
            case,
            [m.seconds for m in counted],
            [m.cpu for m in counted],
            [m.peak for m in counted],
            **more,  # type: ignore[arg-type]
        )


def _rounds_with_warmup(rounds: int) -> range:
    return range(rounds + 1)


def measure_load(rounds: int = 3) -> BenchResult:
    """Load 1,000,000 clean rows, undo them, and load them with 1 % bad rows."""
    with TemporaryDirectory() as folder:
        bench = BenchFolder(folder)
        good, bad = bench.file(0, MILLION), bench.file(0, MILLION, is_bad=True)
        wrong = MILLION // 100
        for _ in _rounds_with_warmup(rounds):
            bench.raw(RAW, good)
            database = bench.database()
            bench.take(LOAD, "load", database, good, MILLION, 0)
            bench.take("undo of that batch", "undo", database, 2)
            bench.take("load with 1 % bad rows", "load", bench.database(), bad, MILLION - wrong, 0, wrong)
        timings = [
            bench.timing(RAW),
            bench.timing(LOAD, goal=3.0, peak_goal=1500),
            bench.timing("load with 1 % bad rows", goal=4.0),
            bench.timing("undo of that batch", beside=LOAD, goal=1.0),
        ]
    return BenchResult("load", "Loading 1,000,000 readings", timings)


def measure_load_10m(rounds: int = 3) -> BenchResult:
    """Load 1,000,000 rows, half of them updates, into a ledger of 10,000,000."""
    case, half = "load into 10,000,000 rows, 50 % updates", MILLION // 2
    with TemporaryDirectory() as folder:
        bench = BenchFolder(folder)
        ledger = bench.folder / "ledger.duckdb"
        shutil.copy(bench.sections, ledger)
        run_task("bench.load:load", ledger, bench.file(0, LEDGER), LEDGER, 0)
        file = bench.file(LEDGER - half, LEDGER + half, 0.01)
        for _ in _rounds_with_warmup(rounds):
            bench.raw(RAW, file)
            database = bench.database(ledger)
            bench.take(case, "load", database, file, half, half)
            bench.take("undo of that batch", "undo", database, 3)
        timings = [
            bench.timing(RAW),
            bench.timing(case, goal=5.0, peak_goal=1500),
            bench.timing("undo of that batch", beside=case, goal=1.0),
        ]
    return BenchResult("load_10m", "Loading 1,000,000 readings into a large ledger", timings)


def measure_growth(rounds: int = 3) -> BenchResult:
    """Load files of 10,000 to 10,000,000 rows into an empty ledger."""
    timings = []
    with TemporaryDirectory() as folder:
        bench = BenchFolder(folder)
        for size, rows in SIZES.items():
            file = bench.file(0, rows)
            for _ in _rounds_with_warmup(rounds):
                bench.raw(f"raw, {size} rows", file)
                bench.take(f"load, {size} rows", "load", bench.database(), file, rows, 0)
            file.unlink()
            peak = 3000 if rows == LEDGER else 1500
            timings.append(bench.timing(f"raw, {size} rows", beside=f"raw, {size} rows"))
            timings.append(bench.timing(f"load, {size} rows", beside=f"raw, {size} rows", peak_goal=peak))
    return BenchResult("load_growth", "Loading files of growing size into an empty ledger", timings)


def measure_xlsx(rounds: int = 3) -> BenchResult:
    """Load a workbook of 100,000 rows, beside the library that reads it."""
    with TemporaryDirectory() as folder:
        bench = BenchFolder(folder)
        file = bench.folder / "reading.xlsx"
        run_task("bench.load:make_workbook", file)
        for _ in _rounds_with_warmup(rounds):
            bench.take("python-calamine alone", "read_workbook", file)
            bench.take("load of the workbook", "load", bench.database(), file, SHEET_ROWS, 0)
        timings = [bench.timing("python-calamine alone"), bench.timing("load of the workbook", goal=2.0)]
    return BenchResult("load_xlsx", "Loading an .xlsx of 100,000 readings", timings)


def measure_readers(rounds: int = 3) -> BenchResult:
    """Measure the median query of 16 readers while 1,000,000 rows are loaded, beside the same readers at rest."""
    with TemporaryDirectory() as folder:
        bench = BenchFolder(folder)
        ledger, upload = bench.file(0, MILLION), bench.file(MILLION, 2 * MILLION)
        run_task("bench.load:load", bench.sections, ledger, MILLION, 0)
        found = [run_task("bench.load:watch_readers", bench.database(), upload).figures for _ in range(rounds)]
    timings = []
    for manner in ("thinking", "hammering"):
        rest, beside = f"{manner}, at rest", f"{manner}, loading"
        timings.append(Timing(rest, [each[rest] for each in found], beside=rest))
        timings.append(Timing(beside, [each[beside] for each in found], beside=rest, goal=2.0))
    return BenchResult("load_readers", "Median query of 16 readers beside loads of 1,000,000 rows", timings)
