"""Charts as pictures, a figure and its sheet, and pages for print, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import visit_page
from tests.serving import Server

pytestmark = pytest.mark.browser

PNG_START = b"\x89PNG\r\n"
PRINTED_COLOURS = """() => [
  getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor,
  getComputedStyle(document.querySelector(".fl-wall-said") ?? document.querySelector(".stHtml h1")).color,
]"""
A4, A3 = (b"595", b"842"), (b"842", b"1191")  # points


@pytest.mark.parametrize("address", ["water-works?work=W-07", "overview-map"])
def test_a_chart_and_a_map_are_taken_away_as_pictures(page: Page, server: Server, tmp_path: Path, address: str) -> None:
    """The drawing has its Chinese words as text, and the .png is one."""
    visit_page(page, f"{server.url}/{address}")
    expect(page.locator(".js-plotly-plot .main-svg, svg.fl-map").first).to_be_attached()
    taken = {}
    for ending in ("svg", "png"):
        with page.expect_download() as download:
            page.locator(f'a[data-picture-of][download$=".{ending}"]').first.click()
        download.value.save_as(tmp_path / ending)
        taken[ending] = (tmp_path / ending).read_bytes()
    assert re.search("<text[^>]*>[^<]*[\u4e00-\u9fff]", taken["svg"].decode())
    assert taken["png"].startswith(PNG_START)
    assert len(taken["png"]) > 10_000


def test_a_figure_opens_its_sheet_and_escape_gives_the_focus_back(page: Page, server: Server) -> None:
    """One click, the sheet has the focus and the page stays; Escape closes it, and the figure has the focus again."""
    visit_page(page, f"{server.url}/demolition-signing")
    figure = page.locator(".fl-card .fl-figure").first
    figure.click()
    sheet = page.locator("aside")
    expect(sheet).to_be_focused()
    expect(sheet).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_attached()
    expect(figure).to_be_focused()


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("A3", A3)])
def test_a_page_prints_on_the_paper_that_its_address_names(
    page: Page, server: Server, paper: str, size: tuple[bytes, bytes]
) -> None:
    """The sheet has the size, the menu is gone, and nothing is wider than the paper."""
    visit_page(page, f"{server.url}/water-works?print={paper}")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", printed)
    assert boxes
    assert all(abs(int(side) - int(wanted)) <= 1 for box in boxes for side, wanted in zip(box, size, strict=True))


@pytest.mark.parametrize("address", ["overview-owners", "overview-bigscreen"])
def test_paper_is_white_on_a_dark_screen(page: Page, server: Server, address: str) -> None:
    """The ground is white and the title as dark as on a light screen: nobody prints a page of ink."""
    page.emulate_media(color_scheme="dark")
    visit_page(page, f"{server.url}/{address}")
    page.emulate_media(color_scheme="dark", media="print")
    colours = page.evaluate(PRINTED_COLOURS)
    assert colours == ["rgb(255, 255, 255)", "rgb(27, 39, 51)"]
