"""Single cells: what clerks write in them, what they are worth, and why some are worth nothing."""

import math
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.ingest.checking.error_reasons import REASONS, reason_for_column
from data.ingest.values import cells, geometry
from data.ingest.values.cells import Unreadable
from data.units import UNITS

WATER_CLASS = DATASETS["river"].column("target_class")
LEVELS = {"一级": "一级", "二级": "二级", "十级": "十级"}


def class_spellings() -> dict[str, str]:
    return {spelling: c.value for c in WATER_CLASS.choices for spelling in c.spellings()}


@pytest.mark.parametrize(
    ("written", "bare"),
    [(" 12　", "12"), ('="00123"', "00123"), ('=" 5 "', "5"), ("'-5", "-5"), ("'=A1", "=A1"), ("'abc", "abc"),
     ("'0012", "0012"), ("''abc", "'abc"), ("'90年代'河", "'90年代'河"), ("'\n1*", "1*"),
     ("'", "'"), ('="a"b"', '="a"b"'), ("\u200b\u00a0甲村\t", "甲村"), ("", "")],
)  # fmt: skip
def test_a_cell_is_taken_out_of_its_dress(written, bare):
    """Blanks around it, the ="…" of a spreadsheet and the ' that makes it a text are no part of a cell."""
    assert cells.bare_cell(written) == bare


@given(st.text(alphabet='="+-@ 　a1', max_size=12))
def test_a_bare_cell_stays_as_it_is(written):
    """Taking a cell out of its dress twice is the same as once; of guarding apostrophes one goes each time."""
    assert cells.bare_cell(cells.bare_cell(written)) == cells.bare_cell(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12), ("-5", -5), ("+5", 5), (".5", 0.5), ("1.", 1), ("1e3", 1000), ("1.2E-3", 0.0012), ("0.1", 0.1),
        ("１２３．５", 123.5), ("－５", -5), ("负5", -5), ("- 5", -5), ("12。5", 12.5), ("−3", -3), ('="12"', 12),
        ("1,234.5", 1234.5), ("12,345,678", 12345678), ("1，234", 1234), ("1 234.5", 1234.5), ("1\u00a0234", 1234),
        ("1\u2009234\u2009567", 1234567), ("\ufeff12\u200b", 12),
        ("1.2×10^3", 1200), ("1.2×10³", 1200), ("5 x 10^-2", 0.05), ("2*10^4", 20000),
        ("1.2万", 12000), ("3亿", 3e8), ("1.5万亿", 1.5e12), ("3千", 3000), ("5百万", 5e6), ("2 十万", 2e5),
        ("２．５千万", 2.5e7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_clerks_write_it(written, value):
    """Full width, separators of thousands, powers of ten and magnitudes are read exactly."""
    assert cells.parse_number(written, "") == value


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("12亿元", "wan", 120000), ("1.1亿元", "wan", 11000), ("3千元", "wan", 0.3), ("5百万元", "wan", 500),
        ("12万", "wan", 12), ("3亿", "wan", 30000), ("1.5万亿", "wan", 1.5e8), ("¥12", "wan", 0.0012),
        ("￥1,200万", "wan", 1200), ("12万元整", "wan", 12), ("12（万元）", "wan", 12), ("26000 元", "wan", 2.6),
        ("5000万元", "yi", 0.5), ("3亿", "yi", 3), ("0.3公顷", "mu", 4.5), ("35 μg/L", "mg/L", 0.035),
        ("35ug/l", "mg/L", 0.035), ("35µg/L", "mg/L", 0.035), ("８．１ｍｇ／Ｌ", "mg/L", 8.1),
        ("0.01毫克每升", "mg/L", 0.01),
        ("1660m", "km", 1.66), ("1.66公里", "km", 1.66), ("0.5 ㎡", "m2", 0.5), ("2万平方米", "m2", 20000),
        ("1.2万m³", "m3", 12000), ("25.3℃", "celsius", 25.3), ("0.35mS/cm", "uS/cm", 350),
        ("5万个/L", "cells/L", 50000),
        ("85%", "percent", 85), ("85％", "percent", 85), ("百分之八十五", "percent", 85),
        ("百分之85.5", "percent", 85.5),
        ("百分之八十五点五", "percent", 85.5), ("百分之百", "percent", 100), ("5‰", "percent", 0.5),
        ("千分之五", "percent", 0.5), ("85", "percent", 85), ("0.85", "percent", 0.85),
    ],
)  # fmt: skip
def test_a_unit_in_the_cell_is_honoured(written, unit, value):
    """A known unit behind the number brings it into the unit of the column."""
    assert cells.parse_number(written, unit) == value


