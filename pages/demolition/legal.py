"""What of the law is broken, due soon or without a date, project by project; what is ready before signing."""

from collections.abc import Iterator

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import legal as shown
from ui.demolition import legal_cards, legal_strip, preparation
from ui.demolition.day import demolition_day
from ui.menu import page_href
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield all projects, or the one that the address names."""
    day = demolition_day(request.con)
    cases = cached(request.con, METRICS["legal_clocks"], day)
    items = cached(request.con, LISTINGS["preparation_list"], day)
    names = {**dict(items.rows[["project_id", "project"]].values), **dict(cases.rows[["project_id", "project"]].values)}
    project = request.choice("project", names, shown.CHOOSE_PROJECT)
    if project:
        yield from legal_project_blocks(request, cases, items, project, names[project])
    else:
        yield from legal_overview_blocks(request, cases, items)


def legal_overview_blocks(request: PageRequest, cases: DatedResult, items: DatedResult) -> Iterator[Block]:
    """Yield the cards, the steps of each project, what to see to, the items before signing; the rest folded."""
    readiness = cached(request.con, METRICS["preparation_readiness"], cases.as_of)
    supply = cached(request.con, METRICS["housing_supply"], cases.as_of)
    yield header_block(request, shown.title_sentence(cases.rows, items.rows, cases.as_of), cases, items, supply)
    if cases.rows.empty and items.rows.empty and supply.rows.empty:
        yield no_data_block()
        return
    yield cards_block(legal_cards.legal_cards(request, cases, readiness, supply))
    if len(cases.rows):
        yield heading_block(legal_strip.STRIP)
        yield legal_strip.project_strips(request, cases.rows, cases.as_of)
        yield heading_block(shown.TO_DO)
        yield shown.case_list(request, cases, shown.cases_to_see_to(cases.rows))
    if len(items.rows):
        yield heading_block(preparation.PREPARATION)
        yield preparation.preparation_grid(request, items.rows)
    yield from folded_table(request, "all", shown.ALL_STEPS, cases, shown.case_columns())
    yield from folded_table(
        request, "preparation", preparation.PREPARATION_TABLE, items, preparation.PREPARATION_COLUMNS
    )
    yield from folded_table(request, "homes", preparation.homes_label(supply), supply, preparation.HOUSING_COLUMNS)
    yield from folded_part(request, "rules", shown.RULES, lambda: [shown.rule_list()])
    yield from formula_part(request, cases, readiness, supply)


def legal_project_blocks(
    request: PageRequest, cases: DatedResult, items: DatedResult, project: str, name: str
) -> Iterator[Block]:
    """Yield one project: its steps along time, each with its clause, its items before signing."""
    own = _of_project(cases.rows, project)
    prepared = _of_project(items.rows, project)
    yield header_block(request, shown.legal_sentence(name, own, prepared, cases.as_of), cases, items)
    yield shown.project_links(request, page_href("demolition/signing.py", project=project))
    if cases.as_of and len(own):
        yield heading_block(legal_strip.TIMELINE)
        yield legal_strip.project_timeline(own, cases.as_of)
        yield heading_block(shown.STEPS_OF_PROJECT)
        yield shown.case_list(request, cases, own, names_project=False)
    yield heading_block(preparation.PREPARATION)
    yield preparation.preparation_grid(request, prepared)
    yield from folded_table(request, "all", shown.ALL_STEPS, cases, shown.case_columns(), own)
    yield from folded_part(request, "rules", shown.RULES, lambda: [shown.rule_list()])
    yield source_block(request, "demolition_project", project)
    yield from formula_part(request, cases)


def _of_project(rows: pd.DataFrame, project: str) -> pd.DataFrame:
    return rows[rows["project_id"] == project]


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
