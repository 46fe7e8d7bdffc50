"""The targets of a day as bars in a drawing for paper: what of each is done, with a stroke where the time stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data.text import Language, Text
from ui import formats
from ui.colours import DARK_TEXT, PLAN_COLOUR
from ui.markup import bar_end, element, joined, percent_of_bar, plain_markup

WIDTH, ROW, BAR = 640, 26, 13  # pixels of the drawing; chosen by eye
NAME_END, BAR_END = 236, 570  # where names end, and where the bars do
GROUND = "#E4E8EC"
TEXT_SIZE = 13


@dataclass(frozen=True, slots=True)
class TargetBar:
    """A target as a bar: its name, its rate and its plan in percent, the sign and colour of its light."""

    name: Text
    rate: float | None
    planned: float | None
    sign: str
    colour: str


def target_bars_svg(bars: Sequence[TargetBar], language: Language) -> str:
    """Return the drawing, with colours for white paper; bars beyond 100 % share a longer scale."""
    end = bar_end([bar.rate for bar in bars])
    rows = joined(_bar_row(bar, 4 + number * ROW, end, language) for number, bar in enumerate(bars))
    height = len(bars) * ROW + 8
    return str(element(
        "svg", rows, xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=height, viewBox=f"0 0 {WIDTH} {height}",
        font_family="sans-serif", font_size=TEXT_SIZE, fill=DARK_TEXT,
    ))  # fmt: skip


def _bar_row(bar: TargetBar, top: int, end: float, language: Language) -> Markup:
    middle, scale = top + ROW / 2, (BAR_END - NAME_END) / 100
    parts = [
        _svg_words(bar.name.into(language), NAME_END - 26, middle, "end"),
        _sign_shape(bar, middle),
        _svg_box(NAME_END, middle, percent_of_bar(100.0, end) * scale, GROUND),
        _svg_box(NAME_END, middle, percent_of_bar(bar.rate, end) * scale, bar.colour),
        _svg_words(formats.format_percent(bar.rate), BAR_END + 8, middle, "start"),
    ]
    if bar.planned is not None and not formats.is_missing(bar.planned):
        x = f"{NAME_END + percent_of_bar(bar.planned, end) * scale:g}"
        parts.append(
            element("line", "", x1=x, x2=x, y1=middle - 10, y2=middle + 10, stroke=PLAN_COLOUR, stroke_width=3)
        )
    return joined(parts)


def _svg_words(said: str, x: float, y: float, anchor: str) -> Markup:
    return element(
        "text", plain_markup(formats.tie_units(said)), x=f"{x:g}", y=f"{y:g}", dy=".36em", text_anchor=anchor
    )


def _sign_shape(bar: TargetBar, y: float) -> Markup:
    """Return the sign of a light in its colour with a dark rim, so that yellow stands out on white."""
    return element(
        "text", bar.sign, x=NAME_END - 13, y=f"{y:g}", dy=".36em", text_anchor="middle", fill=bar.colour,
        stroke=DARK_TEXT, stroke_width=0.6,
    )  # fmt: skip


def _svg_box(x: float, middle: float, width: float, colour: str) -> Markup:
    if width <= 0:
        return Markup("")
    return element(
        "rect", "", x=f"{x:g}", y=f"{middle - BAR / 2:g}", width=f"{width:.1f}", height=BAR, fill=colour,
        stroke=DARK_TEXT, stroke_width=0.5,
    )  # fmt: skip
