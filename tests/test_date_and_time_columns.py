"""Moments whose day and time of day stand apart."""

import pytest

from tests import upload_helpers
from tests.stores import fill_store
from tests.upload_helpers import PARENTS

pytestmark = pytest.mark.slow

PATROLS = "巡河编码,巡河河长,河道,{}\nP-1,C-1,R-1,{}\n"


@pytest.fixture(autouse=True)
def parents(store):
    fill_store(store, PARENTS | {"chief": "河长编码,职务,河长级别\nC-1,胡家村河长,村级河长\n"})


@pytest.mark.parametrize("headings", ["采样日期,采样时间", "采样时间,采样日期", "监测日期,监测时间", "监测日期,时间"])
@pytest.mark.parametrize("clock", ["08:30", "08:30:00", "8时30分", "８：３０", "0830"])
def test_a_day_and_a_time_of_day_in_two_columns_are_one_moment(store, headings, clock):
    """The sample was taken on that day at that time, not at its midnight."""
    parts = (clock, "2014/3/5") if headings.startswith("采样时间") else ("2014/3/5", clock)
    report = upload_helpers.load_content(store, "reading", f"断面,{headings},氨氮\nS-1,{','.join(parts)},1\n")
    assert (report.errors, report.unmapped) == ([], [])
    assert [f"{at:%m-%d %H:%M}" for (at,) in upload_helpers.ledger_values(store, "reading", "sampled_at")] == [
        "03-05 08:30"
    ]


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2014-03-05", "", "2014-03-05 00:00"),
        ("2014-03-05", "2014-03-05 08:30", "2014-03-05 08:30"),
        ("2014-03-05 00:00:00", "08:30", "2014-03-05 08:30"),
        ("2014年3月5日", "8:30", "2014-03-05 08:30"),
    ],
)
def test_a_column_of_days_may_say_it_all(store, day, clock, expected):
    """A day without a time is its midnight, a time that repeats the day is the moment."""
    upload_helpers.load_content(store, "reading", f"断面,采样日期,采样时间,氨氮\nS-1,{day},{clock},1\n")
    assert [f"{at:%Y-%m-%d %H:%M}" for (at,) in upload_helpers.ledger_values(store, "reading", "sampled_at")] == [
        expected
    ]


@pytest.mark.parametrize(("day", "clock"), [("2014-03-05", "2014-03-06 08:30"), ("", "08:30"), ("2014-03-05", "午后")])
def test_a_day_and_a_time_that_do_not_fit_are_refused(store, day, clock):
    """A time of another day, without a day, or that no clock shows makes no moment."""
    report = upload_helpers.check_content(store, "reading", f"断面,采样日期,采样时间,氨氮\nS-1,{day},{clock},1\n")
    assert [e.line for e in report.errors] == [2]


@pytest.mark.parametrize("start", ["2014-03-05 07:30", "2014/3/5 7:30", "2014年3月5日 7:30", "2014-03-05T07:30"])
@pytest.mark.parametrize("end", ["08:30", "8:30", "８：３０", "8时30分"])
def test_an_end_without_a_day_is_on_the_day_of_its_start(store, start, end):
    """A patrol that began on a day with its time, and ended at a time, ended on that day."""
    report = upload_helpers.load_content(store, "patrol", PATROLS.format("开始时间,结束时间", f"{start},{end}"))
    assert report.errors == []
    assert [f"{at:%m-%d %H:%M}" for (at,) in upload_helpers.ledger_values(store, "patrol", "end_at")] == ["03-05 08:30"]


@pytest.mark.quick
def test_day_start_and_end_may_stand_in_three_columns(store):
    """The day of the patrol is that of its start and of its end."""
    upload_helpers.load_content(store, "patrol", PATROLS.format("巡河日期,开始时间,结束时间", "2014-03-05,07:30,08:30"))
    [(start, end)] = upload_helpers.ledger_values(store, "patrol", "start_at", "end_at")
    assert (f"{start:%m-%d %H:%M}", f"{end:%m-%d %H:%M}") == ("03-05 07:30", "03-05 08:30")


@pytest.mark.quick
def test_an_end_before_its_start_is_no_time_of_the_next_day(store):
    """00:30 beside a start at 23:00 is told, for the day of the end is anybody's guess."""
    report = upload_helpers.check_content(
        store, "patrol", PATROLS.format("开始时间,结束时间", "2014-03-05 23:00,00:30")
    )
    assert [e.line for e in report.errors] == [2]
