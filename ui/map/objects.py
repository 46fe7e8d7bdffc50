"""What a map is drawn of: the ground, lines, signs and names, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from ui.map.layers import Look
from ui.map.projection import MapView, Point


@dataclass(frozen=True, slots=True)
class BaseShape:
    """A shape of the ground; `kind` is that of the ledger map_feature, `outlines` are rings or lines.

    Each ring has its `holes`.
    """

    kind: str
    name: str
    outlines: tuple[tuple[Point, ...], ...]
    is_area: bool
    holes: tuple[tuple[tuple[Point, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MapObject:
    """A row of a layer, or several that lie too close to be told apart (`count`).

    `place` is where it lies, `at` where its sign stands, which differ where signs would lie on one another; `path` is
    the course of a line, `label` the name beside it. `tooltip` has a line each for its name, its kind and how it
    stands. `href` chooses it. In a drawing that goes through time `standing` tells the drawings of one object apart, of
    which all but one are hidden.
    """

    layer: str
    code: str
    name: str
    place: Point
    at: Point
    look: Look
    sign: str
    tooltip: str
    href: str
    path: tuple[Point, ...] = ()
    count: int = 1
    label: str = ""
    standing: str = ""
    is_hidden: bool = False

    @property
    def key(self) -> str:
        """What tells it from the objects of all layers."""
        return object_key(self.layer, self.code)


def object_key(layer: str, code: str) -> str:
    """Return what tells a row of a layer from those of all layers: two ledgers may have a code in common."""
    return f"{layer}:{code}"


@dataclass(frozen=True, slots=True)
class MapName:
    """A name beside its place: `at` is its middle, where there is room for it at the zoom of the scene.

    `size` is that of its letters in pixels. A name of an object of a layer has its `layer` and `code`, and `href`
    chooses it.
    """

    text: str
    at: Point
    kind: str
    size: int
    layer: str = ""
    code: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class MapLine:
    """The course of a line that is not told apart from those around it, and cannot be chosen before these are."""

    look: Look
    path: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MapScene:
    """All that is drawn, `lines` below the `objects`; `chosen` are the keys of those that are marked.

    `is_schematic` tells a ground drawn by hand, which is said, and so is what of the ground is coarse or left out.
    """

    view: MapView
    ground: tuple[BaseShape, ...]
    objects: tuple[MapObject, ...]
    names: tuple[MapName, ...]
    lines: tuple[MapLine, ...]
    chosen: frozenset[str]
    is_schematic: bool
    ground_metres: float = 0.0
    ground_left_out: int = 0
