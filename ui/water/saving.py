"""The page of water saving: where people were reached, which taps ran, what it is thought to have saved, one tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows, total_rows
from data.standards.thresholds import thresholds
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import NOTHING, TO_DATE, Card, cards_block
from ui.colours import STREAM_COLOURS
from ui.figure_sheet import figure_part
from ui.markup import bar_rows, bullet_bar, element, joined, link, stacked_bar, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.worked_figures import column_share

PAGE = Page(
    label=Text("节水", "Water saving"),
    icon=":material/water_bottle:",
    place=90,
    ledgers=("saving_activity", "facility", "facility_check"),
    choices=("facility",),
)

NO_VILLAGE = "未写村社"
TITLE = Text("{reached}；{leaks}", "{reached}; {leaks}")
REACHED_OF = Text(
    "今年 {covered} / {villages} 个村社开展节水活动", "{covered} of {villages} villages had an activity this year"
)
NO_ACTIVITY = Text("今年还没有节水活动记录", "No activity is on record this year")
MENDED = Text("漏水 {found} 处修好 {fixed} 处，{open} 处没修好", "{fixed} of {found} leaks are mended, {open} are not")
NO_LEAKS = Text("没有漏水设施的记录", "no leak is on record")
COVERAGE = Text("今年各村社的节水活动（次）", "Activities in each village this year")
REACHED = Text("{activities} 次 · {headcount} 人", "{activities} · {headcount} people")
NOT_NAMED = Text("另有 {count} 次活动没写村社，不算覆盖。", "{count} more activities name no village and cover none.")
KINDS = Text("各类活动（历年）", "Activities by kind (all years)")
LEAKS = Text("各村社漏水设施修复", "Leaking taps mended in each village")
IN_VILLAGES = Text("各村社：漏水修复和节水活动", "The villages: taps mended and activities")
LONGEST = Text("；最久的{facility}漏了 {days} 天", "; {facility} the longest, for {days} days")
ONE_TAP = Text("设施", "tap")
TO_ALL_TAPS = Text("← 节水", "← Water saving")
STILL_LEAKS = Text("{facility}：{finding}，已 {days} 天没修好", "{facility}: {finding}, not mended for {days} days")
IN_ORDER = Text("{facility}：没有未修好的漏水", "{facility}: no leak is open")
PAST_CHECK = Text(
    "红色：过了一个检查周期（没登记的按 {avoided_days:g} 天）还没修好。",
    "Red: not mended for longer than one period of checks ({avoided_days:g} days where none is registered).",
)
FOUND_ON, BETWEEN = Text("{day} 查到", "found {day}"), Text(" · ", " · ")
CHECKS = Text("历次检查", "Its checks")
COVERAGE_TABLE = Text("各村社的节水活动全表", "All columns of the activities by village")
ALL_CHECKS = Text("历次检查全表", "All columns of the checks")
ALL_OPEN = Text("未修复的设施全表", "All columns of the taps still leaking")
FINDINGS = Text("修复天数：各村社、各种漏水", "Days until mended, by village and finding")
FEW_DAYS = Text(
    "修复天数已知的不足 {least} 处：样本不足，不给天数（–）。",
    "Fewer than {least} with known days are too few: no days are given (–).",
)
OPEN_LIST = Text("未修复清单（最久的在前）", "Taps still leaking (longest first)")
NONE_OPEN = Text("查到的漏水设施都已修好。", "Every leak that was found is mended.")
ESTIMATE = Text("节水量（估算）", "Water saved (estimate)")
ESTIMATE_NOTE = Text(
    "估算：Σ 估算漏水量 × 少漏的天数，最多算到下一次例行检查；不是水表读数。",
    "Estimate: loss × days avoided, at most until the next regular check; not a reading of a meter.",
)
MENDED_RATE = Text("修复率(%)", "Mended (%)")
MEDIAN, LOSING = Text("修复用时中位数", "Median days to mend"), Text("仍在漏（估算）", "Still running (estimate)")
DAYS = Text("{days} 天", "{days} days")
ABOUT, ABOUT_A_DAY = Text("约 {water} m³", "≈ {water} m³"), Text("约 {water} m³/天", "≈ {water} m³/d")
TOO_FEW = Text("样本不足", "Too few")
TIMED = Text("已知天数的 {count} 处", "{count} with known days")
LEAKING = Text("{open} 处未修复，{unknown} 处漏水量不明", "{open} open, {unknown} of them of unknown loss")
COUNTED = Text("计入 {counted} 处，{left_out} 处不能计", "{counted} counted, {left_out} cannot be")
THIS_YEAR, SO_FAR = Text("今年 1 月 1 日以来", "Since 1 January"), Text("有检查记录以来", "Since checks began")
COUNTS = Text("{done} / {total} {unit}", "{done} / {total} {unit}")
VILLAGES, TAPS = Text("个村社", "villages"), Text("处", "taps")


def least_known_days(as_of: date | None) -> int:
    """Return how many known days a median needs."""
    return int(thresholds(as_of)["ranked_cases"])


def total_row(rows: pd.DataFrame) -> pd.Series | None:
    """Return the row of all villages and findings; None where there is none."""
    found = total_rows(rows)
    return None if found.empty else found.iloc[0]


def saving_title(coverage: pd.DataFrame, leaks: pd.DataFrame, still: pd.DataFrame) -> Text:
    """Return the title sentence, and name the tap that leaks for the longest time; `still` is leak_list."""
    said = title_sentence(coverage, leaks)
    if still.empty:
        return said
    longest = still.iloc[0]
    return join_texts([said, LONGEST.fill(facility=longest["facility"], days=int(longest["days_open"]))])


def title_sentence(coverage: pd.DataFrame, leaks: pd.DataFrame) -> Text:
    """Say how many villages were reached this year, and how many of the leaking taps are mended."""
    reached, leaking = total_row(coverage), total_row(leaks)
    if reached is None or (leaking is None and not has_activities(coverage)):
        return phrases.NOTHING_YET
    return TITLE.fill(
        reached=_fill_from_row(REACHED_OF, reached, "covered", "villages") if has_activities(coverage) else NO_ACTIVITY,
        leaks=NO_LEAKS if leaking is None else _fill_from_row(MENDED, leaking, "found", "fixed", "open"),
    )


def has_activities(coverage: pd.DataFrame) -> bool:
    """Tell a year with activities on record from one of which nothing is known."""
    return bool(coverage["activities"].notna().any())


def _fill_from_row(phrase: Text, row: pd.Series, *columns: str) -> Text:
    return phrase.fill(**{name: int(row[name]) for name in columns})


def _share_card(result: DatedResult, row: pd.Series, done: str, total: str, unit: Text, period: Text) -> Card:
    counts = COUNTS.fill(
        done=formats.format_count(row[done], row[total]), total=formats.format_count(row[total]), unit=unit
    )
    figure = untranslated(formats.format_percent(row["rate"]))
    counts = NOTHING if formats.is_missing(row[done]) else counts
    part = figure_part(result, worked=[column_share(result, row.to_frame().T, done, total, unit)])
    return Card(result.definition.label, figure, (counts, period), result.newest, result.formula, part=part)


def _median_card(result: DatedResult, row: pd.Series) -> Card:
    known = not formats.is_missing(row["median_days"])
    said = DAYS.fill(days=formats.format_count(row["median_days"])) if known else TOO_FEW
    below = (TIMED.fill(count=int(row["timed"])), SO_FAR)
    return Card(MEDIAN, said, below, result.newest, result.formula, part=figure_part(result))


def format_estimate(value: float, about: Text) -> Text:
    """Return an estimate without digits that it does not have: tens from a thousand on, whole m³ from ten on."""
    if formats.is_missing(value):
        return untranslated(formats.MISSING)
    if not value:
        return about.fill(water=0)
    if value < 10:
        return about.fill(water=f"{formats.round_below_caps(value, 1):.1f}")
    return about.fill(water=f"{formats.round_below_caps(value, -1 if value >= 1000 else 0):,.0f}")


def _estimate_cards(result: DatedResult, row: pd.Series) -> Sequence[Card]:
    day, formula, part = result.newest, result.formula, figure_part(result)
    counted = COUNTED.fill(counted=int(row["counted"]), left_out=int(row["not_counted"]))
    leaking = LEAKING.fill(open=int(row["open"]), unknown=int(row["open_unknown"]))
    return (
        Card(ESTIMATE, format_estimate(row["saved"], ABOUT), (counted, SO_FAR), day, formula, part=part),
        Card(LOSING, format_estimate(row["losing"], ABOUT_A_DAY), (leaking, TO_DATE), day, formula, part=part),
    )


def saving_cards(
    request: PageRequest, coverage: DatedResult, leaks: DatedResult, estimate: DatedResult
) -> Sequence[Card]:
    """Return the figures of the page: villages reached, taps mended, water saved, water still running."""
    shown: list[Card] = []
    reached, leaking, water = (total_row(result.rows) for result in (coverage, leaks, estimate))
    if reached is not None:
        card = _share_card(coverage, reached, "covered", "villages", VILLAGES, THIS_YEAR)
        shown.append(replace(card, href=same_page_href(request, open="coverage")))
    if leaking is not None:
        card = _share_card(leaks, leaking, "fixed", "found", TAPS, SO_FAR)
        shown.append(replace(card, href=same_page_href(request, open="leaks")))
    if water is not None:
        href = same_page_href(request, open="estimate")
        shown += [replace(card, href=href) for card in _estimate_cards(estimate, water)]
    return shown


def days_card(leaks: DatedResult) -> Html:
    """Return the card of the days until taps are mended; `leaks` has rows."""
    total = total_row(leaks.rows)
    return cards_block([] if total is None else [_median_card(leaks, total)])


def single_villages(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of villages alone."""
    named = part_rows(coverage)
    return named[named["village"] != NO_VILLAGE]


