"""A scene as a drawing that needs no WebGL: text is text, every object a link, colours follow the reader's theme."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from data.text import Text
from ui.map.ground_colours import GROUND_COLOURS
from ui.map.label_placement import SIGN_SIZE, sign_half_width, sign_text_size
from ui.map.objects import BaseShape, MapLine, MapName, MapObject, MapScene
from ui.map.projection import MapView, Point
from ui.map.signs import sign_shape
from ui.markup import NOTHING, element, joined, link, words

GROUND_CLASSES = {
    "区县界": "district", "街道界": "subdistrict", "村社界": "village", "水体": "water", "公园": "park", "道路": "road",
}  # fmt: skip
COURSE_WIDTH, TOLERANCE = 6, 8  # pixels of a line, and around a line or a sign that still choose it: a finger's tip
FINENESS = 5  # parts of a pixel that are told apart
PLACE_RADIUS = 2.5  # pixels of the dot of a place that is known by name
SCHEMATIC = Text("示意图", "Schematic map")
RING_GAP = 6  # pixels between a sign and the ring around what is chosen; chosen by eye
ESCAPES = {ord(sign): quote(sign) for sign in '%#<>"&'}  # what ends an address of an image, or is HTML


def _colour_rules(theme: str) -> str:
    """Return the colours of a theme as properties that the drawing uses."""
    colours = GROUND_COLOURS[theme]
    named = {GROUND_CLASSES.get(kind, kind): colour for kind, colour in colours.items()}
    return "".join(f"--map-{name}:{colour};" for name, colour in named.items())


def _either_rules() -> str:
    """Return the colours of both themes, of which the browser takes those of the page."""
    light, dark = GROUND_COLOURS["light"], GROUND_COLOURS["dark"]
    named = ((GROUND_CLASSES.get(kind, kind), f"light-dark({light[kind]},{dark[kind]})") for kind in light)
    return "".join(f"--map-{name}:{colours};" for name, colours in named)


SHAPES_STYLE = (
    ".fl-map{background:var(--map-beyond);font:700 12px 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif}"
    ".fl-map text{text-anchor:middle;pointer-events:none}.fl-map a text{pointer-events:all}"
    ".fl-map path{fill:none;fill-rule:evenodd;stroke-linejoin:round;stroke-linecap:round}"
    + "".join(f".fl-map .{name}{{fill:var(--map-{name});stroke:var(--map-edge)}}" for name in GROUND_CLASSES.values())
    + ".fl-map .road{fill:none;stroke:var(--map-road);stroke-width:3}"
    ".fl-map .rim{stroke:var(--map-ink);stroke-width:9}"
    f".fl-map .course{{stroke-width:{COURSE_WIDTH}}}"
    ".fl-map .thin{stroke-width:3}.fl-map .chosen{stroke-width:15}.fl-map .leader{stroke:var(--map-ink)}"
    ".fl-map .ring{fill:none;stroke:var(--map-ink);stroke-width:3}"
    f".fl-map .near{{stroke:#000;fill:#000;opacity:0;stroke-width:{2 * TOLERANCE}px}}"
    f".fl-map path.near{{fill:none;stroke-width:{COURSE_WIDTH + 2 * TOLERANCE}px}}"
    ".fl-map .name{fill:var(--map-name);stroke:var(--map-beyond);stroke-width:3px;paint-order:stroke;"
    "stroke-linejoin:round}.fl-map .river,.fl-map .place{fill:var(--map-ink)}"
    ".fl-map .corner{text-anchor:start;font-size:13px}"
)
FOLLOWING_STYLE = (
    f".fl-map{{{_colour_rules('light')}}}"
    f"@supports (color:light-dark(red,blue)){{.fl-map{{{_either_rules()}}}}}"
    "svg.fl-map:root{color-scheme:light dark}@media print{svg.fl-map.fl-map{color-scheme:only light}}"
)


def map_figure(scene: MapScene, said: Text | str) -> Markup:
    """Return the map for a page, with a sentence for those who cannot see it.

    Streamlit takes drawings out of HTML, so it goes as a picture, which ui/browser/picture_links.js sets into the page
    as a drawing whose links can be followed.
    """
    source = "data:image/svg+xml;charset=utf-8," + map_svg(scene, said).translate(ESCAPES)
    size = {"width": scene.view.width, "height": scene.view.height}
    return Markup("<img{}>").format(_attributes(class_="fl-map", data_links="1", src=source, alt=words(said), **size))


def _attributes(**attributes: object) -> Markup:
    """Return attributes as an element without an end has them."""
    return joined(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items()
    )


def map_svg(scene: MapScene, said: Text | str, theme: str | None = None) -> Markup:
    """Return the drawing, complete in itself: with colours of the reader's theme, or of one that is named for paper."""
    colours = FOLLOWING_STYLE if theme is None else f".fl-map{{{_colour_rules(theme)}}}"
    view = scene.view
    parts = (
        element("style", Markup(SHAPES_STYLE + colours)),
        _group("ground", (_ground_part(view, shape) for shape in scene.ground)),
        _group("lines", _line_parts(view, scene.lines)),
        _group("rims", (_rim_part(view, found, scene.chosen) for found in scene.objects if found.path)),
        _group("courses", (_course_part(view, found) for found in scene.objects if found.path)),
        _group("near-signs", ()),
        _group("leaders", (_leader_part(view, found) for found in scene.objects if found.at != found.place)),
        _group("signs", (_sign_part(view, found, found.key in scene.chosen) for found in scene.objects)),
        _schematic_part(scene),
        _group("names", (_name_part(view, name) for name in scene.names)),
    )
    return element(
        "svg", joined(parts), xmlns="http://www.w3.org/2000/svg", class_="fl-map", width=view.width, height=view.height,
        viewBox=f"0 0 {view.width} {view.height}", role="group", aria_label=words(said),
    )  # fmt: skip


