"""The tiles of the map, fetched by this server from the source that the settings name, and kept beside the database.

The browser asks nobody but this server, and never learns the address of the source, nor the key in it. Without the
setting nothing is fetched and nothing is given out.
"""

from __future__ import annotations

import hashlib
import http.client
import logging
import re
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.errors import CannotWrite
from data.ingest.atomic_write import write_atomically
from data.store import IN_MEMORY
from ui.map.tile_source import TileSource, is_tile, tile_source
from ui.store import shared_store

LOG = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds; chosen: the map is there without its tiles, so nobody waits long for one
MOST_BYTES = 1_000_000  # chosen: a tile has a tenth of it
AT_ONCE = 4  # chosen: other readers need the threads of the server
REST = 30.0  # seconds; chosen: a source that does not answer is left alone, and the map is quick
FRESH = 30 * 86_400  # seconds; chosen: maps change slowly
MOST_KEPT, LOOKED_AFTER = 20_000, 200  # tiles; chosen: some 400 MB; counted once in so many
KINDS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
)
AGENT = {"User-Agent": "Frontline (offline dashboard; one office)"}
FAILURES = (URLError, OSError, http.client.HTTPException, ValueError)


class SameHostOnly(urllib.request.HTTPRedirectHandler):
    """Follows a source to another address of its own host, and to no other host."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def] # as it is there
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise HTTPError(req.full_url, code, "leads to another host", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class TileFetcher:
    """What is known of a source while the server runs: how many fetch from it now, until when it is left alone."""

    source: TileSource
    folder: Path | None
    turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))
    resting_until: float = 0.0
    written: int = 0

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """Return a tile as it is kept or as the source gives it; an old one where the source gives none."""
        path = self._path(zoom, x, y)
        kept, is_fresh = _kept_tile(path)
        if kept is not None and is_fresh:
            return kept
        fetched = self._fetch(self.source.address(zoom, x, y))
        if fetched is None:
            return kept
        self._keep(path, fetched)
        return fetched

    def _path(self, zoom: int, x: int, y: int) -> Path | None:
        if self.folder is None:
            return None
        source = hashlib.sha256(self.source.template.encode()).hexdigest()[:12]
        return self.folder / f"{source}-{zoom}-{x}-{y}.tile"

    def _fetch(self, address: str) -> bytes | None:
        """Return what the source has at an address; None for what is no picture, and while the source rests."""
        if time.monotonic() < self.resting_until or not self.turns.acquire(timeout=PATIENCE):
            return None
        try:
            return _fetched_picture(address)
        except FAILURES as error:
            self.resting_until = time.monotonic() + REST
            LOG.warning("the tile source “%s” gave no tile: %s", self.source.name, type(error).__name__)
            return None
        finally:
            self.turns.release()

    def _keep(self, path: Path | None, content: bytes) -> None:
        """Keep a tile; a disk that takes none only makes the next reader wait."""
        if path is None:
            return
        try:
            write_atomically(path, content)
        except (OSError, CannotWrite):
            LOG.warning("a tile could not be kept in %s", path.parent)
        self.written += 1
        if self.written % LOOKED_AFTER == 0:
            drop_oldest_tiles(path.parent, MOST_KEPT)


def _kept_tile(path: Path | None) -> tuple[bytes | None, bool]:
    """Return a tile that is kept and whether it is young enough."""
    if path is None or not path.is_file():
        return None, False
    return path.read_bytes(), time.time() - path.stat().st_mtime < FRESH


def _fetched_picture(address: str) -> bytes:
    """Return the picture at an address; raises one of FAILURES, also for what is none, too large or too slow."""
    ends = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(SameHostOnly)
    content = b""
    with opener.open(urllib.request.Request(address, headers=AGENT), timeout=PATIENCE) as answer:
        while part := answer.read1(MOST_BYTES):
            content += part
            if len(content) > MOST_BYTES or time.monotonic() > ends:
                raise ValueError("too large, or too slow")
        if answer.length:
            raise ValueError("cut off")
    picture_kind(content)
    return content


def picture_kind(content: bytes) -> str:
    """Return what kind of picture a tile is; raises ValueError for what is none."""
    found = next((kind for signature, kind in KINDS if signature.match(content)), None)
    if found is None:
        raise ValueError("no picture")
    return found


def drop_oldest_tiles(folder: Path, most: int) -> None:
    """Remove the tiles that were kept longest, where there are more than `most`; half as many stay."""
    kept = sorted(folder.glob("*.tile"), key=lambda path: path.stat().st_mtime)
    for path in kept[: len(kept) - most // 2] if len(kept) > most else ():
        path.unlink(missing_ok=True)


FETCHERS: dict[tuple[TileSource, str], TileFetcher] = {}


def _fetcher(source: TileSource) -> TileFetcher:
    database = shared_store().path
    folder = None if database == IN_MEMORY else Path(f"{database}.tiles")
    return FETCHERS.setdefault((source, database), TileFetcher(source, folder))


def tile_response(request: Request) -> Response:
    """Answer with a tile of the source that is set."""
    source, asked = tile_source(), tuple(request.path_params[name] for name in ("zoom", "x", "y"))
    if source is None or not is_tile(*asked):
        return Response(status_code=404)
    content = _fetcher(source).tile(*asked)
    if content is None:
        return Response(status_code=503, headers={"Retry-After": str(int(REST)), "Cache-Control": "no-store"})
    headers = {"Cache-Control": "private, max-age=86400", "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(content, media_type=picture_kind(content), headers=headers)


ROUTE = Route("/api/tiles/{zoom:int}/{x:int}/{y:int}", tile_response)
