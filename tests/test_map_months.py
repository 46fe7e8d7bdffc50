"""The frames of the map through time: what the map itself shows at the end of each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from analytics.metrics import LISTINGS, METRICS
from data.store import Store, open_store
from tests.recomputed.awkward import awkward_ledgers
from tests.stores import fill_store

DAY = date(2014, 6, 26)
LISTED = {"河段": ("reach_map", "reach_id"), "污染源": ("source_map", "source_id")}
Standing = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def awkward() -> Iterator[Store]:
    with open_store(":memory:") as store:
        fill_store(store, awkward_ledgers())
        yield store


@pytest.fixture(scope="module", params=["示例", "awkward"])
def store(request: pytest.FixtureRequest, sample_store: Store, awkward: Store) -> Store:
    return sample_store if request.param == "示例" else awkward


def on_the_map(store: Store, day: date) -> Standing:
    """Return how each reach and source stands on the map of a day."""
    with store.read() as con:
        return {
            (layer, row[code]): "" if pd.isna(row["standing"]) else row["standing"]
            for layer, (listing, code) in LISTED.items()
            for row in LISTINGS[listing].compute(con, day).rows.to_dict("records")
        }


def in_frame(rows: pd.DataFrame, month: pd.Timestamp) -> Standing:
    """Return how each stands in a month by the changes up to it."""
    last = rows[rows["month"] <= month].sort_values("month").drop_duplicates(["layer", "object_id"], keep="last")
    return {(r.layer, r.object_id): "" if pd.isna(r.standing) else r.standing for r in last.itertuples()}


def test_each_frame_is_the_map_of_the_end_of_its_month(store: Store):
    """All that the map shows as of the end of a month stands in its frame, and nothing else does."""
    with store.read() as con:
        rows = METRICS["map_months"].compute(con, DAY).rows
    months = pd.period_range("2012-07", "2014-06", freq="M").to_timestamp()
    assert rows["month"].min() >= months[0]
    for month in months[months >= rows["month"].min()]:
        last_day = min(month + pd.offsets.MonthEnd(0), pd.Timestamp(DAY)).date()
        assert in_frame(rows, month) == on_the_map(store, last_day), month


def test_months_without_a_change_have_no_row(store: Store):
    """Of one reach or source no row says what the row before it said."""
    with store.read() as con:
        rows = METRICS["map_months"].compute(con, DAY).rows.sort_values(["layer", "object_id", "month"])
    standing = rows["standing"].fillna("")
    is_same = standing.eq(standing.shift()) & rows["object_id"].eq(rows["object_id"].shift())
    assert not is_same.any()


def test_hujia_new_river_climbs_from_worse_than_v_to_iv(sample_store: Store):
    """Both reaches of 胡家新河 go from 劣Ⅴ over Ⅴ to Ⅳ, and its eleven sources are all closed in the end."""
    with sample_store.read() as con:
        rows = METRICS["map_months"].compute(con, DAY, "clerk", river_id="HJXH").rows
    reaches = rows[rows["layer"] == "河段"].groupby("object_id")["standing"].agg(list)
    assert reaches.to_dict() == {"HJXH-R1": ["劣Ⅴ", "Ⅴ", "Ⅳ"], "HJXH-R2": ["劣Ⅴ", "Ⅴ", "Ⅳ"]}
    last = in_frame(rows, pd.Timestamp(DAY))
    assert [how for (layer, _), how in last.items() if layer == "污染源"] == ["closed"] * 11
