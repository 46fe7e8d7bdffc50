"""Eight Plotly charts of figures that are made up: what the same page of another library draws, too."""

from __future__ import annotations

import random

import plotly.graph_objects as go

CHARTS, SERIES, POINTS = 8, 3, 60  # chosen: three rivers, five years of months, as on a page of readings


def eight_figures() -> list[go.Figure]:
    """Return eight figures, lines and bars in turn, the same in every process."""
    chance = random.Random(0)
    kinds = [go.Scatter if number % 2 == 0 else go.Bar for number in range(CHARTS)]
    return [_chart_figure(f"Chart {number + 1}", kind, chance) for number, kind in enumerate(kinds)]


def _chart_figure(title: str, kind: type[go.Scatter] | type[go.Bar], chance: random.Random) -> go.Figure:
    months = [f"{2009 + month // 12}-{month % 12 + 1:02}-01" for month in range(POINTS)]
    values = [[round(chance.uniform(0, 10), 2) for _ in months] for _ in range(SERIES)]
    traces = [kind(x=months, y=each, name=f"river {number + 1}") for number, each in enumerate(values)]
    return go.Figure(traces, layout={"title": title, "height": 320, "margin": {"l": 40, "r": 10, "t": 40, "b": 30}})
