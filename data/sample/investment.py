"""示例 investment projects: 姚江1号项目 as the article tells it, all others fictional."""

from datetime import date, timedelta
from random import Random

from data.sample.land_resources import SECOND_PLOTS, parcel_progress
from data.sample.past_projects import EVIDENCE, ON_LAND, STEPS, past_ledgers
from data.sample.rows import (
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    iso_date,
    named_rows,
    sample_generator,
    topic_rng,
    weighted_choice,
)

OWNER = "经济发展服务中心"

# `stage` is the newest stage on the way, `reached_on` its day
FICTIONAL = named_rows(
    "name track origin verb channel industry investment opened_on stage reached_on",
    ("甲", "供地类", "省外", "引", "浙洽会", "精密制造", 26000, "2011-11-08", "投产纳统", "2014-05-28"),
    ("乙", "供地类", "增资", "增", "走访", "汽车零部件", 18000, "2011-12-05", "竣工", "2014-04-22"),
    ("丙", "供地类", "外资", "引", "推介会", "新材料", 42000, "2012-04-19", "封顶", "2014-05-16"),
    ("丁", "供地类", "浙商回归", "引", "以商引商", "商贸综合体", 65000, "2012-09-12", "主体施工", "2014-03-11"),
    ("戊", "供地类", "省外", "促", "中介", "现代物流", 15000, "2012-10-24", "开工", "2014-02-20"),
    ("己", "供地类", "浙商回归", "促", "浙洽会", "电子元件", 22000, "2013-01-17", "开工", "2014-05-08"),
    ("庚", "供地类", "市内", "促", "走访", "通用机械", 9800, "2011-03-15", "拿地", "2011-12-20"),
    ("辛", "供地类", "省外", "促", "以商引商", "仓储", 12500, "2012-01-10", "拿地", "2012-10-11"),
    ("壬", "供地类", "浙商回归", "促", "浙洽会", "食品加工", 16800, "2012-11-06", "拿地", "2013-08-15"),
    ("癸", "供地类", "外资", "引", "推介会", "医疗器械", 38000, "2013-11-05", "拿地", "2014-06-10"),
    ("子", "租赁类", "市内", "提", "中介", "软件服务", 1200, "2013-07-09", "投产纳统", "2014-03-18"),
    ("丑", "租赁类", "省外", "提", "中介", "电子商务", 2600, "2013-12-03", "注册落地", "2014-05-13"),
    ("寅", "总部注册类", "浙商回归", "联", "以商引商", "商贸总部", 5000, "2013-05-21", "投产纳统", "2014-01-23"),
    ("卯", "总部注册类", "市内", "联", "走访", "建筑总部", 3000, "2014-01-14", "正式签约", "2014-06-18"),
    ("辰", "供地类", "增资", "增", "走访", "家用电器", 8600, "2013-11-12", "正式签约", "2014-04-15"),
    ("巳", "供地类", "省外", "储", "推介会", "智能装备", 30000, "2014-02-25", "意向签约", "2014-06-12"),
    ("午", "租赁类", "外资", "暖", "浙洽会", "设计研发", 1800, "2014-04-10", "洽谈", "2014-05-29"),
    ("未", "供地类", "浙商回归", "储", "以商引商", "冷链物流", 20000, "2014-06-05", "储备", "2014-06-05"),
    ("申", "供地类", "省外", "引", "推介会", "塑料制品", 7500, "2013-07-16", "意向签约", "2013-11-27"),
    ("酉", "供地类", "市内", "储", "其他", "印刷包装", 6200, "2013-09-10", "洽谈", "2013-12-11"),
)

PROJECTS = [{"project_id": f"INV-S{n:02}"} | row for n, row in enumerate(FICTIONAL, 1)]

EXITS = {"申": ("终止", "2014-02-26", "示例：用地需求无法满足"), "酉": ("暂停", "2014-03-19", "示例：投资方内部调整")}

# share of the investment that has come in when the stage is the newest one
FUNDED = {
    "正式签约": 0.06,
    "注册落地": 0.15,
    "拿地": 0.13,
    "开工": 0.24,
    "主体施工": 0.36,
    "封顶": 0.52,
    "竣工": 0.83,
    "投产纳统": 0.96,
}

# money comes in, and is verified, some time after the day it should
GRACE = timedelta(days=45)

# area in mu, price, agreed start, agreed finish, reason for exemption
PARCELS = {
    "甲": (32.5, 1950, "2013-01-31", "2014-03-31", ""),
    "乙": (21.8, 1260, "2013-01-31", "2014-03-31", ""),
    "丙": (48.0, 3120, "2013-06-30", "2014-12-31", "示例：地下管线迁移"),
    "丁": (36.4, 9800, "2013-10-31", "2015-12-31", ""),
    "戊": (28.0, 1540, "2014-02-28", "2015-08-31", ""),
    "己": (25.6, 1480, "2014-03-31", "2015-09-30", ""),
    "庚": (14.2, 780, "2012-05-31", "2013-11-30", ""),
    "辛": (18.6, 1020, "2013-03-31", "2014-09-30", ""),
    "壬": (20.5, 1190, "2014-01-31", "2015-07-31", ""),
    "癸": (40.2, 2650, "2014-11-30", "2016-05-31", ""),
}

