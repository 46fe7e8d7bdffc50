"""What a clerk does in the tests: write a file, try it with the check, load it, look into the ledger."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Options, Report, Upload, Who
from data.ingest.reading import reader
from data.schema import quote_ident
from data.store import Store
from tests.stores import fill_store

WHO = Who("测试员")
MADE_AT = datetime(2014, 7, 1)  # of each workbook, so that its bytes are the same in every run
PARENTS = {
    "village": "村社编码,村社名称\nV-1,胡家村\nV-2,灵山村",
    "river": "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\nR-2,同名河,村级,河流\nR-3,同名河,村级,河流",
    "section": "断面编码,断面名称,河道\nS-1,断面甲,R-1\nS-2,断面乙,R-2",
}


def make_test_upload(content: str | bytes, name: str = "台账.csv") -> Upload:
    return reader.make_upload(name, content if isinstance(content, bytes) else content.encode())


def make_workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return an .xlsx with these sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE_AT})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write(line, place, cell, day if isinstance(cell, date) else None)
    return out.getvalue()


def load_content(store: Store, dataset: str, content: str | bytes, name: str = "台账.csv", **options: Any) -> Report:
    return loader.load_file(store, DATASETS[dataset], make_test_upload(content, name), WHO, Options(**options))


def check_content(store: Store, dataset: str, content: str | bytes, name: str = "台账.csv", **options: Any) -> Report:
    return loader.check_file(store, DATASETS[dataset], make_test_upload(content, name), Options(**options))


def load_parents(store: Store) -> None:
    """Load villages, rivers and sections into an empty database."""
    fill_store(store, PARENTS)


def loaded_batch(report: Report) -> int:
    """Return the batch that a load made."""
    assert report.batch is not None
    return report.batch


def ledger_values(store: Store, dataset: str, *columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    """Return some columns of a ledger, in the order of its key."""
    listed, key = (", ".join(map(quote_ident, names)) for names in (columns, DATASETS[dataset].key))
    with store.read() as con:
        return con.execute(f"SELECT {listed} FROM {quote_ident(dataset)} WHERE {where} ORDER BY {key}").fetchall()


def error_tuples(report: Report) -> list[tuple[int, str, str, str]]:
    """Return the errors of a report as (line, column, value, reason)."""
    return [(e.line, e.column, e.value, e.reason.en) for e in report.errors]


def left_out_reasons(report: Report) -> list[tuple[int, str]]:
    """Return the lines that a report says to be no data, and why."""
    return [(f.line, f.reason.en.split(";")[0]) for f in report.left_out]
