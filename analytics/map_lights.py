"""The lights of what lies on the map: of each work or project, and of the works along a reach together."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.status import DONE, late_count, status_lights
from data.words import LIGHTS

WORST_FIRST = [*(choice.value for choice in LIGHTS if choice.value != DONE), DONE]  # all have to be done
DREDGING = "清淤"
REACH = ["reach_id", "reach", "length", "course", "river", "village"]
COUNTS = ["works", "finished", "late"]
WORKS = [*COUNTS, "done", "quantity", "quantity_unit", "rate", "standing"]


def with_lights(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return rows that have a rate and a gap with their lights as `standing`, last before their codes."""
    codes = [name for name in rows.columns if name.endswith("_id")]
    shown = [name for name in rows.columns if name not in codes]
    return rows[shown].assign(standing=status_lights(rows, as_of)).join(rows[codes])


def reach_progress(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each reach with the worst light of the works of its river, how many are done and late, and its dredging.

    Quantities of different units are never added up: `done` and `quantity` are those of the dredging in one unit.
    """
    found = rows.assign(light=status_lights(rows, as_of))
    reaches = found.drop_duplicates("reach_id")[[*REACH, "river_id"]]
    works = found[found["work_id"].notna()].drop_duplicates("work_id").groupby("river_id", sort=False)
    counts = pd.DataFrame({river: _works_together(group) for river, group in works}).T
    told = reaches.join(counts.reindex(columns=WORKS), on="river_id")
    told = told.fillna(dict.fromkeys(COUNTS, 0)).infer_objects()
    return told[[*REACH, *WORKS, "river_id"]].reset_index(drop=True)


def _works_together(works: pd.DataFrame) -> dict[str, object]:
    """Return the counts and the light of the works of one river, and the sums of its dredging."""
    lights = list(works["light"])
    counts = {"works": len(lights), "finished": lights.count(DONE), "late": late_count(lights)}
    return counts | _dredging(works) | {"standing": min(lights, key=WORST_FIRST.index)}


def _dredging(works: pd.DataFrame) -> dict[str, object]:
    """Return done and planned of the dredging that is counted in one unit; nothing where there are two."""
    dredging = works[works["kind"] == DREDGING]
    if dredging["quantity_unit"].nunique() != 1:
        return {}
    done, quantity = dredging["done"].sum(min_count=1), dredging["quantity"].sum()
    rate = 100 * done / quantity if quantity else None
    return {"done": done, "quantity": quantity, "quantity_unit": dredging["quantity_unit"].iloc[0], "rate": rate}
