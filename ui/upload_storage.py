"""Uploaded files: streamed to disk, limited for one session and for all together, gone when nobody holds them.

Streamlit keeps an uploaded file in memory for as long as the session lasts. Here its record holds a memory-mapped file
that has no name any more: the operating system frees it with the last reference, also after a crash.
"""

from __future__ import annotations

import errno
import gc
import mmap
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO
from weakref import WeakSet

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.web.server.server_util import is_xsrf_enabled
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from data.errors import BadUploadLimit, DashboardError, DiskFull, FileTooLarge, UploadsFull

UPLOAD_PATH = re.compile(r".*/_stcore/upload_file/([\w-]{1,100})/([\w-]{1,100})", re.ASCII)
MEGABYTE = 2**20
IN_MEMORY = MEGABYTE  # what Starlette keeps in memory while it arrives stays there: a file for each costs a descriptor
LEAST_CHARGE = 4 * MEGABYTE  # chosen: so that the limits hold the number of files and descriptors down as well
COLLECT_EVERY = 1.0  # seconds; chosen: collecting holds everybody up for a tenth of one
MULTIPART_OVERHEAD = 64 * 1024  # chosen: boundary and headers of one part
DEFAULT_MEGABYTES = {"FRONTLINE_SESSION_UPLOAD_MB": 600, "FRONTLINE_UPLOAD_MB": 2000}  # chosen: 3 and 10 large files


def upload_limits() -> tuple[int, int]:
    """Return how many bytes of uploads one session may hold, and all together; raises BadUploadLimit."""
    session, everybody = (_bytes_of_setting(name, default) for name, default in DEFAULT_MEGABYTES.items())
    return session, everybody


