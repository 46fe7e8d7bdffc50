"""A minute of `make torture`: power cuts, a full disk, a second program."""

import pytest

from tests.fault_injection import full_disk, hostile_input, process_kills, second_program

pytestmark = pytest.mark.slow


def test_a_kill_at_any_moment_leaves_whole_batches(tmp_path):
    """After `kill -9` in loads and undos the next start finds every batch that was told whole, and nothing by half."""
    model = process_kills.kill_loads(tmp_path, rounds=8, days=15, seed=3)
    assert model.wrote


def test_the_watched_folder_survives_kills(tmp_path):
    """Killed again and again, the watched folder loads each file once and files it with its report."""
    assert process_kills.kill_watcher(tmp_path, files=8, seed=3) > 1


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path):
    """A load that finds no space, before or in the middle, is refused; the ledger stays as it was and goes on later."""
    refused = full_disk.run_on_small_disk(tmp_path / "disk", [0, 0, full_disk.MEGABYTE])
    if refused is None:
        pytest.skip("no small disk may be mounted here")
    assert refused >= 2


def test_a_second_program_is_told_in_one_sentence(tmp_path):
    """While one program has the database, every verb of another ends with status 2 and one sentence."""
    path = tmp_path / "held.duckdb"
    sentence = f"错误：数据库“{path}”正被另一个程序占用（PID n），请先关闭它再试。"
    assert second_program.refusals_while_held(tmp_path) == [(2, "", [sentence])] * len(second_program.VERBS)


def test_hostile_files_are_filed_and_hold_nobody_up(tmp_path):
    """Cells of one sign repeated, noise named .csv, pipes and links: each is filed with its sentence within seconds."""
    assert hostile_input.files_filed(tmp_path, files=6, seed=3) == 6 * 6


def test_hostile_requests_are_refused(tmp_path):
    """Hosts and origins of random signs open nothing, leave no traceback, and keep nobody from the pages."""
    assert hostile_input.requests_refused(tmp_path, requests=40, seed=3) == 40
