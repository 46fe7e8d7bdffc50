"""Legal steps."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.demolition import legal as shown
from ui.page import PageRequest, show_page
from ui.page_header import header_block
from ui.preferences import chosen_day


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the title."""
    yield header_block(request, shown.TITLE, cached(request.con, METRICS["signing_rate"], chosen_day()))


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
