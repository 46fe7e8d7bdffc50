"""What is ready before signing, project by project and item by item; homes free and who looks for one."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.legal_words import PREPARATION_STATES
from data.text import Text, join_list, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import MISSING_COLOUR, STATUS_COLOURS, STATUS_SIGNS
from ui.markup import element, joined, link, words
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row
from ui.results import DatedResult

OVERDUE, AFTER_SIGNING, DONE_LATE, WAITING, UNREGISTERED, IN_TIME = (word.value for word in PREPARATION_STATES)
LOOKS = {
    IN_TIME: (STATUS_SIGNS["已完成"], STATUS_COLOURS["已完成"]),
    DONE_LATE: ("✓", STATUS_COLOURS["滞后"]),
    AFTER_SIGNING: (STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"]),
    OVERDUE: (STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
    WAITING: (STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    UNREGISTERED: (STATUS_SIGNS["无数据"], MISSING_COLOUR),
}
SHOWN_PROJECTS = 6  # measured: with the list above three screens
PREPARATION = Text("签约前的七项准备", "Seven items to be ready before signing")
PROJECT, READY = Text("项目", "Project"), Text("齐备", "Ready")
ITEM = Text("{project} {item}：{state}{day}", "{project}, {item}: {state}{day}")
DUE_ON, DONE_ON = Text("，期限 {day}", ", due {day}"), Text("，{day} 完成", ", done on {day}")
READY_OF = Text("{ready} / {needed}", "{ready} / {needed}")
UNREGISTERED_PROJECTS = Text(
    "{count} 个项目没有登记任何准备事项，不是没有准备：{names}",
    "{count} projects have no item on record, which is not to say that nothing was ready: {names}",
)
MORE = Text("另有 {count} 个项目，见准备事项全表", "{count} more projects in the table of all items")
PREPARATION_TABLE = Text("准备事项全表", "All preparation items")
HOMES = Text("房源：{free} 套剩余，{looking} 户还没落实", "Homes: {free} free, households without one: {looking}")
NO_HOMES = Text("房源：没有登记", "Homes: none on record")
UNKNOWN_HOMES = Text("不知道几", "unknown")
PREPARATION_COLUMNS = (
    "project", "preparation", "state", "days_overdue", "due_on", "done_on", "sign_start", "document_number", "owner",
)  # fmt: skip
HOUSING_COLUMNS = ("estate", "kind", "units_total", "taken", "free")


def preparation_grid(request: PageRequest, items: pd.DataFrame) -> Html:
    """Return a grid of projects and items, a mark in each cell; projects without any item are named below."""
    if items.empty:
        return caption_block(Text("还没有数据", "No data yet"))
    is_known = items.groupby("project_id")["state"].transform(lambda states: (states != UNREGISTERED).any())
    known, unknown = items[is_known], items[~is_known]
    codes = list(known["project_id"].unique())
    body = joined(_project_row(request, known[known["project_id"] == code]) for code in codes[:SHOWN_PROJECTS])
    heads = [PROJECT, *(WORDS[item] for item in items["preparation"].unique()), READY]
    head = element("tr", joined(element("th", words(said), scope="col", style=_HEAD) for said in heads))
    table = element("table", element("thead", head) + element("tbody", body), class_="fl-grid fl-upright")
    scrolled = element("div", table, class_="fl-scroll", tabindex="0", role="region", aria_label=words(PREPARATION))
    return Html((scrolled if codes else Markup("")) + _legend(known) + _remarks(unknown, len(codes) - SHOWN_PROJECTS))


_HEAD = "white-space:normal;overflow-wrap:anywhere;font-size:.74rem;min-width:2.2em"


def _remarks(unknown: pd.DataFrame, hidden: int) -> Markup:
    said = [MORE.fill(count=hidden)] if hidden > 0 else []
    names = list(unknown["project"].unique())
    if names:
        listed = join_list(untranslated(name) for name in names[:SHOWN_PROJECTS])
        said.append(UNREGISTERED_PROJECTS.fill(count=len(names), names=listed))
    return joined(element("p", words(each), class_="fl-caption") for each in said)


def _project_row(request: PageRequest, items: pd.DataFrame) -> Markup:
    rows = items.to_dict("records")
    name = link(words(rows[0]["project"]), same_page_href(request, project=rows[0]["project_id"], open=None))
    ready = sum(row["state"] in (IN_TIME, DONE_LATE) for row in rows)
    count = READY_OF.fill(ready=ready, needed=len(rows))
    cells = joined(element("td", _item_mark(row)) for row in rows)
    return element("tr", element("th", name, scope="row") + cells + element("td", words(count)))


def _item_mark(row: Row) -> Markup:
    """Return the mark of an item, with all that it stands for in words for those who point at it or listen."""
    said = ITEM.fill(
        project=row["project"], item=WORDS[row["preparation"]], state=WORDS[row["state"]], day=_day_text(row)
    )
    sign, colour = LOOKS[row["state"]]
    return element("span", sign, class_="fl-mark", style=f"--c:{colour}", title=t(said), role="img", aria_label=t(said))


def _day_text(row: Row) -> Text:
    for name, said in (("done_on", DONE_ON), ("due_on", DUE_ON)):
        if not formats.is_missing(row[name]):
            return said.fill(day=formats.format_date(row[name]))
    return untranslated("")


def _sign(state: str) -> Markup:
    sign, colour = LOOKS[state]
    return element("span", sign, class_="fl-mark", style=f"--c:{colour}", aria_hidden="true")


def _legend(items: pd.DataFrame) -> Markup:
    counts = items["state"].value_counts()
    told = (
        element("span", joined((_sign(state), words(WORDS[state]), words(formats.format_count(counts[state]))), " "))
        for state in LOOKS
        if state in counts
    )
    return element("div", joined(told), class_="fl-legend")


def homes_label(supply: DatedResult) -> Text:
    """Say how many homes are free and how many households look for one."""
    if supply.rows.empty:
        return NO_HOMES
    row = supply.rows.iloc[0]
    free = UNKNOWN_HOMES if formats.is_missing(row["free"]) else formats.format_count(row["free"])
    return HOMES.fill(free=free, looking=formats.format_count(row["looking"]))
