"""The seven verbs: figures worked out by hand, and what the ledgers behind them refuse or doubt."""

from __future__ import annotations

from typing import Any

import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from tests.upload_helpers import load_content

pytestmark = pytest.mark.slow

FIRMS = "企业编码,企业名称,注册地,经营地,入册日期\n" + "".join(
    f"E{n},企业{n},{'区外' if n == 6 else '本街道'},本街道,2013-01-01\n" for n in range(1, 7)
)
PROJECTS = "项目编码,项目名称,项目类别,总投资,预计亩均税收\n"
RELOCATION = "变更编码,企业,登记日期,变更依据,申请日期,办成日期,结果\n"
MERCHANT = "客商编码,客商,等级,入库日期,最近联系日期,失效日期\n"
VERBS = {"Y": "引", "Z": "增", "T": "提", "C": "促", "S": "储", "L": "联", "N": "暖"}


@pytest.fixture
def firms(store: Store) -> Store:
    """Six firms, one of them registered elsewhere."""
    load_without_errors(store, "enterprise", FIRMS)
    return store


def indicator(store: Store, code: str, day: str, part: int = 1) -> dict[str, Any]:
    [row] = metric_rows(store, "seven_verbs", day, code=code, part=str(part))
    return row


def counts(store: Store, code: str, day: str, part: int = 1) -> tuple[Any, ...]:
    row = indicator(store, code, day, part)
    return row["indicator_value"], row["numerator"], row["denominator"]


@pytest.mark.quick
def test_every_indicator_of_the_method_is_there(sample_store):
    """Y1–Y3, Z1–Z3, T1–T3, C1–C4, S1–S3, L1–L3, N1–N4, each under its verb, in the order of the seven."""
    rows = metric_result(sample_store, "seven_verbs", "2014-06-30").rows
    codes = [*(f"{letter}{n}" for letter in "YZT" for n in (1, 2, 3)), "C1", "C2", "C3", "C4",
             *(f"{letter}{n}" for letter in "SL" for n in (1, 2, 3)), "N1", "N2", "N3", "N4"]  # fmt: skip
    assert list(dict.fromkeys(rows["code"])) == codes
    assert [VERBS[code[0]] for code in rows["code"]] == rows["verb"].tolist()


def test_the_article_is_kept_to(sample_store):
    """《投资庄桥》 is there, 深圳 was flown to many times, 万达广场 learned from; every day and name beside is 示例."""
    with sample_store.read() as con:
        own = con.execute("SELECT kind, outcome FROM investment_activity WHERE project_id = 'INV-YJ1'").fetchall()
        names = {row for query in (
            "SELECT name FROM promotion_material", "SELECT name FROM merchant", "SELECT name FROM enterprise",
            "SELECT outcome FROM investment_activity", "SELECT service FROM relocation",
            "SELECT joint_plan FROM joint_partner",
        ) for (row,) in con.execute(query).fetchall()}  # fmt: skip
    assert sum(kind == "外出招商" and "深圳" in outcome for kind, outcome in own) >= 5
    assert any("学习万达广场的楼宇招商经验" in outcome for _, outcome in own)
    assert [name for name in names if not name.startswith("示例")] == ["《投资庄桥》"]


def test_every_share_has_both_counts_and_is_no_more_than_a_whole(sample_store):
    """Of the 示例 ledgers no share passes 100 %, and each equals its two counts."""
    rows = metric_result(sample_store, "seven_verbs", "2014-06-30").rows
    shares = rows[rows["unit"] == "%"].dropna(subset=["indicator_value"])
    assert len(shares) > 10
    assert (shares["indicator_value"] <= 100).all()
    assert (shares["indicator_value"] - 100 * shares["numerator"] / shares["denominator"]).abs().max() < 1e-9


@pytest.mark.quick
def test_without_a_row_nothing_is_claimed(store):
    """No 0 stands where nothing was ever registered, and no indicator is left out."""
    rows = metric_result(store, "seven_verbs", "2014-06-30").rows
    assert len(rows) == 36
    assert rows["indicator_value"].isna().all()
    assert set(rows["sentence"]) == {"台账里还没有"}


def test_surveys_count_firms_once_and_this_year_only(firms):
    """Of six firms four were surveyed in 2014: one twice, and one only the year before does not count."""
    load_without_errors(firms, "expansion_survey", (
        "排查编码,企业,排查日期,排查方式,增资意向,意向金额,转成项目,转成日期\n"
        "1,E1,2014-01-05,走访,明确,500,,\n2,E1,2014-05-05,问卷,观望,,,\n3,E2,2014-02-01,走访,有意向,300,,\n"
        "4,E3,2014-03-01,走访,无意向,,,\n5,E4,2014-03-02,走访,明确,0.5亿元,,\n6,E5,2013-12-31,走访,明确,80,,\n"
    ))  # fmt: skip
    assert counts(firms, "Z1", "2014-06-30") == (pytest.approx(400 / 6), 4, 6)
    assert counts(firms, "Z2", "2014-06-30") == (5300, 5300, 2)  # E1 came to doubt, 0.5亿元 are 5000万元
    assert counts(firms, "Z1", "2014-03-01") == (50, 3, 6)


