"""The loader as a whole: what clerks' files look like, what becomes of them, and what is said about the rest."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import xlsxwriter
import xlwt

from data.datasets import DATASETS
from data.errors import (
    Cancelled,
    NoRows,
    NoSpace,
    NotAppendable,
    OtherHeader,
    OtherYear,
    RepeatedColumn,
    ScopeWithoutReplace,
    StillNamed,
    UnknownColumn,
    UnknownScope,
    UnknownScopeValue,
    UnknownUnit,
    WrongLedger,
)
from data.ingest import batch_log, error_file, loader, versions
from data.ingest.batch_log import Counts
from data.ingest.checking import error_report
from data.ingest.folder import ledger_detection
from data.ingest.forms import template
from data.ingest.loader import Options, ReadOptions, Report, Scope, UndoResult
from data.ingest.sample import sample_files
from data.store import Store, open_store
from tests.patience import PATIENCE
from tests.upload_helpers import (
    PARENTS,
    WHO,
    check_content,
    error_tuples,
    ledger_values,
    left_out_reasons,
    load_content,
    load_parents,
    loaded_batch,
    make_test_upload,
    make_workbook,
)

READING = "断面,监测时间,监测项目,监测值\n"
TITLE, TOTAL = "A title above the header, no data", "A row of totals, no data"
REMARK, AGAIN = "A remark, no data", "The header once more"
RAGGED = "This row does not have the {} columns of the header; look for a missing or an extra separator"
OTHER_UNIT = (
    "The unit written in “Value” cannot be converted to “{}”, that of the row; make sure of it, or write the number "
    "alone, in that unit"
)


def as_slow(*cases: Any) -> list[Any]:
    """Return cases that `make test` tries and `make check` leaves to their neighbours."""
    return [pytest.param(case, marks=pytest.mark.slow) for case in cases]


@pytest.fixture(scope="module")
def parent_ledger_store() -> Iterator[Store]:
    """A database of villages, rivers and sections that no test changes."""
    with open_store(":memory:") as opened:
        load_parents(opened)
        yield opened


@pytest.fixture(scope="module")
def lent_store() -> Iterator[Store]:
    """The database that `own` lends to one test after the other, for opening one takes longer than most tests."""
    with open_store(":memory:") as opened:
        load_parents(opened)
        yield opened


@pytest.fixture
def own(lent_store: Store) -> Iterator[Store]:
    """A database of villages, rivers and sections of the test's own: what it loads is taken out again."""
    yield lent_store
    with lent_store.read() as con:
        standing: list[Any] = [b["batch_id"] for b in batch_log.recent_batches(con) if b["undone_at"] is None]
    for number in standing[: -len(PARENTS)]:
        loader.undo_batch(lent_store, number, WHO)
    with lent_store.scratch() as con, lent_store.write(con):
        con.execute("DELETE FROM column_mapping")


def test_titles_sums_and_notes_are_left_out_with_a_line_in_the_report(own):
    """Of a sheet as an office prints it only the rivers are loaded; each other row is told with its line and why."""
    report = load_content(
        own,
        "river",
        "庄桥街道河道名录,,,,\n单位：米,,,,\n河道编码,河道名称,河道等级,水体类型,长度\n"
        "R-11,甲河,村级,河流,1660\nR-12,乙河,村级,河流,500\n小计,,,,2160\nR-13,丙河,村级,河流,100\n合计,,,,2260\n"
        "注：长度为实测。,,,,\n填表人：张三,,审核人：李四,,\n",
    )
    assert (report.header_line, report.rows, report.rejected, report.counts) == (3, 3, 0, Counts(inserted=3))
    assert left_out_reasons(report) == [(1, TITLE), (2, TITLE), (6, TOTAL), (8, TOTAL), (9, REMARK), (10, REMARK)]
    assert ledger_values(own, "river", "river_id", "length", where="length > 0") == [
        ("R-11", 1.66),
        ("R-12", 0.5),
        ("R-13", 0.1),
    ]


def test_a_title_may_name_the_unit_of_the_money(parent_ledger_store):
    """Under “单位：亿元” 10 is 100,000 of the ledger's 万元; codes and dates are not touched."""
    lines = "招商项目台账,,,\n(单位：亿元),,,\n项目编码,项目名称,项目类别,总投资\nP-1,甲,供地类,10\n"
    report = check_content(parent_ledger_store, "investment_project", lines)
    assert "The unit “亿元” of the title goes for: 总投资" in {n.reason.en for n in report.notes}
    assert report.header == ["项目编码", "项目名称", "项目类别", "总投资(亿元)"]
    assert (report.counts, report.errors) == (Counts(inserted=1), [])


def test_a_title_may_name_the_unit_of_the_readings(own):
    """“单位：μg/L” above a long table of readings counts for every item in mg/L, as it does above a wide one."""
    load_content(own, "reading", "单位：μg/L,,,\n" + READING + "断面甲,2021-04-01,总磷,120\n")
    load_content(own, "reading", "单位：μg/L,,\n断面名称,监测时间,总磷\n断面乙,2021-04-01,120\n")
    assert ledger_values(own, "reading", "section_id", "value") == [("S-1", 0.12), ("S-2", 0.12)]


def test_a_row_of_units_belongs_to_the_header(own):
    """Units in a row of their own below the headings convert the values, and the row is no data."""
    report = load_content(own, "river", "河道编码,河道名称,河道等级,水体类型,长度\n,,,,m\nR-11,甲河,村级,河流,1660\n")
    assert (report.header[-1], left_out_reasons(report)) == ("长度(m)", [(2, "A row of units, no data")])
    assert ledger_values(own, "river", "length", where="river_id = 'R-11'") == [(1.66,)]


def test_a_group_of_headings_may_be_named_like_one_of_its_columns(parent_ledger_store):
    """Where 工程量 stands over 计划工程量 and 计量单位, the second row of the header is read, not taken for data."""
    report = check_content(
        parent_ledger_store,
        "work",
        "工程编码,工程名称,河道,工程类型,工程量,,计划工期,\n,,,,计划工程量,计量单位,计划开工,计划完工\n"
        "W-1,清淤甲,一号河,清淤,100,m³,2014-01-01,2014-06-30\n",
    )
    assert (report.header_line, report.errors, report.counts) == (2, [], Counts(inserted=1))


def test_a_header_may_have_two_rows(own):
    """Items that stand below a common title are read as the columns of a wide file."""
    report = load_content(
        own,
        "reading",
        "断面名称,监测时间,监测指标,,\n,,氨氮(mg/L),总磷(μg/L),pH\n断面甲,2021-04-01 08:00,0.4,120,7.1\n",
    )
    assert (report.header_line, report.layout, report.counts) == (2, "wide", Counts(inserted=3))
    assert ledger_values(own, "reading", "parameter", "value") == [("NH3N", 0.4), ("PH", 7.1), ("TP", 0.12)]


@pytest.mark.parametrize(
    ("header", "rows"),
    [("村社编码,村社名称,人口", ["V-8,甲村,1", "V-9,乙村,2"]), ("村社编码,村社名称", ["V-8,甲村", "V-9,乙村"])],
    ids=["with numbers", "texts only"],
)
def test_a_header_repeated_on_a_later_page_is_left_out(parent_ledger_store, header, rows):
    """The header between two pages is no row, also where every column is a text and it could pass for one."""
    report = check_content(parent_ledger_store, "village", "\n".join([header, rows[0], header, rows[1]]))
    assert (report.rows, report.counts, report.errors) == (2, Counts(inserted=2), [])
    assert left_out_reasons(report) == [(3, AGAIN)]


def test_signatures_below_a_table_of_texts_are_left_out(parent_ledger_store):
    """填表人：…, 填表人 and 制表日期：… are no villages, although a village is nothing but two texts."""
    report = check_content(
        parent_ledger_store,
        "village",
        "村社编码,村社名称\nV-7,七村\n合计,1个村\n填表人：张三,审核人：李四\n填表人,张三\n制表日期：2014-01-01,\n",
    )
    assert (report.counts, report.errors) == (Counts(inserted=1), [])
    assert left_out_reasons(report) == [(3, TOTAL), (4, REMARK), (5, REMARK), (6, REMARK)]


def test_titles_of_later_pages_and_of_groups_are_left_out(parent_ledger_store):
    """Title and header repeated in the middle, headings of groups and empty rows are no data; lines still count."""
    rows = "V-7,七村,1\n,,\n村社名册,,\n村社编码,村社名称,人口\n二、社区,,\n\nV-8,八村,很多\n"
    report = check_content(parent_ledger_store, "village", "村社名册,,\n村社编码,村社名称,人口\n一、行政村,,\n" + rows)
    assert left_out_reasons(report) == [(1, TITLE), (3, REMARK), (6, AGAIN), (7, AGAIN), (8, REMARK)]
    assert (report.rows, [e.line for e in report.errors]) == (2, [10])


