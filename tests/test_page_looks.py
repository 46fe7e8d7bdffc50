"""How pages look and read in a real browser: for everybody, short, quiet on the console, whole on paper."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.chromium import visit_page
from tests.serving import Server
from ui.menu import all_pages

pytestmark = pytest.mark.browser

SCREEN, PHONE_SCREEN = 900, 844  # pixels
MOST_SCREENS, MOST_PHONE_SCREENS = 3, 4
STREAMLITS_OWN = [["[data-testid=stSidebar]"], ["[data-testid=stHeader]"], ["[data-testid=stToolbar]"]]
OPTIONS = {"resultTypes": ["violations"], "rules": {"heading-order": {"enabled": True}}}
MAIN_HEIGHT = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
OVERLAPPING_CARDS = """() => [...document.querySelectorAll(".fl-card")].filter((card) => {
  const lines = [...card.children].map((line) => line.getBoundingClientRect());
  return lines.some((line, place) => place > 0 && lines[place - 1].bottom > line.top + 1);
}).map((card) => card.innerText)"""
ADDRESSES = ["", *(page.url for page in all_pages()[1:])]  # the first page has no path of its own
every_page = pytest.mark.parametrize("address", ADDRESSES, ids=[page.url for page in all_pages()])


def serious_findings(page: Page) -> list[str]:
    """Return what axe-core finds to be serious, or out of order in the headings, outside Streamlit's own menu."""
    found: list[dict[str, Any]] = (
        Axe().run(page, context={"exclude": STREAMLITS_OWN}, options=OPTIONS).response["violations"]
    )
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical") or each["id"] == "heading-order"
        for node in each["nodes"]
    ]


@every_page
def test_page_is_for_everybody_short_and_quiet(page: Page, server: Server, address: str) -> None:
    """Contrast, names, roles and headings hold in both themes; three screens are enough; no card's lines overlap, and
    nothing is on the console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    visit_page(page, f"{server.url}/{address}")
    assert (said, serious_findings(page)) == ([], [])
    assert page.evaluate(OVERLAPPING_CARDS) == []
    assert page.evaluate(MAIN_HEIGHT) <= MOST_SCREENS * SCREEN
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    assert serious_findings(page) == []


@every_page
def test_page_fits_a_phone(phone: Page, server: Server, address: str) -> None:
    """No page is wider than a phone of 390 px, nor longer than four of its screens; no card's lines overlap."""
    visit_page(phone, f"{server.url}/{address}")
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert phone.evaluate(OVERLAPPING_CARDS) == []
    assert phone.evaluate(MAIN_HEIGHT) <= MOST_PHONE_SCREENS * PHONE_SCREEN


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_of_demolition_is_three_screens_of_a_phone(phone: Page, server: Server, language: str) -> None:
    """It holds the most parts of all pages, and English takes more room for them than Chinese."""
    visit_page(phone, f"{server.url}/demolition-overview?lang={language}")
    assert phone.evaluate(MAIN_HEIGHT) <= MOST_SCREENS * PHONE_SCREEN


def test_a_page_prints_without_the_menu_and_with_all_rows(page: Page, server: Server) -> None:
    """On paper the menu and the controls are gone, and rows that the screen folds away are there."""
    visit_page(page, f"{server.url}/water-works")
    hidden_on_screen = page.locator("tr.fl-paper")
    assert hidden_on_screen.count() > 0
    assert not hidden_on_screen.first.is_visible()
    page.emulate_media(media="print")
    assert hidden_on_screen.first.is_visible()
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.locator(".fl-day").is_visible()
