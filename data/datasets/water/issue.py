"""Issues: what was found wrong with a water, and who handles it."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, moment, parent, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.datasets.water.choices import DIMENSIONS, PROBLEMS
from data.datasets.water.columns import reach_column, reach_on_river, river_column
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
        cases=cases(broken=[("沉船", "水体")], kept=[("沉船", "河中")]),
    )


DATASET = Dataset(
    name="issue",
    stream="water",
    menu_place=90,
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
        *coordinate_columns(),
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
            cases=cases(broken=[("2014-03-04", "2014-03-05 09:00")], kept=[("2014-03-05", "2014-03-05 09:00")]),
        ),
        reach_on_river(),
        *point_is_whole(),
        _problem_of_category(),
    ),
)
