"""The yearly assessment, one row per village, year and item: weight, score, commended or criticised."""

from data.datasets.constraint import Constraint, SumConstraint, cases, not_in_future
from data.datasets.model import Dataset, choice, choices, date, integer, number, text
from data.datasets.shared.columns import village_column
from data.text import Text
from data.units import NumberFormat


def _says_something() -> Constraint:
    """A row has a score or an award."""
    return Constraint(
        name="score_or_award",
        columns=("score", "award"),
        breaks="r.score IS NULL AND r.award IS NULL",
        reason=Text(
            "“{score}”和“{award}”都没填，这一行没有考核结果，请补上一个",
            "Neither “{score}” nor “{award}” is filled, so this row tells no result; add one of them",
        ),
        cases=cases(broken=[(None, None)], kept=[(90, None), (None, "嘉奖")]),
    )


def _issued_once_year_began() -> Constraint:
    """The assessment of a year is issued in that year or later."""
    return Constraint(
        name="issued_once_year_began",
        columns=("issued_on", "year"),
        breaks="year(r.issued_on) < r.year",
        reason=Text(
            "“{issued_on}”早于“{year}”：还没到的年度不能考核，请核对",
            "“{issued_on}” is before “{year}” began; a year that has not come cannot be assessed, so correct one",
        ),
        cases=cases(broken=[("2013-12-31", 2014)], kept=[("2014-01-01", 2014), ("2014-06-30", 2013)]),
    )


def _no_household() -> Constraint:
    """What is assessed is no household."""
    return Constraint(
        name="no_household",
        columns=("assessed_for",),
        breaks="EXISTS (SELECT 1 FROM household AS h WHERE h.household_id = trim(r.assessed_for))",
        reason=Text(
            "“{assessed_for}”里是户编号：只考核村社，不考核住户，请改写考核的事项",
            "“{assessed_for}” is the code of a household: villages are assessed, households never; name what was",
        ),
        cases=cases(broken=[("H-1",)], kept=[("签约进度",)], household={"household_id": "H-1"}),
    )


def _weights_make_100() -> SumConstraint:
    """The weights of a village in a year add up to 100 %."""
    return SumConstraint(
        name="weights_make_100",
        columns=("weight", "village_id", "year"),
        group=("village_id", "year"),
        totals={"weight_total": "sum(r.weight)"},
        breaks="r.weight_total * 1.000001 < 100 OR r.weight_total > 100 * 1.000001",
        shown=("r.weight_total",),
        reason=Text(
            "这个村社这一年的“{weight}”加起来不是 100，得分按已填的权重折算，请核对",
            "“{weight}” of this village and year does not add up to 100; the score is per weight filled, so make sure",
        ),
        is_warning=True,
        cases=cases(
            broken=[(60, "V-1", 2014), (30, "V-1", 2014)],
            kept=[(60, "V-1", 2014), (40, "V-1", 2014), (None, "V-1", 2014), (None, "V-2", 2014)],
        ),
    )


DATASET = Dataset(
    name="village_assessment",
    stream="demolition",
    menu_place=90,
    label=Text("村社考核", "Village assessment"),
    description=Text(
        "村（社区）年度考核，每村社每年每项一行：权重、得分、嘉奖或通报批评；只考核村社，不涉及住户。",
        "The yearly assessment, one row per village, year and item: weight, score, commended or criticised.",
    ),
    key=("village_id", "year", "assessed_for"),
    dated_by=("issued_on",),
    columns=(
        village_column(required=True),
        integer(
            "year",
            "年度",
            "Year",
            required=True,
            low=2000,
            high=2100,
            number_format=NumberFormat(decimals=0, is_fixed=True),
            aliases=("考核年度", "年份"),
        ),
        text("assessed_for", "考核项目", "Item", required=True, aliases=("考核内容", "考核指标", "考核事项")),
        number("weight", "权重", "Weight", "percent", high=100, aliases=("权数", "分值占比")),
        number("score", "得分", "Score", "score", high=100, aliases=("考核得分", "考核分", "评分")),
        choice(
            "award",
            "奖惩",
            "Award",
            choices(嘉奖="Commended", 通报批评="Criticised"),
            aliases=("奖惩情况", "考核结果", "表彰通报"),
        ),
        date(
            "issued_on",
            "公布日期",
            "Issued on",
            required=True,
            aliases=("通报日期", "发文日期", "公布时间", "考核日期"),
        ),
    ),
    constraints=(
        *not_in_future("issued_on"),
        _says_something(),
        _issued_once_year_began(),
        _no_household(),
        _weights_make_100(),
    ),
)
