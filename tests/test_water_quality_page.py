"""The pages of water quality and of the four dimensions: what they show first, what they link to, what waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.metrics import LISTINGS, METRICS
from data.store import Store
from pages.water.quality import page_blocks
from tests.metric_helpers import load_without_errors
from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN
from ui import cache
from ui.cards import CardSpec
from ui.page import PageRequest
from ui.water import overview, quality, section

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

QUALITY, OVERVIEW = "water/quality.py", "water/overview.py"


def strip_names(app: AppTest) -> list[str]:
    """Return the sections of the strip from above."""
    return [name.get_text().translate(LOOSE) for name in page_html(app).select(".fl-strip th[scope=row]")]


def worked_out(database: Path) -> set[str]:
    """Return the metrics and listings that were worked out of a database so far."""
    return {name for path, (name, *_), _ in cache._cached_value.cache if path == str(database)}


@pytest.mark.quick
def test_what_is_folded_is_neither_worked_out_nor_sent_until_it_is_opened(page_database: Path) -> None:
    """The index of rivers waits for its click, the samples of a section for theirs; then each is a table."""
    cache.clear_cache()
    app = open_app(QUALITY)
    assert (len(app.dataframe), len(app.get("plotly_chart"))) == (0, 0)
    assert not {"cwqi", "river_grade", "black_odour"} & worked_out(page_database)
    assert "水质指数" in page_words(app)
    assert len(open_app(QUALITY, open="cwqi").dataframe) == 1
    assert "cwqi" in worked_out(page_database)
    assert not open_app(QUALITY, section="SL2-02").dataframe
    assert not {"section_samples", "readings"} & worked_out(page_database)
    assert len(open_app(QUALITY, section="SL2-02", open="readings").dataframe) == 1


GUESSES = "water_type_guess"  # the 示例 ledgers leave nothing to guess; tests/test_water_types.py opens this list
OVERVIEW_PARTS = [
    *(listing.metric for listing in quality.LISTS if listing.metric != GUESSES),
    "classes",
    "completeness",
]
SECTION_PARTS = ["samples", "readings", "means", "events", "suspicious"]
PARTS: list[tuple[dict[str, str], str]] = [({}, part) for part in OVERVIEW_PARTS] + [
    ({"section": "SL2-02"}, part) for part in SECTION_PARTS
]


@pytest.mark.parametrize(("link", "part"), PARTS, ids=lambda each: str(each))
def test_every_folded_part_opens_in_english(link: dict[str, str], part: str) -> None:
    """Each list is a table with its headings in English, on the page of all sections and on that of one."""
    app = open_app(QUALITY, "en", open=part, **link)
    assert not app.exception
    [table] = (each.value for each in app.dataframe)
    assert not [heading for heading in table.columns if HAN.search(heading)]


def test_the_formulas_of_the_folded_lists_are_told_with_the_others() -> None:
    """口径 explains the cards and the lists, of a section its class, its change and both trends."""
    told = page_words(open_app(QUALITY, open="formula"))
    assert all(METRICS[name].label.zh in told for name in ("target_met", "cwqi", "black_odour", "section_change"))
    of_one = page_words(open_app(QUALITY, section="SL2-02", open="formula"))
    assert all(METRICS[name].label.zh in of_one for name in ("section_class", "water_trend", "rebound"))


def test_the_strip_lists_the_worst_first_and_each_section_is_a_link() -> None:
    """The two sections worse than Ⅴ stand on top, what keeps Ⅲ stands last, and all ten lead to their own view."""
    app = open_app(QUALITY)
    names = strip_names(app)
    assert names[:2] == ["示例四号河断面", "示例二号河南断面"]
    assert names[-1] == "示例三号河西断面"
    assert {f"?section={code}" for code in ("SL4-01", "SL2-02", "SL3-01", "HJXH-01")} <= set(page_links(app))
    assert [row[-1] for row in list_rows(app)][:3] == ["劣Ⅴ", "劣Ⅴ", "Ⅴ"]


def test_the_title_names_the_first_of_the_strip() -> None:
    """How many are worse than Ⅴ, how many keep their target, and which is the worst."""
    app = open_app(QUALITY)
    assert page_title(app) == "2014-06：2 个断面劣Ⅴ类，6 / 10 个断面达标，示例四号河断面最差"
    assert page_title(open_app(QUALITY, "en")).endswith("; the worst is 示例四号河断面")


def test_four_cards_lead_to_what_is_behind_them() -> None:
    """The classes, the grades of rivers, the worst section, the completeness; how the readings can be trusted."""
    app = open_app(QUALITY)
    assert [card["href"] for card in page_html(app).select(".fl-card .fl-behind")] == [
        "?open=classes",
        "?open=river_grade",
        "?section=SL4-01",
        "?open=completeness",
    ]
    assert {"?open=class_difference", "?open=suspicious_readings"} <= set(page_links(app))
    assert "最久未监测：示例三号河西断面，6 天" in page_words(app)


def test_a_section_says_its_class_its_target_and_its_change() -> None:
    """胡家新河北断面 keeps its target and is better than a year before."""
    app = open_app(QUALITY, section="HJXH-01")
    assert page_title(app) == ("胡家新河北断面 2014-06：Ⅳ类，达到目标Ⅳ类，与上月相比无明显变化，与上年同期相比明显好转")
    assert "未达到目标Ⅴ类" in page_title(open_app(QUALITY, section="SL4-01"))


def test_a_section_leads_to_its_river_its_sources_its_works_and_back() -> None:
    """From a section one comes to the file of its river, to the sources, to each work, and to all sections."""
    links = page_links(open_app(QUALITY, section="HJXH-01", item="NH3N", open="means"))
    onwards = {"water-river?river=HJXH", "water-sources?river=HJXH", "water-works?work=W-01", "?"}
    assert onwards <= set(links)


def test_the_choices_of_a_section_are_links() -> None:
    """The sections stand in their list worst first, the items with those that decide the class first."""
    page = page_html(open_app(QUALITY, section="HJXH-01", item="TP"))
    sections, items = (choice.select("option") for choice in page.select("select[data-opens]"))
    assert (sections[0]["value"], items[0]["value"]) == ("?section=SL4-01", "?section=HJXH-01&item=NH3N")
    assert [o["value"] for o in (*sections, *items) if o.has_attr("selected")] == [
        "?section=HJXH-01",
        "?section=HJXH-01&item=TP",
    ]


def test_the_curve_has_its_sentence() -> None:
    """Ammonia at 胡家新河 falls, and the page says so with the evidence; five years are not there yet."""
    app = open_app(QUALITY, section="HJXH-01", item="NH3N")
    assert len(app.get("plotly_chart")) == 1
    assert "氨氮下降（好转）" in page_words(app)
    assert "氨氮（各年平均值相比）：样本不足，现有 3 年，至少需要 5 年" in page_words(app)


def test_an_unknown_section_or_item_in_the_link_is_told() -> None:
    """A dead link says so, and shows all sections, or the item that decides the class."""
    app = open_app(QUALITY, section="NOPE")
    assert "没有这个断面：NOPE。" in page_words(app)
    assert len(strip_names(app)) == 10
    item = open_app(QUALITY, section="SL4-01", item="NOPE")
    assert "没有这个项目：NOPE。" in page_words(item)
    assert len(item.get("plotly_chart")) == 1


@pytest.mark.parametrize("part", ["samples", "readings", "suspicious"])
def test_a_suspicious_reading_is_flagged_where_it_is_listed(part: str) -> None:
    """The sample in which ammonia is above total nitrogen bears the reason in each list of its section."""
    [listed] = (table.value for table in open_app(QUALITY, section="SL2-02", open=part).dataframe)
    assert (listed["可疑原因"] == "氨氮大于总氮").sum() == 1


def test_of_many_readings_the_newest_thousand_are_listed_and_all_are_counted(store: Store) -> None:
    """1,001 values give 1,000 rows, the oldest left out, with the number of all; likewise the samples."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,河流")
    load_without_errors(store, "section", "断面编码,断面名称,河道\nS,断面,K")
    days = [f"20{year:02}-{month:02}-{day:02} 08:00" for year in range(10, 14) for month in range(1, 13)
            for day in range(1, 29)][:1001]  # fmt: skip
    load_without_errors(store, "reading", "断面,监测时间,监测项目,监测值\n" + "".join(f"S,{at},DO,7\n" for at in days))
    with store.read() as con:
        for name in ("readings", "section_samples"):
            rows = LISTINGS[name].compute(con, None, section_id="S").rows
            assert (len(rows), rows["total"].iloc[0]) == (1000, 1001)
            assert f"{rows['sampled_at'].min():%Y-%m-%d}" == "2010-01-02"
            assert "只列最新的 1,000 条，共 1,001 条。" in section.newest_note(rows).markup.translate(LOOSE)
            assert not section.newest_note(rows.head(5).assign(total=5)).markup


