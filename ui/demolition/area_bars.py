"""Areas razed and renovated: against their targets, by kind, by month."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.markup import bar_end, bar_rows, bullet_bar, element, joined, legend_mark, stacked_bar, status_mark, words
from ui.preferences import t
from ui.result_list import Row
from ui.results import DatedResult

RAZED, RENOVATED = "拆违", "三改"
NAMES = {RAZED: Text("拆违", "Razed"), RENOVATED: Text("三改", "Renovated")}
TITLE_NAMES = {RAZED: Text("拆违", "razed"), RENOVATED: Text("三改", "renovated")}  # within a sentence
OF_TARGET = Text("{name} {done}，为目标的 {rate}", "{name} {done}, {rate} of the target")
NO_TARGET = Text("{name} {done}，没有目标", "{name} {done}, without a target")
NOT_TOLD = Text("{name}没有上报", "{name}: nothing reported")
BEHIND = Text("{said}，{gap}", "{said}, {gap}")
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
SHARE_OF = Text("{rate}（{part} / {whole}）", "{rate} ({part} / {whole})")
ALL_AREAS = Text("完成情况全表", "Areas and targets: all columns")
AREA_COLUMNS = (
    *("kind", "done", "target", "rate", "planned_rate", "gap", "area_left", "entries", "period_start", "period_end"),
    *("days_left", "judged_on", "is_waiting", "newest", "owner"),
)
# a letter and a colour each, so that colour never stands alone
KIND_LOOKS = {
    "旧住宅区": (Text("住", "H"), "#B5651D"),
    "旧厂区": (Text("厂", "F"), "#7A5195"),
    "城中村": (Text("村", "V"), "#1F6FD1"),
}
MONTHS = 12  # as in the listing of months


def whole_areas(areas: DatedResult, lights: list[str]) -> list[Row]:
    """Return what was razed and what was renovated in all, each with its light."""
    rows = areas.rows.assign(light=lights)
    return list(rows[rows["is_whole"].astype(bool)].astype(object).to_dict("records"))


def area_sentence(row: Row, names: dict[str, Text] = NAMES) -> Text:
    """Say how much was razed or renovated, and what share of the target that is."""
    name = names[row["kind"]]
    if formats.is_missing(row["done"]):
        return NOT_TOLD.fill(name=name)
    done = formats.format_area(row["done"], row["target"])
    if formats.is_missing(row["rate"]):
        return NO_TARGET.fill(name=name, done=done)
    said = OF_TARGET.fill(name=name, done=done, rate=formats.format_percent(row["rate"]))
    is_late = row["light"] in ("滞后", "严重滞后", "已逾期")
    return BEHIND.fill(said=said, gap=formats.format_gap(row["gap"])) if is_late else said


def target_bars(wholes: list[Row]) -> Html:
    """Return both areas as bars on one scale that goes on to the greatest of them, with the plan and 100 % on it."""
    end = bar_end(row["rate"] for row in wholes)
    return Html(bar_rows(_target_bar(row, end) for row in wholes))


def _target_bar(row: Row, end: float) -> tuple[Markup, Markup, Markup]:
    name = joined((status_mark(row["light"]), words(NAMES[row["kind"]])), " ")
    said, counts = area_sentence(row), area_sentence(row)
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


def areas_are_known(areas: DatedResult) -> bool:
    """Tell whether anything was razed, found or renovated by the day."""
    return bool(areas.rows["newest"].notna().any())
