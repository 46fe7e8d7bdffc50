"""The pages of 台账 through the script that readers run: upload, check, commit, history, undo."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from analytics.metrics import METRICS
from data.datasets import DATASETS
from data.ingest import loader, submissions, workbook_sheets
from data.ingest.loader import Options, Who
from tests.household_register import HEADER, KEPT, personal_texts, register_xlsx
from tests.page_helpers import (
    list_rows,
    open_app,
    page_html,
    page_links,
    page_messages,
    page_title,
    page_words,
    run_until_settled,
)
from tests.test_pages import HAN, NAMES_IN_DATA
from tests.upload_helpers import make_test_upload, make_workbook
from ui import messages
from ui.page import PAGES_FOLDER
from ui.store import shared_store

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]


def drop_and_check(app: AppTest, *files: tuple[str, str]) -> AppTest:
    """Drop files on the upload page and wait for the check."""
    app.file_uploader[0].set_value([(name, content.encode("gbk"), "text/csv") for name, content in files]).run()
    return run_until_settled(app)


def widget_labels(app: AppTest) -> list[str]:
    return [expander.label for expander in app.expander]


VILLAGES = "村社编码,村社名称,人口\nV-X,示例村X,{population}\n"


@pytest.mark.quick
def test_upload_of_a_wrong_row_is_told_with_its_line() -> None:
    """A file with a bad cell shows line, column, value and reason, and offers no commit."""
    app = drop_and_check(open_app("ledgers/update.py"), ("村社.csv", VILLAGES.format(population="abc")))
    errors = next(t.value for t in app.dataframe if "原因" in t.value.columns)
    assert errors.iloc[0].tolist()[:4] == [2, "人口", "abc", "“人口”应是整数"]
    assert "“人口”应是整数（1 处，第 2 行）" in page_words(app)
    assert not [b for b in app.button if b.key == "commit"]


def test_english_report_is_english() -> None:
    """An English clerk reads the report of a file with every kind of remark without a word of Chinese."""
    app = open_app("ledgers/update.py", "en")
    content = "Villages of the street\nvillage_id,name,population,moon\nV-X,Village X,abc,1\nV-HJ,Huj,12,\nTotal,,12,\n"
    drop_and_check(app, ("villages.csv", content))
    tables = " ".join(" ".join(map(str, [*t.value.columns, *t.value.to_numpy().ravel()])) for t in app.dataframe)
    shown = "\n".join([page_words(app), *widget_labels(app), tables.replace("胡家村", "")])
    assert not HAN.findall(NAMES_IN_DATA.sub("", shown))


def test_upload_commit_and_undo() -> None:
    """A good file is committed as a batch under the clerk's name and undone again, and the ledger is as before."""
    app = drop_and_check(open_app("ledgers/update.py"), ("村社.csv", VILLAGES.format(population="120")))
    app.text_input(key="who").set_value("王经办").run()
    run_until_settled(app.button(key="commit").click().run())
    assert "新增 1 行" in page_messages(app, "success")[0]
    assert not [b for b in app.button if b.key == "commit"]
    (batch,) = [href for href in page_links(app) if href.startswith("ledgers-history?batch=")]
    listed = list_rows(open_app("ledgers/history.py"))
    assert (listed[0][0], listed[0][3]) == (f"{batch.split('=')[1]} · 村社", "王经办")
    history = open_app("ledgers/history.py", batch=batch.split("=")[1])
    assert "王经办" in page_words(history)
    history.segmented_control(key="view").set_value("undo").run()
    run_until_settled(history.button(key="undo").click().run())
    assert "已撤销，1 行恢复原样" in page_messages(history, "success")[0]
    with shared_store().read() as con:
        assert con.execute("SELECT count(*) FROM village WHERE village_id = 'V-X'").fetchall() == [(0,)]


def test_several_files_are_committed_together() -> None:
    """Two files of two ledgers, the child first: each tells its ledger, and one press commits parent and child."""
    child = "活动编码,活动日期,活动类型,村社\nS-X,2014-07-05,宣传活动,示例村Y\n"
    parent = "村社编码,村社名称\nV-Y,示例村Y\n"
    app = drop_and_check(open_app("ledgers/update.py"), ("节水.csv", child), ("村社.csv", parent))
    assert [box.value for box in app.selectbox if box.label == "认作"] == ["village", "saving_activity"]
    run_until_settled(app.button(key="commit").click().run())
    assert ["村社" in page_messages(app, "success")[0], "节水" in page_messages(app, "success")[1]] == [True, True]
    with shared_store().read() as con:
        assert con.execute("SELECT village_id FROM saving_activity WHERE activity_id = 'S-X'").fetchall() == [("V-Y",)]


