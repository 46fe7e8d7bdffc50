"""Where the table of a file begins: titles, header, unit row; and which rows below are not data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from data.datasets import Column, Dataset, item_column
from data.errors import AmbiguousTitleUnit, NoSuchHeader, UnknownTitleUnit
from data.ingest.reading.delimited import HEADER_ROWS
from data.ingest.reading.places import numbered_line, sheet_and_line
from data.ingest.reading.reader import Recognise
from data.ingest.reading.records import Record, heading_cells, trimmed_cells
from data.ingest.table import non_data_rows, sides
from data.ingest.table.heading_brackets import split_brackets
from data.traditional import to_simplified
from data.units import UNITS, is_known_unit, sole_unit, unit_in_brackets

BRACKETS = "()（）[]【】 "
UNIT_TITLE = re.compile(r"(?:单\s*位|金额)\s*(?:[:：]\s*)?(?:人民币\s*)?([^\s()（）\[\]【】:：]+)")
IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
NUMBER_CELL = re.compile(r"[\d.,:/\-+%\s]+")
LABELLED_VALUE = re.compile(r"[:：]\s*\S")
NO_UNIT = ("", "-", "—", "/", "--", "单位", "计量单位")
UNIT_WORDS = ("单位", "计量单位")
UNIT_SYMBOL = re.compile(r"[\u4e00-\u9fff%‰℃°a-zμµ/³²\d]{0,20}[%‰℃°a-zμµ][a-zμµ/³²\d]{0,20}", re.I)
FULL_ENOUGH = 0.8  # chosen: a header may leave a column or two without a heading


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row of the file that is no data: its line, a key of LEFT_OUT, and its text."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a file's table is: one heading a column, the header's last line, the first line that may be data.

    `written` are the rows above the data as they stand in the file, so that a page's repeated header is known;
    `title_units` is heading -> the unit that a title names for it; `turned` fills with the headers below that have the
    columns in another order.
    """

    header: list[str]
    header_line: int
    first_line: int
    left_out: list[LeftOutRow]
    rows_above: list[list[str]] = field(default_factory=list)
    title_units: dict[str, str] = field(default_factory=dict)
    reordered_headers: list[list[str]] = field(default_factory=list)


def find_layout(dataset: Dataset, head: Sequence[Record], header_line: int | None, recognise: Recognise) -> Layout:
    """Return where the table of a file is; a given `header_line` is the (lower) row of its header.

    Raises NoSuchHeader if no row of the head is on that line.
    """
    rows = [trimmed_cells(row.cells) for row in head]
    at = _header_row_index(rows, recognise) if header_line is None else _row_index_of_line(head, header_line)
    top, bottom, header = _complete_header(rows, at, header_line is None, recognise)
    header = [_heading_with_side_first(dataset, heading, recognise) for heading in header]
    units = [i for i in (top - 1, bottom + 1) if 0 <= i < len(rows) and _is_unit_row(rows[i])]
    above = [i for i in range(top) if i not in units]
    for_all = [i for i in units if _is_unit_for_all(dataset, header, rows[i])]
    for i in units:
        header = header if i in for_all else _headings_with_units(dataset, header, rows[i], recognise)
    named = _title_units(dataset, header, [cell for i in (*above, *for_all) for cell in rows[i]])
    header = [_heading_with_title_unit(dataset, heading, named.get(heading), recognise) for heading in header]
    first = max([bottom, *units]) + 1
    guides = list(takewhile(lambda i: non_data_rows.is_guide_row(list(filter(None, rows[i]))), range(first, len(rows))))
    first += len(guides)
    reasons = dict.fromkeys(units, "unit") | dict.fromkeys(guides, "guide")
    reasons |= dict.fromkeys((*above, *(i for i in for_all if i < top)), "title")
    left_out = [_left_out_row(head[i], reasons[i]) for i in sorted(reasons)]
    first_line = head[first].line if first < len(head) else head[-1].line + 1
    return Layout(header, head[bottom].line, first_line, left_out, rows[:first], named)


def without_columns(table: Layout, places: Collection[int]) -> Layout:
    """Return a layout whose columns at some places have no heading, so that nobody reads them."""
    return replace(table, header=["" if i in places else heading for i, heading in enumerate(table.header)])


def _row_index_of_line(head: Sequence[Record], line: int) -> int:
    number = numbered_line(sheet_and_line(head[0].line)[0], line)
    found = next((i for i, row in enumerate(head) if row.line == number), None)
    if found is None:
        raise NoSuchHeader(line=line)
    return found


