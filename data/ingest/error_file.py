"""The file of errors: what was refused, as it stood in the upload, with what is wrong in front of it."""

from __future__ import annotations

from collections.abc import Sequence

from data.datasets import Dataset
from data.ingest import loader
from data.ingest.checking import stage
from data.ingest.checking.error_reasons import LEFT_OUT, Finding
from data.ingest.forms import template
from data.ingest.loader import Options, Report
from data.ingest.reading.places import Place, places_text
from data.ingest.reading.reader import Upload
from data.ingest.table import headers
from data.ingest.workbook_sheets import Part
from data.store import Store


def error_csv(store: Store, dataset: Dataset, file: Upload, options: Options, report: Report, whole: bool) -> bytes:
    """Return the refused rows as they stood in the file, or all rows, with what is wrong in front of them.

    Corrected, the file loads as it is: the reader passes over the columns in front.
    """
    with store.staged_file() as path:
        job = loader.open_job(store, dataset, file, path, options)
    job.has_repeated_headers = any(f.reason == LEFT_OUT["header_turned"] for f in report.left_out)
    said: dict[Place, list[Finding]] = {}
    for error in report.errors:
        said.setdefault(Place(error.sheet, error.line), []).append(error)
    left_out, refused = {Place(f.sheet, f.line) for f in report.left_out}, set(report.refused)
    rows = [[mark.zh for mark in headers.ERROR_FILE_HEADINGS] + job.layout.header]
    for record in stage.data_records(job):
        place = job.source.place(record.line)
        if place not in left_out and (whole or record.line in refused):
            rows.append(_mark_cells(place, said.get(place, [])) + record.cells)
    return template.csv_bytes(rows, guarded=False)


def error_files(store: Store, file: Upload, parts: Sequence[Part], reports: Sequence[Report]) -> dict[str, bytes]:
    """Return the refused rows of a file, a file of errors for each part that has any, by what tells the parts apart.

    The only part of a file has no name.
    """
    files: dict[str, bytes] = {}
    for part, report in zip(parts, reports, strict=True):
        if report.rejected:
            name = part.dataset.label.zh if len(parts) > 1 else ""
            name = f"{name}{len(files) + 1}" if name in files else name
            files[name] = error_csv(store, part.dataset, file, part.options, report, whole=False)
    return files


def _mark_cells(place: Place, errors: list[Finding]) -> list[str]:
    """Return the cells in front of a row: its line, and for each error the field, what is wrong and what to do."""
    said = ([e.column for e in errors], [e.reason.zh for e in errors], [e.advice.zh for e in errors])
    line = places_text([place]).zh if place.sheet else str(place.line)
    return [line, *("；".join(filter(None, dict.fromkeys(part))) for part in said)]
