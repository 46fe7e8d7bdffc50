"""The layout that the Plotly figures of the house share."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go


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