def _group(name: str, parts: Iterable[Markup]) -> Markup:
    return element("g", joined(parts), class_=name)


def _ground_part(view: MapView, shape: BaseShape) -> Markup:
    if len(shape.outlines[0]) == 1:
        x, y = _written(view, shape.outlines[0][0])
        return element("circle", "", class_="place", cx=x, cy=y, r=PLACE_RADIUS)
    drawn = "".join(_path_data(view, line) + ("z" if shape.is_area else "") for line in _all_rings(shape))
    return element("path", "", class_=GROUND_CLASSES.get(shape.kind, "road"), d=drawn)


def _all_rings(shape: BaseShape) -> Iterable[tuple[Point, ...]]:
    return itertools.chain(shape.outlines, *shape.holes)


def _line_parts(view: MapView, lines: Iterable[MapLine]) -> Iterable[Markup]:
    """Return lines that cannot be chosen, those of a colour in one: they may be thousands."""
    drawn: dict[str, str] = {}
    for line in lines:
        drawn[line.look.ground] = drawn.get(line.look.ground, "") + _path_data(view, line.path, 1)
    return (element("path", "", class_="thin", d=data, stroke=colour) for colour, data in drawn.items())


def _rim_part(view: MapView, found: MapObject, chosen: frozenset[str]) -> Markup:
    """Return the dark rim of a line, a broad one where it is chosen."""
    style = "rim chosen" if found.key in chosen else "rim"
    return element("path", "", class_=style, d=_path_data(view, found.path), **_frame_marks(found))


def _course_part(view: MapView, found: MapObject) -> Markup:
    """Return a line in its colour; what lies a few pixels beside it chooses it too."""
    data = _path_data(view, found.path)
    course = element("path", "", class_="course", d=data, stroke=found.look.ground)
    return _second_link(found, course + element("path", "", class_="near", d=data))


