"""示例 merchants in reserve, and what was done to win and to keep investors; the days of 姚江1号项目's are made up."""

from datetime import date
from random import Random

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

COUNT = 40
FIRST_IN_RESERVE = date(2012, 1, 16)
GRADES = "AABBBCCC"  # in turn
INDUSTRIES = ("智能装备", "新材料", "电子商务", "医疗器械", "商贸", "仓储物流", "软件服务", "文化创意")

# merchant: the project that it became, on the day on which that was registered
CONVERTED = {
    3: ("INV-S04", "2012-09-12"),
    7: ("INV-S19", "2013-07-16"),
    12: ("INV-S20", "2013-09-10"),
    18: ("INV-S10", "2013-11-05"),
    23: ("INV-S16", "2014-02-25"),
    29: ("INV-S18", "2014-06-05"),
}
LAPSED = {5: "2013-10-30", 14: "2014-03-20", 21: "2014-05-22"}
LOST = (2, 9, 15, 19, 24, 31, 35)  # without contact for more than a quarter
NEVER_MET = (38,)

# the article: flew to Shenzhen many times, learned from 万达广场; every day is made up
OF_YAOJIANG = named_rows(
    "held_on kind verb partner_role outcome",
    ("2012-02-21", "外出招商", "引", "商会", "示例日期：赴深圳对接，介绍地块、价值、环境"),
    ("2012-06-12", "外出招商", "暖", "商会", "示例日期：飞赴深圳，项目对接与业务指导"),
    ("2012-10-16", "外出招商", "暖", "商会", "示例日期：飞赴深圳，项目对接与业务指导"),
    ("2012-11-20", "座谈", "联", "商会", "示例日期：梳理项目难点，商讨对策"),
    ("2013-01-15", "外出招商", "暖", "商会", "示例日期：飞赴深圳，对接行动计划"),
    ("2013-05-21", "外出招商", "暖", "商会", "示例日期：飞赴深圳，项目对接与业务指导"),
    ("2013-09-10", "外出招商", "暖", "商会", "示例日期：飞赴深圳，项目对接与业务指导"),
    ("2014-03-18", "外出招商", "暖", "商会", "示例日期：飞赴深圳，对接楼宇招商"),
    ("2014-04-22", "走访", "暖", "招商部经理", "示例日期：学习万达广场的楼宇招商经验"),
)

EVENTS = named_rows(
    "held_on kind verb partner_role outcome",
    ("2013-06-08", "浙洽会", "储", "政府", "示例：接触客商 6 位"),
    ("2013-11-14", "推介会", "储", "商会", "示例：发放资料，接触客商 5 位"),
    ("2014-03-27", "推介会", "引", "商会", "示例：推介地块 8 处"),
    ("2014-05-16", "推介会", "提", "其他", "示例：推介闲置厂房和楼宇"),
    ("2014-06-08", "浙洽会", "储", "政府", "示例：接触客商 7 位"),
)

# project, day, with whom; those of S01 and S05 came after the land, and some projects had none
TALKS = named_rows(
    "project_id held_on partner_role",
    ("INV-S03", "2012-08-22", "企业负责人"),
    ("INV-S04", "2012-12-18", "营销总监"),
    ("INV-S06", "2013-04-24", "招商部经理"),
    ("INV-S09", "2013-03-13", "招商部经理"),
    ("INV-S10", "2014-02-19", "企业负责人"),
    ("INV-S01", "2013-06-26", "招商部经理"),
    ("INV-S05", "2014-01-09", "营销总监"),
    ("INV-S04", "2014-04-10", "营销总监"),
    ("INV-S10", "2014-05-28", "企业负责人"),
    ("INV-S16", "2014-06-18", "企业负责人"),
    ("INV-H25", "2012-05-09", "营销总监"),
    ("INV-H29", "2012-09-05", "企业负责人"),
    ("INV-H31", "2012-11-14", "营销总监"),
    ("INV-H35", "2013-02-27", "招商部经理"),
    ("INV-H40", "2013-07-03", "企业负责人"),
    ("INV-H42", "2013-10-16", "营销总监"),
    ("INV-H43", "2013-11-20", "招商部经理"),
    ("INV-H45", "2013-12-18", "企业负责人"),
)


