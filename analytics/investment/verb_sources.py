"""The counts of the indicators that other metrics define: land, funds, pipeline, requests, playbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pandas as pd

from analytics.indicators import Counts, indicator_counts
from analytics.metrics.model import DependencyResult
from data.result_rows import total_rows
from data.standards.thresholds import thresholds

Results = Mapping[str, DependencyResult]
UNDATED = {("land_clocks",), ("playbook_punctuality",)}  # without parcels or tasks they have no rows, dated or not
SIGNING_TARGET, OPEN_PROJECTS = "contract_value", "在谈"


def _total_row(result: DependencyResult) -> Counts:
    """Return the one row of a result that is of everything; its values are missing where there is none."""
    rows = total_rows(result.rows)
    values = dict.fromkeys(rows.columns) if rows.empty else rows.iloc[0].to_dict()
    return {str(name): value for name, value in values.items()}


def _idle_resource_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    row = _total_row(found["idle_resource_summary"])
    yield indicator_counts("T1", 1, row["revived_area"], row["revived"])
    yield indicator_counts("T1", 2, row["revived_land"], row["revived"])
    stock = None if pd.isna(row["stock_start"]) else row["stock_start"] + row["added"]
    yield indicator_counts("T1", 3, row["revived"], stock)
    yield indicator_counts("T2", 1, row["idle_revived"], row["idle_counted"], median=row["median_idle_days"])
    yield indicator_counts("T3", 1, row["tax_counted"], median=row["median_tax_gain"])
    yield indicator_counts("T3", 2, row["deals"], row["leads"])


def _land_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    """Yield what has started of all parcels, and of the others how many are how late by years."""
    parcels = found["land_clocks"].rows
    year, two_years = (thresholds(as_of)[name] for name in ("land_fee_days", "land_recall_days"))
    is_waiting = parcels["actual_start_on"].isna()
    late = parcels.loc[is_waiting, "days_overdue"].astype(float).fillna(0)
    bands = pd.cut(late, [-1, 0, year, two_years, float("inf")], labels=False)
    yield indicator_counts("C1", 1, int((~is_waiting).sum()), len(parcels))
    for part in range(1, 5):
        yield indicator_counts("C3", part, int((bands == part - 1).sum()), len(late))


def _fund_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    row = _total_row(found["cohort_rates"])
    yield indicator_counts("C2", 1, row["received"], row["investment"], sample=row["projects"], missing=row["unpriced"])


def _pipeline_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    """Yield the weighted pipeline and what is left to sign; projects without a probability are not in it."""
    weighted, targets = found["weighted_pipeline"].rows, found["target_coverage"].rows
    of_all = weighted[weighted["is_total"].astype(bool) & (weighted["outcome"] == OPEN_PROJECTS)]
    left = targets.loc[targets["metric"] == SIGNING_TARGET, "missing"]
    stages = weighted[~weighted["is_total"].astype(bool) & (weighted["outcome"] == OPEN_PROJECTS)]
    unweighted = int(stages.loc[stages["weighted"].isna(), "projects"].sum())
    amounts = (None if values.empty else values.iloc[0] for values in (of_all["weighted"], left))
    yield indicator_counts("S2", 1, *amounts, missing=unweighted)


def _request_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    row = _total_row(found["request_summary"])
    months = int(thresholds(as_of)["request_months"])
    since = None if as_of is None else pd.Timestamp(as_of) + pd.DateOffset(days=1, months=-months)
    window = {"period_from": since}
    yield indicator_counts("N1", 1, row["closed_in_time"], row["due"], **window)
    yield indicator_counts("N2", 1, row["solved"], row["closed"], **window)
    yield indicator_counts("N2", 2, row["reopened"], row["closed_once"], **window)
    yield indicator_counts("N3", 1, row["replied"], median=row["median_reply_hours"], **window)
    yield indicator_counts("N3", 2, row["satisfied"], row["rated"], **window)


def _playbook_counts(found: Results, as_of: date | None) -> Iterator[Counts]:
    row = _total_row(found["playbook_punctuality"])
    yield indicator_counts("N4", 1, row["on_time"], row["due"])


SOURCES: dict[tuple[str, ...], Callable[[Results, date | None], Iterator[Counts]]] = {
    ("idle_resource_summary",): _idle_resource_counts,
    ("land_clocks",): _land_counts,
    ("cohort_rates",): _fund_counts,
    ("weighted_pipeline", "target_coverage"): _pipeline_counts,
    ("request_summary",): _request_counts,
    ("playbook_punctuality",): _playbook_counts,
}


def dependency_counts(ask: Callable[[str], DependencyResult], as_of: date | None) -> Iterator[Counts]:
    """Yield the counts that other metrics have on the day, each with the newest day in their ledgers."""
    for names, counts_of in SOURCES.items():
        found = {name: ask(name) for name in names}
        newest = max((result.newest for result in found.values() if result.newest), default=None)
        has_rows = all(not result.rows.empty for result in found.values())
        is_known = has_rows and (newest is not None or names in UNDATED)
        for counts in counts_of(found, as_of) if is_known else ():
            yield counts | {"newest": newest}
