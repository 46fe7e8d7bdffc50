"""拆: areas against target that pass 100 %, unlawful buildings and the land after, operations and when by force."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.working_time import has_public_holiday
from data.ingest.loader import Report
from data.standards import thresholds
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.upload_helpers import check_content
from ui import formats

pytestmark = pytest.mark.slow

BUILDINGS = "违建编码,所在村社,违建类型,违建面积,发现日期,通知日期,限期,拆除日期,拆后土地,拆后利用,利用日期,利用面积\n"
RENOVATION = "所在村社,三改类型,截至日期,当月完成面积\n"
OPERATIONS = "行动编码,所在村社,拆除方式,开始时间,结束时间,垃圾已清运,安全事故\n"
TARGETS = "指标,开始日期,截止日期,目标值\n"
# 宁波 2013 年 1–11 月, published in 万㎡: three kinds of renovation, and unlawful buildings
NINGBO = (("旧住宅区", "342.02"), ("旧厂区", "158.03"), ("城中村", "468.06"))


@pytest.fixture
def village(store: Store) -> Store:
    load_without_errors(store, "village", "村社编码,村社名称\nV1,甲村\nV2,乙村")
    return store


def load_buildings(store: Store, *rows: str) -> None:
    load_without_errors(store, "violation", BUILDINGS + "\n".join(rows))


def load_operations(store: Store, *rows: str) -> None:
    load_without_errors(store, "demolition_operation", OPERATIONS + "\n".join(rows))


def whole(store: Store, metric: str, day: str) -> dict[str, Any]:
    [row] = metric_rows(store, metric, day, is_total="True")
    return row


def areas(store: Store, day: str) -> dict[str, dict[str, Any]]:
    return {str(row["kind"]): row for row in metric_rows(store, "area_targets", day)}


@pytest.fixture
def ningbo(store: Store) -> Store:
    """Load what Ningbo published of January to November 2013, with the targets that its rates imply."""
    load_without_errors(store, "village", "村社编码,村社名称\nNB,宁波市")
    load_without_errors(
        store, "renovation", RENOVATION + "\n".join(f"NB,{kind},2013-11-30,{area}万㎡" for kind, area in NINGBO)
    )
    load_buildings(store, "NB-1,NB,存量,1600.29万㎡,2013-01-01,,,2013-11-30,,,,")
    load_without_errors(
        store, "target", TARGETS + "三改,2013-01-01,2013-12-31,470万㎡\n拆违,2013-01-01,2013-12-31,570万㎡"
    )
    return store


@pytest.mark.quick
def test_the_published_rates_of_ningbo_come_out_beyond_200_percent(ningbo):
    """968.11 of 470 万㎡ are 205.98 %, 1600.29 of 570 are 280.75 %, as was published; the kinds add up."""
    found = areas(ningbo, "2013-11-30")
    assert [round(float(found[kind]["rate"]), 2) for kind in ("三改", "拆违")] == [205.98, 280.75]
    assert [found[kind]["done"] for kind, _ in NINGBO] == [3_420_200, 1_580_300, 4_680_600]
    assert found["三改"]["done"] == sum(found[kind]["done"] for kind, _ in NINGBO) == 9_681_100
    assert formats.format_area(found["三改"]["done"]).zh == "968.11 万㎡"
    assert found["三改"]["planned_rate"] == pytest.approx(100 * 333 / 364)
    assert all(pd.isna(found[kind]["target"]) for kind, _ in NINGBO)


def test_the_cockpit_has_the_same_areas_as_their_page(ningbo):
    """The target of the task sheet and the metric of the page give one figure, and it is done."""
    found = areas(ningbo, "2013-11-30")
    targets = {row["metric"]: row for row in metric_rows(ningbo, "target_progress", "2013-11-30")}
    for metric, kind in (("razed_area", "拆违"), ("renovated_area", "三改")):
        same = ("target", "rate", "gap", "judged_on")
        assert [targets[metric][name] for name in same] == [found[kind][name] for name in same]
    lights = {row["item_id"]: row for row in metric_rows(ningbo, "plan_lights", "2013-11-30")}
    assert (lights["razed_area"]["light"], lights["razed_area"]["quantity_unit"]) == ("已完成", "㎡")


def test_what_nobody_reported_is_missing_and_not_0(village):
    """Without a month of renovation there is no area; of buildings found and not razed the area razed is 0."""
    assert {kind: pd.isna(row["done"]) for kind, row in areas(village, "2014-06-30").items()} == dict.fromkeys(
        ("拆违", "三改", "旧住宅区", "旧厂区", "城中村"), True
    )
    load_buildings(village, "1,V1,存量,100,2014-02-01,,,,,,,")
    found = areas(village, "2014-06-30")["拆违"]
    assert (found["done"], pd.isna(found["rate"]), found["period_start"]) == (0, True, pd.Timestamp("2014-01-01"))


def test_renovation_is_held_against_the_plan_of_its_report(village):
    """Half of the target on 30 June is on plan on 29 July; when August has gone without a report, one is waited for."""
    load_without_errors(village, "target", TARGETS + "三改,2014-01-01,2014-12-31,1000")
    load_without_errors(village, "renovation", RENOVATION + "V1,旧厂区,2014-06-30,500\nV1,旧厂区,2014-09-30,100")
    july, august = areas(village, "2014-07-29")["三改"], areas(village, "2014-08-31")["三改"]
    assert (july["judged_on"], july["is_waiting"]) == (pd.Timestamp("2014-06-30"), False)
    assert july["planned_rate"] == pytest.approx(100 * 180 / 364)
    assert (august["is_waiting"], august["done"], areas(village, "2014-09-30")["三改"]["done"]) == (True, 500, 600)


@pytest.mark.quick
def test_days_terms_and_land_by_hand(village):
    """Five new ones razed in 2, 4, 6, 8 and 10 days, one standing for 20: half within 6; terms and land with counts.

    At risk are 6, 5, 4 …: 5/6, 4/6, 3/6 stand after 2, 4 and 6 days. Of 400 ㎡ of known land 250 are used.
    """
    days = (("03", "100", "复垦,2014-06-01,100"), ("05", "200", "复绿,2014-06-02,150"), ("07", "100", "未用,,"))
    rows = [f"{d},V1,新增,50,2014-05-01,2014-05-02,2014-05-08,2014-05-{d},{land},{use}" for d, land, use in days]
    late = [f"{d},V2,新增,50,2014-05-01,2014-05-02,2014-05-08,2014-05-{d},,," + "," for d in ("09", "11")]
    load_buildings(village, *rows, *late, "X,V2,新增,50,2014-06-10,2014-06-11,2014-06-20,,,,,")
    row = whole(village, "violations_reuse", "2014-06-30")
    assert (row["found"], row["razed"], row["open_overdue"], row["days_overdue"]) == (6, 5, 1, 10)
    assert (row["median_days"], row["new_razed"]) == (6, 5)
    assert (row["due"], row["razed_in_term"], row["in_term_rate"]) == (6, 3, 50)
    assert (row["land_used"], row["land_available"], row["reuse_rate"], row["land_unknown"]) == (250, 400, 62.5, 2)
    before = whole(village, "violations_reuse", "2014-05-31")
    assert (before["land_used"], before["found"], before["due"]) == (0, 5, 5)
    parts = metric_rows(village, "violations_reuse", "2014-06-30", is_total="False")
    assert [(r["village"], pd.isna(r["median_days"]), pd.isna(r["in_term_rate"])) for r in parts] == [
        ("乙村", True, True), ("甲村", True, True),
    ]  # fmt: skip


def test_a_row_of_the_standards_chooses_what_the_land_is_divided_by(village, tmp_path, monkeypatch):
    """By land 80 of 100 ㎡ are in use, by floor area 80 of 400; the formula says which."""
    load_buildings(village, "1,V1,存量,400,2014-02-01,,,2014-03-01,100,复垦,2014-04-01,80")
    assert whole(village, "violations_reuse", "2014-06-30")["reuse_rate"] == 80
    for file in thresholds.FOLDER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = tmp_path / "reuse_base.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("reuse_base,土地,", "reuse_base,违建面积,"), "utf-8")
    monkeypatch.setattr(thresholds, "FOLDER", tmp_path)
    for cached in (thresholds.every_version, thresholds.rows_in_force, thresholds.thresholds):
        cached.cache_clear()
    try:
        assert whole(village, "violations_reuse", "2014-06-30")["reuse_rate"] == 20
    finally:
        monkeypatch.undo()
        for cached in (thresholds.every_version, thresholds.rows_in_force, thresholds.thresholds):
            cached.cache_clear()


@pytest.mark.parametrize(
    ("operation", "counts"),
    [
        ("强拆,2014-05-12 06:00,2014-05-12 22:00", (0, 0, 0)),
        ("强拆,2014-05-12 05:59,2014-05-12 08:00", (1, 0, 1)),
        ("强拆,2014-05-12 09:00,2014-05-12 22:01", (1, 0, 1)),
        ("强拆,2014-05-12 22:00,", (1, 0, 1)),
        ("强拆,2014-05-02 09:00,2014-05-02 11:00", (0, 1, 1)),
        ("强拆,2014-05-01 23:00,2014-05-01 23:30", (1, 1, 1)),
        ("强拆,2014-05-10 09:00,2014-05-10 11:00", (0, 0, 0)),
        ("自拆,2014-05-01 23:00,", (0, 0, 0)),
        ("强拆,2014-05-12,", (0, 0, 0)),
    ],
)
def test_force_at_night_or_on_a_holiday_is_counted(village, operation, counts):
    """Night is from 22:00 to 06:00; the holiday of May counts, a plain Saturday and a day without an hour do not."""
    load_operations(village, f"1,V1,{operation},,0")
    row = whole(village, "operations_safety", "2014-06-30")
    assert tuple(row[f"forced_{name}"] for name in ("at_night", "on_holiday", "out_of_hours")) == counts


def test_what_is_not_filled_in_is_no_accident_of_0(village):
    """One operation with 0 accidents and one without a word: 0 accidents, one not filled in; waste 1 of 1."""
    load_operations(village, "1,V1,自拆,2014-05-12 09:00,,是,0", "2,V2,强拆,2014-05-10 09:00,,,")
    row = whole(village, "operations_safety", "2014-06-30")
    assert (row["accidents"], row["accidents_unknown"]) == (0, 1)
    assert (row["waste_cleared"], row["waste_known"], row["waste_rate"]) == (1, 1, 100)
    assert (row["forced_on_weekend"], row["holiday_unknown"], row["team_unknown"]) == (1, 0, 2)
    assert pd.isna(metric_rows(village, "operations_safety", "2014-06-30", kind="强拆")[0]["accidents"])


def test_holidays_of_a_year_that_nobody_announced_are_not_known():
    """In 2003 there is no calendar; a span over the National Day has a holiday in it, one after it has none."""
    days = pd.Series(pd.to_datetime(["2003-05-01", "2013-09-30", "2013-10-08"]))
    ends = pd.Series(pd.to_datetime(["2003-05-01", "2013-10-08", "2013-10-11"]))
    found = has_public_holiday(days, ends)
    assert [None if pd.isna(flag) else bool(flag) for flag in found] == [None, True, False]


def checked(store: Store, ledger: str, content: str) -> Report:
    return check_content(store, ledger, content)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,V1,新增,0,2014-05-01,,,,,,,", "“违建面积”是 0：面积不明的请先核实，不能填 0"),
        ("1,V1,新增,50,2014-05-01,,,2014-04-30,,,,", "“拆除日期”早于“发现日期”，请核对这两个日期"),
        ("1,V1,新增,50,2014-05-01,,,2014-05-09,40,复垦,2014-06-01,41", "“利用面积”大于“拆后土地”，请核对这两个数"),
        ("1,V1,新增,50,2014-05-01,,,2014-05-09,40,复垦,,",
         "“拆后利用”和“利用日期”对不上：用了的两项都填，没用的不填日期"),
    ],
)  # fmt: skip
def test_a_building_that_contradicts_itself_is_refused(village, row, said):
    """No area, razed before found, more land used than there is, a use without its day: one sentence each."""
    assert [error.reason.zh for error in checked(village, "violation", BUILDINGS + row).errors] == [said]


@pytest.mark.parametrize(
    ("ledger", "content", "said"),
    [
        ("violation", BUILDINGS + "1,V1,存量,240,2014-05-01,,,2014-05-09,0.3,,,",
         "“违建面积”是“拆后土地”的 30 倍以上：土地面积可能按亩填了，这里要填㎡，请核对"),
        ("renovation", RENOVATION + "V1,旧厂区,2014-05-31,3.4",
         "“当月完成面积”不到 50 ㎡：可能按万㎡或亩填了，这里要填㎡，请核对"),
        ("renovation", RENOVATION + "V1,旧厂区,2014-05-15,800\nV1,旧厂区,2014-05-31,1500",
         "同一村社、同一类的同一个月有两行（“截至日期”）：后一行只填前一行之后新完成的，不填累计数，请核对"),
        ("demolition_operation", OPERATIONS + "1,V1,强拆,2014-05-12,,,0",
         "强拆只写了日期：看不出是不是夜间，请在“开始时间”里写明几点几分"),
    ],
)  # fmt: skip
def test_what_may_be_another_unit_is_doubted_and_loaded(village, ledger, content, said):
    """亩 for ㎡, 万㎡ for ㎡, a running total, force without an hour: told, and nothing is changed on the quiet."""
    report = checked(village, ledger, content)
    assert report.errors == []
    assert said in [note.reason.zh for note in report.notes]


@pytest.mark.parametrize("day", ["2013-12-31", "2014-03-31", "2014-06-30"])
def test_the_villages_add_up(sample_store, day):
    """On any day the villages make the total, and of what was found all is razed or stands."""
    rows = pd.DataFrame(metric_rows(sample_store, "violations_reuse", day))
    counts = ["found", "razed", "open", "open_overdue", "due", "razed_in_term", "land_unknown", "land_used"]
    is_all = rows["is_total"].astype(bool)
    assert rows[is_all][counts].iloc[0].to_dict() == rows[~is_all][counts].sum().to_dict()
    assert (rows["razed"] + rows["open"] == rows["found"]).all()


def test_the_sample_has_no_bad_marks_of_real_villages(sample_store):
    """Unlawful buildings stand in villages called 示例 only; teams have vehicles and machines; no force at night."""
    villages = {row["village"] for row in metric_rows(sample_store, "violations_reuse", is_total="False")}
    assert all("示例" in str(name) for name in villages)
    row = whole(sample_store, "operations_safety", "2014-06-30")
    assert (row["forced_out_of_hours"], row["at_night"], row["accidents"]) == (0, 0, 0)
    assert row["vehicles"] > 0
    assert row["machines"] > 0
    assert {"街道", "城管", "公安"} <= set(str(row["departments"]).split("、"))


@pytest.mark.quick
def test_floor_areas_are_read_in_wan_from_10000_on():
    """9,999 ㎡ stay, 10,000 are 1.00 万㎡; what is a hair below its target is not rounded up to it."""
    assert [formats.format_area(area).zh for area in (9_999, 10_000, 9_681_100)] == [
        "9,999 ㎡", "1.00 万㎡", "968.11 万㎡",
    ]  # fmt: skip
    assert formats.format_area(59_999, 60_000).zh == "5.99 万㎡"
    assert formats.format_area(None).zh == "–"
    assert formats.format_area(9_681_100).en == "9,681,100 ㎡"


def test_what_happens_after_the_day_is_not_there_yet(village):
    """Razed on the 9th and used in June: on the 8th the building stands, overdue since the 6th."""
    load_buildings(village, "1,V1,新增,50,2014-05-01,2014-05-02,2014-05-06,2014-05-09,40,复垦,2014-06-01,40")
    before, after = (whole(village, "violations_reuse", day) for day in ("2014-05-08", "2014-05-31"))
    assert (before["open_overdue"], before["days_overdue"], before["land_available"]) == (1, 2, 0)
    assert (after["open"], after["land_available"], after["land_used"]) == (0, 40, 0)
