"""All sheets of a workbook: which ledgers they are, which are read as one, and that they go in and out together."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlwt

from data.datasets import DATASETS
from data.errors import (
    AlreadyUndone,
    DoubtfulSheets,
    NoLedger,
    PartsOfWorkbook,
    SheetNotRead,
    StillUsed,
    UncomputedFormulas,
    UnknownColumn,
)
from data.ingest import batch_log, error_file, integrity, loader, originals, submissions, versions, workbook_sheets
from data.ingest.forms import template
from data.ingest.loader import Options
from data.ingest.reading.reader import ReadOptions
from data.ingest.submissions import SubmissionReport
from data.store import Store, open_store
from tests.test_reader import all_table_rows
from tests.upload_helpers import (
    PARENTS,
    WHO,
    ledger_values,
    load_content,
    load_parents,
    make_test_upload,
    make_workbook,
)

Rows = list[list[Any]]

READING = ["断面", "监测时间", "监测项目", "监测值"]
RIVERS: Rows = [["河道编码", "河道名称", "河道等级", "水体类型"], ["R-9", "九号河", "街道级", "河流"]]
SECTIONS: Rows = [["断面编码", "断面名称", "河道"], ["S-9", "断面九", "九号河"]]
READINGS: Rows = [READING, ["断面九", datetime(2014, 5, 1, 9), "氨氮", 1.2]]
THREE: dict[str, Rows] = {"水质": READINGS, "断面": SECTIONS, "河道": RIVERS}
LEGEND: Rows = [["填表说明"], ["断面填编码或名称"], ["监测值填数字"]]
UNCOMPUTED: Rows = [
    READING,
    ["S-1", "2014-02-05 08:00", "氨氮", "=0.1+0.2"],
]  # openpyxl writes formulas without results
NOBODY_LOOKS = ReadOptions(one_sheet=True)


def month_rows(month: int, *values: float) -> Rows:
    return [["S-1", datetime(2014, month, day, 8), "氨氮", value] for day, value in enumerate(values, 1)]


def hide_sheets(raw: bytes, *names: str) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(raw)), io.BytesIO()
    for name in names:
        book[name].sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


def xls_of_months(**sheets: Rows) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(line, place, cell, day if isinstance(cell, datetime) else xlwt.Style.default_style)
    book.save(out)
    return out.getvalue()


def make_months(**sheets: Rows) -> bytes:
    """Return an .xlsx whose moments are dates of Excel."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def check_workbook(
    store: Store, raw: bytes, ledger: str = "", name: str = "台账.xlsx", **options: Any
) -> SubmissionReport:
    file = make_test_upload(raw, name)
    found = workbook_sheets.find_parts(store, file, Options(**options), DATASETS.get(ledger))
    return submissions.check_parts(store, file, found)


def load_workbook(
    store: Store, raw: bytes, ledger: str = "", name: str = "台账.xlsx", **options: Any
) -> SubmissionReport:
    file = make_test_upload(raw, name)
    found = workbook_sheets.find_parts(store, file, Options(**options), DATASETS.get(ledger))
    return submissions.load_parts(store, file, found, WHO)


def told_errors(told: SubmissionReport) -> list[tuple[str, int, str]]:
    return [(e.sheet, e.line, e.column) for report in told.parts for e in report.errors]


def notes_and_warnings(told: SubmissionReport) -> str:
    notes = [n for report in told.parts for n in report.notes] + told.notes
    return "\n".join([n.reason.zh for n in notes] + [w.zh for w in told.warnings])


def rows_of(store: Store) -> dict[str, int]:
    with store.read() as con:
        counts = {n: con.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for n in (*DATASETS, "batch")}
    return {name: count for name, count in counts.items() if count}


