"""Investment projects: investor, origin, total investment."""

from data.datasets.constraint import SumConstraint, at_most, cases
from data.datasets.investment.columns import CHANNELS, VERBS, enterprise_column
from data.datasets.model import Dataset, also_written, choice, choices, code, date, flag, number, text
from data.text import Text

AMOUNTS = (
    *("投资额", "总投资额", "投资总额", "协议投资额", "合同投资额", "合同总投资", "合同金额"),
    *("Investment", "Contract value", "Contract amount", "Contracted investment"),
)

DATASET = Dataset(
    name="investment_project",
    stream="investment",
    menu_place=10,
    label=Text("招商项目", "Investment projects"),
    description=Text(
        "每个招商项目一行：投资方、来源、总投资。", "One row per project: investor, origin, total investment."
    ),
    key=("project_id",),
    name_column="name",
    columns=(
        code("project_id", "项目编码", "Project code"),
        text("name", "项目名称", "Project", required=True, aliases=("项目",)),
        text("investor", "投资方", "Investor"),
        choice(
            "origin",
            "资金来源",
            "Origin of capital",
            choices(
                浙商回归="Returning Zhejiang merchants",
                省外="Other provinces",
                外资="Foreign",
                市内="Within the city",
                增资="Expansion",
            ),
        ),
        choice(
            "track",
            "项目类别",
            "Track",
            also_written(
                choices(供地类="On new land", 租赁类="In leased space", 总部注册类="Head office"),
                供地类="用地类",
                租赁类="租用类",
                总部注册类="总部类 总部/注册类 注册类",
            ),
            required=True,
        ),
        text("industry", "行业", "Industry"),
        choice("verb", "七字诀", "Method word", VERBS),
        choice("channel", "招商渠道", "Channel", CHANNELS),
        number("investment", "总投资", "Total investment", "wan", required=True, aliases=AMOUNTS),
        number("first_phase", "一期投资", "First phase", "wan"),
        number("expected_tax", "预计亩均税收", "Expected taxes per mu", "wan/mu"),
        enterprise_column(required=False),
        text("owner", "牵头单位", "Lead unit"),
        date("expected_sign_on", "预计签约日期", "Expected signing"),
        date("expected_start_on", "预计开工日期", "Expected start"),
        date("expected_production_on", "预计投产日期", "Expected production"),
        flag("has_incentive_clause", "合同有奖补条款", "Incentive clause"),
        flag("review_passed", "已过公平竞争审查", "Fair competition review passed"),
        text("note", "备注", "Note"),
    ),
    constraints=(
        at_most("first_phase", "investment"),
        SumConstraint(
            name="named_once",
            columns=("name",),
            group=("name",),
            totals={"projects": "count(*)"},
            breaks="r.projects > 1",
            shown=("r.name", "r.projects"),
            reason=Text(
                "同一“{name}”登记了几个编码，请核对是否重复登记",
                "Several codes have the same “{name}”; make sure that no project stands twice",
            ),
            is_warning=True,
            cases=cases(broken=[("甲",), ("甲",)], kept=[("甲",), ("乙",)]),
        ),
        SumConstraint(
            name="registered_once",
            columns=("name", "investor", "investment"),
            group=("investor", "investment"),
            totals={"projects": "count(*)"},
            breaks="r.investor IS NOT NULL AND r.projects > 1",
            shown=("r.investor", "r.investment", "r.projects"),
            reason=Text(
                "同一“{investor}”、同样“{investment}”的项目有几个，请核对是否重复登记",
                "Several projects have the same “{investor}” and “{investment}”; make sure that none stands twice",
            ),
            is_warning=True,
            cases=cases(
                broken=[("甲", "甲公司", 1000), ("乙", "甲公司", 1000)],
                kept=[("甲", "甲公司", 1000), ("乙", "甲公司", 900)],
            ),
        ),
    ),
)
