"""The check: what a cell may look like, what it becomes, and what is said of a bad one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from data.datasets import DATASETS
from data.errors import NoFixedUnit, UnknownUnit
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.loader import Options, Report, Who
from data.ingest.reading import reader
from data.schema import quote_ident, quote_literal
from data.store import Store, open_store
from data.units import UNITS, unit_in_brackets

WHO = Who("测试员")
PARENTS = {
    "village": "村社编码,村社名称\nV-1,胡家村\nV-2,灵山村",
    "river": "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\nR-2,同名河,村级,河流\nR-3,同名河,村级,河流",
    "section": "断面编码,断面名称\nS-1,断面甲\nS-2,断面乙",
    "demolition_project": "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD-1,征迁,拆违,5,2014-01-01,2014-02-01",
}
fresh = count(1)


def upload_lines(lines: str, name: str = "台账.csv") -> reader.Upload:
    return reader.make_upload(name, lines.encode())


def load_lines(store: Store, dataset: str, lines: str, name: str = "台账.csv", **options: Any) -> Report:
    return loader.load_file(store, DATASETS[dataset], upload_lines(lines, name), WHO, Options(**options))


def check_lines(store: Store, dataset: str, lines: str, name: str = "台账.csv", **options: Any) -> Report:
    return loader.check_file(store, DATASETS[dataset], upload_lines(lines, name), Options(**options))


def column_values(store: Store, dataset: str, column: str, where: str = "true") -> list[Any]:
    key = quote_ident(DATASETS[dataset].key[-1])
    with store.read() as con:
        found = con.execute(
            f"SELECT {quote_ident(column)} FROM {quote_ident(dataset)} WHERE {where} ORDER BY {key}"
        ).fetchall()
    return [value for (value,) in found]


def loaded_value(store: Store, dataset: str, column: str, lines: str, **options: Any) -> object:
    """Load one row with a code of its own in place of NEW and return what became of one of its cells."""
    code = f"NEW-{next(fresh)}"
    report = load_lines(store, dataset, lines.replace("NEW", code), **options)
    assert report.errors == []
    [value] = column_values(store, dataset, column, f"{quote_ident(DATASETS[dataset].key[0])} = {quote_literal(code)}")
    return value


def lines_of(head: str, row: str, cells: Iterable[str]) -> str:
    """Return a file with a row for each cell: CELL stands for it in the row, NEW for a code of the row's own."""
    rows = (row.replace("NEW", f"NEW-{next(fresh)}").replace("CELL", cell) for cell in cells)
    return "\n".join([head, *rows])


def loaded_values(store: Store, dataset: str, column: str, lines: str) -> list[object]:
    """Load rows with codes of their own and return what became of one of their cells, in the order of the file."""
    assert load_lines(store, dataset, lines).errors == []
    key = quote_ident(DATASETS[dataset].key[0])
    with store.read() as con:
        found = con.execute(f"SELECT {key}, {quote_ident(column)} FROM {quote_ident(dataset)}").fetchall()
    return [dict(found)[line.split(",")[0]] for line in lines.splitlines()[1:]]


def told_errors(report: Report) -> list[tuple[str, str, str]]:
    """Return the errors of a report as (column, value, reason), one line after the other from the second on."""
    assert [e.line for e in report.errors] == list(range(2, len(report.errors) + 2))
    return [(e.column, e.value, e.reason.en) for e in report.errors]


def error_tuples(report: Report) -> list[tuple[int, str, str, str]]:
    return [(e.line, e.column, e.value, e.reason.en) for e in report.errors]


@pytest.fixture(scope="module")
def parent_ledger_store() -> Iterator[Store]:
    """A database of villages, rivers, sections and a project; a test adds rows under codes of its own."""
    with open_store(":memory:") as opened:
        for dataset, lines in PARENTS.items():
            load_lines(opened, dataset, lines)
        yield opened


ACTIVITY, ACTIVITY_ROW = "活动编码,活动日期,活动类型", "NEW,CELL,培训"
WRITTEN_DAYS = [
    "2014-03-05",
    "2014/3/5",
    "2014.3.5",
    "2014年3月5日",
    "20140305",
    "2014-3-5",
    "2014/03/05",
    "２０１４－０３－０５",
]


def test_a_date_may_be_written_in_the_ways_of_clerks(parent_ledger_store):
    """Every form of a date that clerks write is read as the same day."""
    lines = lines_of(ACTIVITY, ACTIVITY_ROW, WRITTEN_DAYS)
    days = loaded_values(parent_ledger_store, "saving_activity", "held_on", lines)
    assert days == [date(2014, 3, 5)] * len(WRITTEN_DAYS)


NO_SUCH_DAY = "“Held on” is a day that the calendar does not have, or not that weekday; look it up"
TWO_DIGITS = "“Held on” has a year of two digits; write all four, like 2014-03-05"
ODD_YEAR = "The year of “Held on” is not between 1900 and 2100; correct it"
YEARLESS = (
    "“Held on” lacks the year; write it in full, like 2014-03-05, or give it in the field “Year” (--year on the "
    "command line)"
)


