"""Photos: taken in as pictures and nothing else, named by the ledgers, given out by their digest, undone for good."""

import asyncio
import io
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Message

import cli
from analytics.metrics import LISTINGS
from data.datasets import DATASETS
from data.errors import DamagedPhoto, PersonalPhotoName, PhotoOfAnotherLedger, PhotoTooLarge
from data.ingest import integrity, loader, photo_files, submissions, workbook_sheets
from data.ingest.folder import watch
from data.ingest.loader import Options, Report
from data.ingest.reading import photo, reader
from data.store import Store, open_store
from tests.page_helpers import open_app, page_messages, run_until_settled
from tests.serving import ROOT
from tests.upload_helpers import WHO, ledger_values, load_content, load_parents, loaded_batch
from ui import api, photo_route, web_middleware
from ui.map import photo_figures

pytestmark = pytest.mark.slow

ORIENTATION, GPS, DETAILS, TAKEN = 0x0112, 0x8825, 0x8769, 0x9003
WORK = (
    "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"
    "W-1,清淤,R-1,清淤,90,m³,2014-01-01,2014-12-31\n"
)
PROGRESS = "工程,上报日期,累计完成量,整治前照片,整治后照片\nW-1,2014-03-01,1,河口.JPG、没传,\nW-1,2014-04-01,2,,完工\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontline.duckdb"


@pytest.fixture
def on_disk(path: Path) -> Iterator[Store]:
    """Give an empty database on disk."""
    with open_store(path) as opened:
        yield opened


def drawn(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: Any = "teal", mode: str = "RGB", **more: Any
) -> bytes:
    """Return a picture that is drawn here."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def phone_photo() -> bytes:
    """Return a photo as a phone writes it: lying on its side, with its place, its day and a remark."""
    picture = Image.new("RGB", (3000, 2000), "teal")
    facts = picture.getexif()
    facts[ORIENTATION], facts[GPS] = 6, {1: "N", 2: (29.0, 55.0, 1.0)}
    facts.get_ifd(DETAILS)[TAKEN] = "2014:05:20 10:00:00"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=facts, comment=b"in front of our house")
    return out.getvalue()


def load_photo(store: Store, name: str, content: bytes) -> Report:
    """Take a photo in as every door does: the file tells its ledger."""
    file = reader.make_upload(name, content)
    found = workbook_sheets.find_parts(store, file, Options())
    return submissions.load_parts(store, file, found, WHO).parts[0]


def kept(path: Path) -> list[Path]:
    return sorted(Path(f"{path}.photos").glob("*"))


@pytest.mark.quick
def test_nothing_is_kept_of_a_photo_but_the_picture(on_disk, path):
    """What is kept is upright, no larger than 1,600 pixels, and has no EXIF, no place, no profile, no remark; and none
    of these lies anywhere beside the database."""
    raw = phone_photo()
    assert raw.count(b"Exif") == 1
    assert b"our house" in raw
    load_photo(on_disk, "河口.jpg", raw)
    [file] = kept(path)
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1067, 1600))
        assert not picture.getexif()
        assert not {"exif", "comment", "icc_profile"} & picture.info.keys()
    beside = [each.read_bytes() for each in path.parent.rglob("*") if each.is_file()]
    assert not any(b"our house" in content or b"Exif\0" in content or raw in content for content in beside)
    assert not list(Path(f"{path}.originals").glob("*"))


@pytest.mark.quick
def test_a_photo_is_a_row_of_its_ledger(on_disk, path):
    """The name is that of the file without its ending, the file is named by the digest of what is kept."""
    batch = loaded_batch(load_photo(on_disk, "河口.jpg", phone_photo()))
    [(name, digest, day, width, height, size)] = ledger_values(
        on_disk, "photo", *(c.name for c in DATASETS["photo"].columns)
    )
    [file] = kept(path)
    assert (name, day, width, height) == ("河口", date(2014, 5, 20), 1067, 1600)
    assert (file.name, file.stat().st_size) == (f"{digest}.jpg", size)
    assert digest == photo.photo_digest(file.read_bytes())
    assert re.fullmatch("[a-p]{64}", digest)
    with on_disk.read() as con:
        assert con.execute("SELECT dataset, file_name FROM batch WHERE batch_id = ?", [batch]).fetchall() == [
            ("photo", "河口.jpg")
        ]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("PNG", {"mode": "RGBA", "colour": (9, 9, 9, 0)}),
        ("PNG", {"mode": "P", "colour": 0, "transparency": 0}),
        ("PNG", {"mode": "I;16", "colour": 9}),
        ("WEBP", {}),
        ("JPEG", {"mode": "CMYK", "colour": (9, 9, 9, 9)}),
        ("JPEG", {"mode": "L", "colour": 9}),
    ],
)
def test_pictures_of_every_kind_become_plain_ones(kind, more):
    """PNG, WebP and JPEG in every way of writing colours are kept as a JPEG; what is see-through is white."""
    found = photo.read_photo("一.png", drawn(kind, **more))
    with Image.open(io.BytesIO(found.jpeg)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (60, 40))
        if "transparency" in more or more.get("mode") == "RGBA":
            assert picture.getpixel((5, 5)) == (255, 255, 255)


def bomb() -> bytes:
    """Return a small PNG that says it has 10,000,000,000 pixels."""
    chunks = b"IHDR" + (100_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0]), b"IDAT" + zlib.compress(bytes(9)), b"IEND"
    written = ((len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


MEMORY_OF_READING = """
import re, sys
from pathlib import Path
from data.ingest.reading.photo import read_photo