@pytest.mark.parametrize("order", [("水质", "断面", "河道"), ("断面", "河道", "水质"), ("河道", "断面", "水质")])
def test_three_ledgers_go_in_together_parents_first(store, order):
    """However the sheets stand, each goes into its ledger, and a child finds the parents that the workbook brings."""
    told = load_workbook(store, make_months(**{name: THREE[name] for name in order}))
    assert [(r.dataset, r.sheet, r.batch) for r in told.parts] == [
        ("river", "河道", 1), ("section", "断面", 2), ("reading", "水质", 3)
    ]  # fmt: skip
    assert ledger_values(store, "reading", "section_id", "value") == [("S-9", 1.2)]
    with store.read() as con:
        assert con.execute("SELECT DISTINCT submission FROM batch").fetchall() == [(1,)]
        assert integrity.integrity_errors(con) == []


def test_a_dry_run_of_a_workbook_leaves_nothing(store):
    """A check of three ledgers tells of each what it would do, and nothing of it is in the database afterwards."""
    with store.read() as con:
        before = batch_log.write_counter(con)
    told = check_workbook(store, make_months(**THREE))
    assert [(r.dataset, r.counts.inserted, r.rejected) for r in told.parts] == [
        ("river", 1, 0), ("section", 1, 0), ("reading", 1, 0)
    ]  # fmt: skip
    assert rows_of(store) == {}
    with store.read() as con:
        assert batch_log.write_counter(con) == before


def test_others_may_write_during_a_dry_run(store):
    """While a workbook is checked, somebody else's load goes in, and the check then holds the workbook to it."""
    load_parents(store)
    seen: list[int | None] = []

    def meanwhile(stage: str, *_: int) -> None:
        if stage == "comparing" and not seen:
            seen.append(load_content(store, "river", "\n".join(map(",".join, RIVERS))).batch)

    file = make_test_upload(make_months(**THREE), "台账.xlsx")
    told = submissions.load_parts(store, file, workbook_sheets.find_parts(store, file, Options()), WHO, meanwhile)
    assert seen == [4]
    assert (told.parts[0].counts.inserted, told.parts[0].counts.unchanged) == (0, 1)
    assert told.batches == [5, 6]


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_to_undo_one_batch_of_a_workbook_is_to_undo_all(store, batch):
    """Whichever of the three batches is named, all three ledgers are as before, and the undo says which batches."""
    load_workbook(store, make_months(**THREE))
    undone = loader.undo_batch(store, batch, WHO)
    assert (undone.batches, undone.rows) == ((1, 2, 3), {"reading": 1, "section": 1, "river": 1})
    assert rows_of(store) == {"batch": 3}
    with pytest.raises(AlreadyUndone, match=f"批次 {4 - batch} "):
        loader.undo_batch(store, 4 - batch, WHO)
    with store.read() as con:
        assert integrity.integrity_errors(con) == []


def test_an_undo_that_one_batch_forbids_takes_none_back(store):
    """A section that a later file uses keeps the whole workbook in: its readings are not taken out alone."""
    load_workbook(store, make_months(**THREE))
    load_content(store, "reading", "断面,监测时间,监测项目,监测值\nS-9,2014-06-01,氨氮,1\n")
    before = rows_of(store)
    with pytest.raises(StillUsed):
        loader.undo_batch(store, 3, WHO)
    assert rows_of(store) == before


def test_one_refused_part_keeps_the_whole_workbook_out(store):
    """A section of an unknown river refuses its row, and neither the rivers nor the readings go in."""
    sections: Rows = [*SECTIONS, ["S-8", "断面八", "没有的河"]]
    told = load_workbook(store, make_months(河道=RIVERS, 断面=sections, 水质=READINGS))
    assert told_errors(told) == [("断面", 3, "河道")]
    assert (told.batches, rows_of(store)) == ([], {})


def test_the_good_rows_of_all_parts_go_in_on_request(store):
    """With “good rows only” the rows of every part go in but those refused, and those whose parent was refused."""
    sections: Rows = [*SECTIONS, ["S-8", "断面八", "没有的河"]]
    readings: Rows = [*READINGS, ["断面八", datetime(2014, 5, 1, 9), "氨氮", 1]]
    raw = make_months(河道=RIVERS, 断面=sections, 水质=readings)
    told = load_workbook(store, raw, partial=True)
    assert told_errors(told) == [("断面", 3, "河道"), ("水质", 3, "断面")]
    assert rows_of(store) == {"river": 1, "section": 1, "reading": 1, "batch": 3}
    file = make_test_upload(raw, "台账.xlsx")
    found = workbook_sheets.find_parts(store, file, Options(partial=True))
    files = error_file.error_files(store, file, found.parts, told.parts)
    marked = [(each.part, each.ending, wrong_cells(each.content)) for each in files]
    assert marked == [("监测断面", ".xlsx", [("断面", "C2")]), ("水质监测数据", ".xlsx", [("水质", "A2")])]


