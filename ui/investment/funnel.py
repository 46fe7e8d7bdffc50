"""The page of the stages: how many projects and how much money stand at each, and which projects they are."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.stage_event import EXITS
from data.text import Text
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import percentage_or_none
from ui.colours import MISSING_COLOUR
from ui.investment.project_rows import BAR_COLOUR, LIVE_PROJECTS, NO_STAGE, project_rows
from ui.markup import element, labelled_bars, link, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row
from ui.results import DatedResult

PAGE = Page(label=Text("项目漏斗", "Pipeline"), icon=":material/filter_alt:", place=20, choices=("stage",))
SHOWN_PROJECTS = 12  # chosen: three screens of a desk with the stages above
MOST = Text(
    "{count} 个在推进的项目总投资 {money}，最多的停在“{stage}”（{most} 个，{worth}）",
    "{count} projects under way are worth {money}; most stand at {stage} ({most}, worth {worth})",
)
NONE_LIVE = Text("没有在推进的项目", "No project is under way")
STAGES = Text("各阶段项目数与总投资", "Projects and total investment by stage")
STAGE_FIGURES = Text("{count} 个 · {money}", "{count} · {money}")
IN_STAGE = Text("{stage}的项目", "Projects in stage {stage}")
ALL_LIVE = Text("← 全部在推进的项目", "← All projects under way")
CHOOSE_STAGE = Text("阶段", "stage")


def title_sentence(projects: pd.DataFrame) -> Text:
    """Count the projects under way and name the stage at which most of them stand; rows of project_list."""
    if projects.empty:
        return phrases.NOTHING_YET
    live = projects[~projects["is_ended"].astype(bool)]
    staged = live.dropna(subset=["stage"])
    if staged.empty:
        return NONE_LIVE
    stage = staged["stage"].value_counts().index[0]
    there = staged[staged["stage"] == stage]
    return MOST.fill(
        count=len(live),
        money=formats.format_money(float(live["investment"].sum())),
        stage=WORDS[stage],
        most=len(there),
        worth=formats.format_money(float(there["investment"].sum())),
    )


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


def staged_projects(request: PageRequest, projects: DatedResult, stage: str | None) -> Html:
    """Return the projects under way or those of one stage, stuck ones first."""
    rows = projects.rows
    listed = rows[rows["stage"] == stage] if stage else rows[~rows["is_ended"].astype(bool)]
    return project_rows(projects, listed, SHOWN_PROJECTS, same_page_href(request, open="all"))
