"""The ways on from a ledger, in the reader's language and as of his day: to its charts, to its batches."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from data.datasets import Dataset
from data.text import Text
from ui import upload_phrases as phrases
from ui.blocks import Html, draw_blocks
from ui.markup import element, joined, link, words
from ui.menu import MenuPage, page_href, page_of_ledger

HISTORY = "ledgers/history.py"


def chart_page(dataset: Dataset) -> MenuPage:
    """Return the page whose charts are drawn from a ledger."""
    return page_of_ledger(dataset.name, dataset.stream)


def button_link(said: Text, href: str) -> Markup:
    """Return a link that looks like a button."""
    return link(words(said), href, class_="fl-button")


def chart_link(page: MenuPage) -> Markup:
    """Return the way to the charts of a page."""
    return button_link(phrases.SEE_CHARTS.fill(page=page.page.label), page_href(page.file))


def batch_link(batch: int | None) -> Markup:
    """Return the way to a batch and its undo."""
    return button_link(phrases.SEE_BATCH.fill(batch=batch), page_href(HISTORY, batch=batch))


def draw_links(links: Iterable[Markup]) -> None:
    """Draw links side by side, nothing where there are none."""
    shown = joined(links, " ")
    if shown:
        draw_blocks((Html(element("p", shown)),))
