"""What a briefing looks back on: the last one that was issued."""

from analytics.metrics.columns import of_ledger
from analytics.metrics.model import Listing
from data.text import Text

LAST_ISSUED = Listing(
    name="last_issued",
    label=Text("上期简报的数字", "Figures of the last briefing"),
    query="overview.last_issued",
    columns=of_ledger(
        "issued_figure", "kind", "as_of", "target_id", "value", "done", "total", "after_batch", "issued_on"
    ),
)
