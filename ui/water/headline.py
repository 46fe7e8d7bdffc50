"""The headline of one river, or of all: sections within target, sources closed, what is dredged."""

from __future__ import annotations

import pandas as pd

from data.fields import WORDS
from data.text import Text, join_list, join_texts, untranslated
from ui import formats
from ui.water.card_specs import rows_by_unit

TITLE = Text("{name}：{state}", "{name}: {state}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections within target")
NO_TARGET = Text("{count} 个断面没有目标水质", "{count} sections without a target")
CLOSED = Text("污染源整治 {closed} / {registered}", "{closed} of {registered} sources closed")
DREDGED, BY_UNIT = Text("清淤 {rate}", "{rate} dredged"), Text("{rate}（{unit}）", "{rate} ({unit})")
NO_FIGURES = Text("还没有水质、污染源和清淤数据", "no data of its water, sources or dredging yet")
COMMA = Text("，", ", ")


def _sections_clause(month: pd.Series) -> Text:
    """Say how many sections keep their target, or that none has one."""
    if not month["evaluated"]:
        return NO_TARGET.fill(count=month["no_target"])
    return MET.fill(met=month["met"], judged=month["evaluated"])


def _dredging_clauses(rows: pd.DataFrame) -> list[Text]:
    """Say how much is dredged, unit by unit where there are several; nothing without a report."""
    sums = [
        (WORDS[unit], *own[["done", "quantity"]].sum()) for unit, own in rows_by_unit(rows) if own["done"].notna().any()
    ]
    rates = [(unit, formats.format_percent(100 * done / quantity)) for unit, done, quantity in sums]
    said = [BY_UNIT.fill(rate=rate, unit=unit) if len(rates) > 1 else untranslated(rate) for unit, rate in rates]
    return [DREDGED.fill(rate=join_list(said))] if said else []


def river_headline(name: Text, met: pd.DataFrame, sources: pd.DataFrame, dredging: pd.DataFrame) -> Text:
    """Return the headline of rows of target_met (newest month last), source_closure and dredging_progress.

    What there is not is left out.
    """
    parts = [_sections_clause(met.iloc[-1])] if len(met) and met[["evaluated", "no_target"]].iloc[-1].any() else []
    if len(sources):
        parts.append(CLOSED.fill(closed=sources["closed"].sum(), registered=sources["registered"].sum()))
    parts += _dredging_clauses(dredging)
    return TITLE.fill(name=name, state=join_texts(parts, COMMA) if parts else NO_FIGURES)
