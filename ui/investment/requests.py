"""The page of firms' requests: how many are open and overdue, how many were truly solved, one with its steps."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.result_rows import part_rows, total_rows
from data.standards.thresholds import thresholds
from data.text import Text, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.colours import PLAN_COLOUR, STATUS_COLOURS, STATUS_SIGNS
from ui.markup import bar_rows, element, joined, legend_mark, link, stacked_bar, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("暖企服务", "Firms' requests"),
    icon=":material/support_agent:",
    place=70,
    ledgers=("firm_request",),
    choices=("request", "category"),
)

LATE = Text(
    "{open} 件诉求未办结，{overdue} 件逾期，最久的是{who}的{category}诉求，逾期 {days} 天",
    "{open} requests are open, {overdue} of them overdue, the longest by {days} days: {category}, {who}",
)
ONLY_LATE = Text(
    "{open} 件诉求未办结，都已逾期，最久的是{who}的{category}诉求，逾期 {days} 天",
    "{open} requests are open, all of them overdue, the longest by {days} days: {category}, {who}",
)
IN_TIME = Text("{open} 件诉求未办结，没有逾期的", "{open} requests are open, none of them overdue")
NONE_OPEN = Text("没有未办结的诉求", "No request is open")
SOLVED_OF = Text(
    "{title}；近 {months} 个月提出、已办结的 {closed} 件中真解决 {solved} 件",
    "{title}; of {closed} closed ones raised in {months} months {solved} were truly solved",
)
CHOOSE_REQUEST, CHOOSE_CATEGORY = Text("诉求", "request"), Text("诉求类别", "category of requests")
TO_ALL_REQUESTS = Text("← 全部诉求", "← All requests")
NOBODY = Text("未写企业的", "a firm not named")


BY_CATEGORY = Text(
    "近 {months} 个月提出的 {raised} 件办成什么样", "What became of {raised} requests raised in {months} months"
)
CATEGORY_COUNTS = Text("{raised} 件，未办结 {open}，逾期 {overdue}", "{raised}, {open} open, {overdue} overdue")
CATEGORY_ALT = Text("{what}：{parts}", "{what}: {parts}")
ALL_CATEGORIES = Text("全部类别", "all categories")
NOT_DUE, PAST_DUE = Text("未办结、未到期", "Open, not yet due"), Text("未办结、已逾期", "Open and overdue")
PART_COUNT = Text("{part} {count} 件", "{part}: {count}")
OPEN_LIST = Text("未办结诉求，逾期最久的在前", "Open requests, the longest overdue first")
CATEGORY_LIST = Text("{category}的全部诉求，未办结的在前", "All requests of {category}, open ones first")
REQUEST, WHO, ANSWERED = Text("诉求", "Request"), Text("企业或项目", "Firm or project"), Text("响应", "Reply")
WAITING = Text("未响应，已等 {hours} 工作小时", "none for {hours} working hours")
NOT_ANSWERED, WITHIN_HOURS = Text("未响应", "none"), Text("{hours} 工作小时", "{hours} working hours")
STEPS, FACTS = Text("办理经过", "Its steps"), Text("登记内容", "As it is registered")
ALL_REQUESTS, CATEGORIES = Text("全部诉求", "All requests"), Text("按类别", "By category")
TOO_FEW_NOTE = Text(
    "“–”：分母不足 {ranked_cases:g} 件，样本不足，不给比率。",
    "“–”: fewer than {ranked_cases:g} in the denominator, too few for a share.",
)
VISITS_OVER = Text(
    "走访次数：{firms} 家企业有的月份超过 {cap:g} 次", "Visits: {firms} firms had more than {cap:g} in some month"
)
VISITS_WITHIN = Text("走访次数：没有企业一个月超过 {cap:g} 次", "Visits: no firm had more than {cap:g} in a month")
NO_VISITS = Text("走访次数：没有写明企业的走访", "Visits: none on record that names a firm")
AFTER_UNKNOWN = Text("用时不明", "time taken not known")

# what became of requests: the column that counts it, its sign and its colour on the bars
PARTS = (
    ("solved", STATUS_SIGNS["已完成"], STATUS_COLOURS["已完成"]),
    ("explained", STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    ("unsolved", STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"]),
    ("result_unknown", "?", PLAN_COLOUR),
    ("waiting", STATUS_SIGNS["无数据"], STATUS_COLOURS["无数据"]),
    ("overdue", STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
)
REQUEST_COLUMNS = (
    *("request_id", "firm", "project", "category", "state", "days_overdue", "due_on", "raised_at", "replied_at"),
    *("reply_hours", "waited_hours", "former_closed_on", "reopened_on", "closed_on", "days_open", "result"),
    *("satisfaction", "channel", "department", "description", "note"),
)
SUMMARY_COLUMNS = (
    *("category", "raised", "open", "overdue", "due", "closed_in_time", "rate", "closed", "solved", "explained"),
    *("unsolved", "result_unknown", "solved_rate", "closed_once", "reopened", "reopened_share", "replied"),
    *("unanswered", "reply_unknown", "median_reply_hours", "rated", "satisfied", "satisfied_share"),
)
VISIT_COLUMNS = ("firm", "month", "visits", "cap", "is_over_cap")


def hours_text(hours: float) -> str:
    """Return working hours as they are read, with one decimal."""
    return f"{formats.round_below_caps(hours, 1):.1f}"


def open_requests(listed: DatedResult) -> pd.DataFrame:
    """Return the requests that are open, the longest overdue first."""
    return listed.rows[~listed.rows["is_closed"].astype(bool)]


def asker_name(row: Row | pd.Series) -> Text:
    """Return the firm whose request it is, or else the project."""
    known = [str(row[name]) for name in ("firm", "project") if not formats.is_missing(row[name])]
    return untranslated(known[0]) if known else NOBODY


def title_sentence(listed: DatedResult, summary: DatedResult) -> Text:
    """Say how many requests are open and overdue, which one longest, and how many of those closed were solved."""
    if listed.rows.empty:
        return phrases.NOTHING_YET
    title = _open_sentence(open_requests(listed))
    whole = total_rows(summary.rows)
    if whole.empty or not int(whole["closed"].iloc[0]):
        return title
    closed, solved = (int(whole[name].iloc[0]) for name in ("closed", "solved"))
    return SOLVED_OF.fill(title=title, months=_month_count(summary), closed=closed, solved=solved)


def _open_sentence(waiting: pd.DataFrame) -> Text:
    late = waiting[waiting["is_overdue"].astype(bool)]
    if waiting.empty:
        return NONE_OPEN
    if late.empty:
        return IN_TIME.fill(open=len(waiting))
    worst = late.iloc[0]
    counts = {"open": len(waiting), "overdue": len(late), "days": int(worst["days_overdue"])}
    said = ONLY_LATE if len(late) == len(waiting) else LATE
    return said.fill(who=asker_name(worst), category=WORDS[worst["category"]], **counts)


def _month_count(result: DatedResult) -> int:
    return int(thresholds(result.as_of)["request_months"])


def outcome_heading(summary: DatedResult) -> Text:
    """Return the heading of the bars: how many requests they are of."""
    raised = int(total_rows(summary.rows)["raised"].iloc[0])
    return BY_CATEGORY.fill(months=_month_count(summary), raised=raised)


def outcome_bars(request: PageRequest, summary: DatedResult) -> Html:
    """Return what became of the requests as bars: of all categories, then of each, a link to its requests."""
    rows = summary.rows.assign(waiting=summary.rows["open"] - summary.rows["overdue"])
    whole, parts = total_rows(rows).iloc[0], part_rows(rows)
    widest = int(parts["raised"].max())
    named = {"waiting": NOT_DUE, "overdue": PAST_DUE}
    labels = {name: named.get(name) or summary.column(name).label for name, *_ in PARTS}
    drawn = bar_rows(_category_row(request, row, labels, widest) for _, row in parts.iterrows())
    legend = (
        element("span", legend_mark(sign, colour) + " " + words(PART_COUNT.fill(part=labels[name], count=whole[name])))
        for name, sign, colour in PARTS
        if whole[name]
    )
    total = _outcome_bar(whole, ALL_CATEGORIES, labels)
    return Html(total + element("div", joined(legend), class_="fl-legend") + drawn)


def _category_row(
    request: PageRequest, row: pd.Series, labels: dict[str, Text], widest: int
) -> tuple[Markup, Markup, Markup]:
    """Return the name of a category as a link, its bar as long as it has requests, and its counts."""
    name = WORDS[row["category"]]
    href = same_page_href(request, category=row["category"], open=None)
    bar = element("div", _outcome_bar(row, name, labels), style=f"width:{100 * row['raised'] / widest:.1f}%")
    counts = {column: int(row[column]) for column in ("raised", "open", "overdue")}
    return link(words(name), href), bar, words(CATEGORY_COUNTS.fill(**counts))


def _outcome_bar(row: pd.Series, what: Text, labels: dict[str, Text]) -> Markup:
    told = [(int(row[name]), sign, colour, labels[name]) for name, sign, colour in PARTS if row[name]]
    counted = [PART_COUNT.fill(part=label, count=count) for count, _, _, label in told]
    said = CATEGORY_ALT.fill(what=what, parts=untranslated(", ".join(t(part) for part in counted)))
    pieces = [(count, colour, t(part)) for (count, _, colour, _), part in zip(told, counted, strict=True)]
    return stacked_bar(pieces, said, [f"{sign} {count}" for count, sign, _, _ in told])


def request_rows(request: PageRequest, listed: DatedResult, rows: pd.DataFrame, last: str) -> Html:
    """Return requests as a list, each a link to its steps; overdue ones in red; `last` is the column at its end."""
    return list_block(
        listed,
        ["named", "days_overdue", "due_on", "state", "answered", last],
        rows,
        href=lambda row: same_page_href(request, request=row["request_id"], category=None, open=None),
        cells={"named": _named_cell, "answered": _answered_cell},
        headings={"named": REQUEST, "answered": ANSWERED},
        is_alarming=lambda row: bool(row["is_overdue"]),
        more_href=same_page_href(request, open="all", category=None),
    )


def _named_cell(row: Row) -> Markup:
    named = (words(asker_name(row)), words(WORDS[row["category"]]), element("small", words(row["request_id"])))
    return joined(named, " ")


def _answered_cell(row: Row) -> Markup:
    if not formats.is_missing(row["reply_hours"]):
        return words(WITHIN_HOURS.fill(hours=hours_text(row["reply_hours"])))
    if formats.is_missing(row["replied_at"]) and not row["is_closed"]:
        waited = row["waited_hours"]
        known = not formats.is_missing(waited)
        return words(WAITING.fill(hours=hours_text(waited)) if known else NOT_ANSWERED)
    return words(AFTER_UNKNOWN)


def visit_label(visits: DatedResult) -> Text:
    """Say how many firms were visited more often than the cap in some month."""
    if visits.rows.empty:
        return NO_VISITS
    over = visits.rows[visits.rows["is_over_cap"].astype(bool)]
    cap = thresholds(visits.as_of)["visit_cap"]
    return (
        VISITS_OVER.fill(firms=over["enterprise_id"].nunique(), cap=cap) if len(over) else VISITS_WITHIN.fill(cap=cap)
    )


def all_requests_link(request: PageRequest) -> Markup:
    return link(words(TO_ALL_REQUESTS), same_page_href(request, request=None, category=None, open=None))


def way_back(request: PageRequest) -> Html:
    """Return the way from one category back to all requests."""
    return Html(element("p", all_requests_link(request)))
