"""What the pages say of a forecast of signing: its sentence, its range on the curve, its columns."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from data.text import NOTHING, Language, Text
from ui import formats
from ui.blocks import Html
from ui.colours import STREAM_COLOURS, rgba_bytes
from ui.markup import element, link, words
from ui.menu import page_href

BACKTEST_PAGE = "demolition/backtest.py"
FORECAST_TABLE = Text("签约预测", "Signing forecast")
TO_BACKTEST = Text("这样的预测以往准不准 →", "How such forecasts did before →")

ALL_SIGNED = Text("{households} 户已全部签完", "All {households} households have signed")
IN_TIME = Text(
    "按期签完的可能{chance}（参照 {past} 个已结束项目{weak}）",
    "{chance} chance of all signed by the deadline ({past} past projects{weak})",
)
WEAK = Text("，证据较弱", ", weak evidence")
LAST_DAY = Text("今天截止，还差 {left} 户没有签", "The deadline is today, and {left} households have not signed")
CHANCE_TOLD = Text(
    "算出 {exact}，按 5 个百分点一档说成“{said}”", "worked out as {exact}, told in steps of 5 points as “{said}”"
)
ROUGHLY, BELOW, ABOVE = Text("约 {n} %", "about {n} %"), Text("不到 5 %", "below 5 %"), Text("95 % 以上", "above 95 %")
AT_DEADLINE = Text(
    "截止时多半签 {low}～{high} 户（共 {households} 户）", "probably {low}–{high} of {households} signed by then"
)
AT_DEADLINE_ONE = Text("截止时多半签 {low} 户（共 {households} 户）", "probably {low} of {households} signed by then")
HALF_BY = Text("一半可能在 {day} 前签完", "an even chance of all by {day}")
MOSTLY_BY = Text("八成可能在 {day} 前", "four in five by {day}")
NOT_MOSTLY = Text("{until}到不了八成可能", "not four in five {until}")
NO_DAY = Text("{until}签完的可能都不到一半", "no even chance of all {until}")
UNTIL_DEADLINE = Text("截止日前", "by the deadline")
UNTIL_AFTER = Text("到截止后 {horizon} 天", "within {horizon} days after the deadline")
UNTIL_LATER = Text("往后 {horizon} 天", "within {horizon} more days")
PACE = Text("每天要签 {needed} 户，近 7 天每天 {pace} 户", "{needed} a day are needed, {pace} a day in the last week")
TOO_FEW = Text(
    "样本不足，不预测能否签完：已结束项目 {past} 个，至少要 {needed} 个",
    "Too few past projects to say whether all will sign: {past} of the {needed} needed",
)
IS_LATE = Text("已过截止日 {days} 天，还差 {left} 户", "{days} days past the deadline, households left: {left}")
LATE_TOO_FEW = Text(
    "往后样本不足：同样逾期还有未签户的项目 {late} 个，至少要 {needed} 个",
    "what comes is not known: {late} past projects were as late with households left, {needed} are needed",
)
LATE_SHARE = Text(
    "参照 {late} 个同样逾期的项目{weak}，此后 {horizon} 天签了当时未签户的 {share}",
    "of {late} past projects as late{weak}, {share} of the households left signed within {horizon} days",
)
RANGE, MIDDLE = Text("预测区间（80 %）", "Forecast, 80 %"), Text("预测居中", "Forecast, median")
RANGE_POINT = Text("{low}～{high} 户，居中 {median} 户", "{low}–{high} households, median {median}")

FORECAST_COLUMNS = (
    *("project", "outlook", "probability", "low", "median", "high", "signed", "households", "households_left"),
    *("sign_end", "days_left", "days_past", "p50_on", "p80_on", "needed_per_day", "pace_per_day", "past_share"),
    *("past_projects", "past_needed", "is_weak", "late_projects", "late_share", "horizon"),
)


def chance_text(probability: float) -> Text:
    """Return a probability in percent as precise as it is: in steps of 5, or below 5, or above 95."""
    if probability < 5 or probability > 95:
        return BELOW if probability < 5 else ABOVE
    return ROUGHLY.fill(n=5 * round(probability / 5))


def worked_chance(probability: float) -> Text:
    """Say what a chance was worked out as, and as what it is told."""
    return CHANCE_TOLD.fill(exact=formats.format_percent(probability), said=chance_text(probability))


def _said(*parts: Text | None) -> Text:
    """Return clauses as one sentence without its full stop."""
    told = [part for part in parts if part]
    said = told[0]
    for part in told[1:]:
        said = Text("{said}；{part}", "{said}; {part}").fill(said=said, part=part)
    return said


def _until_text(row: pd.Series) -> Text:
    """Say how far ahead is looked: to the deadline, or some days after it where enough past projects were late."""
    if formats.is_missing(row["horizon"]):
        return UNTIL_DEADLINE
    is_late = row["outlook"] == "已逾期"
    return (UNTIL_LATER if is_late else UNTIL_AFTER).fill(horizon=int(row["horizon"]))


def _completion_text(row: pd.Series) -> Text:
    """Say by when all will have signed, with an even chance and with four in five."""
    if formats.is_missing(row["p50_on"]):
        return NO_DAY.fill(until=_until_text(row))
    half = HALF_BY.fill(day=formats.format_date(row["p50_on"]))
    likely = NOT_MOSTLY.fill(until=_until_text(row))
    if not formats.is_missing(row["p80_on"]):
        likely = MOSTLY_BY.fill(day=formats.format_date(row["p80_on"]))
    return Text("{half}，{likely}", "{half}, {likely}").fill(half=half, likely=likely)


def _pace_text(row: pd.Series) -> Text | None:
    """Say how many signings a day are needed, and how many there were."""
    if formats.is_missing(row["needed_per_day"]):
        return None
    needed, pace = (formats.format_count(row[name]) for name in ("needed_per_day", "pace_per_day"))
    return PACE.fill(needed=needed, pace=pace)


def _weak_text(row: pd.Series) -> Text:
    return WEAK if row["is_weak"] else NOTHING


def _late_sentence(row: pd.Series) -> Text:
    late = IS_LATE.fill(days=int(row["days_past"]), left=int(row["households_left"]))
    if formats.is_missing(row["late_share"]):
        few = LATE_TOO_FEW.fill(late=int(row["late_projects"]), needed=int(row["past_needed"]))
        return _said(late, few)
    share = formats.format_percent(row["late_share"])
    known = LATE_SHARE.fill(
        late=int(row["late_projects"]), horizon=int(row["horizon"]), share=share, weak=_weak_text(row)
    )
    return _said(late, known, _completion_text(row))


def _running_sentence(row: pd.Series) -> Text:
    past = int(row["past_projects"])
    chance = IN_TIME.fill(chance=chance_text(row["probability"]), past=past, weak=_weak_text(row))
    if row["days_left"]:
        return _said(chance, _completion_text(row), _pace_text(row))
    later = None if formats.is_missing(row["horizon"]) else _completion_text(row)
    return _said(LAST_DAY.fill(left=int(row["households_left"])), later)


def forecast_sentence(row: pd.Series) -> Text:
    """Return what is to be expected of one project in a sentence; `row` is one of signing_forecast."""
    if row["outlook"] == "全部签完":
        return ALL_SIGNED.fill(households=int(row["households"]))
    if row["outlook"] == "已逾期":
        return _late_sentence(row)
    if row["outlook"] == "样本不足":
        few = TOO_FEW.fill(past=int(row["past_projects"]), needed=int(row["past_needed"]))
        last_day = None if row["days_left"] else LAST_DAY.fill(left=int(row["households_left"]))
        return _said(last_day, few, _pace_text(row))
    return _running_sentence(row)


def deadline_range_text(row: pd.Series) -> Text | None:
    """Say how many will probably have signed by the deadline, None where there is no forecast or no day left."""
    if formats.is_missing(row["low"]) or not row["days_left"]:
        return None
    counts = {name: int(row[name]) for name in ("low", "high", "households")}
    return (AT_DEADLINE_ONE if counts["low"] == counts["high"] else AT_DEADLINE).fill(**counts)


def forecast_block(row: pd.Series) -> Html:
    """Return the sentence, the range at the deadline, and a link to how such forecasts did before."""
    said = [forecast_sentence(row), deadline_range_text(row)]
    told = element("p", words(_said(*said)), class_="fl-forecast")
    if row["outlook"] == "全部签完":
        return Html(told)
    return Html(told + element("p", link(words(TO_BACKTEST), page_href(BACKTEST_PAGE)), class_="fl-caption"))


def forecast_range_traces(curve: pd.DataFrame, language: Language) -> list[go.Scatter]:
    """Return the range and its middle for the curve of signing, in percent of all households; none without rows."""
    if curve.empty:
        return []
    colour = STREAM_COLOURS["demolition"]
    red, green, blue, _ = rgba_bytes(colour)
    quiet = {"x": curve["on_date"], "mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    band = {"fill": "tonexty", "fillcolor": f"rgba({red},{green},{blue},0.22)", "name": RANGE.into(language)}
    said = [RANGE_POINT.fill(**point).into(language) for point in curve[["low", "median", "high"]].to_dict("records")]
    return [
        go.Scatter(**quiet, y=curve["low_rate"], showlegend=False),
        go.Scatter(**quiet, y=curve["high_rate"], **band),
        go.Scatter(
            x=curve["on_date"], y=curve["median_rate"], mode="lines", name=MIDDLE.into(language), customdata=said,
            line={"dash": "dot", "color": colour, "width": 2, "shape": "hv"},
            hovertemplate="%{x|%Y-%m-%d} · %{customdata}<extra></extra>",
        ),
    ]  # fmt: skip
