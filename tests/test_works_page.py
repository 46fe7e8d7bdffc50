"""The page of works: all of them, worst first, and one of them by its link."""

from __future__ import annotations

from typing import Any

import pytest

from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui import cache
from ui.store import shared_store
from ui.water import works

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]
WORKS = "water/works.py"


@pytest.mark.quick
def test_the_dredging_of_the_article_is_in_the_list_and_leads_to_itself():
    """胡家新河 reads 80 % with both counts, and its row opens the work."""
    app = open_app(WORKS)
    (row,) = [row for row in list_rows(app) if row[0].endswith("胡家新河清淤")]
    assert row[1] == "80.0 %（12,400 / 15,500 m³）"
    assert "?work=W-01" in page_links(app)


def test_overdue_works_stand_first_and_then_the_furthest_behind():
    """A work past its day that is not done is red and on top; the one that the title names follows."""
    app = open_app(WORKS)
    names = [row[0].split()[-1] for row in list_rows(app)]
    alarming = [row.td.get_text(" ").split()[-1] for row in page_html(app).select("tr.fl-alarm")]
    assert (alarming, names[0]) == (["示例四号河挡墙护岸"], "示例四号河挡墙护岸")
    assert page_title(app).startswith(f"14 项工程中 5 项落后或逾期，最落后的是{names[1]} 47.0 %")


def test_one_work_says_when_it_will_be_done():
    """The dredging of the article, opened by its link, is told with its counts, its forecast and its range."""
    app = open_app(WORKS, work="W-01")
    assert page_title(app) == "胡家新河清淤 80.0 %，落后序时 4.1 个百分点"
    assert "按最近的速度预计 2014-08-22 完工，最早 2014-08-11，最晚 2014-09-08" in page_words(app)
    assert len(app.get("plotly_chart")) == 1
    assert "water-river?river=HJXH" in page_links(app)


def test_an_unknown_work_is_told():
    """A link to a work that is none shows the list and says so."""
    app = open_app(WORKS, work="NOPE")
    assert "没有这个工程：NOPE。" in page_words(app)
    assert list_rows(app)


def test_what_is_folded_is_not_worked_out(monkeypatch: pytest.MonkeyPatch):
    """The curve of works together is drawn only once its part is opened."""
    drawn: list[str] = []
    draw = works.s_curve

    def noted(*given: Any) -> Any:
        drawn.append("curve")
        return draw(*given)

    monkeypatch.setattr(works, "s_curve", noted)
    cache.clear_cache()
    folded = open_app(WORKS, as_of="2014-06-29")
    assert (drawn, len(folded.get("plotly_chart")), len(folded.dataframe)) == ([], 0, 0)
    unfolded = open_app(WORKS, as_of="2014-06-29", open="together")
    assert (drawn, len(unfolded.get("plotly_chart"))) == (["curve"], 1)


def test_the_full_table_is_one_click_away():
    """All columns of the works are a table with a workbook, once it is opened."""
    app = open_app(WORKS, open="all")
    assert len(app.dataframe[0].value) == 14
    assert [button.label for button in app.get("download_button")] == ["下载表格", "下载 CSV"]


def test_a_work_leads_to_its_batches():
    """Below the work stand the batches of its own row, of its plan and of its reports, each a link to that batch."""
    app = open_app(WORKS, work="W-01")
    with shared_store().read() as con:
        ledgers = ("work", "work_plan", "work_progress")
        newest = [
            con.execute(f"SELECT max(batch_id) FROM {name} WHERE work_id = 'W-01'").fetchall() for name in ledgers
        ]
    assert {f"ledgers-history?batch={batch}" for [(batch,)] in newest} <= set(page_links(app))
    assert "数据来自：" in page_words(app)
