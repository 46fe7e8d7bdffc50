"""The page of water quality: its cards and sections, and of one section the curve of an item, sentences, flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from data.datasets import DATASETS
from data.result_rows import TOTAL
from data.text import Language, Text, join_list, join_texts, mid_sentence, untranslated, verbatim
from data.units import UNITS
from data.words import WORDS
from ui import charts, formats, phrases
from ui.blocks import Block, Html
from ui.cards import Card, CardSpec, column_sums, spec_card
from ui.colours import PLAN_COLOUR, STREAM_COLOURS, WORST_RANK
from ui.markup import NOTHING, choice_list, element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block, sentence_block
from ui.page_header import same_page_href
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water.class_strip import (
    ITEMS_NOTE,
    distinct_names,
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
TO_ALL_SECTIONS = Text("← 全部断面", "← All sections")
TO_SOURCES = Text("沿岸污染源", "Its pollution sources")
WORKS_OF_RIVER = Text("该河整治工程", "Works of its river")
READINGS = Text("该断面监测值", "Readings of the section")
SAMPLE_CLASSES = Text("该断面样品类别", "Classes of its samples")
MEANS = Text("该断面各项目月均值", "Monthly means of the section")
SUSPICIOUS = Text("该断面可疑监测值", "Its suspicious readings")
EVENTS = Text("该断面反弹与劣Ⅴ类", "Its rebounds and months worse than Ⅴ")
NO_EVENT = Text("没有反弹，也没有劣Ⅴ类月份。", "No rebound and no month worse than Ⅴ.")
NOT_SUSPICIOUS = Text("没有可疑的监测值。", "No reading is suspicious.")
ALL_CLASSES = Text("各断面各月类别全表", "Classes of all sections and months")
COMPLETENESS = Text("各断面监测完整性", "Completeness of sections")
NEWEST_ONLY = Text("只列最新的 {shown} 条，共 {count} 条。", "The newest {shown} of {count} are listed.")
TITLE = Text("{month}：{bad} 个断面劣Ⅴ类，{met}", "{month}: {bad} sections worse than Ⅴ, {met}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections meet their target")
NONE_JUDGED = Text("没有可判定达标的断面", "no section has a target to be judged by")
WORST_OF = Text("{said}，{section}最差", "{said}; the worst is {section}")

SECTION_TITLE = Text("{section} {month}：{said}", "{section}, {month}: {said}")
CLASS_OF = Text("{class_}类", "class {class_}")
NOT_CLASSED = Text("有监测但无法判定类别", "measured, but without a class")
KEPT = Text("达到目标{target}类", "within its target {target}")
NOT_KEPT = Text("未达到目标{target}类", "beyond its target {target}")
TARGET = Text("目标{target}类", "target {target}")
NO_TARGET = Text("没有登记目标水质", "no target registered")
AGAINST = {
    "环比": Text("与上月相比{change}", "{change} against the month before"),
    "同比": Text("与上年同期相比{change}", "{change} against a year before"),
}
NOT_COMPARABLE = Text("没有可比的前期", "nothing to compare it with")
NEVER_MEASURED = Text("{section}：还没有监测数据", "{section}: nothing has been measured yet")
STRIP_SAID = Text("{count} 个断面 {months} 的月度类别，最差的在前", "{count} sections, {months}, the worst first")
ONE_STRIP = Text("{section} {months} 的月度类别", "Monthly class of {section}, {months}")

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
DOUBTED = Text("可疑监测值 {count} 个", "{count} suspicious readings")
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
EARLIER = Text("更早还有 {count} 次，见下面“反弹与劣Ⅴ类”。", "{count} more before: see its rebounds below.")
CLASS_LIST = (
    "section", "river", "month", "class", "items", "target_class", "is_met", "worst", "pollutants", "unjudged",
    "items_lacking", "samples",
)  # fmt: skip
MEANS_LIST = ("month", "parameter", "value", "detection", "samples", "limit_low", "limit_high")
SAMPLE_LIST = ("sampled_at", "class", "items", "worst", "unjudged", "items_lacking")
READING_LIST = ("sampled_at", "parameter", "value", "qualifier")
COMPLETENESS_LIST = ("section", "river", "months", "months_due", "measured_share", "newest", "days_silent")
EVENT_LIST = ("month", "event", "class", "target_class", "worst", "items")
SUSPICION_LIST = ("sampled_at", "parameter", "value", "suspicion", "against")
EVENTS_SHOWN, SECTIONS_SHOWN, TICKS = 3, 30, 5  # chosen: what stays legible in one picture
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


def trust_line(request: PageRequest, agreement: DatedResult, suspects: DatedResult) -> Html:
    """Say how far the readings can be trusted: classes as printed, suspicious values; each a link to its list."""
    agreed, samples = column_sums(agreement.rows, "agreed", "samples")
    said = []
    if samples > 0:
        counts = AGREED.fill(agreed=formats.format_count(agreed, samples), samples=formats.format_count(samples))
        said.append(link(words(counts), same_page_href(request, open="class_difference")))
    doubted = DOUBTED.fill(count=formats.format_count(len(suspects.rows)))
    said.append(link(words(doubted), same_page_href(request, open="suspicious_readings")))
    return Html(element("p", words(ALL_LOADED) + joined(said, " · "), class_="fl-caption"))


def section_href(request: PageRequest, section: str) -> str:
    """Return the address of one section on this page."""
    return same_page_href(request, section=section, item=None, open=None)


def section_strip(request: PageRequest, recent: pd.DataFrame) -> Html:
    """Return the strip of all sections, each a link to its own; `recent` is section_class of the newest months."""
    count = formats.format_count(recent["section_id"].nunique())
    said = STRIP_SAID.fill(count=count, months=month_span(recent))
    return strip_block(recent, said, lambda code: section_href(request, code), SECTIONS_SHOWN)


def one_strip(recent: pd.DataFrame) -> Html:
    """Return the strip of one section."""
    return strip_block(recent, ONE_STRIP.fill(section=recent["section"].iloc[0], months=month_span(recent)))


def strip_notes(rows: pd.DataFrame, recent: pd.DataFrame) -> Html:
    """Say what the strip stands for and which sections it leaves out."""
    known, shown = (each["section_id"].nunique() for each in (rows, recent))
    more = MORE_SECTIONS.fill(shown=SECTIONS_SHOWN, count=shown - SECTIONS_SHOWN) if shown > SECTIONS_SHOWN else None
    without = SILENT_SECTIONS.fill(count=known - shown) if known > shown else None
    return caption_block(ITEMS_NOTE, more, without)


def section_facts(request: PageRequest, section: pd.Series, works: pd.DataFrame) -> Html:
    """Return the way back to all sections, the river of this one, its sources and its works as links."""
    back = link(words(TO_ALL_SECTIONS), same_page_href(request, section=None, item=None, open=None))
    if formats.is_missing(section["river_id"]):
        return Html(element("p", back))
    river = link(words(section["river"]), page_href("water/river.py", river=section["river_id"]))
    sources = link(words(TO_SOURCES), page_href("water/sources.py", river=section["river_id"]))
    return Html(element("p", joined((back, river, sources), " · ")) + _work_links(works))


def _work_links(works: pd.DataFrame) -> Markup:
    named = [
        link(words(name), page_href("water/works.py", work=code))
        for name, code in zip(works["work"], works["work_id"], strict=True)
    ]
    said = Text("{label}：", "{label}: ").fill(label=WORKS_OF_RIVER)
    return element("p", words(said) + joined(named, " · ")) if named else NOTHING


def section_choices(request: PageRequest, classes: pd.DataFrame, section: str, items: Sequence[str], item: str) -> Html:
    """Return the sections, worst first, and the items of one of them to choose from."""
    names = distinct_names(classes)
    sections = [(section_href(request, code), names[code]) for code in sections_worst_first(classes)]
    measured = [(same_page_href(request, item=code), WORDS[code].into(request.language)) for code in items]
    lists = (
        choice_list(CHOOSE_SECTION, sections, section_href(request, section)),
        choice_list(CHOOSE_ITEM, measured, same_page_href(request, item=item)),
    )
    return Html(element("p", joined(lists, " ")))


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


def newest_note(rows: pd.DataFrame) -> Html:
    """Say how many there are of what is listed where that is only the newest part."""
    total = int(rows["total"].iloc[0]) if len(rows) else 0
    counts = NEWEST_ONLY.fill(shown=formats.format_count(len(rows)), count=formats.format_count(total))
    return caption_block(counts if total > len(rows) else None)


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


def section_title(newest: pd.Series, changes: pd.DataFrame) -> Text:
    """Say which class a section has, whether it keeps its target, and how it changed.

    `newest` is its newest row of section_class, `changes` its rows of section_change.
    """
    said = (_class_clause(newest), _target_clause(newest), _change_clause(newest, changes))
    clauses = join_texts(said, Text("，", ", "))
    return SECTION_TITLE.fill(section=newest["section"], month=f"{newest['month']:%Y-%m}", said=clauses)


def _class_clause(newest: pd.Series) -> Text:
    if formats.is_missing(newest["class"]):
        return NOT_CLASSED
    return CLASS_OF.fill(class_=WORDS[newest["class"]])


def _target_clause(newest: pd.Series) -> Text:
    if formats.is_missing(newest["target_class"]):
        return NO_TARGET
    known = not formats.is_missing(newest["is_met"])
    phrase = (KEPT if newest["is_met"] else NOT_KEPT) if known else TARGET
    return phrase.fill(target=WORDS[newest["target_class"]])


def _change_clause(newest: pd.Series, changes: pd.DataFrame) -> Text:
    of_month = changes[(changes["month"] == newest["month"]) & changes["change"].notna()]
    words_of = dict(zip(of_month["compared"], of_month["change"], strict=True))
    said = [
        phrase.fill(change=mid_sentence(WORDS[words_of[kind]])) for kind, phrase in AGAINST.items() if kind in words_of
    ]
    return join_texts(said, Text("，", ", ")) if said else NOT_COMPARABLE
