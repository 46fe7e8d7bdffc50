"""Which land is past its agreed start or idle, by which rule; which resources stand idle, and what came into use."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import idle_resources, land_cards
from ui.investment import land as shown
from ui.investment import land_clocks as clocks
from ui.investment.day import investment_day
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the clocks, the parcels gravest first and the idle resources, or the one that the address names."""
    land = cached(request.con, METRICS["land_clocks"], investment_day(request.con))
    resources = cached(request.con, METRICS["idle_resource_list"], land.as_of)
    parcel = request.choice("parcel", land.rows["parcel_id"], shown.CHOOSE_PARCEL)
    resource = request.choice("resource", resources.rows["resource_id"], shown.CHOOSE_RESOURCE)
    if parcel:
        yield from parcel_blocks(request, land, parcel)
    elif resource:
        yield from resource_blocks(request, resources, resource)
    else:
        yield from land_overview(request, land, resources)


def land_overview(request: PageRequest, land: DatedResult, resources: DatedResult) -> Iterator[Block]:
    """Yield all parcels and resources: cards, clocks, rules, lists; folded their tables and the agents."""
    summary = cached(request.con, METRICS["idle_resource_summary"], land.as_of)
    yield header_block(request, shown.title_sentence(land, resources), land, resources, summary)
    if land.rows.empty and resources.rows.empty:
        yield no_data_block()
        return
    yield cards_block(land_cards.land_cards(request, land, summary))
    yield heading_block(clocks.CLOCKS)
    yield clocks.clock_strip(request, land)
    yield heading_block(clocks.PARCELS)
    yield clocks.parcel_list(request, land)
    yield heading_block(clocks.RULES)
    yield clocks.rule_block(land.as_of)
    yield heading_block(shown.RESOURCES)
    yield caption_block(idle_resources.state_sentence(resources.rows))
    yield idle_resources.resource_list(request, resources)
    yield from folded_table(request, "parcels", clocks.ALL_PARCELS, land, clocks.PARCEL_COLUMNS)
    yield from folded_table(request, "resources", shown.ALL_RESOURCES, resources, shown.RESOURCE_COLUMNS)
    yield from folded_part(request, "agents", idle_resources.AGENTS, lambda: agent_blocks(request, summary))
    yield from formula_part(request, land, resources, summary)


def agent_blocks(request: PageRequest, summary: DatedResult) -> Iterator[Block]:
    """Yield how many leads became deals, and the agents one by one."""
    agents = cached(request.con, LISTINGS["agent_list"], summary.as_of)
    yield sentence_block(shown.agents_sentence(summary))
    yield full_table(request, idle_resources.AGENTS, agents, shown.AGENT_COLUMNS, "agents")


def parcel_blocks(request: PageRequest, land: DatedResult, parcel: str) -> Iterator[Block]:
    """Yield one parcel: its clock, the rules, what is registered of it."""
    row = land.rows[land.rows["parcel_id"] == parcel].iloc[0]
    yield header_block(request, clocks.parcel_sentence(row), land)
    yield clocks.parcel_links(request, row)
    if land.as_of:
        yield heading_block(clocks.CLOCK_DAYS)
        yield clocks.clock_days(row, land.as_of)
    yield heading_block(shown.FACTS)
    yield shown.registered_of(land, row, clocks.PARCEL_FACTS)
    yield heading_block(clocks.RULES)
    yield clocks.rule_block(land.as_of)
    yield source_block(request, "parcel", parcel)
    yield from formula_part(request, land)


def resource_blocks(request: PageRequest, resources: DatedResult, resource: str) -> Iterator[Block]:
    """Yield one idle resource: since when, how far it is, what is registered of it."""
    row = resources.rows[resources.rows["resource_id"] == resource].iloc[0]
    yield header_block(request, idle_resources.resource_sentence(row), resources)
    yield idle_resources.resource_links(request, resource)
    yield heading_block(shown.FACTS)
    yield shown.registered_of(resources, row, shown.RESOURCE_FACTS)
    yield source_block(request, "idle_resource", resource)
    yield from formula_part(request, resources)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
