"""The page of the back-test: how often forecasts of past projects held what came, and by how much they were off."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows, total_rows
from data.standards.thresholds import thresholds
from data.text import NOTHING, Text, untranslated
from ui import formats
from ui.blocks import Html
from ui.cards import Card, both_counts, metric_card
from ui.colours import STATUS_COLOURS, STATUS_SIGNS, STREAM_COLOURS
from ui.markup import bar_rows, element, joined, legend_mark, link, percent_of_bar, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("预测回测", "Back-test of forecasts"),
    icon=":material/query_stats:",
    place=70,
    ledgers=("demolition_project", "agreement"),
    choices=("project",),
)
HELD = Text(
    "{forecasts} 次回测有 {inside} 次落在八成区间内（{coverage}），居中值平均差总户数的 {error}{worst}{verdict}",
    "{inside} of {forecasts} trial forecasts held what came in their 80 % interval ({coverage}); the median was off by "
    "{error} of the households on average{worst}{verdict}",
)
WORST = Text("；最不准的是{project}，{missed} 次不在内", "; the worst, {project}, missed {missed} times")
TOO_NARROW = Text("；区间偏窄，预测要打折扣看", "; the intervals were too narrow, so trust them less")
FEW_PROJECTS = Text("；只有 {past} 个项目，证据较弱", "; with {past} projects the evidence is weak")
TOO_WIDE = Text("；区间偏宽，偏保守", "; the intervals were wide, on the safe side")

TOO_FEW = Text(
    "样本不足，说不出预测准不准：已结束项目 {past} 个，至少要 {needed} 个",
    "Too few past projects to tell how good forecasts are: {past} of the {needed} needed",
)
FEW_TRIALS = Text(
    "样本不足，说不出预测准不准：只能试 {forecasts} 次，至少要 {needed} 次",
    "Too few trials to tell how good forecasts are: {forecasts} of the {needed} needed",
)
PROJECT_TITLE = Text(
    "{project}：回测 {forecasts} 次，{inside} 次落在八成区间内，截止时实际签 {final}/{households} 户",
    "{project}: {inside} of {forecasts} trial forecasts held what came, {final} of {households} signed by the deadline",
)
NONE_OF_PROJECT = Text("{project}：没有回测", "{project}: no trial forecast")
CHOOSE_PROJECT = Text("已结束项目", "past project")
TO_ALL, TO_CURVE = Text("← 全部已结束项目", "← All past projects"), Text("签约进度 →", "Its signing →")
PICTURE = Text(
    "每个项目在签约期过了几成时预测，实际是否在区间内", "Each project, forecast at some shares of its window"
)
LEGEND_INSIDE, LEGEND_OUTSIDE = Text("区间，含实际", "Interval, held it"), Text("区间，未含实际", "Interval, missed it")
LEGEND_TICKS = Text(
    "竖线：实际；白线：居中；横轴从总户数的 {floor} % 到 100 %",
    "Tick: what came; white line: median; axis from {floor} % to 100 % of the households",
)
COUNTED = Text("{inside}/{forecasts} 次在内", "{inside} of {forecasts} held")
FINAL = Text("实际 {final}/{households} 户", "{final} of {households} came")
BAR = Text(
    "签约期过了 {share} % 时预测 {low}～{high} 户，居中 {median} 户，实际 {final} 户",
    "at {share} % of the window {low}–{high} were forecast, median {median}, and {final} came",
)
WINDOW_GONE, OFF_BY = Text("签约期已过", "Window gone"), Text("居中差", "Median off")
COVERAGE, ERROR = Text("区间含实际的次数", "Intervals that held it"), Text("居中值平均误差", "Mean error of the median")
EARLY, LATE = Text("最早（过 {share} %）", "Earliest ({share} %)"), Text("最晚（过 {share} %）", "Latest ({share} %)")
TIMES, OF_HOUSEHOLDS = Text("次", "times"), Text("占总户数", "of all households")
PROJECTS = Text("{count} 个已结束项目", "{count} past projects")
SHORT = Text("样本不足", "Too few")
TRIALS = Text("逐次回测，误差最大的在前", "Trial by trial, the widest error first")
ALL_TRIALS, METHOD = Text("全部回测", "All trials"), Text("怎么预测、怎么回测", "How it is forecast and tried")
ACTUAL, INTERVAL = Text("实际", "Came"), Text("八成区间", "80 % interval")
WITHIN = Text("实际是否在内", "What came")
HELD_WORD, MISSED_WORD = Text("在内", "held"), Text("不在内", "missed")
RANGE_OF = Text("{low}～{high} 户", "{low}–{high}")
METHOD_WORDS = (
    Text(
        "参照：把其余已结束项目对到同一位置——奖励期的头三天和末三天按天对，中间按比例对——看当时还没签的户后来签了几成。",
        "Past projects are looked at where this one was (first and last three days of a reward period by days, the "
        "rest by share): of the households left then, how many signed later.",
    ),
    Text(
        "快慢：本项目到那天比它们签得快，往后也按快一些算，但只加一部分；头几天户数少，快慢不作数。",
        "If this project was quicker so far, it is taken to be quicker later, in part; few signings tell little.",
    ),
    Text(
        "宽窄：项目之间本来就有差别，参照的项目越少区间越宽；总有户不签，所以签满的可能来自最后户数的分布，不是曲线走到头。",
        "Projects differ, and the fewer there are the wider is the interval; some households never sign, so the chance "
        "of all comes from the spread of the final count and not from a curve that ends at 100 %.",
    ),
    Text(
        "回测：每次只藏起被测的项目，其余已结束项目都用，包括比它晚的；不用它那天以后的签约。",
        "A trial hides the tried project only; all other past projects are used, later ones too, and nothing that the "
        "tried one signed after that day.",
    ),
)
NARROW, WIDE = 75, 95  # percent; an 80 % interval outside of them is not one
SHOWN_PROJECTS = 10  # chosen: a screen
TRIAL_COLUMNS = (
    *("project", "window_share", "forecast_on", "known", "low", "median", "high", "final", "households", "is_inside"),
    *("error", "past_projects"),
)
SUMMARY_COLUMNS = ("window_share", "forecasts", "inside", "coverage", "mean_error", "past_projects", "past_needed")
SUMMARY = Text("按预测早晚", "By how early it was")


def all_trials(tested: DatedResult) -> pd.Series:
    """Return the row of all trials."""
    return total_rows(tested.rows).iloc[0]


def title_sentence(tested: DatedResult) -> Text:
    """Say how many trials held what came and how far the medians were off, or that there are too few."""
    if tested.rows.empty:
        return TOO_FEW.fill(past=0, needed=int(thresholds(tested.as_of)["past_projects_needed"]) + 1)
    whole = all_trials(tested)
    counts = {name: int(whole[name]) for name in ("forecasts", "inside")}
    if not formats.is_missing(whole["coverage"]):
        coverage, error = (formats.format_percent(whole[name]) for name in ("coverage", "mean_error"))
        said = {"worst": _worst_text(trials(tested)), "verdict": _verdict_text(tested)}
        return HELD.fill(coverage=coverage, error=error, **said, **counts)
    if whole["past_projects"] < whole["past_needed"]:
        return TOO_FEW.fill(past=int(whole["past_projects"]), needed=int(whole["past_needed"]))
    return FEW_TRIALS.fill(needed=int(thresholds(tested.as_of)["step_cases"]), **counts)


def _worst_text(rows: pd.DataFrame) -> Text:
    """Name the project of which most trials missed; nothing where all held."""
    worst = rows[rows["project_id"] == worst_projects(rows)[0]]
    missed = int((~worst["is_inside"].astype(bool)).sum())
    return WORST.fill(project=worst.iloc[0]["project"], missed=missed) if missed else NOTHING


def _verdict_text(tested: DatedResult) -> Text:
    """Say whether intervals held too little or too much; of few projects, whose trials go together, neither."""
    whole = all_trials(tested)
    if whole["past_projects"] < thresholds(tested.as_of)["forecast_firm_projects"]:
        return FEW_PROJECTS.fill(past=int(whole["past_projects"]))
    return TOO_NARROW if whole["coverage"] < NARROW else TOO_WIDE if whole["coverage"] > WIDE else NOTHING


def backtest_cards(tested: DatedResult) -> list[Card]:
    """Return the coverage and the mean error of all trials, and the coverage of the earliest and the latest."""
    whole, shares = all_trials(tested), total_rows(tested.rows).iloc[1:]
    past = PROJECTS.fill(count=int(whole["past_projects"]))
    error = formats.format_percent(whole["mean_error"])
    said = SHORT if formats.is_missing(whole["mean_error"]) else untranslated(error)
    cards = [
        _coverage_card(tested, whole, COVERAGE, past),
        metric_card(tested, said, OF_HOUSEHOLDS, past, label=ERROR, span=None, rows=whole),
    ]
    ends = [(EARLY, shares.iloc[0]), (LATE, shares.iloc[-1])] if len(shares) else []
    return cards + [_coverage_card(tested, row, label.fill(share=int(row["window_share"]))) for label, row in ends]


def _coverage_card(tested: DatedResult, row: pd.Series, label: Text, *below: Text) -> Card:
    counts = both_counts(int(row["inside"]), int(row["forecasts"]), TIMES)
    known = not formats.is_missing(row["coverage"])
    shown = untranslated(formats.format_percent(row["coverage"])) if known else SHORT
    return metric_card(tested, shown, counts, *below, label=label, span=None, rows=row)


def _axis_floor(rows: pd.DataFrame) -> int:
    """Return where the axis begins, in percent of all households: a ten below the lowest interval and outcome."""
    lowest = 100 * (rows[["low", "final"]].min(axis=1) / rows["households"]).astype(float).min()
    return max(0, 10 * int((lowest - 1e-9) // 10))


def worst_projects(rows: pd.DataFrame) -> list[str]:
    """Return the codes of projects, those with the most misses first, of equals those furthest off."""
    judged = rows.assign(missed=~rows["is_inside"].astype(bool), size=rows["error"].abs())
    by_project = judged.groupby("project_id", sort=False).agg(missed=("missed", "sum"), size=("size", "mean"))
    return [str(code) for code in by_project.sort_values(["missed", "size"], ascending=False, kind="stable").index]


def range_picture(request: PageRequest, rows: pd.DataFrame) -> Html:
    """Return each project with its intervals below each other and one tick of what came; `rows` are trials."""
    floor, codes = _axis_floor(rows), worst_projects(rows)
    groups = [rows[rows["project_id"] == code] for code in codes[:SHOWN_PROJECTS]]
    drawn = bar_rows(_project_ranges(request, group, floor) for group in groups)
    marks = (
        legend_mark(STATUS_SIGNS["正常"], STREAM_COLOURS["demolition"]) + " " + words(LEGEND_INSIDE),
        legend_mark(STATUS_SIGNS["已逾期"], STATUS_COLOURS["已逾期"]) + " " + words(LEGEND_OUTSIDE),
        words(LEGEND_TICKS.fill(floor=floor)),
    )
    return Html(element("div", joined(element("span", mark) for mark in marks), class_="fl-legend") + drawn)


def _project_ranges(request: PageRequest, group: pd.DataFrame, floor: int) -> tuple[Markup, Markup, Markup]:
    """Return a project as a link, its intervals, and how many of them held what came."""
    first, inside = group.iloc[0], int(group["is_inside"].astype(bool).sum())
    name = link(words(first["project"]), same_page_href(request, project=first["project_id"], open=None))
    lines = (_range_line(row, floor) for row in group.to_dict("records"))
    final = FINAL.fill(final=int(first["final"]), households=int(first["households"]))
    told = joined((words(COUNTED.fill(inside=inside, forecasts=len(group))), element("small", words(final))), " ")
    return name, element("div", joined(lines), class_="fl-ranges"), told


def _range_line(row: dict[str, Any], floor: int) -> Markup:
    """Return one interval as a bar from `floor` to 100 % of the households, its median and what came."""

    def place(count: float) -> float:
        return percent_of_bar(100 * (100 * count / row["households"] - floor) / (100 - floor))

    low, median, high, final = (place(int(row[name])) for name in ("low", "median", "high", "final"))
    held = bool(row["is_inside"])
    colour = STREAM_COLOURS["demolition"] if held else STATUS_COLOURS["已逾期"]
    counts = {name: int(row[name]) for name in ("low", "median", "high", "final")}
    said = BAR.fill(share=int(row["window_share"]), **counts)
    bar = (
        element("b", "", style=f"left:{low}%;width:{high - low:.1f}%;background:{colour}")
        + element("u", "", style=f"left:{median}%")
        + element("i", "", style=f"left:{final}%")
    )
    sign = STATUS_SIGNS["正常" if held else "已逾期"]
    label = element("span", f"{sign} {int(row['window_share'])} %")
    return label + element("span", bar, class_="fl-range", role="img", aria_label=words(said), title=words(said))


def trial_list(request: PageRequest, tested: DatedResult, rows: pd.DataFrame) -> Html:
    """Return the trials, the widest error first, each a link to its project; those that missed in red."""
    ordered = rows.assign(size=rows["error"].abs()).sort_values("size", ascending=False, kind="stable")
    return list_block(
        tested,
        ["project", "window_share", "forecast_on", "interval", "final", "error", "held"],
        ordered,
        href=lambda row: same_page_href(request, project=row["project_id"], open=None),
        cells={
            "window_share": lambda row: words(f"{int(row['window_share'])} %"),
            "error": lambda row: words(formats.format_percent(row["error"])),
            "interval": lambda row: words(RANGE_OF.fill(low=int(row["low"]), high=int(row["high"]))),
            "held": lambda row: words(HELD_WORD if row["is_inside"] else MISSED_WORD),
        },
        headings={
            "window_share": WINDOW_GONE,
            "interval": INTERVAL,
            "final": ACTUAL,
            "error": OFF_BY,
            "held": WITHIN,
        },
        is_alarming=lambda row: not bool(row["is_inside"]),
        shown=8,
        more_href=same_page_href(request, open="all"),
    )


def project_title(rows: pd.DataFrame, project: str) -> Text:
    """Say of one project how many trials held what came."""
    if rows.empty:
        return NONE_OF_PROJECT.fill(project=project)
    first, inside = rows.iloc[0], int(rows["is_inside"].astype(bool).sum())
    counts = {name: int(first[name]) for name in ("final", "households")}
    return PROJECT_TITLE.fill(project=first["project"], forecasts=len(rows), inside=inside, **counts)


def project_links(request: PageRequest, project: str) -> Html:
    """Return the way back to all past projects, and to the signing of this one."""
    back = link(words(TO_ALL), same_page_href(request, project=None, open=None))
    curve = link(words(TO_CURVE), page_href("demolition/signing.py", project=project))
    return Html(element("p", joined((back, curve), " · ")))


def trials(tested: DatedResult) -> pd.DataFrame:
    """Return the trials without the totals."""
    return part_rows(tested.rows)


def method_block() -> Html:
    """Return the method in plain words."""
    return Html(joined(element("p", words(said)) for said in METHOD_WORDS))
