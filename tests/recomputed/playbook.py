"""项目宝典 worked out again, task by task."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes

FEWEST = 5  # chosen by the house: fewer due make no rate
NOON = {"上午": 0, "下午": 1}
Tasks = dict[str, dict[str, Any]]


def half_of(on: pd.Timestamp, half: object) -> Any:
    """Return the number of a half-day since 1970, None without a day; a half that is not written is the afternoon."""
    return None if pd.isna(on) else 2 * (on - pd.Timestamp("1970-01-01")).days + NOON.get(str(half), 1)


def day_of(half: int) -> pd.Timestamp:
    """Return the day of a half-day."""
    return pd.Timestamp("1970-01-01") + pd.Timedelta(days=half // 2)


def tasks_on(ledgers: Ledgers, day: pd.Timestamp) -> Tasks:
    """Return every task by its code, as it is at the end of a day."""
    table = ledgers["playbook_task"]
    newest, after = table["actual_on"].max(), half_of(day, "下午") + 1
    names = ledgers["investment_project"].set_index("project_id")["name"]
    tasks: Tasks = {}
    for row in table.astype(object).to_dict("records"):
        is_done = not pd.isna(row["actual_on"]) and row["actual_on"] <= day
        length = 1 if pd.isna(row["half_days"]) else int(row["half_days"])
        more = max(length, 1) - 1
        plan, first = (half_of(row[f"{which}_on"], row[f"{which}_half"]) for which in ("planned", "baseline"))
        done = half_of(row["actual_on"], row["actual_half"]) if is_done else None
        due = (plan if first is None else first) + more
        is_due = due < after
        is_on_time = is_due and done is not None and done <= due
        end = done if done is not None else max(plan + more, after)
        known = row["state"] if pd.isna(newest) or newest <= day else "尚未完成"
        tasks[row["task_id"]] = {
            "task_id": row["task_id"], "project_id": row["project_id"], "project": names[row["project_id"]],
            "owner": row["owner"], "half_days": length, "is_done": is_done, "is_due": is_due, "is_on_time": is_on_time,
            "late_by": (after if done is None else done) - due if is_due and not is_on_time else None,
            "slip": None if first is None else end - (first + more),
            "state": "完成" if is_done else ("尚未完成" if known == "完成" else known),
            "halves": set() if is_done or not length else set(range(plan, plan + length)),
            "is_past": plan + more < after, "planned_to": plan + more, "has_baseline": first is not None,
            "before": set(re.split(r"[、,，;；\s]+", row["predecessors"])) - {""}
            if isinstance(row["predecessors"], str) else set(),
        }  # fmt: skip
    return tasks


def joined_codes(codes: set[str]) -> str | None:
    return "、".join(sorted(codes)) or None


def linked_tasks(ledgers: Ledgers, day: pd.Timestamp) -> Tasks:
    """Return every task with what it waits for, whether it is blocked, and with whom it collides."""
    tasks = tasks_on(ledgers, day)
    for code, task in tasks.items():
        known = {c for c in task["before"] if c in tasks and tasks[c]["project_id"] == task["project_id"]}
        waits = {c for c in known if not tasks[c]["is_done"]}
        collides = {
            c for c, t in tasks.items() if c != code and t["owner"] == task["owner"] and t["halves"] & task["halves"]
        }
        is_held_up = any(tasks[c]["is_past"] for c in waits - {code})
        task |= {
            "waits": waits, "waits_for": joined_codes(waits), "conflicts_with": joined_codes(collides),
            "unknown_predecessors": joined_codes(task["before"] - known), "has_conflict": bool(collides),
            "is_blocked": not task["is_done"] and (task["state"] == "受阻" or is_held_up),
        }  # fmt: skip
    return tasks


def ancestors(tasks: Tasks, code: str, of: str) -> set[str]:
    """Return all that a task waits for, by way of others too; `of` names what leads from one to the next."""
    found, ahead = set(), set(tasks[code][of])
    while ahead:
        found |= ahead
        ahead = set().union(*(tasks[c][of] for c in ahead)) - found
    return found


def longest(left: Tasks, code: str, of: str) -> int:
    """Return the half-days of the longest chain that ends with a task, or begins with it."""
    return left[code]["half_days"] + max((longest(left, c, of) for c in left[code][of]), default=0)


def path_rows(ledgers: Ledgers, day: pd.Timestamp) -> list[dict[str, Any]]:
    """Return the tasks that are left with their place in the longest chain of their project."""
    left = {code: task for code, task in linked_tasks(ledgers, day).items() if not task["is_done"]}
    for code, task in left.items():
        task["after"] = {c for c, t in left.items() if code in t["waits"]}
        task["is_in_cycle"] = code in ancestors(left, code, "waits")
    stuck = {
        c for c in left if left[c]["is_in_cycle"] or any(left[a]["is_in_cycle"] for a in ancestors(left, c, "waits"))
    }
    free = {c: t | {"after": t["after"] - stuck} for c, t in left.items() if c not in stuck}
    ends = {c: longest(free, c, "waits") for c in free}
    whole = (
        pd.Series({c: ends[c] for c in free}, dtype=float).groupby({c: t["project_id"] for c, t in free.items()}).max()
    )
    rows, next_half = [], half_of(day, "下午") + 1
    for code, task in left.items():
        if code in stuck:
            rows.append(task | {"is_critical": False, "path_length": whole.get(task["project_id"])})
            continue
        finish = max(next_half + ends[code] - 1, next_half)
        start = min(next_half + ends[code] - task["half_days"], finish)
        through = ends[code] + longest(free, code, "after") - task["half_days"]
        length = whole[task["project_id"]]
        rows.append(
            task | {
                "path_length": length, "slack": length - through, "is_critical": length == through,
                "overrun": max(finish - task["planned_to"], 0),
                "earliest_on": day_of(start), "earliest_half": "上下"[start % 2] + "午",
                "finish_on": day_of(finish), "finish_half": "上下"[finish % 2] + "午",
            }
        )  # fmt: skip
    return rows


@recomputes("playbook_tasks", "task_id")
def playbook_tasks(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the tasks with what became of them, what they wait for and whether the longest chain runs through them."""
    critical = {row["task_id"] for row in path_rows(ledgers, day) if row["is_critical"]}
    columns = (
        "task_id project state half_days is_done is_due is_on_time late_by slip waits_for unknown_predecessors "
        "is_blocked has_conflict conflicts_with"
    )
    rows = pd.DataFrame(list(linked_tasks(ledgers, day).values()), columns=columns.split())
    return rows.assign(is_critical=rows["task_id"].isin(critical)).astype({"late_by": float, "slip": float})


