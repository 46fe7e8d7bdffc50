"""The data API: the figures of the pages for other programs, read only, with a token, as a viewer may have them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Message

import cli
from analytics.metrics import METRICS, compute_metric
from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.forms import template
from tests import stores
from tests.patience import PATIENCE
from tests.serving import start_server
from tests.upload_helpers import WHO, loaded_batch, make_test_upload
from ui import data_api, web_middleware
from ui.metric_payload import csv_of_rows
from ui.store import shared_store

TOKEN = "0123456789abcdef.token"
DAY = "2014-05-31"
JSON_TYPE = "application/json"
CORRECTION = "工程,上报日期,累计完成量\nW-07,2014-06-30,8000\n"
SEEN_BY_VIEWERS = [
    "target_progress",
    *(name for name, metric in METRICS.items() if metric.small_cells and not metric.is_by_household),
]


async def receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def ask_api(path: str, token: str | None = TOKEN, method: str = "GET", **query: object) -> Response:
    """Return the answer of the API to an address."""
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": urlencode(query).encode(),
        "headers": headers,
    }
    app = Starlette(routes=data_api.api_routes(METRICS))
    return asyncio.run(web_middleware.collect_response(app, scope, receive_nothing))


def json_of(response: Response) -> Any:
    return json.loads(bytes(response.body))


def csv_rows(response: Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bytes(response.body).decode("utf-8-sig"))))


@pytest.fixture(autouse=True)
def api(page_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the API the 示例 ledgers and a token."""
    monkeypatch.setenv(data_api.SETTING, TOKEN)


def test_the_api_is_off_until_a_token_is_set(monkeypatch):
    """Without the setting no address of the API is there, whatever token comes; the health of the server is."""
    monkeypatch.delenv(data_api.SETTING)
    for path in ("/api/metrics", "/api/metrics/behind", "/api/datasets/river.csv", "/api/openapi.json"):
        assert ask_api(path).status_code == 404
    answer = ask_api("/healthz", token=None)
    assert (answer.status_code, json_of(answer)) == (200, {"status": "ok"})


@pytest.mark.parametrize("token", [None, "", "guessed", TOKEN[:-1], TOKEN + "x", "令牌"])
def test_a_wrong_token_opens_nothing(token):
    """Who has no token, or one that differs by a letter, is told so, and how a token is brought."""
    answer = ask_api("/api/metrics", token=token)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("name", SEEN_BY_VIEWERS)
def test_a_metric_is_what_a_viewer_may_have(name):
    """A metric has the day and the rows of its one definition, worked out for a viewer."""
    answer = ask_api(f"/api/metrics/{name}", as_of=DAY)
    with shared_store().read() as con:
        result = compute_metric(con, name, date.fromisoformat(DAY), "viewer")
    rows = json.loads(result.rows.to_json(orient="records", date_format="iso", force_ascii=False))
    found = json_of(answer)
    assert (answer.status_code, found["name"], found["as_of"], found["rows"]) == (200, name, DAY, rows)


def test_the_object_of_a_metric_is_that_of_the_terminal(sample_path, tmp_path, capsys):
    """A program that reads what the terminal prints reads what the API sends."""
    copy = str(stores.copy_database(sample_path, tmp_path / "copy.duckdb"))
    words = ["behind", "stream=water", "--as-of", DAY, "--role", "viewer"]
    assert cli.main(["metric", *words, "--db", copy, "--json"]) == 0
    assert json_of(ask_api("/api/metrics/behind", as_of=DAY, stream="water")) == json.loads(capsys.readouterr().out)


def test_the_csv_of_a_metric_has_its_rows():
    """Below the names of the columns stand the same rows as in JSON: days as days, nothing where a value is missing."""
    objects = json_of(ask_api("/api/metrics/behind"))["rows"]
    names, *rows = csv_rows(ask_api("/api/metrics/behind.csv"))
    assert names == list(objects[0])
    assert [row[names.index("item_id")] for row in rows] == [each["item_id"] for each in objects]
    assert {row[names.index("judged_on")] for row in rows} == {"2014-06-30"}
    assert [row[names.index("days_left")] == "" for row in rows] == [each["days_left"] is None for each in objects]


