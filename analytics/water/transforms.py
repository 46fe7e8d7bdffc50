"""The works of the water metrics: the long rows of a query in, the rows of the figure out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.water import black_odour_grade, grade, pollution, sentences, state_sentences
from analytics.water.rows import Row, groups, table
from analytics.water.samples import Counted, TooFew
from data.text import Text, same

YEAR, MONTH = pd.DateOffset(years=1), pd.DateOffset(months=1)
AREA, WHOLE = "全部河道", "全河"
ALL_RIVERS = Text(AREA, "The whole area")
SETTINGS: dict[str, black_odour_grade.Setting] = {"城市黑臭": "city", "农村黑臭": "rural"}


def said(sentence: Text) -> Row:
    return {"sentence": sentence.zh, "sentence_en": sentence.en}


def _name(found: list[pollution.Pollutant]) -> str | None:
    multiples = ["" if math.isnan(p.multiple) else f"({p.multiple:.2f})" for p in found]
    return ",".join(p.parameter + times for p, times in zip(found, multiples, strict=True)) or None


def main_pollutants(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return one row for each section and month, with its main pollutants and how many times they are over class Ⅲ."""
    over: dict[tuple[str, pd.Timestamp, str], dict[str, tuple[float, int]]] = {}
    columns = [rows[name] for name in ("section_id", "month", "water", "parameter", "value", "item_rank")]
    for section, month, water, parameter, value, rank in zip(*columns, strict=True):
        if isinstance(parameter, str):
            over.setdefault((section, month, water), {})[parameter] = (value, int(rank))
    named = {(s, m): _name(pollution.main_pollutants(items, w, as_of=m.date())) for (s, m, w), items in over.items()}
    kept = rows.drop(columns=["parameter", "value", "item_rank", "water"]).drop_duplicates(["section_id", "month"])
    at = zip(kept["section_id"], kept["month"], strict=True)
    return kept.assign(pollutants=[named.get(each) for each in at]).reset_index(drop=True)


def _ranks(group: pd.DataFrame) -> dict[str, int]:
    once = group.drop_duplicates("section_id")
    return dict(zip(once["section_id"], once["class_rank"].astype(int), strict=True))


def _river_pollutants(group: pd.DataFrame, on: date) -> str | None:
    """Return the main pollutants of a river: of one section as there, of several with the sections that exceed."""
    sections: dict[tuple[str, str], dict[str, tuple[float, int]]] = {
        at: {} for at in zip(group["section_id"], group["water"], strict=True)
    }
    for r in group[group["parameter"].notna()].itertuples():
        sections[r.section_id, r.water][r.parameter] = (r.value, int(r.item_rank))
    if len(sections) == 1:
        [((_, water), items)] = sections.items()
        return _name(pollution.main_pollutants(items, water, as_of=on))
    over = {section: pollution.exceeding(items, water, as_of=on) for (section, water), items in sections.items()}
    found = pollution.river_pollutants(over, as_of=on)
    return ",".join(f"{p}({over}/{n})" for p, over, n in found) or None


def _graded(at: Row, group: pd.DataFrame) -> Row:
    on, mean = at["month"].date(), group["mean_rank"].iloc[0]
    state = grade.river_grade(list(_ranks(group).values()), None if pd.isna(mean) else int(mean), as_of=on)
    phrase = said(state_sentences.grade(same(str(at["river"])), state, as_of=on))
    if state is None:
        return at | phrase
    counted = state.shares
    shares = {name: float(counted.percent(n)) for name, n in (("good", counted.good), ("bad", counted.bad))}
    counts = {"sections": counted.n, "good": counted.good, "bad": counted.bad}
    rates = {"good_share": shares["good"], "bad_share": shares["bad"]}
    how = {
        "grade": state.grade,
        "by": "断面比例" if state.by == "proportions" else "断面均值",
        "pollutants": _river_pollutants(group, on),
    }
    return at | counts | rates | how | phrase


