"""The map through time, and a river before and after: drawings, sentences, slider and play."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect

from analytics.metrics import LISTINGS, METRICS
from data.store import Store
from tests.chromium import visit_page
from tests.page_helpers import open_app, page_html, page_links, page_words
from tests.serving import Server
from ui.map.layers import REACHES, SOURCES
from ui.map.month_frames import frame_sentence, month_frames

MAP, RIVER = "overview/map.py", "water/river.py"
DAY = date(2014, 6, 26)
PLAYED = """() => new Promise((done) => {
  const map = document.querySelector("[data-map-time]"), months = [], began = performance.now();
  new MutationObserver(() => {
    months.push(map.querySelector("output").textContent);
    if (months.at(-1) === "2014-06") done({ months, seconds: (performance.now() - began) / 1000 });
  }).observe(map.querySelector("output"), { childList: true });
  map.querySelector("button[data-play]").click();
})"""


def drawing_in(html: BeautifulSoup, place: str) -> BeautifulSoup:
    """Return the drawing that stands at a place of a page as an image."""
    image = html.select_one(f"{place} img.fl-map")
    assert isinstance(image, Tag)
    return BeautifulSoup(unquote(str(image["src"]).split(",", 1)[1]), "html.parser")


def drawn_standings(drawing: BeautifulSoup) -> dict[str, list[tuple[str, bool]]]:
    """Return of each object the standings of its signs, and whether each is hidden."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for sign in drawing.select("a[data-object]"):
        hidden = sign.get("display") == "none"
        found.setdefault(str(sign["data-object"]), []).append((str(sign["data-standing"]), hidden))
    return found


@pytest.mark.slow
@pytest.mark.quick
@pytest.mark.usefixtures("page_database")
def test_each_object_is_drawn_once_for_every_way_in_which_it_stood() -> None:
    """The drawing of a page has a sign for each standing of the metric, and shows those of the last month alone."""
    html = page_html(open_app(MAP, open="time"))
    told = json.loads(str(html.select("[data-map-time]")[0]["data-map-time"]))
    assert told["months"][0] == "2012-07"
    assert told["months"][-1] == "2014-06"
    assert len(told["said"]) == 24
    for place in (".fl-wide", ".fl-narrow"):
        drawn = drawn_standings(drawing_in(html, place))
        assert drawn.keys() == told["objects"].keys()
        assert len(drawn) == 39
        for key, steps in told["objects"].items():
            shown = [standing for standing, hidden in drawn[key] if not hidden]
            assert shown == [steps[-1][1]], key
            assert {standing for standing, _ in drawn[key]} == {standing for _, standing in steps}, key


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_lines_badges_and_leaders_change_with_the_sign() -> None:
    """Whatever is drawn of a reach bears its name and its standing, so that no old colour is left behind."""
    drawing = drawing_in(page_html(open_app(MAP, open="time")), ".fl-wide")
    for part in ("rims", "courses", "signs", "leaders"):
        drawn = [tag for tag in drawing.select(f"g.{part} > *") if isinstance(tag, Tag)]
        assert drawn, part
        assert all(tag.get("data-of") and tag.get("data-standing") for tag in drawn), part


def test_a_month_is_told_in_words(sample_store: Store) -> None:
    """A sentence says the classes with their counts, the sources closed of those found, and what changed."""
    with sample_store.read() as con:
        rows = METRICS["map_months"].compute(con, DAY, "clerk", river_id="HJXH").rows
    said = {f"{frame.month:%Y-%m}": frame_sentence(frame, rows) for frame in month_frames(rows, DAY)}
    assert said["2014-05"].zh == (
        "2014-05：河段 Ⅳ 2 段；污染源已整治 11 / 11 处，逾期 0 处。本月变化：胡家新河胡家村段 Ⅴ→Ⅳ、"
        "胡家新河灵山村段 Ⅴ→Ⅳ、整治污染源 1 处。"
    )
    assert said["2014-06"].en == "2014-06: reaches Ⅳ 2; sources closed 11 of 11, overdue 0. Nothing changed."
    assert said["2013-06"].zh == "2013-06：河段 劣Ⅴ 2 段；还没有发现污染源。本月没有变化。"


