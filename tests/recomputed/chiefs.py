"""河长 worked out again: who answers, what is patrolled, the signboards, what people say."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes

ANSWERS = ("第一责任人", "联系人")  # police officers and inspectors look after chiefs, not after the water


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return percent, and nothing of nothing."""
    return 100 * part / whole.where(whole > 0)


@recomputes("chief_coverage", "river_id")
def chief_coverage(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the reaches for which somebody in office on the day answers, by name or with the whole river."""
    duties = ledgers["chief_duty"].merge(ledgers["chief"], on="chief_id")
    since, until = duties[["valid_from", "active_from"]].max(axis=1), duties[["valid_to", "active_to"]].min(axis=1)
    holds = (since <= day) & ~(until < day) & (duties["role"].isna() | duties["role"].isin(ANSWERS))
    duties, reaches = duties[holds], ledgers["reach"]
    whole = reaches["river_id"].isin(duties.loc[duties["reach_id"].isna(), "river_id"])
    reaches = reaches.assign(covered=whole | reaches["reach_id"].isin(duties["reach_id"].dropna()))
    rivers = ledgers["river"].set_index("river_id")
    counts = reaches.groupby("river_id")["covered"].agg(["sum", "size"]).reindex(rivers.index, fill_value=0)
    rate = share(counts["sum"], counts["size"])
    found = {"level": rivers["level"], "covered": counts["sum"], "reaches": counts["size"], "covered_rate": rate}
    return pd.DataFrame(found).reset_index()


@recomputes("signboards", "river_id")
def signboards(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the boards of each river by the state that was found."""
    boards = ledgers["signboard"][ledgers["signboard"]["checked_on"] <= day]
    rivers = ledgers["river"]["river_id"]
    states = pd.crosstab(boards["river_id"], boards["condition"]).reindex(
        index=rivers, columns=["完好", "缺失", "信息过期", "破损"], fill_value=0
    )
    states.columns = pd.Index(["intact", "absent", "outdated", "damaged"])
    boards_of = states.sum(axis=1)
    oldest = boards.groupby("river_id")["checked_on"].min().reindex(rivers)
    return states.assign(
        boards=boards_of, intact_rate=share(states["intact"], boards_of), checked_on=oldest
    ).reset_index()


@recomputes("satisfaction_rate", "river_id", "village")
def satisfaction_rate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Add up the forms of the newest day at each place; those of a survey without a count of the satisfied stay out."""
    surveys = ledgers["satisfaction"][ledgers["satisfaction"]["surveyed_on"] <= day]
    surveys = surveys.merge(ledgers["village"][["village_id", "name"]], on="village_id", how="left")
    surveys["village"] = surveys["name"].where(surveys["river_id"].isna())
    place = surveys.groupby(["river_id", "village"], dropna=False)
    surveys = surveys[surveys["surveyed_on"] == place["surveyed_on"].transform("max")]
    surveys["forms_valid"] = surveys["forms_valid"].where(surveys["satisfied"].notna())
    columns = ["satisfied", "forms_valid", "forms_sent"]
    found = surveys.groupby(["river_id", "village", "surveyed_on"], dropna=False)[columns].sum(min_count=1)
    return found.assign(satisfied_rate=share(found["satisfied"], found["forms_valid"])).reset_index()
