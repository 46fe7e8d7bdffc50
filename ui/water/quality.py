"""The page of water quality: its cards, the strip of all sections, its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.result_rows import TOTAL
from data.text import Text, verbatim
from ui import formats, phrases
from ui.blocks import Block, Html
from ui.cards import Card, CardSpec, column_sums, spec_card
from ui.colours import WORST_RANK
from ui.markup import element, joined, link, words
from ui.page import Page, PageRequest, caption_block, sentence_block
from ui.page_header import same_page_href
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water.class_strip import (
    ITEMS_NOTE,
    month_span,
    recent_months,
    sections_worst_first,
    strip_block,
)

PAGE = Page(
    label=Text("水质", "Water quality"),
    icon=":material/water_drop:",
    place=20,
    ledgers=("section", "reading"),
    choices=("section", "item"),
)
CLASS_OVER_TIME = Text("各断面月度水质类别（近 12 个月）", "Monthly class of each section (12 months)")
SILENT_SECTIONS = Text(
    "另有 {count} 个断面这 12 个月没有数据。", "{count} more sections have no data in these 12 months."
)
CHOOSE_SECTION = Text("断面", "Section")
ALL_CLASSES = Text("各断面各月类别全表", "Classes of all sections and months")
COMPLETENESS = Text("各断面监测完整性", "Completeness of sections")
TITLE = Text("{month}：{bad} 个断面劣Ⅴ类，{met}", "{month}: {bad} sections worse than Ⅴ, {met}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections meet their target")
NONE_JUDGED = Text("没有可判定达标的断面", "no section has a target to be judged by")
WORST_OF = Text("{said}，{section}最差", "{said}; the worst is {section}")

STRIP_SAID = Text("{count} 个断面 {months} 的月度类别，最差的在前", "{count} sections, {months}, the worst first")

SECTIONS = Text("个断面", "sections")
MONTHS = Text("个断面·月", "section-months")
NEWEST_MONTHS = Text("近 {completeness_months:.0f} 个月", "newest {completeness_months:.0f} months")
NEVER_SAMPLED = Text("另有 {count} 个断面从未监测", "{count} more sections never sampled")
ALL_LOADED = Text("全部已入库数据：", "All data loaded: ")
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
)  # fmt: skip
SILENT = Text("最久未监测：{section}，{days} 天", "Longest without a reading: {section}, {days} days")
AGREED = Text(
    "与公布类别一致的样品 {agreed} / {samples}", "{agreed} of {samples} samples have the class that was printed"
)
DOUBTED = Text("可疑监测值 {count} 个", "suspicious readings: {count}")
GUESSED = Text(
    "水体类型为推定的断面 {count} 个，换一种会改变类别的 {changed} 个",
    "sections of a guessed type of water: {count}, of another class otherwise: {changed}",
)
HINT_ONLY = Text(
    "可疑只是提示：数值照常参加定类和均值，复核后如有错，请更正台账。",
    "Suspicious is a hint only: the values take part in classes and means as they are; correct the ledger if they are "
    "wrong.",
)
CLASS_LIST = (
    "section", "river", "month", "class", "items", "target_class", "is_met", "worst", "pollutants", "unjudged",
    "items_lacking", "samples",
)  # fmt: skip
COMPLETENESS_LIST = ("section", "river", "months", "months_due", "measured_share", "newest", "days_silent")
SECTIONS_SHOWN = 30  # chosen: what stays legible in one picture
MORE_SECTIONS = Text(
    "色带只画类别最差的 {shown} 个断面，其余 {count} 个见“各断面各月类别全表”。",
    "The strip shows the {shown} sections of the worst class; {count} more are in the table of all classes.",
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
        ("river", "grade", "by", "sections", "good", "good_share", "bad", "bad_share", "pollutants", "unjudged"),
        Text("当月没有可评价的河流。", "No river can be graded in the month."),
        OF_MONTH,
    ),
    MetricListing(
        "cwqi",
        Text("水质指数", "Index"),
        ("river", "cwqi", "items", "cwqi_each", "change_year", "change_month", "unjudged"),
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
        ("river", "section", "rule", "odour_level", "samples", "unjudged_samples", "slight", "severe", "worst"),
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
    MetricListing(
        "water_type_guess",
        Text("推定的水体类型", "Guessed types of water"),
        ("section", "river", "water", "guessed_by", "months", "months_changed", "month", "class", "other_class"),
        Text("有监测的断面都登记了水体类型。", "Every section with readings has a registered type of water."),
        Text("在断面的页面上登记，一步完成。", "Register it on the page of the section, in one step."),
        is_of_month=False,
    ),
)


def quality_cards(request: PageRequest, classes: DatedResult, answers: Sequence[DatedResult]) -> list[Card]:
    """Return the cards of the page, each a link to what is behind it; `answers` are those of CARD_SPECS."""
    shown = [spec_card(spec, answer) for spec, answer in zip(CARD_SPECS, answers, strict=True)]
    silent, bad = _longest_silent(answers[-1].rows), _worst_row(classes.rows)
    behind = (
        same_page_href(request, open="classes"),
        same_page_href(request, open="river_grade"),
        same_page_href(request, open="rebound") if bad is None else section_href(request, bad["section_id"]),
        same_page_href(request, open="completeness"),
    )
    below = shown[-1].below + ((_silent_text(silent),) if silent is not None else ())
    return [replace(card, href=href) for card, href in zip((*shown[:-1], replace(shown[-1], below=below)), behind,
                                                           strict=True)]  # fmt: skip


def _longest_silent(rows: pd.DataFrame) -> pd.Series | None:
    """Return the section that was sampled the longest ago; `rows` is data_completeness."""
    known = rows.dropna(subset=["days_silent"])
    return known.nlargest(1, "days_silent").iloc[0] if len(known) else None


def _silent_text(row: pd.Series) -> Text:
    return SILENT.fill(section=row["section"], days=int(row["days_silent"]))


def trust_line(request: PageRequest, agreement: DatedResult, suspects: DatedResult, guesses: DatedResult) -> Html:
    """Say how far classes can be trusted: as printed, suspicious values, guessed types; each a link to its list."""
    agreed, samples = column_sums(agreement.rows, "agreed", "samples")
    said = []
    if samples > 0:
        counts = AGREED.fill(agreed=formats.format_count(agreed, samples), samples=formats.format_count(samples))
        said.append(link(words(counts), same_page_href(request, open="class_difference")))
    doubted = DOUBTED.fill(count=formats.format_count(len(suspects.rows)))
    said.append(link(words(doubted), same_page_href(request, open="suspicious_readings")))
    if len(guesses.rows):
        said.append(link(words(_guess_counts(guesses.rows)), same_page_href(request, open="water_type_guess")))
    return Html(element("p", words(ALL_LOADED) + joined(said, " · "), class_="fl-caption"))


def _guess_counts(rows: pd.DataFrame) -> Text:
    changed = int((rows["months_changed"] > 0).sum())
    return GUESSED.fill(count=formats.format_count(len(rows)), changed=formats.format_count(changed))


def section_href(request: PageRequest, section: str) -> str:
    """Return the address of one section on this page."""
    return same_page_href(request, section=section, item=None, open=None)


def section_strip(request: PageRequest, recent: pd.DataFrame) -> Html:
    """Return the strip of all sections, each a link to its own; `recent` is section_class of the newest months."""
    count = formats.format_count(recent["section_id"].nunique())
    said = STRIP_SAID.fill(count=count, months=month_span(recent))
    return strip_block(recent, said, lambda code: section_href(request, code), SECTIONS_SHOWN)


def strip_notes(rows: pd.DataFrame, recent: pd.DataFrame) -> Html:
    """Say what the strip stands for and which sections it leaves out."""
    known, shown = (each["section_id"].nunique() for each in (rows, recent))
    more = MORE_SECTIONS.fill(shown=SECTIONS_SHOWN, count=shown - SECTIONS_SHOWN) if shown > SECTIONS_SHOWN else None
    without = SILENT_SECTIONS.fill(count=known - shown) if known > shown else None
    return caption_block(ITEMS_NOTE, more, without)


def result_sentences(rows: pd.DataFrame) -> list[Text]:
    """Return the plain sentences of a figure's rows."""
    return [verbatim(zh, en) for zh, en in zip(rows["sentence"], rows["sentence_en"], strict=True)]


