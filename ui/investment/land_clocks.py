"""Land clocks: the parcels by the band in which their clock stands, the rules they go by, one parcel."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from markupsafe import Markup

from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text, mid_sentence
from data.words import LAND_BANDS, WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import MISSING_COLOUR, STATUS_COLOURS, STATUS_SIGNS
from ui.map.map_link import link_to_map
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PROJECT_PAGE = "investment/project.py"
SHOWN_PARCELS, NAMED_PARCELS = 6, 3  # measured: three screens, four of a phone
LOOKS = {
    "可无偿收回": ("✖", "#9B51C4"),  # ≥ 3:1 on light and on dark
    "可征闲置费": (STATUS_SIGNS["已逾期"], STATUS_COLOURS["已逾期"]),
    "停工闲置": ("▼", STATUS_COLOURS["严重滞后"]),
    "超期未动工": (STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
    "停工未核查": (STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    "临近动工": (STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"]),
    "未到期": (STATUS_SIGNS["无数据"], MISSING_COLOUR),
    "已动工": (STATUS_SIGNS["正常"], STATUS_COLOURS["正常"]),
}
RECALL, FEE, STOPPED, LATE, UNCHECKED, SOON, NOT_DUE, STARTED = (band.value for band in LAND_BANDS)
STRIP = (RECALL, FEE, LATE, SOON, NOT_DUE, STOPPED, UNCHECKED, STARTED)  # by the agreed day, then what has started
ALWAYS_SHOWN = {RECALL, FEE, LATE, SOON, NOT_DUE}
TO_ALL = Text("← 土地与闲置资源", "← Land and idle resources")
CLOCKS = Text("土地时钟：按约定动工日期，早的在前", "Land clocks by the agreed start, the earliest first")
PARCELS = Text("地块，最严重的在前", "Parcels, the gravest first")
RULES = Text("按什么规则", "By which rules")
ALL_PARCELS = Text("地块全表", "All columns of the parcels")
NO_PARCELS = Text("没有项目用地登记", "No land of projects is on record")
BAND_DAYS = {
    RECALL: Text("约定 {recall} 及以前", "agreed by {recall}"),
    FEE: Text("约定 {after_recall} 至 {fee}", "agreed {after_recall} to {fee}"),
    LATE: Text("约定 {after_fee} 至 {yesterday}", "agreed {after_fee} to {yesterday}"),
    SOON: Text("约定 {today} 至 {soon}", "agreed {today} to {soon}"),
    NOT_DUE: Text("约定 {after_soon} 及以后", "agreed from {after_soon} on"),
    STOPPED: Text("停工 {stopped} 及以前", "stopped by {stopped}"),
    UNCHECKED: Text("停工 {stopped} 及以前", "stopped by {stopped}"),
}
BAND_COUNT = Text("{count} 块", "{count}")
BAND_AREA = Text("{area} 亩", "{area} mu")
MORE_PARCELS, ALL_OF_BAND = Text("另有 {count} 块", "{count} more"), Text("看全部 {count} 块", "all {count}")
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

PARCEL_COLUMNS = (
    *("parcel_id", "project", "area", "band", "days_overdue", "days_to_start", "agreed_start_on", "actual_start_on"),
    *("days_started_late", "idle_test", "is_idle", "is_breach", "exempt_reason", "stopped_on", "days_stopped"),
    *("built_floor_area", "due_floor_area", "built_share", "invested", "planned_investment", "invested_share"),
    *("checked_on", "price", "highest_fee", "agreed_finish_on", "owner"),
)
PARCEL_FACTS = tuple(name for name in PARCEL_COLUMNS if name not in ("parcel_id", "project"))


def clock_strip(request: PageRequest, land: DatedResult) -> Html:
    """Return the parcels by the band in which their clock stands, the earliest agreed days first, each a link."""
    days = _limit_days(land.as_of)
    shown = [band for band in STRIP if band in ALWAYS_SHOWN or (land.rows["band"] == band).any()]
    cells = joined(_band_cell(request, band, land.rows[land.rows["band"] == band], days) for band in shown)
    grid = "display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.5rem"
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
    named = parcels.head(0 if band == STARTED else NAMED_PARCELS).to_dict("records")
    more = len(parcels) - len(named)
    said = MORE_PARCELS if named else ALL_OF_BAND
    all_of = link(words(said.fill(count=more)), same_page_href(request, open="parcels"))
    lines = [
        band_mark(band),
        element("strong", words(BAND_COUNT.fill(count=len(parcels)))) + Markup(" ")
        + element("small", words(BAND_AREA.fill(area=area)) if len(parcels) else ""),
        *([element("small", words(BAND_DAYS[band].fill(**days)), class_="fl-caption")] if band in BAND_DAYS else []),
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
            "parcel": lambda row: element("span", words(row["parcel_id"]), style="white-space:nowrap"),
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
    named = {"project": row["project"], "parcel": row["parcel_id"], "band": mid_sentence(WORDS[row["band"]])}
    if not formats.is_missing(row["days_overdue"]):
        return PARCEL_LATE.fill(**named, days=formats.format_count(row["days_overdue"]))
    if not formats.is_missing(row["days_to_start"]):
        return PARCEL_TO_GO.fill(**named, days=formats.format_count(row["days_to_start"]))
    if row["band"] in (STOPPED, UNCHECKED):
        day, days = formats.format_date(row["stopped_on"]), formats.format_count(row["days_stopped"])
        return PARCEL_STOPPED.fill(**named, day=day, days=days)
    return PARCEL_STARTED.fill(**named, day=formats.format_date(row["actual_start_on"]), said=days_text(row.to_dict()))


def parcel_links(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back, to the map and to the project of a parcel, with its exemption."""
    parts = [back_link(request), link_to_map(parcel=row["parcel_id"]), _project_link(row.to_dict())]
    if not formats.is_missing(row["exempt_reason"]):
        parts.append(words(EXEMPT.fill(reason=row["exempt_reason"])))
    return Html(element("p", joined(parts, " · ")))


def back_link(request: PageRequest) -> Markup:
    """Return the way from one parcel or resource back to all."""
    return link(words(TO_ALL), same_page_href(request, parcel=None, resource=None, open=None))


def clock_days(row: pd.Series, as_of: date) -> Html:
    """Return the days of a parcel's clock: agreed, when a fee and the recall begin; of a stop, when it makes idle."""
    rule, day = thresholds(as_of), pd.Timestamp(as_of)
    if not formats.is_missing(row["stopped_on"]):
        steps = [(STOPPED_FROM, row["stopped_on"], 0.0), (IDLE_FROM, row["stopped_on"], rule["land_stopped_days"])]
    elif formats.is_missing(row["actual_start_on"]):
        agreed = row["agreed_start_on"]
        steps = [
            (AGREED, agreed, 0.0),
            (FEE_FROM, agreed, rule["land_fee_days"]),
            (RECALL_FROM, agreed, rule["land_recall_days"]),
        ]
    else:
        steps = [(AGREED, row["agreed_start_on"], 0.0)]
    return Html(list_items(_clock_day(what, start + pd.Timedelta(days=days), day) for what, start, days in steps))


def _clock_day(what: Text, due: pd.Timestamp, day: pd.Timestamp) -> Markup:
    days = (day - due).days
    said = (PASSED if days >= 0 else AHEAD).fill(days=formats.format_count(abs(days)))
    return words(CLOCK_DAY.fill(what=what, day=formats.format_date(due), said=said))
