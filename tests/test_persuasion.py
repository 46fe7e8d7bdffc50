"""疏: what the ledgers take, who has not signed and why, visits by person-time, attitudes, the clocks of petitions."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.demolition import petition_clocks
from data.datasets import DATASETS
from data.ingest.loader import Report
from data.standards import thresholds
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.upload_helpers import check_content

pytestmark = pytest.mark.slow

PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\n"
PROJECTS = PROJECT + "A,甲项目,拆违,20,2014-05-01,2014-06-20\nB,乙项目,拆违,20,2014-06-01,2014-08-31"
HOUSEHOLDS = "户编号,项目\n" + "".join(f"A-{n},A\nB-{n},B\n" for n in range(1, 7))
AGREED = "户编号,签约日期,撤销日期,补偿方式\n"
RAISED = "难题编号,户编号,难题类型,登记日期,承诺办结日期,办结时间,化解结果\n"
VISITED = "走访编号,户编号,走访时间,时段,走访形式,态度,约定下次走访,下步措施\n"
RECEIVED = "信访编号,项目,所在村社,信访类别,收件日期,告知日期,办结日期,延期天数,重复访,风险等级\n"


@pytest.fixture
def households(store: Store) -> Store:
    load_without_errors(store, "demolition_project", PROJECTS)
    load_without_errors(store, "household", HOUSEHOLDS)
    return store


def load_rows(store: Store, ledger: str, head: str, *rows: str) -> None:
    load_without_errors(store, ledger, head + "\n".join(rows))


def checked(store: Store, ledger: str, head: str, row: str) -> Report:
    return check_content(store, ledger, head + row)


def unsigned(store: Store, day: str, code: str = "") -> list[dict[str, object]]:
    return [row for row in metric_rows(store, "unsigned_households", day) if code in ("", row["household_id"])]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("ledger", "head", "row", "said"),
    [
        ("household_difficulty", RAISED, "1,A-1,资金缺口,2014-05-10,2014-05-09,,",
         "“承诺日期”早于“提出日期”，请核对这两个日期"),
        ("household_difficulty", RAISED, "1,A-1,资金缺口,2014-05-10,,2014-05-12,",
         "“办理结果”和“办结日期”只填了一个，请都填或都不填"),
        ("household_difficulty", RAISED, "1,A-1,资金缺口,2014-05-10,,,已解决",
         "“办理结果”和“办结日期”只填了一个，请都填或都不填"),
        ("visit", VISITED, "1,A-1,2014-05-10,,电话,支持,2014-05-09,", "“下次走访日期”早于“走访日期”，请核对这两个日期"),
        ("petition", RECEIVED, "1,A,,咨询,2014-05-10,2014-05-09,,,,", "“受理告知日期”早于“收到日期”，请核对这两个日期"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_refused_with_a_sentence(households, ledger, head, row, said):
    """Days out of order, a result without a day, a day without a result: one sentence each."""
    [error] = checked(households, ledger, head, row).errors
    assert error.reason.zh == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,A,,咨询,2014-05-10,,,31,,",
         "“延期天数”多于条例允许的 30 天，办结期限只按允许的天数顺延，请核对"),
        ("1,,,咨询,2014-05-10,,,,,", "“项目”和“所在村社”都没填：看不出是哪里的信访，请补上"),
        ("1,A,,咨询,2014-05-10,2014-05-20,2014-05-19,,,", "“办结日期”早于“受理告知日期”，请核对这两个日期"),
    ],
)  # fmt: skip
def test_what_may_be_a_real_breach_is_told_and_loaded(households, row, said):
    """A petition extended too far, of nowhere, or closed before its notice is doubted and goes in."""
    report = checked(households, "petition", RECEIVED, row)
    assert report.errors == []
    assert said in [note.reason.zh for note in report.notes if note.value is not None]


@pytest.mark.quick
def test_no_ledger_of_persuasion_has_a_column_for_a_person():
    """Neither names nor relatives, contacts, telephones or what a petition said have a column or a heading."""
    spellings = [
        spelling
        for name in ("household_difficulty", "visit", "petition")
        for column in DATASETS[name].columns
        for spelling in column.spellings()
    ]
    banned = (
        "姓名",
        "亲属",
        "人脉",
        "联系人",
        "电话",
        "证件",
        "信访人",
        "内容",
        "name",
        "phone",
        "relative",
        "contact",
    )
    assert [word for word in spellings if any(part in word.lower() for part in banned)] == []


@pytest.mark.quick
def test_late_projects_come_first_then_overdue_promises_then_days_without_a_visit(households):
    """甲 is past its deadline; in 乙 a promise is 5 days over, B-2 was not visited for 29 days, B-3 yesterday."""
    load_rows(
        households,
        "agreement",
        AGREED,
        *(f"A-{n},2014-05-05,,货币补偿" for n in range(2, 7)),
        *(f"B-{n},2014-06-05,,货币补偿" for n in range(4, 7)),
    )
    load_rows(
        households,
        "household_difficulty",
        RAISED,
        "1,B-1,资金缺口,2014-06-10,2014-06-25,,",
        "2,B-3,资金缺口,2014-06-10,2014-06-30,,",
    )
    load_rows(households, "visit", VISITED, "1,B-1,2014-06-29,,电话,支持,,", "2,B-3,2014-06-29,,电话,支持,,")
    found = unsigned(households, "2014-06-30")
    assert [row["household_id"] for row in found] == ["A-1", "B-1", "B-2", "B-3"]
    assert [row["is_late"] for row in found] == [True, False, False, False]
    assert [row["days_unvisited"] for row in found] == [60, 1, 29, 1]
    assert [row["is_unvisited"] for row in found] == [True, False, True, False]
    assert found[1]["days_overdue"] == 5
    assert pd.isna(found[3]["days_overdue"])  # due on the day itself


def test_what_happens_after_the_day_does_not_exist(households):
    """On the 10th the visit of the 12th, its plan, the difficulty of the 11th and its end are not known."""
    load_rows(
        households,
        "visit",
        VISITED,
        "1,A-1,2014-05-04,上午,电话,反对,2014-05-09,再去",
        "2,A-1,2014-05-12,上午,入户走访,支持,2014-05-15,签约",
    )
    load_rows(
        households,
        "household_difficulty",
        RAISED,
        "1,A-1,资金缺口,2014-05-05,,2014-05-11,已解决",
        "2,A-1,其他,2014-05-11,,,",
    )
    [early], [late] = (unsigned(households, day, "A-1") for day in ("2014-05-10", "2014-05-13"))
    assert (early["open_reasons"], early["attitude"], early["visits"], early["days_unvisited"]) == (
        "资金缺口",
        "反对",
        1,
        6,
    )
    assert (early["next_step"], early["is_missed"]) == ("再去", True)
    assert (late["open_reasons"], late["attitude"], late["visits"], late["days_unvisited"]) == ("其他", "支持", 2, 1)
    assert (late["next_step"], late["is_missed"]) == ("签约", False)


def test_a_household_whose_agreement_is_withdrawn_stands_on_the_list_again(households):
    """Signed from the 5th to the 19th, it is not on the list; from the day of withdrawal it is."""
    load_rows(households, "agreement", AGREED, "A-1,2014-05-05,2014-05-20,货币补偿")
    days = ("2014-05-04", "2014-05-05", "2014-05-19", "2014-05-20")
    assert [bool(unsigned(households, day, "A-1")) for day in days] == [True, False, False, True]


def whole(store: Store, metric: str, day: str) -> dict[str, object]:
    rows = [row for row in metric_rows(store, metric, day, is_total="True") if pd.isna(row.get("project_id"))]
    return rows[0]


def test_solved_closed_and_raised_are_kept_apart(households):
    """Of 7 raised 5 are closed, of these 3 solved: 71.4 % and 60 %; on the 20th one of three is closed: too few."""
    ends = (
        "2014-05-12,已解决",
        "2014-05-13,已解决",
        "2014-05-14,已解决",
        "2014-05-30,已解释",
        "2014-05-31,不能解决",
        ",",
        ",",
    )
    load_rows(
        households,
        "household_difficulty",
        RAISED,
        *(f"{n},A-{n % 6 + 1},资金缺口,2014-05-10,2014-05-20,{end}" for n, end in enumerate(ends)),
    )
    row = whole(households, "difficulties", "2014-06-30")
    assert [row[name] for name in ("raised", "closed", "open", "overdue", "solved", "explained", "unsolvable")] == [
        7, 5, 2, 2, 3, 1, 1,
    ]  # fmt: skip
    assert (row["closed_rate"], row["difficulty_solved_rate"]) == (pytest.approx(500 / 7), 60)
    assert row["median_days"] == 20  # 2, 3, 4 and then 20: the fourth of seven
    early = whole(households, "difficulties", "2014-05-20")
    assert (early["closed"], early["overdue"]) == (3, 0)
    assert pd.isna(early["difficulty_solved_rate"])
    assert pd.isna(early["median_days"])


def test_who_signs_on_the_fourteenth_day_after_a_solution_has_signed_after_it(households):
    """Solved on 10 May: signed on the 24th counts, on the 25th not; who had signed before is not asked."""
    load_rows(
        households,
        "agreement",
        AGREED,
        "A-1,2014-05-24,,货币补偿",
        "A-2,2014-05-25,,货币补偿",
        "A-3,2014-05-09,,货币补偿",
        "A-4,2014-05-10,,货币补偿",
    )
    load_rows(
        households,
        "household_difficulty",
        RAISED,
        *(f"{n},A-{n},资金缺口,2014-05-02,,2014-05-10,已解决" for n in range(1, 5)),
    )
    row = whole(households, "difficulties", "2014-06-30")
    assert (row["followed"], row["signed_after"]) == (3, 2)
    assert pd.isna(row["signed_after_rate"])
    assert whole(households, "difficulties", "2014-05-23")["followed"] == 0


def test_visits_are_told_by_the_weeks_that_households_stood_without_an_agreement(households):
    """甲, 28 days: six households, one signed after 14 of them, make 154 / 7 = 22 weeks; 11 visits are 0.5 each.

    A visit on the day of signing counts, one after it does not, nor one before the four weeks.
    """
    load_rows(households, "agreement", AGREED, "A-1,2014-05-18,,货币补偿")
    visits = [f"{n},A-2,2014-05-{n + 10},,电话,支持,," for n in range(10)]
    load_rows(
        households,
        "visit",
        VISITED,
        *visits,
        "x,A-1,2014-05-18,,电话,支持,,",
        "y,A-1,2014-05-19,,电话,支持,,",
        "z,A-3,2014-05-03,,电话,支持,,",
    )
    row = next(r for r in metric_rows(households, "visit_intensity", "2014-05-31") if r["project_id"] == "A")
    assert (row["recent_visits"], row["household_weeks"], row["visits_per_week"]) == (11, 22, 0.5)
    assert (row["unsigned"], row["unvisited"], row["never_visited"]) == (5, 5, 3)
    early = whole(households, "visit_intensity", "2014-05-05")
    assert early["household_weeks"] == pytest.approx(30 / 7)
    assert pd.isna(early["visits_per_week"])


def test_attitudes_are_compared_from_the_first_visit_to_the_newest(households):
    """反对 in the morning and 观望 at night are two; one visit is none, and one that tells no attitude is no visit."""
    load_rows(
        households,
        "visit",
        VISITED,
        "1,A-1,2014-05-03,晚上,电话,观望,,",
        "2,A-1,2014-05-03,上午,电话,反对,,",
        "3,A-2,2014-05-03,,电话,反对,,",
        "4,A-2,2014-05-05,,电话,,,",
        "5,A-3,2014-05-03,,电话,支持,,",
        "6,A-3,2014-05-06,,电话,支持,,",
        "7,A-1,2014-06-06,,电话,支持,,",
    )
    found = {
        (row["first_attitude"], row["newest_attitude"]): (row["households"], row["is_changed"])
        for row in metric_rows(households, "attitude_changes", "2014-05-31", is_total="True")
    }
    assert found == {("反对", "观望"): (1, True), ("支持", "支持"): (1, False)}


@pytest.mark.quick
def test_the_clock_of_a_petition_ends_on_its_sixtieth_day(households):
    """Closed on day 60 is in time, on 61 late; extended by 30 until day 90, by 45 no longer; not overdue on its day."""
    load_rows(
        households,
        "petition",
        RECEIVED,
        "1,A,,咨询,2014-03-01,2014-03-16,2014-04-30,,,",
        "2,A,,咨询,2014-03-01,2014-03-17,2014-05-01,,,",
        "3,A,,咨询,2014-03-01,,2014-05-30,30,,",
        "4,A,,咨询,2014-03-01,,2014-05-31,45,,",
        "5,A,,申诉求决,2014-05-01,,,,是,高",
    )
    row = whole(households, "petitions", "2014-06-30")
    names = ("received", "due", "closed_in_time", "open", "overdue", "repeats", "high_risk_open")
    assert [row[name] for name in names] == [5, 4, 2, 1, 0, 1, 1]
    assert (row["notice_due"], row["notified_in_time"], row["notice_rate"]) == (5, 1, 20)
    assert pd.isna(row["rate"])  # four are too few
    assert whole(households, "petitions", "2014-07-01")["overdue"] == 1


def test_a_petition_of_the_sample_is_at_day_58_of_60(sample_store):
    """PET-008 is at day 58 of 60, PET-004 overdue, of high risk and repeated, PET-003 was closed late."""
    rows = {row["petition_id"]: row for row in metric_rows(sample_store, "petition_list", "2014-06-30")}
    assert (rows["PET-008"]["days_open"], rows["PET-008"]["days_allowed"]) == (58, 60)
    late = rows["PET-004"]
    assert (late["petition_state"], late["risk"], late["is_repeat"], late["days_overdue"]) == (
        "逾期未办结",
        "高",
        True,
        22,
    )
    assert rows["PET-003"]["days_overdue"] == 11


def test_a_petition_is_judged_by_the_rule_of_the_day_on_which_it_came(monkeypatch):
    """With 30 days to close from 2022-05-01 on, one received the day before keeps its 60."""
    versions = list(thresholds.every_version("petition_clock.csv"))
    shorter = [
        row | {"value": "30"} if (row["rule"], row["effective_from"]) == ("petition_finish_days", "2022-05-01") else row
        for row in versions
    ]
    monkeypatch.setattr(petition_clocks, "every_version", lambda name: tuple(shorter))
    received = pd.to_datetime(pd.Series(["2004-01-01", "2022-04-30", "2022-05-01"]))
    columns = {"closed_on": pd.NaT, "notified_on": pd.NaT, "extended_days": None, "is_repeat": False, "risk": None}
    named = dict.fromkeys(["petition_class", "channel", "project", "village", "project_id", "village_id"])
    rows = pd.DataFrame({"petition_id": ["1", "2", "3"], "received_on": received}).assign(**named, **columns)
    rows = rows.astype({"closed_on": "datetime64[us]", "notified_on": "datetime64[us]"})
    found = petition_clocks.petition_list(rows, date(2022, 6, 30)).set_index("petition_id")
    assert found["days_allowed"].to_dict() == {"1": 60, "2": 60, "3": 30}


def test_the_59_households_of_the_article_found_homes_within_reach(sample_store):
    """Each of the 59 that bought at 新里都市小区 with money, and no other of 市北环, had that difficulty, solved."""
    with sample_store.read() as con:
        [bought] = (
            con.execute(
                "SELECT list(household_id ORDER BY household_id) FROM agreement WHERE mode = '货币补偿' "
                "AND housing_source_id = 'H-XL'"
            ).fetchone(),
        )
        rows = con.execute(
            "SELECT household_id, difficulty_reason, outcome, closed_on <= a.signed_on, due_on >= closed_on "
            "FROM household_difficulty d JOIN household h USING (household_id) JOIN agreement a USING (household_id) "
            "WHERE h.project_id = 'DEM-BH' ORDER BY 1"
        ).fetchall()
    assert len(rows) == 59
    assert [row[0] for row in rows] == bought[0]
    assert {row[1:] for row in rows} == {("安置房位置", "已解决", True, True)}


def test_the_sample_has_households_not_visited_for_long_and_promises_overdue(sample_store):
    """18 of 76 were not visited for over 7 days, 4 never; ten promises are overdue; the late project stands first."""
    found = metric_rows(sample_store, "unsigned_households", "2014-06-30")
    assert (len(found), sum(r["is_unvisited"] for r in found), sum(r["is_never_visited"] for r in found)) == (76, 18, 4)
    assert whole(sample_store, "difficulties", "2014-06-30")["overdue"] == 10
    assert (found[0]["project"], found[0]["is_late"], found[0]["is_missed"]) == ("示例征迁项目三", True, True)


def test_the_indicators_say_what_the_metrics_behind_them_say(sample_store):
    """Eight indicators with the figures of their metrics; with fewer than five cases a share is not given."""
    rows = metric_rows(sample_store, "persuasion_indicators", "2014-06-30")
    assert [(r["code"], r["part"]) for r in rows] == [
        ("D1", "1"), ("D1", "2"), ("D2", "1"), ("D2", "2"), ("D3", "1"), ("D4", "1"), ("D4", "2"), ("D4", "3"),
    ]  # fmt: skip
    assert {r["step"] for r in rows} == {"疏"}
    first, early = rows[0], metric_rows(sample_store, "persuasion_indicators", "2014-01-31")
    assert (first["numerator"], first["denominator"]) == (73, 85)
    assert first["indicator_value"] == pytest.approx(100 * 73 / 85)
    in_time = next(r for r in early if r["code"] == "D4" and r["part"] == "1")
    assert in_time["is_too_few"]
    assert pd.isna(in_time["indicator_value"])
