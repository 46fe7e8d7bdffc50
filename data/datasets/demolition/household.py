"""Households by code only: no names, numbers or doors."""

from data.datasets.constraint import SumConstraint, cases
from data.datasets.model import Dataset, choice, choices, code, flag, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="household",
    stream="demolition",
    menu_place=20,
    label=Text("被征收户", "Households"),
    description=Text(
        "只用户编号，不登记姓名、证件、电话和门牌。",
        "Codes only: no names, identity numbers, telephones or door numbers.",
    ),
    key=("household_id",),
    columns=(
        code("household_id", "户编号", "Household code"),
        parent("project_id", "demolition_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村")),
        text("block", "片区", "Block"),
        choice(
            "use",
            "房屋用途",
            "Use",
            choices(住宅="Dwelling", 商服="Shop", 办公="Office", 生产="Workshop", 其他="Other"),
        ),
        number("legal_area", "合法建筑面积", "Lawful floor area", "m2"),
        flag("needs_support", "需要帮扶", "Needs support", personal=True),
    ),
    constraints=(
        SumConstraint(
            name="registered_at_most_total",
            columns=("household_id", "project_id"),
            group=("project_id",),
            totals={"registered": "count(*)"},
            parent="demolition_project",
            breaks="r.registered > p.households_total",
            shown=("r.registered", "p.households_total"),
            reason=Text(
                "这个项目登记的“{household_id}”多于项目的总户数，请核对",
                "This project has more “{household_id}” registered than its number of households; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("H-1", "D-1"), ("H-2", "D-1")],
                kept=[("H-1", "D-1")],
                demolition_project={"project_id": "D-1", "households_total": 1},
            ),
        ),
    ),
)
