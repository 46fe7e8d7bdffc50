"""Households by code only: no names, numbers or doors."""

from data.datasets.constraint import SumConstraint, cases
from data.datasets.demolition.columns import project_column, team_column, village_column
from data.datasets.model import Dataset, choice, choices, code, flag, number, text
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
        project_column(required=True),
        village_column(required=False),
        text("block", "片区", "Block", aliases=("区块", "标段")),
        team_column(),
        choice(
            "use",
            "房屋用途",
            "Use",
            choices(住宅="Dwelling", 商服="Shop", 办公="Office", 生产="Workshop", 其他="Other"),
        ),
        choice("tenure", "产权性质", "Tenure", choices(产权人="Owner", 公房承租="Tenant of public housing")),
        number("legal_area", "合法建筑面积", "Lawful floor area", "m2", aliases=("合法面积", "建筑面积", "面积")),
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
