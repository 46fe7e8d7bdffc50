"""What was done to win and to keep investors: fairs, journeys, visits, talks."""

from data.datasets.constraint import not_in_future
from data.datasets.investment.columns import VERBS, enterprise_column, project_column
from data.datasets.model import Dataset, choice, choices, code, date, parent, text
from data.text import Text

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
        code("activity_id", "活动编码", "Activity code"),
        choice(
            "kind",
            "活动类型",
            "Kind",
            choices(
                推介会="Promotion event",
                浙洽会="Zhejiang Investment Fair",
                外出招商="Journey to investors",
                来访="Callers",
                座谈="Talk",
                踏勘="Site visit",
                走访="Visit",
                电话="Telephone",
            ),
            required=True,
        ),
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
        parent("merchant_id", "merchant", "客商", "Merchant"),
        enterprise_column(required=False),
        text("outcome", "结果", "Outcome"),
    ),
    constraints=(*not_in_future("held_on"),),
)
