"""Rivers by 环办〔2011〕22号 worked out again: their grade, their index, how they and their sections changed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.classes import Items, Ranks, classes, measured, over_third, pollutants_of, ranks_of, worst_rank
from tests.recomputed.known_values import mean_of
from tests.recomputed.limits import ITEMS, limits_of
from tests.recomputed.sections import readings_until, sections_held

GRADES = ("优", "优", "良好", "轻度污染", "中度污染", "重度污染")  # of Ⅰ to worse than Ⅴ
LEVELS = ("优", "良好", "轻度污染", "中度污染", "重度污染")
FEW_SECTIONS = 5  # below it means, from it on shares of classes
BACK = {"同比": pd.DateOffset(years=1), "环比": pd.DateOffset(months=1)}
RiverMonth = tuple[str, pd.Timestamp]


def river_means(ledgers: Ledgers, day: pd.Timestamp) -> dict[RiverMonth, tuple[Items, Ranks, str]]:
    """Return the means of the items over the sections of each river and month, their classes, and the kind of water."""
    held = sections_held(ledgers, day).set_index("section_id")
    parts: dict[RiverMonth, list[tuple[Items, pd.Timestamp, str]]] = {}
    for (section, month), (items, last, _) in measured(readings_until(ledgers, day), "month").items():
        river, water = held.at[section, "river_id"], held.at[section, "water"]
        if isinstance(river, str):
            parts.setdefault((river, month), []).append((items, last, water))
    found = {}
    for at, sections in parts.items():
        names = {item for items, _, _ in sections for item in items}
        means = {i: mean_of(i, [items[i] for items, _, _ in sections if i in items]) for i in names}
        water = "lake" if all(kind == "lake" for _, _, kind in sections) else "river"
        found[at] = means, ranks_of(means, water, max(last for _, last, _ in sections)), water
    return found


def grade_by_shares(ranks: list[int]) -> str:
    """Return the grade by the shares of classes: 断面水质类别比例法."""
    good, bad = (Fraction(100 * sum(each), len(ranks)) for each in ([r <= 3 for r in ranks], [r == 6 for r in ranks]))
    if good >= 75:
        return "优" if good >= 90 else "良好"
    return "轻度污染" if bad < 20 else "中度污染" if bad < 40 else "重度污染"


def pollutants_of_river(sections: pd.DataFrame) -> str | None:
    """Name the three items that most sections have beyond Ⅲ, of equals the worst; of one section its own."""
    found = list(zip(sections["known"], sections["ranks"], sections["water"], strict=True))
    if len(found) == 1:
        return pollutants_of(*found[0])
    over: dict[str, list[tuple[int, int, float]]] = {}
    for each in found:
        for item, order in over_third(*each).items():
            over.setdefault(item, []).append(order)
    first = sorted(over, key=lambda item: (-len(over[item]), min(over[item])))[:3]
    return ",".join(f"{item}({len(over[item])}/{len(found)})" for item in first) or None


@recomputes("river_grade", "river_id", "month")
def river_grade(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Grade each river in each month in which one of its sections has a class."""
    means, rows = river_means(ledgers, day), []
    found = classes(ledgers, day, "month")
    for (river, month), sections in found[found["class_rank"].notna()].groupby(["river_id", "month"]):
        ranks, of_means = [int(rank) for rank in sections["class_rank"]], means[river, month][1]
        by_shares = len(ranks) >= FEW_SECTIONS
        mean_rank = worst_rank(of_means)
        unjudged = ",".join(sorted(item for item, (rank, _) in of_means.items() if rank is None))
        row = {"river_id": river, "month": month, "unjudged": None if by_shares else unjudged or None}
        if by_shares or mean_rank:
            good, bad = sum(rank <= 3 for rank in ranks), sum(rank == 6 for rank in ranks)
            row |= {"grade": grade_by_shares(ranks) if by_shares else GRADES[(mean_rank or 0) - 1]}
            row |= {"by": "断面比例" if by_shares else "断面均值", "sections": len(ranks), "good": good, "bad": bad}
            row |= {"good_share": 100 * good / len(ranks), "bad_share": 100 * bad / len(ranks)}
            row |= {"pollutants": pollutants_of_river(sections)}
        rows.append(row)
    return pd.DataFrame(rows)


def index_of(item: str, value: Fraction, water: str) -> Fraction:
    """Return an item's part of the index: C/C_Ⅲ, C_Ⅲ/C of oxygen, the distance from 7 of pH."""
    if item == "PH":
        return (7 - value) / (7 - 6) if value <= 7 else (value - 7) / (9 - 7)
    third = limits_of(item, water)[2]
    return third / value if item == "DO" else value / third


