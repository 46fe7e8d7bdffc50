"""宣 worked out again: households reached, what was done by kind, first visits, and the four steps together."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import RECOMPUTED, Ledgers, recomputes
from tests.recomputed.demolition import projects_on
from tests.recomputed.frames import percent, rows_by

TO_HOUSEHOLDS = {"宣传册": "brochure_reached", "座谈会": "meeting_reached"}
KINDS = ("下发文件", "横幅", "宣传册", "座谈会", "微信", "其他")
HALVES = ("上午", "下午", "晚上")
FEWEST = 5  # chosen by the house
STEPS = ("plan_indicators", "publicity_indicators", "persuasion_indicators", "clearance_indicators")


@recomputes("publicity_reach", "project_id")
def publicity_reach(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The greatest number of households of one brochure or meeting, at most all of the project's."""
    projects = projects_on(ledgers, day)[["project", "households", "households_left"]]
    done = rows_by(ledgers["publicity"], "held_on", day)
    done = done[done["project_id"].isin(projects.index)]
    for kind, name in TO_HOUSEHOLDS.items():
        projects[name] = done[done["kind"] == kind].groupby("project_id")["households_reached"].max()
    most = projects[list(TO_HOUSEHOLDS.values())].astype(float).max(axis=1)
    reached = most.clip(upper=projects["households"].astype(float))
    silent = done[done["kind"].isin(list(TO_HOUSEHOLDS)) & done["households_reached"].isna()]
    by_project = done.groupby("project_id")
    return projects.assign(
        reached=reached,
        rate=percent(reached, projects["households"].astype(float)),
        unreached=projects["households"] - reached,
        activities=by_project.size().reindex(projects.index, fill_value=0),
        unreported=silent.groupby("project_id").size().reindex(projects.index, fill_value=0),
        is_over=most > projects["households"],
        newest=by_project["held_on"].max(),
    ).reset_index()


@recomputes("publicity_mix", "kind")
def publicity_mix(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """How often each kind was used in the year of the day and how many there were."""
    done = rows_by(ledgers["publicity"], "held_on", day)
    done = done[done["held_on"] >= pd.Timestamp(day.year, 1, 1)]
    rows = []
    for kind in KINDS:
        own = done[done["kind"] == kind]
        quantity = own["quantity"].sum(min_count=1) if len(own) else 0
        rows.append((kind, len(own), quantity, own["quantity"].isna().sum(), own["held_on"].max()))
    return pd.DataFrame(rows, columns=["kind", "activities", "quantity", "uncounted", "newest"])


def first_visits(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the first visit of each household by the day; of one day the earlier half, then the earlier code."""
    visits = rows_by(ledgers["visit"], "visited_on", day)
    place = visits["half"].map({half: n for n, half in enumerate(HALVES)}).astype(float).fillna(len(HALVES))
    visits = visits.assign(place=place).sort_values(["visited_on", "place", "visit_id"])
    firsts = visits.drop_duplicates("household_id")
    return firsts.merge(ledgers["household"][["household_id", "project_id"]], on="household_id")


@recomputes("first_visit_attitudes", "project_id")
def first_visit_attitudes(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Of the households visited, those that had a mind of their own at the first visit."""
    rows = []
    for code, own in first_visits(ledgers, day).groupby("project_id"):
        unknown, missing = (own["attitude"] == "未知").sum(), own["attitude"].isna().sum()
        informed = len(own) - unknown - missing
        rate = 100 * informed / (informed + unknown) if informed + unknown else None
        rows.append((code, len(own), informed, unknown, missing, rate, own["visited_on"].max()))
    names = ["project_id", "visited", "informed", "uninformed", "attitude_missing", "rate", "newest"]
    return pd.DataFrame(rows, columns=names)


def indicator(code: str, part: int, numerator: object, denominator: object, **more: object) -> dict[str, object]:
    """Return one indicator that is a plain count."""
    row = {"code": code, "part": str(part), "indicator_value": numerator, "numerator": numerator}
    return row | {"denominator": denominator, "missing": 0, "is_too_few": False} | more


def share(code: str, numerator: float, denominator: float, missing: int, *, is_known: bool) -> dict[str, object]:
    """Return one indicator that is a share of both counts, without a value where there are too few."""
    few = is_known and denominator < FEWEST
    value = 100 * numerator / denominator if is_known and not few else None
    return indicator(
        code, 1, numerator, denominator, indicator_value=value, missing=missing, is_too_few=few
    )  # fmt: skip


def awards(ledgers: Ledgers, day: pd.Timestamp) -> list[dict[str, object]]:
    """Return the villages commended and criticised in the newest year that was issued."""
    issued = rows_by(ledgers["village_assessment"], "issued_on", day)
    newest = issued[issued["year"] == issued["year"].max()]
    parts = []
    for part, award in ((1, "嘉奖"), (2, "通报批评")):
        count, assessed = newest.loc[newest["award"] == award, "village_id"].nunique(), newest["village_id"].nunique()
        parts.append(indicator("X4", part, count, assessed, indicator_value=count if len(newest) else None))
    return parts


@recomputes("publicity_indicators", "code", "part")
def publicity_indicators(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """X1 to X4 out of the rows above."""
    reach, mix, visits = (of(ledgers, day) for of in (publicity_reach, publicity_mix, first_visit_attitudes))
    known = reach[reach["reached"].notna()]
    reached, households = float(known["reached"].sum()), float(known["households"].sum())
    is_known = bool(reach["newest"].notna().any())
    rows = [share("X1", reached, households, len(reach) - len(known), is_known=is_known)]
    any_done = bool(mix["newest"].notna().any())
    for part, row in enumerate(mix.to_dict("records"), 1):
        value = row["activities"] if any_done else None
        counts = row["activities"], row["quantity"]
        rows.append(indicator("X2", part, *counts, indicator_value=value, missing=row["uncounted"]))
    informed, asked = visits["informed"].sum(), visits["informed"].sum() + visits["uninformed"].sum()
    rows.append(share("X3", informed, asked, visits["attitude_missing"].sum(), is_known=len(visits) > 0))
    table = pd.DataFrame([*rows, *awards(ledgers, day)])
    return table.astype(dict.fromkeys(("indicator_value", "numerator", "denominator"), float))


@recomputes("four_steps", "code", "part")
def four_steps(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The indicators of the steps, one after the other, each as it is worked out again by itself."""
    parts = [
        RECOMPUTED[name].on(ledgers, day.date()).assign(step=step) for step, name in zip("谋宣疏拆", STEPS, strict=True)
    ]
    return pd.concat(parts, join="inner", ignore_index=True)  # of the columns that each of them works out