def class_table(request: PageRequest, classes: DatedResult) -> Iterator[Block]:
    """Yield the classes of all sections and months, the newest month first."""
    rows = classes.rows.sort_values(["month", "class_rank"], ascending=False)
    yield full_table(request, ALL_CLASSES, classes, CLASS_LIST, "classes", rows)


def completeness_table(request: PageRequest, completeness: DatedResult) -> Iterator[Block]:
    """Yield how completely each section was sampled."""
    yield full_table(request, COMPLETENESS, completeness, COMPLETENESS_LIST, "completeness")


def metric_listing(request: PageRequest, listing: MetricListing, result: DatedResult) -> Iterator[Block]:
    """Yield a list with its note and its formula, or say that there is nothing in it.

    All rivers together stand in the sentences above.
    """
    rows = result.rows
    shown = rows[~(rows["river"].isna() & rows[TOTAL].astype(bool))] if TOTAL in rows else rows
    if shown.empty:
        yield sentence_block(listing.nothing)
        return
    yield full_table(request, listing.title, result, listing.columns, listing.metric, shown)
    yield caption_block(listing.note.fill(month=f"{shown['month'].max():%Y-%m}" if listing.is_of_month else ""))


def _worst_row(rows: pd.DataFrame) -> pd.Series | None:
    """Return the worst section of the newest month, the first such one of the strip; `rows` is section_class.

    Without one worse than Ⅴ or beyond its target there is none.
    """
    newest = rows[rows["month"] == rows["month"].max()].set_index("section_id", drop=False)
    is_wrong = (newest["class_rank"] == WORST_RANK) | ~newest["is_met"].fillna(True).astype(bool)
    wrong = newest[is_wrong.fillna(False).astype(bool)]
    order = [code for code in sections_worst_first(recent_months(rows)) if code in wrong.index]
    return wrong.loc[order[0]] if order else None


def title_sentence(rows: pd.DataFrame) -> Text:
    """Say how the newest month of section_class stands, and name the worst section."""
    if rows.empty:
        return phrases.NOTHING_YET
    newest, worst = rows[rows["month"] == rows["month"].max()], _worst_row(rows)
    judged = newest["is_met"].dropna()
    met = MET.fill(met=int(judged.sum()), judged=len(judged)) if len(judged) else NONE_JUDGED
    bad = int((newest["class_rank"] == WORST_RANK).sum())
    said = TITLE.fill(month=f"{newest['month'].iloc[0]:%Y-%m}", bad=bad, met=met)
    return said if worst is None else WORST_OF.fill(said=said, section=worst["section"])