def test_a_file_of_sums_only_has_no_rows(parent_ledger_store):
    """A table without anything but its sum is refused as one without rows."""
    with pytest.raises(NoRows):
        check_content(parent_ledger_store, "village", "村社编码,村社名称,人口\n合计,,5\n")


def test_a_name_that_only_looks_like_a_sum_is_data(parent_ledger_store):
    """A village called 统计村 or 会计 is one; only a row that is named a sum is none."""
    report = check_content(parent_ledger_store, "village", "村社编码,村社名称\nV-7,会计\nV-8,统计村\nV-9,合计村\n")
    assert (report.counts, report.left_out) == (Counts(inserted=3), [])


@pytest.mark.parametrize("row", ["合计,,,0.4", "小计,2021-04-01 08:00,氨氮,0.4", "平均值,2021-04-01 08:00,氨氮,0.4"])
def test_a_sum_is_never_registered_as_a_section(store, row):
    """With `register` the new section is added, the row of sums is not, however complete it looks."""
    report = load_content(store, "reading", READING + "新断面,2021-04-01 08:00,氨氮,0.4\n" + row, register=True)
    assert (report.counts, left_out_reasons(report)) == (Counts(inserted=1), [(3, TOTAL)])
    assert ledger_values(store, "section", "section_id") == [("新断面",)]


def test_a_sum_of_a_wide_file_is_never_registered(store):
    """The same below the columns of a wide file, with and without a time; a remark there is no empty sample."""
    report = load_content(
        store,
        "reading",
        "断面名称,监测时间,pH,氨氮\n新断面,2021-04-01 08:00,7,0.4\n合计,,7,0.4\n"
        "最大值,2021-04-01 08:00,7,0.4\n注：*为停运,,,\n",
        register=True,
    )
    assert (report.rows, report.counts) == (1, Counts(inserted=2))
    assert left_out_reasons(report) == [(3, TOTAL), (4, TOTAL), (5, REMARK)]
    assert ledger_values(store, "section", "section_id") == [("新断面",)]
    assert [n.reason.en for n in report.notes] == ["Newly registered in “Monitoring sections”"]


def test_nothing_is_registered_for_a_refused_row(store):
    """A section that stands on refused rows only is not registered, and the report does not say so."""
    lines = READING + "好断面,2021-04-01,DO,8\n坏断面,2021-04-01,DO,很多\n/,2021-04-01,DO,8\n"
    report = load_content(store, "reading", lines, register=True, partial=True)
    assert [(n.value, n.reason.en) for n in report.notes] == [("好断面", "Newly registered in “Monitoring sections”")]
    assert ledger_values(store, "section", "section_id") == [("好断面",)]
    assert error_tuples(report)[1] == (4, "断面", "/", "“Section” must not be empty")


@pytest.mark.parametrize(
    ("row", "cells"),
    [("V-9,乙村", "2"), ("V-9", "1"), ("V-9,乙,村,2", "4")],
    ids=["lost its last separator", "lost two", "one too many"],
)
@pytest.mark.parametrize(
    "place",
    [pytest.param(0, id="first", marks=pytest.mark.slow), pytest.param(1, id="middle"), pytest.param(2, id="last")],
)
def test_a_row_of_another_width_is_refused_and_the_rest_loads(store, row, cells, place):
    """A row with too few or too many cells is an error of its own wherever it stands; the others go in."""
    rows = ["V-7,甲村,1", "V-8,丙村,3"]
    rows.insert(place, row)
    report = load_content(store, "village", "\n".join(["村社编码,村社名称,人口", *rows]), partial=True)
    assert error_tuples(report) == [(place + 2, "", cells, RAGGED.format(3))]
    assert (report.rows, report.rejected, report.counts) == (3, 1, Counts(inserted=2))
    assert ledger_values(store, "village", "village_id") == [("V-7",), ("V-8",)]


WIDE_ROWS = {
    "as many as the header": ("{},,\n", "V-8,甲村,1,,", "V-9,乙村,2", []),
    "as many as most rows": ("{}\n", "V-8,甲村,1,,", "V-9,乙村,2,,", []),
    "in one row only": ("{}\n", "V-8,甲村,1", "V-9,乙村,2,", [3]),
    "in one row, in quotes": ("{}\n", "V-8,甲村,1", 'V-9,乙村,2,""', [3]),
    "more than in most rows": ("{}\n", "V-8,甲村,1,\nV-7,丙村,1,\nV-6,丁村,1,", "V-9,乙村,2,,", [5]),
    "in one row, none elsewhere": ("{}\n", 'V-8,"甲,村",', "V-9,乙村,2,\n", [3]),
    "behind a torn number": ("{}\n", "V-8,甲村,18000", "V-9,乙村,26,000,", [3]),
}


@pytest.mark.parametrize("case", WIDE_ROWS)
def test_a_row_wider_than_the_header_is_refused(parent_ledger_store, case):
    """Empty cells beyond the last heading are passed over where the header or most rows have as many; a row by itself
    that has more is refused with its line, for a number may have been torn: 26,000."""
    header, *rows, refused = WIDE_ROWS[case]
    content = header.format("村社编码,村社名称,人口") + "\n".join(rows)
    report = check_content(parent_ledger_store, "village", content)
    assert report.refused == refused
    assert {reason for *_, reason in error_tuples(report)} == ({RAGGED.format(3)} if refused else set())


def error_file_text(store: Store, dataset: str, content: str, name: str = "台账.csv", whole: bool = False) -> str:
    file = make_test_upload(content, name)
    report = loader.check_file(store, DATASETS[dataset], file)
    made = error_file.error_csv(store, DATASETS[dataset], file, Options(), report, whole)
    assert made.startswith(b"\xef\xbb\xbf")
    return made.decode("utf-8-sig")


def csv_rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


LONG = "村社编码,村社名称,人口\nV-7,甲村,很多\nV-8,乙村,8\nV-9,丙,村,9\n合计,,17\n,丁村,-1\n"


def test_the_error_file_has_the_refused_rows_with_what_to_do(parent_ledger_store):
    """Each refused row stands as it was written, behind its line, the fields, the reasons and the remedies."""
    fill = "填整数（人），不小于 0"
    assert csv_rows(error_file_text(parent_ledger_store, "village", LONG)) == [
        ["行号", "字段", "原因", "怎么改", "村社编码", "村社名称", "人口"],
        ["2", "人口", "“人口”应是整数", fill, "V-7", "甲村", "很多"],
        ["4", "", "这一行的列数与表头（3 列）不一致，请检查是否少了或多了分隔符", "", "V-9", "丙", "村", "9"],
        [
            "6",
            "人口；村社编码",
            "“人口”不能小于 0；“村社编码”不能为空",
            f"{fill}；填文字，不超过 500 字",
            "",
            "丁村",
            "-1",
        ],
    ]


def test_the_whole_error_file_has_the_good_rows_too(parent_ledger_store):
    """With `whole` every row of data is there, the good ones with their line only; sums are not."""
    rows = csv_rows(error_file_text(parent_ledger_store, "village", LONG, whole=True))
    assert [row[0] for row in rows] == ["行号", "2", "3", "4", "6"]
    assert rows[2] == ["3", "", "", "", "V-8", "乙村", "8"]


@pytest.mark.parametrize("whole", [False, True], ids=["refused rows", "whole file"])
def test_a_corrected_error_file_loads_as_it_is(store, whole):
    """Corrected in place, with the columns in front still there, the file loads what was missing."""
    load_content(store, "village", LONG, partial=True)
    made = error_file_text(store, "village", LONG, whole=whole)
    corrected = made.replace("很多", "7").replace("丙,村", "丙村").replace(",,丁村,-1", ",V-10,丁村,1")
    assert load_content(store, "village", corrected).counts == Counts(inserted=3, unchanged=1 if whole else 0)
    assert ledger_values(store, "village", "village_id", "population") == [
        ("V-10", 1),
        ("V-7", 7),
        ("V-8", 8),
        ("V-9", 9),
    ]


@pytest.mark.parametrize("whole", [False, True], ids=["refused rows", "whole file"])
def test_a_corrected_error_file_of_a_wide_file_loads_as_it_is(own, whole):
    """Titles, the unit of a heading and the year in the file's name survive the way through the error file."""
    rows = "断面甲,04-01 08:00,x,120\n断面丁,04-01 08:00,0.2,9\n断面乙,04-01 08:00,0.3,9\n"
    lines = "水质月报,,,\n断面名称,监测时间,氨氮,总磷(μg/L)\n" + rows
    made = error_file_text(own, "reading", lines, "水质2021.csv", whole)
    assert csv_rows(made)[1] == [
        "3", "氨氮", "“氨氮”应是数字", "填数字（mg/L），0–100", "断面甲", "04-01 08:00", "x", "120",
    ]  # fmt: skip
    corrected = made.replace(",x,", ",0.4,").replace("断面丁,04-01", "断面乙,04-02")
    report = load_content(own, "reading", corrected, "错误_水质2021.csv")
    assert (report.layout, report.errors, report.counts.inserted) == ("wide", [], 6 if whole else 4)
    assert ledger_values(own, "reading", "sampled_at", "value", where="section_id = 'S-1'") == [
        (datetime(2021, 4, 1, 8), 0.4), (datetime(2021, 4, 1, 8), 0.12),
    ]  # fmt: skip


