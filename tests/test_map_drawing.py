"""The drawing of the map in a real browser: its links, its tolerance, its names, paper, and what it lets in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import chromium
from tests.chromium import visit_page
from tests.serving import Server

pytestmark = pytest.mark.browser

WITHOUT_WEBGL = """
const context = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return /webgl/.test(kind) ? null : context.call(this, kind, ...more);
};
"""
MIDDLE = "(e) => { const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }"
BOXES = """(texts) => texts.map((text) => {
  const box = text.getBoundingClientRect();
  return [text.textContent, box.left, box.top, box.right, box.bottom];
})"""
ALONE = "sources:SRC-18"  # a source that is overdue


@pytest.fixture
def drawn(page: Page, server: Server) -> Callable[..., Locator]:
    """Give an opener of the map in a browser without WebGL, in a language: it returns the drawing."""

    def opened(language: str = "zh", shown: Page = page, query: str = "") -> Locator:
        shown.add_init_script(WITHOUT_WEBGL)
        visit_page(shown, f"{server.url}/overview-map?lang={language}{query}")
        drawing = shown.locator("svg.fl-map")
        expect(drawing).to_be_visible()
        return drawing

    return opened


def middle(part: Locator) -> tuple[float, float]:
    part.scroll_into_view_if_needed()
    x, y = part.first.evaluate(MIDDLE)
    return x, y


def test_a_sign_is_chosen_by_a_click_seven_pixels_beside_it(page: Page, drawn: Callable[..., Locator]) -> None:
    """Beside the sign of an overdue source a click shows its card and is in the address; nothing is loaded anew."""
    square = drawn().locator(f'[data-object="{ALONE}"] polygon')
    page.evaluate("window.isSamePage = true")
    x, y = middle(square)
    box = square.bounding_box()
    assert box is not None
    page.mouse.click(x, y + box["height"] / 2 + 7)
    expect(page).to_have_url(re.compile("source=SRC-18"))
    expect(page.locator(".fl-beside h2").first).to_have_text("示例二号河洗车1号")
    expect(page.locator(f'[data-object="{ALONE}"]')).to_have_attribute("aria-current", "true")
    assert page.evaluate("window.isSamePage")


def test_a_line_is_chosen_by_a_click_seven_pixels_beside_it(page: Page, drawn: Callable[..., Locator]) -> None:
    """Beside the course of a reach, away from its badge, a click chooses the reach."""
    course = drawn().locator('.courses a[href*="reach=HJXH-R1"] path.course')
    x, y = course.evaluate(
        """(path) => {
          const at = path.getPointAtLength(path.getTotalLength() * 0.9).matrixTransform(path.getScreenCTM());
          return [at.x, at.y];
        }"""
    )
    places = [(x + side, y) for side in (-10, 10)]
    clicked = [page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a')?.getAttribute('href')", place)
               for place in places]  # fmt: skip
    assert any("reach=HJXH-R1" in (href or "") for href in clicked)


def test_a_name_of_a_river_chooses_it(page: Page, drawn: Callable[..., Locator]) -> None:
    """A click on the name 胡家新河 shows the card of a reach of that river."""
    page.mouse.click(*middle(drawn().locator(".names text", has_text="胡家新河")))
    expect(page).to_have_url(re.compile("reach=HJXH-R[12]"))


def test_a_sign_is_reached_and_chosen_by_keys(page: Page, drawn: Callable[..., Locator]) -> None:
    """Each sign is one stop of the Tab key, with its name for who listens, and Enter chooses it."""
    drawing = drawn()
    stops = drawing.locator("a:not([tabindex='-1'])")
    assert stops.count() == drawing.locator("a[data-object]").count()
    sign = drawing.locator(f'[data-object="{ALONE}"]')
    expect(sign).to_have_accessible_name(re.compile("示例二号河洗车1号"))
    sign.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("source=SRC-18"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("device", [chromium.DESKTOP, chromium.PHONE])
def test_no_name_is_printed_on_another(
    open_page: Callable[..., Page], drawn: Callable[..., Locator], language: str, device: dict[str, Any]
) -> None:
    """As the browser measures them no two names overlap, and none leaves the map."""
    drawing = drawn(language, open_page(**device))
    boxes = drawing.locator(".names text").evaluate_all(BOXES)
    around = drawing.bounding_box()
    assert around is not None
    assert len(boxes) > 8
    for (_, left, top, right, bottom), (_, x, y, x2, y2) in itertools.combinations(boxes, 2):
        assert right <= x or x2 <= left or bottom <= y or y2 <= top
    for name, left, top, right, bottom in boxes:
        assert left >= around["x"] - 1, name
        assert top >= around["y"] - 1, name
        assert right <= around["x"] + around["width"] + 1, name
        assert bottom <= around["y"] + around["height"] + 1, name


def test_the_map_prints_whole(page: Page, drawn: Callable[..., Locator]) -> None:
    """On paper of 690 pixels the drawing is as wide as the paper at most, light also for a reader of the dark."""
    page.emulate_media(color_scheme="dark")
    drawing = drawn()
    page.emulate_media(color_scheme="dark", media="print")
    page.set_viewport_size({"width": 690, "height": 900})
    box = drawing.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 690
    assert box["height"] > 0.8 * box["width"]
    land = drawing.locator("path.village").first
    assert land.evaluate("(path) => getComputedStyle(path).fill") == "rgb(220, 229, 221)"


def test_a_picture_with_a_script_or_a_foreign_link_stays_a_picture(page: Page, drawn: Callable[..., Locator]) -> None:
    """Whatever would run or lead out of the house is not set into the page, whoever wrote it."""
    drawn()
    wicked = [
        "<script>window.ran = 1</script>",
        '<circle onload="window.ran = 1"/>',
        '<a href="https://example.org/"><circle r="5"/></a>',
        '<a href="javascript:alert(1)"><circle r="5"/></a>',
        "<foreignObject><b>x</b></foreignObject>",
        '<image href="data:image/png;base64,AAAA"/>',
    ]
    left = page.evaluate(
        """async (wicked) => {
          const box = document.createElement("div");
          document.body.append(box);
          for (const part of wicked) {
            const image = document.createElement("img");
            const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><g class="near-signs"/>${part}</svg>`;
            image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawing);
            image.setAttribute("data-links", "1");
            box.append(image);
          }
          await new Promise((done) => setTimeout(done, 100));
          return [box.querySelectorAll("svg").length, box.querySelectorAll("img").length, window.ran ?? 0];
        }""",
        wicked,
    )
    assert left == [0, len(wicked), 0]
