"""What people do, in a real browser against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from data.datasets import dataset_named
from data.ingest import loader
from data.ingest.loader import Options, Report, Who
from data.ingest.reading import reader
from data.ingest.sample import sample_files
from data.store import Store, open_store
from tests.chromium import visit_page, wait_until_drawn
from tests.page_helpers import LOOSE
from tests.serving import Server
from tests.stores import copy_database

pytestmark = pytest.mark.browser

WIDE = """庄桥街道水质监测月报,,,,
断面名称,监测时间,溶解氧(mg/L),氨氮(mg/L),备注
胡家新河北断面,2014-07-05 08:30,{oxygen},0.81,
胡家新河南断面,2014-07-05 09:00,6.4,{nitrogen},
{section},2014-07-05 09:30,5.9,0.66,
胡家新河南断面,2014-06-25 10:30,4.82,0.99,
合计,,18.3,2.36,
"""
MISTAKES = {"oxygen": "七点多", "nitrogen": "O.72", "section": "没有这个断面"}
RIGHT = {"oxygen": "7.1", "nitrogen": "0.72", "section": "示例一号河上游断面"}
MILLION = 1_000_000
NEXT = len(sample_files()) + 1  # the 示例 ledgers are a batch each


@pytest.fixture
def url(fresh_server: Callable[..., Server], sample_path: Path, tmp_path: Path) -> str:
    """Return the address of a server of one test's own, with the 示例 ledgers."""
    return fresh_server(database=copy_database(sample_path, tmp_path / "own.duckdb")).url


def _drop_files(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def _write_text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_text(content, encoding=encoding)
    return path


def _press_commit(page: Page, batch: int) -> None:
    page.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text(f"已提交为批次 {batch}：")).to_be_visible()