def test_an_intent_is_old_after_ninety_days(firms):
    """On the ninetieth day it is not, on the day after it is; what became a project later is not known yet."""
    load_without_errors(firms, "investment_project", PROJECTS + "P,甲,租赁类,100,\n")
    rows = "".join(f"{n},E{n},2014-01-0{n},走访,明确,100,," + "\n" for n in range(1, 6))
    load_without_errors(
        firms, "expansion_survey", "排查编码,企业,排查日期,排查方式,增资意向,意向金额,转成项目,转成日期\n" + rows
        + "6,E6,2014-01-05,走访,明确,100,P,2014-04-20\n",
    )  # fmt: skip
    on = {day: counts(firms, "Z3", f"2014-04-{day}")[1:] for day in ("04", "05", "06", "19", "20")}
    assert on == {"04": (0, 3), "05": (0, 4), "06": (0, 6), "19": (0, 6), "20": (1, 6)}
    few = indicator(firms, "Z3", "2014-04-05")
    assert (few["is_too_few"], few["sentence"]) == (
        True, "0 / 4 家有较早明确意向的企业；样本不足：4 个，至少要 5 个",
    )  # fmt: skip


@pytest.mark.quick
def test_only_own_wish_and_law_are_a_basis(firms):
    """催促, 动员 and 要求迁入 are refused in a sentence that names the ordinance and its articles."""
    for word in ("催促", "动员", "要求迁入"):
        [error] = load_content(firms, "relocation", RELOCATION + f"1,E6,2014-01-05,{word},,,\n").errors
        assert (error.line, error.value) == (2, word)
        assert "《公平竞争审查条例》第九、十条" in error.reason.zh
        assert "arts. 9 and 10" in error.reason.en
    with firms.read() as con:
        assert con.execute("SELECT count(*) FROM relocation").fetchall() == [(0,)]


def test_the_ledger_of_changes_has_no_column_for_pressure(firms):
    """A column of urgings is told as unknown and goes nowhere; a service that speaks of it is doubted."""
    report = load_content(
        firms, "relocation",
        "变更编码,企业,登记日期,变更依据,催办次数,提供的服务\n1,E6,2014-01-05,企业自愿,3,上门催促两次\n",
    )  # fmt: skip
    assert report.unmapped == ["催办次数"]
    assert any("公平竞争审查条例" in warning.reason.zh for warning in report.notes)


def test_changes_are_counted_and_timed_when_done(firms):
    """Done this year are five of seven under way in it; 0, 2, 4, 6 and 38 days have their middle at 4."""
    load_without_errors(firms, "relocation", RELOCATION + (
        "0,E1,2013-01-05,自愿,2013-01-05,2013-12-31,已变更\n1,E1,2014-01-01,自愿,2014-01-01,2014-01-01,已变更\n"
        "2,E2,2014-01-01,自愿,2014-01-01,2014-01-03,已变更\n3,E3,2014-01-01,依法变更,2014-01-01,2014-01-05,已变更\n"
        "4,E4,2014-01-01,自愿,2014-01-01,2014-01-07,已变更\n5,E5,2014-01-01,自愿,2014-01-01,2014-02-08,已变更\n"
        "6,E6,2014-01-01,自愿,,,办理中\n7,E6,2014-01-01,自愿,2014-01-01,2014-03-01,已变更\n"
    ))  # fmt: skip
    assert counts(firms, "C4", "2014-02-28") == (5, 5, 7)
    assert counts(firms, "C4", "2014-02-28", 2) == (4, 5, 5)
    assert indicator(firms, "C4", "2014-02-07", 2)["is_too_few"]


def test_a_merchant_is_active_for_thirty_or_sixty_days(store):
    """A within 30 days and B within 60; C never counts; more than 90 days without a word is out of contact."""
    load_without_errors(store, "merchant", MERCHANT + (
        "1,甲,A级,2014-01-01,2014-05-31,\n2,乙,A,2014-01-01,2014-05-30,\n3,丙,B,2014-01-01,2014-05-01,\n"
        "4,丁,B,2014-01-01,2014-04-30,\n5,戊,C,2014-01-01,2014-04-01,\n6,己,C,2014-01-01,2014-03-31,\n"
        "7,庚,C,2014-03-31,,\n8,辛,C,2013-01-01,2013-02-01,2014-06-30\n"
    ))  # fmt: skip
    assert counts(store, "S1", "2014-06-30") == (2, 2, 4)
    assert counts(store, "S3", "2014-06-30", 2) == (pytest.approx(200 / 7), 2, 7)


