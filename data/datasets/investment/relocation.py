"""Changes of the place of registration that firms asked for or the law requires; no other is registered."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

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
    dated_by=("found_on", "applied_on", "done_on"),
    columns=(
        code("relocation_id", "变更编码", "Case code"),
        enterprise_column(required=True),
        date("found_on", "登记日期", "Registered on", required=True),
        choice(
            "consent_basis",
            "变更依据",
            "Basis",
            choices(企业自愿="The firm's own wish", 依法应当变更="Required by law"),
            required=True,
        ),
        text("service", "提供的服务", "Service given"),
        date("applied_on", "申请日期", "Applied on"),
        date("done_on", "办成日期", "Done on"),
        choice("result", "结果", "Result", choices(已变更="Changed", 未变更="Not changed", 撤回="Withdrawn")),
    ),
    constraints=(
        *not_in_future("found_on", "applied_on", "done_on"),
        not_before("done_on", "applied_on"),
    ),
)
