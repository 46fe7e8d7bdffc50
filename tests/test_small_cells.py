"""A breakdown that would single out fewer than three households is merged for viewers, by difference too."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analytics.demolition.small_groups import BREAKDOWN_CELLS, DIMENSIONS
from analytics.demolition.small_groups import _hidden_of_project as hidden_of_project
from analytics.small_cells import SmallCells, derivable_groups
from data.words import MERGED

FEWEST = 3
CELLS = SmallCells(
    whole=("project_id",),
    group="block",
    total="households",
    counts=("signed",),
    shares={"rate": ("signed", "households")},
)


def breakdown(*groups: tuple[str, int, int]) -> pd.DataFrame:
    """Return blocks with their households and how many have signed."""
    rows = [("D", block, signed, households, 100 * signed / households) for block, households, signed in groups]
    return pd.DataFrame(rows, columns=["project_id", "block", "signed", "households", "rate"])


def merged(*groups: tuple[str, int, int]) -> dict[str, tuple[int, int]]:
    rows = CELLS.merged_rows(breakdown(*groups), FEWEST)
    return {row.block: (row.households, row.signed) for row in rows.itertuples()}


@pytest.mark.quick
def test_a_small_block_is_merged_with_the_next_smallest():
    """A block of two goes into 其他, and as two are too few there too, the next smallest block goes with it."""
    assert merged(("一", 20, 10), ("二", 2, 0), ("三", 8, 4)) == {"一": (20, 10), MERGED: (10, 4)}


@pytest.mark.quick
def test_a_block_with_two_left_is_merged_too():
    """Two of ten that have not signed are singled out as much as two that have; none or all do not."""
    assert merged(("一", 10, 8), ("二", 10, 5), ("三", 12, 12), ("四", 7, 0)) == {
        "二": (10, 5), "三": (12, 12), MERGED: (17, 8),
    }  # fmt: skip


@pytest.mark.quick
def test_what_is_merged_adds_up_and_has_its_own_rate():
    rows = CELLS.merged_rows(breakdown(("一", 2, 1), ("二", 2, 1), ("三", 20, 10)), FEWEST)
    assert rows[["households", "signed"]].sum().tolist() == [24, 12]
    assert rows.loc[rows["block"] == MERGED, "rate"].tolist() == [50.0]
    assert (rows["project_id"] == "D").all()


@pytest.mark.quick
def test_what_hides_nothing_is_left_alone():
    groups = (("一", 20, 10), ("二", 9, 4))
    assert CELLS.merged_rows(breakdown(*groups), FEWEST).equals(breakdown(*groups))


@pytest.mark.quick
def test_one_block_alone_is_the_project_itself():
    """A breakdown into one group says no more than the total, which is told anyway."""
    assert merged(("一", 2, 1)) == {"一": (2, 1)}


@pytest.mark.quick
def test_a_difference_of_two_tables_is_found():
    """A village of 22 with one block of 20 in it leaves two: the sums of villages and blocks give them away."""
    margins = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1]], float)
    assert derivable_groups(margins, np.array([20, 2, 30, 2]), FEWEST) == {1, 3}
    assert derivable_groups(margins[:2], np.array([20, 2, 30, 2]), FEWEST) == set()


def project_rows(atoms: pd.DataFrame) -> pd.DataFrame:
    """Return the breakdown of one project in which nobody has signed, each dimension as of the atoms."""
    rows = [
        {
            "project_id": "D",
            "dimension": dimension,
            "group_name": group,
            "group_households": part["households"].sum(),
        }
        for dimension in DIMENSIONS
        for group, part in atoms.groupby(dimension)
    ]
    return pd.DataFrame(rows).assign(**dict.fromkeys((*BREAKDOWN_CELLS.counts, *BREAKDOWN_CELLS.sums), 0))


def published_sums(rows: pd.DataFrame, hidden: pd.Series, atoms: pd.DataFrame) -> list[frozenset[int]]:
    """Return the sets of atoms whose sums a viewer reads: of each dimension the groups that are left, and 其他."""
    sums = [frozenset(atoms.index)]
    for dimension, part in rows.groupby("dimension"):
        gone = BREAKDOWN_CELLS.merged_groups(part, FEWEST, hidden[part.index])
        names = part["group_name"].where(~gone, MERGED)
        held = atoms[dimension].map(dict(zip(part["group_name"], names, strict=True)))
        sums += [frozenset(atoms.index[held == name]) for name in names.unique()]
    return sums


@pytest.mark.parametrize("seed", range(12))
def test_no_sum_less_other_sums_leaves_one_or_two(seed):
    """Of random projects, no published sum less sums that lie within it leaves one or two households.

    Worked out without algebra: all unions of groups of one dimension inside a group of another are taken off it.
    """
    rng = np.random.default_rng(seed)
    names = [[f"{d}{n}" for n in range(rng.integers(1, 4))] for d in DIMENSIONS]
    atoms = pd.DataFrame(list(product(*names)), columns=list(DIMENSIONS))
    atoms["households"] = rng.choice([0, 0, 1, 2, 3, 9, 20], len(atoms))
    atoms = atoms[atoms["households"] > 0].reset_index(drop=True)
    rows = project_rows(atoms)
    sums = published_sums(rows, hidden_of_project(rows, atoms, FEWEST, BREAKDOWN_CELLS), atoms)
    sizes = atoms["households"].to_numpy()
    for whole in sums:
        inside = [part for part in sums if part < whole]
        left = [whole - part for part in inside] + [whole - a - b for a, b in product(inside, inside) if not a & b]
        assert not [rest for rest in left if 0 < sizes[list(rest)].sum() < FEWEST and sizes.sum() >= FEWEST]


def test_what_is_left_out_adds_nothing_that_a_difference_could_use():
    """A published ranking of a day has no sum of the small villages: what the others were stands in another table."""
    left_out = replace(CELLS, are_left_out=True)
    rows = left_out.merged_rows(breakdown(("一", 20, 10), ("二", 52, 51), ("三", 8, 4)), FEWEST)
    assert list(rows["block"]) == ["一", "三"]
