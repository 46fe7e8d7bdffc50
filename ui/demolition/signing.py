"""The page of signing: all projects worst first, and of one its curve, its steps and its ways of compensation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from data.text import NOTHING, Language, Text, untranslated
from data.units import UNITS
from data.words import LATE_LIGHTS
from ui import charts, formats, phrases, tables
from ui.blocks import Html
from ui.cards import Card, both_counts, column_sums, count_note, metric_card, percentage_text
from ui.colours import PLAN_COLOUR, STATUS_COLOURS, STREAM_COLOURS
from ui.markup import bullet_bar, element, joined, labelled_bars, link, status_mark, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.preferences import reader_language
from ui.result_list import Row, list_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("签约进度", "Signing"),
    icon=":material/handshake:",
    place=20,
    choices=("project",),
)
PROJECTS = Text("征迁项目：签约与序时", "Projects: signed and plan")
ALL_PROJECTS = Text("项目全表", "All columns of the projects")
HOUSEHOLDS_LEFT = Text("还差户数和每天需签", "Households left and needed a day")
CHOOSE_PROJECT = Text("征迁项目", "project")
TO_ALL_PROJECTS = Text("← 全部征迁项目", "← All projects")
PROGRESS = Text("签约 / 序时", "Signed / plan")
DEADLINE_HEADING = Text("离截止", "To the deadline")
PERIOD = Text("签约期 {start} 至 {end}", "signing from {start} to {end}")
CURVE = Text("签约曲线", "Signing curve")
CURVE_TABLE = Text("曲线的数据", "The figures of the curve")
CURVE_ALT = Text("{title}：签约率随时间的阶梯线", "{title}: step line of the signing rate over time")
CURVE_POINT = Text("签约 {rate}，还差 {left} 户", "{rate} signed, {left} to go")
CURVE_AXIS = Text("签约率（%）", "Signing rate (%)")
REQUIRED_PACE = Text("按期需要的进度", "Pace needed")
DEADLINE = Text("签约截止", "Deadline")
CHAIN = Text("户状态链（占总户数）", "Household status chain (of all households)")
COMPENSATION = Text("补偿方式构成（占总户数）", "Compensation (of all households)")
BEHIND = Text(
    "{count} / {projects} 个征迁项目落后；最急的{project}{when}，签约 {rate}，还差 {left} 户",
    "{count} of {projects} projects behind; most pressing {project}: {when}, {rate} signed, households left: {left}",
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
TITLE = Text(
    "{project}签约 {share}，还差 {left} 户，{when}", "{project}: {share} signed, households left: {left}, {when}"
)
ALL_SIGNED = Text("{project}签约 {share}，已签完", "{project}: {share}, fully signed")
PAST_DEADLINE = Text("已过截止 {days} 天", "{days} days past the deadline")
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
NEEDED = Text("每天需签", "Needed a day")
PACE = Text("近 7 天每天 {pace} 户", "7-day pace: {pace} households")
PER_DAY = Text("{count} 户", "{count}")
DEADLINE_DAY = Text("截止 {day}", "deadline {day}")
LATE = tuple(choice.value for choice in LATE_LIGHTS)
PROJECT_COLUMNS = (
    *("project", "kind", "level", "signed", "households", "rate", "planned_rate", "gap", "households_left"),
    *("agreement_only", "status_only"),
    *("sign_start", "sign_end", "days_left", "is_overdue", "owner"),
)
LEFT_COLUMNS = (
    *("project", "households_left", "signed", "households", "days_left", "needed_per_day", "pace_per_day"),
    *("sign_end", "owner"),
)
CURVE_COLUMNS = ("on_date", "signed", "households", "households_left", "rate")


def deadline_text(row: pd.Series | Row) -> Text:
    """Say how many days a project has left to its deadline, or is past it, unless all have signed."""
    if row["households_left"] == 0:
        return SIGNED_OUT
    if not row["days_left"]:
        return ON_DEADLINE
    return (PAST_DEADLINE if row["days_left"] < 0 else BEFORE_DEADLINE).fill(days=abs(int(row["days_left"])))


def _share_text(row: pd.Series | Row) -> Text:
    return formats.format_share(row["signed"], row["households"], row["rate"], HOUSEHOLDS)


def title_sentence(rows: pd.DataFrame, lights: Sequence[str]) -> Text:
    """Count the projects that are behind and name the most pressing; `rows` of signing_rate stand worst first."""
    if rows.empty:
        return phrases.NOTHING_YET
    is_behind = rows["is_overdue"].astype(bool) | pd.Series(lights, rows.index).isin(LATE)
    still_open = rows[rows["households_left"] > 0]
    if is_behind.any():
        return _behind_sentence(rows[is_behind].iloc[0], int(is_behind.sum()), len(rows))
    if still_open.empty:
        return ALL_DONE.fill(count=len(rows))
    return NOT_BEHIND.fill(count=len(still_open), left=formats.format_count(still_open["households_left"].sum()))


def _behind_sentence(worst: pd.Series, count: int, projects: int) -> Text:
    days = deadline_text(worst)
    when = days if worst["is_overdue"] else BEHIND_AND_LEFT.fill(gap=formats.format_gap(worst["gap"]), days=days)
    return BEHIND.fill(
        count=count,
        projects=projects,
        project=worst["project"],
        rate=formats.format_percent(worst["rate"]),
        left=formats.format_count(worst["households_left"]),
        when=when,
    )


def project_sentence(row: pd.Series) -> Text:
    """Say how one project of signing_rate stands: both counts, households left, days left or over."""
    template = ALL_SIGNED if row["households_left"] == 0 else TITLE
    left = formats.format_count(row["households_left"])
    blanks: dict[str, object] = {"project": row["project"], "share": _share_text(row)}
    return template.fill(**blanks, left=left, when=deadline_text(row))


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
    cards = (_rate_card(rates), _left_card(rates), _overdue_card(rates), _pace_card(left))
    return [replace(card, href=href) for card, href in zip(cards, (whole, each, whole, each), strict=True)]


def _rate_card(rates: DatedResult) -> Card:
    signed, households = column_sums(rates.rows, "signed", "households")
    return metric_card(rates, percentage_text(signed, households), both_counts(signed, households, HOUSEHOLDS))


def _left_card(rates: DatedResult) -> Card:
    still_open = rates.rows[rates.rows["households_left"] > 0]
    count = PER_DAY.fill(count=formats.format_count(still_open["households_left"].sum()))
    return metric_card(rates, count, IN_PROJECTS.fill(count=len(still_open)), label=LEFT)


def _overdue_card(rates: DatedResult) -> Card:
    over = rates.rows[rates.rows["is_overdue"].astype(bool)]
    left = count_note(over["households_left"].sum(), OVERDUE_LEFT)
    return metric_card(rates, both_counts(len(over), len(rates.rows), PROJECT_UNIT), left, label=OVERDUE, span=None)


def _pace_card(left: DatedResult) -> Card:
    """Return how many of the projects with days left had less than they need of each of the last seven days."""
    running = left.rows[left.rows["needed_per_day"] > 0]
    slow = running[running["pace_per_day"] < running["needed_per_day"]]
    said = both_counts(len(slow), len(running), PROJECT_UNIT)
    return metric_card(left, said, _slowest_text(slow), label=TOO_SLOW, span=None)


def _slowest_text(slow: pd.DataFrame) -> Text | None:
    if slow.empty:
        return None
    row = slow.loc[(slow["pace_per_day"] - slow["needed_per_day"]).idxmin()]
    needed, pace = (formats.format_count(row[name]) for name in ("needed_per_day", "pace_per_day"))
    return SLOWEST.fill(project=row["project"], needed=needed, pace=pace)


def project_cards(request: PageRequest, rates: DatedResult, row: pd.Series, left: pd.Series) -> list[Card]:
    """Return the cards of one project: households left, the deadline, the pace that it needs."""
    count = PER_DAY.fill(count=formats.format_count(row["households_left"]))
    end = DEADLINE_DAY.fill(day=formats.format_date(row["sign_end"]))
    pace = PACE.fill(pace=formats.format_count(left["pace_per_day"]))
    needed = untranslated(formats.MISSING)
    if not formats.is_missing(left["needed_per_day"]):
        needed = PER_DAY.fill(count=formats.format_count(left["needed_per_day"]))
    counts = metric_card(rates, count, both_counts(row["signed"], row["households"], HOUSEHOLDS), label=LEFT)
    return [
        replace(counts, href=same_page_href(request, open="curve")),
        metric_card(rates, deadline_text(row), end, label=DEADLINE_HEADING, span=None),
        metric_card(rates, needed, pace, label=NEEDED, span=None),
    ]


def project_list(request: PageRequest, rates: DatedResult, lights: Sequence[str]) -> Html:
    """Return the projects, overdue ones first and in red, then those furthest behind; each a link to its curve."""
    return list_block(
        rates,
        ["project", "progress", "households_left", "deadline", "gap", "owner"],
        rates.rows.assign(light=lights),
        href=lambda row: same_page_href(request, project=row["project_id"], open=None),
        cells={
            "project": lambda row: status_mark(row["light"]) + Markup(" ") + words(row["project"]),
            "progress": _progress_cell,
            "deadline": lambda row: words(deadline_text(row)),
        },
        headings={"progress": PROGRESS, "deadline": DEADLINE_HEADING},
        is_alarming=lambda row: bool(row["is_overdue"]),
        more_href=same_page_href(request, open="all"),
    )


def _progress_cell(row: Row) -> Markup:
    """Return how many have signed as a bar with its plan, and both counts below."""
    said = _share_text(row)
    bar = bullet_bar(row["rate"], row["planned_rate"], STATUS_COLOURS[row["light"]], said)
    return bar + element("small", words(said))


def project_facts(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back to all projects, what kind of project this is, its period, and who leads it."""
    back = link(words(TO_ALL_PROJECTS), same_page_href(request, project=None, open=None))
    kinds = [tables.word_label(row[name], reader_language()) for name in ("kind", "level") if row[name]]
    period = PERIOD.fill(start=formats.format_date(row["sign_start"]), end=formats.format_date(row["sign_end"]))
    owner = "" if formats.is_missing(row["owner"]) else row["owner"]
    said = [words(each) for each in (*kinds, period, owner) if each]
    return Html(element("p", joined((back, *said), " · ")))


