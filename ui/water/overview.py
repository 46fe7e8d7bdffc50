"""The four dimensions 治 截 洁 节: which figures stand for each, and the three sentences of news.

A card more is one `Tile` more in DIMENSIONS; its label and formula are the metric's.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.result_rows import part_rows
from data.text import Text, untranslated
from data.words import WORDS
from ui import formats
from ui.cards import DREDGING, CardSpec, newest_month_rows
from ui.page import Page
from ui.water.quality import SECTIONS, result_sentences

PAGE = Page(
    label=Text("四维度总览", "Four dimensions"),
    icon=":material/grid_view:",
    place=10,
)

NAME = Text("四维度", "Four dimensions")
SOURCES, OUTFALL_UNIT = Text("处", "sources"), Text("个排口", "outfalls")
HOUSEHOLDS = Text("户", "households")
TAPS = Text("处", "taps")
TIMES, ACTIVITY_UNIT = Text("次", "times"), Text("次", "activities")
ISSUES, OVERDUE_LABEL = Text("件", "issues"), Text("逾期未销号问题", "Overdue issues")
BLOCK_UNIT, SAMPLES, VILLAGES = Text("个区块", "blocks"), Text("个样品", "samples"), Text("个村社", "villages")
COMPLETE_PERIODS = Text("近 {patrol_months:g} 个月的完整周期", "complete periods of {patrol_months:g} months")
PLANT_PERIOD = Text("近 {plant_months:g} 个月", "last {plant_months:g} months")
THIS_YEAR = Text("今年以来", "this year so far")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page that holds more, and what the link to it says."""

    page: str
    label: Text


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four: its heading, its figures, the pages that hold more."""

    heading: Text
    card_specs: tuple[CardSpec, ...]
    links: tuple[PageLink, ...]


TARGET_MET = CardSpec(
    metric="target_met",
    done="met",
    total="evaluated",
    unit=SECTIONS,
    beside=("few_items", "no_target", "no_data"),
)
SOURCE_CLOSURE = CardSpec(metric="source_closure", done="closed", total="registered", unit=SOURCES, beside=("overdue",))
PATROLS = CardSpec(
    metric="patrol_completion", done="patrols_counted", total="patrols_due", unit=TIMES, period=COMPLETE_PERIODS
)
OVERDUE_ISSUES = CardSpec(metric="overdue_issues", unit=ISSUES, only={"is_overdue": "True"}, label=OVERDUE_LABEL)
OUTFALLS = CardSpec(
    metric="outfall_closure", done="closed", total="registered", unit=OUTFALL_UNIT, beside=("dry", "without_evidence")
)
BLOCKS = CardSpec(
    metric="zero_discharge", done="blocks_accepted", total="blocks", unit=BLOCK_UNIT,
    label=Text("零直排区块验收率", "Blocks accepted"),
)  # fmt: skip
EFFLUENT = CardSpec(
    metric="plant_pass_rate",
    done="passed",
    total="judged",
    unit=SAMPLES,
    beside=("unjudged_samples",),
    period=PLANT_PERIOD,
)
CONNECTION = CardSpec(
    metric="plant_connection", done="households_connected", total="households_design", unit=HOUSEHOLDS,
    label=Text("微型污水处理厂接户率", "Households connected"),
)  # fmt: skip
COVERAGE = CardSpec(
    metric="saving_coverage",
    done="covered",
    total="villages",
    unit=VILLAGES,
    period=THIS_YEAR,
)
LEAKS = CardSpec(
    metric="leak_fix",
    done="fixed",
    total="found",
    unit=TAPS,
    beside=("open",),
)
ACTIVITIES = CardSpec(metric="saving_activities", done="activities", unit=ACTIVITY_UNIT)
HEADLINE = (TARGET_MET, SOURCE_CLOSURE, DREDGING)
DIMENSIONS = (
    Dimension(
        Text("治 · 包干管理", "Manage"),
        (TARGET_MET, PATROLS, OVERDUE_ISSUES),
        (
            PageLink("water/quality.py", Text("看水质", "Water quality")),
            PageLink("water/chiefs.py", Text("看河长", "Chiefs")),
        ),
    ),
    Dimension(
        Text("截 · 源头截污", "Intercept"),
        (SOURCE_CLOSURE, OUTFALLS, BLOCKS),
        (PageLink("water/sources.py", Text("看污染源", "Pollution sources")),),
    ),
    Dimension(
        Text("洁 · 技术洁水", "Clean"),
        (DREDGING, EFFLUENT, CONNECTION),
        (
            PageLink("water/works.py", Text("看工程", "Works")),
            PageLink("water/plants.py", Text("看微型污水处理厂", "Plants")),
        ),
    ),
    Dimension(
        Text("节 · 全民节水", "Save"),
        (COVERAGE, LEAKS, ACTIVITIES),
        (PageLink("water/saving.py", Text("看节水", "Water saving")),),
    ),
)

NEWS = Text("{place}. {said}", "{place}. {said}")
OF_MONTH = Text(
    "{month}，{rivers} 条河中 {compared} 条可比：{said}", "{month}, {compared} of {rivers} rivers comparable: {said}"
)
NOT_COMPARABLE = Text("水质还不能与上年同期或上月比较。", "The water cannot be compared with an earlier period yet.")
UNCHANGED = Text(
    "可比的河道水质与上年同期、上月相比都无明显变化。",
    "No river that can be compared shows a clear change against a year or a month before.",
)
FURTHEST = Text(
    "最落后的是{work}：{share}，{gap}（{day} 上报）。", "Furthest behind is {work}: {share}, {gap} (reported {day})."
)
SILENT = Text("{count} 项工程已到开工日而从未上报。", "{count} works should have begun and never reported.")
NEVER = Text("另有 {count} 项已到开工日而从未上报。", "{count} more should have begun and never reported.")
ON_PLAN = Text("上报的工程都达到序时进度。", "Every work that reports is on plan.")
NO_REPORT = Text("{count} 项工程都还没有上报进度。", "None of {count} works has reported yet.")
NO_WORK = Text("没有登记整治工程。", "No work is registered.")
OVERDUE = Text(
    "{open} 处污染源未整治，其中逾期 {overdue} 处，最多的是{river}（{most} 处）。",
    "{open} pollution sources are open, {overdue} of them overdue, most of them at {river} ({most}).",
)
NONE_OVERDUE = Text("{open} 处污染源未整治，没有逾期的。", "{open} pollution sources are open, none overdue.")
NO_SOURCE = Text("没有登记污染源。", "No pollution source is registered.")
BEHIND_LIST = ("item", "done", "total", "quantity_unit", "rate", "planned_rate", "gap", "ends_on", "days_left", "owner")


def change_sentence(rows: pd.DataFrame) -> Text:
    """Return the sentence of the river that changed the most in the newest month, of equals that of more sections.

    It tells the month and how many of the rivers ever measured can be compared in it. `rows` is water_change.
    """
    rows = part_rows(rows)
    rivers = newest_month_rows(rows)[newest_month_rows(rows)["score"].notna()]
    if rivers.empty:
        return NOT_COMPARABLE
    counts = {"rivers": rows["river"].nunique(), "compared": rivers["river"].nunique()}
    return OF_MONTH.fill(month=f"{rivers['month'].iloc[0]:%Y-%m}", said=_most_changed_sentence(rivers), **counts)


def _most_changed_sentence(rivers: pd.DataFrame) -> Text:
    size = rivers.assign(size=rivers["score"].abs())
    most = size.sort_values(["size", "sections", "score"], ascending=[False, False, True]).head(1)
    return result_sentences(most)[0] if most["score"].iloc[0] else UNCHANGED


def furthest_behind_sentence(rows: pd.DataFrame) -> Text:
    """Return the sentence of the work that is furthest behind its plan; `rows` is works_progress."""
    if rows.empty:
        return NO_WORK
    late, never = rows[rows["gap"] < 0], int(rows["is_unreported"].sum())
    if rows["gap"].isna().all():
        return SILENT.fill(count=never) if never else NO_REPORT.fill(count=len(rows))
    more = NEVER.fill(count=never) if never else untranslated("")
    return Text("{first}{more}", "{first} {more}").fill(first=_furthest_work_sentence(late), more=more)


def _furthest_work_sentence(late: pd.DataFrame) -> Text:
    if late.empty:
        return ON_PLAN
    work = late.nsmallest(1, "gap").iloc[0]
    share = formats.format_share(work["done"], work["quantity"], work["rate"], WORDS[work["quantity_unit"]])
    blanks = {"share": share, "gap": formats.format_gap(work["gap"]), "day": formats.format_date(work["reported_on"])}
    return FURTHEST.fill(work=work["work"], **blanks)


def overdue_sentence(rows: pd.DataFrame) -> Text:
    """Return the sentence of the sources that are open and overdue; `rows` is source_closure."""
    if rows.empty:
        return NO_SOURCE
    is_open, late = int((rows["registered"] - rows["closed"]).sum()), rows.groupby("river")["overdue"].sum()
    if not late.sum():
        return NONE_OVERDUE.fill(open=is_open)
    return OVERDUE.fill(open=is_open, overdue=late.sum(), river=late.idxmax(), most=late.max())