def index_change(now: Items, then: Items, water: str) -> float | None:
    """Return how the index changed in percent, over the items that both months know, bounds apart."""
    both = [i for i in ITEMS if i in now and i in then and not now[i].is_beyond and not then[i].is_beyond]
    new, old = (sum((index_of(i, means[i].half, water) for i in both), Fraction(0)) for means in (now, then))
    return float(100 * (new - old) / old) if old else None


def indexed(items: Items, ranks: Ranks) -> Items:
    """Return the items that the index is made of: those with a class, and those beyond a range, by their bound."""
    return {i: items[i] for i, (rank, _) in ranks.items() if rank or items[i].is_beyond}


@recomputes("cwqi", "river_id", "month")
def cwqi(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Add up the index of each river and month."""
    means = river_means(ledgers, day)
    kept = {at: indexed(items, ranks) for at, (items, ranks, _) in means.items()}
    rows = []
    for (river, month), (items, ranks, water) in means.items():
        known = kept[river, month]
        row = {"river_id": river, "month": month, "unjudged": ",".join(sorted(set(ranks) - set(known))) or None}
        if known:
            total = sum((index_of(i, items[i].half, water) for i in known), Fraction(0))
            row |= {"cwqi": float(total), "items": len(known), "cwqi_each": float(total / len(known))}
            for name, kind in (("change_year", "同比"), ("change_month", "环比")):
                row[name] = index_change(known, kept.get((river, month - BACK[kind]), {}), water)
        rows.append(row)
    return pd.DataFrame(rows)


def in_words(distance: Fraction, slight: Fraction, clear: Fraction) -> str:
    """Return how large a change is, from `slight` and from `clear` on, and whether for the better."""
    size = "明显" if abs(distance) >= clear else "有所" if abs(distance) >= slight else ""
    return f"{size}{'好转' if distance > 0 else '变差'}" if size else "无明显变化"


@recomputes("section_change", "section_id", "month", "compared")
def section_change(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Compare each section with the month and the year before."""
    found = classes(ledgers, day, "month")
    found = found[found["class_rank"].notna()]
    of = {(r.section_id, r.month): int(r.class_rank) for r in found.itertuples()}
    names = dict(zip(found["class_rank"], found["class"], strict=True))
    rows = []
    for (section, month), rank in of.items():
        for compared, back in BACK.items():
            before = of.get((section, month - back))
            steps = None if before is None else LEVELS.index(GRADES[before - 1]) - LEVELS.index(GRADES[rank - 1])
            change = None if steps is None else in_words(Fraction(steps), Fraction(1), Fraction(2))
            rows.append((section, month, compared, change, steps, names.get(before), names[rank]))
    columns = ["section_id", "month", "compared", "change", "steps", "class_before", "class"]
    return pd.DataFrame(rows, columns=columns)


def shift(then: Mapping[str, int], now: Mapping[str, int]) -> dict[str, object]:
    """Return how the shares changed in points, of the sections that have a class in both months."""
    both = then.keys() & now.keys()
    if not both:
        return {}
    good, bad = (
        Fraction(100 * (sum(now[s] in ranks for s in both) - sum(then[s] in ranks for s in both)), len(both))
        for ranks in ((1, 2, 3), (6,))
    )
    hair = Fraction(1, 10**9)  # 10 points are no clear change, whatever is above is
    change = in_words(good - bad, 10 + hair, 20 + hair)
    changes = {"good_change": float(good), "bad_change": float(bad), "score": float(good - bad)}
    return {"change": change, "sections": len(both)} | changes


@recomputes("water_change", "is_total", "river", "month", "compared")
def water_change(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Compare all sections, and those of each river, with the month and the year before."""
    found = classes(ledgers, day, "month")
    found = found[found["class_rank"].notna()]
    places: list[tuple[str | None, pd.DataFrame]] = [(None, found), *((str(r), g) for r, g in found.groupby("river"))]
    rows = []
    for river, sections in places:
        months = {
            month: dict(zip(g["section_id"], g["class_rank"], strict=True)) for month, g in sections.groupby("month")
        }
        for month, ranks in months.items():
            at = {"is_total": river is None, "river": river, "month": month}
            rows += [at | {"compared": c} | shift(months.get(month - back, {}), ranks) for c, back in BACK.items()]
    return pd.DataFrame(rows)
