"""The clerk is told what happened to the file, what goes when it replaces, and what things are called."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Dialog, Page, expect
from streamlit.testing.v1 import AppTest

from data.datasets import DATASETS
from data.ingest import batch_log, loader, sample
from data.ingest.forms import template
from data.ingest.loader import Options, Scope, Who
from data.store import Store, open_store
from tests.chromium import visit_page
from tests.page_helpers import open_app, page_links, page_messages, page_words, run_until_settled
from tests.patience import PATIENCE
from tests.serving import running_server
from tests.stores import copy_database
from tests.test_ledger_pages import drop_and_check
from tests.upload_helpers import check_content, load_content, load_parents, make_test_upload
from ui.data_origin import data_origin_text, read_data_origin
from ui.store import close_shared_store, shared_store

pytestmark = pytest.mark.slow
PROGRESS = "工程,上报日期,累计完成量\nW-01,2013-10-31,270\nW-01,2014-06-30,12600\n"
VILLAGES = "村社编码,村社名称\nV-X,示例村X\n"


@pytest.fixture
def own_pages(sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the pages a database of one test's own, filled with the 示例 ledgers."""
    monkeypatch.setenv("FRONTLINE_DB", str(copy_database(sample_path, tmp_path / "own.duckdb")))
    yield
    close_shared_store()


def has_commit_button(app: AppTest) -> bool:
    return "commit" in [button.key for button in app.button]


def test_files_that_are_gone_are_told(own_pages: None) -> None:
    """A page that says in its address that files wait, in a session that has none, says so until a file comes."""
    app = open_app("ledgers/update.py", files="2")
    assert "放在这里的 2 个文件已经不在了" in page_messages(app, "warning")[0]
    assert "ledgers-history" in page_links(app)
    drop_and_check(app, ("村社.csv", VILLAGES))
    assert app.query_params["files"] in ("1", ["1"])
    assert not page_messages(app, "warning")
    next(b for b in app.button if b.label == "移除").click().run()
    assert "files" not in app.query_params
    assert not page_messages(app, "warning")


@pytest.mark.parametrize("files", ["", "0", "-1", "x", "9999999"])
def test_an_address_without_files_tells_nothing(own_pages: None, files: str) -> None:
    """Whatever else stands in the address, nothing is said to be gone."""
    assert not page_messages(open_app("ledgers/update.py", files=files), "warning")


def _accept_dialog(asked: list[str], dialog: Dialog) -> None:
    asked.append(dialog.type)
    dialog.accept()


