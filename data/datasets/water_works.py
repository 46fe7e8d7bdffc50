"""Ledgers of 洁, the works: what is to be done, when it is due, how far it is."""

from data.datasets.constraint import Constraint, SumConstraint, never_decreases, not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, number, parent, text
from data.datasets.water_choices import DIMENSIONS, QUANTITY_UNITS
from data.datasets.water_columns import river_column
from data.text import Text

UNIT_OF_WORK = "work_id.quantity_unit"


def _at_most_of_work(column: str, whole: str, zh: str, en: str) -> Constraint:
    """A cumulative figure that exceeds what the work was given looks suspicious, though plans are exceeded at times."""
    return Constraint(
        name=f"{column}_at_most_{whole}",
        columns=(column, "work_id"),
        parent="work",
        breaks=f"r.{column} > p.{whole}",
        shown=(f"r.{column}", f"p.{whole}"),
        reason=Text(f"“{{{column}}}”超过{zh}，请核对", f"“{{{column}}}” is more than {en}; make sure of it"),
        is_warning=True,
    )


WORK = Dataset(
    name="work",
    stream="water",
    label=Text("整治工程", "Remediation works"),
    description=Text(
        "清淤、挡墙、箱涵等工程的工程量、工期和预算。", "Dredging, walls, culverts: quantity, dates and budget."
    ),
    key=("work_id",),
    name_column="name",
    columns=(
        code("work_id", "工程编码", "Work code"),
        text("name", "工程名称", "Work", required=True),
        river_column(),
        choice(
            "kind",
            "工程类型",
            "Kind",
            choices(
                清淤="Dredging",
                截污纳管="Sewer connection",
                挡墙护岸="Retaining walls",
                箱涵="Culverts",
                生态修复="Ecological repair",
                违章清除="Clearing of unlawful building",
                绿化公园="Green space",
            ),
            required=True,
        ),
        choice("dim", "四维度", "Dimension", DIMENSIONS, aliases=("维度",)),
        number(
            "quantity",
            "计划工程量",
            "Planned quantity",
            unit_from="quantity_unit",
            required=True,
            aliases=("工程量",),
        ),
        choice(
            "quantity_unit",
            "计量单位",
            "Unit",
            QUANTITY_UNITS,
            required=True,
        ),
        number("budget", "预算", "Budget", "wan"),
        date("start_on", "计划开工", "Planned start", required=True),
        date("end_on", "计划完工", "Planned finish", required=True),
        text("owner", "牵头单位", "Lead unit"),
    ),
    constraints=(
        not_before("end_on", "start_on"),
        Constraint(
            name="quantity_above_0",
            columns=("quantity",),
            breaks="r.quantity = 0",
            reason=Text(
                "“{quantity}”是 0，算不出完成率，请核对",
                "“{quantity}” is 0, so nothing can be a share of it; correct it",
            ),
            is_warning=True,
        ),
    ),
)

WORK_PLAN = Dataset(
    name="work_plan",
    stream="water",
    label=Text("工程计划曲线", "Plan of works"),
    description=Text("每个节点日期应累计完成的工程量（序时进度）。", "The cumulative quantity due at each date."),
    key=("work_id", "on_date"),
    columns=(
        parent("work_id", "work", "工程", "Work", required=True),
        date("on_date", "节点日期", "Date", required=True),
        number("planned", "累计计划量", "Cumulative plan", unit_from=UNIT_OF_WORK, required=True),
    ),
    constraints=(
        never_decreases("planned", ("work_id",), "on_date"),
        _at_most_of_work("planned", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        SumConstraint(
            name="plan_ends_at_quantity",
            columns=("planned", "on_date", "work_id"),
            group=("work_id",),
            totals={"last": "arg_max(r.planned, r.on_date)"},
            parent="work",
            breaks="r.last < p.quantity",
            shown=("r.last", "p.quantity"),
            reason=Text(
                "计划曲线最后一个“{planned}”没有达到工程的计划工程量，请核对",
                "The last “{planned}” is below the planned quantity of the work; make sure of the plan",
            ),
            is_warning=True,
        ),
        Constraint(
            name="plan_within_dates",
            columns=("on_date", "work_id"),
            parent="work",
            breaks="r.on_date NOT BETWEEN p.start_on AND p.end_on",
            shown=("r.on_date", "p.start_on", "p.end_on"),
            reason=Text(
                "“{on_date}”不在工程的计划开工和完工之间，请核对",
                "“{on_date}” is not between the planned start and finish of the work; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

WORK_PROGRESS = Dataset(
    name="work_progress",
    stream="water",
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
        _at_most_of_work("done", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        _at_most_of_work("cost", "budget", "工程的预算", "the budget of the work"),
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
        ),
    ),
)

DATASETS = (WORK, WORK_PLAN, WORK_PROGRESS)
