"""Listings of what lies on the map."""

from analytics.metrics.columns import of_ledger
from analytics.metrics.model import Listing
from data.text import Text

BASE_MAP = Listing(
    name="base_map",
    label=Text("地图底图", "Base map"),
    query="overview.base_map",
    columns=of_ledger("map_feature", "kind", "name", "name_en", "shape", "lon", "lat"),
)
