"""The page of land and idle resources: clocks of the agreed start, idle land by which rule, what came into use again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from markupsafe import Markup

from data.datasets.investment.idle_resource import STATES
from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text, join_texts, untranslated
from data.words import LAND_BANDS, WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import TO_DATE, Card, both_counts, metric_card, percentage_text
from ui.colours import MISSING_COLOUR, STATUS_COLOURS, STATUS_SIGNS
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
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
PROJECT_PAGE = "investment/project.py"
SHOWN_PARCELS, SHOWN_RESOURCES, NAMED_PARCELS = 8, 8, 3  # measured: three screens, four of a phone
LOOKS = {
    "可无偿收回": ("✕", "#9B51C4"),  # ≥ 3:1 on light and on dark
    "可征闲置费": (STATUS_SIGNS["已过期"], STATUS_COLOURS["已过期"]),
    "停工闲置": ("‖", STATUS_COLOURS["严重滞后"]),
    "超期未动工": (STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
    "停工未核查": (STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    "临近动工": (STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"]),
    "未到期": (STATUS_SIGNS["无数据"], MISSING_COLOUR),
    "已动工": (STATUS_SIGNS["正常"], STATUS_COLOURS["正常"]),
}
RECALL, FEE, STOPPED, LATE, UNCHECKED, SOON, NOT_DUE, STARTED = (band.value for band in LAND_BANDS)
STRIP = (RECALL, FEE, LATE, SOON, NOT_DUE, STOPPED, UNCHECKED, STARTED)  # by the agreed day, then what has started
ALWAYS_SHOWN = {RECALL, FEE, LATE, SOON, NOT_DUE}

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
TO_ALL = Text("← 土地与闲置资源", "← Land and idle resources")
CLOCKS = Text("土地时钟：按约定动工日期，早的在前", "Land clocks by the agreed start, the earliest first")
PARCELS = Text("地块，最严重的在前", "Parcels, the gravest first")
RESOURCES = Text("闲置资源，闲置最久的在前", "Idle resources, the longest idle first")
RULES = Text("按什么规则", "By which rules")
ALL_PARCELS = Text("地块全表", "All columns of the parcels")
ALL_RESOURCES = Text("闲置资源全表（含已盘活）", "All idle resources (those in use again too)")
AGENTS = Text("招商经理人", "Investment agents")
NO_PARCELS = Text("没有项目用地登记", "No land of projects is on record")
NO_RESOURCES = Text("没有闲置资源登记", "No idle resource is on record")
BAND_DAYS = {
    RECALL: Text("约定 {recall} 及以前", "agreed by {recall}"),
    FEE: Text("约定 {after_recall} 至 {fee}", "agreed {after_recall} to {fee}"),
    LATE: Text("约定 {after_fee} 至 {yesterday}", "agreed {after_fee} to {yesterday}"),
    SOON: Text("约定 {today} 至 {soon}", "agreed {today} to {soon}"),
    NOT_DUE: Text("约定 {after_soon} 及以后", "agreed from {after_soon} on"),
    STOPPED: Text("停工 {stopped} 及以前", "stopped by {stopped}"),
    UNCHECKED: Text("停工 {stopped} 及以前", "stopped by {stopped}"),
    STARTED: Text("没有停工闲置的", "not stopped and idle"),
}
BAND_COUNT = Text("{count} 块", "{count}")
BAND_AREA = Text("{area} 亩", "{area} mu")
MORE_PARCELS = Text("另有 {count} 块", "{count} more")
EXEMPT_MARK = Text("（免责）", " (exempt)")
BAND_ALT = Text("{band}：{count} 块，{area} 亩", "{band}: {count} parcels, {area} mu")

DAYS_OVER = Text("已过 {days} 天", "{days} days over")
DAYS_TO = Text("还有 {days} 天", "{days} days to go")
DAYS_STOPPED = Text("停工 {days} 天", "stopped for {days} days")
STARTED_LATE = Text("晚 {days} 天动工", "started {days} days late")
STARTED_IN_TIME = Text("按期动工", "started in time")
EXEMPT = Text("免责：{reason}", "exempt: {reason}")
PARCEL_HEADING, CLOCK_HEADING = Text("地块", "Parcel"), Text("时钟", "Clock")
DAYS_HEADING, PROGRESS_HEADING = Text("天数", "Days"), Text("已建 / 已投", "Built / invested")
BUILT = Text("建 {rate}（{part} / {whole} ㎡）", "built {rate} ({part} / {whole} ㎡)")
INVESTED = Text("投 {rate}（{part} / {whole}）", "invested {rate} ({part} / {whole})")
IDLE_HEADING = Text("闲置", "Idle")
IDLE_FOR = Text("{days} 天（自 {day}）", "{days} days (since {day})")
STATE_COUNTS = Text("在册未盘活 {count} 处：{parts}", "{count} on the register and not in use: {parts}")
STATE_COUNT = Text("{state} {count}", "{state} {count}")

LATE_CARD = Text("超期未动工", "Past the agreed start")
OF_PARCELS = Text("{count} / {total} 块", "{count} of {total}")
LONGEST = Text("最久 {days} 天", "longest {days} days")
EXEMPT_COUNT = Text("另有 {count} 块有免责原因", "{count} more are exempt")
IDLE_CARD = Text("闲置土地", "Idle land")
IDLE_AREA = Text("{count} 块 {area} 亩", "{count}, {area} mu")
IDLE_PARTS = Text("未动工 {late} 块，停工 {stopped} 块", "{late} not started, {stopped} stopped")
FEES = Text("闲置费上限 {fee}", "idle fees up to {fee}")
FEES_UNKNOWN = Text("{count} 块没写出让金", "{count} without a price")
UNIT = Text("处", "resources")
REVIVED_AREA = Text("盘活 {area} ㎡、{land} 亩", "{area} ㎡ and {land} mu in use again")
UNMEASURED = Text("{count} 处没写面积", "{count} without an area")
PERIOD = Text("{start} 至 {end}", "{start} to {end}")
RATE_OF = Text("期初 {stock} + 新入册 {added}", "stock {stock} + listed {added}")
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

RULE_LINES = {
    "land_fee_days": Text(
        "满 {land_fee_days:g} 天未动工：可征不超过出让金 {land_fee_rate:g} % 的闲置费；满 {land_recall_days:g} 天："
        "可无偿收回。不可抗力、政府行为或必需的前期工作造成的除外",
        "Not started for {land_fee_days:g} days: a fee of up to {land_fee_rate:g} % of the price may be charged; for "
        "{land_recall_days:g} days: the land may be taken back. Force majeure, acts of government and necessary "
        "preliminary work aside",
    ),
    "land_built_parts": Text(
        "动工后停工满 {land_stopped_days:g} 天，已建不足应建的 {land_built_parts:g} 分之一或已投不足应投的 "
        "{land_invested_share:g} %：也可认定为闲置",
        "Stopped for {land_stopped_days:g} days with less than 1/{land_built_parts:g} built or less than "
        "{land_invested_share:g} % invested: idle too",
    ),
    "land_soon_days": Text(
        "约定动工日期前 {land_soon_days:g} 天起提示临近",
        "Due soon: from {land_soon_days:g} days before the agreed start on",
    ),
}
CLAUSE = Text("{standard}，{clause}", "{standard}, {clause}")

PARCEL_LATE = Text(
    "{project}地块 {parcel}：过约定动工日期 {days} 天未动工（{band}）",
    "Parcel {parcel} of {project}: {days} days past the agreed start ({band})",
)
PARCEL_STOPPED = Text(
    "{project}地块 {parcel}：{band}，自 {day} 停工 {days} 天",
    "Parcel {parcel} of {project}: {band}, stopped on {day}, {days} days ago",
)
PARCEL_TO_GO = Text(
    "{project}地块 {parcel}：距约定动工日期还有 {days} 天（{band}）",
    "Parcel {parcel} of {project}: {days} days to the agreed start ({band})",
)
PARCEL_STARTED = Text(
    "{project}地块 {parcel}：{day} 动工，{said}", "Parcel {parcel} of {project}: started on {day}, {said}"
)
CLOCK_DAYS = Text("这块地的时钟", "The clock of this parcel")
CLOCK_DAY = Text("{what} {day}（{said}）", "{what} {day} ({said})")
AGREED, FEE_FROM, RECALL_FROM = (
    Text("约定动工", "Agreed start"),
    Text("可征闲置费自", "Fee may be charged from"),
    Text("可无偿收回自", "May be taken back from"),
)
STOPPED_FROM, IDLE_FROM = Text("停工", "Stopped"), Text("停工满一年", "Stopped for a year on")
PASSED, AHEAD = Text("已过 {days} 天", "{days} days ago"), Text("还有 {days} 天", "in {days} days")
FACTS = Text("登记内容", "As it is registered")
RESOURCE_TITLE = Text(
    "{name}（{kind}）：自 {day} 闲置 {days} 天，{state}", "{name} ({kind}): idle for {days} days since {day}, {state}"
)
RESOURCE_UNDATED = Text(
    "{name}（{kind}）：没写闲置起始日期，{state}", "{name} ({kind}): since when is not written, {state}"
)
RESOURCE_REVIVED = Text("{name}（{kind}）：{day} 盘活", "{name} ({kind}): in use again since {day}")
AFTER_IDLE = Text("{said}，此前闲置 {days} 天", "{said}, idle for {days} days before")

PARCEL_COLUMNS = (
    *("parcel_id", "project", "area", "band", "days_overdue", "days_to_start", "agreed_start_on", "actual_start_on"),
    *("days_started_late", "idle_test", "is_idle", "is_breach", "exempt_reason", "stopped_on", "days_stopped"),
    *("built_floor_area", "due_floor_area", "built_share", "invested", "planned_investment", "invested_share"),
    *("checked_on", "price", "highest_fee", "agreed_finish_on", "owner"),
)
PARCEL_FACTS = tuple(name for name in PARCEL_COLUMNS if name not in ("parcel_id", "project"))
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
    days, band = formats.format_count(worst["days_overdue"]), WORDS[worst["band"]]
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
    return metric_card(replace_rows(summary), untranslated(formats.MISSING), label=label)


def replace_rows(summary: DatedResult) -> DatedResult:
    """Return a result without its rows, so that its card says that there are no data."""
    return replace(summary, rows=summary.rows.iloc[:0])  # type: ignore[type-var]


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
        both_counts(revived, base, UNIT),
        RATE_OF.fill(stock=int(row["stock_start"]), added=int(row["added"])),
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
        span=TO_DATE,
    )


def _median_text(row: pd.Series, needed: float) -> Text:
    """Return the median; too few in use, or fewer than half of many, are told apart."""
    if not formats.is_missing(row["median_idle_days"]):
        return DAYS.fill(days=formats.format_count(row["median_idle_days"]))
    return TOO_FEW if row["idle_revived"] < needed else NOT_HALF


def clock_strip(request: PageRequest, land: DatedResult) -> Html:
    """Return the parcels by the band in which their clock stands, the earliest agreed days first, each a link."""
    days = _limit_days(land.as_of)
    shown = [band for band in STRIP if band in ALWAYS_SHOWN or (land.rows["band"] == band).any()]
    cells = joined(_band_cell(request, band, land.rows[land.rows["band"] == band], days) for band in shown)
    grid = "display:grid;grid-template-columns:repeat(auto-fit,minmax(8.6rem,1fr));gap:.5rem"
    return Html(element("div", cells, style=grid))


def _limit_days(as_of: date | None) -> dict[str, str]:
    """Return the days between which the agreed starts of each band lie."""
    if as_of is None:
        return {}
    rule = {name: timedelta(int(value)) for name, value in thresholds(as_of).items() if name.endswith("_days")}
    one, fee, recall = timedelta(1), as_of - rule["land_fee_days"], as_of - rule["land_recall_days"]
    soon = as_of + rule["land_soon_days"]
    limits = {
        "recall": recall, "after_recall": recall + one, "fee": fee, "after_fee": fee + one, "yesterday": as_of - one,
        "today": as_of, "soon": soon, "after_soon": soon + one, "stopped": as_of - rule["land_stopped_days"],
    }  # fmt: skip
    return {name: formats.format_date(day) for name, day in limits.items()}


def _band_cell(request: PageRequest, band: str, parcels: pd.DataFrame, days: dict[str, str]) -> Markup:
    area = formats.format_count(float(parcels["area"].sum()))
    told = BAND_ALT.fill(band=WORDS[band], count=len(parcels), area=area)
    named = parcels.head(NAMED_PARCELS).to_dict("records")
    more = len(parcels) - len(named)
    all_of = link(words(MORE_PARCELS.fill(count=more)), same_page_href(request, open="parcels"))
    lines = [
        band_mark(band),
        element("strong", words(BAND_COUNT.fill(count=len(parcels)))) + Markup(" ")
        + element("small", words(BAND_AREA.fill(area=area)) if len(parcels) else ""),
        element("small", words(BAND_DAYS[band].fill(**days)), class_="fl-caption"),
        *(_parcel_chip(request, row) for row in named),
        *([all_of] if more else []),
    ]  # fmt: skip
    looks = f"border-top:5px solid {LOOKS[band][1]};padding:.35rem .1rem;font-size:.9rem"
    return element(
        "div", joined(element("div", line) for line in lines), style=looks, role="group", aria_label=words(told)
    )


def _parcel_chip(request: PageRequest, row: Row) -> Markup:
    said = words(row["project"]) + Markup(" ") + element("small", words(days_text(row)))
    exempt = words(EXEMPT_MARK) if not formats.is_missing(row["exempt_reason"]) else Markup("")
    return link(said, same_page_href(request, parcel=row["parcel_id"], open=None)) + exempt


def band_mark(band: str) -> Markup:
    """Return the sign of a band in its colour, with its word beside it."""
    sign, colour = LOOKS[band]
    return (
        element("span", sign, class_="fl-mark", style=f"--c:{colour}", aria_hidden="true")
        + Markup(" ")
        + words(WORDS[band])
    )


def days_text(row: Row) -> Text:
    """Return how far the clock of a parcel has come, in days."""
    for name, said in (
        ("days_overdue", DAYS_OVER),
        ("days_to_start", DAYS_TO),
        ("days_stopped", DAYS_STOPPED),
        ("days_started_late", STARTED_LATE),
    ):
        if not formats.is_missing(row[name]):
            return said.fill(days=formats.format_count(row[name]))
    return STARTED_IN_TIME


def parcel_list(request: PageRequest, land: DatedResult) -> Html:
    """Return the parcels, the gravest first, each a link to its clock and to its project; breaches in red."""
    if land.rows.empty:
        return caption_block(NO_PARCELS)
    return list_block(
        land,
        ["parcel", "project", "clock", "days", "progress", "area", "owner"],
        href=lambda row: same_page_href(request, parcel=row["parcel_id"], resource=None, open=None),
        cells={
            "parcel": lambda row: words(row["parcel_id"]),
            "project": _project_link,
            "clock": lambda row: band_mark(row["band"]),
            "days": _days_cell,
            "progress": _progress_cell,
        },
        headings={
            "parcel": PARCEL_HEADING, "clock": CLOCK_HEADING, "days": DAYS_HEADING, "progress": PROGRESS_HEADING,
        },
        is_alarming=lambda row: bool(row["is_breach"]),
        shown=SHOWN_PARCELS,
        more_href=same_page_href(request, open="parcels"),
    )  # fmt: skip


def _project_link(row: Row) -> Markup:
    return link(words(row["project"]), page_href(PROJECT_PAGE, project=row["project_id"]))


def _days_cell(row: Row) -> Markup:
    if formats.is_missing(row["exempt_reason"]):
        return words(days_text(row))
    return words(days_text(row)) + element(
        "small", words(EXEMPT.fill(reason=row["exempt_reason"])), style="display:block"
    )


def _progress_cell(row: Row) -> Markup:
    """Return what is built and invested with both numbers each; a dash where neither was checked."""
    made = []
    if not formats.is_missing(row["built_share"]):
        part, whole = row["built_floor_area"], row["due_floor_area"]
        made.append(
            _share_text(BUILT, row["built_share"], formats.format_count(part, whole), formats.format_count(whole))
        )
    if not formats.is_missing(row["invested_share"]):
        part, whole = row["invested"], row["planned_investment"]
        made.append(
            _share_text(INVESTED, row["invested_share"], formats.format_money(part, whole), formats.format_money(whole))
        )
    return joined(element("small", words(said), style="display:block") for said in made) or words(formats.MISSING)


def _share_text(said: Text, rate: float, part: object, whole: object) -> Text:
    return said.fill(rate=formats.format_percent(rate), part=part, whole=whole)


def resource_list(request: PageRequest, resources: DatedResult) -> Html:
    """Return the resources that are not in use, the longest idle first, each a link."""
    still = idle_resources(resources.rows)
    if still.empty:
        return caption_block(NO_RESOURCES if resources.rows.empty else NONE_IDLE)
    return list_block(
        resources,
        ["resource", "kind", "idle", "state", "vacant_area", "asking_rent", "agent", "in_brochure"],
        still,
        href=lambda row: same_page_href(request, resource=row["resource_id"], parcel=None, open=None),
        cells={"idle": _idle_cell},
        headings={"idle": IDLE_HEADING},
        shown=SHOWN_RESOURCES,
        more_href=same_page_href(request, open="resources"),
    )


def _idle_cell(row: Row) -> Markup:
    if formats.is_missing(row["days_idle"]):
        return words(formats.MISSING)
    days, day = formats.format_count(row["days_idle"]), formats.format_date(row["idle_since"])
    return words(IDLE_FOR.fill(days=days, day=day))


def state_sentence(resources: pd.DataFrame) -> Text | None:
    """Count the resources that are not in use by how far each is."""
    still = idle_resources(resources)
    if still.empty:
        return None
    counts = still["state"].value_counts()
    parts = [
        STATE_COUNT.fill(state=state.label, count=int(counts[state.value])) for state in STATES if state.value in counts
    ]
    return STATE_COUNTS.fill(count=len(still), parts=join_texts(parts, Text("，", ", ")))


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


def rule_block(as_of: date | None) -> Html:
    """Return the rules by which land is judged, each with its standard and clause, as they hold on the day."""
    return Html(list_items(_rule_line(rule, said, as_of) for rule, said in RULE_LINES.items()))


def _rule_line(rule: str, said: Text, as_of: date | None) -> Markup:
    [row] = rows_in_force("land_rule.csv", as_of, rule)
    standard, clause = (Text(row[name], row[f"{name}_en"]) for name in ("standard", "clause"))
    basis = words(CLAUSE.fill(standard=standard, clause=clause))
    return words(said.fill(**thresholds(as_of))) + Markup(" ") + element("small", basis, class_="fl-caption")


def parcel_sentence(row: pd.Series) -> Text:
    """Say of one parcel how far its clock has come; a row of land_clocks."""
    named = {"project": row["project"], "parcel": row["parcel_id"], "band": WORDS[row["band"]]}
    if not formats.is_missing(row["days_overdue"]):
        return PARCEL_LATE.fill(**named, days=formats.format_count(row["days_overdue"]))
    if not formats.is_missing(row["days_to_start"]):
        return PARCEL_TO_GO.fill(**named, days=formats.format_count(row["days_to_start"]))
    if row["band"] in (STOPPED, UNCHECKED):
        day, days = formats.format_date(row["stopped_on"]), formats.format_count(row["days_stopped"])
        return PARCEL_STOPPED.fill(**named, day=day, days=days)
    return PARCEL_STARTED.fill(**named, day=formats.format_date(row["actual_start_on"]), said=days_text(row.to_dict()))


def parcel_links(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back and to the project of a parcel, with its exemption."""
    parts = [_back_link(request), _project_link(row.to_dict())]
    if not formats.is_missing(row["exempt_reason"]):
        parts.append(words(EXEMPT.fill(reason=row["exempt_reason"])))
    return Html(element("p", joined(parts, " · ")))


