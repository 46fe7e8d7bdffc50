"""The indicators of 疏: difficulties solved, visits, attitudes, petitions, each from the metric that defines it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analytics.indicators import Counts, Indicator, indicator_counts, indicator_table
from analytics.metrics.model import ComputeDependency
from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text

UNWILLING = ("反对", "观望")
INDICATORS = (
    Indicator(
        *("D1", 1, "难题化解率", "%", "share"),
        Text("已解决 {numerator} / 已办结 {denominator} 个难题", "{numerator} solved of {denominator} closed"),
        "difficulties",
        of_year=False,
    ),
    Indicator(
        *("D1", 2, "难题化解用时", "天", "median"),
        Text(
            "半数办结所需；{numerator} / {denominator} 个已办结",
            "until half are closed; {numerator} of {denominator} are",
        ),
        "difficulties",
        of_year=False,
    ),
    Indicator(
        *("D2", 1, "走访强度", "次", "median"),
        Text(
            "走访 {numerator} 次 / 未签约 {denominator} 户·周",
            "{numerator} visits in {denominator} household-weeks without an agreement",
        ),
        "visit_intensity",
        of_year=False,
    ),
    Indicator(
        *("D2", 2, "超期未走访户", "户", "sum"),
        Text("在册未签约 {denominator} 户", "of {denominator} registered and not signed"),
        "unsigned_households",
        of_year=False,
    ),
    Indicator(
        *("D3", 1, "态度转化率", "%", "share"),
        Text(
            "首次反对或观望的 {denominator} 户里 {numerator} 户转为支持",
            "{numerator} of {denominator} households first against or waiting are for it now",
        ),
        "attitude_changes",
        of_year=False,
    ),
    Indicator(
        *("D4", 1, "信访按期办结率", "%", "share"),
        Text(
            "{numerator} / {denominator} 件期限已过的信访", "{numerator} of {denominator} petitions past their due day"
        ),
        "petition_list",
        of_year=False,
    ),
    Indicator(
        *("D4", 2, "重复信访率", "%", "share"),
        Text("{numerator} / {denominator} 件信访", "{numerator} of {denominator} petitions"),
        "petition_list",
        of_year=False,
    ),
    Indicator(
        *("D4", 3, "高风险信访", "件", "sum"),
        Text("未办结的；收到过高风险 {denominator} 件", "open; {denominator} of high risk received in all"),
        "petition_list",
        of_year=False,
    ),
)


def _whole_row(rows: pd.DataFrame) -> Counts:
    """Return the row of all projects and kinds; raises IndexError where there are no rows."""
    whole = total_rows(rows)
    return dict((whole[whole["project_id"].isna()] if "project_id" in whole else whole).iloc[0])


def _difficulty_counts(rows: pd.DataFrame) -> Iterator[Counts]:
    row = _whole_row(rows)
    yield indicator_counts("D1", 1, row["solved"], row["closed"])
    yield indicator_counts("D1", 2, row["closed"], row["raised"], median=row["median_days"])


def _visit_counts(rows: pd.DataFrame) -> Iterator[Counts]:
    row = _whole_row(rows)
    weeks = {"median": row["visits_per_week"], "sample": row["household_weeks"], "period_from": row["period_from"]}
    yield indicator_counts("D2", 1, row["recent_visits"], row["household_weeks"], **weeks)
    yield indicator_counts("D2", 2, row["unvisited"], row["unsigned"])


def _attitude_counts(rows: pd.DataFrame) -> Iterator[Counts]:
    unwilling = rows[rows["is_total"].astype(bool) & rows["first_attitude"].isin(UNWILLING)]
    won = unwilling[unwilling["newest_attitude"] == "支持"]
    yield indicator_counts("D3", 1, int(won["households"].sum()), int(unwilling["households"].sum()))


def _petition_counts(rows: pd.DataFrame) -> Iterator[Counts]:
    row = _whole_row(rows)
    yield indicator_counts("D4", 1, row["closed_in_time"], row["due"])
    yield indicator_counts("D4", 2, row["repeats"], row["received"])
    yield indicator_counts("D4", 3, row["high_risk_open"], row["high_risk"])


# the metric that has the counts, and the ledger without which nothing is known of them
SOURCES = {
    "difficulties": ("household_difficulty", _difficulty_counts),
    "visit_intensity": ("visit", _visit_counts),
    "attitude_changes": ("visit", _attitude_counts),
    "petitions": ("petition", _petition_counts),
}


def _counts_on(rows: pd.DataFrame, compute_dependency: ComputeDependency) -> Iterator[Counts]:
    """Yield the counts of each metric whose ledger has rows by the day; `rows` has the newest day of each ledger."""
    newest = dict(zip(rows["ledger"], rows["newest"], strict=True))
    for metric, (ledger, counts_of) in SOURCES.items():
        found = compute_dependency(metric).rows
        if not pd.isna(newest[ledger]) and not found.empty:
            for counts in counts_of(found):
                yield counts | {"newest": newest[ledger]}


def persuasion_indicators(
    rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency
) -> pd.DataFrame:
    """Return the indicators of 疏, each as the metric behind it has it on the day."""
    needed = int(thresholds(as_of)["step_cases"])
    return indicator_table(INDICATORS, _counts_on(rows, compute_dependency), as_of, needed, "step")
