"""Rows held against each other: which of a file's good rows break a rule of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.datasets.constraint import Constraint, CycleConstraint, LinkConstraint, OrderConstraint, SumConstraint
from data.ingest.checking.link_cycles import make_chains_table
from data.ingest.values.codes import listed_codes_sql
from data.schema import quote_ident
from data.standards.thresholds import thresholds
from data.text import Text

OVER_ROWS = (OrderConstraint, SumConstraint, LinkConstraint)  # what these ask of a row depends on others
PARAMETER = re.compile(r"\$(\w+)")
Violation = tuple[int, str, str, Text, bool]


def constraint_violations(con: Connection, dataset: Dataset, clean: str, ledger: str, today: date) -> list[Violation]:
    """Return (line, column, values, reason, is_warning) of every row that breaks a rule, by line.

    `clean` is a view of the file's good rows: `line` and the columns that the file has; `ledger` what stands already
    and stays. Values that the file does not have are those of the ledger's row with the same key.
    """
    present = {d[0] for d in con.execute(f"SELECT * FROM {quote_ident(clean)} LIMIT 0").description or []}
    rules = [rule for rule in dataset.constraints if present & set(rule.columns)]
    if rules:
        _make_complete_view(con, dataset, clean, ledger, present)
    if any(isinstance(rule, OVER_ROWS) for rule in rules):
        _make_after_view(con, dataset, rules, clean, ledger, present)
    found: list[Violation] = []
    known = thresholds(today)
    for rule in rules:
        if isinstance(rule, CycleConstraint):
            make_chains_table(con, rule, dataset.key[0])
        reason = rule.reason.fill(**known, **{c.name: c.label for c in dataset.columns})
        rows = con.execute(*_violations_sql(dataset, rule, clean, present, known | {"today": today})).fetchall()
        found += [(line, rule.columns[0], _format_values(values), reason, rule.is_warning) for line, *values in rows]
    return sorted(found, key=lambda judgement: judgement[0])


def _format_values(values: list[object]) -> str:
    """Return the values that stand against each other as text."""
    return " · ".join("—" if v is None else f"{v:.12g}" if isinstance(v, float) else str(v) for v in values)


def _column_list(columns: Iterable[str], alias: str = "") -> str:
    return ", ".join(alias + quote_ident(name) for name in columns)


def _make_complete_view(con: Connection, dataset: Dataset, clean: str, ledger: str, present: set[str]) -> None:
    """Make the view `complete`: the file's rows with every column of the ledger."""
    listed = [f"{'f' if c.name in present else 'o'}.{quote_ident(c.name)}" for c in dataset.columns]
    same_key = " AND ".join(f"f.{quote_ident(k)} = o.{quote_ident(k)}" for k in dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW complete AS SELECT f.line, {', '.join(listed)} "
        f"FROM {quote_ident(clean)} AS f LEFT JOIN {quote_ident(ledger)} AS o ON {same_key}"
    )


def _make_after_view(
    con: Connection, dataset: Dataset, constraints: list[Constraint], clean: str, ledger: str, present: set[str]
) -> None:
    """Make the view `after`: the ledger as it would stand after the load; rows of the file have their line.

    Sums count the last row of a key only, and links lead to it; in an order a row may stand twice.
    """
    read = set(dataset.key).union(*(_columns_read(dataset, r) for r in constraints if isinstance(r, OVER_ROWS)))
    keys, values = _column_list(dataset.key), _column_list(sorted(read))
    rows = quote_ident(clean) if read <= present else "complete"
    last = f"SEMI JOIN (SELECT {keys}, max(line) AS line FROM {rows} GROUP BY {keys}) AS last USING ({keys}, line)"
    once = last if any(isinstance(rule, SumConstraint | LinkConstraint) for rule in constraints) else ""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW after AS SELECT line, {values} FROM {rows} {once} "
        f"UNION ALL SELECT NULL, {values} FROM {quote_ident(ledger)} ANTI JOIN {rows} USING ({keys})"
    )


def _parent_column(dataset: Dataset, constraint: Constraint) -> str:
    """Return the column by which a row names its parent."""
    return next(c.name for c in dataset.columns if c.references == constraint.parent)