NO_DAYS = {
    "2014-02-30": NO_SUCH_DAY,
    "2014-13-01": NO_SUCH_DAY,
    "20140231": NO_SUCH_DAY,
    "2014年2月29日": NO_SUCH_DAY,
    "14-03-05": TWO_DIGITS,
    "5/3/14": TWO_DIGITS,
    "14.3.5": TWO_DIGITS,
    "三月五日": YEARLESS,
    "3月5日": YEARLESS,
    "2014-03": "“Held on” lacks the day; write it in full, like 2014-03-05",
    "2014-03-05 08:30": "“Held on” is a day without a time; take the time off",
    "1899-12-31": ODD_YEAR,
    "2101-01-01": ODD_YEAR,
    "去年": "“Held on” is not a date; write 2014-03-05, 2014/3/5, 2014.3.5 or 20140305",
}


def test_a_date_that_cannot_be_is_refused(parent_ledger_store):
    """Impossible days, years of two digits or none, and days before 1900 or after 2100 are refused as they stand."""
    report = check_lines(parent_ledger_store, "saving_activity", lines_of(ACTIVITY, ACTIVITY_ROW, NO_DAYS))
    assert told_errors(report) == [("活动日期", written, reason) for written, reason in NO_DAYS.items()]


def test_a_date_may_be_the_serial_of_a_spreadsheet(parent_ledger_store):
    """41703 is the day that Excel counts so, and the report says that it was converted."""
    lines = "活动编码,活动日期,活动类型\nNEW,41703,培训"
    assert loaded_value(parent_ledger_store, "saving_activity", "held_on", lines) == date(2014, 3, 5)
    notes = [n.reason.en for n in check_lines(parent_ledger_store, "saving_activity", lines).notes]
    assert notes == ["1 dates of “Held on” were Excel serials and were converted"]


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2021-04-01 08:00", datetime(2021, 4, 1, 8)),
        pytest.param("2021/4/1 8:00:30", datetime(2021, 4, 1, 8, 0, 30), marks=pytest.mark.slow),
        pytest.param("2021-04-01T08:00", datetime(2021, 4, 1, 8), marks=pytest.mark.slow),
        ("2021年4月1日 8时", datetime(2021, 4, 1, 8)),
        ("2021年4月1日8时30分", datetime(2021, 4, 1, 8, 30)),
        ("2021-04-01", datetime(2021, 4, 1)),
    ],
)
def test_a_time_may_be_written_in_the_ways_of_clerks(parent_ledger_store, written, time):
    """A time is read with or without hours, minutes and seconds; a day alone is its midnight."""
    report = load_lines(
        parent_ledger_store, "reading", f"断面,监测时间,监测项目,监测值\nS-2,{written},DO,{next(fresh) / 100}"
    )
    assert report.errors == []
    assert time in column_values(parent_ledger_store, "reading", "sampled_at", "section_id = 'S-2'")


@pytest.mark.parametrize(
    ("written", "name", "year", "time"),
    [
        ("04-01 08:00", "清林渡.csv", 2021, datetime(2021, 4, 1, 8)),
        pytest.param("4/2 8:00", "清林渡.csv", 2021, datetime(2021, 4, 2, 8), marks=pytest.mark.slow),
        ("4月3日 8时", "清林渡.csv", 2021, datetime(2021, 4, 3, 8)),
        ("04-04 08:00", "清林渡2020-04.csv", None, datetime(2020, 4, 4, 8)),
        ("04-05 08:00", "清林渡2020-04.csv", 2021, datetime(2021, 4, 5, 8)),
        ("2019-04-06 08:00", "清林渡2020-04.csv", 2021, datetime(2019, 4, 6, 8)),
    ],
)
def test_a_time_without_a_year_takes_it_from_the_option_or_the_file_name(
    parent_ledger_store, written, name, year, time
):
    """The year of the option goes before that of the file name; a time that has its own year keeps it."""
    load_lines(parent_ledger_store, "reading", f"断面,监测时间,监测项目,监测值\nS-1,{written},TN,1", name, year=year)
    assert time in column_values(
        parent_ledger_store, "reading", "sampled_at", "section_id = 'S-1' AND parameter = 'TN'"
    )


@pytest.mark.parametrize("written", ["04-01 08:00", "4月1日 8时", "4/1"])
def test_a_time_without_any_year_is_refused_with_the_remedy(parent_ledger_store, written):
    """Where neither the cell, the option nor the file name has a year, the reason says where to give it."""
    report = check_lines(parent_ledger_store, "reading", f"断面,监测时间,监测项目,监测值\nS-1,{written},DO,8")
    assert [(e.line, e.value) for e in report.errors] == [(2, written)]
    assert "--year" in report.errors[0].reason.zh
    assert "has no year" in report.errors[0].reason.en


def test_the_29th_of_february_needs_a_leap_year(parent_ledger_store):
    """A day without a year is checked in the year that completes it."""
    lines = "断面,监测时间,监测项目,监测值\nS-1,02-29 08:00,COD,20"
    assert check_lines(parent_ledger_store, "reading", lines, year=2020).errors == []
    assert len(check_lines(parent_ledger_store, "reading", lines, year=2021).errors) == 1


PLANT, PLANT_ROW = "厂站编码,厂站名称,所在村社,设计能力", "NEW,厂,V-1,CELL"
WRITTEN_NUMBERS = {
    '"1,234.5"': 1234.5, '"12,345,678"': 12345678, "１２３．５": 123.5, '"１，２３４"': 1234, "+5": 5, "1e3": 1000,
    ".5": 0.5, "1.": 1, "0": 0, "1 000": 1000, "1.2万": 12000, "5吨/日": 5, "０": 0, " 0 ": 0, "0吨/日": 0,
}  # fmt: skip


