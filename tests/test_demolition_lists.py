"""Public lists of demolition read without loss: CR-only line ends, m/d/yy dates, fourteen stages, published totals."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from data.ingest.reading import reader
from data.ingest.reading.reader import ReadOptions
from data.store import Store
from tests.upload_helpers import check_content, load_content

LISTS = {"baltimore_demolish_list_CRonly.csv": 2172, "baltimore_demolish_list_clean.csv": 1850}
PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD,甲,拆违,9,2018-01-01,2018-12-31"


def record_cells(path: Path) -> list[list[str]]:
    """Return the cells of a file as our reader has them, the heading first, without blanks around what they say."""
    source = reader.open_file(reader.upload_from_path(path), ReadOptions(), lambda cells: 0)
    return [[cell.strip() for cell in record.cells] for record in source.records()]


def parsed_cells(path: Path) -> list[list[str]]:
    """Return the cells of a file as Python's own parser has them, without blanks around what they say."""
    text = path.read_bytes().decode()
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


@pytest.fixture
def folder(real_data: Path) -> Path:
    return real_data / "demolition"


@pytest.mark.real
@pytest.mark.parametrize(("name", "rows"), LISTS.items())
def test_every_cell_is_that_of_an_independent_parse(folder: Path, name: str, rows: int) -> None:
    """2,172 rows with CR alone at their ends, 1,850 with LF: cell by cell what csv.reader says."""
    found = record_cells(folder / name)
    assert len(found) == rows + 1
    assert found == parsed_cells(folder / name)


@pytest.mark.real
def test_the_fourteen_stages_are_kept_as_they_are_written(folder: Path) -> None:
    """No stage is merged or lost: 443 at Land Resources, 326 done, 33 on hold."""
    _, *rows = record_cells(folder / "baltimore_demolish_list_CRonly.csv")
    stages = Counter(row[0] for row in rows)
    assert len(stages) == 14
    assert (stages["Land Resources"], stages["Final/Full Demo Complete"], stages["Hold"]) == (443, 326, 33)


@pytest.mark.real
def test_the_published_totals_come_out_of_what_was_read(folder: Path) -> None:
    """1,806 are to be demolished by June 2020: 271 of Broadway East, 199 of Sandtown, 143 of Harlem Park."""
    expected = json.loads((folder / "baltimore_expected.json").read_text(encoding="utf-8"))
    heading, *cells = record_cells(folder / "baltimore_demolish_list_clean.csv")
    rows = [dict(zip(heading, row, strict=True)) for row in cells]
    scheduled = [row["neighborhood"] for row in rows if row["status"] != "FY21"]
    assert len(rows) == expected["clean_rows"]
    assert len(scheduled) == expected["scheduled_by_2020-06-30 (clean file, without FY21)"]
    for name in ("Broadway East", "Sandtown-Winchester", "Harlem Park", "Carrollton Ridge"):
        assert scheduled.count(name.upper()) == expected[name]
    assert sum(name.startswith("COLDSTREAM") for name in scheduled) == expected["Coldstream Homestead Montebello"]


def test_a_day_with_two_digits_of_a_year_is_refused_in_a_sentence(store: Store) -> None:
    """2/15/18 is not guessed at: the cell is told and asked for in four digits, 2018/2/15 is read as that day."""
    load_content(store, "demolition_project", PROJECT)
    load_content(store, "household", "户编号,项目\nH-1,D")
    [error] = check_content(store, "status_event", "户编号,状态,日期\nH-1,已拆除,2/15/18").errors
    assert (error.line, error.column, error.value) == (2, "日期", "2/15/18")
    assert "四位年份" in error.reason.zh
    assert load_content(store, "status_event", "户编号,状态,日期\nH-1,已拆除,2018/2/15").errors == []


def test_a_day_that_could_be_two_is_refused_in_a_sentence(store: Store) -> None:
    """7/9/2018 is July or September: neither is chosen for the clerk without a word."""
    load_content(store, "demolition_project", PROJECT)
    load_content(store, "household", "户编号,项目\nH-1,D")
    report = check_content(store, "status_event", "户编号,状态,日期\nH-1,已拆除,7/9/2018")
    assert [(error.line, error.value) for error in report.errors] == [(2, "7/9/2018")]
