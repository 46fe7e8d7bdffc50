"""Funds received for projects, with their proof."""

from data.datasets.constraint import Constraint, SumConstraint, cases, not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, number, text
from data.text import Text

DATASET = Dataset(
    name="funding",
    stream="investment",
    menu_place=30,
    label=Text("到位资金", "Funds received"),
    description=Text("每笔核实到位的资金及证明。", "Each verified receipt of funds, with its proof."),
    is_event=True,
    key=("funding_id",),
    dated_by=("received_on",),
    columns=(
        code("funding_id", "到资编码", "Receipt code"),
        project_column(required=True),
        date("received_on", "到位日期", "Received on", required=True),
        number("amount", "到位金额", "Amount", "wan", required=True),
        choice("kind", "资金类别", "Kind", choices(内资="Domestic", 外资="Foreign")),
        number("amount_usd", "折合外资", "In foreign currency", "wan usd"),
        choice(
            "proof",
            "证明材料",
            "Proof",
            choices(验资报告="Capital verification", 进账单="Bank slip", 发票="Invoice", 设备清单="Equipment list"),
            required=True,
        ),
        text("document", "凭证号", "Document"),
        flag("is_verified", "已核实", "Verified", required=True),
    ),
    constraints=(
        *not_in_future("received_on"),
        Constraint(
            name="foreign_money_is_foreign",
            columns=("amount_usd", "kind"),
            breaks="r.amount_usd IS NOT NULL AND r.kind IS DISTINCT FROM '外资'",
            reason=Text(
                "填了“{amount_usd}”，“{kind}”却不是外资，请核对",
                "“{amount_usd}” is filled, but “{kind}” is not foreign; correct one of the two",
            ),
            cases=cases(broken=[(10, "内资")], kept=[(10, "外资"), (None, "内资")]),
        ),
        SumConstraint(
            name="receipts_at_most_investment",
            columns=("amount", "is_verified", "project_id"),
            group=("project_id",),
            totals={"total": "sum(r.amount) FILTER (WHERE r.is_verified)"},
            parent="investment_project",
            breaks="r.total > p.investment * 1.000001",
            shown=("r.total", "p.investment"),
            reason=Text(
                "这个项目已核实的“{amount}”之和超过总投资，请核对",
                "The verified “{amount}” of this project adds up to more than its investment; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[(600, True, "I-1"), (401, True, "I-1")],
                kept=[(600, True, "I-1"), (401, False, "I-1")],
                investment_project={"project_id": "I-1", "investment": 1000},
            ),
        ),
    ),
)