def wrong_cells(content: bytes) -> list[tuple[str, str]]:
    """Return the cells of a workbook that bear a comment, each with its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [(page.title, cell.coordinate) for page in book for row in page for cell in row if cell.comment]


def test_a_part_that_says_nothing_new_is_no_batch(store):
    """Of a workbook loaded again with one more reading only the readings are a batch; it is a submission of its own."""
    load_workbook(store, make_months(**THREE))
    readings: Rows = [*READINGS, ["S-9", datetime(2014, 5, 2, 9), "总磷", 0.1]]
    told = load_workbook(store, make_months(**THREE | {"水质": readings}))
    assert [report.batch for report in told.parts] == [None, None, 4]
    assert loader.undo_batch(store, 4, WHO).batches == (4,)


def test_sheets_of_one_header_are_one_file(store):
    """Months with their columns in another order and with a title are one batch; empty months are told by name."""
    load_parents(store)
    turned: Rows = [row[::-1] for row in [READING, *month_rows(2, 0.3, 0.4)]]
    raw = make_months(
        一月=[READING, *month_rows(1, 0.1, 0.2)], 二月=turned, 三月=[["三月月报"], READING, *month_rows(3, 0.5)],
        四月=[READING], 五月=[],
    )  # fmt: skip
    told = load_workbook(store, raw, "reading", reading=NOBODY_LOOKS)
    [report] = told.parts
    assert (report.rows, report.counts.inserted, report.sheet, report.batch) == (5, 5, "一月、二月、三月", 4)
    assert [v for (v,) in ledger_values(store, "reading", "value")] == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert [(f.sheet, f.line) for f in report.left_out] == [("三月", 1)]
    assert "一月 2 行、二月 2 行、三月 1 行" in notes_and_warnings(told)
    assert "没有数据的工作表：四月、五月" in notes_and_warnings(told)


@pytest.mark.parametrize("make", [make_months, xls_of_months])
def test_the_sheet_is_named_beside_the_line(store, make):
    """Errors, their groups, lines left out, repeated keys and the file of errors all say which sheet a line is of."""
    load_parents(store)
    raw = make(
        一月=[READING, *month_rows(1, 0.1)],
        二月=[["月报"], READING, ["S-1", datetime(2014, 2, 1, 8), "氨氮", "很多"], ["合计", "", "", 3]],
        三月=[READING, *month_rows(1, 0.9), *month_rows(3, 0.2)],
    )
    told = check_workbook(store, raw, "reading")
    assert told_errors(told) == [("一月", 2, "断面"), ("二月", 3, "监测值"), ("三月", 2, "断面")]
    [report] = told.parts
    assert "与三月 第 2 行的" in report.errors[0].reason.zh
    assert "Line 2 of 三月 has the same" in report.errors[0].reason.en
    assert [(f.sheet, f.line) for f in report.left_out] == [("二月", 1), ("二月", 4)]
    number = next(g for g in report.groups if g.column == "监测值")
    assert (number.lines, number.sheets, number.places_text(5).zh) == ([3], ("二月",), "二月 第 3 行")
    assert [e.as_json()["sheet"] for e in report.errors] == ["一月", "二月", "三月"]
    file = make_test_upload(raw, "台账.xlsx")
    part = workbook_sheets.find_parts(store, file, Options(), DATASETS["reading"]).parts[0]
    made = error_file.error_csv(store, part.dataset, file, part.options, report, whole=False).decode("utf-8-sig")
    assert [line.split(",")[0] for line in made.splitlines()[1:]] == ["一月 第 2 行", "二月 第 3 行", "三月 第 2 行"]


def test_a_header_within_a_sheet_holds_to_its_end_only(store):
    """A header in another order half-way down January does not turn the columns of February."""
    load_parents(store)
    turned: Rows = [row[::-1] for row in [READING, *month_rows(1, 0.2)]]
    turned[1][2] = datetime(2014, 1, 9, 8)
    raw = make_months(一月=[READING, *month_rows(1, 0.1), *turned], 二月=[READING, *month_rows(2, 0.3)])
    assert load_workbook(store, raw, "reading").rejected == 0
    assert [v for (v,) in ledger_values(store, "reading", "value")] == [0.1, 0.2, 0.3]


def test_two_headers_of_one_ledger_are_two_parts(store):
    """Rivers on one sheet and their lengths on another go in one after the other, the second filling up the first."""
    lengths: Rows = [[*RIVERS[0], "长度(米)"], [*RIVERS[1], 3000]]
    told = load_workbook(store, make_workbook(河道=RIVERS, 长度=lengths))
    assert [(r.sheet, r.counts.inserted, r.counts.updated, r.batch) for r in told.parts] == [
        ("河道", 1, 0, 1), ("长度", 0, 1, 2)
    ]  # fmt: skip
    assert ledger_values(store, "river", "river_id", "length") == [("R-9", 3.0)]
    with store.read() as con:
        assert versions.later_changes(con, 1) == {}
        assert integrity.integrity_errors(con) == []
    assert loader.undo_batch(store, 1, WHO).kept == {}
    assert rows_of(store) == {"batch": 2}


@pytest.mark.parametrize("partial", [False, True])
def test_parts_that_disagree_are_not_written(store, partial):
    """A river of two names on two sheets is refused with both places, even where the good rows alone are meant."""
    other: Rows = [[*RIVERS[0], "备注"], ["R-9", "另一个名字", "街道级", "河流", ""]]
    told = load_workbook(store, make_workbook(河道=RIVERS, 补充=other), partial=partial)
    assert told_errors(told) == [("补充", 2, "河道编码")]
    assert "与河道 第 2 行的" in told.parts[1].errors[0].reason.zh
    assert (told.batches, rows_of(store)) == ([], {})


def test_a_sheet_of_no_ledger_is_told_by_name(store):
    """A legend beside one ledger or several is not read, and is named."""
    several = load_workbook(store, make_months(说明=LEGEND, **THREE))
    assert len(several.batches) == 3
    assert "没有读取的工作表：说明" in notes_and_warnings(several)
    alone = check_workbook(store, make_workbook(说明=LEGEND, 河道=RIVERS))
    assert [r.sheet for r in alone.parts] == ["河道"]
    assert "没有读取的工作表：说明" in notes_and_warnings(alone)


def test_a_sheet_that_may_be_data_is_warned_of(store):
    """A sheet with some headings of a ledger that does not fit one is warned of with the reason."""
    sums: Rows = [["断面", "监测项目", "一季度", "二季度", "三季度"], ["S-9", "氨氮", 1, 2, 3]]
    told = check_workbook(store, make_months(**THREE, 汇总=sums))
    assert [w.zh.partition("：")[0] for w in told.warnings] == ["工作表“汇总”没有读取"]


@pytest.mark.parametrize("beside", [{"河道": RIVERS}, {"1月": [READING, *month_rows(1, 0.1)]}, {"说明": LEGEND}])
def test_a_sheet_that_cannot_be_read_refuses_the_workbook(store, beside):
    """A sheet of formulas without results is no sheet to pass over, whatever stands beside it."""
    load_parents(store)
    with pytest.raises(UncomputedFormulas, match="2月"):
        check_workbook(store, make_months(**beside, **{"2月": UNCOMPUTED}))


def test_an_unreadable_backup_is_warned_of_and_not_called_empty(store):
    """A backup that cannot be read keeps nobody from loading the sheet that is meant."""
    told = check_workbook(store, make_months(河道=RIVERS, 备份=UNCOMPUTED))
    assert [w.zh.partition("：")[0] for w in told.warnings] == ["工作表“备份”没有读取"]
    assert "没有数据的工作表" not in notes_and_warnings(told)


def test_rows_without_a_header_are_warned_of(store):
    """The second page of a table, without its header, is not taken for a legend: a warning names it."""
    load_parents(store)
    told = check_workbook(store, make_months(第1页=[READING, *month_rows(1, 0.1)], 第2页=month_rows(2, 0.2, 0.3)))
    assert [w.zh for w in told.warnings] == ["工作表“第2页”没有读取：没有认得出的表头"]


def test_a_filled_in_template_has_nothing_to_tell_of_its_own_sheets(store):
    """The notes and the choices that a template brings along are passed over without a word."""
    book, out = openpyxl.load_workbook(io.BytesIO(template.template_workbook(DATASETS["village"], "zh"))), io.BytesIO()
    book.worksheets[0].append(["V-1", "胡家村"])
    book.save(out)
    told = check_workbook(store, out.getvalue(), reading=NOBODY_LOOKS)
    assert (told.parts[0].counts.inserted, notes_and_warnings(told)) == (1, "")


def test_a_blank_sheet_is_told_if_somebody_named_it(store):
    """Beside one month the empty months are told, and the blank sheets that Excel adds by itself are not."""
    load_parents(store)
    raw = make_months(一月=[READING, *month_rows(1, 0.1)], 二月=[READING], 三月=[], Sheet2=[], 工作表3=[])
    assert notes_and_warnings(check_workbook(store, raw)) == "没有数据的工作表：二月、三月"


@pytest.mark.parametrize("ledger", ["", "reading"])
def test_a_sheet_that_is_meant_for_a_ledger_and_does_not_fit_refuses_the_workbook(store, ledger):
    """A month whose heading of the value nobody knows is not passed over: the sentence names sheet and column."""
    load_parents(store)
    odd: Rows = [["断面", "监测时间", "监测项目", "数"], *month_rows(2, 0.3)]
    raw = make_months(一月=[READING, *month_rows(1, 0.1)], 二月=odd, 三月=[READING, *month_rows(3, 0.2)])
    with pytest.raises(SheetNotRead, match=r"工作表“二月”.*监测值"):
        load_workbook(store, raw, ledger)


def test_a_hidden_sheet_is_never_read_beside_others_in_silence(store):
    """Where nobody looks on, a hidden month refuses the workbook; on the page it is left out and warned of."""
    load_parents(store)
    raw = make_months(**{f"{m}月": [READING, *month_rows(m, m / 10)] for m in (1, 2, 3)})
    raw = hide_sheets(raw, "3月")
    with pytest.raises(DoubtfulSheets, match="3月"):
        load_workbook(store, raw, "reading", reading=NOBODY_LOOKS)
    told = check_workbook(store, raw, "reading")
    assert told.parts[0].sheet == "1月、2月"
    assert [w.zh for w in told.warnings] == ["工作表“3月”没有读取：它是隐藏的；要载入，请取消隐藏，或单独选它"]


@pytest.mark.parametrize("name", ["填写示例", "一月备份", "Sample"])
def test_a_sheet_that_is_named_as_an_example_is_not_taken_for_data_in_silence(store, name):
    """An example with the header of the data, standing first, is not read: refused, or warned of on the page."""
    load_parents(store)
    raw = make_months(**{name: [READING, *month_rows(9, 9.0)]}, 一月=[READING, *month_rows(1, 0.1)])
    with pytest.raises(DoubtfulSheets, match=name):
        load_workbook(store, raw, "reading", reading=NOBODY_LOOKS)
    told = load_workbook(store, raw, "reading")
    assert [r.sheet for r in told.parts] == ["一月"]
    assert [w.zh.partition("；")[0] for w in told.warnings] == [f"工作表“{name}”没有读取：看名称是示例、备份之类"]
    assert [v for (v,) in ledger_values(store, "reading", "value")] == [0.1]
    alone = make_workbook(**{name: RIVERS})
    assert check_workbook(store, alone, reading=NOBODY_LOOKS).parts[0].counts.inserted == 1


def test_a_chosen_sheet_is_read_alone(store):
    """A choice of one sheet reads that one, as one table, its lines without a sheet."""
    load_parents(store)
    raw = make_months(一月=[READING, *month_rows(1, 0.1)], 二月=[READING, *month_rows(2, -5.0)])
    told = check_workbook(store, raw, "reading", reading=ReadOptions(sheet="二月"))
    assert (told.parts[0].sheet, told_errors(told)) == ("二月", [("", 2, "监测值")])
    assert "sheet" not in told.parts[0].errors[0].as_json()


def test_a_sheet_that_may_be_of_two_ledgers_is_asked_for_where_nobody_looks(store):
    """Where two ledgers have the headings of a sheet, its name decides; without one a sentence names the sheet."""
    both: Rows = [["河道编码", "河道名称", "河道等级", "水体类型", "村社编码", "村社名称"], [*RIVERS[1], "V-9", "九村"]]
    with pytest.raises(NoLedger, match="表一"):
        check_workbook(store, make_workbook(表一=both, 断面=SECTIONS), reading=NOBODY_LOOKS)
    told = check_workbook(store, make_workbook(村社=both, 断面=SECTIONS), reading=NOBODY_LOOKS)
    assert next(r.dataset for r in told.parts if r.sheet == "村社") == "village"


@pytest.mark.parametrize("mode", ["replace", "append"])
def test_several_parts_only_update(store, mode):
    """To replace or append by a workbook of several parts is refused, for the parts would take one another's rows."""
    with pytest.raises(PartsOfWorkbook, match=r"--sheet"):
        check_workbook(store, make_months(**THREE), mode=mode)