def test_a_text_that_reads_like_a_formula_is_one_in_no_spreadsheet():
    """A cell that begins as a formula does gets an apostrophe; a negative number is none."""
    written = csv_of_rows(pd.DataFrame({"name": ["=1+1", "@x", None], "gap": [-1.5, 2.0, None]})).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written))) == [["name", "gap"], ["'=1+1", "-1.5"], ["'@x", "2"], ["", ""]]


@pytest.mark.parametrize("name", ["river", "reading", "funding", "village", "target", "plant_daily"])
def test_a_ledger_is_what_the_terminal_exports(name):
    """A ledger comes as its export, without personal columns; as JSON it has the same rows."""
    ledger = DATASETS[name]
    with shared_store().read() as con:
        exported = template.export_csv(con, ledger, with_personal=False)
    assert bytes(ask_api(f"/api/datasets/{name}.csv").body) == exported
    rows = json_of(ask_api(f"/api/datasets/{name}.json"))
    assert len(rows) == len(csv_rows(ask_api(f"/api/datasets/{name}.csv"))) - 1
    assert all(list(row) == [c.name for c in ledger.columns if not c.personal] for row in rows)


def test_households_are_withheld():
    """No address gives out single households, whatever the role of the server's readers: the sentence says so."""
    metrics = [f"/api/metrics/{name}" for name, metric in METRICS.items() if metric.is_by_household]
    ledgers = [f"/api/datasets/{name}.json" for name, ledger in DATASETS.items() if ledger.is_withheld]
    assert {"published_ranking", "published_standing", "alert_acknowledgement"} <= {
        n.split("/")[-1][:-5] for n in ledgers
    }
    assert metrics
    assert ledgers
    assert {ask_api(path).status_code for path in [*metrics, *(f"{path}.csv" for path in metrics), *ledgers]} == {403}


def test_the_figures_of_then_come_with_the_batch():
    """After a correction the figure is the new one; asked for after the batch before, metric and ledger are the old."""
    asked = {"work_id": "W-07"}
    before = json_of(ask_api("/api/metrics/works_progress", **asked))
    ledger = bytes(ask_api("/api/datasets/work_progress.json").body)
    report = loader.load_file(shared_store(), DATASETS["work_progress"], make_test_upload(CORRECTION), WHO)
    batch = loaded_batch(report)
    after = json_of(ask_api("/api/metrics/works_progress", **asked))
    assert [row["done"] for row in before["rows"]] == [8460.0]
    assert [row["done"] for row in after["rows"]] == [8000.0]
    then = json_of(ask_api("/api/metrics/works_progress", after_batch=batch - 1, **asked))
    assert then == before | {"after_batch": batch - 1}
    assert bytes(ask_api("/api/datasets/work_progress.json", after_batch=batch - 1).body) == ledger
    assert json_of(ask_api("/api/metrics/works_progress", after_batch=batch, **asked)) == after | {"after_batch": batch}
    loader.undo_batch(shared_store(), batch, WHO)
    undone = json_of(ask_api("/api/metrics/works_progress", after_batch=batch, lang="en", **asked))
    assert [row["done"] for row in undone["rows"]] == [8460.0]
    assert f"Batch {batch} has been undone" in undone["note"]
    headers = ask_api("/api/metrics/works_progress.csv", after_batch=batch).headers
    assert headers["x-frontline-after-batch-undone"] == "true"


def test_a_metric_is_told_in_the_language_that_is_asked_for():
    """Its name, its formula and the words in its rows are English, and so are the headings of its CSV; without a
    language rows have the words that are stored, by which they are filtered."""
    plain, english = (json_of(ask_api("/api/metrics/behind", **asked)) for asked in ({}, {"lang": "en"}))
    assert (plain["label"], english["label"]) == ("落后事项", "Behind plan")
    assert plain["formula"] != english["formula"]
    assert (plain["rows"][0]["light"], english["rows"][0]["light"]) == ("已逾期", "Past its deadline")
    assert plain["rows"][0]["item"] == english["rows"][0]["item"]
    headings, first, *_ = csv_rows(ask_api("/api/metrics/behind.csv", lang="en"))
    assert first[headings.index("Light")] == "Past its deadline"
    assert csv_rows(ask_api("/api/metrics/behind.csv", lang="zh"))[0][headings.index("Light")] == "灯色"


