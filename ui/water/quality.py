"""The page of water quality: its cards, the curve of one item, its sentences, its flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.result_rows import TOTAL
from data.text import Language, Text, join_list, mid_sentence, untranslated, verbatim
from data.units import UNITS
from data.words import WORDS
from ui import charts, formats, phrases
from ui.cards import Card, CardSpec
from ui.colours import PLAN_COLOUR, STREAM_COLOURS, WORST_RANK
from ui.page import Page
from ui.preferences import t
from ui.results import DatedResult
from ui.table_view import draw_table
from ui.water.class_strip import ITEMS_NOTE

PAGE = Page(
    label=Text("水质", "Water quality"),
    icon=":material/water_drop:",
    place=20,
    ledgers=("section", "reading"),
)
CLASS_OVER_TIME = Text("各断面月度水质类别（近 12 个月）", "Monthly class of each section (12 months)")
SILENT_SECTIONS = Text(
    "另有 {count} 个断面这 12 个月没有数据。", "{count} more sections have no data in these 12 months."
)
CHOOSE_SECTION = Text("断面", "Section")
READINGS = Text("该断面监测值", "Readings of the section")
SAMPLE_CLASSES = Text("该断面样品类别", "Classes of its samples")
TITLE = Text("{month}：{bad} 个断面劣Ⅴ类，{met}", "{month}: {bad} sections worse than Ⅴ, {met}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections meet their target")
NONE_JUDGED = Text("没有可判定达标的断面", "no section has a target to be judged by")


SECTIONS = Text("个断面", "sections")
MONTHS = Text("个断面·月", "section-months")
NEWEST_MONTHS = Text("近 {completeness_months:.0f} 个月", "newest {completeness_months:.0f} months")
NEVER_SAMPLED = Text("另有 {count} 个断面从未监测", "{count} more sections never sampled")
ALL_LOADED = Text("全部已入库数据", "all data loaded")
CARD_SPECS = (
    CardSpec(
        metric="target_met", done="met", total="evaluated", unit=SECTIONS,
        beside=("few_items", "no_target", "no_data"),
    ),
    CardSpec(
        metric="class_shares", done="good", total="classed", unit=SECTIONS, beside=("no_data",),
        label=Text("Ⅰ～Ⅲ类断面", "Sections Ⅰ–Ⅲ"),
    ),
    CardSpec(
        metric="class_shares", done="bad", total="classed", unit=SECTIONS, is_share=False,
        label=Text("劣Ⅴ类断面", "Sections worse than Ⅴ"),
    ),
    CardSpec(
        metric="data_completeness", done="months", total="months_due", unit=MONTHS,
        period=NEWEST_MONTHS, missing_total_note=NEVER_SAMPLED,
    ),
    CardSpec(
        metric="class_agreement", done="agreed", total="samples", unit=Text("个样品", "samples"), period=ALL_LOADED,
    ),
    CardSpec(metric="suspicious_readings", unit=Text("个", "found"), period=ALL_LOADED),
)  # fmt: skip
SILENT = Text("最久没有监测的断面", "Section longest without a reading")
DAYS = Text("{days} 天", "{days} days")

ONE_SECTION = Text("一个断面、一个项目的变化", "One item at one section over time")
CHOOSE_ITEM = Text("项目", "Item")
HINT_ONLY = Text(
    "可疑只是提示：数值照常参加定类和均值，复核后如有错，请更正台账。",
    "Suspicious is a hint only: the values take part in classes and means as they are; correct the ledger if they are "
    "wrong.",
)
MEANS_ALT = Text(
    "{section}{item}月均值，{months} 个月，{over} 个月超过{limit}",
    "Monthly means of {item} at {section}: {months} months, {over} beyond {limit}",
)
NO_LIMIT = Text("限值（没有）", "the limit (none)")
LIMIT = Text("{class_}类限值 {value}", "limit of {class_}: {value}")
MEAN, BELOW = Text("月均值", "Monthly mean"), Text("未检出（画在检出限的一半）", "Not detected (at half the limit)")
REBOUND = Text(
    "{month}：此前 {n} 个月达标，本月{class_}类，超过目标{target}类（反弹）。",
    "{month}: class {class_} beyond the target {target} after {n} months within it (rebound).",
)
WORSE = Text("{month}：劣Ⅴ类，定类项目{worst}。", "{month}: worse than Ⅴ by {worst}.")
NO_REBOUND = Text("该断面没有反弹，也没有劣Ⅴ类月份。", "This section had no rebound and no month worse than Ⅴ.")
EARLIER = Text("更早还有 {count} 次，见页末“反弹与劣Ⅴ类”。", "{count} more before: see “Rebounds” below.")
CLASS_LIST = (
    "section", "river", "month", "class", "items", "target_class", "is_met", "worst", "pollutants", "unjudged",
    "items_lacking", "samples",
)  # fmt: skip
MEANS_LIST = ("month", "parameter", "value", "detection", "samples", "limit_low", "limit_high")
SAMPLE_LIST = ("sampled_at", "class", "items", "worst", "unjudged", "items_lacking")
READING_LIST = ("sampled_at", "parameter", "value", "qualifier")
EVENTS_SHOWN, SECTIONS_SHOWN, TICKS = 3, 30, 5  # chosen: what stays legible in one chart
CLICK = Text("点一个方格，下面就看这个断面。", "Click a square to look at its section below.")
MORE_SECTIONS = Text(
    "色带只画类别最差的 {shown} 个断面，其余 {count} 个见下表。",
    "The strip shows the {shown} sections of the worst class; {count} more are in the table.",
)


OF_MONTH = Text("{month} 当月。", "In {month}.")


@dataclass(frozen=True, slots=True)
class MetricListing:
    """One list at the foot of the page: a metric, its columns, what stands there when it is empty, a note below."""

    metric: str
    title: Text
    columns: tuple[str, ...]
    nothing: Text
    note: Text
    is_of_month: bool = True


LISTS = (
    MetricListing(
        "river_grade",
        Text("河流水质状况", "Grade of rivers"),
        ("river", "grade", "by", "sections", "good", "good_share", "bad", "bad_share", "pollutants"),
        Text("当月没有可评价的河流。", "No river can be graded in the month."),
        OF_MONTH,
    ),
    MetricListing(
        "cwqi",
        Text("水质指数", "Index"),
        ("river", "cwqi", "items", "cwqi_each", "change_year", "change_month"),
        Text("当月没有可计算指数的河流。", "No river has an index in the month."),
        Text(
            "{month} 当月；数值越小水质越好，只含所测项目。", "In {month}; lower is better, of the items measured only."
        ),
    ),
    MetricListing(
        "water_change",
        Text("各河道同比、环比", "Change of rivers"),
        ("river", "compared", "change", "score", "good_change", "bad_change", "sections"),
        Text("没有可比的断面。", "No section can be compared."),
        OF_MONTH,
    ),
    MetricListing(
        "section_change",
        Text("各断面同比、环比", "Change of sections"),
        ("section", "river", "compared", "change", "class_before", "class", "steps"),
        Text("当月没有有类别的断面。", "No section has a class in the month."),
        Text(
            "{month} 当月；变差最多的在前，“–”为前期没有类别。", "In {month}, the worst first; – had no class before."
        ),
    ),
    MetricListing(
        "black_odour",
        Text("黑臭判定", "Black and odorous"),
        ("river", "section", "rule", "odour_level", "samples", "slight", "severe", "worst"),
        Text("当月没有可作黑臭判定的监测。", "Nothing measured in the month can be judged for black odour."),
        OF_MONTH,
    ),
    MetricListing(
        "rebound",
        Text("反弹与劣Ⅴ类", "Rebounds"),
        ("month", "river", "section", "event", "class", "target_class", "worst", "items"),
        Text("没有反弹，也没有劣Ⅴ类月份。", "No rebound and no month worse than Ⅴ."),
        Text("全部月份，最近的在前。", "All months, the newest first."),
        is_of_month=False,
    ),
    MetricListing(
        "class_difference",
        Text("与公布类别不一致", "Other class than printed"),
        ("section", "river", "sampled_at", "printed_class", "class", "items", "worst", "unjudged"),
        Text("没有与公布类别不一致的样品。", "No sample has another class than printed."),
        Text("文件里印的类别与本系统所评的不同，最近的在前。", "The class of the file is not ours; newest first."),
        is_of_month=False,
    ),
    MetricListing(
        "suspicious_readings",
        Text("可疑监测值", "Suspicious readings"),
        ("section", "river", "sampled_at", "parameter", "value", "suspicion", "against"),
        Text("没有可疑的监测值。", "No reading is suspicious."),
        HINT_ONLY,
        is_of_month=False,
    ),
)


def strip_notes(rows: pd.DataFrame, recent: pd.DataFrame, strip: pd.DataFrame) -> list[Text]:
    """Say what the strip stands for and which sections it leaves out."""
    known, shown, drawn = (each["section_id"].nunique() for each in (rows, recent, strip))
    more = [MORE_SECTIONS.fill(shown=drawn, count=shown - drawn)] if shown > drawn else []
    without = [SILENT_SECTIONS.fill(count=known - shown)] if known > shown else []
    return [ITEMS_NOTE, CLICK, *more, *without]


def silent_section_card(result: DatedResult) -> Card:
    """Return the card of the section that was sampled the longest ago; `answer` is data_completeness."""
    known = result.rows.dropna(subset=["days_silent"]).nlargest(1, "days_silent")
    days = DAYS.fill(days=int(known["days_silent"].iloc[0])) if len(known) else untranslated(formats.MISSING)
    last = [untranslated(f"{row.section} {formats.format_date(row.newest)}") for row in known.itertuples()]
    return Card(SILENT, days, tuple(last), result.newest, result.formula)


def sections_worst_first(rows: pd.DataFrame) -> dict[str, str]:
    """Return the names of the sections by their codes, the worst newest class first; `rows` is section_class."""
    newest = rows.sort_values("month", kind="stable").drop_duplicates("section_id", keep="last")
    worst = newest.sort_values("class_rank", ascending=False, kind="stable")
    return dict(zip(worst["section_id"], worst["section"], strict=True))


def worst_sections(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the sections whose newest class is the worst, as many as a screen can hold."""
    last = rows.sort_values("month").groupby("section_id")["class_rank"].last()
    return rows[rows["section_id"].isin(last.nlargest(SECTIONS_SHOWN).index)]


