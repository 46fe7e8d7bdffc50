"""What has to be brought to notice, by rules that are data; who has taken note of it, and taking note of it."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.item_links import target_page_hrefs
from ui.overview import alert_acknowledger as acknowledger
from ui.overview import alerts as shown
from ui.overview.load_age import load_age_notices
from ui.page import PageRequest, caption_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the alerts rule by rule, then folded all of them, the formula and the form."""
    alerts = alerts_of_day(request)
    if alerts.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    yield header_block(request, shown.title_sentence(alerts.rows), alerts)
    pages = target_page_hrefs(METRICS)
    yield shown.rule_blocks(request, alerts, pages)
    yield caption_block(shown.RULES_ARE_DATA)
    yield from folded_table(request, "all", shown.ALL_ALERTS, alerts, shown.TABLE_COLUMNS)
    yield from formula_part(request, alerts)
    if request.is_clerk:
        yield acknowledger.acknowledge_fold(request)


def alerts_of_day(request: PageRequest) -> DatedResult:
    """Return the alerts of the day that the reader chose."""
    return cached(request.con, METRICS["alerts"], chosen_day())


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE, load_age_notices)
    acknowledger.draw_acknowledger(shown.PAGE, alerts_of_day)
