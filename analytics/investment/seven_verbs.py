"""The seven verbs: each indicator with its value, both counts and a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from analytics.investment.verb_indicators import INDICATORS, Indicator
from analytics.metrics.model import ComputeDependency, DependencyResult
from analytics.rows import Row, rows_as_table, sentence_columns
from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text, join_texts

COLUMNS = (
    "verb code part indicator value unit numerator denominator missing is_too_few period_from period_to newest "
    "listed_in sentence sentence_en"
)
NO_DATA = Text("台账里还没有", "nothing on record yet")
TOO_FEW = Text("样本不足：{n} 个，至少要 {needed} 个", "too few: {n}, at least {needed} are needed")
MISSING = Text("另有 {missing} 个情况不明", "{missing} more not known")
Counts = dict[str, object]


def _indicator_counts(code: str, part: int, numerator: object, denominator: object = None, **more: object) -> Counts:
    """Return the counts of one indicator as the query has them."""
    return {"code": code, "part": part, "numerator": numerator, "denominator": denominator, "missing": 0} | more


def _total_row(result: DependencyResult) -> Row | None:
    """Return the one row of a result that is of everything, if there is one."""
    rows = total_rows(result.rows)
    return None if rows.empty else {str(name): value for name, value in rows.iloc[0].items()}


def _playbook_counts(result: DependencyResult, as_of: date | None) -> Iterator[Counts]:
    row = _total_row(result)
    if row is not None:
        yield _indicator_counts("N4", 1, row["on_time"], row["due"])


SOURCES: dict[str, Callable[[DependencyResult, date | None], Iterator[Counts]]] = {
    "playbook_punctuality": _playbook_counts,
}


def _number(value: object) -> float:
    """Return a count, NaN where it is missing."""
    return math.nan if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type]


def _plain_number(value: float) -> str:
    """Return a count as it is read, with at most one decimal."""
    return "–" if math.isnan(value) else f"{value:,.1f}".removesuffix(".0")


def _sample_size(of: Indicator, counts: Counts) -> float | None:
    """Return how many a share or a median rests on; what is counted or summed up rests on all there is."""
    if of.kind in ("share", "median"):
        return _number(counts["denominator" if of.kind == "share" else "numerator"])
    return None


def _indicator_value(of: Indicator, counts: Counts) -> float:
    """Return the value of an indicator that has enough to rest on; NaN where it cannot be told."""
    numerator, denominator = _number(counts["numerator"]), _number(counts["denominator"])
    if of.kind == "median":
        return _number(counts.get("median"))
    if of.kind == "sum":
        return 0.0 if math.isnan(numerator) and not counts["missing"] and not denominator else numerator
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
        parts.append(MISSING.fill(missing=int(_number(counts["missing"]))))
    return join_texts(parts, Text("；", "; "))


def _indicator_row(of: Indicator, counts: Counts, as_of: date | None, needed: int) -> Row:
    """Return one indicator: its value where there is enough for it, both counts, its period, its sentence."""
    is_known = not pd.isna(counts["newest"])
    size = _sample_size(of, counts)
    n = math.inf if size is None else 0.0 if math.isnan(size) else size
    is_too_few = is_known and n < needed
    value = _indicator_value(of, counts) if is_known and not is_too_few else math.nan
    year = pd.Timestamp(as_of).replace(month=1, day=1) if of.of_year and as_of else None
    said = _said_counts(of, counts, n, needed) if is_known else NO_DATA
    return {
        "verb": of.verb, "code": of.code, "part": of.part, "indicator": of.name, "value": value, "unit": of.unit,
        "numerator": _number(counts["numerator"]), "denominator": _number(counts["denominator"]),
        "missing": int(_number(counts["missing"])), "is_too_few": is_too_few, "period_from": year,
        "period_to": None if as_of is None else pd.Timestamp(as_of), "newest": counts["newest"],
        "listed_in": of.listed_in,
    } | sentence_columns(said)  # fmt: skip


def seven_verbs(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators in the order of the verbs, those of other metrics as these have them on the day."""
    counted: list[Counts] = rows.to_dict("records")
    for name, counts_of in SOURCES.items():
        result = compute_dependency(name)
        counted += [counts | {"newest": result.newest} for counts in counts_of(result, as_of)]
    found = {(counts["code"], counts["part"]): counts for counts in counted}
    needed = int(thresholds(as_of)["verb_cases"])
    listed = [(of, found[of.code, of.part]) for of in INDICATORS if (of.code, of.part) in found]
    table = rows_as_table([_indicator_row(of, counts, as_of, needed) for of, counts in listed], COLUMNS)
    return table.assign(**{day: pd.to_datetime(table[day]) for day in ("period_from", "period_to", "newest")})
