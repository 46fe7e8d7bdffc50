"""What the sections hold: their river, their target, and whether their water is a river or a lake."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers

ONE_DAY = pd.Timedelta(days=1)
LAKES = ("湖泊", "水库")
# of the names in the ledgers here; all rules of names have tests of their own (test_water_types.py)
LAKE_NAMES, RIVER_NAMES = ("湖", "水库"), ("河", "江", "溪")
HALF = 0.5  # chosen by the house: half of the samples measure chlorophyll


def readings_until(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the readings up to the end of a day, with the month of each."""
    readings = ledgers["reading"][ledgers["reading"]["sampled_at"] < day + ONE_DAY]
    return readings.assign(month=readings["sampled_at"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]"))


def _kind_by_name(name: object) -> str | None:
    if not isinstance(name, str):
        return None
    return "lake" if name.endswith(LAKE_NAMES) else "river" if name.endswith(RIVER_NAMES) else None


def _guess(section: pd.Series, with_chlorophyll: set[str]) -> tuple[str, str]:
    """Return what a section without a registered type is taken for, and by what: names first, chlorophyll then."""
    named = _kind_by_name(section["body"]) or _kind_by_name(section["section"])
    if named:
        return named, "名称"
    return ("lake", "监测项目") if section["section_id"] in with_chlorophyll else ("river", "没有依据")


def _with_chlorophyll(readings: pd.DataFrame) -> set[str]:
    times = pd.crosstab(readings["section_id"], readings["parameter"]).reindex(
        columns=["DO", "CHLA", "ALGAE"], fill_value=0
    )
    most = times[["CHLA", "ALGAE"]].max(axis=1)
    return set(times.index[(most > 0) & (most >= HALF * times["DO"])])


def sections_held(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return each section with its river, the target of its own or of its river, and its kind of water."""
    rivers = ledgers["river"][["river_id", "name", "water_type", "target_class"]]
    rivers = rivers.rename(columns={"name": "river", "water_type": "river_type", "target_class": "river_target"})
    found = ledgers["section"].rename(columns={"name": "section"}).merge(rivers, on="river_id", how="left")
    found["target_class"] = found["target_class"].fillna(found["river_target"])
    found["water_type"] = found["water_type"].fillna(found["river_type"])
    found["body"] = found["water_body"].fillna(found["river"])
    with_chlorophyll = _with_chlorophyll(readings_until(ledgers, day))
    guesses = [_guess(section, with_chlorophyll) for _, section in found.iterrows()]
    kind = found["water_type"].isin(LAKES).map({True: "lake", False: "river"})
    is_guessed = found["water_type"].isna()
    found["water"] = kind.where(~is_guessed, pd.Series([water for water, _ in guesses], dtype=object))
    found["guessed_by"] = pd.Series([by for _, by in guesses], dtype=object).where(is_guessed)
    columns = ["section_id", "section", "river_id", "river", "target_class", "min_items", "water", "guessed_by"]
    return found[columns]
