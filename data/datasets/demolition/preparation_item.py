"""What is to be ready before signing, one row per item: due, done, document number."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.demolition.columns import project_column
from data.datasets.model import Dataset, choice, choices, date, text
from data.text import Text

PREPARATION_ITEMS = choices(
    领导小组="Leading group",
    办公室="Office",
    工作方案="Work plan",
    风险评估="Risk assessment",
    资金专户="Funds in a special account",
    应急预案="Emergency plan",
    房源筹集="Homes raised",
)


def _done_before_signing() -> Constraint:
    """What is to be ready is ready before signing begins; what came later may be right and counts as late."""
    return Constraint(
        name="done_before_signing",
        columns=("done_on", "project_id"),
        parent="demolition_project",
        breaks="r.done_on >= p.sign_start",
        shown=("r.done_on", "p.sign_start"),
        reason=Text(
            "“{done_on}”不早于签约开始：签约后才完成，不计入齐备，请核对",
            "“{done_on}” is not before the first day of signing, so this counts as late; make sure of it",
        ),
        is_warning=True,
        cases=cases(
            broken=[("2014-01-01", "D-1")],
            kept=[("2013-12-31", "D-1"), (None, "D-1")],
            demolition_project={"project_id": "D-1", "sign_start": "2014-01-01"},
        ),
    )


def _number_of_what_is_done() -> Constraint:
    """A document number is that of something done."""
    return Constraint(
        name="number_of_what_is_done",
        columns=("document_number", "done_on"),
        breaks="r.document_number IS NOT NULL AND r.done_on IS NULL",
        reason=Text(
            "有“{document_number}”却没有“{done_on}”，不算完成，请补上日期",
            "“{document_number}” is filled and “{done_on}” is not, so it does not count as done; add the date",
        ),
        is_warning=True,
        cases=cases(broken=[("庄办〔2014〕1号", None)], kept=[("庄办〔2014〕1号", "2014-01-01"), (None, None)]),
    )


DATASET = Dataset(
    name="preparation_item",
    stream="demolition",
    menu_place=12,
    label=Text("谋划准备事项", "Preparation items"),
    description=Text(
        "征迁项目签约前的准备，一项一行：应完成和实际完成的日期、文号。",
        "What is to be ready before signing, one row per item: due, done, document number.",
    ),
    key=("project_id", "preparation"),
    dated_by=("done_on",),
    columns=(
        project_column(required=True),
        choice(
            "preparation", "事项", "Item", PREPARATION_ITEMS, required=True, aliases=("准备事项", "准备工作", "要素")
        ),
        date("due_on", "应完成日期", "Due on", aliases=("计划完成日期", "期限", "完成期限")),
        date("done_on", "完成日期", "Done on", aliases=("实际完成日期", "办结日期")),
        text("document_number", "文号", "Document number"),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("done_on"), _done_before_signing(), _number_of_what_is_done()),
)
