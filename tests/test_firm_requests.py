"""暖, firms' requests: what the ledger takes, what became of them by a day, and how soon somebody answered."""

from __future__ import annotations

import pandas as pd
import pytest

from data.ingest.loader import Report
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.upload_helpers import check_content

pytestmark = pytest.mark.slow

FIRMS = "企业编码,企业名称,注册地,经营地,入册日期\nE1,甲厂,本街道,本街道,2012-01-01\nE2,乙厂,本街道,本街道,2012-01-01"
HEAD = "诉求编号,企业名称,受理时间,诉求类型,办理期限,回复时间,首次办结日期,重提时间,办结时间,办结结果,满意度评分\n"


@pytest.fixture
def firms(store: Store) -> Store:
    load_without_errors(store, "enterprise", FIRMS)
    return store


def load_requests(store: Store, *rows: str) -> None:
    """Load requests: code, firm, raised, category, due, replied, first closed, back, closed, result, rating."""
    load_without_errors(store, "firm_request", HEAD + "\n".join(rows))


def checked_row(store: Store, row: str) -> Report:
    return check_content(store, "firm_request", HEAD + row)


def one_request(store: Store, day: str) -> dict[str, object]:
    [row] = metric_rows(store, "request_list", day)
    return row


def whole_summary(store: Store, day: str) -> dict[str, object]:
    [row] = metric_rows(store, "request_summary", day, is_total="True")
    return row


@pytest.mark.quick
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,甲厂,2014-05-13 10:00,用工,2014-05-12,,,,,,", "“办结期限”早于“提出时间”，请核对这两个日期"),
        ("1,甲厂,2014-05-13 10:00,用工,,2014-05-13 09:00,,,,,", "“首次响应时间”早于“提出时间”，请核对这两个时间"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,2014-05-12,已解决,", "“办结日期”早于“提出时间”，请核对这两个日期"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,2014-05-14,,", "“办结日期”和“办理结果”只填了一个，请都填或都不填"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,,已解决,", "“办结日期”和“办理结果”只填了一个，请都填或都不填"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,,,5",
         "没有“办结日期”却填了“满意度”：办结后才能评价，请补上日期或删去评价"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,2014-05-20,,,",
         "填了“重提日期”，却没有“首次办结日期”，也没有“办结日期”：办结过才谈得上重提，请补上"),
        ("1,甲厂,2014-05-13 10:00,用工,,,2014-05-14,,,,",
         "填了“首次办结日期”，却没有“重提日期”：没有重提的只填办结日期，请核对"),
        ("1,甲厂,2014-05-13 10:00,用工,,,2014-05-21,2014-05-20,2014-05-22,已解决,",
         "“重提日期”早于“首次办结日期”，请核对这两个日期"),
        ("1,甲厂,2014-05-13 10:00,用工,,,2014-05-14,2014-05-20,2014-05-19,已解决,",
         "写了“首次办结日期”，“办结日期”就是重提后的再次办结，不能早于“重提日期”，请核对"),
        ("1,甲厂,2099-05-13 10:00,用工,,,,,,,", "“提出时间”在今天之后：还没发生的事不能登记，请核对年月日"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,2014-05-14,已解决,非常满意", "“满意度”应是整数"),
        ("1,甲厂,2014-05-13 10:00,用工,,,,,2014-05-14,已解决,6", "“满意度”不能大于 5"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_refused_with_a_sentence(firms, row, said):
    """Days out of order, a result without a day, a rating of what is open, words for a number: one sentence each."""
    [error] = checked_row(firms, row).errors
    assert error.reason.zh == said


@pytest.mark.parametrize(
    "row",
    [
        "1,甲厂,2014-05-13 10:00,用工,2014-05-20,2014-05-13 10:00,,,2014-05-13,已解决,5",
        "1,甲厂,2014-05-13 10:00,用工,,2014-05-13,,2014-05-20,2014-05-14,已解释,",
        "1,甲厂,2014-05-13,用工,,,2014-05-14,2014-05-14,,,",
        "1,甲厂,2014-05-13,用工,,,2014-05-14,2014-05-20,2014-05-20,不能解决,1",
        "1,甲厂,2014-05-13,用工,,,,2014-05-20,2014-05-27,不能解决,1",
    ],
)
def test_nothing_right_is_refused_or_doubted(firms, row):
    """Answered in the same minute, on a day without an hour, back on the day of closing, closed again on that day."""
    report = checked_row(firms, row)
    assert report.errors == []
    assert [note for note in report.notes if note.value] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,,2014-05-13 10:00,用工,,,,,,,", "“企业”和“项目”都没填：看不出是谁的诉求，请补上"),
        ("1,甲厂,2014-05-13 10:00,用工,,2014-05-15 09:00,,,2014-05-14,已解决,",
         "“首次响应时间”晚于办结：先办结、后首次响应，请核对"),
    ],
)  # fmt: skip
def test_what_may_be_right_is_doubted_and_loaded(firms, row, said):
    """A request of nobody and a first reply after the closing are told, and go in."""
    report = checked_row(firms, row)
    assert report.errors == []
    assert said in [note.reason.zh for note in report.notes if note.value is not None]


