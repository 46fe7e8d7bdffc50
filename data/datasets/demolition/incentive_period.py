"""Periods in which signing is rewarded, one row per period: first and last day, basis and amount."""

from data.datasets.constraint import not_before
from data.datasets.demolition.columns import project_column
from data.datasets.model import Dataset, choice, choices, date, integer, text
from data.text import Text

DATASET = Dataset(
    name="incentive_period",
    stream="demolition",
    menu_place=16,
    label=Text("奖励期", "Incentive periods"),
    description=Text(
        "征迁项目的签约奖励期，一期一行：起止日期、奖励方式和标准。",
        "Periods in which signing is rewarded, one row per period: first and last day, basis and amount.",
    ),
    key=("project_id", "sequence"),
    columns=(
        project_column(required=True),
        integer("sequence", "期次", "Period", required=True, low=1, aliases=("奖励期次", "第几期")),
        date("starts_on", "开始日期", "Starts on", required=True, aliases=("起始日期",)),
        date("ends_on", "截止日期", "Ends on", required=True, aliases=("结束日期",)),
        choice(
            "reward_basis",
            "奖励方式",
            "Reward by",
            choices(按户="Household", 按面积="Floor area", 按比例="Share of the value", 整单元="Whole building unit"),
        ),
        text("reward", "奖励标准", "Reward", aliases=("标准",)),
    ),
    constraints=(not_before("ends_on", "starts_on"),),
)
