"""What the data API gives, as an OpenAPI document that programs read: generated from the metrics and the ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from data.datasets import DATASETS, Column
from data.errors import UnknownMetric
from data.text import Text
from ui.cache import Definition
from ui.results import DatedResult

VERSION = "1.0.0"  # of the API, not of the program: it changes with its addresses
TITLE = Text("庄桥一线 数据接口", "Frontline data API")
ABOUT = Text(
    "指标和台账，只读，口径与页面相同；按查看角色给数，不含单户。数字都是截至某一天的。",
    "Metrics and ledgers, read only, defined as on the pages and given as to a viewer: no single households. "
    "Every figure is as of a day.",
)
AS_OF = Text("截至哪天，不写为最新", "As of which day; the newest without it")
AFTER_BATCH = Text(
    "按某个批次之后的台账计算，不写为现在", "With the ledgers as they stood after a batch; as they stand now without it"
)
LANGUAGE = Text(
    "语言：行里的词、口径和 CSV 表头按它写；不写时词按库里的存法，CSV 表头用列名（台账用中文表头）",
    "The language of the words in the rows, of the formula and of the headings of a CSV; without it words are as they "
    "are stored, and a CSV has the names of the columns (that of a ledger Chinese headings)",
)
FILTER = Text(
    "其他参数都是筛选：列名=值（库里的存法），只留那一列等于它的行；是否列写 true、false、1、0、是、否",
    "Any other parameter is a filter: name of a column = value, as it is stored, keeps the rows that say so; of a flag "
    "the value is true, false, 1 or 0",
)
NOTE = Text("批次已撤销时说明：不含它的改动", "Said where the batch was undone: what it changed does not count")
ORIGIN_HEADERS = {
    "As-Of": Text("截至哪天", "As of which day"),
    "Newest": Text("数据到哪天", "The newest day in the data"),
    "Batches": Text("批次，从–到", "The batches, first to last"),
    "After-Batch": Text("按哪个批次之后的台账", "After which batch the ledgers are seen"),
    "After-Batch-Undone": Text("那个批次已撤销，不含它的改动", "That batch was undone and does not count"),
    "Sample": Text("含示例数据", "There are sample rows among them"),
}
WRONG = Text("一句话说明哪里不对", "One sentence on what is wrong")
HEALTH = Text("服务是否正常，不要令牌", "Whether the service works; needs no token")
METRIC_LIST = Text("指标清单", "The metrics")
LEDGER_LIST = Text("台账清单", "The ledgers")
ONE_METRIC = Text("一个指标", "One metric")
ONE_LEDGER = Text("一本台账的全部行", "All rows of a ledger")
DOCUMENT = Text("本说明", "This document")
JSON_TYPES: Mapping[str, str] = {"number": "number", "integer": "integer", "flag": "boolean"}  # all others are text
FAILURES = ("400", "401", "403", "404", "405", "503")
JSON, CSV = "application/json", "text/csv"
Part = dict[str, Any]
STRING: Part = {"type": "string"}


class ApiMetric(Definition[DatedResult], Protocol):
    """A metric as the API gives it."""

    @property
    def label(self) -> Text: ...
    @property
    def unit(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def is_by_household(self) -> bool: ...
    def formula_on(self, as_of: date | None) -> Text: ...


def metric_named(metrics: Mapping[str, ApiMetric], name: str) -> ApiMetric:
    """Return the metric of that name; raises UnknownMetric."""
    if name not in metrics:
        raise UnknownMetric(name=name, known=", ".join(metrics))
    return metrics[name]


def listed_metrics(metrics: Mapping[str, ApiMetric]) -> list[Part]:
    """Return what can be asked for: name, both labels, unit, formula of the newest thresholds, columns."""
    return [
        {
            "name": metric.name,
            **_in_both("label", metric.label),
            "unit": metric.unit,
            **_in_both("formula", metric.formula_on(None)),
            "columns": [_column_entry(column) for column in metric.columns],
        }
        for metric in metrics.values()
        if not metric.is_by_household
    ]


def listed_ledgers() -> list[Part]:
    """Return the ledgers that a viewer may have: name, both labels, key, columns."""
    return [
        {
            "name": ledger.name,
            **_in_both("label", ledger.label),
            "key": list(ledger.key),
            "columns": [_column_entry(column) for column in ledger.columns if not column.personal],
        }
        for ledger in DATASETS.values()
        if not ledger.is_withheld
    ]


def _in_both(name: str, said: Text) -> Part:
    return {f"{name}_zh": said.zh, f"{name}_en": said.en}


def _column_entry(column: Column) -> Part:
    return {"name": column.name, **_in_both("label", column.label), "type": column.kind, "unit": column.unit}


def openapi_document(metrics: Mapping[str, ApiMetric]) -> Part:
    """Return the API as OpenAPI 3.1 describes one: addresses, parameters, the rows of each metric and ledger."""
    given = {metric["name"]: metric["columns"] for metric in listed_metrics(metrics)}
    ledgers = {ledger["name"]: ledger["columns"] for ledger in listed_ledgers()}
    return {
        "openapi": "3.1.0",
        "info": {"title": _both_languages(TITLE), "version": VERSION, "description": _both_languages(ABOUT)},
        "security": [{"token": []}],
        "paths": _all_paths(list(given), list(ledgers)),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": _parameters(list(given), list(ledgers)),
            "headers": {name: _header(said) for name, said in ORIGIN_HEADERS.items()},
            "responses": {"Failure": _json_response(WRONG, _ref("schemas", "Error"))},
            "schemas": _schemas(given, ledgers),
        },
    }


def _ref(kind: str, name: str) -> Part:
    return {"$ref": f"#/components/{kind}/{name}"}


def _parameters(metrics: list[str], ledgers: list[str]) -> Part:
    return {
        "metric": _path_name(metrics),
        "ledger": _path_name(ledgers),
        "as_of": _query_parameter("as_of", AS_OF, {"type": "string", "format": "date"}),
        "after_batch": _query_parameter("after_batch", AFTER_BATCH, {"type": "integer", "minimum": 1}),
        "lang": _query_parameter("lang", LANGUAGE, {"type": "string", "enum": ["zh", "en"]}),
        "filters": _filter_parameter(),
    }


def _schemas(metrics: Mapping[str, list[Part]], ledgers: Mapping[str, list[Part]]) -> Part:
    """Return what the answers are made of: `metric.x` and `ledger.x` are rows, `answer.x` is a metric with its rows."""
    return {
        "Error": _error_schema(),
        "Health": _object({"status": {"enum": ["ok", "unavailable"]}}),
        "MetricEntry": _entry_schema(("unit", "formula_zh", "formula_en")),
        "LedgerEntry": _entry_schema(()),
        "Answer": _answer_schema(),
        **{f"metric.{name}": _row_schema(columns) for name, columns in metrics.items()},
        **{f"answer.{name}": _answer_of(name) for name in metrics},
        **{f"ledger.{name}": _row_schema(columns) for name, columns in ledgers.items()},
    }


def _all_paths(metrics: list[str], ledgers: list[str]) -> Part:
    of_metric, of_ledger = ("metric", "as_of", "after_batch", "lang", "filters"), ("ledger", "after_batch", "lang")
    answers = {name: _ref("schemas", f"answer.{name}") for name in metrics}
    kinds = {"propertyName": "name", "mapping": {name: answer["$ref"] for name, answer in answers.items()}}
    one_metric = {"oneOf": list(answers.values()), "discriminator": kinds}
    one_ledger = {"anyOf": [_list_of(f"ledger.{name}") for name in ledgers]}
    return {
        "/healthz": _health_operation(),
        "/api/openapi.json": _get_operation(DOCUMENT, (), _json_response(DOCUMENT, {"type": "object"})),
        "/api/metrics": _get_operation(METRIC_LIST, (), _json_response(METRIC_LIST, _list_of("MetricEntry"))),
        "/api/metrics/{name}": _get_operation(ONE_METRIC, of_metric, _json_response(ONE_METRIC, one_metric)),
        "/api/metrics/{name}.csv": _get_operation(ONE_METRIC, of_metric, _file_response(ONE_METRIC, CSV)),
        "/api/datasets": _get_operation(LEDGER_LIST, (), _json_response(LEDGER_LIST, _list_of("LedgerEntry"))),
        "/api/datasets/{name}.json": _get_operation(
            ONE_LEDGER, of_ledger, _file_response(ONE_LEDGER, JSON, one_ledger)
        ),
        "/api/datasets/{name}.csv": _get_operation(ONE_LEDGER, of_ledger, _file_response(ONE_LEDGER, CSV)),
    }


def _get_operation(said: Text, parameters: Iterable[str], answer: Part) -> Part:
    """Return what GET does at an address."""
    responses = {"200": answer, **{status: _ref("responses", "Failure") for status in FAILURES}}
    asked = [_ref("parameters", name) for name in parameters]
    return {"get": {"summary": _both_languages(said), "parameters": asked, "responses": responses}}


def _health_operation() -> Part:
    answer = _json_response(HEALTH, _ref("schemas", "Health"))
    responses = {"200": answer, "405": _ref("responses", "Failure"), "503": answer}
    return {"get": {"summary": _both_languages(HEALTH), "security": [], "responses": responses}}


def _json_response(said: Text, schema: Part) -> Part:
    return {"description": _both_languages(said), "content": {JSON: {"schema": schema}}}


def _file_response(said: Text, media_type: str, schema: Part | None = None) -> Part:
    """Return a table whose day, batches and 示例 mark stand in headers."""
    headers = {f"X-Frontline-{name}": _ref("headers", name) for name in ORIGIN_HEADERS}
    content = {media_type: {"schema": schema or {"type": "string"}}}
    return {"description": _both_languages(said), "headers": headers, "content": content}


def _header(said: Text) -> Part:
    return {"description": _both_languages(said), "schema": {"type": "string"}}


def _query_parameter(name: str, said: Text, schema: Part) -> Part:
    return {"name": name, "in": "query", "description": _both_languages(said), "schema": schema}


def _filter_parameter() -> Part:
    """Return the filters: whatever other parameters there are, each a column and what it has to say."""
    any_text = {"type": "object", "additionalProperties": {"type": "string"}}
    return _query_parameter("filters", FILTER, any_text) | {"style": "form", "explode": True}


def _path_name(names: Iterable[str]) -> Part:
    return {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": list(names)}}


def _error_schema() -> Part:
    return _object({"error": _object(dict.fromkeys(("zh", "en"), STRING))})


def _entry_schema(more: Iterable[str]) -> Part:
    """Return an entry of a list: a metric or a ledger with its columns."""
    column = _object(dict.fromkeys(("name", "label_zh", "label_en", "type", "unit"), STRING))
    named = dict.fromkeys(("name", "label_zh", "label_en", *more), STRING)
    return _object({**named, "columns": {"type": "array", "items": column}})


def _answer_schema() -> Part:
    """Return what every metric says of its rows: its name, its day, its batches, whether they are 示例."""
    day, batch = {"type": ["string", "null"], "format": "date"}, {"type": ["integer", "null"]}
    return _object(
        {
            **dict.fromkeys(("name", "label", "unit", "formula"), STRING),
            **dict.fromkeys(("as_of", "newest"), day),
            **dict.fromkeys(("first_batch", "last_batch", "after_batch"), batch),
            "note": {"type": ["string", "null"], "description": _both_languages(NOTE)},
            "is_sample": {"type": "boolean"},
            "rows": {"type": "array"},
        }
    )


def _answer_of(name: str) -> Part:
    own = {"properties": {"name": {"const": name}, "rows": _list_of(f"metric.{name}")}}
    return {"allOf": [_ref("schemas", "Answer"), own]}


def _list_of(schema: str) -> Part:
    return {"type": "array", "items": _ref("schemas", schema)}


def _object(properties: Part) -> Part:
    """Return an object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _row_schema(columns: list[Part]) -> Part:
    """Return a row: each column with its type, its labels and its unit."""
    return _object({column["name"]: _column_schema(column) for column in columns})


def _column_schema(column: Part) -> Part:
    said = f"{column['label_zh']} / {column['label_en']}"
    unit = {"x-unit": column["unit"]} if column["unit"] else {}
    return {"type": [JSON_TYPES.get(column["type"], "string"), "null"], "description": said, **unit}


def _both_languages(said: Text) -> str:
    return f"{said.zh} / {said.en}"