@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("1", "0"), ("是", "否"), ("True", "FALSE")])
def test_a_flag_and_a_number_are_filtered_however_they_are_written(yes, no):
    """A flag is true, 1 or 是, a number 51 as well as 51.0; the rows that say so and the others are all there are."""
    rows = json_of(ask_api("/api/metrics/plan_lights"))["rows"]
    for wanted, written in ((True, yes), (False, no)):
        found = json_of(ask_api("/api/metrics/plan_lights", is_level=written))["rows"]
        assert found == [row for row in rows if row["is_level"] is wanted]
        assert found
    for written in ("51", "51.0"):
        assert json_of(ask_api("/api/metrics/behind", actual=written))["rows"]


def test_a_csv_says_whose_figures_it_holds():
    """Its name and its headers have its day, its batches and the mark of 示例 rows; no row of it is a remark."""
    metric, ledger = ask_api("/api/metrics/behind.csv", as_of=DAY), ask_api("/api/datasets/patrol.csv")
    assert f"behind_{DAY}_sample.csv" in metric.headers["content-disposition"]
    assert "patrol_2014-06-30_sample.csv" in ledger.headers["content-disposition"]
    for answer, day in ((metric, DAY), (ledger, "2014-06-30")):
        assert (answer.headers["x-frontline-as-of"], answer.headers["x-frontline-sample"]) == (day, "true")
        assert answer.headers["x-frontline-batches"]


@pytest.mark.parametrize("day", ["1900-01-01", "1999-12-31"])
def test_a_day_before_all_data_is_a_day(day):
    """It is answered as it is asked: with no row, no newest day and no batch behind it."""
    told = json_of(ask_api("/api/metrics/patrol_completion", as_of=day))
    assert (told["as_of"], told["newest"], told["first_batch"]) == (day, None, None)
    assert told["rows"] == []


