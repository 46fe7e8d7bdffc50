"""What the ledgers of signing refuse or doubt: two agreements at once, two projects, days out of order, wrong units."""

from __future__ import annotations

import pytest

from data import errors
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.upload_helpers import check_content, load_content

pytestmark = pytest.mark.slow

PROJECTS = (
    "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止,总建筑面积\n"
    "D-1,甲,拆违,3,2014-01-01,2014-06-30,300\nD-2,乙,拆违,3,2014-01-01,2014-06-30,"
)
AGREEMENT = "户编号,签约日期,撤销日期,补偿方式\n"
STATUS = "户编号,状态,日期\n"


@pytest.fixture
def ledgers(store: Store) -> Store:
    """Give two projects, two households in the first."""
    load_without_errors(store, "demolition_project", PROJECTS)
    load_without_errors(store, "household", "户编号,项目\nH-1,D-1\nH-2,D-1")
    return store


def refused(store: Store, dataset: str, content: str) -> list[tuple[str, str]]:
    return [(error.column, error.value) for error in check_content(store, dataset, content).errors]


def doubted(store: Store, dataset: str, content: str) -> list[tuple[str, str]]:
    report = check_content(store, dataset, content)
    assert report.errors == []
    return [(note.column, note.value) for note in report.notes if note.value]


@pytest.mark.quick
def test_a_second_agreement_needs_the_end_of_the_first(ledgers: Store) -> None:
    """Without a day of withdrawal it is refused with both days; once that is filled in, the new one is taken."""
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-1,2014-02-01,,货币补偿")
    second = AGREEMENT + "H-1,2014-03-01,,货币补偿"
    [error] = check_content(ledgers, "agreement", second).errors
    assert (error.column, error.value) == ("签约日期", "2014-03-01 · 2014-02-01")
    assert "补上撤销日期" in error.reason.zh
    assert "替换方式" in error.reason.zh
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-1,2014-02-01,2014-02-20,货币补偿")
    load_without_errors(ledgers, "agreement", second)
    assert metric_rows(ledgers, "signing_rate", "2014-03-02", project_id="D-1")[0]["signed"] == 1


def test_withdrawn_and_new_may_come_in_one_file_and_in_any_order(ledgers: Store) -> None:
    """The newer line may stand above the older one."""
    lines = "H-1,2014-03-01,,货币补偿\nH-1,2014-02-01,2014-02-20,货币补偿"
    assert refused(ledgers, "agreement", AGREEMENT + lines) == []


def test_an_older_agreement_may_be_added_later_if_it_had_ended(ledgers: Store) -> None:
    """One of January is taken behind one of March if it was withdrawn before, and refused with both days if not."""
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-1,2014-03-01,,货币补偿")
    assert refused(ledgers, "agreement", AGREEMENT + "H-1,2014-01-05,2014-01-20,货币补偿") == []
    both = [("签约日期", "2014-01-05 · 2014-03-01")]
    assert refused(ledgers, "agreement", AGREEMENT + "H-1,2014-01-05,,货币补偿") == both
    assert refused(ledgers, "agreement", AGREEMENT + "H-1,2014-01-05,2014-03-02,货币补偿") == both


def test_a_withdrawal_cannot_be_taken_back_while_a_new_agreement_stands(ledgers: Store) -> None:
    """The day of withdrawal may not be emptied again once the household has signed anew."""
    lines = "H-1,2014-02-01,2014-02-20,货币补偿\nH-1,2014-03-01,,货币补偿"
    load_without_errors(ledgers, "agreement", AGREEMENT + lines)
    emptied = AGREEMENT + "H-1,2014-02-01,,货币补偿"
    assert refused(ledgers, "agreement", emptied) == [("签约日期", "2014-02-01 · 2014-03-01")]


def test_a_wrong_day_is_corrected_by_a_replacement(ledgers: Store) -> None:
    """A file that stands for the whole ledger moves the day; the household has one agreement as before."""
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-1,2014-02-01,,货币补偿")
    report = load_content(ledgers, "agreement", AGREEMENT + "H-1,2014-02-02,,货币补偿", mode="replace")
    assert (report.errors, report.counts.inserted, report.counts.deleted) == ([], 1, 1)


def test_an_agreement_of_another_project_is_refused(ledgers: Store) -> None:
    """An agreement that names D-2 for a household of D-1 is told with both projects."""
    lines = "户编号,项目,签约日期,补偿方式\nH-1,D-2,2014-02-02,货币补偿"
    assert refused(ledgers, "agreement", lines) == [("项目", "D-2 · D-1")]
    assert refused(ledgers, "agreement", lines.replace("D-2", "D-1")) == []


