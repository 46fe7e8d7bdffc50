"""Does the water that leaves a plant keep to the plant's standard? The limits are in data/standards/discharge.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.standards.thresholds import rows_in_force, thresholds

Verdict = Literal["达标", "不达标", "无法判定"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One item of a sample; `qualifier` is < below the detection limit that is its value, > above a range, or empty."""

    value: float
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """What an item may be; `high_cold` holds instead of `high` in cold water, where it is given."""

    low: float | None
    high: float | None
    high_cold: float | None

    def bounds(self, is_cold: bool | None) -> tuple[float | None, ...]:
        """Return the upper limits that may hold: both where it is not known whether the water was cold."""
        if self.high_cold is None:
            return (self.high,)
        return {True: (self.high_cold,), False: (self.high,), None: (self.high, self.high_cold)}[is_cold]


def _optional_float(written: str) -> float | None:
    return float(written) if written else None


def discharge_limits(standard: str, on: date) -> Mapping[str, Limit]:
    """Return the limits of a discharge standard on a day, by item; none where its text was not found."""
    known = rows_in_force("discharge.csv", on, standard)
    return {
        r["parameter"]: Limit(_optional_float(r["low"]), _optional_float(r["high"]), _optional_float(r["high_cold"]))
        for r in known
    }


def is_standard_verified(standard: str, on: date) -> bool | None:
    """Tell whether the limits of a standard were checked against a second source; None where there are none."""
    known = rows_in_force("discharge.csv", on, standard)
    return all(row["is_verified"] == "1" for row in known) if known else None


def _meets_limits(found: Measurement, low: float | None, high: float | None) -> bool | None:
    """Tell whether a result keeps to its limits; None where its qualifier leaves that open.

    What lies above its value is above a limit that equals it, and so below.
    """
    if found.qualifier == ">":
        return False if high is not None and found.value >= high else None
    if found.qualifier == "<" and low is not None:
        return False if found.value <= low else None
    is_above, is_below = high is not None and found.value > high, low is not None and found.value < low
    return None if found.qualifier and is_above else not (is_above or is_below)


def _item_verdict(found: Measurement, limit: Limit, is_cold: bool | None) -> bool | None:
    answers = {_meets_limits(found, limit.low, high) for high in limit.bounds(is_cold)}
    return answers.pop() if len(answers) == 1 else None


@dataclass(frozen=True, slots=True)
class SampleVerdict:
    """The verdict on one sample: its items that failed and those that could not be judged."""

    verdict: Verdict
    failed: tuple[str, ...]
    unjudged: tuple[str, ...]
    items: int


def sample_verdict(results: Mapping[str, Measurement], standard: str, on: date) -> SampleVerdict:
    """Return whether a sample keeps to all limits of its standard that were measured.

    The limit in brackets holds at 12 ℃ and below; without a temperature a value between the two limits cannot be
    judged. A non-detect passes up to the limit. Source: GB 18918-2002 table 1.
    """
    known = discharge_limits(standard, on)
    cold = results["WT"].value <= thresholds(on)["cold_water"] if "WT" in results else None
    answers = {item: _item_verdict(found, known[item], cold) for item, found in results.items() if item in known}
    failed = tuple(item for item, keeps in answers.items() if keeps is False)
    unjudged = tuple(item for item, keeps in answers.items() if keeps is None)
    verdict: Verdict = "不达标" if failed else "无法判定" if unjudged or not answers else "达标"
    return SampleVerdict(verdict, failed, unjudged, len(answers))
