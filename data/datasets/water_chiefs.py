"""Ledgers of 治, the chiefs: who answers for which water, their signboards and their patrols."""

from data.datasets.constraint import Constraint, OrderConstraint, both_or_neither, not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, moment, number, parent, text
from data.datasets.water_choices import PERIODS
from data.datasets.water_columns import latitude_column, longitude_column, reach_column, reach_on_river, river_column
from data.text import Text

CHIEF = Dataset(
    name="chief",
    stream="water",
    label=Text("河长名册", "River chiefs"),
    description=Text("河长按职务登记，姓名不在屏幕上显示。", "River chiefs by post; names are never shown on screen."),
    key=("chief_id",),
    name_column="post",
    columns=(
        code("chief_id", "河长编码", "Chief code"),
        text("post", "职务", "Post", required=True),
        text("name", "姓名", "Name", personal=True),
        choice(
            "level",
            "河长级别",
            "Level",
            choices(
                总河长="Head chief",
                副总河长="Deputy head chief",
                街道级河长="Subdistrict chief",
                村级河长="Village chief",
                民间河长="Citizen chief",
                渠长="Ditch chief",
                塘长="Pond chief",
            ),
            required=True,
        ),
        date("active_from", "任职日期", "From"),
        date("active_to", "离任日期", "To"),
    ),
    constraints=(not_before("active_to", "active_from"),),
)

PATROL_TIMES = ("巡河时间", "巡河开始时间", "巡查时间", "巡河日期", "巡查日期")
CHIEF_ROLES = choices(第一责任人="First responsible", 联系人="Contact", 警长="River police officer", 督察长="Inspector")

CHIEF_DUTY = Dataset(
    name="chief_duty",
    stream="water",
    label=Text("河长包干", "Chief duties"),
    description=Text("谁在什么时候负责哪条河道、哪一段。", "Who answers for which river or reach, and when."),
    key=("chief_id", "river_id", "valid_from"),
    columns=(
        parent("chief_id", "chief", "河长", "Chief", required=True, aliases=("河长编码",)),
        river_column(),
        reach_column(),
        choice("role", "职责", "Role", CHIEF_ROLES),
        date("valid_from", "开始日期", "From", required=True),
        date("valid_to", "结束日期", "To"),
        integer("patrol_quota", "应巡次数", "Patrols due", "times", low=1, aliases=("巡河次数要求",)),
        choice("patrol_period", "巡河周期", "Patrol period", PERIODS, aliases=("巡查周期", "巡河频次")),
    ),
    constraints=(
        not_before("valid_to", "valid_from"),
        reach_on_river(),
        both_or_neither("patrol_quota", "patrol_period"),
        OrderConstraint(
            name="duties_apart",
            columns=("valid_from", "valid_to", "chief_id", "river_id", "reach_id"),
            group=("chief_id", "river_id", "reach_id"),
            order="r.valid_from",
            running={"latest": "max(coalesce(r.valid_to, DATE '9999-12-31')) OVER before"},
            breaks="r.valid_from <= r.latest",
            shown=("r.valid_from", "r.latest"),
            reason=Text(
                "同一位河长、同一河段的上一次包干还没到“{valid_to}”，请核对",
                "The former duty of this chief for this reach has not reached its “{valid_to}”; make sure of both",
            ),
            is_warning=True,
        ),
    ),
)

SIGNBOARD = Dataset(
    name="signboard",
    stream="water",
    label=Text("河长公示牌", "Signboards"),
    description=Text(
        "每块河长公示牌一行：位置、最近一次检查和牌面状况。", "One row per signboard: place, newest check, condition."
    ),
    key=("signboard_id",),
    dated_by=("checked_on",),
    columns=(
        code("signboard_id", "公示牌编码", "Signboard code", aliases=("公示牌编号",)),
        river_column(),
        reach_column(),
        text("location", "设置位置", "Place", aliases=("位置", "地点")),
        date("checked_on", "检查日期", "Checked on", required=True, aliases=("最近检查",)),
        choice(
            "condition",
            "牌面状况",
            "Condition",
            choices(完好="Good", 缺失="Missing", 信息过期="Out of date", 破损="Damaged"),
            required=True,
            aliases=("公示牌状况",),
        ),
        date("info_as_of", "信息更新日期", "Information as of", aliases=("信息截至", "更新日期")),
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        *not_in_future("checked_on", "info_as_of"),
        not_before("checked_on", "info_as_of"),
        reach_on_river(),
        both_or_neither("lon", "lat"),
    ),
)

