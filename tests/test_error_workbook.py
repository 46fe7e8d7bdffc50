"""The file of errors is the clerk's own workbook, marked; as a text it holds no formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

import cli
from data.datasets import DATASETS
from data.ingest import error_file, loader
from data.ingest.batch_log import Counts
from data.ingest.error_workbook import RED
from data.ingest.forms import template
from data.ingest.loader import Options
from data.store import Store
from tests.upload_helpers import check_content, ledger_values, load_content, load_parents, make_test_upload

ROWS: list[list[Any]] = [
    ["庄桥街道村社台账"],
    [],
    ["村社编码", "村社名称", "人口"],
    ["V-7", "甲村", "很多"],
    ["V-8", "乙村", 8],
    ["V-9", "丙村", -1],
    ["V-10", "丁村", 10],
    ["合计", None, 17],
]


def workbook(rows: list[list[Any]], left: int = 0) -> bytes:
    """Return a workbook with a bold, red-lettered name, a wide column and a note of the clerk's on each second row."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "村社"
    for row in rows:
        page.append([None] * left + row)
    for line in range(4, page.max_row + 1):
        page.cell(line, left + 2).font = Font(bold=True, color="FF0000")
    page.column_dimensions["B"].width, page.row_dimensions[6].height = 33, 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def error_page(store: Store, content: bytes, whole: bool) -> tuple[bytes, Worksheet]:
    """Return the file of errors of a workbook of villages, and its sheet."""
    file, dataset = make_test_upload(content, "台账.xlsx"), DATASETS["village"]
    report = loader.check_file(store, dataset, file)
    assert error_file.error_file_ending(file, report) == ".xlsx"
    made = error_file.error_file_content(store, dataset, file, Options(), report, whole)
    return made, openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]


def marked_cells(page: Worksheet) -> dict[str, str]:
    """Return the red cells with their comments."""
    cells = [cell for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED.fgColor.rgb]
    return {cell.coordinate: cell.comment.text if cell.comment else "" for cell in cells}


def corrected(content: bytes, **cells: Any) -> bytes:
    """Return a workbook in which a clerk has written over some cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("left", [0, 2])
def test_wrong_cells_are_red_and_say_why(store: Store, left: int) -> None:
    """Whole, the sheet is the clerk's: title, looks, widths and total as they were; two cells are red, with reasons."""
    _, page = error_page(store, workbook(ROWS, left), whole=True)
    column = "CDE"[left]
    assert marked_cells(page) == {
        f"{column}4": "“人口”应是整数。填整数（人），不小于 0。",
        f"{column}6": "“人口”不能小于 0。填整数（人），不小于 0。",
    }
    values = [list(row[left:]) for row in page.iter_rows(values_only=True)]
    assert values == [row + [None] * (3 - len(row)) for row in ROWS]
    assert (page.cell(5, left + 2).font.b, page.column_dimensions["B"].width, page.row_dimensions[6].height) == (
        True, 33, 40,
    )  # fmt: skip


def test_the_refused_rows_keep_their_looks(store: Store) -> None:
    """Without the good rows and the total the head and the two refused rows are left, heights and letters with them."""
    _, page = error_page(store, workbook(ROWS), whole=False)
    assert list(marked_cells(page)) == ["C4", "C5"]
    assert [row[0] for row in page.iter_rows(values_only=True)] == ["庄桥街道村社台账", None, "村社编码", "V-7", "V-9"]
    assert (page["B5"].font.b, page.row_dimensions[5].height) == (True, 40)


@pytest.mark.parametrize(("whole", "second"), [(False, "C5"), (True, "C6")])
def test_a_corrected_error_workbook_loads_once(store: Store, whole: bool, second: str) -> None:
    """Uncorrected it is refused as before; corrected it loads what was missing, and marked anew bears no old mark."""
    load_content(store, "village", workbook(ROWS), "台账.xlsx", partial=True)
    made, _ = error_page(store, workbook(ROWS), whole)
    assert check_content(store, "village", made, "改.xlsx").rejected == 2
    half = corrected(made, C4=7)
    _, page = error_page(store, half, whole=True)
    assert list(marked_cells(page)) == [second]
    right = corrected(half, **{second: 9})
    counts = load_content(store, "village", right, "改.xlsx").counts
    assert counts == Counts(inserted=2, unchanged=2 if whole else 0)
    assert ledger_values(store, "village", "population") == [(10,), (7,), (8,), (9,)]


