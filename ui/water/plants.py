"""The page of sewage plants: its sentences, its cards, the list of plants with their load, the days of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import Language, Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
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
    share_of_rows,
)
from ui.charts import apply_layout, time_axis_ticks
from ui.colours import MISSING_COLOUR, PLAN_COLOUR, STATUS_COLOURS, STREAM_COLOURS
from ui.map.map_link import link_to_map
from ui.markup import element, joined, link, percent_of_bar, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.worked_figures import column_quotient, column_total, worked_lines

PAGE = Page(
    label=Text("微型污水处理厂", "Sewage plants"),
    icon=":material/water_pump:",
    place=60,
    ledgers=("plant", "plant_daily", "plant_sample"),
    choices=("plant",),
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
ALSO_LOADED = Text("；负荷偏低 {low} 座，超负荷 {high} 座", "; load {low} low, {high} overloaded")
ALSO_FAILED = Text("；{count} 个出水样品不达标", "; {count} effluent samples failed")
IN_WORDS = Text(
    "{plant}：{state}，{day} 起已 {days} 天没有运行{why}",
    "{plant}: {state}, it has not worked for {days} days, since {day}{why}",
)
WHY = Text("（{note}）", " ({note})")
WORKS = Text("{plant}：最近上报日（{day}）在运行", "{plant} worked on its last reported day, {day}")
IS_SILENT = Text("{plant}：近来没有上报，最近一次 {day}", "{plant} has not reported of late, last on {day}")
NEVER_REPORTED = Text("{plant}：从未上报", "{plant} has never reported")
ITS_FEW = Text("；出水样品不足，{judged} 个中 {passed} 个达标", "; too few samples, {passed} of {judged} passed")
ITS_PASSES = Text("；出水达标 {share}", "; effluent passes {share}")
ONE_PLANT = Text("微型污水处理厂", "plant")
TO_ALL_PLANTS = Text("← 全部微型污水处理厂", "← All sewage plants")
PLANT_LIST = Text("各微型污水处理厂（停着的在前）", "The plants (those standing still first)")
RUN = Text("运行情况全表", "All columns of how they ran")
LOAD = Text("水力负荷率", "Hydraulic load")
LOAD_MARKS = Text(
    "竖线是提示线：低于 {plant_load_low:g} % 偏低，高于 {plant_load_high:g} % 超负荷；本系统预设，可配置，不是法规。",
    "The lines are presets of this house, no law: below {plant_load_low:g} % low, above "
    "{plant_load_high:g} % overloaded.",
)
DAYS = Text("每一天", "Day by day")
ALL_DAYS = Text("逐日上报", "Its reports, day by day")
DAYS_ALT = Text("{plant}每天的进水量和运行状态", "Daily inflow and running state of {plant}")
NO_DAYS = Text("统计期内没有逐日上报。", "Nothing was reported in the period.")
PASSING = Text("出水达标率（低的在前，样品不足的在后）", "Effluent pass rate (lowest first, too few samples last)")
TOO_FEW_NOTE = Text(
    "少于 {plant_samples:g} 个可判定样品的写“样本不足”，不排名。",
    "Below {plant_samples:g} samples judged: too few, no rank.",
)
SAMPLES = Text("出水样品（不达标的在前）", "Samples of effluent (failed ones first)")
NO_SAMPLES = Text("统计期内没有出水样品。", "No effluent was sampled in the period.")
REMOVAL = Text("去除率和削减量", "Removal")
ENERGY = Text("单位电耗", "Electricity for each m³")
CONNECTION = Text("接户", "Households connected")
STANDING = Text("停着自", "Standing still since")
PASSED = Text("出水达标", "Effluent passed")
SILENT_WORD = Text("近来没有上报", "Silent of late")
IDLE_DAYS = Text("已停 {days} 天", "{days} days")
RUN_DAYS = Text("运行率", "Run rate")
NOT_REPORTED = Text("未上报", "Not reported")
INFLOW_AXIS = Text("进水量（m³/d）", "Inflow (m³/d)")
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
DAY_IN_MS = 24 * 3600 * 1000  # Plotly's unit of a width along time


def idle_plants(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the plants of plant_run that did not work on their last reported day."""
    return runs[runs["idle_since"].notna()]


