"""The big screen: it turns by itself, stops at a touch, obeys the arrow keys, and outlives its server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

import cli
from tests.chromium import visit_page
from tests.serving import Server, running_server
from tests.stores import copy_database

pytestmark = pytest.mark.browser

WALL = {"viewport": {"width": 1920, "height": 1080}}
WIDE_WALL = {"viewport": {"width": 3840, "height": 1080}}
STREAMS = ["五水共治", "招商引资", "三改一拆"]
A_SLIDE_MS = 21_000
CORRECTION = "工程,上报日期,累计完成量\nW-07,2014-06-30,9000\n"
IS_OUT_OF_SIGHT = """() => {
  const wall = document.querySelector(".fl-wall");
  const seen = [...wall.querySelectorAll(".fl-slide")].find((slide) => slide.offsetParent);
  const isShown = (part) => part.offsetParent || part.tagName === "svg";
  const shown = (names) => [...seen.querySelectorAll(names)].filter(isShown);
  const isBeyond = (part) => {
    const box = part.getBoundingClientRect();
    return box.height && (box.bottom > innerHeight || box.right > innerWidth + 1);
  };
  return shown("li, h2, svg").filter(isBeyond).length
    + shown(".fl-name").filter((name) => name.scrollWidth > name.clientWidth).length;
}"""


def expect_line(page: Page, name: str) -> None:
    """Expect one line of work on the screen, and no other."""
    expect(page.locator(".fl-slide:visible")).to_have_count(1)
    expect(page.locator(".fl-slide:visible h2").first).to_contain_text(name)


def test_it_turns_by_itself_and_stops_at_a_touch(open_page: Callable[..., Page], server: Server) -> None:
    """Every line of work has its time without a click; a touch stops the screen, another one lets it go on."""
    page = open_page(**WALL)
    page.clock.install()
    visit_page(page, f"{server.url}/overview-bigscreen")
    for name in [*STREAMS, STREAMS[0]]:
        expect_line(page, name)
        page.clock.fast_forward(A_SLIDE_MS)
    expect_line(page, STREAMS[1])
    page.locator(".fl-wall-said:visible").click()
    expect(page.get_by_text("已暂停（5 分钟后")).to_be_visible()
    page.clock.fast_forward(A_SLIDE_MS)
    expect_line(page, STREAMS[1])
    page.locator(".fl-wall-said:visible").click()
    page.clock.fast_forward(A_SLIDE_MS)
    expect_line(page, STREAMS[2])


def test_a_touch_pauses_for_five_minutes_and_a_meeting_until_somebody_goes_on(
    open_page: Callable[..., Page], server: Server
) -> None:
    """A screen that was touched goes on by itself; one that was turned by hand stays for hours, and over a reload."""
    page = open_page(**WALL)
    page.clock.install()
    visit_page(page, f"{server.url}/overview-bigscreen")
    page.locator(".fl-wall-said:visible").click()
    page.clock.fast_forward(5 * 60_000 + 2000)
    expect(page.get_by_text("已暂停（5 分钟后")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.clock.fast_forward(3 * 3600_000)
    expect_line(page, STREAMS[1])
    page.reload()
    expect_line(page, STREAMS[1])
    expect(page.get_by_text("已暂停（会议模式")).to_be_visible()
    page.keyboard.press(" ")
    page.clock.fast_forward(A_SLIDE_MS)
    expect_line(page, STREAMS[2])


def test_the_newest_batch_tells_its_age_by_the_clock(open_page: Callable[..., Page], server: Server) -> None:
    """Loaded today, as the samples are, it is minutes old though its data are of 2014; after a week it is grey."""
    page = open_page(**WALL)
    page.clock.install()
    visit_page(page, f"{server.url}/overview-bigscreen")
    badge = page.locator(".fl-landed:visible")
    expect(badge).to_contain_text(re.compile(r"最近批次\s\d+：\d{4}.\d\d.\d\d\s\d\d:\d\d\s装入\s\d+\s(分钟|小时)前"))
    expect(badge).not_to_contain_text("久未更新")
    page.clock.fast_forward(8 * 24 * 3600_000)
    expect(badge).to_contain_text("久未更新 · 8 天前")
    expect(badge).to_have_class(re.compile("fl-old"))


def test_arrow_keys_turn_it_and_escape_leaves(open_page: Callable[..., Page], server: Server) -> None:
    """In a meeting the arrow keys turn to and fro and stop the screen; Escape leads to the cockpit."""
    page = open_page(**WALL)
    visit_page(page, f"{server.url}/overview-bigscreen?as_of=2014-05-31")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    for key, name in [("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 0), ("ArrowLeft", 2)]:
        page.keyboard.press(key)
        expect_line(page, STREAMS[name])
    expect(page.get_by_text("已暂停（会议模式")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/\?as_of=2014-05-31$"))
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


@pytest.mark.parametrize("size", [WALL, WIDE_WALL], ids=["16:9", "32:9"])
def test_nothing_is_cut_off(open_page: Callable[..., Page], server: Server, size: dict[str, object]) -> None:
    """On a screen of either form every line of work lies within it, its names in full, in both languages."""
    page = open_page(**size)
    for language in ("zh", "en"):
        visit_page(page, f"{server.url}/overview-bigscreen?lang={language}")
        for _ in STREAMS:
            assert page.evaluate(IS_OUT_OF_SIGHT) == 0
            page.keyboard.press("ArrowRight")


def test_what_a_screen_does_not_list_it_counts(open_page: Callable[..., Page], server: Server) -> None:
    """Of the ten late in water a screen of 16:9 lists seven and says that there are ten; 32:9 lists them all."""
    for size, listed, more in ((WALL, 7, 1), (WIDE_WALL, 10, 0)):
        page = visit_page(open_page(**size), f"{server.url}/overview-bigscreen")
        expect(page.locator(".fl-late li:visible")).to_have_count(listed)
        expect(page.get_by_text("全部 10 行").locator("visible=true")).to_have_count(more)


def test_it_outlives_its_server(open_page: Callable[..., Page], sample_path: Path, tmp_path: Path) -> None:
    """While the server is away the screen says since when; once it is back the screen shows what came in meanwhile."""
    database = copy_database(sample_path, tmp_path / "own.duckdb")
    page = open_page(**WALL)
    with running_server(database, tmp_path / "log") as server:
        visit_page(page, f"{server.url}/overview-bigscreen")
        expect(page.locator(".fl-slide:visible")).to_contain_text("8,460")
        port = str(urlsplit(server.url).port)
    expect(page.locator(".fl-lost")).to_contain_text(re.compile(r"画面停在 ?\d\d:\d\d"))
    expect(page.locator(".fl-slide:visible")).to_be_visible()
    (tmp_path / "work_progress.csv").write_text(CORRECTION, encoding="utf-8")
    assert cli.main(["load", "work_progress", str(tmp_path / "work_progress.csv"), "--db", str(database)]) == 0
    with running_server(database, tmp_path / "log", port=port):
        expect(page.locator(".fl-slide", has_text="9,000")).to_have_count(1)
        expect(page.locator(".fl-lost")).to_be_hidden()
        expect_line(page, STREAMS[0])
