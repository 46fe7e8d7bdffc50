"""示例 rivers, their reaches and who answers for them: 胡家新河 as the article tells it, all others fictional."""

from functools import cache
from random import Random

from data.sample.geography import Point, point_along, winding_line
from data.sample.rows import Ledgers, Row, named_rows, sample_generator, topic_rng

HJXH_NOTE = "呈南北走向，流经胡家、灵山两个村；分段、走向、评价规则、水质、工程量和巡河记录为示例。"

RIVERS = named_rows(
    "river_id name level water_type length mean_width from_place to_place target_class assess_rule status_flag note",
    ("HJXH", "胡家新河", "街道级", "河流", 1.66, None, "", "", "Ⅳ", "农村黑臭", "", HJXH_NOTE),
    ("SL1", "示例一号河", "街道级", "河流", 2.4, 14, "示例村A", "示例村B", "Ⅳ", "地表水", "正常", "示例"),
    ("SL2", "示例二号河", "街道级", "河流", 1.9, 12, "示例村C", "示例社区D", "Ⅳ", "地表水", "臭河", "示例"),
    ("SL3", "示例三号河", "村级", "河流", 1.5, 8, "示例村E", "示例社区F", "Ⅲ", "地表水", "正常", "示例"),
    ("SL4", "示例四号河", "村级", "沟渠", 0.9, 4, "示例村E", "示例村E", "Ⅴ", "农村黑臭", "黑河", "示例"),
    ("SL5", "示例五号河", "村级", "河流", 1.1, 7, "示例社区D", "示例社区D", "Ⅳ", "城市黑臭", "正常", "示例"),
)

# river_id: where it begins, and its heading in degrees from north
COURSES = {
    "HJXH": ((121.5352, 29.9530), 180),
    "SL1": ((121.5110, 29.9672), 90),
    "SL2": ((121.5532, 29.9608), 180),
    "SL3": ((121.5160, 29.9285), 92),
    "SL4": ((121.5125, 29.9380), 172),
    "SL5": ((121.5570, 29.9425), 180),
}

REACHES = named_rows(
    "reach_id name river_id sequence length village_id",
    ("HJXH-R1", "胡家新河胡家村段", "HJXH", 1, 0.84, "V-HJ"),
    ("HJXH-R2", "胡家新河灵山村段", "HJXH", 2, 0.82, "V-LS"),
    ("SL1-R1", "示例一号河A段", "SL1", 1, 1.3, "V-A"),
    ("SL1-R2", "示例一号河B段", "SL1", 2, 1.1, "V-B"),
    ("SL2-R1", "示例二号河C段", "SL2", 1, 1.0, "V-C"),
    ("SL2-R2", "示例二号河D段", "SL2", 2, 0.9, "V-D"),
    ("SL3-R1", "示例三号河E段", "SL3", 1, 0.7, "V-E"),
    ("SL3-R2", "示例三号河F段", "SL3", 2, 0.8, "V-F"),
    ("SL4-R1", "示例四号河E段", "SL4", 1, 0.9, "V-E"),
    ("SL5-R1", "示例五号河D段", "SL5", 1, 1.1, "V-D"),
)

CHIEFS = named_rows(
    "chief_id post level active_from active_to",
    ("C-00", "示例总河长", "总河长", "2013-07-01", ""),
    ("C-04", "示例副总河长", "副总河长", "2013-07-01", ""),
    ("C-01", "街道办事处主任", "街道级河长", "2013-07-01", ""),
    ("C-02", "示例街道级河长甲", "街道级河长", "2013-07-01", ""),
    ("C-03", "示例街道级河长乙", "街道级河长", "2013-07-01", ""),
    ("C-11", "胡家村村级河长", "村级河长", "2013-07-01", ""),
    ("C-12", "灵山村村级河长", "村级河长", "2013-07-01", ""),
    ("C-13", "示例村A村级河长", "村级河长", "2013-07-01", ""),
    ("C-14", "示例村B村级河长", "村级河长", "2013-07-01", ""),
    ("C-15", "示例村C村级河长（前任）", "村级河长", "2013-07-01", "2013-12-31"),
    ("C-16", "示例村C村级河长", "村级河长", "2014-01-01", ""),
    ("C-17", "示例社区D村级河长", "村级河长", "2013-07-01", ""),
    ("C-18", "示例村E村级河长", "村级河长", "2013-07-01", ""),
    ("C-19", "示例社区F村级河长", "村级河长", "2013-09-01", ""),
    ("C-21", "示例民间河长", "民间河长", "2014-03-01", ""),
)

