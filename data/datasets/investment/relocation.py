"""Changes of the place of registration that firms asked for or the law requires; no other is registered."""

from data.datasets.constraint import Constraint, cases, done_requires_date, not_before, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Choice, Dataset, choice, code, date, text
from data.text import Text

BASES = (
    Choice("企业自愿", Text("企业自愿", "The firm's own wish"), ("自愿", "企业自愿申请", "自愿变更")),
    Choice("依法应当变更", Text("依法应当变更", "Required by law"), ("依法应变更", "依法变更")),
)
NO_PRESSURE = Text(
    "“{label}”只能是：{choices}。《公平竞争审查条例》第九、十条不允许强制或变相强制企业迁入、阻碍企业迁出，"
    "也不允许没有依据的税收和财政优惠：催促、动员、要求迁入的不登记",
    "“{label}” can only be one of: {choices}. The Fair Competition Review ordinance, arts. 9 and 10, bars forcing "
    "firms in by any means, keeping them from leaving, and favours in taxes or funds without a basis: no pressing, "
    "urging or demanding is registered",
)
RESULTS = (
    Choice("已变更", Text("已变更", "Changed"), ("变更完成", "办结", "完成")),
    Choice("未变更", Text("未变更", "Not changed"), ("办理中", "在办", "未完成")),
    Choice("撤回", Text("撤回", "Withdrawn"), ("企业撤回", "已撤回", "取消")),
)
PRESSING = ("催", "督促", "动员", "施压", "要求迁入", "要求变更")

DATASET = Dataset(
    name="relocation",
    stream="investment",
    menu_place=65,
    label=Text("异地经营企业变更", "Changes of registration"),
    description=Text(
        "企业自愿或依法应当办理的注册地变更：提供什么服务、何时申请、何时办成。《公平竞争审查条例》第九、十条：不登记催促、限制。",
        "Changes of registration that firms ask for or the law requires: the service given, when applied for and done. "
        "Fair Competition Review ordinance, arts. 9–10: no pressing and no hindering is registered.",
    ),
    key=("relocation_id",),
    dated_by=("found_on", "applied_on", "done_on", "withdrawn_on"),
    columns=(
        code("relocation_id", "变更编码", "Case code"),
        enterprise_column(required=True),
        date("found_on", "登记日期", "Registered on", required=True, aliases=("发现日期", "排查日期")),
        choice(
            "consent_basis",
            "变更依据",
            "Basis",
            BASES,
            required=True,
            aliases=("依据", "变更原因"),
            closed_because=NO_PRESSURE,
        ),
        text("service", "提供的服务", "Service given", aliases=("服务内容", "帮办内容")),
        date("applied_on", "申请日期", "Applied on", aliases=("提交日期", "受理日期")),
        date("done_on", "办成日期", "Done on", aliases=("完成日期", "变更日期")),
        date("withdrawn_on", "撤回日期", "Withdrawn on"),
        choice("result", "结果", "Result", RESULTS, aliases=("办理结果",)),
    ),
    constraints=(
        *not_in_future("found_on", "applied_on", "done_on", "withdrawn_on"),
        not_before("done_on", "applied_on"),
        not_before("withdrawn_on", "found_on"),
        done_requires_date("result", ("已变更",), "done_on"),
        done_requires_date("result", ("撤回",), "withdrawn_on"),
        Constraint(
            name="done_is_changed",
            columns=("result", "done_on"),
            breaks="r.result <> '已变更' AND r.done_on IS NOT NULL",
            reason=Text(
                "“{result}”不是已变更，却填了“{done_on}”，请改正其中一个",
                "“{result}” does not say changed, but “{done_on}” is filled; correct one of the two",
            ),
            cases=cases(broken=[("未变更", "2014-01-01")], kept=[("已变更", "2014-01-01"), (None, "2014-01-01")]),
        ),
        Constraint(
            name="service_without_pressure",
            columns=("service",),
            breaks=" OR ".join(f"r.service LIKE '%{word}%'" for word in PRESSING),
            reason=Text(
                "“{service}”里写了催促、动员之类：《公平竞争审查条例》第九、十条不允许，这里只写帮企业办了什么，请改写",
                "“{service}” speaks of pressing or urging, which the Fair Competition Review ordinance bars; write "
                "only what was done for the firm",
            ),
            is_warning=True,
            cases=cases(broken=[("上门催促",)], kept=[("代办变更登记",)]),
        ),
    ),
)