def test_a_household_that_moves_to_another_project_is_told_with_both(ledgers: Store) -> None:
    """A file that moves H-1 says so; one that has it in two projects is refused at both lines."""
    assert doubted(ledgers, "household", "户编号,项目\nH-1,D-2") == [("项目", "D-1 · D-2")]
    assert doubted(ledgers, "household", "户编号,项目\nH-1,D-1\nH-3,D-2") == []
    assert len(refused(ledgers, "household", "户编号,项目\nH-1,D-1\nH-1,D-2")) == 2


def test_signed_before_the_survey_is_told_from_either_ledger(ledgers: Store) -> None:
    """Surveyed on 5 February, signed on the 1st: told when the agreement comes, and when the survey comes."""
    load_without_errors(ledgers, "status_event", STATUS + "H-1,已摸底,2014-02-05")
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-2,2014-02-01,,货币补偿")
    agreed = AGREEMENT + "H-1,2014-02-01,,货币补偿"
    assert doubted(ledgers, "agreement", agreed) == [("签约日期", "2014-02-01 · 2014-02-05")]
    assert doubted(ledgers, "status_event", STATUS + "H-2,已摸底,2014-02-05") == [("日期", "2014-02-05 · 2014-02-01")]


def test_vacated_before_signing_or_without_is_told(ledgers: Store) -> None:
    """H-1 vacated a day before it signed, H-2 has no agreement; and the other way round."""
    load_without_errors(ledgers, "agreement", AGREEMENT + "H-1,2014-03-02,,货币补偿")
    lines = "H-1,已腾空,2014-03-01\nH-2,已拆除,2014-03-01"
    assert doubted(ledgers, "status_event", STATUS + lines) == [
        ("状态", "已腾空 · 2014-03-01 · 2014-03-02"),
        ("状态", "已拆除 · 2014-03-01 · —"),
    ]
    load_without_errors(ledgers, "status_event", STATUS + "H-2,已腾空,2014-03-01")
    agreed = AGREEMENT + "H-2,2014-03-05,,货币补偿"
    assert doubted(ledgers, "agreement", agreed) == [("签约日期", "2014-03-05 · 2014-03-01")]


def test_totals_below_what_is_registered_are_told_from_either_ledger(ledgers: Store) -> None:
    """Three households of 120 ㎡ are more than 300 ㎡; a project cut to one household has two registered."""
    areas = "户编号,项目,合法建筑面积\n" + "".join(f"H-{n},D-1,120\n" for n in (1, 2, 3))
    assert doubted(ledgers, "household", areas) == [("合法建筑面积", "360 · 300")]
    cut = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-1,甲,拆违,1,2014-01-01,2014-06-30"
    assert doubted(ledgers, "demolition_project", cut) == [("总户数", "1 · 2")]


def test_areas_in_mu_are_refused_or_doubted(ledgers: Store) -> None:
    """亩 in the heading or in the cell is refused; 0.15 without a unit is taken, with a remark on the unit."""
    with pytest.raises(errors.UnknownUnit, match="亩"):
        check_content(ledgers, "household", "户编号,项目,合法建筑面积(亩)\nH-3,D-1,0.2")
    assert refused(ledgers, "household", "户编号,项目,合法建筑面积\nH-3,D-1,0.2亩") == [("合法建筑面积", "0.2亩")]
    assert doubted(ledgers, "household", "户编号,项目,合法建筑面积\nH-3,D-1,0.15") == [("合法建筑面积", "0.15")]


def test_a_rate_is_not_taken_for_a_count(ledgers: Store) -> None:
    """98 % in the number of households is refused."""
    lines = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-3,丙,拆违,98%,2014-01-01,2014-06-30"
    assert refused(ledgers, "demolition_project", lines) == [("总户数", "98%")]


def test_a_reward_ends_after_it_starts_within_the_period_and_beside_the_others(ledgers: Store) -> None:
    """An end before its start is refused; an overlap and days beyond the signing period are told."""
    heading = "项目,期次,开始日期,截止日期,奖励方式\n"
    assert refused(ledgers, "incentive_period", heading + "D-1,1,2014-02-01,2014-01-01,按户") == [
        ("截止日期", "2014-01-01 · 2014-02-01")
    ]
    load_without_errors(ledgers, "incentive_period", heading + "D-1,1,2014-01-01,2014-01-31,按户")
    assert doubted(ledgers, "incentive_period", heading + "D-1,2,2014-01-31,2014-02-20,按户") == [
        ("开始日期", "2014-01-31 · 2014-02-20 · 2014-01-31")
    ]
    assert doubted(ledgers, "incentive_period", heading + "D-1,2,2014-06-01,2014-07-31,按户") == [
        ("开始日期", "2014-06-01 · 2014-07-31 · 2014-01-01 · 2014-06-30")
    ]
    assert doubted(ledgers, "incentive_period", heading + "D-1,2,2014-01-05,2014-01-20,整单元") == []
