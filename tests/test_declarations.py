"""What metrics and listings declare, held against what their SQL reads and gives."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import duckdb
import pytest
from duckdb import DuckDBPyConnection as Connection

from analytics import documents, queries
from analytics.metrics import LISTINGS, METRICS, Result, discovery
from analytics.metrics.basis import own
from analytics.metrics.columns import RATE, of_ledger
from analytics.metrics.model import Definition, Metric
from analytics.queries import BadQuery
from data.datasets import DATASETS, Column
from data.datasets.model import choices
from data.ingest import batch_log
from data.ingest.sample import sample_files
from data.schema import quote_ident
from data.store import Store, open_store
from data.text import Text
from data.words import WORDS, _readings

DEFINITIONS: Mapping[str, Definition] = {**METRICS, **LISTINGS}
DAY = datetime.date(2014, 6, 30)
CODES = {dataset.key[0]: "X" for dataset in DATASETS.values() if len(dataset.key) == 1}
every_definition = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=list(DEFINITIONS))


@pytest.fixture(scope="module")
def empty_store() -> Iterator[Store]:
    """An empty database; what is dropped in it is put back."""
    with open_store(":memory:") as opened:
        yield opened


def computed(con: Connection, definition: Definition, day: datetime.date | None = DAY) -> Result[Definition]:
    """Return a metric, or a listing of the row of some code."""
    if isinstance(definition, Metric):
        return definition.compute(con, day)
    return LISTINGS[definition.name].compute(
        con, day, **{c: CODES[c] for c in queries.parameters(definition.query) & CODES.keys()}
    )


@cache
def newest_result(store: Store, name: str) -> Result[Definition]:
    """Return a metric or a listing as of the newest day in its ledgers, worked out once for all tests."""
    with store.read() as con:
        return computed(con, DEFINITIONS[name], None)


def shown(result: Result[Definition]) -> list[str]:
    """Return the columns of a result in their order, codes of rows that are not declared left out."""
    declared = {column.name for column in result.definition.columns}
    return [name for name in result.rows.columns if name in declared or not name.endswith("_id")]


@every_definition
def test_the_declared_columns_are_those_of_the_result(empty_store, sample_store, definition):
    """With the 示例 ledgers and with none at all, the rows have the declared columns in the declared order."""
    declared = [column.name for column in definition.columns]
    for store in (empty_store, sample_store):
        returned = shown(newest_result(store, definition.name))
        assert returned == declared, (
            f"{definition.name}: undeclared {set(returned) - set(declared)}, declared but not returned "
            f"{set(declared) - set(returned)}, or another order: the query returns {returned}"
        )


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_runs_on_an_empty_database(empty_store, name):
    """Without data a metric has no day and counts nothing."""
    found = newest_result(empty_store, name)
    assert found.as_of is None
    assert found.rows.select_dtypes("number").fillna(0).to_numpy().sum() == 0


WARNS_OF_NOTHING = {"water_type_guess"}  # every section of the 示例 has its type registered


SAMPLE_LEDGERS = {*sample_files(), *(dataset.history_ledger for dataset in DATASETS.values())}


@pytest.mark.parametrize("name", [m.name for m in METRICS.values() if set(m.ledgers) <= SAMPLE_LEDGERS])
def test_a_metric_says_something_of_the_sample(sample_store, name):
    """A metric whose ledgers, but for former values, all have 示例 rows has rows itself, as of their newest date.

    Those that warn of what is wrong with them have none.
    """
    found = newest_result(sample_store, name)
    assert (len(found.rows) > 0) != (name in WARNS_OF_NOTHING)
    assert found.as_of is not None
    assert datetime.date(2014, 5, 1) <= found.as_of <= datetime.date(2014, 6, 30)


@every_definition
def test_a_column_of_a_ledger_reads_as_in_the_ledger(definition):
    """A column that a ledger of the metric declares has that ledger's heading, unit and number format."""

    def reading(column: Column) -> tuple[object, ...]:
        return column.heading, column.unit, column.unit_from, column.written, column.kind

    for column in definition.columns:
        there = [c for ledger in definition.ledgers for c in DATASETS[ledger].columns if c.name == column.name]
        assert not there or reading(column) in map(reading, there), column.name


def test_the_land_of_a_parcel_is_an_area_and_not_a_block():
    """招商's land in 亩 has the heading of its ledger; the block of 截 has its own."""
    parcels, blocks = METRICS["land_clocks"].column("area"), METRICS["zero_discharge_list"].column("area")
    assert (parcels.heading.zh, blocks.heading.zh) == ("用地面积(亩)", "区块")


@every_definition
def test_words_of_a_column_are_words_of_the_house(definition):
    """Whatever a column may say reads in both languages wherever it is said, the code of a ledger as its label."""
    words = {choice.value for c in definition.columns if c.name != "dataset" for choice in c.choices}
    assert words <= WORDS.keys()
    of_ledgers = [choice for c in definition.columns if c.name == "dataset" for choice in c.choices]
    assert all(DATASETS[choice.value].label == choice.label for choice in of_ledgers)


def test_a_word_reads_in_one_way():
    """Two enumerations that put one word into English in two ways are refused."""
    with pytest.raises(ValueError, match="无数据 reads in two ways"):
        _readings([choices(无数据="No data"), choices(无数据="Nothing")])


@pytest.mark.no_cover
@every_definition
def test_a_definition_reads_its_ledgers_and_no_others(empty_store, definition):
    """It is worked out in a database that lacks every other ledger, and in none that lacks one of its own."""
    with without(empty_store, set(DATASETS) - set(definition.ledgers)) as con:
        computed_with_parts(con, definition)
    for ledger in definition.ledgers:
        with without(empty_store, {ledger}) as con, pytest.raises(duckdb.CatalogException):
            computed_with_parts(con, definition)