def test_an_error_file_that_nobody_corrected_is_refused_again(parent_ledger_store):
    """Put back as it came, the error file has the same errors; nothing slips in by being padded or cut."""
    made = error_file_text(parent_ledger_store, "village", LONG)
    again = check_content(parent_ledger_store, "village", made)
    assert (again.rejected, again.counts) == (3, Counts())


def test_a_unit_may_stand_in_a_column_beside_its_value(own):
    """Each row is converted by its own unit; an empty one is that of the item."""
    rows = ("断面甲,{},总磷,120,μg/L", "断面甲,{},氨氮,0.4,mg/L", "断面甲,{},pH,7,无量纲", "断面乙,{},总磷,0.12,")
    lines = "\n".join(["断面,监测时间,监测项目,监测值,单位", *rows]).replace("{}", "2021-04-01")
    assert load_content(own, "reading", lines).errors == []
    assert ledger_values(own, "reading", "parameter", "value") == [("NH3N", 0.4), ("PH", 7), ("TP", 0.12), ("TP", 0.12)]


def test_an_unknown_unit_beside_a_value_is_refused(parent_ledger_store):
    """A unit that does not convert to that of the item refuses its row, shown with the value as it was written."""
    rows = "断面甲,2021-04-01,铜,7,斤\n断面甲,2021-04-01,总磷,120,μg/L\n断面甲,2021-04-01,pH,7,mg/L\n"
    report = check_content(parent_ledger_store, "reading", "断面,监测时间,监测项目,监测值,单位\n" + rows)
    assert error_tuples(report) == [
        (2, "监测值", "7 斤", OTHER_UNIT.format("mg/L")),
        (4, "监测值", "7 mg/L", OTHER_UNIT.format("dimensionless")),
    ]
    assert report.counts == Counts(inserted=1)


def test_a_value_is_converted_once(own):
    """Where heading, column and cell all name a unit, the cell goes before its column, and that before the heading."""
    rows = "R-5,甲,村级,河流,1660,m\nR-6,乙,村级,河流,1.66,km\nR-7,丙,村级,河流,1660,\nR-8,丁,村级,河流,1.66km,m\n"
    load_content(own, "river", "河道编码,河道名称,河道等级,水体类型,长度(m),单位\n" + rows)
    rows = 'R-9,戊,村级,河流,1660\nR-A,己,村级,河流,1.66公里\nR-B,庚,村级,河流,"1,660"\nR-C,辛,村级,河流,0.166万米\n'
    load_content(own, "river", "河道编码,河道名称,河道等级,水体类型,长度(m)\n" + rows)
    assert ledger_values(own, "river", "length", where="length IS NOT NULL") == [(1.66,)] * 8


def test_a_unit_in_the_heading_of_a_long_file_counts_item_by_item(own):
    """监测值(μg/L) converts what is kept in mg/L, lets a cell with its own unit be, refuses what has no such unit."""
    rows = "断面甲,2021-04-01,总磷,120\n断面甲,2021-04-01,氨氮,0.4mg/L\n断面甲,2021-04-01,pH,7\n"
    report = load_content(own, "reading", "断面,监测时间,监测项目,监测值(μg/L)\n" + rows, partial=True)
    assert error_tuples(report) == [(4, "监测值", "7 μg/L", OTHER_UNIT.format("dimensionless"))]
    assert ledger_values(own, "reading", "parameter", "value") == [("NH3N", 0.4), ("TP", 0.12)]


def test_a_target_in_another_unit_of_money_is_converted(store):
    """目标值(亿元) is read in 万元 for a target of money and refused for a percentage."""
    lines = (
        "指标,开始日期,截止日期,目标值(亿元)\n到位资金,2014-01-01,2014-12-31,1.5\n签约率,2014-01-01,2014-12-31,100\n"
    )
    report = load_content(store, "target", lines, partial=True)
    assert [(e.line, e.column, e.value) for e in report.errors] == [(3, "目标值", "100 亿元")]
    assert ledger_values(store, "target", "value") == [(15_000,)]


def test_a_unit_of_no_item_refuses_the_file(parent_ledger_store):
    """监测值(元) fits no item, so the whole file is refused rather than every row."""
    with pytest.raises(UnknownUnit, match="监测值"):
        check_content(parent_ledger_store, "reading", "断面,监测时间,监测项目,监测值(元)\n断面甲,2021-04-01,总磷,120\n")


def test_a_parent_may_stand_there_by_code_and_by_name(own):
    """Code and name of a river that agree are one river; either alone is enough."""
    report = load_content(
        own,
        "reach",
        "河段编码,河段名称,河道编码,河道名称\nA,一段,R-1,一号河\nB,二段,R-3,同名河\nC,三段,,一号河\nD,四段,R-2,\n",
    )
    assert report.columns == {
        "河段编码": "reach_id",
        "河段名称": "name",
        "河道编码": "river_id",
        "河道名称": "river_id",
    }
    assert ledger_values(own, "reach", "river_id") == [("R-1",), ("R-3",), ("R-1",), ("R-2",)]


def test_a_code_and_a_name_that_disagree_are_refused(parent_ledger_store):
    """A code beside the name of another river is refused, and so is a name alone that is unknown or ambiguous."""
    report = check_content(
        parent_ledger_store,
        "reach",
        "河段编码,河段名称,河道编码,河道名称\nA,一段,R-2,一号河\nB,二段,,没有的河\nC,三段,,同名河\n",
    )
    assert error_tuples(report) == [
        (2, "河道编码", "R-2", "The code and the name of “River” do not mean the same one"),
        (3, "河道编码", "没有的河", "It is not in “Rivers”; register it there first"),
        (4, "河道编码", "同名河", "Several rows of “Rivers” bear this name; write the code instead"),
    ]


def test_the_value_before_rounding_wins_where_it_is_filled(own):
    """氨氮_原始值 is loaded for 氨氮; where it is empty or marked as missing, the value shown is."""
    rows = "断面甲,2021-05-01,0.4,0.4213\n断面甲,2021-05-02,0.4,\n断面甲,2021-05-03,*,0.3\n断面甲,2021-05-04,0.5,*\n"
    report = load_content(own, "reading", "断面名称,监测时间,氨氮,氨氮_原始值\n" + rows)
    assert report.columns["氨氮_原始值"] == "NH3N"
    assert ledger_values(own, "reading", "value") == [(0.4213,), (0.4,), (0.3,), (0.5,)]


LIMITS = {
    "<0.02": ("<", 0.02),
    "＜0.02": ("<", 0.02),
    "0.02L": ("<", 0.02),
    "ND(0.02)": ("<", 0.02),
    "未检出（0.02）": ("<", 0.02),
    "低于检出限0.02": ("<", 0.02),
    "<20μg/L": ("<", 0.02),
    ">24": (">", 24),
    "0.02": (None, 0.02),
    "0.02mg/L": (None, 0.02),
}


def test_a_value_below_a_detection_limit_is_stored_as_one(own):
    """<0.02, 0.02L and ND(0.02) are the limit 0.02 and its sign, long or wide; a plain value has no sign."""
    days = [f"2021-04-{day:02}" for day in range(1, len(LIMITS) + 1)]
    written = list(zip(days, LIMITS, strict=True))
    load_content(own, "reading", READING + "".join(f"断面甲,{day},氨氮,{cell}\n" for day, cell in written))
    wide = "".join(f"断面乙,{day},{cell},7\n" for day, cell in written)
    load_content(own, "reading", "断面名称,监测时间,氨氮,溶解氧\n" + wide)
    found = ledger_values(own, "reading", "qualifier", "value", where="parameter = 'NH3N'")
    assert list(zip([*LIMITS] * 2, found, strict=True)) == [*LIMITS.items()] * 2


def test_a_limit_takes_the_unit_of_its_heading(own):
    """<20 under 氨氮(μg/L) is below 0.02 mg/L."""
    load_content(own, "reading", "断面名称,监测时间,氨氮(μg/L)\n断面甲,2021-04-01,<20\n断面甲,2021-04-02,20L\n")
    assert ledger_values(own, "reading", "qualifier", "value") == [("<", 0.02)] * 2


