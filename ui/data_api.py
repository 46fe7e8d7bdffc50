"""The data API: metrics and ledgers for other programs of the house, read only, with the rules of viewers.

Off until FRONTLINE_API_TOKEN is set. The same definitions as on the pages and in the terminal.
"""

from __future__ import annotations

import hmac
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

import duckdb
from duckdb import DuckDBPyConnection as Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from data.datasets import dataset_named
from data.errors import (
    ApiOff,
    BadApiToken,
    BadFilterValue,
    DashboardError,
    HouseholdsWithheld,
    MethodNotAllowed,
    NoSuchAddress,
    NotADate,
    RepeatedParameter,
    UnknownBatch,
    UnknownDataset,
    UnknownFilter,
    UnknownLanguage,
    UnknownMetric,
    UnknownParameter,
    WrongApiToken,
)
from data.ingest.forms import template
from data.ingest.time_travel import ledgers_after_batch, seen_after_batch
from data.ingest.values.days import parse_iso_day
from data.text import Language
from ui import api_description
from ui.api_description import ApiMetric
from ui.cache import cached, newest_day
from ui.data_origin import DataOrigin, read_data_origin
from ui.metric_payload import csv_of_rows, headings_in_words, metric_payload, rows_in_words, undone_note
from ui.page import MAX_CHOICE
from ui.preferences import Reader, reading_as
from ui.store import shared_store