def test_a_number_may_be_written_in_the_ways_of_clerks(parent_ledger_store):
    """Thousands separators, full-width digits, exponents, magnitudes and the unit of the column are read."""
    lines = lines_of(PLANT, PLANT_ROW, WRITTEN_NUMBERS)
    capacities = loaded_values(parent_ledger_store, "plant", "capacity", lines)
    assert dict(zip(WRITTEN_NUMBERS, capacities, strict=True)) == WRITTEN_NUMBERS


def test_an_optional_cell_may_be_empty(parent_ledger_store):
    """An empty cell is no value, and no error unless its column is required."""
    assert loaded_value(parent_ledger_store, "village", "population", "村社编码,村社名称,人口\nNEW,村,") is None


NO_NUMBER = "“Capacity” must be a number"
NOTHING = "“Capacity” holds a mark for “none”, such as “/” or “—”; leave the cell empty instead"
BELOW_LIMIT = (
    "“Capacity” is below a limit (ND, <, L), which is no number; write the number that your rules ask for, "
    "such as half the limit, or leave the cell empty"
)


NO_NUMBERS = {
    **dict.fromkeys(("abc", "inf", "-inf", "Infinity", "1e999"), NO_NUMBER),
    **dict.fromkeys(('"1,23"', '"12,34"', "一百", "0x1F", "1_000", "+-5"), NO_NUMBER),
    **dict.fromkeys(("NaN", "nan"), NOTHING),
    "<0.01": BELOW_LIMIT,
    "0.02L": BELOW_LIMIT,
    "12%": "The unit written in “Capacity” cannot be converted to that of the column; write the number alone",
    "约5": "“Capacity” must be exact, without “about”, “more than”, “>” and the like; write the actual value",
    "5-8": "“Capacity” is a range from one value to another; write one of them",
    "#N/A": "“Capacity” is an error of Excel; mend the formula or the width of the column and save again",
}


def test_what_is_not_a_finite_number_is_refused(parent_ledger_store):
    """Words, NaN, infinities, misplaced separators, qualifiers and other units are refused, each with its reason."""
    report = check_lines(parent_ledger_store, "plant", lines_of(PLANT, PLANT_ROW, NO_NUMBERS))
    assert told_errors(report) == [("设计能力", written.strip('"'), reason) for written, reason in NO_NUMBERS.items()]


PEOPLE, PEOPLE_ROW = "村社编码,村社名称,人口", "NEW,村,CELL"


def test_what_is_not_a_whole_number_is_refused(parent_ledger_store):
    """A count must be a whole number that a ledger can hold."""
    cells = ["1.5", "很多", "99999999999999999999", "0x1F", "0b11", "1_000"]
    report = check_lines(parent_ledger_store, "village", lines_of(PEOPLE, PEOPLE_ROW, cells))
    assert told_errors(report) == [("人口", cell, "“Population” must be a whole number") for cell in cells]


def test_a_whole_number_may_end_in_a_zero_fraction(parent_ledger_store):
    """Spreadsheets write 120.0 for 120; blanks, signs and zero are read too."""
    cells = {"120.0": 120, " 12 ": 12, "+7": 7, "０": 0, "0人": 0}
    lines = lines_of(PEOPLE, PEOPLE_ROW, cells)
    assert loaded_values(parent_ledger_store, "village", "population", lines) == list(cells.values())


@pytest.mark.parametrize(
    ("dataset", "column", "lines", "value"),
    [
        pytest.param(
            "investment_project",
            "investment",
            "项目编码,项目名称,项目类别,总投资(亿元)\nNEW,新项目一,供地类,10",
            100_000,
            marks=pytest.mark.slow,
        ),
        (
            "investment_project",
            "investment",
            "项目编码,项目名称,项目类别,总投资（元）\nNEW,新项目二,供地类,26000",
            2.6,
        ),
        pytest.param(
            "investment_project",
            "investment",
            "项目编码,项目名称,项目类别,总投资(万元)\nNEW,新项目三,供地类,5",
            5,
            marks=pytest.mark.slow,
        ),
        ("river", "length", "河道编码,河道名称,河道等级,水体类型,长度(m)\nNEW,河,村级,河流,1660", 1.66),
        pytest.param(
            "river",
            "length",
            "河道编码,河道名称,河道等级,水体类型,长度【千米】\nNEW,河,村级,河流,1.66",
            1.66,
            marks=pytest.mark.slow,
        ),
        ("household", "legal_area", "户编号,项目,合法建筑面积(万㎡)\nNEW,D-1,0.01", 100),
    ],
)
def test_a_unit_in_the_heading_is_honoured(parent_ledger_store, dataset, column, lines, value):
    """A heading in a related unit brings its values into the registry's unit, exactly."""
    report = check_lines(parent_ledger_store, dataset, lines)
    assert [note.reason.en for note in report.notes if " converted to " not in note.reason.en] == []
    assert loaded_value(parent_ledger_store, dataset, column, lines) == value


def test_the_unit_of_an_item_is_honoured_in_a_wide_file(store):
    """总磷(μg/L) goes in as mg/L, and the range of the item is judged in mg/L."""
    load_lines(store, "section", PARENTS["section"])
    report = load_lines(store, "reading", "断面名称,监测时间,总磷(μg/L),溶解氧(mg/L)\n断面甲,2021-04-01 08:00,214,8.1")
    assert report.errors == []
    assert column_values(store, "reading", "value") == [8.1, 0.214]


