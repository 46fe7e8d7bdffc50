"""How long until something is done, when for some it is not done yet: the Kaplan–Meier estimate.

The house leaves `scipy.stats` out because loading it takes a second; a test holds this to its `ecdf`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """`days` at which something was done, rising, and the `share` still open after each (from 1 down to 0)."""

    days: NDArray[np.float64]
    share: NDArray[np.float64]

    def done_within(self, part: float) -> float | None:
        """Return the days in which a part was done, or None where it has not come to that."""
        reached = self.days[self.share <= 1 - part + 1e-12]
        return float(reached[0]) if len(reached) else None


def survival_curve(days: Sequence[float], is_done: Sequence[bool]) -> SurvivalCurve:
    """Return the share still open over time; what is not done was open for at least its days (Kaplan & Meier 1958)."""
    spans, done = np.asarray(days, float), np.asarray(is_done, bool)
    times, ended = np.unique(spans[done], return_counts=True)
    at_risk = len(spans) - np.searchsorted(np.sort(spans), times)
    return SurvivalCurve(times, np.cumprod(1 - ended / at_risk, dtype=np.float64))
