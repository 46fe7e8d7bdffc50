"""Difficulties of households by code, one row each: reason, who handles it, promised, closed, outcome."""

from data.datasets.constraint import both_or_neither, not_before, not_in_future
from data.datasets.demolition.columns import OUTCOMES, household_column
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

DIFFICULTY_REASONS = choices(
    评估价异议="Appraised value disputed",
    面积或合法性认定="Floor area or lawfulness",
    安置房位置="Homes too far",
    安置房面积户型="Size or plan of the homes",
    资金缺口="Lack of funds",
    家庭产权纠纷="Ownership dispute",
    公房承租="Tenant of public housing",
    营业停产损失="Loss of business",
    特殊群体困难="Hardship",
    历史遗留问题="Old cases",
    对政策不信任="Mistrust of the policy",
    攀比观望="Comparing and waiting",
    无法联系="Cannot be reached",
    其他="Other",
)

DATASET = Dataset(
    name="household_difficulty",
    stream="demolition",
    menu_place=70,
    label=Text("住户难题", "Difficulties of households"),
    description=Text(
        "未签约户的难题，一题一行：原因、承办单位、承诺和办结日期、结果；只写户编号，不写姓名和家庭情况。",
        "Difficulties of households by code, one row each: reason, who handles it, promised, closed, outcome.",
    ),
    key=("difficulty_id",),
    dated_by=("raised_on", "closed_on"),
    columns=(
        code("difficulty_id", "难题编码", "Difficulty code", aliases=("难题编号", "难题序号")),
        household_column(required=True),
        choice(
            "difficulty_reason",
            "难题原因",
            "Kind of difficulty",
            DIFFICULTY_REASONS,
            required=True,
            aliases=("原因", "难题类别", "难题类型"),
        ),
        text("department", "承办单位", "Handled by", aliases=("承办部门", "责任单位", "责任部门")),
        date("raised_on", "提出日期", "Raised on", required=True, aliases=("登记日期", "反映日期")),
        date("due_on", "承诺日期", "Promised for", aliases=("承诺办结日期", "办结期限")),
        date("closed_on", "办结日期", "Closed on", aliases=("化解日期", "办结时间")),
        choice("outcome", "办理结果", "Result", OUTCOMES, aliases=("结果", "化解结果", "办结结果")),
        text("solution", "解决办法", "How", aliases=("化解办法", "措施")),
    ),
    constraints=(
        *not_in_future("raised_on", "closed_on"),
        not_before("closed_on", "raised_on"),
        not_before("due_on", "raised_on"),
        both_or_neither("outcome", "closed_on", "2014-05-13"),
    ),
)
