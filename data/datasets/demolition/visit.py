"""Visits to households that have not signed: attitude only."""

from data.datasets.constraint import not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, parent
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
        code("visit_id", "走访编码", "Visit code"),
        parent("household_id", "household", "户编号", "Household", required=True),
        date("visited_on", "走访日期", "Visited on", required=True),
        choice("half", "时段", "Half-day", choices(上午="Morning", 下午="Afternoon", 晚上="Evening")),
        choice(
            "kind",
            "走访方式",
            "Kind",
            choices(入户走访="Home visit", 重点约访="Appointment", 电话="Telephone", 接访="Office visit"),
            required=True,
        ),
        choice(
            "attitude",
            "走访后态度",
            "Attitude after",
            choices(支持="For", 观望="Waiting", 反对="Against", 未知="Unknown"),
        ),
    ),
    constraints=(*not_in_future("visited_on"),),
)
