"""河道地图: the card of what is chosen, the list of what is bad, the picture."""

from __future__ import annotations

from urllib.parse import unquote

import pandas as pd
import pytest
from ui.water.map_picture import map_svg

from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words
from ui.blocks import WrittenDeck
from ui.water import map_layers

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]


MAP = "overview/map.py"


@pytest.mark.quick
def test_the_title_of_the_map_names_the_longest_overdue() -> None:
    """Open and overdue sources and the reaches worse than Ⅴ are counted, the car wash named with its days."""
    assert page_title(open_app(MAP)) == (
        "10 处污染源未整治，4 处逾期；10 段有水质数据的河道中 2 段劣Ⅴ类；逾期最久的是示例二号河洗车1号（118 天）"
    )


def test_the_list_of_the_map_has_the_worst_first() -> None:
    """Overdue sources by their days, then reaches over their target, each row a link that chooses it."""
    app = open_app(MAP)
    rows = list_rows(app)
    assert [row[3].split()[0] for row in rows[:4]] == ["118", "87", "57", "26"]
    assert [row[2].split()[0] for row in rows[4:8]] == ["劣Ⅴ", "劣Ⅴ", "Ⅴ", "Ⅴ"]
    assert {"?source=SRC-18", "?reach=SL2-R2"} <= set(page_links(app))


def test_a_reach_in_the_link_has_its_card() -> None:
    """The reach of 胡家村 shows its chiefs, not those of the other reach, and links to its river and section."""
    app = open_app(MAP, reach="HJXH-R1")
    said, links = page_words(app), page_links(app)
    assert "胡家新河胡家村段" in said
    assert "街道办事处主任（第一责任人）" in said
    assert "灵山村村级河长" not in said
    assert {"water-river?river=HJXH", "water-quality?section=HJXH-01"} <= set(links)


def test_a_source_in_the_link_has_its_card() -> None:
    """The relapsed car wash shows its state, and links to its own page and its river."""
    app = open_app(MAP, source="SRC-18")
    assert [heading.get_text() for heading in page_html(app).select(".fl-beside h2")] == ["示例二号河洗车1号"]
    assert {"water-sources?source=SRC-18", "water-river?river=SL2"} <= set(page_links(app))


def test_an_unknown_reach_or_source_is_told() -> None:
    """A code that leads nowhere is told, and the map shown without a card."""
    assert "没有这个河段：X。" in page_words(open_app(MAP, reach="X"))
    lost = open_app(MAP, source="Y")
    assert "没有这个污染源：Y。" in page_words(lost)
    assert not page_html(lost).select(".fl-beside h2")


def test_the_tables_of_the_map_are_sent_when_they_are_opened() -> None:
    """Neither table is on the page before it is unfolded."""
    assert len(open_app(MAP).dataframe) == 0
    assert len(open_app(MAP, open="reaches").dataframe[0].value) == 10


def test_the_picture_says_what_it_shows() -> None:
    """The image bears the counts in words, and the numeral of the worst class, the rivers and the villages in it."""
    [image] = page_html(open_app(MAP)).select("img.fl-picture")
    alt = str(image["alt"]).translate(LOOSE)
    assert alt == "河道示意图：10 段河道按最近水质类别着色，29 处污染源，其中 10 处未整治。"
    drawn = unquote(str(image["src"]))
    assert [drawn.count(f">{sign}</text>") for sign in ("劣Ⅴ", "胡家新河", "胡家村")] == [2, 1, 1]


def source_rows(*states: tuple[bool, bool]) -> pd.DataFrame:
    """Return sources side by side, each closed or not and overdue or not."""
    rows = [
        {"source_id": str(n), "source": f"<源{n}>", "kind": "洗车", "state": "整治中", "lon": 121.53 + n / 200,
         "lat": 29.94, "is_closed": is_closed, "is_overdue": is_overdue}
        for n, (is_closed, is_overdue) in enumerate(states)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def reach_rows(course: str | None, name: str = "清河") -> pd.DataFrame:
    row = {"reach_id": "R", "reach": "一段", "river": name, "class": "Ⅴ", "month": pd.Timestamp("2014-06-01")}
    return pd.DataFrame([row | {"course": course}])


def test_a_source_is_told_by_its_shape_in_the_picture() -> None:
    """An overdue source is a square, an open one a disc with its letter, a closed one a tick."""
    svg = map_svg(reach_rows(None), source_rows((False, True), (False, False), (True, False)), "zh")
    late = map_layers.SOURCE_LOOKS["overdue"].ground
    assert svg.count(f'fill="{late}" stroke="#FFFFFF"></rect>') == 1
    assert [svg.count(f">{sign}</text>") for sign in ("洗", "✓")] == [2, 1]


def test_names_in_the_picture_are_words_whatever_signs_they_hold() -> None:
    """A river called <b>&co is written out, not read as a tag."""
    svg = map_svg(reach_rows("121.53 29.94; 121.54 29.95", "<b>&co"), source_rows((True, False)), "zh")
    assert ">&lt;b&gt;&amp;co</text>" in svg


def test_what_is_chosen_has_a_ring_and_what_is_unknown_none() -> None:
    """The ring lies on the numeral of a reach, on the sign of a source, and nowhere for another code."""
    reaches, sources = reach_rows("121.53 29.94; 121.54 29.95"), source_rows((False, False))

    def ring(chosen: str | None) -> list[dict[str, object]]:
        layers = map_layers.river_map_deck(reaches, sources, "zh", "light", chosen=chosen).layers
        found: list[dict[str, object]] = next(layer for layer in layers if layer.id == "chosen").data
        return found

    assert [ring(code) for code in ("R", "nowhere", None)] == [[{"at": [121.54, 29.95]}], [], []]
    assert len(ring("0")) == 1


def test_a_map_is_written_out_once() -> None:
    """What is sent twice is the same text, not written anew."""
    deck = WrittenDeck(map_layers.river_map_deck(reach_rows(None), source_rows((True, False)), "zh", "dark"))
    assert deck.to_json() is deck.to_json()
