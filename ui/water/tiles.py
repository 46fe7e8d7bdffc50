"""A figure of a metric as a card, declared in one line: which columns are summed up, in what, over which period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data.standards.thresholds import thresholds
from data.text import Text, same
from data.words import WORDS
from ui import formats, phrases
from ui.colours import STATUS_SIGNS
from ui.frame import Card, Result

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
class Tile:
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
    lacking: Text | None = None
    period: Text = TO_DATE
    label: Text | None = None


DREDGING = Tile(
    metric="dredging_progress",
    done="done",
    total="quantity",
    unit=same(FIRST_UNIT),
    has_units=True,
    beside=("unreported",),
)


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest month, or all where there are no months."""
    return rows[rows["month"] == rows["month"].max()] if "month" in rows else rows


@dataclass(frozen=True, slots=True)
class Goal:
    """What the task sheet asks of a figure, in words and as a number."""

    words: Text
    target: float


def by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of each unit, m³ first: quantities of two units are never added up."""
    return sorted(
        ((str(unit), own) for unit, own in rows.groupby("quantity_unit")), key=lambda o: (o[0] != FIRST_UNIT, o[0])
    )


def other_units(rows: pd.DataFrame) -> list[Text]:
    """Return a line for each unit but the first, with what is done of how much."""
    counts = [(unit, _sum(own, "done"), _sum(own, "quantity")) for unit, own in by_unit(rows)[1:]]
    return [
        OTHER_UNIT.fill(done=formats.count(done, total), total=formats.count(total), unit=WORDS[unit])
        for unit, done, total in counts
    ]


def _sum(rows: pd.DataFrame, column: str) -> float:
    """Return the sum of what is known of a column, NaN where nothing is; without a column the number of rows."""
    if not column:
        return float(len(rows))
    known = rows[column].dropna()
    return float(known.sum()) if len(known) else math.nan


def _figure(tile: Tile, done: float, total: float, goal: Goal | None) -> Text:
    if tile.total and tile.is_share:
        return same(formats.percent(100 * done / total if total else None, goal.target if goal else None))
    return COUNT.fill(count=formats.count(done), unit=tile.unit)


def _counts(tile: Tile, done: float, total: float) -> list[Text]:
    """Return both counts; a plain count says all that it has to say in its figure."""
    if not tile.total:
        return []
    return [COUNTS.fill(done=formats.count(done, total), total=formats.count(total), unit=tile.unit)]


def _beside(tile: Tile, answer: Result, rows: pd.DataFrame) -> list[Text]:
    told = [(answer.column(c).label, _sum(rows, c)) for c in tile.beside]
    said = Text("{label} {count}", "{label}: {count}")
    lines = [said.fill(label=label, count=formats.count(count)) for label, count in told if count > 0]
    without = int(rows[tile.total].isna().sum()) if tile.lacking and tile.total else 0
    return [*lines, *([tile.lacking.fill(count=without)] if tile.lacking and without else [])]


def _period(tile: Tile, answer: Result, rows: pd.DataFrame) -> Text:
    """Return the month that the rows are of, or the tile's period with the thresholds of the answer's day."""
    if "month" in rows and len(rows):
        return same(f"{rows['month'].iloc[0]:%Y-%m}")
    return tile.period.fill(**thresholds(answer.as_of))


def goals(targets: pd.DataFrame, lights: Sequence[str]) -> dict[str, Goal]:
    """Return what the task sheet asks of each metric and how it stands; `targets` is target_progress."""
    listed = zip(targets["metric"], targets["target"], lights, strict=True)
    return {
        metric: Goal(
            GOAL.fill(target=formats.percent(value), sign=STATUS_SIGNS[light], light=phrases.STATUS[light]), value
        )
        for metric, value, light in listed
    }


def card(tile: Tile, answer: Result, goal: Goal | None = None) -> Card:
    """Return the card of a tile: the figure, both counts, what stands beside, its goal, the period, the day."""
    label, rows, asked = tile.label or answer.asked.label, newest(answer.rows), [goal.words] if goal else []
    if rows.empty and (tile.done or answer.newest is None):
        return Card(label, same(formats.MISSING), (NOTHING, *asked), answer.newest, answer.formula)
    others = other_units(rows) if tile.has_units else []
    if tile.has_units:
        unit, rows = by_unit(rows)[0]
        tile = replace(tile, unit=WORDS[unit])
    done = _sum(rows, tile.done)
    total = _sum(rows, tile.total) if tile.total else 0.0
    below = (*_counts(tile, done, total), *others, *_beside(tile, answer, rows), *asked, _period(tile, answer, rows))
    return Card(label, _figure(tile, done, total, goal), below, answer.newest, answer.formula)
