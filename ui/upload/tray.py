"""The files that a clerk has dropped, what is asked of each, and what the check said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.datasets import DATASETS, Dataset
from data.errors import Cancelled, DashboardError, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest import door, headers, layout, reader, watch
from data.ingest.door import Options, Report, Upload, Who
from data.ingest.reader import Reading
from data.store import Store
from data.text import Text
from ui import upload_phrases
from ui.jobs import Job

ABOUT_HEADINGS = (WrongLedger, RepeatedColumn, UnknownUnit)
MARKS = {word for mark in headers.MARKS for word in (mark.zh, mark.en)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, the ledger it is meant for ("" lets the file tell), and how it is to be read and loaded."""

    file: Upload
    ledger: str = ""
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a file said: a report, or why there is none.

    `candidates` are the ledgers it may be, likeliest first; `headings` those to place by hand before it can be checked.
    """

    asked: Asked
    state: int
    candidates: tuple[Dataset, ...] = ()
    report: Report | None = None
    refused: Text | None = None
    headings: tuple[str, ...] = ()
    is_cancelled: bool = False

    @property
    def dataset(self) -> Dataset | None:
        return self.candidates[0] if self.candidates else None

    @property
    def is_ready(self) -> bool:
        """Tell whether the file can be committed as it is asked for."""
        report, options = self.report, self.asked.options
        return bool(report and report.changes_anything and (options.partial or not report.rejected))


@dataclass(slots=True)
class Sent:
    """One file on the tray."""

    number: int
    asked: Asked
    checked: Checked | None = None

    @property
    def name(self) -> str:
        return self.asked.file.name

    def key(self, name: str) -> str:
        """Return the key of one of this file's widgets."""
        return f"{name}-{self.number}"

    def ask(self, **options: object) -> None:
        """Change how the file is to be loaded."""
        self.asked = replace(self.asked, options=replace(self.asked.options, **options))  # type: ignore[arg-type]

    def ask_reading(self, **reading: object) -> None:
        """Change how the file is to be read."""
        self.ask(reading=replace(self.asked.options.reading, **reading))  # type: ignore[arg-type]

    def is_pending(self, state: int) -> bool:
        """Tell whether the file must be checked: as it is asked for now, against the ledgers as they stand now."""
        if self.checked is None or self.checked.asked != self.asked:
            return True
        return self.checked.state != state and not self.checked.is_cancelled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of committing a file: its report, or why it was refused; `rest` is the file of its refused rows."""

    sent: Sent
    report: Report | None = None
    refused: Text | None = None
    rest: bytes = b""

    @property
    def is_committed(self) -> bool:
        return self.report is not None and self.report.batch is not None


def received(tray: Sequence[Sent], file: Upload, ledger: str) -> list[Sent]:
    """Return the tray with one file more; a file of the same name takes the place and the choices of the old one."""
    number = max((s.number for s in tray), default=0) + 1
    before = next((s for s in tray if s.name == file.name), None)
    options = replace(before.asked.options, reading=Reading()) if before else Options()
    return [*(s for s in tray if s is not before), Sent(number, Asked(file, ledger, options))]


def is_known(dataset: Dataset, heading: str) -> bool:
    """Tell whether a heading goes by the name of some column of a ledger."""
    return headers.recognised(dataset, [heading]) > 0


def _headings(dataset: Dataset, asked: Asked, error: DashboardError) -> tuple[str, ...]:
    """Return the headings to place by hand: those that are unknown, or all where the known ones are at fault."""

    def known(cells: list[str]) -> int:
        return headers.recognised(dataset, cells)

    reading = asked.options.reading
    table = layout.find(dataset, reader.open_file(asked.file, reading, known).head, reading.header_line, known)
    placed = [h for h in dict.fromkeys(table.header) if h and h not in MARKS]
    return tuple(h for h in placed if not isinstance(error, WrongLedger) or not is_known(dataset, h))


def _candidates(asked: Asked) -> tuple[Dataset, ...]:
    """Return the ledgers that a file may be, those that its name names first."""
    if asked.ledger:
        return (DATASETS[asked.ledger],)
    by_name, by_header = watch.named(asked.file.name), door.recognise(asked.file, asked.options.reading)
    return tuple(sorted(by_header, key=lambda d: d not in by_name) or by_name)


def _recognised(asked: Asked, state: int) -> Checked:
    """Return the ledgers that a file may be, or why it cannot be read."""
    try:
        found = _candidates(asked)
    except DashboardError as error:
        return Checked(asked, state, refused=error.text)
    refused = None if found else upload_phrases.UNKNOWN_LEDGER.fill(name=asked.file.name)
    return Checked(asked, state, found, refused=refused)


def _with_report(store: Store, checked: Checked, job: Job[None]) -> Checked:
    """Return what the check says of a file whose ledger is known."""
    dataset, asked = checked.candidates[0], checked.asked
    try:
        return replace(checked, report=door.check(store, dataset, asked.file, asked.options, job))
    except Cancelled:
        raise
    except ABOUT_HEADINGS as error:
        return replace(checked, refused=error.text, headings=_headings(dataset, asked, error))
    except DashboardError as error:
        return replace(checked, refused=error.text)


def _parents_first(checked: Checked | None) -> int:
    return list(DATASETS).index(checked.dataset.name) if checked and checked.dataset else len(DATASETS)


def in_order(tray: Sequence[Sent]) -> list[Sent]:
    """Return files with parents before their children, and last those whose ledger is not known."""
    return sorted(tray, key=lambda sent: _parents_first(sent.checked))


def check_all(store: Store, tray: Sequence[Sent], state: int, job: Job[None]) -> None:
    """Check files one after the other, parents before children, and leave with each what was found."""
    recognised = []
    for place, sent in enumerate(tray):
        job("recognising", place, len(tray))
        recognised.append((sent, _recognised(sent.asked, state)))
    for sent, checked in sorted(recognised, key=lambda pair: _parents_first(pair[1])):
        job.subject = sent.name
        sent.checked = checked if checked.refused else _with_report(store, checked, job)


def cancelled(sent: Sent, state: int) -> Checked:
    return Checked(sent.asked, state, refused=Cancelled().text, is_cancelled=True)


def _committed(store: Store, sent: Sent, who: Who, job: Job[list[Outcome]]) -> Outcome:
    assert sent.checked
    assert sent.checked.dataset
    dataset, file, options = sent.checked.dataset, sent.asked.file, sent.asked.options
    report = door.load(store, dataset, file, who, options, job)
    rest = door.error_file(store, dataset, file, options, report, whole=False) if report.rejected else b""
    return Outcome(sent, report, rest=rest)


def commit_all(store: Store, tray: Sequence[Sent], who: Who, job: Job[list[Outcome]]) -> list[Outcome]:
    """Commit files one after the other, each as a batch of its own; a cancelled one ends the row."""
    outcomes = []
    for sent in tray:
        job.subject = sent.name
        try:
            outcomes.append(_committed(store, sent, who, job))
        except DashboardError as error:
            outcomes.append(Outcome(sent, refused=error.text))
            if isinstance(error, Cancelled):
                break
    return outcomes