def plants_title(runs: DatedResult, passing: DatedResult, loads: DatedResult) -> Text:
    """Return the title sentence, and how many plants are loaded too little or too much and how many samples failed."""
    said, levels = title_sentence(runs, passing), loads.rows["load_level"].tolist()
    low, high = (levels.count(level) for level in ("负荷偏低", "超负荷"))
    passed, judged = column_sums(passing.rows, "passed", "judged")
    loaded = [ALSO_LOADED.fill(low=low, high=high)] if low or high else []
    return join_texts([said, *loaded, *filter(None, [count_note(judged - passed, ALSO_FAILED)])])


def title_sentence(runs: DatedResult, passing: DatedResult) -> Text:
    """Name the plants that stand still, or say that all work and how the effluent is; and how many are silent."""
    if runs.rows.empty:
        return phrases.NOTHING_YET
    still, silent = idle_plants(runs.rows), int(runs.rows["is_silent"].sum())
    if still.empty and silent:
        return SILENT.fill(n=len(runs.rows), running=len(runs.rows) - silent, silent=silent)
    if still.empty:
        return RUNNING.fill(n=len(runs.rows), share=_passed_share(passing.rows))
    names = [
        SINCE.fill(plant=r.plant, state=WORDS[r.run_state], day=formats.format_date(r.idle_since))
        for r in still.itertuples()
    ]
    standing = TITLE.fill(n=len(runs.rows), idle=len(still), names=join_list(names))
    return join_texts([standing, AND_SILENT.fill(silent=silent)]) if silent else standing


def _passed_share(passing: pd.DataFrame) -> Text:
    passed, judged = column_sums(passing, "passed", "judged")
    return formats.format_share(passed, judged, percentage_or_none(passed, judged), SAMPLE)


def plant_sentence(run: pd.Series, passing: DatedResult) -> Text:
    """Say of one plant whether it works, or since when and why it does not, and whether its effluent passes."""
    judged, passed = (int(passing.rows[name].sum()) for name in ("judged", "passed"))
    if not judged:
        return run_sentence(run)
    is_few = (passing.rows["ranking"] == "样本不足").all()
    share = ITS_FEW.fill(judged=judged, passed=passed) if is_few else ITS_PASSES.fill(share=_passed_share(passing.rows))
    return join_texts([run_sentence(run), share])


def run_sentence(run: pd.Series) -> Text:
    """Say of one row of plant_run whether the plant works, or since when, for how long and why it does not."""
    plant, day = run["plant"], formats.format_date(run["reported_on"])
    if not formats.is_missing(run["idle_since"]):
        return IN_WORDS.fill(
            plant=plant,
            state=WORDS[run["run_state"]],
            day=formats.format_date(run["idle_since"]),
            days=int(run["idle_days"]),
            why=untranslated("") if formats.is_missing(run["note"]) else WHY.fill(note=run["note"]),
        )
    if formats.is_missing(run["reported_on"]):
        return NEVER_REPORTED.fill(plant=plant)
    return (IS_SILENT if run["is_silent"] else WORKS).fill(plant=plant, day=day)


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
    lines = [share_of_rows(WORKING, works, len(runs)), *worked_lines(result)]
    return metric_card(
        result, both_counts(works, len(runs), PLANTS), *below, span=period_text(runs), label=WORKING, worked=lines
    )


def _run_rate_card(result: DatedResult) -> Card:
    worked, days, missing = column_sums(result.rows, "days_worked", "days_reported", "days_unreported")
    below = both_counts(worked, days, DAY) if days else None, count_note(missing, UNREPORTED)
    return metric_card(result, percentage_text(worked, days), *below, span=period_text(result.rows))


def flagged_loads_text(loads: pd.DataFrame) -> Text:
    levels = loads["load_level"].tolist()
    return FLAGGED.fill(low=levels.count("负荷偏低"), high=levels.count("超负荷"))


def _load_card(result: DatedResult) -> Card:
    known, missing = complete_rows(result.rows, "load_rate")
    inflow, capacity = column_sums(known, "inflow", "capacity_days")
    said = OF_CAPACITY.fill(inflow=formats.format_count(inflow), capacity=formats.format_count(capacity))
    flagged = (flagged_loads_text(known),) if len(result.rows) > 1 else ()
    below = (said, *flagged) if len(known) else ()
    return metric_card(
        result, percentage_text(inflow, capacity), *below, missing_note(missing, PLANTS), span=period_text(result.rows),
        rows=known,
    )  # fmt: skip


