"""Rows held against each other: which of a file's good rows break a rule of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.datasets.constraint import Constraint, OrderConstraint, SumConstraint
from data.schema import quoted
from data.standards.thresholds import thresholds
from data.text import Text

PARAMETER = re.compile(r"\$(\w+)")
Judgement = tuple[int, str, str, Text, bool]


def judge(con: Connection, dataset: Dataset, clean: str, ledger: str, today: date) -> list[Judgement]:
    """Return (line, column, values, reason, is_warning) of every row that breaks a rule, by line.

    `clean` is a view of the file's good rows: `line` and the columns that the file has; `ledger` what stands already
    and stays. Values that the file does not have are those of the ledger's row with the same key.
    """
    present = {d[0] for d in con.execute(f"SELECT * FROM {quoted(clean)} LIMIT 0").description or []}
    rules = [rule for rule in dataset.constraints if present & set(rule.columns)]
    if rules:
        _complete(con, dataset, clean, ledger, present)
    if any(isinstance(rule, OrderConstraint | SumConstraint) for rule in rules):
        _after(con, dataset, rules, clean, ledger, present)
    found: list[Judgement] = []
    known = thresholds(today)
    for rule in rules:
        reason = rule.reason.fill(**known, **{c.name: c.label for c in dataset.columns})
        rows = con.execute(*_broken(dataset, rule, clean, present, known | {"today": today})).fetchall()
        found += [(line, rule.columns[0], _told(values), reason, rule.is_warning) for line, *values in rows]
    return sorted(found, key=lambda judgement: judgement[0])


def _told(values: list[object]) -> str:
    """Return the values that stand against each other as text."""
    return " · ".join("—" if v is None else f"{v:.12g}" if isinstance(v, float) else str(v) for v in values)


def _names(columns: Iterable[str], alias: str = "") -> str:
    return ", ".join(alias + quoted(name) for name in columns)


def _complete(con: Connection, dataset: Dataset, clean: str, ledger: str, present: set[str]) -> None:
    """Make the view `complete`: the file's rows with every column of the ledger."""
    listed = [f"{'f' if c.name in present else 'o'}.{quoted(c.name)}" for c in dataset.columns]
    same_key = " AND ".join(f"f.{quoted(k)} = o.{quoted(k)}" for k in dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW complete AS SELECT f.line, {', '.join(listed)} "
        f"FROM {quoted(clean)} AS f LEFT JOIN {quoted(ledger)} AS o ON {same_key}"
    )


def _after(
    con: Connection, dataset: Dataset, rules: list[Constraint], clean: str, ledger: str, present: set[str]
) -> None:
    """Make the view `after`: the ledger as it would stand after the load; rows of the file have their line.

    Sums count the last row of a key only; in an order a row may stand twice.
    """
    read = set(dataset.key).union(
        *(_read_by(dataset, r) for r in rules if isinstance(r, OrderConstraint | SumConstraint))
    )
    keys, values = _names(dataset.key), _names(sorted(read))
    rows = quoted(clean) if read <= present else "complete"
    last = f"SEMI JOIN (SELECT {keys}, max(line) AS line FROM {rows} GROUP BY {keys}) AS last USING ({keys}, line)"
    once = last if any(isinstance(rule, SumConstraint) for rule in rules) else ""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW after AS SELECT line, {values} FROM {rows} {once} "
        f"UNION ALL SELECT NULL, {values} FROM {quoted(ledger)} ANTI JOIN {rows} USING ({keys})"
    )


def _link(dataset: Dataset, rule: Constraint) -> str:
    """Return the column by which a row names its parent."""
    return next(c.name for c in dataset.columns if c.references == rule.parent)


def _read_by(dataset: Dataset, rule: Constraint) -> set[str]:
    """Return the columns of a row that a rule reads."""
    return {*rule.columns, _link(dataset, rule)} if rule.parent else set(rule.columns)


def _broken(
    dataset: Dataset, rule: Constraint, clean: str, present: set[str], known: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    """Return the SQL of the lines that break a rule and the values to show, with the parameters that it binds."""
    origin = quoted(clean) if _read_by(dataset, rule) <= present else "complete"
    if isinstance(rule, OrderConstraint | SumConstraint):
        origin = _ordered(rule) if isinstance(rule, OrderConstraint) else _summed(rule)
    shown = ", ".join(rule.shown or (f"r.{quoted(name)}" for name in rule.columns))
    rows = f"{origin} AS r {_parent(dataset, rule)}"
    sql = f"SELECT r.line, {shown} FROM {rows} WHERE r.line IS NOT NULL AND ({rule.breaks})"
    return sql, {name: known[name] for name in PARAMETER.findall(sql)}


def _parent(dataset: Dataset, rule: Constraint) -> str:
    """Return the SQL that joins the row of another ledger that a row names, if the rule reads it."""
    if not rule.parent:
        return ""
    key = quoted(DATASETS[rule.parent].key[0])
    return f"LEFT JOIN {quoted(rule.parent)} AS p ON p.{key} = r.{quoted(_link(dataset, rule))}"


def _ordered(rule: OrderConstraint) -> str:
    """Return the SQL of the groups that the file touches, each row with what it knows of the others."""
    running = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in rule.running.items())
    same_group = " AND ".join(f"r.{quoted(g)} IS NOT DISTINCT FROM t.{quoted(g)}" for g in rule.group)
    over = f"PARTITION BY {_names(rule.group, 'r.')} ORDER BY {rule.order} ROWS BETWEEN"
    return (
        f"(SELECT r.*, {running} FROM after AS r SEMI JOIN (FROM after WHERE line IS NOT NULL) AS t ON {same_group} "
        f"WINDOW before AS ({over} UNBOUNDED PRECEDING AND 1 PRECEDING), "
        f"behind AS ({over} 1 FOLLOWING AND UNBOUNDED FOLLOWING))"
    )


def _summed(rule: SumConstraint) -> str:
    """Return the SQL of the groups' totals, each with its last line in the file."""
    totals = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in rule.totals.items())
    return f"(SELECT {_names(rule.group)}, max(line) AS line, {totals} FROM after AS r GROUP BY {_names(rule.group)})"
