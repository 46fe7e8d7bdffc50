"""Changes of a project: its amount or an expected day, from what to what, when and why."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.text import Text

CHANGED = choices(
    总投资="Total investment",
    预计签约日期="Expected signing",
    预计开工日期="Expected start",
    预计投产日期="Expected production",
)

DATASET = Dataset(
    name="project_change",
    stream="investment",
    menu_place=25,
    label=Text("项目变更", "Changes of projects"),
    description=Text(
        "项目总投资或预计日期的每次变更：从多少改到多少、从哪天改到哪天、何时、为何。",
        "Each change of the investment or of an expected day of a project: from what to what, when and why.",
    ),
    is_event=True,
    key=("change_id",),
    dated_by=("changed_on",),
    columns=(
        code("change_id", "变更编码", "Change code"),
        project_column(required=True),
        choice("changed", "变更事项", "What changed", CHANGED, required=True),
        number("old_amount", "原金额", "Former amount", "wan"),
        number("new_amount", "新金额", "New amount", "wan"),
        date("old_day", "原日期", "Former day"),
        date("new_day", "新日期", "New day"),
        date("changed_on", "变更日期", "Changed on", required=True),
        text("change_reason", "变更原因", "Why it changed"),
    ),
    constraints=(
        *not_in_future("changed_on"),
        Constraint(
            name="amounts_of_the_investment",
            columns=("new_amount", "old_amount", "changed"),
            breaks="CASE r.changed WHEN '总投资' THEN r.new_amount IS NULL "
            "ELSE r.new_amount IS NOT NULL OR r.old_amount IS NOT NULL END",
            reason=Text(
                "“{changed}”是总投资的才填“{old_amount}”和“{new_amount}”，而且必须有“{new_amount}”，请核对",
                "“{old_amount}” and “{new_amount}” belong to a change of the total investment, which must have the "
                "latter; check “{changed}”",
            ),
            cases=cases(broken=[(90, 100, "预计开工日期")], kept=[(90, 100, "总投资"), (None, None, "预计开工日期")]),
        ),
        Constraint(
            name="days_of_an_expected_day",
            columns=("new_day", "old_day", "changed"),
            breaks="CASE r.changed WHEN '总投资' THEN r.new_day IS NOT NULL OR r.old_day IS NOT NULL "
            "ELSE r.new_day IS NULL AND r.old_day IS NULL END",
            reason=Text(
                "“{changed}”是预计日期的才填“{old_day}”和“{new_day}”，至少填一个，请核对",
                "“{old_day}” and “{new_day}” belong to a change of an expected day, which has at least one; check "
                "“{changed}”",
            ),
            cases=cases(
                broken=[("2014-02-01", "2014-01-01", "总投资")],
                kept=[("2014-02-01", "2014-01-01", "预计开工日期"), (None, None, "总投资")],
            ),
        ),
        Constraint(
            name="something_changed",
            columns=("changed", "old_amount", "new_amount", "old_day", "new_day"),
            breaks="r.old_amount = r.new_amount OR r.old_day = r.new_day",
            shown=("r.changed", "coalesce(CAST(r.old_day AS VARCHAR), CAST(r.old_amount AS VARCHAR))"),
            reason=Text(
                "变更前后一样，没有变更，请核对",
                "Before and after are the same, so nothing changed; correct one of the two",
            ),
            cases=cases(
                broken=[("总投资", 100, 100, None, None)],
                kept=[("总投资", 100, 90, None, None), ("预计开工日期", None, None, "2014-01-01", "2014-02-01")],
            ),
        ),
    ),
)
