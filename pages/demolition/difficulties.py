"""Who has not signed, what holds them, who was not visited; one household with what happened to it."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from data.result_rows import part_rows
from data.standards.thresholds import thresholds
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import difficulties as shown
from ui.demolition import difficulty_bars, household_card, visit_tables
from ui.demolition.day import demolition_day
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the households that have not signed, of all projects or of one; or one household."""
    unsigned = cached(request.con, METRICS["unsigned_households"], demolition_day(request.con))
    code = request.choices.get("household", "") if request.is_clerk else ""
    card = cached(request.con, LISTINGS["household_card"], unsigned.as_of, household_id=code)
    if code and request.choice("household", card.rows["household_id"], shown.CHOOSE_HOUSEHOLD):
        yield from household_blocks(request, unsigned, card, code)
    else:
        yield from overview_blocks(request, unsigned)


def overview_blocks(request: PageRequest, unsigned: DatedResult) -> Iterator[Block]:
    """Yield cards, what became of the difficulties by kind, the list worst first; the rest folded."""
    difficulties, visits, petitions = (
        cached(request.con, METRICS[name], unsigned.as_of)
        for name in ("difficulties", "visit_intensity", "petition_list")
    )
    projects = visits.rows["project_id"].dropna()
    project = request.choice("project", projects, shown.CHOOSE_PROJECT)
    rows, received = (_rows_of_project(result, project) for result in (unsigned, petitions))
    scope = shown.project_name(visits, project) if project else None
    whole = difficulty_bars.row_of_all_kinds(difficulties.rows, project)
    overdue = 0 if whole is None else int(whole["overdue"])
    late = int(received["is_overdue"].sum())
    title = shown.title_sentence(unsigned, rows, overdue, late, scope, request.is_clerk)
    yield header_block(request, title, unsigned, difficulties, visits, petitions)
    if projects.empty:
        yield no_data_block()
        return
    left = _rows_of_project(cached(request.con, METRICS["signing_rate"], unsigned.as_of), project)["households_left"]
    if unregistered := shown.unregistered_text(int(left.sum()), rows):
        yield caption_block(unregistered)
    yield from scoped_blocks(request, unsigned, difficulties, visits, project)
    label = visit_tables.petition_label(received)
    yield from folded_part(request, "petitions", label, lambda: petition_blocks(request, petitions, project))
    yield from formula_part(request, unsigned, difficulties, visits, petitions)


def _rows_of_project(result: DatedResult, project: str | None) -> pd.DataFrame:
    """Return the rows of one project, or all of them."""
    return result.rows[result.rows["project_id"] == project] if project else result.rows


def scoped_blocks(
    request: PageRequest, unsigned: DatedResult, difficulties: DatedResult, visits: DatedResult, project: str | None
) -> Iterator[Block]:
    """Yield what there is on difficulties and visits of all projects, or of one."""
    rows = _rows_of_project(unsigned, project)
    kinds = difficulty_bars.scoped_rows(difficulties.rows, project)
    kind = request.choice("kind", kinds["difficulty_reason"].dropna(), shown.CHOOSE_KIND)
    scope = shown.project_name(visits, project) if project else None
    yield shown.ways_back(request, scope, kind)
    yield cards_block(difficulty_bars.difficulty_cards(request, difficulties, visits, project))
    if kinds.empty:
        yield caption_block(difficulty_bars.NO_DIFFICULTIES)
    elif not kind:
        yield heading_block(difficulty_bars.bars_heading(kinds))
        yield difficulty_bars.kind_bars(request, difficulties, project)
    listed = rows[rows["open_reasons"].fillna("").str.split(",").map(lambda held: kind in held)] if kind else rows
    yield heading_block(shown.list_heading(len(listed), kind, request.is_clerk))
    yield shown.unsigned_list(request, unsigned, listed)
    yield from folded_table(request, "all", shown.ALL_UNSIGNED, unsigned, shown.UNSIGNED_COLUMNS, rows)
    yield from folded_part(request, "kinds", difficulty_bars.KINDS, lambda: kind_blocks(request, difficulties, project))
    visited = partial(visit_tables.visited_projects, request, visits)
    yield from folded_part(request, "projects", visit_tables.PROJECTS, lambda: [visited()])
    changes = cached(request.con, METRICS["attitude_changes"], unsigned.as_of)
    label = visit_tables.attitude_sentence(changes, project)
    yield from folded_part(request, "attitudes", label, lambda: attitude_blocks(request, changes, project))


def kind_blocks(request: PageRequest, difficulties: DatedResult, project: str | None) -> Iterator[Block]:
    """Yield the figures of each kind of difficulty as a table, and what a dash in it means."""
    rows = difficulty_bars.scoped_rows(difficulties.rows, project)
    rows = rows[~rows["is_total"].astype(bool)]
    columns = difficulty_bars.DIFFICULTY_COLUMNS
    yield full_table(request, difficulty_bars.KINDS, difficulties, columns, "kinds", rows)
    yield caption_block(difficulty_bars.TOO_FEW_NOTE.fill(**thresholds(difficulties.as_of)))


def attitude_blocks(request: PageRequest, changes: DatedResult, project: str | None) -> Iterator[Block]:
    """Yield the matrix of attitudes, and how it is worked out."""
    yield visit_tables.attitude_matrix(changes, project)
    yield caption_block(visit_tables.UNCHANGED, changes.formula)


def petition_blocks(request: PageRequest, petitions: DatedResult, project: str | None) -> Iterator[Block]:
    """Yield the petitions one by one, and of all projects by class."""
    rows = _rows_of_project(petitions, project)
    yield visit_tables.petition_rows(request, petitions, rows)
    yield caption_block(visit_tables.NO_CONTENT)
    if not project:
        summary = cached(request.con, METRICS["petitions"], petitions.as_of)
        yield heading_block(visit_tables.CLASSES)
        columns, rows = visit_tables.PETITION_COLUMNS, part_rows(summary.rows)
        yield full_table(request, visit_tables.CLASSES, summary, columns, "petitions", rows)


def household_blocks(request: PageRequest, unsigned: DatedResult, card: DatedResult, code: str) -> Iterator[Block]:
    """Yield one household: how it stands, what is registered, what happened, and of which batches that is."""
    history = cached(request.con, LISTINGS["household_history"], unsigned.as_of, household_id=code)
    row = card.rows.iloc[0]
    own = unsigned.rows[unsigned.rows["household_id"] == code]
    yield header_block(request, household_card.household_title(row, own), card, history, unsigned)
    yield household_card.household_links(request, row)
    if len(own):
        yield shown.unsigned_list(request, unsigned, own)
    yield heading_block(household_card.HISTORY)
    yield household_card.household_timeline(history)
    yield heading_block(household_card.FACTS)
    yield household_card.household_facts(card, row)
    yield caption_block(household_card.CODES_ONLY)
    yield source_block(request, "household", code)
    yield from formula_part(request, unsigned)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
