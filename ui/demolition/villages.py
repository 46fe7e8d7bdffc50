"""The page 村社考核: who leads, who is last, the gap of each village to its own plan, places that rose or fell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import thresholds
from data.text import Text, join_list, join_texts, untranslated
from data.units import UNITS
from data.words import LATE, MERGED
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import both_counts, count_note
from ui.colours import STATUS_COLOURS
from ui.markup import bar_rows, element, link, status_mark, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("村社考核", "Village assessment"),
    icon=":material/leaderboard:",
    place=60,
    ledgers=("village_assessment", "published_ranking"),
    choices=("village",),
)
CHOOSE_VILLAGE = Text("村社", "village")
HOUSEHOLDS = UNITS["household"].label
MOST_BARS = 24  # chosen: a screen; the villages between the first and the last are in the table
FIRST_AND_LAST = Text(
    "{last}末位，{last_gap}（签约 {counts}）；{first}第一，{first_gap}",
    "{last} last, {last_gap} ({counts} signed); {first} first, {first_gap}",
)
ALL_LEVEL = Text("{count} 个村社并列第一，都{gap}", "{count} villages share the first place, all {gap}")
LISTED_ONLY = Text(
    "单独列出 {count} 个村社，户数少的并入“其他”：{villages}",
    "{count} villages listed, small ones merged: {villages}",
)
ALL_MERGED = Text("各村社户数都少，合并列出", "All villages are small and merged")
LISTED_PLACE = Text("{village}{position}，{gap}", "{village} {position}, {gap}")
MOST_PLACES = 3  # chosen: as many as a title bears
ONLY_ONE = Text("只有{village}参加排名：{gap}，签约 {counts}", "Only {village} is ranked: {gap}, {counts} signed")
NONE_RANKED = Text(
    "没有满 {ranking_households:g} 户的村社可以排名", "No village has the {ranking_households:g} households of a place"
)
LATE_COUNT = Text("{count} / {villages} 个村社滞后或逾期", "{count} of {villages} behind or overdue")
NONE_LATE = Text("{villages} 个村社都不落后", "none of {villages} behind")
SEMICOLON = Text("；", "; ")
SINCE_PUBLISHED = Text("与 {day} 公布的排名比", "against the ranking published for {day}")
SINCE_WEEK = Text("与一周前（{day}）比", "against a week before ({day})")
NONE_BEFORE = Text(
    "此前没有公布过排名，位次与一周前比", "No ranking was published before; places are held against a week before"
)
MOVED_SINCE = Text("{against}，{moves}", "{against}: {moves}")
RISEN_FALLEN = Text("{risen} 升 {fallen} 降", "{risen} up, {fallen} down")
GAPS = Text("与自己的序时之差（竖线是序时）", "Gap to their own plan (the line is the plan)")
NOT_DRAWN = Text("中间 {count} 个村社没有画，见全表", "{count} villages between them are in the table of all")
BAR_SAYS = Text("{gap}，{counts}", "{gap}, {counts}")
LIST = Text("村社名单（末位在前）", "Villages, the last place first")
RANK = Text("名次", "Place")
OVERDUE = Text("逾期未签约", "Overdue")
SIGNED = Text("签约", "Signed")
NO_PLACE = Text("不排名：样本不足", "No place: too few")
NOT_A_VILLAGE = Text("不排名", "No place")
NTH = Text("第 {position} 名", "No. {position}")
RISEN = Text("▲ 上升 {count} 位", "▲ up {count}")
FALLEN = Text("▼ 下降 {count} 位", "▼ down {count}")
UNMOVED = Text("位次未变", "unmoved")
NEW = Text("新上榜", "new")
ALL_ROWS = Text("排名全表", "All columns of the ranking")
AWARD_TABLE = Text("各年考核得分与奖惩", "Assessment by year: scores and awards")
RANKING_COLUMNS = (
    *("position", "village", "change", "former_position", "compared_on", "compared_with", "gap", "signed"),
    *("households", "rate", "planned_rate", "households_left", "overdue_left", "former_signed", "former_households"),
    *("projects", "ranking"),
)
AWARD_COLUMNS = (
    *("year", "village", "score", "scored", "weight_total", "is_weight_whole", "incomplete"),
    *("commended", "criticised", "issued_on"),
)


def ranked_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the villages that have a place, the first one first."""
    return rows[rows["position"].notna()]


