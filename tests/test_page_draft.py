"""What pages commit themselves: the ranking and the briefing of a day, alerts that were taken note of."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.page_helpers import open_app, page_messages, run_until_settled
from ui.overview import alert_acknowledger as acknowledger
from ui.store import shared_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]


def press_check(app: AppTest, part: str) -> AppTest:
    return run_until_settled(app.button(f"{part}-check").click().run())


def commit_as(app: AppTest, who: str) -> AppTest:
    app.text_input("who").input(who).run()
    return run_until_settled(app.button("commit").click().run())


def rows_of(ledger: str) -> list[tuple[Any, ...]]:
    with shared_store().read() as con:
        found = con.execute(f"SELECT l.*, b.loaded_by FROM {ledger} l JOIN batch b USING (batch_id)").fetchall()
    return found


@pytest.mark.parametrize(
    ("page", "part", "ledger", "already"),
    [
        ("overview/briefing.py", "issue", "issued_figure", "已经印发"),
        ("overview/ranking.py", "publish", "published_standing", "已经公布"),
    ],
)
def test_figures_of_a_day_are_committed_once_with_a_name(page, part, ledger, already):
    """Checked and committed they are rows of their ledger under that name; opened again the page says so."""
    app = press_check(open_app(page, open=part), part)
    assert "可以提交" in page_messages(app, "success")[0]
    app = commit_as(app, "示例经办员")
    assert "已提交为批次" in page_messages(app, "success")[0]
    assert {row[-1] for row in rows_of(ledger)} == {"示例经办员"}
    assert any(already in said for said in page_messages(open_app(page, open=part), "info"))


def test_what_would_be_issued_is_called_by_its_name():
    """A figure stands beside the name of its target, in the language of who issues it, and the code of that."""
    told = (("zh", "目标任务", "节水活动覆盖率"), ("en", "Target", "Coverage of water saving"))
    for language, heading, name in told:
        app = open_app("overview/briefing.py", language, open="issue", as_of="2014-05-31")
        [rows] = [table.value for table in app.dataframe if table.value.columns[0] == heading]
        assert dict(zip(rows.iloc[:, 3], rows.iloc[:, 0], strict=True))["saving_coverage"] == name


def test_who_comes_second_is_told_who_was_first():
    """Of two who checked the same figures one commits them; the other is refused, and led to the batch of the first."""
    asked = {"open": "issue", "as_of": "2014-06-23"}
    first, second = (press_check(open_app("overview/briefing.py", **asked), "issue") for _ in range(2))
    second.text_input("who").input("乙").run()
    commit_as(first, "甲")
    second = run_until_settled(second.button("commit").click().run())
    assert "没有提交" in page_messages(second, "error")[0]
    assert any("已经印发" in said for said in page_messages(second, "info"))
    assert {row[-1] for row in rows_of("issued_figure") if str(row[1]) == asked["as_of"]} == {"甲"}


def test_alerts_are_acknowledged_by_what_they_are_of():
    """Of two alerts that are chosen just these are acknowledged, and another choice has to be checked anew."""
    app = open_app("overview/alerts.py", open="acknowledge")
    labels = app.multiselect("alerts-chosen").options
    app = app.multiselect("alerts-chosen").select(labels[3]).run()
    app = press_check(app, "acknowledge")
    assert app.button("commit")
    app = app.multiselect("alerts-chosen").select(labels[5]).run()
    assert "commit" not in [button.key for button in app.button]
    app = commit_as(press_check(app, "acknowledge"), "示例经办员")
    codes = {row[2] for row in rows_of("alert_acknowledgement") if row[-1] == "示例经办员"}
    assert len(codes) == 2
    assert all(any(code in label for label in (labels[3], labels[5])) for code in codes)


@pytest.mark.quick
def test_an_alert_is_told_from_others_by_its_rule_its_kind_and_its_code():
    """A list that has changed meanwhile has other places, and the same alerts under the same names."""
    row = {"rule": "逾期", "kind": "工程", "item": "甲", "acknowledged_at": pd.NaT}
    alerts = pd.DataFrame([row | {"item_id": code} for code in "ABC"])
    before = acknowledger.waiting_alerts(alerts)
    later = acknowledger.waiting_alerts(alerts.iloc[1:])
    assert list(before)[1:] == list(later) == [("逾期", "工程", "B"), ("逾期", "工程", "C")]


def test_of_an_earlier_state_nothing_is_committed():
    """Who looks at the ledgers as they stood after a batch is told to go back to now, and has no check to press."""
    app = open_app("overview/ranking.py", open="publish", after_batch="60")
    assert any("回到现在才能提交" in said for said in page_messages(app, "info"))
    assert "publish-check" not in [button.key for button in app.button]
