"""What a workbook holds beside its cells: comments, text boxes, headers and footers, rules, caches of other tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from data.ingest.reading.xlsx import SIGNATURE, ZIP_ERRORS

BESIDE_CELLS = re.compile(
    r"comments|drawing|docprops|headerfooter|customxml|content\.xml|styles\.xml|charts/|persons/|tables/|sharedstrings",
    re.I,
)
WITH_ATTRIBUTES = re.compile(r"workbook\.xml$|styles\.xml$|pivotcache|externallinks|_rels/sheet", re.I)
SHEET = re.compile(r"(?:worksheets|chartsheets)/[^/]*\.xml$", re.I)
EMBEDDED = re.compile(r"embeddings/", re.I)
CELLS = re.compile(rb"<sheetData\b.*</sheetData>", re.S)
FORMULA = re.compile(rb"<f\b[^>]*>([^<]*)</f>")
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
                if part.file_size <= MOST_BYTES and _is_beside_cells(part.filename):
                    yield from _texts_of_part(part.filename, archive.read(part))
    except ZIP_ERRORS:
        return


def _is_beside_cells(name: str) -> bool:
    return any(kind.search(name) for kind in (BESIDE_CELLS, WITH_ATTRIBUTES, SHEET, EMBEDDED))


def _texts_of_part(name: str, content: bytes) -> Iterator[bytes]:
    """Yield what of a part may tell of persons: of a sheet its formulas and all but its cells, of a workbook all."""
    if EMBEDDED.search(name):
        yield from _embedded_texts(content)
    elif SHEET.search(name):
        yield CELLS.sub(b"", content)
        yield b" ".join(FORMULA.findall(content))
    else:
        yield TAG.sub(b" ", content)
        if WITH_ATTRIBUTES.search(name):
            yield content


def _embedded_texts(content: bytes) -> Iterator[bytes]:
    """Yield the texts of a workbook inside a workbook, cells and all."""
    yield from texts_beside_cells(content)
    if content.startswith(SIGNATURE):
        with ZipFile(BytesIO(content)) as archive:
            for part in archive.infolist():
                if part.file_size <= MOST_BYTES and SHEET.search(part.filename):
                    yield TAG.sub(b" ", archive.read(part))


def _utf16_texts(raw: bytes) -> Iterator[bytes]:
    """Yield the digits of an old workbook that stand in two bytes each."""
    yield from (found[0].replace(ZERO, b"") for found in re.finditer(rb"(?:[0-9Xx]\0){11,19}", raw))
