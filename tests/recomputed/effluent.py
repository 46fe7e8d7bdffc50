"""洁, what leaves the micro sewage plants and what they take out, worked out again."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by
from tests.recomputed.plants import days_in_period, plants_begun

ITEMS = ("COD", "BOD5", "SS", "NH3N", "TN", "TP", "AVO", "OIL", "LAS", "FC")
# GB 18918-2002 table 1, daily means; DB33/973-2015 as commonly quoted, its text was not seen; mg/L, coliforms per L
UPPER = {
    "GB18918一级A": (50, 10, 10, 5, 15, 0.5, 1, 1, 0.5, 1000),
    "GB18918一级B": (60, 20, 20, 8, 20, 1, 3, 3, 1, 10000),
    "GB18918二级": (100, 30, 30, 25, None, 3, 5, 5, 2, 10000),
    "GB18918三级": (120, 60, 50, None, None, 5, 20, 15, 5, None),
    "DB33/973-2015一级": (60, None, 20, 15, None, 2, 3, None, None, 10000),
    "DB33/973-2015二级": (100, None, 30, 25, None, 3, 5, None, None, 10000),
}
PH = (6, 9)  # of every one of these
COLD = 12  # ℃ and below: the limits in brackets of GB 18918-2002, which are for ammonia alone
AMMONIA_COLD = {"GB18918一级A": 8, "GB18918一级B": 15, "GB18918二级": 30}
RANKED = 5  # preset of this house: samples judged
WORDS = {"failing": "failed", "not_judged": "unjudged"}
Result = tuple[float, str]
"""A value and its qualifier: < below it, > above it, or none."""


def keeps_upper(result: Result, limit: float) -> bool | None:
    """Tell whether a result is certain to be no greater than a limit, or certain to be greater."""
    value, qualifier = result
    if qualifier == ">":
        return False if value >= limit else None
    return True if value <= limit else None if qualifier == "<" else False


def keeps_ph(result: Result) -> bool | None:
    """Tell whether a pH lies between its limits; below or above a value that lies between them it may or may not."""
    value, qualifier = result
    if qualifier:
        return False if (value <= PH[0] if qualifier == "<" else value >= PH[1]) else None
    return PH[0] <= value <= PH[1]


def item_answers(results: dict[str, Result], standard: object) -> dict[str, bool | None]:
    """Return for each item with a limit whether it keeps to it, None where that is open."""
    if standard not in UPPER:
        return {}
    limits = dict(zip(ITEMS, UPPER[str(standard)], strict=True))
    answers = {i: keeps_upper(r, limit) for i, r in results.items() if (limit := limits.get(i)) is not None}
    if "PH" in results:
        answers["PH"] = keeps_ph(results["PH"])
    if "NH3N" in answers and standard in AMMONIA_COLD:
        cold = keeps_upper(results["NH3N"], AMMONIA_COLD[str(standard)])
        if "WT" not in results:
            answers["NH3N"] = answers["NH3N"] if answers["NH3N"] == cold else None
        elif results["WT"][0] <= COLD:
            answers["NH3N"] = cold
    return answers


def judged_samples(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every sample of effluent in the periods of the plants with its verdict."""
    plants = plants_begun(ledgers, day)
    found = samples_in_period(ledgers, plants, day)
    rows = []
    for (plant, at), group in found[found["point"] == "出水"].groupby(["plant_id", "sampled_at"]):
        results = {r.parameter: (r.value, r.qualifier) for r in group.itertuples()}
        answers = item_answers(results, plants["discharge_standard"][plant])
        failed, unjudged = ([i for i, a in sorted(answers.items()) if a is kind] for kind in (False, None))
        verdict = "不达标" if failed else "无法判定" if unjudged or not answers else "达标"
        rows.append((plant, at, verdict, failed, unjudged, len(answers)))
    return pd.DataFrame(rows, columns=["plant_id", "sampled_at", "verdict", "failed", "unjudged", "judged_items"])


