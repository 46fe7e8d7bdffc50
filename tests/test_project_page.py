"""One investment project, and all of them to choose from."""

from __future__ import annotations

import pytest

from tests.page_helpers import list_rows, open_app, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

FILE = "investment/project.py"


@pytest.mark.quick
def test_without_a_project_in_the_link_all_stand_to_choose_from() -> None:
    """Every project is listed once, the stuck ones first, the ended ones last."""
    app = open_app(FILE)
    listed = [row[0] for row in list_rows(app)]
    assert len(listed) == len(set(listed)) == 21
    assert listed[0] == "示例项目庚"
    assert listed.index("姚江1号项目") < listed.index("示例项目申")


def test_a_project_of_the_link_has_a_page_of_its_own() -> None:
    """?project= tells stage, land and money of one project in its title, lists them, and leads back and on."""
    app = open_app(FILE, project="INV-S07")
    assert page_title(app) == (
        "示例项目庚在“拿地”已 917 天，约定动工日期已过 754 天，资金到位 10.3 %（1,010 万元 / 9,800 万元）"
    )
    assert [row[0] for row in list_rows(app)][:2] == ["拿地", "注册落地"]
    assert [row[1] for row in list_rows(app, 1)] == ["480", "530"]
    assert list_rows(app, 2) == [["2012-05-31", "–", "754", "14.2", "–"]]
    assert "?" in page_links(app)
    assert "investment-funnel?stage=%E6%8B%BF%E5%9C%B0" in page_links(app)


def test_a_project_without_receipts_says_so() -> None:
    """姚江1号 has signed and has no receipt on record: no rate of 0 %, and no land."""
    app = open_app(FILE, project="INV-YJ1")
    assert "没有到资记录（总投资 10.00 亿元）" in page_title(app)
    assert "没有用地记录" in page_words(app)


def test_an_unknown_project_in_the_link_is_told() -> None:
    """A dead project shows all of them and says that there is none."""
    app = open_app(FILE, project="NOPE")
    assert "没有这个招商项目：NOPE。" in page_words(app)
    assert len(list_rows(app)) == 21
