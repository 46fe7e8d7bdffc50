"""The light of a figure: how far it is ahead of or behind its plan, and how many lights there are of each kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text, with_minus
from data.words import LATE, LIGHTS

DONE, NO_DATA, WAITING, OVERDUE = "已完成", "无数据", "待上报", "已逾期"
RATE_DECIMALS = 9  # chosen: what binary fractions leave of a rate or a gap is nothing


def status_thresholds(as_of: date | None) -> tuple[tuple[str, float], ...]:
    """Return (status, lowest gap in percentage points) as they hold on a day, best first."""
    return tuple((row["status"], float(row["lowest_gap"])) for row in rows_in_force("status_rule.csv", as_of, "light"))


def status_light(
    rate: float | None,
    gap: float | None,
    as_of: date | None,
    *,
    is_level: bool = False,
    is_waiting: bool = False,
    days_left: float | None = None,
) -> str:
    """Return the light for a rate in percent and its gap to plan in percentage points; missing figures have none.

    A level that has to be kept on every day is never done and has no deadline. A deadline that has passed without
    completion is news; a report that is overdue is not, so the last gap is no longer held against the plan.
    """
    known = not _is_missing(rate)
    if known and round(rate, RATE_DECIMALS) >= 100 and not is_level:  # type: ignore[arg-type]
        return DONE
    if not is_level and not _is_missing(days_left) and days_left < 0 and (known or is_waiting):  # type: ignore[operator]
        return OVERDUE
    if is_waiting:
        return WAITING
    if not known or _is_missing(gap):
        return NO_DATA
    gap = round(gap, RATE_DECIMALS)  # type: ignore[arg-type]
    return next(name for name, lowest in status_thresholds(as_of) if gap >= lowest)


def _is_missing(value: float | None) -> bool:
    return value is None or math.isnan(value)


def status_lights(rows: pd.DataFrame, as_of: date | None) -> list[str]:
    """Return the light on a day of each row that has a rate and a gap."""
    return [
        status_light(
            row["rate"],
            row["gap"],
            as_of,
            is_level=bool(row.get("is_level", False)),
            is_waiting=bool(row.get("is_waiting", False)),
            days_left=row.get("days_left"),
        )
        for row in rows.to_dict("records")
    ]


def light_counts(lights: Iterable[str]) -> Mapping[str, int]:
    """Return how many there are of every light, those that nothing has as 0."""
    found = list(lights)
    return {choice.value: found.count(choice.value) for choice in LIGHTS}


def late_count(lights: Iterable[str]) -> int:
    """Return how many are behind, far behind or past their deadline: the count of `behind`."""
    return sum(light in LATE for light in lights)


def are_all_on_plan(lights: Iterable[str]) -> bool:
    """Tell whether everything is on plan or done; of what has no data or waits for a report that cannot be said."""
    found = list(lights)
    return bool(found) and not any(light in (*LATE, WAITING, NO_DATA) for light in found)


def status_rule_sentence(as_of: date | None) -> Text:
    """Return the rule of the lights on a day in words, for the page to print."""
    (_, on_plan), (_, behind), *_ = status_thresholds(as_of)
    return Text(
        "灯色口径：● 正常 与序时（目标：与时间进度；一直要保持的：与目标值）之差 ≥ {on_plan}；"
        "▲ 滞后 ≥ {behind}；■ 严重滞后 < {behind} 个百分点；"
        "◆ 已逾期 截止日已过而未完成；○ 待上报 超过 {report_days:g} 天没有上报；✓ 已完成；– 无数据。"
        "按月上报的，与上报那天的序时比",
        "Lights: ● on plan, gap (to the plan, the time elapsed or the level to keep) ≥ {on_plan}; ▲ behind "
        "≥ {behind}; ■ far behind < {behind} pp; ◆ deadline passed, not done; ○ no report for more than "
        "{report_days:g} days; ✓ done; – no data. What is reported by the month is held against the plan on the day of "
        "its report",
    ).fill(on_plan=_limit(on_plan), behind=_limit(behind), report_days=thresholds(as_of)["report_days"])


def _limit(points: float) -> str:
    return with_minus(f"{points:g}")
