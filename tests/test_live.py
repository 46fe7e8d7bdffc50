"""A page left open: what somebody else commits is there within seconds, without a reload, with what was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import visit_page, wait_until_drawn
from tests.serving import Server
from tests.stores import copy_database

pytestmark = pytest.mark.browser

CORRECTION = "工程,上报日期,累计完成量\nW-07,2014-06-30,{done}\n"
FROM_THE_START = "window.hereFromTheStart = true"
IS_SAME_DOCUMENT = "window.hereFromTheStart === true"
LEFT_OPEN = (
    "", "overview-map?lang=en", "overview-changes", "water-river?river=SL2",
    "overview-alerts?open=acknowledge", "overview-briefing",
)  # fmt: skip
Start = Callable[..., Server]
Open = Callable[..., Page]


@pytest.fixture
def house(fresh_server: Start, sample_path: Path, tmp_path: Path) -> Server:
    """Give a server of the test's own with the 示例 ledgers."""
    return fresh_server(database=copy_database(sample_path, tmp_path / "own.duckdb"))


def commit_done(page: Page, server: Server, folder: Path, done: int) -> None:
    """Upload how much of a work is done by then, and commit it."""
    file = folder / f"进度{done}.csv"
    file.write_text(CORRECTION.format(done=done), encoding="utf-8")
    visit_page(page, f"{server.url}/ledgers-update").locator("input[type=file]").set_input_files(file)
    page.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text("已提交为批次")).to_be_visible()


def test_a_page_of_figures_shows_the_batch_of_another_browser(open_page: Open, house: Server, tmp_path: Path) -> None:
    """One uploads, one watches: the figure changes where it stands; the work, the language and the day stay chosen."""
    watcher, clerk = open_page(), open_page()
    address = f"{house.url}/water-works?work=W-07&lang=en&as_of=2014-06-30"
    visit_page(watcher, address)
    expect(watcher.get_by_role("heading", level=1)).to_contain_text("47.0")
    watcher.evaluate(FROM_THE_START)
    commit_done(clerk, house, tmp_path, 9000)
    expect(watcher.get_by_role("heading", level=1)).to_contain_text("50.0")
    assert watcher.evaluate(IS_SAME_DOCUMENT)
    expect(watcher).to_have_url(address)


def state_counter(page: Page) -> str:
    """Return of which state of the database a page is."""
    return page.evaluate("document.getElementById('frontline-state').dataset.counter")


def test_pages_of_every_kind_are_drawn_anew_with_what_was_chosen(
    open_page: Open, house: Server, tmp_path: Path
) -> None:
    """Six pages left open are drawn anew after a commit, in the same document, with choices, folds and widgets."""
    left_open = {file: open_page() for file in LEFT_OPEN}
    for address, page in left_open.items():
        visit_page(page, f"{house.url}/{address}").evaluate(FROM_THE_START)
    alerts, briefing = left_open["overview-alerts?open=acknowledge"], left_open["overview-briefing"]
    typed = alerts.get_by_test_id("stMultiSelect").locator("input")
    typed.press_sequentially("abc")
    briefing.locator("details.fl-notes > summary").first.click()
    before = state_counter(alerts)
    commit_done(open_page(), house, tmp_path, 9000)
    for address, page in left_open.items():
        page.wait_for_function(
            "(before) => document.getElementById('frontline-state')?.dataset.counter !== before", arg=before
        )
        wait_until_drawn(page)
        assert page.evaluate(IS_SAME_DOCUMENT), address
        expect(page).to_have_url(f"{house.url}/{address}")
    expect(typed).to_have_value("abc")
    expect(briefing.locator("details.fl-notes[open]")).to_have_count(1)


def test_a_page_with_a_form_says_that_there_is_news_and_keeps_what_is_typed(
    open_page: Open, house: Server, tmp_path: Path
) -> None:
    """Of a commit elsewhere the clerk's page tells, and redraws nothing by itself; the clerk's own one is no news."""
    waiting, clerk = open_page(), open_page()
    (tmp_path / "等着.csv").write_text(CORRECTION.format(done=8500), encoding="utf-8")
    visit_page(waiting, f"{house.url}/ledgers-update").locator("input[type=file]").set_input_files(
        tmp_path / "等着.csv"
    )
    expect(waiting.get_by_test_id("stMain").get_by_role("button", name="提交")).to_be_visible()
    commit_done(clerk, house, tmp_path, 9000)
    news = waiting.locator(".fl-live")
    expect(news).to_contain_text("台账刚有变动")
    expect(waiting.get_by_test_id("stMain")).to_contain_text("等着.csv")
    news.get_by_role("button").click()
    expect(news).to_have_count(0)
    wait_until_drawn(waiting)
    expect(waiting.get_by_test_id("stMain")).to_contain_text("等着.csv")
    expect(clerk.locator(".fl-live")).to_have_count(0)
    expect(clerk).to_have_url(re.compile("ledgers-update"))
