"""The works of the metrics that need a test of significance; apart, because loading SciPy takes half a second."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from analytics.sample_size import TooFew
from analytics.water import censoring, means, sentences, signed_rank, spearman, trend
from data.text import SPACE, join_texts, untranslated


def _censored_series(group: pd.DataFrame) -> censoring.CensoredSeries:
    return censoring.tied_at_limits(*(group[name].to_numpy(dtype=float) for name in ("value", "detection", "beyond")))


def _dated_series(group: pd.DataFrame, known: censoring.CensoredSeries) -> pd.Series:
    return pd.Series(known.values, index=pd.DatetimeIndex(group["month"]), dtype=float)


def _month_window(values: pd.Series) -> sentences.Window:
    """Return the first and the last month with a value."""
    known = values.dropna().index
    return (f"{known.min():%Y-%m}", f"{known.max():%Y-%m}") if len(known) else ("", "")


def _year_window(yearly: pd.Series) -> sentences.Window:
    """Return the first and the last year with a mean."""
    known = yearly.dropna().index
    return (str(known.min()), str(known.max())) if len(known) else ("", "")


def _trend_row(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    known, subject = _censored_series(group), sentences.measured_item(str(at["parameter"]), as_of)
    values = _dated_series(group, known)
    found = trend.seasonal_kendall(values, as_of=as_of)
    phrase = sentence_columns(sentences.trend_sentence(subject, found, _month_window(values), as_of=as_of))
    if isinstance(found, TooFew):
        return at | {"months": found.n, "months_needed": found.needed} | phrase
    if known.is_unknown:
        said = censoring.unknown_trend_sentence(subject, known, _month_window(values))
        return at | {"months": found.n} | sentence_columns(said)
    test = {"slope": found.slope, "low": found.low, "high": found.high, "p_value": found.p, "tau": found.tau}
    return at | {"months": found.n} | test | phrase


def water_trend(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the seasonal Kendall test of each section's items, or how much is lacking for it."""
    keys = ("river", "section", "parameter", "section_id")
    columns = "river section parameter months months_needed slope low high p_value tau sentence sentence_en section_id"
    return rows_as_table([_trend_row(at, group, as_of) for at, group in grouped_rows(rows, *keys)], columns)


def _yearly_trend_row(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    known, subject = _censored_series(group), sentences.measured_item(str(at["parameter"]), as_of)
    values = _dated_series(group, known)
    yearly = means.period_means(values, "year", str(at["parameter"]), as_of=as_of)["value"]
    found = spearman.spearman_correlation(yearly, as_of=as_of)
    said = sentences.yearly_trend_sentence(subject, found, _year_window(yearly), as_of=as_of)
    if isinstance(found, TooFew):
        return at | {"years": found.n, "years_needed": found.needed} | sentence_columns(said)
    if known.is_unknown:
        said = censoring.unknown_trend_sentence(subject, known, _year_window(yearly))
        return at | {"years": found.n} | sentence_columns(said)
    monthly = trend.seasonal_kendall(values, as_of=as_of)
    differs = sentences.disagreement_sentence(subject, monthly, found, as_of=as_of)
    phrase = sentence_columns(join_texts((said, differs), SPACE) if differs.zh else said)
    test = {"first_mean": found.first, "last_mean": found.last, "rank_r": found.r, "p_value": found.p}
    return at | {"years": found.n} | test | phrase


def water_trend_years(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return Spearman's rank correlation of the yearly means of each section's items, or how much is lacking for it."""
    keys = ("river", "section", "parameter", "section_id")
    columns = (
        "river section parameter years years_needed first_mean last_mean rank_r p_value sentence sentence_en section_id"
    )
    return rows_as_table([_yearly_trend_row(at, group, as_of) for at, group in grouped_rows(rows, *keys)], columns)


def _outside_works(group: pd.DataFrame, began: date, finished: date | None) -> pd.DataFrame:
    """Return the months before works began and those after they ended: what was measured in between bounds neither."""
    months = group["month"].dt.to_period("M")
    is_after = months > pd.Period(finished or date.max, "M")
    return group[(months < pd.Period(began, "M")) | is_after]


def _before_after_row(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    began, finished = at["began_on"].date(), None if pd.isna(at["finished_on"]) else at["finished_on"].date()
    compared = _outside_works(group, began, finished)
    known = _censored_series(compared)
    sides = signed_rank.values_before_after(_dated_series(compared, known), began, finished)
    found = signed_rank.hodges_lehmann_shift(*sides, as_of=as_of)
    subject, works = sentences.measured_item(str(at["parameter"]), as_of), untranslated(str(at["work"]))
    phrase = sentence_columns(
        sentences.before_after_sentence(subject, found, works, detection=known.floor, as_of=as_of)
    )
    if isinstance(found, TooFew):
        return at | {"months": found.n, "months_needed": found.needed} | phrase
    if known.is_unknown:
        said = censoring.unknown_shift_sentence(subject, known, works)
        return at | {"months": found.months} | sentence_columns(said)
    after = {"months": found.months, "before": found.before, "after": found.after, "shift": found.shift}
    return at | after | {"low": found.low, "high": found.high, "p_value": found.p} | phrase


def before_after(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the shift of each item between the same months before and after each work, or how much is lacking."""
    keys = ("river", "work", "section", "parameter", "began_on", "finished_on", "work_id", "section_id")
    columns = (
        "river work section parameter months months_needed before after shift low high p_value began_on finished_on "
        "sentence sentence_en work_id section_id"
    )
    return rows_as_table([_before_after_row(at, group, as_of) for at, group in grouped_rows(rows, *keys)], columns)
