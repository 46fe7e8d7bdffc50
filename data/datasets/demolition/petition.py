"""One row per petition: class, received, notified, closed; neither who petitioned nor what was said."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.demolition.columns import project_column, village_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer
from data.text import Text

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
        code("petition_id", "信访编码", "Petition code", aliases=("信访编号",)),
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
        date("received_on", "收到日期", "Received on", required=True),
        date("notified_on", "受理告知日期", "Notified on", aliases=("告知日期", "受理日期")),
        date("closed_on", "办结日期", "Closed on"),
        integer("extended_days", "延期天数", "Days extended", "day"),
        flag("is_repeat", "重复访", "Repeated"),
        choice("risk", "风险等级", "Risk", choices(高="High", 中="Middle", 低="Low")),
    ),
    constraints=(
        *not_in_future("received_on", "notified_on", "closed_on"),
        not_before("notified_on", "received_on"),
        not_before("closed_on", "received_on"),
    ),
)
