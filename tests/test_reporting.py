"""报送 by hand: what falls due when, what a correction, an undo and several units change, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.metrics import METRICS
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.store import Store, open_store
from ui.overview import reporting_line

TODAY = date.today()
DUTY = "台账,报送单位,报送岗位,报送频次,期后几天内报,起报日期\n"


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        yield opened


def load(store: Store, ledger: str, lines: str, who: str = "测试员", is_sample: bool = False) -> int:
    file = reader.make_upload("台账.csv", lines.encode())
    report = loader.load_file(store, DATASETS[ledger], file, Who(who, is_sample=is_sample))
    assert report.errors == []
    return int(report.batch or 0)


def load_awards(store: Store, *days: date, score: int = 90, **who: object) -> int:
    """Load an assessment of a village that was issued on each day."""
    rows = "".join(f"V1,{day.year},事项{day:%m%d},{score},{day}\n" for day in days)
    return load(store, "village_assessment", f"所在村社,年度,考核项目,得分,公布日期\n{rows}", **who)  # type: ignore[arg-type]


def states(store: Store, as_of: date) -> pd.DataFrame:
    with store.read() as con:
        return METRICS["reporting_status"].compute(con, as_of).rows


def monthly_duty(store: Store, *units: str) -> None:
    load(store, "village", "村社编码,村社名称\nV1,示例村\n")
    rows = "".join(f"村社考核,{unit},,月报,5,{TODAY - timedelta(days=100):%Y-%m-01}\n" for unit in units)
    load(store, "reporting_duty", DUTY + rows)


def month_before(months: int) -> date:
    """Return the 15th of a month before this one."""
    first = TODAY.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first.replace(day=15)


def state_of(rows: pd.DataFrame, day: date, unit: str = "甲办") -> str:
    inside = (rows["period_start"] <= pd.Timestamp(day)) & (rows["period_end"] >= pd.Timestamp(day))
    [found] = rows.loc[inside & (rows["unit"] == unit), "report_state"]
    return str(found)


def test_a_row_loaded_after_the_limit_is_late_and_a_month_without_one_is_missing(store):
    """Two months ago came today, so late; the month before that never came; this month is not due yet."""
    monthly_duty(store, "甲办")
    load_awards(store, month_before(2))
    rows = states(store, TODAY)
    assert [state_of(rows, month_before(n)) for n in (3, 2)] == ["未报", "迟报"]
    assert state_of(rows, TODAY) == "未到期"


def test_a_correction_is_no_second_report(store):
    """The batch that brought a month first stays its report when its rows are corrected, and an undo takes it away."""
    monthly_duty(store, "甲办")
    first = load_awards(store, month_before(2))
    load_awards(store, month_before(2), score=80)
    rows = states(store, TODAY)
    assert rows["batch"].dropna().tolist() == [first]
    versions_undone = [first + 1, first]
    for batch in versions_undone:
        loader.undo_batch(store, batch, Who("测试员"))
    assert state_of(states(store, TODAY), month_before(2)) == "未报"


def test_sample_rows_count_on_their_own_day(store):
    """A 示例 batch, which nobody loaded, reports a month on the day of its newest row in it."""
    monthly_duty(store, "甲办")
    load_awards(store, month_before(2), who="示例", is_sample=True)
    assert state_of(states(store, TODAY), month_before(2)) == "已报"


def test_of_two_units_the_one_that_loaded_has_reported(store):
    """Where two units report one ledger, whoever loaded it gave the unit."""
    monthly_duty(store, "甲办", "乙办")
    load_awards(store, month_before(2), who="乙办")
    rows = states(store, TODAY)
    assert [state_of(rows, month_before(2), unit) for unit in ("甲办", "乙办")] == ["未报", "迟报"]


def test_what_was_loaded_after_the_day_had_not_come_by_it(store):
    """Loaded today, it was missing yesterday, which is told with the day on which it came; nobody is reminded of it."""
    monthly_duty(store, "甲办")
    load_awards(store, month_before(1), month_before(2), month_before(3))
    yesterday = TODAY - timedelta(days=1)
    rows = states(store, yesterday)
    assert state_of(rows, month_before(2)) == "未报"
    assert set(rows.loc[rows["report_state"] == "未报", "came_later_on"]) == {pd.Timestamp(TODAY)}
    assert rows[["reported_on", "batch"]].isna().all(axis=None)
    assert not rows.loc[rows["period_start"] >= pd.Timestamp(month_before(3).replace(day=1)), "is_outstanding"].any()


def test_a_month_is_due_from_the_unit_that_has_the_duty_when_it_ends(store):
    """甲办 gave the ledger over to 乙办 in the middle of the month before last: one row a month, 乙办's then."""
    load(store, "village", "村社编码,村社名称\nV1,示例村\n")
    handed_over, first = month_before(2), f"{TODAY - timedelta(days=150):%Y-%m-01}"
    duties = f"村社考核,甲办,,月报,5,{first},{handed_over}\n村社考核,乙办,,月报,5,{handed_over + timedelta(days=1)},\n"
    load(store, "reporting_duty", DUTY.replace("起报日期", "起报日期,停报日期") + duties)
    load_awards(store, month_before(2), who="张三")
    rows = states(store, TODAY)
    assert rows["period_start"].is_unique
    whose = rows.set_index(rows["period_start"].dt.date)["unit"]
    assert [whose[month_before(n).replace(day=1)] for n in (3, 2, 1)] == ["甲办", "乙办", "乙办"]
    assert state_of(rows, month_before(2), "乙办") == "迟报"


def test_the_line_of_the_cockpit_keeps_what_is_missing_from_earlier_months(store):
    """On the first of a month nothing is due yet, and the duties still missing are named: three and the count."""
    load(store, "village", "村社编码,村社名称\nV1,示例村\n")
    ledgers = ("村社考核", "入户走访", "到位资金", "招商活动", "节水活动")
    rows = "".join(f"{name},甲办,,月报,5,2014-03-01\n" for name in ledgers)
    load(store, "reporting_duty", DUTY + rows)
    with store.read() as con:
        status, units = (
            METRICS[name].compute(con, date(2014, 6, 1)) for name in ("reporting_status", "reporting_by_unit")
        )
    said = reporting_line.reporting_markup(status, units).striptags()
    assert "没有到期的报送；至今未报：" in said
    assert said.count("起 2 期") == 3
    assert said.endswith("等 5 本")


def test_an_acknowledgement_holds_for_thirty_days(store):
    """An alert bears the name and time of the batch that acknowledged it, until the days are over."""
    monthly_duty(store, "甲办")
    load_awards(store, month_before(3), who="示例", is_sample=True)
    code = "village_assessment·甲办"
    load(
        store,
        "alert_acknowledgement",
        f"提醒类型,事项类别,事项编号,确认时的数据日期\n数据未报,报送,{code},{TODAY}\n",
        "张三",
    )
    with store.read() as con:
        for days, known in ((0, "张三"), (29, "张三"), (30, None)):
            rows = METRICS["alerts"].compute(con, TODAY + timedelta(days=days)).rows
            [who] = rows.loc[rows["item_id"] == code, "acknowledged_by"]
            assert (None if pd.isna(who) else who) == known
