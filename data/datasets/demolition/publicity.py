"""What was done to make the policy known, one row each: kind, how many, households reached."""

from data.datasets.constraint import not_in_future
from data.datasets.demolition.columns import project_column, village_column
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="publicity",
    stream="demolition",
    menu_place=65,
    label=Text("宣传活动", "Publicity"),
    description=Text(
        "宣传活动，一次一行：方式、数量、覆盖户数。",
        "What was done to make the policy known, one row each: kind, how many, households reached.",
    ),
    is_event=True,
    key=("publicity_id",),
    dated_by=("held_on",),
    columns=(
        code("publicity_id", "宣传编码", "Publicity code"),
        project_column(required=False),
        village_column(required=False),
        choice(
            "kind",
            "宣传方式",
            "Kind",
            choices(
                下发文件="Document", 横幅="Banner", 宣传册="Brochure", 座谈会="Meeting", 微信="WeChat", 其他="Other"
            ),
            required=True,
        ),
        integer("quantity", "数量", "Quantity", "piece", aliases=("份数", "条数")),
        date("held_on", "日期", "Date", required=True),
        integer("households_reached", "覆盖户数", "Households reached", "household"),
        number("cost", "费用", "Cost", "wan"),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("held_on"),),
)
