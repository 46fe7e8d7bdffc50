"""A figure of a metric as a card, declared in one line: which columns are summed up, in what, over which period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data.fields import FIELDS, WORDS
from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from ui import formats, phrases
from ui.colours import STATUS_SIGNS
from ui.frame import Card, DatedResult

TO_DATE = Text("截至当日累计", "to date")
NOTHING = Text("没有数据", "no data")
GOAL = Text("目标 {target}：{sign} {light}", "Target {target}: {sign} {light}")
COUNTS = Text("{done} / {total} {unit}", "{done} of {total} {unit}")
COUNT = Text("{count} {unit}", "{count} {unit}")
OTHER_UNIT = Text(
    "另有 {done} / {total} {unit}，单位不同，不合计", "{done} of {total} {unit} beside it, not added: another unit"
)
FIRST_UNIT = "m³"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSpec:
    """One card of a metric; rates are sums over sums.

    `done` and `total` are the columns to be summed up: the figure is their share, or with `is_share=False` what is
    done; without `total` it is the sum, without `done` the number of rows. Of a metric by months the newest counts.
    `only` are filters of the metric; with `has_units` only rows of one `quantity_unit` are summed up, and what there is
    in others is told. `beside` are further columns to be told where they are not 0, `lacking` says how many
    rows have no `total`. `label` stands in for that of the metric. Blanks of `period` are thresholds, by their names.
    """

    metric: str
    unit: Text
    done: str = ""
    total: str = ""
    is_share: bool = True
    only: Mapping[str, str] = field(default_factory=dict)
    has_units: bool = False
    beside: tuple[str, ...] = ()
    missing_total_note: Text | None = None
    period: Text = TO_DATE
    label: Text | None = None


DREDGING = CardSpec(
    metric="dredging_progress",
    done="done",
    total="quantity",
    unit=untranslated(FIRST_UNIT),
    has_units=True,
    beside=("unreported",),
)


def newest_month_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest month, or all where there are no months."""
    return rows[rows["month"] == rows["month"].max()] if "month" in rows else rows


@dataclass(frozen=True, slots=True)
class Goal:
    """What the task sheet asks of a figure, in words and as a number."""

    words: Text
    target: float


def rows_by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of each unit, m³ first: quantities of two units are never added up."""
    return sorted(
        ((str(unit), own) for unit, own in rows.groupby("quantity_unit")), key=lambda o: (o[0] != FIRST_UNIT, o[0])
    )


def other_unit_lines(rows: pd.DataFrame) -> list[Text]:
    """Return a line for each unit but the first, with what is done of how much."""
    counts = [(unit, _column_sum(own, "done"), _column_sum(own, "quantity")) for unit, own in rows_by_unit(rows)[1:]]
    return [
        OTHER_UNIT.fill(done=formats.format_count(done, total), total=formats.format_count(total), unit=WORDS[unit])
        for unit, done, total in counts
    ]


def _column_sum(rows: pd.DataFrame, column: str) -> float:
    """Return the sum of what is known of a column, NaN where nothing is; without a column the number of rows."""
    if not column:
        return float(len(rows))
    known = rows[column].dropna()
    return float(known.sum()) if len(known) else math.nan


def _main_value_text(spec: CardSpec, done: float, total: float, goal: Goal | None) -> Text:
    if spec.total and spec.is_share:
        return untranslated(
            formats.format_percent(100 * done / total if total else None, goal.target if goal else None)
        )
    return COUNT.fill(count=formats.format_count(done), unit=spec.unit)


def _count_lines(spec: CardSpec, done: float, total: float) -> list[Text]:
    """Return both counts; a plain count says all that it has to say in its figure."""
    if not spec.total:
        return []
    return [COUNTS.fill(done=formats.format_count(done, total), total=formats.format_count(total), unit=spec.unit)]


def _extra_lines(spec: CardSpec, rows: pd.DataFrame) -> list[Text]:
    told = [(FIELDS[c].label, _column_sum(rows, c)) for c in spec.beside]
    said = Text("{label} {count}", "{label}: {count}")
    lines = [said.fill(label=label, count=formats.format_count(count)) for label, count in told if count > 0]
    without = int(rows[spec.total].isna().sum()) if spec.missing_total_note and spec.total else 0
    return [*lines, *([spec.missing_total_note.fill(count=without)] if spec.missing_total_note and without else [])]


def _period_text(spec: CardSpec, answer: DatedResult, rows: pd.DataFrame) -> Text:
    """Return the month that the rows are of, or the tile's period with the thresholds of the answer's day."""
    if "month" in rows and len(rows):
        return untranslated(f"{rows['month'].iloc[0]:%Y-%m}")
    return spec.period.fill(**thresholds(answer.as_of))


def target_goals(targets: pd.DataFrame, lights: Sequence[str]) -> dict[str, Goal]:
    """Return what the task sheet asks of each metric and how it stands; `targets` is target_progress."""
    listed = zip(targets["metric"], targets["target"], lights, strict=True)
    return {
        metric: Goal(
            GOAL.fill(target=formats.format_percent(value), sign=STATUS_SIGNS[light], light=phrases.STATUS[light]),
            value,
        )
        for metric, value, light in listed
    }


def spec_card(spec: CardSpec, result: DatedResult, goal: Goal | None = None) -> Card:
    """Return the card of a tile: the figure, both counts, what stands beside, its goal, the period, the day."""
    label, rows, asked = spec.label or result.metric.label, newest_month_rows(result.rows), [goal.words] if goal else []
    if rows.empty and (spec.done or result.newest is None):
        return Card(label, untranslated(formats.MISSING), (NOTHING, *asked), result.newest, result.formula)
    others = other_unit_lines(rows) if spec.has_units else []
    if spec.has_units:
        unit, rows = rows_by_unit(rows)[0]
        spec = replace(spec, unit=WORDS[unit])
    done = _column_sum(rows, spec.done)
    total = _column_sum(rows, spec.total) if spec.total else 0.0
    below = (
        *_count_lines(spec, done, total),
        *others,
        *_extra_lines(spec, rows),
        *asked,
        _period_text(spec, result, rows),
    )
    return Card(label, _main_value_text(spec, done, total, goal), below, result.newest, result.formula)
