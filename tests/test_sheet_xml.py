"""The same sheet in every writing that OOXML allows, and what its looks say: hidden, struck out, a picture."""

import io
import re
import struct
import zipfile
from contextlib import suppress
from time import thread_time

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from data import errors
from data.ingest.reading import canonical_xml
from data.ingest.reading.records import Remark
from data.ingest.reading.sheet_xml import UnusualXml, WorkbookLooks, scan_sheet
from data.ingest.reading.workbook import Workbook
from tests.stores import fill_store
from tests.test_workbook import (
    MAIN,
    fill_xls_workbook,
    only_record,
    records_by_row,
    repack_workbook,
    workbook_of_xml,
    write_workbook,
)
from tests.upload_helpers import PARENTS, check_content, ledger_values, load_content

pytestmark = pytest.mark.slow


PLAIN = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" s="0"><v>5</v></c>'
    '<c r="C1" t="e"><v>#N/A</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="str"><v>乙</v></c><c r="C2" t="b"><v>1</v></c></row>'
)
WRITTEN = {
    "as Excel writes it": PLAIN,
    "attributes in another order": PLAIN.replace('r="A1" t="inlineStr"', 't="inlineStr" r="A1"').replace(
        'r="2" hidden="1"', 'hidden="1" r="2"'
    ),
    "single quotes": PLAIN.replace('"', "'"),
    "blanks around =": PLAIN.replace("=", " = "),
    "a line for every attribute": PLAIN.replace(" r=", "\n r=").replace(" t=", "\n\t t="),
    "a comment with a cell": PLAIN.replace('<row r="2"', '<!-- <c r="A9"><v>1</v></c> --><row r="2"'),
    "CDATA": PLAIN.replace("甲", "<![CDATA[甲]]>"),
    "no places": re.sub(r' r="(?!C2)\w+"', "", PLAIN),
    "more attributes": PLAIN.replace("<c ", '<c cm="0" ').replace("<row ", '<row spans="1:3" '),
    "an inline text in v": PLAIN.replace("<is><t>甲</t></is>", "<v>甲</v>"),
    "an inline text in v behind an empty is": PLAIN.replace("<is><t>甲</t></is>", "<is/><v>甲</v>"),
    "an inline text without its type": PLAIN.replace(' t="inlineStr"', ""),
    "an inline text of another type": PLAIN.replace("inlineStr", "str"),
    "an inline text beside a v": PLAIN.replace("</is>", "</is><v>0</v>"),
    "a text in pieces": PLAIN.replace("<t>甲</t>", '<r><t>甲</t></r><rPh sb="0" eb="1"><t>jia</t></rPh>'),
    "references": PLAIN.replace('r="A1"', 'r="&#65;1"').replace("甲", "&#30002;"),
    "another word for hidden": PLAIN.replace('hidden="1"', 'hidden="true"'),
    "a row without height": PLAIN.replace('hidden="1"', 'ht="0" customHeight="1"'),
    "a blank before >": PLAIN.replace('s="0">', 's="0" >'),
    "empty cells": PLAIN.replace("</row><row", '<c r="D1"/><c r="E1" t="inlineStr"/></row><row'),
    "an instruction with a cell": PLAIN.replace('<row r="2"', '<?x <c r="Z9"><v>1</v></c>?><row r="2"'),
}


def workbook_of_sheet(xml: str, encoding: str = "utf-8") -> bytes:
    return repack_workbook(write_workbook(lambda *_: None), sheet1=xml.encode(encoding))


@pytest.mark.parametrize("case", WRITTEN)
@pytest.mark.quick
def test_a_sheet_reads_the_same_in_every_valid_writing(case):
    """Values, row numbers, errors and hidden rows do not hang on how a program writes its XML."""
    raw = workbook_of_xml(WRITTEN[case])
    assert records_by_row(raw) == {1: ["甲", "5", "#N/A"], 2: ["乙", "", "是"]}
    assert Workbook(raw).hidden_rows("表") == [2]


