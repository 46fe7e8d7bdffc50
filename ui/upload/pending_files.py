"""The files that a clerk has dropped, what is asked of each, and what the check said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from mmap import mmap

from data.datasets import DATASETS, Dataset
from data.ingest.loader import Options, Report, Upload
from data.ingest.personal_data.only_columns import FileColumn
from data.ingest.reading import photo
from data.ingest.reading.reader import ReadOptions
from data.ingest.submissions import SubmissionReport
from data.ingest.workbook_sheets import Part, Parts
from data.text import Text


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """A file, the ledger it is meant for ("" lets the file tell), and how it is to be read and loaded."""

    file: Upload
    ledger: str = ""
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check of a file said: what it would do, or why that is not known.

    `candidates` are the ledgers it may be, likeliest first; `headings` those to place by hand before it can be checked,
    `missing` the required columns that none of them is; `sheets` the parts of a workbook of several sheets;
    `sheet_names` are those of a refused workbook, one of which may be read alone; `columns` those of a file that is
    refused because it tells of persons, some of which may be left behind.
    """

    request: LoadRequest
    state: int
    candidates: tuple[Dataset, ...] = ()
    sheets: Parts = field(default_factory=Parts)
    told: SubmissionReport | None = None
    refused: Text | None = None
    headings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sheet_names: tuple[str, ...] = ()
    columns: tuple[FileColumn, ...] = ()
    is_stopped: bool = False

    @property
    def dataset(self) -> Dataset | None:
        return self.candidates[0] if self.candidates else None

    @property
    def parts(self) -> Parts:
        """What goes into which ledger: the parts that the sheets told, or all into the likeliest ledger."""
        whole = (Part(self.candidates[0], self.request.options),) if self.candidates else ()
        return replace(self.sheets, parts=self.sheets.parts or whole)

    @property
    def report(self) -> Report | None:
        """What was found, where the file is of one part."""
        return self.told.parts[0] if self.told and len(self.told.parts) == 1 else None

    @property
    def is_ready(self) -> bool:
        """Tell whether the file can be committed as it is asked for."""
        return self.told is not None and self.told.may_be_written(self.request.options.partial)


@dataclass(slots=True)
class PendingFile:
    """One file on the tray, or a part of one, named by its place among them.

    `agreed_deletions` is the number of rows that the clerk has agreed to delete.
    """

    number: int
    request: LoadRequest
    checked: CheckResult | None = None
    part: str = ""
    agreed_deletions: int = 0

    @property
    def name(self) -> str:
        return self.request.file.name

    @property
    def can_be_committed(self) -> bool:
        """Tell whether the file is ready, and the clerk has agreed to what it deletes."""
        told = self.checked.told if self.checked and self.checked.is_ready else None
        return told is not None and sum(counts.deleted for counts in told.counts) in (0, self.agreed_deletions)

    def key(self, name: str) -> str:
        """Return the key of one of this file's widgets."""
        return f"{name}-{self.number}{self.part}"

    def as_parts(self) -> list[PendingFile]:
        """Return each part of a checked workbook as a file of its own."""
        checked = self.checked
        assert checked
        assert checked.told
        pairs = zip(checked.parts.parts, checked.told.parts, strict=True)
        return [self._as_part(f"-{place}", part, report) for place, (part, report) in enumerate(pairs)]

    def _as_part(self, place: str, part: Part, report: Report) -> PendingFile:
        request = replace(self.request, ledger=part.dataset.name, options=part.options)
        checked = CheckResult(request, 0, (part.dataset,), told=SubmissionReport([report]))
        return PendingFile(self.number, request, checked, place)

    def mean(self, ledger: str) -> None:
        """Mean the file for another ledger, of which nothing has been placed, given or dated by hand yet.

        A photo tells its ledger itself, whichever is chosen.
        """
        if ledger != self.request.ledger and not photo.is_photo(self.request.file.content):
            options = replace(self.request.options, mapping=(), constants=(), replacements=(), valid_from=None)
            self.request = replace(self.request, ledger=ledger, options=options)

    def set_options(self, **options: object) -> None:
        """Change how the file is to be loaded."""
        self.request = replace(self.request, options=replace(self.request.options, **options))  # type: ignore[arg-type]

    def replace_file(self, file: Upload) -> None:
        """Go on with a file that was made of this one; of how it is read only the line of its header stays."""
        self.request = replace(self.request, file=file)
        self.set_options(reading=ReadOptions(header_line=self.request.options.reading.header_line))

    def hold_in_memory(self, content: bytes | mmap) -> None:
        """Hold the same file as another copy of its bytes, checked as it is."""
        file = replace(self.request.file, content=content)
        self.request = replace(self.request, file=file)
        if self.checked:
            self.checked = replace(self.checked, request=replace(self.checked.request, file=file))

    def set_reading_options(self, **reading: object) -> None:
        """Change how the file is to be read."""
        self.set_options(reading=replace(self.request.options.reading, **reading))  # type: ignore[arg-type]

    def is_pending(self, state: int) -> bool:
        """Tell whether the file must be checked: as it is asked for now, against the ledgers as they stand now."""
        if self.checked is None or self.checked.request != self.request:
            return True
        return self.checked.state != state and not self.checked.is_stopped


@dataclass(frozen=True, slots=True)
class CommitOutcome:
    """What came of committing a file: its report, or why it was refused; `rest` is the file of its refused rows."""

    sent: PendingFile
    report: Report | None = None
    refused: Text | None = None
    rest: bytes = b""

    @property
    def is_committed(self) -> bool:
        return self.report is not None and self.report.batch is not None


def add_received_file(pending: Sequence[PendingFile], file: Upload, ledger: str) -> list[PendingFile]:
    """Return the tray with one file more; a file of the same name takes the place and the choices of the old one."""
    number = max((s.number for s in pending), default=0) + 1
    before = next((s for s in pending if s.name == file.name), None)
    ledger = "" if photo.is_photo(file.content) else ledger
    options = replace(before.request.options, reading=ReadOptions()) if before else Options()
    return [*(s for s in pending if s is not before), PendingFile(number, LoadRequest(file, ledger, options))]


def dataset_order(checked: CheckResult | None) -> int:
    return list(DATASETS).index(checked.dataset.name) if checked and checked.dataset else len(DATASETS)


def parents_first_files(pending: Sequence[PendingFile]) -> list[PendingFile]:
    """Return files with parents before their children, and last those whose ledger is not known."""
    return sorted(pending, key=lambda sent: dataset_order(sent.checked))


def stopped_check(sent: PendingFile, state: int, why: Text) -> CheckResult:
    """Return what stands with a file whose check did not come to its end."""
    return CheckResult(sent.request, state, refused=why, is_stopped=True)
