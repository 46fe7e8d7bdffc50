"""Headings as spreadsheets really write them: broken over lines, with stops behind, with a unit nobody knows."""

import pytest

from data.errors import UnknownUnit
from tests import upload_helpers

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def parents(store):
    upload_helpers.load_parents(store)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("高锰酸盐\n指数(mg/L)", 5.0),
        ("高锰酸盐\r\n指数\n（mg/L）", 5.0),
        ("高锰\n酸盐\n指数\n(μg/L)", 0.005),
        ("Permanganate\nindex (mg/L)", 5.0),
        ("高锰酸盐\n指数(mg/\nL)", 5.0),
    ],
)
def test_a_heading_broken_over_lines_before_its_bracket_is_known(store, written, value):
    """Excel breaks a long heading with Alt+Enter wherever it likes; the column is read, in the unit of its bracket."""
    report = upload_helpers.load_content(
        store, "reading", f'断面,监测时间,"{written}",氨氮(mg/L)\nS-1,2014-01-05 08:00,5,1\n'
    )
    assert (report.errors, report.unmapped) == ([], [])
    assert upload_helpers.ledger_values(store, "reading", "parameter", "value") == [("CODMN", value), ("NH3N", 1.0)]


@pytest.mark.parametrize("stop", [";", "；", "，", "。", ", "])
def test_a_heading_with_a_stop_behind_is_known(store, stop):
    """What an export leaves behind a heading is no part of its name."""
    heading = f'"总磷(mg/L){stop}"'
    report = upload_helpers.load_content(store, "reading", f"断面,监测时间,{heading}\nS-1,2014-01-05 08:00,0.2\n")
    assert (report.errors, report.unmapped, report.rows) == ([], [], 1)


@pytest.mark.quick
def test_turbidity_in_formazin_units_is_turbidity(store):
    """FNU and NTU are numerically equal (ISO 7027-1:2016)."""
    report = upload_helpers.load_content(store, "reading", "断面,监测时间,浊度(FNU)\nS-1,2014-01-05 08:00,12\n")
    assert (report.errors, [n.reason.en for n in report.notes]) == ([], [])
    assert upload_helpers.ledger_values(store, "reading", "parameter", "value") == [("NTU", 12.0)]


@pytest.mark.parametrize(
    "heading", ["浊度(FTU)", "浊度(JTU)", "浊度(FAU)", "氨氮(mg/kg)", "氨氮(PFU/mL)", "氨氮(当量/升)", "总磷(kg/d)"]
)
def test_a_bracket_that_looks_like_a_unit_must_be_one_of_the_column(store, heading):
    """A unit that nobody can convert refuses the file, rather than being read as if it were the column's own."""
    with pytest.raises(UnknownUnit):
        upload_helpers.check_content(store, "reading", f"断面,监测时间,{heading}\nS-1,2014-01-05 08:00,12\n")


@pytest.mark.parametrize("heading", ["氨氮(NH3-N)", "总磷(以P计)", "化学需氧量(COD)", "氨氮(必填)", "氨氮(N/A)"])
def test_a_bracket_that_holds_a_symbol_is_no_unit(store, heading):
    """The sign of a substance or a remark in the bracket of a heading changes no value."""
    report = upload_helpers.check_content(store, "reading", f"断面,监测时间,{heading}\nS-1,2014-01-05 08:00,1.2\n")
    assert (report.errors, report.rows) == ([], 1)


@pytest.mark.parametrize("heading", ["监测点位", "水站名称", "点位名称", "Section name", "断面名称"])
def test_a_section_is_known_under_the_names_that_stations_give_it(store, heading):
    """The exports of stations call a section a point or a station."""
    report = upload_helpers.load_content(store, "reading", f"{heading},监测时间,氨氮\n断面甲,2014-01-05 08:00,1\n")
    assert (report.errors, report.unmapped) == ([], [])
    assert upload_helpers.ledger_values(store, "reading", "section_id") == [("S-1",)]


@pytest.mark.parametrize("mark", ["缺测", "停测", "维护", "NaN", "None", "--", "*", "null"])
def test_what_was_not_measured_is_no_value_of_a_wide_file(store, mark):
    """A word for “not measured” below an item leaves out that value and no other."""
    upload_helpers.load_content(store, "reading", f"断面,监测时间,氨氮,总磷\nS-1,2014-01-05 08:00,{mark},0.1\n")
    assert upload_helpers.ledger_values(store, "reading", "parameter") == [("TP",)]


@pytest.mark.parametrize(
    ("item", "value"), [("氨氮(μg/L)", 0.05), ("氨氮（mg/L）", 50.0), ("总磷 [ug/l]", 0.05), ("氨氮", 50.0)]
)
def test_an_item_may_be_named_with_its_unit(store, item, value):
    """In a long file the unit in the name of the item converts its values, and those of no other item."""
    rows = f"S-1,2014-01-05 08:00,{item},50\nS-1,2014-01-05 08:00,总氮,2\n"
    report = upload_helpers.load_content(store, "reading", "断面,监测时间,监测项目,监测值\n" + rows)
    assert report.errors == []
    assert any("converted to mg/L" in n.reason.en for n in report.notes) is (value < 1)
    assert [v for (v,) in upload_helpers.ledger_values(store, "reading", "value", where="parameter <> 'TN'")] == [value]
    assert upload_helpers.ledger_values(store, "reading", "value", where="parameter = 'TN'") == [(2.0,)]


@pytest.mark.quick
def test_an_item_in_a_unit_that_does_not_convert_is_refused(store):
    """pH in mg/L or ammonia in tons is no item."""
    rows = "S-1,2014-01-05 08:00,氨氮(吨),5\nS-1,2014-01-05 08:00,pH(mg/L),7\n"
    report = upload_helpers.check_content(store, "reading", "断面,监测时间,监测项目,监测值\n" + rows)
    assert [(e.line, e.column) for e in report.errors] == [(2, "监测项目"), (3, "监测项目")]


def test_the_mark_of_utf_8_before_gbk_is_passed_over(store):
    """Some systems put the mark of UTF-8 in front of a text in GBK; it is read as GBK."""
    content = b"\xef\xbb\xbf" + "村社编码,村社名称\nV-9,庄桥村\n".encode("gbk")
    assert upload_helpers.load_content(store, "village", content).encoding == "gb18030"
    assert upload_helpers.ledger_values(store, "village", "name", where="village_id = 'V-9'") == [("庄桥村",)]