@pytest.mark.parametrize("written", ["未检出", "<", *as_slow("ND", "N.D.")])
def test_not_detected_without_a_limit_is_refused(own, written):
    """Without its limit a non-detect says nothing that can be judged; the reason shows how to write it."""
    report = check_content(own, "reading", READING + f"断面甲,2021-04-01,氨氮,{written}\n")
    reason = "“Value” lacks the detection limit; write <0.02, 0.02L or ND(0.02)"
    assert error_tuples(report) == [(2, "监测值", written, reason)]


def test_a_measured_value_takes_the_sign_of_a_limit_away(own):
    """A value measured where a limit stood has no sign any more; the same limit again is no change."""
    load_content(own, "reading", READING + "断面甲,2021-04-01,氨氮,<0.02\n断面甲,2021-04-02,氨氮,<0.02\n")
    report = load_content(own, "reading", READING + "断面甲,2021-04-01,氨氮,0.02\n断面甲,2021-04-02,氨氮,0.02L\n")
    assert (report.counts.updated, report.counts.unchanged) == (1, 1)
    assert ledger_values(own, "reading", "qualifier", "value") == [(None, 0.02), ("<", 0.02)]


PLACED = "省份,断面名称,监测时间,氨氮\n"


def test_sections_of_one_name_in_two_provinces_are_two(own):
    """湖心 of 安徽 and of 江苏 are registered apart and found again, by 安徽 as by 安徽省; without a place, neither."""
    rows = "安徽省,湖心,2021-04-01,0.4\n江苏省,湖心,2021-04-01,0.5\n浙江省,桥头,2021-04-01,0.6\n"
    load_content(own, "reading", PLACED + rows, register=True)
    report = load_content(
        own, "reading", PLACED + rows.replace("省", "") + ",桥头,2021-04-02,7\n,湖心,2021-04-02,7\n", partial=True
    )
    assert ledger_values(own, "section", "section_id", "province", where="name IN ('湖心', '桥头')") == [
        ("桥头", "浙江省"),
        ("江苏·湖心", "江苏省"),
        ("湖心", "安徽省"),
    ]
    assert (report.counts.unchanged, report.counts.inserted) == (3, 1)
    assert error_tuples(report) == [
        (6, "断面名称", "湖心", "Several rows of “Monitoring sections” bear this name; write the code instead")
    ]


def test_a_time_without_a_year_takes_that_of_the_day_of_its_row(own):
    """文件日期 gives each row its year; a time of December published in January is of the year before."""
    rows = (
        "2020-05-08,断面甲,05-08 15:00,0.4\n20210101T000500,断面甲,12-31 20:00,0.5\n2021-01-02,断面甲,1/2 04:00,0.6\n"
    )
    report = load_content(own, "reading", "文件日期,断面名称,监测时间,氨氮\n" + rows)
    assert [f"{at:%Y-%m-%d %H}" for at, _ in ledger_values(own, "reading", "sampled_at", "value")] == [
        "2020-05-08 15",
        "2020-12-31 20",
        "2021-01-02 04",
    ]
    assert report.unmapped == []
    assert "Days and times without a year were completed with that of the column “文件日期”" in {
        n.reason.en for n in report.notes
    }


@pytest.mark.parametrize(
    "group", ["监测值,监测值,监测值", "指标（mg/L）,,", *as_slow("监测值,,", "监测项目,监测项目,监测项目")]
)
def test_the_title_over_the_items_may_be_named_like_a_column(own, group):
    """监测值 over 溶解氧, 氨氮 and 总磷, written once or merged, is the title of a group and no column of its own."""
    rows = f"断面名称,监测时间,{group}\n,,溶解氧,氨氮,总磷\n断面甲,2021-04-01 08:00,7,0.5,0.1\n"
    report = load_content(own, "reading", rows)
    assert (report.layout, report.counts.inserted) == ("wide", 3)


@pytest.mark.parametrize("note", ["2.支出单位为万元", "2022年1月5日", *as_slow("备注", "单位：元", "***", "附注")])
def test_short_notes_below_a_table_are_left_out(own, note):
    """A numbered note, a bare 备注, a day alone in its row are remarks, whether the row has its other commas or not."""
    village = "村社编码,村社名称,人口\nV-8,八村,12\n"
    for ending in ("", ",,"):
        report = check_content(own, "village", village + note + ending + "\n")
        assert (report.errors, left_out_reasons(report)) == ([], [(3, REMARK)])


def test_a_code_that_excel_shortened_is_refused(own):
    """3.30205E+17 has lost the digits of a long code: refused, rather than registered as a river."""
    report = check_content(own, "river", "河道编码,河道名称,河道等级,水体类型\n3.30205E+17,甲河,村级,河流\n")
    assert [e.value for e in report.errors] == ["3.30205E+17"]


def test_a_time_after_the_day_in_the_name_of_the_file_is_of_the_year_before(own):
    """12-31 in a file of 3 January 2021 was measured in 2020, and so was 01-05; 01-03 itself is of 2021."""
    rows = "断面甲,12-31 20:00,0.5\n断面甲,01-05 20:00,0.5\n断面甲,01-03 04:00,0.6\n"
    load_content(own, "reading", "断面名称,监测时间,氨氮\n" + rows, "水质2021-01-03.csv")
    found = [f"{at:%Y-%m-%d}" for (at,) in ledger_values(own, "reading", "sampled_at")]
    assert found == ["2020-01-05", "2020-12-31", "2021-01-03"]


ACTIVITY = "活动编码,活动日期,村社,活动类型\nA-1,{},V-1,培训\n"


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("3月5日", "活动2021-04-05.csv", "2021-03-05"),
        pytest.param("03-05", "活动2021-04-05.csv", "2021-03-05", marks=pytest.mark.slow),
        pytest.param("3/5", "活动2021-04-05.csv", "2021-03-05", marks=pytest.mark.slow),
        pytest.param("4月5日", "活动2021-04-05.csv", "2021-04-05", marks=pytest.mark.slow),
        ("4月6日", "活动2021-04-05.csv", "2020-04-06"),
        pytest.param("12月31日", "活动2021.csv", "2021-12-31", marks=pytest.mark.slow),
        ("12月31日", "活动2021年1月.csv", "2020-12-31"),
        pytest.param("1月31日", "活动202101.csv", "2021-01-31", marks=pytest.mark.slow),
        ("12月31日", "活动2021年1-3月.csv", "2020-12-31"),
        pytest.param("3月31日", "活动2021年1-3月.csv", "2021-03-31", marks=pytest.mark.slow),
        pytest.param("3月31日", "活动2021年3月1日.csv", "2020-03-31", marks=pytest.mark.slow),
    ],
)
def test_a_day_without_a_year_takes_that_of_the_name_of_the_file(own, written, name, expected):
    """3月5日 in a file of 5 April 2021 is of 2021, no day is later than its file; a note names the year it got."""
    report = load_content(own, "saving_activity", ACTIVITY.format(written), name)
    assert report.errors == []
    told = f"Days and times without a year were completed with {expected[:4]}"
    assert told in {n.reason.en for n in report.notes}
    assert [str(day) for (day,) in ledger_values(own, "saving_activity", "held_on")] == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3月5日", "2021-03-05"),
        pytest.param("03-05", "2021-03-05", marks=pytest.mark.slow),
        pytest.param("3/5", "2021-03-05", marks=pytest.mark.slow),
        ("12月31日", "2020-12-31"),
    ],
)
def test_a_day_without_a_year_takes_that_of_its_row(own, written, expected):
    """快照 gives a day its year as it does a time: a day of December in a row of April is of the year before."""
    lines = ACTIVITY.replace("活动编码", "快照,活动编码").replace("A-1", "2021-04-05,A-1").format(written)
    load_content(own, "saving_activity", lines)
    assert [str(day) for (day,) in ledger_values(own, "saving_activity", "held_on")] == [expected]


def test_a_day_that_looks_like_a_decimal_takes_no_year(own):
    """3.1 may be 1 March, or the 3.10 of which a spreadsheet has taken the last digit: it is asked for in full."""
    report = check_content(own, "saving_activity", ACTIVITY.format("3.1"), "活动2021-04-05.csv")
    assert [(e.line, e.value) for e in report.errors] == [(2, "3.1")]


def test_a_day_that_may_lie_ahead_takes_no_year_but_the_clerks(own):
    """A due date without a year is refused in a file with a day in its name; the year that the clerk names is taken."""
    lines = "指标,开始日期,截止日期,目标值\n签约率,2021-01-01,12月31日,90\n"
    report = check_content(own, "target", lines, "任务书2021-04-05.csv")
    assert [(e.line, e.value) for e in report.errors] == [(2, "12月31日")]
    assert "--year" in report.errors[0].reason.en
    assert check_content(own, "target", lines, "任务书2021-04-05.csv", year=2021).errors == []


