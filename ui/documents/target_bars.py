"""The targets of a day as bars in a drawing for paper: what of each is done, with a stroke where the time stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data.text import Language, Text
from ui import formats
from ui.colours import DARK_TEXT, PLAN_COLOUR
from ui.markup import NOTHING, element, joined, percent_of_bar, plain_markup

WIDTH, ROW, BAR = 640, 24, 13  # pixels of the drawing; chosen by eye
NAME_END, BAR_END = 236, 560  # where names end, and where the bars do
SCALE_END = 120.0  # percent; a bar beyond is cut, or one of 224 % would squeeze all others
GROUND, CUT = "#E4E8EC", "#FFFFFF"
TEXT_SIZE, SMALL_SIZE = 13, 10.5
LINE_WIDTH = 19.5  # of a name in small signs, in full widths: what stands left of the lights
MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class TargetBar:
    """A target as a bar: its name, its rate and its plan in percent, the sign and colour of its light."""

    name: Text
    rate: float | None
    planned: float | None
    sign: str
    colour: str

    @property
    def is_cut(self) -> bool:
        """Tell whether the bar goes on beyond the scale."""
        return self.rate is not None and self.rate > SCALE_END


def target_bars_svg(bars: Sequence[TargetBar], missing: Text, language: Language) -> str:
    """Return the drawing, with colours for white paper; a rate that is not known reads `missing`."""
    rows = joined(_bar_row(bar, 4 + number * ROW, missing, language) for number, bar in enumerate(bars))
    height = len(bars) * ROW + 8
    return str(element(
        "svg", rows, xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=height, viewBox=f"0 0 {WIDTH} {height}",
        font_family="sans-serif", font_size=TEXT_SIZE, fill=DARK_TEXT,
    ))  # fmt: skip


def _bar_row(bar: TargetBar, top: float, missing: Text, language: Language) -> Markup:
    middle = top + ROW / 2
    said = missing.into(language) if formats.is_missing(bar.rate) else formats.format_percent(bar.rate)
    parts = (
        _name_words(bar.name.into(language), middle),
        _sign_shape(bar, middle),
        _svg_box(middle, 100.0, GROUND),
        _svg_box(middle, bar.rate, bar.colour),
        _cut_mark(middle) if bar.is_cut else NOTHING,
        _svg_words(said, BAR_END + 8, middle, "start"),
        NOTHING if formats.is_missing(bar.planned) else _svg_stroke(_place(bar.planned), middle, 10, PLAN_COLOUR, 3),
    )
    return joined(parts)


def _place(rate: float | None) -> float:
    """Return where on the scale a rate stands, in pixels."""
    return NAME_END + percent_of_bar(rate, SCALE_END) * (BAR_END - NAME_END) / 100


def _name_words(name: str, middle: float) -> Markup:
    """Return a name in one line, a long one in two smaller ones, so that none is cut off unseen."""
    if _full_widths(name) * TEXT_SIZE <= LINE_WIDTH * SMALL_SIZE:
        return _svg_words(name, NAME_END - 26, middle, "end")
    lines = name_lines(name)
    first = middle - (len(lines) - 1) * SMALL_SIZE / 2
    return joined(
        _svg_words(line, NAME_END - 26, first + number * SMALL_SIZE, "end", SMALL_SIZE)
        for number, line in enumerate(lines)
    )


def name_lines(name: str) -> list[str]:
    """Return a name in lines of LINE_WIDTH, at words where it has any; what two lines do not hold ends in “…”."""
    lines: list[str] = []
    rest = name
    while rest and len(lines) < MOST_LINES:
        end = _fitting_length(rest)
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > 0 and end < len(rest) else end
        lines.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*lines[:-1], lines[-1][:-1] + "…"] if rest else lines


def _fitting_length(said: str) -> int:
    """Return how many signs from the first fill a line."""
    return max(length for length in range(len(said) + 1) if _full_widths(said[:length]) <= LINE_WIDTH)


def _full_widths(said: str) -> float:
    """Return about how wide words are, in widths of a Chinese sign."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.53 for sign in said)


def _svg_words(said: str, x: float, y: float, anchor: str, size: float = TEXT_SIZE) -> Markup:
    return element(
        "text", plain_markup(formats.tie_units(said)), x=f"{x:g}", y=f"{y:g}", dy=".36em", text_anchor=anchor,
        font_size=f"{size:g}",
    )  # fmt: skip


def _sign_shape(bar: TargetBar, y: float) -> Markup:
    """Return the sign of a light in its colour with a dark rim, so that yellow stands out on white."""
    return element(
        "text", bar.sign, x=NAME_END - 13, y=f"{y:g}", dy=".36em", text_anchor="middle", fill=bar.colour,
        stroke=DARK_TEXT, stroke_width=0.6,
    )  # fmt: skip


def _svg_box(middle: float, rate: float | None, colour: str) -> Markup:
    """Return a bar that ends where a rate stands; of nothing there is none."""
    width = _place(rate) - NAME_END
    if width <= 0:
        return NOTHING
    return element(
        "rect", "", x=NAME_END, y=f"{middle - BAR / 2:g}", width=f"{width:.1f}", height=BAR, fill=colour,
        stroke=DARK_TEXT, stroke_width=0.5,
    )  # fmt: skip


def _cut_mark(middle: float) -> Markup:
    """Return two strokes through a bar near its end: it goes on."""
    return joined(_svg_stroke(BAR_END - 16 + shift, middle, 9, CUT, 3, lean=4) for shift in (0, 8))


def _svg_stroke(x: float, middle: float, half: float, colour: str, width: float, lean: float = 0) -> Markup:
    return element(
        "line", "", x1=f"{x - lean:g}", x2=f"{x + lean:g}", y1=f"{middle + half:g}", y2=f"{middle - half:g}",
        stroke=colour, stroke_width=width,
    )  # fmt: skip
