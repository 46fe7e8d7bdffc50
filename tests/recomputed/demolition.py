"""三改一拆 worked out again."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes


@recomputes("signing_rate", "project_id")
def signing_rate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Signed households over the larger of those declared and those registered, of projects that have begun."""
    projects = ledgers["demolition_project"]
    begun = projects[projects["sign_start"] <= day].set_index("project_id")
    households = ledgers["household"].groupby("project_id").size().reindex(begun.index, fill_value=0)
    agreed = ledgers["agreement"][ledgers["agreement"]["signed_on"] <= day].merge(
        ledgers["household"], on="household_id"
    )
    signed = agreed.groupby("project_id")["household_id"].nunique().reindex(begun.index, fill_value=0)
    total = begun["households_total"].fillna(0).clip(lower=households)
    return pd.DataFrame(
        {"signed": signed, "households": total, "rate": 100 * signed / total, "households_left": total - signed}
    ).reset_index()
