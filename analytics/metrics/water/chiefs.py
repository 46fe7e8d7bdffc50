"""Metrics of 治, the chiefs: who answers, who goes, what it finds, what people say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from analytics.metrics.basis import RIVER_CHIEFS, own
from analytics.metrics.columns import COVERED, PATROLS, RATE, REACH, RIVER, VILLAGE, of_ledger
from analytics.metrics.model import LazyTransform, Listing, Metric
from data import words
from data.datasets.model import choice, flag, integer, number
from data.datasets.targets import TARGETS
from data.derivations import quotient
from data.standards.thresholds import preset_rule, thresholds
from data.text import Text, join_list

PATROL_MODULE = "analytics.water.patrols"
_REQUIREMENT_TEXTS = {
    "minutes": Text("不少于 {least} 分钟", "at least {least} minutes"),
    "km": Text("不少于 {least} 公里", "at least {least} km"),
    "needs_track": Text("有轨迹", "a track kept"),
    "hours_apart": Text("与上一次有效的间隔不少于 {least} 小时", "at least {least} hours after the last that counted"),
}


def _effective_patrol(as_of: datetime.date | None) -> Text:
    """Return in words what the preset in force on a day asks of a patrol."""
    rule, _ = preset_rule("patrol", as_of)
    asked = [said.fill(least=rule[name]) for name, said in _REQUIREMENT_TEXTS.items() if rule[name] not in ("", "0")]
    return Text("有效：{asked}", "effective: {asked}").fill(
        asked=join_list(asked or [Text("凡有记录", "any on record")])
    )


def _asked_of_patrols(as_of: datetime.date | None) -> Mapping[str, object]:
    return thresholds(as_of) | {"effective": _effective_patrol(as_of)}


CHIEF_COVERAGE = Metric(
    name="chief_coverage",
    label=Text("河长覆盖率", "Reaches with a chief"),
    unit="percent",
    formula=Text(
        "当日有在任河长包干的河段 ÷ 全部河段；包干整条河的算覆盖它的各段；离任的不算，警长、督察长不算",
        "Reaches with a chief in office on the day ÷ reaches; a duty for the whole river covers its reaches; "
        "police officers and inspectors do not count",
    ),
    direction="higher",
    basis=(RIVER_CHIEFS,),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.chief_coverage",
    columns=(
        RIVER,
        *of_ledger("river", "level"),
        COVERED,
        integer("reaches", "河段数", "Reaches", "piece"),
        number("covered_rate", "覆盖率", "Covered", "percent"),
    ),
    derived=(quotient("covered_rate", "covered", "reaches"),),
)

PATROL_COMPLETION = Metric(
    name="patrol_completion",
    label=TARGETS["patrol_completion"].label,
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
    basis=(
        own(
            "浙江的巡河频次没有找到成文规定，次数和有效条件为预设，可配置；逐期取小，免得多巡抵少巡",
            "no written rule of Zhejiang was found: quotas and demands are presets; the lesser of each period, so that "
            "much does not make up for little",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.patrol_ledger",
    columns=(
        *of_ledger("chief", "post", "level"),
        RIVER,
        integer("periods", "完整周期", "Complete periods", "piece"),
        integer("patrols_counted", "计入次数", "Counted", "times"),
        integer("patrols_due", "应巡次数", "Due", "times"),
        RATE,
        flag("is_enough", "样本足够", "Enough to rank"),
        PATROLS,
        integer("effective", "有效次数", "Effective", "times"),
        number("effective_rate", "有效率", "Effective rate", "percent"),
        choice("reasons", "不算的原因", "Why not counted", words.PATROL_REASONS),
        *of_ledger("patrol", "findings", "patrol_length"),
        number("density", "每10公里发现", "Findings per 10 km"),
    ),
    derived=(
        quotient("rate", "patrols_counted", "patrols_due"),
        quotient("effective_rate", "effective", "patrols"),
    ),
    transform=LazyTransform(PATROL_MODULE, "patrol_completion"),
    formula_values=_asked_of_patrols,
)

PATROL_REASONS = Metric(
    name="patrol_reasons",
    label=Text("巡河有效与否", "Why patrols count or not"),
    unit="times",
    formula=Text(
        "近 {patrol_months:g} 个月的巡河，按有效和不算的原因分；一次只记第一个原因，各项相加等于全部；{effective}",
        "Patrols of the last {patrol_months:g} months that count, and those that do not by the first reason, so "
        "that they add up to all; {effective}",
    ),
    direction="none",
    basis=(
        own(
            "有效条件为预设（参考泗县丁湖的下限），没有找到本地成文规定",
            "what counts is a preset after the least of Sixian Dinghu; no local rule was found",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.patrol_ledger",
    columns=(
        choice("reason", "有效或不算的原因", "Counts, or why not", words.PATROL_REASONS),
        PATROLS,
        integer("patrols_all", "全部巡河", "All patrols", "times"),
        number("patrol_share", "占比", "Share", "percent"),
    ),
    derived=(quotient("patrol_share", "patrols", "patrols_all"),),
    transform=LazyTransform(PATROL_MODULE, "patrol_reasons"),
    formula_values=_asked_of_patrols,
)

PATROL_VERDICTS = Metric(
    name="patrol_verdicts",
    label=Text("每次巡河算不算数", "Does each patrol count"),
    unit="times",
    formula=Text(
        "近 {patrol_months:g} 个月的每次巡河，有效或第一个不算的原因，新的在前；{effective}",
        "Each patrol of the last {patrol_months:g} months, whether it counts or the first reason why not, the newest "
        "first; {effective}",
    ),
    direction="none",
    basis=(
        own(
            "有效条件为预设（参考泗县丁湖的下限），没有找到本地成文规定",
            "what counts is a preset after the least of Sixian Dinghu; no local rule was found",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.patrol_ledger",
    columns=(
        *of_ledger("patrol", "start_at", "end_at"),
        RIVER,
        *of_ledger("patrol", "patrol_length", "has_track", "findings"),
        choice("reason", "有效或不算的原因", "Counts, or why not", words.PATROL_REASONS),
    ),
    transform=LazyTransform(PATROL_MODULE, "patrol_verdicts"),
    formula_values=_asked_of_patrols,
)

SIGNBOARDS = Metric(
    name="signboards",
    label=Text("公示牌完好率", "Signboards in order"),
    unit="percent",
    formula=Text(
        "最近一次检查完好的公示牌 ÷ 全部公示牌；没有公示牌的河道也列出",
        "Signboards in order at their newest check ÷ signboards; rivers without any are listed",
    ),
    direction="higher",
    basis=(own("没有找到可依据的成文规定", "no written rule was found"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.signboards",
    columns=(
        RIVER,
        integer("intact", "完好", "In order", "piece"),
        integer("boards", "公示牌数", "Signboards", "piece"),
        number("intact_rate", "完好率", "In order", "percent"),
        integer("absent", "缺失", "Missing", "piece"),
        integer("outdated", "信息过期", "Out of date", "piece"),
        integer("damaged", "破损", "Damaged", "piece"),
        *of_ledger("signboard", "checked_on"),
    ),
    derived=(quotient("intact_rate", "intact", "boards"),),
)

SATISFACTION_RATE = Metric(
    name="satisfaction_rate",
    label=Text("群众满意率", "People satisfied"),
    unit="percent",
    formula=Text(
        "每条河最近一次调查（同一天的几次相加）：满意份数 ÷ 有效份数；没写河道的按村社；没写满意份数的，有效份数不计",
        "Satisfied ÷ valid forms of the newest survey at each river (those of one day added up), or at the village "
        "where no river is named; forms of a survey without its satisfied do not count",
    ),
    direction="higher",
    basis=(
        own(
            "满意率的算法没有找到成文规定；黑臭整治验收的 90 % 是另一回事",
            "no written rule was found; the 90 % of works on black water is another matter",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.satisfaction_rate",
    columns=(
        RIVER,
        VILLAGE,
        *of_ledger("satisfaction", "surveyed_on", "satisfied", "forms_valid", "forms_sent"),
        number("satisfied_rate", "满意率", "Satisfied", "percent"),
    ),
    derived=(quotient("satisfied_rate", "satisfied", "forms_valid"),),
)

CHIEF_DUTIES = Listing(
    name="chief_duties",
    label=Text("河长包干", "Duties of a chief"),
    query="water.chief_duties",
    columns=(
        *of_ledger("chief", "post", "level"),
        RIVER,
        REACH,
        *of_ledger("chief_duty", "role", "valid_from", "valid_to", "patrol_quota", "patrol_period"),
    ),
)
