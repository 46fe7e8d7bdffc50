"""The page of changes: what it compares with, what moved, and a restatement worked out by hand."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from data.ingest import batch_log
from data.store import Store, default_database_path, open_store
from tests.metric_helpers import load_without_errors
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from ui.overview import changes as view
from ui.store import close_shared_store

pytestmark = pytest.mark.slow
PROJECT = "项目编码,项目名称,征迁类别,总户数(户),签约开始,签约截止\nP,甲项目,集体土地征收,394,2014-04-25,2014-12-31\n"
TARGET = "指标,开始日期,截止日期,目标值\n签约率,2014-01-01,2014-12-31,95\n"
SIGNED, HOUSEHOLDS = 301, 394
PAGE = "overview/changes.py"


def agreement_lines(numbers: range, signed_on: str, withdrawn_on: str = "") -> str:
    return "户编号,签约日期,撤销日期,补偿方式\n" + "".join(
        f"H{n},{signed_on},{withdrawn_on},货币补偿\n" for n in numbers
    )


def newest_batch(store: Store) -> int:
    with store.read() as con:
        return batch_log.next_batch(con) - 1


@pytest.fixture(scope="module")
def told_and_corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Of 394 households 301 had signed by 23 June; then it comes out that two of them had withdrawn on 10 June.

    Gives the last batch that was known when 301 was told, and the batch that corrected it.
    """
    path = tmp_path_factory.mktemp("restated") / "restated.duckdb"
    households = "户编号,项目\n" + "".join(f"H{n},P\n" for n in range(HOUSEHOLDS))
    ledgers = {"demolition_project": PROJECT, "household": households, "target": TARGET}
    with open_store(path) as store:
        for name, content in ledgers.items():
            load_without_errors(store, name, content)
        load_without_errors(store, "agreement", agreement_lines(range(SIGNED), "2014-05-20"))
        told = newest_batch(store)
        load_without_errors(store, "agreement", agreement_lines(range(2), "2014-05-20", "2014-06-10"))
        corrected = newest_batch(store)
        load_without_errors(store, "agreement", agreement_lines(range(SIGNED, SIGNED + 6), "2014-06-27"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_DB", str(path))
        yield told, corrected
        close_shared_store()


def link_of_visit(batch: int) -> dict[str, str]:
    return {"against": "visit", "since": "2014-06-23", "since_batch": str(batch), "as_of": "2014-06-30"}


@pytest.mark.quick
def test_a_restatement_is_told_with_its_batch(told_and_corrected):
    """301 ÷ 394 = 76.4 % as told on 23 June is 299 ÷ 394 = 75.9 % worked out anew: one batch corrected 2 households."""
    told, corrected = told_and_corrected
    app = open_app(PAGE, **link_of_visit(told))
    assert not app.exception
    said = page_html(app).select_one("ul.fl-list li")
    assert said is not None
    written = " ".join(said.get_text().split())
    assert written.startswith(f"签约率：6月23日时是 76.4 %，现在重算是 75.9 %：批次 {corrected} 更正了 2 户")
    hrefs = [str(each["href"]) for each in said.select("a")]
    assert [href for href in hrefs if f"batch={corrected}" in href]
    assert [href for href in hrefs if f"after_batch={told}" in href and "as_of=2014-06-23" in href]


def test_a_row_tells_what_the_days_and_the_batches_did(told_and_corrected):
    """Then 301, now 305 of 394 households: six have signed since, of two a batch took it back."""
    told, corrected = told_and_corrected
    app = open_app(PAGE, **link_of_visit(told))
    [row] = list_rows(app)
    assert row[:4] == ["签约率", "76.4 %（301 / 394 户）", "77.4 %（305 / 394 户）", "+1.0 点"]
    assert "甲项目 +6 户" in row[4]
    assert f"批次 {corrected}" in row[4]
    assert "1 项变好，0 项变差" in page_title(app)


def test_the_figure_told_then_stands_on_the_page_of_then(told_and_corrected):
    """The link to how it stood leads to the figure that was told: 301 of 394."""
    told, _ = told_and_corrected
    app = open_app("demolition/signing.py", after_batch=str(told), as_of="2014-06-23")
    assert "301" in page_words(app)
    assert f"这里是批次 {told}（" in page_words(app)


def test_an_issued_figure_is_held_against_what_it_reads_today(told_and_corrected):
    """The briefing of 23 June said 76.4 %; the page says what it would read today and why, and compares with it."""
    told, corrected = told_and_corrected
    issued = "简报种类,数据截至,目标编码,印发数字,完成,总数,印发时的批次,印发日期\n"
    close_shared_store()
    with open_store(default_database_path()) as store:
        line = f"周报,2014-06-23,signing_rate,76.395939,301,394,{told},2014-06-24"
        load_without_errors(store, "issued_figure", issued + line)
    said = page_words(open_app(PAGE, against="report", as_of="2014-06-30")).replace("\n", "")
    assert "上期周报（截至6月23日）的1个数字里，1个现在不一样" in said
    assert f"签约率：6月23日上报时是 76.4 %，现在重算是 75.9 %：批次 {corrected} 更正了 2 户" in said


def test_nothing_was_reported_where_no_briefing_was_issued(tmp_path, monkeypatch):
    """Without a briefing the end of the last month is compared with: said so, and no figure is called reported."""
    close_shared_store()
    path = tmp_path / "never.duckdb"
    with open_store(path) as store:
        load_without_errors(store, "demolition_project", PROJECT)
        load_without_errors(store, "target", TARGET)
        load_without_errors(store, "household", "户编号,项目\nH1,P\nH2,P\n")
        load_without_errors(store, "agreement", agreement_lines(range(1, 3), "2014-05-20"))
        with store.scratch() as con, store.write(con):
            con.execute("UPDATE batch SET loaded_at = TIMESTAMP '2014-05-30'")
        load_without_errors(store, "agreement", agreement_lines(range(1, 2), "2014-05-20", "2014-05-25"))
    monkeypatch.setenv("FRONTLINE_DB", str(path))
    said = page_words(open_app(PAGE, against="report", as_of="2014-06-30"))
    close_shared_store()
    assert "还没有印发过简报：改为与上月末比" in said
    assert "签约率：5月31日时是 0.5 %，现在重算是 0.3 %" in said.replace("\n", "")
    assert "上报时" not in said


def test_a_visit_later_than_the_day_shown_is_one_sentence(told_and_corrected):
    """A reader who looks at a day before his last visit is told so, and may choose another comparison."""
    told, _ = told_and_corrected
    app = open_app(PAGE, **(link_of_visit(told) | {"as_of": "2014-06-01"}))
    assert "要比的那天 2014-06-23 比现在看的 2014-06-01 晚" in page_words(app)
    assert [href for href in page_links(app) if "against=week" in href]


def test_the_day_of_a_visit_is_said_to_be_one(told_and_corrected):
    """The day on which the reader was here stands beside the newest day of the data that he saw then."""
    told, _ = told_and_corrected
    said = page_words(open_app(PAGE, **link_of_visit(told), visited="2026-11-28"))
    assert "上次来访是 2026-11-28，那时看到的数据最新到 2014-06-23" in said


@pytest.mark.parametrize("link", [{}, {"since": "2014-06-23"}, {"since": "x", "since_batch": "2"}])
def test_a_visit_that_the_browser_does_not_know_is_told(told_and_corrected, link):
    """Without day and batch of the last visit the page compares with a week ago, and says why."""
    app = open_app(PAGE, against="visit", **link)
    assert "没有上次来访的记录" in page_words(app)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("changes", "said"),
    [([None], "与 2014-06-23 没有可比的数字"), ([], "与 2014-06-23 没有可比的数字"), ([0.0, None], "没有变化")],
)
def test_no_change_is_claimed_where_nothing_can_be_compared(changes, said):
    """Without a figure then or now it is not known whether anything has changed."""
    found = pd.DataFrame({"change": pd.Series(changes, dtype=float)})
    assert said in view.title_sentence(found, date(2014, 6, 23)).zh


def test_every_comparison_is_a_link(told_and_corrected):
    """The other two comparisons, and the rows of any metric, are links of the page."""
    hrefs = page_links(open_app(PAGE, "en", as_of="2014-06-30"))
    assert [name for name in ("against=report", "against=visit", "open=rows") if name not in "".join(hrefs)] == []


def test_any_metric_is_compared_row_by_row(told_and_corrected):
    """The folded part lists the numbers of a metric that have changed, with what the days and the batches did."""
    told, _ = told_and_corrected
    app = open_app(PAGE, open="rows", metric="signing_rate", **link_of_visit(told))
    numbers = {row[1]: row[2:] for row in list_rows(app, 1)}
    assert numbers["已签约(户)"] == ["301", "305", "+6", "−2"]


def test_all_changes_are_a_table_to_be_taken_away(told_and_corrected):
    """Then is 301 of 394, worked out anew 299, now 305, in numbers that add up, with the project that moved it and the
    batch that corrected it."""
    told, corrected = told_and_corrected
    app = open_app(PAGE, open=view.TABLE_PART, **link_of_visit(told))
    [row] = app.dataframe[0].value.to_dict("records")
    assert row["目标"] == "签约率"
    figures = [100 * n / HOUSEHOLDS for n in (SIGNED, SIGNED - 2, SIGNED + 4)]
    assert [row[name] for name in ("那时", "那时的，现在重算", "现在")] == pytest.approx(figures, abs=1e-3)
    assert [row[name] for name in ("那时完成数", "那时总数", "现在完成数", "现在总数")] == [301, 394, 305, 394]
    steps = [100 * n / HOUSEHOLDS for n in (-2, 6, 4)]
    assert [row[name] for name in ("更正", "当期变化", "变化")] == pytest.approx(steps, abs=1e-3)
    assert row["是哪些行"].replace("\xa0", " ") == f"甲项目 +6 户；更正 −2 户：批次 {corrected}"
