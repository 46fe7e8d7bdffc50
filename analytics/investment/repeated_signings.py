"""One project under contract several times: by investor and amount, by name, or nearly by name."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.rows import rows_as_table

COLUMNS = "group ground project investor signed_on stage investment counted_again project_id"
BESIDE_NAME = r"[\W_]+|项目[\W_]*$"  # signs, spaces, and the word that many names end with
GROUNDS = {
    "投资方和金额相同": ["investor", "investment"],
    "名称相同": ["project"],
    "名称相近": ["plain_name"],
}


def repeated_signings(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the contracts that look like one another, group by group; `counted_again` is the money after the first.

    A row of `rows` is a contract, the first signed first. The ground is the first of the list that binds a contract to
    another of its group.
    """
    plain = rows["project"].str.normalize("NFKC").str.casefold().str.replace(BESIDE_NAME, "", regex=True)
    known = rows.assign(plain_name=plain.where(plain != "", rows["project"]))
    keys = {ground: _shared_key(known, columns) for ground, columns in GROUNDS.items()}
    marked = pd.DataFrame(keys, index=rows.index).dropna(how="all")
    if marked.empty:
        return rows_as_table([], COLUMNS)
    ground = marked.notna().idxmax(axis="columns")
    groups = _joined_groups(marked)
    found = rows.loc[marked.index].assign(group=groups, ground=ground).sort_values("group", kind="stable")
    is_first = ~found["group"].duplicated()
    return found.assign(counted_again=found["investment"].mask(is_first, 0.0))[COLUMNS.split()].reset_index(drop=True)


def _shared_key(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Return for each row the number of those that are alike in some columns, missing where it is alone."""
    known = rows.dropna(subset=columns)
    alike = known[known.duplicated(columns, keep=False)]
    return alike.groupby(columns).ngroup().reindex(rows.index)


def _joined_groups(keys: pd.DataFrame) -> pd.Series:
    """Return a number of the group of each row, from 1: rows that share a key of any ground are of one group."""
    label, before = pd.Series(range(len(keys)), index=keys.index), None
    while not label.equals(before):
        before = label
        for name in keys:
            label = label.groupby(keys[name]).transform("min").fillna(label).astype(int)
    return pd.Series(label.factorize()[0] + 1, index=keys.index)
