"""The map that moves, on its real canvas: what is pointed at, what is clicked, fingers, keys, the camera."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, FloatRect, Locator, Page, expect

from tests.chromium import wait_until_drawn
from tests.patience import PATIENCE_MS
from tests.serving import Server
from tests.stores import copy_database

pytestmark = pytest.mark.browser

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
MIDDLE = "(e) => { const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }"
TITLED = "(links) => links.map(a => [a.dataset.object, a.querySelector('title').textContent])"
SHAPE = "circle:not(.ring), rect, polygon"
ALONE = "sources:SRC-18"  # an overdue source with nothing around it
READING = "断面,监测时间,监测项目,监测值\n胡家新河北断面,2014-06-26 08:30,溶解氧,5.1\n"
Pixels = tuple[float, float]


def open_map(page: Page, url: str, query: str = "") -> Page:
    """Open the map and wait until the one that moves has taken the place of its drawing."""
    page.goto(f"{url}/overview-map{query}", timeout=PATIENCE_MS)
    wait_until_drawn(page)
    expect(page.locator("html.fl-map-moves svg.fl-map")).to_have_count(1)
    return page


def drawn_place(page: Page, code: str) -> Pixels:
    """Return where the drawing below the map has the middle of a sign."""
    x, y = page.locator(f'svg.fl-map [data-object="{code}"]').locator(SHAPE).first.evaluate(MIDDLE)
    return x, y


def tooltip_at(page: Page, place: Pixels) -> str:
    """Return what the map says where the mouse points, "" where nothing is."""
    page.mouse.move(place[0] - 1, place[1])
    page.evaluate(FRAMES)
    page.mouse.move(*place)
    page.evaluate(FRAMES)
    page.evaluate(FRAMES)
    tooltip = page.locator(".deck-tooltip")
    return (tooltip.text_content() or "") if tooltip.is_visible() else ""


def wait_for_tooltip(page: Page, place: Pixels, said: str) -> None:
    """Point at a place until the map names there what is expected: what moves comes to rest."""
    for _ in range(40):
        if tooltip_at(page, place).startswith(said):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"the map says {tooltip_at(page, place)!r} at {place}, not {said!r}")


def click_at(page: Page, place: Pixels) -> None:
    """Click as a hand does: point, look, press, lift."""
    tooltip_at(page, place)
    page.mouse.down()
    page.wait_for_timeout(60)
    page.mouse.up()


def click_on(page: Page, place: Pixels) -> None:
    """Click where the map names something, once it does: what it does not answer to yet it does not choose either."""
    for _ in range(40):
        if tooltip_at(page, place):
            break
        page.wait_for_timeout(250)
    click_at(page, place)


def card(page: Page) -> Locator:
    return page.locator(".fl-beside h2").first


def map_box(page: Page) -> FloatRect:
    """Return the box of the map on the screen."""
    found = page.locator(".st-key-fl-map-canvas").bounding_box()
    assert found is not None
    return found


def bare_point(page: Page, name: str) -> Pixels:
    """Return a point of a reach's course on which, as it is drawn, no sign and no name stands."""
    script = """(lines, [name, gap]) => {
      const drawing = document.querySelector("svg.fl-map");
      const boxes = [...drawing.querySelectorAll("[data-object], .names text")].map(e => e.getBoundingClientRect());
      const line = lines.find(e => e.parentElement.querySelector("title").textContent.startsWith(name));
      for (let share = 0.02; share < 1; share += 0.02) {
        const point = line.getPointAtLength(line.getTotalLength() * share).matrixTransform(line.getScreenCTM());
        const isFree = (b) => point.x < b.left - gap || point.x > b.right + gap || point.y < b.top - gap
          || point.y > b.bottom + gap;
        if (boxes.every(isFree)) return [point.x, point.y];
      }
      return null;
    }"""
    found = page.locator("svg.fl-map .courses .course").evaluate_all(script, [name, 2])
    assert found, f"signs cover all of {name}"
    return found[0], found[1]


