"""Tables that are handed on: what stands on screen stands in the workbook, below whose figures they are."""

import io
from typing import Any

import pandas as pd
from python_calamine import CalamineWorkbook

from ui import spreadsheets

SHOWN = pd.DataFrame(
    {
        "河道": ["胡家新河", "示例一号河"],
        "完成率(%)": pd.Series([80.0, None], dtype="Float64"),
        "断面数(个)": pd.Series([2, None], dtype="Int64"),
    }
)


def sheet_rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_table_says_whose_figures_it_holds():
    """The title, the day and the batches stand above the headings; numbers are numbers, what is missing is a dash."""
    made = sheet_rows(spreadsheets.table_workbook(SHOWN, "清淤 80 %", "数据截至 2014-06-30 · 批次 17 · 示例数据"))
    assert [made[0][0], made[1][0]] == ["清淤 80 %", "数据截至 2014-06-30 · 批次 17 · 示例数据"]
    assert made[3:] == [["河道", "完成率(%)", "断面数(个)"], ["胡家新河", 80.0, 2.0], ["示例一号河", "–", "–"]]


def test_a_formula_in_a_name_stays_a_name():
    """A name that begins with = is text in the workbook, nothing that a spreadsheet would work out."""
    made = sheet_rows(spreadsheets.table_workbook(pd.DataFrame({"名称": ["=1+1"]}), "题", "说明"))
    assert made[-1] == ["=1+1"]


def test_a_table_without_rows_has_its_headings():
    """An empty table is handed on with its headings only."""
    assert sheet_rows(spreadsheets.table_workbook(SHOWN.head(0), "题", "说明"))[3:] == [
        ["河道", "完成率(%)", "断面数(个)"]
    ]
