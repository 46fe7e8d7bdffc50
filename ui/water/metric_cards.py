"""A figure that was worked out, as the cards of a page take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

import pandas as pd

from data.text import Text, untranslated
from ui import formats
from ui.frame import Card, MetricInfo
from ui.water.card_specs import NOTHING, TO_DATE

LEFT_OUT = Text("{count} {unit}没有数据，不计入", "{count} {unit} without data, left out")
PERIOD = Text("{since} 至 {until}", "{since} to {until}")


class MetricResult(Protocol):
    """The rows of a figure and the day as of which they hold."""

    @property
    def metric(self) -> MetricInfo: ...
    @property
    def newest(self) -> date | None: ...
    @property
    def formula(self) -> Text: ...
    @property
    def rows(self) -> pd.DataFrame: ...


def metric_card(
    result: MetricResult, figure: Text, *below: Text | None, label: Text | None = None, span: Text | None = TO_DATE
) -> Card:
    """Return the card of a figure with the time it is of; without rows that there are no data.

    What stands below it is left out where it is None.
    """
    known = not result.rows.empty
    lines = tuple(line for line in (*below, span) if line) if known else (NOTHING,)
    shown = figure if known else untranslated(formats.MISSING)
    return Card(label or result.metric.label, shown, lines, result.newest, result.formula)


def percentage_or_none(part: float, whole: float) -> float | None:
    """Return a share in percent, or None of nothing."""
    return 100 * part / whole if whole else None


def both_counts(part: float, whole: float, unit: Text) -> Text:
    """Return both counts of a share with their unit: 12,400 / 15,500 m³."""
    return Text("{part} / {whole} {unit}", "{part} / {whole} {unit}").fill(
        part=formats.format_count(part, whole), whole=formats.format_count(whole), unit=unit
    )


def percentage_text(part: float, whole: float) -> Text:
    return untranslated(formats.format_percent(percentage_or_none(part, whole)))


def period_text(rows: pd.DataFrame) -> Text | None:
    """Return the days that a figure is of, from the first plant's to the last's."""
    if rows.empty:
        return None
    return PERIOD.fill(
        since=formats.format_date(rows["period_from"].min()), until=formats.format_date(rows["period_to"].max())
    )


def count_note(count: float, phrase: Text) -> Text | None:
    """Return a phrase with its count, or nothing where the count is 0."""
    return phrase.fill(count=int(count)) if count > 0 else None


def column_sums(rows: pd.DataFrame, *columns: str) -> Iterator[float]:
    """Yield the sum of what is known of each column, NaN where nothing is."""
    return (float(rows[name].astype(float).sum(min_count=1)) for name in columns)


def complete_rows(rows: pd.DataFrame, *columns: str) -> tuple[pd.DataFrame, int]:
    """Return the rows in which all of these columns are known, and how many others there are."""
    known = rows.dropna(subset=list(columns))
    return known, len(rows) - len(known)


def missing_note(count: int, unit: Text) -> Text | None:
    """Say how many parts a sum lacks because nothing is known of them, or nothing where it is whole."""
    return LEFT_OUT.fill(count=count, unit=unit) if count else None
