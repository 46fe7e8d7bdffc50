"""The page of playbooks: its title, the half-days as a grid, what is pressing, clashes, the whole course, one task."""

from __future__ import annotations

import datetime
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from tests.metric_helpers import load_without_errors, metric_result
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui import formats
from ui.investment import playbook, playbook_gantt, playbook_grid, playbook_lists
from ui.preferences import Reader, reading_as

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

PAGE = "investment/playbook.py"
DAY = datetime.date(2014, 6, 12)
TASK = "任务编码,项目,任务,责任人,基线日期,基线半天,计划日期,计划半天,半天数,完成日期,完成半天,状态,里程碑,工作线\n"


def tasks_of(store, *lines: str) -> list[dict]:
    """Load tasks of one project and return them as they are on a Thursday."""
    load_without_errors(store, "investment_project", "项目编码,项目名称,项目类别,总投资(万元)\nP,甲项目,供地类,1")
    load_without_errors(store, "playbook_task", TASK + "".join(f"{line}\n" for line in lines))
    return metric_result(store, "playbook_tasks", f"{DAY}").rows.to_dict("records")


def grid_of(tasks: list[dict], first: datetime.date = datetime.date(2014, 6, 9), *, by_owner: bool = False):
    """Return the half-day grid of tasks as HTML, in Chinese."""
    with reading_as(Reader()):
        shown = playbook_grid.half_day_grid(tasks, first, DAY, lambda row: f"?task={row['task_id']}", by_owner=by_owner)
    return BeautifulSoup(shown.markup, "html.parser")


def signs_by_place(grid) -> dict[tuple[str, int], str]:
    """Return the signs of a grid by the first words of their row and the number of their half-day."""
    rows = [row for row in grid.select("tbody tr") if "fl-group" not in row.get_attribute_list("class")]
    return {
        (next(row.th.stripped_strings), place): cell.get_text()
        for row in rows
        for place, cell in enumerate(row.select("td"))
        if cell.get_text()
    }


def test_the_title_counts_what_is_overdue_blocked_and_clashing() -> None:
    """The rate with both counts, the overdue with the latest by its name, the blocked and the clashing."""
    assert page_title(open_app(PAGE, project="INV-YJ1")) == (
        "姚江1号项目宝典准点率 45.2 %（14 / 31 项），5 项逾期未完成，最晚的“街道宣传：第二场”已晚 14 个半天，"
        "4 项受阻，2 项撞期"
    )


@pytest.mark.quick
def test_a_sign_stands_in_its_half_day(store):
    """Done ✓ where it was done, with a ghost where it was planned; overdue ■, to be done ●, a milestone with ◆."""
    tasks = tasks_of(
        store,
        "A,P,甲,王,2014-06-09,上午,2014-06-09,上午,1,2014-06-10,下午,完成,否,线",
        "B,P,乙,李,2014-06-12,下午,2014-06-12,下午,1,,,未开始,否,线",
        "C,P,丙,张,2014-06-16,上午,2014-06-16,上午,1,,,未开始,否,线",
        "D,P,丁,赵,2014-06-17,上午,2014-06-18,上午,0,,,未开始,是,线",
    )
    assert signs_by_place(grid_of(tasks)) == {
        ("甲", 0): "○", ("甲", 3): "✓", ("乙", 7): "■", ("丙", 14): "●", ("丁", 16): "○", ("丁", 18): "◆●",
    }  # fmt: skip


def test_owners_down_show_a_clash_in_one_cell(store):
    """Two tasks of one person in one half-day stand side by side, each with ! and each a link."""
    tasks = tasks_of(
        store,
        "A,P,甲,王,2014-06-13,上午,2014-06-13,上午,1,,,未开始,否,线",
        "B,P,乙,王,2014-06-13,上午,2014-06-13,上午,1,,,未开始,否,线",
    )
    grid = grid_of(tasks, by_owner=True)
    assert signs_by_place(grid) == {("王", 8): "●!●!"}
    assert [a["href"] for a in grid.select("td a")] == ["?task=A", "?task=B"]
    assert "甲（A），2014-06-13 上午：未开始，与 B 撞期" in str(grid.select("td a")[0]["title"]).replace(
        formats.NO_BREAK_SPACE, " "
    )


