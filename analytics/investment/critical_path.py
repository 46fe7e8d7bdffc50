"""The critical path of what is left of a plan: when each task can begin at the earliest, and how much it may slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

import pandas as pd

NEXT_HALF = 2  # half-days are counted from the morning of the day; the first one after it is the next morning
BETWEEN_CODES = "、"
PLAN_COLUMNS = ["planned_from", "planned_to"]  # of the query, by which its rows are put in order
HALF_NAMES = ("上午", "下午")
Predecessors = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When tasks begin at the earliest, and how long it takes from each one's beginning to the end of its chain.

    A task in a circle of tasks, or behind one, has neither.
    """

    starts: Mapping[str, int]
    tails: Mapping[str, int]
    in_cycle: frozenset[str]


def earliest_schedule(lengths: Mapping[str, int], predecessors: Predecessors) -> Schedule:
    """Return the earliest half-days of tasks, from `NEXT_HALF` on, by their lengths and what each waits for."""
    order = _solvable_order(predecessors)
    starts: dict[str, int] = {}
    tails: dict[str, int] = {}
    for task in order:
        starts[task] = max((starts[p] + lengths[p] for p in predecessors[task]), default=NEXT_HALF)
    successors = _successors(predecessors, order)
    for task in reversed(order):
        tails[task] = lengths[task] + max((tails[s] for s in successors[task]), default=0)
    return Schedule(starts, tails, _tasks_in_cycle(predecessors, set(predecessors) - set(order)))


def _solvable_order(predecessors: Predecessors) -> list[str]:
    """Return the tasks, each after those that it waits for, without those in a circle or behind one."""
    sorter = TopologicalSorter(predecessors)
    with suppress(CycleError):  # what no circle holds up is still given
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return order


def _successors(predecessors: Predecessors, tasks: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {task: [] for task in tasks}
    for task in found:
        for earlier in predecessors[task]:
            found[earlier].append(task)
    return found


def _tasks_in_cycle(predecessors: Predecessors, held_up: set[str]) -> frozenset[str]:
    """Return those of the tasks that are held up which wait for themselves, by way of others or straight."""
    return frozenset(task for task in held_up if task in _all_predecessors(predecessors, task, held_up))


def _all_predecessors(predecessors: Predecessors, task: str, among: set[str]) -> set[str]:
    found: set[str] = set()
    ahead = predecessors[task] & among
    while ahead:
        found |= ahead
        ahead = set().union(*(predecessors[each] for each in ahead)) & among - found
    return found


def task_schedule(rows: pd.DataFrame) -> Schedule:
    """Return the earliest half-days of tasks; `rows` has task_id, half_days, waits_for."""
    lengths = dict(zip(rows["task_id"], rows["half_days"].astype(int), strict=True))
    waits = rows["waits_for"].fillna("").astype(str).str.split(BETWEEN_CODES)
    return earliest_schedule(
        lengths, {task: set(codes) & lengths.keys() for task, codes in zip(rows["task_id"], waits, strict=True)}
    )


def _scheduled_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return tasks with their earliest half-days, the length of the longest chain of their project, and their slack."""
    plan = task_schedule(rows)
    start, tail = (rows["task_id"].map(of).astype("Int64") for of in (plan.starts, plan.tails))
    whole = (start - NEXT_HALF + tail).groupby(rows["project_id"]).transform("max")
    slack = whole - (start - NEXT_HALF + tail)
    finish = (start + rows["half_days"] - 1).clip(lower=NEXT_HALF)  # a milestone is reached when what is before it ends
    return rows.assign(
        start_at=start.where(start <= finish, finish), finish_at=finish, path_length=whole, slack=slack,
        is_critical=slack.eq(0).fillna(False).astype(bool), is_in_cycle=rows["task_id"].isin(plan.in_cycle),
    )  # fmt: skip


def critical_path(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what is left of each playbook in the order in which it can be done, with the slack of each task."""
    found = _scheduled_rows(rows).sort_values(
        ["project", "project_id", "start_at", "finish_at", "task_id"], na_position="last"
    )
    moments = {name: _half_day_columns(found[f"{name}_at"], as_of) for name in ("start", "finish")}
    found = found.assign(
        earliest_on=moments["start"][0], earliest_half=moments["start"][1],
        finish_on=moments["finish"][0], finish_half=moments["finish"][1],
        overrun=(found["finish_at"] - found["planned_to"]).clip(lower=0),
    )  # fmt: skip
    return found[PATH_COLUMNS].reset_index(drop=True)


PATH_COLUMNS = [
    *("project", "task_id", "name", "owner", "is_critical", "half_days", "earliest_on", "earliest_half", "finish_on"),
    *("finish_half", "slack", "planned_on", "planned_half", "overrun", "path_length", "waits_for", "is_in_cycle"),
    *("unknown_predecessors", "project_id"),
]


def _half_day_columns(counted: pd.Series, as_of: date | None) -> tuple[pd.Series, pd.Series]:
    """Return half-days that are counted from the morning of a day as dates and as morning or afternoon."""
    days = pd.to_timedelta(counted.astype(float) // 2, unit="D")
    return pd.Timestamp(as_of) + days if as_of else days, (counted % 2).map(dict(enumerate(HALF_NAMES)))


def playbook_tasks(rows: pd.DataFrame, _: date | None) -> pd.DataFrame:
    """Return the tasks in the order of the plan, told whether each is on the critical path of what is left."""
    left = _scheduled_rows(rows[~rows["is_done"].astype(bool)])
    is_critical = left["is_critical"].reindex(rows.index, fill_value=False)
    found = rows.sort_values(["project", "project_id", *PLAN_COLUMNS, "task_id"]).drop(columns=PLAN_COLUMNS)
    found.insert(rows.columns.get_loc("has_conflict"), "is_critical", is_critical)
    return found.reset_index(drop=True)
