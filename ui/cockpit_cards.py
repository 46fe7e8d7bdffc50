"""The cockpit's widgets: a card for each line of work, the red list, how new each ledger is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.fields import STREAMS, WORDS
from data.text import Text, untranslated
from ui import formats, frame, phrases
from ui.colours import STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS

UNIT_OF = {c.value: c.unit for c in DATASETS["target"].column("metric").choices}
COUNT_UNITS = {
    "dredging_progress": untranslated("m³"),
    "source_closure": Text("处", "sources"),
    "patrol_completion": Text("次", "times"),
    "issue_closure": Text("件", "issues"),
    "plant_load": untranslated("m³"),
    "plant_pass_rate": Text("个样品", "samples"),
    "saving_coverage": Text("个村社", "villages"),
    "leak_fix": Text("处", "taps"),
    "signing_rate": Text("户", "households"),
}
BULLET_HTML = (
    '<div role="img" aria-label="{words}" style="position:relative;height:16px;background:rgba(127,140,155,.25);'
    'border-radius:3px"><div style="width:{rate:.1f}%;height:100%;background:{colour};border-radius:3px"></div>'
    '<div style="position:absolute;left:{plan:.1f}%;top:-4px;width:3px;height:24px;background:#5C6B7A"></div></div>'
)
MAX_BEHIND, MAX_TARGETS = 10, 3


def _actual_of_target(row: pd.Series) -> Text:
    """Return what is reached of a target, never rounded up to it."""
    is_share = UNIT_OF[row["metric"]] == "percent"
    written = formats.format_percent if is_share else formats.format_money
    return phrases.ACTUAL_OF_TARGET.fill(actual=written(row["actual"], row["target"]), target=written(row["target"]))


def _counts_prefix(row: pd.Series) -> str:
    """Return the two counts behind a percentage, or nothing for an amount of money."""
    if row["metric"] not in COUNT_UNITS:
        return ""
    unit = frame.t(COUNT_UNITS[row["metric"]])
    return f"{formats.format_count(row['done'], row['total'])} / {formats.format_count(row['total'])} {unit} · "


def _draw_bullet(rate: float, due: float, light: str, words: Text) -> None:
    """Draw the rate as a bar in its light's colour with a tick where it should be.

    Plain HTML: the first screen of a leader does not wait for the chart library.
    """
    st.html(
        BULLET_HTML.format(
            rate=0.0 if formats.is_missing(rate) else min(100.0, max(0.0, rate)),
            plan=min(100.0, due),
            colour=STATUS_COLOURS[light],
            words=f"{formats.format_percent(rate)}, {frame.t(words)}",
        )
    )


def _time_elapsed_text(row: pd.Series) -> Text:
    return phrases.TIME_ELAPSED.fill(rate=formats.format_percent(row["elapsed_rate"]))


def _plan_to_date_text(row: pd.Series) -> Text:
    return phrases.PLAN_TO_DATE.fill(rate=formats.format_percent(row["planned_rate"]))


def _days_left_text(row: pd.Series) -> Text:
    """Say how many days are left, or how many have passed since the end."""
    days = int(row["days_left"])
    return phrases.DAYS_LEFT.fill(days=days) if days >= 0 else phrases.DAYS_OVER.fill(days=-days)


def _draw_target(row: pd.Series, light: str) -> None:
    """Draw one target: the figure, its counts, the time elapsed, the light in words."""
    st.markdown(
        f"**{frame.t(WORDS[row['metric']])}** · {STATUS_SIGNS[light]} {frame.t(phrases.STATUS[light])}  \n"
        f"##### {formats.nonbreaking_text(frame.t(_actual_of_target(row)))}"
    )
    _draw_bullet(row["rate"], row["elapsed_rate"], light, _time_elapsed_text(row))
    st.caption(formats.nonbreaking_text(f"{_counts_prefix(row)}{frame.t(_target_gap_text(row))}"))
    elapsed = "" if row["is_level"] else f"{frame.t(_time_elapsed_text(row))} · "
    said = f"{elapsed}{frame.t(_days_left_text(row))} · {frame.t(phrases.AS_OF)} {formats.format_date(row['newest'])}"
    st.caption(formats.nonbreaking_text(said))


def _target_gap_text(row: pd.Series) -> Text:
    """Say how far a target is from the time elapsed; a level has none, it is to be kept on every day."""
    return phrases.LEVEL if row["is_level"] else formats.format_gap(row["gap"], formats.GAP_TO_TIME)


def _target_line(row: pd.Series, light: str) -> str:
    """Return one target in a line: its light, what is reached of it, the counts."""
    said = f"{STATUS_SIGNS[light]} {frame.t(WORDS[row['metric']])} {frame.t(_actual_of_target(row))}"
    counts = _counts_prefix(row).removesuffix(" · ")
    return f"{said} · {counts}" if counts else said


def draw_stream_cards(targets: pd.DataFrame, lights: list[str]) -> None:
    """Draw one card a line of work with its targets, those furthest behind at length, the others in a line each."""
    columns = st.columns(len(STREAM_COLOURS), gap="medium", border=True)
    for place, (stream, column) in enumerate(zip(STREAM_COLOURS, columns, strict=True)):
        with column:
            icon = (":material/water_drop:", ":material/trending_up:", ":material/home_work:")[place]
            st.markdown(f"#### {icon} {frame.t(STREAMS[stream])}")
            own = [
                (row, light)
                for (_, row), light in zip(targets.iterrows(), lights, strict=True)
                if row["stream"] == stream
            ]
            if not own:
                st.caption(frame.t(phrases.NO_TARGET))
            for row, light in own[:MAX_TARGETS]:
                _draw_target(row, light)
            st.caption(
                formats.nonbreaking_text("  \n".join(_target_line(row, light) for row, light in own[MAX_TARGETS:]))
            )


def draw_behind_list(rows: pd.DataFrame, lights: list[str]) -> None:
    """Draw the red list: what is furthest behind, by how much, who leads, how many days are left."""
    for (_, row), light in list(zip(rows.iterrows(), lights, strict=True))[:MAX_BEHIND]:
        st.markdown(f"{STATUS_SIGNS[light]} **{row['item']}** · {frame.t(formats.format_gap(row['gap']))}")
        _draw_bullet(row["rate"], row["planned_rate"], light, _plan_to_date_text(row))
        counted = formats.format_share(row["done"], row["total"], row["rate"], WORDS[row["quantity_unit"]])
        owner = "" if formats.is_missing(row["owner"]) else f" · {row['owner']}"
        st.caption(
            formats.nonbreaking_text(
                f"{frame.t(counted)} · {frame.t(_plan_to_date_text(row))} · {frame.t(_days_left_text(row))}{owner}"
            )
        )
    if len(rows) > MAX_BEHIND:
        st.caption(frame.t(phrases.MORE.fill(count=len(rows) - MAX_BEHIND)))


def draw_freshness(state: pd.DataFrame, as_of: date | None) -> None:
    """List the newest date of each ledger; one that is a month older than the figures is marked stale."""
    headings = (phrases.LEDGER, phrases.AS_OF, phrases.ROWS, phrases.BATCH)
    lines = [f"| {' | '.join(frame.t(h) for h in headings)} |", "| --- | --- | ---: | ---: |"]
    for row in state.itertuples():
        mark = f" · :gray[{frame.t(phrases.STALE)}]" if frame.is_stale(row.newest, as_of) else ""
        batch = formats.MISSING if pd.isna(row.batch) else int(row.batch)
        label = frame.t(DATASETS[row.dataset].label)
        lines.append(
            f"| {label} | {formats.nonbreaking_text(formats.format_date(row.newest))}{mark} | {row.rows:,} | {batch} |"
        )
    st.markdown("\n".join(lines))
