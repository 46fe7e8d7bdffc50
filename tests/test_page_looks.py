"""How pages look and read in a real browser: for everybody, short, quiet on the console, whole on paper."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.chromium import PHONE, visit_page
from tests.serving import Server
from ui.menu import MenuPage, all_pages

pytestmark = pytest.mark.browser

SCREEN, PHONE_SCREEN = 900, 844  # pixels
MOST_SCREENS, MOST_PHONE_SCREENS = 3, 4
FORM_PAGES = {"ledgers/dictionary.py"}  # lists every ledger and metric: to be looked things up in, not to be read
STREAMLITS_OWN = [["[data-testid=stSidebar]"], ["[data-testid=stHeader]"], ["[data-testid=stToolbar]"]]
OPTIONS = {"resultTypes": ["violations"], "rules": {"heading-order": {"enabled": True}}}
MAIN_HEIGHT = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
every_page = pytest.mark.parametrize("entry", all_pages(), ids=lambda p: p.url)


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
def test_page_has_no_serious_accessibility_finding(open_page, server: Server, entry: MenuPage) -> None:
    """Contrast, names, roles and the order of headings hold on every page, in both themes."""
    for theme in ("light", "dark"):
        page = visit_page(open_page(color_scheme=theme), f"{server.url}/{entry.url}")
        assert serious_findings(page) == [], theme


@every_page
def test_page_is_short(open_page, server: Server, entry: MenuPage) -> None:
    """A page has at most three screens on a desktop and four on a phone."""
    if entry.file in FORM_PAGES:
        return
    desktop = visit_page(open_page(), f"{server.url}/{entry.url}")
    assert desktop.evaluate(MAIN_HEIGHT) <= MOST_SCREENS * SCREEN
    phone = visit_page(open_page(**PHONE), f"{server.url}/{entry.url}")
    assert phone.evaluate(MAIN_HEIGHT) <= MOST_PHONE_SCREENS * PHONE_SCREEN


@every_page
def test_page_says_nothing_on_the_console(page: Page, server: Server, entry: MenuPage) -> None:
    """No error, no failed request and no uncaught exception is left on the browser's console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    visit_page(page, f"{server.url}/{entry.url}")
    assert said == []


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