def test_the_counts_of_a_month_are_those_of_the_map(sample_store: Store) -> None:
    """Closed, found and overdue in the frame of a month are what the map lists as of its end."""
    with sample_store.read() as con:
        rows = METRICS["map_months"].compute(con, DAY).rows
        sources = LISTINGS["source_map"].compute(con, date(2014, 2, 28)).rows
        reaches = LISTINGS["reach_map"].compute(con, date(2014, 2, 28)).rows
    frame = next(each for each in month_frames(rows, DAY) if each.month == pd.Timestamp("2014-02"))
    of = [[how for (layer, _), how in frame.standing.items() if layer == name.name] for name in (SOURCES, REACHES)]
    assert pd.Series(of[0]).value_counts().to_dict() == sources["standing"].value_counts().to_dict()
    assert pd.Series(of[1]).replace("-", None).value_counts().to_dict() == reaches["standing"].value_counts().to_dict()


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_a_river_stands_side_by_side_before_and_after() -> None:
    """On its own page a river has its first and its last month beside each other, in drawings and in words."""
    app = open_app(RIVER, river="HJXH", open="compare")
    text = page_words(app)
    assert (
        "从 2012-07 到 2014-06：胡家新河胡家村段 劣Ⅴ→Ⅳ、胡家新河灵山村段 劣Ⅴ→Ⅳ、已整治污染源从 0 处到 11 处。" in text
    )
    assert "变化不能只归于某一项" in text
    sides = [side.get_text(" ", strip=True) for side in page_html(app).select(".fl-before-after > div")]
    assert "还没有发现污染源" in sides[0]
    assert "胡家新河清淤：还没有上报" in sides[0]
    assert "污染源已整治 11 / 11 处" in sides[1].replace("\u00a0", " ")
    assert len(page_html(app).select(".fl-before-after img.fl-map")) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_two_months_can_be_chosen_in_any_order() -> None:
    """The earlier of two months stands first however they were asked for; a month without data is told."""
    app = open_app(MAP, river="SL2", open="compare", before="2014-03", after="2013-09")
    assert "从 2013-09 到 2014-03" in page_words(app)
    lost = open_app(MAP, river="SL2", open="compare", before="1999-01")
    assert "没有这个月份：1999-01。" in page_words(lost)
    assert any("open=compare" in link for link in page_links(open_app(MAP, river="SL2")))


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_a_river_of_which_nothing_is_known_yet_says_so() -> None:
    """Before the first month there is nothing to be compared, and nothing to be played."""
    assert "还不能对比" in page_words(open_app(RIVER, river="HJXH", open="compare", as_of="2010-01-01"))


@pytest.mark.browser
def test_play_shows_the_way_of_a_river_in_five_seconds(page: Page, server: Server) -> None:
    """Play goes through all months from the first to the last within some five seconds, and stops there."""
    visit_page(page, f"{server.url}/overview-map?river=HJXH&open=time")
    badges = page.locator(".fl-wide a[data-object^='reaches:']:visible text")
    expect(badges).to_have_text(["Ⅳ", "Ⅳ"])
    played: dict[str, Any] = page.evaluate(PLAYED)
    assert played["months"] == sorted(played["months"])
    assert len(played["months"]) == 24
    assert 4 < played["seconds"] < 15
    expect(page.locator("button[data-play]")).to_have_text("▶ 播放")
    expect(page.locator(".fl-time-said")).to_have_attribute("aria-live", "polite")


@pytest.mark.browser
def test_the_slider_goes_by_keys_and_says_its_month(page: Page, server: Server) -> None:
    """Home and the arrows choose a month: colours, words and the value that is read out follow."""
    visit_page(page, f"{server.url}/overview-map?river=HJXH&open=time")
    slider, badges = page.get_by_role("slider"), page.locator(".fl-wide a[data-object^='reaches:']:visible text")
    slider.press("Home")
    expect(badges).to_have_text(["劣Ⅴ", "劣Ⅴ"])
    assert page.locator(".fl-wide [data-of^='sources:']:visible").count() == 0
    slider.press("End")
    for _ in range(2):
        slider.press("ArrowLeft")
    expect(page.locator(".fl-time output")).to_have_text("2014-04")
    expect(badges).to_have_text(["Ⅴ", "Ⅴ"])
    expect(slider).to_have_attribute("aria-valuetext", str(page.locator(".fl-time-said").text_content()))


@pytest.mark.browser
def test_play_can_be_paused(page: Page, server: Server) -> None:
    """A second press holds the month that is shown, and its sentence is read out."""
    visit_page(page, f"{server.url}/overview-map?open=time")
    button, month = page.locator("button[data-play]"), page.locator(".fl-time output")
    button.click()
    expect(button).to_have_text("❚❚ 暂停")
    button.click()
    held = month.text_content()
    page.wait_for_timeout(500)
    expect(month).to_have_text(str(held))
    expect(page.locator(".fl-time-said")).to_contain_text(str(held))


@pytest.mark.browser
def test_on_a_phone_the_narrow_drawing_goes_through_time(open_page: Callable[..., Page], server: Server) -> None:
    """On a phone the drawing made for it is shown, whole in its width, and follows the slider."""
    page = open_page(viewport={"width": 390, "height": 844})
    visit_page(page, f"{server.url}/overview-map?river=HJXH&open=time")
    drawing = page.locator(".fl-narrow svg.fl-map")
    box = drawing.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(page.locator(".fl-wide svg.fl-map")).to_be_hidden()
    page.get_by_role("slider").press("Home")
    expect(drawing.locator("a[data-object^='reaches:']:visible text")).to_have_text(["劣Ⅴ", "劣Ⅴ"])
