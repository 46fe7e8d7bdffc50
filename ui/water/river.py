"""The file of one river: its opening paragraph, its sections, works, sources and chiefs, each a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import SPACE, Text, join_list, join_texts, untranslated, verbatim
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.cards import DREDGING, Card, CardSpec, spec_card
from ui.map.map_link import link_to_map
from ui.markup import choice_list, class_badge, element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block, heading_block
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.water.class_strip import ITEMS_NOTE, month_span, recent_months, strip_block
from ui.water.quality import SECTIONS, result_sentences
from ui.water.sources import DUE, KIND_OF_OUTFALL, KIND_OF_SOURCE, NO_DUE, PLACE, state_mark
from ui.water.works import work_list as works_by_gap

PAGE = Page(
    label=Text("一河一档", "River file"),
    icon=":material/contract:",
    place=30,
    ledgers=("river", "reach"),
    choices=("river", "before", "after"),
)
QUALITY, WORKS_PAGE, SOURCES = "water/quality.py", "water/works.py", "water/sources.py"
CHIEFS, ISSUES = "water/chiefs.py", "water/issues.py"

RiverLists: TypeAlias = Mapping[str, tuple[Text, tuple[str, ...]]]
CHOOSE = Text("河道", "River")
TO_ALL_RIVERS = Text("← 全部河道", "← All rivers")
CARD_SPECS = (
    CardSpec(metric="target_met", done="met", total="evaluated", unit=SECTIONS, beside=("no_target", "no_data")),
    CardSpec(
        metric="source_closure", done="closed", total="registered", unit=Text("处", "sources"), beside=("overdue",)
    ),
    DREDGING,
)
CARD_PAGES = (QUALITY, SOURCES, WORKS_PAGE)
STRIP = Text("各断面月度水质类别（近 12 个月）", "Monthly class of its sections (12 months)")
STRIP_ALT = Text("{count} 个断面，{months}", "{count} sections, {months}")
DAYS_OVERDUE = Text("逾期（天）", "Days overdue")
PLACES = Text("污染源和入河排口（未整治的在前）", "Pollution sources and outfalls (open ones first)")
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
CHIEF_LIST = Text("河长", "Chiefs")
CHANGES = Text("治理前后：每项工程、每个项目的检验", "Before and after: the tests of each work and item")
OPEN_ISSUES = Text("未销号的问题", "Open issues")
REGISTER = Text("名录登记、河段、公示牌、照片", "As registered, its reaches, signboards, photos")
PARTS_BY_KIND = Text("污染源、排口按类型", "Sources and outfalls by kind")
ALL_PLACES = Text("全部污染源和入河排口", "All its sources and outfalls")
ALL_SECTIONS = Text("各断面最近类别全表", "All columns of the sections")
ALL_WORKS = Text("工程全表", "All columns of its works")

CLASS_LIST = ("section", "month", "class", "items", "target_class", "is_met", "pollutants", "unjudged")
CHANGE_LIST = (
    "work", "section", "parameter", "before", "after", "shift", "low", "high", "p_value", "months", "months_needed",
    "finished_on",
)  # fmt: skip
WORK_LIST = ("work", "kind", "done", "quantity", "quantity_unit", "rate", "planned_rate", "gap", "end_on", "owner")
FACT_LIST = (
    "river", "level", "water_type", "length", "mean_width", "from_place", "to_place", "target_class", "assess_rule",
    "status_flag", "note",
)  # fmt: skip
KIND_LISTS: RiverLists = {
    "source_closure": (
        Text("污染源（按类型）", "Pollution sources by kind"), ("kind", "closed", "registered", "rate", "overdue"),
    ),
    "river_outfalls": (
        Text("入河排口（按类型）", "Outfalls by kind"), ("kind", "closed", "registered", "flowing"),
    ),
}  # fmt: skip
REGISTER_LISTS: RiverLists = {
    "river_facts": (Text("名录登记", "As registered"), FACT_LIST[1:]),
    "river_reaches": (Text("河段", "Reaches"), ("reach", "sequence", "length", "village")),
    "river_signboards": (
        Text("河长公示牌", "Signboards"), ("reach", "location", "condition", "checked_on", "info_as_of"),
    ),
    "river_photos": (
        Text("整治照片（编号）", "Photos of works, by name"), ("work", "reported_on", "photo_before", "photo_after"),
    ),
}  # fmt: skip
NO_SOURCE = Text("没有登记污染源。", "No pollution source is registered.")
NO_PLACE = Text("没有登记污染源和入河排口。", "No pollution source or outfall is registered.")
NO_CHIEF = Text("没有在任的河长。", "No chief answers for it.")
NO_ISSUE = Text("没有未销号的问题。", "No issue is open.")
ASKED_BY_RIVER = ("river_outfalls", "river_reaches", "river_signboards", "river_photos")
ROWS_OF_RIVER = 4  # chosen: the whole file of a river in three screens

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


def river_links(request: PageRequest, names: Mapping[str, str], river: str) -> Html:
    """Return the way back to all rivers, another river to choose, and this one on the map."""
    back = link(words(TO_ALL_RIVERS), same_page_href(request, river=None, open=None))
    options = [(same_page_href(request, river=code, open=None), name) for code, name in names.items()]
    chosen = choice_list(CHOOSE, options, same_page_href(request, river=river, open=None))
    return Html(element("p", joined((back, link_to_map(river=river), chosen), " · ")))


def river_cards(answers: Sequence[DatedResult]) -> list[Card]:
    """Return the cards of one river or of all, each a link to what is behind it."""
    specs = zip(CARD_SPECS, answers, CARD_PAGES, strict=True)
    return [replace(spec_card(spec, answer), href=page_href(file)) for spec, answer, file in specs]


def section_strip(rows: pd.DataFrame) -> Html:
    """Return the classes of the river's sections month by month, each section a link; `rows` is section_class."""
    recent = recent_months(rows)
    said = STRIP_ALT.fill(count=recent["section_id"].nunique(), months=month_span(recent))
    return strip_block(recent, said, lambda code: page_href(QUALITY, section=code))


