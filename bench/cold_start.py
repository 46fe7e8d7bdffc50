"""From the start command to a complete cockpit in a browser with nothing cached, beside an empty Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from bench import BenchResult, Timing
from tests import chromium
from tests.serving import Server, running_server

EMPTY_PAGE = 'import streamlit as st\n\nst.write("ok")\n'
Start = Callable[[int], AbstractContextManager[Server]]


def server_starts(folder: Path) -> dict[str, Start]:
    """Return how each case is started in a round; all of them under the settings of the house."""
    (folder / "empty.py").write_text(EMPTY_PAGE)
    log = folder / "log"
    return {
        "empty Streamlit page": lambda _: running_server(folder / "none.duckdb", log, str(folder / "empty.py")),
        "cockpit, existing database": lambda _: running_server(folder / "there.duckdb", log),
        "cockpit, new sample database": lambda n: running_server(folder / f"new{n}.duckdb", log),
    }


def page_load_seconds(browser: Browser, start: AbstractContextManager[Server]) -> float:
    """Return the seconds from starting a server to a finished page."""
    began = perf_counter()
    with start as server, browser.new_context(**chromium.DESKTOP) as context:
        chromium.visit_page(context.new_page(), server.url)
        return perf_counter() - began


def measure_cold_start(rounds: int = 5) -> BenchResult:
    """Time every case in turn, round after round, after one round that does not count."""
    with (
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium.launch_browser(playwright) as browser,
    ):
        cases = server_starts(Path(folder))
        timed = [
            {case: page_load_seconds(browser, start(n)) for case, start in cases.items()} for n in range(rounds + 1)
        ][1:]
    return BenchResult("cold_start", "Cold start", [Timing(case, [each[case] for each in timed]) for case in cases])
