"""The page of land and idle resources: what is late or idle, what came into use again, one resource."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.idle_resource import STATES
from data.standards.thresholds import thresholds
from data.text import Text, join_texts, mid_sentence, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, both_counts, metric_card, percentage_text
from ui.investment.land_clocks import BAND_AREA, SOON, UNCHECKED, back_link
from ui.markup import element, joined, link, words
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, facts_block, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("土地与闲置资源", "Land and idle resources"),
    icon=":material/landscape:",
    place=60,
    ledgers=("parcel", "idle_resource", "investment_agent"),
    choices=("parcel", "resource"),
)

SHOWN_RESOURCES = 5  # measured: four screens of a phone

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
NONE_IDLE = Text("没有闲置资源", "no resource is idle")

CHOOSE_PARCEL, CHOOSE_RESOURCE = Text("地块", "parcel"), Text("闲置资源", "idle resource")
RESOURCES = Text("闲置资源，闲置最久的在前", "Idle resources, the longest idle first")
ALL_RESOURCES = Text("闲置资源全表（含已盘活）", "All idle resources (those in use again too)")
AGENTS = Text("招商经理人", "Investment agents")
NO_RESOURCES = Text("没有闲置资源登记", "No idle resource is on record")
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
DEALS = Text(
    "{reported} / {agents} 家上报过，推荐 {leads} 个，成交 {deals} 个，成交率 {rate}",
    "{reported} of {agents} agents reported {leads} leads and {deals} deals, {rate}",
)
NONE_REPORTED = Text("{agents} 家经理人都没有上报", "None of {agents} agents has reported")
FACTS = Text("登记内容", "As it is registered")
RESOURCE_TITLE = Text(
    "{name}（{kind}）：自 {day} 闲置 {days} 天，{state}", "{name} ({kind}): idle for {days} days since {day}, {state}"
)
RESOURCE_UNDATED = Text(
    "{name}（{kind}）：没写闲置起始日期，{state}", "{name} ({kind}): since when is not written, {state}"
)
RESOURCE_REVIVED = Text("{name}（{kind}）：{day} 盘活", "{name} ({kind}): in use again since {day}")
AFTER_IDLE = Text("{said}，此前闲置 {days} 天", "{said}, idle for {days} days before")
RESOURCE_COLUMNS = (
    *("resource", "kind", "village", "owner_kind", "state", "days_idle", "idle_since", "land_area", "floor_area"),
    *("vacant_area", "vacancy_rate", "asking_rent", "agent", "in_brochure", "viewings", "found_on", "marketed_on"),
    *("intended_on", "revived_on", "revived_area", "revived_land", "tax_before", "tax_after", "tenant_registered"),
    *("idle_reason", "defects"),
)
RESOURCE_FACTS = tuple(name for name in RESOURCE_COLUMNS if name not in ("resource",))
AGENT_COLUMNS = ("agent", "kind", "hired_on", "leads", "deals", "deal_rate", "reported_on")


def idle_resources(resources: pd.DataFrame) -> pd.DataFrame:
    """Return the resources of idle_resource_list that are not yet in use again."""
    return resources[resources["revived_on"].isna()]


def _late_in_breach(land: pd.DataFrame) -> pd.DataFrame:
    return land[land["days_overdue"].notna() & land["exempt_reason"].isna()]


def _stopped_idle(land: pd.DataFrame) -> pd.DataFrame:
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
    yield _late_sentence(_late_in_breach(land.rows))
    stopped = _stopped_idle(land.rows)
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
    late = _late_in_breach(land.rows)
    exempt = int(land.rows["days_overdue"].notna().sum()) - len(late)
    return metric_card(
        land,
        OF_PARCELS.fill(count=len(late), total=len(land.rows)),
        BAND_AREA.fill(area=formats.format_count(float(late["area"].sum()))) if len(late) else None,
        LONGEST.fill(days=formats.format_count(late["days_overdue"].max())) if len(late) else None,
        EXEMPT_COUNT.fill(count=exempt) if exempt else None,
        label=LATE_CARD,
        span=None,
    )


def _idle_card(land: DatedResult) -> Card:
    idle = land.rows[land.rows["is_idle"].astype(bool)]
    stopped = len(_stopped_idle(land.rows))
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
    )


def _known_summary(summary: DatedResult) -> pd.Series | None:
    """Return the row of the summary, or nothing where no resource was ever listed."""
    row = summary.rows.iloc[0]
    return row if row["stock_start"] + row["added"] + row["idle_counted"] + row["idle_unknown"] else None


def _empty_card(summary: DatedResult, label: Text) -> Card:
    """Return the card of a figure of which there are no data."""
    return Card(label, untranslated(formats.MISSING), (NO_RESOURCES,), summary.newest, summary.formula)


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


def resource_links(request: PageRequest) -> Html:
    """Return the way back to all resources, and to the agents."""
    agents = link(words(AGENTS), same_page_href(request, resource=None, open="agents"))
    return Html(element("p", joined((back_link(request), agents), " · ")))
