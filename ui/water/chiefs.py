"""The page of the chiefs: who goes as often as they are to, who answers for what, and what people say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from data.units import UNITS
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Block, Html
from ui.cards import TO_DATE, Card, both_counts, metric_card, percentage_or_none, percentage_text
from ui.colours import MISSING_COLOUR, STREAM_COLOURS
from ui.markup import bullet_bar, element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, full_table, list_block
from ui.results import DatedResult
from ui.worked_figures import column_share

PAGE = Page(
    label=Text("河长履职", "River chiefs"),
    icon=":material/directions_walk:",
    place=80,
    ledgers=("chief", "chief_duty", "signboard", "patrol", "satisfaction"),
    choices=("chief",),
)

DONE = Text(
    "近 {months} 个月应巡 {due} 次，计入 {done} 次（{rate}）；{worst}",
    "{done} of the {due} patrols due in {months} months were done ({rate}); {worst}",
)
SHORT = Text(
    "{short} / {duties} 项包干没有巡足，最低的是{post}（{river} {done} / {ranked} 次）",
    "{short} of {duties} duties fell short, furthest {post} ({river}, {done} of {ranked})",
)
ALL_DONE = Text("各项包干都巡足了", "every duty was kept")
TOO_FEW_TO_RANK = Text(
    "{short} / {duties} 项包干没有巡足，样本不足不排名", "{short} of {duties} duties fell short, too few to rank"
)
NO_PATROL = Text("没有巡河记录", "No patrol is on record")
NONE_DUE = Text("近 {months} 个月没有应巡的河道", "No patrol was due in {months} months")
ONE_DONE = Text(
    "{post}：近 {months} 个月应巡 {due} 次，计入 {done} 次（{rate}）",
    "{post}: {done} of the {due} patrols due in {months} months count ({rate})",
)
ONE_NONE_DUE = Text("{post}：近 {months} 个月没有应巡的河道", "{post}: no patrol was due in {months} months")
CHOOSE_CHIEF = Text("河长", "chief")
TO_ALL_CHIEFS = Text("← 全部河长", "← All chiefs")
SCOREBOARD = Text(
    "近 {patrol_months} 个月巡河完成率，低的在前", "Patrols done of those due in {patrol_months} months, lowest first"
)
RANKED_FROM = Text(
    "应巡不到 {ranked_cases} 次的为样本不足，列在后面，不排名。",
    "With fewer than {ranked_cases} due there is too little to rank; these stand last.",
)
TOO_FEW = Text("样本不足", "Too few")
NOT_DUE = Text("没有应巡", "None due")
SHARE = Text("{done} / {total} {unit}", "{done} / {total} {unit}")
ALL_DUTIES = Text("巡河完成率全表", "All columns of the duties")
OWN_RIVERS = Text("各条河道的巡河完成率", "Patrols done on each river")
OWN_PATROLS = Text("近 {patrol_months} 个月的每次巡河", "Each patrol of {patrol_months} months")
OWN_ISSUES = Text("负责的未销号问题", "Open issues to answer for")
ALL_PATROLS = Text("巡河全表", "All columns of the patrols")
NONE_OPEN = Text("没有负责的未销号问题。", "None is open.")
DUTIES = Text("包干的河道和起止", "Duties and their time")
REASONS = Text(
    "近 {patrol_months} 个月的巡河算不算数，为什么",
    "Which patrols of {patrol_months} months count, and why others do not",
)
REASON_SHARE = Text("次数、占比", "Patrols, share")
COVERAGE, SIGNBOARDS = Text("各河河长覆盖", "Reaches with a chief, by river"), Text("河长公示牌", "Signboards")
SATISFACTION = Text("群众满意度", "Satisfaction")
EFFECTIVE = Text("有效巡河率", "Effective patrols")
EFFECTIVE_COUNTS = Text("有效 / 全部", "Count / all")
TO_ISSUES = Text("巡河和投诉发现的问题办到哪一步 →", "What becomes of the issues found →")
PATROL_RATE = Text("巡河完成率(%)", "Patrols done (%)")
LAST_MONTHS = Text("近 {patrol_months} 个月", "Last {patrol_months} months")
COMPLETE = Text("近 {patrol_months} 个月的完整周期", "Complete periods of {patrol_months} months")
TIMES_UNIT, REACHES, BOARDS = UNITS["times"].label, Text("段河道", "reaches"), Text("块", "boards")
PATROL_COLUMNS = (
    *("post", "river", "rate", "patrols_counted", "patrols_due", "effective", "patrols", "effective_rate", "reasons"),
    *("findings", "patrol_length", "density"),
)
VERDICT_COLUMNS = ("start_at", "end_at", "river", "patrol_length", "has_track", "findings", "reason")


def fill_thresholds(said: Text, result: DatedResult) -> Text:
    """Return a phrase with the numbers of the rules that it names."""
    return said.fill(**{name: int(value) for name, value in thresholds(result.as_of).items()})


def _column_total(rows: pd.DataFrame, column: str) -> int:
    return int(rows[column].sum())


def _patrol_months(patrols: DatedResult) -> int:
    return int(thresholds(patrols.as_of)["patrol_months"])


def title_sentence(patrols: DatedResult) -> Text:
    """Say how many of the patrols due were done, how many duties fell short, and which one furthest."""
    rows, months = patrols.rows, _patrol_months(patrols)
    if rows.empty:
        return NO_PATROL if patrols.newest else phrases.NOTHING_YET
    done, due = _column_total(rows, "patrols_counted"), _column_total(rows, "patrols_due")
    if not due:
        return NONE_DUE.fill(months=months)
    rate = formats.format_percent(percentage_or_none(done, due))
    return DONE.fill(months=months, rate=rate, done=done, due=due, worst=_worst_clause(rows))


def _worst_clause(rows: pd.DataFrame) -> Text:
    due = rows[rows["patrols_due"] > 0]
    counts = {"short": int((due["patrols_counted"] < due["patrols_due"]).sum()), "duties": len(due)}
    ranked = ranked_chiefs(due)
    if not counts["short"]:
        return ALL_DONE
    if ranked.empty:
        return TOO_FEW_TO_RANK.fill(**counts)
    worst = ranked.iloc[0]
    return SHORT.fill(
        **counts,
        post=worst["post"],
        river=worst["river"],
        done=worst["patrols_counted"],
        ranked=worst["patrols_due"],
    )


def chief_title(post: str, own: pd.DataFrame, patrols: DatedResult) -> Text:
    """Say of one chief how many of the patrols due count; `own` are his rows of patrol_completion."""
    done, due, months = (*(_column_total(own, n) for n in ("patrols_counted", "patrols_due")), _patrol_months(patrols))
    if not due:
        return ONE_NONE_DUE.fill(post=post, months=months)
    rate = formats.format_percent(percentage_or_none(done, due))
    return ONE_DONE.fill(post=post, months=months, due=due, done=done, rate=rate)


def ranked_chiefs(patrols: pd.DataFrame) -> pd.DataFrame:
    """Return the chiefs of whom enough patrols were due."""
    return patrols[patrols["is_enough"].astype(bool)]


def _share_card(result: DatedResult, columns: tuple[str, str], unit: Text, span: Text, label: Text | None) -> Card:
    done, total = (_column_total(result.rows, name) for name in columns)
    return metric_card(
        result, percentage_text(done, total), both_counts(done, total, unit), label=label, span=span,
        worked=[column_share(result, total_rows(result.rows), *columns, unit)],
    )  # fmt: skip


def chief_cards(
    request: PageRequest, patrols: DatedResult, coverage: DatedResult, boards: DatedResult
) -> Sequence[Card]:
    """Return the four figures of the page, each a link to what is behind it."""
    complete, last = (fill_thresholds(said, patrols) for said in (COMPLETE, LAST_MONTHS))
    shown = {
        "all": _share_card(patrols, ("patrols_counted", "patrols_due"), TIMES_UNIT, complete, None),
        "reasons": _share_card(patrols, ("effective", "patrols"), TIMES_UNIT, last, EFFECTIVE),
        "coverage": _share_card(coverage, ("covered", "reaches"), REACHES, TO_DATE, None),
        "signboards": _share_card(boards, ("intact", "boards"), BOARDS, TO_DATE, None),
    }
    return [replace(card, href=same_page_href(request, open=part)) for part, card in shown.items()]


def river_link(row: Row) -> Markup:
    """Return a river as a link to its file; a dash where none is named."""
    if formats.is_missing(row["river"]):
        return words(formats.MISSING)
    return link(words(row["river"]), page_href("water/river.py", river=row["river_id"]))


def _completion_cell(row: Row) -> Markup:
    """Return how much of what was due was done as a bar with both counts; where too little was due, the counts."""
    if not row["patrols_due"]:
        return words(NOT_DUE)
    counts = SHARE.fill(done=row["patrols_counted"], total=row["patrols_due"], unit=TIMES_UNIT)
    if not row["is_enough"]:
        return words(TOO_FEW) + element("small", Markup(" ") + words(counts))
    said = formats.format_share(row["patrols_counted"], row["patrols_due"], row["rate"], TIMES_UNIT)
    return bullet_bar(row["rate"], None, STREAM_COLOURS["water"], said) + element("small", words(said))


def _effective_cell(row: Row) -> Markup:
    """Return how many patrols count of all, and below why others do not."""
    counts = words(SHARE.fill(done=row["effective"], total=row["patrols"], unit=TIMES_UNIT))
    return counts if formats.is_missing(row["reasons"]) else counts + element("small", _reason_words(row["reasons"]))


def _reason_words(reasons: str) -> Markup:
    """Return 时长不足(2),没有轨迹(1) in the reader's language."""
    said = [reason.partition("(") for reason in reasons.split(",")]
    return Markup(" ") + joined((words(WORDS[name]) + Markup(" ") + words(n.strip(")")) for name, _, n in said), " · ")