def signing_curve(rows: pd.DataFrame, deadline: date, language: Language) -> go.Figure:
    """Return the signed share day by day, 100 %, the deadline, and the straight way there if it is still ahead.

    `rows` has on_date, rate, households_left for one project.
    """
    last, end = rows.iloc[-1], pd.Timestamp(deadline)
    figure = go.Figure(_signed_trace(rows, language))
    if last["on_date"].date() < deadline and last["rate"] < 100:
        figure.add_trace(_needed_trace(last, end, language))
    figure.add_hline(y=100, line={"color": PLAN_COLOUR, "width": 1, "dash": "dot"})
    figure.add_vline(x=end.timestamp() * 1000, line={"color": PLAN_COLOUR, "width": 1})
    figure.add_annotation(x=end, y=4, text=DEADLINE.into(language), showarrow=False, xanchor="right")
    figure.update_yaxes(range=[0, 106], title=CURVE_AXIS.into(language))
    figure.update_xaxes(**charts.time_axis_ticks(rows["on_date"].min(), max(last["on_date"], end)))
    return charts.apply_layout(figure, 360)


def _signed_trace(rows: pd.DataFrame, language: Language) -> go.Scatter:
    points = zip(rows["rate"], rows["households_left"], strict=True)
    said = [
        CURVE_POINT.fill(rate=formats.format_percent(rate), left=formats.format_count(left)).into(language)
        for rate, left in points
    ]
    look: dict[str, Any] = {"line": {"shape": "hv", "color": STREAM_COLOURS["demolition"], "width": 3}}
    return go.Scatter(
        x=rows["on_date"],
        y=rows["rate"],
        mode="lines+markers",
        marker={"size": 5},
        name=phrases.ACTUAL.into(language),
        customdata=said,
        hovertemplate="%{x|%Y-%m-%d} · %{customdata}<extra></extra>",
        **look,
    )