def unnamed_village_note(coverage: pd.DataFrame) -> Text | None:
    """Say how many activities name no village, or None where all do."""
    rest = coverage[coverage["village"] == NO_VILLAGE]
    return None if rest.empty else NOT_NAMED.fill(count=int(rest["activities"].iloc[0]))


def leaks_by_village(leaks: pd.DataFrame) -> pd.DataFrame:
    """Return leak_fix village by village, all findings together, the lowest rate first."""
    rows = leaks[leaks["village"].notna() & leaks["finding"].isna()]
    return rows.sort_values(["rate", "village"])


def leaks_by_finding(leaks: pd.DataFrame) -> pd.DataFrame:
    """Return leak_fix finding by finding, all villages together, the sum first."""
    return leaks[leaks["village"].isna()]


def village_picture(coverage: pd.DataFrame, leaks: pd.DataFrame) -> Html:
    """Return what is mended and what was held, village by village, side by side; nothing of what is not known."""
    halves = [
        element("div", element("h3", words(title)) + bars)
        for title, bars, is_known in (
            (LEAKS, mended_bars(leaks), len(leaks)),
            (COVERAGE, activity_bars(coverage), has_activities(coverage)),
        )
        if is_known
    ]
    return Html(element("div", joined(halves), class_="fl-two"))


