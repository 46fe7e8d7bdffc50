"""The menu: a page is found by its folder, and what it lacks is told in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.string_util import validate_material_icon

from data.datasets import DATASETS
from ui.menu import MenuPage, PageUndeclared, all_pages, find_pages
from ui.page import PAGES_FOLDER

DECLARED = """
from data.text import Text
from ui.page import Page
PAGE = Page(label=Text("页", "Page"), icon=":material/map:", place={place})
"""
Find = Callable[..., list[str]]


@pytest.fixture
def find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Find]:
    """Give a finder of the pages that some files below pages/ make with some modules below a package `twins`."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def found(pages: tuple[str, ...], **twins: str) -> list[str]:
        for file in pages:
            (tmp_path / "pages" / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "pages" / file).write_text("")
        for name, source in twins.items():
            twin = tmp_path / "twins" / f"{name.replace('__', '/')}.py"
            twin.parent.mkdir(parents=True, exist_ok=True)
            twin.write_text(source, encoding="utf-8")
        return [page.url for page in find_pages(tmp_path / "pages", "twins")]

    yield found
    for name in [name for name in sys.modules if name.split(".")[0] == "twins"]:
        del sys.modules[name]


def test_every_file_below_pages_is_in_the_menu() -> None:
    """The menu holds each file below pages/ once."""
    files = sorted(path.relative_to(PAGES_FOLDER).as_posix() for path in PAGES_FOLDER.rglob("*.py"))
    assert sorted(page.file for page in all_pages()) == files


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.url)
def test_a_page_has_an_icon_and_ledgers_that_there_are(page: MenuPage) -> None:
    """A slip in the icon of one page would end the menu of all; a ledger is drawn on a page that names it rightly."""
    assert validate_material_icon(page.page.icon) == page.page.icon
    assert set(page.page.ledgers) <= DATASETS.keys()


def test_no_two_pages_of_a_folder_have_one_place() -> None:
    """The order of the menu is said, not left to the names of files."""
    places = [(page.folder, page.page.place) for page in all_pages()]
    assert len(set(places)) == len(places)


def test_the_order_of_the_menu_is_that_of_folders_and_places() -> None:
    """The cockpit opens first; lines of work follow in their order, ledgers come last."""
    order = [page.folder for page in all_pages()]
    assert all_pages()[0].url == "overview-cockpit"
    assert list(dict.fromkeys(order)) == ["overview", "water", "investment", "demolition", "ledgers"]
    assert [page.url for page in all_pages() if page.folder == "ledgers"] == [
        "ledgers-update",
        "ledgers-history",
        "ledgers-dictionary",
    ]


def test_pages_are_ordered_by_their_place(find: Find) -> None:
    """A file with a twin is in the menu at the place that it declares, without a list anywhere."""
    twins = {"water__a": DECLARED.format(place=20), "water__b": DECLARED.format(place=10)}
    assert find(("water/a.py", "water/b.py"), **twins) == ["water-b", "water-a"]


def test_a_page_without_a_twin_is_told(find: Find) -> None:
    """The message names the page and the file that is lacking."""
    with pytest.raises(PageUndeclared, match=r"pages/water/lone\.py: there is no twins/water/lone\.py"):
        find(("water/lone.py",))


def test_a_twin_without_a_declaration_is_told(find: Find) -> None:
    """The message says what the twin should declare."""
    with pytest.raises(PageUndeclared, match=r"pages/water/bare\.py: twins/water/bare\.py declares no PAGE = Page\("):
        find(("water/bare.py",), water__bare="X = 1")


def test_a_label_without_a_language_is_told(find: Find) -> None:
    """The message names the file and the phrase that lacks a language."""
    source = DECLARED.format(place=1).replace('"Page"', '""')
    with pytest.raises(PageUndeclared, match=r"twins/water/half\.py cannot be imported: a phrase lacks a language"):
        find(("water/half.py",), water__half=source)


def test_two_pages_of_one_address_are_told(find: Find) -> None:
    """Both files are named."""
    twins = {"water__a-b": DECLARED.format(place=1)}
    with pytest.raises(PageUndeclared, match=r"pages/water/a-b\.py and pages/water/a/b\.py have one address") as told:
        find(("water/a-b.py", "water/a/b.py"), **twins, water__a__b=DECLARED.format(place=2))
    assert "water-a-b" in str(told.value)


def test_a_folder_without_a_heading_is_told(find: Find) -> None:
    """A new folder needs a heading in the menu."""
    with pytest.raises(PageUndeclared, match=r"pages/roads/a\.py: GROUPS in ui/menu\.py has no heading"):
        find(("roads/a.py",), roads__a=DECLARED.format(place=1))


def test_a_twin_that_imports_what_is_not_there_says_so_itself(find: Find) -> None:
    """The failure of another module is not taken for a missing twin."""
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        find(("water/a.py",), water__a="import nowhere")