def test_today_and_weekends_are_marked_and_a_phone_has_a_week(store):
    """Both halves of the day are marked, four days of two weeks are weekend, seven days stay on a phone."""
    grid = grid_of(tasks_of(store, "A,P,甲,王,2014-06-12,上午,2014-06-12,上午,1,,,未开始,否,线"))
    cells = grid.select("tbody td")
    styles = [cell.get_attribute_list("class") for cell in cells]
    assert [n for n, style in enumerate(styles) if "fl-today" in style] == [6, 7]
    assert sum("fl-weekend" in style for style in styles) == 8
    assert [n for n, style in enumerate(styles) if "fl-far" not in style] == list(range(14))


def test_the_two_weeks_hold_days_before_and_after_the_day():
    """On any weekday four days before the day and three after it are in the window, which begins on a Monday."""
    for back in range(7):
        day = DAY - datetime.timedelta(days=back)
        first = playbook_grid.window_start(day)
        assert first.weekday() == 0
        assert 4 <= (day - first).days <= 10


def test_names_are_text(store):
    """A name that looks like HTML is shown as it is written."""
    grid = grid_of(tasks_of(store, "A,P,<b>甲</b>,王,2014-06-12,上午,2014-06-12,上午,1,,,未开始,否,<i>线</i>"))
    assert not grid.select("tbody b, tbody i")
    assert "<b>甲</b>" in grid.get_text()


def test_a_bar_of_no_length_is_a_marker_and_no_bar_has_no_width(store):
    """In the whole course a milestone is ◆; a half-day in a year still has the least width of the style."""
    tasks = tasks_of(
        store,
        "A,P,甲,王,2014-06-09,上午,2014-06-09,上午,1,2014-06-09,上午,完成,否,线",
        "D,P,丁,赵,2015-06-17,上午,2015-06-18,上午,0,,,未开始,是,线",
    )
    with reading_as(Reader()):
        chart = playbook_gantt.gantt_chart(tasks, DAY, lambda row: "?").markup
    assert chart.count('class="fl-task"') == 1
    assert chart.count('class="fl-milestone"') == 1
    assert chart.count('class="fl-now"') == 2
    assert all(float(width) > 0 for width in re.findall(r"width:([\d.]+)%", chart))


def test_what_is_pressing_stands_in_order() -> None:
    """First the tasks of the day, then the overdue with the latest first, then the blocked; the overdue in red."""
    app = open_app(PAGE, project="INV-YJ1")
    rows = list_rows(app, 1)
    assert [row[1] for row in rows[:5]] == ["当天上午", "当天上午", "当天下午", "当天下午", "2014-06-24 上午"]
    assert rows[4][2].endswith("受阻，已晚 14 个半天，原因：示例：宣传场地没有定下")
    alarming = ["fl-alarm" in row.get_attribute_list("class") for row in page_html(app).select(".fl-table tbody tr")]
    assert alarming == [True, False, True, True, True, True, False, False]
    assert "?project=INV-YJ1&task=YJ1-26" in page_links(app)


def test_a_clash_names_the_person_the_half_day_and_both_tasks() -> None:
    """The two tasks of one person on the afternoon of the day are told together."""
    said = page_words(open_app(PAGE, project="INV-YJ1")).replace("\n", "")
    assert "示例专员乙，2014-06-30 下午：主动对接：约定第四次行程、项目宝典更新" in said


def test_the_weeks_can_be_turned() -> None:
    """Links lead a week back and on, an address to any two weeks from their Monday; what is no day is told."""
    app = open_app(PAGE, project="INV-YJ1")
    assert {"?project=INV-YJ1&week=2014-06-16", "?project=INV-YJ1&week=2014-06-30"} <= set(page_links(app))
    turned = open_app(PAGE, project="INV-YJ1", week="2014-05-14")
    assert "学习小结" in page_words(turned)
    assert "5-12" in page_html(turned).select(".fl-grid thead")[0].get_text()
    assert "没有这个起始日：昨天。" in page_words(open_app(PAGE, week="昨天"))


