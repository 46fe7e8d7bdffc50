"""The water figures loaded and the metrics: the vectors A10 of water.md, and what holds for all of them."""

from collections.abc import Mapping

import pandas as pd
import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

pytestmark = pytest.mark.slow

RIVERS = "河道编码,河道名称,河道等级,水体类型,目标水质,评价规则\n"


def load_samples(store: Store, *samples: tuple[str, str, Mapping[str, float]]) -> None:
    """Load samples of (section, time, items)."""
    lines = [f"{section},{time},{item},{value}" for section, time, items in samples for item, value in items.items()]
    load_without_errors(store, "reading", "\n".join(["断面,监测时间,监测项目,监测值", *lines]))


def load_not_detected(store: Store, section: str, time: str, item: str, limit: float) -> None:
    load_without_errors(store, "reading", f"断面,监测时间,监测项目,监测值,限定符\n{section},{time},{item},{limit},<")


def register_sections(store: Store, count: int, target: str = "Ⅲ", rule: str = "") -> list[str]:
    """Register a river with so many sections; return their codes."""
    load_without_errors(store, "river", f"{RIVERS}K,清河,村级,河流,{target},{rule}")
    codes = [f"S{n}" for n in range(1, count + 1)]
    load_without_errors(store, "section", "断面编码,断面名称,河道\n" + "".join(f"{c},{c}断面,K\n" for c in codes))
    return codes


VECTOR = {"PH": 7.4, "DO": 4.2, "CODMN": 7.1, "NH3N": 1.82, "TP": 0.214}