def test_traditional_headings_and_items_are_recognised(own):
    """監測斷面, 採樣時間 and 總磷 are columns of a wide file; the sum below, 合計, is none of its data."""
    rows = "監測斷面,採樣時間,溶解氧,總磷（μg/L）\n断面甲,2021-04-01 8時30分,7,120\n合計,,7,120\n"
    report = load_content(own, "reading", rows)
    assert (report.errors, report.unmapped, left_out_reasons(report)) == ([], [], [(3, TOTAL)])
    assert ledger_values(own, "reading", "sampled_at", "parameter", "value") == [
        (datetime(2021, 4, 1, 8, 30), "DO", 7),
        (datetime(2021, 4, 1, 8, 30), "TP", 0.12),
    ]


def test_only_enumerations_change_from_traditional_to_simplified(own):
    """區級 is the declared word 区级, 萬 is 10⁴, and 灣頭河 keeps the characters of its name."""
    rows = "河道編碼,河道名稱,河道等級,水體類型,長度\nR-8,灣頭河,區級,河流,0.2萬米\n"
    assert load_content(own, "river", "單位：公里,,,,\n" + rows).errors == []
    assert ledger_values(own, "river", "name", "level", "length", where="river_id = 'R-8'") == [("灣頭河", "区级", 2.0)]


def test_a_long_file_may_name_items_and_units_in_traditional_characters(own):
    """The unit beside 總磷 is held to that of 总磷."""
    rows = "斷面,監測時間,監測項目,監測值,單位\n断面甲,2021-04-01,總磷,120,μg/L\n断面甲,2021-04-01,氨氮,0.4毫克/升,\n"
    assert load_content(own, "reading", rows).errors == []
    assert ledger_values(own, "reading", "parameter", "value") == [("NH3N", 0.4), ("TP", 0.12)]


def test_codes_that_differ_in_case_or_blanks_are_loaded_and_told(own):
    """v-1 beside V-1 of the ledger, and “V 7” beside V7 of the file, stay two codes each, with a note on their line."""
    report = load_content(own, "village", "村社编码,村社名称\nv-1,小胡家村\nV 7,七村\nV7,七村甲\nV-8,八村\n")
    assert (report.errors, report.counts.inserted) == ([], 4)
    told_of = [(n.line, n.column, n.reason.en.split(" look")[0]) for n in report.notes]
    assert told_of == [(2, "村社编码", "“V-1、v-1”"), (3, "村社编码", "“V 7、V7”")]
    assert (
        check_content(own, "village", "村社编码,村社名称\nV-2,灵山村\n")
        .notes[0]
        .reason.en.startswith("The file says what")
    )


def test_a_parent_to_register_that_is_nearly_another_is_told(own):
    """断面 s-1 is registered beside S-1, and the report says how little differs."""
    report = check_content(own, "reading", READING + "s-1,2021-04-01,DO,8\n", register=True)
    assert "“S-1、s-1”" in " ".join(n.reason.zh for n in report.notes)


def test_full_width_codes_are_the_plain_ones(own):
    """Ｖ－１ is V-1, as the code of a row and as the parent of another; nothing is registered twice."""
    report = load_content(own, "village", "村社编码,村社名称,人口\nＶ－１,胡家村,120\n")
    assert (report.counts.updated, report.counts.inserted) == (1, 0)
    assert load_content(own, "reach", "河段编码,河段名称,河道\nＡ１,一段,Ｒ－１\n").errors == []
    assert ledger_values(own, "reach", "reach_id", "river_id") == [("A1", "R-1")]


@pytest.mark.parametrize("heading", ["文件日期", "发布日期", "公布时间", "导出日期"])
def test_a_year_that_is_named_is_held_to_that_of_a_column(own, heading):
    """The clerk's own year is taken where the column says the same or is left out; another one is refused."""
    rows = f"{heading},断面名称,监测时间,氨氮\n2020-05-08,断面甲,05-08 15:00,0.4\n2021-01-01,断面甲,01-01 08:00,0.3\n"
    for year in (2019, 2020, 2021):
        with pytest.raises(OtherYear, match=heading):
            check_content(own, "reading", rows, year=year)
    load_content(own, "reading", rows.rpartition("2021-01-01")[0], year=2020)
    load_content(own, "reading", rows.rpartition("2021-01-01")[0], year=2019, mapping=((heading, ""),))
    times = ledger_values(own, "reading", "sampled_at")
    assert times == [(datetime(2019, 5, 8, 15),), (datetime(2020, 5, 8, 15),)]


STRANGE = "编号,叫什么,多少人,备用\nV-5,五村,12,x\n"
BY_HAND = (("编号", "village_id"), ("叫什么", "name"), ("多少人", "population"), ("备用", ""))


def test_headings_may_be_led_to_columns_by_hand(own):
    """Headings that nobody knows are mapped by the clerk; one mapped to nothing is left out without a word."""
    with pytest.raises(WrongLedger):
        check_content(own, "village", STRANGE)
    report = load_content(own, "village", STRANGE, mapping=BY_HAND)
    assert report.columns == {"编号": "village_id", "叫什么": "name", "多少人": "population"}
    assert (report.unmapped, report.errors) == ([], [])
    assert ledger_values(own, "village", "name", "population", where="village_id = 'V-5'") == [("五村", 12)]


def test_a_mapping_tells_the_ledger_of_the_next_file_with_this_header(own):
    """No heading of the file tells its ledger, but where it was led by hand once does."""
    assert ledger_detection.ledgers_by_header(own, make_test_upload(STRANGE)) == []
    load_content(own, "village", STRANGE, mapping=BY_HAND)
    assert ledger_detection.ledgers_by_header(
        own, make_test_upload(STRANGE.replace("V-5,五村", "V-6,六村"), "乙.csv")
    ) == [DATASETS["village"]]


def test_a_mapping_is_remembered_for_the_next_file_with_this_header(own):
    """After a commit the same header needs no mapping, in other case and blanks too; a mere check teaches nothing."""
    check_content(own, "village", STRANGE, mapping=BY_HAND)
    with pytest.raises(WrongLedger):
        check_content(own, "village", STRANGE)
    load_content(own, "village", STRANGE + "V-6,六村,很多,\n", mapping=BY_HAND, partial=True)
    assert check_content(own, "village", " 编号 ,叫什么,多少人,备用\nV-7,七村,1,\n").counts == Counts(inserted=1)
    corrected = error_file_text(own, "village", STRANGE + "V-6,六村,很多,\n").replace("很多", "6")
    assert load_content(own, "village", corrected).counts == Counts(inserted=1)
    with pytest.raises(WrongLedger):
        check_content(own, "village", "编号,叫什么,多少人\nV-8,八村,1\n")


def test_a_mapping_to_a_column_that_is_none_is_refused(parent_ledger_store):
    """The sentence names the column that the ledger does not have and those that it has."""
    with pytest.raises(UnknownColumn) as refused:
        check_content(parent_ledger_store, "village", STRANGE, mapping=(("编号", "nonsense"),))
    assert refused.value.text.en.startswith(
        "“Villages” has no column “nonsense”. There are: Village code village_id, Village name,"
    )


def test_two_headings_cannot_be_led_to_one_column(parent_ledger_store):
    """Two headings mapped to the name are told, rather than one of them dropped."""
    with pytest.raises(RepeatedColumn, match=r"叫什么.*备用"):
        check_content(parent_ledger_store, "village", STRANGE, mapping=(*BY_HAND[:2], ("备用", "name")))


def test_a_known_column_may_be_left_out_by_hand(parent_ledger_store):
    """A column that the file should not change is mapped to nothing, and its bad cells do not matter."""
    assert (
        check_content(
            parent_ledger_store, "village", "村社编码,村社名称,人口\nV-7,七村,很多\n", mapping=(("人口", ""),)
        ).errors
        == []
    )


def test_the_items_of_a_wide_file_may_be_mapped(own):
    """Columns of a wide file are led to items as others are to columns."""
    lines = "断面名称,监测时间,X1,X2\n断面甲,2021-04-01 08:00,0.4,7\n"
    assert load_content(own, "reading", lines, mapping=(("X1", "NH3N"), ("X2", "PH"))).layout == "wide"
    assert ledger_values(own, "reading", "parameter", "value") == [("NH3N", 0.4), ("PH", 7)]


@pytest.fixture
def measured_store(own: Store) -> Store:
    """Three days of March and three of April at two sections, one on each of two rivers."""
    days = [f"断面{s},2021-0{m}-0{d} 08:00,DO,{m + d}" for s in "甲乙" for m in (3, 4) for d in (1, 2, 3)]
    load_content(own, "reading", READING + "\n".join(days))
    return own


APRIL = READING + "断面甲,2021-04-01 08:00,DO,9\n断面甲,2021-04-02 08:00,DO,6\n断面甲,2021-04-05 08:00,DO,6\n"


