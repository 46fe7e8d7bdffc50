"""洁, how the micro sewage plants run, worked out again."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by, sums, with_name

MONTHS = 12  # preset of this house: the metrics of plants look back a year
LOW, HIGH = 40, 120  # presets of this house: load in percent, no law
NAN = float("nan")
SILENT = 7  # preset of this house: days
STATES = {"days_stopped": "停运", "days_repair": "检修", "days_broken": "故障"}


def plants_begun(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the plants that had begun by the day by their codes, and from when to when they are looked at."""
    begun = with_name(ledgers, rows_by(ledgers["plant"], "commissioned_on", day, undated=True), "village")
    first = day - pd.DateOffset(months=MONTHS) + pd.Timedelta(days=1)
    since = begun["commissioned_on"].fillna(first).clip(lower=first)
    return begun.assign(plant=begun["name"], period_from=since, period_to=day).set_index("plant_id")


def days_in_period(ledgers: Ledgers, plants: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the days that plants reported in their periods, and whether each had an inflow and worked."""
    days = rows_by(ledgers["plant_daily"], "on_date", day)
    days = days[days["plant_id"].isin(plants.index)]
    days = days[days["on_date"] >= days["plant_id"].map(plants["period_from"])]
    return days.assign(flows=days["inflow"] > 0, worked=has_worked(days))


def has_worked(days: pd.DataFrame) -> pd.Series[bool]:
    """Tell on which days a plant ran as normal with hours and inflow that are not 0; what is not told is not 0."""
    return (days["run_state"] == "正常") & (days["run_hours"] != 0) & (days["inflow"] != 0)


@recomputes("plant_load", "plant_id")
def plant_load(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Mean inflow of the days with one ÷ capacity, and how that stands to the presets."""
    plants = plants_begun(ledgers, day)
    days = days_in_period(ledgers, plants, day)
    flows = days[days["flows"]].groupby("plant_id")["inflow"]
    mean, count = flows.mean().reindex(plants.index), flows.size().reindex(plants.index, fill_value=0)
    rate = percent(mean, plants["capacity"])
    level = pd.Series("负荷正常", plants.index).mask(rate < LOW, "负荷偏低").mask(rate > HIGH, "超负荷")
    found = {"inflow_mean": mean, "load_rate": rate, "load_level": level.mask(rate.isna(), "无数据")}
    found |= {"inflow_days": count, "inflow": (mean * count).where(plants["capacity"] > 0)}
    found |= {"capacity_days": (plants["capacity"] * count).where(count > 0)}
    return plants[["plant", "village", "capacity", "period_from", "period_to"]].assign(**found).reset_index()


@recomputes("plant_run", "plant_id")
def plant_run(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Days worked ÷ days reported; days without a report are counted apart; what stands still, and since when."""
    plants = plants_begun(ledgers, day)
    days = days_in_period(ledgers, plants, day).groupby("plant_id")
    reported = days.size().reindex(plants.index, fill_value=0)
    worked = days["worked"].sum().reindex(plants.index, fill_value=0)
    states = {
        name: days["run_state"].agg(lambda s, w=state: (s == w).sum()).astype(int).reindex(plants.index, fill_value=0)
        for name, state in STATES.items()
    }
    length = (plants["period_to"] - plants["period_from"]).dt.days + 1
    now = plants.index.to_series().map(lambda plant: _last_report(ledgers, plant, day))
    found = pd.DataFrame(now.tolist(), index=plants.index).assign(**states)
    return found.assign(
        days_reported=reported,
        days_worked=worked,
        run_rate=percent(worked, reported),
        days_unreported=length - reported,
    ).reset_index()


def _last_report(ledgers: Ledgers, plant: str, day: pd.Timestamp) -> dict[str, object]:
    """Return how a plant was on its last reported day and, if it stood still then, since when and for how long."""
    days = rows_by(ledgers["plant_daily"], "on_date", day)
    days = days[days["plant_id"] == plant].sort_values("on_date")
    if days.empty:
        return {"run_state": "无数据", "reported_on": pd.NaT, "is_silent": True, "idle_since": pd.NaT, "idle_days": NAN}
    last, worked = days.iloc[-1], days[has_worked(days)]
    known = {"run_state": last["run_state"], "reported_on": last["on_date"]}
    known |= {"is_silent": (day - last["on_date"]).days > SILENT, "idle_since": pd.NaT, "idle_days": NAN}
    still = days if worked.empty else days[days["on_date"] > worked["on_date"].iloc[-1]]
    if still.empty:
        return known
    since = still["on_date"].iloc[0]
    return known | {"idle_since": since, "idle_days": (last["on_date"] - since).days + 1}


@recomputes("plant_energy", "plant_id")
def plant_energy(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Σ electricity ÷ Σ inflow of the days that have both; electricity of days without an inflow is apart."""
    plants = plants_begun(ledgers, day)
    days = days_in_period(ledgers, plants, day)
    both = days[days["flows"] & days["power"].notna()]
    used = sums(both, "plant_id", ["power", "inflow"]).reindex(plants.index)
    idle = sums(days[~days["flows"]], "plant_id", ["power"]).reindex(plants.index)
    count = both.groupby("plant_id").size().reindex(plants.index, fill_value=0)
    return used.assign(energy=used["power"] / used["inflow"], energy_days=count, idle_power=idle["power"]).reset_index()


@recomputes("plant_connection", "plant_id")
def plant_connection(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Households connected ÷ households to connect."""
    plants = plants_begun(ledgers, day)
    rate = percent(plants["households_connected"], plants["households_design"])
    return plants[["village", "households_connected", "households_design"]].assign(rate=rate).reset_index()
