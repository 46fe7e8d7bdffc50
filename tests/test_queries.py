"""Named SQL is strict: what a block lacks, repeats or is not asked for is told with file and line."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics import queries
from analytics.metrics import LISTINGS, METRICS
from analytics.queries import BadQuery
from data.datasets import DATASETS
from data.standards.thresholds import thresholds
from data.store import Store, open_store
from ui.map.layers import LAYERS, REACHES_BY_PROGRESS
from ui.water import river

ROOT = Path(__file__).parent.parent
DAY = date(2014, 6, 30)
BLOCKS = [name for folder in sorted(queries.FOLDER.iterdir()) for name in queries.query_names(folder.name)]
WHOLE = [
    name
    for name in BLOCKS
    if queries.COMMENT.sub("", queries.expanded_sql(name)).lstrip().startswith(("SELECT", "WITH"))
]
CODES = {dataset.key[0] for dataset in DATASETS.values() if len(dataset.key) == 1}


def other_parameters(name: str) -> set[str]:
    """Return the parameters of a query that are neither the day nor a threshold."""
    return set(queries.parameters(name)) - {"as_of"} - thresholds(None).keys()


@pytest.fixture(scope="module")
def empty_store() -> Iterator[Store]:
    """An empty database, for reading only."""
    with open_store(":memory:") as opened:
        yield opened


@pytest.fixture
def write_sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Give a writer of the one file of SQL that there is, sql/water/works.sql."""
    caches = (queries._sql_blocks, queries.expanded_sql, queries.parameters, queries.source_ledgers)

    def write(content: str) -> None:
        for cached in caches:
            cached.cache_clear()
        (tmp_path / "sql" / "water" / "works.sql").write_text(content, encoding="utf-8")

    (tmp_path / "sql" / "water").mkdir(parents=True)
    monkeypatch.setattr(queries, "FOLDER", tmp_path / "sql")
    yield write
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_binds_the_day_thresholds_or_codes(name):
    """Every parameter is the day, a threshold of data/standards or the code of a thing that a page shows."""
    unknown = other_parameters(name) - CODES
    assert not unknown, f"the block {name} binds {unknown}, which is no threshold of data/standards and no code"


@pytest.mark.parametrize("name", METRICS)
def test_the_query_of_a_metric_binds_nothing_but_the_day(name):
    """A metric gives its query the day, on which the thresholds depend; nothing else is known to it."""
    assert "as_of" in queries.parameters(METRICS[name].query)
    assert other_parameters(METRICS[name].query) == set()


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_query_runs_on_an_empty_database(empty_store, name):
    """DuckDB takes every query that stands alone, with the values that it binds."""
    with empty_store.read() as con:
        found = queries.run_query(con, name, as_of=DAY, **dict.fromkeys(other_parameters(name), "没有"))
    assert len(found.columns) > 0


def query_calls() -> Iterator[tuple[str, set[str]]]:
    """Yield the listing that is asked for in each place of a page, with the names of the values that it is given."""
    for node in (
        node for file in (ROOT / "pages").rglob("*.py") for node in ast.walk(ast.parse(file.read_text("utf-8")))
    ):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("cache.cached", "cached"):
            name = ast.unparse(node.args[1]).removeprefix("LISTINGS['").removesuffix("']").lower()
            if name in LISTINGS:
                yield name, {str(keyword.arg) for keyword in node.keywords}


def listings_of_layers() -> set[str]:
    """Return the listings of the layers of the map, which its page asks for as `LISTINGS[layer.listing]`."""
    assert "LISTINGS[layer.listing]" in (ROOT / "pages" / "overview" / "map.py").read_text("utf-8")
    return {layer.listing for layer in (*LAYERS, REACHES_BY_PROGRESS)}


def test_every_listing_is_given_what_its_query_binds():
    """Where a page asks for a listing it gives all values that its block binds beside the day, and no others."""
    found, drawn = list(query_calls()), listings_of_layers()
    behind = {metric.made_up_of.name for metric in METRICS.values() if metric.made_up_of}
    assert {name for name, _ in found} | set(river.ASKED_BY_RIVER) | drawn | behind == LISTINGS.keys()
    assert [name for name in drawn | behind if other_parameters(LISTINGS[name].query)] == []
    assert [(name, given) for name, given in found if given != other_parameters(LISTINGS[name].query)] == []
    bound = {name: other_parameters(LISTINGS[name].query) for name in river.ASKED_BY_RIVER}
    assert bound == {name: {"river_id"} for name in river.ASKED_BY_RIVER}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("-- name: a\nSELECT 1\n-- name: b\nSELECT 2\n\n-- name: a\nSELECT 3\n",
         "sql/water/works.sql:6: a second block “a”; the first is at sql/water/works.sql:1"),
        ("-- name: b\nSELECT 1\n", "there is no block “water.a”; known: b"),
        ("-- name: a\nWITH\n-- include: state\nSELECT 1\n",
         "sql/water/works.sql:3: there is no block “water.state”; known: a"),
        ("-- name: a\nWITH\n-- include: ledgers.b\nSELECT 1\n",
         "sql/water/works.sql:3: there is no block “ledgers.b”; known: "),
        ("-- name: a\n-- include: b\n\n-- name: b\n-- include: a\n",
         "sql/water/works.sql:5: “water.a” includes itself, by way of water.a, water.b"),
        ("SELECT 1\n-- name: a\nSELECT 2\n", "sql/water/works.sql:1: SQL above the first block"),
        ("-- name: a\nSELECT 1\n--name: b\nSELECT 2\n", "sql/water/works.sql:3: “--name: b” is neither"),
        ("-- name: a\nSELECT 1\n-- name: b-c\nSELECT 2\n", "sql/water/works.sql:3: “-- name: b-c” is neither"),
        ("-- name: a\nWITH\n-- include water.b\nSELECT 1\n", "sql/water/works.sql:3: “-- include water.b” is neither"),
        ("-- name: a\n-- Of nothing.\n\n-- name: b\nSELECT 1\n", "sql/water/works.sql:1: the block “a” is empty"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_with_its_line(write_sql, content, sentence):
    """A repeated or unknown block, a circle, a slip in a name or an include: each is told where it stands."""
    write_sql(content)
    with pytest.raises(BadQuery) as told:
        queries.expanded_sql("water.a")
    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"plant": "P", "typo": 1}, "binds $plant beside the day and its thresholds, and was given $plant, $typo"),
        ({}, "binds $plant beside the day and its thresholds, and was given nothing"),
        ({"plnat": "P"}, "binds $plant beside the day and its thresholds, and was given $plnat"),
        ({"plant": "P", "plant_months": 3}, "and was given $plant, $plant_months"),
    ],
)
def test_values_that_a_block_does_not_bind_are_refused(empty_store, write_sql, given, said):
    """A value too many, too few or misspelt, or one for a threshold, is told with the block's place."""
    write_sql("-- name: a\n-- Of $nobody.\nSELECT $plant AS plant, $plant_months AS months, $as_of AS day\n")
    with empty_store.read() as con:
        assert queries.run_query(con, "water.a", as_of=DAY, plant="P").iloc[0].tolist()[:2] == ["P", 12]
        with pytest.raises(BadQuery) as told:
            queries.run_query(con, "water.a", as_of=DAY, **given)
    assert str(told.value).startswith("sql/water/works.sql:1: “water.a” binds")
    assert said in str(told.value)
