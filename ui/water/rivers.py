"""The map on its page, its legend, the card of what is chosen, and one list of what is bad first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text, join_texts
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import DeckMap, Html, WrittenDeck
from ui.colours import CLASS_COLOURS, CLASS_NAMES, WORST_RANK
from ui.markup import class_badge, element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, facts_block, list_block
from ui.results import DatedResult
from ui.water import map_layers
from ui.water.map_picture import map_picture

PAGE = Page(
    label=Text("河道地图", "River map"),
    icon=":material/map:",
    place=70,
    choices=("reach", "source"),
)
ONE_REACH, ONE_SOURCE = Text("河段", "reach"), Text("污染源", "source")
MAP_HINT = Text(
    "点河段或污染源看卡片；底图为示意图。", "Click a reach or a source for its card; the base map is schematic."
)
PICTURE_HINT = Text(
    "这个浏览器没有 WebGL，地图显示为图片；河段和污染源请点下面的清单。",
    "This browser has no WebGL, so the map is a picture; reaches and sources open from the list below.",
)
MAP_ALT = Text(
    "河道示意图：{reaches} 段河道按最近水质类别着色，{sources} 处污染源，其中 {open} 处未整治。",
    "Schematic map: {reaches} reaches coloured by newest class, {sources} pollution sources, {open} of them open.",
)
NOT_DRAWN = Text(
    "{count} 段河道没有登记走向，图上没有，见河段全表。", "{count} reaches have no course and stand in the table alone."
)
LEGEND_CLASS = Text("水质类别", "Class")
LEGEND_SOURCE = Text("污染源", "Sources")
SOURCE_STATES = {
    "overdue": Text("逾期", "overdue"),
    "open": Text("未整治", "open"),
    "closed": Text("已整治", "closed"),
}
REACH_LIST = Text("河段全表", "All columns of the reaches")
SOURCE_LIST = Text("污染源全表", "All columns of the sources")
CHIEF = Text("河长", "Chief")
SECTIONS = Text("断面", "Sections")
TO_RIVER, TO_SOURCE = Text("一河一档：{river}", "File of {river}"), Text("污染源详情", "More of this source")
TO_ALL = Text("← 不选", "← None chosen")
OPEN_SOURCES = Text("{open} 处污染源未整治，{overdue} 处逾期", "{open} sources open, {overdue} overdue")
NO_SOURCE = Text("没有登记污染源", "No pollution source is registered")
WORST_REACHES = Text("{judged} 段有水质数据的河道中 {bad} 段劣Ⅴ类", "{bad} of {judged} reaches with data worse than Ⅴ")
NOT_JUDGED = Text("{reaches} 段河道近来都没有水质数据", "{reaches} reaches, none with data of late")
NO_REACH = Text("没有登记河段", "no reach is registered")
LONGEST = Text("逾期最久的是{source}（{days} 天）", "longest overdue: {source} ({days} days)")
SEMICOLON = Text("；", "; ")
PLACES = Text("河段和未整治的污染源（最差的在前）", "Reaches and open sources (worst first)")
NAME, STATE, KIND = Text("名称", "Name"), Text("水质或状态", "Class or state"), Text("类别", "Kind")
DAYS = Text("逾期（天）", "Days overdue")
TARGET = Text("目标 {class_}", "target {class_}")
DUE = Text("限期 {day}", "due {day}")
WITH_ROLE = Text("{post}（{role}）", "{post} ({role})")

MAP_HEIGHT = 560  # pixels; chosen by eye: map and title fit a screen of 900
REACH_COLUMNS = ["reach", "river", "village", "class", "items", "target_class", "month", "length"]
SOURCE_COLUMNS = ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"]
REACH_FACTS = ("river", "village", "length", "target_class", "class", "month", "items")
SOURCE_FACTS = ("kind", "river", "village", "state", "action", "found_on", "due_on", "closed_on")


def map_block(
    request: PageRequest, reaches: pd.DataFrame, sources: pd.DataFrame, chosen: str | None, beside: Markup
) -> DeckMap:
    """Return the map, a picture of it for paper and for browsers without WebGL, and what stands beside it."""
    language, said = request.language, _map_alt(reaches, sources)

    @cache
    def deck(theme: str, is_phone: bool) -> WrittenDeck:
        return WrittenDeck(
            map_layers.river_map_deck(reaches, sources, language, theme, is_phone=is_phone, chosen=chosen)
        )

    hint = element("p", words(PICTURE_HINT), class_="fl-caption fl-without-webgl")
    return DeckMap(
        deck, "river-map", MAP_HEIGHT, t(said), {"reaches": "reach", "sources": "source"},
        picture=hint + map_picture(reaches, sources, language, said),
        beside=element("div", beside, class_="fl-beside"),
    )  # fmt: skip


def _map_alt(reaches: pd.DataFrame, sources: pd.DataFrame) -> Text:
    open_count = int((~sources["is_closed"].astype(bool)).sum())
    return MAP_ALT.fill(reaches=int(reaches["course"].notna().sum()), sources=len(sources), open=open_count)


def undrawn_note(reaches: pd.DataFrame) -> Text | None:
    """Say how many reaches the map cannot show, or None where it shows all."""
    missing = int(reaches["course"].isna().sum())
    return NOT_DRAWN.fill(count=missing) if missing else None


def map_legend() -> Markup:
    """Name the colours of reaches and the signs of sources, one legend each."""
    classes = [class_badge(name, t(WORDS[name])) for name in CLASS_COLOURS]
    classes.append(element("span", class_badge(None, "?") + Markup(" ") + words(phrases.MISSING_MONTH)))
    states = [element("span", _source_sign(state) + words(said)) for state, said in SOURCE_STATES.items()]
    kinds = [f"{map_layers.kind_initial(c.value)} {t(c.label)}" for c in DATASETS["source"].column("kind").choices]
    lines = (
        element("div", joined((words(LEGEND_CLASS), *classes)), class_="fl-legend"),
        element("div", joined((words(LEGEND_SOURCE), *states)), class_="fl-legend"),
        element("p", " · ".join(kinds)),
    )
    return element("div", joined(lines), class_="fl-map-legend")


def _source_sign(state: str) -> Markup:
    """Return the sign of a source as it stands on the map."""
    look = map_layers.SOURCE_LOOKS[state]
    style = f"background:{look.ground};color:{look.ink};border-color:{look.rim}"
    sign = map_layers.CLOSED_SIGN if state == "closed" else ""
    return element("span", sign, class_=f"fl-source fl-source-{state}", style=style)


def reach_card(
    request: PageRequest, reaches: DatedResult, reach: str, sections: pd.DataFrame, duties: pd.DataFrame
) -> Markup:
    """Return what is known of one reach, with links to its river and its sections; `sections` is section_class."""
    row = _only_row(reaches.rows, "reach_id", reach)
    whole = duties["reach_id"].isna() | (duties["reach_id"] == reach)
    chiefs = duties[(duties["river_id"] == row["river_id"]) & whole]
    here = sections[sections["reach_id"] == reach].drop_duplicates("section_id")
    named = zip(here["section"], here["section_id"], strict=True)
    links = [link(words(name), page_href("water/quality.py", section=code)) for name, code in named]
    more = [_labelled(SECTIONS, links)] if links else []
    posts = [_post_link(duty) for duty in chiefs.to_dict("records")]
    answering = [_labelled(CHIEF, posts)] if posts else []
    return _card(request, row["reach"], reaches, row, REACH_FACTS, [*more, *answering, _river_link(row)])


def source_card(request: PageRequest, sources: DatedResult, source: str) -> Markup:
    """Return what is known of one source, with links to its river and to its own page."""
    row = _only_row(sources.rows, "source_id", source)
    own = link(words(TO_SOURCE), page_href("water/sources.py", source=source))
    return _card(request, row["source"], sources, row, SOURCE_FACTS, [own, _river_link(row)])


def _only_row(rows: pd.DataFrame, column: str, code: str) -> pd.Series:
    return rows[rows[column] == code].iloc[0]


def _card(
    request: PageRequest,
    name: str,
    result: DatedResult,
    row: pd.Series,
    columns: Sequence[str],
    more: Sequence[Markup],
) -> Markup:
    """Return a card: a name, what is known under its headings, links onwards and the way back."""
    known = [column for column in columns if not formats.is_missing(row[column])]
    back = link(words(TO_ALL), same_page_href(request, reach=None, source=None))
    facts = facts_block(result, row, known).markup
    return element("h2", words(name)) + facts + list_items([*more, back])


def _labelled(label: Text, links: Sequence[Markup]) -> Markup:
    return words(label) + Markup(" ") + joined(links, " · ")


def _post_link(duty: Row) -> Markup:
    role = formats.MISSING if formats.is_missing(duty["role"]) else WORDS[duty["role"]]
    said = WITH_ROLE.fill(post=duty["post"], role=role)
    return link(words(said), page_href("water/chiefs.py", chief=duty["chief_id"]))


def _river_link(row: pd.Series) -> Markup:
    return link(words(TO_RIVER.fill(river=row["river"])), page_href("water/river.py", river=row["river_id"]))


def map_places(reaches: pd.DataFrame, sources: pd.DataFrame, as_of: object) -> pd.DataFrame:
    """Return the reaches and open sources as one list: overdue, then over target, then open, then the others."""
    open_sources = sources[~sources["is_closed"].astype(bool)]
    late = (pd.Timestamp(as_of) - open_sources["due_on"]).dt.days if len(open_sources) else None
    is_late = open_sources["is_overdue"].astype(bool)
    ranks = {name: rank for rank, name in enumerate(CLASS_NAMES, start=1)}
    over = reaches["class_rank"].astype(float) > reaches["target_class"].map(ranks).astype(float)
    both = [
        open_sources.assign(days=late).assign(days=lambda rows: rows["days"].where(is_late), order=2 - 2 * is_late,
                                              code=open_sources["source_id"], chosen="source", badness=0.0),
        reaches.assign(source=reaches["reach"], code=reaches["reach_id"], chosen="reach", days=None, order=3 - 2 * over,
                       badness=reaches["class_rank"].astype(float)),
    ]  # fmt: skip
    found = pd.concat([each.astype(object) for each in both if len(each)] or both, ignore_index=True)
    keys = ["order", "days", "badness"]
    sortable = found[keys].astype(float)
    return found.loc[sortable.sort_values(keys, ascending=[True, False, False], kind="stable").index]


def worst_first_list(request: PageRequest, sources: DatedResult, places: pd.DataFrame) -> Html:
    """Return reaches and open sources, each a link that chooses it on the map; overdue ones in red."""
    return list_block(
        sources,
        ["source", "what", "now", "late", "in_river"],
        places,
        href=lambda row: same_page_href(
            request, **{"reach": None, "source": None, "open": None, row["chosen"]: row["code"]}
        ),
        cells={"what": _kind_cell, "now": _state_cell, "late": _late_cell, "in_river": _river_cell},
        headings={"source": NAME, "what": KIND, "now": STATE, "late": DAYS, "in_river": sources.column("river").label},
        is_alarming=lambda row: not formats.is_missing(row["days"]),
        more_href=same_page_href(request, open="reaches"),
    )


def _kind_cell(row: Row) -> Markup:
    return words(ONE_REACH if row["chosen"] == "reach" else WORDS[row["kind"]])


def _state_cell(row: Row) -> Markup:
    """Return the class of a reach beside its target, or the state of a source."""
    if row["chosen"] == "source":
        return _source_sign("open" if formats.is_missing(row["days"]) else "overdue") + words(WORDS[row["state"]])
    name = None if formats.is_missing(row["class"]) else str(row["class"])
    asked = "" if formats.is_missing(row["target_class"]) else TARGET.fill(class_=WORDS[row["target_class"]])
    return class_badge(name, t(WORDS[name]) if name else "?") + Markup(" ") + element("small", words(asked))


def _late_cell(row: Row) -> Markup:
    """Return by how many days a source is overdue, and the day on which it is due."""
    if row["chosen"] == "reach":
        return words(formats.MISSING)
    late = "" if formats.is_missing(row["days"]) else f"{int(row['days'])} "
    due = "" if formats.is_missing(row["due_on"]) else DUE.fill(day=formats.format_date(row["due_on"]))
    return words(late) + element("small", words(due))


def _river_cell(row: Row) -> Markup:
    return link(words(row["river"]), page_href("water/river.py", river=row["river_id"]))


def title_sentence(reaches: pd.DataFrame, sources: pd.DataFrame, as_of: object = None) -> Text:
    """Count the open and overdue sources and the worst reaches, and name what is overdue for the longest time."""
    if reaches.empty and sources.empty:
        return phrases.NOTHING_YET
    late = sources[sources["is_overdue"].astype(bool)]
    said = [_sources_clause(sources), _reaches_clause(reaches)]
    if as_of is not None and len(late):
        worst = late.sort_values("due_on", kind="stable").iloc[0]
        days = (pd.Timestamp(as_of) - worst["due_on"]).days
        said.append(LONGEST.fill(source=worst["source"], days=days))
    return join_texts(said, SEMICOLON)


def _sources_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_SOURCE
    return OPEN_SOURCES.fill(open=int((~rows["is_closed"].astype(bool)).sum()), overdue=int(rows["is_overdue"].sum()))


def _reaches_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_REACH
    judged = int(rows["class_rank"].notna().sum())
    if not judged:
        return NOT_JUDGED.fill(reaches=len(rows))
    return WORST_REACHES.fill(judged=judged, bad=int((rows["class_rank"] == WORST_RANK).sum()))
