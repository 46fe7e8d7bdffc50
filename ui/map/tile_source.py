"""The pictures of a tile source, where one is set: its name, and which of them lie below a view."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from typing import NamedTuple

from data.errors import BadTileSource
from data.text import Text
from ui.map.projection import MapView, place_of_pixels, world_pixels

ADDRESS, NAME = "FRONTLINE_TILES", "FRONTLINE_TILES_NAME"
TEMPLATE = re.compile(r"https?://[^\s/{}]+/\S+", re.ASCII | re.IGNORECASE)
BLANKS = ("{z}", "{x}", "{y}")
LONGEST_NAME = 60  # characters; chosen: a line below the map
LOWEST, HIGHEST = 5, 18  # zooms of tiles; chosen: a province, a yard
TILE_PIXELS = 256
OVERVIEW = 3  # zooms below those of the view: what is seen when a reader goes away from it
MAP_DATA = Text("底图：{name}", "Ground: {name}")
DRAWN_ON_TILES = Text("底图：{name}；界线、河道是示意图", "Ground: {name}; boundaries and rivers are schematic")


@dataclass(frozen=True, slots=True)
class TileSource:
    """What the settings say: the name that stands on the map, and the address with {z}, {x} and {y} in it."""

    name: str
    template: str

    def address(self, zoom: int, x: int, y: int) -> str:
        written = self.template
        for blank, number in zip(BLANKS, (zoom, x, y), strict=True):
            written = written.replace(blank, str(number))
        return written


class Tile(NamedTuple):
    """A square picture of the ground, and where its edges lie, in degrees."""

    zoom: int
    x: int
    y: int
    west: float
    south: float
    east: float
    north: float

    @property
    def href(self) -> str:
        """The address under which our own server has it."""
        return f"api/tiles/{self.zoom}/{self.x}/{self.y}"


def tile_source() -> TileSource | None:
    """Return the tile source of the settings; None, as they come, for none. Raises BadTileSource."""
    template, name = os.environ.get(ADDRESS, "").strip(), os.environ.get(NAME, "").strip()
    if not template:
        return None
    is_whole = TEMPLATE.fullmatch(template) and all(template.count(blank) == 1 for blank in BLANKS)
    if not is_whole or not 0 < len(name) <= LONGEST_NAME:
        raise BadTileSource(address=ADDRESS, name=NAME)
    return TileSource(name, template)


def is_tile(zoom: int, x: int, y: int) -> bool:
    """Tell whether there is such a tile, and one that the map may ask for."""
    return LOWEST <= zoom <= HIGHEST and 0 <= x < 2**zoom and 0 <= y < 2**zoom


def tiles_below(view: MapView) -> list[Tile]:
    """Return the tiles below a view and some way around it, the coarse ones first, on which the fine ones lie."""
    fine = min(HIGHEST, max(LOWEST, round(view.zoom) + 1))  # a tile of 256 pixels where the world has 512
    coarse = max(LOWEST, fine - OVERVIEW)
    return [tile for zoom, around in ((coarse, 4.0), (fine, 1.5)) for tile in _tiles_at(view, zoom, around)]


def _tiles_at(view: MapView, zoom: int, around: float) -> Iterable[Tile]:
    """Yield the tiles of a zoom that cover `around` times the width and height of a view."""
    shown = 2 ** (zoom - 1 - view.zoom)  # pixels of tiles to a pixel of the view
    middle = world_pixels(view.centre, zoom - 1)
    spans = [around * size * shown / 2 for size in (view.width, view.height)]
    columns, rows = (
        range(floor((at - span) / TILE_PIXELS), floor((at + span) / TILE_PIXELS) + 1)
        for at, span in zip(middle, spans, strict=True)
    )
    return (_tile(zoom, x, y) for y in rows for x in columns if is_tile(zoom, x, y))


def _tile(zoom: int, x: int, y: int) -> Tile:
    west, north = place_of_pixels((x * TILE_PIXELS, y * TILE_PIXELS), zoom - 1)
    east, south = place_of_pixels(((x + 1) * TILE_PIXELS, (y + 1) * TILE_PIXELS), zoom - 1)
    return Tile(zoom, x, y, west, south, east, north)
