"""Which column of a file is which column of the ledger."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from types import MappingProxyType

from data.datasets import DATASETS, Choice, Column, Dataset, item_column
from data.datasets.model import VALID_TO
from data.errors import (
    ConstantInFile,
    FormerValues,
    NoFixedUnit,
    RepeatedColumn,
    UnknownColumn,
    UnknownUnit,
    WrongLedger,
)
from data.ingest.table import sides
from data.ingest.table.heading_brackets import name_of_raw_value, split_brackets
from data.text import SPACE, Text, join_list, join_texts
from data.traditional import to_simplified
from data.units import UNITS, unit_in_brackets

CODE_HEADING = re.compile(r"(编码|编号|代码|code|id)$")
DAY_HEADING, TIME_HEADING = re.compile(r"(日期|date)$"), re.compile(r"(时间|时刻|time)$")
TRAILING_STOPS = " ;；,，、.。"
OF_SNAPSHOTS = ("文件", "快照", "抓取", "下载", "导出", "发布", "公布")
SNAPSHOT_HEADINGS = {"快照", "snapshot", *(f"{act}{when}" for act in OF_SNAPSHOTS for when in ("日期", "时间"))}
OF_EACH_ITEM = Text("各项目自己的单位", "the unit of each item")
OF_EACH_ROW = Text("各行登记的单位", "the unit that is registered for each row")
UNSPLIT_HINT = Text(
    "整行只认出一列：各列之间请用逗号、分号、Tab 或竖线（|）隔开。",
    "The whole line is one column: separate the columns by comma, semicolon, Tab or |.",
)
TEMPLATE_HINT = Text("请用下载的模板填写。", "Please fill in the template.")
GIVE_ONCE_HINT = Text(
    "如果整份文件的“{label}”都一样，填一次就行：网页上“整份都填”，命令行 --set {label}=…。",
    "If “{label}” is the same in all rows, give it once: “The same for the whole file” on the page, --set {label}=… "
    "on the command line.",
)
FEWEST_HEADINGS = 2  # chosen: one word alone, such as 名称, stands in many tables
NO_CONSTANTS: Mapping[str, str] = MappingProxyType({})
UNIT_HEADINGS = ("单位", "计量单位", "unit", "units")
ERROR_FILE_HEADINGS = (
    Text("行号", "Line"),
    Text("字段", "Field"),
    Text("原因", "Reason"),
    Text("怎么改", "How to correct"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the file: its place, its text, and the unit in its brackets."""

    index: int
    text: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """How a file's headings map to the ledger.

    `columns` gives column -> heading; `items` gives choice of a wide layout, or the key that `sides` makes of a choice
    and its side, -> heading, `raw_items` the heading of its value before rounding; `also` a second heading of a parent
    column (its name beside its code), `clocks` that of a
    moment (its time of day beside its day); `unit_columns` column -> heading of the cells that hold its unit;
    `factors` what to multiply values by, `item_units` column -> unit of its heading where that converts item by item;
    `unknown_units` the headings whose unit could not be read; `snapshot` the heading of the day on which a row was
    published, which has the year that its time may lack; `unmapped` the headings that nobody reads; `constants` gives
    column that the file lacks -> the one cell that a clerk gave for all rows.
    """

    columns: dict[str, Heading]
    items: dict[str, Heading]
    raw_items: dict[str, Heading]
    second_headings: dict[str, Heading]
    time_headings: dict[str, Heading]
    unit_columns: dict[str, Heading]
    factors: dict[str, float]
    item_units: dict[str, str]
    unknown_units: list[Heading]
    snapshot: Heading | None
    unmapped: list[Heading]
    constants: Mapping[str, str]

    @property
    def layout(self) -> str:
        return "wide" if self.items else "long"


def _plain_heading(written: str) -> str:
    """Return a heading with plain brackets, and without the stops that an export leaves behind it."""
    return written.strip().rstrip(TRAILING_STOPS).replace("（", "(").replace("）", ")")


def _normalized_heading(written: str) -> str:
    """Bring spellings of a heading together: case, blanks, brackets, marks of required columns, 斷面 and 断面."""
    return to_simplified(re.sub(r"[\s*＊:：]", "", _plain_heading(written)).lower())


