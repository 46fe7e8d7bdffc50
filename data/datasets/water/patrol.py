"""Patrols of chiefs: who walked where, when and how far."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_before, not_in_future
from data.datasets.model import Dataset, code, flag, integer, moment, number, parent, text
from data.datasets.water.columns import reach_column, reach_on_river, river_column
from data.text import Text

PATROL_TIMES = ("巡河时间", "巡河开始时间", "巡查时间", "巡河日期", "巡查日期")

DATASET = Dataset(
    name="patrol",
    stream="water",
    menu_place=80,
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
            cases=cases(
                broken=[("2014-03-05 21:01", "2014-03-05 09:00")], kept=[("2014-03-05 21:00", "2014-03-05 09:00")]
            ),
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
            cases=cases(
                broken=[(21, "2014-03-05 09:00", "2014-03-05 10:00")],
                kept=[(20, "2014-03-05 09:00", "2014-03-05 10:00")],
            ),
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
            cases=cases(
                broken=[("2014-06-01 09:00", "C-1")],
                kept=[("2014-05-31 23:00", "C-1")],
                chief={"chief_id": "C-1", "active_to": "2014-05-31"},
            ),
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
            cases=cases(
                broken=[("2014-03-05 09:00", "2014-03-05 10:00", "C-1"), ("2014-03-05 09:59", None, "C-1")],
                kept=[("2014-03-05 09:00", "2014-03-05 10:00", "C-1"), ("2014-03-05 10:00", None, "C-1")],
            ),
        ),
    ),
)
