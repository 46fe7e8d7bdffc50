"""What lies in the watched folder and is no file: each gets a sentence and a place in rejected, none is followed."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from data.ingest.folder import watch
from data.ingest.loader import Options, Who
from tests.upload_helpers import ledger_values

VILLAGES = "村社编码,村社名称,人口\nV-1,胡家村,100\n"
OUTSIDE = "村社编码,村社名称,人口\nV-9,外面的村,900\n"


def make_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def make_link_to_nowhere(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "nowhere")


def make_link_to_pipe(path: Path, outside: Path) -> None:
    os.mkfifo(outside.with_name("pipe"))
    path.symlink_to(outside.with_name("pipe"))


def make_link_to_folder(path: Path, outside: Path) -> None:
    path.symlink_to(outside.parent)


def make_folder(path: Path, _: Path) -> None:
    path.mkdir()
    (path / "village.csv").write_text(OUTSIDE)


def make_socket(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def look(store, folder: Path) -> list[str]:
    """Return what is said of each file of a folder."""
    outcomes = watch.load_folder_once(store, folder, Who("张三"), Options(), interval=0, tell=lambda text: None)
    return [outcome.sentence.zh for outcome in outcomes]


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (make_pipe, "管道"),
        (make_link, "符号链接"),
        (make_link_to_nowhere, "符号链接"),
        (make_link_to_pipe, "符号链接"),
        (make_link_to_folder, "符号链接"),
        (make_folder, "文件夹"),
        (make_socket, "套接字"),
    ],
)
def test_what_is_no_file_is_told_and_put_aside(store, tmp_path, monkeypatch, made: Callable[[Path, Path], None], named):
    """Pipes, links, sockets and folders named like a ledger lie in rejected with their sentence; files still load."""
    folder, outside = tmp_path / "收件", tmp_path / "outside.csv"
    folder.mkdir()
    outside.write_text(OUTSIDE)
    monkeypatch.chdir(tmp_path)
    made(folder / "village.csv", outside)
    (folder / "村社.csv").write_text(VILLAGES)
    said = look(store, folder)
    assert sum(f"“village.csv”是{named}，不是文件" in sentence for sentence in said) == 1
    assert ledger_values(store, "village", "village_id") == [("V-1",)]
    assert os.path.lexists(folder / "rejected" / "village.csv")
    assert named in (folder / "rejected" / "village.csv.说明.txt").read_text(encoding="utf-8-sig")
    assert outside.read_text() == OUTSIDE
    assert look(store, folder) == []


@pytest.mark.parametrize(
    "name", ["vil\nlage.csv", "village\r\n.csv", "\x1b[2Jvillage.csv", "村社\u2028.csv", "村社\u202evsc.exe"]
)
def test_a_name_that_breaks_lines_is_told_in_one_line(store, tmp_path, name):
    """A name with line breaks or control characters is refused and filed in one printable line."""
    (tmp_path / name).write_text(VILLAGES)
    [said] = look(store, tmp_path)
    assert "换行或控制字符" in said
    assert said.isprintable()
    filed = [path.name for path in (tmp_path / "rejected").iterdir()]
    assert len(filed) == 3
    assert all(map(str.isprintable, filed))
    assert ledger_values(store, "village", "village_id") == []


def test_the_longest_names_are_loaded_and_filed(store, tmp_path):
    """A name as long as the disk takes it is cut where it is filed; a name of one long ending as well."""
    for name in ("村社" + "长" * 80 + ".csv", "村社." + "c" * 240):
        (tmp_path / name).write_text(VILLAGES)
    assert len(look(store, tmp_path)) == 2
    assert list(tmp_path.glob("*村社*")) == []


def test_folders_are_left_alone(store, tmp_path):
    """A folder that is not named like a table is the clerk's own, as done and rejected are."""
    (tmp_path / "2014年").mkdir()
    assert look(store, tmp_path) == []
    assert (tmp_path / "2014年").is_dir()


def test_done_files_do_not_go_through_a_link(store, tmp_path):
    """Where a dead link lies in the way of a file's place, the file goes beside it and not to where the link points."""
    (tmp_path / "done").mkdir()
    for name in ("村社.csv", "村社二.csv.report.json"):
        (tmp_path / "done" / name).symlink_to(tmp_path / "nowhere.csv")
    for name in ("村社.csv", "村社二.csv"):
        (tmp_path / name).write_text(VILLAGES)
    look(store, tmp_path)
    assert not (tmp_path / "nowhere.csv").exists()
    assert (tmp_path / "done" / "村社.csv").is_symlink()