def most_memory():  # in kB, of this process alone: getrusage counts the one that started it, too
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

content = sys.stdin.buffer.read()
before = most_memory()
read_photo("a.png", content)
print((most_memory() - before) * 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells the most memory of a process on Linux only")
def test_a_large_picture_does_not_stand_in_memory_many_times():
    """A small file of many see-through pixels takes three times their bytes at most while it is made smaller."""
    side, facts = 4000, Image.Exif()
    facts[ORIENTATION] = 6
    large = drawn("PNG", size=(side, side), mode="RGBA", colour=(9, 9, 9, 9), exif=facts)
    told = subprocess.run(
        [sys.executable, "-c", MEMORY_OF_READING], input=large, capture_output=True, check=True, cwd=ROOT
    )
    assert int(told.stdout) < 3 * 4 * side * side


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (phone_photo()[:5_000], DamagedPhoto),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), DamagedPhoto),
        (b"\x89PNG\r\n\x1a\n", DamagedPhoto),
        (b"RIFF\0\0\0\0WEBPVP8 ", DamagedPhoto),
        (drawn("PNG")[:60], DamagedPhoto),
        (bomb(), PhotoTooLarge),
        (b"\xff\xd8\xff" + bytes(photo.MOST_BYTES), PhotoTooLarge),
    ],
    ids=["cut off", "no picture", "empty png", "empty webp", "cut png", "bomb", "large"],
)
def test_what_is_no_sound_picture_is_refused(on_disk, path, content, error):
    """A damaged photo, one that is none, and one that would fill the memory are told by name; nothing is kept."""
    with pytest.raises(error, match=r"假\.jpg"):
        load_photo(on_disk, "假.jpg", content)
    assert (kept(path), ledger_values(on_disk, "photo", "photo_name")) == ([], [])


@pytest.mark.parametrize("name", ["13812345678.jpg", "河口_13812345678.jpg", "138 1234 5678 前.png"])
def test_a_name_that_is_a_phone_number_is_refused(on_disk, path, name):
    """The name of a photo goes through the door for personal data, and the sentence does not repeat it."""
    with pytest.raises(PersonalPhotoName) as told:
        load_photo(on_disk, name, drawn())
    assert "1234" not in told.value.text.zh + told.value.text.en
    assert kept(path) == []


@pytest.mark.parametrize(
    "name", ["IMG_20140601_123456.jpg", "微信图片_20140601123456.jpg", "mmexport1401600000000.jpg"]
)
def test_names_that_phones_give_are_taken(on_disk, name):
    """The day and the time in the names that cameras and chats give are no numbers of persons."""
    assert load_photo(on_disk, name, drawn()).batch is not None


@pytest.mark.quick
def test_an_undo_takes_the_picture_off_the_disk(on_disk, path):
    """The row and the file go together; what another row still names stays."""
    first = loaded_batch(load_photo(on_disk, "一.jpg", drawn()))
    loaded_batch(load_photo(on_disk, "二.jpg", drawn()))
    third = loaded_batch(load_photo(on_disk, "三.jpg", drawn(colour="red")))
    assert len(kept(path)) == 2
    loader.undo_batch(on_disk, third, WHO)
    assert len(kept(path)) == 1
    loader.undo_batch(on_disk, first, WHO)
    assert len(kept(path)) == 1
    with on_disk.read() as con:
        assert integrity.integrity_errors(con) == []


def test_a_photo_that_was_replaced_comes_back_with_an_undo(on_disk, path):
    """A photo of the same name takes the place of the former, whose file is kept for as long as it may come back."""
    load_photo(on_disk, "一.jpg", drawn())
    before = ledger_values(on_disk, "photo", "digest")
    report = load_photo(on_disk, "一.png", drawn("PNG", colour="red"))
    assert (report.counts.updated, len(kept(path))) == (1, 2)
    loader.undo_batch(on_disk, loaded_batch(report), WHO)
    assert ledger_values(on_disk, "photo", "digest") == before
    assert [file.stem for file in kept(path)] == [before[0][0]]


