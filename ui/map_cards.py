"""The map on its page, its legend, and the card of what was clicked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.text import Text
from ui import formats, frame, maps, phrases, tables
from ui.colours import CLASS_COLOURS, MISSING_COLOUR

MAP_HEIGHT = 560


def draw_river_map(reaches: pd.DataFrame, sources: pd.DataFrame) -> tuple[str, str] | None:
    """Draw the map; return the layer and the id of what is selected."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    deck = maps.river_map_deck(reaches, sources, frame.reader_language(), theme, is_phone=is_phone)
    states = [maps.source_state(row) for row in sources.astype(object).to_dict("records")]
    drawn = int(reaches["course"].notna().sum())
    alt = phrases.MAP_ALT.fill(reaches=drawn, sources=len(sources), open=sum(state != "closed" for state in states))
    event = st.pydeck_chart(
        deck, on_select="rerun", selection_mode="single-object", key="river-map", height=MAP_HEIGHT, alt=frame.t(alt)
    )
    for layer, objects in event.selection.objects.items():
        if objects:
            return str(layer), str(objects[0]["id"])
    return None


def undrawn_note(reaches: pd.DataFrame) -> Text | None:
    """Say how many reaches the map cannot show, or None where it shows all."""
    missing = int(reaches["course"].isna().sum())
    return phrases.NOT_DRAWN.fill(count=missing) if missing else None


def _legend_chip(colour: str, words: str) -> str:
    return (
        f'<span style="white-space:nowrap;margin-right:14px"><span style="display:inline-block;width:14px;height:14px;'
        f'border:1px solid #5C6B7A;background:{colour};vertical-align:-2px"></span> {words}</span>'
    )


def draw_legend() -> None:
    """Name the colours of reaches and of sources, one legend each."""
    classes = [
        _legend_chip(colour, tables.word_label(name, frame.reader_language())) for name, colour in CLASS_COLOURS.items()
    ]
    classes.append(_legend_chip(MISSING_COLOUR, frame.t(phrases.MISSING_MONTH)))
    states = [
        _legend_chip(maps.SOURCE_COLOURS[state], frame.t(words))
        for state, words in (("open", phrases.OPEN), ("overdue", phrases.OVERDUE), ("closed", phrases.CLOSED))
    ]
    kinds = [f"{maps.kind_initial(c.value)} {frame.t(c.label)}" for c in DATASETS["source"].column("kind").choices]
    st.html(
        f"<div>{frame.t(phrases.LEGEND_CLASS)}: {''.join(classes)}</div>"
        f"<div>{frame.t(phrases.LEGEND_SOURCE)}: {''.join(states)}</div><div>{' · '.join(kinds)}</div>"
    )


def _draw_fields(row: pd.Series, names: list[str]) -> None:
    readable = tables.readable_table(pd.DataFrame([row]), names, frame.reader_language()).iloc[0]
    lines = [f"{name}: **{value}**" for name, value in readable.items() if not formats.is_missing(value)]
    st.markdown("  \n".join(lines))


def draw_selection_card(
    picked: tuple[str, str] | None, reaches: pd.DataFrame, sources: pd.DataFrame, duties: pd.DataFrame
) -> None:
    """Draw the card of a reach or a source; a selection that is no longer in the rows shows nothing."""
    with st.container(border=True):
        layer, code = picked or ("", "")
        if layer == "reaches" and code in set(reaches["reach_id"]):
            row = reaches.set_index("reach_id", drop=False).loc[code]
            st.markdown(f"#### {row['reach']}")
            _draw_fields(row, ["river", "village", "length", "target_class", "class", "month", "items"])
            whole = duties["reach_id"].isna() | (duties["reach_id"] == code)
            _draw_chiefs(duties[(duties["river_id"] == row["river_id"]) & whole])
        elif layer == "sources" and code in set(sources["source_id"]):
            row = sources.set_index("source_id", drop=False).loc[code]
            st.markdown(f"#### {row['source']}")
            _draw_fields(row, ["kind", "river", "village", "state", "action", "found_on", "due_on", "closed_on"])
        else:
            st.caption(frame.t(phrases.NO_SELECTION))


def _draw_chiefs(duties: pd.DataFrame) -> None:
    role = Text("{post}（{role}）", "{post} ({role})")
    for duty in duties.itertuples():
        words = role.fill(post=duty.post, role=tables.word_label(duty.role, frame.reader_language()))
        st.markdown(f"{frame.t(phrases.CHIEF)}: **{frame.t(words)}**")