def result_sentences(rows: pd.DataFrame) -> list[Text]:
    """Return the plain sentences of a figure's rows."""
    return [verbatim(zh, en) for zh, en in zip(rows["sentence"], rows["sentence_en"], strict=True)]


def items_deciding_first(means: pd.DataFrame, worst: object) -> list[str]:
    """Return what was measured at a section: what decides its class first, then what has a limit, then the rest."""
    order = [c.value for c in DATASETS["reading"].column("parameter").choices]
    deciding = [] if formats.is_missing(worst) else str(worst).split(",")
    limited = set(means.loc[means["limit_class"].notna(), "parameter"])
    return sorted(means["parameter"].unique(), key=lambda p: (p not in deciding, p not in limited, order.index(p)))


def _newest_limits(rows: pd.DataFrame) -> list[float]:
    newest = rows.iloc[-1]
    return [float(newest[side]) for side in ("limit_low", "limit_high") if not formats.is_missing(newest[side])]


def _limit_text(rows: pd.DataFrame, value: float) -> Text:
    return LIMIT.fill(
        class_=rows["limit_class"].iloc[-1], value=formats.format_count(value) if value >= 1 else f"{value:g}"
    )


def _months_over_limit(rows: pd.DataFrame) -> int:
    """Count the months beyond a limit."""
    return int(((rows["value"] > rows["limit_high"]) | (rows["value"] < rows["limit_low"])).sum())


