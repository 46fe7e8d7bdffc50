"""The menu: each file pages/<folder>/x.py is a page, and ui/<folder>/x.py says as PAGE what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from data.errors import ViewerCannotWrite
from data.text import Text
from data.words import STREAMS
from ui.page import PAGES_FOLDER, Page
from ui.preferences import Reader, current_reader, t

Visibility = Literal["visible", "hidden"]
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

    def is_open_to(self, reader: Reader) -> bool:
        """Tell whether a reader of that role may open the page."""
        return reader.role == "clerk" or not self.page.is_for_clerks

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


def page_label(file: str) -> Text:
    """Return what the menu calls a page, by its file below pages/."""
    return next(page.page.label for page in all_pages() if page.file == file)


def page_href(file: str, **params: object) -> str:
    """Return the address of a page by its file below pages/, for a link in the reader's language and as of his day.

    `params` are choices of that page; those without a value are left out. A page that the reader may not open has no
    address: what would link to it is text.
    """
    first, wanted = all_pages()[0], next(page for page in all_pages() if page.file == file)
    if not wanted.is_open_to(current_reader()):
        return ""
    return ("./" if wanted is first else wanted.url) + query_string(params)


def query_string(params: Mapping[str, object]) -> str:
    """Return what follows the path of an address: choices of its page, the reader's language, day and batch.

    What is None is left out; with `lang`, `as_of` or `after_batch` among the choices these stand in for the reader's.
    """
    reader = current_reader()
    shared = {
        "lang": "en" if reader.language == "en" else None, "as_of": reader.day, "after_batch": reader.after_batch
    }  # fmt: skip
    said = {name: str(value) for name, value in {**shared, **params}.items() if value is not None}
    return f"?{urlencode(said)}" if said else ""


def page_of_ledger(ledger: str, stream: str) -> MenuPage:
    """Return the page on which a ledger is drawn: the one that names it, or else the first of its line of work."""
    folder = "overview" if stream == "shared" else stream
    naming = [each for each in all_pages() if ledger in each.page.ledgers]
    return next(iter(naming or [each for each in all_pages() if each.folder == folder]))


def navigation_pages() -> dict[str, list[st.Page]]:
    """Return the pages grouped by line of work, headed in the reader's language; the first one opens by default.

    They are kept with the session: to make them costs a rerun more than to draw most pages.
    """
    reader, kept = current_reader(), st.session_state.setdefault("menu", {})
    asked = (reader.language, reader.role)
    if asked not in kept:
        kept[asked] = _grouped_pages()
    menu: dict[str, list[st.Page]] = kept[asked]
    return menu


def _grouped_pages() -> dict[str, list[st.Page]]:
    groups: dict[str, list[st.Page]] = {}
    for place, each in enumerate(all_pages()):
        label, icon = t(each.page.label), each.page.icon
        shown: Visibility = "visible" if each.is_open_to(current_reader()) else "hidden"
        entry = st.Page(each.path, title=label, icon=icon, url_path=each.url, default=place == 0, visibility=shown)
        groups.setdefault(t(GROUPS[each.folder]), []).append(entry)
    return groups


def require_open_page(url: str) -> None:
    """Refuse a page that is not for the reader, by its address; raises ViewerCannotWrite."""
    if any(each.url == url and not each.is_open_to(current_reader()) for each in all_pages()):
        raise ViewerCannotWrite
