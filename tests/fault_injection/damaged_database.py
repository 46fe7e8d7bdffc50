"""A database of which a byte, a part or the write-ahead log is lost: one sentence and status 2, or told by `verify`."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from data.datasets import DATASETS
from data.ingest.forms import template
from tests.fault_injection import process_kills

HEADERS = 3 * 4096  # bytes before the first block of a file of DuckDB
LOADS = """
import os, sys
from pathlib import Path
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.reading import reader
from data.store import Store, open_store

is_last = False
checkpoint = Store._checkpoint
Store._checkpoint = lambda store, con: None if is_last else checkpoint(store, con)
store = open_store(sys.argv[1])
for number in (1, 2):
    is_last = number == 2
    file = reader.make_upload("village.csv", f"村社编码,村社名称\\nV-{number},村{number}\\n".encode())
    loader.load_file(store, DATASETS["village"], file, loader.Who("测试员"))
os._exit(9)
"""
VERBS = """
import json, sys, traceback
import cli

for words in json.loads(sys.argv[1]):
    try:
        print(cli.main(words), flush=True)
    except BaseException:
        traceback.print_exc()
        print("broke off", words, flush=True)
"""


def copy_with_files(source: Path, target: Path) -> Path:
    """Copy a closed database with its kept files into an empty folder."""
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir()
    shutil.copytree(f"{source}.originals", f"{target}.originals")
    return Path(shutil.copy(source, target))


def run_verbs(path: Path, *verbs: list[str]) -> tuple[list[str], list[str]]:
    """Run verbs on a database, in a process that may die of it; return the status of each, and the lines of stderr."""
    words = json.dumps([[*verb, "--db", str(path)] for verb in verbs])
    command = [sys.executable, "-c", VERBS, words]
    done = subprocess.run(command, cwd=process_kills.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{verbs} ended with {done.returncode}:\n{done.stderr}"
    statuses = [line for line in done.stdout.splitlines() if line in ("0", "1", "2") or line.startswith("broke off")]
    return statuses, done.stderr.splitlines()


def flip_byte(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0xFF]))


def places_in_use(path: Path) -> list[range]:
    """Return where in the file of a database its blocks stand, but for those that are free."""
    with duckdb.connect(str(path), read_only=True) as con:
        size = con.sql("SELECT block_size FROM pragma_database_size()").fetchall()[0][0]
        blocks = {block for (block,) in con.sql("SELECT block_id FROM pragma_metadata_info()").fetchall()}
        for (table,) in con.sql("SELECT table_name FROM duckdb_tables()").fetchall():
            kept = con.execute("SELECT block_id, additional_block_ids FROM pragma_storage_info(?)", [table]).fetchall()
            blocks.update(block for one, others in kept for block in (one, *(others or ())))
    return [range(HEADERS + block * size, HEADERS + (block + 1) * size) for block in sorted(blocks) if block >= 0]


def flip_bytes(source: Path, folder: Path, places: int, seed: int) -> int:
    """Flip one byte after the other in copies of a database; return how many `verify` refused, each in one sentence."""
    chance, refused, in_use = random.Random(seed), 0, places_in_use(source)
    village = folder / "village.csv"
    village.write_bytes(template.template_csv(DATASETS["village"]) + "V-99,新村\n".encode())
    metric, load, undo = ["metric", "section_class"], ["load", "village", str(village)], ["undo", "3"]
    for _ in range(places):
        damaged, place = copy_with_files(source, folder / "damaged" / "x.duckdb"), chance.choice(chance.choice(in_use))
        flip_byte(damaged, place)
        statuses, said = run_verbs(damaged, ["verify"], ["history"], metric, load, undo, ["sample"])
        assert len(statuses) == 6, f"byte {place}: {statuses} {said}"
        assert all(status in "012" for status in statuses), f"byte {place}: {statuses} {said}"
        assert sum("Traceback" in line for line in said) == 0, f"byte {place}: {said}"
        refused += statuses[0] != "0"
    return refused


def die_with_a_log(path: Path) -> Path:
    """Load two batches and die, the second in the write-ahead log alone; return the path of the log."""
    process = subprocess.run([sys.executable, "-c", LOADS, str(path)], cwd=process_kills.ROOT, check=False)
    assert process.returncode == 9
    return Path(f"{path}.wal")
