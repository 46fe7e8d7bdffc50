"""The page of difficulties and visits: the unsigned worst first, one project, one household, what is folded."""

from __future__ import annotations

import re

import pytest

from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

PAGE = "demolition/difficulties.py"
HAN = re.compile("[一-鿿]+")
# project, village, teams, lead units, what was agreed upon: words of the ledgers themselves
NAMES_IN_DATA = re.compile(
    r"示例[一-鿿A-Z：，]*|市北环快速路\(前洋立交—世纪大道\)项目|新里都市小区|征地拆迁办公室|中文|[一二三]片"
    r"|约[谈看][一-鿿，]+|请[一-鿿]+|送达[一-鿿]+|核对[一-鿿]+|继续[一-鿿]+|联系[一-鿿，（]+日期为示例）|帮助尽快购买"
)


@pytest.mark.quick
def test_the_title_counts_what_is_red_and_names_the_worst_by_its_code() -> None:
    """76 unsigned, 18 not visited for a week, ten promises and a petition overdue; the one of the late project."""
    app = open_app(PAGE)
    assert page_title(app) == (
        "76 户未签约，18 户超过 7 天没有走访，10 个难题逾期，1 件信访逾期；"
        "最急的是示例征迁项目三的 S3-037，已过截止 122 天"
    )
    assert len(page_html(app).select(".fl-card")) == 4
    assert not app.dataframe
    assert not app.get("plotly_chart")


def test_the_list_tells_reason_visit_next_step_and_who() -> None:
    """The first row is red and has the promise that is overdue, the newest visit, the one missed, the team."""
    app = open_app(PAGE)
    first = list_rows(app)[0]
    assert first[0] == "S3-037 示例征迁项目三 · 已摸底 · 补偿决定"
    assert first[1] == "家庭产权纠纷 2014-01-20 提出，承诺 2014-03-31，已逾期 91 天"
    assert first[2].startswith("2014-06-18 入户走访，")
    assert first[2].endswith("12 天前，共 2 次")
    assert first[3] == "约谈产权分割，联系公证 约 2014-06-23，没有去"
    assert first[4:] == ["示例征拆三组", "已过截止 122 天"]
    assert "fl-alarm" in page_html(app).select("tbody tr")[0].get_attribute_list("class")
    assert "先列 6 户，还有 70 户" in page_words(app)
    assert {"?household=S3-037", "?kind=%E8%B5%84%E9%87%91%E7%BC%BA%E5%8F%A3"} <= set(page_links(app))


def test_one_project_tells_its_own_and_leads_to_its_signing() -> None:
    """?project= keeps list, cards, bars and petitions to that project, and names it in the title."""
    app = open_app(PAGE, project="DEM-S1")
    assert page_title(app).startswith("示例征迁项目一：29 户未签约，8 户超过 7 天没有走访，")
    assert {row[0].split("-")[0] for row in list_rows(app)} == {"S1"}
    assert "8 / 29 户" in page_words(app)
    assert "demolition-signing?project=DEM-S1" in page_links(app)


def test_a_project_that_is_complete_has_nobody_to_visit() -> None:
    """市北环 has signed all; its 59 difficulties are solved, and nothing of it is red."""
    app = open_app(PAGE, project="DEM-BH")
    assert page_title(app) == "市北环快速路(前洋立交—世纪大道)项目：在册的户都已签约"
    assert "已解决 59 个" in page_words(app)
    assert not page_html(app).select(".fl-alarm")


def test_a_kind_of_difficulty_lists_the_households_that_have_it() -> None:
    """A bar opens the unsigned households with that kind open, and leads back to all kinds."""
    app = open_app(PAGE, kind="安置房位置")
    assert "有“安置房位置”难题的 11 户" in page_words(app)
    assert all("安置房位置" in row[1] for row in list_rows(app))
    assert "?" in page_links(app)


