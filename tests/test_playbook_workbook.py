"""The plan as a workbook for a firm: what it holds, what it leaves out, how it reads and prints."""

import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from analytics import metrics
from ui.investment.playbook_workbook import Plan, plan_workbook

HEADER = 4  # the line of the headings


@pytest.fixture(scope="module")
def tasks(sample_store) -> pd.DataFrame:
    with sample_store.read() as con:
        return metrics.compute_metric(con, "playbook_tasks", date(2014, 6, 30), project_id="INV-YJ1").rows


def read_back(tasks, language="zh"):
    plan = Plan(tasks, "姚江1号项目 项目宝典", "截至 2014-06-30 · 示例数据", language)
    return openpyxl.load_workbook(io.BytesIO(plan_workbook(plan)))


def test_both_sheets_say_whose_plan_it_is_and_of_which_day(tasks):
    """Title, day and the 示例 mark stand above the half-days and above the list."""
    book = read_back(tasks)
    assert book.sheetnames == ["半天表", "任务清单"]
    for sheet in book:
        assert sheet["A1"].value == "姚江1号项目 项目宝典"
        assert sheet["A2"].value.startswith("截至 2014-06-30 · 示例数据")


def test_the_list_has_every_task_with_real_days(tasks):
    """36 tasks in the order of the plan; a day is a day, a milestone bears its sign."""
    sheet = read_back(tasks)["任务清单"]
    headings = [cell.value for cell in sheet[HEADER]]
    assert headings == ["任务", "地点", "计划日期", "计划半天", "状态", "完成日期", "完成半天", "成果", "里程碑"]
    rows = list(sheet.iter_rows(min_row=HEADER + 1, values_only=True))
    assert len(rows) == 36
    assert rows[0][:4] == ("成立招商项目组", "宁波", datetime(2014, 3, 3), "上午")
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    assert sum(row[8] == "◆" for row in rows) == 3


def test_what_belongs_to_the_house_stays_there(tasks):
    """No owner, no reason for being blocked, no code, no first plan."""
    book = read_back(tasks)
    said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    for word in ("示例专员", "等待两地政策", "YJ1-", "基线", "受阻原因"):
        assert word not in said


def test_each_task_has_one_sign_on_its_half_day(tasks):
    """The grid has a column for each half-day on which something is planned, in order."""
    sheet = read_back(tasks)["半天表"]
    halves = [cell.value for cell in sheet[HEADER]][2:]
    assert (halves[0], halves[-1]) == ("2014-03-03 上午", "2014-07-31 上午")
    assert halves == sorted(halves, key=lambda said: (said[:10], said.endswith("下午")))
    rows = list(sheet.iter_rows(min_row=HEADER + 1, values_only=True))
    assert [sum(cell is not None for cell in row[2:]) for row in rows] == [1] * 36
    signs = {row[0]: next(cell for cell in row[2:] if cell) for row in rows}
    assert (signs["成立招商项目组"], signs["研究商情"], signs["街道宣传：第二场"]) == ("◆✓", "✓", "!")
    assert (signs["街道宣传：第三场"], signs["为顺利开业打好基础"]) == ("○", "◆")


def test_it_prints_on_a4_across_with_its_heading(tasks):
    """Headings stay in sight and come again on each page."""
    for sheet in read_back(tasks):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes in ("C5", "B5")
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)


def test_a_name_that_begins_like_a_formula_is_text(tasks):
    """=1+1 in a name, a place or a result is what it says."""
    hostile = tasks.assign(name="=1+1", location="=cmd|' /c calc'!A0", deliverable="@SUM(1)")
    for sheet in read_back(hostile):
        for row in sheet.iter_rows(min_row=HEADER + 1):
            assert {cell.data_type for cell in row if cell.value in ("=1+1", "@SUM(1)")} <= {"s"}
            assert not [cell for cell in row if cell.data_type == "f"]


def test_it_reads_in_english(tasks):
    """Headings and words are English; names stay as they are."""
    sheet = read_back(tasks, "en")["Tasks"]
    row = [cell.value for cell in sheet[HEADER + 1]]
    assert (row[0], row[3], row[4]) == ("成立招商项目组", "Morning", "Done")
