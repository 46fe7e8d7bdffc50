"""The indicators of the seven verbs: what each is called, how it is made of its counts, which list is behind it."""

from __future__ import annotations

from analytics.indicators import Indicator
from data.text import Text

_SIGNED = Text("今年正式签约、没有终止的项目", "projects signed this year and not ended")
_OF_PROJECTS = Text(
    "{numerator} / {denominator} 个今年签约的项目", "{numerator} of {denominator} projects signed this year"
)
_PLOTS = Text("最新一版收录 {numerator} / {denominator} 块", "{numerator} of {denominator} plots in the newest version")
_INTENTS = Text("{denominator} 家今年排查意向明确", "{denominator} firms that meant it in this year's surveys")
_OLD_INTENTS = Text(
    "{numerator} / {denominator} 家有较早明确意向的企业",
    "{numerator} of {denominator} firms with older definite intents",
)
_IDLE = Text(
    "半数盘活所需；{numerator} / {denominator} 处已盘活", "until half are in use; {numerator} of {denominator} are"
)
_BANDS = Text("共 {denominator} 块没有动工的地", "of {denominator} parcels that have not started")
_CHANGES = Text(
    "今年办成 {numerator} / {denominator} 件自愿或依法的变更",
    "{numerator} of {denominator} changes of own wish or by law done this year",
)
_CHANGE_DAYS = Text(
    "申请到办成的中位数；{numerator} / {denominator} 件有申请日期",
    "median from application; {numerator} of {denominator} have its day",
)
_ACTIVE = Text(
    "{numerator} / {denominator} 位在储 A、B 级客商", "{numerator} of {denominator} merchants of A and B in reserve"
)
_LOST = Text("{numerator} / {denominator} 位在储客商", "{numerator} of {denominator} merchants in reserve")
_EARLY = Text(
    "{numerator} / {denominator} 个到了拿地或开业的重点项目事先座谈过",
    "{numerator} of {denominator} key projects that came to land or opening",
)

