"""What a workbook holds beside its cells: comments, text boxes, headers and footers, in the bytes as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from data.ingest.reading.xlsx import SIGNATURE, ZIP_ERRORS

BESIDE_CELLS = re.compile(r"comments|drawing|docprops|headerfooter|customxml|content\.xml|styles\.xml", re.I)
MOST_BYTES = 32_000_000  # of one part; chosen: far above any comment
TAG = re.compile(rb"<[^>]*>")
ZERO = b"\0"


def texts_beside_cells(raw: bytes) -> Iterator[bytes]:
    """Yield the texts of the parts of an archive that hold no cells, or all that may be text of another workbook."""
    if not raw.startswith(SIGNATURE):
        yield raw
        yield from _utf16_texts(raw)
        return
    try:
        with ZipFile(BytesIO(raw)) as archive:
            for part in archive.infolist():
                if BESIDE_CELLS.search(part.filename) and part.file_size <= MOST_BYTES:
                    yield TAG.sub(b" ", archive.read(part))
    except ZIP_ERRORS:
        return


def _utf16_texts(raw: bytes) -> Iterator[bytes]:
    """Yield the digits of an old workbook that stand in two bytes each."""
    yield from (found[0].replace(ZERO, b"") for found in re.finditer(rb"(?:[0-9Xx]\0){11,19}", raw))
