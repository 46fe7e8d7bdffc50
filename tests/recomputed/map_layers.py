"""What lies on the map worked out again: how each thing stands on a day, and where."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.classes import classes
from tests.recomputed.clearance import buildings_on
from tests.recomputed.demolition import signing_rate
from tests.recomputed.frames import rows_by, with_name
from tests.recomputed.issues import issues_on
from tests.recomputed.land import land_clocks, resources_on
from tests.recomputed.overview import LATE, light
from tests.recomputed.plants import plant_run
from tests.recomputed.sections import HeldSections, in_force, readings_until
from tests.recomputed.sources import outfalls_by, sources_by
from tests.recomputed.works import works_on

Row = dict[str, Any]
WORST_FIRST = ("已逾期", "严重滞后", "滞后", "待上报", "正常", "无数据", "已完成")  # all have to be done
LEVELS = ("总河长", "副总河长", "街道级河长", "村级河长", "民间河长")
ROLES = ("第一责任人", "联系人", "警长", "督察长")
KINDS = {"old_housing": "旧住宅区", "old_factories": "旧厂区", "town_villages": "城中村"}


def newest_classes(ledgers: Ledgers, day: pd.Timestamp, by: str) -> pd.DataFrame:
    """Return the classes of sections in the newest month with one, of each section or river, of the last three."""
    found = classes(ledgers, day, "month")
    found = found[found["class_rank"].notna() & (found["month"] > day - pd.DateOffset(months=3)) & found[by].notna()]
    return found[found["month"] == found.groupby(by)["month"].transform("max")]


@recomputes("section_map", "section_id")
def section_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each section with its newest class and what it held then."""
    sections, newest = ledgers["section"], newest_classes(ledgers, day, "section_id").set_index("section_id")
    held, rows = HeldSections(ledgers, day), []
    for section in sections["section_id"]:
        known = newest.loc[section] if section in newest.index else {"month": pd.NaT, "class": None, "items": np.nan}
        own = held.on(day if pd.isna(known["month"]) else known["month"]).loc[section]
        rows.append({"section_id": section, **own[["river", "target_class"]], "class": known["class"],
                     "month": known["month"], "items": known["items"]})  # fmt: skip
    found = pd.DataFrame(rows).assign(lon=sections["lon"], lat=sections["lat"])
    return found.assign(standing=found["class"])


@recomputes("reach_map", "reach_id")
def reach_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each reach with the worst class among its sections in the newest month with one."""
    found = classes(ledgers, day, "month")
    held = {
        month: in_force(ledgers, "section", month).set_index("section_id")["reach_id"] for month in set(found["month"])
    }
    found["reach_id"] = [
        held[month][section] for section, month in zip(found["section_id"], found["month"], strict=True)
    ]
    found = found[
        found["class_rank"].notna() & (found["month"] > day - pd.DateOffset(months=3)) & found["reach_id"].notna()
    ]
    found = found[found["month"] == found.groupby("reach_id")["month"].transform("max")]
    worst = found.sort_values("class_rank").drop_duplicates("reach_id", keep="last").set_index("reach_id")
    rows = with_name(ledgers, ledgers["reach"], "village").assign(reach=ledgers["reach"]["name"]).set_index("reach_id")
    rows = rows[["reach", "length", "village"]].join(worst[["class", "month"]]).reset_index()
    return rows.assign(standing=rows["class"])


def to_do_standing(rows: pd.DataFrame) -> pd.Series[str]:
    """Return closed, overdue or open, by the flags of sources or outfalls."""
    return pd.Series(np.select([rows["is_closed"], rows["is_overdue"]], ["closed", "overdue"], "open"), rows.index)


@recomputes("source_map", "source_id")
def source_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each source found by the day."""
    rows = sources_by(ledgers, day)
    return rows[["source_id", "state", "river", "lon", "lat"]].assign(standing=to_do_standing(rows))