@recomputes("critical_path", "task_id")
def critical_path(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List what is left with its earliest half-days, by brute force over all chains."""
    columns = (
        "task_id project is_critical half_days earliest_on earliest_half finish_on finish_half slack overrun "
        "path_length waits_for is_in_cycle unknown_predecessors"
    )
    rows = pd.DataFrame(path_rows(ledgers, day), columns=columns.split())
    dates = {name: pd.to_datetime(rows[name]) for name in ("earliest_on", "finish_on")}
    return rows.assign(**dates).astype({"slack": float, "overrun": float, "path_length": float})


@recomputes("playbook_punctuality", "is_total", "project_id")
def playbook_punctuality(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the tasks of each playbook and of all."""
    tasks = pd.DataFrame(list(linked_tasks(ledgers, day).values()))
    groups = [(True, None, tasks)] + [(False, code, own) for code, own in tasks.groupby("project_id")]
    rows = []
    for is_total, code, own in groups:
        due = own[own["is_due"]]
        enough = len(due) >= FEWEST
        slips = due["slip"].dropna().astype(float)
        rows.append({
            "is_total": is_total, "project_id": code, "tasks": len(own), "done": int(own["is_done"].sum()),
            "due": len(due), "on_time": int(due["is_on_time"].sum()), "late": int((~due["is_done"]).sum()),
            "rate": 100 * due["is_on_time"].sum() / len(due) if enough else None,
            "mean_slip": slips.mean() if enough and len(slips) else None, "blocked": int(own["is_blocked"].sum()),
            "conflicts": int(own["has_conflict"].sum()), "without_baseline": int((~own["has_baseline"]).sum()),
        })  # fmt: skip
    return pd.DataFrame(rows).astype({"rate": float, "mean_slip": float})
