"""One section on the page of water quality: its title, the curve of one item, its sentences, its flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from data.datasets import DATASETS, Column
from data.text import Language, Text, join_list, join_texts, mid_sentence, untranslated
from data.units import UNITS
from data.words import WORDS
from ui import charts, formats
from ui.blocks import Block, Html
from ui.colours import PLAN_COLOUR, STREAM_COLOURS
from ui.map.map_link import link_to_map
from ui.markup import NOTHING, choice_list, element, joined, link, words
from ui.menu import page_href
from ui.page import PageRequest, caption_block, sentence_block
from ui.page_header import same_page_href
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water.class_strip import distinct_names, month_span, sections_worst_first, strip_block
from ui.water.quality import CHOOSE_SECTION, HINT_ONLY, section_href

TO_ALL_SECTIONS = Text("← 全部断面", "← All sections")
TO_SOURCES = Text("沿岸污染源", "Its pollution sources")
WORKS_OF_RIVER = Text("该河整治工程", "Works of its river")
READINGS = Text("该断面监测值", "Readings of the section")
SAMPLE_CLASSES = Text("该断面样品类别", "Classes of its samples")
MEANS = Text("该断面各项目月均值", "Monthly means of the section")
SUSPICIOUS = Text("该断面可疑监测值", "Its suspicious readings")
EVENTS = Text("该断面反弹与劣Ⅴ类", "Its rebounds and months worse than Ⅴ")
NOT_SUSPICIOUS = Text("没有可疑的监测值。", "No reading is suspicious.")
NEWEST_ONLY = Text("只列最新的 {shown} 条，共 {count} 条。", "The newest {shown} of {count} are listed.")
SECTION_TITLE = Text("{section} {month}：{said}", "{section}, {month}: {said}")
CLASS_OF = Text("{class_}类", "class {class_}")
NOT_COUNTED = Text("{class_}（{items}无法判定，未参评）", "{class_} ({items} not to be judged, left out)")
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
ONE_STRIP = Text("{section} {months} 的月度类别", "Monthly class of {section}, {months}")
CHOOSE_ITEM = Text("项目", "Item")
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
MEANS_LIST = ("month", "parameter", "value", "detection", "beyond", "samples", "limit_low", "limit_high")
SAMPLE_LIST = ("sampled_at", "class", "items", "worst", "unjudged", "items_lacking")
READING_LIST = ("sampled_at", "parameter", "value", "qualifier")
EVENT_LIST = ("month", "event", "class", "target_class", "worst", "items")
SUSPICION_LIST = ("sampled_at", "parameter", "value", "suspicion", "against")
EVENTS_SHOWN, TICKS = 3, 5  # chosen: what stays legible in one picture
COMMA = Text("，", ", ")


def one_strip(recent: pd.DataFrame) -> Html:
    """Return the strip of one section."""
    return strip_block(recent, ONE_STRIP.fill(section=recent["section"].iloc[0], months=month_span(recent)))


def section_facts(request: PageRequest, section: pd.Series, works: pd.DataFrame) -> Html:
    """Return the way back to all sections, the river of this one, its sources and its works as links.

    `section` is a row of data_completeness, `works` is works_progress.
    """
    back = link(words(TO_ALL_SECTIONS), same_page_href(request, section=None, item=None, open=None))
    if formats.is_missing(section["river_id"]):
        return Html(element("p", joined((back, link_to_map(section=section["section_id"])), " · ")))
    own_works = works[works["river_id"] == section["river_id"]]
    river = link(words(section["river"]), page_href("water/river.py", river=section["river_id"]))
    sources = link(words(TO_SOURCES), page_href("water/sources.py", river=section["river_id"]))
    return Html(
        element("p", joined((back, link_to_map(section=section["section_id"]), river, sources), " · "))
        + _work_links(own_works)
    )


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
    """Count the months beyond a limit, as their classes have it."""
    return int(rows["is_over"].sum())


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
    above = rows["beyond"].notna().map({True: ">", False: ""})  # with a value above a range, a mean is a lower bound
    values = above + rows["value"].map("{:.3g}".format) if is_detected else rows["detection"].map("<{:g}".format)
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

    `rows` has month, parameter, value, detection, beyond, limit_low, limit_high, limit_class of one section and item.
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


def section_title(register: pd.Series, own: pd.DataFrame, changes: pd.DataFrame) -> Text:
    """Say which class a section has, whether it keeps its target, and how it changed.

    `register` names it, `own` are its rows of section_class, the newest last, `changes` those of section_change.
    """
    if own.empty:
        return NEVER_MEASURED.fill(section=register["section"])
    newest = own.iloc[-1]
    said = (_class_clause(newest), _target_clause(newest), _change_clause(newest, changes))
    month = f"{newest['month']:%Y-%m}"
    return SECTION_TITLE.fill(section=register["section"], month=month, said=join_texts(said, COMMA))


def _class_clause(newest: pd.Series) -> Text:
    known = not formats.is_missing(newest["class"])
    said = CLASS_OF.fill(class_=WORDS[newest["class"]]) if known else NOT_CLASSED
    if not known or formats.is_missing(newest["unjudged"]):
        return said
    return NOT_COUNTED.fill(
        class_=said, items=join_list(mid_sentence(WORDS[item]) for item in newest["unjudged"].split(","))
    )


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
    return join_texts(said, COMMA) if said else NOT_COMPARABLE


def own_rows(result: DatedResult, section: str) -> pd.DataFrame:
    """Return the rows of a result that are of one section."""
    return result.rows[result.rows["section_id"] == section]


def sample_table(
    request: PageRequest, title: Text, samples: DatedResult, suspects: DatedResult, section: str
) -> Iterator[Block]:
    """Yield the class of each of the newest samples with what is suspicious in it, and how many there are."""
    rows = with_suspicions(samples.rows, own_rows(suspects, section), ["sampled_at"])
    yield full_table(request, title, samples, (*SAMPLE_LIST, suspects.column("suspicion")), "samples", rows)
    yield newest_note(samples.rows)


def reading_table(
    request: PageRequest, title: Text, readings: DatedResult, suspects: DatedResult, section: str
) -> Iterator[Block]:
    """Yield the newest measured values with what is suspicious in them, and how many there are."""
    rows = with_suspicions(readings.rows, own_rows(suspects, section), ["sampled_at", "parameter"])
    columns: tuple[str | Column, ...] = (*READING_LIST, suspects.column("suspicion"), "method")
    yield full_table(request, title, readings, columns, "readings", rows)
    yield newest_note(readings.rows)


def means_table(request: PageRequest, title: Text, means: DatedResult, item: str) -> Iterator[Block]:
    """Yield the monthly means of one item, newest first."""
    rows = means.rows[means.rows["parameter"] == item].iloc[::-1]
    yield full_table(request, title, means, MEANS_LIST, "means-table", rows)


def event_table(request: PageRequest, title: Text, rebound: DatedResult, section: str) -> Iterator[Block]:
    """Yield all rebounds and months worse than Ⅴ of a section, or say that there was none."""
    rows = own_rows(rebound, section)
    yield full_table(request, title, rebound, EVENT_LIST, "events", rows) if len(rows) else sentence_block(NO_REBOUND)


def suspicion_table(request: PageRequest, title: Text, suspects: DatedResult, section: str) -> Iterator[Block]:
    """Yield the suspicious readings of a section and what they mean, or say that there is none."""
    rows = own_rows(suspects, section)
    if rows.empty:
        yield sentence_block(NOT_SUSPICIOUS)
        return
    yield full_table(request, title, suspects, SUSPICION_LIST, "suspicious", rows)
    yield caption_block(HINT_ONLY)
