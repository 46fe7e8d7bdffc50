"""Listings of the water layers of the map, and what its card tells of a river."""

from analytics.metrics.columns import (
    CLASS,
    DAYS_LEFT,
    DAYS_OVERDUE,
    FOUND_ON,
    GAP,
    IS_WAITING,
    ITEMS,
    MONTH,
    PLANNED_RATE,
    PLANT,
    RATE,
    REACH,
    REPORTED_ON,
    RIVER,
    SECTION,
    SECTIONS,
    STANDING,
    VILLAGE,
    WORK,
    WORKS,
    of_ledger,
    with_words,
)
from analytics.metrics.model import LazyTransform, Listing
from analytics.metrics.water.issues import OVERDUE_ISSUES
from analytics.metrics.water.plants import PLANT_RUN
from analytics.metrics.water.quality import SECTION_CLASS
from analytics.metrics.water.sources import OUTFALL_CLOSURE
from analytics.metrics.water.works import WORKS_PROGRESS
from data import words
from data.datasets import DATASETS
from data.datasets.model import choice, date, flag, integer, text
from data.text import Text

LIGHTS_MODULE = "analytics.map_lights"
POINT = of_ledger("work", "lon", "lat")

SECTION_MAP = Listing(
    name="section_map",
    label=Text("监测断面和近来水质", "Sections and their class of late"),
    query="water.section_map",
    columns=(
        SECTION,
        RIVER,
        *of_ledger("section", "level"),
        choice(
            "section_kind",
            "断面类型",
            "Kind of section",
            {column.name: column for column in DATASETS["section"].columns}["kind"].choices,
        ),
        *of_ledger("section", "target_class"),
        CLASS,
        MONTH,
        ITEMS,
        flag("is_met", "达到目标", "Target met"),
        *POINT,
        STANDING,
    ),
    explained_by=SECTION_CLASS,
)

OUTFALL_MAP = Listing(
    name="outfall_map",
    label=Text("排口和现状", "Outfalls and their state"),
    query="water.outfall_map",
    columns=(
        text("outfall", "排口", "Outfall"),
        *of_ledger("outfall", "kind"),
        with_words("outfall", "state", words.NOT_DONE_YET),
        *of_ledger("outfall", "dry_weather_flow"),
        RIVER,
        VILLAGE,
        *POINT,
        *of_ledger("outfall", "found_on", "due_on", "closed_on"),
        STANDING,
    ),
    explained_by=OUTFALL_CLOSURE,
)

WORK_MAP = Listing(
    name="work_map",
    label=Text("整治工程和进度", "Works and their progress"),
    query="water.work_map",
    columns=(
        WORK,
        RIVER,
        *of_ledger("work", "kind"),
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity", "quantity_unit"),
        RATE,
        PLANNED_RATE,
        GAP,
        REPORTED_ON,
        IS_WAITING,
        *of_ledger("work", "end_on"),
        DAYS_LEFT,
        *of_ledger("work", "owner"),
        *POINT,
        flag("is_placed_by_river", "按河道标位", "Placed by its river"),
        STANDING,
    ),
    explained_by=WORKS_PROGRESS,
    transform=LazyTransform(LIGHTS_MODULE, "with_lights"),
)

REACH_PROGRESS = Listing(
    name="reach_progress",
    label=Text("河段和工程进度", "Reaches and the progress of works"),
    query="water.reach_works",
    columns=(
        REACH,
        *of_ledger("reach", "length", "course"),
        RIVER,
        VILLAGE,
        WORKS,
        integer("finished", "已完成的工程", "Works done", "piece"),
        integer("late", "落后或逾期的工程", "Works behind or overdue", "piece"),
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity", "quantity_unit"),
        RATE,
        STANDING,
    ),
    explained_by=WORKS_PROGRESS,
    transform=LazyTransform(LIGHTS_MODULE, "reach_progress"),
)

PLANT_MAP = Listing(
    name="plant_map",
    label=Text("微型污水处理厂和运行", "Plants and how they run"),
    query="water.plant_map",
    columns=(
        PLANT,
        VILLAGE,
        RIVER,
        *of_ledger("plant", "process", "capacity", "households_connected", "households_design"),
        with_words("plant_daily", "run_state", words.NO_DATA),
        REPORTED_ON,
        PLANT_RUN.column("idle_since"),
        PLANT_RUN.column("idle_days"),
        *of_ledger("plant", "om_unit"),
        *POINT,
        STANDING,
    ),
    explained_by=PLANT_RUN,
)

ISSUE_MAP = Listing(
    name="issue_map",
    label=Text("未销号问题和位置", "Open issues and their places"),
    query="water.issue_map",
    columns=(
        choice(
            "issue",
            "问题",
            "Issue",
            (*OVERDUE_ISSUES.column("problem").choices, *OVERDUE_ISSUES.column("category").choices),
        ),
        *of_ledger("issue", "category", "urgency"),
        RIVER,
        VILLAGE,
        *of_ledger("issue", "location"),
        *of_ledger("issue_event", "step"),
        *of_ledger("issue", "handler"),
        FOUND_ON,
        *of_ledger("issue", "due_on"),
        DAYS_OVERDUE,
        *POINT,
        STANDING,
    ),
    explained_by=OVERDUE_ISSUES,
)

RIVER_CARD = Listing(
    name="river_card",
    label=Text("河道卡片", "What the map tells of a river"),
    query="water.river_card",
    columns=(
        RIVER,
        *of_ledger("chief", "post"),
        *of_ledger("river", "target_class"),
        CLASS,
        MONTH,
        SECTIONS,
        date("sampled_on", "最近监测", "Last reading"),
        integer("parameters", "监测项目数", "Items measured", "piece"),
        integer("sources_closed", "已整治污染源", "Sources closed", "piece"),
        integer("sources", "污染源", "Sources", "piece"),
        integer("sources_overdue", "逾期污染源", "Sources overdue", "piece"),
        integer("outfalls_closed", "已整治排口", "Outfalls closed", "piece"),
        integer("outfalls", "排口数", "Outfalls", "piece"),
        integer("issues_open", "未销号问题", "Open issues", "piece"),
        integer("issues_overdue", "逾期未销号", "Issues overdue", "piece"),
    ),
    explained_by=SECTION_CLASS,
)
