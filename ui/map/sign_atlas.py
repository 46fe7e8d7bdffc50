"""The signs and names of a map as one picture with the place of each on it, for a map that is drawn by WebGL."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ui.map.label_placement import sign_half_width, sign_text_size, text_width
from ui.map.layers import Look
from ui.map.signs import sign_shape
from ui.markup import element, joined

SHARPNESS = 2  # pixels of the picture for one on the screen: phones and good desks have as many
RIM, GAP, ATLAS_WIDTH = 2, 2, 1024  # pixels: around a sign, between two, and of the picture
FONT = "700 {}px 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A small drawing around its middle, so many pixels wide and high."""

    drawn: Markup
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Atlas:
    """A picture as the address that holds it, and the place of each stamp on it as deck.gl's IconLayer reads them."""

    address: str
    places: Mapping[str, Mapping[str, int | bool]]


def sign_stamp(look: Look, sign: str) -> Stamp:
    """Return a sign: its shape with what stands on it."""
    half = math.ceil(sign_half_width(look, sign))
    text = element(
        "text",
        sign,
        fill=look.ink,
        dy=".36em",
        text_anchor="middle",
        style=f"font:{FONT.format(sign_text_size(look, sign))}",
    )
    return Stamp(sign_shape(look, sign) + text, 2 * (half + RIM), 2 * (look.radius + RIM))


def name_stamp(text: str, size: int, ink: str) -> Stamp:
    """Return a name; it has no halo, which WebGL would give a grey fringe, and stands where no line of a layer runs."""
    style = f"font:{FONT.format(size)};fill:{ink}"
    drawn = element("text", text, dy=".36em", text_anchor="middle", style=style)
    return Stamp(drawn, round(text_width(text, size)) + 8, round(size * 1.3) + 6)


def stamp_atlas(stamps: Mapping[str, Stamp]) -> Atlas:
    """Return the picture on which all stamps stand in rows, none on another."""
    x = y = row = 0
    parts, places = list[Markup](), dict[str, dict[str, int | bool]]()
    for name, stamp in stamps.items():
        if x and x + stamp.width > ATLAS_WIDTH:
            x, y, row = 0, y + row + GAP, 0
        middle = f"translate({x + stamp.width / 2:g},{y + stamp.height / 2:g})"
        parts.append(element("g", stamp.drawn, transform=middle))
        box = {"x": x, "y": y, "width": stamp.width, "height": stamp.height}
        places[name] = {key: SHARPNESS * value for key, value in box.items()}
        x, row = x + stamp.width + GAP, max(row, stamp.height)
    return Atlas(_picture_address(parts, max(1, y + row)), places)  # a picture without height cannot be read


def _picture_address(parts: Iterable[Markup], height: int) -> str:
    size = {"width": SHARPNESS * ATLAS_WIDTH, "height": SHARPNESS * height}
    box = f"0 0 {ATLAS_WIDTH} {height}"
    drawn = element("svg", joined(parts), xmlns="http://www.w3.org/2000/svg", viewBox=box, **size)
    return "data:image/svg+xml;charset=utf-8," + quote(drawn)
