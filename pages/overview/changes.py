"""What changed since a week ago, the last report or the reader's last visit, and which rows and batches made it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics import changes, row_changes
from analytics.metrics import LISTINGS, METRICS, Metric
from analytics.metrics.model import DependencyResult
from analytics.metrics.overview.cockpit import TARGET_PROGRESS
from data.ingest import batch_log
from ui import phrases
from ui.blocks import Block
from ui.cache import cached, cached_work
from ui.figure_sheet import asked_figure
from ui.item_links import target_page_hrefs
from ui.overview import changed_rows, restatements
from ui.overview import changes as view
from ui.page import PageRequest, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day, current_reader

LEDGERS = TARGET_PROGRESS.ledgers


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield what changed in the targets, what was corrected, then any metric row by row."""
    targets = cached(request.con, TARGET_PROGRESS, chosen_day())
    if targets.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    shown = comparison(request, targets.as_of)
    found = cached_work(
        request.con, LEDGERS, changes.target_changes, shown.since, shown.as_of, shown.batch, kept_result
    )
    found, corrected = view.named_targets(found, targets.rows), corrections(request, shown)
    if shown.against == restatements.REPORT:
        found = view.as_issued(found, issued_figures(request, targets.as_of))
    causes = changes.target_causes(request.con, shown.since, shown.as_of, cached)  # as the reader may see the rows
    pages = target_page_hrefs(METRICS)
    yield header_block(request, view.title_sentence(found, shown.since), targets)
    yield view.against_block(request, shown)
    if told := restatements.corrections_block(found, corrected, shown):
        yield told
    yield view.changes_block(found, causes, corrected, shown, pages)
    yield from folded_part(
        request, changed_rows.ROWS_PART, changed_rows.ANY_METRIC, lambda: rows_of_metric(request, shown)
    )
    yield from formula_part(request, targets, *asked_figure(request, METRICS, targets.as_of))


def kept_result(con: Any, metric: Metric, day: date) -> DependencyResult:
    """Return a metric as of a day as it was worked out before: then and now share what no batch has changed."""
    return cached_work(con, metric.ledgers, changes.compute_anew, metric, day)


def comparison(request: PageRequest, as_of: date) -> restatements.Comparison:
    """Return the days to compare, and the last batch that was known on the earlier one."""
    against = view.asked_against(request)
    since, batch = known_then(request, against, as_of)
    is_known = batch is not None and batch_log.has_batch(request.con, batch)
    return restatements.Comparison(against, since, as_of, batch if is_known else None)


def known_then(request: PageRequest, against: str, as_of: date) -> tuple[date, int | None]:
    """Return the earlier day, and the last batch of it; without a report the end of the month before stands in."""
    visit, issued = view.visit_in_address(request), issued_figures(request, as_of)
    if against == view.VISIT and visit:
        return visit
    if against == restatements.REPORT and not issued.empty:
        return pd.Timestamp(issued["as_of"].iloc[0]).date(), int(issued["after_batch"].iloc[0])
    since = as_of - timedelta(weeks=1) if against == view.WEEK else as_of.replace(day=1) - timedelta(days=1)
    return since, batch_log.last_batch_by(request.con, since)


def issued_figures(request: PageRequest, as_of: date) -> pd.DataFrame:
    """Return the figures of the last briefing that was issued; none where none was."""
    return cached(request.con, LISTINGS["last_issued"], as_of).rows


def rows_of_metric(request: PageRequest, shown: restatements.Comparison) -> Iterator[Block]:
    """Yield the numbers of one metric that have changed, as the reader may see its rows."""
    open_ones = {m.name: m for m in METRICS.values() if request.is_clerk or not m.is_by_household}
    metric = open_ones[request.choice("metric", open_ones, changed_rows.METRIC) or "signing_rate"]
    days, role = (shown.since, shown.as_of, shown.batch), current_reader().role
    found = cached_work(request.con, metric.ledgers, row_changes.row_changes, metric, *days, role)
    result = cached(request.con, metric, shown.as_of)
    yield from changed_rows.rows_part(request, found, result, list(open_ones.values()), shown.since)


def corrections(request: PageRequest, shown: restatements.Comparison) -> pd.DataFrame:
    """Return what each batch corrected in the figures of then; nothing where nobody knows what was told."""
    if shown.batch is None:
        return pd.DataFrame(columns=changes.CORRECTIONS.split())
    return cached_work(request.con, LEDGERS, changes.target_corrections, shown.since, shown.batch, kept_result)


if __name__ == "__main__":
    show_page(page_blocks, view.PAGE)