def means_alt(rows: pd.DataFrame) -> Text:
    """Say in a sentence what the curve shows."""
    limits = join_list(_limit_text(rows, value) for value in _newest_limits(rows)) if _newest_limits(rows) else NO_LIMIT
    item = WORDS[rows["parameter"].iloc[0]]
    return MEANS_ALT.fill(
        section=untranslated(f"{rows['section'].iloc[0]}"),
        item=item,
        months=len(rows),
        over=_months_over_limit(rows),
        limit=limits,
    )


def _mean_markers(rows: pd.DataFrame, is_detected: bool, language: Language) -> go.Scatter:
    colour = STREAM_COLOURS["water"]
    marker = {
        "size": 7,
        "color": colour,
        "symbol": "circle" if is_detected else "circle-open",
        "line": {"width": 2, "color": colour},
    }
    values = rows["value"].map("{:.3g}".format) if is_detected else rows["detection"].map("<{:g}".format)
    return go.Scatter(
        x=rows["month"],
        y=rows["value"],
        mode="markers",
        marker=marker,
        cliponaxis=False,
        name=(MEAN if is_detected else BELOW).into(language),
        text=values,
        hovertemplate="%{x|%Y-%m} · %{text}<extra></extra>",
    )


def _mean_line(rows: pd.DataFrame) -> go.Scatter:
    """Return the line through the means, broken where a month was not measured."""
    months = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    values = rows.set_index("month")["value"].reindex(months)
    style = {"color": STREAM_COLOURS["water"], "width": 2}
    return go.Scatter(x=months, y=values, mode="lines", line=style, hoverinfo="skip", showlegend=False)


