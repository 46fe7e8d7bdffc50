"""Where it is: rivers, sources, works, projects and sites on one map, a card for what is chosen, the list behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from analytics.metrics import LISTINGS, METRICS, Result
from ui.blocks import Block, Html
from ui.cache import cached, newest_day
from ui.map.before_after import BEFORE_AFTER, before_after_blocks
from ui.map.card import RiverFacts, facts_of_river, object_card, river_lines
from ui.map.choices import Chosen, asked_layers, map_links, named_layer, opened_place
from ui.map.layers import LAYERS, REACHES, SOURCES, WORKS, MapLayer
from ui.map.legend import legend_markup
from ui.map.objects import MapScene
from ui.map.photo_figures import photo_figures
from ui.map.projection import Opened, Size
from ui.map.river_view import close_view, rows_at_river
from ui.map.scene import DESK, PHONE, map_scene
from ui.map.time_lapse import TIME, time_lapse_block
from ui.overview import map as shown
from ui.page import PageRequest, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, page_data_origin
from ui.preferences import chosen_day
from ui.result_list import folded_table

Shown = Sequence[tuple[MapLayer, Result[Any]]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the map with the card of what is chosen, and the list of what is bad, the worst first."""
    ledgers = {ledger for layer in LAYERS for ledger in LISTINGS[layer.listing].ledgers}
    day = chosen_day() or newest_day(request.con, tuple(sorted(ledgers)))
    layers = asked_layers(request)
    reaches, sources = (cached(request.con, LISTINGS[layer.listing], day) for layer in (REACHES, SOURCES))
    results = [(layer, cached(request.con, LISTINGS[layer.listing], day)) for layer in layers]
    title = shown.title_sentence(reaches, sources, results)
    yield header_block(request, title, reaches, sources, *(result for _, result in results))
    base = cached(request.con, LISTINGS["base_map"], day)
    if all(result.rows.empty for result in (reaches, sources, base, *(result for _, result in results))):
        yield no_data_block()
        return
    chosen = chosen_thing(request, results, day)
    yield from map_part(request, results, chosen, day)
    yield from shown.list_part(request, results, chosen)
    yield from folded_parts(request, results, (reaches, sources), chosen, day)


def map_part(request: PageRequest, results: Shown, chosen: Chosen | None, day: date | None) -> Iterator[Block]:
    """Yield the map with the legend beside it; with the card of what is chosen there, and the legend below."""
    desk, phone = (scene_of(request, results, chosen, day, size) for size in (DESK, PHONE))
    notes = (shown.ground_note(desk), shown.coarse_note(desk), shown.undrawn_note(results))
    legend = legend_markup(request, results) + shown.notes_markup(notes)
    card = chosen_card(request, results, chosen, day)
    yield shown.map_block(request, (desk, phone), results, shown.beside_markup(request, card, legend))
    if card:
        yield shown.legend_below(legend)


def folded_parts(
    request: PageRequest, results: Shown, water: tuple[Result[Any], ...], chosen: Chosen | None, day: date | None
) -> Iterator[Block]:
    """Yield what is folded: the map through time, the river before and after, all rows of each layer, the formulas."""
    yield from past_parts(request, water, (shown.river_of(results, chosen) or (None,))[0], day)
    for layer, result in results:
        columns = shown.table_columns(layer)
        yield from folded_table(request, layer.name, shown.ALL_OF.fill(label=layer.label), result, columns)
    yield from formula_part(request, *(result for _, result in results))


def chosen_thing(request: PageRequest, results: Shown, day: date | None) -> Chosen | None:
    """Return what the address names, or None; what is not there is told."""
    layer = named_layer(request)
    if layer:
        rows = next(result for each, result in results if each.name == layer.name)
        code = request.choice(layer.choice, rows.rows[layer.code], rows.column(layer.title).label)
        return Chosen(code, layer) if code else None
    rivers = cached(request.con, LISTINGS["river_card"], day)
    river = request.choice("river", rivers.rows["river_id"], shown.ONE_RIVER)
    return Chosen(river) if river else None


def scene_of(
    request: PageRequest, results: Shown, chosen: Chosen | None, day: date | None, size: Size, opened: Opened = None
) -> MapScene:
    """Return all that is drawn, in so many pixels; a ground of which a batch is 示例 is schematic."""
    base = cached(request.con, LISTINGS["base_map"], day)
    return map_scene(
        [(layer, result.rows) for layer, result in results], base.rows, request.language, size,
        links=map_links(request), chosen=shown.marked_objects(results, chosen),
        opened=opened or opened_place(request),
        is_schematic=page_data_origin(request, None, base.ledgers).is_sample,
    )  # fmt: skip


def past_parts(
    request: PageRequest, results: tuple[Result[Any], ...], river: str | None, day: date | None
) -> Iterator[Block]:
    """Yield the map through time, and of a river that is chosen two months side by side, both folded."""
    yield from folded_part(request, "time", TIME, lambda: [time_block(request, results, river, day)])
    if river:
        blocks = partial(before_after_blocks, request, river, day, {**METRICS, **LISTINGS})
        yield from folded_part(request, "compare", BEFORE_AFTER, blocks)


def time_block(request: PageRequest, results: tuple[Result[Any], ...], river: str | None, day: date | None) -> Html:
    """Return the map through time: reaches and sources month by month, of one river where one is chosen."""
    of_river = {"river_id": river} if river else {}
    changes = cached(request.con, METRICS["map_months"], day, **of_river)
    pairs = zip((REACHES, SOURCES), results, strict=True)
    then = [(layer, replace(result, rows=rows_at_river(result.rows, river))) for layer, result in pairs]
    rows = [(layer, result.rows) for layer, result in then]
    desk, phone = (
        scene_of(request, then, None, day, size, close_view(rows, size) if river else None) for size in (DESK, PHONE)
    )
    return time_lapse_block((desk, phone), rows, changes, map_links(request))


def chosen_card(request: PageRequest, results: Shown, chosen: Chosen | None, day: date | None) -> Markup | None:
    """Return the card of what is chosen, with the newest photos of it; of a reach also what is known of its river."""
    if chosen is None:
        return None
    if chosen.layer is None:
        photos = photos_of(request, day, "river_id", chosen.code)
        return shown.river_card(request, river_facts(request, day, chosen.code), photos)
    layer, result = next((layer, result) for layer, result in results if layer.name == chosen.layer.name)
    is_reach, river = layer.name == REACHES.name, (shown.river_of(results, chosen) or ("",))[0]
    more = list(river_lines(request, river_facts(request, day, river, chosen.code))) if is_reach else []
    photos = photos_of(request, day, "river_id" if is_reach else layer.code, river if is_reach else chosen.code)
    return object_card(request, layer, result, chosen.code, more, photos)


def photos_of(request: PageRequest, day: date | None, column: str, code: str) -> Markup:
    """Return the newest photos of a river, a work or an issue that were taken in; nothing of what has none."""
    rows = cached(request.con, LISTINGS["photos"], day).rows.dropna(subset=["digest"])
    return photo_figures(request.con, rows[rows[column] == code] if column in rows else rows.head(0), shown.PHOTOS)


def river_facts(request: PageRequest, day: date | None, river: str, reach: str | None = None) -> RiverFacts:
    """Return what is known of a river; of a reach the chiefs and sections that are its own."""
    names = ("river_card", "duties", WORKS.listing)
    cards, duties, works = (cached(request.con, LISTINGS[name], day).rows for name in names)
    sections = cached(request.con, METRICS["section_class"], day).rows
    return facts_of_river((cards, duties, sections, works), river, reach)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
