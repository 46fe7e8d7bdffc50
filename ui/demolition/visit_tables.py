"""What is folded on the page of 疏: projects by visits, attitudes from the first visit to the newest, petitions."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.demolition.difficulty_bars import scoped_rows
from ui.demolition.signing import days_to_deadline_text
from ui.markup import element, joined, words
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.result_list import Row, list_block
from ui.results import DatedResult

PROJECTS = Text("按项目：未签约和走访", "By project: not signed, and visits")
NONE_UNSIGNED = Text(
    "签约已开始的项目，在册的户都已签约", "Of the projects that sign all registered households have signed"
)
DEADLINE = Text("离截止", "To the deadline")
ATTITUDES = Text(
    "态度转化：走访两次以上的 {compared} 户里 {won} 户由反对、观望转为支持，{same} 户没有变化",
    "Attitudes: of {compared} households visited twice or more {won} turned from against or waiting to for it, {same} "
    "did not change",
)
NO_ATTITUDES = Text("态度转化：还没有走访两次以上的户", "Attitudes: no household was visited twice yet")
FROM_TO = Text("首次 ↓ 最近 →", "First ↓ newest →")
ROW_SUM = Text("合计", "In all")
UNCHANGED = Text("灰底的没有变化。", "On grey: no change.")
PETITIONS = Text(
    "信访：收到 {received} 件，未办结 {open} 件，逾期 {overdue} 件",
    "Petitions: {received} received, {open} open, {overdue} overdue",
)
NO_PETITIONS = Text("信访：没有登记", "Petitions: none on record")
NO_CONTENT = Text("只显示类别、时限和状态，不登记内容。", "Class, clocks and state only; what was said is not kept.")
CLASSES = Text("信访按类别", "Petitions by class")
CLOCK = Text("第几天 / 期限", "Day of days allowed")
DAY_OF = Text("{day} / {allowed} 天", "{day} of {allowed} days")
SHOWN_PETITIONS = 20  # chosen: a screen
PETITION_COLUMNS = (
    *("petition_class", "received", "open", "overdue", "high_risk_open", "due", "closed_in_time", "rate"),
    *("notice_due", "notified_in_time", "notice_rate", "closed", "repeats", "repeat_share", "high_risk"),
)
ATTITUDE_ORDER = tuple(reversed([c.value for c in DATASETS["visit"].column("attitude").choices]))
UNWILLING = ("反对", "观望")


def visited_projects(request: PageRequest, visits: DatedResult) -> Html:
    """Return the projects that have households not signed, those with most not visited first; each a link."""
    rows = visits.rows[~visits.rows["is_total"].astype(bool) & (visits.rows["unsigned"] > 0)]
    if rows.empty:
        return caption_block(NONE_UNSIGNED)
    return list_block(
        visits,
        [
            "project",
            "unsigned",
            "unvisited",
            "never_visited",
            "recent_visits",
            "household_weeks",
            "visits_per_week",
            "deadline",
        ],
        rows,
        href=lambda row: same_page_href(request, project=row["project_id"], open=None),
        cells={"deadline": lambda row: words(days_to_deadline_text(row["days_left"]))},
        headings={"deadline": DEADLINE},
        is_alarming=lambda row: row["days_left"] < 0,
    )


def attitude_sentence(changes: DatedResult, project: str | None) -> Text:
    """Say how many households were visited twice, were won over, and did not change."""
    rows = scoped_rows(changes.rows, project)
    if rows.empty:
        return NO_ATTITUDES
    won = rows[rows["first_attitude"].isin(UNWILLING) & (rows["newest_attitude"] == "支持")]
    same = rows[~rows["is_changed"].astype(bool)]
    counts = {"compared": rows["households"].sum(), "won": won["households"].sum(), "same": same["households"].sum()}
    return ATTITUDES.fill(**{name: formats.format_count(count) for name, count in counts.items()})


def attitude_matrix(changes: DatedResult, project: str | None) -> Html:
    """Return the households by their first attitude, a row each, and their newest, a column each."""
    rows = scoped_rows(changes.rows, project)
    if rows.empty:
        return caption_block(NO_ATTITUDES)
    counts = rows.pivot(index="first_attitude", columns="newest_attitude", values="households").fillna(0)
    counts = counts.reindex(index=ATTITUDE_ORDER, columns=ATTITUDE_ORDER, fill_value=0).astype(int)
    counts = counts[counts.sum(axis=1) > 0]
    heads = [element("th", words(said), scope="col", class_="fl-number") for said in (*_attitude_words(), ROW_SUM)]
    head = element("tr", element("th", words(FROM_TO), scope="col") + joined(heads))
    body = joined(_matrix_row(first, row) for first, row in counts.iterrows())
    return Html(element("table", element("thead", head) + element("tbody", body), class_="fl-table"))


def _attitude_words() -> list[Text]:
    return [WORDS[attitude] for attitude in ATTITUDE_ORDER]


def _matrix_row(first: object, row: pd.Series) -> Markup:
    cells = [
        element(
            "td",
            formats.format_count(count),
            class_="fl-number",
            data_label=words(WORDS[newest]),
            style="background:var(--fl-soft)" if newest == first else "",
        )
        for newest, count in row.items()
    ]
    total = element("td", formats.format_count(row.sum()), class_="fl-number", data_label=words(ROW_SUM))
    return element("tr", element("th", words(WORDS[str(first)]), scope="row") + joined(cells) + total)


def petition_label(rows: pd.DataFrame) -> Text:
    """Say how many petitions there are, open and overdue; `rows` is petition_list."""
    if rows.empty:
        return NO_PETITIONS
    still_open = ~rows["is_closed"].astype(bool)
    return PETITIONS.fill(received=len(rows), open=int(still_open.sum()), overdue=int(rows["is_overdue"].sum()))


def petition_rows(request: PageRequest, petitions: DatedResult, rows: pd.DataFrame) -> Html:
    """Return the petitions, open ones first, each with its clock; overdue ones in red."""
    return list_block(
        petitions,
        [
            "petition_id",
            "petition_class",
            "project",
            "petition_state",
            "clock",
            "due_on",
            "days_overdue",
            "is_repeat",
            "risk",
        ],
        rows,
        href=lambda row: _project_href(request, row),
        cells={"clock": lambda row: words(DAY_OF.fill(day=int(row["days_open"]), allowed=int(row["days_allowed"])))},
        headings={"clock": CLOCK},
        is_alarming=lambda row: bool(row["is_overdue"]),
        shown=SHOWN_PETITIONS,
    )


def _project_href(request: PageRequest, row: Row) -> str:
    """Return the address of the project that a petition is about; none where it names none."""
    if formats.is_missing(row["project_id"]):
        return ""
    return same_page_href(request, project=row["project_id"], open="petitions")
