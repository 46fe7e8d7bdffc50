"""Black and odorous water, 黑臭水体: a sample, a point of several samples, a water of several points.

Measured: SD transparency in cm, DO and NH3N in mg/L, ORP in mV. Built-up areas go by the `city` rule, villages by the
`rural` one; the limits are in data/standards/black_odour.csv.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.water.sample_size import TooFew, sample_shortage
from data.standards.thresholds import Row, rows_in_force, thresholds

Setting = Literal["city", "rural"]
Level = Literal["无数据", "无黑臭", "黑臭", "轻度黑臭", "重度黑臭"]
LEVELS: dict[Setting, tuple[Level, Level, Level]] = {
    "city": ("无黑臭", "轻度黑臭", "重度黑臭"),
    "rural": ("无黑臭", "黑臭", "黑臭"),
}


@dataclass(frozen=True, slots=True)
class SampleOdour:
    """The verdict on a sample: its level, the items judged (0 good, 1 slight, 2 severe), and what was left out."""

    setting: Setting
    level: Level
    judged: Mapping[str, int]
    measured: Mapping[str, float]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceOdour:
    """The verdict on a point or a whole water: `severe` of its `n` samples or points are 重度, `slight` 轻度."""

    level: Level
    n: int
    slight: int
    severe: int


def odour_limits(setting: Setting, as_of: date | None = None) -> tuple[Row, ...]:
    """Return the rows of a rule in force on a day; columns as in black_odour.csv."""
    return rows_in_force("black_odour.csv", as_of, setting)


def _item_degree(value: float, row: Row) -> int:
    """Return 0, 1 (slight) or 2 (severe) for one item; the bound of 轻度 belongs to it where the standard says."""
    sign = 1 if row["direction"] == "high" else -1
    over = sign * (value - float(row["slight"]))
    if row["severe"] and sign * (value - float(row["severe"])) > 0:
        return 2
    return int(over > 0 or (over == 0 and row["is_slight_included"] == "1"))


def sample_odour(
    measured: Mapping[str, float], setting: Setting, depth: float = math.nan, *, as_of: date | None = None
) -> SampleOdour:
    """Return the level of one sample: that of its worst item; items are named SD, DO, ORP, NH3N.

    Water shallower than 25 cm (`depth` in cm, NaN if unknown) is judged without its transparency, because the guide's
    rule for it is read in two ways. Source: 城市黑臭水体整治工作指南 (2015) table 1; 农村黑臭水体治理工作指南 (2019).
    """
    shallow = ("SD",) if depth < thresholds(as_of)["odour_shallow"] and "SD" in measured else ()
    known = {row["item"]: row for row in odour_limits(setting, as_of)}
    kept = {i: v for i, v in measured.items() if i in known and i not in shallow and not math.isnan(v)}
    judged = {item: _item_degree(value, known[item]) for item, value in kept.items()}
    level: Level = LEVELS[setting][max(judged.values())] if judged else "无数据"
    return SampleOdour(setting, level, judged, kept, shallow)


def _severe_share(samples: Sequence[SampleOdour], item: str) -> float:
    degrees = [s.judged[item] for s in samples if item in s.judged]
    return sum(degree == 2 for degree in degrees) / len(degrees)


def _is_point_severe(samples: Sequence[SampleOdour], rule: Mapping[str, float]) -> bool:
    shares = [_severe_share(samples, item) for item in sorted({item for s in samples for item in s.judged})]
    one = any(share >= rule["odour_one_item"] for share in shares)
    return one or sum(share >= rule["odour_two_items"] for share in shares) >= 2


def point_odour(samples: Sequence[SampleOdour], *, as_of: date | None = None) -> PlaceOdour | TooFew:
    """Return the level of a point in a built-up area from its samples, or what is lacking for it.

    重度 where 60 % of the data of one item are severe, or 30 % of two; otherwise 轻度 where any sample is black and
    odorous. At least three samples. Source: 城市黑臭水体整治工作指南 (2015).
    """
    held, rule = [s for s in samples if s.judged], thresholds(as_of)
    if lacking := sample_shortage(len(held), rule["odour_times"], "value"):
        return lacking
    degrees = [max(s.judged.values()) for s in held]
    level = 2 if _is_point_severe(held, rule) else int(any(degrees))
    return PlaceOdour(LEVELS["city"][level], len(held), degrees.count(1), degrees.count(2))


def water_odour(points: Sequence[PlaceOdour], *, as_of: date | None = None) -> PlaceOdour | TooFew:
    """Return the level of a whole water in a built-up area from its points, or what is lacking for it.

    重度 where 60 % of the points are; otherwise 轻度 where any point is black and odorous. At least three points.
    Source: 城市黑臭水体整治工作指南 (2015).
    """
    rule, levels = thresholds(as_of), [place.level for place in points]
    if lacking := sample_shortage(len(points), rule["odour_points"], "point"):
        return lacking
    slight, severe = levels.count("轻度黑臭"), levels.count("重度黑臭")
    level = 2 if severe >= rule["odour_severe_points"] * len(points) else int(slight + severe > 0)
    return PlaceOdour(LEVELS["city"][level], len(points), slight, severe)
