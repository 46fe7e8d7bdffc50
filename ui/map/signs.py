"""The shapes of signs as drawings, for every way of drawing the map and for its legend."""

from __future__ import annotations

from math import ceil

from markupsafe import Markup

from ui.map.label_placement import sign_half_width
from ui.map.layers import Look
from ui.map.shapes import SHAPE_CORNERS
from ui.markup import element

RIM_WIDTH = 1.5  # pixels; chosen by eye


def sign_shape(look: Look, sign: str) -> Markup:
    """Return the shape of a sign around its middle; that on a line is as wide as what is written on it."""
    colours = {"fill": look.ground, "stroke": look.rim, "stroke_width": RIM_WIDTH}
    if look.shape == "disc":
        return element("circle", "", r=look.radius, **colours)
    if look.shape == "line":
        half, radius = ceil(sign_half_width(look, sign)), look.radius
        return element("rect", "", x=-half, y=-radius, width=2 * half, height=2 * radius, rx=radius, **colours)
    corners = ((round(x * look.radius, 1), round(y * look.radius, 1)) for x, y in SHAPE_CORNERS[look.shape])
    return element("polygon", "", points=" ".join(f"{x:g},{y:g}" for x, y in corners), **colours)
