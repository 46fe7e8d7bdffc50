"""Land of projects: area, agreed and actual start, how much is built and invested, when the works stopped."""

from data.datasets.constraint import Constraint, as_warning, at_most, cases, not_before, not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, code, date, number, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole
from data.text import Text

DATASET = Dataset(
    name="parcel",
    stream="investment",
    menu_place=40,
    label=Text("项目用地", "Project land"),
    description=Text(
        "项目地块，一块一行：面积、约定与实际动工日期、已建和已投多少、何时停工、有无免责原因。",
        "One row per parcel of a project: area, agreed and actual start, how much is built and invested, when works "
        "stopped, a reason for exemption.",
    ),
    key=("parcel_id",),
    columns=(
        code("parcel_id", "地块编码", "Parcel code", aliases=("宗地编号", "地块编号", "宗地号")),
        project_column(required=True),
        number("area", "用地面积", "Area", "mu", required=True, aliases=("地块面积", "土地面积", "宗地面积")),
        number("price", "出让金", "Price", "wan", aliases=("土地出让金", "出让价款", "成交价")),
        date(
            "agreed_start_on",
            "约定动工日期",
            "Agreed start",
            required=True,
            aliases=("约定开工日期", "合同约定动工日期", "应动工日期"),
        ),
        date("agreed_finish_on", "约定竣工日期", "Agreed finish", aliases=("合同约定竣工日期", "应竣工日期")),
        date("actual_start_on", "实际动工日期", "Actual start", aliases=("实际开工日期", "开工日期", "动工日期")),
        number("due_floor_area", "应建面积", "Floor area due", "m2", aliases=("应建建筑面积", "规划建筑面积")),
        number("built_floor_area", "已建面积", "Floor area built", "m2", aliases=("已建建筑面积", "已建成面积")),
        number("planned_investment", "地块总投资", "Investment due", "wan", aliases=("应投资额", "约定投资额")),
        number("invested", "已投资", "Invested", "wan", aliases=("已投资额", "累计投资", "已完成投资")),
        date("stopped_on", "停工日期", "Stopped on", aliases=("停工起始日", "停工起始日期", "停建日期")),
        date("checked_on", "核查日期", "Checked on", aliases=("核查时间", "检查日期")),
        text("exempt_reason", "免责原因", "Reason for exemption", aliases=("免责情形",)),
        *coordinate_columns(),
    ),
    constraints=(
        *point_is_whole(),
        *not_in_future("actual_start_on", "stopped_on", "checked_on"),
        not_before("agreed_finish_on", "agreed_start_on"),
        not_before("stopped_on", "actual_start_on"),
        Constraint(
            name="stopped_after_a_start",
            columns=("stopped_on", "actual_start_on"),
            breaks="r.stopped_on IS NOT NULL AND r.actual_start_on IS NULL",
            reason=Text(
                "填了“{stopped_on}”，却没有“{actual_start_on}”：没有动工就谈不上停工，请补上或清空",
                "“{stopped_on}” is filled, but “{actual_start_on}” is empty: what never started cannot stop; "
                "fill the one or clear the other",
            ),
            cases=cases(broken=[("2014-01-02", None)], kept=[("2014-01-02", "2014-01-02")]),
        ),
        as_warning(at_most("built_floor_area", "due_floor_area")),
        as_warning(at_most("invested", "planned_investment")),
        Constraint(
            name="progress_has_a_day",
            columns=("checked_on", "built_floor_area", "invested"),
            breaks="r.checked_on IS NULL AND (r.built_floor_area IS NOT NULL OR r.invested IS NOT NULL)",
            reason=Text(
                "填了“{built_floor_area}”或“{invested}”，却没有“{checked_on}”：不知道是哪天的数，不参加闲置判定，请补上",
                "“{built_floor_area}” or “{invested}” is filled, but “{checked_on}” is empty: without its day the "
                "figure takes no part in telling idle land; add it",
            ),
            is_warning=True,
            cases=cases(broken=[(None, None, 1)], kept=[("2014-01-02", None, 1)]),
        ),
        Constraint(
            name="price_within_investment",
            columns=("price", "project_id"),
            parent="investment_project",
            breaks="r.price > p.investment",
            shown=("r.price", "p.investment"),
            reason=Text(
                "“{price}”比项目的总投资还多，请核对单位是不是万元",
                "“{price}” is more than the investment of the project; make sure of its unit",
            ),
            is_warning=True,
            cases=cases(
                broken=[(1001, "I-1")],
                kept=[(1000, "I-1")],
                investment_project={"project_id": "I-1", "investment": 1000},
            ),
        ),
    ),
)
