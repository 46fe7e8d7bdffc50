"""One row per team: how many people, vehicles and machines, which departments take part; no names."""

from data.datasets.model import Dataset, code, integer, text
from data.text import Text

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
        code("team_id", "小组编码", "Team code"),
        text("name", "小组名称", "Team", required=True, aliases=("小组", "组别")),
        integer("staff", "人数", "People", "person"),
        integer("vehicles", "车辆", "Vehicles", "piece", aliases=("车辆数",)),
        integer("machines", "机械", "Machines", "piece", aliases=("机械数",)),
        text("departments", "参加单位", "Departments", aliases=("配合部门", "参与部门")),
        text("note", "备注", "Note"),
    ),
)
