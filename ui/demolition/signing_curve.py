"""The signing curve of one project: signed, plan, pace needed, the days on which rewards end, range of the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from data.text import Language, Text
from ui import charts, formats, phrases
from ui.colours import PLAN_COLOUR, STREAM_COLOURS

CURVE = Text("签约曲线", "Signing curve")
CURVE_TABLE = Text("曲线的数据", "The figures of the curve")
CURVE_ALT = Text(
    "{title}：累计签约率的阶梯线，另有序时、按期需要的进度和奖励截止日",
    "{title}: step line of the signing rate, beside the plan, the pace needed and the ends of the rewards",
)
CURVE_POINT = Text("签约 {rate}，还差 {left} 户", "{rate} signed, {left} to go")
CURVE_AXIS = Text("签约率（%）", "Signing rate (%)")
REQUIRED_PACE = Text("按期需要的进度", "Pace needed")
PLAN_TO_DATE = Text("序时", "Plan")
DEADLINE = Text("签约截止", "Deadline")
REWARD_END = Text("第 {sequence} 期奖励止", "Reward {sequence} ends")
CURVE_COLUMNS = ("on_date", "signed", "households", "households_left", "rate")


def signing_curve(
    rows: pd.DataFrame,
    period: tuple[date, date],
    rewards: Sequence[tuple[int, date]],
    forecast: Sequence[go.Scatter],
    language: Language,
) -> go.Figure:
    """Return the signed share day by day, its plan, the deadline, and the way there if it is still ahead.

    `rows` has on_date, rate, households_left for one project, `period` its first and last day of signing, `rewards`
    the number and the last day of each reward period; `forecast` are the traces of its range.
    """
    last, end = rows.iloc[-1], pd.Timestamp(period[1])
    figure = go.Figure([*forecast, _plan_trace(period, language), _signed_trace(rows, language)])
    if last["on_date"] < end and last["rate"] < 100:
        figure.add_trace(_needed_trace(last, end, language))
    figure.add_hline(y=100, line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    _add_day_line(figure, end, DEADLINE.into(language), 0, "solid")
    for place, (sequence, day) in enumerate(rewards, 1):
        _add_day_line(figure, pd.Timestamp(day), REWARD_END.fill(sequence=sequence).into(language), place, "dash")
    figure.update_yaxes(range=[0, 106], title=CURVE_AXIS.into(language))
    figure.update_xaxes(**charts.time_axis_ticks(rows["on_date"].min(), max(last["on_date"], end)))
    return charts.apply_layout(figure, 360)


def _add_day_line(figure: go.Figure, day: pd.Timestamp, label: str, place: int, dash: str) -> None:
    """Add a line on a day with its label, which stands higher the later it is added, so that none hides another."""
    figure.add_vline(x=day.timestamp() * 1000, line={"color": PLAN_COLOUR, "width": 1, "dash": dash})
    figure.add_annotation(x=day, y=4 + 8 * place, text=label, showarrow=False, xanchor="right")


def _plan_trace(period: tuple[date, date], language: Language) -> go.Scatter:
    return go.Scatter(
        x=list(map(pd.Timestamp, period)),
        y=[0, 100],
        mode="lines",
        line={"color": PLAN_COLOUR, "width": 1.5, "dash": "dashdot"},
        name=PLAN_TO_DATE.into(language),
        hoverinfo="skip",
    )


def _signed_trace(rows: pd.DataFrame, language: Language) -> go.Scatter:
    points = zip(rows["rate"], rows["households_left"], strict=True)
    said = [
        CURVE_POINT.fill(rate=formats.format_percent(rate), left=formats.format_count(left)).into(language)
        for rate, left in points
    ]
    look: dict[str, Any] = {"line": {"shape": "hv", "color": STREAM_COLOURS["demolition"], "width": 3}}
    return go.Scatter(
        x=rows["on_date"],
        y=rows["rate"],
        mode="lines+markers",
        marker={"size": 5},
        name=phrases.ACTUAL.into(language),
        customdata=said,
        hovertemplate="%{x|%Y-%m-%d} · %{customdata}<extra></extra>",
        **look,
    )


def _needed_trace(last: pd.Series, end: pd.Timestamp, language: Language) -> go.Scatter:
    return go.Scatter(
        x=[last["on_date"], end],
        y=[last["rate"], 100],
        mode="lines",
        line={"dash": "dash", "color": PLAN_COLOUR, "width": 2.5},
        name=REQUIRED_PACE.into(language),
        hoverinfo="skip",
    )
