"""One list of what lies on the map, what is overdue first; each row chooses it on the map."""

from __future__ import annotations

from collections.abc import Iterable

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
SHARED_COLUMNS = ("kind", "river", "river_id", "village", "target_class")
DUE_COLUMNS = ("due_on", "end_on", "sign_end")


def listed_rows(shown: Iterable[tuple[MapLayer, DatedResult]]) -> pd.DataFrame:
    """Return the rows of all layers that are not done: overdue by their days, over the target, behind, open, others."""
    found = [rows for layer, result in shown if len(rows := _undone_rows(layer, result))]
    if not found:
        return pd.DataFrame()
    keys = ["order", "late", "class_rank"]
    return pd.concat(found, ignore_index=True).sort_values(keys, ascending=[True, False, False], kind="stable")


def _undone_rows(layer: MapLayer, result: DatedResult) -> pd.DataFrame:
    """Return the rows of a layer that are not done, in the columns that the list has of all layers."""
    rows = result.rows.assign(standing=result.rows["standing"].fillna(""))
    rows = rows[~rows["standing"].isin(layer.done)]
    due = _due_days(rows)
    shared = {name: rows.get(name, None) for name in SHARED_COLUMNS}
    told = {"layer": [layer] * len(rows), "code": rows[layer.code], "called": rows[layer.title], "due": due}
    holds = {"holds": [result.column(layer.title).label] * len(rows), "standing": rows["standing"], **shared}
    ranks = {"late": _days_late(layer, rows, due, result.as_of), "class_rank": _class_ranks(rows["standing"])}
    found = pd.DataFrame(told | holds | ranks, rows.index)
    return found.assign(order=_list_order(layer, found)).astype(dict.fromkeys((*shared, "due"), object))


def _due_days(rows: pd.DataFrame) -> pd.Series:
    """Return the day on which each row is due, by the first of DUE_COLUMNS that it has."""
    days = pd.Series(pd.NaT, rows.index, "datetime64[us]")
    for name in DUE_COLUMNS:
        days = days.fillna(pd.to_datetime(rows[name]).astype("datetime64[us]")) if name in rows else days
    return days


def _days_late(layer: MapLayer, rows: pd.DataFrame, due: pd.Series, day: object) -> pd.Series:
    """Return the days that the listing counts, or else those since a row was due; nothing for what is not late."""
    days = (pd.Timestamp(day) - due).dt.days.astype(float)
    if "days_overdue" in rows:
        days = rows["days_overdue"].astype(float).fillna(days)
    return days.where(rows["standing"].isin(layer.late))


def _class_ranks(classes: pd.Series) -> pd.Series:
    """Return the place of each class of water from 1, and 0 for all else."""
    return classes.map({name: rank for rank, name in enumerate(CLASS_NAMES, start=1)}).astype(float).fillna(0.0)


def _list_order(layer: MapLayer, found: pd.DataFrame) -> pd.Series:
    """Return where rows stand: what is late first, a reach over its target class with what is far behind."""
    target = _class_ranks(found["target_class"].astype(object))
    order = found["standing"].map(ORDER).astype(float).fillna(OTHERS)
    order = order.mask((target > 0) & (target < found["class_rank"]), 1.0)
    return order.mask(found["standing"].isin(layer.late), 0.0)


def latest_row(shown: Iterable[tuple[MapLayer, DatedResult]]) -> dict[str, object] | None:
    """Return the name of what is overdue for the longest time, and its days; None where nothing is."""
    rows = listed_rows(shown)
    if rows.empty or rows["late"].isna().all():
        return None
    worst = rows.loc[rows["late"].idxmax()].to_dict()
    return {"name": _name_with_river(worst), "days": int(worst["late"])}


def _name(row: Row) -> Text:
    layer: MapLayer = row["layer"]
    return layer.name_of({layer.title: row["called"]})


def _name_with_river(row: Row) -> Text:
    """Return the name of a row, behind that of its river where the river is known and not in it already."""
    name, river = _name(row), row["river"]
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
    return words(_name(row))


def _kind_cell(row: Row) -> Markup:
    """Return the kind of a row, or what its layer holds where it has none."""
    kind = row["kind"]
    return words(row["holds"] if formats.is_missing(kind) else WORDS.get(str(kind), str(kind)))


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