def test_the_unit_of_the_cell_goes_before_that_of_the_heading():
    """Under 总投资(亿元) a bare 12 are 12 亿元, and 12万元 are 12 万元."""
    assert cells.parse_number("12", "wan", 1e4) == 120000
    assert cells.parse_number("12万元", "wan", 1e4) == 12
    assert cells.parse_integer("1.2", "person", 1e4) == 12000


@pytest.mark.parametrize("written", ["12万元", "¥12", "1.2万", "85％", "百分之八十五", "十五户", "35 μg/L", "12（户）"])
def test_a_cell_with_its_own_unit_is_told(written):
    """A unit, a magnitude, a percent sign or a ¥ makes the unit of the heading none of the cell's business."""
    assert cells.own_unit(written)


@pytest.mark.parametrize(
    "written", ["12", "1,234.5", "１２", "1e3", "1.2 x 10^3", "1.2×10³", "负5", "十五", "壹佰", "", "abc"]
)
def test_a_bare_number_is_in_the_unit_of_its_heading(written):
    """Powers of ten, signs and Chinese numerals are no units."""
    assert not cells.own_unit(written)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "not_number"), ("abc", "not_number"), ("nan", "placeholder"), ("NaN", "placeholder"),
        ("-inf", "not_number"),
        ("Infinity", "not_number"), ("1e999", "not_number"), ("0x1F", "not_number"), ("1_000", "not_number"),
        ("1,23", "not_number"), ("12,34", "not_number"), ("0,123", "not_number"), ("1，23", "not_number"),
        ("1,234 567", "not_number"), ("1 23", "not_number"), ("1 2 3", "not_number"), ("1\n234", "not_number"),
        ("1.2.3", "not_number"), ("1.234,5", "not_number"), ("2014-03-05", "not_number"), ("١٢", "not_number"),
        ("3x10", "not_number"), ("1亿2000万", "not_number"), ("1/2", "not_number"), ("5-", "not_number"),
        ("一百", "not_number"), ("9" * 101, "not_number"), ("=B2*C2", "not_number"), ("①", "not_number"),
        ("约12", "not_exact"), ("12左右", "not_exact"), (">5", "not_exact"), ("≥5", "not_exact"),
        ("100余户", "not_exact"),
        ("100多", "not_exact"), ("5以上", "not_exact"), ("～12", "not_exact"), ("10±2", "not_exact"),
        ("100+", "not_exact"),
        ("12?", "not_exact"), ("近5万", "not_exact"),
        ("10-20", "range"), ("10~20", "range"), ("10—20户", "range"), ("10万至20万", "range"), ("3到5", "range"),
        ("<0.02", "below_limit"), ("＜0.02", "below_limit"), ("0.02L", "below_limit"), ("0.02 L", "below_limit"),
        ("未检出", "below_limit"), ("ND", "below_limit"), ("ND(0.01)", "below_limit"), ("N.D.", "below_limit"),
        ("低于检出限", "below_limit"), ("≤5", "below_limit"),
        ("(123)", "bracketed"), ("（1,234.50）", "bracketed"),
        ("12吨", "unknown_unit"), ("35 μg", "unknown_unit"), ("85%", "unknown_unit"), ("12美元", "unknown_unit"),
        ("#N/A", "excel_error"), ("#DIV/0!", "excel_error"), ("#REF!", "excel_error"), ("＃VALUE！", "excel_error"),
        ("####", "excel_error"),
        ("—", "placeholder"), ("——", "placeholder"), ("/", "placeholder"), ("无", "placeholder"),
        ("N/A", "placeholder"),
        ("暂无", "placeholder"), ("*", "placeholder"),
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_number_is_refused_with_its_own_reason(written, reason):
    """A cell that may mean two numbers, or none, never becomes one."""
    assert cells.parse_number(written, "") == Unreadable(reason)


