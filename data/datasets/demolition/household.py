"""Households by code only: no names, numbers or doors."""

from data.datasets.constraint import Constraint, SumConstraint, cases
from data.datasets.demolition.columns import project_column, team_column
from data.datasets.model import Dataset, choice, choices, code, flag, number, text
from data.datasets.shared.columns import village_column
from data.text import Text

REGISTERED_PROJECT = "(SELECT h.project_id FROM household AS h WHERE h.household_id = r.household_id)"

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
        number("legal_area", "合法建筑面积", "Lawful floor area", "m2", aliases=("合法面积",)),
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
        SumConstraint(
            name="area_at_most_total",
            columns=("legal_area", "project_id"),
            group=("project_id",),
            totals={"area": "sum(r.legal_area)"},
            parent="demolition_project",
            breaks="r.area > p.floor_area_total * 1.000001",
            shown=("r.area", "p.floor_area_total"),
            reason=Text(
                "这个项目各户的“{legal_area}”加起来多于项目的总建筑面积，请核对面积和单位",
                "“{legal_area}” of the households of this project is together more than its floor area in all; make "
                "sure of the areas and their units",
            ),
            is_warning=True,
            cases=cases(
                broken=[(60, "D-1"), (60, "D-1")],
                kept=[(60, "D-1")],
                demolition_project={"project_id": "D-1", "floor_area_total": 100},
            ),
        ),
        Constraint(
            name="stays_in_its_project",
            columns=("project_id", "household_id"),
            breaks=f"r.project_id <> {REGISTERED_PROJECT}",
            shown=(REGISTERED_PROJECT, "r.project_id"),
            reason=Text(
                "这一户已登记在另一个“{project_id}”，这份文件把它改到这里：一户只在一个项目，协议和状态随户走，请核对",
                "This household is registered in another “{project_id}”, and this file moves it, its agreements and "
                "its statuses; a household is in one only, so make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("D-2", "H-1")],
                kept=[("D-1", "H-1")],
                household={"household_id": "H-1", "project_id": "D-1"},
            ),
        ),
        Constraint(
            name="area_is_in_square_metres",
            columns=("legal_area",),
            breaks="r.legal_area < $smallest_lawful_area",
            reason=Text(
                "“{legal_area}”不足 {smallest_lawful_area:g} ㎡：像是按亩填的，或填错了，请核对单位",
                "“{legal_area}” is below {smallest_lawful_area:g} m²: it may be in mu, or wrong; make sure of the unit",
            ),
            is_warning=True,
            cases=cases(broken=[(0.15,)], kept=[(48,)]),
        ),
    ),
)