def test_a_remark_in_the_heading_is_ignored_with_a_note(parent_ledger_store):
    """Brackets that hold no unit change nothing, and the clerk is told so."""
    lines = "河道编码,河道名称,河道等级,水体类型,长度(选填)\nNEW,河,村级,河流,3"
    report = check_lines(parent_ledger_store, "river", lines)
    assert [(n.line, n.column, n.value) for n in report.notes] == [(1, "长度", "长度(选填)")]
    assert (
        report.notes[0].reason.en == "“选填” in the heading is not a known unit; values are read in the unit of “长度”"
    )
    assert loaded_value(parent_ledger_store, "river", "length", lines) == 3


@pytest.mark.parametrize("remark", ["可不填", "全称", "实测", "含税", "按单元填"])
def test_a_remark_is_no_unit(remark):
    """A bracket that holds no unit stays a remark."""
    assert unit_in_brackets(remark) == ""


@pytest.mark.parametrize(
    ("bracket", "factor"),
    [
        ("单位：元", 1e-4),
        ("单位:元", 1e-4),
        ("人民币元", 1e-4),
        ("含税，元", 1e-4),
        ("元，含税", 1e-4),
        ("必填，万元", 1.0),
    ],
)
def test_a_unit_is_found_among_the_words_of_a_bracket(bracket, factor):
    """单位：, 人民币, 含税 and commas are taken off before the unit is looked up."""
    assert UNITS["wan"].factor(unit_in_brackets(bracket)) == factor


@pytest.mark.parametrize(("unit", "area"), [("单位：公顷", 30), ("顷", 200), ("公顷", 30)])
def test_hectares_and_qing_are_converted_with_a_note(unit, area):
    """A parcel of 2 公顷 has 30 亩, one of 2 顷 has 200."""
    assert 2 * (UNITS["mu"].factor(unit_in_brackets(unit)) or 0) == area


def test_a_unit_over_a_quantity_without_a_fixed_unit_is_refused_with_advice(parent_ledger_store):
    """The size of a source is in the unit of its own column; without that, 头 in the heading is no matter of it."""
    with pytest.raises(NoFixedUnit, match="按登记的计量单位填数字"):
        check_lines(
            parent_ledger_store,
            "source",
            "污染源编码,名称,类型,河道,整治状态,发现日期,规模（头）\nP-1,甲,畜禽养殖场,R-1,未启动,2014-01-01,3\n",
        )


@pytest.mark.parametrize(("unit", "factor"), [("吨", 1), ("万吨", 1e4)])
def test_a_ton_of_water_is_a_cubic_metre(unit, factor):
    """Inflow and capacity of a plant may be given in tons."""
    assert (UNITS["water m3"].factor(unit), UNITS["m3/d"].factor(unit)) == (factor, factor)


@pytest.fixture(scope="module")
def works_store() -> Iterator[Store]:
    """A database with a dredging in m³, a wall in m and a sewer in households."""
    lines = (
        "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
        "W-1,清淤一,R-1,清淤,9万方,m³,2014-01-01,2014-12-31\nW-2,挡墙二,R-1,挡墙护岸,1.2公里,米,2014-01-01,2014-12-31\n"
        "W-3,纳管三,R-1,截污纳管,300户,户,2014-01-01,2014-12-31\n"
    )
    with open_store(":memory:") as opened:
        load_lines(opened, "river", PARENTS["river"])
        load_lines(opened, "work", lines)
        yield opened


def test_a_quantity_is_kept_in_the_unit_that_stands_beside_it(works_store):
    """9万方 of a work in m³ are 90000, 1.2公里 of one in m are 1200; tons of silt are no m³ and name both units."""
    assert column_values(works_store, "work", "quantity") == [90000, 1200, 300]
    heading = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    report = check_lines(works_store, "work", heading + "W-9,九,R-1,清淤,5万吨,m³,2014-01-01,2014-12-31")
    [(line, _, value, reason)] = error_tuples(report)
    assert (line, value) == (2, "5万吨")
    assert "cannot be converted to “m³”" in reason


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("累计完成量（m³）", "15500"),
        pytest.param("累计完成量（万方）", "1.55", marks=pytest.mark.slow),
        ("累计完成量", "1.55万方"),
        pytest.param("累计完成量", "1.55万m³", marks=pytest.mark.slow),
        ("累计完成量（m³）", "1.55万方"),
        ("累计完成量,单位", "1.55,万立方米"),
        pytest.param("累计完成量,计量单位", "15500,m³", marks=pytest.mark.slow),
        ("累计完成量\n,,万m³", "1.55"),
    ],
)
def test_progress_converts_to_the_unit_of_its_work(works_store, heading, cells):
    """Whether heading, cell, unit column or unit row says it, 1.55 万方 of a work in m³ are 15500."""
    day = date(2014, 1, 1).replace(day=next(fresh) % 27 + 1)
    report = load_lines(works_store, "work_progress", f"工程,上报日期,{heading}\nW-1,{day},{cells}\n", partial=True)
    assert [e.reason.en for e in report.errors] == []
    assert column_values(works_store, "work_progress", "done", f"on_date = DATE '{day}'") == [15500]
    assert report.batch is not None
    loader.undo_batch(works_store, report.batch, WHO)


