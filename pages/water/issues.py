"""What becomes of what is found wrong with the waters: open, overdue, settled; one issue with its steps."""

from collections.abc import Iterator
from functools import partial

from analytics.metrics import LISTINGS, METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.map.photo_figures import photo_blocks
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water import issues as shown

STEPS = ["happened_at", "step", "actor", "days_since", "photo", "note"]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the open issues with the longest overdue first, and one issue where the address names one."""
    issues = cached(request.con, METRICS["overdue_issues"], chosen_day())
    asked = request.choices.get("issue", "")
    facts = cached(request.con, LISTINGS["issue_facts"], issues.as_of, issue_id=asked)
    if request.choice("issue", facts.rows["issue_id"], shown.CHOOSE_ISSUE):
        yield from issue_blocks(request, facts)
        return
    closure = cached(request.con, METRICS["issue_closure"], issues.as_of, is_total="True")
    times = cached(request.con, METRICS["issue_time"], issues.as_of)
    yield header_block(request, shown.title_sentence(issues, closure), issues, closure, times)
    if closure.rows.empty:
        yield no_data_block()
    else:
        yield from issue_overview(request, issues, closure, times)


def issue_overview(
    request: PageRequest, issues: DatedResult, closure: DatedResult, times: DatedResult
) -> Iterator[Block]:
    """Yield all open issues, those overdue longest first, and folded what is behind the cards."""
    title = shown.title_sentence(issues, closure)
    yield cards_block(shown.issue_cards(request, closure, issues, times))
    if not issues.rows.empty:
        yield heading_block(shown.BY_STEP)
        yield shown.step_bars(issues.rows)
    yield heading_block(shown.OPEN_LIST)
    yield shown.issue_list(request, issues)
    yield from folded_part(request, "cohorts", shown.COHORTS, lambda: month_blocks(request, closure))
    yield from folded_part(
        request, "times", shown.fill_issue_months(shown.TIMES, times), lambda: [shown.time_table(request, times)]
    )
    table = partial(full_table, request, title, issues, shown.ISSUE_COLUMNS, "issues")
    yield from folded_part(request, "all", shown.ALL_ISSUES, lambda: [table()])
    yield from formula_part(request, issues, closure, times)


def month_blocks(request: PageRequest, closure: DatedResult) -> Iterator[Block]:
    """Yield what became of the issues found in each month, as bars and with all columns."""
    months, called = shown.shown_months(closure), {"closed": shown.SETTLED, "rate": shown.SETTLED_RATE}
    yield from shown.month_list(closure)
    yield full_table(request, shown.COHORTS, closure, shown.COHORT_COLUMNS, "cohorts", months, **called)


def issue_blocks(request: PageRequest, facts: DatedResult) -> Iterator[Block]:
    """Yield one issue: how far it is, what is registered of it, its steps."""
    issue = facts.rows.iloc[0]
    steps = cached(request.con, LISTINGS["issue_steps"], facts.as_of, issue_id=issue["issue_id"])
    title = shown.issue_title(issue)
    yield header_block(request, title, facts, steps)
    yield shown.issue_facts(request, issue)
    yield heading_block(shown.STEPS)
    yield shown.step_list(steps)
    photos = cached(request.con, LISTINGS["photos"], facts.as_of).rows
    yield from photo_blocks(request.con, photos[photos["issue_id"] == issue["issue_id"]])
    yield heading_block(shown.FACTS)
    yield shown.registered_facts(facts)
    yield from folded_part(
        request, "steps", shown.ALL_STEPS, lambda: [full_table(request, title, steps, STEPS, "steps")]
    )
    yield source_block(request, "issue", issue["issue_id"])
    yield from formula_part(request, facts)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
