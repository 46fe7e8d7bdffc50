"""English readers meet no Chinese but names and notes of the ledgers; Chinese readers no English phrase."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from data.datasets import DATASETS
from data.roles import SETTING
from data.schema import quote_ident
from data.store import Store
from data.words import WORDS
from tests.page_helpers import LOOSE, open_app, open_page_in, page_html, page_links
from tests.source_phrases import chinese_halves
from ui.menu import all_pages, page_url
from ui.store import close_shared_store

pytestmark = [pytest.mark.slow, pytest.mark.no_cover, pytest.mark.usefixtures("page_database")]

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"(?<![\w./?=&-])[A-Za-z][a-z]{2,}(?: [a-z]{2,})+")  # two words or more: a phrase, no name of a unit
ATTRIBUTES = ("title", "alt", "aria-label", "data-label", "placeholder", "data-wrong")
CITATION = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")  # a document is called by its number in any language
METHODS = set("引增提促储联暖谋宣疏拆")  # the Chinese name of a verb or a step stands before its English one
LANGUAGE_LINK = {"中文"}
# of a formula that tells the end of a name; a department that the 示例 ledgers name
QUOTED = {"项目", "街道"}
IN_PAGES = {  # what is Chinese there by its nature
    "ledgers/dictionary.py": "the other headings by which files are read",
    "investment/playbook.py": "the words in the editor are put into English by its own table",
}
AS_STORED = {"publish"}  # folded parts that show rows as their ledger will keep them, in its own words
PAGES = [page.file for page in all_pages() if page.file not in IN_PAGES]
SHEETS_PER_PAGE = 2  # chosen: the sheet is the same for every metric but for its label, formula and columns


@cache
def ledger_texts(store: Store) -> frozenset[str]:
    """Return what stands in the cells of the ledgers that hold free text."""
    found: set[str] = set()
    with store.read() as con:
        for dataset in DATASETS.values():
            for column in dataset.columns:
                if column.kind in ("text", "path") and not column.choices:
                    name = quote_ident(column.name)
                    rows = con.execute(f"SELECT DISTINCT {name} FROM {quote_ident(dataset.name)}").fetchall()
                    found |= {value for (value,) in rows if value}
    return frozenset(found)


@cache
def ledger_words(store: Store) -> tuple[str, ...]:
    """Return the texts of the ledgers and their parts, the longest first, without what the house says itself."""
    found = {part for text in ledger_texts(store) for part in (text, *re.split(r"[、，；：]", text))}
    said = {*WORDS, *chinese_halves("data", "analytics", "ui", "pages")}
    return tuple(sorted((word for word in found if HAN.search(word) and word not in said), key=len, reverse=True))


def page_texts(app: AppTest, of_ledgers: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield all that a page says: its words, what is told of pictures, its charts, tables, buttons.

    Cells and lines that are texts of the ledgers are left out: a note may be a word that the house says.
    """
    html = copy(page_html(app))
    for cell in html.select("td, dd, p"):
        if cell.get_text().strip().translate(LOOSE) in of_ledgers:
            cell.clear()
    yield html.get_text("\n")
    yield from (str(each[name]) for each in html.select("*") for name in ATTRIBUTES if each.get(name))
    for chart in app.get("plotly_chart"):
        yield from chart_texts(json.loads(chart.proto.spec))
    for table in app.dataframe:
        cells = map(str, [*table.value.columns, *table.value.astype(str).to_numpy().ravel()])
        yield "\n".join(cell for cell in cells if cell not in of_ledgers)
    yield from (widget.label for widget in (*app.button, *app.selectbox, *app.text_input, *app.checkbox))
    yield from (download.proto.label for download in app.get("download_button"))


def chart_texts(part: object) -> Iterator[str]:
    match part:
        case str():
            yield part
        case dict():
            for each in part.values():
                yield from chart_texts(each)
        case list():
            for each in part:
                yield from chart_texts(each)


def chinese_left(text: str, known: tuple[str, ...]) -> set[str]:
    """Return the Chinese of a text that is neither in the ledgers nor a name in any language."""
    text = CITATION.sub("", text.translate(LOOSE))
    for word in known:
        text = text.replace(word, "")
    return {found for found in HAN.findall(text) if found not in METHODS | LANGUAGE_LINK | QUOTED}


def chinese_on(app: AppTest, store: Store) -> set[str]:
    """Return the Chinese of a page that is neither in the ledgers nor a name in any language."""
    texts = page_texts(app, ledger_texts(store))
    return set().union(*(chinese_left(text, ledger_words(store)) for text in texts))


def views_of(app: AppTest, file: str) -> list[dict[str, str]]:
    """Return what the links of a page open on it: one of each kind, and the sheets of a few figures."""
    kinds: dict[tuple[str, ...], dict[str, str]] = {}
    for href in page_links(app):
        address = urlsplit(href)
        choices = {name: values[0] for name, values in parse_qs(address.query).items() if name != "lang"}
        if address.path in ("", page_url(file)) and choices and choices.get("open") not in AS_STORED:
            kinds.setdefault((choices.get("open", ""), choices.get("figure", ""), *sorted(choices)), choices)
    sheets = [choices for choices in kinds.values() if "figure" in choices][:SHEETS_PER_PAGE]
    return [{}, *(choices for choices in kinds.values() if "figure" not in choices), *sheets]


@pytest.mark.parametrize("file", PAGES)
def test_an_english_page_has_no_chinese_phrase(file: str, sample_store: Store) -> None:
    """Title, cards, lists, charts, folded parts, the sheets of figures and what is told of pictures are English."""
    app = open_app(file, "en")
    for choices in views_of(app, file):
        open_page_in(app, file, "en", **choices)
        assert chinese_on(app, sample_store) == set(), choices


@pytest.mark.parametrize("file", PAGES)
def test_an_english_page_has_no_chinese_on_paper_nor_where_an_address_is_wrong(file: str, sample_store: Store) -> None:
    """The printed page is English, and so is what it says of a thing, a figure, a batch or a day that there is not."""
    page = next(each.page for each in all_pages() if each.file == file)
    wrong = {**dict.fromkeys((*page.choices, "figure"), "NOPE"), "as_of": "2014-02-31", "after_batch": "99999"}
    app = open_app(file, "en")
    for choices in ({"print": "A4"}, wrong, {"as_of": "1999-01-01"}):
        open_page_in(app, file, "en", **choices)
        assert chinese_on(app, sample_store) == set(), choices


@pytest.mark.parametrize("file", PAGES)
def test_an_english_page_of_a_viewer_has_no_chinese_phrase(
    file: str, sample_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "viewer")
    assert chinese_on(open_app(file, "en"), sample_store) == set()


@pytest.mark.parametrize("file", PAGES)
def test_an_english_page_of_an_empty_house_has_no_chinese_phrase(
    file: str, sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is nothing yet the page says so, and what to do, in English."""
    monkeypatch.setenv("FRONTLINE_DB", str(tmp_path / "empty.duckdb"))
    monkeypatch.setenv("FRONTLINE_SAMPLE", "0")
    assert chinese_on(open_app(file, "en"), sample_store) == set()
    close_shared_store()


@pytest.mark.quick
def test_the_menu_is_english() -> None:
    for page in all_pages():
        assert not HAN.search(page.page.label.en), page.file


@pytest.mark.parametrize("file", PAGES)
def test_a_chinese_page_has_no_english_phrase(file: str) -> None:
    """No two English words stand together on a page as it opens in Chinese."""
    texts = [text.translate(LOOSE) for text in page_texts(open_app(file))]
    assert {found for text in texts for found in LATIN.findall(text)} == set()
