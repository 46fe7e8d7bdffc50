"""The uploaded files themselves, compressed, in a folder beside the database.

A file is named by its day, its batch and its content, and marked as uncommitted until its batch is. So what a failed
load left behind belongs to no batch and is either written again by the next one or goes with its day; a file without
the mark whose batch the book lacks is evidence that the database lost what was committed. The batches of one workbook
share the file of the first.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import zstandard
from duckdb import DuckDBPyConnection as Connection

from data.errors import BadKeepDays, DamagedOriginal
from data.ingest.atomic_write import write_atomically
from data.ingest.reading.reader import Upload

COMPRESSION_LEVEL = 1  # chosen, not measured: the fastest, for a clerk is waiting
UNCOMMITTED = ".uncommitted"
ORIGINAL_NAME = re.compile(rf"(\d{{8}})-(\d+)-([0-9a-f]{{16}})\.zst(?:{re.escape(UNCOMMITTED)})?", re.ASCII)


def originals_folder(con: Connection) -> Path | None:
    """Return where the originals of a database lie; None for a database in memory, which keeps none."""
    database = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()",
    ).fetchall()[0][0]
    return Path(f"{database}.originals") if database else None


def _name_ending(batch: int, sha256: str) -> str:
    return f"-{batch}-{sha256[:16]}.zst"


def keep_original(con: Connection, batch: int, file: Upload) -> None:
    """Put the bytes of a file safely on disk, before its batch is committed; raises CannotWrite, BadKeepDays."""
    place = originals_folder(con)
    if place is None or keep_days() == 0:
        return
    path = place / f"{date.today():%Y%m%d}{_name_ending(batch, file.sha256)}{UNCOMMITTED}"
    write_atomically(path, zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compress(file.raw))


def confirm_committed(con: Connection) -> None:
    """Take the mark off the files whose batches are in the book."""
    place = originals_folder(con)
    for path in place.glob(f"*{UNCOMMITTED}") if place else ():
        named = ORIGINAL_NAME.fullmatch(path.name)
        if named and _is_in_book(con, named):
            path.replace(path.with_suffix(""))


def _is_in_book(con: Connection, named: re.Match[str]) -> bool:
    found = con.execute("SELECT sha256 FROM batch WHERE batch_id = ?", [int(named[2])]).fetchall()
    return bool(found) and found[0][0].startswith(named[3])


def batches_without_book(con: Connection) -> list[tuple[int, date]]:
    """Return number and day of the batches that were committed, as their files tell, and that the book lacks."""
    place = originals_folder(con)
    found = filter(None, (ORIGINAL_NAME.fullmatch(path.name) for path in place.glob("*.zst"))) if place else ()
    return sorted((int(n[2]), datetime.strptime(n[1], "%Y%m%d").date()) for n in found if not _is_in_book(con, n))


def original_path(con: Connection, batch: int) -> Path | None:
    """Return where the file of a batch lies; None if it is not kept."""
    place = originals_folder(con)
    found = con.execute("SELECT submission, sha256 FROM batch WHERE batch_id = ?", [batch]).fetchall()
    return next(place.glob(f"*{_name_ending(*found[0])}*"), None) if place and found else None


def read_original(con: Connection, batch: int) -> tuple[str, bytes] | None:
    """Return the name and the bytes of the file that a batch was loaded from; None if it is not kept.

    Raises DamagedOriginal.
    """
    path = original_path(con, batch)
    if path is None:
        return None
    name, sha256 = con.execute("SELECT file_name, sha256 FROM batch WHERE batch_id = ?", [batch]).fetchall()[0]
    try:
        raw = zstandard.decompress(path.read_bytes())
    except zstandard.ZstdError as error:
        raise DamagedOriginal(batch=batch, name=name) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise DamagedOriginal(batch=batch, name=name)
    return name, raw


def keep_days() -> int | None:
    """Return for how many days originals are kept; None is for ever. Raises BadKeepDays."""
    value = os.environ.get("FRONTLINE_KEEP_DAYS", "").strip()
    if not re.fullmatch(r"[0-9]{0,5}", value):
        raise BadKeepDays(value=value)
    return int(value) if value else None


def purge_expired(con: Connection, today: date) -> None:
    """Remove the originals that were kept for as long as FRONTLINE_KEEP_DAYS says; raises BadKeepDays."""
    days, place = keep_days(), originals_folder(con)
    if days is None or place is None:
        return
    last_day = f"{today - timedelta(days=days):%Y%m%d}"
    for path in place.glob("*.zst*"):
        named = ORIGINAL_NAME.fullmatch(path.name)
        if named and named[1] <= last_day:
            path.unlink(missing_ok=True)
