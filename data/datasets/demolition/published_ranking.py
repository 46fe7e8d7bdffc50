"""Rankings of villages as published: place and counts of that day, which later corrections leave alone."""

from data.datasets.constraint import (
    CaseRows,
    Constraint,
    OrderConstraint,
    as_warning,
    at_most,
    cases,
    not_in_future,
)
from data.datasets.model import Dataset, date, integer, number
from data.datasets.shared.columns import village_column
from data.text import Text

FIGURES = ("position", "signed", "households", "rate", "planned_rate", "gap")
PUBLISHED = "FROM published_ranking AS b WHERE b.ranked_on = r.ranked_on"
AS_PUBLISHED = {"ranked_on": "2014-05-31", "village_id": "V-1", "position": 1, "signed": 12, "households": 15} | {
    "rate": 80.0,
    "planned_rate": 75.0,
    "gap": 5.0,
}


def _rate_of_counts() -> Constraint:
    """The rate is what the counts give, to the one decimal that a paper may have been rounded to."""
    return Constraint(
        name="rate_of_counts",
        columns=("rate", "signed", "households"),
        breaks="abs(r.rate - 100 * r.signed / nullif(r.households, 0)) > $printed_rounding * 1.000001",
        reason=Text(
            "“{rate}”与“{signed}”÷“{households}”不符，请核对这三个数",
            "“{rate}” is not “{signed}” ÷ “{households}”; correct the three numbers",
        ),
        cases=cases(broken=[(80.2, 12, 15)], kept=[(80.0, 12, 15), (66.7, 2, 3)]),
    )


def _gap_of_rates() -> Constraint:
    """The gap is rate less plan, each of them perhaps rounded to one decimal."""
    return Constraint(
        name="gap_of_rates",
        columns=("gap", "rate", "planned_rate"),
        breaks=(
            "abs(r.gap - (r.rate - r.planned_rate)) "
            "> ($printed_rounding + $printed_rounding + $printed_rounding) * 1.000001"
        ),
        reason=Text(
            "“{gap}”不等于“{rate}”减“{planned_rate}”，请核对这三个数",
            "“{gap}” is not “{rate}” less “{planned_rate}”; correct the three numbers",
        ),
        cases=cases(broken=[(-5.0, 80.0, 75.0)], kept=[(5.0, 80.0, 75.0), (5.1, 80.0, 75.0)]),
    )


def _place_from_households() -> Constraint:
    """Villages of enough households have a place, those of fewer have none."""
    return Constraint(
        name="place_from_households",
        columns=("position", "households"),
        breaks="(r.position IS NULL) <> (r.households < $ranking_households)",
        reason=Text(
            "“{households}”满 {ranking_households:g} 户的村社才排“{position}”，不足的不排，请核对",
            "Villages of {ranking_households:g} “{households}” or more have a “{position}”, others have none; correct "
            "one of them",
        ),
        cases=cases(broken=[(None, 5), (3, 4)], kept=[(None, 4), (3, 5)]),
    )


def _places_without_holes() -> OrderConstraint:
    """Places are 1, 2, 2, 4: one more than there are better ones, or shared with the one before."""
    return OrderConstraint(
        name="places_without_holes",
        columns=("position", "ranked_on"),
        group=("ranked_on",),
        order="r.position NULLS LAST",
        running={"before_it": "count(r.position) OVER before", "former": "last_value(r.position) OVER before"},
        breaks="r.position <> r.before_it + 1 AND r.position IS DISTINCT FROM r.former",
        shown=("r.position", "r.before_it + 1"),
        reason=Text(
            "“{position}”缺号或重号：前面有几个村社，名次就是几加一，并列的同号、后面的空出，请核对",
            "“{position}” has a hole or a double: it is one more than the villages before, and equal ones share it; "
            "correct the positions of this day",
        ),
        cases=cases(
            broken=[(1, "2014-05-31"), (3, "2014-05-31")],
            kept=[(1, "2014-05-31"), (2, "2014-05-31"), (2, "2014-05-31"), (4, "2014-05-31"), (None, "2014-05-31")],
        ),
    )


def _of_neighbours(name: str, breaks: str, reason: Text, broken: CaseRows) -> OrderConstraint:
    """Return what a village keeps to with those that stand right before and behind it in the ranking of a day."""
    return OrderConstraint(
        name=name,
        columns=("gap", "position", "ranked_on"),
        group=("ranked_on",),
        order="r.position NULLS LAST, r.gap DESC",
        running={
            "former": "last_value(r.position) OVER before",
            "former_gap": "last_value(r.gap) OVER before",
        },
        breaks=breaks,
        shown=("r.former", "r.former_gap", "r.position", "r.gap"),
        reason=reason,
        cases=cases(broken=broken, kept=[(5.0, 1, "2014-05-31"), (2.0, 2, "2014-05-31"), (2.0, 2, "2014-05-31")]),
    )


