"""The webhook: what goes out, when, and that neither a server that hangs nor a wrong address harms anybody."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.errors import BadWebhook
from data.ingest import loader
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.store import Store, open_store
from ui import webhook

SOON = 20.0  # seconds until something has to have happened on a busy machine


class Group(ThreadingHTTPServer):
    """A group robot on this machine: the answers that it gives in turn, the last one for ever, and what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Robot)
        self.answers: list[tuple[int, bytes]] = [(200, b'{"errcode": 0, "errmsg": "ok"}')]
        self.told: list[str] = []
        self.hangs = threading.Event()
        self.drips = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/robot/send?access_token=1"


class _Robot(BaseHTTPRequestHandler):
    server: Group

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append(sent["text"]["content"])
        if self.server.hangs.is_set():
            time.sleep(SOON)
        if self.server.drips.is_set():
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            drip(self.wfile.write, b"X-More: 1\r\n")
            return
        status, body = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(status)
        self.send_header("Location", self.server.address)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


def drip(write: Callable[[bytes], object], part: bytes) -> None:
    """Write the same for ever, a little at a time, until the other side has gone."""
    with suppress(OSError):
        while True:
            write(part)
            time.sleep(0.05)


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Group]:
    """Give a group robot that the settings name."""
    with Group() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv(webhook.ADDRESS, server.address)
        yield server
        server.shutdown()


class Sender(webhook.AlertSender):
    """A sender of the alerts of villages, at whose start there was none."""

    def __init__(self, store: Store, pauses: tuple[float, ...] = ()) -> None:
        hook = webhook.webhook_of_settings()
        assert hook
        super().__init__(store, hook, village_alerts, pauses)
        self.step(0.0)


def load_village(store: Store, code: str) -> None:
    file = reader.make_upload("村社.csv", f"村社编码,村社名称\n{code},示例村{code}\n".encode())
    assert loader.load_file(store, DATASETS["village"], file, Who("测试员")).errors == []


def village_alerts(con: Connection) -> dict[str, str]:
    return {code: f"提醒 {code}" for (code,) in con.execute("SELECT village_id FROM village").fetchall()}


def wait_for(group: Group, count: int) -> None:
    until = time.monotonic() + SOON
    while len(group.told) < count and time.monotonic() < until:
        time.sleep(0.02)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        yield opened


def test_a_message_is_one_that_both_groups_take(store, group):
    """The message is a text message in UTF-8, and 200 with errcode 0 is delivered."""
    sender = Sender(store)
    load_village(store, "V1")
    sender.step(1.0)
    assert group.told == ["庄桥一线：新提醒 1 条\n提醒 V1"]
    assert sender.waiting == {}


def test_what_fails_is_tried_again_after_each_pause_without_a_commit(store, group):
    """A server that is down and one that refuses are asked again after pauses of 10 and 60 s, not before."""
    group.answers = [(503, b""), (200, b'{"errcode": 310000}'), (200, b'{"errcode": 0}')]
    sender, told = Sender(store, (10.0, 60.0)), []
    load_village(store, "V1")
    for now in (1.0, 10.0, 11.0, 70.0, 71.0, 200.0):
        sender.step(now)
        told.append(len(group.told))
    assert told == [1, 1, 2, 2, 3, 3]
    assert set(group.told) == {"庄桥一线：新提醒 1 条\n提醒 V1"}


def test_what_is_refused_for_good_is_given_up_and_the_next_alert_is_sent(store, group):
    """After the last pause nothing of it is tried again; a new alert begins anew, alone."""
    group.answers = [(503, b"")]
    sender = Sender(store, (1.0,))
    load_village(store, "V1")
    for now in (1.0, 2.0, 3.0, 4.0):
        sender.step(now)
    assert len(group.told) == 2
    group.answers = [(200, b"")]
    load_village(store, "V2")
    sender.step(5.0)
    assert group.told[2:] == ["庄桥一线：新提醒 1 条\n提醒 V2"]


def test_what_waits_is_told_with_what_a_commit_adds(store, group):
    """A commit during a pause is told at once, with what was refused before."""
    group.answers = [(503, b""), (200, b"")]
    sender = Sender(store, (100.0,))
    load_village(store, "V1")
    sender.step(1.0)
    load_village(store, "V2")
    sender.step(2.0)
    assert group.told[1].splitlines()[1:] == ["提醒 V1", "提醒 V2"]


def test_an_alert_by_the_clock_is_told_without_a_commit(store, group):
    """An hour after the last look there is another one, though nothing was loaded."""
    sender = Sender(store)
    sender.alerts = lambda con: {"stale": "数据停更"}
    sender.step(webhook.LOOK_AGAIN - 1)
    sender.step(webhook.LOOK_AGAIN)
    assert group.told == ["庄桥一线：新提醒 1 条\n数据停更"]


def test_an_error_nobody_foresaw_ends_one_step_and_not_the_thread(store, group):
    """Alerts that cannot be worked out at first are told later on, by the thread that met the error."""
    troubles = [LookupError("the ledger is not there yet")] * 2

    def alerts(con: Connection) -> dict[str, str]:
        found = village_alerts(con)
        if found and troubles:
            raise troubles.pop()
        return found

    with webhook.sending_alerts(store, alerts, interval=0.02, pauses=(0.02, 0.02, 0.02)):
        time.sleep(0.3)
        load_village(store, "V1")
        wait_for(group, 1)
    assert group.told == ["庄桥一线：新提醒 1 条\n提醒 V1"]
    assert troubles == []


