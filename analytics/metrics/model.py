"""What can be asked for: a metric with its formula, or a listing; and the result that both give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Generic, Literal, Protocol, TypeVar

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics.basis import Basis
from analytics.shared_work import work_once
from analytics.small_cells import SmallCells
from data.datasets import DATASETS, Column
from data.datasets.model import Kind
from data.derivations import Derivation
from data.errors import BadFilterValue, UnknownFilter
from data.ingest import batch_log
from data.roles import Role
from data.standards.thresholds import thresholds
from data.text import NOTHING, Text
from data.units import UNITS

Direction = Literal["higher", "lower", "none"]
Transform = Callable[..., pd.DataFrame]


class DependencyResult(Protocol):
    """Another metric as of the same day."""

    @property
    def rows(self) -> pd.DataFrame: ...
    @property
    def newest(self) -> date | None: ...


class ComputeDependency(Protocol):
    """Another metric by its name, as of the same day or as of the one given."""

    def __call__(self, name: str, day: date | None = None, /) -> DependencyResult: ...


def in_order(ledgers: Iterable[str]) -> tuple[str, ...]:
    """Return ledgers once each, in the order of DATASETS."""
    known = set(ledgers)
    return tuple(name for name in DATASETS if name in known)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definition:
    """A named query and the columns of its rows, in their order; codes of rows need no column unless they are shown.

    `small_cells` says how small groups are merged for viewers; `is_by_household` that each row is one household, or a
    petition of one, which viewers do not see; `withheld` names by column the values of rows that they do not see,
    `for_clerks` the columns that are empty for them. `derived` says which columns are worked out of which others, and
    `made_up_of` lists what a row is summed up from, by the codes that both have, where the rows are not that already.
    """

    name: str
    label: Text
    query: str
    columns: tuple[Column, ...]
    small_cells: SmallCells | None = None
    is_by_household: bool = False
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    for_clerks: tuple[str, ...] = ()
    derived: tuple[Derivation, ...] = ()
    made_up_of: Listing | None = None

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"{self.name}: no columns, or one twice: {names}")
        if unknown := {name for each in self.derived for name in (each.figure, *each.parts)}.difference(names):
            raise ValueError(f"{self.name}: figures are derived from columns that it lacks: {sorted(unknown)}")
        if self.query not in queries.query_names(self.query.split(".")[0]):
            raise ValueError(f"{self.name}: there is no query {self.query}")

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The ledgers that it is worked out of: all that its SQL reads."""
        return queries.source_ledgers(self.query)

    def column(self, name: str) -> Column:
        """Return the column of that name; raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def formula_on(self, as_of: date | None) -> Text:
        """Return how it is worked out, with the thresholds of a day; empty where that goes without saying."""
        return NOTHING

    def seen_by(self, role: Role, con: Connection, as_of: date | None, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows as a role may see them: for viewers small groups are merged, and no code tells a household."""
        if role == "clerk":
            return rows
        for column, values in self.withheld.items():
            rows = rows[~rows[column].isin(values)].reset_index(drop=True)
        rows = rows.assign(**dict.fromkeys(self.for_clerks))
        rows = self.small_cells.protect(con, as_of, rows) if self.small_cells else rows
        return rows.assign(household_id=None) if "household_id" in rows else rows

    def default_day(self, con: Connection) -> date | None:
        """Return the newest date in its ledgers, or in any where these have none."""
        return batch_log.newest_ledger_date(con, self.ledgers) or batch_log.newest_ledger_date(con, tuple(DATASETS))


FLAGS = {"true": "True", "1": "True", "是": "True", "false": "False", "0": "False", "否": "False"}
A_NUMBER = Text("一个数", "a number")
FILTER_KINDS: Mapping[Kind, Text] = {
    "flag": Text("true、false、1、0、是、否之一", "one of true, false, 1, 0"),
    "integer": A_NUMBER,
    "number": A_NUMBER,
}
A_co = TypeVar("A_co", bound=Definition, covariant=True)


@dataclass(frozen=True, slots=True)
class Result(Generic[A_co]):
    """The rows of a metric or a listing and the day as of which they hold, None where there are no data at all.

    `newest` is the newest date up to that day in the ledgers that it is worked out of, None where these carry none.
    """

    definition: A_co
    as_of: date | None
    newest: date | None
    rows: pd.DataFrame

    @property
    def ledgers(self) -> tuple[str, ...]:
        return self.definition.ledgers

    @property
    def formula(self) -> Text:
        """The formula with the thresholds of the day; that of a listing may be empty."""
        return self.definition.formula_on(self.as_of)

    def column(self, name: str) -> Column:
        """Return the column of that name; raises KeyError."""
        return self.definition.column(name)