def test_a_workbook_is_shown_by_its_parts_and_committed_as_one() -> None:
    """Each sheet is shown with its ledger and rows; one press commits all, and one undo takes all back."""
    saving = [["活动编码", "活动日期", "活动类型", "村社"], ["S-W", "2014-07-05", "宣传活动", "V-W"]]
    villages = [["村社编码", "村社名称"], ["V-W", "示例村W"]]
    raw = make_workbook(活动=saving, 村社=villages, 说明=[["填表说明"], ["一行一个村"]])
    app = open_app("ledgers/update.py")
    app.file_uploader[0].set_value([("七月.xlsx", raw, "application/octet-stream")]).run()
    run_until_settled(app)
    assert [line.split("：")[0] for line in page_messages(app, "success")[0].splitlines()[1:]] == [
        "村社（工作表 村社）", "节水活动（工作表 活动）"
    ]  # fmt: skip
    assert "没有读取的工作表：说明" in next(t.value.iloc[0]["为什么"] for t in app.dataframe)
    run_until_settled(app.button(key="commit").click().run())
    assert [said.count("已提交为批次") for said in page_messages(app, "success")] == [1, 1]
    hrefs = [href for href in page_links(app) if href.startswith("ledgers-history?batch=")]
    first, second = (href.split("=")[1] for href in hrefs)
    history = open_app("ledgers/history.py", batch=first)
    assert f"批次 {first}、{second} 一起提交" in page_words(history)
    history.segmented_control(key="view").set_value("undo").run()
    assert f"批次 {first}、{second} 是同一个工作簿一起提交的" in page_messages(history, "info")[0]
    run_until_settled(history.button(key="undo").click().run())
    assert f"批次 {first}、{second} 已撤销，2 行恢复原样" in page_messages(history, "success")[0]


def test_the_original_of_a_workbook_with_personal_columns_is_offered_with_none_of_its_batches() -> None:
    """The villages of a workbook hold nothing personal; its households' needs are, so the file is not offered there."""
    households: list[list[Any]] = [["户编号", "项目", "需要帮扶"], ["H-W", "DEM-BH", "是"]]
    villages: list[list[Any]] = [["村社编码", "村社名称"], ["V-W", "示例村W"]]
    file = make_test_upload(make_workbook(被征收户=households, 村社=villages), "名册.xlsx")
    found = workbook_sheets.find_parts(shared_store(), file, Options())
    told = submissions.load_parts(shared_store(), file, found, Who("test"))
    village = next(report.batch for report in told.parts if report.dataset == "village")
    assert "原文件含个人信息" in page_words(open_app("ledgers/history.py", batch=str(village)))
    loader.undo_batch(shared_store(), told.batches[0], Who("test"))


def test_a_wrong_row_of_a_workbook_is_told_with_its_sheet() -> None:
    """Of a workbook of two ledgers the wrong row is shown with its sheet and line, and nothing can be committed."""
    saving = [["活动编码", "活动日期", "活动类型", "村社"], ["S-W", "哪天", "宣传活动", "V-W"]]
    raw = make_workbook(活动=saving, 村社=[["村社编码", "村社名称"], ["V-W", "示例村W"]])
    app = open_app("ledgers/update.py")
    app.file_uploader[0].set_value([("七月.xlsx", raw, "application/octet-stream")]).run()
    run_until_settled(app)
    errors = next(t.value for t in app.dataframe if "原因" in t.value.columns)
    assert errors.iloc[0].tolist()[:4] == ["活动", 2, "活动日期", "哪天"]
    assert "（1 处，活动 第 2 行）" in page_words(app)
    assert not [b for b in app.button if b.key == "commit"]


def test_an_unknown_heading_can_be_placed_by_hand() -> None:
    """A heading that nobody knows is left out until the clerk says which column it is."""
    app = drop_and_check(open_app("ledgers/update.py"), ("村社.csv", "村社编码,村社名称,住了几口人\nV-X,示例村X,12\n"))
    assert "列的对应：认出 2 列，没认出 1 列" in widget_labels(app)
    run_until_settled(next(b for b in app.selectbox if b.label == "住了几口人").set_value("population").run())
    assert "列的对应：认出 3 列，没认出 0 列" in widget_labels(app)


