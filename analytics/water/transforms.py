"""The works of the water metrics: the long rows of a query in, the rows of the figure out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.water import black_odour_grade, grade, pollution, sentences, state_sentences
from analytics.water.rows import Row, grouped_rows, rows_as_table
from analytics.water.sample_size import CountedUnit, TooFew
from data.text import Text, untranslated

YEAR, MONTH = pd.DateOffset(years=1), pd.DateOffset(months=1)
AREA, WHOLE_RIVER = "全部河道", "全河"
ALL_RIVERS = Text(AREA, "The whole area")
SETTINGS: dict[str, black_odour_grade.Setting] = {"城市黑臭": "city", "农村黑臭": "rural"}


def sentence_columns(sentence: Text) -> Row:
    return {"sentence": sentence.zh, "sentence_en": sentence.en}


def _pollutant_names(found: list[pollution.Pollutant]) -> str | None:
    multiples = ["" if math.isnan(p.multiple) else f"({p.multiple:.2f})" for p in found]
    return ",".join(p.parameter + times for p, times in zip(found, multiples, strict=True)) or None


def main_pollutants(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return one row for each section and month, with its main pollutants and how many times they are over class Ⅲ."""
    over: dict[tuple[str, pd.Timestamp, str], dict[str, tuple[float, int]]] = {}
    columns = [rows[name] for name in ("section_id", "month", "water", "parameter", "value", "item_rank")]
    for section, month, water, parameter, value, rank in zip(*columns, strict=True):
        if isinstance(parameter, str):
            over.setdefault((section, month, water), {})[parameter] = (value, int(rank))
    named = {
        (s, m): _pollutant_names(pollution.section_pollutants(items, w, as_of=m.date()))
        for (s, m, w), items in over.items()
    }
    kept = rows.drop(columns=["parameter", "value", "item_rank", "water"]).drop_duplicates(["section_id", "month"])
    at = zip(kept["section_id"], kept["month"], strict=True)
    return kept.assign(pollutants=[named.get(each) for each in at]).reset_index(drop=True)


def _class_ranks(group: pd.DataFrame) -> dict[str, int]:
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
        return _pollutant_names(pollution.section_pollutants(items, water, as_of=on))
    over = {section: pollution.exceeding_items(items, water, as_of=on) for (section, water), items in sections.items()}
    found = pollution.river_pollutants(over, as_of=on)
    return ",".join(f"{p}({over}/{n})" for p, over, n in found) or None


def _river_grade_row(at: Row, group: pd.DataFrame) -> Row:
    on, mean = at["month"].date(), group["mean_rank"].iloc[0]
    state = grade.river_grade_from_classes(
        list(_class_ranks(group).values()), None if pd.isna(mean) else int(mean), as_of=on
    )
    phrase = sentence_columns(state_sentences.grade_sentence(untranslated(str(at["river"])), state, as_of=on))
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
    return rows_as_table(
        [_river_grade_row(*found) for found in grouped_rows(rows, "river", "month", "river_id")], columns
    )


def _item_means(group: pd.DataFrame) -> dict[str, float]:
    return dict(zip(group["parameter"], group["value"].astype(float), strict=True))


def _cwqi_row(at: Row, means: Mapping[str, float], water: str, earlier: Mapping[object, dict[str, float]]) -> Row:
    month: pd.Timestamp = at["month"]
    found = pollution.water_quality_index(means, water, as_of=month.date())
    if found is None:
        return at | sentence_columns(state_sentences.cwqi_sentence(None))
    then = {"change_year": earlier.get(month - YEAR, {}), "change_month": earlier.get(month - MONTH, {})}
    changes = {name: pollution.cwqi_change(means, base, water, as_of=month.date()) for name, base in then.items()}
    return (
        at
        | {"cwqi": found.total, "items": found.n, "cwqi_each": found.each}
        | changes
        | sentence_columns(state_sentences.cwqi_sentence(found))
    )