YAOJIANG = {
    "project_id": "INV-YJ1",
    "name": "姚江1号项目",
    "investor": "深圳宁波商会",
    "origin": "浙商回归",
    "track": "供地类",
    "industry": "商务楼宇",
    "verb": "引",
    "channel": "世界宁波帮大会",
    "investment": 100000,
    "note": "即深圳商会宁波商会大厦；江北区第一个开工的浙商回归项目。开工和主体施工日期为示例。",
}
YAOJIANG_STAGES = named_rows(
    "project_id stage entered_on date_basis evidence",
    ("INV-YJ1", "正式签约", "2012-04-14", "大会日期", "首届世界宁波帮大会签约"),
    ("INV-YJ1", "开工", "2013-03-20", "示例", ""),
    ("INV-YJ1", "主体施工", "2014-01-15", "示例", ""),
)


def project_row(row: Row) -> Row:
    """Return the register entry of a fictional project."""
    kept = {k: v for k, v in row.items() if k not in ("opened_on", "stage", "reached_on")}
    names = {"name": f"示例项目{row['name']}", "investor": f"示例企业{row['name']}"}
    return kept | names | {"note": EXITS.get(row["name"], ("", "", "示例"))[2]}


def stage_days(rng: Random, row: Row) -> dict[str, date]:
    """Return the day of each stage, spread by its typical length between the first day and the newest."""
    usual = [s for s in STEPS if row["track"] == "供地类" or s not in ON_LAND]
    passed = usual[: usual.index(row["stage"]) + 1]
    steps = [STEPS[s] * rng.uniform(0.8, 1.2) for s in passed]
    opened, total = iso_date(row["opened_on"]), sum(steps) or 1
    span = (iso_date(row["reached_on"]) - opened).days
    return {s: days_after(opened, span * sum(steps[: n + 1]) / total) for n, s in enumerate(passed)}


def stage_events(row: Row, days: dict[str, date]) -> list[Row]:
    """Return the stages of a fictional project, with its way out if it left."""
    rows = []
    if row["name"] in EXITS:
        stage, left_on, _ = EXITS[row["name"]]
        days = days | {stage: iso_date(left_on)}
    for stage, entered_on in days.items():
        basis, evidence = ("凭据", f"示例{EVIDENCE[stage]}") if stage in EVIDENCE else ("示例", "")
        rows.append((row["project_id"], stage, entered_on, basis, evidence))
    return named_rows("project_id stage entered_on date_basis evidence", *rows)


def funding_receipts(rng: Random, row: Row, days: dict[str, date]) -> list[Row]:
    """Return the money that came in since the signing; some of the newest is not verified yet."""
    share = FUNDED.get(row["stage"], 0) * rng.uniform(0.85, 1)
    count = 1 + round(share * 6)
    start = days.get("正式签约", LAST_DAY)
    span = LAST_DAY - start
    rows = []
    for n in range(count if span > GRACE else 0):
        received_on = days_after(start, (span.days - 4) * (n + rng.uniform(0.4, 1)) / count)
        amount = round(row["investment"] * share / count * rng.uniform(0.8, 1.2) / 10) * 10
        proof = weighted_choice(rng, 验资报告=3, 进账单=4, 发票=2, 设备清单=1)
        is_verified = rng.random() < (0.95 if LAST_DAY - received_on > GRACE else 0.5)
        rows.append((row["project_id"], received_on, amount, proof, is_verified))
    return named_rows("project_id received_on amount proof is_verified", *rows)


def parcel_row(row: Row, days: dict[str, date]) -> Row:
    """Return the land of a project; its actual start is the day of its stage 开工."""
    area, price, agreed_start_on, agreed_finish_on, exempt_reason = PARCELS[row["name"]]
    parcel_id = f"LAND-{row['project_id'].removeprefix('INV-')}"
    return parcel_progress(parcel_id) | {
        "parcel_id": parcel_id,
        "project_id": row["project_id"],
        "area": area,
        "price": price,
        "agreed_start_on": agreed_start_on,
        "agreed_finish_on": agreed_finish_on,
        "actual_start_on": days.get("开工"),
        "exempt_reason": exempt_reason,
    }


@sample_generator
def investment_ledgers() -> Ledgers:
    """Return the ledgers of 招商引资."""
    rng = topic_rng("investment")
    dated = [(row, stage_days(rng, row)) for row in PROJECTS]
    funding = [receipt for row, days in dated for receipt in funding_receipts(rng, row, days)]
    funding.sort(key=lambda r: (r["received_on"], r["project_id"]))
    past = past_ledgers()
    projects = [*(YAOJIANG, *map(project_row, PROJECTS)), *past["investment_project"]]
    events = YAOJIANG_STAGES + [event for row, days in dated for event in stage_events(row, days)]
    return {
        "investment_project": [row | {"owner": OWNER} for row in projects],
        "stage_event": events + past["stage_event"],
        "funding": [{"funding_id": f"FUND-{n:03}"} | row for n, row in enumerate(funding, 1)] + past["funding"],
        "project_change": past["project_change"],
        "parcel": [parcel_row(row, days) for row, days in dated if row["name"] in PARCELS] + SECOND_PLOTS,
    }
