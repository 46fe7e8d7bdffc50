"""The page of investment projects: its title sentence, its bars of stages, the columns of its tables."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.text import Language, Text
from ui import charts, formats
from ui.colours import STREAM_COLOURS
from ui.page import Page

PAGE = Page(
    label=Text("招商项目", "Pipeline"),
    icon=":material/trending_up:",
    place=10,
)
STAGES = Text("各阶段项目数与总投资", "Projects and total investment by stage")
PROJECTS = Text("项目清单", "Projects")
PARCELS = Text("约定动工日期已过仍未动工的地块", "Land whose agreed start has passed")
FUNDS = Text("签约项目资金到位", "Funds in place of signed projects")
SIGNED_TO_STAGE = Text("{count} 个 · {money}", "{count} · {money}")
STAGE_AXIS = Text("总投资（亿元）", "Total investment (100m CNY)")
TITLE = Text(
    "{projects} 个项目总投资 {money}；{counted} 个签约项目资金到位 {rate}（{received} / {contracted}），"
    "{unknown} 个没有到资记录",
    "{projects} projects worth {money}; {counted} signed ones have {rate} of their funds ({received} / {contracted}), "
    "{unknown} have no record of funds",
)
STAGES_ALT = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
PROJECT_COLUMNS = (
    "project",
    "investor",
    "origin",
    "track",
    "verb",
    "stage",
    "entered_on",
    "days_in_stage",
    "investment",
    "note",
)
FUND_COLUMNS = ("project", "stage", "received", "investment", "rate", "unverified")
PARCEL_COLUMNS = ("project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner")


def title_sentence(stages: pd.DataFrame, funds: pd.DataFrame) -> Text:
    """Sum up the pipeline and the funds of the signed projects."""
    known = funds[funds["received"].notna()]
    received, contracted = float(known["received"].sum()), float(known["investment"].sum())
    return TITLE.fill(
        counted=len(known),
        unknown=len(funds) - len(known),
        projects=int(stages["projects"].sum()),
        money=formats.format_money(float(stages["investment"].sum())),
        rate=formats.format_percent(100 * received / contracted if contracted else None),
        received=formats.format_money(received),
        contracted=formats.format_money(contracted),
    )


def stage_chart(rows: pd.DataFrame, names: list[str], language: Language) -> go.Figure:
    """Return one bar a stage by total investment, labelled with count and amount; `rows` has projects, investment."""
    labels = [
        SIGNED_TO_STAGE.fill(count=int(r.projects), money=formats.format_money(r.investment)).into(language)
        for r in rows.itertuples()
    ]
    amounts = (rows["investment"] / formats.WAN_PER_YI).tolist()
    return charts.bar_chart(names, amounts, labels, STREAM_COLOURS["investment"], title=STAGE_AXIS.into(language))
