"""The cards of the legal steps: in keeping, broken, ready before signing, homes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text
from ui import formats
from ui.cards import Card, both_counts, count_note, metric_card, percentage_text, rows_in_all, share_of_rows
from ui.demolition.legal_strip import BROKEN, MISSING, OVERDUE
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.results import DatedResult
from ui.worked_figures import counted_share

TOO_FEW = Text("样本不足", "Too few")
STEPS, ITEMS = Text("个到期节点", "steps that were due"), Text("项", "items")
RATE = Text("法定节点合规率", "Legal steps in keeping")
VIOLATIONS = Text("违规（应为 0）", "Broken (should be 0)")
COUNT = Text("{count} 处", "{count}")
SPLIT = Text("违规 {broken}，已逾期未办 {overdue}", "{broken} in breach, {overdue} overdue")
WITHOUT_DATE = Text("{count} 处缺日期，不计入", "{count} without a date left out")
DUE_SOON = Text("{count} 处 {days} 天内到期", "{count} due within {days} days")
UNREGISTERED = Text("{count} 个项目没有登记，不计入", "{count} projects without any on record left out")
LATE_PROJECTS = Text("{count} 个项目有逾期未完成的", "{count} projects with overdue items")
HOMES_FREE, HOMES_SOUGHT = Text("剩余房源", "Homes free"), Text("还没落实房源的户", "Households without a home")
HOMES = Text("{count} 套剩余", "{count} homes free")
LOOKING = Text("{count} 户还没落实房源", "households without a home: {count}")
UNKNOWN_SIZE = Text("{count} 处房源套数不明，不计入", "estates of unknown size left out: {count}")
UNDECIDED = Text("{count} 户没签约，选什么还不知道", "{count} unsigned, their choice not known")


def legal_cards(
    request: PageRequest, cases: DatedResult, readiness: DatedResult, supply: DatedResult
) -> Sequence[Card]:
    """Return the four figures of the page, each a link to what is behind it."""
    made = (_rate_card(cases), _violation_card(cases), _readiness_card(readiness), _homes_card(supply))
    parts = ("all", "all", "preparation", "homes")
    return [replace(card, href=same_page_href(request, open=part)) for card, part in zip(made, parts, strict=True)]


def _share_text(part: float, whole: float, day: DatedResult) -> Text:
    return percentage_text(part, whole) if whole >= thresholds(day.as_of)["step_cases"] else TOO_FEW


def _rate_card(cases: DatedResult) -> Card:
    rows = cases.rows
    due, broken = int(rows["is_due"].sum()), int(rows["is_violation"].sum())
    missing = count_note((rows["state"] == MISSING).sum(), WITHOUT_DATE)
    figure = _share_text(due - broken, due, cases)
    own, worked = rows[rows["is_due"].astype(bool)], [share_of_rows(RATE, due - broken, due)]
    return metric_card(
        cases, figure, both_counts(due - broken, due, STEPS), missing, label=RATE, rows=own, worked=worked
    )


def _violation_card(cases: DatedResult) -> Card:
    rows = cases.rows
    counts = {name: int((rows["state"] == state).sum()) for name, state in (("broken", BROKEN), ("overdue", OVERDUE))}
    days = int(thresholds(cases.as_of)["legal_soon_days"])
    soon = int(rows["is_soon"].sum())
    due = DUE_SOON.fill(count=soon, days=days) if soon else None
    own, count = rows[rows["state"].isin([BROKEN, OVERDUE])], COUNT.fill(count=sum(counts.values()))
    worked = [rows_in_all(own)]
    return metric_card(cases, count, SPLIT.fill(**counts), due, label=VIOLATIONS, rows=own, worked=worked)


def _readiness_card(readiness: DatedResult) -> Card:
    known = readiness.rows[readiness.rows["ready"].notna()]
    ready, needed = (float(known[name].astype(float).sum()) for name in ("ready", "needed"))
    notes = (
        count_note(readiness.rows["overdue_items"].notna().sum(), LATE_PROJECTS),
        count_note(len(readiness.rows) - len(known), UNREGISTERED),
    )
    figure = _share_text(ready, needed, readiness)
    return metric_card(readiness, figure, both_counts(ready, needed, ITEMS), *notes, rows=known)


def _homes_card(supply: DatedResult) -> Card:
    """Return the homes that are free against those who look for one; the share only where enough do."""
    totals = total_rows(supply.rows)
    if totals.empty:
        return metric_card(supply, TOO_FEW)
    row = totals.iloc[0]
    free, looking = (None if formats.is_missing(row[name]) else float(row[name]) for name in ("free", "looking"))
    is_enough = free is not None and (looking or 0) >= thresholds(supply.as_of)["step_cases"]
    homes = HOMES.fill(count=formats.format_count(free))
    figure = percentage_text(free or 0, looking or 0) if is_enough else homes
    notes = (
        homes if is_enough else None,
        LOOKING.fill(count=formats.format_count(looking)),
        count_note(row["sources_unknown"], UNKNOWN_SIZE),
        count_note(row["undecided"], UNDECIDED),
    )
    worked = [counted_share(HOMES_FREE, HOMES_SOUGHT, free or 0, looking or 0)] if is_enough else ()
    return metric_card(supply, figure, *notes, span=None, worked=worked)