def samples_in_period(ledgers: Ledgers, plants: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the results of the plants in their periods; a limit of 0 says nothing, but of a temperature."""
    found = rows_by(ledgers["plant_sample"], "sampled_at", day)
    found = found[found["plant_id"].isin(plants.index)]
    found = found[found["sampled_at"] >= found["plant_id"].map(plants["period_from"])]
    says = found["qualifier"].isna() | (found["value"] != 0) | (found["parameter"] == "WT")
    return found[says].assign(qualifier=found["qualifier"].fillna(""))


@recomputes("effluent_samples", "plant_id", "sampled_at")
def effluent_samples(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each sample of effluent judged by the plant's standard."""
    found = judged_samples(ledgers, day)
    words = {name: found[of].map(",".join).where(found[of].map(len) > 0) for name, of in WORDS.items()}
    return found[["plant_id", "sampled_at", "verdict", "judged_items"]].assign(**words)


@recomputes("plant_pass_rate", "plant_id")
def plant_pass_rate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Samples that keep to all measured limits ÷ samples that could be judged; no rank below five."""
    plants = plants_begun(ledgers, day)
    found = judged_samples(ledgers, day)
    count = found.groupby(["plant_id", "verdict"]).size().unstack(fill_value=0)
    count = count.reindex(plants.index, columns=["达标", "不达标", "无法判定"], fill_value=0)
    judged = count["达标"] + count["不达标"]
    failed = found[["plant_id", "failed"]].explode("failed").dropna()
    times = failed.groupby(["plant_id", "failed"]).size()
    verified = plants["discharge_standard"].map(lambda s: str(s).startswith("GB") if s in UPPER else None)
    return (
        plants[["discharge_standard", "period_from", "period_to"]]
        .assign(
            limits_verified=verified,
            passed=count["达标"],
            judged=judged,
            pass_rate=percent(count["达标"], judged),
            ranking=(judged >= RANKED).map({True: "参加排名", False: "样本不足"}),
            failing=plants.index.to_series().map(lambda plant: _failing_words(times, plant)),
            unjudged_samples=count["无法判定"],
        )
        .reset_index()
    )


def _failing_words(times: pd.Series[int], plant: str) -> str | None:
    """Return how often each item of a plant failed, the most frequent first: NH3N(2),COD(1)."""
    of = [(item, n) for (code, item), n in times.items() if code == plant]
    return ",".join(f"{item}({n})" for item, n in sorted(of, key=lambda each: (-each[1], each[0]))) or None


@recomputes("plant_removal", "plant_id", "parameter")
def plant_removal(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Removal by the means of the pairs of a day, half the limit for non-detects; load month by month, 0 for them."""
    plants = plants_begun(ledgers, day)
    days = days_in_period(ledgers, plants, day)
    flows = days[days["flows"]].assign(month=lambda rows: rows["on_date"].dt.to_period("M"))
    flow = flows.groupby(["plant_id", "month"])["inflow"].sum()
    rows = []
    for (plant, item), pairs in day_pairs(samples_in_period(ledgers, plants, day)).groupby(["plant_id", "parameter"]):
        months = {m: flow[plant, m] for m in pairs["month"].unique() if (plant, m) in flow.index}
        taken = {m: _mean(pairs.loc[pairs["month"] == m, "taken"]) for m in months}
        into, out = _mean(pairs["进水"]), _mean(pairs["出水"])
        removed = sum(Fraction(str(months[m])) * taken[m] for m in months) / 1000 if months else None
        whole = flow[plant].sum() if plant in flow.index else None
        figures = (100 * (1 - out / into), removed, into, out, len(pairs), sum(months.values()) or None, whole)
        rows.append((plant, item, *(None if f is None else float(f) for f in figures)))
    columns = ["removal_rate", "removed", "inflow_mg", "effluent_mg", "pairs", "inflow_paired", "inflow"]
    return pd.DataFrame(rows, columns=["plant_id", "parameter", *columns])


def day_pairs(found: pd.DataFrame) -> pd.DataFrame:
    """Return the means of inflow and effluent of each item on each day that has both, and their difference as load."""
    known = found[~found["parameter"].isin(["WT", "PH", "FC"]) & (found["qualifier"] != ">")]
    value = known["value"].map(str).map(Fraction)
    detected = known["qualifier"] != "<"
    known = known.assign(half=value.where(detected, value / 2), least=value.where(detected, Fraction(0)))
    keys = ["plant_id", "parameter", known["sampled_at"].dt.normalize().rename("day"), "point"]
    means = known.groupby(keys)[["half", "least"]].agg(_mean).unstack("point").dropna()
    pairs = means["half"].reindex(columns=["进水", "出水"])
    least = means["least"].reindex(columns=["进水", "出水"])
    pairs = pairs.assign(taken=least["进水"] - least["出水"]).reset_index()
    return pairs.assign(month=pairs["day"].dt.to_period("M"))


def _mean(values: pd.Series[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