def test_clerk_corrects_commits_and_undoes(page: Page, url: str, tmp_path: Path) -> None:
    """A wide GBK file with a title row, a total and three bad rows: the clerk is told of each, downloads the marked
    table, corrects it, sees old and new values, commits, finds the batch in the history and undoes it."""
    visit_page(page, f"{url}/ledgers-update")
    _drop_files(page, _write_text(tmp_path / "月报.csv", WIDE.format(**MISTAKES), "gb18030"))
    expect(page.get_by_text("有错的行没有改好之前不能提交")).to_be_visible()
    expect(page.get_by_text("文件共 4 行，有错 3 行；台账新增 0 条，更新 1 条，不变 1 条")).to_be_visible()
    expect(page.get_by_text("编码 GB18030")).to_be_visible()
    expect(page.get_by_text("表头在第 2 行 · 每个项目一列")).to_be_visible()
    expect(page.get_by_text("没有当作数据的行（2）")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载整张表（带标注）").click()
    marked = download.value.path().read_text(encoding="utf-8-sig")
    assert marked.startswith("行号,字段,原因,怎么改,断面名称,监测时间")
    for wrong, right in zip(MISTAKES.values(), RIGHT.values(), strict=True):
        assert wrong in marked
        marked = marked.replace(f",{wrong}", f",{right}")

    _drop_files(page, _write_text(tmp_path / "月报.csv", marked))
    expect(page.get_by_text("可以提交。")).to_be_visible()
    wait_until_drawn(page)
    expect(page.get_by_test_id("data-grid-canvas").first).to_contain_text("0.99")
    _press_commit(page, NEXT)
    page.get_by_role("link", name=f"查看或撤销批次 {NEXT}").click()
    expect(page.get_by_text(f"从批次 {NEXT - 1} 之后到批次 {NEXT} 之后")).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("撤销", exact=True).click()
    page.get_by_role("button", name=f"撤销批次 {NEXT}").click()
    expect(page.get_by_text(f"批次 {NEXT} 已撤销")).to_be_visible()


def _million_readings(path: Path) -> Path:
    """Write readings of one section, a minute apart."""
    start = datetime(2016, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        out.write("断面,监测时间,监测项目,监测值\n")
        for minute in range(MILLION):
            at = start + timedelta(minutes=minute)
            out.write(f"HJXH-01,{at:%Y-%m-%d %H:%M},NH3N,{minute % 90 / 100 + 0.1:.2f}\n")
    return path


@pytest.mark.slow
def test_a_million_rows_show_how_far_they_are_and_can_be_stopped(page: Page, url: str, tmp_path: Path) -> None:
    """While 1,000,000 rows are checked the page says how far it is and 取消 stops it; asked again, it checks them,
    commits them with progress, and the ledger has them."""
    visit_page(page, f"{url}/ledgers-update?ledger=reading")
    _drop_files(page, _million_readings(tmp_path / "自动站.csv"))
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("已取消，什么也没有写入")).to_be_visible()
    page.get_by_role("button", name="重新检查").click()
    expect(page.get_by_text("1,000,000 行")).to_be_visible()
    expect(page.get_by_text("文件共 1,000,000 行，有错 0 行；台账新增 1,000,000 条")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("button", name="提交").click()
    expect(bar).to_be_visible()
    expect(page.get_by_text(f"已提交为批次 {NEXT}：新增 1,000,000 行")).to_be_visible()


def _progress_file(tmp_path: Path, work: str, done: int) -> Path:
    return _write_text(tmp_path / f"{work}.csv", f"工程,上报日期,累计完成量\n{work},2014-07-05,{done}\n")


def test_two_clerks_commit_at_once(open_page: Callable[..., Page], url: str, tmp_path: Path) -> None:
    """Two clerks, each with a file checked, press 提交 one right after the other: both batches stand in the history."""
    clerks = (open_page(), open_page())
    for clerk, work in zip(clerks, ("W-01", "W-05"), strict=True):
        visit_page(clerk, f"{url}/ledgers-update?ledger=work_progress")
        clerk_file = _progress_file(tmp_path, work, 13_000)
        _drop_files(clerk, clerk_file)
        expect(clerk.get_by_text("可以提交。")).to_be_visible()
        clerk.get_by_role("textbox", name="经办人").fill(f"经办{work}")
    for clerk in clerks:
        clerk.get_by_test_id("stMain").get_by_role("button", name="提交").click(no_wait_after=True)
    messages = (clerk.get_by_text("已提交为批次").inner_text().translate(LOOSE) for clerk in clerks)
    said = sorted(message.split("已提交为")[1] for message in messages)
    assert said == [f"批次 {NEXT}：新增 1 行，更新 0 行。", f"批次 {NEXT + 1}：新增 1 行，更新 0 行。"]
    history = visit_page(clerks[0], f"{url}/ledgers-history").get_by_role("table").first
    expect(history).to_contain_text("经办W-01")
    expect(history).to_contain_text("经办W-05")


def test_two_clerks_with_the_same_row(open_page: Callable[..., Page], url: str, tmp_path: Path) -> None:
    """Both clerks are shown a new row for one work and day: who presses 提交 second commits nothing, is told that the
    ledger has changed and shown the new comparison, and commits that with a second press."""
    clerks = (open_page(), open_page())
    for clerk, done in zip(clerks, (13_000, 13_100), strict=True):
        visit_page(clerk, f"{url}/ledgers-update?ledger=work_progress")
        _drop_files(clerk, _progress_file(tmp_path, "W-01", done))
        expect(clerk.get_by_text("台账新增 1 条，更新 0 条")).to_be_visible()
    first, second = clerks
    _press_commit(first, NEXT)
    second.get_by_test_id("stMain").get_by_role("button", name="提交").press("Enter")
    expect(second.get_by_text("台账在此期间有变动，请再看一遍再提交")).to_be_visible()
    expect(second.get_by_text("台账新增 0 条，更新 1 条")).to_be_visible()
    wait_until_drawn(second)
    _press_commit(second, NEXT + 1)


def test_a_watcher_sees_the_new_figures(open_page: Callable[..., Page], url: str, tmp_path: Path) -> None:
    """A leader who has the works on the screen sees the figure change when a clerk commits and when it is undone,
    without touching anything; a name that a second clerk is typing meanwhile stays."""
    leader, clerk = open_page(), open_page()
    figure = visit_page(leader, f"{url}/water-works").locator("tr", has_text="胡家新河清淤")
    expect(figure).to_contain_text("80.0 %（12,400 / 15,500 m³）")
    visit_page(clerk, f"{url}/ledgers-update")
    _drop_files(clerk, _progress_file(tmp_path, "W-01", 13_000))
    expect(clerk.get_by_text("可以提交。")).to_be_visible()
    _press_commit(clerk, NEXT)
    expect(figure).to_contain_text("83.9 %（13,000 / 15,500 m³）")
    clerk.get_by_role("link", name=f"查看或撤销批次 {NEXT}").click()
    clerk.get_by_test_id("stMain").get_by_text("撤销", exact=True).click()
    clerk.get_by_role("button", name=f"撤销批次 {NEXT}").click()
    expect(figure).to_contain_text("80.0 %（12,400 / 15,500 m³）")


def test_a_click_on_the_strip_opens_the_section(page: Page, server: Server) -> None:
    """A click on a section of the strip opens its own view without loading the page anew; 全部断面 leads back."""
    strip = visit_page(page, f"{server.url}/water-quality").locator(".fl-strip")
    page.evaluate("window.sameVisit = true")
    strip.get_by_role("link", name="胡家新河南断面").click()
    expect(page).to_have_url(re.compile("section=HJXH-02"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("胡家新河南断面")
    page.get_by_role("link", name="← 全部断面").click()
    expect(strip.get_by_role("link", name="示例四号河断面")).to_be_visible()
    assert page.evaluate("window.sameVisit")


def test_the_strip_fits_a_phone(phone: Page, server: Server) -> None:
    """On 390 px the newest six months stand in sight, no numeral wider than its square, none cut off."""
    strip = visit_page(phone, f"{server.url}/water-quality?lang=en").locator(".fl-strip")
    expect(strip.locator("thead th:visible")).to_have_count(8)
    expect(strip.get_by_text("on a phone the newest 6 months")).to_be_visible()
    wide = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).length"
    assert strip.locator("td:visible").evaluate_all(wide) == 0
    assert phone.locator(".fl-scroll").evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_a_row_of_the_list_is_chosen_on_the_map(page: Page, server: Server) -> None:
    """A click on a row shows the card above without loading the page anew; a switch of the legend leaves the page
    where it stands, and the way back closes the card."""
    visit_page(page, f"{server.url}/overview-map")
    page.evaluate("window.sameVisit = true")
    page.locator(".fl-table").get_by_role("link", name="示例二号河洗车1号").click()
    card = page.locator(".fl-map-card")
    expect(card.get_by_role("heading", name="示例二号河洗车1号")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("source=SRC-18"))
    page.get_by_role("button", name="排口", exact=True).press("Enter")
    expect(page.get_by_role("button", name="排口", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(card).to_be_visible()
    card.get_by_role("link", name="← 不选").click()
    expect(card).to_have_count(0)
    assert page.evaluate("window.sameVisit")


def test_on_a_phone_the_card_lies_over_the_lower_third_of_the_map(phone: Page, server: Server) -> None:
    """The card ends where the map ends, and leaves two thirds of it free."""
    card = visit_page(phone, f"{server.url}/overview-map?reach=HJXH-R1").locator(".fl-map-card")
    expect(card).to_be_visible()
    over, below = card.bounding_box(), phone.locator(".st-key-fl-map-canvas").bounding_box()
    assert over is not None
    assert below is not None
    assert over["y"] + over["height"] == pytest.approx(below["y"] + below["height"], abs=4)
    assert over["height"] == pytest.approx(below["height"] / 3, abs=4)


WITHOUT_WEBGL = """
const context = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return /webgl/.test(kind) ? null : context.call(this, kind, ...more);
};
"""


def test_without_webgl_the_map_is_its_drawing(page: Page, server: Server) -> None:
    """A browser that cannot draw the map has its drawing, whose signs choose as well, and no error."""
    errors: list[Error] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script(WITHOUT_WEBGL)
    visit_page(page, f"{server.url}/overview-map")
    page.locator(".fl-map [data-object='sources:SRC-18']").click()
    expect(page.get_by_role("heading", name="示例二号河洗车1号")).to_be_visible()
    expect(page.get_by_test_id("stDeckGlJsonChart")).to_have_count(0)
    assert errors == []


def test_the_map_prints_as_its_drawing(page: Page, server: Server) -> None:
    """On paper the drawing stands in the place of the map, on screen the map."""
    visit_page(page, f"{server.url}/overview-map")
    drawing, deck = page.locator("svg.fl-map"), page.get_by_test_id("stDeckGlJsonChart")
    expect(drawing).not_to_be_visible()
    expect(deck).to_be_visible()
    page.emulate_media(media="print")
    expect(drawing).to_be_visible()
    expect(deck).not_to_be_visible()


def test_language_switch_survives_pages_and_links(page: Page, server: Server) -> None:
    """English, once chosen, stays on the next page and in the address."""
    visit_page(page, f"{server.url}/water-quality")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name="Monthly class of each section (12 months)")).to_be_visible()
    page.get_by_role("link", name="Works").click()
    expect(page.get_by_role("heading", name="Dredging: plan and actual")).to_be_visible()
    page.wait_for_url(re.compile(r"/water-works\?.*\blang=en\b"))


def test_published_files_appear_on_the_water_page(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path, real_data: Path
) -> None:
    """The twelve untouched Ningbo files and their GB18030 copies go in, and their sections stand on the water page."""
    files = sorted((real_data / "water" / "cnemc_2021-04_ningbo_original").iterdir())
    assert len(files) == 12
    path = tmp_path / "ningbo.duckdb"
    with open_store(path) as store:
        for file in files:
            first = _load_reading_file(store, file.name, file.read_bytes())
            copy = _load_reading_file(store, file.name, file.read_text(encoding="utf-8").encode("gb18030"))
            assert (first.rejected, copy.rejected) == (0, 0)
            assert first.counts.inserted > 0
            assert (copy.counts.inserted, copy.counts.updated) == (0, 0)
    url = fresh_server(database=path).url
    strip = visit_page(page, f"{url}/water-quality").locator(".fl-strip")
    for file in files:
        expect(strip).to_contain_text(file.stem)


def _load_reading_file(store: Store, name: str, content: bytes) -> Report:
    options = Options(year=2021, register=True)
    return loader.load_file(store, dataset_named("reading"), reader.make_upload(name, content), Who("test"), options)
