"""A page as it is printed: without the menu, as wide as the paper, every row of its lists that paper has."""

from __future__ import annotations

from markupsafe import Markup

from data.text import Text
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import query_string
from ui.page import PRINT, PageRequest

PAPERS = ("A4", "A3")
TO_PAPER = Text("打印版", "For print")
PAPER = Text("纸张", "paper")
PRINT_NOW = Text("打印", "Print")
BACK_TO_SCREEN = Text("回到屏幕版", "Back to the screen")


def asked_paper(request: PageRequest) -> str | None:
    """Return the paper that the address asks for, or None where it asks for none; one that is unknown is told."""
    return request.choice(PRINT, PAPERS, PAPER)


def is_for_print(request: PageRequest) -> bool:
    return request.choices.get(PRINT) in PAPERS


def print_link(request: PageRequest) -> Markup:
    """Return the way from the screen to paper."""
    return NOTHING if is_for_print(request) else _paper_link(request, PAPERS[0], TO_PAPER)


def _paper_link(request: PageRequest, paper: str | None, label: Text | str) -> Markup:
    return link(words(label), query_string({**request.choices, PRINT: paper}) or "?", class_="fl-screen")


def paper_bar(request: PageRequest) -> Markup:
    """Return what stands above a page for print: the papers, the way to the printer, the way back."""
    chosen = asked_paper(request)
    if chosen is None:
        return NOTHING
    papers = (
        element("b", paper, aria_current="true") if paper == chosen else _paper_link(request, paper, paper)
        for paper in PAPERS
    )
    now = link(words(PRINT_NOW), query_string(request.choices), class_="fl-button", data_prints="1")
    ways = (*papers, now, _paper_link(request, None, BACK_TO_SCREEN))
    return element("nav", joined(ways), class_="fl-paper-bar fl-screen", data_paper=chosen)
