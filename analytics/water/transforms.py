"""The works of the water metrics: the long rows of a query in, the rows of the figure out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from analytics.water import grade, pollution, state_sentences
from data.text import Text, untranslated

YEAR, MONTH = pd.DateOffset(years=1), pd.DateOffset(months=1)
ALL_RIVERS = Text("全部河道", "The whole area")


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


def _unjudged_means(group: pd.DataFrame, state: grade.Grade | None) -> list[str]:
    """Return the items whose mean over the sections cannot be judged, where the river is judged by means."""
    unjudged = group["mean_unjudged"].iloc[0]
    is_by_means = state is None or state.by == "means"
    return unjudged.split(",") if is_by_means and isinstance(unjudged, str) else []


def _river_grade_row(at: Row, group: pd.DataFrame) -> Row:
    on, mean = at["month"].date(), group["mean_rank"].iloc[0]
    state = grade.river_grade_from_classes(
        list(_class_ranks(group).values()), None if pd.isna(mean) else int(mean), as_of=on
    )
    unjudged = _unjudged_means(group, state)
    river = untranslated(str(at["river"]))
    phrase = sentence_columns(state_sentences.grade_sentence(river, state, unjudged, as_of=on))
    phrase |= {"unjudged": ",".join(unjudged) or None}
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
    columns = (
        "river month grade by sections good good_share bad bad_share pollutants unjudged sentence sentence_en river_id"
    )
    return rows_as_table(
        [_river_grade_row(*found) for found in grouped_rows(rows, "river", "month", "river_id")], columns
    )


def item_means(group: pd.DataFrame) -> dict[str, float]:
    return dict(zip(group["parameter"], group["value"].astype(float), strict=True))


def _index_means(group: pd.DataFrame) -> pollution.IndexMeans:
    """Return the means of a month that the index is made of, apart from those that cannot be judged."""
    unjudged, beyond = group["is_unjudged"].astype(bool), group["is_beyond"].astype(bool)
    return pollution.IndexMeans(
        known=item_means(group[~unjudged]),
        beyond=tuple(group.loc[beyond & ~unjudged, "parameter"]),
        unjudged=tuple(group.loc[unjudged, "parameter"]),
    )


def _cwqi_row(at: Row, means: pollution.IndexMeans, water: str, earlier: Mapping[object, pollution.IndexMeans]) -> Row:
    month: pd.Timestamp = at["month"]
    found = pollution.water_quality_index(means.known, water, as_of=month.date())
    phrase = sentence_columns(state_sentences.cwqi_sentence(found, means))
    phrase |= {"unjudged": ",".join(means.unjudged) or None}
    if found is None:
        return at | phrase
    then = {"change_year": earlier.get(month - YEAR), "change_month": earlier.get(month - MONTH)}
    changes = {
        name: pollution.cwqi_change(means.exact, base.exact if base else {}, water, as_of=month.date())
        for name, base in then.items()
    }
    return at | {"cwqi": found.total, "items": found.n, "cwqi_each": found.each} | changes | phrase


def cwqi(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the index of each river in each month; changes are over the items that both months have."""
    made: list[Row] = []
    for _, river in grouped_rows(rows, "river", "river_id"):
        months = {at["month"]: _index_means(group) for at, group in grouped_rows(river, "month")}
        kinds = dict(zip(river["month"], river["water"], strict=True))
        ids = {name: river[name].iloc[0] for name in ("river", "river_id")}
        made += [_cwqi_row(ids | {"month": m}, means, kinds[m], months) for m, means in months.items()]
    return rows_as_table(
        made, "river month cwqi items cwqi_each change_year change_month unjudged sentence sentence_en river_id"
    )


COMPARISONS = (("同比", YEAR, state_sentences.LAST_YEAR), ("环比", MONTH, state_sentences.LAST_MONTH))


def _change_rows(place: str | None, rows: pd.DataFrame) -> list[Row]:
    months = {at["month"]: _class_ranks(group) for at, group in grouped_rows(rows, "month")}
    return [
        {"river": place, "is_total": place is None, "month": month, "compared": kind}
        | _change_row(place, months.get(month - back), ranks, month, name)
        for month, ranks in months.items()
        for kind, back, name in COMPARISONS
    ]


def _change_row(
    place: str | None, before: dict[str, int] | None, now: dict[str, int], month: pd.Timestamp, period: Text
) -> Row:
    found = grade.river_change(before or {}, now, as_of=month.date())
    phrase = sentence_columns(
        state_sentences.river_change_sentence(ALL_RIVERS if place is None else untranslated(place), found, period)
    )
    if found is None:
        return phrase
    parts = {"good_change": found.good, "bad_change": found.bad, "score": found.score, "sections": found.n}
    return parts | {"change": state_sentences.change_label(found).zh} | phrase


def water_change(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how each river, and all of them, changed in each month against the month and the year before."""
    each: list[tuple[str | None, pd.DataFrame]] = [(None, rows)] if len(rows) else []
    each += [(str(at["river"]), group) for at, group in grouped_rows(rows[rows["river"].notna()], "river")]
    made = [row for place, group in each for row in _change_rows(place, group)]
    return rows_as_table(
        made, "river is_total month compared change score good_change bad_change sections sentence sentence_en"
    )


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
