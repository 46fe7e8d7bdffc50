"""示例 projects of the years before: all fictional, so that rates and durations rest on a history.

Calibrated to published cohorts of signed projects: after some 26 months 45 % of the funds were in, 83 % had started and
37 % produced; after 13 months 33, 77 and 25 %. No receipt falls into the period of a target.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from data.sample.rows import LAST_DAY, Row, days_after, iso_date, named_rows, topic_rng, weighted_choice

# typical days from the stage before; projects without land skip the stages that need it
STEPS = {
    "储备": 0,
    "洽谈": 40,
    "意向签约": 45,
    "正式签约": 60,
    "注册落地": 25,
    "拿地": 110,
    "开工": 130,
    "主体施工": 110,
    "封顶": 160,
    "竣工": 150,
    "投产纳统": 70,
}
ON_LAND = ("拿地", "开工", "主体施工", "封顶", "竣工")

EVIDENCE = {
    "正式签约": "投资合同",
    "注册落地": "营业执照",
    "拿地": "土地出让合同",
    "开工": "施工许可证",
    "竣工": "竣工验收备案表",
    "投产纳统": "纳统证明",
}

LAST_RECEIPT = date(2013, 12, 20)
EXIT = "终止"
ORIGINS = {"供": ("省外", "外资", "市内", "增资"), "租": ("浙商回归", "省外", "市内"), "总": ("浙商回归", "市内")}
TRACKS = {"供": "供地类", "租": "租赁类", "总": "总部注册类"}
INDUSTRIES = {
    "供": ("通用机械", "汽车零部件", "电子元件", "新材料", "塑料制品", "家用电器", "仓储", "食品加工"),
    "租": ("软件服务", "电子商务", "设计研发"),
    "总": ("商贸总部", "建筑总部"),
}
CHANNELS = ("浙洽会", "推介会", "以商引商", "走访", "中介", "其他")
AMOUNTS = {"供": (6000, 45000), "租": (800, 4000), "总": (1500, 6000)}

# quarter of the signing (of those that never signed, of the first contact): track and newest stage of each project
SIGNED = {
    "2009-02": "供投产纳统 供投产纳统 租投产纳统",
    "2009-08": "供投产纳统 供终止",
    "2010-02": "供投产纳统 供投产纳统 总投产纳统",
    "2010-05": "供投产纳统 供竣工 供投产纳统",
    "2010-11": "供投产纳统 租投产纳统 供拿地",
    "2011-03": "供投产纳统 供竣工 供投产纳统",
    "2011-06": "供封顶 供投产纳统 总投产纳统",
    "2011-09": "供主体施工 供终止 供竣工",
    "2012-02": "供投产纳统 供主体施工 供竣工",
    "2012-05": "供开工 供投产纳统 供主体施工 供终止",
    "2012-08": "供封顶 租投产纳统 总投产纳统",
    "2012-11": "供主体施工 供拿地",
    "2013-02": "供主体施工 租投产纳统 供开工",
    "2013-05": "供开工 供主体施工 租投产纳统 供拿地",
    "2013-08": "供开工 总注册落地",
    "2013-11": "供拿地 租注册落地",
}
NEVER_SIGNED = {
    "2009-05": "供洽谈终止 供储备终止",
    "2010-08": "供意向签约终止 租洽谈终止",
    "2011-05": "供洽谈终止 供洽谈终止",
    "2012-03": "供储备终止 供意向签约终止 供洽谈",
    "2013-03": "租洽谈终止 供意向签约 供储备终止",
}

SKIPPED = {4: "意向签约", 9: "意向签约", 15: "封顶", 21: "意向签约", 27: "注册落地", 33: "意向签约", 26: "封顶"}

# the stage after which a project paused or ended, and the stages by which it came back
CAME_BACK = {
    7: ("主体施工", "暂停", ("主体施工",)),
    16: ("洽谈", EXIT, ("洽谈",)),
    23: ("意向签约", "暂停", ("洽谈", "意向签约")),
    29: ("开工", "暂停", ("开工",)),
}
SIGNED_TWICE = (28, 34)  # one project under two codes, in two quarters
SAME_TWICE = ("investor", "investment", "first_phase", "industry", "origin", "enterprise_id")

# share of the investment that has come in when the stage is the newest one
FUNDED = {"正式签约": 0.05, "注册落地": 0.12, "拿地": 0.24, "开工": 0.4, "主体施工": 0.5, "封顶": 0.58, "竣工": 0.75}
FUNDED |= {"投产纳统": 0.85, EXIT: 0.08}

# project: expected signing, start, production; some have passed and were missed
EXPECTED = {
    14: ("", "2011-09-30", "2013-06-30"),
    31: ("", "", "2014-12-31"),
    35: ("", "2014-03-31", "2015-12-31"),
    38: ("", "", "2015-03-31"),
    42: ("", "2014-09-30", "2015-12-31"),
    43: ("", "", "2015-10-31"),
    45: ("", "2014-08-31", "2016-03-31"),
    55: ("2013-03-31", "", ""),
    57: ("2014-09-30", "2015-06-30", ""),
}
CHANGES = named_rows(
    "project changed old_amount new_amount old_day new_day changed_on change_reason",
    (42, "预计开工日期", "", "", "2013-08-31", "2013-12-31", "2013-08-12", "示例：图纸审查未过"),
    (42, "预计开工日期", "", "", "2013-12-31", "2014-04-30", "2013-12-17", "示例：管线迁移"),
    (42, "预计开工日期", "", "", "2014-04-30", "2014-09-30", "2014-04-22", "示例：投资方调整方案"),
    (29, "总投资", 18000, 24000, "", "", "2013-03-06", "示例：追加二期"),
    (21, "总投资", 30000, 22000, "", "", "2012-05-15", "示例：取消一条生产线"),
    (31, "预计投产日期", "", "", "2014-10-31", "2014-12-31", "2014-05-09", "示例：设备到货推迟"),
    (57, "预计签约日期", "", "", "2014-06-30", "2014-09-30", "2014-06-16", "示例：用地指标未落实"),
    (45, "预计开工日期", "", "", "2014-10-31", "2014-08-31", "2014-03-11", "示例：提前交地"),
)
AMOUNT_NOW = {29: 24000, 21: 22000}


def planned_projects() -> Iterator[Row]:
    """Yield what is planned of every project: number, month, track, newest stage, and its way out if it left."""
    number = 0
    for plan, has_signed in ((SIGNED, True), (NEVER_SIGNED, False)):
        for month, projects in plan.items():
            for words in projects.split():
                number, stage = number + 1, words[1:].removesuffix(EXIT) or "注册落地"
                left = words.endswith(EXIT)
                yield {"number": number, "month": month, "track": words[0], "stage": stage, "left": left} | {
                    "has_signed": has_signed
                }


def project_code(number: int) -> str:
    """Return the code of a past project."""
    return f"INV-H{number:02}"


def project_row(rng: Random, plan: Row) -> Row:
    """Return the register entry of a past project."""
    number, track = plan["number"], plan["track"]
    low, high = AMOUNTS[track]
    investment = AMOUNT_NOW.get(number, round(rng.uniform(low, high), -2))
    origin = rng.choice(ORIGINS[track])
    enterprise = f"ENT-{number % 30 + 1:02}" if origin == "增资" else ""
    sign_on, start_on, production_on = EXPECTED.get(number, ("", "", ""))
    has_clause = rng.random() < 0.25
    return {
        "project_id": project_code(number),
        "name": f"示例项目{number:02}",
        "investor": f"示例企业{number % 30 + 1:02}" if enterprise else f"示例投资方{number:02}",
        "origin": origin,
        "track": TRACKS[track],
        "industry": rng.choice(INDUSTRIES[track]),
        "verb": "增" if enterprise else rng.choice("引促提联"),
        "channel": rng.choice(CHANNELS),
        "investment": investment,
        "first_phase": round(investment * 0.6, -2) if number % 4 == 0 else "",
        "expected_tax": round(rng.uniform(4, 24), 1) if number % 3 == 0 else "",
        "enterprise_id": enterprise,
        "expected_sign_on": sign_on,
        "expected_start_on": start_on,
        "expected_production_on": production_on,
        "has_incentive_clause": has_clause if plan["has_signed"] else "",
        "review_passed": rng.random() < 0.7 if has_clause and plan["has_signed"] else "",
        "note": "示例",
    }


def past_project_rows(rng: Random, plans: list[Row]) -> list[Row]:
    """Return the register of past projects, in which one stands twice under two codes."""
    rows = [project_row(rng, plan) for plan in plans]
    first, again = (rows[number - 1] for number in SIGNED_TWICE)
    rows[SIGNED_TWICE[1] - 1] = again | {k: first[k] for k in SAME_TWICE}
    return rows


def stages_passed(plan: Row) -> list[str]:
    """Return the stages that a project passed, without the one that it skipped."""
    usual = [s for s in STEPS if plan["track"] == "供" or s not in ON_LAND]
    passed = usual[: usual.index(plan["stage"]) + 1]
    return [s for s in passed if s != SKIPPED.get(plan["number"])]


def stage_days(rng: Random, plan: Row) -> list[tuple[str, date]]:
    """Return stage and day, forward and backward from the signing, or from the first contact of those without one."""
    stages = stages_passed(plan)
    lengths = [round(STEPS[s] * rng.uniform(0.5, 1.9)) for s in stages]
    anchor = stages.index("正式签约") if plan["has_signed"] else 0
    anchored = days_after(iso_date(plan["month"] + "-01"), rng.uniform(0, 58))
    ahead = sum(lengths[anchor + 1 :])
    squeeze = min(1, ((LAST_DAY - anchored).days - 40) / ahead) if ahead else 1
    days = [
        days_after(anchored, sum(lengths[anchor + 1 : n + 1]) * squeeze - sum(lengths[n + 1 : anchor + 1]))
        for n in range(len(stages))
    ]
    return list(zip(stages, days, strict=True))


def came_back(plan: Row, days: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """Return the stages of a project that paused or ended and came back, its way out and back between two of them."""
    if plan["number"] not in CAME_BACK:
        return days
    stage, way_out, way_back = CAME_BACK[plan["number"]]
    place = [s for s, _ in days].index(stage)
    start, end = days[place][1], days[place + 1][1]
    between = [way_out, *way_back]
    gap = (end - start).days / (len(between) + 1)
    return [
        *days[: place + 1],
        *((s, days_after(start, gap * n)) for n, s in enumerate(between, 1)),
        *days[place + 1 :],
    ]


def stage_events(rng: Random, plan: Row) -> list[Row]:
    """Return the stages of a past project, with its ways out and back."""
    days = came_back(plan, stage_days(rng, plan))
    if plan["left"]:
        days.append((EXIT, min(days_after(days[-1][1], rng.uniform(60, 300)), days_after(LAST_DAY, -30))))
    rows = []
    for stage, entered_on in days:
        basis, evidence = ("凭据", f"示例{EVIDENCE[stage]}") if stage in EVIDENCE else ("示例", "")
        reason = "示例：投资方内部调整" if stage in ("暂停", EXIT) else ""
        rows.append((project_code(plan["number"]), stage, entered_on, basis, evidence, reason))
    return named_rows("project_id stage entered_on date_basis evidence exit_reason", *rows)


def funding_receipts(rng: Random, plan: Row, project: Row, events: list[Row]) -> list[Row]:
    """Return the money that came in from the signing to the end of 2013, all verified but a few."""
    if not plan["has_signed"] or plan["number"] % 11 == 0:
        return []
    signed_on = next(e["entered_on"] for e in events if e["stage"] == "正式签约")
    share = FUNDED[EXIT if plan["left"] else plan["stage"]] * rng.uniform(0.8, 1.1)
    span = (min(LAST_RECEIPT, events[-1]["entered_on"]) - signed_on).days
    count = 1 + round(share * 5)
    rows = []
    for n in range(count if span > 0 else 0):
        received_on = days_after(signed_on, span * (n + rng.uniform(0.3, 1)) / count)
        amount = round(project["investment"] * share / count / 10) * 10
        proof = weighted_choice(rng, 验资报告=3, 进账单=4, 发票=2, 设备清单=1)
        rows.append((project_code(plan["number"]), received_on, amount, proof, rng.random() < 0.985))
    return named_rows("project_id received_on amount proof is_verified", *rows)


def past_ledgers() -> Mapping[str, list[Row]]:
    """Return projects, stages, receipts and changes of the years before."""
    rng = topic_rng("past projects")
    plans = list(planned_projects())
    projects = past_project_rows(rng, plans)
    events = [stage_events(rng, plan) for plan in plans]
    receipts = [r for each in zip(plans, projects, events, strict=True) for r in funding_receipts(rng, *each)]
    receipts.sort(key=lambda r: (r["received_on"], r["project_id"]))
    changes = [{"project_id": project_code(row["project"])} | row for row in CHANGES]
    return {
        "investment_project": projects,
        "stage_event": [row for rows in events for row in rows],
        "funding": [{"funding_id": f"FUND-H{n:03}"} | row for n, row in enumerate(receipts, 1)],
        "project_change": [
            {"change_id": f"CHG-{n:02}"} | {k: v for k, v in row.items() if k != "project"}
            for n, row in enumerate(changes, 1)
        ],
    }
