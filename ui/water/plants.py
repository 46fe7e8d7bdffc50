"""The page of sewage plants: its title sentence, its cards, the load of each, the days of one."""

from __future__ import annotations

from datetime import date
from itertools import product

import pandas as pd
import plotly.graph_objects as go

from data.standards.thresholds import thresholds
from data.text import Language, Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.cards import (
    Card,
    both_counts,
    column_sums,
    complete_rows,
    count_note,
    metric_card,
    missing_note,
    percentage_or_none,
    percentage_text,
)
from ui.charts import apply_layout, time_axis_ticks
from ui.colours import MISSING_COLOUR, PLAN_COLOUR, STATUS_COLOURS, STREAM_COLOURS
from ui.page import Page
from ui.results import DatedResult

PAGE = Page(
    label=Text("微型污水处理厂", "Sewage plants"),
    icon=":material/water_pump:",
    place=60,
    ledgers=("plant", "plant_daily", "plant_sample"),
)
PERIOD = Text("{since} 至 {until}", "{since} to {until}")


TITLE = Text("{n} 座微型污水处理厂，停着 {idle} 座：{names}", "Standing still, {idle} of {n} sewage plants: {names}")
AND_SILENT = Text("；{silent} 座近来没有上报", "; {silent} have not reported of late")
RUNNING = Text("{n} 座微型污水处理厂都在运行；出水达标 {share}", "All {n} sewage plants run; effluent passes {share}")
SILENT = Text(
    "{n} 座微型污水处理厂：{running} 座在运行，{silent} 座近来没有上报",
    "{n} sewage plants: {running} run, {silent} have not reported of late",
)
SINCE = Text("{plant}（{state}，{day} 起）", "{plant} ({state}, since {day})")
IN_WORDS = Text(
    "{plant}：{state}，{day} 起已 {days} 天没有运行{why}。",
    "{plant}: {state}, it has not worked for {days} days, since {day}{why}.",
)
WHY = Text("（{note}）", " ({note})")
STANDING_STILL = Text("停着的微型污水处理厂", "Plants standing still")
NONE_IDLE = Text("最后一个上报日，各微型污水处理厂都在运行。", "On their last reported day all plants worked.")
RUN = Text("运行情况（停着的在前）", "How they ran (those standing still first)")
LOAD = Text("水力负荷率（低的在前）", "Hydraulic load (lowest first)")
LOAD_ALT = Text("{n} 座微型污水处理厂的水力负荷率，{flagged}", "Hydraulic load of {n} plants, {flagged}")
LOAD_MARKS = Text(
    "竖线是提示线：低于 {plant_load_low:g} % 偏低，高于 {plant_load_high:g} % 超负荷；本系统预设，可配置，不是法规。",
    "The lines are presets of this house, no law: below {plant_load_low:g} % low, above "
    "{plant_load_high:g} % overloaded.",
)
DAYS = Text("一座微型污水处理厂的每一天", "One plant, day by day")
DAYS_ALT = Text("{plant}每天的进水量和运行状态", "Daily inflow and running state of {plant}")
CHOOSE_PLANT = Text("微型污水处理厂", "Plant")
PASSING = Text("出水达标率（低的在前，样品不足的在后）", "Effluent pass rate (lowest first, too few samples last)")
TOO_FEW_NOTE = Text(
    "少于 {plant_samples:g} 个可判定样品的写“样本不足”，不排名。",
    "Below {plant_samples:g} samples judged: too few, no rank.",
)
SAMPLES = Text("出水样品（不达标的在前）", "Samples of effluent (failed ones first)")
REMOVAL = Text("去除率和削减量", "Removal")
ENERGY = Text("单位电耗", "Electricity for each m³")
CONNECTION = Text("接户", "Households connected")
NOT_REPORTED = Text("未上报", "Not reported")
INFLOW_AXIS = Text("进水量（m³/d）", "Inflow (m³/d)")
LOAD_AXIS = Text("水力负荷率（%）", "Hydraulic load (%)")
CAPACITY = Text("设计能力 {capacity} m³/d", "Capacity {capacity} m³/d")