def _passing_card(result: DatedResult) -> Card:
    passed, judged, unjudged = column_sums(result.rows, "passed", "judged", "unjudged_samples")
    below, unclear = both_counts(passed, judged, SAMPLE) if judged else None, count_note(unjudged, UNJUDGED)
    silent = missing_note(int((result.rows["judged"] == 0).sum()), PLANTS)
    few = WORDS["样本不足"] if judged and (result.rows["ranking"] == "样本不足").all() else None
    return metric_card(
        result, percentage_text(passed, judged), below, few, unclear, silent, span=period_text(result.rows)
    )


def _without_decimals(value: float | None) -> str:
    """Return a quantity without decimals."""
    return formats.MISSING if value is None else formats.format_count(formats.round_below_caps(value, 0))


def _removal_card(result: DatedResult) -> Card:
    by_item = result.rows.groupby("parameter")[["removed", "inflow_paired", "inflow"]].sum()
    cod, rows = by_item["removed"].get("COD"), result.rows[result.rows["parameter"] == "COD"]
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
        rows=rows,
        worked=[column_total(result, rows, "removed")] if len(rows) else (),
    )


def energy_card(result: DatedResult) -> Card:
    """Return the card of the electricity for each m³."""
    known, missing = complete_rows(result.rows, "energy")
    power, inflow = column_sums(known, "power", "inflow")
    [more] = column_sums(result.rows, "idle_power")
    figure = f"{formats.round_below_caps(power / inflow, 2):.2f} kWh/m³" if len(known) else formats.MISSING
    below = KWH.fill(power=formats.format_count(power), inflow=formats.format_count(inflow)) if len(known) else None
    spare = IDLE_POWER.fill(power=formats.format_count(more)) if more > 0 else None
    return metric_card(
        result, untranslated(figure), below, spare, missing_note(missing, PLANTS), span=period_text(result.rows),
        rows=known, worked=[column_quotient(result, known, "energy", "power", "inflow")] if len(known) else (),
    )  # fmt: skip


def connection_card(result: DatedResult) -> Card:
    """Return the card of the households connected."""
    known, missing = complete_rows(result.rows, "households_connected", "households_design")
    connected, design = column_sums(known, "households_connected", "households_design")
    below = both_counts(connected, design, HOUSEHOLD) if len(known) else None
    return metric_card(result, percentage_text(connected, design), below, missing_note(missing, PLANTS), rows=known)


def plant_cards(
    request: PageRequest, runs: DatedResult, loads: DatedResult, passing: DatedResult, removal: DatedResult
) -> list[Card]:
    """Return the cards of the page, or of one plant, of the months that they print; each leads to its table."""
    running = _running_card(runs) if len(runs.rows) > 1 else _run_rate_card(runs)
    made = (running, _load_card(loads), _passing_card(passing), _removal_card(removal))
    parts = ("runs", "loads", "samples", "removal")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(made, parts, strict=True)]


def plant_rows(runs: pd.DataFrame, loads: pd.DataFrame, passing: pd.DataFrame) -> pd.DataFrame:
    """Return the plants with their run, load and effluent: those standing still, silent and flagged first."""
    load = loads.set_index("plant_id")[["load_rate", "load_level", "inflow_mean", "capacity"]]
    passes = passing.set_index("plant_id")[["pass_rate", "passed", "judged", "ranking"]]
    rows = runs.join(load, on="plant_id").join(passes, on="plant_id")
    order = rows.assign(is_flagged=rows["load_level"].isin(["负荷偏低", "超负荷"])).sort_values(
        ["idle_since", "is_silent", "is_flagged", "run_rate"], ascending=[True, False, False, True]
    )
    return rows.loc[order.index]


def plant_list(
    request: PageRequest, runs: DatedResult, loads: DatedResult, passing: DatedResult, rows: pd.DataFrame
) -> Html:
    """Return the plants, each a link to its days; those standing still in red. `rows` is plant_rows."""
    as_of, scale = runs.as_of, load_scale(rows["load_rate"], runs.as_of)
    return list_block(
        runs,
        ["plant", "idle_since", "load", "run_rate", "passed"],
        rows,
        href=lambda row: same_page_href(request, plant=row["plant_id"], open=None),
        cells={
            "plant": _plant_cell,
            "idle_since": _idle_cell,
            "run_rate": _run_cell,
            "load": lambda row: _load_cell(row, scale, as_of),
            "passed": _passed_cell,
        },
        figures={"load": loads, "passed": passing},
        headings={"load": LOAD, "passed": PASSED, "run_rate": RUN_DAYS, "idle_since": STANDING},
        is_alarming=lambda row: not formats.is_missing(row["idle_since"]),
        more_href=same_page_href(request, open="runs"),
    )


