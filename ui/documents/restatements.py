"""Figures that were told and no longer hold, in words: what was said, what it is now, and what changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

import pandas as pd

from data.datasets.shared.issued_figure import RestatementReason
from data.datasets.targets import TARGETS
from data.text import Text, join_list, join_texts, untranslated
from ui import formats
from ui.documents import briefing_words as words
from ui.documents.figure_sources import KnowsSources, ledgers_note, source_note
from ui.documents.paper import Paragraph, Part, Sentence, plain_paragraph
from ui.item_words import TARGET, target_label

ISSUED = ("issued_figure",)
NOTHING_RESTATED = Text(
    "上期{kind}（截至{day}）里的数字现在重算没有变化。", "Nothing that the {kind} of {day} said has changed."
)
RESTATED_IN = Text(
    "上期{kind}（截至{day}）的{count}个数字里，{restated}个现在不一样：",
    "Of {count} figures in the {kind} of {day}, {restated} no longer hold: ",
)
SENTENCE = Text("{target}：{when}{then}，{now}", "{target}: {then} {when}, {now}")
ON_DAY, AS_REPORTED = Text("{day}时", "on {day}"), Text("{day}上报时", "as reported on {day}")
WAS, HAD_NONE = Text("是 {figure}", "{figure}"), Text("没有数字", "no figure")
IS_NOW, HAS_NONE = Text("现在重算是 {figure}", "{figure} worked out anew now"), Text("现在没有数了", "no figure now")
CORRECTED_BY = Text("批次 {batch} 更正了 {size}", "batch {batch} corrected {size}")
CORRECTED_COUNTS = Text("批次 {batch} 更正了{size}", "batch {batch} corrected {size}")
SUPPLIED_BY = Text("批次 {batch} 补上了数据", "batch {batch} supplied the data")
TAKEN_BY = Text("批次 {batch} 改过以后没有数了", "batch {batch} left no figure")
ITS_DONE, ITS_TOTAL = Text("完成数 {size}", "what is done by {size}"), Text("总数 {size}", "the total by {size}")
COUNTED, SIGNED = Text("{size} {unit}", "{size} {unit}"), Text("{sign}{size}", "{sign}{size}")
UNDONE_SINCE = Text("当时算在内的批次 {batch} 后来撤销了", "batch {batch}, which counted then, was undone since")
ASKED_OTHERWISE = {
    "target": Text("目标值当时是 {then}，现在是 {now}", "{then} was asked, now it is {now}"),
    "period_end": Text("截止日期当时是 {then}，现在是 {now}", "the deadline was {then}, now it is {now}"),
}
ASKED_LINE, ASKED_BY = (
    Text("{target}：{asked}", "{target}: {asked}"),
    Text("批次 {batch} 改的", "changed by batch {batch}"),
)
REASONS = {
    RestatementReason.OTHER_PERIOD: Text(
        "目标的期间改过，现在的不是同一个目标", "the target has another period now and is not the same"
    ),
    RestatementReason.UNKNOWN_TARGET: Text(
        "台账里没有编码是这样的目标，没法重算", "no target has this code, so it cannot be worked out"
    ),
    RestatementReason.UNKNOWN_BATCH: Text(
        "当时的批次 {batch} 不在批次记录里，查不出是哪个批次改的",
        "batch {batch} of then is not on record, so what changed it is not known",
    ),
    RestatementReason.NOT_FOUND: Text(
        "在台账里查不到原因：按批次 {batch} 时的台账重算{then}，当时的批次也没有撤销；可能是口径、规则或程序改过",
        "no cause is found in the ledgers: those after batch {batch} give {then} and no batch of then was undone; the "
        "definition, a rule or the program may have changed",
    ),
}
Row = Mapping[str, Any]
Reason = tuple[Text, int | None]


class KnowsIssued(KnowsSources, Protocol):
    """What tells the figures of the last briefings, as `restated_issues` has them."""

    @property
    def as_of(self) -> date: ...
    @property
    def issued(self) -> pd.DataFrame: ...


def restated_parts(results: KnowsIssued) -> Iterator[Part]:
    """Yield for the last briefing of each kind what it said that no longer holds, a line a figure with its causes."""
    if results.issued.empty:
        yield plain_paragraph("body", words.NO_FORMER)
    for _, own in results.issued.groupby("kind", sort=False):
        yield Paragraph("body", (Sentence(issue_sentence(own, results.as_of), ledgers_note(results, ISSUED)),))
        for row in restated_rows(own):
            said = (restated_sentence(row, results.as_of), join_list(text for text, _ in restatement_causes(row)))
            whole = join_texts((join_texts(said, Text("：", ": ")), Text("。", ".")))
            is_known = row["reason"] != RestatementReason.UNKNOWN_TARGET
            note = source_note(results, TARGET, row["target_id"]) if is_known else None
            yield Paragraph("body", (Sentence(whole, note),))
        for row in asked_rows(own):
            said = (asked_sentence(row), ASKED_BY.fill(batch=row["asked_by"]))
            whole = join_texts((join_texts(said, Text("：", ": ")), Text("。", ".")))
            yield Paragraph("body", (Sentence(whole, source_note(results, TARGET, row["target_id"])),))


def asked_rows(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures of which the task sheet asks otherwise than when they were told."""
    return [row for row in figures.to_dict("records") if row["asked"]]


