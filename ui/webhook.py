"""New alerts sent on to a group of 钉钉 or 企业微信, if FRONTLINE_WEBHOOK names its address; off without one.

Nothing else of the house goes out into a network. The sender has its own thread and a time limit, so that a server that
hangs, refuses or sends elsewhere harms nobody; it never follows a redirect, and it never calls the metadata service of
a cloud, not even by a name that leads there.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from duckdb import DuckDBPyConnection as Connection

from data.errors import BadWebhook
from data.store import Store
from data.text import Text

ADDRESS = "FRONTLINE_WEBHOOK"
FORBIDDEN = (
    *map(ip_network, ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32")),
    *map(ip_network, ("0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8")),
)
METADATA_NAMES = {"metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal"}
SECONDS = 10.0  # chosen: in all, for one try; a group answers within one
# seconds between tries, chosen: a server that restarts is back within the first, one that is moved within the day
PAUSES = (2.0, 8.0, 30.0, 120.0, 600.0, *(3600.0,) * 23)
LOOK_AGAIN = 3600.0  # seconds, chosen: an alert may come by the clock alone
INTERVAL = 5.0  # seconds between two looks at whether something was committed, as the pages look
MOST_LINES = 20  # chosen: as many as are read on a phone; both groups cut longer messages
HEADLINE = Text("庄桥一线：新提醒 {count} 条", "Frontline: {count} new alerts")
Alerts = Callable[[Connection], Mapping[str, str]]  # what tells an alert from others -> how it reads
log = logging.getLogger(__name__)


class NotDelivered(Exception):
    """A message did not get through: the server refused it, led elsewhere or may not be called."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where alerts are sent."""

    parts: SplitResult

    @property
    def host(self) -> str:
        return (self.parts.hostname or "").rstrip(".").lower()

    @property
    def port(self) -> int:
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    @property
    def path(self) -> str:
        return (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")


def webhook_of_settings() -> Webhook | None:
    """Return the webhook of the settings, None for none; raises BadWebhook for an address that must not be called."""
    address = os.environ.get(ADDRESS, "").strip()
    if not address:
        return None
    try:
        hook = Webhook(urlsplit(address))
        hook.host.encode("idna")
        hook.path.encode("ascii")
        is_whole = hook.parts.scheme in ("http", "https") and bool(hook.host) and hook.port > 0 and " " not in address
    except ValueError as error:
        raise BadWebhook(name=ADDRESS) from error
    if not is_whole or hook.parts.username or hook.host in METADATA_NAMES or _is_forbidden_text(hook.host):
        raise BadWebhook(name=ADDRESS)
    return hook


def _is_forbidden_text(host: str) -> bool:
    try:
        return is_forbidden(host)
    except ValueError:
        return False  # a name: where it leads is looked at whenever something is sent


def is_forbidden(address: str) -> bool:
    """Tell whether an IP address is link-local, a metadata service or nobody's; raises ValueError for what is none."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in FORBIDDEN)


def resolved_address(hook: Webhook) -> str:
    """Return the IP address that the name leads to, which is then the one called; raises NotDelivered."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(hook.host, hook.port, type=socket.SOCK_STREAM)]
    if not found or any(map(is_forbidden, found)):
        raise NotDelivered(f"{ADDRESS}: the name leads to an address that is never called")
    return found[0]


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to an address that was looked at, whatever its name leads to by now."""

    def __init__(self, hook: Webhook, address: str) -> None:
        super().__init__(hook.host, hook.port, timeout=SECONDS)
        self.address, self.is_secure, self.is_cut_off = address, hook.parts.scheme == "https", False

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), SECONDS)
        if self.is_secure:
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured  # before the handshake, which may be cut off too
            secured.do_handshake()

    def cut_off(self) -> None:
        """End it at once, whatever it waits for."""
        self.is_cut_off = True
        with suppress(OSError):  # it was closed meanwhile
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


def send_once(hook: Webhook, message: str) -> None:
    """Send a message as 钉钉 and 企业微信 take it; raises NotDelivered or OSError."""
    body = json.dumps({"msgtype": "text", "text": {"content": message}}, ensure_ascii=False).encode()
    connection = _PinnedConnection(hook, resolved_address(hook))
    limit = threading.Timer(SECONDS, connection.cut_off)
    limit.daemon = True
    limit.start()
    try:
        connection.connect()
        connection.request("POST", hook.path, body, {"Content-Type": "application/json; charset=utf-8"})
        _demand_taken(connection.getresponse())
        if connection.is_cut_off:
            raise NotDelivered(f"{ADDRESS}: no whole answer within {SECONDS:g} seconds")
    except http.client.HTTPException as error:
        raise NotDelivered(f"{ADDRESS}: no answer that could be read") from error
    finally:
        limit.cancel()
        connection.close()


def _demand_taken(answer: http.client.HTTPResponse) -> None:
    """Raise NotDelivered unless the server took the message: both groups answer 200 with an errcode of 0."""
    said = answer.read(10_000)
    if answer.status != 200:
        raise NotDelivered(f"{ADDRESS}: answered {answer.status}")
    try:
        told = json.loads(said)
    except ValueError:
        return  # another server than these two: 200 is all that it says
    if isinstance(told, dict) and told.get("errcode", 0) != 0:
        raise NotDelivered(f"{ADDRESS}: errcode {told['errcode']}")


def message_of(lines: Sequence[str]) -> str:
    """Return the message that tells some alerts."""
    more = [f"… +{len(lines) - MOST_LINES}"] if len(lines) > MOST_LINES else []
    return "\n".join([HEADLINE.fill(count=len(lines)).zh, *lines[:MOST_LINES], *more])


class AlertSender:
    """What became an alert since the start, sent once each: again after a pause for as long as it fails, up to a day.

    What was an alert at the start is known, or a restart would repeat it.
    """

    def __init__(self, store: Store, hook: Webhook, alerts: Alerts, pauses: Sequence[float] = PAUSES) -> None:
        self.store, self.hook, self.alerts, self.pauses = store, hook, alerts, pauses
        self.known: Mapping[str, str] | None = None
        self.waiting: dict[str, str] = {}
        self.counter = store.write_counter
        self.tries, self.next_at, self.is_current = 0, 0.0, False

    def step(self, now: float) -> None:
        """Look and send, if something was committed or it is time; an error leaves the next try after a pause."""
        if self.store.write_counter != self.counter:
            self.counter, self.is_current, self.tries, self.next_at = self.store.write_counter, False, 0, now
        if now < self.next_at:
            return
        is_last = self.tries >= len(self.pauses)
        self.next_at = now + (LOOK_AGAIN if is_last else self.pauses[self.tries])
        self.tries += 1
        if not self.is_current:
            self._look()
        if self._is_delivered() or is_last:
            self._begin_anew(now)

    def _look(self) -> None:
        """Note what became an alert and was not told; what is none any more needs no telling."""
        with self.store.read() as con:
            found = self.alerts(con)
        known = found if self.known is None else self.known
        new = {key: line for key, line in found.items() if key not in known or key in self.waiting}
        self.known, self.waiting, self.is_current = found, new, True

    def _is_delivered(self) -> bool:
        """Send what waits, and tell whether it was taken, as nothing always is."""
        if not self.waiting:
            return True
        try:
            send_once(self.hook, message_of(list(self.waiting.values())))
        except (OSError, NotDelivered) as error:
            log.warning("%d alerts were not delivered at try %d: %s", len(self.waiting), self.tries, error)
            return False
        self.waiting = {}
        return True

    def _begin_anew(self, now: float) -> None:
        """Rest until something is committed or the hour is over; what was refused for a day is given up."""
        if self.waiting:
            log.error("%d alerts are given up: %s", len(self.waiting), "; ".join(self.waiting.values()))
        self.waiting, self.tries, self.next_at, self.is_current = {}, 0, now + LOOK_AGAIN, False


def _send_until_stopped(sender: AlertSender, stop: threading.Event, interval: float) -> None:
    """Let a sender step until it is stopped, each time in a thread of its own: an error ends that step alone."""
    while not stop.wait(interval):
        step = threading.Thread(target=sender.step, args=(time.monotonic(),), name="webhook step", daemon=True)
        step.start()
        step.join()


@contextmanager
def sending_alerts(
    store: Store, alerts: Alerts, interval: float = INTERVAL, pauses: Sequence[float] = PAUSES
) -> Iterator[None]:
    """Send new alerts for as long as the block runs, if there is a webhook; leaving never waits for its server."""
    hook, stop = webhook_of_settings(), threading.Event()
    if hook:
        arguments = (AlertSender(store, hook, alerts, pauses), stop, interval)
        threading.Thread(target=_send_until_stopped, args=arguments, name="webhook", daemon=True).start()
    try:
        yield
    finally:
        stop.set()