IN_APRIL = Scope(date(2021, 4, 1), date(2021, 4, 30))


def days_and_values(store: Store, section: str) -> list[tuple[str, float]]:
    found = ledger_values(store, "reading", "sampled_at", "value", where=f"section_id = '{section}'")
    return [(f"{at:%m-%d}", value) for at, value in found]


@pytest.mark.parametrize("mode", ["upsert", "append"])
def test_a_scope_without_replace_is_refused(measured_store, mode):
    """A period that would be ignored is told, rather than the whole file loaded."""
    with pytest.raises(ScopeWithoutReplace):
        check_content(measured_store, "reading", APRIL, mode=mode, scope=IN_APRIL)


@pytest.mark.parametrize("where", [("river_id", "没有的河"), ("监测项目", "没有的项目")])
def test_a_scope_that_nobody_knows_is_one_sentence(measured_store, where):
    """An unknown river or item is told once, rather than every row refused."""
    with pytest.raises(UnknownScopeValue, match="没有的"):
        check_content(measured_store, "reading", APRIL, mode="replace", scope=Scope(where=(where,)))


def test_a_refused_row_is_not_missing(measured_store):
    """Of six rows in the file's days the file has three, one of them refused: three are missing."""
    report = check_content(measured_store, "reading", APRIL.replace("DO,9", "DO,很多").replace("04-05", "04-03"))
    assert (report.rejected, report.missing) == (1, 2)


def test_append_takes_new_rows_and_refuses_changed_ones(measured_store):
    """A row that the ledger has with another value is refused; one that it has as it is does no harm."""
    report = load_content(measured_store, "reading", APRIL, mode="append", partial=True)
    reason = "The ledger has this row with other values; “append only” changes no row, use “update” instead"
    assert error_tuples(report) == [(2, "", "", reason)]
    assert report.counts == Counts(inserted=1, unchanged=1)
    assert days_and_values(measured_store, "S-1")[3:] == [("04-01", 5), ("04-02", 6), ("04-03", 7), ("04-05", 6)]


def test_append_is_for_ledgers_of_events(parent_ledger_store):
    """Villages do not happen, so they cannot be appended."""
    with pytest.raises(NotAppendable):
        check_content(parent_ledger_store, "village", "村社编码,村社名称\nV-7,七村\n", mode="append")


def test_replace_makes_a_period_what_the_file_says(measured_store):
    """Rows of the period that the file does not have are deleted, those outside it stay; undo brings all back."""
    before = ledger_values(measured_store, "reading", "section_id", "sampled_at", "value", "batch_id")
    report = load_content(measured_store, "reading", APRIL, mode="replace", scope=IN_APRIL)
    assert report.counts == Counts(inserted=1, updated=1, unchanged=1, deleted=4)
    assert days_and_values(measured_store, "S-1")[3:] == [("04-01", 9), ("04-02", 6), ("04-05", 6)]
    assert days_and_values(measured_store, "S-2") == [("03-01", 4), ("03-02", 5), ("03-03", 6)]
    assert loader.undo_batch(measured_store, loaded_batch(report), WHO) == UndoResult(rows={"reading": 6})
    assert ledger_values(measured_store, "reading", "section_id", "sampled_at", "value", "batch_id") == before


def test_replace_may_be_confined_to_the_river_of_a_section(measured_store):
    """“This month of this river” deletes nothing of another river, though a reading names its section only."""
    scope = Scope(date(2021, 4, 1), date(2021, 4, 30), (("river_id", "一号河"),))
    report = load_content(measured_store, "reading", APRIL, mode="replace", scope=scope)
    assert report.counts == Counts(inserted=1, updated=1, unchanged=1, deleted=1)
    assert len(days_and_values(measured_store, "S-2")) == 6


def test_replace_may_be_confined_to_an_item(measured_store):
    """A scope may be an enumeration, by any spelling of column and value; other items stay."""
    load_content(measured_store, "reading", READING + "断面甲,2021-04-01 08:00,pH,7\n")
    report = check_content(
        measured_store, "reading", APRIL, mode="replace", scope=Scope(where=(("监测项目", "溶解氧"),))
    )
    assert report.counts == Counts(inserted=1, updated=1, unchanged=1, deleted=10)


def test_replace_without_a_scope_is_the_whole_ledger(own):
    """Without a scope the ledger becomes what the file says."""
    report = load_content(own, "village", "村社编码,村社名称\nV-2,灵山村\nV-3,新村\n", mode="replace")
    assert (report.counts, report.missing) == (Counts(inserted=1, unchanged=1, deleted=1), 1)
    assert ledger_values(own, "village", "village_id") == [("V-2",), ("V-3",)]


def test_rows_outside_the_replaced_scope_are_refused(measured_store):
    """A row of another month or another river shows that the scope or the file is wrong."""
    rows = "断面甲,2021-04-01 08:00,DO,5\n断面乙,2021-04-02 08:00,DO,6\n断面甲,2021-05-05 08:00,DO,6\n"
    scope = Scope(date(2021, 4, 1), date(2021, 4, 30), (("river_id", "一号河"),))
    report = check_content(measured_store, "reading", READING + rows, mode="replace", scope=scope)
    reason = "This row lies outside the period or the scope that is to be replaced"
    assert error_tuples(report) == [(3, "", "", reason), (4, "", "", reason)]


def test_a_replaced_row_is_no_measure_for_the_new_ones(own):
    """Progress that replaces a wrong report may be less than that report was: rows that go are held against nobody."""
    work = "W-1,清淤,R-1,清淤,100,m³,2014-01-01,2014-06-30\n"
    load_content(own, "work", "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n" + work)
    reports = "工程,上报日期,累计完成量\n"
    load_content(own, "work_progress", reports + "W-1,2014-03-01,10\nW-1,2014-04-01,50\nW-1,2014-05-01,60\n")
    corrected = reports + "W-1,2014-04-15,20\n"
    assert check_content(own, "work_progress", corrected).rejected == 1
    scope = Scope(date(2014, 4, 1), date(2014, 4, 30))
    assert load_content(own, "work_progress", corrected, mode="replace", scope=scope).counts == Counts(
        inserted=1, deleted=1
    )


def test_a_mistyped_row_is_not_deleted_by_its_replacement(measured_store):
    """A row that the file has, but with a mistake, stays in the ledger as it is when the good rows replace the rest."""
    rows = "断面甲,2021-04-01 08:00,DO,九\n断面甲,2021-04-02 08:00,DO,6\n"
    scope = Scope(date(2021, 4, 1), date(2021, 4, 30), (("river_id", "一号河"),))
    report = load_content(measured_store, "reading", READING + rows, mode="replace", scope=scope, partial=True)
    assert (report.rejected, report.counts) == (1, Counts(unchanged=1, deleted=1))
    assert days_and_values(measured_store, "S-1")[3:] == [("04-01", 5), ("04-02", 6)]


@pytest.mark.parametrize(
    ("dataset", "scope"),
    [("village", Scope(since=date(2021, 1, 1))), ("village", Scope(where=(("river_id", "一号河"),)))],
    ids=["a ledger without dates", "a column that it does not have"],
)
def test_a_scope_that_a_ledger_cannot_have_is_refused(parent_ledger_store, dataset, scope):
    """A period of villages, or villages of a river, cannot be told."""
    with pytest.raises(UnknownScope):
        check_content(parent_ledger_store, dataset, "村社编码,村社名称\nV-1,胡家村\n", mode="replace", scope=scope)


def test_a_parent_that_is_still_named_cannot_be_replaced_away(measured_store):
    """A section that readings name stays, and the check says so before anybody loads."""
    for attempt in (check_content, load_content):
        with pytest.raises(StillNamed) as refused:
            attempt(measured_store, "section", "断面编码,断面名称,河道\nS-1,断面甲,R-1\n", mode="replace")
    assert refused.value.text.en.startswith("The ledger cannot be replaced: 1 rows of “Monitoring sections”")
    assert len(ledger_values(measured_store, "section", "section_id")) == 2


def test_the_ledger_as_of_a_batch_has_the_rows_deleted_since(measured_store):
    """As of the batch before a replacement the deleted readings are there; as of the replacement they are not."""
    report = load_content(measured_store, "reading", APRIL, mode="replace")
    with measured_store.read() as con:
        counts = [
            con.execute(f'SELECT count(*) FROM "{versions.make_as_of_view(con, DATASETS["reading"], n)}"').fetchall()[
                0
            ][0]
            for n in (loaded_batch(report) - 1, loaded_batch(report))
        ]
    assert counts == [12, 3]


def test_rows_that_the_file_does_not_have_are_counted(measured_store):
    """Missing are the rows of the ledger that the file lacks; of readings, those within the days of the file."""
    assert check_content(measured_store, "village", "村社编码,村社名称\nV-1,胡家村\n").missing == 1
    assert check_content(measured_store, "reading", APRIL).missing == 4
    assert check_content(measured_store, "reading", READING + "断面甲,2022-01-01 08:00,DO,6\n").missing == 0


