"""Figures and pages are kept until a batch touches a ledger that they are worked out of."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest
from cachetools import LRUCache
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics.investment.land import LAND_CLOCKS
from analytics.metrics.water.quality import SAMPLE_CLASS
from data.ingest import loader
from data.ingest.loader import Who
from data.store import Store
from tests.upload_helpers import load_content, load_parents
from ui import cache

READING = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-01,DO,{}\n"


@pytest.fixture
def measured_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A database with a reading, and the names of the queries that are run."""
    load_parents(store)
    load_content(store, "reading", READING.format(8))
    cache.clear_cache()
    yield store
    cache.clear_cache()


@pytest.fixture
def query_log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the queries that are run from now on."""
    asked: list[str] = []
    run = queries.run_query

    def noted(con: Connection, name: str, as_of: date | None, **values: Any) -> pd.DataFrame:
        asked.append(name)
        return run(con, name, as_of, **values)

    monkeypatch.setattr(queries, "run_query", noted)
    return asked


def oxygen_class(store: Store) -> str:
    with store.read() as con:
        return str(cache.cached(con, SAMPLE_CLASS, date(2021, 4, 30)).rows["class"].iloc[0])


def test_figures_are_worked_out_once(measured_store, query_log):
    """Asked twice, a metric runs its query once."""
    assert (oxygen_class(measured_store), oxygen_class(measured_store), len(query_log)) == ("Ⅰ", "Ⅰ", 1)


def test_a_batch_renews_the_figures_of_its_ledger(measured_store, query_log):
    """A new value of a reading is in the next figure."""
    oxygen_class(measured_store)
    load_content(measured_store, "reading", READING.format(4))
    assert (oxygen_class(measured_store), len(query_log)) == ("Ⅳ", 2)


def test_of_a_figure_the_last_states_are_kept_and_no_more(measured_store):
    """A day of batches leaves three results of a metric, and the newest is among them."""
    for oxygen in (1, 2, 3, 5, 6, 8):
        load_content(measured_store, "reading", READING.format(oxygen))
        oxygen_class(measured_store)
    kept = [value[2]["class"].iloc[0] for key, value in cache._results.items() if "sample_class" in str(key)]
    assert kept == ["Ⅲ", "Ⅱ", "Ⅰ"]  # of 5, 6 and 8 mg/L


def test_a_batch_of_another_ledger_leaves_figures_alone(measured_store, query_log):
    """Works have nothing to do with the class of water: it is not worked out again."""
    oxygen_class(measured_store)
    load_content(measured_store, "village", "村社编码,村社名称,类别\nV-9,九村,行政村\n")
    oxygen_class(measured_store)
    assert len(query_log) == 1


def test_without_dates_of_its_own_a_metric_is_of_the_newest_day_anywhere(measured_store, query_log):
    """A new date in another ledger moves the day of a metric whose own ledgers carry none."""

    def day() -> date | None:
        with measured_store.read() as con:
            return cache.cached(con, LAND_CLOCKS).as_of

    assert (day(), day(), len(query_log)) == (date(2021, 4, 1), date(2021, 4, 1), 1)
    load_content(measured_store, "saving_activity", "活动编码,活动日期,活动类型\nA,2021-05-01,培训")
    assert (day(), len(query_log)) == (date(2021, 5, 1), 2)


def page_of_class(store: Store, makes: list[str]) -> str:
    """Return a page that shows the class of the water; `makes` notes each time that it is made."""

    def make() -> str:
        makes.append("made")
        with store.read() as con:
            return str(cache.cached(con, SAMPLE_CLASS, date(2021, 4, 30)).rows["class"].iloc[0])

    with store.read() as con:
        return cache.cached_page(cache.all_versions(con), "page", make)


def test_a_page_is_made_anew_only_after_a_batch_of_a_ledger_that_it_asked_for(measured_store):
    """Villages leave a page about readings as it is; a reading renews it, and so does its undo."""
    makes: list[str] = []
    assert (page_of_class(measured_store, makes), page_of_class(measured_store, makes), len(makes)) == ("Ⅰ", "Ⅰ", 1)
    load_content(measured_store, "village", "村社编码,村社名称,类别\nV-9,九村,行政村\n")
    page_of_class(measured_store, makes)
    assert len(makes) == 1
    batch = load_content(measured_store, "reading", READING.format(4)).batch
    assert batch
    assert (page_of_class(measured_store, makes), len(makes)) == ("Ⅳ", 2)
    loader.undo_batch(measured_store, batch, Who("测试员"))
    assert (page_of_class(measured_store, makes), len(makes)) == ("Ⅰ", 3)


def test_many_readers_at_once_make_a_page_once(measured_store):
    """Of eight readers who open a page at the same moment one makes it, and all see it."""
    makes: list[str] = []
    with ThreadPoolExecutor(8) as readers:
        seen = list(readers.map(lambda _: page_of_class(measured_store, makes), range(8)))
    assert (set(seen), len(makes)) == ({"Ⅰ"}, 1)


def test_the_cache_stays_within_its_bounds(measured_store, monkeypatch):
    """Pages that take more than there is room for push the oldest out; one that is too large for all is not kept."""
    monkeypatch.setattr(cache, "_pages", LRUCache(10 * cache.ENTRY_BYTES, cache.memory_size))
    made: list[int] = []

    def make(page: int) -> str:
        made.append(page)
        return "x" * cache.ENTRY_BYTES

    with measured_store.read() as con:
        versions = cache.all_versions(con)
        for page in [*range(30), 29, 0]:
            cache.cached_page(versions, page, partial(make, page))
        cache.cached_page(versions, "large", lambda: "x" * 20 * cache.ENTRY_BYTES)
    assert made == [*range(30), 0]
    assert cache._pages.currsize <= cache._pages.maxsize
    assert not [key for key in cache._pages if "large" in str(key)]


def test_what_holds_for_the_whole_database_is_worked_out_after_each_write(measured_store):
    """The versions of all ledgers are asked once for each number of the write counter, and tell each batch."""

    def version() -> int:
        with measured_store.read() as con:
            counter = measured_store.write_counter
            found = [cache.cached_until_written(con, counter, cache.all_versions) for _ in range(2)]
        assert found[0] is found[1]
        return found[0]["reading"]

    before = version()
    load_content(measured_store, "reading", READING.format(6))
    assert version() == before + 1
