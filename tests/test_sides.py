"""进水 and 出水 beside an item, above it, below it or in its brackets, are its sampling point."""

from typing import Any

import pytest

from data.errors import RepeatedColumn, WrongLedger
from tests.stores import fill_store
from tests.upload_helpers import check_content, error_tuples, ledger_values, load_content, make_workbook

PLANTS = {
    "village": "村社编码,村社名称\nV-1,胡家村",
    "plant": "厂站编码,厂站名称,所在村社,设计能力\nP-1,一号站,V-1,40",
}
ROW = "P-1,2014-05-01,156,12,14.6,0.04\n"
SAMPLES = [("出水", "COD", 12), ("出水", "NH3N", 0.04), ("进水", "COD", 156), ("进水", "NH3N", 14.6)]
HEADERS = {
    "groups are items": "厂站,日期,COD(mg/L),,NH3-N(mg/L),\n,,进水,出水,进水,出水\n",
    "the side comes first": "厂站,日期,进水COD(mg/L),出水COD(mg/L),进水NH3-N,出水NH3-N\n",
    "the side comes last": "厂站,日期,COD(mg/L)进水,COD(mg/L)出水,氨氮-进水,氨氮-出水\n",
    "the side stands in brackets": "厂站,日期,COD（进水）,COD(出水),氨氮[进水](mg/L),氨氮（出水）\n",
    "a row of units": "厂站,日期,进水COD,出水COD,进水氨氮,出水氨氮\n,,mg/L,mg/L,mg/L,mg/L\n",
    "a title with the unit": "单位：mg/L,,,,,\n厂站,日期,进水COD,出水COD,进水氨氮,出水氨氮\n",
    "other words for the sides": "厂站,日期,COD,,氨氮,\n,,进口,总排口,进水口,出水口\n",
    "English": "Plant,Sampled at,Inflow COD (mg/L),Effluent COD (mg/L),Inflow NH3-N,Effluent NH3-N\n",
}


@pytest.fixture
def plants(store):
    """An empty database with one plant."""
    fill_store(store, PLANTS)
    return store


@pytest.mark.parametrize("case", HEADERS)
def test_a_side_in_the_header_is_the_sampling_point(plants, case):
    """However the header puts item and side together, each value has both."""
    assert load_content(plants, "plant_sample", HEADERS[case] + ROW).errors == []
    assert ledger_values(plants, "plant_sample", "point", "parameter", "value") == SAMPLES


def test_merged_groups_of_sides_are_read(plants):
    """Under 进水 and 出水 as groups each item belongs to its side, also one that stands under one of them only."""
    sheet: list[list[Any]] = [
        ["厂站", "日期", "进水", "进水", "出水", "出水", "出水"],
        ["厂站", "日期", "COD", "氨氮", "COD", "氨氮", "总磷"],
        ["P-1", "2014-05-01", 156, 14.6, 12, 0.04, 0.3],
    ]
    load_content(plants, "plant_sample", make_workbook(表=sheet))
    assert ledger_values(plants, "plant_sample", "point", "parameter", "value") == [
        *SAMPLES[:2],
        ("出水", "TP", 0.3),
        *SAMPLES[2:],
    ]


def test_each_side_has_the_unit_of_its_heading(plants):
    """进水 in g/L and 出水 in mg/L convert each by itself, and a title in μg/L converts both."""
    load_content(plants, "plant_sample", "厂站,日期,进水COD(g/L),出水COD(mg/L)\nP-1,2014-05-01,0.156,12\n")
    load_content(plants, "plant_sample", "单位：μg/L,,,\n厂站,日期,COD(进水),COD(出水)\nP-1,2014-05-02,156000,12000\n")
    assert [v for (v,) in ledger_values(plants, "plant_sample", "value")] == [12, 156, 12, 156]


def test_a_bad_value_is_told_under_its_own_heading(plants):
    """The error names the side and the item, and says what the item takes."""
    report = check_content(plants, "plant_sample", "厂站,日期,进水COD,出水COD\nP-1,2014-05-01,9999,-1\n")
    assert [(heading, cell) for _, heading, cell, _ in error_tuples(report)] == [("进水COD", "9999"), ("出水COD", "-1")]


def test_an_item_without_its_side_is_refused(plants):
    """Beside headings with a side, one without leaves the sampling point open."""
    report = check_content(plants, "plant_sample", "厂站,日期,进水COD,出水COD,氨氮\nP-1,2014-05-01,156,12,3\n")
    assert [why for *_, why in error_tuples(report)] == ["“Sampling point” must not be empty"]
    with pytest.raises(WrongLedger, match="采样点"):
        check_content(plants, "plant_sample", "厂站,日期,COD,氨氮\nP-1,2014-05-01,156,12\n")


@pytest.mark.parametrize("heading", ["采样点,进水COD,出水COD", "进水COD,进水化学需氧量,出水COD", "COD,COD,采样点"])
def test_headings_that_may_mean_the_same_are_not_to_be_deleted(plants, heading):
    """Two headings for one thing are refused, with advice that loses no column."""
    with pytest.raises(RepeatedColumn) as refused:
        check_content(plants, "plant_sample", f"厂站,日期,{heading}\nP-1,2014-05-01,1,2,3\n")
    assert "删" not in refused.value.text.zh
    assert "remove" not in refused.value.text.en
