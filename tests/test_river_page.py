"""一河一档: the list of rivers, and the file of one."""

from __future__ import annotations

import pytest

from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]


RIVER = "water/river.py"


@pytest.mark.quick
def test_the_rivers_are_listed_the_worst_first() -> None:
    """The river with five places overdue and water worse than Ⅴ stands on top, in red, each row a link to its file."""
    app = open_app(RIVER)
    assert page_title(app) == "6 条河道：2 条劣Ⅴ类，3 条有工程滞后，2 条有污染源或排口逾期，最差的是示例二号河"
    assert list_rows(app)[0] == [
        "示例二号河",
        "劣Ⅴ 2014-06",
        "逾期 5 处 未整治 8 / 11",
        "滞后 2 / 2 项",
        "示例街道级河长乙",
    ]
    alarming = page_html(app).select("tr.fl-alarm td:first-child")
    assert [cell.get_text() for cell in alarming] == ["示例二号河", "示例四号河"]
    assert "?river=SL2" in page_links(app)


def test_rivers_without_anything_overdue_follow_by_their_water() -> None:
    """Behind the overdue ones Ⅴ comes before Ⅳ and Ⅳ before Ⅲ."""
    assert [row[1].split()[0] for row in list_rows(open_app(RIVER))[2:]] == ["Ⅴ", "Ⅳ", "Ⅳ", "Ⅲ"]


def test_a_river_in_the_link_is_opened() -> None:
    """A link with ?river= opens that river's file; an unknown one is told, and the list shown."""
    assert page_title(open_app(RIVER, river="SL2")) == "示例二号河：0 / 2 个断面达标，污染源整治 1 / 5，清淤 47.0 %"
    lost = open_app(RIVER, river="nowhere")
    assert "没有这个河道：nowhere。" in page_words(lost)
    assert "6 条河道" in page_title(lost)


def test_the_file_of_a_river_honours_the_day() -> None:
    """At the end of 2013 the culverts were complete, the dredging was not far, and sources were still open."""
    text = page_words(open_app(RIVER, river="HJXH", as_of="2013-12-31"))
    assert "箱涵、支流挡墙已完成" in text
    assert "清淤完成 14.1 %" in text
    assert "沿岸 11 处污染源已整治 7 处" in text


def test_the_file_of_a_river_leads_on() -> None:
    """Its sections, works, sources, outfalls and chiefs are links to themselves, and there is a way back."""
    links = set(page_links(open_app(RIVER, river="SL2")))
    ways = {
        "water-quality?section=SL2-02",
        "water-sources?source=SRC-18",
        "water-chiefs?chief=",
        "water-works?work=",
        "water-sources?outfall=",
        "overview-map?river=SL2",
    }
    assert {way for way in ways if not any(link.startswith(way) for link in links)} == set()
    assert "?" in links


def test_the_places_of_a_river_have_the_longest_overdue_first() -> None:
    """Of sources and outfalls alike the open ones come first, by the days that they are overdue."""
    days = [row[1].split()[0] for row in list_rows(open_app(RIVER, river="SL2"), 3)]
    assert days[:5] == ["122", "91", "91", "30", "30"]


def test_what_is_folded_is_sent_only_when_it_is_opened() -> None:
    """The register of a river is no table on the page before it is unfolded."""
    assert len(open_app(RIVER, river="HJXH").dataframe) == 0
    opened = open_app(RIVER, river="HJXH", open="register")
    assert [set(table.value.columns) >= {"河段"} for table in opened.dataframe[1:3]] == [True, True]


def test_one_verdict_a_work_stands_on_the_page() -> None:
    """胡家新河 tells before and after of its complete works, and that a change is not the doing of one alone."""
    said = page_words(open_app(RIVER, river="HJXH"))
    assert "变化不能只归于某一项" in said