def _header_row_index(rows: list[list[str]], recognise: Recognise) -> int:
    """Return the first row with the most known headings; if none has two, the first that is about as full as any.

    A single known heading may be a word among the data, such as the name of an item. A header that has numbers right
    below it is not passed over for a fuller one further down: that one is the header of other rows.
    """
    first = rows[:HEADER_ROWS]
    known = [recognise(heading_cells(row)) for row in first]
    if max(known) > 1:
        best = known.index(max(known))
        return next((i for i in range(best) if _is_header_over_numbers(first[i], first[i + 1], known[i])), best)
    filled = [sum(map(bool, row)) for row in first]
    return next(i for i, count in enumerate(filled) if count >= FULL_ENOUGH * max(filled))


def _is_header_over_numbers(row: list[str], below: list[str], known: int) -> bool:
    """Tell whether most of what a row holds are known headings, none of it numbers, while the next row has some."""
    filled = [cell for cell in row if cell]
    is_header = known > 1 and 2 * known > len(filled) and not any(map(NUMBER_CELL.fullmatch, filled))
    return is_header and any(map(NUMBER_CELL.fullmatch, below))


def _complete_header(
    rows: list[list[str]], at: int, may_go_on: bool, recognise: Recognise
) -> tuple[int, int, list[str]]:
    """Return the first and last row of the header and its headings, joined if a row of groups stands above."""
    if may_go_on and at + 1 < len(rows) and _is_lower_header_row(rows[at], rows[at + 1], recognise):
        return at, at + 1, _joined_headers(rows[at], rows[at + 1], recognise)
    if at and _is_upper_header_row(rows[at - 1], rows[at], recognise):
        return at - 1, at, _joined_headers(rows[at - 1], rows[at], recognise)
    return at, at, rows[at]


def _heading_with_side_first(dataset: Dataset, heading: str, recognise: Recognise) -> str:
    """Return COD(mg/L)进水 as 进水COD(mg/L), so that the unit comes last as it does elsewhere."""
    rest, side = sides.split_side(dataset, heading)
    return side + rest if side and recognise([side + rest]) else heading


def _column_pairs(upper: list[str], lower: list[str]) -> list[tuple[str, str]]:
    """Return the two cells of each column; a group's title stands over all its columns, though written once."""
    found, group = [], ""
    for i in range(max(len(upper), len(lower))):
        below = lower[i] if i < len(lower) else ""
        group = (upper[i] if i < len(upper) else "") or (group if below else "")
        found.append((group, below))
    return found


def _joined_headers(upper: list[str], lower: list[str], recognise: Recognise) -> list[str]:
    """Return for each column of a header of two rows the heading that is known, or the one that tells most."""
    pairs = _column_pairs(upper, lower)
    uppers, lowers = [u for u, _ in pairs], [b for _, b in pairs]
    return [_joined_heading(u, b, uppers.count(u) == 1, lowers.count(b) == 1, recognise) for u, b in pairs]


def _joined_heading(upper: str, lower: str, upper_is_one: bool, lower_is_one: bool, recognise: Recognise) -> str:
    """Return the first known one of upper+lower, lower, lower(upper), upper, as far as they name one column only."""
    if not lower or not upper or upper == lower:
        return lower or upper
    joined = [upper + lower, f"{lower}({upper})"]
    options = [*([lower] if lower_is_one else []), *joined, *([upper] if upper_is_one else [])]
    return next((h for h in (joined[0], *options) if recognise([h])), options[0])


def _is_upper_header_row(upper: list[str], lower: list[str], recognise: Recognise) -> bool:
    """Tell whether a row above the header belongs to it: it makes headings known, or tells equal ones apart."""
    groups = {cell for cell in upper if cell}
    if (
        not groups
        or _is_unit_row(upper)
        or any(map(LABELLED_VALUE.search, groups))
        or any(map(NUMBER_CELL.fullmatch, groups))
    ):
        return False
    columns, joined = _column_pairs(upper, lower), _joined_headers(upper, lower, recognise)
    gained = [h for h, (above, below) in zip(joined, columns, strict=True) if h != above or below in ("", above)]
    if recognise(gained) > recognise(lower):
        return True
    filled = [cell for cell in lower if cell]
    is_merged = any(above and below in ("", above) for above, below in columns)
    return len(groups) > 1 and (is_merged or len(set(filled)) < len(filled))


def _is_lower_header_row(upper: list[str], lower: list[str], recognise: Recognise) -> bool:
    """Tell whether a row below the header belongs to it: it adds known headings, or words under unknown groups."""
    columns = _column_pairs(upper, lower)
    added = [(above, below) for above, below in columns if below and below != above]
    words = [below for _, below in added if not sole_unit(below)]
    if not words or _is_unit_row(lower) or any(map(NUMBER_CELL.fullmatch, words)):
        return False
    known = recognise(list(dict.fromkeys(upper)))  # a group's title may be repeated over its columns
    if not known or recognise(_joined_headers(upper, lower, recognise)) > known:
        return known > 0
    groups = [above for above, _ in columns]
    return any(groups.count(above) > 1 for above, _ in added) and not any(recognise([above]) for above, _ in added)