def test_a_photo_that_was_lost_is_taken_in_again(on_disk, path):
    """Verification names the photo whose file is missing or damaged; the same file uploaded again mends it."""
    load_photo(on_disk, "一.jpg", drawn())
    [file] = kept(path)
    for harm, said in ((file.unlink, "are missing, such as “一”"), (lambda: file.write_bytes(b"x"), "“一” is damaged")):
        harm()
        with on_disk.read() as con:
            [found] = integrity.integrity_errors(con)
            assert said in found.en
            assert photo_files.read_photo_file(con, file.stem) is None
        load_photo(on_disk, "一.jpg", drawn())
        with on_disk.read() as con:
            assert integrity.integrity_errors(con) == []


def test_what_a_crash_left_between_commit_and_mark_is_seen(on_disk, path):
    """A photo whose batch is in the book is given out though its mark is still on it; the next load takes it off."""
    load_photo(on_disk, "一.jpg", drawn())
    [file] = kept(path)
    marked = file.rename(file.with_name(file.name + photo_files.UNCOMMITTED))
    with on_disk.read() as con:
        assert photo_files.photo_path(con, file.stem) == marked
    load_photo(on_disk, "二.jpg", drawn(colour="red"))
    assert file in kept(path)


def test_what_never_was_committed_goes_after_a_day(on_disk, path, monkeypatch):
    """The file of a load that broke off is left to that load for a day."""
    with on_disk.read() as con:
        photo_files.keep_photo(con, reader.make_upload("一.jpg", drawn()))
    photo_files.settle_photos(on_disk)
    assert len(kept(path)) == 1
    monkeypatch.setattr(photo_files, "LEFT_BEHIND", -1)
    photo_files.settle_photos(on_disk)
    assert kept(path) == []


def test_files_of_others_stay(on_disk, path):
    """Only files named as the house names them are removed from the folder."""
    load_photo(on_disk, "一.jpg", drawn())
    (kept(path)[0].parent / "说明.jpg").write_text("x")
    photo_files.settle_photos(on_disk)
    assert "说明.jpg" in [file.name for file in kept(path)]


def test_a_photo_is_no_table_of_another_ledger(on_disk):
    """Whoever means a photo for villages is told that it is a photo, and which ledger takes it."""
    with pytest.raises(PhotoOfAnotherLedger, match="村社"):
        loader.check_file(on_disk, DATASETS["village"], reader.make_upload("村.jpg", drawn()))


def test_a_photo_named_like_a_ledger_is_still_a_photo(tmp_path, on_disk, path):
    """In the watched folder the file tells what it is, whatever it is called; other files go on as before."""
    folder = tmp_path / "收件"
    folder.mkdir()
    (folder / "污染源.jpg").write_bytes(drawn())
    (folder / "坏.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    outcomes = watch.load_folder_once(on_disk, folder, WHO, interval=0, tell=lambda text: None)
    assert sorted(o.place for o in outcomes) == ["done", "rejected"]
    assert ledger_values(on_disk, "photo", "photo_name") == [("污染源",)]
    assert len(kept(path)) == 1


def test_the_terminal_takes_photos_in(tmp_path, path, capsys):
    """Several photos in one command, a batch each; a file that is none stops it before anything is written."""
    for name, colour in (("一.jpg", "red"), ("二.jpg", "teal")):
        (tmp_path / name).write_bytes(drawn(colour=colour))
    (tmp_path / "表.csv").write_text("村社编码,村社名称\nV-1,胡家村\n")
    files = [str(tmp_path / name) for name in ("一.jpg", "二.jpg", "表.csv")]
    assert cli.main(["photo", *files, "--db", str(path)]) == cli.UNUSABLE
    assert "“表.csv”不是能收的照片" in capsys.readouterr().err
    assert cli.main(["photo", *files[:2], "--db", str(path)]) == cli.DONE
    assert len(kept(path)) == 2


def named_photos(store: Store, day: date) -> list[tuple[Any, ...]]:
    with store.read() as con:
        rows = LISTINGS["photos"].compute(con, day).rows
    return [(row.stage, row.photo, isinstance(row.digest, str)) for row in rows.itertuples()]


def load_reports(store: Store) -> None:
    load_parents(store)
    load_content(store, "work", WORK)
    load_content(store, "work_progress", PROGRESS)


def test_ledgers_name_photos_by_their_word(on_disk):
    """The name leads to the photo with its ending or without, in large letters or small, alone or beside others; of a
    day only what was reported by then is listed."""
    load_reports(on_disk)
    load_photo(on_disk, "河口.jpg", drawn())
    load_photo(on_disk, "完工.png", drawn("PNG", colour="red"))
    earlier = [("整治前", "没传", False), ("整治前", "河口.JPG", True)]
    assert sorted(named_photos(on_disk, date(2014, 3, 31))) == earlier
    assert named_photos(on_disk, date(2014, 4, 1))[0] == ("整治后", "完工", True)


async def receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def ask_for(path: str, **headers: str) -> Response:
    """Return the answer of the routes of the house, behind its headers, to a path as a browser writes it."""
    app = web_middleware.SecurityHeaders(Starlette(routes=api.ROUTES))
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": unquote(path), "query_string": b"", "headers": sent}
    return asyncio.run(web_middleware.collect_response(app, scope, receive_nothing))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, on_disk: Store) -> Store:
    """Give the empty database on disk, which the routes read."""
    monkeypatch.setattr(photo_route, "shared_store", lambda: on_disk)
    return on_disk


