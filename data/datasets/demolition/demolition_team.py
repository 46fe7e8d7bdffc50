"""One row per team: how many people, vehicles and machines, which departments take part; no names."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Dataset, code, integer, text
from data.text import Text


def _somebody_in_it() -> Constraint:
    """A team has people."""
    return Constraint(
        name="staff_above_zero",
        columns=("staff",),
        breaks="r.staff = 0",
        reason=Text(
            "“{staff}”是 0：没有人的小组开不了工，请核对",
            "“{staff}” is 0; a team without people cannot work, so make sure of it",
        ),
        is_warning=True,
        cases=cases(broken=[(0,)], kept=[(1,), (None,)]),
    )


DATASET = Dataset(
    name="demolition_team",
    stream="demolition",
    menu_place=15,
    label=Text("征拆小组", "Demolition teams"),
    description=Text(
        "征拆队伍，一组一行：人数、车辆、机械、参加单位；不登记组员姓名。",
        "One row per team: how many people, vehicles and machines, which departments take part; no names.",
    ),
    key=("team_id",),
    name_column="name",
    columns=(
        code("team_id", "小组编码", "Team code", aliases=("小组编号",)),
        text("name", "小组名称", "Team", required=True, aliases=("小组", "组别")),
        integer("staff", "人数", "People", "person", aliases=("组员人数", "队员人数")),
        integer("vehicles", "车辆", "Vehicles", "piece", aliases=("车辆数", "车辆台数")),
        integer("machines", "机械", "Machines", "piece", aliases=("机械数", "机械台数", "设备数")),
        text("departments", "参加单位", "Departments", aliases=("配合部门", "参与部门", "成员单位")),
        text("note", "备注", "Note"),
    ),
    constraints=(_somebody_in_it(),),
)
