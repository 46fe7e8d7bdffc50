"""洁, the works, worked out again: done against the plan of the day of the report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by, sums, with_name

DUE_AFTER = 31  # preset of this house: days after which the next report is due
MONEY_AHEAD = 10  # preset of this house: percentage points
QUANTITIES = ["done", "quantity", "planned"]


def plan_of(ledgers: Ledgers, work: pd.Series) -> pd.Series[float]:
    """Return the plan of a work by its dates, from nothing on its first day to the whole on its last."""
    plan = ledgers["work_plan"]
    dates = plan[plan["work_id"] == work["work_id"]].groupby("on_date")["planned"].max()
    first = {} if (dates.index <= work["start_on"]).any() else {work["start_on"]: 0.0}
    last = {} if (dates.index >= work["end_on"]).any() else {work["end_on"]: work["quantity"]}
    return pd.Series(dates.to_dict() | first | last).sort_index()


def planned_by(plan: pd.Series[float], day: pd.Timestamp) -> float:
    """Return what is planned by a day: straight between the dates, nothing before the first, all after the last."""
    epoch = pd.Timestamp("2000-01-01")
    return float(np.interp((day - epoch).days, (plan.index - epoch).days, plan.to_numpy(float), left=0.0))


def reports_of(ledgers: Ledgers, work: str, column: str, day: pd.Timestamp) -> pd.Series[float]:
    """Return what a work reported in a column by the day, by the days of the reports."""
    rows = rows_by(ledgers["work_progress"], "on_date", day)
    return rows[rows["work_id"] == work].set_index("on_date")[column].dropna().sort_index()


def works_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every work as its last report by the day had it."""
    works = with_name(ledgers, ledgers["work"], "river").assign(work=lambda rows: rows["name"])
    reports = rows_by(ledgers["work_progress"], "on_date", day).sort_values("on_date")
    last = reports.groupby("work_id")[["work_id", "on_date", "done", "cost"]].tail(1).set_index("work_id")
    works = works.join(last.rename(columns={"on_date": "reported_on"}), on="work_id")
    is_done = works["done"] >= works["quantity"]
    judged = works["reported_on"].fillna(day).mask(is_done, reports["on_date"].max())
    planned = [planned_by(plan_of(ledgers, w), on) for (_, w), on in zip(works.iterrows(), judged, strict=True)]
    begun, silent = works["start_on"] <= day, (day - works["reported_on"].fillna(works["start_on"])).dt.days
    works = works.assign(is_done=is_done, judged_on=judged, planned=planned, days_left=(works["end_on"] - day).dt.days)
    works["is_waiting"] = begun & ~is_done & (silent > DUE_AFTER)
    works["is_unreported"] = begun & works["done"].isna()
    rates = {"rate": "done", "planned_rate": "planned"}
    works = works.assign(**{rate: percent(works[of], works["quantity"]) for rate, of in rates.items()})
    return works.assign(money_rate=percent(works["cost"], works["budget"]), gap=works["rate"] - works["planned_rate"])


@recomputes("works_progress", "work_id")
def works_progress(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Done and spent of each work, against its plan and its budget."""
    works = works_on(ledgers, day)
    ahead = works["money_rate"] - works["rate"]
    shown = "work_id work river done quantity planned rate planned_rate gap cost budget money_rate days_left"
    return works[[*shown.split(), "reported_on", "judged_on", "is_unreported", "is_waiting"]].assign(
        spi=works["done"] / works["planned"].where(works["planned"] > 0),
        money_gap=ahead,
        is_money_ahead=(ahead >= MONEY_AHEAD).astype(float).where(ahead.notna()),
    )


@recomputes("dredging_progress", "river_id", "quantity_unit")
def dredging_progress(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Σ done ÷ Σ planned of the dredging works of a river, unit by unit; money of the works with both numbers."""
    works = works_on(ledgers, day)
    works = works[works["kind"] == "清淤"]
    paid = works[works["money_rate"].notna()]
    by = ["river_id", "quantity_unit"]
    found = sums(works.assign(unreported=works["is_unreported"].astype(int)), by, [*QUANTITIES, "unreported"])
    money = sums(paid, by, ["cost", "budget", "done", "quantity"]).reindex(found.index)
    rates = {"rate": percent(found["done"], found["quantity"])}
    rates |= {"planned_rate": percent(found["planned"], found["quantity"])}
    rates |= {"spi": found["done"] / found["planned"].where(found["planned"] > 0)}
    rates |= {"money_rate": percent(money["cost"], money["budget"])}
    rates |= {"money_gap": rates["money_rate"] - percent(money["done"], money["quantity"])}
    days = pd.DataFrame([_report_days(rows) for _, rows in works.groupby(by)], index=found.index)
    found = found.assign(cost=money["cost"], budget=money["budget"], gap=rates["rate"] - rates["planned_rate"])
    return found.assign(**rates, **days).reset_index()


def _report_days(works: pd.DataFrame) -> dict[str, object]:
    """Return the last report of works, the day that they are judged on, and whether all that go on are late with one.

    That is the earliest last report of those that go on and are not late with the next.
    """
    in_time = works[~works["is_done"] & ~works["is_waiting"] & works["reported_on"].notna()]
    judged = works["judged_on"].max() if in_time.empty else in_time["reported_on"].min()
    waiting = bool(works["is_waiting"].any()) and in_time.empty
    return {"reported_on": works["reported_on"].max(), "judged_on": judged, "is_waiting": waiting}


@recomputes("work_curve", "work_id", "day")
def work_curve(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Plan and reports of each work on the dates of either."""
    rows = []
    for _, work in ledgers["work"].iterrows():
        plan, done = plan_of(ledgers, work), reports_of(ledgers, work["work_id"], "done", day)
        for on in plan.index.union(done.index):
            rows.append((work["work_id"], on, planned_by(plan, on), done.get(on, float("nan")), work["quantity"]))
    return pd.DataFrame(rows, columns=["work_id", "day", "plan_total", "done", "quantity"])