@pytest.mark.quick
def test_vector_a10_1(store):
    """The section is Ⅴ with ammonia 0.82 times over Ⅲ; the river is 中度污染; CWQI of 5 items is 5.4638."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2023-03-05", VECTOR))
    [month] = metric_rows(store, "section_class")
    assert (month["class"], month["items"], month["is_met"]) == ("Ⅴ", 5, False)
    assert month["pollutants"] == "NH3N(0.82),CODMN(0.18),TP(0.07)"
    [river] = metric_rows(store, "river_grade")
    assert (river["grade"], river["by"], river["sections"], river["good"]) == ("中度污染", "断面均值", 1, 0)
    [index] = metric_rows(store, "cwqi")
    assert (round(index["cwqi"], 4), index["items"], round(index["cwqi_each"], 4)) == (5.4638, 5, 1.0928)


@pytest.mark.parametrize(("good", "bad", "n", "grade"), [(9, 0, 10, "优"), (5, 2, 8, "中度污染"), (6, 2, 8, "良好")])
def test_vector_a10_3(store, good, bad, n, grade):
    """Ten sections with nine Ⅰ–Ⅲ are 优, 62.5 % with 25 % 劣Ⅴ 中度污染, and 75 % exactly are 良好 all the same."""
    ammonia = [0.4] * good + [9.0] * bad + [1.4] * (n - good - bad)
    load_samples(
        store, *((s, "2023-03-05", {"NH3N": v}) for s, v in zip(register_sections(store, n), ammonia, strict=True))
    )
    [found] = metric_rows(store, "river_grade")
    assert (found["grade"], found["sections"], found["good"], found["bad"]) == (grade, n, good, bad)
    assert (found["by"], found["good_share"]) == ("断面比例", 100 * good / n)


@pytest.mark.quick
def test_four_sections_are_graded_by_their_means(store):
    """NH3-N of 0.4, 0.4, 0.4 and 5.2 has a mean of 1.6: Ⅴ, 中度污染, although three of four sections are Ⅱ."""
    ammonia = (0.4, 0.4, 0.4, 5.2)
    load_samples(
        store, *((s, "2023-03-05", {"NH3N": v}) for s, v in zip(register_sections(store, 4), ammonia, strict=True))
    )
    [found] = metric_rows(store, "river_grade")
    assert (found["grade"], found["by"], found["pollutants"]) == ("中度污染", "断面均值", "NH3N(1/4)")


def test_a_river_of_one_section_has_the_pollutants_of_that_section(store):
    """NH3-N of 1.82 (Ⅴ, 0.82 over), COD 22 (Ⅳ, 0.1), TP 0.25 (Ⅳ, 0.25): multiples, the worse class first."""
    load_samples(store, (register_sections(store, 1)[0], "2023-03-05", {"COD": 22, "NH3N": 1.82, "TP": 0.25}))
    for name in ("section_class", "river_grade"):
        assert metric_rows(store, name)[0]["pollutants"] == "NH3N(0.82),TP(0.25),COD(0.10)"


def test_pollutants_of_a_few_sections_go_by_how_bad_they_are(store):
    """TP is over Ⅲ at two of two sections; at one each NH3-N is Ⅴ and COD Ⅳ: never by the alphabet."""
    one, two = register_sections(store, 2)
    items = {"COD": 22, "NH3N": 1.82, "TP": 0.25}
    load_samples(store, (one, "2023-03-05", items), (two, "2023-03-05", {"TP": 0.25, "NH3N": 0.4}))
    assert metric_rows(store, "river_grade")[0]["pollutants"] == "TP(2/2),NH3N(1/2),COD(1/2)"


def test_changes_are_said_with_the_sections_of_both_periods(store):
    """Of five sections one turns from 劣Ⅴ to Ⅱ in a year: ΔG +20, ΔD −20, 明显好转; a new section does not count."""
    codes = register_sections(store, 6)
    old = [(s, "2022-03-05", {"NH3N": 9.0 if s == "S1" else 0.4}) for s in codes[:5]]
    load_samples(store, *old, *((s, "2023-03-05", {"NH3N": 0.4}) for s in codes))
    now = [
        r
        for r in metric_rows(store, "water_change", river="清河", compared="同比")
        if f"{r['month']:%Y-%m}" == "2023-03"
    ]
    [found] = now
    assert (found["change"], found["score"], found["good_change"], found["bad_change"]) == ("明显好转", 40, 20, -20)
    assert found["sections"] == 5
    assert "上年同期" in found["sentence"]
    [month] = [
        r for r in metric_rows(store, "water_change", river="清河", compared="环比") if r["month"] == found["month"]
    ]
    assert "没有可比的断面" in month["sentence"]


def test_a_section_changes_by_grades(store):
    """Ⅱ to Ⅰ stays 优, Ⅲ to Ⅳ is 有所变差, 劣Ⅴ to Ⅲ is 明显好转; what had no class a year before is not compared."""
    codes = register_sections(store, 4)
    for at, ammonia in (("2022-03-05", (0.4, 0.9, 2.5)), ("2023-03-05", (0.1, 1.4, 0.9, 0.9))):
        load_samples(store, *((s, at, {"NH3N": value}) for s, value in zip(codes, ammonia, strict=False)))
    found = metric_rows(store, "section_change", month="2023-03-01", compared="同比")
    said = [[r["section_id"], r["class_before"], r["class"], r["change"], r["steps"]] for r in found]
    assert said[:3] == [
        ["S2", "Ⅲ", "Ⅳ", "有所变差", -1], ["S1", "Ⅱ", "Ⅰ", "无明显变化", 0], ["S3", "劣Ⅴ", "Ⅲ", "明显好转", 3],
    ]  # fmt: skip
    assert pd.isna(said[3][1:2] + said[3][3:]).all()


def test_the_index_changes_over_common_items(store):
    """A new item in the second year leaves the change to what both have: NH3-N halves, −50 %."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2022-03-05", {"NH3N": 2}), (section, "2023-03-05", {"NH3N": 1, "TP": 0.2}))
    last = metric_rows(store, "cwqi")[-1]
    assert (last["cwqi"], last["items"], last["change_year"]) == (2, 2, -50)


def test_vector_a10_5(store):
    """0.02L of NH3-N is Ⅰ; 0.5L of phosphorus cannot be judged, so it takes no part in the class, and says so."""
    [section] = register_sections(store, 1)
    load_not_detected(store, section, "2023-03-05", "NH3N", 0.02)
    load_not_detected(store, section, "2023-03-05", "TP", 0.5)
    for name in ("sample_class", "section_class"):
        [found] = metric_rows(store, name)
        assert (found["class"], found["items"], found["worst"], found["unjudged"]) == ("Ⅰ", 1, "NH3N", "TP")


@pytest.mark.parametrize(
    ("item", "limit", "found"), [("CU", 0.05, "Ⅱ"), ("TP", 0.2, "Ⅲ"), ("DO", 0.2, "劣Ⅴ"), ("DO", 6, None)]
)
def test_a_non_detect_gets_the_class_that_is_sure(store, item, limit, found):
    """Copper below 0.05 may be Ⅰ, Ⅱ is sure; oxygen below 0.2 is beyond all classes, below 6 it may be any."""
    [section] = register_sections(store, 1)
    load_not_detected(store, section, "2023-03-05", item, limit)
    [sample] = metric_rows(store, "sample_class")
    assert (None if pd.isna(sample["class"]) else sample["class"]) == found


