"""What holds for every file: nothing changes on a round trip, nothing is read in two ways, nothing but a sentence."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from data.datasets import DATASETS, Column, Dataset
from data.errors import DashboardError, NoRows
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.forms.template import export_csv, export_workbook, template_csv, template_workbook
from data.ingest.loader import Options, Upload
from data.ingest.reading import reader
from data.ingest.sample import sample_files
from data.ingest.values import cells, expressions
from data.ingest.values.cells import Unreadable
from data.schema import quote_ident
from data.store import Store, open_store
from tests.property_settings import example_count
from tests.test_workbook import repack_workbook
from tests.upload_helpers import WHO, check_content, make_test_upload

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

LEDGERS = list(DATASETS.values())
NAMED = {c.references for d in LEDGERS for c in d.columns if c.references}
SAMPLES = sample_files()
every_ledger = pytest.mark.parametrize("name", DATASETS)
every_fillable_ledger = pytest.mark.parametrize(
    "name", [d.name for d in LEDGERS if {c.references for c in d.columns if c.required} - {""} <= SAMPLES.keys()]
)


@pytest.fixture(scope="module")
def parent_store() -> Iterator[Store]:
    """A database with the 示例 rows of every ledger that others name; each example takes its own rows out again."""
    with open_store(":memory:") as opened:
        for name in (n for n in SAMPLES if n in NAMED):
            loader.load_file(opened, DATASETS[name], reader.upload_from_path(SAMPLES[name]), WHO)
        yield opened


def ledger_keys(store: Store, ledger: str) -> list[str]:
    with store.read() as con:
        return [
            key
            for (key,) in con.execute(
                f"SELECT {quote_ident(DATASETS[ledger].key[0])} FROM {quote_ident(ledger)} ORDER BY ALL"
            ).fetchall()
        ]


AWKWARD = "'=+-@\"“”,，;；\t\n|#%:：()（）　/*"
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.text(st.sampled_from(AWKWARD + "a1合计注"), max_size=6),
    st.sampled_from(
        ["合计", "00123", '="007"', "'=1+1", "''=1", "-", "无", "TRUE", "2014-03-05", "1e5", "NULL", " 村 "]
    ),
)
LONGITUDES, LATITUDES = st.integers(120_900_000, 122_400_000), st.integers(28_900_000, 30_500_000)  # of Ningbo, × 10⁶
COURSES = st.lists(LONGITUDES, min_size=2, max_size=4, unique=True).flatmap(
    lambda east: st.lists(LATITUDES, min_size=len(east), max_size=len(east)).map(
        lambda north: [f"{x / 1e6:.6f} {y / 1e6:.6f}" for x, y in zip(sorted(east), north, strict=True)]
    )
)  # they never turn back west, so that they do not cross themselves


def cell_strategy(store: Store, column: Column) -> SearchStrategy[str]:
    """Return how a clerk may fill a cell of a column."""
    if column.references:
        keys = ledger_keys(store, column.references)
        return st.sampled_from(keys) if keys else st.nothing()
    if column.choices:
        return st.sampled_from([s for c in column.choices for s in c.spellings()])
    if column.name in ("lon", "lat"):
        return {"lon": LONGITUDES, "lat": LATITUDES}[column.name].map(lambda degrees: repr(degrees / 1e6))
    low, high = max(column.low or -1e9, -1e9), min(1e9 if column.high is None else column.high, 1e9)
    past = date(1900, 1, 1), date(2020, 12, 31)
    return {
        "text": TEXTS,
        "number": st.floats(low, high, allow_nan=False).map(repr),
        "integer": st.integers(int(low), int(high)).map(str),
        "date": st.dates(*past).map(str),
        "timestamp": st.datetimes(datetime(*past[0].timetuple()[:3]), datetime(2020, 12, 31)).map(
            lambda at: str(at.replace(microsecond=0))
        ),
        "flag": st.sampled_from(["是", "否"]),
        "path": COURSES.map("; ".join),
        "shape": COURSES.map(lambda points: f"LINESTRING ({', '.join(points)})"),
    }[column.kind]


def rows_strategy(store: Store, dataset: Dataset) -> SearchStrategy[list[list[str]]]:
    """Return how a clerk may fill the template of a ledger."""
    filled = [cell_strategy(store, c) for c in dataset.columns]
    cells = [
        values.filter(str.strip) if column.required else st.one_of(st.just(""), values)
        for column, values in zip(dataset.columns, filled, strict=True)
    ]
    return st.lists(st.tuples(*cells).map(list), min_size=1, max_size=12)


def rows_as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@contextmanager
def loaded_for_now(store: Store, dataset: Dataset, file: Upload) -> Iterator[None]:
    """Load the good rows of a file, and take them out again after the block."""
    batch = None
    with suppress(NoRows):
        batch = loader.load_file(store, dataset, file, WHO, Options(partial=True)).batch
    try:
        yield
    finally:
        if batch is not None:
            loader.undo_batch(store, batch, WHO)


@example_count(2)
@given(data=st.data())
@every_fillable_ledger
def test_an_exported_ledger_loads_back_without_a_change(parent_store, name, data):
    """Whatever rows a ledger holds, its CSV in both languages and its workbook are every row unchanged."""
    dataset = DATASETS[name]
    header = [c.heading.zh for c in dataset.columns]
    file = make_test_upload(rows_as_csv([header, *data.draw(rows_strategy(parent_store, dataset))]))
    with loaded_for_now(parent_store, dataset, file):
        with parent_store.read() as con:
            files = [export_csv(con, dataset), export_csv(con, dataset, "en"), export_workbook(con, dataset)]
            rows = con.execute(f"SELECT count(*) FROM {quote_ident(name)}").fetchall()[0][0]
        reports = [check_content(parent_store, name, content) for content in files] if rows else []
        assert [(r.counts, r.errors, r.left_out) for r in reports] == [(Counts(unchanged=rows), [], [])] * len(reports)


@every_ledger
def test_an_empty_template_has_no_rows(parent_store, name):
    """The template of a ledger, as CSV or workbook in either language, is the ledger's file without any row."""
    for make in (template_csv, template_workbook):
        for language in ("zh", "en"):
            with pytest.raises(NoRows):
                check_content(parent_store, name, make(DATASETS[name], language))


