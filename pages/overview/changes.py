"""What changed since a week ago, the last report or the reader's last visit, and which rows and batches made it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics import changes, restatements, row_changes
from analytics.metrics import METRICS, Metric, Result
from analytics.metrics.model import DependencyResult, shared_result
from analytics.metrics.overview.cockpit import TARGET_PROGRESS
from data.ingest import batch_log
from ui import phrases
from ui.blocks import Block
from ui.cache import cached, cached_work
from ui.figure_sheet import asked_figure
from ui.item_links import target_page_hrefs
from ui.overview import changed_rows
from ui.overview import changes as view
from ui.overview.restatements import Comparison, corrections_block
from ui.page import PageRequest, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day, current_reader

LEDGERS = TARGET_PROGRESS.ledgers
ISSUE_LEDGERS = (*LEDGERS, "issued_figure")


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield what changed in the targets, what was corrected, then any metric row by row."""
    targets = cached(request.con, TARGET_PROGRESS, chosen_day())
    if targets.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    shown = comparison(request, targets.as_of)
    if shown.since > shown.as_of:
        yield header_block(request, view.PAGE.label, targets)
        yield view.since_after_day(request, shown)
    else:
        yield from changes_of_targets(request, shown, targets)
        yield from folded_part(
            request, changed_rows.ROWS_PART, changed_rows.ANY_METRIC, lambda: rows_of_metric(request, shown)
        )
    yield from formula_part(request, targets, *asked_figure(request, METRICS, targets.as_of))


def changes_of_targets(request: PageRequest, shown: Comparison, targets: Result[Metric]) -> Iterator[Block]:
    """Yield the title, what is compared, what was told and no longer holds, and each target that changed."""
    issued = issued_figures(request, shown.as_of)
    told = issued[issued["kind"] == shown.kind] if shown.kind else figures_of_then(request, shown)
    found = cached_work(
        request.con, LEDGERS, changes.target_changes, shown.since, shown.as_of, shown.batch, kept_result
    )
    if shown.kind:
        found = restatements.changes_since_issue(found, told)
    found = view.named_targets(found, targets.rows)
    causes = changes.target_causes(request.con, shown.since, shown.as_of, cached)  # as the reader may see the rows
    pages = target_page_hrefs(METRICS)
    yield header_block(request, view.title_sentence(found, shown.since), targets)
    yield view.against_block(request, shown)
    if restated := corrections_block(issued if shown.kind else told, shown.as_of):
        yield restated
    yield view.changes_block(found, causes, told, shown, pages)
    yield from folded_part(
        request, view.TABLE_PART, view.TABLE, lambda: [view.changes_table(request, targets, found, causes, told)]
    )


def kept_result(con: Any, metric: Metric, day: date) -> DependencyResult:
    """Return a metric as of a day as it was worked out before: then and now share what no batch has changed."""
    return cached_work(con, metric.ledgers, shared_result, metric, day)


def comparison(request: PageRequest, as_of: date) -> Comparison:
    """Return the days to compare, and the last batch that was known on the earlier one."""
    against, issued = view.asked_against(request), issued_figures(request, as_of)
    first = issued.head(1).to_dict("records") if against == view.REPORT else []
    kind, since, batch = next(
        ((row["kind"], row["day"], row["after_batch"]) for row in first), ("", *known_then(request, against, as_of))
    )
    is_known = batch is not None and batch_log.has_batch(request.con, batch)
    return Comparison(against, since, as_of, batch if is_known else None, kind)


def known_then(request: PageRequest, against: str, as_of: date) -> tuple[date, int | None]:
    """Return the earlier day, and the last batch of it; without a report the end of the month before stands in."""
    visit = view.visit_in_address(request)
    if against == view.VISIT and visit:
        since, batch = visit  # of all ledgers: those of targets may be older
        return since if chosen_day() else min(since, as_of), batch
    since = as_of - timedelta(weeks=1) if against == view.WEEK else as_of.replace(day=1) - timedelta(days=1)
    return since, batch_log.last_batch_by(request.con, since)


def issued_figures(request: PageRequest, as_of: date) -> pd.DataFrame:
    """Return the figures of the last briefing of each kind beside those of now; none where none was issued."""
    return cached_work(request.con, ISSUE_LEDGERS, restatements.restated_issues, as_of, kept_result)


def figures_of_then(request: PageRequest, shown: Comparison) -> pd.DataFrame:
    """Return the figures of then beside those of now; none where nobody knows what was told."""
    if shown.batch is None:
        return restatements.no_figures()
    return cached_work(request.con, LEDGERS, restatements.restated_figures, shown.since, shown.batch, kept_result)


def rows_of_metric(request: PageRequest, shown: Comparison) -> Iterator[Block]:
    """Yield the numbers of one metric that have changed, as the reader may see its rows."""
    open_ones = {m.name: m for m in METRICS.values() if request.is_clerk or not m.is_by_household}
    metric = open_ones[request.choice("metric", open_ones, changed_rows.METRIC) or "signing_rate"]
    days, role = (shown.since, shown.as_of, shown.batch), current_reader().role
    found = cached_work(request.con, metric.ledgers, row_changes.row_changes, metric, *days, role)
    result = cached(request.con, metric, shown.as_of)
    yield from changed_rows.rows_part(request, found, result, list(open_ones.values()), shown.since)


if __name__ == "__main__":
    show_page(page_blocks, view.PAGE)
