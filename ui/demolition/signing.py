"""The page of signing: its title sentence, its cards, its charts, the columns of its table."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data.text import Language, Text
from data.units import UNITS
from ui import charts, formats, phrases, tables
from ui.colours import PLAN_COLOUR, STREAM_COLOURS
from ui.page import Page
from ui.preferences import reader_language
from ui.results import DatedResult

PAGE = Page(
    label=Text("征迁签约", "Signing"),
    icon=":material/handshake:",
    place=10,
)
LIST = Text("明细", "The list behind it")
CHOOSE_PROJECT = Text("征迁项目", "Project")
CURVE = Text("签约曲线", "Signing curve")
CURVE_ALT = Text("签约率随时间的阶梯线", "Step line of the signing rate over time")
CURVE_AXIS = Text("签约率（%）", "Signing rate (%)")
REQUIRED_PACE = Text("按期需要的进度", "Pace needed")
DEADLINE = Text("签约截止", "Deadline")
CHAIN = Text("户状态链（占总户数）", "Household status chain (of all households)")
COMPENSATION = Text("补偿方式构成", "Compensation")
HOUSEHOLDS_AXIS = Text("户数", "Households")
TITLE = Text("{project}签约 {rate}，还差 {left} 户", "{project}: {rate} signed, {left} households left")
ALL_SIGNED = Text(
    "{project}签约 100 %（{signed} / {households} 户）", "{project}: 100 % signed ({signed} of {households} households)"
)
PROJECT_COLUMNS = (
    *("project", "kind", "level", "signed", "households", "rate", "planned_rate", "households_left", "sign_end"),
    "owner",
)
OPEN_COUNTS = ("signed", "households_left", "days_left", "needed_per_day")


def title_sentence(row: pd.Series) -> Text:
    """Say how one project of signing_rate stands."""
    template = ALL_SIGNED if row["households_left"] == 0 else TITLE
    blanks = {
        "project": row["project"],
        "rate": formats.format_percent(row["rate"]),
        "left": formats.format_count(row["households_left"]),
        "signed": formats.format_count(row["signed"]),
        "households": formats.format_count(row["households"]),
    }
    return template.fill(**blanks)


def draw_open_counts(left: DatedResult) -> None:
    """Draw how many households have signed and are left, and the days and the pace that are left for them."""
    row = left.rows.iloc[0]
    shown = {name: formats.format_count(row[name]) for name in OPEN_COUNTS}
    shown["signed"] = f"{row['signed']} / {row['households']}"
    for name, place in zip(OPEN_COUNTS, st.columns(len(OPEN_COUNTS)), strict=True):
        place.metric(tables.column_heading(left.column(name), reader_language()), shown[name], border=True)


def signing_curve(rows: pd.DataFrame, deadline: date, language: Language) -> go.Figure:
    """Return the signed share day by day, 100 %, the deadline, and the straight way there if it is still ahead.

    `rows` has on_date, rate, households_left for one project.
    """
    last = rows.iloc[-1]
    figure = go.Figure(
        go.Scatter(
            x=rows["on_date"],
            y=rows["rate"],
            mode="lines+markers",
            line={"shape": "hv", "color": STREAM_COLOURS["demolition"], "width": 3},
            marker={"size": 5},
            name=phrases.ACTUAL.into(language),
            customdata=rows["households_left"],
            hovertemplate="%{x|%Y-%m-%d} · %{y:.1f} % · %{customdata}<extra></extra>",
        )
    )
    if last["on_date"].date() < deadline and last["rate"] < 100:
        figure.add_trace(
            go.Scatter(
                x=[last["on_date"], pd.Timestamp(deadline)],
                y=[last["rate"], 100],
                mode="lines",
                line={"dash": "dash", "color": PLAN_COLOUR},
                name=REQUIRED_PACE.into(language),
                hoverinfo="skip",
            )
        )
    figure.add_hline(y=100, line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    figure.add_vline(x=pd.Timestamp(deadline).timestamp() * 1000, line={"color": PLAN_COLOUR, "width": 1})
    figure.add_annotation(x=pd.Timestamp(deadline), y=4, text=DEADLINE.into(language), showarrow=False, xanchor="right")
    figure.update_yaxes(range=[0, 106], title=CURVE_AXIS.into(language))
    figure.update_xaxes(tickformat="%Y-%m-%d", nticks=6)
    return charts.apply_layout(figure, 380)


def status_chain_chart(names: list[str], rates: list[float], labels: list[str]) -> go.Figure:
    """Return one bar a step, against all households."""
    return charts.bar_chart(names, rates, labels, STREAM_COLOURS["demolition"], **charts.PERCENT_AXIS)


def compensation_chart(names: list[str], counts: list[float], labels: list[str], language: Language) -> go.Figure:
    """Return one bar a way of compensation, in households."""
    return charts.bar_chart(names, counts, labels, STREAM_COLOURS["demolition"], title=HOUSEHOLDS_AXIS.into(language))


def household_bars(
    rows: pd.DataFrame, name: str, count: str, language: Language
) -> tuple[list[str], list[float], list[str]]:
    """Return names, rates and labels with both counts for bars; `rows` has the count, households and rate."""
    unit = UNITS["household"].label
    labels = [
        formats.format_share(done, total, rate, unit).into(language)
        for done, total, rate in zip(rows[count], rows["households"], rows["rate"], strict=True)
    ]
    return [tables.word_label(n, language) for n in rows[name]], rows["rate"].tolist(), labels


def compensation_bars(rows: pd.DataFrame, language: Language) -> tuple[list[str], list[float], list[str]]:
    """Return names, households and labels for the bars of the compensation mix."""
    estates = [f" · {e}" if not formats.is_missing(e) else "" for e in rows["estate"]]
    names = [tables.word_label(m, language) + e for m, e in zip(rows["mode"], estates, strict=True)]
    _, _, labels = household_bars(rows, "mode", "signed", language)
    return names, rows["signed"].astype(float).tolist(), labels