def _duty_list(request: PageRequest, patrols: DatedResult, rows: pd.DataFrame, first: str, more_href: str = "") -> Html:
    def chief_href(row: Row) -> str:
        return same_page_href(request, chief=row["chief_id"], open=None)

    def river_href(row: Row) -> str:
        return page_href("water/river.py", river=row["river_id"])

    is_river = first == "river"
    return list_block(
        patrols,
        ["river", "completion", "counts"] if is_river else ["post", "completion", "counts", "river"],
        rows,
        href=river_href if is_river else chief_href,
        cells={"completion": _completion_cell, "counts": _effective_cell} | ({} if is_river else {"river": river_link}),
        headings={"completion": patrols.definition.label, "counts": EFFECTIVE_COUNTS},
        more_href=more_href,
    )


def chief_list(request: PageRequest, patrols: DatedResult) -> Html:
    """Return the chiefs with each of their rivers, the lowest rate first, those with too little due last."""
    rows = patrols.rows.assign(few=~patrols.rows["is_enough"].astype(bool))
    sorted_rows = rows.sort_values("few", kind="stable")
    return _duty_list(request, patrols, sorted_rows, "post", same_page_href(request, open="all"))


def own_river_list(request: PageRequest, patrols: DatedResult, own: pd.DataFrame) -> Html:
    """Return the rivers of one chief, the lowest rate first."""
    return _duty_list(request, patrols, own, "river")