def river_grade(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the grade of each river in each month, with both counts of its sections."""
    columns = "river month grade by sections good good_share bad bad_share pollutants sentence sentence_en river_id"
    return table([_graded(*found) for found in groups(rows, "river", "month", "river_id")], columns)


def _means(group: pd.DataFrame) -> dict[str, float]:
    return dict(zip(group["parameter"], group["value"].astype(float), strict=True))


def _index(at: Row, means: Mapping[str, float], water: str, earlier: Mapping[object, dict[str, float]]) -> Row:
    month: pd.Timestamp = at["month"]
    found = pollution.cwqi(means, water, as_of=month.date())
    if found is None:
        return at | said(state_sentences.index(None))
    then = {"change_year": earlier.get(month - YEAR, {}), "change_month": earlier.get(month - MONTH, {})}
    changes = {name: pollution.cwqi_change(means, base, water, as_of=month.date()) for name, base in then.items()}
    return (
        at
        | {"cwqi": found.total, "items": found.n, "cwqi_each": found.each}
        | changes
        | said(state_sentences.index(found))
    )


def cwqi(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the index of each river in each month; changes are over the items that both months have."""
    made: list[Row] = []
    for _, river in groups(rows, "river", "river_id"):
        months = {at["month"]: _means(group) for at, group in groups(river, "month")}
        kinds = dict(zip(river["month"], river["water"], strict=True))
        ids = {name: river[name].iloc[0] for name in ("river", "river_id")}
        made += [_index(ids | {"month": m}, means, kinds[m], months) for m, means in months.items()]
    return table(made, "river month cwqi items cwqi_each change_year change_month sentence sentence_en river_id")


COMPARED = (("同比", YEAR, state_sentences.LAST_YEAR), ("环比", MONTH, state_sentences.LAST_MONTH))


def _changes(place: str, rows: pd.DataFrame) -> list[Row]:
    months = {at["month"]: _ranks(group) for at, group in groups(rows, "month")}
    return [
        {"river": place, "month": month, "compared": kind}
        | _changed(place, months.get(month - back), ranks, month, name)
        for month, ranks in months.items()
        for kind, back, name in COMPARED
    ]


def _changed(place: str, before: dict[str, int] | None, now: dict[str, int], month: pd.Timestamp, period: Text) -> Row:
    found = grade.river_change(before or {}, now, as_of=month.date())
    phrase = said(state_sentences.river_change(ALL_RIVERS if place == AREA else same(place), found, period))
    if found is None:
        return phrase
    parts = {"good_change": found.good, "bad_change": found.bad, "score": found.score, "sections": found.n}
    return parts | {"change": state_sentences.change_words(found).zh} | phrase


def water_change(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how each river, and all of them, changed in each month against the month and the year before."""
    each = [(str(at["river"]), group) for at, group in groups(rows[rows["river"].notna()], "river")]
    made = [row for place, group in [*([(AREA, rows)] if len(rows) else []), *each] for row in _changes(place, group)]
    return table(made, "river month compared change score good_change bad_change sections sentence sentence_en")


def _against(rows: pd.DataFrame, back: pd.DateOffset) -> pd.DataFrame:
    """Return each section and month beside its class so long before, in steps of grades and in words."""
    before = rows[["section_id", "month", "class", "class_rank"]].assign(month=rows["month"] + back)
    both = rows.merge(before, how="left", on=["section_id", "month"], suffixes=("", "_before"))
    ranks = zip(both["class_rank_before"], both["class_rank"], both["month"], strict=True)
    found = [None if math.isnan(old) else grade.section_change(int(old), int(now), as_of=m) for old, now, m in ranks]
    said = [None if each is None else state_sentences.change_words(each).zh for each in found]
    return both.assign(steps=[math.nan if each is None else each.score for each in found], change=said)


def section_change(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how each section changed in each month against the month and the year before; what got worse first."""
    rows = rows.astype({"month": "datetime64[us]"})
    each = pd.concat([_against(rows, back).assign(compared=kind) for kind, back, _ in COMPARED])
    columns = ["section", "river", "month", "compared", "change", "steps", "class_before", "class", "section_id"]
    return each.sort_values(["month", "steps", "section", "section_id", "compared"])[columns]


def _samples(group: pd.DataFrame, rule: black_odour_grade.Setting, as_of: date | None) -> list[black_odour_grade.Odour]:
    found = []
    for _, taken in groups(group, "sampled_at"):
        measured = _means(taken)
        depth = measured.pop("DEPTH", math.nan)
        found.append(black_odour_grade.sample(measured, rule, depth, as_of=as_of))
    return [sample for sample in found if sample.judged]


def _degree(sample: black_odour_grade.Odour) -> int:
    return max(sample.judged.values())


def _point(
    at: Row, samples: list[black_odour_grade.Odour], as_of: date | None
) -> tuple[Row, black_odour_grade.Place | TooFew | None]:
    """Return the row of a section in a month; villages go by the worst sample, built-up areas by the rule of points."""
    worst = max(samples, key=_degree)
    row = at | {"samples": len(samples), "sample_level": worst.level, "items": len(worst.judged)}
    row |= {"worst": ",".join(item for item, degree in worst.judged.items() if degree == _degree(worst) > 0) or None}
    if SETTINGS[at["rule"]] == "rural":
        return row | {"level": worst.level} | said(state_sentences.odour_sample(worst, as_of=as_of)), None
    return _placed(row, black_odour_grade.point(samples, as_of=as_of), "value")


def _placed(
    row: Row, found: black_odour_grade.Place | TooFew, counted: Counted
) -> tuple[Row, black_odour_grade.Place | TooFew]:
    place = same(f"{row['river']} {row['section']}")
    phrase = said(state_sentences.odour_place(place, found, sentences.COUNTED[counted]))
    if isinstance(found, TooFew):
        return row | {"level": "样本不足", "samples": found.n} | phrase, found
    return row | {
        "level": found.level,
        "samples": found.n,
        "slight": found.slight,
        "severe": found.severe,
    } | phrase, found


def _odours(at: Row, month: pd.DataFrame, as_of: date | None) -> list[Row]:
    sections = [
        (ids, _samples(group, SETTINGS[at["rule"]], as_of)) for ids, group in groups(month, "section", "section_id")
    ]
    made = [_point(at | ids, samples, as_of) for ids, samples in sections if samples]
    rows, places = [row for row, _ in made], [place for _, place in made if isinstance(place, black_odour_grade.Place)]
    if places:
        rows.append(_placed(at | {"section": WHOLE}, black_odour_grade.water(places, as_of=as_of), "point")[0])
    return rows


def black_odour(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the level of each section in each month, and in built-up areas that of the whole river."""
    made = [row for at, month in groups(rows, "river", "rule", "month") for row in _odours(at, month, as_of)]
    columns = (
        "river section month rule level samples slight severe sample_level worst items sentence sentence_en section_id"
    )
    return table(made, columns)
