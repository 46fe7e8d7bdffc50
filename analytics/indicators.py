"""Indicators of a method of work: each with its value, both counts, its period and a sentence, in one row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from analytics.rows import Row, rows_as_table, sentence_columns
from data.text import Text, join_texts, with_minus

Kind = Literal["sum", "share", "ratio", "median"]
Counts = dict[str, Any]
GROUP_BY_LETTER = {
    **{"Y": "引", "Z": "增", "T": "提", "C": "促", "S": "储", "L": "联", "N": "暖"},
    **{"M": "谋", "X": "宣", "D": "疏", "R": "拆"},
}
COLUMNS = (
    "code part indicator indicator_value unit numerator denominator missing is_too_few period_from period_to "
    "newest listed_in sentence sentence_en"
)
NO_DATA = Text("台账里还没有", "nothing on record yet")
TOO_FEW = Text("样本不足：{n} 个，至少要 {needed} 个", "too few: {n}, at least {needed} are needed")
MISSING = Text("另有 {missing} 个情况不明", "{missing} more not known")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its code and which part of it, its name, its unit, how its value is made, its counts in words.

    A sum is its numerator, a share both counts in percent, a ratio one of the other, a median was worked out before.
    `listed_in` names the list behind it; what is not `of_year` is of the day or of all years up to it.
    """

    code: str
    part: int
    name: str
    unit: str
    kind: Kind
    said: Text
    listed_in: str
    of_year: bool = True

    @property
    def group(self) -> str:
        """The verb or the step that it belongs to, which the letter of its code tells."""
        return GROUP_BY_LETTER[self.code[0]]


def indicator_counts(code: str, part: int, numerator: object, denominator: object = None, **more: object) -> Counts:
    """Return the counts of one indicator as the query has them."""
    return {"code": code, "part": part, "numerator": numerator, "denominator": denominator, "missing": 0} | more


def query_counts(rows: pd.DataFrame) -> list[Counts]:
    """Return the counts that a query has; those without a newest day rest on ledgers that have no row yet."""
    return [counts | {"is_known": not pd.isna(counts["newest"])} for counts in rows.to_dict("records")]


def _number(value: object) -> float:
    """Return a count, NaN where it is missing."""
    return math.nan if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type]


def _plain_number(value: float) -> str:
    """Return a count as it is read: one decimal at most, none from a thousand on."""
    if math.isnan(value):
        return "–"
    return with_minus(f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}".removesuffix(".0"))


def _sample_size(of: Indicator, counts: Counts) -> float:
    """Return how many a share or a median rests on; what is counted or summed up rests on all there is."""
    if of.kind in ("sum", "ratio"):
        return math.inf
    n = _number(counts.get("sample", counts["denominator" if of.kind == "share" else "numerator"]))
    return 0.0 if math.isnan(n) else n


def _indicator_value(of: Indicator, counts: Counts) -> float:
    """Return the value of an indicator that has enough to rest on; NaN where it cannot be told."""
    numerator, denominator = _number(counts["numerator"]), _number(counts["denominator"])
    if of.kind == "median":
        return _number(counts.get("median"))
    if of.kind == "sum":
        is_nothing = math.isnan(numerator) and not counts["missing"] and not denominator > 0
        return 0.0 if is_nothing else numerator
    if not denominator > 0:
        return math.nan
    return (100 if of.kind == "share" else 1) * numerator / denominator


def _said_counts(of: Indicator, counts: Counts, n: float, needed: int) -> Text:
    """Return the counts in words, and after them that they are too few, or how many are not known."""
    numbers = {name: _plain_number(_number(counts[name])) for name in ("numerator", "denominator")}
    parts = [of.said.fill(**numbers)]
    if n < needed:
        parts.append(TOO_FEW.fill(n=int(n), needed=needed))
    if counts["missing"]:
        parts.append(MISSING.fill(missing=int(counts["missing"])))
    return join_texts(parts, Text("；", "; "))


def _first_day(of: Indicator, counts: Counts, as_of: date | None) -> pd.Timestamp | None:
    """Return the first day of the period that is counted, None where it is of the day or of all years."""
    if "period_from" in counts or not of.of_year or as_of is None:
        return counts.get("period_from")
    return pd.Timestamp(as_of.year, 1, 1)


def _indicator_row(of: Indicator, counts: Counts, as_of: date | None, needed: int, grouping: str) -> Row:
    """Return one indicator: its value where there is enough for it, both counts, its period, its sentence."""
    is_known, n = bool(counts.get("is_known", True)), _sample_size(of, counts)
    is_too_few = is_known and n < needed
    value = _indicator_value(of, counts) if is_known and not is_too_few else math.nan
    said = _said_counts(of, counts, n, needed) if is_known else NO_DATA
    numbers = {name: _number(counts[name]) for name in ("numerator", "denominator")}
    days = {"period_from": _first_day(of, counts, as_of), "period_to": as_of, "newest": counts["newest"]}
    shown = {
        grouping: of.group,
        "code": of.code,
        "part": str(of.part),
        "indicator": of.name,
        "indicator_value": value,
        "unit": of.unit,
    }
    judged = {"missing": int(counts["missing"]), "is_too_few": is_too_few, "listed_in": of.listed_in}
    return shown | numbers | judged | days | sentence_columns(said)


def _nothing_known(of: Indicator) -> Counts:
    return indicator_counts(of.code, of.part, None, newest=None, is_known=False)


def indicator_table(
    indicators: Sequence[Indicator], counted: Iterable[Counts], as_of: date | None, needed: int, grouping: str
) -> pd.DataFrame:
    """Return the indicators in their order, one row each; `grouping` is what the column of their groups is called."""
    found = {(counts["code"], counts["part"]): counts for counts in counted}
    listed = [(of, found.get((of.code, of.part), _nothing_known(of))) for of in indicators]
    rows = [_indicator_row(of, counts, as_of, needed, grouping) for of, counts in listed]
    table = rows_as_table(rows, f"{grouping} {COLUMNS}")
    return table.assign(**{day: pd.to_datetime(table[day]) for day in ("period_from", "period_to", "newest")})