def test_the_map_has_every_object_of_its_drawing_where_it_stood(page: Page, server: Server) -> None:
    """On the middle of each sign of the drawing the map names what the drawing says there."""
    open_map(page, server.url)
    told = page.locator("svg.fl-map a[data-object]").evaluate_all(TITLED)
    assert len(told) > 30
    assert {code: tooltip_at(page, drawn_place(page, code)) for code, _ in told} == dict(told)


def test_a_line_a_badge_and_the_name_of_a_river_show_their_cards(page: Page, server: Server) -> None:
    """A click on the course of a reach, on its numeral, and on the name beside it: each has its card and address."""
    open_map(page, server.url)
    click_on(page, bare_point(page, "示例一号河"))
    expect(card(page)).to_contain_text("示例一号河")
    expect(page).to_have_url(re.compile("reach=SL1-R"))
    wait_until_drawn(page)
    x, y = drawn_place(page, "reaches:HJXH-R1")
    click_on(page, (x, y + 9))
    expect(card(page)).to_have_text("胡家新河胡家村段")
    expect(page.get_by_text("街道办事处主任（第一责任人）")).to_be_visible()
    expect(page).not_to_have_url(re.compile("SL1-R"))
    wait_until_drawn(page)
    name = page.locator("svg.fl-map .names a", has_text="示例二号河")
    x, y = name.locator("text").evaluate(MIDDLE)
    href = name.get_attribute("href") or ""
    click_on(page, (x, y))
    expect(page).to_have_url(re.compile(re.escape(href)))
    expect(card(page)).to_contain_text("示例二号河")


def test_seven_pixels_beside_a_sign_are_near_enough_and_twenty_are_not(page: Page, server: Server) -> None:
    """A finger that just misses a source chooses it; farther away the map says nothing."""
    open_map(page, server.url)
    x, y = drawn_place(page, ALONE)
    half = (
        page.locator(f'svg.fl-map [data-object="{ALONE}"]')
        .locator(SHAPE)
        .first.evaluate("(e) => e.getBoundingClientRect().width / 2")
    )
    name = tooltip_at(page, (x, y))
    assert name
    near = [tooltip_at(page, (x + way * (half + 7), y)) for way in (1, -1)]
    assert name in near
    assert name not in [tooltip_at(page, (x + way * (half + 20), y)) for way in (1, -1)]
    click_at(page, (x + (half + 7) * (1 if near[0] == name else -1), y))
    expect(page).to_have_url(re.compile("source=SRC-18"))
    expect(card(page)).to_have_text(name.split("\n")[0])


def test_what_is_closed_can_be_clicked_again_and_a_click_on_nothing_closes(page: Page, server: Server) -> None:
    """The same source twice, with its card closed between; then a click on the empty ground."""
    open_map(page, server.url)
    place = drawn_place(page, ALONE)
    click_on(page, place)
    expect(page).to_have_url(re.compile("source=SRC-18"))
    page.get_by_role("link", name="← 不选").click()
    expect(page).not_to_have_url(re.compile("source="))
    wait_until_drawn(page)
    click_on(page, place)
    expect(page).to_have_url(re.compile("source=SRC-18"))
    wait_until_drawn(page)
    box = map_box(page)
    corner = (box["x"] + box["width"] - 15, box["y"] + box["height"] - 15)
    assert tooltip_at(page, corner) == ""
    click_at(page, corner)
    expect(page).not_to_have_url(re.compile("source="))


def test_the_map_speaks_english(page: Page, server: Server) -> None:
    """In English the map says of a source what its drawing says."""
    open_map(page, server.url, "?lang=en")
    told = dict(page.locator("svg.fl-map a[data-object]").evaluate_all(TITLED))
    assert "\nPollution sources\noverdue" in told[ALONE]
    assert tooltip_at(page, drawn_place(page, ALONE)) == told[ALONE]


