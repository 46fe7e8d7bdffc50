"""The cockpit: three sentences, a row a target, the map, everything that is behind, who has not reported."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import visit_page
from tests.page_helpers import LOOSE, open_app, page_html, page_links
from tests.serving import Server

COCKPIT = "overview/cockpit.py"
SCREEN, PHONE_SCREENS = 900, 2 * 844  # pixels
BOTTOM = (
    "Math.max(...[...document.querySelectorAll('.fl-cockpit>section')].map((e) => e.getBoundingClientRect().bottom))"
)
PAGE_BOTTOM = "document.querySelector('.stMainBlockContainer').getBoundingClientRect().bottom"


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_three_sentences_say_what_changed_what_is_behind_and_what_to_decide():
    """Each names its matter with both its days and its reason, and is a link: to the changes, the work, the parcel."""
    said = page_html(open_app(COCKPIT)).select(".fl-said li")
    texts = [each.get_text().translate(LOOSE) for each in said]
    links = [link["href"] for each in said for link in each.select("a")]
    assert re.match(r"一周来（比 2014-06-23）：\d+ 项变好，\d+ 项变差（漏水设施修复率 −5\.0 点", texts[0])
    assert "清淤 +7,030 m³" in texts[0]
    assert texts[1].startswith("最落后：■ 示例二号河清淤，落后序时 43.2 个百分点 · 还剩 62 天")
    assert texts[1].endswith("2014-06-30 上报“示例：淤泥无处堆放” · 农村工作服务中心")
    assert texts[2] == "请您过问：◆ 示例项目庚，供地地块 · 可无偿收回 · 已过 760 天 · 经济发展服务中心"
    assert links[:2] == ["overview-changes", "water-works?work=W-07"]
    assert links[2].startswith("investment-land?parcel=")


@pytest.mark.slow
@pytest.mark.usefixtures("page_database")
def test_everything_on_the_cockpit_is_a_link():
    """Each target leads to its page, its figure to its side sheet, its change to the changes; each late item to itself;
    each sign on the map to its page."""
    page = page_html(open_app(COCKPIT))
    targets = page.select(".fl-target")
    assert len(targets) == 13
    for target in targets:
        assert target.select("a:not(.fl-change):not(.fl-figure)")[0]["href"]
        assert "figure=" in target.select("b a")[0]["href"]
    assert all(item.select("a")[0]["href"] for item in page.select(".fl-late li"))
    assert {"overview-owners", "overview-reporting", "overview-map"} <= {
        link.split("?")[0] for link in page_links(open_app(COCKPIT))
    }


@pytest.mark.browser
def test_the_cockpit_is_one_screen_and_two_on_a_phone(page: Page, phone: Page, server: Server):
    """At 1440 × 900 sentences, targets, map and lists end above the fold, at 390 px the whole page is two screens, in
    both languages; what the lights mean is there at a touch."""
    page.set_viewport_size({"width": 1440, "height": SCREEN})
    for address in (server.url, f"{server.url}?lang=en"):
        visit_page(page, address)
        assert page.evaluate(BOTTOM) <= SCREEN
        expect(page.locator(".fl-rule p").first).to_be_visible()
        visit_page(phone, address)
        assert phone.evaluate(PAGE_BOTTOM) <= PHONE_SCREENS
        expect(phone.locator(".fl-rule p").first).to_be_hidden()
        phone.locator(".fl-rule summary").click()
        expect(phone.locator(".fl-rule p").first).to_be_visible()
