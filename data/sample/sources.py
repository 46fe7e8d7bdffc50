"""示例 pollution sources, outfalls and zero-discharge blocks: 胡家新河's eleven sources as the article tells them."""

from datetime import date
from random import Random

from data.sample.geography import PARK, Point, offset_point, point_along
from data.sample.rivers import REACHES, RIVERS, random_point_on, reach_lines
from data.sample.rows import LAST_DAY, Ledgers, Row, days_after, iso_date, named_rows, sample_generator, topic_rng

SOURCES = named_rows(
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

# what a kind of source is measured in, and from how much to how much; not said of 胡家新河, where it is not known
SCALES = {
    "畜禽养殖": ("头", 60, 420),
    "废品收购": ("㎡", 120, 900),
    "餐饮": ("m³/d", 2, 9),
    "洗车": ("m³/d", 3, 8),
    "工业企业": ("t/a", 300, 2400),
    "生活污水": ("户", 24, 130),
}

OUTFALLS = named_rows(
    "river_id reach_id kind state dry_weather_flow found_on due_on closed_on",
    ("HJXH", "", "养殖", "已封堵", False, "2013-07-18", "2013-12-31", "2013-12-18"),
    ("HJXH", "", "养殖", "已封堵", False, "2013-07-19", "2014-05-31", "2014-05-20"),
    ("HJXH", "", "生活", "已纳管", False, "2013-07-22", "2014-03-31", "2014-02-26"),
    ("HJXH", "", "生活", "已纳管", False, "2013-07-22", "2014-03-31", "2014-03-19"),
    ("HJXH", "", "雨水", "已规范", False, "2013-07-23", "2014-05-31", "2014-04-11"),
    ("SL1", "SL1-R1", "生活", "已纳管", False, "2013-08-06", "2014-04-30", "2014-04-28"),
    ("SL1", "SL1-R1", "雨水", "已规范", False, "2013-08-06", "2014-01-31", "2013-12-20"),
    ("SL1", "SL1-R2", "生活", "整治中", True, "2013-09-03", "2014-10-31", ""),
    ("SL1", "SL1-R2", "混合", "整治中", True, "2013-09-03", "2014-08-31", ""),
    ("SL1", "SL1-R2", "农田", "未整治", False, "2014-03-12", "2014-12-31", ""),
    ("SL2", "SL2-R1", "养殖", "整治中", True, "2013-08-20", "2014-03-31", ""),
    ("SL2", "SL2-R1", "工业", "整治中", True, "2013-10-15", "2014-05-31", ""),
    ("SL2", "SL2-R1", "雨水", "已规范", True, "2013-10-15", "2014-03-31", "2014-03-20"),
    ("SL2", "SL2-R2", "混合", "未整治", True, "2013-11-05", "2014-06-30", ""),
    ("SL2", "SL2-R2", "生活", "已纳管", False, "2013-11-05", "2014-04-30", "2014-05-14"),
    ("SL2", "SL2-R2", "其他", "未整治", False, "2014-04-16", "2014-12-31", ""),
    ("SL3", "SL3-R1", "农田", "已规范", False, "2013-08-27", "2014-03-31", "2014-03-05"),
    ("SL3", "SL3-R2", "生活", "已纳管", False, "2013-11-26", "2014-05-31", "2014-05-09"),
    ("SL3", "SL3-R2", "雨水", "已规范", False, "2013-11-26", "2014-05-31", "2014-05-09"),
    ("SL4", "SL4-R1", "养殖", "未整治", True, "2013-09-24", "2014-04-30", ""),
    ("SL4", "SL4-R1", "生活", "整治中", True, "2013-09-24", "2014-12-31", ""),
    ("SL4", "SL4-R1", "混合", "已封堵", False, "2014-01-08", "2014-06-30", "2014-06-12"),
    ("SL5", "SL5-R1", "工业", "整治中", True, "2014-04-22", "2014-09-30", ""),
    ("SL5", "SL5-R1", "生活", "已纳管", False, "2013-12-17", "2014-06-30", "2014-06-18"),
    ("SL5", "SL5-R1", "雨水", "已规范", False, "2013-12-17", "2014-06-30", "2014-04-30"),
)

BLOCKS = named_rows(
    "name kind village_id river_id phase households_design households_connected defects_found defects_fixed "
    "reported_on accepted_on",
    ("示例村A区块", "行政村", "V-A", "SL1", "验收", 420, 388, 36, 36, "2014-06-25", "2014-06-20"),
    ("示例村B区块", "行政村", "V-B", "SL1", "施工", 510, 271, 52, 24, "2014-06-25", ""),
    ("示例工业园区块", "工业园区", "V-C", "SL2", "设计", 18, 4, 41, 3, "2014-06-24", ""),
    ("示例社区D一期小区", "生活小区", "V-D", "SL5", "复查", 640, 640, 29, 29, "2014-06-26", "2014-03-28"),
    ("示例社区D镇街区块", "镇街区块", "V-D", "SL2", "施工", 300, 140, 63, 22, "2014-06-26", ""),
    ("示例村E区块", "行政村", "V-E", "SL4", "排查", 330, 47, 12, 0, "2014-06-23", ""),
)


def source_point(rng: Random, row: Row) -> Point:
    """Return a place beside the river; waste oil and coal were where the park is planned."""
    if row["kind"] in ("废油", "煤炭"):
        return offset_point(PARK, rng.uniform(-0.04, 0.04), rng.uniform(-0.06, 0.06))
    reaches = [r for r in REACHES if r["river_id"] == row["river_id"]]
    near = [r for r in reaches if row["village_id"] in ("", r["village_id"])]
    aside = rng.choice((-1, 1)) * rng.uniform(0.04, 0.12)
    return offset_point(point_along(reach_lines()[rng.choice(near)["reach_id"]], rng.random()), aside, aside)


def source_scale(rng: Random, row: Row) -> Row:
    """Return how large a source is, in the unit of its kind."""
    if row["river_id"] == "HJXH" or row["kind"] not in SCALES:
        return {}
    unit, low, high = SCALES[row["kind"]]
    return {"scale": rng.randint(low, high), "scale_unit": unit}


def acceptance_day(rng: Random, row: Row) -> date | None:
    """Return the day on which a closed source was accepted."""
    later = days_after(iso_date(row["closed_on"]), rng.randint(5, 25)) if row["closed_on"] else LAST_DAY
    return min(later, LAST_DAY) if row["state"] == "已验收" else None


def source_rows() -> list[Row]:
    """Return the pollution sources, numbered within their river and kind."""
    rng, more, rows = topic_rng("source"), topic_rng("scale"), []
    names = {r["river_id"]: r["name"] for r in RIVERS}
    for n, row in enumerate(SOURCES, 1):
        alike = [r for r in SOURCES[:n] if (r["river_id"], r["kind"]) == (row["river_id"], row["kind"])]
        lon, lat = source_point(rng, row)
        name = f"{names[row['river_id']]}{row['kind']}{len(alike)}号"
        details = source_scale(more, row) | {"accepted_on": acceptance_day(more, row)}
        rows.append({"source_id": f"SRC-{n:02}", "name": name, "lon": lon, "lat": lat} | row | details)
    return rows


def outfall_rows() -> list[Row]:
    """Return the outfalls, numbered within their river; their village is that of the reach, if one is named."""
    rng, rows = topic_rng("outfall"), []
    names = {r["river_id"]: r["name"] for r in RIVERS}
    villages = {r["reach_id"]: r["village_id"] for r in REACHES}
    for n, row in enumerate(OUTFALLS, 1):
        number = sum(r["river_id"] == row["river_id"] for r in OUTFALLS[:n])
        lon, lat = offset_point(random_point_on(rng, row["river_id"], row["reach_id"]), rng.choice((-0.01, 0.01)), 0)
        rows.append(
            row
            | {"outfall_id": f"OUT-{n:02}", "name": f"{names[row['river_id']]}排口{number}号", "lon": lon, "lat": lat}
            | {"village_id": villages.get(row["reach_id"], ""), "has_sign": row["state"] == "已规范"}
            | {"evidence": f"示例验收单 {n:02} 号" if row["closed_on"] else ""}
        )
    return rows


@sample_generator
def pollution_source_ledgers() -> Ledgers:
    """Return the ledgers of 截."""
    blocks = [{"block_id": f"ZD-{n:02}"} | row for n, row in enumerate(BLOCKS, 1)]
    return {"source": source_rows(), "outfall": outfall_rows(), "zero_discharge": blocks}
