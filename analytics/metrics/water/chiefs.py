"""FIGURES of 治, the chiefs: who answers, who goes, what it finds, what people say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.metrics.model import LazyTransform, Metric
from data.standards.thresholds import preset_rule, thresholds
from data.text import Text, join_list

PATROL_TRANSFORMS = "analytics.water.patrols"
_REQUIREMENT_TEXTS = {
    "minutes": Text("不少于 {least} 分钟", "at least {least} minutes"),
    "km": Text("不少于 {least} 公里", "at least {least} km"),
    "needs_track": Text("有轨迹", "a track kept"),
    "hours_apart": Text("与上一次有效的间隔不少于 {least} 小时", "at least {least} hours after the last that counted"),
}


def _effective_patrol(as_of: date | None) -> Text:
    """Return in words what the preset in force on a day asks of a patrol."""
    rule, _ = preset_rule("patrol", as_of)
    asked = [said.fill(least=rule[name]) for name, said in _REQUIREMENT_TEXTS.items() if rule[name] not in ("", "0")]
    return Text("有效：{asked}", "effective: {asked}").fill(
        asked=join_list(asked or [Text("凡有记录", "any on record")])
    )


def _asked_of_patrols(as_of: date | None) -> Mapping[str, object]:
    return thresholds(as_of) | {"effective": _effective_patrol(as_of)}


METRICS = (
    Metric(
        name="chief_coverage",
        label=Text("河长覆盖率", "Reaches with a chief"),
        unit="percent",
        formula=Text(
            "当日有在任河长包干的河段 ÷ 全部河段；包干整条河的算覆盖它的各段；离任的不算，警长、督察长不算",
            "Reaches with a chief in office on the day ÷ reaches; a duty for the whole river covers its reaches; "
            "police officers and inspectors do not count",
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
            "Σ min(有效巡河, 应巡) ÷ Σ 应巡，按每位河长、每条河，在近 {patrol_months:g} 个月里完整的周、旬、半月、"
            "月中逐期计算，一期多巡不补另一期；一期之中换了河长的，由期末在任的负责；包干没写次数的按级别的次数；"
            "有效率 = 有效 ÷ 这 {patrol_months:g} 个月全部巡河；每10公里发现 = 发现问题数 ÷ 巡河里程 × "
            "10（两者都填的巡河，不论有效与否）；{effective}；应巡不足 {ranked_cases:g} 次的不排名；"
            "截至当日巡河台账一行也没有的，不给完成率",
            "Σ min(effective, due) ÷ Σ due in each complete week, ten days, half-month or month of the last "
            "{patrol_months:g} months, by chief and river; more in one period does not make up for another; a period "
            "in which the chief changes is due from the one in office at its end; a duty without a quota has that of "
            "the level; effective rate = effective ÷ all patrols of these {patrol_months:g} months; findings per 10 km "
            "of the patrols that give both, effective or not; {effective}; fewer than {ranked_cases:g} due: not "
            "ranked; no rate at all where the ledger of patrols is empty by the day",
        ),
        direction="higher",
        query="water.patrol_ledger",
        sources=("patrol", "chief_duty"),
        transform=LazyTransform(PATROL_TRANSFORMS, "patrol_completion"),
        formula_values=_asked_of_patrols,
    ),
    Metric(
        name="patrol_reasons",
        label=Text("巡河有效与否", "Why patrols count or not"),
        unit="times",
        formula=Text(
            "近 {patrol_months:g} 个月的巡河，按有效和不算的原因分；一次只记第一个原因，各项相加等于全部；{effective}",
            "Patrols of the last {patrol_months:g} months that count, and those that do not by the first reason, so "
            "that they add up to all; {effective}",
        ),
        direction="none",
        query="water.patrol_ledger",
        sources=("patrol",),
        transform=LazyTransform(PATROL_TRANSFORMS, "patrol_reasons"),
        formula_values=_asked_of_patrols,
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