def test_a_lone_thousand_of_money_is_refused():
    """5千 in a column of 万元 may be 5000 元 or 5000 万元."""
    assert cells.parse_number("5千", "wan") == Unreadable("unknown_unit")


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [("120.0", "person", 120), ("1.2万", "person", 12000), ("12户", "household", 12), ("3千户", "household", 3000),
     ("十五", "piece", 15), ("二十三户", "household", 23), ("两万", "person", 20000), ("一百零五", "piece", 105),
     ("一万〇五", "piece", 10005), ("三千", "piece", 3000), ("壹佰贰拾", "piece", 120), ("〇", "piece", 0),
     ("零", "piece", 0),
     ("-0", "piece", 0), ("9223372036854775807", "piece", 2**63 - 1)],
)  # fmt: skip
def test_a_count_is_read_as_clerks_write_it(written, unit, value):
    """Counts may carry a magnitude, their unit, a zero fraction, or stand in Chinese numerals."""
    assert cells.parse_integer(written, unit) == value


@pytest.mark.parametrize(
    ("written", "reason"),
    [("1.5", "not_integer"), ("1.00005万", "not_integer"), ("很", "not_integer"),
     ("99999999999999999999", "not_integer"),
     ("1e300", "not_integer"), ("一百五", "not_integer"), ("一万五", "not_integer"), ("一二三", "not_integer"),
     ("二〇", "not_integer"), ("85%", "unknown_unit"), ("约12", "not_exact"), ("12吨", "unknown_unit")],
)  # fmt: skip
def test_what_is_not_exactly_a_count_is_refused(written, reason):
    """Fractions, counts too large for a ledger and spoken short forms are no counts: 一百五 is 150 only in speech."""
    assert cells.parse_integer(written, "household") == Unreadable(reason)