def _back_link(request: PageRequest) -> Markup:
    return link(words(TO_ALL), same_page_href(request, parcel=None, resource=None, open=None))


def clock_days(row: pd.Series, as_of: date) -> Html:
    """Return the days of a parcel's clock: agreed, when a fee and the recall begin; of a stop, when it makes idle."""
    rule, day = thresholds(as_of), pd.Timestamp(as_of)
    if not formats.is_missing(row["stopped_on"]):
        steps = [(STOPPED_FROM, row["stopped_on"], 0.0), (IDLE_FROM, row["stopped_on"], rule["land_stopped_days"])]
    elif formats.is_missing(row["actual_start_on"]):
        agreed = row["agreed_start_on"]
        steps = [
            (AGREED, agreed, 0.0), (FEE_FROM, agreed, rule["land_fee_days"]), (RECALL_FROM, agreed, rule["land_recall_days"]),
        ]  # fmt: skip
    else:
        steps = [(AGREED, row["agreed_start_on"], 0.0)]
    return Html(list_items(_clock_day(what, start + pd.Timedelta(days=days), day) for what, start, days in steps))


def _clock_day(what: Text, due: pd.Timestamp, day: pd.Timestamp) -> Markup:
    days = (day - due).days
    said = (PASSED if days >= 0 else AHEAD).fill(days=formats.format_count(abs(days)))
    return words(CLOCK_DAY.fill(what=what, day=formats.format_date(due), said=said))


def registered_of(result: DatedResult, row: pd.Series, columns: tuple[str, ...]) -> Html:
    """Return what is known of one parcel or resource, heading by heading; what is missing is left out."""
    return facts_block(result, row, [name for name in columns if not formats.is_missing(row[name])])


def resource_sentence(row: pd.Series) -> Text:
    """Say of one resource since when it is idle and how far it is, or when it came into use."""
    named = {"name": row["resource"], "kind": WORDS[row["kind"]], "state": WORDS[row["state"]]}
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
    return Html(element("p", joined((_back_link(request), agents), " · ")))
