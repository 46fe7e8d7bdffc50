"""The web door: the script for each reader, with the headers, the language and the database of the house."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from data.errors import DashboardError
from data.store import Store
from ui import frame, web

UNUSABLE = 2


def opened() -> Store:
    """Open the database; where it cannot be used, one sentence says why and the server ends.

    An exception would end it as well, but with the server's traceback and the server's exit status.
    """
    try:
        return frame.store()
    except DashboardError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(UNUSABLE)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database before the first reader comes in, and close it after the last one has left."""
    with opened():
        yield


app = st.App("ui/shell.py", middleware=web.MIDDLEWARE, lifespan=lifespan)