def _find_box(app: AppTest, label: str) -> Selectbox:
    return next(b for b in app.selectbox if b.label == label)


def test_a_required_column_placed_by_hand_can_be_committed() -> None:
    """With the required column placed, a name typed and one more column placed, the encoding is still found out: the
    file goes in, and a second file of this header needs no hand any more."""
    app = open_app("ledgers/update.py", ledger="work_progress")
    drop_and_check(app, ("进度.csv", "项目号,上报日期,完成了\nW-01,2014-07-05,13000\n"))
    for heading, column in (("项目号", "work_id"), ("完成了", "done")):
        run_until_settled(_find_box(app, heading).set_value(column).run())
        app.text_input(key="who").set_value("王经办").run() if heading == "完成了" else None
    assert (_find_box(app, "项目号").value, _find_box(app, "完成了").value) == ("work_id", "done")
    run_until_settled(app.button(key="commit").click().run())
    assert "新增 1 行" in page_messages(app, "success")[0]
    drop_and_check(app, ("又一份.csv", "项目号,上报日期,完成了\nW-01,2014-07-06,13100\n"))
    assert "可以提交" in page_words(app)
    with shared_store().read() as con:
        batch = con.execute("SELECT max(batch_id) FROM batch").fetchall()[0][0]
    loader.undo_batch(shared_store(), batch, Who("test"))


def test_a_missing_column_is_given_once_for_the_whole_file() -> None:
    """The project that no column names is picked from the list, and goes into every row; cleared, it is asked for."""
    app = open_app("ledgers/update.py", ledger="household")
    drop_and_check(app, ("户.csv", "户编号,房屋用途\nH-X1,住宅\nH-X2,住宅\n"))
    assert "整份都填" in page_words(app)
    run_until_settled(_find_box(app, "项目").set_value("DEM-S1").run())
    assert "可以提交" in page_words(app)
    run_until_settled(_find_box(app, "项目").set_value("").run())
    assert "缺少必填列 项目" in page_messages(app, "error")[0]


def test_an_unknown_name_is_read_as_a_known_one_from_the_list() -> None:
    """The nearest village stands first in the list; chosen, the row goes in as that village and the notes say so."""
    app = open_app("ledgers/update.py", ledger="household")
    drop_and_check(app, ("户.csv", "户编号,项目,村社\nH-X1,DEM-S1,胡家\n"))
    box = _find_box(app, messages.hidden_label("所在村社：胡家"))
    assert box.options[:2] == ["不替换", "胡家村（V-HJ）"]
    run_until_settled(box.set_value("V-HJ").run())
    assert "可以提交" in page_words(app)
    notes = next(t.value for t in app.dataframe if "为什么" in t.value.columns)
    assert any("“胡家”按手工指定读作“V-HJ”" in why for why in notes["为什么"])


def test_automatic_is_one_option_whatever_was_found() -> None:
    """The option that lets encoding or separator be found keeps its words, with a file that is read and one that is
    not, and what was found stands beside it."""
    app = open_app("ledgers/update.py", ledger="village")
    drop_and_check(app, ("村社.csv", VILLAGES.format(population="120")))
    assert "认出：GB18030" in page_words(app)
    before = [_find_box(app, label).options[0] for label in ("编码", "分隔符")]
    run_until_settled(_find_box(app, "编码").set_value("utf-8").run())
    assert [_find_box(app, label).options[0] for label in ("编码", "分隔符")] == before == ["自动", "自动"]
    run_until_settled(_find_box(app, "编码").set_value("").run())
    assert "可以提交" in page_words(app)


def test_the_encoding_that_was_found_can_be_overridden() -> None:
    """The page says what it found, and reads the file anew as the clerk says."""
    app = drop_and_check(open_app("ledgers/update.py"), ("村社.csv", VILLAGES.format(population="120")))
    assert "编码 GB18030" in page_words(app)
    run_until_settled(next(b for b in app.selectbox if b.label == "编码").set_value("utf-8").run())
    assert "不能按选定的编码" in page_messages(app, "error")[0]