def test_months_replace_a_ledger_as_one_file(store):
    """Two months read as one replace the readings with both; the second does not take out the first."""
    load_parents(store)
    load_content(store, "reading", "断面,监测时间,监测项目,监测值\nS-1,2014-09-01,氨氮,1\n")
    raw = make_months(一月=[READING, *month_rows(1, 0.1)], 二月=[READING, *month_rows(2, 0.2)])
    told = load_workbook(store, raw, "reading", mode="replace")
    assert (told.parts[0].counts.inserted, told.parts[0].counts.deleted) == (2, 1)


def test_parents_registered_by_one_part_are_known_to_the_next(store):
    """A section that the readings of one sheet register is there for the readings of a sheet with another header."""
    noted: Rows = [[*READING, "备注"], ["新断面", datetime(2014, 2, 1, 8), "氨氮", 0.2, "x"]]
    raw = make_months(一月=[READING, ["新断面", datetime(2014, 1, 1, 8), "氨氮", 0.1]], 二月=noted)
    told = load_workbook(store, raw, "reading", register=True)
    assert (told.rejected, rows_of(store)) == (0, {"section": 1, "reading": 2, "batch": 2})
    assert loader.undo_batch(store, 2, WHO).rows == {"reading": 2, "section": 1}
    assert rows_of(store) == {"batch": 2}