def cwqi(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the index of each river in each month; changes are over the items that both months have."""
    made: list[Row] = []
    for _, river in grouped_rows(rows, "river", "river_id"):
        months = {at["month"]: _item_means(group) for at, group in grouped_rows(river, "month")}
        kinds = dict(zip(river["month"], river["water"], strict=True))
        ids = {name: river[name].iloc[0] for name in ("river", "river_id")}
        made += [_cwqi_row(ids | {"month": m}, means, kinds[m], months) for m, means in months.items()]
    return rows_as_table(
        made, "river month cwqi items cwqi_each change_year change_month sentence sentence_en river_id"
    )


COMPARISONS = (("同比", YEAR, state_sentences.LAST_YEAR), ("环比", MONTH, state_sentences.LAST_MONTH))


def _change_rows(place: str, rows: pd.DataFrame) -> list[Row]:
    months = {at["month"]: _class_ranks(group) for at, group in grouped_rows(rows, "month")}
    return [
        {"river": place, "month": month, "compared": kind}
        | _change_row(place, months.get(month - back), ranks, month, name)
        for month, ranks in months.items()
        for kind, back, name in COMPARISONS
    ]


def _change_row(
    place: str, before: dict[str, int] | None, now: dict[str, int], month: pd.Timestamp, period: Text
) -> Row:
    found = grade.river_change(before or {}, now, as_of=month.date())
    phrase = sentence_columns(
        state_sentences.river_change_sentence(ALL_RIVERS if place == AREA else untranslated(place), found, period)
    )
    if found is None:
        return phrase
    parts = {"good_change": found.good, "bad_change": found.bad, "score": found.score, "sections": found.n}
    return parts | {"change": state_sentences.change_label(found).zh} | phrase


def water_change(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how each river, and all of them, changed in each month against the month and the year before."""
    each = [(str(at["river"]), group) for at, group in grouped_rows(rows[rows["river"].notna()], "river")]
    made = [
        row for place, group in [*([(AREA, rows)] if len(rows) else []), *each] for row in _change_rows(place, group)
    ]
    return rows_as_table(made, "river month compared change score good_change bad_change sections sentence sentence_en")


def _compared_sections(rows: pd.DataFrame, back: pd.DateOffset) -> pd.DataFrame:
    """Return each section and month beside its class so long before, in steps of grades and in words."""
    before = rows[["section_id", "month", "class", "class_rank"]].assign(month=rows["month"] + back)
    both = rows.merge(before, how="left", on=["section_id", "month"], suffixes=("", "_before"))
    ranks = zip(both["class_rank_before"], both["class_rank"], both["month"], strict=True)
    found = [
        None if math.isnan(old) else grade.section_grade_change(int(old), int(now), as_of=m) for old, now, m in ranks
    ]
    said = [None if each is None else state_sentences.change_label(each).zh for each in found]
    return both.assign(steps=[math.nan if each is None else each.score for each in found], change=said)


def section_change(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how each section changed in each month against the month and the year before; what got worse first."""
    rows = rows.astype({"month": "datetime64[us]"})
    each = pd.concat([_compared_sections(rows, back).assign(compared=kind) for kind, back, _ in COMPARISONS])
    columns = ["section", "river", "month", "compared", "change", "steps", "class_before", "class", "section_id"]
    return each.sort_values(["month", "steps", "section", "section_id", "compared"])[columns]


def _sample_grades(
    group: pd.DataFrame, rule: black_odour_grade.Setting, as_of: date | None
) -> list[black_odour_grade.SampleOdour]:
    found = []
    for _, taken in grouped_rows(group, "sampled_at"):
        measured = _item_means(taken)
        depth = measured.pop("DEPTH", math.nan)
        found.append(black_odour_grade.sample_odour(measured, rule, depth, as_of=as_of))
    return [sample for sample in found if sample.judged]


def _worst_degree(sample: black_odour_grade.SampleOdour) -> int:
    return max(sample.judged.values())


def _section_odour_row(
    at: Row, samples: list[black_odour_grade.SampleOdour], as_of: date | None
) -> tuple[Row, black_odour_grade.PlaceOdour | TooFew | None]:
    """Return the row of a section in a month; villages go by the worst sample, built-up areas by the rule of points."""
    worst = max(samples, key=_worst_degree)
    row = at | {"samples": len(samples), "sample_level": worst.level, "items": len(worst.judged)}
    row |= {
        "worst": ",".join(item for item, degree in worst.judged.items() if degree == _worst_degree(worst) > 0) or None
    }
    if SETTINGS[at["rule"]] == "rural":
        return row | {"level": worst.level} | sentence_columns(
            state_sentences.odour_sample_sentence(worst, as_of=as_of)
        ), None
    return _place_odour_row(row, black_odour_grade.point_odour(samples, as_of=as_of), "value")


def _place_odour_row(
    row: Row, found: black_odour_grade.PlaceOdour | TooFew, counted: CountedUnit
) -> tuple[Row, black_odour_grade.PlaceOdour | TooFew]:
    place = untranslated(f"{row['river']} {row['section']}")
    phrase = sentence_columns(state_sentences.odour_place_sentence(place, found, sentences.COUNTED[counted]))
    if isinstance(found, TooFew):
        return row | {"level": "样本不足", "samples": found.n} | phrase, found
    return row | {
        "level": found.level,
        "samples": found.n,
        "slight": found.slight,
        "severe": found.severe,
    } | phrase, found


def _river_odour_rows(at: Row, month: pd.DataFrame, as_of: date | None) -> list[Row]:
    sections = [
        (ids, _sample_grades(group, SETTINGS[at["rule"]], as_of))
        for ids, group in grouped_rows(month, "section", "section_id")
    ]
    made = [_section_odour_row(at | ids, samples, as_of) for ids, samples in sections if samples]
    rows, places = (
        [row for row, _ in made],
        [place for _, place in made if isinstance(place, black_odour_grade.PlaceOdour)],
    )
    if places:
        rows.append(
            _place_odour_row(
                at | {"section": WHOLE_RIVER}, black_odour_grade.water_odour(places, as_of=as_of), "point"
            )[0]
        )
    return rows


def black_odour(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the level of each section in each month, and in built-up areas that of the whole river."""
    made = [
        row for at, month in grouped_rows(rows, "river", "rule", "month") for row in _river_odour_rows(at, month, as_of)
    ]
    columns = (
        "river section month rule level samples slight severe sample_level worst items sentence sentence_en section_id"
    )
    return rows_as_table(made, columns)
