"""How reaches and sources stood month after month, and what is said of a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data.text import NOTHING, Text, join_list
from data.words import WORDS
from ui.colours import CLASS_NAMES
from ui.map.layers import REACHES, SOURCES, MapLayer

LAYERS_OF = {"河段": REACHES, "污染源": SOURCES}
UNKNOWN = "-"  # how a reach stands that has no class
NAMED_CHANGES = 3  # chosen: what can be read while it plays

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
FROM_TO = Text("{name} {before}→{after}", "{name} from {before} to {after}")
MORE = Text("另有 {count} 段河道", "{count} more reaches")
SOURCES_CLOSED = Text("整治污染源 {count} 处", "{count} sources closed")
SOURCES_FOUND = Text("新发现 {count} 处", "{count} found")
SOURCES_LATE = Text("新逾期 {count} 处", "{count} newly overdue")
SOURCES_BACK = Text("反弹 {count} 处", "{count} relapsed")

Key = tuple[str, str]  # the layer and the code of an object
Standings = dict[Key, str]


@dataclass(frozen=True, slots=True)
class MonthFrame:
    """How everything stood in a month and in the month before, and what changed between them."""

    month: pd.Timestamp
    standing: Standings
    before: Standings
    changed: Standings


def month_frames(changes: pd.DataFrame, as_of: object) -> list[MonthFrame]:
    """Return a frame for each month from the first row of map_months to the day that they hold as of."""
    if changes.empty:
        return []
    frames: list[MonthFrame] = []
    now: Standings = {}
    by_month = dict(iter(changes.groupby("month")))
    for month in pd.date_range(changes["month"].min(), pd.Timestamp(as_of), freq="MS"):
        before, changed = now, _standings(by_month.get(month))
        now = before | changed if changed else before
        frames.append(MonthFrame(month, now, before, changed))
    return frames


def _standings(rows: pd.DataFrame | None) -> Standings:
    if rows is None:
        return {}
    standing = rows["standing"].where(rows["standing"].notna(), UNKNOWN)
    return {
        (LAYERS_OF[layer].name, code): how
        for layer, code, how in zip(rows["layer"], rows["object_id"], standing, strict=True)
    }


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
        return NOTHING
    parts = [*_reach_changes(frame, rows), *_source_changes(frame)]
    return CHANGED.fill(changes=join_list(parts)) if parts else UNCHANGED


def _reach_changes(frame: MonthFrame, rows: pd.DataFrame) -> list[Text]:
    now = _of_layer(frame.changed, REACHES)
    before = {code: frame.before.get((REACHES.name, code), now[code]) for code in now}
    changed = [code for code in now if now[code] != before[code]]
    names = rows[(rows["layer"] == "河段") & (rows["month"] == frame.month)].set_index("object_id")["title"]
    said = [
        FROM_TO.fill(name=names[code], before=class_name(before[code]), after=class_name(now[code]))
        for code in changed[:NAMED_CHANGES]
    ]
    left = len(changed) - len(said)
    return [*said, MORE.fill(count=left)] if left else said


def _source_changes(frame: MonthFrame) -> Iterator[Text]:
    now = _of_layer(frame.changed, SOURCES)
    changed = [(frame.before.get((SOURCES.name, code)), how) for code, how in now.items()]
    counts = (
        (SOURCES_FOUND, sum(was is None for was, _ in changed)),
        (SOURCES_CLOSED, sum(how == "closed" for _, how in changed)),
        (SOURCES_LATE, sum(how == "overdue" for _, how in changed)),
        (SOURCES_BACK, sum(was == "closed" for was, _ in changed)),
    )
    yield from (said.fill(count=count) for said, count in counts if count)
