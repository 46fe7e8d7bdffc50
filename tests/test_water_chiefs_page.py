"""The pages of the chiefs and of water saving: what the title says, who is ranked, what is drawn."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import metrics
from analytics.metrics import Result
from data.store import Store
from ui import formats
from ui.water import chiefs, saving

pytestmark = pytest.mark.slow

DAY = datetime.date(2014, 6, 30)


def dated_result(store: Store, name: str, **filters: str) -> Result:
    with store.read() as con:
        return metrics.compute_metric(con, name, DAY, **filters)


def result_of_rows(rows: pd.DataFrame) -> SimpleNamespace:
    return SimpleNamespace(rows=rows, as_of=DAY, newest=DAY)


@pytest.fixture(scope="module")
def patrols() -> pd.DataFrame:
    """Return two chiefs of whom enough was due, one of whom too little was, and one of whom nothing was."""
    columns = ("post", "river", "patrols_counted", "patrols_due", "rate", "is_enough")
    rows = [("乙", "浊河", 3, 9, 100 / 3, True), ("甲", "清河", 12, 12, 100.0, True)]
    return pd.DataFrame([*rows, ("丙", "清河", 1, 2, 50.0, False), ("丁", "清河", 0, 0, None, False)], columns=columns)


@pytest.mark.quick
def test_the_title_sums_counts_and_not_rates(patrols):
    """3 of 9, 12 of 12 and 1 of 2 are 16 of 23, 69.6 %, not the mean of the rates."""
    issues = result_of_rows(pd.DataFrame({"is_overdue": [True, False, True]}))
    closure = result_of_rows(pd.DataFrame({"found": [3]}))
    title = chiefs.title_sentence(result_of_rows(patrols), closure, issues)
    assert title.zh == "近 3 个月巡河完成率 69.6 %（16 / 23 次），2 件问题逾期未销号"


@pytest.mark.quick
def test_issues_that_nobody_wrote_down_are_not_0_overdue(patrols):
    """Without a ledger of issues the title says that there is none; without one of patrols too there are no data."""
    none = result_of_rows(pd.DataFrame())
    assert (
        chiefs.title_sentence(result_of_rows(patrols), none, none).zh
        == "近 3 个月巡河完成率 69.6 %（16 / 23 次），没有问题记录"
    )
    assert chiefs.title_sentence(none, none, none).zh == "还没有数据"


def test_no_ledger_of_issues_has_no_card_of_0(store):
    """Where no issue was ever found the card of overdue issues reads “–” and says that there are no data."""
    names = ("chief_coverage", "patrol_completion", "issue_closure", "overdue_issues")
    card = chiefs.chief_cards(*(dated_result(store, name) for name in names))[-1]
    assert (card.value.zh, card.below[0].zh) == ("–", "没有数据")


def test_only_chiefs_with_enough_due_are_ranked(patrols):
    """The scoreboard has two dots, lowest first, with both counts; the third is named as 样本不足."""
    figure, alt = chiefs.patrol_scoreboard(patrols, "zh")
    assert list(figure.data[0].x) == [100 / 3, 100]
    assert "33.3 %（3 / 9 次）" in figure.data[0].y[0]
    assert alt.zh == "2 项包干按巡河完成率从低到高排列，最低 33.3 %，最高 100.0 %。"
    assert (
        chiefs.too_few_patrols_note(result_of_rows(patrols)).zh
        == "样本不足（应巡不到 5 次，不排名）：丙 · 清河（1 / 2）"
    )
    assert chiefs.too_few_patrols_note(result_of_rows(patrols.iloc[:2])) is None


def test_a_column_of_a_month_adds_up_to_what_was_found(sample_store):
    """Settled, not yet due and overdue issues stand on each other and make the issues found in the month."""
    rows = chiefs.recent_issue_months(dated_result(sample_store, "issue_closure", is_total="True"))
    figure, _ = chiefs.cohort_chart(rows, "en")
    stacked = sum(pd.Series(list(trace.y)) for trace in figure.data)
    assert stacked.tolist() == rows["found"].tolist()
    assert [len(trace.name) > 2 for trace in figure.data] == [True] * 3


def test_cards_show_counts_that_make_their_percentage(sample_store):
    """Each percentage on a card is what its two counts give."""
    names = ("chief_coverage", "patrol_completion", "issue_closure", "overdue_issues")
    coverage, going, _, issues = (dated_result(sample_store, name) for name in names)
    shown = chiefs.chief_cards(coverage, going, dated_result(sample_store, "issue_closure", is_total="True"), issues)
    for card in shown[:4]:
        done, total = card.below[0].en.split(" ")[:3:2]
        assert card.value.en == formats.format_percent(100 * int(done) / int(total))


def test_a_village_without_an_activity_is_drawn_as_nothing(sample_store):
    """Every village has a line of its own, the two without an activity this year first and without a bar."""
    bars = BeautifulSoup(saving.activity_bars(dated_result(sample_store, "saving_coverage").rows), "html.parser")
    assert len(bars.select("li")) == 8
    assert [len(line.select("b")) for line in bars.select("li")] == [0, 0, 1, 1, 1, 1, 1, 1]
    assert "0\xa0次 · 0\xa0人" in bars.li.text


def test_nothing_on_record_is_not_none_found(sample_store):
    """Without a check the title says that no leak is on record, rather than that 0 of 0 were mended."""
    coverage = dated_result(sample_store, "saving_coverage").rows
    empty = dated_result(sample_store, "leak_fix").rows.iloc[:0]
    assert saving.title_sentence(coverage, empty).zh == "今年 6 / 8 个村社开展节水活动；没有漏水设施的记录"
