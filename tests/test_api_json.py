"""JSON in, records out: the answers of the national API, other lists of objects, and what is no table."""

import csv
import json
import re

import pytest

from data import errors
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Options, Who
from data.ingest.reading import api_json, reader

NATIONAL = "cnemc_api_2020-05-08_national.json"
PAGE = "cnemc_api_2021-04-05_page1.json"
ANSWER = {
    "result": 1,
    "thead": [
        "断面名称",
        "监测时间",
        "水温<br/><span class='unit'>(℃)</span>",
        "氨氮<br/><span class='unit'>(mg/L)</span>",
        "站点情况",
    ],
    "tbody": [
        [
            "<span data-toggle='tooltip' title='所在地市:门头沟区&#10;所属河流:永定河'>沿河城</span>",
            "04-05 08:00",
            "<span title='原始值：20.27'>20.3</span>",
            '<span title="极值过滤">--</span>',
            "正常",
        ],
        ["", None, "", "", ""],
        ["古北口&amp;潮河", "04-05 12:00", "19.9", "<span title='原始值：0.0249'>&lt;0.025</span>", "停站"],
    ],
}


def record_tuples(content: object) -> list[tuple[int, list[str]]]:
    """Return the records of a JSON text, or of what is written as one."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return [(record.line, record.cells) for record in api_json.json_records(text)]


def test_an_answer_of_the_national_api_is_a_table():
    """HTML goes, headings keep their units, tooltips become columns, and a row's line is its place below the header."""
    assert record_tuples(ANSWER) == [
        (
            1,
            [
                "断面名称",
                "监测时间",
                "水温(℃)",
                "氨氮(mg/L)",
                "站点情况",
                "所在地市",
                "所属河流",
                "水温_原始值",
                "氨氮_原始值",
            ],
        ),
        (2, ["沿河城", "04-05 08:00", "20.3", "--", "正常", "门头沟区", "永定河", "20.27", ""]),
        (4, ["古北口&潮河", "04-05 12:00", "19.9", "<0.025", "停站", "", "", "", "0.0249"]),
    ]


def test_an_answer_loads_as_readings(store):
    """The answer of the API is loaded like the published wide file: one reading a value, unrounded."""
    file = reader.make_upload("2021-04-05.json", json.dumps(ANSWER).encode())
    report = loader.load_file(store, DATASETS["reading"], file, Who("测试员"), Options(register=True))
    with store.read() as con:
        readings = con.execute("SELECT section_id, parameter, value FROM reading ORDER BY ALL").fetchall()
    assert readings == [("古北口&潮河", "NH3N", 0.0249), ("古北口&潮河", "WT", 19.9), ("沿河城", "WT", 20.27)]
    assert (report.encoding, report.layout, report.rejected) == ("json", "wide", 0)


@pytest.mark.parametrize("name", [NATIONAL, PAGE])
def test_the_published_answers_are_read_cell_by_cell(real_data, name):
    """Every cell of a published answer reads as the text between its tags, every value before rounding as its tooltip
    says."""
    text = (real_data / "water" / name).read_text(encoding="utf-8")
    answer, (header, *rows) = json.loads(text), [record.cells for record in api_json.json_records(text)]
    assert len(rows) == len(answer["tbody"])
    shown = [[re.sub("<[^>]*>", "", cell or "") for cell in row] for row in answer["tbody"]]
    assert [row[:17] for row in rows] == shown
    told = [re.findall("原始值：([^']*)'", " ".join(map(str, row))) for row in answer["tbody"]]
    first = header.index("水温_原始值")
    assert [[cell for cell in row[first:] if cell] for row in rows] == told


