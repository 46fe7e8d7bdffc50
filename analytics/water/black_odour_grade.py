"""Black and odorous water, 黑臭水体: a sample, a point of several samples, a water of several points.

Measured: SD transparency in cm, DO and NH3N in mg/L, ORP in mV. Built-up areas go by the `city` rule, villages by the
`rural` one; the limits are in data/standards/black_odour.csv.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from analytics.sample_size import TooFew, sample_shortage
from data.standards.thresholds import Row, rows_in_force, thresholds

Setting = Literal["city", "rural"]
Level = Literal["无数据", "无法判定", "无黑臭", "黑臭", "轻度黑臭", "重度黑臭"]
LEVELS: dict[Setting, tuple[Level, Level, Level]] = {
    "city": ("无黑臭", "轻度黑臭", "重度黑臭"),
    "rural": ("无黑臭", "黑臭", "黑臭"),
}


@dataclass(frozen=True, slots=True)
class SampleOdour:
    """The verdict on a sample: its level, the items judged (0 good, 1 slight, 2 severe), and what was left out.

    `qualifiers` has < or > of the items known only by a bound. `unjudged` are those whose degree that leaves open;
    where they could make the level worse than that of the items judged, it is 无法判定.
    """

    setting: Setting
    level: Level
    judged: Mapping[str, int]
    measured: Mapping[str, float]
    left_out: tuple[str, ...] = ()
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    @property
    def unjudged(self) -> tuple[str, ...]:
        return tuple(item for item in self.measured if item not in self.judged)

    @property
    def is_open(self) -> bool:
        """Tell a sample whose level its bounds leave open."""
        return self.level == "无法判定"


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


def _degree_range(value: float, qualifier: str, row: Row) -> tuple[int, int]:
    """Return the least and the greatest degree that a value may have; beyond a limit that it equals is over it."""
    if not qualifier:
        return (degree := _item_degree(value, row)), degree
    is_high, worst = row["direction"] == "high", 2 if row["severe"] else 1
    over = [(value - float(bound)) * (1 if is_high else -1) for bound in (row["slight"], row["severe"]) if bound]
    if is_high == (qualifier == ">"):
        return sum(distance >= 0 for distance in over), worst
    return 0, sum(distance > 0 for distance in over)


def _is_shallow(depth: float, qualifier: str, limit: float) -> bool:
    """Tell water that is shallow, or of which only an upper bound of its depth is known."""
    return depth < limit or (qualifier == "<" and not math.isnan(depth))


def _sample_level(setting: Setting, ranges: Collection[tuple[int, int]]) -> Level:
    if not ranges:
        return "无数据"
    least, greatest = (max(each) for each in zip(*ranges, strict=True))
    words = LEVELS[setting]
    return words[least] if words[least] == words[greatest] else "无法判定"


def sample_odour(
    measured: Mapping[str, float],
    setting: Setting,
    depth: float = math.nan,
    *,
    qualifiers: Mapping[str, str] = MappingProxyType({}),
    as_of: date | None = None,
) -> SampleOdour:
    """Return the level of one sample: that of its worst item; items are named SD, DO, ORP, NH3N.

    `qualifiers` has < or > of the items (and DEPTH) known only by a bound. Water shallower than 25 cm (`depth` in cm,
    NaN if unknown) is judged without its transparency, because the guide's rule for it is read in two ways.
    Source: 城市黑臭水体整治工作指南 (2015) table 1; 农村黑臭水体治理工作指南 (2019).
    """
    limit = thresholds(as_of)["odour_shallow"]
    is_left_out = "SD" in measured and _is_shallow(depth, qualifiers.get("DEPTH", ""), limit)
    shallow = ("SD",) if is_left_out else ()
    known = {row["item"]: row for row in odour_limits(setting, as_of)}
    kept = {i: v for i, v in measured.items() if i in known and i not in shallow and not math.isnan(v)}
    ranges = {item: _degree_range(value, qualifiers.get(item, ""), known[item]) for item, value in kept.items()}
    judged = {item: least for item, (least, greatest) in ranges.items() if least == greatest}
    return SampleOdour(setting, _sample_level(setting, ranges.values()), judged, kept, shallow, qualifiers)


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
    odorous. At least three samples that can be judged. Source: 城市黑臭水体整治工作指南 (2015).
    """
    held, rule = [s for s in samples if s.judged and not s.is_open], thresholds(as_of)
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
