"""The cards of land and idle resources: late, idle, brought into use, how long it takes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from ui import formats
from ui.cards import Card, both_counts, metric_card, percentage_text, rows_in_all, share_of_rows
from ui.investment.idle_resources import NO_RESOURCES
from ui.investment.land import late_in_breach, stopped_idle
from ui.investment.land_clocks import BAND_AREA
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.results import DatedResult
from ui.worked_figures import column_total

LATE_CARD = Text("超期未动工", "Past the agreed start")
OF_PARCELS = Text("{count} / {total} 块", "{count} of {total}")
LONGEST = Text("最久 {days} 天", "longest {days} days")
EXEMPT_COUNT = Text("另有 {count} 块有免责原因", "{count} more are exempt")
IDLE_CARD = Text("闲置土地", "Idle land")
IDLE_AREA = Text("{count} 块 {area} 亩", "{count} ({area} mu)")
IDLE_PARTS = Text("未动工 {late} 块，停工 {stopped} 块", "{late} not started, {stopped} stopped")
FEES = Text("闲置费上限 {fee}", "idle fees up to {fee}")
FEES_UNKNOWN = Text("{count} 块没写出让金", "{count} without a price")
UNIT = Text("处", "resources")
REVIVED_AREA = Text("盘活 {area} ㎡、{land} 亩", "{area} ㎡ and {land} mu in use again")
UNMEASURED = Text("{count} 处没写面积", "{count} without an area")
PERIOD = Text("{start} 至 {end}", "{start} to {end}")
RATE_OF = Text("{counts}（期初 {stock} + 新入册 {added}）", "{counts} (stock {stock} + listed {added})")
MEDIAN_CARD = Text("空置中位时长", "Half in use within")
DAYS = Text("{days} 天", "{days} days")
TOO_FEW = Text("样本不足", "Too few")
NOT_HALF = Text("未到半数", "Not half yet")
TIMED = Text("{count} 处，其中已盘活 {done} 处", "{count} resources, {done} of them in use")
GAIN = Text("税收提升 {gain} 元/㎡·年（{count} 处）", "taxes up {gain} CNY/㎡ a year ({count})")
GAIN_TOO_FEW = Text("税收提升样本不足（{count} 处）", "too few for the gain in taxes ({count})")
REGISTERED = Text("属地注册 {done} / {total} 家", "tenants registered here {done} of {total}")


def land_cards(request: PageRequest, land: DatedResult, summary: DatedResult) -> list[Card]:
    """Return the four figures: late parcels, idle land, the rate of revival, how long resources stand idle."""
    shown = (
        ("parcels", _late_card(land)),
        ("parcels", _idle_card(land)),
        ("resources", _revival_card(summary)),
        ("resources", _median_card(summary)),
    )
    return [replace(card, href=same_page_href(request, open=part)) for part, card in shown]


def _late_card(land: DatedResult) -> Card:
    late = late_in_breach(land.rows)
    exempt = int(land.rows["days_overdue"].notna().sum()) - len(late)
    return metric_card(
        land,
        OF_PARCELS.fill(count=len(late), total=len(land.rows)),
        BAND_AREA.fill(area=formats.format_count(float(late["area"].sum()))) if len(late) else None,
        LONGEST.fill(days=formats.format_count(late["days_overdue"].max())) if len(late) else None,
        EXEMPT_COUNT.fill(count=exempt) if exempt else None,
        label=LATE_CARD,
        span=None,
        rows=late,
        worked=[share_of_rows(LATE_CARD, len(late), len(land.rows))],
    )


def _idle_card(land: DatedResult) -> Card:
    idle = land.rows[land.rows["is_idle"].astype(bool)]
    stopped = len(stopped_idle(land.rows))
    fees = idle.loc[idle["days_overdue"].notna(), "highest_fee"]
    known, unknown = float(fees.sum()), int(fees.isna().sum())
    area = formats.format_count(float(idle["area"].sum()))
    return metric_card(
        land,
        IDLE_AREA.fill(count=len(idle), area=area),
        IDLE_PARTS.fill(late=len(idle) - stopped, stopped=stopped) if len(idle) else None,
        FEES.fill(fee=formats.format_money(known)) if known else None,
        FEES_UNKNOWN.fill(count=unknown) if unknown else None,
        label=IDLE_CARD,
        span=None,
        rows=idle,
        worked=[rows_in_all(idle), column_total(land, idle, "area")],
    )


def _known_summary(summary: DatedResult) -> pd.Series | None:
    """Return the row of the summary, or nothing where no resource was ever listed."""
    row = summary.rows.iloc[0]
    return row if row["stock_start"] + row["added"] + row["idle_counted"] + row["idle_unknown"] else None


def _empty_card(summary: DatedResult, label: Text) -> Card:
    """Return the card of a figure of which there are no data."""
    return Card(
        label,
        untranslated(formats.MISSING),
        (NO_RESOURCES,),
        summary.newest,
        summary.formula,
    )


def _revival_card(summary: DatedResult) -> Card:
    row, label = _known_summary(summary), summary.column("revival_rate").label
    if row is None:
        return _empty_card(summary, label)
    revived, base = int(row["revived"]), int(row["stock_start"] + row["added"])
    area, land = (formats.format_count(row[name]) for name in ("revived_area", "revived_land"))
    start, end = (formats.format_date(row[name]) for name in ("period_from", "period_to"))
    return metric_card(
        summary,
        percentage_text(revived, base),
        RATE_OF.fill(counts=both_counts(revived, base, UNIT), stock=int(row["stock_start"]), added=int(row["added"])),
        REVIVED_AREA.fill(area=area, land=land) if revived else None,
        UNMEASURED.fill(count=int(row["unmeasured"])) if row["unmeasured"] else None,
        label=label,
        span=PERIOD.fill(start=start, end=end),
        rows=row,
    )


def _median_card(summary: DatedResult) -> Card:
    row = _known_summary(summary)
    if row is None:
        return _empty_card(summary, MEDIAN_CARD)
    done, gains = int(row["idle_revived"]), int(row["tax_counted"])
    tenants = {"done": int(row["tenants_registered"]), "total": int(row["tenants"])}
    gain = GAIN_TOO_FEW if formats.is_missing(row["median_tax_gain"]) else GAIN
    return metric_card(
        summary,
        _median_text(row, thresholds(summary.as_of)["idle_cases"]),
        TIMED.fill(count=int(row["idle_counted"]), done=done),
        gain.fill(gain=formats.format_count(row["median_tax_gain"]), count=gains),
        REGISTERED.fill(**tenants) if tenants["total"] else None,
        label=MEDIAN_CARD,
        span=None,
    )


def _median_text(row: pd.Series, needed: float) -> Text:
    """Return the median; too few in use, or fewer than half of many, are told apart."""
    if not formats.is_missing(row["median_idle_days"]):
        return DAYS.fill(days=formats.format_count(row["median_idle_days"]))
    return TOO_FEW if row["idle_revived"] < needed else NOT_HALF
