"""The cockpit's widgets: a card for each line of work, the red list, how new each ledger is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.fields import STREAMS, WORDS
from data.text import Text, same
from ui import charts, formats, frame, phrases
from ui.colours import STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS

LINE_OF = {
    "dredging_progress": "water",
    "source_closure": "water",
    "contract_value": "investment",
    "funds_in_place": "investment",
    "signing_rate": "demolition",
}
UNIT_OF = {c.value: c.unit for c in DATASETS["target"].column("metric").choices}
COUNTED_IN = {
    "dredging_progress": same("m³"),
    "source_closure": Text("处", "sources"),
    "signing_rate": Text("户", "households"),
}
BULLET = (
    '<div style="position:relative;height:16px;background:rgba(127,140,155,.25);border-radius:3px">'
    '<div style="width:{rate:.1f}%;height:100%;background:{colour};border-radius:3px"></div>'
    '<div style="position:absolute;left:{plan:.1f}%;top:-4px;width:3px;height:24px;background:#5C6B7A"></div></div>'
)
SHOWN_BEHIND = 5
STALE_DAYS = 31


def _amount(metric: str, value: float) -> Text:
    return same(formats.percent(value)) if UNIT_OF[metric] == "percent" else formats.money(value)


def _counts(row: pd.Series) -> str:
    """Return the two counts behind a percentage, or nothing for an amount of money."""
    if row["metric"] not in COUNTED_IN:
        return ""
    unit = frame.t(COUNTED_IN[row["metric"]])
    return f"{formats.count(row['done'])} / {formats.count(row['total'])} {unit} · "


def _target(row: pd.Series, light: str) -> None:
    """Draw one target: the figure, its counts, the plan to date, the light in words."""
    colour, plan = STATUS_COLOURS[light], min(100.0, row["planned_rate"])
    values = {"actual": _amount(row["metric"], row["actual"]), "target": _amount(row["metric"], row["target"])}
    st.markdown(
        f"**{frame.t(WORDS[row['metric']])}** · {STATUS_SIGNS[light]} {frame.t(phrases.STATUS[light])}  \n"
        f"##### {frame.t(phrases.ACTUAL_OF_TARGET.fill(**values))}"
    )
    st.html(BULLET.format(rate=min(100.0, max(0.0, row["rate"])), plan=plan, colour=colour))
    st.caption(f"{_counts(row)}{frame.t(formats.points(row['gap']))}")
    st.caption(
        f"{frame.t(phrases.PLAN_TO_DATE.fill(rate=formats.percent(row['planned_rate'])))} · "
        f"{frame.t(phrases.DAYS_LEFT.fill(days=row['days_left']))} · "
        f"{frame.t(phrases.AS_OF)} {formats.day(row['newest'])}"
    )


def lines_of_work(targets: pd.DataFrame, lights: list[str]) -> None:
    """Draw one card a line of work with its targets."""
    columns = st.columns(len(STREAM_COLOURS), gap="medium", border=True)
    for place, (stream, column) in enumerate(zip(STREAM_COLOURS, columns, strict=True)):
        with column:
            icon = (":material/water_drop:", ":material/trending_up:", ":material/home_work:")[place]
            st.markdown(f"#### {icon} {frame.t(STREAMS[stream])}")
            for (_, row), light in zip(targets.iterrows(), lights, strict=True):
                if LINE_OF[row["metric"]] == stream:
                    _target(row, light)


def worst_first(rows: pd.DataFrame, lights: list[str], key: str) -> None:
    """Draw the red list: what is furthest behind, by how much, who leads, how many days are left."""
    shown = rows.head(SHOWN_BEHIND)
    labels = [f"{formats.percent(r.rate)} · {frame.t(formats.points(r.gap))}" for r in shown.itertuples()]
    figure = charts.bullets(
        shown["item"].tolist(), shown["rate"].tolist(), shown["planned_rate"].tolist(), lights[:SHOWN_BEHIND], labels,
        frame.language(),
    )  # fmt: skip
    frame.chart(figure, key, Text("落后事项条形图", "Bars of what is behind"))
    frame.table(rows, ["item", "gap", "days_left", "owner", "rate", "planned_rate", "due_on", "stream"], f"{key}-table")


def freshness(state: pd.DataFrame, as_of: date | None) -> None:
    """List the newest date of each ledger; one that is a month older than the figures is marked stale."""
    language = frame.language()
    newest = pd.to_datetime(state["newest"])
    stale = newest < pd.Timestamp(as_of) - pd.Timedelta(days=STALE_DAYS) if as_of else newest.isna()
    table = pd.DataFrame(
        {
            phrases.LEDGER.into(language): [DATASETS[d].label.into(language) for d in state["dataset"]],
            phrases.AS_OF.into(language): [
                formats.day(n) + (f" · {phrases.STALE.into(language)}" if old else "")
                for n, old in zip(newest, stale, strict=True)
            ],
            phrases.ROWS.into(language): state["rows"],
            phrases.BATCH.into(language): state["batch"].map(lambda b: formats.MISSING if pd.isna(b) else str(int(b))),
        }
    )
    st.dataframe(table, hide_index=True, key="freshness")
