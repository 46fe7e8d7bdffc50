"""Requests of firms: when raised, who answers, until when, what became of it, and whether it came back."""

from data.datasets.investment.columns import enterprise_column, project_column
from data.datasets.model import Dataset, choice, choices, code, date, integer, moment, text
from data.text import Text

DATASET = Dataset(
    name="firm_request",
    stream="investment",
    menu_place=90,
    label=Text("企业诉求", "Firms' requests"),
    description=Text(
        "企业和投资者的诉求，一件一行：何时提出、谁承办、何时首次响应、何时办结、结果是已解决、已解释还是不能解决、是否又重提。",
        "One row per request of a firm or investor: when raised, who handles it, first reply, when closed, whether it "
        "was solved, explained or cannot be solved, and whether it came back.",
    ),
    key=("request_id",),
    dated_by=("raised_at", "closed_on", "reopened_on"),
    columns=(
        code("request_id", "诉求编码", "Request code"),
        enterprise_column(required=False),
        project_column(required=False),
        moment("raised_at", "提出时间", "Raised at", required=True, aliases=("诉求时间", "提出日期")),
        choice(
            "channel",
            "渠道",
            "Channel",
            choices(走访="Visit", 热线="Hotline", 来访="Callers", 线上="Online", 座谈="Talk", 其他="Other"),
        ),
        choice(
            "category",
            "诉求类别",
            "Category",
            choices(
                用地规划="Land and planning",
                审批办证="Permits",
                资金融资="Funds",
                用工="Labour",
                水电配套="Utilities",
                政策咨询="Policies",
                周边环境="Surroundings",
                其他="Other",
            ),
            required=True,
        ),
        text("department", "承办单位", "Handled by"),
        text("description", "诉求内容", "Request"),
        date("due_on", "办结期限", "Due on", aliases=("期限", "限期")),
        moment("replied_at", "首次响应时间", "First reply at"),
        date("closed_on", "办结日期", "Closed on"),
        choice(
            "result", "办理结果", "Result", choices(已解决="Solved", 已解释="Explained", 不能解决="Cannot be solved")
        ),
        integer("satisfaction", "满意度", "Satisfaction", "", low=1, high=5),
        date("reopened_on", "重提日期", "Reopened on"),
        text("note", "备注", "Note"),
    ),
)
