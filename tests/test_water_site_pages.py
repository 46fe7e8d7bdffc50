"""The pages of sources, plants and water saving: all of them, worst first, and one of them by its link."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.metrics import Metric
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui import cache

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]
SOURCES, PLANTS, SAVING = "water/sources.py", "water/plants.py", "water/saving.py"


@pytest.mark.quick
def test_the_longest_overdue_source_is_first_and_in_the_title():
    """The relapsed car wash, 118 days over, heads the list in red, is named in the title, and leads to itself."""
    app = open_app(SOURCES)
    first = list_rows(app)[0]
    assert first[:3] == ["示例二号河洗车1号 污染源 · 洗车", "118 限期 2014-02-28", "■ 反弹"]
    assert page_title(app).endswith("最久的是示例二号河洗车1号，逾期 118 天")
    assert {"?source=SRC-18", "?outfall=OUT-11", "water-river?river=SL2"} <= set(page_links(app))
    assert len(page_html(app).select("tr.fl-alarm")) == 7


def test_all_eleven_sources_of_the_article_are_closed():
    """In the whole table every source of 胡家新河 is accepted or done, and none of them stands in the list."""
    app = open_app(SOURCES, open="all")
    listed = next(t.value for t in app.dataframe if "污染源" in t.value)
    assert set(listed[listed["河道"] == "胡家新河"]["整治状态"]) == {"已验收", "已完成"}
    assert not [row for row in list_rows(app) if "胡家新河" in row[3]]


def test_one_source_says_how_far_it_is_and_who_answers_for_its_river():
    """The car wash has its state, days, river and chief, and what else is open on its river without itself."""
    app = open_app(SOURCES, source="SRC-18")
    assert page_title(app) == "示例二号河洗车1号（洗车）：反弹，逾期 118 天（限期 2014-02-28）"
    assert "示例街道级河长乙" in page_words(app)
    assert {"?", "water-river?river=SL2"} <= set(page_links(app))
    assert list_rows(app)[0][0].split()[0] == "示例二号河畜禽养殖1号"


def test_a_closed_outfall_has_its_day_and_its_evidence():
    """An outfall that is done says since when, and by what it is known."""
    app = open_app(SOURCES, outfall="OUT-13")
    assert page_title(app) == "示例二号河排口3号（雨水）：已规范，2014-03-20 完成"
    assert "示例验收单 13 号" in page_words(app)


def test_the_plant_that_stands_still_is_first_and_in_the_title():
    """The stopped plant is in the title with the day since when, on top of the list in red, and leads to itself."""
    app = open_app(PLANTS)
    assert "示例微型污水处理厂二号（停运，2014-04-08 起）" in page_title(app)
    assert list_rows(app)[0][:2] == ["✕ 示例微型污水处理厂二号 停运", "2014-04-08 已停 84 天（示例：等待配件）"]
    assert len(page_html(app).select("tr.fl-alarm")) == 1
    assert "?plant=PLANT-2" in page_links(app)


def test_one_plant_has_its_days_as_the_only_chart():
    """All plants are shown without a chart of Plotly's; one of them has its days and its samples."""
    assert not open_app(PLANTS).get("plotly_chart")
    app = open_app(PLANTS, plant="PLANT-2")
    assert len(app.get("plotly_chart")) == 1
    assert list_rows(app)[0][:2] == ["2014-03-28 09:30", "不达标"]
    assert "出水样品不足，3 个中 1 个达标" in page_title(app)
    assert "样本不足" in page_html(app).select(".fl-card")[2].get_text()


def test_the_tap_that_leaks_longest_is_first_and_in_the_title():
    """The tap that ran for 228 days heads the list with who keeps it; those within a period of checks are not red."""
    app = open_app(SAVING)
    first = list_rows(app)[0]
    assert first == ["示例村C公厕1号 公厕 · 示例村C", "228 2013-11-14 查到", "长流水", "2.71", "示例管护单位C"]
    assert page_title(app).endswith("；最久的示例村C公厕1号漏了 228 天")
    assert len(page_html(app).select("tr.fl-alarm")) == 2
    assert "?facility=TAP-C01" in page_links(app)


def test_one_tap_has_its_checks():
    """A tap says for how long it leaks, and each check up to the day; a day earlier nothing later is known."""
    app = open_app(SAVING, facility="TAP-C01")
    assert page_title(app) == "示例村C公厕1号：长流水，已 228 天没修好"
    assert [row[:2] for row in list_rows(app)] == [
        ["2013-11-14", "长流水"], ["2013-09-25", "正常"], ["2013-07-25", "正常"],
    ]  # fmt: skip
    before = open_app(SAVING, facility="TAP-C01", as_of="2013-11-13")
    assert page_title(before) == "示例村C公厕1号：没有未修好的漏水"
    assert len(list_rows(before)) == 2


@pytest.mark.parametrize(
    ("file", "link", "said"),
    [
        (SOURCES, {"source": "NOPE"}, "没有这个污染源：NOPE。"),
        (SOURCES, {"outfall": "NOPE"}, "没有这个排口：NOPE。"),
        (PLANTS, {"plant": "NOPE"}, "没有这个微型污水处理厂：NOPE。"),
        (SAVING, {"facility": "NOPE"}, "没有这个设施：NOPE。"),
    ],
)
def test_an_unknown_code_is_told(file, link, said):
    """A link to what is not there shows the list and says so."""
    app = open_app(file, **link)
    assert said in page_words(app)
    assert list_rows(app)


def test_what_is_folded_is_not_worked_out(monkeypatch: pytest.MonkeyPatch):
    """Blocks and connections are asked for, and sent as tables, only once their part is opened."""
    asked, compute = [], Metric.compute

    def noted_compute(metric: Metric, *given: Any, **chosen: Any) -> Any:
        asked.append(metric.name)
        return compute(metric, *given, **chosen)

    monkeypatch.setattr(Metric, "compute", noted_compute)
    cache.clear_cache()
    folded = open_app(SOURCES, as_of="2014-06-24")
    assert "source_closure" in asked
    assert not {"connection_rate", "zero_discharge_list", "source_by_village"} & set(asked)
    assert not folded.dataframe
    assert len(open_app(SOURCES, as_of="2014-06-24", open="connections").dataframe) == 1
    assert "connection_rate" in asked
    assert "source_by_village" not in asked


@pytest.mark.parametrize(
    ("file", "parts"),
    [
        (SOURCES, {"all": 2, "rates": 2, "villages": 1, "blocks": 1, "connections": 1}),
        (PLANTS, {"runs": 1, "loads": 1, "samples": 2, "removal": 1, "energy": 1, "connection": 1}),
        (SAVING, {"all": 1, "leaks": 2, "coverage": 1, "estimate": 1, "kinds": 1}),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_folded_part_opens(file, parts, language):
    """Each part shows its tables, every one with its workbook and its CSV."""
    for part, tables in parts.items():
        app = open_app(file, language, open=part)
        assert not app.exception
        assert (part, len(app.dataframe), len(app.get("download_button"))) == (part, tables, 2 * tables)
