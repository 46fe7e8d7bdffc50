"""Whose requests the server answers: Host, Origin, names behind a proxy, and the messages of a websocket."""

from __future__ import annotations

import asyncio
import base64
import http.client
import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import (
    BackendOperationRequest,
    BackMsg,
    DismissSkillsNudgeRequestPayload,
    InstallSkillsRequestPayload,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.errors import BadHosts
from tests import serving
from tests.patience import PATIENCE
from tests.websocket_viewer import websocket_viewer
from ui import allowed_hosts, client_messages

HANDSHAKE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
MACHINE = socket.gethostname().partition(".")[0]
LISTED = "yixian.example.cn"
DROPPED = [
    BackMsg(clear_cache=True),
    BackMsg(load_git_info=True),
    BackMsg(set_run_on_save=True),
    BackMsg(debug_disconnect_websocket=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(backend_operation_request=BackendOperationRequest(install_skills=InstallSkillsRequestPayload())),
    BackMsg(backend_operation_request=BackendOperationRequest(dismiss_skills_nudge=DismissSkillsNudgeRequestPayload())),
    BackMsg(),
]


def ask(server: serving.Server, path: str, host: str, **headers: str) -> tuple[int, str]:
    """Return the status and the body of a request that names a host."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in ({"Host": host} | headers).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = "" if answer.status == 101 else answer.read().decode()
    connection.close()
    return answer.status, body


def handshake(server: serving.Server, host: str, origin: str) -> int:
    """Return the status of a websocket's handshake: 101 where it is opened."""
    key = base64.b64encode(os.urandom(16)).decode()
    return ask(server, "/_stcore/stream", host, **HANDSHAKE, **{"Sec-WebSocket-Key": key, "Origin": origin})[0]


@pytest.fixture(scope="module")
def listed(tmp_path_factory) -> Iterator[serving.Server]:
    """Give a server that has a name on a proxy."""
    folder = tmp_path_factory.mktemp("listed")
    settings = {"FRONTLINE_HOSTS": f"https://{LISTED}/", "FRONTLINE_SAMPLE": "0"}
    with serving.running_server(folder / "own.duckdb", folder / "log", **settings) as running:
        yield running


@contextmanager
def proxy_of_the_internet() -> Iterator[tuple[int, list[object]]]:
    """Give the port of a proxy, and the list that fills with those who ask it for the internet."""
    asked: list[object] = []

    class Refuse(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(1000))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refuse) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy.server_address[1], asked
        proxy.shutdown()


@pytest.mark.parametrize(
    "host",
    [
        "localhost:{0}",
        "LOCALHOST.:{0}",
        "127.0.0.1:{0}",
        "[::1]:{0}",
        "10.1.2.3:{0}",
        "192.168.3.4",
        f"{MACHINE}:{{0}}",
        f"{MACHINE}.local:{{0}}",
    ],
)
def test_every_address_of_this_server_opens_its_pages_and_websocket(server, host):
    """By name, by name.local and by address of the intranet the page opens, and its handshake with it."""
    host = host.format(urlsplit(server.url).port)
    assert ask(server, "/", host)[0] == 200
    assert handshake(server, host, f"http://{host}") == 101


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{0}",
        "127.0.0.1.evil.example:{0}",
        "localhost.evil.example:{0}",
        f"{MACHINE}.evil.example",
        "8.8.8.8",
        "127.1",
        "localhost:{0}@evil.example",
        "localhost:{0};evil",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/api/write-counter"])
def test_a_name_that_is_not_ours_is_refused_in_a_sentence(server, path, host):
    """A name that somebody else points at this server (DNS rebinding) opens nothing, and is told how to."""
    status, said = ask(server, path, host.format(urlsplit(server.url).port))
    assert status in (400, 421)  # 400 is uvicorn's, for what no header may hold
    if status == 421:
        assert "不是本系统的地址" in said
        assert "is no address of this system" in said
        assert "FRONTLINE_HOSTS" in said


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://evil.example:{0}",
        "http://localhost:1",
        "http://localhost",
        "http://127.0.0.1:{0}",
        "http://localhost.evil.example:{0}",
        "http://localhost:{0}.evil.example",
        "http://evil.example#localhost:{0}",
        "file://localhost:{0}",
        "null",
        "",
    ],
)
def test_a_page_of_another_site_opens_no_websocket_and_reads_nothing(server, origin):
    """An Origin that is not the host asked for is refused at once: other name, port, address, or none."""
    port = urlsplit(server.url).port
    assert handshake(server, f"localhost:{port}", origin.format(port)) == 403
    status, said = ask(server, "/api/write-counter", f"localhost:{port}", Origin=origin.format(port))
    assert status == 403
    assert "请求来自别的网站" in said
    assert "came from another site" in said


