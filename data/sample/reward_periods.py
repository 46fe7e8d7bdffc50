"""Reward periods of the demolition projects, 示例: their last days are those near which many sign."""

from datetime import date, timedelta

from data.sample.demolition import HOUSEHOLDS, PROJECTS
from data.sample.past_demolition import PAST_PROJECTS
from data.sample.rows import Ledgers, iso_date, named_rows, sample_generator

REWARDS = ("示例：每户 3 万元", "示例：每户 1.5 万元")


@sample_generator
def reward_ledgers() -> Ledgers:
    """Return the reward periods of every project: each begins on the day after the former ends."""
    rows = []
    for project in (*PROJECTS, *PAST_PROJECTS):
        starts_on = iso_date(project["sign_start"])
        for sequence, (last, reward) in enumerate(zip(_last_days(project["project_id"]), REWARDS, strict=True), 1):
            rows.append((project["project_id"], sequence, starts_on, last, "按户", reward))
            starts_on = last + timedelta(days=1)
    return {"incentive_period": named_rows("project_id sequence starts_on ends_on reward_basis reward", *rows)}


def _last_days(project_id: str) -> list[date]:
    return [iso_date(day) for day in HOUSEHOLDS[project_id][2]]
