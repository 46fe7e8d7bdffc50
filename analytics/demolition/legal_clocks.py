"""How the steps of the law stand on a day: kept, broken, running, or not to be judged; by the rule of their own day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.demolition.legal_cases import rule_cases
from analytics.rows import rows_as_table
from analytics.working_time import has_public_holiday, working_day_after, working_days_between
from data.legal_rules import LegalRule, legal_rules
from data.legal_words import DAY_KINDS, LEGAL_STATES
from data.standards.thresholds import thresholds

COLUMNS = (
    "project household_id legal_step from_step requirement requirement_en from_on due_on done_on day_kind days_used "
    "days_left days_over state is_due is_violation is_soon standard standard_en clause clause_en effective_from "
    "is_verified document_number kind owner rule step_id project_id"
)
BROKEN, OVERDUE, MISSING, WAITING, KEPT, LAPSED, NO_RULE = (word.value for word in LEGAL_STATES)
KINDS_OF_DAYS = dict(zip(("calendar", "working", "month"), (word.value for word in DAY_KINDS), strict=True))
ONE_DAY = pd.Timedelta(days=1)
SIGNING, SUIT = "签约", "复议诉讼"
TIMED = ("at_least", "after", "at_most")  # the comparators that count days


def legal_clocks(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each case of each rule as it stands on the day, the worst first."""
    if rows.empty or as_of is None:
        return _typed(rows_as_table([], COLUMNS))
    found = [part for versions in legal_rules().values() for part in _judged_rule(rows, versions, as_of)]
    return _typed(_worst_first(pd.concat(found))) if found else _typed(rows_as_table([], COLUMNS))


def _judged_rule(rows: pd.DataFrame, versions: tuple[LegalRule, ...], as_of: date) -> Iterator[pd.DataFrame]:
    """Yield the cases of a rule, those of each of its versions apart, and those of before there was any."""
    first = versions[0]
    cases = rule_cases(rows, first)
    day = cases["from_on"].fillna(cases["done_on"]).fillna(cases["planned_on"])
    for version in versions:
        ends = pd.Timestamp(version.effective_to or date.max.replace(year=2200))
        in_force = cases[day.between(pd.Timestamp(version.effective_from), ends)]
        if len(in_force):
            yield _judged(in_force, version, as_of)
    known_by = as_of + timedelta(days=int(thresholds(as_of)["legal_notice_days"]))
    before = cases[day < pd.Timestamp(first.effective_from)]
    if len(before) and first.effective_from <= known_by:
        unjudged = {"due_on": pd.NaT, "days_used": np.nan, "days_over": np.nan, "state": NO_RULE}
        yield _with_rule(before.assign(**unjudged), first, as_of)


def _judged(cases: pd.DataFrame, rule: LegalRule, as_of: date) -> pd.DataFrame:
    """Return cases with their due days and states by one version of a rule."""
    cases = _still_open(cases, rule)
    cases = cases.assign(due_on=_due_days(cases, rule), days_used=_days_used(cases, rule, as_of))
    cases = cases.assign(state=_states(cases, rule, as_of))
    return _with_rule(cases.assign(days_over=_days_over(cases, as_of)), rule, as_of)


def _still_open(cases: pd.DataFrame, rule: LegalRule) -> pd.DataFrame:
    """Leave out what an agreement has ended, and take the first day from what a review or suit holds up."""
    if SIGNING in rule.unless:
        cases = cases[~cases["has_agreement"].astype(bool) | cases["done_on"].notna()]
    if SUIT in rule.unless:
        cases = cases.assign(from_on=cases["from_on"].mask(cases["suit_on"] >= cases["from_on"]))
    return cases


def _due_days(cases: pd.DataFrame, rule: LegalRule) -> pd.Series[pd.Timestamp]:
    """Return the last day for what has a limit, the first on which it may be done for what has to wait."""
    start = cases["from_on"]
    if rule.comparator == "before":
        return start.fillna(cases["planned_on"])
    if rule.comparator not in TIMED:
        return pd.Series(pd.NaT, cases.index, dtype="datetime64[us]")
    if rule.day_kind == "working":
        return working_day_after(start, rule.days)
    last = start + (pd.DateOffset(months=rule.days) if rule.day_kind == "month" else pd.Timedelta(days=rule.days))
    return last + ONE_DAY if rule.comparator == "after" else last


def _days_used(cases: pd.DataFrame, rule: LegalRule, as_of: date) -> pd.Series[float]:
    """Return the days until it was done, or so far; working days where the rule has them."""
    if rule.comparator not in TIMED:
        return pd.Series(np.nan, cases.index)
    ends = cases["done_on"].fillna(pd.Timestamp(as_of))
    if rule.day_kind == "working":
        return working_days_between(cases["from_on"], ends)
    return (ends - cases["from_on"]) / ONE_DAY


def _states(cases: pd.DataFrame, rule: LegalRule, as_of: date) -> pd.Series[str]:
    judge = {
        "at_most": _limit_states, "at_least": _wait_states, "after": _wait_states, "before": _order_states,
        "required": _required_states, "not_on_holiday": _holiday_states,
    }[rule.comparator]  # fmt: skip
    return pd.Series(judge(cases, rule, pd.Timestamp(as_of)), cases.index)


