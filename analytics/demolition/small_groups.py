"""Blocks, villages and teams of a project: which of them two tables together would give away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.small_cells import SmallCells, derivable_groups
from data.words import MERGED

DIMENSIONS = ("片区", "村社", "小组")


def hidden_in_breakdown(
    con: Connection, as_of: date | None, fewest: int, cells: SmallCells, rows: pd.DataFrame
) -> pd.Series:
    """Tell which groups of signing_breakdown have to be merged lest the other dimensions give a small one away."""
    atoms = dict(list(queries.run_query(con, "demolition.household_atoms", as_of).groupby("project_id")))
    hidden = pd.Series(False, rows.index)
    for project, part in rows.groupby("project_id"):
        if project in atoms:
            hidden[part.index] = _hidden_of_project(part, atoms[project].reset_index(drop=True), fewest, cells)
    return hidden


def _hidden_of_project(rows: pd.DataFrame, atoms: pd.DataFrame, fewest: int, cells: SmallCells) -> pd.Series:
    """Hide groups, the smallest first, until no sum of published groups leaves a small one."""
    hidden, sizes = pd.Series(False, rows.index), atoms["households"].to_numpy()
    while True:
        parts = [part for _, part in rows.groupby("dimension")]
        merged = pd.concat([cells.merged_groups(part, fewest, hidden[part.index]) for part in parts])[rows.index]
        given_away = derivable_groups(_margins(rows, merged, atoms), sizes, fewest)
        holding = pd.concat([_rows_holding(rows[~merged], atoms.loc[place]) for place in given_away or [0]])
        if not given_away or holding.empty:
            return hidden
        hidden[holding[cells.total].idxmin()] = True


def _rows_holding(rows: pd.DataFrame, atom: pd.Series) -> pd.DataFrame:
    """Return the groups, one in each dimension, to which the households of an atom belong."""
    return rows[rows["group_name"] == rows["dimension"].map(atom)]


def _margins(rows: pd.DataFrame, merged: pd.Series, atoms: pd.DataFrame) -> np.ndarray:
    """Return the sums that are published, a row each: the project, its visible groups, and what is merged of each."""
    margins = [np.ones(len(atoms))]
    for dimension in DIMENSIONS:
        of_dimension = rows["dimension"] == dimension
        visible = rows.loc[of_dimension & ~merged, "group_name"]
        margins += [(atoms[dimension] == group).to_numpy(float) for group in visible]
        margins.append(atoms[dimension].isin(rows.loc[of_dimension & merged, "group_name"]).to_numpy(float))
    return np.array(margins)


BREAKDOWN_CELLS = SmallCells(
    whole=("project_id", "dimension"),
    group="group_name",
    total="group_households",
    counts=("signed",),  # a house that is vacated or razed is seen from the street
    sums=("vacated", "razed", "delivered", "households_left", "area", "area_signed", "without_area"),
    shares={"rate": ("signed", "group_households"), "area_rate": ("area_signed", "area")},
    hidden=hidden_in_breakdown,
)


def hidden_published(
    con: Connection, as_of: date | None, fewest: int, cells: SmallCells, rows: pd.DataFrame
) -> pd.Series:
    """Tell which published places are of villages that are merged today, or would be by what is counted now."""
    left = rows["households_now"] - rows["signed_now"]
    is_small = pd.concat([part.between(0, fewest, inclusive="neither") for part in (rows["signed_now"], left)], axis=1)
    merged = VILLAGE_CELLS.protect(con, as_of, queries.run_query(con, "demolition.village_ranking", as_of))
    visible = merged["village_id"].dropna()
    return is_small.any(axis=1) | ~rows["village_id"].isin(set(visible)) & merged["village"].eq(MERGED).any()


def hidden_villages(
    con: Connection, as_of: date | None, fewest: int, cells: SmallCells, rows: pd.DataFrame
) -> pd.Series:
    """Tell which villages are merged in some project, so that their sums over all projects do not give it away."""
    groups = queries.run_query(con, "demolition.signing_breakdown", as_of)
    groups = groups[groups["dimension"] == "村社"].reset_index(drop=True)
    is_hidden = hidden_in_breakdown(con, as_of, fewest, BREAKDOWN_CELLS, groups)
    merged = [
        BREAKDOWN_CELLS.merged_groups(part, fewest, is_hidden[part.index]) for _, part in groups.groupby("project_id")
    ]
    names = groups.loc[pd.concat(merged), "group_name"] if merged else groups["group_name"]
    return rows["village"].isin(set(names))


VILLAGE_CELLS = SmallCells(
    whole=(),
    group="village",
    total="households",
    counts=("signed",),
    sums=("households_left", "overdue_left"),
    shares={"rate": ("signed", "households")},
    hidden=hidden_villages,
)
PUBLISHED_CELLS = SmallCells(
    whole=("ranked_on",),
    group="village",
    total="households",
    counts=("signed",),
    hidden=hidden_published,
    are_left_out=True,
)
