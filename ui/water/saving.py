"""The page of water saving: where people were reached, which taps ran, and what it is thought to have saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from data.result_rows import part_rows, total_rows
from data.standards.thresholds import thresholds
from data.text import Language, Text, untranslated
from ui import charts, formats, phrases, tables
from ui.cards import NOTHING, TO_DATE, Card
from ui.colours import STREAM_COLOURS
from ui.page import Page
from ui.results import DatedResult

PAGE = Page(
    label=Text("节水", "Water saving"),
    icon=":material/water_bottle:",
    place=90,
    ledgers=("saving_activity", "facility", "facility_check"),
)

NO_VILLAGE = "未写村社"
TITLE = Text("{reached}；{leaks}", "{reached}; {leaks}")
REACHED_OF = Text(
    "今年 {covered} / {villages} 个村社开展节水活动", "{covered} of {villages} villages had an activity this year"
)
NO_ACTIVITY = Text("今年还没有节水活动记录", "No activity is on record this year")
MENDED = Text("漏水 {found} 处修好 {fixed} 处，{open} 处没修好", "{fixed} of {found} leaks are mended, {open} are not")
NO_LEAKS = Text("没有漏水设施的记录", "no leak is on record")
COVERAGE = Text("今年各村社的节水活动（次）", "Activities in each village this year")
ACTIVITIES_AXIS = Text("活动次数（次）", "Activities")
REACHED = Text(
    "{activities} 次 · {headcount} 人 · 走访 {units} 个单位",
    "{activities} · {headcount} people · {units} units visited",
)
COVERAGE_ALT = Text(
    "{villages} 个村社今年的活动次数，{none} 个村社一次也没有。",
    "Activities of {villages} villages this year; {none} villages had none.",
)
NOT_NAMED = Text("另有 {count} 次活动没写村社，不算覆盖。", "{count} more activities name no village and cover none.")
KINDS = Text("各类活动（历年）", "Activities by kind (all years)")
LEAKS = Text("各村社漏水设施修复（长流水、滴漏、损坏）", "Leaking taps mended in each village")
LEAKS_ALT = Text(
    "{villages} 个村社的修复率，最高 {best}，最低 {worst}。",
    "Taps mended in {villages} villages, from {best} down to {worst}.",
)
RATE_AXIS = Text("修复率（%）", "Mended (%)")
FINDINGS = Text("修复天数", "Days until mended")
FEW_DAYS = Text(
    "修复天数已知的不足 {least} 处：样本不足，不给天数（–）。",
    "Fewer than {least} with known days are too few: no days are given (–).",
)
OPEN_LIST = Text("未修复清单（最久的在前）", "Taps still leaking (longest first)")
NONE_OPEN = Text("查到的漏水设施都已修好。", "Every leak that was found is mended.")
ESTIMATE = Text("节水量（估算）", "Water saved (estimate)")
ESTIMATE_NOTE = Text(
    "估算：Σ 估算漏水量 × 少漏的天数，最多算到下一次例行检查；不是水表读数。",
    "Estimate: loss × days avoided, at most until the next regular check; not a reading of a meter.",
)
MENDED_RATE = Text("修复率(%)", "Mended (%)")
MEDIAN, LOSING = Text("修复用时中位数", "Median days to mend"), Text("仍在漏（估算）", "Still running (estimate)")
DAYS = Text("{days} 天", "{days} days")
ABOUT, ABOUT_A_DAY = Text("约 {water} m³", "≈ {water} m³"), Text("约 {water} m³/天", "≈ {water} m³/d")
TOO_FEW = Text("样本不足", "Too few")
TIMED = Text("已知天数的 {count} 处", "{count} with known days")
LEAKING = Text("{open} 处未修复，{unknown} 处漏水量不明", "{open} open, {unknown} of them of unknown loss")
COUNTED = Text("计入 {counted} 处，{left_out} 处不能计", "{counted} counted, {left_out} cannot be")
THIS_YEAR, SO_FAR = Text("今年 1 月 1 日以来", "Since 1 January"), Text("有检查记录以来", "Since checks began")
COUNTS = Text("{done} / {total} {unit}", "{done} / {total} {unit}")
VILLAGES, TAPS = Text("个村社", "villages"), Text("处", "taps")


def least_known_days(as_of: date | None) -> int:
    """Return how many known days a median needs."""
    return int(thresholds(as_of)["ranked_cases"])


def total_row(rows: pd.DataFrame) -> pd.Series | None:
    """Return the row of all villages and findings; None where there is none."""
    found = total_rows(rows)
    return None if found.empty else found.iloc[0]


def title_sentence(coverage: pd.DataFrame, leaks: pd.DataFrame) -> Text:
    """Say how many villages were reached this year, and how many of the leaking taps are mended."""
    reached, leaking = total_row(coverage), total_row(leaks)
    if reached is None or (leaking is None and not has_activities(coverage)):
        return phrases.NOTHING_YET
    return TITLE.fill(
        reached=_fill_from_row(REACHED_OF, reached, "covered", "villages") if has_activities(coverage) else NO_ACTIVITY,
        leaks=NO_LEAKS if leaking is None else _fill_from_row(MENDED, leaking, "found", "fixed", "open"),
    )


def has_activities(coverage: pd.DataFrame) -> bool:
    """Tell a year with activities on record from one of which nothing is known."""
    return bool(coverage["activities"].notna().any())


def _fill_from_row(phrase: Text, row: pd.Series, *columns: str) -> Text:
    return phrase.fill(**{name: int(row[name]) for name in columns})


def _share_card(result: DatedResult, row: pd.Series, done: str, total: str, unit: Text, period: Text) -> Card:
    counts = COUNTS.fill(
        done=formats.format_count(row[done], row[total]), total=formats.format_count(row[total]), unit=unit
    )
    figure = untranslated(formats.format_percent(row["rate"]))
    counts = NOTHING if formats.is_missing(row[done]) else counts
    return Card(result.definition.label, figure, (counts, period), result.newest, result.formula)


def _median_card(result: DatedResult, row: pd.Series) -> Card:
    known = not formats.is_missing(row["median_days"])
    said = DAYS.fill(days=formats.format_count(row["median_days"])) if known else TOO_FEW
    return Card(MEDIAN, said, (TIMED.fill(count=int(row["timed"])), SO_FAR), result.newest, result.formula)


def format_estimate(value: float, about: Text) -> Text:
    """Return an estimate without digits that it does not have: tens from a thousand on, whole m³ from ten on."""
    if formats.is_missing(value):
        return untranslated(formats.MISSING)
    if not value:
        return about.fill(water=0)
    if value < 10:
        return about.fill(water=f"{formats.round_below_caps(value, 1):.1f}")
    return about.fill(water=f"{formats.round_below_caps(value, -1 if value >= 1000 else 0):,.0f}")


def _estimate_cards(result: DatedResult, row: pd.Series) -> Sequence[Card]:
    day, formula = result.newest, result.formula
    counted = COUNTED.fill(counted=int(row["counted"]), left_out=int(row["not_counted"]))
    leaking = LEAKING.fill(open=int(row["open"]), unknown=int(row["open_unknown"]))
    return (
        Card(ESTIMATE, format_estimate(row["saved"], ABOUT), (counted, SO_FAR), day, formula),
        Card(LOSING, format_estimate(row["losing"], ABOUT_A_DAY), (leaking, TO_DATE), day, formula),
    )


def saving_cards(coverage: DatedResult, leaks: DatedResult, estimate: DatedResult) -> Sequence[Card]:
    """Return the figures of the page: villages reached, taps mended, days, water saved, water still running."""
    shown: list[Card] = []
    reached, leaking, water = (total_row(result.rows) for result in (coverage, leaks, estimate))
    if reached is not None:
        shown.append(_share_card(coverage, reached, "covered", "villages", VILLAGES, THIS_YEAR))
    if leaking is not None:
        shown += [_share_card(leaks, leaking, "fixed", "found", TAPS, SO_FAR), _median_card(leaks, leaking)]
    if water is not None:
        shown += _estimate_cards(estimate, water)
    return shown


def single_villages(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of villages alone."""
    named = part_rows(coverage)
    return named[named["village"] != NO_VILLAGE]


