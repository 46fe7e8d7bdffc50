"""The web server: the script for each reader, with the headers, the language and the database of the house."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path

import streamlit as st

from data.errors import DashboardError
from data.ingest.folder import watch
from data.ingest.loader import Who
from data.store import Store
from ui import api, jobs, menu, web_middleware
from ui.store import close_shared_store, shared_store

UNUSABLE = 2
WATCHED = os.environ.get("FRONTLINE_WATCH")


def open_database() -> Store:
    """Open the database; where that, the watched folder or a page fails, one sentence says why and the server ends.

    An exception would end it as well, but with the server's traceback and the server's exit status.
    """
    try:
        menu.all_pages()
        store = shared_store()
        if WATCHED:
            watch.prepare_folders(Path(WATCHED))
        return store
    except (DashboardError, menu.PageUndeclared) as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(UNUSABLE)


def folder_watcher(store: Store) -> AbstractContextManager[None]:
    """Watch the folder that FRONTLINE_WATCH names beside the pages: one process writes a DuckDB file, this one."""
    return watch.watch_in_thread(store, WATCHED, Who("收件夹", origin="folder")) if WATCHED else nullcontext()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database before the first reader comes in, and close it after the last one has left."""
    with folder_watcher(open_database()):
        yield
        jobs.stop_all_jobs()
    close_shared_store()


app = st.App("ui/shell.py", routes=api.ROUTES, middleware=web_middleware.MIDDLEWARE, lifespan=lifespan)
