"""The yearly assessment, one row per village, year and item: weight, score, commended or criticised."""

from data.datasets.constraint import not_in_future
from data.datasets.demolition.columns import village_column
from data.datasets.model import Dataset, choice, choices, date, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="village_assessment",
    stream="demolition",
    menu_place=90,
    label=Text("村社考核", "Village assessment"),
    description=Text(
        "村（社区）年度考核，每村社每年每项一行：权重、得分、嘉奖或通报批评；只考核村社，不涉及住户。",
        "The yearly assessment, one row per village, year and item: weight, score, commended or criticised.",
    ),
    key=("village_id", "year", "assessed_for"),
    dated_by=("issued_on",),
    columns=(
        village_column(required=True),
        integer("year", "年度", "Year", required=True, low=2000, high=2100),
        text("assessed_for", "考核项目", "Item", required=True),
        number("weight", "权重", "Weight", "percent", high=100),
        number("score", "得分", "Score", "score", high=100),
        choice("award", "奖惩", "Award", choices(嘉奖="Commended", 通报批评="Criticised")),
        date("issued_on", "公布日期", "Issued on"),
    ),
    constraints=(*not_in_future("issued_on"),),
)
