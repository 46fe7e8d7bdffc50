"""Two programs on one database: the second is told in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from data.datasets import DATASETS
from data.ingest.forms import template
from tests.fault_injection import process_kills

VERBS = (["history"], ["check", "village"], ["load", "village"], ["undo", "1"], ["metric", "section_class"])


def run_cli(path: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command line on a database."""
    command = [sys.executable, "cli.py", *words, "--db", str(path)]
    return subprocess.run(command, cwd=process_kills.ROOT, capture_output=True, text=True, check=False)


def refusals_while_held(folder: Path) -> list[tuple[int, str, list[str]]]:
    """Return status, output and error lines of each verb while another program holds the database, and its number."""
    path, file = folder / "held.duckdb", folder / "village.csv"
    file.write_bytes(template.template_csv(DATASETS["village"]) + "V-1,胡家村\n".encode())
    holder = process_kills.start_worker(folder / "tmp", "hold", path)
    assert holder.stdout
    holder.stdout.readline()
    told = [run_cli(path, [*verb, str(file)] if verb[0] in ("check", "load") else verb) for verb in VERBS]
    holder.communicate()
    return [(t.returncode, t.stdout, t.stderr.replace(f"PID {holder.pid}", "PID n").splitlines()) for t in told]
