"""What has changed since a day: what the days brought, what batches corrected, and that the parts add up."""

from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import changes, row_changes
from analytics.metrics import METRICS
from data.ingest import batch_log
from data.store import Store, open_store
from tests.metric_helpers import load_without_errors
from tests.property_settings import example_count
from ui.documents.change_lines import change_lines

pytestmark = pytest.mark.slow
TARGETS = (
    "指标,开始日期,截止日期,目标值\n节水活动覆盖率,2014-01-01,2014-12-31,100\n长流水修复率,2014-01-01,2014-12-31,95"
)
ACTIVITIES = "活动编码,活动日期,所在村社,活动类型\n"
WEEK_AGO, TODAY = date(2014, 6, 23), date(2014, 6, 30)


def newest_batch(store: Store) -> int:
    with store.read() as con:
        return batch_log.next_batch(con) - 1


def load_activities(store: Store, *lines: str) -> int:
    load_without_errors(store, "saving_activity", ACTIVITIES + "\n".join(f"{line},宣传活动" for line in lines))
    return newest_batch(store)


def load_villages(store: Store, count: int) -> None:
    lines = "".join(f"V{n},{n}村\n" for n in range(count))
    load_without_errors(store, "village", f"村社编码,村社名称\n{lines}")


def changes_of(store: Store, since_batch: int | None, target: str = "saving_coverage") -> dict[str, Any]:
    with store.read() as con:
        found = changes.target_changes(con, WEEK_AGO, TODAY, since_batch)
    return found.set_index("target_id").loc[target].to_dict()


def corrections_of(store: Store, since_batch: int) -> list[tuple[object, ...]]:
    with store.read() as con:
        found = changes.target_corrections(con, WEEK_AGO, since_batch)
    shown = found[["target_id", "batch", "before", "after", "corrected", "corrected_done", "corrected_total"]]
    return [tuple(row) for row in shown.itertuples(index=False)]


@pytest.mark.quick
def test_a_change_is_what_the_days_brought_and_what_batches_corrected(store):
    """2 of 4 villages were told; one was a mistake, one came in the week: corrected −25, moved +25, change 0."""
    load_villages(store, 4)
    load_without_errors(store, "target", TARGETS)
    told = load_activities(store, "A,2014-02-01,V0", "B,2014-03-01,V1")
    corrected = load_activities(store, "B,2014-03-01,V0")
    load_activities(store, "C,2014-06-28,V2")
    row = changes_of(store, told)
    assert [row[name] for name in ("then", "restated", "now")] == [50, 25, 50]
    assert [row[name] for name in ("corrected", "moved", "change")] == [-25, 25, 0]
    assert [row[name] for name in ("then_done", "then_total", "now_done", "now_total")] == [2, 4, 2, 4]
    assert [row[name] for name in ("corrected_done", "corrected_total", "moved_done")] == [-1, 0, 1]
    assert corrections_of(store, told) == [("saving_coverage", corrected, 50, 25, -25, -1, 0)]


def test_a_target_tells_in_a_line_its_rows_and_the_batches_that_corrected_it(store):
    """Then and now, the village that the week brought, and the batch that took one away."""
    load_villages(store, 4)
    load_without_errors(store, "target", TARGETS)
    told = load_activities(store, "A,2014-02-01,V0", "B,2014-03-01,V1")
    corrected = load_activities(store, "B,2014-03-01,V0")
    load_activities(store, "C,2014-06-28,V2", "D,2014-06-29,V3")
    with store.read() as con:
        found = changes.target_changes(con, WEEK_AGO, TODAY, told).assign(scope_name=None)
        causes = changes.target_causes(con, WEEK_AGO, TODAY)
        lines = list(change_lines(found, causes, changes.target_corrections(con, WEEK_AGO, told)))
    [said] = [line.into("zh").replace("\xa0", " ") for line in lines]
    assert said == f"节水活动覆盖率：50.0 % → 75.0 %；2村 +1 个村社、3村 +1 个村社；更正 −1 个村社：批次 {corrected}"


def test_days_that_a_plant_worked_are_a_change(sample_store):
    """Days that something happened on are counted like everything else, though they be as many as the calendar's."""
    with sample_store.read() as con:
        found = row_changes.row_changes(con, METRICS["plant_run"], WEEK_AGO, TODAY)
    assert (found.loc[found["column"] == "days_worked", "moved"] == 7).any()


def test_a_gap_is_a_change_where_its_rate_is(sample_store):
    """A target whose rate stood still while the time went on has no changed gap; one whose rate moved has both."""
    with sample_store.read() as con:
        found = row_changes.row_changes(con, METRICS["target_progress"], WEEK_AGO, TODAY)
        then, now = (METRICS["target_progress"].compute(con, day).rows for day in (WEEK_AGO, TODAY))
    both = then.merge(now, on="target_id", suffixes=("", "_now")).set_index("target_id")
    both = both[both["gap"] != both["gap_now"]]
    moved = set(both.index[both["rate"] != both["rate_now"]])
    assert set(found.loc[found["column"] == "gap", "target_id"]) == moved
    assert set(both.index) > moved > set()


def test_a_gap_that_stands_alone_is_a_change(sample_store):
    """Of open items only the gap tells that a report has come, so that it is told."""
    with sample_store.read() as con:
        found = row_changes.row_changes(con, METRICS["open_items"], WEEK_AGO, TODAY)
    assert "gap" in set(found["column"])


