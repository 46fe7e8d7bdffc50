"""What `make bench` makes of its measurements, and that its viewers and its pages are those of the house."""

import asyncio
import base64
import os
import random
import subprocess
import sys

import pytest

from bench import eight_charts, pages, viewers
from bench.__main__ import MEASUREMENTS, WITH_PEERS
from bench.bench_servers import EMPTY, page_addresses, plain_server
from bench.measured_table import MeasuredCase, MeasuredTable, add_ratios, collect_rounds, format_measured
from bench.peers import DASH, beside_dash
from bench.process_cost import process_tree, processes_below, tree_cpu, tree_memory
from tests.serving import ROOT
from tests.websocket_viewer import PageFailed, websocket_viewer
from ui.menu import all_pages

PLAIN_PAGE = """import streamlit as st

for line in range(9):
    st.write(line)
"""
RERUNNING_PAGE = """import streamlit as st

if "seen" not in st.session_state:
    st.session_state["seen"] = True
    st.rerun()
st.write("second run")
"""
TWO_PAGES = """import streamlit as st

st.navigation([st.Page(lambda: st.write(n), title=n, url_path=n) for n in ("one", "two")]).run()
"""


def test_every_page_of_the_menu_is_measured():
    """The pages come from the menu, in its order; only the first one has no path of its own."""
    addresses = page_addresses()
    assert list(addresses) == [each.file for each in all_pages()]
    assert list(addresses.values()) == ["", *(each.url for each in all_pages()[1:])]


def test_a_page_can_be_measured_alone_and_a_wrong_name_is_told():
    """A chosen page keeps its path; a file that no page has ends the run with a sentence that names it."""
    last = all_pages()[-1]
    assert page_addresses([last.file]) == {last.file: last.url}
    with pytest.raises(SystemExit, match=r"no such page: water/none\.py"):
        page_addresses(["water/none.py"])


def test_goals_name_pages_that_there_are():
    """A page that is renamed takes its goals along; the strictest are those of the page that opens first."""
    files = list(page_addresses())
    assert set(pages.PAGE_GOALS) | set(viewers.RERUN_GOALS) <= set(files)
    assert min(pages.PAGE_GOALS, key=pages.PAGE_GOALS.__getitem__) == files[0]
    assert list(viewers.RERUN_GOALS) == [files[0]]


def test_every_page_has_a_goal_and_the_empty_page_has_none():
    """Pages without a goal of their own share one."""
    assert pages.page_goal("water/works.py") == {"cold ×": 2.2, "warm ×": 3.5}
    assert viewers.viewer_goals("water/works.py") == {"rerun ms": 30.0, "first view s": 0.5, "poll ms": 2.0}
    assert pages.page_goal(EMPTY) == viewers.viewer_goals(EMPTY) == {}


def test_ratios_are_those_of_the_medians():
    """Each case, the yardstick too, is put beside the yardstick's median of the same column."""
    empty, page = (MeasuredCase(name, {"CPU": values}) for name, values in (("e", [1.0, 2.0, 9.0]), ("p", [3.0, 8.0])))
    found = add_ratios([empty, page], empty, {"×": "CPU"})
    assert [each.median_of("×") for each in found] == [1.0, 2.75]


def test_a_goal_is_told_with_whether_it_is_missed():
    """A goal of nothing at all is one, a goal that is just reached is met, and what was not measured is left out."""
    case = MeasuredCase(
        "c", {"errors": [1.0], "p95 s": [0.3], "poll ms": []}, {"errors": 0, "p95 s": 0.3, "poll ms": 2}
    )
    assert case.goal_sentences() == ["errors ≤ 0 MISSED", "p95 s ≤ 0.3"]


def test_a_round_may_lack_a_column():
    """Rounds of different kinds make one case: each column has the values of the rounds that measured it."""
    case = collect_rounds("c", [{"rerun": 1.0}, {"rerun": 3.0, "poll": 2.0}], {})
    assert case.taken == {"rerun": [1.0, 3.0], "poll": [2.0]}
    assert case.median_of("first") is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (0.0, "0"), (0.0123, "0.012"), (1.5, "1.50"), (46.94, "46.9"), (2691.4, "2691")],
)
def test_figures_have_three_digits(value, shown):
    """No figure of a measurement pretends to be exact to more, and none that is missing looks like nought."""
    assert format_measured(value) == shown


def test_a_table_has_a_line_for_each_case_and_blanks_where_nothing_was_measured():
    """Ratios stand first; a case without a column leaves its place empty."""
    table = MeasuredTable("t", "T", [MeasuredCase("a", {"ms": [1.0], "×": [1.0]}), MeasuredCase("b", {"poll": [2.0]})])
    title, head, first, second = table.table().splitlines()
    assert (title, head.split(), first.split(), second.split()) == (
        "T (median of 1)", ["×", "ms", "poll", "goal"], ["a", "1", "1"], ["b", "2"]
    )  # fmt: skip
    assert second.index("2") > first.rindex("1")


