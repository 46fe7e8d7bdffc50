"""The menu: each file pages/<folder>/x.py is a page, and ui/<folder>/x.py says as PAGE what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import streamlit as st

from data.text import Text
from data.words import STREAMS
from ui.page import PAGES_FOLDER, Page
from ui.preferences import t

GROUPS = {
    "overview": Text("总览", "Overview"),
    "water": STREAMS["water"],
    "investment": STREAMS["investment"],
    "demolition": STREAMS["demolition"],
    "ledgers": Text("台账", "Ledgers"),
}


class PageUndeclared(ValueError):
    """A file below pages/ cannot be put into the menu; the message names it and says what is lacking."""


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page with the place of its file below pages/, such as water/works.py."""

    file: str
    page: Page

    @property
    def path(self) -> Path:
        return PAGES_FOLDER / self.file

    @property
    def folder(self) -> str:
        return self.file.split("/")[0]

    @property
    def url(self) -> str:
        return page_url(self.file)

    @property
    def shows_figures(self) -> bool:
        """Tell a page of figures from one with a form, which nothing may disturb."""
        return self.folder != "ledgers"


def page_url(file: str) -> str:
    return file.removesuffix(".py").replace("/", "-")


def declared_page(file: str, package: str = "ui") -> Page:
    """Return the PAGE of the module that belongs to a file below pages/; raises PageUndeclared."""
    folder, twin = file.split("/")[0], f"{package}/{file}"
    if folder not in GROUPS:
        raise PageUndeclared(f"pages/{file}: GROUPS in ui/menu.py has no heading for the folder {folder}/")
    name = twin.removesuffix(".py").replace("/", ".")
    try:
        page = getattr(import_module(name), "PAGE", None)
    except ModuleNotFoundError as error:
        if not name.startswith(str(error.name)):
            raise
        raise PageUndeclared(f"pages/{file}: there is no {twin} that declares its PAGE") from error
    except ValueError as error:
        raise PageUndeclared(f"pages/{file}: {twin} cannot be imported: {error}") from error
    if not isinstance(page, Page):
        raise PageUndeclared(f"pages/{file}: {twin} declares no PAGE = Page(label=…, icon=…, place=…)")
    return page


def find_pages(folder: Path = PAGES_FOLDER, package: str = "ui") -> tuple[MenuPage, ...]:
    """Return the pages of a folder in the order of the menu; raises PageUndeclared for one that cannot stand in it."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/**/*.py"))
    found = [MenuPage(file, declared_page(file, package)) for file in files]
    urls = [page.url for page in found]
    for page in found:
        if urls.count(page.url) > 1:
            twice = " and ".join(f"pages/{other.file}" for other in found if other.url == page.url)
            raise PageUndeclared(f"{twice} have one address, {page.url}")
    groups = list(GROUPS)
    return tuple(sorted(found, key=lambda each: (groups.index(each.folder), each.page.place, each.file)))


@cache
def all_pages() -> tuple[MenuPage, ...]:
    """Return the pages of this house in the order of the menu."""
    return find_pages()


def page_of_ledger(ledger: str, stream: str) -> MenuPage:
    """Return the page on which a ledger is drawn: the one that names it, or else the first of its line of work."""
    folder = "overview" if stream == "shared" else stream
    naming = [each for each in all_pages() if ledger in each.page.ledgers]
    return next(iter(naming or [each for each in all_pages() if each.folder == folder]))


def navigation_pages() -> dict[str, list[st.Page]]:
    """Return the pages grouped by line of work, headed in the reader's language; the first one opens by default."""
    groups: dict[str, list[st.Page]] = {}
    for place, each in enumerate(all_pages()):
        label, icon = t(each.page.label), each.page.icon
        entry = st.Page(each.path, title=label, icon=icon, url_path=each.url, default=place == 0)
        groups.setdefault(t(GROUPS[each.folder]), []).append(entry)
    return groups
