"""The page of unlawful buildings and renovation: areas against target, what still stands, the land after, safety."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.demolition.area_bars import NAMES, SHARE_OF, TITLE_NAMES, area_sentence
from ui.demolition.operations import alarm_texts
from ui.map.map_link import link_to_map
from ui.markup import element, joined, link, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("拆违与三改", "Unlawful buildings and renovation"),
    icon=":material/domain_disabled:",
    place=50,
    ledgers=("violation", "renovation", "demolition_operation", "demolition_team"),
    choices=("village",),
)
LATE = Text(
    "{count} 处违建逾期未拆，最久的在{village}，逾期 {days} 天",
    "unlawful buildings overdue: {count}, the longest in {village}, by {days} days",
)
NONE_LATE = Text("没有逾期未拆的违建", "no unlawful building is overdue")
STANDING = Text("没拆的违建，逾期最久的在前", "Unlawful buildings that stand, the longest overdue first")
NONE_STANDING = Text("登记的违建都已拆除。", "Every unlawful building on record is razed.")
BUILDING = Text("违建", "Building")
PLACE = Text("位置", "Place")
BY_VILLAGE = Text("各村社，逾期多的在前", "By village, most overdue first")
IN_TERM, LAND = Text("按期拆除", "Razed in time"), Text("拆后利用", "Land in use")
TOO_FEW_OF = Text("样本不足（{part} / {whole}）", "too few ({part} / {whole})")
RAZED_OF = Text("{razed} / {found} 处", "{razed} of {found}")
RAZED_HEADING = Text("已拆 / 发现", "Razed / found")
ALL_BUILDINGS = Text("违法建筑全表", "All unlawful buildings")
ALL_VILLAGES = Text("各村社全部数字", "All figures of the villages")
CHOOSE_VILLAGE = Text("村社", "village")
TO_ALL = Text("← 全部村社", "← All villages")
VILLAGE_TITLE = Text(
    "{village}：发现违建 {found} 处，已拆 {razed} 处，{late}",
    "{village}: unlawful buildings {found}, razed {razed}, {late}",
)
VILLAGE_LATE = Text("逾期未拆 {count} 处，最久 {days} 天", "overdue {count}, the longest {days} days")
VILLAGE_OPEN = Text("没拆的 {count} 处都在期限内或没有期限", "none overdue of {count} that stand")
VILLAGE_BUILDINGS = Text("这里的违法建筑，没拆的在前", "Unlawful buildings here, those that stand first")
BUILDING_COLUMNS = (
    *("violation_id", "village", "kind", "area", "found_on", "notified_on", "due_on", "razed_on", "is_overdue"),
    *("days_overdue", "days_open", "land_area", "reuse", "reused_on", "reused_area", "project", "note"),
)
VILLAGE_COLUMNS = (
    *("village", "found", "found_old", "found_new", "found_area", "razed", "razed_area", "open", "open_area"),
    *("open_overdue", "days_overdue", "due", "razed_in_term", "in_term_rate", "new_razed", "median_days"),
    *("land_available", "land_used", "reuse_rate", "land_unknown", "used_unknown"),
)
SHOWN_STANDING, SHOWN_VILLAGES = 6, 8  # chosen: the page in three screens


def title_sentence(wholes: list[Row], listed: DatedResult, safety: DatedResult) -> Text:
    """Say both areas against their targets, what is overdue with the longest, and what must be 0 and is not."""
    said = [area_sentence(row, TITLE_NAMES if place else NAMES) for place, row in enumerate(wholes)]
    late = listed.rows[listed.rows["is_overdue"].astype(bool)]
    if len(late):
        worst = late.iloc[0]
        village = WORDS.get(worst["village"], untranslated(str(worst["village"])))
        said.append(LATE.fill(count=len(late), village=village, days=int(worst["days_overdue"])))
    elif len(listed.rows):
        said.append(NONE_LATE)
    return join_texts([*said, *alarm_texts(safety)], Text("；", "; "))


def standing_rows(listed: DatedResult) -> pd.DataFrame:
    """Return the unlawful buildings that are not razed, the longest overdue first."""
    return listed.rows[~listed.rows["is_razed"].astype(bool)]


def building_list(request: PageRequest, listed: DatedResult, rows: pd.DataFrame, last: str) -> Html:
    """Return unlawful buildings as a list, each a link to its village and one to the map, overdue ones in red."""
    return list_block(
        listed,
        ["building", "days_overdue", "due_on", "days_open", "area", last, "place"],
        rows,
        href=lambda row: _village_href(request, row["village_id"]),
        cells={"building": _building_cell, "place": lambda row: link_to_map(violation=row["violation_id"])},
        headings={"building": BUILDING, "place": PLACE},
        is_alarming=lambda row: bool(row["is_overdue"]),
        shown=SHOWN_STANDING,
        more_href=same_page_href(request, open="buildings"),
    )


def _village_href(request: PageRequest, village_id: object) -> str:
    return "" if formats.is_missing(village_id) else same_page_href(request, village=village_id, open=None)


def _building_cell(row: Row) -> Markup:
    village = WORDS.get(row["village"], untranslated(str(row["village"])))
    return joined((words(village), words(WORDS[row["kind"]]), element("small", words(row["violation_id"]))), " ")


def village_list(request: PageRequest, reuse: DatedResult) -> Html:
    """Return the villages, those with most overdue first, each a link to its buildings."""
    return list_block(
        reuse,
        ["village", "open_overdue", "open", "razed", "in_term", "land"],
        part_rows(reuse.rows),
        href=lambda row: _village_href(request, row["village_id"]),
        cells={
            "razed": lambda row: words(RAZED_OF.fill(razed=int(row["razed"]), found=int(row["found"]))),
            "in_term": lambda row: words(share_text(row["in_term_rate"], row["razed_in_term"], row["due"])),
            "land": lambda row: words(land_text(row)),
        },
        headings={"razed": RAZED_HEADING, "in_term": IN_TERM, "land": LAND},
        is_alarming=lambda row: row["open_overdue"] > 0,
        shown=SHOWN_VILLAGES,
        more_href=same_page_href(request, open="villages"),
    )


def share_text(rate: float, part: float, whole: float) -> Text:
    """Return a share with its two counts, or that there are too few for one."""
    counts = {"part": formats.format_count(part), "whole": formats.format_count(whole)}
    return TOO_FEW_OF.fill(**counts) if formats.is_missing(rate) else SHARE_OF.fill(
        rate=formats.format_percent(rate), **counts
    )  # fmt: skip


def land_text(row: Row | pd.Series) -> Text:
    """Return the share of land in use with both areas; a dash where no land is known."""
    if formats.is_missing(row["reuse_rate"]):
        return untranslated(formats.MISSING)
    used, available = (formats.format_area(row[name]) for name in ("land_used", "land_available"))
    return SHARE_OF.fill(rate=formats.format_percent(row["reuse_rate"]), part=used, whole=available)


def village_title(row: pd.Series) -> Text:
    """Say how many unlawful buildings one village has, how many are razed, and what is overdue."""
    late = VILLAGE_OPEN.fill(count=int(row["open"]))
    if row["open_overdue"] > 0:
        late = VILLAGE_LATE.fill(count=int(row["open_overdue"]), days=int(row["days_overdue"]))
    village = WORDS.get(row["village"], untranslated(str(row["village"])))
    return VILLAGE_TITLE.fill(village=village, found=int(row["found"]), razed=int(row["razed"]), late=late)


def way_to_villages(request: PageRequest) -> Html:
    """Return the way from one village back to all."""
    return Html(element("p", link(words(TO_ALL), same_page_href(request, village=None, open=None))))
