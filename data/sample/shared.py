"""示例 villages and the task sheet of the year."""

from data.sample.geography import VILLAGES
from data.sample.rows import Ledgers, Row, named_rows, sample_generator

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
    water, investment, demolition = "农村工作服务中心", "经济发展服务中心", "征地拆迁办公室"
    return named_rows(
        "metric period_start period_end value owner source_document",
        ("dredging_progress", "2013-07-01", "2014-09-30", 100, water, "示例任务书"),
        ("source_closure", "2013-07-01", "2014-12-31", 90, water, "示例任务书"),
        ("patrol_completion", "2014-01-01", "2014-12-31", 90, water, "示例任务书"),
        ("issue_closure", "2014-01-01", "2014-12-31", 90, water, "示例任务书"),
        ("plant_load", "2014-01-01", "2014-12-31", 60, water, "示例任务书"),
        ("plant_pass_rate", "2014-01-01", "2014-12-31", 95, water, "示例任务书"),
        ("saving_coverage", "2014-01-01", "2014-12-31", 100, water, "示例任务书"),
        ("leak_fix", "2014-01-01", "2014-12-31", 95, water, "示例任务书"),
        ("contract_value", "2014-01-01", "2014-12-31", 100000, investment, "示例任务书"),
        ("funds_in_place", "2014-01-01", "2014-12-31", 50000, investment, "示例任务书"),
        ("signing_rate", "2014-01-01", "2014-12-31", 95, demolition, "示例任务书"),
        ("razed_area", "2014-01-01", "2014-12-31", 3500, demolition, "示例任务书"),
        ("renovated_area", "2014-01-01", "2014-12-31", 60000, demolition, "示例任务书"),
    )


@sample_generator
def shared_ledgers() -> Ledgers:
    """Return the ledgers that all three lines of work lean on."""
    return {"village": village_rows(), "target": target_rows()}
