"""Clocks of the law, readiness and homes worked out again: case by case, in loops, the rules written out by hand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from chinese_calendar import get_holiday_detail, holidays, is_workday

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by

NOTICE, SOON, FEWEST = 180, 30, 5  # chosen by the house
STATE_LAND, COLLECTIVE, UNLAWFUL = ("国有土地征收",), ("集体土地征收",), ("拆违", "三改")
ITEMS = ("领导小组", "办公室", "工作方案", "风险评估", "资金专户", "应急预案", "房源筹集")
ONE_DAY = pd.Timedelta(days=1)


class Rule(NamedTuple):
    """A version of a rule: since when, its step, the one before, what it asks, how many of which days, of what."""

    rule: str
    since: str
    step: str
    former: str | None
    asks: str
    days: int
    day_kind: str
    kinds: tuple[str, ...]


# as the texts have them: 590号令 from 2011-01-21, 浙江条例 from 2014-10-01, 土地管理法实施条例 from 2021-09-01
RULES = (
    Rule("freeze", "2011-01-21", "暂停办理", None, "within", 12, "历月", STATE_LAND),
    Rule("comment_period", "2011-01-21", "方案征求意见", None, "lasts", 30, "日历日", STATE_LAND),
    Rule("comment_period", "2014-10-01", "方案征求意见", None, "lasts", 30, "日历日", STATE_LAND),
    Rule("hearing_notice", "2014-10-01", "听证会", "听证通知", "lasts", 7, "日历日", STATE_LAND),
    Rule("risk_assessment", "2011-01-21", "社会稳定风险评估", "征收决定", "before", 0, "", STATE_LAND),
    Rule("funds_in_place", "2011-01-21", "补偿费用到位", "征收决定", "before", 0, "", STATE_LAND),
    Rule("standing_meeting", "2014-10-01", "政府常务会议", "征收决定", "before", 0, "", STATE_LAND),
    Rule("decision_published", "2014-10-01", "征收决定公告", "征收决定", "within", 7, "日历日", STATE_LAND),
    Rule("appraiser_agreed", "2014-10-01", "评估机构协商", None, "within", 10, "日历日", STATE_LAND),
    Rule("review_asked", "2014-10-01", "复核申请", "评估报告送达", "may within", 10, "日历日", STATE_LAND),
    Rule("opinion_asked", "2014-10-01", "鉴定申请", "复核结果送达", "may within", 10, "日历日", STATE_LAND),
    Rule("draft_reply", "2014-10-01", "补偿决定", "补偿决定方案送达", "is over", 15, "日历日", STATE_LAND),
    Rule("household_posting", "2011-01-21", "分户补偿公布", "征收决定", "required", 0, "", STATE_LAND),
    Rule("enforcement_not_early", "2012-04-10", "申请强制执行", "补偿决定", "is over", 3, "历月", STATE_LAND),
    Rule("enforcement_not_early", "2015-05-01", "申请强制执行", "补偿决定", "is over", 6, "历月", STATE_LAND),
    Rule("enforcement_in_time", "2012-04-10", "申请强制执行", "补偿决定", "within", 6, "历月", STATE_LAND),
    Rule("enforcement_in_time", "2015-05-01", "申请强制执行", "补偿决定", "within", 9, "历月", STATE_LAND),
    Rule("taking_preannounced", "2021-09-01", "征收土地预公告", None, "lasts", 10, "工作日", COLLECTIVE),
    Rule("resettlement_posted", "2021-09-01", "安置方案公告", None, "lasts", 30, "日历日", COLLECTIVE),
    Rule("taking_published", "2002-01-01", "征收土地公告", "征地批准", "within", 10, "工作日", COLLECTIVE),
    Rule("taking_published", "2021-09-01", "征收土地公告", "征地批准", "within", 15, "工作日", COLLECTIVE),
    Rule("demolition_notice", "2012-01-01", "限期拆除公告", "强制拆除", "before", 0, "", UNLAWFUL),
    Rule("no_holiday_force", "2012-01-01", "强制拆除", None, "no holiday", 0, "", UNLAWFUL),
)  # fmt: skip
FROM_HUNDRED = "standing_meeting"
Step = dict[str, Any]


def missing(value: object) -> bool:
    return bool(pd.isna(value))


def steps_on(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, list[Step]]:
    """Return the steps of each project that had taken one by the day, the days after it blanked out."""
    by_project: dict[str, list[Step]] = {}
    for step in ledgers["legal_step"].to_dict("records"):
        for name in ("started_on", "done_on"):
            if not missing(step[name]) and step[name] > day:
                step[name] = pd.NaT
        by_project.setdefault(step["project_id"], []).append(step)
    return {
        code: steps
        for code, steps in by_project.items()
        if any(not missing(step["started_on"]) or not missing(step["done_on"]) for step in steps)
    }


def first_known(*days: Any) -> Any:
    return next((day for day in days if not missing(day)), pd.NaT)


def in_their_order(steps: list[Step], name: str) -> dict[Any, list[Step]]:
    """Return the steps of a name that were begun or done, by household, in the order of their days."""
    own = [s for s in steps if s["legal_step"] == name and not (missing(s["done_on"]) and missing(s["started_on"]))]
    own.sort(key=lambda s: (first_known(s["done_on"], s["started_on"], s["planned_on"]), s["step_id"]))
    by_household: dict[Any, list[Step]] = {}
    for step in own:
        by_household.setdefault(None if missing(step["household_id"]) else step["household_id"], []).append(step)
    return by_household


def cases_of(steps: list[Step], rule: Rule) -> Iterator[tuple[Any, Any, Any, Any, bool, Any]]:
    """Yield the household, the first day, the day done, the day planned, whether it was begun, and the step's code."""
    if rule.former is None:
        for step in (s for s in steps if s["legal_step"] == rule.step):
            begin = step["done_on"] if rule.asks == "no holiday" else step["started_on"]
            if not missing(step["done_on"]) or (rule.asks != "no holiday" and not missing(begin)):
                yield step["household_id"], begin, step["done_on"], pd.NaT, True, step["step_id"]
    elif rule.asks in ("before", "required"):
        yield from anchored_cases(steps, rule)
    else:
        former, own = in_their_order(steps, rule.former), in_their_order(steps, rule.step)
        for household in {**former, **own}:
            begins, ends = former.get(household, []), own.get(household, [])
            for place in range(max(len(begins), len(ends))):
                begin = begins[place]["done_on"] if place < len(begins) else pd.NaT
                end = ends[place] if place < len(ends) else {"done_on": pd.NaT, "step_id": None}
                if not missing(begin) or not missing(end["done_on"]):
                    yield household, begin, end["done_on"], pd.NaT, place < len(ends), end["step_id"]