def _places_follow_gap() -> OrderConstraint:
    """Who is further ahead of plan stands before, and who shares a place has the same gap."""
    return _of_neighbours(
        "places_follow_gap",
        "r.gap > r.former_gap AND r.position > r.former OR r.gap <> r.former_gap AND r.position = r.former",
        Text(
            "“{position}”不是按“{gap}”从大到小排的，请核对：快于序时多的在前，并列的差距相同",
            "“{position}” does not follow “{gap}”: furthest ahead of plan comes first, and equal places have one gap; "
            "correct them",
        ),
        [(2.0, 1, "2014-05-31"), (5.0, 2, "2014-05-31")],
    )


def _equal_gaps_share_a_place() -> Constraint:
    """Equal gaps share a place; those of a paper may be equal by rounding only, so that this is told and loaded."""
    told = _of_neighbours(
        "equal_gaps_share_a_place",
        "r.gap = r.former_gap AND r.position <> r.former",
        Text(
            "“{gap}”相同而“{position}”不同：相同的应当并列，请核对是不是四舍五入",
            "“{gap}” is the same and “{position}” is not: equal ones share a place; make sure that it is by rounding",
        ),
        [(5.0, 1, "2014-05-31"), (5.0, 2, "2014-05-31")],
    )
    return as_warning(told)


def _stays_as_published() -> Constraint:
    """The ranking of a day that was published is not published again with other figures or villages."""
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM r.{name}" for name in ("village_id", *FIGURES))
    row = ("2014-05-31", *(AS_PUBLISHED[name] for name in ("village_id", *FIGURES)))
    return Constraint(
        name="stays_as_published",
        columns=("ranked_on", "village_id", *FIGURES),
        breaks=f"EXISTS (SELECT 1 {PUBLISHED}) AND NOT EXISTS (SELECT 1 {PUBLISHED} AND {same})",
        shown=("r.ranked_on", "r.village_id", "r.position", "r.signed", "r.households"),
        reason=Text(
            "“{ranked_on}”的排名已经公布，公布了的不改：要改先撤销那个批次再公布，或者公布另一天的",
            "The ranking of this “{ranked_on}” is published and stays as it is; undo its batch before you publish it "
            "again, or publish that of another day",
        ),
        cases=cases(
            broken=[(*row[:3], 11, 15, 73.3, 75.0, -1.7)],
            kept=[row, ("2014-06-30", *row[1:])],
            published_ranking=AS_PUBLISHED,
        ),
    )


DATASET = Dataset(
    name="published_ranking",
    stream="demolition",
    menu_place=92,
    label=Text("已公布的村社排名", "Published rankings"),
    description=Text(
        "公布过的村社排名，每次每村社一行：公布时的名次和各数，以后数据更正也不改；户数不足的村社列出而不排名次。",
        "Rankings of villages as published: place and counts of that day, which later corrections leave alone; "
        "villages of too few households are listed without a place.",
    ),
    key=("ranked_on", "village_id"),
    is_for_clerks=True,
    dated_by=("ranked_on",),
    columns=(
        date("ranked_on", "排名日期", "Ranking of", required=True, aliases=("排名日", "截至日期", "排名截至")),
        village_column(required=True),
        integer("position", "名次", "Position", low=1, aliases=("排名", "位次", "排位")),
        integer(
            "signed", "已签约", "Signed", "household", required=True, aliases=("已签约户", "签约户数", "已签约户数")
        ),
        integer(
            "households", "总户数", "Households", "household", required=True, low=1, aliases=("户数", "应签约户数")
        ),
        number("rate", "签约率", "Signing rate", "percent", high=100, required=True),
        number("planned_rate", "序时进度", "Plan to date", "percent", high=100, required=True),
        number("gap", "与序时差", "Gap to plan", "point", low=-100, high=100, required=True, aliases=("与序时进度差",)),
    ),
    constraints=(
        *not_in_future("ranked_on"),
        at_most("signed", "households"),
        _rate_of_counts(),
        _gap_of_rates(),
        _place_from_households(),
        _places_without_holes(),
        _places_follow_gap(),
        _equal_gaps_share_a_place(),
        _stays_as_published(),
    ),
)