def section_blocks(classes: DatedResult) -> Iterator[Html]:
    """Yield the classes of the river's sections month by month, and the newest of each."""
    yield heading_block(STRIP)
    if classes.rows.empty:
        yield caption_block(NO_SECTION)
        return
    yield section_strip(classes.rows)
    yield caption_block(ITEMS_NOTE)
    yield section_list(classes)


def class_cell(row: Row) -> Markup:
    """Return the class of a row in its colour, and below the month that it is of."""
    name = None if formats.is_missing(row["class"]) else str(row["class"])
    badge = class_badge(name, t(WORDS[name]) if name else formats.MISSING)
    return badge if formats.is_missing(row["month"]) else badge + element("small", f" {row['month']:%Y-%m}")


def section_list(classes: DatedResult) -> Html:
    """Return the newest class of each section, the worst first, and what could not be judged; each a link to it."""
    newest = newest_by_section(classes.rows)
    unjudged = ["unjudged"] if newest["unjudged"].notna().any() else []
    return list_block(
        classes,
        ["section", "class", "target_class", "is_met", "pollutants", *unjudged],
        newest,
        href=lambda row: page_href(QUALITY, section=row["section_id"]),
        cells={"class": class_cell},
        is_alarming=lambda row: row["is_met"] is False,
        shown=ROWS_OF_RIVER,
        more_href=page_href(QUALITY),
    )


def work_list(works: DatedResult, lights: Sequence[str]) -> Html:
    """Return the works of the river, overdue ones first, each a link to the work."""
    if works.rows.empty:
        return caption_block(NO_WORK)
    return works_by_gap(works, lights, lambda code: page_href(WORKS_PAGE, work=code), page_href(WORKS_PAGE))


def river_places(result: DatedResult, places: pd.DataFrame, shown: int = ROWS_OF_RIVER, more_href: str = "") -> Html:
    """Return sources and outfalls, open ones first, each a link to itself; overdue ones in red.

    `result` is source_list, whose headings these rows have.
    """
    if places.empty:
        return caption_block(NO_PLACE)
    return list_block(
        result,
        ["source", "late", "state", "village"],
        places,
        href=lambda row: page_href(SOURCES, **{row["ledger"]: row["code"]}),
        cells={"source": _place_cell, "late": _due_cell, "state": _state_cell},
        headings={"source": PLACE, "late": DAYS_OVERDUE},
        is_alarming=lambda row: not formats.is_missing(row["days_overdue"]),
        shown=shown,
        more_href=more_href,
    )


def _place_cell(row: Row) -> Markup:
    kind = (KIND_OF_SOURCE if row["ledger"] == "source" else KIND_OF_OUTFALL).fill(kind=WORDS[row["kind"]])
    return words(row["source"]) + Markup(" ") + element("small", words(kind))


def _due_cell(row: Row) -> Markup:
    """Return by how many days it is overdue and since when; of what is not, the day on which it is due."""
    due = NO_DUE if formats.is_missing(row["due_on"]) else DUE.fill(due=formats.format_date(row["due_on"]))
    if row["is_closed"]:
        return words(formats.MISSING)
    late = "" if formats.is_missing(row["days_overdue"]) else f"{int(row['days_overdue'])} "
    return words(late) + element("small", words(due))


def _state_cell(row: Row) -> Markup:
    return joined((state_mark(row["ledger"], row["state"]), words(WORDS[row["state"]])), " ")


def chief_list(duties: DatedResult) -> Html:
    """Return who answers for the river or a reach of it, the first responsible first, each a link."""
    if duties.rows.empty:
        return caption_block(NO_CHIEF)
    return list_block(
        duties,
        ["post", "level", "role", "reach"],
        href=lambda row: page_href(CHIEFS, chief=row["chief_id"]),
        shown=ROWS_OF_RIVER,
        more_href=page_href(CHIEFS),
    )


def issue_list(issues: DatedResult) -> Html:
    """Return the issues that are not settled, the longest due first; overdue ones in red."""
    if issues.rows.empty:
        return caption_block(NO_ISSUE)
    return list_block(
        issues,
        ["problem", "category", "due_on", "step", "handler"],
        href=lambda row: page_href(ISSUES, issue=row["issue_id"]),
        is_alarming=lambda row: row["is_overdue"] is True,
        shown=ROWS_OF_RIVER,
        more_href=page_href(ISSUES),
    )


def side_by_side(*parts: tuple[Text, Sequence[Html]]) -> Html:
    """Return parts with their headings beside each other where there is room."""
    made = (element("div", joined(b.markup for b in (heading_block(title), *blocks))) for title, blocks in parts)
    return Html(element("div", joined(made), class_="fl-two"))
