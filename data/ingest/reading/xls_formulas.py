"""Formulas of an .xls workbook that nobody computed; xlrd gives what stands in place of their results.

A formula keeps the last result in its record ([MS-XLS] 2.4.127). A program that does not calculate leaves an empty text
or 0 there, which a formula may also have come to. An office program that saves a workbook computes it, and leaves a
summary of the document beside it, which those programs do not.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import xlrd

SUMMARY = "\x05SummaryInformation".encode("utf-16-le")
FORMULA_RECORDS, SHEET_END, SHEET_START = (0x0006, 0x0206, 0x0406), 0x000A, 0x0809  # [MS-XLS] 2.3.1
OLDEST_VERSION = 50  # of Excel 5; older records are shorter
NO_NUMBER, EMPTY_TEXT = b"\xff\xff", 3
Cells = list[tuple[int, int]]


def uncomputed_cells(raw: bytes, book: xlrd.Book) -> dict[str, Cells]:
    """Return sheet -> the row and column, from 0, of its formulas, if none in the workbook shows a computed result.

    The book is one that is read on demand, its sheets not yet.
    """
    if SUMMARY in raw or book.biff_version < OLDEST_VERSION:
        return {}
    names = book.sheet_names()
    formulas = {name: list(_formulas(book.mem, at)) for name, at in zip(names, book._sh_abs_posn, strict=True)}
    if not all(is_blank for found in formulas.values() for _, is_blank in found):
        return {}
    return {name: [cell for cell, _ in found] for name, found in formulas.items()}


def _formulas(stream: bytes, sheet_start: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield the place of each formula of a sheet, and whether its result is empty or 0."""
    for kind, record in _sheet_records(stream, sheet_start):
        if kind in FORMULA_RECORDS:
            row, column, _, result = struct.unpack_from("<HHH8s", record)
            yield (row, column), _is_blank(result)


def _is_blank(result: bytes) -> bool:
    if result.endswith(NO_NUMBER):
        return result[0] == EMPTY_TEXT
    return struct.unpack("<d", result) == (0.0,)


def _sheet_records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a sheet, those of charts inside it too."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += {SHEET_START: 1, SHEET_END: -1}.get(kind, 0)
        if depth == 0:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