def test_drop_downs_and_dates_survive(store: Store) -> None:
    """The template of a ledger, filled in with one wrong word, keeps its drop-downs, hidden lists and dates."""
    load_parents(store)
    dataset = DATASETS["saving_activity"]
    book = openpyxl.load_workbook(io.BytesIO(template.template_workbook(dataset)))
    places = {cell.value: cell.column for cell in book.worksheets[0][1]}
    filled = {"活动编码": "S-1", "活动日期": datetime(2014, 7, 5), "活动类型": "跳舞", "所在村社": "胡家村"}
    for heading, value in filled.items():
        book.worksheets[0].cell(2, next(p for h, p in places.items() if h == heading), value)
    out = io.BytesIO()
    book.save(out)
    file = make_test_upload(out.getvalue(), "节水.xlsx")
    report = loader.check_file(store, dataset, file)
    made = error_file.error_file_content(store, dataset, file, Options(), report, whole=False)
    after = openpyxl.load_workbook(io.BytesIO(made))
    rules = [book.worksheets[0].data_validations.dataValidation for book in (book, after)]
    assert [r.sqref for r in rules[0]] == [r.sqref for r in rules[1]]
    assert [r.formula1 for r in rules[0]] == [r.formula1 for r in rules[1]]
    assert [s.sheet_state for s in after] == [s.sheet_state for s in book]
    [wrong] = marked_cells(after.worksheets[0])
    right = corrected(made, **{wrong: "宣传活动"})
    assert loader.check_file(store, dataset, make_test_upload(right, "节水.xlsx")).counts == Counts(inserted=1)


EXTENDED = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">'
    "<x14:formula1><xm:f>名单!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>B4:B999</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst></worksheet>"
)


def test_drop_downs_of_excel_2010_survive(store: Store) -> None:
    """A drop-down that Excel writes into the extension of a sheet, for its list is on another, is kept."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook(ROWS))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            is_sheet = name.endswith("sheet1.xml")
            new.writestr(name, part.replace(b"</worksheet>", EXTENDED.encode()) if is_sheet else part)
    _, page = error_page(store, out.getvalue(), whole=True)
    assert [(str(r.sqref), r.formula1, r.type) for r in page.data_validations.dataValidation] == [
        ("B4:B999", "名单!$A$1:$A$9", "list")
    ]


def test_formulas_of_a_workbook_do_not_run(store: Store) -> None:
    """A text that begins like a formula stays text; a formula that was read is left as the value that was read."""
    rows = [*ROWS[:3], ["=1+1", '=HYPERLINK("http://evil.example")', "很多"]]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    for cell in book.worksheets[0][4]:
        cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    made, page = error_page(store, out.getvalue(), whole=True)
    assert [cell.data_type for cell in page[4]] == ["s", "s", "s"]
    with ZipFile(io.BytesIO(made)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_merged_villages_stay_with_their_rows(store: Store) -> None:
    """Of a name merged over three rows, one of them refused, the file of errors has that row with the name."""
    load_parents(store)
    rows = [["河道编码", "河道名称", "河道等级", "水体类型"], *([f"R-{n}", "长河", "村级", "河流"] for n in (7, 8, 9))]
    rows[2][2] = "不知道"
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    book.worksheets[0].merge_cells("B2:B4")
    out = io.BytesIO()
    book.save(out)
    file, dataset = make_test_upload(out.getvalue(), "河道.xlsx"), DATASETS["river"]
    report = loader.check_file(store, dataset, file)
    made = error_file.error_file_content(store, dataset, file, Options(), report, whole=False)
    page = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [[c.value for c in row] for row in page.iter_rows(min_row=2)] == [["R-8", "长河", "不知道", "河流"]]


HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    '="00123"',
    "'=1+1",
    "=cmd|' /C calc'!A0",
    "+86 574",
    "-5",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_text_of_errors_holds_no_formula(store: Store, name: str) -> None:
    """No cell begins as a formula does but a number; corrected, the row reads as if it never had been in the file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["村社编码", "村社名称", "人口"], ["V-1", name, "很多"]])
    file, dataset = make_test_upload(out.getvalue()), DATASETS["village"]
    report = loader.check_file(store, dataset, file)
    made = error_file.error_file_content(store, dataset, file, Options(), report, whole=False).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(made)) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell != "-5"] == []
    load_content(store, "village", out.getvalue().replace("很多", "7"))
    again = check_content(store, "village", made.replace("很多", "7"))
    assert (again.rejected, again.counts) == (0, Counts(unchanged=1))


def test_the_terminal_keeps_a_workbook_for_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`load --partial` of a workbook keeps the refused rows as one, beside the database."""
    (tmp_path / "村社.xlsx").write_bytes(workbook(ROWS))
    words = ["load", "village", str(tmp_path / "村社.xlsx"), "--partial", "--db", str(tmp_path / "x.duckdb")]
    assert cli.main(words) == 1
    capsys.readouterr()
    [kept] = (tmp_path / "rejected").iterdir()
    assert kept.suffix == ".xlsx"
    assert list(marked_cells(openpyxl.load_workbook(kept).worksheets[0])) == ["C4", "C5"]
