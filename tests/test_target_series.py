"""The last weeks of each target, and what of them a batch renews."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.metrics.overview.cockpit import TARGET_PROGRESS
from analytics.target_series import WEEKS, series_parts, target_series
from data.datasets.targets import TARGETS
from tests.metric_helpers import load_without_errors, metric_rows
from ui.overview.target_rows import done_change_text, figure_change_text, target_history

DAY = date(2014, 6, 30)
VILLAGES = "村社编码,村社名称\nV1,一村\nV2,二村"
ACTIVITIES = "活动编码,活动日期,所在村社,活动类型\n"


@pytest.mark.slow
def test_a_series_has_the_figures_of_the_targets_themselves(sample_store):
    """Of each 示例 target the figure of the day and of a week before are those of target_progress on these days."""
    with sample_store.read() as con:
        running = set(TARGET_PROGRESS.compute(con, DAY).rows["metric"])
        found = pd.concat([target_series(con, names, DAY) for names, _ in series_parts(running)])
        days = {ago: DAY - timedelta(weeks=ago) for ago in (0, 1)}
        wanted = {day: TARGET_PROGRESS.compute(con, day).rows.set_index("target_id") for day in days.values()}
    assert set(found.loc[found["target_id"] == found["metric"]].groupby("target_id")["day"].nunique()) == {WEEKS}
    for day, rows in wanted.items():
        own = found[found["day"] == day].set_index("target_id")
        for column in ("actual", "done", "rate"):
            pd.testing.assert_series_equal(
                own[column].astype(float).sort_index(), rows[column].astype(float).sort_index()
            )


def test_a_batch_renews_only_the_series_of_its_own_metrics():
    """Patrols are of no series but their own; amounts of money and area have one together."""
    parts = dict(series_parts(set(TARGETS)))
    assert [names for names, ledgers in parts.items() if "patrol" in ledgers] == [("patrol_completion",)]
    assert [len(names) for names, ledgers in parts.items() if "funding" in ledgers] == [4]
    assert list(series_parts({"signing_rate"})) == [(("signing_rate",), parts["signing_rate",])]


def test_a_change_is_told_in_points_and_in_what_is_counted(store):
    """One village of two a week before and both now: +50.0 points, +1 village."""
    load_without_errors(store, "village", VILLAGES)
    load_without_errors(store, "saving_activity", ACTIVITIES + "A,2014-02-01,V1,宣传活动\nB,2014-06-28,V2,宣传活动")
    load_without_errors(store, "target", "指标,开始日期,截止日期,目标值\n节水活动覆盖率,2014-01-01,2014-12-31,100")
    with store.read() as con:
        series = target_series(con, ("saving_coverage",), DAY)
    history = target_history([series], DAY - timedelta(weeks=1), DAY)
    change = history.changes["saving_coverage"]
    assert (figure_change_text(change).zh, done_change_text(change).en) == ("+50.0 点", "+1 villages")
    assert history.figures["saving_coverage"] == [50.0] * (WEEKS - 1) + [100.0]


def test_a_target_that_began_this_week_is_not_compared(store):
    """A target of which the last one had another period has no change, however far its figure moved."""
    load_without_errors(store, "village", VILLAGES)
    load_without_errors(store, "saving_activity", ACTIVITIES + "A,2014-06-28,V1,宣传活动")
    periods = "节水活动覆盖率,2014-01-01,2014-06-27,50\n节水活动覆盖率,2014-06-28,2014-12-31,100"
    load_without_errors(store, "target", "指标,开始日期,截止日期,目标值\n" + periods)
    with store.read() as con:
        series = target_series(con, ("saving_coverage",), DAY)
    assert target_history([series], DAY - timedelta(weeks=1), DAY).changes == {}
    assert len(metric_rows(store, "target_progress", DAY.isoformat())) == 1