def warning_texts(report: Report) -> list[str]:
    return [warning.en for warning in report.warnings]


def test_the_same_file_is_told_with_its_batch(own):
    """A file that was loaded before is told with the batch that it made, until that batch is undone."""
    lines = "村社编码,村社名称\nV-5,五村\n"
    first = loaded_batch(load_content(own, "village", lines))
    assert warning_texts(check_content(own, "village", lines)) == [f"The same file was loaded before as batch {first}"]
    loader.undo_batch(own, first, WHO)
    assert warning_texts(check_content(own, "village", lines)) == []


def test_a_file_that_shrinks_or_overturns_its_ledger_is_warned_of(own):
    """Deletes are told with the rows before and after, and a change of more than 30 % with its share."""
    load_content(own, "village", "村社编码,村社名称\n" + "\n".join(f"W-{n},村{n}" for n in range(8)))
    three = "村社编码,村社名称\nW-0,改\nW-1,改\nW-2,改\n"
    assert warning_texts(check_content(own, "village", three)) == []
    assert warning_texts(check_content(own, "village", three + "W-3,改\n")) == [
        "4 of the ledger's 10 rows (40 %) will change; make sure that this is the right file"
    ]
    assert warning_texts(check_content(own, "village", three, mode="replace")) == [
        "7 rows will be taken out of the ledger: 10 rows now, 3 afterwards",
        "10 of the ledger's 10 rows (100 %) will change; make sure that this is the right file",
    ]


def test_groups_count_every_error(parent_ledger_store):
    """Errors are grouped by column and reason with how many there are and the first twenty lines."""
    rows = [f"W-{n},村,{'很多' if n % 2 else -1}" for n in range(100)]
    report = check_content(parent_ledger_store, "village", "村社编码,村社名称,人口\n" + "\n".join(rows))
    assert [(g.column, g.reason.en, g.count, g.lines[:2], len(g.lines)) for g in report.groups] == [
        ("人口", "“Population” must be a whole number", 50, [3, 5], 20),
        ("人口", "“Population” must not be below 0", 50, [2, 4], 20),
    ]


def test_repeated_keys_are_one_group(parent_ledger_store):
    """Each line of a repeated key is an error that names another line, and together they are one group."""
    rows = "X,甲\nX,甲\nX,乙\nY,一\nY,二\n"
    report = check_content(parent_ledger_store, "village", "村社编码,村社名称\n" + rows)
    assert [(e.line, e.reason.en[:6]) for e in report.errors] == [
        (2, "Line 4"), (3, "Line 4"), (4, "Line 2"), (5, "Line 6"), (6, "Line 5"),
    ]  # fmt: skip
    assert [(g.count, g.lines) for g in report.groups] == [(5, [2, 3, 4, 5, 6])]


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([f"断面甲,2021-04-0{n} 08:00,DO,很多" for n in range(1, 8)], {}),
        ([f"断面甲,2021-05-0{n} 08:00,DO,5" for n in range(1, 8)], {"mode": "replace", "scope": IN_APRIL}),
        ([f"断面甲,2021-03-01 08:00,DO,{n}" for n in range(1, 8)], {}),
    ],
    ids=["bad cells", "outside the scope", "repeated keys"],
)  # fmt: skip
def test_beyond_the_most_errors_rows_are_refused_all_the_same(measured_store, monkeypatch, rows, options):
    """Where there are too many errors to list, the first are, the groups count all, and no bad row slips in."""
    monkeypatch.setattr(error_report, "MOST_FINDINGS", 3)
    report = load_content(measured_store, "reading", READING + "\n".join(rows), partial=True, **options)
    assert (len(report.errors), [g.count for g in report.groups], report.rejected) == (3, [7], 7)
    assert [n.reason.en for n in report.notes if n.line == 0] == [
        "Only the first 3 errors are listed; the totals are complete"
    ]
    assert report.counts.inserted == report.counts.updated == 0


VILLAGES = "村社编码,村社名称,人口\nV-5,五村,5\nV-6,六村,6\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16-le", *as_slow("utf-8", "utf-16", "utf-16-be")])
def test_an_encoding_may_be_given(parent_ledger_store, encoding):
    """A file is read in the encoding that the clerk says, and the report names it."""
    report = check_content(
        parent_ledger_store, "village", VILLAGES.encode(encoding), reading=ReadOptions(encoding=encoding)
    )
    assert (report.encoding, report.counts) == (encoding, Counts(inserted=2))


def test_big5_is_read_where_it_is_said_to_be(own):
    """Big5 is never guessed, for it looks like GB18030; told so, the loader reads it."""
    load_content(own, "village", "village_id,name\nV-5,繁體村\n".encode("big5"), reading=ReadOptions(encoding="big5"))
    assert ledger_values(own, "village", "name", where="village_id = 'V-5'") == [("繁體村",)]


@pytest.mark.parametrize("delimiter", [";", "，", *as_slow(",", "\t", "|")])
def test_a_delimiter_may_be_given(parent_ledger_store, delimiter):
    """A file is cut where the clerk says, and the report names it."""
    content = VILLAGES.replace(",", delimiter)
    report = check_content(parent_ledger_store, "village", content, reading=ReadOptions(delimiter=delimiter))
    assert (report.delimiter, report.counts) == (delimiter, Counts(inserted=2))


