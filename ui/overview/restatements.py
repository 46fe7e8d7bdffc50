"""Figures that read otherwise today than when they were told: what was said, what it is now, which batches made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.targets import TARGETS
from data.text import Text, join_texts, untranslated
from ui import formats
from ui.blocks import Html
from ui.item_words import target_label
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href
from ui.overview.target_rows import figure_text
from ui.page_header import HISTORY
from ui.result_list import Row

REPORT = "report"
RESTATED = Text(
    "{target}：{when}是 {then}，现在重算是 {restated}", "{target}: {then} {when}, {restated} worked out anew now"
)
ADDED = Text(
    "{target}：{when}没有数字，现在重算是 {restated}", "{target}: no figure {when}, {restated} worked out anew now"
)
WHEN, WHEN_ISSUED = Text("{day}时", "on {day}"), Text("{day}上报时", "as reported on {day}")
UNDONE_SINCE = Text("那时算在内的批次后来撤销了", "a batch that counted then was undone since")
CORRECTED_BY = Text("批次 {batch} 更正了 {size}", "batch {batch} corrected {size}")
SUPPLIED_BY = Text("批次 {batch} 补上了数据", "batch {batch} supplied the data")
AS_IT_STOOD = Text("看那时的样子", "as it stood")
CORRECTIONS = Text("更正过的数字", "Figures that were corrected")
LEAST_CORRECTED = 1e-9  # of a figure; chosen: what sums of fractions leave is no correction
SMALLEST_STEP = 0.05  # of a figure; chosen: half of the last decimal that a paper has


@dataclass(frozen=True, slots=True)
class Comparison:
    """The days that are compared, and the last batch that was known on the earlier one; None where none was."""

    against: str
    since: date
    as_of: date
    batch: int | None


def corrections_block(found: pd.DataFrame, corrections: pd.DataFrame, comparison: Comparison) -> Html | None:
    """Return a sentence for each figure that reads otherwise today than it did then, and the batches that made it."""
    lines = [_correction_line(row, corrections, comparison) for row in found.to_dict("records") if _is_corrected(row)]
    if not lines:
        return None
    listed = joined(element("li", line) for line in lines)
    return Html(element("h2", words(CORRECTIONS)) + element("ul", listed, class_="fl-list"))


def _is_corrected(row: Row) -> bool:
    if formats.is_missing(row["then"]):
        return not formats.is_missing(row["restated"])
    return not formats.is_missing(row["restated"]) and abs(row["restated"] - row["then"]) > LEAST_CORRECTED


def _correction_line(row: Row, corrections: pd.DataFrame, comparison: Comparison) -> Markup:
    """Return 签约率：6月23日时是 76.4 %，现在重算是 75.9 %：批次 41 更正了 2 户, each batch a link, and as it stood."""
    sentence = ADDED if formats.is_missing(row["then"]) else RESTATED
    metric, when = row["metric"], WHEN_ISSUED if comparison.against == REPORT else WHEN
    said = sentence.fill(
        target=target_label(row),
        when=when.fill(day=_written_day(comparison.since)),
        then=figure_text(metric, row["then"]),
        restated=figure_text(metric, row["restated"]),
    )
    own = corrections[corrections["target_id"] == row["target_id"]].to_dict("records")
    causes = [_batch_link(metric, part) for part in own]
    if abs(row["corrected"] - sum(part["corrected"] for part in own)) > SMALLEST_STEP:
        causes.append(words(UNDONE_SINCE))
    batches = joined(causes, words(Text("；", "; ")))
    stood = link(
        words(AS_IT_STOOD), page_href("overview/cockpit.py", as_of=comparison.since, after_batch=comparison.batch)
    )
    because = words(Text("：", ": ")) + batches if causes else NOTHING
    return joined((words(said) + because, stood), " · ")


def _batch_link(metric: str, part: Row) -> Markup:
    if formats.is_missing(part["before"]):
        said = SUPPLIED_BY.fill(batch=part["batch"])
    else:
        said = CORRECTED_BY.fill(batch=part["batch"], size=_corrected_size(metric, part))
    return link(words(said), page_href(HISTORY, batch=part["batch"]))


def _corrected_size(metric: str, part: Row) -> Text:
    """Return how much a batch corrected, in what the target is counted in: of what is done, or else of the whole."""
    unit = TARGETS[metric].counted_in
    if unit is None:
        return figure_text(metric, abs(part["corrected"]))
    size = next((part[name] for name in ("corrected_done", "corrected_total") if part[name]), 0)
    return join_texts((untranslated(f"{formats.format_count(abs(size))} "), unit))


def _written_day(day: date) -> Text:
    return Text(f"{day.month}月{day.day}日", formats.format_date(day))
