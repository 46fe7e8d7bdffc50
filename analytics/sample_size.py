"""How much is enough: a verdict on too few values is not given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CountedUnit = Literal["value", "month", "year", "point"]


@dataclass(frozen=True, slots=True)
class TooFew:
    """样本不足: `n` of `counted` are there, `needed` would be enough for a verdict."""

    n: int
    needed: int
    counted: CountedUnit = "value"


def sample_shortage(n: int, needed: float, counted: CountedUnit) -> TooFew | None:
    """Return what is lacking, or None where there is enough."""
    return TooFew(n, int(needed), counted) if n < needed else None
