"""The page of the clocks of the law: what is broken or due soon, step by step, and by which rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.legal_rules import LegalRule, legal_rules
from data.standards.thresholds import thresholds
from data.text import Text, join_list, join_texts
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.demolition.legal_strip import BROKEN, MISSING, OVERDUE, WAITING, limit_text, state_mark
from ui.markup import element, joined, link, list_items, words
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import PRINTED_ROWS, Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("法定节点", "Legal steps"),
    icon=":material/gavel:",
    place=40,
    ledgers=("legal_step", "preparation_item", "housing_source"),
    choices=("project",),
)
SHOWN_CASES = 6  # measured: three screens, four of a phone
BETWEEN = Text("，", ", ")
BROKEN_COUNT = Text("{count} 处违规", "{count} in breach")
OVERDUE_COUNT = Text("{count} 处已逾期未办", "{count} overdue")
SOON_COUNT = Text("{count} 处 {days} 天内到期", "{count} due within {days} days")
MISSING_COUNT = Text("{count} 处缺日期不能判定", "{count} without a date")
UNREADY_COUNT = Text("{count} 项签约准备逾期", "preparation items overdue: {count}")
NONE_BROKEN = Text("没有违规", "None in breach")
WORST_STEP = Text("{counts}；最急：{step}，{days}", "{counts}; most pressing: {step}, {days}")
WORST = Text("{counts}；最急：{project}{step}，{days}", "{counts}; most pressing: {project}, {step}, {days}")
ALL_KEPT = Text("已判定的 {count} 个法定节点都合规", "All {count} legal steps that can be judged are in keeping")
NO_STEPS = Text("没有法定节点登记", "No legal step is on record")
OF_PROJECT = Text("{project}：{title}", "{project}: {title}")
CHOOSE_PROJECT = Text("征迁项目", "project")
TO_ALL = Text("← 全部法定节点", "← All legal steps")
TO_SIGNING = Text("签约进度", "Signing")
TO_DO = Text("要处理的节点，最严重的在前", "Steps to see to, the gravest first")
NOTHING_TO_DO = Text("没有要处理的节点", "No step to see to")
ALL_STEPS = Text("全部节点", "All steps")
STEPS_OF_PROJECT = Text("节点和依据", "Steps and their clauses")
RULES = Text("法定节点规则：条款和施行日期", "The rules: clauses and days in force")
STEP, DUE, DAYS, CLAUSE = Text("节点", "Step"), Text("期限", "Limit"), Text("天数", "Days"), Text("依据", "By")
CLAUSE_TEXT = Text("{standard} {clause}（{day} 起施行）", "{standard}, {clause} (in force since {day})")
PERIOD = Text("{first} 至 {last}", "{first} to {last}")
SINCE = Text("{first} 起", "since {first}")
RULE_LINE = Text("{step}：{requirement}", "{step}: {requirement}")
NOT_CHECKED = Text("原文未核对", "text not checked")
FROM_HOUSEHOLDS = Text("满 {count} 户", "from {count} households on")
CASE_COLUMNS = {
    "zh": ("requirement", "standard", "clause"),
    "en": ("requirement_en", "standard_en", "clause_en"),
}


def case_columns() -> tuple[str, ...]:
    """Return the columns of the table of all steps, what is asked and by whom in the reader's language."""
    asked, standard, clause = CASE_COLUMNS[reader_language()]
    return (
        *(
            "project",
            "household_id",
            "step",
            asked,
            "from_step",
            "from_on",
            "due_on",
            "done_on",
            "days_used",
            "day_kind",
        ),
        *(
            "days_left",
            "days_over",
            "state",
            standard,
            clause,
            "effective_from",
            "is_verified",
            "document_number",
            "owner",
        ),
    )


def title_sentence(cases: pd.DataFrame, preparation: pd.DataFrame, as_of: date | None) -> Text:
    """Count what is broken, overdue, due soon, without a date and not ready; name the most pressing."""
    if cases.empty and preparation.empty:
        return phrases.NOTHING_YET
    return _counted_sentence(cases, preparation, as_of, WORST)


def _counted_sentence(cases: pd.DataFrame, preparation: pd.DataFrame, as_of: date | None, said: Text) -> Text:
    counts = join_texts(_counted_parts(cases, preparation, as_of), BETWEEN)
    pressing = pressing_cases(cases)
    if pressing.empty:
        return counts
    worst = pressing.iloc[0].to_dict()
    named = {"project": worst["project"]} if said is WORST else {}
    return said.fill(counts=counts, step=WORDS[worst["step"]], days=limit_text(worst), **named)


