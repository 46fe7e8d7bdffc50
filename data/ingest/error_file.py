"""The file of errors: what was refused, as it stood in the upload, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from data.datasets import Dataset
from data.ingest import error_workbook, loader
from data.ingest.checking import stage
from data.ingest.checking.error_reasons import LEFT_OUT, Finding
from data.ingest.checking.stage import LoadJob
from data.ingest.forms import template
from data.ingest.loader import Options, Report
from data.ingest.reading.places import Place, places_text
from data.ingest.reading.reader import Upload
from data.ingest.table import headers
from data.ingest.table.headers import HeaderMatch
from data.ingest.values.spelling import TEXT_CELL, bare_cell
from data.ingest.workbook_sheets import Part
from data.store import Store

BLANKS_BEFORE = " \u3000\ufeff"


def error_file_ending(file: Upload, report: Report) -> str:
    """Return ".xlsx" where the file of errors is the clerk's own workbook, ".csv" where it is a text.

    A table whose header is repeated with other columns, or that stands on several sheets, is written as a text, in the
    order of the first.
    """
    is_one_table = report.sheet in report.sheets and not _has_turned_headers(report)
    return ".xlsx" if is_one_table and error_workbook.can_be_marked(file) else ".csv"


def error_file_content(
    store: Store, dataset: Dataset, file: Upload, options: Options, report: Report, whole: bool
) -> bytes:
    """Return the refused rows, or with `whole` all of them, with what is wrong; corrected, the file loads as it is.

    Of an .xlsx the rows above the header stay in any case; `whole` is the sheet with everything that stands on it.
    """
    if error_file_ending(file, report) == ".csv":
        return error_csv(store, dataset, file, options, report, whole)
    job = _opened_job(store, dataset, file, options, report)
    places = _heading_places(job.match)
    refused = set(report.refused)
    kept_out = (record.line for record in stage.data_records(job) if not whole and record.line not in refused)
    good = {job.source.place(line).line for line in kept_out}
    return error_workbook.marked_workbook(file, report.sheet, report.errors, places.get, good)


def error_csv(store: Store, dataset: Dataset, file: Upload, options: Options, report: Report, whole: bool) -> bytes:
    """Return the refused rows as they stood in the file, or all rows, with what is wrong in front of them.

    Corrected, the file loads as it is: the reader passes over the columns in front, and takes off what keeps a
    spreadsheet from taking a cell for a formula.
    """
    job = _opened_job(store, dataset, file, options, report)
    said: dict[Place, list[Finding]] = {}
    for error in report.errors:
        said.setdefault(Place(error.sheet, error.line), []).append(error)
    left_out, refused = {Place(f.sheet, f.line) for f in report.left_out}, set(report.refused)
    rows = [[mark.zh for mark in headers.ERROR_FILE_HEADINGS] + job.layout.header]
    for record in stage.data_records(job):
        place = job.source.place(record.line)
        if place not in left_out and (whole or record.line in refused):
            rows.append(_mark_cells(place, said.get(place, [])) + record.cells)
    return template.csv_bytes([[_guarded_cell(cell) for cell in row] for row in rows], guarded=False)


def _opened_job(store: Store, dataset: Dataset, file: Upload, options: Options, report: Report) -> LoadJob:
    """Return the file as it was read for the report."""
    with store.staged_file() as path:
        job = loader.open_job(store, dataset, file, path, options)
    job.has_repeated_headers = _has_turned_headers(report)
    return job


def _has_turned_headers(report: Report) -> bool:
    return any(f.reason == LEFT_OUT["header_turned"] for f in report.left_out)


def _heading_places(match: HeaderMatch) -> dict[str, int]:
    """Return what a finding calls a column -> its place in a row."""
    beside = (match.unit_columns, match.raw_items, match.second_headings, match.time_headings)
    return {heading.name: heading.index for part in (*beside, match.items, match.columns) for heading in part.values()}


def _guarded_cell(cell: str) -> str:
    """Return a cell of a file so that no spreadsheet takes it for a formula, and the reader for the same value.

    A cell that has a guard already, or is the ="…" of WPS, gets none besides.
    """
    trimmed = cell.lstrip(BLANKS_BEFORE)
    if not template.FORMULA_START.match(trimmed):
        return cell
    return f"'{bare_cell(cell)}" if TEXT_CELL.fullmatch(trimmed) else template.guard_formula(bare_cell(cell))


class ErrorFile(NamedTuple):
    """The refused rows of a part of a file; the only part of a file has no name."""

    part: str
    ending: str
    content: bytes


def error_files(store: Store, file: Upload, parts: Sequence[Part], reports: Sequence[Report]) -> list[ErrorFile]:
    """Return a file of errors for each part of a file that has any."""
    files: list[ErrorFile] = []
    for part, report in zip(parts, reports, strict=True):
        if report.rejected:
            name = part.dataset.label.zh if len(parts) > 1 else ""
            name = f"{name}{len(files) + 1}" if name in [each.part for each in files] else name
            content = error_file_content(store, part.dataset, file, part.options, report, whole=False)
            files.append(ErrorFile(name, error_file_ending(file, report), content))
    return files


def _mark_cells(place: Place, errors: list[Finding]) -> list[str]:
    """Return the cells in front of a row: its line, and for each error the field, what is wrong and what to do."""
    said = ([e.column for e in errors], [e.reason.zh for e in errors], [e.advice.zh for e in errors])
    line = places_text([place]).zh if place.sheet else str(place.line)
    return [line, *("；".join(filter(None, dict.fromkeys(part))) for part in said)]