def activity_bars(coverage: pd.DataFrame) -> Markup:
    """Return a bar a village with its activities, none where there were none, fewest first."""
    rows = single_villages(coverage).sort_values("activities", kind="stable")
    most = max(1, rows["activities"].max()) if len(rows) else 1
    return bar_rows(
        (words(r.village), _activity_bar(r.activities, most, said), words(said))
        for r in rows.itertuples()
        for said in [_reached_text(r.activities, r.headcount)]
    )


def _activity_bar(activities: float, most: float, said: Text) -> Markup:
    """Return activities as a bar that is as long as its share of the most that a village had."""
    bar = stacked_bar([(activities, STREAM_COLOURS["water"], t(said))], said)
    return element("div", bar, style=f"width:{100 * activities / most:.1f}%")


def _reached_text(activities: float, headcount: float) -> Text:
    return REACHED.fill(activities=formats.format_count(activities), headcount=formats.format_count(headcount))


def mended_bars(leaks: pd.DataFrame) -> Markup:
    """Return a bar a village with the share of its leaking taps that is mended, lowest first."""
    return bar_rows(
        (
            words(WORDS.get(r.village, untranslated(r.village))),
            bullet_bar(r.rate, None, STREAM_COLOURS["water"], said),
            words(said),
        )
        for r in leaks_by_village(leaks).itertuples()
        for said in [formats.format_share(r.fixed, r.found, r.rate, TAPS)]
    )


def open_list(request: PageRequest, still: DatedResult) -> Html:
    """Return the taps still leaking, the longest first and in red, each a link to its checks."""
    return list_block(
        still,
        ["facility", "days_open", "finding", "loss", "keeper_unit"],
        href=lambda row: same_page_href(request, facility=row["facility_id"], open=None),
        cells={"facility": _tap_cell, "days_open": _days_cell},
        is_alarming=lambda row: bool(row["is_past_check"]),
        more_href=same_page_href(request, open="all"),
    )


def _tap_cell(row: Row) -> Markup:
    """Return a tap, and below of what kind it is and in which village."""
    place = join_texts([WORDS[row["kind"]], WORDS.get(row["village"], untranslated(row["village"]))], BETWEEN)
    return words(row["facility"]) + element("small", words(place))


def _days_cell(row: Row) -> Markup:
    found = FOUND_ON.fill(day=formats.format_date(row["found_on"]))
    return words(str(row["days_open"])) + element("small", words(found))


def past_check_note(as_of: date | None) -> Text:
    """Say what the red rows of the list are."""
    return PAST_CHECK.fill(**thresholds(as_of))


def tap_sentence(tap: pd.Series, still: pd.DataFrame) -> Text:
    """Say of one tap whether it leaks, and for how long; `still` are its rows of leak_list."""
    if still.empty:
        return IN_ORDER.fill(facility=tap["facility"])
    leak = still.iloc[0]
    blanks = {"facility": tap["facility"], "finding": WORDS[leak["finding"]], "days": int(leak["days_open"])}
    return STILL_LEAKS.fill(**blanks)


def tap_links(request: PageRequest) -> Html:
    """Return the way back to the page of all taps."""
    return Html(element("p", link(words(TO_ALL_TAPS), same_page_href(request, facility=None, open=None))))


def check_list(request: PageRequest, checks: DatedResult) -> Html:
    """Return the checks of one tap, the newest first."""
    columns = ["checked_on", "finding", "fixed_on", "loss", "note"]
    return list_block(checks, columns, more_href=same_page_href(request, open="checks"))
