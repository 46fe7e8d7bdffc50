"""What the clerk is told of a file: what it would do to its ledger, what is wrong with it, what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log, merge
from data.ingest.batch_log import Counts
from data.ingest.checking.checks import Findings
from data.ingest.checking.error_reasons import NOTES, WARNINGS, ErrorGroup, Finding
from data.ingest.checking.scope import Mode
from data.ingest.checking.stage import LoadJob
from data.ingest.reading.reader import ENCODING_NAMES
from data.ingest.table import headers
from data.ingest.values import expressions
from data.text import Text

Changes = list[tuple[str, str, str | None, str | None]]

MANY_CHANGED = 0.3  # chosen, not measured: above it the wrong file is likelier than an update


@dataclass(slots=True)
class Report:
    """What a file would do to its ledger, or has done if `batch` is set; `rows` are lines of data in the file.

    `missing` rows of the ledger are not in the file; `left_out` lines of the file are no data; `groups` counts the
    errors by reason and `refused` has their lines; `errors` may list the first only. `tracked` rows (groups of rows of
    a plan) change what figures are judged by.
    """

    dataset: str
    file: str
    sha256: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header: list[str]
    header_line: int
    layout: str
    rows: int
    columns: dict[str, str]
    unmapped: list[str]
    mode: Mode
    counts: Counts
    missing: int
    refused: list[int]
    errors: list[Finding]
    groups: list[ErrorGroup]
    notes: list[Finding]
    left_out: list[Finding]
    warnings: list[Text]
    year: int | None
    changes: Changes = field(default_factory=list)
    tracked: int = 0
    batch: int | None = None

    @property
    def rejected(self) -> int:
        return len(self.refused)

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts.inserted or self.counts.updated or self.counts.deleted)

    def as_json(self) -> dict[str, object]:
        return {
            "dataset": self.dataset,
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            "inserted": self.counts.inserted,
            "updated": self.counts.updated,
            "unchanged": self.counts.unchanged,
            "deleted": self.counts.deleted,
            "missing": self.missing,
            "rejected": self.rejected,
            "mode": self.mode,
            "encoding": ENCODING_NAMES.get(self.encoding, self.encoding),
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
            "header_line": self.header_line,
            "layout": self.layout,
            "columns": self.columns,
            "unmapped": self.unmapped,
            "year": self.year,
            "warnings": [{"zh": w.zh, "en": w.en} for w in self.warnings],
            "groups": [g.as_json() for g in self.groups],
            "errors": [e.as_json() for e in self.errors],
            "notes": [n.as_json() for n in self.notes],
            "left_out": [n.as_json() for n in self.left_out],
        }


def build_report(job: LoadJob, findings: Findings, counts: Counts) -> Report:
    """Put together what the check of a file found and how its rows stand to the ledger."""
    source, shown = job.source, job.layout
    report = Report(
        dataset=job.dataset.name,
        file=job.file.name,
        sha256=job.file.sha256,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        sheets=source.sheets,
        header=shown.header,
        header_line=shown.header_line,
        layout=job.match.layout,
        rows=job.rows - sum(1 for f in findings.left_out if f.line >= shown.first_line),
        columns=_heading_targets(job),
        unmapped=[h.text for h in job.match.unmapped if h.index not in _auxiliary_columns(job)],
        mode=job.mode,
        counts=counts,
        missing=0,
        refused=findings.refused,
        errors=findings.errors,
        groups=findings.groups,
        notes=findings.notes,
        left_out=findings.left_out,
        warnings=[],
        year=job.year,
    )
    for label, chosen, left in headers.overruled_headings(job.dataset, job.match):
        report.notes.append(Finding(0, "", "", NOTES["overruled"].fill(label=label, chosen=chosen, left=left)))
    if not report.changes_anything and not report.rejected:
        report.notes.append(Finding(0, "", "", NOTES["nothing_new"]))
    return report


def load_warnings(con: Connection, job: LoadJob, counts: Counts) -> list[Text]:
    """Warn of a file that takes rows out of its ledger, changes much of it, or was loaded before."""
    size, before = (
        merge.ledger_row_count(con, job.dataset),
        batch_log.batch_of_same_file(con, job.dataset, job.file.sha256),
    )
    changed = counts.updated + counts.deleted
    found = [WARNINGS["same_file"].fill(batch=before)] if before else []
    if counts.deleted:
        left = size + counts.inserted - counts.deleted
        found.append(WARNINGS["deletes"].fill(rows=counts.deleted, before=size, after=left))
    if size and changed > MANY_CHANGED * size:
        share = f"{100 * changed / size:.0f}"
        found.append(WARNINGS["many_changed"].fill(rows=changed, before=size, share=share))
    return found


def _auxiliary_columns(job: LoadJob) -> set[int]:
    """Return the places of the columns that tell parents of one name apart, or say more of those to register."""
    places = {expressions.place_index(column, job.match) for column in job.parents}
    said = (expressions.parent_column_indexes(column, job.match).values() for column in job.parents if job.register)
    return {place for place in (*places, *chain.from_iterable(said)) if place is not None}


def _heading_targets(job: LoadJob) -> dict[str, str]:
    """Return heading of the file -> column of the ledger, or item of a wide file."""
    placed = {h.text: n for n, h in job.match.columns.items()} | {h.text: n for n, h in job.match.items.items()}
    for beside in (job.match.raw_items, job.match.second_headings, job.match.time_headings, job.match.unit_columns):
        placed |= {h.text: n for n, h in beside.items()}
    return {written: placed[written] for written in map(str.strip, job.layout.header) if written in placed}
