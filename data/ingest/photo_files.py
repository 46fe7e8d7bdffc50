"""The photos themselves, in a folder beside the database, each named by the digest of its bytes.

A photo is written before its batch is committed, and marked as uncommitted until it is. One that no row and no older
version of a row names any more is removed: an undo takes the picture off the disk as well.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from duckdb import DuckDBPyConnection as Connection

from data.ingest.atomic_write import write_atomically
from data.ingest.reading import photo
from data.ingest.reading.reader import Upload
from data.store import Store

UNCOMMITTED = ".uncommitted"
FILE_NAME = re.compile(rf"([a-p]{{64}})\.jpg(?:{re.escape(UNCOMMITTED)})?", re.ASCII)
LEFT_BEHIND = 86_400  # seconds; chosen: no load takes a day
SETTLING = Lock()  # what one load has just confirmed must not be removed by another that has not seen its batch


def photos_folder(con: Connection) -> Path | None:
    """Return where the photos of a database lie; None for a database in memory, which keeps none."""
    database = con.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()",
    ).fetchall()[0][0]
    return Path(f"{database}.photos") if database else None


def keep_photo(con: Connection, file: Upload) -> None:
    """Put a photo, as it is encoded anew, safely on disk before its batch is committed; raises CannotWrite."""
    place = photos_folder(con)
    if place is not None:
        kept = photo.read_photo(file.name, file.content)
        write_atomically(place / f"{kept.digest}.jpg{UNCOMMITTED}", kept.jpeg)


def photo_path(con: Connection, digest: str) -> Path | None:
    """Return where a photo lies that the ledger names; None if it is not named there, or its file is missing."""
    place, named = photos_folder(con), FILE_NAME.fullmatch(f"{digest}.jpg")
    if place is None or named is None:
        return None
    if not con.execute("SELECT 1 FROM photo WHERE digest = ?", [digest]).fetchall():
        return None
    return next((path for path in _possible_paths(place, digest) if path.is_file()), None)


def _possible_paths(place: Path, digest: str) -> tuple[Path, Path]:
    return place / f"{digest}.jpg", place / f"{digest}.jpg{UNCOMMITTED}"


def read_photo_file(con: Connection, digest: str) -> bytes | None:
    """Return the bytes of a photo that the ledger names; None if they are missing or are no longer those."""
    path = photo_path(con, digest)
    jpeg = path.read_bytes() if path else None
    return jpeg if jpeg is not None and photo.photo_digest(jpeg) == digest else None


def restore_photo(store: Store, file: Upload) -> None:
    """Put a photo back whose row is in the ledger and whose file is missing or damaged; nothing for another file."""
    if not photo.is_photo(file.content):
        return
    with store.read() as con:
        digest = photo.read_photo(file.name, file.content).digest
        is_named = con.execute("SELECT 1 FROM photo WHERE digest = ?", [digest]).fetchall()
        if is_named and read_photo_file(con, digest) is None:
            keep_photo(con, file)
    settle_photos(store)


def settle_photos(store: Store) -> None:
    """Mark the photos of committed batches as such, and remove those that nothing names any more."""
    with SETTLING, store.read() as con:
        place = photos_folder(con)
        found = list(place.glob("*.jpg*")) if place and place.is_dir() else []
        named = _named_digests(con) if found else set()
        for path in found:
            if parts := FILE_NAME.fullmatch(path.name):
                _settle_file(path, parts[1] in named)


def _settle_file(path: Path, is_named: bool) -> None:
    is_committed = path.suffix != UNCOMMITTED
    if is_named and not is_committed:
        path.replace(path.with_suffix(""))
    elif not is_named and (is_committed or time.time() - path.stat().st_mtime > LEFT_BEHIND):
        path.unlink(missing_ok=True)


def _named_digests(con: Connection) -> set[str]:
    """Return what rows and older versions of rows name: an undo may bring any of them back."""
    found = con.execute("SELECT digest FROM photo UNION SELECT digest FROM undo_photo").fetchall()
    return {digest for (digest,) in found}


def missing_photos(con: Connection) -> Iterator[str]:
    """Yield the names of photos whose files are missing, of older versions too."""
    place = photos_folder(con)
    for name, digest in _named_photos(con) if place else ():
        assert place
        if not any(path.is_file() for path in _possible_paths(place, digest)):
            yield name


def damaged_photos(con: Connection) -> Iterator[str]:
    """Yield the names of photos whose files no longer hold what was kept."""
    place = photos_folder(con)
    for name, digest in _named_photos(con) if place else ():
        assert place
        path = next((path for path in _possible_paths(place, digest) if path.is_file()), None)
        if path and photo.photo_digest(path.read_bytes()) != digest:
            yield name


def _named_photos(con: Connection) -> list[tuple[str, str]]:
    query = "SELECT photo_name, digest FROM photo UNION SELECT photo_name, digest FROM undo_photo ORDER BY ALL"
    return con.execute(query).fetchall()
