"""Result rows in, Plotly figures out."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.text import Language
from ui import formats, phrases
from ui.colours import (
    PLAN_COLOUR,
    STATUS_COLOURS,
    STATUS_SIGNS,
)

ROW_HEIGHT, BAR_HEIGHT = 38, 46  # pixels; chosen by eye
PERCENT_AXIS = {"range": [0, 104], "tickvals": [0, 25, 50, 75, 100], "ticktext": ["0", "25 %", "50 %", "75 %", "100 %"]}


def apply_layout(figure: go.Figure, height: int, **more: object) -> go.Figure:
    """Give a figure the house's margins; text and ground follow the reader's theme."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 30, "b": 44},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hoverlabel={"align": "left"},
        dragmode=False,
        **more,
    )
    figure.update_xaxes(automargin=True, fixedrange=True)
    figure.update_yaxes(automargin=True, fixedrange=True)
    return figure


def time_axis_ticks(first: pd.Timestamp, last: pd.Timestamp, ticks: int = 5) -> dict[str, object]:
    """Return ticks of a time axis: on the first of months, or days where it is shorter than a month for each tick."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < ticks - 1:
        return {"tickformat": "%Y-%m-%d", "nticks": 4, "tickangle": 0}
    every = f"M{-(-(months + 1) // ticks)}"
    return {"tickformat": "%Y-%m", "dtick": every, "tick0": first.replace(day=1).isoformat(), "tickangle": 0}


def bullet_chart(
    names: list[str],
    rates: list[float],
    planned: list[float],
    statuses: list[str],
    labels: list[str],
    language: Language,
) -> go.Figure:
    """Return one bar a row in its light's colour, a tick where the plan stands, its counts under its name."""
    rows = two_line_labels([f"{STATUS_SIGNS[s]} {n}" for s, n in zip(statuses, names, strict=True)], labels)
    figure = go.Figure(
        go.Bar(
            x=[0 if formats.is_missing(r) else min(r, 100.0) for r in rates],
            y=rows,
            orientation="h",
            marker={"color": [STATUS_COLOURS[s] for s in statuses], "line": {"color": PLAN_COLOUR, "width": 1}},
            hoverinfo="skip",
            width=0.5,
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[None if formats.is_missing(p) else min(p, 100.0) for p in planned],
            y=rows,
            mode="markers",
            name=phrases.PLAN_MARK.into(language),
            marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": PLAN_COLOUR}},
            hovertext=[phrases.PLAN_TO_DATE.fill(rate=formats.format_percent(p)).into(language) for p in planned],
            hoverinfo="text",
        )
    )
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(**PERCENT_AXIS)
    return apply_layout(figure, 90 + BAR_HEIGHT * len(names))


def bar_chart(
    names: list[str], values: list[float], labels: list[str], colour: str | list[str], **axis: object
) -> go.Figure:
    """Return one horizontal bar a row, with its figures written under its name; one colour, or one for each."""
    figure = go.Figure(
        go.Bar(
            x=values,
            y=two_line_labels(names, labels),
            orientation="h",
            marker={"color": colour},
            hoverinfo="skip",
            width=0.5,
        )
    )
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(**axis)
    return apply_layout(figure, 90 + BAR_HEIGHT * len(names))


def two_line_labels(names: list[str], labels: list[str]) -> list[str]:
    """Return names with what is said of each in small type below."""
    return [f"{n}<br><span style='font-size:11px'>{label}</span>" for n, label in zip(names, labels, strict=True)]
