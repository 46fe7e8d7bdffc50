"""The web server: the reader's language, headers, small scripts, and a sentence when the database cannot be opened."""

import gzip
import re
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import streamlit
from playwright.sync_api import Page, expect

import app
from data.store import open_store
from tests import chromium, serving
from tests.patience import PATIENCE, wait_until
from ui import web_middleware
from ui.menu import MenuPage, all_pages

GALLERY = "tests/widget_catalogue/app.py"
NATIVE_ENGLISH = ("Upload", "per file", "Choose", "Download", "Search", "Fullscreen", "Open", "sidebar", "Help for")
SHOWN = """() => {
  const names = ["aria-label", "placeholder", "title", "data-title"];
  const labels = names.flatMap((n) => [...document.querySelectorAll(`[${n}]`)].map((e) => e.getAttribute(n)));
  return [document.body.innerText, ...labels].join("\\n");
}"""
WITHOUT_NEWER_METHODS = """
  for (const name of ["toSorted", "toReversed", "findLast"]) delete Array.prototype[name];
"""
HOLDS_THE_DATABASE = """
import sys
import app
from data.store import open_store

with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def catalogue_url(tmp_path_factory):
    """Return the address of a server that shows one of every widget."""
    folder = tmp_path_factory.mktemp("gallery")
    with serving.running_server(folder / "frontline.duckdb", folder / "log", GALLERY) as running:
        yield running.url


def fetch_url(url: str, **headers: str):
    return urlopen(Request(url, headers=headers), timeout=PATIENCE)


def native_english(page: Page) -> list[str]:
    """Return the English of Streamlit itself that a page shows or tells a screen reader."""
    shown = page.evaluate(SHOWN)
    return [words for words in NATIVE_ENGLISH if words in shown]


@pytest.mark.parametrize(
    ("language", "tag", "title"), [("zh", "zh-CN", "庄桥一线"), ("en", "en", "Frontline")], ids=["zh", "en"]
)
def test_index_page_speaks_the_readers_language(language, tag, title):
    """The index.html of the installed Streamlit takes the language, the title, the patch and one sentence."""
    original = Path(streamlit.__file__).with_name("static") / "index.html"
    html = web_middleware.localized_index(original.read_text(encoding="utf-8"), language)
    assert f'<html lang="{tag}" translate="no">' in html
    assert re.findall("<title>(.*)</title>", html) == [title]
    assert web_middleware.SCRIPTS in html
    assert re.findall("<noscript>(.*)</noscript>", html) == [f"<p>{web_middleware.NEEDS_JAVASCRIPT.into(language)}</p>"]


def test_a_path_of_folders_leads_to_its_page(server):
    """What is typed as /water/works opens /water-works, with what it asks for; nobody is left before a white page."""
    with fetch_url(f"{server.url}/water/works?work=W-07") as answer:
        assert answer.url == f"{server.url}/water-works?work=W-07"
        assert web_middleware.SCRIPTS in answer.read().decode()


@pytest.mark.parametrize("path", ["water-rivers", "water-rivers/", "water/rivers"])
def test_a_bookmark_of_the_former_map_leads_to_the_map(server, path):
    """The address that the map had keeps its reach, its language and its day on the way to where the map is now."""
    with fetch_url(f"{server.url}/{path}?reach=HJXH-R1&lang=en&as_of=2014-01-31") as answer:
        assert answer.url == f"{server.url}/overview-map?reach=HJXH-R1&lang=en&as_of=2014-01-31"
        assert web_middleware.SCRIPTS in answer.read().decode()


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("?lang=zh", "zh-CN"), ("?lang=en", "en")])
@pytest.mark.parametrize("path", ["/", "/water-quality"])
def test_every_page_is_served_patched_and_plain(server, path, query, tag):
    """A first visit and a deep link get the patched page, to a browser that reads gzip and has an old copy as well."""
    since = {"Accept-Encoding": "gzip", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    with fetch_url(server.url + path + query, **since) as answer:
        html = answer.read().decode()
    assert answer.headers["Content-Encoding"] is None
    assert answer.headers["ETag"] is None
    assert f'<html lang="{tag}" translate="no">' in html
    assert web_middleware.SCRIPTS in html


@pytest.mark.parametrize("path", ["/", "/water-quality", "/_stcore/health", "/favicon.png", "/nowhere.txt"])
def test_every_answer_has_the_headers_of_the_house(server, path):
    """Pages, health and files carry the content policy, which lets a page talk to its own server alone."""
    with fetch_url(server.url + path) as answer:
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        others = answer.headers["X-Content-Type-Options"], answer.headers["Referrer-Policy"]
    host = server.url.removeprefix("http://")
    assert policy["connect-src"].split() == ["'self'", f"ws://{host}", f"wss://{host}", "data:", "blob:"]
    assert (policy["default-src"], policy["form-action"], policy["object-src"]) == ("'self'", "'self'", "'none'")
    assert others == ("nosniff", "same-origin")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/%5Fstcore/metrics"])
def test_what_streamlit_tells_of_itself_is_closed(server, path):
    with pytest.raises(HTTPError) as refused, fetch_url(server.url + path):
        pass
    assert refused.value.code == 404
    refused.value.close()


def test_health_is_ok(server):
    with fetch_url(f"{server.url}/_stcore/health") as answer:
        assert (answer.status, answer.read()) == (200, b"ok")


def test_scripts_are_sent_packed_and_unchanged(server):
    """A script comes gzipped, the second time too, and unpacks to what a browser without gzip gets."""
    with fetch_url(server.url) as page:
        [script] = {server.url + path for path in re.findall(r"/static/js/index\.[\w-]+\.js", page.read().decode())}
    with fetch_url(script) as plain:
        original = plain.read()
    for _ in range(2):
        with fetch_url(script, **{"Accept-Encoding": "gzip"}) as answer:
            body = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == plain.headers["Cache-Control"]
        assert len(body) < len(original) / 2
        assert gzip.decompress(body) == original


def test_a_script_that_does_not_exist_is_not_kept(server):
    """What is not a script is not sent as a packed one."""
    with fetch_url(f"{server.url}/static/js/nowhere.js", **{"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] is None


def test_cockpit_opens_in_chinese_without_a_word_of_streamlits_english(server, page):
    """The cockpit shows none of the frontend's own English."""
    chromium.visit_page(page, server.url)
    assert page.title() == "庄桥一线"
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert native_english(page) == []


