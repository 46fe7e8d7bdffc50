"""Workbooks in, records out: values, row numbers, merged and hidden cells, and files that are no workbooks.

XlsxWriter, openpyxl and xlwt write the workbooks, so that what is read was written by others.
"""

import contextlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipInfo

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import NamedStyle
from xlwt.CompoundDoc import XlsDoc

from data import errors
from data.ingest.reading.records import Remark
from data.ingest.reading.workbook import Workbook
from tests.patience import PATIENCE
from tests.property_settings import example_count
from tests.upload_helpers import MADE_AT

pytestmark = pytest.mark.slow

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PERCENT, DAY, MOMENT = "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def write_workbook(fill: Callable, **options: Any) -> bytes:
    """Return the workbook that a function fills: `fill(book, sheet, look)`, `look` making a number format."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": MADE_AT})
        fill(book, book.add_worksheet("表"), lambda shown: book.add_format({"num_format": shown}))
    return content.getvalue()


def workbook_of_cells(*cells: tuple[object, str]) -> bytes:
    """Return a workbook with one row of values in their number formats."""

    def fill(book, sheet, look):
        for place, (value, shown) in enumerate(cells):
            sheet.write(0, place, value, look(shown))

    return write_workbook(fill)


def records_by_row(raw: bytes, sheet: str = "表") -> dict[int, list[str]]:
    """Return the records of a sheet by their row."""
    return {record.line: record.cells for record in Workbook(raw).records(sheet)}


def only_record(raw: bytes) -> list[str]:
    """Return the only record of a workbook."""
    [cells] = records_by_row(raw).values()
    return cells


def repack_workbook(raw: bytes, **changed: str | bytes | None) -> bytes:
    """Return a workbook with parts replaced, or left out: `sheet1=…` is the part whose name ends so."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = changed.get(name.rpartition("/")[2].partition(".")[0], old.read(name))
            if text is not None:
                new.writestr(ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def workbook_of_xml(rows: str, after: str = "") -> bytes:
    """Return a workbook whose sheet has this XML for its rows."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return repack_workbook(write_workbook(lambda *_: None), sheet1=xml)


def zip_parts(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(ZipInfo(name.replace("__", "/")), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def fill_xls_workbook(fill: Callable[[xlwt.Worksheet], None]) -> bytes:
    """Return the .xls workbook whose sheet a function fills."""
    book, content = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    fill(book.add_sheet("表"))
    book.save(content)
    return content.getvalue()


CELLS = {
    "a text": ("胡家村", "General", "胡家村"),
    "a number stored as text": ("00123", "@", "00123"),
    "a whole number": (15500, "General", "15500"),
    "a large whole number": (123456789012345, "0", "123456789012345"),
    "a number with decimals": (0.30000000000000004, "0.00", "0.3"),
    "a negative number": (-2.5, "#,##0.00", "-2.5"),
    "a date": (date(2014, 3, 5), DAY, "2014-03-05"),
    "a date in Chinese": (date(2014, 3, 5), 'yyyy"年"m"月"d"日"', "2014-03-05"),
    "a date in Chinese numerals": (date(2014, 3, 5), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2014-03-05"),
    "a month in Chinese": (date(2014, 3, 1), 'yyyy"年"m"月"', "2014-03-01"),
    "a moment": (datetime(2014, 3, 5, 8, 0), MOMENT, "2014-03-05 08:00:00"),
    "a moment to the second": (datetime(2014, 3, 5, 8, 7, 59), MOMENT, "2014-03-05 08:07:59"),
    "midnight": (datetime(2014, 3, 5), MOMENT, "2014-03-05"),
    "a time of day": (time(8, 30), "hh:mm", "08:30:00"),
    "a duration": (timedelta(hours=25, minutes=30), "[h]:mm", "25:30:00"),
    "yes": (True, "General", "是"),
    "no": (False, "General", "否"),
    "a percentage": (0.8, "0%", "80%"),
    "a percentage with decimals": (0.285, "0.0%", "28.5%"),
    "a percentage whose double is not exact": (0.07, "0.00%", "7%"),
    "a percentage above 100": (12.5, "0%", "1250%"),
    "a percentage in a red format of its own": (-0.125, "0.0%;[Red]-0.0%", "-12.5%"),
    "a % that is only a sign": (28.5, '0.0"%"', "28.5%"),
    "a text in a percentage's format": ("八成", "0%", "八成"),
    "a code with zeros before it": (12, "0000", "0012"),
    "a code with letters before it": (12, '"W-"0000', "W-0012"),
    "a code with escaped letters before it": (7, "\\H\\J000;@", "HJ007"),
    "a code longer than its zeros": (12345, "000", "12345"),
    "a part in the format of codes": (0.5, "000", "0.5"),
    "an amount in a format of money": (12, '"¥"0', "¥12"),
    "an amount in accounting": (-1200.5, "_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* -#,##0.00_ ;_ @_ ", "-¥1200.5"),
    "nothing in accounting": (0, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "0"),
    "a unit": (2.6, '0.00"亿元"', "2.6亿元"),
    "a unit behind separators": (26000, '#,##0"元"', "26000元"),
    "a unit without quotes": (2.6, "0.00亿元", "2.6亿元"),
    "a unit behind a general number": (2.6, 'General"亿元"', "2.6亿元"),
    "a unit behind a blank": (2.6, '0.00_ "亿元"', "2.6亿元"),
    "a unit in brackets of currency": (26, "0.0[$元-804]", "26元"),
    "ten thousands by a written point": (26000, '0!.0,"万"', "2.6万"),
    "ten thousands to the last digit": (26001, '0\\.0,"万元"', "2.6001万元"),
    "thousands by a comma": (26000, '0.0,"千元"', "26千元"),
    "the larger unit of a condition": (3.5e8, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "3.5亿"),
    "no unit of a condition": (260, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "260"),
    "thousands that no unit tells": (26000, "0,", "26000 显示为 26"),
    "ten thousands that no unit tells": (26000, "0!.0000", "26000 显示为 2.6"),
    "a scale under the wrong unit": (26000, '0,"元"', "26000 显示为 26"),
    "a hidden sign": (-5, "0.00;0.00", "-5 显示为 5"),
    "a sign by colour": (-5, "0.00;[Red]0.00", "-5"),
    "a sign by brackets": (-5, "#,##0_);(#,##0)", "-5"),
    "a hidden number": (5, ";;;", "5 显示为 “”"),
    "a zero that is left out": (0, "0;-0;;@", "0"),
    "a zero in words": (0, '0.00;-0.00;"未检出"', "未检出"),
    "a number in words": (1, '"是";;"否"', "是"),
    "a code with signs between its digits": (31201, "0-0-000", "3-1-201"),
    "a doubtful number": (3, '"约"0', "约3"),
    "a whole number in its own format": (12, "0", "12"),
    "a text in the format of codes": ("甲", "0000", "甲"),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_reads_as_a_clerk_would_have_typed_it(case):
    """Every kind of cell becomes the text that stands for it in a CSV, exact to the last digit that Excel keeps."""
    value, shown, text = CELLS[case]
    assert only_record(workbook_of_cells((value, shown))) == [text]


@pytest.mark.parametrize("case", CELLS)
@pytest.mark.quick
def test_a_cell_of_an_old_workbook_reads_the_same(case):
    """A cell of an .xls file becomes the same text as that of an .xlsx file."""
    value, shown, text = CELLS[case]
    stored = value / timedelta(days=1) if isinstance(value, timedelta) else value
    raw = fill_xls_workbook(lambda sheet: sheet.write(0, 0, stored, xls_style(shown)))
    assert only_record(raw) == ["0.30000000000000004" if case == "a number with decimals" else text]


def xls_style(shown: str) -> xlwt.XFStyle:
    """Return the style of an .xls cell with a number format."""
    style = xlwt.XFStyle()
    style.num_format_str = shown
    return style


@pytest.mark.parametrize("number", [14, 22, 27, 30, 31, 36, 50, 57, 58])
def test_dates_in_the_unwritten_formats_of_chinese_excel_are_dates(number):
    """A format that Chinese Excel knows by its number only, such as 31 for 年月日, makes a date."""

    def fill(book, sheet, _):
        sheet.write_number(0, 0, 41703, book.add_format({"num_format": number}))

    assert only_record(write_workbook(fill)) == ["2014-03-05"]


@pytest.mark.quick
def test_dates_counted_from_1904_are_the_same_days():
    """A workbook that counts its days from 1904, as those of old Macs do, gives the days that it shows."""
    raw = write_workbook(lambda _, sheet, look: sheet.write_datetime(0, 0, date(2014, 3, 5), look(DAY)), date_1904=True)
    assert only_record(raw) == ["2014-03-05"]


@pytest.mark.parametrize("is_from_1904", [False, True])
def test_a_workbook_tells_from_which_year_it_counts_days(is_from_1904):
    """A day that is left as a number means another day in a workbook that counts from 1904, old or new."""
    raw = write_workbook(lambda _, sheet, __: sheet.write(0, 0, 41703), date_1904=is_from_1904)
    book, content = xlwt.Workbook(), io.BytesIO()
    book.dates_1904 = is_from_1904
    book.add_sheet("表").write(0, 0, 41703)
    book.save(content)
    assert [Workbook(r).is_from_1904 for r in (raw, content.getvalue())] == [is_from_1904] * 2


ERRORS = ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_excel_stays_what_it_is(error):
    """A formula that failed reads as its error, so that the check refuses it; an empty cell would pass unseen."""
    raw = write_workbook(lambda book, sheet, _: (sheet.write_formula(0, 0, "=B1", None, error), sheet.write(0, 1, 5)))
    assert only_record(raw) == [error, "5"]


def test_an_error_of_an_old_workbook_stays_what_it_is():
    """The same holds for .xls."""

    def fill(sheet):
        sheet.row(0).set_cell_error(0, "#DIV/0!")
        sheet.row(0).set_cell_error(1, "#REF!")

    assert only_record(fill_xls_workbook(fill)) == ["#DIV/0!", "#REF!"]


def test_a_formula_gives_its_result():
    """Of a formula its last result is read, whether number, text or flag."""

    def fill(_, sheet, look):
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="胡家"&"村"', None, "胡家村")
        sheet.write_formula("C1", "=1/4", look("0%"), 0.25)

    assert only_record(write_workbook(fill)) == ["2", "胡家村", "25%"]
    assert only_record(workbook_of_xml('<row><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>')) == [
        "",
        "1",
    ]


def test_formulas_without_results_are_told():
    """A workbook made by a program that does not calculate is refused: its formulas would read as empty cells."""
    book = openpyxl.Workbook()
    book.active.append(["数量", 1, "=B1+1"])
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(errors.UncomputedFormulas) as told:
        records_by_row(content.getvalue(), "Sheet")
    assert told.value.text.en.startswith("1 formulas of the sheet “Sheet” have no result yet (such as C1).")


def test_rows_keep_their_numbers_when_the_first_are_empty():
    """A table that begins in row 4 and column C has its true row numbers, gaps between its rows included."""

    def fill(_, sheet, __):
        sheet.write_row("C4", ["村社编码", "村社名称"])
        sheet.write_row("C5", ["V-1", "胡家村"])
        sheet.write_row("C9", ["V-2", "灵山村"])

    assert records_by_row(write_workbook(fill)) == {
        4: ["村社编码", "村社名称"],
        5: ["V-1", "胡家村"],
        9: ["V-2", "灵山村"],
    }


def test_rows_of_an_old_workbook_keep_their_numbers():
    """The same holds for .xls."""

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(3, 2, "村社编码")
        sheet.write(8, 2, "V-1")

    records = records_by_row(fill_xls_workbook(fill))
    assert {line: "".join(cells) for line, cells in records.items()} == {4: "村社编码", 9: "V-1"}


def test_a_row_of_zeros_holds_something_and_a_row_of_blanks_does_not():
    """A row of zeros and flags is a record; rows of spaces and of formats only are none."""

    def fill(_, sheet, look):
        sheet.write_row(0, 0, [0, False])
        sheet.write_row(1, 0, [" ", "　"])
        sheet.write_blank(2, 0, None, look("@"))

    assert records_by_row(write_workbook(fill)) == {1: ["0", "否"]}


def with_merged_cells(book, sheet, _) -> None:
    """Fill a sheet of two header rows and a village name that is merged over three rows."""
    sheet.merge_range("A1:D1", "一季度台账")
    sheet.merge_range("A2:A3", "村社名称")
    sheet.merge_range("B2:C2", "工程量")
    sheet.write_row("B3", ["计划", "实际", "备注"])
    sheet.write_row("A40", ["", 10, 11])
    sheet.write_row("A41", ["", 20, 21])
    sheet.write_row("A43", ["", 30, 31])
    sheet.merge_range("A40:A43", "胡家村")
    sheet.write_row("A44", ["灵山村", "", 41])
    sheet.write_row("A45", ["灵山村", "", 51])
    sheet.merge_range("B44:B45", 500)
    sheet.merge_range("A46:B46", "合计")
    sheet.write("C46", 1)


MERGED = {
    1: ["一季度台账"] * 4,
    2: ["村社名称", "工程量", "工程量", ""],
    3: ["村社名称", "计划", "实际", "备注"],
    40: ["胡家村", "10", "11", ""],
    41: ["胡家村", "20", "21", ""],
    43: ["胡家村", "30", "31", ""],
    44: ["灵山村", "500", "41", ""],
    45: ["灵山村", "", "51", ""],
    46: ["合计", "", "1", ""],
}


def test_merged_cells_are_repeated_where_that_says_the_same():
    """Merged headings stand in every cell of their range, a merged name on every row of its own that holds something;
    a merged amount counts once, and a sum's label does not move into the next column."""
    assert records_by_row(write_workbook(with_merged_cells)) == MERGED


def test_merged_cells_of_other_programs_are_repeated_too():
    """What openpyxl and xlwt write reads the same."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "表"
    book.active.append(["村社名称", "工程量", None])
    book.active.append([None, "计划", "实际"])
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:C1")
    book.save(content)

    def fill(sheet):
        sheet.write_merge(0, 1, 0, 0, "村社名称")
        sheet.write_merge(0, 0, 1, 2, "工程量")
        sheet.write(1, 1, "计划")
        sheet.write(1, 2, "实际")

    expected = {1: ["村社名称", "工程量", "工程量"], 2: ["村社名称", "计划", "实际"]}
    assert [records_by_row(content.getvalue()), records_by_row(fill_xls_workbook(fill))] == [expected, expected]


def test_hidden_and_filtered_rows_are_read_and_named():
    """Rows that the clerk does not see are records like others, and are named if they hold anything."""

    def fill(_, sheet, __):
        for line in range(6):
            sheet.write(line, 0, line)
        for line in (2, 4, 20):
            sheet.set_row(line, None, None, {"hidden": True})

    raw = write_workbook(fill)
    assert list(records_by_row(raw)) == [1, 2, 3, 4, 5, 6]
    assert Workbook(raw).hidden_rows("表") == [3, 5]


def test_hidden_columns_are_known_by_their_place():
    """Columns C and D are hidden, and so are all behind the values; places count from the first column with values."""

    def fill(_, sheet, __):
        sheet.write_row(0, 1, ["乙", "丙", "丁", "戊"])
        for columns in ("C:D", "F:XFD"):
            sheet.set_column(columns, None, None, {"hidden": True})

    assert Workbook(write_workbook(fill)).hidden_columns("表") == [1, 2]

    def fill_old(sheet):
        for place in range(4):
            sheet.write(0, place, "甲")
        sheet.col(2).hidden = True

    assert Workbook(fill_xls_workbook(fill_old)).hidden_columns("表") == [2]


def test_merged_numbers_are_remarked():
    """500, merged over two rows, counts once, and the remark says where it stands; merged words need none."""
    remarks: list[Remark] = []
    assert list(Workbook(write_workbook(with_merged_cells)).records("表", remarks))
    assert remarks == [Remark(44, "merged_numbers", {"count": 1, "cells": "44–45: 500"})]


def test_hidden_rows_of_an_old_workbook_are_named():
    """The same holds for .xls."""

    def fill(sheet):
        for line in range(4):
            sheet.write(line, 0, line)
        sheet.row(1).hidden = True
        sheet.row(9).hidden = True

    assert Workbook(fill_xls_workbook(fill)).hidden_rows("表") == [2]


def test_sheets_are_listed_in_order_and_charts_are_none():
    """Worksheets are listed as they stand, hidden ones marked; a sheet that is a chart is left out."""

    def fill(book, _, __):
        book.add_worksheet("旧数据").hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=表!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("三月")

    assert Workbook(write_workbook(fill)).sheets == (("表", False), ("旧数据", True), ("三月", False))


def test_each_sheet_has_its_own_records():
    """The sheet that is asked for is read, and one that is not there is told with those that are."""
    raw = write_workbook(lambda book, sheet, _: (sheet.write(0, 0, "一"), book.add_worksheet("另").write(1, 0, "二")))
    book = Workbook(raw)
    assert [list(book.records(name)) for name, _ in book.sheets] == [[(1, ["一"])], [(2, ["二"])]]
    with pytest.raises(errors.UnknownSheet, match=r"“三”.*表, 另"):
        records_by_row(raw, "三")


def test_formats_down_to_the_last_row_make_no_records():
    """A sheet that is formatted down to its last row, as clerks do by clicking a column, has its few records only."""

    def fill(_, sheet, look):
        sheet.set_column(0, 20, 10, look("@"))
        sheet.write(0, 0, "村社编码")
        for line in range(1, 2_000):
            sheet.write_blank(line, 3, None, look(DAY))

    assert records_by_row(write_workbook(fill)) == {1: ["村社编码"]}
    far = '<c r="XFD1048576" s="1"/>'
    assert records_by_row(workbook_of_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>')) == {
        1: ["1"]
    }


def test_a_blank_in_the_last_row_makes_no_records():
    """A space somebody left in the last row of the sheet costs a moment, not a million records."""
    blank = '<c r="A1048576" t="str"><v xml:space="preserve"> </v></c>'
    assert records_by_row(
        workbook_of_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{blank}</row>')
    ) == {1: ["1"]}


def test_a_stray_cell_in_the_last_corner_is_told():
    """A cell in the last corner is refused in a sentence; taken in, the rectangle up to it would fill the memory."""
    far = '<c r="XFD1048576"><v>1</v></c>'
    with pytest.raises(errors.SparseSheet, match="reaches row 1048576 and column 16384"):
        records_by_row(workbook_of_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>'))


def test_a_wide_sheet_of_few_rows_is_read():
    """A sheet that reaches the last column is read as long as it has few rows."""
    cells = only_record(write_workbook(lambda _, sheet, __: (sheet.write(0, 0, "一"), sheet.write(0, 16_383, "末"))))
    assert (len(cells), cells[0], cells[-1]) == (16_384, "一", "末")


def test_cells_that_hide_where_they_are_cannot_get_around_the_limit():
    """A far place is seen in whatever way it is written, and one that is none is refused."""
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for cells in ("<c r='XFD1048576'><v>1</v></c>", "<c/>" * 99 + "<c><v>1</v></c>"):
        far = f"<row r='1048576'>{cells}</row>"
        with pytest.raises(errors.SparseSheet):
            records_by_row(workbook_of_xml(near + far))
    with pytest.raises(errors.UnreadableWorkbook):
        records_by_row(workbook_of_xml('<row r="1"><c r="xfd1048576"><v>1</v></c></row>'))


def test_names_with_a_prefix_are_read_the_same():
    """XML whose names bear a prefix, as .NET programs write it, is read like any other, errors included."""
    cells = '<x:c r="B2" t="e"><x:v>#N/A</x:v></x:c><x:c r="C2"><x:v>5</x:v></x:c>'
    rows = f'<x:row r="2" hidden="1">{cells}</x:row>'
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    raw = repack_workbook(write_workbook(lambda *_: None), sheet1=xml)
    assert (records_by_row(raw), Workbook(raw).hidden_rows("表")) == ({2: ["#N/A", "5"]}, [2])


def test_texts_in_pieces_and_with_marks_are_whole():
    """Text in several fonts is one text without its reading aids; escapes and line ends come out as they went in."""

    def fill(book, sheet, _):
        sheet.write_rich_string(0, 0, "胡家", book.add_format({"bold": True}), "新河")
        for place, text in enumerate(["a\nb", "a\r\nb", "_x0041_", " 前", "<b>&\"'", "=1+1", "𠮷"], 1):
            sheet.write_string(0, place, text)

    assert only_record(write_workbook(fill)) == [
        "胡家新河",
        "a\nb",
        "a\r\nb",
        "_x0041_",
        " 前",
        "<b>&\"'",
        "=1+1",
        "𠮷",
    ]


def test_openpyxl_writes_the_same_values():
    """A workbook of openpyxl, with texts inside its cells and named styles, gives the same values."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["胡家村", 15500, 0.285, date(2014, 3, 5), datetime(2014, 3, 5, 8), True, "00123", "#N/A"])
    book.active["C1"].style = NamedStyle("比例", number_format="0.0%")
    book.save(content)
    [cells] = records_by_row(content.getvalue(), "Sheet").values()
    assert cells == ["胡家村", "15500", "28.5%", "2014-03-05", "2014-03-05 08:00:00", "是", "00123", "#N/A"]


def locked_since_2007() -> bytes:
    """Return a container as Excel writes for a workbook with a password: it has no stream of a workbook."""
    name, locked = ("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
    return fill_xls_workbook(lambda sheet: None).replace(name.ljust(32, b"\0"), locked, 1)


def locked_before_2007() -> bytes:
    """Return an .xls workbook whose second record says that the rest is encrypted."""
    book, content = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("表")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    XlsDoc().save(content, stream[:first] + b"\x2f\x00\x06\x00" + bytes(6) + stream[first:])
    return content.getvalue()


def workbook_with_false_size() -> bytes:
    """Return a workbook whose directory understates the size of its sheet."""
    raw = workbook_of_xml('<row r="1"><c r="A1"><v>1</v></c></row>' * 1_000)
    with zipfile.ZipFile(io.BytesIO(raw)) as zipped_book:
        size = zipped_book.getinfo("xl/worksheets/sheet1.xml").file_size
    return raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


GOOD = workbook_of_cells(("胡家村", "General"))
REFUSED = {
    "an empty file": (b"", errors.NotAWorkbook),
    "a text": ("村社编码,村社名称\n".encode(), errors.NotAWorkbook),
    "a zip archive": (zip_parts(readme="hello"), errors.NotAWorkbook),
    "a Word document": (zip_parts(word__document="", **{"word/document.xml": "<w/>"}), errors.NotAWorkbook),
    "an OpenDocument text": (zip_parts(mimetype="x", **{"content.xml": "<o/>"}), errors.NotAWorkbook),
    "a binary workbook": (zip_parts(**{"xl/workbook.bin": "x"}), errors.NotAWorkbook),
    "an old Word document": (
        fill_xls_workbook(lambda sheet: None).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
        errors.NotAWorkbook,
    ),
    "half a workbook": (GOOD[: len(GOOD) // 2], errors.UnreadableWorkbook),
    "half an old workbook": (fill_xls_workbook(lambda sheet: None)[:1_500], errors.UnreadableWorkbook),
    "a signature and nothing else": (b"PK\x03\x04", errors.UnreadableWorkbook),
    "an old signature and nothing else": (b"\xd0\xcf\x11\xe0", errors.UnreadableWorkbook),
    "a workbook without its sheet": (repack_workbook(GOOD, sheet1=None), errors.UnreadableWorkbook),
    "a sheet that is cut off": (repack_workbook(GOOD, sheet1="<worksheet><sheetData><row"), errors.UnreadableWorkbook),
    "a list of sheets that is cut off": (
        repack_workbook(GOOD, workbook="<workbook><sheets>"),
        errors.UnreadableWorkbook,
    ),
    "a workbook without sheets": (repack_workbook(GOOD, workbook=f'<workbook xmlns="{MAIN}"/>'), errors.NoSheets),
    "a workbook with a password": (locked_since_2007(), errors.LockedWorkbook),
    "an old workbook with a password": (locked_before_2007(), errors.LockedWorkbook),
    "a workbook that unpacks a thousandfold": (repack_workbook(GOOD, sheet1=" " * 110_000_000), errors.HugeWorkbook),
    "a directory that understates": (workbook_with_false_size(), errors.UnreadableWorkbook),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_readable_workbook_is_told_in_a_sentence(case):
    """A file that is no workbook, or a damaged, locked or dangerous one, raises the error named for it."""
    raw, error = REFUSED[case]
    with pytest.raises(error):
        records_by_row(raw, "表")


SOUND_WORKBOOKS = (write_workbook(with_merged_cells), fill_xls_workbook(lambda sheet: sheet.write(0, 0, "一")))


@example_count(60)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data):
    """Bytes changed anywhere, in the file or in a sheet inside it, give records or a sentence, and nothing else."""
    raw = data.draw(st.sampled_from(SOUND_WORKBOOKS))
    if raw.startswith(b"PK") and data.draw(st.booleans()):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            raw = repack_workbook(raw, sheet1=damage_bytes(parts.read("xl/worksheets/sheet1.xml"), data))
    else:
        raw = damage_bytes(raw, data)
    with contextlib.suppress(errors.DashboardError):
        book = Workbook(raw)
        for name, _ in book.sheets:
            assert all(isinstance(cell, str) for record in book.records(name) for cell in record.cells)


def damage_bytes(raw: bytes, data) -> bytes:
    """Return bytes with a few of them changed."""
    changed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_what_libreoffice_saves_reads_the_same(tmp_path, kind):
    """A workbook that LibreOffice opened and saved in either format has the same records as before."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office or not (Path(office).resolve().parent / "libsclo.so").exists():
        pytest.skip("LibreOffice Calc is not installed (apt-get install libreoffice-calc-nogui)")

    def fill(book, sheet, look):
        with_merged_cells(book, sheet, look)
        for line, (value, shown, _) in enumerate(CELLS.values(), 60):
            sheet.write(line, 0, value, look(shown))
        sheet.set_row(40, None, None, {"hidden": True})

    raw = write_workbook(fill)
    (tmp_path / "before.xlsx").write_bytes(raw)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", kind, "--outdir", tmp_path / "out", "before.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    saved = (tmp_path / "out" / f"before.{kind}").read_bytes()
    assert {line: cells[:4] for line, cells in records_by_row(saved).items()} == records_by_row(raw)
    assert Workbook(saved).hidden_rows("表") == Workbook(raw).hidden_rows("表") == [41]
