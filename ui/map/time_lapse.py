"""The map through time: one drawing that holds each object as it stood in every month, and a slider over the months."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.text import Text, untranslated
from ui.blocks import Html
from ui.map.layers import MapLayer
from ui.map.month_frames import UNKNOWN, Key, MonthFrame, frame_sentence, month_frames
from ui.map.objects import MapObject, MapScene
from ui.map.scene import MapLinks, single_object
from ui.map.svg import map_figure
from ui.markup import NOTHING, element, joined, words
from ui.preferences import reader_language, t
from ui.results import DatedResult

PLAY_SECONDS = 5  # chosen: the whole way, whatever the number of months

TIME = Text("随时间变化", "Through time")
PLAY, PAUSE, MONTH = Text("▶ 播放", "▶ Play"), Text("❚❚ 暂停", "❚❚ Pause"), Text("月份", "Month")
HOW = Text(
    "拖动滑块或按播放，看各月月末的河段类别和污染源状态；左右方向键一次一个月。",
    "Drag the slider or press play to see classes and sources at the end of each month; arrow keys go month by month.",
)
ALT = Text("{first} 至 {last} 逐月的地图。{said}", "The map month by month from {first} to {last}. {said}")
NO_FRAMES = Text(
    "还没有可以逐月比较的水质和污染源。", "There are no classes or sources yet to be shown month by month."
)
TOO_CLOSE = Text(
    "{count} 处挨得太近，图上没有单独画出，只计入数里；选一条河或点开一处再看。",
    "{count} lie too close to be drawn alone and are counted only; choose a river or open a place to see them.",
)


def frames_scene(
    scene: MapScene, shown: Iterable[tuple[MapLayer, pd.DataFrame]], frames: Sequence[MonthFrame], links: MapLinks
) -> MapScene:
    """Return a scene with each object once for every way in which it stood, all hidden but those of the last frame."""
    alone = {(found.layer, found.code) for found in scene.objects}
    rows = {
        (layer.name, str(row[layer.code])): (layer, row)
        for layer, of in shown
        for row in of[[(layer.name, code) in alone for code in of[layer.code]]].to_dict("records")
    }
    ways = _ways_of_standing(frames, alone)
    drawn = [
        each
        for found in scene.objects
        if (found.layer, found.code) in ways
        for each in _variants(found, *rows[found.layer, found.code], ways[found.layer, found.code], links)
    ]
    return replace(scene, objects=tuple(drawn), lines=(), chosen=frozenset())


def _ways_of_standing(frames: Sequence[MonthFrame], alone: Collection[Key]) -> dict[Key, list[str]]:
    """Return all ways in which each object that is drawn alone stood, the last one first."""
    ways: dict[Key, list[str]] = {}
    for frame in reversed(frames):
        for key, standing in frame.changed.items():
            if key in alone and standing not in ways.setdefault(key, []):
                ways[key].append(standing)
    return ways


def _variants(
    found: MapObject, layer: MapLayer, row: Mapping[str, object], ways: Sequence[str], links: MapLinks
) -> Iterator[MapObject]:
    for place, standing in enumerate(ways):
        own = {**row, "standing": None if standing == UNKNOWN else standing, "path": found.path, "place": found.place}
        made = single_object(layer, own, reader_language(), links)
        yield replace(made, at=found.at, standing=standing, is_hidden=place > 0)


def time_lapse_block(
    scenes: tuple[MapScene, MapScene],
    shown: Sequence[tuple[MapLayer, pd.DataFrame]],
    changes: DatedResult,
    links: MapLinks,
) -> Html:
    """Return the slider, what the month says in words, and the drawing; `changes` is map_months.

    `scenes` are those of the day, for a desk and for a phone.
    """
    frames = month_frames(changes.rows, changes.as_of)
    if not frames:
        return Html(element("p", words(NO_FRAMES), class_="fl-notice"))
    said = [t(frame_sentence(frame, changes.rows)) for frame in frames]
    names = {"first": f"{frames[0].month:%Y-%m}", "last": f"{frames[-1].month:%Y-%m}"}
    alt = ALT.fill(said=untranslated(said[-1]), **names)
    desk, phone = (frames_scene(scene, shown, frames, links) for scene in scenes)
    beside = (
        _controls(frames, said),
        element("p", said[-1], class_="fl-time-said", aria_live="polite"),
        element("p", words(HOW), class_="fl-caption"),
        _too_close_note(scenes[0]),
    )
    parts = (
        element("div", joined(beside)),
        element("div", map_figure(desk, alt), class_="fl-wide"),
        element("div", map_figure(phone, alt), class_="fl-narrow"),
    )
    told = json.dumps(browser_frames(frames, said, (desk, phone)), ensure_ascii=False, separators=(",", ":"))
    return Html(element("section", joined(parts), class_="fl-time", data_map_time=told, aria_label=t(TIME)))


def _too_close_note(scene: MapScene) -> Markup:
    count = sum(found.count for found in scene.objects if found.count > 1)
    return element("p", words(TOO_CLOSE.fill(count=count)), class_="fl-caption") if count else NOTHING


def browser_frames(frames: Sequence[MonthFrame], said: Sequence[str], drawn: Iterable[MapScene]) -> dict[str, object]:
    """Return what ui/browser/map_time.js needs: months, their sentences, and of each object since when it stood how.

    Each object that is drawn has pairs of the number of a frame and a standing; before the first it was not there.
    """
    objects: dict[str, list[tuple[int, str]]] = {
        f"{each.layer}:{each.code}": [] for scene in drawn for each in scene.objects
    }
    for place, frame in enumerate(frames):
        for (layer, code), standing in frame.changed.items():
            if f"{layer}:{code}" in objects:
                objects[f"{layer}:{code}"].append((place, standing))
    months = [f"{frame.month:%Y-%m}" for frame in frames]
    return {"months": months, "said": list(said), "objects": objects, "seconds": PLAY_SECONDS}


def _controls(frames: Sequence[MonthFrame], said: Sequence[str]) -> Markup:
    last, month = len(frames) - 1, f"{frames[-1].month:%Y-%m}"
    button = element("button", t(PLAY), type="button", class_="fl-button", data_play=t(PLAY), data_pause=t(PAUSE))
    slider = Markup(
        '<input type="range" min="0" max="{0}" value="{0}" step="1" aria-label="{1}" aria-valuetext="{2}">'
    ).format(last, t(MONTH), said[-1])
    return element("div", button + slider + element("output", month), class_="fl-time-controls")
