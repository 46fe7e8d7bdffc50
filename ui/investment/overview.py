"""The page of 招商引资: what is stuck, how far the targets of money are, which receipts they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from data.datasets.investment.stage_event import STAGE_ORDER
from data.datasets.targets import TARGETS
from data.text import Text, join_texts, mid_sentence, untranslated
from data.words import LATE_LIGHTS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, metric_card, percentage_or_none
from ui.colours import STATUS_SIGNS
from ui.investment.project_rows import ENDED, FUNDS_OF_ALL, project_rows, stuck_title
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row
from ui.results import DatedResult

PAGE = Page(label=Text("招商总览", "Investment overview"), icon=":material/trending_up:", place=10)
PRODUCING = STAGE_ORDER[-1]
SHOWN_PROJECTS = 8  # measured: four screens of a phone
FUNDS = Text("到位资金：逐笔和各项目到位率", "Funds in place: receipts and rates")
FUND_RATES = Text("签约项目到位率", "Funds in place of signed projects")
SIGNED_PROJECTS = Text("目标期内正式签约的项目", "Projects signed in the period of the target")
LAND = Text("约定动工日期已过仍未动工的地块", "Land whose agreed start has passed")
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
NOT_STARTED = Text("超期未动工地块", "Land not started in time")
PIECES = Text("{count} 块", "{count}")
AREA = Text("共 {area} 亩", "{area} mu")
LONGEST = Text("最久的已超 {days} 天", "longest {days} days over")
EXEMPT = Text("{count} 块有免责原因", "{count} with a reason for exemption")
LATE, NO_LIGHT = tuple(choice.value for choice in LATE_LIGHTS), "无数据"
MONEY_TARGETS = ("contract_value", "funds_in_place")
FUND_COLUMNS = ("project", "stage", "signed_on", "received", "investment", "rate", "unverified")
RECEIPT_COLUMNS = ("project", "received_on", "amount", "proof", "is_verified", "is_counted")
PARCEL_COLUMNS = ("project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner")
SIGNED_COLUMNS = ("project", "investor", "track", "stage", "signed_on", "investment", "owner")


def title_sentence(projects: pd.DataFrame, targets: Sequence[Row]) -> Text:
    """Count the projects that are stuck and name the longest, then the targets that are behind.

    `projects` of project_list stand worst first; a target is its row of target_progress with its `light`.
    """
    behind = [_target_behind(target) for target in targets if target["light"] in LATE]
    return stuck_title(projects) if projects.empty else join_texts((stuck_title(projects), *behind), Text("；", "; "))


def _target_behind(target: Row) -> Text:
    gap = formats.format_gap(target["gap"], formats.GAP_TO_TIME)
    return TARGET_BEHIND.fill(what=mid_sentence(target["label"]), gap=gap)


def overview_cards(
    request: PageRequest, projects: DatedResult, targets: DatedResult, goals: Sequence[Row], land: DatedResult
) -> list[Card]:
    """Return the cards: projects under way, signed money, funds in place, land; each leads to what is behind it."""
    cards = [_live_card(projects), *(_target_card(targets, goal) for goal in goals), _land_card(land)]
    parts = ("all", "signed", "funds", "land")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(cards, parts, strict=True)]


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


def late_parcels(land: pd.DataFrame) -> pd.DataFrame:
    """Return the parcels of land_clocks whose agreed start has passed without one, the longest first."""
    return land[land["days_overdue"].notna()].sort_values("days_overdue", ascending=False)


def _land_card(land: DatedResult) -> Card:
    rows = late_parcels(land.rows)
    exempt = int(rows["exempt_reason"].notna().sum())
    longest = LONGEST.fill(days=int(rows["days_overdue"].max())) if len(rows) else None
    area = AREA.fill(area=formats.format_count(float(rows["area"].sum()))) if len(rows) else None
    said = (area, longest, EXEMPT.fill(count=exempt) if exempt else None)
    below = tuple(line for line in said if line)
    return Card(NOT_STARTED, PIECES.fill(count=len(rows)), below, land.newest, land.formula, land.as_of)


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


def live_projects(request: PageRequest, projects: DatedResult) -> Html:
    """Return the projects under way, stuck ones first."""
    live = projects.rows[~projects.rows["is_ended"].astype(bool)]
    return project_rows(projects, live, SHOWN_PROJECTS, same_page_href(request, open="all"))


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
