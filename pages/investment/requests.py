"""Firms' requests."""

from collections.abc import Iterator

from ui import phrases
from ui.blocks import Block
from ui.investment import requests as shown
from ui.page import PageRequest, show_page
from ui.page_header import header_block, no_data_block


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield that there is nothing yet."""
    yield header_block(request, phrases.NOTHING_YET)
    yield no_data_block()


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
