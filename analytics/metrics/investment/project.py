"""Listings of 招商引资: the projects that moved in a month, and all that is on record of one project."""

from analytics.metrics.columns import PROJECT, of_ledger
from analytics.metrics.model import Listing
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
