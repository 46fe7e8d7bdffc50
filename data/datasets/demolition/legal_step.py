"""Steps that the law requires, one row each: begun, done, document number; judged by the rule of its own day."""

from data.datasets.constraint import Constraint, cases, not_before, not_in_future
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
OF_ONE_HOUSEHOLD = (
    *("评估报告送达", "复核申请", "复核结果送达", "鉴定申请"),
    *("补偿决定方案送达", "补偿决定", "申请强制执行"),
)
OF_COLLECTIVE_LAND = ("征收土地预公告", "安置方案公告", "征地批准", "征收土地公告")


def _sql_words(listed: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in listed)


def _has_a_day() -> Constraint:
    """A step has a day at least: planned, begun or done."""
    return Constraint(
        name="has_a_day",
        columns=("done_on", "started_on", "planned_on"),
        breaks="coalesce(r.done_on, r.started_on, r.planned_on) IS NULL",
        reason=Text(
            "“{planned_on}”“{started_on}”“{done_on}”都没填，这一步判定不了，请至少补一个",
            "None of “{planned_on}”, “{started_on}” and “{done_on}” is filled, so nothing can be judged; add one at "
            "least",
        ),
        is_warning=True,
        cases=cases(broken=[(None, None, None)], kept=[(None, None, "2014-07-01"), ("2014-05-01", None, None)]),
    )


def _household_of_the_project() -> Constraint:
    """The household belongs to the project of the step."""
    return Constraint(
        name="household_of_the_project",
        columns=("household_id", "project_id"),
        parent="household",
        breaks="p.project_id <> r.project_id",
        shown=("r.household_id", "r.project_id", "p.project_id"),
        reason=Text(
            "这“{household_id}”登记在另一个“{project_id}”，请核对",
            "This “{household_id}” is registered in another “{project_id}”; correct one of them",
        ),
        cases=cases(
            broken=[("H-1", "D-2")],
            kept=[("H-1", "D-1"), (None, "D-2")],
            household={"household_id": "H-1", "project_id": "D-1"},
        ),
    )


def _names_its_household() -> Constraint:
    """A step that is taken towards one household names it."""
    return Constraint(
        name="names_its_household",
        columns=("household_id", "step"),
        breaks=f"r.household_id IS NULL AND r.step IN ({_sql_words(OF_ONE_HOUSEHOLD)})",
        reason=Text(
            "“{step}”是对一户的，却没有填“{household_id}”，看不出是哪一户的时限，请补上",
            "This “{step}” concerns one household, but “{household_id}” is empty, so nobody knows whose clock it is; "
            "add it",
        ),
        is_warning=True,
        cases=cases(broken=[(None, "复核申请")], kept=[("H-1", "复核申请"), (None, "征收决定")]),
    )


def _step_of_the_kind() -> Constraint:
    """Steps of taking collective land are those of a project on such land."""
    return Constraint(
        name="step_of_the_kind",
        columns=("step", "project_id"),
        parent="demolition_project",
        breaks=f"r.step IN ({_sql_words(OF_COLLECTIVE_LAND)}) AND p.kind <> '集体土地征收'",
        shown=("r.step", "p.kind"),
        reason=Text(
            "“{step}”是集体土地征收的步骤，这个“{project_id}”不是集体土地征收，请核对",
            "This “{step}” is one of taking collective land, and this “{project_id}” is of another kind; make sure "
            "of it",
        ),
        is_warning=True,
        cases=cases(
            broken=[("征地批准", "D-1")],
            kept=[("征收决定", "D-1")],
            demolition_project={"project_id": "D-1", "kind": "国有土地征收"},
        ),
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
        code("step_id", "节点编码", "Step code", aliases=("节点编号", "步骤编码", "节点序号")),
        project_column(required=True),
        household_column(required=False),
        choice("step", "法定步骤", "Legal step", LEGAL_STEPS, required=True, aliases=("节点", "步骤", "法定节点")),
        date("planned_on", "计划日期", "Planned on", aliases=("计划完成日期",)),
        date("started_on", "开始日期", "Begun on", aliases=("起始日期", "起算日期", "开始公告日期")),
        date(
            "done_on", "完成日期", "Done on", aliases=("实际完成日期", "办理日期", "办结日期", "公告日期", "送达日期")
        ),
        text("document_number", "文号", "Document number"),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("started_on", "done_on"),
        not_before("done_on", "started_on"),
        _has_a_day(),
        _household_of_the_project(),
        _names_its_household(),
        _step_of_the_kind(),
    ),
)
