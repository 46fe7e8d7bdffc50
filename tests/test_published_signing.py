"""Published signing figures loaded as ledgers: the product shows its own arithmetic, with both counts."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from ui.demolition.signing import share_text

pytestmark = pytest.mark.slow

PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止,总建筑面积\n"
FIRST_DAY, LAST_DAY = "2014-01-01", "2014-12-31"
SIGNED_WORDS, AREA_WORDS = ("签约", "签订协议", "改建意愿"), "签订面积"


def load_project(
    store: Store, total: int, signed: dict[str, int], period: tuple[str, str] = (FIRST_DAY, LAST_DAY), areas: str = ""
) -> None:
    """Load a project of so many households, of which some signed on each day."""
    load_without_errors(store, "demolition_project", f"{PROJECT}D,示例,国有土地征收,{total},{','.join(period)},{areas}")
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H{n:05},D\n" for n in range(total)))
    days = [day for day, count in signed.items() for _ in range(count)]
    lines = "".join(f"H{n:05},{day},货币补偿\n" for n, day in enumerate(days))
    load_without_errors(store, "agreement", f"户编号,签约日期,补偿方式\n{lines}")


def load_statuses(store: Store, status: str, count: int, day: str) -> None:
    lines = "".join(f"H{n:05},{status},{day}\n" for n in range(count))
    load_without_errors(store, "status_event", f"户编号,状态,日期\n{lines}")


@pytest.mark.quick
def test_qianlong_on_day_20_of_55(store: Store) -> None:
    """潜龙: 769 of 1,153 on day 20 are 66.7 %, against 19 of 54 days gone; the other 384 need 10.97 a day."""
    first, day_20 = date(2016, 5, 6), date(2016, 5, 6) + timedelta(days=19)
    early = {str(first + timedelta(days=n)): 40 for n in range(19)}
    load_project(store, 1153, {**early, str(day_20): 9}, ("2016-05-06", "2016-06-29"))
    [rate] = metric_rows(store, "signing_rate", str(day_20))
    assert (rate["signed"], rate["households"], rate["households_left"], rate["days_left"]) == (769, 1153, 384, 35)
    assert share_text(rate).zh == "66.7 %（769 / 1,153 户）"
    assert rate["planned_rate"] == pytest.approx(100 * 19 / 54)
    [left] = metric_rows(store, "households_left", str(day_20))
    assert left["needed_per_day"] == pytest.approx(384 / 35)
    assert left["pace_per_day"] == pytest.approx((6 * 40 + 9) / 7)
    assert not rate["is_too_slow"]  # 35.6 a day × 35 days are more than 384


def test_jingjiang_at_the_end_of_its_first_reward(store: Store) -> None:
    """靖江: 161 of 184 signed in the 80 days of the first reward are 87.5 %; 23 would lose it."""
    load_project(store, 184, {"2014-01-02": 100, "2014-03-21": 61}, ("2014-01-01", "2014-06-30"))
    periods = "项目,期次,开始日期,截止日期\nD,1,2014-01-01,2014-03-21\nD,2,2014-03-22,2014-06-30"
    load_without_errors(store, "incentive_period", periods)
    [rate] = metric_rows(store, "signing_rate", "2014-03-21")
    assert (rate["rate"], rate["households_left"]) == (87.5, 23)
    first, second = metric_rows(store, "reward_countdown", "2014-03-21")
    assert (first["period_state"], first["days_left"], first["signed"], first["households_at_risk"]) == (
        "进行中", 0, 161, 23,
    )  # fmt: skip
    assert (second["period_state"], second["signed"]) == ("未开始", 0)


def test_taixing_is_vacated_of_all_and_not_of_those_signed(store: Store) -> None:
    """泰兴: of 4,509 households 4,191 signed (92.9 %) and 4,025 vacated: 89.3 % of all, not 96.0 % of the signed."""
    load_project(store, 4509, {"2014-03-01": 4191})
    load_statuses(store, "已腾空", 4025, "2014-04-01")
    chain = {row["status"]: row for row in metric_rows(store, "status_chain", "2014-04-15")}
    assert (chain["已签约"]["reached"], chain["已腾空"]["reached"]) == (4191, 4025)
    assert chain["已签约"]["rate"] == pytest.approx(92.947, abs=0.001)
    assert chain["已腾空"]["rate"] == pytest.approx(89.266, abs=0.001)


def test_lishui_is_vacated_of_all(store: Store) -> None:
    """丽水: 5,377 signed are printed as 99.8 %, so of 5,388; 5,231 vacated are 97.1 % of these, not 97.3 %."""
    load_project(store, 5388, {"2014-03-01": 5377})
    load_statuses(store, "已腾空", 5231, "2014-04-01")
    chain = {row["status"]: row for row in metric_rows(store, "status_chain", "2014-04-15")}
    assert chain["已签约"]["rate"] == pytest.approx(99.796, abs=0.001)
    assert round(chain["已腾空"]["rate"], 1) == 97.1
    assert round(100 * 5231 / 5377, 1) == 97.3


def test_what_is_below_100_is_never_rounded_to_it(store: Store) -> None:
    """1,999 of 2,000 read 99.95 %, and 99.996 % reads 99.99 %."""
    load_project(store, 2000, {"2014-03-01": 1999})
    [rate] = metric_rows(store, "signing_rate", "2014-04-01")
    assert share_text(rate).zh == "99.95 %（1,999 / 2,000 户）"
    assert share_text({"signed": 24999, "households": 25000, "rate": 99.996}).zh == "99.99 %（24,999 / 25,000 户）"


def published_rows(real_data: Path, *bases: str) -> list[dict[str, str]]:
    """Return the published figures on some bases of which both counts are printed."""
    path = real_data / "demolition" / "published_signing_rates_transcribed.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["口径"] in bases and row["完成"] and row["总数"]]


@pytest.mark.real
def test_published_figures_follow_from_their_counts(real_data, store: Store) -> None:
    """Of the published list every rate by households with both counts is worked out anew: 105 of 380 are 27.6 %."""
    rows = published_rows(real_data, *SIGNED_WORDS)
    projects = [f"D{n},项目{n},国有土地征收,{row['总数']},{FIRST_DAY},{LAST_DAY}," for n, row in enumerate(rows)]
    load_without_errors(store, "demolition_project", PROJECT + "\n".join(projects))
    households = "".join(f"D{n}-{h},D{n}\n" for n, row in enumerate(rows) for h in range(int(row["总数"])))
    load_without_errors(store, "household", f"户编号,项目\n{households}")
    agreed = "".join(f"D{n}-{h},2014-03-01,货币补偿\n" for n, row in enumerate(rows) for h in range(int(row["完成"])))
    load_without_errors(store, "agreement", f"户编号,签约日期,补偿方式\n{agreed}")
    found = {row["project_id"]: row for row in metric_rows(store, "signing_rate", "2014-04-01")}
    assert len(found) == len(rows) == 6
    for n, row in enumerate(rows):
        assert (found[f"D{n}"]["signed"], found[f"D{n}"]["households"]) == (int(row["完成"]), int(row["总数"]))
        assert found[f"D{n}"]["rate"] == pytest.approx(float(row["本表计算率%"]), abs=0.005)
    wrong = [row["项目"] for row in rows if abs(float(row["公布率"].rstrip("%")) - float(row["本表计算率%"])) > 1]
    assert wrong == ["龙泉CDE地块"]


@pytest.mark.real
def test_published_areas_follow_from_their_counts(real_data, store: Store) -> None:
    """巴中's three rates by floor area are worked out anew from their 万㎡: 2.7 of 3.1 are 87.1 %, not 89 %."""
    rows = published_rows(real_data, AREA_WORDS)
    projects = [f"D{n},项目{n},国有土地征收,2,{FIRST_DAY},{LAST_DAY},{row['总数']}万㎡" for n, row in enumerate(rows)]
    load_without_errors(store, "demolition_project", PROJECT + "\n".join(projects))
    households = "".join(f"D{n}-1,D{n},{row['完成']}万㎡\nD{n}-2,D{n},\n" for n, row in enumerate(rows))
    load_without_errors(store, "household", f"户编号,项目,合法建筑面积\n{households}")
    agreed = "".join(f"D{n}-1,2014-03-01,货币补偿\n" for n in range(len(rows)))
    load_without_errors(store, "agreement", f"户编号,签约日期,补偿方式\n{agreed}")
    found = {row["project_id"]: row for row in metric_rows(store, "signing_by_area", "2014-04-01")}
    for n, row in enumerate(rows):
        assert found[f"D{n}"]["area_rate"] == pytest.approx(float(row["本表计算率%"]), abs=0.005)
        assert (found[f"D{n}"]["without_area"], found[f"D{n}"]["unregistered"]) == (1, 0)


@pytest.mark.real
def test_published_razed_households_follow_from_their_counts(real_data, store: Store) -> None:
    """巴中's two rates of razed households are of all: 648 of 987 are 65.65 %, 82 of 380 are 21.58 %."""
    rows = published_rows(real_data, "已拆")
    projects = [f"D{n},项目{n},国有土地征收,{row['总数']},{FIRST_DAY},{LAST_DAY}," for n, row in enumerate(rows)]
    load_without_errors(store, "demolition_project", PROJECT + "\n".join(projects))
    households = [(n, h) for n, row in enumerate(rows) for h in range(int(row["完成"]))]
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"D{n}-{h},D{n}\n" for n, h in households))
    statuses = "".join(f"D{n}-{h},已拆除,2014-03-01\n" for n, h in households)
    load_without_errors(store, "status_event", f"户编号,状态,日期\n{statuses}")
    chain = [row for row in metric_rows(store, "status_chain", "2014-04-01") if row["status"] == "已拆除"]
    assert [row["rate"] for row in chain] == pytest.approx([float(row["本表计算率%"]) for row in rows], abs=0.005)
