"""Result rows as a table for reading: headings with units, words in the reader's language, floors, plain dates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.datasets import Column
from data.result_rows import TOTAL
from data.text import Language, Text, join_list, untranslated, with_minus
from data.units import NumberFormat
from data.words import WORDS
from ui import formats

TOTAL_LABELS = {
    "river": Text("全部河道", "All rivers"),
    "section": Text("全河", "Whole river"),
    "village": Text("全部村社", "All villages"),
    "finding": Text("全部", "All"),
}
YES, NO = Text("是", "Yes"), Text("否", "No")
SHEET_DATES = {"timestamp": "yyyy-mm-dd hh:mm", "date": "yyyy-mm-dd", "month": "yyyy-mm"}
DATE_FORMATS = {"timestamp": "%Y-%m-%d %H:%M", "date": "%Y-%m-%d", "month": "%Y-%m"}


def word_label(value: object, language: Language) -> str:
    """Return a stored word in the reader's language; several, parted by commas, one by one.

    A comma parts known words only: a name that has one keeps it.
    """
    if formats.is_missing(value):
        return formats.MISSING
    parts = [part.partition("(") for part in str(value).split(",")]
    if any(name not in WORDS for name, *_ in parts):
        parts = [str(value).partition("(")]
    return join_list(_word_with_bracket(*part) for part in parts).into(language)


def _word_with_bracket(name: str, bracket: str, rest: str) -> Text:
    """Return a word with what stands in brackets behind it, as in NH3N(0.82)."""
    known = WORDS.get(name, untranslated(name))
    return Text("{name}{rest}", "{name}{rest}").fill(name=known, rest=bracket + rest)


def column_heading(column: Column, language: Language) -> str:
    """Return a column's label with its unit, where the label does not say it already."""
    label = column.label.into(language)
    if column.unit == "piece" or (column.unit and column.measure.label.into(language).casefold() in label.casefold()):
        return label
    return column.heading.into(language)


def sheet_format(column: Column) -> str:
    """Return the number format of a column in a workbook: its decimals, or its kind of date."""
    if column.kind == "integer":
        return "0" if column.written.is_fixed else "#,##0"
    if column.kind == "number":
        return f"0.{'0' * column.written.decimals}#" if column.written.is_fixed else "General"
    return SHEET_DATES.get(column.kind, "General")


def number_format(column: Column, values: pd.Series) -> str | None:
    """Return how the numbers of a readable column are written: with fixed decimals, or with separators."""
    if not pd.api.types.is_numeric_dtype(values):
        return None
    written = column.written
    if not written.is_fixed:
        return "localized"
    nearly_all = written.cap is not None and values.between(written.cap - 1, written.cap, inclusive="neither").any()
    return f"%.{written.decimals + int(nearly_all)}f"


def _value_text(column: Column, value: object, language: Language) -> str:
    """Return one cell that is not a number as it is read."""
    if formats.is_missing(value):
        return formats.MISSING
    if column.kind == "flag":
        return (YES if value else NO).into(language)
    if column.kind in DATE_FORMATS:
        return format(value, DATE_FORMATS[column.kind])
    return choice_label(column, value, language) if column.choices else str(value)


def choice_label(column: Column, value: object, language: Language) -> str:
    """Return a stored word as its column has it, or else as it reads everywhere."""
    own = next((choice.label for choice in column.choices if choice.value == value), None)
    return own.into(language) if own else word_label(value, language)


def _rounded_value(written: NumberFormat, value: float) -> float | None:
    """Return a number as it is read, rounded, never up to its cap: a rate not to 100 %, SPI not to 1."""
    if pd.isna(value):
        return None
    is_near = written.is_fixed and written.cap is not None and written.cap - 1 <= value < written.cap
    return formats.round_below_caps(value, written.decimals + int(is_near), written.cap)


def _values_as_text(column: Column, values: pd.Series, language: Language) -> pd.Series:
    return values.astype(object).map(lambda v: _value_text(column, v, language)).astype("str")


def _readable_column(column: Column, values: pd.Series, language: Language, keeps_dates: bool) -> pd.Series:
    if column.kind == "integer":
        return pd.to_numeric(values).astype("Int64")
    if column.kind == "number":
        return pd.to_numeric(values).map(lambda v: _rounded_value(column.written, v)).astype("Float64")
    if keeps_dates and column.kind in DATE_FORMATS:
        return values.astype(object)
    return _values_as_text(column, values, language)


def readable_table(
    rows: pd.DataFrame, columns: Sequence[Column], language: Language, keeps_dates: bool = False
) -> pd.DataFrame:
    """Return the chosen columns of a result as a table that can be shown; dates are written out, or stay dates."""
    named = {c.name: _with_total_label(c.name, rows, language) for c in columns}
    return pd.DataFrame(
        {column_heading(c, language): _readable_column(c, named[c.name], language, keeps_dates) for c in columns}
    )


def _with_total_label(column: str, rows: pd.DataFrame, language: Language) -> pd.Series:
    """Return a column in which the total is called by a word."""
    if column not in TOTAL_LABELS or TOTAL not in rows:
        return rows[column]
    is_unnamed_total = rows[TOTAL].astype(bool) & rows[column].isna()
    return rows[column].mask(is_unnamed_total, TOTAL_LABELS[column].into(language))


def _stored_column(column: Column, values: pd.Series, language: Language) -> pd.Series:
    """Return a column of a ledger with its numbers as they stand there, not cut off."""
    if column.kind in ("integer", "number"):
        return pd.to_numeric(values).astype("Int64" if column.kind == "integer" else "Float64")
    return _values_as_text(column, values, language)


def ledger_table(rows: pd.DataFrame, columns: Sequence[Column], language: Language) -> pd.DataFrame:
    """Return rows of a ledger as a table that can be shown, under the ledger's own headings."""
    return pd.DataFrame({c.heading.into(language): _stored_column(c, rows[c.name], language) for c in columns})


def number_text(column: Column, value: float | None) -> str:
    """Return a number as it is read in a column, with separators and a minus sign, never rounded up to its cap."""
    if value is None or pd.isna(value):
        return formats.MISSING
    return with_minus(_written_number(column, float(value)))


def _written_number(column: Column, value: float) -> str:
    shown = _rounded_value(column.written, value)
    assert shown is not None  # it is not missing
    if not column.written.is_fixed:
        return f"{shown:,.{column.written.decimals}f}".rstrip("0").rstrip(".") if shown % 1 else f"{shown:,.0f}"
    if not column.written.decimals:
        return f"{shown:.0f}"
    is_near = column.written.cap is not None and column.written.cap - 1 <= shown < column.written.cap
    return f"{shown:,.{column.written.decimals + int(is_near)}f}"


def cell_text(column: Column, value: object, language: Language) -> str:
    """Return one cell of a result as it is read."""
    if column.kind in ("integer", "number"):
        return number_text(column, None if formats.is_missing(value) else float(str(value)))
    return _value_text(column, value, language)
