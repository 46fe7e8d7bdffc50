"""Issuing a briefing on its page: its figures are checked and committed like a file, as a batch with a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pandas as pd

from data.datasets import Column
from data.errors import NothingToBrief
from data.ingest import batch_log
from data.ingest.loader import Upload
from data.text import Text
from ui import messages
from ui.blocks import Html
from ui.documents.briefing_words import COLUMNS
from ui.item_words import target_label
from ui.overview import briefing, briefing_draft
from ui.page import Page, PageRequest, linked_choices, show_known_errors
from ui.preferences import reader_language, t
from ui.store import shared_store
from ui.upload import page_draft
from ui.upload.page_draft import Draft

ISSUE = "issue"  # in the address: the folded part that issues the briefing
ISSUE_THIS = Text("印发这份简报", "Issue this briefing")
HOW = Text(
    "印发就是把下面这些数和当时最新的批次记下来：以后数据更正，下一期简报会列出哪些数不再一样、是哪个批次改的。先点“检查”，"
    "写上姓名再提交：一次印发是一个批次，可以撤销。",
    "To issue a briefing keeps the figures below with the newest batch of now: where later corrections change them, "
    "the next briefing lists them with the batch that did. Press “Check”, give your name and commit: it is one batch, "
    "which can be undone.",
)
FILE_NAME = Text("印发简报 {kind} {day}.csv", "Issued briefing {kind} {day}.csv")
ALREADY = Text(
    "{day} 的{kind}已经印发，印发了的不改。要改先撤销那个批次再印发。",
    "The {kind} of {day} is issued and stays as it is. Undo its batch before you issue it again.",
)
TARGET = Column(name="target", label=COLUMNS[0])

Figures: TypeAlias = Callable[[PageRequest, int], pd.DataFrame]


def issue_fold(request: PageRequest) -> Html:
    """Return the heading of the folded part."""
    return page_draft.part_fold(request, ISSUE, ISSUE_THIS)


def draw_publisher(page: Page, figures: Figures) -> None:
    """Draw the open part below a page whose address asks for it."""
    if page_draft.is_part_open(page, ISSUE):
        with show_known_errors():
            _draw_open_part(linked_choices(page), figures)


def _draw_open_part(asked: dict[str, str], figures: Figures) -> None:
    with shared_store().read() as con:
        try:
            found = figures(PageRequest(con, asked), batch_log.next_batch(con) - 1)
        except NothingToBrief:
            return  # the page says so
        kind, day = str(found["kind"].iloc[0]), found["as_of"].iloc[0]
        state, batch = batch_log.write_counter(con), briefing_draft.issuing_batch(con, kind, day)
    rows, label = briefing_draft.issued_rows(found, date.today()), briefing.LABELS[kind]
    name = FILE_NAME.fill(kind=label, day=day)
    draft = Draft(ISSUE, (kind, day), state, briefing_draft.ISSUED.name, lambda: _issue_file(rows, state, name))
    page_draft.draw_draft_once(draft, batch, ALREADY.fill(day=day, kind=label), lambda: _draw_preview(rows, found))


def _issue_file(rows: pd.DataFrame, state: int, name: Text) -> Upload:
    file, _ = briefing_draft.issue_file(rows, state, t(name), reader_language())
    return file


def _draw_preview(rows: pd.DataFrame, found: pd.DataFrame) -> None:
    """Draw the rows that would be issued, each below the name of its target."""
    messages.draw_caption(HOW)
    named = rows.assign(target=[t(target_label(row)) for row in found.to_dict("records")])
    page_draft.draw_rows(ISSUE, named, (TARGET, *briefing_draft.ISSUED.columns))