def _counted_parts(rows: pd.DataFrame, preparation: pd.DataFrame, as_of: date | None) -> Iterator[Text]:
    counts = rows["state"].value_counts()
    broken, overdue, missing = (int(counts.get(state, 0)) for state in (BROKEN, OVERDUE, MISSING))
    due = int(rows["is_due"].sum())
    if broken or not (overdue or due):
        yield BROKEN_COUNT.fill(count=broken) if broken else (NONE_BROKEN if len(rows) else NO_STEPS)
    elif not overdue:
        yield ALL_KEPT.fill(count=due)
    days = int(thresholds(as_of)["legal_soon_days"])
    unready = int((preparation["state"] == "逾期未完成").sum())
    told = (
        (OVERDUE_COUNT, overdue), (SOON_COUNT, int(rows["is_soon"].sum())), (MISSING_COUNT, missing),
        (UNREADY_COUNT, unready),
    )  # fmt: skip
    yield from (said.fill(count=count, days=days) for said, count in told if count)


def pressing_cases(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is broken or overdue, then what is due soon, in the order of the result."""
    return pd.concat([rows[rows["is_violation"]], rows[rows["is_soon"]]])


def legal_sentence(project: str, cases: pd.DataFrame, preparation: pd.DataFrame, as_of: date | None) -> Text:
    """Say of one project what is broken, overdue, due soon, without a date and not ready, and which step presses."""
    return OF_PROJECT.fill(project=project, title=_counted_sentence(cases, preparation, as_of, WORST_STEP))


def cases_to_see_to(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that are not settled: broken, overdue, due soon, without a date, not yet due, in this order."""
    open_cases = rows[rows["state"].isin([BROKEN, OVERDUE, MISSING, WAITING])]
    place = (~open_cases["is_violation"]).astype(int) + (~open_cases["is_soon"] & ~open_cases["is_violation"])
    return open_cases.assign(place=place).sort_values("place", kind="stable").drop(columns="place")


def case_list(request: PageRequest, cases: DatedResult, rows: pd.DataFrame, *, names_project: bool = True) -> Html:
    """Return cases as a list, each with its limit, its days and its clause; what is broken in red."""
    if rows.empty:
        return caption_block(NOTHING_TO_DO)
    return list_block(
        cases,
        ["named", "state", "days", "due_on", "clause"],
        rows,
        href=lambda row: same_page_href(request, project=row["project_id"], open=None) if names_project else "",
        cells={
            "named": lambda row: _named_cell(row, names_project),
            "state": _state_cell,
            "days": lambda row: words(limit_text(row)),
            "clause": clause_cell,
        },
        headings={"named": STEP, "days": DAYS, "clause": CLAUSE},
        is_alarming=lambda row: bool(row["is_violation"]),
        shown=SHOWN_CASES if names_project else PRINTED_ROWS,
        more_href=same_page_href(request, open="all"),
    )  # fmt: skip


def _state_cell(row: Row) -> Markup:
    return state_mark(row["state"], is_soon=bool(row["is_soon"])) + Markup(" ") + words(WORDS[row["state"]])


def _named_cell(row: Row, names_project: bool) -> Markup:
    where = [row["project"]] if names_project else []
    if not formats.is_missing(row["household_id"]):
        where.append(row["household_id"])
    step = element("span", words(WORDS[row["step"]]), style="display:inline-block;min-width:8em")
    return step + Markup(" ") + element("small", words(" ".join(where)))


def clause_cell(row: Row) -> Markup:
    """Return what a rule asks, and below by which clause since when; what was not checked says so."""
    requirement, standard, clause = (row[name] for name in CASE_COLUMNS[reader_language()])
    by = CLAUSE_TEXT.fill(standard=standard, clause=clause, day=formats.format_date(row["effective_from"]))
    return words(requirement) + Markup(" ") + element("small", words(by))


def project_links(request: PageRequest, signing_href: str) -> Html:
    """Return the way back to all projects, and to the signing of this one."""
    back = link(words(TO_ALL), same_page_href(request, project=None, open=None))
    return Html(element("p", joined((back, link(words(TO_SIGNING), signing_href)), " · ")))


def rule_list() -> Html:
    """Return every version of every rule: what it asks, of which projects, by which clause, from when to when."""
    return Html(list_items(_rule_item(rule) for versions in legal_rules().values() for rule in versions))


def _rule_item(rule: LegalRule) -> Markup:
    asked = RULE_LINE.fill(step=WORDS[rule.step], requirement=rule.requirement)
    return words(asked) + Markup(" ") + element("small", words(_rule_basis(rule)), class_="fl-caption")


def _rule_basis(rule: LegalRule) -> Text:
    """Return of which projects a rule is, its clause, and the days between which it holds."""
    first = formats.format_date(rule.effective_from)
    held = PERIOD.fill(first=first, last=formats.format_date(rule.effective_to)) if rule.effective_to else None
    parts = [
        join_list(WORDS[kind] for kind in rule.kinds),
        *([FROM_HOUSEHOLDS.fill(count=rule.households_from)] if rule.households_from else []),
        rule.standard,
        rule.clause,
        held or SINCE.fill(first=first),
        *([] if rule.is_verified else [NOT_CHECKED]),
    ]
    return join_texts(parts, Text(" · ", " · "))
