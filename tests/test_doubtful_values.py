"""Values that may be mistaken for others: percentages up to 1, limits of 0, measured zeros."""

import io

import pytest
import xlsxwriter

from tests.upload_helpers import check_content, error_tuples, ledger_values, load_content, load_parents

TARGETS = "指标,开始日期,截止日期,目标值\n"
READINGS = "断面,监测时间,监测项目,监测值\n"


@pytest.fixture
def sections(store):
    """An empty database with two sections."""
    load_parents(store)
    return store


@pytest.mark.parametrize("heading", ["目标值", "目标值(%)"])
@pytest.mark.parametrize("written", ["0.9", "1", ".95", "1.0", "0.005", "９e-1"])
def test_a_percentage_up_to_1_is_refused_without_its_sign(store, written, heading):
    """0.9 may be 90 % or 0.9 %; the reason says how to write either, whatever the heading says."""
    report = check_content(
        store, "target", f"指标,开始日期,截止日期,{heading}\n签约率,2026-01-01,2026-12-31,{written}\n"
    )
    [(_, _, cell, why)] = error_tuples(report)
    assert cell.removesuffix(" %") == written
    assert "90 or 90%" in why


@pytest.mark.parametrize(
    ("written", "stored"),
    [("0.9%", 0.9), ("1％", 1), ("百分之一", 1), ("5‰", 0.5), ("90%", 90), ("90", 90), ("0", 0), ("1.5", 1.5)],
)
def test_a_percentage_that_is_certain_goes_in(store, written, stored):
    """With its sign a percentage may be as small as it likes, and 0 is 0 either way."""
    load_content(store, "target", f"{TARGETS}签约率,2026-01-01,2026-12-31,{written}\n")
    assert ledger_values(store, "target", "value") == [(stored,)]


def test_a_percentage_that_the_ledger_has_is_certain(store):
    """The export of 0.9 % has no sign, and reloads as no change; on another day it is asked about."""
    load_content(store, "target", f"{TARGETS}签约率,2026-01-01,2026-12-31,0.9%\n")
    assert load_content(store, "target", f"{TARGETS}签约率,2026-01-01,2026-12-31,0.9\n").counts.unchanged == 1
    assert error_tuples(check_content(store, "target", f"{TARGETS}签约率,2027-01-01,2027-12-31,0.9\n"))


def test_only_percentages_are_asked_about(store):
    """Half a 万元 is half a 万元."""
    load_content(store, "target", f"{TARGETS}到位资金,2026-01-01,2026-12-31,0.5\n")
    assert ledger_values(store, "target", "value") == [(0.5,)]


@pytest.mark.parametrize(
    "written", ["<0", "＜0", "ND<0.000", "<0.000", "0L", "0.00 L", "未检出(0)", "<=0", "≤0", "ND(0)", ">0"]
)
def test_a_limit_of_0_is_none(sections, written):
    """What lies below or above 0 is not known at all."""
    [(_, column, _, why)] = error_tuples(
        check_content(sections, "reading", f"{READINGS}S-1,2014-05-01,NH3N,{written}\n")
    )
    assert column == "监测值"
    assert "a limit of 0, which is none" in why


def test_a_limit_of_0_is_none_in_every_layout(sections):
    """Beside a qualifier of its own, and in a column of its item."""
    long = (
        READINGS.replace("\n", ",限定符\n")
        + "S-1,2014-05-01,NH3N,0,<\nS-1,2014-05-02,NH3N,0,\nS-1,2014-05-03,NH3N,0.02,<\n"
    )
    assert [line for line, *_ in error_tuples(check_content(sections, "reading", long))] == [2]
    wide = "断面,监测时间,氨氮,总磷\nS-1,2014-05-01,<0,0.1\nS-1,2014-05-02,<0.02,0.1\n"
    assert [line for line, *_ in error_tuples(check_content(sections, "reading", wide))] == [2]


def test_a_ph_or_an_oxygen_of_0_is_suspicious(sections):
    """They go in and are told; 0 of what may be absent is not."""
    rows = "".join(f"S-1,2014-05-01,{item},0\n" for item in ("PH", "DO", "NH3N", "WT"))
    report = load_content(sections, "reading", READINGS + rows)
    assert report.counts.inserted == 4
    assert [(n.line, "suspicious" in n.reason.en) for n in report.notes] == [(2, True), (3, True)]


def test_an_hour_alone_is_read_in_every_column_of_time(sections):
    """08, 8 and 8时 behind a day are that hour, in one column or in two."""
    rows = "S-1,2014-05-01 00,PH,7\nS-1,2014/5/1 8,PH,7\nS-1,2014年5月1日9时,PH,7\nS-1,2014-05-01T10,PH,7\n"
    load_content(sections, "reading", READINGS + rows)
    load_content(sections, "reading", "断面,监测日期,监测时间,pH\nS-1,2014-05-01,11,7\n")
    assert [at.hour for (at,) in ledger_values(sections, "reading", "sampled_at")] == [0, 8, 9, 10, 11]


@pytest.mark.parametrize(("value", "shown", "stored"), [(0.9, "0%", 90), (0.009, "0.0%", 0.9), (0.9, '0.0"%"', 0.9)])
def test_a_percentage_by_its_format_is_certain(store, value, shown, stored):
    """A cell of Excel that shows a % has one, whether its format multiplies by 100 or only writes the sign."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, TARGETS.strip().split(","))
        sheet.write_row(1, 0, ["签约率", "2026-01-01", "2026-12-31"])
        sheet.write(1, 3, value, book.add_format({"num_format": shown}))
    load_content(store, "target", out.getvalue())
    assert ledger_values(store, "target", "value") == [(stored,)]
