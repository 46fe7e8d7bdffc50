"""The works of the metrics of plants: each sample of effluent judged, and how many of a plant's pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from analytics.water.effluent import Measurement, SampleVerdict, is_standard_verified, sample_verdict
from data.standards.thresholds import thresholds

PLANT_KEYS = ("plant", "village", "discharge_standard", "period_from", "period_to", "plant_id")


def _text_or_empty(value: object) -> str:
    """Return a word of the ledger, empty where it is missing."""
    return value if isinstance(value, str) else ""


def _group_verdict(standard: object, group: pd.DataFrame) -> SampleVerdict:
    results = {r.parameter: Measurement(r.value, _text_or_empty(r.qualifier)) for r in group.itertuples()}
    return sample_verdict(results, _text_or_empty(standard), group["sampled_at"].iloc[0].date())


def _samples_newest_first(at: Row, group: pd.DataFrame) -> list[tuple[pd.Timestamp, SampleVerdict]]:
    """Return the samples of a plant with the time of each, the newest first."""
    taken = grouped_rows(group[group["sampled_at"].notna()], "sampled_at")
    return [(when["sampled_at"], _group_verdict(at["discharge_standard"], each)) for when, each in taken][::-1]


def _comma_list(names: Iterable[str]) -> str | None:
    return ",".join(names) or None


def effluent_samples(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each sample of effluent with its verdict and the items that failed, the newest of each plant first."""
    found = [
        {
            "plant": at["plant"], "discharge_standard": at["discharge_standard"], "plant_id": at["plant_id"],
            "sampled_at": when, "verdict": sample.verdict, "failing": _comma_list(sample.failed),
            "not_judged": _comma_list(sample.unjudged), "judged_items": sample.items,
        }
        for at, group in grouped_rows(rows, *PLANT_KEYS) for when, sample in _samples_newest_first(at, group)
    ]  # fmt: skip
    columns = "plant sampled_at verdict failing not_judged judged_items discharge_standard plant_id"
    return rows_as_table(found, columns).sort_values("verdict", key=lambda v: v.ne("不达标"), kind="stable")


def _pass_rate_row(at: Row, group: pd.DataFrame, least: float) -> Row:
    samples = [sample for _, sample in _samples_newest_first(at, group)]
    verdicts = Counter(sample.verdict for sample in samples)
    failing = Counter(item for sample in samples for item in sample.failed)
    known = verdicts["达标"] + verdicts["不达标"]
    counts = {"passed": verdicts["达标"], "judged": known, "unjudged_samples": verdicts["无法判定"]}
    rate = 100 * verdicts["达标"] / known if known else None
    named = _comma_list(f"{item}({times})" for item, times in failing.most_common())
    ranking = "参加排名" if known >= least else "样本不足"
    verified = is_standard_verified(_text_or_empty(at["discharge_standard"]), at["period_to"].date())
    return at | counts | {"pass_rate": rate, "ranking": ranking, "failing": named, "limits_verified": verified}


def plant_pass_rate(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the samples passed over those judged of each plant, worst first; too few are told and stand last."""
    least = thresholds(as_of)["plant_samples"]
    found = rows_as_table(
        [_pass_rate_row(at, group, least) for at, group in grouped_rows(rows, *PLANT_KEYS)],
        "plant village discharge_standard limits_verified passed judged pass_rate ranking failing unjudged_samples "
        "period_from period_to plant_id",
    ).astype({"pass_rate": float})
    found = found.assign(is_ranked=found["ranking"].eq("参加排名"))
    return found.sort_values(["is_ranked", "pass_rate", "plant"], ascending=[False, True, True]).drop(
        columns="is_ranked"
    )