def test_a_contact_after_the_day_is_not_known_on_it(store):
    """Spoken to on 1 July, so nobody knows of June, unless an activity says; the one unknown is told."""
    load_without_errors(store, "merchant", MERCHANT + "1,甲,A,2014-01-01,2014-07-01,\n2,乙,A,2014-01-01,2014-07-01,\n")
    load_without_errors(store, "investment_activity", "招商活动编码,活动类型,活动日期,客商\n1,电话,2014-06-10,甲\n")
    row = indicator(store, "S1", "2014-06-30")
    assert (row["numerator"], row["denominator"], row["missing"]) == (1, 2, 1)
    assert row["sentence"].endswith("另有 1 个情况不明")
    assert counts(store, "S1", "2014-07-01") == (2, 2, 2)


def test_a_talk_on_the_day_of_the_land_is_not_early(store):
    """Key projects of 1亿 with their land: one spoken to the day before, one on the day, one small one left out."""
    load_without_errors(store, "investment_project", PROJECTS + (
        "P1,甲,供地类,10000,\nP2,乙,供地类,1亿元,\nP3,丙,供地类,9999,\nP4,丁,租赁类,20000,\nP5,戊,租赁类,20000,\n"
    ))  # fmt: skip
    load_without_errors(
        store, "stage_event",
        "项目,阶段,进入日期\nP1,拿地,2014-02-02\nP2,开工,2014-02-02\nP3,拿地,2014-02-02\nP4,投产纳统,2014-02-02\n"
        "P5,注册落地,2014-02-02\n",
    )  # fmt: skip
    load_without_errors(
        store, "investment_activity",
        "招商活动编码,活动类型,活动日期,项目\n1,座谈会,2014-02-01,P1\n2,座谈,2014-02-02,P2\n3,座谈,2014-01-01,P3\n"
        "4,走访,2014-01-01,P4\n",
    )  # fmt: skip
    assert counts(store, "L2", "2014-06-30")[1:] == (1, 3)


def test_figures_reported_later_are_not_known_before(firms):
    """Two partners stand in March; what one of them reported in May is of May."""
    load_without_errors(firms, "joint_partner", (
        "合作编码,企业,合作起始日期,推荐数,成交数,留住税源,上报日期\n1,E1,2013-01-01,5,2,30,2014-02-01\n"
        "2,E2,2013-01-01,9,4,60.5,2014-05-01\n"
    ))  # fmt: skip
    assert [counts(firms, "L3", day) for day in ("2014-03-01", "2014-05-01")] == [(2, 2, 5), (6, 6, 14)]
    assert indicator(firms, "L3", "2014-03-01")["missing"] == 1
    assert counts(firms, "L3", "2014-05-01", 2)[0] == 90.5
    assert counts(firms, "L1", "2014-03-01")[0] == 2


def test_the_newest_version_by_the_day_is_measured(store):
    """《投资庄桥》 of March is 20 days old, with 4 of 5 plots; another brochure does not make it younger."""
    load_without_errors(store, "promotion_material", (
        "资料编码,资料名称,版次,编印日期,收录地块数,可推介地块数\n1,《投资庄桥》,一,2013-05-01,3,5\n"
        "2,《投资庄桥》,二,2014-03-10,4,5\n3,别的手册,一,2014-03-25,9,9\n"
    ))  # fmt: skip
    assert counts(store, "Y3", "2014-03-30") == (20, 20, pytest.approx(float("nan"), nan_ok=True))
    assert counts(store, "Y3", "2014-03-30", 2) == (80, 4, 5)
    assert counts(store, "Y3", "2014-03-09", 2) == (60, 3, 5)


def test_a_project_without_expected_taxes_stays_in_the_share(store):
    """Of five signed this year two expect 15 and more; the one without a figure is unknown and stays in the five."""
    taxes = (15, 14.9, 30, 2, "")
    load_without_errors(
        store, "investment_project", PROJECTS + "".join(f"P{n},项{n},租赁类,100,{tax}\n" for n, tax in enumerate(taxes))
    )
    load_without_errors(
        store, "stage_event", "项目,阶段,进入日期\n" + "".join(f"P{n},正式签约,2014-02-0{n + 1}\n" for n in range(5))
    )
    assert counts(store, "Y1", "2014-06-30")[0] == 5
    assert counts(store, "Y1", "2014-06-30", 2)[0] == 500
    row = indicator(store, "Y2", "2014-06-30")
    assert (row["indicator_value"], row["numerator"], row["denominator"], row["missing"]) == (40, 2, 5, 1)
    assert str(row["period_from"])[:10] == "2014-01-01"


