"""Figures are kept until a batch touches a ledger that they are worked out of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics.investment.pipeline import PARCEL_CLOCK
from analytics.metrics.water.quality import SAMPLE_CLASS
from data.store import Store
from tests.upload_helpers import load_content, load_parents
from ui import cache

READING = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-01,DO,{}\n"


@pytest.fixture
def measured_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A database with a reading, and the names of the queries that are run."""
    load_parents(store)
    load_content(store, "reading", READING.format(8))
    st.cache_data.clear()
    yield store
    st.cache_data.clear()


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
            return cache.cached(con, PARCEL_CLOCK).as_of

    assert (day(), day(), len(query_log)) == (date(2021, 4, 1), date(2021, 4, 1), 1)
    load_content(measured_store, "saving_activity", "活动编码,活动日期,活动类型\nA,2021-05-01,培训")
    assert (day(), len(query_log)) == (date(2021, 5, 1), 2)
