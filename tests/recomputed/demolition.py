"""三改一拆 worked out again."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by

STEPS = ("已摸底", "已评估", "已签约", "已审核", "已腾空", "已拆除", "已交付")  # in the order of the work
SIGNED_STEP = STEPS.index("已签约")


def agreements_in_force(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the agreements signed by the day and not withdrawn by it."""
    signed = rows_by(ledgers["agreement"], "signed_on", day)
    return signed[~(signed["withdrawn_on"] <= day)]


def furthest_steps(ledgers: Ledgers, day: pd.Timestamp) -> pd.Series[int]:
    """Return the place of the furthest step of each household; what was signed or later before 退回 is taken back."""
    events = rows_by(ledgers["status_event"], "on_date", day)
    returned = events[events["status"] == "退回"].groupby("household_id")["on_date"].max()
    steps = events[events["status"].isin(STEPS)]
    place = steps["status"].map(STEPS.index).astype(int)
    is_taken_back = steps["on_date"] <= returned.reindex(steps["household_id"]).to_numpy()
    return place.mask(is_taken_back, place.clip(upper=SIGNED_STEP - 1)).groupby(steps["household_id"]).max()


def households_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every household with its day of signing in force on the day and the furthest step it has, or -1."""
    households = ledgers["household"].set_index("household_id")
    signed = agreements_in_force(ledgers, day).set_index("household_id")["signed_on"]
    step = furthest_steps(ledgers, day).reindex(households.index, fill_value=-1)
    shown = households[["project_id", "village_id", "block", "team_id", "legal_area"]]
    return shown.assign(signed_on=signed, signed=households.index.isin(signed.index), step=step)


def projects_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the projects whose signing has begun, with their households, the greater of declared and registered."""
    projects = rows_by(ledgers["demolition_project"], "sign_start", day).set_index("project_id")
    households = households_on(ledgers, day)
    registered = households.groupby("project_id").size().reindex(projects.index, fill_value=0)
    signed = households.groupby("project_id")["signed"].sum().reindex(projects.index, fill_value=0)
    total = projects["households_total"].clip(lower=registered)
    left = {"households": total, "registered": registered, "signed": signed, "households_left": total - signed}
    return projects.assign(project=projects["name"], **left, rate=percent(signed, total))


def differing_ledgers(households: pd.DataFrame, projects: pd.Index) -> pd.DataFrame:
    """Return how many households have signed by one of agreements and statuses alone."""
    told = households["step"] >= SIGNED_STEP
    flags = {"agreement_only": households["signed"] & ~told, "status_only": told & ~households["signed"]}
    return pd.DataFrame(flags).groupby(households["project_id"]).sum().reindex(projects, fill_value=0)


@recomputes("signing_rate", "project_id")
def signing_rate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Signed ÷ all households, against the share of the signing period that is over."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    length, gone = ((end - projects["sign_start"]).dt.days for end in (projects["sign_end"], day))
    planned = percent(gone.clip(upper=length), length).fillna(100)  # a period of one day is over on it
    shown = projects[["project", "signed", "households", "rate", "households_left", "sign_start", "sign_end"]]
    last_signed = households.groupby("project_id")["signed_on"].max().reindex(projects.index)
    days_left = (projects["sign_end"] - day).dt.days
    reached = pace_per_day(households, projects, day) * days_left
    return shown.assign(
        planned_rate=planned,
        gap=projects["rate"] - planned,
        days_left=days_left,
        is_too_slow=(days_left >= 0) & (projects["households_left"] > 0) & (reached < projects["households_left"]),
        is_overdue=(projects["sign_end"] < day) & (projects["households_left"] > 0),
        is_this_year=(projects["households_left"] > 0)
        | (projects["sign_end"].dt.year >= day.year)
        | (last_signed.dt.year >= day.year),
        signed_on=last_signed,
        **differing_ledgers(households, projects.index),
    ).reset_index()


@recomputes("signing_curve", "project_id", "on_date")
def signing_curve(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The running count of agreements in force on each day of signing or withdrawal, on the first day and the last."""
    projects = projects_on(ledgers, day)
    agreed = rows_by(ledgers["agreement"], "signed_on", day).merge(ledgers["household"], on="household_id")
    rows = []
    for code, project in projects.iterrows():
        own = agreed[agreed["project_id_y"] == code]
        withdrawn = own.loc[own["withdrawn_on"] <= day, "withdrawn_on"]
        last = day if project["households_left"] else min(project["sign_end"], day)
        for on in sorted({*own["signed_on"], *withdrawn, project["sign_start"], last}):
            count = (own["signed_on"] <= on).sum() - (withdrawn <= on).sum()
            left = project["households"] - count
            rows.append((code, on, count, project["households"], left, 100 * count / project["households"]))
    return pd.DataFrame(rows, columns=["project_id", "on_date", "signed", "households", "households_left", "rate"])


def pace_per_day(households: pd.DataFrame, projects: pd.DataFrame, day: pd.Timestamp) -> pd.Series[float]:
    """Return the households signed in the last seven days ÷ 7, or ÷ the days since the start if they are fewer."""
    recent = households[(day - households["signed_on"]).dt.days < 7].groupby("project_id").size()
    days = ((day - projects["sign_start"]).dt.days + 1).clip(upper=7)
    return recent.reindex(projects.index, fill_value=0) / days


@recomputes("households_left", "project_id")
def households_left(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """All households − signed, what is needed a day for the rest, and the pace of the last seven days."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    days = (projects["sign_end"] - day).dt.days.clip(lower=0)
    return (
        projects[["project", "households_left", "households", "signed", "sign_end"]]
        .assign(
            days_left=days,
            needed_per_day=projects["households_left"] / days.where(days > 0),
            pace_per_day=pace_per_day(households, projects, day),
        )
        .reset_index()
    )


@recomputes("status_chain", "project_id", "status")
def status_chain(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Households at each step or a later one ÷ all; to have signed is to have an agreement, and then all before it."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    differing = differing_ledgers(households, projects.index)
    parts = []
    for place, status in enumerate(STEPS):
        told, agreed = households["step"] >= place, households["signed"]
        reached = agreed if place == SIGNED_STEP else told | agreed if place < SIGNED_STEP else told
        count = reached.groupby(households["project_id"]).sum().reindex(projects.index, fill_value=0)
        part = projects[["project", "households"]].assign(status=status, reached=count)
        part = part.assign(rate=percent(count, projects["households"]))
        parts.append(part.join(differing) if place == SIGNED_STEP else part)
    return pd.concat(parts).reset_index()


@recomputes("compensation_mix", "project_id", "mode", "estate")
def compensation_mix(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Signed households by way of compensation and estate."""
    projects = projects_on(ledgers, day)
    agreed = agreements_in_force(ledgers, day).drop(columns="project_id")
    agreed = agreed.merge(ledgers["household"], on="household_id").merge(
        ledgers["housing_source"], on="housing_source_id", how="left"
    )
    agreed = agreed[agreed["project_id"].isin(projects.index)]
    found = agreed.groupby(["project_id", "mode", "estate"], dropna=False).size().rename("signed").reset_index()
    total = found["project_id"].map(projects["households"]).astype(float)
    return found.assign(households=total, rate=percent(found["signed"], total))
