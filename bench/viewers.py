"""What viewers cost the server: a rerun of every page with nothing changed, a poll, a first view, 200 viewers at once.

Viewers speak Streamlit's own websocket protocol. The yardstick is an empty page under our own settings, the stricter
one: as Streamlit comes, it collects garbage after every run, which costs more than an empty page does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from websockets.exceptions import WebSocketException

from bench.bench_servers import (
    EMPTY,
    EMPTY_IN_HOUSE,
    empty_house_server,
    house_server,
    page_addresses,
    plain_server,
)
from bench.load import MILLION, WHO, register_sections
from bench.measured_table import MeasuredTable, Round, add_ratios, collect_rounds
from bench.process import Meter, run_task
from bench.process_cost import tree_cpu, tree_memory
from data.datasets import DATASETS
from data.ingest import loader, sample
from data.ingest.reading import reader
from data.store import open_store
from tests.patience import PATIENCE
from tests.serving import Server
from tests.websocket_viewer import PageFailed, websocket_viewer

RERUNS = 20  # of one viewer; chosen: the clock of CPU goes in steps of 10 ms, so a rerun is known to half a millisecond
POLLS = 100  # the same, to a tenth of a millisecond
SETTLING = 0.2  # seconds in which a server ends what it does after a run; chosen
VIEWERS, THINKING, CROWD_RERUNS = 200, 10.0, 3  # the requirement's; how often each comes back is chosen
RERUN, FIRST, POLL = "rerun ms", "first view s", "poll ms"
P50, P95, ERRORS, MEMORY = "p50 s", "p95 s", "errors", "RSS MB"
RATIOS = {"rerun ×": RERUN}
# The goals of the requirement "every page light", in CPU of the server on two quiet cores; most pages share them.
RERUN_GOALS = {"overview/cockpit.py": 15.0}
OTHER_RERUN_GOAL, FIRST_GOAL, POLL_GOAL = 30.0, 0.5, 2.0  # milliseconds, seconds, milliseconds
CROWD_GOALS = {P95: 0.3, ERRORS: 0.0, MEMORY: 500.0}
# The readings that are made up end in the days of the samples, so that pages of the newest months show them.
FIRST_READING_BESIDE_SAMPLES = "2014-03-29"
Place = tuple[Server, str]
Start = Callable[[], AbstractContextManager[Server]]


# One viewer


async def mean_cpu(server: Server, times: int, work: Callable[[], Awaitable[object]]) -> float:
    """Return the milliseconds of the server's CPU that a piece of work takes, done some times in a row."""
    await asyncio.sleep(SETTLING)
    used = tree_cpu(server.process.pid)
    for _ in range(times):
        await work()
    await asyncio.sleep(SETTLING)
    return 1000 * (tree_cpu(server.process.pid) - used) / times


def poll_server(server: Server) -> None:
    """Ask whether something has changed, as the browser of an open page does every few seconds."""
    with urlopen(f"{server.url}/api/write-counter", timeout=PATIENCE) as answer:
        answer.read()


async def rerun_and_poll(server: Server, page: str, has_poll: bool) -> Round:
    """Open a page, run it again with nothing changed, and poll as the browser of an open page does."""
    async with websocket_viewer(server.url, page) as viewer:
        await viewer.run_page()
        await viewer.run_page()
        taken = {RERUN: await mean_cpu(server, RERUNS, viewer.run_page)}
    if has_poll:
        taken[POLL] = await mean_cpu(server, POLLS, lambda: asyncio.to_thread(poll_server, server))
    return taken


async def first_view_cpu(server: Server, page: str) -> Round:
    """Return the seconds of the server's CPU that the first view takes of a server that was just started."""
    used = tree_cpu(server.process.pid)
    async with websocket_viewer(server.url, page) as viewer:
        await viewer.run_page()
        await asyncio.sleep(SETTLING)
    return {FIRST: tree_cpu(server.process.pid) - used}


# Many viewers


