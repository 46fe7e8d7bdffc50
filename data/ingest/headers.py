"""Which column of a file is which column of the ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.datasets import DATASETS, Choice, Column, Dataset
from data.errors import RepeatedColumn, UnknownUnit, WrongLedger
from data.text import Text
from data.units import UNITS, is_unit

BRACKETED = re.compile(r"^(?P<name>.+?)\s*[(\[【](?P<unit>[^()\[\]【】]*)[)\]】]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the file: its place, its text, and the unit in its brackets."""

    index: int
    text: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Match:
    """How a file's headings map to the ledger.

    `columns` gives column name -> heading; `items` gives choice of a wide layout -> heading;
    `factors` what to multiply values by; `unknown_units` the headings whose unit could not be read.
    """

    columns: dict[str, Heading]
    items: dict[str, Heading]
    factors: dict[str, float]
    unknown_units: list[Heading]
    unmapped: list[Heading]

    @property
    def layout(self) -> str:
        return "wide" if self.items else "long"


def _plain(written: str) -> str:
    return written.strip().replace("（", "(").replace("）", ")")


def _fold(written: str) -> str:
    """Bring spellings of a heading together: case, blanks, full-width brackets, marks of required columns."""
    return re.sub(r"[\s*＊:：]", "", _plain(written)).lower()


def _heading(index: int, written: str) -> Heading:
    found = BRACKETED.match(_plain(written))
    return Heading(index, written.strip(), found["name"] if found else _plain(written), found["unit"] if found else "")


def _named(heading: Heading, spellings: dict[str, str]) -> str | None:
    """Return what a heading names: its whole text first, since some names hold brackets, then without its unit."""
    return spellings.get(_fold(heading.text)) or spellings.get(_fold(heading.name))


def _spellings(entries: tuple[Column, ...]) -> dict[str, str]:
    return {_fold(s): c.name for c in reversed(entries) for s in c.spellings()}


def _item_spellings(dataset: Dataset) -> dict[str, str]:
    if not dataset.wide:
        return {}
    return {_fold(s): c.value for c in dataset.column(dataset.wide.parameter).choices for s in c.spellings()}


def recognised(dataset: Dataset, header: list[str]) -> int:
    """Return how many cells of a row are headings of a ledger."""
    known = _spellings(dataset.columns) | _item_spellings(dataset)
    return sum(1 for i, written in enumerate(header) if _named(_heading(i, written), known))


def match(dataset: Dataset, header: list[str], file_name: str) -> Match:
    """Map the headings of a file; raises WrongLedger, RepeatedColumn, UnknownUnit."""
    headings = [_heading(i, written) for i, written in enumerate(header)]
    columns = _assign(headings, _spellings(dataset.columns), dataset, file_name)
    rest = [h for h in headings if h not in columns.values()]
    items = {} if _is_long(dataset, columns) else _assign(rest, _item_spellings(dataset), dataset, file_name)
    _demand(dataset, columns, items, header, file_name)
    factors, unknown = _factors(dataset, columns, items, file_name)
    unmapped = [h for h in rest if h not in items.values() and h.text]
    return Match(columns, items, factors, unknown, unmapped)


def _is_long(dataset: Dataset, columns: dict[str, Heading]) -> bool:
    return not dataset.wide or {dataset.wide.parameter, dataset.wide.value} <= set(columns)


def _assign(headings: list[Heading], spellings: dict[str, str], dataset: Dataset, file_name: str) -> dict[str, Heading]:
    taken: dict[str, Heading] = {}
    for heading in headings:
        name = _named(heading, spellings)
        if name and name in taken:
            raise RepeatedColumn(
                name=file_name, column=_label(dataset, name), first=taken[name].text, second=heading.text
            )
        if name:
            taken[name] = heading
    return taken


def _label(dataset: Dataset, name: str) -> Text:
    """Return what a column, or an item of a wide file, is called."""
    choices = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    return {c.name: c.label for c in dataset.columns}.get(name) or next(c.label for c in choices if c.value == name)


def _demand(
    dataset: Dataset, columns: dict[str, Heading], items: dict[str, Heading], header: list[str], file_name: str
) -> None:
    present = set(columns) | ({dataset.wide.parameter, dataset.wide.value} if dataset.wide and items else set())
    missing = [c.label for c in dataset.columns if c.required and c.name not in present]
    if missing:
        listed = Text("、".join(m.zh for m in missing), ", ".join(m.en for m in missing))
        raise WrongLedger(name=file_name, dataset=dataset.label, missing=listed, hint=_hint(dataset, header))


def _hint(dataset: Dataset, header: list[str]) -> Text:
    """Say which other ledger the header looks like."""
    likely = max(DATASETS.values(), key=lambda d: recognised(d, header) / len(d.columns))
    if likely is dataset or recognised(likely, header) < 2:
        return Text("请用下载的模板填写。", "Please fill in the template.")
    return Text("它更像“{label}”。", "It looks more like “{label}”.").fill(label=likely.label)


def _measured(
    dataset: Dataset, columns: dict[str, Heading], items: dict[str, Heading]
) -> list[tuple[str, str, Heading]]:
    """List what has a unit: (name, unit code, heading)."""
    numbers = [(n, dataset.column(n).unit, h) for n, h in columns.items() if dataset.column(n).kind in _NUMBERS]
    choices: tuple[Choice, ...] = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    return numbers + [(c.value, c.unit, items[c.value]) for c in choices if c.value in items]


_NUMBERS = {"number", "integer"}


def _factors(
    dataset: Dataset, columns: dict[str, Heading], items: dict[str, Heading], file_name: str
) -> tuple[dict[str, float], list[Heading]]:
    """Return the factor of each column whose heading is in another unit, and the headings with a remark instead.

    Raises UnknownUnit for a unit that does not convert: values must not be loaded a thousand times too large.
    """
    factors, unknown = {}, []
    for name, unit, heading in _measured(dataset, columns, items):
        factor = UNITS[unit].factor(heading.unit) if heading.unit else 1.0
        if factor is None and is_unit(heading.unit):
            known = UNITS[unit].label
            raise UnknownUnit(name=file_name, heading=heading.text, unit=heading.unit, label=heading.name, known=known)
        if factor is None:
            unknown.append(heading)
        elif factor != 1.0:
            factors[name] = factor
    return factors, unknown
