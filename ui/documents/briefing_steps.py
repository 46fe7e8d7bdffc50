"""What a briefing says of everything that is late, and what is left to do, by lead unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

import pandas as pd

from data.datasets.targets import target_metric
from data.text import Text, join_list, join_texts, mid_sentence, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.data_origin import loader_text
from ui.documents import briefing_words as words
from ui.documents.figure_sources import KnowsSources, source_note, targets_note
from ui.documents.paper import Paragraph, Part, Sentence, plain_paragraph
from ui.item_words import TARGET, item_text

MOST_LATE = 15  # chosen: a page and a half; a briefing is read, not searched
SEMICOLON, FULL_STOP = Text("；", "; "), Text("。", ".")


class KnowsLate(KnowsSources, Protocol):
    """What tells the items that are late, with their last notes, those of which nothing is known, and the targets."""

    @property
    def as_of(self) -> date: ...
    @property
    def late(self) -> pd.DataFrame: ...
    @property
    def unknown(self) -> pd.DataFrame: ...
    @property
    def targets(self) -> pd.DataFrame: ...


def late_parts(results: KnowsLate) -> Iterator[Part]:
    """Yield each item that is late: how far it is, its gap, its last note, its lead unit, its days; the unknown."""
    rows = results.late.to_dict("records")
    if not rows:
        yield plain_paragraph("body", words.NO_KNOWN_LATE if len(results.unknown) else words.NO_LATE)
    for number, row in enumerate(rows[:MOST_LATE], 1):
        yield Paragraph("body", tuple(_late_sentences(results, number, row)))
    if len(rows) > MOST_LATE:
        more = words.MORE_LATE.fill(count=len(rows) - MOST_LATE)
        yield Paragraph("body", (Sentence(more, targets_note(results)),))
    for light, said in (("无数据", words.NOT_KNOWN), ("待上报", words.NOT_REPORTED)):
        own = results.unknown[results.unknown["light"] == light]
        if len(own):
            yield plain_paragraph("body", said.fill(items=join_list(map(item_text, own.to_dict("records")))))


def _late_sentences(results: KnowsLate, number: int, row: words.Row) -> Iterator[Sentence]:
    named = {"number": number, "item": item_text(row), "light": phrases.STATUS[row["light"]]}
    done = words.done_text(_item_figure(results, row))
    yield Sentence(words.LATE_ITEM.fill(**named, done=done), source_note(results, row["kind"], row["item_id"]))
    yield Sentence(words.GAP_AND_MORE.fill(facts=join_texts(_facts_of(row, results.as_of), Text("，", ", "))))


def _item_figure(results: KnowsLate, row: words.Row) -> Text:
    """Return how much of an item is done, with both counts, or that there is no figure."""
    if row["kind"] == TARGET:
        own = results.targets[results.targets["target_id"] == row["item_id"]]
        return words.target_figure(own.iloc[0])
    if formats.is_missing(row["rate"]):
        return words.NO_FIGURE
    return formats.format_share(row["actual"], row["target"], row["rate"], WORDS[row["quantity_unit"]])


def _facts_of(row: words.Row, as_of: date) -> Iterator[Text]:
    """Yield the gap of what was behind when it was reported, the last report, the lead unit, the days."""
    is_ahead = not formats.is_missing(row["gap"]) and row["gap"] >= 0
    if not (formats.is_missing(row["rate"]) or is_ahead):
        yield words.gap_or_none(row)
    yield from _report_texts(row, as_of)
    owner = row["owner"]
    yield words.NO_OWNER if formats.is_missing(owner) else words.LED_BY.fill(owner=owner)
    if not formats.is_missing(row["days_left"]):
        days = int(row["days_left"])
        yield (words.DUE if days >= 0 else words.OVER).fill(day=words.near_date(row["ends_on"], as_of), days=abs(days))


def _report_texts(row: words.Row, as_of: date) -> Iterator[Text]:
    """Yield the day of the last report of a work, and what was last noted of an item, when and by whom."""
    is_noted = not formats.is_missing(row["note"])
    if row["kind"] == "工程" and not (is_noted and row["noted_on"] == row["judged_on"]):
        is_new = formats.is_missing(row["actual"])  # judged on the day itself
        yield words.NEVER_REPORTED if is_new else words.REPORTED.fill(day=words.near_date(row["judged_on"], as_of))
    if is_noted:
        note = " ".join(str(row["note"]).split())
        day = words.near_date(row["noted_on"], as_of)
        yield words.NOTED.fill(day=day, note=note, who=loader_text(row["noted_by"]))


def step_parts(results: KnowsLate) -> Iterator[Part]:
    """Yield for each lead unit what is left to do of its items that are late, by when and at which pace."""
    late = results.late
    if late.empty:
        yield plain_paragraph("body", words.KNOWN_ON_PLAN if len(results.unknown) else words.ALL_ON_PLAN)
        return
    owners = late["owner"].where(late["owner"].notna(), "")
    for number, owner in enumerate(dict.fromkeys(owners), 1):
        named = words.OWNER.fill(number=number, owner=untranslated(owner) if owner else words.NO_OWNER)
        steps = _step_sentences(results, late[owners == owner].to_dict("records"))
        yield Paragraph("body", (Sentence(named), *steps, Sentence(FULL_STOP)))
    yield plain_paragraph("body", words.DERIVED)


def _step_sentences(results: KnowsLate, rows: list[words.Row]) -> Iterator[Sentence]:
    """Yield the steps of a lead unit, each with the note of its figures, and how many more there are."""
    for number, row in enumerate(rows[:MOST_LATE]):
        if number:
            yield Sentence(SEMICOLON)
        yield Sentence(_step_text(row, results.as_of), source_note(results, row["kind"], row["item_id"]))
    if len(rows) > MOST_LATE:
        more = words.MORE_STEPS.fill(count=len(rows) - MOST_LATE)
        yield Sentence(join_texts((SEMICOLON, more)), targets_note(results))


def _step_text(row: words.Row, as_of: date) -> Text:
    """Return what is left to do of an item: what binds is its target or quantity, and its deadline."""
    name = item_text(row)
    item = mid_sentence(name) if row["kind"] == TARGET else name
    if formats.is_missing(row["actual"]) or formats.is_missing(row["target"]):
        return words.STEP_UNKNOWN.fill(item=item)
    rest = max(0.0, float(row["target"]) - float(row["actual"]))
    told = {"step": _step_of(row, item), "rest": _amount(row, rest)}
    if row["is_level"]:
        return words.STEP_LEVEL.fill(**told)
    if formats.is_missing(row["days_left"]) or row["days_left"] < 0:
        return words.STEP_OVER.fill(**told)
    said = words.STEP_DUE.fill(**told, day=words.near_date(row["ends_on"], as_of))
    days = int(row["days_left"])
    return join_texts((said, words.STEP_PACE.fill(pace=_amount(row, rest / days)))) if days > 1 else said


def _step_of(row: words.Row, item: Text) -> Text:
    """Return what is to be done of an item: a work is finished, the figure of a target raised to its value."""
    if row["kind"] != TARGET:
        return words.FINISH.fill(item=item)
    written = words.WRITTEN_IN[target_metric(row["item_id"]).unit](row["target"])
    return words.RAISE.fill(item=item, target=words.as_text(written))


def _amount(row: words.Row, size: float) -> Text:
    """Return an amount in the unit of an item; of shares that are percentage points."""
    if row["kind"] == TARGET:
        unit = target_metric(row["item_id"]).unit
        if unit != "percent":
            return words.as_text(words.WRITTEN_IN[unit](size))
        points = formats.round_below_caps(size, 1)
        return words.POINTS.fill(gap=f"{points:.1f}" if points else words.TINY)
    rounded = formats.round_below_caps(size, 1)
    shown = untranslated(f"{rounded:,.1f}".removesuffix(".0")) if rounded else words.TINY
    return join_texts((shown, untranslated(" "), WORDS[row["quantity_unit"]]))
