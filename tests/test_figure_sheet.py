"""From a figure, one click: its formula with the numbers put in, the rows it counts, its batches."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from analytics.metrics import LISTINGS, METRICS
from data.datasets.targets import TARGETS
from data.roles import SETTING
from data.store import Store
from tests.page_helpers import LOOSE, open_app, page_html, page_words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

SIGNING, WORKS = "demolition/signing.py", "water/works.py"


def sheet_of(html: BeautifulSoup) -> Tag:
    """Return the sheet at the side of a page."""
    found = html.select_one("aside")
    assert found is not None
    return found


def sheet_words(html: BeautifulSoup) -> str:
    return sheet_of(html).get_text("\n").translate(LOOSE)


@pytest.mark.quick
def test_the_sum_has_its_numbers_put_in_and_its_rows_add_up_to_them() -> None:
    """Signed and all households of the signing rate are the sums of the rows below, whose batches are named."""
    html = page_html(open_app(SIGNING, figure="signing_rate"))
    assert "已签约 160 户 ÷ 总户数 236 户 = 67.8 %" in sheet_words(html)
    cells = [[cell.get_text() for cell in row.select("td")] for row in sheet_of(html).select("tbody tr")]
    assert [sum(int(row[place]) for row in cells) for place in (1, 2)] == [160, 236]
    assert "agreement.csv" in sheet_words(html)


def test_a_batch_leads_to_its_page_and_to_the_ledgers_as_they_stood_after_it() -> None:
    hrefs = [str(link["href"]) for link in sheet_of(page_html(open_app(SIGNING, figure="signing_rate"))).select("a")]
    assert any("ledgers-history?batch=" in href for href in hrefs)
    assert any("after_batch=" in href and "figure=signing_rate" in href for href in hrefs)


def test_a_figure_of_a_list_opens_the_sheet_of_its_row(sample_store: Store) -> None:
    """The gap of one work is its own rate less its own plan; what is named are the batches with rows of that work."""
    hrefs = {str(link["href"]) for link in page_html(open_app(WORKS)).select("td a.fl-figure")}
    asked = {parse_qs(urlsplit(href).query)["figure"][0] for href in hrefs}
    assert "works_progress:work_id:W-07" in asked
    html = page_html(open_app(WORKS, figure="works_progress:work_id:W-07"))
    with sample_store.read() as con:
        [row] = METRICS["works_progress"].compute(con, work_id="W-07").rows.to_dict("records")
    assert "· 示例二号河清淤" in sheet_of(html).h2.get_text()
    said = sheet_words(html)
    assert f"累计完成量 {row['done']:,.0f} ÷ 计划工程量 {row['quantity']:,.0f} = {row['rate']:.1f} %" in said
    assert f"− 序时进度 {row['planned_rate']:.1f} % = −{-row['gap']:.1f} 个百分点" in said
    assert [each.get_text() for each in sheet_of(html).select("tbody tr td a")] == ["示例二号河清淤"]


def test_an_amount_that_a_target_asks_for_is_explained_by_its_own_row() -> None:
    """The funds received are the row of that target alone, named, with its numbers put in and no ledger of water; what
    they are summed up from are the projects, each a link, with their money."""
    hrefs = {str(link["href"]) for link in page_html(open_app("overview/cockpit.py")).select("a.fl-figure")}
    asked = {parse_qs(urlsplit(href).query)["figure"][0] for href in hrefs}
    assert "target_progress:target_id:funds_in_place" in asked
    html = page_html(open_app("overview/cockpit.py", figure="target_progress:target_id:funds_in_place"))
    assert "· 本期到位资金" in sheet_of(html).h2.get_text()
    assert "完成率 = 实际 26,010 ÷ 目标 50,000 = 52.0 %" in sheet_words(html)
    rows = sheet_of(html).select("tbody tr")
    assert sum(float(row.select("td")[1].get_text().replace(",", "")) for row in rows) == 26_010
    links = [str(row.select("a")[0]["href"]) for row in rows]
    assert all(link.startswith("investment-project?project=") for link in links)
    assert f"金额 = {len(rows)} 行之和 = 26,010" in sheet_words(html)
    assert "patrol.csv" not in sheet_words(html)
    assert "funds_in_place" not in sheet_words(html)


@pytest.mark.parametrize("day", [date(2014, 3, 31), date(2014, 6, 30)])
def test_the_parts_of_each_amount_come_to_what_its_target_says(sample_store: Store, day: date) -> None:
    """Of the whole and of each part: projects and villages of an amount add up to the actual of its target."""
    with sample_store.read() as con:
        targets = METRICS["target_progress"].compute(con, day).rows.set_index("target_id")
        parts = LISTINGS["amount_parts"].compute(con, day).rows
    amounts = targets[[TARGETS[name].total == "" for name in targets["metric"]]]["actual"].astype(float)
    summed = parts.assign(done=parts["money"].fillna(parts["floor_area"])).groupby("target_id")["done"].sum()
    assert len(amounts[amounts > 0]) > 3
    assert summed.reindex(amounts.index, fill_value=0.0).tolist() == pytest.approx(amounts.fillna(0.0).tolist())


def test_a_score_and_the_gap_of_a_measure_open_their_own_row() -> None:
    """A place is explained by the row of that village or unit, a measure by its own of the same."""
    for choices in ({}, {"village": "V-C"}):
        links = page_html(open_app("overview/ranking.py", **choices)).select("td a.fl-figure")
        asked = parse_qs(urlsplit(str(links[0]["href"])).query)["figure"][0]
        html = page_html(open_app("overview/ranking.py", **choices, figure=asked))
        assert len(sheet_of(html).select("tbody tr")) == 1, asked


@pytest.mark.parametrize(
    ("file", "choices", "figure", "sum_of_it"),
    [
        ("investment/playbook.py", {"project": "INV-YJ1"}, "45.2 %", "准点 14 项 ÷ 已到期 31 项 = 45.2 %"),
        ("demolition/legal.py", {}, "85.7 %", "已齐备 30 项要素 ÷ 应齐备 35 项要素 = 85.7 %"),
        ("demolition/signing.py", {"project": "DEM-S1"}, "29 户", "未签约 = 总户数 120 户 − 已签约 91 户 = 29 户"),
        ("water/plants.py", {}, "● 负荷正常 44.7 %", "进水量 1,192.4 m³ ÷ 可处理水量 2,670 m³ = 44.7 %"),
        ("water/overview.py", {}, "15 次", "次数 = 3 行之和 = 15"),
        ("investment/overview.py", {}, "2.4 倍", "全部储备倍数 = 全部储备 115,500 万元 ÷ 缺口 47,800 万元 = 2.4"),
        ("water/quality.py", {}, "20.0 %", "Ⅰ～Ⅲ类断面 2 个断面 ÷ 有类别的断面 10 个断面 = 20.0 %"),
    ],
)
def test_the_sum_on_a_sheet_comes_to_the_figure_that_opened_it(
    file: str, choices: dict[str, str], figure: str, sum_of_it: str
) -> None:
    """What a page shows of one project, plant or month is not explained by all of them."""
    shown = page_html(open_app(file, **choices)).select("a.fl-figure")
    [asked] = {
        parse_qs(urlsplit(str(link["href"])).query)["figure"][0]
        for link in shown
        if link.get_text().translate(LOOSE).startswith(figure)
    }
    assert sum_of_it in sheet_words(page_html(open_app(file, **choices, figure=asked)))


def test_the_figure_of_a_month_opens_its_rows_when_the_page_has_gone_on() -> None:
    """A sheet left open shows its month when the card beside it has come to another."""
    html = page_html(open_app("water/quality.py", figure="class_shares:month:2014-05-01:card:1"))
    assert "2014-05" in sheet_words(html)
    assert not html.select(".fl-notice")


def test_a_figure_that_there_was_not_yet_has_no_rows() -> None:
    """After the first batches there is no share of June: the sheet says so, and the address leads nowhere only now."""
    past = page_html(open_app("water/overview.py", figure="target_met:month:2014-06-01:card:1", after_batch="5"))
    assert "计入的行（0）" in sheet_words(past)
    assert not past.select(".fl-notice:not(.fl-past)")
    now = open_app("water/overview.py", figure="target_met:month:2099-06-01:card:1")
    assert "没有这个数字：target_met:month:2099-06-01:card:1。" in page_words(now)


def test_an_unknown_figure_is_told() -> None:
    app = open_app(SIGNING, figure="no_such_metric")
    assert "没有这个指标：no_such_metric。" in page_words(app)
    assert not page_html(app).select("aside")


def test_the_sheet_of_a_part_counts_its_rows_only() -> None:
    """The target of one river is explained by the rows of that river; a river that there is not is told."""
    html = page_html(open_app("overview/cockpit.py", figure="source_closure:river:SL2"))
    whole = page_html(open_app("overview/cockpit.py", figure="source_closure"))
    assert 0 < len(sheet_of(html).select("tbody tr")) < len(sheet_of(whole).select("tbody tr"))
    assert "没有这个数字：source_closure:river:NOPE。" in page_words(
        open_app("overview/cockpit.py", figure="source_closure:river:NOPE")
    )


def test_the_sheet_is_english_for_english_readers() -> None:
    said = sheet_words(page_html(open_app(WORKS, "en", figure="dredging_progress")))
    assert "How it is worked out" in said
    assert "Rows counted" in said
    assert "As it stood after it" in said


def test_a_viewer_reads_how_many_households_there_are_but_not_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each row is one household a viewer is told their number, and gets no file of them."""
    monkeypatch.setenv(SETTING, "viewer")
    app = open_app("demolition/difficulties.py", figure="unsigned_households")
    said = sheet_words(page_html(app))
    assert "查看角色只看汇总" in said
    assert not sheet_of(page_html(app)).select("tbody tr")
    assert not app.get("download_button")