INDICATORS = (
    Indicator("Y1", 1, "新引进项目", "项", "sum", _SIGNED, "introduced_list"),
    Indicator("Y1", 2, "新引进协议额", "万元", "sum", _SIGNED, "introduced_list"),
    Indicator("Y2", 1, "高质量占比", "%", "share", _OF_PROJECTS, "introduced_list"),
    Indicator(
        "Y3",
        1,
        "招商资料距今",
        "天",
        "sum",
        Text("自最新一版《投资庄桥》", "since the newest 《投资庄桥》"),
        "material_list",
        False,
    ),
    Indicator("Y3", 2, "地块收录率", "%", "share", _PLOTS, "material_list", False),
    Indicator(
        "Z1",
        1,
        "增资排查覆盖率",
        "%",
        "share",
        Text("今年排查 {numerator} / {denominator} 家", "{numerator} of {denominator} firms this year"),
        "survey_list",
    ),
    Indicator("Z2", 1, "增资意向额", "万元", "sum", _INTENTS, "survey_list"),
    Indicator("Z3", 1, "意向转化率", "%", "share", _OLD_INTENTS, "survey_list", False),
    Indicator(
        "T1",
        1,
        "盘活建筑面积",
        "㎡",
        "sum",
        Text("今年盘活 {denominator} 处", "of {denominator} this year"),
        "idle_resource_list",
    ),
    Indicator(
        "T1",
        2,
        "盘活土地面积",
        "亩",
        "sum",
        Text("今年盘活 {denominator} 处", "of {denominator} this year"),
        "idle_resource_list",
    ),
    Indicator(
        "T1",
        3,
        "资源盘活率",
        "%",
        "share",
        Text("{numerator} /（年初和新增）{denominator} 处", "{numerator} of {denominator} idle or added"),
        "idle_resource_list",
    ),
    Indicator("T2", 1, "空置中位时长", "天", "median", _IDLE, "idle_resource_list", False),
    Indicator(
        "T3",
        1,
        "盘活后税收提升",
        "元/㎡·年",
        "median",
        Text("{numerator} 处有盘活前后税收", "{numerator} with taxes before and after"),
        "idle_resource_list",
        False,
    ),
    Indicator(
        "T3",
        2,
        "经理人成交率",
        "%",
        "share",
        Text("成交 {numerator} / 推荐 {denominator} 个", "{numerator} deals of {denominator} leads"),
        "agent_list",
        False,
    ),
    Indicator(
        "C1",
        1,
        "拿地项目开工率",
        "%",
        "share",
        Text("{numerator} / {denominator} 块地已动工", "{numerator} of {denominator} parcels"),
        "land_clocks",
        False,
    ),
    Indicator(
        "C2",
        1,
        "协议资金到位率",
        "%",
        "share",
        Text("已核实 {numerator} / 协议 {denominator} 万元", "{numerator} verified of {denominator} ×10k CNY"),
        "cohort_rates",
        False,
    ),
    Indicator("C3", 1, "未到约定动工日", "块", "sum", _BANDS, "land_clocks", False),
    Indicator("C3", 2, "超期一年以内", "块", "sum", _BANDS, "land_clocks", False),
    Indicator("C3", 3, "超期一到两年", "块", "sum", _BANDS, "land_clocks", False),
    Indicator("C3", 4, "超期两年以上", "块", "sum", _BANDS, "land_clocks", False),
    Indicator("C4", 1, "自愿变更完成数", "家", "sum", _CHANGES, "relocation_list"),
    Indicator("C4", 2, "变更办理用时", "天", "median", _CHANGE_DAYS, "relocation_list"),
    Indicator("S1", 1, "有效客商", "位", "sum", _ACTIVE, "merchant_list", False),
    Indicator(
        "S2",
        1,
        "加权储备倍数",
        "倍",
        "ratio",
        Text(
            "加权储备 {numerator} / 目标余额 {denominator} 万元", "weighted {numerator} to {denominator} ×10k CNY left"
        ),
        "target_coverage",
        False,
    ),
    Indicator(
        "S3",
        1,
        "储备转洽谈率",
        "%",
        "share",
        Text("{numerator} / {denominator} 位入库客商", "{numerator} of {denominator} merchants ever in reserve"),
        "merchant_list",
        False,
    ),
    Indicator("S3", 2, "客商失联率", "%", "share", _LOST, "merchant_list", False),
    Indicator(
        "L1",
        1,
        "联合招商企业",
        "家",
        "sum",
        Text("与街道联手招商", "look for investors with the office"),
        "partner_list",
        False,
    ),
    Indicator("L2", 1, "提前介入率", "%", "share", _EARLY, "early_talk_list", False),
    Indicator(
        "L3",
        1,
        "定向招商成交",
        "笔",
        "sum",
        Text("推荐 {denominator} 个，累计上报", "of {denominator} leads, as reported to date"),
        "partner_list",
        False,
    ),
    Indicator(
        "L3",
        2,
        "留住的税源",
        "万元",
        "sum",
        Text("{denominator} 家累计上报", "of {denominator} partners, as reported to date"),
        "partner_list",
        False,
    ),
    Indicator(
        "N1",
        1,
        "诉求按期办结率",
        "%",
        "share",
        Text("{numerator} / {denominator} 件到期诉求", "{numerator} of {denominator} requests fallen due"),
        "request_list",
        False,
    ),
    Indicator(
        "N2",
        1,
        "诉求真解决率",
        "%",
        "share",
        Text("已解决 {numerator} / 办结 {denominator} 件", "{numerator} solved of {denominator} closed"),
        "request_list",
        False,
    ),
    Indicator(
        "N2",
        2,
        "诉求重提率",
        "%",
        "share",
        Text("重提 {numerator} / 办结 {denominator} 件", "{numerator} raised again of {denominator} closed"),
        "request_list",
        False,
    ),
    Indicator(
        "N3",
        1,
        "首次响应中位",
        "小时",
        "median",
        Text("工作时间；{numerator} 件有响应", "working hours; {numerator} replied to"),
        "request_list",
        False,
    ),
    Indicator(
        "N3",
        2,
        "诉求满意率",
        "%",
        "share",
        Text("满意 {numerator} / 评价 {denominator} 件", "{numerator} of {denominator} rated"),
        "request_list",
        False,
    ),
    Indicator(
        "N4",
        1,
        "宝典准点率",
        "%",
        "share",
        Text("{numerator} / {denominator} 项到期任务", "{numerator} of {denominator} tasks fallen due"),
        "playbook_tasks",
        False,
    ),
)
