"""The cards of unlawful buildings and renovation: both areas against target, how soon razed, the land in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.text import NOTHING, Text, untranslated
from ui import formats
from ui.cards import Card, both_counts, count_note, metric_card
from ui.demolition.area_bars import NAMES
from ui.demolition.operations import whole_row
from ui.demolition.violations import share_text
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row
from ui.results import DatedResult

DONE_OF = Text("{done} / 目标 {target}", "{done} of {target}")
WITHOUT_TARGET = Text("没有目标", "no target")
PERIOD = Text("{start} 至 {end}", "{start} to {end}")
COMPLETION = Text("{name}完成率", "{name} of target")
NEW_ONES = Text("新增违建处置", "New unlawful buildings razed")
DAYS = Text("{days} 天", "{days} days")
HALF_WITHIN = Text("半数在此之内拆除（发现到拆除）", "half within that, from found to razed")
RAZED_OF = Text("已拆 {razed} / 发现 {found} 处", "{razed} of {found} razed")
TOO_FEW = Text("样本不足", "Too few")
MOST_STAND = Text("过半没拆", "most stand")
IN_TERM = Text("按期拆除 {share}", "razed in time {share}")
STILL = Text("没拆 {open} 处，逾期 {overdue} 处", "{open} stand, {overdue} overdue")
SQUARE_METRES = untranslated("㎡")
LAND_UNKNOWN = Text("缺土地面积 {count} 处", "land area missing: {count}")
USED_UNKNOWN = Text("缺利用面积 {count} 处", "area in use missing: {count}")


def clearance_cards(request: PageRequest, areas: DatedResult, wholes: Sequence[Row], reuse: DatedResult) -> list[Card]:
    """Return the four figures of the page, each a link to what is behind it."""
    return [*(_area_card(request, areas, row) for row in wholes), *building_cards(request, reuse, whole_row(reuse))]


def building_cards(request: PageRequest, reuse: DatedResult, row: pd.Series | None) -> list[Card]:
    """Return how soon new unlawful buildings are razed and how much land is in use, of all or of one village."""
    href = same_page_href(request, open="villages", village=None)
    return [replace(made(reuse, row), href=href) for made in (_days_card, _land_card)]


def _area_card(request: PageRequest, areas: DatedResult, row: Row) -> Card:
    label = COMPLETION.fill(name=NAMES[row["kind"]])
    own = pd.Series(row)
    done = formats.format_area(row["done"], row["target"])
    period = PERIOD.fill(start=formats.format_date(row["period_start"]), end=formats.format_date(row["period_end"]))
    if formats.is_missing(row["rate"]):
        card = metric_card(areas, done, WITHOUT_TARGET, label=label, span=period, rows=own)
    else:
        counts = DONE_OF.fill(done=done, target=formats.format_area(row["target"]))
        rate = untranslated(formats.format_percent(row["rate"]))
        card = metric_card(areas, rate, counts, formats.format_gap(row["gap"]), label=label, span=period, rows=own)
    return replace(card, href=same_page_href(request, open="areas"))


def _days_card(reuse: DatedResult, row: pd.Series | None) -> Card:
    if row is None:
        return metric_card(reuse, NOTHING, label=NEW_ONES)
    counts = RAZED_OF.fill(razed=int(row["new_razed"]), found=int(row["found_new"]))
    in_term = IN_TERM.fill(share=share_text(row["in_term_rate"], row["razed_in_term"], row["due"]))
    still = STILL.fill(open=int(row["open"]), overdue=int(row["open_overdue"]))
    return metric_card(
        reuse, _days_figure(row), HALF_WITHIN, counts, in_term, still, label=NEW_ONES, span=None, rows=row
    )


def _days_figure(row: pd.Series) -> Text:
    if not formats.is_missing(row["median_days"]):
        return DAYS.fill(days=formats.format_count(row["median_days"]))
    return MOST_STAND if row["new_razed"] * 2 < row["found_new"] else TOO_FEW


def _land_card(reuse: DatedResult, row: pd.Series | None) -> Card:
    label = reuse.column("reuse_rate").label
    if row is None:
        return metric_card(reuse, NOTHING, label=label)
    rate = untranslated(formats.format_percent(row["reuse_rate"]))
    counts = both_counts(row["land_used"], row["land_available"], SQUARE_METRES)
    missing = (count_note(row["land_unknown"], LAND_UNKNOWN), count_note(row["used_unknown"], USED_UNKNOWN))
    return metric_card(reuse, rate, counts, *missing, label=label, rows=row)
