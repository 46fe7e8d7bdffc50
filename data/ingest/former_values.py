"""The changes of what figures are judged by: from which day they hold, and what held before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.datasets.model import VALID_TO
from data.errors import ChangedSince, NotTracked
from data.ingest.batch_log import Counts
from data.ingest.checking.error_reasons import NOTES, WARNINGS, Finding
from data.ingest.checking.stage import LoadJob
from data.schema import quote_ident
from data.text import Text, join_list


def _group_columns(dataset: Dataset) -> tuple[str, ...]:
    return (dataset.history.group if dataset.history else ()) or dataset.key


def _column_list(names: tuple[str, ...], alias: str = "") -> str:
    return ", ".join(alias + quote_ident(name) for name in names)


def _tracked_in_file(job: LoadJob) -> list[str]:
    """Return the tracked columns that the file has."""
    tracked = job.dataset.history.columns if job.dataset.history else ()
    return [c.name for c in job.columns if c.name in tracked and c.name not in job.dataset.key]


def _differs_sql(job: LoadJob, new: str) -> str:
    """Return the SQL that tells whether a row of the file changes a tracked value of the ledger's row `o`."""
    pairs = (f"{new}.{quote_ident(c)} IS DISTINCT FROM o.{quote_ident(c)}" for c in _tracked_in_file(job))
    return " OR ".join(pairs) or "false"


def require_tracked(datasets: Sequence[Dataset], valid_from: date | None) -> None:
    """Refuse a day from which changes hold where no ledger of a file keeps former values; raises NotTracked."""
    if valid_from and not any(dataset.history for dataset in datasets):
        known = join_list(ledger.label for ledger in DATASETS.values() if ledger.history)
        raise NotTracked(dataset=join_list(dataset.label for dataset in datasets), known=known)


def contradicting_lines_sql(job: LoadJob) -> str:
    """Return the SQL of the lines whose change would hold from a day before the last one that is known.

    Gives (line, value, day).
    """
    dataset, keys = job.dataset, _column_list(job.dataset.key)
    changes = _differs_sql(job, "g") + (" OR o.batch_id IS NULL" if dataset.history and dataset.history.group else "")
    group = _column_list(_group_columns(dataset))
    return (
        f"SELECT g.line, '', max(h.{VALID_TO}) FROM good g "
        f"LEFT JOIN (SELECT *, true AS stands FROM {quote_ident(dataset.name)}) o USING ({keys}) "
        f"JOIN {quote_ident(dataset.history_ledger)} h USING ({group}) "
        f"WHERE ({changes}) AND h.{VALID_TO} >= DATE '{job.valid_from}' GROUP BY g.line"
    )


def find_changes(con: Connection, job: LoadJob) -> int:
    """Make `judged_anew`, the groups of the ledger whose tracked values `diff` changes, and count them."""
    dataset, keys = job.dataset, _column_list(job.dataset.key)
    if dataset.history is None:
        return 0
    group, own = _column_list(_group_columns(dataset)), quote_ident(dataset.name)
    changed = f"d.diff_action = 'update' AND ({_differs_sql(job, 'd')})"
    if dataset.history.group:
        changed += " OR d.diff_action <> 'update'"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE judged_anew AS SELECT DISTINCT {group} FROM diff d "
        f"LEFT JOIN {own} o USING ({keys}) WHERE {changed}"
    )
    con.execute(f"DELETE FROM judged_anew WHERE ({group}) NOT IN (SELECT ({group}) FROM {own})")
    return int(con.execute("SELECT count(*) FROM judged_anew").fetchall()[0][0])


def require_later_day(con: Connection, job: LoadJob) -> None:
    """Refuse rows to be taken out from a day before the last change; a change in a line is refused with its line.

    Raises ChangedSince.
    """
    if not (job.valid_from and job.dataset.history):
        return
    group = _column_list(_group_columns(job.dataset))
    rows, last = con.execute(
        f"SELECT count(DISTINCT ({group})), max({VALID_TO}) FROM {quote_ident(job.dataset.history_ledger)} "
        f"SEMI JOIN judged_anew USING ({group}) WHERE {VALID_TO} >= DATE '{job.valid_from}'"
    ).fetchall()[0]
    if rows:
        raise ChangedSince(dataset=job.dataset.label, rows=rows, day=last)


def _changed_labels(con: Connection, job: LoadJob) -> Text:
    """Return the headings of the tracked columns whose values change; of all where whole rows come or go."""
    tracked, keys = _tracked_in_file(job), _column_list(job.dataset.key)
    differing = ", ".join(f"bool_or(d.{quote_ident(c)} IS DISTINCT FROM o.{quote_ident(c)})" for c in tracked)
    [found] = con.execute(
        f"SELECT {differing} FROM diff d JOIN {quote_ident(job.dataset.name)} o USING ({keys}) "
        "WHERE d.diff_action = 'update'"
    ).fetchall()
    changed = [name for name, is_changed in zip(tracked, found, strict=True) if is_changed]
    return join_list(job.dataset.column(name).label for name in changed or tracked)