def test_one_household_has_its_steps_visits_and_difficulties_by_code() -> None:
    """?household= tells what presses, what happened day by day, and of which batches that is; no name stands there."""
    app = open_app(PAGE, household="S3-037")
    assert page_title(app) == "S3-037（示例征迁项目三）未签约：已过截止 122 天，难题逾期 91 天，12 天没有走访"
    steps = [step.get_text().translate(LOOSE) for step in page_html(app).select(".fl-list li")]
    assert [step[:10] for step in steps] == sorted(step[:10] for step in steps)
    assert "2014-01-20 难题提出：家庭产权纠纷，示例承办单位B，承诺 2014-03-31" in steps
    assert any(step.startswith("2014-06-18 走访：入户走访") and step.endswith("约下次 2014-06-23") for step in steps)
    assert "只用户编号" in page_words(app)
    assert "住户难题 批次" in page_words(app)
    assert {"demolition-signing?project=DEM-S3", "?project=DEM-S3"} <= set(page_links(app))


def test_a_household_that_has_signed_tells_its_agreement() -> None:
    """One of the 59: the difficulty, its solution, the agreement and the home; on an earlier day it had not signed."""
    app = open_app(PAGE, household="BH-001")
    assert page_title(app) == "BH-001（市北环快速路(前洋立交—世纪大道)项目）2013-09-29 签约，货币补偿，新里都市小区"
    assert "难题办结：安置房位置，已解决，联系新里都市小区房源，帮助尽快购买（日期为示例）" in page_words(app)
    early = page_title(open_app(PAGE, household="BH-001", as_of="2013-09-28"))
    assert "未签约" in early


@pytest.mark.parametrize(("name", "what"), [("household", "户编号"), ("project", "征迁项目"), ("kind", "难题类别")])
def test_a_dead_link_says_so(name, what) -> None:
    """An address that names what is not there tells it above the page of all."""
    app = open_app(PAGE, **{name: "NOPE"})
    assert f"没有这个{what}：NOPE。" in page_words(app)
    assert list_rows(app)


def test_what_is_folded_opens_with_its_own_address() -> None:
    """The full table, the kinds, the projects, the attitudes and the petitions are sent one by one."""
    assert len(open_app(PAGE, open="all").dataframe[0].value) == 76
    assert len(open_app(PAGE, open="kinds").dataframe[0].value) == 9
    assert "示例征迁项目二" in page_html(open_app(PAGE, open="projects")).select("table")[1].get_text()
    matrix = page_html(open_app(PAGE, open="attitudes")).select("table")[1]
    assert [cell.get_text() for cell in matrix.select("thead th")][1:] == ["未知", "反对", "观望", "支持", "合计"]


def test_petitions_show_class_clock_and_state_only() -> None:
    """The overdue one first and red, then that at day 58 of 60; nothing else is on record of them."""
    app = open_app(PAGE, open="petitions")
    rows = list_rows(app, 1)
    assert rows[0][:5] == ["PET-004", "申诉求决", "示例征迁项目三", "逾期未办结", "112 / 90 天"]
    assert rows[1][:5] == ["PET-008", "申诉求决", "示例征迁项目一", "未办结", "58 / 60 天"]
    assert "只显示类别、时限和状态" in page_words(app)


@pytest.mark.parametrize(
    "choices",
    [{}, {"household": "S3-037"}, {"household": "BH-001"}, {"project": "DEM-S1"}, {"open": "attitudes"},
     {"open": "petitions"}, {"open": "projects"}],
)  # fmt: skip
def test_every_part_in_english_is_english(choices) -> None:
    """The page, a project, a household and what is folded hold no Chinese but names and words of the ledgers."""
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(open_app(PAGE, "en", **choices))))


def test_a_day_before_all_projects_offers_the_upload() -> None:
    """As of a day before anything was signed there is nothing to show, and no error."""
    app = open_app(PAGE, as_of="2009-01-01")
    assert not app.exception
    assert page_title(app)


def test_a_household_visited_today_is_not_said_to_be_unvisited_for_0_days() -> None:
    """S1-007 was visited on the day of the figures."""
    assert page_title(open_app(PAGE, household="S1-007")) == "S1-007（示例征迁项目一）未签约：今天走访过"
