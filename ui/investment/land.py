"""The page of land and idle resources: what is late or idle, what came into use again, one resource."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.standards.thresholds import thresholds
from data.text import Text, join_texts, mid_sentence
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.investment.idle_resources import NONE_IDLE, idle_resources
from ui.investment.land_clocks import SOON, UNCHECKED
from ui.page import Page
from ui.result_list import facts_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("土地与闲置资源", "Land and idle resources"),
    icon=":material/landscape:",
    place=60,
    ledgers=("parcel", "idle_resource", "investment_agent"),
    choices=("parcel", "resource"),
)


BETWEEN = Text("；", "; ")
LATE_TITLE = Text(
    "{count} 块地过约定动工日期未动工，最久的{project}已过 {days} 天（{band}）",
    "{count} parcels past the agreed start, {project} longest: {days} days ({band})",
)
NONE_LATE = Text("没有地块过约定动工日期未动工", "No parcel is past its agreed start")
STOPPED_TITLE = Text(
    "{count} 块停工闲置，最久的{project}自 {day} 停工", "{count} stopped and idle, {project} longest, since {day}"
)
UNCHECKED_TITLE = Text("{count} 块停工未核查", "{count} stopped, not checked since")
SOON_TITLE = Text("{count} 块 {days} 天内到期", "{count} due within {days} days")
IDLE_TITLE = Text(
    "{count} 处资源闲置（空置 {area} ㎡），最久的{name}自 {day} 起",
    "{count} resources idle ({area} ㎡ vacant), {name} longest, since {day}",
)
IDLE_UNDATED = Text("{count} 处资源闲置（空置 {area} ㎡）", "{count} resources idle ({area} ㎡ vacant)")

CHOOSE_PARCEL, CHOOSE_RESOURCE = Text("地块", "parcel"), Text("闲置资源", "idle resource")
RESOURCES = Text("闲置资源，闲置最久的在前", "Idle resources, the longest idle first")
ALL_RESOURCES = Text("闲置资源全表（含已盘活）", "All idle resources (those in use again too)")

DEALS = Text(
    "{reported} / {agents} 家上报过，推荐 {leads} 个，成交 {deals} 个，成交率 {rate}",
    "{reported} of {agents} agents reported {leads} leads and {deals} deals, {rate}",
)
NONE_REPORTED = Text("{agents} 家经理人都没有上报", "None of {agents} agents has reported")
FACTS = Text("登记内容", "As it is registered")
RESOURCE_COLUMNS = (
    *("resource", "kind", "village", "owner_kind", "state", "days_idle", "idle_since", "land_area", "floor_area"),
    *("vacant_area", "vacancy_rate", "asking_rent", "agent", "in_brochure", "viewings", "found_on", "marketed_on"),
    *("intended_on", "revived_on", "revived_area", "revived_land", "tax_before", "tax_after", "tenant_registered"),
    *("idle_reason", "defects"),
)
RESOURCE_FACTS = tuple(name for name in RESOURCE_COLUMNS if name not in ("resource",))
AGENT_COLUMNS = ("agent", "kind", "hired_on", "leads", "deals", "deal_rate", "reported_on")


def late_in_breach(land: pd.DataFrame) -> pd.DataFrame:
    return land[land["days_overdue"].notna() & land["exempt_reason"].isna()]


def stopped_idle(land: pd.DataFrame) -> pd.DataFrame:
    return land[land["is_idle"].astype(bool) & land["days_overdue"].isna()]


def title_sentence(land: DatedResult, resources: DatedResult) -> Text:
    """Count what is late, idle, not checked and due soon, name the longest; then the resources that stand idle."""
    if land.rows.empty and resources.rows.empty:
        return phrases.NOTHING_YET
    parts = [*_land_parts(land), *_resource_parts(resources.rows)]
    return join_texts(parts, BETWEEN)


def _land_parts(land: DatedResult) -> Iterator[Text]:
    if land.rows.empty:
        return
    yield _late_sentence(late_in_breach(land.rows))
    stopped = stopped_idle(land.rows)
    if len(stopped):
        worst = stopped.nlargest(1, "days_stopped").iloc[0]
        day = formats.format_date(worst["stopped_on"])
        yield STOPPED_TITLE.fill(count=len(stopped), project=worst["project"], day=day)
    days = int(thresholds(land.as_of)["land_soon_days"])
    for band, said in ((UNCHECKED, UNCHECKED_TITLE), (SOON, SOON_TITLE)):
        if count := int((land.rows["band"] == band).sum()):
            yield said.fill(count=count, days=days)


def _late_sentence(late: pd.DataFrame) -> Text:
    if late.empty:
        return NONE_LATE
    worst = late.nlargest(1, "days_overdue").iloc[0]
    days, band = formats.format_count(worst["days_overdue"]), mid_sentence(WORDS[worst["band"]])
    return LATE_TITLE.fill(count=len(late), project=worst["project"], days=days, band=band)


def _resource_parts(resources: pd.DataFrame) -> Iterator[Text]:
    still = idle_resources(resources)
    if resources.empty or still.empty:
        yield from [] if resources.empty else [NONE_IDLE]
        return
    counts = {"count": len(still), "area": formats.format_count(float(still["vacant_area"].sum()))}
    dated = still[still["days_idle"].notna()]
    if dated.empty:
        yield IDLE_UNDATED.fill(**counts)
        return
    worst = dated.nlargest(1, "days_idle").iloc[0]
    yield IDLE_TITLE.fill(**counts, name=worst["resource"], day=formats.format_date(worst["idle_since"]))


def agents_sentence(summary: DatedResult) -> Text | None:
    """Say how many leads of the agents became deals; nothing where there are no agents."""
    row = summary.rows.iloc[0]
    if not row["agents"]:
        return None
    if formats.is_missing(row["leads"]):
        return NONE_REPORTED.fill(agents=int(row["agents"]))
    counts = {name: int(row[name]) for name in ("agents", "leads", "deals")}
    rate = formats.format_percent(row["deal_rate"])
    return DEALS.fill(**counts, reported=int(row["agents_reported"]), rate=rate)


def registered_of(result: DatedResult, row: pd.Series, columns: tuple[str, ...]) -> Html:
    """Return what is known of one parcel or resource, heading by heading; what is missing is left out."""
    return facts_block(result, row, [name for name in columns if not formats.is_missing(row[name])])
