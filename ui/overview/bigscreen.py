"""The big screen: the three lines of work in turn, each on a screen of its own, to be read from across the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from data.text import Text
from data.words import STREAMS
from ui import phrases
from ui.blocks import Html
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
KEYS = Text("← → 换一屏并暂停 · 点一下或空格：停／走", "← → turn and pause · a touch or the space bar: stop, go on")
EXIT = Text("退出大屏（Esc）", "Leave (Esc)")
PAUSED = Text("已暂停（5 分钟后自己继续，点一下就继续）", "Paused (goes on after 5 minutes, or at a touch)")
MEETING = Text("已暂停（会议模式，按空格或点一下继续）", "Paused (meeting: the space bar or a touch lets it go on)")
LANDED = Text("最近批次 {batch}：{moment} 装入", "Newest batch {batch}: loaded {moment}")
AGES = {  # how long ago by the clock, for the browser to count
    "data_minutes": Text("{n} 分钟前", "{n} min ago"),
    "data_hours": Text("{n} 小时前", "{n} h ago"),
    "data_days": Text("{n} 天前", "{n} d ago"),
}
DAYS_UNTIL_OLD = 7  # chosen: most ledgers are due every week
LOST = Text("与服务器失去联系，画面停在", "No contact with the server; the picture is of")


@dataclass(frozen=True, slots=True)
class Slide:
    """One line of work: what it says first, its day and batches, its targets, its map, what is late.

    `landed` is when the newest of its batches came in.
    """

    stream: str
    said: Text
    origin: DataOrigin
    landed: datetime | None
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
    """Return the day, the batches and the 示例 badge, and when the newest batch came in."""
    sample = element("span", words(phrases.SAMPLE), class_="fl-badge") if slide.origin.is_sample else NOTHING
    said = link(words(data_origin_text(slide.origin)), page_href(HISTORY))
    return element("p", joined((sample, said, _landed_badge(slide)), " "), class_="fl-wall-origin")


def _landed_badge(slide: Slide) -> Markup:
    """Return when the newest batch came in; its age, and whether it is old, is the browser's to say, by the clock."""
    if slide.landed is None:
        return NOTHING
    moment = LANDED.fill(batch=slide.origin.last_batch, moment=f"{slide.landed:%Y-%m-%d %H:%M}")
    age = element(
        "b", "", data_landed=int(slide.landed.timestamp()), data_old_days=DAYS_UNTIL_OLD,
        data_old=t(phrases.STALE), **{name: t(said) for name, said in AGES.items()},
    )  # fmt: skip
    return element("span", joined((words(moment), age), " "), class_="fl-landed")


def _foot_markup() -> Markup:
    """Return the names of the slides, how the screen is turned, and the way out."""
    names = joined(
        element("li", words(STREAMS[stream]), style=f"--c:{colour}") for stream, colour in STREAM_COLOURS.items()
    )
    stopped = joined(
        element("span", words(said), class_=f"fl-stopped fl-{why}", role="status")
        for why, said in {"rest": PAUSED, "meeting": MEETING}.items()
    )
    way_out = link(words(EXIT), page_href(COCKPIT), class_="fl-wall-exit")
    return element("footer", joined((element("ol", names), stopped, element("span", words(KEYS)), way_out)),
                   class_="fl-wall-foot")  # fmt: skip
