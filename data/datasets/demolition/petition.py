"""One row per petition: class, received, notified, closed; neither who petitioned nor what was said."""

from data.datasets.constraint import Constraint, as_warning, cases, not_before, not_in_future
from data.datasets.demolition.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer
from data.datasets.shared.columns import village_column
from data.text import Text


def _extended_within_rule() -> Constraint:
    """A petition is extended by no more days than the ordinance allows."""
    return Constraint(
        name="extended_within_rule",
        columns=("extended_days",),
        breaks="r.extended_days > $petition_extension_days",
        reason=Text(
            "“{extended_days}”多于条例允许的 {petition_extension_days:g} 天，办结期限只按允许的天数顺延，请核对",
            "“{extended_days}” is more than the {petition_extension_days:g} days that the ordinance allows; the due "
            "day is put off by these only; make sure of it",
        ),
        is_warning=True,
        cases=cases(broken=[(31,)], kept=[(30,), (None,)]),
    )


def _place_is_known() -> Constraint:
    """A petition is about a project or comes from a village."""
    return Constraint(
        name="project_or_village",
        columns=("project_id", "village_id"),
        breaks="r.project_id IS NULL AND r.village_id IS NULL",
        reason=Text(
            "“{project_id}”和“{village_id}”都没填：看不出是哪里的信访，请补上",
            "Neither “{project_id}” nor “{village_id}” is filled, so nobody knows where this belongs; add one",
        ),
        is_warning=True,
        cases=cases(broken=[(None, None)], kept=[("D-1", None), (None, "V-1")]),
    )


DATASET = Dataset(
    name="petition",
    stream="demolition",
    menu_place=75,
    label=Text("信访事项", "Petitions"),
    description=Text(
        "信访事项，一件一行：类别、收到、受理告知、办结的日期；不登记信访人和内容。",
        "One row per petition: class, received, notified, closed; neither who petitioned nor what was said.",
    ),
    key=("petition_id",),
    dated_by=("received_on", "notified_on", "closed_on"),
    columns=(
        code("petition_id", "信访编码", "Petition code", aliases=("信访编号", "信访件编号")),
        project_column(required=False),
        village_column(required=False),
        choice(
            "petition_class",
            "信访类别",
            "Class",
            choices(咨询="Question", 申诉求决="Claim", 建议="Suggestion", 检举="Report of wrongdoing"),
            required=True,
        ),
        choice(
            "channel",
            "信访渠道",
            "Channel",
            choices(上门="In person", 来信="Letter", 网上="Online", 上级转办="Passed down"),
            aliases=("来源",),
        ),
        date("received_on", "收到日期", "Received on", required=True, aliases=("收件日期", "登记日期", "信访日期")),
        date("notified_on", "受理告知日期", "Notified on", aliases=("告知日期", "受理日期")),
        date("closed_on", "办结日期", "Closed on", aliases=("办结时间",)),
        integer("extended_days", "延期天数", "Days extended", "day", aliases=("延长天数",)),
        flag("is_repeat", "重复访", "Repeated", aliases=("重复信访", "是否重复")),
        choice("risk", "风险等级", "Risk", choices(高="High", 中="Middle", 低="Low")),
    ),
    constraints=(
        *not_in_future("received_on", "notified_on", "closed_on"),
        not_before("notified_on", "received_on"),
        not_before("closed_on", "received_on"),
        as_warning(not_before("closed_on", "notified_on")),
        _extended_within_rule(),
        _place_is_known(),
    ),
)