def _parse_heading(index: int, written: str) -> Heading:
    plain = _plain_heading(written)
    name, unit = split_brackets(plain) or (plain, "")
    return Heading(index, written.strip(), name, unit)


def _heading_target(heading: Heading, spellings: dict[str, str]) -> str | None:
    """Return what a heading names: its whole text first, since some names hold brackets, then without its unit."""
    return spellings.get(_normalized_heading(heading.text)) or spellings.get(_normalized_heading(heading.name))


@cache
def _column_spellings(ledger: str) -> dict[str, str]:
    """Return heading -> column; a parent may be headed as its own ledger heads its code or its name."""
    columns = DATASETS[ledger].columns[::-1]
    of_parents = {
        _normalized_heading(s): c.name for c in columns if c.references for s in _parent_headings(c.references)
    }
    return of_parents | {_normalized_heading(s): c.name for c in columns for s in c.spellings()}


def _parent_headings(parent: str) -> list[str]:
    """Return what the ledger of a parent calls its code and its name."""
    ledger = DATASETS[parent]
    columns = [ledger.column(n) for n in (*ledger.key, ledger.name_column) if n]
    return [written for c in columns for written in (c.label.zh, c.label.en, *c.aliases)]


@cache
def _item_spellings(ledger: str) -> dict[str, str]:
    dataset = DATASETS[ledger]
    if not dataset.wide:
        return {}
    return {
        _normalized_heading(s): c.value for c in dataset.column(dataset.wide.parameter).choices for s in c.spellings()
    }


@cache
def _ledgers_by_heading() -> dict[str, set[str]]:
    """Return heading -> the ledgers that have it."""
    found: dict[str, set[str]] = {}
    for name in DATASETS:
        for heading in _column_spellings(name).keys() | _item_spellings(name).keys():
            found.setdefault(heading, set()).add(name)
    return found


def _known_heading_counts(header: list[str]) -> Counter[str]:
    """Return ledger -> how many cells of a row are headings of it; a word that stands in several counts once."""
    headings, ledgers = [_parse_heading(0, written) for written in dict.fromkeys(header)], _ledgers_by_heading()
    found = Counter(
        n for h in headings for n in {w for s in {h.text, h.name} for w in ledgers.get(_normalized_heading(s), ())}
    )
    for dataset in (d for d in DATASETS.values() if d.wide and d.wide.side):
        found[dataset.name] += sum(_sided_item(dataset, heading) is not None for heading in headings)
    return found


def _sided_item(dataset: Dataset, heading: Heading) -> str | None:
    """Return the key of an item and its side that a heading names; None where it does not name both."""
    rest, side = sides.split_side(dataset, heading.name)
    if not side:
        rest, side = sides.split_side(dataset, heading.text)
    item = _heading_target(_parse_heading(0, rest), _item_spellings(dataset.name)) if side else None
    return sides.sided_key(side, item) if item else None


def known_heading_count(dataset: Dataset, header: list[str]) -> int:
    """Return how many cells of a row are headings of a ledger."""
    return _known_heading_counts(header)[dataset.name]


def best_known_heading_count(header: list[str]) -> int:
    """Return how many cells of a row are headings of the ledger that they fit best."""
    return max(_known_heading_counts(header).values(), default=0)


def mapping_targets(dataset: Dataset) -> list[str]:
    """Return what a heading may be mapped to by hand: the columns of a ledger, and the items of a wide file."""
    items = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    return [c.name for c in dataset.columns] + [c.value for c in items]


def target_named(dataset: Dataset, written: str) -> str:
    """Return the column, or the item of a wide file, of that code, label or other name; raises UnknownColumn."""
    spellings = _item_spellings(dataset.name) | _column_spellings(dataset.name)
    name = _heading_target(_parse_heading(0, written), spellings)
    if name is None:
        raise UnknownColumn(dataset=dataset.label, name=written, known=column_labels(dataset))
    return name


def column_named(dataset: Dataset, written: str) -> Column:
    """Return the column of that code, label or other name; raises UnknownColumn, also for an item of a wide file."""
    name = target_named(dataset, written)
    if name not in {c.name for c in dataset.columns}:
        raise UnknownColumn(dataset=dataset.label, name=written, known=column_labels(dataset))
    return dataset.column(name)


