"""Result rows in, Plotly figures out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from data.fields import WORDS
from data.text import Language
from ui import formats, phrases
from ui.colours import (
    CLASS_COLOURS,
    CLASS_NAMES,
    CLASS_TEXT,
    DARK_TEXT,
    MISSING_COLOUR,
    PLAN_COLOUR,
    STATUS_COLOURS,
    STATUS_SIGNS,
    STREAM_COLOURS,
)

PLOTLY_LOCALE = {
    "moduleType": "locale",
    "name": "zh-CN",
    "dictionary": {},
    "format": {
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": [f"{m}月" for m in range(1, 13)],
        "shortMonths": [f"{m}月" for m in range(1, 13)],
        "date": "%Y-%m-%d",
    },
}
ROW_HEIGHT, BAR_HEIGHT = 38, 46
STRIP_MONTHS, UNJUDGED_RANK = 12, 0
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


def _distinct_names(sections: list[tuple[str, str]]) -> list[str]:
    """Return the names of sections, with their codes where two bear the same name."""
    names = [name for name, _ in sections]
    return [name if names.count(name) == 1 else f"{name} {code}" for name, code in sections]


def _class_scale() -> list[list[object]]:
    """Return a colour scale that steps from class to class: 0 for not measured, ranks 1 to 6."""
    colours = [MISSING_COLOUR, *(CLASS_COLOURS[name] for name in CLASS_NAMES)]
    width = 1 / len(colours)
    return [[(place + edge) * width, colour] for place, colour in enumerate(colours) for edge in (0, 1)]


def recent_months(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest twelve months; `rows` has month."""
    first = rows["month"].max() - pd.DateOffset(months=STRIP_MONTHS - 1)
    return rows[rows["month"] >= first]


def class_strip(rows: pd.DataFrame, language: Language) -> go.Figure:
    """Return section × month as squares in class colours with their numerals; grey is not measured or not judged.

    A point that is selected carries the section_id. `rows` has section_id, section, month, class_rank; a month without
    a class could not be judged.
    """
    months = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    judged = rows.assign(class_rank=rows["class_rank"].astype(float).fillna(UNJUDGED_RANK))
    rank = judged.pivot_table(index=["section", "section_id"], columns="month", values="class_rank")
    rank = rank.reindex(columns=months)
    codes = [code for _, code in rank.index]
    rank.index = _distinct_names(list(rank.index))
    labels = [f"{m:%Y-%m}" for m in months]
    figure = go.Figure(
        go.Heatmap(
            z=rank.fillna(0).to_numpy(),
            x=labels,
            y=list(rank.index),
            zmin=-0.5,
            zmax=6.5,
            colorscale=_class_scale(),
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    numerals = _class_numerals(rank, labels, language)
    figure.add_traces([numerals, _click_targets(numerals, [code for code in codes for _ in labels])])
    figure.update_yaxes(range=[len(rank) - 0.5, -0.5], type="category")
    figure.update_xaxes(range=[-0.5, len(labels) - 0.5], type="category", showgrid=False)
    return apply_layout(figure, 110 + ROW_HEIGHT * len(rank), showlegend=False)


def _click_targets(numerals: go.Scatter, sections: list[str]) -> go.Scatter:
    """Return what a click or a pointer hits, unseen over every square: squares themselves cannot be selected."""
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=numerals.x,
        y=numerals.y,
        customdata=sections,
        hovertext=numerals.hovertext,
        hoverinfo="text",
        mode="markers",
        marker={"opacity": 0, "size": ROW_HEIGHT, "symbol": "square"},
        selected=unseen,
        unselected=unseen,
    )


def _square_style(rank: float, language: Language) -> tuple[str, str, str]:
    """Return the sign of a square, its colour, and what it says when pointed at."""
    if pd.isna(rank):
        return formats.MISSING, DARK_TEXT, phrases.MISSING_MONTH.into(language)
    if rank == UNJUDGED_RANK:
        return "?", DARK_TEXT, phrases.UNJUDGED_MONTH.into(language)
    name = CLASS_NAMES[int(rank) - 1]
    return WORDS[name].into(language), CLASS_TEXT[name], WORDS[name].into(language)


def _class_numerals(rank: pd.DataFrame, labels: list[str], language: Language) -> go.Scatter:
    """Return the sign of each square, dark on light colours: a class, ? where none could be told, – for no data."""
    cells = [
        (x, section, *_square_style(value, language))
        for section, values in zip(rank.index, rank.to_numpy(), strict=True)
        for x, value in zip(labels, values, strict=True)
    ]
    return go.Scatter(
        x=[c[0] for c in cells],
        y=[c[1] for c in cells],
        text=[c[2] for c in cells],
        mode="text",
        textfont={"color": [c[3] for c in cells], "size": [12 if len(c[2]) == 1 else 11 for c in cells]},
        selected={"textfont": {"color": DARK_TEXT}},  # none ever is: without this all fade when a square is chosen
        hovertext=[f"{c[1]} {c[0]} {c[4]}" for c in cells],
        hoverinfo="skip",
    )


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


def stage_chart(rows: pd.DataFrame, names: list[str], language: Language) -> go.Figure:
    """Return one bar a stage by total investment, labelled with count and amount; `rows` has projects, investment."""
    labels = [
        phrases.SIGNED_TO_STAGE.fill(count=int(r.projects), money=formats.format_money(r.investment)).into(language)
        for r in rows.itertuples()
    ]
    amounts = (rows["investment"] / formats.WAN_PER_YI).tolist()
    return bar_chart(names, amounts, labels, STREAM_COLOURS["investment"], title=phrases.STAGE_AXIS.into(language))


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
                name=phrases.REQUIRED_PACE.into(language),
                hoverinfo="skip",
            )
        )
    figure.add_hline(y=100, line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    figure.add_vline(x=pd.Timestamp(deadline).timestamp() * 1000, line={"color": PLAN_COLOUR, "width": 1})
    figure.add_annotation(
        x=pd.Timestamp(deadline), y=4, text=phrases.DEADLINE.into(language), showarrow=False, xanchor="right"
    )
    figure.update_yaxes(range=[0, 106], title=phrases.CURVE_AXIS.into(language))
    figure.update_xaxes(tickformat="%Y-%m-%d", nticks=6)
    return apply_layout(figure, 380)


def status_chain_chart(names: list[str], rates: list[float], labels: list[str]) -> go.Figure:
    """Return one bar a step, against all households."""
    return bar_chart(names, rates, labels, STREAM_COLOURS["demolition"], **PERCENT_AXIS)


def compensation_chart(names: list[str], counts: list[float], labels: list[str], language: Language) -> go.Figure:
    """Return one bar a way of compensation, in households."""
    return bar_chart(names, counts, labels, STREAM_COLOURS["demolition"], title=phrases.HOUSEHOLDS_AXIS.into(language))
