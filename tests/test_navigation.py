"""Addresses and links in a real browser: a step is one press of Back, and the address says what is shown."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.chromium import PHONE, visit_page
from tests.serving import Server
from tests.websocket_viewer import websocket_viewer

pytestmark = pytest.mark.browser

WORK = "示例二号河清淤"
IN_THIS_DOCUMENT = "window.hereFromTheStart = true"
IS_SAME_DOCUMENT = "window.hereFromTheStart === true"


def expect_address(page: Page, path: str, query: str = "") -> None:
    expect(page).to_have_url(re.compile(rf"{re.escape(path)}{re.escape(query)}$"))


def test_back_takes_one_press_a_step(page: Page, server: Server) -> None:
    """List, work, river, and back again in two presses, without loading the page anew."""
    visit_page(page, f"{server.url}/water-works")
    page.evaluate(IN_THIS_DOCUMENT)
    page.get_by_test_id("stMain").get_by_role("link", name=WORK).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{WORK} 47.0")
    expect_address(page, "/water-works", "?work=W-07")
    page.get_by_test_id("stMain").get_by_role("link", name="示例二号河", exact=True).click()
    expect_address(page, "/water-river", "?river=SL2")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{WORK} 47.0")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("项工程中")
    expect_address(page, "/water-works")
    assert page.evaluate(IS_SAME_DOCUMENT)


def test_a_page_that_was_shown_before_is_sent_whole(page: Page, server: Server) -> None:
    """Back to a list gets the list itself, not the name of a message that the browser may have forgotten by then."""
    came: list[str | None] = []

    def note(frame: bytes | str) -> None:
        assert isinstance(frame, bytes)
        came.append(ForwardMsg.FromString(frame).WhichOneof("type"))

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    visit_page(page, f"{server.url}/water-works")
    page.get_by_test_id("stMain").get_by_role("link", name=WORK).click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("项工程中")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("项工程中")
    while came.count("script_finished") < 3:
        page.wait_for_timeout(100)
    assert "ref_hash" not in came


def test_parameters_of_another_page_go_when_the_page_changes(page: Page, server: Server) -> None:
    """From a work in English as of a day to another page: language and day stay in the address, the work does not."""
    visit_page(page, f"{server.url}/water-works?work=W-07&lang=en&as_of=2014-05-31")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Pollution sources").click()
    expect(page).to_have_url(re.compile(r"/water-sources\?lang=en&as_of=2014-05-31$"))
    expect(page.locator(".fl-origin")).to_contain_text("2014‑05‑")


def test_an_address_that_leads_nowhere_says_so(page: Page, server: Server) -> None:
    """An unknown work, a day that is none, a parameter that nobody knows: the page is shown and says so."""
    visit_page(page, f"{server.url}/water-works?work=NOPE&moon=full&as_of=1066-10-14")
    expect(page.locator(".fl-notice")).to_contain_text(["1066‑10‑14", "NOPE"])
    assert "moon" not in urlsplit(page.url).query
    expect(page.get_by_role("heading", level=1)).to_contain_text("项工程中")


def test_enter_takes_the_day_that_was_typed(page: Page, server: Server) -> None:
    """A day as people write it is taken at once; what is no day is refused in a sentence, and nothing changes."""
    visit_page(page, f"{server.url}/water-works")
    page.get_by_text("看哪一天").first.click()
    page.locator("[data-day]").fill("2014年5月31日")
    page.locator("[data-day]").press("Enter")
    expect(page).to_have_url(re.compile(r"as_of=2014-05-31"))
    expect(page.locator(".fl-origin")).to_contain_text("2014‑05‑31")
    page.get_by_text("看哪一天").first.click()
    page.locator("[data-day]").fill("2014-02-30")
    page.locator("[data-day]").press("Enter")
    expect(page.locator("[data-day-hint]")).to_have_text("请写成 2014-06-30。")
    expect(page).to_have_url(re.compile(r"as_of=2014-05-31"))


def test_the_click_after_a_typed_day_is_not_lost(page: Page, server: Server) -> None:
    """A day typed without Enter goes along with the next click."""
    visit_page(page, f"{server.url}/water-works")
    page.get_by_text("看哪一天").first.click()
    page.locator("[data-day]").fill("2014-05-31")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="污染源").click()
    expect(page).to_have_url(re.compile(r"/water-sources\?as_of=2014-05-31$"))


def test_the_calendar_opens_at_the_month_of_the_data_and_marks_days_with_news(page: Page, server: Server) -> None:
    """The month of the newest data is shown within the screen, 30 June has news, and a click takes the day."""
    visit_page(page, f"{server.url}/water-works")
    page.get_by_text("看哪一天").first.click()
    month = page.locator(".fl-month")
    expect(month).to_contain_text("2014-06")
    expect(month.locator("a.fl-news", has_text=re.compile("^30$"))).to_be_visible()
    box = month.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900
    month.locator("a", has_text=re.compile("^15$")).click()
    expect(page).to_have_url(re.compile(r"as_of=2014-06-15"))


def test_two_tabs_keep_their_languages(open_page, server: Server) -> None:
    """One reader in Chinese and one in English see their own, also after a reload in the middle."""
    chinese, english = open_page(), open_page()
    visit_page(chinese, f"{server.url}/water-works")
    visit_page(english, f"{server.url}/water-works?lang=en")
    for tab in (chinese, english):
        tab.goto(tab.url, wait_until="commit")
        visit_page(tab, tab.url)
    expect(chinese.get_by_role("heading", level=1)).to_contain_text("项工程中")
    expect(english.get_by_role("heading", level=1)).to_contain_text("works are behind or overdue")


async def run_after_cleared_caches(url: str) -> int:
    async with websocket_viewer(url, "water-works") as viewer:
        await viewer.run_page()
        message = BackMsg()
        message.clear_cache = True
        await viewer.socket.send(message.SerializeToString())
        return (await viewer.run_page()).parts


def test_a_reader_who_clears_the_caches_takes_no_page_down(page: Page, server: Server) -> None:
    """After a stranger's `clear_cache` the page is drawn as before, for him and for others."""
    with ThreadPoolExecutor(1) as apart:  # the browser's own event loop runs in this thread
        assert apart.submit(asyncio.run, run_after_cleared_caches(server.url)).result() > 0
    visit_page(page, f"{server.url}/water-works")
    expect(page.get_by_role("heading", level=1)).to_contain_text("项工程中")


