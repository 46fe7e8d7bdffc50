"""The page of definitions: all ledgers and metrics as links, and one of them with its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from data.datasets import DATASETS, Dataset
from data.text import Text
from data.words import STREAMS
from ui import upload_phrases
from ui.blocks import Html
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href, page_of_ledger
from ui.page import Page, PageRequest
from ui.page_header import HISTORY, UPDATE, same_page_href

PAGE = Page(
    label=Text("数据字典", "Data dictionary"),
    icon=":material/menu_book:",
    place=30,
    choices=("ledger", "metric"),
)
TITLE = Text("{ledgers} 本台账、{metrics} 个指标的口径", "{ledgers} ledgers and {metrics} metrics, defined")
LEDGERS, METRICS = Text("台账", "Ledgers"), Text("指标", "Metrics")
LEDGER, METRIC = Text("台账", "ledger"), Text("指标", "metric")
LEDGER_TITLE, METRIC_TITLE = Text("台账：{label}", "Ledger: {label}"), Text("指标：{label}", "Metric: {label}")
TO_DICTIONARY = Text("← 全部台账和指标", "← All ledgers and metrics")
TO_BATCHES, TO_UPLOAD = Text("这本台账的批次", "Its batches"), Text("上传", "Upload")
WORKED_OUT = Text("由这本台账得出的指标", "Metrics worked out of it")
FROM_LEDGERS = Text("用到的台账", "Ledgers that it is worked out of")
COLUMNS = Text("列", "Columns")
Entry = tuple[Text, str, str]  # label, code, address


def ledger_entry(request: PageRequest, name: str) -> Entry:
    """Return a ledger as an entry of a list."""
    return DATASETS[name].label, name, same_page_href(request, ledger=name, metric=None)


def metric_entry(request: PageRequest, name: str, label: Text) -> Entry:
    """Return a metric as an entry of a list."""
    return label, name, same_page_href(request, metric=name, ledger=None)


def ledger_index(request: PageRequest) -> Html:
    """Return all ledgers by line of work."""
    groups = groupby(DATASETS.values(), lambda dataset: dataset.stream)
    return _joined_blocks(
        grouped_entries(STREAMS[stream], [ledger_entry(request, each.name) for each in own]) for stream, own in groups
    )


def grouped_entries(heading: Text, entries: Iterable[Entry]) -> Html:
    """Return links under a heading, each with its code."""
    items = (link(words(label), href) + Markup(" ") + element("small", code) for label, code, href in entries)
    return Html(element("h3", words(heading)) + list_items(items, "fl-index"))


def _joined_blocks(blocks: Iterable[Html]) -> Html:
    return Html(joined(block.markup for block in blocks))


def ledger_ways(request: PageRequest, dataset: Dataset) -> Html:
    """Return the way back, and those to the batches of a ledger, to its charts and to its upload."""
    page = page_of_ledger(dataset.name, dataset.stream)
    ways = (
        (TO_BATCHES, page_href(HISTORY, ledger=dataset.name)),
        (upload_phrases.SEE_CHARTS.fill(page=page.page.label), page_href(page.file)),
        (TO_UPLOAD, page_href(UPDATE, ledger=dataset.name)),
    )
    open_ways = (link(words(said), href) for said, href in ways if href)
    return Html(element("p", joined((_back_link(request), *open_ways), " · ")))


def metric_ways(request: PageRequest) -> Html:
    """Return the way back."""
    return Html(element("p", _back_link(request)))


def _back_link(request: PageRequest) -> Markup:
    return link(words(TO_DICTIONARY), same_page_href(request, ledger=None, metric=None))


def definition_table(headings: Sequence[Text], rows: Iterable[Sequence[str]]) -> Html:
    """Return what is said of each column as a table, its code in the second cell."""
    head = element("tr", joined(element("th", words(heading), scope="col") for heading in headings))
    body = joined(_definition_row(headings, row) for row in rows)
    table = element("table", element("thead", head) + element("tbody", body), class_="fl-table fl-definition")
    return Html(element("div", table, class_="fl-scroll", tabindex="0"))


def _definition_row(headings: Sequence[Text], row: Sequence[str]) -> Markup:
    cells = (element("code", cell) if place == 1 else words(cell) for place, cell in enumerate(row))
    labelled = zip(cells, headings, strict=True)
    return element("tr", joined(element("td", cell, data_label=words(said) if cell else "") for cell, said in labelled))
