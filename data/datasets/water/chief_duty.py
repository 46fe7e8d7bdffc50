"""Duties of chiefs: who answers for which water, and when."""

from data.datasets.constraint import OrderConstraint, both_or_neither, cases, not_before
from data.datasets.model import Dataset, choice, choices, date, integer, parent
from data.datasets.water.choices import PERIODS
from data.datasets.water.columns import reach_column, reach_on_river, river_column
from data.text import Text

CHIEF_ROLES = choices(第一责任人="First responsible", 联系人="Contact", 警长="River police officer", 督察长="Inspector")

DATASET = Dataset(
    name="chief_duty",
    stream="water",
    menu_place=60,
    label=Text("河长包干", "Chief duties"),
    description=Text("谁在什么时候负责哪条河道、哪一段。", "Who answers for which river or reach, and when."),
    key=("chief_id", "river_id", "valid_from"),
    columns=(
        parent("chief_id", "chief", "河长", "Chief", required=True, aliases=("河长编码",)),
        river_column(),
        reach_column(),
        choice("role", "职责", "Role", CHIEF_ROLES),
        date("valid_from", "开始日期", "From", required=True),
        date("valid_to", "结束日期", "To"),
        integer("patrol_quota", "应巡次数", "Patrols due", "times", low=1, aliases=("巡河次数要求",)),
        choice("patrol_period", "巡河周期", "Patrol period", PERIODS, aliases=("巡查周期", "巡河频次")),
    ),
    constraints=(
        not_before("valid_to", "valid_from"),
        reach_on_river(),
        both_or_neither("patrol_quota", "patrol_period"),
        OrderConstraint(
            name="duties_apart",
            columns=("valid_from", "valid_to", "chief_id", "river_id", "reach_id"),
            group=("chief_id", "river_id", "reach_id"),
            order="r.valid_from",
            running={"latest": "max(coalesce(r.valid_to, DATE '9999-12-31')) OVER before"},
            breaks="r.valid_from <= r.latest",
            shown=("r.valid_from", "r.latest"),
            reason=Text(
                "同一位河长、同一河段的上一次包干还没到“{valid_to}”，请核对",
                "The former duty of this chief for this reach has not reached its “{valid_to}”; make sure of both",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-01", "2014-06-30", "C-1", "R-1", "A-1"), ("2014-06-30", None, "C-1", "R-1", "A-1")],
                kept=[("2014-01-01", "2014-06-30", "C-1", "R-1", "A-1"), ("2014-07-01", None, "C-1", "R-1", "A-1")],
            ),
        ),
    ),
)
