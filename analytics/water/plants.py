"""The works of the metrics of plants: each sample of effluent judged, and how many of a plant's pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd

from analytics.water.effluent import Result, Sample, is_verified, judged
from analytics.water.rows import Row, groups, table
from data.standards.thresholds import thresholds

PLANT = ("plant", "village", "discharge_standard", "period_from", "period_to", "plant_id")


def _word(value: object) -> str:
    """Return a word of the ledger, empty where it is missing."""
    return value if isinstance(value, str) else ""


def _judged(standard: object, group: pd.DataFrame) -> Sample:
    results = {r.parameter: Result(r.value, _word(r.qualifier)) for r in group.itertuples()}
    return judged(results, _word(standard), group["sampled_at"].iloc[0].date())


def _samples(at: Row, group: pd.DataFrame) -> list[tuple[pd.Timestamp, Sample]]:
    """Return the samples of a plant with the time of each, the newest first."""
    taken = groups(group[group["sampled_at"].notna()], "sampled_at")
    return [(when["sampled_at"], _judged(at["discharge_standard"], each)) for when, each in taken][::-1]


def _listed(names: Iterable[str]) -> str | None:
    return ",".join(names) or None


def effluent_samples(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each sample of effluent with its verdict and the items that failed, the newest of each plant first."""
    found = [
        {
            "plant": at["plant"], "discharge_standard": at["discharge_standard"], "plant_id": at["plant_id"],
            "sampled_at": when, "verdict": sample.verdict, "failing": _listed(sample.failed),
            "not_judged": _listed(sample.unjudged), "judged_items": sample.items,
        }
        for at, group in groups(rows, *PLANT) for when, sample in _samples(at, group)
    ]  # fmt: skip
    columns = "plant sampled_at verdict failing not_judged judged_items discharge_standard plant_id"
    return table(found, columns).sort_values("verdict", key=lambda v: v.ne("不达标"), kind="stable")


def _passed(at: Row, group: pd.DataFrame, least: float) -> Row:
    samples = [sample for _, sample in _samples(at, group)]
    verdicts = Counter(sample.verdict for sample in samples)
    failing = Counter(item for sample in samples for item in sample.failed)
    known = verdicts["达标"] + verdicts["不达标"]
    counts = {"passed": verdicts["达标"], "judged": known, "unjudged_samples": verdicts["无法判定"]}
    rate = 100 * verdicts["达标"] / known if known else None
    named = _listed(f"{item}({times})" for item, times in failing.most_common())
    ranking = "参加排名" if known >= least else "样本不足"
    verified = is_verified(_word(at["discharge_standard"]), at["period_to"].date())
    return at | counts | {"pass_rate": rate, "ranking": ranking, "failing": named, "limits_verified": verified}


def plant_pass_rate(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the samples passed over those judged of each plant, worst first; too few are told and stand last."""
    least = thresholds(as_of)["plant_samples"]
    found = table(
        [_passed(at, group, least) for at, group in groups(rows, *PLANT)],
        "plant village discharge_standard limits_verified passed judged pass_rate ranking failing unjudged_samples "
        "period_from period_to plant_id",
    ).astype({"pass_rate": float})
    found = found.assign(is_ranked=found["ranking"].eq("参加排名"))
    return found.sort_values(["is_ranked", "pass_rate", "plant"], ascending=[False, True, True]).drop(
        columns="is_ranked"
    )
