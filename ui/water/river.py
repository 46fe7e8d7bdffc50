"""The file of one river: its opening paragraph, the words of its parts, what is picked out of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.standards.thresholds import thresholds
from data.text import SPACE, Text, join_list, join_texts, untranslated, verbatim
from data.words import WORDS
from ui import formats
from ui.cards import DREDGING, CardSpec
from ui.old_page import draw_section_heading
from ui.page import Page
from ui.preferences import t
from ui.results import DatedResult
from ui.table_view import draw_table
from ui.water.quality import SECTIONS, result_sentences

PAGE = Page(
    label=Text("一河一档", "River file"),
    icon=":material/contract:",
    place=30,
    ledgers=("river", "reach"),
)

CHOOSE = Text("河道", "River")
CARD_SPECS = (
    CardSpec(metric="target_met", done="met", total="evaluated", unit=SECTIONS, beside=("no_target", "no_data")),
    CardSpec(
        metric="source_closure", done="closed", total="registered", unit=Text("处", "sources"), beside=("overdue",)
    ),
    DREDGING,
)
STRIP = Text("各断面月度水质类别（近 12 个月）", "Monthly class of its sections (12 months)")
BEFORE_AFTER = Text("治理前后水质", "Water before and after the works")
NOT_ALONE = Text(
    "同一时期有多项工程和污染源整治，变化不能只归于某一项；缺少的月份和样本不足的不下结论。",
    "Several works and closures fell into the same time, so a change is not the doing of one alone; where months are "
    "lacking there is no verdict.",
)
NO_VERDICT = Text(
    "还没有一项工程能比较治理前后：工程要完成，而且前后都有至少 {paired_months:.0f} 个相同月份的数据。",
    "No work can be compared yet: it must be complete, with data of {paired_months:.0f} same months on both sides.",
)
WORKS = Text("整治工程：计划与实际", "Works: plan and actual")
NO_SECTION = Text("这条河还没有监测数据。", "Nothing has been measured in this river yet.")

CLASS_LIST = ("section", "month", "class", "items", "target_class", "is_met", "pollutants", "unjudged")
CHANGE_LIST = (
    "work", "section", "parameter", "before", "after", "shift", "low", "high", "p_value", "months", "months_needed",
    "finished_on",
)  # fmt: skip
WORK_LIST = ("work", "kind", "done", "quantity", "quantity_unit", "rate", "planned_rate", "gap", "end_on", "owner")
FACT_LIST = (
    "level", "water_type", "length", "mean_width", "from_place", "to_place", "target_class", "assess_rule",
    "status_flag", "note",
)  # fmt: skip
FACTS = Text("名录登记", "As registered")
NO_SOURCE = Text("没有登记污染源。", "No pollution source is registered.")
NO_CHIEF = Text("没有在任的河长。", "No chief answers for it.")


@dataclass(frozen=True, slots=True)
class RiverListing:
    """One list of the river: its title, its columns, what stands there when it is empty."""

    title: Text
    columns: tuple[str, ...]
    nothing: Text


SOURCE_LIST = RiverListing(
    Text("污染源（按类型）", "Pollution sources by kind"),
    ("kind", "closed", "registered", "rate", "overdue"),
    NO_SOURCE,
)
CHIEF_LIST = RiverListing(Text("河长", "Chiefs"), ("post", "level", "role", "reach"), NO_CHIEF)
# by the name of their listing
LISTS = {
    "river_outfalls": RiverListing(
        Text("入河排口（按类型）", "Outfalls by kind"),
        ("kind", "closed", "registered", "flowing"),
        Text("没有登记入河排口。", "No outfall is registered."),
    ),
    "river_reaches": RiverListing(
        Text("河段", "Reaches"),
        ("sequence", "reach", "length", "village"),
        Text("没有登记河段。", "No reach is registered."),
    ),
    "river_issues": RiverListing(
        Text("未销号的问题", "Open issues"),
        ("category", "problem", "found_at", "due_on", "is_overdue", "step", "handler"),
        Text("没有未销号的问题。", "No issue is open."),
    ),
    "river_signboards": RiverListing(
        Text("河长公示牌", "Signboards"),
        ("reach", "location", "condition", "checked_on", "info_as_of"),
        Text("没有登记公示牌。", "No signboard is registered."),
    ),
    "river_photos": RiverListing(
        Text("整治照片（编号）", "Photos of works, by name"),
        ("work", "reported_on", "photo_before", "photo_after"),
        Text("上报中没有照片。", "No report names a photo."),
    ),
}

LENGTH = Text("{river}全长 {km} 公里", "{river} is {km} km long")
NO_LENGTH = Text("{river}没有登记长度", "{river} has no registered length")
THROUGH = Text("，流经{villages}", ", runs through {villages}")
KIND = Text("，为{level}{type}", " and is a {level} {type}")
TARGET = Text("，目标水质{class_}类。", ", target class {class_}.")
NO_TARGET = Text("，没有登记目标水质。", ", without a registered target class.")
CHIEF = Text("河长是{post}", "Its chief is {post}")
AS_ROLE = Text("（{role}）", " ({role})")
OTHERS = Text("，另有{posts}。", "; further {posts}.")
STOP = Text("。", ".")
CLOSED = Text(
    "沿岸 {registered} 处污染源已整治 {closed} 处：{kinds}。",
    "Of {registered} pollution sources along it {closed} are closed: {kinds}.",
)
ALL_OF_KIND = Text("{kind} {closed} 处", "{kind} {closed}")
OF_KIND = Text("{kind} {closed} / {registered}", "{kind} {closed} of {registered}")
DONE = Text("{works}已完成", "complete: {works}")
UNDER_WAY = Text("{work}完成 {share}，{gap}", "{work} {share}, {gap}")
PLANNED = Text("{work}计划 {day} 开工", "{work} to begin on {day}")
SILENT = Text("{work}已过计划开工日，从未上报", "{work} should have begun and never reported")
WORKS_ARE = Text("工程：{works}。", "Works: {works}.")
NO_WORK = Text("没有登记整治工程。", "No work is registered.")
SEMICOLON = Text("；", "; ")


def _distinct_name_list(names: Iterable[object]) -> Text:
    return join_list(untranslated(str(name)) for name in dict.fromkeys(names))


def _location_clauses(facts: pd.Series, reaches: pd.DataFrame) -> list[Text]:
    """Say how long the river is, through which villages it runs, of what kind it is and what it is to become."""
    has_length, villages = not formats.is_missing(facts["length"]), reaches["village"].dropna()
    named = (LENGTH if has_length else NO_LENGTH).fill(river=facts["river"], km=formats.format_count(facts["length"]))
    through = [THROUGH.fill(villages=_distinct_name_list(villages))] if len(villages) else []
    level, kind = WORDS[facts["level"]], WORDS[facts["water_type"]]
    of_kind = KIND.fill(level=Text(level.zh, level.en.lower()), type=Text(kind.zh, kind.en.lower()))
    has_target = not formats.is_missing(facts["target_class"])
    target = TARGET.fill(class_=WORDS[facts["target_class"]]) if has_target else NO_TARGET
    return [named, *through, of_kind, target]


def _chief_clauses(duties: pd.DataFrame) -> list[Text]:
    """Name the posts that answer for the river, the first responsible first."""
    if duties.empty:
        return [NO_CHIEF]
    first, others = duties.iloc[0], duties["post"].iloc[1:]
    role = [] if formats.is_missing(first["role"]) else [AS_ROLE.fill(role=WORDS[first["role"]])]
    return [
        CHIEF.fill(post=first["post"]),
        *role,
        OTHERS.fill(posts=_distinct_name_list(others)) if len(others) else STOP,
    ]


def _source_sentences(rows: pd.DataFrame) -> list[Text]:
    if rows.empty:
        return [NO_SOURCE]
    closed, registered = int(rows["closed"].sum()), int(rows["registered"].sum())
    of_kind = ALL_OF_KIND if closed == registered else OF_KIND
    order = rows.sort_values("registered", ascending=False, kind="stable").to_dict("records")
    kinds = join_list(
        of_kind.fill(kind=WORDS[r["kind"]], closed=r["closed"], registered=r["registered"]) for r in order
    )
    return [CLOSED.fill(closed=closed, registered=registered, kinds=kinds)]


def _short_work_name(work: str, river: str) -> Text:
    """Return the name of a work, in Chinese without that of its river, which was just read."""
    return verbatim(work.removeprefix(river) or work, work)


def _is_complete(work: Mapping[str, Any]) -> bool:
    return not formats.is_missing(work["rate"]) and work["rate"] >= 100


def _open_work_clause(work: Mapping[str, Any], name: Text, day: date | None) -> Text:
    if formats.is_missing(work["rate"]):
        has_begun = day is not None and work["start_on"].date() <= day
        return (SILENT if has_begun else PLANNED).fill(work=name, day=formats.format_date(work["start_on"]))
    share = formats.format_share(work["done"], work["quantity"], work["rate"], WORDS[work["quantity_unit"]])
    return UNDER_WAY.fill(work=name, share=share, gap=formats.format_gap(work["gap"]))


def _works_sentences(rows: pd.DataFrame, river: str, day: date | None) -> list[Text]:
    """Say which works are complete, how far the others are, and which have not begun."""
    if rows.empty:
        return [NO_WORK]
    works = [(_short_work_name(work["work"], river), work) for work in rows.sort_values("start_on").to_dict("records")]
    complete = [name for name, work in works if _is_complete(work)]
    done = [DONE.fill(works=join_list(complete))] if complete else []
    others = [_open_work_clause(work, name, day) for name, work in works if not _is_complete(work)]
    return [WORKS_ARE.fill(works=join_texts([*done, *others], SEMICOLON))]


def opening_paragraph(
    facts: pd.Series,
    reaches: pd.DataFrame,
    duties: pd.DataFrame,
    sources: pd.DataFrame,
    works: pd.DataFrame,
    day: date | None,
) -> Text:
    """Return the opening of the file: where the river runs, who answers for it, what was closed, what was built."""
    parts = (
        _location_clauses(facts, reaches),
        _chief_clauses(duties),
        _source_sentences(sources),
        _works_sentences(works, str(facts["river"]), day),
    )
    return join_texts((join_texts(part) for part in parts), SPACE)


def no_verdict_note(as_of: date | None) -> Text:
    """Say what it takes on a day to compare the water before and after a work."""
    return NO_VERDICT.fill(**thresholds(as_of))


def newest_by_section(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the newest month of each section, the worst first; `rows` is section_class."""
    last = rows.sort_values("month", kind="stable").drop_duplicates("section_id", keep="last")
    return last.sort_values("class_rank", ascending=False, kind="stable")


def before_after_verdicts(rows: pd.DataFrame) -> list[Text]:
    """Return one sentence for each work that can be compared: the item that moved the most, named with its section."""
    judged = rows[rows["p_value"].notna() & rows["before"].ne(0)]
    size = (judged["shift"] / judged["before"]).abs()
    strongest = judged.assign(size=size).sort_values(["p_value", "size"], ascending=[True, False])
    chosen = strongest.drop_duplicates("work_id")
    at = Text("{section}：{sentence}", "{section}: {sentence}")
    return [at.fill(section=s, sentence=v) for s, v in zip(chosen["section"], result_sentences(chosen), strict=True)]


def draw_river_listing(
    con: Connection, listing: RiverListing, result: DatedResult, rows: pd.DataFrame, key: str
) -> None:
    """Draw a list of the river under its title, or say that it is empty."""
    draw_section_heading(listing.title)
    if rows.empty:
        st.caption(t(listing.nothing))
        return
    draw_table(con, result, listing.columns, key, rows)
