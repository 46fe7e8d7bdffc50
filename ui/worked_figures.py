"""A figure as what it is worked out of, with the numbers put in: 已签约 160 户 ÷ 总户数 236 户 = 67.8 %."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from data.datasets import Column
from data.datasets.targets import TARGETS, TargetMetric
from data.derivations import Derivation, column_sum, quotient
from data.result_rows import rows_of_target, total_rows
from data.text import Text, join_texts, untranslated
from ui import formats, tables
from ui.preferences import reader_language
from ui.results import DatedResult

WORKED = untranslated("{done_label} {done} ÷ {total_label} {total} = {rate}")
DERIVED = Text("{figure} = {parts} = {value}", "{figure} = {parts} = {value}")
ADDED_UP = Text("{count} 行之和", "the sum of {count} rows")
GREATEST = Text("{count} 行中最大的", "the greatest of {count} rows")
MEDIAN = Text("{counted} {count} 的中位数", "the median of {counted} {count}")
COUNTED = untranslated("{count} {unit}")
LARGE = 10_000  # 万元 or ㎡, from which on pages write 亿元 and 万㎡
AS_WRITTEN = Text("{number}（{written}）", "{number} ({written})")
AMOUNTS = {"wan": formats.format_money, "m2": formats.format_area, "万元": formats.format_money}
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
    return rows_of_target(rows, target)


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
    rows = rows_of_share(result, total_rows(result.rows))
    return column_share(result, rows, target.done, target.total, target.counted_in or NO_UNIT)


def column_share(result: DatedResult, rows: pd.DataFrame, done: str, total: str, unit: Text = NO_UNIT) -> Text:
    """Return the sum of one column over some rows as the share of that of another, with the numbers put in."""
    part, whole = (float(rows[name].astype(float).sum(min_count=1)) for name in (done, total))
    return counted_share(result.column(done).label, result.column(total).label, part, whole, unit)


def column_quotient(result: DatedResult, rows: pd.DataFrame, figure: str, done: str, total: str) -> Text:
    """Return the sum of one column over some rows divided by that of another, as the column of the figure writes it."""
    sums = rows[[done, total]].astype(float).sum(min_count=1)
    values = pd.concat([sums, pd.Series({figure: sums[done] / sums[total] if sums[total] else math.nan})])
    return _derived_text(result, quotient(figure, done, total), values, len(rows))


def column_greatest(result: DatedResult, rows: pd.DataFrame, column: str) -> Text:
    """Return the greatest value of a column among some rows."""
    asked = result.column(column)
    value = _value_text(asked, float(rows[column].max()))
    return DERIVED.fill(figure=asked.label, parts=GREATEST.fill(count=f"{len(rows):,}"), value=value)


def counted_share(done_label: Text, total_label: Text, done: float, total: float, unit: Text = NO_UNIT) -> Text:
    """Return two counts with their names and what share they come to."""
    return WORKED.fill(
        done_label=done_label,
        total_label=total_label,
        done=_counted_text(done, unit, total),
        total=_counted_text(total, unit),
        rate=formats.format_percent(100 * done / total if total else None),
    )


def column_total(result: DatedResult, rows: pd.DataFrame, column: str) -> Text:
    """Return what a column comes to over some rows, with their number."""
    total = float(rows[column].astype(float).sum(min_count=1))
    return _derived_text(result, column_sum(column), pd.Series({column: total}), len(rows))


def _counted_text(count: float, unit: Text, cap: float | None = None) -> Text:
    return COUNTED.fill(count=formats.format_count(count, cap), unit=unit)


def _derived_lines(result: DatedResult, rows: pd.DataFrame) -> Iterator[Text]:
    """Yield the figures of a row, or the sums of several, beside the share that has a target."""
    share = share_of(result)
    for derivation in result.definition.derived:
        is_told = share is not None and derivation.parts == (share.done, share.total)
        is_sum, columns = derivation.operation == "Σ", [derivation.figure, *derivation.parts]
        if not is_told and is_sum == (len(rows) != 1) and rows.reindex(columns=columns).notna().any(axis=None):
            yield from _derived_line(result, derivation, rows)


def _derived_line(result: DatedResult, derivation: Derivation, rows: pd.DataFrame) -> Iterator[Text]:
    """Yield a figure with its numbers put in; nothing where one of them is missing."""
    values = rows[list(dict.fromkeys((derivation.figure, *derivation.parts)))].astype(float).sum(min_count=1)
    if values.notna().all():
        yield _derived_text(result, derivation, values, len(rows))


def _derived_text(result: DatedResult, derivation: Derivation, values: pd.Series, count: int) -> Text:
    column = result.column(derivation.figure)
    return DERIVED.fill(
        figure=column.label,
        parts=_parts_text(result, derivation, values, count),
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


def fact_text(column: Column, row: Mapping[str, object]) -> Text:
    """Return a number of a row as its column writes it; a large amount also as pages do, in 亿元 or 万㎡."""
    number = untranslated(tables.cell_text(column, row[column.name], reader_language()))
    write = AMOUNTS.get(column.unit or _unit_of_row(row))
    if write is None or column.kind not in ("integer", "number") or formats.is_missing(row[column.name]):
        return number
    value = float(str(row[column.name]))
    return AS_WRITTEN.fill(number=number, written=write(value)) if abs(value) >= LARGE else number


def _unit_of_row(row: Mapping[str, object]) -> str:
    """Return the unit that a row gives for its numbers, or that of the target that it is of."""
    target = TARGETS.get(str(row.get("metric")))
    return target.unit if target else str(row.get("unit", ""))


def _value_text(column: Column, value: float) -> Text:
    """Return a number as its column writes it, with its unit; pieces have none."""
    count = untranslated(tables.number_text(column, value))
    return count if column.unit in ("", "piece") else COUNTED.fill(count=count, unit=column.measure.label)
