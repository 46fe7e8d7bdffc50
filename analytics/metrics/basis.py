"""What formulas rest on: a standard and its clause, or the reason of our own where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from data.text import Text, untranslated


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that a formula rests on: a standard, and what of it. What was not read in its own text says so."""

    standard: Text
    clause: Text


def own(zh: str, en: str) -> Basis:
    """Return what rests on no standard but our own, with the reason."""
    return Basis(Text("本系统", "This house"), Text(zh, en))


METHOD_22 = Text(
    "环办〔2011〕22号《地表水环境质量评价办法（试行）》",
    "环办〔2011〕22号, assessment of surface water quality (trial)",
)
LIMITS = Basis(
    Text("GB 3838-2002《地表水环境质量标准》", "GB 3838-2002, quality standards for surface water"),
    Text("表1 基本项目标准限值", "table 1, limits of the basic items"),
)
ROUNDED = Basis(
    Text("环办监测函〔2020〕82号", "环办监测函〔2020〕82号"),
    Text(
        "2021-05-01 起先修约再定类；位数取自一处程序源码，未核对原文",
        "rounded before classed from 2021-05-01 on; the decimals are those of one program, the text was not checked",
    ),
)
SINGLE_FACTOR = Basis(
    METHOD_22,
    Text(
        "单因子评价法，21 项参评，水温、总氮、粪大肠菌群不参评",
        "worst of 21 items; temperature, TN and coliforms aside",
    ),
)
MONTH_MEANS = Basis(
    METHOD_22,
    Text(
        "月度评价取当月各次的均值；pH 经氢离子浓度平均（未核对原文）",
        "a month is the mean of its values; pH through H⁺ (text not checked)",
    ),
)
SHARES_OF_CLASSES = Basis(
    METHOD_22,
    Text(
        "断面水质类别比例法；断面少于 5 个取均值",
        "shares of the classes of sections; means of the items below five sections",
    ),
)
MAIN_POLLUTANTS = Basis(
    METHOD_22,
    Text(
        "主要污染指标取前 3 项，氰化物和重金属超标的在前；超标倍数不计水温、pH、溶解氧（排序未核对原文）",
        "the first three items over Ⅲ, cyanide and heavy metals before all; no multiples of pH and oxygen (the order "
        "was not checked)",
    ),
)
CWQI_51 = Basis(
    Text(
        "环办监测〔2017〕51号《城市地表水环境质量排名技术规定（试行）》",
        "环办监测〔2017〕51号, ranking of surface water in cities (trial)",
    ),
    Text(
        "CWQI；溶解氧、pH 另有算式（原文未见，取自两处程序和本人所知）",
        "CWQI, oxygen and pH by formulas of their own (from programs; the text was not seen)",
    ),
)
CENSORED_MEANS = Basis(
    untranslated("SL 219-2013"),
    Text("12.2.5：未检出按检出限的一半参加平均", "12.2.5: half the limit for non-detects in means"),
)
CENSORED_LOADS = Basis(untranslated("SL 219-2013"), Text("计算总量时未检出按 0", "0 for non-detects in loads"))
SEASONAL_KENDALL = Basis(
    untranslated("USEPA 2009 Unified Guidance"),
    Text(
        "§14.3.4、§17.3：季节性 Mann–Kendall 检验、Sen 斜率，至少 3 整年",
        "§14.3.4, §17.3: seasonal Mann–Kendall test and Sen's slope, three full years at least",
    ),
)
CITY_ODOUR = Basis(
    Text("《城市黑臭水体整治工作指南》（2015）", "Guide to black and odorous water in built-up areas (2015)"),
    Text(
        "分级标准；点位和水体的重度以 60 %、30 % 为界", "limits of the levels; severe from 60 % or 30 % of the data on"
    ),
)
RURAL_ODOUR = Basis(
    Text("《农村黑臭水体治理工作指南》（2019）", "Guide to black and odorous water in villages (2019)"),
    Text("三项限值任一项（未核对原文）", "any of three limits (text not checked)"),
)
DISCHARGE = Basis(
    Text("GB 18918-2002《城镇污水处理厂污染物排放标准》", "GB 18918-2002, discharge of sewage plants"),
    Text("表1 日均值；水温不高于 12 ℃ 用括号内限值", "table 1, daily means; limits in brackets at 12 ℃ and below"),
)
RURAL_DISCHARGE = Basis(
    untranslated("DB33/973"),
    Text(
        "2015 版限值未核对原文；2021 版没有找到限值，不判定",
        "limits of 2015 were not checked; those of 2021 were not found, so nothing is judged by them",
    ),
)
RIVER_CHIEFS = Basis(
    Text("《浙江省河长制规定》（2017）", "Zhejiang rules on river chiefs (2017)"),
    Text(
        "河段有河长；全文没有找到，算法为本系统自定", "reaches have chiefs; its text was not found, the rate is our own"
    ),
)
ZERO_DISCHARGE_RULES = Basis(
    Text("浙江“污水零直排区”建设", "Zhejiang zero-discharge blocks"),
    Text(
        "省级技术规范（2022）的原文没有找到，比率为本系统自定",
        "the rules of 2022 were not found; the rates are our own",
    ),
)
EARNED_VALUE = Basis(
    Text("项目管理惯例", "Project management practice"),
    Text("SPI = 完成 ÷ 应完成；与序时差 = 完成率 − 序时进度", "SPI = done ÷ due; gap = rate − plan to date"),
)
ESTATE_LAW = Basis(
    Text("《城市房地产管理法》", "Urban Real Estate Administration Law"),
    Text(
        "第 26 条：满 1 年可征闲置费，满 2 年可以收回，不可抗力等除外",
        "art. 26: idle fee after one year, recall after two, force majeure and the like aside",
    ),
)
IDLE_LAND_RULES = Basis(
    Text("《闲置土地处置办法》（国土资源部令第53号）", "Rules on idle land (Ministry of Land order 53)"),
    Text(
        "第二条：不足三分之一或不足 25 %、中止满一年（只见转载，原文没有核对；以建筑面积代替建设用地面积）",
        "art. 2: less than a third or 25 %, one year without works (seen in reprints only, the official text was not "
        "checked; floor area stands in for land built upon)",
    ),
)
SIGNING_BY_HOUSEHOLD = Basis(
    Text("《浙江省国有土地上房屋征收与补偿条例》", "Zhejiang ordinance on expropriation of houses on state-owned land"),
    Text(
        "第 38 条：签约比例按户计算（2014-10-01 起施行，其他征迁照此计算）",
        "art. 38: the share signed is counted by households (in force since 2014-10-01; taken for other kinds too)",
    ),
)
EXPROPRIATION = Basis(
    Text("《国有土地上房屋征收与补偿条例》", "Ordinance on expropriation of houses on state-owned land"),
    Text("货币补偿或产权调换由被征收人选择", "the household chooses money or another house"),
)
TARGET_SHEET = Basis(
    Text("年度目标任务书", "The task sheet of the year"),
    Text("目标和期限以台账登记为准", "targets and periods are those of the ledger"),
)
