"""Requests of firms: when raised, who answers, until when, what became of it, and whether it came back."""

from data.datasets.constraint import Constraint, cases, not_before, not_in_future
from data.datasets.investment.columns import enterprise_column, project_column
from data.datasets.model import Dataset, choice, choices, code, date, integer, moment, text
from data.text import Text


def _not_before_raised(day: str) -> Constraint:
    """A day is not before the one on which the request was raised."""
    return Constraint(
        name=f"{day}_not_before_raised",
        columns=(day, "raised_at"),
        breaks=f"r.{day} < CAST(r.raised_at AS DATE)",
        reason=Text(
            f"“{{{day}}}”早于“{{raised_at}}”，请核对这两个日期",
            f"“{{{day}}}” is earlier than “{{raised_at}}”; correct one of the two dates",
        ),
        cases=cases(broken=[("2014-05-12", "2014-05-13 10:00")], kept=[("2014-05-13", "2014-05-13 10:00")]),
    )


def _replied_after_raised() -> Constraint:
    """The first reply does not come before the request; where only its day is written, on an earlier day."""
    return Constraint(
        name="replied_at_not_before_raised",
        columns=("replied_at", "raised_at"),
        breaks="r.replied_at < r.raised_at AND (r.replied_at <> CAST(r.replied_at AS DATE) "
        "OR r.replied_at < CAST(r.raised_at AS DATE))",
        reason=Text(
            "“{replied_at}”早于“{raised_at}”，请核对这两个时间",
            "“{replied_at}” is earlier than “{raised_at}”; correct one of the two times",
        ),
        cases=cases(
            broken=[("2014-05-13 09:59", "2014-05-13 10:00")],
            kept=[("2014-05-13 10:00", "2014-05-13 10:00"), ("2014-05-13 00:00", "2014-05-13 10:00")],
        ),
    )


def _replied_by_closing() -> Constraint:
    """The first reply comes at the latest on the day of the first closing."""
    return Constraint(
        name="replied_by_closing",
        columns=("replied_at", "closed_on", "first_closed_on"),
        breaks="CAST(r.replied_at AS DATE) > coalesce(r.first_closed_on, r.closed_on)",
        reason=Text(
            "“{replied_at}”晚于办结：先办结、后首次响应，请核对",
            "“{replied_at}” is later than the closing; make sure of both",
        ),
        is_warning=True,
        cases=cases(
            broken=[("2014-05-14 09:00", "2014-05-13", None)],
            kept=[("2014-05-13 18:00", "2014-05-13", None), ("2014-05-13 18:00", "2014-06-13", "2014-05-13")],
        ),
    )


def _closed_with_result() -> Constraint:
    """What is closed has a result, and what has a result is closed."""
    return Constraint(
        name="closed_with_result",
        columns=("result", "closed_on"),
        breaks="(r.result IS NULL) <> (r.closed_on IS NULL)",
        reason=Text(
            "“{closed_on}”和“{result}”只填了一个，请都填或都不填",
            "Only one of “{closed_on}” and “{result}” is filled; fill both or none",
        ),
        cases=cases(broken=[(None, "2014-05-13"), ("已解决", None)], kept=[(None, None), ("已解决", "2014-05-13")]),
    )


def _satisfaction_once_closed() -> Constraint:
    """Only what is closed can be rated."""
    return Constraint(
        name="satisfaction_once_closed",
        columns=("satisfaction", "closed_on"),
        breaks="r.satisfaction IS NOT NULL AND r.closed_on IS NULL",
        reason=Text(
            "没有“{closed_on}”却填了“{satisfaction}”：办结后才能评价，请补上日期或删去评价",
            "“{satisfaction}” is filled and “{closed_on}” is not: only what is closed can be rated; add the date, or "
            "clear the rating",
        ),
        cases=cases(broken=[(5, None)], kept=[(5, "2014-05-13"), (None, None)]),
    )


def _reopened_after_closing() -> Constraint:
    """What came back was closed before."""
    return Constraint(
        name="reopened_after_closing",
        columns=("reopened_on", "first_closed_on", "closed_on"),
        breaks="r.reopened_on IS NOT NULL AND r.first_closed_on IS NULL AND r.closed_on IS NULL",
        reason=Text(
            "填了“{reopened_on}”，却没有“{first_closed_on}”，也没有“{closed_on}”：办结过才谈得上重提，请补上",
            "“{reopened_on}” is filled, “{first_closed_on}” and “{closed_on}” are not: only what was closed can come "
            "back; add one of them",
        ),
        cases=cases(
            broken=[("2014-05-20", None, None)],
            kept=[("2014-05-20", "2014-05-13", None), ("2014-05-20", None, "2014-05-13")],
        ),
    )


def _first_closing_of_reopened() -> Constraint:
    """There is a first closing only where the request came back."""
    return Constraint(
        name="first_closing_of_reopened",
        columns=("first_closed_on", "reopened_on"),
        breaks="r.first_closed_on IS NOT NULL AND r.reopened_on IS NULL",
        reason=Text(
            "填了“{first_closed_on}”，却没有“{reopened_on}”：没有重提的只填办结日期，请核对",
            "“{first_closed_on}” is filled and “{reopened_on}” is not: what did not come back has one closing only; "
            "correct one of them",
        ),
        cases=cases(broken=[("2014-05-13", None)], kept=[("2014-05-13", "2014-05-20")]),
    )


