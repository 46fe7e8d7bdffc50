"""The cards of the funnel: what is open, what it is worth weighted, how fast it is signed, what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.datasets.investment.stage_event import EXITS
from data.text import Text, untranslated
from ui import formats
from ui.cards import Card, metric_card
from ui.investment.project_rows import COUNT_AND_MONEY, money_and_lacking
from ui.investment.target_money import coverage_card
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.results import DatedResult

OPEN, SIGNED, SUSPENDED = "在谈", "已签约", EXITS[0]
OPEN_PROJECTS = Text("在谈项目", "Open projects")
OPEN_NOTE = Text("没有签约、终止、暂停的", "neither signed, ended nor suspended")
SUSPENDED_TOO = Text("另有暂停 {count} 个、{money}", "{count} more suspended, {money}")
WON = Text("已签约 {count} 个、{money}", "{count} signed, {money}")
OF_OPEN = Text("在谈 {money}，按本台账的签约概率", "of {money} open, by the ledger's own probabilities")
UNWEIGHTED = Text("另有 {money} 样本不足，没有概率", "{money} more without a probability: too few")
A_DAY = Text("{money} / 天", "{money} a day")
LEVERS = Text("{open} 个 × 中位 {median} × 签约率 {rate} ÷ {days}", "{open} × median {median} × signed {rate} ÷ {days}")
TOO_FEW = Text("样本不足", "Too few")
WITHIN = Text("{days} 天", "{days} days")


def funnel_cards(
    request: PageRequest, weighted: DatedResult, velocity: DatedResult, coverage: DatedResult
) -> Sequence[Card]:
    """Return what is open, what it is worth weighted, how fast it is signed, and what of the target it covers."""
    href = same_page_href(request, open="weighted", stage=None, cohort=None)
    made = (
        _open_card(weighted, same_page_href(request, open="flow", stage=None, cohort=None)),
        _weighted_card(weighted, href),
        _velocity_card(velocity, href),
    )
    return (*made, _with_href(coverage_card(coverage), page_href("investment/overview.py", open="coverage")))


def _with_href(card: Card, href: str) -> Card:
    return replace(card, href=href)


def _outcome(weighted: DatedResult, outcome: str) -> pd.Series:
    """Return the row of all projects with an outcome."""
    rows = weighted.rows
    return rows[(rows["outcome"] == outcome) & rows["stage"].isna()].iloc[0]


def _counted_money(phrase: Text, row: pd.Series) -> Text:
    money = money_and_lacking(float(row["investment"]), int(row["unpriced"]))
    return phrase.fill(count=int(row["projects"]), money=money)


def _open_card(weighted: DatedResult, href: str) -> Card:
    if weighted.rows.empty:
        return metric_card(weighted, untranslated(formats.MISSING), label=OPEN_PROJECTS)
    suspended = _outcome(weighted, SUSPENDED)
    beside = _counted_money(SUSPENDED_TOO, suspended) if suspended["projects"] else None
    won = _counted_money(WON, _outcome(weighted, SIGNED))
    row = _outcome(weighted, OPEN)
    figure = _counted_money(COUNT_AND_MONEY, row)
    return _with_href(
        metric_card(
            weighted, figure, OPEN_NOTE, beside, won, label=OPEN_PROJECTS, span=None, rows=_outcome(weighted, OPEN)
        ),
        href,
    )


def _weighted_card(weighted: DatedResult, href: str) -> Card:
    if weighted.rows.empty:
        return metric_card(weighted, untranslated(formats.MISSING))
    row = _outcome(weighted, OPEN)
    worth = OF_OPEN.fill(money=money_and_lacking(float(row["investment"]), int(row["unpriced"])))
    lacking = UNWEIGHTED.fill(money=formats.format_money(float(row["unweighted"]))) if row["unweighted"] else None
    known = not formats.is_missing(row["weighted"])
    figure = formats.format_money(float(row["weighted"]), float(row["investment"])) if known else TOO_FEW
    return _with_href(metric_card(weighted, figure, worth if known else None, lacking, span=None, rows=row), href)


def _velocity_card(velocity: DatedResult, href: str) -> Card:
    if velocity.rows.empty:
        return metric_card(velocity, untranslated(formats.MISSING))
    row = velocity.rows.iloc[0]
    levers = LEVERS.fill(
        open=int(row["open"] - row["unpriced"]),
        median=formats.format_money(row["median_investment"]),
        rate=formats.format_percent(row["win_rate"]),
        days=days_text(row["median_days"]),
    )
    said = Text(row["sentence"], row["sentence_en"])
    known = not formats.is_missing(row["velocity"])
    figure = A_DAY.fill(money=formats.format_money(round(row["velocity"], 1))) if known else TOO_FEW
    return _with_href(metric_card(velocity, figure, levers, said, span=None, rows=row), href)


def days_text(days: float | None) -> Text:
    return untranslated(formats.MISSING) if formats.is_missing(days) else WITHIN.fill(days=f"{days:.0f}")
