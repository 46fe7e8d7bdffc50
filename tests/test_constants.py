"""One value for the whole file: columns that the file lacks and a clerk gives once."""

from __future__ import annotations

import pytest

from data.datasets import DATASETS
from data.errors import BadConstant, ConstantInFile, UnknownColumn, WrongLedger
from data.ingest.table import headers
from tests.upload_helpers import check_content, ledger_values, load_content, load_parents, make_workbook

PROJECTS = (
    "项目编码,项目名称,征迁类别,项目级别,总户数,签约开始,签约截止\n"
    "DEM-S1,东片项目,集体土地征收,区级,9,2014-01-01,2014-12-31\n"
    "DEM-S2,西片项目,集体土地征收,区级,9,2014-01-01,2014-12-31\n"
)
HOUSEHOLDS = "户编号,房屋用途,合法建筑面积(㎡)\nH-1,住宅,80\nH-2,商服,20\n"


@pytest.fixture
def projects(store):
    load_content(store, "demolition_project", PROJECTS)
    return store


@pytest.fixture
def sections(store):
    load_parents(store)
    return store


@pytest.mark.parametrize("name", ["项目", "project_id", "Project", "项目名称", "项目编码"])
@pytest.mark.parametrize("cell", ["DEM-S1", "东片项目", " DEM-S1 "])
def test_a_required_column_that_the_file_lacks_is_given_once(projects, name, cell):
    """The column goes by code, label or other name, the cell by code or name, as they would in the file."""
    with pytest.raises(WrongLedger):
        check_content(projects, "household", HOUSEHOLDS)
    report = load_content(projects, "household", HOUSEHOLDS, constants=((name, cell),))
    assert report.errors == []
    assert ledger_values(projects, "household", "household_id", "project_id") == [("H-1", "DEM-S1"), ("H-2", "DEM-S1")]
    assert [note.reason.zh for note in report.notes] == [f"整份都填“项目”＝“{cell.strip()}”"]


def test_a_column_that_need_not_be_filled_may_be_given_too(projects):
    """A choice, a number with its unit and a flag are read as cells are."""
    given = (("项目", "DEM-S2"), ("需要帮扶", "是"), ("片区", "一片=东"))
    load_content(projects, "household", HOUSEHOLDS, constants=given)
    found = ledger_values(projects, "household", "project_id", "needs_support", "block")
    assert found == [("DEM-S2", True, "一片=东")] * 2


def test_a_workbook_takes_a_constant_as_a_text_does(projects):
    """What is cut record by record and what DuckDB reads itself are filled alike."""
    rows = [line.split(",") for line in HOUSEHOLDS.split()]
    report = load_content(projects, "household", make_workbook(户=rows), "户.xlsx", constants=(("项目", "西片项目"),))
    assert (report.errors, report.counts.inserted) == ([], 2)
    assert ledger_values(projects, "household", "project_id") == [("DEM-S2",)] * 2


def test_a_long_file_of_one_item_is_read_with_its_item_given_once(sections):
    """Readings of phosphorus only need no column that says so, and their unit still converts by the item."""
    lines = "断面,监测时间,监测值(μg/L)\n断面甲,2014-01-05 08:00,200\n断面乙,2014-01-05 08:00,50\n"
    report = check_content(sections, "reading", lines, constants=(("监测项目", "总磷"),))
    assert (report.layout, report.errors, report.counts.inserted) == ("long", [], 2)


def test_a_wide_file_of_one_section_is_read_with_its_section_given_once(sections):
    """The export of one station names it in no column."""
    lines = "监测时间,氨氮,总磷\n2014-01-05 08:00,0.2,0.1\n2014-01-06 08:00,0.3,0.1\n"
    report = load_content(sections, "reading", lines, constants=(("断面", "断面甲"),))
    assert (report.layout, report.errors) == ("wide", [])
    assert set(ledger_values(sections, "reading", "section_id")) == {("S-1",)}


