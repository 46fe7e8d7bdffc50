"""A crawler: follows each kind of link of the house, from the pages of the menu on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest

from tests.page_helpers import open_page_in, page_links
from ui.menu import all_pages
from ui.page import SHARED_PARAMETERS

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


def crawl(app: AppTest) -> Iterator[str]:
    """Open each page of the menu in an app, and one page by a link of each kind; yield the address of each."""
    waiting = deque((file, href) for href, file in FILES.items())
    followed: set[tuple[str, ...]] = set()
    while waiting:
        current, href = waiting.popleft()
        file, choices = linked_page(href, current)
        here = dict(choices)
        open_page_in(app, file, choices.pop("lang", "zh"), **choices)
        yield href
        new = {link_kind(file, link, here): (file, link) for link in page_links(app)}
        waiting.extend(link for kind, link in new.items() if kind not in followed)
        followed |= new.keys()