def _bare_unit(cell: str) -> str:
    return to_simplified(cell.strip(BRACKETS))


def _is_unit_row(row: list[str]) -> bool:
    """Tell whether most of what a row holds are units of measure, and none of it numbers."""
    filled = [bare for cell in row if (bare := _bare_unit(cell)) not in NO_UNIT]
    units = sum(map(bool, map(sole_unit, filled)))
    if filled and _bare_unit(next(filter(None, row))) in UNIT_WORDS and all(map(UNIT_SYMBOL.fullmatch, filled)):
        return True
    return 2 * units > len(filled) and not any(map(NUMBER_CELL.fullmatch, filled))


def _is_unit_for_all(dataset: Dataset, header: list[str], row: list[str]) -> bool:
    """Tell whether a row of units holds one only, 单位：元 or 元 over no number, which is meant for all columns."""
    filled = [(i, cell) for i, cell in enumerate(row) if _bare_unit(cell) not in NO_UNIT]
    (at, cell), *others = filled
    is_over_number = at < len(header) and bool(_ledger_units(dataset, header[at]))
    return not others and (UNIT_TITLE.search(to_simplified(cell)) is not None or not is_over_number)


def _heading_with_unit(heading: str, unit: str, recognise: Recognise) -> str:
    """Return a heading with a unit in its brackets, unless it has one; a remark in them gives way if it must."""
    found = split_brackets(heading)
    if not heading or _has_unit_in_brackets(heading):
        return heading
    options = [f"{heading}({unit})", *([f"{found[0]}({unit})"] if found else [])]
    return next((h for h in options if recognise([h])), options[0])


def _headings_with_units(dataset: Dataset, header: list[str], units: list[str], recognise: Recognise) -> list[str]:
    """Return the headings with the units of a unit row in their brackets."""
    bare = [_bare_unit(cell) for cell in units] + [""] * len(header)
    named = [_unit_of_cell(dataset, heading, cell) for heading, cell in zip(header, bare, strict=False)]
    return [_heading_with_unit(h, unit, recognise) if unit else h for h, unit in zip(header, named, strict=True)]


def _unit_of_cell(dataset: Dataset, heading: str, cell: str) -> str:
    """Return the unit of a cell of a unit row; any other word over a number is made one, to be refused."""
    if cell in NO_UNIT:
        return ""
    return unit_in_brackets(cell) or (f"单位：{cell}" if _ledger_units(dataset, heading) else "")


def _title_units(dataset: Dataset, header: list[str], titles: list[str]) -> dict[str, str]:
    """Return heading -> unit of a title such as 单位：万元、亩, for the headings without one that it converts to.

    Raises UnknownTitleUnit for a unit of no column, AmbiguousTitleUnit where a column or a unit has no one match.
    """
    units = [unit for cell in titles for unit in _units_in_title(cell) if UNITS[""].factor(unit) != 1.0]
    if not any(_ledger_units(dataset, heading) for heading in header):
        return {}
    fitting = {unit: _convertible_columns(dataset, header, unit) for unit in units}
    if strange := [unit for unit, factors in fitting.items() if not factors]:
        raise UnknownTitleUnit(unit=strange[0])
    chosen = {h: unit for h in header if not _has_unit_in_brackets(h) and (unit := _title_unit_for(h, fitting))}
    for unit, factors in fitting.items():
        _require_consistent_unit(
            unit, {h: f for h, f in factors.items() if not _has_unit_in_brackets(h)}, chosen, fitting
        )
    return chosen


def _title_unit_for(heading: str, fitting: dict[str, dict[str, float]]) -> str | None:
    """Return the one unit of a title that converts to that of a column, its own first; raises AmbiguousTitleUnit."""
    factors = {unit: columns[heading] for unit, columns in fitting.items() if heading in columns}
    own = {unit: factor for unit, factor in factors.items() if factor == 1.0} or factors
    if len(set(own.values())) > 1:
        raise AmbiguousTitleUnit(unit="、".join(own), columns=heading)
    return next(iter(own), None)


def _require_consistent_unit(
    unit: str, factors: dict[str, float], chosen: dict[str, str], fitting: dict[str, dict[str, float]]
) -> None:
    """Refuse a unit of the title that would change its columns differently, or that no column took though it fits."""
    taken = {h: factor for h, factor in factors.items() if factor == fitting[chosen[h]][h]}
    if (factors and not taken) or len(set(taken.values())) > 1:
        raise AmbiguousTitleUnit(unit=unit, columns="、".join(taken or factors))


