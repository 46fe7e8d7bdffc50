"""A figure as what it is worked out of, with the numbers put in: 已签约 160 户 ÷ 总户数 236 户 = 67.8 %."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.datasets import Column
from data.datasets.targets import TARGETS, TargetMetric
from data.derivations import Derivation
from data.result_rows import total_rows
from data.text import Text, join_texts, untranslated
from ui import formats, tables
from ui.results import DatedResult

WORKED = untranslated("{done_label} {done} ÷ {total_label} {total} = {rate}")
DERIVED = Text("{figure} = {parts} = {value}", "{figure} = {parts} = {value}")
ADDED_UP = Text("{count} 行之和", "the sum of {count} rows")
MEDIAN = Text("{counted} {count} 的中位数", "the median of {counted} {count}")
COUNTED = untranslated("{count} {unit}")
NO_UNIT = untranslated("")


def share_of(result: DatedResult) -> TargetMetric | None:
    """Return what a result is the share of, or None where it is no share of two of its columns."""
    target = TARGETS.get(result.definition.name)
    is_share = target is not None and target.total and {target.done, target.total} <= set(result.rows)
    return target if is_share else None


def rows_of_share(result: DatedResult, rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of some rows that a share counts; of what is no share all, and a row alone is what it is."""
    target = share_of(result)
    if target is None or len(rows) == 1:
        return rows
    for column, wanted in target.only.items():
        rows = rows[rows[column].astype(str) == wanted]
    return rows[rows["month"] == rows["month"].max()] if target.is_monthly else rows


def worked_lines(result: DatedResult, is_withheld: bool = False) -> list[Text]:
    """Return how the figures of a result come about: the share that has a target, then what else its rows tell.

    Of several rows only sums are told beside the share; of rows that are withheld only the share.
    """
    share = share_with_counts(result)
    rows = rows_of_share(result, total_rows(result.rows))
    derived = [] if is_withheld else list(_derived_lines(result, rows))
    return [*([share] if share else []), *derived]


def share_with_counts(result: DatedResult) -> Text | None:
    """Return a share as both counts with their names and what they come to; None of what is no share."""
    target = share_of(result)
    if target is None or result.rows.empty:
        return None
    rows, unit = rows_of_share(result, total_rows(result.rows)), target.counted_in or NO_UNIT
    done, total = (float(rows[name].astype(float).sum(min_count=1)) for name in (target.done, target.total))
    return WORKED.fill(
        done_label=result.column(target.done).label,
        total_label=result.column(target.total).label,
        done=_counted_text(done, unit, total),
        total=_counted_text(total, unit),
        rate=formats.format_percent(100 * done / total if total else None),
    )


def _counted_text(count: float, unit: Text, cap: float | None = None) -> Text:
    return COUNTED.fill(count=formats.format_count(count, cap), unit=unit)


def _derived_lines(result: DatedResult, rows: pd.DataFrame) -> Iterator[Text]:
    """Yield the figures of a row, or the sums of several, beside the share that has a target."""
    share = share_of(result)
    for derivation in result.definition.derived:
        is_told = share is not None and derivation.parts == (share.done, share.total)
        is_sum = derivation.operation == "Σ"
        if (
            not is_told
            and is_sum == (len(rows) != 1)
            and rows[[derivation.figure, *derivation.parts]].notna().any(axis=None)
        ):
            yield from _derived_line(result, derivation, rows)


def _derived_line(result: DatedResult, derivation: Derivation, rows: pd.DataFrame) -> Iterator[Text]:
    """Yield a figure with its numbers put in; nothing where one of them is missing."""
    values = rows[list(dict.fromkeys((derivation.figure, *derivation.parts)))].astype(float).sum(min_count=1)
    if values.notna().all():
        column = result.column(derivation.figure)
        yield DERIVED.fill(
            figure=column.label,
            parts=_parts_text(result, derivation, values, len(rows)),
            value=_value_text(column, values[column.name]),
        )


def _parts_text(result: DatedResult, derivation: Derivation, values: pd.Series, count: int) -> Text:
    if derivation.operation == "Σ":
        return ADDED_UP.fill(count=f"{count:,}")
    columns = [result.column(name) for name in derivation.parts]
    if derivation.operation == "median":
        return MEDIAN.fill(counted=columns[0].label, count=_value_text(columns[0], values[columns[0].name]))
    named = [
        Text("{name} {value}", "{name} {value}").fill(name=c.label, value=_value_text(c, values[c.name]))
        for c in columns
    ]
    return join_texts(named, untranslated(f" {derivation.operation} "))


def _value_text(column: Column, value: float) -> Text:
    """Return a number as its column writes it, with its unit; pieces have none."""
    count = untranslated(tables.number_text(column, value))
    return count if column.unit in ("", "piece") else COUNTED.fill(count=count, unit=column.measure.label)
