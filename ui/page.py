"""A page of the dashboard: its declaration, what its reader asks for, its header and ending, its folded parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.errors import DashboardError
from data.ingest import batch_log
from data.ingest.time_travel import ledgers_after_batch
from data.text import Language, Text
from ui import blocks, cache, messages, phrases
from ui.blocks import Block, Html
from ui.markup import element, joined, words
from ui.preferences import current_reader, reader_language, reading_as, t
from ui.results import DatedResult, PartResult
from ui.store import cached_now, shared_store

PAGES_FOLDER = Path(__file__).parent.parent / "pages"
OPEN_PART = "open"  # in the address: the part of the page that is unfolded
FIGURE = "figure"  # in the address: the metric whose formula, rows and batches stand at the side
PRINT = "print"  # in the address: the paper on which the page is to be printed
SHARED_PARAMETERS = {"lang", "as_of", "after_batch", OPEN_PART, FIGURE, PRINT}
MAX_CHOICE = 500  # characters; chosen: no code or name of a unit is longer, and what is asked for is a key of the cache
MAX_FIGURE = 3 * MAX_CHOICE  # the name of a figure holds that of a metric and the codes that tell its rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `ui/<stream>/x.py` declares as PAGE for `pages/<stream>/x.py`.

    `place` orders the pages of a folder; `ledgers` are those whose rows are drawn on this page before others;
    `choices` are what its address may say beside the language and the day: a river, a work. `is_for_clerks` keeps
    viewers off a page on which ledgers are loaded, undone and shown row by row.
    """

    label: Text
    icon: str
    place: int
    ledgers: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_for_clerks: bool = False


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a reader asks of a page: the state of the database, and the choices in the address.

    The language and the day are the reader's (`ui.preferences`). `notices` collects what the address asked for in vain,
    `listed` the results of which figures stand in lists, `figures` by their names those that stand alone.
    """

    con: Connection
    choices: Mapping[str, str] = field(default_factory=dict)
    notices: list[Text] = field(default_factory=list)
    listed: list[DatedResult] = field(default_factory=list)
    figures: dict[str, PartResult] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        return reader_language()

    @property
    def is_clerk(self) -> bool:
        """Tell whether the reader keeps the ledgers, and may see households one by one."""
        return current_reader().role == "clerk"

    def is_open(self, part: str) -> bool:
        """Tell whether a folded part of the page is to be shown."""
        return self.choices.get(OPEN_PART) == part

    def choice(self, name: str, known: Iterable[str], what: Text) -> str | None:
        """Return the code that the address asks for, or None where it asks for none; an unknown one is told."""
        asked = self.choices.get(name)
        if asked is None or asked in set(known):
            return asked
        self.tell_unknown(what, asked)
        return None

    def tell_unknown(self, what: Text, code: str) -> None:
        """Tell that what the address asks for is not there, or was not yet after the batch that it asks for."""
        is_past = current_reader().after_batch is not None
        self.notices.append((phrases.NOT_KNOWN_THEN if is_past else phrases.NOT_KNOWN).fill(what=what, code=code))


@contextmanager
def show_known_errors() -> Iterator[None]:
    """Show known failures as a sentence."""
    try:
        yield
    except DashboardError as error:
        messages.draw_message("error", error.text)


@contextmanager
def page_connection() -> Iterator[Connection]:
    """Give a page one state of the database, and show known failures as a sentence."""
    with show_known_errors(), shared_store().read() as con:
        yield con


@contextmanager
def ledgers_of_reader(con: Connection) -> Iterator[None]:
    """Let a page see the ledgers as they stood after the batch in the address; one that is not there is told."""
    reader = current_reader()
    if reader.after_batch is None:
        yield
    elif batch_log.has_batch(con, reader.after_batch):
        with ledgers_after_batch(con, reader.after_batch):
            yield
    else:
        blocks.draw_blocks((notice_block(phrases.NO_SUCH_BATCH.fill(batch=reader.after_batch)),))
        with reading_as(replace(reader, after_batch=None)):
            yield


_in_making: ContextVar[PageRequest | None] = ContextVar("page_in_making", default=None)


def page_in_making() -> PageRequest | None:
    """Return what is asked of the page that is being made, or None outside of one."""
    return _in_making.get()


PageBlocks = Callable[[PageRequest], Iterable[Block]]


def show_page(make: PageBlocks, page: Page, told_now: Callable[[Connection], Iterable[Text]] = lambda con: ()) -> None:
    """Show a page: what it is made of comes from the cache, and is worked out anew only when its ledgers changed.

    Above it stands what is `told_now`: sentences that go by the clock and are never kept.
    """
    choices = linked_choices(page)
    with page_connection() as con:
        told = [notice_block(said) for said in told_now(con)]
        with ledgers_of_reader(con):
            draw_page_state(_seen_state(con))  # nobody commits while a page reads
            blocks.draw_blocks(told)
            blocks.draw_blocks(finished_blocks(con, make, page, choices))


def _seen_state(con: Connection) -> str:
    """Return the newest day and batch that the reader sees, for his browser to keep; nothing where he sees the past."""
    seen = cached_now(con, batch_log.newest_seen) if current_reader().after_batch is None else None
    return f"{seen[0]} {seen[1]}" if seen else ""


def draw_page_state(seen: str = "", has_form: bool = False) -> None:
    """Tell the browser the language, and the state of the database that the page shows.

    Once there is another one the page is drawn anew; one with a form only says so (`ui/browser/live.js`). What was
    `seen` is kept for the reader's next visit (`ui/browser/last_visit.js`).
    """
    news = {"data_news": t(phrases.NEWS), "data_show": t(phrases.SHOW_NEWS)} if has_form else {}
    sign = element(
        "span", "", id="frontline-state", data_language=reader_language(), hidden="1",
        data_counter=shared_store().write_counter, data_seen=seen, **news,
    )  # fmt: skip
    blocks.draw_blocks((Html(sign),))


def finished_blocks(con: Connection, make: PageBlocks, page: Page, choices: Mapping[str, str]) -> tuple[Block, ...]:
    """Return what a page is made of for the reader, as it is shown."""
    reader = current_reader()
    versions = cached_now(con, cache.all_versions) if reader.after_batch is None else cache.all_versions(con)
    name = (page, reader, tuple(sorted(choices.items())))
    return cache.cached_page(versions, name, lambda: _made_blocks(make, PageRequest(con, choices)))


def _made_blocks(make: PageBlocks, request: PageRequest) -> tuple[Block, ...]:
    """Return the blocks of a page, below its header what the address asked for in vain."""
    token = _in_making.set(request)
    try:
        header, *rest = make(request)
    finally:
        _in_making.reset(token)
    told = [notice_block(notice) for notice in request.notices]
    return tuple(blocks.merge_html([header, *told, *rest]))


def linked_choices(page: Page) -> dict[str, str]:
    """Return the choices of a page that stand in the address, and take out of it what belongs to no page or another."""
    own = {*SHARED_PARAMETERS, *page.choices}
    for name in [name for name in st.query_params if name not in own]:
        del st.query_params[name]
    longest = dict.fromkeys((*page.choices, OPEN_PART, PRINT), MAX_CHOICE) | {FIGURE: MAX_FIGURE}
    asked = {name: st.query_params.get(name, "")[:limit] for name, limit in longest.items()}
    return {name: value for name, value in asked.items() if value}


def notice_block(said: Text) -> Html:
    """Return a sentence that stands out, such as one about an address that leads nowhere."""
    return Html(element("p", words(said), class_="fl-notice", role="status"))


def heading_block(title: Text) -> Html:
    return Html(element("h2", words(title)))


def sentence_block(*sentences: Text | None) -> Html:
    """Return sentences as they stand, a line each, whatever signs their names hold."""
    return Html(Markup("").join(element("p", words(said)) for said in sentences if said))


def caption_block(*sentences: Text | None) -> Html:
    """Return remarks in small type, a line each."""
    return Html(Markup("").join(element("p", words(said), class_="fl-caption") for said in sentences if said))


def folded_rules(*rules: Text) -> Html:
    """Return the rules by which a page judges in small type, a line each; a phone folds them away."""
    said = joined(element("p", words(rule), class_="fl-caption") for rule in rules)
    return Html(element("details", element("summary", words(phrases.RULES)) + said, class_="fl-rule"))