def test_the_year_is_asked_for_where_times_have_none() -> None:
    """A file with times without a year is refused until the clerk has said which year it is."""
    app = drop_and_check(open_app("ledgers/update.py"), ("水质.csv", "断面,监测时间,氨氮\nHJXH-01,07-05 08:00,0.8\n"))
    (year,) = [n for n in app.number_input if n.label == "年份"]
    run_until_settled(year.set_value(2014).run())
    assert "可以提交" in page_messages(app, "success")[0]


def test_a_commit_that_replaces_says_what_it_deletes() -> None:
    """A file of several projects replaces all parcels, which have no day; the page says so, and what is deleted."""
    with shared_store().read() as con:
        known = con.execute("SELECT parcel_id, project_id FROM parcel ORDER BY parcel_id").fetchall()
    first, second = known[0], next(row for row in known if row[1] != known[0][1])
    rows = [f"{parcel},{project},10,2014-01-01" for parcel, project in (first, second)]
    content = "\n".join(["地块编码,项目,用地面积(亩),约定动工日期", *rows, ""])
    app = drop_and_check(open_app("ledgers/update.py", ledger="parcel"), ("地块.csv", content))
    run_until_settled(next(b for b in app.selectbox if b.label == "提交方式").set_value("replace").run())
    said = " ".join(page_messages(app, "warning"))
    assert "整本台账都会换成这个文件的内容" in said
    assert f"删除台账里的 {len(known) - 2} 行" in said


def test_a_refused_replacement_can_be_taken_back() -> None:
    """Villages that other ledgers name cannot be replaced; the way of committing stays there to be changed back."""
    app = drop_and_check(open_app("ledgers/update.py", ledger="village"), ("村社.csv", VILLAGES.format(population="1")))
    run_until_settled(next(b for b in app.selectbox if b.label == "提交方式").set_value("replace").run())
    assert "不能替换" in page_messages(app, "error")[0]
    run_until_settled(next(b for b in app.selectbox if b.label == "提交方式").set_value("upsert").run())
    assert "可以提交" in page_words(app)


def test_append_is_offered_for_events_only() -> None:
    """A ledger of happenings may be appended to; a list of villages may not."""
    for name, content, is_offered in (
        ("村社.csv", VILLAGES.format(population="1"), False),
        ("节水.csv", "活动编码,活动日期,活动类型\nS-X,2014-07-05,宣传活动\n", True),
    ):
        app = drop_and_check(open_app("ledgers/update.py"), (name, content))
        (mode,) = [b for b in app.selectbox if b.label == "提交方式"]
        assert ("只追加" in mode.options) is is_offered


def test_a_file_can_be_taken_off_the_tray() -> None:
    """移除 takes a file off, and nothing is left to commit."""
    app = drop_and_check(open_app("ledgers/update.py"), ("村社.csv", VILLAGES.format(population="120")))
    next(b for b in app.button if b.label == "移除").click().run()
    assert not [b for b in app.button if b.key == "commit"]


def test_the_tray_survives_a_look_at_the_charts() -> None:
    """A clerk who goes to the charts and comes back finds the ledger chosen and the file checked."""
    app = open_app("ledgers/update.py")
    app.selectbox(key="ledger").set_value("village").run()
    app = drop_and_check(app, ("村社.csv", VILLAGES.format(population="120")))
    app.switch_page(str(PAGES_FOLDER / "water/works.py")).run()
    app.query_params.pop("ledger", None)
    run_until_settled(app.switch_page(str(PAGES_FOLDER / "ledgers/update.py")).run())
    assert app.selectbox(key="ledger").value == "village"
    assert "可以提交" in page_messages(app, "success")[0]


def sample_batch(ledger: str) -> tuple[str, int]:
    """Return the 示例 batch of a ledger and its rows."""
    with shared_store().read() as con:
        query = "SELECT min(batch_id), arg_min(rows, batch_id) FROM batch WHERE dataset = ?"
        batch, rows = con.execute(query, [ledger]).fetchall()[0]
    return str(batch), rows


def test_history_lists_the_batches_of_one_ledger() -> None:
    """A link with ?ledger= lists the batches of that ledger alone, each a link; an unknown ledger is told."""
    batch, rows = sample_batch("work")
    app = open_app("ledgers/history.py", ledger="work")
    assert [(row[0], row[2]) for row in list_rows(app)] == [(f"{batch} · 整治工程", f"新增 {rows}")]
    assert f"?ledger=work&batch={batch}" in page_links(app)
    assert not app.segmented_control
    assert "没有这个台账：nothing。" in page_words(open_app("ledgers/history.py", ledger="nothing"))


