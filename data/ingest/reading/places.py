"""Where a row stands: the line of a text, the row of a sheet; of several sheets each row has a number of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from data.text import Text, join_list, join_texts, untranslated

ROWS_OF_A_SHEET = 1 << 32  # chosen: above any row of a sheet, so that the rows of several sheets have numbers in order
LINES = Text("第 {lines} 行", "Line {lines}")
SHEET_LINES = Text("{sheet} 第 {lines} 行", "Line {lines} of {sheet}")


class Place(NamedTuple):
    """The line on which a row stands, and its sheet; "" where only one sheet was read, and for a text."""

    sheet: str
    line: int


def numbered_line(sheet: int, line: int) -> int:
    """Return the number, among all rows of a workbook, of a row of one of its sheets; those count from 1."""
    return sheet * ROWS_OF_A_SHEET + line


def sheet_and_line(number: int) -> tuple[int, int]:
    """Return the sheet, counted from 1 and 0 where there is but one table, and the line that a number stands for."""
    return divmod(number, ROWS_OF_A_SHEET)


def places_text(places: Iterable[Place]) -> Text:
    """Name some places: 第 3、4 行, or with the sheets 一月 第 3 行；二月 第 3、4 行."""
    lines: dict[str, list[Text]] = {}
    for place in dict.fromkeys(places):
        lines.setdefault(place.sheet, []).append(untranslated(str(place.line)))
    named = [(SHEET_LINES if sheet else LINES).fill(sheet=sheet, lines=join_list(n)) for sheet, n in lines.items()]
    return join_texts(named, Text("；", "; "))


def file_title(name: str, sheet: str) -> str:
    """Return what the file of a row is called: with its sheet, where several were read."""
    return f"{name} · {sheet}" if sheet else name
