"""Villages and units ranked over several measures: each by the gap to a plan of its own, weighted as the rule says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.standards.thresholds import rows_in_force, thresholds
from data.words import RANKINGS

RANKED, TOO_FEW_MEASURES, TOO_FEW = (word.value for word in RANKINGS)
PART_COLUMNS = "scope ranked_name measure pieces done due gap weight is_counted ranked_id"
COLUMNS = "scope position ranked_name score measures measures_left_out pieces ranking weights_from parts ranked_id"
DIGITS = 9  # of the score: fractions that are equal may differ in the last binary digit


def ranking_weights(as_of: date | None) -> pd.DataFrame:
    """Return the weight of each measure on a day, by scope, and since when the weights of the scope hold."""
    rows = pd.DataFrame(rows_in_force("ranking_weight.csv", as_of)).rename(columns={"rule": "scope"})
    rows = rows.assign(weight=rows["weight"].astype(float), weights_from=pd.to_datetime(rows["effective_from"]))
    return rows[["scope", "measure", "weight", "weights_from"]]


def _weighed_measures(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    weighed = rows.merge(ranking_weights(as_of), on=["scope", "measure"])
    found = weighed.assign(is_counted=weighed["pieces"] >= thresholds(as_of)["ranking_items"])
    return found.sort_values(["scope", "ranked_id", "measure"], ignore_index=True)


def ranking_measures(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each measure of each village and unit with its weight, and whether there is enough of it to count."""
    return _weighed_measures(rows, as_of)[PART_COLUMNS.split()]


def _part_texts(parts: pd.DataFrame) -> list[str]:
    """Return each measure with what makes its score: done / due / all, and the weight, 0 where it does not count."""
    columns = [parts[name] for name in ("measure", "done", "due", "pieces", "weight")]
    return [
        f"{m}({done:g}/{due:g}/{pieces:g}×{weight:g})" for m, done, due, pieces, weight in zip(*columns, strict=True)
    ]


def overall_ranking(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return villages and units by score, the first place first; at the end those of which there is too little."""
    parts = _weighed_measures(rows, as_of)
    counted = parts["is_counted"]
    parts = parts.assign(weight=parts["weight"].where(counted, 0.0))
    summed = parts.assign(
        score=parts["weight"] * parts["gap"], measures=counted.astype(int), measures_left_out=(~counted).astype(int),
        pieces=parts["pieces"].where(counted, 0), parts=_part_texts(parts),
    )  # fmt: skip
    numbers = ["weight", "score", "measures", "measures_left_out", "pieces"]
    found = summed.groupby(["scope", "ranked_id", "ranked_name"], as_index=False).agg(
        **{name: (name, "sum") for name in numbers}, weights_from=("weights_from", "max"), parts=("parts", ",".join)
    )
    return _with_places(found, thresholds(as_of)["ranking_least"])[COLUMNS.split()]


def _with_places(found: pd.DataFrame, least: float) -> pd.DataFrame:
    """Return villages and units with scores and places; those with fewer measures than `least` have neither."""
    is_enough = found["measures"] >= least
    score = found["score"].astype(float) / found["weight"].where(is_enough & (found["weight"] > 0))
    place = score.round(DIGITS).groupby(found["scope"]).rank(method="min", ascending=False)
    ranking = np.select([place.notna(), found["measures"] > 0], [RANKED, TOO_FEW_MEASURES], TOO_FEW)
    found = found.assign(score=score, position=place, ranking=ranking)
    return found.sort_values(["scope", "position", "ranked_id"], ignore_index=True)
