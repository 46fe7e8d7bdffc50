"""The page of 招商引资: what moved, what is stuck and why, how far the targets of money are and what covers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS, STAGE_ORDER
from data.datasets.targets import TARGETS
from data.text import Text, join_list, join_texts, mid_sentence, untranslated
from data.words import LATE_LIGHTS, WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, metric_card, percentage_or_none
from ui.colours import STATUS_SIGNS
from ui.investment.project_rows import (
    BAR_COLOUR,
    ENDED,
    FUNDS_OF_ALL,
    PROJECT_PAGE,
    STAGE_HEADING,
    STUCK_HEADING,
    is_alarming_project,
    stage_and_days,
    stuck_reasons,
    stuck_title,
    usual_days,
)
from ui.markup import bar_rows, bullet_bar, element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(label=Text("招商总览", "Investment overview"), icon=":material/trending_up:", place=10)
PRODUCING = STAGE_ORDER[-1]
SHOWN_STUCK = 6  # chosen: the whole page in three screens
EARLIER_COLOUR = "color-mix(in srgb, var(--fl-investment) 45%, transparent)"
MOVED = Text("{month} 至今：{stages}；{signed}，{received}", "Since {month}: {stages}; {signed}, {received}")
ENTERED = Text("{projects} 个项目进入新阶段（{stages}）", "{projects} projects entered a new stage ({stages})")
NONE_ENTERED = Text("没有项目进入新阶段", "no project entered a new stage")
STAGE_COUNT = Text("{stage} {count}", "{stage} {count}")
SIGNED_NOW, RECEIVED_NOW = Text("签约 {money}", "signed {money}"), Text("到位 {money}", "received {money}")
NO_TARGET_MONEY = Text("没有下达目标，不计当月金额", "no target is set, so no money is counted")
WORST_IS = Text(
    "最久的：{project}，{stage}，{reasons}{difficulty}；{contact}",
    "Longest: {project}, {stage}, {reasons}{difficulty}; {contact}",
)
NOTHING_STUCK = Text("没有卡住的项目", "No project is stuck")
DIFFICULTY = Text("；难点：{difficulty}", "; difficulty: {difficulty}")
CONTACTED = Text("最近联系 {day}（{days} 天前）", "last contact {day} ({days} days ago)")
NO_CONTACT = Text("没有联系记录", "no contact on record")
LACKS = Text("{what}还差 {missing}，{covered}", "{what}: {missing} missing, {covered}")
COVERED_BY_TALKS = Text(
    "在谈 {count} 个项目 {amount}，够 {times} 倍（期内预计签约的只够 {due} 倍）",
    "{count} projects in talks worth {amount} cover it {times} times (those due in the period {due} times)",
)
COVERED_BY_CONTRACTS = Text(
    "{count} 个签约项目还没有到位的 {amount}，够 {times} 倍",
    "{count} signed projects have {amount} to come, {times} times that",
)
REACHED = Text("{what}已完成", "{what} is reached")
COVERAGE = Text("目标缺口和储备", "What the targets lack and what covers it")
COVERAGE_LABEL = Text("签约目标的储备倍数", "Times the target of signing is covered")
TIMES = Text("{times} 倍", "{times} ×")
OPEN_OVER_MISSING = Text("在谈 {amount} / 缺口 {missing}", "{amount} in talks / {missing} missing")
WEIGHTED_TIMES = Text("按历史签约率折算 {times} 倍", "{times} × by the ledger's own rate of signing")
TOO_FEW_WEIGHTED = Text("按历史签约率折算：样本不足", "by the ledger's own rate of signing: too few")
DUE_TIMES = Text("期内预计签约 {count} 个，{times} 倍", "due in the period: {count}, {times} ×")
BY_MONTH = Text(
    "各月签约和到位：深色为当月，全长为累计，竖线为序时",
    "By month: dark is the month, the whole bar to date, the tick the plan",
)
MONTH_SAID = Text("{amount} · 累计 {running} / 序时 {planned}", "{amount} · {running} to date, plan {planned}")
MONTH_TO_COME = Text("序时 {planned}", "plan {planned}")
STUCK_LIST = Text("卡住的项目（最久的在前）", "What is stuck (longest first)")
CONTACT_HEADING = Text("最近联系", "Last contact")
SLIPPED = Text("预计日期推迟", "Expected days moved later")
FUNDS = Text("到位资金：逐笔和各项目到位率", "Funds in place: receipts and rates")
FUND_RATES = Text("签约项目到位率", "Funds in place of signed projects")
SIGNED_PROJECTS = Text("目标期内正式签约的项目", "Projects signed in the period of the target")
SIGNED_COUNTED = Text(
    "领导驾驶舱的本期签约投资额 {money}：{start} 至 {until} 首次到过正式签约、当日没有终止的 {count} 个项目总投资之和",
    "Investment signed in the period on the cockpit, {money}: the investment of {count} projects that first came to "
    "正式签约 between {start} and {until} and are not ended",
)
NO_RECEIPTS = Text("没有到资记录", "No receipts on record")
TARGET_BEHIND = Text("{what}{gap}", "{what} {gap}")
RATE_HEADING = Text("到位率(%)", "Funds in place (%)")
LIVE = Text("在推进的项目", "Projects under way")
LIVE_OF = Text("{live} / {count} 个", "{live} of {count}")
WORTH = Text("总投资 {money}", "worth {money}")
OVER = Text("已投产 {producing} 个，终止 {ended} 个", "{producing} in production, {ended} ended")
TARGET_RATE = Text("目标 {target} 的 {rate}", "{rate} of the target of {target}")
TARGET_LIGHT = Text("{sign} {light}，{gap}", "{sign} {light}, {gap}")
NO_TARGET = Text("没有下达目标", "no target set")
TARGET_PERIOD = Text("目标期 {start} 至 {end}", "target from {start} to {end}")
FUNDS_COUNTED = Text(
    "领导驾驶舱的本期到位资金 {counted}：已签约未终止的项目 {start} 至 {until} 到位并已核实的 {n} 笔之和，"
    "最近一笔 {last}；待核实的 {unverified}、其余已核实的（目标期以前的、未签约或已终止项目的）{earlier} 不计",
    "Funds received in the period on the cockpit, {counted}: {n} verified receipts of signed projects not ended from "
    "{start} to {until}, the last on {last}; left out are {unverified} not verified and {earlier} verified but "
    "received before or by other projects",
)
FUND_RATE = Text(
    "{counted} 个签约未终止的项目到位 {share}；其中 {unknown} 个没有到资记录，{unverified} 个只有待核实的到资，"
    "总投资都计入分母",
    "{counted} signed projects not ended have {share} of their funds; {unknown} of them have no receipt, {unverified} "
    "only receipts not verified; the investment of all is in the denominator",
)
LATE, NO_LIGHT = tuple(choice.value for choice in LATE_LIGHTS), "无数据"
MONEY_TARGETS = ("contract_value", "funds_in_place")
FUND_COLUMNS = ("project", "stage", "signed_on", "received", "investment", "rate", "unverified")
RECEIPT_COLUMNS = ("project", "received_on", "amount", "proof", "is_verified", "is_counted")
SIGNED_COLUMNS = ("project", "investor", "track", "stage", "signed_on", "investment", "owner")
STAGE_COLUMNS = ("project", "stage", "entered_on")
COVERAGE_COLUMNS = (
    *(
        "metric",
        "target",
        "actual",
        "missing",
        "due_projects",
        "due_amount",
        "due_times",
        "open_projects",
        "open_amount",
    ),
    *("open_times", "weighted", "weighted_times", "owner"),
)
SLIP_COLUMNS = (
    *(
        "project",
        "changed",
        "first_on",
        "newest_on",
        "days_moved",
        "pushes",
        "reached_on",
        "changed_on",
        "change_reason",
    ),
)


def title_sentence(projects: pd.DataFrame, targets: Sequence[Row]) -> Text:
    """Count the projects that are stuck and name the longest, then the targets that are behind.

    `projects` of stuck_projects stand worst first; a target is its row of target_progress with its `light`.
    """
    behind = [_target_behind(target) for target in targets if target["light"] in LATE]
    return stuck_title(projects) if projects.empty else join_texts((stuck_title(projects), *behind), Text("；", "; "))


def _target_behind(target: Row) -> Text:
    gap = formats.format_gap(target["gap"], formats.GAP_TO_TIME)
    return TARGET_BEHIND.fill(what=mid_sentence(target["label"]), gap=gap)


def three_sentences(
    request: PageRequest, projects: DatedResult, stages: DatedResult, months: DatedResult, coverage: DatedResult
) -> Html:
    """Say what moved this month, what is stuck longest and why, and what the targets lack; each leads on."""
    said = (
        (moved_sentence(stages, months), same_page_href(request, open="moved")),
        worst_sentence(projects.rows),
        (lack_sentence(coverage.rows), same_page_href(request, open="coverage")),
    )
    return Html(list_items(link(words(text), href) for text, href in said))


def moved_sentence(stages: DatedResult, months: DatedResult) -> Text:
    """Say which stages projects entered in the month of the day, and what money its targets counted in it."""
    rows = stages.rows[~stages.rows["stage"].isin(EXITS)]
    counts = rows["stage"].value_counts(sort=False)
    listed = join_list(STAGE_COUNT.fill(stage=WORDS[stage], count=int(count)) for stage, count in counts.items())
    entered = ENTERED.fill(projects=rows["project_id"].nunique(), stages=listed) if len(rows) else NONE_ENTERED
    month = pd.Timestamp(stages.as_of).replace(day=1)
    now = months.rows[months.rows["month"] == month].set_index("metric")["amount"]
    if now.empty:
        return join_texts((entered, NO_TARGET_MONEY), Text("；", "; "))
    signed, received = (
        phrase.fill(money=formats.format_money(now.get(metric)))
        for phrase, metric in zip((SIGNED_NOW, RECEIVED_NOW), MONEY_TARGETS, strict=True)
    )
    return MOVED.fill(month=f"{month:%Y-%m}", stages=entered, signed=signed, received=received)


def worst_sentence(projects: pd.DataFrame) -> tuple[Text, str]:
    """Say which project is stuck longest, why, its difficulty and its last contact, and where it is told."""
    stuck = projects[projects["is_stuck"].astype(bool)]
    if stuck.empty:
        return NOTHING_STUCK, ""
    row = stuck.iloc[0]
    known = not formats.is_missing(row["difficulty"])
    said = WORST_IS.fill(
        project=row["project"],
        stage=WORDS[row["stage"]],
        reasons=stuck_reasons(row),
        difficulty=DIFFICULTY.fill(difficulty=row["difficulty"]) if known else untranslated(""),
        contact=_contact_text(row),
    )
    return said, page_href(PROJECT_PAGE, project=row["project_id"])


def _contact_text(row: Row | pd.Series) -> Text:
    if formats.is_missing(row["contacted_on"]):
        return NO_CONTACT
    return CONTACTED.fill(day=formats.format_date(row["contacted_on"]), days=int(row["days_since_contact"]))


def lack_sentence(coverage: pd.DataFrame) -> Text:
    """Say what each target of money lacks and how many times what may still come covers it."""
    if coverage.empty:
        return NO_TARGET
    rows = coverage.set_index("metric").reindex([name for name in MONEY_TARGETS if name in set(coverage["metric"])])
    return join_texts((_lack_text(str(name), row) for name, row in rows.iterrows()), Text("；", "; "))


def _lack_text(metric: str, row: pd.Series) -> Text:
    what = TARGETS[metric].label
    if row["is_reached"]:
        return REACHED.fill(what=what)
    by = COVERED_BY_CONTRACTS if formats.is_missing(row["due_times"]) else COVERED_BY_TALKS
    covered = by.fill(
        count=int(row["open_projects"]),
        amount=formats.format_money(row["open_amount"]),
        **{"times": _times_text(row["open_times"])},
        **{} if by is COVERED_BY_CONTRACTS else {"due": _times_text(row["due_times"])},
    )
    return LACKS.fill(what=what, missing=formats.format_money(row["missing"]), covered=covered)


def _times_text(times: float | None) -> str:
    """Return a number of times with one decimal, never rounded up to 1."""
    if times is None or formats.is_missing(times):
        return formats.MISSING
    return f"{formats.round_below_caps(float(times), 1, 1.0):.1f}"


def overview_cards(
    request: PageRequest, projects: DatedResult, targets: DatedResult, goals: Sequence[Row], coverage: DatedResult
) -> list[Card]:
    """Return the cards: signed money, funds in place, what covers the target, projects under way; each leads on."""
    cards = [*(_target_card(targets, goal) for goal in goals), _coverage_card(coverage), _live_card(projects)]
    parts = ("signed", "funds", "coverage", "all")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(cards, parts, strict=True)]


def _coverage_card(coverage: DatedResult) -> Card:
    rows = coverage.rows[coverage.rows["metric"] == MONEY_TARGETS[0]]
    if rows.empty:
        return Card(COVERAGE_LABEL, untranslated(formats.MISSING), (NO_TARGET,), coverage.as_of, coverage.formula)
    row = rows.iloc[0]
    if row["is_reached"]:
        return metric_card(coverage, WORDS["已完成"], label=COVERAGE_LABEL, span=None)
    known = not formats.is_missing(row["weighted_times"])
    weighted = WEIGHTED_TIMES.fill(times=_times_text(row["weighted_times"])) if known else TOO_FEW_WEIGHTED
    below = (
        OPEN_OVER_MISSING.fill(
            amount=formats.format_money(row["open_amount"]), missing=formats.format_money(row["missing"])
        ),
        weighted,
        DUE_TIMES.fill(count=int(row["due_projects"]), times=_times_text(row["due_times"])),
    )
    figure = TIMES.fill(times=_times_text(row["open_times"]))
    return metric_card(coverage, figure, *below, label=COVERAGE_LABEL, span=None)


def _live_card(projects: DatedResult) -> Card:
    rows = projects.rows
    live = rows[~rows["is_ended"].astype(bool)]
    producing = int((rows["stage"] == PRODUCING).sum())
    figure = LIVE_OF.fill(live=len(live), count=len(rows))
    over = OVER.fill(producing=producing, ended=len(rows) - len(live) - producing)
    worth = WORTH.fill(money=formats.format_money(float(live["investment"].sum())))
    return metric_card(projects, figure, worth, over, label=LIVE, span=None)


def _target_card(targets: DatedResult, goal: Row) -> Card:
    """Return what is reached of an amount of money that the task sheet asks for, as the cockpit shows it."""
    if "target" not in goal:
        return Card(goal["label"], untranslated(formats.MISSING), (NO_TARGET,), targets.as_of, targets.formula)
    target = formats.format_money(goal["target"])
    gap = formats.format_gap(goal["gap"], formats.GAP_TO_TIME)
    light = TARGET_LIGHT.fill(sign=STATUS_SIGNS[goal["light"]], light=phrases.STATUS[goal["light"]], gap=gap)
    below = (TARGET_RATE.fill(target=target, rate=formats.format_percent(goal["rate"])), light, _period_text(goal))
    value = formats.format_money(goal["actual"], goal["target"])
    return Card(goal["label"], value, below, _known_day(goal["newest"]), targets.formula, targets.as_of)


def _known_day(day: pd.Timestamp | None) -> date | None:
    return None if day is None or formats.is_missing(day) else day.date()


def _period_text(goal: Row) -> Text:
    start, end = (formats.format_date(goal[day]) for day in ("period_start", "period_end"))
    return TARGET_PERIOD.fill(start=start, end=end)


def month_picture(months: DatedResult) -> Html:
    """Return the months of the two targets side by side: the month and all before it as a bar, the plan as a tick."""
    listed = (months.rows[months.rows["metric"] == metric] for metric in MONEY_TARGETS)
    sections = joined(_target_months(rows) for rows in listed if len(rows))
    return Html(element("div", sections, class_="fl-two")) if sections else caption_block(NO_TARGET)


def _target_months(rows: pd.DataFrame) -> Markup:
    heading = element("h3", words(TARGETS[str(rows["metric"].iloc[0])].label))
    return element("section", heading + bar_rows(_month_row(row) for row in rows.astype(object).to_dict("records")))


def _month_row(row: Row) -> tuple[Markup, Markup, Markup]:
    """Return a month: its name, the bar against the target, the amounts."""
    target, name = row["target"], words(f"{row['month']:%Y-%m}")
    planned = formats.format_money(row["planned"], target)
    tick = percentage_or_none(row["planned"], target)
    if formats.is_missing(row["running"]):
        said = MONTH_TO_COME.fill(planned=planned)
        return name, bullet_bar(None, tick, BAR_COLOUR, said), words(said)
    amount, running = (formats.format_money(row[column], target) for column in ("amount", "running"))
    said = MONTH_SAID.fill(amount=amount, running=running, planned=planned)
    earlier = 100 * (1 - row["amount"] / row["running"]) if row["running"] else 100.0
    colour = f"linear-gradient(90deg,{EARLIER_COLOUR} {earlier:.1f}%,{BAR_COLOUR} {earlier:.1f}%)"
    return name, bullet_bar(percentage_or_none(row["running"], target), tick, colour, said), words(said)


def stuck_list(request: PageRequest, projects: DatedResult) -> Html:
    """Return what is stuck, longest first: stage and days, why, the difficulty, who leads, the last contact."""
    stuck = projects.rows[projects.rows["is_stuck"].astype(bool)]
    if stuck.empty:
        return caption_block(NOTHING_STUCK)
    return list_block(
        projects,
        ["project", "stage_days", "why", "difficulty", "owner", "contact"],
        stuck,
        href=lambda row: page_href(PROJECT_PAGE, project=row["project_id"]),
        cells={"stage_days": _usual_cell, "why": _why_cell, "contact": _contact_cell},
        headings={"stage_days": STAGE_HEADING, "why": STUCK_HEADING, "contact": CONTACT_HEADING},
        is_alarming=is_alarming_project,
        shown=SHOWN_STUCK,
        more_href=page_href(PROJECT_PAGE),
    )


def _usual_cell(row: Row) -> Markup:
    usual = usual_days(row)
    return stage_and_days(row) + (element("small", words(usual)) if usual else Markup(""))


def _why_cell(row: Row) -> Markup:
    return words(stuck_reasons(row))


def _contact_cell(row: Row) -> Markup:
    return words(formats.format_date(row["contacted_on"]))


def counted_funds_sentence(receipts: DatedResult) -> Text:
    """Say which receipts make up the funds in place that the cockpit shows, and which do not count."""
    rows = receipts.rows
    if rows.empty:
        return NO_RECEIPTS
    if rows["period_start"].isna().all():
        return NO_TARGET
    counted, verified = rows["is_counted"].astype(bool), rows["is_verified"].astype(bool)
    start, end = rows["period_start"].iloc[0], rows["period_end"].iloc[0]
    until = min(end, pd.Timestamp(receipts.as_of))
    return FUNDS_COUNTED.fill(
        counted=_money_sum(rows[counted]),
        start=formats.format_date(start),
        until=formats.format_date(until),
        n=int(counted.sum()),
        last=formats.format_date(rows.loc[counted, "received_on"].max()),
        earlier=_money_sum(rows[verified & ~counted]),
        unverified=_money_sum(rows[~verified]),
    )


def fund_rate_sentence(funds: pd.DataFrame) -> Text:
    """Say how much of the investment of the signed projects is in place, and how many have no record."""
    received, investment = float(funds["received"].sum()), float(funds["investment"].sum())
    is_unverified = funds["received"].eq(0) & funds["unverified"].gt(0)
    share = FUNDS_OF_ALL.fill(
        rate=formats.format_percent(percentage_or_none(received, investment)),
        received=formats.format_money(received, investment),
        investment=formats.format_money(investment),
    )
    unknown = int(funds["received"].isna().sum())
    return FUND_RATE.fill(counted=len(funds), share=share, unknown=unknown, unverified=int(is_unverified.sum()))


def _money_sum(rows: pd.DataFrame) -> Text:
    return formats.format_money(float(rows["amount"].sum()))


def counted_signed_sentence(signed: pd.DataFrame, goal: Row, as_of: date | None) -> Text:
    """Say which projects make up the signed money that the cockpit shows; rows of signed_rows."""
    if "target" not in goal:
        return NO_TARGET
    return SIGNED_COUNTED.fill(
        money=formats.format_money(float(signed["investment"].sum())),
        count=len(signed),
        start=formats.format_date(goal["period_start"]),
        until=formats.format_date(min(goal["period_end"], pd.Timestamp(as_of))),
    )


def signed_rows(projects: pd.DataFrame, goal: Row) -> pd.DataFrame:
    """Return the projects under contract that signed in a target's period, the newest first; without one all those."""
    signed = projects[projects["signed_on"].notna() & (projects["stage"] != ENDED)]
    if "target" in goal:
        signed = signed[signed["signed_on"].between(goal["period_start"], goal["period_end"])]
    return signed.sort_values("signed_on", ascending=False, ignore_index=True)


def money_goals(targets: pd.DataFrame, lights: Sequence[str]) -> list[Row]:
    """Return the targets of signed money and of funds with lights and labels; one not set has its label alone."""
    listed = zip(targets.to_dict("records"), lights, strict=True)
    known = {row["metric"]: {**row, "light": light} for row, light in listed}
    return [{**known.get(name, {"light": NO_LIGHT}), "label": TARGETS[name].label} for name in MONEY_TARGETS]
