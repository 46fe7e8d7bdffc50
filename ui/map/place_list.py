"""One list of what lies on the map, what is overdue first; each row chooses it on the map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from markupsafe import Markup

from data.text import Text
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import CLASS_NAMES
from ui.map.choices import choose_href, choose_river_href
from ui.map.layers import MapLayer
from ui.map.legend import sign_mark, standing_words
from ui.markup import element, joined, link, words
from ui.page import PageRequest
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult

NAME, STATE, KIND = Text("名称", "Name"), Text("水质或状态", "Class or state"), Text("类别", "Kind")
DAYS, WHERE = Text("逾期（天）", "Days overdue"), Text("河道、村社", "River, village")
AT_RIVER = Text("{river}{name}", "{river}: {name}")
TARGET, DUE = Text("目标 {class_}", "target {class_}"), Text("限期 {day}", "due {day}")
ORDER = {"严重滞后": 1.0, "滞后": 2.0, "open": 3.0, "待上报": 3.0}
OTHERS = 4.0  # chosen: after all that has a rule of its own
SHARED_COLUMNS = ("river", "river_id", "village", "target_class")
DUE_COLUMNS = ("due_on", "end_on", "sign_end")


def listed_rows(shown: Iterable[tuple[MapLayer, DatedResult]]) -> pd.DataFrame:
    """Return the rows of all layers that are not done: overdue by their days, over the target, behind, open, others."""
    found = [row for layer, result in shown for row in _layer_rows(layer, result)]
    return pd.DataFrame(sorted(found, key=lambda row: row["rank"]))


def _layer_rows(layer: MapLayer, result: DatedResult) -> Iterable[Row]:
    for row in result.rows.astype(object).to_dict("records"):
        standing = "" if formats.is_missing(row["standing"]) else str(row["standing"])
        if standing not in layer.done:
            yield _list_row(layer, row, standing, result.as_of) | {"what": _kind_words(layer, result, row)}


def _kind_words(layer: MapLayer, result: DatedResult, row: Row) -> Text | str:
    """Return the kind of a row, or what its layer holds where it has none."""
    kind = row.get("kind")
    return result.column(layer.title).label if formats.is_missing(kind) else WORDS.get(str(kind), str(kind))


def _list_row(layer: MapLayer, row: Row, standing: str, day: object) -> Row:
    shared = {name: row.get(name) for name in SHARED_COLUMNS}
    due = next((row[name] for name in DUE_COLUMNS if not formats.is_missing(row.get(name))), None)
    late = _days_late(row, due, day) if standing in layer.late else None
    rank = (_list_order(layer, row, standing), -(late or 0), -_class_rank(standing))
    told = {"layer": layer, "code": str(row[layer.code]), "name": layer.name_of(row), "standing": standing}
    return {**told, "due": due, "late": late, "rank": rank, **shared}


def _days_late(row: Row, due: Any, day: Any) -> int | None:
    """Return the days that the listing counts, or else those since the row was due; None where no day is known."""
    if not formats.is_missing(row.get("days_overdue")):
        return int(row["days_overdue"])
    return None if due is None else int((pd.Timestamp(day) - pd.Timestamp(due)).days)


def _class_rank(standing: str) -> int:
    return CLASS_NAMES.index(standing) + 1 if standing in CLASS_NAMES else 0


def _list_order(layer: MapLayer, row: Row, standing: str) -> float:
    """Return where a row stands: a reach over its target class with what is far behind."""
    is_over = 0 < _class_rank(str(row.get("target_class"))) < _class_rank(standing)
    return 0.0 if standing in layer.late else 1.0 if is_over else ORDER.get(standing, OTHERS)


def latest_row(shown: Iterable[tuple[MapLayer, DatedResult]]) -> dict[str, object] | None:
    """Return the name of what is overdue for the longest time, and its days; None where nothing is."""
    rows = listed_rows(shown)
    late = [row for row in rows.astype(object).to_dict("records") if not formats.is_missing(row["late"])]
    worst = max(late, key=lambda row: row["late"], default=None)
    return None if worst is None else {"name": _name_with_river(worst), "days": int(worst["late"])}


def _name_with_river(row: Row) -> Text:
    """Return the name of a row, behind that of its river where the river is known and not in it already."""
    name, river = row["name"], row["river"]
    return name if formats.is_missing(river) or river in name.zh else AT_RIVER.fill(river=river, name=name)


def place_list(request: PageRequest, result: DatedResult, rows: pd.DataFrame, more_href: str) -> Html:
    """Return rows of all layers, each a link that chooses it on the map; overdue ones in red."""
    cells = {"title": _name_cell, "what": _kind_cell, "now": _state_cell, "days": _late_cell}
    return list_block(
        result,
        ["title", "what", "now", "days", "where"],
        rows,
        href=lambda row: choose_href(request, row["layer"], row["code"]),
        cells={**cells, "where": lambda row: _where_cell(request, row)},
        headings={"title": NAME, "what": KIND, "now": STATE, "days": DAYS, "where": WHERE},
        is_alarming=lambda row: row["standing"] in row["layer"].late,
        more_href=more_href,
    )


def _name_cell(row: Row) -> Markup:
    return words(row["name"])


def _kind_cell(row: Row) -> Markup:
    return words(row["what"])


def _state_cell(row: Row) -> Markup:
    """Return how a row stands; a class of water beside its target."""
    layer, standing = row["layer"], row["standing"]
    sign = sign_mark(layer, standing)
    if standing not in CLASS_NAMES:
        return joined((sign, words(standing_words(layer, standing))), " ")
    target = row["target_class"]
    asked = "" if formats.is_missing(target) else TARGET.fill(class_=WORDS[target])
    return joined((sign, element("small", words(asked))), " ")


def _late_cell(row: Row) -> Markup:
    """Return by how many days a row is overdue, and the day on which it is due."""
    late = "" if formats.is_missing(row["late"]) else f"{int(row['late'])} "
    due = "" if formats.is_missing(row["due"]) else t(DUE.fill(day=formats.format_date(row["due"])))
    return words(late) + element("small", words(due)) if late or due else words(formats.MISSING)


def _where_cell(request: PageRequest, row: Row) -> Markup:
    """Return the river of a row, a link that chooses it, and its village."""
    river, village = row["river"], row["village"]
    parts = [] if formats.is_missing(river) else [link(words(river), choose_river_href(request, row["river_id"]))]
    parts += [] if formats.is_missing(village) else [words(village)]
    return joined(parts, " · ") or words(formats.MISSING)