def test_days_that_the_calendar_counts_are_no_change(sample_store):
    """Of a project of which nothing was told in a week its days to the deadline are a week fewer: it is left out;
    of one that signed its households are there."""
    with sample_store.read() as con:
        found = row_changes.row_changes(con, METRICS["signing_rate"], WEEK_AGO, TODAY)
        days = METRICS["signing_rate"].compute(con, TODAY).rows["days_left"]
    assert days.notna().all()
    assert set(found["project_id"]) == {"DEM-S1", "DEM-S2"}
    assert "days_left" not in set(found["column"])


def test_a_change_without_a_row_that_made_it_is_told_too():
    """What rose and has no part to name is still a line; what stayed is none."""
    rows = {"metric": "contract_value", "target_id": "contract_value", "scope_name": None, "corrected": 0.0}
    moved, same = ({**rows, "then": 100.0, "now": now, "change": now - 100} for now in (150.0, 100.0))
    causes = pd.DataFrame({"target_id": []})
    [said] = change_lines(pd.DataFrame([moved, same]), causes, pd.DataFrame())
    assert said.into("zh").replace("\xa0", " ").replace("\u2060", "") == "本期签约投资额：100 万元 → 150 万元"


def test_without_a_batch_nothing_was_corrected(store):
    """Where nobody knows what was told then, the figure of then is worked out of what is known now."""
    load_villages(store, 4)
    load_without_errors(store, "target", TARGETS)
    load_activities(store, "A,2014-02-01,V0")
    load_activities(store, "B,2014-06-28,V1", "C,2014-03-01,V2")
    row = changes_of(store, None)
    assert [row[name] for name in ("then", "now", "corrected", "moved", "change")] == [50, 75, 0, 25, 25]


def test_what_was_not_known_is_missing(store):
    """A target entered after the figures were told has no figure of then, and a figure without data has none now."""
    load_villages(store, 4)
    told = load_activities(store, "A,2014-02-01,V0")
    load_without_errors(store, "target", TARGETS)
    row = changes_of(store, told)
    assert [name for name in ("then", "corrected", "change") if not pd.isna(row[name])] == []
    assert (row["restated"], row["moved"]) == (25, 0)
    assert pd.isna(changes_of(store, told, "leak_fix")["now"])


@given(st.randoms(use_true_random=False))
@example_count(5)
def test_the_corrections_of_the_batches_add_up(random: Random):
    """Whatever is loaded and replaced, the parts of the batches are what was corrected in all, counts exactly so."""
    with open_store(":memory:") as store:
        load_villages(store, 3)
        load_without_errors(store, "target", TARGETS)
        told = load_activities(store, "A,2014-02-01,V0", "Z,2014-02-01,V0")
        for step in range(random.randint(1, 3)):
            village, day = random.randint(0, 2), random.choice(["2014-03-01", "2014-06-25"])
            if random.random() < 0.3:
                load_villages(store, 4 + step)
            load_activities(store, f"{random.choice('ABC')},{day},V{village}", f"X{step},2014-06-29,V{village}")
        row, parts = changes_of(store, told), pd.DataFrame(corrections_of(store, told))
        rate, done, total = (parts[n].sum() if len(parts) else 0 for n in (4, 5, 6))
        assert (row["corrected_done"], row["corrected_total"]) == (done, total)
        assert row["corrected"] == pytest.approx(rate)
        assert row["change"] == pytest.approx(row["moved"] + row["corrected"])


@pytest.mark.quick
def test_a_changed_state_of_a_row_is_a_change(store):
    """A light that went from on plan to done stands beside the numbers, without a step to subtract."""
    load_villages(store, 2)
    load_without_errors(store, "target", TARGETS)
    told = load_activities(store, "A,2014-02-01,V0")
    load_activities(store, "C,2014-06-28,V1")
    with store.read() as con:
        found = row_changes.row_changes(con, METRICS["plan_lights"], WEEK_AGO, TODAY, told)
    own = found[found["item_id"] == "saving_coverage"].set_index("column")
    assert list(own.loc["light", ["then", "restated", "now"]]) == ["正常", "正常", "已完成"]
    assert pd.isna(own.loc["light", "change"])
    assert list(own.loc["actual", ["then", "now", "moved", "corrected"]]) == [50, 100, 50, 0]


def test_what_moved_a_target_adds_up_to_its_move(sample_store):
    """The rows that moved a share, in what is done and in all, and the projects and villages of an amount are all."""
    since = date(2014, 5, 31)
    with sample_store.read() as con:
        found = changes.target_changes(con, since, TODAY).set_index("target_id")
        causes = changes.target_causes(con, since, TODAY)
    summed = causes.groupby("target_id")[["moved", "moved_total"]].sum().reindex(found.index, fill_value=0.0)
    is_known = found["moved"].notna()
    assert summed["moved"][is_known].to_dict() == pytest.approx(found["moved_done"][is_known].to_dict())
    is_share = is_known & found["now_total"].notna()
    assert summed["moved_total"][is_share].to_dict() == pytest.approx(found["moved_total"][is_share].to_dict())
    parts = causes.loc[causes["moved_total"].isna(), ["target_id", "part"]]
    assert {("funds_in_place", "project_id"), ("renovated_area", "village_id")} <= set(
        parts.itertuples(index=False, name=None)
    )
