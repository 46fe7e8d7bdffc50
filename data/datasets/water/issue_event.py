"""Steps of issues: found, assigned, handled, reviewed, settled."""

from data.datasets.constraint import Constraint, allowed_transitions, cases, not_in_future
from data.datasets.model import Dataset, choice, moment, parent, text
from data.datasets.water.choices import ISSUE_STEPS, NEXT_STEPS
from data.text import Text

DATASET = Dataset(
    name="issue_event",
    stream="water",
    menu_place=100,
    label=Text("问题流转", "Steps of issues"),
    description=Text(
        "问题走到哪一步、在什么时间：发现、交办、处置、复核、销号，可以退回和重办；用时都由此算出。",
        "When an issue reached which step: found, assigned, handled, reviewed, settled; it may be sent back or redone. "
        "All durations are worked out from here.",
    ),
    is_event=True,
    key=("issue_id", "happened_at", "step"),
    dated_by=("happened_at",),
    columns=(
        parent("issue_id", "issue", "问题编码", "Issue", required=True, aliases=("问题编号",)),
        moment("happened_at", "时间", "Time", required=True, aliases=("办理时间", "日期")),
        choice("step", "环节", "Step", ISSUE_STEPS, required=True, aliases=("办理环节", "状态")),
        text("actor", "经办单位", "By", aliases=("办理单位",)),
        text("photo", "照片", "Photo", aliases=("照片编号",)),
        text("note", "备注", "Note", aliases=("办理情况",)),
    ),
    constraints=(
        *not_in_future("happened_at"),
        allowed_transitions("step", NEXT_STEPS, ("issue_id",), "happened_at"),
        Constraint(
            name="step_not_before_found",
            columns=("happened_at", "issue_id"),
            parent="issue",
            breaks="CAST(r.happened_at AS DATE) < CAST(p.found_at AS DATE)",
            shown=("r.happened_at", "p.found_at"),
            reason=Text(
                "“{happened_at}”早于问题的发现时间，请核对",
                "“{happened_at}” is earlier than the day on which the issue was found; correct it",
            ),
            cases=cases(
                broken=[("2014-02-28 23:00", "I-1")],
                kept=[("2014-03-01 08:00", "I-1")],
                issue={"issue_id": "I-1", "found_at": "2014-03-01 09:30"},
            ),
        ),
    ),
)
