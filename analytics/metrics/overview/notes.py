"""What was last noted of the things that have a plan."""

from analytics.metrics.columns import of_ledger
from analytics.metrics.model import Listing
from data.datasets.model import choice, date, text
from data.text import Text
from data.words import PLAN_KINDS

LAST_NOTES = Listing(
    name="last_notes",
    label=Text("最近的备注", "Last notes"),
    query="overview.last_note",
    columns=(
        choice("kind", "类别", "Kind", PLAN_KINDS),
        text("item_id", "事项编码", "Code of the item"),
        *of_ledger("work_progress", "note"),
        date("noted_on", "备注日期", "Noted on"),
        text("noted_by", "备注提交人", "Note committed by"),
    ),
)
