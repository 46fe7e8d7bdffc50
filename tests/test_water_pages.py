"""The pages of works, sources and plants where ledgers are empty or half filled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Who
from data.ingest.reading import reader
from tests.page_helpers import list_rows, open_app, page_links, page_title, page_words
from ui.store import close_shared_store, shared_store

pytestmark = pytest.mark.slow

PAGES = ("overview/cockpit.py", "water/works.py", "water/sources.py", "water/plants.py", "water/saving.py")
RIVER = "河道编码,河道名称,河道等级,水体类型\nR,一号河,村级,河流"
VILLAGE = "村社编码,村社名称\nV,一村"
WORK = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\nW,甲,R,清淤,100,m³,2014-01-01,2014-12-31"
OUTFALL = "排口编码,排口名称,河道,排口类型,整治状态,发现日期\nO,排口,R,生活,未整治,2014-01-01"
PLANT = "厂站编码,厂站名称,所在村社,设计能力,投运日期\nP,站,V,10,2014-01-01"


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an empty database of its own."""
    monkeypatch.setenv("FRONTLINE_DB", str(tmp_path / "own.duckdb"))
    monkeypatch.setenv("FRONTLINE_SAMPLE", "0")
    yield
    close_shared_store()


def load_ledgers(**ledgers: str) -> None:
    for name, lines in ledgers.items():
        upload = reader.make_upload("台账.csv", lines.encode())
        assert loader.load_file(shared_store(), DATASETS[name], upload, Who("测试员")).errors == []


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_ledger_offers_the_page_that_fills_it(page):
    """Without any data a page says so in a sentence, and nothing fails."""
    app = open_app(page)
    assert not app.exception
    assert "还没有数据" in page_title(app)
    assert "还没有数据。请到“数据更新”上传台账。" in page_words(app)
    assert "ledgers-update" in page_links(app)


def test_a_line_of_work_without_a_target_says_so(empty):
    """With one target of water alone, the cards of investment and demolition say that none runs."""
    load_ledgers(river=RIVER, work=WORK, target="指标,开始日期,截止日期,目标值\n清淤完成率,2014-01-01,2014-12-31,100")
    load_ledgers(work_progress="工程编码,上报日期,累计完成量\nW,2014-06-01,10")
    app = open_app("overview/cockpit.py")
    assert not app.exception
    assert [c.value for c in app.caption].count("没有在期内的目标任务。") == 2


def test_a_plan_without_a_report_is_shown(empty):
    """Works of which nothing was reported have no rate and no forecast, and their plan is drawn."""
    load_ledgers(river=RIVER, work=WORK)
    app = open_app("water/works.py")
    assert not app.exception
    assert list_rows(app)[0][0].endswith("甲")
    assert "甲样本不足：上报 0 次" in page_words(open_app("water/works.py", work="W"))


def test_outfalls_without_sources_are_shown(empty):
    """A register of outfalls alone opens the page of sources, its blocks and plants empty."""
    load_ledgers(river=RIVER, outfall=OUTFALL)
    app = open_app("water/sources.py", "en")
    assert not app.exception
    [[name, _, state, river, _]] = list_rows(app)
    assert (name, state, river) == ("排口 Outfall · Domestic", "○ Not begun", "一号河")


def test_a_plant_without_days_or_samples_is_shown(empty):
    """A plant of the register alone has no load, state or samples; it is said neither to run nor to stand."""
    load_ledgers(village=VILLAGE, plant=PLANT)
    app = open_app("water/plants.py")
    assert not app.exception
    assert page_title(app) == "1 座微型污水处理厂：0 座在运行，1 座近来没有上报"
    assert not open_app("water/plants.py", plant="P").exception
