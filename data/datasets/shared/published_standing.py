"""Overall rankings as published: places and scores of that day, which later corrections leave alone."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.model import Choice, Dataset, choice, date, integer, number, text
from data.text import Text

FIGURES = ("position", "score", "measures", "pieces", "weights_from", "parts")
PUBLISHED = "FROM published_standing AS b WHERE b.ranked_on = r.ranked_on"
AS_PUBLISHED = {
    **{"ranked_on": "2014-05-31", "scope": "village", "ranked_id": "V-1", "ranked_name": "村甲"},
    **{
        "position": 1,
        "score": 5.0,
        "measures": 2,
        "pieces": 40,
        "weights_from": "2000-01-01",
        "parts": "征迁签约(1/1/9×50)",
    },
}
RANKING_SCOPES = (
    Choice("village", Text("村社", "Village")),
    Choice("unit", Text("单位", "Unit")),
)


def _place_with_score() -> Constraint:
    """Who has a score has a place, who has none has none."""
    return Constraint(
        name="place_with_score",
        columns=("position", "score"),
        breaks="(r.position IS NULL) <> (r.score IS NULL)",
        reason=Text(
            "有“{score}”的才排“{position}”，没有的不排，请核对",
            "Who has a “{score}” has a “{position}” and nobody else; correct one of them",
        ),
        cases=cases(broken=[(1, None), (None, 2.0)], kept=[(None, None), (1, -2.0)]),
    )


def _stays_as_published() -> Constraint:
    """The ranking of a day that was published is not published again with other figures or names."""
    compared = ("scope", "ranked_id", *FIGURES)
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM r.{name}" for name in compared)
    row = tuple(AS_PUBLISHED[name] for name in compared)
    return Constraint(
        name="stays_as_published",
        columns=("ranked_on", *compared),
        breaks=f"EXISTS (SELECT 1 {PUBLISHED}) AND NOT EXISTS (SELECT 1 {PUBLISHED} AND {same})",
        shown=("r.ranked_on", "r.ranked_id", "r.position", "r.score"),
        reason=Text(
            "“{ranked_on}”的综合排名已经公布，公布了的不改：要改先撤销那个批次再公布，或者公布另一天的",
            "The overall ranking of this “{ranked_on}” is published and stays as it is; undo its batch before you "
            "publish it again, or publish that of another day",
        ),
        cases=cases(
            broken=[("2014-05-31", *row[:2], 2, *row[3:])],
            kept=[("2014-05-31", *row), ("2014-06-30", *row[:2], 2, *row[3:])],
            published_standing=AS_PUBLISHED,
        ),
    )


DATASET = Dataset(
    name="published_standing",
    stream="shared",
    menu_place=60,
    label=Text("已公布的综合排名", "Published overall rankings"),
    description=Text(
        "公布过的村社和单位综合排名，每次每个一行：公布时的名次、得分、权重和各项，以后数据更正也不改；样本不足的列出而不排名次。",
        "Overall rankings of villages and units as published: place, score, weights and measures of that day, which "
        "later corrections leave alone; those with too little are listed without a place.",
    ),
    key=("ranked_on", "scope", "ranked_id"),
    is_for_clerks=True,
    dated_by=("ranked_on",),
    columns=(
        date("ranked_on", "排名日期", "Ranking of", required=True, aliases=("排名日", "截至日期", "排名截至")),
        choice("scope", "对象", "Ranked", RANKING_SCOPES, required=True),
        text("ranked_id", "对象编码", "Code of the ranked", required=True),
        text("ranked_name", "名称", "Name", required=True),
        integer("position", "名次", "Position", low=1, aliases=("排名", "位次", "排位")),
        number("score", "综合得分", "Overall score", "point", low=None, aliases=("得分",)),
        integer("measures", "计分项", "Measures that count", "piece", required=True, low=0),
        integer("pieces", "件数", "How many", "piece", required=True, low=0),
        date("weights_from", "权重生效日期", "Weights in force from"),
        text("parts", "各项（已完成/应完成/件数×权重）", "Measures (done/due/all×weight)"),
    ),
    constraints=(*not_in_future("ranked_on"), _place_with_score(), _stays_as_published()),
)
