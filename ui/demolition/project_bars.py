"""The demolition projects as bars: signed against plan, the households at each step, the complete ones in a line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.demolition.signing import deadline_text
from ui.figure_sheet import figure_link, row_code
from ui.markup import bullet_bar, element, joined, status_mark, words
from ui.menu import page_href
from ui.page import caption_block
from ui.result_list import Row, list_block
from ui.results import DatedResult

SIGNING_PAGE = "demolition/signing.py"
CHAIN = {
    "已摸底": Text("入户", "Surveyed"),
    "已签约": Text("签约", "Signed"),
    "已腾空": Text("腾空", "Vacated"),
    "已拆除": Text("拆除", "Razed"),
    "已交付": Text("交付", "Delivered"),
}
SHOWN_PROJECTS = 6  # chosen: the whole page in three screens
NAMED_COMPLETE = 5
PROJECTS = Text("没签完的项目：签约与序时，到各步的户数", "Open projects: signed, plan, by step")
PROGRESS = Text("签约 / 序时", "Signed / plan")
DEADLINE = Text("离截止", "To the deadline")
STEPS_OF_CHAIN = Text("总户数里到各步的", "Households by step")
CHAIN_ALL = Text("总户数", "All")
CHAIN_STEP = Text("{name} {count}", "{name} {count}")
ALL_COMPLETE = Text("没有没签完的项目。", "Every project is complete.")
COMPLETE = Text("已签完 {count} 个：{names}", "Complete: {count} ({names})")
AND_MORE = Text("{names}等", "{names} and others")
ALL_PROJECTS = Text("项目全表", "All columns of the projects")
HOUSEHOLDS = WORDS["户"]
PROJECT_COLUMNS = (
    *("project", "kind", "level", "signed", "households", "rate", "planned_rate", "gap", "households_left"),
    *("sign_start", "sign_end", "days_left", "is_overdue", "owner"),
)


def open_projects(rates: DatedResult, lights: Sequence[str]) -> pd.DataFrame:
    """Return the projects with households left, past their deadline first, each with its light."""
    rows = rates.rows.assign(light=list(lights))
    return rows[rows["households_left"] > 0]


def project_bars(rates: DatedResult, projects: pd.DataFrame, chain: DatedResult) -> Html:
    """Return the projects not complete, the latest first: signed and plan as a bar, and the households at each step."""
    if projects.empty:
        return caption_block(ALL_COMPLETE)
    return list_block(
        rates,
        ["project", "progress", "chain", "deadline"],
        projects,
        href=lambda row: page_href(SIGNING_PAGE, project=row["project_id"]),
        cells={
            "project": lambda row: status_mark(row["light"]) + Markup(" ") + words(row["project"]),
            "progress": _progress_cell,
            "chain": lambda row: _chain_cell(rates, row, chain),
            "deadline": lambda row: words(deadline_text(row)),
        },
        headings={"progress": PROGRESS, "chain": STEPS_OF_CHAIN, "deadline": DEADLINE},
        is_alarming=lambda row: bool(row["is_overdue"]),
        shown=SHOWN_PROJECTS,
        more_href=page_href(SIGNING_PAGE),
    )


def _progress_cell(row: Row) -> Markup:
    said = formats.format_share(row["signed"], row["households"], row["rate"], HOUSEHOLDS)
    bar = bullet_bar(row["rate"], row["planned_rate"], STATUS_COLOURS[row["light"]], said)
    return bar + element("small", words(said))


def _chain_cell(rates: DatedResult, row: Row, chain: DatedResult) -> Markup:
    """Return the households at each step as small bars over all of the project; each count opens its own sheet."""
    all_of_it = _chain_step(CHAIN_ALL, row["households"], row["households"], row_code(rates, row))
    own = chain.rows[chain.rows["project_id"] == row["project_id"]].set_index("status", drop=False)
    steps = own.reindex(CHAIN).to_dict("index")
    reached = (_reached_step(CHAIN[name], chain, step, row["households"]) for name, step in steps.items())
    return element("span", all_of_it + joined(reached), class_="fl-chain")


def _reached_step(name: Text, chain: DatedResult, step: Row, households: float) -> Markup:
    if formats.is_missing(step["reached"]):
        return _chain_step(name, 0.0, households, "")
    return _chain_step(name, step["reached"], households, row_code(chain, step))


def _chain_step(name: Text, count: float, households: float, code: str) -> Markup:
    said = CHAIN_STEP.fill(name=name, count=formats.format_count(count))
    bar = bullet_bar(100 * count / households, None, STREAM_COLOURS["demolition"], said)
    figure = figure_link(element("b", words(formats.format_count(count))), code)
    return element("span", element("small", words(name)) + bar + figure)


def complete_sentence(rates: DatedResult) -> Text | None:
    """Name the projects that are fully signed in one line, the newest first; None without any."""
    done = rates.rows[rates.rows["households_left"] == 0].sort_values("sign_end", ascending=False)
    if done.empty:
        return None
    names = join_texts([untranslated(name) for name in done["project"].head(NAMED_COMPLETE)], Text("、", ", "))
    return COMPLETE.fill(count=len(done), names=AND_MORE.fill(names=names) if len(done) > NAMED_COMPLETE else names)
