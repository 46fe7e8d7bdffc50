"""示例 requests of firms and investors: who asked for what, when somebody answered, what came of it."""

from datetime import date, datetime, time, timedelta
from random import Random

from data.sample.enterprises import COUNT as FIRMS
from data.sample.rows import FIRST_DAY, LAST_DAY, Ledgers, Row, days_after, sample_generator, topic_rng, weighted_choice

COUNT = 64
PROJECTS = ("INV-S04", "INV-S05", "INV-S06", "INV-S09", "INV-S10", "INV-S12", "INV-S14", "INV-S15")
SLOTS = (*range(17, 24), *range(27, 35))  # half hours of the day at which an office answers

# category: how often, the days given, the weights of solved, explained and unsolvable, what is asked for
CATEGORIES = {
    "用地规划": (8, 30, (5, 3, 2), ("调整厂区出入口位置", "核实地块规划指标", "延长临时用地期限")),
    "审批办证": (12, 10, (8, 2, 0), ("办理施工许可容缺受理", "变更营业执照住所", "补办消防备案")),
    "资金融资": (8, 20, (3, 4, 2), ("对接银行续贷", "了解技改补助进度", "请求担保支持")),
    "用工": (9, 15, (5, 3, 0), ("节后招工困难", "请求组织专场招聘", "员工子女入学")),
    "水电配套": (9, 15, (7, 1, 1), ("厂区电力增容", "供水压力不足", "污水接管")),
    "政策咨询": (10, 5, (5, 5, 0), ("咨询技改补助政策", "咨询纳统要求", "咨询人才补贴")),
    "周边环境": (5, 15, (4, 1, 1), ("门前道路破损", "周边停车困难", "路灯不亮")),
    "其他": (3, 10, (2, 1, 0), ("请求协调邻企纠纷", "反映快递进园不便")),
}
CHANNELS = {"走访": 6, "热线": 4, "来访": 3, "线上": 3, "座谈": 2}
RESULTS = ("已解决", "已解释", "不能解决")
RATED = {"已解决": (4, 5, 5, 5, 4, 3), "已解释": (3, 4, 4, 3, 2), "不能解决": (1, 2, 3)}


def office_day_after(day: date, days: int) -> date:
    """Return the weekday so many days later, or the next one after it."""
    day = days_after(day, days)
    return days_after(day, 7 - day.weekday()) if day.weekday() > 4 else day


def raised_moment(rng: Random, number: int) -> datetime:
    """Return when a request was raised: spread over the year, every eighth at night or on whatever day."""
    span = (LAST_DAY - FIRST_DAY).days
    day = days_after(FIRST_DAY, span * number / COUNT)
    if number % 8 == 3:
        return datetime.combine(day, time(rng.choice((7, 19, 20, 21)), 5 * rng.randrange(12)))
    return office_time(rng, office_day_after(day, 0))


def office_time(rng: Random, day: date) -> datetime:
    """Return a time of a day at which an office is open, to five minutes."""
    return datetime.combine(day, time()) + timedelta(minutes=30 * rng.choice(SLOTS) + 5 * rng.randrange(1, 6))


def first_reply(rng: Random, raised: datetime) -> datetime:
    """Return when somebody answered first: mostly within two hours, sometimes days later."""
    if 8 <= raised.hour < 16 and rng.random() < 0.6:
        soon = raised + timedelta(minutes=5 * rng.randint(2, 24))
        if soon.time() <= time(12) or time(13, 30) <= soon.time() <= time(17, 30):
            return soon
    return office_time(rng, office_day_after(raised.date(), rng.choice((1, 1, 1, 2, 3, 6))))


def closing_of(rng: Random, row: Row, given: int, weights: tuple[int, ...]) -> Row:
    """Return how a request was closed, and for some that it came back; nothing after the last day of the data."""
    took = max(1, round(given * rng.choice((0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.3))))
    closed = max(office_day_after(row["raised_at"].date(), took), row["replied_at"].date())
    if closed > LAST_DAY:
        return {}
    [result] = rng.choices(RESULTS, weights)
    rated = rng.choice(RATED[result]) if rng.random() < 0.7 else None
    shut = {"closed_on": closed, "result": result, "satisfaction": rated}
    back = office_day_after(closed, rng.randint(15, 45))
    if result == "已解决" and rng.random() < 0.16 and back <= LAST_DAY:
        again = office_day_after(back, rng.randint(6, 40))
        if again > LAST_DAY:
            return shut | {"reopened_on": back}
        return shut | {"first_closed_on": closed, "reopened_on": back, "closed_on": again, "satisfaction": None}
    return shut


def request_row(rng: Random, number: int) -> Row:
    """Return a request with all that the register says of it; every seventh was never closed."""
    category = weighted_choice(rng, **{name: often for name, (often, *_) in CATEGORIES.items()})
    _, given, weights, asked = CATEGORIES[category]
    raised = raised_moment(rng, number)
    project = PROJECTS[number // 7 % len(PROJECTS)] if number % 7 == 4 else ""
    row: Row = {
        "request_id": f"REQ-{number:03}",
        "enterprise_id": "" if project else f"ENT-{rng.randint(1, FIRMS):02}",
        "project_id": project,
        "raised_at": raised,
        "channel": weighted_choice(rng, **CHANNELS),
        "category": category,
        "department": f"示例承办单位{rng.choice('ABCD')}",
        "description": f"示例：{rng.choice(asked)}",
        "due_on": days_after(raised.date(), given),
        "replied_at": first_reply(rng, raised),
        "note": "示例",
    }
    if row["replied_at"].date() > LAST_DAY or number == COUNT - 2:
        return row | {"replied_at": None}
    is_stuck = number > COUNT / 2 and rng.random() < 0.12
    return row if is_stuck else row | closing_of(rng, row, given, weights)


@sample_generator
def firm_request_ledger() -> Ledgers:
    """Return the requests, the oldest first; none is of the project of the article, which names none."""
    return {"firm_request": [request_row(topic_rng(f"firm_request {n}"), n) for n in range(1, COUNT + 1)]}
