"""FIGURES of 治, the chiefs: who answers, who goes, what it finds, what people say."""

from analytics.metric import Later, Metric
from data.text import Text

PATROLS = "analytics.water.patrols"
_EFFECTIVE = Text(
    "巡河有效的条件（时长、里程、轨迹、间隔）见 data/standards/patrol_rule.csv，用哪一套由 preset.csv 定",
    "What makes a patrol effective (minutes, km, track, hours apart) is in data/standards/patrol_rule.csv; preset.csv "
    "says which set is in force",
)

FIGURES = (
    Metric(
        name="chief_coverage",
        label=Text("河长覆盖率", "Reaches with a chief"),
        unit="percent",
        formula=Text(
            "当日有在任河长包干的河段 ÷ 全部河段；包干整条河的算覆盖它的各段；离任的不算，警长、督察长不算",
            "Reaches with a chief in office on the day ÷ reaches; a duty for the whole river covers its reaches; police "
            "officers and inspectors do not count",
        ),
        direction="higher",
        query="water.chief_coverage",
        sources=("chief_duty", "chief", "reach", "patrol"),
    ),
    Metric(
        name="patrol_completion",
        label=Text("巡河完成率", "Patrols done of those due"),
        unit="percent",
        formula=Text(
            "Σ min(有效巡河, 应巡) ÷ Σ 应巡，按每位河长、每条河、最近几个月（patrol_months）里完整的周、旬、半月、月分别计算，"
            "一期多巡不补另一期；包干没写次数的按 patrol_quota.csv 的级别次数；有效率 = 有效 ÷ 这几个月全部巡河；"
            "每10公里发现 = 发现问题数 ÷ 巡河里程 × 10（两者都填的巡河）；{effective}；应巡不足 5 次的不排名",
            "Σ min(effective, due) ÷ Σ due over the complete weeks, ten-day periods, half-months or months of the last "
            "months (patrol_months), by chief and river; more in one period does not make up for another; a duty "
            "without a quota has that of patrol_quota.csv for the level; effective rate = effective ÷ all patrols of "
            "these months; findings per 10 km of the patrols that give both; {effective}; fewer than 5 due: not ranked",
        ).fill(effective=_EFFECTIVE),
        direction="higher",
        query="water.patrol_ledger",
        sources=("patrol", "chief_duty"),
        work=Later(PATROLS, "patrol_completion"),
    ),
    Metric(
        name="patrol_reasons",
        label=Text("巡河有效与否", "Why patrols count or not"),
        unit="times",
        formula=Text(
            "最近几个月的巡河，按有效和不算的原因分；一次只记第一个原因，各项相加等于全部；{effective}",
            "Patrols of the last months that count, and those that do not by the first reason, so that they add up to "
            "all; {effective}",
        ).fill(effective=_EFFECTIVE),
        direction="none",
        query="water.patrol_ledger",
        sources=("patrol",),
        work=Later(PATROLS, "patrol_reasons"),
    ),
    Metric(
        name="signboards",
        label=Text("公示牌完好率", "Signboards in order"),
        unit="percent",
        formula=Text(
            "最近一次检查完好的公示牌 ÷ 全部公示牌；没有公示牌的河道也列出",
            "Signboards in order at their newest check ÷ signboards; rivers without any are listed",
        ),
        direction="higher",
        query="water.signboards",
        sources=("signboard",),
    ),
    Metric(
        name="satisfaction_rate",
        label=Text("群众满意率", "People satisfied"),
        unit="percent",
        formula=Text(
            "每条河最近一次调查：满意份数 ÷ 有效份数；没写河道的按村社",
            "Satisfied ÷ valid forms of the newest survey at each river, or at the village where no river is named",
        ),
        direction="higher",
        query="water.satisfaction_rate",
        sources=("satisfaction",),
    ),
)
