"""Progress of works: the cumulative quantity and money at each report."""

from data.datasets.constraint import Constraint, cases, never_decreases, not_in_future
from data.datasets.model import Dataset, date, number, parent, text
from data.datasets.water.columns import UNIT_OF_WORK, at_most_of_work
from data.text import Text

DATASET = Dataset(
    name="work_progress",
    stream="water",
    menu_place=170,
    label=Text("工程进度", "Progress of works"),
    description=Text("每次上报时累计完成的工程量和资金。", "The cumulative quantity and money at each report."),
    is_event=True,
    key=("work_id", "on_date"),
    dated_by=("on_date",),
    columns=(
        parent("work_id", "work", "工程", "Work", required=True),
        date("on_date", "上报日期", "Reported on", required=True, aliases=("日期",)),
        number(
            "done",
            "累计完成量",
            "Cumulative done",
            unit_from=UNIT_OF_WORK,
            required=True,
            aliases=("完成量", "累计完成"),
        ),
        number("cost", "累计支出", "Cumulative cost", "wan"),
        text("photo_before", "整治前照片", "Photo before", aliases=("治理前照片", "施工前照片")),
        text("photo_after", "整治后照片", "Photo after", aliases=("治理后照片", "施工后照片")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("on_date"),
        never_decreases("done", ("work_id",), "on_date"),
        never_decreases("cost", ("work_id",), "on_date"),
        at_most_of_work("done", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        at_most_of_work("cost", "budget", "工程的预算", "the budget of the work"),
        Constraint(
            name="done_after_start",
            columns=("on_date", "done", "work_id"),
            parent="work",
            breaks="r.on_date < p.start_on AND r.done > 0",
            shown=("r.on_date", "p.start_on"),
            reason=Text(
                "“{on_date}”早于工程的计划开工，却已有完成量，请核对",
                "“{on_date}” is earlier than the planned start of the work, yet something is done; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2013-12-31", 5, "W-1")],
                kept=[("2013-12-31", 0, "W-1")],
                work={"work_id": "W-1", "start_on": "2014-01-01"},
            ),
        ),
    ),
)
