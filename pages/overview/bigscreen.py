"""The three lines of work in turn on a big screen: targets, map and what is behind, each line by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
from markupsafe import Markup

from analytics.metrics import LISTINGS, METRICS
from analytics.metrics.overview.cockpit import BEHIND, PLAN_LIGHTS, TARGET_PROGRESS
from analytics.status import NO_DATA, WAITING, are_all_on_plan, light_counts, status_lights
from analytics.target_series import series_parts, target_series
from data.datasets import DATASETS
from data.ingest import batch_log
from ui import phrases
from ui.blocks import Block
from ui.cache import cached, cached_work
from ui.colours import STREAM_COLOURS
from ui.item_links import target_page_hrefs
from ui.overview import bigscreen, cockpit, cockpit_items, cockpit_map
from ui.overview.target_rows import TargetHistory, stream_markup, target_history
from ui.page import PageRequest, show_page
from ui.page_header import header_block, no_data_block, page_data_origin
from ui.preferences import chosen_day

WEEK = timedelta(weeks=1)


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the whole screen, or what fills it where there is nothing yet."""
    targets = cached(request.con, TARGET_PROGRESS, chosen_day())
    if targets.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    figures = targets.rows.assign(light=status_lights(targets.rows, targets.as_of))
    lights, late = (cached(request.con, metric, targets.as_of).rows for metric in (PLAN_LIGHTS, BEHIND))
    noted = cockpit_items.with_notes(late, cached(request.con, LISTINGS["last_notes"], targets.as_of).rows)
    slides = [slide_of(request, stream, targets.as_of, figures, lights, noted) for stream in STREAM_COLOURS]
    yield bigscreen.wall_block(bigscreen.PAGE.label, slides)


def slide_of(
    request: PageRequest, stream: str, day: date, figures: pd.DataFrame, lights: pd.DataFrame, late: pd.DataFrame
) -> bigscreen.Slide:
    """Return one line of work: its own targets, the worst first, its map, and what of it is late."""
    own, own_lights, own_late = (rows[rows["stream"] == stream] for rows in (figures, lights, late))
    pages = target_page_hrefs(METRICS)
    items = cached(request.con, METRICS["open_items"], day, stream=stream).rows
    ledgers = tuple(name for name, ledger in DATASETS.items() if ledger.stream == stream)
    origin = page_data_origin(request, day, ledgers)
    return bigscreen.Slide(
        stream,
        cockpit.title_sentence(own_late, *light_facts(own_lights["light"])),
        origin,
        batch_log.loaded_at(request.con, origin.last_batch),
        stream_markup(
            stream,
            own,
            own_lights,
            weeks_of_targets(request, frozenset(own["metric"]), day),
            pages,
            bigscreen.MOST_TARGETS,
        ),
        map_of_stream(request, stream, day),
        cockpit_items.late_markup(own_late, pages, bigscreen.MOST_LATE) + cockpit_items.other_items_markup(items),
    )


def light_facts(lights: pd.Series) -> tuple[bool, int, int]:
    """Return whether everything is on plan, how many lights are not known, and how many there are."""
    counts = light_counts(lights)
    return are_all_on_plan(lights), counts[NO_DATA] + counts[WAITING], len(lights)


def weeks_of_targets(request: PageRequest, metrics: frozenset[str], day: date) -> TargetHistory:
    """Return the last weeks of the targets; a batch makes only the series of its own metrics anew."""
    parts = [cached_work(request.con, ledgers, target_series, names, day) for names, ledgers in series_parts(metrics)]
    return target_history(parts, day - WEEK, day)


def map_of_stream(request: PageRequest, stream: str, day: date) -> Markup:
    """Return the drawing of what one line of work has on the map."""
    base = cached(request.con, LISTINGS["base_map"], day)
    results = [(layer, cached(request.con, LISTINGS[layer.listing], day)) for layer in bigscreen.LAYERS[stream]]
    is_sample = page_data_origin(request, None, base.ledgers).is_sample
    return cockpit_map.map_markup(results, base, is_sample, bigscreen.MAP_SIZE)


if __name__ == "__main__":
    show_page(page_blocks, bigscreen.PAGE)
