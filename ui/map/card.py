"""The card of what is chosen on the map: its name, how it stands, what is known of it, and the ways onward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from data.text import Text
from data.words import WORDS
from ui import formats
from ui.colours import CLASS_NAMES
from ui.map.choices import choose_href, choose_nothing_href, choose_river_href
from ui.map.layers import OUTFALLS, SOURCES, WORKS, MapLayer
from ui.map.legend import class_mark, sign_mark, standing_of, standing_words
from ui.markup import element, joined, link, list_items, status_mark, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.result_list import Row, facts_block
from ui.results import DatedResult

TOLD_BY_CLASS = ("class", "target_class")  # columns that the numeral beside the name says
COUNTED_DOWN = ("days_left",)
NONE_CHOSEN = Text("← 不选", "← None chosen")
CHIEF, SECTIONS_WORD = Text("河长", "Chief"), Text("断面", "Sections")
RIVER_FILE, WHOLE_RIVER = Text("一河一档：{river}", "File of {river}"), Text("选整条{river}", "Choose all of {river}")
MORE_OF_IT = Text("详情：{name}", "More: {name}")
WITH_ROLE = Text("{post}（{role}）", "{post} ({role})")
TARGET = Text("目标 {class_}", "target {class_}")
LAST_READING = Text("最近监测 {day}，{items} 项", "last reading {day}, {items} items")
CLOSED_OF = Text("{label} 已整治 {closed} / {count}", "{label}: {closed} of {count} closed")
OVERDUE = Text("，逾期 {count}", ", {count} overdue")
NO_PLACE = Text("没有登记位置，图上没有。", "It has no registered place, and is not on the map.")


@dataclass(frozen=True, slots=True)
class RiverFacts:
    """What is known of a river, or of a reach of it: its row of river_card, its duties, sections and works."""

    card: pd.Series
    duties: pd.DataFrame
    sections: pd.DataFrame
    works: pd.DataFrame


def facts_of_river(
    rows: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame], river: str, reach: str | None
) -> RiverFacts:
    """Return what rows of river_card, duties, section_class and work_map tell of a river.

    Of a reach they are the sections on it, and the chiefs of it and of the whole river.
    """
    cards, duties, sections, works = rows
    here = duties["reach_id"].isna() | (duties["reach_id"] == reach) | (reach is None)
    measured = sections["river_id"] == river if reach is None else sections["reach_id"] == reach
    answering = duties[(duties["river_id"] == river) & here]
    card = cards[cards["river_id"] == river].iloc[0]
    return RiverFacts(card, answering, sections[measured], works[works["river_id"] == river])


def object_card(
    request: PageRequest, layer: MapLayer, result: DatedResult, code: str, more: Sequence[Markup], photos: Markup
) -> Markup:
    """Return the card of a row of a layer; `more` and `photos` are what other ledgers know of it."""
    row = result.rows[result.rows[layer.code] == code].iloc[0]
    told = _needless_columns(layer, standing_of(row))
    known = [column for column in layer.facts if column not in told and not formats.is_missing(row[column])]
    head = element("h2", words(layer.name_of(row))) + _standing_line(layer, row)
    lost = element("p", words(NO_PLACE), class_="fl-caption") if _is_nowhere(row) else Markup("")
    facts = facts_block(result, row, known).markup
    return card_markup(request, head + lost + facts, [*more, *_row_links(request, layer, row)], photos)


def _needless_columns(layer: MapLayer, standing: str) -> tuple[str, ...]:
    """Return the columns that say nothing more: a class that the numeral says, days left for what is done."""
    return TOLD_BY_CLASS if standing in CLASS_NAMES else COUNTED_DOWN if standing in layer.done else ()


def _is_nowhere(row: pd.Series) -> bool:
    return formats.is_missing(row["course" if "course" in row else "lon"])


def _standing_line(layer: MapLayer, row: pd.Series) -> Markup:
    """Return how a row stands: a class of water with its target, else its sign with its word."""
    standing = standing_of(row)
    if standing in CLASS_NAMES:
        return class_line(standing, row["target_class"])
    return element("p", joined((sign_mark(layer, standing), words(standing_words(layer, standing))), " "))


def class_line(name: object, target: object) -> Markup:
    """Return a class of water beside the class that it is to have."""
    asked = "" if formats.is_missing(target) else TARGET.fill(class_=WORDS[str(target)])
    return element("p", joined((class_mark("" if formats.is_missing(name) else str(name)), words(asked)), " "))


def card_markup(request: PageRequest, told: Markup, links: Sequence[Markup], photos: Markup) -> Markup:
    """Return a card of finished parts, with the way back to a map on which nothing is chosen."""
    back = link(words(NONE_CHOSEN), choose_nothing_href(request), class_="fl-screen")
    return element("article", told + list_items([*links, back]) + photos, class_="fl-map-card", tabindex="0")


def _row_links(request: PageRequest, layer: MapLayer, row: pd.Series) -> Iterable[Markup]:
    """Yield the page of the row itself, its river on the map, and the file of its river."""
    has_river = "river_id" in row and not formats.is_missing(row["river_id"])
    file, parameter = layer.page or ("", "river")
    if parameter != "river" and not formats.is_missing(row[f"{parameter}_id"]):
        more = MORE_OF_IT.fill(name=layer.name_of(row))
        yield link(words(more), page_href(file, **{parameter: row[f"{parameter}_id"]}))
    if has_river:
        whole = link(words(WHOLE_RIVER.fill(river=row["river"])), choose_river_href(request, row["river_id"]))
        yield joined((whole, river_file_link(row["river"], row["river_id"])), " · ")


def river_file_link(name: str, code: str) -> Markup:
    """Return the way to all that is known of a river."""
    return link(words(RIVER_FILE.fill(river=name)), page_href("water/river.py", river=code))


def river_lines(request: PageRequest, facts: RiverFacts) -> Iterable[Markup]:
    """Yield who answers for a river, where and when it was measured last, what is closed, how far the works are."""
    yield from _labelled(CHIEF, map(_post_link, facts.duties.to_dict("records")))
    yield from _labelled(SECTIONS_WORD, [*_section_links(facts.sections), *_last_reading(facts.card)])
    yield from _closed_counts(facts.card)
    yield from _labelled(WORKS.label, (_work_link(request, row) for row in facts.works.to_dict("records")))


def _labelled(label: Text, parts: Iterable[Markup]) -> list[Markup]:
    """Return parts in one line behind their label; no line where there is none."""
    found = list(parts)
    return [words(label) + Markup(" ") + joined(found, " · ")] if found else []


def _section_links(sections: pd.DataFrame) -> list[Markup]:
    """Return sections as links; `sections` is section_class."""
    named = sections.drop_duplicates("section_id")
    return [
        link(words(name), page_href("water/quality.py", section=code))
        for name, code in zip(named["section"], named["section_id"], strict=True)
    ]


def _last_reading(card: pd.Series) -> list[Markup]:
    if formats.is_missing(card["sampled_on"]):
        return []
    day, items = formats.format_date(card["sampled_on"]), int(card["parameters"])
    return [words(LAST_READING.fill(day=day, items=items))]


def _closed_counts(card: pd.Series) -> Iterable[Markup]:
    """Yield how many sources and outfalls are closed of those known, and how many are overdue."""
    late = int(card["sources_overdue"])
    counts = ((SOURCES, "sources", OVERDUE.fill(count=late) if late else ""), (OUTFALLS, "outfalls", ""))
    for layer, name, and_late in counts:
        if int(card[name]):
            closed, count = int(card[f"{name}_closed"]), int(card[name])
            yield words(CLOSED_OF.fill(label=layer.label, closed=closed, count=count)) + words(and_late)


def _work_link(request: PageRequest, row: Row) -> Markup:
    """Return a work with its light and its rate, a link that chooses it; `row` is one of work_map."""
    rate = words(formats.format_percent(row["rate"]))
    told = (status_mark(row["standing"]), words(row["work"]), rate)
    return link(joined(told, " "), choose_href(request, WORKS, row["work_id"]))


def _post_link(duty: Row) -> Markup:
    role = formats.MISSING if formats.is_missing(duty["role"]) else WORDS[duty["role"]]
    said = WITH_ROLE.fill(post=duty["post"], role=role)
    return link(words(said), page_href("water/chiefs.py", chief=duty["chief_id"]))