def unnamed_village_note(coverage: pd.DataFrame) -> Text | None:
    """Say how many activities name no village, or None where all do."""
    rest = coverage[coverage["village"] == NO_VILLAGE]
    return None if rest.empty else NOT_NAMED.fill(count=int(rest["activities"].iloc[0]))


def activity_chart(coverage: pd.DataFrame, language: Language) -> tuple[go.Figure, Text]:
    """Return a bar a village with its activities, 0 where there were none; and a sentence on it."""
    rows = single_villages(coverage)
    labels = [
        REACHED.fill(
            activities=int(r.activities),
            headcount=formats.format_count(r.headcount),
            units=formats.format_count(r.units_visited),
        ).into(language)
        for r in rows.itertuples()
    ]
    title = ACTIVITIES_AXIS.into(language)
    figure = charts.bar_chart(
        rows["village"].tolist(), rows["activities"].tolist(), labels, STREAM_COLOURS["water"], title=title, dtick=1,
        range=[0, max(1, rows["activities"].max()) * 1.05],
    )  # fmt: skip
    return figure, COVERAGE_ALT.fill(villages=len(rows), none=int((rows["activities"] == 0).sum()))


def leaks_by_village(leaks: pd.DataFrame) -> pd.DataFrame:
    """Return leak_fix village by village, all findings together, the lowest rate first."""
    rows = leaks[leaks["village"].notna() & leaks["finding"].isna()]
    return rows.sort_values(["rate", "village"])


def leaks_by_finding(leaks: pd.DataFrame) -> pd.DataFrame:
    """Return leak_fix finding by finding, all villages together, the sum first."""
    return leaks[leaks["village"].isna()]


def mended_chart(leaks: pd.DataFrame, language: Language) -> tuple[go.Figure, Text]:
    """Return a bar a village with the share of its leaking taps that is mended; and a sentence on it."""
    rows = leaks_by_village(leaks)
    labels = [formats.format_share(r.fixed, r.found, r.rate, TAPS).into(language) for r in rows.itertuples()]
    names = [tables.word_label(village, language) for village in rows["village"]]
    axis = charts.PERCENT_AXIS | {"title": RATE_AXIS.into(language)}
    figure = charts.bar_chart(names, rows["rate"].tolist(), labels, STREAM_COLOURS["water"], **axis)
    ends = {"best": formats.format_percent(rows["rate"].max()), "worst": formats.format_percent(rows["rate"].min())}
    return figure, LEAKS_ALT.fill(villages=len(rows), **ends)
