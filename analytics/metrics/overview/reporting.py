"""Metrics of 报送: what was due from whom, and what came."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import PERIOD, STREAM, of_ledger
from analytics.metrics.model import LazyTransform, Metric
from data.datasets.model import choice, date, flag, integer
from data.derivations import addition
from data.text import Text
from data.words import REPORT_STATES

REPORTING_STATUS = Metric(
    name="reporting_status",
    label=Text("报送情况", "Reports due and received"),
    unit="piece",
    formula=Text(
        "每项报送责任、每一期一行（周一到周日，自然月），只列近 {reporting_days_back:g} 天内开始的期："
        "有一行数据的日期在这一期里，就是报了，报全没有报全从批次里看不出来，不判；"
        "报的日子是最先带来这样一行的批次装入的那天，更正不算再报；示例批次没有真正的装入日，算这一期最新一行的日期；"
        "截至日以后才装入的，截至日还没有报，另列之后报来；每一期由期末那天负责的单位报，中途停报的归接手的单位；"
        "期末有几个单位负责的，认装入人写的单位或岗位。期后限期内报的为已报，过了限期才报的为迟报，过了限期没有报的为未报；"
        "即报只有最近一次，没有限期；这一期没有事也要报的，没有行就读作未报；到期的各期里从最后一期往前连着没有报来的为至今未报",
        "One row a duty and period (Monday to Sunday, calendar month) that began in the last {reporting_days_back:g} "
        "days: a row dated in the period is a report, and whether it is whole cannot be told from batches; it came on "
        "the day on which the first batch with such a row was loaded, and a correction is no second report; sample "
        "batches, which nobody loaded, count on the day of their newest row in the period; what was loaded after the "
        "day had not come by it, and is told as having come later; a period is due from the unit that has the duty on "
        "its last day, and where several have it, it is told by the unit or post that whoever loaded it gave. Within "
        "the days allowed it is reported, later it is late, and past them without a row it is not reported; what is "
        "reported as it happens has its last report and no limit; a period in which nothing happened reads as not "
        "reported; outstanding are the last periods due in a row that have not come",
    ),
    direction="none",
    basis=(
        own(
            "报没报从数据批次里读，不另填表",
            "whether something was reported is read off the batches; there is no other form",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="overview.reporting_status",
    columns=(
        STREAM,
        *of_ledger("reporting_duty", "dataset", "unit", "person", "frequency"),
        date("period_start", "期初", "Period from"),
        date("period_end", "期末", "Period to"),
        *of_ledger("source", "due_on"),
        *of_ledger("zero_discharge", "reported_on"),
        integer("batch", "批次", "Batch"),
        date("came_later_on", "之后报来", "Came later"),
        choice("report_state", "报送状态", "State of the report", REPORT_STATES),
        flag("is_outstanding", "至今未报", "Outstanding"),
    ),
    transform=LazyTransform("analytics.reporting", "with_stream"),
)

REPORTING_BY_UNIT = Metric(
    name="reporting_by_unit",
    label=Text("各单位报送", "Reports by unit"),
    unit="piece",
    formula=Text(
        "报送情况里限期在当月、到当日为止的各期，按单位数：应报 = 已报 + 迟报 + 未报；当日到期而还没有报的不算",
        "The periods of Reports due and received whose limit lies in the month, up to the day, by unit: due = in time "
        "+ late + missing; what falls due on the day itself and has not come yet is left out",
    ),
    direction="higher",
    basis=REPORTING_STATUS.basis,
    reviewed_on=datetime.date(2026, 11, 29),
    query="overview.reporting_by_unit",
    columns=(
        *of_ledger("reporting_duty", "unit"),
        integer("due", "应报", "Due", "piece"),
        integer("in_time", "已报", "Reported", "piece"),
        integer("late", "迟报", "Reported late", "piece"),
        integer("missing", "未报", "Not reported", "piece"),
        *PERIOD,
    ),
    derived=(addition("due", "in_time", "late", "missing"),),
)