def _chosen(default: str, *states: tuple[pd.Series[bool], str]) -> np.ndarray:
    """Return the first state whose condition holds."""
    return np.select([np.asarray(is_so, dtype=bool) for is_so, _ in states], [state for _, state in states], default)


def _limit_states(cases: pd.DataFrame, rule: LegalRule, day: pd.Timestamp) -> np.ndarray:
    """Judge what is to be done within some days; a right that a household did not use in time has lapsed."""
    done, due = cases["done_on"], cases["due_on"]
    return _chosen(
        LAPSED if rule.is_of_household else OVERDUE,
        (due.isna(), MISSING),
        (done.between(cases["from_on"], due), KEPT),
        (done.notna(), LAPSED if rule.is_of_household else BROKEN),
        (due >= day, WAITING),
    )


def _wait_states(cases: pd.DataFrame, rule: LegalRule, day: pd.Timestamp) -> np.ndarray:
    """Judge what is to last or to wait for some days."""
    done, due = cases["done_on"], cases["due_on"]
    return _chosen(BROKEN, (due.isna(), MISSING), (done.isna(), WAITING), (done >= due, KEPT))


def _order_states(cases: pd.DataFrame, rule: LegalRule, day: pd.Timestamp) -> np.ndarray:
    """Judge what is to come before another step; what nobody wrote down is missing, what was begun is overdue."""
    done, start = cases["done_on"], cases["from_on"]
    return _chosen(
        MISSING,
        (start.isna() & done.isna(), WAITING),
        (start.isna() | (done <= start), KEPT),
        (done.notna(), BROKEN),
        (cases["began_on"].notna(), OVERDUE),
    )


def _required_states(cases: pd.DataFrame, rule: LegalRule, day: pd.Timestamp) -> np.ndarray:
    """Judge what has to be done at some time: until signing is over there is time, then it is missing."""
    return _chosen(MISSING, (cases["done_on"].notna(), KEPT), (cases["sign_end"] >= day, WAITING))


def _holiday_states(cases: pd.DataFrame, rule: LegalRule, day: pd.Timestamp) -> np.ndarray:
    off = has_public_holiday(cases["done_on"], cases["done_on"])
    return _chosen(KEPT, (off.isna(), MISSING), (off.fillna(False), BROKEN))


def _days_over(cases: pd.DataFrame, as_of: date) -> pd.Series[float]:
    """Return by how many days what is broken or overdue is late, or, where it had to wait, too early."""
    ends = cases["done_on"].fillna(pd.Timestamp(as_of))
    days = (ends - cases["due_on"]) / ONE_DAY
    return days.abs().where(cases["state"].isin([BROKEN, OVERDUE]))


def _with_rule(cases: pd.DataFrame, rule: LegalRule, as_of: date) -> pd.DataFrame:
    """Return cases with what their rule says, and what a state comes to."""
    state, day = cases["state"], pd.Timestamp(as_of)
    has_limit = rule.comparator in ("at_most", "before")
    left = ((cases["due_on"] - day) / ONE_DAY).where((state == WAITING) & has_limit & (cases["due_on"] >= day))
    said = {"standard": rule.standard, "clause": rule.clause, "requirement": rule.requirement}
    words = {name: text.zh for name, text in said.items()} | {f"{name}_en": text.en for name, text in said.items()}
    return cases.assign(
        rule=rule.rule, legal_step=rule.step, from_step=rule.from_step or None, **words,
        day_kind=KINDS_OF_DAYS[rule.day_kind] if rule.days else None, days_left=left,
        effective_from=pd.Timestamp(rule.effective_from), is_verified=rule.is_verified,
        is_due=state.isin([KEPT, BROKEN, OVERDUE]), is_violation=state.isin([BROKEN, OVERDUE]),
        is_soon=left <= thresholds(as_of)["legal_soon_days"],
    )[COLUMNS.split()]  # fmt: skip


def _worst_first(cases: pd.DataFrame) -> pd.DataFrame:
    """Return cases in the order of their states, the longest over before others, then the first that is due."""
    order = [BROKEN, OVERDUE, MISSING, WAITING, KEPT, LAPSED, NO_RULE]
    place = cases["state"].map(order.index)
    ordered = cases.assign(place=place, over=-cases["days_over"].fillna(0)).sort_values(
        ["place", "over", "days_left", "due_on", "project_id", "household_id", "rule", "step_id"], na_position="last"
    )
    return ordered[COLUMNS.split()].reset_index(drop=True)


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose days are days and whose numbers are numbers, without any row too."""
    days = ["from_on", "due_on", "done_on", "effective_from"]
    flags = ["is_due", "is_violation", "is_soon", "is_verified"]
    kinds = {"days_used": float, "days_left": float, "days_over": float} | dict.fromkeys(flags, bool)
    return rows.assign(**{name: pd.to_datetime(rows[name]) for name in days}).astype(kinds)
