"""The light of a figure: how far it is ahead of or behind its plan."""

from __future__ import annotations

import csv
import math
from functools import cache

import pandas as pd

from data.standards import FOLDER
from data.text import Text

DONE, NO_DATA = "已完成", "无数据"


@cache
def status_thresholds() -> tuple[tuple[str, float], ...]:
    """Return (status, lowest gap in percentage points), best first."""
    with (FOLDER / "status_rule.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["status"], float(row["lowest_gap"])) for row in csv.DictReader(file))


def status_light(rate: float | None, gap: float | None, *, is_level: bool = False) -> str:
    """Return the light for a rate in percent and its gap to plan in percentage points; missing figures have none.

    A level that has to be kept on every day is never done.
    """
    if rate is None or math.isnan(rate):
        return NO_DATA
    if rate >= 100 and not is_level:
        return DONE
    if gap is None or math.isnan(gap):
        return NO_DATA
    return next(name for name, lowest in status_thresholds() if gap >= lowest)


def status_lights(rows: pd.DataFrame) -> list[str]:
    """Return the light of each row that has a rate and a gap."""
    levels = rows["is_level"].astype(bool) if "is_level" in rows else [False] * len(rows)
    each = zip(rows["rate"], rows["gap"], levels, strict=True)
    return [status_light(rate, gap, is_level=level) for rate, gap, level in each]


def status_rule_sentence() -> Text:
    """Return the rule of the lights in words, for the page to print."""
    (_, on_plan), (_, behind), *_ = status_thresholds()
    return Text(
        "灯色口径：● 正常 与序时（目标：与时间进度）之差 ≥ {on_plan:g}；"
        "▲ 滞后 ≥ {behind:g}；■ 严重滞后 < {behind:g} 个百分点；"
        "✓ 已完成；– 无数据",
        "Lights: ● on plan, gap ≥ {on_plan:g}; ▲ behind ≥ {behind:g}; ■ far behind < {behind:g} pp; ✓ done; – no data",
    ).fill(on_plan=on_plan, behind=behind)
