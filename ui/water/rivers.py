"""The map on its page, its legend, and the card of what was clicked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.text import Text, join_texts
from ui import formats, phrases, tables
from ui.colours import CLASS_COLOURS, MISSING_COLOUR, WORST_RANK
from ui.page import Page
from ui.preferences import reader_language, t
from ui.results import DatedResult
from ui.water import map_layers

PAGE = Page(
    label=Text("河道地图", "River map"),
    icon=":material/map:",
    place=70,
)
MAP_HINT = Text(
    "点河段或污染源看卡片；底图为示意图。", "Click a reach or a source for its card; the base map is schematic."
)
MAP_ALT = Text(
    "河道示意图：{reaches} 段河道按最近水质类别着色，{sources} 处污染源，其中 {open} 处未整治。",
    "Schematic map: {reaches} reaches coloured by newest class, {sources} pollution sources, {open} of them open.",
)
NOT_DRAWN = Text(
    "{count} 段河道没有登记走向，图上没有，见河段清单。", "{count} reaches have no course and stand in the list alone."
)
LEGEND_CLASS = Text("水质类别", "Class")
LEGEND_SOURCE = Text("污染源", "Sources")
OPEN, CLOSED, OVERDUE = Text("未整治", "Open"), Text("已整治", "Closed"), Text("逾期", "Overdue")
NO_SELECTION = Text("还没有选中河段或污染源。", "No reach or source is selected.")
REACH_LIST = Text("河段清单", "Reaches")
SOURCE_LIST = Text("污染源清单", "Pollution sources")
CHIEF = Text("河长", "Chief")
OPEN_SOURCES = Text("{open} 处污染源未整治，{overdue} 处逾期", "{open} sources open, {overdue} overdue")
NO_SOURCE = Text("没有登记污染源", "No pollution source is registered")
WORST_REACHES = Text("{judged} 段有水质数据的河道中 {bad} 段劣Ⅴ类", "{bad} of {judged} reaches with data worse than Ⅴ")
NOT_JUDGED = Text("{reaches} 段河道近来都没有水质数据", "{reaches} reaches, none with data of late")
NO_REACH = Text("没有登记河段", "no reach is registered")
SEMICOLON = Text("；", "; ")


MAP_HEIGHT = 560  # pixels; chosen by eye: map and title fit a screen of 900


def draw_river_map(reaches: pd.DataFrame, sources: pd.DataFrame) -> tuple[str, str] | None:
    """Draw the map; return the layer and the id of what is selected."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    deck = map_layers.river_map_deck(reaches, sources, reader_language(), theme, is_phone=is_phone)
    states = [map_layers.source_state(row) for row in sources.astype(object).to_dict("records")]
    drawn = int(reaches["course"].notna().sum())
    alt = MAP_ALT.fill(reaches=drawn, sources=len(sources), open=sum(state != "closed" for state in states))
    event = st.pydeck_chart(
        deck, on_select="rerun", selection_mode="single-object", key="river-map", height=MAP_HEIGHT, alt=t(alt)
    )
    for layer, objects in event.selection.objects.items():
        if objects:
            return str(layer), str(objects[0]["id"])
    return None


def undrawn_note(reaches: pd.DataFrame) -> Text | None:
    """Say how many reaches the map cannot show, or None where it shows all."""
    missing = int(reaches["course"].isna().sum())
    return NOT_DRAWN.fill(count=missing) if missing else None


def _legend_chip(colour: str, words: str) -> str:
    return (
        f'<span style="white-space:nowrap;margin-right:14px"><span style="display:inline-block;width:14px;height:14px;'
        f'border:1px solid #5C6B7A;background:{colour};vertical-align:-2px"></span> {words}</span>'
    )


def draw_legend() -> None:
    """Name the colours of reaches and of sources, one legend each."""
    classes = [
        _legend_chip(colour, tables.word_label(name, reader_language())) for name, colour in CLASS_COLOURS.items()
    ]
    classes.append(_legend_chip(MISSING_COLOUR, t(phrases.MISSING_MONTH)))
    states = [
        _legend_chip(map_layers.SOURCE_COLOURS[state], t(words))
        for state, words in (("open", OPEN), ("overdue", OVERDUE), ("closed", CLOSED))
    ]
    kinds = [f"{map_layers.kind_initial(c.value)} {t(c.label)}" for c in DATASETS["source"].column("kind").choices]
    st.html(
        f"<div>{t(LEGEND_CLASS)}: {''.join(classes)}</div>"
        f"<div>{t(LEGEND_SOURCE)}: {''.join(states)}</div><div>{' · '.join(kinds)}</div>"
    )


def _draw_fields(result: DatedResult, row: pd.Series, names: list[str]) -> None:
    columns = [result.column(name) for name in names]
    readable = tables.readable_table(pd.DataFrame([row]), columns, reader_language()).iloc[0]
    lines = [f"{name}: **{value}**" for name, value in readable.items() if not formats.is_missing(value)]
    st.markdown("  \n".join(lines))


def draw_selection_card(
    picked: tuple[str, str] | None, reaches: DatedResult, sources: DatedResult, duties: pd.DataFrame
) -> None:
    """Draw the card of a reach or a source; a selection that is no longer in the rows shows nothing."""
    with st.container(border=True):
        layer, code = picked or ("", "")
        if layer == "reaches" and code in set(reaches.rows["reach_id"]):
            row = reaches.rows.set_index("reach_id", drop=False).loc[code]
            st.markdown(f"#### {row['reach']}")
            _draw_fields(reaches, row, ["river", "village", "length", "target_class", "class", "month", "items"])
            whole = duties["reach_id"].isna() | (duties["reach_id"] == code)
            _draw_chiefs(duties[(duties["river_id"] == row["river_id"]) & whole])
        elif layer == "sources" and code in set(sources.rows["source_id"]):
            row = sources.rows.set_index("source_id", drop=False).loc[code]
            st.markdown(f"#### {row['source']}")
            _draw_fields(
                sources, row, ["kind", "river", "village", "state", "action", "found_on", "due_on", "closed_on"]
            )
        else:
            st.caption(t(NO_SELECTION))


def _draw_chiefs(duties: pd.DataFrame) -> None:
    role = Text("{post}（{role}）", "{post} ({role})")
    for duty in duties.itertuples():
        words = role.fill(post=duty.post, role=tables.word_label(duty.role, reader_language()))
        st.markdown(f"{t(CHIEF)}: **{t(words)}**")


def title_sentence(reaches: pd.DataFrame, sources: pd.DataFrame) -> Text:
    """Count the open and overdue sources and the worst reaches."""
    if reaches.empty and sources.empty:
        return phrases.NOTHING_YET
    return join_texts([_sources_clause(sources), _reaches_clause(reaches)], SEMICOLON)


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
