"""The list of the cockpit: everything that is yellow or red, each a link, with who leads it, days and last note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts, untranslated
from data.words import PLAN_KINDS, WORDS
from ui import formats, phrases
from ui.item_links import item_href
from ui.item_words import TARGET, gap_text, item_text
from ui.markup import NOTHING, element, joined, link, list_items, status_mark, words
from ui.menu import page_href
from ui.overview.target_rows import LEVEL, days_left_text
from ui.result_list import Row, table_records

BEHIND = Text("落后事项 {count} 项", "Behind plan: {count}")
BEHIND_COLUMNS = (
    "item scope_name kind light rate planned_rate gap actual target quantity_unit judged_on ends_on days_left owner"
)
JUDGED = Text("{day} 上报", "reported {day}")
NOTED = Text("{day} 上报“{note}”", "reported {day}: “{note}”")
SHORT_GAP = Text("{gap} 点", "{gap} pp")
DOT = untranslated(" · ")
OTHERS_OVER = Text("另有 {count} 项已逾期：{listed}", "{count} others past their deadline: {listed}")
COUNT_OF = Text("{label} {count}", "{label} {count}")
REST = Text("其他", "of other kinds")
PLANNED = tuple(choice.value for choice in PLAN_KINDS)
PHONE_BEHIND = 8  # chosen: what a phone lists of them (style.css)
NAMED_KINDS = 5  # chosen: the most common; the page behind the link has all
MAX_BEHIND = 11  # chosen: what one screen holds beside the targets; all others are one click away


def last_note_text(row: Row) -> Text | None:
    """Return what was last noted of an item with its day, or the day of its last report, or nothing."""
    if not formats.is_missing(row.get("note")) and not formats.is_missing(row.get("noted_on")):
        return NOTED.fill(day=formats.format_date(row["noted_on"]), note=untranslated(str(row["note"])))
    if row["kind"] != "工程" or formats.is_missing(row["judged_on"]):
        return None
    return JUDGED.fill(day=formats.format_date(row["judged_on"]))


def with_notes(late: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """Return the items with what was last noted of each."""
    return late.merge(notes, how="left", on=["kind", "item_id"])


def late_markup(late: pd.DataFrame, pages: Mapping[str, str], most: int = MAX_BEHIND) -> Markup:
    """Return what is late, past its deadline first, each a link to the thing itself, with who leads it and the days."""
    rows = table_records(late)
    heading = element("h2", link(words(BEHIND.fill(count=len(rows))), page_href("overview/owners.py")))
    listed = list_items((_item_markup(row, pages) for row in rows[:most]), "fl-list fl-late")
    if len(rows) <= PHONE_BEHIND:
        return heading + listed
    more = link(words(phrases.SHOW_ALL.fill(count=len(rows))), page_href("overview/cockpit.py", open="behind"))
    return heading + listed + element("p", more, class_="" if len(rows) > most else "fl-on-phone")


def other_items_markup(items: pd.DataFrame) -> Markup:
    """Return what else is past its deadline, counted by kind: it has no plan, so it is not in the list above."""
    over = items[(items["light"] == "已逾期") & ~items["kind"].isin(PLANNED)]
    if over.empty:
        return NOTHING
    counts = over["kind"].value_counts()
    told = [(WORDS[kind], count) for kind, count in counts.head(NAMED_KINDS).items()]
    rest = [(REST, counts[NAMED_KINDS:].sum())] if len(counts) > NAMED_KINDS else []
    listed = join_list(COUNT_OF.fill(label=label, count=count) for label, count in told + rest)
    said = OTHERS_OVER.fill(count=len(over), listed=listed)
    return element("p", link(words(said), page_href("overview/owners.py")), class_="fl-others")


def _item_markup(row: Row, pages: Mapping[str, str]) -> Markup:
    name = joined((status_mark(row["light"]), words(item_text(row))), " ")
    gap = element("b", words(_short_gap(row)), title=words(gap_text(row)))
    below = element("small", words(join_texts(_who_and_when(row), DOT)), class_="fl-caption")
    told = list(_counts_and_note(row))
    more = element("small", words(join_texts(told, DOT)), class_="fl-caption fl-detail") if told else NOTHING
    first = element("span", element("span", name) + gap, class_="fl-row")
    return link(first + below + more, item_href(row, pages), class_="fl-item")


def _short_gap(row: Row) -> Text:
    """Return a gap in so few signs that it fits beside a name: −43.2 点."""
    gap = row["gap"]
    return untranslated(formats.MISSING) if formats.is_missing(gap) else SHORT_GAP.fill(gap=formats.format_signed(gap))


def _who_and_when(row: Row) -> Iterator[Text]:
    """Yield who leads it, and the days left; a level has none."""
    if not formats.is_missing(row["owner"]):
        yield untranslated(str(row["owner"]))
    if row["is_level"]:
        yield LEVEL
    elif not formats.is_missing(row["days_left"]):
        yield days_left_text(row["days_left"])


def _counts_and_note(row: Row) -> Iterator[Text]:
    """Yield both counts, and the last note or the day of the report that it is judged on."""
    if not formats.is_missing(row["rate"]) and row["kind"] != TARGET:
        yield formats.format_share(row["actual"], row["target"], row["rate"], WORDS[row["quantity_unit"]])
    noted = last_note_text(row)
    if noted:
        yield noted
