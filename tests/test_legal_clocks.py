"""谋: clocks of the law by the rule of their own day, working days over holidays, readiness before signing, homes."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pandas as pd
import pytest

from analytics.working_time import has_public_holiday, working_day_after, working_days_between
from data.legal_rules import legal_rules
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.recomputed import all_recomputations
from tests.recomputed.exported import exported_ledgers
from tests.test_recomputed_metrics import compared_rows
from tests.upload_helpers import check_content

pytestmark = pytest.mark.slow

PROJECTS = (
    "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
    "G,国有甲,国有土地征收,120,2014-12-01,2015-01-31\nK,国有乙,国有土地征收,99,2012-01-01,2012-03-31\n"
    "J,集体丙,集体土地征收,40,2014-03-01,2014-05-31\nC,拆违丁,拆违,5,2014-03-01,2014-12-31\n"
)
HEAD = "节点编码,项目,户编号,法定步骤,计划日期,开始日期,完成日期\n"
DIFFICULTY = "难题编码,户编号,难题原因,提出日期,办结日期,办理结果\n"
LATEST = "2023-01-01"


@pytest.fixture
def projects(store: Store) -> Store:
    load_without_errors(store, "demolition_project", PROJECTS)
    load_without_errors(store, "household", "户编号,项目\nG-1,G\nG-2,G\nG-3,G\nJ-1,J")
    return store


def load_steps(store: Store, *rows: str) -> None:
    """Load legal steps: project, household, step, planned, begun, done."""
    numbered = [f"L-{n},{row}" for n, row in enumerate(rows, 1)]
    load_without_errors(store, "legal_step", HEAD + "\n".join(numbered))


def one_case(store: Store, rule: str, day: str = LATEST) -> dict[str, object]:
    [row] = metric_rows(store, "legal_clocks", day, rule=rule)
    return row


def states(store: Store, rule: str, *days: str) -> list[object]:
    """Return how the one case of a rule stands on days; nothing where there is none yet."""
    found = [metric_rows(store, "legal_clocks", day, rule=rule) for day in days]
    return [rows[0]["state"] if rows else None for rows in found]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("begun", "done", "state", "days"),
    [
        ("2014-11-01", "2014-12-01", "合规", 30),
        ("2014-11-01", "2014-11-30", "违规", 29),
        ("2012-02-01", "2012-03-02", "合规", 30),  # a leap year
        ("2013-02-01", "2013-03-02", "违规", 29),
        ("2011-01-20", "2011-01-30", "当时尚无规定", None),
        ("2011-01-21", "2011-01-30", "违规", 9),
    ],
)
def test_comments_are_taken_for_30_days(projects, begun, done, state, days):
    """The day after is day 1; what began on the eve of the ordinance has no rule, on its first day it has."""
    load_steps(projects, f"G,,方案征求意见,,{begun},{done}")
    row = one_case(projects, "comment_period")
    assert row["state"] == state
    assert (None if pd.isna(row["days_used"]) else row["days_used"]) == days


@pytest.mark.parametrize(
    ("begun", "done", "due", "state"),
    [
        ("2012-02-29", "2013-02-28", "2013-02-28", "合规"),
        ("2012-02-29", "2013-03-01", "2013-02-28", "违规"),
        ("2013-03-01", "2014-03-01", "2014-03-01", "合规"),
    ],
)
def test_a_freeze_lasts_one_year_of_the_calendar(projects, begun, done, due, state):
    """A year from 29 February ends on the 28th; the anniversary itself is in time."""
    load_steps(projects, f"G,,暂停办理,,{begun},{done}")
    row = one_case(projects, "freeze")
    assert (f"{row['due_on']:%Y-%m-%d}", row["state"]) == (due, state)


@pytest.mark.quick
def test_working_days_follow_holidays_and_make_up_days():
    """From 28 January 2014 over Spring Festival, with 8 February worked, ten working days end on 17 February."""
    start = pd.Series(pd.to_datetime(["2014-01-28", "2014-04-25", "2021-09-17", "1999-01-04"]))
    ends = working_day_after(start, 10)
    # 29, 30 Jan, 7, 8 (made up), 10–14, 17 Feb; 28–30 Apr, 4 (made up), 5–9, 12 May; 18 and 26 (made up) Sep, 8 Oct
    assert [None if pd.isna(day) else f"{day:%m-%d}" for day in ends] == ["02-17", "05-12", "10-08", None]
    assert working_days_between(start, ends).tolist()[:3] == [10, 10, 10]
    assert working_days_between(ends, start).tolist()[:3] == [-10, -10, -10]
    days = pd.Series(pd.to_datetime(["2014-05-01", "2014-05-03", "2014-05-04", "2014-05-10", "2030-01-01"]))
    assert has_public_holiday(days, days).tolist()[:4] == [True, True, False, False]
    assert pd.isna(has_public_holiday(days, days).iloc[4])


def test_a_land_taking_is_published_within_working_days_of_its_time(projects):
    """Approved before 2021-09-01 it has ten working days, later fifteen, whenever it is published."""
    load_steps(
        projects,
        *("J,,征地批准,,,2014-01-28", "J,,征收土地公告,,,2014-02-18"),
        *("J,,征地批准,,,2021-08-31", "J,,征收土地公告,,,2021-09-15"),
        *("J,,征地批准,,,2021-09-17", "J,,征收土地公告,,,2021-10-14"),
    )
    rows = metric_result(projects, "legal_clocks", LATEST, rule="taking_published").rows.sort_values("from_on")
    assert rows["days_used"].tolist() == [11, 11, 15]  # 18 and 26 September, 9 October made up
    assert rows["state"].tolist() == ["违规", "违规", "合规"]
    assert rows["requirement"].tolist()[1:] == ["“征地批准”起 10 个工作日内", "“征地批准”起 15 个工作日内"]


@pytest.mark.quick
def test_a_rule_of_later_does_not_judge_what_was_before(projects):
    """Decided on 30 September 2014 there is no rule on publishing, a day later there is the Zhejiang ordinance."""
    load_steps(
        projects,
        *("G,,征收决定,,,2014-09-30", "G,,征收决定公告,,,2014-10-20"),
        *("K,,征收决定,,,2014-10-01", "K,,征收决定公告,,,2014-10-09"),
    )
    rows = metric_result(projects, "legal_clocks", LATEST, rule="decision_published").rows.set_index("project_id")
    assert rows["state"].to_dict() == {"K": "违规", "G": "当时尚无规定"}
    assert rows.loc["G", "effective_from"] == pd.Timestamp("2014-10-01")
    assert not rows.loc["G", ["is_due", "is_violation"]].any()


def test_a_rule_in_sight_is_told_and_one_far_off_is_not(projects):
    """Half a year ahead the coming rule is listed as none yet; nobody knows in 2014 what comes in 2021."""
    load_steps(projects, "G,,征收决定,,,2014-01-06", "J,,安置方案公告,,2014-01-06,2014-01-20")
    assert states(projects, "decision_published", "2014-04-01", "2014-04-05") == [None, "当时尚无规定"]
    assert states(projects, "resettlement_posted", "2014-04-05", "2021-03-04", "2021-03-05") == [
        None, None, "当时尚无规定",
    ]  # fmt: skip


@pytest.mark.quick
def test_what_is_done_after_the_day_is_not_done_yet(projects):
    """Decided on the 1st it runs to the 8th; published on the 9th it is late from then on."""
    load_steps(projects, "G,,征收决定,,,2014-12-01", "G,,征收决定公告,,,2014-12-09")
    days = ["2014-11-30", "2014-12-01", "2014-12-08", "2014-12-09"]
    assert states(projects, "decision_published", *days) == [None, "未到期", "未到期", "违规"]
    row = one_case(projects, "decision_published", "2014-12-05")
    assert (row["days_left"], row["days_used"], row["is_soon"]) == (3, 4, True)
    load_steps(projects, "K,,征收决定,,,2014-12-01")
    late = metric_rows(projects, "legal_clocks", "2014-12-10", project_id="K", rule="decision_published")
    assert [(row["state"], row["days_over"]) for row in late] == [("已逾期未办", 2)]


@pytest.mark.quick
def test_a_missing_day_is_neither_kept_nor_broken(projects):
    """Without its first day a period is not judged; a decision without a word on the risk assessment is not kept."""
    load_steps(projects, "G,,方案征求意见,,,2014-11-20", "G,,征收决定,,,2014-12-01", "G,,补偿费用到位,,2014-11-01,")
    assert one_case(projects, "comment_period")["state"] == "缺日期不能判定"
    assert one_case(projects, "risk_assessment")["state"] == "缺日期不能判定"
    assert one_case(projects, "funds_in_place")["state"] == "已逾期未办"
    shares = {row["part"]: row for row in metric_rows(projects, "plan_indicators", "2014-12-05", code="M2")}
    assert (shares["1"]["numerator"], shares["1"]["denominator"], shares["1"]["missing"]) == (0, 1, 3)
    assert pd.isna(shares["1"]["indicator_value"])
    assert shares["2"]["indicator_value"] == 1


def test_what_comes_before_a_decision_may_be_of_its_day(projects):
    """Risks assessed on the day of the decision are in order, a day later they are not; a plan is a limit."""
    load_steps(projects, "G,,社会稳定风险评估,,,2014-12-01", "G,,征收决定,,,2014-12-01", "G,,补偿费用到位,,,2014-12-02")
    assert [one_case(projects, rule)["state"] for rule in ("risk_assessment", "funds_in_place")] == ["合规", "违规"]
    assert one_case(projects, "funds_in_place")["days_over"] == 1
    load_steps(projects, "K,,暂停办理,,2014-11-01,", "K,,征收决定,2014-12-20,,")
    [row] = metric_rows(projects, "legal_clocks", "2014-12-05", project_id="K", rule="risk_assessment")
    assert (row["state"], row["days_left"]) == ("未到期", 15)


def test_the_standing_meeting_is_asked_for_from_100_households_on(projects):
    """A project of 120 households is judged by it, one of 99 is not."""
    load_steps(projects, "G,,征收决定,,,2014-12-01", "K,,征收决定,,,2014-12-01", "G,,政府常务会议,,,2014-11-20")
    rows = metric_rows(projects, "legal_clocks", LATEST, rule="standing_meeting")
    assert [(row["project_id"], row["state"]) for row in rows] == [("G", "合规")]


@pytest.mark.parametrize(
    ("done", "early", "in_time"),
    [
        ("2014-11-30", "违规", "合规"),
        ("2014-12-01", "违规", "合规"),  # the last day on which the household may sue
        ("2014-12-02", "合规", "合规"),
        ("2015-03-01", "合规", "合规"),
        ("2015-03-02", "合规", "违规"),
        ("2014-08-01", "违规", "违规"),  # before the decision itself
    ],
)
def test_enforcement_has_its_window(projects, done, early, in_time):
    """Decided on 1 September 2014: applied for once the three months to sue are over, within three more."""
    load_steps(projects, "G,G-1,补偿决定,,,2014-09-01", f"G,G-1,申请强制执行,,,{done}")
    rules = ("enforcement_not_early", "enforcement_in_time")
    assert [one_case(projects, rule)["state"] for rule in rules] == [early, in_time]
    assert not one_case(projects, rules[0])["is_verified"]


def test_nothing_is_decided_while_a_household_may_still_reply(projects):
    """Served on 1 December 2014: the 16th is the last day to reply, so a decision is in keeping from the 17th on."""
    load_steps(
        projects,
        *(f"G,G-{n},补偿决定方案送达,,,2014-12-01" for n in (1, 2)),
        *("G,G-1,补偿决定,,,2014-12-16", "G,G-2,补偿决定,,,2014-12-17"),
    )
    rows = metric_rows(projects, "legal_clocks", LATEST, rule="draft_reply")
    assert {row["household_id"]: (row["state"], row["days_used"]) for row in rows} == {
        "G-1": ("违规", 15),
        "G-2": ("合规", 16),
    }
    assert {f"{row['due_on']:%Y-%m-%d}" for row in rows} == {"2014-12-17"}


def test_the_time_to_sue_is_that_of_the_day_of_the_decision(projects):
    """Decided a day before the procedure law of 2015-05-01 it is three months, on that day six."""
    load_steps(projects, "G,G-1,补偿决定,,,2015-04-30", "G,G-2,补偿决定,,,2015-05-01")
    rows = metric_result(projects, "legal_clocks", "2015-06-01", rule="enforcement_in_time").rows
    assert [f"{day:%Y-%m-%d}" for day in rows.sort_values("household_id")["due_on"]] == ["2015-10-30", "2016-02-01"]


def test_who_signed_or_sued_is_not_late_with_enforcement(projects):
    """An agreement ends the clock; a suit makes its first day unknown."""
    load_steps(projects, *(f"G,G-{n},补偿决定,,,2014-09-01" for n in (1, 2, 3)))
    load_without_errors(projects, "agreement", "户编号,签约日期,补偿方式\nG-1,2014-12-05,货币补偿")
    load_without_errors(projects, "status_event", "户编号,状态,日期\nG-2,复议诉讼,2014-10-01")
    rows = metric_rows(projects, "legal_clocks", "2015-04-01", rule="enforcement_in_time")
    assert {row["household_id"]: row["state"] for row in rows} == {"G-3": "已逾期未办", "G-2": "缺日期不能判定"}


def test_a_right_that_a_household_lets_pass_is_no_breach(projects):
    """Asked for on the tenth day it is in time; later or never it has lapsed, and nothing is broken."""
    load_steps(
        projects,
        *("G,G-1,评估报告送达,,,2014-12-01", "G,G-1,复核申请,,,2014-12-11"),
        *("G,G-2,评估报告送达,,,2014-12-01", "G,G-2,复核申请,,,2014-12-12", "G,G-3,评估报告送达,,,2014-12-01"),
    )
    rows = metric_rows(projects, "legal_clocks", LATEST, rule="review_asked")
    assert {row["household_id"]: row["state"] for row in rows} == {"G-1": "合规", "G-2": "权利期满", "G-3": "权利期满"}
    assert sum(row["is_due"] for row in rows) == 1
    assert not any(row["is_violation"] for row in rows)


def test_unlawful_buildings_are_not_pulled_down_on_a_holiday(projects):
    """1 May and its day off count, a worked Sunday and a plain Saturday do not; the notice comes first."""
    load_steps(
        projects, *(f"C,,强制拆除,,,2014-05-{day}" for day in ("01", "03", "04", "10")), "C,,限期拆除公告,,,2014-05-03"
    )
    rows = metric_result(projects, "legal_clocks", LATEST, rule="no_holiday_force").rows.sort_values("done_on")
    assert rows["state"].tolist() == ["违规", "违规", "合规", "合规"]
    notices = metric_result(projects, "legal_clocks", LATEST, rule="demolition_notice").rows.sort_values("from_on")
    assert notices["state"].tolist() == ["违规", "合规", "合规", "合规"]


def test_steps_in_the_wrong_order_are_broken(projects):
    """Published before it was decided: a breach, with days before zero."""
    load_steps(projects, "G,,征收决定,,,2014-12-10", "G,,征收决定公告,,,2014-12-08")
    row = one_case(projects, "decision_published")
    assert (row["state"], row["days_used"]) == ("违规", -2)


def test_worst_first(projects):
    """The longest late stands first, then what lacks a date, what is due soonest, what is kept."""
    load_steps(
        projects,
        *("G,,征收决定,,,2014-12-01", "G,,征收决定公告,,,2014-12-20", "G,,补偿费用到位,,,2014-12-02"),
        *("G,,方案征求意见,,,2014-11-20", "K,,征收决定,,,2014-12-18", "K,,暂停办理,,2014-10-01,"),
        "G,,政府常务会议,,,2014-12-01",
    )
    rows = metric_result(projects, "legal_clocks", "2014-12-21").rows
    assert rows["rule"].tolist()[:2] == ["decision_published", "funds_in_place"]
    order = ["违规", "缺日期不能判定", "未到期", "合规"]
    assert list(dict.fromkeys(rows["state"])) == order
    assert rows.loc[rows["state"] == "未到期", "days_left"].tolist()[0] == 4


WIDE = (
    *("G,,暂停办理,,2012-02-29,2013-03-01", "G,,暂停办理,,2014-12-31,", "G,,方案征求意见,,2014-10-01,2014-10-31"),
    *("G,,听证通知,,,2014-10-05", "G,,听证会,,,2014-10-11", "G,,评估机构协商,,2015-01-01,2015-01-12"),
    *("G,G-1,评估报告送达,,,2015-01-20", "G,G-1,复核申请,,,2015-01-19", "G,G-1,复核结果送达,,,2015-01-28"),
    *("G,G-1,补偿决定方案送达,,,2015-04-20", "G,G-1,补偿决定,,,2015-05-04", "G,G-1,申请强制执行,,,2016-02-29"),
    *("G,G-2,补偿决定方案送达,,,2015-04-20", "G,G-2,补偿决定,,,2015-04-30", "G,G-3,鉴定申请,,,2015-02-01"),
    *(
        "G,,征收决定,,,2014-11-01",
        "G,,征收决定公告,,,2014-11-08",
        "G,,征收决定,2015-12-31,,",
        "G,,分户补偿公布,,,2015-03-01",
    ),
    *("J,,征收土地预公告,,2021-08-31,2021-09-10", "J,,征收土地预公告,,2021-09-17,2021-10-01"),
    *("J,,安置方案公告,,2021-11-01,2021-12-01", "J,,征地批准,,,2021-12-20", "J,,征收土地公告,,,2022-01-12"),
    *(
        "J,,征地批准,,,2022-01-20",
        "J,,征收土地公告,,,2022-02-18",
        "C,,强制拆除,,,2011-10-03",
        "C,,强制拆除,,,2022-02-04",
    ),
)


@pytest.mark.parametrize("day", ["2013-03-01", "2014-10-31", "2015-05-04", "2016-01-31", "2021-09-30", "2022-02-18"])
def test_every_version_of_every_rule_is_worked_out_a_second_time(projects, day):
    """Over ten years of steps, the metric and loops that know the rules by heart agree."""
    load_steps(projects, *WIDE)
    load_without_errors(projects, "agreement", "户编号,签约日期,补偿方式\nG-2,2015-06-01,产权调换\nG-3,2015-02-01,混合")
    load_without_errors(projects, "housing_source", "房源编码,小区,房源类型,总套数\nH1,甲,现房,3\nH2,乙,现房,")
    open_one, closed = "D1,G-1,安置房位置,2015-01-01,,", "D2,G-2,安置房面积户型,2015-01-01,2015-03-01,已解决"
    load_without_errors(projects, "household_difficulty", f"{DIFFICULTY}{open_one}\n{closed}")
    ledgers, again = exported_ledgers(projects), all_recomputations()
    for name in ("legal_clocks", "housing_supply", "plan_indicators"):
        ours = metric_result(projects, name, day).rows
        expected = again[name].on(ledgers, datetime.date.fromisoformat(day))
        columns = list(expected.columns)
        pd.testing.assert_frame_equal(
            compared_rows(ours, again[name], columns),
            compared_rows(expected, again[name], columns),
            check_dtype=False,
        )


@pytest.mark.quick
def test_versions_of_a_rule_follow_each_other_without_a_gap():
    """The versions of a rule judge one step, and each ends on the eve of the next."""
    for versions in legal_rules().values():
        assert len({(rule.step, rule.from_step, rule.comparator, rule.kinds) for rule in versions}) == 1
        for former, later in pairwise(versions):
            assert former.effective_to == later.effective_from - datetime.timedelta(1)
        assert versions[-1].effective_to is None


@pytest.mark.quick
def test_the_sample_claims_no_breach_of_the_project_of_the_article(sample_store):
    """市北环 has nothing broken, overdue or unready, no 补偿决定, and the three items of the article before signing."""
    cases = metric_result(sample_store, "legal_clocks", "2014-06-30", project_id="DEM-BH").rows
    assert set(cases["state"]) == {"合规", "当时尚无规定"}
    assert not set(cases["legal_step"]) & {"补偿决定", "申请强制执行"}
    [row] = metric_rows(sample_store, "preparation_readiness", "2013-09-09", project_id="DEM-BH")
    assert (row["ready"], row["needed"]) == (7, 7)
    broken = metric_result(sample_store, "legal_clocks", "2014-06-30", is_violation="True").rows
    assert broken["project"].str.startswith("示例").all()


def test_an_item_is_ready_before_the_first_day_of_signing(projects):
    """Done the day before it counts, on the day itself it is late; what nobody wrote down is not 0 %."""
    rows = (
        "领导小组,,2014-11-30",
        "办公室,2014-11-15,2014-11-20",
        "工作方案,,2014-12-01",
        "风险评估,2014-11-20,",
        "资金专户,,",
    )
    lines = "\n".join(f"G,{row}" for row in rows)
    load_without_errors(projects, "preparation_item", "项目,事项,应完成日期,完成日期\n" + lines)
    [row] = metric_rows(projects, "preparation_readiness", "2014-11-30", project_id="G")
    assert (row["ready"], row["rate"]) == (2, pytest.approx(200 / 7))
    assert [row[name] for name in ("overdue_items", "late_items", "waiting_items", "unregistered_items")] == [
        "风险评估", "办公室", "工作方案,资金专户", "应急预案,房源筹集",
    ]  # fmt: skip
    [row] = metric_rows(projects, "preparation_readiness", "2014-12-01", project_id="G")
    assert (row["ready"], row["overdue_items"], row["late_items"]) == (2, "风险评估,资金专户", "办公室,工作方案")
    [none] = metric_rows(projects, "preparation_readiness", "2014-12-01", project_id="K")
    assert pd.isna(none["ready"])
    assert pd.isna(none["rate"])


def test_a_target_of_readiness_leaves_out_what_nobody_wrote_down(projects):
    """One of the seven items of G is ready, of K nothing is on record: the target stands at 1 of 7, as on its page."""
    load_without_errors(projects, "preparation_item", "项目,事项,应完成日期,完成日期\nG,领导小组,,2014-11-30\n")
    load_without_errors(projects, "target", "指标,开始日期,截止日期,目标值\n方案要素齐备率,2014-01-01,2014-12-31,100\n")
    [row] = metric_rows(projects, "target_progress", "2014-11-30")
    assert (row["done"], row["total"]) == (1, 7)


def test_homes_of_unknown_number_are_not_0(projects):
    """Three homes less one taken are two; an estate without a number is told; two look for a home."""
    load_without_errors(projects, "housing_source", "房源编码,小区,房源类型,总套数\nH1,甲,现房,3\nH2,乙,市场购房,")
    load_without_errors(
        projects, "agreement",
        "户编号,签约日期,补偿方式,安置房源\nG-1,2014-12-05,产权调换,H1\nG-2,2014-12-06,混合,\nJ-1,2014-12-06,货币补偿,H2",
    )  # fmt: skip
    load_without_errors(projects, "household_difficulty", DIFFICULTY + "D1,G-3,安置房位置,2014-12-05,2015-01-05,已解决")
    total, *estates = metric_rows(projects, "housing_supply", "2014-12-10")
    assert [total[name] for name in ("free", "sources_unknown", "unplaced", "asking", "looking")] == [2, 1, 1, 1, 2]
    assert total["rate"] == 100
    assert pd.isna(next(row for row in estates if row["housing_source_id"] == "H2")["free"])
    assert metric_rows(projects, "housing_supply", "2015-01-05")[0]["looking"] == 1


@pytest.mark.quick
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,J,G-1,复核申请,,,2014-05-01", "这“户编号”登记在另一个“项目”，请核对"),
        ("1,G,,暂停办理,,2014-05-02,2014-05-01", "“完成日期”早于“开始日期”，请核对这两个日期"),
        ("1,G,,征收决定,,,2099-05-01", "“完成日期”在今天之后：还没发生的事不能登记，请核对年月日"),
    ],
)
def test_a_step_that_contradicts_itself_is_refused(projects, row, said):
    """A household of another project, done before begun, done tomorrow: one sentence each."""
    [error] = check_content(projects, "legal_step", HEAD + row).errors
    assert error.reason.zh == said


@pytest.mark.quick
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,G,,复核申请,,,2014-05-01", "“法定步骤”是对一户的，却没有填“户编号”，看不出是哪一户的时限，请补上"),
        ("1,G,,征地批准,,,2014-05-01", "“法定步骤”是集体土地征收的步骤，这个“项目”不是集体土地征收，请核对"),
        ("1,G,,征收决定,,,", "“计划日期”“开始日期”“完成日期”都没填，这一步判定不了，请至少补一个"),
    ],
)
def test_a_doubtful_step_is_told_and_loaded(projects, row, said):
    """A step towards nobody, one of another kind of project, one without a day go in with a word."""
    report = check_content(projects, "legal_step", HEAD + row)
    assert report.errors == []
    assert said in [note.reason.zh for note in report.notes]