def test_a_refusal_is_logged_once_with_the_way_to_allow_it(fresh_server):
    """Who opens http://dashboard:8501 finds in the log, once and not for each request, which setting to make."""
    server = fresh_server(FRONTLINE_SAMPLE="0")
    for _ in range(3):
        ask(server, "/", "dashboard:8501")
    [line] = server.log.read_text().splitlines()
    assert "dashboard:8501" in line
    assert "FRONTLINE_HOSTS" in line


def test_what_a_stranger_writes_breaks_no_line_of_the_log():
    """Control characters and foreign letters stand in a sentence as escapes, and no longer than a name is."""
    scope = {"type": "http", "headers": [(b"host", b"a\nb\x1b[2J\xe5" + b"x" * 5000)]}
    sentence = allowed_hosts.refusal(scope).sentence
    assert sentence.zh.isprintable()
    assert len(sentence.zh) < 300


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (LISTED, f"https://{LISTED}"),
        (LISTED, f"https://{LISTED}:8443"),
        ("127.0.0.1:8501", f"https://{LISTED}"),
        (f"{LISTED}:443", f"https://{LISTED}"),
    ],
    ids=["name kept", "port lost", "address of the proxy", "port written out"],
)
def test_a_listed_name_works_behind_a_proxy(listed, host, origin):
    """Whatever a proxy makes of Host, the pages of a name in FRONTLINE_HOSTS reach their server."""
    assert ask(listed, "/", host)[0] == 200
    assert handshake(listed, host, origin) == 101


def test_a_listed_name_lists_no_other(listed):
    """A name in FRONTLINE_HOSTS allows neither its subdomains nor the names around it."""
    for name in (f"a.{LISTED}", f"x{LISTED}", f"{LISTED}.evil.example", "example.cn"):
        assert ask(listed, "/", name)[0] == 421
        assert handshake(listed, LISTED, f"https://{name}") == 403


def test_an_unlisted_name_on_a_proxy_is_told_on_the_page(server, listed):
    """Where a proxy hides its name in X-Forwarded-Host, the page says so, rather than wait for a refused handshake."""
    own = urlsplit(server.url).netloc
    assert ask(server, "/", own, **{"X-Forwarded-Host": LISTED})[0] == 421
    assert ask(listed, "/", own, **{"X-Forwarded-Host": f"{LISTED}, 10.0.0.1"})[0] == 200
    assert ask(listed, "/", "evil.example", **{"X-Forwarded-Host": LISTED})[0] == 421


@pytest.mark.parametrize("written", ["*", "a b/../c, ??", "http://"])
def test_a_setting_that_is_no_host_is_refused(monkeypatch, written):
    monkeypatch.setenv("FRONTLINE_HOSTS", written)
    with pytest.raises(BadHosts):
        allowed_hosts.listed_hosts()


@pytest.mark.slow
def test_no_handshake_makes_the_server_ask_the_internet(fresh_server):
    """Whatever Host and Origin say, the server does not look up its own address outside."""
    with proxy_of_the_internet() as (port, asked):
        through = f"http://127.0.0.1:{port}"
        settings = {"FRONTLINE_HOSTS": LISTED, "FRONTLINE_SAMPLE": "0"}
        server = fresh_server(http_proxy=through, https_proxy=through, no_proxy="", **settings)
        own = urlsplit(server.url).netloc
        told = [
            handshake(server, own, "http://evil.example"),
            handshake(server, "evil.example", "http://evil.example"),
            handshake(server, own, f"https://{LISTED}"),
            handshake(server, f"{MACHINE}:80", f"http://{MACHINE}"),
        ]
        assert (told, asked) == ([403, 403, 101, 101], [])


@pytest.mark.parametrize("message", DROPPED, ids=lambda message: str(message).split("\n")[0] or "nothing")
def test_a_message_that_no_page_sends_is_dropped(message):
    assert not client_messages.is_used(message.SerializeToString())


def test_clear_cache_leaves_a_session_as_it_is(server):
    """After `clear_cache`, `stop_script` and a heartbeat the heartbeat alone is answered, and the page still runs."""

    async def viewed() -> tuple[str, int]:
        async with websocket_viewer(server.url, "") as viewer:
            await viewer.run_page()
            for message in (*DROPPED, BackMsg(app_heartbeat=True)):
                await viewer.socket.send(message.SerializeToString())
            kind = ""
            while kind in ("", "session_status_changed", "script_finished"):
                kind = ForwardMsg.FromString(await viewer.socket.recv(decode=False)).WhichOneof("type")
            return kind, (await viewer.run_page()).parts

    kind, parts = asyncio.run(viewed())
    assert kind == "heartbeat_ack"
    assert parts > 1


def test_text_ends_a_websocket_without_a_traceback(fresh_server):
    server = fresh_server(FRONTLINE_SAMPLE="0")

    async def closed() -> int | None:
        async with websocket_viewer(server.url, "") as viewer:
            await viewer.socket.send("text")
            await viewer.socket.wait_closed()
            return viewer.socket.close_code

    assert asyncio.run(closed()) == 1003
    assert "Traceback" not in server.log.read_text()
