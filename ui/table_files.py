"""Any table of the screen as files: a workbook with real numbers and dates, and a CSV that Excel opens correctly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data.datasets import Column
from data.ingest.forms.template import csv_bytes, number_cell
from data.text import Language, Text, join_texts, untranslated
from ui import formats, phrases, spreadsheets, tables
from ui.blocks import Download
from ui.cache import ENTRY_BYTES, memory_size
from ui.data_origin import DataOrigin, data_origin_text
from ui.preferences import current_reader, reader_language, t

DOWNLOAD_CSV = Text("下载 CSV", "Download CSV")
CSV_ALONE = Text(
    "下载 CSV（共 {rows} 行，Excel 一张表最多 {most} 行，放不下，只有 CSV 是全的）",
    "Download CSV ({rows} rows do not fit a worksheet of {most}; the CSV has them all)",
)
SEEN_AFTER = Text("批次 {batch} 之后的台账", "ledgers as after batch {batch}")
LONGEST_TITLE = 40  # characters of a title in the name of a file; chosen
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def result_files(
    rows: pd.DataFrame, columns: Sequence[Column], headings: Sequence[str], key: str, title: str, origin: DataOrigin
) -> tuple[Download, ...]:
    """Return the workbook and the CSV of rows under their headings; they are made when they are asked for.

    The workbook says above the rows what it is and whose, the CSV in its name.
    """
    said = t(marked_origin_text(origin))
    name = file_stem(title[:LONGEST_TITLE], origin, current_reader().after_batch)
    table = ExportedTable(rows, tuple(columns), tuple(headings), title, said, reader_language())
    return table_downloads(key, name, len(rows), table.workbook, table.csv, memory_size(rows))


def table_downloads(
    key: str, name: str, rows: int, workbook: Callable[[], bytes], csv: Callable[[], bytes], size: int = ENTRY_BYTES
) -> tuple[Download, ...]:
    """Return a table as a workbook and as a CSV to be taken away, as a CSV alone where it has more rows than Excel."""
    if rows > spreadsheets.MOST_ROWS:
        said = CSV_ALONE.fill(rows=f"{rows:,}", most=f"{spreadsheets.MOST_ROWS:,}")
        return (Download(t(said), f"{key}-csv", f"{name}.csv", csv, size),)
    return (
        Download(t(phrases.DOWNLOAD_TABLE), f"{key}-file", f"{name}.xlsx", workbook, size),
        Download(t(DOWNLOAD_CSV), f"{key}-csv", f"{name}.csv", csv),
    )


def marked_origin_text(origin: DataOrigin) -> Text:
    """Return the same for a file that leaves the house, with the batch it looks back to and the mark of 示例 rows."""
    batch = current_reader().after_batch
    marks = [
        *([data_origin_text(origin)] if origin.newest or origin.as_of or origin.first_batch else []),
        *([SEEN_AFTER.fill(batch=batch)] if batch else []),
        *([phrases.SAMPLE] if origin.is_sample else []),
    ]
    return join_texts(marks, untranslated(" · "))


def file_stem(title: str, origin: DataOrigin, batch: int | None) -> str:
    """Return the name of a file without its ending: what it is, its day, the batch it looks back to, the 示例 mark.

    A CSV says so nowhere else: a remark among its rows would be a row to the programs that read it.
    """
    marks = (
        title,
        formats.format_date(origin.as_of or origin.newest) if origin.as_of or origin.newest else "",
        t(SEEN_AFTER.fill(batch=batch)) if batch else "",
        t(phrases.SAMPLE) if origin.is_sample else "",
    )
    return NOT_IN_NAMES.sub(" ", "_".join(filter(None, marks))).strip()


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """Rows and their columns under their headings, what they are and whose, in a language."""

    rows: pd.DataFrame
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    title: str
    said: str
    language: Language

    def workbook(self) -> bytes:
        """Return it as a workbook in which a date is a date and a number a number."""
        looks = [tables.sheet_format(column) for column in self.columns]
        return spreadsheets.table_workbook(self._frame(keeps_dates=True), self.title, self.said, looks)

    def csv(self) -> bytes:
        """Return it as a CSV in UTF-8 with BOM, its days as they are read on screen."""
        return table_csv(self._frame(keeps_dates=False))

    def _frame(self, keeps_dates: bool) -> pd.DataFrame:
        made = tables.readable_table(self.rows, self.columns, self.language, keeps_dates)
        return made.set_axis(list(self.headings), axis=1)


def table_csv(shown: pd.DataFrame) -> bytes:
    """Return a table as a CSV in which no cell is a formula and what is missing is empty."""
    rows = ([_csv_text(value) for value in row] for row in shown.astype(object).itertuples(index=False, name=None))
    return csv_bytes([list(shown.columns), *rows])


def _csv_text(value: object) -> str:
    if formats.is_missing(value) or value == formats.MISSING:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return number_cell(value) if isinstance(value, float) else str(value)
