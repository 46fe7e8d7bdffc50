"""What changed: each target against a week ago, the last report or the reader's last visit, and what made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets import Column
from data.datasets.model import Kind
from data.datasets.shared.issued_figure import RestatementReason
from data.datasets.targets import TARGETS
from data.errors import SinceAfterDay
from data.ingest.values.days import parse_iso_day
from data.text import Text, join_list, join_texts, untranslated
from data.units import UNITS
from ui import formats, phrases
from ui.blocks import Block, Html
from ui.documents.briefing_words import KIND_NAMES
from ui.documents.change_lines import STEP, cause_text, causes_said, correction_text
from ui.documents.restatements import restated_rows, step_sizes
from ui.figure_sheet import figure_link, thing_href
from ui.item_words import target_label
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href
from ui.overview.restatements import Comparison
from ui.overview.target_rows import TargetChange, explaining_figure, figure_change_text, figure_text
from ui.page import Page, PageRequest
from ui.page_header import HISTORY, same_page_href
from ui.preferences import parse_linked_batch, reader_language
from ui.result_list import Row, full_table
from ui.results import DatedResult

PAGE = Page(
    label=Text("有什么变化", "What changed"),
    icon=":material/compare_arrows:",
    place=30,
    choices=("against", "since", "since_batch", "visited", "metric"),
)
DEMOLITION = "demolition"
WEEK, REPORT, VISIT = "week", "report", "visit"
AGAINST = {
    WEEK: Text("与一周前比", "Against a week ago"),
    REPORT: Text("与上次报告比", "Against the last report"),
    VISIT: Text("与我上次来时比", "Against my last visit"),
}
NO_VISIT = Text(
    "这台浏览器没有上次来访的记录：改为与一周前比。",
    "This browser has no note of a visit before: the comparison is with a week ago.",
)
TITLE = Text(
    "{day} 以来 {count} 项有变化：{better} 项变好，{worse} 项变差",
    "{count} changes since {day}: {better} better, {worse} worse",
)
NO_CHANGE = Text("{day} 以来各项目标都没有变化", "No target has changed since {day}")
NOTHING_COMPARED = Text("与 {day} 没有可比的数字", "Nothing can be compared with {day}")
NO_REPORT = Text(
    "还没有印发过简报：改为与上月末比。", "No briefing was issued yet: the comparison is with the end of last month."
)
AS_ISSUED = Text("{since} 的数字按印发的{kind}", "those of {since} are those that the {kind} issued")
OF_VISIT = Text(
    "上次来访是 {visited}，那时看到的数据最新到 {since}",
    "the last visit was on {visited}, when the newest data were of {since}",
)
HEADINGS = (Text("目标", "Target"), Text("变化", "Change"), Text("是哪些行", "What made it"))
OTHERS = Text("另有 {count} 处", "{count} more")
UNCHANGED = Text("没有变化：{targets}", "No change: {targets}")
NOT_COMPARED = Text("没法比（那时或现在没有数字）：{targets}", "Not to be compared (no figure then or now): {targets}")
DIFFERS = Text("与那时说的差 {size}", "{size} from what was said then")
BETWEEN, COLON = Text("、", ", "), Text("：", ": ")
MOVED = Text("当期 {size}", "since then {size}")
WAY = Text("比法", "comparison")
TABLE_PART, TABLE = "table", Text("全部目标的变化（可下载）", "All targets, then and now, to download")
_TABLE: tuple[tuple[str, Text, Kind], ...] = (
    ("name", Text("目标", "Target"), "text"),
    ("then", Text("那时", "Then"), "number"),
    ("restated", Text("那时的，现在重算", "Then, worked out anew"), "number"),
    ("now", Text("现在", "Now"), "number"),
    ("unit", Text("单位", "Unit"), "text"),
    ("then_done", Text("那时完成数", "Done then"), "number"),
    ("then_total", Text("那时总数", "Total then"), "number"),
    ("now_done", Text("现在完成数", "Done now"), "number"),
    ("now_total", Text("现在总数", "Total now"), "number"),
    ("corrected", Text("更正", "Corrected"), "number"),
    ("moved", Text("当期变化", "Moved since then"), "number"),
    ("change", HEADINGS[1], "number"),
    ("made_by", HEADINGS[2], "text"),
)
TABLE_COLUMNS = tuple(Column(name=name, label=label, kind=kind) for name, label, kind in _TABLE)
SHOWN_CAUSES = 3  # chosen: a line of the list


def asked_against(request: PageRequest) -> str:
    """Return what the address compares with; in place of a visit that this browser does not know of, a week ago."""
    asked = request.choice("against", AGAINST, WAY) or WEEK
    return WEEK if asked == VISIT and visit_in_address(request) is None else asked


def visit_in_address(request: PageRequest) -> tuple[date, int] | None:
    """Return the day and the batch of the reader's last visit, as his browser wrote them into the address."""
    day = parse_iso_day(request.choices.get("since", ""))
    batch = parse_linked_batch(request.choices.get("since_batch", ""))
    return (day, batch) if day and batch else None


