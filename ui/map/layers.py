"""What can lie on the map: each layer with the listing of its rows, its signs, its facts and its page. One list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data.text import Text
from ui.colours import CLASS_COLOURS, CLASS_NAMES, CLASS_TEXT, DARK_TEXT, MISSING_COLOUR, STATUS_COLOURS, STATUS_SIGNS

Shape = Literal["disc", "square", "diamond", "triangle", "line"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a sign is drawn: a shape `radius` pixels from its middle to its edge, in colours; `sign` stands on it.

    Without a `sign` of its own it bears the letter of the row's kind.
    """

    shape: Shape
    ground: str
    ink: str
    rim: str
    radius: int
    sign: str = ""


OVERDUE = Look("square", "#7A1020", "#FFFFFF", "#FFFFFF", 9)
OPEN = Look("disc", "#FFFFFF", DARK_TEXT, DARK_TEXT, 9)
CLOSED = Look("disc", "#E4E8EC", "#4A5664", "#7B8794", 6, "✓")
TO_DO_LOOKS = {"overdue": OVERDUE, "open": OPEN, "closed": CLOSED}
CLASS_LOOKS = {
    name: Look("line", CLASS_COLOURS[name], CLASS_TEXT[name], DARK_TEXT, 11, name) for name in reversed(CLASS_NAMES)
} | {"": Look("line", MISSING_COLOUR, DARK_TEXT, DARK_TEXT, 11, "?")}
LIGHT_LOOKS = {
    light: Look("diamond", colour, DARK_TEXT, DARK_TEXT, 9, STATUS_SIGNS[light])
    for light, colour in STATUS_COLOURS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer:
    """A layer: rows of a listing that lie on the map.

    The listing has the columns `code` and `title` (what a row is, and what it is called), `standing` (one of
    `looks`; what is missing is ""), and either `course` (a line) or `lon` and `lat`. What is chosen stands in the
    address under `choice`. `looks` stand with the worst first. `letters` are the signs of the values of `kind`, where
    the looks have no sign of their own. `facts` are the columns of the card, `page` the file and the parameter of the
    page of one row. `name_beside` is the column whose value is written beside a line.
    """

    name: str
    label: Text
    listing: str
    code: str
    title: str
    choice: str
    looks: Mapping[str, Look]
    words: Mapping[str, Text]
    letters: Mapping[str, Text] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    page: tuple[str, str] | None = None
    name_beside: str = ""
    is_shown_first: bool = True


TO_DO_WORDS = {
    "overdue": Text("逾期", "overdue"),
    "open": Text("未整治", "open"),
    "closed": Text("已整治", "closed"),
}

REACHES = MapLayer(
    name="reaches",
    label=Text("河段", "Reaches"),
    listing="reach_map",
    code="reach_id",
    title="reach",
    choice="reach",
    looks=CLASS_LOOKS,
    words={},
    facts=("river", "village", "length", "target_class", "class", "month", "items"),
    page=("water/river.py", "river"),
    name_beside="river",
)
SOURCES = MapLayer(
    name="sources",
    label=Text("污染源", "Pollution sources"),
    listing="source_map",
    code="source_id",
    title="source",
    choice="source",
    looks=TO_DO_LOOKS,
    words=TO_DO_WORDS,
    facts=("kind", "river", "village", "state", "action", "found_on", "due_on", "closed_on"),
    page=("water/sources.py", "source"),
)
LAYERS = (REACHES, SOURCES)
