"""The page of the issues: what the title says, what is red, where open issues stand, one issue with its steps."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import metrics
from analytics.metrics import METRICS, Metric, Result
from data.store import Store
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui import formats
from ui.page import PageRequest
from ui.preferences import Reader, reading_as
from ui.water import issues

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

DAY = datetime.date(2014, 6, 30)
PAGE = "water/issues.py"


def dated_result(store: Store, name: str, **filters: str) -> Result[Metric]:
    with store.read() as con:
        return metrics.compute_metric(con, name, DAY, **filters)


def result_of_rows(name: str, rows: pd.DataFrame, newest: datetime.date | None = DAY) -> Result[Metric]:
    return Result(METRICS[name], DAY, newest, rows)


def open_issues(*overdue: int | None) -> Result[Metric]:
    """Return open issues with their days overdue, None where they are in time."""
    rows = [
        {"issue_id": f"I-{n}", "river": "清河", "category": "河岸", "problem": None, "days_overdue": days,
         "is_overdue": days is not None, "step": "处置"}
        for n, days in enumerate(overdue)
    ]  # fmt: skip
    return result_of_rows("overdue_issues", pd.DataFrame(rows, columns=list(rows[0]) if rows else ["is_overdue"]))


FOUND = result_of_rows("issue_closure", pd.DataFrame({"found": [3]}))


@pytest.mark.quick
def test_the_title_counts_what_is_open_and_names_the_longest_overdue():
    """Two of three are late, the second longest; an issue of which only the category is known is called by it."""
    said = issues.title_sentence(open_issues(3, 40, None), FOUND).zh
    assert said == "3 件问题未销号，2 件逾期，最久的是清河河岸，逾期 40 天"
    assert issues.title_sentence(open_issues(3, 40), FOUND).zh.startswith("2 件问题未销号，都已逾期，")
    assert issues.title_sentence(open_issues(None), FOUND).zh == "1 件问题未销号，没有逾期的"
    assert issues.title_sentence(open_issues(), FOUND).zh == "没有未销号的问题"


@pytest.mark.quick
def test_issues_that_nobody_wrote_down_are_not_0_overdue():
    """Without an issue on record the title says so, and without any ledger that there are no data."""
    none = result_of_rows("issue_closure", pd.DataFrame())
    assert issues.title_sentence(open_issues(), none).zh == "没有问题记录"
    assert issues.title_sentence(result_of_rows("overdue_issues", pd.DataFrame(), None), none).zh == "还没有数据"


def page_cards(store: Store) -> dict[str, tuple[str, str]]:
    """Return the figure of each card by its name, with the line below."""
    closure, times = dated_result(store, "issue_closure", is_total="True"), dated_result(store, "issue_time")
    with reading_as(Reader()):
        shown = issues.issue_cards(
            PageRequest(None),  # type: ignore[arg-type]
            closure,
            dated_result(store, "overdue_issues"),
            times,
        )
    assert all(card.href for card in shown)
    return {card.label.zh: (card.value.zh, card.below[0].zh) for card in shown}


def test_no_ledger_of_issues_has_no_card_of_0(store):
    """Where no issue was ever found every card reads “–” and says that there are no data."""
    assert set(page_cards(store).values()) == {("–", "没有数据")}


def test_cards_show_counts_that_make_their_percentage(sample_store):
    """Each percentage is what its two counts give; the overdue are counted of those open."""
    shown = page_cards(sample_store)
    for label in ("问题销号率", "按时销号率"):
        value, counts = shown[label]
        done, total = counts.split(" ")[:3:2]
        assert value == formats.format_percent(100 * int(done) / int(total))
    assert shown["逾期未销号"] == ("3 件", "未销号共 5 件")
    assert shown["问题办理用时"] == ("半数在 8.2 天内", "九成在 15.0 天内")


def test_a_bar_of_a_month_adds_up_to_what_was_found(sample_store):
    """Settled, not yet due and overdue issues make the issues found in the month, twelve months, the newest first."""
    closure = dated_result(sample_store, "issue_closure", is_total="True")
    with reading_as(Reader()):
        bars = BeautifulSoup(issues.month_list(closure)[0].markup, "html.parser").select(".fl-stack")
    said = [str(bar["aria-label"]).replace(formats.NO_BREAK_SPACE, " ") for bar in bars]
    found = [int(words.split(" ")[1]) for words in said]
    parts = [sum(int(str(part["title"]).split(" ")[1]) for part in bar.select("b")) for bar in bars]
    assert parts == found == closure.rows["found"].tolist()[::-1][:12]


def test_overdue_issues_stand_first_and_in_red() -> None:
    """Three overdue issues come first, longest first and in red; the two in time follow, and each opens its steps."""
    app = open_app(PAGE)
    days = [row[1] for row in list_rows(app)]
    assert days == ["281", "218", "36", "–", "–"]
    rows = page_html(app).select("tbody tr")
    assert ["fl-alarm" in row.get_attribute_list("class") for row in rows] == [True, True, True, False, False]
    assert {"?issue=ISS-009", "water-river?river=SL4"} <= set(page_links(app))


def test_open_issues_are_shown_by_the_step_at_which_they_stand() -> None:
    """Two stand at 发现 and three, all overdue, at 处置."""
    said = [bar["aria-label"] for bar in page_html(open_app(PAGE)).select(".fl-steps .fl-stack")]
    assert [words.replace(formats.NO_BREAK_SPACE, " ") for words in said] == [
        "发现：2 件，其中逾期 0 件",
        "处置：3 件，其中逾期 3 件",
    ]


def test_an_issue_opens_with_its_steps_and_the_ways_on() -> None:
    """The bad smell of 2013: how late, at which step since when, who handles it; river and chief are links."""
    app = open_app(PAGE, issue="ISS-018")
    assert page_title(app) == "示例二号河异味（ISS-018）：逾期 218 天未销号，停在“处置” 222 天"
    assert list_rows(app)[0] == ["2013-11-20 10:45", "处置", "示例承办单位C", "6"]
    assert "2013-11-24" in page_words(app)
    assert {"?", "water-river?river=SL2", "water-chiefs?chief=C-15"} <= set(page_links(app))


def test_a_settled_issue_still_opens() -> None:
    """An issue that was settled says when, after how many days and whether that was in time; earlier it was open."""
    assert page_title(open_app(PAGE, issue="ISS-001")) == (
        "示例一号河颜色异常（ISS-001）：2013-07-25 销号，用时 7 天，没有逾期"
    )
    earlier = page_title(open_app(PAGE, issue="ISS-001", as_of="2013-07-24"))
    assert earlier == "示例一号河颜色异常（ISS-001）：2013-07-28 到期，停在“复核” 0 天"


def test_an_issue_in_english_is_english() -> None:
    """The detail of an issue holds no Chinese but names in the ledgers."""
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(open_app(PAGE, "en", issue="ISS-018"))))


def test_an_unknown_issue_is_told() -> None:
    """A link to an issue that is none says so above the list of all."""
    app = open_app(PAGE, issue="ISS-999")
    assert "没有这个问题：ISS-999。" in page_words(app)
    assert list_rows(app)


def test_what_is_folded_is_sent_when_it_is_opened() -> None:
    """No table and no month is sent at first sight; ?open= sends that part alone."""
    app = open_app(PAGE)
    assert not app.dataframe
    assert len(page_html(app).select("table")) == 1
    assert len(list_rows(open_app(PAGE, open="cohorts"), 1)) == 12
    assert len(open_app(PAGE, open="times").dataframe[0].value) == 7
