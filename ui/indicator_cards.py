"""Indicators of a method of work as cards: the value, both counts, the period, each leads to the list behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts, mid_sentence, untranslated, verbatim
from data.words import WORDS
from ui import formats, phrases
from ui.data_origin import worked_out_for_text
from ui.figure_sheet import figure_part, part_link
from ui.markup import element, joined, link, words
from ui.result_list import Row
from ui.results import DatedResult

TIMES_DECIMALS = 2  # chosen: 1.02 times is not 1
TOO_FEW = Text("样本不足", "Too few")
COUNT = Text("{count} {unit}", "{count} {unit}")
SINCE = Text("{day} 起", "from {day}")
FIGURE = Text("{name} {value}", "{name} {value}")
OF_GROUP = Text("{group}：{figures}", "{group}: {figures}")


def indicator_value(row: Row) -> Text:
    """Return the value of an indicator with its unit, or why there is none."""
    value, unit = row["indicator_value"], row["unit"]
    if formats.is_missing(value):
        return TOO_FEW if row["is_too_few"] else untranslated(formats.MISSING)
    if unit == "%":
        return untranslated(formats.format_percent(value))
    if unit == "万元":
        return formats.format_money(value)
    rounded = formats.round_below_caps(value, TIMES_DECIMALS if unit == "倍" else 1)
    return COUNT.fill(count=formats.format_count(rounded), unit=_unit_text(unit, rounded))


def _unit_text(unit: str, count: float) -> Text:
    """Return a unit in words, of one thing without the English plural."""
    label = WORDS[unit]
    return Text(label.zh, label.en.removesuffix("s")) if count == 1 else label


def group_sentence(group: str, rows: Sequence[Row]) -> Text:
    """Say what the indicators of a verb or a step are."""
    figures = [FIGURE.fill(name=mid_sentence(WORDS[row["indicator"]]), value=indicator_value(row)) for row in rows]
    named = verbatim(group, f"{group} {WORDS[group].en}")
    return OF_GROUP.fill(group=named, figures=join_texts(figures, Text("，", ", ")))


def indicator_card(indicators: DatedResult, parts: Sequence[Row], href: str) -> Markup:
    """Return the parts of one indicator as a card that leads to the list behind them."""
    is_one_count = len({row["sentence"] for row in parts}) == 1
    lines = joined(
        _part_lines(
            row, indicators, "" if place else href, is_long=len(parts) > 2,
            has_counts=not is_one_count or row is parts[-1],
        )
        for place, row in enumerate(parts)
    )  # fmt: skip
    day = element("small", words(_period_text(indicators, parts[0])))
    return element("div", lines + day, class_="fl-card")


def _part_lines(row: Row, indicators: DatedResult, href: str, *, is_long: bool, has_counts: bool) -> Markup:
    """Return name, value and counts of one part; of many each has a line, with its counts unless all share them.

    The name leads to the list behind the card, the value to what it is worked out of.
    """
    name = link(words(WORDS[row["indicator"]]), href, class_="fl-behind")
    part = figure_part(indicators, pd.DataFrame([row]), WORDS[row["indicator"]])
    value = part_link(words(indicator_value(row)), part)
    said = element("small", words(verbatim(row["sentence"], row["sentence_en"])))
    if is_long:
        return element("span", name + Markup(" ") + element("b", value)) + (said if has_counts else Markup(""))
    return element("span", name, class_="fl-label") + element("strong", value) + said


def _period_text(indicators: DatedResult, row: Row) -> Text:
    since = row["period_from"]
    first = [] if since is None else [SINCE.fill(day=formats.format_date(since))]
    if row["newest"] is None:
        day = worked_out_for_text(indicators.as_of) if indicators.as_of else untranslated("")
    else:
        day = join_texts((phrases.AS_OF, untranslated(" " + formats.format_date(row["newest"]))))
    return join_texts((*first, day), Text(" · ", " · "))
