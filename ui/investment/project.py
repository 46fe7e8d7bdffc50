"""The page of one project: where it stands, its way, money, difficulties, changes, land; without one, all to choose."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import MISSING_COLOUR, STATUS_COLOURS, STREAM_COLOURS
from ui.investment.project_rows import (
    NO_STAGE,
    funds_text,
    listed_projects,
    stuck_reasons,
    usual_days,
)
from ui.markup import element, joined, legend_mark, link, list_items, picture, stacked_bar, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block, sentence_block
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, facts_block, list_block
from ui.results import DatedResult

PAGE = Page(label=Text("项目卡", "Projects"), icon=":material/badge:", place=30, choices=("project",))
SHOWN_PROJECTS = 15  # measured: four screens of a phone in English
SHOWN_ROWS = 5  # chosen: three screens of a desk for a project of which all is on record
PLAYBOOK_PAGE, LAND_PAGE, REQUEST_PAGE = "investment/playbook.py", "investment/land.py", "investment/requests.py"
CHOOSE_PROJECT = Text("招商项目", "project")
CHOOSE_ONE = Text(
    "选一个项目（卡住的在前，已投产和终止的在后）", "Choose a project (stuck ones first, ended ones last)"
)
TO_ALL_PROJECTS = Text("← 全部招商项目", "← All projects")
FUNDS, LAND, REQUESTS = Text("资金", "Funds"), Text("用地", "Land"), Text("诉求", "Requests")
DIFFICULTIES, CHANGES = Text("难点与对策", "Difficulties and answers"), Text("变更", "Changes")
PLAN, CONTACTS = Text("项目宝典", "Playbook"), Text("联系和活动", "Contacts and activities")
ALL_RECEIPTS = Text("到资逐笔", "Receipts of funds")
NO_LAND = Text("没有用地记录", "No land on record")
NO_RECEIPTS = Text("没有到资记录", "No receipts on record")
NO_DIFFICULTY = Text("没有难点记录", "No difficulty on record")
NO_REQUEST = Text("没有诉求记录", "No request on record")
NO_CONTACT = Text("没有活动记录", "No activity on record")
NO_CHANGE = Text("没有变更记录", "No change on record")
NO_PLAYBOOK = Text("没有编制宝典", "No playbook on record")
NO_EXPECTED = Text("没有登记预计日期", "No expected day is registered")
FOR_DAYS = Text("{project}在“{stage}”已 {days} 天", "{project}: {days} days in stage {stage}")
STUCK_FOR = Text("卡住：{reasons}", "stuck: {reasons}")
IN_PLACE = Text("资金到位 {share}", "funds in place {share}")
EXPECTED = Text("{kind} {day}：最初 {first}，推迟 {pushes} 次", "{kind} {day}: first {first}, times pushed: {pushes}")
EXPECTED_COME = Text("{kind} {day}，实际 {came}", "{kind} {day}, came on {came}")
FUND_PARTS = ("received", "unverified")
FUNDS_SAID = (
    Text("已核实 {money}", "verified {money}"),
    Text("待核实 {money}", "not verified {money}"),
    Text("未到位 {money}", "to come {money}"),
)
FUND_COLOURS = (STREAM_COLOURS["investment"], STATUS_COLOURS["待上报"], MISSING_COLOUR)
FROM_TO, MOVED_HEADING = Text("{old} → {new}", "{old} → {new}"), Text("从 → 到", "From → to")
WAY = Text("走过的阶段", "Stages so far")
EVIDENCE = Text("各阶段的凭据", "Evidence of the stages")
PLAYBOOK_SAID = Text(
    "{tasks} 项任务，已完成 {done} 项；已到期 {due} 项，其中准点 {on_time} 项、逾期未完成 {late} 项",
    "{tasks} tasks, {done} done; {due} fallen due, {on_time} of them on time, {late} overdue",
)
OPEN_DIFFICULTY, OPEN_SINCE = Text("没有登记", "not on record"), Text("{day} 起未化解", "open since {day}")
CLOSED_DIFFICULTY = Text("{day} 化解", "overcome {day}")
NO_ANSWER = Text("还没有对策", "no answer yet")
STATE_HEADING = Text("何时化解", "Overcome")
STAGE_COLUMNS = ("stage", "entered_on", "days_in_stage", "date_basis", "evidence")
FACT_COLUMNS = (
    *("investor", "origin", "channel", "track", "industry", "investment", "first_phase", "expected_tax", "verb"),
    *("has_incentive_clause", "review_passed", "owner"),
)


def project_choice(request: PageRequest, projects: DatedResult) -> Html:
    """Return all projects as a list to choose from, stuck ones first, ended ones last."""
    return listed_projects(projects, projects.rows, SHOWN_PROJECTS, same_page_href(request, open="all"))


def project_sentence(row: pd.Series) -> Text:
    """Say in which stage one project is and for how long, why it is stuck, and what money is in place."""
    if formats.is_missing(row["stage"]):
        stage = Text("{project}：{none}", "{project}: {none}").fill(project=row["project"], none=NO_STAGE)
    else:
        stage = FOR_DAYS.fill(project=row["project"], stage=WORDS[row["stage"]], days=int(row["days_in_stage"]))
    why = None if formats.is_missing(row["reasons"]) else STUCK_FOR.fill(reasons=stuck_reasons(row))
    share = funds_text(row)
    money = share if formats.is_missing(row["rate"]) else IN_PLACE.fill(share=share)
    return join_texts([said for said in (stage, why, money) if said], Text("，", ", "))


def project_facts(request: PageRequest, facts: DatedResult, row: pd.Series) -> Html:
    """Return the way back to all projects, how long others stayed in its stage, and what is registered of it."""
    back = link(words(TO_ALL_PROJECTS), same_page_href(request, project=None, open=None))
    usual = usual_days(row.to_dict())
    line = element("p", joined((back, *([words(usual)] if usual else [])), " · "))
    registered = facts.rows.iloc[0]
    known = [name for name in FACT_COLUMNS if not formats.is_missing(registered[name])]
    note = words("" if formats.is_missing(registered["note"]) else str(registered["note"]))
    return Html(line + facts_block(facts, registered, known).markup + element("p", note))


def funds_picture(row: pd.Series, receipts: DatedResult) -> Html:
    """Return what of the investment is verified, not verified and to come as a bar; without either what is known."""
    if receipts.rows.empty or formats.is_missing(row["investment"]):
        return caption_block(funds_text(row))
    verified, unverified = (0.0 if formats.is_missing(row[name]) else float(row[name]) for name in FUND_PARTS)
    amounts = (verified, unverified, max(0.0, float(row["investment"]) - verified - unverified))
    said = [phrase.fill(money=formats.format_money(amount)) for phrase, amount in zip(FUNDS_SAID, amounts, strict=True)]
    parts = [(amount, colour, t(text)) for amount, colour, text in zip(amounts, FUND_COLOURS, said, strict=True)]
    signs = (legend_mark("\u00a0", colour) for colour in FUND_COLOURS)
    marks = (sign + Markup(" ") + words(text) for sign, text in zip(signs, said, strict=True))
    legend = element("p", joined((element("span", mark) for mark in marks), " "), class_="fl-legend")
    return Html(picture(stacked_bar(parts, join_texts(said, Text("，", ", "))) + legend))


def receipt_list(receipts: DatedResult) -> Html:
    """Return the receipts of one project, the newest first, and whether each counts towards the target."""
    if receipts.rows.empty:
        return sentence_block(NO_RECEIPTS)
    return list_block(receipts, ["received_on", "amount", "proof", "is_verified", "is_counted"])


def difficulty_list(difficulties: DatedResult) -> Html:
    """Return the difficulties of a project with their answers, those not overcome first."""
    if difficulties.rows.empty:
        return caption_block(NO_DIFFICULTY)
    notes = difficulties.rows["note"].dropna().unique()
    listed = list_block(
        difficulties,
        ["difficulty", "answer", "state"],
        cells={"answer": _answer_cell, "state": _difficulty_state},
        headings={"state": STATE_HEADING},
    )
    return Html(listed.markup + caption_block(*(untranslated(str(note)) for note in notes)).markup)


def _answer_cell(row: Row) -> Markup:
    return words(NO_ANSWER if formats.is_missing(row["answer"]) else str(row["answer"]))


def _difficulty_state(row: Row) -> Markup:
    """Return when a difficulty was overcome, or since when it is open."""
    if not formats.is_missing(row["closed_on"]):
        return words(CLOSED_DIFFICULTY.fill(day=formats.format_date(row["closed_on"])))
    if formats.is_missing(row["opened_on"]):
        return words(OPEN_DIFFICULTY)
    return words(OPEN_SINCE.fill(day=formats.format_date(row["opened_on"])))


def change_list(slippage: DatedResult, changes: DatedResult) -> Html:
    """Return the expected days of a project as they stand, and its changes, the newest first."""
    told = [_expected_text(row) for row in slippage.rows.to_dict("records")]
    listed = list_items(words(text) for text in told or [NO_EXPECTED])
    if changes.rows.empty:
        return Html(listed + caption_block(NO_CHANGE).markup)
    shown = list_block(
        changes,
        ["changed_on", "changed", "moved", "change_reason"],
        cells={"moved": _moved_cell},
        headings={"moved": MOVED_HEADING},
        shown=SHOWN_ROWS,
    )
    return Html(listed + shown.markup)


def _expected_text(row: Row) -> Text:
    named = {"kind": WORDS[row["changed"]], "day": formats.format_date(row["newest_on"])}
    if not formats.is_missing(row["reached_on"]):
        return EXPECTED_COME.fill(**named, came=formats.format_date(row["reached_on"]))
    return EXPECTED.fill(**named, first=formats.format_date(row["first_on"]), pushes=int(row["pushes"]))


def _moved_cell(row: Row) -> Markup:
    """Return from what to what a change went: days, or amounts of money."""
    is_money = formats.is_missing(row["old_day"]) and formats.is_missing(row["new_day"])
    kind, written = ("amount", formats.format_money) if is_money else ("day", formats.format_date)
    return words(FROM_TO.fill(old=written(row[f"old_{kind}"]), new=written(row[f"new_{kind}"])))


def playbook_line(playbook: DatedResult, project: str) -> Html:
    """Return how far the playbook of a project is, as a link to it."""
    if playbook.rows.empty:
        return caption_block(NO_PLAYBOOK)
    row = playbook.rows.iloc[0]
    said = PLAYBOOK_SAID.fill(**{name: int(row[name]) for name in ("tasks", "done", "due", "on_time", "late")})
    return Html(element("p", link(words(said), page_href(PLAYBOOK_PAGE, project=project))))


def land_list(land: DatedResult) -> Html:
    """Return the parcels of one project, each a link; those without a start after the agreed day in red."""
    if land.rows.empty:
        return caption_block(NO_LAND)
    return list_block(
        land,
        ["agreed_start_on", "actual_start_on", "days_overdue", "area", "exempt_reason"],
        href=lambda row: page_href(LAND_PAGE, parcel=row["parcel_id"]),
        is_alarming=lambda row: (
            not formats.is_missing(row["days_overdue"]) and formats.is_missing(row["exempt_reason"])
        ),
    )


def requests_of_project(requests: DatedResult) -> Html:
    """Return the requests of one project as request_list has them, open ones first, each a link."""
    if requests.rows.empty:
        return caption_block(NO_REQUEST)
    return list_block(
        requests,
        ["raised_on", "category", "department", "state", "result"],
        href=lambda row: page_href(REQUEST_PAGE, request=row["request_id"]),
        shown=SHOWN_ROWS,
    )


def activity_list(activities: DatedResult) -> Html:
    """Return the activities for one project, the newest first."""
    if activities.rows.empty:
        return caption_block(NO_CONTACT)
    return list_block(activities, ["held_on", "kind", "partner_role", "outcome"], shown=SHOWN_ROWS)


def side_by_side(*parts: tuple[Text, Html]) -> Html:
    """Return parts of a page with their headings, two in a row where there is room."""
    sections = (element("section", element("h2", words(heading)) + part.markup) for heading, part in parts)
    return Html(element("div", joined(sections), class_="fl-two"))
