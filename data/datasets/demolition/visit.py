"""Visits to households that have not signed: attitude only."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.demolition.columns import HALVES_OF_VISITS, household_column, team_column
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

DATASET = Dataset(
    name="visit",
    stream="demolition",
    menu_place=60,
    label=Text("入户走访", "Visits"),
    description=Text(
        "疏导走访记录，只记态度，不记亲属和人脉。", "Visits to households: attitude only, no relatives or contacts."
    ),
    is_event=True,
    key=("visit_id",),
    dated_by=("visited_on",),
    columns=(
        code("visit_id", "走访编码", "Visit code", aliases=("走访编号", "走访序号")),
        household_column(required=True),
        team_column(),
        date("visited_on", "走访日期", "Visited on", required=True, aliases=("走访时间", "入户日期")),
        choice("half", "时段", "Half-day", HALVES_OF_VISITS),
        choice(
            "kind",
            "走访方式",
            "Kind",
            choices(入户走访="Home visit", 重点约访="Appointment", 电话="Telephone", 接访="Office visit"),
            required=True,
            aliases=("走访形式", "走访类型"),
        ),
        choice(
            "attitude",
            "走访后态度",
            "Attitude after",
            choices(支持="For", 观望="Waiting", 反对="Against", 未知="Unknown"),
            aliases=("态度", "住户态度"),
        ),
        date("next_on", "下次走访日期", "Next visit on", aliases=("约定下次走访", "下次约访日期")),
        text("next_step", "下一步", "Next step", aliases=("下步措施",)),
    ),
    constraints=(*not_in_future("visited_on"), not_before("next_on", "visited_on")),
)
