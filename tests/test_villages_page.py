"""The page of village assessment: who leads and who is last, one village, a ranking published, committed and undone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from analytics.metrics import METRICS, Result
from analytics.status import status_lights
from data.roles import SETTING
from data.sample.village_assessments import assessment_rows
from tests.chromium import visit_page
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.serving import Server
from tests.stores import copy_database
from tests.test_pages import HAN, NAMES_IN_DATA
from ui.demolition import villages

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "demolition/villages.py"
DAY = datetime.date(2014, 6, 30)
ITEMS = {row["assessed_for"] for row in assessment_rows()}
COLUMNS = "village position change gap signed households rate overdue_left compared_on compared_with former_position"


def ranking_of(*rows: tuple[Any, ...], against: str = "已公布的排名") -> Result:
    """Return a ranking of villages: name, position, change, gap, signed, households, overdue."""
    made = [
        (
            name,
            place,
            change,
            gap,
            signed,
            whole,
            100 * signed / whole,
            late,
            pd.Timestamp("2014-05-31"),
            against,
            place,
        )
        for name, place, change, gap, signed, whole, late in rows
    ]
    frame = pd.DataFrame(made, columns=COLUMNS.split())
    return Result(METRICS["village_ranking"], DAY, DAY, frame.astype({"position": float, "change": float}))


def title_of(ranking: Result) -> str:
    lights = status_lights(villages.with_deadline(ranking.rows), DAY)
    return villages.title_sentence(ranking, lights).zh


@pytest.mark.quick
def test_the_title_names_the_last_and_the_first():
    """It says by how much, with the counts of the last, how many are behind, and since which ranking places moved."""
    ranking = ranking_of(("甲", 1, 1, 8.04, 9, 10, 0), ("乙", 2, -1, -12.3, 3, 10, 0), ("丙", None, None, -50, 0, 4, 0))
    assert title_of(ranking) == (
        "乙末位，落后序时 12.3 个百分点（签约 3 / 10 户）；甲第一，快于序时 8.0 个百分点；1 / 2 个村社滞后或逾期；"
        "与 2014-05-31 公布的排名比，1 升 1 降"
    )


@pytest.mark.quick
def test_ties_one_village_and_none_have_titles_of_their_own():
    """Two share the last place and are both named; all level; one alone; none of enough households; no data."""
    shared = title_of(ranking_of(("甲", 1, 0, 5, 9, 10, 0), ("乙", 2, 0, -1, 4, 10, 0), ("丙", 2, 0, -1, 2, 5, 0)))
    assert shared.startswith("乙、丙末位，落后序时 1.0 个百分点（签约 4 / 10 户）")
    level = title_of(ranking_of(("甲", 1, 0, 5, 9, 10, 0), ("乙", 1, 0, 5, 9, 10, 0)))
    assert level.startswith("2 个村社并列第一，都快于序时 5.0 个百分点；2 个村社都不落后")
    assert title_of(ranking_of(("甲", 1, 0, 5, 9, 10, 0))).startswith(
        "只有甲参加排名：快于序时 5.0 个百分点，签约 9 / 10 户"
    )
    assert title_of(ranking_of(("甲", None, None, 5, 4, 4, 0))) == "没有满 5 户的村社可以排名"
    assert title_of(ranking_of()) == "还没有数据"


@pytest.mark.quick
def test_a_village_with_households_past_their_deadline_is_late():
    """98 % and hardly behind, it still counts as late, for one household is left of a project that is over."""
    ranking = ranking_of(("甲", 1, 0, 5, 9, 10, 0), ("乙", 2, 0, -0.5, 51, 52, 1), against="一周前")
    assert "1 / 2 个村社滞后或逾期；与一周前（2014-05-31）比" in title_of(ranking)


def test_the_page_lists_the_last_place_first_with_both_counts() -> None:
    """The last stands in front and in red, each row a link, with its place, its change in words, gap and counts."""
    app = open_app(FILE)
    assert page_title(app).startswith("示例村E末位，落后序时 1.9 个百分点（签约 51 / 52 户）；")
    assert "与 2014-05-31 公布的排名比" in page_title(app)
    first, *others = list_rows(app)
    assert first == ["◆ 示例村E", "第 4 名", "▼ 下降 1 位", "−1.9", "98.1 %（51 / 52 户）", "100.0", "1"]
    assert [row[2] for row in others] == ["▼ 下降 2 位", "▼ 下降 1 位", "新上榜"]
    assert ["fl-alarm" in row.get_attribute_list("class") for row in page_html(app).select("tbody tr")] == [
        True,
        *[False] * 3,
    ]
    assert {"?village=V-E", "?village=V-D", "?open=published", "?open=awards", "?open=publish"} <= set(page_links(app))


def test_the_bars_begin_at_the_plan_and_say_their_counts() -> None:
    """Four bars in the order of places, those ahead to the right of the line and the one behind to its left."""
    bars = page_html(open_app(FILE)).select(".fl-bars li")
    assert [bar.a.get_text()[0] for bar in bars if bar.a] == ["1", "2", "3", "4"]
    lines = [re.findall(r"[\d.]+(?=%)", str(bar.select_one(".fl-bullet"))) for bar in bars]
    starts, widths, plans = ([float(line[n]) for line in lines] for n in range(3))
    assert len(set(plans)) == 1
    assert all(start == plan for start, plan in zip(starts[:3], plans, strict=False))
    assert starts[3] == 0
    assert widths[3] == pytest.approx(plans[3], abs=0.02)
    assert all("户" in str(bar.select(".fl-bullet")[0]["aria-label"]) for bar in bars)


def test_one_village_tells_its_projects_places_and_assessment() -> None:
    """Its projects lead to their pages, the one of another year is marked, places stand beside those of now."""
    app = open_app(FILE, village="V-D")
    assert page_title(app) == (
        "示例社区D第 2 名（共 4 个），快于序时 10.9 个百分点，签约 61.8 %（55 / 89 户），▼ 下降 1 位"
        "（与 2014-05-31 公布的排名比）"
    )
    projects, places, assessed = (list_rows(app, place) for place in range(3))
    assert [row[0] for row in projects][-1] == "示例征迁项目六 （不计入今年的排名）"
    assert places[0] == ["2014-05-31", "28 / 60 户（第 1 名）", "9.6", "28 / 60 户（第 1 名）"]
    assert assessed[0][:2] == ["签约进度", "2013"]
    assert {"demolition-signing?project=DEM-S1", "?"} <= set(page_links(app))


def test_a_village_without_projects_and_one_that_is_none() -> None:
    """A village of the ledger that is not ranked says so; a dead link says that there is no such village."""
    assert page_title(open_app(FILE, village="V-HJ")) == "胡家村今年没有参加排名的项目"
    assert "没有这个村社：NOPE。" in page_words(open_app(FILE, village="NOPE"))


def test_on_an_earlier_day_the_page_is_of_that_day() -> None:
    """On 30 April no ranking was published before, so places are held against a week before, and that is said."""
    app = open_app(FILE, as_of="2014-04-30")
    assert "与一周前（2014-04-23）比" in page_title(app)
    assert "此前没有公布过排名，位次与一周前比" in page_words(app)


def test_folded_parts_are_sent_when_they_are_opened() -> None:
    """No table at first sight; what was published says that all holds, and has a row for each place published."""
    assert not open_app(FILE).dataframe
    app = open_app(FILE, open="published")
    assert "公布的各数与现在重算的都一致。" in page_words(app)
    assert len(app.dataframe[0].value) == 6
    assert len(open_app(FILE, open="awards").dataframe[0].value) == 9


@pytest.mark.parametrize(
    "choices", [{}, {"village": "V-D"}, {"village": "V-E"}, {"open": "published"}, {"open": "publish"}]
)
def test_every_part_in_english_is_english(choices) -> None:
    """The page, one village, the published rankings and the editor hold no Chinese but names in the ledgers."""
    app = open_app(FILE, "en", **choices)
    assert not app.exception
    said = NAMES_IN_DATA.sub("", page_words(app))
    assert not HAN.findall(re.sub("|".join(ITEMS), "", said))
    for table in app.dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]


def test_a_viewer_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the editor nor the file for it is offered to a viewer, whatever the address asks for."""
    monkeypatch.setenv(SETTING, "viewer")
    app = open_app(FILE, open="publish")
    assert not app.exception
    assert "公布这一天的排名" not in page_words(app)
    assert not app.button


