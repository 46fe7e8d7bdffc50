"""What every ledger, column and metric means: a list of all, and one of them."""

from collections.abc import Iterator

from analytics import metrics_document
from analytics.metrics import METRICS, metric_stream
from data import dictionary
from data.datasets import DATASETS
from ui import cache
from ui.blocks import Block
from ui.ledgers import dictionary as shown
from ui.page import PageRequest, heading_block, sentence_block, show_page
from ui.page_header import header_block
from ui.preferences import chosen_day


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield all ledgers and metrics, or the one that the address names."""
    ledger = request.choice("ledger", DATASETS, shown.LEDGER)
    metric = request.choice("metric", METRICS, shown.METRIC)
    if ledger:
        yield from ledger_blocks(request, ledger)
    elif metric:
        yield from metric_blocks(request, metric)
    else:
        yield header_block(request, shown.TITLE.fill(ledgers=len(DATASETS), metrics=len(METRICS)))
        yield heading_block(shown.LEDGERS)
        yield shown.ledger_index(request)
        yield heading_block(shown.METRICS)
        yield from metric_index(request)


def metric_index(request: PageRequest) -> Iterator[Block]:
    """Yield all metrics by line of work."""
    for stream in dict.fromkeys(map(metric_stream, METRICS.values())):
        own = [metric for metric in METRICS.values() if metric_stream(metric) == stream]
        yield shown.grouped_entries(stream, [shown.metric_entry(request, each.name, each.label) for each in own])


def ledger_blocks(request: PageRequest, name: str) -> Iterator[Block]:
    """Yield one ledger: what it is, its columns, the metrics that are worked out of it."""
    dataset = DATASETS[name]
    yield header_block(request, shown.LEDGER_TITLE.fill(label=dataset.label))
    yield shown.ledger_ways(request, dataset)
    yield sentence_block(dataset.description)
    rows = (dictionary.column_cells(dataset, column, request.language) for column in dataset.columns)
    yield shown.definition_table(dictionary.HEADINGS, rows)
    using = [metric for metric in METRICS.values() if name in metric.ledgers]
    if using:
        yield shown.grouped_entries(
            shown.WORKED_OUT, [shown.metric_entry(request, each.name, each.label) for each in using]
        )


def metric_blocks(request: PageRequest, name: str) -> Iterator[Block]:
    """Yield one metric: its formula as of the day, what it rests on, its ledgers and columns."""
    metric = METRICS[name]
    day = chosen_day() or cache.newest_day(request.con, metric.ledgers)
    yield header_block(request, shown.METRIC_TITLE.fill(label=metric.label))
    yield shown.metric_ways(request)
    yield sentence_block(*metrics_document.metric_facts(metric, day))
    yield shown.grouped_entries(shown.FROM_LEDGERS, [shown.ledger_entry(request, each) for each in metric.ledgers])
    rows = (metrics_document.metric_column_cells(column, request.language) for column in metric.columns)
    yield shown.definition_table(metrics_document.HEADINGS, rows)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
