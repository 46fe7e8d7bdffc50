"""What pages that are left open cost: the look for news of 200 of them, and a big screen after a day's work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.bench_servers import house_server, page_addresses
from bench.measured_table import MeasuredTable, Round, collect_rounds
from bench.process_cost import MEGABYTE, tree_memory
from bench.viewers import POLL, POLL_GOAL, POLLS, VIEWERS, mean_cpu, poll_server
from tests import chromium
from tests.patience import PATIENCE_MS
from tests.serving import Server, running_server
from tests.websocket_viewer import websocket_viewer

# A day of a big screen: a batch every half hour, a turn every 20 seconds; both come here one upon the other.
BATCHES, TURNS = 48, 4_320
FIRST_BATCHES = 8  # after which what is made once has been made; chosen
HEAP, NODES, RESIDENT, SHOWN = "heap +MB", "nodes +", "server +MB", "shown s"
GROWTH_GOALS = {HEAP: 2.0, NODES: 500.0, RESIDENT: 40.0, SHOWN: 10.0}  # chosen, but for the seconds: the requirement's
WALL = "overview-bigscreen"
REPORT = "工程,上报日期,累计完成量\nW-07,2014-06-30,{done}\n"


async def polls_of_crowd(server: Server, pages: list[str]) -> Round:
    """Return the server's CPU for a look for news while so many pages are open."""
    async with AsyncExitStack() as opened:
        for page in islice(cycle(pages), VIEWERS):
            viewer = await opened.enter_async_context(websocket_viewer(server.url, page))
            await viewer.run_page()
        return {POLL: await mean_cpu(server, POLLS, lambda: asyncio.to_thread(poll_server, server))}


def memory_of_page(session: CDPSession) -> dict[str, float]:
    """Return the heap of a page in MB and how many nodes it holds, after its garbage was collected."""
    session.send("HeapProfiler.collectGarbage")
    found = {each["name"]: float(each["value"]) for each in session.send("Performance.getMetrics")["metrics"]}
    return {HEAP: found["JSHeapUsedSize"] / MEGABYTE, NODES: found["Nodes"]}


def commit_and_watch(page: Page, folder: Path, numbers: Iterator[int]) -> float:
    """Put a report into the watched folder, and return the seconds from its commit until the screen shows it."""
    done = next(numbers)
    counter = "document.getElementById('frontline-state').dataset.counter"
    before = page.evaluate(counter)
    (folder / f"work_progress_{done}.csv").write_text(REPORT.format(done=done), encoding="utf-8")
    page.wait_for_function(
        "(before) => fetch('api/write-counter').then((answer) => answer.json()).then((n) => String(n) !== before)",
        arg=before,
        timeout=PATIENCE_MS,
        polling=200,
    )
    committed = time.perf_counter()
    page.wait_for_function(f"(before) => {counter} !== before", arg=before, timeout=PATIENCE_MS, polling=50)
    return time.perf_counter() - committed


def soak_bigscreen(page: Page, server: Server, inbox: Path) -> Round:
    """Take a big screen through the batches and turns of a day, and return what has grown since the first ones."""
    numbers = iter(range(8_461, 18_000))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    chromium.visit_page(page, f"{server.url}/{WALL}")
    for _ in range(FIRST_BATCHES):
        commit_and_watch(page, inbox, numbers)
    before = memory_of_page(session) | {RESIDENT: tree_memory(server.process.pid)}
    waited = []
    for _ in range(BATCHES):
        waited.append(commit_and_watch(page, inbox, numbers))
        for _ in range(TURNS // BATCHES):
            page.keyboard.press("ArrowRight")
    after = memory_of_page(session) | {RESIDENT: tree_memory(server.process.pid)}
    return {name: after[name] - before[name] for name in before} | {SHOWN: max(waited)}


def measure_soak(folder: Path) -> Round:
    """Serve a database with a watched folder, and soak a big screen of it."""
    inbox = folder / "inbox"
    inbox.mkdir()
    with (
        running_server(folder / "soaked.duckdb", folder / "soaked.log", FRONTLINE_WATCH=str(inbox)) as server,
        sync_playwright() as playwright,
        chromium.launch_browser(playwright) as browser,
    ):
        return soak_bigscreen(browser.new_page(viewport={"width": 1920, "height": 1080}), server, inbox)


def measure_open_pages(rounds: int = 1) -> MeasuredTable:
    """Measure the look for news beside 200 open pages, and a day of a big screen in a few minutes."""
    polls, soaks = [], []
    for _ in range(rounds):
        with TemporaryDirectory() as name:
            with house_server(Path(name)) as server:
                polls.append(asyncio.run(polls_of_crowd(server, list(page_addresses().values()))))
            soaks.append(measure_soak(Path(name)))
    cases = [
        collect_rounds(f"a look, {VIEWERS} pages open", polls, {POLL: POLL_GOAL}),
        collect_rounds(f"big screen, {BATCHES} batches, {TURNS} turns", soaks, GROWTH_GOALS),
    ]
    return MeasuredTable("open_pages", "Pages that are left open", cases)
