"""Every failure is raised by something a reader can do, and its sentence leaves no blank and names the place."""

from __future__ import annotations

import ast
import errno
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import xlwt
from duckdb import DuckDBPyConnection as Connection
from PIL import Image
from starlette.requests import Request
from starlette.responses import Response
from xlwt.CompoundDoc import XlsDoc

import cli
from analytics import metrics
from analytics.metrics import METRICS, compute_metric
from data import errors
from data import store as stores
from data.datasets import DATASETS, dataset_named
from data.errors import DashboardError
from data.ingest import loader, originals
from data.ingest.checking.scope import Scope
from data.ingest.folder import entries, ledger_detection
from data.ingest.forms import template
from data.ingest.loader import ReadOptions
from data.ingest.personal_data import numbers
from data.ingest.reading import photo, reader, xlsx
from data.roles import role_named
from data.store import Store, open_store
from data.text import Text, untranslated
from tests import upload_helpers
from tests.upload_helpers import WHO, loaded_batch, make_test_upload, make_workbook
from tests.vector_files import LINE, POINT, make_feature, make_geojson, make_zip
from ui import allowed_hosts, data_api, upload_storage, webhook
from ui.jobs import Job
from ui.map import tile_source
from ui.menu import require_open_page
from ui.preferences import Reader, reading_as

ROOT = Path(__file__).parent.parent
PROGRAM = [ROOT / "cli.py", *(f for room in ("data", "analytics", "ui", "pages") for f in (ROOT / room).rglob("*.py"))]
VILLAGE = "村社编码,村社名称\nV-1,胡家村\n"
REACH = "河段编码,河段名称,河道\nA-1,一段,无名河\n"
READING = "断面,监测时间,监测项目,监测值\nS-1,2014-01-05,总磷,0.2\n"
PARCEL = "地块编码,项目,用地面积,出让金,约定动工日期\nL-1,I-1,1,1,2014-01-01\n"
RIVER = "河道编码,河道名称,河道等级,水体类型,长度,平均宽度\nR-1,一号河,村级,河流,1,9\n"
WORK = (
    "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    "W-1,清淤,R-1,清淤,9,m³,2014-01-01,2014-12-31\n"
)
PLAN = "工程,节点日期,累计计划量\n"
SOURCE = "污染源编码,污染源名称,类型,河道,整治状态,发现日期,规模(头)\n"
FAR = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
SHEET = [["村社编码", "村社名称"], ["V-1", "胡家村"]]
ODD_SHEET = [["村社名称", "类别", "人口", "面积"], ["胡家村", "村", "1", "2"]]
RIVER_SHEET = [["河道编码", "河道名称", "河道等级", "水体类型"], ["R-1", "一号河", "村级", "河流"]]
JPEG = b"\xff\xd8\xff\xe0"
HOLDER = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"


def kinds_of(kind: type[DashboardError]) -> list[type[DashboardError]]:
    """Return every kind of failure below another."""
    return [found for child in kind.__subclasses__() for found in (child, *kinds_of(child))]


KINDS = {kind.__name__: kind for kind in kinds_of(DashboardError)}


@dataclass
class Harness:
    """What the provocations share: an empty database, a folder, and settings that go back to what they were."""

    store: Store
    folder: Path
    patch: pytest.MonkeyPatch

    @property
    def database(self) -> Path:
        return self.folder / "frontline.duckdb"

    def check(self, ledger: str, content: str | bytes, **options: Any) -> None:
        upload_helpers.check_content(self.store, ledger, content, **options)

    def load(self, ledger: str, content: str, **options: Any) -> int:
        return loaded_batch(upload_helpers.load_content(self.store, ledger, content, **options))

    def load_parents(self) -> None:
        upload_helpers.load_parents(self.store)

    def undo(self, *batches: int) -> None:
        for number in batches:
            loader.undo_batch(self.store, number, WHO)

    def say(self, *words: str) -> None:
        """Run a verb of the terminal on the database."""
        args = cli.build_parser().parse_args(words)
        verbs = {
            "check": cli.check_ledger_file,
            "load": cli.load_ledger_file,
            "export": cli.export_to_file,
            "metric": cli.show_metric,
            "watch": cli.watch_inbox,
            "briefing": cli.write_briefing,
        }
        verbs[words[0]](args, self.store)

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    def workbook(self, name: str, hide: str = "", **sheets: Any) -> str:
        """Write a workbook, one of its sheets hidden, and return its path."""
        book = openpyxl.load_workbook(io.BytesIO(make_workbook(**sheets)))
        if hide:
            book[hide].sheet_state = "hidden"
        book.save(self.folder / name)
        return str(self.folder / name)

    def measure(self, name: str, **filters: str) -> None:
        with self.store.read() as con:
            metrics.compute_metric(con, name, None, **filters)


