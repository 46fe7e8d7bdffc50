"""The check of a file that was made to be slow takes time in proportion to its size, whatever is repeated in it."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from time import thread_time

import pytest

from data.datasets import DATASETS
from data.errors import DashboardError
from data.ingest import loader
from data.ingest.folder import ledger_detection
from data.ingest.loader import Options
from data.ingest.reading import api_json
from data.ingest.table.heading_brackets import name_of_raw_value, split_brackets
from tests.upload_helpers import make_test_upload

HEADER = ["到资编码", "项目", "到资日期", "到资金额（万元）", "备注"]
ROW = ["F1", "P1", "2014-01-01", "3", "x"]
REPEATED = [
    " ", "\u3000", "\t", "1", "0.", ",", "，", "(", "（1", ")", "[", "_", "_ ", "-", ".", "/", ":", "'", '"', "<",
    "=", "万", "一", "年", "e", "1-", "单位", "单位：", "合计", "原始值", "a(", "%", "\\",
]  # fmt: skip
SIZE = 16_000
MOST_TIMES_SLOWER = 3  # of a text twice as long
TOO_SHORT = 0.05  # seconds; below it the rest of the check is what is measured


def made_table(place: str, text: str) -> str:
    """Return a ledger with a text as a heading, inside its brackets, as a cell of each kind, or alone in a row."""
    header, row, above, below = [*HEADER], [*ROW], [], []
    match place:
        case "heading":
            header[4] = f"备注{text}x"
        case "brackets":
            header[3] = f"到资金额（{text}）"
        case "title":
            above = [[f"单位{text}x"]]
        case "unit row":
            below = [["单位", f"{text}!", "", "", ""]]
        case "alone":
            below = [[f"x{text}x"]]
        case _:
            row[int(place)] = f"{text}x"
    out = io.StringIO()
    csv.writer(out).writerows([*above, header, *below, row])
    return out.getvalue()


def check_seconds(store, content: str) -> float:
    """Return the processor time of this thread, which holds the others up, for detection and check; of what took long
    the least of two."""
    file, seconds = make_test_upload(content), list[float]()
    while len(seconds) < 2 and min(seconds, default=1.0) > TOO_SHORT:
        began = thread_time()
        for step in (
            lambda: ledger_detection.ledgers_by_header(store, file),
            lambda: loader.check_file(store, DATASETS["funding"], file, Options()),
        ):
            with suppress(DashboardError):
                step()
        seconds.append(thread_time() - began)
    return min(seconds)


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("place", ["heading", "brackets", "title", "unit row", "alone", "0", "1", "2", "3", "4"])
def test_a_cell_twice_as_long_is_not_four_times_as_slow(store, place):
    """Of blanks, brackets, digits, commas, quotes and more, 32 KB take no more than three times the time of 16 KB."""
    slow = {}
    for repeated in REPEATED:
        long = (repeated * SIZE)[: 2 * SIZE]
        twice = check_seconds(store, made_table(place, long))
        if twice > TOO_SHORT:
            once = check_seconds(store, made_table(place, long[:SIZE]))
            slow[repeated] = twice / max(once, TOO_SHORT / MOST_TIMES_SLOWER)
    assert {repeated: ratio for repeated, ratio in slow.items() if ratio > MOST_TIMES_SLOWER} == {}


@pytest.mark.parametrize("cell", ["<a", "<a title", "<a title=", "<a title='", "< ", "<br ", "("])
def test_html_that_never_ends_takes_time_in_proportion(cell):
    """A JSON cell of tags that are begun and never ended is read in proportion to its length."""

    def seconds(size: int) -> float:
        text = json.dumps({"thead": [cell * size], "tbody": [[cell * size]]})
        began = thread_time()
        list(api_json.json_records(text))
        return thread_time() - began

    twice = min(seconds(20_000) for _ in range(2))
    assert twice < max(TOO_SHORT, MOST_TIMES_SLOWER * min(seconds(10_000) for _ in range(2)))


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("总投资 （万元）", ("总投资", "万元")),
        ("面积(亩)[必填]", ("面积(亩)", "必填")),
        ("面积【】", ("面积", "")),
        ("面积(亩", None),
        ("(亩)", None),
        ("a(b)c", None),
        ("", None),
    ],
)
def test_the_last_brackets_are_split_off(heading, parts):
    assert split_brackets(heading) == parts


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("总磷_原始值", "总磷"),
        ("总磷 _(RAW)", "总磷"),
        ("raw", None),
        ("_原始值", None),
        ("总磷", None),
        ("原始值x", None),
    ],
)
def test_the_mark_of_a_value_before_rounding_is_split_off(heading, name):
    assert name_of_raw_value(heading) == name
