"""What every page costs a browser, cold and warm, beside an empty Streamlit page of the same run.

Cold is a browser just started with nothing cached, warm a second visit in it. CPU is that of everything below this
process but the servers, user and system: it bears a busy machine better than the clock, and its ratios are believed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from bench.bench_servers import EMPTY, house_server, page_addresses, plain_server
from bench.measured_table import MeasuredCase, MeasuredTable, Round, add_ratios, collect_rounds
from bench.process_cost import processes_below, tree_cpu, used_cpu
from tests import chromium
from tests.patience import PATIENCE_MS
from tests.serving import Server

# Maps are drawn by WebGL; where there is no graphics card the browser does it itself, the same way on every machine.
GRAPHICS_FLAGS = (
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)
# The goals of the requirement "every page light": ratios to the empty page of the same run, cold and warm.
PAGE_GOALS = {"overview/cockpit.py": (1.5, 2.0), "overview/map.py": (3.0, 5.0)}
OTHER_PAGE_GOAL = (2.2, 3.5)  # the requirement's, too
RATIOS = {"cold ×": "cold CPU s", "warm ×": "warm CPU s"}
DRAWN_STREAMLIT = f"""(({chromium.IS_FINISHED_SCRIPT})()
  && document.querySelector("h1, [data-testid=stMarkdownContainer] p"))"""
# A page is done two frames after it is drawn; it looks itself, for a question of the driver would cost more.
NOTE_WHEN_DONE = """(() => { if (window.top !== window) return;
  const look = () => {
    if (document.body && %s)
      requestAnimationFrame(() => requestAnimationFrame(() => { window.frontlineDone = performance.now(); }));
    else setTimeout(look, 16);
  };
  look(); })();"""
BINARY_FRAME = 2  # the protocol's


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page to visit: what the table calls it, where it is, who serves it, and the script that tells it is drawn."""

    case: str
    url: str
    server: Server
    drawn: str = DRAWN_STREAMLIT


def payload_bytes(frame: dict[str, Any]) -> int:
    """Return how many bytes a websocket frame held before compression; a binary one comes as base64."""
    data: str = frame["payloadData"]
    return len(data) * 3 // 4 - data[-2:].count("=") if frame["opcode"] == BINARY_FRAME else len(data.encode())


class PageTraffic:
    """What a page fetches: requests, kB of their answers and of what the websocket brings, and its messages."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.requests, self.kilobytes, self.messages = 0, 0.0, 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._count_request)
        session.on("Network.loadingFinished", self._add_answer)
        session.on("Network.webSocketFrameReceived", self._count_message)

    def _count_request(self, _: object) -> None:
        self.requests += 1

    def _add_answer(self, event: dict[str, Any]) -> None:
        self.kilobytes += event.get("encodedDataLength", 0) / 1000

    def _count_message(self, event: dict[str, Any]) -> None:
        self.messages += 1
        self.kilobytes += payload_bytes(event["response"]) / 1000


def visit_once(context: BrowserContext, visited: MeasuredPage, servers: Sequence[Server], when: str) -> Round:
    """Open a page in a new tab until it is drawn, and return what that took."""
    page, apart = context.new_page(), [server.process.pid for server in servers]
    page.add_init_script(NOTE_WHEN_DONE % visited.drawn)
    traffic = PageTraffic(context, page)
    browser, served = used_cpu(processes_below(os.getpid(), apart)), tree_cpu(visited.server.process.pid)
    page.goto(visited.url, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function("window.frontlineDone", timeout=PATIENCE_MS, polling=50)
    taken = {
        f"{when} CPU s": used_cpu(processes_below(os.getpid(), apart)) - browser,
        f"{when} server s": tree_cpu(visited.server.process.pid) - served,
        f"{when} kB": traffic.kilobytes,
    }
    if when == "cold":
        taken |= {"requests": float(traffic.requests), "messages": float(traffic.messages)}
    if page.locator("[data-testid=stException]").count():
        raise RuntimeError(f"{visited.url} shows an exception; {visited.server.log} may tell more")
    page.close()
    return taken


def visit_cold_and_warm(playwright: Playwright, visited: MeasuredPage, servers: Sequence[Server]) -> Round:
    """Visit a page twice in a browser that was just started."""
    with (
        chromium.launch_browser(playwright, *GRAPHICS_FLAGS) as browser,
        browser.new_context(**chromium.DESKTOP) as context,
    ):
        cold, warm = (visit_once(context, visited, servers, when) for when in ("cold", "warm"))
    return cold | warm


def visit_in_turn(visited: Sequence[MeasuredPage], servers: Sequence[Server], rounds: int) -> dict[str, list[Round]]:
    """Visit all pages round after round, so that what else the machine does falls on all of them."""
    found: dict[str, list[Round]] = {each.case: [] for each in visited}
    with sync_playwright() as playwright:
        for _ in range(rounds):
            for each in visited:
                found[each.case].append(visit_cold_and_warm(playwright, each, servers))
    return found


def house_pages(server: Server, wanted: Collection[str] = ()) -> list[MeasuredPage]:
    return [MeasuredPage(file, f"{server.url}/{url}", server) for file, url in page_addresses(wanted).items()]


def page_goal(file: str) -> dict[str, float]:
    """Return the greatest ratios that a page of the house may have; other pages have none."""
    if not file.endswith(".py"):
        return {}
    return dict(zip(RATIOS, PAGE_GOALS.get(file, OTHER_PAGE_GOAL), strict=True))


def browser_cases(found: dict[str, list[Round]]) -> list[MeasuredCase]:
    """Return the cases of a run with their ratios to the first one, the empty page."""
    cases = [collect_rounds(case, rounds, page_goal(case)) for case, rounds in found.items()]
    return add_ratios(cases, cases[0], RATIOS)


def measure_pages(rounds: int = 3, wanted: Collection[str] = ()) -> MeasuredTable:
    """Visit every page of the menu, and before them the empty page, round after round."""
    with TemporaryDirectory() as folder, plain_server(Path(folder)) as empty, house_server(Path(folder)) as house:
        visited = [MeasuredPage(EMPTY, empty.url, empty), *house_pages(house, wanted)]
        found = visit_in_turn(visited, [empty, house], rounds)
    return MeasuredTable("pages", "What a page costs a browser", browser_cases(found))