def _filtered_rows(rows: pd.DataFrame, definition: Definition, filters: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows whose columns say what the filters want, nothing where one is empty.

    Raises UnknownFilter, BadFilterValue.
    """
    kinds = {column.name: column.kind for column in definition.columns}
    for name, wanted in filters.items():
        if name not in rows:
            raise UnknownFilter(metric=definition.name, name=name, known=", ".join(rows.columns))
        known, asked = rows[name].notna(), _wanted_value(name, kinds.get(name, "text"), wanted)
        written = rows[name].astype(float) if isinstance(asked, float) else rows[name].astype(str).where(known, "")
        rows = rows[written == asked]
    return rows.reset_index(drop=True)


def _wanted_value(name: str, kind: Kind, wanted: str) -> str | float:
    """Return what a filter wants, of a flag or a number however it is written; raises BadFilterValue."""
    if kind not in FILTER_KINDS or not wanted:
        return wanted
    try:
        return FLAGS[wanted.casefold()] if kind == "flag" else float(wanted)
    except (KeyError, ValueError) as error:
        raise BadFilterValue(name=name, value=wanted, kind=FILTER_KINDS[kind]) from error


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Metric(Definition):
    """One metric: what it is called, how and on what basis it is worked out, and when that was last read.

    `transform` makes the metric's rows out of those of its query, as of a day; without it they are the query's own.
    Rows that differ in a column of `partition_by` are worked out apart, so a filter on it may come before the
    transform. `depends_on` are other metrics that the transform may ask for, as its third argument, by their names.
    The blanks of `formula` are filled as of a day with what `formula_values` has by their names, mostly thresholds.
    `reviewed_on` is the day on which somebody last held the formula against its SQL and its basis.
    """

    unit: str
    formula: Text
    direction: Direction
    basis: tuple[Basis, ...]
    reviewed_on: date
    transform: Transform | None = None
    partition_by: tuple[str, ...] = ()
    depends_on: tuple[Metric, ...] = ()
    formula_values: Callable[[date | None], Mapping[str, object]] = thresholds

    def __post_init__(self) -> None:
        Definition.__post_init__(self)
        if self.unit not in UNITS or not self.basis:
            raise ValueError(f"{self.name}: unknown unit {self.unit!r}, or no basis")

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The ledgers that it is worked out of: all that its SQL reads, and those of the metrics it depends on."""
        return in_order(
            [*queries.source_ledgers(self.query), *(name for part in self.depends_on for name in part.ledgers)]
        )

    def formula_on(self, as_of: date | None) -> Text:
        """Return the formula with the thresholds of a day."""
        return self.formula.fill(**self.formula_values(as_of))

    def compute(
        self, con: Connection, as_of: date | None = None, role: Role = "clerk", /, **filters: str
    ) -> Result[Metric]:
        """Work the metric out as of a day, by default the newest in its ledgers; filters keep rows that say so.

        For viewers small groups are merged first. Raises UnknownFilter.
        """
        as_of = as_of or self.default_day(con)
        rows = queries.run_query(con, self.query, as_of)
        rows = _filtered_rows(
            rows, self, {name: wanted for name, wanted in filters.items() if name in self.partition_by}
        )
        parts = {part.name: part for part in self.depends_on}
        rows = self.transformed_rows(rows, as_of, lambda name, day=None: shared_result(con, parts[name], day or as_of))
        rows = self.seen_by(role, con, as_of, rows)
        return self.result(
            as_of, batch_log.newest_ledger_date(con, self.ledgers, as_of), _filtered_rows(rows, self, filters)
        )

    def transformed_rows(
        self, rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency
    ) -> pd.DataFrame:
        """Return the metric's rows made out of those of its query; `compute_dependency` gives what it depends on."""
        if not self.transform:
            return rows
        return self.transform(rows, as_of, *([compute_dependency] if self.depends_on else []))

    def result(self, as_of: date | None, newest: date | None, rows: pd.DataFrame) -> Result[Metric]:
        """Return rows that were worked out before as a result of this metric."""
        return Result(self, as_of, newest, rows)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing(Definition):
    """Rows of the ledgers as a page lists or draws them; `explained_by` is the metric whose formula they follow.

    `transform` makes them out of those of its query, as of a day; without it they are the query's own.
    """

    explained_by: Metric | None = None
    transform: Transform | None = None

    def formula_on(self, as_of: date | None) -> Text:
        """Return the formula of the metric that explains it, with the thresholds of a day; empty without one."""
        return self.explained_by.formula_on(as_of) if self.explained_by else NOTHING

    def compute(
        self, con: Connection, as_of: date | None = None, role: Role = "clerk", /, **values: object
    ) -> Result[Listing]:
        """List the rows as of a day, by default the newest in its ledgers; `values` are the query's parameters.

        For viewers small groups are merged.
        """
        as_of = as_of or self.default_day(con)
        rows = queries.run_query(con, self.query, as_of, **values)
        rows = self.seen_by(role, con, as_of, self.transform(rows, as_of) if self.transform else rows)
        return self.result(as_of, batch_log.newest_ledger_date(con, self.ledgers, as_of), rows)

    def result(self, as_of: date | None, newest: date | None, rows: pd.DataFrame) -> Result[Listing]:
        """Return rows that were listed before as a result of this listing."""
        return Result(self, as_of, newest, rows)


def shared_result(con: Connection, metric: Metric, as_of: date | None) -> Result[Metric]:
    """Return a metric as of a day as a clerk sees it, worked out once where several ask for it in one read."""
    return work_once(con, (metric.name, as_of), metric.ledgers, lambda: metric.compute(con, as_of))


@dataclass(frozen=True, slots=True)
class LazyTransform:
    """A transform whose module is only loaded when it is first used."""

    module: str
    name: str

    def __call__(self, rows: pd.DataFrame, as_of: date | None, *ask: ComputeDependency) -> pd.DataFrame:
        transform: Transform = getattr(import_module(self.module), self.name)
        return transform(rows, as_of, *ask)