@contextmanager
def without(store: Store, ledgers: set[str]) -> Iterator[Connection]:
    """Give a database that lacks some ledgers, for as long as the block runs."""
    with store.scratch() as con:
        con.execute("BEGIN")
        for ledger in ledgers:
            con.execute(f"DROP TABLE {quote_ident(ledger)}")
        yield con
        con.execute("ROLLBACK")


def computed_with_parts(con: Connection, definition: Definition) -> None:
    """Work a metric or a listing out, and all that it may depend on, and these on."""
    for each in parts_of(definition):
        computed(con, each)


def parts_of(definition: Definition) -> list[Definition]:
    """Return a definition and all that it may depend on, each once."""
    found = {definition.name: definition}
    for each in getattr(definition, "depends_on", ()):
        found |= {part.name: part for part in parts_of(each)}
    return list(found.values())


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT * FROM river, plant p", {"river", "plant"}),
        ('SELECT * FROM "river" CROSS JOIN "plant"', {"river", "plant"}),
        (
            "SELECT (SELECT max(x) FROM plant) FROM river WHERE EXISTS (SELECT 1 FROM reach)",
            {"river", "plant", "reach"},
        ),
        ("WITH river AS (SELECT 1 AS x) SELECT * FROM river", set()),
        ("WITH river AS (SELECT * FROM river) SELECT * FROM river", {"river"}),
        ("WITH a AS (SELECT * FROM plant), plant AS (SELECT 1) SELECT * FROM a, plant", {"plant"}),
        ("SELECT * FROM (WITH river AS (SELECT 1) SELECT * FROM river) r, river s", {"river"}),
        ("SELECT 'FROM plant' -- JOIN reach\nFROM River", {"river"}),
        (
            "SELECT * FROM river UNION ALL SELECT * FROM plant WHERE x IN (SELECT x FROM reach)",
            {"river", "plant", "reach"},
        ),
    ],
)
def test_tables_are_found_as_duckdb_finds_them(statement, tables):
    """Lists of tables, quoted names, subqueries; a common table is none, but for what it reads itself."""
    assert queries.tables_read(statement) == tables
    assert {name.lower() for name in duckdb.get_table_names(statement)} == tables


def test_what_is_no_select_is_told():
    """SQL that cannot be parsed is refused with what is wrong with it."""
    with pytest.raises(BadQuery, match="syntax error"):
        queries.tables_read("SELECT FROM WHERE")


def test_a_change_of_a_ledger_renews_what_is_worked_out_of_it(store):
    """A change of a ledger is in the key of every metric and listing that reads it, and of no other."""
    after = states(store)
    for dataset in DATASETS.values():
        before = after
        with store.scratch() as con, store.write(con):
            batch_log.mark_changed(con, [dataset])
        after = states(store)
        renewed = {name for name in DEFINITIONS if before[name] != after[name]}
        assert renewed == {name for name, definition in DEFINITIONS.items() if dataset.name in definition.ledgers}


def states(store: Store) -> dict[str, tuple[int, ...]]:
    with store.read() as con:
        return {name: batch_log.ledger_versions(con, definition.ledgers) for name, definition in DEFINITIONS.items()}


def declared(**changed: object) -> Metric:
    known = {
        "name": "share", "label": Text("份额", "Share"), "unit": "percent", "formula": Text("一", "one"),
        "direction": "none", "basis": (own("自定", "our own"),), "reviewed_on": DAY, "query": "water.cwqi",
        "columns": (RATE,),
    }  # fmt: skip
    return Metric(**known | changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"query": "water.happiness"}, "share: there is no query water.happiness"),
        ({"columns": ()}, "share: no columns"),
        ({"columns": (RATE, RATE)}, "one twice"),
        ({"unit": "furlong"}, "unknown unit 'furlong'"),
        ({"basis": ()}, "no basis"),
    ],
)
def test_a_faulty_declaration_fails_at_import_in_words(changed, told):
    """A query that does not exist, doubled columns, an unknown unit, no basis: each is told with the metric's name."""
    assert declared().name == "share"
    with pytest.raises(ValueError, match=told):
        declared(**changed)


def test_a_column_that_a_ledger_lacks_is_told():
    """A typing error in the name of a ledger's column is told with both names."""
    with pytest.raises(ValueError, match="the ledger river has no column lenght"):
        of_ledger("river", "lenght")


def test_a_doubled_name_is_told():
    """Two modules that declare one name are refused at import."""
    modules = [type("One", (), {"A": declared()}), type("Two", (), {"B": declared()})]
    with pytest.raises(ValueError, match="declared twice: share"):
        discovery.declared(Metric, modules)  # type: ignore[arg-type]


def test_the_generated_documents_are_of_today():
    """docs/data_dictionary.md and docs/metrics.md say what the registries say."""
    assert documents.stale() == [], "run `make docs`"


@pytest.mark.parametrize("name", METRICS)
def test_an_english_formula_speaks_of_words_in_english(name):
    """What a ledger calls 正式签约 reads “Signed” in an English formula, as it does on the page."""
    choices = (choice for dataset in DATASETS.values() for column in dataset.columns for choice in column.choices)
    chinese = {choice.value for choice in choices if len(choice.value) > 1 and re.fullmatch("[一-鿿]+", choice.value)}
    assert [word for word in chinese if word in METRICS[name].formula.en] == []