@pytest.mark.parametrize(
    ("head", "cell", "shown"),
    [
        ("累计完成量（m³）", "300", "300 m³"),
        ("累计完成量", "300m³", "300m³"),
        ("累计完成量,单位", "300,m³", "300 m³"),
        ("累计完成量\n,,m³", "300", "300 m³"),
    ],
)
def test_progress_in_another_unit_than_its_work_names_both(works_store, head, cell, shown):
    """m³ under a wall in metres is an error of its row, which shows the unit of the file and names that of the work."""
    report = check_lines(
        works_store, "work_progress", f"工程,上报日期,{head}\n挡墙二,2014-06-01,{cell}\nW-1,2014-06-01,{cell}\n"
    )
    [(_, column, value, reason)] = error_tuples(report)
    assert (column, value) == ("累计完成量", shown)
    assert "cannot be converted to “m”" in reason
    assert report.errors[0].advice.zh == "填数字（米），不小于 0"
    assert report.counts.inserted == 1


def test_a_title_with_the_unit_of_works_is_held_to_each_work(works_store):
    """单位：m³ above progress loads what is registered in m³ and refuses a work that counts households."""
    lines = "进度表（单位：m³）\n工程,上报日期,累计完成量\nW-1,2014-06-01,300\nW-3,2014-06-01,300\n"
    assert [(e.line, e.value) for e in check_lines(works_store, "work_progress", lines).errors] == [(4, "300 m³")]


def test_a_work_that_nobody_knows_is_told_as_such(works_store):
    """Progress of an unknown work lacks a registered unit as well, yet a plain number has one error only."""
    report = check_lines(works_store, "work_progress", "工程,上报日期,累计完成量（m³）\nW-8,2014-06-01,300\n")
    assert [e.column for e in report.errors] == ["工程"]


def test_every_conversion_is_told(parent_ledger_store):
    """A note says which columns were converted, from which unit to which, for units of headings and of titles."""
    lines = "单位：元,,,\n项目编码,项目名称,项目类别,总投资\nNEW,新项目四,供地类,26000"
    notes = [note.reason.zh for note in check_lines(parent_ledger_store, "investment_project", lines).notes]
    assert notes == ["表头之外写的单位“元”用于：总投资", "“总投资”按“元”读取，已换算成 万元"]
    lines = "断面,监测时间,氨氮(μg/L),总磷（ppb）,铜(μg/L)\n断面甲,2021-04-01,300,100,2"
    notes = [note.reason.zh for note in check_lines(parent_ledger_store, "reading", lines).notes]
    assert sorted(notes) == ["“总磷”按“ppb”读取，已换算成 mg/L", "“氨氮、铜”按“μg/L”读取，已换算成 mg/L"]


def test_the_advice_is_given_in_the_unit_of_the_heading(parent_ledger_store):
    """A clerk who does what the advice says is right: unit and limits are those of the heading of the file."""
    lines = "项目编码,项目名称,项目类别,总投资(元)\nNEW,新项目五,供地类,abc"
    assert "（元）" in check_lines(parent_ledger_store, "investment_project", lines).errors[0].advice.zh
    lines = "断面,监测时间,氨氮(μg/L)\n断面甲,2021-04-01,abc\n断面乙,2021-04-01,500000"
    word, high = check_lines(parent_ledger_store, "reading", lines).errors
    assert word.advice.zh == "填数字（μg/L），0–100000"
    assert high.reason.zh == "氨氮 的值超出可能的范围（0–100000）"


@pytest.mark.parametrize(
    ("dataset", "heading"),
    [
        ("river", "长度(里)"), ("village", "人口(吨)"), ("target", "目标值(吨)"), ("work_progress", "累计支出（K元）"),
        ("work_progress", "累计支出（按元填写）"), ("work_progress", "累计支出（元、万元）"),
        ("parcel", "用地面积(英亩)"),
    ],
)  # fmt: skip
def test_a_unit_that_does_not_convert_refuses_the_file(store, dataset, heading):
    """Values in a unit that is not the column's are never loaded as they stand."""
    required = [c.label.zh for c in DATASETS[dataset].columns if c.required and c.label.zh not in heading]
    with pytest.raises(UnknownUnit, match="不能换算"):
        check_lines(store, dataset, ",".join([*required, heading]) + "\n" + ",".join("1" * (len(required) + 1)))


def test_people_in_ten_thousands_are_people(store):
    """人口(万人) is converted."""
    load_lines(store, "village", "村社编码,村社名称,人口(万人)\nV-1,村,0.3")
    assert column_values(store, "village", "population") == [3000]


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000", "\u00a0"])
def test_blanks_around_a_cell_are_no_part_of_it(store, blank):
    """A blank of any kind around a cell, also at the very end of the file, is not stored."""
    load_lines(store, "village", f"村社编码,村社名称\n{blank}V-1,甲村\nV-2,乙村{blank}")
    assert column_values(store, "village", "village_id") == ["V-1", "V-2"]
    assert column_values(store, "village", "name") == ["甲村", "乙村"]


def test_a_date_may_carry_midnight(parent_ledger_store):
    """2014/3/5 0:00, as exports print it, is the day."""
    lines = "活动编码,活动日期,活动类型\nNEW,2014/3/5 0:00,培训"
    assert str(loaded_value(parent_ledger_store, "saving_activity", "held_on", lines)) == "2014-03-05"


