"""Where the made-up plots, projects and buildings lie on the schematic ground; what is real is not placed by guess."""

from data.sample.geography import PARK, ROADS, VILLAGES, Point, offset_point, point_along
from data.sample.rivers import REACHES, reach_lines
from data.sample.rows import Ledgers, Row, topic_rng

# the code of a ledger's rows
CODES = {
    "parcel": "parcel_id",
    "idle_resource": "resource_id",
    "demolition_project": "project_id",
    "violation": "violation_id",
    "work": "work_id",
}
REAL_RIVER = "HJXH"  # where on it a work lies nobody told
# what has its place in the story: a road, the park
KNOWN = {
    "DEM-BH": point_along([*ROADS["市北环快速路（示意）", "North Ring Expressway (schematic)"]], 0.35),
    "W-04": PARK,
}


def _site(ledger: str, row: Row) -> Point | None:
    """Return the place of a made-up row: within its village, or within any; None for a real one that is not known."""
    code = row[CODES[ledger]]
    rng = topic_rng(f"site {code}")
    if code in KNOWN or row.get("river_id") == REAL_RIVER:
        return KNOWN.get(code)
    if ledger == "work":
        reach = rng.choice([reach["reach_id"] for reach in REACHES if reach["river_id"] == row["river_id"]])
        return point_along(reach_lines()[reach], rng.uniform(0.15, 0.85))
    village = row.get("village_id") or rng.choice([name for name in VILLAGES if len(name) == len("V-A")])
    _, _, centre, width, height = VILLAGES[village]
    return offset_point(centre, rng.uniform(-0.6, 0.6) * width, rng.uniform(-0.6, 0.6) * height)


def placed_ledgers(ledgers: Ledgers) -> Ledgers:
    """Return the ledgers with the places of their made-up rows, in WGS84."""
    return {name: [_placed(name, row) for row in rows] for name, rows in ledgers.items()}


def _placed(ledger: str, row: Row) -> Row:
    site = _site(ledger, row) if ledger in CODES else None
    placed = row | {"lon": site[0], "lat": site[1]} if site else row
    is_on_map = placed.get("lon") is not None or "course" in placed
    return placed | {"crs": "WGS84"} if is_on_map else placed
