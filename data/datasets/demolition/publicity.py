"""What was done to make the policy known, one row each: kind, how many, households reached."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.demolition.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, text
from data.datasets.shared.columns import village_column
from data.text import Text


def _names_whom_it_reached() -> Constraint:
    """What was done, was done for a project or in a village."""
    return Constraint(
        name="project_or_village",
        columns=("project_id", "village_id"),
        breaks="r.project_id IS NULL AND r.village_id IS NULL",
        reason=Text(
            "“{project_id}”和“{village_id}”都没填：看不出向谁宣传，请补上",
            "Neither “{project_id}” nor “{village_id}” is filled, so nobody knows whom this was for; add one",
        ),
        is_warning=True,
        cases=cases(broken=[(None, None)], kept=[("D-1", None), (None, "V-1")]),
    )


def _reaches_at_most_all() -> Constraint:
    """One activity reaches no more households than the project has."""
    return Constraint(
        name="reached_at_most_total",
        columns=("households_reached", "project_id"),
        parent="demolition_project",
        breaks="r.households_reached > p.households_total",
        shown=("r.households_reached", "p.households_total"),
        reason=Text(
            "“{households_reached}”多于项目的总户数，请核对；一户听过几次只算一户",
            "“{households_reached}” is more than the project has households; make sure of it: a household that heard "
            "it twice counts once",
        ),
        is_warning=True,
        cases=cases(
            broken=[(87, "D-1")],
            kept=[(86, "D-1")],
            demolition_project={"project_id": "D-1", "households_total": 86},
        ),
    )


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
            aliases=("宣传形式", "活动方式", "活动形式"),
        ),
        integer("quantity", "数量", "Quantity", "piece", aliases=("份数", "条数", "册数", "场数")),
        date("held_on", "日期", "Date", required=True, aliases=("宣传日期", "宣传时间")),
        integer(
            "households_reached",
            "覆盖户数",
            "Households reached",
            "household",
            aliases=("宣传户数", "发放户数", "参加户数", "入户数"),
        ),
        number("cost", "费用", "Cost", "wan", aliases=("宣传费用", "经费")),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("held_on"), _names_whom_it_reached(), _reaches_at_most_all()),
)
