"""A scene as a map that can be moved, as deck.gl reads it; nothing of it is fetched from anywhere.

What is clicked are layers of their own that nobody sees, below all others: first what lies TOLERANCE pixels around
what is drawn, then what is drawn, so that what is hit itself comes before what is near. All layers stand in one list
within the list of layers: those Streamlit leaves as they are, where it would dim all others when one is clicked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from data.text import Text
from ui.blocks import DeckMap, WrittenDeck
from ui.colours import rgba_bytes
from ui.map.ground_colours import GROUND_COLOURS
from ui.map.objects import MapLine, MapName, MapObject, MapScene
from ui.map.projection import Point
from ui.map.sign_atlas import Stamp, name_stamp, sign_stamp, stamp_atlas
from ui.map.svg import map_figure
from ui.map.tile_source import DRAWN_ON_TILES, MAP_DATA, tile_source, tiles_below
from ui.markup import NOTHING, element, joined, words
from ui.preferences import t

TOLERANCE = 8  # pixels around what is drawn that still choose it: the tip of a finger
COURSE_WIDTH, RIM_WIDTH, CHOSEN_WIDTH, ROAD_WIDTH = 6, 9, 15, 3  # pixels; chosen by eye
METRE = 5  # decimals of a degree
RING_GAP = 6  # pixels between a sign and the ring around what is chosen
UNSEEN = [0, 0, 0, 1]  # opaque enough for deck.gl to find it, too little for an eye
STREAMLITS_OWN_GROUND = "__MAP_STYLE__"  # with any other word Streamlit fetches a ground from the internet
CONTROLLER = {"dragRotate": False, "touchRotate": False, "keyboard": True}
TOOLTIP = {"html": '<div class="fl-tip">{tooltip}</div>'}  # one field: a name that holds another's would be filled in
EMPTY_PICTURE = (
    "data:image/svg+xml;charset=utf-8,%3Csvg xmlns='http://www.w3.org/2000/svg' width='4' height='4'%3E%3C/svg%3E"
)
CLOSER, FARTHER = Text("放大", "Zoom in"), Text("缩小", "Zoom out")
TWO_FINGERS = Text("两指移动、缩放地图，一指滚动页面", "Two fingers move the map, one scrolls the page")
MapLayerJson = dict[str, Any]
Ring = Sequence[Sequence[float]]


def scene_map(scenes: tuple[MapScene, MapScene], said: Text, beside: Markup, unchoose: str) -> DeckMap:
    """Return the map of a scene for a desk and one for a phone, each with its drawing; `said` is what it shows."""

    @cache
    def deck(theme: str, is_phone: bool) -> WrittenDeck:
        return scene_deck(scenes[is_phone], theme, unchoose)

    height = max(scene.view.height for scene in scenes)
    above = _zoom_buttons() + element("p", words(TWO_FINGERS), class_="fl-map-fingers") + _name_of_tiles(scenes[0])
    desk, phone = (map_figure(scene, said) + above for scene in scenes)
    return DeckMap(deck, "map", height, t(said), desk, beside, phone)


def _name_of_tiles(scene: MapScene) -> Markup:
    """Return whose tiles lie below the map, and whether what is drawn on them is schematic; nothing without tiles."""
    source = tile_source()
    said = DRAWN_ON_TILES if scene.is_schematic else MAP_DATA
    return element("p", words(said.fill(name=source.name)), class_="fl-map-tiles") if source else NOTHING


def _zoom_buttons() -> Markup:
    """Return what brings the map closer and farther without a wheel; ui/browser/map.js presses the keys for it."""
    keys = (("Equal", "+", CLOSER), ("Minus", "−", FARTHER))
    buttons = (
        element("button", sign, type="button", data_map_key=key, aria_label=t(said), title=t(said))
        for key, sign, said in keys
    )
    return element("div", joined(buttons), class_="fl-map-zoom")


def scene_deck(scene: MapScene, theme: str, unchoose: str = "") -> WrittenDeck:
    """Return the map of a scene in a theme; a click on nothing leads to the address `unchoose`, where there is one."""
    colours = {name: rgba_bytes(colour) for name, colour in GROUND_COLOURS[theme].items()}
    layers = [
        *_ground_to_click(scene, unchoose),
        *_layers_to_click(scene, "around", TOLERANCE),
        *_layers_to_click(scene, "on", 0),
        *_tile_layers(scene),
        *_ground_layers(scene, colours),
        *_line_layers(scene, colours["ink"]),
        *_sign_layers(scene, theme),
    ]
    longitude, latitude = scene.view.centre
    view = {"longitude": longitude, "latitude": latitude, "zoom": scene.view.zoom, "maxPitch": 0}
    views = [{"@@type": "MapView", "id": "default-view", "controller": CONTROLLER}]
    ground = {"mapProvider": None, "mapStyle": STREAMLITS_OWN_GROUND}
    written = {"layers": [layers], "initialViewState": view, "views": views, **ground}
    return WrittenDeck(json.dumps(written, ensure_ascii=False, separators=(",", ":")), TOOLTIP)


def _layer(kind: str, name: str, data: list[dict[str, Any]], **looks: object) -> MapLayerJson:
    return {"@@type": kind, "id": name, "data": data, **looks}


def _choice(found: MapObject | MapName) -> dict[str, str]:
    """Return what is known of an object when it is pointed at and clicked."""
    said = found.tooltip if isinstance(found, MapObject) else found.text
    return {"tooltip": _inert(said), "href": found.href}


def _inert(text: str) -> str:
    """Return a text that the frontend takes for nothing but a text: “@@” at its head would be a formula."""
    return f" {text}" if text.startswith("@@") else text


def _written(places: Iterable[Point], decimals: int = 6) -> list[list[float]]:
    """Return places to a tenth of a metre, or to so many decimals of a degree."""
    return [[round(lon, decimals), round(lat, decimals)] for lon, lat in places]


def _ground_to_click(scene: MapScene, unchoose: str) -> Iterable[MapLayerJson]:
    """Yield what is clicked beside all objects, while one is chosen."""
    if scene.chosen and unchoose:
        lon, lat = scene.view.centre
        around = [[lon - 5, lat - 5], [lon + 5, lat - 5], [lon + 5, lat + 5], [lon - 5, lat + 5]]
        data = [{"polygon": around, "tooltip": "", "href": unchoose}]
        yield _layer(
            "SolidPolygonLayer",
            f"nothing-{WrittenDeck.CLICKS}",
            data,
            getPolygon="@@=polygon",
            getFillColor=UNSEEN,
            pickable=True,
        )


def _layers_to_click(scene: MapScene, where: str, tolerance: int) -> Iterable[MapLayerJson]:
    """Yield what is clicked for the lines, and for the names and signs, so many pixels around them."""
    lines = [{"path": _written(each.path), **_choice(each)} for each in scene.objects if each.path]
    names = (f"{where}-{kind}-{WrittenDeck.CLICKS}" for kind in ("lines", "signs"))
    yield _path_layer(next(names), lines, getWidth=RIM_WIDTH + 2 * tolerance, getColor=UNSEEN, pickable=True)
    named = [(_name_stamp(name, "light"), name.at, _choice(name)) for name in scene.names if name.href]
    signs = [(sign_stamp(each.look, each.sign), each.at, _choice(each)) for each in scene.objects]
    boxes = [
        (stamp.width + 2 * tolerance, stamp.height + 2 * tolerance, at, choice)
        for stamp, at, choice in (*named, *signs)
    ]
    data = [{"at": [*at], "stamp": f"{w}x{h}", "size": h, **choice} for w, h, at, choice in boxes]
    places = {f"{w}x{h}": {"x": 0, "y": 0, "width": w, "height": h} for w, h, _, _ in boxes}
    yield _stamp_layer(next(names), data, EMPTY_PICTURE, places, alphaCutoff=0, pickable=True)


def _tile_layers(scene: MapScene) -> Iterable[MapLayerJson]:
    """Yield the tiles of the source that is set, as our own server has them; nothing where none is."""
    for tile in tiles_below(scene.view) if tile_source() else ():
        bounds = [tile.west, tile.south, tile.east, tile.north]
        yield {"@@type": "BitmapLayer", "id": tile.href, "image": tile.href, "bounds": bounds}


def _ground_layers(scene: MapScene, colours: dict[str, list[int]]) -> Iterable[MapLayerJson]:
    """Yield the ground: areas, which would hide the tiles of a source, their outlines, roads."""
    areas, lines = [], []
    for shape in scene.ground:
        for number, outline in enumerate(shape.outlines):
            rings = [_written(ring) for ring in (outline, *(shape.holes[number] if shape.holes else ()))]
            if shape.is_area and not tile_source():
                areas.append({"polygon": rings if len(rings) > 1 else rings[0], "colour": colours[shape.kind]})
            colour, width = (colours["edge"], 1) if shape.is_area else (colours["道路"], ROAD_WIDTH)
            lines += [{"path": ring, "colour": colour, "width": width} for ring in rings]
    yield _layer("SolidPolygonLayer", "ground", areas, getPolygon="@@=polygon", getFillColor="@@=colour")
    yield _path_layer("ground-lines", lines, getColor="@@=colour", getWidth="@@=width")


def _line_layers(scene: MapScene, ink: list[int]) -> Iterable[MapLayerJson]:
    """Yield the courses of lines in their colours with a dark rim, and what leads from a sign to its place."""
    single = [
        {"path": _written(each.path), "colour": rgba_bytes(each.look.ground),
         "width": CHOSEN_WIDTH if each.key in scene.chosen else RIM_WIDTH}
        for each in scene.objects if each.path
    ]  # fmt: skip
    yield from _thousands_of_lines(scene.lines, ink)
    yield _path_layer("rims", single, getColor=ink, getWidth="@@=width")
    yield _path_layer("courses", single, getColor="@@=colour", getWidth=COURSE_WIDTH)
    moved = [{"from": [*each.place], "to": [*each.at]} for each in scene.objects if each.at != each.place]
    yield _layer(
        "LineLayer", "leaders", moved, getSourcePosition="@@=from", getTargetPosition="@@=to", getColor=ink, getWidth=1
    )


def _thousands_of_lines(lines: Sequence[MapLine], ink: list[int]) -> Iterable[MapLayerJson]:
    """Yield the lines that share signs: a layer for each colour, so that a line is no more than its places."""
    paths: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        paths.setdefault(line.look.ground, []).append({"path": _written(line.path, METRE)})
    if paths:
        yield _path_layer("shared-rims", [path for each in paths.values() for path in each], getColor=ink,
                          getWidth=RIM_WIDTH)  # fmt: skip
    for colour, each in paths.items():
        yield _path_layer(f"shared-{colour}", each, getColor=rgba_bytes(colour), getWidth=COURSE_WIDTH)


def _sign_layers(scene: MapScene, theme: str) -> Iterable[MapLayerJson]:
    """Yield the ring around what is chosen, and all signs and names."""
    chosen = [
        {"at": [*each.at], "radius": each.look.radius + RING_GAP}
        for each in scene.objects if each.key in scene.chosen
    ]  # fmt: skip
    ink = rgba_bytes(GROUND_COLOURS[theme]["ink"])
    yield _layer(
        "ScatterplotLayer", "chosen", chosen, getPosition="@@=at", getRadius="@@=radius", radiusUnits="pixels",
        filled=False, stroked=True, getLineColor=ink, getLineWidth=3, lineWidthUnits="pixels",
    )  # fmt: skip
    names = [(_name_stamp(name, theme), {"at": [*name.at]}) for name in scene.names]
    signs = [(sign_stamp(each.look, each.sign), {"at": [*each.at]}) for each in scene.objects]
    yield _stamped_layer("names", names)
    yield _stamped_layer("signs", signs)


def _stamped_layer(name: str, stamped: Sequence[tuple[Stamp, dict[str, Any]]]) -> MapLayerJson:
    """Return a layer of small drawings, each of which stands once in the picture that goes with it."""
    numbers = {stamp: f"s{number}" for number, stamp in enumerate(dict.fromkeys(stamp for stamp, _ in stamped))}
    atlas = stamp_atlas({number: stamp for stamp, number in numbers.items()})
    data = [{"stamp": numbers[stamp], "size": stamp.height, **row} for stamp, row in stamped]
    return _stamp_layer(name, data, atlas.address, atlas.places)


def _name_stamp(name: MapName, theme: str) -> Stamp:
    colours = GROUND_COLOURS[theme]
    return name_stamp(name.text, name.size, colours["ink" if name.href else "name"])


def _path_layer(name: str, data: list[dict[str, Any]], **looks: object) -> MapLayerJson:
    """Return a layer of lines whose widths are pixels."""
    round_ends = {"capRounded": True, "jointRounded": True}
    return _layer("PathLayer", name, data, getPath="@@=path", widthUnits="pixels", **round_ends, **looks)


def _stamp_layer(name: str, data: list[dict[str, Any]], atlas: str, places: object, **looks: object) -> MapLayerJson:
    """Return a layer of small drawings whose sizes are pixels."""
    where = {"getPosition": "@@=at", "getIcon": "@@=stamp", "getSize": "@@=size", "sizeUnits": "pixels"}
    return _layer("IconLayer", name, data, iconAtlas=atlas, iconMapping=places, **where, **looks)