def column_labels(dataset: Dataset) -> Text:
    """Return what the columns of a ledger are called, and their codes, as one list."""
    return join_list(Text("{label} {name}", "{label} {name}").fill(label=c.label, name=c.name) for c in dataset.columns)


def ledgers_matching_rows(rows: Sequence[list[str]]) -> list[Dataset]:
    """Return the ledgers whose required columns stand in one of the rows, the one with the most headings first."""
    fits: dict[str, tuple[int, int]] = {}
    for row in rows:
        for name in _known_heading_counts(row):
            fits[name] = max(fits.get(name, (0, 0)), _matched_heading_count(DATASETS[name], row))
    fitting = [name for name in DATASETS if fits.get(name, (0, 0)) > (0, 0)]
    return [DATASETS[name] for name in sorted(fitting, key=fits.__getitem__, reverse=True)]


def _matched_heading_count(dataset: Dataset, header: list[str]) -> tuple[int, int]:
    """Return how many headings a ledger reads, and how many columns they fill; none if a required one is missing."""
    try:
        found = match_headings(dataset, header, "")
    except (WrongLedger, RepeatedColumn, UnknownUnit):
        return 0, 0
    return len(list(filter(str.strip, header))) - len(found.unmapped), len(found.columns) + len(found.items)


def likeliest_ledger(rows: Sequence[list[str]]) -> Dataset | None:
    """Return the ledger of which one of the rows has the most headings, even if it lacks others; None below two."""
    counts = [(count, DATASETS[name]) for row in rows for name, count in _known_heading_counts(row).items()]
    count, likely = max(counts, key=lambda found: (found[0], *_rank_as_likely(found[1])), default=(0, None))
    return likely if count >= FEWEST_HEADINGS else None


def _rank_as_likely(dataset: Dataset) -> tuple[bool, int, int]:
    """Rank ledgers with as many headings: what holds today before former values, then what asks for the least."""
    return VALID_TO not in dataset.key, -sum(c.required for c in dataset.columns), -len(dataset.columns)


def match_headings(
    dataset: Dataset,
    header: list[str],
    file_name: str,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] = NO_CONSTANTS,
) -> HeaderMatch:
    """Map the headings of a file, those that a clerk mapped by hand first (heading -> column, "" to leave it out).

    `constants` gives column -> the cell of all rows, for columns that the file lacks. Raises WrongLedger,
    FormerValues, RepeatedColumn, UnknownUnit, ConstantInFile.
    """
    headings = [_parse_heading(i, written) for i, written in enumerate(header)]
    by_hand = mapping or {}
    free = [h for h in headings if h.text not in by_hand and _normalized_heading(h.text) not in _ERROR_FILE_HEADINGS]
    chosen = _headings_set_by_hand(headings, by_hand, dataset, file_name)
    columns, also, clocks = _assign_columns(free, chosen, dataset, file_name)
    rest = [h for h in free if h not in columns.values()]
    items, raw_items = (
        ({}, {})
        if _is_long_layout(dataset, {*columns, *constants})
        else _assign_items(rest, chosen, dataset, file_name)
    )
    _refuse_second_side(dataset, columns, items, file_name)
    _require_columns(dataset, columns, items, constants, header, file_name)
    factors, item_units, unknown = _heading_factors(dataset, columns, items, constants, file_name)
    taken = [*items.values(), *raw_items.values(), *also.values(), *clocks.values()]
    units = _unit_headings(dataset, columns, [h for h in rest if h not in taken])
    taken += units.values()
    snapshot = next((h for h in rest if h not in taken and _normalized_heading(h.text) in SNAPSHOT_HEADINGS), None)
    unmapped = [h for h in rest if h not in (*taken, snapshot) and h.text]
    _refuse_former_values(dataset, columns, unmapped, file_name)
    return HeaderMatch(
        columns, items, raw_items, also, clocks, units, factors, item_units, unknown, snapshot, unmapped, constants
    )


def _headings_set_by_hand(
    headings: list[Heading], by_hand: Mapping[str, str], dataset: Dataset, file_name: str
) -> dict[str, Heading]:
    """Return column, or item of a wide file, -> the heading that a clerk led to it."""
    led: dict[str, list[Heading]] = {}
    for heading in headings:
        if name := by_hand.get(heading.text):
            led.setdefault(name, []).append(heading)
    return {name: _single_heading(found, _target_label(dataset, name), file_name) for name, found in led.items()}


