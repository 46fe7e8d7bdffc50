"""Demolition projects: households and signing period."""

from data.datasets.constraint import not_before
from data.datasets.demolition.columns import RESETTLEMENT_KINDS
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="demolition_project",
    stream="demolition",
    menu_place=10,
    label=Text("征迁项目", "Demolition projects"),
    description=Text(
        "每个征收或拆迁项目一行：总户数和签约期限。", "One row per project: households and signing period."
    ),
    key=("project_id",),
    name_column="name",
    columns=(
        code("project_id", "项目编码", "Project code"),
        text("name", "项目名称", "Project", required=True, aliases=("项目",)),
        choice(
            "kind",
            "征迁类别",
            "Kind",
            choices(
                国有土地征收="Expropriation on state land",
                集体土地征收="Expropriation on collective land",
                三改="Renovation",
                拆违="Removal of unlawful building",
            ),
            required=True,
        ),
        choice(
            "category",
            "改造对象",
            "Object",
            (*RESETTLEMENT_KINDS, *choices(基础设施="Infrastructure")),
            aliases=("子类",),
        ),
        choice(
            "level",
            "项目级别",
            "Level",
            choices(市级重点="City key project", 区级="District", 街道="Subdistrict"),
        ),
        integer("households_total", "总户数", "Households", "household", required=True, low=1),
        date("sign_start", "签约开始", "Signing starts", required=True),
        date("sign_end", "签约截止", "Signing ends", required=True),
        date("vacate_due_on", "腾空期限", "Vacating due"),
        number("floor_area_total", "总建筑面积", "Floor area in all", "m2"),
        text("owner", "牵头单位", "Lead unit"),
        text("note", "备注", "Note"),
    ),
    constraints=(not_before("sign_end", "sign_start"),),
)
