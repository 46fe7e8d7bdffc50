"""Figures that read otherwise today than when they were told, on the page: each with links to what changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.text import Text
from ui.blocks import Html
from ui.documents.restatements import (
    ASKED_BY,
    asked_rows,
    asked_sentence,
    issue_sentence,
    restated_rows,
    restated_sentence,
    restatement_causes,
)
from ui.markup import element, joined, link, words
from ui.menu import page_href
from ui.page_header import HISTORY
from ui.result_list import Row

AS_IT_STOOD = Text("看那时的样子", "as it stood")
CORRECTIONS = Text("更正过的数字", "Figures that were corrected")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The days that are compared, and the last batch that was known on the earlier one; None where none was.

    `kind` is that of the briefing whose figures are compared with, empty where none is.
    """

    against: str
    since: date
    as_of: date
    batch: int | None
    kind: str = ""


def corrections_block(figures: pd.DataFrame, as_of: date) -> Html | None:
    """Return a sentence for each figure that no longer holds on a day, with what changed it, briefing by briefing."""
    parts = [part for _, own in figures.groupby("kind", sort=False) for part in _issue_parts(own, as_of)]
    return Html(element("h2", words(CORRECTIONS)) + joined(parts)) if parts else None


def _issue_parts(own: pd.DataFrame, as_of: date) -> Iterator[Markup]:
    """Yield what one briefing said that no longer holds; of one that holds that it does."""
    told = (*(_restated_line(row, as_of) for row in restated_rows(own)), *map(_asked_line, asked_rows(own)))
    lines = [element("li", line) for line in told]
    if own["kind"].iloc[0]:
        yield element("p", words(issue_sentence(own, as_of)))
    if lines:
        yield element("ul", joined(lines), class_="fl-list")


def _restated_line(row: Row, as_of: date) -> Markup:
    """Return 签约率：6月23日上报时是 76.4 %，现在重算是 75.9 %：批次 41 更正了 2 户, with links, and as it stood."""
    causes = (
        words(said) if batch is None else link(words(said), page_href(HISTORY, batch=batch))
        for said, batch in restatement_causes(row)
    )  # fmt: skip
    return _line_with_causes(row, restated_sentence(row, as_of), joined(causes, words(Text("；", "; "))))


def _asked_line(row: Row) -> Markup:
    """Return what the task sheet asked and asks now, with a link to the batch that changed it."""
    batch = row["asked_by"]
    cause = link(words(ASKED_BY.fill(batch=batch)), page_href(HISTORY, batch=batch))
    return _line_with_causes(row, asked_sentence(row), cause)


def _line_with_causes(row: Row, sentence: Text, causes: Markup) -> Markup:
    told = joined((words(sentence), causes), words(Text("：", ": ")))
    stood = page_href("overview/cockpit.py", as_of=row["day"], after_batch=row["after_batch"])
    return joined((told, link(words(AS_IT_STOOD), stood)), " · ")
