"""Our own drawings as PNG pictures, with the Chinese font of the server; without one no picture is made."""

from __future__ import annotations

import re
from functools import cache

import resvg_py

FONTS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimHei", "WenQuanYi Micro Hei", "Source Han Sans SC")
PROPERTY = re.compile(r"(--[\w-]+):([^;{}]+)")
USED_PROPERTY = re.compile(r"var\((--[\w-]+)\)")
LINK = re.compile(r"(</?)a(?=[ >])")
FONT_RULE = re.compile(r"font:(\d+) (\d+)px [^;}]+")
ZOOM = 2.5  # pixels of the picture for one of the drawing; chosen: some 250 to an inch on A4


def has_chinese_font() -> bool:
    """Tell whether the server can draw Chinese: without a font different characters look the same, as boxes or not
    at all.
    """
    return _chinese_font() is not None


@cache
def _chinese_font() -> str | None:
    """Return the first family that draws two characters as two."""
    return next((family for family in FONTS if _drawn(family, "河") != _drawn(family, "湖")), None)


def _drawn(family: str, said: str) -> bytes:
    text = f'<text x="2" y="20" font-size="20" font-family="{family}">{said}</text>'
    return _rendered(f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{text}</svg>', family, 1)


def _rendered(svg: str, family: str, zoom: float) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_family=family, sans_serif_family=family,
                                       background="#ffffff", zoom=zoom))  # fmt: skip


def png_of_drawing(svg: str) -> bytes:
    """Return a drawing of one theme as a PNG; `has_chinese_font` says whether its words can be drawn."""
    return _rendered(plain_style(svg), _chinese_font() or FONTS[0], ZOOM)


def plain_style(svg: str) -> str:
    """Return a drawing without what the renderer cannot read: links, properties of its own, short forms of fonts."""
    known = dict(PROPERTY.findall(svg))
    plain = LINK.sub(r"\1g", USED_PROPERTY.sub(lambda found: known.get(found[1], "#000000"), svg))
    family = f"'{_chinese_font() or FONTS[0]}',sans-serif"
    return FONT_RULE.sub(lambda found: f"font-weight:{found[1]};font-size:{found[2]}px;font-family:{family}", plain)
