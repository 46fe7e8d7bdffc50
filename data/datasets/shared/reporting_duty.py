"""Reporting duties: which ledger is due from which unit, how often, and how long after the period."""

from data.datasets.constraint import Constraint, cases, not_before
from data.datasets.model import Choice, Dataset, choice, date, integer, text
from data.datasets.reported_ledgers import reported_ledgers
from data.text import Text

FREQUENCIES = (
    Choice("日报", Text("日报", "Daily"), ("每日", "每天", "日")),
    Choice("周报", Text("周报", "Weekly"), ("每周", "周")),
    Choice("月报", Text("月报", "Monthly"), ("每月", "月")),
    Choice("即报", Text("即报", "As it happens"), ("有事即报", "按事", "即时", "不定期", "By event")),
)


def _periods_have_a_limit() -> Constraint:
    """What is reported by the period says how long after it; what is reported as it happens does not."""
    return Constraint(
        name="periods_have_a_limit",
        columns=("due_within", "frequency"),
        breaks="(r.due_within IS NULL) <> (r.frequency = '即报')",
        reason=Text(
            "日报、周报、月报要写“{due_within}”，即报不写，请核对",
            "“{due_within}” is filled for daily, weekly and monthly reports and empty for what is reported as it "
            "happens; correct it",
        ),
        cases=cases(broken=[(None, "月报"), (3, "即报")], kept=[(0, "日报"), (5, "月报"), (None, "即报")]),
    )


DATASET = Dataset(
    name="reporting_duty",
    stream="shared",
    menu_place=30,
    label=Text("报送责任", "Reporting duties"),
    description=Text(
        "哪本台账由哪个单位多久报一次、期后几天内报。报没报从数据批次里读，不另填表。",
        "Which ledger is due from which unit, how often and how soon after the period. Whether it was reported is read "
        "off the batches; there is no other form.",
    ),
    key=("dataset", "unit"),
    columns=(
        choice("dataset", "台账", "Ledger", reported_ledgers(), required=True, aliases=("报送台账", "台账名称")),
        text("unit", "报送单位", "Reporting unit", required=True, aliases=("责任单位", "填报单位")),
        text("person", "报送岗位", "Reporting post", aliases=("报送人", "填报人", "数据员")),
        choice("frequency", "报送频次", "How often", FREQUENCIES, required=True, aliases=("频次", "报送周期")),
        integer("due_within", "期后几天内报", "Due within", "day", high=31, aliases=("报送期限",)),
        date("starts_on", "起报日期", "Due from", required=True, aliases=("开始日期", "起始日期")),
        date("ends_on", "停报日期", "Due until", aliases=("结束日期", "截止日期")),
    ),
    constraints=(not_before("ends_on", "starts_on"), _periods_have_a_limit()),
)