def _needed_trace(last: pd.Series, end: pd.Timestamp, language: Language) -> go.Scatter:
    return go.Scatter(
        x=[last["on_date"], end],
        y=[last["rate"], 100],
        mode="lines",
        line={"dash": "dash", "color": PLAN_COLOUR},
        name=REQUIRED_PACE.into(language),
        hoverinfo="skip",
    )


def chain_and_compensation(chain: pd.DataFrame, mix: pd.DataFrame) -> Html:
    """Return the steps that the households have reached beside their ways of compensation, as bars."""
    steps = _titled_bars(CHAIN, _bars_of_rows(chain, "reached", _step_name))
    ways = _titled_bars(COMPENSATION, _bars_of_rows(mix, "signed", _compensation_name))
    return Html(element("div", steps + (ways if len(mix) else Markup("")), class_="fl-two"))


def _titled_bars(title: Text, bars: Markup) -> Markup:
    return element("section", element("h2", words(title)) + bars)


def _bars_of_rows(rows: pd.DataFrame, count: str, name: Callable[[Row], str]) -> Markup:
    def bar(row: Row) -> tuple[Markup, float | None, str, Text]:
        said = formats.format_share(row[count], row["households"], row["rate"], HOUSEHOLDS)
        return words(name(row)), row["rate"], STREAM_COLOURS["demolition"], said

    return labelled_bars(bar(row) for row in rows.to_dict("records"))


def _step_name(row: Row) -> str:
    return tables.word_label(row["status"], reader_language())


def _compensation_name(row: Row) -> str:
    estate = "" if formats.is_missing(row["estate"]) else f" · {row['estate']}"
    return tables.word_label(row["mode"], reader_language()) + estate
