"""The watched folder: what arrives is loaded once, filed away with its report, and nothing is lost on the way."""

import csv
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.datasets import DATASETS
from data.errors import CannotWrite
from data.ingest import loader
from data.ingest.folder import ledger_detection, watch
from data.ingest.folder.outcomes import Outcome
from data.ingest.folder.watch import Watcher
from data.ingest.forms import template
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.store import Store
from data.text import Text
from tests import serving
from tests.patience import PATIENCE, wait_until
from tests.upload_helpers import make_workbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
VILLAGES = "村社编码,村社名称,人口\nV-1,胡家村,100\nV-2,灵山村,200\n"
ONE_BAD = "村社编码,村社名称,人口\nV-1,胡家村,100\nV-2,灵山村,abc\n"
RIVERS = "河道编码,河道名称,河道等级,水体类型\nR-1,胡家新河,街道级,河流\n"
REACHES = "河段编码,河段名称,河道\nRE-1,胡家段,胡家新河\n"
VILLAGE_SHEET = [["村社编码", "村社名称"], ["V-1", "胡家村"]]
SAVING_SHEET = [["活动编码", "活动日期", "活动类型", "村社"], ["A-1", "2014-03-05", "培训", "V-1"]]
CLERK = Who("张三")


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder that is watched."""
    path = tmp_path / "收件"
    path.mkdir()
    return path


def drop_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def look_into_folder(store: Store, folder: Path, **options: Any) -> list[Outcome]:
    return watch.load_folder_once(store, folder, CLERK, Options(**options), interval=0, tell=lambda text: None)


def make_watcher(store: Store, folder: Path, told: list[str] | None = None) -> Watcher:
    watch.prepare_folders(folder)
    said: list[str] = [] if told is None else told
    return Watcher(store, folder, CLERK, Options(), threading.Event(), lambda text: said.append(text.zh))


def query_rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute(query).fetchall()


def folder_listing(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def file_report(folder: Path, name: str) -> dict:
    return json.loads((folder / f"{name}.report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "ledgers"),
    [
        ("reading_2021-04.csv", ["reading"]),
        ("READING.csv", ["reading"]),
        ("水质监测数据2021-04.xlsx", ["reading"]),
        ("2021年4月水质监测数据（街道）.csv", ["reading"]),
        ("Water quality readings 2021.csv", ["reading"]),
        ("water_quality-readings.csv", ["reading"]),
        ("work_plan.csv", ["work_plan"]),
        ("work-progress 4.csv", ["work_progress"]),
        ("work_2014.csv", ["work"]),
        ("整治工程进度.csv", ["work", "work_progress"]),
        ("section and river.csv", ["river", "section"]),
        ("proofreading.csv", []),
        ("四月.csv", []),
    ],
)
@pytest.mark.quick
def test_a_file_name_names_its_ledger(name, ledgers):
    """Codes and labels count as words of their own, the longer before what is part of it."""
    assert [ledger.name for ledger in ledger_detection.ledgers_in_name(name)] == ledgers


@pytest.mark.quick
def test_every_ledger_can_be_named_in_each_of_its_ways():
    """The code and both labels of each ledger, followed by a date, name that ledger and no other."""
    for name, ledger in DATASETS.items():
        for written in (name, ledger.label.zh, ledger.label.en):
            assert [found.name for found in ledger_detection.ledgers_in_name(f"{written}_2021-04.csv")] == [name]


def test_a_file_is_loaded_and_filed_with_its_report(store, folder):
    """A good file is one batch, and lies in done/ with a report for programs and a sentence for people."""
    drop_file(folder, "village_1.csv", VILLAGES)
    [outcome] = look_into_folder(store, folder)
    assert outcome.place == "done"
    assert query_rows(store, "SELECT village_id, batch_id FROM village ORDER BY ALL") == [("V-1", 1), ("V-2", 1)]
    assert query_rows(store, "SELECT dataset, file_name, loaded_by FROM batch") == [
        ("village", "village_1.csv", "张三")
    ]
    assert folder_listing(folder) == set()
    assert folder_listing(folder / "done") == {"village_1.csv", "village_1.csv.report.json", "village_1.csv.说明.txt"}
    told = file_report(folder / "done", "village_1.csv")
    assert (told["outcome"], told["dataset"], told["batch"], told["inserted"]) == ("loaded", "village", 1, 2)
    said = (folder / "done" / "village_1.csv.说明.txt").read_bytes().decode("utf-8-sig").splitlines()
    assert said == [told["sentence_zh"], told["sentence_en"]]
    assert said[0] == "“village_1.csv”已载入“村社”，批次 1：新增 2 行，更新 0 行，不变 0 行。"


def test_a_batch_from_the_folder_says_where_it_is_from(store, folder):
    """The book of batches holds “folder” as the origin."""
    drop_file(folder, "village.csv", VILLAGES)
    look_into_folder(store, folder)
    assert query_rows(store, "SELECT origin FROM batch") == [("folder",)]


def test_a_header_names_the_ledger_where_the_file_name_does_not(store, folder):
    """A file called 四月.csv goes into the only ledger that its header fits."""
    drop_file(folder, "四月.csv", VILLAGES)
    [outcome] = look_into_folder(store, folder)
    assert (outcome.place, outcome.report["dataset"]) == ("done", "village")


def test_a_file_of_no_ledger_is_rejected(store, folder):
    """Where neither name nor header tells the ledger, the sentence says what to put into the name."""
    drop_file(folder, "四月.csv", "甲,乙\n1,2\n")
    [outcome] = look_into_folder(store, folder)
    assert outcome.place == "rejected"
    assert "请把台账名称写进文件名" in outcome.sentence.zh


def test_parents_are_loaded_before_their_children(store, folder):
    """Villages, rivers and reaches that arrive together load in the order in which they need one another."""
    for name, content in (("a_reach.csv", REACHES), ("b_river.csv", RIVERS), ("c.csv", VILLAGES)):
        drop_file(folder, name, content)
    outcomes = look_into_folder(store, folder)
    assert [o.report["dataset"] for o in outcomes] == ["village", "river", "reach"]
    assert [o.place for o in outcomes] == ["done"] * 3


def test_files_of_one_ledger_are_loaded_in_the_order_of_their_names(store, folder):
    """What the file of a later name says stands in the ledger."""
    drop_file(folder, "village_2.csv", "村社编码,村社名称\nV-1,新名\n")
    drop_file(folder, "village_1.csv", "村社编码,村社名称\nV-1,旧名\n")
    look_into_folder(store, folder)
    assert query_rows(store, "SELECT name, batch_id FROM village") == [("新名", 2)]


def test_all_sheets_of_a_workbook_go_in_together(store, folder):
    """A workbook of two ledgers, the child first, is filed with both batches and the sheets that were not read."""
    sums: list[list[Any]] = [["村社", "活动日期", "人次", "费用"], ["V-1", "2014-03-05", 3, 4]]
    drop_file(folder, "三月.xlsx", make_workbook(活动=SAVING_SHEET, 村社=VILLAGE_SHEET, 汇总=sums))
    [outcome] = look_into_folder(store, folder)
    assert outcome.place == "done", outcome.sentence.zh
    assert outcome.report["batches"] == [1, 2]
    assert "“三月.xlsx”已载入“村社”“节水活动”，批次 1、2：" in outcome.sentence.zh
    assert "工作表“汇总”没有读取" in outcome.sentence.zh
    assert [part["sheet"] for part in file_report(folder / "done", "三月.xlsx")["parts"]] == ["村社", "活动"]


def test_a_workbook_that_was_loaded_before_is_not_loaded_again(store, folder):
    """A workbook dropped once more is filed with the batch that had loaded it, and nothing is written."""
    for _ in range(2):
        drop_file(folder, "三月.xlsx", make_workbook(活动=SAVING_SHEET, 村社=VILLAGE_SHEET))
        [outcome] = look_into_folder(store, folder)
    assert outcome.report["outcome"] == "loaded_before"
    assert query_rows(store, "SELECT count(*) FROM batch") == [(2,)]


def test_each_refused_part_of_a_workbook_has_its_file_of_errors(store, folder):
    """A workbook with a wrong row is rejected as a whole, with a file of errors named by its ledger."""
    saving = [SAVING_SHEET[0], ["A-1", "2014-03-05", "培训", "V-7"]]
    drop_file(folder, "三月.xlsx", make_workbook(活动=saving, 村社=VILLAGE_SHEET))
    [outcome] = look_into_folder(store, folder)
    assert (outcome.place, query_rows(store, "FROM village")) == ("rejected", [])
    marked = openpyxl.load_workbook(folder / "rejected" / "三月.xlsx.节水活动.错误行.xlsx")
    assert [cell.coordinate for row in marked["活动"] for cell in row if cell.comment] == ["D2"]


def test_a_growing_file_is_left_alone(store, folder):
    """A file is loaded at the first look at which it is as it was at the look before."""
    looker = make_watcher(store, folder)
    path = drop_file(folder, "village.csv", VILLAGES)
    assert looker.look() == []
    drop_file(folder, "village.csv", VILLAGES + "V-3,新村,1\n")
    assert looker.look() == []
    assert path.exists()
    [outcome] = looker.look()
    assert outcome.report["inserted"] == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes to a file")
def test_a_file_that_a_program_still_writes_to_is_left_alone(store, folder):
    """However long a program pauses while it writes, half of its file is not loaded."""
    looker = make_watcher(store, folder)
    with (folder / "village.csv").open("w", encoding="utf-8") as file:
        file.write(ONE_BAD)
        file.flush()
        assert [looker.look() for _ in range(5)] == [[]] * 5
        file.seek(0)
        file.write(VILLAGES)
    looker.look()
    assert [o.place for o in looker.look()] == ["done"]


@pytest.mark.parametrize("name", ["village.csv.part", "village.tmp", "~$village.xlsx", ".village.csv", "Thumbs.db"])
def test_a_file_on_its_way_is_not_touched(store, folder, name):
    """Names that programs give to unfinished, locked or hidden files are not looked at, nor are folders."""
    drop_file(folder, name, VILLAGES)
    (folder / "village").mkdir()
    assert look_into_folder(store, folder) == []
    assert folder_listing(folder) == {name}


def test_a_child_waits_while_another_file_is_arriving(store, folder):
    """A complete file waits while another one grows, since that may hold its parents."""
    looker = make_watcher(store, folder)
    drop_file(folder, "reach.csv", REACHES)
    looker.look()
    drop_file(folder, "river.csv", RIVERS[:-20])
    assert looker.look() == []
    drop_file(folder, "river.csv", RIVERS)
    assert looker.look() == []
    assert [o.place for o in looker.look()] == ["done", "done"]


def test_a_file_that_never_ends_does_not_hold_up_the_others(store, folder):
    """While one file grows for ever, others are loaded after some patience."""
    looker, outcomes = make_watcher(store, folder), []
    drop_file(folder, "village.csv", VILLAGES)
    for size in range(watch.PATIENCE + 1):
        drop_file(folder, "log.csv", "x" * size)
        outcomes += looker.look()
    assert [o.report["file"] for o in outcomes] == ["village.csv"]


def test_wrong_rows_refuse_the_file(store, folder):
    """A file with a wrong row is not loaded at all, and its errors lie beside it as a CSV for Excel."""
    drop_file(folder, "village.csv", ONE_BAD)
    [outcome] = look_into_folder(store, folder)
    assert query_rows(store, "SELECT count(*) FROM village") == [(0,)]
    assert outcome.place == "rejected"
    beside = {"village.csv", "village.csv.report.json", "village.csv.说明.txt", "village.csv.错误行.csv"}
    assert folder_listing(folder / "rejected") == beside
    raw = (folder / "rejected" / "village.csv.错误行.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    [_, bad] = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert "V-2" in bad
    assert file_report(folder / "rejected", "village.csv")["rejected"] == 1


def test_the_file_of_errors_loads_when_it_is_corrected(store, folder):
    """The clerk mends the file that lies beside the refused one, puts it into the folder, and it is loaded."""
    drop_file(folder, "village.csv", ONE_BAD)
    look_into_folder(store, folder, partial=True)
    errors = folder / "done" / "village.csv.错误行.csv"
    drop_file(folder, errors.name, errors.read_bytes().replace(b"abc", b"200"))
    [outcome] = look_into_folder(store, folder)
    assert outcome.report["outcome"] == "loaded"
    assert query_rows(store, "SELECT population FROM village ORDER BY village_id") == [(100,), (200,)]


def test_the_good_rows_are_loaded_on_request(store, folder):
    """With `partial` the good rows are a batch and the others lie beside the file as a CSV."""
    drop_file(folder, "village.csv", ONE_BAD)
    [outcome] = look_into_folder(store, folder, partial=True)
    assert query_rows(store, "SELECT village_id FROM village") == [("V-1",)]
    assert outcome.report["outcome"] == "loaded_in_part"
    assert "village.csv.错误行.csv" in folder_listing(folder / "done")


def test_the_errors_are_told_even_if_the_program_died_before(store, folder):
    """Wrong rows of a partly loaded file are written beside it also when it is filed by the next program."""
    path = drop_file(folder, "village.csv", ONE_BAD)
    loader.load_file(store, DATASETS["village"], reader.upload_from_path(path), CLERK, Options(partial=True))
    [outcome] = look_into_folder(store, folder, partial=True)
    assert outcome.report["outcome"] == "loaded_before"
    assert "village.csv.错误行.csv" in folder_listing(folder / "done")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + bytes(64), os.urandom(5000)])
def test_a_file_that_cannot_be_read_is_rejected_with_a_sentence(store, folder, content):
    """A picture, a document or noise lies in rejected/ with the reader's sentence beside it."""
    drop_file(folder, "village.csv", content)
    [outcome] = look_into_folder(store, folder)
    assert outcome.place == "rejected"
    assert "village.csv" in outcome.sentence.zh
    assert file_report(folder / "rejected", "village.csv")["outcome"] == "unusable"