def title_sentence(found: pd.DataFrame, since: date) -> Text:
    """Return how many targets have changed since a day, for better and for worse."""
    moved = [row for row in found.to_dict("records") if row["change"] and not formats.is_missing(row["change"])]
    day = formats.format_date(since)
    if not moved:
        return (NOTHING_COMPARED if found["change"].isna().all() else NO_CHANGE).fill(day=day)
    better = sum(row["change"] > 0 for row in moved)
    return TITLE.fill(day=day, count=len(moved), better=better, worse=len(moved) - better)


def named_targets(found: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of the targets with what is asked of each, and the name of the part that one is of."""
    return found.merge(targets[["target_id", "scope_name", "target"]], on="target_id", how="left")


def against_block(request: PageRequest, comparison: Comparison) -> Html:
    """Return the choice of what to compare with, and of which days and batch the figures are."""
    said = join_texts(_compared_said(request, comparison), Text("；", "; "))
    told = [*_said_in_place(request, comparison), said]
    lines = joined(element("p", words(each), class_="fl-caption") for each in told)
    return Html(_ways_line(request, comparison) + lines)


def _ways_line(request: PageRequest, comparison: Comparison) -> Markup:
    ways = (
        element("b", words(label)) if name == comparison.against
        else link(words(label), same_page_href(request, against=name, since=None, since_batch=None, visited=None))
        for name, label in AGAINST.items()
    )  # fmt: skip
    return element("p", joined(ways, " · "), class_="fl-screen")


def _said_in_place(request: PageRequest, comparison: Comparison) -> Iterator[Text]:
    """Yield what takes the place of a visit or a report that there is none of."""
    if request.choices.get("against") == VISIT != comparison.against:
        yield NO_VISIT
    if comparison.against == REPORT and not comparison.kind:
        yield NO_REPORT


def _compared_said(request: PageRequest, comparison: Comparison) -> Iterator[Text]:
    """Yield which days are compared, whose figures those of then are, and what was known then."""
    days = {name: formats.format_date(getattr(comparison, name)) for name in ("since", "as_of")}
    visited = parse_iso_day(request.choices.get("visited", ""))
    if comparison.against == VISIT and visited:
        yield OF_VISIT.fill(visited=formats.format_date(visited), **days)
    yield phrases.COMPARED.fill(**days)
    if comparison.kind:
        yield AS_ISSUED.fill(kind=KIND_NAMES[comparison.kind], **days)
    if comparison.batch:
        yield phrases.KNOWN_THEN.fill(batch=comparison.batch)
    elif not comparison.kind:
        yield phrases.NOTHING_KNOWN_THEN.fill(**days)


def since_after_day(request: PageRequest, comparison: Comparison) -> Html:
    """Say that what is compared with is later than the day that is shown, below the choice of another."""
    error = SinceAfterDay(since=comparison.since, day=comparison.as_of)
    said = element("p", words(error.text), class_="fl-notice", role="status")
    return Html(_ways_line(request, comparison) + said)


def changes_block(
    found: pd.DataFrame, causes: pd.DataFrame, told: pd.DataFrame, comparison: Comparison,
    pages: Mapping[str, str],
) -> Html:  # fmt: skip
    """Return the targets that changed, what moved most of its target first: then, now, the change, and what made it.

    `told` are the figures of then beside those of now.
    """
    restated = {row["target_id"]: row for row in restated_rows(told)}
    rows = found.assign(size=found["change"].abs() / found["target"]).sort_values("size", ascending=False)
    rows = rows.to_dict("records")
    changed = [row for row in rows if row["change"] and not formats.is_missing(row["change"])]
    days = [untranslated(formats.format_date(day)) for day in (comparison.since, comparison.as_of)]
    headings = (HEADINGS[0], *days, *HEADINGS[1:])
    head = element("tr", joined(element("th", words(heading), scope="col") for heading in headings))
    body = joined(_change_row(row, causes, restated.get(row["target_id"]), headings, pages) for row in changed)
    table = element("table", element("thead", head) + element("tbody", body), class_="fl-table") if changed else NOTHING
    same = [target_label(row) for row in rows if row["change"] == 0]
    unknown = [target_label(row) for row in rows if formats.is_missing(row["change"])]
    others = [
        said.fill(targets=join_list(names)) for said, names in ((UNCHANGED, same), (NOT_COMPARED, unknown)) if names
    ]
    return Html(table + joined(element("p", words(said), class_="fl-caption") for said in others))


def _change_row(
    row: Row, causes: pd.DataFrame, restated: Row | None, headings: Sequence[Text], pages: Mapping[str, str]
) -> Markup:  # fmt: skip
    metric = row["metric"]
    cells = (
        link(words(target_label(row)), pages.get(metric, "")),
        words(_figure_with_counts(row, "then")),
        figure_link(words(_figure_with_counts(row, "now")), explaining_figure(row)),
        element("b", words(figure_change_text(_step(row, "change")))),
        _made_by(row, causes, restated),
    )
    return element("tr", joined(element("td", c, data_label=words(h)) for c, h in zip(cells, headings, strict=True)))


def _figure_with_counts(row: Row, when: str) -> Text:
    said, unit = figure_text(row["metric"], row[when]), TARGETS[row["metric"]].counted_in
    if unit is None or formats.is_missing(row[when]):
        return said
    done, total = row[f"{when}_done"], row[f"{when}_total"]
    return formats.format_share(done, total, row[when], unit)


def _step(row: Row, name: str) -> TargetChange:
    """Return a step of a target, from then to now or a part of it."""
    done = row[f"{name}_done"]
    return TargetChange(row["metric"], True, row[name], 0 if formats.is_missing(done) else done, row[name])


def _made_by(row: Row, causes: pd.DataFrame, restated: Row | None) -> Markup:
    """Return what the days brought, row by row, and after it what batches corrected, each a link."""
    size, batches = _correction(row, restated)
    links = [link(words(phrases.BATCH_ONE.fill(batch=b)), page_href(HISTORY, batch=b)) for b in batches]
    said = [words(each) for each in size] + ([joined(links, words(BETWEEN))] if links else [])
    parts = [*_causes_said(row, causes), *([joined(said, words(COLON))] if said else [])]
    return joined(parts, words(Text("；", "; ")))


def _correction(row: Row, restated: Row | None) -> tuple[list[Text], list[int]]:
    """Return what was corrected of a target's figure of then, if that is so, and the batches that did it."""
    if not restated or not row["corrected"] or formats.is_missing(row["corrected"]):
        return [], []
    is_of_batches = restated["reason"] == RestatementReason.BATCHES
    size = correction_text(row) if is_of_batches else DIFFERS.fill(size=step_sizes(row, "corrected"))
    return [size], [*restated["undone"], *(int(part["batch"]) for part in restated["corrections"])]


def _correction_text(row: Row, restated: Row | None) -> list[Text]:
    """Return the same in words, for a table."""
    size, batches = _correction(row, restated)
    listed = join_list(phrases.BATCH_ONE.fill(batch=batch) for batch in batches)
    return [join_texts([*size, listed], COLON)] if batches else size


def _causes_said(row: Row, causes: pd.DataFrame) -> Iterator[Markup]:
    """Yield the rows that moved a target, the most first, each a link; of an amount, which has none, its own move."""
    own = causes[causes["target_id"] == row["target_id"]].to_dict("records")
    if not own and row["moved"]:
        yield words(MOVED.fill(size=figure_change_text(_step(row, "moved"))))
    for cause in own[:SHOWN_CAUSES]:
        yield link(
            words(cause_text(row, cause)), thing_href({cause["part"]: cause["code"]}, row["stream"] == DEMOLITION)
        )
    if len(own) > SHOWN_CAUSES:
        yield words(OTHERS.fill(count=len(own) - SHOWN_CAUSES))


def changes_table(
    request: PageRequest, targets: DatedResult, found: pd.DataFrame, causes: pd.DataFrame, told: pd.DataFrame
) -> Block:
    """Return all targets as a table with its files: figures and steps as numbers, and all rows and batches behind them.

    `told` are the figures of then beside those of now.
    """
    rows, language = found.astype(object).to_dict("records"), reader_language()
    restated = {row["target_id"]: row for row in restated_rows(told)}
    shown = found.assign(
        name=[target_label(row).into(language) for row in rows],
        unit=[UNITS[TARGETS[row["metric"]].unit].label.into(language) for row in rows],
        made_by=[
            join_texts([*causes_said(row, causes), *_correction_text(row, restated.get(row["target_id"]))], STEP).into(
                language
            )
            for row in rows
        ],
    )
    return full_table(request, TABLE, targets, TABLE_COLUMNS, TABLE_PART, shown)
