"""What a reader chose on the map, as its address says it: the layers, their colours, one thing or one river."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.text import Text
from ui.map.layers import LAYERS, REACHES, REACHES_BY_PROGRESS, MapLayer
from ui.map.projection import CLOSEST, WIDEST, Opened
from ui.map.scene import MapLinks
from ui.page import PageRequest
from ui.page_header import same_page_href

LAYERS_PARAMETER, RIVER_PARAMETER, PLACE_PARAMETER = "layers", "river", "at"
COLOUR_PARAMETER, BY_PROGRESS = "colour", "progress"
MOST_NORTHERN = 85.0  # degrees; where the picture of the world ends
NO_LAYER = "none"  # a parameter without a value is none: this one says that every layer was put out
ONE_LAYER, ONE_PLACE = Text("图层", "layer"), Text("地图位置", "place on the map")
ONE_COLOUR = Text("着色方式", "way of colouring")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The thing that the address names: a row of a layer by its code, or a river, which has no layer."""

    code: str
    layer: MapLayer | None = None


def named_layer(request: PageRequest) -> MapLayer | None:
    """Return the layer of which the address names a row; of several the first."""
    return next((layer for layer in LAYERS if layer.choice in request.choices), None)


def asked_layers(request: PageRequest) -> tuple[MapLayer, ...]:
    """Return the layers that the address asks for, or else those shown first; a name that is none is told.

    The layer of what the address names is among them.
    """
    written = request.choices.get(LAYERS_PARAMETER)
    known = [*(layer.name for layer in LAYERS), NO_LAYER]
    asked = {layer.name for layer in LAYERS if layer.is_shown_first}
    if written is not None:
        asked = set(written.split(",")) & set(known)
        request.choice(LAYERS_PARAMETER, [written] if asked else [], ONE_LAYER)
    own = named_layer(request)
    by_progress = request.choice(COLOUR_PARAMETER, [BY_PROGRESS], ONE_COLOUR) == BY_PROGRESS
    shown = [layer for layer in LAYERS if layer.name in asked or layer == own]
    return tuple(REACHES_BY_PROGRESS if layer == REACHES and by_progress else layer for layer in shown)


def layers_value(names: Sequence[str]) -> str | None:
    """Return how layers stand in the address: not at all where they are those that are shown first."""
    first = [layer.name for layer in LAYERS if layer.is_shown_first]
    return None if list(names) == first else ",".join(names) or NO_LAYER


def opened_place(request: PageRequest) -> Opened:
    """Return the place and the zoom that the address opens, `at=lon,lat,zoom`; one that is none is told."""
    written = request.choices.get(PLACE_PARAMETER)
    if written is None:
        return None
    found = _read_place(written)
    request.choice(PLACE_PARAMETER, [written] if found else [], ONE_PLACE)
    return found


def _read_place(written: str) -> Opened:
    try:
        lon, lat, zoom = map(float, written.split(","))
    except ValueError:
        return None
    is_on_earth = abs(lon) <= 180 and abs(lat) <= MOST_NORTHERN and WIDEST <= zoom <= CLOSEST
    return ((lon, lat), zoom) if is_on_earth else None


def map_links(request: PageRequest) -> MapLinks:
    """Return the addresses that a click on the map opens."""
    return MapLinks(
        lambda layer, code: choose_href(request, layer, code),
        lambda place, zoom: same_page_href(request, at=f"{place[0]:.5f},{place[1]:.5f},{zoom:.2f}"),
    )


def whole_map_href(request: PageRequest) -> str:
    """Return the address in which no place is opened: the whole of the map."""
    return same_page_href(request, **{PLACE_PARAMETER: None})


def choose_href(request: PageRequest, layer: MapLayer, code: str) -> str:
    """Return the address in which a row of a layer is chosen, and nothing else."""
    return same_page_href(request, **(_nothing_chosen() | {layer.choice: code}))


def choose_river_href(request: PageRequest, river: str) -> str:
    """Return the address in which a river is chosen, and nothing else."""
    return same_page_href(request, **(_nothing_chosen() | {RIVER_PARAMETER: river}))


def choose_nothing_href(request: PageRequest) -> str:
    """Return the address in which nothing is chosen."""
    return same_page_href(request, **_nothing_chosen())


def toggle_href(request: PageRequest, layer: MapLayer, shown: Sequence[str]) -> str:
    """Return the address in which a layer is put out where it is shown, and shown where it is not.

    What is chosen in a layer goes out with it.
    """
    left = [each.name for each in LAYERS if (each.name == layer.name) != (each.name in shown)]
    chosen: dict[str, object] = {layer.choice: None} if layer.name in shown else {}
    return same_page_href(request, **{LAYERS_PARAMETER: layers_value(left), **chosen})


def colour_href(request: PageRequest, way: str | None) -> str:
    """Return the address in which the reaches have the colours of their classes, or of the progress of works."""
    return same_page_href(request, **{COLOUR_PARAMETER: way})


def _nothing_chosen() -> dict[str, object]:
    return {**{layer.choice: None for layer in LAYERS}, RIVER_PARAMETER: None, "open": None}
