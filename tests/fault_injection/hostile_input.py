"""Files and requests made to stop the server: each is refused in a sentence or read, and the next reader is served."""

from __future__ import annotations

import http.client
import os
import random
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from data.datasets import DATASETS
from data.ingest.folder import watch
from data.ingest.forms import template
from data.ingest.loader import Options, Who
from data.store import open_store
from tests import serving
from tests.patience import PATIENCE

SIGNS = " \t\u3000019.,，()（）[]【】_-/:：'\"<>=%万一年月日单位合计原始值ae\\;|\x00\n"
LONGEST = 100_000
SLOWEST = 20.0  # seconds for one file; chosen: a hundred times what an ordinary file of the size takes
LOWEST_OF_LATIN, HIGHEST_OF_LATIN = 33, 126


def _hostile_table(chance: random.Random) -> bytes:
    """Return a ledger with one heading and one cell of repeated signs, or no table at all."""
    if chance.random() < 1 / 4:
        return chance.choice([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]) + chance.randbytes(chance.randrange(LONGEST))
    unit = "".join(chance.choices(SIGNS, k=chance.randint(1, 3)))
    text = (unit * LONGEST)[: chance.randrange(LONGEST)]
    return template.template_csv(DATASETS["village"]).rstrip() + f",{text}\nV-1,{text},1\n{text}\n".encode()


def _drop_odd_entries(folder: Path, chance: random.Random) -> int:
    """Put pipes, links and folders into a folder; return how many."""
    makers = (os.mkfifo, os.mkdir, lambda path: os.symlink("/etc/passwd", path), lambda path: os.symlink("..", path))
    for number in range(5):
        chance.choice(makers)(folder / f"village{number}\n.csv")
    return 5


def files_filed(folder: Path, files: int, seed: int) -> int:
    """Drop hostile files into the watched folder one by one; return how many were filed, each in time."""
    chance, filed = random.Random(seed), 0
    with open_store(":memory:") as store:
        for number in range(files):
            inbox = folder / f"inbox{number}"
            inbox.mkdir()
            odd = _drop_odd_entries(inbox, chance)
            (inbox / "village.csv").write_bytes(_hostile_table(chance))
            began = perf_counter()
            told = watch.load_folder_once(store, inbox, Who("测试员"), Options(), 0, lambda text: None)
            assert perf_counter() - began < SLOWEST, f"file {number} of seed {seed} took {perf_counter() - began:.0f} s"
            assert len(told) == odd + 1, f"file {number} of seed {seed}: {[o.sentence.zh for o in told]}"
            assert all(outcome.sentence.zh.isprintable() for outcome in told)
            filed += len(told)
    return filed


def _request(server: serving.Server, path: str, **headers: str) -> int:
    """Return the status of a request; 400 where the server hangs up."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    try:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    except (ConnectionError, http.client.BadStatusLine):
        return 400
    finally:
        connection.close()


def requests_refused(folder: Path, requests: int, seed: int) -> int:
    """Ask a server under foreign hosts and origins, by handshake too; return how many it refused while it served."""
    chance, refused = random.Random(seed), 0
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    with serving.running_server(folder / "own.duckdb", folder / "log", FRONTLINE_SAMPLE="0") as server:
        own = urlsplit(server.url).netloc
        for _ in range(requests):
            signs = chance.choices(range(LOWEST_OF_LATIN, HIGHEST_OF_LATIN + 1), k=chance.randint(1, 300))
            foreign = "x." + "".join(map(chr, signs))
            wrong = chance.choice([{"Host": foreign}, {"Host": own, "Origin": f"http://{foreign}"}])
            handshake = upgrade | {"Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw=="}
            path, more = chance.choice([("/", {}), ("/_stcore/stream", handshake), ("/_stcore/health", {})])
            status = _request(server, path, **wrong, **more)
            assert status in (400, 403, 421), f"{status} for {wrong} of seed {seed}"
            assert _request(server, "/_stcore/health", Host=own) == 200
            refused += 1
    assert "Traceback" not in (folder / "log").read_text()
    return refused
