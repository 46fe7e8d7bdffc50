"""Listings of the demolition layers of the map: totals of projects, unlawful buildings, renovation by village."""

from analytics.metrics.columns import (
    DAYS_LEFT,
    DAYS_OVERDUE,
    GAP,
    HOUSEHOLDS,
    IS_OVERDUE,
    NOT_SIGNED,
    PLANNED_RATE,
    PROJECT,
    RATE,
    SIGNED,
    STANDING,
    VILLAGE,
    VILLAGE_OR_NONE,
    of_ledger,
)
from analytics.metrics.demolition.clearance import AREA_TARGETS, VIOLATIONS_REUSE
from analytics.metrics.demolition.signing import SIGNING_RATE
from analytics.metrics.model import LazyTransform, Listing
from data.datasets.model import number, text
from data.text import Text

LIGHTS_MODULE = "analytics.map_lights"

PROJECT_MAP = Listing(
    name="project_map",
    label=Text("征迁项目和签约", "Demolition projects and their signing"),
    query="demolition.project_map",
    columns=(
        PROJECT,
        *of_ledger("demolition_project", "kind"),
        SIGNED,
        HOUSEHOLDS,
        RATE,
        PLANNED_RATE,
        GAP,
        NOT_SIGNED,
        *of_ledger("demolition_project", "sign_start", "sign_end"),
        DAYS_LEFT,
        IS_OVERDUE,
        *of_ledger("demolition_project", "owner", "lon", "lat"),
        STANDING,
    ),
    explained_by=SIGNING_RATE,
    transform=LazyTransform(LIGHTS_MODULE, "with_lights"),
)

VIOLATION_MAP = Listing(
    name="violation_map",
    label=Text("违法建筑和位置", "Unlawful buildings and their places"),
    query="demolition.violation_map",
    columns=(
        text("violation", "违法建筑", "Unlawful building"),
        *of_ledger("violation", "kind"),
        VILLAGE_OR_NONE,
        *of_ledger("violation", "area", "found_on", "notified_on", "due_on"),
        DAYS_OVERDUE,
        *of_ledger("violation", "razed_on", "reuse", "lon", "lat"),
        STANDING,
    ),
    explained_by=VIOLATIONS_REUSE,
)

RENOVATION_MAP = Listing(
    name="renovation_map",
    label=Text("各村三改面积", "Renovation by village"),
    query="demolition.renovation_map",
    columns=(
        VILLAGE,
        number("renovated", "今年三改面积", "Renovated this year", "m2"),
        number("old_housing", "旧住宅区", "Old housing", "m2"),
        number("old_factories", "旧厂区", "Old factories", "m2"),
        number("town_villages", "城中村", "Villages in town", "m2"),
        number("razed", "今年拆违面积", "Razed this year", "m2"),
        *of_ledger("renovation", "through_on"),
        *of_ledger("map_feature", "lon", "lat"),
        STANDING,
    ),
    explained_by=AREA_TARGETS,
    transform=LazyTransform("analytics.village_places", "placed_in_village"),
)
