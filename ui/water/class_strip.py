"""The strip of water classes: a square in class colours for each section and month."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.text import Language, Text
from data.words import WORDS
from ui import charts, formats, phrases
from ui.colours import CLASS_COLOURS, CLASS_NAMES, CLASS_TEXT, DARK_TEXT, MISSING_COLOUR

UNJUDGED_MONTH = Text("有监测但无法判定", "measured, but not to be judged")
ITEMS_NOTE = Text(
    "按实际监测的项目评价（21 项中的 n 项），项目少于 21 项的类别只代表所测项目；灰格“–”为当月缺测，"
    "“?”为有监测但无法判定。",
    "Classed by the items measured (n of the 21); with fewer than 21 a class speaks for those items only. "
    "A grey dash is a month not measured, a question mark one whose items cannot be judged.",
)
STRIP_MONTHS, UNJUDGED_RANK = 12, 0  # a year, so that every season is seen; a rank below Ⅰ


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
    return charts.apply_layout(figure, 110 + charts.ROW_HEIGHT * len(rank), showlegend=False)


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
        marker={"opacity": 0, "size": charts.ROW_HEIGHT, "symbol": "square"},
        selected=unseen,
        unselected=unseen,
    )


def _square_style(rank: float, language: Language) -> tuple[str, str, str]:
    """Return the sign of a square, its colour, and what it says when pointed at."""
    if pd.isna(rank):
        return formats.MISSING, DARK_TEXT, phrases.MISSING_MONTH.into(language)
    if rank == UNJUDGED_RANK:
        return "?", DARK_TEXT, UNJUDGED_MONTH.into(language)
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
