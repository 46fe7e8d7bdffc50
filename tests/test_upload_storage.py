"""Uploads: on disk and not in memory, limited for a session and for all, and gone with the session."""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.errors import BadUploadLimit
from tests import chromium, serving
from tests.patience import PATIENCE
from ui import upload_storage

pytestmark = pytest.mark.slow

MEGABYTE = 2**20
LIMITS = {"FRONTLINE_SESSION_UPLOAD_MB": "20", "FRONTLINE_UPLOAD_MB": "30", "FRONTLINE_SAMPLE": "0"}


@pytest.fixture(scope="module")
def limited(tmp_path_factory) -> Iterator[serving.Server]:
    """Give a server that takes little, and forgets a session a second after it has ended."""
    folder = tmp_path_factory.mktemp("limited")
    settings = LIMITS | {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
    with serving.running_server(folder / "own.duckdb", folder / "log", **settings) as running:
        yield running


@asynccontextmanager
async def open_session(server: serving.Server) -> AsyncIterator[str]:
    """Give the number of a session for as long as its page is open."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], proxy=None) as socket:
        message = BackMsg()
        message.rerun_script.page_name = "ledgers-update"
        await socket.send(message.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), PATIENCE))
            if told.WhichOneof("type") == "new_session":
                yield told.new_session.initialize.session_id
                return


def put_file(
    server: serving.Server, session: str, size: int, token: str = "", announced: int | None = None
) -> tuple[int, str]:
    """Upload a file, as a browser does in pieces; return the status and what is said."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    connection.request("GET", "/_stcore/health")
    health = connection.getresponse()
    health.read()
    cookie = next(
        value.split(";")[0] for name, value in health.getheaders() if name == "set-cookie" and "xsrf" in value
    )
    head = b'--b\r\nContent-Disposition: form-data; name="a.csv"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    tail = b"\r\n--b--\r\n"
    connection.putrequest("PUT", f"/_stcore/upload_file/{session}/file-{time.monotonic_ns()}")
    length = len(head) + size + len(tail) if announced is None else announced
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(length), "Cookie": cookie}
    for name, value in (headers | {"X-Xsrftoken": token or cookie.partition("=")[2]}).items():
        connection.putheader(name, value)
    connection.endheaders()
    try:
        connection.send(head)
        for start in range(0, size, MEGABYTE):
            connection.send(b"x" * min(MEGABYTE, size - start))
        connection.send(tail)
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused before all of it was sent
    answer = connection.getresponse()
    said = answer.status, answer.read().decode()
    connection.close()
    return said


def peak_memory(server: serving.Server) -> int:
    """Return the most memory that a server has taken so far, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_large_upload_takes_no_memory(fresh_server):
    """150 MB go to disk as they come: the server's memory grows by less than a third of them, ever."""
    server = fresh_server(FRONTLINE_SAMPLE="0")

    async def uploaded() -> tuple[int, int]:
        async with open_session(server) as session:
            await asyncio.to_thread(put_file, server, session, 2 * MEGABYTE)
            before = peak_memory(server)
            status, _ = await asyncio.to_thread(put_file, server, session, 150 * MEGABYTE)
            return status, peak_memory(server) - before

    status, grown = asyncio.run(uploaded())
    assert status == 204
    assert grown < 50 * MEGABYTE


def test_limits_hold_for_a_session_and_for_all_and_are_freed_with_it(limited):
    """The third file of a session is refused in a sentence, then those of others; an ended one gives its space back."""

    async def statuses() -> list[int]:
        told = []
        async with open_session(limited) as first:
            for _ in range(3):
                status, said = await asyncio.to_thread(put_file, limited, first, 8 * MEGABYTE)
                told.append(status)
            assert "合计已到上限（20 MB）" in said
            assert "(20 MB)" in said
            async with open_session(limited) as second:
                for _ in range(2):
                    told.append((await asyncio.to_thread(put_file, limited, second, 8 * MEGABYTE))[0])
        await asyncio.sleep(1.5)
        async with open_session(limited):
            pass
        async with open_session(limited) as third:
            told.append((await asyncio.to_thread(put_file, limited, third, 8 * MEGABYTE))[0])
            told.append((await asyncio.to_thread(put_file, limited, third, 8 * MEGABYTE))[0])
        return told

    assert asyncio.run(statuses()) == [204, 204, 413, 204, 413, 204, 204]


def test_small_files_are_limited_in_number(limited):
    """Files of one byte do not come in without end."""

    async def statuses() -> list[int]:
        async with open_session(limited) as session:
            return [(await asyncio.to_thread(put_file, limited, session, 1))[0] for _ in range(7)]

    told = asyncio.run(statuses())
    assert told[0] == 204
    assert told[-1] == 413


def test_what_may_not_come_in_is_refused_before_it_is_read(limited):
    """Too large, without a length, of no session, without the page's token: each has its status."""

    async def statuses() -> list[int]:
        async with open_session(limited) as session:
            return [
                put_file(limited, session, 1, announced=201 * MEGABYTE)[0],
                put_file(limited, "nobody", 1)[0],
                put_file(limited, session, 1, token="x")[0],
            ]

    assert asyncio.run(statuses()) == [413, 400, 403]


@pytest.mark.quick
@pytest.mark.parametrize("value", ["-1", "1.5", "two", "99999999"])
def test_a_limit_that_is_no_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("FRONTLINE_UPLOAD_MB", value)
    with pytest.raises(BadUploadLimit):
        upload_storage.upload_limits()


@pytest.mark.browser
def test_a_refused_upload_says_why_and_a_small_one_is_checked(limited, page):
    """On the page the sentence stands in the reader's language; a file within the limits is read as ever."""
    chromium.visit_page(page, f"{limited.url}/ledgers-update")
    large = {"name": "水质.csv", "mimeType": "text/csv", "buffer": b"x" * (21 * MEGABYTE)}
    page.locator("input[type=file]").first.set_input_files(large)
    page.get_by_role("alert").get_by_text("合计已到上限（20 MB）").wait_for()
    small = {"name": "村社.csv", "mimeType": "text/csv", "buffer": "村社编码,村社名称\nV-1,胡家村\n".encode()}
    page.reload()
    page.locator("input[type=file]").first.set_input_files(small)
    page.get_by_text("可以提交").first.wait_for()