def test_no_filed_file_is_overwritten(store, folder):
    """Files of one name lie side by side in done/, the later ones with the time in their names."""
    contents = [VILLAGES, VILLAGES + "V-3,新村,1\n", VILLAGES + "V-4,老村,1\n"]
    for content in contents:
        drop_file(folder, "village.csv", content)
        look_into_folder(store, folder)
    filed = [p for p in (folder / "done").glob("village*.csv") if p.suffixes == [".csv"]]
    assert {p.read_text(encoding="utf-8") for p in filed} == set(contents)


def test_a_file_whose_program_died_before_filing_it_is_not_loaded_again(store, folder):
    """A file that is a batch already and still lies in the folder is filed with a report that says so."""
    path = drop_file(folder, "village.csv", VILLAGES)
    loader.load_file(store, DATASETS["village"], reader.upload_from_path(path), CLERK)
    loader.load_file(
        store, DATASETS["village"], reader.make_upload("b.csv", VILLAGES.replace("灵山", "新").encode()), CLERK
    )
    [outcome] = look_into_folder(store, folder)
    assert (outcome.place, outcome.report["outcome"], outcome.report["batch"]) == ("done", "loaded_before", 1)
    assert query_rows(store, "SELECT name FROM village WHERE village_id = 'V-2'") == [("新村",)]
    assert query_rows(store, "SELECT count(*) FROM batch") == [(2,)]
    assert folder_listing(folder) == set()


