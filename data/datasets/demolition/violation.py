"""One row per unlawful building: floor area, found, notified, razed, how the land is used after."""

from data.datasets.constraint import Constraint, as_warning, at_most, cases, not_before, not_in_future
from data.datasets.demolition.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.text import Text


def _razed_before_use() -> Constraint:
    """Land comes into use only after the building on it was razed."""
    return Constraint(
        name="reused_once_razed",
        columns=("reused_on", "razed_on"),
        breaks="r.reused_on IS NOT NULL AND r.razed_on IS NULL",
        reason=Text(
            "没有“{razed_on}”却填了“{reused_on}”：拆了才谈得上利用，请补上拆除日期，或删去利用日期",
            "“{reused_on}” is filled and “{razed_on}” is not: land is used once the building is razed; add that day, "
            "or clear this one",
        ),
        cases=cases(broken=[("2014-05-13", None)], kept=[("2014-05-13", "2014-05-12"), (None, None)]),
    )


def _use_has_its_day() -> Constraint:
    """Land in use has the day since when, and land that is not used has none."""
    return Constraint(
        name="reuse_with_day",
        columns=("reuse", "reused_on"),
        breaks="(coalesce(r.reuse, '未用') <> '未用') <> (r.reused_on IS NOT NULL)",
        reason=Text(
            "“{reuse}”和“{reused_on}”对不上：用了的两项都填，没用的不填日期",
            "“{reuse}” and “{reused_on}” do not agree: of land in use both are filled, of other land no day",
        ),
        cases=cases(
            broken=[("复垦", None), ("未用", "2014-05-13"), (None, "2014-05-13")],
            kept=[("复垦", "2014-05-13"), ("未用", None), (None, None)],
        ),
    )


def _area_used_has_its_day() -> Constraint:
    """An area that is used has the day since when."""
    return Constraint(
        name="reused_area_with_day",
        columns=("reused_area", "reused_on"),
        breaks="r.reused_area > 0 AND r.reused_on IS NULL",
        reason=Text(
            "填了“{reused_area}”却没有“{reused_on}”：不知道从哪天起算利用，请补上日期",
            "“{reused_area}” is filled and “{reused_on}” is not, so nobody knows since when it is used; add the day",
        ),
        cases=cases(broken=[(80, None)], kept=[(80, "2014-05-13"), (0, None), (None, None)]),
    )


def _used_area_known() -> Constraint:
    """Of land in use it is known how much; otherwise it is left out of the share in use."""
    return Constraint(
        name="reused_area_known",
        columns=("reused_area", "reused_on"),
        breaks="r.reused_on IS NOT NULL AND r.reused_area IS NULL",
        reason=Text(
            "填了“{reused_on}”却没有“{reused_area}”：不计入拆后利用率，请补上面积",
            "“{reused_on}” is filled and “{reused_area}” is not: it is left out of the share in use; add the area",
        ),
        is_warning=True,
        cases=cases(broken=[(None, "2014-05-13")], kept=[(80, "2014-05-13"), (None, None)]),
    )


def _land_not_in_mu() -> Constraint:
    """A building that has many times the floor area of its land may have its land in 亩."""
    return Constraint(
        name="land_area_in_square_metres",
        columns=("land_area", "area"),
        breaks="r.land_area > 0 AND r.area > $doubtful_floors * r.land_area",
        reason=Text(
            "“{area}”是“{land_area}”的 {doubtful_floors:g} 倍以上：土地面积可能按亩填了，这里要填㎡，请核对",
            "“{area}” is more than {doubtful_floors:g} times “{land_area}”: the land may be in mu, while m² are asked; "
            "make sure of it",
        ),
        is_warning=True,
        cases=cases(broken=[(0.3, 240)], kept=[(200, 240), (0, 240), (None, 240)]),
    )


def _area_above_nothing() -> Constraint:
    """A building has a floor area."""
    return Constraint(
        name="area_above_zero",
        columns=("area",),
        breaks="r.area = 0",
        reason=Text(
            "“{area}”是 0：面积不明的请先核实，不能填 0",
            "“{area}” is 0; where the area is not known, find it out and do not write 0",
        ),
        cases=cases(broken=[(0,)], kept=[(0.5,)]),
    )


DATASET = Dataset(
    name="violation",
    stream="demolition",
    menu_place=85,
    label=Text("违法建筑", "Unlawful buildings"),
    description=Text(
        "违法建筑，一处一行：面积、发现、通知、限拆期限、拆除和拆后利用。面积都填㎡，亩请先换算（1 亩约 666.67 ㎡）。",
        "One row per unlawful building: floor area, found, notified, until when to be razed, razed, how the land is "
        "used after. All areas are in m²; bring mu into m² first (1 mu is about 666.67 m²).",
    ),
    key=("violation_id",),
    dated_by=("found_on", "razed_on", "reused_on"),
    columns=(
        code("violation_id", "违建编码", "Building code", aliases=("违建编号", "违法建筑编号", "图斑编号")),
        village_column(required=False),
        project_column(required=False),
        choice(
            "kind",
            "违建类型",
            "Kind",
            choices(存量="Old stock", 新增="New"),
            required=True,
            aliases=("违建类别", "存量或新增", "存量/新增"),
        ),
        number("area", "违建面积", "Floor area", "m2", required=True, aliases=("面积", "建筑面积", "违法建筑面积")),
        date("found_on", "发现日期", "Found on", required=True, aliases=("发现时间", "排查日期", "巡查发现日期")),
        date("notified_on", "通知日期", "Notified on", aliases=("责令日期", "责令限拆日期", "限拆通知日期")),
        date("due_on", "限期", "Due on", aliases=("限拆日期", "限拆期限", "自拆期限", "整改期限")),
        date("razed_on", "拆除日期", "Razed on", aliases=("拆除时间", "处置日期", "拆除完成日期")),
        number("land_area", "拆后土地", "Land after", "m2", aliases=("拆后土地面积", "占地面积", "腾出土地面积")),
        choice(
            "reuse",
            "拆后利用",
            "Use after",
            choices(复垦="Farmland", 复绿="Green", 公园="Park", 道路="Road", 出让="Sold", 未用="Not used"),
            aliases=("拆后利用方式", "利用方式"),
        ),
        date("reused_on", "利用日期", "Used since", aliases=("拆后利用日期", "利用时间")),
        number("reused_area", "利用面积", "Land used", "m2", aliases=("拆后利用面积", "已利用面积")),
        text("note", "备注", "Note"),
        *coordinate_columns(),
    ),
    constraints=(
        *point_is_whole(),
        *not_in_future("found_on", "notified_on", "razed_on", "reused_on"),
        not_before("notified_on", "found_on"),
        not_before("due_on", "found_on"),
        not_before("due_on", "notified_on"),
        not_before("razed_on", "found_on"),
        not_before("reused_on", "razed_on"),
        _area_above_nothing(),
        at_most("reused_area", "land_area"),
        _razed_before_use(),
        _use_has_its_day(),
        _area_used_has_its_day(),
        _used_area_known(),
        as_warning(not_before("razed_on", "notified_on")),
        _land_not_in_mu(),
    ),
)