@pytest.mark.parametrize("case", WRITTEN)
def test_openpyxl_reads_the_same_of_the_sheet_written_anew(case):
    """openpyxl, which minds neither order nor quotes, finds in the sheet written anew what it finds in the sheet."""
    raw = workbook_of_xml(WRITTEN[case])
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, parts.open("xl/worksheets/sheet1.xml") as part:
        anew = repack_workbook(raw, sheet1=b"".join(canonical_xml.canonical_sheet(part)))
    [sheet] = openpyxl.load_workbook(io.BytesIO(anew)).worksheets
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows()] == [["甲", 5, "#N/A"], ["乙", None, True]]
    hidden = sheet.row_dimensions[2]
    assert hidden.hidden or hidden.height == 0


def prefixed(rows: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", rows)


WHOLE = {
    "UTF-16": (
        '<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{0}"><sheetData>{1}</sheetData></worksheet>',
        "utf-16",
    ),
    "a prefix": ('<x:worksheet xmlns:x="{0}"><x:sheetData>{2}</x:sheetData></x:worksheet>', "utf-8"),
    "a prefix inside": ('<worksheet xmlns="{0}" xmlns:x="{0}"><sheetData>{2}</sheetData></worksheet>', "utf-8"),
    "strict OOXML": (
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>{1}</sheetData></worksheet>',
        "utf-8",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_encodings_and_names_of_xml_change_nothing(case):
    """UTF-16, prefixes and the namespace of strict OOXML give the same cells."""
    xml, encoding = WHOLE[case]
    raw = workbook_of_sheet(xml.format(MAIN, PLAIN, prefixed(PLAIN)), encoding)
    assert records_by_row(raw) == {1: ["甲", "5", "#N/A"], 2: ["乙", "", "是"]}
    assert Workbook(raw).hidden_rows("表") == [2]


def test_a_document_type_in_a_sheet_is_refused():
    """A sheet that defines entities of its own, which no office program does, is not read."""
    head = f'<!DOCTYPE w [<!ENTITY a "甲">]><worksheet xmlns="{MAIN}"><sheetData>'
    with pytest.raises(errors.UnreadableWorkbook):
        records_by_row(workbook_of_sheet(head + PLAIN.replace("甲", "&a;") + "</sheetData></worksheet>"))


def struck_by_style(book, sheet, _) -> None:
    """Fill row 2 in a struck-out style, row 4 in a style of the row, and nothing but an empty cell of row 5."""
    struck = book.add_format({"font_strikeout": True})
    sheet.set_row(3, None, struck)
    for line in range(4):
        sheet.write_row(line, 0, ["W-01", 5], struck if line == 1 else None)
    sheet.write_blank(4, 0, None, struck)
    sheet.write(4, 1, 5)


def struck_in_text(book, sheet, _) -> None:
    """Strike out a part of the text of row 2, and the whole text of row 3 by its runs."""
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, ["一", "二"])
    sheet.write_rich_string(1, 0, "甲", struck, "乙")
    sheet.write_rich_string(2, 0, struck, "甲", struck, "乙")


@pytest.mark.parametrize(("fill", "rows"), [(struck_by_style, [2, 4]), (struck_in_text, [2, 3])])
@pytest.mark.quick
def test_struck_out_rows_are_told(fill, rows):
    """A row with struck-out cells is read and named, whether its cells, the row or runs of its text are struck out."""
    [told] = Workbook(write_workbook(fill)).row_remarks("表")
    assert (told.reason, told.blanks["lines"]) == ("struck_rows", ", ".join(map(str, rows)))


def test_what_openpyxl_strikes_out_is_told():
    """The same holds for a workbook of openpyxl, and `val="0"` strikes nothing out."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for _ in range(3):
        book.active.append(["W-01", 5])
    for cell in book.active[2]:
        cell.font = Font(strike=True)
    book.active["A3"].font = Font(strike=False)
    book.save(content)
    assert [told.blanks for told in Workbook(content.getvalue()).row_remarks("Sheet")] == [{"count": 1, "lines": "2"}]


@pytest.mark.quick
def test_struck_out_rows_of_an_old_workbook_are_told():
    """The same holds for .xls, for a style and for a part of a text."""
    struck, plain = xlwt.easyxf("font: struck_out on"), xlwt.easyfont("")

    def fill(sheet):
        sheet.write(0, 0, "W-01")
        sheet.write(1, 0, "W-01", struck)
        sheet.write(2, 0, "", struck)
        sheet.write_rich_text(3, 0, [("甲", plain), ("乙", xlwt.easyfont("struck_out on"))])

    assert list(Workbook(fill_xls_workbook(fill)).row_remarks("表")) == [
        Remark(2, "struck_rows", {"count": 2, "lines": "2, 4"})
    ]


def test_a_struck_out_row_is_noted_for_the_clerk(store):
    """The report of a file says which rows are struck out."""

    def fill(book, sheet, _):
        sheet.write_row(0, 0, ["村社编码", "村社名称"])
        sheet.write_row(1, 0, ["V-9", "甲村"], book.add_format({"font_strikeout": True}))

    report = check_content(store, "village", write_workbook(fill), "村社.xlsx")
    assert [(note.line, "struck-out" in note.reason.en) for note in report.notes] == [(2, True)]


PHOTOS = ("整治前照片", "整治后照片")
HEADINGS = ["工程", "上报日期", "累计完成量", *PHOTOS]


def works_with(*cells: str) -> bytes:
    """Return a workbook of one report of a work whose last cells are written as given."""
    heads = "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{h}</t></is></c>' for c, h in zip("ABCDE", HEADINGS, strict=True)
    )
    row = (
        '<c r="A2" t="inlineStr"><is><t>W-1</t></is></c><c r="B2" t="inlineStr"><is><t>2014-03-05</t></is></c>'
        '<c r="C2"><v>5</v></c>'
    )
    return workbook_of_xml(f'<row r="1">{heads}</row><row r="2">{row}{"".join(cells)}</row>')


def write_old_report(sheet: xlwt.Worksheet) -> None:
    for line, cells in enumerate((HEADINGS, ("W-1", "2014-03-05", 5, '=DISPIMG("ID_0B",1)', ""))):
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)


WPS = '<c r="D2" t="str"><f>{0}("ID_0B",1)</f><v>=DISPIMG("ID_0B",1)</v></c><c r="E2"/>'
PICTURES = {
    "of WPS": works_with(WPS.format("_xlfn.DISPIMG")),
    "of WPS, in a new function": works_with(WPS.format("DISPIMG")),
    "of WPS, saved by another program": works_with('<c r="D2"><f>_xlfn.DISPIMG("ID_0B",1)</f><v></v></c>'),
    "of WPS, as a text": works_with('<c r="D2" t="inlineStr"><is><t>=DISPIMG("ID_0B",1)</t></is></c>'),
    "of Excel by IMAGE": works_with('<c r="D2" t="e" vm="1"><f>_xlfn.IMAGE("https://a/b.png")</f><v>#VALUE!</v></c>'),
    "in a text file": f"{','.join(HEADINGS)}\nW-1,2014-03-05,5,\"=DISPIMG(\"\"ID_0B\"\",1)\",\n".encode(),
    "in a text file without quotes": f"{';'.join(HEADINGS)}\nW-1;2014-03-05;5;=DISPIMG(ID_0B);".encode(),
    "in an old workbook": fill_xls_workbook(write_old_report),
}  # fmt: skip


WORK = (
    "工程编码,工程名称,河道,工程类型,四维度,计划工程量,计量单位,计划开工,计划完工\n"
    "W-1,一号,R-1,清淤,洁,9,m³,2014-01-01,2014-09-30"
)


@pytest.fixture
def work_store(store):
    """A database in which the work W-1 is registered, with a photo of a report."""
    fill_store(store, PARENTS | {"work": WORK})
    return store


@pytest.mark.parametrize("case", PICTURES)
@pytest.mark.quick
def test_pictures_in_cells_are_told_and_nothing_is_stored(work_store, case):
    """A picture in a cell never becomes the name of a photo: its column is left out, which the report says."""
    content = PICTURES[case]
    name = "进度.csv" if not content.startswith((b"PK", b"\xd0\xcf")) else "进度.xlsx"
    load_content(work_store, "work_progress", ",".join(HEADINGS) + "\nW-1,2014-03-05,4,旧.jpg,旧.jpg\n")
    report = load_content(work_store, "work_progress", content, name)
    assert report.errors == []
    assert [note.reason.en[:39] for note in report.notes] == ["“整治前照片” holds pictures inside its cells"]
    assert ledger_values(work_store, "work_progress", "done", "photo_before") == [(5, "旧.jpg")]


def test_a_picture_placed_in_a_cell_by_excel_is_told(work_store):
    """A picture that Excel keeps as the value of a cell is no error; without rich values #VALUE! is one."""
    raw = works_with('<c r="D2" t="e" vm="1"><v>#VALUE!</v></c>')
    assert [error.column for error in check_content(work_store, "work_progress", raw, "进度.xlsx").errors] == [
        "整治前照片"
    ]
    with io.BytesIO(raw) as content:
        with zipfile.ZipFile(content, "a") as parts:
            parts.writestr("xl/richData/rdrichvaluestructure.xml", '<rvStructures><s t="_localImage"/></rvStructures>')
        report = check_content(work_store, "work_progress", content.getvalue(), "进度.xlsx")
    assert (report.errors, len(report.notes)) == ([], 1)


def xls_of_formula(formula: str, value: float) -> bytes:
    """Return an .xls workbook of xlwt, which does not calculate, with a formula beside a value."""

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, xlwt.Formula(formula))
        sheet.write(0, 1, value)

    return fill_xls_workbook(fill)


@pytest.mark.parametrize("formula", ["B1+1", 'IF(B1>1,"a","")', "B1", 'B1&"x"', "SUM(B1:C1)"])
@pytest.mark.quick
def test_formulas_of_an_old_workbook_without_results_are_told(formula):
    """An .xls made by a program that does not calculate is refused: its formulas would empty what the ledger has."""
    with pytest.raises(errors.UncomputedFormulas, match="A1"):
        only_record(xls_of_formula(formula, 5))


def with_result(raw: bytes, result: bytes) -> bytes:
    """Return an .xls workbook whose formulas have another result in their records."""
    assert raw.count(b"\x03\0\0\0\0\0\xff\xff") > 0
    return raw.replace(b"\x03\0\0\0\0\0\xff\xff", result)


def test_an_old_workbook_whose_formulas_were_computed_is_read():
    """A result other than 0 shows that somebody computed; zeros alone may be what a program leaves in its place."""
    raw = xls_of_formula("B1+1", 5)
    assert only_record(with_result(raw, struct.pack("<d", 6.0))) == ["6", "5"]
    with pytest.raises(errors.UncomputedFormulas):
        only_record(with_result(raw, bytes(8)))


def test_an_old_workbook_saved_by_an_office_program_may_have_empty_results():
    """An office program computes and leaves a summary beside the workbook; an empty text is then a result."""
    raw = xls_of_formula('IF(B1>1,"","a")', 5)
    saved = raw + "\x05SummaryInformation".encode("utf-16-le").ljust(512, b"\0")
    assert only_record(saved) == ["", "5"]


def test_zeros_that_wait_for_excel_to_compute_are_told():
    """XlsxWriter leaves 0 for every formula and asks Excel to compute; another result shows that somebody did."""
    fill = [lambda sheet: sheet.write_formula("A1", "=B1+1"), lambda sheet: sheet.write_formula("C1", "=B1+2", None, 7)]

    def sheet_of(*parts):
        return write_workbook(lambda book, sheet, _: [sheet.write("B1", 5), *(part(sheet) for part in parts)])

    with pytest.raises(errors.UncomputedFormulas, match="A1"):
        only_record(sheet_of(fill[0]))
    assert only_record(sheet_of(*fill)) == ["0", "5", "7"]


@pytest.mark.parametrize("begun", ['<row r="1" hidden="1">', "<col ", '<col hidden="1" ', 't="inlineStr"<is'])
def test_tags_that_never_end_take_time_in_proportion(begun):
    """A sheet of tags that are begun and never ended is searched in proportion to its length."""

    def seconds(size: int) -> float:
        xml = "<worksheet>" + begun * (size // len(begun))
        began = thread_time()
        with suppress(UnusualXml):
            scan_sheet(io.BytesIO(xml.encode()), WorkbookLooks())
        return thread_time() - began

    assert seconds(400_000) <= 3 * max(seconds(200_000), 0.05)