def _judged_days_sql(dataset: Dataset, judged: Dataset) -> str:
    """Return the SQL of (id, day): the days of the rows that are judged, each with the code of what judges them."""
    judging = dataset.column(_group_columns(dataset)[0]).references or dataset.name
    day = f"CAST(j.{quote_ident(judged.dated_by[0])} AS DATE) AS day"
    direct = next((c for c in judged.columns if c.references == judging), None)
    if direct:
        return f"SELECT j.{quote_ident(direct.name)} AS id, {day} FROM {quote_ident(judged.name)} j"
    link, through = next(
        (c, naming)
        for c in judged.columns
        if c.references
        for naming in DATASETS[c.references].columns
        if naming.references == judging
    )
    parent = DATASETS[link.references]
    return (
        f"SELECT p.{quote_ident(through.name)} AS id, {day} FROM {quote_ident(judged.name)} j "
        f"JOIN {quote_ident(parent.name)} p ON p.{quote_ident(parent.key[0])} = j.{quote_ident(link.name)}"
    )


def _months_judged_anew(con: Connection, dataset: Dataset) -> tuple[date | None, date | None, int]:
    """Return the first and the last of the months whose rows go by the new values, and how many there are."""
    assert dataset.history
    group = quote_ident(_group_columns(dataset)[0])
    known = f"SELECT {group}, max({VALID_TO}) AS until FROM {quote_ident(dataset.history_ledger)} GROUP BY {group}"
    months = (
        f"SELECT DISTINCT CAST(date_trunc('month', day) AS DATE) AS month "
        f"FROM ({_judged_days_sql(dataset, DATASETS[dataset.history.judged])}) r "
        f"JOIN judged_anew a ON a.{group} = r.id LEFT JOIN ({known}) k USING ({group}) "
        "WHERE day > coalesce(k.until, DATE '-infinity')"
    )
    first, last, count = con.execute(f"SELECT min(month), max(month), count(*) FROM ({months})").fetchall()[0]
    return first, last, count


def undated_change_warnings(con: Connection, job: LoadJob, rows: int) -> list[Text]:
    """Warn of a change that has no day: which months it judges anew, and how to give the day."""
    if not rows or job.valid_from:
        return []
    first, last, count = _months_judged_anew(con, job.dataset)
    said = {"rows": rows, "columns": _changed_labels(con, job)}
    if first is None or last is None:
        return [WARNINGS["undated_change"].fill(**said)]
    return [WARNINGS["judged_anew"].fill(**said, first=f"{first:%Y-%m}", last=f"{last:%Y-%m}", months=count)]


def former_ledger_warnings(job: LoadJob, counts: Counts) -> list[Text]:
    """Warn that rows of a ledger of former values change figures of the past."""
    rows = counts.inserted + counts.updated + counts.deleted
    is_former = any(ledger.history_ledger == job.dataset.name for ledger in DATASETS.values() if ledger.history)
    return [WARNINGS["former_changed"].fill(rows=rows)] if is_former and rows else []


def dated_change_notes(con: Connection, job: LoadJob, rows: int) -> list[Finding]:
    """Note how many rows hold from the day that was given, and where their former values are kept."""
    if not (rows and job.valid_from):
        return []
    blanks = {"rows": rows, "columns": _changed_labels(con, job), "day": job.valid_from}
    return [Finding(0, "", "", NOTES["holds_from"].fill(**blanks, ledger=DATASETS[job.dataset.history_ledger].label))]


def keep_former_values(con: Connection, job: LoadJob, batch: int) -> list[Dataset]:
    """Write what held until the day before the changes into the ledger of former values; returns the ledgers written.

    A change from a day on which the row changed already corrects that change, so what held before stays as it is.
    """
    if not (job.valid_from and find_changes(con, job)):
        return []
    dataset, former = job.dataset, DATASETS[job.dataset.history_ledger]
    last = f"DATE '{job.valid_from - timedelta(days=1)}'"
    group, names = _group_columns(dataset), tuple(c.name for c in former.columns if c.name != VALID_TO)
    con.execute(
        f"INSERT INTO {quote_ident(former.name)} ({_column_list(names)}, {VALID_TO}, batch_id) "
        f"SELECT {_column_list(names, 'o.')}, {last}, {batch} FROM {quote_ident(dataset.name)} o "
        f"SEMI JOIN judged_anew USING ({_column_list(group)}) "
        f"ANTI JOIN (SELECT * FROM {quote_ident(former.name)} WHERE {VALID_TO} = {last}) k "
        f"USING ({_column_list(group)})"
    )
    return [former]
