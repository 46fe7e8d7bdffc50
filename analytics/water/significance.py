"""The works of the metrics that need a test of significance; apart, because loading SciPy takes half a second."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.water import means, sentences, signed_rank, spearman, trend
from analytics.water.rows import Row, groups, table
from analytics.water.samples import TooFew
from analytics.water.transforms import said
from data.text import same


def _series(group: pd.DataFrame) -> pd.Series:
    values = group["value"]
    if "detection" in group and group["detection"].notna().any():
        values = trend.tied_below(group["value"], group["detection"])
    return pd.Series(list(values), index=pd.DatetimeIndex(group["month"]), dtype=float)


def _trend(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    found = trend.seasonal(_series(group), as_of=as_of)
    phrase = said(sentences.trend(sentences.item(str(at["parameter"]), as_of), found, as_of=as_of))
    if isinstance(found, TooFew):
        return at | {"months": found.n, "months_needed": found.needed} | phrase
    test = {"slope": found.slope, "low": found.low, "high": found.high, "p_value": found.p, "tau": found.tau}
    return at | {"months": found.n} | test | phrase


def water_trend(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the seasonal Kendall test of each section's items, or how much is lacking for it."""
    keys = ("river", "section", "parameter", "section_id")
    columns = "river section parameter months months_needed slope low high p_value tau sentence sentence_en section_id"
    return table([_trend(at, group, as_of) for at, group in groups(rows, *keys)], columns)


def _years(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    yearly = means.period_means(_series(group), "year", str(at["parameter"]), as_of=as_of)["value"]
    found = spearman.spearman(yearly, as_of=as_of)
    phrase = said(sentences.years(sentences.item(str(at["parameter"]), as_of), found, as_of=as_of))
    if isinstance(found, TooFew):
        return at | {"years": found.n, "years_needed": found.needed} | phrase
    test = {"first_mean": found.first, "last_mean": found.last, "rank_r": found.r, "p_value": found.p}
    return at | {"years": found.n} | test | phrase


def water_trend_years(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return Spearman's rank correlation of the yearly means of each section's items, or how much is lacking for it."""
    keys = ("river", "section", "parameter", "section_id")
    columns = (
        "river section parameter years years_needed first_mean last_mean rank_r p_value sentence sentence_en section_id"
    )
    return table([_years(at, group, as_of) for at, group in groups(rows, *keys)], columns)


def _shift(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    began, finished = at["began_on"].date(), None if pd.isna(at["finished_on"]) else at["finished_on"].date()
    found = signed_rank.before_after(*signed_rank.sides(_series(group), began, finished), as_of=as_of)
    subject, works = sentences.item(str(at["parameter"]), as_of), same(str(at["work"]))
    phrase = said(sentences.shift(subject, found, works, as_of=as_of))
    if isinstance(found, TooFew):
        return at | {"months": found.n, "months_needed": found.needed} | phrase
    after = {"months": found.months, "before": found.before, "after": found.after, "shift": found.shift}
    return at | after | {"low": found.low, "high": found.high, "p_value": found.p} | phrase


def before_after(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the shift of each item between the same months before and after each work, or how much is lacking."""
    keys = ("river", "work", "section", "parameter", "began_on", "finished_on", "work_id", "section_id")
    columns = (
        "river work section parameter months months_needed before after shift low high p_value began_on finished_on "
        "sentence sentence_en work_id section_id"
    )
    return table([_shift(at, group, as_of) for at, group in groups(rows, *keys)], columns)
