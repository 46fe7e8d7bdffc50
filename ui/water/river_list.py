"""All rivers, what is overdue first, then the worst water: class of late, works behind, sources, who answers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.colours import CLASS_COLOURS, CLASS_NAMES, MISSING_COLOUR, WORST_RANK
from ui.markup import element, link, picture, stacked_bar, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.water.river import CHIEFS, class_cell, newest_by_section

BEHIND_LIGHTS = ("滞后", "严重滞后")
RIVERS = Text("全部河道（逾期的在前，其次看水质）", "All rivers (overdue first, then by their water)")
ALL_RIVERS = Text("名录全表", "All columns of the register")
BY_CLASS = Text("河道按最近水质类别（取最差断面）", "Rivers by their newest class (the worst section)")
RIVERS_OF_CLASS = Text("{word} {count} 条", "{word}: {count}")
NOT_MEASURED = Text("没有数据", "no data")
TITLE = Text("{count} 条河道：{state}", "{count} rivers: {state}")
BAD = Text("{count} 条劣Ⅴ类", "{count} worse than Ⅴ")
BEHIND = Text("{count} 条有工程滞后", "{count} with works behind plan")
OVERDUE = Text("{count} 条有污染源或排口逾期", "{count} with sources or outfalls overdue")
WORST = Text("最差的是{river}", "the worst is {river}")
NONE_BAD = Text("没有劣Ⅴ类，没有滞后，没有逾期", "none worse than Ⅴ, nothing behind, nothing overdue")
COMMA = Text("，", ", ")

CLASS, WORKS = Text("最近水质", "Newest class"), Text("工程", "Works")
PLACES, CHIEF = Text("污染源、排口", "Sources, outfalls"), Text("河长", "Chief")
WORKS_BEHIND = Text("滞后 {behind} / {works} 项", "{behind} of {works} behind")
WORKS_LATE = Text("{count} 项已过完工日", "{count} past their planned finish")
PLACES_OVERDUE = Text("逾期 {overdue} 处", "{overdue} overdue")
PLACES_OPEN = Text("未整治 {open} / {n}", "{open} of {n} open")


def river_rows(
    facts: pd.DataFrame,
    classes: pd.DataFrame,
    works: pd.DataFrame,
    lights: Sequence[str],
    places: pd.DataFrame,
    duties: pd.DataFrame,
) -> pd.DataFrame:
    """Return the registered rivers, those with something overdue first, then those with the worst water.

    `classes` is section_class, `places` the sources and outfalls, `lights` stand for the rows of `works`.
    """
    worst = newest_by_section(classes).drop_duplicates("river_id").set_index("river_id")
    first = duties.drop_duplicates("river_id").set_index("river_id")
    lit = works.assign(light=lights)
    chosen = {
        "works": lit,
        "behind": lit[lit["light"].isin(BEHIND_LIGHTS)],
        "late": lit[lit["light"] == "已逾期"],
        "places": places,
        "open": places[~places["is_closed"].astype(bool)],
        "overdue": places[places["days_overdue"].notna()],
    }
    ids = facts["river_id"]
    rows = facts.assign(
        **{name: worst[name].reindex(ids).array for name in ("class", "class_rank", "month")},
        **{name: first[name].reindex(ids).array for name in ("post", "chief_id")},
        **{name: ids.map(found["river_id"].value_counts()).fillna(0).astype(int) for name, found in chosen.items()},
    )
    order = rows.assign(rank=rows["class_rank"].astype(float), pressing=(rows["overdue"] + rows["late"]) > 0)
    keys = ["pressing", "rank", "overdue", "behind"]
    return rows.loc[order.sort_values(keys, ascending=False, kind="stable").index]


def title_sentence(rows: pd.DataFrame) -> Text:
    """Count the rivers that are worse than Ⅴ, behind or overdue, and name the worst; `rows` is river_rows."""
    if rows.empty:
        return phrases.NOTHING_YET
    counts = {
        BAD: (rows["class_rank"] == WORST_RANK).sum(),
        BEHIND: ((rows["behind"] + rows["late"]) > 0).sum(),
        OVERDUE: (rows["overdue"] > 0).sum(),
    }
    said = [phrase.fill(count=int(count)) for phrase, count in counts.items() if count]
    said = [*said, WORST.fill(river=rows.iloc[0]["river"])] if said else [NONE_BAD]
    return TITLE.fill(count=len(rows), state=join_texts(said, COMMA))


def class_picture(rows: pd.DataFrame) -> Html:
    """Return how many rivers are of each class as one bar, the worst at its left, and the same in words."""
    counts = [(name, int((rows["class"] == name).sum())) for name in reversed(CLASS_NAMES)]
    parts = [(count, CLASS_COLOURS[name], t(WORDS[name])) for name, count in counts if count]
    unknown = int(rows["class"].isna().sum())
    parts += [(unknown, MISSING_COLOUR, t(NOT_MEASURED))] if unknown else []
    listed = [RIVERS_OF_CLASS.fill(word=word, count=count) for count, _, word in parts]
    told = element("p", words(join_texts(listed, Text(" · ", " · "))), class_="fl-caption")
    return Html(picture(stacked_bar(parts, BY_CLASS, [word for *_, word in parts]) + told))


def river_list(request: PageRequest, register: DatedResult, rows: pd.DataFrame) -> Html:
    """Return the rivers, each a link to its file; those with something overdue in red."""
    return list_block(
        register,
        ["river", "class", "places", "works", "post"],
        rows,
        href=lambda row: same_page_href(request, river=row["river_id"], open=None),
        cells={"class": class_cell, "places": _places_cell, "works": _works_cell, "post": _chief_cell},
        headings={"class": CLASS, "places": PLACES, "works": WORKS, "post": CHIEF},
        is_alarming=lambda row: row["overdue"] + row["late"] > 0,
        more_href=same_page_href(request, open="all"),
    )


def _places_cell(row: Row) -> Markup:
    """Return how many sources and outfalls are overdue, and how many are open of all."""
    if not row["places"]:
        return words(formats.MISSING)
    late = words(PLACES_OVERDUE.fill(overdue=row["overdue"])) if row["overdue"] else Markup("")
    return late + Markup(" ") + element("small", words(PLACES_OPEN.fill(open=row["open"], n=row["places"])))


def _works_cell(row: Row) -> Markup:
    """Return how many works are behind, and how many are past their planned finish."""
    if not row["works"]:
        return words(formats.MISSING)
    late = words(WORKS_LATE.fill(count=row["late"])) if row["late"] else Markup("")
    return late + Markup(" ") + element("small", words(WORKS_BEHIND.fill(behind=row["behind"], works=row["works"])))


def _chief_cell(row: Row) -> Markup:
    if formats.is_missing(row["post"]):
        return words(formats.MISSING)
    return link(words(row["post"]), page_href(CHIEFS, chief=row["chief_id"]))
