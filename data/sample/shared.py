"""示例 villages, the task sheet of the year, and what of it villages, units, rivers and projects are to reach."""

from data.sample.geography import VILLAGES
from data.sample.rows import Ledgers, Row, named_rows, sample_generator

WATER, INVESTMENT, DEMOLITION = "农村工作服务中心", "经济发展服务中心", "征地拆迁办公室"
# population and households; none are given for the villages that are real
PEOPLE = {
    "V-A": (1860, 640),
    "V-B": (2140, 725),
    "V-C": (1530, 515),
    "V-D": (4260, 1580),
    "V-E": (1710, 590),
    "V-F": (3880, 1420),
}


def village_rows() -> list[Row]:
    """Return the villages; only fictional ones have numbers of people."""
    rows = []
    for village_id, (name, *_) in VILLAGES.items():
        population, households = PEOPLE.get(village_id, (None, None))
        kind = "社区" if "社区" in name else "行政村"
        rows += named_rows(
            "village_id name kind population households", (village_id, name, kind, population, households)
        )
    return rows


def target_rows() -> list[Row]:
    """Return one target for each metric that can have one."""
    return named_rows(
        "metric period_start period_end value owner source_document",
        ("dredging_progress", "2013-07-01", "2014-09-30", 100, WATER, "示例任务书"),
        ("source_closure", "2013-07-01", "2014-12-31", 90, WATER, "示例任务书"),
        ("patrol_completion", "2014-01-01", "2014-12-31", 90, WATER, "示例任务书"),
        ("issue_closure", "2014-01-01", "2014-12-31", 90, WATER, "示例任务书"),
        ("plant_load", "2014-01-01", "2014-12-31", 60, WATER, "示例任务书"),
        ("plant_pass_rate", "2014-01-01", "2014-12-31", 95, WATER, "示例任务书"),
        ("saving_coverage", "2014-01-01", "2014-12-31", 100, WATER, "示例任务书"),
        ("leak_fix", "2014-01-01", "2014-12-31", 95, WATER, "示例任务书"),
        ("contract_value", "2014-01-01", "2014-12-31", 100000, INVESTMENT, "示例任务书"),
        ("funds_in_place", "2014-01-01", "2014-12-31", 50000, INVESTMENT, "示例任务书"),
        ("signing_rate", "2014-01-01", "2014-12-31", 95, DEMOLITION, "示例任务书"),
        ("razed_area", "2014-01-01", "2014-12-31", 3500, DEMOLITION, "示例任务书"),
        ("renovated_area", "2014-01-01", "2014-12-31", 60000, DEMOLITION, "示例任务书"),
    )


# of each target: its code and metric, the column and code of its part, its period, value, lead unit and time basis
BREAKDOWN = (
    ("TB-01", "razed_area", "village_id", "V-B", "2014-01-01", "2014-12-31", 4500, DEMOLITION, "按日"),
    ("TB-02", "renovated_area", "village_id", "V-A", "2014-01-01", "2014-12-31", 9000, DEMOLITION, "按日"),
    ("TB-03", "signing_rate", "demolition_project_id", "DEM-S1", "2014-04-25", "2014-07-31", 100, DEMOLITION, "按节点"),
    ("TB-04", "dredging_progress", "river_id", "SL4", "2014-03-01", "2014-09-30", 100, WATER, "按月末"),
    ("TB-05", "contract_value", "unit", "经济发展服务中心", "2014-01-01", "2014-12-31", 90000, INVESTMENT, "按月末"),
    ("TB-06", "saving_coverage", "village_id", "V-A", "2014-01-01", "2014-12-31", 100, WATER, "按日"),
)  # fmt: skip


def breakdown_rows() -> list[Row]:
    """Return targets of parts that are made up, a village, a unit, a river or a project each, all on plan in June."""
    parts = dict.fromkeys(("village_id", "unit", "river_id", "demolition_project_id"))
    return [
        {
            "target_code": code, "metric": metric, **parts, column: part, "period_start": start, "period_end": end,
            "value": value, "owner": owner, "source_document": "示例分解表", "time_basis": basis,
        }
        for code, metric, column, part, start, end, value, owner, basis in BREAKDOWN
    ]  # fmt: skip


def milestone_rows() -> list[Row]:
    """Return the milestones of the made-up project whose signing is counted by them."""
    return named_rows(
        "milestone_code metric target_code due_on due_share note",
        ("TM-01", "signing_rate", "TB-03", "2014-05-31", 30, "示例：首批奖励期结束"),
        ("TM-02", "signing_rate", "TB-03", "2014-06-30", 70, "示例：第二批奖励期结束"),
        ("TM-03", "signing_rate", "TB-03", "2014-07-31", 100, "示例：签约期结束"),
    )


@sample_generator
def shared_ledgers() -> Ledgers:
    """Return the ledgers that all three lines of work lean on."""
    return {
        "village": village_rows(),
        "target": target_rows(),
        "target_breakdown": breakdown_rows(),
        "target_milestone": milestone_rows(),
    }
