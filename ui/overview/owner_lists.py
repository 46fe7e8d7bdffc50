"""The lists of the page 谁该办: who has how much, the items of one, the follow-up sheet that is printed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts, untranslated
from data.words import STREAMS
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.cards import Card, metric_card, rows_in_all, share_of_rows
from ui.figure_sheet import figure_part, part_link
from ui.item_links import item_href, owner_href
from ui.item_words import gap_text, item_text
from ui.markup import element, joined, link, status_mark, words
from ui.overview.owners import BEHIND, OF_CHOICE, OVERDUE, Answerable, summed_up
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import LIST_ROWS, PRINTED_ROWS, Row, list_block
from ui.results import DatedResult

SHOWN = 20  # chosen: three screens on a desk, four on a phone
MOST_BESIDE = 8  # chosen: as many villages and chiefs as stand beside each other on a screen
OPEN_COUNT = Text("未办结", "Open")
OVERDUE_COUNT = Text("已逾期", "Past its deadline")
BEHIND_COUNT = Text("落后于序时", "Behind plan")
LONGEST = Text("最久已过", "Longest over")
WITHOUT_DEADLINE = Text("没有写期限", "Without a deadline")
OF_OPEN = Text("{count} / {total} 项", "{count} of {total} items")
PIECES = Text("{count} 项", "{count} items")
STREAM_COUNT = Text("{stream} {count}", "{stream} {count}")
NOBODY = Text("{count} 项没有写谁办", "{count} name nobody who acts")
LONGEST_OVER = Text("最久的已过 {days} 天", "the longest {days} days over")
DAYS = Text("{days} 天", "{days} days")
DAYS_OVER = Text("已过 {days} 天", "{days} days over")
DAYS_LEFT = Text("还剩 {days} 天", "{days} days left")
DAYS_OPEN = Text("已有 {days} 天", "open for {days} days")
NAME, VILLAGE, CHIEF = Text("单位或人", "Unit or person"), Text("村社", "Village"), Text("河长", "River chief")
CALLED = {"owner": NAME, "village": VILLAGE, "chief": CHIEF}
MATTER, TIME = Text("类别和事由", "Kind and matter"), Text("期限", "Deadline")
GAP_OR_NOTE = Text("差距或备注", "Gap or note")
ITEMS = Text("全部事项（已逾期最久的在前）", "All items (longest past its deadline first)")
SHEET = Text("督办单", "Follow-up sheet")
SHEET_ASKS = Text(
    "{name}：截至 {day}，下列 {count} 项尚未办结，其中 {overdue} 项已逾期。请逐项填写办理情况，按期限办结。",
    "To {name}: as of {day} the {count} items below are not done, {overdue} of them past their deadline. Say of each "
    "how it stands, and finish it by its deadline.",
)
NUMBER, ITEM, REPLY = Text("序号", "No."), Text("事项", "Item"), Text("办理情况", "How it stands")
RECEIVED = Text("签收：______________　日期：______________", "Received by: ______________　Date: ______________")
DOT = untranslated(" · ")
BLANK = Markup("")


def item_cards(items: DatedResult, rows: pd.DataFrame, href: str) -> list[Card]:
    """Return the cards: past the deadline, behind plan, without a deadline, all; each opens the list."""
    overdue = rows[rows["light"] == OVERDUE]
    longest = LONGEST_OVER.fill(days=int(-overdue["days_left"].min())) if len(overdue) else None
    nobody = int(rows["owner"].isna().sum())
    streams = [
        STREAM_COUNT.fill(stream=name, count=int((rows["stream"] == stream).sum()))
        for stream, name in STREAMS.items()
        if (rows["stream"] == stream).any()
    ]
    figures = (
        (OVERDUE_COUNT, overdue, OF_OPEN, longest),
        (BEHIND_COUNT, rows[rows["light"].isin(BEHIND)], OF_OPEN, None),
        (WITHOUT_DEADLINE, rows[rows["due_on"].isna()], OF_OPEN, None),
        (OPEN_COUNT, rows, PIECES, NOBODY.fill(count=nobody) if nobody else join_texts(streams, DOT)),
    )
    made = (
        metric_card(
            items, said.fill(count=len(own), total=len(rows)), below, label=label, span=None, rows=own,
            worked=[share_of_rows(label, len(own), len(rows))],
        )
        for label, own, said, below in figures
    )  # fmt: skip
    return [replace(card, href=href) for card in made]


def answerable_list(request: PageRequest, items: DatedResult, choice: str, shown: int = LIST_ROWS) -> Html:
    """Return who has how much to do, each a link to all of it; those with something past its deadline in red.

    Beyond those shown a list goes on where the address asks for the rest of it.
    """
    return list_block(
        items,
        [choice, "open", "overdue", "behind", "longest"],
        summed_up(items.rows, choice),
        href=lambda row: answerable_href(request, choice, row),
        cells={
            choice: lambda row: words(tables.word_label(row[choice], reader_language())),
            **{name: partial(_count_cell, items, choice, name) for name in ("open", "overdue", "behind")},
            "longest": partial(_longest_cell, items, choice),
        },
        headings={
            choice: CALLED[choice], "open": OPEN_COUNT, "overdue": OVERDUE_COUNT, "behind": BEHIND_COUNT,
            "longest": LONGEST,
        },
        is_alarming=lambda row: row["overdue"] > 0,
        shown=PRINTED_ROWS if request.is_open(choice) else shown,
        more_href=same_page_href(request, open=choice),
    )  # fmt: skip


def beside_each_other(*parts: tuple[Text, Html]) -> Html:
    """Return lists under their headings, two in a row where there is room."""
    sections = (element("section", element("h2", words(heading)) + block.markup) for heading, block in parts)
    return Html(element("div", joined(sections), class_="fl-two"))


def _count_cell(items: DatedResult, choice: str, name: str, row: Row) -> Markup:
    """Return how many items one has to do, as a link to them."""
    own = _items_of(items, choice, name, row)
    part = figure_part(items, own, worked=[rows_in_all(own)]) if len(own) else None
    return part_link(words(f"{len(own):,}"), part)


def _items_of(items: DatedResult, choice: str, name: str, row: Row) -> pd.DataFrame:
    """Return the items that one has to do, of a kind."""
    code = OF_CHOICE[choice]
    own = items.rows[items.rows[code] == row[code]]
    return own if name == "open" else own[own["light"].isin([OVERDUE] if name == "overdue" else BEHIND)]


def _longest_cell(items: DatedResult, choice: str, row: Row) -> Markup:
    """Return for how many days what is longest past its deadline is over, as a link to it."""
    if formats.is_missing(row["longest"]):
        return words(formats.MISSING)
    own = _items_of(items, choice, "overdue", row)
    return part_link(words(DAYS.fill(days=int(row["longest"]))), figure_part(items, own.nsmallest(1, "days_left")))


def answerable_href(request: PageRequest, choice: str, row: Row) -> str:
    """Return the address of all that one has to do, of a village or a chief by the code."""
    code = row[choice] if choice == "owner" else row[f"{choice}_id"]
    return same_page_href(request, open=None, **{"owner": None, "village": None, "chief": None, choice: code})


def item_list(
    request: PageRequest, items: DatedResult, rows: pd.DataFrame, whose: Answerable, pages: Mapping[str, str]
) -> Html:
    """Return the items of one, each a link to the thing itself, with its days; on paper stands the sheet instead."""
    others = [name for name in ("owner", "village", "chief") if name != whose.choice]
    listed = list_block(
        items,
        ["item", "kind", "time", "gap", *others],
        rows,
        href=lambda row: item_href(row, pages),
        cells={
            "item": lambda row: joined((status_mark(row["light"]), words(item_text(row))), " "),
            "kind": lambda row: words(matter_text(row)),
            "time": lambda row: words(time_text(row)),
            "gap": lambda row: words(gap_or_note(row)),
            **{name: partial(_answerable_cell, request, name) for name in others},
        },
        headings={"kind": MATTER, "time": TIME, "gap": GAP_OR_NOTE, **{name: CALLED[name] for name in others}},
        is_alarming=lambda row: row["light"] == OVERDUE,
        shown=SHOWN,
        more_href=same_page_href(request, open="all"),
    )
    return Html(element("div", element("h2", words(ITEMS)) + listed.markup, class_="fl-screen"))


def _answerable_cell(request: PageRequest, name: str, row: Row) -> Markup:
    """Return the name of who else an item concerns, a link to all that is with it."""
    if formats.is_missing(row[name]):
        return words(formats.MISSING)
    href = owner_href(row["owner"]) if name == "owner" else answerable_href(request, name, row)
    return link(words(tables.word_label(row[name], reader_language())), href)


def matter_text(row: Row) -> Text:
    """Return the kind of an item and what it is about."""
    told = [row[name] for name in ("kind", "matter") if not formats.is_missing(row[name])]
    return join_texts(
        [Text(tables.word_label(word, "zh"), tables.word_label(word, "en")) for word in dict.fromkeys(told)], DOT
    )


def time_text(row: Row) -> Text:
    """Say until when and how many days are left or over; without a deadline for how many days it is open."""
    if formats.is_missing(row["due_on"]):
        return (
            untranslated(formats.MISSING) if formats.is_missing(row["days"]) else DAYS_OPEN.fill(days=int(row["days"]))
        )
    days = int(row["days_left"])
    said = DAYS_LEFT.fill(days=days) if days >= 0 else DAYS_OVER.fill(days=-days)
    return join_texts([untranslated(formats.format_date(row["due_on"])), said], DOT)


def gap_or_note(row: Row) -> Text:
    """Return the gap of what has a plan or a level to keep, of all else what its ledger notes."""
    if not formats.is_missing(row["gap"]):
        return gap_text(row)
    return untranslated(formats.MISSING if formats.is_missing(row["note"]) else str(row["note"]))


def follow_up_sheet(items: DatedResult, rows: pd.DataFrame, whose: Answerable) -> Html:
    """Return what stands on paper in the place of the list: the items with room for an answer, and for a name."""
    overdue = int((rows["light"] == OVERDUE).sum())
    asks = SHEET_ASKS.fill(
        name=tables.word_label(whose.name, reader_language()), day=formats.format_date(items.as_of), count=len(rows),
        overdue=overdue,
    )  # fmt: skip
    head = element("tr", joined(element("th", words(h), scope="col") for h in (NUMBER, ITEM, MATTER, TIME, REPLY)))
    body = joined(
        _sheet_row(place, row) for place, row in enumerate(rows.head(PRINTED_ROWS).astype(object).to_dict("records"), 1)
    )
    table = element("table", element("thead", head) + element("tbody", body), class_="fl-table fl-sheet")
    more = len(rows) - PRINTED_ROWS
    left_out = element("p", words(phrases.MORE_ROWS.fill(count=more))) if more > 0 else BLANK
    parts = (element("h2", words(SHEET)), element("p", words(asks)), table, left_out, element("p", words(RECEIVED)))
    return Html(element("section", joined(parts), class_="fl-paper"))


def _sheet_row(place: int, row: Row) -> Markup:
    name = joined((status_mark(row["light"]), words(item_text(row))), " ")
    cells = (words(str(place)), name, words(matter_text(row)), words(time_text(row)), BLANK)
    return element("tr", joined(element("td", cell) for cell in cells))
