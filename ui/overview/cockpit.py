"""The cockpit: what the page says first, its three sentences, and how its parts stand side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts, untranslated
from data.words import STREAMS, WORDS
from ui import formats
from ui.blocks import Html
from ui.item_links import item_href
from ui.item_words import TARGET, gap_text, item_text, target_label
from ui.markup import element, joined, link, status_mark, words
from ui.menu import page_href
from ui.overview.cockpit_items import DOT, PLANNED, last_note_text
from ui.overview.owner_lists import matter_text
from ui.overview.target_rows import (
    TargetChange,
    TargetHistory,
    days_left_text,
    done_change_text,
    figure_change_text,
)
from ui.page import Page
from ui.result_list import Row, table_records

PAGE = Page(
    label=Text("领导驾驶舱", "Cockpit"),
    icon=":material/dashboard:",
    place=10,
    ledgers=("village", "target"),
)
TITLE = Text(
    "{count} 项中 {behind} 项落后于序时，最落后的是{worst}", "{behind} of {count} behind plan, the furthest is {worst}"
)
ON_PLAN = Text("各项工作都达到序时进度", "Everything is on plan")
NO_LATE = Text(
    "已知的事项都没有落后，{unknown} 项没有数据或待上报", "Nothing known is behind; {unknown} without data or report"
)
NO_PLAN = Text(
    "没有可与序时相比的目标任务，也没有落后事项",
    "No target can be held against its plan; nothing is known to be behind",
)
THIS_WEEK = Text("一周来（比 {day}）：", "In a week (since {day}): ")
BETTER_WORSE = Text("{better} 项变好，{worse} 项变差", "{better} better, {worse} worse")
WORSE_ARE = Text("（{listed}）", " ({listed})")
NOT_COMPARED = Text("没有可比的数字", "nothing to compare with")
NOTHING_MOVED = Text("各项目标都没有变化", "no target moved")
SEMICOLON = Text("；", "; ")
GREW = Text("{name} {change}", "{name} {change}")
WORST = Text("最落后：", "Furthest behind: ")
NONE_BEHIND = Text("没有已知的落后事项", "nothing is known to be behind")
TO_DECIDE = Text("请您过问：", "For you to decide: ")
NOTHING_TO_DECIDE = Text("没有逾期或严重滞后的事项", "nothing is past its deadline or far behind")
NOT_DONE = Text("{total} {unit}只差 {count} {unit}", "{count} of {total} {unit} to go")
TARGET_COLUMNS = (
    "metric scope_kind scope_name actual target done total rate elapsed_rate gap time_basis period_start period_end "
    "days_left countdown newest owner"
)
CHANGES = "overview/changes.py"
# preset of this house, which DECISION_RULE says: deadlines of the law, then those of plans, then all others
DECISION_TIERS = dict.fromkeys(("法定节点", "信访事项", "供地地块"), 0) | dict.fromkeys(PLANNED, 1)
DECISION_RULE = Text(
    "③ 先取已逾期的：法定节点、信访、供地，再征迁、工程、目标，再其他，过得最久的在前；都没逾期取严重滞后、先到期的",
    "(3): past the deadline, of the law first (steps, petitions, land), then projects, works and targets, then others, "
    "the longest over; or else far behind and due soonest",
)
NAMED = 2  # chosen: targets that the first sentence names among the worse
GROWTH_WORDS = {
    "dredging_progress": Text("清淤", "dredged"),
    "source_closure": Text("污染源整治", "sources closed"),
    "saving_coverage": Text("节水活动覆盖", "villages with water saving"),
    "contract_value": Text("签约投资", "investment signed"),
    "funds_in_place": Text("到资", "funds received"),
    "signing_rate": Text("签约", "signed"),
    "razed_area": Text("拆违", "razed"),
    "renovated_area": Text("三改", "renovated"),
}  # of targets of which there is ever more: what there is more of


def title_sentence(late: pd.DataFrame, is_all_on_plan: bool, unknown: int, count: int) -> Text:
    """Say how many of all items are behind and name the furthest; without any say so only of what is known."""
    if late.empty and is_all_on_plan:
        return ON_PLAN
    if late.empty:
        return NO_LATE.fill(unknown=unknown) if count > unknown else NO_PLAN
    worst = worst_item(late)
    said = Text("{item}（{gap}）", "{item} ({gap})").fill(item=item_text(worst), gap=gap_text(worst))
    return TITLE.fill(count=count, behind=len(late), worst=said)


def worst_item(late: pd.DataFrame) -> Row:
    """Return the item that is furthest behind of all that is; what is past its deadline stands first in the list."""
    return table_records(late.sort_values("gap", kind="stable").head(1))[0]


def item_to_decide(items: pd.DataFrame) -> Row | None:
    """Return what a leader is asked about of all open items, by the rule that DECISION_RULE says.

    Past its deadline comes first: of the law before a plan before anything else, each the longest over; then what is
    far behind and due soonest.
    """
    lights = items["light"].map({"已逾期": 0, "严重滞后": 1})
    tiers = items["kind"].map(DECISION_TIERS).fillna(2).where(lights == 0, 0)
    order = items.assign(place=lights, tier=tiers).dropna(subset="place")
    order = order.sort_values(["place", "tier", "days_left"], kind="stable", na_position="last")
    return next(iter(table_records(order.head(1))), None)


def sentences_markup(
    history: TargetHistory, targets: pd.DataFrame, late: pd.DataFrame, items: pd.DataFrame, pages: Mapping[str, str]
) -> Markup:
    """Return the three sentences: what changed in a week, what is furthest behind and why, what needs a decision."""
    week = THIS_WEEK.fill(day=formats.format_date(history.since))
    said = (
        link(words(join_texts((week, week_sentence(history.changes, names_of_targets(targets))))), page_href(CHANGES)),
        _named_item(WORST, worst_item(late) if len(late) else None, NONE_BEHIND, pages),
        _named_item(TO_DECIDE, _as_told(item_to_decide(items), late), NOTHING_TO_DECIDE, pages),
    )
    return element("ol", joined(element("li", each) for each in said), class_="fl-said")


def names_of_targets(targets: pd.DataFrame) -> dict[str, Text]:
    """Return what each target is called, by its code."""
    return {row["target_id"]: target_label(row) for row in table_records(targets)}


def _as_told(item: Row | None, late: pd.DataFrame) -> Row | None:
    """Return an open item as the list of what is late tells it, with its counts and its note, if it stands there."""
    if item is None:
        return None
    same = late[(late["kind"] == item["kind"]) & (late["item_id"] == item["item_id"])]
    return next(iter(table_records(same)), item)


def week_sentence(changes: Mapping[str, TargetChange], names: Mapping[str, Text]) -> Text:
    """Say how many targets came nearer to what is asked in a week, which fell back, and what there is more of.

    Both are by the code of the target. Of what only grows each line of work has its say once.
    """
    if not changes:
        return NOT_COMPARED
    better = [each for each in changes.values() if each.rate > 0]
    worse = {name: each for name, each in changes.items() if each.rate < 0}
    if not better and not worse:
        return NOTHING_MOVED
    counted = BETTER_WORSE.fill(better=len(better), worse=len(worse))
    deepest = sorted(worse, key=lambda name: worse[name].rate)[:NAMED]
    fallen = [GREW.fill(name=names[name], change=figure_change_text(worse[name])) for name in deepest]
    told = join_texts((counted, WORSE_ARE.fill(listed=join_list(fallen)))) if fallen else counted
    said = [GREW.fill(name=_growth_word(each), change=done_change_text(each)) for each in _most_of_streams(better)]
    return join_texts((told, join_list(said)), SEMICOLON) if said else told


def _most_of_streams(better: Sequence[TargetChange]) -> list[TargetChange]:
    """Return of each line of work the growing target of the whole subdistrict that came nearest to what is asked."""
    grown = [each for each in better if each.is_growing and each.is_whole and each.done > 0]
    own = ([each for each in grown if each.stream == stream] for stream in STREAMS)
    return [max(group, key=lambda each: each.rate) for group in own if group]


def _growth_word(change: TargetChange) -> Text:
    return GROWTH_WORDS.get(change.metric, WORDS[change.metric])


def _named_item(lead: Text, row: Row | None, nothing: Text, pages: Mapping[str, str]) -> Markup:
    """Return a sentence about one item, a link to it."""
    if row is None:
        return words(join_texts((lead, nothing)))
    return element("span", words(lead)) + link(
        joined((status_mark(row["light"]), words(_item_sentence(row))), " "), item_href(row, pages)
    )


def _item_sentence(row: Row) -> Text:
    """Say of an item how far it is behind or what it is about, the days, how little is left, the note, who acts."""
    about = gap_text(row) if row["kind"] in PLANNED else matter_text(row)
    parts = [Text("{item}，{about}", "{item}, {about}").fill(item=item_text(row), about=about)]
    if not formats.is_missing(row["days_left"]):
        parts.append(days_left_text(row["days_left"]))
    parts += [said for said in (_few_left(row), last_note_text(row)) if said]
    if not formats.is_missing(row["owner"]):
        parts.append(untranslated(str(row["owner"])))
    return join_texts(parts, DOT)


def _few_left(row: Row) -> Text | None:
    """Say what is left of a work or a project that is past its deadline, or nothing."""
    is_counted = row["kind"] in PLANNED and row["kind"] != TARGET and row["light"] == "已逾期"
    left = row["target"] - row["actual"] if is_counted else None
    if left is None or formats.is_missing(left):
        return None
    unit = WORDS[row["quantity_unit"]]
    return NOT_DONE.fill(count=formats.format_count(left), total=formats.format_count(row["target"]), unit=unit)


def cockpit_block(sentences: Markup, targets: Markup, picture: Markup, late: Markup, others: Markup) -> Html:
    """Return the sentences; below them the targets, the map with what is told in few words, and what is late."""
    columns = (
        element("section", targets, class_="fl-cockpit-targets"),
        element("section", element("div", picture, class_="fl-cockpit-map") + others, class_="fl-cockpit-middle"),
        element("section", late, class_="fl-cockpit-late"),
    )
    return Html(element("div", sentences + element("div", joined(columns), class_="fl-cockpit")))
