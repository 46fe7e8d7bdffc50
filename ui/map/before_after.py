"""One river at the end of two months side by side: its map, the classes of its reaches, its sources, its works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from data.datasets.model import Choice
from data.text import Text, join_list
from data.words import PHOTO_SIDES, WORDS
from ui import formats
from ui.blocks import Html
from ui.cache import Definition, cached
from ui.map.layers import REACHES, SOURCES, MapLayer
from ui.map.month_frames import UNKNOWN, class_name, month_frames
from ui.map.photo_figures import photo_figures
from ui.map.projection import Point
from ui.map.river_view import close_view, rows_at_river
from ui.map.scene import MapLinks, map_scene
from ui.map.svg import map_figure
from ui.markup import NOTHING, choice_list, class_badge, element, joined, list_items, picture, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import page_data_origin, same_page_href
from ui.preferences import t
from ui.result_list import Row

SIZE = (370, 420)  # pixels; chosen: two in a row on a desk, one on a phone
MAP_PAGE = "overview/map.py"
LISTED = (REACHES.listing, SOURCES.listing, "works_progress")

BEFORE_AFTER = Text("治理前后对比：两个月并排", "Before and after: two months side by side")
BEFORE, AFTER, MONTH = Text("治理前", "Before"), Text("治理后", "After"), Text("月份", "month")
TOO_FEW_MONTHS = Text("不到两个月有水质或污染源，还不能对比。", "There are not two months yet to be compared.")
FROM_TO = Text("从 {before} 到 {after}：{changes}。", "From {before} to {after}: {changes}.")
REACH_CHANGED = Text("{reach} {before}→{after}", "{reach} from {before} to {after}")
REACH_KEPT = Text("{reach} 仍为{class_}", "{reach} still {class_}")
SOURCES_CHANGED = Text("已整治污染源从 {before} 处到 {after} 处", "sources closed from {before} to {after}")
NOT_ALONE = Text(
    "两个月月末的状态；同一时期有多项工程和整治，变化不能只归于某一项。",
    "As it stood at the end of both months; several works and closures fell between them, none is the sole cause.",
)
MAP_ALT = Text("{month} 的河段和污染源", "Reaches and sources in {month}")
MONTH_END = Text("{month} 月末", "End of {month}")
TO_THE_DAY = Text("{day}（截止日）", "{day} (the day shown)")
SOURCES_THEN = Text(
    "污染源已整治 {closed} / {found} 处，逾期 {overdue} 处", "Sources closed {closed} of {found}, overdue {overdue}"
)
NO_SOURCE = Text("还没有发现污染源", "No source found yet")
NOT_REPORTED = Text("{work}：还没有上报", "{work}: not reported yet")
WORK_THEN = Text("{work}：{share}", "{work}: {share}")
NO_PLACE = Text("没有登记走向和位置，画不出图。", "No course and no place is registered, so there is no map.")

PHOTOS = 4  # chosen: of a side; the file of the river has all

Opened = tuple[Point, float]
Ask = Callable[..., Any]  # gives the result of a metric or a listing by its name


@dataclass(frozen=True, slots=True)
class RiverThen:
    """A river at the end of a month: the rows of reach_map, source_map and works_progress that are its own."""

    month: str
    day: date
    reaches: pd.DataFrame
    sources: pd.DataFrame
    works: pd.DataFrame


def before_after_blocks(
    request: PageRequest, river: str, day: date | None, definitions: Mapping[str, Definition[Any]]
) -> Iterator[Html]:
    """Yield the choice of two months, what changed between them in words, and the river in both side by side.

    `definitions` are all metrics and listings by their names.
    """

    def ask(name: str, as_of: date | None, **chosen: str) -> Any:
        return cached(request.con, definitions[name], as_of, **chosen)

    changes = ask("map_months", day, river_id=river)
    months = [f"{frame.month:%Y-%m}" for frame in month_frames(changes.rows, changes.as_of)]
    if len(months) < 2 or changes.as_of is None:
        yield Html(element("p", words(TOO_FEW_MONTHS), class_="fl-notice"))
        return
    before, after = compared_months(request, months)
    then, now = (river_then(ask, river, month, changes.as_of) for month in (before, after))
    yield Html(_month_choices(request, months, before, after))
    yield Html(element("p", words(change_sentence(then, now))) + element("p", words(NOT_ALONE), class_="fl-caption"))
    view = close_view(_layers_of(now), SIZE)  # of both months: only what changed is to differ
    photos = rows_at_river(ask("photos", now.day).rows, river)
    sides = (
        _side(request, river, each, view, ask) + _photos_of(request, photos, stage)
        for each, stage in zip((then, now), PHOTO_SIDES, strict=True)
    )
    both = joined(element("div", side) for side in sides)
    yield Html(element("section", both, class_="fl-two fl-before-after", aria_label=t(BEFORE_AFTER)))


def compared_months(request: PageRequest, months: Sequence[str]) -> tuple[str, str]:
    """Return the two months that the address asks for, the earlier one first; without them the first and the last."""
    first = request.choice("before", months, MONTH) or months[0]
    last = request.choice("after", months, MONTH) or months[-1]
    return min(first, last), max(first, last)


def river_then(ask: Ask, river: str, month: str, as_of: date) -> RiverThen:
    """Return a river as it stood at the end of a month, or on the day where that comes first."""
    end = (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()
    day = min(end, pd.Timestamp(as_of).date())
    reaches, sources, works = (rows_at_river(ask(name, day).rows, river) for name in LISTED)
    return RiverThen(month, day, reaches, sources, works)


def _month_choices(request: PageRequest, months: Sequence[str], before: str, after: str) -> Markup:
    earlier = [(same_page_href(request, before=month), month) for month in months if month < after]
    later = [(same_page_href(request, after=month), month) for month in months if month > before]
    lists = (
        choice_list(BEFORE, earlier, same_page_href(request, before=before)),
        choice_list(AFTER, later, same_page_href(request, after=after)),
    )
    return element("p", joined(lists, " "))


def change_sentence(then: RiverThen, now: RiverThen) -> Text:
    """Say how the class of each reach changed, and how many sources were closed, whether better or worse."""
    before, after = _classes(then), _classes(now)
    names = dict(zip(now.reaches["reach_id"], now.reaches["reach"], strict=True))
    said = [_reach_change(names[code], before.get(code, UNKNOWN), after[code]) for code in names]
    closed = SOURCES_CHANGED.fill(before=_count(then.sources, "is_closed"), after=_count(now.sources, "is_closed"))
    changes = [*said, *([closed] if len(now.sources) else [])]
    return FROM_TO.fill(before=then.month, after=now.month, changes=join_list(changes))


def _classes(of: RiverThen) -> dict[str, str]:
    standing = of.reaches["standing"].where(of.reaches["standing"].notna(), UNKNOWN)
    return dict(zip(of.reaches["reach_id"], standing, strict=True))


def _reach_change(name: str, before: str, after: str) -> Text:
    if before == after:
        return REACH_KEPT.fill(reach=name, class_=class_name(after))
    return REACH_CHANGED.fill(reach=name, before=class_name(before), after=class_name(after))


def _count(rows: pd.DataFrame, flag: str) -> int:
    return int(rows[flag].astype(bool).sum())


def _layers_of(of: RiverThen) -> tuple[tuple[MapLayer, pd.DataFrame], ...]:
    return (REACHES, of.reaches), (SOURCES, of.sources)


def _side(request: PageRequest, river: str, of: RiverThen, view: Opened | None, ask: Ask) -> Markup:
    """Return a river in one month: its map, and below it reaches, sources and works in words."""
    is_end = of.day == (pd.Timestamp(of.month) + pd.offsets.MonthEnd(0)).date()
    when = MONTH_END.fill(month=of.month) if is_end else TO_THE_DAY.fill(day=formats.format_date(of.day))
    facts = [*_reach_lines(of), words(_sources_line(of.sources)), *(words(_work_line(row)) for row in _works_of(of))]
    return element("h3", words(when)) + _side_map(request, river, of, view, ask) + list_items(facts)


def _photos_of(request: PageRequest, photos: pd.DataFrame, stage: Choice) -> Markup:
    """Return the photos of works from before them, or after them, whatever month they were reported in."""
    rows = photos[photos["stage"] == stage.value]
    return NOTHING if rows.empty else element("h4", words(stage.label)) + photo_figures(request.con, rows, PHOTOS)


def _side_map(request: PageRequest, river: str, of: RiverThen, view: Opened | None, ask: Ask) -> Markup:
    if view is None:
        return element("p", words(NO_PLACE), class_="fl-caption")
    base = ask("base_map", None)
    links = MapLinks(
        lambda layer, code: page_href(MAP_PAGE, **{layer.choice: code}),
        lambda place, zoom: page_href(MAP_PAGE, river=river, at=f"{place[0]:.5f},{place[1]:.5f},{zoom:.2f}"),
    )
    is_schematic = page_data_origin(request, None, base.ledgers).is_sample
    scene = map_scene(
        _layers_of(of), base.rows, request.language, SIZE, links=links, opened=view, is_schematic=is_schematic
    )
    return picture(map_figure(scene, MAP_ALT.fill(month=of.month)))


def _reach_lines(of: RiverThen) -> list[Markup]:
    return [
        class_badge(None if standing == UNKNOWN else standing, t(class_name(standing))) + Markup(" ") + words(name)
        for name, standing in zip(of.reaches["reach"], _classes(of).values(), strict=True)
    ]


def _sources_line(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_SOURCE
    return SOURCES_THEN.fill(closed=_count(rows, "is_closed"), found=len(rows), overdue=_count(rows, "is_overdue"))


def _works_of(of: RiverThen) -> list[Row]:
    rows: list[Row] = of.works.sort_values("work_id").astype(object).to_dict("records")
    return rows


def _work_line(row: Row) -> Text:
    """Say how far a work was; one that had not reported is not at zero."""
    if formats.is_missing(row["rate"]) or row["is_unreported"] is True:
        return NOT_REPORTED.fill(work=row["work"])
    unit = WORDS[str(row["quantity_unit"])]
    share = formats.format_share(row["done"], row["quantity"], row["rate"], unit)
    return WORK_THEN.fill(work=row["work"], share=share)
