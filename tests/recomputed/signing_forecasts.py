"""The forecast of signing and its back-test, worked out again: curves counted day by day, mixtures of scipy's binomial.

The numbers of the model are written out as its formula and docs/decisions.md give them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from tests.recomputed import Ledgers, recomputes

Array = NDArray[np.float64]
Row = dict[str, Any]
GRID = np.linspace(-7, 12, 191)
CHANCE = 1 / (1 + np.exp(-GRID))
SPREADS = (0.1, 0.15, 0.22, 0.31, 0.42, 0.55, 0.72, 0.95, 1.25, 1.7, 2.3)
WIDTHS = np.gradient(SPREADS)
SLOPES = [0.4 + 0.4 * step for step in (-1.8, -1.2, -0.6, 0, 0.6, 1.2, 1.8)]
NEEDED, FIRM, HORIZON, STEP, CASES = 2, 8, 60, 20, 5


@dataclass(frozen=True)
class Taking:
    """A project: its row, households, the agreements in force by the end of each day from its first to the day."""

    row: Row
    households: int
    length: int
    gone: int
    counts: list[int]
    rewards: list[int]

    def by(self, day: float) -> float:
        """Return the agreements on a day, in between on a straight line, none before the first."""
        known = [0, *(min(count, self.households) for count in self.counts)]
        return float(np.interp(day, range(-1, len(known) - 1), known))


def takings_on(ledgers: Ledgers, day: pd.Timestamp) -> list[Taking]:
    """Return the projects whose signing has begun by the day."""
    found = []
    home = ledgers["household"].set_index("household_id")["project_id"]
    for row in ledgers["demolition_project"].to_dict("records"):
        start, code = row["sign_start"], row["project_id"]
        if start > day:
            continue
        ours = ledgers["agreement"][ledgers["agreement"]["household_id"].map(home) == code]
        ends = ours["withdrawn_on"].where(ours["withdrawn_on"] <= day)
        days = pd.date_range(start, day)
        counts = [int(((ours["signed_on"] <= on) & ~(ends <= on)).sum()) for on in days]
        periods = ledgers["incentive_period"]
        last = (periods.loc[periods["project_id"] == code, "ends_on"] - start).dt.days
        length = (row["sign_end"] - start).days
        rewards = sorted({int(n) for n in last if 0 <= n < length})
        total = max(int(row["households_total"]), int((home == code).sum()))
        holds = (ours["signed_on"] <= day) & ~(ends <= day)
        recent = holds & (ours["signed_on"] > day - pd.Timedelta(days=7))
        row |= {"pace": int(recent.sum()) / min(7, len(days))}
        found.append(Taking(row, total, length, len(days) - 1, counts, rewards))
    return found


def corresponding(day: float, ours: Taking, theirs: Taking) -> float:
    """Return the day of another project at the same place: three days at each end of a period, the rest by share."""
    same = len(ours.rewards) == len(theirs.rewards)
    marks = []
    for one in (ours, theirs):
        at, edge = [-1.0], -1.0
        for end in (*(one.rewards if same else []), one.length):
            third = min(3.0, (end - edge) / 3)
            at += [edge + third, end - third, float(end)]
            edge = float(end)
        marks.append(at)
    return float(np.interp(day, marks[0], marks[1]))


@cache
def spread_out(spread: float) -> Array:
    """Return normal chances around each point of the grid, a row each, together 1."""
    rows = np.array([np.exp(-((GRID - middle) ** 2) / (2 * spread**2)) for middle in GRID])
    return np.asarray((rows.T / rows.sum(axis=1)).T)


def learned_chances(left: Sequence[float], signed: Sequence[float], paces: Sequence[float], own: float) -> Array:
    """Return the weight of each chance of GRID for a further project."""
    cases = []
    for of, got in zip(left, signed, strict=True):
        share = (got + 0.5) / (of + 1)
        weight = min(1.0, 100 / max(of * share * (1 - share), 1e-9))
        log = weight * (got * np.log(CHANCE) + (of - got) * np.log1p(-CHANCE))
        cases.append(np.exp(log - log.max()))
    logs = {}
    for place, spread in enumerate(SPREADS):
        middles = [np.log(np.maximum(spread_out(spread) @ case, 1e-300)) for case in cases]
        prior = np.log(WIDTHS[place]) - np.log(1 + (spread / 0.3) ** 2)
        for slope in SLOPES:
            log = prior - ((slope - 0.4) / 0.4) ** 2 / 2 + (np.log(CHANCE) + np.log1p(-CHANCE)) / 2
            for middle, pace in zip(middles, paces, strict=True):
                log = log + np.interp(GRID + slope * pace, GRID, middle)
            logs[spread, slope] = log
    highest = max(log.max() for log in logs.values())
    total = np.zeros(len(GRID))
    for (spread, slope), log in logs.items():
        moved = np.clip(GRID + slope * own, GRID[0], GRID[-1])
        shared = np.maximum(0, 1 - np.abs(moved[:, None] - GRID) / (GRID[1] - GRID[0]))
        total += np.exp(log - highest) @ shared @ spread_out(spread)
    return np.asarray(total / total.sum())


def timing(left: list[float]) -> list[float]:
    """Return which share of the hazard has passed by each day after the first."""
    passed = [np.log((left[0] + 0.5) / (now + 0.5)) for now in left[1:]]
    if not passed or passed[-1] <= 0:
        return [n / len(passed) for n in range(1, len(passed) + 1)]
    return [float(max(min(1.0, max(1e-9, p / passed[-1])) for p in passed[: n + 1])) for n in range(len(passed))]


@dataclass(frozen=True)
class Outlook:
    """What is learned: the weights of the chances, the timing, the share that signed in past projects."""

    weights: Array
    timing: list[float]
    share: float


def outlook(past: list[Taking], ours: Taking, day: int) -> tuple[Outlook, float]:
    """Return the outlook from a day of a project to its deadline, and what share past projects had signed there."""
    ahead = range(day, ours.length + 1)
    curves = [[one.by(corresponding(d, ours, one)) for d in ahead] for one in past]
    homes = [one.households for one in past]
    share = sum(curve[0] for curve in curves) / sum(homes)
    paces = [np.log((c[0] + 8) / (n * share + 8)) for c, n in zip(curves, homes, strict=True)]
    own = np.log((round(ours.by(day)) + 8) / (ours.households * share + 8))
    left = [n - c[0] for c, n in zip(curves, homes, strict=True)]
    signed = [max(0, c[-1] - c[0]) for c in curves]
    weights = learned_chances(left, signed, [p - np.mean(paces) for p in paces], own - np.mean(paces))
    remaining = [sum(homes) - sum(curve[n] for curve in curves) for n in range(len(ahead))]
    return Outlook(weights, timing(remaining), sum(signed) / max(1, sum(left))), share


def later(past: list[Taking], ours: Taking) -> tuple[int, Outlook | None]:
    """Return how many past projects were as late with households left, and what came of these if there are enough."""
    late = max(0, ours.gone - ours.length)
    known = [
        p for p in past
        if p is not ours and p.gone >= p.length + late + HORIZON and p.by(p.length + late) < p.households
    ]  # fmt: skip
    if len(known) < NEEDED:
        return len(known), None
    left = [[p.households - p.by(p.length + late + n) for n in range(HORIZON + 1)] for p in known]
    signed = [max(0, one[0] - one[-1]) for one in left]
    weights = learned_chances([one[0] for one in left], signed, [0] * len(known), 0)
    remaining = [sum(one[n] for one in left) for n in range(HORIZON + 1)]
    return len(known), Outlook(weights, timing(remaining), sum(signed) / remaining[0])


def count_range(weights: Array, left: int, share: float = 1) -> tuple[int, int, int]:
    """Return the run of likeliest counts nearest to 82 %, and the median; in thousandths where more are left."""
    if left == 0:
        return 0, 0, 0
    parts = min(left, 1000)
    chance = weights @ binom.pmf(np.arange(parts + 1), parts, (1 - (1 - CHANCE) ** share)[:, None])
    low = high = int(np.argmax(chance))
    runs = [(low, high)]
    for count in np.argsort(-chance, kind="stable")[1:]:
        low, high = min(low, int(count)), max(high, int(count))
        runs.append((low, high))
    low, high = min(runs, key=lambda run: abs(chance[run[0] : run[1] + 1].sum() - 0.82))
    median = int(np.argmax(np.cumsum(chance) >= 0.5))
    first, middle, last = (round(n * left / parts) for n in (min(low, median), median, max(high, median)))
    return first, middle, last


def completion(left: int, now: Outlook | None, after: Outlook | None) -> list[float]:
    """Return the chance that all have signed by each day ahead."""
    chances = [float(now.weights @ (1 - (1 - CHANCE) ** s) ** left) for s in now.timing] if now else []
    for share in after.timing if after else []:
        stays = (1 - CHANCE) ** share
        if now and now.timing:
            mixed = (1 - np.outer(1 - CHANCE, stays)) ** left
            chances.append(float(now.weights @ mixed @ after.weights))
        else:
            chances.append(float(after.weights @ (1 - stays) ** left) if after else 0.0)
    return chances


@recomputes("signing_forecast", "project_id")
def signing_forecast(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """What is to be expected of each project."""
    takings = takings_on(ledgers, day)
    past = [one for one in takings if one.gone > one.length]
    return pd.DataFrame([forecast_row(one, past, day) for one in takings])


def forecast_row(ours: Taking, past: list[Taking], day: pd.Timestamp) -> Row:
    """Return the row of one project."""
    left, days_left = ours.households - ours.counts[-1], ours.length - ours.gone
    others = len([one for one in past if one is not ours])
    row: Row = dict.fromkeys(("probability", "low", "median", "high", "past_share"))
    now = None
    if left and days_left >= 0 and len(past) >= NEEDED:
        now, share = outlook(past, ours, ours.gone)
        chance = float(now.weights @ CHANCE**left) if days_left else 0
        found = count_range(now.weights, left) if days_left else (0, 0, 0)
        low, median, high = (ours.counts[-1] + n for n in found)
        row = {"probability": 100 * chance, "low": low, "median": median, "high": high, "past_share": 100 * share}
    late, after = later(past, ours)
    chances = completion(left, now, after) if left else []
    reached = {name: [n for n, c in enumerate(chances, 1) if c >= p] for name, p in (("p50_on", 0.5), ("p80_on", 0.8))}
    word = "全部签完" if not left else "已逾期" if days_left < 0 else "有预测" if now else "样本不足"
    return {
        **{"project_id": ours.row["project_id"], "project": ours.row["name"], "outlook": word, **row},
        **{"signed": ours.counts[-1], "households": ours.households, "households_left": left},
        **{"days_left": max(0, days_left), "days_past": -days_left if left and days_left < 0 else None},
        **{name: day + pd.Timedelta(days=n[0]) if n else pd.NaT for name, n in reached.items()},
        **{"needed_per_day": left / days_left if days_left > 0 else None, "pace_per_day": ours.row["pace"]},
        **{
            "past_projects": others,
            "past_needed": NEEDED,
            "is_weak": (bool(now) and others < FIRM) or (word == "已逾期" and bool(after) and late < FIRM),
        },
        **{"late_projects": late, "late_share": 100 * after.share if after else None},
        **{"horizon": HORIZON if after else None, "sign_end": ours.row["sign_end"]},
    }


@recomputes("forecast_curve", "project_id", "on_date")
def forecast_curve(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The range of each running project day by day."""
    takings, rows = takings_on(ledgers, day), []
    past = [one for one in takings if one.gone > one.length]
    for ours in takings:
        left = ours.households - ours.counts[-1]
        if ours.gone > ours.length or not left or len(past) < NEEDED:
            continue
        now, _ = outlook(past, ours, ours.gone)
        found = [(0, 0, 0), *(count_range(now.weights, left, share) for share in now.timing)]
        for n, counts in enumerate(found):
            low, median, high = (ours.counts[-1] + count for count in counts)
            rates = [100 * count / ours.households for count in (low, median, high)]
            names = (ours.row["project_id"], ours.row["name"], ours.households)
            rows.append((*names, day + pd.Timedelta(days=n), low, median, high, *rates))
    columns = [
        "project_id",
        "project",
        "households",
        "on_date",
        "low",
        "median",
        "high",
        "low_rate",
        "median_rate",
        "high_rate",
    ]
    return pd.DataFrame(rows, columns=columns).astype({"on_date": "datetime64[ns]"})