SETTING = "FRONTLINE_API_TOKEN"
LEAST_TOKEN = 16  # characters; chosen: none shorter is beyond guessing
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,}", re.ASCII)
LONGEST_SHOWN = 80  # characters of what was asked for, in a sentence; chosen
BATCH_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
CSV_TYPE = "text/csv; charset=utf-8"
HEADERS = {"Cache-Control": "private, no-cache"}
REFUSAL_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 405: {"Allow": "GET, HEAD"}}
STATUS: Mapping[type[DashboardError], int] = {
    ApiOff: 404,
    WrongApiToken: 401,
    HouseholdsWithheld: 403,
    NoSuchAddress: 404,
    UnknownMetric: 404,
    UnknownDataset: 404,
    UnknownBatch: 404,
    MethodNotAllowed: 405,
    UnknownFilter: 400,
    BadFilterValue: 400,
    UnknownParameter: 400,
    RepeatedParameter: 400,
    UnknownLanguage: 400,
    NotADate: 400,
}
OWN_PARAMETERS = ("as_of", "after_batch", "lang")
Metrics = Mapping[str, ApiMetric]
Kind = Literal["json", "csv"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for beside its path: the day, the state of the ledgers, the language, the filters.

    Without a language the rows have the words and the names that are stored, and what is said of them is Chinese.
    """

    as_of: date | None
    after_batch: int | None
    language: Language | None
    names: frozenset[str]
    filters: Mapping[str, str]


def api_token() -> str | None:
    """Return the token of the API, None where it is off; raises BadApiToken."""
    written = os.environ.get(SETTING, "").strip()
    if written and not TOKEN.fullmatch(written):
        raise BadApiToken(least=LEAST_TOKEN)
    return written or None


def require_token(request: Request) -> None:
    """Refuse who does not bring the token; raises ApiOff, WrongApiToken."""
    token = api_token()
    if token is None:
        raise ApiOff
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise WrongApiToken


def asked_parameters(request: Request) -> Asked:
    """Return what the address says; raises RepeatedParameter, NotADate, UnknownBatch, UnknownLanguage."""
    said = dict(request.query_params)
    for name in said:
        if len(request.query_params.getlist(name)) > 1:
            raise RepeatedParameter(name=name[:LONGEST_SHOWN])
    others = [name for name in said if name not in OWN_PARAMETERS]
    filters = {name[:LONGEST_SHOWN]: said[name][:MAX_CHOICE] for name in others}
    as_of, after_batch, language = (said.get(name) for name in OWN_PARAMETERS)
    return Asked(_asked_day(as_of), _asked_batch(after_batch), _asked_language(language), frozenset(said), filters)


def _asked_day(written: str | None) -> date | None:
    if written is None:
        return None
    day = parse_iso_day(written)
    if day is None:
        raise NotADate(value=written[:LONGEST_SHOWN])
    return day


def _asked_batch(written: str | None) -> int | None:
    if written is not None and not BATCH_NUMBER.fullmatch(written):
        raise UnknownBatch(batch=written[:LONGEST_SHOWN])
    return None if written is None else int(written)


def _asked_language(written: str | None) -> Language | None:
    match written:
        case "zh" | "en" | None:
            return written
    raise UnknownLanguage(value=written[:LONGEST_SHOWN])


def require_get(request: Request) -> None:
    """Refuse what would not only read; raises MethodNotAllowed."""
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(method=request.method[:LONGEST_SHOWN])


Answer = Callable[[Connection, Request, Asked], Response]


def answer_request(make: Answer, request: Request) -> Response:
    """Answer who brings the token, as a viewer reads; a failure is one sentence in both languages."""
    try:
        require_token(request)
        asked = asked_parameters(request)
        with reading_as(Reader(asked.language or "zh", role="viewer")), _asked_state(asked.after_batch) as con:
            response = make(con, request, asked)
    except DashboardError as error:
        return error_response(error)
    response.headers.update(HEADERS)
    return response


@dataclass(frozen=True, slots=True)
class ReadOnlyAddress:
    """An address that is only read; what would do more is refused in a sentence, where a route refuses it in a word."""

    answer: Callable[[Request], Response]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await run_in_threadpool(self._response, Request(scope, receive))
        await response(scope, receive, send)

    def _response(self, request: Request) -> Response:
        try:
            require_get(request)
        except MethodNotAllowed as error:
            return error_response(error)
        return self.answer(request)


@contextmanager
def _asked_state(batch: int | None) -> Iterator[Connection]:
    """Give the ledgers as they stand, or as they stood after a batch; raises UnknownBatch."""
    with shared_store().read() as con, nullcontext() if batch is None else ledgers_after_batch(con, batch):
        yield con


def error_response(error: DashboardError) -> Response:
    """Return the sentence of a failure in both languages, with the status that programs look at."""
    status = STATUS.get(type(error), 503)
    said = {"error": {"zh": error.text.zh, "en": error.text.en}}
    return JSONResponse(said, status, headers=HEADERS | REFUSAL_HEADERS.get(status, {}))


def list_response(listed: Callable[[], object], con: Connection, request: Request, asked: Asked) -> Response:
    """Answer with what there is to ask for; raises UnknownParameter."""
    _require_known(asked, ())
    return JSONResponse(listed())


def metric_response(metrics: Metrics, kind: Kind, con: Connection, request: Request, asked: Asked) -> Response:
    """Answer with a metric; raises UnknownMetric, UnknownFilter, HouseholdsWithheld."""
    metric = api_description.metric_named(metrics, request.path_params["name"][:LONGEST_SHOWN])
    if metric.is_by_household:
        raise HouseholdsWithheld(name=metric.label)
    result = cached(con, metric, asked.as_of, **asked.filters)
    origin = read_data_origin(con, result.as_of, result.ledgers)
    headings: list[str] = []
    if asked.language:
        headings = headings_in_words(result.rows, metric.columns, asked.language)
        result = metric.result(result.as_of, result.newest, rows_in_words(result.rows, metric.columns, asked.language))
    if kind == "csv":
        headers = origin_headers(con, origin, metric.name, result.as_of)
        return Response(csv_of_rows(result.rows, headings), media_type=CSV_TYPE, headers=headers)
    payload = metric_payload(con, result, metric.unit, origin, asked.language or "zh")
    return Response(json.dumps(payload, ensure_ascii=False, default=str), media_type="application/json")


def origin_headers(con: Connection, origin: DataOrigin, name: str, day: date | None) -> dict[str, str]:
    """Return what a file says of its day, its batches and 示例 rows: in headers, and short in its name.

    A remark within a CSV would be a row to the programs that read it.
    """
    batch = seen_after_batch(con)
    state = f"after-{batch}" if batch else ""
    marks = (name, day, state, "sample" if origin.is_sample else "")
    told = {
        "As-Of": origin.as_of,
        "Newest": origin.newest,
        "Batches": f"{origin.first_batch}-{origin.last_batch}" if origin.first_batch else None,
        "After-Batch": batch,
        "After-Batch-Undone": "true" if undone_note(con) else None,
        "Sample": str(origin.is_sample).lower(),
    }
    headers = {f"X-Frontline-{name}": str(said) for name, said in told.items() if said is not None}
    return headers | {"Content-Disposition": f'attachment; filename="{"_".join(str(m) for m in marks if m)}.csv"'}


def ledger_response(kind: Kind, con: Connection, request: Request, asked: Asked) -> Response:
    """Answer with the rows of a ledger; raises UnknownDataset, UnknownParameter, HouseholdsWithheld."""
    ledger = dataset_named(request.path_params["name"][:LONGEST_SHOWN])
    _require_known(asked, ("after_batch", "lang"))
    if ledger.is_withheld:
        raise HouseholdsWithheld(name=ledger.label)
    day = newest_day(con, (ledger.name,))
    headers = origin_headers(con, read_data_origin(con, day, (ledger.name,)), ledger.name, day)
    if kind == "csv":
        content = template.export_csv(con, ledger, asked.language or "zh", with_personal=False)
        return Response(content, media_type=CSV_TYPE, headers=headers)
    del headers["Content-Disposition"]
    content = template.export_json(con, ledger, with_personal=False)
    return Response(content, media_type="application/json", headers=headers)


def _require_known(asked: Asked, known: tuple[str, ...]) -> None:
    """Refuse a parameter that would change nothing; raises UnknownParameter."""
    for name in sorted(asked.names - set(known)):
        raise UnknownParameter(name=name[:LONGEST_SHOWN], known=", ".join(known) or "–")


def no_response(con: Connection, request: Request, asked: Asked) -> Response:
    """Answer an address below /api/ that there is not; raises NoSuchAddress."""
    raise NoSuchAddress(path=request.url.path[:LONGEST_SHOWN])


def health_response(request: Request) -> Response:
    """Answer whether the database can be read, to whoever asks, and nothing else."""
    try:
        with shared_store().read() as con:
            con.execute("SELECT n FROM store_lock").fetchall()
    except (DashboardError, duckdb.Error):
        return JSONResponse({"status": "unavailable"}, 503, headers=HEADERS)
    return JSONResponse({"status": "ok"}, headers=HEADERS)


def api_routes(metrics: Metrics) -> list[Route]:
    """Return the addresses of the API with the metrics that it gives; the last takes all that is left below /api/."""
    answers: dict[str, Answer] = {
        "/api/openapi.json": partial(list_response, partial(api_description.openapi_document, metrics)),
        "/api/metrics": partial(list_response, partial(api_description.listed_metrics, metrics)),
        "/api/metrics/{name}.csv": partial(metric_response, metrics, "csv"),
        "/api/metrics/{name}": partial(metric_response, metrics, "json"),
        "/api/datasets": partial(list_response, api_description.listed_ledgers),
        "/api/datasets/{name}.csv": partial(ledger_response, "csv"),
        "/api/datasets/{name}.json": partial(ledger_response, "json"),
        "/api": no_response,
        "/api/{path:path}": no_response,
    }
    named = (Route(path, ReadOnlyAddress(partial(answer_request, answer))) for path, answer in answers.items())
    return [Route("/healthz", ReadOnlyAddress(health_response)), *named]
