"""A viewer without a browser: opens a page over Streamlit's websocket, and runs it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.patience import PATIENCE

PARTS_OF_A_PAGE = frozenset({"delta", "ref_hash"})


class PageFailed(RuntimeError):
    """A page was not found, or ended with an exception."""


@dataclass(frozen=True, slots=True)
class PageRun:
    """One run of a page: seconds until its script had ended, parts of the page that came, and their bytes.

    Word of the session's state is not counted: it may come after its script has ended, and so with the next run.
    """

    seconds: float
    parts: int
    size: int


@dataclass(slots=True)
class WebsocketViewer:
    """An open page."""

    socket: websockets.ClientConnection
    page: str
    page_hash: str = ""
    failure: str = field(default="", init=False)

    async def run_page(self) -> PageRun:
        """Run the page with nothing changed; raises PageFailed."""
        began, parts, size, is_over = perf_counter(), 0, 0, False
        await self.socket.send(self._request())
        while not is_over:
            data = await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") in PARTS_OF_A_PAGE:
                parts, size = parts + 1, size + len(data)
            is_over = self._take_in(message)
        if self.failure:
            raise PageFailed(f"/{self.page}: {self.failure}")
        return PageRun(perf_counter() - began, parts, size)

    def _request(self) -> bytes:
        message = BackMsg()
        run = message.rerun_script
        run.page_name, run.page_script_hash = self.page, self.page_hash
        context = run.context_info
        context.timezone, context.locale, context.url = "Asia/Shanghai", "zh-CN", "http://localhost/"
        return message.SerializeToString()

    def _take_in(self, message: ForwardMsg) -> bool:
        """Keep what a message says of the page, and tell whether it is the last one of the run."""
        match message.WhichOneof("type"):
            case "navigation":
                self.page_hash = message.navigation.page_script_hash or self.page_hash
            case "new_session":
                self.page_hash = self.page_hash or message.new_session.page_script_hash
            case "page_not_found":
                self.failure = "no such page"
            case "delta" if message.delta.new_element.WhichOneof("type") == "exception":
                self.failure = message.delta.new_element.exception.message or "an exception"
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False


@asynccontextmanager
async def websocket_viewer(server_url: str, page: str) -> AsyncIterator[WebsocketViewer]:
    """Give a viewer of a page that has not run yet; `page` is the page's path, nothing for the first page."""
    address = server_url.replace("http", "ws", 1).rstrip("/") + "/_stcore/stream"
    protocols = [websockets.Subprotocol("streamlit")]
    connection = websockets.connect(
        address, subprotocols=protocols, max_size=None, ping_interval=None, open_timeout=PATIENCE, proxy=None
    )
    async with connection as socket:
        yield WebsocketViewer(socket, page)
