"""宣: whom the policy reached, what was done by kind, first visits, awards; and the four steps in one table."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.metrics import METRICS
from data.ingest.reports import Report
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.upload_helpers import load_content

DAY = "2014-06-30"
PROJECTS = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
ACTIVITY = "宣传编码,项目,所在村社,宣传方式,数量,日期,覆盖户数\n"
VISIT = "走访编码,户编号,走访日期,时段,走访方式,走访后态度\n"
STEPS = "谋宣疏拆"


@pytest.fixture
def projects(store: Store) -> Store:
    """A project of ten households that signs, and one that has not begun."""
    rows = "D,在签的,三改,10,2014-05-01,2014-12-31\nE,没开始的,三改,10,2014-12-01,2014-12-31\n"
    load_without_errors(store, "demolition_project", PROJECTS + rows)
    load_without_errors(store, "village", "村社编码,村社名称\nV,示例村\nW,示例村二\n")
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H{n},D\n" for n in range(6)))
    return store


def doubts_of(report: Report) -> list[str]:
    """Return what a file was loaded with and told of all the same."""
    return [note.reason.zh for note in report.notes if note.value is not None]


def reach_of(store: Store, day: str = DAY) -> dict[str, object]:
    [row] = metric_rows(store, "publicity_reach", day)
    return row


def indicator(store: Store, code: str, part: int = 1, day: str = DAY) -> dict[str, object]:
    [row] = metric_rows(store, "publicity_indicators", day, code=code, part=str(part))
    return row


def test_the_greatest_single_activity_counts_and_nothing_is_added_up(projects: Store) -> None:
    """Brochures to 4 and 6 households and a meeting of 7 reached 7 of 10, not 17; a banner reaches none."""
    rows = (
        "1,D,,宣传册,4,2014-04-20,4\n2,D,,宣传册,6,2014-05-20,6\n3,D,,座谈会,1,2014-06-20,7\n4,D,,横幅,9,2014-06-21,9\n"
    )
    load_without_errors(projects, "publicity", ACTIVITY + rows)
    row = reach_of(projects)
    assert (row["reached"], row["households"], row["rate"], row["unreached"]) == (7, 10, 70.0, 3)
    assert (row["brochure_reached"], row["meeting_reached"], row["activities"]) == (6, 7, 4)
    before = reach_of(projects, "2014-05-19")
    assert (before["reached"], before["activities"]) == (4, 1), "what comes after the day has not happened yet"


def test_more_than_all_households_is_warned_of_and_never_more_than_all(projects: Store) -> None:
    """Eleven households of ten are loaded with a warning, count as ten, and the project is marked."""
    report = load_content(projects, "publicity", ACTIVITY + "1,D,,宣传册,11,2014-05-20,11\n")
    assert report.errors == []
    [doubt] = doubts_of(report)
    assert "多于项目的总户数" in doubt
    row = reach_of(projects)
    assert (row["reached"], row["rate"], row["is_over"], row["brochure_reached"]) == (10, 100.0, True, 11)


def test_what_has_no_number_of_households_is_not_nought(projects: Store) -> None:
    """A brochure without households reached leaves the rate open, and the project is counted as not known."""
    load_without_errors(projects, "publicity", ACTIVITY + "1,D,,宣传册,10,2014-05-20,\n")
    row = reach_of(projects)
    assert pd.isna(row["reached"])
    assert pd.isna(row["rate"])
    assert row["unreported"] == 1
    told = indicator(projects, "X1")
    assert (told["missing"], told["is_too_few"]) == (1, True)
    assert pd.isna(told["indicator_value"])


def test_an_activity_without_project_and_village_is_doubted(projects: Store) -> None:
    """Nobody knows whom it was for; it is told and loaded."""
    report = load_content(projects, "publicity", ACTIVITY + "1,,,横幅,1,2014-05-20,\n2,,V,横幅,1,2014-05-20,\n")
    assert report.errors == []
    [doubt] = doubts_of(report)
    assert "看不出向谁宣传" in doubt


def test_what_was_done_is_counted_by_kind_and_year(projects: Store) -> None:
    """Of this year two banner days of 3 and an unknown number, one meeting; what was done last year is over."""
    rows = "1,,V,横幅,3,2014-01-01,\n2,,V,横幅,,2014-06-30,\n3,D,,座谈会,2,2014-05-20,5\n4,,V,微信,7,2013-12-31,\n"
    load_without_errors(projects, "publicity", ACTIVITY + rows)
    mix = {row["kind"]: row for row in metric_rows(projects, "publicity_mix", DAY)}
    counts = {kind: tuple(mix[kind][name] for name in ("activities", "quantity", "uncounted")) for kind in mix}
    assert (counts["横幅"], counts["座谈会"], counts["微信"]) == ((2, 3, 1), (1, 2, 0), (0, 0, 0))
    banners = indicator(projects, "X2", 2)
    assert (banners["indicator"], banners["indicator_value"], banners["missing"]) == ("横幅次数", 2.0, 1)
    assert str(banners["period_from"])[:10] == "2014-01-01"


def test_without_any_activity_nothing_is_said(projects: Store) -> None:
    """No ledger is no nought: the indicators say that nothing is on record."""
    for code, part in (("X1", 1), ("X2", 3), ("X3", 1), ("X4", 1)):
        row = indicator(projects, code, part)
        assert pd.isna(row["indicator_value"])
        assert (row["sentence"], row["is_too_few"]) == ("台账里还没有", False)


def test_the_first_visit_decides_what_a_household_knew(projects: Store) -> None:
    """Of six households one did not know at first, one has no attitude on record: 4 of 5, 80 %.

    H0 is known in the morning and not in the evening; H1 knew later only; H5 is first visited after the day.
    """
    rows = (
        "1,H0,2014-05-01,晚上,入户走访,未知\n2,H0,2014-05-01,上午,入户走访,反对\n"
        "3,H1,2014-05-01,上午,入户走访,未知\n4,H1,2014-05-09,上午,入户走访,支持\n"
        "5,H2,2014-05-01,,电话,观望\n6,H3,2014-05-01,,接访,支持\n7,H4,2014-05-01,,入户走访,\n"
        "8,H5,2014-06-30,,入户走访,支持\n"
    )
    load_without_errors(projects, "visit", VISIT + rows)
    [row] = metric_rows(projects, "first_visit_attitudes", DAY)
    assert [row[name] for name in ("visited", "informed", "uninformed", "attitude_missing")] == [6, 4, 1, 1]
    told = indicator(projects, "X3")
    assert (told["numerator"], told["denominator"], told["indicator_value"], told["missing"]) == (4, 5, 80.0, 1)
    before = indicator(projects, "X3", day="2014-06-29")
    assert (before["denominator"], before["is_too_few"]) == (4, True)
    assert "样本不足" in str(before["sentence"])


def test_awards_are_those_of_the_newest_year_that_was_issued(projects: Store) -> None:
    """In 2013 one of two villages was commended; the year 2014, issued after the day, is not known yet."""
    rows = "V,2013,签约,50,90,嘉奖,2014-01-20\nW,2013,签约,50,60,,2014-01-20\nW,2014,签约,50,60,通报批评,2014-07-01\n"
    load_without_errors(projects, "village_assessment", "所在村社,年度,考核项目,权重,得分,奖惩,公布日期\n" + rows)
    found = [(row["indicator_value"], row["denominator"]) for row in (indicator(projects, "X4", n) for n in (1, 2))]
    assert found == [(1.0, 2.0), (0.0, 2.0)]


def test_at_beihuan_brochures_came_to_every_door(sample_store: Store) -> None:
    """As the article tells it: from door to door, to all of the project's households."""
    [row] = metric_rows(sample_store, "publicity_reach", DAY, project_id="DEM-BH")
    assert row["brochure_reached"] == row["reached"] == row["households"] == 86
    with sample_store.read() as con:
        [(note,)] = con.execute("SELECT note FROM publicity WHERE project_id = 'DEM-BH' AND kind = '宣传册'").fetchall()
    assert "挨家挨户" in note


def test_the_four_steps_are_those_of_their_metrics_and_no_code_stands_twice(sample_store: Store) -> None:
    """Every step has rows, in the order of the steps; each is the row of the metric of its step."""
    together = metric_result(sample_store, "four_steps", DAY).rows
    parts = [metric_result(sample_store, each.name, DAY).rows for each in METRICS["four_steps"].depends_on]
    pd.testing.assert_frame_equal(together, pd.concat(parts, ignore_index=True), check_dtype=False)
    assert "".join(together["step"].drop_duplicates()) == STEPS
    assert not together.duplicated(["code", "part"]).any()
    assert not together.duplicated(["indicator"]).any()