@pytest.mark.parametrize(
    "written",
    ["2014-3-5", "2014-03-05", "2014/3/5", "2014.3.5", "2014。3。5", "20140305", "2014年3月5日", "2014年3月5号",
     "2014年3月5",
     "二〇一四年三月五日", "二零一四年三月五日", "２０１４－０３－０５", "2014 年 3 月 5 日", "2014 - 3 - 5",
     "2014-03-05 00:00:00",
     "2014/3/5 0:00", "2014-03-05T00:00:00", "2014-03-05T00:00:00.000+08:00", "2014年3月5日（星期三）",
     "2014-03-05 周三",
     "5-Mar-2014", "5 March 2014", "Mar 5, 2014", "41703", "41703.0", '="2014-03-05"'],
)  # fmt: skip
def test_a_day_may_be_written_in_any_way_that_cannot_be_mistaken(written):
    """Every form with four digits of year in front, or with the month as a word, is the same day."""
    assert cells.parse_day(written) == date(2014, 3, 5)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2014年3月", "no_day"), ("2014-03", "no_day"), ("2014.3", "no_day"), ("201403", "no_day"), ("2014", "no_day"),
        ("2014年", "no_day"), ("2014年3月上旬", "no_day"), ("2014年第一季度", "no_day"), ("Mar-2014", "no_day"),
        ("14-3-5", "two_digit_year"), ("21.4.1", "two_digit_year"), ("14年3月5日", "two_digit_year"),
        ("5/3/14", "two_digit_year"), ("5-Mar-14", "two_digit_year"), ("'14-3-5", "two_digit_year"),
        ("3/5/2014", "day_order"), ("13/5/2014", "day_order"), ("5.3.2014", "day_order"),
        ("2014-13-01", "no_such_day"), ("2014-04-31", "no_such_day"), ("2014年2月29日", "no_such_day"),
        ("20140231", "no_such_day"), ("2014年3月5日 星期四", "no_such_day"),
        ("1899-12-31", "odd_year"), ("2101-01-01", "odd_year"), ("0014-03-05", "odd_year"),
        ("2014-03-05 08:30", "has_time"), ("2014-03-05 24:00", "has_time"), ("41703.5", "has_time"),
        ("2014-03-05T00:00:00Z", "time_zone"), ("2014-03-04T16:00:00.000Z", "time_zone"),
        ("3月5日", "yearless_day"), ("三月五日", "yearless_day"), ("3-5", "yearless_day"), ("3/5", "yearless_day"),
        ("2014.3.5-2014.4.5", "range"), ("2014年3月5日至8日", "range"), ("2014-03-05~2014-03-08", "range"),
        ("约2014年3月5日", "not_exact"), ("2014年3月5日前", "not_exact"), ("2014-3-5左右", "not_exact"),
        ("至今", "placeholder"), ("待定", "placeholder"), ("/", "placeholder"), ("#VALUE!", "excel_error"),
        ("", "not_date"), ("abc", "not_date"), ("2014111", "not_date"), ("2014/3-5", "not_date"),
        ("2014 3 5", "not_date"),
        ("103年3月5日", "not_date"), ("epoch", "not_date"), ("infinity", "not_date"), ("19999", "not_date"),
    ],
)  # fmt: skip
def test_a_day_that_may_be_another_is_refused_with_its_own_reason(written, reason):
    """Half a date, an order that may be read twice, or a day that no calendar has is never guessed."""
    assert cells.parse_day(written) == Unreadable(reason)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2021-04-01 08:00", "08:00"), ("2021/4/1 8:00:30", "08:00:30"), ("2021-04-01T08:00", "08:00"),
        ("2021年4月1日 8时", "08:00"), ("2021年4月1日8时30分", "08:30"), ("2021年4月1日8时5分", "08:05"),
        ("2021年4月1日8点半", "08:30"), ("2021年4月1日 上午 8 时 30 分", "08:30"), ("2021-04-01 八时三十分", "08:30"),
        ("2021.4.1 8：00", "08:00"), ("2021-04-01", "00:00"), ("2021-04-01 下午2:30", "14:30"),
        ("2021-04-01 2:30 PM", "14:30"),
        ("2021-04-01 下午14:00", "14:00"), ("2021-04-01 12:00 AM", "00:00"), ("2021-04-01 12:00 p.m.", "12:00"),
        ("2021-04-01 中午12点", "12:00"), ("2021-04-01 08:00+08:00", "08:00"),
        ("2021-04-01T08:00:00.000+0800", "08:00"),
        ("2021-04-01 08:00 GMT+8", "08:00"), ("2021-04-01 08:00（北京时间）", "08:00"), ("202104010800", "08:00"),
        ("20210401080030", "08:00:30"), ("20210401T080000", "08:00"), ("44287.333333", "08:00"), ("44287", "00:00"),
        ("2021-04-01 00", "00:00"), ("2021/4/1 8", "08:00"), ("2021-04-01T08", "08:00"), ("20210401 08", "08:00"),
        ("2021-04-01 2 PM", "14:00"), ("2021-04-01 下午 2", "14:00"), ("2021年4月1日 8", "08:00"),
        ("2021-04-01 ０８", "08:00"),
        ("2021-04-01 08:00:00.25", "08:00:00.25"), ("2021-04-01 周四 8:00", "08:00"),
    ],
)  # fmt: skip
def test_a_moment_may_be_written_in_any_way_that_cannot_be_mistaken(written, time):
    """A time is read with or without its parts, in words or figures; a day alone is its midnight."""
    assert cells.parse_moment(written, None) == datetime.fromisoformat(f"2021-04-01 {time}")


def test_24_o_clock_is_the_next_midnight():
    """24:00 ends a day, also the last of a year; any minute behind it does not exist."""
    assert cells.parse_moment("2021-12-31 24:00", None) == datetime(2022, 1, 1)
    assert cells.parse_moment("2021-12-31 24:01", None) == Unreadable("no_such_time")
    assert cells.parse_moment("2100-12-31 24:00", None) == Unreadable("odd_year")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2021-04-01T08:00:00Z", "time_zone"), ("2021-04-01 08:00 UTC", "time_zone"),
        ("2021-04-01T08:00-05:00", "time_zone"),
        ("2021-04-01 08:00+09:00", "time_zone"), ("2021-04-01 08:00 America/New_York", "time_zone"),
        ("2021-04-01 8:00-9:00", "range"), ("2021-04-01 8时至9时", "range"),
        ("2021-04-01 25:00", "no_such_time"), ("2021-04-01 8:60", "no_such_time"), ("2021-04-01 8:5", "no_such_time"),
        ("2021-04-01 08:00:60", "no_such_time"), ("2021-04-01 上午12:00", "no_such_time"),
        ("2021-04-01 晚上12点", "no_such_time"),
        ("2021-04-01 上午14:00", "no_such_time"), ("2021-04-31 08:00", "no_such_day"),
        ("2021040108", "not_date"), ("1617235200", "not_date"), ("1617235200000", "not_date"), ("08:00", "not_date"),
        ("2021-04-01 8-9", "range"), ("2021-04-01 25", "no_such_time"), ("2021-04-01 8 30", "not_date"),
        ("2021年4月1日8", "not_date"), ("2021-04-01 008", "not_date"), ("2021-04-01T08Z", "time_zone"),
        ("21-4-1 8:00", "two_digit_year"), ("4/1/2021 8:00", "day_order"),
    ],
)  # fmt: skip
def test_a_moment_that_may_be_another_is_refused_with_its_own_reason(written, reason):
    """Another time zone, a span, an hour without its half of the day or a bare count of seconds is never guessed."""
    assert cells.parse_moment(written, 2020) == Unreadable(reason)