def test_signed_is_what_the_cockpit_counts(sample_store):
    """The investment signed this year is the actual of the target of the year, by one definition."""
    [target] = metric_rows(sample_store, "target_progress", "2014-06-30", target_id="contract_value")
    assert indicator(sample_store, "Y1", "2014-06-30", 2)["indicator_value"] == target["actual"]


@pytest.mark.parametrize(
    ("code", "metric", "filters", "columns"),
    [
        ("N1", "request_summary", {"is_total": "True"}, ("closed_in_time", "due")),
        ("N2", "request_summary", {"is_total": "True"}, ("solved", "closed")),
        ("N4", "playbook_punctuality", {"is_total": "True"}, ("on_time", "due")),
        ("C2", "cohort_rates", {"is_total": "True"}, ("received", "investment")),
        ("T2", "idle_resource_summary", {}, ("idle_revived", "idle_counted")),
    ],
)
def test_what_another_metric_defines_is_taken_from_it(sample_store, code, metric, filters, columns):
    """The counts of such an indicator are those of the metric on the same day."""
    [row] = metric_rows(sample_store, metric, "2014-06-30", **filters)
    assert counts(sample_store, code, "2014-06-30")[1:] == tuple(row[name] for name in columns)


def test_bands_of_late_land_add_up_to_what_has_not_started(sample_store):
    """Every parcel without a start is in one band by its days past the agreed start."""
    clocks = metric_result(sample_store, "land_clocks", "2014-06-30").rows
    late = clocks[clocks["actual_start_on"].isna()]
    bands = metric_result(sample_store, "seven_verbs", "2014-06-30", code="C3").rows
    assert bands["indicator_value"].sum() == len(late) == bands["denominator"].iloc[0]
    assert bands["indicator_value"].iloc[3] == (late["days_overdue"] > 730).sum()


@pytest.mark.parametrize(
    ("ledger", "row", "said"),
    [
        (
            "expansion_survey",
            "排查编码,企业,排查日期,排查方式,增资意向,意向金额\n1,E1,2014-01-01,走访,观望,300",
            "不是明确",
        ),
        (
            "merchant",
            "客商编码,客商,等级,入库日期,最近联系日期,下次联系日期\n1,甲,A,2014-01-01,2014-02-02,2014-02-01",
            "早于",
        ),
        ("investment_activity", "招商活动编码,活动类型,活动日期\n1,座谈,2014-01-01", "不算谁的联系"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told_and_loaded(firms, ledger, row, said):
    """An amount without a definite intent, a next contact before the last, a talk with nobody: a warning each."""
    report = load_content(firms, ledger, row + "\n")
    assert report.errors == []
    assert any(said in warning.reason.zh for warning in report.notes)


@pytest.mark.parametrize(
    ("ledger", "row", "said"),
    [
        ("relocation", RELOCATION + "1,E6,2014-01-05,自愿,2014-02-02,2014-02-01,已变更", "早于"),
        ("relocation", RELOCATION + "1,E6,2014-01-05,自愿,,,已变更", "却没有"),
        ("merchant", MERCHANT + "1,甲,A,2014-02-01,2014-01-01,", "早于"),
        ("merchant", "客商编码,客商,等级,入库日期,转成日期\n1,甲,A,2014-02-01,2014-03-01", "只填了一个"),
        ("joint_partner", "合作编码,企业,合作起始日期,成交数\n1,E1,2014-02-01,3", "不知是哪天的累计数"),
        ("expansion_survey", "排查编码,企业,排查日期,排查方式,增资意向\n1,E9,2014-01-01,走访,无", "请先登记"),
    ],
)
def test_what_cannot_be_is_refused(firms, ledger, row, said):
    """Dates out of order, done without a day, converted without a project, sums of no day, a firm that nobody knows."""
    errors = load_content(firms, ledger, row + "\n").errors
    assert [error.line for error in errors] == [2]
    assert said in errors[0].reason.zh


def test_a_plan_of_which_nothing_is_due_yet_is_on_record(sample_store):
    """In January no task of the playbooks was due or done: 0 of 0, too few, and not that there is no plan."""
    rows = metric_rows(sample_store, "seven_verbs", "2014-01-31")
    punctual = next(row for row in rows if row["code"] == "N4")
    assert (punctual["numerator"], punctual["denominator"], punctual["is_too_few"]) == (0, 0, True)
