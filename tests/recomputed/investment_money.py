"""The money that the targets of 招商引资 ask for, worked out again by month and against what may still come."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.elapsed import counting_target, elapsed
from tests.recomputed.frames import rows_by
from tests.recomputed.funnel import weighted_pipeline
from tests.recomputed.investment import counted_receipts, projects_on
from tests.recomputed.stuck import all_expected_days

MONEY = ("contract_value", "funds_in_place")


def money_targets(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the targets of signed money and of funds that count on a day."""
    targets = rows_by(ledgers["target"], "period_start", day)
    groups = (targets[targets["metric"] == metric].to_dict("records") for metric in MONEY)
    found = pd.DataFrame([counting_target(own, day) for own in groups if own], columns=targets.columns)
    return found.rename(columns={"value": "target"})


def dated_money(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return each amount that a target counts with its day."""
    projects = projects_on(ledgers, day)
    signed = projects[projects["is_contracted"]].rename(columns={"signed_on": "on", "investment": "amount"})
    receipts = counted_receipts(ledgers, day)
    received = receipts[receipts["is_counted"]].rename(columns={"received_on": "on"})
    parts = [signed[["on", "amount"]].assign(metric=MONEY[0]), received[["on", "amount"]].assign(metric=MONEY[1])]
    return pd.concat(parts, ignore_index=True)


@recomputes("money_by_month", "metric", "month")
def money_by_month(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Sum the amounts up month by month, and hold them against the time that is over."""
    money, rows = dated_money(ledgers, day), []
    for target in money_targets(ledgers, day).to_dict("records"):
        start, end = target["period_start"], target["period_end"]
        own = money[(money["metric"] == target["metric"]) & money["on"].between(start, end)]
        for period in pd.period_range(start, end, freq="M"):
            first, last = period.start_time, min(period.end_time.normalize(), end)
            until = min(last, day) if first <= day else last
            part = elapsed(target, ledgers, until) / 100
            in_month, so_far = own[own["on"].between(first, last)], own[own["on"] <= last]
            is_over = first > day
            amounts = (None, None) if is_over else (in_month["amount"].sum(), so_far["amount"].sum())
            rows.append((target["metric"], first, *amounts, target["target"] * part, start, end, target["target"]))
    columns = "metric month in_month running planned period_start period_end target"
    return pd.DataFrame(rows, columns=columns.split()).astype({"in_month": float, "running": float})


@recomputes("target_coverage", "metric")
def target_coverage(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Hold what may still come against what is missing."""
    projects, money, days = projects_on(ledgers, day), dated_money(ledgers, day), all_expected_days(ledgers, day)
    talks = projects[
        projects["signed_on"].isna() & projects["stage"].notna() & ~projects["stage"].isin(["暂停", "终止"])
    ]
    contracts = projects[projects["is_contracted"]]
    to_come = (contracts["investment"] - contracts["received"].fillna(0)).clip(lower=0)
    weighted = weighted_pipeline(ledgers, day)
    whole = weighted[weighted["is_total"].astype(bool)]["weighted"].astype(float)
    rows = []
    for target in money_targets(ledgers, day).to_dict("records"):
        metric, end = target["metric"], target["period_end"]
        own = money[(money["metric"] == metric) & money["on"].between(target["period_start"], end)]
        missing = max(0.0, target["target"] - own["amount"].sum())
        row = {"metric": metric, "target": target["target"], "actual": own["amount"].sum(), "missing": missing}
        row |= {"is_reached": missing == 0}
        if metric == MONEY[0]:
            due = talks[[day <= days[code, "预计签约日期"]["newest_on"] <= end for code in talks.index]]
            row |= {"open_projects": len(talks), "open_amount": talks["investment"].sum(), "due_projects": len(due)}
            row |= {"due_amount": due["investment"].sum(), "weighted": whole.sum(min_count=1)}
        else:
            row |= {"open_projects": len(contracts), "open_amount": to_come.sum()}
        amounts = (talks if metric == MONEY[0] else contracts)["investment"]
        rows.append(row | {"unpriced": int(amounts.isna().sum())})
    columns = (
        "metric target actual missing is_reached due_projects due_amount open_projects open_amount unpriced weighted"
    )
    table = pd.DataFrame(rows, columns=columns.split())
    table = table.astype(dict.fromkeys(["due_projects", "due_amount", "weighted"], float))
    missing = table["missing"].where(table["missing"] > 0)
    for times, amount in (("due_times", "due_amount"), ("open_times", "open_amount"), ("weighted_times", "weighted")):
        table[times] = table[amount] / missing
    return table
