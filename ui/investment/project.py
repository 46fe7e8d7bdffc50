"""The page of one project: where it stands, since when, its money and its land; without one, all to choose from."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import STAGE_ORDER
from data.text import Text, join_texts, untranslated
from ui import formats, tables
from ui.blocks import Html
from ui.cards import percentage_or_none
from ui.investment.project_rows import BAR_COLOUR, NO_STAGE, funds_text, project_rows
from ui.markup import bullet_bar, element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, sentence_block
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

FUNNEL_PAGE = "investment/funnel.py"
PAGE = Page(label=Text("项目卡", "Projects"), icon=":material/badge:", place=30, choices=("project",))
SHOWN_PROJECTS = 24  # chosen: three screens of a phone
CHOOSE_PROJECT = Text("招商项目", "project")
CHOOSE_ONE = Text(
    "选一个项目（卡住的在前，已投产和终止的在后）", "Choose a project (stuck ones first, ended ones last)"
)
TO_ALL_PROJECTS = Text("← 全部招商项目", "← All projects")
PROJECT_STAGES = Text("走过的阶段", "Stages so far")
PROJECT_RECEIPTS = Text("到资记录", "Receipts of funds")
PROJECT_LAND = Text("用地", "Land")
NO_LAND = Text("没有用地记录", "No land on record")
NO_RECEIPTS = Text("没有到资记录", "No receipts on record")
FOR_DAYS = Text("{project}在“{stage}”已 {days} 天", "{project}: {days} days in stage {stage}")
LAND_OVERDUE = Text("约定动工日期已过 {days} 天", "agreed start passed {days} days ago")
IN_PLACE = Text("资金到位 {share}", "funds in place {share}")
BAR_HEADING = Text("在该阶段(天)", "Days there")


def project_choice(request: PageRequest, projects: DatedResult) -> Html:
    """Return all projects as a list to choose from, stuck ones first, ended ones last."""
    return project_rows(projects, projects.rows, SHOWN_PROJECTS, same_page_href(request, open="all"))


def project_sentence(row: pd.Series) -> Text:
    """Say in which stage one project is and for how long, whether its land is late, and what money is in place."""
    stage = untranslated("")
    if formats.is_missing(row["stage"]):
        stage = Text("{project}：{none}", "{project}: {none}").fill(project=row["project"], none=NO_STAGE)
    else:
        name = Text(*(tables.word_label(row["stage"], language) for language in ("zh", "en")))
        stage = FOR_DAYS.fill(project=row["project"], stage=name, days=int(row["days_in_stage"]))
    late = None if formats.is_missing(row["days_overdue"]) else LAND_OVERDUE.fill(days=int(row["days_overdue"]))
    share = funds_text(row)
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
        href=lambda row: page_href(FUNNEL_PAGE, stage=row["stage"]),
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