def test_non_detects_count_half_in_the_mean_of_a_month(store):
    """NH3-N of 0.02L and 0.30 has the mean 0.155, not 0.15 or 0.16: Ⅱ unrounded, before May 2021."""
    [section] = register_sections(store, 1)
    load_not_detected(store, section, "2021-03-05", "NH3N", 0.02)
    load_samples(store, (section, "2021-03-20", {"NH3N": 0.30}))
    [index] = metric_rows(store, "cwqi")
    assert round(index["cwqi"], 6) == 0.155


def test_a_sample_that_cannot_be_judged_at_all_has_no_class(store):
    """Nothing but 0.5L of phosphorus gives a row without a class that names it, and a section without data."""
    [section] = register_sections(store, 1)
    load_not_detected(store, section, "2023-03-05", "TP", 0.5)
    for name in ("sample_class", "section_class"):
        [found] = metric_rows(store, name)
        assert pd.isna(found["class"])
        assert pd.isna(found["worst"])
        assert (found["items"], found["unjudged"]) == (0, "TP")
    assert [(r["met"], r["evaluated"], r["no_data"]) for r in metric_rows(store, "target_met")] == [
        (0, 0, 1),
        (0, 0, 1),
    ]
    assert metric_rows(store, "river_grade") == []


def test_a_sample_without_any_item_of_the_standard_has_no_row(store):
    """Water temperature alone is no item of the class."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2023-03-05", {"WT": 20}))
    assert metric_rows(store, "sample_class") == metric_rows(store, "section_class") == []


@pytest.mark.parametrize(("ammonia", "level"), [(9, "轻度黑臭"), (15.0, "轻度黑臭"), (15.1, "重度黑臭")])
def test_vector_a10_7(store, ammonia, level):
    """Transparency 20 cm at 60 cm, oxygen 1.5, ORP 20: slight; NH3-N above 15 severe; three samples make a point."""
    [section] = register_sections(store, 1, rule="城市黑臭")
    items = {"SD": 20, "DEPTH": 60, "DO": 1.5, "ORP": 20, "NH3N": ammonia}
    load_samples(store, *((section, f"2023-03-0{n}", items) for n in (1, 2, 3)))
    point, river = metric_rows(store, "black_odour")
    assert (point["sample_level"], point["odour_level"], point["samples"], point["items"]) == (level, level, 3, 4)
    assert (river["is_total"], pd.isna(river["section"]), river["odour_level"]) == (True, True, "样本不足")


def test_villages_have_their_own_rule(store):
    """Ammonia of 9 is no 黑臭 in a village, oxygen of 1.5 is; other rivers are not judged."""
    [section] = register_sections(store, 1, rule="农村黑臭")
    load_samples(store, (section, "2023-03-05", {"NH3N": 9, "DO": 4}), (section, "2023-04-05", {"NH3N": 9, "DO": 1.5}))
    march, april = metric_rows(store, "black_odour")
    assert (march["odour_level"], april["odour_level"], april["worst"]) == ("无黑臭", "黑臭", "DO")


def test_a_rebound_needs_two_good_months_before(store):
    """Ⅱ Ⅱ Ⅴ is a rebound, Ⅱ Ⅴ after a gap is not, and 劣Ⅴ is told each time."""
    [section] = register_sections(store, 1)
    months = {"01": 0.4, "02": 0.4, "03": 1.8, "05": 0.4, "06": 1.8, "07": 9}
    load_samples(store, *((section, f"2023-{m}-05", {"NH3N": v}) for m, v in months.items()))
    found = [(f"{r['month']:%m}", r["event"]) for r in metric_rows(store, "rebound")]
    assert found == [("07", "劣Ⅴ"), ("03", "反弹")]


def test_a_trend_of_five_years(store):
    """Ammonia falling by 0.2 a year in every month falls by 0.2; two years are 样本不足 with both counts."""
    one, two = register_sections(store, 2)
    series = [(y, m, 2.4 - 0.2 * (y - 2018) + 0.01 * m) for y in range(2018, 2023) for m in range(1, 13)]
    load_samples(store, *((one, f"{y}-{m:02}-05", {"NH3N": round(v, 3)}) for y, m, v in series))
    load_samples(store, *((two, f"{y}-{m:02}-05", {"NH3N": v}) for y, m, v in series[:24]))
    long, short = metric_rows(store, "water_trend")
    assert (round(long["slope"], 3), long["months"], long["p_value"] < 0.001) == (-0.2, 60, True)
    assert (short["months"], short["months_needed"]) == (24, 36)
    assert "样本不足" in short["sentence"]


def test_works_are_judged_by_the_same_months(store):
    """Oxygen 3 before and 5 after the works in the same eight months is a shift of 2, p = 2/2⁸."""
    [section] = register_sections(store, 1)
    header = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    load_without_errors(store, "work", header + "W,清淤,K,清淤,100,m³,2021-11-01,2022-02-28")
    load_without_errors(store, "work_progress", "工程,上报日期,累计完成量\nW,2021-12-01,50\nW,2022-02-20,100")
    years = [(y, m, v) for y, v in ((2021, 3.0), (2022, 5.0)) for m in range(3, 11)]
    load_samples(store, *((section, f"{y}-{m:02}-05", {"DO": v + m / 100}) for y, m, v in years))
    [found] = metric_rows(store, "before_after")
    assert (round(found["shift"], 6), found["months"], round(found["p_value"], 4)) == (2, 8, 0.0078)


NAMES = [
    ("荆干断面", "四湖总干渠", "river"),
    ("台儿庄", "京杭大运河(湖西段)", "river"),
    ("湖心", "示例湖", "lake"),
    ("库心", "", "lake"),
    ("灵山水库", "示例江", "lake"),
    ("坝前", "示例水库", "lake"),
    ("示例水库出口", "示例江", "river"),
    ("入湖口", "", "river"),
    ("示例湖大桥", "", "river"),
    ("胡家新河北断面", "", "river"),
    ("断面甲(示例水库)", "", "lake"),
    ("镇海", "甬江", "river"),
    ("洪湖", "长江", "river"),
    ("湖西", "姚江", "river"),
    ("官池", "慈江", "river"),
    ("宁海", "", "river"),
    ("水库管理站", "青龙河", "river"),
    ("大水库村", "潮河", "river"),
    ("三七市水库脚", "", "river"),
    ("库心", "慈江", "lake"),
    ("太湖 西部", "", "lake"),
    ("都昌", "鄱阳湖都昌", "lake"),
    ("太湖大桥", "", "river"),
    ("断面甲", "元荡", "lake"),
    ("湘家荡", "", "river"),
]


@pytest.mark.parametrize(("section", "body", "water"), NAMES)
def test_the_kind_of_water_is_told_by_the_noun_of_its_name(store, section, body, water):
    """Phosphorus of 0.15 is Ⅲ in a river and Ⅴ in a lake; the water body's noun goes first."""
    load_without_errors(store, "section", f"断面编码,断面名称,所属水体\nS,{section},{body}\n")
    load_samples(store, ("S", "2020-03-05", {"TP": 0.15}))
    assert metric_rows(store, "sample_class")[0]["class"] == {"river": "Ⅲ", "lake": "Ⅴ"}[water]