def test_a_photo_is_given_out_until_it_is_undone(served, path):
    """A photo that a row names is given out as a JPEG, by its digest; after the undo it is not there, and never again
    from a browser's memory."""
    batch = loaded_batch(load_photo(served, "一.jpg", drawn()))
    [(digest,)] = ledger_values(served, "photo", "digest")
    answer = ask_for(f"/api/photos/{digest}.jpg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.body == kept(path)[0].read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert ask_for(f"/api/photos/{digest}.jpg", if_none_match=answer.headers["etag"]).status_code == 304
    loader.undo_batch(served, batch, WHO)
    again = ask_for(f"/api/photos/{digest}.jpg", if_none_match=answer.headers["etag"])
    assert again.status_code == 404


@pytest.mark.parametrize("asked", ["a" * 64, "一", "..%2F..%2Ffrontline.duckdb", "%2e%2e/x", "a" * 5000, "A" * 64])
def test_what_no_row_names_is_not_given_out(served, path, asked):
    """A file that lies in the folder and is not registered, a path that leads out of it, a name: nothing is there."""
    load_photo(served, "一.jpg", drawn())
    (kept(path)[0].parent / f"{'a' * 64}.jpg").write_bytes(drawn())
    assert ask_for(f"/api/photos/{asked}.jpg").status_code == 404


def test_a_row_cannot_name_a_path(on_disk):
    """A table of photos with a path in place of the digest is refused row by row."""
    report = load_content(on_disk, "photo", "照片名称,照片指纹,像素宽度,像素高度,字节数\n一,../../x,9,9,9\n")
    assert report.batch is None
    assert "upload the photo itself" in report.errors[0].reason.en


def test_what_cannot_be_seen_is_said(on_disk, path):
    """Beside the photo stands what it shows; a photo that was never uploaded and one whose file is gone are told, and
    the names are no HTML."""
    load_reports(on_disk)
    load_content(on_disk, "work_progress", "工程,上报日期,累计完成量,整治前照片\nW-1,2014-05-01,3,<b>坏</b>\n")
    load_photo(on_disk, "河口.jpg", drawn())
    load_photo(on_disk, "完工.jpg", drawn(colour="red"))
    [(gone,)] = ledger_values(on_disk, "photo", "digest", where="photo_name = '完工'")
    (Path(f"{path}.photos") / f"{gone}.jpg").unlink()
    with on_disk.read() as con:
        rows = LISTINGS["photos"].compute(con, date(2014, 6, 1)).rows
        shown = str(photo_figures.photo_figures(con, rows))
        few = str(photo_figures.photo_figures(con, rows, shown=1))
    assert shown.count("<img") == 1
    assert re.search(r'alt="照片：整治前 · 清淤 · 2014.03.01"', shown)
    assert "照片“完工”的文件不见了" in shown
    assert "台账写了 2\u00a0张照片，还没有上传：&lt;b&gt;坏&lt;/b&gt;、没传" in shown
    assert "<b>" not in shown
    assert "另有 1\u00a0张照片没有列出" in few


def test_the_upload_page_takes_photos(page_database: Path) -> None:
    """A photo dropped is checked as a row of photos, also while another ledger is chosen; the commit keeps it."""
    app = open_app("ledgers/update.py", ledger="village")
    run_until_settled(app.file_uploader[0].upload("河口.jpg", drawn(), "image/jpeg").run())
    assert page_messages(app, "error") == []
    commit = app.button(key="commit")
    run_until_settled(commit.click().run())
    assert len(kept(page_database)) == 1