def test_back_from_the_other_language_finds_the_old_one(page: Page, server: Server) -> None:
    """An address without a language is in that of the session: Back from English is Chinese again."""
    visit_page(page, f"{server.url}/water-works")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("works are behind")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("项工程")


def test_escape_and_a_click_elsewhere_close_the_choice_of_the_day(page: Page, server: Server) -> None:
    """Escape gives the focus back to where the choice was opened; a click elsewhere closes it too."""
    visit_page(page, f"{server.url}/water-works")
    choice = page.locator("details.fl-day summary")
    choice.click()
    expect(page.locator("[data-day]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-day]")).not_to_be_visible()
    expect(choice).to_be_focused()
    choice.click()
    page.get_by_role("heading", level=1).click()
    expect(page.locator("[data-day]")).not_to_be_visible()


def test_months_turned_fast_are_all_turned(page: Page, server: Server) -> None:
    """Four quick presses of ‹ lead four months back, whichever answer comes first."""
    visit_page(page, f"{server.url}/water-works")
    page.locator("details.fl-day summary").click()
    expect(page.locator(".fl-month b")).to_have_text("2014-06")
    page.evaluate(
        "() => { const back = document.querySelector('.fl-month button'); for (let i = 0; i < 4; i++) back.click(); }"
    )
    expect(page.locator(".fl-month b")).to_have_text("2014-02")


def test_full_width_digits_are_a_day(page: Page, server: Server) -> None:
    """What an input method for Chinese writes is taken; six digits that may be two days are not."""
    visit_page(page, f"{server.url}/water-works")
    page.locator("details.fl-day summary").click()
    page.locator("[data-day]").fill("201463")
    page.locator("[data-day]").press("Enter")
    expect(page.locator(".fl-wrong")).to_be_visible()
    page.locator("[data-day]").fill("２０１４－０６－０３")
    page.locator("[data-day]").press("Enter")
    expect(page).to_have_url(re.compile(r"as_of=2014-06-03"))


def test_a_link_of_the_menu_closes_it_on_a_phone(open_page, server: Server) -> None:
    """The menu lies over the page on a phone: what was chosen in it is then seen."""
    page = open_page(**PHONE)
    visit_page(page, f"{server.url}/water-works")
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="污染源").tap()
    expect(page).to_have_url(re.compile(r"/water-sources$"))
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
