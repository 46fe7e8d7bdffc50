"""The page of the seven verbs: seven blocks, every indicator a link to its list, and what a verb's lists begin with."""

from __future__ import annotations

import re

import pytest

from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/verbs.py"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.quick
def test_the_title_counts_what_is_amiss_and_names_the_longest_silent() -> None:
    """Seven merchants out of contact with the longest, overdue requests, late parcels, and what rests on too few."""
    title = page_title(open_app(FILE))
    assert title.startswith("7 位客商超过 90 天没有联系，最久的示例客商31已 166 天；")
    assert "5 件诉求逾期没有办结；3 块地过了约定动工日期没有动工；1 项指标样本不足" in title


@pytest.mark.quick
def test_seven_blocks_in_the_order_of_the_method() -> None:
    """引 增 提 促 储 联 暖, each with three or four indicators, each of these a link, and no chart."""
    app = open_app(FILE)
    blocks = page_html(app).select(".fl-verb")
    assert [block.h2.get_text() for block in blocks] == list("引增提促储联暖")
    assert [len(block.select(".fl-card .fl-behind")) for block in blocks] == [3, 3, 3, 4, 3, 3, 4]
    assert all(len(card.select(".fl-figure")) for card in page_html(app).select(".fl-card"))
    assert not app.get("plotly_chart")


def test_an_indicator_leads_to_its_list_here_or_on_its_own_page() -> None:
    """Lists of other pages are opened there, those of its own ledgers under the verb."""
    links = page_links(open_app(FILE))
    for address in ("investment-land", "investment-funnel", "investment-requests", "investment-playbook"):
        assert any(address in link for link in links), address
    assert sum("verb=" in link for link in links) > 10


def test_speeding_up_says_what_the_law_bars() -> None:
    """The articles stand beside 促, on the page of all seven and on its own."""
    for link in ({}, {"verb": "促"}):
        assert "《公平竞争审查条例》第九、十条" in page_words(open_app(FILE, **link))


@pytest.mark.parametrize(
    ("verb", "first", "lists"),
    [
        ("引", "示例项目卯", 3),
        ("增", "示例企业", 2),
        ("促", "示例企业", 1),
        ("储", "示例客商31", 2),
        ("联", "示例项目", 3),
    ],
)
def test_a_verb_opens_its_lists(verb, first, lists) -> None:
    """The address names a verb: its lists, the worst first, and what was done for it this year."""
    app = open_app(FILE, verb=verb)
    assert page_title(app).startswith(f"{verb}：")
    assert len(page_html(app).select(".fl-verb")) == 1
    assert len(page_html(app).select("table")) == lists
    assert list_rows(app)[0][0].startswith(first)


def test_those_out_of_contact_are_red_and_first() -> None:
    """Seven rows of the merchants in reserve stand out, before all others."""
    app = open_app(FILE, verb="储")
    rows = page_html(app).select("table")[0].select("tbody tr")
    assert ["fl-alarm" in str(row.get("class")) for row in rows[:8]] == [True] * 7 + [False]


def test_a_merchant_has_its_history() -> None:
    """The longest silent one leads to what is registered of it and to the last contact, and back to the list."""
    assert "?merchant=MER-31" in page_links(open_app(FILE, verb="储"))
    app = open_app(FILE, merchant="MER-31")
    assert page_title(app) == "示例客商31（C 级）：166 天没有联系"
    assert list_rows(app)[0][0] == "2014-01-15"
    assert "?verb=%E5%82%A8" in page_links(app)


def test_a_verb_that_there_is_not_is_told() -> None:
    """?verb=X says so and shows all seven."""
    app = open_app(FILE, verb="X")
    assert "X" in page_words(app)
    assert len(page_html(app).select(".fl-verb")) == 7


def test_the_english_page_has_chinese_only_in_names() -> None:
    """Names of rows, the verbs themselves and 《投资庄桥》 are Chinese; every other word is English."""
    for link in ({}, {"verb": "促"}, {"verb": "储"}):
        for line in page_words(open_app(FILE, "en", **link)).splitlines():
            rest = re.sub(r"示例.*|《投资庄桥》|中文|[引增提促储联暖]", "", line)
            assert not CHINESE.search(rest), line


@pytest.mark.quick
def test_an_earlier_day_has_its_own_figures() -> None:
    """On 31 March the newest version of the material is 19 days old."""
    assert "19 天" in page_words(open_app(FILE, as_of="2014-03-31"))
