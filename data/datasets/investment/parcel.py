"""Land of projects: area, agreed and actual start."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.model import Dataset, code, date, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="parcel",
    stream="investment",
    menu_place=40,
    label=Text("项目用地", "Project land"),
    description=Text("项目地块的面积、约定与实际动工日期。", "Land of a project: area, agreed and actual start."),
    key=("parcel_id",),
    columns=(
        code("parcel_id", "地块编码", "Parcel code"),
        parent("project_id", "investment_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        number("area", "用地面积", "Area", "mu", required=True),
        number("price", "出让金", "Price", "wan"),
        date("agreed_start_on", "约定动工日期", "Agreed start", required=True),
        date("agreed_finish_on", "约定竣工日期", "Agreed finish"),
        date("actual_start_on", "实际动工日期", "Actual start"),
        text("exempt_reason", "免责原因", "Reason for exemption"),
    ),
    constraints=(
        *not_in_future("actual_start_on"),
        not_before("agreed_finish_on", "agreed_start_on"),
    ),
)