def anchored_cases(steps: list[Step], rule: Rule) -> Iterator[tuple[Any, Any, Any, Any, bool, Any]]:
    """Yield each step that another must come before or go with, beside the first of those."""
    for anchor in (s for s in steps if s["legal_step"] == rule.former):
        if missing(anchor["done_on"]) and (missing(anchor["planned_on"]) or rule.asks == "required"):
            continue
        own = [s for s in steps if s["legal_step"] == rule.step]
        own = [s for s in own if missing(s["household_id"]) or s["household_id"] == anchor["household_id"]]
        far = pd.Timestamp("2200-01-01")
        own.sort(key=lambda s: (first_known(s["done_on"], far), first_known(s["started_on"], far), s["step_id"]))
        found = own[0] if own else {"done_on": pd.NaT, "started_on": pd.NaT, "step_id": None}
        begun = not missing(found["started_on"])
        yield anchor["household_id"], anchor["done_on"], found["done_on"], anchor["planned_on"], begun, found["step_id"]


def add_days(start: pd.Timestamp, rule: Rule) -> pd.Timestamp:
    """Return the day on which the days of a rule are over, counted one by one."""
    if rule.day_kind == "历月":
        return start + pd.DateOffset(months=rule.days) + int(rule.asks == "is over") * ONE_DAY
    day, left = start, rule.days + (rule.asks == "is over")  # the day after the last one
    while left:
        day += ONE_DAY
        left -= rule.day_kind == "日历日" or is_workday(day.date())
    return day


def days_used(start: pd.Timestamp, end: pd.Timestamp, rule: Rule) -> float:
    """Return the days from one to another; working days are counted one by one, backwards as negative."""
    if rule.day_kind != "工作日":
        return float((end - start).days)
    low, high = min(start, end), max(start, end)
    count = sum(is_workday(day.date()) for day in pd.date_range(low + ONE_DAY, high))
    return float(count if end >= start else -count)


def is_off(day: datetime.date) -> bool:
    """Tell a day that is off by the calendar of the State Council, not as a mere weekend."""
    off, name = get_holiday_detail(day)
    return bool(off and name) or day in holidays


def state_of(rule: Rule, begin: Any, end: Any, due: Any, begun: bool, sign_end: Any, day: pd.Timestamp) -> str:
    """Return how a case stands on the day."""
    if rule.asks == "required":
        return "合规" if not missing(end) else "未到期" if sign_end >= day else "缺日期不能判定"
    if rule.asks == "no holiday":
        return "违规" if is_off(end.date()) else "合规"
    if rule.asks == "before":
        if missing(begin):
            return "未到期" if missing(end) else "合规"
        if missing(end):
            return "已逾期未办" if begun else "缺日期不能判定"
        return "合规" if end <= begin else "违规"
    if missing(begin):
        return "缺日期不能判定"
    if rule.asks in ("lasts", "is over"):
        return "未到期" if missing(end) else "合规" if end >= due else "违规"
    is_right = rule.asks == "may within"
    if missing(end):
        return "未到期" if day <= due else "权利期满" if is_right else "已逾期未办"
    return "合规" if begin <= end <= due else "权利期满" if is_right else "违规"


