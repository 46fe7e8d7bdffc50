"""Periods in which signing is rewarded, one row per period: first and last day, basis and amount."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_before
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
    constraints=(
        not_before("ends_on", "starts_on"),
        OrderConstraint(
            name="periods_do_not_overlap",
            columns=("starts_on", "ends_on", "project_id", "reward_basis"),
            group=("project_id", "reward_basis"),
            order="r.starts_on",
            running={"former": "max(r.ends_on) OVER before", "next": "min(r.starts_on) OVER behind"},
            breaks="r.starts_on <= r.former OR r.ends_on >= r.next",
            shown=("r.starts_on", "r.ends_on", "CASE WHEN r.starts_on <= r.former THEN r.former ELSE r.next END"),
            reason=Text(
                "这一期的“{starts_on}”至“{ends_on}”与同一“{reward_basis}”的另一期重叠，请核对",
                "“{starts_on}” to “{ends_on}” overlaps another period with the same “{reward_basis}”; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-01", "2014-01-31", "D-1", "按户"), ("2014-01-31", "2014-02-15", "D-1", "按户")],
                kept=[("2014-01-01", "2014-01-31", "D-1", "按户"), ("2014-02-01", "2014-02-15", "D-1", "按户")],
            ),
        ),
        Constraint(
            name="within_signing_period",
            columns=("starts_on", "ends_on", "project_id"),
            parent="demolition_project",
            breaks="r.starts_on < p.sign_start OR r.ends_on > p.sign_end",
            shown=("r.starts_on", "r.ends_on", "p.sign_start", "p.sign_end"),
            reason=Text(
                "“{starts_on}”至“{ends_on}”超出了项目的签约期限，请核对",
                "“{starts_on}” to “{ends_on}” reaches beyond the signing period of the project; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-01", "2014-02-02", "D-1")],
                kept=[("2014-01-01", "2014-02-01", "D-1")],
                demolition_project={"project_id": "D-1", "sign_start": "2014-01-01", "sign_end": "2014-02-01"},
            ),
        ),
    ),
)
