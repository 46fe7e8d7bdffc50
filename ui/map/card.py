"""The card of what is chosen on the map: its name, how it stands, what is known of it, and the ways onward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text
from data.words import WORDS
from ui import formats
from ui.map.choices import choose_nothing_href, choose_river_href
from ui.map.layers import MapLayer
from ui.map.legend import sign_mark, standing_words
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.result_list import Row, facts_block
from ui.results import DatedResult

NONE_CHOSEN = Text("← 不选", "← None chosen")
CHIEF, SECTIONS = Text("河长", "Chief"), Text("断面", "Sections")
RIVER_FILE, WHOLE_RIVER = Text("一河一档：{river}", "File of {river}"), Text("选整条{river}", "Choose all of {river}")
MORE_OF_IT = Text("详情：{name}", "More: {name}")
WITH_ROLE = Text("{post}（{role}）", "{post} ({role})")


def object_card(
    request: PageRequest, layer: MapLayer, result: DatedResult, code: str, more: Sequence[Markup] = ()
) -> Markup:
    """Return the card of a row of a layer; `more` is what other ledgers know of it."""
    row = result.rows[result.rows[layer.code] == code].iloc[0]
    known = [column for column in layer.facts if not formats.is_missing(row[column])]
    standing = "" if formats.is_missing(row["standing"]) else str(row["standing"])
    said = joined((sign_mark(layer.looks[standing]), words(standing_words(layer, standing))), " ")
    head = element("h2", words(row[layer.title])) + element("p", said)
    return card_markup(
        request, head + facts_block(result, row, known).markup, [*more, *_row_links(request, layer, row)]
    )


def card_markup(request: PageRequest, told: Markup, links: Sequence[Markup]) -> Markup:
    """Return a card of finished parts, with the way back to a map on which nothing is chosen."""
    back = link(words(NONE_CHOSEN), choose_nothing_href(request))
    return element("article", told + list_items([*links, back]), class_="fl-map-card")


def _row_links(request: PageRequest, layer: MapLayer, row: pd.Series) -> Iterable[Markup]:
    """Yield the page of the row itself, its river on the map, and the file of its river."""
    has_river = "river_id" in row and not formats.is_missing(row["river_id"])
    if layer.page and layer.page[1] != "river":
        file, parameter = layer.page
        yield link(words(MORE_OF_IT.fill(name=row[layer.title])), page_href(file, **{parameter: row[layer.code]}))
    if has_river:
        yield link(words(WHOLE_RIVER.fill(river=row["river"])), choose_river_href(request, row["river_id"]))
        yield river_file_link(row["river"], row["river_id"])


def river_file_link(name: str, code: str) -> Markup:
    """Return the way to all that is known of a river."""
    return link(words(RIVER_FILE.fill(river=name)), page_href("water/river.py", river=code))


def chief_lines(duties: pd.DataFrame) -> list[Markup]:
    """Return who answers for a river or a reach, each post a link, in one line; none where nobody does."""
    posts = [_post_link(duty) for duty in duties.to_dict("records")]
    return [_labelled(CHIEF, posts)] if posts else []


def section_lines(sections: pd.DataFrame) -> list[Markup]:
    """Return the sections in one line, each a link; `sections` is section_class."""
    named = sections.drop_duplicates("section_id")
    links = [
        link(words(name), page_href("water/quality.py", section=code))
        for name, code in zip(named["section"], named["section_id"], strict=True)
    ]
    return [_labelled(SECTIONS, links)] if links else []


def _labelled(label: Text, links: Sequence[Markup]) -> Markup:
    return words(label) + Markup(" ") + joined(links, " · ")


def _post_link(duty: Row) -> Markup:
    role = formats.MISSING if formats.is_missing(duty["role"]) else WORDS[duty["role"]]
    said = WITH_ROLE.fill(post=duty["post"], role=role)
    return link(words(said), page_href("water/chiefs.py", chief=duty["chief_id"]))
