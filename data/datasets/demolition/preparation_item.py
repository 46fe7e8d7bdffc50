"""What is to be ready before signing, one row per item: due, done, document number."""

from data.datasets.constraint import not_in_future
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
        choice("preparation", "事项", "Item", PREPARATION_ITEMS, required=True, aliases=("准备事项",)),
        date("due_on", "应完成日期", "Due on", aliases=("计划完成日期", "期限")),
        date("done_on", "完成日期", "Done on", aliases=("实际完成日期",)),
        text("document_number", "文号", "Document number"),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("done_on"),),
)