def _columns_read(dataset: Dataset, constraint: Constraint) -> set[str]:
    """Return the columns of a row that a rule reads."""
    return {*constraint.columns, _parent_column(dataset, constraint)} if constraint.parent else set(constraint.columns)


def _violations_sql(
    dataset: Dataset, constraint: Constraint, clean: str, present: set[str], known: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    """Return the SQL of the lines that break a rule and the values to show, with the parameters that it binds."""
    origin = quote_ident(clean) if _columns_read(dataset, constraint) <= present else "complete"
    match constraint:
        case OrderConstraint():
            origin = _ordered_groups_sql(constraint)
        case SumConstraint():
            origin = _group_totals_sql(constraint)
        case CycleConstraint():
            origin = f"(SELECT * FROM after JOIN chains ON chains.code = after.{quote_ident(dataset.key[0])})"
        case LinkConstraint():
            origin = _links_sql(constraint)
    shown = ", ".join(constraint.shown or (f"r.{quote_ident(name)}" for name in constraint.columns))
    rows = f"{origin} AS r {_parent_join(dataset, constraint)} {_link_join(dataset, constraint)}"
    sql = f"SELECT r.line, {shown} FROM {rows} WHERE r.line IS NOT NULL AND ({constraint.breaks})"
    return sql, {name: known[name] for name in PARAMETER.findall(sql)}


def _parent_join(dataset: Dataset, constraint: Constraint) -> str:
    """Return the SQL that joins the row of another ledger that a row names, if the rule reads it."""
    if not constraint.parent:
        return ""
    key = quote_ident(DATASETS[constraint.parent].key[0])
    return (
        "LEFT "
        f"JOIN {quote_ident(constraint.parent)} AS p ON p.{key} = r.{quote_ident(_parent_column(dataset, constraint))}"
    )


def _links_sql(constraint: LinkConstraint) -> str:
    """Return the SQL of the file's rows, one for each code that a row names."""
    return f"(SELECT *, unnest({listed_codes_sql(constraint.links)}) AS link FROM after WHERE line IS NOT NULL)"


def _link_join(dataset: Dataset, constraint: Constraint) -> str:
    """Return the SQL that joins the row of the same ledger that a row names, if the rule reads it."""
    if not isinstance(constraint, LinkConstraint) or isinstance(constraint, CycleConstraint):
        return ""
    same = "".join(f" AND n.{g} IS NOT DISTINCT FROM r.{g}" for g in map(quote_ident, constraint.group))
    return f"LEFT JOIN after AS n ON n.{quote_ident(dataset.key[0])} = r.link{same}"


def _ordered_groups_sql(constraint: OrderConstraint) -> str:
    """Return the SQL of the groups that the file touches, each row with what it knows of the others."""
    running = ", ".join(f"{sql} AS {quote_ident(name)}" for name, sql in constraint.running.items())
    same_group = " AND ".join(f"r.{quote_ident(g)} IS NOT DISTINCT FROM t.{quote_ident(g)}" for g in constraint.group)
    parts = ", ".join((_column_list(constraint.group, "r."), *filter(None, [constraint.within])))
    over = f"PARTITION BY {parts} ORDER BY {constraint.order} ROWS BETWEEN"
    return (
        f"(SELECT r.*, {running} FROM after AS r SEMI JOIN (FROM after WHERE line IS NOT NULL) AS t ON {same_group} "
        f"WINDOW before AS ({over} UNBOUNDED PRECEDING AND 1 PRECEDING), "
        f"behind AS ({over} 1 FOLLOWING AND UNBOUNDED FOLLOWING))"
    )


def _group_totals_sql(constraint: SumConstraint) -> str:
    """Return the SQL of the groups' totals, each with its last line in the file."""
    totals = ", ".join(f"{sql} AS {quote_ident(name)}" for name, sql in constraint.totals.items())
    return (
        f"(SELECT {_column_list(constraint.group)}, max(line) AS line, {totals} FROM after AS r "
        f"GROUP BY {_column_list(constraint.group)})"
    )