def crs_member(name: str) -> dict[str, Any]:
    """Return how GeoJSON of 2008 names a coordinate system."""
    return {"type": "name", "properties": {"name": name}}


def zip_archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return content.getvalue()


def workbook_with_sheet(xml: str | None) -> bytes:
    """Return a workbook whose only sheet has this XML; None leaves the sheet out of the list."""
    made, new = zipfile.ZipFile(io.BytesIO(make_workbook(表=SHEET))), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            content = made.read(name).decode()
            if xml is None and name == "xl/workbook.xml":
                content = re.sub("<sheet .*?/>", "", content)
            archive.writestr(name, xml if xml is not None and "/worksheets/" in name else content)
    return new.getvalue()


def workbook_without_results() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append([1, "=A1+1"])
    book.save(content)
    return content.getvalue()


def locked_workbook() -> bytes:
    """Return an .xls workbook whose second record says that the rest is encrypted."""
    book, content = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("表")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    XlsDoc().save(content, stream[:first] + b"\x2f\x00\x06\x00" + bytes(6) + stream[first:])
    return content.getvalue()


def unpack_too_much(harness: Harness) -> None:
    harness.patch.setattr(xlsx, "SUSPECT_BYTES", xlsx.MEGABYTE)
    harness.check("village", workbook_with_sheet(" " * 2 * xlsx.MEGABYTE))


def export_a_long_text(harness: Harness) -> None:
    with harness.store.scratch() as con:
        with harness.store.write(con):
            con.execute("INSERT INTO village (village_id, name) VALUES ('V-1', repeat('长', 40000))")
        template.export_workbook(con, DATASETS["village"])


