"""What the tests share: databases, the real data, a server, browsers that may not leave the host."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from data.store import Store, open_store
from tests import chromium, property_settings, serving, stores
from tests.patience import PATIENCE_MS
from tests.serving import Server
from ui.store import close_shared_store, shared_store

THIS_HOST = {"localhost", "127.0.0.1", "[::1]", None}
MARKED_BY_FIXTURE = {"server": "browser", "fresh_server": "browser", "browser": "browser", "real_data": "real"}

hypothesis.settings.load_profile(property_settings.SAME)  # `--hypothesis-profile=few` goes before


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start a server or a browser, and those that read the real data."""
    for item in items:
        for fixture in MARKED_BY_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKED_BY_FIXTURE[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """Keep the garbage collector from what is imported and collected, which stays to the end; measured: 2 s of 8."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


@pytest.fixture(scope="session", autouse=True)
def isolated_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the developer's database and settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("FRONTLINE_") and n != "FRONTLINE_REAL_DATA"]:
            patch.delenv(name)
        patch.setenv("FRONTLINE_DB", str(tmp_path_factory.mktemp("default") / "frontline.duckdb"))
        yield


@pytest.fixture(scope="session")
def spare_stores() -> Iterator[list[Store]]:
    """The database that `store` lends to one test after the other, for opening one takes longer than most tests."""
    kept: list[Store] = []
    yield kept
    for opened in kept:
        opened.close()


@pytest.fixture
def store(spare_stores: list[Store]) -> Iterator[Store]:
    """Give an empty database in memory; what the test loads is taken out again."""
    opened = spare_stores.pop() if spare_stores else open_store(":memory:")
    yield opened
    if stores.clear_store(opened):
        spare_stores.append(opened)
    else:
        opened.close()


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a database with the 示例 ledgers, made once a run: to be copied, never to be opened."""
    folder = tmp_path_factory.getbasetemp()
    return stores.sample_database(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def sample_store(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a database with the 示例 ledgers, for reading only: all tests share it."""
    with open_store(stores.copy_database(sample_path, tmp_path_factory.mktemp("read") / "sample.duckdb")) as opened:
        yield opened


@pytest.fixture(scope="session")
def unwritten_pages() -> Iterator[list[Path]]:
    """The database that one file of tests leaves to the next, with all that was worked out of it: most only read."""
    left: list[Path] = []
    yield left
    for path in left:
        _close_pages(path)


def _close_pages(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_DB", str(path))
        close_shared_store()


@pytest.fixture(scope="module")
def page_database(
    sample_path: Path, sample_store: Store, unwritten_pages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Give the pages of a file of tests a database filled with the 示例 ledgers, to which nobody has written."""
    if not unwritten_pages:
        unwritten_pages.append(stores.copy_database(sample_path, tmp_path_factory.mktemp("pages") / "pages.duckdb"))
    [own] = unwritten_pages
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_DB", str(own))
        yield own
        if shared_store().write_counter != sample_store.write_counter:
            close_shared_store()
            unwritten_pages.clear()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of the real data."""
    folder = os.environ.get("FRONTLINE_REAL_DATA")
    if not folder:
        pytest.skip("FRONTLINE_REAL_DATA does not name the folder of the real data")
    if not Path(folder).is_dir():
        pytest.skip(f"FRONTLINE_REAL_DATA is not a folder: {folder}")
    return Path(folder)


@pytest.fixture(scope="session")
def server(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server with the 示例 ledgers, shared by all tests that do not change them."""
    folder = tmp_path_factory.mktemp("server")
    database = stores.copy_database(sample_path, folder / "frontline.duckdb")
    with serving.running_server(database, folder / "log") as running:
        yield running


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Give a starter of servers of one test's own: `fresh_server(database=…, script=…, FRONTLINE_SAMPLE="0")`."""
    with ExitStack() as running:

        def start(database: Path = tmp_path / "frontline.duckdb", **settings: str) -> Server:
            return running.enter_context(serving.running_server(database, tmp_path / "log", **settings))

        yield start


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the browser; it ends with the module because asyncio is in use for as long as it runs."""
    with sync_playwright() as playwright, chromium.launch_browser(playwright) as launched:
        yield launched


@pytest.fixture
def requested_urls() -> list[str]:
    """Return the list that fills with every address that the test's pages ask for."""
    return []


@pytest.fixture(autouse=True)
def nothing_leaves_the_host(requested_urls: list[str]) -> Iterator[None]:
    """Hold every browser test to the promise that a page asks no other host for anything."""
    yield
    assert [url for url in requested_urls if urlsplit(url).hostname not in THIS_HOST] == []


@pytest.fixture
def open_page(browser: Browser, requested_urls: list[str]) -> Iterator[Callable[..., Page]]:
    """Give an opener of pages, each with a cache and cookies of its own: `open_page(**PHONE)`."""
    with ExitStack() as contexts:

        def opened(**device: Any) -> Page:
            context = contexts.enter_context(browser.new_context(**(chromium.DESKTOP | device)))
            context.set_default_timeout(PATIENCE_MS)
            context.on("request", lambda request: requested_urls.append(request.url))
            page = context.new_page()
            page.on("websocket", lambda socket: requested_urls.append(socket.url))
            return page

        yield opened


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Return a page of 1440 by 900."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """Return a page on a phone of 390 by 844."""
    return open_page(**chromium.PHONE)
