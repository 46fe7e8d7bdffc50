"""截 worked out again: pollution sources, outfalls, zero-discharge blocks, households connected."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import days_from, percent, rows_by, sums, with_name

CLOSED_OUTFALLS = ("已封堵", "已纳管", "已规范")
OPEN_SOURCES, OPEN_OUTFALLS = ("未启动", "整治中"), ("未整治", "整治中")
OUTFALL_COLUMNS = {"rows": "outfalls", "closed": "outfalls_closed", "overdue": "outfalls_overdue"}
LATER = "尚未完成"  # closed after the day: whether it had been begun by then is not known


def _found(ledgers: Ledgers, ledger: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return what of a ledger was found by the day, with its river, its village and whether it was closed by then."""
    rows = with_name(ledgers, with_name(ledgers, rows_by(ledgers[ledger], "found_on", day), "village"), "river")
    rows = rows.assign(**{ledger: rows["name"], "is_closed": rows["closed_on"] <= day})
    return rows.assign(closed_on=rows["closed_on"].where(rows["is_closed"]))


def _with_due(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows with whether each is overdue, and for how many days."""
    overdue = (rows["due_on"] < day) & ~rows["is_closed"]
    return rows.assign(is_overdue=overdue, days_overdue=days_from(rows["due_on"], day).where(overdue))


def sources_by(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the sources found by the day as they were then: one that relapsed is open again."""
    rows = _found(ledgers, "source", day)
    back = (rows["state"] == "反弹") & ~(ledgers["source"]["closed_on"].reindex(rows.index) > day)
    rows = _with_due(rows.assign(is_closed=rows["is_closed"] & ~back, is_relapsed=back), day)
    accepted = rows["accepted_on"].where(rows["accepted_on"] <= day)
    is_accepted = rows["is_closed"] & accepted.notna()
    state = rows["state"].where(rows["is_relapsed"] | rows["state"].isin(OPEN_SOURCES), LATER)
    state = state.mask(rows["is_closed"], "已完成").mask(is_accepted, "已验收")
    return rows.assign(accepted_on=accepted, is_accepted=is_accepted, state=state)


def outfalls_by(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the outfalls found by the day as they were then."""
    rows = _with_due(_found(ledgers, "outfall", day), day)
    known = rows["is_closed"] | rows["state"].isin(OPEN_OUTFALLS)
    assert rows.loc[rows["is_closed"], "state"].isin(CLOSED_OUTFALLS).all()
    flow = rows["dry_weather_flow"]
    return rows.assign(
        state=rows["state"].where(known, LATER),
        evidence=rows["evidence"].where(rows["is_closed"]),
        is_dry=flow.eq(True),
        is_dry_unknown=flow.isna(),
    )


def _counts(rows: pd.DataFrame, by: str | list[str], **flags: pd.Series[bool]) -> pd.DataFrame:
    """Return for each group how many rows there are, as `rows`, and how many of each flag."""
    counted = rows.assign(rows=1, **{name: flag.astype(int) for name, flag in flags.items()})
    return sums(counted, by, ["rows", *flags])


@recomputes("source_closure", "river", "kind")
def source_closure(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Sources closed ÷ found by the day, of each river and kind."""
    found = _source_counts(sources_by(ledgers, day), ["river", "kind"])
    return found.assign(rate=percent(found["closed"], found["registered"])).reset_index()


def _source_counts(rows: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    flags = {"closed": rows["is_closed"], "overdue": rows["is_overdue"]}
    flags |= {"accepted": rows["is_accepted"], "relapsed": rows["is_relapsed"]}
    return _counts(rows, by, **flags).rename(columns={"rows": "registered"})


@recomputes("source_list", "source_id")
def source_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every source found by the day."""
    shown = "source_id source kind state village river scale scale_unit found_on due_on closed_on accepted_on"
    rows = sources_by(ledgers, day)
    relapsed = rows["closed_on"].mask(rows["is_relapsed"], ledgers["source"]["closed_on"].reindex(rows.index))
    return rows.assign(closed_on=relapsed)[[*shown.split(), "days_overdue", "is_closed"]]


@recomputes("outfall_closure", "river", "kind")
def outfall_closure(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Outfalls closed ÷ found by the day; dry-weather flow, what is not known and evidence are counted each."""
    rows = outfalls_by(ledgers, day)
    found = _outfall_counts(rows, ["river", "kind"]).rename(columns={"rows": "registered"})
    proven = rows.assign(has=rows["evidence"].notna() & rows["is_closed"])
    with_evidence = proven.groupby(["river", "kind"])["has"].sum()
    rest = {"with_evidence": with_evidence, "without_evidence": found["closed"] - with_evidence}
    return found.assign(rate=percent(found["closed"], found["registered"]), **rest).reset_index()


def _outfall_counts(rows: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Return the counts of outfalls; how many flow in dry weather is not known where none was looked at."""
    flags = {"closed": rows["is_closed"], "overdue": rows["is_overdue"]}
    found = _counts(rows, by, **flags, dry=rows["is_dry"], dry_unknown=rows["is_dry_unknown"])
    return found.assign(dry=found["dry"].where(found["dry_unknown"] < found["rows"]))


@recomputes("outfall_list", "outfall_id")
def outfall_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every outfall found by the day."""
    shown = "outfall_id outfall kind state village river found_on due_on closed_on evidence days_overdue is_closed"
    return outfalls_by(ledgers, day)[shown.split()]


@recomputes("source_by_village", "village_id")
def source_by_village(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Sources and outfalls of each village, closed ÷ found by the day; those of no village are a row."""
    sources = _source_counts(sources_by(ledgers, day), "village_id")
    outfalls = _outfall_counts(outfalls_by(ledgers, day), "village_id").rename(columns=OUTFALL_COLUMNS)
    found = pd.concat([_known_keys(sources), _known_keys(outfalls)], axis=1)
    found = found.fillna(0).assign(dry=found["dry"].where(found["outfalls"].notna(), 0))
    rates = {"rate": percent(found["closed"], found["registered"])}
    rates |= {"outfall_rate": percent(found["outfalls_closed"], found["outfalls"])}
    found = found.assign(**rates).rename_axis("village_id").reset_index()
    return found.assign(village_id=found["village_id"].replace("", None))


def _known_keys(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts with "" for the key of no village, so that two of them can be put side by side."""
    return counts.set_axis(counts.index.astype(object).fillna(""))


@recomputes("zero_discharge", "kind")
def zero_discharge(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Blocks accepted ÷ registered by the day; defects mended ÷ found of the blocks that report both."""
    rows = rows_by(ledgers["zero_discharge"], "reported_on", day)
    both = rows["defects_found"].notna() & rows["defects_fixed"].notna()
    found = _counts(rows, "kind", blocks_accepted=rows["accepted_on"] <= day, defects_unknown=~both)
    found = found.rename(columns={"rows": "blocks"})
    defects = sums(rows[both], "kind", ["defects_fixed", "defects_found"]).reindex(found.index)
    return found.assign(
        rate=percent(found["blocks_accepted"], found["blocks"]),
        **defects,
        defect_rate=percent(defects["defects_fixed"], defects["defects_found"]),
        reported_on=rows.groupby("kind")["reported_on"].max(),
    ).reset_index()


@recomputes("zero_discharge_list", "block_id")
def zero_discharge_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Each block with its two rates."""
    rows = with_name(ledgers, rows_by(ledgers["zero_discharge"], "reported_on", day), "village")
    shown = "block_id kind phase village households_connected households_design defects_fixed defects_found reported_on"
    return rows[shown.split()].assign(
        rate=percent(rows["households_connected"], rows["households_design"]),
        defect_rate=percent(rows["defects_fixed"], rows["defects_found"]),
        accepted_on=rows["accepted_on"].where(rows["accepted_on"] <= day),
    )


@recomputes("connection_rate", "ledger", "village_id")
def connection_rate(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Households connected ÷ to connect, of blocks and of plants apart, of the places with both numbers."""
    blocks = rows_by(ledgers["zero_discharge"], "reported_on", day).assign(ledger="零直排区块")
    plants = rows_by(ledgers["plant"], "commissioned_on", day, undated=True).assign(ledger="微型污水处理厂")
    columns = ["households_connected", "households_design"]
    rows = pd.concat([part[["ledger", "village_id", *columns]] for part in (blocks, plants)], ignore_index=True)
    known = rows["households_connected"].notna() & (rows["households_design"] > 0)
    found = _counts(rows, ["ledger", "village_id"], counted=known, uncounted=~known)
    households = sums(rows.assign(**rows[columns].where(known)), ["ledger", "village_id"], columns)
    rate = percent(households["households_connected"], households["households_design"])
    return found.drop(columns="rows").assign(**households, rate=rate).reset_index()