def test_address_in_english_opens_in_english(server, page):
    chromium.visit_page(page, f"{server.url}/?lang=en")
    assert page.title() == "Frontline"
    assert page.locator("html").get_attribute("lang") == "en"


def test_unknown_page_says_so_in_chinese(server, page):
    page.goto(f"{server.url}/nowhere")
    expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")
    expect(page.get_by_role("dialog")).to_contain_text("您要的页面不存在，已为您打开首页。")


def test_widgets_speak_chinese_and_switch_with_the_language(catalogue_url, page):
    """Every widget of the gallery is Chinese, English after the switch, and Chinese again."""
    chromium.visit_page(page, catalogue_url)
    assert native_english(page) == []
    expect(page.get_by_text("单个文件不超过 200MB").first).to_be_visible()
    page.get_by_text("换语言").click()
    expect(page.get_by_text("200MB per file").first).to_be_visible()
    expect(page.get_by_placeholder("Choose an option")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_text("换语言").click()
    expect(page.get_by_placeholder("请选择").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert native_english(page) == []


def test_words_that_appear_later_are_chinese_too(catalogue_url, page):
    """Hints, messages, calendars and uploaded files are put into Chinese as they appear."""
    chromium.visit_page(page, catalogue_url)
    page.get_by_role("textbox", name="文字").fill("一")
    expect(page.get_by_text("按回车键确定")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a"})
    expect(page.get_by_role("button", name="移除 a.csv")).to_be_visible()
    page.get_by_role("spinbutton", name="日期，年").click()
    page.keyboard.type("18990101")
    expect(page.get_by_test_id("stDateInput").first).to_contain_text("日期应在")
    page.get_by_role("combobox", name="多选").fill("丁")
    expect(page.get_by_text("没有结果")).to_be_visible()


def test_calendar_is_chinese_in_an_english_browser(catalogue_url, open_page):
    """The language of the address decides, not the language of the browser."""
    page = chromium.visit_page(open_page(locale="en-US"), catalogue_url)
    page.get_by_role("spinbutton", name="日期，年").click()
    expect(page.get_by_role("button", name="下个月")).to_be_visible()
    expect(page.get_by_role("gridcell", name="星期").first).to_be_visible()


@pytest.mark.slow
def test_lost_connection_says_so_in_chinese(fresh_server, page):
    """A server that goes away leaves a Chinese sentence on the screen."""
    server = fresh_server(script=GALLERY)
    chromium.visit_page(page, server.url)
    server.process.terminate()
    expect(page.get_by_role("dialog")).to_contain_text("连接中断")
    expect(page.get_by_role("dialog")).to_contain_text("服务好像停了")


def test_browser_without_newer_methods_finishes_the_page(server, page):
    """A browser of the age of Chrome 109 gets the three methods that the frontend needs."""
    page.add_init_script(WITHOUT_NEWER_METHODS)
    chromium.visit_page(page, server.url)
    assert page.evaluate("[[3, 1, 2].toSorted(), [1, 2].toReversed(), [1, 2, 3].findLast((n) => n < 3)]") == [
        [1, 2, 3],
        [2, 1],
        2,
    ]


def refused_start(database: Path, log: Path) -> tuple[int, str]:
    """Start a server that cannot open its database, and return its exit status and what it said on stderr."""
    process = serving.start_server(database, log)
    process.communicate(timeout=PATIENCE)
    return process.returncode, log.read_text()


@pytest.mark.slow
def test_database_in_use_ends_the_server_with_one_sentence(tmp_path):
    """Another program holds the database: status 2, the sentence in both languages, no traceback."""
    database = tmp_path / "frontline.duckdb"
    command = [sys.executable, "-c", HOLDS_THE_DATABASE, str(database)]
    with subprocess.Popen(
        command, cwd=serving.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        status, said = refused_start(database, tmp_path / "log")
        holder.communicate("")
    assert status == 2
    assert said.splitlines() == [
        f"数据库“{database}”正被另一个程序占用（PID {holder.pid}），请先关闭它再试。 / "
        f"The database “{database}” is in use by another program (PID {holder.pid}); close it and try again."
    ]


@pytest.mark.slow
def test_file_that_is_no_database_ends_the_server_with_one_sentence(tmp_path):
    database = tmp_path / "frontline.duckdb"
    database.write_text("断面,日期\n" * 1000)
    status, said = refused_start(database, tmp_path / "log")
    assert status == 2
    assert "不能作为数据库打开" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_server_that_is_told_to_stop_lets_go_of_the_database(tmp_path):
    """After SIGTERM the database opens at once and holds the 示例 ledgers."""
    database = tmp_path / "frontline.duckdb"
    with serving.running_server(database, tmp_path / "log"):
        pass
    with open_store(database) as store, store.read() as con:
        assert con.execute("SELECT count(*) > 0 FROM batch").fetchall() == [(True,)]
    assert (tmp_path / "log").read_text() == ""


def test_pages_are_left_to_their_first_reader_where_that_is_set(tmp_path, monkeypatch):
    """With FRONTLINE_WARM=0 no page is made ready."""
    made: list[MenuPage] = []
    monkeypatch.setattr(app, "_warm_page", lambda _, page: made.append(page))
    monkeypatch.setenv("FRONTLINE_WARM", "0")
    with open_store(tmp_path / "own.duckdb") as store, app.warmed_pages(store):
        pass
    assert made == []


def test_a_page_that_fails_does_not_keep_the_server_from_starting(tmp_path, caplog):
    """Of the pages made before the first reader comes one that raises is logged with its name, and the next is made."""
    made: list[str] = []

    def make(store: object, page: MenuPage) -> None:
        made.append(page.file)
        if len(made) == 1:
            raise ZeroDivisionError

    pages = [page.file for page in all_pages() if page.shows_figures]
    with open_store(tmp_path / "own.duckdb") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "_warm_page", make)
        with app.warmed_pages(store):
            wait_until(lambda: len(made) == len(pages))
    assert made == pages
    assert [record.getMessage() for record in caplog.records] == [f"pages/{made[0]} could not be made ready"]
