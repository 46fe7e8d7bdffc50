"""Every link of every page leads to what it names."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.page_helpers import asked_in_vain, open_app, open_page_in, page_links, page_title
from ui.menu import all_pages
from ui.page import SHARED_PARAMETERS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

MAP = "overview/map.py"
FILES = {"./": all_pages()[0].file, **{page.url: page.file for page in all_pages()}}


def linked_page(href: str, current: str) -> tuple[str, dict[str, str]]:
    """Return the file of the page that a link of another page leads to, and what stands in its address."""
    address = urlsplit(href)
    choices = {name: values[0] for name, values in parse_qs(address.query).items()}
    return FILES[address.path] if address.path else current, choices


def link_kind(file: str, href: str, here: Mapping[str, str]) -> tuple[str, ...]:
    """Return what tells a link of a page from others: where it leads, what it unfolds or explains, its choices by name.

    Of what every page may be asked for, only what a link changes counts, and of a figure its metric; so does everything
    on the map, where each of sixteen things is chosen or put out beside any other: all that can stand together would be
    thousands.
    """
    target, choices = linked_page(href, file)
    of_link = choices.keys() if target == MAP else SHARED_PARAMETERS
    if target == file:
        choices = {name: value for name, value in choices.items() if name not in of_link or here.get(name) != value}
    return (target, choices.get("open", ""), choices.get("figure", "").partition(":")[0], *sorted(choices))


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
    app = open_app(FILES["./"])
    while waiting:
        current, href = waiting.popleft()
        file, choices = linked_page(href, current)
        here = dict(choices)
        open_page_in(app, file, choices.pop("lang", "zh"), **choices)
        assert not app.exception, href
        assert page_title(app), href
        assert not asked_in_vain(app), (current, href)
        new = {link_kind(file, link, here): (file, link) for link in page_links(app)}
        waiting.extend(link for kind, link in new.items() if kind not in followed)
        followed |= new.keys()