def rule_for(rule_name: str, on: pd.Timestamp) -> Rule | None:
    """Return the version of a rule that held on a day, None before the first."""
    held = [rule for rule in RULES if rule.rule == rule_name and pd.Timestamp(rule.since) <= on]
    return held[-1] if held else None


@recomputes("legal_clocks", "project_id", "rule", "household_id", "step_id", "from_on")
def legal_clocks(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Judge every case of every rule by the version of its own day."""
    projects = ledgers["demolition_project"].set_index("project_id")
    size = ledgers["household"].groupby("project_id").size()
    agreed = rows_by(ledgers["agreement"], "signed_on", day)
    signed = set(agreed.loc[~(agreed["withdrawn_on"] <= day), "household_id"])
    suits = rows_by(ledgers["status_event"], "on_date", day)
    suits = suits[suits["status"] == "复议诉讼"].groupby("household_id")["on_date"].min()
    rows = []
    for code, steps in steps_on(ledgers, day).items():
        project = projects.loc[code]
        households = max(project["households_total"], size.get(code, 0))
        for name in dict.fromkeys(rule.rule for rule in RULES):
            first = next(rule for rule in RULES if rule.rule == name)
            if project["kind"] not in first.kinds or (name == FROM_HUNDRED and households < 100):
                continue
            for household, begin, end, planned, begun, step_id in cases_of(steps, first):
                rule = rule_for(name, first_known(begin, end, planned))
                if rule is None and pd.Timestamp(first.since) > day + NOTICE * ONE_DAY:
                    continue
                if rule and rule.former == "补偿决定":
                    if household in signed and missing(end):
                        continue
                    if household in suits.index and not missing(begin) and suits[household] >= begin:
                        begin = pd.NaT
                rows.append(
                    {"project_id": code, "project": project["name"], "rule": name, "legal_step": first.step,
                     "household_id": household, "step_id": step_id, "done_on": end}
                    | judged(rule, first, begin, end, planned, begun, project["sign_end"], day)
                )  # fmt: skip
    return pd.DataFrame(rows)


def judged(rule: Rule | None, first: Rule, begin: Any, end: Any, planned: Any, begun: bool, sign_end: Any,
           day: pd.Timestamp) -> dict[str, Any]:  # fmt: skip
    """Return the figures of one case."""
    nothing = {"due_on": pd.NaT, "days_used": None, "days_left": None, "days_over": None}
    if rule is None:
        told = {"state": "当时尚无规定", "effective_from": pd.Timestamp(first.since)}
        flags = {"is_due": False, "is_violation": False, "is_soon": False}
        return {"from_on": begin, **nothing, **told, **flags}
    is_counted = rule.asks in ("within", "may within", "lasts", "is over")
    due = first_known(begin, planned) if rule.asks == "before" else pd.NaT
    if is_counted and not missing(begin):
        due = add_days(begin, rule)
    state = state_of(rule, begin, end, due, begun, sign_end, day)
    stop = first_known(end, day)
    is_broken = state in ("违规", "已逾期未办")
    has_left = (
        state == "未到期" and rule.asks not in ("lasts", "is over", "required") and not missing(due) and due >= day
    )
    left = (due - day).days if has_left else None
    return {
        "from_on": begin, "due_on": due, "state": state,
        "days_used": days_used(begin, stop, rule) if is_counted and not missing(begin) else None,
        "days_left": left, "days_over": abs((stop - due).days) if is_broken and not missing(due) else None,
        "is_due": is_broken or state == "合规", "is_violation": is_broken, "is_soon": left is not None and left <= SOON,
        "effective_from": pd.Timestamp(rule.since),
    }  # fmt: skip


def item_states(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[tuple[pd.Series, str, str]]:
    """Yield every project that signs or prepares by the day with each of the seven items and how it stands."""
    items = ledgers["preparation_item"]
    for _, project in ledgers["demolition_project"].iterrows():
        own = items[items["project_id"] == project["project_id"]].set_index("preparation")
        if not (project["sign_start"] <= day or (own["due_on"] <= day).any() or (own["done_on"] <= day).any()):
            continue
        for item in ITEMS:
            if item not in own.index:
                yield project, item, "未登记"
                continue
            due, done = own.loc[item, "due_on"], own.loc[item, "done_on"]
            if missing(done) or done > day:
                is_late = (not missing(due) and due < day) or project["sign_start"] <= day
                yield project, item, "逾期未完成" if is_late else "未到期"
            elif done >= project["sign_start"]:
                yield project, item, "签约后完成"
            else:
                yield project, item, "晚于期限完成" if not missing(due) and done > due else "按期完成"


@recomputes("preparation_readiness", "project_id")
def preparation_readiness(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the items that were ready before signing, and name the others."""
    listed: dict[str, dict[str, Any]] = {}
    for project, item, state in item_states(ledgers, day):
        row = listed.setdefault(project["project_id"], {"project": project["name"], "states": {}})
        row["states"][item] = state
    rows = []
    for code, row in listed.items():
        states = row["states"]
        ready = sum(state in ("按期完成", "晚于期限完成") for state in states.values())
        is_known = set(states.values()) != {"未登记"}
        named = {
            name: ",".join(item for item, state in states.items() if state in of) or None
            for name, of in (
                ("overdue_items", {"逾期未完成"}), ("late_items", {"签约后完成", "晚于期限完成"}),
                ("waiting_items", {"未到期"}), ("unregistered_items", {"未登记"}),
            )
        }  # fmt: skip
        counts = {"ready": ready if is_known else None, "needed": 7, "rate": 100 * ready / 7 if is_known else None}
        rows.append({"project_id": code, "project": row["project"], **counts, **named})
    return pd.DataFrame(rows)


@recomputes("housing_supply", "is_total", "estate")
def housing_supply(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the homes that are left, and the households that look for one."""
    estates, agreed = ledgers["housing_source"], rows_by(ledgers["agreement"], "signed_on", day)
    agreed = agreed[~(agreed["withdrawn_on"] <= day)]
    counts = agreed["housing_source_id"].value_counts()
    taken = estates["housing_source_id"].map(counts).fillna(0)
    total = estates["units_total"].astype(float)
    free = (total - taken).clip(lower=0)
    rows = estates[["estate", "units_total"]].assign(is_total=False, taken=taken, free=free)
    rows["sources_unknown"] = total.isna().astype(int)
    if estates.empty:
        return rows
    begun = rows_by(ledgers["demolition_project"], "sign_start", day)["project_id"]
    households = ledgers["household"][ledgers["household"]["project_id"].isin(begun)]["household_id"]
    agreed = agreed[agreed["household_id"].isin(households)]
    unplaced = (agreed["mode"].isin(["产权调换", "混合"]) & agreed["housing_source_id"].isna()).sum()
    hard = rows_by(ledgers["household_difficulty"], "raised_on", day)
    hard = hard[hard["difficulty_reason"].isin(["安置房位置", "安置房面积户型"]) & ~(hard["closed_on"] <= day)]
    unsigned = set(households) - set(agreed["household_id"])
    asking = len(unsigned & set(hard["household_id"]))
    known = total.notna()
    whole = {
        "is_total": True, "estate": None, "units_total": total.sum() if known.any() else None,
        "taken": taken[known].sum() if known.any() else None, "free": free.sum() if known.any() else None,
        "sources_unknown": int((~known).sum()), "unplaced": unplaced, "asking": asking,
        "undecided": len(unsigned) - asking, "looking": unplaced + asking,
    }  # fmt: skip
    looking = whole["looking"]
    whole["rate"] = 100 * whole["free"] / looking if looking and whole["free"] is not None else None
    return pd.concat([pd.DataFrame([whole]), rows])


@recomputes("plan_indicators", "code", "part")
def plan_indicators(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Put the counts of readiness, clocks and homes together; too few give no share."""
    rows: list[tuple[object, ...]] = []
    items, cases, homes = (work(ledgers, day) for work in (preparation_readiness, legal_clocks, housing_supply))
    if len(items) and items["ready"].notna().any():
        known = items[items["ready"].notna()]
        rows.append(("M1", "1", known["ready"].sum(), 7 * len(known), len(items) - len(known)))
    else:
        rows.append(("M1", "1", None, None, 0))
    if len(cases):
        due, broken = cases["is_due"].sum(), cases["is_violation"].sum()
        unknown = (cases["state"] == "缺日期不能判定").sum()
        rows += [("M2", "1", due - broken, due, unknown), ("M2", "2", broken, due, unknown)]
    else:
        rows += [("M2", "1", None, None, 0), ("M2", "2", None, None, 0)]
    if len(homes):
        whole = homes.iloc[0]
        rows.append(("M3", "1", whole["free"], whole["looking"], whole["sources_unknown"]))
    else:
        rows.append(("M3", "1", None, None, 0))
    found = pd.DataFrame(rows, columns=["code", "part", "numerator", "denominator", "missing"])
    found[["numerator", "denominator"]] = found[["numerator", "denominator"]].astype(float)
    is_share = ~((found["code"] == "M2") & (found["part"] == "2"))
    share = percent(found["numerator"], found["denominator"].where(found["denominator"] >= FEWEST))
    return found.assign(step="谋", indicator_value=share.where(is_share, found["numerator"]))
