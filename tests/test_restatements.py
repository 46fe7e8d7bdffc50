"""What was told and no longer holds: at the precision told, of the same period, and for which cause."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analytics import changes, restatements
from data.datasets.shared.issued_figure import RestatementReason
from data.ingest import batch_log, loader
from data.store import Store
from tests.metric_helpers import load_without_errors
from tests.upload_helpers import WHO
from ui.documents.restatements import asked_rows, asked_sentence, issue_sentence, restated_sentence, restatement_causes

pytestmark = pytest.mark.slow
TODAY = date(2014, 6, 30)
ISSUED = "简报种类,数据截至,目标编码,印发数字,完成,总数,印发时的批次,印发日期\n"
TARGETS = "指标,开始日期,截止日期,目标值\n"


def load_activities(store: Store, *lines: str) -> int:
    heading = "活动编码,活动日期,所在村社,活动类型\n"
    load_without_errors(store, "saving_activity", heading + "\n".join(f"{line},宣传活动" for line in lines))
    return newest_batch(store)


def newest_batch(store: Store) -> int:
    with store.read() as con:
        return batch_log.next_batch(con) - 1


def issue(store: Store, *lines: str) -> None:
    """Enter issued figures; each line ends with the newest batch of its issue, which was issued on a day since."""
    load_without_errors(store, "issued_figure", ISSUED + "\n".join(f"{line},2014-12-31" for line in lines))


def issued_rows(store: Store, as_of: date = TODAY) -> list[dict[str, Any]]:
    with store.read() as con:
        return restatements.restated_issues(con, as_of).to_dict("records")


def causes_of(row: dict[str, Any]) -> list[str]:
    return [said.zh for said, _ in restatement_causes(row)]


@pytest.fixture
def three_villages(store: Store) -> Store:
    """Of three villages one was told by the 23rd: a third, which no number of decimals writes out."""
    load_without_errors(store, "village", "村社编码,村社名称\nV0,甲村\nV1,乙村\nV2,丙村\n")
    load_without_errors(store, "target", f"{TARGETS}节水活动覆盖率,2014-01-01,2014-12-31,100\n")
    load_activities(store, "A,2014-02-01,V0")
    return store


@pytest.mark.quick
@pytest.mark.parametrize("line", ["33.3333,1,3", "33.3333,,", "33.3,1,3", "33.3,,"])
def test_a_share_that_nobody_changed_holds(three_villages, line):
    """33.3333 %, as the ledger keeps it, or 33.3 % off a printed paper is still 1 of 3; no change is told either."""
    issue(three_villages, f"周报,2014-06-23,saving_coverage,{line},{newest_batch(three_villages)}")
    with three_villages.read() as con:
        told = restatements.restated_issues(con, TODAY)
        found = changes.target_changes(con, date(2014, 6, 23), TODAY, 1)
    assert list(told["holds"]) == [True]
    [row] = restatements.changes_since_issue(found, told).to_dict("records")
    assert (row["corrected"], row["moved"], row["change"]) == (0, 0, 0)


@pytest.mark.quick
def test_a_share_of_other_counts_no_longer_holds(three_villages):
    """A third of six is no third of three: the total was corrected too, and both are said."""
    issue(three_villages, f"周报,2014-06-23,saving_coverage,33.3333,1,3,{newest_batch(three_villages)}")
    load_without_errors(three_villages, "village", "村社编码,村社名称\nV3,丁村\nV4,戊村\nV5,己村\n")
    by_villages, by_activity = newest_batch(three_villages), load_activities(three_villages, "B,2014-02-01,V4")
    [row] = issued_rows(three_villages)
    assert "是 33.3 %（1 / 3 个村社），现在重算是 33.3 %（2 / 6 个村社）" in restated_sentence(row, TODAY).zh
    total, done = causes_of(row)
    assert total == f"批次 {by_villages} 更正了总数 +3 个村社"
    assert done == f"批次 {by_activity} 更正了 +1 个村社"


@pytest.mark.quick
def test_the_target_of_the_next_year_is_another(three_villages):
    """What was issued of 2014 is held against 23 December, not against the figure of the target of 2015."""
    batch = newest_batch(three_villages)
    issue(three_villages, f"周报,2014-12-23,saving_coverage,33.3333,1,3,{batch}")
    load_without_errors(three_villages, "target", f"{TARGETS}节水活动覆盖率,2015-01-01,2015-12-31,100\n")
    day = date(2015, 1, 5)
    with three_villages.read() as con:
        told = restatements.restated_issues(con, day)
        found = changes.target_changes(con, date(2014, 12, 23), day, batch)
    assert list(told["holds"]) == [True]
    [row] = restatements.changes_since_issue(found, told).to_dict("records")
    assert pd.isna(row["then"])
    assert pd.isna(row["change"])


@pytest.mark.quick
def test_a_briefing_of_the_last_year_is_told_with_its_year(three_villages):
    """In January the briefing of December is that of 23 December 2014, in each of its sentences."""
    issue(three_villages, f"周报,2014-12-23,saving_coverage,33.3333,1,3,{newest_batch(three_villages)}")
    load_activities(three_villages, "B,2014-02-02,V1")
    january = date(2015, 1, 5)
    [row] = issued_rows(three_villages, january)
    assert restated_sentence(row, january).zh.startswith("节水活动覆盖率：2014年12月23日上报时是 33.3 %")
    assert "（截至2014年12月23日）" in issue_sentence(pd.DataFrame([row]), january).zh


def test_a_figure_that_is_gone_is_told_with_the_batch_that_was_undone(three_villages):
    """The batch of the villages is undone: 1 of 3 is no figure any more, and the batch is the cause."""
    told = load_activities(three_villages, "B,2014-02-02,V1")
    issue(three_villages, f"周报,2014-06-23,saving_coverage,66.6667,2,3,{told}")
    loader.undo_batch(three_villages, told, WHO)
    [row] = issued_rows(three_villages)
    assert row["reason"] == RestatementReason.UNDONE
    assert causes_of(row) == [f"当时算在内的批次 {told} 后来撤销了"]


def test_a_target_taken_out_has_no_figure_now(three_villages):
    """The batch of the target is undone: what was issued of it is listed, without a figure, on page and paper alike."""
    batch = newest_batch(three_villages)
    issue(three_villages, f"周报,2014-06-23,saving_coverage,33.3333,1,3,{batch}")
    loader.undo_batch(three_villages, batch - 1, WHO)
    [row] = issued_rows(three_villages)
    assert restated_sentence(row, TODAY).zh == "节水活动覆盖率：6月23日上报时是 33.3 %，现在没有数了"
    assert causes_of(row) == [f"当时算在内的批次 {batch - 1} 后来撤销了"]


@pytest.mark.quick
def test_what_no_batch_explains_is_not_called_undone(three_villages):
    """Two of three were issued and one of three was known: no batch says why, and that is said with what is known."""
    batch = newest_batch(three_villages)
    issue(three_villages, f"周报,2014-06-23,saving_coverage,66.6667,2,3,{batch}")
    [row] = issued_rows(three_villages)
    assert row["reason"] == RestatementReason.NOT_FOUND
    [said] = causes_of(row)
    assert f"按批次 {batch} 时的台账重算是 33.3 %" in said


def test_a_batch_undone_before_the_issue_is_no_cause(three_villages):
    """A batch that had been undone when the briefing was issued never counted in it."""
    wrong = load_activities(three_villages, "B,2014-02-02,V1")
    loader.undo_batch(three_villages, wrong, WHO)
    day = f"{batch_log.current_time():%Y-%m-%d}"
    line = f"周报,2014-06-23,saving_coverage,100,3,3,{wrong}"
    with three_villages.scratch() as con, three_villages.write(con):
        con.execute("UPDATE batch SET undone_at = undone_at - INTERVAL 1 MINUTE WHERE undone_at IS NOT NULL")
    load_without_errors(three_villages, "issued_figure", f"{ISSUED}{line},{day}")
    [row] = issued_rows(three_villages)
    assert (row["reason"], row["undone"]) == (RestatementReason.NOT_FOUND, [])


@pytest.mark.quick
def test_unknown_targets_and_batches_are_said_plainly(three_villages):
    """Neither a code that no target has nor a batch that is not on record stops the page: each is a sentence."""
    issue(three_villages, "周报,2014-06-23,gone_metric,12.5,,,7000", "周报,2014-06-23,saving_coverage,100,3,3,7000")
    unknown, of_batch = issued_rows(three_villages)
    assert restated_sentence(unknown, TODAY).zh == "gone_metric：6月23日上报时是 12.5，现在没有数了"
    assert "没有编码是这样的目标" in "".join(causes_of(unknown))
    assert "批次 7000 不在批次记录里" in "".join(causes_of(of_batch))


def test_a_target_of_another_period_is_not_the_same(three_villages):
    """The target issued of began in January; now one that began in June runs: it is not what was issued."""
    batch = newest_batch(three_villages)
    issue(three_villages, f"周报,2014-06-23,saving_coverage,33.3333,1,3,{batch}")
    load_without_errors(three_villages, "target", f"{TARGETS}节水活动覆盖率,2014-06-01,2014-12-31,100\n")
    [row] = issued_rows(three_villages)
    assert row["reason"] == RestatementReason.OTHER_PERIOD
    assert pd.isna(row["restated"])


def test_what_the_task_sheet_asks_otherwise_is_told(three_villages):
    """The figure holds, yet 60 % are asked in place of 100 %, by another day: the light of then is no longer right."""
    issue(three_villages, f"周报,2014-06-23,saving_coverage,33.3333,1,3,{newest_batch(three_villages)}")
    load_without_errors(three_villages, "target", f"{TARGETS}节水活动覆盖率,2014-01-01,2014-11-30,60\n")
    rows = issued_rows(three_villages)
    [row] = asked_rows(pd.DataFrame(rows))
    assert row["holds"]
    assert asked_sentence(row).zh == (
        "节水活动覆盖率：目标值当时是 100.0 %，现在是 60.0 %；截止日期当时是 2014-12-31，现在是 2014-11-30"
    )
    assert row["asked_by"] == newest_batch(three_villages)


@pytest.mark.quick
def test_the_last_briefing_of_each_kind_is_held_against_now(three_villages):
    """The monthly of 31 May stands beside the weekly of 23 June; an older weekly does not."""
    batch = newest_batch(three_villages)
    figures = f"saving_coverage,33.3333,1,3,{batch}"
    issue(three_villages, f"周报,2014-06-16,{figures}", f"月报,2014-05-31,{figures}", f"周报,2014-06-23,{figures}")
    load_activities(three_villages, "A,2014-06-20,V0")
    rows = issued_rows(three_villages)
    assert [(row["kind"], f"{row['day']}", row["holds"]) for row in rows] == [
        ("weekly", "2014-06-23", True), ("monthly", "2014-05-31", False)
    ]  # fmt: skip
    said = "\n".join(issue_sentence(own, TODAY).zh for _, own in pd.DataFrame(rows).groupby("kind"))
    assert "上期周报（截至6月23日）里的数字现在重算没有变化" in said
    assert "上期月报（截至5月31日）的1个数字里，1个现在不一样" in said


def test_a_figure_of_then_that_nobody_issued_was_not_reported(three_villages):
    """Against a week ago the same table holds what the ledgers gave then; nothing was reported, and none is said to."""
    batch = newest_batch(three_villages)
    load_activities(three_villages, "B,2014-02-02,V1")
    with three_villages.read() as con:
        [row] = restatements.restated_figures(con, date(2014, 6, 23), batch).to_dict("records")
    assert restated_sentence(row, TODAY).zh == "节水活动覆盖率：6月23日时是 33.3 %，现在重算是 66.7 %"
