"""Figures made from result rows."""

from __future__ import annotations

import datetime

import pandas as pd
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from data.datasets.model import number
from data.text import untranslated
from ui import formats, tables
from ui.colours import CLASS_COLOURS, CLASS_TEXT
from ui.demolition.signing_curve import signing_curve
from ui.water import class_strip


def strip_rows(*cells: tuple[str, str, int | None]) -> pd.DataFrame:
    rows = [{"section": s, "section_id": s, "month": pd.Timestamp(m), "class_rank": r} for s, m, r in cells]
    return pd.DataFrame(rows).assign(target_class="Ⅲ")


def strip_html(rows: pd.DataFrame, shown: int | None = None) -> BeautifulSoup:
    block = class_strip.strip_block(rows, untranslated("色带"), lambda code: f"?section={code}", shown)
    return BeautifulSoup(block.markup, "html.parser")


def strip_signs(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return the signs of the months by the name of each section, from above."""
    return {
        row.th.get_text(): [cell.get_text() for cell in row.select("td:not(.fl-aim)")]
        for row in strip_html(rows).select("tbody tr")
    }


def test_strip_shows_a_missing_month_as_missing() -> None:
    """A month without samples is a dash on hatched grey, not the class of its neighbours, and says so."""
    rows = strip_rows(("A", "2014-01-01", 3), ("A", "2014-03-01", 6))
    assert strip_signs(rows) == {"A": ["Ⅲ", "–", "劣Ⅴ"]}
    [missing] = strip_html(rows).select(".fl-missing span")
    assert (missing["aria-label"], missing["title"]) == ("缺测", "缺测")


def test_a_square_of_the_strip_has_the_colour_of_its_class() -> None:
    """Each numeral stands on the colour of its class, in a colour that can be read on it."""
    squares = strip_html(strip_rows(("A", "2014-01-01", 3), ("A", "2014-02-01", 6))).select("td[style]")
    assert [square["style"] for square in squares] == [
        f"background:{CLASS_COLOURS[name]};color:{CLASS_TEXT[name]}" for name in ("Ⅲ", "劣Ⅴ")
    ]


def test_the_strip_can_be_heard() -> None:
    """It has a caption, each month heads its column and each section its row; the section is a link to itself."""
    page = strip_html(strip_rows(("A", "2013-12-01", 3), ("A", "2014-01-01", 4)))
    assert page.caption.get_text() == "色带"
    assert [head.get_text() for head in page.select("th[scope=col]")] == ["断面", "目标", "2013-12", "2014-01"]
    assert [section["href"] for section in page.select("th[scope=row] a")] == ["?section=A"]


def test_the_strip_has_the_worst_first() -> None:
    """By the newest class, of equals by the months before; what was never judged stands last."""
    rows = strip_rows(("A", "2014-01-01", 6), ("A", "2014-02-01", 3), ("B", "2014-02-01", 5), ("C", "2014-01-01", 6),
                      ("C", "2014-02-01", 5), ("D", "2014-02-01", None))  # fmt: skip
    assert list(strip_signs(rows)) == ["C", "B", "A", "D"]


def test_a_long_strip_ends_on_screen_and_goes_on_on_paper() -> None:
    """Of three sections two are shown, and the third is printed; a phone leaves out all but six months."""
    rows = strip_rows(*((name, f"2014-{month:02}-01", 3) for name in "ABC" for month in range(1, 9)))
    page = strip_html(rows, shown=2)
    assert [row.get("class") for row in page.select("tbody tr")] == [None, None, ["fl-paper"]]
    assert len(page.select("thead .fl-older")) == 2


def test_strip_keeps_the_newest_twelve_months() -> None:
    """Readings of years ago do not squeeze the newest year."""
    rows = strip_rows(("A", "2013-07-01", 6), ("A", "2020-05-01", 3), ("A", "2021-04-01", 2))
    assert class_strip.recent_months(rows)["month"].tolist() == [pd.Timestamp("2020-05-01"), pd.Timestamp("2021-04-01")]


def test_curve_shows_the_pace_needed_only_while_it_can_still_be_met() -> None:
    """The dashed way to 100 % is drawn before the deadline, and not after it."""
    rows = pd.DataFrame(
        {
            "on_date": pd.to_datetime(["2014-06-01", "2014-06-20"]),
            "rate": [10.0, 60.0],
            "households_left": [9, 4],
        }
    )
    start = datetime.date(2014, 5, 1)
    ahead = signing_curve(rows, (start, datetime.date(2014, 7, 1)), [(1, datetime.date(2014, 6, 10))], (), "zh")
    over = signing_curve(rows, (start, datetime.date(2014, 6, 1)), [], (), "zh")
    assert [trace.name for trace in ahead.data] == ["序时", "实际", "按期需要的进度"]
    assert [trace.name for trace in over.data] == ["序时", "实际"]
    assert [note.text for note in ahead.layout.annotations] == ["签约截止", "第 1 期奖励止"]


def test_a_rate_is_rounded_as_an_inspector_does_but_never_up_to_100() -> None:
    """11/14 reads 78.6 %, 46/51 90.2 %, 1/16 6.3 %; 99.999 % reads 99.99 %, and only 100 reads 100 %."""
    shown = [formats.format_percent(v) for v in (1100 / 14, 4600 / 51, 100 / 16, 99.96, 99.999, 100.0, 100.04)]
    assert shown == ["78.6 %", "90.2 %", "6.3 %", "99.96 %", "99.99 %", "100.0 %", "100.0 %"]
    assert formats.format_percent(99.99999999999999) == "100.0 %"  # binary fractions of a sum, not a part missing


def test_what_is_below_a_target_or_a_plan_is_not_shown_as_reaching_it() -> None:
    """94.96 % of a target of 95 %, 15,499.999 of 15,500 m³, 44.999 of 45 亿元 and 959.996 万元 of 960 are cut off."""
    assert (formats.format_percent(94.96), formats.format_percent(94.96, 95), formats.format_percent(95, 95)) == (
        "95.0 %",
        "94.9 %",
        "95.0 %",
    )
    assert formats.format_share(15499.999, 15500, 99.9999, untranslated("m³")).zh == "99.99 %（15,499.99 / 15,500 m³）"
    assert [formats.format_money(v, 450_000).zh for v in (449_990, 450_000)] == ["44.99 亿元", "45.00 亿元"]
    assert formats.format_money(959.996, 960).zh == "959.99 万元"


@given(st.floats(-1e6, 1e6), st.integers(0, 3), st.floats(-1e6, 1e6))
def test_rounding_is_to_the_nearest_and_never_to_a_whole_from_below(value: float, decimals: int, whole: float) -> None:
    """A number moves by half a step at most, by less than a whole step where a whole is near, and stays below it."""
    step, exact = 10.0**-decimals, round(value, 9)
    assert abs(formats.round_below_caps(value, decimals) - exact) <= step / 2 * (1 + 1e-6)
    kept = formats.round_below_caps(value, decimals, whole)
    assert abs(kept - exact) < step * (1 + 1e-6)
    assert kept < whole or exact >= whole


def test_money_changes_unit_at_one_hundred_million() -> None:
    """Below 1亿元 money reads in 万元, from there in 亿元; in English in millions and billions."""
    assert [formats.format_money(v).zh for v in (8500, 9999, 10000, 100000)] == [
        "8,500 万元",
        "9,999 万元",
        "1.00 亿元",
        "10.00 亿元",
    ]
    assert [formats.format_money(v).en for v in (8500, 100000)] == ["CNY 85.0 m", "CNY 1.00 bn"]


def test_missing_is_a_dash() -> None:
    """Nothing is shown as 0 that is not known."""
    assert [
        formats.format_percent(None),
        formats.format_count(float("nan")),
        formats.format_money(None).zh,
        formats.format_date(None),
    ] == ["–"] * 4


def test_no_line_ends_between_a_number_and_its_unit():
    """80.0 %, 43.2 pp, 15,500 m³, 62 天, 45.10 亿元, 1–25 and dates hold together; 12 months do not."""
    tied = "80.0\u00a0% of 15,500\u00a0m³, 43.2\u00a0pp behind"
    assert formats.tie_units("80.0 % of 15,500 m³, 43.2 pp behind") == tied
    assert formats.tie_units("12 months, 3 % % and 2014-06-30 24") == "12 months, 3\u00a0% % and 2014-06-30 24"
    assert formats.nonbreaking_text("12 months and 2014-06-30 24") == "12 months and 2014\u201106\u201130 24"
    assert (
        formats.nonbreaking_text("还剩 62 天，45.10 亿元 · 1–25")
        == "还剩 62\u00a0天，45.10\u00a0亿\u2060元 · 1–\u206025"
    )


def test_sections_of_the_same_name_stay_apart() -> None:
    """Two sections called 桥头 are two rows of the strip, not their mean."""
    rows = strip_rows(("桥头", "2014-01-01", 2), ("桥头", "2014-01-01", 5))
    rows["section_id"] = ["A", "B"]
    assert strip_signs(rows) == {"桥头 A": ["Ⅱ"], "桥头 B": ["Ⅴ"]}


def test_a_month_that_cannot_be_judged_is_not_one_that_was_not_measured() -> None:
    """January is Ⅱ, February was measured without a class, March was not measured: Ⅱ, ? and –."""
    rows = strip_rows(("甲", "2014-01-01", 2), ("甲", "2014-02-01", None), ("乙", "2014-03-01", None))
    assert strip_signs(rows) == {"甲": ["Ⅱ", "?", "–"], "乙": ["–", "–", "?"]}
    assert {sign["title"] for sign in strip_html(rows).select("span[title]")} == {"缺测", "有监测但无法判定"}


def test_gap_in_words_agrees_with_the_table() -> None:
    """A gap is rounded to one decimal in a sentence and in a table, and none, or none reported, is said."""
    gaps = (-4.12, -0.833, -0.01, 0.0, 3.96)
    assert [formats.format_gap(g).zh for g in (*gaps, None)] == [
        "落后序时 4.1 个百分点",
        "落后序时 0.8 个百分点",
        "落后序时 不到 0.1 个百分点",
        "与序时持平",
        "快于序时 4.0 个百分点",
        "从未上报",
    ]
    table = tables.readable_table(pd.DataFrame({"gap": gaps}), [number("gap", "与序时差", "Gap", "point")], "zh")
    assert table.iloc[:, 0].tolist() == [-4.1, -0.8, 0.0, 0.0, 4.0]


def test_kilometres_keep_two_decimals() -> None:
    """1.66 km is not cut to 1.6."""
    assert [formats.format_count(v) for v in (1.66, 12400, 0.5)] == ["1.66", "12,400", "0.5"]
