"""How villages and units stand to each other over all their work."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import GAP, of_ledger, with_words
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import choice, flag, integer, number, text
from data.datasets.shared.published_standing import RANKING_SCOPES
from data.text import Text
from data.words import RANKING_MEASURES, RANKINGS

_BASIS = (
    own(
        "比的是各自与自己计划之差：任务多少、难易、期限不同，比完成率不公平",
        "what is compared is the gap to a plan of one's own, for tasks differ in number, difficulty and deadline",
    ),
    own(
        "各地考核办法和权重不一，没有找到本地的：权重是预设，写在 ranking_weight.csv，分版本生效",
        "rules and weights differ from place to place, those of here were not found: the weights are a setting of "
        "ours in ranking_weight.csv, with versions by day",
    ),
)
_FORMULA = Text(
    "村社按征迁签约、污染源和排口整治、违法建筑拆除，"
    "单位按工程进度、征迁签约、河道问题、企业诉求、住户难题办理；每项与自己的计划比："
    "差距 = 100 ×（已完成 − 应完成）÷ 件数。有期限的，"
    "过了期限的为应完成；征迁签约的户和序时同村社排名；工程一项算一件，"
    "按上报那天的完成率和序时进度，待上报的不算；问题、诉求、难题只算今年的，没有写期限、没有写村社或单位的不算；"
    "件数不足 {ranking_items:g} 的项不计分：样本不足",
    "Villages by signing, by sources and outfalls closed and by unlawful buildings razed, units by "
    "works, by signing and "
    "by issues, requests and difficulties seen to; each against a plan of its own: gap = 100 × (done − "
    "due) ÷ how many "
    "there are. Of what has a deadline is due what is past it; households and plans of signing are those "
    "of the ranking "
    "of villages; a work counts as one, with its rate and its plan on the day of its report, those "
    "waiting for one do "
    "not count; issues, requests and difficulties are those of this year; what names no deadline, no "
    "village or no unit "
    "does not count; fewer than {ranking_items:g} of a kind give no score, too few",
)
PARTS = with_words("published_standing", "parts", RANKING_MEASURES)

RANKING_PARTS = Metric(
    name="ranking_measures",
    label=Text("综合排名各项", "Measures of the overall ranking"),
    unit="point",
    formula=_FORMULA,
    direction="higher",
    basis=_BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    withheld={"measure": ("征迁签约", "住户难题办理")},
    query="overview.ranking_parts",
    columns=(
        choice("scope", "对象", "Ranked", RANKING_SCOPES),
        text("ranked_name", "名称", "Name"),
        choice("measure", "考核项", "Measure", RANKING_MEASURES),
        integer("pieces", "件数", "How many", "piece"),
        *of_ledger("work_progress", "done"),
        number("due", "应完成", "Due"),
        GAP,
        number("weight", "权重", "Weight", "percent"),
        flag("is_counted", "计分", "Counts"),
    ),
    transform=LazyTransform("analytics.ranking", "ranking_measures"),
)

OVERALL_RANKING = Metric(
    name="overall_ranking",
    label=Text("综合排名", "Overall ranking"),
    unit="point",
    formula=Text(
        "得分 = Σ（权重 × 差距）÷ Σ 权重，只算计分的项，单位是个百分点；"
        "按未修约的得分排名次，大的在前，相同的并列、后面空号；"
        "计分的不足 {{ranking_least:g}} 项的列出而不排名次：计分项不足，一项都没有的：样本不足。"
        "各项写作 已完成/应完成/件数×权重，不计分的权重为 0。{parts}",
        "Score = Σ (weight × gap) ÷ Σ weight of the measures that count, in percentage points; ranked before "
        "rounding, the greatest first, equal ones share a place and leave a hole; those with fewer than "
        "{{ranking_least:g}} measures that count are listed without a place: too few measures, or too few values where "
        "none counts. The measures are written as done/due/all×weight, the weight 0 for one that does not count. "
        "{parts}",
    ).fill(parts=_FORMULA),
    direction="higher",
    basis=_BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    for_clerks=("score", "parts"),
    query="overview.ranking_parts",
    columns=(
        choice("scope", "对象", "Ranked", RANKING_SCOPES),
        integer("position", "名次", "Position"),
        text("ranked_name", "名称", "Name"),
        number("score", "综合得分", "Overall score", "point"),
        integer("measures", "计分项", "Measures that count", "piece"),
        integer("measures_left_out", "样本不足的项", "Measures with too few", "piece"),
        integer("pieces", "件数", "How many", "piece"),
        choice("ranking", "排名", "Ranking", RANKINGS),
        *of_ledger("published_standing", "weights_from"),
        PARTS,
    ),
    transform=LazyTransform("analytics.ranking", "overall_ranking"),
)

PUBLISHED_BEFORE = Listing(
    name="published_standings",
    label=Text("已公布的综合排名", "Published overall rankings"),
    for_clerks=("score", "parts"),
    query="overview.published_standings",
    columns=(
        *of_ledger(
            "published_standing",
            "ranked_on",
            "scope",
            "position",
            "ranked_name",
            "score",
            "measures",
            "pieces",
            "weights_from",
        ),
        PARTS,
    ),
    explained_by=OVERALL_RANKING,
)