PATROL = Dataset(
    name="patrol",
    stream="water",
    label=Text("巡河记录", "Patrols"),
    description=Text(
        "每次巡河一行：谁、哪条河、起止时间、里程和发现的问题数；是否有效由规则判定，不填。",
        "One row per patrol: who, which river, when, how far, problems found; whether it counts is worked out.",
    ),
    is_event=True,
    key=("patrol_id",),
    dated_by=("start_at",),
    columns=(
        code("patrol_id", "巡河编码", "Patrol code", aliases=("巡河编号", "巡查编号")),
        parent("chief_id", "chief", "巡河河长", "Chief", required=True, aliases=("河长", "巡河人")),
        river_column(),
        reach_column(),
        moment("start_at", "开始时间", "Start", required=True, aliases=PATROL_TIMES),
        moment("end_at", "结束时间", "End", aliases=("巡河结束时间",), day_from="start_at"),
        number("patrol_length", "巡河里程", "Length walked", "km", aliases=("巡河长度", "巡查里程")),
        flag("has_track", "有轨迹", "Track kept", aliases=("轨迹",)),
        text("items_checked", "检查内容", "Looked at", aliases=("巡查内容",)),
        integer("findings", "发现问题数", "Problems found", "piece", aliases=("发现问题",)),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("start_at", "end_at"),
        not_before("end_at", "start_at"),
        reach_on_river(),
        Constraint(
            name="patrol_in_a_day",
            columns=("end_at", "start_at"),
            breaks="epoch(r.end_at - r.start_at) > 3600 * $patrol_hours",
            reason=Text(
                "“{start_at}”到“{end_at}”超过 {patrol_hours:g} 小时，请核对",
                "“{start_at}” to “{end_at}” is more than {patrol_hours:g} hours; make sure of it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="walked_not_flown",
            columns=("patrol_length", "start_at", "end_at"),
            breaks="r.patrol_length > $patrol_short "
            "AND r.patrol_length * 3600 > $patrol_speed * epoch(r.end_at - r.start_at)",
            reason=Text(
                "“{patrol_length}”与起止时间不符：每小时超过 {patrol_speed:g} 公里，请核对",
                "“{patrol_length}” does not fit the times: more than {patrol_speed:g} km an hour; make sure of it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="chief_in_office",
            columns=("start_at", "chief_id"),
            parent="chief",
            breaks="r.start_at < p.active_from OR CAST(r.start_at AS DATE) > p.active_to",
            shown=("r.start_at", "p.active_from", "p.active_to"),
            reason=Text(
                "“{start_at}”不在这位“{chief_id}”的任职期内，请核对",
                "“{start_at}” is outside the time of office of this “{chief_id}”; make sure of it",
            ),
            is_warning=True,
        ),
        OrderConstraint(
            name="one_place_at_a_time",
            columns=("start_at", "end_at", "chief_id"),
            group=("chief_id",),
            order="r.start_at",
            running={"busy_until": "max(r.end_at) OVER before"},
            breaks="r.start_at < r.busy_until",
            shown=("r.start_at", "r.busy_until"),
            reason=Text(
                "这位“{chief_id}”的上一次巡河还没到“{end_at}”，两次巡河时间重叠，请核对",
                "The former patrol of this “{chief_id}” has not reached its “{end_at}”; make sure of both",
            ),
            is_warning=True,
        ),
    ),
)

DATASETS = (CHIEF, CHIEF_DUTY, SIGNBOARD, PATROL)
