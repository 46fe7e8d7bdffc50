"""River chiefs by post, with their time of office."""

from data.datasets.constraint import not_before
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

DATASET = Dataset(
    name="chief",
    stream="water",
    menu_place=50,
    label=Text("河长名册", "River chiefs"),
    description=Text("河长按职务登记，不登记姓名。", "River chiefs by post; no names are kept."),
    key=("chief_id",),
    name_column="post",
    columns=(
        code("chief_id", "河长编码", "Chief code"),
        text("post", "职务", "Post", required=True),
        choice(
            "level",
            "河长级别",
            "Level",
            choices(
                总河长="Head chief",
                副总河长="Deputy head chief",
                街道级河长="Subdistrict chief",
                村级河长="Village chief",
                民间河长="Citizen chief",
                渠长="Ditch chief",
                塘长="Pond chief",
            ),
            required=True,
        ),
        date("active_from", "任职日期", "From"),
        date("active_to", "离任日期", "To"),
    ),
    constraints=(not_before("active_to", "active_from"),),
)