def test_a_redirect_is_never_followed(store, group):
    """A server that sends elsewhere has not taken the message, and nobody goes there."""
    group.answers = [(302, b"")]
    sender = Sender(store, (100.0,))
    load_village(store, "V1")
    sender.step(1.0)
    assert len(group.told) == 1
    assert sender.waiting == {"V1": "提醒 V1"}


def test_a_server_that_hangs_has_a_limit(store, group, monkeypatch):
    """A server that takes the message and never answers is given up."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    group.hangs.set()
    sender = Sender(store, (100.0,))
    load_village(store, "V1")
    begun = time.monotonic()
    sender.step(1.0)
    assert sender.waiting
    assert time.monotonic() - begun < SOON / 2


def test_an_answer_that_has_no_end_is_none(store, group, monkeypatch):
    """A server that begins with 200 and goes on with headers for ever is cut off, and has not taken the message."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    group.drips.set()
    sender = Sender(store, (100.0,))
    load_village(store, "V1")
    sender.step(1.0)
    assert sender.waiting == {"V1": "提醒 V1"}


def test_a_handshake_that_has_no_end_has_a_limit(monkeypatch):
    """A server that sends its half of a TLS handshake byte by byte is cut off like any other."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv(webhook.ADDRESS, f"https://127.0.0.1:{server.getsockname()[1]}/")
        threading.Thread(target=_shake_hands_for_ever, args=(server,), daemon=True).start()
        hook, begun = webhook.webhook_of_settings(), time.monotonic()
        assert hook
        with pytest.raises(ssl.SSLError):
            webhook.send_once(hook, "提醒")
    assert time.monotonic() - begun < SOON / 2


def _shake_hands_for_ever(server: socket.socket) -> None:
    with server.accept()[0] as caller:
        caller.sendall(b"\x16\x03\x03\x40\x00")  # a handshake record of 16 KiB begins
        drip(caller.sendall, b"\x02")


def test_a_server_that_hangs_holds_up_neither_a_commit_nor_the_end(group):
    """While the sender waits, files are loaded, and the house closes without it."""
    group.hangs.set()
    with open_store(":memory:") as store:
        with webhook.sending_alerts(store, village_alerts, interval=0.02, pauses=()):
            load_village(store, "V1")
            wait_for(group, 1)
            begun = time.monotonic()
            load_village(store, "V2")
        assert time.monotonic() - begun < SOON / 2


def test_only_what_is_new_is_sent(group):
    """What was an alert when the server started is not sent again; what a commit brings is, once."""
    with open_store(":memory:") as store:
        load_village(store, "V1")
        with webhook.sending_alerts(store, village_alerts, interval=0.02, pauses=()):
            time.sleep(0.3)
            load_village(store, "V2")
            wait_for(group, 1)
            load_village(store, "V3")
            wait_for(group, 2)
    assert [told.splitlines()[1:] for told in group.told] == [["提醒 V2"], ["提醒 V3"]]


def test_nothing_is_sent_without_the_setting(monkeypatch):
    """Off is the default: no address, no webhook and no thread."""
    monkeypatch.delenv(webhook.ADDRESS, raising=False)
    before = set(threading.enumerate())
    with open_store(":memory:") as store, webhook.sending_alerts(store, village_alerts):
        assert webhook.webhook_of_settings() is None
        assert "webhook" not in [thread.name for thread in set(threading.enumerate()) - before]


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest",
        "http://[::ffff:169.254.169.254]/",
        "http://[fe80::1%25eth0]/",
        "http://100.100.100.200/latest",
        "http://metadata.google.internal/computeMetadata/v1/",
        "https://METADATA.google.internal./",
        "http://user:word@example.cn/",
        "file:///etc/passwd",
        "ftp://example.cn/",
        "oapi.dingtalk.com/robot/send",
        "http://example.cn:99999/",
        "http:///robot",
        "http://a..b/robot",
        "http://.example.cn/robot",
        "http://example.cn/机器人",
        "http://example.cn/robot send",
    ],
)
def test_an_address_that_must_not_be_called_is_refused_at_the_start(monkeypatch, address):
    """Metadata services, link-local addresses and what is no http address are told when the server starts."""
    monkeypatch.setenv(webhook.ADDRESS, address)
    with pytest.raises(BadWebhook):
        webhook.webhook_of_settings()


@pytest.mark.parametrize("address", ["http://2852039166/latest", "http://0xA9FEA9FE/latest"])
def test_a_name_that_leads_to_a_metadata_service_is_not_called(monkeypatch, address):
    """A number or a name that resolves to one is found out before anything is sent."""
    monkeypatch.setenv(webhook.ADDRESS, address)
    hook = webhook.webhook_of_settings()
    assert hook
    with pytest.raises((webhook.NotDelivered, OSError)):
        webhook.resolved_address(hook)
