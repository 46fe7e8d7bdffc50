"""What a ledger is: its columns, its key, and what each column may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

from data.datasets.constraint import Constraint
from data.text import Text, untranslated
from data.units import UNITS, NumberFormat, Unit

Kind = Literal["text", "integer", "number", "date", "month", "timestamp", "flag", "path", "shape"]
Stream = Literal["shared", "water", "investment", "demolition"]

VALID_TO = "valid_to"  # the last day on which a row of a ledger of former values held

RESERVED = {"line", "width", "faults"}  # columns of the tables in which a file is checked

SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "month": "DATE",
    "timestamp": "TIMESTAMP",
    "flag": "BOOLEAN",
    "path": "VARCHAR",
    "shape": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enumeration: what is stored, how it reads, how else clerks write it.

    `unit`, `low` and `high` describe the measured value that the choice stands for (a water parameter), `hours` the
    part of the day, from one hour to before another.
    """

    value: str
    label: Text
    aliases: tuple[str, ...] = ()
    unit: str = ""
    low: float | None = None
    high: float | None = None
    hours: tuple[int, int] | None = None

    def spellings(self) -> tuple[str, ...]:
        """Return every way of writing this choice that the check accepts."""
        return (self.value, self.label.zh, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a ledger or of a result; `label` is its heading on screen and in the template.

    Words of a column with `choices` are put into the reader's language. `number_format` is that of the unit where the
    column has none of its own.

    `unit_from` names the enumeration whose word says row by row in what unit a number is: the item of a reading, the
    unit of a work; with a point before it, that of the row of another ledger which this one names. `day_from` names the
    moment on whose day this one is where it is written as a time of day only. `closed_because` says why no other word
    than its choices is taken, where a law has it so.
    """

    name: str
    label: Text
    kind: Kind = "text"
    unit: str = ""
    number_format: NumberFormat | None = None
    unit_from: str = ""
    day_from: str = ""
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[Choice, ...] = ()
    references: str = ""
    aliases: tuple[str, ...] = ()
    personal: bool = False
    closed_because: Text | None = None

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"column {self.name}: unknown unit {self.unit!r}")

    @property
    def measure(self) -> Unit:
        return UNITS[self.unit]

    @property
    def written(self) -> NumberFormat:
        """How its numbers are read: the unit's way, unless it has its own."""
        return self.number_format or self.measure.number_format

    @property
    def heading(self) -> Text:
        """The label with its unit in brackets, as templates and tables print it."""
        if not self.unit:
            return self.label
        unit = self.measure.label
        return Text(f"{self.label.zh}({unit.zh})", f"{self.label.en} ({unit.en})")

    @property
    def is_unit_list(self) -> bool:
        """Whether the words of this enumeration are units themselves, as m³ and 户 are."""
        return bool(self.choices) and all(c.unit and UNITS[c.unit].factor(c.value) == 1.0 for c in self.choices)

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.kind]

    def spellings(self) -> tuple[str, ...]:
        """Return every heading, without its unit, under which this column is known."""
        return (self.name, self.label.zh, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class WideLayout:
    """The other layout of a long ledger: one column per choice of `parameter`, holding `value`.

    `qualifier` is the column that says of a value such as <0.02 or 0.02L that it is only a limit, `side` the
    enumeration that a heading may name beside its item, as in 进水COD.
    """

    parameter: str
    value: str
    qualifier: str
    missing: tuple[str, ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What of a ledger's rows figures are judged by, so that a change has a day from which it holds.

    The ledger itself has what holds now; another keeps the former values of `columns`, each with its last day. Rows
    with the same `group`, the key where it is empty, change as a whole. `judged` is the ledger of dated rows that the
    values judge, which names these rows or their children.
    """

    columns: tuple[str, ...]
    judged: str
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One ledger: what the tables, templates, checks, dictionary and headings are made from.

    `menu_place` orders the ledgers of a line of work wherever they are listed; one without it comes last.
    `dated_by` names the columns whose newest value is the ledger's as-of date; `name_column` is the one by
    which other ledgers may name a row instead of its key, `place_column` the one that tells rows of one name apart, by
    the first two characters of a place (浙江, 浙江省); rows of an event ledger are happenings, which may be
    appended without touching those that stand there. `constraints` are what its rows keep to among each other;
    `history` is what of them holds from a day on. `joined_key` names columns of the key that were not in it from the
    first: older versions of a row may bear another value there. `is_for_clerks` keeps viewers off rows of which none
    is a household, but from which one could be told: counts of small groups as they were published, scores, notes.
    """

    name: str
    stream: Stream
    label: Text
    description: Text
    menu_place: int = 1_000
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    dated_by: tuple[str, ...] = ()
    name_column: str = ""
    place_column: str = ""
    wide: WideLayout | None = None
    is_event: bool = False
    constraints: tuple[Constraint, ...] = ()
    history: History | None = None
    joined_key: tuple[str, ...] = ()
    is_for_clerks: bool = False

    def __post_init__(self) -> None:
        names = [c.name for c in self.columns]
        missing = sorted(self._named_columns() - set(names))
        if missing or len(set(names)) != len(names):
            raise ValueError(f"dataset {self.name}: columns repeated or missing {missing}")
        if taken := RESERVED.intersection(names):
            raise ValueError(f"dataset {self.name}: the check has columns of that name itself: {sorted(taken)}")
        optional = [n for n in self.key if not self.column(n).required]
        if optional:
            raise ValueError(f"dataset {self.name}: key columns must be required: {optional}")

    def _named_columns(self) -> set[str]:
        """Return the names by which the declaration speaks of columns, its own included."""
        wide = (self.wide.parameter, self.wide.value, self.wide.qualifier, self.wide.side) if self.wide else ()
        units = (c.unit_from.partition(".")[0] for c in self.columns)
        days, ruled = (c.day_from for c in self.columns), (n for rule in self.constraints for n in rule.columns)
        one_each = (self.name_column, self.place_column)
        tracked = (*self.history.columns, *self.history.group) if self.history else ()
        return set(filter(None, (*self.key, *self.dated_by, *one_each, *wide, *units, *days, *ruled, *tracked)))

    @property
    def history_ledger(self) -> str:
        """The name of the ledger that keeps the former values of this one; "" where it has no history."""
        return f"{self.name}_history" if self.history else ""

    @property
    def past_columns(self) -> set[str]:
        """The days and times of what has happened, which a rule holds to be no later than today."""
        return {rule.columns[0] for rule in self.constraints if "$today" in rule.breaks}

    @property
    def is_by_household(self) -> bool:
        """Whether its rows are of single households, or of their petitions."""
        return any(column.name in ("household_id", "petition_id") for column in self.columns)

    @property
    def is_withheld(self) -> bool:
        """Whether viewers see nothing of its rows."""
        return self.is_by_household or self.is_for_clerks

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


class CodeOptions(TypedDict, total=False):
    """What a column may declare beside name, heading and kind; that it is required goes without saying of a code."""

    aliases: tuple[str, ...]
    personal: bool


class ColumnOptions(CodeOptions, total=False):
    """What any other column may declare."""

    required: bool


class ChoiceOptions(ColumnOptions, total=False):
    """What an enumeration may declare: also why it is closed."""

    closed_because: Text | None


class MomentOptions(ColumnOptions, total=False):
    """What a moment may declare: also the column on whose day it is."""

    day_from: str


class NumberOptions(ColumnOptions, total=False):
    """What a number may declare: also how it is read, its greatest value, and the enumeration that gives its unit."""

    number_format: NumberFormat | None
    high: float | None
    unit_from: str


def text(name: str, zh: str, en: str, **more: Unpack[ColumnOptions]) -> Column:
    return Column(name=name, label=Text(zh, en), **more)


def code(name: str, zh: str, en: str, **more: Unpack[CodeOptions]) -> Column:
    """Return the column that identifies a row."""
    return Column(name=name, label=Text(zh, en), required=True, **more)


def parent(name: str, dataset: str, zh: str, en: str, **more: Unpack[ColumnOptions]) -> Column:
    """Return a column that names a row of another ledger, by its code or by its name."""
    return Column(name=name, label=Text(zh, en), references=dataset, **more)


def number(
    name: str, zh: str, en: str, unit: str = "", *, low: float | None = 0.0, **more: Unpack[NumberOptions]
) -> Column:
    return Column(name=name, label=Text(zh, en), kind="number", unit=unit, low=low, **more)


def integer(
    name: str, zh: str, en: str, unit: str = "", *, low: float | None = 0.0, **more: Unpack[NumberOptions]
) -> Column:
    return Column(name=name, label=Text(zh, en), kind="integer", unit=unit, low=low, **more)


def date(name: str, zh: str, en: str, **more: Unpack[ColumnOptions]) -> Column:
    return Column(name=name, label=Text(zh, en), kind="date", **more)


def month(name: str, zh: str, en: str, **more: Unpack[ColumnOptions]) -> Column:
    """Return a column of the first days of months."""
    return Column(name=name, label=Text(zh, en), kind="month", **more)


def moment(name: str, zh: str, en: str, **more: Unpack[MomentOptions]) -> Column:
    return Column(name=name, label=Text(zh, en), kind="timestamp", **more)


def flag(name: str, zh: str, en: str, **more: Unpack[ColumnOptions]) -> Column:
    return Column(name=name, label=Text(zh, en), kind="flag", **more)


def choice(name: str, zh: str, en: str, choices: tuple[Choice, ...], **more: Unpack[ChoiceOptions]) -> Column:
    return Column(name=name, label=Text(zh, en), choices=choices, **more)


def choices(**values: str) -> tuple[Choice, ...]:
    """Return an enumeration whose stored values are the Chinese words, in order: `choices(清淤="Dredging")`."""
    return tuple(Choice(zh, Text(zh, en)) for zh, en in values.items())


def also_written(choices: tuple[Choice, ...], **aliases: str) -> tuple[Choice, ...]:
    """Return an enumeration with more spellings of its words: `also_written(STAGES, 洽谈="在谈 洽谈中")`."""
    return tuple(replace(c, aliases=(*c.aliases, *aliases.get(c.value, "").split())) for c in choices)


def symbols(*values: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return an enumeration of signs that read alike in both languages, each with its other spellings."""
    return tuple(Choice(value, untranslated(value), tuple(aliases)) for value, *aliases in values)