PLANTS, DAY = Text("座", "plants"), Text("天", "days")
SAMPLE, HOUSEHOLD = Text("个样品", "samples"), Text("户", "households")
WORKING = Text("在运行的微型污水处理厂", "Plants that work")
IDLE_NOW = Text("停着 {count} 座", "{count} standing still")
RATE_OF_DAYS = Text("运行率 {rate}（{days}）", "Run rate {rate} ({days})")
SILENT_NOW = Text("{count} 座近来没有上报", "{count} silent of late")
UNREPORTED = Text("{count} 天没有上报，不计入", "{count} days not reported, left out")
FLAGGED = Text("偏低 {low} 座，超负荷 {high} 座", "{low} low, {high} overloaded")
OF_CAPACITY = Text("进水 {inflow} m³ / 能力 {capacity} m³", "Inflow {inflow} m³ of a capacity of {capacity} m³")
UNJUDGED = Text("{count} 个样品无法判定，不计入", "{count} samples could not be judged, left out")
REMOVED = Text("削减 COD", "COD removed")
OTHERS = Text("{item} {kg} kg", "{item} {kg} kg")
PAIRED = Text("{paired} m³ 进水有成对样品（共 {inflow} m³）", "{paired} of {inflow} m³ of inflow have pairs of samples")
KWH = Text("{power} kWh / {inflow} m³", "{power} kWh / {inflow} m³")
IDLE_POWER = Text("没有进水的天另用电 {power} kWh", "{power} kWh more on days without inflow")

STATE_LOOKS = {
    "正常": ("●", STATUS_COLOURS["正常"], ""),
    "检修": ("▲", STATUS_COLOURS["滞后"], "/"),
    "故障": ("■", STATUS_COLOURS["严重滞后"], ""),
    "停运": ("✕", "#7F3C8D", ""),
    "": ("–", MISSING_COLOUR, "."),
}
LOAD_LEVELS = {
    "负荷偏低": ("▲", "滞后"),
    "超负荷": ("■", "严重滞后"),
    "负荷正常": ("●", "正常"),
    "无数据": ("–", "无数据"),
}
STILL = Text("停着", "stands still")
ROW_HEIGHT, DAY_IN_MS = 70, 24 * 3600 * 1000  # pixels, milliseconds


