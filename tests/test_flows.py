"""What people do, in a real browser against a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.datasets import dataset
from data.ingest import door, reader
from data.ingest.door import Options, Who
from data.store import open_store
from tests.chromium import ready, visit
from tests.serving import Server
from ui.frame import PAGES

pytestmark = pytest.mark.browser


def _send(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_clerk_corrects_commits_and_undoes(page: Page, fresh_server: Callable[..., Server], tmp_path: Path) -> None:
    """A clerk downloads the template, fills three rows with one mistake in GBK, corrects it, commits, sees the figure
    change, undoes it and sees it go back."""
    url = fresh_server().url
    visit(page, f"{url}/ledgers-update?ledger=work_progress")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载模板").click()
    header = download.value.path().read_text(encoding="utf-8-sig").strip()
    assert header == "工程,上报日期,累计完成量,累计支出(万元),备注"

    rows = "W-01,2014-07-05,{done},,测试\nW-05,2014-07-05,11000,,测试\nW-07,2014-07-05,9000,,测试\n"
    _send(page, "进度.csv", f"{header}\n{rows.format(done='一万三')}".encode("gbk"))
    expect(page.get_by_text("共 3 行：新增 2，更新 0，不变 0，有错 1")).to_be_visible()
    expect(page.get_by_text("编码 GB18030")).to_be_visible()
    expect(page.get_by_text("有错的行没有改好之前不能提交")).to_be_visible()
    ready(page)
    expect(page.get_by_test_id("data-grid-canvas").first).to_contain_text("“累计完成量”应是数字")

    _send(page, "进度.csv", f"{header}\n{rows.format(done='13000')}".encode("gbk"))
    expect(page.get_by_text("共 3 行：新增 3，更新 0，不变 0，有错 0")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交为批次 25：新增 3 行")).to_be_visible()

    figure = visit(page, f"{url}/water-works").locator(".js-plotly-plot").first
    expect(figure).to_contain_text("83.8 %（13,000 / 15,500 m³）")
    visit(page, f"{url}/ledgers-update")
    page.get_by_role("button", name="撤销批次 25").click()
    expect(page.get_by_text("批次 25 已撤销，3 行恢复原样")).to_be_visible()
    figure = visit(page, f"{url}/water-works").locator(".js-plotly-plot").first
    expect(figure).to_contain_text("80.0 %（12,400 / 15,500 m³）")


def test_article_stands_on_the_map(page: Page, server: Server) -> None:
    """A click on 胡家新河 shows its card: villages, length, class, and 街道办事处主任 as its chief."""
    visit(page, f"{server.url}/water-rivers")
    _point_at(page, "胡家新河胡家村段")
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_role("heading", name="胡家新河胡家村段")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("街道办事处主任（第一责任人）")).to_be_visible()
    expect(page.get_by_text("胡家村村级河长")).to_be_visible()
    expect(page.get_by_text("灵山村村级河长")).not_to_be_visible()


def _point_at(page: Page, title: str) -> None:
    """Move the mouse down the middle of the map until the tooltip has named a reach three times in a row."""
    box = page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    assert box is not None
    tooltip, seen = page.locator(".deck-tooltip"), 0
    for step in range(0, int(box["height"]), 3):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + step)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen = seen + 1 if title in (tooltip.text_content() or "") else 0
        if seen == 3:
            return
    raise AssertionError(f"the map shows no {title}")


def test_language_switch_survives_pages_and_links(page: Page, server: Server) -> None:
    """English, once chosen, stays on the next page and in the address."""
    visit(page, f"{server.url}/water-quality")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name="Monthly class of each section (12 months)")).to_be_visible()
    page.get_by_role("link", name="Works").click()
    expect(page.get_by_role("heading", name="Dredging: plan and actual")).to_be_visible()
    page.wait_for_url("**/water-works?lang=en")


def test_published_files_appear_on_the_water_page(
    page: Page, fresh_server: Callable[..., Server], tmp_path: Path, real_data: Path
) -> None:
    """The twelve untouched Ningbo files and their GB18030 copies go in, and their sections stand on the water page."""
    files = sorted((real_data / "water" / "cnemc_2021-04_ningbo_original").iterdir())
    assert len(files) == 12
    path = tmp_path / "ningbo.duckdb"
    with open_store(path) as store:
        for file in files:
            first = _load(store, file.name, file.read_bytes())
            copy = _load(store, file.name, file.read_text(encoding="utf-8").encode("gb18030"))
            assert (first.rejected, copy.rejected) == (0, 0)
            assert first.counts.inserted > 0
            assert (copy.counts.inserted, copy.counts.updated) == (0, 0)
    url = fresh_server(database=path).url
    strip = visit(page, f"{url}/water-quality").locator(".js-plotly-plot").first
    for file in files:
        expect(strip).to_contain_text(file.stem)


def _load(store: door.Store, name: str, content: bytes) -> door.Report:
    options = Options(year=2021, register=True)
    return door.load(store, dataset("reading"), reader.upload(name, content), Who("test"), options)


@pytest.mark.parametrize("entry", PAGES, ids=lambda p: p.url)
def test_page_fits_a_phone(phone: Page, server: Server, entry: object) -> None:
    """No page is wider than a phone of 390 px."""
    visit(phone, f"{server.url}/{entry.url}")
    width = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
