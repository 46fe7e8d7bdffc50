"""The work of the metric of black and odorous water: samples in, sections and whole rivers out."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from analytics.sample_size import CountedUnit, TooFew
from analytics.water import sentences, state_sentences
from analytics.water.black_odour_grade import PlaceOdour, SampleOdour, Setting, point_odour, sample_odour, water_odour
from analytics.water.transforms import item_means
from data.text import Text

WHOLE_RIVER = Text("全河", "whole river")
PLACE = Text("{river} {section}", "{river} {section}")
SETTINGS: dict[str, Setting] = {"城市黑臭": "city", "农村黑臭": "rural"}


def _sample_grades(group: pd.DataFrame, rule: Setting, as_of: date | None) -> list[SampleOdour]:
    found = []
    for _, taken in grouped_rows(group, "sampled_at"):
        measured = item_means(taken)
        depth = measured.pop("DEPTH", math.nan)
        bounded = taken[taken["qualifier"].notna()]
        qualifiers = dict(zip(bounded["parameter"], bounded["qualifier"], strict=True))
        found.append(sample_odour(measured, rule, depth, qualifiers=qualifiers, as_of=as_of))
    return [sample for sample in found if sample.level != "无数据"]


UNKNOWN_DEGREE = 0.5  # what cannot be judged is no good sample, but any that is surely black and odorous is worse


def _worst_degree(sample: SampleOdour) -> float:
    return UNKNOWN_DEGREE if sample.is_open else max(sample.judged.values())


def _section_odour_row(
    at: Row, samples: list[SampleOdour], as_of: date | None
) -> tuple[Row, PlaceOdour | TooFew | None]:
    """Return the row of a section in a month; villages go by the worst sample, built-up areas by the rule of points."""
    worst = max(samples, key=_worst_degree)
    row = at | {"is_total": False, "samples": len(samples), "sample_level": worst.level, "items": len(worst.judged)}
    row |= {
        "worst": ",".join(item for item, degree in worst.judged.items() if degree == _worst_degree(worst) > 0) or None
    }
    if SETTINGS[at["rule"]] == "rural":
        return row | {"odour_level": worst.level} | sentence_columns(
            state_sentences.odour_sample_sentence(worst, as_of=as_of)
        ), None
    row |= {"unjudged_samples": sum(sample.is_open for sample in samples)}
    return _place_odour_row(row, point_odour(samples, as_of=as_of), "value")


def _place_odour_row(row: Row, found: PlaceOdour | TooFew, counted: CountedUnit) -> tuple[Row, PlaceOdour | TooFew]:
    place = PLACE.fill(river=row["river"], section=row["section"] or WHOLE_RIVER)
    said = state_sentences.odour_place_sentence(
        place, found, sentences.COUNTED[counted], row.get("unjudged_samples", 0)
    )
    phrase = sentence_columns(said)
    if isinstance(found, TooFew):
        return row | {"odour_level": "样本不足", "samples": found.n} | phrase, found
    return row | {
        "odour_level": found.level,
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
        [place for _, place in made if isinstance(place, PlaceOdour)],
    )
    if places:
        rows.append(
            _place_odour_row(at | {"section": None, "is_total": True}, water_odour(places, as_of=as_of), "point")[0]
        )
    return rows


def black_odour(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the level of each section in each month, and in built-up areas that of the whole river."""
    made = [
        row for at, month in grouped_rows(rows, "river", "rule", "month") for row in _river_odour_rows(at, month, as_of)
    ]
    columns = (
        "river section is_total month rule odour_level samples unjudged_samples slight severe sample_level worst items "
        "sentence sentence_en section_id"
    )
    return rows_as_table(made, columns)
