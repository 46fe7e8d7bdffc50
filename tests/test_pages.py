"""Every page in both languages, through the script that readers run."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page_helpers import open_app, page_title, page_words
from tests.stores import copy_database
from ui.menu import MenuPage, all_pages
from ui.page import PAGES_FOLDER
from ui.store import close_shared_store

pytestmark = pytest.mark.slow

HAN = re.compile("[一-鿿]+")
NAMES_IN_DATA = re.compile(
    r"农村工作服务中心|街道办事处主任|经济发展服务中心|征地拆迁办公室|示例\S*|胡家\S*|灵山\S*|姚江\S*|深圳\S*|市北环\S*|中文|公告|\S*号\S*|新里\S*|城市房地产\S*|环办\S*"
    r"|[畜油煤废餐洗工生农](?= [A-Z])"  # signs on the map, each named in its legend
)


@pytest.fixture(scope="module", autouse=True)
def database(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the pages of this file a database of their own, filled with the 示例 ledgers."""
    own = copy_database(sample_path, tmp_path_factory.mktemp("pages") / "pages.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_DB", str(own))
        yield
        close_shared_store()


@pytest.mark.parametrize("language", [pytest.param("zh", marks=pytest.mark.quick), "en"])
@pytest.mark.parametrize("page", all_pages(), ids=lambda p: p.url)
def test_page_opens(page: MenuPage, language: str) -> None:
    """Every page opens in both languages with a title, the 示例 badge, and no failure."""
    app = open_app(page.file, language)
    assert not app.exception
    assert not app.error
    assert page_title(app)
    assert ("示例数据" if language == "zh" else "Sample data") in page_words(app)


@pytest.mark.parametrize("page", [p for p in all_pages() if "dictionary" not in p.file], ids=lambda p: p.url)
def test_english_page_is_english(page: MenuPage) -> None:
    """The English pages hold no Chinese but names in the ledgers (the dictionary also lists Chinese headings)."""
    left_over = HAN.findall(NAMES_IN_DATA.sub("", page_words(open_app(page.file, "en"))))
    assert not left_over


@pytest.mark.slow
@pytest.mark.parametrize("page", all_pages(), ids=lambda p: p.url)
def test_english_tables_are_english(page: MenuPage) -> None:
    """Headings and stored words of the tables are translated on the English pages."""
    for table in open_app(page.file, "en").dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]
        for column in table.value.columns[table.value.dtypes == "str"]:
            cells = " ".join(table.value[column].astype(str))
            assert not HAN.findall(NAMES_IN_DATA.sub("", cells)) or column in FREE_TEXT


FREE_TEXT = {
    "Lead unit",
    "Note",
    "Estate",
    "Who",
    "File",
    "Investor",
    "Project",
    "Post",
    "Photo before",
    "Photo after",
    "Evidence",
}


def test_day_in_the_link_is_honoured() -> None:
    """A link with ?as_of= shows that day's figures, and says so."""
    earlier = open_app("demolition/signing.py", as_of="2013-10-01")
    assert "2013-10-01" in page_words(earlier)
    assert page_title(earlier) != page_title(open_app("demolition/signing.py"))


def test_day_can_be_chosen_in_the_sidebar() -> None:
    """A day of years ago can be picked, and its figures are shown."""
    app = open_app("demolition/signing.py")
    app.sidebar.date_input[0].set_value(datetime.date(2013, 10, 1)).run()
    assert not app.exception
    assert "2013-10-01" in page_words(app)


def test_day_in_the_link_outside_the_calendar_is_ignored() -> None:
    """A day in the link that the calendar does not hold shows the newest figures."""
    app = open_app("water/quality.py", as_of="1066-10-14")
    assert not app.exception
    assert "2014-06-26" in page_words(app)


def test_language_survives_a_change_of_page() -> None:
    """English chosen in a link stays English on the next page."""
    app = open_app("water/quality.py", "en").switch_page(str(PAGES_FOLDER / "water/works.py")).run()
    assert app.session_state["language"] == "en"
    assert "Furthest behind: " in page_title(app)