def test_a_task_opens_with_what_it_waits_for_and_what_waits_for_it() -> None:
    """One task says how it stands and since when, with links back, to the project, and to its neighbours."""
    app = open_app(PAGE, project="INV-YJ1", task="YJ1-27")
    assert page_title(app).startswith("“商讨对策：政策差异”（YJ1-27）：逾期未完成，受阻，已晚 12 个半天，原因：示例：")
    links = set(page_links(app))
    assert {"?project=INV-YJ1", "investment-project?project=INV-YJ1"} <= links
    assert {"?project=INV-YJ1&task=YJ1-25", "?project=INV-YJ1&task=YJ1-32"} <= links
    assert page_words(open_app(PAGE, project="INV-YJ1", task="NOPE")).count("没有这个任务：NOPE。") == 1


def test_the_folded_parts_open() -> None:
    """The course has a row for every task, the path every task that is left, the projects all, the table all tasks."""
    assert len(page_html(open_app(PAGE, project="INV-YJ1", open="course")).select(".fl-gantt .fl-track")) == 37
    path = open_app(PAGE, project="INV-YJ1", open="path")
    assert len(list_rows(path, 2)) == 10
    assert len(page_html(path).select(".fl-table strong")) == 7
    projects = open_app(PAGE, project="INV-YJ1", open="projects")
    assert len(list_rows(projects, 2)) == len(projects.dataframe[0].value) == 2
    app = open_app(PAGE, project="INV-YJ1", open="all")
    assert len(app.dataframe[0].value) == 36


def test_an_unknown_project_is_told_and_the_worst_is_shown() -> None:
    """A link to no playbook says so; without a link the project with the most overdue tasks is shown."""
    app = open_app(PAGE, project="INV-NOPE")
    assert "没有这个有宝典的项目：INV-NOPE。" in page_words(app)
    assert page_title(app) == page_title(open_app(PAGE, project="INV-YJ1"))


@pytest.mark.parametrize("link", [{"task": "YJ1-27"}, {"open": "course"}, {"open": "path"}, {"rows": "owner"}])
def test_the_page_in_english_is_english(link) -> None:
    """Grid, course, path and a task hold no Chinese but names in the ledger."""
    said = page_words(open_app(PAGE, "en", project="INV-YJ1", **link))
    assert not HAN.findall(NAMES_IN_DATA.sub("", said))


def test_without_tasks_nothing_is_claimed(store):
    """A finished plan says so; few tasks due are 样本不足; nothing pressing is told in a sentence."""
    tasks = tasks_of(store, "A,P,甲,王,2014-06-09,上午,2014-06-09,上午,1,2014-06-09,上午,完成,否,线")
    counts = metric_result(store, "playbook_punctuality", f"{DAY}").rows.iloc[-1]
    title = playbook.title_sentence(counts, pd.DataFrame(tasks)).zh
    assert title == "甲项目宝典到期 1 项，样本不足，全部 1 项已完成"
    assert playbook_lists.pressing_tasks(pd.DataFrame(tasks), DAY).empty


def test_a_playbook_leads_to_the_card_of_its_project() -> None:
    """The project and its playbook lead to each other."""
    assert "investment-project?project=INV-YJ1" in page_links(open_app(PAGE, project="INV-YJ1"))
    assert "investment-playbook?project=INV-YJ1" in page_links(open_app("investment/project.py", project="INV-YJ1"))


def test_one_half_day_reads_as_well_as_many() -> None:
    """In English a count stands behind its word, so that 1 needs no other word than 8."""
    said = page_words(open_app(PAGE, project="INV-YJ1", lang="en"))
    assert "half-days late so far: 1," in said
    assert not re.search(r"\b1 half-days", said)
