"""What stands between the server and the browser: headers, the reader's language, small scripts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.text import Language, Text
from ui import phrases
from ui.allowed_hosts import AllowedHosts, only_host
from ui.client_messages import ClientMessages
from ui.upload_storage import UploadsToDisk

BROWSER_FOLDER = Path(__file__).parent / "browser"
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in sorted(BROWSER_FOLDER.glob("*.js")))
STYLE = (BROWSER_FOLDER / "style.css").read_text(encoding="utf-8")
LANGUAGE_TAG = Text("zh-CN", "en")
NEEDS_JAVASCRIPT = Text("本系统需要浏览器启用 JavaScript。", "This site needs JavaScript; switch it on in the browser.")
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'{sockets} data: blob:; worker-src 'self' blob:; frame-ancestors 'self'; "
    "form-action 'self'; object-src 'none'; base-uri 'self'"
)
CLOSED_PATH = re.compile(r".*/_stcore/metrics/*")  # how many are at it and what they keep in memory is told to nobody
PAGE_PATH = re.compile(r"/(?!_stcore/|api/)[^.]*")
SCRIPT_OR_STYLE = re.compile(r"/static/(js|css)/[\w.-]+\.(js|css)")
MOVED_PAGES = {"water-rivers": "overview-map"}  # bookmarks of the map as it was until 0.6.0
FILE_HEADERS = ("etag", "last-modified", "accept-ranges")
PARTIAL_REQUEST_HEADERS = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


class SecurityHeaders:
    """Sends the headers of the house with every answer; with them a page loads nothing from another host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers(scope))
            await send(message)

        await self.app(scope, receive, with_headers)


def security_headers(scope: Scope) -> dict[str, str]:
    """Return the headers of the house; of websockets a page may open its own server's alone.

    Not every browser takes 'self' for the websockets of the page's host, so that host is named.
    """
    asked = Headers(scope=scope)
    sockets = " ws://{0} wss://{0}".format(asked["host"]) if only_host(asked) else ""
    return {
        "Content-Security-Policy": CONTENT_POLICY.format(sockets=sockets),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


class ClosedPaths:
    """Answers what Streamlit tells of itself, and nobody here needs, as if it were not there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_closed = scope["type"] == "http" and CLOSED_PATH.fullmatch(scope["path"])
        await (Response(status_code=404) if is_closed else self.app)(scope, receive, send)


async def collect_response(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Return the whole answer of an app, body and all."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    if not messages:  # the browser hung up, and the app left it at that
        return Response(status_code=408)
    start, *parts = messages
    response = Response(b"".join(part.get("body", b"") for part in parts), start["status"])
    response.raw_headers = list(start["headers"])
    return response


def replace_body(response: Response, body: bytes, **headers: str) -> Response:
    """Return an answer with another body, and without the headers that told of the file on disk."""
    changed = Response(body, response.status_code)
    changed.raw_headers = list(response.raw_headers)
    for name in FILE_HEADERS:
        del changed.headers[name]
    changed.headers.update({"content-length": str(len(body)), **headers})
    return changed


class GzipScripts:
    """Sends the scripts and styles of the frontend gzipped; each is packed once and kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope, receive) if accepts_gzip(scope) else self.app
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        path = scope["path"]
        if path not in self.kept:
            response = await collect_response(self.app, scope, receive)
            if response.status_code != 200 or is_html_response(response):
                return response
            self.kept[path] = await run_in_threadpool(gzip_response, response)
        return self.kept[path]


def accepts_gzip(scope: Scope) -> bool:
    """Tell whether a browser that reads gzip asks for a script or a style."""
    if scope["type"] != "http" or scope["method"] != "GET" or not SCRIPT_OR_STYLE.fullmatch(scope["path"]):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def gzip_response(response: Response) -> Response:
    body = gzip.compress(bytes(response.body), compresslevel=4)
    return replace_body(response, body, **{"content-encoding": "gzip", "vary": "accept-encoding"})


class IndexPage:
    """Serves the one HTML page of the frontend in the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["method"] == "GET" and PAGE_PATH.fullmatch(scope["path"])
        answer = await self._answer(scope, receive) if is_page else self.app
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        for_all_of_it = [(name, value) for name, value in scope["headers"] if name not in PARTIAL_REQUEST_HEADERS]
        response = await collect_response(self.app, {**scope, "headers": for_all_of_it}, receive)
        if not is_html_response(response):
            return response
        if scope["path"].strip("/") in MOVED_PAGES or scope["path"].count("/") > 1:
            return RedirectResponse(flat_address(scope))  # below another the page would look for its scripts in vain
        html = localized_index(bytes(response.body).decode(), requested_language(scope))
        return replace_body(response, html.encode())


def flat_address(scope: Scope) -> str:
    """Return the address of the page that a path means: /water/works is /water-works, and what has moved is there."""
    query = scope["query_string"].decode("latin-1")
    page = scope["path"].strip("/").replace("/", "-")
    return "/" + quote(MOVED_PAGES.get(page, page)) + (f"?{query}" if query else "")


def is_html_response(response: Response) -> bool:
    return response.headers.get("content-type", "").startswith("text/html")


def requested_language(scope: Scope) -> Language:
    """Return the language that the address asks for; Chinese where it does not say."""
    return "en" if parse_qs(scope["query_string"].decode("latin-1")).get("lang") == ["en"] else "zh"


def localized_index(html: str, language: Language) -> str:
    """Return index.html with the reader's language, the name, the looks and the small scripts of the house in it.

    A browser's own translator would leave an old headline on a new page: it is told to keep out.
    """
    title = phrases.TITLE.into(language)
    head = f"<title>{title}</title>\n    <style>\n{STYLE}</style>\n    <script>\n{SCRIPTS}</script>"
    html = html.replace('<html lang="en">', f'<html lang="{LANGUAGE_TAG.into(language)}" translate="no">', 1)
    html = html.replace("<title>Streamlit</title>", head, 1)
    sentence = f"<noscript><p>{NEEDS_JAVASCRIPT.into(language)}</p></noscript>"
    return re.sub("<noscript>.*?</noscript>", sentence, html, count=1, flags=re.DOTALL)


MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(AllowedHosts),
    Middleware(ClosedPaths),
    Middleware(ClientMessages),
    Middleware(UploadsToDisk),
    Middleware(GzipScripts),
    Middleware(IndexPage),
]