def asked_sentence(row: Row) -> Text:
    """Return 签约率：目标值当时是 95.0 %，现在是 90.0 %."""
    parts = [
        ASKED_OTHERWISE[name].fill(then=_asked_text(row, then), now=_asked_text(row, now))
        for name, then, now in row["asked"]
    ]
    return ASKED_LINE.fill(target=_target_name(row), asked=join_texts(parts, Text("；", "; ")))


def _asked_text(row: Row, asked: Any) -> Text:
    if isinstance(asked, date):
        return untranslated(formats.format_date(asked))
    return words.figure_of_target(asked, row["metric"])


def restated_rows(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures that no longer hold."""
    rows: list[dict[str, Any]] = figures[~figures["holds"].astype(bool)].to_dict("records")
    return rows


def issue_sentence(own: pd.DataFrame, as_of: date) -> Text:
    """Say of one briefing how many of its figures no longer hold on a day."""
    first, restated = own.iloc[0], len(restated_rows(own))
    told = {"kind": words.KIND_NAMES[first["kind"]], "day": words.near_date(first["day"], as_of)}
    return RESTATED_IN.fill(**told, count=len(own), restated=restated) if restated else NOTHING_RESTATED.fill(**told)


def restated_sentence(row: Row, as_of: date) -> Text:
    """Return 签约率：6月23日上报时是 76.4 %，现在重算是 75.9 %; what nobody issued was so on its day."""
    when, sides = AS_REPORTED if row["kind"] else ON_DAY, ("told", "restated")
    told, now = (_written_figure(row, side) for side in sides)
    if told == now:
        told, now = (_written_figure(row, side, with_counts=True) for side in sides)
    return SENTENCE.fill(
        target=_target_name(row),
        when=when.fill(day=words.near_date(row["day"], as_of)),
        then=WAS.fill(figure=told) if told else HAD_NONE,
        now=IS_NOW.fill(figure=now) if now else HAS_NONE,
    )


def _target_name(row: Row) -> Text:
    """Return what a target is called: by its metric and its part, by the code of what is not known any more."""
    metric, _, part = str(row["target_id"]).partition(":")
    if metric not in TARGETS:
        return untranslated(str(row["target_id"]))
    name = part.partition(":")[2] if formats.is_missing(row["scope_name"]) else row["scope_name"]
    return target_label({"metric": metric, "scope_name": name or None})


def _written_figure(row: Row, side: str, with_counts: bool = False) -> Text | None:
    """Return a figure in the unit of its target, on demand with its two counts; None where there is none."""
    value, target = row[side], TARGETS.get(row["metric"])
    if formats.is_missing(value):
        return None
    if target is None:
        return untranslated(formats.format_count(value))
    if with_counts and target.counted_in:
        return formats.format_share(row[f"{side}_done"], row[f"{side}_total"], value, target.counted_in)
    return words.figure_of_target(value, target.name)


def restatement_causes(row: Row) -> Iterator[Reason]:
    """Yield why a figure no longer holds, each reason with the batch that it names, if it is one."""
    for batch in row["undone"]:
        if row["reason"] == RestatementReason.UNDONE:
            yield UNDONE_SINCE.fill(batch=batch), batch
    if row["reason"] in REASONS:
        then = _written_figure(row, "then")
        gives = WAS.fill(figure=then) if then else HAD_NONE
        yield REASONS[row["reason"]].fill(batch=row["after_batch"], then=gives), None
    for part in row["corrections"]:
        yield _correction_text(part, len(row["corrections"]) > 1), int(part["batch"])


def _correction_text(part: Row, is_signed: bool) -> Text:
    if formats.is_missing(part["after"]) or formats.is_missing(part["before"]):
        return (TAKEN_BY if formats.is_missing(part["after"]) else SUPPLIED_BY).fill(batch=part["batch"])
    said = CORRECTED_COUNTS if has_total_step(part, "corrected") else CORRECTED_BY
    return said.fill(batch=part["batch"], size=step_sizes(part, "corrected", is_signed))


def has_total_step(row: Row, step: str) -> bool:
    """Tell whether a step changed the total of a share."""
    total = row[f"{step}_total"]
    return bool(total) and not formats.is_missing(total)


def step_sizes(row: Row, step: str, is_signed: bool = True) -> Text:
    """Return how much a step is: of an amount in its unit, of a share what is done; with its total both, by name."""
    target = TARGETS[str(row["target_id"]).partition(":")[0]]
    if target.counted_in is None:
        return _signed_size(row[step], words.figure_of_target(abs(row[step]), target.name), is_signed)
    done = row[f"{step}_done"]
    if not has_total_step(row, step):
        return _counted_size(done, target.counted_in, is_signed)
    counts = ((ITS_DONE, done), (ITS_TOTAL, row[f"{step}_total"]))
    return join_list(name.fill(size=_counted_size(size, target.counted_in)) for name, size in counts if size)


def _counted_size(step: float, unit: Text, is_signed: bool = True) -> Text:
    return _signed_size(step, COUNTED.fill(size=formats.format_count(abs(step)), unit=unit), is_signed)


def _signed_size(step: float, size: Text, is_signed: bool) -> Text:
    return SIGNED.fill(sign=formats.sign_of(step), size=size) if is_signed else size
