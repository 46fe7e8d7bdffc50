"""Which sheets of a workbook go into which ledgers, which are read as one, and which are not read at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from data.datasets import DATASETS, Dataset
from data.errors import DashboardError, DoubtfulSheets, NoLedger, SheetNotRead, UnknownColumn
from data.ingest import batch_log, loader
from data.ingest.checking.error_reasons import NOTES, WARNINGS, Finding
from data.ingest.folder import ledger_detection
from data.ingest.forms import form
from data.ingest.loader import Options
from data.ingest.personal_data import vetting
from data.ingest.reading.grid import SheetInfo
from data.ingest.reading.places import file_title
from data.ingest.reading.reader import Source, Upload
from data.ingest.reading.records import heading_cells
from data.ingest.table import headers
from data.ingest.table.layout import NUMBER_CELL, Layout
from data.store import Store
from data.text import Text, join_list

SOME_HEADINGS, MANY_HEADINGS = 2, 3  # chosen: one may be a word among the data; three that are most are a header


OF_TEMPLATES = {name for text in (form.NOTES, form.CHOICES) for name in (text.zh, text.en)}
LEGEND_NAME = re.compile("说明|须知|指南|目录|封面|readme|notes?|legend|guide", re.I)
DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.I)
ASIDE_NAME = re.compile("示例|样例|范例|样表|模板|作废|备份|草稿|example|sample|template|backup|draft", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a file goes into one ledger, and how it is read: some sheets of one header, or its one table."""

    dataset: Dataset
    options: Options


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a file, parents first, and what is to be told of the sheets that are in none."""

    parts: tuple[Part, ...] = ()
    notes: tuple[Finding, ...] = ()
    warnings: tuple[Text, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """A sheet of a workbook: what it holds, the ledger that it is likest to, and its table if it fits that one.

    `found` is an error for a sheet that cannot be read; `misfit` says why its table does not fit.
    """

    info: SheetInfo
    found: Source | DashboardError
    dataset: Dataset | None = None
    layout: Layout | None = None
    misfit: DashboardError | None = None

    @property
    def rows(self) -> list[list[str]]:
        """The first rows, as they may be headings."""
        return [heading_cells(row.cells) for row in self.found.head] if isinstance(self.found, Source) else []

    @property
    def has_rows(self) -> bool:
        """Whether anything stands below its header."""
        lines = [row.line for row in self.found.head] if isinstance(self.found, Source) else []
        return lines[-1] >= self.layout.first_line if self.layout else len(lines) > 1

    @property
    def is_empty(self) -> bool:
        return isinstance(self.found, Source) and not self.has_rows

    @property
    def fits(self) -> bool:
        return self.layout is not None and self.has_rows

    @property
    def is_aside(self) -> bool:
        """Whether it may not be meant: it is hidden, or named as an example or a backup."""
        return self.info.is_hidden or ASIDE_NAME.search(self.info.name) is not None

    @property
    def may_be_data(self) -> bool:
        """Whether a row shows some headings of a ledger, or is as long as a row of data and has numbers."""
        is_legend = LEGEND_NAME.search(self.info.name) is not None
        return self.most_known >= SOME_HEADINGS or (not is_legend and any(map(_is_like_data, self.rows)))

    @property
    def most_known(self) -> int:
        return max(map(headers.best_known_heading_count, self.rows), default=0)


def _is_like_data(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= MANY_HEADINGS and any(map(NUMBER_CELL.fullmatch, filled))


def find_parts(store: Store, file: Upload, options: Options, ledger: Dataset | None = None) -> Parts:
    """Return what of a file goes into which ledger, as it tells, or all into the given one.

    Raises NoLedger, DoubtfulSheets, SheetNotRead and the errors of the reader.
    """
    found = sheet_parts(store, file, options, ledger)
    if found.parts:
        return found
    return replace(found, parts=(Part(ledger or ledger_detection.ledger_of_file(store, file), options),))


def sheet_parts(store: Store, file: Upload, options: Options, ledger: Dataset | None = None) -> Parts:
    """Return the parts of a workbook several sheets of which are read; none for a file that is one table.

    Raises NoLedger, DoubtfulSheets, SheetNotRead, UnknownColumn and the errors of the reader.
    """
    recognise = partial(headers.known_heading_count, ledger) if ledger else headers.best_known_heading_count
    found = [] if options.reading.sheet else vetting.every_sheet(file, options.reading, recognise)
    sheets = [_Sheet(*pair) for pair in found]
    if len(sheets) == 1:
        return Parts()
    for sheet in sheets:
        _recognise_sheet(store, file, options, ledger, sheet)
    _refuse_unreadable_sheets(sheets)
    meant = [sheet for sheet in sheets if sheet.fits and not sheet.is_aside]
    if not meant:
        return Parts()
    _require_clear_choice(file, options, sheets)
    others = [sheet for sheet in sheets if sheet not in meant and (sheet.fits or sheet.info.name not in OF_TEMPLATES)]
    is_chosen = len(meant) > 1 or any(sheet.fits for sheet in others)
    parts = _grouped_parts(options, meant) if is_chosen else ()
    _require_known_columns(options, parts)
    return Parts(parts, _notes_on(others), _warnings_of(others))


def _recognise_sheet(store: Store, file: Upload, options: Options, ledger: Dataset | None, sheet: _Sheet) -> None:
    """Find the ledger of a sheet, and where its table begins if it fits that one."""
    if not isinstance(sheet.found, Source) or not sheet.most_known:
        return
    sheet.dataset = ledger or _ledger_by_header(store, file, options, sheet.found) or _nearest_ledger(sheet.rows)
    try:
        own = _own_options(sheet.dataset, options)
        sheet.layout = loader.find_columns(store, sheet.dataset, file, [sheet.found], own).layout
    except DashboardError as error:
        sheet.misfit = error


def _own_options(dataset: Dataset, options: Options) -> Options:
    """Return what is asked of a file, of the values given by hand only those for columns that a ledger has."""
    return replace(
        options,
        constants=tuple(given for given in options.constants if _has_column(dataset, given[0])),
        replacements=tuple(given for given in options.replacements if _has_column(dataset, given[0])),
    )


def _has_column(dataset: Dataset, written: str) -> bool:
    try:
        headers.column_named(dataset, written)
    except UnknownColumn:
        return False
    return True


def _require_known_columns(options: Options, parts: Sequence[Part]) -> None:
    """Refuse a value given by hand for a column that no part has; raises UnknownColumn."""
    for written, *_ in (*options.constants, *options.replacements):
        if parts and not any(_has_column(part.dataset, written) for part in parts):
            headers.column_named(parts[0].dataset, written)


def _ledger_by_header(store: Store, file: Upload, options: Options, source: Source) -> Dataset | None:
    """Return the ledger that the header of a sheet fits; of several that which the sheet or the file names.

    Where somebody looks on it is else the likeliest; raises NoLedger.
    """
    with store.read() as con:
        mapped = batch_log.mapped_signatures(con)
    found = loader.ledgers_of_source(source, options.reading, mapped)
    for name in (source.sheet, file.name):
        found = [ledger for ledger in ledger_detection.ledgers_in_name(name) if ledger in found] or found
    if len(found) > 1 and options.reading.one_sheet:
        raise NoLedger(name=file_title(file.name, source.sheet), likely=join_list(d.label for d in found))
    return found[0] if found else None


def _nearest_ledger(rows: Sequence[list[str]]) -> Dataset:
    """Return the ledger of which a row shows the most headings."""
    return max(DATASETS.values(), key=lambda d: max(headers.known_heading_count(d, row) for row in rows))


def _refuse_unreadable_sheets(sheets: Sequence[_Sheet]) -> None:
    """Refuse a workbook with a sheet that may be meant and cannot be read, for nobody knows what stands on it."""
    for sheet in sheets:
        is_legend = LEGEND_NAME.search(sheet.info.name) is not None
        if isinstance(sheet.found, DashboardError) and not (sheet.is_aside or is_legend):
            raise sheet.found


def _require_clear_choice(file: Upload, options: Options, sheets: Sequence[_Sheet]) -> None:
    """Refuse a sheet that is for a ledger and does not fit it, and where nobody looks on one that may not be meant.

    Raises SheetNotRead, DoubtfulSheets.
    """
    for sheet in (s for s in sheets if s.has_rows and not s.is_aside):
        if sheet.misfit and any(_is_header(sheet.dataset, row) for row in sheet.rows):
            raise SheetNotRead(name=file.name, sheet=sheet.info.name, reason=sheet.misfit.text)
    aside = [sheet.info.name for sheet in sheets if sheet.fits and sheet.is_aside]
    if aside and options.reading.one_sheet:
        raise DoubtfulSheets(name=file.name, sheets="、".join(aside))


def _is_header(dataset: Dataset | None, row: list[str]) -> bool:
    """Tell whether most of what a row holds are headings of a ledger, and not too few."""
    known = headers.known_heading_count(dataset, row) if dataset else 0
    return known >= MANY_HEADINGS and 2 * known > len([cell for cell in row if cell])


def _grouped_parts(options: Options, sheets: Sequence[_Sheet]) -> tuple[Part, ...]:
    """Return a part for the sheets of each ledger and header, the ledgers in their order, parents first.

    One sheet that is read alone is the one table of its file.
    """
    if len(sheets) == 1:
        [sheet] = sheets
        assert sheet.dataset
        own = _own_options(sheet.dataset, options)
        return (Part(sheet.dataset, replace(own, reading=replace(own.reading, sheet=sheet.info.name))),)
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for sheet in sheets:
        assert sheet.dataset
        assert sheet.layout
        header = tuple(sorted(headers.folded_headings(sheet.layout.header)))
        groups.setdefault((sheet.dataset.name, header), []).append(sheet.info.name)
    order = list(DATASETS)
    return tuple(
        Part(
            DATASETS[ledger],
            replace(_own_options(DATASETS[ledger], options), reading=replace(options.reading, sheets=tuple(names))),
        )
        for (ledger, _), names in sorted(groups.items(), key=lambda group: order.index(group[0][0]))
    )


def _notes_on(others: Sequence[_Sheet]) -> tuple[Finding, ...]:
    """Name the sheets without rows, but for blank ones that nobody named, and those that are no ledger's."""
    told = {
        "empty_sheets": [s for s in others if s.is_empty and (s.rows or not DEFAULT_NAME.fullmatch(s.info.name))],
        "unread_sheets": [s for s in others if s.has_rows and not s.may_be_data],
    }
    return tuple(
        Finding(0, "", "", NOTES[reason].fill(sheets="、".join(s.info.name for s in sheets)))
        for reason, sheets in told.items()
        if sheets
    )


def _warnings_of(others: Sequence[_Sheet]) -> tuple[Text, ...]:
    """Name the sheets that are not read though they may hold rows of a ledger, each with the reason."""
    unreadable = [(s.info.name, s.found.text) for s in others if isinstance(s.found, DashboardError)]
    aside = [(s.info.name, WARNINGS["is_hidden" if s.info.is_hidden else "is_aside"]) for s in others if s.fits]
    misfits = [(s.info.name, _misfit_reason(s)) for s in others if s.has_rows and not s.fits and s.may_be_data]
    return tuple(WARNINGS["unread_sheet"].fill(sheet=n, reason=why) for n, why in (*unreadable, *aside, *misfits))


def _misfit_reason(sheet: _Sheet) -> Text:
    return sheet.misfit.text if sheet.misfit and sheet.most_known >= SOME_HEADINGS else WARNINGS["no_header"]
