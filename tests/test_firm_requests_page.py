"""The page of firms' requests: what the title says, what is red, what became of each category, one request."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import metrics
from analytics.metrics import METRICS, Metric, Result
from data.store import Store
from tests.page_helpers import LOOSE, list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui import formats
from ui.investment import request_cards, requests
from ui.page import PageRequest
from ui.preferences import Reader, reading_as

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

DAY = datetime.date(2014, 6, 30)
PAGE = "investment/requests.py"
NOBODY_ASKED = PageRequest(None)  # type: ignore[arg-type]


def dated_result(store: Store, name: str) -> Result[Metric]:
    with store.read() as con:
        return metrics.compute_metric(con, name, DAY)


def result_of_rows(name: str, rows: pd.DataFrame) -> Result[Metric]:
    return Result(METRICS[name], DAY, DAY, rows)


def listed_requests(*overdue: int | None, closed: int = 1) -> Result[Metric]:
    """Return open requests with their days overdue, None where they are in time, and some that are closed."""
    rows = [
        {"request_id": f"Q-{n}", "firm": None, "project": "项目甲", "category": "用工", "is_closed": n >= len(overdue),
         "is_overdue": days is not None, "days_overdue": days}
        for n, days in enumerate([*overdue, *[None] * closed])
    ]  # fmt: skip
    return result_of_rows("request_list", pd.DataFrame(rows, columns=["is_closed"] if not rows else list(rows[0])))


def summary_row(**counts: object) -> Result[Metric]:
    """Return a summary of all categories in which a few counts are known."""
    return result_of_rows("request_summary", pd.DataFrame([{"is_total": True, **counts}]))


NO_SUMMARY = result_of_rows("request_summary", pd.DataFrame(columns=["is_total"]))


@pytest.mark.quick
def test_the_title_counts_what_is_open_and_what_was_truly_solved():
    """Two of three are late, the first is named; of nine closed four were solved."""
    summary = summary_row(closed=9, solved=4)
    said = requests.title_sentence(listed_requests(40, 3, None), summary).zh
    assert said == (
        "3 件诉求未办结，2 件逾期，最久的是项目甲的用工诉求，逾期 40 天；近 12 个月提出、已办结的 9 件中真解决 4 件"
    )
    assert requests.title_sentence(listed_requests(40, 3), NO_SUMMARY).zh.startswith("2 件诉求未办结，都已逾期，")
    assert requests.title_sentence(listed_requests(None), NO_SUMMARY).zh == "1 件诉求未办结，没有逾期的"
    assert requests.title_sentence(listed_requests(), NO_SUMMARY).zh == "没有未办结的诉求"
    assert requests.title_sentence(listed_requests(closed=0), NO_SUMMARY).zh == "还没有数据"


def page_cards(summary: Result[Metric]) -> dict[str, tuple[str, ...]]:
    """Return the figure of each card with the lines below, by its name."""
    with reading_as(Reader()):
        shown = request_cards.request_cards(NOBODY_ASKED, summary)
    return {card.label.zh: (card.value.zh, *(line.zh for line in card.below)) for card in shown}


def test_cards_show_the_counts_of_their_share(sample_store):
    """Each share is what its two counts give; what was only explained, and what came back, stands below."""
    shown = page_cards(dated_result(sample_store, "request_summary"))
    for label in ("按期办结率", "真解决率", "满意率"):
        value, counts, *_ = shown[label]
        done, total = counts.split(" ")[:3:2]
        assert value == formats.format_percent(100 * int(done) / int(total))
    assert shown["真解决率"][1:4] == ("39 / 58 件", "已解释 12 件，不能解决 7 件", "重提过 6 / 办结过 59 件")
    assert shown["首次响应"][:3] == ("5.1 小时", "半数在此之内，按工作时间计", "已响应 62 件，未响应 2 件")


def test_no_requests_have_no_card_of_0(store):
    """Without a request every card reads “–” and says that there are no data."""
    assert {lines[:2] for lines in page_cards(dated_result(store, "request_summary")).values()} == {("–", "没有数据")}


def test_the_bars_add_up_to_what_was_raised(sample_store):
    """The parts of each bar are as many as were raised in its category, and the first bar is of all."""
    summary = dated_result(sample_store, "request_summary")
    with reading_as(Reader()):
        drawn = BeautifulSoup(requests.outcome_bars(NOBODY_ASKED, summary).markup, "html.parser").select(".fl-stack")
    told = [[str(part["title"]).translate(LOOSE).split(" ") for part in bar.select("b")] for bar in drawn]
    assert [sum(int(part[1]) for part in parts) for parts in told] == summary.rows["raised"].tolist()
    assert ["已解决", "39", "件"] in told[0]


def test_overdue_requests_stand_first_and_in_red() -> None:
    """Five overdue requests come first, the longest first and in red; the one in time follows; each opens its steps."""
    app = open_app(PAGE)
    assert page_title(app).startswith("6 件诉求未办结，5 件逾期，最久的是示例企业30的用工诉求，逾期 110 天；")
    rows = list_rows(app)
    assert [row[1] for row in rows] == ["110", "46", "38", "1", "1", "–"]
    assert [row[3] for row in rows].count("重提未办结") == 1
    assert ["fl-alarm" in row.get_attribute_list("class") for row in page_html(app).select("tbody tr")] == [
        *[True] * 5, False,
    ]  # fmt: skip
    assert {"?request=REQ-042", "?category=%E7%94%A8%E5%B7%A5", "?open=categories"} <= set(page_links(app))


def test_a_category_lists_all_of_its_requests() -> None:
    """A bar opens the requests of its category, the open ones first, closed ones with their results behind them."""
    rows = list_rows(open_app(PAGE, category="用工"))
    assert [row[3] for row in rows] == ["未办结", *["已办结"] * 7]
    assert sorted(row[5] for row in rows) == sorted(["–", *["已解决"] * 4, *["已解释"] * 3])


def test_a_request_that_came_back_opens_with_its_steps() -> None:
    """Raised, answered, closed, back: each with its day; it is overdue again, and the former result is not claimed."""
    app = open_app(PAGE, request="REQ-054")
    assert page_title(app) == "示例企业19的审批办证诉求（REQ-054）：重提未办结，逾期 46 天"
    steps = [step.get_text().translate(LOOSE) for step in page_html(app).select(".fl-list li")]
    assert steps == [
        "2014-05-05 08:50 提出（线上）", "2014-05-05 10:05 首次响应，1.3 工作小时后", "2014-05-12 首次办结",
        "2014-05-15 办结期限", "2014-06-26 重提",
    ]  # fmt: skip
    assert "企业诉求 批次" in page_words(app)
    assert "?" in page_links(app)


def test_a_closed_request_tells_its_result() -> None:
    """It says when, with what result, after how many days and how late; on an earlier day it was open."""
    title = page_title(open_app(PAGE, request="REQ-003"))
    assert title.startswith("示例企业12的审批办证诉求（REQ-003）：2013-")
    assert "办结，已解决，用时" in title
    assert "未办结，2013-07-28 到期" in page_title(open_app(PAGE, request="REQ-003", as_of="2013-07-18"))


def test_the_project_of_a_request_is_a_link() -> None:
    """A request of a project leads to the page of that project."""
    assert "investment-project?project=INV-S04" in page_links(open_app(PAGE, request="REQ-004"))


def test_an_unknown_request_is_told() -> None:
    """A link to a request, or a category, that is none says so above the page of all."""
    app = open_app(PAGE, request="REQ-999")
    assert "没有这个诉求：REQ-999。" in page_words(app)
    assert list_rows(app)


@pytest.mark.parametrize("choices", [{"request": "REQ-054"}, {"category": "用工"}, {"open": "categories"}])
def test_every_part_in_english_is_english(choices) -> None:
    """A request, a category and the table hold no Chinese but names in the ledgers."""
    app = open_app(PAGE, "en", **choices)
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(app)))
    for table in app.dataframe:
        assert not [c for c in table.value.columns if HAN.search(str(c))]


def test_what_is_folded_is_sent_when_it_is_opened() -> None:
    """No table is sent at first sight; ?open= sends that part alone."""
    assert not open_app(PAGE).dataframe
    assert len(open_app(PAGE, open="categories").dataframe[0].value) == 8
    assert len(open_app(PAGE, open="all").dataframe[0].value) == 64
