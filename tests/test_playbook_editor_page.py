"""The editor of a playbook in a browser: edit, check, commit, see the figures change, undo; two clerks at once."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.reading.reader import make_upload
from data.sample import FOLDER
from tests.chromium import visit_page, wait_until_drawn
from tests.page_helpers import open_app, page_messages, run_until_settled
from tests.serving import Server
from tests.stores import copy_database
from tests.upload_helpers import WHO
from ui.investment.playbook_draft import task_table
from ui.store import shared_store

ROW_HEIGHT = 35
NAME_AT = 220  # of the column 任务
PROJECT, TASK = "INV-YJ1", "YJ1-01"


@pytest.fixture
def url(fresh_server: Callable[..., Server], sample_path: Path, tmp_path: Path) -> str:
    """Return the address of a server of one test's own, with the 示例 ledgers."""
    return fresh_server(database=copy_database(sample_path, tmp_path / "own.duckdb")).url


def opened_editor(page: Page, url: str) -> Page:
    visit_page(page, f"{url}/investment-playbook?project=INV-YJ1&open=edit")
    page.get_by_test_id("stDataFrame").scroll_into_view_if_needed()
    return wait_until_drawn(page)


def write_name(page: Page, row: int, name: str) -> None:
    """Write the name of the task on a row of the table."""
    table = page.get_by_test_id("stDataFrame").first
    table.evaluate("table => table.scrollIntoView({block: 'center'})")
    box = table.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + NAME_AT, box["y"] + ROW_HEIGHT * (row + 0.5))
    cell = page.locator(".gdg-input, textarea").last
    expect(cell).to_be_visible()
    cell.fill(name)
    page.keyboard.press("Enter")
    expect(button(page, "检查")).to_be_enabled()


def button(page: Page, label: str):
    return page.get_by_test_id("stMain").get_by_role("button", name=label, exact=True)


def test_the_editor_is_not_drawn_at_first_sight(page: Page, url: str) -> None:
    """A reader gets the heading of the folded part; the table comes once it is opened."""
    visit_page(page, f"{url}/investment-playbook?project=INV-YJ1")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.get_by_role("link", name="编辑任务").click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)


def test_a_clerk_edits_checks_commits_and_undoes(page: Page, url: str) -> None:
    """The difference is shown first; once committed the page says the new name, and the undo takes it back."""
    opened_editor(page, url)
    write_name(page, 1, "组建新项目组")
    button(page, "检查").click()
    expect(page.get_by_text("可以提交。")).to_be_visible()
    expect(page.get_by_text("更新 1 条，不变 35 条")).to_be_visible()
    page.get_by_label("经办人").fill("示例经办员")
    page.get_by_label("经办人").press("Enter")
    page.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text("“页面编辑 姚江1号项目.csv”已提交为批次")).to_be_visible()
    expect(button(page, "检查")).to_be_disabled()
    page.get_by_role("link", name="查看或撤销批次").click()
    expect(page.get_by_text("页面编辑 姚江1号项目.csv").first).to_be_visible()
    expect(page.get_by_text("示例经办员").first).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("撤销", exact=True).click()
    page.get_by_test_id("stMain").get_by_role("button", name="撤销批次").click()
    expect(page.get_by_text(re.compile(r"批次\s\d+\s已撤销"))).to_be_visible()
    visit_page(page, f"{url}/investment-playbook?project=INV-YJ1&task=YJ1-01")
    expect(page.get_by_role("heading", level=1)).to_contain_text("成立招商项目组")


def test_a_wrong_row_is_told_and_the_edits_stay(page: Page, url: str) -> None:
    """A name that is too long cannot go in: the task is named, nothing can be committed; the edit stays."""
    opened_editor(page, url)
    write_name(page, 1, "长" * 501)
    expect(page.get_by_text("有修改还没有检查")).to_be_visible()
    button(page, "检查").click()
    expect(page.get_by_text("有错的行没有改好之前不能提交")).to_be_visible()
    expect(page.get_by_text("“任务”超过 500 字")).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_role("button", name="提交")).to_have_count(0)
    expect(button(page, "放弃修改")).to_be_enabled()


def test_two_clerks_who_edit_one_task_are_told(open_page: Callable[..., Page], url: str) -> None:
    """The second one sees what the first wrote before anything is checked, and may keep his own cell upon it."""
    first, second = opened_editor(open_page(), url), opened_editor(open_page(), url)
    write_name(second, 1, "第二人的任务")
    write_name(first, 1, "第一人的任务")
    button(first, "检查").click()
    expect(first.get_by_text("可以提交。")).to_be_visible()
    first.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(first.get_by_text("已提交为批次")).to_be_visible()
    button(second, "检查").click()
    expect(second.get_by_text("由“成立招商项目组”改为“第一人的任务”")).to_be_visible()
    expect(second.get_by_test_id("stMain").get_by_role("button", name="提交")).to_have_count(0)
    button(second, "在最新的台账上保留我改的格").click()
    expect(second.get_by_text("可以提交。")).to_be_visible()


def test_who_checked_before_another_committed_looks_again(open_page: Callable[..., Page], url: str) -> None:
    """Between check and commit somebody writes the same task: the commit is not made, and the conflict is told."""
    first, second = opened_editor(open_page(), url), opened_editor(open_page(), url)
    for page, name in ((first, "第一人的任务"), (second, "第二人的任务")):
        write_name(page, 1, name)
        button(page, "检查").click()
        expect(page.get_by_text("可以提交。")).to_be_visible()
    first.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(first.get_by_text("已提交为批次")).to_be_visible()
    with suppress(Error):  # a page that is drawn again meanwhile tells it before anything is pressed
        second.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter", timeout=5_000)
    expect(second.get_by_text("由“成立招商项目组”改为“第一人的任务”")).to_be_visible()
    visit_page(first, f"{url}/investment-playbook?project=INV-YJ1&task=YJ1-01")
    expect(first.get_by_role("heading", level=1)).to_contain_text("第一人的任务")


@pytest.mark.usefixtures("page_database")
def test_a_conflict_is_told_in_the_drawing_that_takes_the_way_to_commit_away() -> None:
    """A page that is drawn anew after somebody else has written the task says so at once, and keeps the clerk's own."""
    app = open_app("investment/playbook.py", project=PROJECT, open="edit")
    draft = app.session_state["playbook drafts"][PROJECT]
    mine = [row | {"name": "第二人的任务"} if row["task_id"] == TASK else row for row in draft.edited]
    app.session_state[f"playbook-table-{PROJECT}-{draft.turn}-zh rows"] = task_table(mine)
    app.run()
    next(each for each in app.button if each.label == "检查").click()
    run_until_settled(app.run())
    assert "提交" in [each.label for each in app.button]
    header, first, *_ = (FOLDER / "playbook_task.csv").read_text(encoding="utf-8-sig").splitlines()
    theirs = make_upload("别人.csv", f"{header}\n{first.replace('成立招商项目组', '第一人的任务')}\n".encode())
    assert loader.load_file(shared_store(), DATASETS["playbook_task"], theirs, WHO).batch
    app.run()
    assert "由“成立招商项目组”改为“第一人的任务”" in "".join(page_messages(app, "warning"))
    assert "提交" not in [each.label for each in app.button]
    assert "第二人的任务" in str(app.session_state["playbook drafts"][PROJECT].edited)
