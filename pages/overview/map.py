"""Where it is: rivers, sources, works, projects and sites on one map, a card for what is chosen, the list behind it."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS
from data.text import untranslated
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.map.deck import scene_map
from ui.map.layers import LAYERS
from ui.map.scene import DESK, PHONE, MapLinks, map_scene
from ui.markup import element
from ui.overview import map as shown
from ui.page import PageRequest, show_page
from ui.page_header import formula_part, header_block, no_data_block, same_page_href
from ui.preferences import chosen_day


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the map with the card of what is chosen, and the list of what is bad, the worst first."""
    listings = [LISTINGS[layer.listing] for layer in LAYERS]
    day = chosen_day() or newest_day(request.con, tuple(sorted({n for each in listings for n in each.ledgers})))
    results = [cached(request.con, listing, day) for listing in listings]
    yield header_block(request, untranslated("…"), *results)
    if all(result.rows.empty for result in results):
        yield no_data_block()
        return
    base = cached(request.con, LISTINGS["base_map"], day)
    pairs = [(layer, result.rows) for layer, result in zip(LAYERS, results, strict=True)]
    links = MapLinks(
        lambda layer, code: same_page_href(request, **{layer.choice: code}),
        lambda place, zoom: same_page_href(request, at=f"{place[0]:.5f},{place[1]:.5f},{zoom:.1f}"),
    )
    chosen = request.choices.get("reach") or request.choices.get("source")
    desk = map_scene(pairs, base.rows, request.language, DESK, links=links, chosen=chosen)
    phone = map_scene(pairs, base.rows, request.language, PHONE, links=links, chosen=chosen)
    unchoose = same_page_href(request, **{layer.choice: None for layer in LAYERS})
    yield scene_map(
        (desk, phone), untranslated("…"), (element("p", ""), element("p", "")), element("p", chosen or ""), unchoose
    )
    yield from formula_part(request, *results)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
