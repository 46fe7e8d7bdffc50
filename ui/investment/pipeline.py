"""The page of investment projects: what is stuck, the stages as bars, the money, and one project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS, STAGE_ORDER
from data.datasets.targets import TARGETS
from data.text import Text, join_texts, mid_sentence, untranslated
from data.words import LATE_LIGHTS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import Card, metric_card, percentage_or_none
from ui.colours import MISSING_COLOUR, STATUS_SIGNS
from ui.markup import bullet_bar, element, joined, labelled_bars, link, words
from ui.page import Page, PageRequest, sentence_block
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("招商项目", "Pipeline"),
    icon=":material/trending_up:",
    place=10,
    choices=("project", "stage"),
)
BAR_COLOUR = "var(--fl-investment)"  # of style.css: lighter on dark
SHOWN_PROJECTS = 8  # measured: four screens of a phone
(SUSPENDED, ENDED), PRODUCING = EXITS, STAGE_ORDER[-1]
STAGES = Text("各阶段项目数与总投资", "Projects and total investment by stage")
STAGE_FIGURES = Text("{count} 个 · {money}", "{count} · {money}")
NO_STAGE = Text("没有阶段记录", "no stage on record")
LIVE_PROJECTS = Text("在推进的项目（卡住的在前）", "Projects under way (stuck ones first)")
IN_STAGE = Text("{stage}的项目", "Projects in stage {stage}")
ALL_LIVE = Text("← 全部在推进的项目", "← All projects under way")
ALL_PROJECTS = Text("项目全表（含已投产和终止）", "All projects (in production and ended ones too)")
FUNDS = Text("到位资金：逐笔和各项目到位率", "Funds in place: receipts and rates")
FUND_RATES = Text("签约项目到位率", "Funds in place of signed projects")
SIGNED_PROJECTS = Text("目标期内正式签约的项目", "Projects signed in the period of the target")
LAND = Text("约定动工日期已过仍未动工的地块", "Land whose agreed start has passed")
CHOOSE_PROJECT, CHOOSE_STAGE = Text("招商项目", "project"), Text("阶段", "stage")
TO_ALL_PROJECTS = Text("← 全部招商项目", "← All projects")
PROJECT_STAGES = Text("走过的阶段", "Stages so far")
PROJECT_RECEIPTS = Text("到资记录", "Receipts of funds")
PROJECT_LAND = Text("用地", "Land")
NO_RECEIPT, NO_LAND = Text("没有到资记录", "no receipt on record"), Text("没有用地记录", "No land on record")
NO_RECEIPTS = Text("没有到资记录", "No receipts on record")
STUCK = Text("{count} 个项目卡住（{parts}），最久的{worst}", "{count} projects stuck ({parts}), longest {worst}")
LATE_LAND = Text("{count} 个过约定动工日期未动工", "{count} with land not started in time")
PAUSED = Text("{count} 个暂停", "{count} suspended")
WORST_LAND = Text("{project}已超 {days} 天", "{project}: {days} days over")
WORST_PAUSED = Text("{project}已暂停 {days} 天", "{project}: suspended for {days} days")
NONE_STUCK = Text(
    "{count} 个在推进的项目没有卡住的，总投资 {money}", "None of {count} projects under way is stuck; worth {money}"
)
TARGET_BEHIND = Text("{what}{gap}", "{what} {gap}")
STAGE_AND_DAYS = Text("{stage} · {days} 天", "{stage} · {days} days")
FOR_DAYS = Text("{project}在“{stage}”已 {days} 天", "{project}: {days} days in stage {stage}")
LAND_OVERDUE = Text("约定动工日期已过 {days} 天", "agreed start passed {days} days ago")
FUNDS_OF_ALL = Text("{rate}（{received} / {investment}）", "{rate} ({received} / {investment})")
IN_PLACE = Text("资金到位 {share}", "funds in place {share}")
UNSIGNED = Text("未签约（总投资 {money}）", "not signed (worth {money})")
UNKNOWN_FUNDS = Text("{none}（总投资 {money}）", "{none} (worth {money})")
STAGE_HEADING, LAND_LATE = Text("阶段和天数", "Stage and days"), Text("，用地超期 {days} 天", ", land late {days} days")
MONEY_HEADING, BAR_HEADING = Text("到位 / 总投资", "Funds / investment"), Text("在该阶段(天)", "Days there")
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
ENDED_FUNDS = Text(
    "已终止，不计到位率（到位 {received}，总投资 {money}）", "ended, so without a rate ({received} received of {money})"
)
TO_VERIFY = Text("{share}，另有 {amount} 待核实", "{share}, {amount} more not verified")
NOT_STARTED = Text("超期未动工地块", "Land not started in time")
PIECES = Text("{count} 块", "{count}")
AREA = Text("共 {area} 亩", "{area} mu")
LONGEST = Text("最久的已超 {days} 天", "longest {days} days over")
EXEMPT = Text("{count} 块有免责原因", "{count} with a reason for exemption")
LATE, NO_LIGHT = tuple(choice.value for choice in LATE_LIGHTS), "无数据"
MONEY_TARGETS = ("contract_value", "funds_in_place")
PROJECT_COLUMNS = (
    *("project", "investor", "origin", "track", "verb", "stage", "entered_on", "days_in_stage", "days_overdue"),
    *("is_stuck", "is_ended", "signed_on", "investment", "received", "unverified", "rate", "owner", "note"),
)
FUND_COLUMNS = ("project", "stage", "signed_on", "received", "investment", "rate", "unverified")
RECEIPT_COLUMNS = ("project", "received_on", "amount", "proof", "is_verified", "is_counted")
PARCEL_COLUMNS = ("project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner")
SIGNED_COLUMNS = ("project", "investor", "track", "stage", "signed_on", "investment", "owner")


def title_sentence(projects: pd.DataFrame, targets: Sequence[Row]) -> Text:
    """Count the projects that are stuck and name the longest, then the targets that are behind.

    `projects` of project_list stand worst first; a target is its row of target_progress with its `light`.
    """
    if projects.empty:
        return phrases.NOTHING_YET
    stuck = projects[projects["is_stuck"].astype(bool)]
    live = projects[~projects["is_ended"].astype(bool)]
    money = formats.format_money(float(live["investment"].sum()))
    said = NONE_STUCK.fill(count=len(live), money=money) if stuck.empty else _stuck_sentence(stuck)
    behind = [_target_behind(target) for target in targets if target["light"] in LATE]
    return join_texts((said, *behind), Text("；", "; "))


def _stuck_sentence(stuck: pd.DataFrame) -> Text:
    late, paused = int(stuck["days_overdue"].notna().sum()), int(stuck["days_overdue"].isna().sum())
    parts = [phrase.fill(count=count) for phrase, count in ((LATE_LAND, late), (PAUSED, paused)) if count]
    worst = stuck.iloc[0]
    is_land = not formats.is_missing(worst["days_overdue"])
    days = int(worst["days_overdue"] if is_land else worst["days_in_stage"])
    named = (WORST_LAND if is_land else WORST_PAUSED).fill(project=worst["project"], days=days)
    return STUCK.fill(count=len(stuck), parts=join_texts(parts, Text("，", ", ")), worst=named)


def _target_behind(target: Row) -> Text:
    gap = formats.format_gap(target["gap"], formats.GAP_TO_TIME)
    return TARGET_BEHIND.fill(what=mid_sentence(target["label"]), gap=gap)


def pipeline_cards(
    request: PageRequest, projects: DatedResult, targets: DatedResult, goals: Sequence[Row], land: DatedResult
) -> list[Card]:
    """Return the cards: projects under way, signed money, funds in place, land; each leads to what is behind it."""
    cards = [_live_card(projects), *(_target_card(targets, goal) for goal in goals), _land_card(land)]
    parts = ("all", "signed", "funds", "land")
    return [
        replace(card, href=same_page_href(request, open=part, stage=None))
        for card, part in zip(cards, parts, strict=True)
    ]


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


def stage_bars(request: PageRequest, stages: pd.DataFrame) -> Html:
    """Return a bar for each stage by its total investment, with its number of projects; each leads to its projects."""
    longest = float(stages["investment"].max())
    return Html(labelled_bars(_stage_bar(request, row, longest) for row in stages.to_dict("records")))


def _stage_bar(request: PageRequest, row: Row, longest: float) -> tuple[Markup, float | None, str, Text]:
    money = formats.format_money(row["investment"])
    said = STAGE_FIGURES.fill(count=int(row["projects"]), money=money)
    colour = MISSING_COLOUR if row["stage"] in EXITS else BAR_COLOUR
    is_known = not formats.is_missing(row["stage"])
    name = words(tables.word_label(row["stage"], reader_language()) if is_known else NO_STAGE)
    href = same_page_href(request, stage=row["stage"], open=None) if row["projects"] and is_known else ""
    return link(name, href), percentage_or_none(row["investment"], longest), colour, said


def stage_heading(request: PageRequest, stage: str | None) -> Html:
    """Return the heading of the list: all projects under way, or those of one stage with the way back."""
    if not stage:
        return Html(element("h2", words(LIVE_PROJECTS)))
    said = IN_STAGE.fill(stage=tables.word_label(stage, reader_language()))
    back = link(words(ALL_LIVE), same_page_href(request, stage=None))
    return Html(element("h2", words(said)) + element("p", back))


def project_list(request: PageRequest, projects: DatedResult, stage: str | None) -> Html:
    """Return the projects under way or those of one stage, stuck ones first, late land in red; each a link."""
    rows = projects.rows
    listed = rows[rows["stage"] == stage] if stage else rows[~rows["is_ended"].astype(bool)]
    return list_block(
        projects,
        ["project", "stage_days", "money", "owner"],
        listed,
        href=lambda row: same_page_href(request, project=row["project_id"], stage=None, open=None),
        cells={"stage_days": _stage_cell, "money": _money_cell},
        headings={"stage_days": STAGE_HEADING, "money": MONEY_HEADING},
        is_alarming=lambda row: bool(row["is_stuck"]) and not formats.is_missing(row["days_overdue"]),
        shown=SHOWN_PROJECTS,
        more_href=same_page_href(request, open="all"),
    )


def _stage_cell(row: Row) -> Markup:
    if formats.is_missing(row["stage"]):
        return words(NO_STAGE)
    stage = tables.word_label(row["stage"], reader_language())
    said = words(STAGE_AND_DAYS.fill(stage=stage, days=int(row["days_in_stage"])))
    if not formats.is_missing(row["days_overdue"]):
        said += words(LAND_LATE.fill(days=int(row["days_overdue"])))
    return element("strong", said) if row["stage"] == SUSPENDED else said


def _money_cell(row: Row) -> Markup:
    """Return how much of the investment is in place as a bar with both amounts, or why there is none."""
    said = _funds_text(row)
    if formats.is_missing(row["rate"]):
        return element("small", words(said))
    return bullet_bar(row["rate"], None, BAR_COLOUR, said) + element("small", words(said))


def _funds_text(row: pd.Series | Row) -> Text:
    """Say how much of its investment a project has received, or that it has not signed, is ended or has no record."""
    money = formats.format_money(row["investment"])
    if formats.is_missing(row["signed_on"]):
        return UNSIGNED.fill(money=money)
    if formats.is_missing(row["received"]):
        return UNKNOWN_FUNDS.fill(none=NO_RECEIPT, money=money)
    received = formats.format_money(row["received"], row["investment"])
    if row["stage"] == ENDED:
        return ENDED_FUNDS.fill(received=received, money=money)
    share = FUNDS_OF_ALL.fill(rate=formats.format_percent(row["rate"]), received=received, investment=money)
    if formats.is_missing(row["unverified"]):
        return share
    return TO_VERIFY.fill(share=share, amount=formats.format_money(row["unverified"], row["investment"]))


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


def project_sentence(row: pd.Series) -> Text:
    """Say in which stage one project is and for how long, whether its land is late, and what money is in place."""
    stage = untranslated("")
    if formats.is_missing(row["stage"]):
        stage = Text("{project}：{none}", "{project}: {none}").fill(project=row["project"], none=NO_STAGE)
    else:
        name = Text(*(tables.word_label(row["stage"], language) for language in ("zh", "en")))
        stage = FOR_DAYS.fill(project=row["project"], stage=name, days=int(row["days_in_stage"]))
    late = None if formats.is_missing(row["days_overdue"]) else LAND_OVERDUE.fill(days=int(row["days_overdue"]))
    share = _funds_text(row)
    money = share if formats.is_missing(row["rate"]) else IN_PLACE.fill(share=share)
    return join_texts([said for said in (stage, late, money) if said], Text("，", ", "))


def project_facts(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back to all projects, who invests, what kind of project it is, who leads it, and its note."""
    back = link(words(TO_ALL_PROJECTS), same_page_href(request, project=None, open=None))
    named = ("investor", "origin", "track", "owner", "note")
    said = [tables.word_label(row[name], reader_language()) for name in named if not formats.is_missing(row[name])]
    return Html(element("p", joined((back, *(words(each) for each in said)), " · ")))


