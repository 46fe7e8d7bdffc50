"""Tables of the screen as files: dates are dates, numbers numbers, and nothing is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from data.datasets import DATASETS, Column, Dataset, dataset_named
from data.errors import TooBigForSheet
from data.ingest.folder.ledger_detection import ledgers_in_name
from data.ingest.forms.template import csv_bytes, number_cell
from data.text import Language, Text
from ui import formats, spreadsheets, table_files, tables
from ui.data_origin import DataOrigin
from ui.metric_payload import csv_of_rows
from ui.preferences import Reader, reading_as
from ui.upload.upload_form import export_stem

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
        ["'=1+1", "2014-06-30", "80", "2"],
        ["胡家新河", "", "", "3"],
    ]


def test_a_count_is_whole_in_every_csv() -> None:
    """A count of a column with gaps is 51 and not 51.0, whether a table, a metric or a ledger goes out; a number with
    decimals has them all, and what is missing is empty."""
    rows = pd.DataFrame({"n": [51.0, None, 0.1 + 0.2, -3.0, 1e22]})
    written = ["51", '""', "0.30000000000000004", "-3", "1e+22"]
    for content in (table_files.table_csv(rows), csv_of_rows(rows)):
        assert content.decode("utf-8-sig").split() == ["n", *written]
    assert [number_cell(value) for value in (51.0, 51.5, np.float64(51), -0.0)] == ["51", "51.5", "51", "-0"]


def test_a_day_of_the_database_is_a_day_in_a_csv() -> None:
    """A day comes out of the database with the hour 0, which nobody reads: 2014-06-30, not 2014-06-30 00:00."""
    days = pd.DataFrame({"day": pd.to_datetime(["2014-06-30", None])})
    table = table_files.ExportedTable(days, COLUMNS[1:2], ("日期",), "题", "说明", "zh")
    assert table.csv().decode("utf-8-sig").split() == ["日期", "2014-06-30", '""']


def test_a_comma_parts_words_and_no_name() -> None:
    """Several kinds of pollution are listed as lists are in each language; the name of a firm keeps its own comma."""
    assert [tables.word_label("NH3N(0.66),DO", language) for language in ("zh", "en")] == [
        "氨氮(0.66)、溶解氧", "Ammonia nitrogen(0.66), Dissolved oxygen"
    ]  # fmt: skip
    assert tables.word_label("示例甲,乙公司(庄桥)", "zh") == "示例甲,乙公司(庄桥)"


def test_a_year_has_no_separators() -> None:
    """The year of an assessment reads 2014 on a side sheet and in a workbook, and not 2,014."""
    year = dataset_named("village_assessment").column("year")
    assert tables.cell_text(year, 2014, "zh") == "2014"
    assert tables.sheet_format(year) == "0"


def test_a_number_below_zero_reads_with_a_minus_sign_and_is_a_number_in_a_file() -> None:
    """Rates, counts, money, areas and cells have −, which a hyphen is not; a CSV and a workbook have numbers."""
    read = (
        *(formats.format_percent(-1.9), formats.format_count(-12400), formats.format_signed(-0.83)),
        *(formats.format_money(-26000).into(language) for language in ("zh", "en")),
        *(formats.format_area(-26000).into(language) for language in ("zh", "en")),
        *(tables.cell_text(column, -1234, "zh") for column in COLUMNS[2:]),
    )
    assert read == (
        *("−1.9 %", "−12,400", "−0.8"),
        *("−2.60 亿元", "CNY −260.0 m", "−2.60 万㎡", "−26,000 ㎡"),
        *("−1,234.0", "−1,234"),
    )
    below = pd.DataFrame({"rate": [-4.12], "n": [-3]})
    table = table_files.ExportedTable(below, COLUMNS[2:], ("完成率", "个数"), "题", "说明", "zh")
    assert table.csv().decode("utf-8-sig").split() == ["完成率,个数", "-4.1,-3"]
    assert [cell.value for cell in load_workbook(io.BytesIO(table.workbook())).active[5]] == [-4.1, -3]


ORIGIN = DataOrigin(date(2014, 6, 30), date(2014, 6, 28), 3, 7, True)


def test_a_table_goes_out_with_its_day_its_batches_and_the_mark_of_sample_rows() -> None:
    """The names of both files have the day and the mark, and no sign that a name cannot have; the workbook says above
    its headings, on which there are Excel's filters, of which batches it is too."""
    workbook, csv_file = table_files.result_files(
        ROWS, COLUMNS, ("名称", "日期", "完成率", "个数"), "t", "完成 80 %：第1/2页", ORIGIN
    )
    assert workbook.file_name == "完成 80 %：第1 2页_2014-06-30_示例数据.xlsx"
    assert csv_file.file_name == "完成 80 %：第1 2页_2014-06-30_示例数据.csv"
    sheet = load_workbook(io.BytesIO(workbook.content())).active
    said = str(sheet["A2"].value).replace("\u00a0", " ")
    assert said == "数据截至 2014-06-28 · 按 2014-06-30 计算 · 批次 3–7 · 示例数据"
    assert sheet.auto_filter.ref == "A4:D6"


