"""The map month after month worked out again: each reach and each source at the end of every month."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.classes import classes
from tests.recomputed.limits import CLASSES
from tests.recomputed.sections import in_force
from tests.recomputed.sources import sources_by

MONTHS_SHOWN, MONTHS_BACK = 24, 3  # chosen by the house; the newest class counts in its month and the next two


def reach_ranks(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the worst class among the sections of each reach in each month."""
    found = classes(ledgers, day, "month")
    found = found[found["class_rank"].notna()]
    of = {at: in_force(ledgers, "section", at).set_index("section_id")["reach_id"] for at in found["month"].unique()}
    found = found.assign(reach_id=[of[at][code] for code, at in zip(found["section_id"], found["month"], strict=True)])
    return found.dropna(subset="reach_id").groupby(["reach_id", "month"], as_index=False)["class_rank"].max()


def map_months_shown(ledgers: Ledgers, day: pd.Timestamp, ranks: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the months from the first class or source on, the newest 24."""
    found_on = ledgers["source"]["found_on"]
    first = min([*ranks["month"], *found_on[found_on <= day]], default=day + pd.Timedelta(days=1))
    return pd.period_range(first, day, freq="M").to_timestamp()[-MONTHS_SHOWN:] if first <= day else ranks["month"][:0]


def reaches_then(ledgers: Ledgers, ranks: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """Return all reaches with the class that each has at the end of a month."""
    since = month - pd.DateOffset(months=MONTHS_BACK - 1)
    newest = ranks[ranks["month"].between(since, month)].sort_values("month").drop_duplicates("reach_id", keep="last")
    names = {code: CLASSES[rank - 1] for code, rank in zip(newest["reach_id"], newest["class_rank"], strict=True)}
    rows = ledgers["reach"].assign(
        layer="河段", object_id=ledgers["reach"]["reach_id"], is_closed=None, is_overdue=None
    )
    named = rows["object_id"].map(names).astype(object)
    nothing = dict.fromkeys(("is_closed", "is_overdue"))
    return rows.assign(**{"class": named, "standing": named.where(named.notna(), None)}, **nothing)


def sources_then(ledgers: Ledgers, last_day: pd.Timestamp) -> pd.DataFrame:
    """Return the sources found by a day, with how each stood then."""
    rows = sources_by(ledgers, last_day)
    standing = rows["is_overdue"].map({True: "overdue", False: "open"}).mask(rows["is_closed"], "closed")
    return rows.assign(layer="污染源", object_id=rows["source_id"], standing=standing, **{"class": None})


@recomputes("map_months", "layer", "object_id", "month")
def map_months(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every month in which a reach or a source stood otherwise than in the month before."""
    columns = ["layer", "object_id", "month", "river_id", "title", "standing", "class", "is_closed", "is_overdue"]
    ranks, rows = reach_ranks(ledgers, day), []
    before: dict[tuple[str, str], str | None] = {}
    for month in map_months_shown(ledgers, day, ranks):
        last_day = min(month + pd.offsets.MonthEnd(0), day)
        for then in (reaches_then(ledgers, ranks, month), sources_then(ledgers, last_day)):
            for row in then.assign(month=month, title=then["name"])[columns].to_dict("records"):
                key = row["layer"], row["object_id"]
                if before.get(key, "") != row["standing"]:
                    rows.append(row)
                before[key] = row["standing"]
    return pd.DataFrame(rows, columns=columns).astype({"is_closed": "boolean", "is_overdue": "boolean"})