def reason_list(reasons: DatedResult) -> Html:
    """Return the patrols that count and those that do not by reason, each as a bar of all patrols."""
    return list_block(reasons, ["reason", "counts"], cells={"counts": _reason_cell}, headings={"counts": REASON_SHARE})


def _reason_cell(row: Row) -> Markup:
    said = formats.format_share(row["patrols"], row["patrols_all"], row["patrol_share"], TIMES_UNIT)
    colour = STREAM_COLOURS["water"] if row["reason"] == "有效" else MISSING_COLOUR
    return bullet_bar(row["patrol_share"], None, colour, said) + element("small", words(said))


def river_rows(result: DatedResult, columns: Sequence[str]) -> Html:
    """Return a result by river, its first column a link to the river."""
    return list_block(result, columns, cells={"river": river_link})


def issues_link(request: PageRequest) -> Html:
    """Return the way to what becomes of what is found."""
    return Html(element("p", link(words(TO_ISSUES), page_href("water/issues.py"))))


def chief_facts(request: PageRequest, duties: pd.DataFrame) -> Html:
    """Return the way back to all chiefs, the level of this one, and the rivers of its duties."""
    back = link(words(TO_ALL_CHIEFS), same_page_href(request, chief=None, open=None))
    rivers = [river_link(row) for row in duties.drop_duplicates("river_id").to_dict("records")]
    level = words(WORDS.get(duties["level"].iloc[0], untranslated(duties["level"].iloc[0])))
    return Html(element("p", joined((back, level, *rivers), " · ")))


def own_issue_list(issues: DatedResult, own: pd.DataFrame) -> Html:
    """Return the open issues of one chief, the longest overdue first, each a link to its steps."""
    if own.empty:
        return caption_block(NONE_OPEN)
    return list_block(
        issues,
        ["problem", "days_overdue", "step", "handler"],
        own,
        href=lambda row: page_href("water/issues.py", issue=row["issue_id"]),
        is_alarming=lambda row: bool(row["is_overdue"]),
    )


def duty_table(request: PageRequest, title: Text, patrols: DatedResult) -> Block:
    """Return all duties with all columns."""
    return full_table(request, title, patrols, PATROL_COLUMNS, "patrols", rate=PATROL_RATE)


def patrol_table(request: PageRequest, title: Text, verdicts: DatedResult) -> Block:
    """Return all patrols of one chief with all columns."""
    return full_table(request, title, verdicts, VERDICT_COLUMNS, "own-patrols")
