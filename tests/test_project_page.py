"""One investment project, and all of them to choose from."""

from __future__ import annotations

import re

import pytest
from bs4 import Tag

from tests.metric_helpers import metric_rows
from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/project.py"
DAY = "2014-06-24"


def way(code: str, **link: str) -> list[str]:
    """Return the pieces of the strip of a project's way, as they read."""
    items = page_html(open_app(FILE, project=code, **link)).select(".fl-way li")
    return [item.get_text(" ", strip=True).translate(LOOSE) for item in items]


def section(code: str, heading: str) -> Tag:
    """Return the part of a project's page below a heading."""
    [found] = [
        h.parent for h in page_html(open_app(FILE, project=code)).select("section h2") if h.get_text() == heading
    ]
    assert found is not None
    return found


@pytest.mark.quick
def test_without_a_project_in_the_link_all_stand_to_choose_from(sample_store) -> None:
    """Every project is counted, the stuck ones first; 15 are on screen, more on paper, and all in the folded table."""
    app = open_app(FILE)
    rows = metric_rows(sample_store, "stuck_projects")
    assert [row[0] for row in list_rows(app)] == [row["project"] for row in rows][:40]
    assert f"全部 {len(rows)} 行" in page_words(app)
    assert len(open_app(FILE, open="all").dataframe[0].value) == len(rows)


def test_an_unknown_project_in_the_link_is_told() -> None:
    """A dead project shows all of them and says that there is none."""
    app = open_app(FILE, project="NOPE")
    assert "没有这个招商项目：NOPE。" in page_words(app)
    assert list_rows(app)


def test_a_project_of_the_link_has_a_page_of_its_own() -> None:
    """?project= tells stage, why it is stuck and its money in the title, and leads back and on."""
    app = open_app(FILE, project="INV-S07", as_of=DAY)
    title = page_title(app)
    assert title.startswith("示例项目庚在“拿地”已 917 天，卡住：用地超期 754 天")
    assert title.endswith("资金到位 10.3 %（1,010 万元 / 9,800 万元）")
    links = page_links(app)
    assert f"?as_of={DAY}" in links
    assert f"investment-funnel?as_of={DAY}&stage=%E6%8B%BF%E5%9C%B0" in links
    assert f"investment-land?as_of={DAY}&parcel=LAND-S07" in links


@pytest.mark.parametrize("part", ["receipts", "contacts", "stages"])
def test_folded_parts_of_a_project_open(part) -> None:
    """Receipts, contacts and the evidence of the stages are sent when they are opened."""
    app = open_app(FILE, project="INV-S07", open=part)
    assert not app.exception
    if part == "receipts":
        assert {row[1] for row in list_rows(app, -1)} == {"480", "530"}


def test_the_article_and_nothing_more_of_yaojiang() -> None:
    """姚江1号: who, how much, 浙商回归, the first to start in 江北, 主体施工 and no further, without money or land."""
    app = open_app(FILE, project="INV-YJ1", as_of=DAY)
    said = page_words(app)
    assert page_title(app) == "姚江1号项目在“主体施工”已 160 天，没有到资记录（总投资 10.00 亿元）"
    for fact in ("深圳宁波商会", "浙商回归", "世界宁波帮大会", "江北区第一个开工的浙商回归项目", "没有用地记录"):
        assert fact in said
    assert way("INV-YJ1", as_of=DAY) == [
        "储备、洽谈、意向签约 跳过或没有登记",
        "正式签约 2012-04-14 · 340 天 日期：大会日期",
        "注册落地、拿地 跳过或没有登记",
        "开工 2013-03-20 · 301 天 日期：示例",
        "主体施工 2014-01-15 · 160 天 日期：示例",
        "封顶、竣工、投产纳统 未到",
    ]
    rows = list_rows(app)
    assert [row[0] for row in rows] == ["缺乏房地产建设经验", "深圳和宁波政策差异较大", "投资人主体多", "距离远"]
    assert all("宝典" in row[1] for row in rows[:1])
    assert "对应关系为示例" in said


def test_yaojiang_has_its_playbook() -> None:
    """The plan is told in a line, with the counts of the playbook's own title, and leads to it."""
    [found] = section("INV-YJ1", "项目宝典").select("a")
    [counts] = re.findall(r"（(\d+) / (\d+) 项），(\d+) 项逾期", page_title(open_app("investment/playbook.py")))
    on_time, due, late = counts
    said = found.get_text().translate(LOOSE)
    assert f"已到期 {due} 项，其中准点 {on_time} 项、逾期未完成 {late} 项" in said
    assert found["href"] == "investment-playbook?project=INV-YJ1"


def test_requests_stand_as_on_their_own_page(sample_store) -> None:
    """A request of a project has the state that the list of requests gives it."""
    asked = [row for row in metric_rows(sample_store, "request_list") if isinstance(row["project_id"], str)]
    code = asked[0]["project_id"]
    states = [row["state"] for row in asked if row["project_id"] == code]
    rows = section(code, "诉求").select("tbody tr")
    assert [row.select("td")[3].get_text() for row in rows] == states[: len(rows)] != []


def test_the_way_before_a_later_stage_does_not_know_of_it() -> None:
    """In the middle of 2013 the main structure is still to come."""
    assert way("INV-YJ1", as_of="2013-06-30")[-1] == "主体施工、封顶、竣工、投产纳统 未到"


def test_what_ended_has_nothing_to_come() -> None:
    """The way of an ended project stops at its end."""
    pieces = way("INV-S19")
    assert pieces[-1].startswith("终止 2014-02-26")
    assert not any("未到" in piece for piece in pieces)


def test_a_day_that_was_moved_three_times_says_so() -> None:
    """The changes stand with from and to and why; the expected day with how often it was moved."""
    said = section("INV-H42", "变更").get_text(" ", strip=True).translate(LOOSE)
    assert "预计开工日期 2014-09-30：最初 2013-08-31，推迟 3 次" in said
    assert "2014-04-30 → 2014-09-30 示例：投资方调整方案" in said
    assert page_title(open_app(FILE, project="INV-H42", as_of=DAY)).startswith(
        "示例项目42在“拿地”已 199 天，卡住：预计开工日期推迟 3 次"
    )


@pytest.mark.parametrize("code", ["INV-S07", "INV-H42", "INV-S20"])
def test_a_page_in_english_has_no_chinese_but_names(code) -> None:
    """Stages, reasons and headings are English."""
    app = open_app(FILE, "en", project=code)
    headings = [h.get_text() for h in page_html(app).select("h2, h3, th, dt")]
    assert not [h for h in headings if any("一" <= c <= "鿿" for c in h)]


def test_an_exit_and_what_was_resumed_stand_in_the_way() -> None:
    """示例项目29 was suspended and went on: both are pieces of the strip, in their order."""
    pieces = way("INV-H29", as_of=DAY)
    [at] = [place for place, piece in enumerate(pieces) if piece.startswith("暂停 2013-03-25")]
    assert "恢复" in pieces[at + 1]
    assert not any("恢复" in piece for piece in pieces[: at + 1])