def test_a_file_whose_batch_was_undone_is_loaded_again(store, folder):
    """Undoing a batch makes room for the same file."""
    drop_file(folder, "village.csv", VILLAGES)
    look_into_folder(store, folder)
    loader.undo_batch(store, 1, CLERK)
    drop_file(folder, "village.csv", VILLAGES)
    [outcome] = look_into_folder(store, folder)
    assert outcome.report["outcome"] == "loaded"
    assert query_rows(store, "SELECT count(*) FROM village") == [(2,)]


def test_a_file_that_says_nothing_new_is_filed(store, folder):
    """A file of which every row is in the ledger makes no batch and lies in done/."""
    drop_file(folder, "village.csv", VILLAGES)
    look_into_folder(store, folder)
    with store.read() as con:
        drop_file(folder, "village.csv", template.export_csv(con, DATASETS["village"]))
    [outcome] = look_into_folder(store, folder)
    assert (outcome.place, outcome.report["outcome"]) == ("done", "nothing_new")
    assert query_rows(store, "SELECT count(*) FROM batch") == [(1,)]


@pytest.mark.slow
def test_a_busy_database_is_tried_again(store, folder):
    """While somebody else writes the file stays where it is, one sentence says why, and later it is loaded."""
    told: list[str] = []
    looker = make_watcher(store, folder, told)
    drop_file(folder, "village.csv", VILLAGES)
    with store.scratch() as con:
        con.execute("BEGIN")
        con.execute("UPDATE store_lock SET n = n + 1")
        assert [looker.look(), looker.look(), looker.look()] == [[], [], []]
        con.execute("ROLLBACK")
    assert folder_listing(folder) == {"village.csv"}
    assert told == ["另一个人正在提交数据，等了一会儿仍没轮到，请再试一次。"]
    outcomes = [o for _ in range(watch.PATIENCE + 1) for o in looker.look()]
    assert [o.place for o in outcomes] == ["done"]


