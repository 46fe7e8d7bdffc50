"""One village: its place and figures, its projects, the places it had when rankings were published, its assessment."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts, untranslated
from ui import formats
from ui.blocks import Html
from ui.cards import both_counts
from ui.demolition import villages as shown
from ui.markup import element, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PROJECT_PAGE = "demolition/signing.py"
MOST_DIFFERENCES = 12  # chosen: as many as are read; the table has them all
TO_ALL = Text("← 全部村社", "← All villages")
PLACE = Text(
    "{village}{position}（共 {count} 个），{gap}，签约 {share}",
    "{village}: {position} of {count}, {gap}, {share} signed",
)
PLACE_ALONE = Text("{village}{position}，{gap}，签约 {share}", "{village}: {position}, {gap}, {share} signed")
NOT_ALONE = Text(
    "查看角色不单独列出{village}：户数少的村社并入“其他”，或今年没有参加排名的项目",
    "Viewers do not see {village} by itself: small villages are merged, or it has no project that counts this year",
)
WITHOUT_PLACE = Text("{village}不排名（样本不足）：签约 {share}", "{village} has no place, too few: {share} signed")
NOT_RANKED = Text("{village}今年没有参加排名的项目", "{village} has no project that counts in the ranking of this year")
LEFT = Text("，逾期未签约 {count} 户", ", not signed and overdue: {count}")
MOVED = Text("，{change}（{against}）", ", {change} ({against})")
PROJECTS = Text("各项目里本村社的户", "Its households in each project")
PLACES = Text("历次公布的名次", "Its places as published")
ASSESSED = Text("考核、嘉奖和通报批评", "Assessment, commended or criticised")
COUNTED = Text("（不计入今年的排名）", " (does not count this year)")
PUBLISHED = Text("已公布的排名，和现在重算的比", "Rankings published, beside what they would be now")
ALL_HOLD = Text("公布的各数与现在重算的都一致。", "All that was published still holds.")
NONE_PUBLISHED = Text("还没有公布过排名。", "No ranking was published so far.")
SMALL_LEFT_OUT = Text("户数少的村社，查看角色不列。", "Viewers do not see small villages.")
PUBLISHED_AND_NOW = Text(
    "{day} {village}：公布时 {counts}{position}，现在重算 {counts_now}{position_now}",
    "{day} {village}: published {counts}{position}, now {counts_now}{position_now}",
)
COUNTS = Text("{signed}/{households}", "{signed}/{households}")
AT_PLACE = Text("（第 {position} 名）", " (No. {position})")
NOT_THERE = Text("不在其中", "not in it")
NOW = Text("现在重算", "Now")
AS_PUBLISHED = Text("公布时", "As published")
MORE = Text("另有 {count} 处，见下表", "{count} more, in the table below")
PUBLISHED_COLUMNS = (
    *("ranked_on", "village", "position", "signed", "households", "rate", "planned_rate", "gap", "position_now"),
    *("signed_now", "households_now", "rate_now", "planned_rate_now", "gap_now", "is_different"),
)


def village_title(ranking: DatedResult, code: str, name: str) -> Text:
    """Say the place of a village, its gap and counts, what is overdue, and how many places it has moved."""
    rows = ranking.rows[ranking.rows["village_id"] == code]
    if rows.empty:
        return (NOT_ALONE if shown.has_merged(ranking.rows) else NOT_RANKED).fill(village=name)
    row, count = rows.iloc[0], len(shown.ranked_rows(ranking.rows))
    ranked = PLACE_ALONE if shown.has_merged(ranking.rows) else PLACE
    template = WITHOUT_PLACE if formats.is_missing(row["position"]) else ranked
    share = formats.format_share(row["signed"], row["households"], row["rate"], shown.HOUSEHOLDS)
    gap, position = formats.format_gap(row["gap"]), shown.position_text(row)
    said = template.fill(village=name, position=position, count=count, gap=gap, share=share)
    return join_texts([said, *_remarks(ranking, row)])


def is_merged(ranking: DatedResult, code: str) -> bool:
    """Tell whether a village is, or may be, among those that are merged for viewers."""
    return shown.has_merged(ranking.rows) and code not in set(ranking.rows["village_id"])


def _remarks(ranking: DatedResult, row: pd.Series) -> Iterator[Text]:
    if row["overdue_left"]:
        yield LEFT.fill(count=formats.format_count(row["overdue_left"]))
    if not formats.is_missing(row["position"]):
        yield MOVED.fill(change=shown.change_text(row), against=shown.compared_sentence(ranking) or "")


def all_villages_link(request: PageRequest) -> Html:
    """Return the way back to all villages."""
    return Html(element("p", link(words(TO_ALL), same_page_href(request, village=None, open=None))))


def project_rows(projects: DatedResult) -> Html:
    """Return the projects of a village with its own households in them, each a link to its page."""
    return list_block(
        projects,
        ["project", "counts", "planned_rate", "gap", "households_left", "sign_end"],
        href=lambda row: page_href(PROJECT_PAGE, project=row["project_id"]),
        cells={"project": _project_cell, "counts": _share_cell},
        headings={"counts": shown.SIGNED},
    )


def _project_cell(row: Row) -> Markup:
    return words(row["project"]) + (Markup("") if row["is_counted"] else element("small", words(COUNTED)))


def _share_cell(row: Row) -> Markup:
    return words(formats.format_share(row["signed"], row["households"], row["rate"], shown.HOUSEHOLDS))


def place_rows(published: DatedResult) -> Html:
    """Return the places that were published, the newest first, each beside what it would be now."""
    return list_block(
        published,
        ["ranked_on", "published", "gap", "now"],
        cells={
            "published": lambda row: words(_figures_text(row, "")),
            "now": lambda row: words(_figures_text(row, "_now")),
        },
        headings={"published": AS_PUBLISHED, "now": NOW},
        is_alarming=lambda row: bool(row["is_different"]),
    )


def _figures_text(row: pd.Series | Row, suffix: str) -> Text:
    """Return counts and place of a village as published, or with the suffix of now; or that it is not there."""
    if formats.is_missing(row[f"signed{suffix}"]):
        return NOT_THERE
    counts = both_counts(row[f"signed{suffix}"], row[f"households{suffix}"], shown.HOUSEHOLDS)
    return join_texts([counts, _place_text(row, suffix)])


def _place_text(row: pd.Series | Row, suffix: str) -> Text:
    position = row[f"position{suffix}"]
    return untranslated("") if formats.is_missing(position) else AT_PLACE.fill(position=int(position))


def assessment_rows(assessed: DatedResult) -> Html:
    """Return what a village was assessed for, the newest first."""
    return list_block(
        assessed,
        ["assessed_for", "year", "score", "weight", "award", "issued_on"],
        cells={"year": lambda row: words(str(row["year"]))},
        is_alarming=lambda row: row["award"] == "通报批评",
    )


def difference_block(published: DatedResult) -> Html:
    """Say of each published place that no longer holds what it was and what it would be now."""
    rows = published.rows
    changed = rows[rows["is_different"].astype(bool)]
    if changed.empty:
        return Html(element("p", words(NONE_PUBLISHED if rows.empty else ALL_HOLD)))
    told = list_items(words(difference_text(row)) for row in changed.head(MOST_DIFFERENCES).to_dict("records"))
    more = len(changed) - MOST_DIFFERENCES
    return Html(told + (element("p", words(MORE.fill(count=more)), class_="fl-caption") if more > 0 else Markup("")))


def difference_text(row: Row) -> Text:
    """Say what was published of a village and what it would be now: “公布时 12/15，现在重算 11/15”."""
    return PUBLISHED_AND_NOW.fill(
        day=formats.format_date(row["ranked_on"]),
        village=row["village"],
        counts=_plain_counts(row, ""),
        position=_place_text(row, ""),
        counts_now=_plain_counts(row, "_now"),
        position_now=_place_text(row, "_now"),
    )


def _plain_counts(row: Row, suffix: str) -> Text:
    if formats.is_missing(row[f"signed{suffix}"]):
        return NOT_THERE
    signed, households = (formats.format_count(row[f"{name}{suffix}"]) for name in ("signed", "households"))
    return COUNTS.fill(signed=signed, households=households)