@pytest.mark.parametrize("ledger", DATASETS.values(), ids=lambda ledger: ledger.name)
def test_an_exported_ledger_has_its_day_and_the_mark_of_sample_rows_and_loads_as_the_same_ledger(
    ledger: Dataset,
) -> None:
    """They stand in the name of the file alone, in either language and after a batch too; a file of that name is read
    as the ledger that it came from."""
    marks: dict[Language, str] = {"zh": "示例数据", "en": "Sample data"}
    for language, mark in marks.items():
        for batch in (None, 12):
            with reading_as(Reader(language)):
                name = export_stem(ledger, ORIGIN, batch)
            assert ("2014-06-30" in name, mark in name, "12" in name) == (True, True, batch is not None)
            assert ledgers_in_name(f"{name}.csv") == [ledger]


def test_a_table_beyond_the_rows_of_excel_is_a_csv_alone() -> None:
    """What Excel would cut is not offered as a workbook; the offer of the CSV says why, and the CSV has every row."""
    many = pd.DataFrame({"n": range(spreadsheets.MOST_ROWS + 1)})
    [only] = table_files.result_files(many, COLUMNS[3:], ("个数",), "t", "题", ORIGIN)
    assert only.file_name.endswith(".csv")
    assert "1,048,573 行" in only.label.replace("\u00a0", " ")
    assert only.content().count(b"\n") == len(many) + 1


def test_a_cell_that_excel_would_cut_is_told() -> None:
    """A text longer than a cell of Excel takes is an error in a sentence, not a workbook without it."""
    with pytest.raises(TooBigForSheet, match="题"):
        spreadsheets.table_workbook(pd.DataFrame({"名称": ["长" * 40_000]}), "题", "说明")


def test_no_heading_is_a_formula() -> None:
    """A heading that begins as a formula does is text in the workbook, and has an apostrophe in the CSV."""
    frame = pd.DataFrame({"=1+1": [-1.5], "@x": [2]})
    [heading, value] = list(load_workbook(io.BytesIO(spreadsheets.table_workbook(frame, "=题", "+说明"))).active)[3:]
    assert [cell.data_type for cell in (*heading, *value)] == ["s", "s", "n", "n"]
    assert table_files.table_csv(frame).decode("utf-8-sig").splitlines() == ["'=1+1,'@x", "-1.5,2"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_sign_that_begins_a_formula_begins_a_cell(sign: str) -> None:
    """Also a new line and the full-width signs, which a Chinese Excel takes for the others."""
    assert csv_bytes([[f"{sign}cmd|x"]]).decode("utf-8-sig").lstrip('"').startswith("'")
