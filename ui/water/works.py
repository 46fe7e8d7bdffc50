"""The page of works: its cards, the S-curve of one work, and what that says in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from data.text import SPACE, Language, Text, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import (
    Card,
    both_counts,
    column_sums,
    count_note,
    metric_card,
    other_unit_lines,
    percentage_or_none,
    percentage_text,
    share_of_rows,
)
from ui.charts import apply_layout, time_axis_ticks
from ui.colours import PLAN_COLOUR, STATUS_COLOURS, STREAM_COLOURS
from ui.map.map_link import link_to_map
from ui.markup import bullet_bar, choice_list, element, joined, link, status_mark, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.worked_figures import column_share

PAGE = Page(
    label=Text("整治工程", "Works"),
    icon=":material/construction:",
    place=40,
    ledgers=("work", "work_plan", "work_progress"),
    choices=("work", "together"),
)
DREDGING_SECTION = Text("清淤：计划与实际", "Dredging: plan and actual")
WORK_SECTION = Text("整治工程：计划与实际", "Works: plan and actual")
FURTHEST_WORK = Text(
    "{works} 项工程中 {late} 项落后或逾期，最落后的是{work} {rate}，{gap}",
    "{late} of {works} works are behind or overdue, furthest {work}, {rate} done, {gap}",
)
ONE_WORK = Text("{work} {rate}，{gap}", "{work}: {rate} done, {gap}")
SILENT_WORKS = Text("{count} 项工程已到开工日而从未上报", "{count} works should have begun and never reported")
NO_REPORT = Text("{count} 项工程都还没有上报进度", "None of {count} works has reported yet")
WORKS_ON_PLAN = Text("上报的工程都达到序时进度", "Every work that reports is on plan")


CHOOSE_WORK = Text("工程", "Work")
COLUMNS = (
    "work river kind done quantity quantity_unit rate planned_rate gap spi cost budget money_rate money_gap "
    "is_money_ahead end_on days_left owner"
)
DREDGING = (
    "river done quantity quantity_unit rate planned_rate gap spi cost budget money_rate money_gap unreported "
    "reported_on"
)
OUTLOOK = "work river outlook finish_on early_on late_on end_on days_late finished_on pace quantity_unit reports"
REPORT = "day done cost photo_before photo_after note"
CURVE = "day plan_total done quantity_unit"
LIST_ORDER = ("已逾期", "严重滞后", "滞后", "待上报", "无数据", "正常", "已完成")
ALL_REPORTS = Text("历次上报全表", "All columns of the reports")
ALL_WORKS = Text("工程全表", "All columns of the works")
TO_ALL_WORKS = Text("← 全部工程", "← All works")
PROGRESS = Text("完成 / 序时", "Done / plan")
REPORTS = Text("该工程历次上报", "Its reports")
FORECASTS = Text("完工预测", "Forecasts of the finish")
PLAN_LINE = Text("计划", "Plan")
RANGE = Text("预测范围", "Range of the forecast")
EXPECTED = Text("预测", "Forecast")
DEADLINE = Text("计划完工", "Planned finish")
FULL = Text("计划 {quantity} {unit}", "Planned {quantity} {unit}")
COMBINED_WORKS = Text("几项工程合起来：计划、实际、预测", "Works together: plan, actual, forecast")
CHOOSE_COMBINED = Text("哪些工程", "Which works")
COMBINED_NAME = Text("{river} {n} 项工程（{unit}）", "{river}, {n} works ({unit})")
SPENT = Text("{river} {n} 项工程支出 {share}，{gap}。", "{river}, {n} works: {share} spent, {gap}.")
SILENT_TOO = Text("其中 {count} 项该有进度而从未上报。", " {count} of them due, but never reported.")
CURVE_TABLE = Text("曲线的数据", "The figures of the curve")
AXIS = Text("累计工程量（{unit}）", "Cumulative quantity ({unit})")

SPI = Text("SPI {spi}，序时 {plan}", "SPI {spi}, plan {plan}")
ON_PLAN = Text("达到序时的工程", "Works on plan")
WORKS = Text("项", "works")
BEHIND = Text(
    "滞后 {behind}，严重滞后 {far}，已逾期 {over}", "{behind} behind, {far} far behind, {over} past the deadline"
)
WAITING = Text("{count} 项待上报", "{count} with a report due")
SILENT = Text("{count} 项该有进度而从未上报", "{count} due, but never reported")
NOT_BEGUN = Text("{count} 项还没到计划开工", "{count} not yet due to begin")
LATE = Text("预计不能按期完工", "Not expected to finish in time")
AT_PACE = Text("按最近几次上报的速度推算", "at the pace of the last reports")
MAYBE = Text("另有 {count} 项可能逾期", "{count} more may be late")
TOO_FEW = Text("{count} 项样本不足，不预测", "{count} with too few reports, no forecast")
NO_MONEY = Text("{count} 项没有预算或支出，不计入", "{count} without budget or cost, left out")
AHEAD = Text("{count} 项资金明显快于工程量", "{count} with money far ahead of the quantity")
NONE_AHEAD = Text("没有资金明显快于工程量的工程", "None with money far ahead of the quantity")

DONE = Text("{work}已完成，{day} 首次报满，{against}。", "{work} is done, first reported full on {day}, {against}.")
GOES_ON = Text(
    "{work}完成 {share}，{gap}；按最近的速度预计 {day} 完工，最早 {early}，最晚 {late}；计划 {end}，{against}。",
    "{work}: {share} done, {gap}; at its recent pace it will be finished on {day}, at the earliest {early}, at the "
    "latest {late}; planned {end}, {against}.",
)
NEVER = Text(
    "{work}完成 {share}，{gap}；以目前进度无法完成（计划 {end}）。",
    "{work}: {share} done, {gap}; it cannot be finished at its recent pace (planned {end}).",
)
COMBINED_FEW = Text(
    "{work}完成 {share}，{gap}；其中 {count} 项样本不足，全部完工的日期不预测（计划 {end}）。",
    "{work}: {share} done, {gap}; {count} of them have too few reports, so there is no forecast for all (planned "
    "{end}).",
)
COMBINED_NEVER = Text(
    "{work}完成 {share}，{gap}；其中 {count} 项以目前进度无法完成，全部完工没有日期（计划 {end}）。",
    "{work}: {share} done, {gap}; {count} of them cannot be finished at their recent pace, so there is no day for all "
    "(planned {end}).",
)
FEW = Text(
    "{work}样本不足：上报 {n} 次，满 {needed} 次才预测完工日期（计划 {end}）。",
    "{work}: too few reports for a forecast, {n} of the {needed} needed (planned {end}).",
)
MAY_BE_LATE = Text("最慢时会晚于计划，可能逾期。", "At its slowest it ends after the planned day: it may be late.")
EARLIER, LATER = Text("比计划早 {days} 天", "{days} days early"), Text("比计划晚 {days} 天", "{days} days late")
IN_TIME = Text("与计划同一天", "on the planned day")
OPEN_END = Text(
    "无法确定（近来最慢的一段几乎没有进展）", "not known (hardly anything was done in the slowest interval)"
)


def _days_against_plan(days: float) -> Text:
    if not days:
        return IN_TIME
    return (LATER if days > 0 else EARLIER).fill(days=abs(int(days)))


def _progress_blanks(work: pd.Series) -> dict[str, object]:
    return {
        "work": work["work"],
        "end": formats.format_date(work["end_on"]),
        "share": formats.format_share(work["done"], work["quantity"], work["rate"], WORDS[work["quantity_unit"]]),
        "gap": formats.format_gap(work["gap"]),
    }


def work_sentence(work: pd.Series, outlook: pd.Series) -> Text:
    """Say how far one work is and when it will be finished; rows of works_progress and of work_forecast."""
    blanks = _progress_blanks(work)
    if outlook["outlook"] == "已完成":
        return DONE.fill(
            **blanks, day=formats.format_date(outlook["finished_on"]), against=_days_against_plan(outlook["days_late"])
        )
    if outlook["outlook"] == "样本不足":
        return FEW.fill(**blanks, n=int(outlook["reports"]), needed=int(outlook["reports_needed"]))
    if formats.is_missing(outlook["finish_on"]):
        return NEVER.fill(**blanks)
    late = OPEN_END if formats.is_missing(outlook["late_on"]) else untranslated(formats.format_date(outlook["late_on"]))
    days = {
        "day": formats.format_date(outlook["finish_on"]),
        "early": formats.format_date(outlook["early_on"]),
        "late": late,
    }
    said = GOES_ON.fill(**blanks, **days, against=_days_against_plan(outlook["days_late"]))
    return join_texts((said, MAY_BE_LATE), SPACE) if outlook["outlook"] == "可能逾期" else said


def combined_work_names(outlooks: pd.DataFrame, language: Language) -> dict[str, str]:
    """Return the works that may be taken together, to choose from: of all rivers first; `outlooks` knows them all."""
    names = [COMBINED_NAME.fill(**_group_blanks(row)).into(language) for row in outlooks.to_dict("records")]
    return dict(zip(group_codes(outlooks), names, strict=True))


def group_codes(rows: pd.DataFrame) -> list[str]:
    """Return the code of each group of works: its river, or all of them, and its unit."""
    return [f"{'all' if r.is_total else r.river_id}-{r.quantity_unit}" for r in rows.itertuples()]


def group_filters(row: pd.Series) -> dict[str, str]:
    """Return the filters of river_works_curve that leave the group of a row of river_works_forecast."""
    river = "" if row["is_total"] else row["river_id"]
    return {"is_total": str(bool(row["is_total"])), "river_id": river, "quantity_unit": row["quantity_unit"]}


def _group_blanks(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "river": tables.TOTAL_LABELS["river"] if row["is_total"] else untranslated(row["river"]),
        "n": row["works"],
        "unit": WORDS[row["quantity_unit"]],
    }


def combined_works_sentence(row: pd.Series) -> Text:
    """Say how far works together are and when they will be done, or how much of their money is spent."""
    if formats.is_missing(row["outlook"]):
        share = formats.format_share(row["done"], row["quantity"], row["rate"], WORDS[row["quantity_unit"]])
        return SPENT.fill(**_group_blanks(row), share=share, gap=formats.format_gap(row["gap"]))
    silent = SILENT_TOO.fill(count=row["unreported"]) if row["unreported"] else untranslated("")
    said = _combined_outlook_sentence(pd.Series({**row, "work": COMBINED_NAME.fill(**_group_blanks(row))}))
    return Text("{said}{silent}", "{said}{silent}").fill(said=said, silent=silent)


def _combined_outlook_sentence(row: pd.Series) -> Text:
    """Say what keeps works together from having a day, or else what is said of a single work."""
    if row["works"] > 1 and row["stuck"]:
        return COMBINED_NEVER.fill(**_progress_blanks(row), count=int(row["stuck"]))
    if row["works"] > 1 and row["too_few"]:
        return COMBINED_FEW.fill(**_progress_blanks(row), count=int(row["too_few"]))
    return work_sentence(row, row)


def _line_trace(x: list[object], y: list[float], name: Text, language: Language, **look: object) -> go.Scatter:
    hover = "%{x|%Y-%m-%d} · %{y:,.0f}<extra></extra>"
    return go.Scatter(x=x, y=y, name=name.into(language), hovertemplate=hover, **look)


def _forecast_traces(last: pd.Series, outlook: pd.Series, colour: str, language: Language) -> list[go.Scatter]:
    """Return the range of the forecast as a fan and the forecast itself as a dotted line, as far as they are known."""
    now, full, traces = last["day"], [last["done"], last["quantity"]], []
    if not formats.is_missing(outlook["late_on"]):
        fan = {"fill": "toself", "fillcolor": "rgba(31,111,209,0.18)", "mode": "lines", "line": {"width": 0}}
        x = [now, outlook["early_on"], outlook["late_on"], now]
        traces.append(_line_trace(x, [full[0], full[1], full[1], full[0]], RANGE, language, **fan))
    if not formats.is_missing(outlook["finish_on"]):
        dots = {"mode": "lines", "line": {"dash": "dot", "color": colour, "width": 2}}
        traces.append(_line_trace([now, outlook["finish_on"]], full, EXPECTED, language, **dots))
    return traces


def _draw_deadline(figure: go.Figure, outlook: pd.Series, language: Language) -> None:
    """Draw the planned finish, its words on the side where there is room below the curves."""
    end = pd.Timestamp(outlook["end_on"])
    goes_on = any(not formats.is_missing(outlook[day]) and outlook[day] > end for day in ("finish_on", "late_on"))
    figure.add_vline(x=end.timestamp() * 1000, line={"color": PLAN_COLOUR, "width": 1})
    words = f"{DEADLINE.into(language)}\n{formats.format_date(end)}"
    side = {"xanchor": "left", "align": "left"} if goes_on else {"xanchor": "right", "align": "right"}
    figure.add_annotation(x=end, y=0.02, yref="paper", yanchor="bottom", text=words, showarrow=False, **side)


def s_curve(curve: pd.DataFrame, outlook: pd.Series, language: Language) -> go.Figure:
    """Return plan and reports of one work, where the reports lead to, and the planned finish.

    `curve` has the rows of work_curve for one work, `outlook` its row of work_forecast; or those of works together.
    """
    colour, done = STREAM_COLOURS["water"], curve[curve["done"].notna()]
    plan = {"mode": "lines", "line": {"dash": "dash", "color": PLAN_COLOUR, "width": 2}}
    actual = {"mode": "lines+markers", "line": {"color": colour, "width": 3}, "marker": {"size": 6}}
    figure = go.Figure(_line_trace(list(curve["day"]), curve["plan_total"].tolist(), PLAN_LINE, language, **plan))
    if len(done):
        for trace in _forecast_traces(done.iloc[-1], outlook, colour, language):
            figure.add_trace(trace)
        figure.add_trace(_line_trace(list(done["day"]), done["done"].tolist(), phrases.ACTUAL, language, **actual))
    _draw_deadline(figure, outlook, language)
    unit = WORDS[outlook["quantity_unit"]]
    top = max(outlook["quantity"], curve["done"].max(), curve["plan_total"].max()) * 1.12
    full = FULL.fill(quantity=formats.format_count(outlook["quantity"]), unit=unit).into(language)
    figure.add_hline(y=outlook["quantity"], line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=0, xref="paper", y=outlook["quantity"], text=full, showarrow=False, xanchor="left", yanchor="bottom"
    )
    figure.update_yaxes(tickformat=",", range=[0, top], title=AXIS.fill(unit=unit).into(language))
    ends = pd.to_datetime(outlook[["finish_on", "late_on", "end_on"]]).max()
    figure.update_xaxes(**time_axis_ticks(curve["day"].min(), max(curve["day"].max(), ends), ticks=4))
    return apply_layout(figure, 400)


def _dredging_card(result: DatedResult) -> Card:
    rows = result.rows[result.rows["quantity_unit"] == "m³"]
    done, quantity, planned = column_sums(rows, "done", "quantity", "planned")
    spi = f"{formats.round_below_caps(done / planned, 2, 1.0):.2f}" if done >= 0 and planned > 0 else formats.MISSING
    below = SPI.fill(spi=spi, plan=formats.format_percent(percentage_or_none(planned, quantity)))
    silent = count_note(rows["unreported"].sum(), SILENT)
    return metric_card(
        result,
        percentage_text(done, quantity),
        both_counts(done, quantity, untranslated("m³")),
        *other_unit_lines(result.rows),
        below,
        silent,
    )


def _on_plan_card(result: DatedResult, lights: Sequence[str]) -> Card:
    known = [light for light in lights if light not in ("无数据", "待上报")]
    met = sum(light in ("正常", "已完成") for light in known)
    below = BEHIND.fill(behind=lights.count("滞后"), far=lights.count("严重滞后"), over=lights.count("已逾期"))
    silent, due = result.rows["done"].isna(), result.rows["is_unreported"].astype(bool)
    waiting = count_note(lights.count("待上报"), WAITING)
    missing = waiting, count_note(due.sum(), SILENT), count_note((silent & ~due).sum(), NOT_BEGUN)
    worked = [share_of_rows(ON_PLAN, met, len(known))]
    rows = result.rows.loc[[light in known for light in lights]]
    return metric_card(
        result, both_counts(met, len(known), WORKS), below, *missing, label=ON_PLAN, rows=rows, worked=worked
    )


def _late_works_card(result: DatedResult) -> Card:
    counts = result.rows["outlook"].value_counts()
    late = counts.get("预计逾期", 0) + counts.get("以目前进度无法完成", 0)
    few = counts.get("样本不足", 0)
    rows = result.rows[~result.rows["outlook"].isin(["样本不足", "已完成"])]
    maybe = count_note(counts.get("可能逾期", 0), MAYBE)
    return metric_card(
        result, both_counts(late, len(rows), WORKS), maybe, count_note(few, TOO_FEW), label=LATE, span=AT_PACE,
        rows=rows, worked=[share_of_rows(LATE, late, len(rows))],
    )  # fmt: skip


def _money_card(result: DatedResult) -> Card:
    known = result.rows[result.rows["money_rate"].notna()]
    cost, budget = column_sums(known, "cost", "budget")
    ahead = count_note(known["is_money_ahead"].fillna(False).astype(bool).sum(), AHEAD) or NONE_AHEAD
    missing = count_note(len(result.rows) - len(known), NO_MONEY)
    spent = both_counts(cost, budget, Text("万元", "10k CNY"))
    return metric_card(
        result, percentage_text(cost, budget), spent, ahead, missing, label=Text("资金执行率", "Money spent"),
        rows=known, worked=[column_share(result, known, "cost", "budget", Text("万元", "10k CNY"))],
    )  # fmt: skip


def work_cards(dredging: DatedResult, works: DatedResult, outlooks: DatedResult, lights: Sequence[str]) -> list[Card]:
    """Return the cards of the page: dredging, plan, forecast, money."""
    return [
        _dredging_card(dredging),
        _on_plan_card(works, lights),
        _late_works_card(outlooks),
        _money_card(works),
    ]


def work_list(works: DatedResult, lights: Sequence[str], href: Callable[[str], str], more_href: str = "") -> Html:
    """Return the works, overdue ones first and in red, then those furthest behind, each a link to its own curve.

    `href` is the address of a work by its code.
    """
    rows = works.rows.assign(light=lights, order=[LIST_ORDER.index(light) for light in lights])
    return list_block(
        works,
        ["work", "progress", "gap", "days_left", "owner"],
        rows.sort_values("order", kind="stable"),
        href=lambda row: href(row["work_id"]),
        cells={"work": _marked_name, "progress": _progress_cell, "days_left": _days_left_cell},
        headings={"progress": PROGRESS},
        is_alarming=lambda row: row["light"] == "已逾期",
        more_href=more_href,
    )


def _marked_name(row: Row) -> Markup:
    return status_mark(row["light"]) + Markup(" ") + words(row["work"])


def _days_left_cell(row: Row) -> Markup:
    """Return the days left to the planned finish; what is done needs none."""
    return words(formats.MISSING if row["light"] == "已完成" else formats.format_count(row["days_left"]))


def _progress_cell(row: Row) -> Markup:
    """Return how far a work is as a bar with its plan, and both counts below."""
    said = formats.format_share(row["done"], row["quantity"], row["rate"], WORDS[row["quantity_unit"]])
    bar = bullet_bar(row["rate"], row["planned_rate"], STATUS_COLOURS[row["light"]], said)
    return bar + element("small", words(said))


def row_of_work(rows: pd.DataFrame, work: str) -> pd.Series:
    """Return the one row of a work."""
    return rows[rows["work_id"] == work].iloc[0]


def work_facts(request: PageRequest, work: pd.Series) -> Html:
    """Return the way back to all works and to the map, the river of this one as a link, and who leads it."""
    back = link(words(TO_ALL_WORKS), same_page_href(request, work=None, open=None))
    river = link(words(work["river"]), page_href("water/river.py", river=work["river_id"]))
    owner = words("" if formats.is_missing(work["owner"]) else work["owner"])
    return Html(element("p", joined(filter(None, (back, link_to_map(work=work["work_id"]), river, owner)), " · ")))


def report_list(reports: DatedResult) -> Html:
    """Return what was reported of one work, newest first."""
    return list_block(reports, ["day", "done", "cost", "note"])


def combined_works_choice(request: PageRequest, outlooks: pd.DataFrame, chosen: str) -> Html:
    """Return the groups of works to choose from."""
    names = combined_work_names(outlooks, request.language)
    options = [(same_page_href(request, together=code), name) for code, name in names.items()]
    return Html(choice_list(CHOOSE_COMBINED, options, same_page_href(request, together=chosen)))


def work_title(work: pd.Series) -> Text:
    """Return what one work comes to in a line; a row of works_progress."""
    rate = untranslated(formats.format_percent(work["rate"]))
    return ONE_WORK.fill(work=work["work"], rate=rate, gap=formats.format_gap(work["gap"]))


def title_sentence(rows: pd.DataFrame, late: int) -> Text:
    """Count the works that are late and name the furthest behind; without any say that works are silent or on plan.

    `rows` has works_progress, `late` of them are behind, far behind or past their day.
    """
    if rows.empty:
        return phrases.NOTHING_YET
    behind, silent = rows[rows["gap"] < 0], int(rows["is_unreported"].sum())
    if behind.empty and (silent or rows["gap"].isna().all()):
        return SILENT_WORKS.fill(count=silent) if silent else NO_REPORT.fill(count=len(rows))
    if behind.empty:
        return WORKS_ON_PLAN
    worst = behind.nsmallest(1, "gap").iloc[0]
    return FURTHEST_WORK.fill(
        works=len(rows),
        late=late,
        work=worst["work"],
        rate=formats.format_percent(worst["rate"]),
        gap=formats.format_gap(worst["gap"]),
    )