def open_while_another_holds_it(harness: Harness) -> None:
    command = [sys.executable, "-c", HOLDER, str(harness.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        holder.stdout.readline()
        try:
            open_store(harness.database)
        finally:
            holder.communicate("")


def open_a_newer_one(harness: Harness) -> None:
    with closing(duckdb.connect(str(harness.database))) as con:
        con.execute("CREATE TABLE schema_version AS SELECT 99 AS version")
    open_store(harness.database)


def write_while_another_does(harness: Harness) -> None:
    harness.patch.setattr(stores, "WRITE_ATTEMPTS", 1)
    with harness.store.scratch() as other:
        other.execute("BEGIN")
        other.execute("UPDATE store_lock SET n = n + 1")
        harness.load("village", VILLAGE)


def undo_a_parent(harness: Harness) -> None:
    parent = harness.load("village", VILLAGE)
    harness.load("facility", "设施编码,设施名称,场所类型,所在村社\nF-1,公厕甲,公厕,V-1\n")
    harness.undo(parent)


def undo_a_move_from_what_is_gone(harness: Harness) -> None:
    harness.load_parents()
    moving = harness.load("section", "断面编码,断面名称,河道\nS-1,断面甲,R-2\n")
    harness.load(
        "river", "河道编码,河道名称,河道等级,水体类型\nR-2,同名河,村级,河流\nR-3,同名河,村级,河流\n", mode="replace"
    )
    harness.undo(moving)


def drop_a_node_before_the_last_change(harness: Harness) -> None:
    """A curve loses a node from June on; it cannot lose another from May on."""
    harness.load("river", RIVER)
    harness.load("work", WORK)
    harness.load("work_plan", PLAN + "W-1,2014-02-01,1\nW-1,2014-03-01,2\nW-1,2014-12-31,9\n")
    left = PLAN + "W-1,2014-03-01,2\nW-1,2014-12-31,9\n"
    harness.load("work_plan", left, mode="replace", valid_from=date(2014, 6, 1))
    harness.check("work_plan", PLAN + "W-1,2014-12-31,9\n", mode="replace", valid_from=date(2014, 5, 1))


def replace_a_parent(harness: Harness) -> None:
    harness.load_parents()
    harness.check("river", "河道编码,河道名称,河道等级,水体类型\nR-9,九号河,村级,河流\n", mode="replace")


def replace_a_whole_ledger(harness: Harness) -> None:
    harness.load("village", VILLAGE)
    harness.say("load", "village", harness.file("村社.csv", VILLAGE.replace("V-1", "V-2")), "--mode", "replace")


def load_onto_a_full_disk(harness: Harness) -> None:
    def fill(stage: str, done: int, total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    loader.load_file(harness.store, DATASETS["village"], make_test_upload(VILLAGE), WHO, progress=fill)


def load_without_room(harness: Harness) -> None:
    harness.patch.setattr(loader, "SPARE_BYTES", 10**18)
    harness.load("village", VILLAGE)


def stop_a_job(harness: Harness) -> None:
    def load(job: Job[None]) -> None:
        while True:
            job("reading", 1, 2)

    job = Job(load)
    job.cancel()
    job.result()


def open_a_damaged_original(harness: Harness) -> None:
    with open_store(harness.database) as store:
        number = loaded_batch(upload_helpers.load_content(store, "village", VILLAGE))
        [kept] = Path(f"{harness.database}.originals").glob("*.zst")
        kept.write_bytes(b"")
        with store.read() as con:
            originals.read_original(con, number)


def list_households_for_a_viewer(harness: Harness) -> None:
    with harness.store.read() as con:
        compute_metric(con, "unsigned_households", None, "viewer")


def open_ledgers_as_a_viewer(harness: Harness) -> None:
    with reading_as(Reader(role="viewer")):
        require_open_page("ledgers-update")


def read_keep_days(harness: Harness) -> None:
    harness.patch.setenv("FRONTLINE_KEEP_DAYS", "一年")
    originals.keep_days()


def read_a_damaged_database(harness: Harness) -> None:
    with open_store(harness.database) as store:
        upload_helpers.load_content(store, "village", VILLAGE)
    raw = harness.database.read_bytes()
    harness.database.write_bytes(raw.replace("胡家村".encode(), "胡家材".encode()))
    with open_store(harness.database) as store, store.read() as con:
        con.execute("SELECT * FROM village").fetchall()


def list_hosts(harness: Harness) -> None:
    harness.patch.setenv("FRONTLINE_HOSTS", "a*b")
    allowed_hosts.listed_hosts()


def limit_uploads(harness: Harness) -> None:
    harness.patch.setenv("FRONTLINE_UPLOAD_MB", "许多")
    upload_storage.upload_limits()


def upload_too_much(harness: Harness) -> None:
    upload_storage.HeldUploads().require_room("session", 601 * upload_storage.MEGABYTE)


def announce_a_large_file(harness: Harness) -> None:
    headers = [(b"content-length", b"999999999999")]
    upload_storage.announced_size(Request({"type": "http", "headers": headers}))


def read_a_link(harness: Harness) -> None:
    (harness.folder / "链接.csv").symlink_to("nowhere")
    entries.require_readable(harness.folder / "链接.csv")


def take_in_no_photo(harness: Harness) -> None:
    cli.photo_from_path(harness.file("台账.csv", VILLAGE))


def take_in_a_huge_photo(harness: Harness) -> None:
    harness.patch.setattr(photo, "MOST_BYTES", 2)
    photo.read_photo("河口.jpg", JPEG)


def take_in_a_photo_of_a_number(harness: Harness) -> None:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")
    name = "13812345678.jpg"
    loader.check_file(harness.store, DATASETS["photo"], reader.make_upload(name, out.getvalue()))


def set_a_tile_source(harness: Harness) -> None:
    harness.patch.setenv("FRONTLINE_TILES", "https://tiles.example.cn/{z}/{x}")
    tile_source.tile_source()


def set_a_webhook(harness: Harness) -> None:
    harness.patch.setenv("FRONTLINE_WEBHOOK", "http://169.254.169.254/latest/meta-data")
    webhook.webhook_of_settings()


RAISED: dict[type[DashboardError], tuple[Callable[[Harness], object], tuple[str | Text, ...]]] = {
    errors.EmptyFile: (lambda h: h.check("village", " \n"), ("台账.csv",)),
    errors.NoRows: (lambda h: h.check("village", "村社编码,村社名称\n"), ("台账.csv",)),
    errors.NotText: (lambda h: h.check("village", b"%PDF-1.7\n"), ("台账.csv", "PDF")),
    errors.DamagedPhoto: (lambda h: h.check("photo", JPEG), ("台账.csv",)),
    errors.PhotoTooLarge: (take_in_a_huge_photo, ("河口.jpg", "0 MB")),
    errors.PersonalPhotoName: (take_in_a_photo_of_a_number, (numbers.MOBILE,)),
    errors.PhotoOfAnotherLedger: (lambda h: h.check("village", JPEG), ("台账.csv", DATASETS["village"].label)),
    errors.BadTileSource: (set_a_tile_source, ("FRONTLINE_TILES", "FRONTLINE_TILES_NAME")),
    errors.BadWebhook: (set_a_webhook, ("FRONTLINE_WEBHOOK",)),
    errors.NotAPhoto: (take_in_no_photo, ("台账.csv",)),
    errors.UnknownEncoding: (lambda h: h.check("village", VILLAGE.encode("gbk") + b"\xff\xff\n"), ("台账.csv",)),
    errors.DamagedText: (lambda h: h.check("village", VILLAGE.encode()[:-2]), ("台账.csv", "1")),
    errors.UndecodableText: (
        lambda h: h.check("village", VILLAGE.encode("gbk"), reading=ReadOptions(encoding="utf-8")),
        ("台账.csv", "UTF-8"),
    ),
    errors.GarbledText: (
        lambda h: h.check("village", VILLAGE.encode("gbk").decode("latin-1")),
        ("台账.csv", "村社编码、村社名称", Text("重新导出", "export it again")),
    ),
    errors.TooManyColumns: (lambda h: h.check("village", "村," * 20_000 + "村\n"), ("台账.csv",)),
    errors.LongLine: (lambda h: h.check("village", VILLAGE + "," * 33_000_000), ("台账.csv", "16")),
    errors.LongCell: (lambda h: h.check("village", VILLAGE + f"V-9,{'村' * 40_000}\n"), ("台账.csv", "3", "32767")),
    errors.TooManyRows: (lambda h: h.check("village", VILLAGE + "1\n" * 10_000_001), ("台账.csv", "10000000")),
    errors.HugeDocument: (lambda h: h.check("village", b"<table>".ljust(33_000_000)), ("33", "32")),
    errors.UnknownDelimiter: (lambda h: h.check("village", VILLAGE, reading=ReadOptions(delimiter="#")), ("#",)),
    errors.NoSuchHeader: (lambda h: h.check("village", VILLAGE, reading=ReadOptions(header_line=9)), ("9",)),
    errors.UnknownUnit: (
        lambda h: h.check("river", "河道编码,河道名称,河道等级,水体类型,长度(里)\nR-1,河,村级,河流,1\n"),
        ("台账.csv", "长度(里)", "里", Text("公里", "km")),
    ),
    errors.NoFixedUnit: (
        lambda h: h.check("source", SOURCE + "S-1,甲,废油,R-1,反弹,2014-01-01,1\n"),
        ("台账.csv", "规模(头)", "头", "规模"),
    ),
    errors.OtherHeader: (
        lambda h: h.check("reading", READING + "监测时间,断面,监测值,叶子\n2014-01-06,S-1,0.1,总磷\n"),
        ("台账.csv", "3", "1", "叶子"),
    ),
    errors.OtherYear: (
        lambda h: h.check("reading", "文件日期,断面,监测时间,氨氮\n2021-01-01,S-1,01-01 08:00,0.3\n", year=2020),
        ("台账.csv", "文件日期", "2021-01-01", "2020", "01-01 08:00"),
    ),
    errors.SeveralSheets: (
        lambda h: h.check("village", make_workbook(一月=SHEET, 二月=SHEET), reading=ReadOptions(one_sheet=True)),
        ("台账.csv", "一月、二月"),
    ),
    errors.DoubtfulSheets: (
        lambda h: h.say("check", "village", h.workbook("村社.xlsx", hide="二月", 一月=SHEET, 二月=SHEET)),
        ("村社.xlsx", "二月", "--sheet"),
    ),
    errors.SheetNotRead: (
        lambda h: h.say("check", "auto", h.workbook("村社.xlsx", 一月=SHEET, 二月=ODD_SHEET)),
        ("村社.xlsx", "二月", Text("村社编码", "Village code")),
    ),
    errors.PartsOfWorkbook: (
        lambda h: h.say("load", "auto", h.workbook("台账.xlsx", 村=SHEET, 河=RIVER_SHEET), "--mode", "replace"),
        ("台账.xlsx", "村；河", "--sheet"),
    ),
    errors.LateUnit: (
        lambda h: h.check("reading", READING + "单位：μg/L,,,\n"),
        ("台账.csv", "3", "μg/L"),
    ),
    errors.UnknownTitleUnit: (lambda h: h.check("parcel", "单位：美元\n" + PARCEL), ("美元",)),
    errors.AmbiguousTitleUnit: (
        lambda h: h.check("river", "单位：公里\n" + RIVER),
        ("公里", "长度、平均宽度"),
    ),
    errors.TooBigForSheet: (export_a_long_text, (DATASETS["village"].label,)),
    errors.UnknownFormat: (lambda h: h.say("export", "village", "村社.pdf"), ("村社.pdf",)),
    errors.NotAWorkbook: (
        lambda h: h.check("village", zip_archive(word__document="<w/>")),
        (Text("是 Word 文档", "it is a Word document"),),
    ),
    errors.UnreadableWorkbook: (lambda h: h.check("village", xlsx.SIGNATURE), ()),
    errors.LockedWorkbook: (lambda h: h.check("village", locked_workbook()), ()),
    errors.HugeWorkbook: (unpack_too_much, ("2 MB", "1000 MB")),
    errors.NoSheets: (lambda h: h.check("village", workbook_with_sheet(None)), ()),
    errors.SheetOfText: (
        lambda h: h.check("village", VILLAGE, reading=ReadOptions(sheet="一月")), ("台账.csv", "一月")
    ),
    errors.UnknownSheet: (
        lambda h: h.check("village", make_workbook(二月=SHEET), reading=ReadOptions(sheet="一月")),
        ("一月", "二月"),
    ),
    errors.SparseSheet: (
        lambda h: h.check("village", workbook_with_sheet(FAR), reading=ReadOptions(sheet="表")),
        ("表", "1048576", "16384"),
    ),
    errors.UncomputedFormulas: (
        lambda h: h.check("village", workbook_without_results(), reading=ReadOptions(sheet="Sheet")),
        ("Sheet", "1", "B1"),
    ),
    errors.UnreadableJson: (lambda h: h.check("reading", '[\n{"断面": "S-1"\n'), ("2",)),
    errors.TornRowInJson: (
        lambda h: h.check("reading", '{"thead": ["断面", "监测时间"], "tbody": [["S-1"]]}'), ("1", "2")
    ),
    errors.NoTableInJson: (lambda h: h.check("reading", '{"断面": "S-1"}'), ()),
    errors.PersonalData: (
        lambda h: h.check("village", "村社编码,村社名称,联系电话\nV-1,胡家村,无\n"), ("台账.csv", "联系电话"),
    ),
    errors.NoSuchColumn: (
        lambda h: h.say("check", "village", h.file("村社.csv", VILLAGE), "--only", "村社编码,面积"),
        ("村社.csv", "面积"),
    ),
    errors.BadRole: (lambda h: role_named("veiwer"), ("veiwer", "viewer")),
    errors.HouseholdsWithheld: (list_households_for_a_viewer, (METRICS["unsigned_households"].label,)),
    errors.ViewerCannotWrite: (open_ledgers_as_a_viewer, ()),
    errors.WrongLedger: (
        lambda h: h.check("river", VILLAGE),
        ("台账.csv", DATASETS["river"].label, DATASETS["village"].label, Text("河道等级", "Level")),
    ),
    errors.FormerValues: (
        lambda h: h.check("work_plan", "工程,节点日期,累计计划量,有效至\nW-1,2014-02-01,1,2014-05-31\n"),
        ("台账.csv", "有效至", DATASETS["work_plan_history"].label, DATASETS["work_plan"].label),
    ),
    errors.RepeatedColumn: (
        lambda h: h.check("village", "村社编码,村社名称,村名\nV-1,甲,乙\n"),
        ("台账.csv", "村社名称", "村名", DATASETS["village"].column("name").label),
    ),
    errors.NoLedger: (
        lambda h: ledger_detection.ledger_of_file(h.store, make_test_upload("甲,乙\n1,2\n", "名单.csv")),
        ("名单.csv",),
    ),
    errors.UnknownDataset: (lambda h: dataset_named("小溪"), ("小溪", "river")),
    errors.UnknownMetric: (lambda h: h.measure("luck"), ("luck", "signing_rate")),
    errors.UnknownFilter: (lambda h: h.measure("signing_rate", luck="1"), ("signing_rate", "luck", "project")),
    errors.BadFilterValue: (lambda h: h.measure("behind", is_waiting="maybe"), ("is_waiting", "maybe")),
    errors.MethodNotAllowed: (lambda h: data_api.require_get(api_request(method="PUT")), ("PUT",)),
    errors.NotADate: (lambda h: metrics.parse_date("六月"), ("六月",)),
    errors.NoDaySince: (lambda h: h.say("metric", "signing_rate", "--since-batch", "41"), ("41", "--since")),
    errors.SinceAfterDay: (
        lambda h: h.say("metric", "signing_rate", "--since", "2014-06-30", "--as-of", "2014-06-23"),
        ("2014-06-30", "2014-06-23"),
    ),
    errors.UnknownBatch: (lambda h: h.undo(99), ("99",)),
    errors.ReplacesAll: (replace_a_whole_ledger, ("1", DATASETS["village"].label)),
    errors.AlreadyUndone: (lambda h: h.undo(*[h.load("village", VILLAGE)] * 2), ("1",)),
    errors.StillUsed: (undo_a_parent, ("1", DATASETS["village"].label, DATASETS["facility"].label)),
    errors.ParentGone: (undo_a_move_from_what_is_gone, ("4", DATASETS["river"].label, DATASETS["section"].label)),
    errors.StillNamed: (replace_a_parent, ("2", DATASETS["river"].label, DATASETS["section"].label)),
    errors.DatabaseInUse: (open_while_another_holds_it, ("frontline.duckdb", "PID")),
    errors.NotADatabase: (lambda h: open_store(h.file("笔记.txt", VILLAGE * 999)), ("笔记.txt",)),
    errors.NewerDatabase: (open_a_newer_one, ("frontline.duckdb", "99")),
    errors.DatabaseBusy: (write_while_another_does, ()),
    errors.UnknownScope: (
        lambda h: h.check("village", VILLAGE, mode="replace", scope=Scope(where=(("颜色", "红"),))),
        ("颜色", DATASETS["village"].label),
    ),
    errors.UnknownScopeValue: (
        lambda h: h.check("reach", VILLAGE, mode="replace", scope=Scope(where=(("河道", "无名河"),))),
        ("无名河", DATASETS["reach"].column("river_id").label),
    ),
    errors.ScopeWithoutReplace: (lambda h: h.check("village", VILLAGE, scope=Scope()), ()),
    errors.NotAppendable: (lambda h: h.check("village", VILLAGE, mode="append"), (DATASETS["village"].label,)),
    errors.NotTracked: (
        lambda h: h.check("village", VILLAGE, valid_from=date(2014, 5, 1)),
        (DATASETS["village"].label, DATASETS["section"].label),
    ),
    errors.ChangedSince: (drop_a_node_before_the_last_change, ("1", DATASETS["work_plan"].label, "2014-05-31")),
    errors.UnknownColumn: (
        lambda h: h.check("village", VILLAGE, mapping=(("村社名称", "colour"),)),
        ("colour", "population", DATASETS["village"].label),
    ),
    errors.ConstantInFile: (
        lambda h: h.check("village", VILLAGE, constants=(("村社名称", "胡家村"),)),
        ("台账.csv", DATASETS["village"].column("name").label),
    ),
    errors.ConstantTwice: (
        lambda h: h.check("village", VILLAGE, constants=(("人口", "1"), ("population", "2"))),
        (DATASETS["village"].column("population").label, "1", "2"),
    ),
    errors.BadConstant: (
        lambda h: h.check("village", VILLAGE, constants=(("人口", "很多"),)),
        (DATASETS["village"].column("population").label, "很多"),
    ),
    errors.NothingToReplaceWith: (
        lambda h: h.check("village", VILLAGE, replacements=(("人口", "很多", "1"),)),
        (DATASETS["village"].column("population").label,),
    ),
    errors.UnknownReplacement: (
        lambda h: h.check("reach", REACH, replacements=(("河道", "无名河", "又一条"),)),
        (DATASETS["reach"].column("river_id").label, "无名河", "又一条"),
    ),
    errors.UnknownHeading: (
        lambda h: h.say("check", "village", h.file("村社.csv", VILLAGE), "--map", "颜色=name"),
        ("村社.csv", "颜色", "村社编码、村社名称"),
    ),
    errors.PeriodBackwards: (
        lambda h: h.say(
            *("check", "reading", h.file("水质.csv", READING)),
            *("--mode=replace", "--since=2014-02-01", "--until=2014-01-01"),
        ),
        ("2014-02-01", "2014-01-01"),
    ),
    errors.NoFolder: (lambda h: h.say("watch", "没有的夹子"), ("没有的夹子",)),
    errors.NoSpace: (load_without_room, ("frontline-", "MB")),
    errors.DiskFull: (load_onto_a_full_disk, ("frontline-",)),
    errors.Cancelled: (stop_a_job, ()),
    errors.DamagedDatabase: (read_a_damaged_database, ("frontline.duckdb",)),
    errors.BadHosts: (list_hosts, ("FRONTLINE_HOSTS", "a*b")),
    errors.BadUploadLimit: (limit_uploads, ("FRONTLINE_UPLOAD_MB", "许多")),
    errors.UploadsFull: (upload_too_much, ("600",)),
    errors.FileTooLarge: (announce_a_large_file, ("200",)),
    errors.NotAFile: (read_a_link, ("链接.csv", Text("符号链接", "a symbolic link"))),
    errors.UnprintableName: (
        lambda h: entries.require_readable(Path(h.file("a\nb.csv", VILLAGE))),
        ("a_b.csv",),
    ),
    errors.BadKeepDays: (read_keep_days, ("FRONTLINE_KEEP_DAYS", "一年")),
    errors.DamagedOriginal: (open_a_damaged_original, ("1", "台账.csv")),
    errors.NoSuchFile: (lambda h: reader.upload_from_path("没有.csv"), ("没有.csv",)),
    errors.NotGeoJson: (
        lambda h: h.check("map_feature", '{"type": "Topology"}'), ("台账.csv", Text("type", "type")),
    ),
    errors.BrokenFeature: (lambda h: h.check("map_feature", make_geojson(make_feature(POINT), 3)), ("2",)),
    errors.NoFeatures: (lambda h: h.check("map_feature", make_geojson()), ("台账.csv",)),
    errors.ProjectedCoordinates: (
        lambda h: h.check("map_feature", make_geojson(make_feature(POINT), crs=crs_member("EPSG:4549"))),
        ("台账.csv", "CGCS2000 / 3-degree Gauss-Kruger CM 120E"),
    ),
    errors.OtherDatum: (
        lambda h: h.check("map_feature", make_geojson(make_feature(POINT), crs=crs_member("EPSG:4610"))),
        ("台账.csv", "Xian 1980"),
    ),
    errors.UnreadableKml: (lambda h: h.check("map_feature", "<kml>\n<Placemark>"), ("2",)),
    errors.BrokenShapefile: (lambda h: h.check("map_feature", make_zip(a__shp="")), ("台账.csv",)),
    errors.BrokenMapArchive: (
        lambda h: h.check("map_feature", make_zip(**{"a__kml": ""} | {f"a{n}": "" for n in range(1_001)})),
        ("台账.csv",),
    ),
    errors.SeveralLayers: (
        lambda h: h.check("map_feature", make_zip(a__kml="", b__kml="")), ("台账.csv", "a.kml、b.kml"),
    ),
    errors.HugeMapFile: (lambda h: h.check("map_feature", "<kml>".ljust(33_000_000)), ("33", "32")),
    errors.PointsWanted: (
        lambda h: h.check("section", make_geojson(make_feature(LINE, 断面编码="S-1", 断面名称="甲"))),
        ("台账.csv", "1", "图形", DATASETS["section"].label),
    ),
    errors.LinesWanted: (
        lambda h: h.check("reach", make_geojson(make_feature(POINT, 河段编码="R-1", 河段名称="甲", 河道编码="乙"))),
        ("台账.csv", "经度、纬度", DATASETS["reach"].label),
    ),
    errors.ApiOff: (lambda h: data_api.require_token(api_request()), ("FRONTLINE_API_TOKEN",)),
    errors.WrongApiToken: (lambda h: ask_api(h, token="guessed"), ("Bearer",)),
    errors.BadApiToken: (lambda h: ask_api(h, setting="short"), ("FRONTLINE_API_TOKEN", "16")),
    errors.NoSuchAddress: (
        lambda h: ask_data(h, data_api.no_response, "", path="/api/rivers"), ("/api/rivers",)
    ),
    errors.UnknownParameter: (
        lambda h: ask_data(h, partial(data_api.list_response, list), "moon=full"), ("moon",)
    ),
    errors.RepeatedParameter: (lambda h: asked_of_api("as_of=2014-06-30&as_of=2014-05-31"), ("as_of",)),
    errors.UnknownLanguage: (lambda h: asked_of_api("lang=fr"), ("fr",)),
    errors.CannotWrite: (lambda h: cli.write_output(str(h.folder / "没有" / "模板.csv"), b""), ("模板.csv",)),
    errors.NothingToBrief: (
        lambda h: h.say("briefing", "-o", str(h.folder / "周报.docx"), "--as-of", "2001-01-01"), ("2001-01-01",)
    ),
    errors.BadYear: (
        lambda h: h.say("check", "village", h.file("村社.csv", VILLAGE), "--year", "21"), ("21",)
    ),
}  # fmt: skip


def api_request(path: str = "/api/metrics", query: str = "", token: str = "", method: str = "GET") -> Request:
    """Return a request to the data API as the server hands it on."""
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return Request({"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers})


def asked_of_api(query: str) -> data_api.Asked:
    return data_api.asked_parameters(api_request(query=query))


def ask_data(
    harness: Harness,
    answer: Callable[[Connection, Request, data_api.Asked], Response],
    query: str,
    path: str = "/api/metrics",
) -> None:
    """Have one answer of the API given out of the database."""
    with harness.store.read() as con:
        answer(con, api_request(path), asked_of_api(query))


def ask_api(harness: Harness, token: str = "", setting: str = "0123456789abcdef") -> None:
    """Bring a token to an API that is set to one."""
    harness.patch.setenv("FRONTLINE_API_TOKEN", setting)
    data_api.require_token(api_request(token=token))


@pytest.fixture
def harness(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Harness:
    return Harness(store, tmp_path, monkeypatch)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_a_failure_is_raised_and_names_the_place(harness, kind):
    """Something that a reader can do raises it, and both its sentences say where, with every blank filled."""
    assert kind in RAISED, f"{kind.__name__}: write into RAISED what raises it, or remove it from data/errors.py"
    provoke, places = RAISED[kind]
    with pytest.raises(DashboardError) as told:
        provoke(harness)
    assert type(told.value) is kind
    for language in ("zh", "en"):
        said = told.value.text.into(language)
        named = [place.into(language) for place in map(place_text, places)]
        assert [word for word in named if word not in said] == [], said
        assert re.findall(r"[{}]|None", said) == [], said


def place_text(place: str | Text) -> Text:
    return place if isinstance(place, Text) else untranslated(place)


def blanks_of(phrase: Text) -> set[str]:
    """Return the blanks of a sentence; it leaves the same in both languages."""
    return set(re.findall(r"{(\w+)}", phrase.zh))


def made_failures() -> Iterator[tuple[str, str, set[str]]]:
    """Yield, for each place of the program that makes a failure, where it is, which one, and the blanks that it fills.

    A failure without blanks may be raised by its name alone.
    """
    for file in PROGRAM:
        name = file.relative_to(ROOT)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            place = f"{name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                yield place, node.func.id, {str(keyword.arg) for keyword in node.keywords}
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in KINDS:
                yield place, node.exc.id, set()


def test_every_failure_is_given_the_blanks_of_its_sentence_and_no_others():
    """A blank that nobody fills would end in a KeyError, one that no sentence has would be lost."""
    found = list(made_failures())
    assert {name for _, name, _ in found} == set(KINDS)
    assert [(place, name) for place, name, filled in found if blanks_of(KINDS[name].sentence) != filled] == []