@pytest.mark.parametrize(
    ("body", "items", "water"),
    [
        ("", {"NTU": 5}, "river"),  # an automatic station that leaves out chlorophyll
        ("", {"NTU": 5, "CHLA": 0.01}, "lake"),
        ("示例江", {"NTU": 5}, "river"),
        ("示例湖", {"NTU": 5}, "lake"),
        ("示例江", {"CHLA": 0.01}, "lake"),
    ],
)
def test_an_automatic_station_named_like_a_lake(store, body, items, water):
    """Where a station stands, chlorophyll says whether it is run as one on a lake."""
    load_without_errors(store, "section", f"断面编码,断面名称,所属水体\nS,示例水库,{body}\n")
    load_samples(store, ("S", "2020-03-05", {"DO": 8, "TP": 0.15} | items))
    assert metric_rows(store, "sample_class")[0]["class"] == {"river": "Ⅲ", "lake": "Ⅴ"}[water]


def test_phosphorus_does_not_choose_the_limits_that_it_is_judged_by(store):
    """A reservoir's automatic station on a river, without chlorophyll, is judged as one on the river: 0.02 is Ⅰ."""
    load_without_errors(store, "section", "断面编码,断面名称,所属水体\nS,示例水库,示例江\n")
    load_samples(store, ("S", "2020-03-05", {"DO": 8, "NTU": 5, "TP": 0.02}))
    assert metric_rows(store, "sample_class")[0]["class"] == "Ⅰ"
