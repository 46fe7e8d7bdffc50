"""Tiles of the map: fetched by our own server, off unless set, limited, kept, and never asked for by a browser."""

import asyncio
import io
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Message

from data.errors import BadTileSource
from data.store import open_store
from tests import chromium
from tests.patience import wait_until
from tests.serving import Server
from tests.stores import copy_database
from ui import api, tile_proxy, web_middleware
from ui.map import tile_source
from ui.map.projection import MapView

pytestmark = pytest.mark.slow

PLACE = (121.55, 29.93)


def tile_picture() -> bytes:
    """Return a tile that is drawn here: one red square."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), (250, 30, 30)).save(out, "PNG")
    return out.getvalue()


class LocalTiles(ThreadingHTTPServer):
    """A tile source on this computer: what it gives, and what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), TileHandler)
        self.content, self.pause, self.leads_to, self.promised = tile_picture(), 0.0, "", 0
        self.asked: list[str] = []

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png?key=secret"


class TileHandler(BaseHTTPRequestHandler):
    """Answers as the test has set the source."""

    server: LocalTiles

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(302 if self.server.leads_to else 200)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        if self.server.promised:
            self.send_header("Content-Length", str(self.server.promised))
        self.end_headers()
        time.sleep(self.server.pause)
        self.wfile.write(self.server.content)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def source() -> Iterator[LocalTiles]:
    """Give a tile source on this computer."""
    with LocalTiles() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: LocalTiles) -> Iterator[Path]:
    """Give the database of a house that has the source set; the routes read it."""
    monkeypatch.setenv("FRONTLINE_TILES", source.template)
    monkeypatch.setenv("FRONTLINE_TILES_NAME", "本地瓦片")
    monkeypatch.setattr(tile_proxy, "FETCHERS", {})
    with open_store(tmp_path / "frontline.duckdb") as store:
        monkeypatch.setattr(tile_proxy, "shared_store", lambda: store)
        yield tmp_path / "frontline.duckdb"


async def receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def ask_for_tile(path: str) -> Response:
    """Return the answer of the routes of the house to a path."""
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    app = web_middleware.SecurityHeaders(Starlette(routes=api.ROUTES))
    return asyncio.run(web_middleware.collect_response(app, scope, receive_nothing))


@pytest.mark.quick
def test_without_the_setting_nothing_is_fetched(house, source, monkeypatch):
    """A house without a tile source gives out no tile, and asks nobody for one."""
    monkeypatch.delenv("FRONTLINE_TILES")
    assert ask_for_tile("/api/tiles/14/13721/6705").status_code == 404
    assert tile_source.tile_source() is None
    assert source.asked == []


@pytest.mark.quick
def test_a_tile_is_fetched_once_and_kept(house, source):
    """The first reader's tile is fetched with the key of the settings, and kept; the second gets it from the disk."""
    for _ in range(2):
        answer = ask_for_tile("/api/tiles/14/13721/6705")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.body == source.content
    assert source.asked == ["/14/13721/6705.png?key=secret"]
    [kept] = Path(f"{house}.tiles").glob("*")
    assert "secret" not in kept.name


@pytest.mark.parametrize(
    "asked", ["14/16384/1", "14/1/16384", "4/1/1", "19/1/1", "14/-1/1", "14/1/x", "14/1/1/../../x", "99999999999/1/1"]
)
def test_what_is_no_tile_is_not_asked_for(house, source, asked):
    """A place beyond the world, a zoom that the map has not, a word: nothing is fetched."""
    assert ask_for_tile(f"/api/tiles/{asked}").status_code == 404
    assert source.asked == []


@pytest.mark.parametrize(
    "content", [b"<html>no key</html>", b"", b"RIFF0000WAVE", b"\x89PNG\r\n\x1a\n" + bytes(tile_proxy.MOST_BYTES)]
)
def test_what_is_no_picture_is_not_given_on(house, source, content):
    """A page that says the key is wrong, an empty answer, a picture of megabytes: no tile, and nothing is kept."""
    source.content = content
    answer = ask_for_tile("/api/tiles/14/1/1")
    assert (answer.status_code, answer.body) == (503, b"")
    assert not list(Path(f"{house}.tiles").glob("*"))


def test_half_a_tile_is_not_kept(house, source):
    """An answer that ends before the length that it promised is no tile: half a picture would stay for a month."""
    source.promised = 2 * len(source.content)
    assert ask_for_tile("/api/tiles/14/1/1").status_code == 503
    assert not list(Path(f"{house}.tiles").glob("*"))


def test_a_source_that_fails_is_left_alone_for_a_while(house, source, monkeypatch):
    """After a failure the next readers do not wait: the source is asked again only after its rest."""
    good, source.content = source.content, b"broken"
    assert [ask_for_tile(f"/api/tiles/14/{x}/1").status_code for x in (1, 2, 3)] == [503] * 3
    assert len(source.asked) == 1
    source.content = good
    [fetcher] = tile_proxy.FETCHERS.values()
    fetcher.resting_until = 0.0
    assert ask_for_tile("/api/tiles/14/1/1").status_code == 200


