"""Small HTML pictures: what goes in is escaped, what they show can also be heard."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from data.text import Text
from ui import markup
from ui.blocks import Chart, Html, merge_html

NASTY = "<script>alert(\"x\")</script> & 'quoted'"


def parsed(made: Markup) -> BeautifulSoup:
    return BeautifulSoup(str(made), "html.parser")


@pytest.mark.parametrize(
    "made",
    [
        markup.words(NASTY),
        markup.element("p", NASTY, title=NASTY),
        markup.link(NASTY, f"./?work={NASTY}"),
        markup.bullet_bar(50, 60, "#009E73", NASTY),
        markup.stacked_bar([(1, "#009E73", NASTY)], NASTY),
        markup.class_badge("Ⅲ", NASTY),
        markup.sparkline([1, 2], NASTY),
        markup.choice_list(Text("选", "Choose"), [(f"?a={NASTY}", NASTY)], ""),
    ],
)
def test_no_word_of_a_ledger_becomes_markup(made):
    """A name with tags and quotes in it stands on the page as it was written, and makes no element."""
    page = parsed(made)
    assert not page.find("script")
    assert NASTY in page.get_text() + "".join(str(v) for tag in page.find_all() for v in tag.attrs.values()).replace(
        "\u00a0", " "
    )


@given(st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=False)))
def test_a_bar_stays_within_its_ground(rate):
    """Below nothing, beyond everything or missing: a bar is between 0 and 100 % wide."""
    assert 0 <= markup.percent_of_bar(rate) <= 100


def test_a_bar_is_told_in_words_and_has_its_plan():
    """The bar of 80 % with a plan of 84.1 % says so, and the tick stands at the plan."""
    page = parsed(markup.bullet_bar(80.0, 84.1, "#F0E442", Text("80.0 %", "80.0 %")))
    assert [tag["aria-label"] for tag in page.select("span")] == ["80.0\u00a0%"]
    assert [tag["style"] for tag in page.select("b, i")] == ["width:80.0%;background:#F0E442", "left:84.1%"]


def test_a_bar_without_a_plan_has_no_tick():
    """What has no plan is not held against one."""
    assert parsed(markup.bullet_bar(80.0, None, "#F0E442", "80 %")).i is None


def test_parts_of_a_whole_fill_the_bar():
    """Three open of four are three quarters of the bar; a kind of which there is none takes no room."""
    pieces = parsed(
        markup.stacked_bar([(3, "red", "open"), (1, "blue", "closed"), (0, "grey", "unknown")], "")
    ).find_all("b")
    assert [piece["style"].split(";")[0] for piece in pieces] == ["width:75.00%", "width:25.00%"]


def test_a_label_is_one_piece_that_is_shown_whole_or_not_at_all():
    """A label stands in a box of its own, which the style puts out of sight where it has no room; none, no box."""
    drawn = parsed(markup.stacked_bar([(3, "#009E73", "open"), (1, "#D55E00", "closed")], "", ["✓ 3", ""]))
    assert [[box.get_text() for box in piece.find_all("span")] for piece in drawn.find_all("b")] == [["✓ 3"], []]


def test_a_sparkline_ends_at_its_last_value_and_leaves_out_what_is_missing():
    """Of three months, one not measured, two points are drawn; of one value there is no line."""
    drawing = unquote(str(parsed(markup.sparkline([1.0, None, 3.0], "falls")).select("img")[0]["src"]))
    assert drawing.count(",") - 1 >= 2
    assert 'points="3.0,19.0 93.0,3.0"' in drawing
    assert markup.sparkline([1.0, None], "one value") == ""


def test_a_light_is_a_sign_with_its_word():
    """The sign of a light is coloured, and its word is there for those who listen."""
    [mark] = parsed(markup.status_mark("严重滞后")).select("span")
    assert (mark.get_text(), mark["aria-label"], "#D55E00" in mark["style"]) == ("■", "严重滞后", True)


def test_words_that_follow_each_other_are_one_message():
    """HTML is joined up to the next chart, and nothing is lost or moved."""
    chart = Chart(figure=None, key="c", alt="", config={})
    made = list(merge_html([Html(Markup("a")), Html(Markup("b")), chart, Html(Markup("c"))]))
    assert made == [Html(Markup("ab")), chart, Html(Markup("c"))]