def test_a_cell_that_the_column_does_not_take_is_refused_once(projects):
    """One sentence names column, cell, reason and the nearest known, instead of an error in every row."""
    with pytest.raises(BadConstant) as refused:
        check_content(projects, "household", HOUSEHOLDS, constants=(("项目", "DEM-S3"),))
    assert "“DEM-S3”" in refused.value.text.zh
    assert "东片项目（DEM-S1）" in refused.value.text.zh
    with pytest.raises(BadConstant):
        check_content(projects, "household", HOUSEHOLDS, constants=(("项目", "DEM-S1"), ("合法建筑面积", "")))
    with pytest.raises(BadConstant):
        check_content(projects, "household", HOUSEHOLDS, constants=(("项目", " "),))


def test_a_column_that_the_file_has_is_not_given(projects):
    """Two answers for one column are told; left out by hand, the file's own gives way."""
    given = (("项目", "DEM-S1"), ("房屋用途", "办公"))
    with pytest.raises(ConstantInFile, match="房屋用途"):
        check_content(projects, "household", HOUSEHOLDS, constants=given)
    load_content(projects, "household", HOUSEHOLDS, constants=given, mapping=(("房屋用途", ""),))
    assert ledger_values(projects, "household", "use") == [("办公",)] * 2
    with pytest.raises(ConstantInFile):
        check_content(projects, "reading", "断面,监测时间,氨氮\nS,2014-01-05,1\n", constants=(("监测项目", "总磷"),))


def test_a_constant_is_not_remembered(projects):
    """The next file of this header is asked anew."""
    load_content(projects, "household", HOUSEHOLDS, constants=(("项目", "DEM-S1"),))
    with pytest.raises(WrongLedger):
        check_content(projects, "household", HOUSEHOLDS)


def test_a_repeated_header_is_read_with_what_was_given(projects):
    """A second header, in another order, lacks the given column as the first one does."""
    lines = HOUSEHOLDS + "合法建筑面积(㎡),户编号,房屋用途\n5,H-3,办公\n"
    report = load_content(projects, "household", lines, constants=(("项目", "DEM-S1"),))
    assert report.errors == []
    assert ledger_values(projects, "household", "household_id", "use")[-1] == ("H-3", "办公")


@pytest.mark.parametrize("written", ["户编号", "household_id", "Household code", "household code", "户 编号"])
def test_a_heading_is_mapped_to_a_column_by_any_of_its_names(projects, written):
    """The target of a mapping goes by label in either language, by code, in other case and blanks."""
    lines = HOUSEHOLDS.replace("户编号", "户主编号")
    report = check_content(
        projects, "household", lines, mapping=(("户主编号", written),), constants=(("项目", "DEM-S1"),)
    )
    assert report.columns["户主编号"] == "household_id"


def test_an_item_is_no_column_to_be_given(projects):
    """氨氮 is a column of wide files only, whose value no file has once for all."""
    with pytest.raises(UnknownColumn):
        check_content(projects, "reading", "断面,监测时间\nS,2014-01-05\n", constants=(("氨氮", "1"),))


def test_the_likely_ledger_goes_by_the_number_of_headings(projects):
    """A header with five headings of a large ledger and all three of a small one is the large one's."""
    header = ["户编号", "项目", "村", "片区", "房屋用途", "合法建筑面积", "户数"]
    assert headers.likeliest_ledger([header]) is DATASETS["household"]
    with pytest.raises(WrongLedger, match="更像“被征收户”"):
        check_content(projects, "village", ",".join(header) + "\n1,2,3,4,5,6,7\n")
    assert headers.likeliest_ledger([["甲", "乙"]]) is None


def test_the_likely_ledger_is_the_one_of_today():
    """Headings of a register are hinted as the register's, not as those of its former values."""
    assert headers.likeliest_ledger([["河道编码", "河道名称", "河道等级"]]) is DATASETS["river"]
    assert headers.likeliest_ledger([["河道编码", "河道名称", "河道等级", "有效至"]]) is DATASETS["river_history"]