def _plant_cell(row: Row) -> Markup:
    state = "" if row["run_state"] == "无数据" else row["run_state"]
    sign, colour, _ = STATE_LOOKS[state]
    mark = element("span", sign, class_="fl-mark", style=f"--c:{colour}")
    word = SILENT_WORD if row["is_silent"] and state else WORDS[row["run_state"]]
    return joined((mark, words(row["plant"])), " ") + element("small", words(word))


def _idle_cell(row: Row) -> Markup:
    """Return since when a plant stands still, and below for how many days and why."""
    if formats.is_missing(row["idle_since"]):
        return words(formats.MISSING)
    why = untranslated("") if formats.is_missing(row["note"]) else WHY.fill(note=row["note"])
    days = join_texts([IDLE_DAYS.fill(days=int(row["idle_days"])), why])
    return words(formats.format_date(row["idle_since"])) + element("small", words(days))


def _run_cell(row: Row) -> Markup:
    days = both_counts(row["days_worked"], row["days_reported"], DAY)
    return words(formats.format_percent(row["run_rate"])) + element("small", words(days))


def _passed_cell(row: Row) -> Markup:
    """Return how much of the effluent passed; of too few samples only the counts."""
    few = row["ranking"] == "样本不足"
    rate = words(WORDS["样本不足"] if few else formats.format_percent(row["pass_rate"]))
    return rate + element("small", words(both_counts(row["passed"], row["judged"], SAMPLE)))


def load_scale(rates: pd.Series, as_of: date | None) -> float:
    """Return the load at which a bar is full: a little above the preset of overload, or the highest load."""
    return float(max(thresholds(as_of)["plant_load_high"] * 1.1, rates.max() if rates.notna().any() else 0))


def _load_cell(row: Row, scale: float, as_of: date | None) -> Markup:
    """Return the load as a bar with its presets, and what it is and both counts below."""
    share = formats.format_share(row["inflow_mean"], row["capacity"], row["load_rate"], untranslated("m³/d"))
    sign, _ = LOAD_LEVELS[row["load_level"]]
    said = Text("{sign} {level} {share}", "{sign} {level} {share}").fill(
        sign=sign, level=WORDS[row["load_level"]], share=share
    )
    return load_bar(row["load_rate"], row["load_level"], scale, as_of, said) + element("small", words(said))


def load_bar(rate: float | None, level: str, scale: float, as_of: date | None, said: Text) -> Markup:
    """Return a load as a bar with lines where the presets of the day stand; `scale` is the load of a full bar."""
    width = 0.0 if formats.is_missing(rate) else 100 * float(str(rate)) / scale
    colour = STATUS_COLOURS[LOAD_LEVELS[level][1]]
    bar = element("b", "", style=f"width:{percent_of_bar(width)}%;background:{colour}")
    presets = (thresholds(as_of)[name] for name in ("plant_load_low", "plant_load_high"))
    lines = joined(element("i", "", style=f"left:{percent_of_bar(100 * preset / scale)}%") for preset in presets)
    return element("span", bar + lines, class_="fl-bullet", role="img", aria_label=words(said))


def plant_links(request: PageRequest, run: pd.Series) -> Html:
    """Return the way back to all plants and to the map, and the village of this one."""
    back = link(words(TO_ALL_PLANTS), same_page_href(request, plant=None, open=None))
    village = words("" if formats.is_missing(run["village"]) else run["village"])
    return Html(element("p", joined(filter(None, (back, link_to_map(plant=run["plant_id"]), village)), " · ")))


def sample_list(request: PageRequest, samples: DatedResult) -> Html:
    """Return the samples of one plant's effluent, failed ones first and in red."""
    return list_block(
        samples,
        ["sampled_at", "verdict", "failing", "not_judged", "judged_items"],
        is_alarming=lambda row: row["verdict"] == "不达标",
        more_href=same_page_href(request, open="samples"),
    )


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
