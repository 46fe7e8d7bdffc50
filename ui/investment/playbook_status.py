"""How a task of a playbook stands: its light, its half-days as numbers and in words."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.colours import STATUS_COLOURS, STATUS_SIGNS
from ui.markup import element, joined, words
from ui.result_list import Row

DONE, LATE, HELD_UP, TO_DO = "已完成", "严重滞后", "滞后", "正常"
LIGHT_WORDS = {
    DONE: Text("完成", "done"),
    LATE: Text("逾期未完成", "overdue"),
    HELD_UP: Text("受阻", "blocked"),
    TO_DO: Text("待办", "to be done"),
}
MILESTONE_SIGN, BASELINE_SIGN, CLASH_SIGN = "◆", "○", "!"
MILESTONE, BASELINE, CLASH = Text("里程碑", "milestone"), Text("基线", "baseline"), Text("撞期", "clash")
HALF_DAY = Text("{day}\u00a0{half}", "{day},\u00a0{half}")  # no line ends between a day and its half
HALF_WORDS = (Text("上午", "morning"), Text("下午", "afternoon"))
LATE_BY, LATE_SO_FAR = (
    Text("晚 {count} 个半天", "half-days late: {count}"),
    Text("已晚 {count} 个半天", "half-days late so far: {count}"),
)
BLOCKED_BY, WAITING = Text("原因：{blocker}", "because: {blocker}"), Text("在等 {codes}", "waiting for {codes}")
CLASHES_WITH = Text("与 {codes} 撞期", "clashes with {codes}")
COMMA = Text("，", ", ")
BETWEEN_CODES = re.compile(r"[、,，;；\s]+")


def half_number(on: pd.Timestamp | date, half: object) -> int:
    """Return a half-day as a number: twice the day, one more in the afternoon; where none is written that counts."""
    return 2 * on.toordinal() + (0 if half == "上午" else 1)


def day_of_half(number: int) -> date:
    """Return the day of a half-day."""
    return date.fromordinal(number // 2)


def half_day_text(number: int) -> Text:
    """Return a half-day in words: 2014-06-30 上午."""
    return HALF_DAY.fill(day=formats.format_date(day_of_half(number)), half=HALF_WORDS[number % 2])


def first_half(row: Row, kind: str) -> int | None:
    """Return the first half-day of a task as it is planned or as it was first planned, or that in which it was done."""
    on = row[f"{kind}_on"]
    return None if formats.is_missing(on) else half_number(on, row[f"{kind}_half"])


def halves_of_task(row: Row, kind: str) -> range:
    """Return the half-days that a task takes; a milestone stands in one."""
    first = first_half(row, kind)
    return range(0) if first is None else range(first, first + max(int(row["half_days"]), 1))


def shown_halves(row: Row) -> range:
    """Return where a task stands: where it was done, or else where it is planned."""
    done = first_half(row, "actual")
    return halves_of_task(row, "planned") if done is None else range(done, done + 1)


def baseline_halves(row: Row) -> range:
    """Return where a task was first planned, if that is elsewhere than where it stands."""
    first, stands = halves_of_task(row, "baseline"), shown_halves(row)
    return range(0) if first and first[-1] == stands[-1] else first


def task_light(row: Row) -> str:
    """Return the light of a task: done, overdue, blocked or to be done."""
    if row["is_done"]:
        return DONE
    if row["is_due"]:
        return LATE
    return HELD_UP if row["is_blocked"] else TO_DO


def task_codes(written: object) -> list[str]:
    """Return the codes of tasks that a cell names, none where it is empty."""
    return [] if formats.is_missing(written) else [code for code in BETWEEN_CODES.split(str(written)) if code]


def codes_text(written: object) -> Text:
    """Return the codes of tasks that a cell names as a list is parted in each language."""
    return join_list(map(untranslated, task_codes(written)))


def standing_text(row: Row) -> Text:
    """Say how a task stands: its state, how late it is, what blocks it, what it waits for, with what it clashes."""
    said = [WORDS[row["state"]]]
    if not formats.is_missing(row["late_by"]):
        said.append((LATE_BY if row["is_done"] else LATE_SO_FAR).fill(count=int(row["late_by"])))
    if row["is_blocked"] and not formats.is_missing(row["blocker"]):
        said.append(BLOCKED_BY.fill(blocker=row["blocker"]))
    if not formats.is_missing(row["waits_for"]):
        said.append(WAITING.fill(codes=codes_text(row["waits_for"])))
    if row["has_conflict"]:
        said.append(CLASHES_WITH.fill(codes=codes_text(row["conflicts_with"])))
    return join_texts(said, COMMA)


def task_mark(row: Row) -> Markup:
    """Return the sign of a task in the colour of its light: ◆ before that of a milestone, ! after one that clashes."""
    light = task_light(row)
    sign = element("span", STATUS_SIGNS[light], class_="fl-mark", style=f"--c:{STATUS_COLOURS[light]}")
    before, after = MILESTONE_SIGN * bool(row["is_milestone"]), CLASH_SIGN * bool(row["has_conflict"])
    return element("span", Markup(before) + sign + Markup(after), class_="fl-signs", aria_hidden="true")


def sign_legend() -> Markup:
    """Return what the signs of tasks mean."""
    lights = [
        element("span", STATUS_SIGNS[light], class_="fl-mark", style=f"--c:{STATUS_COLOURS[light]}") + " " + words(said)
        for light, said in LIGHT_WORDS.items()
    ]
    others = ((MILESTONE_SIGN, MILESTONE), (BASELINE_SIGN, BASELINE), (CLASH_SIGN, CLASH))
    signs = [Markup("{} {}").format(sign, words(said)) for sign, said in others]
    return element("p", joined((*lights, *signs), " · "), class_="fl-caption")
