"""Projects as rows: where each stands, what is stuck, how much of its money is in place; each a link to its page."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS
from data.text import Text, join_texts, mid_sentence, untranslated
from data.words import WORDS
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
COUNT_AND_MONEY = Text("{count} 个 · {money}", "{count} · {money}")
STUCK = Text("{count} 个项目卡住（{parts}），最久的{worst}", "{count} projects stuck ({parts}), longest {worst}")
REASON_COUNTS = {
    "用地超期": Text("{count} 个过约定动工日期未动工", "{count} with land not started in time"),
    "暂停": Text("{count} 个暂停", "{count} suspended"),
    "超过本阶段常见天数": Text("{count} 个在本阶段过久", "{count} too long in their stage"),
    "错过预计日期": Text("{count} 个错过预计日期", "{count} past an expected day"),
    "反复推迟": Text("{count} 个反复推迟", "{count} pushed again and again"),
}
WORST = Text("{project}已 {days} 天", "{project}: {days} days")
WORST_PUSHED = Text("{project}推迟 {pushes} 次", "{project}: pushed {pushes} times")
NONE_STUCK = Text(
    "{count} 个在推进的项目没有卡住的，总投资 {money}", "None of {count} projects under way is stuck; worth {money}"
)
NONE_BEGUN = Text(
    "登记的 {count} 个项目都没有阶段记录", "None of the {count} projects on the register has a stage on record"
)
STAGE_AND_DAYS = Text("{stage} · {days} 天", "{stage} · {days} days")
FUNDS_OF_ALL = Text("{rate}（{received} / {investment}）", "{rate} ({received} / {investment})")
UNSIGNED = Text("未签约（{worth}）", "not signed ({worth})")
UNKNOWN_FUNDS = Text("{none}（{worth}）", "{none} ({worth})")
STAGE_HEADING = Text("阶段和天数", "Stage and days")
STUCK_HEADING = Text("为何卡住", "Why it is stuck")
BEYOND_P85 = Text("85 % 在 {usual} 天内走完，已超 {over} 天", "85 % go on in {usual} days, {over} over")
WITHIN_P85 = Text("85 % 在 {usual} 天内走完", "85 % go on in {usual} days")
REASON_DAYS = {
    "用地超期": (Text("用地超期 {days} 天", "land {days} days late"), "days_overdue"),
    "暂停": (Text("已暂停 {days} 天", "suspended for {days} days"), "days_in_stage"),
    "超过本阶段常见天数": (
        Text("比本阶段常见天数多 {days} 天", "{days} days longer in its stage than usual"),
        "days_over",
    ),
    "错过预计日期": (Text("错过{expected} {days} 天", "{expected} missed by {days} days"), "days_missed"),
    "反复推迟": (Text("{expected}推迟 {days} 次", "{expected} pushed {days} times"), "pushes"),
}
MONEY_LACKING = Text("{money}（不含 {count} 个未填总投资的）", "{money} (without {count} of unknown investment)")
WORTH = Text("总投资 {money}", "worth {money}")
NO_AMOUNT = Text("未填总投资", "no investment on record")
RECEIVED_OF_UNKNOWN = Text("到位 {received}，{none}", "{received} received, {none}")
MONEY_HEADING = Text("到位 / 总投资", "Funds / investment")
ENDED_FUNDS = Text(
    "已终止，不计到位率（到位 {received}，总投资 {money}）", "ended, so without a rate ({received} received of {money})"
)
TO_VERIFY = Text("{share}，另有 {amount} 待核实", "{share}, {amount} more not verified")
NO_RECEIPT = Text("没有到资记录", "no receipt on record")
ALL_PROJECTS = Text("项目全表（含已投产和终止）", "All projects (in production and ended ones too)")
LIVE_PROJECTS = Text("在推进的项目（卡住的在前）", "Projects under way (stuck ones first)")
PROJECT_COLUMNS = (
    *("project", "investor", "origin", "track", "verb", "stage", "entered_on", "days_in_stage", "p85_days", "reasons"),
    *("days_stuck", "days_overdue", "expected", "expected_on", "days_missed", "pushes", "contacted_on", "difficulty"),
    *("is_ended", "signed_on", "investment", "received", "unverified", "rate", "owner", "note"),
)


def under_way(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that are not ended and have a stage on the day, or are held up without one.

    What is on the register and came to its first stage after the day was not there yet.
    """
    has_begun = projects["stage"].notna() | projects["is_stuck"].astype(bool)
    return projects[has_begun & ~projects["is_ended"].astype(bool)]


def stuck_title(projects: pd.DataFrame) -> Text:
    """Count the projects that are stuck and name the longest; rows of stuck_projects stand worst first."""
    if projects.empty:
        return phrases.NOTHING_YET
    stuck = projects[projects["is_stuck"].astype(bool)]
    if len(stuck):
        return _stuck_sentence(stuck)
    if projects["stage"].isna().all():
        return NONE_BEGUN.fill(count=len(projects))
    live = under_way(projects)
    return NONE_STUCK.fill(count=len(live), money=investment_sum(live))


