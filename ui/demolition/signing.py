"""The page of signing, all projects: the latest first, each with both counts, households left and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from data.text import NOTHING, Text
from data.units import UNITS
from data.words import LATE
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import Card, both_counts, column_sums, count_note, metric_card, percentage_text, share_of_rows
from ui.colours import STATUS_COLOURS
from ui.markup import bullet_bar, element, link, status_mark, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult
from ui.worked_figures import column_total

PAGE = Page(
    label=Text("签约进度", "Signing"),
    icon=":material/handshake:",
    place=20,
    ledgers=("demolition_project", "agreement", "household", "status_event", "incentive_period", "housing_source"),
    choices=("project", "by"),
)
PROJECTS = Text("没签完的项目：逾期最久的在前", "Projects not complete, the longest overdue first")
ALL_PROJECTS = Text("项目全表", "All columns of the projects")
COMPLETE_ONES = Text("已签完的 {count} 个项目", "{count} projects fully signed")
RATE_OF_YEAR = Text("今年在签项目的签约率", "Signing rate of this year's projects")
HOUSEHOLDS_LEFT = Text("还差户数和每天需签", "Households left and needed a day")
BY_AREA = Text("按面积的签约率", "Signing rate by floor area")
REWARD_PERIODS = Text("奖励期", "Reward periods")
CHOOSE_PROJECT = Text("征迁项目", "project")
PROGRESS = Text("签约 / 序时", "Signed / plan")
DEADLINE_HEADING = Text("离截止", "To the deadline")
NEEDED_AND_PACE = Text("每天需签 / 近 7 天", "Needed a day / 7-day pace")
BEHIND = Text(
    "{count} / {projects} 个征迁项目落后；最急的{project}{when}，签约 {rate}，还差 {left} 户{slow}",
    "{count} of {projects} projects behind; most pressing {project}: {when}, {rate} signed, households left: "
    "{left}{slow}",
)
ALSO_SLOW = Text("；另有 {count} 个按近 7 天速度签不完", "; {count} more too slow at the 7-day pace")
ONLY_SLOW = Text(
    "在签的 {count} 个征迁项目都达到序时，但有 {slow} 个按近 7 天速度签不完，共还差 {left} 户",
    "All {count} projects still signing are on plan, but {slow} too slow at the 7-day pace; households left: {left}",
)
NOT_BEHIND = Text(
    "在签的 {count} 个征迁项目都达到序时，共还差 {left} 户",
    "All {count} projects that are still signing are on plan; households left: {left}",
)
ALL_DONE = Text("{count} 个征迁项目全部签完", "All {count} projects are fully signed")
LEDGERS_DIFFER = Text(
    "两本台账不一致：补偿协议登记了 {signed} 户签约，其中 {agreement_only} 户的户状态没有到“已签约”{others}。"
    "签约数以补偿协议为准，请核对户状态台账",
    "Two ledgers differ: {signed} households have an agreement, the status of {agreement_only} of them has not come to "
    "signed{others}. Agreements count; make sure of the statuses",
)
STATUS_ONLY = Text(
    "；另有 {count} 户状态已到“已签约”而没有补偿协议", "; {count} more have that status and no agreement"
)
PAST_DEADLINE = Text("已过截止 {days} 天", "{days} days overdue")
BEFORE_DEADLINE = Text("还剩 {days} 天", "{days} days left")
ON_DEADLINE = Text("今天截止", "due today")
SIGNED_OUT = Text("已签完", "fully signed")
BEHIND_AND_LEFT = Text("{gap}、{days}", "{gap}, {days}")
HOUSEHOLDS = UNITS["household"].label
PROJECT_UNIT = Text("个项目", "projects")
LEFT = Text("还差户数", "Households left")
IN_PROJECTS = Text("在 {count} 个项目", "in {count} projects")
OVERDUE = Text("已过截止仍未签完", "Past the deadline, not complete")
OVERDUE_LEFT = Text("共差 {count} 户", "households left there: {count}")
TOO_SLOW = Text("按近 7 天速度签不完", "Too slow at the 7-day pace")
SLOWEST = Text(
    "{project}每天需签 {needed} 户，近 7 天每天 {pace} 户",
    "{project} needs {needed} a day, had {pace} in the last 7 days",
)
PER_DAY = Text("{count} 户", "{count}")
PROJECT_COLUMNS = (
    *("project", "kind", "level", "signed", "households", "rate", "planned_rate", "gap", "households_left"),
    *("agreement_only", "status_only"),
    *("sign_start", "sign_end", "days_left", "is_overdue", "is_too_slow", "owner"),
)
LEFT_COLUMNS = (
    *("project", "households_left", "signed", "households", "days_left", "needed_per_day", "pace_per_day"),
    *("sign_end", "owner"),
)
AREA_COLUMNS = (
    *("project", "area_signed", "area", "area_rate", "signed", "households", "rate", "registered_area"),
    *("floor_area_total", "without_area", "unregistered"),
)
REWARD_COLUMNS = (
    *("project", "sequence", "period_state", "starts_on", "ends_on", "days_left", "households_at_risk"),
    *("blocks_one_short", "signed", "households", "reward_basis", "reward"),
)


def deadline_text(row: pd.Series | Row) -> Text:
    """Say how many days a project has left to its deadline, or is past it, unless all have signed."""
    if row["households_left"] == 0:
        return SIGNED_OUT
    return days_to_deadline_text(row["days_left"])


def days_to_deadline_text(days_left: float) -> Text:
    """Say how far the deadline of signing is, or how long it is over."""
    if not days_left:
        return ON_DEADLINE
    return (PAST_DEADLINE if days_left < 0 else BEFORE_DEADLINE).fill(days=abs(int(days_left)))


def share_text(row: pd.Series | Row) -> Text:
    """Return the signing rate with both counts."""
    return formats.format_share(row["signed"], row["households"], row["rate"], HOUSEHOLDS)


def open_projects(rates: DatedResult) -> pd.DataFrame:
    """Return the projects with households left, the latest first as signing_rate has them."""
    return rates.rows[rates.rows["households_left"] > 0]


def title_sentence(rows: pd.DataFrame, lights: Sequence[str]) -> Text:
    """Count the projects that are behind or too slow and name the most pressing; `rows` stand worst first."""
    if rows.empty:
        return phrases.NOTHING_YET
    is_behind = rows["is_overdue"].astype(bool) | pd.Series(lights, rows.index).isin(LATE)
    slow = int((rows["is_too_slow"].astype(bool) & ~is_behind).sum())
    still_open = rows[rows["households_left"] > 0]
    if is_behind.any():
        return _behind_sentence(rows[is_behind].iloc[0], int(is_behind.sum()), len(rows), slow)
    if still_open.empty:
        return ALL_DONE.fill(count=len(rows))
    left = formats.format_count(still_open["households_left"].sum())
    return (ONLY_SLOW if slow else NOT_BEHIND).fill(count=len(still_open), left=left, slow=slow)


def _behind_sentence(worst: pd.Series, count: int, projects: int, slow: int) -> Text:
    days = deadline_text(worst)
    when = days if worst["is_overdue"] else BEHIND_AND_LEFT.fill(gap=formats.format_gap(worst["gap"]), days=days)
    return BEHIND.fill(
        count=count,
        projects=projects,
        project=worst["project"],
        rate=formats.format_percent(worst["rate"]),
        left=formats.format_count(worst["households_left"]),
        when=when,
        slow=ALSO_SLOW.fill(count=slow) if slow else NOTHING,
    )


def ledger_difference(rows: pd.DataFrame) -> Text | None:
    """Say in how many households the agreements and the statuses differ; `rows` is signing_rate, None without any."""
    signed, missing, unsigned = (int(rows[name].sum()) for name in ("signed", "agreement_only", "status_only"))
    if not missing and not unsigned:
        return None
    return LEDGERS_DIFFER.fill(
        signed=formats.format_count(signed),
        agreement_only=formats.format_count(missing),
        others=STATUS_ONLY.fill(count=formats.format_count(unsigned)) if unsigned else NOTHING,
    )


def signing_cards(request: PageRequest, rates: DatedResult, left: DatedResult) -> list[Card]:
    """Return the cards of all projects: signed, left, past the deadline, too slow; each leads to what is behind it."""
    whole, each = same_page_href(request, open="all"), same_page_href(request, open="left")
    cards = (_rate_card(rates), _left_card(rates), _overdue_card(rates), _pace_card(rates, left))
    return [replace(card, href=href) for card, href in zip(cards, (whole, each, whole, each), strict=True)]


def _rate_card(rates: DatedResult) -> Card:
    this_year = rates.rows[rates.rows["is_this_year"].astype(bool)]  # as in the target of the year
    signed, households = column_sums(this_year, "signed", "households")
    counts = both_counts(signed, households, HOUSEHOLDS)
    return metric_card(rates, percentage_text(signed, households), counts, label=RATE_OF_YEAR, rows=this_year)


def _left_card(rates: DatedResult) -> Card:
    still_open = open_projects(rates)
    count = PER_DAY.fill(count=formats.format_count(still_open["households_left"].sum()))
    worked = [column_total(rates, still_open, "households_left")]
    return metric_card(
        rates, count, IN_PROJECTS.fill(count=len(still_open)), label=LEFT, rows=still_open, worked=worked
    )


def _overdue_card(rates: DatedResult) -> Card:
    over = rates.rows[rates.rows["is_overdue"].astype(bool)]
    left = count_note(over["households_left"].sum(), OVERDUE_LEFT)
    said, worked = (
        both_counts(len(over), len(rates.rows), PROJECT_UNIT),
        [share_of_rows(OVERDUE, len(over), len(rates.rows))],
    )
    return metric_card(rates, said, left, label=OVERDUE, span=None, rows=over, worked=worked)


def _pace_card(rates: DatedResult, left: DatedResult) -> Card:
    """Return how many of the projects with days left had less than they need of each of the last seven days."""
    running = open_projects(rates)
    running = running[~running["is_overdue"].astype(bool)]
    slow = running.loc[running["is_too_slow"].astype(bool), "project_id"]
    said = both_counts(len(slow), len(running), PROJECT_UNIT)
    paces = left.rows[left.rows["project_id"].isin(slow)].dropna(subset=["needed_per_day"])
    rows, worked = (
        left.rows[left.rows["project_id"].isin(running["project_id"])],
        [share_of_rows(TOO_SLOW, len(slow), len(running))],
    )
    return metric_card(left, said, _slowest_text(paces), label=TOO_SLOW, span=None, rows=rows, worked=worked)


def _slowest_text(slow: pd.DataFrame) -> Text | None:
    if slow.empty:
        return None
    row = slow.loc[(slow["pace_per_day"] - slow["needed_per_day"]).idxmin()]
    needed, pace = (formats.format_count(row[name]) for name in ("needed_per_day", "pace_per_day"))
    return SLOWEST.fill(project=row["project"], needed=needed, pace=pace)


def project_list(
    request: PageRequest, rates: DatedResult, left: DatedResult, lights: Sequence[str], *, is_complete: bool
) -> Html:
    """Return the projects that are complete or not, the latest first and overdue ones in red, each a link."""
    paces = left.rows[["project_id", "needed_per_day", "pace_per_day"]]
    rows = rates.rows.assign(light=lights).merge(paces, on="project_id")
    shown = ["project", "progress", "households_left", "deadline", "pace", "owner"]
    return list_block(
        rates,
        [shown[0], shown[1], "sign_end", "owner"] if is_complete else shown,
        rows[(rows["households_left"] == 0) == is_complete],
        href=lambda row: same_page_href(request, project=row["project_id"], open=None),
        cells={
            "project": lambda row: status_mark(row["light"]) + Markup(" ") + words(row["project"]),
            "progress": _progress_cell,
            "deadline": lambda row: words(deadline_text(row)),
            "pace": _pace_cell,
        },
        headings={"progress": PROGRESS, "deadline": DEADLINE_HEADING, "pace": NEEDED_AND_PACE},
        is_alarming=lambda row: bool(row["is_overdue"]),
        more_href=same_page_href(request, open="all"),
    )


def _progress_cell(row: Row) -> Markup:
    """Return how many have signed as a bar with its plan, and both counts below."""
    said = share_text(row)
    bar = bullet_bar(row["rate"], row["planned_rate"], STATUS_COLOURS[row["light"]], said)
    return bar + element("small", words(said))


def _pace_cell(row: Row) -> Markup:
    needed, pace = (formats.format_count(row[name]) for name in ("needed_per_day", "pace_per_day"))
    slow = element("small", words(TOO_SLOW)) if row["is_too_slow"] else Markup("")
    return words(f"{needed} / {pace}") + slow


def all_projects_link(request: PageRequest) -> Markup:
    """Return the way from one project back to all."""
    return link(
        words(Text("← 全部征迁项目", "← All projects")), same_page_href(request, project=None, by=None, open=None)
    )