def test_a_slow_source_keeps_nobody_waiting(house, source, monkeypatch):
    """A source that does not answer in time gives no tile."""
    monkeypatch.setattr(tile_proxy, "PATIENCE", 0.2)
    source.pause = 1.0
    began = time.monotonic()
    assert ask_for_tile("/api/tiles/14/1/1").status_code == 503
    assert time.monotonic() - began < 0.9


def test_a_source_that_leads_elsewhere_is_not_followed(house, source):
    """A source may not send our server to another host or port."""
    with LocalTiles() as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        source.leads_to = f"http://127.0.0.1:{other.server_port}/x"
        assert ask_for_tile("/api/tiles/14/1/1").status_code == 503
        other.shutdown()
        assert other.asked == []


def test_an_old_tile_is_better_than_none(house, source, monkeypatch):
    """What was kept too long is fetched anew, and given out all the same while the source is out of reach."""
    ask_for_tile("/api/tiles/14/1/1")
    monkeypatch.setattr(tile_proxy, "FRESH", -1)
    ask_for_tile("/api/tiles/14/1/1")
    assert len(source.asked) == 2
    source.content = b"broken"
    assert ask_for_tile("/api/tiles/14/1/1").body == tile_picture()


def test_the_oldest_tiles_make_room(tmp_path):
    """Beyond the most that are kept half stay, the youngest; other files are left alone."""
    for number in range(10):
        (tmp_path / f"{number}.tile").touch()
        (tmp_path / "说明.txt").touch()
        time.sleep(0.01)
    tile_proxy.drop_oldest_tiles(tmp_path, 10)
    assert len(list(tmp_path.iterdir())) == 11
    tile_proxy.drop_oldest_tiles(tmp_path, 6)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["7.tile", "8.tile", "9.tile", "说明.txt"]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("https://tiles.example.cn/{z}/{x}", "图"),
        ("https://tiles.example.cn/{z}/{x}/{y}/{z}", "图"),
        ("file:///etc/{z}/{x}/{y}", "图"),
        ("tiles.example.cn/{z}/{x}/{y}", "图"),
        ("https://{z}.example.cn/{x}/{y}", "图"),
        ("https://tiles.example.cn/{z}/{x}/{y}", ""),
        ("https://tiles.example.cn/{z}/{x}/{y}", "图" * 61),
    ],
)
def test_a_setting_that_is_wrong_is_told(monkeypatch, template, name):
    """An address that is none of tiles, or of a file, or whose host varies, and a source without a name are refused."""
    monkeypatch.setenv("FRONTLINE_TILES", template)
    monkeypatch.setenv("FRONTLINE_TILES_NAME", name)
    with pytest.raises(BadTileSource):
        tile_source.tile_source()


def test_the_tiles_of_a_view_cover_it(monkeypatch):
    """Every corner of the view lies on a fine tile, and a reader who goes away from it still sees the coarse ones; a
    tile of 256 pixels is drawn at about that size."""
    view = MapView(PLACE, 13.3, 760, 560)
    found = tile_source.tiles_below(view)
    fine, coarse = max(t.zoom for t in found), min(t.zoom for t in found)
    for corner in ((0, 0), (760, 0), (0, 560), (760, 560)):
        lon, lat = view.place(corner)
        assert {t.zoom for t in found if t.west <= lon <= t.east and t.south <= lat <= t.north} == {fine, coarse}
    size = view.pixels((found[-1].east, found[-1].south))[0] - view.pixels((found[-1].west, found[-1].south))[0]
    assert 180 < size < 363
    assert len(found) < 60


def test_the_browser_asks_our_server_alone(
    fresh_server: Callable[..., Server],
    sample_path: Path,
    tmp_path: Path,
    source: LocalTiles,
    page: Page,
    requested_urls: list[str],
) -> None:
    """With a source set its tiles lie on the map, which names it; every request of the page goes to our own server."""
    database = copy_database(sample_path, tmp_path / "own.duckdb")
    settings = {"FRONTLINE_TILES": source.template, "FRONTLINE_TILES_NAME": "本地瓦片"}
    server = fresh_server(database=database, **settings)
    with page.expect_response(lambda answer: "/api/tiles/" in answer.url and answer.status == 200):
        chromium.visit_page(page, f"{server.url}/overview-map")
    expect(page.get_by_text("底图：本地瓦片；界线、河道是示意图")).to_be_visible()
    assert {urlsplit(url).port for url in requested_urls if not url.startswith(("data:", "blob:"))} == {
        urlsplit(server.url).port
    }
    assert source.asked
    assert "secret" not in page.content()
    wait_until(lambda: redness(page) > 0.2)


def redness(page: Page) -> float:
    """Return which share of the map is red, as the tiles of the test are."""
    with Image.open(io.BytesIO(page.locator(".st-key-fl-map-canvas").screenshot())) as shown:
        red, green, _ = shown.convert("RGB").resize((100, 100)).split()
    return (sum(red.histogram()[200:]) - sum(green.histogram()[120:])) / 10_000
