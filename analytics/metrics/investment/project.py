"""Listings of 招商引资: the projects that moved in a month, and all that is on record of one project."""

from analytics.metrics.columns import OVERDUE, PROJECT, of_ledger
from analytics.metrics.model import Listing
from data.datasets.model import date, integer
from data.text import Text

STAGES_OF_MONTH = Listing(
    name="stages_of_month",
    label=Text("本月进入的阶段", "Stages entered this month"),
    query="investment.stages_of_month",
    columns=(*of_ledger("stage_event", "stage", "entered_on"), PROJECT),
)

PROJECT_FACTS = Listing(
    name="project_facts",
    label=Text("项目登记", "The project as registered"),
    query="investment.project_facts",
    columns=of_ledger(
        "investment_project",
        *("name", "investor", "origin", "track", "industry", "verb", "channel", "investment", "first_phase"),
        *("expected_tax", "has_incentive_clause", "review_passed", "owner", "note"),
    ),
)

PROJECT_ACTIVITIES = Listing(
    name="project_activities",
    label=Text("项目活动", "Activities for the project"),
    query="investment.project_activities",
    columns=of_ledger("investment_activity", "held_on", "kind", "verb", "partner_role", "outcome"),
)

PROJECT_PLAYBOOK = Listing(
    name="project_playbook",
    label=Text("项目宝典进度", "Playbook of the project"),
    query="investment.project_playbook",
    columns=(
        integer("tasks", "任务数", "Tasks", "piece"),
        integer("done", "已完成", "Done", "piece"),
        integer("due", "已到期", "Fallen due", "piece"),
        OVERDUE,
        date("first_on", "最早计划", "First planned"),
        date("last_on", "最晚计划", "Last planned"),
    ),
)

PROJECT_REQUESTS = Listing(
    name="project_requests",
    label=Text("项目诉求", "Requests of the project"),
    query="investment.project_requests",
    columns=(
        date("raised_on", "提出日期", "Raised on"),
        *of_ledger("firm_request", "category", "description", "department", "due_on", "closed_on", "result"),
        *of_ledger("firm_request", "request_id"),
    ),
)
