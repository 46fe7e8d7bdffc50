"""The page of the map: its title, its card, its legend and its list."""

from __future__ import annotations

from data.text import Text
from ui.map.layers import LAYERS
from ui.page import Page

PAGE = Page(
    label=Text("地图", "Map"),
    icon=":material/map:",
    place=20,
    choices=(*(layer.choice for layer in LAYERS), "river"),
)
