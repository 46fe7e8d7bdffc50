"""The page of 招商引资: what moved, what is stuck and why, how far the targets of money are and what covers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS, STAGE_ORDER
from data.text import Text, join_list, join_texts, mid_sentence, untranslated
from data.words import LATE, WORDS
from ui import formats
from ui.blocks import Html
from ui.cards import Card, metric_card, share_of_rows
from ui.investment.project_rows import (
    PROJECT_PAGE,
    STAGE_HEADING,
    STUCK_HEADING,
    investment_sum,
    is_alarming_project,
    stage_and_days,
    stage_name,
    stuck_reasons,
    stuck_title,
    under_way,
)
from ui.investment.target_money import MONEY_TARGETS, coverage_card, lack_sentence, target_card
from ui.markup import element, link, list_items, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(label=Text("招商总览", "Investment overview"), icon=":material/trending_up:", place=10)
PRODUCING = STAGE_ORDER[-1]
SHOWN_STUCK = 6  # chosen: the whole page in three screens
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
COVERAGE = Text("目标缺口和储备", "What the targets lack and what covers it")
BY_MONTH = Text(
    "各月累计 / 序时（条长为累计，深色为当月，竖线为序时）",
    "To date / plan by month (bar: to date, its dark end: the month; tick: the plan)",
)
STUCK_LIST = Text("卡住的项目（最久的在前）", "What is stuck (longest first)")
P85 = Text("P85 {days} 天", "P85 {days} days")
CONTACT_HEADING = Text("最近联系", "Last contact")
SLIPPED = Text("预计日期推迟", "Expected days moved later")
FUNDS = Text("到位资金：逐笔和各项目到位率", "Funds in place: receipts and rates")
FUND_RATES = Text("签约项目到位率", "Funds in place of signed projects")
SIGNED_PROJECTS = Text("目标期内正式签约的项目", "Projects signed in the period of the target")
TARGET_BEHIND = Text("{what}{gap}", "{what} {gap}")
RATE_HEADING = Text("到位率(%)", "Funds in place (%)")
LIVE = Text("在推进的项目", "Projects under way")
LIVE_OF = Text("{live} / {count} 个", "{live} of {count}")
WORTH = Text("总投资 {money}", "worth {money}")
NOT_BEGUN = Text("没有阶段记录 {count} 个", "{count} without a stage on record")
OVER = Text("已投产 {producing} 个，终止 {ended} 个", "{producing} in production, {ended} ended")
FUND_COLUMNS = ("project", "stage", "signed_on", "received", "investment", "rate", "unverified")
RECEIPT_COLUMNS = ("project", "received_on", "amount", "proof", "is_verified", "is_counted")
SIGNED_COLUMNS = ("project", "investor", "track", "stage", "signed_on", "investment", "owner")
STAGE_COLUMNS = ("project", "stage", "entered_on")
COVERAGE_COLUMNS = (
    *("metric", "target", "actual", "missing", "due_projects", "due_amount", "due_times", "open_projects"),
    *("open_amount", "unpriced", "open_times", "weighted", "weighted_times", "owner"),
)
SLIP_COLUMNS = (
    *("project", "changed", "first_on", "newest_on", "days_moved", "pushes", "reached_on", "changed_on"),
    "change_reason",
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
    return Html(list_items(_linked_sentence(text, href) for text, href in said))


def _linked_sentence(said: Text, href: str) -> Markup:
    arrow = element("b", " →") if href else Markup("")
    return link(words(said) + arrow, href, class_="fl-item")


def moved_sentence(stages: DatedResult, months: DatedResult) -> Text:
    """Say which stages projects entered in the month of the day, and what money its targets counted in it."""
    rows = stages.rows[~stages.rows["stage"].isin(EXITS)]
    counts = rows["stage"].value_counts(sort=False)
    listed = join_list(STAGE_COUNT.fill(stage=WORDS[stage], count=int(count)) for stage, count in counts.items())
    entered = ENTERED.fill(projects=rows["project_id"].nunique(), stages=listed) if len(rows) else NONE_ENTERED
    month = pd.Timestamp(stages.as_of).replace(day=1)
    now = months.rows[months.rows["month"] == month].set_index("metric")["in_month"]
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
        stage=stage_name(row),
        reasons=stuck_reasons(row),
        difficulty=DIFFICULTY.fill(difficulty=row["difficulty"]) if known else untranslated(""),
        contact=_contact_text(row),
    )
    return said, page_href(PROJECT_PAGE, project=row["project_id"])


def _contact_text(row: Row | pd.Series) -> Text:
    if formats.is_missing(row["contacted_on"]):
        return NO_CONTACT
    return CONTACTED.fill(day=formats.format_date(row["contacted_on"]), days=int(row["days_since_contact"]))


def overview_cards(
    request: PageRequest, projects: DatedResult, targets: DatedResult, goals: Sequence[Row], coverage: DatedResult
) -> list[Card]:
    """Return the cards: signed money, funds in place, what covers the target, projects under way; each leads on."""
    cards = [*(target_card(targets, goal) for goal in goals), coverage_card(coverage), _live_card(projects)]
    parts = ("signed", "funds", "coverage", "all")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(cards, parts, strict=True)]


def _live_card(projects: DatedResult) -> Card:
    rows = projects.rows
    live, ended = under_way(rows), int(rows["is_ended"].astype(bool).sum())
    producing, not_begun = int((rows["stage"] == PRODUCING).sum()), len(rows) - len(live) - ended
    worked = [share_of_rows(LIVE, len(live), len(rows))]
    figure = LIVE_OF.fill(live=len(live), count=len(rows))
    over = OVER.fill(producing=producing, ended=ended - producing)
    worth = WORTH.fill(money=investment_sum(live))
    waiting = NOT_BEGUN.fill(count=not_begun) if not_begun else None
    return metric_card(projects, figure, worth, over, waiting, label=LIVE, span=None, rows=live, worked=worked)


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
    """Return the stage and its days, and below them in how many days 85 % go on from it."""
    if formats.is_missing(row["p85_days"]):
        return stage_and_days(row)
    return stage_and_days(row) + element("small", words(P85.fill(days=f"{row['p85_days']:.0f}")))


def _why_cell(row: Row) -> Markup:
    return words(stuck_reasons(row))


def _contact_cell(row: Row) -> Markup:
    return words(formats.format_date(row["contacted_on"]))
