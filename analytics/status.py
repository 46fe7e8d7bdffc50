"""The light of a figure: how far it is ahead of or behind its plan."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from data.standards.thresholds import rows_in_force
from data.text import Text

DONE, NO_DATA = "已完成", "无数据"


def status_thresholds(as_of: date | None) -> tuple[tuple[str, float], ...]:
    """Return (status, lowest gap in percentage points) as they hold on a day, best first."""
    return tuple((row["status"], float(row["lowest_gap"])) for row in rows_in_force("status_rule.csv", as_of, "light"))


def status_light(rate: float | None, gap: float | None, as_of: date | None, *, is_level: bool = False) -> str:
    """Return the light for a rate in percent and its gap to plan in percentage points; missing figures have none.

    A level that has to be kept on every day is never done.
    """
    if rate is None or math.isnan(rate):
        return NO_DATA
    if rate >= 100 and not is_level:
        return DONE
    if gap is None or math.isnan(gap):
        return NO_DATA
    return next(name for name, lowest in status_thresholds(as_of) if gap >= lowest)


def status_lights(rows: pd.DataFrame, as_of: date | None) -> list[str]:
    """Return the light on a day of each row that has a rate and a gap."""
    levels = rows["is_level"].astype(bool) if "is_level" in rows else [False] * len(rows)
    each = zip(rows["rate"], rows["gap"], levels, strict=True)
    return [status_light(rate, gap, as_of, is_level=level) for rate, gap, level in each]


def status_rule_sentence(as_of: date | None) -> Text:
    """Return the rule of the lights on a day in words, for the page to print."""
    (_, on_plan), (_, behind), *_ = status_thresholds(as_of)
    return Text(
        "灯色口径：● 正常 与序时（目标：与时间进度）之差 ≥ {on_plan:g}；"
        "▲ 滞后 ≥ {behind:g}；■ 严重滞后 < {behind:g} 个百分点；"
        "✓ 已完成；– 无数据",
        "Lights: ● on plan, gap ≥ {on_plan:g}; ▲ behind ≥ {behind:g}; ■ far behind < {behind:g} pp; ✓ done; – no data",
    ).fill(on_plan=on_plan, behind=behind)
