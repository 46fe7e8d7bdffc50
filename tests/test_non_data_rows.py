"""Rows that are no data, and rows that only look as if they were none."""

import pytest

from data.datasets import DATASETS
from data.errors import LateUnit, SeveralSheets, WrongLedger
from data.ingest import error_file, loader
from data.ingest.checking import error_report
from data.ingest.loader import Options, ReadOptions
from data.ingest.table import non_data_rows
from tests.upload_helpers import (
    check_content,
    error_tuples,
    ledger_values,
    left_out_reasons,
    load_content,
    load_parents,
    make_test_upload,
    make_workbook,
)

pytestmark = pytest.mark.slow

READINGS = "断面,监测时间,监测项目,监测值\nS-1,2014-01-05 08:00,氨氮,1\n{}\nS-1,2014-01-07 08:00,氨氮,2\n"
WIDE = "断面,监测时间,氨氮,总磷\nS-1,2014-01-05 08:00,1,0.1\n{}\n"
VILLAGES = "村社编码,村社名称\nV-1,胡家村\n"


@pytest.mark.parametrize("mark", [";", "\t", "|", "；", "，", "   "])
def test_a_row_under_another_separator_is_refused_not_passed_over(store, mark):
    """A row that was not cut is one cell, but no remark: it is refused with its line."""
    load_parents(store)
    report = check_content(store, "reading", READINGS.format(mark.join(["S-1", "2014-01-06 08:00", "氨氮", "9"])))
    assert ([e.line for e in report.errors], report.left_out) == ([3], [])


@pytest.mark.quick
def test_a_long_remark_is_no_row(store):
    """A sentence with its commas is a remark as before."""
    load_parents(store)
    remark = "以上数据由区环境监测站提供，未经审核，仅供内部参考使用，请勿外传。"
    report = check_content(store, "reading", READINGS.format(remark))
    assert (report.rejected, [f.line for f in report.left_out]) == (0, [3])


@pytest.mark.parametrize("row", ["S-2,2014-01-05 08:00", "S-2;2014-01-05 08:00;2"])
def test_a_torn_row_of_a_wide_file_is_refused(store, row):
    """A row without any value that has not the header's columns is torn; one that has them all is told only."""
    load_parents(store)
    torn, whole = (check_content(store, "reading", WIDE.format(line)) for line in (row, "S-2,2014-01-05 08:00,,"))
    assert ([e.line for e in torn.errors], whole.errors) == ([3], [])
    assert [n.line for n in whole.notes] == [3]


@pytest.mark.parametrize("end", ["", " \n"], ids=["read by DuckDB", "read record by record"])
@pytest.mark.parametrize("cell", [" 7 ", '" 7"'], ids=["bare", "quoted"])
def test_a_line_left_out_is_told_without_the_blanks_of_its_cells(store, end, cell):
    """However a file is read, the words of a row of totals are told with one blank between them."""
    report = check_content(store, "village", f"村社编码,村社名称,人口\nV-1,甲,7\n合计,,{cell}\n{end}")
    assert [line.value for line in report.left_out] == ["合计 7"]


@pytest.mark.quick
def test_a_torn_total_of_a_wide_file_is_left_out(store):
    """A row of totals may be shorter than the header."""
    load_parents(store)
    report = check_content(store, "reading", WIDE.format("合计"))
    assert (report.rejected, [f.line for f in report.left_out]) == (0, [3])


def test_a_unit_below_the_header_refuses_the_file(store):
    """A unit between the rows other than the columns have leaves open which rows it means."""
    load_parents(store)
    with pytest.raises(LateUnit, match="第 3 行"):
        check_content(store, "reading", WIDE.format("单位：μg/L,,,\nS-1,2014-01-06 08:00,1000,100"))
    assert check_content(store, "reading", WIDE.format("单位：mg/L,,,")).left_out[0].line == 3


def test_rows_made_one_cell_by_a_lost_quote_are_refused(store):
    """A cell that ends lines further down and holds what look like rows is an error of its line."""
    report = check_content(store, "village", VILLAGES + 'V-2,"甲\nV-3,乙\nV-4,丙"\nV-5,丁\n')
    assert [e.line for e in report.errors] == [3]
    assert "第 5 行" in report.errors[0].reason.zh
    assert report.counts.inserted == 2


GUIDES = [
    "(1),(2)", "①,②", "一,二", "甲,乙", "甲,1", "栏次,1", "必填,必填", "例：V-0,例：某村", "varchar(20),varchar(50)",
    "village_id,name",
]  # fmt: skip


