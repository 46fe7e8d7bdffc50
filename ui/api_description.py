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
LANGUAGE = Text("台账 CSV 表头的语言", "The language of the headings of a ledger's CSV")
FILTER = Text(
    "其他参数都是筛选：列名=值，只留那一列等于它的行",
    "Any other parameter is a filter: name of a column = value keeps the rows that say so",
)
WRONG = Text("一句话说明哪里不对", "One sentence on what is wrong")
HEALTH = Text("服务是否正常，不要令牌", "Whether the service works; needs no token")
METRIC_LIST = Text("指标清单", "The metrics")
LEDGER_LIST = Text("台账清单", "The ledgers")
ONE_METRIC = Text("一个指标", "One metric")
ONE_LEDGER = Text("一本台账的全部行", "All rows of a ledger")
DOCUMENT = Text("本说明", "This document")
JSON_TYPES: Mapping[str, str] = {"number": "number", "integer": "integer", "flag": "boolean"}  # all others are text
FAILURES = {"400": WRONG, "401": WRONG, "403": WRONG, "404": WRONG}
Part = dict[str, Any]


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
            "schemas": {
                "Error": _error_schema(),
                **{f"metric.{name}": _row_schema(columns) for name, columns in given.items()},
                **{f"ledger.{name}": _row_schema(columns) for name, columns in ledgers.items()},
            },
        },
    }


def _all_paths(metrics: list[str], ledgers: list[str]) -> Part:
    shared = [_query_parameter("as_of", AS_OF, {"type": "string", "format": "date"})]
    after = _query_parameter("after_batch", AFTER_BATCH, {"type": "integer", "minimum": 1})
    of_metric = [_path_name(metrics), *shared, after, _filter_parameter()]
    of_ledger = [_path_name(ledgers), after]
    language = _query_parameter("lang", LANGUAGE, {"type": "string", "enum": ["zh", "en"]})
    return {
        "/healthz": _get_operation(HEALTH, [], "application/json", is_open=True),
        "/api/openapi.json": _get_operation(DOCUMENT, [], "application/json"),
        "/api/metrics": _get_operation(METRIC_LIST, [], "application/json"),
        "/api/metrics/{name}": _get_operation(ONE_METRIC, of_metric, "application/json"),
        "/api/metrics/{name}.csv": _get_operation(ONE_METRIC, of_metric, "text/csv"),
        "/api/datasets": _get_operation(LEDGER_LIST, [], "application/json"),
        "/api/datasets/{name}.json": _get_operation(ONE_LEDGER, of_ledger, "application/json"),
        "/api/datasets/{name}.csv": _get_operation(ONE_LEDGER, [*of_ledger, language], "text/csv"),
    }


def _get_operation(said: Text, parameters: list[Part], media_type: str, is_open: bool = False) -> Part:
    """Return what GET does at an address."""
    failure = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    responses: Part = {"200": {"description": _both_languages(said), "content": {media_type: {}}}}
    if not is_open:
        responses |= {status: {"description": _both_languages(wrong), **failure} for status, wrong in FAILURES.items()}
    more: Part = {"security": []} if is_open else {}
    return {"get": {"summary": _both_languages(said), "parameters": parameters, "responses": responses, **more}}


def _query_parameter(name: str, said: Text, schema: Part) -> Part:
    return {"name": name, "in": "query", "description": _both_languages(said), "schema": schema}


def _filter_parameter() -> Part:
    """Return the filters: whatever other parameters there are, each a column and what it has to say."""
    any_text = {"type": "object", "additionalProperties": {"type": "string"}}
    return _query_parameter("filters", FILTER, any_text) | {"style": "form", "explode": True}


def _path_name(names: Iterable[str]) -> Part:
    return {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": list(names)}}


def _error_schema() -> Part:
    texts = {"zh": {"type": "string"}, "en": {"type": "string"}}
    return {"type": "object", "properties": {"error": {"type": "object", "properties": texts}}}


def _row_schema(columns: list[Part]) -> Part:
    """Return a row: each column with its type, its labels and its unit."""
    return {"type": "object", "properties": {column["name"]: _column_schema(column) for column in columns}}


def _column_schema(column: Part) -> Part:
    said = f"{column['label_zh']} / {column['label_en']}"
    unit = {"x-unit": column["unit"]} if column["unit"] else {}
    return {"type": [JSON_TYPES.get(column["type"], "string"), "null"], "description": said, **unit}


def _both_languages(said: Text) -> str:
    return f"{said.zh} / {said.en}"
