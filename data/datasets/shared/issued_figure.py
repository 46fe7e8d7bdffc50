"""Figures of issued briefings: what was said of each target, after which batch, which later corrections leave alone."""

from enum import StrEnum

from data.datasets.constraint import Constraint, cases, not_before, not_in_future
from data.datasets.model import Choice, Dataset, choice, date, integer, number, text
from data.text import Text

DECIMALS = 4  # chosen: more than is ever printed; at this precision an issued figure holds or does not
FIGURES = ("target_id", "value", "done", "total", "after_batch")
ISSUED = "FROM issued_figure AS b WHERE b.kind = r.kind AND b.as_of = r.as_of"
AS_ISSUED = {"kind": "weekly", "as_of": "2014-06-23", "target_id": "signing_rate", "value": 75.0} | {
    "done": 9.0,
    "total": 12.0,
    "after_batch": 40,
    "issued_on": "2014-06-24",
}
WEEKLY, MONTHLY = "weekly", "monthly"
BRIEFING_KINDS = (
    Choice(WEEKLY, Text("周报", "Weekly briefing")),
    Choice(MONTHLY, Text("月报", "Monthly briefing")),
)


class RestatementReason(StrEnum):
    """Why a figure that was told reads otherwise now, as far as the ledgers can tell."""

    BATCHES = "batches"  # later batches in force changed all of the difference
    UNDONE = "undone"  # a batch that counted then was undone since
    OTHER_PERIOD = "other_period"  # the target has another period now
    UNKNOWN_TARGET = "unknown_target"  # nobody knows the code of the target
    UNKNOWN_BATCH = "unknown_batch"  # the batch of then is not in the book
    NOT_FOUND = "not_found"  # the ledgers of then give another figure, and no batch of then was undone


def _share_of_counts() -> Constraint:
    """A share is what its counts give, to the one decimal that a paper may have been rounded to."""
    return Constraint(
        name="share_of_counts",
        columns=("value", "done", "total"),
        breaks="abs(r.value - 100 * r.done / nullif(r.total, 0)) > $printed_rounding * 1.000001",
        reason=Text(
            "“{value}”与“{done}”÷“{total}”不符，请核对这三个数",
            "“{value}” is not “{done}” ÷ “{total}”; correct the three numbers",
        ),
        cases=cases(broken=[(75.2, 9, 12)], kept=[(75.0, 9, 12), (66.7, 2, 3), (120.0, 120.0, None)]),
    )


def _stays_as_issued() -> Constraint:
    """A briefing that was issued is not issued again with other figures."""
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM r.{name}" for name in FIGURES)
    row = ("weekly", "2014-06-23", *(AS_ISSUED[name] for name in FIGURES))
    return Constraint(
        name="stays_as_issued",
        columns=("kind", "as_of", *FIGURES),
        breaks=f"EXISTS (SELECT 1 {ISSUED}) AND NOT EXISTS (SELECT 1 {ISSUED} AND {same})",
        shown=("r.kind", "r.as_of", "r.target_id", "r.value"),
        reason=Text(
            "“{as_of}”的“{kind}”已经印发，印发了的不改：要改先撤销那个批次再印发，或者印发另一天的",
            "The “{kind}” of this “{as_of}” is issued and stays as it is; undo its batch before you issue it again, or "
            "issue that of another day",
        ),
        cases=cases(
            broken=[(*row[:3], 66.7, 8.0, 12.0, 41)],
            kept=[row, ("weekly", "2014-06-30", *row[2:]), ("monthly", *row[1:])],
            issued_figure=AS_ISSUED,
        ),
    )


DATASET = Dataset(
    name="issued_figure",
    stream="shared",
    menu_place=50,
    label=Text("已印发的简报数字", "Issued figures"),
    description=Text(
        "印发过的周报、月报里每项目标的数字，每份每项一行：印发时的数和当时最新的批次，以后数据更正也不改。"
        "比率写百分数，其余按目标的单位。",
        "Figures of issued briefings, one row a briefing and target: the figure as issued and the newest batch of "
        "then, which later corrections leave alone. Shares are percentages, others have the unit of their target.",
    ),
    key=("kind", "as_of", "target_id"),
    dated_by=("as_of",),
    columns=(
        choice("kind", "简报种类", "Briefing", BRIEFING_KINDS, required=True),
        date("as_of", "数据截至", "Data as of", required=True, aliases=("截至日期",)),
        text("target_id", "目标编码", "Target code", required=True),
        number("value", "印发数字", "Issued figure", required=True),
        number("done", "完成", "Done"),
        number("total", "总数", "Total"),
        integer("after_batch", "印发时的批次", "Newest batch of then", required=True, low=1),
        date("issued_on", "印发日期", "Issued on", required=True),
    ),
    constraints=(
        *not_in_future("as_of", "issued_on"),
        not_before("issued_on", "as_of"),
        _share_of_counts(),
        _stays_as_issued(),
    ),
)