def zoomed_place(page: Page, place: Pixels) -> Pixels:
    """Return where a place lies once the map is a zoom closer: twice as far from its middle."""
    box = map_box(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return x + 2 * (place[0] - x), y + 2 * (place[1] - y)


@pytest.mark.parametrize("by", ["key", "button"])
def test_the_map_comes_closer_by_a_key_and_by_a_button(page: Page, server: Server, by: str) -> None:
    """One press of + brings the map a zoom closer about its middle."""
    open_map(page, server.url)
    place, name = drawn_place(page, "reaches:HJXH-R2"), "胡家新河灵山村段"
    if by == "key":
        page.locator(".deck-events-root").focus()
        page.keyboard.press("Equal")
    else:
        page.get_by_role("button", name="放大").click()
    wait_for_tooltip(page, zoomed_place(page, place), name)


def test_the_camera_stays_where_it_is_when_somebody_commits(
    open_page: Callable[..., Page], fresh_server: Callable[..., Server], sample_path: Path, tmp_path: Path
) -> None:
    """A map that was dragged and brought closer stands as it stood after a batch of somebody else and a click."""
    server = fresh_server(database=copy_database(sample_path, tmp_path / "own.duckdb"))
    page, other = open_map(open_page(), server.url), open_page()
    place, name = zoomed_place(page, drawn_place(page, "reaches:HJXH-R2")), "胡家新河灵山村段"
    page.get_by_role("button", name="放大").click()
    wait_for_tooltip(page, place, name)
    page.mouse.move(place[0] + 60, place[1] + 60)
    page.mouse.down()
    page.mouse.move(place[0] + 20, place[1] + 90, steps=8)
    page.mouse.up()
    moved = (place[0] - 40, place[1] + 30)
    wait_for_tooltip(page, moved, name)
    counter = page.locator("#frontline-state").get_attribute("data-counter")
    other.goto(f"{server.url}/ledgers-update")
    (tmp_path / "一条.csv").write_text(READING, encoding="utf-8")
    wait_until_drawn(other).locator("input[type=file]").set_input_files(tmp_path / "一条.csv")
    other.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(other.get_by_text("已提交为批次")).to_be_visible()
    expect(page.locator("#frontline-state")).not_to_have_attribute("data-counter", counter or "")
    wait_until_drawn(page)
    wait_for_tooltip(page, moved, name)
    click_on(page, moved)
    expect(card(page)).to_have_text(name)
    wait_until_drawn(page)
    wait_for_tooltip(page, moved, name)


def touch(session: CDPSession, kind: str, *fingers: Pixels) -> None:
    """Put fingers on the screen, move them, or lift them."""
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def drag_fingers(page: Page, by: Pixels, *fingers: Pixels) -> None:
    """Drag fingers over the screen in ten steps."""
    session = page.context.new_cdp_session(page)
    touch(session, "touchStart", *fingers[:1])
    if fingers[1:]:
        touch(session, "touchStart", *fingers)
    for step in range(1, 11):
        touch(session, "touchMove", *((x + by[0] * step / 10, y + by[1] * step / 10) for x, y in fingers))
        page.wait_for_timeout(30)
    touch(session, "touchEnd")
    page.wait_for_timeout(600)


def scrolled(page: Page) -> float:
    found: Any = page.get_by_test_id("stMain").evaluate("(e) => e.scrollTop")
    return float(found)


def tap_shows(page: Page, place: Pixels, name: str) -> None:
    page.touchscreen.tap(*place)
    expect(card(page)).to_have_text(name)


def test_one_finger_scrolls_the_page_and_leaves_the_map(phone: Page, server: Server) -> None:
    """A finger dragged up over the map scrolls the page; what it passed over is where it was, and can be tapped."""
    open_map(phone, server.url)
    box = map_box(phone)
    at = (box["x"] + 200, box["y"] + 300)
    drag_fingers(phone, (0, -120), at)
    assert scrolled(phone) > 60
    drag_fingers(phone, (90, 0), at)
    tap_shows(phone, drawn_place(phone, "reaches:HJXH-R2"), "胡家新河灵山村段")


def test_two_fingers_move_the_map_and_leave_the_page(phone: Page, server: Server) -> None:
    """Two fingers dragged together take the map with them, and the page stays."""
    open_map(phone, server.url)
    box = map_box(phone)
    x, y = drawn_place(phone, "reaches:HJXH-R2")
    middle = (box["x"] + 180, box["y"] + 250)
    drag_fingers(phone, (30, 70), (middle[0] - 50, middle[1]), (middle[0] + 50, middle[1]))
    assert scrolled(phone) == 0
    tap_shows(phone, (x + 30, y + 70), "胡家新河灵山村段")