def _bytes_of_setting(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not re.fullmatch(r"[0-9]{0,7}", value):
        raise BadUploadLimit(name=name, value=value)
    return int(value or default) * MEGABYTE


@dataclass(slots=True)
class HeldUploads:
    """What each session holds: files that are still referred to, and bytes that are on their way in."""

    files: defaultdict[str, WeakSet[mmap.mmap]] = field(default_factory=lambda: defaultdict(WeakSet))
    arriving: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    collected_at: float = 0.0

    def size(self, session: str) -> int:
        """Return the bytes that a session is charged."""
        return self.arriving[session] + sum(max(len(held), LEAST_CHARGE) for held in self.files[session])

    def require_room(self, session: str, more: int) -> None:
        """Raise UploadsFull where a session, or all together, would hold too much; what is unused is freed first."""
        if self._passed_limit(session, more) and time.monotonic() - self.collected_at > COLLECT_EVERY:
            self.collected_at = time.monotonic()
            gc.collect()
        if passed := self._passed_limit(session, more):
            raise UploadsFull(most=passed // MEGABYTE)

    def _passed_limit(self, session: str, more: int) -> int | None:
        """Return the limit that would be passed."""
        sizes = {name: self.size(name) for name in self.files.keys() | self.arriving.keys()}
        for name in (name for name, size in sizes.items() if not size):
            del self.files[name], self.arriving[name]
        most_of_one, most = upload_limits()
        if sizes.get(session, 0) + more > most_of_one:
            return most_of_one
        return most if sum(sizes.values()) + more > most else None

    @contextmanager
    def reserve(self, session: str, size: int) -> Iterator[None]:
        """Charge a session for what is on its way in; raises UploadsFull."""
        charge = max(size, LEAST_CHARGE)
        self.require_room(session, charge)
        self.arriving[session] += charge
        try:
            yield
        finally:
            self.arriving[session] -= charge


HELD = HeldUploads()


def copied_to_memory(content: mmap.mmap | bytes) -> mmap.mmap | bytes:
    """Return a large file's content as memory that no disk stands behind, charged to the same session."""
    if not isinstance(content, mmap.mmap) or len(content) <= IN_MEMORY:
        return content
    copied = mmap.mmap(-1, len(content))
    copied.write(content)
    for held in HELD.files.values():
        if content in held:
            held.add(copied)
    return copied


def close_file(content: mmap.mmap | bytes) -> None:
    """Give a large file's place on disk back at once, whoever still refers to it."""
    if isinstance(content, mmap.mmap) and len(content) > IN_MEMORY:
        content.close()


def map_file(file: BinaryIO, size: int) -> mmap.mmap | bytes:
    """Return the content of an open file without reading a large one; the file may be closed afterwards."""
    if size > IN_MEMORY:
        return mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
    file.seek(0)
    copied = mmap.mmap(-1, size) if size else b""
    if isinstance(copied, mmap.mmap):
        copied.write(file.read(size))
    return copied


def take_content(file: UploadedFile) -> mmap.mmap | bytes:
    """Return the content of an uploaded file, which its session's uploader then no longer holds."""
    context = get_script_run_ctx()
    assert context is not None
    uploads = context.uploaded_file_mgr
    assert isinstance(uploads, MemoryUploadedFileManager)
    [record] = uploads.get_files(context.session_id, [file.file_id])
    uploads.remove_file(context.session_id, file.file_id)
    return record.data


class UploadsToDisk:
    """Takes an upload in Streamlit's stead: checked and limited before a byte is read, then streamed to disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.held = HELD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["type"] == "http" and scope["method"] == "PUT"
        found = UPLOAD_PATH.fullmatch(scope["path"]) if is_upload else None
        if found is None:
            await self.app(scope, receive, send)
            return
        response = await self._answer(Request(scope, receive), found[1], found[2])
        await response(scope, receive, send)

    async def _answer(self, request: Request, session: str, file_id: str) -> Response:
        try:
            self._require_own_session(request, session)
            size = announced_size(request)
            with self.held.reserve(session, size):
                await self._store(request, session, file_id)
        except HTTPException as error:
            return PlainTextResponse(error.detail, error.status_code)
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return sentence_response(DiskFull(path=tempfile.gettempdir()), 507)
        except DashboardError as error:
            return sentence_response(error, 413)
        return Response(status_code=204)

    @staticmethod
    def _require_own_session(request: Request, session: str) -> None:
        """Raise HTTPException unless the request comes from a page of a session that is open."""
        token, cookie = request.headers.get("x-xsrftoken"), request.cookies.get(XSRF_COOKIE_NAME)
        if is_xsrf_enabled() and not validate_xsrf_token(token, cookie):
            raise HTTPException(403)
        if not runtime.get_instance().is_active_session(session):
            raise HTTPException(400)

    async def _store(self, request: Request, session: str, file_id: str) -> None:
        """Stream the one file of a request to disk and give it to Streamlit."""
        async with request.form(max_files=1, max_fields=1) as form:
            files = [part for part in form.values() if isinstance(part, UploadFile)]
            if len(files) != 1 or files[0].size is None:
                raise HTTPException(400)
            content = map_file(files[0].file, files[0].size)
            if isinstance(content, mmap.mmap):
                self.held.files[session].add(content)
            kind = files[0].content_type or "application/octet-stream"
            record = UploadedFileRec(file_id, files[0].filename or "", kind, content)  # type: ignore[arg-type]
        uploads = runtime.get_instance().uploaded_file_mgr
        assert isinstance(uploads, MemoryUploadedFileManager)
        uploads.add_file(session, record)


def announced_size(request: Request) -> int:
    """Return how large a request says it is, as it has to; raises FileTooLarge."""
    announced = request.headers.get("content-length", "")
    if not announced.isascii() or not announced.isdecimal():
        raise HTTPException(411)
    most = int(config.get_option("server.maxUploadSize"))
    if int(announced) > most * MEGABYTE + MULTIPART_OVERHEAD:
        raise FileTooLarge(most=most)
    return int(announced)


def sentence_response(error: DashboardError, status: int) -> Response:
    """Return a sentence in both languages, a line each."""
    return PlainTextResponse(f"{error.text.zh}\n{error.text.en}\n", status)
