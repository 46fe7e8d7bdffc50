"""示例 reporting duties: which unit reports which ledger how often."""

from data.datasets import DATASETS
from data.sample.rows import FIRST_DAY, Ledgers, Row, iso_date, named_rows, sample_generator
from data.sample.shared import DEMOLITION, INVESTMENT, WATER

YEAR_BEGINS = iso_date("2014-01-01")


def duty_rows() -> list[Row]:
    """Return the duties of the three lead units; posts, no persons."""
    return named_rows(
        "dataset unit person frequency due_within starts_on",
        ("plant_daily", WATER, "示例厂站值班员", "日报", 1, YEAR_BEGINS),
        ("patrol", WATER, "示例河长办内勤", "周报", 2, YEAR_BEGINS),
        ("saving_activity", WATER, "示例节水办内勤", "月报", 5, YEAR_BEGINS),
        ("reading", WATER, "示例水质监测员", "月报", 5, FIRST_DAY),
        ("plant_sample", WATER, "示例水质监测员", "月报", 5, FIRST_DAY),
        ("work_progress", WATER, "示例工程内勤", "月报", 3, FIRST_DAY),
        ("issue", WATER, "示例河长办内勤", "即报", None, FIRST_DAY),
        ("source", WATER, "示例治污专班内勤", "即报", None, FIRST_DAY),
        ("stage_event", INVESTMENT, "示例项目专员", "月报", 5, FIRST_DAY),
        ("funding", INVESTMENT, "示例项目专员", "月报", 5, FIRST_DAY),
        ("investment_activity", INVESTMENT, "示例招商专员", "月报", 5, YEAR_BEGINS),
        ("firm_request", INVESTMENT, "示例企业服务专员", "即报", None, FIRST_DAY),
        ("agreement", DEMOLITION, "示例签约内勤", "即报", None, YEAR_BEGINS),
        ("visit", DEMOLITION, "示例签约内勤", "周报", 1, YEAR_BEGINS),
        ("violation", DEMOLITION, "示例拆违专员", "月报", 3, YEAR_BEGINS),
        ("renovation", DEMOLITION, "示例三改专员", "月报", 3, YEAR_BEGINS),
    )


@sample_generator
def reporting_ledgers() -> Ledgers:
    """Return the duties of reporting, each ledger by its name as a clerk writes it."""
    return {"reporting_duty": [row | {"dataset": DATASETS[str(row["dataset"])].label.zh} for row in duty_rows()]}
