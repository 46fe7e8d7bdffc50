"""招商引资 worked out again."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import days_from, percent, rows_by, sums

WAY = ("储备", "洽谈", "意向签约", "正式签约", "注册落地", "拿地", "开工", "主体施工", "封顶", "竣工", "投产纳统")
EXITS = ("暂停", "终止")  # of one day with another stage the exit is the later
STAGES = (*WAY, *EXITS)
FROM_SIGNING = WAY[WAY.index("正式签约") :]


def projects_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every project by its code, with its stage, when it signed, and what it received by the day."""
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    events = events.assign(place=events["stage"].map(STAGES.index)).sort_values(["entered_on", "place"])
    last = events.drop_duplicates("project_id", keep="last").set_index("project_id")[["stage", "entered_on"]]
    signed = events[events["stage"].isin(FROM_SIGNING)].groupby("project_id")["entered_on"].min()
    money = rows_by(ledgers["funding"], "received_on", day)
    verified = money["is_verified"].eq(True)
    parts = money.assign(received=money["amount"].where(verified, 0.0), unverified=money["amount"].where(~verified))
    projects = ledgers["investment_project"].set_index("project_id").join(last)
    projects = projects.join(signed.rename("signed_on")).join(sums(parts, "project_id", ["received", "unverified"]))
    counts = projects["signed_on"].notna() & (projects["stage"] != "终止")
    rate = percent(projects["received"], projects["investment"])
    return projects.assign(project=projects["name"], is_contracted=counts, rate=rate.where(counts))


def land_overdue(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the parcels whose agreed start has passed without a start by the day."""
    parcels = ledgers["parcel"]
    late = parcels["agreed_start_on"].lt(day) & ~parcels["actual_start_on"].le(day)
    return parcels[late].assign(days_overdue=days_from(parcels["agreed_start_on"], day))


@recomputes("pipeline_stages", "stage")
def pipeline_stages(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each project once, in its last stage; those that have none are a row of their own."""
    projects = projects_on(ledgers, day)
    stages = [*STAGES, *([None] if projects["stage"].isna().any() else [])]
    of = [projects[projects["stage"].isna() if stage is None else projects["stage"] == stage] for stage in stages]
    investment = [float(rows["investment"].sum()) for rows in of]
    unpriced = [sum(map(pd.isna, rows["investment"])) for rows in of]
    counts = {"projects": [len(rows) for rows in of], "investment": investment, "unpriced": unpriced}
    found = pd.DataFrame({"stage": stages} | counts)
    return found.assign(skipped=[stages_passed_over(ledgers, day, stage) for stage in stages])


def stages_passed_over(ledgers: Ledgers, day: pd.Timestamp, stage: str | None) -> float:
    """Count the projects that came beyond a stage without ever entering it; land is no matter of those without."""
    if stage not in WAY:
        return float("nan")
    tracks = ledgers["investment_project"].set_index("project_id")["track"]
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    entered = events[events["stage"].isin(WAY)].groupby("project_id")["stage"].agg(set)
    beyond = set(WAY[WAY.index(stage) + 1 :])
    missed = entered.map(lambda stages: bool(stages & beyond) and stage not in stages)
    if stage in ("拿地", "开工", "主体施工", "封顶", "竣工"):
        missed &= tracks.reindex(entered.index).eq("供地类")
    return float(missed.sum())


@recomputes("projects_by_origin", "origin")
def projects_by_origin(ledgers: Ledgers, _: pd.Timestamp) -> pd.DataFrame:
    """All projects by origin; those without one are a row of their own."""
    projects = ledgers["investment_project"]
    origins = projects["origin"].astype(object).where(projects["origin"].notna(), "未分类")
    grouped = projects.assign(origin=origins).groupby("origin", sort=False)
    amounts = grouped["investment"]
    unpriced = grouped.size() - amounts.count()
    return pd.DataFrame({"projects": grouped.size(), "investment": amounts.sum(), "unpriced": unpriced}).reset_index()


@recomputes("funds_in_place", "project_id")
def funds_in_place(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Verified receipts ÷ investment of the signed projects that are not ended on the day."""
    projects = projects_on(ledgers, day)
    shown = ["project", "signed_on", "received", "investment", "rate", "unverified", "stage"]
    return projects.loc[projects["is_contracted"], shown].reset_index()


def counted_receipts(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every receipt by the day, with the period of the target that runs and whether it counts towards it."""
    projects = projects_on(ledgers, day)
    money = rows_by(ledgers["funding"], "received_on", day)
    targets = rows_by(ledgers["target"], "period_start", day)
    targets = targets[targets["metric"] == "funds_in_place"].sort_values("period_start")
    start, end = targets[["period_start", "period_end"]].iloc[-1] if len(targets) else (pd.NaT, pd.NaT)
    in_period = (money["received_on"] >= start) & (money["received_on"] <= end)
    counts = in_period & money["is_verified"].eq(True) & money["project_id"].map(projects["is_contracted"])
    return money.assign(is_counted=counts.astype(bool), period_start=start, period_end=end)


@recomputes("receipts", "project_id", "received_on", "amount", "proof", "is_verified")
def receipts(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every receipt, and whether the target of the period counts it."""
    by = ["project_id", "received_on", "amount", "proof", "is_verified"]
    return counted_receipts(ledgers, day)[[*by, "is_counted", "period_start", "period_end"]]