WRONG = {
    "a day that is none": ("/api/metrics/behind", {"as_of": "2014-02-30"}, 400, "2014-02-30"),
    "a day that no ledger can hold": ("/api/metrics/behind", {"as_of": "1899-12-31"}, 400, "1899-12-31"),
    "the first day of all": ("/api/metrics/behind", {"as_of": "0001-01-01"}, 400, "0001-01-01"),
    "a metric": ("/api/metrics/moon", {}, 404, "moon"),
    "a ledger": ("/api/datasets/moon.csv", {}, 404, "moon"),
    "a flag": ("/api/metrics/behind", {"is_waiting": "maybe"}, 400, "maybe"),
    "a number": ("/api/metrics/behind", {"actual": "many"}, 400, "many"),
    "a name without an end": ("/api/metrics/behind", {"x" * 5000: "1"}, 400, "x" * 80 + "”"),
    "an address without a name": ("/api", {}, 404, "/api"),
    "a filter": ("/api/metrics/behind", {"moon": "full"}, 400, "moon"),
    "a parameter of a ledger": ("/api/datasets/river.csv", {"as_of": DAY}, 400, "as_of"),
    "a parameter of a list": ("/api/metrics", {"as_of": DAY}, 400, "as_of"),
    "a batch": ("/api/metrics/behind", {"after_batch": "9999"}, 404, "9999"),
    "a batch that is no number": ("/api/metrics/behind", {"after_batch": "x"}, 404, "x"),
    "a language": ("/api/datasets/river.csv", {"lang": "fr"}, 400, "fr"),
    "an address": ("/api/rivers", {}, 404, "/api/rivers"),
    "a file": ("/api/datasets/river.xml", {}, 404, "river.xml"),
    "words of SQL": ("/api/metrics/behind", {"as_of": "' OR 1=1 --"}, 400, "OR 1=1"),
    "a column that is SQL": ("/api/metrics/behind", {"1=1 OR item": "x"}, 400, "1=1 OR item"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_sentence_in_both_languages(case):
    """A bad day, name, filter, batch or address has its status and a sentence that names it."""
    path, query, status, named = WRONG[case]
    answer = ask_api(path, **query)
    said = json_of(answer)["error"]
    assert (answer.status_code, named in said["zh"], named in said["en"]) == (status, True, True)


def test_the_api_only_reads():
    """No address of the API takes anything in; what would is refused in a sentence, and told what is taken."""
    for path in ("/healthz", "/api/metrics", "/api/metrics/behind", "/api/datasets/river.csv", "/api/openapi.json"):
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
            answer = ask_api(path, method=method)
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
            assert method in json_of(answer)["error"]["zh"]
        assert ask_api(path, method="HEAD").status_code == 200


def test_the_document_tells_every_address_and_column():
    """What the OpenAPI document lists answers as its schema says; of the names every fourth is asked for."""
    document = json_of(ask_api("/api/openapi.json"))
    named = document["components"]["parameters"]
    for path, operation in document["paths"].items():
        kind = "metric" if "metrics" in path else "ledger"
        for name in named[kind]["schema"]["enum"][::4] if "{name}" in path else [""]:
            answer = ask_api(path.replace("{name}", name))
            content = operation["get"]["responses"]["200"]["content"]
            assert answer.status_code == 200, path
            assert answer.headers["content-type"].partition(";")[0] in content, path
            if JSON_TYPE in content:
                schema = _schema_named(content[JSON_TYPE]["schema"], kind, name)
                Draft202012Validator(document | schema).validate(json_of(answer))
    assert document["components"]["schemas"]["metric.behind"]["properties"]["gap"]["type"] == ["number", "null"]


def test_every_reference_of_the_document_leads_somewhere():
    """Each `$ref` names a part that is there, and every part but the security scheme is named by one."""
    document = json_of(ask_api("/api/openapi.json"))
    referred = set(re.findall(r'"\$ref": "#/components/([^"]+)"', json.dumps(document)))
    there = {f"{kind}/{name}" for kind, parts in document["components"].items() for name in parts}
    assert referred == {part for part in there if not part.startswith("securitySchemes/")}


def _schema_named(schema: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """Return the schema of one name, where an address has one for each."""
    ref = {"metric": f"#/components/schemas/answer.{name}", "ledger": f"#/components/schemas/ledger.{name}"}[kind]
    if "oneOf" in schema:
        return next(each for each in schema["oneOf"] if each["$ref"] == ref)
    return next((each for each in schema.get("anyOf", []) if each["items"]["$ref"] == ref), schema)


def test_the_lists_leave_out_what_is_withheld():
    """The lists name what can be had, with labels in both languages, and nothing of single households."""
    metrics = [name for name, metric in METRICS.items() if not metric.is_by_household]
    ledgers = [name for name, ledger in DATASETS.items() if not ledger.is_withheld]
    for path, known in (("/api/metrics", metrics), ("/api/datasets", ledgers)):
        listed = json_of(ask_api(path))
        assert [each["name"] for each in listed] == known
        assert all(each["label_zh"] and each["label_en"] and each["columns"] for each in listed)


@pytest.mark.browser
@pytest.mark.slow
def test_the_server_gives_out_the_api(fresh_server, tmp_path):
    """On the app's own server the API answers beside the pages; a token that can be guessed does not start it."""
    server = fresh_server(FRONTLINE_API_TOKEN=TOKEN, FRONTLINE_SAMPLE="0")
    asked = Request(f"{server.url}/api/metrics/behind", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(asked, timeout=PATIENCE) as answer:
        assert json.load(answer)["name"] == "behind"
    with urlopen(f"{server.url}/healthz", timeout=PATIENCE) as answer:
        assert json.load(answer) == {"status": "ok"}
    process = start_server(tmp_path / "other.duckdb", tmp_path / "said", FRONTLINE_API_TOKEN="secret")
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "FRONTLINE_API_TOKEN" in (tmp_path / "said").read_text()
