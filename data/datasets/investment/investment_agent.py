"""Agents who were engaged to find investors: banks and intermediaries."""

from data.datasets.constraint import Constraint, at_most, cases, not_before, not_in_future
from data.datasets.model import Choice, Dataset, choice, code, date, integer, text
from data.text import Text

KINDS = (
    Choice("银行", Text("银行", "Bank"), ("商业银行",)),
    Choice("中介机构", Text("中介机构", "Intermediary"), ("中介", "中介公司", "咨询机构")),
    Choice("其他", Text("其他", "Other")),
)

DATASET = Dataset(
    name="investment_agent",
    stream="investment",
    menu_place=60,
    label=Text("招商经理人", "Investment agents"),
    description=Text(
        "聘请的银行、中介机构等招商经理人，一行一家：何时聘请、推荐和成交多少。",
        "One row per bank or intermediary engaged: since when, how many leads and deals.",
    ),
    key=("agent_id",),
    name_column="name",
    dated_by=("reported_on",),
    columns=(
        code("agent_id", "经理人编码", "Agent code"),
        text("name", "经理人", "Agent", required=True, aliases=("招商经理人", "机构名称")),
        choice("kind", "类别", "Kind", KINDS, required=True, aliases=("机构类别",)),
        date("hired_on", "聘请日期", "Engaged on", required=True, aliases=("聘任日期", "受聘日期")),
        integer("leads", "推荐项目数", "Leads", "piece", aliases=("推荐数", "线索数")),
        integer("deals", "成交数", "Deals", "piece", aliases=("成交项目数",)),
        date("reported_on", "上报日期", "Reported on", aliases=("统计日期", "填报日期")),
    ),
    constraints=(
        *not_in_future("hired_on", "reported_on"),
        not_before("reported_on", "hired_on"),
        at_most("deals", "leads"),
        Constraint(
            name="counts_have_a_day",
            columns=("reported_on", "leads", "deals"),
            breaks="r.reported_on IS NULL AND (r.leads IS NOT NULL OR r.deals IS NOT NULL)",
            reason=Text(
                "填了“{leads}”或“{deals}”，却没有“{reported_on}”：不知道截至哪天，不计入成交率，请补上",
                "“{leads}” or “{deals}” is filled, but “{reported_on}” is empty: without its day it does not count "
                "towards the rate; add it",
            ),
            is_warning=True,
            cases=cases(broken=[(None, 1, None)], kept=[("2014-01-02", 1, None)]),
        ),
    ),
)
