"""Renovation of old housing, factories and villages in town: floor area done, by village, kind and month."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_in_future
from data.datasets.demolition.columns import RESETTLEMENT_KINDS
from data.datasets.model import Dataset, choice, date, number
from data.datasets.shared.columns import village_column
from data.text import Text


def _in_square_metres() -> Constraint:
    """A month in which next to nothing was renovated may have its area in 万㎡ or in 亩."""
    return Constraint(
        name="done_area_in_square_metres",
        columns=("done_area",),
        breaks="r.done_area > 0 AND r.done_area < $doubtful_renovation",
        reason=Text(
            "“{done_area}”不到 {doubtful_renovation:g} ㎡：可能按万㎡或亩填了，这里要填㎡，请核对",
            "“{done_area}” is below {doubtful_renovation:g} m²: it may be in wan m² or in mu, while m² are asked; make "
            "sure of it",
        ),
        is_warning=True,
        cases=cases(broken=[(3.4,)], kept=[(34000,), (0,)]),
    )


def _months_told_once() -> OrderConstraint:
    """Two rows of one month may tell the same area twice."""
    return OrderConstraint(
        name="one_row_a_month",
        columns=("through_on", "village_id", "kind"),
        group=("village_id", "kind"),
        order="r.through_on",
        running={"former": "max(r.through_on) OVER before"},
        breaks="date_trunc('month', r.former) = date_trunc('month', r.through_on)",
        shown=("r.through_on", "r.former"),
        reason=Text(
            "同一村社、同一类的同一个月有两行（“{through_on}”）：后一行只填前一行之后新完成的，不填累计数，请核对",
            "Two rows of one village and kind are of one month (“{through_on}”): the later one is to hold what was "
            "done since the former only, no running total; make sure of it",
        ),
        is_warning=True,
        cases=cases(
            broken=[("2014-05-15", 1, "旧厂区"), ("2014-05-31", 1, "旧厂区")],
            kept=[("2014-05-31", 1, "旧厂区"), ("2014-06-30", 1, "旧厂区")],
        ),
    )


DATASET = Dataset(
    name="renovation",
    stream="demolition",
    menu_place=88,
    label=Text("三改面积", "Renovated floor area"),
    description=Text(
        "旧住宅区、旧厂区、城中村改造，每村社每类每月一行：当月完成面积，不填累计数；截至日期填月底那天。",
        "Renovation of old housing, factories and villages in town, a row by village, kind and month: the floor area "
        "done in the month, no running totals, with the last day of the month.",
    ),
    key=("village_id", "kind", "through_on"),
    dated_by=("through_on",),
    columns=(
        village_column(required=True),
        choice("kind", "三改类型", "Kind", RESETTLEMENT_KINDS, required=True, aliases=("改造类型", "改造类别")),
        date(
            "through_on",
            "截至日期",
            "Up to",
            required=True,
            aliases=("月底日期", "统计截至日期", "统计截止日期", "月份"),
        ),
        number(
            "done_area",
            "当月完成面积",
            "Done in the month",
            "m2",
            required=True,
            aliases=("完成面积", "改造面积", "三改面积"),
        ),
    ),
    constraints=(*not_in_future("through_on"), _months_told_once(), _in_square_metres()),
)
