"""Which requests the server answers: those that name it by an address of its own, and come from its own pages.

A browser says in `Host` what name was asked for and in `Origin` whose page asks. A name that somebody else points at
this server (DNS rebinding) and a page of somebody else (cross-site websocket hijacking) are refused before Streamlit
sees them: on a foreign origin it would look up its own address on the internet, and everybody would wait for that.
"""

from __future__ import annotations

import logging
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from data.errors import BadHosts
from data.text import Text

LOG = logging.getLogger(__name__)
SETTING = "FRONTLINE_HOSTS"
ADDRESS_SETTINGS = ("server.address", "browser.serverAddress")
HOST = re.compile(
    r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}))(?::(?P<port>\d{1,5}))?", re.I | re.ASCII
)
ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>\S{1,260})", re.I | re.ASCII)
DEFAULT_PORTS = {"http": 80, "https": 443}
MOST_TOLD = 100  # chosen: a stranger who tries names cannot fill the log
LONGEST_SHOWN = 80
POLICY_VIOLATION = 1008  # RFC 6455 §7.4.1
FOREIGN_HOST = Text(
    "“{name}”不是本系统的地址，没有打开。请用服务器的 IP 地址访问；如确是本系统的域名，"
    "请管理员写进设置 " + SETTING + " 再重启。",
    "“{name}” is no address of this system, so nothing was opened. Use the server's IP address; if the name is right, "
    "ask the administrator to add it to the setting " + SETTING + " and restart.",
)
FOREIGN_ORIGIN = Text(
    "请求来自别的网站“{name}”，已拒绝。如果它是本系统在代理服务器上的域名，请管理员写进设置 " + SETTING + " 再重启。",
    "The request came from another site, “{name}”, and was refused. If that is this system's name on a proxy, "
    "ask the administrator to add it to the setting " + SETTING + " and restart.",
)


@dataclass(frozen=True, slots=True)
class Host:
    """A name or an address, in lower case, and the port if one is written."""

    name: str
    port: int | None

    @property
    def is_own_name(self) -> bool:
        return self.name in own_names()

    def is_reached_at(self, address: str | None) -> bool:
        """Tell whether this is the address at which a request came in, or one that no name of the internet leads to."""
        try:
            own = ip_address(self.name.strip("[]"))
        except ValueError:
            return False
        return own.is_private or own.is_loopback or own.is_link_local or str(own) == address


def parse_host(written: str) -> Host | None:
    """Return what a `Host` header names; None if that cannot be a host."""
    found = HOST.fullmatch(written)
    return Host(found["name"].lower().rstrip("."), int(found["port"]) if found["port"] else None) if found else None


def listed_hosts() -> frozenset[str]:
    """Return the names that FRONTLINE_HOSTS lists, also those written as addresses of pages; raises BadHosts."""
    return frozenset(
        _listed_host(word).name for word in re.split(r"[\s,，;；、]+", os.environ.get(SETTING, "")) if word
    )


def _listed_host(written: str) -> Host:
    host = parse_host(re.sub(r"^https?://|/.*", "", written, flags=re.I))
    if host is None:
        raise BadHosts(value=written)
    return host


@cache
def own_names() -> frozenset[str]:
    """Return the names of this server: those of the machine, of the settings of Streamlit, and FRONTLINE_HOSTS."""
    machine = socket.gethostname().lower()
    label = machine.partition(".")[0]
    settings = (str(config.get_option(name) or "") for name in ADDRESS_SETTINGS)
    names = ("localhost", machine, label, f"{label}.local", *map(str.lower, settings))
    return frozenset(filter(None, names)) | listed_hosts()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: the status, and the sentence."""

    status: int
    sentence: Text


def refusal(scope: Scope) -> Refusal | None:
    """Return why a request is not answered; None for one that names this server and comes from its own pages."""
    headers = Headers(scope=scope)
    host, named_elsewhere = only_host(headers), _foreign_forwarded_host(headers)
    if host is None or not (host.is_own_name or host.is_reached_at((scope.get("server") or (None,))[0])):
        named_elsewhere = headers.get("host", "")
    if host is None or named_elsewhere is not None:
        return Refusal(421, FOREIGN_HOST.fill(name=_shown(named_elsewhere or "")))
    foreign = next((origin for origin in headers.getlist("origin") if not is_own_origin(origin, host)), None)
    return None if foreign is None else Refusal(403, FOREIGN_ORIGIN.fill(name=_shown(foreign)))


def _foreign_forwarded_host(headers: Headers) -> str | None:
    """Return the name under which a proxy was asked, if it is none of this server.

    It allows nothing; without it the page would open, and wait for ever for a handshake that is refused.
    """
    written = headers.get("x-forwarded-host", "").partition(",")[0].strip()
    host = parse_host(written)
    is_own = host is not None and (host.is_own_name or host.is_reached_at(None))
    return written if written and not is_own else None


def only_host(headers: Headers) -> Host | None:
    """Return the one host that a request names; None where it names none, several or nonsense."""
    written = headers.getlist("host")
    return parse_host(written[0]) if len(written) == 1 else None


def is_own_origin(written: str, asked: Host) -> bool:
    """Tell whether an `Origin` is that of the pages under the host asked for, or a name of FRONTLINE_HOSTS.

    A proxy may put its own address into `Host`, so a listed name counts under any. A port left out is the scheme's.
    """
    found = ORIGIN.fullmatch(written)
    origin = parse_host(found["host"]) if found else None
    if found is None or origin is None:
        return False
    port = DEFAULT_PORTS[found["scheme"].lower()]
    is_same = origin.name == asked.name and (origin.port or port) == (asked.port or port)
    return is_same or origin.name in listed_hosts()


def _shown(written: str) -> str:
    """Return what a stranger wrote as a sentence and a log may hold it."""
    return ascii(written[:LONGEST_SHOWN])[1:-1]


class AllowedHosts:
    """Refuses what does not name this server or comes from the pages of another, and logs how to allow it.

    Streamlit compares `Origin` and `Host` letter by letter and asks the internet where they differ; so a handshake that
    may pass tells it the host of its origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = refusal(scope)
        if refused is None:
            await self.app(_of_one_origin(scope), receive, send)
            return
        self._tell(refused.sentence)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await refusal_response(refused)(scope, receive, send)

    def _tell(self, sentence: Text) -> None:
        if sentence.zh not in self.told and len(self.told) < MOST_TOLD:
            self.told.add(sentence.zh)
            LOG.warning("%s / %s", sentence.zh, sentence.en)


def refusal_response(refused: Refusal) -> Response:
    """Return the sentence of a refusal in both languages."""
    return PlainTextResponse(f"{refused.sentence.zh}\n{refused.sentence.en}\n", refused.status)


def _of_one_origin(scope: Scope) -> Scope:
    """Return a handshake whose `Host` is spelled as its `Origin`, where it has one."""
    origin = Headers(scope=scope).get("origin") if scope["type"] == "websocket" else None
    if origin is None:
        return scope
    return {**scope, "headers": list(_with_host(scope, origin.partition("://")[2]))}


def _with_host(scope: Scope, host: str) -> Iterator[tuple[bytes, bytes]]:
    yield b"host", host.encode("latin-1")
    yield from ((name, value) for name, value in scope["headers"] if name != b"host")
