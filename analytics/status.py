"""The light of a figure: how far it is ahead of or behind its plan."""

from __future__ import annotations

import csv
import math
from functools import cache
from typing import Literal

from data.standards import FOLDER

Status = Literal["已完成", "正常", "滞后", "严重滞后", "无数据"]


@cache
def rule() -> tuple[tuple[Status, float], ...]:
    """Return (status, lowest gap in percentage points), best first."""
    with (FOLDER / "status_rule.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["status"], float(row["lowest_gap"])) for row in csv.DictReader(file))  # type: ignore[misc]


def status(rate: float | None, gap: float | None) -> Status:
    """Return the light for a rate in percent and its gap to plan in percentage points; missing figures have none."""
    if rate is None or math.isnan(rate):
        return "无数据"
    if rate >= 100:
        return "已完成"
    if gap is None or math.isnan(gap):
        return "无数据"
    return next(name for name, lowest in rule() if gap >= lowest)
