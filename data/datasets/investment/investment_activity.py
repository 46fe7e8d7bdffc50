"""What was done to win and to keep investors: fairs, journeys, visits, talks."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.investment.columns import VERBS, enterprise_column, project_column
from data.datasets.model import Choice, Dataset, choice, choices, code, date, parent, text
from data.text import Text

KINDS = (
    Choice("推介会", Text("推介会", "Promotion event"), ("项目推介会", "招商推介会")),
    Choice("浙洽会", Text("浙洽会", "Zhejiang Investment Fair"), ("浙江投资贸易洽谈会",)),
    Choice("外出招商", Text("外出招商", "Journey to investors"), ("赴外招商", "外出对接", "外出考察")),
    Choice("来访", Text("来访", "Callers"), ("客商来访", "接待")),
    Choice("座谈", Text("座谈", "Talk"), ("座谈会", "洽谈")),
    Choice("踏勘", Text("踏勘", "Site visit"), ("现场踏勘", "看地")),
    Choice("走访", Text("走访", "Visit"), ("企业走访", "上门走访")),
    Choice("电话", Text("电话", "Telephone"), ("电话联系", "电联")),
)
WITH_SOMEBODY = ("来访", "座谈", "踏勘", "走访", "电话")

DATASET = Dataset(
    name="investment_activity",
    stream="investment",
    menu_place=75,
    label=Text("招商活动", "Investment activities"),
    description=Text(
        "推介会、外出招商、来访、座谈、踏勘、走访，每次一行：何时、和谁、为哪个项目或客商、结果。",
        "One row per event, journey, visit or talk: when, with whom, for which project or merchant, what came of it.",
    ),
    is_event=True,
    key=("activity_id",),
    dated_by=("held_on",),
    columns=(
        code("activity_id", "招商活动编码", "Investment activity code"),
        choice("kind", "活动类型", "Kind", KINDS, required=True, aliases=("类型", "活动形式")),
        choice("verb", "七字诀", "Method word", VERBS),
        date("held_on", "活动日期", "Held on", required=True, aliases=("日期",)),
        choice(
            "partner_role",
            "对方",
            "Partner",
            choices(
                营销总监="Marketing director",
                招商部经理="Investment manager",
                商会="Chamber of commerce",
                企业负责人="Head of the firm",
                政府="Authority",
                其他="Other",
            ),
        ),
        project_column(required=False),
        parent("merchant_id", "merchant", "客商", "Merchant", aliases=("客商名称", "客商代称")),
        enterprise_column(required=False),
        text("outcome", "结果", "Outcome", aliases=("活动成果", "成效")),
    ),
    constraints=(
        *not_in_future("held_on"),
        Constraint(
            name="with_whom_is_named",
            columns=("kind", "project_id", "merchant_id", "enterprise_id"),
            breaks=f"r.kind IN ({', '.join(repr(word) for word in WITH_SOMEBODY)}) "
            "AND r.project_id IS NULL AND r.merchant_id IS NULL AND r.enterprise_id IS NULL",
            reason=Text(
                "这次“{kind}”没有写“{project_id}”“{merchant_id}”“{enterprise_id}”中的任何一个，不算谁的联系，请补上",
                "This “{kind}” names no “{project_id}”, “{merchant_id}” or “{enterprise_id}”, so it counts as contact "
                "with nobody; add one",
            ),
            is_warning=True,
            cases=cases(
                broken=[("座谈", None, None, None)], kept=[("推介会", None, None, None), ("座谈", "I", None, None)]
            ),
        ),
    ),
)