HEADERS = st.sampled_from([[c.heading.zh for c in d.columns] for d in LEDGERS])
MESS = st.text(st.sampled_from("0123456789.,;\t|\"'\n\r=-+年月日:：注合计甲村断面pH\ufeff\x00 　"), max_size=200)
TABLES = st.builds(
    lambda header, mess, encoding: (",".join(header) + "\n" + mess).encode(encoding, "replace"),
    HEADERS,
    MESS,
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5"]),
)
WORKBOOKS = st.builds(
    lambda content, place, noise: content[:place] + noise + content[place + len(noise) :],
    st.just(repack_workbook(template_workbook(DATASETS["village"]), core=None)),  # core.xml says when it was made
    st.integers(0, 12_000),
    st.binary(max_size=40),
)
JSON = MESS.map(lambda mess: ('{"thead": ["断面名称", "监测时间", "氨氮"], "tbody": [["' + mess + '"]]}').encode())
SIGNED = st.builds(
    bytes.__add__, st.sampled_from([b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"{", b"%PDF"]), st.binary()
)
FILES = st.one_of(st.binary(max_size=300), MESS.map(str.encode), TABLES, TABLES, WORKBOOKS, JSON, SIGNED)


@example_count(120)
@given(raw=FILES, dataset=st.sampled_from(["village", "reading", "saving_activity"]), register=st.booleans())
def test_any_bytes_end_in_a_report_or_a_sentence(parent_store, raw, dataset, register):
    """Whatever is uploaded, the loader reports on it or refuses it in its own words; it never fails."""
    with suppress(DashboardError):
        rows = check_content(parent_store, dataset, raw, register=register).as_json()["rows"]
        assert isinstance(rows, int)
        assert rows > 0


NUMBERS = [
    "1",
    "1.5",
    " 7 ",
    "-3",
    "+5",
    ".5",
    "5.",
    "1e3",
    "1E-2",
    "1,234",
    "１２",
    "nan",
    "inf",
    "1_000",
    "0x1F",
    "0b11",
    "abc",
    "",
    "-",
    "—",
    "12%",
    "1.2万",
    "0.5mg/L",
    "<0.01",
    "1 000",
    "007",
    "99999999999999999999",
    "1e400",
    "五",
]
MOMENTS = [
    "2014-03-05",
    "2014/3/5",
    "2014-3-5 8:00",
    "2014年3月5日",
    "20140305",
    "2014-02-30",
    "41703",
    "14-3-5",
    "",
    "/",
    "2014-03-05 08:00:00",
    "2014-03-05T08:00",
    "2014-03-05 24:00",
    "12014-03-05",
    "2014-03-05 08:00:00.5",
    "3-5",
]
WORDS = [
    "",
    "胡家村",
    "V-HJ",
    "没有",
    "合计",
    "培训",
    "宣传活动",
    "是",
    "村社编码",
    "注：无",
    "氨氮",
    "pH",
    "'=1",
    '="007"',
    "河流",
]
CELLS = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(MOMENTS),
    st.sampled_from(WORDS),
    st.text(st.sampled_from(AWKWARD), max_size=3),
)


