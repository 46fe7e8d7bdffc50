"""Every page in both languages, through the script that readers run."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.page_helpers import open_app, page_messages, page_title, page_words
from ui.menu import MenuPage, all_pages
from ui.page import PAGES_FOLDER

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

HAN = re.compile("[一-鿿]+")
SAMPLE = PAGES_FOLDER.parent / "data" / "sample"


def playbook_names() -> str:
    """Return a pattern of the tasks, workstreams and places that stand in the 示例 playbooks, longest first."""
    tasks = pd.read_csv(SAMPLE / "playbook_task.csv", dtype=str, encoding="utf-8-sig")
    names = {name for column in ("任务", "工作线", "地点") for name in tasks[column].dropna()}
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def next_steps() -> str:
    """Return a pattern of what the 示例 visits leave to do, longest first."""
    visits = pd.read_csv(SAMPLE / "visit.csv", dtype=str, encoding="utf-8-sig")
    return "|".join(map(re.escape, sorted(set(visits["下一步"].dropna()), key=len, reverse=True)))


NAMES_IN_DATA = re.compile(
    playbook_names() + "|" + next_steps() + "|"
    r"农村工作服务中心|街道办事处主任|经济发展服务中心|征地拆迁办公室|示例\S*|胡家\S*|灵山\S*|姚江\S*|深圳\S*|市北环\S*|中文|公告|\S*号\S*|新里\S*|城市房地产\S*|环办\S*"
    r"|[畜油煤废餐洗工生农](?= [A-Z])"  # signs on the map, each named in its legend
    r"|[引增提促储联暖](?=\n[A-Z])|《投资庄桥》"  # the seven words, each followed by its English, and a title
    r"|[谋宣疏拆](?=\s+[A-Z])"  # the four steps likewise
)


@pytest.mark.parametrize("language", [pytest.param("zh", marks=pytest.mark.quick), "en"])
@pytest.mark.parametrize("page", all_pages(), ids=lambda p: p.url)
def test_page_opens(page: MenuPage, language: str) -> None:
    """Every page opens in both languages with a title, the 示例 badge, and no failure."""
    app = open_app(page.file, language)
    assert not app.exception
    assert not page_messages(app, "error")
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


def test_day_in_the_link_outside_the_calendar_is_ignored() -> None:
    """A day in the link that the calendar does not hold shows the newest figures."""
    app = open_app("water/quality.py", as_of="1066-10-14")
    assert not app.exception
    assert "2014-06-26" in page_words(app)


def test_language_survives_a_change_of_page() -> None:
    """English chosen in a link stays English on the next page."""
    app = open_app("water/quality.py", "en").switch_page(str(PAGES_FOLDER / "water/works.py")).run()
    assert "works are behind or overdue" in page_title(app)


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
