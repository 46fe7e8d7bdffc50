"""The cards of the page 村社考核."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.text import Text
from ui import formats
from ui.cards import Card, both_counts, count_note, metric_card, share_of_rows
from ui.demolition import villages
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.results import DatedResult
from ui.worked_figures import column_total

VILLAGES = Text("个村社", "villages")
RANKED = Text("参加排名", "Ranked")
LISTED = Text("列出 {count} 个，户数少的并入“其他”", "{count} listed, small ones merged")
TOO_FEW_VILLAGES = Text("{count} 个样本不足，不排名", "{count} with too few households, no place")
WITHOUT_VILLAGE = Text(
    "另有 {households} 户没有写村社，已签 {signed} 户", "{signed} of {households} households elsewhere name no village"
)
BEHIND = Text("滞后或逾期", "Behind or overdue")
OVERDUE_LEFT = Text("逾期未签约 {count} 户", "not signed and overdue: {count}")
MOVES = Text("位次变化", "Changes of place")
RISEN, FALLEN = Text("上升", "Risen"), Text("下降", "Fallen")
NEW_ONES = Text("{count} 个新上榜", "{count} new")
AWARDS = Text("{year} 年嘉奖、通报批评", "Commended and criticised, {year}")
BOTH_AWARDS = Text("{commended} 次 / {criticised} 次", "{commended} / {criticised}")


def ranking_cards(request: PageRequest, ranking: DatedResult, lights: Sequence[str], awards: DatedResult) -> list[Card]:
    """Return the cards: villages ranked, those behind, places that moved, this year's awards; each leads on."""
    cards = (_ranked_card(ranking), _late_card(ranking, lights), _moves_card(ranking), _award_card(awards))
    parts = ("all", "all", "published", "awards")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(cards, parts, strict=True)]


def _ranked_card(ranking: DatedResult) -> Card:
    rows = ranking.rows
    named, nowhere = rows[rows["ranking"] != "未写村社"], rows[rows["ranking"] == "未写村社"]
    few = count_note((named["ranking"] == "样本不足").sum(), TOO_FEW_VILLAGES)
    left = [
        WITHOUT_VILLAGE.fill(households=formats.format_count(h), signed=formats.format_count(s))
        for h, s in zip(nowhere["households"], nowhere["signed"], strict=True)
    ]
    count = len(villages.ranked_rows(rows))
    is_whole = not villages.has_merged(rows)
    said = both_counts(count, len(named), VILLAGES) if is_whole else LISTED.fill(count=count)
    return metric_card(
        ranking, said, few, *left, label=RANKED, span=None, worked=[share_of_rows(RANKED, count, len(named))]
    )


def _late_card(ranking: DatedResult, lights: Sequence[str]) -> Card:
    ranked, late = villages.ranked_rows(ranking.rows), villages.late_rows(ranking, lights)
    overdue = count_note(late["overdue_left"].sum(), OVERDUE_LEFT)
    names = villages.village_list_text(late.tail(3)) if len(late) else None
    said, worked = both_counts(len(late), len(ranked), VILLAGES), [share_of_rows(BEHIND, len(late), len(ranked))]
    return metric_card(ranking, said, names, overdue, label=BEHIND, span=None, rows=ranked, worked=worked)


def _moves_card(ranking: DatedResult) -> Card:
    ranked = villages.ranked_rows(ranking.rows)
    said = villages.moves_text(ranked)
    moved = ((RISEN, ranked["change"] > 0), (FALLEN, ranked["change"] < 0))
    worked = [share_of_rows(label, int(which.sum()), len(ranked)) for label, which in moved]
    new = count_note(ranked["former_position"].isna().sum(), NEW_ONES)
    return metric_card(
        ranking, said, new, villages.compared_sentence(ranking), label=MOVES, span=None, rows=ranked, worked=worked
    )


def _award_card(awards: DatedResult) -> Card:
    year = awards.as_of.year if awards.as_of else ""
    own = awards.rows[awards.rows["year"] == year]
    said = BOTH_AWARDS.fill(commended=int(own["commended"].sum()), criticised=int(own["criticised"].sum()))
    worked = [column_total(awards, own, name) for name in ("commended", "criticised")]
    return metric_card(awards, said, label=AWARDS.fill(year=year), span=None, rows=own, worked=worked)
