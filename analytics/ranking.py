"""Villages and units ranked over several measures: each by the gap to a plan of its own, weighted as the rule says."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.standards.thresholds import rows_in_force, thresholds
from data.words import RANKINGS

RANKED, TOO_FEW = (word.value for word in RANKINGS)
PART_COLUMNS = "scope ranked_name measure pieces done due gap weight is_counted ranked_id"
COLUMNS = "scope position ranked_name score measures measures_left_out pieces ranking ranked_id"
DIGITS = 9  # of the score: fractions that are equal may differ in the last binary digit


def ranking_weights(as_of: date | None) -> pd.DataFrame:
    """Return the weight of each measure on a day, by scope."""
    rows = pd.DataFrame(rows_in_force("ranking_weight.csv", as_of)).rename(columns={"rule": "scope"})
    return rows[["scope", "measure", "weight"]].astype({"weight": float})


def ranking_measures(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each measure of each village and unit with its weight, and whether there is enough of it to count."""
    weighed = rows.merge(ranking_weights(as_of), on=["scope", "measure"])
    is_enough = weighed["pieces"] >= thresholds(as_of)["ranking_items"]
    found = weighed.assign(is_counted=is_enough)
    return found.sort_values(["scope", "ranked_id", "measure"], ignore_index=True)[PART_COLUMNS.split()]


def overall_ranking(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return villages and units by score, the first place first; at the end those of which there is too little."""
    parts = ranking_measures(rows, as_of)
    counted = parts["is_counted"]
    weight = parts["weight"].where(counted, 0.0)
    summed = parts.assign(
        weight=weight, score=weight * parts["gap"], measures=counted.astype(int),
        measures_left_out=(~counted).astype(int), pieces=parts["pieces"].where(counted, 0),
    )  # fmt: skip
    numbers = ["weight", "score", "measures", "measures_left_out", "pieces"]
    found = summed.groupby(["scope", "ranked_id", "ranked_name"], as_index=False)[numbers].sum()
    found["score"] = found["score"].astype(float) / found["weight"].where(found["weight"] > 0)
    place = found["score"].round(DIGITS).groupby(found["scope"]).rank(method="min", ascending=False)
    ranking = place.notna().map({True: RANKED, False: TOO_FEW})
    found = found.assign(position=place, ranking=ranking)
    return found.sort_values(["scope", "position", "ranked_id"], ignore_index=True)[COLUMNS.split()]