@recomputes("outfall_map", "outfall_id")
def outfall_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each outfall found by the day."""
    rows = outfalls_by(ledgers, day)
    shown = "outfall_id outfall kind state river village lon lat found_on due_on closed_on"
    return rows[shown.split()].assign(standing=to_do_standing(rows))


def middle_of_longest(ledgers: Ledgers) -> dict[str, tuple[float, float]]:
    """Return the middle point of each river's longest reach that has a course."""
    drawn = ledgers["reach"].dropna(subset=["course"]).sort_values(["length", "reach_id"], ascending=[False, True])
    found = {}
    for river, course in drawn.drop_duplicates("river_id")[["river_id", "course"]].itertuples(index=False):
        points = course.split(";")
        lon, lat = points[(len(points) + 1) // 2 - 1].split()
        found[river] = float(lon), float(lat)
    return found


def lit_works(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return each work with its light."""
    works = works_on(ledgers, day).assign(is_level=False)
    return works.assign(standing=pd.Series([light(row) for row in works.to_dict("records")], works.index, object))


@recomputes("work_map", "work_id")
def work_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each work with its light, at its own place or at the middle of its river."""
    works, middle = lit_works(ledgers, day), middle_of_longest(ledgers)
    own = works["lon"].notna()
    places = [middle.get(river, (np.nan, np.nan)) for river in works["river_id"]]
    lon, lat = (works[axis].where(own, [place[n] for place in places]) for n, axis in enumerate(("lon", "lat")))
    shown = works[["work_id", "work", "river", "done", "quantity", "rate", "gap", "days_left", "standing"]]
    return shown.assign(lon=lon, lat=lat, is_placed_by_river=~own & lon.notna())


@recomputes("reach_progress", "reach_id")
def reach_progress(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each reach with the works of its river."""
    works = lit_works(ledgers, day)
    rows = [
        {"reach_id": code, "reach": name} | _together(works[works["river_id"] == river])
        for code, name, river in ledgers["reach"][["reach_id", "name", "river_id"]].itertuples(index=False)
    ]
    columns = "reach_id reach works finished late done quantity quantity_unit rate standing"
    return pd.DataFrame(rows, columns=columns.split())


def _together(works: pd.DataFrame) -> Row:
    """Return how works stand together: the worst light, and what was dredged if that is told in one unit."""
    lights = list(works["standing"])
    found: Row = {"works": len(lights), "finished": lights.count("已完成"), "late": sum(one in LATE for one in lights)}
    found["standing"] = next((one for one in WORST_FIRST if one in lights), None)
    dredging = works[works["kind"] == "清淤"]
    if len(set(dredging["quantity_unit"])) == 1:
        done, whole = dredging["done"].dropna(), float(dredging["quantity"].sum())
        found |= {"done": float(done.sum()) if len(done) else np.nan, "quantity": whole}
        found |= {"quantity_unit": dredging["quantity_unit"].iloc[0], "rate": 100 * found["done"] / whole}
    return found


@recomputes("plant_map", "plant_id")
def plant_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each plant as it was on its last reported day."""
    run = plant_run(ledgers, day).merge(ledgers["plant"][["plant_id", "lon", "lat"]], on="plant_id")
    stands = [run["reported_on"].isna(), run["idle_since"].notna(), run["is_silent"].astype(bool)]
    standing = np.select(stands, ["unknown", "stopped", "silent"], "running")
    return run[["plant_id", "run_state", "idle_since", "idle_days", "lon", "lat"]].assign(standing=standing)


def open_issues(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the issues that are not settled by the day."""
    issues = issues_on(ledgers, day)
    return issues[~issues["is_closed"]]


@recomputes("issue_map", "issue_id")
def issue_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each open issue."""
    issues = with_name(ledgers, open_issues(ledgers, day), "village")
    days = (day - issues["due_on"]).dt.days.where(issues["is_due"]).astype(float)
    standing = issues["is_due"].map({True: "overdue", False: "open"})
    found = issues[["issue_id", "river", "village", "step", "lon", "lat"]]
    return found.assign(issue=issues["problem"].fillna(issues["category"]), days_overdue=days, standing=standing)


def chiefs_of_rivers(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, str]:
    """Return the first post that answers for each whole river on the day: by role, by level."""
    duties = ledgers["chief_duty"].merge(ledgers["chief"], on="chief_id")
    since, until = duties[["valid_from", "active_from"]].max(axis=1), duties[["valid_to", "active_to"]].min(axis=1)
    holds = duties[(since <= day) & ~(until < day) & duties["reach_id"].isna()]
    role = holds["role"].map(lambda name: ROLES.index(name) if name in ROLES else len(ROLES))
    ordered = holds.assign(role=role, level=holds["level"].map(LEVELS.index)).sort_values(["role", "level", "post"])
    return dict(ordered.drop_duplicates("river_id")[["river_id", "post"]].itertuples(index=False))


def last_readings(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, tuple[pd.Timestamp, int]]:
    """Return of each river the last day on which one of its sections was sampled, and how many items were measured."""
    held, readings = HeldSections(ledgers, day), readings_until(ledgers, day)
    readings = readings.assign(on=readings["sampled_at"].dt.normalize())
    rivers = {
        pair: held.on(pair[1]).loc[pair[0], "river_id"]
        for pair in set(zip(readings["section_id"], readings["on"], strict=True))
    }
    readings["river_id"] = [rivers[pair] for pair in zip(readings["section_id"], readings["on"], strict=True)]
    return {
        river: (rows["on"].max(), rows.loc[rows["on"] == rows["on"].max(), "parameter"].nunique())
        for river, rows in readings.groupby("river_id")
    }


@recomputes("river_card", "river_id")
def river_card(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each river with what is known of it."""
    newest = newest_classes(ledgers, day, "river_id").sort_values("class_rank", ascending=False)
    posts, read = chiefs_of_rivers(ledgers, day), last_readings(ledgers, day)
    counted = {"sources": sources_by(ledgers, day), "outfalls": outfalls_by(ledgers, day)}
    issues, rows = open_issues(ledgers, day), []
    for river in ledgers["river"]["river_id"]:
        of_river = newest[newest["river_id"] == river]
        month = of_river["month"].iloc[0] if len(of_river) else pd.NaT
        held = in_force(ledgers, "river", day if pd.isna(month) else month).set_index("river_id").loc[river]
        row: Row = {"river_id": river, "post": posts.get(river), "target_class": held["target_class"], "month": month}
        row |= {"class": of_river["class"].iloc[0] if len(of_river) else None, "sections": len(of_river) or np.nan}
        row["sampled_on"], row["parameters"] = read.get(river, (pd.NaT, np.nan))
        for name, ledger in counted.items():
            own = ledger[ledger["river_id"] == river]
            row |= {name: len(own), f"{name}_closed": int(own["is_closed"].sum())}
        own = counted["sources"][counted["sources"]["river_id"] == river]
        own_issues = issues[issues["river_id"] == river]
        row |= {"sources_overdue": int(own["is_overdue"].sum()), "issues_open": len(own_issues)}
        rows.append(row | {"issues_overdue": int(own_issues["is_due"].sum())})
    return pd.DataFrame(rows)


@recomputes("parcel_map", "parcel_id")
def parcel_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each parcel by its clock."""
    rows = land_clocks(ledgers, day).merge(ledgers["parcel"][["parcel_id", "lon", "lat"]], on="parcel_id")
    would_be = rows["exempt_reason"].notna() & (rows["days_overdue"].notna() | rows["idle_test"].notna())
    stands = [rows["is_breach"], would_be, rows["band"] == "停工未核查", rows["band"] == "已动工"]
    standing = np.select(stands, ["breach", "exempt", "unchecked", "started"], "waiting")
    return rows[["parcel_id", "band", "days_overdue", "lon", "lat"]].assign(standing=standing)


@recomputes("resource_map", "resource_id")
def resource_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each idle resource listed by the day."""
    rows = resources_on(ledgers, day)
    return rows[["resource_id", "state", "days_idle", "vacant_area", "lon", "lat"]].assign(standing=rows["state"])


@recomputes("project_map", "project_id")
def project_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each project whose signing has begun, in totals."""
    rows = signing_rate(ledgers, day).assign(is_level=False, is_waiting=False)
    rows = rows.merge(ledgers["demolition_project"][["project_id", "lon", "lat"]], on="project_id")
    shown = rows[["project_id", "signed", "households", "rate", "gap", "households_left", "lon", "lat"]]
    return shown.assign(standing=pd.Series([light(row) for row in rows.to_dict("records")], rows.index, object))


@recomputes("violation_map", "violation_id")
def violation_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each unlawful building found by the day."""
    rows = buildings_on(ledgers, day)
    standing = np.select([rows["is_razed"], rows["is_due"]], ["closed", "overdue"], "open")
    return rows[["violation_id", "village", "area", "due_on", "razed_on", "lon", "lat"]].assign(standing=standing)


@recomputes("renovation_map", "village_id")
def renovation_map(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Areas of the calendar year in each village that reported renovation in it, at a point within the village."""
    first = pd.Timestamp(day.year, 1, 1)
    told = rows_by(ledgers["renovation"], "through_on", day)
    told = told[told["through_on"] >= first]
    razed = rows_by(ledgers["violation"], "razed_on", day)
    razed = razed[razed["razed_on"] >= first].groupby("village_id")["area"].sum()
    found = told.groupby("village_id").agg(renovated=("done_area", "sum"), through_on=("through_on", "max"))
    areas = told.pivot_table(index="village_id", columns="kind", values="done_area", aggfunc="sum")
    parts = {name: areas.get(kind, pd.Series(dtype=float)).reindex(found.index) for name, kind in KINDS.items()}
    found = found.assign(**parts, razed=razed.reindex(found.index), standing="done").reset_index()
    return found.assign(**_places_within(ledgers, found["village_id"]))


def _places_within(ledgers: Ledgers, villages: pd.Series[str]) -> dict[str, list[float]]:
    """Return a point that lies within the outline of each village."""
    shapes = ledgers["map_feature"]
    shapes = shapes[(shapes["kind"] == "村社界") & shapes["shape"].notna()].sort_values("shape")
    outlines = dict(shapes.drop_duplicates("village_id")[["village_id", "shape"]].itertuples(index=False))
    points = [
        shapely.from_wkt(outlines[v]).representative_point() if v in outlines else shapely.Point() for v in villages
    ]
    return {"lon": [point.x if not point.is_empty else np.nan for point in points],
            "lat": [point.y if not point.is_empty else np.nan for point in points]}  # fmt: skip
