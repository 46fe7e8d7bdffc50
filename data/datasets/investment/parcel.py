"""Land of projects: area, agreed and actual start."""

from data.datasets.constraint import as_warning, at_most, not_before, not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, code, date, number, text
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
        project_column(required=True),
        number("area", "用地面积", "Area", "mu", required=True),
        number("price", "出让金", "Price", "wan"),
        date("agreed_start_on", "约定动工日期", "Agreed start", required=True),
        date("agreed_finish_on", "约定竣工日期", "Agreed finish"),
        date("actual_start_on", "实际动工日期", "Actual start"),
        number("due_floor_area", "应建面积", "Floor area due", "m2"),
        number("built_floor_area", "已建面积", "Floor area built", "m2"),
        number("planned_investment", "地块总投资", "Investment due", "wan"),
        number("invested", "已投资", "Invested", "wan"),
        date("stopped_on", "停工日期", "Stopped on"),
        date("checked_on", "核查日期", "Checked on"),
        text("exempt_reason", "免责原因", "Reason for exemption"),
    ),
    constraints=(
        *not_in_future("actual_start_on", "stopped_on", "checked_on"),
        not_before("agreed_finish_on", "agreed_start_on"),
        not_before("stopped_on", "actual_start_on"),
        as_warning(at_most("built_floor_area", "due_floor_area")),
    ),
)