def idle_plants(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the plants of plant_run that did not work on their last reported day."""
    return runs[runs["idle_since"].notna()]


def title_sentence(runs: DatedResult, passing: DatedResult) -> Text:
    """Name the plants that stand still, or say that all work and how the effluent is; and how many are silent."""
    if runs.rows.empty:
        return phrases.NOTHING_YET
    still, silent = idle_plants(runs.rows), int(runs.rows["is_silent"].sum())
    if still.empty and silent:
        return SILENT.fill(n=len(runs.rows), running=len(runs.rows) - silent, silent=silent)
    if still.empty:
        passed, judged = column_sums(passing.rows, "passed", "judged")
        share = formats.format_share(passed, judged, percentage_or_none(passed, judged), SAMPLE)
        return RUNNING.fill(n=len(runs.rows), share=share)
    names = [
        SINCE.fill(plant=r.plant, state=WORDS[r.run_state], day=formats.format_date(r.idle_since))
        for r in still.itertuples()
    ]
    standing = TITLE.fill(n=len(runs.rows), idle=len(still), names=join_list(names))
    return join_texts([standing, AND_SILENT.fill(silent=silent)]) if silent else standing


def idle_sentences(runs: pd.DataFrame) -> list[Text]:
    """Say of each plant that stands still since when, for how long and why."""
    return [
        IN_WORDS.fill(
            plant=r.plant,
            state=WORDS[r.run_state],
            day=formats.format_date(r.idle_since),
            days=int(r.idle_days),
            why=untranslated("") if formats.is_missing(r.note) else WHY.fill(note=r.note),
        )
        for r in idle_plants(runs).itertuples()
    ]


def _running_card(result: DatedResult) -> Card:
    runs = result.rows
    worked, days, missing = column_sums(runs, "days_worked", "days_reported", "days_unreported")
    works = int((runs["idle_since"].isna() & ~runs["is_silent"]).sum())
    rate = RATE_OF_DAYS.fill(rate=percentage_text(worked, days), days=both_counts(worked, days, DAY)) if days else None
    below = (
        rate,
        count_note(len(idle_plants(runs)), IDLE_NOW),
        count_note(runs["is_silent"].sum(), SILENT_NOW),
        count_note(missing, UNREPORTED),
    )
    return metric_card(result, both_counts(works, len(runs), PLANTS), *below, span=period_text(runs), label=WORKING)


def flagged_loads_text(loads: pd.DataFrame) -> Text:
    levels = loads["load_level"].tolist()
    return FLAGGED.fill(low=levels.count("负荷偏低"), high=levels.count("超负荷"))


def _load_card(result: DatedResult) -> Card:
    known, missing = complete_rows(result.rows, "load_rate")
    inflow, capacity = column_sums(known, "inflow", "capacity_days")
    said = (
        OF_CAPACITY.fill(inflow=formats.format_count(inflow), capacity=formats.format_count(capacity)),
        flagged_loads_text(known),
    )
    below = said if len(known) else ()
    return metric_card(
        result, percentage_text(inflow, capacity), *below, missing_note(missing, PLANTS), span=period_text(result.rows)
    )


def _passing_card(result: DatedResult) -> Card:
    passed, judged, unjudged = column_sums(result.rows, "passed", "judged", "unjudged_samples")
    below, unclear = both_counts(passed, judged, SAMPLE) if judged else None, count_note(unjudged, UNJUDGED)
    silent = missing_note(int((result.rows["judged"] == 0).sum()), PLANTS)
    return metric_card(result, percentage_text(passed, judged), below, unclear, silent, span=period_text(result.rows))


def _without_decimals(value: float | None) -> str:
    """Return a quantity without decimals."""
    return formats.MISSING if value is None else formats.format_count(formats.round_below_caps(value, 0))


def _removal_card(result: DatedResult) -> Card:
    by_item = result.rows.groupby("parameter")[["removed", "inflow_paired", "inflow"]].sum()
    cod = by_item["removed"].get("COD")
    others = [
        OTHERS.fill(item=WORDS[item], kg=_without_decimals(kg))
        for item, kg in by_item["removed"].items()
        if item != "COD"
    ]
    paired = None
    if cod is not None:
        blanks = {"paired": by_item.loc["COD", "inflow_paired"], "inflow": by_item.loc["COD", "inflow"]}
        paired = PAIRED.fill(**{name: formats.format_count(value) for name, value in blanks.items()})
    below = join_list(others) if others else None
    return metric_card(
        result,
        untranslated(f"{_without_decimals(cod)} kg"),
        below,
        paired,
        span=period_text(result.rows),
        label=REMOVED,
    )


def _energy_card(result: DatedResult) -> Card:
    known, missing = complete_rows(result.rows, "energy")
    power, inflow = column_sums(known, "power", "inflow")
    [more] = column_sums(result.rows, "idle_power")
    figure = f"{formats.round_below_caps(power / inflow, 2):.2f} kWh/m³" if len(known) else formats.MISSING
    below = KWH.fill(power=formats.format_count(power), inflow=formats.format_count(inflow)) if len(known) else None
    spare = IDLE_POWER.fill(power=formats.format_count(more)) if more > 0 else None
    return metric_card(
        result, untranslated(figure), below, spare, missing_note(missing, PLANTS), span=period_text(result.rows)
    )


def _connection_card(result: DatedResult) -> Card:
    known, missing = complete_rows(result.rows, "households_connected", "households_design")
    connected, design = column_sums(known, "households_connected", "households_design")
    below = both_counts(connected, design, HOUSEHOLD) if len(known) else None
    return metric_card(result, percentage_text(connected, design), below, missing_note(missing, PLANTS))


def plant_cards(
    runs: DatedResult,
    loads: DatedResult,
    passing: DatedResult,
    removal: DatedResult,
    energy: DatedResult,
    connection: DatedResult,
) -> list[Card]:
    """Return the cards of the page; all but the connections are of the months that they print."""
    return [
        _running_card(runs),
        _load_card(loads),
        _passing_card(passing),
        _removal_card(removal),
        _energy_card(energy),
        _connection_card(connection),
    ]


def _load_sign(level: str, is_still: bool, language: Language) -> str:
    """Return how a plant is loaded; of one that stands still that comes first."""
    still = f"{STATE_LOOKS['停运'][0]} {STILL.into(language)} · " if is_still else ""
    return f"{still}{LOAD_LEVELS[level][0]} {WORDS[level].into(language)}"


def load_bars(rows: pd.DataFrame, runs: pd.DataFrame, as_of: date | None, language: Language) -> go.Figure:
    """Return one bar a plant below its name and counts, and lines where the presets of the day stand.

    `rows` is plant_load; `runs` is plant_run, which tells what stands still now.
    """
    still = rows["plant_id"].isin(idle_plants(runs)["plant_id"])
    signs = [_load_sign(level, each, language) for level, each in zip(rows["load_level"], still, strict=True)]
    names = [f"{plant} {sign}" for plant, sign in zip(rows["plant"], signs, strict=True)]
    labels = [
        formats.format_share(r.inflow_mean, r.capacity, r.load_rate, untranslated("m³/d")).into(language)
        for r in rows.itertuples()
    ]
    colours = [
        STATE_LOOKS["停运"][1] if each else STATUS_COLOURS[LOAD_LEVELS[level][1]]
        for level, each in zip(rows["load_level"], still, strict=True)
    ]
    marker = {"color": colours, "line": {"color": PLAN_COLOUR, "width": 1}}
    values = rows["load_rate"].fillna(0).tolist()
    places = list(range(len(values)))
    figure = go.Figure(go.Bar(x=values, y=places, orientation="h", marker=marker, hoverinfo="skip", width=0.3))
    for place, name, label in zip(places, names, labels, strict=True):
        figure.add_annotation(_label_above_bar(place, f"{name}<br><span style='font-size:11px'>{label}</span>"))
    low, high = (thresholds(as_of)[name] for name in ("plant_load_low", "plant_load_high"))
    for mark, place in product((low, high), places):
        beside = {"x0": mark, "x1": mark, "y0": place - 0.18, "y1": place + 0.3}
        figure.add_shape(type="line", layer="below", line={"color": PLAN_COLOUR, "width": 2, "dash": "dash"}, **beside)
    ticks = [0, low, high]
    figure.update_xaxes(range=[0, max(high * 1.1, *values)], tickvals=ticks, ticktext=[f"{t:g} %" for t in ticks])
    figure.update_xaxes(title=LOAD_AXIS.into(language), tickangle=0)
    figure.update_yaxes(range=[len(names) - 0.7, -0.8], visible=False)
    return apply_layout(figure, 90 + ROW_HEIGHT * len(names), showlegend=False)


def _label_above_bar(place: int, words: str) -> dict[str, object]:
    """Return the words over a bar, from where it begins, so that a phone keeps its width for the bars."""
    at = {"x": 0, "y": place - 0.2, "xanchor": "left", "yanchor": "bottom", "align": "left"}
    return {"text": words, "showarrow": False, "xshift": -3, "font": {"size": 12}, **at}


def load_marks_note(as_of: date | None) -> Text:
    """Say what the guide lines of the load stand for on a day."""
    return LOAD_MARKS.fill(**thresholds(as_of))


def too_few_samples_note(as_of: date | None) -> Text:
    """Say how many samples a plant needs on a day to be ranked."""
    return TOO_FEW_NOTE.fill(**thresholds(as_of))


def day_strip(rows: pd.DataFrame, language: Language) -> go.Figure:
    """Return the inflow of one plant day by day above a strip of its states; days not reported are one too.

    `rows` has day, run_state, inflow, capacity, period_from, period_to.
    """
    first = rows.iloc[0]
    each = rows.set_index("day").reindex(pd.date_range(first["period_from"], first["period_to"], name="day"))
    figure = go.Figure(
        go.Bar(
            x=each.index,
            y=each["inflow"],
            width=DAY_IN_MS,
            marker={"color": STREAM_COLOURS["water"]},
            showlegend=False,
            hovertemplate="%{x|%Y-%m-%d} · %{y} m³<extra></extra>",
        )
    )
    states = each["run_state"].fillna("")
    for state, look in STATE_LOOKS.items():
        if (states == state).any():
            word = WORDS[state] if state else NOT_REPORTED
            figure.add_trace(_state_days_bar(each.index[states == state], look, word.into(language)))
    figure.add_hline(
        y=first["capacity"],
        line={"color": PLAN_COLOUR, "width": 2, "dash": "dash"},
        annotation_text=CAPACITY.fill(capacity=formats.format_count(first["capacity"])).into(language),
        annotation_position="top left",
    )
    top = max(first["capacity"], rows["inflow"].max()) * 1.15
    figure.update_layout(
        yaxis={"domain": [0.2, 1], "range": [0, top], "title": INFLOW_AXIS.into(language)},
        yaxis2={"domain": [0, 0.12], "range": [0, 1], "visible": False},
        xaxis={**time_axis_ticks(each.index[0], each.index[-1]), "anchor": "y2"},
        bargap=0,
        barmode="overlay",
    )
    return apply_layout(figure, 380)


def _state_days_bar(days: pd.DatetimeIndex, look: tuple[str, str, str], word: str) -> go.Bar:
    sign, colour, pattern = look
    return go.Bar(
        x=days,
        y=[1] * len(days),
        width=DAY_IN_MS,
        yaxis="y2",
        name=f"{sign} {word}",
        marker={
            "color": colour,
            "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": PLAN_COLOUR, "size": 6},
        },
        hovertemplate=f"%{{x|%Y-%m-%d}} · {word}<extra></extra>",
    )


def period_text(rows: pd.DataFrame) -> Text | None:
    """Return the days that a figure is of, from the first plant's to the last's."""
    if rows.empty:
        return None
    return PERIOD.fill(
        since=formats.format_date(rows["period_from"].min()), until=formats.format_date(rows["period_to"].max())
    )