@recomputes("forecast_backtest", "is_total", "project_id", "window_share")
def forecast_backtest(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Forecasts of each past project from the others, and how many held what came."""
    past = [one for one in takings_on(ledgers, day) if one.gone > one.length]
    tried = [
        trial
        for ours in (past if len(past) > NEEDED else [])
        for share in range(STEP, 100, STEP)
        if (trial := trial_row(ours, [one for one in past if one is not ours], share))
    ]
    rows: list[Row] = []
    for share in (None, *range(STEP, 100, STEP)):
        some = [row for row in tried if share in (None, row["window_share"])]
        inside, enough = sum(row["is_inside"] for row in some), len(some) >= CASES
        error = float(np.mean([abs(row["error"]) for row in some])) if enough else None
        total = {"is_total": True, "window_share": share, "forecasts": len(some), "inside": inside}
        coverage = 100 * inside / len(some) if enough else None
        rows.append(total | {"coverage": coverage, "mean_error": error, "past_projects": len(past), "project_id": None})
    table = pd.DataFrame([*rows, *tried]).assign(past_needed=NEEDED + 1)
    return table.astype({"is_inside": "boolean"} if tried else {})


def trial_row(ours: Taking, others: list[Taking], share: int) -> Row | None:
    """Return one forecast of a past project and what came."""
    at = round(ours.length * share / 100)
    known = round(ours.by(at))
    if at >= ours.length or known >= ours.households:
        return None
    now, _ = outlook(others, ours, at)
    low, median, high = (known + count for count in count_range(now.weights, ours.households - known))
    final = round(ours.by(ours.length))
    return {
        **{"is_total": False, "window_share": share, "project_id": ours.row["project_id"], "known": known},
        **{"forecast_on": ours.row["sign_start"] + pd.Timedelta(days=at), "low": low, "median": median, "high": high},
        **{"final": final, "households": ours.households, "is_inside": low <= final <= high},
        **{"error": 100 * (median - final) / ours.households, "past_projects": len(others)},
    }
