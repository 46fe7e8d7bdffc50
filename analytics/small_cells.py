"""Small cells: a breakdown that would single out a few households is merged for viewers, by difference too.

A group of fewer households than the threshold, or one in which that few have or have not come so far, goes into 其他
together with the next smallest until the rest is large enough. What could be worked out as the difference of two
tables is found in the margins: whoever knows the sums of some groups knows every linear combination of them
(Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.standards.thresholds import thresholds
from data.words import MERGED

HiddenRows: TypeAlias = "Callable[[Connection, date | None, int, SmallCells, pd.DataFrame], pd.Series]"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCells:
    """How the rows of a breakdown are merged: the rows of one `whole` are apart from those of others.

    `group` names the group in words, and is 其他 in the merged row; `total` counts its households, and `counts` those
    of them that came so far. `sums` add up too; `shares` are 100 × one column ÷ another. Of all other columns the
    merged row has what its rows have in common. `hidden` tells of each row whether another table would give it away.
    A finer breakdown, by the column `finer` too, is left out, where it is no total. Groups that `are_left_out` are
    not merged but missing: their sum less a figure of another table would give one away.
    """

    whole: tuple[str, ...]
    group: str
    total: str
    counts: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hidden: HiddenRows | None = None
    finer: str = ""
    are_left_out: bool = False

    def protect(self, con: Connection, as_of: date | None, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows as viewers may see them, with the threshold of the day."""
        rows = self._without_finer(rows)
        fewest = int(thresholds(as_of)["small_cell_households"])
        is_hidden = self.hidden(con, as_of, fewest, self, rows) if self.hidden else None
        return self.merged_rows(rows, fewest, is_hidden)

    def _without_finer(self, rows: pd.DataFrame) -> pd.DataFrame:
        if not self.finer:
            return rows
        return rows[rows[self.finer].isna() | rows["is_total"].astype(bool)].reset_index(drop=True)

    def merged_rows(self, rows: pd.DataFrame, fewest: int, is_hidden: pd.Series | None = None) -> pd.DataFrame:
        """Return the rows with the small groups of each whole, and those that are hidden elsewhere, merged."""
        hidden = pd.Series(False, rows.index) if is_hidden is None else is_hidden
        parts = [self._protected_whole(part, fewest, hidden[part.index]) for _, part in self._wholes(rows)]
        return _typed_like(rows, pd.concat(parts, ignore_index=True)) if parts else rows

    def _wholes(self, rows: pd.DataFrame) -> Any:
        return rows.groupby(list(self.whole), sort=False, dropna=False) if self.whole else [((), rows)]

    def _protected_whole(self, rows: pd.DataFrame, fewest: int, is_hidden: pd.Series) -> pd.DataFrame:
        if self.are_left_out:
            return rows[~(self._is_small(rows, fewest) | is_hidden)]
        merged = self.merged_groups(rows, fewest, is_hidden)
        if not merged.any():
            return rows
        return pd.concat([rows[~merged], self._merged_row(rows[merged])])

    def merged_groups(self, rows: pd.DataFrame, fewest: int, is_hidden: pd.Series) -> pd.Series:
        """Return which groups of one whole go into 其他: the small ones, and the next smallest until that is none.

        One alone would be known by what is missing.
        """
        merged = (self._is_small(rows, fewest) | is_hidden) & (len(rows) > 1)
        by_size = rows[self.total].fillna(0).sort_values(kind="stable").index
        while (
            merged.any()
            and not merged.all()
            and (merged.sum() == 1 or self._is_small(self._summed(rows[merged]), fewest).any())
        ):
            merged[next(index for index in by_size if not merged[index])] = True
        return merged

    def _is_small(self, rows: pd.DataFrame, fewest: int) -> pd.Series:
        """Tell of each row whether its households, those that came so far, or the others are few, but not none."""
        whole = rows[self.total].fillna(0)
        cells = [
            whole,
            *(part for name in self.counts for part in (rows[name].fillna(0), whole - rows[name].fillna(0))),
        ]
        return pd.concat([(cell > 0) & (cell < fewest) for cell in cells], axis=1).any(axis=1)

    def _summed(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows[[self.total, *self.counts, *self.sums]].sum(min_count=1).to_frame().T

    def _merged_row(self, rows: pd.DataFrame) -> pd.DataFrame:
        common = {name: rows[name].iloc[0] if rows[name].nunique(dropna=False) == 1 else None for name in rows.columns}
        row = common | self._summed(rows).iloc[0].to_dict() | {self.group: MERGED}
        for share, (part, whole) in self.shares.items():
            row[share] = 100 * row[part] / row[whole] if row[whole] else None
        return pd.DataFrame([row], columns=rows.columns)


def _typed_like(rows: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the columns and types of others, but where something is missing that the type cannot hold."""
    whole = {name: kind for name, kind in rows.dtypes.items() if kind.kind not in "iub" or not made[name].isna().any()}
    return made[list(rows.columns)].astype(whole)


def derivable_groups(margins: np.ndarray, sizes: np.ndarray, fewest: int) -> set[int]:
    """Return the atoms, by their place, of each set of fewer than `fewest` households that the margins give away.

    `margins` has a row for each published sum and a column for each atom, the households that no published table tells
    apart, 1 where the atom is in the sum; `sizes` are the households of the atoms. A sum over a set of atoms can be
    worked out if and only if the set, as a row of 0 and 1, is a linear combination of the rows of `margins`.
    """
    small = [place for place, size in enumerate(sizes) if 0 < size < fewest]
    sets = [chosen for n in range(1, fewest) for chosen in combinations(small, n) if sizes[list(chosen)].sum() < fewest]
    basis = _row_space(margins)
    return {place for chosen in sets if _is_in_span(basis, _indicator(chosen, len(sizes))) for place in chosen}


def _indicator(places: Iterable[int], length: int) -> np.ndarray:
    row = np.zeros(length)
    row[list(places)] = 1.0
    return row


def _row_space(margins: np.ndarray) -> np.ndarray:
    """Return orthonormal rows that span those of a matrix."""
    _, weights, rows = np.linalg.svd(margins, full_matrices=False)
    spanned: np.ndarray = rows[weights > 1e-9 * max(weights.max(initial=0.0), 1.0)]
    return spanned


def _is_in_span(basis: np.ndarray, row: np.ndarray) -> bool:
    return bool(np.abs(row - basis.T @ (basis @ row)).max(initial=0.0) < 1e-9)