def test_a_date_of_seven_digits_is_refused(parent_ledger_store):
    """2014111 may be the 11th of January or the 1st of November."""
    report = check_lines(parent_ledger_store, "saving_activity", "活动编码,活动日期,活动类型\nNEW,2014111,培训")
    assert [(e.line, e.column, e.value) for e in report.errors] == [(2, "活动日期", "2014111")]


def test_the_year_taken_from_the_file_name_is_told(store):
    """A year that the clerk did not give is named in the report."""
    load_lines(store, "section", PARENTS["section"])
    lines = "断面,监测时间,监测项目,监测值\n断面甲,04-01 08:00,DO,8"
    assert "2013" in check_lines(store, "reading", lines, name="水质2013年.csv").notes[0].reason.zh


def test_a_file_may_be_all_english(parent_ledger_store):
    """English headings and English words of enumerations are stored as the Chinese words."""
    lines = "River code,River,Level,Water type,Length (km)\nNEW,Brook,Subdistrict,small water body,1.2"
    assert loaded_value(parent_ledger_store, "river", "level", lines) == "街道级"
    assert loaded_value(parent_ledger_store, "river", "water_type", lines) == "小微水体"


def test_a_file_may_have_the_codes_as_headings(parent_ledger_store):
    """The registry's own names are headings too, in any case."""
    assert loaded_value(parent_ledger_store, "village", "name", "VILLAGE_ID,Name\nNEW,村") == "村"


def test_columns_may_stand_in_any_order(parent_ledger_store):
    """Columns are found by heading, not by place; headings of no column are named and passed over."""
    report = check_lines(
        parent_ledger_store, "river", "水体类型,备用,长度,河道等级,河道名称,河道编码\n沟渠,x,0.9,村级,沟,NEW"
    )
    assert (report.counts.inserted, report.unmapped) == (1, ["备用"])
    assert report.columns == {
        "水体类型": "water_type", "长度": "length", "河道等级": "level", "河道名称": "name", "河道编码": "river_id",
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["河道名称*", " 河道 名称 ", "河道名称：", "河流名称", "所属河流"])
def test_a_heading_may_be_dressed_up(parent_ledger_store, heading):
    """Marks of required columns, blanks, colons and the aliases of a heading do not hide it."""
    report = check_lines(parent_ledger_store, "river", f"河道编码,{heading},河道等级,水体类型\nNEW,河,村级,河流")
    assert report.columns[heading.strip()] == "name"


def test_every_bad_cell_is_reported_in_both_languages(parent_ledger_store):
    """All bad cells of all rows are told, several in one row, with line, heading, value and reason."""
    lines = (
        "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
        "W-1,清淤甲,一号河,清淤,100,m³,2014-01-01,2014-06-30\n"
        "W-2,,没有的河,清淤,abc,尺,2014-02-30,2014-06-30\n"
        "W-3,清淤丙,一号河,挖泥,-5,m³,2014-01-01,\n"
    )
    report = check_lines(parent_ledger_store, "work", lines)
    assert (report.rows, report.rejected, report.counts.inserted) == (3, 2, 1)
    assert {(e.line, e.column, e.value) for e in report.errors} == {
        (3, "工程名称", ""),
        (3, "河道", "没有的河"),
        (3, "计划工程量", "abc"),
        (3, "计量单位", "尺"),
        (3, "计划开工", "2014-02-30"),
        (4, "工程类型", "挖泥"),
        (4, "计划工程量", "-5"),
        (4, "计划完工", ""),
    }
    [quantity] = [e.as_json() for e in report.errors if e.value == "abc"]
    assert quantity == {
        "line": 3,
        "column": "计划工程量",
        "value": "abc",
        "reason_zh": "“计划工程量”应是数字",
        "reason_en": "“Planned quantity” must be a number",
        "advice_zh": "填数字，不小于 0",
        "advice_en": "A number, not below 0",
    }


def test_a_word_outside_the_enumeration_is_told_the_words_to_choose_from(parent_ledger_store):
    """The reason lists what may stand there, in each language."""
    [error] = check_lines(parent_ledger_store, "village", "村社编码,村社名称,类别\nNEW,村,自然村").errors
    assert error.reason.zh == "“类别”不在可选范围内：行政村、社区"
    assert error.reason.en == "“Kind” must be one of: Village, Community"


def test_an_unknown_parent_is_named_with_its_ledger(parent_ledger_store):
    """A river that is not registered is told with the ledger in which it is missing."""
    report = check_lines(parent_ledger_store, "reach", "河段编码,河段名称,河道\nNEW,一段,无名溪")
    assert error_tuples(report) == [(2, "河道", "无名溪", "It is not in “Rivers”; register it there first")]


def test_an_ambiguous_parent_name_is_refused(parent_ledger_store):
    """Two rivers of one name cannot be told apart by it; their codes still can."""
    report = check_lines(parent_ledger_store, "reach", "河段编码,河段名称,河道\nN-1,一段,同名河\nN-2,二段,R-3")
    reason = "Several rows of “Rivers” bear this name; write the code instead"
    assert error_tuples(report) == [(2, "河道", "同名河", reason)]


