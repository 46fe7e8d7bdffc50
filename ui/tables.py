"""Result rows as a table for reading: headings with units, words in the reader's language, floors, plain dates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.datasets import Column
from data.fields import ENUMERATED, FIELDS, WORDS
from data.text import Language, Text, join_list, untranslated
from ui import formats

YES, NO = Text("是", "Yes"), Text("否", "No")
DATE_FORMATS = {"timestamp": "%Y-%m-%d %H:%M", "date": "%Y-%m-%d", "month": "%Y-%m"}


def word_label(value: object, language: Language) -> str:
    """Return a stored word in the reader's language; several, parted by commas, one by one."""
    if formats.is_missing(value):
        return formats.MISSING
    return join_list(_word_with_bracket(*p.partition("(")) for p in str(value).split(",")).into(language)


def _word_with_bracket(name: str, bracket: str, rest: str) -> Text:
    """Return a word with what stands in brackets behind it, as in NH3N(0.82)."""
    known = WORDS.get(name, untranslated(name))
    return Text("{name}{rest}", "{name}{rest}").fill(name=known, rest=bracket + rest)


MARKDOWN_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()<>#+-.!|~$:"} | {"\n": " "})


def escape_markdown(words: str) -> str:
    """Return words that stand in marked-up text as they are, whatever signs they hold."""
    return words.translate(MARKDOWN_ESCAPES)


def column_heading(column: str, language: Language) -> str:
    """Return a column's label with its unit, where the label does not say it already."""
    field = FIELDS[column]
    label = field.label.into(language)
    if field.unit == "piece" or (field.unit and field.measure.label.into(language).casefold() in label.casefold()):
        return label
    return field.heading.into(language)


def number_format(column: str, values: pd.Series) -> str | None:
    """Return how the numbers of a readable column are written: rates with one decimal, others with separators."""
    if not pd.api.types.is_numeric_dtype(values):
        return None
    if FIELDS[column].unit not in ("percent", "point"):
        return "localized"
    nearly_all = values.between(99, 100, inclusive="neither").any()
    return "%.2f" if nearly_all else "%.1f"


def _value_text(kind: str, value: object, language: Language) -> str:
    """Return one cell that is not a number as it is read."""
    if formats.is_missing(value):
        return formats.MISSING
    if kind == "flag":
        return (YES if value else NO).into(language)
    if kind in DATE_FORMATS:
        return format(value, DATE_FORMATS[kind])
    return word_label(value, language) if kind == "word" else str(value)


def _display_kind(name: str) -> str:
    if name == "month" or name in ENUMERATED:
        return "month" if name == "month" else "word"
    return FIELDS[name].kind


def _column_decimals(name: str) -> int:
    """Keep one decimal of shares and gaps, three of everything that was measured."""
    return 1 if FIELDS[name].unit in ("percent", "point", "household", "day") else 3


def _rounded_value(name: str, value: float) -> float | None:
    """Return a number as it is read, rounded: a rate never up to 100 %, SPI never up to 1."""
    if pd.isna(value):
        return None
    if FIELDS[name].unit != "percent":
        return formats.round_below_caps(value, _column_decimals(name), *([1.0] if name == "spi" else []))
    return formats.round_below_caps(value, 2 if 99 <= value < 100 else _column_decimals(name), 100.0)


def _values_as_text(kind: str, values: pd.Series, language: Language) -> pd.Series:
    return values.astype(object).map(lambda v: _value_text(kind, v, language)).astype("str")


def _readable_column(name: str, values: pd.Series, language: Language) -> pd.Series:
    if FIELDS[name].kind == "integer":
        return pd.to_numeric(values).astype("Int64")
    if FIELDS[name].kind == "number":
        return pd.to_numeric(values).map(lambda v: _rounded_value(name, v)).astype("Float64")
    return _values_as_text(_display_kind(name), values, language)


def readable_table(rows: pd.DataFrame, columns: Sequence[str], language: Language) -> pd.DataFrame:
    """Return the chosen columns of a result as a table that can be shown."""
    return pd.DataFrame({column_heading(c, language): _readable_column(c, rows[c], language) for c in columns})


def _stored_column(column: Column, values: pd.Series, language: Language) -> pd.Series:
    """Return a column of a ledger with its numbers as they stand there, not cut off."""
    if column.kind in ("integer", "number"):
        return pd.to_numeric(values).astype("Int64" if column.kind == "integer" else "Float64")
    return _values_as_text("word" if column.choices else column.kind, values, language)


def ledger_table(rows: pd.DataFrame, columns: Sequence[Column], language: Language) -> pd.DataFrame:
    """Return rows of a ledger as a table that can be shown, under the ledger's own headings."""
    return pd.DataFrame({c.heading.into(language): _stored_column(c, rows[c.name], language) for c in columns})


def household_bars(
    rows: pd.DataFrame, name: str, count: str, language: Language
) -> tuple[list[str], list[float], list[str]]:
    """Return names, rates and labels with both counts for bars; `rows` has the count, households and rate."""
    unit = FIELDS["households"].measure.label
    labels = [
        formats.format_share(done, total, rate, unit).into(language)
        for done, total, rate in zip(rows[count], rows["households"], rows["rate"], strict=True)
    ]
    return [word_label(n, language) for n in rows[name]], rows["rate"].tolist(), labels


def compensation_bars(rows: pd.DataFrame, language: Language) -> tuple[list[str], list[float], list[str]]:
    """Return names, households and labels for the bars of the compensation mix."""
    estates = [f" · {e}" if not formats.is_missing(e) else "" for e in rows["estate"]]
    names = [word_label(m, language) + e for m, e in zip(rows["mode"], estates, strict=True)]
    _, _, labels = household_bars(rows, "mode", "signed", language)
    return names, rows["signed"].astype(float).tolist(), labels
