"""Ledgers of 招商引资: projects, the stages they reached, money received and land."""

from data.datasets.constraint import (
    Constraint,
    OrderConstraint,
    SumConstraint,
    not_before,
    not_in_future,
    steps_in_order,
)
from data.datasets.model import Dataset, choice, choices, code, date, flag, number, parent, text
from data.text import Text

STAGES = choices(
    储备="Lead",
    洽谈="In talks",
    意向签约="Letter of intent",
    正式签约="Signed",
    注册落地="Registered",
    拿地="Land acquired",
    开工="Construction started",
    主体施工="Main structure",
    封顶="Topped out",
    竣工="Completed",
    投产纳统="In production",
    暂停="Suspended",
    终止="Ended",
)
EXITS = ("暂停", "终止")
STAGE_ORDER = tuple(stage.value for stage in STAGES if stage.value not in EXITS)

INVESTMENT_PROJECT = Dataset(
    name="investment_project",
    stream="investment",
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
            choices(供地类="On new land", 租赁类="In leased space", 总部注册类="Head office"),
            required=True,
        ),
        text("industry", "行业", "Industry"),
        choice(
            "verb",
            "七字诀",
            "Method word",
            choices(引="Attract", 增="Expand", 提="Upgrade", 促="Press", 储="Reserve", 联="Join", 暖="Care"),
        ),
        choice(
            "channel",
            "招商渠道",
            "Channel",
            choices(
                世界宁波帮大会="World Ningbo Merchants Convention",
                浙洽会="Zhejiang Investment Fair",
                推介会="Promotion event",
                以商引商="Referral",
                走访="Visit",
                中介="Agent",
                其他="Other",
            ),
        ),
        number("investment", "总投资", "Total investment", "wan", required=True, aliases=("投资额", "协议投资额")),
        text("owner", "牵头单位", "Lead unit"),
        text("note", "备注", "Note"),
    ),
    constraints=(
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
        ),
    ),
)

STAGE_EVENT = Dataset(
    name="stage_event",
    stream="investment",
    label=Text("项目阶段", "Project stages"),
    description=Text(
        "项目在哪一天进入哪个阶段，每个阶段有外部可核的凭据。", "The day on which a project entered a stage."
    ),
    is_event=True,
    key=("project_id", "stage"),
    dated_by=("entered_on",),
    columns=(
        parent("project_id", "investment_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        choice("stage", "阶段", "Stage", STAGES, required=True),
        date("entered_on", "进入日期", "Entered on", required=True, aliases=("日期",)),
        choice(
            "date_basis",
            "日期依据",
            "Basis of the date",
            choices(凭据="Evidence", 大会日期="Day of the convention", 示例="Sample"),
        ),
        text("evidence", "凭据", "Evidence"),
    ),
    constraints=(
        *not_in_future("entered_on"),
        steps_in_order("stage", STAGE_ORDER, ("project_id",), "entered_on"),
        OrderConstraint(
            name="nothing_after_the_end",
            columns=("stage", "entered_on", "project_id"),
            group=("project_id",),
            order="r.entered_on",
            running={"ended_on": "max(CASE WHEN r.stage = '终止' THEN r.entered_on END) OVER before"},
            breaks="r.ended_on < r.entered_on",
            shown=("r.stage", "r.entered_on", "r.ended_on"),
            reason=Text(
                "项目已终止，之后又有新的“{stage}”，请核对",
                "The project had ended before this “{stage}”; make sure of it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="evidence_is_named",
            columns=("evidence", "date_basis"),
            breaks="r.date_basis = '凭据' AND r.evidence IS NULL",
            reason=Text(
                "“{date_basis}”是凭据，却没有写“{evidence}”，请补上",
                "“{date_basis}” is evidence, but “{evidence}” is empty; add it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="stage_fits_track",
            columns=("stage", "project_id"),
            parent="investment_project",
            breaks="p.track <> '供地类' AND r.stage IN ('拿地', '开工', '主体施工', '封顶', '竣工')",
            shown=("r.stage", "p.track"),
            reason=Text(
                "不供地的项目没有这个“{stage}”，请核对项目类别",
                "A project without new land does not reach this “{stage}”; make sure of its track",
            ),
            is_warning=True,
        ),
    ),
)

FUNDING = Dataset(
    name="funding",
    stream="investment",
    label=Text("到位资金", "Funds received"),
    description=Text("每笔核实到位的资金及证明。", "Each verified receipt of funds, with its proof."),
    is_event=True,
    key=("funding_id",),
    dated_by=("received_on",),
    columns=(
        code("funding_id", "到资编码", "Receipt code"),
        parent("project_id", "investment_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        date("received_on", "到位日期", "Received on", required=True),
        number("amount", "到位金额", "Amount", "wan", required=True),
        choice(
            "proof",
            "证明材料",
            "Proof",
            choices(验资报告="Capital verification", 进账单="Bank slip", 发票="Invoice", 设备清单="Equipment list"),
            required=True,
        ),
        flag("is_verified", "已核实", "Verified", required=True),
    ),
    constraints=(
        *not_in_future("received_on"),
        SumConstraint(
            name="receipts_at_most_investment",
            columns=("amount", "is_verified", "project_id"),
            group=("project_id",),
            totals={"total": "sum(r.amount) FILTER (WHERE r.is_verified)"},
            parent="investment_project",
            breaks="r.total > p.investment * 1.000001",
            shown=("r.total", "p.investment"),
            reason=Text(
                "这个项目已核实的“{amount}”之和超过总投资，请核对",
                "The verified “{amount}” of this project adds up to more than its investment; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

PARCEL = Dataset(
    name="parcel",
    stream="investment",
    label=Text("项目用地", "Project land"),
    description=Text("项目地块的面积、约定与实际动工日期。", "Land of a project: area, agreed and actual start."),
    key=("parcel_id",),
    columns=(
        code("parcel_id", "地块编码", "Parcel code"),
        parent("project_id", "investment_project", "项目", "Project", required=True, aliases=("项目名称", "项目编码")),
        number("area", "用地面积", "Area", "mu", required=True),
        number("price", "出让金", "Price", "wan"),
        date("agreed_start_on", "约定动工日期", "Agreed start", required=True),
        date("agreed_finish_on", "约定竣工日期", "Agreed finish"),
        date("actual_start_on", "实际动工日期", "Actual start"),
        text("exempt_reason", "免责原因", "Reason for exemption"),
    ),
    constraints=(
        *not_in_future("actual_start_on"),
        not_before("agreed_finish_on", "agreed_start_on"),
    ),
)

DATASETS = (INVESTMENT_PROJECT, STAGE_EVENT, FUNDING, PARCEL)
