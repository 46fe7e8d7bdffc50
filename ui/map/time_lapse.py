"""The map through time: one drawing that holds each object as it stood in every month, and a slider over the months."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from data.text import NOTHING as NOTHING_SAID
from data.text import Text, join_list, untranslated
from data.words import WORDS
from ui.blocks import Html
from ui.colours import CLASS_NAMES
from ui.map.layers import REACHES, SOURCES, MapLayer
from ui.map.scene import MapLinks, MapObject, MapScene, single_object
from ui.map.svg import map_figure
from ui.markup import NOTHING, element, words
from ui.preferences import reader_language, t
from ui.results import DatedResult

LAYERS_OF = {"河段": REACHES, "污染源": SOURCES}
UNKNOWN = "-"  # how a reach stands that has no class
NAMED_CHANGES = 3  # chosen: what can be read while it plays
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
MONTH_SAID = Text("{month}：{reaches}；{sources}。", "{month}: {reaches}; {sources}.")
REACHES_ARE = Text("河段 {classes}", "reaches {classes}")
OF_CLASS = Text("{class_} {count} 段", "{class_} {count}")
NO_CLASS = Text("无数据", "no data")
NO_REACH = Text("没有河段", "no reaches")
SOURCES_ARE = Text(
    "污染源已整治 {closed} / {found} 处，逾期 {overdue} 处", "sources closed {closed} of {found}, overdue {overdue}"
)
NO_SOURCE = Text("还没有发现污染源", "no source found yet")
CHANGED = Text("本月变化：{changes}。", "Changed: {changes}.")
UNCHANGED = Text("本月没有变化。", "Nothing changed.")
FROM_TO = Text("{name} {before}→{after}", "{name} {before}→{after}")
MORE = Text("另有 {count} 段河道", "{count} more reaches")
SOURCES_CLOSED = Text("整治污染源 {count} 处", "{count} sources closed")
SOURCES_FOUND = Text("新发现 {count} 处", "{count} found")
SOURCES_LATE = Text("新逾期 {count} 处", "{count} newly overdue")
SOURCES_BACK = Text("反弹 {count} 处", "{count} relapsed")

Key = tuple[str, str]  # the layer and the code of an object
Standings = dict[Key, str]


@dataclass(frozen=True, slots=True)
class MonthFrame:
    """How everything stood in a month, and in the month before."""

    month: pd.Timestamp
    standing: Standings
    before: Standings


def month_frames(changes: pd.DataFrame, as_of: object) -> list[MonthFrame]:
    """Return a frame for each month from the first row of map_months to the day that they hold as of."""
    if changes.empty:
        return []
    frames: list[MonthFrame] = []
    now: Standings = {}
    by_month = dict(iter(changes.groupby("month")))
    for month in pd.date_range(changes["month"].min(), pd.Timestamp(as_of), freq="MS"):
        before, now = now, now | _standings(by_month.get(month))
        frames.append(MonthFrame(month, now, before))
    return frames


def _standings(rows: pd.DataFrame | None) -> Standings:
    if rows is None:
        return {}
    standing = rows["standing"].where(rows["standing"].notna(), UNKNOWN)
    return {
        (LAYERS_OF[layer].name, code): how
        for layer, code, how in zip(rows["layer"], rows["code"], standing, strict=True)
    }


def frames_scene(
    scene: MapScene, shown: Iterable[tuple[MapLayer, pd.DataFrame]], frames: Sequence[MonthFrame], links: MapLinks
) -> MapScene:
    """Return a scene with each object once for every way in which it stood, all hidden but those of the last frame."""
    rows = {(layer.name, str(row[layer.code])): (layer, row) for layer, of in shown for row in of.to_dict("records")}
    ways = _ways_of_standing(frames)
    drawn = [
        each
        for found in scene.objects
        if (found.layer, found.code) in ways
        for each in _variants(found, *rows[found.layer, found.code], ways[found.layer, found.code], links)
    ]
    return replace(scene, objects=tuple(drawn), lines=(), chosen=None)


def _ways_of_standing(frames: Sequence[MonthFrame]) -> dict[Key, list[str]]:
    """Return all ways in which each object stood, the last one first."""
    ways: dict[Key, list[str]] = {}
    for frame in reversed(frames):
        for key, standing in frame.standing.items():
            if standing not in ways.setdefault(key, []):
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
    scene: MapScene, shown: Sequence[tuple[MapLayer, pd.DataFrame]], changes: DatedResult, links: MapLinks
) -> Html:
    """Return the slider, what the month says in words, and the drawing; `changes` is map_months, `scene` of the day."""
    frames = month_frames(changes.rows, changes.as_of)
    if not frames:
        return Html(element("p", words(NO_FRAMES), class_="fl-notice"))
    said = [t(frame_sentence(frame, changes.rows)) for frame in frames]
    names = {"first": f"{frames[0].month:%Y-%m}", "last": f"{frames[-1].month:%Y-%m}"}
    drawn = frames_scene(scene, shown, frames, links)
    drawing = map_figure(drawn, ALT.fill(said=untranslated(said[-1]), **names))
    parts = (
        element("p", words(HOW), class_="fl-caption"),
        _controls(frames, said),
        element("p", said[-1], class_="fl-time-said", aria_live="polite"),
        drawing,
        _too_close_note(scene),
    )
    told = json.dumps(browser_frames(frames, said, drawn), ensure_ascii=False, separators=(",", ":"))
    return Html(element("section", Markup("").join(parts), class_="fl-time", data_map_time=told, aria_label=t(TIME)))


def _too_close_note(scene: MapScene) -> Markup:
    count = sum(found.count for found in scene.objects if found.count > 1)
    return element("p", words(TOO_CLOSE.fill(count=count)), class_="fl-caption") if count else NOTHING


def browser_frames(frames: Sequence[MonthFrame], said: Sequence[str], drawn: MapScene) -> dict[str, object]:
    """Return what ui/browser/map_time.js needs: months, their sentences, and of each object since when it stood how.

    Each object that is drawn has pairs of the number of a frame and a standing; before the first it was not there.
    """
    objects: dict[str, list[tuple[int, str]]] = {f"{each.layer}:{each.code}": [] for each in drawn.objects}
    for place, frame in enumerate(frames):
        for (layer, code), standing in frame.standing.items():
            if f"{layer}:{code}" in objects and frame.before.get((layer, code)) != standing:
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


def frame_sentence(frame: MonthFrame, rows: pd.DataFrame) -> Text:
    """Say how many reaches were of each class in a month, how many sources were closed, and what changed in it."""
    said = MONTH_SAID.fill(month=f"{frame.month:%Y-%m}", reaches=_reaches_said(frame), sources=_sources_said(frame))
    return Text("{said}{changed}", "{said} {changed}").fill(said=said, changed=_changes_said(frame, rows))


def _of_layer(standing: Standings, layer: MapLayer) -> dict[str, str]:
    return {code: how for (name, code), how in standing.items() if name == layer.name}


def _reaches_said(frame: MonthFrame) -> Text:
    found = list(_of_layer(frame.standing, REACHES).values())
    counts = [(class_name(how), found.count(how)) for how in (*CLASS_NAMES, UNKNOWN)]
    parts = [OF_CLASS.fill(class_=name, count=count) for name, count in counts if count]
    return REACHES_ARE.fill(classes=join_list(parts)) if parts else NO_REACH


def class_name(standing: str) -> Text:
    """Return a class, or that there is none, in words."""
    return NO_CLASS if standing == UNKNOWN else WORDS[standing]


def _sources_said(frame: MonthFrame) -> Text:
    found = list(_of_layer(frame.standing, SOURCES).values())
    if not found:
        return NO_SOURCE
    return SOURCES_ARE.fill(closed=found.count("closed"), found=len(found), overdue=found.count("overdue"))


def _changes_said(frame: MonthFrame, rows: pd.DataFrame) -> Text:
    """Say what changed since the month before; of the first month nothing is known before."""
    if not frame.before:
        return NOTHING_SAID
    parts = [*_reach_changes(frame, rows), *_source_changes(frame)]
    return CHANGED.fill(changes=join_list(parts)) if parts else UNCHANGED


def _reach_changes(frame: MonthFrame, rows: pd.DataFrame) -> list[Text]:
    before, now = _of_layer(frame.before, REACHES), _of_layer(frame.standing, REACHES)
    changed = [code for code in now if now[code] != before.get(code, now[code])]
    names = rows[(rows["layer"] == "河段") & (rows["month"] == frame.month)].set_index("code")["title"]
    said = [
        FROM_TO.fill(name=names[code], before=class_name(before[code]), after=class_name(now[code]))
        for code in changed[:NAMED_CHANGES]
    ]
    left = len(changed) - len(said)
    return [*said, MORE.fill(count=left)] if left else said


def _source_changes(frame: MonthFrame) -> Iterator[Text]:
    before, now = _of_layer(frame.before, SOURCES), _of_layer(frame.standing, SOURCES)
    changed = [(before.get(code), how) for code, how in now.items() if before.get(code) != how]
    counts = (
        (SOURCES_FOUND, sum(was is None for was, _ in changed)),
        (SOURCES_CLOSED, sum(how == "closed" for _, how in changed)),
        (SOURCES_LATE, sum(how == "overdue" for _, how in changed)),
        (SOURCES_BACK, sum(was == "closed" for was, _ in changed)),
    )
    yield from (said.fill(count=count) for said, count in counts if count)
