"""A name from a ledger or a file is its characters wherever it is shown: no link, picture, colour, formula of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import FilePayload, Page, expect
from streamlit.testing.v1 import AppTest

from data.datasets import DATASETS, Column, Dataset
from data.datasets.constraint import LinkConstraint
from data.ingest import loader
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.sample import sample_path
from data.store import open_store
from data.text import untranslated
from tests.chromium import visit_page, wait_until_drawn
from tests.crawler import FILES, crawl
from tests.page_helpers import LOOSE, asked_in_vain, open_app, page_html, page_messages, page_title
from tests.serving import Server
from tests.upload_helpers import make_workbook
from ui import messages
from ui.chart_view import chart_block
from ui.markup import element, words
from ui.store import close_shared_store

CODE = "<b>[x](http://evil.example/0)$x$`c`{tooltip}"  # short: an address takes a code of up to 100 characters
NAME = (
    "[x](http://evil.example/1) ![x](http://evil.example/2) :red[x] $x$ $$y$$ *b* **b** `c` {tooltip} %{x} "
    '<a href="http://evil.example/3">x</a> <img src="/evil.png" onerror="window.hit=1"> <script>window.hit=1</script> '
    "http://evil.example/4 :material/home: :smile: -> &amp; &lt;b&gt;\nsecond line \u202e"
)
HONEST = (
    "A*B*C公司",
    "$100万$",
    "甲&乙",
    "<1>号",
    "a_b_c",
    "C:\\台账\\[1]",
    "《一》~二~",
    "#3 泵站",
    "1. 项",
    "- 无",
    "a -> b",
)
TRACES_OF_NAMES = """() => {
  const found = window.hit ? ["a script ran"] : [];
  for (const part of document.querySelectorAll("*"))
    for (const {name, value} of part.attributes)
      if (/^(xlink:)?(href|src)$/.test(name) && /^(https?:\\/\\/evil|\\/evil)/.test(value)) found.push(part.outerHTML);
  for (const part of document.querySelectorAll(".katex, mjx-container, [class*=stMarkdownColored]"))
    found.push(part.outerHTML);
  for (const part of document.querySelectorAll("b, strong, em, i, code, a, span[style], span[role=img], tspan[style]"))
    if (["x", "b", "c", "home", "\\u{1F604}"].includes(part.textContent.trim())) found.push(part.outerHTML);
  return found.map(html => html.slice(0, 300));
}"""


def _hostile_cell(dataset: Dataset, column: Column, cell: str) -> str:
    if column.kind != "text" or column.choices or not cell:
        return cell
    if column.name in {rule.links for rule in dataset.constraints if isinstance(rule, LinkConstraint)}:
        return "、".join(code + CODE for code in re.split(r"[、,，;；\s]+", cell))
    return cell + (CODE if column.references or column.name in dataset.key else NAME)


def hostile_ledger(dataset: Dataset) -> bytes:
    """Return the 示例 rows of a ledger with a hostile name in every text."""
    path = sample_path(dataset.name)
    assert path
    out = io.StringIO(newline="")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    hostile = ([_hostile_cell(dataset, *pair) for pair in zip(dataset.columns, row, strict=True)] for row in rows)
    csv.writer(out).writerows([head, *hostile])
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def hostile_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a closed database in which every text of every ledger, file and clerk is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    with open_store(path) as store:
        for dataset in (d for d in DATASETS.values() if sample_path(d.name)):
            file = reader.make_upload(f"{dataset.name}{CODE}.csv", hostile_ledger(dataset))
            assert loader.load_file(store, dataset, file, Who(NAME)).batch, dataset.name
    return path


@pytest.fixture
def hostile_app(hostile_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("FRONTLINE_DB", str(hostile_database))
    yield open_app(FILES["./"])
    close_shared_store()


def html_traces(html: BeautifulSoup) -> list[str]:
    """Return the elements that no page of the house has but a name may have made."""
    made = [
        e for e in html.find_all(True) for v in (e.get("href"), e.get("src")) if str(v).startswith(("http", "/evil"))
    ]
    scripts = html.find_all(["script", "iframe", "form", "em", "object"])
    return [str(e)[:300] for e in (*made, *scripts, *html.find_all(lambda e: any(a.startswith("on") for a in e.attrs)))]


def chart_traces(app: AppTest) -> list[str]:
    """Return the charts in which a name is a mark of Plotly, and the maps whose hint has more than one field."""
    charts = [c.proto.spec for c in app.get("plotly_chart") if "<a" in c.proto.spec or "<img" in c.proto.spec]
    maps = [d.proto.tooltip for d in app.get("deck_gl_json_chart") if json.loads(d.proto.tooltip) != HINT]
    return [*charts, *maps]


HINT = {"html": '<div class="fl-tip">{tooltip}</div>'}


def _native_texts(app: AppTest) -> list[str]:
    """Return the texts that Streamlit reads as Markdown."""
    labelled = (*app.selectbox, *app.text_input, *app.checkbox, *app.button, *app.number_input, *app.expander)
    boxes = (*app.markdown, *app.caption, *app.error, *app.warning, *app.info, *app.success)
    return [each.label for each in labelled] + [each.value for each in boxes]


@pytest.mark.slow
@pytest.mark.no_cover
def test_no_link_is_dead_and_names_make_nothing_on_any_page(hostile_app: AppTest) -> None:
    """With a hostile name in every text of every ledger, each kind of link is followed from every page on: it opens a
    page with a title and asks for nothing in vain; no element, chart, hint or text that Streamlit reads as Markdown
    comes of a name, and the names are there."""
    seen = ""
    for href in crawl(hostile_app):
        html = page_html(hostile_app)
        assert not hostile_app.exception, href
        assert not page_messages(hostile_app, "error"), href
        assert page_title(hostile_app), href
        assert not asked_in_vain(hostile_app), href
        assert html_traces(html) + chart_traces(hostile_app) == [], href
        assert not [text for text in _native_texts(hostile_app) if "evil" in text], href
        seen += html.get_text()
    assert "![x](http://evil.example/2) :red[x] $x$ $$y$$ *b* **b** `c` {tooltip} %{x} <a href=" in seen
    assert "\u202e" not in seen


LINKED_ADDRESSES = """all => all.map(link => new URL(link.getAttribute("href"), location.href).href)"""  # of SVG, too


def _browsed_kind(href: str) -> tuple[str, ...]:
    """Return what tells a page in the browser from others: its path and the names of its choices; sheets are one."""
    asked = urlsplit(href)
    names = parse_qs(asked.query).keys() - {"lang", "print"}
    return ("any page", "figure") if "figure" in names else (asked.path, *sorted(names))


@pytest.mark.slow
def test_the_browser_makes_nothing_of_names(
    page: Page, fresh_server: Callable[..., Server], hostile_database: Path
) -> None:
    """In a browser every page of the menu, one page of each of its things, and a sheet show names as characters."""
    url, kinds = fresh_server(database=hostile_database).url, dict[tuple[str, ...], str]()
    for address in FILES:
        visit_page(page, f"{url}/{address}")
        assert page.evaluate(TRACES_OF_NAMES) == [], address
        for href in page.eval_on_selector_all(".stHtml a[href*='=']", LINKED_ADDRESSES):
            kinds.setdefault(_browsed_kind(href), href)
    for href in (href for (_, *choices), href in kinds.items() if choices):
        visit_page(page, href)
        assert page.evaluate(TRACES_OF_NAMES) == [], href
    assert len(kinds) > 10


WORKBOOK: dict[str, list[list[Any]]] = {
    "表<b>$x$`c`(x)": [
        ["村社编码", "村社名称", "人口", NAME],
        [f"V-{NAME}", f"村{NAME}", f"十二{NAME}", "甲"],
        ["V-2", f"村{NAME}", 12, "乙"],
    ]
}


@pytest.mark.browser
@pytest.mark.slow
def test_names_in_a_dropped_file_make_nothing(page: Page, server: Server) -> None:
    """The name of a file, of its sheet, its headings and its cells are told as their characters, and so is a choice."""
    visit_page(page, f"{server.url}/ledgers-update?ledger=village")
    name = "村*b* [x](http:evil) :red[x] $x$ `c`.xlsx"
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=make_workbook(**WORKBOOK))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("有错的行没有改好之前不能提交")).to_be_visible()
    for folded in page.get_by_test_id("stExpander").locator("summary").all():
        folded.click()
    wait_until_drawn(page)
    assert page.evaluate(TRACES_OF_NAMES) == []
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".fl-choice-label", has_text="![x](http://evil.example/2) :red[x]")).to_be_visible()


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_keep_their_signs(name: str) -> None:
    """What stands on a page, read back out of its HTML, is the name to the last sign."""
    said = words(untranslated(f"{name}的进度"))
    assert BeautifulSoup(str(element("p", said)), "html.parser").get_text().translate(LOOSE) == f"{name}的进度"
    assert BeautifulSoup(str(element("td", name)), "html.parser").get_text() == name


def test_a_sign_that_turns_the_writing_is_seen() -> None:
    """A name cannot turn around what is written behind it: the sign itself is shown instead."""
    assert "\u202e" not in words("甲\u202e乙 80 %")
    assert "\ufffd" in words("甲\u202e乙 80 %")


def _figure_texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else []:
        yield from _figure_texts(inner)


def test_a_chart_shows_names_as_they_are() -> None:
    """Wherever a name stands in a figure, there is no mark of Plotly left in it; a line of its own stays one."""
    figure = go.Figure(go.Bar(x=[NAME], y=[1], name=NAME, text=[NAME], customdata=[[NAME]], hovertemplate="%{x}<br>"))
    figure.add_annotation(text=NAME)
    figure.update_yaxes(title=NAME, ticktext=[NAME], tickvals=[0])
    shown = chart_block(figure, "key", untranslated("图")).figure.to_plotly_json()
    texts = [text for text in _figure_texts(json.loads(json.dumps(shown, default=list))) if "evil" in text]
    assert len(texts) >= 6
    assert all("<a" not in text and "&lt;a href" in text and "<br>second line" in text for text in texts)


def test_streamlit_is_handed_no_sentence_to_mark_up() -> None:
    """Sentences go through `ui/messages.py`: Streamlit's own boxes, captions and texts read Markdown."""
    reading = ("error", "warning", "info", "success", "caption", "markdown", "write", "title", "header", "subheader")
    ours = Path(messages.__file__)
    files = [f for folder in ("ui", "pages") for f in (ours.parents[1] / folder).rglob("*.py") if f != ours]
    used = [f"{f.name}: st.{n}(" for f in files for n in reading if f"st.{n}(" in f.read_text(encoding="utf-8")]
    assert used == []
