"""Firms with which the office looks for investors together, and what came of it so far."""

from data.datasets.constraint import Constraint, SumConstraint, at_most, cases, not_before, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Dataset, code, date, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="joint_partner",
    stream="investment",
    menu_place=85,
    label=Text("联合招商企业", "Joint partners"),
    description=Text(
        "与街道联手招商的企业，一行一家：何时起、共享什么、定向招商推荐和成交多少、留住多少税源。",
        "One row per firm that looks for investors with the office: since when, what is shared, what came of it.",
    ),
    key=("partner_id",),
    dated_by=("reported_on",),
    columns=(
        code("partner_id", "合作编码", "Partner code"),
        enterprise_column(required=True),
        date("since", "合作起始日期", "Since", required=True, aliases=("合作日期", "签约日期")),
        text("joint_plan", "联合招商方案", "Joint plan", aliases=("合作方案",)),
        text("shared_resources", "共享资源", "Shared resources", aliases=("共享内容",)),
        integer("leads", "定向招商推荐数", "Leads", "piece", aliases=("推荐数", "推荐客商数")),
        integer("deals", "定向招商成交数", "Deals", "piece", aliases=("成交数",)),
        number("tax_kept", "留住税源", "Taxes kept", "wan", aliases=("留住税收",)),
        date("reported_on", "上报日期", "Reported on", aliases=("填报日期", "统计截止日期")),
    ),
    constraints=(
        *not_in_future("since", "reported_on"),
        not_before("reported_on", "since"),
        at_most("deals", "leads"),
        Constraint(
            name="figures_have_a_day",
            columns=("reported_on", "leads", "deals", "tax_kept"),
            breaks="r.reported_on IS NULL AND coalesce(r.leads, r.deals, r.tax_kept) IS NOT NULL",
            reason=Text(
                "填了“{leads}”“{deals}”“{tax_kept}”，却没有“{reported_on}”：不知是哪天的累计数，请补上日期",
                "“{leads}”, “{deals}” or “{tax_kept}” is filled without “{reported_on}”; add the day until which "
                "they count",
            ),
            cases=cases(broken=[(None, 2, None, None)], kept=[("2014-01-01", 2, 1, 5), (None, None, None, None)]),
        ),
        SumConstraint(
            name="partner_once",
            columns=("enterprise_id",),
            group=("enterprise_id",),
            totals={"rows": "count(*)"},
            breaks="r.rows > 1",
            shown=("r.enterprise_id", "r.rows"),
            reason=Text(
                "同一“{enterprise_id}”有几行，推荐和成交会重复计，请核对",
                "Several rows name the same “{enterprise_id}”, so leads and deals would count twice; make sure",
            ),
            is_warning=True,
            cases=cases(broken=[("E-1",), ("E-1",)], kept=[("E-1",), ("E-2",)]),
        ),
    ),
)
