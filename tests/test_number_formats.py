"""What a number format shows is what its cell says: the unit converts once, and what it hides is asked about."""

import io
from typing import Any

import pytest
import xlsxwriter
import xlwt

from data.errors import UnreadableWorkbook
from data.ingest.reading.grid import LONGEST_FORMAT, cell_format
from data.ingest.reading.number_format import number_format
from tests.upload_helpers import check_content, error_tuples, ledger_values, load_content

HEAD = ("项目编码", "项目名称", "项目类别")


def investment_workbook(kind: str, value: float, shown: str, heading: str = "总投资", title: str = "") -> bytes:
    """Return a workbook with one project, whose investment stands in a number format."""
    out = io.BytesIO()
    rows: list[list[Any]] = [[title]] * bool(title) + [[*HEAD, heading], ["T-9", "测试项目", "供地类", value]]
    if kind == "xls":
        book, style = xlwt.Workbook(encoding="utf-8"), xlwt.XFStyle()
        style.num_format_str = shown
        sheet = book.add_sheet("表")
    else:
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        style, sheet = book.add_format({"num_format": shown}), book.add_worksheet("表")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(line, place, cell, *([style] if cell == value else []))
    if kind == "xls":
        book.save(out)
    else:
        book.close()
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize(
    ("value", "shown", "heading", "title", "stored"),
    [
        (2.6, '0.00"亿元"', "总投资", "", 26000),
        (26000, '#,##0"元"', "总投资", "", 2.6),
        (260000000, '0!.0,"万"', "总投资", "", 26000),
        (2.6, '0.00"亿元"', "总投资(亿元)", "", 26000),
        (2.6, '0.00"亿元"', "总投资(万元)", "", 26000),
        (2.6, '0.00"亿元"', "总投资", "单位：亿元", 26000),
        (26000, '#,##0"万元"', "总投资", "单位：亿元", 26000),
        (260000000, "[$¥-804]#,##0.00", "总投资", "", 26000),
        (260000000, "[$¥-804]#,##0.00", "总投资(元)", "", 26000),
        (2.6, "0.00", "总投资", "单位：亿元", 26000),
    ],
)
def test_the_unit_of_a_number_format_converts_once(store, kind, value, shown, heading, title, stored):
    """26,000 万元 come out of every way to show 2.6 亿元, whatever unit the heading or the title names as well."""
    load_content(store, "investment_project", investment_workbook(kind, value, shown, heading, title), "x")
    assert ledger_values(store, "investment_project", "investment") == [(stored,)]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize(
    ("value", "shown", "heading", "why"),
    [
        (26000, "0,", "总投资", "holds another number than its cell shows"),
        (26000, "0!.0000", "总投资(万元)", "holds another number than its cell shows"),
        (26000, "[$¥-804]#,##0.00", "总投资(万元)", "has a ¥ here and another unit in its heading"),
        (26, '0.0"英镑"', "总投资", "cannot be converted"),
        (26, "[$$-409]#,##0.00", "总投资", "cannot be converted"),
        (26000, '0.0,"千"', "总投资", "cannot be converted"),
        (26, '"约"0.0', "总投资", "must be exact"),
        (26, '"万"General', "总投资", "must be a number"),
    ],
)
def test_what_a_number_format_leaves_open_is_refused(store, kind, value, shown, heading, why):
    """A scale without its word, a ¥ under 万元, a foreign currency: the bare number never goes in untold."""
    report = check_content(store, "investment_project", investment_workbook(kind, value, shown, heading), "x")
    [(_, column, _, reason)] = error_tuples(report)
    assert column == "总投资"
    assert why in reason


def test_a_converted_cell_is_told(store):
    """The note names the column, the unit of the cells and that of the ledger."""
    report = check_content(store, "investment_project", investment_workbook("xlsx", 2.6, '0.00"亿元"'), "x.xlsx")
    [note] = [n.reason.zh for n in report.notes]
    assert all(word in note for word in ("总投资", "亿元", "万元"))


@pytest.mark.parametrize(
    "shown", ["General", "", "0", "#,##0.00", "0.00E+00", "# ?/?", "0.0%", "#,##0_);[Red](#,##0)", "+0;-0;0", "0;-0;;@",
              'yyyy"年"m"月"', "[h]:mm:ss", "[$-804]aaaa yyyy", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "]
)  # fmt: skip
def test_a_format_of_looks_alone_changes_no_number(shown):
    """Decimals, separators, colours, blanks and signs tell nothing beyond the number; percentages and days have their
    own way."""
    assert number_format(shown) is None


@pytest.mark.parametrize("repeated", ["[", ",", "0,", '"', "\\", "-", ".", "0!."])
def test_a_number_format_longer_than_excel_takes_is_refused(repeated):
    """A format of 64 KB is refused at once, where reading it took minutes; the longest that Excel takes is read."""
    cell_format((repeated * LONGEST_FORMAT)[:LONGEST_FORMAT])
    with pytest.raises(UnreadableWorkbook):
        cell_format(repeated * 64_000)
