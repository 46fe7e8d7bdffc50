"""Every page in both languages, through the script that readers run."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui import frame
from ui.frame import PAGES, PAGES_FOLDER

SHELL = Path(frame.__file__).parent / "shell.py"
HAN = re.compile("[一-鿿]+")
NAMES_IN_DATA = re.compile(
    r"农村工作服务中心|经济发展服务中心|征地拆迁办公室|示例\S*|胡家\S*|灵山\S*|姚江\S*|深圳\S*|市北环\S*|中文|公告|\S*号\S*|新里\S*|城市房地产\S*|环办\S*"
)


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the pages of this file a database of their own, filled with the 示例 ledgers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_DB", str(tmp_path_factory.mktemp("pages") / "pages.duckdb"))
        patch.delenv("FRONTLINE_SAMPLE", raising=False)
        st.cache_resource.clear()
        yield
        frame.store().close()
        st.cache_resource.clear()


def opened(file: str, language: str = "zh", **link: str) -> AppTest:
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    app.query_params["lang"] = language
    for name, value in link.items():
        app.query_params[name] = value
    return app.run().switch_page(str(PAGES_FOLDER / file)).run()


def words(app: AppTest) -> str:
    """Return what stands on a page outside its tables."""
    parts = [*app.title, *app.subheader, *app.caption, *app.markdown, *app.info, *app.success, *app.error]
    labels = [*app.selectbox, *app.text_input, *app.checkbox, *app.button, *app.number_input]
    return "\n".join([str(p.value) for p in parts] + [w.label for w in labels] + [t.label for t in app.tabs])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.url)
def test_page_opens(page: frame.Page, language: str) -> None:
    """Every page opens in both languages with a title, the 示例 badge, and no failure."""
    app = opened(page.file, language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value
    assert ("示例数据" if language == "zh" else "Sample data") in words(app)


@pytest.mark.parametrize("page", [p for p in PAGES if "dictionary" not in p.file], ids=lambda p: p.url)
def test_english_page_is_english(page: frame.Page) -> None:
    """The English pages hold no Chinese but names in the ledgers (the dictionary also lists Chinese headings)."""
    left_over = HAN.findall(NAMES_IN_DATA.sub("", words(opened(page.file, "en"))))
    assert not left_over


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.url)
def test_english_tables_are_english(page: frame.Page) -> None:
    """Headings and stored words of the tables are translated on the English pages."""
    for table in opened(page.file, "en").dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]
        for column in table.value.columns[table.value.dtypes == "str"]:
            cells = " ".join(table.value[column].astype(str))
            assert not HAN.findall(NAMES_IN_DATA.sub("", cells)) or column in FREE_TEXT


FREE_TEXT = {"Lead unit", "Note", "Estate", "Who", "File", "Investor", "Project"}


def test_pages_are_all_in_the_menu() -> None:
    """Every file below pages/ is in PAGES, and every entry of PAGES is a file."""
    files = {p.relative_to(PAGES_FOLDER).as_posix() for p in PAGES_FOLDER.rglob("*.py")}
    assert {p.file for p in PAGES} == files


def test_day_in_the_link_is_honoured() -> None:
    """A link with ?as_of= shows that day's figures, and says so."""
    earlier = opened("demolition/signing.py", as_of="2013-10-01")
    assert "2013-10-01" in words(earlier)
    assert earlier.title[0].value != opened("demolition/signing.py").title[0].value


def test_day_can_be_chosen_in_the_sidebar() -> None:
    """A day of years ago can be picked, and its figures are shown."""
    app = opened("demolition/signing.py")
    app.sidebar.date_input[0].set_value(datetime.date(2013, 10, 1)).run()
    assert not app.exception
    assert "2013-10-01" in words(app)


def test_day_in_the_link_outside_the_calendar_is_ignored() -> None:
    """A day in the link that the calendar does not hold shows the newest figures."""
    app = opened("water/quality.py", as_of="1066-10-14")
    assert not app.exception
    assert "2014-06-26" in words(app)


def test_language_survives_a_change_of_page() -> None:
    """English chosen in a link stays English on the next page."""
    app = opened("water/quality.py", "en").switch_page(str(PAGES_FOLDER / "water/works.py")).run()
    assert app.session_state["language"] == "en"
    assert "dredged" in app.title[0].value


def test_dredging_of_the_article_is_on_screen() -> None:
    """胡家新河 reads 80 % with both counts."""
    spec = opened("water/works.py").get("plotly_chart")[0].proto.spec
    assert "80.0 %（12,400 / 15,500 m³）" in spec.encode().decode("unicode_escape", errors="ignore") or (
        "12,400 / 15,500" in spec
    )


def test_all_signed_project_of_the_article() -> None:
    """市北环快速路 reads 100 % with both counts and no household left."""
    app = opened("demolition/signing.py")
    app.selectbox(key="project").set_value("DEM-BH").run()
    assert "100 %（86 / 86 户）" in app.title[0].value


def test_unknown_day_in_the_link_is_ignored() -> None:
    """A day in the link that is not a date shows the newest figures."""
    app = opened("water/quality.py", as_of="yesterday")
    assert not app.exception
    assert "2014-06-26" in words(app)


def test_upload_of_a_wrong_row_is_told_with_its_line() -> None:
    """A file with a bad cell shows line, column, value and reason, and offers no commit."""
    app = opened("ledgers/update.py")
    content = "村社编码,村社名称,人口\nV-X,示例村X,abc\n".encode("gbk")
    app.file_uploader[0].upload("村社.csv", content, "text/csv").run()
    errors = next(t.value for t in app.dataframe if "原因" in t.value.columns)
    assert errors.iloc[0].tolist() == [2, "人口", "abc", "“人口”应是整数"]
    assert not [b for b in app.button if b.key == "commit"]


def test_upload_commit_and_undo() -> None:
    """A good file is committed as a batch and undone again, and the ledger is as before."""
    app = opened("ledgers/update.py")
    content = "村社编码,村社名称,人口\nV-X,示例村X,120\n".encode()
    app.file_uploader[0].upload("村社.csv", content, "text/csv").run()
    app.button(key="commit").click().run()
    assert "新增 1 行" in app.success[0].value
    app.button(key="undo").click().run()
    assert "已撤销" in app.success[0].value
    with frame.store().read() as con:
        assert con.execute("SELECT count(*) FROM village WHERE village_id = 'V-X'").fetchall() == [(0,)]


def test_upload_of_a_picture_is_refused_in_a_sentence() -> None:
    """A JPEG renamed .csv gets one sentence."""
    app = opened("ledgers/update.py", "en")
    app.file_uploader[0].upload("村社.csv", b"\xff\xd8\xff\xe0 picture", "text/csv").run()
    assert "is not a text table (a JPEG picture)" in app.error[0].value


def test_personal_columns_do_not_reach_the_screen() -> None:
    """The name of a chief is masked in the comparison of old and new values."""
    app = opened("ledgers/update.py", ledger="chief")
    app.selectbox(key="ledger").set_value("chief").run()
    content = "河长编码,职务,姓名,河长级别\nC-01,街道办事处主任,测试姓名,街道级河长\n".encode()
    app.file_uploader[0].upload("河长.csv", content, "text/csv").run()
    tables = " ".join(t.value.to_string() for t in app.dataframe)
    assert "***" in tables
    assert "测试姓名" not in tables