@dataclass(slots=True)
class CrowdRuns:
    """What many viewers waited for: the seconds of each rerun, and what ended a viewer before its time."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def as_round(self, memory: float) -> Round:
        found = {P50: quantile_of(self.seconds, 0.5), P95: quantile_of(self.seconds, 0.95)} if self.seconds else {}
        return found | {ERRORS: float(len(self.errors)), MEMORY: memory}


def quantile_of(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of the values lies; it is one of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def think_and_rerun(url: str, page: str, delay: float, thinking: float, found: CrowdRuns) -> None:
    """Come after a delay, open a page, and run it again after each while of thinking."""
    await asyncio.sleep(delay)
    try:
        async with websocket_viewer(url, page) as viewer:
            await viewer.run_page()
            for _ in range(CROWD_RERUNS):
                await asyncio.sleep(thinking)
                found.seconds.append((await viewer.run_page()).seconds)
    except (PageFailed, WebSocketException, OSError, TimeoutError) as error:
        found.errors.append(f"{page}: {error!r}")


async def gather_crowd(server: Server, pages: Iterable[str], viewers: int, thinking: float) -> Round:
    """Let viewers come evenly within one while of thinking, each to the next page in turn."""
    found, chosen = CrowdRuns(), islice(cycle(pages), viewers)
    coming = [
        think_and_rerun(server.url, page, thinking * n / viewers, thinking, found) for n, page in enumerate(chosen)
    ]
    await asyncio.gather(*coming)
    for error in dict.fromkeys(found.errors):
        print(error, flush=True)
    return found.as_round(tree_memory(server.process.pid))


# The measurements


def viewer_goals(case: str) -> dict[str, float]:
    """Return the greatest costs that a page of the house may have; an empty page has none."""
    if not case.endswith(".py"):
        return {}
    return {RERUN: RERUN_GOALS.get(case, OTHER_RERUN_GOAL), FIRST: FIRST_GOAL, POLL: POLL_GOAL}


@contextmanager
def served_places(folder: Path, pages: Mapping[str, str], database: Path | None = None) -> Iterator[dict[str, Place]]:
    """Serve the empty page, both ways, and every page; give each case the server and the path of its page."""
    with empty_house_server(folder) as empty, plain_server(folder) as plain, house_server(folder, database) as house:
        yield {
            EMPTY_IN_HOUSE: (empty, ""),
            EMPTY: (plain, ""),
            **{file: (house, url) for file, url in pages.items()},
        }


def measure_reruns(places: Mapping[str, Place], rounds: int) -> dict[str, list[Round]]:
    """Return the reruns and polls of every case, round after round."""
    found: dict[str, list[Round]] = {case: [] for case in places}
    for _ in range(rounds):
        for case, (server, page) in places.items():
            found[case].append(asyncio.run(rerun_and_poll(server, page, case.endswith(".py"))))
    return found


def measure_first_views(starts: Mapping[str, tuple[Start, str]], rounds: int) -> dict[str, list[Round]]:
    """Return the first view of each case, every one of a server started for it."""
    found: dict[str, list[Round]] = {case: [] for case in starts}
    for _ in range(rounds):
        for case, (start, page) in starts.items():
            with start() as server:
                found[case].append(asyncio.run(first_view_cpu(server, page)))
    return found


def measure_crowds(places: Mapping[str, Place], rounds: int) -> dict[str, list[Round]]:
    """Return what 200 viewers of the empty page waited for, and 200 of all pages."""
    mixed = [place for case, place in places.items() if case.endswith(".py")]
    crowds = {
        f"{VIEWERS} viewers, {EMPTY_IN_HOUSE}": (places[EMPTY_IN_HOUSE][0], [""]),
        f"{VIEWERS} viewers, mix of pages": (mixed[0][0], [page for _, page in mixed]),
    }
    found: dict[str, list[Round]] = {case: [] for case in crowds}
    for _ in range(rounds):
        for case, (server, seen) in crowds.items():
            found[case].append(asyncio.run(gather_crowd(server, seen, VIEWERS, THINKING)))
    return found


def measure_viewers(rounds: int = 3, wanted: Collection[str] = ()) -> MeasuredTable:
    """Measure reruns and polls of every page, crowds, and then first views, each of a fresh server."""
    pages = page_addresses(wanted)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with served_places(folder, pages) as places:
            found, crowds = measure_reruns(places, rounds), measure_crowds(places, rounds)
        starts: dict[str, tuple[Start, str]] = {
            EMPTY_IN_HOUSE: (partial(empty_house_server, folder), ""),
            EMPTY: (partial(plain_server, folder), ""),
        }
        starts |= {file: (partial(house_server, folder), url) for file, url in pages.items()}
        firsts = measure_first_views(starts, rounds)
    cases = [collect_rounds(case, found[case] + firsts[case], viewer_goals(case)) for case in found]
    cases += [collect_rounds(case, each, CROWD_GOALS if "mix" in case else {}) for case, each in crowds.items()]
    return MeasuredTable("viewers", "What viewers cost the server", add_ratios(cases, cases[0], RATIOS))


def add_readings(_: Meter, path: str, file: str) -> None:
    """Make a database of the samples and of a file of readings beside them."""
    with open_store(path) as store:
        sample.load_sample(store)
        register_sections(store)
        report = loader.load_file(store, DATASETS["reading"], reader.upload_from_path(file), WHO)
    if report.counts.inserted != MILLION:
        raise ValueError(f"{file}: {report.counts.inserted} rows inserted")


def measure_viewers_1m(rounds: int = 3, wanted: Collection[str] = ()) -> MeasuredTable:
    """Measure reruns and polls again with 1,000,000 readings beside the samples."""
    pages = page_addresses(wanted)
    with TemporaryDirectory() as name:
        folder = Path(name)
        file, database = folder / "readings.csv", folder / "many.duckdb"
        run_task("bench.load:make_readings", file, 0, MILLION, 0.0, False, FIRST_READING_BESIDE_SAMPLES)
        run_task("bench.viewers:add_readings", database, file)
        with served_places(folder, pages, database) as places:
            found = measure_reruns(places, rounds)
    cases = [collect_rounds(case, each, viewer_goals(case)) for case, each in found.items()]
    title = "What viewers cost the server, 1,000,000 readings beside the samples"
    return MeasuredTable("viewers_1m", title, add_ratios(cases, cases[0], RATIOS))