def test_pages_are_held_to_dash_and_the_yardsticks_are_not():
    """The goal beside Dash is that of our own pages."""
    taken = {"cold CPU s": [2.0], "warm CPU s": [1.0]}
    found = {each.case: each for each in beside_dash([MeasuredCase(name, taken) for name in (EMPTY, DASH, "a.py")])}
    assert found["a.py"].goals == {"cold × Dash": 1.0, "warm × Dash": 1.0}
    assert found[EMPTY].goals == found[DASH].goals == {}
    assert found["a.py"].median_of("cold × Dash") == 1.0


def test_a_quantile_is_one_of_the_values():
    """The 95th of 100 waits in their order has 95 below it; of one wait every quantile is that wait."""
    waits = [float(n) for n in range(100)]
    random.Random(0).shuffle(waits)
    assert viewers.quantile_of(waits, 0.95) == 95.0
    assert viewers.quantile_of([7.0], 0.95) == 7.0


def test_a_viewer_that_does_not_get_in_is_counted_as_an_error():
    """Where no server listens every viewer ends with an error, and none with a wait."""
    found = viewers.CrowdRuns()
    asyncio.run(viewers.think_and_rerun("http://127.0.0.1:9", "", 0.0, 0.0, found))
    assert (found.seconds, len(found.errors)) == ([], 1)
    assert found.as_round(80.0) == {"errors": 1.0, "RSS MB": 80.0}


def test_the_servers_do_not_count_as_the_browser():
    """Of the processes below this one, those of a server are left out; an ended one costs nothing any more."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        below = {process.pid for process in processes_below(os.getpid(), [])}
        apart = {process.pid for process in processes_below(os.getpid(), [server.pid])}
        assert server.pid in below - apart
        assert os.getpid() in apart
        assert tree_memory(server.pid) > 0
        server.communicate(b"\n")
    assert (process_tree(server.pid), tree_cpu(server.pid)) == ([], 0.0)


def test_make_bench_needs_no_other_dashboard():
    """What is measured beside Dash runs by its name only, as `make bench-peers` does."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"pages", "viewers", "viewers_1m"} <= MEASUREMENTS.keys()
    assert not MEASUREMENTS.keys() & WITH_PEERS.keys()
    assert [name for name in WITH_PEERS if f"-m bench {name}\n" not in makefile] == []


def test_both_libraries_draw_the_same_charts():
    """Two processes make the same eight figures."""
    first, second = ([figure.to_json() for figure in eight_charts.eight_figures()] for _ in range(2))
    assert (len(first), first) == (eight_charts.CHARTS, second)


async def runs_of_page(url, again=1, page=""):
    """Open a page, and run it again."""
    async with websocket_viewer(url, page) as viewer:
        return [await viewer.run_page() for _ in range(1 + again)]


@pytest.mark.slow
def test_a_viewer_runs_a_page_again(tmp_path):
    """A run ends with its script; each brings the nine parts of the page."""
    with plain_server(tmp_path, PLAIN_PAGE) as server:
        first, again = asyncio.run(runs_of_page(server.url))
    assert min(first.parts, again.parts) >= 9


@pytest.mark.slow
def test_a_page_that_starts_over_is_waited_for(tmp_path):
    """The first run of a page that asks for a second one ends with the second, which is what writes."""
    with plain_server(tmp_path, RERUNNING_PAGE) as server:
        first, again = asyncio.run(runs_of_page(server.url))
    assert min(first.parts, again.parts) >= 1


@pytest.mark.slow
def test_a_page_that_fails_is_not_a_quick_page(tmp_path):
    """A viewer is told of an exception on the page instead of being given its time."""
    with plain_server(tmp_path, "raise ValueError('broken')\n") as server, pytest.raises(PageFailed, match="broken"):
        asyncio.run(runs_of_page(server.url))


@pytest.mark.slow
def test_a_page_that_is_not_there_is_not_a_quick_page(tmp_path):
    """A viewer is told that an address has no page, where Streamlit shows the first page in its place."""
    with plain_server(tmp_path, TWO_PAGES) as server, pytest.raises(PageFailed, match="no such page"):
        asyncio.run(runs_of_page(server.url, page="nowhere"))


@pytest.mark.parametrize(
    ("frame", "size"),
    [
        ({"opcode": 2, "payloadData": base64.b64encode(bytes(1000)).decode()}, 1000),
        ({"opcode": 2, "payloadData": base64.b64encode(bytes(1001)).decode()}, 1001),
        ({"opcode": 1, "payloadData": "图"}, 3),
    ],
)
def test_what_the_websocket_brings_is_counted(frame, size):
    """The kB of a page are those of its websocket, too, which brings all that it shows."""
    assert pages.payload_bytes(frame) == size