def _month_ticks(months: pd.Series) -> dict[str, object]:
    """Return ticks on the first of months, where the means stand, however few there are."""
    first, last = months.min(), months.max()
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return {"tickformat": "%Y-%m", "tick0": first.isoformat(), "dtick": f"M{-(-count // TICKS)}", "tickangle": 0}


def means_chart(rows: pd.DataFrame, language: Language) -> go.Figure:
    """Return the monthly means of one item over time, those below detection open, and its limits.

    `rows` has month, parameter, value, detection, limit_low, limit_high, limit_class of one section and item.
    """
    detected = rows["detection"].isna()
    figure = go.Figure(_mean_line(rows))
    for is_detected in (True, False):
        if (shown := rows[detected == is_detected]).size:
            figure.add_trace(_mean_markers(shown, is_detected, language))
    for value in _newest_limits(rows):
        figure.add_hline(
            y=value,
            line={"color": PLAN_COLOUR, "dash": "dash", "width": 2},
            annotation={"text": _limit_text(rows, value).into(language), "xanchor": "right", "yanchor": "bottom"},
        )
    parameter = WORDS[rows["parameter"].iloc[0]].into(language)
    unit = _unit_label(rows["parameter"].iloc[0], language)
    figure.update_yaxes(title=f"{parameter} ({unit})" if unit else parameter, rangemode="tozero")
    figure.update_xaxes(**_month_ticks(rows["month"]))
    return charts.apply_layout(figure, 360)


def _unit_label(parameter: str, language: Language) -> str:
    choice = next(c for c in DATASETS["reading"].column("parameter").choices if c.value == parameter)
    return UNITS[choice.unit].label.into(language) if choice.unit else ""


def event_sentences(rows: pd.DataFrame) -> list[Text]:
    """Return the newest rebounds and months worse than Ⅴ of a section as sentences, how many more there are last."""
    if rows.empty:
        return [NO_REBOUND]
    shown = [_event_sentence(row) for row in rows.head(EVENTS_SHOWN).to_dict("records")]
    return [*shown, *([EARLIER.fill(count=len(rows) - EVENTS_SHOWN)] if len(rows) > EVENTS_SHOWN else [])]


def _event_sentence(row: dict[str, Any]) -> Text:
    month = f"{row['month']:%Y-%m}"
    if row["event"] == "反弹":
        return REBOUND.fill(month=month, n=row["months_met"], class_=row["class"], target=row["target_class"])
    return WORSE.fill(month=month, worst=join_list(mid_sentence(WORDS[item]) for item in row["worst"].split(",")))


def with_suspicions(rows: pd.DataFrame, suspects: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return rows of a section with the reasons for which they, or a reading of theirs, are suspicious."""
    reasons = suspects.groupby(list(keys), as_index=False)["suspicion"].agg(lambda each: ",".join(dict.fromkeys(each)))
    return rows.merge(reasons, how="left", on=list(keys))


def draw_metric_listing(con: Connection, listing: MetricListing, result: DatedResult) -> None:
    """Draw a list, or say that there is nothing in it; all rivers together stand in the sentences above."""
    rows = result.rows
    shown = rows[~(rows["river"].isna() & rows[TOTAL].astype(bool))] if TOTAL in rows else rows
    if shown.empty:
        st.info(t(listing.nothing))
        return
    draw_table(con, result, listing.columns, listing.metric, shown)
    st.caption(t(listing.note.fill(month=f"{shown['month'].max():%Y-%m}" if listing.is_of_month else "")))


def title_sentence(rows: pd.DataFrame) -> Text:
    """Say how the newest month of section_class stands."""
    if rows.empty:
        return phrases.NOTHING_YET
    newest = rows[rows["month"] == rows["month"].max()]
    judged = newest["is_met"].dropna()
    met = MET.fill(met=int(judged.sum()), judged=len(judged)) if len(judged) else NONE_JUDGED
    return TITLE.fill(
        month=f"{newest['month'].iloc[0]:%Y-%m}", bad=int((newest["class_rank"] == WORST_RANK).sum()), met=met
    )