def test_a_published_answer_agrees_with_the_published_table(real_data):
    """The stations of the page that also stand in the table of the same hours have the same values there."""
    with (real_data / "water" / "cnemc_2021-04_zj_sh_js_ah.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *_ = csv.reader(file)
    page = record_tuples((real_data / "water" / PAGE).read_text(encoding="utf-8"))
    assert page[0][1][: len(header)] == header


TABLES = {
    "a list of objects": (
        '[{"a": 1.10, "b": null}, {"b": true, "c": "x"}]',
        [["a", "b", "c"], ["1.10", "", ""], ["", "是", "x"]],
    ),
    "a list below a name": ('{"code": 0, "data": [{"a": 12345678901234567890}]}', [["a"], ["12345678901234567890"]]),
    "a list further below": ('{"data": {"total": 1, "rows": [{"a": false}]}}', [["a"], ["否"]]),
    "numbers as they are written": ('[{"a": 1e5, "b": -0.0, "c": 1.000}]', [["a", "b", "c"], ["1e5", "-0.0", "1.000"]]),
    "a list a line": ('{"a": "x"}\n{"a": "y", "b": 1}\n', [["a", "b"], ["x", ""], ["y", "1"]]),
    "values with HTML": ('[{"a": "<b>x</b>&amp;y", "c": "<0.02"}]', [["a", "c"], ["x&y", "<0.02"]]),
    "an answer below a name": ('{"data": {"thead": ["a"], "tbody": [["1"]]}}', [["a"], ["1"]]),
    "a list of pages": (
        '[{"thead": ["a"], "tbody": [["1"]]}, {"thead": ["a"], "tbody": [["2"]]}]',
        [["a"], ["1"], ["2"]],
    ),
    "two pages one after the other": (
        '{"thead": ["a"], "tbody": [["1"]]}\n{"thead": ["a"], "tbody": [["2"]]}',
        [["a"], ["1"], ["2"]],
    ),
    "a mark of the byte order": ('\ufeff[{"a": "x"}]', [["a"], ["x"]]),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_list_of_flat_objects_is_a_table(case):
    """One list of objects, wherever it stands, is a table; its values stay as they are written."""
    text, cells = TABLES[case]
    assert [row for _, row in record_tuples(text)] == cells


NO_TABLES = {
    "one object": '{"a": 1}',
    "an empty list": "[]",
    "a list of numbers": "[1, 2]",
    "objects within objects": '[{"a": {"b": 1}}]',
    "lists within objects": '[{"a": [1]}]',
    "two lists": '{"a": [{"x": 1}], "b": [{"y": 1}]}',
    "a text": '"村社"',
    "pages with other headings": '[{"thead": ["a"], "tbody": [["1"]]}, {"thead": ["b"], "tbody": [["2"]]}]',
    "a map": '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point"}}]}',
    "too deep a nest": "[" * 100_000,
    "a column for each of too many": json.dumps([{str(n): 1} for n in range(1_001)]),
}


@pytest.mark.parametrize("case", NO_TABLES)
def test_json_that_is_no_table_is_told(case):
    """JSON that cannot be one table is refused in a sentence; nothing of it is guessed."""
    with pytest.raises(errors.NoTableInJson):
        record_tuples(NO_TABLES[case])


@pytest.mark.parametrize("row", ['["1", "2"]', '"1"', "[]"])
def test_a_row_of_another_width_is_named(row):
    """A row of an answer that has a cell too few or too many is told by its number; nothing is read past it."""
    with pytest.raises(errors.TornRowInJson, match=r"Row 2 of tbody"):
        record_tuples(f'{{"thead": ["a"], "tbody": [["0"], {row}]}}')


@pytest.mark.parametrize(
    "text", ["", '[{"a": 1},\n{"a"', '[\n{"a": "\\ud800"}]', '[\n{"a": "x\\u0000"}]', "[{'a': 1}]"]
)
def test_json_that_breaks_off_is_told_with_its_line(text):
    """JSON that is cut off or damaged, half characters and control characters included, is refused near its line."""
    line = 2 if "\n" in text else 1
    with pytest.raises(errors.UnreadableJson, match=f"near line {line};"):
        record_tuples(text)
