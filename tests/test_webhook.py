"""The webhook: what goes out, when, and that neither a server that hangs nor a wrong address harms anybody."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

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
        status, body = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(status)
        self.send_header("Location", self.server.address)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Group]:
    """Give a group robot that the settings name."""
    with Group() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv(webhook.ADDRESS, server.address)
        yield server
        server.shutdown()


def deliver(pauses: tuple[float, ...] = ()) -> bool:
    hook = webhook.webhook_of_settings()
    assert hook
    return webhook.deliver(hook, "新提醒", threading.Event(), pauses)


def load_village(store: Store, code: str) -> None:
    file = reader.make_upload("村社.csv", f"村社编码,村社名称\n{code},示例村{code}\n".encode())
    assert loader.load_file(store, DATASETS["village"], file, Who("测试员")).errors == []


def village_alerts(con) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {code: f"提醒 {code}" for (code,) in con.execute("SELECT village_id FROM village").fetchall()}


def wait_for(group: Group, count: int) -> None:
    until = time.monotonic() + SOON
    while len(group.told) < count and time.monotonic() < until:
        time.sleep(0.02)


def test_a_message_is_one_that_both_groups_take(group):
    """The message is a text message in UTF-8, and 200 with errcode 0 is delivered."""
    assert deliver()
    assert group.told == ["新提醒"]


def test_what_fails_is_tried_again(group):
    """A server that is down and one that refuses are asked again after the pauses."""
    group.answers = [(503, b""), (200, b'{"errcode": 310000}'), (200, b'{"errcode": 0}')]
    assert deliver(pauses=(0.01, 0.01))
    assert len(group.told) == 3


def test_a_redirect_is_never_followed(group):
    """A server that sends elsewhere has not taken the message, and nobody goes there."""
    group.answers = [(302, b"")]
    assert not deliver()
    assert len(group.told) == 1


def test_a_server_that_hangs_has_a_limit(group, monkeypatch):
    """A server that takes the message and never answers is given up."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    group.hangs.set()
    begun = time.monotonic()
    assert not deliver()
    assert time.monotonic() - begun < SOON / 2


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