def test_dredging_of_the_article_is_on_screen() -> None:
    """胡家新河 reads 80 % with both counts."""
    spec = open_app("water/works.py").get("plotly_chart")[0].proto.spec
    assert "80.0\u00a0%（12,400 / 15,500\u00a0m³）" in spec.encode().decode("unicode_escape", errors="ignore")


def test_the_works_page_says_when_the_work_of_the_link_will_be_done() -> None:
    """The dredging of the article, chosen in the link, is told with its counts, its forecast and its range."""
    said = page_words(open_app("water/works.py", work="W-01")).replace("\\", "")
    assert "80.0 %（12,400 / 15,500 m³），落后序时 4.1 个百分点；按最近的速度预计 2014-08-22 完工" in said
    assert "最早 2014-08-11，最晚 2014-09-08" in said


def test_the_plants_page_names_the_plant_that_stands_still() -> None:
    """The stopped plant is in the title with the day since when, and on top of the list."""
    app = open_app("water/plants.py")
    assert "示例微型污水处理厂二号（停运，2014-04-08 起）" in page_words(app)
    assert (
        next(t.value for t in app.dataframe if "停着自" in t.value)["微型污水处理厂"].iloc[0]
        == "示例微型污水处理厂二号"
    )


def test_the_sources_page_lists_the_longest_overdue_first() -> None:
    """The relapsed car wash, 118 days over, stands on top of the sources; all eleven of the article are closed."""
    app = open_app("water/sources.py")
    listed = next(t.value for t in app.dataframe if "污染源" in t.value)
    assert listed["超期(天)"].iloc[0] == 118
    assert set(listed[listed["河道"] == "胡家新河"]["整治状态"]) == {"已验收", "已完成"}


def test_all_signed_project_of_the_article() -> None:
    """市北环快速路 reads 100 % with both counts and no household left."""
    app = open_app("demolition/signing.py")
    app.selectbox(key="project").set_value("DEM-BH").run()
    assert "100 %（86 / 86 户）" in page_words(app)


def test_a_suspicious_reading_is_flagged_where_it_is_listed() -> None:
    """The sample in which ammonia is above total nitrogen bears the reason in the list of samples and of readings."""
    app = open_app("water/quality.py", section="SL2-02")
    flagged = [t.value for t in app.dataframe if "可疑原因" in t.value.columns]
    assert [(t["可疑原因"] == "氨氮大于总氮").sum() for t in flagged] == [1, 1, 1]


def test_the_curve_has_its_sentence() -> None:
    """Ammonia at 胡家新河 falls, and the page says so with the evidence; five years are not there yet."""
    app = open_app("water/quality.py", section="HJXH-01", item="NH3N")
    assert "氨氮下降（好转）" in page_words(app)
    assert "氨氮：样本不足，现有 3 年，至少需要 5 年" in page_words(app)


def test_the_four_dimensions_stand_side_by_side() -> None:
    """治 截 洁 节 each have a heading and two figures at least, after three sentences of news."""
    app = open_app("water/overview.py")
    assert [s.value[0] for s in app.subheader[:4]] == ["治", "截", "洁", "节"]
    assert len(app.metric) >= 8
    assert app.markdown[1].value.count("\n") == 2


def test_unknown_day_in_the_link_is_ignored() -> None:
    """A day in the link that is not a date shows the newest figures."""
    app = open_app("water/quality.py", as_of="yesterday")
    assert not app.exception
    assert "2014-06-26" in page_words(app)


def test_old_data_do_not_look_new():
    """Looked at from 2016, the page says that its data end in June 2014, in the title line and on the cards."""
    said = page_words(open_app("water/overview.py", as_of="2016-01-01"))
    assert "数据截至 2014-06-30 · 按 2016-01-01 计算" in said
    assert "数据截至 2016-01-01" not in said