def test_a_parent_may_be_named_by_its_name_or_its_code(parent_ledger_store):
    """A cell that names a parent by its name is stored as the parent's code."""
    assert loaded_value(parent_ledger_store, "reach", "river_id", "河段编码,河段名称,河道\nNEW,一段,一号河") == "R-1"
    assert loaded_value(parent_ledger_store, "reach", "river_id", "河段编码,河段名称,河道\nNEW,一段,R-2") == "R-2"


def test_a_key_repeated_with_other_values_refuses_both_lines(parent_ledger_store):
    """Of two lines with one key and other values neither goes in, and each names the other."""
    report = check_lines(parent_ledger_store, "village", "村社编码,村社名称\nNEW,甲村\nNEW-B,乙村\nNEW,丙村")
    assert (report.rejected, report.counts.inserted) == (2, 1)
    assert error_tuples(report) == [
        (2, "村社编码", "NEW", "Line 4 has the same “Village code” with other values; a key may stand only once"),
        (4, "村社编码", "NEW", "Line 2 has the same “Village code” with other values; a key may stand only once"),
    ]


def test_a_line_repeated_whole_goes_in_once_with_a_note(parent_ledger_store):
    """Identical lines are one row, and the later one is noted."""
    report = check_lines(parent_ledger_store, "village", "村社编码,村社名称\nNEW,甲村\nNEW,甲村")
    assert (report.errors, report.counts.inserted) == ([], 1)
    assert [(n.line, n.reason.en) for n in report.notes] == [(3, "The same as line 2; loaded once")]


@pytest.mark.parametrize(
    ("dataset", "lines", "reason"),
    [
        ("section", "断面编码,断面名称,经度\nNEW,断面,200", "“Longitude” must not be above 136"),
        ("section", "断面编码,断面名称,纬度\nNEW,断面,-1", "“Latitude” must not be below 3"),
        ("village", "村社编码,村社名称,人口\nNEW,村,-1", "“Population” must not be below 0"),
        ("reading", "断面,监测时间,监测项目,监测值\nS-1,2014-01-01,pH,15", "The value of pH is outside 0–14"),
        ("reading", "断面,监测时间,监测项目,监测值\nS-1,2014-01-01,溶解氧,31",
         "The value of Dissolved oxygen is outside 0–30"),
        ("reading", "断面,监测时间,监测项目,监测值\nS-1,2014-01-01,WT,-3",
         "The value of Water temperature is outside -2–50"),
        ("reading", "断面,监测时间,监测项目,监测值\nS-1,2014-01-01,氨氮,-0.1",
         "The value of Ammonia nitrogen is outside 0–100"),
    ],
)  # fmt: skip
def test_a_value_outside_its_range_is_refused(parent_ledger_store, dataset, lines, reason):
    """A number beyond what the registry allows for its column or its item is refused with the bounds."""
    report = check_lines(parent_ledger_store, dataset, lines)
    assert [e.reason.en for e in report.errors] == [reason]


def test_water_may_be_colder_than_zero(parent_ledger_store):
    """The low bound of an item is its own: water temperature may be -1."""
    assert (
        check_lines(parent_ledger_store, "reading", "断面,监测时间,监测项目,监测值\nS-1,2014-01-01,WT,-1").errors == []
    )


def test_a_course_that_is_not_a_line_is_refused(parent_ledger_store):
    """What is neither degrees side by side nor WKT is no course."""
    courses = ["121.5,29.9, 121.6", "121.5 29.9; 东 西", "LINE 121.5 29.9"]
    lines = lines_of("河段编码,河段名称,河道,走向,坐标系", 'NEW,一段,R-1,"CELL",WGS84', courses)
    reason = "“Course” must be written “lon lat; lon lat; …”, or as a LINESTRING (…) of WKT"
    assert told_errors(check_lines(parent_ledger_store, "reach", lines)) == [("走向", c, reason) for c in courses]


def test_a_course_may_have_commas_between_degrees(parent_ledger_store):
    """“lon,lat; lon,lat” is the same course as “lon lat; lon lat”."""
    lines = '河段编码,河段名称,河道,走向,坐标系\nNEW,一段,R-1,"121.5,29.9; 121.6,29.9",WGS84'
    assert loaded_value(parent_ledger_store, "reach", "course", lines) == "121.5 29.9; 121.6 29.9"


def test_a_text_has_a_limit(parent_ledger_store):
    """More than 500 characters are refused."""
    report = check_lines(
        parent_ledger_store, "river", f"河道编码,河道名称,河道等级,水体类型,备注\nNEW,河,村级,河流,{'长' * 501}"
    )
    assert [e.reason.en for e in report.errors] == ["“Note” is longer than 500 characters"]


def test_yes_and_no_have_several_spellings(parent_ledger_store):
    """A flag may be 是, 否, yes, no, 1, 0 and the like, and nothing else."""
    head, row = "厂站编码,厂站名称,所在村社,设计能力,正常运行", "NEW,厂,V-1,5,CELL"
    lines = lines_of(head, row, ["是", "Yes", "１", "√", "否", "NO", "0", "×"])
    assert loaded_values(parent_ledger_store, "plant", "is_running", lines) == [True] * 4 + [False] * 4
    assert [e.reason.en for e in check_lines(parent_ledger_store, "plant", lines_of(head, row, ["也许"])).errors] == [
        "“Running” must be yes or no"
    ]


WIDE = "省份,流域,断面名称,监测时间,水质类别,pH(无量纲),溶解氧(mg/L),氨氮(mg/L),站点情况\n"