def test_a_batch_opens_by_its_number() -> None:
    """A link with ?batch= shows its file, who loaded it, its counts, and leads to the ledger's charts and columns."""
    batch, rows = sample_batch("work")
    app = open_app("ledgers/history.py", batch=batch)
    assert page_title(app) == f"批次 {batch}：整治工程，work.csv"
    assert f"新增 {rows} · 更新 0" in page_words(app)
    ways = {"?", "ledgers-history?ledger=work", "water-works", "ledgers-dictionary?ledger=work"}
    assert ways <= set(page_links(app))


def test_an_unknown_batch_is_told() -> None:
    """A link to a batch that is none says so above the list."""
    app = open_app("ledgers/history.py", batch="9999")
    assert "没有这个批次：9999。" in page_words(app)
    assert list_rows(app)


def test_links_keep_language_and_day() -> None:
    """From the page of a batch in English as of a day, every link to a page leads on in English and as of that day."""
    batch, _ = sample_batch("work")
    app = open_app("ledgers/history.py", "en", batch=batch, as_of="2014-05-31")
    ways = [href for href in page_links(app) if not href.startswith("?")]
    assert len(ways) >= 4
    assert [href for href in ways if "lang=en" not in href or "as_of=2014-05-31" not in href] == []


def test_the_other_language_keeps_what_is_shown() -> None:
    """The link to English on the page of a batch opens that batch; on the upload page it keeps the ledger."""
    batch, _ = sample_batch("work")
    assert f"?lang=en&batch={batch}" in page_links(open_app("ledgers/history.py", batch=batch))
    assert "?lang=en&ledger=work" in page_links(open_app("ledgers/update.py", ledger="work"))


def test_the_dictionary_lists_and_opens_every_ledger_and_metric() -> None:
    """All ledgers and metrics are links on the first sight; each that opens has a row for each of its columns."""
    app = open_app("ledgers/dictionary.py")
    links = page_links(app)
    assert [f"?ledger={name}" in links for name in DATASETS] == [True] * len(DATASETS)
    assert [f"?metric={name}" in links for name in METRICS] == [True] * len(METRICS)
    assert len(app.get("html")) <= 20
    ledger = open_app("ledgers/dictionary.py", ledger="issue")
    assert [row[1] for row in list_rows(ledger)] == [column.name for column in DATASETS["issue"].columns]
    assert {"?metric=issue_closure", "ledgers-history?ledger=issue", "water-issues"} <= set(page_links(ledger))
    metric = open_app("ledgers/dictionary.py", metric="issue_closure")
    assert "当月发现、截至当日已销号 ÷ 当月发现" in page_words(metric)
    assert {"?ledger=issue", "?ledger=issue_event"} <= set(page_links(metric))


def test_what_the_dictionary_does_not_know_is_told() -> None:
    """A link to a ledger that is none says so above all there are."""
    app = open_app("ledgers/dictionary.py", ledger="moon")
    assert "moon" in page_html(app).select_one(".fl-notice").get_text()
    assert "?ledger=issue" in page_links(app)


def test_history_shows_the_ledger_after_a_batch() -> None:
    """After its batch the progress of works has the rows of the 示例 ledger, under the ledger's own headings."""
    batch, rows = sample_batch("work_progress")
    app = open_app("ledgers/history.py", batch=batch)
    app.segmented_control(key="view").set_value("ledger").run()
    table = app.dataframe[-1].value
    photos = ["整治前照片", "整治后照片"]
    assert table.columns.tolist() == ["工程", "上报日期", "累计完成量", "累计支出(万元)", *photos, "备注"]
    assert len(table) == rows


def test_history_compares_two_states_of_a_ledger() -> None:
    """From the beginning to its batch the progress of works has grown by all rows of the 示例 ledger."""
    batch, rows = sample_batch("work_progress")
    app = open_app("ledgers/history.py", "en", batch=batch)
    app.segmented_control(key="view").set_value("compare").run()
    app.selectbox(key="other").set_value(0).run()
    assert f"{rows} rows new, 0 changed, 0 deleted" in page_words(app)


