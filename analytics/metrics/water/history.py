"""What sections, rivers and works held one time after the other: what figures are judged by, until a day."""

from analytics.metrics.columns import REACH, RIVER, of_ledger
from analytics.metrics.model import Listing
from data.text import Text

SECTION_VERSIONS = Listing(
    name="section_versions",
    label=Text("断面的变更", "Changes of a section"),
    query="water.section_versions",
    columns=(
        *of_ledger("section_history", "valid_to"),
        RIVER,
        REACH,
        *of_ledger("section_history", "water_type", "target_class"),
    ),
)

RIVER_VERSIONS = Listing(
    name="river_versions",
    label=Text("河道的变更", "Changes of a river"),
    query="water.river_versions",
    columns=of_ledger("river_history", "valid_to", "level", "water_type", "target_class", "assess_rule"),
)

WORK_VERSIONS = Listing(
    name="work_versions",
    label=Text("工程计划的变更", "Changes of what was planned for a work"),
    query="water.work_versions",
    columns=of_ledger("work_history", "valid_to", "quantity", "quantity_unit", "budget", "start_on", "end_on"),
)