def _near_part(view: MapView, found: MapObject) -> Markup:
    """Return what lies around a sign and chooses it too, below all signs, so that the sign itself comes first."""
    x, y = _written(view, found.at)
    return _second_link(found, element("circle", "", class_="near", cx=x, cy=y, r=_sign_reach(found) + TOLERANCE))


def _second_link(found: MapObject, drawn: Markup) -> Markup:
    """Return what chooses an object beside its sign; who goes by keys or listens has the sign."""
    told = element("title", found.tooltip)
    return link(told + drawn, found.href, tabindex="-1", aria_hidden="true", **_frame_marks(found))


def _frame_marks(found: MapObject) -> dict[str, str]:
    """Return what tells ui/browser/map_time.js which object is drawn, and how it stands there."""
    hidden = {"display": "none"} if found.is_hidden else {}
    return {"data_of": _object_name(found), "data_standing": found.standing} | hidden if found.standing else {}


def _object_name(found: MapObject) -> str:
    return f"{found.layer}:{found.code}"


def _leader_part(view: MapView, found: MapObject) -> Markup:
    (x1, y1), (x2, y2) = _written(view, found.place), _written(view, found.at)
    return element("line", "", class_="leader", x1=x1, y1=y1, x2=x2, y2=y2, **_frame_marks(found))


def _sign_part(view: MapView, found: MapObject, is_chosen: bool) -> Markup:
    """Return the sign of an object as a link that chooses it, in a ring where it is chosen."""
    x, y = _written(view, found.at)
    ring = element("circle", "", class_="ring", r=_sign_reach(found) + RING_GAP) if is_chosen else NOTHING
    size = sign_text_size(found.look, found.sign)
    smaller = size if size < SIGN_SIZE else None
    text = element("text", found.sign, dy=".36em", fill=found.look.ink, font_size=smaller)
    return link(
        element("title", found.tooltip) + ring + sign_shape(found.look, found.sign) + text, found.href,
        data_object=_object_name(found), transform=f"translate({x:g},{y:g})",
        aria_current="true" if is_chosen else None, **_frame_marks(found),
    )  # fmt: skip


def _sign_reach(found: MapObject) -> int:
    """Return how far a sign reaches from its middle, in pixels."""
    return round(max(found.look.radius, sign_half_width(found.look, found.sign)))


def _name_part(view: MapView, name: MapName) -> Markup:
    """Return a name, as a link where it names an object of a layer."""
    x, y = _written(view, name.at)
    style = "name river" if name.href else "name"
    drawn = element("text", name.text, class_=style, x=x, y=y, dy=".36em", font_size=name.size)
    return link(drawn, name.href, tabindex="-1") if name.href else drawn


def _schematic_part(scene: MapScene) -> Markup:
    """Say in the corner that the ground was drawn by hand, where it was."""
    if not scene.is_schematic:
        return NOTHING
    return element("text", words(SCHEMATIC), class_="name corner", x=10, y=scene.view.height - 10)


def _path_data(view: MapView, places: Iterable[Point], parts: int = FINENESS) -> str:
    """Return a line as steps from point to point, in parts of a pixel; what these do not tell apart is one point."""
    points = [(round(x * parts), round(y * parts)) for x, y in map(view.pixels, places)]
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points) if a != b)
    written = "".join(f"{_pixels(x, parts, ' ')}{_pixels(y, parts, ' ')}" for x, y in steps).lstrip()
    return f"M{_pixels(points[0][0], parts)}{_pixels(points[0][1], parts, ' ')}" + (f"l{written}" if written else "")


def _pixels(number: int, parts: int, between: str = "") -> str:
    """Return so many parts of a pixel in pixels, after a blank where it would else run into the number before it."""
    written = f"{number / parts:g}"
    return written if written.startswith("-") else between + written


def _written(view: MapView, place: Point) -> tuple[float, float]:
    x, y = view.pixels(place)
    return _short(x), _short(y)


def _short(number: float) -> float:
    """Return a number of pixels to a tenth, which no eye tells apart."""
    return round(number, 1)
