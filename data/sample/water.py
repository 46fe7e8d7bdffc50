"""示例 ledgers of 五水共治: pollution sources, plants and water saving, with rivers, monitoring and works."""

from random import Random

from data.sample import monitoring, rivers, works
from data.sample.geography import PARK, Point, along, moved
from data.sample.rows import Ledgers, Row, chance, table

SOURCES = table(
    "river_id village_id kind action state found_on due_on closed_on",
    ("HJXH", "", "废油", "取缔", "已验收", "2013-07-16", "2013-10-31", "2013-09-12"),
    ("HJXH", "", "煤炭", "取缔", "已验收", "2013-07-16", "2013-10-31", "2013-10-24"),
    ("HJXH", "", "畜禽养殖", "关停", "已验收", "2013-07-18", "2013-12-31", "2013-08-28"),
    ("HJXH", "", "畜禽养殖", "拆除", "已验收", "2013-07-18", "2013-12-31", "2013-09-25"),
    ("HJXH", "", "畜禽养殖", "拆除", "已验收", "2013-07-18", "2013-12-31", "2013-10-30"),
    ("HJXH", "", "畜禽养殖", "关停", "已验收", "2013-07-18", "2013-12-31", "2013-11-21"),
    ("HJXH", "", "畜禽养殖", "拆除", "已验收", "2013-07-19", "2013-12-31", "2013-12-18"),
    ("HJXH", "", "畜禽养殖", "拆除", "已验收", "2013-07-19", "2014-05-31", "2014-01-15"),
    ("HJXH", "", "畜禽养殖", "关停", "已完成", "2013-07-19", "2014-05-31", "2014-03-12"),
    ("HJXH", "", "畜禽养殖", "拆除", "已完成", "2013-07-22", "2014-05-31", "2014-04-16"),
    ("HJXH", "", "畜禽养殖", "拆除", "已完成", "2013-07-22", "2014-05-31", "2014-05-20"),
    ("SL1", "V-A", "废品收购", "取缔", "已验收", "2013-08-06", "2013-12-31", "2013-11-19"),
    ("SL1", "V-A", "生活污水", "纳管", "已完成", "2013-08-06", "2014-06-30", "2014-04-28"),
    ("SL1", "V-B", "餐饮", "整改", "已验收", "2013-09-03", "2014-01-31", "2014-01-22"),
    ("SL1", "V-B", "生活污水", "纳管", "整治中", "2013-09-03", "2014-10-31", ""),
    ("SL2", "V-C", "畜禽养殖", "搬迁", "整治中", "2013-08-20", "2014-03-31", ""),
    ("SL2", "V-C", "工业企业", "整改", "整治中", "2013-10-15", "2014-05-31", ""),
    ("SL2", "V-D", "洗车", "整改", "反弹", "2013-10-15", "2014-02-28", ""),
    ("SL2", "V-D", "废品收购", "取缔", "已完成", "2013-11-05", "2014-04-30", "2014-05-14"),
    ("SL2", "V-D", "餐饮", "纳管", "未启动", "2014-03-18", "2014-08-31", ""),
    ("SL3", "V-E", "农业面源", "整改", "已验收", "2013-08-27", "2014-03-31", "2014-03-05"),
    ("SL3", "V-E", "畜禽养殖", "关停", "已验收", "2013-08-27", "2013-12-31", "2013-12-11"),
    ("SL3", "V-F", "洗车", "整改", "已完成", "2013-11-26", "2014-05-31", "2014-05-09"),
    ("SL4", "V-E", "畜禽养殖", "拆除", "未启动", "2013-09-24", "2014-04-30", ""),
    ("SL4", "V-E", "生活污水", "纳管", "整治中", "2013-09-24", "2014-12-31", ""),
    ("SL4", "V-E", "废品收购", "搬迁", "整治中", "2014-01-08", "2014-07-31", ""),
    ("SL5", "V-D", "餐饮", "整改", "已完成", "2013-12-17", "2014-06-30", "2014-06-18"),
    ("SL5", "V-D", "工业企业", "整改", "整治中", "2014-04-22", "2014-09-30", ""),
    ("SL5", "V-D", "生活污水", "纳管", "未启动", "2014-06-10", "2014-12-31", ""),
)