def test_a_wide_file_is_recognised_and_its_markers_passed_over(store):
    """One column per item is read as one row per item; `*`, `--`, `-` and empty cells are no values."""
    load_lines(store, "section", PARENTS["section"])
    report = load_lines(
        store,
        "reading",
        WIDE
        + "浙江省,甬江,断面甲,2021-04-01 08:00,Ⅱ,7.1,*,--,正常\n浙江省,甬江,断面甲,2021-04-01 12:00,Ⅱ,-,,0.31,正常\n",
    )
    assert (report.layout, report.rows, report.counts.inserted) == ("wide", 2, 2)
    assert report.unmapped == ["流域", "站点情况"]
    assert report.columns["氨氮(mg/L)"] == "NH3N"
    asked = "SELECT section_id, hour(sampled_at), parameter, value, printed_class FROM reading ORDER BY 2"
    with store.read() as con:
        found = con.execute(asked).fetchall()
    assert found == [("S-1", 8, "PH", 7.1, "Ⅱ"), ("S-1", 12, "NH3N", 0.31, "Ⅱ")]


def test_a_bad_cell_of_a_wide_file_is_told_under_its_item(parent_ledger_store):
    """The heading of the item names the cell, without its unit."""
    report = check_lines(parent_ledger_store, "reading", WIDE + "浙江省,甬江,断面甲,2021-04-01 08:00,Ⅱ,15,7,abc,正常\n")
    assert sorted((e.line, e.column, e.value) for e in report.errors) == [(2, "pH", "15"), (2, "氨氮", "abc")]


def test_an_unknown_section_of_a_wide_file_is_told_once_a_line(parent_ledger_store):
    """A line with three items and an unknown section is one error, not three."""
    report = check_lines(parent_ledger_store, "reading", WIDE + "浙江省,甬江,断面丁,2021-04-01 08:00,Ⅱ,7,7,0.2,正常\n")
    assert [(e.line, e.column, e.value) for e in report.errors] == [(2, "断面名称", "断面丁")]
    assert report.rejected == 1


def test_of_conflicting_lines_of_a_wide_file_the_later_is_taken(store):
    """Published files repeat a time with other values: the later line is taken, with a note."""
    load_lines(store, "section", PARENTS["section"])
    line = "浙江省,甬江,断面甲,2021-04-01 08:00,Ⅱ,7.1,8.0,{},正常\n"
    report = load_lines(store, "reading", WIDE + line.format("0.31") + line.format("0.55"))
    assert column_values(store, "reading", "value", "parameter = 'NH3N'") == [0.55]
    assert report.counts.inserted == 3
    assert [(n.line, n.reason.en) for n in report.notes] == [
        (3, "Line 2 has the same “Section + Sampled at + Item” with other values; this later line is taken")
    ]


def test_a_line_of_a_wide_file_without_values_is_noted(parent_ledger_store):
    """A line of markers only is not loaded, and its number is told."""
    report = check_lines(
        parent_ledger_store,
        "reading",
        WIDE + "浙江省,甬江,断面甲,2021-05-01 08:00,*,--,*,,停站\n浙江省,甬江,断面甲,2021-05-01 12:00,Ⅱ,7,7,0.2,正常\n",
    )
    assert report.counts.inserted == 3
    assert [(n.line, n.reason.en) for n in report.notes] == [(2, "This row holds no measured value and is not loaded")]


def test_register_adds_an_unknown_section_with_what_the_file_says_of_it(store):
    """`register` makes the section from its name, with the province and basin that stand beside it."""
    lines = WIDE + "浙江省,甬江,新断面,2021-04-01 08:00,Ⅱ,7,7,0.2,正常\n"
    assert check_lines(store, "reading", lines).rejected == 1
    report = load_lines(store, "reading", lines, register=True)
    assert [(n.value, n.reason.en) for n in report.notes] == [("新断面", "Newly registered in “Monitoring sections”")]
    with store.read() as con:
        found = con.execute("SELECT section_id, name, province, basin, water_type FROM section").fetchall()
    assert found == [("新断面", "新断面", "浙江省", "甬江", None)]


def test_register_adds_only_what_can_be_made_from_a_name(parent_ledger_store):
    """A river needs a level and a water type, so an unknown river is refused even with `register`."""
    report = check_lines(parent_ledger_store, "reach", "河段编码,河段名称,河道\nNEW,一段,九号河", register=True)
    assert [e.value for e in report.errors] == ["九号河"]


def test_a_check_writes_nothing(parent_ledger_store):
    """A check counts what a load would do and leaves the ledger and the batches alone."""
    with parent_ledger_store.read() as con:
        before = con.execute("FROM village").fetchall(), con.execute("FROM batch").fetchall()
    assert check_lines(parent_ledger_store, "village", "村社编码,村社名称\nV-1,改名村\nV-9,新村").counts == Counts(
        1, 1, 0
    )
    with parent_ledger_store.read() as con:
        assert (con.execute("FROM village").fetchall(), con.execute("FROM batch").fetchall()) == before


def test_a_check_tells_old_and_new_values(parent_ledger_store):
    """A row that would change is told with key, column, old and new value."""
    assert check_lines(parent_ledger_store, "village", "村社编码,村社名称,人口\nV-1,胡家村,1200").changes == [
        ("V-1", "population", None, "1200")
    ]
