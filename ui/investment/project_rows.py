"""Projects as rows: where each stands, what is stuck, how much of its money is in place; each a link to its page."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS
from data.text import Text, join_texts
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.markup import bullet_bar, element, words
from ui.menu import page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

BAR_COLOUR = "var(--fl-investment)"  # of style.css: lighter on dark
PROJECT_PAGE = "investment/project.py"
SUSPENDED, ENDED = EXITS
NO_STAGE = Text("没有阶段记录", "no stage on record")
STUCK = Text("{count} 个项目卡住（{parts}），最久的{worst}", "{count} projects stuck ({parts}), longest {worst}")
LATE_LAND = Text("{count} 个过约定动工日期未动工", "{count} with land not started in time")
PAUSED = Text("{count} 个暂停", "{count} suspended")
WORST_LAND = Text("{project}已超 {days} 天", "{project}: {days} days over")
WORST_PAUSED = Text("{project}已暂停 {days} 天", "{project}: suspended for {days} days")
NONE_STUCK = Text(
    "{count} 个在推进的项目没有卡住的，总投资 {money}", "None of {count} projects under way is stuck; worth {money}"
)
STAGE_AND_DAYS = Text("{stage} · {days} 天", "{stage} · {days} days")
FUNDS_OF_ALL = Text("{rate}（{received} / {investment}）", "{rate} ({received} / {investment})")
UNSIGNED = Text("未签约（总投资 {money}）", "not signed (worth {money})")
UNKNOWN_FUNDS = Text("{none}（总投资 {money}）", "{none} (worth {money})")
STAGE_HEADING, LAND_LATE = Text("阶段和天数", "Stage and days"), Text("，用地超期 {days} 天", ", land late {days} days")
MONEY_HEADING, BAR_HEADING = Text("到位 / 总投资", "Funds / investment"), Text("在该阶段(天)", "Days there")
ENDED_FUNDS = Text(
    "已终止，不计到位率（到位 {received}，总投资 {money}）", "ended, so without a rate ({received} received of {money})"
)
TO_VERIFY = Text("{share}，另有 {amount} 待核实", "{share}, {amount} more not verified")
NO_RECEIPT, NO_LAND = Text("没有到资记录", "no receipt on record"), Text("没有用地记录", "No land on record")
ALL_PROJECTS = Text("项目全表（含已投产和终止）", "All projects (in production and ended ones too)")
LIVE_PROJECTS = Text("在推进的项目（卡住的在前）", "Projects under way (stuck ones first)")
PROJECT_COLUMNS = (
    *("project", "investor", "origin", "track", "verb", "stage", "entered_on", "days_in_stage", "days_overdue"),
    *("is_stuck", "is_ended", "signed_on", "investment", "received", "unverified", "rate", "owner", "note"),
)


def stuck_title(projects: pd.DataFrame) -> Text:
    """Count the projects that are stuck and name the longest; rows of project_list stand worst first."""
    if projects.empty:
        return phrases.NOTHING_YET
    stuck = projects[projects["is_stuck"].astype(bool)]
    live = projects[~projects["is_ended"].astype(bool)]
    money = formats.format_money(float(live["investment"].sum()))
    return NONE_STUCK.fill(count=len(live), money=money) if stuck.empty else _stuck_sentence(stuck)


def _stuck_sentence(stuck: pd.DataFrame) -> Text:
    late, paused = int(stuck["days_overdue"].notna().sum()), int(stuck["days_overdue"].isna().sum())
    parts = [phrase.fill(count=count) for phrase, count in ((LATE_LAND, late), (PAUSED, paused)) if count]
    worst = stuck.iloc[0]
    is_land = not formats.is_missing(worst["days_overdue"])
    days = int(worst["days_overdue"] if is_land else worst["days_in_stage"])
    named = (WORST_LAND if is_land else WORST_PAUSED).fill(project=worst["project"], days=days)
    return STUCK.fill(count=len(stuck), parts=join_texts(parts, Text("，", ", ")), worst=named)


def project_rows(projects: DatedResult, rows: pd.DataFrame, shown: int, more_href: str = "") -> Html:
    """Return projects as a list in their order, late land in red; each a link to its page."""
    return list_block(
        projects,
        ["project", "stage_days", "money", "owner"],
        rows,
        href=lambda row: page_href(PROJECT_PAGE, project=row["project_id"]),
        cells={"stage_days": _stage_cell, "money": _money_cell},
        headings={"stage_days": STAGE_HEADING, "money": MONEY_HEADING},
        is_alarming=lambda row: bool(row["is_stuck"]) and not formats.is_missing(row["days_overdue"]),
        shown=shown,
        more_href=more_href,
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
    said = funds_text(row)
    if formats.is_missing(row["rate"]):
        return element("small", words(said))
    return bullet_bar(row["rate"], None, BAR_COLOUR, said) + element("small", words(said))


def funds_text(row: pd.Series | Row) -> Text:
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
