"""What a sheet of a workbook is made of, and how each cell reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from data.errors import UnreadableWorkbook
from data.ingest.reading.number_format import NumberFormat, ShownNumber, number_format

QUOTED_LITERAL = re.compile(r'"[^"]*"|[\\_*].')
CODE_FORMAT = re.compile(r'(?P<prefix>(?:"[A-Za-z\d-]+"|\\[A-Za-z\d-]|-)*)(?P<digits>0+)(?:;.*)?')
LONGEST_FORMAT = 255  # characters; Excel takes no longer one, and its parts are searched again and again
TWO_DIGITS = [f"{number:02}" for number in range(60)]
HALF_A_SECOND = timedelta(microseconds=500_000)
Row = tuple[int, list[Any]]


class SheetInfo(NamedTuple):
    """A sheet of a workbook, and whether it is hidden from the clerk."""

    name: str
    is_hidden: bool


class Percent(float):
    """A number that its cell shows as a percentage: 0.8 reads 80%."""


class CodeFormat(NamedTuple):
    """A number format that makes a code of a number: 12 shows as 0012, or as W-0012."""

    prefix: str
    digits: int

    def shown(self, value: float) -> Any:
        """Return what a cell of this format shows; a number that is no count of things stays one."""
        return f"{self.prefix}{int(value):0{self.digits}}" if value >= 0 and value == int(value) else value


CellFormat = CodeFormat | NumberFormat


class MergedRange(NamedTuple):
    """A merged range: its first and last line from 1, its first and last place in a row from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its rows that hold anything with their lines, "" for an empty cell; merged ranges; hidden such lines;
    the places, from 0, of hidden columns; the lines with struck-out cells; whether cells show pictures.

    A cell is a str, float, Percent, ShownNumber, bool, date, datetime, time or timedelta; an error of Excel is its
    text.
    """

    rows: Iterator[Row]
    merged: list[MergedRange]
    hidden: list[int]
    hidden_columns: list[int]
    struck: list[int]
    has_pictures: bool = False


def is_percent_format(written: str) -> bool:
    """Tell whether a number format multiplies by 100 and puts a % behind; a % in quotes is only a sign."""
    return "%" in QUOTED_LITERAL.sub("", written)


def code_format(written: str) -> CodeFormat | None:
    """Return the format of codes that a number format is: zeros before the number, or letters in quotes too."""
    found = CODE_FORMAT.fullmatch(written)
    prefix = re.sub(r'["\\]', "", found["prefix"]) if found else ""
    return (
        CodeFormat(prefix, len(found["digits"])) if found and (prefix.strip("-") or written.startswith("00")) else None
    )


def cell_format(written: str) -> CellFormat | None:
    """Return a number format that makes more of a number than the number or a percentage.

    Raises UnreadableWorkbook for one longer than Excel takes.
    """
    if len(written) > LONGEST_FORMAT:
        raise UnreadableWorkbook
    return code_format(written) or number_format(written)


def _number_text(value: float) -> str:
    return repr(value).removesuffix(".0")


def _percent_text(value: Percent) -> str:
    """Move the point by two places, digit by digit, so that 0.07 reads 7% and not 7.000000000000001%."""
    shown = format(Decimal(repr(float(value))).scaleb(2), "f")
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + "%"


def _shown_text(value: ShownNumber) -> str:
    return value.text


def _flag_text(value: bool) -> str:
    return "是" if value else "否"


def _datetime_text(value: datetime) -> str:
    """Write a date and time to the second; a table of digits is twice as fast as isoformat."""
    if value.microsecond:
        value = (value + HALF_A_SECOND).replace(microsecond=0)
    day = f"{value.year}-{TWO_DIGITS[value.month]}-{TWO_DIGITS[value.day]}"
    return f"{day} {TWO_DIGITS[value.hour]}:{TWO_DIGITS[value.minute]}:{TWO_DIGITS[value.second]}"


def _time_text(value: time) -> str:
    return str(value.replace(microsecond=0))


def _duration_text(value: timedelta) -> str:
    """Write a duration as [h]:mm:ss does, hours beyond a day counted on."""
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"


TEXT_BY_TYPE: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    float: _number_text,
    Percent: _percent_text,
    ShownNumber: _shown_text,
    bool: _flag_text,
    date: str,
    datetime: _datetime_text,
    time: _time_text,
    timedelta: _duration_text,
}
NUMBER_TYPES = {int, float, Percent, ShownNumber, bool}


def cells_as_text(rows: Sequence[list[Any]]) -> list[list[str]]:
    """Return the cells of equally long rows as text: dates as 2014-03-05, whole numbers without point, flags as 是, 否.

    A column at a time: its cells are mostly of one kind.
    """
    return list(map(list, zip(*map(_column_as_text, zip(*rows, strict=True)), strict=True)))


def _column_as_text(cells: tuple[Any, ...]) -> Iterable[str]:
    """Show each value once, unless equal ones may read differently: 1, True, 100% and 1万元 are the same to Python."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    if len(kinds & NUMBER_TYPES) > 1 or ShownNumber in kinds:
        return [TEXT_BY_TYPE[type(cell)](cell) for cell in cells]
    texts = {cell: TEXT_BY_TYPE[type(cell)](cell) for cell in set(cells)}
    return map(texts.__getitem__, cells)
