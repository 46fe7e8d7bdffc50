"""黑臭 worked out again: samples, points in built-up areas, whole rivers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.sections import readings_until

# 城市黑臭水体整治工作指南 (2015): slight from, severe beyond; 农村黑臭水体治理工作指南 (2019): beyond
CITY = {"SD": (25, 10), "DO": (2.0, 0.2), "ORP": (50, -200), "NH3N": (8.0, 15)}
VILLAGE = {"SD": 25, "DO": 2, "NH3N": 15}
SHALLOW = 25  # cm: such water is judged without its transparency
TIMES, POINTS = 3, 3
NONE, SLIGHT, SEVERE, OPEN = 0, 1, 2, -1
HAIR, FAR = 1e-9, 1e9


def degree(item: str, value: float, is_city: bool) -> int:
    """Return how bad a value is."""
    if not is_city:
        return int(value > VILLAGE[item] if item == "NH3N" else value < VILLAGE[item])
    slight, severe = CITY[item]
    if item == "NH3N":
        return SEVERE if value > severe else int(value >= slight)
    return SEVERE if value < severe else int(value <= slight)


def degrees(item: str, value: float, sign: str, is_city: bool) -> set[int]:
    """Return how bad a value may be, of which perhaps only a bound is known."""
    ends = {"<": (-FAR, value - HAIR), ">": (value + HAIR, FAR)}.get(sign, (value, value))
    found = {degree(item, end, is_city) for end in ends}
    return set(range(min(found), max(found) + 1))


def judge(sample: pd.DataFrame, is_city: bool) -> tuple[int, dict[str, int]] | None:
    """Return how bad a sample is, OPEN where its bounds do not tell, and its items that are sure; None without any."""
    rows = {r.parameter: (r.value, r.qualifier) for r in sample.itertuples()}
    depth, sign = rows.pop("DEPTH", (FAR, ""))
    if depth < SHALLOW or sign == "<":
        rows.pop("SD", None)
    possible = {
        item: degrees(item, *row, is_city) for item, row in rows.items() if item in (CITY if is_city else VILLAGE)
    }
    if not possible:
        return None
    worst = {max(each) for each in product(*possible.values())}
    sure = {item: each.pop() for item, each in possible.items() if len(each) == 1}
    return (worst.pop() if len(worst) == 1 else OPEN), sure


def is_severe(samples: Sequence[dict[str, int]]) -> bool:
    """Tell a point where 60 % of the data of an item are severe, or 30 % of two."""
    shares = []
    for item in {item for sample in samples for item in sample}:
        data = [sample[item] == SEVERE for sample in samples if item in sample]
        shares.append(Fraction(sum(data), len(data)))
    return max(shares) >= Fraction(6, 10) or sum(share >= Fraction(3, 10) for share in shares) >= 2


def counted(levels: Sequence[int], is_worst: bool, needed: int) -> dict[str, object]:
    """Return the level of a point by its samples, or of a river by its points; too few have none."""
    if len(levels) < needed:
        return {"odour_level": "样本不足", "samples": len(levels)}
    level = SEVERE if is_worst else int(max(levels) > NONE)
    name = ("无黑臭", "轻度黑臭", "重度黑臭")[level]
    return {"odour_level": name, "samples": len(levels), "slight": levels.count(SLIGHT), "severe": levels.count(SEVERE)}


def section_row(judged: Sequence[tuple[int, dict[str, int]]], is_city: bool) -> tuple[dict[str, object], int | None]:
    """Return what is told of a section in a month, and its degree where it has one in a built-up area."""
    order = {NONE: 0, OPEN: 1, SLIGHT: 2, SEVERE: 3}  # what is not known is no good sample
    worst, items = max(judged, key=lambda each: order[each[0]])
    words = {NONE: "无黑臭", OPEN: "无法判定", SLIGHT: "轻度黑臭" if is_city else "黑臭", SEVERE: "重度黑臭"}
    row: dict[str, object] = {"sample_level": words[worst], "items": len(items)}
    row["worst"] = ",".join(item for item, found in sorted(items.items()) if found == worst and worst > NONE) or None
    if not is_city:
        return row | {"odour_level": words[worst], "samples": len(judged)}, None
    sure = [(level, found) for level, found in judged if level != OPEN]
    levels = [level for level, _ in sure]
    row |= counted(levels, bool(sure) and is_severe([found for _, found in sure]), TIMES)
    row["unjudged_samples"] = len(judged) - len(sure)
    known = {"无黑臭": NONE, "轻度黑臭": SLIGHT, "重度黑臭": SEVERE}
    return row, known.get(str(row["odour_level"]))


@recomputes("black_odour", "river", "is_total", "month", "section_id")
def black_odour(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Judge the sections of the rivers that are assessed so, and in built-up areas the rivers."""
    places = ledgers["section"][["section_id", "river_id"]].merge(ledgers["river"], on="river_id")
    places = places[places["assess_rule"].isin(["城市黑臭", "农村黑臭"])].rename(columns={"name": "river"})
    readings = readings_until(ledgers, day).merge(places[["section_id", "river", "assess_rule"]], on="section_id")
    readings = readings[readings["parameter"].isin([*CITY, "DEPTH"])]
    rows: list[dict[str, object]] = []
    for (river, rule, month), of_river in readings.groupby(["river", "assess_rule", "month"]):
        at, levels = {"river": river, "rule": rule, "month": month}, []
        for section, taken in of_river.groupby("section_id"):
            found = [judge(sample, rule == "城市黑臭") for _, sample in taken.groupby("sampled_at")]
            judged = [each for each in found if each]
            if judged:
                row, level = section_row(judged, rule == "城市黑臭")
                rows.append(at | {"section_id": section, "is_total": False} | row)
                levels += [] if level is None else [level]
        if levels:
            worst = Fraction(levels.count(SEVERE), len(levels)) >= Fraction(6, 10)
            rows.append(at | {"section_id": None, "is_total": True} | counted(levels, worst, POINTS))
    return pd.DataFrame(rows)
