"""The page 谁该办: who has how much to do, what of it is late; all of one unit, village or chief, to be handed on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.text import Text, join_texts
from data.words import LATE
from ui.blocks import Html
from ui.item_words import item_text
from ui.markup import element, link, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, table_records

PAGE = Page(
    label=Text("谁该办", "Who acts"),
    icon=":material/assignment_ind:",
    place=40,
    choices=("owner", "village", "chief"),
)
OVERDUE, BEHIND = "已逾期", tuple(light for light in LATE if light != "已逾期")
OF_CHOICE = {"owner": "owner", "village": "village_id", "chief": "chief_id"}  # the columns that the choices are about
CALLED = {"owner": "owner", "village": "village", "chief": "chief"}
WHAT = {
    "owner": Text("有未办结事项的单位或人", "unit or person with open items"),
    "village": Text("村社", "village"),
    "chief": Text("有未办结事项的河长", "river chief with open items"),
}
COUNTS = Text("未办结 {count} 项，已逾期 {overdue} 项", "{count} open, {overdue} past their deadline")
MOST = Text(
    "：{owner}最多，{most} 项，最久的已过 {days} 天", ": most with {owner}, {most}, the longest {days} days over"
)
MOST_ALIKE = Text(
    "：{owner}等 {owners} 个并列最多，各 {most} 项，最久的已过 {days} 天",
    ": most with {owner} and others, {owners} in all with {most} each, the longest {days} days over",
)
NONE_OVERDUE = Text("未办结 {count} 项，都没有逾期", "{count} open, none past its deadline")
NOTHING_OPEN = Text("没有未办结的事项", "Nothing is open")
OWN_TITLE = Text(
    "{name}：未办结 {count} 项，已逾期 {overdue} 项，最久的已过 {days} 天（{item}）",
    "{name}: {count} open, {overdue} past their deadline, the longest {days} days over ({item})",
)
OWN_NONE_OVERDUE = Text("{name}：未办结 {count} 项，都没有逾期", "{name}: {count} open, none past its deadline")
OWN_NOTHING = Text("{name}：没有未办结的事项", "{name}: nothing is open")
TO_ALL = Text("← 全部", "← All")
BY_OWNER = Text("谁手上有多少（已逾期多的在前）", "Who has how much (most past their deadline first)")
BY_VILLAGE, BY_CHIEF = Text("按村社", "By village"), Text("按河长", "By river chief")
OF_ALL = Text("全部未办结事项", "All open items")
HOW_TO_SEND = Text(
    "要发给承办的人，发这一页的地址；打印（Ctrl-P）出来是 A4 督办单。",
    "To hand it on, send the address of this page; printed (Ctrl-P) it is a follow-up sheet on A4.",
)
WITHHELD = Text("查看角色不列住户难题和信访事项。", "Viewers do not see difficulties of households and petitions.")
ITEM_COLUMNS = (
    *(
        "stream",
        "kind",
        "item",
        "scope_name",
        "matter",
        "light",
        "owner",
        "owner_kind",
        "village",
        "chief",
        "since",
        "due_on",
    ),
    *("days_left", "days", "gap", "note"),
)


@dataclass(frozen=True, slots=True)
class Answerable:
    """One unit or person, village or chief: which choice of the address it is, its code and what it is called."""

    choice: str
    code: str
    name: str


def items_of(items: pd.DataFrame, whose: Answerable) -> pd.DataFrame:
    """Return the open items of one unit or person, village or chief, in their order."""
    return items[items[OF_CHOICE[whose.choice]] == whose.code].reset_index(drop=True)


def all_owners_link(request: PageRequest) -> Html:
    """Return the way back to all who have something to do."""
    href = same_page_href(request, owner=None, village=None, chief=None, open=None)
    return Html(element("p", link(words(TO_ALL), href), class_="fl-screen"))


def known_codes(items: pd.DataFrame, choice: str) -> dict[str, str]:
    """Return the codes of a choice that open items have, with what each is called."""
    named = items.dropna(subset=[OF_CHOICE[choice]])
    return dict(zip(named[OF_CHOICE[choice]], named[CALLED[choice]], strict=True))


def summed_up(items: pd.DataFrame, choice: str) -> pd.DataFrame:
    """Return how much each has to do, most past its deadline first: open, overdue, behind, the longest days over."""
    over = items["light"] == OVERDUE
    counted = items.assign(
        open=1, overdue=over.astype(int), behind=items["light"].isin(BEHIND).astype(int),
        longest=(-items["days_left"]).where(over),
    )  # fmt: skip
    by = list(dict.fromkeys([OF_CHOICE[choice], CALLED[choice]]))
    parts = {"open": "sum", "overdue": "sum", "behind": "sum", "longest": "max"}
    found = counted.groupby(by, as_index=False).agg(parts)
    return found.sort_values(
        ["overdue", "longest", "behind", "open", by[0]], ascending=[False, False, False, False, True]
    )


def title_sentence(items: pd.DataFrame) -> Text:
    """Say how much is open and past its deadline, and who has most of that."""
    if items.empty:
        return NOTHING_OPEN
    overdue = items[items["light"] == OVERDUE]
    if overdue.empty:
        return NONE_OVERDUE.fill(count=len(items))
    counts = COUNTS.fill(count=len(items), overdue=len(overdue))
    owners = summed_up(overdue, "owner")
    most = owners[owners["overdue"] == owners["overdue"].max()]
    return join_texts([counts, *(_most_text(row, len(most)) for row in most.head(1).to_dict("records"))])


def _most_text(row: Row, owners: int) -> Text:
    """Name who has most past its deadline, of several with as much the one with the longest."""
    said = MOST if owners == 1 else MOST_ALIKE
    return said.fill(owner=row["owner"], owners=owners, most=int(row["overdue"]), days=int(row["longest"]))


def own_title(items: pd.DataFrame, name: str) -> Text:
    """Say how much one has to do, what is past its deadline of it, and which item the longest."""
    if items.empty:
        return OWN_NOTHING.fill(name=name)
    overdue = items[items["light"] == OVERDUE]
    if overdue.empty:
        return OWN_NONE_OVERDUE.fill(name=name, count=len(items))
    worst = table_records(overdue)[0]
    return OWN_TITLE.fill(
        name=name, count=len(items), overdue=len(overdue), days=int(-worst["days_left"]), item=item_text(worst)
    )