def stage_list(request: PageRequest, stages: DatedResult) -> Html:
    """Return the stages of one project, the newest first, each with a bar of the days in it and a link."""
    longest = float(stages.rows["days_in_stage"].max()) if len(stages.rows) else 0.0

    def days_cell(row: Row) -> Markup:
        rate = percentage_or_none(row["days_in_stage"], longest)
        said = tables.cell_text(stages.column("days_in_stage"), row["days_in_stage"], reader_language())
        return bullet_bar(rate, None, BAR_COLOUR, said) + element("small", words(said))

    return list_block(
        stages,
        ["stage", "entered_on", "days", "evidence"],
        href=lambda row: same_page_href(request, project=None, open=None, stage=row["stage"]),
        cells={"days": days_cell},
        headings={"days": BAR_HEADING},
        shown=len(STAGE_ORDER),
    )


def receipt_list(receipts: DatedResult) -> Html:
    """Return the receipts of one project, the newest first, and whether each counts towards the target."""
    if receipts.rows.empty:
        return sentence_block(NO_RECEIPTS)
    return list_block(receipts, ["received_on", "amount", "proof", "is_verified", "is_counted"])


def land_list(land: DatedResult) -> Html:
    """Return the parcels of one project, those without a start after the agreed day in red."""
    if land.rows.empty:
        return sentence_block(NO_LAND)
    return list_block(
        land,
        ["agreed_start_on", "actual_start_on", "days_overdue", "area", "exempt_reason"],
        is_alarming=lambda row: (
            not formats.is_missing(row["days_overdue"]) and formats.is_missing(row["exempt_reason"])
        ),
    )
