"""Tables of the screen as files: dates are dates, numbers numbers, and nothing is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from data.datasets import Column
from data.ingest.forms.template import csv_bytes
from data.text import Text
from ui import table_files

ROWS = pd.DataFrame(
    {"name": ["=1+1", "胡家新河"], "day": [date(2014, 6, 30), None], "rate": [80.04, None], "n": [2, 3]}
)
COLUMNS = (
    Column(name="name", label=Text("名称", "Name")),
    Column(name="day", label=Text("日期", "Day"), kind="date"),
    Column(name="rate", label=Text("完成率", "Rate"), kind="number", unit="percent"),
    Column(name="n", label=Text("个数", "Count"), kind="integer"),
)
TABLE = table_files.ExportedTable(ROWS, COLUMNS, ("名称", "日期", "完成率", "个数"), "题", "说明", "zh")


def test_a_workbook_has_real_dates_and_numbers_with_their_formats() -> None:
    """A date is a date that reads 2014-06-30, a rate is a number with a decimal, and the headings stay in sight."""
    sheet = load_workbook(io.BytesIO(TABLE.workbook())).active
    name, day, rate, count = next(sheet.iter_rows(min_row=5, max_row=5))
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert (day.value.date(), day.number_format) == (date(2014, 6, 30), "yyyy-mm-dd")
    assert (rate.value, rate.number_format) == (80.0, "0.0#")
    assert (count.value, count.number_format) == (2, "#,##0")
    assert sheet.freeze_panes == "A5"


def test_a_csv_opens_in_excel_and_holds_no_formula() -> None:
    """It begins with the mark of UTF-8, a formula has an apostrophe before it, what is missing is empty."""
    content = TABLE.csv()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["名称", "日期", "完成率", "个数"],
        ["'=1+1", "2014-06-30", "80.0", "2"],
        ["胡家新河", "", "", "3"],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_sign_that_begins_a_formula_begins_a_cell(sign: str) -> None:
    """Also a new line and the full-width signs, which a Chinese Excel takes for the others."""
    assert csv_bytes([[f"{sign}cmd|x"]]).decode("utf-8-sig").lstrip('"').startswith("'")
