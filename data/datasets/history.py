"""The ledger of former values: what a row of a register held until the day on which a change took effect."""

from __future__ import annotations

from dataclasses import replace

from data.datasets.constraint import Constraint
from data.datasets.model import VALID_TO, Column, Dataset, date
from data.text import Text


def former_values_ledger(ledger: Dataset, menu_place: int, label: Text, description: Text) -> Dataset:
    """Return the ledger that keeps what the tracked columns of another held before, with the last day of it.

    It keeps to the constraints of that ledger that read nothing else; raises ValueError where nothing is tracked.
    """
    if ledger.history is None:
        raise ValueError(f"dataset {ledger.name}: no history is declared")
    kept = {*ledger.key, *ledger.history.columns}
    return Dataset(
        name=ledger.history_ledger,
        stream=ledger.stream,
        menu_place=menu_place,
        label=label,
        description=description,
        key=(*ledger.key, VALID_TO),
        columns=(
            *(_naming_column(ledger, name) for name in ledger.key),
            date(VALID_TO, "有效至", "Held until", required=True, aliases=("有效期至", "有效截止日期")),
            *(c for c in ledger.columns if c.name in ledger.history.columns),
        ),
        constraints=tuple(rule for rule in ledger.constraints if _is_of_row_alone(rule, kept)),
    )


def _naming_column(ledger: Dataset, name: str) -> Column:
    """Return a column of the key; one that is all of it names the row by its code or its name."""
    column = ledger.column(name)
    if ledger.key != (name,):
        return column
    names = ledger.column(ledger.name_column).spellings()[1:] if ledger.name_column else ()
    return replace(column, references=ledger.name, aliases=(*column.aliases, *names))


def _is_of_row_alone(rule: Constraint, columns: set[str]) -> bool:
    """Tell whether a constraint reads these columns only, and no other row."""
    return type(rule) is Constraint and not rule.parent and set(rule.columns) <= columns