@pytest.fixture
def url(fresh_server: Callable[..., Server], sample_path: Path, tmp_path: Path) -> str:
    """Return the address of a server of one test's own, with the 示例 ledgers."""
    return fresh_server(database=copy_database(sample_path, tmp_path / "own.duckdb")).url


def test_a_clerk_publishes_a_ranking_and_undoes_it(page: Page, url: str) -> None:
    """Check, name, commit: the day is published and cannot be again; the undo takes it back, and it can."""
    main = page.get_by_test_id("stMain")
    visit_page(page, f"{url}/demolition-villages?open=publish")
    main.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_text("可以提交。")).to_be_visible()
    expect(page.get_by_text("台账新增 4 条")).to_be_visible()
    page.get_by_label("经办人").fill("示例经办员")
    page.get_by_label("经办人").press("Enter")
    main.get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text(re.compile("“公布排名 .*”已提交为批次"))).to_be_visible()
    expect(main.get_by_role("button", name="检查", exact=True)).to_have_count(0)
    visit_page(page, f"{url}/demolition-villages?open=publish")
    expect(page.get_by_text("已经公布，公布了的不改")).to_be_visible()
    expect(main.get_by_role("button", name="检查", exact=True)).to_have_count(0)
    page.get_by_role("link", name="查看或撤销批次").click()
    main.get_by_text("撤销", exact=True).click()
    main.get_by_role("button", name="撤销批次").click()
    expect(page.get_by_text(re.compile(r"批次\s\d+\s已撤销"))).to_be_visible()
    visit_page(page, f"{url}/demolition-villages?open=publish")
    expect(main.get_by_role("button", name="检查", exact=True)).to_be_enabled()
