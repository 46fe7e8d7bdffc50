"""Limits and rules as data, versioned by the day they took effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.standards.thresholds import every_version

CLASS_COUNT = 5  # Ⅰ–Ⅴ of GB 3838; worse is 劣Ⅴ


def _limit_bounds(direction: str, limit: str) -> tuple[float | None, float | None]:
    if direction == "range":
        low, high = limit.split("-")
        return float(low), float(high)
    return (float(limit), None) if direction == "at_least" else (None, float(limit))


def class_limits() -> Iterator[tuple[object, ...]]:
    """Yield one row per version, parameter, kind of water and class.

    Columns: standard, effective_from, rounded_from, parameter, water (river or lake), class rank 1-5, low, high,
    decimals. Source: GB 3838-2002 table 1, the 21 items that take part in a class (环办〔2011〕22号).
    """
    for row in every_version("surface_water.csv"):
        for water in ("river", "lake") if row["water"] == "all" else (row["water"],):
            for rank in range(1, CLASS_COUNT + 1):
                yield (
                    row["standard"],
                    date.fromisoformat(row["effective_from"]),
                    date.fromisoformat(row["rounded_from"]),
                    row["rule"],
                    water,
                    rank,
                    *_limit_bounds(row["direction"], row[f"class_{rank}"]),
                    int(row["decimals"]),
                )
