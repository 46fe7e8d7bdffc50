"""综合排名 worked out again: each measure against a plan of its own, weighted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.clearance import buildings_on
from tests.recomputed.issues import issues_on
from tests.recomputed.persuasion import difficulties_on
from tests.recomputed.requests import requests_raised
from tests.recomputed.sources import outfalls_by, sources_by
from tests.recomputed.villages import plans_on, signed_on
from tests.recomputed.works import works_on

FEWEST, LEAST_MEASURES = 5, 2  # presets of this house
SIGNING, WATER, BUILDINGS = "征迁签约", "污染源和排口整治", "违法建筑拆除"
WORKS, ISSUES, REQUESTS, DIFFICULTIES = "工程进度", "河道问题办理", "企业诉求办理", "住户难题办理"
WEIGHTS = {
    **{("village", SIGNING): 50, ("village", WATER): 30, ("village", BUILDINGS): 20},
    **{("unit", WORKS): 30, ("unit", SIGNING): 30},
    **{("unit", ISSUES): 20, ("unit", REQUESTS): 20, ("unit", DIFFICULTIES): 20},
}
Row = dict[str, Any]


def with_deadline(
    scope: str, measure: str, rows: pd.DataFrame, code: str, closed: str, day: pd.Timestamp
) -> Iterator[Row]:
    """Yield for each village or unit how many have a deadline, how many are done and how many are past it."""
    for name, own in rows[rows["due_on"].notna()].groupby(code):
        yield {"scope": scope, "measure": measure, "code": name, "pieces": len(own),
               "done": own[closed].astype(bool).sum(), "planned": (own["due_on"] < day).sum()}  # fmt: skip


def all_parts(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield each measure of each village and unit."""
    columns = ["village_id", "due_on", "is_closed"]
    water = pd.concat([sources_by(ledgers, day)[columns], outfalls_by(ledgers, day)[columns]])
    yield from with_deadline("village", WATER, water, "village_id", "is_closed", day)
    yield from with_deadline("village", BUILDINGS, buildings_on(ledgers, day), "village_id", "is_razed", day)
    for measure, rows, code, began in (
        (ISSUES, issues_on(ledgers, day), "handler", "found_at"),
        (REQUESTS, requests_raised(ledgers, day), "department", "raised_at"),
        (DIFFICULTIES, difficulties_on(ledgers, day), "department", "raised_on"),
    ):
        yield from with_deadline("unit", measure, rows[rows[began].dt.year == day.year], code, "is_closed", day)
    plans, signed = plans_on(ledgers, day), signed_on(ledgers, day)
    homes = ledgers["household"]
    homes = homes[homes["project_id"].isin(list(plans))]
    homes = homes.assign(
        owner=homes["project_id"].map(ledgers["demolition_project"].set_index("project_id")["owner"]),
        signed=homes["household_id"].isin(signed), planned=homes["project_id"].map(plans).astype(float) / 100,
    )  # fmt: skip
    for scope, code in (("village", "village_id"), ("unit", "owner")):
        for name, own in homes.groupby(code):
            yield {"scope": scope, "measure": SIGNING, "code": name, "pieces": len(own),
                   "done": own["signed"].sum(), "planned": own["planned"].sum()}  # fmt: skip
    works = works_on(ledgers, day)
    judged = works[works["rate"].notna() & works["planned_rate"].notna() & ~works["is_waiting"].astype(bool)]
    judged = judged[judged["start_on"] <= day]
    for name, own in judged.groupby("owner"):
        yield {"scope": "unit", "measure": WORKS, "code": name, "pieces": len(own),
               "done": own["rate"].clip(upper=100).sum() / 100, "planned": own["planned_rate"].sum() / 100}  # fmt: skip


@recomputes("ranking_measures", "scope", "measure", "ranked_id")
def ranking_measures(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Done less due in percent of all, of each measure."""
    names = ledgers["village"].set_index("village_id")["name"].to_dict()
    columns = ["scope", "measure", "code", "pieces", "done", "planned"]
    found = pd.DataFrame(list(all_parts(ledgers, day)), columns=columns)
    found = found.astype({"pieces": float, "done": float, "planned": float})
    weight = [float(WEIGHTS[key]) for key in zip(found["scope"], found["measure"], strict=True)]
    found = found.rename(columns={"planned": "due", "code": "ranked_id"})
    gap = 100 * (found["done"] - found["due"]) / found["pieces"]
    name = found["ranked_id"].map(lambda code: names.get(code, code))
    return found.assign(ranked_name=name, gap=gap, weight=weight, is_counted=found["pieces"] >= FEWEST)


@recomputes("overall_ranking", "scope", "ranked_id")
def overall_ranking(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Σ weight × gap ÷ Σ weight of what counts; a place is one more than those with a better score."""
    rows: list[Row] = []
    for (scope, code), own in ranking_measures(ledgers, day).groupby(["scope", "ranked_id"]):
        counted = own[own["is_counted"]]
        weight = counted["weight"].sum()
        is_enough = len(counted) >= LEAST_MEASURES
        score = (counted["weight"] * counted["gap"]).sum() / weight if is_enough else None
        said = [
            f"{row['measure']}({row['done']:g}/{row['due']:g}/{row['pieces']:g}×{row['weight'] * row['is_counted']:g})"
            for row in own.sort_values("measure").to_dict("records")
        ]
        rows.append({"parts": ",".join(said), "weights_from": pd.Timestamp("2000-01-01"),
                     "ranking": "参加排名" if is_enough else "计分项不足" if len(counted) else "样本不足",
                     "scope": scope, "ranked_id": code, "score": score, "measures": len(counted),
                     "measures_left_out": len(own) - len(counted), "pieces": counted["pieces"].sum()})  # fmt: skip
    for row in rows:
        better = [r for r in rows if r["scope"] == row["scope"] and r["score"] is not None]
        known = row["score"] is not None
        row["position"] = 1 + sum(round(r["score"], 9) > round(row["score"], 9) for r in better) if known else None
    columns = ["scope", "ranked_id", "score", "measures", "measures_left_out", "pieces", "position", "ranking"]
    columns += ["weights_from", "parts"]
    numbers = dict.fromkeys(["score", "measures", "measures_left_out", "pieces", "position"], float)
    return pd.DataFrame(rows, columns=columns).astype(numbers)
