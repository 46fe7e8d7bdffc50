"""Listings of the investment layers of the map."""

from analytics.metrics.columns import LAND_DAYS_OVERDUE, PROJECT, STANDING, VILLAGE, of_ledger
from analytics.metrics.investment.land import AGENT, IDLE_RESOURCE_LIST, LAND_CLOCKS, RESOURCE
from analytics.metrics.model import Listing
from data.text import Text

PARCEL_MAP = Listing(
    name="parcel_map",
    label=Text("项目用地和时钟", "Parcels and their clocks"),
    query="investment.parcel_map",
    columns=(
        PROJECT,
        *of_ledger("parcel", "area"),
        LAND_CLOCKS.column("band"),
        *of_ledger("parcel", "agreed_start_on", "actual_start_on"),
        LAND_DAYS_OVERDUE,
        LAND_CLOCKS.column("days_to_start"),
        LAND_CLOCKS.column("days_stopped"),
        *of_ledger("parcel", "exempt_reason"),
        *of_ledger("investment_project", "owner"),
        *of_ledger("parcel", "lon", "lat"),
        STANDING,
    ),
    explained_by=LAND_CLOCKS,
)

RESOURCE_MAP = Listing(
    name="resource_map",
    label=Text("闲置低效资源和位置", "Idle resources and their places"),
    query="investment.resource_map",
    columns=(
        RESOURCE,
        *of_ledger("idle_resource", "kind"),
        VILLAGE,
        *of_ledger("idle_resource", "owner_kind", "state"),
        IDLE_RESOURCE_LIST.column("days_idle"),
        *of_ledger("idle_resource", "land_area", "floor_area", "vacant_area", "asking_rent"),
        AGENT,
        *of_ledger("idle_resource", "revived_on", "lon", "lat"),
        STANDING,
    ),
    explained_by=IDLE_RESOURCE_LIST,
)