def last_contact(rng: Random, number: int, first_on: date) -> date | None:
    """Return when a merchant was last spoken to: of those lost long ago, of others lately, of those gone before."""
    if number in NEVER_MET:
        return None
    gone = CONVERTED.get(number, ("", LAPSED.get(number, "")))[1]
    end = iso_date(gone) if gone else LAST_DAY
    silent = rng.randint(95, 190) if number in LOST else rng.randint(2, 24) if number % 4 else rng.randint(25, 75)
    return max(first_on, days_after(end, -silent))


def merchant_row(rng: Random, number: int) -> Row:
    """Return the register entry of a merchant, under an alias."""
    first_on = days_after(FIRST_IN_RESERVE, 21.5 * (number - 1) + rng.uniform(0, 12))
    project, became_on = CONVERTED.get(number, ("", ""))
    contact_on = last_contact(rng, number, first_on)
    in_reserve = number not in CONVERTED and number not in LAPSED
    next_on = days_after(LAST_DAY, rng.randint(-6, 30)) if in_reserve and number not in LOST else None
    return {
        "merchant_id": f"MER-{number:02}",
        "name": f"示例客商{number:02}",
        "channel": weighted_choice(rng, 以商引商=5, 浙洽会=4, 推介会=4, 走访=2, 中介=2),
        "grade": GRADES[number % len(GRADES)],
        "industry": rng.choice(INDUSTRIES),
        "first_on": first_on,
        "last_contact_on": contact_on,
        "next_contact_on": max(next_on, contact_on) if next_on and contact_on else next_on,
        "project_id": project,
        "converted_on": became_on,
        "lapsed_on": LAPSED.get(number, ""),
        "note": "示例",
    }


def contact_activities(rng: Random, row: Row) -> list[Row]:
    """Return the last contact with a merchant, and with every other one a contact before that."""
    if not row["last_contact_on"]:
        return []
    days = [row["last_contact_on"]]
    if int(row["merchant_id"][-2:]) % 2:
        days.append(
            days_after(row["first_on"], (row["last_contact_on"] - row["first_on"]).days * rng.uniform(0.2, 0.7))
        )
    known = {"merchant_id": row["merchant_id"], "verb": "储", "partner_role": "企业负责人", "outcome": "示例"}
    kinds = [weighted_choice(rng, 电话=4, 来访=3, 座谈=2, 踏勘=1, 外出招商=1) for _ in days]
    return [known | {"held_on": day, "kind": kind} for day, kind in zip(days, kinds, strict=True)]


def visit_activities(rng: Random) -> list[Row]:
    """Return visits to firms at which expansion was spoken of."""
    firms = rng.sample(range(1, 31), 10)
    return [
        {
            "enterprise_id": f"ENT-{firm:02}",
            "held_on": days_after(date(2014, 1, 8), rng.uniform(0, 165)),
            "kind": "走访",
            "verb": "增",
            "partner_role": "企业负责人",
            "outcome": "示例：了解增资扩股意向",
        }
        for firm in firms
    ]


def activity_rows(merchants: list[Row]) -> list[Row]:
    """Return all activities by day."""
    rng = topic_rng("investment_activity")
    own = [row | {"project_id": "INV-YJ1"} for row in OF_YAOJIANG]
    talks = [row | {"kind": "座谈", "verb": "联", "outcome": "示例：了解项目动态"} for row in TALKS]
    written = [row | {"held_on": iso_date(row["held_on"])} for row in (*own, *talks, *EVENTS)]
    met = [row for merchant in merchants for row in contact_activities(rng, merchant)]
    return sorted(written + met + visit_activities(rng), key=lambda row: (row["held_on"], str(row)))


@sample_generator
def merchant_ledgers() -> Ledgers:
    """Return the merchants and the activities."""
    rng = topic_rng("merchant")
    merchants = [merchant_row(rng, number) for number in range(1, COUNT + 1)]
    activities = activity_rows(merchants)
    return {
        "merchant": merchants,
        "investment_activity": [{"activity_id": f"ACT-{n:03}"} | row for n, row in enumerate(activities, 1)],
    }
