"""Every constraint is broken by one of its own cases and kept by the other, and says what its SQL asks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.datasets.constraint import (
    DAY_OF_CASES,
    Constraint,
    LinkConstraint,
    OrderConstraint,
    SumConstraint,
    at_most,
    cases,
)
from data.ingest.checking.check_constraints import Violation, constraint_violations
from data.schema import align_ledgers, migrate, quote_ident
from data.text import Text

CONSTRAINTS = [(dataset, constraint) for dataset in DATASETS.values() for constraint in dataset.constraints]
every_constraint = pytest.mark.parametrize(
    ("dataset", "constraint"), CONSTRAINTS, ids=[f"{d.name}.{c.name}" for d, c in CONSTRAINTS]
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def empty_ledgers() -> Iterator[Connection]:
    """The tables of the ledgers, without a row."""
    with duckdb.connect() as con:
        migrate(con)
        align_ledgers(con)
        yield con


@pytest.fixture
def con(empty_ledgers) -> Iterator[Connection]:
    """The same; what a test writes is taken back."""
    empty_ledgers.execute("BEGIN")
    yield empty_ledgers
    empty_ledgers.execute("ROLLBACK")


def key_value(column: Column, line: int) -> object:
    """Return a value for a column of the key that tells a row from the others."""
    if column.kind in ("date", "timestamp"):
        return date(2014, 1, line)
    return line if column.kind in ("integer", "number") else f"{column.name} {line}"


def broken_lines(
    con: Connection, dataset: Dataset, constraint: Constraint, rows: Sequence[tuple[object, ...]]
) -> list[int]:
    """Hold rows of a file against one constraint of a ledger; return the lines, from 1, that break it."""
    types = ", ".join(f"{quote_ident(c.name)} {c.sql_type}" for c in dataset.columns)
    con.execute(f"CREATE TEMP TABLE good (line BIGINT, {types})")
    for line, row in enumerate(rows, 1):
        keys = {c.name: key_value(c, line) for c in dataset.columns if c.name in dataset.key}
        values = {"line": line} | keys | dict(zip(constraint.columns, row, strict=True))
        names, marks = ", ".join(map(quote_ident, values)), ", ".join("?" * len(values))
        con.execute(f"INSERT INTO good ({names}) VALUES ({marks})", list(values.values()))
    return [violation[0] for violation in violations_of(con, dataset, constraint)]


def violations_of(con: Connection, dataset: Dataset, constraint: Constraint) -> list[Violation]:
    return constraint_violations(con, replace(dataset, constraints=(constraint,)), "good", dataset.name, DAY_OF_CASES)


def insert_other_rows(con: Connection, constraint: Constraint) -> None:
    """Put the rows that the cases of a constraint take for granted into their ledgers."""
    for ledger, values in constraint.cases.other_rows.items():
        names, marks = ", ".join(map(quote_ident, values)), ", ".join("?" * len(values))
        con.execute(f"INSERT INTO {quote_ident(ledger)} ({names}) VALUES ({marks})", list(values.values()))


@every_constraint
def test_a_constraint_is_broken_by_its_case(con, dataset, constraint):
    """The last of the rows is told, in a sentence of both languages in which no blank is left."""
    insert_other_rows(con, constraint)
    rows = constraint.cases.broken
    told = broken_lines(con, dataset, constraint, rows)
    assert len(rows) in told, (
        f"{dataset.name}.{constraint.name}: the last of the broken rows breaks nothing: {rows[-1]}"
    )
    said = violations_of(con, dataset, constraint)[-1]
    assert said[1] == constraint.columns[0]
    assert re.findall("[{}]", said[3].zh + said[3].en) == []


@every_constraint
def test_a_constraint_is_kept_by_its_case(con, dataset, constraint):
    """Rows that differ little from the broken ones are told nothing."""
    insert_other_rows(con, constraint)
    assert constraint.cases.kept
    told = broken_lines(con, dataset, constraint, constraint.cases.kept)
    assert not told, f"{dataset.name}.{constraint.name}: rows that should keep it break it: {told}, counted from 1"


def numbers_in(phrase: str) -> set[float]:
    """Return the numbers that stand in a sentence or in SQL, those of words in quotes and of blanks left out."""
    return {float(found) for found in NUMBER.findall(re.sub(r"'[^']*'|{[^}]*}|\w*[a-z_]\w*", " ", phrase))}


def computed_sql(constraint: Constraint) -> dict[str, str]:
    """Return the values that a constraint works out over several rows, by name."""
    if isinstance(constraint, LinkConstraint):
        return dict.fromkeys(("link", "chain"), "")
    if isinstance(constraint, OrderConstraint):
        return constraint.running
    return constraint.totals if isinstance(constraint, SumConstraint) else {}


def unasked_numbers(constraint: Constraint) -> set[float]:
    """Return the numbers that a reason names in one language only, or that the SQL does not hold."""
    zh, en = numbers_in(constraint.reason.zh), numbers_in(constraint.reason.en)
    return (zh ^ en) | (zh - numbers_in(" ".join([constraint.breaks, *computed_sql(constraint).values()])))


@every_constraint
def test_a_reason_names_the_numbers_of_its_sql(dataset, constraint):
    """A limit that is changed in the SQL and not in the sentence, or in one language only, is a lie to the reader."""
    lies = unasked_numbers(constraint)
    assert not lies, (
        f"{dataset.name}.{constraint.name}: {lies} in the reason, but not in the SQL or in one language only"
    )
    thresholds = re.findall(r"{(\w+):", constraint.reason.zh)
    assert set(thresholds) <= set(re.findall(r"\$(\w+)", constraint.breaks))


def test_a_number_that_differs_is_found():
    """12 in the sentence and 800 in the SQL, 12 and 13 in the two languages, a number in the name of a column."""
    rule = Constraint(
        name="in_a_day",
        columns=("end_at",),
        breaks="r.end_at > r.start_at + INTERVAL 12 HOUR AND r.plan2 <> '3 次'",
        reason=Text("“{end_at}”超过 12 小时", "“{end_at}” is more than 12 hours"),
        cases=cases(broken=[(1,)], kept=[(2,)]),
    )
    assert unasked_numbers(rule) == set()
    assert unasked_numbers(replace(rule, breaks=rule.breaks.replace("12", "800"))) == {12}
    assert unasked_numbers(replace(rule, reason=Text("超过 12 小时", "more than 13 hours"))) == {12, 13}
    assert unasked_numbers(replace(rule, reason=Text("超过 3 小时", "more than 3 hours"))) == {3}


@every_constraint
def test_a_constraint_reads_what_it_declares(dataset, constraint):
    """It names each column that its SQL reads, so that a file without it is completed from the ledger."""
    computed, group = computed_sql(constraint), getattr(constraint, "group", ())
    sql = [constraint.breaks, *constraint.shown, getattr(constraint, "order", ""), *computed.values()]
    read = set(re.findall(r"\br\.(\w+)", " ".join(sql))) | set(group)
    undeclared = read - set(computed) - set(constraint.columns)
    assert not undeclared, f"{dataset.name}.{constraint.name}: columns lacks {undeclared}, which the SQL reads"
    assert set(re.findall(r"{(\w+)}", constraint.reason.zh)) <= set(constraint.columns)
    parents = {c.name for c in DATASETS[constraint.parent].columns} if constraint.parent else set()
    assert set(re.findall(r"\bp\.(\w+)", " ".join(sql))) <= parents
    assert set(re.findall(r"\bn\.(\w+)", " ".join(sql))) <= set(constraint.columns)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
def test_a_constraint_is_known_by_its_name(dataset):
    """No two constraints of a ledger bear one name."""
    names = [constraint.name for constraint in dataset.constraints]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
def test_a_day_that_dates_a_ledger_is_past(dataset):
    """No ledger can be as of a day that has not come: write `*not_in_future(…)` for the columns that date it."""
    open_ended = set(dataset.dated_by) - dataset.past_columns
    assert not open_ended, (
        f"{dataset.name}: {open_ended} may lie in the future; add *not_in_future(…) to its constraints"
    )


def test_cases_have_a_value_for_each_column():
    """A case that is too short, or lacks, is refused where the constraint is declared."""
    for broken, kept in (([(1,)], [(1, 2)]), ([(1, 2)], []), ([], [(1, 2)])):
        with pytest.raises(ValueError, match="constraint a_at_most_b: cases are rows broken and kept"):
            replace(at_most("a", "b"), cases=cases(broken, kept))
