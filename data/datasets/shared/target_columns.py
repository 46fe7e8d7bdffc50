"""Columns and constraints that the task sheet and its breakdown share."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Column, choice, flag, number
from data.datasets.targets import TARGET_METRICS, TIME_BASES
from data.text import Text

PERCENTAGES = tuple(target.name for target in TARGET_METRICS if target.unit == "percent")


def metric_column() -> Column:
    """Return the column that names the metric of a target."""
    return choice("metric", "指标", "Metric", tuple(target.choice for target in TARGET_METRICS), required=True)


def value_column() -> Column:
    """Return the column of what is to be reached, in the unit of the metric."""
    return number("value", "目标值", "Target", unit_from="metric", required=True)


def judging_columns() -> tuple[Column, ...]:
    """Return how a target is held against time: by days where nothing is said, level or growing as its metric is."""
    return (
        choice("time_basis", "时间口径", "Time basis", TIME_BASES, aliases=("进度口径", "序时口径")),
        flag("is_level", "一直要保持", "To be kept on every day"),
    )


def value_constraints() -> tuple[Constraint, ...]:
    """A target is more than 0, one in percent at most 100; an amount grows, so that it cannot be a level."""
    return (
        Constraint(
            name="target_above_zero",
            columns=("value",),
            breaks="r.value = 0",
            reason=Text(
                "“{value}”是 0，完成率算不出来，这项目标会显示无数据，请核对",
                "“{value}” is 0, so that there is no rate and the target shows no data; make sure of it",
            ),
            is_warning=True,
            cases=cases(broken=[(0,)], kept=[(1,)]),
        ),
        Constraint(
            name="percentage_at_most_100",
            columns=("value", "metric"),
            breaks=f"r.value > 100 AND r.metric IN ({', '.join(repr(name) for name in PERCENTAGES)})",
            shown=("r.value",),
            reason=Text(
                "“{value}”是百分数，却大于 100，请核对", "“{value}” is a percentage above 100; make sure of it"
            ),
            is_warning=True,
            cases=cases(broken=[(101, "signing_rate")], kept=[(100, "signing_rate")]),
        ),
        Constraint(
            name="amounts_grow",
            columns=("is_level", "metric"),
            breaks=f"r.is_level AND r.metric NOT IN ({', '.join(repr(name) for name in PERCENTAGES)})",
            reason=Text(
                "“{metric}”是累计的数量，不能“{is_level}”，请改为否或留空",
                "“{metric}” is an amount that grows and cannot be “{is_level}”; write no or leave it empty",
            ),
            cases=cases(broken=[(True, "razed_area")], kept=[(True, "signing_rate"), (False, "razed_area")]),
        ),
    )
