"""What every kind of file is cut into: records with their lines, and remarks about how a line was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

SPACES = "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
BLANKS = " \t\r\n\v\f\x85\u2028\u2029" + SPACES + INVISIBLE
MOST_COLUMNS = 2_000  # chosen, not measured: far above any ledger
LONGEST_CELL = 32_767  # characters; those of a cell in Excel
PICTURE_FORMULA = re.compile(r"\s*=?\s*(?:_xl\w+\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
PICTURE_TEXT = "=IMAGE()"  # stands for a picture in a row, whatever its cell shows to programs that know none
LONGEST_HEADING = 200  # characters; chosen, not measured: far above any heading


class Record(NamedTuple):
    """One row of a file and the line of the uploaded file (or the row of the sheet) on which it starts, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about how a line was read: a key of NOTES and what fills its blanks."""

    line: int
    reason: str
    blanks: Mapping[str, object] = field(default_factory=dict)


def picture_columns(records: Iterable[Record]) -> tuple[int, ...]:
    """Return the places in a row, from 0, where cells hold the formula of a picture instead of a value."""
    found = {place for record in records for place, cell in enumerate(record.cells) if PICTURE_FORMULA.match(cell)}
    return tuple(sorted(found))


def has_content(cells: Sequence[str]) -> bool:
    """Tell whether any cell of a row holds more than blanks."""
    return bool("".join(cells).strip(BLANKS))


def trimmed_cells(cells: Sequence[str]) -> list[str]:
    """Return the cells of a row without blanks around them and without the empty cells at its end."""
    bare = [cell.strip(BLANKS) for cell in cells]
    while bare and not bare[-1]:
        bare.pop()
    return bare


def heading_cells(cells: Sequence[str]) -> list[str]:
    """Return what may be the headings of a row: not more and not longer ones than any ledger has."""
    return [cell[:LONGEST_HEADING] for cell in trimmed_cells(cells[:MOST_COLUMNS])]
