"""Every metric and layer of the map equals what plain pandas makes of the exported ledgers, 示例 and awkward ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.metrics import LISTINGS, METRICS, newest_date
from data.store import Store, open_store
from tests.recomputed import Ledgers, Recomputation, all_recomputations
from tests.recomputed.awkward import awkward_ledgers
from tests.recomputed.exported import exported_ledgers
from tests.stores import fill_store
from ui.map.layers import LAYERS, REACHES_BY_PROGRESS

pytestmark = pytest.mark.no_cover

RECOMPUTED = all_recomputations()
DEFINITIONS = METRICS | LISTINGS
DAYS_BACK = (0, 45, 150)  # before the newest day: the end, the middle and near the beginning of the ledgers
Subject = tuple[Store, Ledgers]


@pytest.fixture(scope="module")
def awkward() -> Iterator[Store]:
    with open_store(":memory:") as store:
        fill_store(store, awkward_ledgers())
        yield store


@pytest.fixture(scope="module", params=["示例", "awkward"])
def subject(request: pytest.FixtureRequest, sample_store: Store, awkward: Store) -> Subject:
    """Give a database and its ledgers as they are exported."""
    store = sample_store if request.param == "示例" else awkward
    return store, exported_ledgers(store)


def compared_rows(rows: pd.DataFrame, of: Recomputation, columns: list[str]) -> pd.DataFrame:
    """Return the rows in one order, with the columns that both have, whatever the types of words, days and counts."""
    shown = rows[columns].sort_values(list(of.by)).reset_index(drop=True)
    words = [c for c in columns if shown[c].dtype.kind == "O" or shown[c].isna().all()]
    shown[words] = shown[words].astype(object).where(shown[words].notna(), None)
    return shown.astype({c: float for c in columns if pd.api.types.is_numeric_dtype(shown[c])}).astype(
        {c: "datetime64[ns]" for c in columns if pd.api.types.is_datetime64_any_dtype(shown[c])}
    )


def test_every_metric_is_worked_out_a_second_time():
    """No metric is without its recomputation."""
    assert sorted(set(METRICS) - set(RECOMPUTED)) == []


def test_every_layer_of_the_map_is_worked_out_a_second_time():
    """No layer that counts or judges is without its recomputation, nor is the card of a river."""
    drawn = {layer.listing for layer in (*LAYERS, REACHES_BY_PROGRESS)} | {"river_card"}
    assert sorted(drawn - set(RECOMPUTED)) == []


@pytest.mark.parametrize("back", DAYS_BACK)
@pytest.mark.parametrize("name", RECOMPUTED)
def test_metric_equals_its_recomputation(subject: Subject, name: str, back: int):
    """The metric and plain pandas give the same rows and figures as of the same day."""
    store, ledgers = subject
    with store.read() as con:
        newest = newest_date(con, DEFINITIONS[name]) or date(2014, 6, 30)
        day = newest - timedelta(days=back)
        ours = DEFINITIONS[name].compute(con, day).rows
    again = RECOMPUTED[name]
    expected = again.on(ledgers, day)
    columns = list(expected.columns)
    pd.testing.assert_frame_equal(
        compared_rows(ours, again, columns), compared_rows(expected, again, columns), check_dtype=False, rtol=1e-9
    )


@pytest.mark.parametrize("name", ["target_progress", "plan_lights"])
@pytest.mark.parametrize("day", [date(2014, 1, 31), date(2014, 3, 31), date(2014, 6, 15)])
def test_targets_equal_their_recomputation_while_they_run(subject: Subject, name: str, day: date):
    """Targets by the day, by month end and by milestones agree on month ends and between them, too."""
    store, ledgers = subject
    with store.read() as con:
        ours = METRICS[name].compute(con, day).rows
    again, expected = RECOMPUTED[name], RECOMPUTED[name].on(ledgers, day)
    columns = list(expected.columns)
    pd.testing.assert_frame_equal(
        compared_rows(ours, again, columns), compared_rows(expected, again, columns), check_dtype=False, rtol=1e-9
    )