def overruled_headings(dataset: Dataset, match: HeaderMatch) -> Iterator[tuple[Text, str, str]]:
    """List the headings left out because another was led to their column: (column, heading led to it, left out)."""
    placed, spellings = match.columns | match.items, _column_spellings(dataset.name) | _item_spellings(dataset.name)
    for heading in match.unmapped:
        name = _heading_target(heading, spellings)
        if name in placed:
            yield _target_label(dataset, name), placed[name].text, heading.text


_ERROR_FILE_HEADINGS = {
    written for mark in ERROR_FILE_HEADINGS for written in (_normalized_heading(mark.zh), _normalized_heading(mark.en))
}


def folded_headings(header: Sequence[str]) -> list[str]:
    """Return the headings of a header, the same for each spelling of them."""
    return list(map(_normalized_heading, header))


def header_signature(header: list[str]) -> str:
    """Return what a header is remembered by: the same for other spellings, and for its file of errors."""
    folded = [written for heading in header if (written := _normalized_heading(heading)) not in _ERROR_FILE_HEADINGS]
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def _is_long_layout(dataset: Dataset, columns: Collection[str]) -> bool:
    return not dataset.wide or {dataset.wide.parameter, dataset.wide.value} <= set(columns)


def _headings_by_target(headings: list[Heading], spellings: dict[str, str]) -> dict[str, list[Heading]]:
    """Group the headings by what they name."""
    named: dict[str, list[Heading]] = {}
    for heading in headings:
        name = _heading_target(heading, spellings)
        if name:
            named.setdefault(name, []).append(heading)
    return named


def _single_heading(headings: list[Heading], label: Text, file_name: str) -> Heading:
    if len(headings) > 1:
        raise RepeatedColumn(name=file_name, column=label, first=headings[0].text, second=headings[1].text)
    return headings[0]


def _assign_columns(
    headings: list[Heading], chosen: dict[str, Heading], dataset: Dataset, file_name: str
) -> tuple[dict[str, Heading], dict[str, Heading], dict[str, Heading]]:
    """Return column -> heading, and the second one of a parent with code and name, of a moment with day and clock."""
    columns = {n: h for n, h in chosen.items() if n in {c.name for c in dataset.columns}}
    also, clocks = {}, {}
    for name, found in _headings_by_target(headings, _column_spellings(dataset.name)).items():
        codes = [h for h in found if CODE_HEADING.search(_normalized_heading(h.name))]
        if name in columns:
            continue
        if dataset.column(name).references and len(found) == 2 and len(codes) == 1:
            columns[name], also[name] = codes[0], next(h for h in found if h is not codes[0])
        elif dataset.column(name).kind == "timestamp" and (parts := _day_and_time_headings(found)):
            columns[name], clocks[name] = parts
        else:
            columns[name] = _single_heading(found, _target_label(dataset, name), file_name)
    return columns, also, clocks


def _day_and_time_headings(headings: list[Heading]) -> tuple[Heading, Heading] | None:
    """Return the heading of the day and that of the time of day, if two headings are these."""
    pairs = permutations(headings, 2) if len(headings) == 2 else ()
    return next(
        (
            p
            for p in pairs
            if DAY_HEADING.search(_normalized_heading(p[0].name))
            and TIME_HEADING.search(_normalized_heading(p[1].name))
        ),
        None,
    )


def _assign_items(
    headings: list[Heading], chosen: dict[str, Heading], dataset: Dataset, file_name: str
) -> tuple[dict[str, Heading], dict[str, Heading]]:
    """Return item -> heading of a wide file, and item -> heading of the value before rounding."""
    spellings = _item_spellings(dataset.name)
    raw = {h: _parse_heading(h.index, name) for h in headings if (name := name_of_raw_value(h.text))}
    sided = {h: key for h in headings if (key := _sided_item(dataset, h))}
    shown = _headings_by_target([h for h in headings if h not in raw and h not in sided], spellings)
    for heading, key in sided.items():
        shown.setdefault(key, []).append(heading)
    unrounded = _headings_by_target(list(raw.values()), spellings)
    items = {n: h for n, h in chosen.items() if n in spellings.values()}
    items |= {
        n: _single_heading(found, _target_label(dataset, n), file_name) for n, found in shown.items() if n not in items
    }
    back = {h.index: original for original, h in raw.items()}
    raw_items = {
        n: back[_single_heading(f, _target_label(dataset, n), file_name).index]
        for n, f in unrounded.items()
        if n in items
    }
    return items, raw_items


