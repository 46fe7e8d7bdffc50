"""A briefing as a paper: overall progress, main figures, problems, next steps, what the last one said and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from data.datasets.targets import TARGET_LEDGERS
from data.text import Language, Text, join_list, join_texts, mid_sentence
from data.words import LATE, LIGHTS, STREAMS
from ui import formats, phrases
from ui.colours import STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS
from ui.documents import briefing_words as words
from ui.documents.briefing_steps import SEMICOLON, late_parts, step_parts
from ui.documents.figure_sources import ledgers_note, source_note, targets_note
from ui.documents.paper import Paper, PaperTable, Paragraph, Part, Picture, Sentence, plain_paragraph
from ui.documents.restatements import restated_parts
from ui.documents.target_bars import TargetBar, target_bars_svg
from ui.documents.word_page import TEXT_WIDTH
from ui.item_words import target_label

UNKNOWN_LIGHTS = ("待上报", "无数据")
WIDTHS = (30.0, 35.0, 18.0, 20.0, 17.0, 19.0, 17.0)  # mm of the columns; the text area is 156 mm wide
FIGURE_COLUMNS = (1, 2, 3, 4, 6)


class BriefingResults(Protocol):
    """What ui/ knows of the results of a briefing; see analytics/briefing.py."""

    @property
    def kind(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    @property
    def targets(self) -> pd.DataFrame: ...
    @property
    def late(self) -> pd.DataFrame: ...
    @property
    def unknown(self) -> pd.DataFrame: ...
    @property
    def since(self) -> date: ...
    @property
    def issued(self) -> pd.DataFrame: ...
    @property
    def batches(self) -> pd.DataFrame: ...
    @property
    def counted_ledgers(self) -> tuple[str, ...]: ...
    @property
    def map_ledgers(self) -> tuple[str, ...]: ...
    @property
    def is_sample(self) -> bool: ...
    @property
    def rule(self) -> Text: ...
    def sources(self, kind: str, item_id: str) -> tuple[str, ...]: ...


def briefing_paper(results: BriefingResults, pictures: tuple[Picture, Text] | None, language: Language) -> Paper:
    """Return a briefing; `pictures` are the map and its legend, or None where the server cannot draw Chinese."""
    parts = (
        *_head_parts(results),
        plain_paragraph("heading", words.OVERALL),
        *_overall_parts(results),
        plain_paragraph("heading", words.FIGURES),
        plain_paragraph("subheading", words.OF_TARGETS),
        _target_table(results),
        _table_caption(results),
        plain_paragraph("subheading", words.IN_PICTURES),
        *_picture_parts(results, pictures, language),
        plain_paragraph("subheading", words.RESTATED),
        *restated_parts(results),
        plain_paragraph("heading", words.PROBLEMS),
        *late_parts(results),
        plain_paragraph("heading", words.NEXT_STEPS),
        *step_parts(results),
    )
    return Paper(_title(results.kind), parts)


def _title(kind: str) -> Text:
    return words.TITLE.fill(kind=words.KIND_NAMES[kind])


def _head_parts(results: BriefingResults) -> Iterator[Part]:
    yield plain_paragraph("mark", words.SAMPLE_MARK if results.is_sample else words.MARK)
    yield plain_paragraph("title", _title(results.kind))
    yield plain_paragraph("below title", words.CUT_OFF.fill(day=words.prose_date(results.as_of)))


def _overall_parts(results: BriefingResults) -> Iterator[Part]:
    """Yield how many targets stand how, a sentence for each line of work, what changed."""
    targets, note = results.targets, targets_note(results)
    lights = _counted_lights(targets, [light.value for light in reversed(LIGHTS)])
    said = words.COUNTED_LIGHTS.fill(day=words.prose_date(results.as_of), count=len(targets), lights=lights)
    others = int((results.late["kind"] != "目标").sum())
    more = [Sentence(words.ITEMS_LATE.fill(count=others), note)] if others else []
    yield Paragraph("body", (Sentence(said, note), *more))
    for stream in STREAM_COLOURS:
        own = targets[targets["stream"] == stream]
        if len(own):
            yield Paragraph("body", tuple(_stream_sentences(results, stream, own)))
    yield Paragraph("body", (Sentence(_change_sentence(results), note),))


def _counted_lights(targets: pd.DataFrame, lights: Sequence[str]) -> Text:
    """Return how many targets have each of some lights, those that none has left out."""
    counts = targets["light"].value_counts()
    return join_list(
        words.LIGHT_COUNT.fill(light=phrases.STATUS[light], count=counts[light]) for light in lights if light in counts
    )


def _stream_sentences(results: BriefingResults, stream: str, own: pd.DataFrame) -> Iterator[Sentence]:
    """Yield how many targets of a line of work are behind, of how many that cannot be told, and the furthest."""
    late, note = own[own["light"].isin(LATE)], targets_note(results)
    told = {"stream": STREAMS[stream], "count": len(own), "unknown": _counted_lights(own, UNKNOWN_LIGHTS)}
    known = len(own) - int(own["light"].isin(UNKNOWN_LIGHTS).sum())
    if late.empty:
        ways = words.STREAM_ON_PLAN, words.STREAM_KNOWN_ON_PLAN, words.STREAM_UNKNOWN
        yield Sentence(ways[(known < len(own)) + (known == 0)].fill(**told, known=known), note)
        return
    yield Sentence(words.STREAM_LATE.fill(**told, late=len(late)), note)
    if known < len(own):
        yield Sentence(words.AND_UNKNOWN.fill(**told))
    worst = late.sort_values("gap").iloc[0]
    named = {"item": mid_sentence(target_label(worst)), "done": words.done_text(words.target_figure(worst))}
    yield Sentence(words.AND_WORST.fill(**named), source_note(results, "目标", worst["target_id"]))
    yield Sentence(words.AND_GAP.fill(gap=words.gap_or_none(worst)))


def _change_sentence(results: BriefingResults) -> Text:
    """Say what has changed since the last briefing, corrections included, and what cannot be compared."""
    day, rows = words.near_date(results.since, results.as_of), results.targets.to_dict("records")
    moved = [row for row in rows if has_changed(row["change"])]
    unknown = [row for row in rows if formats.is_missing(row["change"])]
    if not moved and not unknown:
        return words.NOTHING_CHANGED.fill(day=day)
    said = [join_list(map(_change_text, moved))] if moved else []
    if unknown:
        items = join_list(mid_sentence(target_label(row)) for row in unknown)
        said.append(words.NOT_COMPARABLE.fill(items=items))
    if len(moved) + len(unknown) < len(rows):
        said.append(words.OTHERS_UNCHANGED)
    return words.COMPARED.fill(day=day, changes=join_texts(said, SEMICOLON))


def _change_text(row: words.Row) -> Text:
    change = words.change_of_target(row["change"], row["metric"])
    return words.CHANGED.fill(item=mid_sentence(target_label(row)), change=change)


def has_changed(change: float | None) -> bool:
    """Tell whether a known change is one: what binary fractions leave is none."""
    return not formats.is_missing(change) and abs(float(change or 0)) > 1e-9


def _target_table(results: BriefingResults) -> PaperTable:
    since = words.near_date(results.since, results.as_of)
    headings = tuple(heading.fill(day=since) for heading in words.COLUMNS)
    rows = tuple(tuple(_target_cells(results, row)) for row in results.targets.to_dict("records"))
    return PaperTable(headings, rows, WIDTHS, FIGURE_COLUMNS)


def _target_cells(results: BriefingResults, row: words.Row) -> Iterator[Sentence]:
    """Yield the cells of a target; its figure bears the note of its batches."""
    is_level, metric = bool(row["is_level"]), str(row["metric"])
    yield Sentence(target_label(row))
    yield Sentence(words.target_figure(row), source_note(results, "目标", row["target_id"]))
    yield Sentence(words.figure_of_target(row["target"], metric))
    yield Sentence(words.ALL_TIME if is_level else words.as_text(formats.format_percent(row["elapsed_rate"])))
    gap = row["gap"]
    shown = formats.MISSING if formats.is_missing(gap) else formats.format_signed(gap)
    yield Sentence(words.as_text(shown))
    yield Sentence(_light_text(row["light"]))
    has = has_changed(row["change"])
    unchanged = formats.MISSING if formats.is_missing(row["change"]) else "0"
    yield Sentence(words.change_of_target(row["change"], metric) if has else words.as_text(unchanged))


def _table_caption(results: BriefingResults) -> Paragraph:
    """Return the rule of the lights, and where the targets themselves come from."""
    sheet = Sentence(words.TARGET_SHEET, ledgers_note(results, TARGET_LEDGERS))
    return Paragraph("caption", (Sentence(results.rule), Sentence(SEMICOLON), sheet))


def _light_text(light: str) -> Text:
    """Return a light as its sign and its word: paper may have no colour."""
    return join_texts((words.as_text(f"{STATUS_SIGNS[light]} "), phrases.STATUS[light]))


def _picture_parts(
    results: BriefingResults, pictures: tuple[Picture, Text] | None, language: Language
) -> Iterator[Part]:
    if pictures is None:
        yield plain_paragraph("body", words.NO_FONT)
        return
    bars = [
        TargetBar(target_label(row), row["rate"], row["elapsed_rate"], STATUS_SIGNS[row["light"]],
                  STATUS_COLOURS[row["light"]])
        for row in results.targets.to_dict("records")
    ]  # fmt: skip
    said = join_texts((words.FIGURE_1, words.CUT)) if any(bar.is_cut for bar in bars) else words.FIGURE_1
    yield Picture(target_bars_svg(bars, words.NO_FIGURE, language), said, TEXT_WIDTH)
    yield Paragraph("caption", (Sentence(said, targets_note(results)),))
    drawn, legend = pictures
    yield drawn
    yield Paragraph(
        "caption", (Sentence(words.FIGURE_2.fill(legend=legend), ledgers_note(results, results.map_ledgers)),)
    )
