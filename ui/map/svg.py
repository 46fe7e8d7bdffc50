"""The river map as a picture, drawn without a browser: for paper, and for a browser that has no WebGL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from data.text import Language, Text
from ui.colours import DARK_TEXT
from ui.markup import element, joined, words
from ui.water import map_layers
from ui.water.marker_declutter import WORLD_PIXELS, Point

ZOOM = 12.8  # chosen by eye: the whole subdistrict in a column of the page
MARGIN, NAME_GAP, BADGE_RADIUS = 14.0, 10.0, 11  # pixels
SCALE = WORLD_PIXELS * 2**ZOOM / 360  # pixels a degree to the east
TEXT_ANCHORS = {"start": NAME_GAP, "middle": 0.0, "end": -NAME_GAP}
TEXT_BASELINES = {"top": NAME_GAP, "center": 0.0, "bottom": -NAME_GAP - 4}


def _ground_style(theme: str, ink: str) -> str:
    """Return the colours of the ground and of what stands on it in a theme."""
    ground = map_layers.GROUND_COLOURS[theme]
    fills = "".join(f".{kind}{{fill:{ground[kind]}}}" for kind in ("water", "land", "village", "park"))
    lines = f".land,.village,.park{{stroke:{ground['edge']}}}.road{{stroke:{ground['road']}}}"
    return f"{fills}{lines}.rim,.leader,.ring{{stroke:{ink}}}.name{{fill:{ink};stroke:{ground['land']}}}"


STYLE = (
    "text{font:700 12px 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;text-anchor:middle;"
    "dominant-baseline:central}polyline{fill:none;stroke-linejoin:round;stroke-linecap:round}.road{stroke-width:3}"
    ".rim{stroke-width:9}.reach{stroke-width:6}.name{stroke-width:3px;paint-order:stroke}"
    f".start{{text-anchor:start}}.end{{text-anchor:end}}{_ground_style('light', DARK_TEXT)}"
    f"@media (prefers-color-scheme:dark){{{_ground_style('dark', '#E6EDF5')}}}"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the earth that is drawn, and where its places lie on the picture."""

    west: float
    north: float
    width: float
    height: float
    stretch: float

    def pixels(self, place: Iterable[float]) -> Point:
        lon, lat = place
        return (
            round(MARGIN + (lon - self.west) * SCALE, 1),
            round(MARGIN + (self.north - lat) * SCALE * self.stretch, 1),
        )

    def path(self, places: Iterable[Iterable[float]]) -> str:
        return " ".join(f"{x},{y}" for x, y in map(self.pixels, places))


def picture_frame(lines: list[dict[str, Any]], points: list[dict[str, Any]]) -> Frame:
    """Return the frame that holds the subdistrict and all that is drawn on it."""
    land = [f["geometry"]["coordinates"][0] for f in map_layers.base_features() if f["properties"]["kind"] == "land"]
    places = [place for outline in (*land, *(line["path"] for line in lines)) for place in outline]
    lons, lats = zip(*places, *(point["position"] for point in points), strict=True)
    stretch = 1 / cos(radians(max(lats)))
    width, height = (max(lons) - min(lons)) * SCALE, (max(lats) - min(lats)) * SCALE * stretch
    return Frame(min(lons), max(lats), round(width + 2 * MARGIN), round(height + 2 * MARGIN), stretch)


def map_picture(reaches: pd.DataFrame, sources: pd.DataFrame, language: Language, said: Text) -> Markup:
    """Return the map as an image, with what it shows in words: the data, places and signs of the map to click."""
    drawing = map_svg(reaches, sources, language)
    image = Markup('<img class="fl-picture" src="data:image/svg+xml,{}" alt="{}">')
    return image.format(quote(drawing), words(said))


def map_svg(reaches: pd.DataFrame, sources: pd.DataFrame, language: Language) -> str:
    """Return the drawing of the rows of water.reach_map and water.source_map."""
    lines = map_layers.reach_features(reaches, language)
    points = map_layers.source_features(sources, map_layers.taken_places(lines, ZOOM), language, ZOOM)
    frame = picture_frame(lines, points)
    parts = [
        *_ground_parts(frame),
        *_reach_parts(frame, lines),
        *(part for point in points for part in _source_parts(frame, point)),
        *(_name_part(frame, name) for name in (*map_layers.village_names(language), *map_layers.river_names(lines))),
    ]
    size = f'width="{frame.width}" height="{frame.height}" viewBox="0 0 {frame.width} {frame.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style>{joined(parts)}</svg>'


def _ground_parts(frame: Frame) -> list[Markup]:
    """Return the base map: water all around, land, villages, parks, roads."""
    drawn = [element("rect", "", class_="water", width=frame.width, height=frame.height)]
    for feature in map_layers.base_features():
        kind, places = feature["properties"]["kind"], feature["geometry"]["coordinates"]
        is_line = feature["geometry"]["type"] == "LineString"
        tag, outline = ("polyline", places) if is_line else ("polygon", places[0])
        drawn.append(element(tag, "", class_=kind, points=frame.path(outline)))
    return drawn


def _reach_parts(frame: Frame, lines: list[dict[str, Any]]) -> list[Markup]:
    """Return the reaches in the colours of their classes with a dark rim, their numerals on top."""
    paths = [(frame.path(line["path"]), css_colour(line["colour"])) for line in lines]
    rims = [element("polyline", "", class_="rim", points=path) for path, _ in paths]
    courses = [element("polyline", "", class_="reach", points=path, style=f"stroke:{colour}") for path, colour in paths]
    badges = [
        _disc(frame.pixels(line["middle"]), BADGE_RADIUS, line["colour"], DARK_TEXT)
        + _sign(frame.pixels(line["middle"]), line["numeral"], line["ink"])
        for line in lines
    ]
    return [*rims, *courses, *badges]


def _source_parts(frame: Frame, point: dict[str, Any]) -> list[Markup]:
    """Return a source: overdue a dark red square, open a white disc, closed a small grey tick."""
    place, at, radius = frame.pixels(point["place"]), frame.pixels(point["position"]), point["radius"]
    leader = element("line", "", class_="leader", x1=place[0], y1=place[1], x2=at[0], y2=at[1]) if place != at else None
    rim = css_colour(point["rim"])
    shape = (
        element("rect", "", x=at[0] - radius, y=at[1] - radius, width=2 * radius, height=2 * radius,
                fill=css_colour(point["colour"]), stroke=rim)
        if point["state"] == "overdue"
        else _disc(at, radius, point["colour"], rim)
    )  # fmt: skip
    return [*filter(None, [leader]), shape, _sign(at, point["initial"], point["ink"])]


def _name_part(frame: Frame, name: dict[str, Any]) -> Markup:
    x, y = frame.pixels(name["at"])
    at = {"x": x + TEXT_ANCHORS[name["anchor"]], "y": y + TEXT_BASELINES[name["baseline"]]}
    return element("text", name["name"], class_=f"name {name['anchor']}", **at)


def _disc(at: Point, radius: int, colour: list[int], rim: str) -> Markup:
    return element("circle", "", cx=at[0], cy=at[1], r=radius, fill=css_colour(colour), stroke=rim)


def _sign(at: Point, sign: str, ink: list[int]) -> Markup:
    return element("text", sign, x=at[0], y=at[1], fill=css_colour(ink))


def css_colour(colour: list[int]) -> str:
    """Return the bytes of a colour as #RRGGBB."""
    return "#" + "".join(f"{part:02X}" for part in colour[:3])