def _unit_headings(dataset: Dataset, columns: dict[str, Heading], rest: list[Heading]) -> dict[str, Heading]:
    """Return measured column -> heading of the cells that hold its unit."""
    units: dict[str, Heading] = {}
    for heading in (h for h in rest if _normalized_heading(h.text) in UNIT_HEADINGS):
        name = _measured_column_before(dataset, columns, heading)
        if name:
            units.setdefault(name, heading)
    return units


def _measured_column_before(dataset: Dataset, columns: dict[str, Heading], heading: Heading) -> str | None:
    """Return the measured column that a unit belongs to: the value of a reading, or the nearest one to its left."""
    if dataset.wide and dataset.wide.value in columns:
        return dataset.wide.value
    measured = [(h.index, n) for n, h in columns.items() if dataset.column(n).kind in _NUMBER_KINDS]
    return max(((i, n) for i, n in measured if i < heading.index), default=(0, None))[1]


def _target_label(dataset: Dataset, name: str) -> Text:
    """Return what a column, or an item of a wide file, is called."""
    choices = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    item = sides.item_of(name)
    return {c.name: c.label for c in dataset.columns}.get(name) or next(c.label for c in choices if c.value == item)


def _require_columns(
    dataset: Dataset,
    columns: dict[str, Heading],
    items: dict[str, Heading],
    constants: Collection[str],
    header: list[str],
    file_name: str,
) -> None:
    """Refuse a file without a required column, and a value for all rows of a column that the file has itself."""
    present = set(columns) | ({dataset.wide.parameter, dataset.wide.value} if dataset.wide and items else set())
    present |= {dataset.wide.side} if dataset.wide and any(map(sides.side_of, items)) else set()
    if twice := present.intersection(constants):
        raise ConstantInFile(name=file_name, columns=join_list(dataset.column(n).label for n in sorted(twice)))
    missing = [c for c in dataset.columns if c.required and c.name not in present and c.name not in constants]
    if missing:
        raise WrongLedger(
            tuple(c.name for c in missing),
            name=file_name,
            dataset=dataset.label,
            missing=join_list(c.label for c in missing),
            hint=_wrong_ledger_hint(dataset, header, missing),
        )


def _refuse_second_side(
    dataset: Dataset, columns: dict[str, Heading], items: dict[str, Heading], file_name: str
) -> None:
    """Refuse a file with a column for the side and headings that name it as well; raises RepeatedColumn."""
    named, side = [h for key, h in items.items() if sides.side_of(key)], dataset.wide.side if dataset.wide else ""
    if named and side in columns:
        _single_heading([columns[side], *named], dataset.column(side).label, file_name)


def _refuse_former_values(
    dataset: Dataset, columns: dict[str, Heading], unmapped: list[Heading], file_name: str
) -> None:
    """Refuse former values that would be taken for what holds now; a clerk may leave their last day out by hand."""
    if not dataset.history:
        return
    former = DATASETS[dataset.history_ledger]
    days = [h.text for h in unmapped if _heading_target(h, _column_spellings(former.name)) == VALID_TO]
    if days and all(c.name in columns for c in former.columns if c.required and c.name != VALID_TO):
        raise FormerValues(name=file_name, heading=days[0], former=former.label, dataset=dataset.label)


def _wrong_ledger_hint(dataset: Dataset, header: list[str], missing: Sequence[Column]) -> Text:
    """Say which other ledger the header looks like, or that it was not cut into columns, or how to give the column."""
    if _is_unsplit_header(dataset, header):
        return UNSPLIT_HINT
    likely = likeliest_ledger([header])
    if likely and known_heading_count(likely, header) > known_heading_count(dataset, header):
        return Text("它更像“{label}”。", "It looks more like “{label}”.").fill(label=likely.label)
    if likely is None or any((c.name,) == dataset.key for c in missing):
        return TEMPLATE_HINT
    return join_texts([TEMPLATE_HINT, GIVE_ONCE_HINT.fill(label=missing[0].label)], SPACE)