PLANTS = table(
    "plant_id name village_id capacity households_design households_connected river_id commissioned_on is_running",
    ("PLANT-1", "示例微型污水处理厂一号", "V-A", 40, 120, 112, "SL1", "2013-10-18", True),
    ("PLANT-2", "示例微型污水处理厂二号", "V-C", 30, 95, 58, "SL2", "2014-01-09", False),
    ("PLANT-3", "示例微型污水处理厂三号", "V-E", 25, 80, 47, "SL3", "2014-05-22", True),
)

ACTIVITIES = table(
    "held_on village_id kind headcount units_visited leaks_found leaks_fixed",
    ("2013-07-18", "V-A", "宣传活动", 85, 6, None, None),
    ("2013-08-15", "V-B", "设施巡检", 4, 12, 5, 5),
    ("2013-09-12", "V-D", "宣传活动", 160, 9, None, None),
    ("2013-10-23", "", "培训", 46, 14, None, None),
    ("2013-11-14", "V-C", "设施巡检", 4, 10, 4, 3),
    ("2013-12-10", "V-F", "宣传活动", 120, 8, None, None),
    ("2014-01-16", "V-E", "设施巡检", 3, 9, 6, 5),
    ("2014-02-26", "", "培训", 52, 16, None, None),
    ("2014-03-21", "V-D", "宣传活动", 240, 15, None, None),
    ("2014-04-09", "V-A", "设施巡检", 4, 11, 3, 3),
    ("2014-04-24", "V-B", "宣传活动", 95, 7, None, None),
    ("2014-05-13", "V-F", "设施巡检", 5, 18, 7, 6),
    ("2014-05-28", "", "培训", 61, 20, None, None),
    ("2014-06-11", "V-C", "宣传活动", 110, 9, None, None),
    ("2014-06-24", "V-D", "设施巡检", 5, 21, 8, 5),
)


def place(dice: Random, row: Row) -> Point:
    """Return a place beside the river; waste oil and coal were where the park is planned."""
    if row["kind"] in ("废油", "煤炭"):
        return moved(PARK, dice.uniform(-0.04, 0.04), dice.uniform(-0.06, 0.06))
    reaches = [r for r in rivers.REACHES if r["river_id"] == row["river_id"]]
    near = [r for r in reaches if row["village_id"] in ("", r["village_id"])]
    aside = dice.choice((-1, 1)) * dice.uniform(0.04, 0.12)
    return moved(along(rivers.courses()[dice.choice(near)["reach_id"]], dice.random()), aside, aside)


def sources() -> list[Row]:
    """Return the pollution sources, numbered within their river and kind."""
    dice, rows = chance("source"), []
    names = {r["river_id"]: r["name"] for r in rivers.RIVERS}
    for n, row in enumerate(SOURCES, 1):
        alike = [r for r in SOURCES[:n] if (r["river_id"], r["kind"]) == (row["river_id"], row["kind"])]
        lon, lat = place(dice, row)
        name = f"{names[row['river_id']]}{row['kind']}{len(alike)}号"
        rows.append({"source_id": f"SRC-{n:02}", "name": name, "lon": lon, "lat": lat} | row)
    return rows


def ledgers() -> Ledgers:
    """Return the ledgers of 五水共治."""
    own = {
        "source": sources(),
        "plant": PLANTS,
        "saving_activity": [{"activity_id": f"SAVE-{n:02}"} | row for n, row in enumerate(ACTIVITIES, 1)],
    }
    return rivers.ledgers() | monitoring.ledgers() | works.ledgers() | own