@pytest.mark.parametrize("name", ["收件", "done", "rejected"])
def test_a_folder_that_cannot_be_written_is_told_at_once(store, tmp_path, name):
    """A file that stands where a folder must be gives one sentence with its path, before anything is loaded."""
    folder = tmp_path / "收件"
    if name != "收件":
        folder.mkdir()
    (folder if name == "收件" else folder / name).write_text("x")
    with pytest.raises(CannotWrite, match=name):
        watch.load_folder_once(store, folder, CLERK, interval=0)


def test_a_file_that_cannot_be_filed_is_loaded_once_and_filed_later(store, folder):
    """When done/ cannot be written the file stays and one sentence says so; later it has the report of its load."""
    told: list[str] = []
    looker = make_watcher(store, folder, told)
    in_the_way = folder / "done" / "village.csv.report.json"
    in_the_way.mkdir()
    drop_file(folder, "village.csv", VILLAGES)
    assert [looker.look() for _ in range(4)] == [[]] * 4
    assert [t for t in told if t.startswith("写不了文件")] == told != []
    assert query_rows(store, "SELECT count(*) FROM batch") == [(1,)]
    in_the_way.rmdir()
    assert [o.report["outcome"] for o in looker.look()] == ["loaded"]
    assert file_report(folder / "done", "village.csv")["inserted"] == 2