def conflicting_unit(dataset: Dataset, header: list[str], cells: Sequence[str]) -> str | None:
    """Return a unit that a remark below the header names (单位：元) and that is not that of the columns it may mean."""
    said = [unit for cell in cells for found in UNIT_TITLE.findall(to_simplified(cell)) if (unit := sole_unit(found))]
    if not any(_ledger_units(dataset, heading) for heading in header):
        return None
    return next(
        (u for u in said if not is_known_unit(u) or set(_convertible_columns(dataset, header, u).values()) - {1.0}),
        None,
    )


def _units_in_title(title: str) -> list[str]:
    """Return the units that a title names behind 单位： or 金额：, or in brackets."""
    title = to_simplified(title)
    behind = [part for found in UNIT_TITLE.findall(title) for part in re.split("[、,，;；和]", found)]
    units = [*map(sole_unit, behind), *map(sole_unit, IN_BRACKETS.findall(title)), sole_unit(_bare_unit(title))]
    return list(dict.fromkeys(filter(None, units)))


def _convertible_columns(dataset: Dataset, header: list[str], unit: str) -> dict[str, float]:
    """Return heading -> factor of the columns that a unit converts to."""
    factors = {heading: _conversion_factor(dataset, heading, unit) for heading in header}
    return {heading: factor for heading, factor in factors.items() if factor is not None}


def _has_unit_in_brackets(heading: str) -> bool:
    found = split_brackets(heading)
    return found is not None and unit_in_brackets(found[1]) != ""


def _conversion_factor(dataset: Dataset, heading: str, unit: str) -> float | None:
    """Return what brings a unit into that of a column, or of the first item that it converts to."""
    factors = (UNITS[code].factor(unit) for code in sorted(_ledger_units(dataset, heading)))
    return next((factor for factor in factors if factor is not None), None)


def _heading_with_title_unit(dataset: Dataset, heading: str, unit: str | None, recognise: Recognise) -> str:
    """Return a heading with the unit of the title; as it is if that is the unit of its column anyway."""
    if unit is None or (_conversion_factor(dataset, heading, unit) == 1.0 and not _has_unit_per_row(dataset, heading)):
        return heading
    return _heading_with_unit(heading, unit, recognise)


def _has_unit_per_row(dataset: Dataset, heading: str) -> bool:
    """Tell whether each row says what the unit of a column is, so that another one in the file must be held to it."""
    named = (
        item_column(dataset, c)
        for c in dataset.columns
        if _heading_spellings(heading) & set(map(_folded_heading, c.spellings()))
    )
    return any(item is not None and item.is_unit_list for item in named)


def _heading_spellings(heading: str) -> set[str]:
    """Return what a heading may be called: with its brackets and without."""
    found = split_brackets(heading)
    return {_folded_heading(heading), _folded_heading(found[0])} if found else {_folded_heading(heading)}


def _ledger_units(dataset: Dataset, heading: str) -> set[str]:
    """Return the units in which the ledger keeps the numbers of a column, or of an item of a wide file."""
    names = _heading_spellings(sides.split_side(dataset, heading)[0])
    columns = [(c.spellings(), _column_units(dataset, c)) for c in dataset.columns if c.kind in ("number", "integer")]
    choices = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    measured = [*columns, *((c.spellings(), {c.unit}) for c in choices)]
    units = next((units for spellings, units in measured if names & set(map(_folded_heading, spellings))), set())
    return units - {""}


def _column_units(dataset: Dataset, column: Column) -> set[str]:
    """Return the unit of a column, or those of the items that it holds the values of."""
    item = item_column(dataset, column)
    return {choice.unit for choice in item.choices} if item else {column.unit}


def _folded_heading(heading: str) -> str:
    return to_simplified(re.sub(r"[\s*＊:：]", "", heading).lower())


def _left_out_row(record: Record, reason: str) -> LeftOutRow:
    return LeftOutRow(record.line, reason, " ".join(dict.fromkeys(filter(None, trimmed_cells(record.cells)))))


def left_out_reason(cells: Sequence[str], layout: Layout) -> str | None:
    """Say why a row below the header is no data, by a key of LEFT_OUT; None if it may be data."""
    bare = trimmed_cells(cells)
    filled = [cell for cell in bare if cell]
    if not filled:
        return "blank"
    if bare in layout.rows_above:
        return "header_again"
    if bare in layout.reordered_headers:
        return "header_turned"
    return non_data_rows.non_data_reason(filled, len(cells))