def with_deadline(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a deadline that has passed where households of late projects are left."""
    return rows.assign(days_left=rows["overdue_left"].gt(0).map({True: -1.0, False: float("nan")}))


def title_sentence(ranking: DatedResult, lights: Sequence[str]) -> Text:
    """Say who is last and who leads, by how much, how many are behind, and since which ranking places have moved."""
    if ranking.rows.empty:
        return phrases.NOTHING_YET
    ranked = ranked_rows(ranking.rows)
    if ranked.empty and has_merged(ranking.rows):
        return ALL_MERGED
    if ranked.empty:
        return NONE_RANKED.fill(**thresholds(ranking.as_of))
    late = len(late_rows(ranking, lights))
    told = (LATE_COUNT if late else NONE_LATE).fill(count=late, villages=len(ranked))
    moved = MOVED_SINCE.fill(against=compared_sentence(ranking) or "", moves=moves_text(ranked))
    places = _listed_sentence(ranked) if has_merged(ranking.rows) else _places_sentence(ranked)
    return join_texts([places, told, moved], SEMICOLON)


def moves_text(ranked: pd.DataFrame) -> Text:
    """Count the villages that rose and that fell."""
    moved = ranked["change"].dropna()
    return RISEN_FALLEN.fill(risen=int((moved > 0).sum()), fallen=int((moved < 0).sum()))


def late_rows(ranking: DatedResult, lights: Sequence[str]) -> pd.DataFrame:
    """Return the villages with a place that are behind their plan, or have households left past a deadline."""
    ranked = ranked_rows(ranking.rows.assign(light=lights))
    return ranked[ranked["light"].isin(LATE)]


def has_merged(rows: pd.DataFrame) -> bool:
    """Tell whether small villages are merged for a viewer, so that neither their number nor who is last is known."""
    return bool((rows["village"] == MERGED).any())


def _listed_sentence(ranked: pd.DataFrame) -> Text:
    """Say the places of the villages that a viewer sees, the last ones first; there are others behind or before."""
    told = [
        LISTED_PLACE.fill(village=row["village"], position=position_text(row), gap=formats.format_gap(row["gap"]))
        for row in ranked.tail(MOST_PLACES).iloc[::-1].to_dict("records")
    ]
    return LISTED_ONLY.fill(count=len(ranked), villages=join_texts(told, Text("，", "; ")))


def _places_sentence(ranked: pd.DataFrame) -> Text:
    first, last = (
        ranked[ranked["position"] == place] for place in (ranked["position"].min(), ranked["position"].max())
    )
    gap, counts = formats.format_gap(last.iloc[0]["gap"]), counts_text(last.iloc[0])
    if len(ranked) == 1:
        return ONLY_ONE.fill(village=village_list_text(last), gap=gap, counts=counts)
    if len(first) == len(ranked):
        return ALL_LEVEL.fill(count=len(ranked), gap=gap)
    leads = formats.format_gap(first.iloc[0]["gap"])
    return FIRST_AND_LAST.fill(
        first=village_list_text(first), first_gap=leads, last=village_list_text(last), last_gap=gap, counts=counts
    )


def village_list_text(rows: pd.DataFrame) -> Text:
    """Return the names of villages as a list."""
    return join_list(untranslated(name) for name in rows["village"])


def counts_text(row: pd.Series | Row) -> Text:
    """Return the households that signed and all of a village."""
    return both_counts(row["signed"], row["households"], HOUSEHOLDS)


def compared_sentence(ranking: DatedResult) -> Text | None:
    """Say against which ranking places have moved; None where there is no ranking."""
    if ranking.rows.empty:
        return None
    row = ranking.rows.iloc[0]
    template = SINCE_WEEK if row["compared_with"] == "一周前" else SINCE_PUBLISHED
    return template.fill(day=formats.format_date(row["compared_on"]))


def compared_caption(ranking: DatedResult) -> Text | None:
    """Say that no ranking was published before the day, where that is so."""
    is_week = len(ranking.rows) and ranking.rows.iloc[0]["compared_with"] == "一周前"
    return NONE_BEFORE if is_week else None


def gap_picture(request: PageRequest, ranking: DatedResult, lights: Sequence[str]) -> Html:
    """Return the gap of each village that has a place as a bar to the left or right of its plan, the first on top."""
    ranked = ranked_rows(ranking.rows.assign(light=lights))
    drawn = (
        ranked if len(ranked) <= MOST_BARS else pd.concat([ranked.head(MOST_BARS // 2), ranked.tail(MOST_BARS // 2)])
    )
    low, high = min(0.0, ranked["gap"].min()), max(0.0, ranked["gap"].max())
    bars = bar_rows(_gap_row(request, row, low, high) for row in drawn.to_dict("records"))
    left_out = count_note(len(ranked) - len(drawn), NOT_DRAWN)
    return Html(bars + (element("p", words(left_out), class_="fl-caption") if left_out else Markup("")))


def _gap_row(request: PageRequest, row: Row, low: float, high: float) -> tuple[Markup, Markup, Markup]:
    said = BAR_SAYS.fill(gap=formats.format_gap(row["gap"]), counts=counts_text(row))
    name = link(words(f"{int(row['position'])} {row['village']}"), village_href(request, row))
    return name, _gap_bar(row["gap"], low, high, STATUS_COLOURS[row["light"]], said), words(said)


def _gap_bar(gap: float, low: float, high: float, colour: str, said: Text) -> Markup:
    """Return a bar that begins at the plan and goes as far as the gap, on a scale from the lowest to the highest."""
    span = (high - low) or 1.0
    plan, start, width = (100 * part / span for part in (-low, min(gap, 0) - low, abs(gap)))
    bar = element("b", "", style=f"margin-left:{start:.2f}%;width:{max(width, 0.5):.2f}%;background:{colour}")
    tick = element("i", "", style=f"left:{plan:.2f}%")
    return element("span", bar + tick, class_="fl-bullet", role="img", aria_label=words(said))


def village_href(request: PageRequest, row: pd.Series | Row) -> str:
    """Return the address of a village; none for households that name no village, or several merged ones."""
    code = row["village_id"]
    return "" if formats.is_missing(code) else same_page_href(request, village=code, open=None)


def village_list(request: PageRequest, ranking: DatedResult, lights: Sequence[str]) -> Html:
    """Return the villages, the last place first and those behind in red; at the end those that have no place."""
    rows = ranking.rows.assign(light=lights)
    rows = rows.sort_values("position", ascending=False, na_position="last", kind="stable")
    return list_block(
        ranking,
        ["village", "rank", "change", "gap", "counts", "planned_rate", "overdue_left"],
        rows,
        href=lambda row: village_href(request, row),
        cells={
            "village": _name_cell,
            "rank": lambda row: words(position_text(row)),
            "change": lambda row: words(change_text(row)),
            "counts": lambda row: words(
                formats.format_share(row["signed"], row["households"], row["rate"], HOUSEHOLDS)
            ),
        },
        headings={"rank": RANK, "counts": SIGNED, "overdue_left": OVERDUE},
        is_alarming=lambda row: row["light"] in LATE and not formats.is_missing(row["position"]),
        more_href=same_page_href(request, open="all"),
    )


def _name_cell(row: Row) -> Markup:
    mark = Markup("") if formats.is_missing(row["village_id"]) else status_mark(row["light"]) + Markup(" ")
    return mark + words(tables.word_label(row["village"], reader_language()))


def position_text(row: pd.Series | Row) -> Text:
    """Say the place of a village, or why it has none."""
    if not formats.is_missing(row["position"]):
        return NTH.fill(position=int(row["position"]))
    return NO_PLACE if row["ranking"] == "样本不足" else NOT_A_VILLAGE


def change_text(row: pd.Series | Row) -> Text:
    """Say how many places a village rose or fell; it is new where it had no place before."""
    if formats.is_missing(row["position"]):
        return untranslated(formats.MISSING)
    if formats.is_missing(row["change"]):
        return NEW
    template = RISEN if row["change"] > 0 else FALLEN if row["change"] < 0 else UNMOVED
    return template.fill(count=abs(int(row["change"])))
