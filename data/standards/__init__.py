"""Limits and rules as data, versioned by the day they took effect."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
CLASS_COUNT = 5


def _csv_rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _limit_bounds(direction: str, limit: str) -> tuple[float | None, float | None]:
    if direction == "range":
        low, high = limit.split("-")
        return float(low), float(high)
    return (float(limit), None) if direction == "at_least" else (None, float(limit))


def class_limits() -> Iterator[tuple[object, ...]]:
    """Yield one row per standard, parameter, kind of water and class.

    Columns: standard, effective_from, rounded_from, parameter, water (river or lake), class rank 1-5, low, high,
    decimals. Source: GB 3838-2002 table 1, the 21 items that take part in a class (环办〔2011〕22号).
    """
    for version in _csv_rows("versions.csv"):
        for row in _csv_rows(version["file"]):
            for water in ("river", "lake") if row["water"] == "all" else (row["water"],):
                for rank in range(1, CLASS_COUNT + 1):
                    yield (
                        version["standard"],
                        date.fromisoformat(version["effective_from"]),
                        date.fromisoformat(version["rounded_from"]),
                        row["parameter"],
                        water,
                        rank,
                        *_limit_bounds(row["direction"], row[f"class_{rank}"]),
                        int(row["decimals"]),
                    )