def _stuck_sentence(stuck: pd.DataFrame) -> Text:
    """Count each project under the first of its reasons, so that the parts add up."""
    counts = stuck["reasons"].str.split(",").str[0].value_counts()
    parts = [said.fill(count=int(counts[reason])) for reason, said in REASON_COUNTS.items() if reason in counts]
    worst = stuck.iloc[0]
    has_days = not formats.is_missing(worst["days_stuck"])
    named = (WORST if has_days else WORST_PUSHED).fill(
        project=worst["project"], **{"days": int(worst["days_stuck"])} if has_days else {"pushes": int(worst["pushes"])}
    )
    return STUCK.fill(count=len(stuck), parts=join_texts(parts, Text("，", ", ")), worst=named)


def stage_name(row: Row | pd.Series) -> Text:
    """Return the name of the stage of a project, or that none is on record."""
    return NO_STAGE if formats.is_missing(row["stage"]) else WORDS[row["stage"]]


def stuck_reasons(row: Row | pd.Series) -> Text:
    """Say each reason for which a project is stuck, with its days; empty where it is not."""
    if formats.is_missing(row["reasons"]):
        return untranslated("")
    told = (REASON_DAYS[reason] for reason in str(row["reasons"]).split(","))
    expected = mid_sentence(WORDS[row["expected"]])
    return join_texts((said.fill(days=int(row[days]), expected=expected) for said, days in told), Text("；", "; "))


def listed_projects(projects: DatedResult, rows: pd.DataFrame, shown: int, more_href: str = "") -> Html:
    """Return projects as a list in their order, late land in red; each a link to its page."""
    return list_block(
        projects,
        ["project", "stage_days", "money", "owner"],
        rows,
        href=lambda row: page_href(PROJECT_PAGE, project=row["project_id"]),
        cells={"stage_days": stage_cell, "money": _money_cell},
        headings={"stage_days": STAGE_HEADING, "money": MONEY_HEADING},
        is_alarming=is_alarming_project,
        shown=shown,
        more_href=more_href,
    )


def is_alarming_project(row: Row) -> bool:
    """Tell whether a project stands out in red: its land is overdue, or the day on which it was expected to move on."""
    is_late = any(not formats.is_missing(row[days]) for days in ("days_overdue", "days_missed"))
    return bool(row["is_stuck"]) and is_late


def stage_cell(row: Row) -> Markup:
    """Return the stage of a project with the days in it, and why it is stuck."""
    return stage_and_days(row) + _small_text(stuck_reasons(row))


def stage_and_days(row: Row) -> Markup:
    """Return the stage of a project and the days in it; that it is suspended stands out."""
    if formats.is_missing(row["stage"]):
        return words(NO_STAGE)
    stage = tables.word_label(row["stage"], reader_language())
    said = words(STAGE_AND_DAYS.fill(stage=stage, days=int(row["days_in_stage"])))
    return element("strong", said) if row["stage"] == SUSPENDED else said


def usual_days(row: Row) -> Text | None:
    """Say in how many days 85 % go on from the stage of a project, and by how many it is over; None where unknown."""
    if formats.is_missing(row["p85_days"]):
        return None
    usual = f"{row['p85_days']:.0f}"
    if formats.is_missing(row["days_over"]):
        return WITHIN_P85.fill(usual=usual)
    return BEYOND_P85.fill(usual=usual, over=f"{row['days_over']:.0f}")


def _small_text(said: Text) -> Markup:
    return element("small", words(said)) if said.zh else Markup("")


def _money_cell(row: Row) -> Markup:
    """Return how much of the investment is in place as a bar with both amounts, or why there is none."""
    said = funds_text(row)
    if formats.is_missing(row["rate"]):
        return element("small", words(said))
    return bullet_bar(row["rate"], None, BAR_COLOUR, said) + element("small", words(said))


def money_and_lacking(amount: float, unpriced: int) -> Text:
    """Return a sum of investments, with how many projects it lacks."""
    money = formats.format_money(amount)
    return MONEY_LACKING.fill(money=money, count=unpriced) if unpriced else money


def investment_sum(projects: pd.DataFrame) -> Text:
    """Return the investment of some projects, with how many it lacks."""
    amounts = projects["investment"]
    return money_and_lacking(float(amounts.sum()), int(amounts.isna().sum()))


def funds_text(row: pd.Series | Row) -> Text:
    """Say how much of its investment a project has received, or that it has not signed, is ended or has no record."""
    money = formats.format_money(row["investment"])
    is_unpriced = formats.is_missing(row["investment"])
    worth = NO_AMOUNT if is_unpriced else WORTH.fill(money=money)
    if formats.is_missing(row["signed_on"]):
        return UNSIGNED.fill(worth=worth)
    if formats.is_missing(row["received"]):
        return UNKNOWN_FUNDS.fill(none=NO_RECEIPT, worth=worth)
    if is_unpriced:
        return RECEIVED_OF_UNKNOWN.fill(received=formats.format_money(row["received"]), none=NO_AMOUNT)
    received = formats.format_money(row["received"], row["investment"])
    if row["stage"] == ENDED:
        return ENDED_FUNDS.fill(received=received, money=money)
    share = FUNDS_OF_ALL.fill(rate=formats.format_percent(row["rate"]), received=received, investment=money)
    if formats.is_missing(row["unverified"]):
        return share
    return TO_VERIFY.fill(share=share, amount=formats.format_money(row["unverified"], row["investment"]))
