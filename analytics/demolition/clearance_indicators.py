"""拆, the last of the four steps: signed, vacated and razed, areas against target, the land after, safety."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import pandas as pd

from analytics.indicators import Counts, Indicator, indicator_counts, indicator_table
from analytics.metrics.model import ComputeDependency, DependencyResult
from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text

_HOUSEHOLDS = Text("{numerator} / {denominator} 户", "{numerator} of {denominator} households")
_OF_TARGET = Text(
    "目标期内 {numerator} / 目标 {denominator} ㎡", "{numerator} of {denominator} ㎡ in the period of the target"
)
CHAIN_PARTS = {"已腾空": 1, "已拆除": 2, "已交付": 3}
TARGET_PARTS = {"拆违": 1, "三改": 2}
INDICATORS = (
    Indicator("R1", 1, "按户签约率", "%", "share", _HOUSEHOLDS, "signing_rate", False),
    Indicator(
        *("R1", 2, "按面积签约率", "%", "share"),
        Text("{numerator} / {denominator} ㎡", "{numerator} of {denominator} ㎡"),
        *("signing_by_area", False),
    ),
    Indicator("R2", 1, "户腾空率", "%", "share", _HOUSEHOLDS, "status_chain", False),
    Indicator("R2", 2, "户拆除率", "%", "share", _HOUSEHOLDS, "status_chain", False),
    Indicator("R2", 3, "净地交付率", "%", "share", _HOUSEHOLDS, "status_chain", False),
    Indicator("R3", 1, "拆违完成率", "%", "share", _OF_TARGET, "area_targets"),
    Indicator("R3", 2, "三改完成率", "%", "share", _OF_TARGET, "area_targets"),
    Indicator(
        *("R4", 1, "新增违建处置天数", "天", "median"),
        Text(
            "发现到拆除的中位数；{numerator} / {denominator} 处已拆",
            "median from found to razed; {numerator} of {denominator} are razed",
        ),
        *("violations_reuse", False),
    ),
    Indicator(
        *("R4", 2, "拆后利用率", "%", "share"),
        Text("已利用 {numerator} / 可利用 {denominator} ㎡", "{numerator} of {denominator} ㎡ in use"),
        *("violations_reuse", False),
    ),
    Indicator(
        *("R5", 1, "安全事故数", "件", "sum"),
        Text("{denominator} 次行动，应为 0", "in {denominator} operations, to be 0"),
        *("operations_safety", False),
    ),
    Indicator(
        *("R5", 2, "夜间节假日强拆数", "次", "sum"),
        Text("{denominator} 次强拆，应为 0", "of {denominator} operations by force, to be 0"),
        *("operations_safety", False),
    ),
)


def clearance_indicators(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators of 拆; `rows` are those of area_targets."""
    counted = [
        *_signing_counts(compute_dependency("signing_rate"), compute_dependency("signing_by_area")),
        *_chain_counts(compute_dependency("status_chain")),
        *_target_counts(rows),
        *_building_counts(compute_dependency("violations_reuse")),
        *_operation_counts(compute_dependency("operations_safety")),
    ]
    return indicator_table(INDICATORS, counted, as_of, int(thresholds(as_of)["step_cases"]), "step")


def _signing_counts(by_household: DependencyResult, by_area: DependencyResult) -> Iterator[Counts]:
    """Yield the households signed of all, and their lawful floor area of all that is known."""
    if len(by_household.rows):
        counts = (float(by_household.rows[name].sum()) for name in ("signed", "households"))
        yield indicator_counts("R1", 1, *counts, newest=by_household.newest)
    known = by_area.rows.dropna(subset=["area_signed", "area"])
    if len(known):
        counts = (float(known[name].sum()) for name in ("area_signed", "area"))
        missing = int(by_area.rows["without_area"].sum())
        yield indicator_counts("R1", 2, *counts, missing=missing, newest=by_area.newest)


def _chain_counts(found: DependencyResult) -> Iterator[Counts]:
    """Yield the households that are vacated, razed and delivered of all."""
    for status, part in CHAIN_PARTS.items():
        own = found.rows[found.rows["status"] == status]
        if len(own):
            counts = (float(own[name].sum()) for name in ("reached", "households"))
            yield indicator_counts("R2", part, *counts, newest=found.newest)


def _target_counts(rows: pd.DataFrame) -> Iterator[Counts]:
    """Yield the areas against their targets; without a target there is no rate, whatever was done."""
    for row in rows[rows["is_whole"].astype(bool) & rows["newest"].notna()].to_dict("records"):
        more = {"newest": row["newest"], "period_from": row["period_start"], "sample": math.inf}
        yield indicator_counts("R3", TARGET_PARTS[row["kind"]], row["done"], row["target"], **more)


def _building_counts(found: DependencyResult) -> Iterator[Counts]:
    for row in total_rows(found.rows).to_dict("records"):
        yield indicator_counts(
            "R4", 1, row["new_razed"], row["found_new"], median=row["median_days"], newest=found.newest
        )
        missing = int(row["land_unknown"] + row["used_unknown"])
        yield indicator_counts("R4", 2, row["land_used"], row["land_available"], missing=missing, newest=found.newest)


def _operation_counts(found: DependencyResult) -> Iterator[Counts]:
    for row in total_rows(found.rows).to_dict("records"):
        period = {"newest": found.newest, "period_from": row["period_from"]}
        accidents = (row["accidents"], row["operations"])
        yield indicator_counts("R5", 1, *accidents, missing=int(row["accidents_unknown"]), **period)
        unknown = int(row["hour_unknown"] + row["holiday_unknown"])
        yield indicator_counts("R5", 2, row["forced_out_of_hours"], row["forced"], missing=unknown, **period)
