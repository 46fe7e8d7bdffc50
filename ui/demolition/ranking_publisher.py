"""Publishing the ranking of a day on the page: previewed, checked and committed like a file, as a batch with a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import streamlit as st
from markupsafe import Markup

from data.ingest import batch_log
from data.ingest.checking.error_reasons import Finding
from data.text import Text
from ui import messages, tables
from ui.blocks import Download, Html
from ui.demolition import ranking_draft
from ui.markup import element, link, words
from ui.page import OPEN_PART, Page, PageRequest, linked_choices, show_known_errors
from ui.page_header import same_page_href
from ui.preferences import current_reader, reader_language, t
from ui.results import DatedResult
from ui.store import shared_store
from ui.upload import chart_links, check_report, commit, upload_session
from ui.upload.pending_files import CommitOutcome, PendingFile

PUBLISH = "publish"  # in the address: the folded part that is the editor
HELD = "ranking to publish"
MOST_TOLD = 12  # chosen: as many sentences as are read at once
PUBLISH_DAY = Text("公布这一天的排名", "Publish the ranking of this day")
HOW = Text(
    "公布的是下面这些数，以后台账更正也不改。先点“检查”，写上姓名再提交：一次公布是一个批次，可以撤销；要公布另一天的，先在页头选那一天。",
    "What is published are the figures below, which later corrections leave as they are. Press “Check”, give your name "
    "and commit: it becomes one batch, which can be undone. For another day choose it at the head of the page.",
)
PREVIEW = Text("{day} 的排名", "Ranking of {day}")
CHECK = Text("检查", "Check")
FILE_NAMES = {
    "published_ranking": Text("公布排名 {day}.csv", "Published ranking {day}.csv"),
    "published_standing": Text("公布综合排名 {day}.csv", "Published overall ranking {day}.csv"),
}
DOWNLOAD = Text("下载这一天的排名（CSV）", "Download the ranking of this day (CSV)")
ALREADY = Text(
    "{day} 的排名已经公布，公布了的不改。要改先撤销那个批次，再公布；或者公布另一天的。",
    "The ranking of {day} is published and stays as it is. Undo its batch before you publish it again, or publish that "
    "of another day.",
)
NOBODY = Text("这一天没有可以公布的。", "There is nothing to publish on this day.")

Ranking: TypeAlias = Callable[[PageRequest], DatedResult]


@dataclass(slots=True)
class SentRanking:
    """The ranking that was sent to the check: its name, its day, the state of the ledgers, the number of its file."""

    name: str
    day: date
    state: int
    number: int


def publish_fold(request: PageRequest) -> Html:
    """Return the heading of the folded editor; the editor itself is drawn last.

    What is to be published is of one session and no part of what the cache keeps of a page.
    """
    is_open = request.is_open(PUBLISH)
    href = same_page_href(request, village=None, unit=None, **{OPEN_PART: None if is_open else PUBLISH})
    said = Markup("▾ " if is_open else "▸ ") + words(PUBLISH_DAY)
    return Html(element("h2", link(said, href, aria_expanded="true" if is_open else "false"), class_="fl-fold"))


def ranking_download(request: PageRequest, ranking: DatedResult) -> Download:
    """Return the ranking of the day as a CSV with the headings of the ledger of published rankings."""
    language, name = request.language, t(_file_name(ranking))
    return Download(t(DOWNLOAD), "ranking-csv", name, lambda: ranking_draft.ranking_csv(ranking, language))


def draw_publisher(page: Page, ranking: Ranking) -> None:
    """Draw the editor below a page whose address asks for it, for those who keep the ledgers."""
    asked = linked_choices(page)
    is_whole = not {"village", "unit"} & asked.keys()
    if asked.get(OPEN_PART) == PUBLISH and is_whole and current_reader().role == "clerk":
        with show_known_errors():
            _draw_open_publisher(ranking)


def _draw_open_publisher(ranking: Ranking) -> None:
    with shared_store().read() as con:
        found, state = ranking(PageRequest(con)), batch_log.write_counter(con)
        batch = ranking_draft.publishing_batch(con, found)
    if found.as_of is None or ranking_draft.ranking_rows(found).empty:
        messages.draw_message("info", NOBODY)
        return
    if batch is None:
        _renew_sent(found, found.as_of, state)
    outcomes = [each for each in upload_session.update_session() if _is_publication(each, found)]
    commit.draw_outcomes(outcomes)
    if batch is None:
        _draw_preview(found)
        _draw_check(found, found.as_of, state)
    elif not outcomes:
        _draw_published(found, batch)


def _file_name(ranking: DatedResult) -> Text:
    return FILE_NAMES[ranking_draft.ledger_of_ranking(ranking).name].fill(day=ranking.as_of)


def _is_publication(outcome: CommitOutcome, ranking: DatedResult) -> bool:
    name = FILE_NAMES[ranking_draft.ledger_of_ranking(ranking).name]
    return outcome.sent.name.startswith((name.zh.partition(" {")[0], name.en.partition(" {")[0]))


def _draw_published(found: DatedResult, batch: int) -> None:
    """Say that the ranking of the day is published, with the way to its batch and its undo."""
    messages.draw_message("info", ALREADY.fill(day=found.as_of))
    chart_links.draw_links([chart_links.batch_link(batch)])


def _draw_preview(found: DatedResult) -> None:
    """Draw the rows that would be published."""
    messages.draw_caption(HOW)
    messages.draw_heading(PREVIEW.fill(day=found.as_of))
    rows = ranking_draft.ranking_rows(found)
    if "village_id" in rows:
        rows = rows.assign(village_id=rows["village_id"].map(found.rows.set_index("village_id")["village"]))
    columns = ranking_draft.ledger_of_ranking(found).columns
    table = tables.readable_table(rows, columns, reader_language())
    st.dataframe(table, hide_index=True, key="publish-rows", placeholder="–")


def _renew_sent(found: DatedResult, day: date, state: int) -> None:
    """Send what was checked upon other ledgers to the check again, with the figures of now."""
    sent = _sent_ranking(found.definition.name, day)
    if sent and sent.state != state:
        _send_ranking(found, day, state)


def _draw_check(found: DatedResult, day: date, state: int) -> None:
    """Draw the check of the ranking, and the way to commit it."""
    sent = _sent_ranking(found.definition.name, day)
    st.button(t(CHECK), key="publish-check", on_click=_send_ranking, args=(found, day, state), disabled=bool(sent))
    file = next((f for f in upload_session.session_files() if sent and f.number == sent.number), None)
    if file and file.checked:
        _draw_report(file)
        commit.draw_commit_form([file])


def _sent_ranking(name: str, day: date) -> SentRanking | None:
    """Return the ranking of the day that this session has sent to the check; another one is forgotten."""
    sent: SentRanking | None = st.session_state.get(HELD)
    numbers = [file.number for file in upload_session.session_files()]
    if sent and ((sent.name, sent.day) != (name, day) or sent.number not in numbers):
        _forget_sent(sent)
        return None
    return sent


def _forget_sent(sent: SentRanking) -> None:
    upload_session.remove_files(sent.number)
    st.session_state.pop(HELD, None)


def _send_ranking(found: DatedResult, day: date, state: int) -> None:
    """Put the ranking on the tray of files, where it is checked and committed as any other."""
    if before := st.session_state.get(HELD):
        _forget_sent(before)
    file, options = ranking_draft.draft_file(found, state, t(_file_name(found)), reader_language())
    upload_session.receive_files([file], ranking_draft.ledger_of_ranking(found).name)
    sent = upload_session.session_files()[-1]
    sent.set_options(state=options.state)
    st.session_state[HELD] = SentRanking(found.definition.name, day, state, sent.number)


def _draw_report(sent: PendingFile) -> None:
    """Draw what the check says of the ranking."""
    checked = sent.checked
    assert checked
    if checked.refused or not (checked.told and checked.report):
        messages.draw_message("error", *filter(None, [checked.refused]))
        return
    report = checked.report
    box, said = check_report.verdict_box(sent.request.options, checked.told)
    messages.draw_message(box, element("strong", words(said)), check_report.counts_text(report))
    if report.errors:
        messages.draw_points(_finding_line(found) for found in report.errors[:MOST_TOLD])


def _finding_line(found: Finding) -> Markup:
    return words(Text("{value}：{reason}", "{value}: {reason}").fill(value=found.value, reason=found.reason))