def _is_unsplit_header(dataset: Dataset, header: list[str]) -> bool:
    """Tell whether one heading holds several of the ledger's."""
    filled = [heading for heading in header if heading]
    return len(filled) == 1 and sum(any(s in filled[0] for s in c.spellings()) for c in dataset.columns) > 1


def _measured_headings(
    dataset: Dataset, columns: dict[str, Heading], items: dict[str, Heading]
) -> list[tuple[str, str, Heading]]:
    """List what has a unit: (name, unit code, heading)."""
    numbers = [(n, dataset.column(n).unit, h) for n, h in columns.items() if dataset.column(n).kind in _NUMBER_KINDS]
    choices: tuple[Choice, ...] = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    units = {c.value: c.unit for c in choices}
    return numbers + [(key, units[sides.item_of(key)], heading) for key, heading in items.items()]


_NUMBER_KINDS = {"number", "integer"}


def _heading_factors(
    dataset: Dataset,
    columns: dict[str, Heading],
    items: dict[str, Heading],
    constants: Collection[str],
    file_name: str,
) -> tuple[dict[str, float], dict[str, str], list[Heading]]:
    """Return the factor of each column whose heading is in another unit, the units that convert item by item, and
    the headings with a remark instead.

    Raises UnknownUnit for a unit that does not convert: values must not be loaded a thousand times too large.
    """
    factors, item_units, unknown = {}, {}, []
    for name, unit, heading in _measured_headings(dataset, columns, items):
        written = unit_in_brackets(heading.unit)
        factor = UNITS[unit].factor(written) if written else 1.0
        if factor is None and name in columns and _converts_by_item(dataset, {*columns, *constants}, name, written):
            item_units[name] = written
        elif heading.unit and (not written or _is_count_of_pieces(unit, written)):
            unknown.append(heading)
        elif factor is None:
            raise _not_convertible(file_name, heading, written, unit)
        elif factor != 1.0:
            factors[name] = factor
    return factors, item_units, unknown


def _not_convertible(file_name: str, heading: Heading, written: str, unit: str) -> UnknownUnit:
    """Return why a written unit does not convert into the column's: it is another one, or the column has none."""
    if not unit:
        return NoFixedUnit(name=file_name, heading=heading.text, unit=written, label=heading.name)
    known = UNITS[unit].label
    return UnknownUnit(name=file_name, heading=heading.text, unit=written, label=heading.name, known=known)


def _is_count_of_pieces(unit: str, written: str) -> bool:
    """Tell whether a column without a unit is said to count pieces (个, 处), which changes no value."""
    return unit == "" and UNITS["piece"].factor(written) == 1.0


def unit_conversions(dataset: Dataset, match: HeaderMatch) -> dict[tuple[str, Text], list[str]]:
    """Return (unit of the file, unit of the ledger) -> the headings that are converted from one to the other."""
    found: dict[tuple[str, Text], list[str]] = {}
    for name, unit, heading in _measured_headings(dataset, match.columns, match.items):
        if name in match.factors or name in match.item_units:
            label = _item_unit_label(dataset, name) if name in match.item_units else UNITS[unit].label
            found.setdefault((unit_in_brackets(heading.unit), label), []).append(heading.name)
    return found


def _item_unit_label(dataset: Dataset, name: str) -> Text:
    item = item_column(dataset, dataset.column(name))
    return OF_EACH_ROW if item and item.is_unit_list else OF_EACH_ITEM


def item_column_beside(dataset: Dataset, column: Column, columns: Collection[str]) -> Column | None:
    """Return the enumeration that gives a number its unit, if the file has it, or names the row that has it."""
    item = item_column(dataset, column)
    return item if item and item.name.partition(".")[0] in columns else None


def _converts_by_item(dataset: Dataset, columns: Collection[str], name: str, unit: str) -> bool:
    """Tell whether a unit converts to that of an item, where an item beside the value says what is measured."""
    item = item_column_beside(dataset, dataset.column(name), columns)
    measured = item.choices if item else ()
    return any(choice.unit and UNITS[choice.unit].factor(unit) is not None for choice in measured)