def states(store: Store, *days: str) -> list[tuple[object, object]]:
    """Return how the one request stands on days, with its result."""
    rows = [one_request(store, day) for day in days]
    return [(row["state"], None if pd.isna(row["result"]) else row["result"]) for row in rows]


@pytest.mark.quick
def test_what_came_back_is_open_again(firms):
    """Closed on the 10th, back on the 20th: closed until the 19th, open again from then on, its result no more."""
    load_requests(firms, "1,甲厂,2014-05-05 09:00,用工,2014-05-15,,,2014-05-20,2014-05-10,已解决,5")
    days = [f"2014-05-{day}" for day in ("09", "10", "19", "20", "31")]
    open_again = ("重提未办结", None)
    assert states(firms, *days) == [
        ("未办结", None),
        ("已办结", "已解决"),
        ("已办结", "已解决"),
        open_again,
        open_again,
    ]
    assert one_request(firms, "2014-05-31")["days_overdue"] == 16
    assert pd.isna(one_request(firms, "2014-05-19")["days_overdue"])


def test_with_both_closings_on_record_every_day_is_known(firms):
    """Closed on the 10th, back on the 20th, closed again on the 27th: the first result was written over."""
    load_requests(firms, "1,甲厂,2014-05-05 09:00,用工,2014-05-15,,2014-05-10,2014-05-20,2014-05-27,已解释,2")
    assert states(firms, *(f"2014-05-{day}" for day in ("09", "10", "20", "26", "27"))) == [
        ("未办结", None), ("已办结", None), ("重提未办结", None), ("重提未办结", None), ("已办结", "已解释"),
    ]  # fmt: skip
    assert one_request(firms, "2014-05-31")["days_overdue"] == 12


def test_without_the_first_closing_it_counts_as_open_until_it_came_back(firms):
    """Back on the 20th and closed on the 27th: when it was closed first nobody knows, so it is not said to be."""
    load_requests(firms, "1,甲厂,2014-05-05 09:00,用工,2014-05-15,,,2014-05-20,2014-05-27,已解释,")
    assert states(firms, *(f"2014-05-{day}" for day in ("19", "20", "27"))) == [
        ("未办结", None), ("重提未办结", None), ("已办结", "已解释"),
    ]  # fmt: skip


@pytest.mark.quick
def test_in_time_is_counted_of_those_whose_day_has_passed(firms):
    """Due by 10 May are five: one closed on its last day, one late, one open, one that came back, one closed early.

    On the 10th itself the request due that day is not yet counted.
    """
    load_requests(
        firms,
        "1,甲厂,2014-05-05 09:00,用工,2014-05-08,,,,2014-05-08,已解决,5",
        "2,甲厂,2014-05-05 09:00,用工,2014-05-08,,,,2014-05-09,已解释,4",
        "3,甲厂,2014-05-05 09:00,用工,2014-05-08,,,,,,",
        "4,甲厂,2014-05-05 09:00,用工,2014-05-08,,,2014-05-09,2014-05-07,已解决,1",
        "5,乙厂,2014-05-05 09:00,用工,2014-05-10,,,,2014-05-06,不能解决,3",
        "6,乙厂,2014-05-05 09:00,其他,,,,,,,",
    )
    before, after = whole_summary(firms, "2014-05-10"), whole_summary(firms, "2014-05-11")
    assert (before["due"], before["closed_in_time"], after["due"], after["closed_in_time"]) == (4, 1, 5, 2)
    assert (after["rate"], pd.isna(before["rate"])) == (40, True)
    assert [after[name] for name in ("raised", "open", "overdue", "closed")] == [6, 3, 2, 3]
    assert [after[name] for name in ("solved", "explained", "unsolved", "result_unknown")] == [1, 1, 1, 0]
    assert (after["closed_once"], after["reopened"], after["rated"], after["satisfied"]) == (4, 1, 3, 2)
    assert [r["category"] for r in metric_rows(firms, "request_summary", "2014-05-11")[1:]] == ["用工", "其他"]


def test_solved_is_a_share_of_closed_and_nothing_of_too_few(firms):
    """Of five closed two are solved: 40 %, not the 100 % that “closed” would show; of four no share is given."""
    results = ("已解决", "已解决", "已解释", "已解释", "不能解决")
    rows = [f"{n},甲厂,2014-05-05 09:00,用工,,,,,2014-05-0{n},{r}," for n, r in enumerate(results, 5)]
    load_requests(firms, *rows)
    four, five = (whole_summary(firms, f"2014-05-0{day}") for day in (8, 9))
    assert (pd.isna(four["solved_rate"]), four["solved"], four["closed"]) == (True, 2, 4)
    assert (five["solved_rate"], five["closed"]) == (40, 5)


