"""How a figure of a result is worked out of other columns of its row, for whoever puts the numbers in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operation = Literal["÷", "−", "+", "Σ", "median"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A column of a result, the operation that gives it, and the columns of the same row that this takes, in order.

    A quotient of a column in percent is taken a hundredfold. Σ adds the column itself up over all rows that count; of
    a median only the column is known that counts its values.
    """

    figure: str
    operation: Operation
    parts: tuple[str, ...]


def quotient(figure: str, done: str, total: str) -> Derivation:
    return Derivation(figure, "÷", (done, total))


def difference(figure: str, whole: str, less: str) -> Derivation:
    return Derivation(figure, "−", (whole, less))


def addition(figure: str, *parts: str) -> Derivation:
    return Derivation(figure, "+", parts)


def column_sum(figure: str) -> Derivation:
    return Derivation(figure, "Σ", (figure,))


def median_of(figure: str, counted: str) -> Derivation:
    return Derivation(figure, "median", (counted,))
