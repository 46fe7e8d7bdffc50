"""节 worked out again: activities and the taps that leak."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by, sums, with_name

FEWEST = 5  # preset of this house: mended taps with known days, below which no mean is given
PERIOD = 30  # preset of this house: days between checks where none are registered
NOBODY, NAN, DAY = "未写村社", float("nan"), "datetime64[ns]"
FIGURES, BOTH = ["activities", "headcount", "units_visited"], ["village", "finding"]
LEAK: dict[str, Any] = {
    "facility_id": "",
    "finding": "",
    "found_on": pd.NaT,
    "fixed_on": pd.NaT,
    "loss": NAN,
    "is_fixed": False,
}


@recomputes("saving_activities", "kind")
def saving_activities(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Times, people and running taps by kind."""
    rows = rows_by(ledgers["saving_activity"], "held_on", day)
    found = sums(rows, "kind", ["headcount", "units_visited", "leaks_found", "leaks_fixed"])
    by_kind = rows.groupby("kind")
    return found.assign(activities=by_kind.size(), held_on=by_kind["held_on"].max()).reset_index()


@recomputes("saving_coverage", "is_total", "village")
def saving_coverage(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Villages with an activity since 1 January ÷ villages; those without are listed with 0."""
    rows = with_name(ledgers, rows_by(ledgers["saving_activity"], "held_on", day), "village")
    rows = rows[rows["held_on"].dt.year == day.year].assign(activities=1)
    rows["village"] = rows["village"].fillna(NOBODY)
    villages = ledgers["village"]["name"].tolist()
    names = villages + [NOBODY] * int(rows["village"].eq(NOBODY).any())
    found = sums(rows, "village", FIGURES).reindex(names).fillna(0.0)
    found["held_on"] = rows.groupby("village")["held_on"].max()
    found["villages"] = [float(name != NOBODY) for name in names]
    found["covered"] = (found["activities"] > 0) * found["villages"]
    total = found.drop(columns="held_on").sum().to_dict() | {"village": None, "held_on": rows["held_on"].max()}
    found = pd.concat([found.rename_axis("village").reset_index().assign(is_total=False), pd.DataFrame([total])])
    found = found.assign(is_total=found["is_total"].ne(False), rate=percent(found["covered"], found["villages"]))
    return found if len(rows) else found.assign(**dict.fromkeys([*FIGURES, "covered", "rate"], NAN))


def leaks_by(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the leaks found by the day, each with its tap; `days` are those until it was mended, where known."""
    checks = rows_by(ledgers["facility_check"], "checked_on", day).sort_values(["facility_id", "checked_on"])
    checks = checks.assign(fixed_on=checks["fixed_on"].where(checks["fixed_on"] <= day))
    leaks = [leak for _, rows in checks.groupby("facility_id") for leak in _leaks_of_tap(rows)]
    found = pd.DataFrame(leaks, columns=list(LEAK)).astype({"found_on": DAY, "fixed_on": DAY})
    taps = with_name(ledgers, ledgers["facility"], "village").set_index("facility_id")
    found = found.join(taps[["name", "village", "kind", "check_days"]], on="facility_id")
    days = (found["fixed_on"] - found["found_on"]).dt.days
    return found.assign(village=found["village"].fillna(NOBODY), days=days, open_for=(day - found["found_on"]).dt.days)


def _leaks_of_tap(checks: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the leaks of one tap: one found again before it was mended is the same, one found in order is over."""
    leaks: list[dict[str, Any]] = []
    is_over = True
    for row in checks.itertuples():
        if row.finding == "正常":
            leaks[-1:] = [leak | {"is_fixed": True} for leak in leaks[-1:]]
            is_over = True
            continue
        if is_over or leaks[-1]["fixed_on"] <= row.checked_on:
            leaks.append(LEAK | {"facility_id": row.facility_id, "finding": row.finding, "found_on": row.checked_on})
        is_over, leak = False, leaks[-1]
        fixed = max((d for d in (leak["fixed_on"], row.fixed_on) if pd.notna(d)), default=pd.NaT)
        loss = min((x for x in (leak["loss"], row.loss) if pd.notna(x)), default=NAN)
        leaks[-1] |= {"loss": loss, "fixed_on": fixed, "is_fixed": pd.notna(fixed)}
    return leaks


@recomputes("leak_fix", "village", "finding")
def leak_fix(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Mended ÷ found by the day, by village and finding, and of all of either; no mean of fewer than five."""
    leaks = leaks_by(ledgers, day)
    parts = [leaks.assign(**dict.fromkeys(every)) for every in ([], ["village"], ["finding"], BOTH)]
    found = pd.concat(parts).astype(dict.fromkeys(BOTH, object)).groupby(BOTH, dropna=False)
    rows = [dict(zip(BOTH, key, strict=True)) | _mended(each) for key, each in found]
    return pd.DataFrame(rows, columns=[*BOTH, *_mended(leaks)])


def _mended(leaks: pd.DataFrame) -> dict[str, object]:
    days, still = leaks["days"].dropna(), leaks[~leaks["is_fixed"]]
    fixed, enough = len(leaks) - len(still), len(days) >= FEWEST
    found = {
        "found": len(leaks),
        "fixed": fixed,
        "rate": 100 * fixed / len(leaks) if fixed else 0.0,
        "open": len(still),
    }
    middle = {"mean_days": days.mean() if enough else NAN, "median_days": days.median() if enough else NAN}
    return found | middle | {"timed": len(days), "longest_open": still["open_for"].max()}


@recomputes("leak_list", "facility_id")
def leak_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The leaks that were not mended by the day; those open for longer than a period of checks are marked."""
    leaks = leaks_by(ledgers, day)
    leaks = leaks[~leaks["is_fixed"]]
    past = leaks["open_for"] > leaks["check_days"].fillna(PERIOD)
    shown = leaks[["facility_id", "village", "kind", "finding", "found_on", "loss"]]
    return shown.assign(days_open=leaks["open_for"], is_past_check=past)


@recomputes("saving_estimate", "is_total", "village")
def saving_estimate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Σ loss × days from the repair, at most a period of checks; what still runs and what is not known apart."""
    leaks = leaks_by(ledgers, day)
    avoided = (day - leaks["fixed_on"]).dt.days.clip(upper=leaks["check_days"].fillna(PERIOD))
    is_open, known = ~leaks["is_fixed"], leaks["loss"].notna()
    counted = avoided.notna() & known
    figures = {"saved": leaks["loss"] * avoided, "counted": counted, "not_counted": ~is_open & ~counted}
    figures |= {"losing": leaks["loss"].where(is_open, 0.0), "open": is_open, "open_unknown": is_open & ~known}
    leaks = leaks[["village"]].assign(is_total=False, **{k: v.astype(float) for k, v in figures.items()})
    both = pd.concat([leaks, leaks.assign(village=None, is_total=True)]).astype({"village": object})
    return sums(both, ["is_total", "village"], list(figures)).reset_index()
