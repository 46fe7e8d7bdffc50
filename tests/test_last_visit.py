"""What a reader saw at his last visit: kept by his browser, whatever tabs are open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import visit_page
from tests.serving import Server

pytestmark = pytest.mark.browser
SET_SEEN = "([seen, hours]) => localStorage.setItem('frontline_seen', `${seen} ${Date.now() - hours * 3600000}`)"
BEFORE = "localStorage.getItem('frontline_seen_before')"
NOTED = "localStorage.getItem('frontline_seen')?.split(' ').slice(0, 2).join(' ') !== '2014-06-20 12'"
Open = Callable[..., Page]


def test_a_visit_ends_with_a_pause_and_not_with_a_tab(open_page: Open, server: Server) -> None:
    """What was seen five hours ago is compared with, in a second tab too; what was seen an hour ago is this visit."""
    address = f"{server.url}/overview-changes"
    first = visit_page(open_page(), address)
    assert first.evaluate(BEFORE) is None
    first.evaluate(SET_SEEN, ["2014-06-20 12", 5])
    visit_page(first, address)
    first.wait_for_function(NOTED)
    second = visit_page(first.context.new_page(), address)
    for tab in (first, second):
        way = tab.get_by_role("link", name="与我上次来时比")
        way.focus()
        expect(way).to_have_attribute("href", re.compile(r"since=2014-06-20&since_batch=12&visited=20\d\d-\d\d-\d\d"))
    second.evaluate(SET_SEEN, ["2014-06-25 20", 1])
    visit_page(second, address)
    assert str(second.evaluate(BEFORE)).startswith("2014-06-20 12 ")
