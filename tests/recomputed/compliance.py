"""Sections against their targets worked out again, and how far the readings can be trusted."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.chiefs import share
from tests.recomputed.classes import classes
from tests.recomputed.limits import CLASSES
from tests.recomputed.sections import HeldSections, readings_until

MONTHS = 12  # chosen by the house
MET_MONTHS = 2  # chosen by the house: so long within the target makes what follows a rebound


def standing(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every section in every month in which any was sampled, once for its river and once for all."""
    found = classes(ledgers, day, "month")
    held = HeldSections(ledgers, day)
    months = [held.on(month).reset_index().assign(month=month) for month in found["month"].unique()]
    every = pd.concat(months)[["section_id", "river_id", "month"]]
    columns = ["section_id", "month", "class_rank", "is_met", "items_lacking"]
    every = every.merge(found[columns], on=["section_id", "month"], how="left")
    of_rivers = every[every["river_id"].notna()].assign(is_total=False)
    return pd.concat([every.assign(river_id=None, is_total=True), of_rivers]).astype({"river_id": object})


PLACE_AND_MONTH = ["is_total", "river_id", "month"]


@recomputes("target_met", *PLACE_AND_MONTH)
def target_met(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the sections that keep their targets."""
    every = standing(ledgers, day)
    has_class, judged = every["class_rank"].notna(), every["is_met"].notna()
    every = every.assign(
        met=every["is_met"].fillna(False).astype(bool), evaluated=judged, no_target=has_class & ~judged,
        no_data=~has_class, few_items=judged & every["items_lacking"].notna(), sections=1,
    )  # fmt: skip
    counts = ["met", "evaluated", "no_target", "no_data", "few_items", "sections"]
    found = every.groupby(PLACE_AND_MONTH, dropna=False)[counts].sum()
    return found.assign(met_share=share(found["met"], found["evaluated"])).reset_index()


@recomputes("class_shares", *PLACE_AND_MONTH)
def class_shares(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the sections of Ⅰ to Ⅲ, and those worse than Ⅴ."""
    every = standing(ledgers, day)
    rank = every["class_rank"].astype(float)
    every = every.assign(good=rank <= 3, bad=rank == 6, classed=rank.notna(), no_data=rank.isna())
    found = every.groupby(PLACE_AND_MONTH, dropna=False)[["good", "bad", "classed", "no_data"]].sum()
    shares = {f"{name}_share": share(found[name], found["classed"]) for name in ("good", "bad")}
    return found.assign(**shares).reset_index()


@recomputes("data_completeness", "section_id")
def data_completeness(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the months sampled of those due."""
    readings = readings_until(ledgers, day)
    rows: list[tuple[object, ...]] = []
    this_month = day.to_period("M")
    is_over = day == this_month.end_time.normalize()
    for section in ledgers["section"]["section_id"]:
        taken = readings.loc[readings["section_id"] == section, "sampled_at"]
        if taken.empty:
            rows.append((section, None, None, None, None, None))
            continue
        sampled = set(taken.dt.to_period("M"))
        last = this_month if is_over or this_month in sampled else this_month - 1
        due = [month for month in pd.period_range(last - MONTHS + 1, last, freq="M") if month >= min(sampled)]
        newest = taken.max().normalize()
        rows.append(
            (section, len(sampled & set(due)), len(due), 100 * len(sampled & set(due)) / len(due) if due else None,
             newest, (day - newest).days)
        )  # fmt: skip
    columns = ["section_id", "months", "months_due", "measured_share", "newest", "days_silent"]
    return pd.DataFrame(rows, columns=columns).astype({"newest": "datetime64[us]"})


def beside_printed(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the samples that bear a class in their file, with ours."""
    readings = readings_until(ledgers, day)
    printed = readings[readings["printed_class"].isin(CLASSES)]
    printed = printed.groupby(["section_id", "sampled_at"])["printed_class"].max().reset_index()
    both = classes(ledgers, day, "sampled_at").merge(printed, on=["section_id", "sampled_at"])
    return both.assign(agreed=both["class"] == both["printed_class"], samples=1)


@recomputes("class_agreement", "section_id")
def class_agreement(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the samples of the same class."""
    found = beside_printed(ledgers, day).groupby("section_id")[["agreed", "samples"]].sum()
    return found.assign(agreed_share=share(found["agreed"], found["samples"])).reset_index()


@recomputes("class_difference", "section_id", "sampled_at")
def class_difference(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the samples of another class."""
    both = beside_printed(ledgers, day)
    columns = ["section_id", "sampled_at", "printed_class", "class", "items", "worst", "unjudged"]
    return both.loc[~both["agreed"], columns]


@recomputes("rebound", "section_id", "month", "event")
def rebound(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the months beyond the target after two within it, and those worse than Ⅴ."""
    found = classes(ledgers, day, "month")
    found = found[found["class_rank"].notna()]
    met = set(
        found.loc[found["is_met"].fillna(False).astype(bool), ["section_id", "month"]].itertuples(
            index=False, name=None
        )
    )
    back = [pd.DateOffset(months=n + 1) for n in range(MET_MONTHS)]
    at = zip(found["section_id"], found["month"], strict=True)
    found["months_met"] = [sum((section, month - each) in met for each in back) for section, month in at]
    fell = found[(found["is_met"].eq(False).fillna(False)) & (found["months_met"] == MET_MONTHS)]
    worst = found[found["class_rank"] == 6]
    events = pd.concat([fell.assign(event="反弹"), worst.assign(event="劣Ⅴ")])
    last_met = pd.DataFrame(sorted(met), columns=["section_id", "last_met"]).groupby("section_id")["last_met"].max()
    columns = ["section_id", "month", "event", "class", "target_class", "months_met", "worst", "items", "sampled_on"]
    standing = ~(events["section_id"].map(last_met) > events["month"])
    return events.assign(sampled_on=events["last_sampled"].dt.normalize(), is_standing=standing)[
        [*columns, "is_standing"]
    ]


def last_changes(ledgers: Ledgers, section: str, river: object, day: pd.Timestamp) -> pd.Timestamp:
    """Return the last day before a section or its river last changed, long ago where they never did."""
    former, rivers = ledgers["section_history"], ledgers["river_history"]
    ends = pd.concat(
        [former[former["section_id"] == section]["valid_to"], rivers[rivers["river_id"] == river]["valid_to"]]
    )
    return max([end for end in ends if end < day], default=pd.Timestamp.min)


@recomputes("water_type_guess", "section_id")
def water_type_guess(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Class the guessed sections twice, as rivers and as lakes."""
    both = {water: classes(ledgers, day, "month", water) for water in ("river", "lake")}
    rows = []
    for name, section in HeldSections(ledgers, day).on(day).dropna(subset="guessed_by").iterrows():
        water, ends = section["water"], last_changes(ledgers, str(name), section["river_id"], day)
        taken, other = (
            found[(found["section_id"] == name) & (found["month"] > ends)].set_index("month")["class"].sort_index()
            for found in (both[water], both["lake" if water == "river" else "river"])
        )
        changed = taken[taken.fillna("") != other.fillna("")].index
        newest = (changed[-1], taken[changed[-1]], other[changed[-1]]) if len(changed) else (None, None, None)
        kind = {"lake": "湖库", "river": "河流"}[water]
        if len(taken):
            rows.append((name, kind, section["guessed_by"], len(taken), len(changed), *newest))
    columns = ["section_id", "water", "guessed_by", "months", "months_changed", "month", "class", "other_class"]
    return pd.DataFrame(rows, columns=columns).astype({"month": "datetime64[us]"})
