"""Charts as pictures, a figure and its sheet, and pages for print, in a real browser."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
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


CHARTS = {  # a page, and a word that stands in its picture
    "water-works?work=W-07": "计划完工",  # a chart of Plotly
    "overview-map": "示例二号河",  # the map
    "": "整治工程严重滞后",  # a map with its legend
    "water-works": "农村工作服务中心",  # a list with bars
    "water-quality": "示例四号河断面",  # a strip of squares
    "investment-overview": "2014-06",  # bars below each other
    "demolition-villages": "示例社区F",
    "overview-reporting": "工程进度",  # squares
}


@pytest.mark.parametrize(("address", "word"), CHARTS.items())
def test_a_picture_is_taken_away_with_its_title_its_day_and_the_mark_of_sample_rows(
    page: Page, server: Server, tmp_path: Path, address: str, word: str
) -> None:
    """The main picture of a page says whose it is within it and in its name; its words are text, none of it is HTML,
    and the .png is one."""
    visit_page(page, f"{server.url}/{address}")
    taken = {}
    for ending in ("svg", "png"):
        with page.expect_download() as download:
            page.locator(f'a[data-picture-of][download$=".{ending}"]:visible').first.click()
        download.value.save_as(tmp_path / ending)
        taken[ending] = (tmp_path / ending).read_bytes()
        assert re.search(rf"._2014-06-\d\d_示例数据\.{ending}$", download.value.suggested_filename)
    drawing = ElementTree.fromstring(taken["svg"])
    words = [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text") if element.text]
    assert any("示例数据 · 数据截至 2014-06-" in said and "批次" in said for said in words)
    assert word in "".join(drawing.itertext())
    assert not [element for element in drawing.iter() if not element.tag.startswith("{http://www.w3.org/2000/svg}")]
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
