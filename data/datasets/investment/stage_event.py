"""Stages of projects: the day on which each was entered, with its proof."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_in_future, steps_in_order
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, also_written, choice, choices, date, text
from data.text import Text

STAGES = also_written(
    choices(
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
    ),
    储备="线索 在库",
    洽谈="在谈 洽谈中",
    意向签约="签订意向 意向协议",
    正式签约="正式签订 签订正式合同",
    注册落地="注册 工商注册 已注册",
    拿地="摘牌 取得土地",
    开工="开工建设 已开工",
    封顶="主体封顶 已封顶",
    竣工="竣工验收 已竣工",
    投产纳统="投产 已投产 投产达效",
    暂停="已暂停 中止",
    终止="已终止",
)

EXITS = ("暂停", "终止")

STAGE_ORDER = tuple(stage.value for stage in STAGES if stage.value not in EXITS)

DATASET = Dataset(
    name="stage_event",
    stream="investment",
    menu_place=20,
    label=Text("项目阶段", "Project stages"),
    description=Text(
        "项目在哪一天进入哪个阶段，每个阶段有外部可核的凭据。", "The day on which a project entered a stage."
    ),
    is_event=True,
    key=("project_id", "stage", "entered_on"),
    joined_key=("entered_on",),
    dated_by=("entered_on",),
    columns=(
        project_column(required=True),
        choice("stage", "阶段", "Stage", STAGES, required=True),
        date("entered_on", "进入日期", "Entered on", required=True, aliases=("日期",)),
        choice(
            "date_basis",
            "日期依据",
            "Basis of the date",
            choices(凭据="Evidence", 大会日期="Day of the convention", 示例="Sample"),
        ),
        text("evidence", "凭据", "Evidence"),
        text("exit_reason", "退出原因", "Why it left", aliases=("暂停原因", "终止原因")),
    ),
    constraints=(
        *not_in_future("entered_on"),
        steps_in_order("stage", STAGE_ORDER, ("project_id",), "entered_on", EXITS),
        OrderConstraint(
            name="stage_entered_once",
            columns=("entered_on", "stage", "project_id"),
            group=("project_id",),
            order=f"r.entered_on, list_position({[stage.value for stage in STAGES]}, r.stage)",
            running={
                "former": "last_value(r.stage) OVER before",
                "former_on": "last_value(r.entered_on) OVER before",
                "next": "first_value(r.stage) OVER behind",
                "next_on": "first_value(r.entered_on) OVER behind",
            },
            breaks="(r.stage = r.former AND r.entered_on <> r.former_on) "
            "OR (r.stage = r.next AND r.entered_on <> r.next_on)",
            shown=("r.entered_on", "r.stage", "CASE WHEN r.stage = r.former THEN r.former_on ELSE r.next_on END"),
            reason=Text(
                "“{stage}”登记了两次，其间没有暂停或终止；只有一次的请删去一行，要更正日期的请用“替换”整份载入",
                "This “{stage}” is registered twice, without a suspension or an end in between; leave one out, and to "
                "correct a date load the whole list as a replacement",
            ),
            cases=cases(
                broken=[("2014-01-01", "开工", "I-1"), ("2014-01-03", "开工", "I-1")],
                kept=[("2014-01-01", "开工", "I-1"), ("2014-01-02", "暂停", "I-1"), ("2014-01-03", "开工", "I-1")],
            ),
        ),
        OrderConstraint(
            name="nothing_after_the_end",
            columns=("stage", "entered_on", "project_id"),
            group=("project_id",),
            order="r.entered_on",
            running={
                "former": "last_value(r.stage) OVER before",
                "ended_on": "last_value(r.entered_on) OVER before",
            },
            breaks="r.former = '终止' AND r.ended_on < r.entered_on",
            shown=("r.stage", "r.entered_on", "r.ended_on"),
            reason=Text(
                "项目终止后又进入这个“{stage}”，按恢复记（照计为签约项目）；不是恢复的请核对",
                "The project came to this “{stage}” after its end and counts as resumed; if it was not, correct it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("终止", "2014-01-01", "I-1"), ("封顶", "2014-01-02", "I-1")],
                kept=[("终止", "2014-01-01", "I-1"), ("封顶", "2014-01-01", "I-1")],
            ),
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
            cases=cases(broken=[(None, "凭据")], kept=[("合同", "凭据")]),
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
            cases=cases(
                broken=[("开工", "I-1")],
                kept=[("注册落地", "I-1")],
                investment_project={"project_id": "I-1", "track": "租赁类"},
            ),
        ),
    ),
)
