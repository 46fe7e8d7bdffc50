"""The web server: the script for each reader, with the headers, the language and the database of the house."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from analytics.metrics import METRICS
from data.errors import DashboardError
from data.ingest import integrity
from data.ingest.folder import watch
from data.ingest.loader import Who
from data.store import Store
from ui import api, data_api, jobs, menu, web_middleware, webhook
from ui.allowed_hosts import listed_hosts
from ui.map.tile_source import tile_source
from ui.overview import alerts
from ui.overview.load_age import load_age_line
from ui.page import finished_blocks
from ui.preferences import Reader, reading_as
from ui.store import close_shared_store, shared_store
from ui.upload_storage import upload_limits

UNUSABLE = 2
WATCHED = os.environ.get("FRONTLINE_WATCH")


def open_database() -> Store:
    """Open the database; where that, the watched folder or a page fails, one sentence says why and the server ends.

    An exception would end it as well, but with the server's traceback and the server's exit status.
    """
    try:
        menu.all_pages()
        listed_hosts()
        upload_limits()
        tile_source()
        data_api.api_token()
        webhook.webhook_of_settings()
        store = shared_store()
        tell_losses(store)
        if WATCHED:
            watch.prepare_folders(Path(WATCHED))
        return store
    except (DashboardError, menu.PageUndeclared) as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(UNUSABLE)


def tell_losses(store: Store) -> None:
    """Say on stderr what the kept files tell that the database lost, and that they are gone themselves."""
    with store.read() as con:
        for said in integrity.lost_files_and_batches(con):
            print(f"{said.zh} / {said.en}", file=sys.stderr, flush=True)


def folder_watcher(store: Store) -> AbstractContextManager[None]:
    """Watch the folder that FRONTLINE_WATCH names beside the pages: one process writes a DuckDB file, this one."""
    return watch.watch_in_thread(store, WATCHED, Who("收件夹", origin="folder")) if WATCHED else nullcontext()


@contextmanager
def warmed_pages(store: Store) -> Iterator[None]:
    """Make the pages of figures ready as a first reader sees them, in the order of the menu, while the server runs.

    Nobody waits for it: who asks for the page that is being made gets it when it is done. FRONTLINE_WARM=0 leaves each
    page to its first reader.
    """
    worker = ThreadPoolExecutor(1, "warm")
    is_wanted = os.environ.get("FRONTLINE_WARM", "1") != "0"
    for page in (page for page in menu.all_pages() if page.shows_figures and is_wanted):
        worker.submit(_warm_page, store, page).add_done_callback(partial(_log_failure, page.file))
    try:
        yield
    finally:
        worker.shutdown(cancel_futures=True)


def _log_failure(file: str, made: Future[None]) -> None:
    """Log that a page could not be made; its first reader sees what is wrong with it."""
    if not made.cancelled() and (error := made.exception()):
        logging.getLogger(__name__).error("pages/%s could not be made ready", file, exc_info=error)


def _warm_page(store: Store, page: menu.MenuPage) -> None:
    module = import_module(f"pages.{page.file.removesuffix('.py').replace('/', '.')}")
    with store.read() as con, reading_as(Reader()):
        finished_blocks(con, module.page_blocks, page.page, {})


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database before the first reader comes in, and close it after the last one has left."""
    store = open_database()
    alerts_told = webhook.sending_alerts(
        store,
        lambda con: alerts.alert_lines(con, METRICS["alerts"].compute(con, None, "viewer")) | load_age_line(con),
    )
    with warmed_pages(store), folder_watcher(store), alerts_told:
        yield
        jobs.stop_all_jobs()
    close_shared_store()


routes = [*api.ROUTES, *data_api.api_routes(METRICS)]
app = st.App("ui/shell.py", routes=routes, middleware=web_middleware.MIDDLEWARE, lifespan=lifespan)