def file_strategy(dataset: Dataset) -> SearchStrategy[list[list[str]]]:
    """Return a file of a ledger as it may come in, right and wrong cells mixed."""
    header = [c.heading.zh for c in dataset.columns]
    likely = [CELLS if not c.choices else st.sampled_from([c.choices[0].value, "乱写"]) for c in dataset.columns]
    rows = st.lists(st.tuples(*likely).map(list), min_size=1, max_size=8)
    return rows.filter(lambda found: all("".join(row).strip() for row in found)).map(lambda found: [header, *found])


def check_outcome(store: Store, dataset: Dataset, rows: list[list[str]], end: str) -> tuple[dict[str, Any], bool]:
    """Check a file; return what is said of it, and whether DuckDB read all of its rows by itself."""
    stages: list[tuple[str, int, int]] = []
    try:
        report = loader.check_file(
            store, dataset, make_test_upload(rows_as_csv(rows) + end), progress=lambda *told: stages.append(told)
        )
        said = report.as_json() | {"changes": report.changes, "sha256": ""}
    except NoRows as refused:
        said = {"refused": refused.text.zh}
    return said, ("reading", len(rows) - 1, len(rows) - 1) in stages


@example_count(30)
@given(data=st.data())
def test_the_fast_and_the_careful_reading_say_the_same(parent_store, data):
    """A file that DuckDB reads by itself and the same file cut record by record end in the same report.

    It does not read records of several lines, nor an empty last cell beside a comma in a cell: that may be a surplus.
    """
    dataset = DATASETS[data.draw(st.sampled_from(list(DATASETS)))]
    rows = data.draw(file_strategy(dataset))
    fast, is_fast = check_outcome(parent_store, dataset, rows, end="")
    careful, is_still_fast = check_outcome(parent_store, dataset, rows, end=" \n")
    written = "".join(cell for row in rows for cell in row)
    may_have_surplus = "," in written and any(not row[-1] for row in rows)
    assert (is_fast, is_still_fast) == ("\n" not in written and not may_have_surplus, False)
    assert careful == fast


def duckdb_values(store: Store, column: Column, found: list[str], sample: list[str]) -> dict[str, Any]:
    """Return what DuckDB makes of the cells of a column on its own, those left out that it is not sure of."""
    with store.scratch() as con:
        con.execute("CREATE OR REPLACE TEMP TABLE given_cells AS SELECT unnest(?::VARCHAR[]) AS cell", [found])
        sql = f"SELECT cell, {expressions.typed_cell_sql(column, 'cell', False, False, sample)} FROM given_cells"
        return {cell: value for cell, value, odd in con.execute(sql).fetchall() if odd is None and value is not None}


PLAIN: dict[str, tuple[str, Callable[[str], object]]] = {
    "number": ("0123456789.eE+-_xXbBinfaNdf, ", lambda cell: cells.parse_number(cell, "")),
    "integer": ("0123456789.eE+-_xXbBo, ", lambda cell: cells.parse_integer(cell, "")),
    "date": ("0123456789-/. :T", cells.parse_day),
    "timestamp": ("0123456789-/. :T", lambda cell: cells.parse_moment(cell, None)),
    "text": (AWKWARD + "a1合计", cells.bare_cell),
}
ALMOST = {"number": NUMBERS, "integer": NUMBERS, "date": MOMENTS, "timestamp": MOMENTS, "text": WORDS}
COLUMNS = {kind: next(c for d in LEDGERS for c in d.columns if c.kind == kind and not c.choices) for kind in PLAIN}


@example_count(30)
@given(data=st.data())
@pytest.mark.parametrize("kind", PLAIN)
def test_what_duckdb_reads_by_itself_the_cells_read_likewise(parent_store, kind, data):
    """A cell that DuckDB's cast is trusted with has the value that the careful reading gives it."""
    signs, careful = PLAIN[kind]
    shaped = st.sampled_from(ALMOST[kind]).flatmap(
        lambda cell: st.sampled_from([cell, f" {cell}", f"{cell} ", cell[1:], f"1{cell}"])
    )
    found = data.draw(
        st.lists(st.one_of(st.text(st.sampled_from(signs), max_size=12), shaped), min_size=50, max_size=100)
    )
    read = duckdb_values(parent_store, COLUMNS[kind], found, data.draw(st.lists(st.sampled_from(found), max_size=3)))
    assert {cell: careful(cell) for cell in read} == read
    assert not any(isinstance(careful(cell), Unreadable) for cell in read)
