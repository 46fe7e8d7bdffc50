"""Every link of every page leads to what it names."""

from __future__ import annotations

from collections import deque
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.page_helpers import open_app, page_html, page_links, page_title
from ui.menu import all_pages

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILES = {"./": all_pages()[0].file, **{page.url: page.file for page in all_pages()}}


def opened_link(href: str, current: str) -> tuple[str, AppTest]:
    """Return the file of the page that a link leads to from another page, and the page."""
    address = urlsplit(href)
    file = FILES[address.path] if address.path else current
    choices = {name: values[0] for name, values in parse_qs(address.query).items()}
    return file, open_app(file, choices.pop("lang", "zh"), **choices)


def link_kind(file: str, href: str) -> tuple[str, ...]:
    address = urlsplit(href)
    asked = parse_qs(address.query)
    part = asked.get("open", [""])[0]
    return (FILES[address.path] if address.path else file, part, *sorted(asked))


@pytest.mark.quick
def test_the_cockpit_leads_to_the_work_that_is_furthest_behind():
    """From the first page the item that the title names is one click away."""
    app = open_app(FILES["./"])
    assert "water-works?work=W-07" in page_links(app)


def test_no_link_is_dead():
    """From every page of the menu on, a link of each kind is followed: it opens a page with a title, and asks for
    nothing in vain. Links that differ in their values only are one kind."""
    waiting = deque((file, href) for href, file in FILES.items())
    followed: set[tuple[str, ...]] = set()
    while waiting:
        current, href = waiting.popleft()
        file, app = opened_link(href, current)
        assert not app.exception, href
        assert page_title(app), href
        assert not page_html(app).select(".fl-notice"), (current, href)
        new = {link_kind(file, link): (file, link) for link in page_links(app)}
        waiting.extend(link for kind, link in new.items() if kind not in followed)
        followed |= new.keys()
