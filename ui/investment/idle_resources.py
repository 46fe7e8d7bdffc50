"""The idle resources: the list of those not in use, the agents, one of them."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.idle_resource import STATES
from data.text import Text, join_texts, mid_sentence, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.investment.land_clocks import back_link
from ui.map.map_link import link_to_map
from ui.markup import element, joined, link, words
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

NONE_IDLE = Text("没有闲置资源", "no resource is idle")
NO_RESOURCES = Text("没有闲置资源登记", "No idle resource is on record")
SHOWN_RESOURCES = 5  # measured: four screens of a phone
AGENTS = Text("招商经理人", "Investment agents")
IDLE_HEADING = Text("闲置", "Idle")
IDLE_FOR = Text("{days} 天（自 {day}）", "{days} days (since {day})")
STATE_COUNTS = Text("在册未盘活 {count} 处：{parts}", "{count} on the register and not in use: {parts}")
STATE_COUNT = Text("{state} {count}", "{state} {count}")
UNMEASURED_STOCK = Text(
    "{said}；{count} 处没写空置面积，土地 {land} 亩", "{said}; {count} without a vacant area, {land} mu of land"
)
IN_BROCHURE = Text("{state}，在手册", "{state}, in the brochure")
SPACE_HEADING, LAND_AREA = Text("空置 / 土地", "Vacant / land"), Text("{land} 亩", "{land} mu")
VACANT_AREA = Text("{area} ㎡", "{area} ㎡")
RESOURCE_TITLE = Text(
    "{name}（{kind}）：自 {day} 闲置 {days} 天，{state}", "{name} ({kind}): idle for {days} days since {day}, {state}"
)
RESOURCE_UNDATED = Text(
    "{name}（{kind}）：没写闲置起始日期，{state}", "{name} ({kind}): since when is not written, {state}"
)
RESOURCE_REVIVED = Text("{name}（{kind}）：{day} 盘活", "{name} ({kind}): in use again since {day}")
AFTER_IDLE = Text("{said}，此前闲置 {days} 天", "{said}, idle for {days} days before")


def idle_resources(resources: pd.DataFrame) -> pd.DataFrame:
    """Return the resources of idle_resource_list that are not yet in use again."""
    return resources[resources["revived_on"].isna()]


def resource_list(request: PageRequest, resources: DatedResult) -> Html:
    """Return the resources that are not in use, the longest idle first, each a link."""
    still = idle_resources(resources.rows)
    if still.empty:
        return caption_block(NO_RESOURCES if resources.rows.empty else NONE_IDLE)
    return list_block(
        resources,
        ["resource", "kind", "idle", "state", "space", "asking_rent", "agent"],
        still,
        href=lambda row: same_page_href(request, resource=row["resource_id"], parcel=None, open=None),
        cells={"idle": _idle_cell, "state": _state_cell, "space": _space_cell},
        headings={"idle": IDLE_HEADING, "space": SPACE_HEADING},
        shown=SHOWN_RESOURCES,
        more_href=same_page_href(request, open="resources"),
    )


def _idle_cell(row: Row) -> Markup:
    if formats.is_missing(row["days_idle"]):
        return words(formats.MISSING)
    days, day = formats.format_count(row["days_idle"]), formats.format_date(row["idle_since"])
    return words(IDLE_FOR.fill(days=days, day=day))


def _state_cell(row: Row) -> Markup:
    """Return how far a resource is, and whether the brochure has it."""
    is_in = not formats.is_missing(row["in_brochure"]) and bool(row["in_brochure"])
    return words((IN_BROCHURE if is_in else untranslated("{state}")).fill(state=WORDS[row["state"]]))


def _space_cell(row: Row) -> Markup:
    """Return what is vacant, or where that is not written the land."""
    if not formats.is_missing(row["vacant_area"]):
        return words(VACANT_AREA.fill(area=formats.format_count(row["vacant_area"])))
    known = not formats.is_missing(row["land_area"])
    return words(LAND_AREA.fill(land=formats.format_count(row["land_area"])) if known else formats.MISSING)


def state_sentence(resources: pd.DataFrame) -> Text | None:
    """Count the resources that are not in use by how far each is."""
    still = idle_resources(resources)
    if still.empty:
        return None
    counts = still["state"].value_counts()
    parts = [
        STATE_COUNT.fill(state=mid_sentence(state.label), count=int(counts[state.value]))
        for state in STATES
        if state.value in counts
    ]
    said = STATE_COUNTS.fill(count=len(still), parts=join_texts(parts, Text("，", ", ")))
    bare = still[still["vacant_area"].isna()]
    land = formats.format_count(float(bare["land_area"].sum()))
    return UNMEASURED_STOCK.fill(said=said, count=len(bare), land=land) if len(bare) else said


def resource_sentence(row: pd.Series) -> Text:
    """Say of one resource since when it is idle and how far it is, or when it came into use."""
    named = {
        "name": row["resource"],
        "kind": mid_sentence(WORDS[row["kind"]]),
        "state": mid_sentence(WORDS[row["state"]]),
    }
    known = not formats.is_missing(row["days_idle"])
    days = formats.format_count(row["days_idle"])
    if not formats.is_missing(row["revived_on"]):
        said = RESOURCE_REVIVED.fill(**named, day=formats.format_date(row["revived_on"]))
        return AFTER_IDLE.fill(said=said, days=days) if known else said
    if not known:
        return RESOURCE_UNDATED.fill(**named)
    return RESOURCE_TITLE.fill(**named, days=days, day=formats.format_date(row["idle_since"]))


def resource_links(request: PageRequest, resource: str) -> Html:
    """Return the way back to all resources, to the map and to the agents."""
    agents = link(words(AGENTS), same_page_href(request, resource=None, open="agents"))
    return Html(element("p", joined((back_link(request), link_to_map(resource=resource), agents), " · ")))
