"""The weekly and the monthly briefing: read first, then taken away as a Word document, then issued."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from analytics.briefing import BriefingResults, briefing_results, figures_to_issue, ledgers_of_briefing
from analytics.metrics import METRICS, Metric, Result
from data.datasets.shared.issued_figure import WEEKLY
from data.errors import NothingToBrief
from ui.blocks import Block
from ui.cache import cached, cached_work
from ui.documents.map_picture import MAP_LISTINGS
from ui.documents.paper_preview import paper_preview
from ui.documents.svg_picture import png_of_drawing
from ui.documents.word_paper import word_document
from ui.documents.written_briefing import drawn_briefing
from ui.overview import briefing as shown
from ui.overview import briefing_publisher as publisher
from ui.page import PageRequest, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the briefing of a kind and a day as a preview, its file, and folded the way to issue it."""
    try:
        results = results_of(request)
    except NothingToBrief as error:
        yield header_block(request, shown.PAGE.label)
        yield shown.not_written(error.text)
        yield no_data_block()
        return
    targets = cached(request.con, METRICS["target_progress"], results.as_of)
    language, paper = request.language, drawn_briefing(results, request.language)
    yield header_block(request, shown.title_sentence(results), targets)
    yield shown.kind_links(request, results.kind)
    make = partial(word_document, paper, language, results.as_of, png_of_drawing)
    yield shown.word_download(results.kind, results.as_of, make, paper.memory_size)
    if request.is_clerk:
        yield publisher.issue_fold(request)
    yield paper_preview(paper)
    yield from formula_part(request, targets)


def results_of(request: PageRequest) -> BriefingResults:
    """Return what the briefing of the page tells; raises NothingToBrief."""
    kind = request.choice(shown.KIND, shown.LABELS, shown.WHICH) or WEEKLY
    ask, ask_work = partial(cached, request.con), partial(cached_changes, request)
    return briefing_results(request.con, kind, chosen_day(), ask, ask_work, MAP_LISTINGS)


def cached_changes(request: PageRequest, work: Any, *chosen: Any) -> pd.DataFrame:
    """Return what changed, worked out once for each state of the ledgers."""
    return cached_work(request.con, ledgers_of_briefing(), work, *chosen, cached_metric)


def cached_metric(con: Any, metric: Metric, as_of: date) -> Result[Any]:
    return cached(con, metric, as_of)


def figures_of(request: PageRequest, last_batch: int) -> pd.DataFrame:
    """Return what would be issued of the briefing of the page; raises NothingToBrief."""
    return figures_to_issue(results_of(request), last_batch)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
    publisher.draw_publisher(shown.PAGE, figures_of)
