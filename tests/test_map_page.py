"""地图: what the address chooses, the card of it, the legend that switches layers, the list of what is bad."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote

import pytest
from streamlit.testing.v1 import AppTest

from data.store import open_store
from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words
from tests.upload_helpers import load_content
from ui.map.layers import LAYERS
from ui.store import close_shared_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

MAP = "overview/map.py"
FIRST = [layer.name for layer in LAYERS if layer.is_shown_first]


def card_words(app: AppTest) -> str:
    """Return what the card of the page says, nothing where there is none."""
    return " ".join(card.get_text(" ", strip=True) for card in page_html(app).select(".fl-map-card")).translate(LOOSE)


def switches(app: AppTest) -> dict[str, tuple[bool, str]]:
    """Return the switches of the legend by their labels: whether each is on, and where it leads."""
    found = page_html(app).select(".fl-map-legend .fl-switch")
    return {each.get_text(): (each["aria-pressed"] == "true", str(each["href"])) for each in found}


def shown_layers(href: str) -> list[str]:
    """Return the layers that an address of the map asks for."""
    return parse_qs(href.removeprefix("?")).get("layers", [",".join(FIRST)])[0].split(",")


@pytest.mark.quick
def test_the_title_of_the_map_counts_what_is_bad_and_names_the_latest() -> None:
    """Open and overdue sources, reaches worse than Ⅴ, what else is late in the layers shown, the longest overdue."""
    assert page_title(open_app(MAP)) == (
        "10 处污染源未整治，4 处逾期；10 段有水质数据的河道中 2 段劣Ⅴ类；"
        "逾期或落后的还有整治工程 5、未销号问题 3、征迁项目 1；逾期最久的是示例四号河生活垃圾（281 天）"
    )


def test_the_list_of_the_map_has_the_worst_first() -> None:
    """What is overdue comes by its days, then reaches over their target; each row is a link that chooses it."""
    app = open_app(MAP)
    rows = list_rows(app)
    days = [int(row[3].split()[0]) for row in rows[:9]]
    assert days == sorted(days, reverse=True)
    assert {row[2].split()[0] for row in rows[9:13]} == {"劣Ⅴ", "Ⅴ"}
    assert {"?source=SRC-18", "?reach=SL2-R2", "?issue=ISS-009"} <= set(page_links(app))


def test_a_reach_in_the_link_has_its_card() -> None:
    """The reach of 胡家村 shows its class, its chiefs, its own section, its last reading and the works of its river."""
    app = open_app(MAP, reach="HJXH-R1")
    said, links = card_words(app), page_links(app)
    assert said.startswith("胡家新河胡家村段 Ⅳ 目标 Ⅳ")
    assert "街道办事处主任（第一责任人）" in said
    assert "灵山村村级河长" not in said
    assert "最近监测 2014-06-25，8 项" in said
    assert "污染源 已整治 11 / 11" in said
    assert "▲ 胡家新河清淤 80.0 %" in said
    assert {"water-river?river=HJXH", "water-quality?section=HJXH-01", "?river=HJXH", "?work=W-01"} <= set(links)


def test_a_river_in_the_link_is_chosen_whole() -> None:
    """Its card has the chiefs of all its reaches, and the list keeps what lies at it."""
    app = open_app(MAP, river="SL2")
    assert "示例二号河 劣Ⅴ 目标 Ⅳ" in card_words(app)
    assert "清单：示例二号河" in page_words(app)
    assert {row[4].split(" ")[0] for row in list_rows(app)} == {"示例二号河"}


@pytest.mark.parametrize("layer", LAYERS, ids=[layer.name for layer in LAYERS])
def test_every_layer_has_a_card_for_what_is_chosen_in_the_list(layer) -> None:
    """Shown alone, the first row of a layer is chosen by its link, shows its card and leads to a page of its own."""
    alone = open_app(MAP, layers=layer.name)
    choosing = [link for link in page_links(alone) if re.search(rf"[?&]{layer.choice}=", link)]
    done = {each for each in layer.looks if each in layer.done}
    if not choosing:
        assert done, f"{layer.name} lists nothing"
        return
    code = parse_qs(choosing[0].removeprefix("?"))[layer.choice][0]
    app = open_app(MAP, **{layer.choice: code})
    assert card_words(app)
    assert switches(app)[layer.label.zh][0]
    file, parameter = layer.page
    address = file.removesuffix(".py").replace("/", "-")
    assert any(link.startswith(f"{address}?{parameter}=") for link in page_links(app))


def test_an_unknown_thing_in_the_link_is_told() -> None:
    """A code, a river, a layer, a colour or a place that leads nowhere is told, and the map shown without a card."""
    asked = {"reach": "X", "river": "NOPE", "layers": "zz", "colour": "red", "at": "121,nan,12"}
    told = (
        "没有这个河段：X。",
        "没有这个河道：NOPE。",
        "没有这个图层：zz。",
        "没有这个着色方式：red。",
        "没有这个地图位置：121,nan,12。",
    )
    for (name, value), sentence in zip(asked.items(), told, strict=True):
        app = open_app(MAP, **{name: value})
        assert sentence in page_words(app)
        assert not card_words(app)


def test_the_legend_switches_every_layer() -> None:
    """All layers have a switch; that of a layer shown leads to the map without it, any other to the map with it."""
    found = switches(open_app(MAP))
    assert list(found) != []
    assert {label for label, (is_on, _) in found.items() if is_on} == {
        layer.label.zh for layer in LAYERS if layer.is_shown_first
    }
    for layer in LAYERS:
        is_on, href = found[layer.label.zh]
        assert (layer.name in shown_layers(href)) is not is_on


def test_a_layer_that_is_put_out_takes_with_it_what_was_chosen_there() -> None:
    """The switch of the sources leaves the source; that of another layer keeps it."""
    found = switches(open_app(MAP, source="SRC-18"))
    assert "source=" not in found["污染源"][1]
    assert "source=SRC-18" in found["排口"][1]


def test_a_map_without_layers_can_be_asked_for() -> None:
    """The last layer that is put out leaves an address that says so, and a page that shows it."""
    assert switches(open_app(MAP, layers="sources"))["污染源"][1] == "?layers=none"
    app = open_app(MAP, layers="none")
    assert not any(is_on for is_on, _ in switches(app).values())
    assert page_title(app).startswith("10 处污染源未整治")


def test_the_reaches_can_be_coloured_by_the_progress_of_works() -> None:
    """The legend then has lights in the place of classes, never both in one line."""
    by_class, by_progress = (page_html(open_app(MAP, **asked)) for asked in ({}, {"colour": "progress"}))
    lines = [page.select(".fl-map-legend .fl-legend")[0] for page in (by_class, by_progress)]
    assert [bool(line.select(".fl-class")) for line in lines] == [True, False]
    assert [bool(line.select(".fl-mark")) for line in lines] == [False, True]


def test_the_legend_says_every_sign_in_english_too() -> None:
    """Kinds have letters with their words; no Chinese word is left in the legend."""
    [legend] = page_html(open_app(MAP, language="en", layers=",".join(layer.name for layer in LAYERS))).select(
        ".fl-map-legend"
    )
    said = legend.get_text(" ", strip=True)
    assert "W Car wash" in said
    assert re.findall("[\u4e00-\u9fff]+", said) == []


def test_the_signs_of_the_legend_are_those_of_the_map_in_english_too() -> None:
    """A section worse than Ⅴ has >Ⅴ on its sign in the legend, as it has on the map."""
    legend = page_html(open_app(MAP, language="en", layers="sections")).select(".fl-map-legend img.fl-sign")
    drawn = [unquote(str(sign["src"])) for sign in legend]
    assert any(">&gt;Ⅴ</text>" in sign for sign in drawn)
    assert not any("劣" in sign for sign in drawn)


def test_a_place_that_is_none_has_no_way_back() -> None:
    """Where the place of the address was not opened, the whole of the map is there already."""
    assert "看全图" not in page_words(open_app(MAP, at="abc"))


def test_an_opened_place_has_a_way_back_to_the_whole_map() -> None:
    """The address keeps where a cluster was opened, and a link takes it out."""
    app = open_app(MAP, at="121.55,29.93,15")
    assert "← 看全图" in page_words(app)
    assert "没有这个" not in page_words(app)
    assert "?" in page_links(app)


def test_the_tables_of_the_map_are_sent_when_they_are_opened() -> None:
    """No table is on the page before it is unfolded."""
    assert len(open_app(MAP).dataframe) == 0
    assert len(open_app(MAP, open="reaches").dataframe[0].value) == 10


@pytest.mark.parametrize(
    ("file", "asked", "chosen"),
    [
        ("water/river.py", {"river": "HJXH"}, "river=HJXH"),
        ("water/sources.py", {"source": "SRC-18"}, "source=SRC-18"),
        ("water/works.py", {"work": "W-01"}, "work=W-01"),
        ("water/issues.py", {"issue": "ISS-009"}, "issue=ISS-009"),
        ("water/quality.py", {"section": "HJXH-01"}, "section=HJXH-01"),
        ("demolition/violations.py", {}, "violation="),
    ],
)
def test_the_page_of_a_thing_leads_to_the_map(file, asked, chosen) -> None:
    """There the thing is chosen, or each thing of a list has a link of its own."""
    assert any(link.startswith(f"overview-map?{chosen}") for link in page_links(open_app(file, **asked)))


def test_an_own_base_map_is_drawn_before_there_is_anything_on_it(tmp_path, monkeypatch) -> None:
    """With a boundary and no other ledger the page shows the boundary, and no word of it being schematic."""
    own = tmp_path / "own.duckdb"
    square = "POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9))"
    with open_store(own) as store:
        load_content(store, "map_feature", f'要素类别,要素名称,图形,坐标系\n村社界,自己的村,"{square}",WGS84\n')
    close_shared_store()
    monkeypatch.setenv("FRONTLINE_DB", str(own))
    monkeypatch.setenv("FRONTLINE_SAMPLE", "0")
    drawn = page_html(open_app(MAP))
    close_shared_store()
    assert "自己的村" in str(drawn.select_one("img.fl-map"))
    assert "示意图" not in str(drawn)


def test_a_finished_work_has_no_days_left() -> None:
    """The card of the retaining wall that was finished half a year ago counts no days to its end; a late work does."""
    assert "剩余天数" not in page_words(open_app(MAP, work="W-02"))
    assert "剩余天数" in page_words(open_app(MAP, work="W-01"))