def test_history_does_not_hand_out_files_with_personal_data() -> None:
    """The original file of the households, which tells their needs, is not offered."""
    with shared_store().read() as con:
        batch = con.execute("SELECT batch_id FROM batch WHERE dataset = 'household'").fetchall()[0][0]
    app = open_app("ledgers/history.py", batch=str(batch))
    assert "原文件含个人信息" in page_words(app)
    assert "original" not in [d.key for d in app.get("download_button")]


def test_upload_of_a_picture_is_refused_in_a_sentence() -> None:
    """A torn JPEG renamed .csv gets one sentence: it is taken for the photo that it is."""
    app = open_app("ledgers/update.py", "en")
    run_until_settled(app.file_uploader[0].upload("村社.csv", b"\xff\xd8\xff\xe0 picture", "text/csv").run())
    assert "The photo “村社.csv” cannot be opened" in page_messages(app, "error")[0]


def test_personal_columns_do_not_reach_the_screen() -> None:
    """Whether a household needs help is masked in the comparison of old and new values."""
    with shared_store().read() as con:
        household, project = con.execute("SELECT household_id, project_id FROM household LIMIT 1").fetchall()[0]
    app = open_app("ledgers/update.py", ledger="household")
    app.selectbox(key="ledger").set_value("household").run()
    content = f"户编号,项目,需要帮扶\n{household},{project},是\n".encode()
    run_until_settled(app.file_uploader[0].upload("户.csv", content, "text/csv").run())
    assert "***" in " ".join(t.value.to_string() for t in app.dataframe)


def test_only_the_columns_that_are_ticked_go_on() -> None:
    """A register of 99 households is refused with its columns listed; those about persons cannot be ticked, one click
    reads the others, and the file that waits on the page is no longer the register."""
    texts = register_xlsx()
    app = open_app("ledgers/update.py")
    run_until_settled(app.file_uploader[0].upload("登记册.xlsx", texts, "application/octet-stream").run())
    assert "“户主姓名”列：姓名（第 2 行）" in page_messages(app, "error")[0]
    assert "commit" not in [button.key for button in app.button]
    boxes = {box.label.strip("` ").split("（")[0]: box for box in app.checkbox}
    assert [label for label, box in boxes.items() if box.value] == ["序号", *KEPT]
    assert [label for label, box in boxes.items() if box.disabled] == list(HEADER[4:8])
    boxes["序号"].uncheck().run()
    run_until_settled(app.button(key="only-1").click().run())
    assert "文件共 99 行" in page_messages(app, "error")[0]  # its project and village are not registered here
    [waiting] = app.session_state["tray"]
    held = waiting.request.file.raw.decode("utf-8-sig")
    assert held.splitlines()[1] == ",".join(KEPT)
    shown = page_words(app) + " ".join(t.value.to_string() for t in app.dataframe)
    assert [text for text in personal_texts() if text in held or text in shown] == []
    app.button(key="remove-1").click().run()


def test_the_refusal_in_english_lists_the_columns_in_english() -> None:
    """An English clerk reads what is found and what to do without a word of Chinese but the headings of the file."""
    app = open_app("ledgers/update.py", "en")
    content = b"household_id,project_id,Householder,Phone\nH-1,D-1,Somebody,13957412345\n"
    run_until_settled(app.file_uploader[0].upload("households.csv", content, "text/csv").run())
    assert "holds personal data; nothing of it was read in or kept" in page_messages(app, "error")[0]
    assert [box.label for box in app.checkbox if box.disabled] == [
        "Householder (personal · names of persons)",
        "Phone (personal · telephone numbers · what looks like a mobile phone number)",
    ]
    assert "13957412345" not in page_words(app)


def test_a_refused_workbook_offers_its_sheets() -> None:
    """A workbook is refused for a sheet that does not fit; one of its sheets can be chosen and read alone."""
    saving = [["活动日期", "活动类型", "村社"], ["2014-07-01", "宣传活动", "V-W"]]
    raw = make_workbook(村社=[["村社编码", "村社名称"], ["V-W", "示例村W"]], 活动=saving)
    app = open_app("ledgers/update.py")
    app.file_uploader[0].set_value([("七月.xlsx", raw, "application/octet-stream")]).run()
    run_until_settled(app)
    assert page_messages(app, "error")
    run_until_settled(next(box for box in app.selectbox if box.label == "工作表").set_value("村社").run())
    assert "新增 1 条" in page_words(app)
