"""Readings that are hard to believe, found again section by section and item by item."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.limits import ITEMS
from tests.recomputed.sections import readings_until

# bounds chosen by the house, but for the modified z-score of 3.5 (Iglewicz & Hoaglin 1993), which is 3.5 / 0.6745 MAD
RUNNING, TOO_MUCH_OXYGEN, OTHER_UNIT, MANY, SPREADS, TIMES = 6, 20, 300, 20, 5.19, 10
Finding = tuple[pd.Timestamp, float, str, float]


def running(series: pd.DataFrame, has_low: bool) -> Iterator[Finding]:
    """Yield the readings of runs of one value; a non-detect ends a run, and the lowest of a section is no run."""
    run: list[tuple[pd.Timestamp, float]] = []
    rows = [
        *zip(series["sampled_at"], series["value"], series["qualifier"].isna(), strict=True),
        (None, math.nan, False),
    ]
    for at, value, is_measured in rows:
        if run and not (is_measured and value == run[0][1]):
            if len(run) >= RUNNING and (has_low or run[0][1] > series["value"].min()):
                yield from ((when, same, "连续相同", len(run)) for when, same in run)
            run = []
        if is_measured:
            run.append((at, value))


def other_unit(series: pd.DataFrame) -> Iterator[Finding]:
    """Yield the values far from the median."""
    middle = statistics.median(series["value"])
    for at, value, sign in zip(series["sampled_at"], series["value"], series["qualifier"], strict=True):
        if pd.isna(sign) and middle > 0 and value > 0 and max(value / middle, middle / value) >= OTHER_UNIT:
            yield at, value, "疑似单位错", middle


def lone_high(series: pd.DataFrame) -> Iterator[Finding]:
    """Yield the values that alone are far above the rest, short of what is taken for another unit."""
    series = series[(series["value"] > 0) & (series["qualifier"] != "<")]
    if len(series) < MANY:
        return
    logs = [math.log(value) for value in series["value"]]
    middle = statistics.median(logs)
    spread = statistics.median(abs(each - middle) for each in logs)
    high = [each - middle > max(math.log(TIMES), SPREADS * spread) for each in logs]
    for n, (at, value) in enumerate(zip(series["sampled_at"], series["value"], strict=True)):
        if high[n] and not any(high[max(n - 1, 0) : n] + high[n + 1 : n + 2]) and value < math.exp(middle) * OTHER_UNIT:
            yield at, value, "单个偏高", math.exp(middle)


def above_nitrogen(readings: pd.DataFrame) -> Iterator[tuple[str, str, Finding]]:
    """Yield ammonia and phosphorus that surely are above the total nitrogen of their sample."""
    nitrogen = readings[(readings["parameter"] == "TN") & (readings["qualifier"] != ">")]
    both = readings[readings["qualifier"] != "<"].merge(nitrogen, on=["section_id", "sampled_at"], suffixes=("", "_n"))
    for row in both[both["value"] > both["value_n"]].itertuples():
        if row.parameter in ("NH3N", "TP"):
            reason = {"NH3N": "氨氮大于总氮", "TP": "总磷大于总氮"}[row.parameter]
            yield row.section_id, row.parameter, (row.sampled_at, row.value, reason, row.value_n)


def findings(item: str, series: pd.DataFrame) -> Iterator[Finding]:
    """Yield what is hard to believe of an item at a section."""
    if item in (*ITEMS, "TN"):
        yield from running(series, item in ("PH", "DO"))
        if item != "PH":
            yield from other_unit(series)
        if item not in ("PH", "DO"):
            yield from lone_high(series)
    if item == "DO":
        for at, value in zip(series["sampled_at"], series["value"], strict=True):
            if value > TOO_MUCH_OXYGEN:
                yield at, value, "溶解氧过高", TOO_MUCH_OXYGEN


@recomputes("suspicious_readings", "section_id", "sampled_at", "parameter", "suspicion")
def suspicious_readings(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List them all."""
    readings = readings_until(ledgers, day).sort_values("sampled_at")
    rows = [(section, item, *found) for section, item, found in above_nitrogen(readings)]
    for (section, item), series in readings.groupby(["section_id", "parameter"]):
        rows += [(str(section), str(item), *found) for found in findings(str(item), series)]
    columns = ["section_id", "parameter", "sampled_at", "value", "suspicion", "against"]
    return pd.DataFrame(rows, columns=columns).astype({"sampled_at": "datetime64[us]"})
