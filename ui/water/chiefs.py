"""The page of the chiefs: who goes as often as they are to, and what becomes of what they find."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from data.standards.thresholds import thresholds
from data.text import Language, Text, join_list, untranslated
from data.units import UNITS
from ui import charts, formats, phrases, tables
from ui.cards import NOTHING, TO_DATE, Card
from ui.colours import DARK_TEXT, LIGHT_TEXT, MISSING_COLOUR, PLAN_COLOUR, STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS
from ui.page import Page
from ui.results import DatedResult

PAGE = Page(
    label=Text("河长履职", "River chiefs"),
    icon=":material/directions_walk:",
    place=80,
    ledgers=("chief", "chief_duty", "signboard", "patrol", "issue", "issue_event", "satisfaction"),
)

TITLE = Text("{patrols}，{issues}", "{patrols}; {issues}")
DONE = Text(
    "近 {months} 个月巡河完成率 {rate}（{done} / {due} 次）",
    "{rate} of the patrols due in the last {months} months were done ({done} of {due})",
)
NO_PATROL = Text("没有巡河记录", "No patrol is on record")
NONE_DUE = Text("近 {months} 个月没有应巡的河道", "No patrol was due in {months} months")
LATE = Text("{overdue} 件问题逾期未销号", "{overdue} issues are overdue")
NO_ISSUE = Text("没有问题记录", "no issue is on record")
SCOREBOARD = Text(
    "近 {patrol_months} 个月巡河完成率，低的在前（应巡不少于 {ranked_cases} 次）",
    "Patrols done of those due in {patrol_months} months, lowest first (at least {ranked_cases} due)",
)
FEW = Text("样本不足（应巡不到 {least} 次，不排名）：{names}", "Too few to rank (fewer than {least} due): {names}")
FEW_NAME = Text("{post} · {river}（{done} / {due}）", "{post} · {river} ({done} of {due})")
REASONS = Text(
    "近 {patrol_months} 个月的巡河算不算数，为什么",
    "Which patrols of {patrol_months} months count, and why others do not",
)
COHORTS = Text("各月发现的问题办到哪一步", "What became of the issues found in each month")
OPEN_LIST = Text("未销号问题（逾期最久的在前）", "Open issues (longest overdue first)")
NONE_OPEN = Text("没有未销号的问题。", "No issue is open.")
TIMES = Text("近 {issue_months} 个月所发现问题的办理用时", "How long the issues found in {issue_months} months take")
SIGNBOARDS, SATISFACTION = Text("河长公示牌", "Signboards"), Text("群众满意度", "Satisfaction")
EFFECTIVE = Text("有效巡河率", "Effective patrols")
OVERDUE = Text("逾期未销号", "Overdue issues")
OF_OPEN = Text("未销号共 {open} 件", "of {open} open ones")
COUNT = Text("{count} {unit}", "{count} {unit}")
SETTLED, SETTLED_RATE = Text("已销号", "Settled"), Text("销号率(%)", "Settled (%)")
PATROL_RATE = Text("巡河完成率(%)", "Patrols done (%)")
COUNTS = Text("{done} / {total} {unit}", "{done} / {total} {unit}")
LAST_MONTHS = Text("近 {months} 个月", "Last {months} months")
COMPLETE = Text("近 {months} 个月的完整周期", "Complete periods of {months} months")
FOUND_THIS_YEAR = Text("今年以来发现的问题", "Found this year")
TIMES_UNIT, ISSUES, REACHES = UNITS["times"].label, Text("件", "issues"), Text("段河道", "reaches")
RATE_AXIS = Text("完成率（%）", "Done (%)")
TIMES_AXIS, ISSUES_AXIS = Text("巡河次数（次）", "Patrols"), Text("问题数（件）", "Issues")
PATROL_COLUMNS = (
    *("post", "river", "rate", "patrols_counted", "patrols_due", "effective", "patrols", "effective_rate", "reasons"),
    *("findings", "patrol_length", "density"),
)
ISSUE_COLUMNS = (
    *("issue_id", "river", "problem", "days_overdue", "step", "handler", "due_on", "days_open", "times_returned"),
    *("times_redone", "urgency", "category", "found_on"),
)
COHORT_COLUMNS = (
    *("month", "found", "closed", "rate", "open", "overdue", "on_time", "due", "on_time_rate", "returned", "redone"),
)
ISSUE_STATES = (
    (Text("已销号", "Settled"), "已完成"),
    (Text("未到期", "Not yet due"), "无数据"),
    (Text("逾期", "Overdue"), "严重滞后"),
)
SCORE_ALT = Text(
    "{count} 项包干按巡河完成率从低到高排列，最低 {worst}，最高 {best}。",
    "{count} duties by the patrols done of those due, from {worst} up to {best}.",
)
REASON_ALT = Text(
    "{all} 次巡河中 {effective} 次有效，其余按原因分列。", "Of {all} patrols {effective} count; the others by reason."
)
COHORT_ALT = Text(
    "{months} 个月里发现 {found} 件问题，已销号 {closed} 件，逾期 {overdue} 件。",
    "{found} issues found in {months} months, {closed} of them settled, {overdue} overdue.",
)


def threshold_value(name: str, as_of: date | None) -> int:
    """Return a number of the rules that the page prints."""
    return int(thresholds(as_of)[name])


def title_with_thresholds(title: Text, result: DatedResult) -> Text:
    """Return a title with the numbers of the rules that it names."""
    return title.fill(**{name: int(value) for name, value in thresholds(result.as_of).items()})


def _column_total(rows: pd.DataFrame, column: str) -> int:
    return int(rows[column].sum())


def _percentage_or_none(done: int, total: int) -> float | None:
    return 100 * done / total if total else None


def title_sentence(patrols: DatedResult, closure: DatedResult, issues: DatedResult) -> Text:
    """Say how many of the patrols due were done, and how many issues are overdue; or that nobody wrote it down."""
    if patrols.rows.empty and closure.rows.empty:
        return phrases.NOTHING_YET
    known = not closure.rows.empty
    late = LATE.fill(overdue=_column_total(issues.rows, "is_overdue")) if known else NO_ISSUE
    return TITLE.fill(patrols=_patrol_clause(patrols), issues=late)


def _patrol_clause(patrols: DatedResult) -> Text:
    done, due = _column_total(patrols.rows, "patrols_counted"), _column_total(patrols.rows, "patrols_due")
    months = threshold_value("patrol_months", patrols.as_of)
    if patrols.rows.empty:
        return NO_PATROL
    if not due:
        return NONE_DUE.fill(months=months)
    return DONE.fill(months=months, rate=formats.format_percent(_percentage_or_none(done, due)), done=done, due=due)


def recent_issue_months(closure: DatedResult) -> pd.DataFrame:
    """Return the months of issue_closure whose issues the page shows."""
    if closure.as_of is None:
        return closure.rows
    months = pd.DateOffset(months=threshold_value("issue_months", closure.as_of))
    return closure.rows[closure.rows["month"] >= pd.Timestamp(closure.as_of) + pd.DateOffset(days=1) - months]


def found_this_year(closure: pd.DataFrame) -> pd.DataFrame:
    """Return the months of issue_closure that the rate and its target are summed over."""
    return closure[closure["is_this_year"].astype(bool)]


def _share_card(result: DatedResult, rows: pd.DataFrame, done: str, total: str, unit: Text, *below: Text) -> Card:
    counts = _column_total(rows, done), _column_total(rows, total)
    filled = COUNTS.fill(done=formats.format_count(counts[0]), total=formats.format_count(counts[1]), unit=unit)
    said = NOTHING if rows.empty else filled
    label = EFFECTIVE if done == "effective" else result.definition.label
    return Card(
        label,
        untranslated(formats.format_percent(_percentage_or_none(*counts))),
        (said, *below),
        result.newest,
        result.formula,
    )


def chief_cards(
    coverage: DatedResult, patrols: DatedResult, closure: DatedResult, issues: DatedResult
) -> Sequence[Card]:
    """Return the five figures of the page: coverage, completion, effective patrols, closure, overdue."""
    months = {"months": threshold_value("patrol_months", patrols.as_of)}
    overdue, still = (
        COUNT.fill(count=_column_total(issues.rows, "is_overdue"), unit=ISSUES),
        OF_OPEN.fill(open=len(issues.rows)),
    )
    if closure.rows.empty:
        overdue, still = untranslated(formats.MISSING), NOTHING
    complete, last = COMPLETE.fill(**months), LAST_MONTHS.fill(**months)
    return (
        _share_card(coverage, coverage.rows, "covered", "reaches", REACHES, TO_DATE),
        _share_card(patrols, patrols.rows, "patrols_counted", "patrols_due", TIMES_UNIT, complete),
        _share_card(patrols, patrols.rows, "effective", "patrols", TIMES_UNIT, last),
        _share_card(closure, found_this_year(closure.rows), "closed", "found", ISSUES, FOUND_THIS_YEAR),
        Card(OVERDUE, overdue, (still, TO_DATE), issues.newest, issues.formula),
    )


def ranked_chiefs(patrols: pd.DataFrame) -> pd.DataFrame:
    """Return the chiefs of whom enough patrols were due."""
    return patrols[patrols["is_enough"].astype(bool)]


def too_few_patrols_note(patrols: DatedResult) -> Text | None:
    """Name the chiefs who are not ranked because too few patrols were due, or None where there are none."""
    rows = patrols.rows
    few = rows[(~rows["is_enough"].astype(bool)) & (rows["patrols_due"] > 0)]
    names = [
        FEW_NAME.fill(
            post=tables.escape_markdown(r.post),
            river=tables.escape_markdown(r.river),
            done=r.patrols_counted,
            due=r.patrols_due,
        )
        for r in few.itertuples()
    ]
    return FEW.fill(least=threshold_value("ranked_cases", patrols.as_of), names=join_list(names)) if names else None


def patrol_scoreboard(patrols: pd.DataFrame, language: Language) -> tuple[go.Figure, Text]:
    """Return one dot a chief and river, lowest rate first, with both counts under the name; and a sentence on it."""
    rows = ranked_chiefs(patrols)
    names = [f"{r.post} · {r.river}" for r in rows.itertuples()]
    labels = [
        formats.format_share(r.patrols_counted, r.patrols_due, r.rate, TIMES_UNIT).into(language)
        for r in rows.itertuples()
    ]
    figure = go.Figure(
        go.Scatter(
            x=rows["rate"],
            y=charts.two_line_labels(names, labels),
            mode="markers",
            marker={"size": 14, "color": STREAM_COLOURS["water"]},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    figure.add_vline(x=100, line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    figure.update_yaxes(autorange="reversed", type="category", showgrid=True)
    figure.update_xaxes(title=RATE_AXIS.into(language), **charts.PERCENT_AXIS)
    rates = rows["rate"]
    ends = {"best": formats.format_percent(rates.max()), "worst": formats.format_percent(rates.min())}
    return charts.apply_layout(figure, 90 + charts.ROW_HEIGHT * len(rows)), SCORE_ALT.fill(count=len(rows), **ends)


def reason_chart(rows: pd.DataFrame, language: Language) -> tuple[go.Figure, Text]:
    """Return one bar for the patrols that count and for each reason why others do not; and a sentence on it."""
    labels = [
        formats.format_share(r.patrols, r.patrols_all, r.patrol_share, TIMES_UNIT).into(language)
        for r in rows.itertuples()
    ]
    names = [tables.word_label(reason, language) for reason in rows["reason"]]
    is_effective = rows["reason"] == "有效"
    colours = [STREAM_COLOURS["water"] if yes else MISSING_COLOUR for yes in is_effective]
    figure = charts.bar_chart(names, rows["patrols"].tolist(), labels, colours, title=TIMES_AXIS.into(language))
    counts = {"all": _column_total(rows, "patrols"), "effective": _column_total(rows[is_effective], "patrols")}
    return figure, REASON_ALT.fill(**counts)


def cohort_chart(closure: pd.DataFrame, language: Language) -> tuple[go.Figure, Text]:
    """Return a column a month of the issues found in it: settled, not yet due, overdue; and a sentence on it."""
    months = closure["month"].dt.strftime("%Y-%m")
    counts = (closure["closed"], closure["open"] - closure["overdue"], closure["overdue"])
    figure = go.Figure()
    for (name, status), values in zip(ISSUE_STATES, counts, strict=True):
        figure.add_bar(
            x=months,
            y=values,
            name=f"{STATUS_SIGNS[status]} {name.into(language)}",
            marker={"color": STATUS_COLOURS[status]},
            text=[str(int(value)) if value else "" for value in values],
            textposition="inside",
            insidetextfont={"color": DARK_TEXT if status == "无数据" else LIGHT_TEXT},
            textangle=0,
            insidetextanchor="middle",
            hoverinfo="skip",
        )
    figure.update_xaxes(type="category")
    figure.update_yaxes(title=ISSUES_AXIS.into(language), rangemode="tozero")
    said = {name: _column_total(closure, name) for name in ("found", "closed", "overdue")}
    charts.apply_layout(figure, 340, barmode="stack").update_layout(legend_traceorder="normal")
    return figure, COHORT_ALT.fill(months=len(closure), **said)
