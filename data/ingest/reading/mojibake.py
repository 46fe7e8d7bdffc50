"""Headers whose characters were read under a wrong encoding, here or before the file came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from data.errors import GarbledText
from data.ingest.reading.encodings import CODECS, ENCODING_NAMES
from data.text import Text

ENCODING_MISTAKES = (
    ("gb18030", "utf-8"),
    ("latin-1", "gb18030"),
    ("latin-1", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp1252", "utf-8"),
    ("gb18030", "big5"),
    ("big5", "gb18030"),
    ("big5", "utf-8"),
    ("utf-16-le", "utf-16-be"),
    ("utf-16-be", "utf-16-le"),
)
CELL_SEPARATOR = re.compile("[,\t;|，\r\n]")
CHOOSE_ENCODING = Text("请把“编码”改选为 {encoding} 再读一次。", "Choose {encoding} as the encoding and try again.")
EXPORT_AGAIN = Text(
    "文件在上传之前已按错误的编码另存过，请从原来的系统重新导出。",
    "It was saved under a wrong encoding before it came here; export it again from where it was made.",
)


def refuse_garbled_header(
    name: str, encoding: str, rows: Sequence[list[str]], recognise: Callable[[list[str]], int]
) -> None:
    """Raise GarbledText if no row shows a known heading and one would, had it been read under another encoding.

    Words that stand in the row as they are tell nothing, even where only a quoted comma keeps them from being headings.
    """
    if any(recognise(cells) for cells in rows):
        return
    for read_as, written_in in ENCODING_MISTAKES:
        for cells in rows:
            meant = _heading_parts(_redecode_cell(cell, read_as, written_in) for cell in cells)
            as_read = set(_heading_parts(cells))
            if recognise([part for part in meant if part not in as_read]):
                raise GarbledText(
                    name=name,
                    shown=_cell_preview(cells),
                    meant=_cell_preview(meant),
                    hint=_encoding_hint(encoding, read_as, written_in),
                )


def _heading_parts(cells: Iterable[str]) -> list[str]:
    """Return what cells would be, were they cut at every separator."""
    return [part for cell in cells for part in CELL_SEPARATOR.split(cell)]


def _redecode_cell(cell: str, read_as: str, written_in: str) -> str:
    """Return what a cell says in the encoding that it was written in."""
    raw = cell.encode(CODECS.get(read_as, read_as), "ignore")
    return raw.decode(CODECS.get(written_in, written_in), "ignore")


def _encoding_hint(encoding: str, read_as: str, written_in: str) -> Text:
    """Say what to do: choose the encoding, or, where this reading was not the mistake, export again."""
    is_ours = encoding.removesuffix("-sig") == read_as
    return CHOOSE_ENCODING.fill(encoding=ENCODING_NAMES[written_in]) if is_ours else EXPORT_AGAIN


def _cell_preview(cells: list[str]) -> str:
    return "、".join(filter(None, cells[:4]))[:40]