def test_a_section_that_was_never_measured_has_a_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is registered, so its link is no dead one: the page says that there are no data and leads to its river."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nK,清河,村级,河流")
    load_without_errors(store, "section", "断面编码,断面名称,河道\nS,某断面,K")
    with store.read() as con, monkeypatch.context() as patch:
        patch.setenv("FRONTLINE_DB", "never measured")
        request = PageRequest(con, {"section": "S"})
        shown = "".join(str(block.markup) for block in page_blocks(request))
    assert "某断面：还没有监测数据" in shown
    assert "water-river?river=K" in shown


def test_the_four_dimensions_stand_side_by_side() -> None:
    """治 截 洁 节 each have three cards, every one a link to the page behind it."""
    columns = page_html(open_app(OVERVIEW)).select(".fl-columns section")
    assert [column.h2.get_text()[0] for column in columns] == ["治", "截", "洁", "节"]
    pages = [[card["href"] for card in column.select(".fl-card .fl-behind")] for column in columns]
    assert pages == [
        ["water-quality", "water-chiefs", "water-chiefs"],
        ["water-sources"] * 3,
        ["water-works", "water-plants", "water-plants"],
        ["water-saving"] * 3,
    ]


def test_each_of_the_three_news_leads_to_what_it_names() -> None:
    """The river that changed most, the work furthest behind, the sources of the river with most overdue."""
    app = open_app(OVERVIEW)
    news = page_html(app).select(".fl-list li a")
    assert [item["href"] for item in news] == [
        "water-river?river=HJXH",
        "water-works?work=W-07",
        "water-sources?river=SL2",
    ]
    assert [item.get_text()[0] for item in news] == ["1", "2", "3"]


def test_what_is_behind_stands_on_the_cockpit_alone() -> None:
    """The overview has no list of its own and no chart, and leads to the cockpit."""
    app = open_app(OVERVIEW)
    assert (len(app.dataframe), len(app.get("plotly_chart")), len(page_html(app).select("table"))) == (0, 0, 0)
    assert "./" in page_links(app)


def test_a_dimension_knows_its_cards() -> None:
    """No figure stands in two dimensions."""
    specs: list[CardSpec] = [spec for dimension in overview.DIMENSIONS for spec in dimension.card_specs]
    assert len({(spec.metric, spec.done) for spec in specs}) == len(specs) == 12
