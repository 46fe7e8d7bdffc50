"""Who owes which ledger, and what came in time: by unit, and period by period."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from data.text import join_texts
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.overview import reporting as shown
from ui.overview.load_age import load_age_notices
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table, list_block


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the counts by unit and the strips of the ledgers, then folded all periods and the formulas."""
    status = cached(request.con, METRICS["reporting_status"], chosen_day())
    if status.rows.empty:
        yield header_block(request, shown.NOTHING_DUE if status.as_of else phrases.NOTHING_YET, status)
        yield caption_block(shown.NO_DUTY)
        yield no_data_block()
        return
    units = cached(request.con, METRICS["reporting_by_unit"], status.as_of)
    yield header_block(request, join_texts(list(shown.title_parts(units)), shown.COMMA), status, units)
    yield heading_block(shown.BY_UNIT)
    yield list_block(units, shown.UNIT_COLUMNS, is_alarming=lambda row: row["missing"] > 0)
    yield heading_block(shown.STRIPS)
    yield shown.legend_block()
    yield shown.strips_block(status)
    yield caption_block(shown.NOT_ALL_SHOWN.fill(count=shown.MOST_CELLS), shown.SAMPLE_DAYS)
    yield from folded_table(request, "periods", shown.ALL_PERIODS, status, shown.PERIOD_COLUMNS)
    yield from formula_part(request, status, units)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE, load_age_notices)