@pytest.mark.parametrize("written", ["04-01 08:00", "4/1 8:00", "4月1日 8时", "四月一日八时"])
def test_a_moment_without_a_year_needs_one(written):
    """The year comes from elsewhere, or the reason says that it is missing."""
    assert cells.parse_moment(written, 2021) == datetime(2021, 4, 1, 8)
    assert cells.parse_moment(written, None) == Unreadable("no_year")


def test_a_leap_day_without_a_year_is_checked_in_its_year():
    """02-29 is a day in 2020 only."""
    assert cells.parse_moment("02-29 08:00", 2020) == datetime(2020, 2, 29, 8)
    assert cells.parse_moment("02-29 08:00", 2021) == Unreadable("no_such_day")


@pytest.mark.parametrize(
    ("written", "is_serial"),
    [("41703", True), ("４１７０３", True), ("41703.333", True), ("20000", True), ("60000", True), ("60001", False),
     ("19999", False), ("2014", False), ("20140305", False), ("2014-03-05", False), ("", False)],
)  # fmt: skip
def test_a_spreadsheet_s_serial_is_told(written, is_serial):
    """Five digits from 1954 to 2064 are days that a spreadsheet counted."""
    assert cells.is_serial_date(written) is is_serial


@pytest.mark.parametrize(
    ("written", "says"),
    [("是", True), ("有", True), ("√", True), ("Y", True), ("Ｙ", True), ("YES", True), ("TRUE", True), ("1", True),
     (" 是 ", True), ("否", False), ("无", False), ("×", False), ("N", False), ("no", False), ("False", False),
     ("0", False)],
)  # fmt: skip
def test_a_flag_is_read_as_clerks_write_it(written, says):
    """Words, ticks and figures say yes or no."""
    assert cells.parse_flag(written) is says


@pytest.mark.parametrize(
    ("written", "reason"),
    [("2", "not_flag"), ("x", "not_flag"), ("大概", "not_flag"), ("", "not_flag"), ("#N/A", "excel_error"),
     ("/", "placeholder")],
)  # fmt: skip
def test_a_flag_that_says_neither_is_refused(written, reason):
    """A cross may tick a box or strike it out, so it says nothing."""
    assert cells.parse_flag(written) == Unreadable(reason)


@pytest.mark.parametrize(
    ("written", "value"),
    [("劣V", "劣Ⅴ"), ("劣五类", "劣Ⅴ"), ("劣 Ⅴ 类", "劣Ⅴ"), ("劣5类", "劣Ⅴ"), ("劣于Ⅴ类", "劣Ⅴ"), ("＞Ⅴ", "劣Ⅴ"),
     ("五类", "Ⅴ"), ("V类", "Ⅴ"),
     ("ｖ", "Ⅴ"), ("II", "Ⅱ"), ("Ⅱ", "Ⅱ"), ("ⅱ类", "Ⅱ"), ("２", "Ⅱ"), ("二", "Ⅱ"), ("Ⅱ 类", "Ⅱ"),
     ("Worse than V", "劣Ⅴ")],
)  # fmt: skip
def test_a_water_class_is_read_however_it_is_spelled(written, value):
    """Roman, Chinese and Arabic numerals, case, width and blanks do not matter; 类 only as declared."""
    assert cells.parse_choice(written, class_spellings()) == value


