"""The clerk's own workbook with what is wrong in it: wrong cells red, the reason as a comment, all else as it was."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from data.ingest import extended_validations
from data.ingest.checking.error_reasons import Finding
from data.ingest.reading import xlsx
from data.ingest.reading.reader import Upload
from data.ingest.reading.vector.vector_file import is_vector_file
from data.text import Text

MOST_UNPACKED_BYTES = 30_000_000  # chosen: some 200,000 cells, some seconds and 200 MB
MOST_COMMENTS = 2_000  # chosen: more than is read; the cells beyond are red all the same
RED = PatternFill("solid", fgColor="FFC7CE")
AUTHOR = "庄桥一线 Frontline"
COMMENT_SIZE = {"width": 320, "height": 110}  # pixels
SAYS = Text("{reason}。{advice}", "{reason}. {advice}")
FindHeading = Callable[[str], int | None]  # place in a record of what a finding calls its column


def can_be_marked(file: Upload) -> bool:
    """Tell whether a file is an .xlsx that is small enough to be written again as it was."""
    if not file.raw.startswith(xlsx.SIGNATURE) or is_vector_file(file.raw):
        return False
    with ZipFile(io.BytesIO(file.raw)) as parts:
        return sum(part.file_size for part in parts.infolist()) <= MOST_UNPACKED_BYTES


def marked_workbook(
    file: Upload, sheet: str, errors: Iterable[Finding], place_of: FindHeading, removed: Collection[int] = ()
) -> bytes:
    """Return a workbook whose wrong cells are marked, without some rows of the sheet.

    Formulas have become the values that were read: a workbook written without their results would be refused.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it leaves out, such as drop-downs of Excel 2010
        book = load_workbook(io.BytesIO(file.raw), data_only=True, keep_links=False)
    page = book[sheet]
    extended_validations.restore_validations(file.raw, book)
    _clear_marks(page)
    _mark_errors(page, errors, place_of)
    if removed:
        _remove_rows(page, removed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clear_marks(page: Worksheet) -> None:
    """Take away the marks of an earlier file of errors."""
    for row in page.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _mark_errors(page: Worksheet, errors: Iterable[Finding], place_of: FindHeading) -> None:
    """Make each wrong cell red and say why; a fault of a whole row is told at its first cell."""
    said: dict[tuple[int, int], list[str]] = {}
    left = _first_column(page)
    for error in errors:
        at = (error.line, left + (place_of(error.column) or 0))
        said.setdefault(at, []).append(_comment_text(error))
    for count, ((line, column), reasons) in enumerate(said.items()):
        cell = _top_cell(page, page.cell(line, column))
        cell.fill = RED
        if count < MOST_COMMENTS:
            before = [cell.comment.text] if cell.comment else []
            cell.comment = Comment("\n".join([*before, *dict.fromkeys(reasons)]), AUTHOR, **COMMENT_SIZE)


def _comment_text(error: Finding) -> str:
    return SAYS.fill(reason=error.reason, advice=error.advice).zh.rstrip("。") + "。"


def _first_column(page: Worksheet) -> int:
    """Return the first column that holds anything, where the cells of a record begin."""
    filled = (cell.column for row in page.iter_rows() for cell in row if cell.value is not None)
    return min(filled, default=1)


def _top_cell(page: Worksheet, cell: Cell | MergedCell) -> Cell:
    """Return a cell, or for one below a merged range the cell that bears its value."""
    if isinstance(cell, Cell):
        return cell
    area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
    top = page.cell(area.min_row, area.min_col)
    assert isinstance(top, Cell)
    return top


def _remove_rows(page: Worksheet, removed: Collection[int]) -> None:
    """Take rows out and move up those below, with their looks and heights; openpyxl's own way takes a pass for each."""
    _split_merged_rows(page, min(removed))
    kept = [line for line in range(1, page.max_row + 1) if line not in removed]
    place = {line: new for new, line in enumerate(kept, 1)}
    heights = {place[line]: page.row_dimensions[line].height for line in kept if line in page.row_dimensions}
    cells = {(place[line], column): cell for (line, column), cell in page._cells.items() if line in place}
    for (line, _), cell in cells.items():
        cell.row = line
    page._cells = cells
    _set_heights(page, heights)


def _set_heights(page: Worksheet, heights: Mapping[int, float | None]) -> None:
    page.row_dimensions.clear()
    for line, height in heights.items():
        page.row_dimensions[line].height = height


def _split_merged_rows(page: Worksheet, first: int) -> None:
    """Part the merged cells from a row on, each row of the range with its value, for not all rows may stay."""
    for area in [area for area in page.merged_cells.ranges if area.max_row >= first]:
        top = page.cell(area.min_row, area.min_col)
        page.unmerge_cells(area.coord)
        if isinstance(top.value, (int, float)):
            continue  # an amount over several rows is one amount
        for line in range(area.min_row + 1, area.max_row + 1):
            below = page.cell(line, area.min_col)
            below.value, below.number_format = top.value, top.number_format
