"""What our pages cost a browser beside a page of eight Plotly charts in Dash, in the same run; `make bench-peers`.

Dash is installed apart from the house, in an environment that only this measurement starts.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench.bench_servers import EMPTY, house_server, plain_server
from bench.eight_charts import CHARTS
from bench.measured_table import MeasuredCase, MeasuredTable, add_ratios
from bench.pages import MeasuredPage, browser_cases, house_pages, visit_in_turn
from tests.patience import wait_until
from tests.serving import ROOT, Server

PEER_PYTHON = ROOT / ".venv-peers/bin/python"
DASH = "Dash, eight Plotly charts"
RATIOS = {"cold × Dash": "cold CPU s", "warm × Dash": "warm CPU s"}
DASH_GOAL = 1.0  # the requirement's: no page costs more than Dash's eight charts
DASH_SCRIPT = """import sys

from dash import Dash, dcc, html

from bench.eight_charts import eight_figures

app = Dash()
graphs = [dcc.Graph(figure=figure, style={"width": "50%"}) for figure in eight_figures()]
app.layout = html.Div([html.H1("Eight charts"), html.Div(graphs, style={"display": "flex", "flexWrap": "wrap"})])
app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
"""
STREAMLIT_SCRIPT = """import streamlit as st

from bench.eight_charts import eight_figures

st.set_page_config(layout="wide")
st.title("Eight charts")
left, right = st.columns(2)
for number, figure in enumerate(eight_figures()):
    (left, right)[number % 2].plotly_chart(figure)
"""
DRAWN_CHARTS = f"""(document.querySelector("h1")
  && document.querySelectorAll(".js-plotly-plot .main-svg:first-child").length >= {CHARTS})"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers_requests(process: subprocess.Popen[str], url: str) -> bool:
    """Tell whether a starting server answers; raises RuntimeError where it has ended."""
    if process.poll() is not None:
        raise RuntimeError(f"the Dash server ended with {process.returncode}")
    try:
        with urlopen(url, timeout=5):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def dash_server(folder: Path) -> Iterator[Server]:
    """Serve eight charts with Dash, in its own environment."""
    if not PEER_PYTHON.exists():
        raise SystemExit("Dash is not installed; `make bench-peers` installs it and measures.")
    script, log, port = folder / "dash_script.py", folder / "dash.log", free_port()
    script.write_text(DASH_SCRIPT, encoding="utf-8")
    with log.open("w") as said:
        process = subprocess.Popen(
            [PEER_PYTHON, script, str(port)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=said,
            text=True,
        )
    try:
        url = f"http://127.0.0.1:{port}/"
        wait_until(lambda: answers_requests(process, url))
        yield Server(url, process, log)
    finally:
        process.terminate()
        process.wait()


def beside_dash(cases: list[MeasuredCase]) -> list[MeasuredCase]:
    """Return the cases with their ratios to Dash's page, which pages of the house are held to."""
    yardstick = next(each for each in cases if each.case == DASH)
    goals = dict.fromkeys(RATIOS, DASH_GOAL)
    held = [MeasuredCase(each.case, each.taken, goals if each.case.endswith(".py") else each.goals) for each in cases]
    return add_ratios(held, yardstick, RATIOS)


def measure_peers(rounds: int = 3, wanted: Collection[str] = ()) -> MeasuredTable:
    """Visit Dash's eight charts, the same in Streamlit, and every page of the menu, round after round."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with (
            dash_server(folder) as dash,
            plain_server(folder) as empty,
            plain_server(folder, STREAMLIT_SCRIPT, "eight") as eight,
            house_server(folder) as house,
        ):
            visited = [
                MeasuredPage(EMPTY, empty.url, empty),
                MeasuredPage(DASH, dash.url, dash, DRAWN_CHARTS),
                MeasuredPage("Streamlit, the same eight charts", eight.url, eight),
                *house_pages(house, wanted),
            ]
            found = visit_in_turn(visited, [dash, empty, eight, house], rounds)
    return MeasuredTable("peers", "What a page costs a browser, beside Dash", beside_dash(browser_cases(found)))