@pytest.mark.parametrize("written", ["二级", "2级", "２级", "Ⅱ级", " 二 级 ", "二\u200b级"])
def test_numerals_in_a_word_are_folded(written):
    """二级, 2级 and Ⅱ级 are one word without any alias."""
    assert cells.parse_choice(written, LEVELS) == "二级"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("六类", "not_choice"),
        ("", "not_choice"),
        ("Ⅱ类水", "not_choice"),
        ("#N/A", "excel_error"),
        ("/", "placeholder"),
    ],
)
def test_a_word_outside_the_enumeration_is_refused(written, reason):
    """A word is never guessed from one that looks like it."""
    assert cells.parse_choice(written, class_spellings()) == Unreadable(reason)


def test_folding_never_makes_two_choices_one():
    """Every spelling that the registry declares is read as the choice that it was declared for."""
    columns = [c for d in DATASETS.values() for c in d.columns if c.choices]
    for column in columns:
        spelled = {s: c.value for c in reversed(column.choices) for s in reversed(c.spellings())}
        assert {s: cells.parse_choice(s, spelled) for s in spelled} == spelled, column.name


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
@example(1.7976931348623157e308)
@example(-0.0)
def test_every_number_that_an_export_prints_reads_back(value):
    """The shortest text of a double is that double again, to the last bit."""
    read = cells.parse_number(repr(value), "")
    assert isinstance(read, float)
    assert (read, math.copysign(1, read)) == (value, math.copysign(1, value))


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_every_count_reads_back(value):
    """A whole number is itself, also with separators of thousands."""
    assert cells.parse_integer(str(value), "piece") == cells.parse_integer(f"{value:,}", "piece") == value


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back(value):
    """A day is itself in ISO form, in Chinese, and as eight digits."""
    forms = (value.isoformat(), f"{value.year}年{value.month}月{value.day}日", f"{value:%Y%m%d}")
    assert {cells.parse_day(form) for form in forms} == {value}


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_every_moment_reads_back(value):
    """A moment is itself in ISO form, to the microsecond."""
    assert cells.parse_moment(value.isoformat(), None) == cells.parse_moment(str(value), None) == value


MARKED = st.text(
    alphabet="0123456789０１９,，.。-—~～/年月日号时:：TZ+e万亿元%％‰约<>L()（） \u00a0#一二十百〇类ⅡV\"'=", max_size=20
)


@given(st.text(max_size=30) | MARKED)
@example("2014-02-30 99:99:99.99")
@example("1e99999")
@example("九" * 30 + "年")
@example("²")
def test_any_text_is_a_value_or_a_reason(written):
    """Nothing that stands in a cell raises an error; what has no value has a reason that the registry words."""
    read: list[object] = [cells.parse_number(written, unit) for unit in UNITS]
    read += [cells.parse_integer(written, unit) for unit in UNITS]
    read += [cells.parse_day(written), cells.parse_moment(written, None), cells.parse_moment(written, 2020)]
    read += [
        cells.parse_flag(written),
        geometry.parse_path(written),
        geometry.parse_shape(written),
        cells.parse_choice(written, class_spellings()),
    ]
    assert {r.reason for r in read if isinstance(r, Unreadable)} <= REASONS.keys()
    assert all(math.isfinite(r) for r in read if isinstance(r, float))
    assert isinstance(cells.is_serial_date(written), bool)
    assert isinstance(cells.own_unit(written), str)


@given(st.floats(0.001, 1e9), st.sampled_from([("mg/L", "μg/L"), ("wan", "亿元"), ("mu", "公顷"), ("km", "m")]))
def test_a_unit_in_the_cell_and_in_the_heading_convert_alike(value, units):
    """12μg/L under 总磷(mg/L) is what 12 is under 总磷(μg/L)."""
    unit, written = units
    factor = UNITS[unit].factor(written)
    assert factor is not None
    assert cells.parse_number(f"{value!r}{written}", unit) == cells.parse_number(repr(value), unit, factor)


def test_every_reason_says_what_to_do():
    """The reasons for cells have a sentence in both languages that names the column."""
    held = DATASETS["source"].column("found_on")
    for reason in ("not_exact", "range", "below_limit", "no_day", "two_digit_year", "day_order", "time_zone"):
        sentence = reason_for_column(held, reason)
        assert held.label.zh in sentence.zh, reason
        assert held.label.en in sentence.en, reason
