"""What a briefing says of everything that is late, and what is left to do, by lead unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pandas as pd

from data.datasets.targets import target_metric
from data.text import Text, join_list, join_texts, mid_sentence, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.documents import briefing_words as words
from ui.documents.figure_sources import KnowsSources, source_note
from ui.documents.paper import Paragraph, Part, Sentence, plain_paragraph
from ui.item_words import TARGET, gap_text, item_text, target_label

MOST_LATE = 15  # chosen: a page and a half; a briefing is read, not searched


class KnowsLate(KnowsSources, Protocol):
    """What tells the items that are late, and the targets."""

    @property
    def late(self) -> pd.DataFrame: ...
    @property
    def targets(self) -> pd.DataFrame: ...


def late_parts(results: KnowsLate) -> Iterator[Part]:
    """Yield each item that is late: how far it is, its gap, its lead unit and its days; then what has no data."""
    rows = results.late.to_dict("records")
    if not rows:
        yield plain_paragraph("body", words.NO_LATE)
    for number, row in enumerate(rows[:MOST_LATE], 1):
        yield Paragraph("body", tuple(_late_sentences(results, number, row)))
    if len(rows) > MOST_LATE:
        yield plain_paragraph("body", words.MORE_LATE.fill(count=len(rows) - MOST_LATE))
    unknown = results.targets[results.targets["actual"].isna()]
    if len(unknown):
        yield plain_paragraph(
            "body", words.NOT_KNOWN.fill(items=join_list(map(target_label, unknown.to_dict("records"))))
        )


def _late_sentences(results: KnowsLate, number: int, row: words.Row) -> Iterator[Sentence]:
    named = {"number": number, "item": item_text(row), "light": phrases.STATUS[row["light"]]}
    note = source_note(results, row["kind"], row["item_id"])
    yield Sentence(words.LATE_ITEM.fill(**named, figure=_item_figure(results, row)), note)
    yield Sentence(words.GAP_AND_MORE.fill(facts=join_texts(_facts_of(row), Text("，", ", "))))


def _item_figure(results: KnowsLate, row: words.Row) -> Text:
    """Return how much of an item is done, with both counts."""
    if row["kind"] != TARGET:
        return formats.format_share(row["actual"], row["target"], row["rate"], WORDS[row["quantity_unit"]])
    own = results.targets[results.targets["target_id"] == row["item_id"]]
    return words.target_figure(own.iloc[0])


def _facts_of(row: words.Row) -> Iterator[Text]:
    yield gap_text(row)
    if row["kind"] == "工程" and not formats.is_missing(row["judged_on"]):
        yield words.REPORTED.fill(day=words.short_date(row["judged_on"]))
    owner = row["owner"]
    yield words.NO_OWNER if formats.is_missing(owner) else words.LED_BY.fill(owner=owner)
    if not formats.is_missing(row["days_left"]):
        days = int(row["days_left"])
        yield (words.DUE if days >= 0 else words.OVER).fill(day=words.short_date(row["ends_on"]), days=abs(days))


def step_parts(results: KnowsLate) -> Iterator[Part]:
    """Yield for each lead unit what is left to do of its items that are late, by when and at which pace."""
    late = results.late
    if late.empty:
        yield plain_paragraph("body", words.ALL_ON_PLAN)
        return
    owners = late["owner"].where(late["owner"].notna(), "")
    for number, owner in enumerate(dict.fromkeys(owners), 1):
        steps = join_texts(
            (_step_text(row) for row in late[owners == owner].head(MOST_LATE).to_dict("records")), Text("；", "; ")
        )
        named = words.NO_OWNER if not owner else untranslated(owner)
        said = words.OWNER_STEPS.fill(owner=named, steps=steps)
        yield plain_paragraph("body", join_texts((untranslated(f"{number}. "), said)))
    yield plain_paragraph("body", words.DERIVED)


def _step_text(row: words.Row) -> Text:
    """Return what is left to do of an item: what binds is its target or quantity, and its deadline."""
    name = item_text(row)
    item, rest = (
        mid_sentence(name) if row["kind"] == TARGET else name,
        max(0.0, float(row["target"]) - float(row["actual"] or 0)),
    )
    if row["is_level"]:
        target = target_metric(row["item_id"])
        level = words.as_text(words.WRITTEN_IN[target.unit](row["target"]))
        return words.STEP_LEVEL.fill(item=item, target=level, rest=_amount(row, rest))
    if formats.is_missing(row["days_left"]) or row["days_left"] < 0:
        return words.STEP_OVER.fill(item=item, rest=_amount(row, rest))
    said = words.STEP_DUE.fill(item=item, day=words.short_date(row["ends_on"]), rest=_amount(row, rest))
    days = int(row["days_left"])
    return join_texts((said, words.STEP_PACE.fill(pace=_amount(row, rest / days)))) if days > 1 else said


def _amount(row: words.Row, size: float) -> Text:
    """Return an amount in the unit of an item; of shares that are percentage points."""
    if formats.is_missing(size):
        return untranslated(formats.MISSING)
    if row["kind"] == TARGET:
        unit = target_metric(row["item_id"]).unit
        if unit != "percent":
            return words.as_text(words.WRITTEN_IN[unit](size))
        points = formats.round_below_caps(size, 1)
        return words.POINTS.fill(gap=f"{points:.1f}" if points else words.TINY)
    shown = f"{formats.round_below_caps(size, 1):,.1f}".removesuffix(".0")
    return join_texts((untranslated(f"{shown} "), WORDS[row["quantity_unit"]]))
