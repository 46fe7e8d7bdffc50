"""The known names, codes and choices that are nearest to one that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column
from data.ingest.checking.known_names import KnownName, known_choices, known_parents_sql, parent_label
from data.ingest.values.codes import code_form_sql
from data.ingest.values.spelling import to_half_width
from data.schema import quote_ident
from data.text import Text, join_list, join_texts
from data.traditional import to_simplified

NAMING_REASONS = ("unknown_parent", "not_choice")
MOST_ASKED = 100  # chosen: against 10,000 known rows half a second was measured; a list of so many is long enough
SHORTEST_NAME, LONGEST_NAME = 2, 60  # characters; 村 alone is part of every name, and a long cell is no name
COMPARED = 20  # chosen: as many candidates by bytes as are compared by characters
MOST_NAMED = 3  # chosen: what a sentence bears
LEAST_LIKENESS, NEAR_BEST = 0.5, 0.1  # chosen: one character of two is enough; what is clearly further is not named
CONTAINED = 0.8  # chosen: 胡家 in 庄桥街道胡家 is as good as one character of five
NEAREST = Text("；最接近的是{names}", "; the nearest known: {names}")
QUOTED = Text("“{name}”", "“{name}”")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A cell of a column that names nothing known, how many times it stands there, and what is known that is near."""

    column: str
    value: str
    count: int
    near: tuple[KnownName, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "column": self.column,
            "value": self.value,
            "count": self.count,
            "near": [known.value for known in self.near],
        }


def unknown_names(con: Connection, columns: Iterable[Column], cells: Iterable[tuple[str, str]]) -> list[UnknownName]:
    """Return the most frequent of some (column, cell) that name nothing known, with what is nearest to each."""
    counts = Counter(cells).most_common(MOST_ASKED)
    near = {
        (column.name, cell): found
        for column in columns
        for cell, found in nearest_names(
            con, column, [cell for (name, cell), _ in counts if name == column.name]
        ).items()
    }
    return [UnknownName(name, cell, count, near.get((name, cell), ())) for (name, cell), count in counts]


def with_nearest(why: Text, near: Sequence[KnownName]) -> Text:
    """Return the reason for refusing a name with the nearest known ones behind it."""
    if not near:
        return why
    return join_texts([why, NEAREST.fill(names=join_list(QUOTED.fill(name=known.label) for known in near))])


def nearest_names(con: Connection, column: Column, cells: Sequence[str]) -> dict[str, tuple[KnownName, ...]]:
    """Return for each cell the known names that are nearest to it, none where none is near.

    DuckDB compares bytes and leaves a few candidates, which are then compared by characters (Ratcliff and Obershelp).
    """
    folded = {cell: _folded_name(cell) for cell in cells if SHORTEST_NAME <= len(cell) <= LONGEST_NAME}
    if not folded:
        return {}
    candidates = _choice_candidates(column, folded) if column.choices else _parent_candidates(con, column, folded)
    return {cell: _nearest_of(folded[cell], found) for cell, found in candidates.items()}


Candidates = dict[str, list[tuple[str, KnownName]]]


def _folded_name(cell: str) -> str:
    """Bring spellings of a name together: case, width, blanks, 村 and 邨."""
    return to_simplified(to_half_width(cell)).lower().replace(" ", "")


def _choice_candidates(column: Column, folded: dict[str, str]) -> Candidates:
    spelled = [(_folded_name(spelling), known) for spelling, known in known_choices(column)]
    return dict.fromkeys(folded, spelled)


def _parent_candidates(con: Connection, column: Column, folded: dict[str, str]) -> Candidates:
    """Return for each cell the rows of the parent's ledger whose code or name shares most with it."""
    parent = DATASETS[column.references]
    known = f"lower(replace({code_form_sql('name')}, ' ', ''))"
    contained = "contains(a.cell, k.name) OR contains(k.name, a.cell)"
    likeness = f"CASE WHEN {contained} THEN 1 ELSE jaro_winkler_similarity(a.cell, k.name) END"
    order = f"{{'likeness': {likeness}, 'name': k.name, 'id': k.id}}"  # of equally like ones always the same
    found = con.execute(
        f"SELECT c.cell, c.near.name, c.near.id, p.{quote_ident(parent.name_column or parent.key[0])} "
        f"FROM (SELECT a.cell, unnest(max_by({{'name': k.name, 'id': k.id}}, {order}, {COMPARED})) AS near "
        f"FROM (SELECT unnest(?::VARCHAR[]) AS cell) AS a, "
        f"(SELECT {known} AS name, id FROM ({known_parents_sql(parent)}) AS k) AS k GROUP BY a.cell) AS c "
        f"JOIN {quote_ident(parent.name)} AS p ON p.{quote_ident(parent.key[0])} = c.near.id",
        [list(set(folded.values()))],
    ).fetchall()
    near: dict[str, list[tuple[str, KnownName]]] = {}
    for cell, spelling, code, name in found:
        near.setdefault(cell, []).append((spelling, KnownName(code, parent_label(code, name))))
    return {cell: near.get(written, []) for cell, written in folded.items()}


def _nearest_of(cell: str, candidates: Iterable[tuple[str, KnownName]]) -> tuple[KnownName, ...]:
    likeness: dict[KnownName, float] = {}
    for spelling, known in candidates:
        likeness[known] = max(likeness.get(known, 0.0), _likeness(cell, spelling))
    least = max(max(likeness.values(), default=0.0) - NEAR_BEST, LEAST_LIKENESS)
    ranked = sorted((-alike, known.value, known) for known, alike in likeness.items() if alike >= least)
    return tuple(known for _, _, known in ranked[:MOST_NAMED])


def _likeness(one: str, other: str) -> float:
    """Return how much two names share, between 0 and 1."""
    is_part = min(len(one), len(other)) >= SHORTEST_NAME and (one in other or other in one)
    return max(SequenceMatcher(None, one, other, autojunk=False).ratio(), CONTAINED if is_part else 0.0)
