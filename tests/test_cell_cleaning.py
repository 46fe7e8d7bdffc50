"""What clings to the cells of texts and codes: errors of Excel, marks for nothing, apostrophes, breaks, quotes."""

import io
from datetime import datetime

import pytest
import xlsxwriter

from tests import upload_helpers

pytestmark = pytest.mark.slow

HEADER = "断面编码,断面名称,所属水体\n"


@pytest.fixture(autouse=True)
def parents(store):
    upload_helpers.load_parents(store)


def load_section(store, row):
    """Load one section; return what the ledger then says of it, or the column and reason of its error."""
    report = upload_helpers.load_content(store, "section", HEADER + row)
    kept = upload_helpers.ledger_values(
        store, "section", "section_id", "name", "water_body", where="section_id NOT IN ('S-1', 'S-2')"
    )
    return kept if report.batch else [(e.column, e.reason.en.partition(";")[0]) for e in report.errors]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#####", "＃N/A"])
@pytest.mark.parametrize(
    ("row", "column"), [("{},甲,", "断面编码"), ("S-9,{},", "断面名称"), ("S-9,甲,{}", "所属水体")]
)
def test_an_error_of_excel_is_no_text(store, error, row, column):
    """Codes, names and remarks that Excel could not work out are refused, as numbers are."""
    ((found, reason),) = load_section(store, row.format(error))
    assert (found, "is an error of Excel" in reason) == (column, True)


@pytest.mark.parametrize("name", ["#N/A", "#####", '"S""9"', "待定"])
def test_nobody_is_registered_under_a_name_that_is_none(store, name):
    """An error, a torn cell or a placeholder in a column of parents is refused, also where new ones are registered."""
    content = f"断面,监测时间,监测项目,监测值\n{name},2014-01-05 08:00,氨氮,1\n"
    report = upload_helpers.load_content(store, "reading", content, register=True)
    assert [e.column for e in report.errors] == ["断面"]
    assert len(upload_helpers.ledger_values(store, "section", "name")) == 2


@pytest.mark.parametrize("mark", ["/", "—", "——", "--", "无", "NULL", "nan", "N/A", "？？？", "暂无", "…"])
def test_a_mark_for_nothing_is_no_text(store, mark):
    """A mark of nothing leaves an optional text empty; a name and a code must not be one."""
    assert load_section(store, f"S-9,甲,{mark}") == [("S-9", "甲", None)]
    assert [column for column, _ in load_section(store, f"S-8,{mark},乙")] == ["断面名称"]
    assert [column for column, _ in load_section(store, f"{mark},甲,乙")] == ["断面编码"]


@pytest.mark.parametrize("text", ["无锡河", "1#桥", "空港河", "A/B河", "-2 号", "待建"])
def test_a_text_that_only_begins_like_a_mark_is_a_text(store, text):
    """Words that hold a mark are words."""
    assert load_section(store, f"S-9,{text},{text}") == [("S-9", text, text)]


@pytest.mark.quick
def test_an_empty_text_of_a_spreadsheet_is_empty(store):
    """WPS writes ="" for a cell that is empty text; it is no value."""
    assert load_section(store, 'S-9,甲,"="""""') == [("S-9", "甲", None)]
    assert load_section(store, '"=""""",甲,乙') == [("断面编码", "“Section code” must not be empty")]


@pytest.mark.parametrize(
    ("written", "kept"), [("'0012", "0012"), ("'某村", "某村"), ("'90年代'河", "'90年代'河"), ("''甲", "'甲")]
)
def test_the_apostrophe_that_makes_a_cell_text_is_taken_off(store, written, kept):
    """Excel's own sign for text, '0012, is no part of the cell; quotation marks around words are."""
    assert load_section(store, f"{written},{written},{written}") == [(kept, kept, kept)]


@pytest.mark.parametrize(
    "edge", ["\ufeff", "\u200b", "\u200d", "\u2060", "\n", "\r\n", "\u2028", "\u202f", " \n\ufeff"]
)
def test_what_cannot_be_seen_at_the_edge_of_a_cell_is_no_part_of_it(store, edge):
    """Marks of byte order, blanks without width and line breaks around codes, names and parents are taken off."""
    content = HEADER + f'"{edge}S-1","断面甲{edge}","{edge}某水{edge}"\n'
    assert upload_helpers.load_content(store, "section", content).counts.updated == 1
    content = f'断面,监测时间,监测项目,监测值\n"S-1{edge}","{edge}2014-01-05 08:00","氨氮{edge}","4{edge}"\n'
    assert upload_helpers.load_content(store, "reading", content).errors == []
    assert upload_helpers.ledger_values(store, "section", "name", "water_body", where="section_id = 'S-1'") == [
        ("断面甲", "某水")
    ]


@pytest.mark.quick
def test_two_exports_put_together_repeat_their_header(store):
    """The second header with the mark of byte order in front of it is the header once more, no row."""
    report = upload_helpers.load_content(
        store, "village", "村社编码,村社名称\nV-8,甲\n\ufeff村社编码,村社名称\nV-9,乙\n"
    )
    assert upload_helpers.left_out_reasons(report) == [(3, "The header once more")]
    assert (report.errors, report.rows) == ([], 2)


@pytest.mark.parametrize("row", ['S-9",甲,', '"S-9,甲,', 'S""",甲,'])
def test_a_code_with_a_quote_by_itself_is_refused(store, row):
    """A double quote that nothing closes is the rest of a torn cell; a code must not keep it."""
    assert load_section(store, row) == [
        ("断面编码", "A double quote stands by itself in “Section code”, as in a cell that was torn")
    ]


def test_a_name_with_a_quote_by_itself_is_loaded_with_a_note(store):
    """A name keeps the quote, for it may be an inch; the report says so."""
    report = upload_helpers.load_content(store, "section", HEADER + 'S-9,12" 管,\n')
    assert upload_helpers.ledger_values(store, "section", "name", where="section_id = 'S-9'") == [('12" 管',)]
    assert any("1 texts of “Section” have a double quote by itself" in n.reason.en for n in report.notes)


@pytest.mark.parametrize(("from_1904", "day"), [(False, datetime(2014, 3, 5)), (True, datetime(2018, 3, 6))])
@pytest.mark.parametrize("cell", [41703, "41703"])
def test_a_day_left_as_a_number_counts_from_the_year_of_its_workbook(store, from_1904, day, cell):
    """In a workbook of an old Mac a day without a date's format is that day, not one four years earlier."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": from_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["断面", "监测时间", "监测项目", "监测值"])
        sheet.write_row(1, 0, ["S-1", cell, "氨氮", 1])
    assert upload_helpers.load_content(store, "reading", content.getvalue(), "台账.xlsx").errors == []
    assert upload_helpers.ledger_values(store, "reading", "sampled_at") == [(day,)]
