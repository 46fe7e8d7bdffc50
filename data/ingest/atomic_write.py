"""Writing a file so that it is whole and on the disk, or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from data.errors import CannotWrite


def write_atomically(path: Path, content: bytes) -> None:
    """Put a file on disk, all of it or nothing, in a folder that is made where it is missing; raises CannotWrite.

    A full disk raises OSError, which the loader has its own sentence for.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        with unfinished.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
