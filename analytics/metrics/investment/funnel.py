"""Metrics of the way of investment projects: who goes on, how long it takes, what it is worth."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import IN_WORDS, IS_TOTAL, MEDIAN_DAYS, PROJECT, SIGNED_ON, UNPRICED, of_ledger
from analytics.metrics.model import LazyTransform, Metric
from data.datasets.model import choice, date, flag, integer, number
from data.derivations import quotient
from data.text import Text, untranslated
from data.words import FLOW_STEPS, OUTCOMES, REPEATED_ON

REVIEWED_ON = datetime.date(2026, 11, 29)
PROJECTS = integer("projects", "项目数", "Projects", "piece")
KNOWN = integer("known", "已有结果", "Outcome known", "piece")
SIGNED_OF_KNOWN = integer("signed", "其中签约", "Signed of them", "piece")
KAPLAN_MEIER = Basis(
    untranslated("Kaplan & Meier 1958"), Text("还在的按至今还在计入", "what is still there counts as such")
)
OWN_HISTORY = own(
    "比率只取自台账自己的历史，不用教科书上的成功率；样本不足就不给",
    "rates come from the ledger's own history, never from a textbook; too few give none",
)

STAGE_CONVERSION = Metric(
    name="stage_conversion",
    label=Text("阶段转化率", "Stage conversion"),
    unit="percent",
    formula=Text(
        "截至当日到过某阶段（进入过该阶段或以后的任一阶段，跳过的算走过）、已有结果的项目中，"
        "到过本类项目下一阶段的占比，"
        "不会超过 100 %；"
        "已有结果 = 到过下一阶段，或当日在终止阶段，或到该阶段的天数已超过走完这一步的项目用时的 P90（走完的满 "
        "{stage_cases:g} 个才有 P90）；"
        "没登记阶段就退出的算到过储备，其中终止的满 {stage_cases:g} 个时以后各阶段说不出转化率；"
        "租赁类、总部注册类没有拿地到竣工的阶段，注册落地的下一阶段是投产纳统；已有结果的不足 {stage_cases:g} "
        "个：样本不足",
        "Of the projects that have come to a stage by the day (to it or to any later one: what is skipped is passed; "
        "what left without a stage on record had been a lead, and {stage_cases:g} such that ended leave the later "
        "stages without a rate) and whose outcome is known, the share that came to the next stage of their track, "
        "never above 100 %; known = came to the next, or is ended on the day, or came to the stage longer ago than "
        "the P90 of the days in which that step was made (of {stage_cases:g} at least); without new land "
        "“Registered” is followed by “In production”; fewer than {stage_cases:g} known: too few",
    ),
    direction="higher",
    basis=(
        own(
            "没有统一口径；跳过的阶段算走过，免得比率超过 100 %",
            "no standard; skipped stages are passed, so that no rate passes 100 %",
        ),
        OWN_HISTORY,
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.stage_steps",
    columns=(
        *of_ledger("investment_project", "track"),
        *of_ledger("stage_event", "stage"),
        IS_TOTAL,
        integer("reached", "到过", "Came so far", "piece"),
        KNOWN,
        integer("moved_on", "进入下一阶段", "Went on", "piece"),
        number("rate", "转化率", "Conversion", "percent"),
        *IN_WORDS,
    ),
    derived=(quotient("rate", "moved_on", "known"),),
    transform=LazyTransform("analytics.investment.stage_conversion", "stage_conversion"),
)

TIME_IN_STAGE = Metric(
    name="time_in_stage",
    label=Text("阶段停留天数", "Days in stage"),
    unit="day",
    formula=Text(
        "每次进入一个阶段到离开的天数，同一天进入又离开的为 0 天，中间没有别的阶段而重复登记的算一次；"
        "进入后面的阶段算走完，暂停、终止、退回以前阶段的按至当时未走完计入，还在的按至当日未走完计入（Kaplan–Meier）"
        "，"
        "给出半数和 85 % 走完所需天数；走完的不足 {stage_cases:g} 次：样本不足；投产纳统是最后阶段，不计",
        "Days from entering a stage to leaving it, 0 where both are of one day; entered again without another stage "
        "between is one stay; going on to a later stage is the end, being suspended, ended or sent back counts as "
        "not yet gone on until then, still there as not yet until the day (Kaplan–Meier); the days in which half and "
        "85 % go on; fewer than {stage_cases:g} gone on: too few; “In production” is the last and left out",
    ),
    direction="lower",
    basis=(KAPLAN_MEIER, OWN_HISTORY),
    reviewed_on=REVIEWED_ON,
    query="investment.stage_spells",
    columns=(
        *of_ledger("stage_event", "stage"),
        integer("spells", "进入次数", "Stays", "times"),
        integer("moved_on", "进入后面阶段", "Went on", "times"),
        integer("still_there", "还在", "Still there", "piece"),
        integer("left_otherwise", "暂停、终止或退回", "Suspended, ended or sent back", "times"),
        MEDIAN_DAYS,
        number("p85_days", "85 % 所需天数", "85 % within", "day"),
        integer("over_p85", "还在且超过 85 % 天数", "Still there for longer", "piece"),
        integer("longest_days", "还在的最久", "Longest of those there", "day"),
        *IN_WORDS,
    ),
    transform=LazyTransform("analytics.investment.stage_time", "time_in_stage"),
)

COHORT_RATES = Metric(
    name="cohort_rates",
    label=Text("签约批次", "Cohorts of signing"),
    unit="",
    formula=Text(
        "按首次到正式签约（或以后阶段）的季度分批，终止的留在批内；到位率 = 已核实到位资金 ÷ 总投资，"
        "没有填总投资的项目两边都不计、另计个数，"
        "没有到资记录的项目留在分母，"
        "全批都没有记录的不给；开工率 = 到过开工或以后阶段的项目 ÷ 签约项目；投产率 = 到过投产纳统的 ÷ 签约项目；"
        "不供地的项目到投产才算开工；合计是各批之和。没有履约的记录，不给履约率",
        "By the quarter in which a project first came to “Signed” or later; those that ended stay; funds = verified "
        "receipts ÷ investment, projects without an investment in neither and counted apart, projects without a "
        "receipt staying in the denominator, nothing where no project of the cohort has one; started = came to "
        "“Construction started” or later ÷ signed; in production = came to “In production” ÷ signed; projects "
        "without new land start with production; the total is the sum. Nothing on record says which contracts are "
        "being fulfilled, so that rate is not given",
    ),
    direction="higher",
    basis=(
        Basis(
            Text("兰洽会签约项目统计", "Follow-up statistics of the Lanzhou fair"),
            Text(
                "到位、开工、建成 ÷ 同批签约（见公开报道）",
                "received, started, completed ÷ signed in the same cohort (as published)",
            ),
        ),
        own("分批看，免得老项目抬高新项目", "by cohort, so that old projects do not lift new ones"),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.signed_projects",
    columns=(
        date("cohort", "签约季度", "Quarter of signing"),
        IS_TOTAL,
        PROJECTS,
        *of_ledger("investment_project", "investment"),
        UNPRICED,
        number("received", "已核实到位", "Received, verified", "wan"),
        number("funds_rate", "到位率", "Funds in place", "percent"),
        integer("started", "已开工", "Started", "piece"),
        number("start_rate", "开工率", "Started", "percent"),
        integer("producing", "已投产", "In production", "piece"),
        number("production_rate", "投产率", "In production", "percent"),
        integer("ended", "其中已终止", "Ended of them", "piece"),
        integer("without_receipts", "没有到资记录", "Without receipts", "piece"),
    ),
    derived=(
        quotient("funds_rate", "received", "investment"),
        quotient("start_rate", "started", "projects"),
        quotient("production_rate", "producing", "projects"),
    ),
    transform=LazyTransform("analytics.investment.cohorts", "cohort_rates"),
)

WEIGHTED_PIPELINE = Metric(
    name="weighted_pipeline",
    label=Text("加权储备额", "Weighted pipeline"),
    unit="wan",
    formula=Text(
        "Σ 在谈项目总投资 × 所在阶段的签约概率（没有填总投资的另计个数）；"
        "在谈 = 有阶段记录、没有签约、没有终止、没有暂停；"
        "签约概率 = 到过该阶段（或以后）、已有结果（签过约，或没签约就终止）的项目中签过约的占比，0 也是概率；"
        "没登记阶段就终止的算到过储备，满 {stage_cases:g} 个时以后各阶段说不出概率；"
        "已有结果的不足 {stage_cases:g} 个：样本不足，不给概率也不加权，总投资另列；已签约、暂停的单列不加权，"
        "终止的为 0",
        "Sum of the investment of open projects × the probability of their stage (those without one counted apart); "
        "open = with a stage, not signed, ended or suspended; probability = of the projects that came to that stage "
        "or a later one and have an outcome (signed once, or ended unsigned) the share that signed, and 0 is one; "
        "what ended without a stage on record had been a lead, and {stage_cases:g} such leave the later stages "
        "without a probability; fewer than {stage_cases:g} with an outcome: too few, no probability and no weight, "
        "the investment stands apart; what is signed or suspended stands apart, what ended is 0",
    ),
    direction="higher",
    basis=(OWN_HISTORY,),
    reviewed_on=REVIEWED_ON,
    query="investment.pipeline_projects",
    columns=(
        choice("outcome", "去向", "Outcome", OUTCOMES),
        *of_ledger("stage_event", "stage"),
        IS_TOTAL,
        PROJECTS,
        *of_ledger("investment_project", "investment"),
        UNPRICED,
        KNOWN,
        SIGNED_OF_KNOWN,
        number("probability", "签约概率", "Probability", "percent"),
        number("weighted", "加权额", "Weighted", "wan"),
        number("unweighted", "没有概率的", "Without a probability", "wan"),
        *IN_WORDS,
    ),
    transform=LazyTransform("analytics.investment.weighted_pipeline", "weighted_pipeline"),
)

PIPELINE_VELOCITY = Metric(
    name="pipeline_velocity",
    label=Text("签约速度", "Pipeline velocity"),
    unit="wan",
    formula=Text(
        "每天签约额 = 填了总投资的在谈项目数 × 其总投资中位数 × 签约率 ÷ 签约用时；签约率 = 已有结果（签过约，"
        "或没签约就终止）的项目中"
        "签过约的占比；签约用时 = 首个阶段到签约天数的中位数，没签约的按至暂停、终止或当日未签约计入（Kaplan–Meier）"
        "，"
        "一登记就是签约或以后阶段的不计；签约率、签约用时不足 {stage_cases:g} 个的：样本不足；四项缺一不给速度",
        "Investment signed a day = open projects of which the investment is known × the median of their investment × "
        "the share signed ÷ the days until signing; share = of the projects with an outcome (signed once, or ended "
        "unsigned) those that signed; days = median from the first stage to the signing, unsigned ones counting as "
        "not yet until they were suspended or ended or the day (Kaplan–Meier), those on record only from the signing "
        "on left out; fewer than {stage_cases:g} behind the share or the days: too few; without one of the four "
        "there is no velocity",
    ),
    direction="higher",
    basis=(
        Basis(
            Text("销售漏斗的速度公式", "The velocity of sales pipelines"),
            Text(
                "个数 × 金额 × 赢率 ÷ 周期；项目少，金额取中位数",
                "number × value × win rate ÷ cycle; of few projects the median",
            ),
        ),
        KAPLAN_MEIER,
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.pipeline_projects",
    columns=(
        integer("open", "在谈项目", "Open projects", "piece"),
        UNPRICED,
        number("median_investment", "总投资中位数", "Median investment", "wan"),
        KNOWN,
        SIGNED_OF_KNOWN,
        number("win_rate", "签约率", "Share signed", "percent"),
        integer("timed", "知道签约用时", "Time until signing known", "piece"),
        MEDIAN_DAYS,
        number("velocity", "每天签约额", "Signed a day", "wan"),
        *IN_WORDS,
    ),
    derived=(quotient("win_rate", "signed", "known"),),
    transform=LazyTransform("analytics.investment.pipeline_velocity", "pipeline_velocity"),
)

PIPELINE_FLOW = Metric(
    name="pipeline_flow",
    label=Text("在谈项目增减", "Flow of the pipeline"),
    unit="wan",
    formula=Text(
        "期初在谈 + 新增 + 恢复 + 调增 − 调减 − 签约 − 终止 − 暂停 = 期末在谈，个数和总投资都合得上；"
        "期初取当日所在的协议投资额目标期的开始，没有目标的取当年 1 月 1 日，看前一天终；"
        "新增 = 期内首次登记阶段；恢复 = 期初暂停或终止、期末在谈或已签约；期内进出几次的只看两头；"
        "进来时按当时的总投资（期内第一次变更前的），出去时按当日的，其差是调增、调减；没有填总投资的另计个数",
        "Open at the start + new + resumed + raised − cut − signed − ended − suspended = open at the end, in "
        "projects and in money; the start is that of the target of signed money that holds on the day, or else 1 "
        "January, as of the end of the day before; new = first stage within the period; resumed = suspended or ended "
        "at the start, open or signed at the end; what came and went several times counts by both ends; projects "
        "come in with what they were worth then (before the first change within the period) and leave with what they "
        "are worth on the day; those without an investment are counted apart",
    ),
    direction="none",
    basis=(
        own("期初到期末逐项加总，各项之和等于期末", "from the start to the end, item by item, so that they add up"),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.pipeline_moves",
    columns=(
        choice("step", "增减项", "Step", FLOW_STEPS),
        PROJECTS,
        *of_ledger("investment_project", "investment"),
        UNPRICED,
        integer("changed_projects", "变更金额的项目", "Projects with changed amounts", "piece"),
        date("period_from", "期初", "Start"),
        flag("is_of_target", "按目标期", "Start of a target"),
    ),
    transform=LazyTransform("analytics.investment.pipeline_flow", "pipeline_flow"),
)

REPEATED_SIGNINGS = Metric(
    name="repeated_signings",
    label=Text("疑似重复签约", "Signed more than once?"),
    unit="",
    formula=Text(
        "已签约未终止的项目中，投资方和总投资都相同的，或名称相同的，或去掉空格、标点、"
        "全半角和大小写之别及末尾“项目”二字后名称相同的，"
        "编码不同即为一组；重复计的金额 = 除最早签约的一个以外各项目总投资之和",
        "Of the projects under contract, those with the same investor and investment, or the same name, or the same "
        "name without spaces, signs, width, case and a final 项目, are one group under several codes; counted again "
        "= the investment of all but the first signed",
    ),
    direction="lower",
    basis=(
        Basis(
            Text("人民日报 2016-07-17", "People's Daily, 2016-07-17"),
            Text(
                "报道同一项目重复签约四五次（未见原文）",
                "reports one project signed four or five times (the text was not seen)",
            ),
        ),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.contracts",
    columns=(
        integer("group", "组", "Group"),
        choice("ground", "相同之处", "What is the same", REPEATED_ON),
        PROJECT,
        *of_ledger("investment_project", "investor"),
        SIGNED_ON,
        *of_ledger("stage_event", "stage"),
        *of_ledger("investment_project", "investment"),
        number("counted_again", "重复计的金额", "Counted again", "wan"),
    ),
    transform=LazyTransform("analytics.investment.repeated_signings", "repeated_signings"),
)
