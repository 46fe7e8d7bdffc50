"""What ui/ knows of a metric, a listing and their results; METRICS and LISTINGS are not imported here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from data.datasets import Column
from data.derivations import Derivation
from data.text import Text

if TYPE_CHECKING:  # it loads Streamlit, without which the command line does
    from ui import cache


class Definition(Protocol):
    """A metric or a listing: its code and its name."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def is_by_household(self) -> bool: ...
    @property
    def derived(self) -> tuple[Derivation, ...]: ...
    @property
    def made_up_of(self) -> cache.Definition[DatedResult] | None: ...


class DatedResult(Protocol):
    """What is worked out of a metric or listed: the day as of which it holds, how new its data are, its rows."""

    @property
    def definition(self) -> Definition: ...
    @property
    def ledgers(self) -> tuple[str, ...]: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def newest(self) -> date | None: ...
    @property
    def formula(self) -> Text: ...
    @property
    def rows(self) -> pd.DataFrame: ...
    def column(self, name: str) -> Column: ...


@dataclass(frozen=True, slots=True)
class PartResult:
    """A result of which some rows count: those of one village or project, a row of a list, or those of one figure.

    `code` is by what name they are asked for, `label` the name of the figure where it is not that of the metric, and
    `worked` how it comes of them where the result does not declare it.
    """

    definition: Definition
    ledgers: tuple[str, ...]
    as_of: date | None
    newest: date | None
    formula: Text
    rows: pd.DataFrame
    column: Callable[[str], Column]
    code: str
    label: Text | None = None
    worked: tuple[Text, ...] = ()
