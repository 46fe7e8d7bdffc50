"""The page of unlawful buildings and renovation: what the title says, bars that go beyond 100 %, one village."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from data.text import Text
from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui import markup
from ui.demolition import area_bars

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

PAGE = "demolition/violations.py"


def area_row(kind: str, rate: float, light: str = "已完成") -> dict[str, object]:
    target = 1_000_000.0
    return {"kind": kind, "done": target * rate / 100, "target": target, "rate": rate, "planned_rate": 91.5,
            "gap": rate - 91.5, "light": light}  # fmt: skip


@pytest.mark.quick
def test_280_percent_is_drawn_to_its_end():
    """280.75 % fills the bar, 205.98 % 73.4 % of it; 100 % has a labelled tick at 35.6 %, the plan stands before it."""
    made = area_bars.target_bars([area_row("拆违", 280.75), area_row("三改", 205.98)]).markup
    bars = BeautifulSoup(made, "html.parser").select(".fl-bullet")
    assert [bar.select("b")[0]["style"].split(";")[0] for bar in bars] == ["width:100.0%", "width:73.4%"]
    assert [(bar.select("u")[0]["style"], bar.u.get_text()) for bar in bars] == [("left:35.6%", "100%")] * 2
    assert [bar.select("i")[0]["style"] for bar in bars] == ["left:32.6%"] * 2
    assert "280.8 %" in str(bars[0]["aria-label"]).translate(LOOSE)


def test_a_bar_up_to_100_percent_has_no_second_tick():
    """Where nothing passes 100 % the bar ends there, as it does on every other page."""
    bar = BeautifulSoup(markup.bullet_bar(80, 90, "#009E73", Text("a", "a"), markup.bar_end([80, None])), "html.parser")
    assert (bar.u, bar.select("b")[0]["style"].split(";")[0]) == (None, "width:80%".replace("80", "80.0"))


def test_the_title_counts_what_is_red_and_names_the_worst() -> None:
    """Both areas against their targets, three overdue, the longest in 示例村E."""
    assert page_title(open_app(PAGE)) == (
        "拆违 7,851 ㎡，为目标的 224.3 %；三改 3.17 万㎡，为目标的 52.9 %；"
        "3 处违建逾期未拆，最久的在示例村E，逾期 122 天"
    )


def test_overdue_buildings_stand_first_and_in_red() -> None:
    """Three overdue in red, then those whose term is to come; each leads to its village."""
    app = open_app(PAGE)
    assert [row[1] for row in list_rows(app)] == ["122", "38", "2", "–", "–", "–"]
    first, _ = page_html(app).select("table")
    assert ["fl-alarm" in row.get_attribute_list("class") for row in first.select("tbody tr")] == [
        *[True] * 3, *[False] * 3,
    ]  # fmt: skip
    assert {"?village=V-E", "?village=V-B", "?open=operations", "?open=areas"} <= set(page_links(app))


def test_the_columns_of_months_are_told_in_words() -> None:
    """Two pictures of twelve months each, which say their figures to those who cannot see them."""
    drawn = page_html(open_app(PAGE)).select(".fl-month-columns")
    assert [len(each.find_all("span", recursive=False)) for each in drawn] == [12, 12]
    assert "2014-06" in str(drawn[1]["aria-label"]).translate(LOOSE)


def test_one_village_lists_its_buildings() -> None:
    """The village says how many were found and razed; the one that stands comes first, and there is a way back."""
    app = open_app(PAGE, village="V-E")
    assert page_title(app) == "示例村E：发现违建 5 处，已拆 4 处，逾期未拆 1 处，最久 122 天"
    rows = list_rows(app)
    assert (len(rows), rows[0][1], rows[0][5]) == (5, "122", "–")
    assert "?" in page_links(app)


def test_all_buildings_of_a_village_open_below_its_list() -> None:
    """The list of 13 is cut, and what its link opens is a table of the same 13."""
    assert "open=buildings" in " ".join(page_links(open_app(PAGE, village="V-B")))
    tables = open_app(PAGE, village="V-B", open="buildings").dataframe
    assert [len(table.value) for table in tables] == [13]


def test_no_row_of_a_table_is_a_total_without_a_name() -> None:
    """The whole stands in the heading and the cards; a table names the way to raze or the village of each row."""
    for part, name in (("operations", "拆除方式"), ("villages", "村社")):
        table = open_app(PAGE, open=part).dataframe[0].value.reset_index()
        assert name in table
        assert table[name].notna().all()
        assert not table[name].isin(["", "–"]).any()


def test_each_kind_of_renovation_has_its_letter() -> None:
    """Colour does not stand alone: three letters on the bar, the same beside their areas."""
    html = page_html(open_app(PAGE))
    letters = [mark.text for mark in html.select(".fl-legend b")]
    assert letters == ["住", "厂", "村"]
    assert letters == [part.text for part in html.select(".fl-labelled b")]


def test_an_unknown_village_is_told() -> None:
    app = open_app(PAGE, village="V-X")
    assert "没有这个村社：V-X。" in page_words(app)
    assert list_rows(app)


@pytest.mark.parametrize("choices", [{}, {"village": "V-E"}, {"open": "operations"}, {"open": "areas"}])
def test_every_part_in_english_is_english(choices) -> None:
    """All, one village and the tables hold no Chinese but names in the ledgers."""
    app = open_app(PAGE, "en", **choices)
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(app)))
    for table in app.dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]


def test_what_is_folded_is_sent_when_it_is_opened() -> None:
    """No table is sent at first sight; operations bring their two tables."""
    assert not open_app(PAGE).dataframe
    assert [len(table.value) for table in open_app(PAGE, open="operations").dataframe] == [3, 12]


def test_the_target_on_the_cockpit_leads_here_unclipped() -> None:
    """The bar of 224.3 % on the cockpit has its tick at 100 %, and its row is a link to this page."""
    app = open_app("overview/cockpit.py")
    [item] = [link for link in page_html(app).select(".fl-target a") if "拆违面积" in link.get_text() and link.u]
    assert item["href"].startswith("demolition-violations")
    assert item.select("u")[0]["style"] == "left:44.6%"
