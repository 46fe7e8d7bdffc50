"""Steps that the law requires, one row each: begun, done, document number; judged by the rule of its own day."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.demolition.columns import household_column, project_column
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

LEGAL_STEPS = choices(
    暂停办理="Freeze",
    方案征求意见="Plan out for comment",
    听证通知="Hearing notice",
    听证会="Hearing",
    社会稳定风险评估="Social risk assessment",
    补偿费用到位="Compensation funds in place",
    政府常务会议="Government standing meeting",
    征收决定="Expropriation decision",
    征收决定公告="Decision published",
    评估机构协商="Appraiser sought by agreement",
    评估机构选定="Appraiser chosen",
    评估报告送达="Appraisal served",
    复核申请="Review of the appraisal asked for",
    复核结果送达="Result of the review served",
    鉴定申请="Expert opinion asked for",
    分户补偿公布="Compensation of each household posted",
    补偿决定方案送达="Draft compensation decision served",
    补偿决定="Compensation decided",
    申请强制执行="Enforcement applied for",
    征收土地预公告="Land taking announced beforehand",
    安置方案公告="Resettlement plan posted",
    征地批准="Land taking approved",
    征收土地公告="Land taking published",
    限期拆除公告="Order to pull down posted",
    强制拆除="Pulled down by force",
)

DATASET = Dataset(
    name="legal_step",
    stream="demolition",
    menu_place=14,
    label=Text("法定节点", "Legal steps"),
    description=Text(
        "征收的法定步骤，一步一行：开始、完成的日期和文号；时限见法定节点规则，按办理当天有效的规则判定。",
        "Steps that the law requires, one row each: begun, done, document number; judged by the rule of its own day.",
    ),
    key=("step_id",),
    dated_by=("started_on", "done_on"),
    columns=(
        code("step_id", "节点编码", "Step code", aliases=("节点编号", "步骤编码")),
        project_column(required=True),
        household_column(required=False),
        choice("step", "法定步骤", "Legal step", LEGAL_STEPS, required=True, aliases=("节点", "步骤", "法定节点")),
        date("planned_on", "计划日期", "Planned on", aliases=("计划完成日期",)),
        date("started_on", "开始日期", "Begun on", aliases=("起始日期",)),
        date("done_on", "完成日期", "Done on", aliases=("实际完成日期", "办理日期")),
        text("document_number", "文号", "Document number"),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("started_on", "done_on"),
        not_before("done_on", "started_on"),
    ),
)
