"""The page 综合排名: who leads and who is last of villages and of units, who rose or fell, what makes a score."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.demolition.villages import change_text, position_text
from ui.figure_sheet import figure_link, row_code
from ui.item_links import owner_href
from ui.markup import element, joined, link, words
from ui.menu import page_href
from ui.overview.cockpit_items import SHORT_GAP
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("综合排名", "Overall ranking"),
    icon=":material/leaderboard:",
    place=70,
    ledgers=("published_standing",),
    choices=("village", "unit"),
)
SCOPES = {"village": Text("村社", "Villages"), "unit": Text("单位", "Units")}
WHAT = {
    "village": Text("参加综合排名的村社", "village in this ranking"),
    "unit": Text("参加综合排名的单位", "unit in this ranking"),
}
FIRST_AND_LAST = Text("{scope}：{first}第一，{last}末位", "{scope}: {first} first, {last} last")
LEVEL = Text("{scope}：{first}并列", "{scope}: {first} level")
NAMED = Text("{name}（{score}）", "{name} ({score})")
SEMICOLON, COMMA = Text("；", "; "), Text("、", ", ")
NOBODY = Text("村社和单位的样本都不足，暂不排名", "Nobody has enough to be ranked")
OWN = Text("{name}{position}（共 {count} 个），{score}", "{name}: {position} of {count}, {score}")
OWN_NO_PLACE = Text("{name}不排名：{why}", "{name} has no place: {why}")
RANK, CHANGE, SCORE, MEASURES = (
    Text("名次", "Place"), Text("位次变化", "Change of place"), Text("得分（比序时）", "Score against plan"),
    Text("计分项", "Measures"),
)  # fmt: skip
NO_PLACE = Text("不排名：{why}", "no place: {why}")
LIMITS = Text(
    "一项不足 {ranking_items:g} 件的不计分，计分的不足 {ranking_least:g} 项的不排名次。",
    "Fewer than {ranking_items:g} of a kind give no score, fewer than {ranking_least:g} measures no place.",
)
LEFT_OUT = Text("{count}（另 {left_out} 项样本不足）", "{count} ({left_out} with too few)")
COUNTS = Text("已完成 / 应完成 / 全部", "Done / due / all")
THREE_COUNTS = Text("{done} / {planned} / {pieces}", "{done} / {planned} / {pieces}")
NOT_COUNTED = Text("不计分：样本不足", "no score: too few")
PARTS = Text("各项得分", "What makes the score")
ALL_PARTS = Text("各项全表", "All measures")
ALL_PLACES = Text("排名全表", "All places")
TO_ALL = Text("← 全部", "← All")
ITS_ITEMS = Text("它的未办结事项 →", "What it has to do →")
AGAINST_WEEK = Text(
    "此前没有公布过综合排名，位次与一周前（{day}）比",
    "No overall ranking was published before; places are held against a week before ({day})",
)
AGAINST_PUBLISHED = Text("位次与 {day} 公布的比", "Places are held against those published for {day}")
PUBLISHED = Text("已公布的综合排名", "Overall rankings as published")
PUBLISHED_COLUMNS = [
    *("ranked_on", "scope", "position", "ranked_name", "score", "measures", "pieces", "weights_from", "parts"),
]
VIEWERS = Text(
    "查看角色看名次，不看得分、签约和难题的数：户数少的村社会由此推算出来。",
    "Viewers see places, not scores nor the counts of signing and difficulties, which would tell of few households.",
)
PLACE_COLUMNS = ["scope", "position", "ranked_name", "score", "measures", "measures_left_out", "pieces", "ranking"]
PART_COLUMNS = ["scope", "ranked_name", "measure", "pieces", "done", "due", "gap", "weight", "is_counted"]


MEASURE_PAGES = {
    "征迁签约": "demolition/villages.py",
    "污染源和排口整治": "water/sources.py",
    "违法建筑拆除": "demolition/violations.py",
    "工程进度": "water/works.py",
    "河道问题办理": "water/issues.py",
    "企业诉求办理": "investment/requests.py",
    "住户难题办理": "demolition/difficulties.py",
}
NAMING_VILLAGE = ("demolition/villages.py", "demolition/violations.py")  # the pages whose address may name a village


def with_change(ranking: pd.DataFrame, former: pd.DataFrame) -> pd.DataFrame:
    """Return a ranking with how many places each rose since a former one; nothing where it had none."""
    before = former[["scope", "ranked_id", "position"]].rename(columns={"position": "former"})
    found = ranking.merge(before, on=["scope", "ranked_id"], how="left")
    return found.assign(change=found["former"] - found["position"])


def last_published(published: DatedResult) -> pd.DataFrame:
    """Return the ranking that was published last before the day of a listing; none where there is none."""
    before = published.rows[published.rows["ranked_on"] < str(published.as_of)]
    return before[before["ranked_on"] == before["ranked_on"].max()]


def compared_sentence(former: pd.DataFrame, week_before: date | None) -> Text:
    """Say against which ranking the places are held: the published one, or that of a week before."""
    if former.empty:
        return AGAINST_WEEK.fill(day=formats.format_date(week_before))
    return AGAINST_PUBLISHED.fill(day=formats.format_date(former["ranked_on"].iloc[0]))


def title_sentence(rows: pd.DataFrame) -> Text:
    """Say who is first and who is last, of the villages and of the units."""
    ranked = rows[rows["position"].notna()]
    told = [
        _first_and_last(scope, ranked[ranked["scope"] == scope]) for scope in SCOPES if (ranked["scope"] == scope).any()
    ]
    return join_texts(told, SEMICOLON) if told else NOBODY


def _first_and_last(scope: str, ranked: pd.DataFrame) -> Text:
    first, last = (
        ranked[ranked["position"] == place] for place in (ranked["position"].min(), ranked["position"].max())
    )
    if len(first) == len(ranked):
        return LEVEL.fill(scope=SCOPES[scope], first=_names(first))
    return FIRST_AND_LAST.fill(scope=SCOPES[scope], first=_names(first), last=_names(last))


def _names(rows: pd.DataFrame) -> Text:
    return join_texts([_name_with_score(row) for row in rows.to_dict("records")], COMMA)


def _name_with_score(row: Row) -> Text:
    known = not formats.is_missing(row["score"])
    return (
        NAMED.fill(name=row["ranked_name"], score=score_text(row["score"]))
        if known
        else untranslated(row["ranked_name"])
    )


def score_text(score: float | None) -> Text:
    """Return a score, or a gap, as percentage points ahead of or behind plan; nothing where it is withheld."""
    return untranslated(formats.MISSING) if formats.is_missing(score) else formats.format_gap(score)


def _short_score(score: float | None) -> Markup:
    """Return a score in so few signs that a row is a line: +13.1 点; pointed at, it says so in words."""
    said = (
        untranslated(formats.MISSING)
        if score is None or formats.is_missing(score)
        else SHORT_GAP.fill(gap=formats.format_signed(score))
    )
    return element("span", words(said), class_="fl-nowrap", title=t(score_text(score)))


def own_title(rows: pd.DataFrame, scope: str, code: str) -> Text:
    """Say the place of one village or unit, and its score."""
    own = rows[rows["scope"] == scope]
    row = own[own["ranked_id"] == code].iloc[0]
    if formats.is_missing(row["position"]):
        return OWN_NO_PLACE.fill(name=row["ranked_name"], why=WORDS[row["ranking"]])
    return OWN.fill(
        name=row["ranked_name"], position=position_text(row), count=int(own["position"].notna().sum()),
        score=score_text(row["score"]),
    )  # fmt: skip


def _place_text(row: Row) -> Text:
    """Return the place, or why there is none."""
    is_ranked = not formats.is_missing(row["position"])
    return position_text(row) if is_ranked else NO_PLACE.fill(why=WORDS[row["ranking"]])


def limits_note(as_of: date | None) -> Text:
    """Say how much there must be for a measure to count, and for a place."""
    return LIMITS.fill(**thresholds(as_of))


def both_lists(request: PageRequest, ranking: DatedResult, rows: pd.DataFrame) -> Html:
    """Return villages and units beside each other, the first place on top, each a link to what makes its score."""
    parts = (
        element("section", element("h2", words(heading)) + _place_list(request, ranking, rows, scope).markup)
        for scope, heading in SCOPES.items()
    )
    return Html(element("div", joined(parts), class_="fl-two"))


def _place_list(request: PageRequest, ranking: DatedResult, rows: pd.DataFrame, scope: str) -> Html:
    closed: dict[str, str | None] = {"village": None, "unit": None, "open": None}
    return list_block(
        ranking,
        ["ranked_name", "rank", "change", "score", "measures"],
        rows[rows["scope"] == scope],
        href=lambda row: same_page_href(request, **closed | {scope: row["ranked_id"]}),
        cells={
            "rank": lambda row: element(
                "span", words(_place_text(row)), class_="" if formats.is_missing(row["position"]) else "fl-nowrap"
            ),
            "change": lambda row: element("span", words(change_text(row)), class_="fl-nowrap"),
            "score": lambda row: figure_link(_short_score(row["score"]), row_code(ranking, row)),
            "measures": lambda row: words(_measures_text(row)),
        },
        headings={"rank": RANK, "change": CHANGE, "score": SCORE, "measures": MEASURES},
        is_alarming=lambda row: not formats.is_missing(row["score"]) and row["score"] < 0,
        more_href=same_page_href(request, open="all"),
    )


def _measures_text(row: Row) -> Text:
    count, left_out = int(row["measures"]), int(row["measures_left_out"])
    return LEFT_OUT.fill(count=count, left_out=left_out) if left_out else untranslated(str(count))


def part_list(request: PageRequest, parts: DatedResult, scope: str, code: str) -> Html:
    """Return the measures of one village or unit, the widest gap first: counts, gap to plan, weight."""
    rows = parts.rows[(parts.rows["scope"] == scope) & (parts.rows["ranked_id"] == code)]
    return list_block(
        parts,
        ["measure", "counts", "gap", "weight"],
        rows.sort_values("gap"),
        href=measure_href,
        cells={
            "counts": lambda row: words(_counts_text(row)),
            "gap": lambda row: figure_link(words(score_text(row["gap"])), row_code(parts, row)),
            "weight": lambda row: words(f"{row['weight']:g} %" if row["is_counted"] else NOT_COUNTED),
        },
        headings={"counts": COUNTS},
        is_alarming=lambda row: bool(row["is_counted"]) and row["gap"] < 0,
    )


def _counts_text(row: Row) -> Text:
    done, planned, pieces = (formats.format_count(row[name], row["pieces"]) for name in ("done", "due", "pieces"))
    return THREE_COUNTS.fill(done=done, planned=planned, pieces=pieces)


def measure_href(row: Row) -> str:
    """Return the page on which a measure is shown, of the village itself where it may name one."""
    file = MEASURE_PAGES[row["measure"]]
    own = row["ranked_id"] if row["scope"] == "village" and file in NAMING_VILLAGE else None
    return page_href(file, village=own)


def ways_on(request: PageRequest, scope: str, code: str) -> Html:
    """Return the way back to all, and to what this one has to do."""
    back = link(words(TO_ALL), same_page_href(request, village=None, unit=None, open=None))
    items = page_href("overview/owners.py", village=code) if scope == "village" else owner_href(code)
    return Html(element("p", joined((back, link(words(ITS_ITEMS), items)), " · "), class_="fl-screen"))
