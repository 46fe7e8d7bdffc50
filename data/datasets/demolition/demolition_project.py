"""Demolition projects: households and signing period."""

from data.datasets.constraint import Constraint, cases, not_before
from data.datasets.demolition.columns import RESETTLEMENT_KINDS
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole
from data.text import Text


def _registered_sql(figure: str) -> str:
    """Return the SQL of a figure over the registered households of a project."""
    return f"(SELECT {figure} FROM household AS h WHERE h.project_id = r.project_id)"


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
        integer(
            "households_total", "总户数", "Households", "household", required=True, low=1, aliases=("被征收总户数",)
        ),
        date("sign_start", "签约开始", "Signing starts", required=True, aliases=("签约开始日期",)),
        date("sign_end", "签约截止", "Signing ends", required=True, aliases=("签约截止日期", "签约期限")),
        date("vacate_due_on", "腾空期限", "Vacating due", aliases=("搬迁期限", "腾空截止")),
        number("floor_area_total", "总建筑面积", "Floor area in all", "m2", aliases=("总面积", "征收总面积")),
        text("owner", "牵头单位", "Lead unit"),
        *coordinate_columns(),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *point_is_whole(),
        not_before("sign_end", "sign_start"),
        not_before("vacate_due_on", "sign_start"),
        Constraint(
            name="total_at_least_registered",
            columns=("households_total", "project_id"),
            breaks=f"r.households_total < {_registered_sql('count(*)')}",
            shown=("r.households_total", _registered_sql("count(*)")),
            reason=Text(
                "“{households_total}”少于户册里已登记的户数，请核对",
                "“{households_total}” is less than the households registered; make sure of it",
            ),
            is_warning=True,
            cases=cases(broken=[(0, "D-1")], kept=[(1, "D-1")], household={"household_id": "H-1", "project_id": "D-1"}),
        ),
        Constraint(
            name="area_at_least_registered",
            columns=("floor_area_total", "project_id"),
            breaks=f"r.floor_area_total < {_registered_sql('sum(h.legal_area)')}",
            shown=("r.floor_area_total", _registered_sql("sum(h.legal_area)")),
            reason=Text(
                "“{floor_area_total}”少于户册里各户合法建筑面积之和，请核对面积和单位",
                "“{floor_area_total}” is less than the lawful floor areas of its households together; make sure of the "
                "areas and their units",
            ),
            is_warning=True,
            cases=cases(
                broken=[(99, "D-1")],
                kept=[(100, "D-1")],
                household={"household_id": "H-1", "project_id": "D-1", "legal_area": 100},
            ),
        ),
    ),
)