def _closed_again_after_reopened() -> Constraint:
    """With the first closing written down, the newest is that of after the request came back."""
    return Constraint(
        name="closed_again_after_reopened",
        columns=("closed_on", "reopened_on", "first_closed_on"),
        breaks="r.first_closed_on IS NOT NULL AND r.closed_on < r.reopened_on",
        reason=Text(
            "写了“{first_closed_on}”，“{closed_on}”就是重提后的再次办结，不能早于“{reopened_on}”，请核对",
            "With “{first_closed_on}” filled, “{closed_on}” is the closing after the request came back and cannot be "
            "earlier than “{reopened_on}”; correct the dates",
        ),
        cases=cases(
            broken=[("2014-05-19", "2014-05-20", "2014-05-13")],
            kept=[("2014-05-20", "2014-05-20", "2014-05-13"), ("2014-05-19", "2014-05-20", None)],
        ),
    )


def _names_whose_it_is() -> Constraint:
    """A request is that of a firm or of a project."""
    return Constraint(
        name="firm_or_project",
        columns=("enterprise_id", "project_id"),
        breaks="r.enterprise_id IS NULL AND r.project_id IS NULL",
        reason=Text(
            "“{enterprise_id}”和“{project_id}”都没填：看不出是谁的诉求，请补上",
            "Neither “{enterprise_id}” nor “{project_id}” is filled, so nobody knows whose request this is; add one",
        ),
        is_warning=True,
        cases=cases(broken=[(None, None)], kept=[("ENT-1", None), (None, "I-1")]),
    )


DATASET = Dataset(
    name="firm_request",
    stream="investment",
    menu_place=90,
    label=Text("企业诉求", "Firms' requests"),
    description=Text(
        "企业和投资者的诉求，一件一行：何时提出、谁承办、何时首次响应、何时办结、结果是已解决、已解释还是不能解决、是否又重提。"
        "重提的写明首次办结日期，办结日期留给再次办结。",
        "One row per request of a firm or investor: when raised, who handles it, first reply, when closed, whether it "
        "was solved, explained or cannot be solved, and whether it came back. Of one that came back the first closing "
        "has a column of its own, and the day closed is that of the closing after.",
    ),
    key=("request_id",),
    dated_by=("raised_at", "closed_on", "reopened_on"),
    columns=(
        code("request_id", "诉求编码", "Request code", aliases=("诉求编号", "诉求单号", "工单号")),
        enterprise_column(required=False),
        project_column(required=False),
        moment(
            "raised_at",
            "提出时间",
            "Raised at",
            required=True,
            aliases=("诉求时间", "提出日期", "受理时间", "受理日期", "登记时间"),
        ),
        choice(
            "channel",
            "渠道",
            "Channel",
            choices(走访="Visit", 热线="Hotline", 来访="Callers", 线上="Online", 座谈="Talk", 其他="Other"),
            aliases=("诉求渠道", "诉求来源", "反映渠道"),
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
            aliases=("诉求类型", "诉求分类"),
        ),
        text("department", "承办单位", "Handled by", aliases=("承办部门", "责任单位", "责任部门")),
        text("description", "诉求内容", "Request", aliases=("诉求事项", "诉求描述", "诉求")),
        date("due_on", "办结期限", "Due on", aliases=("期限", "限期", "办理期限", "要求办结日期")),
        moment(
            "replied_at",
            "首次响应时间",
            "First reply at",
            aliases=("首次回复时间", "响应时间", "回复时间", "答复时间", "首次响应"),
        ),
        date(
            "first_closed_on",
            "首次办结日期",
            "First closed on",
            aliases=("初次办结日期", "首次办结时间", "重提前办结日期"),
        ),
        date("reopened_on", "重提日期", "Reopened on", aliases=("重提时间", "再次提出日期", "重新提出日期")),
        date("closed_on", "办结日期", "Closed on", aliases=("办结时间", "办结日", "再次办结日期")),
        choice(
            "result",
            "办理结果",
            "Result",
            choices(已解决="Solved", 已解释="Explained", 不能解决="Cannot be solved"),
            aliases=("办结结果", "办理情况"),
        ),
        integer(
            "satisfaction", "满意度", "Satisfaction", "", low=1, high=5, aliases=("满意度评分", "满意程度", "企业评价")
        ),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("raised_at", "replied_at", "first_closed_on", "closed_on", "reopened_on"),
        _not_before_raised("due_on"),
        _not_before_raised("closed_on"),
        _not_before_raised("first_closed_on"),
        _not_before_raised("reopened_on"),
        _replied_after_raised(),
        _replied_by_closing(),
        _closed_with_result(),
        _satisfaction_once_closed(),
        _reopened_after_closing(),
        _first_closing_of_reopened(),
        not_before("reopened_on", "first_closed_on"),
        _closed_again_after_reopened(),
        _names_whose_it_is(),
    ),
)
