"""One row per operation: by whom, when, floor area, departments, waste, accidents."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.demolition.columns import project_column, team_column
from data.datasets.model import Dataset, choice, choices, code, flag, integer, moment, number, text
from data.datasets.shared.columns import village_column
from data.text import Text


def _ended_after_start() -> Constraint:
    """An operation ends after it began; where only the day of its end is written, on that day or later."""
    return Constraint(
        name="ended_at_not_before_started_at",
        columns=("ended_at", "started_at"),
        breaks="r.ended_at < r.started_at AND (r.ended_at <> CAST(r.ended_at AS DATE) "
        "OR r.ended_at < CAST(r.started_at AS DATE))",
        reason=Text(
            "“{ended_at}”早于“{started_at}”，请核对这两个时间",
            "“{ended_at}” is earlier than “{started_at}”; correct one of the two times",
        ),
        cases=cases(
            broken=[("2014-05-13 09:59", "2014-05-13 10:00")],
            kept=[("2014-05-13 10:00", "2014-05-13 10:00"), ("2014-05-13 00:00", "2014-05-13 10:00")],
        ),
    )


def _force_has_its_hour() -> Constraint:
    """Of an operation by force the hour is written, since at night there may be none."""
    return Constraint(
        name="force_has_hour",
        columns=("started_at", "kind"),
        breaks="r.kind = '强拆' AND r.started_at = CAST(r.started_at AS DATE)",
        reason=Text(
            "强拆只写了日期：看不出是不是夜间，请在“{started_at}”里写明几点几分",
            "An operation by force has its day only, so nobody can tell whether it was at night; write the hour into "
            "“{started_at}”",
        ),
        is_warning=True,
        cases=cases(
            broken=[("2014-05-13 00:00", "强拆")],
            kept=[("2014-05-13 09:00", "强拆"), ("2014-05-13 00:00", "自拆")],
        ),
    )


def _names_where_it_was() -> Constraint:
    """An operation is that of a project or in a village."""
    return Constraint(
        name="project_or_village",
        columns=("project_id", "village_id"),
        breaks="r.project_id IS NULL AND r.village_id IS NULL",
        reason=Text(
            "“{project_id}”和“{village_id}”都没填：看不出在哪里拆的，请补上",
            "Neither “{project_id}” nor “{village_id}” is filled, so nobody knows where this was; add one",
        ),
        is_warning=True,
        cases=cases(broken=[(None, None)], kept=[("D-1", None), (None, "V-1")]),
    )


DATASET = Dataset(
    name="demolition_operation",
    stream="demolition",
    menu_place=80,
    label=Text("拆除行动", "Operations"),
    description=Text(
        "拆除行动，一次一行：方式、起止时间（写到分）、面积、参加单位、清运和事故。没有事故的填 0，空着算没有登记。",
        "One row per operation: by whom, from when to when (with the hour), floor area, departments, waste, accidents. "
        "Write 0 where there was no accident; empty counts as not registered.",
    ),
    key=("operation_id",),
    dated_by=("started_at",),
    columns=(
        code("operation_id", "行动编码", "Operation code", aliases=("行动编号",)),
        project_column(required=False),
        village_column(required=False),
        team_column(),
        choice(
            "kind",
            "拆除方式",
            "Kind",
            choices(自拆="By the owner", 助拆="With help", 强拆="By force"),
            required=True,
            aliases=("行动方式", "行动类型"),
        ),
        moment("started_at", "开始时间", "Started at", required=True, aliases=("行动时间", "日期", "行动日期")),
        moment("ended_at", "结束时间", "Ended at", aliases=("完成时间",), day_from="started_at"),
        text("departments", "参加单位", "Departments", aliases=("配合部门", "参与部门", "到场单位")),
        number("razed_area", "拆除面积", "Floor area razed", "m2", aliases=("面积",)),
        flag("is_waste_cleared", "垃圾已清运", "Waste cleared", aliases=("建筑垃圾已清运", "是否清运")),
        integer("accidents", "安全事故", "Accidents", "piece", aliases=("事故数", "安全事故数")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("started_at", "ended_at"),
        _ended_after_start(),
        _force_has_its_hour(),
        _names_where_it_was(),
    ),
)
