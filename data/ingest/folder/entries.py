"""What lies in the watched folder besides files: links, pipes, sockets, folders, and names that cannot be told."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from data.errors import NoSuchFile, NotAFile, UnprintableName
from data.text import Text

TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xls", ".xlsx", ".xlsm", ".et", ".ods",
                 ".geojson", ".kml", ".kmz", ".zip")  # fmt: skip
BREAKING_CATEGORIES = frozenset({"Cc", "Zl", "Zp"})
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn a name round: vsc.exe
READ_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
KINDS: tuple[tuple[Callable[[int], bool], Text], ...] = (
    (stat.S_ISLNK, Text("符号链接", "a symbolic link")),
    (stat.S_ISDIR, Text("文件夹", "a folder")),
    (stat.S_ISFIFO, Text("管道", "a pipe")),
    (stat.S_ISSOCK, Text("套接字", "a socket")),
    (stat.S_ISBLK, Text("设备", "a device")),
    (stat.S_ISCHR, Text("设备", "a device")),
)


def is_meant_to_be_loaded(path: Path) -> bool:
    """Tell whether somebody put this here to be loaded; folders are left alone unless they are named like a table."""
    return not stat.S_ISDIR(path.lstat().st_mode) or path.name.lower().endswith(TABLE_ENDINGS)


def open_file_itself(path: Path) -> BinaryIO:
    """Open a file to read; a link is not followed and a pipe not waited for. Raises OSError, NotAFile."""
    descriptor = os.open(path, READ_FLAGS)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise _not_a_file(path.name, mode)
    return os.fdopen(descriptor, "rb")


def printable_name(name: str) -> str:
    """Return a name without line breaks, control characters and marks that turn it round."""
    return "".join("_" if _breaks_a_line(character) else character for character in name)


def require_readable(path: Path) -> None:
    """Raise NotAFile or UnprintableName for what is not read, NoSuchFile for what has gone."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise NoSuchFile(path=path) from error
    if not stat.S_ISREG(mode):
        raise _not_a_file(path.name, mode)
    if any(map(_breaks_a_line, path.name)):
        raise UnprintableName(name=printable_name(path.name))


def _not_a_file(name: str, mode: int) -> NotAFile:
    return NotAFile(name=printable_name(name), found=next(label for is_kind, label in KINDS if is_kind(mode)))


def _breaks_a_line(character: str) -> bool:
    return unicodedata.category(character) in BREAKING_CATEGORIES or character in DIRECTION_MARKS
