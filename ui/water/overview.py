"""The four dimensions 治 截 洁 节: which figures stand for each, and the three sentences of news.

A card more is one `PageCard` more in DIMENSIONS; its label and formula are the metric's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data.result_rows import part_rows
from data.text import Text, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.cards import DREDGING, CardSpec, Goal, cards_block, newest_month_rows, spec_card
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import Page
from ui.results import DatedResult
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
class PageCard:
    """A figure and the page that is behind it."""

    spec: CardSpec
    page: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four: its heading and its figures."""

    heading: Text
    cards: tuple[PageCard, ...]

    @property
    def card_specs(self) -> tuple[CardSpec, ...]:
        return tuple(card.spec for card in self.cards)


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
QUALITY, CHIEFS, SOURCE_PAGE = "water/quality.py", "water/chiefs.py", "water/sources.py"
WORK_PAGE, PLANTS, SAVING = "water/works.py", "water/plants.py", "water/saving.py"
DIMENSIONS = (
    Dimension(
        Text("治 · 包干管理", "Manage"),
        (PageCard(TARGET_MET, QUALITY), PageCard(PATROLS, CHIEFS), PageCard(OVERDUE_ISSUES, CHIEFS)),
    ),
    Dimension(
        Text("截 · 源头截污", "Intercept"),
        (PageCard(SOURCE_CLOSURE, SOURCE_PAGE), PageCard(OUTFALLS, SOURCE_PAGE), PageCard(BLOCKS, SOURCE_PAGE)),
    ),
    Dimension(
        Text("洁 · 技术洁水", "Clean"),
        (PageCard(DREDGING, WORK_PAGE), PageCard(EFFLUENT, PLANTS), PageCard(CONNECTION, PLANTS)),
    ),
    Dimension(
        Text("节 · 全民节水", "Save"),
        (PageCard(COVERAGE, SAVING), PageCard(LEAKS, SAVING), PageCard(ACTIVITIES, SAVING)),
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
BY_DAY = Text("{said}（按 {day} 计算）", "{said} (as of {day})")
NO_SOURCE = Text("没有登记污染源。", "No pollution source is registered.")
TO_BEHIND = Text("落后事项见领导驾驶舱 →", "What is behind plan stands on the cockpit →")


def dimension_columns(answers: Sequence[Sequence[DatedResult]], goals: Mapping[str, Goal]) -> Html:
    """Return the four dimensions side by side, each with its cards; `answers` are those of its figures."""
    columns = (
        element("section", element("h2", words(dimension.heading)) + _dimension_cards(dimension, found, goals).markup)
        for dimension, found in zip(DIMENSIONS, answers, strict=True)
    )
    return Html(element("div", joined(columns), class_="fl-columns"))


def _dimension_cards(dimension: Dimension, answers: Sequence[DatedResult], goals: Mapping[str, Goal]) -> Html:
    return cards_block(
        [
            replace(spec_card(card.spec, answer, goals.get(card.spec.metric)), href=page_href(card.page))
            for card, answer in zip(dimension.cards, answers, strict=True)
        ]
    )


def news_list(
    change: pd.DataFrame, works: pd.DataFrame, closure: pd.DataFrame, rivers: pd.DataFrame, closure_day: date | None
) -> Html:
    """Return three sentences of news, each a link to what it names.

    They are of rows of water_change, works_progress and source_closure; `rivers` knows the codes of all rivers. What
    is overdue is so on the day of the closure, which may be older than that of the page, so it is told.
    """
    late = overdue_sentence(closure)
    late = late if closure.empty else BY_DAY.fill(said=late, day=formats.format_date(closure_day))
    said = (change_sentence(change), furthest_behind_sentence(works), late)
    hrefs = _news_hrefs(change, works, closure, dict(zip(rivers["river"], rivers["river_id"], strict=True)))
    return Html(
        list_items(
            link(words(NEWS.fill(place=place, said=sentence)), href)
            for place, (sentence, href) in enumerate(zip(said, hrefs, strict=True), 1)
        )
    )


def _news_hrefs(
    change: pd.DataFrame, works: pd.DataFrame, closure: pd.DataFrame, codes: Mapping[str, str]
) -> Iterator[str]:
    """Yield the address of the river that changed most, of the work furthest behind, of the river most overdue."""
    changed = _most_changed(newest_changes(change))
    is_changed = len(changed) and changed["score"].iloc[0]
    yield page_href("water/river.py", river=codes.get(changed["river"].iloc[0])) if is_changed else page_href(QUALITY)
    late = works[works["gap"] < 0].nsmallest(1, "gap")
    yield page_href(WORK_PAGE, work=late["work_id"].iloc[0] if len(late) else None)
    overdue = closure.groupby("river")["overdue"].sum()
    yield page_href(SOURCE_PAGE, river=codes.get(overdue.idxmax()) if overdue.sum() else None)


def behind_link() -> Html:
    """Return the way to the cockpit, which lists what is behind its plan."""
    return Html(element("p", link(words(TO_BEHIND), page_href("overview/cockpit.py"))))


def newest_changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rivers that can be compared in the newest month; `rows` is water_change."""
    newest = newest_month_rows(part_rows(rows))
    return newest[newest["score"].notna()]


def change_sentence(rows: pd.DataFrame) -> Text:
    """Return the sentence of the river that changed the most in the newest month, of equals that of more sections.

    It tells the month and how many of the rivers ever measured can be compared in it. `rows` is water_change.
    """
    rivers, ever = newest_changes(rows), part_rows(rows)["river"].nunique()
    if rivers.empty:
        return NOT_COMPARABLE
    counts = {"rivers": ever, "compared": rivers["river"].nunique()}
    return OF_MONTH.fill(month=f"{rivers['month'].iloc[0]:%Y-%m}", said=_most_changed_sentence(rivers), **counts)


def _most_changed(rivers: pd.DataFrame) -> pd.DataFrame:
    """Return the row of the river that changed the most, of equals that of more sections; none of none."""
    size = rivers.assign(size=rivers["score"].abs())
    return size.sort_values(["size", "sections", "score"], ascending=[False, False, True]).head(1)


def _most_changed_sentence(rivers: pd.DataFrame) -> Text:
    most = _most_changed(rivers)
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
