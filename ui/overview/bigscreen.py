"""The big screen: the three lines of work in turn, each on a screen of its own, to be read from across the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from data.text import Text
from data.words import STREAMS
from ui import phrases
from ui.blocks import Html
from ui.cards import is_stale
from ui.colours import STREAM_COLOURS
from ui.data_origin import DataOrigin, data_origin_text
from ui.map.layers import PARCELS, PROJECTS, REACHES, RENOVATION, RESOURCES, SOURCES, VIOLATIONS, WORKS
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href
from ui.page import Page
from ui.page_header import HISTORY
from ui.preferences import t

PAGE = Page(label=Text("大屏", "Big screen"), icon=":material/tv:", place=90)
MOST_TARGETS, MOST_LATE = 12, 16  # chosen: what a screen of 32:9 holds; one of 16:9 shows fewer (style.css)
MAP_SIZE = (480, 560)  # pixels of the drawing, which is then as large as the screen lets it be
LAYERS = {
    "water": (REACHES, SOURCES, WORKS),
    "investment": (PARCELS, RESOURCES),
    "demolition": (PROJECTS, VIOLATIONS, RENOVATION),
}
COCKPIT = "overview/cockpit.py"
KEYS = Text("← → 换一屏 · 点一下或空格：停／走", "← → turn · a touch or the space bar: stop, go on")
EXIT = Text("退出大屏（Esc）", "Leave (Esc)")
STOPPED = Text("已停", "stopped")
LOST = Text("与服务器失去联系，画面停在", "No contact with the server; the picture is of")


@dataclass(frozen=True, slots=True)
class Slide:
    """One line of work: what it says first, of which day and batches it is, its targets, its map, what is late."""

    stream: str
    said: Text
    origin: DataOrigin
    as_of: date | None
    targets: Markup
    drawing: Markup
    late: Markup


def wall_block(title: Text, slides: Iterable[Slide]) -> Html:
    """Return the whole screen; which of its slides is seen is the browser's to say (`ui/browser/bigscreen.js`)."""
    lost = element("span", "", class_="fl-lost", data_lost_badge=t(LOST), role="alert")
    head = element("header", joined((element("h1", words(title)), lost)), class_="fl-wall-head")
    return Html(element("div", head + joined(map(_slide_markup, slides)) + _foot_markup(), class_="fl-wall"))


def _slide_markup(slide: Slide) -> Markup:
    """Return one line of work: its name and sentence, then the targets, the map and the list side by side."""
    said = element("p", words(slide.said), class_="fl-wall-said")
    head = joined((said, _origin_markup(slide)))
    parts = (slide.targets, slide.drawing, slide.late)
    body = element("div", joined(element("div", part) for part in parts), class_="fl-wall-parts")
    return element("section", head + body, class_="fl-slide", aria_label=t(STREAMS[slide.stream]))


def _origin_markup(slide: Slide) -> Markup:
    """Return the day, the batches and the 示例 badge, in grey with a word where the day is a month behind."""
    sample = element("span", words(phrases.SAMPLE), class_="fl-badge") if slide.origin.is_sample else NOTHING
    is_old = is_stale(slide.origin.newest, slide.as_of)
    stale = element("span", words(phrases.STALE), class_="fl-alarm") if is_old else NOTHING
    said = link(words(data_origin_text(slide.origin)), page_href(HISTORY))
    return element("p", joined((sample, said, stale), " "), class_="fl-wall-origin")


def _foot_markup() -> Markup:
    """Return the names of the slides, how the screen is turned, and the way out."""
    names = joined(
        element("li", words(STREAMS[stream]), style=f"--c:{colour}") for stream, colour in STREAM_COLOURS.items()
    )
    stopped = element("span", words(STOPPED), class_="fl-stopped")
    way_out = link(words(EXIT), page_href(COCKPIT), class_="fl-wall-exit")
    return element("footer", joined((element("ol", names), stopped, element("span", words(KEYS)), way_out)),
                   class_="fl-wall-foot")  # fmt: skip
