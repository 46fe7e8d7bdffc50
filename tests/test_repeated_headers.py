"""A second header in the middle of a file: its rows are read by it, or the file is refused."""

import csv
import io

import pytest
import xlsxwriter

from data.datasets import DATASETS
from data.errors import OtherHeader
from data.ingest import error_file, loader
from data.ingest.loader import Options
from data.store import Store
from tests.upload_helpers import (
    check_content,
    error_tuples,
    ledger_values,
    left_out_reasons,
    load_content,
    load_parents,
    make_test_upload,
)

pytestmark = pytest.mark.slow

TURNED = "Another header, with its columns in another order or in other words"
AGAIN = "The header once more"
LONG = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-01,总磷,0.12\n"
WIDE = "断面,监测时间,溶解氧,总磷（mg/L）\n断面甲,2021-04-01,7,0.12\n"


@pytest.fixture
def own(store: Store) -> Store:
    """A database of villages, rivers and sections of the test's own."""
    load_parents(store)
    return store


def csv_rows(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content)))


def workbook_of_csv(content: str) -> bytes:
    """Return a table as the only sheet of a workbook, numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(csv_rows(content)):
            sheet.write_row(line, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("is_workbook", [False, True])
def test_rows_below_a_header_in_another_order_are_read_by_it(own, is_workbook):
    """Item and value have changed places on page 2, and back on page 3; both headers are told, none is data."""
    page_2 = "监测时间,断面,监测值,监测项目\n2021-04-02,断面甲,0.13,总磷\n2021-04-03,断面甲,0.5,氨氮\n"
    page_3 = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-04,总磷,0.14\n"
    content = LONG + page_2 + page_3
    report = load_content(own, "reading", workbook_of_csv(content) if is_workbook else content)
    assert (report.errors, report.rows, left_out_reasons(report)) == ([], 4, [(3, TURNED), (6, AGAIN)])
    found = ledger_values(own, "reading", "sampled_at", "parameter", "value")
    assert [(at.day, item, value) for at, item, value in found] == [
        (1, "TP", 0.12),
        (2, "TP", 0.13),
        (3, "NH3N", 0.5),
        (4, "TP", 0.14),
    ]


@pytest.mark.quick
def test_a_wide_file_may_change_the_order_of_its_items(own):
    """溶解氧 and 总磷 change places: 8 is oxygen and 0.13 phosphorus; the sum below is none of the data."""
    report = load_content(
        own, "reading", WIDE + "断面,监测时间,总磷（mg/L）,溶解氧\n断面甲,2021-04-02,0.13,8\n合计,,9,9\n"
    )
    assert (report.errors, [line for line, _ in left_out_reasons(report)]) == ([], [3, 5])
    found = ledger_values(own, "reading", "parameter", "value", where="sampled_at = '2021-04-02'")
    assert found == [("DO", 8), ("TP", 0.13)]


@pytest.mark.quick
def test_a_ledger_of_words_alone_may_change_the_order_too(own):
    """Nothing but the header tells 村社名称 from 村社编码, and it is heeded."""
    assert load_content(own, "village", "村社编码,村社名称\nV-7,七村\n村社名称,村社编码\n八村,V-8\n").errors == []
    assert ledger_values(own, "village", "village_id", "name", where="name IN ('七村', '八村')") == [
        ("V-7", "七村"),
        ("V-8", "八村"),
    ]


def test_a_header_in_other_words_is_recognised(own):
    """断面名称 for 断面 and 数值 for 监测值 in the same order: the row is a header and no faulty row."""
    report = check_content(own, "reading", LONG + "断面名称,监测时间,项目,数值\n断面甲,2021-04-02,总磷,0.13\n")
    assert (report.errors, left_out_reasons(report)) == ([], [(3, TURNED)])


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("监测时间,断面,监测值,叶子", "叶子"),
        ("监测时间,断面,监测值（μg/L）,监测项目", "监测值（μg/L）"),
        ("监测时间,断面,监测值,监测项目,限定符", "限定符"),
    ],
)
def test_a_header_with_other_columns_or_units_refuses_the_file(own, header, named):
    """An unknown column, another unit, a column more: one sentence names the line and what differs."""
    with pytest.raises(OtherHeader, match=f"第 3 行又是一个表头.*（{named}）"):
        check_content(own, "reading", LONG + header + "\n2021-04-02,断面甲,0.13,总磷,\n", partial=True)


def test_a_fuller_header_further_down_does_not_make_data_a_title(own):
    """The first header has a row of numbers below it, so it is the header, though the second knows one item more."""
    with pytest.raises(OtherHeader, match=r"line 3|第 3 行"):
        check_content(own, "reading", WIDE + "断面,监测时间,总磷（mg/L）,溶解氧,氨氮\n断面甲,2021-04-02,0.13,8,7\n")


def test_the_file_of_errors_has_every_row_under_the_first_header(own):
    """A bad value below the second header stands under its own heading, so that the file loads once corrected."""
    file = make_test_upload(LONG + "监测时间,断面,监测值,监测项目\n2021-04-02,断面甲,坏,总磷\n")
    report = loader.check_file(own, DATASETS["reading"], file)
    assert [(line, column, value) for line, column, value, _ in error_tuples(report)] == [(4, "监测值", "坏")]
    errors = error_file.error_csv(own, DATASETS["reading"], file, Options(), report, whole=True).decode("utf-8-sig")
    rows = [row[4:] for row in csv_rows(errors)]
    assert rows[0] == ["断面", "监测时间", "监测项目", "监测值"]
    assert rows[1:] == [["断面甲", "2021-04-01", "总磷", "0.12"], ["断面甲", "2021-04-02", "总磷", "坏"]]


def test_a_repeated_header_leaves_the_file_to_the_fast_reader(own):
    """The same header once more is no other order, and words of headings in a note turn nothing."""
    lines = LONG.replace("监测值\n", "监测值,监测方式\n").replace("0.12", "0.12,手工")
    report = check_content(
        own, "reading", lines + "断面,监测时间,监测项目,监测值,监测方式\n断面甲,2021-04-02,总磷,0.13,手工\n"
    )
    assert (report.errors, left_out_reasons(report)) == ([], [(3, AGAIN)])