@pytest.mark.parametrize("guide", GUIDES)
def test_a_row_below_the_header_that_explains_it_is_no_data(store, guide):
    """Numbers of the columns, what must be filled in, examples, types and codes below the header are left out."""
    report = check_content(store, "village", VILLAGES.replace("V-1", f"{guide}\nV-1"))
    assert (report.counts.inserted, [f.line for f in report.left_out]) == (1, [2])


def test_two_bare_numbers_may_be_a_row():
    """1 and 2 may be a code and a name; three numbers in order count the columns."""
    assert not non_data_rows.is_guide_row(["1", "2"])
    assert non_data_rows.is_guide_row(["1", "2", "3"])


FOOTERS = [
    "Total,2", "汇总,2", "胡家 汇总,1", "第 1 页,共 1 页", "审核,李四", "经办人 张三,2014-1-1", "备注,示例", "……,……",
    "日期,2014-05-01", "---,---", "共9条", "共 9 条记录", "Total: 9", "9 rows selected.", "(9 行受影响)", "End of file",
    "-- 9 rows --", "----", "以上为全部数据", "庄桥街道办事处",
]  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS)
def test_what_programs_and_clerks_write_below_a_table_is_no_data(store, footer):
    """Totals, counts, rulers, signatures and pages are left out with their line, in a ledger of words too."""
    report = check_content(store, "village", f"{VILLAGES}{footer}\n")
    assert (report.counts.inserted, report.rejected, [f.line for f in report.left_out]) == (1, 0, [3])


@pytest.mark.parametrize("name", ["汇丰社区", "审核通过村", "第一村", "注家桥", "合计桥村"])
def test_a_name_that_begins_like_a_remark_is_a_name(store, name):
    """Only whole words make a row a remark."""
    assert check_content(store, "village", f"{VILLAGES}{name},{name}\n").counts.inserted == 2


def test_the_file_of_errors_has_every_refused_row(store, monkeypatch):
    """Rows whose errors are too many to be listed stand in the file of errors all the same."""
    load_parents(store)
    monkeypatch.setattr(error_report, "MOST_FINDINGS", 2)
    content = "断面,监测时间,监测项目,监测值\n" + "".join(f"S-1,2014-01-{d:02} 08:00,氨氮,很多\n" for d in range(1, 9))
    dataset, file = DATASETS["reading"], make_test_upload(content)
    report = loader.check_file(store, dataset, file)
    assert (len(report.errors), report.rejected) == (2, 8)
    made = error_file.error_csv(store, dataset, file, Options(), report, whole=False).decode("utf-8-sig")
    assert made.count("很多") >= 8


def test_sheets_that_are_as_likely_are_chosen_from_where_somebody_looks(store):
    """On the page the first of two sheets alike is read and told; where nobody looks the workbook is refused."""
    rows = [["村社编码", "村社名称"], ["V-1", "胡家村"]]
    raw = make_workbook(一月=rows, 二月=[rows[0], ["V-2", "灵山村"]], 空表=rows[:1])
    assert next(n.reason.zh for n in check_content(store, "village", raw, "村社.xlsx").notes).count("二月") == 1
    with pytest.raises(SeveralSheets, match="一月、二月；"):
        check_content(store, "village", raw, "村社.xlsx", reading=ReadOptions(one_sheet=True))
    report = load_content(store, "village", raw, "村社.xlsx", reading=ReadOptions(sheet="二月", one_sheet=True))
    assert (error_tuples(report), left_out_reasons(report)) == ([], [])
    assert ledger_values(store, "village", "village_id") == [("V-2",)]


@pytest.mark.parametrize("mark", [" ", ":", "^", "、"])
def test_a_header_that_was_not_cut_is_told_so(store, mark):
    """Under a separator that no ledger has, the reader is told of separators, not of columns that stand there."""
    with pytest.raises(WrongLedger, match="只认出一列"):
        check_content(store, "village", VILLAGES.replace(",", mark))


def test_a_remark_beside_the_table_of_a_sheet_is_told_as_such(store):
    """A sheet has no separators; what stands to the right of the table is named."""
    raw = make_workbook(村社=[["村社编码", "村社名称"], ["V-1", "胡家村"], ["V-2", "灵山村", "", "", "待核"]])
    report = check_content(store, "village", raw, "村社.xlsx")
    assert [(e.line, "右边还有内容" in e.reason.zh) for e in report.errors] == [(3, True)]
