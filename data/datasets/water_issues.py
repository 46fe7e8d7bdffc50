"""Ledgers of 治, the issues: what was found wrong, what became of it, and what people say."""

from data.datasets.constraint import Constraint, allowed_transitions, at_most, both_or_neither, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, integer, moment, number, parent, text
from data.datasets.water_choices import DIMENSIONS, ISSUE_STEPS, NEXT_STEPS, PROBLEMS
from data.datasets.water_columns import (
    latitude_column,
    longitude_column,
    reach_column,
    reach_on_river,
    river_column,
    village_column,
)
from data.text import Text


def _problem_of_category() -> Constraint:
    """A problem is one of those that the checklist names under the category."""
    pairs = ", ".join(f"'{kind.value}·{problem.value}'" for kind, found in PROBLEMS.items() for problem in found)
    return Constraint(
        name="problem_of_category",
        columns=("problem", "category"),
        breaks=f"r.category || '·' || r.problem NOT IN ({pairs})",
        reason=Text(
            "“{problem}”不属于这个“{category}”，请核对",
            "“{problem}” does not belong to this “{category}”; make sure of both",
        ),
        is_warning=True,
    )


ISSUE = Dataset(
    name="issue",
    stream="water",
    label=Text("涉水问题", "Issues"),
    description=Text(
        "每个问题一行：何时、哪里、谁发现、谁办、何时到期；办到哪一步由“问题流转”得出，不登记投诉人。",
        "One row per issue: when and where it was found, who handles it, until when; how far it is follows from the "
        "steps. Who complained is not registered.",
    ),
    key=("issue_id",),
    dated_by=("found_at",),
    columns=(
        code("issue_id", "问题编码", "Issue code", aliases=("问题编号", "问题单号")),
        river_column(),
        reach_column(),
        village_column(),
        text("location", "地点", "Place", aliases=("位置", "问题地点")),
        moment("found_at", "发现时间", "Found at", required=True, aliases=("发现日期", "上报时间")),
        choice(
            "found_through",
            "问题来源",
            "How it was found",
            choices(
                河长巡河="Patrol of a chief",
                上级交办="From above",
                群众投诉="Complaint",
                媒体="Media",
                自动预警="Automatic warning",
                系统推送="System notice",
                暗访="Unannounced check",
            ),
            required=True,
            aliases=("发现渠道", "来源"),
        ),
        parent("patrol_id", "patrol", "巡河记录", "Patrol"),
        choice("category", "问题类别", "Category", tuple(PROBLEMS), required=True, aliases=("问题大类",)),
        choice("problem", "具体问题", "Problem", sum(PROBLEMS.values(), ()), aliases=("问题小类", "问题类型")),
        choice("dim", "四维度", "Dimension", DIMENSIONS, aliases=("维度",)),
        choice(
            "urgency",
            "紧急程度",
            "Urgency",
            choices(一般="Ordinary", 加急="Urgent", 紧急="Emergency"),
            aliases=("缓急程度",),
        ),
        text("handler", "承办单位", "Handled by", aliases=("责任单位", "处置单位")),
        parent("chief_id", "chief", "责任河长", "Chief", aliases=("河长",)),
        date("due_on", "办结期限", "Due on", aliases=("限期", "整改期限")),
        text("description", "问题描述", "Description", aliases=("问题内容",)),
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        *not_in_future("found_at"),
        Constraint(
            name="due_not_before_found",
            columns=("due_on", "found_at"),
            breaks="r.due_on < CAST(r.found_at AS DATE)",
            reason=Text(
                "“{due_on}”早于“{found_at}”，请核对这两个日期",
                "“{due_on}” is earlier than “{found_at}”; correct one of the two dates",
            ),
        ),
        reach_on_river(),
        both_or_neither("lon", "lat"),
        _problem_of_category(),
    ),
)

ISSUE_EVENT = Dataset(
    name="issue_event",
    stream="water",
    label=Text("问题流转", "Steps of issues"),
    description=Text(
        "问题走到哪一步、在什么时间：发现、交办、处置、复核、销号，可以退回和重办；用时都由此算出。",
        "When an issue reached which step: found, assigned, handled, reviewed, settled; it may be sent back or redone. "
        "All durations are worked out from here.",
    ),
    is_event=True,
    key=("issue_id", "happened_at", "step"),
    dated_by=("happened_at",),
    columns=(
        parent("issue_id", "issue", "问题编码", "Issue", required=True, aliases=("问题编号",)),
        moment("happened_at", "时间", "Time", required=True, aliases=("办理时间", "日期")),
        choice("step", "环节", "Step", ISSUE_STEPS, required=True, aliases=("办理环节", "状态")),
        text("actor", "经办单位", "By", aliases=("办理单位",)),
        text("photo", "照片", "Photo", aliases=("照片编号",)),
        text("note", "备注", "Note", aliases=("办理情况",)),
    ),
    constraints=(
        *not_in_future("happened_at"),
        allowed_transitions("step", NEXT_STEPS, ("issue_id",), "happened_at"),
        Constraint(
            name="step_not_before_found",
            columns=("happened_at", "issue_id"),
            parent="issue",
            breaks="CAST(r.happened_at AS DATE) < CAST(p.found_at AS DATE)",
            shown=("r.happened_at", "p.found_at"),
            reason=Text(
                "“{happened_at}”早于问题的发现时间，请核对",
                "“{happened_at}” is earlier than the day on which the issue was found; correct it",
            ),
        ),
    ),
)

SATISFACTION = Dataset(
    name="satisfaction",
    stream="water",
    label=Text("群众满意度", "Satisfaction"),
    description=Text(
        "每次满意度调查一行：问了多少人、多少份有效、多少份满意。",
        "One row per survey: how many were asked, how many answers are valid, how many are satisfied.",
    ),
    is_event=True,
    key=("survey_id",),
    dated_by=("surveyed_on",),
    columns=(
        code("survey_id", "调查编码", "Survey code", aliases=("调查编号",)),
        date("surveyed_on", "调查日期", "Surveyed on", required=True, aliases=("日期",)),
        river_column(required=False),
        village_column(),
        choice(
            "method",
            "调查方式",
            "Method",
            choices(入户="Door to door", 电话="Telephone", 网络="Online", 街访="In the street"),
        ),
        integer("forms_sent", "发放份数", "Forms given", "piece", required=True, aliases=("问卷数", "发放问卷")),
        integer("forms_valid", "有效份数", "Valid forms", "piece", required=True, aliases=("有效问卷",)),
        integer("satisfied", "满意份数", "Satisfied", "piece", aliases=("满意",)),
        number("score", "满意度得分", "Score", "score", high=100, aliases=("得分", "满意度")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("surveyed_on"),
        at_most("forms_valid", "forms_sent"),
        at_most("satisfied", "forms_valid"),
        Constraint(
            name="about_a_place",
            columns=("river_id", "village_id"),
            breaks="r.river_id IS NULL AND r.village_id IS NULL",
            reason=Text(
                "“{river_id}”和“{village_id}”都没填，不知道调查的是哪里，请补上一个",
                "Neither “{river_id}” nor “{village_id}” is filled; say what the survey is about",
            ),
            is_warning=True,
        ),
    ),
)

DATASETS = (ISSUE, ISSUE_EVENT, SATISFACTION)