def test_the_workbook_is_kept_once_for_all_its_batches(tmp_path):
    """Each batch of a submission gives the one file back that is kept, and the check of the database agrees."""
    raw = make_months(**THREE)
    with open_store(tmp_path / "frontline.duckdb") as store:
        load_workbook(store, raw)
        assert len(list((tmp_path / "frontline.duckdb.originals").iterdir())) == 1
        with store.read() as con:
            assert [originals.read_original(con, batch) for batch in (1, 2, 3)] == [("台账.xlsx", raw)] * 3
            assert integrity.integrity_errors(con) == []


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from data.ingest import batch_writer, submissions, workbook_sheets
from data.ingest.batch_log import Who
from data.ingest.loader import Options
from data.ingest.reading import reader
from data.store import open_store

file, written, write = reader.upload_from_path(sys.argv[2]), [], batch_writer.write_batch
def write_and_die(*args):
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(write(*args))
    return written[-1]
submissions.write_batch = write_and_die
with open_store(sys.argv[1]) as store:
    submissions.load_parts(store, file, workbook_sheets.find_parts(store, file, Options()), Who("x"))
"""


@pytest.mark.slow
def test_a_kill_between_two_parts_leaves_none(tmp_path):
    """A program killed after two of three parts were written leaves nothing; afterwards the file goes in whole."""
    path, database = tmp_path / "台账.xlsx", tmp_path / "frontline.duckdb"
    path.write_bytes(make_months(**THREE))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(database), str(path)],
        check=False, capture_output=True, env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    with open_store(database) as store:
        assert rows_of(store) == {}
        assert load_workbook(store, path.read_bytes()).batches == [1, 2, 3]


def test_a_submission_undone_in_part_is_told_by_the_check_of_the_database(store):
    """The check of the database tells a submission of which one batch is marked undone and the others are not."""
    load_workbook(store, make_months(**THREE))
    with store.scratch() as con, store.write(con):
        con.execute("UPDATE batch SET undone_at = '2014-01-01' WHERE batch_id = 3")
    with store.read() as con:
        assert "有 1 次提交只撤销了一部分" in "\n".join(text.zh for text in integrity.integrity_errors(con))


def test_a_database_without_submissions_gets_them(tmp_path):
    """In a database of the third version each batch becomes a submission of its own and is undone alone."""
    path = tmp_path / "frontline.duckdb"
    with open_store(path) as store:
        for ledger, content in PARENTS.items():
            load_content(store, ledger, content)
        with store.scratch() as con, store.write(con):
            con.execute("ALTER TABLE batch DROP COLUMN submission")
            con.execute("ALTER TABLE batch DROP COLUMN file_ledgers")
            con.execute("ALTER TABLE batch DROP COLUMN given")
            con.execute("ALTER TABLE undo_stage_event DROP COLUMN row_entered_on")
            con.execute("DELETE FROM schema_version WHERE version >= 4")
    with open_store(path) as store:
        with store.read() as con:
            found = con.execute("SELECT batch_id, submission, file_ledgers FROM batch ORDER BY batch_id").fetchall()
            assert found == [(1, 1, ["village"]), (2, 2, ["river"]), (3, 3, ["section"])]
            assert integrity.integrity_errors(con) == []
        assert loader.undo_batch(store, 3, WHO).batches == (3,)
        assert load_workbook(store, make_months(**THREE)).batches == [4, 5, 6]


def test_a_dry_run_leaves_every_table_as_it_was(store):
    """Also of changes that hold from a day, which write former values and new parents; undone, all is as before."""
    load_parents(store)
    rivers: Rows = [RIVERS[0], ["R-1", "一号河", "区级", "河流"], *RIVERS[1:]]
    sections: Rows = [SECTIONS[0], ["S-1", "断面甲", "九号河"], *SECTIONS[1:]]
    raw = make_months(水质=[*READINGS, ["新断面", datetime(2014, 5, 1, 9), "氨氮", 1]], 断面=sections, 河道=rivers)
    choices: dict[str, Any] = {"valid_from": date(2014, 5, 1), "register": True}
    before, rows = all_table_rows(store), rows_of(store)
    checked = check_workbook(store, raw, **choices)
    assert ([report.counts.updated for report in checked.parts], checked.rejected) == ([1, 1, 0], 0)
    assert all_table_rows(store) == before
    loaded = load_workbook(store, raw, **choices)
    assert rows_of(store).items() >= {"river_history": 1, "section_history": 1, "section": 4, "reading": 2}.items()
    loader.undo_batch(store, loaded.batches[0], WHO)
    assert rows_of(store) == rows | {"batch": 6}


def test_what_is_given_by_hand_goes_into_the_parts_that_have_the_column(store):
    """A river for all sections leaves the readings of the workbook alone; a column that no part has is refused."""
    load_parents(store)
    sections: Rows = [["断面编码", "断面名称", "水体类型"], ["S-9", "断面九", "河流"]]
    raw = make_months(水质=READINGS, 断面=sections)
    told = load_workbook(store, raw, constants=(("河道", "一号河"),))
    assert [(report.dataset, report.batch) for report in told.parts] == [("section", 4), ("reading", 5)]
    assert ("S-9", "R-1") in ledger_values(store, "section", "section_id", "river_id")
    with pytest.raises(UnknownColumn, match="颜色"):
        check_workbook(store, raw, constants=(("颜色", "红"),))
