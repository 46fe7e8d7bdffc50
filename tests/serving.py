"""A real server in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process, and the file of what it says on stderr."""

    url: str
    process: subprocess.Popen[str]
    log: Path


def start_server(
    database: Path, log: Path, script: str = "app.py", folder: str | Path = ROOT, port: str = "0", **settings: str
) -> subprocess.Popen[str]:
    """Start `streamlit run` on a port, by default a free one, with a database and settings, not those of the developer.

    The house's settings of Streamlit count in the folder of the house, where the server runs unless another is named.
    Pages are left to their first reader: two dozen servers that make them all ready would take more than the tests.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTLINE_", "STREAMLIT_"))}
    usual = {"FRONTLINE_DB": str(database), "FRONTLINE_WARM": "0", "PYTHONPATH": str(ROOT), "TZ": "Asia/Shanghai"}
    env = own | usual | settings
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", port]
    with log.open("w") as errors:
        return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=errors, text=True)


def server_address(process: subprocess.Popen[str], log: Path) -> str:
    """Return the address that a starting server prints; connections to it wait until the server answers."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise RuntimeError(f"the server ended with {process.wait()}:\n{log.read_text()}")


@contextmanager
def running_server(
    database: Path, log: Path, script: str = "app.py", folder: str | Path = ROOT, port: str = "0", **settings: str
) -> Iterator[Server]:
    """Give a server that answers, and end it afterwards."""
    process = start_server(database, log, script, folder, port, **settings)
    try:
        url = server_address(process, log)
        with urlopen(f"{url}/_stcore/health", timeout=PATIENCE):
            yield Server(url, process, log)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
