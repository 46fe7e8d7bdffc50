"""The four dimensions 治 截 洁 节: which figures stand for each, and the three sentences of news.

A card more is one `Tile` more in DIMENSIONS; its label and formula are the metric's.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.fields import FIELDS, WORDS
from data.text import Text, same
from ui import formats
from ui.water.quality import ALL, MONTHS, NEVER_SAMPLED, NEWEST_MONTHS, SECTIONS, said
from ui.water.tiles import Tile, newest

NAME = Text("四维度", "Four dimensions")
SOURCES = Text("处", "sources")
HOUSEHOLDS = Text("户", "households")
TAPS = Text("处", "taps")
TIMES = Text("次", "times")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four: its heading, the page that holds more, its figures."""

    heading: Text
    page: str
    more: Text
    tiles: tuple[Tile, ...]


TARGET_MET = Tile(
    metric="target_met", done="met", total="evaluated", unit=SECTIONS, only=ALL, beside=("no_target", "no_data")
)
SOURCE_CLOSURE = Tile(metric="source_closure", done="closed", total="registered", unit=SOURCES, beside=("overdue",))
DREDGING = Tile(
    metric="dredging_progress", done="done", total="quantity", unit=same("m³"), only={"quantity_unit": "m³"},
    beside=("unreported",),
)  # fmt: skip
HEADLINE = (TARGET_MET, SOURCE_CLOSURE, DREDGING)
DIMENSIONS = (
    Dimension(
        Text("治 · 包干管理", "Manage"),
        "water/quality.py",
        Text("看水质", "Water quality"),
        (
            TARGET_MET,
            Tile(
                metric="data_completeness", done="months", total="months_due", unit=MONTHS, period=NEWEST_MONTHS,
                lacking=NEVER_SAMPLED,
            ),
        ),
    ),
    Dimension(
        Text("截 · 源头截污", "Intercept"),
        "water/works.py",
        Text("看污染源", "Pollution sources"),
        (
            SOURCE_CLOSURE,
            Tile(metric="source_closure", done="overdue", unit=SOURCES, label=FIELDS["is_overdue"].label),
        ),
    ),
    Dimension(
        Text("洁 · 技术洁水", "Clean"),
        "water/works.py",
        Text("看工程", "Works"),
        (
            DREDGING,
            Tile(
                metric="plant_connection", done="households_connected", total="households_design", unit=HOUSEHOLDS,
                label=Text("污水处理厂接户率", "Households connected"),
            ),
        ),
    ),
    Dimension(
        Text("节 · 全民节水", "Save"),
        "water/works.py",
        Text("看节水", "Water saving"),
        (
            Tile(metric="saving_activities", done="activities", unit=TIMES),
            Tile(
                metric="saving_activities", done="leaks_fixed", total="leaks_found", unit=TAPS,
                label=Text("长流水修复", "Running taps mended"),
            ),
        ),
    ),
)  # fmt: skip

NEWS = Text("{place}. {said}", "{place}. {said}")
NOT_COMPARABLE = Text("水质还不能与上年同期或上月比较。", "The water cannot be compared with an earlier period yet.")
UNCHANGED = Text(
    "各河道水质与上年同期、上月相比都无明显变化。", "No river is clearly changed against a year or a month before."
)
FURTHEST = Text("最落后的是{work}：{share}，{gap}。", "Furthest behind is {work}: {share}, {gap}.")
NEVER = Text("另有 {count} 项已到开工日而从未上报。", "{count} more should have begun and never reported.")
ON_PLAN = Text("上报的工程都达到序时进度。", "Every work that reports is on plan.")
NO_WORK = Text("没有登记整治工程。", "No work is registered.")
OVERDUE = Text(
    "{open} 处污染源未整治，其中逾期 {overdue} 处，最多的是{river}（{most} 处）。",
    "{open} pollution sources are open, {overdue} of them overdue, most of them at {river} ({most}).",
)
NONE_OVERDUE = Text("{open} 处污染源未整治，没有逾期的。", "{open} pollution sources are open, none overdue.")
NO_SOURCE = Text("没有登记污染源。", "No pollution source is registered.")
BEHIND_LIST = ("item", "done", "total", "quantity_unit", "rate", "planned_rate", "gap", "due_on", "days_left", "owner")


def change(rows: pd.DataFrame) -> Text:
    """Return the sentence of the river that changed the most in the newest month, of equals that of more sections.

    `rows` is water_change.
    """
    rivers = newest(rows)
    rivers = rivers[(rivers["river"] != ALL["river"]) & rivers["score"].notna()]
    if rivers.empty:
        return NOT_COMPARABLE
    size = rivers.assign(size=rivers["score"].abs())
    most = size.sort_values(["size", "sections", "score"], ascending=[False, False, True]).head(1)
    return said(most)[0] if most["score"].iloc[0] else UNCHANGED


def furthest(rows: pd.DataFrame) -> Text:
    """Return the sentence of the work that is furthest behind its plan; `rows` is works_progress."""
    if rows.empty:
        return NO_WORK
    late, never = rows[rows["gap"] < 0], int((rows["gap"].isna() & (rows["planned_rate"] > 0)).sum())
    more = NEVER.fill(count=never) if never else same("")
    return Text("{first}{more}", "{first} {more}").fill(first=_worst(late), more=more)


def _worst(late: pd.DataFrame) -> Text:
    if late.empty:
        return ON_PLAN
    work = late.nsmallest(1, "gap").iloc[0]
    share = formats.share(work["done"], work["quantity"], work["rate"], WORDS[work["quantity_unit"]])
    return FURTHEST.fill(work=work["work"], share=share, gap=formats.points(work["gap"]))


def overdue(rows: pd.DataFrame) -> Text:
    """Return the sentence of the sources that are open and overdue; `rows` is source_closure."""
    if rows.empty:
        return NO_SOURCE
    is_open, late = int((rows["registered"] - rows["closed"]).sum()), rows.groupby("river")["overdue"].sum()
    if not late.sum():
        return NONE_OVERDUE.fill(open=is_open)
    return OVERDUE.fill(open=is_open, overdue=late.sum(), river=late.idxmax(), most=late.max())
