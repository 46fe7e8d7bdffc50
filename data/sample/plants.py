"""示例 micro sewage plants: one with a few stopped days, one that broke down and stands idle, one new, little used."""

from datetime import date, datetime
from math import cos, pi
from random import Random

from data.sample.rivers import random_point_on
from data.sample.rows import (
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    iso_date,
    month_ends,
    named_rows,
    sample_generator,
    topic_rng,
)

PLANTS = named_rows(
    "plant_id name village_id process capacity households_design households_connected discharge_standard river_id "
    "om_unit commissioned_on is_running",
    (
        "PLANT-1", "示例微型污水处理厂一号", "V-A", "A²/O", 40, 120, 112, "GB18918一级B", "SL1", "示例运维单位甲",
        "2013-10-18", True,
    ),
    (
        "PLANT-2", "示例微型污水处理厂二号", "V-C", "A/O", 30, 95, 58, "GB18918一级B", "SL2", "示例运维单位乙",
        "2014-01-09", False,
    ),
    (
        "PLANT-3", "示例微型污水处理厂三号", "V-E", "人工湿地", 25, 80, 47, "GB18918二级", "SL3", "示例运维单位甲",
        "2014-05-22", True,
    ),
)  # fmt: skip

# share of the capacity that flows in, kWh for each m³
RUNS = {"PLANT-1": (0.72, 0.55), "PLANT-2": (0.5, 0.72), "PLANT-3": (0.2, 0.18)}

# plant, first and last day, what was the matter; the second plant stands idle since it broke down
STOPS = (
    ("PLANT-1", "2014-01-30", "2014-02-04", "停运", "示例：春节期间停运"),
    ("PLANT-1", "2014-03-18", "2014-03-20", "检修", "示例：更换水泵"),
    ("PLANT-1", "2014-05-27", "2014-05-27", "故障", "示例：停电"),
    ("PLANT-2", "2014-02-20", "2014-02-24", "检修", "示例：清理调节池"),
    ("PLANT-2", "2014-04-08", "2014-04-10", "故障", "示例：风机故障"),
    ("PLANT-2", "2014-04-11", "2014-06-30", "停运", "示例：等待配件"),
)

# item: inflow from and to, effluent from and to, decimals, what the laboratory can detect
ITEMS = {
    "COD": (160, 280, 22, 48, 0, 4),
    "NH3N": (22, 38, 0.4, 6.5, 2, 0.025),
    "TP": (2.6, 4.4, 0.35, 0.92, 2, 0.01),
    "SS": (90, 170, 3, 16, 0, 4),
}
FAILED = {
    ("PLANT-1", 2, "TP"): 1.35,
    ("PLANT-2", 2, "NH3N"): 21.4,
    ("PLANT-2", 3, "NH3N"): 18.7,
    ("PLANT-2", 3, "COD"): 71,
}
UNDETECTED = {("PLANT-1", 6, "NH3N"), ("PLANT-1", 5, "SS"), ("PLANT-1", 11, "NH3N"), ("PLANT-3", 6, "NH3N")}


def plant_rows() -> list[Row]:
    """Return the plants, each beside the river that it discharges to."""
    rng, rows = topic_rng("plant"), []
    for row in PLANTS:
        lon, lat = random_point_on(rng, row["river_id"], f"{row['river_id']}-R1")
        rows.append(row | {"lon": lon, "lat": lat})
    return rows


def plant_state(plant_id: str, on: date) -> tuple[str, str]:
    """Return the state of a plant on a day and why it did not run."""
    for stop, start, end, state, note in STOPS:
        if stop == plant_id and iso_date(start) <= on <= iso_date(end):
            return state, note
    return "正常", ""


def plant_days(row: Row) -> list[Row]:
    """Return how a plant ran each day since it began; in winter a little less flows in."""
    rng, start = topic_rng(f"days {row['plant_id']}"), iso_date(row["commissioned_on"])
    share, kwh = RUNS[row["plant_id"]]
    rows = []
    for n in range((LAST_DAY - start).days + 1):
        on = days_after(start, n)
        state, note = plant_state(row["plant_id"], on)
        warmth = 1 - 0.1 * cos(2 * pi * (on.timetuple().tm_yday - 25) / 365)
        inflow = row["capacity"] * share * warmth * rng.uniform(0.88, 1.12)
        hours = min(24.0, inflow / row["capacity"] * 24 * rng.uniform(0.95, 1.08))
        ran = {"正常": 1.0, "检修": 0.3}.get(state, 0.0)
        power = inflow * ran * kwh * rng.uniform(0.93, 1.07) + (1.2 if state != "停运" else 0)
        rows.append((row["plant_id"], on, round(inflow * ran, 1), round(hours * ran, 1), round(power, 1), state, note))
    return named_rows("plant_id on_date inflow run_hours power run_state note", *rows)


def item_results(rng: Random, plant_id: str, month: int, item: str) -> list[tuple[str, str, float, str]]:
    """Return what inflow and effluent of a month show of an item: point, item, value, qualifier."""
    low, high, out_low, out_high, decimals, limit = ITEMS[item]
    shown = round(rng.uniform(out_low, out_high), decimals)
    inflow = ("进水", item, round(rng.uniform(low, high), decimals), "")
    if (plant_id, month, item) in UNDETECTED or shown < limit:
        return [inflow, ("出水", item, limit, "<")]
    return [inflow, ("出水", item, FAILED.get((plant_id, month, item), shown), "")]


def plant_samples(row: Row) -> list[Row]:
    """Return the monthly samples of a plant; one that does not run is not sampled."""
    rng, plant_id, rows = topic_rng(f"samples {row['plant_id']}"), row["plant_id"], []
    for month in month_ends(iso_date(row["commissioned_on"]), LAST_DAY):
        on = month.replace(day=rng.randint(24, 28))
        at = datetime(on.year, on.month, on.day, 9, 30)
        if plant_state(plant_id, on)[0] != "正常" or on < iso_date(row["commissioned_on"]):
            continue
        warm = round(15 - 8 * cos(2 * pi * (on.timetuple().tm_yday - 25) / 365), 1)
        found = [("出水", "WT", warm, ""), ("出水", "PH", round(rng.uniform(6.7, 7.6), 2), "")]
        found += [result for item in ITEMS for result in item_results(rng, plant_id, on.month, item)]
        rows += [(plant_id, at, *result) for result in found]
    return named_rows("plant_id sampled_at point parameter value qualifier", *rows)


@sample_generator
def plant_ledgers() -> Ledgers:
    """Return the plants, their days and their samples."""
    return {
        "plant": plant_rows(),
        "plant_daily": [on for row in PLANTS for on in plant_days(row)],
        "plant_sample": [sample for row in PLANTS for sample in plant_samples(row)],
    }
