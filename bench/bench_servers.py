"""The servers and pages that are measured: all pages of the menu, and beside them an empty Streamlit page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import sleep

from bench.cold_start import EMPTY_PAGE
from bench.process_cost import tree_cpu
from tests.serving import Server, running_server
from ui.menu import all_pages

IDLE_CPU = 0.1  # seconds of CPU in one of the clock; chosen
EMPTY, EMPTY_IN_HOUSE = "empty Streamlit page", "empty page, our settings"
# The yardstick is Streamlit as it comes: only what a server without a screen or the internet needs is set.
PLAIN_STREAMLIT = {
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}


def page_addresses(wanted: Collection[str] = ()) -> dict[str, str]:
    """Return the path of each page, or of the files `wanted`, by the page's file below pages/.

    Streamlit gives the first page no path of its own.
    """
    found = {each.file: each.url if place else "" for place, each in enumerate(all_pages())}
    if unknown := set(wanted) - set(found):
        raise SystemExit(f"no such page: {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    return {file: url for file, url in found.items() if not wanted or file in wanted}


def plain_server(folder: Path, script: str = EMPTY_PAGE, name: str = "empty") -> AbstractContextManager[Server]:
    """Serve a script under Streamlit's own settings, in a folder of its own."""
    place = folder / name
    place.mkdir(exist_ok=True)
    (place / "script.py").write_text(script, encoding="utf-8")
    return running_server(place / "none.duckdb", place / "log", "script.py", place, **PLAIN_STREAMLIT)


def empty_house_server(folder: Path) -> AbstractContextManager[Server]:
    """Serve the empty page under the house's settings of Streamlit, which spare a server much."""
    script = folder / "empty_in_house.py"
    script.write_text(EMPTY_PAGE, encoding="utf-8")
    return running_server(folder / "none.duckdb", folder / "empty_in_house.log", str(script))


@contextmanager
def house_server(folder: Path, database: Path | None = None) -> Iterator[Server]:
    """Serve the dashboard with a database, or with one that holds the samples only, once its pages are ready."""
    with running_server(database or folder / "samples.duckdb", folder / "log") as server:
        wait_until_idle(server)
        yield server


def wait_until_idle(server: Server) -> None:
    """Wait until a server has done nothing for a second: what it makes ready beside its readers is nobody's cost."""
    before, used = -1.0, tree_cpu(server.process.pid)
    while used > before + IDLE_CPU:
        sleep(1)
        before, used = used, tree_cpu(server.process.pid)
