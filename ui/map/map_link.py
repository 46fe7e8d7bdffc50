"""The way to the map from the page of a thing that lies on it."""

from __future__ import annotations

from markupsafe import Markup

from data.text import Text
from ui.markup import link, words
from ui.menu import page_href

ON_THE_MAP = Text("在地图上看", "On the map")


def link_to_map(**chosen: object) -> Markup:
    """Return a link that opens the map with a thing chosen, such as `river=…`; see LAYERS for what can be."""
    return link(words(ON_THE_MAP), page_href("overview/map.py", **chosen))