def test_the_line_of_the_header_may_be_given(parent_ledger_store):
    """Of two headers of other columns none is guessed; the clerk's is taken, and what stands above it is a title."""
    lines = "村社编码,村社名称,人口\n旧,旧村,1\n村社编码,村社名称,户数\nV-5,五村,5\n"
    with pytest.raises(OtherHeader):
        check_content(parent_ledger_store, "village", lines)
    report = check_content(parent_ledger_store, "village", lines, reading=ReadOptions(header_line=3))
    assert (report.header_line, report.header[2], report.counts) == (3, "户数", Counts(inserted=1))
    assert left_out_reasons(report) == [(1, TITLE), (2, TITLE)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_do_not_matter(parent_ledger_store, end):
    """Files of any system have the same rows on the same lines."""
    report = check_content(parent_ledger_store, "village", (VILLAGES + "V-7,七村,很多\n").replace("\n", end))
    assert (report.counts.inserted, [e.line for e in report.errors]) == (2, [4])


def test_hidden_columns_and_merged_numbers_are_told(parent_ledger_store):
    """The report names the column that nobody saw and the amount that counts for the first of its rows only."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(
            [["村社编码", "村社名称", "人口", "户数"], ["V-5", "五村", "", 3], ["V-6", "六村", "", 4]]
        ):
            sheet.write_row(line, 0, row)
        sheet.merge_range("C2:C3", 120)
        sheet.set_column("D:D", None, None, {"hidden": True})
    notes = [
        (n.line, n.reason.en) for n in check_content(parent_ledger_store, "village", out.getvalue(), "村社.xlsx").notes
    ]
    assert (1, "1 columns of the sheet are hidden and were read all the same (户数)") in notes
    assert [(line, "(2–3: 120)" in said) for line, said in notes if "merged cells" in said] == [(2, True)]


def xls_workbook(**sheets: list[list[Any]]) -> bytes:
    """Return an .xls with these sheets."""
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(
                    line, place, cell, xlwt.easyxf(num_format_str="yyyy-mm-dd" if isinstance(cell, date) else "")
                )
    book.save(out)
    return out.getvalue()


BOOK: dict[str, list[list[Any]]] = {
    "说明": [["本表由各村填报"]],
    "活动": [
        ["节水活动登记表"],
        ["活动编码", "活动日期", "活动类型", "参加人数", "所在村社"],
        ["A-1", date(2014, 3, 5), "培训", 30, "胡家村"],
        ["A-2", "2014年3月6日", "宣传活动", 1.5, "灵山村"],
        ["合计", None, None, 31.5, None],
    ],
}


@pytest.mark.parametrize(("kind", "make"), [("xlsx", make_workbook), ("xls", xls_workbook)])
def test_a_workbook_is_read_from_the_sheet_that_has_the_ledger(own, kind, make):
    """The sheet is chosen by its headings; titles and sums are left out; errors are told with the row of the sheet."""
    report = load_content(own, "saving_activity", make(**BOOK), f"节水.{kind}", partial=True)
    assert (report.encoding, report.sheet, report.sheets) == (kind, "活动", ("说明", "活动"))
    assert report.as_json()["encoding"] == kind
    assert (report.header_line, left_out_reasons(report)) == (2, [(1, TITLE), (5, TOTAL)])
    assert error_tuples(report) == [(4, "参加人数", "1.5", "“People” must be a whole number")]
    found = ledger_values(own, "saving_activity", "activity_id", "held_on", "headcount", "village_id")
    assert found == [("A-1", date(2014, 3, 5), 30, "V-1")]


def test_the_sheet_may_be_given(parent_ledger_store):
    """A clerk may choose another sheet than the one that looks right."""
    rows: list[list[Any]] = [["村社编码", "村社名称", "人口"], ["V-5", "五村", 5]]
    book = make_workbook(今年=rows, 去年=[*rows, ["V-6", "六村", 6]])
    assert check_content(parent_ledger_store, "village", book, "村社.xlsx").sheet == "今年"
    report = check_content(parent_ledger_store, "village", book, "村社.xlsx", reading=ReadOptions(sheet="去年"))
    assert (report.sheet, report.counts) == ("去年", Counts(inserted=2))


def test_the_error_file_of_a_workbook_is_a_csv_that_loads(own):
    """The refused row of a workbook comes back as CSV and, corrected, goes in."""
    file = make_test_upload(make_workbook(**BOOK), "节水.xlsx")
    report = loader.check_file(own, DATASETS["saving_activity"], file)
    made = error_file.error_csv(own, DATASETS["saving_activity"], file, Options(), report, whole=False).decode(
        "utf-8-sig"
    )
    assert [row[4:] for row in csv_rows(made)][1] == ["A-2", "2014年3月6日", "宣传活动", "1.5", "灵山村"]
    assert load_content(own, "saving_activity", made.replace("1.5", "15")).counts == Counts(inserted=1)


def api_row(name: str, at: str | None, *cells: str) -> list[str | None]:
    section = f"<span title='所在地市:宁波市&#10;所属河流:姚江'>{name}</span>"
    return ["浙江省", "浙闽片河流", section, at, "Ⅱ", *cells, "正常"]


API = {
    "result": 1,
    "thead": ["省份", "流域", "断面名称", "监测时间", "水质类别", "氨氮<br/><span class='unit'>(mg/L)</span>",
              "总磷<br/><span class='unit'>(mg/L)</span>", "站点情况"],
    "tbody": [
        api_row("清林渡", "04-05 08:00", "<span title='原始值：0.4213'>0.42</span>", "--"),
        api_row("清林渡", "04-05 12:00", "0.40", "<span title='原始值：0.0712'>0.071</span>"),
        api_row("停站断面", None, "--", "*"),
    ],
}  # fmt: skip


def test_an_answer_of_the_national_network_goes_in_as_it_is(store):
    """The JSON of the national API is a wide file: no HTML is left, values before rounding win, sections are added."""
    raw = json.dumps(API, ensure_ascii=False)
    report = load_content(store, "reading", raw, "国家站2021.json", register=True)
    assert (report.encoding, report.layout, report.rejected) == ("json", "wide", 0)
    assert ledger_values(store, "reading", "section_id", "sampled_at", "parameter", "value") == [
        ("清林渡", datetime(2021, 4, 5, 8), "NH3N", 0.4213),
        ("清林渡", datetime(2021, 4, 5, 12), "NH3N", 0.4),
        ("清林渡", datetime(2021, 4, 5, 12), "TP", 0.0712),
    ]
    assert ledger_values(store, "section", "section_id", "province", "basin") == [("清林渡", "浙江省", "浙闽片河流")]


@pytest.mark.parametrize("name", ["cnemc_api_2021-04-05_page1.json", "cnemc_api_2020-05-08_national.json"])
def test_real_answers_of_the_national_network_go_in(store, real_data, name):
    """Answers as the network gave them: every measured value goes in, none dated after the day in the file's name.

    Stations that had been silent since December are shown with their last time, which is of the year before.
    """
    raw = (real_data / "water" / name).read_bytes()
    report = load_content(store, "reading", raw, name, register=True)
    days = [at.date() for (at,) in ledger_values(store, "reading", "sampled_at")]
    assert (report.layout, report.rejected, report.batch, max(days)) == ("wide", 0, 1, date.fromisoformat(name[10:20]))
    assert min(days) > max(days) - timedelta(days=365)
    assert report.counts.inserted > 500


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", DATASETS)
def test_a_template_is_recognised_as_that_of_its_ledger(name, language):
    """The headings alone tell which ledger a file belongs to, in both languages."""
    found = loader.candidate_ledgers(make_test_upload(template.template_csv(DATASETS[name], language) + b"x\r\n"))
    assert found[0] is DATASETS[name]


@pytest.mark.parametrize("name", sample_files())
def test_a_sample_is_recognised_as_that_of_its_ledger(name):
    """The 示例 ledgers find their own way."""
    assert loader.candidate_ledgers(make_test_upload(sample_files()[name].read_bytes()))[0] is DATASETS[name]


def test_other_files_are_recognised_by_their_headings():
    """A wide file, a workbook and a file below a title are recognised; a shopping list is not."""
    for content, name in (
        ("断面名称,监测时间,pH,氨氮\n甲,04-01,7,1\n", "reading"),
        (make_workbook(**BOOK), "saving_activity"),
        ("五月,,,\n工程,上报日期,累计完成量,备注\n清淤,2014-05-01,3,\n", "work_progress"),
        (json.dumps(API), "reading"),
    ):
        assert loader.candidate_ledgers(make_test_upload(content))[0].name == name
    assert loader.candidate_ledgers(make_test_upload("白菜,萝卜\n1,2\n")) == []


def test_two_clerks_loading_the_same_keys_both_get_their_way(store):
    """Two loads of the same villages at the same time: each is a whole batch, the later one updates the earlier."""
    both, reports = threading.Barrier(2), dict[str, Report | None]()

    def clerk(name: str) -> None:
        def meet(stage: str, _done: int, _total: int) -> None:
            if stage == "writing" and name not in reports:
                reports[name] = None
                both.wait(timeout=PATIENCE)

        rows = "\n".join(f"V-{n},{name}{n}" for n in range(50))
        file = make_test_upload("村社编码,村社名称\n" + rows)
        reports[name] = loader.load_file(store, DATASETS["village"], file, WHO, progress=meet)

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in ("甲", "乙")]
    for thread in clerks:
        thread.start()
    for thread in clerks:
        thread.join(timeout=PATIENCE)
    first, second = sorted(filter(None, reports.values()), key=loaded_batch)
    assert (first.counts, second.counts) == (Counts(inserted=50), Counts(updated=50))
    assert {(name[0], number) for name, number in ledger_values(store, "village", "name", "batch_id")} == {
        ("甲" if second is reports["甲"] else "乙", 2)
    }
    assert loader.undo_batch(store, 2, WHO) == UndoResult(rows={"village": 50})
    assert {number for (number,) in ledger_values(store, "village", "batch_id")} == {1}


@pytest.mark.parametrize(
    ("stage", "end", "rows"),
    [
        ("reading", "\n", 9),
        ("reading", "\n\n", 20_000),
        pytest.param("checking", "\n", 9, marks=pytest.mark.slow),
        ("comparing", "\n\n", 9),
        ("writing", "\n", 9),
    ],
)
def test_a_load_that_is_cancelled_leaves_nothing(store, stage, end, rows):
    """At whatever stage a clerk cancels, no row, no batch and no staged file is left, and the file loads afterwards."""
    lines = "村社编码,村社名称\n" + "".join(f"V-{n},村{end if n == 7 else chr(10)}" for n in range(rows))
    seen = []

    def cancel(at: str, _done: int, _total: int) -> None:
        seen.append(at)
        if at == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        loader.load_file(store, DATASETS["village"], make_test_upload(lines), WHO, progress=cancel)
    assert seen[-1] == stage
    assert (ledger_values(store, "village", "name"), list(store.staging.iterdir())) == ([], [])
    with store.read() as con:
        assert con.execute("SELECT count(*) FROM batch").fetchall() == [(0,)]
    assert load_content(store, "village", lines).counts == Counts(inserted=rows)


def test_progress_tells_stages_and_rows(store):
    """A load tells reading, checking, comparing and writing in this order, with the rows done and in all."""
    told_so_far: list[tuple[str, int, int]] = []
    file = make_test_upload(VILLAGES)
    loader.load_file(store, DATASETS["village"], file, WHO, progress=lambda *told: told_so_far.append(told))
    assert told_so_far == [
        ("reading", 0, 2), ("reading", 2, 2), ("checking", 0, 2), ("comparing", 0, 2), ("writing", 0, 2),
    ]  # fmt: skip


def test_a_full_disk_is_told_before_anything_is_written(store, monkeypatch):
    """Where the disk cannot hold what a load needs, it says how much is needed and left, and writes nothing."""
    monkeypatch.setattr(loader, "SPARE_BYTES", 1 << 60)
    with pytest.raises(NoSpace) as refused:
        load_content(store, "village", VILLAGES)
    assert "Nothing was written" in refused.value.text.en
    assert ledger_values(store, "village", "name") == []