@pytest.mark.browser
def test_a_restart_of_the_server_does_not_lose_a_file_in_silence(page: Page, sample_path: Path, tmp_path: Path) -> None:
    """A file waits for 提交, the server is started anew, the page comes back: the clerk reads what became of it. While
    a file waits, the browser asks before the page is left."""
    own, log = copy_database(sample_path, tmp_path / "own.duckdb"), tmp_path / "log"
    with running_server(own, log) as server:
        port = server.url.rsplit(":", 1)[1].strip("/")
        visit_page(page, f"{server.url}/ledgers-update")
        (tmp_path / "村社.csv").write_text(VILLAGES, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(tmp_path / "村社.csv")
        expect(page.get_by_text("可以提交。")).to_be_visible()
        asked: list[str] = []
        page.once("dialog", partial(_accept_dialog, asked))
        page.reload()
        assert asked == ["beforeunload"]
        expect(page.get_by_text("放在这里的 1 个文件已经不在了")).to_be_visible()
        page.locator("input[type=file]").set_input_files(tmp_path / "村社.csv")
        expect(page.get_by_text("可以提交。")).to_be_visible()
    with running_server(own, log, port=port):
        page.wait_for_function(f"() => fetch('{page.url}').then(answer => answer.ok, () => false)")
        told = page.get_by_text("放在这里的 1 个文件已经不在了")
        commit = page.get_by_role("button", name="提交", exact=True)
        for _ in range(PATIENCE):  # what is pressed before the page is connected again comes to nothing
            if told.is_visible():
                break
            commit.press("Enter") if commit.is_visible() else page.wait_for_timeout(200)
            page.wait_for_timeout(1_000)
        expect(page.get_by_role("link", name="批次与撤销").last).to_be_visible()


NO_TABLE = "不是表格文本", "能收的是 Excel、WPS 表格（.xlsx、.xls）、CSV、TXT、JSON，"
NO_PICTURE = "打不开", "请重新从手机或相机导出"
SIGNATURES = {
    "照片.jpg": (b"\xff\xd8\xff\xe0", NO_PICTURE),
    "照片.heic": (b"\0\0\0\x18ftypheic", (*NO_TABLE, "照片请存成 JPEG 再上传")),
    "照片.png": (b"\x89PNG\r\n", NO_PICTURE),
    "照片.gif": (b"GIF89a", (*NO_TABLE, "GIF 图片")),
    "文件.pdf": (b"%PDF-1.4\n", NO_TABLE),
    "文件.rar": (b"Rar!\x1a\x07", NO_TABLE),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_what_is_no_table_is_refused_on_the_page(own_pages: None, name: str) -> None:
    """A document or a picture that is none is named, with what it is and what is taken; nothing can be committed."""
    app = open_app("ledgers/update.py")
    signature, sentences = SIGNATURES[name]
    run_until_settled(app.file_uploader[0].upload(name, signature + bytes(range(256)), "image/jpeg").run())
    [said] = page_messages(app, "error")
    assert f"“{name}”{sentences[0]}" in said
    assert all(sentence in said for sentence in sentences)
    assert not has_commit_button(app)


def test_replacing_starts_with_what_the_file_is_of(own_pages: None) -> None:
    """A file of one work and some months replaces these; 7 reports between go, and only a yes to that number lets it
    be committed. With the period taken away, another number is asked for anew."""
    app = drop_and_check(open_app("ledgers/update.py", ledger="work_progress"), ("进度.csv", PROGRESS))
    run_until_settled(next(b for b in app.selectbox if b.label == "提交方式").set_value("replace").run())
    assert not [said for said in page_messages(app, "warning") if "整本台账" in said]
    assert [str(field.value) for field in app.date_input] == ["2013-10-31", "2014-06-30"]
    assert "删除台账里的 7 行" in page_messages(app, "warning")[0]
    assert not has_commit_button(app)
    [agree] = [box for box in app.checkbox if "我确认" in box.label]
    assert agree.label == "台账里的 7 行要删除，我确认"
    agree.check().run()
    assert has_commit_button(app)
    run_until_settled(next(b for b in app.selectbox if b.label == "工程").set_value("").run())
    assert not has_commit_button(app)
    assert [box.value for box in app.checkbox if "我确认" in box.label] == [False]


def test_a_replacement_that_was_agreed_to_is_committed(own_pages: None) -> None:
    """With the yes given the rows go, and the title of the batches counts that batch."""
    app = drop_and_check(open_app("ledgers/update.py", ledger="work_progress"), ("进度.csv", PROGRESS))
    run_until_settled(next(b for b in app.selectbox if b.label == "提交方式").set_value("replace").run())
    next(box for box in app.checkbox if "我确认" in box.label).check().run()
    run_until_settled(app.button(key="commit").click().run())
    assert "删除 7 行" in page_messages(app, "success")[0]


@pytest.mark.quick
def test_the_scope_of_a_file_is_read_off_its_good_rows(store: Store) -> None:
    """The period is that of the rows, the part what they share: one section, one item; of two sections none."""
    load_parents(store)
    rows = "断面,监测时间,监测项目,监测值\n断面甲,2014-05-02 08:00,氨氮,1\n{},2014-06-03 08:00,氨氮,2\n"
    of_one = check_content(store, "reading", rows.format("断面甲")).file_scope
    of_two = check_content(store, "reading", rows.format("断面乙")).file_scope
    assert (str(of_one.since), str(of_one.until)) == ("2014-05-02", "2014-06-03")
    assert (of_one.where, of_two.where) == (
        (("section_id", "S-1"), ("parameter", "NH3N")),
        (("parameter", "NH3N"),),
    )


def test_a_batch_that_only_deleted_counts_among_the_batches(store: Store) -> None:
    """The newest batch of a page is the one that took rows out, until that is undone."""
    load_parents(store)
    kept, other = "活动编码,活动日期,活动类型\nA,2014-07-05,宣传活动\n", "B,2014-07-06,宣传活动\n"
    first = load_content(store, "saving_activity", kept + other)
    gone = load_content(store, "saving_activity", kept, mode="replace", scope=Scope())
    assert gone.counts.deleted == 1
    with store.read() as con:
        assert batch_log.batch_range(con, ["saving_activity"])[:2] == (first.batch, gone.batch)
        assert data_origin_text(read_data_origin(con, None, list(DATASETS))).zh == f"批次 1–{gone.batch}"
    loader.undo_batch(store, gone.batch or 0, Who("测试员"))
    with store.read() as con:
        assert batch_log.batch_range(con, ["saving_activity"])[:2] == (first.batch, first.batch)


def test_old_and_new_values_name_their_rows(own_pages: None) -> None:
    """A changed reading is told by the name of its section and of its item, on the upload and in the history."""
    content = "断面,监测时间,监测项目,监测值\nHJXH-01,2011-01-20 08:30,TP,0.111\n"
    app = drop_and_check(open_app("ledgers/update.py", ledger="reading"), ("水质.csv", content))
    keys = [key for table in app.dataframe if "键" in table.value.columns for key in table.value["键"]]
    assert keys == ["胡家新河北断面 HJXH-01 · 2011-01-20 08:30 · 总磷"]
    run_until_settled(app.button(key="commit").click().run())
    with shared_store().read() as con:
        batch = batch_log.recent_batches(con, 1)[0]["batch_id"]
    history = open_app("ledgers/history.py", batch=str(batch))
    assert [key for table in history.dataframe if "键" in table.value.columns for key in table.value["键"]] == keys


def test_a_changed_parent_is_named(own_pages: None) -> None:
    """The village of an activity that moves from one to another is told by both names."""
    with shared_store().read() as con:
        names = dict(con.execute("SELECT village_id, name FROM village").fetchall())
    content = "活动编码,活动日期,所在村社,活动类型\nSAVE-01,2013-07-18,V-HJ,宣传活动\n"
    app = drop_and_check(open_app("ledgers/update.py", ledger="saving_activity"), ("节水.csv", content))
    [told] = [table.value for table in app.dataframe if "旧值" in table.value.columns]
    assert told[["旧值", "新值"]].to_numpy().tolist() == [[f"{names['V-A']} V-A", f"{names['V-HJ']} V-HJ"]]


def test_the_page_offers_workbooks(own_pages: None) -> None:
    """Beside the CSV a ledger is offered as a workbook, as it stands and as it was after a batch."""
    app = open_app("ledgers/update.py", ledger="village")
    offered = [button.proto.label for button in app.get("download_button")]
    assert {"导出现有台账（Excel）", "导出现有台账（CSV）"} <= set(offered)
    history = open_app("ledgers/history.py", batch="1")
    history.segmented_control(key="view").set_value("ledger").run()
    labels = [button.proto.label for button in history.get("download_button")]
    assert {"下载这时的台账（Excel）", "下载这时的台账（CSV）"} <= set(labels)


def test_the_sample_is_removed_in_one_action(own_pages: None) -> None:
    """Below the batches 清除示例 undoes all 示例 batches after a yes; the badge is gone, and so is the offer."""
    app = open_app("ledgers/history.py")
    assert app.button(key="sample-remove").disabled
    app.checkbox(key="sample-agreed").check().run()
    run_until_settled(app.button(key="sample-remove").click().run())
    assert "示例已清除" in page_messages(app, "success")[0]
    assert "示例数据" not in page_words(app)
    assert "sample-remove" not in [button.key for button in app.button]
    with shared_store().read() as con:
        assert {con.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0] for name in DATASETS} == {0}


def test_the_sample_stays_whole_while_a_ledger_needs_it(own_pages: None) -> None:
    """A clerk's row that names a village of the samples keeps all of them, and the sentence says which ledger it is."""
    loader.load_file(
        shared_store(),
        DATASETS["saving_activity"],
        make_test_upload("活动编码,活动日期,活动类型,所在村社\nS-X,2014-07-05,宣传活动,胡家村\n"),
        Who("测试员"),
        Options(),
    )
    app = open_app("ledgers/history.py")
    app.checkbox(key="sample-agreed").check().run()
    run_until_settled(app.button(key="sample-remove").click().run())
    assert "“村社”还被“节水活动”用着" in page_messages(app, "error")[0]
    with shared_store().read() as con:
        assert len(sample.sample_batches(con)) == len(sample.sample_files())


def test_a_workbook_of_the_page_has_names(sample_path: Path, tmp_path: Path) -> None:
    """The export of the readings says 胡家新河北断面 and 总磷, the codes of the ledger nowhere."""
    with open_store(copy_database(sample_path, tmp_path / "own.duckdb")) as store, store.read() as con:
        raw = template.export_workbook(con, DATASETS["reading"], named=True)
    rows = list(openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(min_row=2, max_row=30, values_only=True))
    assert {row[0] for row in rows} == {"胡家新河北断面"}
    assert not {"TP", "NH3N"} & {row[2] for row in rows}
