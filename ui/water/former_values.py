"""What a section, a river or a work held before, a line for each time: until which day, and what was other then."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from data.datasets import Column
from data.datasets.model import VALID_TO
from data.text import Text, join_list
from ui import formats, tables
from ui.blocks import Html
from ui.page import caption_block
from ui.results import DatedResult

UNTIL = Text("至 {day}：{said}", "Until {day}: {said}")
ONE_VALUE = Text("{label} {value}", "{label} {value}")
NOT_REGISTERED = Text("未登记", "not registered")


def former_values_block(versions: DatedResult) -> Html:
    """Return the former values in small type, nothing where there are none; `versions` ends with what holds now."""
    columns = [versions.column(name) for name in versions.rows.columns if name != VALID_TO]
    rows = versions.rows.to_dict("records")
    return caption_block(*(_former_line(columns, old, new) for old, new in pairwise(rows)))


def _former_line(columns: list[Column], old: dict[str, Any], new: dict[str, Any]) -> Text:
    """Say what held until a day, as far as it was other than in the time after it."""
    said = join_list(_value_text(c, old[c.name]) for c in columns if not _is_same(old[c.name], new[c.name]))
    return UNTIL.fill(day=formats.format_date(old[VALID_TO]), said=said)


def _is_same(one: object, other: object) -> bool:
    return one == other or (formats.is_missing(one) and formats.is_missing(other))


def _value_text(column: Column, value: object) -> Text:
    if formats.is_missing(value):
        return ONE_VALUE.fill(label=column.label, value=NOT_REGISTERED)
    label = Text(tables.column_heading(column, "zh"), tables.column_heading(column, "en"))
    return ONE_VALUE.fill(label=label, value=Text(*(tables.cell_text(column, value, in_) for in_ in ("zh", "en"))))