# how often each level is to patrol: a preset, found in practice and not in a published rule
QUOTAS = {"街道级河长": (1, "旬"), "村级河长": (1, "周"), "民间河长": (2, "月")}

DUTIES = named_rows(
    "chief_id river_id reach_id role valid_from valid_to",
    ("C-01", "HJXH", "", "第一责任人", "2013-07-01", ""),
    ("C-11", "HJXH", "HJXH-R1", "联系人", "2013-07-01", ""),
    ("C-12", "HJXH", "HJXH-R2", "联系人", "2013-07-01", ""),
    ("C-02", "SL1", "", "第一责任人", "2013-07-01", ""),
    ("C-13", "SL1", "SL1-R1", "联系人", "2013-07-01", ""),
    ("C-14", "SL1", "SL1-R2", "联系人", "2013-07-01", ""),
    ("C-03", "SL2", "", "第一责任人", "2013-07-01", ""),
    ("C-15", "SL2", "SL2-R1", "联系人", "2013-07-01", "2013-12-31"),
    ("C-16", "SL2", "SL2-R1", "联系人", "2014-01-01", ""),
    ("C-17", "SL2", "SL2-R2", "联系人", "2013-07-01", ""),
    ("C-18", "SL3", "SL3-R1", "第一责任人", "2013-07-01", ""),
    ("C-19", "SL3", "SL3-R2", "第一责任人", "2013-09-01", ""),
    ("C-18", "SL4", "", "第一责任人", "2013-07-01", ""),
    ("C-17", "SL5", "", "第一责任人", "2013-07-01", ""),
    ("C-21", "SL1", "SL1-R1", "联系人", "2014-03-01", ""),
)


@cache
def reach_lines() -> dict[str, list[Point]]:
    """Return the line of each reach; a reach begins where the one before it ends."""
    rng = topic_rng("courses")
    lines: dict[str, list[Point]] = {}
    ends: dict[str, Point] = {}
    for reach in REACHES:
        start, heading = COURSES[reach["river_id"]]
        line = winding_line(rng, ends.get(reach["river_id"], start), heading, reach["length"])
        lines[reach["reach_id"]], ends[reach["river_id"]] = line, line[-1]
    return lines


def reach_rows() -> list[Row]:
    """Return the reaches with their lines written as “lon lat; lon lat; …”."""
    lines = {k: "; ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in line) for k, line in reach_lines().items()}
    return [row | {"course": lines[row["reach_id"]]} for row in REACHES]


def duty_rows() -> list[Row]:
    """Return who answers for what, with the patrols that the level of the chief asks for."""
    levels = {chief["chief_id"]: chief["level"] for chief in CHIEFS}
    quotas = [QUOTAS[levels[row["chief_id"]]] for row in DUTIES]
    return [
        row | {"patrol_quota": quota, "patrol_period": period}
        for row, (quota, period) in zip(DUTIES, quotas, strict=True)
    ]


def random_point_on(rng: Random, river_id: str, reach_id: str = "") -> Point:
    """Return a place on a reach of a river, any of its reaches where none is named."""
    reach = reach_id or rng.choice([r["reach_id"] for r in REACHES if r["river_id"] == river_id])
    return point_along(reach_lines()[reach], rng.random())


@sample_generator
def river_ledgers() -> Ledgers:
    """Return the rivers and their chiefs."""
    return {"river": RIVERS, "reach": reach_rows(), "chief": CHIEFS, "chief_duty": duty_rows()}
