"""The page of unlawful buildings and renovation: areas against target, what still stands, the land after, safety."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows, total_rows
from data.text import Text, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.markup import bar_end, bar_rows, bullet_bar, element, joined, legend_mark, link, stacked_bar, status_mark, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("拆违与三改", "Unlawful buildings and renovation"),
    icon=":material/domain_disabled:",
    place=50,
    ledgers=("violation", "renovation", "demolition_operation", "demolition_team"),
    choices=("village",),
)
RAZED, RENOVATED = "拆违", "三改"
NAMES = {RAZED: Text("拆违", "Razed"), RENOVATED: Text("三改", "Renovated")}
TITLE_NAMES = {RAZED: Text("拆违", "razed"), RENOVATED: Text("三改", "renovated")}  # within a sentence
OF_TARGET = Text("{name} {done}，为目标的 {rate}", "{name} {done}, {rate} of the target")
NO_TARGET = Text("{name} {done}，没有目标", "{name} {done}, without a target")
NOT_TOLD = Text("{name}没有上报", "{name}: nothing reported")
BEHIND = Text("{said}，{gap}", "{said}, {gap}")
LATE = Text(
    "{count} 处违建逾期未拆，最久的在{village}，逾期 {days} 天",
    "unlawful buildings overdue: {count}, the longest in {village}, by {days} days",
)
NONE_LATE = Text("没有逾期未拆的违建", "no unlawful building is overdue")
ALARMS = (
    ("accidents", Text("安全事故 {count} 起", "accidents: {count}")),
    ("forced_out_of_hours", Text("夜间或节假日强拆 {count} 次", "by force at night or on holidays: {count}")),
)
AGAINST_TARGET = Text(
    "目标期内完成面积与目标（竖线为序时，虚线为 100 %）",
    "Done in the period of the target (line: plan to date; dashes: 100 %)",
)
BAR_SAID = Text("{done} / 目标 {target}，{rate}，序时 {planned}", "{done} of {target}, {rate}, plan to date {planned}")
KINDS_OF_RENOVATION = Text("三改分三类", "Renovation by kind")
KIND_COUNT = Text("{kind} {area}", "{kind} {area}")
BY_MONTH = Text("近 12 个月，按月", "By month, the last twelve")
MONTHS_ALT = Text("{name}近 12 个月各月面积：{months}", "{name} in each of the last 12 months: {months}")
MONTH_AREA = Text("{month} {area}", "{month} {area}")
UP_TO = Text("{name}，最多的一个月 {area}", "{name}, most in a month: {area}")
STANDING = Text("没拆的违建，逾期最久的在前", "Unlawful buildings that stand, the longest overdue first")
NONE_STANDING = Text("登记的违建都已拆除。", "Every unlawful building on record is razed.")
BUILDING = Text("违建", "Building")
BY_VILLAGE = Text("各村社，逾期多的在前", "By village, most overdue first")
IN_TERM, LAND = Text("按期拆除", "Razed in time"), Text("拆后利用", "Land in use")
SHARE_OF = Text("{rate}（{part} / {whole}）", "{rate} ({part} / {whole})")
TOO_FEW_OF = Text("样本不足（{part} / {whole}）", "too few ({part} / {whole})")
RAZED_OF = Text("{razed} / {found} 处", "{razed} of {found}")
RAZED_HEADING = Text("已拆 / 发现", "Razed / found")
ALL_BUILDINGS = Text("违法建筑全表", "All unlawful buildings")
ALL_AREAS = Text("完成情况全表", "Areas and targets: all columns")
ALL_VILLAGES = Text("各村社全部数字", "All figures of the villages")
OPERATIONS = Text(
    "拆除行动与安全：{operations} 次，安全事故 {accidents}，夜间或节假日强拆 {forced}",
    "Operations and safety: {operations}, accidents {accidents}, by force at night or on holidays {forced}",
)
NO_OPERATIONS = Text("拆除行动与安全：没有登记行动", "Operations and safety: none on record")
NOT_FILLED_IN = Text("没登记", "not filled in")
ALL_OPERATIONS = Text("全部行动", "All operations")
TEAM_SAID = Text(
    "参加 {teams} 个小组，车辆 {vehicles}，机械 {machines}；到场单位见下表",
    "teams {teams}, vehicles {vehicles}, machines {machines}; who was present stands in the table",
)
WEEKEND_SAID = Text("周末强拆 {count} 次：休息日，法律没有禁止，另列", "by force on weekends: {count}, not forbidden")
HOUR_UNKNOWN = Text("{count} 次强拆没写时刻，看不出是不是夜间", "by force with the hour not written: {count}")
CHOOSE_VILLAGE = Text("村社", "village")
TO_ALL = Text("← 全部村社", "← All villages")
VILLAGE_TITLE = Text(
    "{village}：发现违建 {found} 处，已拆 {razed} 处，{late}",
    "{village}: unlawful buildings {found}, razed {razed}, {late}",
)
VILLAGE_LATE = Text("逾期未拆 {count} 处，最久 {days} 天", "overdue {count}, the longest {days} days")
VILLAGE_OPEN = Text("没拆的 {count} 处都在期限内或没有期限", "none overdue of {count} that stand")
VILLAGE_BUILDINGS = Text("这里的违法建筑，没拆的在前", "Unlawful buildings here, those that stand first")
BUILDING_COLUMNS = (
    *("violation_id", "village", "kind", "area", "found_on", "notified_on", "due_on", "razed_on", "is_overdue"),
    *("days_overdue", "days_open", "land_area", "reuse", "reused_on", "reused_area", "project", "note"),
)
AREA_COLUMNS = (
    *("kind", "done", "target", "rate", "planned_rate", "gap", "area_left", "entries", "period_start", "period_end"),
    *("days_left", "judged_on", "is_waiting", "newest", "owner"),
)
VILLAGE_COLUMNS = (
    *("village", "found", "found_old", "found_new", "found_area", "razed", "razed_area", "open", "open_area"),
    *("open_overdue", "days_overdue", "due", "razed_in_term", "in_term_rate", "new_razed", "median_days"),
    *("land_available", "land_used", "reuse_rate", "land_unknown", "used_unknown"),
)
OPERATION_COLUMNS = (
    *("operation_id", "started_at", "ended_at", "kind", "village", "project", "team", "departments", "razed_area"),
    *("is_waste_cleared", "accidents", "note"),
)
SAFETY_COLUMNS = (
    *("kind", "operations", "razed_area", "teams", "vehicles", "machines", "departments", "accidents"),
    *("forced_at_night", "forced_on_holiday", "forced_on_weekend", "hour_unknown", "waste_cleared", "waste_known"),
    "waste_rate",
)
# a letter and a colour each, so that colour never stands alone
KIND_LOOKS = {
    "旧住宅区": (Text("住", "H"), "#B5651D"),
    "旧厂区": (Text("厂", "F"), "#7A5195"),
    "城中村": (Text("村", "V"), "#1F6FD1"),
}
SHOWN_STANDING, SHOWN_VILLAGES = 6, 8  # chosen: the page in three screens
MONTHS = 12  # as in the listing of months


def whole_row(result: DatedResult) -> pd.Series | None:
    """Return the row of everything, None where there are no rows."""
    rows = total_rows(result.rows)
    return rows.iloc[0] if len(rows) else None


def whole_areas(areas: DatedResult, lights: list[str]) -> list[Row]:
    """Return what was razed and what was renovated in all, each with its light."""
    rows = areas.rows.assign(light=lights)
    return list(rows[rows["is_whole"].astype(bool)].astype(object).to_dict("records"))


def _area_sentence(row: Row, names: dict[str, Text] = NAMES) -> Text:
    """Say how much was razed or renovated, and what share of the target that is."""
    name = names[row["kind"]]
    if formats.is_missing(row["done"]):
        return NOT_TOLD.fill(name=name)
    done = formats.format_area(row["done"], row["target"])
    if formats.is_missing(row["rate"]):
        return NO_TARGET.fill(name=name, done=done)
    said = OF_TARGET.fill(name=name, done=done, rate=formats.format_percent(row["rate"]))
    is_late = row["light"] in ("滞后", "严重滞后", "已过期")
    return BEHIND.fill(said=said, gap=formats.format_gap(row["gap"])) if is_late else said


def title_sentence(wholes: list[Row], listed: DatedResult, safety: DatedResult) -> Text:
    """Say both areas against their targets, what is overdue with the longest, and what must be 0 and is not."""
    said = [_area_sentence(row, TITLE_NAMES if place else NAMES) for place, row in enumerate(wholes)]
    late = listed.rows[listed.rows["is_overdue"].astype(bool)]
    if len(late):
        worst = late.iloc[0]
        village = WORDS.get(worst["village"], untranslated(str(worst["village"])))
        said.append(LATE.fill(count=len(late), village=village, days=int(worst["days_overdue"])))
    elif len(listed.rows):
        said.append(NONE_LATE)
    return join_texts([*said, *_alarms(safety)], Text("；", "; "))


def _alarms(safety: DatedResult) -> Iterator[Text]:
    """Yield what must be 0 and is not."""
    whole = whole_row(safety)
    for name, said in ALARMS:
        if whole is not None and whole[name] > 0:
            yield said.fill(count=int(whole[name]))


def target_bars(wholes: list[Row]) -> Html:
    """Return both areas as bars on one scale that goes on to the greatest of them, with the plan and 100 % on it."""
    end = bar_end(row["rate"] for row in wholes)
    return Html(bar_rows(_target_bar(row, end) for row in wholes))


def _target_bar(row: Row, end: float) -> tuple[Markup, Markup, Markup]:
    name = joined((status_mark(row["light"]), words(NAMES[row["kind"]])), " ")
    said, counts = _area_sentence(row), _area_sentence(row)
    if not formats.is_missing(row["rate"]):
        figures = {
            "done": formats.format_area(row["done"], row["target"]),
            "target": formats.format_area(row["target"]),
        }
        rate, planned = (formats.format_percent(row[column]) for column in ("rate", "planned_rate"))
        said = BAR_SAID.fill(**figures, rate=rate, planned=planned)
        counts = SHARE_OF.fill(rate=rate, part=figures["done"], whole=figures["target"])
    return name, bullet_bar(row["rate"], row["planned_rate"], STATUS_COLOURS[row["light"]], said, end), words(counts)


def kinds_of_renovation(areas: DatedResult) -> Html | None:
    """Return the three kinds of renovation side by side with their areas; None where none was reported."""
    parts = areas.rows[~areas.rows["is_whole"].astype(bool) & areas.rows["done"].notna()]
    if parts.empty:
        return None
    kinds, areas_done = list(parts["kind"]), [float(area) for area in parts["done"]]
    told = [
        KIND_COUNT.fill(kind=WORDS[kind], area=formats.format_area(area))
        for kind, area in zip(kinds, areas_done, strict=True)
    ]
    looks = [KIND_LOOKS[kind] for kind in kinds]
    legend = joined(
        element("span", legend_mark(t(sign), colour) + " " + words(said))
        for (sign, colour), said in zip(looks, told, strict=True)
    )
    alt = join_texts([KINDS_OF_RENOVATION, *told], Text("，", ", "))
    pieces = [(area, colour, t(said)) for area, (_, colour), said in zip(areas_done, looks, told, strict=True)]
    bar = stacked_bar(pieces, alt, [t(sign) for sign, _ in looks])
    return Html(bar + element("div", legend, class_="fl-legend"))


def month_columns(months: DatedResult) -> Html:
    """Return what was razed and renovated in each of the last months as small columns."""
    rows = months.rows.assign(whole=months.rows["kind"].where(months.rows["kind"] == RAZED, RENOVATED))
    last = pd.Timestamp(months.as_of).to_period("M")
    sections = joined(
        _columns_of(name, rows[rows["whole"] == name].groupby("month")["month_area"].sum(), last) for name in NAMES
    )
    return Html(element("div", sections, class_="fl-two"))


def _columns_of(name: str, areas: pd.Series, last: pd.Period) -> Markup:
    """Return the columns of one of the two; a month of which nothing was told has none."""
    periods = [last - back for back in reversed(range(MONTHS))]
    known = [(period, areas.get(period.to_timestamp())) for period in periods]
    most = max([1.0, *(float(area) for _, area in known if area is not None)])
    columns = joined(_one_column(period, area, most) for period, area in known)
    told = [
        MONTH_AREA.fill(month=f"{period}", area=formats.format_area(area)) for period, area in known if area is not None
    ]
    alt = MONTHS_ALT.fill(name=NAMES[name], months=join_texts(told, Text("，", ", ")))
    heading = element("h3", words(UP_TO.fill(name=NAMES[name], area=formats.format_area(most if told else None))))
    drawn = element("div", columns, class_="fl-month-columns", role="img", aria_label=words(alt))
    return element("section", heading + drawn)


def _one_column(period: pd.Period, area: float | None, most: float) -> Markup:
    height = 0.0 if area is None else max(1.0, 100 * float(area) / most)
    bar = element("b", "", style=f"height:{height:.1f}%;background:{STREAM_COLOURS['demolition']}")
    said = MONTH_AREA.fill(month=f"{period}", area=formats.format_area(area))
    return element("span", element("i", bar) + element("small", f"{period.month}"), title=t(said))


def standing_rows(listed: DatedResult) -> pd.DataFrame:
    """Return the unlawful buildings that are not razed, the longest overdue first."""
    return listed.rows[~listed.rows["is_razed"].astype(bool)]


def building_list(request: PageRequest, listed: DatedResult, rows: pd.DataFrame, last: str) -> Html:
    """Return unlawful buildings as a list, each a link to its village, overdue ones in red."""
    return list_block(
        listed,
        ["building", "days_overdue", "due_on", "days_open", "area", last],
        rows,
        href=lambda row: _village_href(request, row["village_id"]),
        cells={"building": _building_cell},
        headings={"building": BUILDING},
        is_alarming=lambda row: bool(row["is_overdue"]),
        shown=SHOWN_STANDING,
        more_href=same_page_href(request, open="buildings"),
    )


def _village_href(request: PageRequest, village_id: object) -> str:
    return "" if formats.is_missing(village_id) else same_page_href(request, village=village_id, open=None)


def _building_cell(row: Row) -> Markup:
    village = WORDS.get(row["village"], untranslated(str(row["village"])))
    return joined((words(village), words(WORDS[row["kind"]]), element("small", words(row["violation_id"]))), " ")


def village_list(request: PageRequest, reuse: DatedResult) -> Html:
    """Return the villages, those with most overdue first, each a link to its buildings."""
    return list_block(
        reuse,
        ["village", "open_overdue", "open", "razed", "in_term", "land"],
        part_rows(reuse.rows),
        href=lambda row: _village_href(request, row["village_id"]),
        cells={
            "razed": lambda row: words(RAZED_OF.fill(razed=int(row["razed"]), found=int(row["found"]))),
            "in_term": lambda row: words(share_text(row["in_term_rate"], row["razed_in_term"], row["due"])),
            "land": lambda row: words(land_text(row)),
        },
        headings={"razed": RAZED_HEADING, "in_term": IN_TERM, "land": LAND},
        is_alarming=lambda row: row["open_overdue"] > 0,
        shown=SHOWN_VILLAGES,
        more_href=same_page_href(request, open="villages"),
    )


def share_text(rate: float, part: float, whole: float) -> Text:
    """Return a share with its two counts, or that there are too few for one."""
    counts = {"part": formats.format_count(part), "whole": formats.format_count(whole)}
    return TOO_FEW_OF.fill(**counts) if formats.is_missing(rate) else SHARE_OF.fill(
        rate=formats.format_percent(rate), **counts
    )  # fmt: skip


def land_text(row: Row | pd.Series) -> Text:
    """Return the share of land in use with both areas; a dash where no land is known."""
    if formats.is_missing(row["reuse_rate"]):
        return untranslated(formats.MISSING)
    used, available = (formats.format_area(row[name]) for name in ("land_used", "land_available"))
    return SHARE_OF.fill(rate=formats.format_percent(row["reuse_rate"]), part=used, whole=available)


def operations_label(safety: DatedResult) -> Text:
    """Return the name of the folded part: how many operations, and what must be 0."""
    whole = whole_row(safety)
    if whole is None:
        return NO_OPERATIONS
    unknown = formats.is_missing(whole["accidents"])
    return OPERATIONS.fill(
        operations=int(whole["operations"]),
        accidents=NOT_FILLED_IN if unknown else untranslated(f"{int(whole['accidents'])}"),
        forced=int(whole["forced_out_of_hours"]),
    )


def operation_notes(safety: DatedResult) -> list[Text]:
    """Say who took part, and what of the hours of force is beside the law or not known."""
    whole = whole_row(safety)
    if whole is None:
        return []
    numbers = {name: formats.format_count(whole[name]) for name in ("teams", "vehicles", "machines")}
    beside = (("forced_on_weekend", WEEKEND_SAID), ("hour_unknown", HOUR_UNKNOWN))
    return [
        TEAM_SAID.fill(**numbers),
        *(said.fill(count=int(whole[name])) for name, said in beside if whole[name] > 0),
    ]


def village_title(row: pd.Series) -> Text:
    """Say how many unlawful buildings one village has, how many are razed, and what is overdue."""
    late = VILLAGE_OPEN.fill(count=int(row["open"]))
    if row["open_overdue"] > 0:
        late = VILLAGE_LATE.fill(count=int(row["open_overdue"]), days=int(row["days_overdue"]))
    village = WORDS.get(row["village"], untranslated(str(row["village"])))
    return VILLAGE_TITLE.fill(village=village, found=int(row["found"]), razed=int(row["razed"]), late=late)


def way_to_villages(request: PageRequest) -> Html:
    """Return the way from one village back to all."""
    return Html(element("p", link(words(TO_ALL), same_page_href(request, village=None, open=None))))


def areas_are_known(areas: DatedResult) -> bool:
    """Tell whether anything was razed, found or renovated by the day."""
    return bool(areas.rows["newest"].notna().any())
