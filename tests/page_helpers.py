"""A page of the house, run through the script that readers run, without a browser; and what stands on it."""

from __future__ import annotations

from functools import lru_cache

from bs4 import BeautifulSoup
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.patience import PATIENCE
from ui import formats
from ui.menu import all_pages, page_url
from ui.page import PAGES_FOLDER

SHELL = PAGES_FOLDER.parent / "ui" / "shell.py"
LOOSE = str.maketrans({formats.NO_BREAK_SPACE: " ", formats.NO_BREAK_HYPHEN: "-", formats.WORD_JOINER: ""})


def open_app(file: str, language: str = "zh", **link: str) -> AppTest:
    """Run a page by its file below pages/, as one opens a link; what else stands in it is given by name."""
    app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
    if file != all_pages()[0].file:  # `switch_page` knows no page before a first run, which would make the cockpit
        app._page_hash = calc_hash(page_url(file))
    return _run_with(app, language, **link)


def open_page_in(app: AppTest, file: str, language: str = "zh", **link: str) -> AppTest:
    """Run another page in an app that runs already, as a reader does who follows a link."""
    app.switch_page(str(PAGES_FOLDER / file))
    return _run_with(app, language, **link)


def _run_with(app: AppTest, language: str, **link: str) -> AppTest:
    app.query_params.clear()
    for name, value in {"lang": language, **link}.items():
        app.query_params[name] = value
    return app.run()


def run_until_settled(app: AppTest) -> AppTest:
    """Draw the page again until nothing runs beside it any more."""
    while app.get("progress"):
        app.run()
    return app


def page_html(app: AppTest) -> BeautifulSoup:
    """Return the HTML that a page is made of; it is shared: whoever changes it copies it first."""
    return _parsed("".join(element.proto.body for element in app.get("html")))


@lru_cache(maxsize=4)
def _parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def page_title(app: AppTest) -> str:
    """Return the title of a page without the signs that keep lines from ending in a number."""
    heading = page_html(app).h1
    return heading.get_text().translate(LOOSE) if heading else ""


def asked_in_vain(app: AppTest) -> list[str]:
    """Return what a page says of what its address asks for and is not there; after an early batch data may lack."""
    told = (said.get_text() for said in page_html(app).select(".fl-notice[role=status]:not(.fl-past)"))
    return [said for said in told if not said.startswith(("那时还没有", "There was no such"))]


def page_words(app: AppTest) -> str:
    """Return what stands on a page outside its data tables, without the signs that keep lines whole."""
    labels = [*app.selectbox, *app.text_input, *app.checkbox, *app.button, *app.number_input]
    native = [w.label for w in labels] + [t.label for t in app.tabs]
    return "\n".join([page_html(app).get_text("\n"), *native]).translate(LOOSE)


def page_messages(app: AppTest, kind: str) -> list[str]:
    """Return what the boxes of a kind say: error, warning, info, success."""
    return [box.get_text("\n").translate(LOOSE) for box in page_html(app).select(f".fl-message.fl-{kind}")]


def list_rows(app: AppTest, place: int = 0) -> list[list[str]]:
    """Return the cells of a list of the page, row by row, its headings left out."""
    table = page_html(app).select("table")[place]
    rows = table.select("tbody tr")
    return [[cell.get_text(" ", strip=True).translate(LOOSE) for cell in row.select("td")] for row in rows]


def page_links(app: AppTest) -> list[str]:
    """Return the addresses that a page links to."""
    return [str(link["href"]) for link in page_html(app).select("a[href]")]