def test_a_folder_out_of_reach_is_told_once_and_watched_again(store, folder):
    """When the folder goes away for a while one sentence says so, and when it is back its files are loaded."""
    told: list[str] = []
    looker = make_watcher(store, folder, told)
    folder.rename(folder.with_name("away"))
    assert [looker.look(), looker.look()] == [[], []]
    assert told == [f"读不到文件“{folder}”。"]
    folder.with_name("away").rename(folder)
    drop_file(folder, "village.csv", VILLAGES)
    looker.look()
    assert [o.place for o in looker.look()] == ["done"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are not text")
@pytest.mark.parametrize("name", ["村社" + 78 * "长" + ".csv", "村社." + 80 * "长"])
def test_a_name_as_long_as_names_may_be_is_shortened(store, folder, name):
    """A file whose name leaves no room for that of its report is filed under the beginning of its name, twice too."""
    for _ in range(2):
        drop_file(folder, name, VILLAGES)
        assert [o.place for o in look_into_folder(store, folder)] == ["done"]
    filed = sorted(path.name for path in (folder / "done").iterdir())
    assert len(filed) == 6
    assert all(path.startswith(name[:2]) for path in filed)
    assert not [path for path in folder.iterdir() if path.is_file()]


def test_a_name_in_gbk_is_read(store, folder):
    """A file name that an old archive wrote in GBK names its ledger and is put right."""
    raw = os.fsencode(folder) + b"/" + "村社.csv".encode("gbk")
    Path(os.fsdecode(raw)).write_text(VILLAGES, encoding="utf-8")
    [outcome] = look_into_folder(store, folder)
    assert outcome.report["dataset"] == "village"
    assert "村社.csv" in folder_listing(folder / "done")


def test_the_folder_is_watched_for_as_long_as_the_server_runs(store, folder):
    """A file that arrives while the block runs is loaded; afterwards the thread is gone."""
    with watch.watch_in_thread(store, folder, CLERK, interval=0.01):
        drop_file(folder, "village.csv", VILLAGES)
        wait_until(lambda: "village.csv" in folder_listing(folder / "done"))
    assert not [t for t in threading.enumerate() if t.name == "watch"]
    drop_file(folder, "village_2.csv", VILLAGES)
    assert folder_listing(folder) == {"village_2.csv"}


def test_a_program_that_is_told_to_stop_leaves_the_rest(store, folder):
    """Between two files the watcher asks whether to stop; what it has not begun stays in the folder."""
    stop = threading.Event()

    def tell(_: Text) -> None:
        stop.set()

    drop_file(folder, "village_1.csv", VILLAGES)
    drop_file(folder, "village_2.csv", VILLAGES + "V-3,新村,1\n")
    watch.watch_until_stopped(store, folder, CLERK, None, stop, interval=0, tell=tell)
    assert folder_listing(folder) == {"village_2.csv"}


def test_the_terminal_loads_what_lies_in_a_folder(folder, tmp_path):
    """`cli.py watch FOLDER --once` loads, files away and tells each file in one line."""
    drop_file(folder, "village.csv", VILLAGES)
    words = ["watch", str(folder), "--once", "--interval", "0.1", "--db", str(tmp_path / "f.duckdb"), "--json"]
    done = subprocess.run([sys.executable, "cli.py", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    [told] = json.loads(done.stdout)["files"]
    assert (told["place"], told["outcome"], told["batch"]) == ("done", "loaded", 1)
    assert done.stderr.count("\n") == 1


def test_the_terminal_tells_a_folder_that_cannot_be_written(folder, tmp_path):
    """`cli.py watch` on a path that is a file ends with status 2 and one sentence."""
    path = drop_file(folder, "village.csv", VILLAGES)
    words = ["watch", str(path), "--db", str(tmp_path / "f.duckdb")]
    done = subprocess.run([sys.executable, "cli.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"错误：写不了文件“{path}”")


@pytest.mark.slow
def test_the_server_watches_a_folder_beside_its_pages(fresh_server, folder):
    """With FRONTLINE_WATCH the server itself, which holds the database, loads what arrives."""
    fresh_server(FRONTLINE_WATCH=str(folder), FRONTLINE_SAMPLE="0")
    drop_file(folder, "village.csv", VILLAGES)
    wait_until(lambda: (folder / "done" / "village.csv").exists())
    assert file_report(folder / "done", "village.csv")["outcome"] == "loaded"


def test_a_server_whose_folder_cannot_be_written_says_so(folder, tmp_path):
    """A server that could never load anything ends with status 2 and one sentence."""
    path = drop_file(folder, "village.csv", VILLAGES)
    log = tmp_path / "log"
    process = serving.start_server(tmp_path / "f.duckdb", log, FRONTLINE_WATCH=str(path), FRONTLINE_SAMPLE="0")
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert [line for line in log.read_text(encoding="utf-8").splitlines() if "写不了文件" in line]
    assert "Traceback" not in log.read_text(encoding="utf-8")