def test_the_first_reply_is_in_working_hours_with_those_still_waiting(firms):
    """By hand, raised on Monday 12 May at 09:00: answered after 1, 2, 3, 9.5 and 10.5 hours; two wait at the end.

    Of seven the shares still waiting are 6/7, 5/7, 4/7, 3/7 …, so that half had an answer within 9.5 hours.
    """
    replies = ("05-12 10:00", "05-12 11:00", "05-12 12:00", "05-13 11:00", "05-13 13:30")
    rows = [f"{n},甲厂,2014-05-12 09:00,用工,,2014-{at},,,,," for n, at in enumerate(replies)]
    load_requests(firms, *rows, *(f"{n},甲厂,2014-05-12 09:00,用工,,,,,,," for n in (8, 9)))
    row = whole_summary(firms, "2014-05-16")
    assert (row["replied"], row["unanswered"], row["median_reply_hours"]) == (5, 2, 9.5)
    hours = {r["request_id"]: r["reply_hours"] for r in metric_rows(firms, "request_list", "2014-05-16")}
    assert [hours[str(n)] for n in range(5)] == [1, 2, 3, 9.5, 10.5]
    assert {r["waited_hours"] for r in metric_rows(firms, "request_list", "2014-05-16", reply_hours="")} == {37}


def test_where_no_hour_is_written_none_is_counted(firms):
    """Raised or answered on a day without an hour, closed without an answer, before the calendar: not known."""
    load_requests(
        firms,
        "1,甲厂,2014-05-12,用工,,2014-05-12 10:00,,,,,",
        "2,甲厂,2014-05-12 09:00,用工,,2014-05-13,,,,,",
        "3,甲厂,2014-05-12 09:00,用工,,,,,2014-05-13,已解决,",
        "4,甲厂,2003-05-12 09:00,用工,,2003-05-12 10:00,,,,,",
    )
    listed = metric_rows(firms, "request_list", "2014-05-16")
    assert all(pd.isna(row["reply_hours"]) and pd.isna(row["waited_hours"]) for row in listed)
    row = whole_summary(firms, "2014-05-16")
    assert (row["replied"], row["unanswered"], row["reply_unknown"]) == (0, 0, 3)


def test_a_reply_of_later_is_none_yet(firms):
    """Answered on the 14th: on the 13th the request waits, since 15 hours of working time."""
    load_requests(firms, "1,甲厂,2014-05-12 08:00,用工,,2014-05-14 09:00,,,,,")
    before, after = one_request(firms, "2014-05-13"), one_request(firms, "2014-05-14")
    assert (before["waited_hours"], pd.isna(before["reply_hours"])) == (15, True)
    assert (after["reply_hours"], pd.isna(after["waited_hours"])) == (15.5, True)


def test_only_the_requests_of_the_last_year_are_summed_up(firms):
    """Raised on 30 June 2013 a request is out of the figures of 30 June 2014, on 1 July 2013 it is in."""
    load_requests(firms, *(f"{n},甲厂,2013-{day} 09:00,用工,,,,,,," for n, day in enumerate(("06-30", "07-01"))))
    assert whole_summary(firms, "2014-06-30")["raised"] == 1
    assert len(metric_rows(firms, "request_list", "2014-06-30")) == 2


@pytest.mark.parametrize("day", ["2013-08-31", "2014-01-15", "2014-06-30"])
def test_the_parts_add_up(sample_store, day):
    """On any day open, solved, explained, unsolvable and unknown make what was raised; categories make the total."""
    rows = pd.DataFrame(metric_rows(sample_store, "request_summary", day))
    parts = ["open", "solved", "explained", "unsolved", "result_unknown"]
    assert (rows[parts].sum(axis=1) == rows["raised"]).all()
    assert (rows["replied"] + rows["unanswered"] + rows["reply_unknown"] == rows["raised"]).all()
    assert (rows["closed_in_time"] <= rows["due"]).all()
    counts = [*parts, "raised", "overdue", "closed", "due", "closed_in_time", "closed_once", "reopened", "rated"]
    is_all = rows["is_total"].astype(bool)
    assert rows[is_all][counts].iloc[0].to_dict() == rows[~is_all][counts].sum().to_dict()


def test_a_firm_visited_more_often_than_the_cap_is_pointed_out(firms):
    """Three visits in May are one too many, two in June are none; talks, and visits that name no firm, do not count."""
    head = "招商活动编码,活动类型,活动日期,企业\n"
    visits = ("走访,2014-05-05,E1", "走访,2014-05-15,E1", "走访,2014-05-25,E1", "走访,2014-06-05,E1",
              "走访,2014-06-06,E1", "座谈,2014-06-07,E1", "走访,2014-06-08,", "走访,2013-06-30,E2")  # fmt: skip
    load_without_errors(firms, "investment_activity", head + "\n".join(f"{n},{v}" for n, v in enumerate(visits)))
    found = metric_rows(firms, "firm_visits", "2014-06-30")
    assert [(r["firm"], f"{r['month']:%Y-%m}", r["visits"], r["is_over_cap"]) for r in found] == [
        ("甲厂", "2014-05", 3, True), ("甲厂", "2014-06", 2, False),
    ]  # fmt: skip
    assert metric_rows(firms, "firm_visits", "2014-05-20")[0]["visits"] == 2
