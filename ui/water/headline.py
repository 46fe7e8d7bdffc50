"""The headline of one river, or of all: sections within target, sources closed, what is dredged."""

from __future__ import annotations

import pandas as pd

from data.text import Text, joined
from ui import formats

TITLE = Text("{name}：{state}", "{name}: {state}")
MET = Text("{met} / {judged} 个断面达标", "{met} of {judged} sections within target")
NO_TARGET = Text("{count} 个断面没有目标水质", "{count} sections without a target")
CLOSED = Text("污染源整治 {closed} / {registered}", "{closed} of {registered} sources closed")
DREDGED = Text("清淤 {rate}", "{rate} dredged")
NO_FIGURES = Text("还没有水质、污染源和清淤数据", "no data of its water, sources or dredging yet")
COMMA = Text("，", ", ")


def _met(month: pd.Series) -> Text:
    """Say how many sections keep their target, or that none has one."""
    if not month["evaluated"]:
        return NO_TARGET.fill(count=month["no_target"])
    return MET.fill(met=month["met"], judged=month["evaluated"])


def headline(name: Text, met: pd.DataFrame, sources: pd.DataFrame, dredging: pd.DataFrame) -> Text:
    """Return the headline of rows of target_met (newest month last), source_closure and dredging_progress.

    What there is not is left out.
    """
    parts = [_met(met.iloc[-1])] if len(met) and met[["evaluated", "no_target"]].iloc[-1].any() else []
    if len(sources):
        parts.append(CLOSED.fill(closed=sources["closed"].sum(), registered=sources["registered"].sum()))
    if dredging["done"].notna().any():
        rate = 100 * dredging["done"].sum() / dredging["quantity"].sum()
        parts.append(DREDGED.fill(rate=formats.percent(rate)))
    return TITLE.fill(name=name, state=joined(parts, COMMA) if parts else NO_FIGURES)
