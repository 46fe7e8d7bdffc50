"""Publishing the ranking of a day on the page: previewed, checked and committed like a file, as a batch with a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from data.ingest import batch_log
from data.ingest.loader import Upload
from data.ingest.reading import reader
from data.text import Text
from ui import messages
from ui.blocks import Download, Html
from ui.demolition import ranking_draft
from ui.page import Page, PageRequest, linked_choices, show_known_errors
from ui.preferences import reader_language, t
from ui.results import DatedResult
from ui.store import shared_store
from ui.upload import page_draft
from ui.upload.page_draft import Draft

PUBLISH = "publish"  # in the address: the folded part that is the editor
PUBLISH_DAY = Text("公布这一天的排名", "Publish the ranking of this day")
HOW = Text(
    "公布的是下面这些数，以后台账更正也不改。先点“检查”，写上姓名再提交：一次公布是一个批次，可以撤销；要公布另一天的，先在页头选那一天。",
    "What is published are the figures below, which later corrections leave as they are. Press “Check”, give your name "
    "and commit: it becomes one batch, which can be undone. For another day choose it at the head of the page.",
)
PREVIEW = Text("{day} 的排名", "Ranking of {day}")
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


def publish_fold(request: PageRequest) -> Html:
    """Return the heading of the folded editor, which leads to the ranking of all."""
    return page_draft.part_fold(request, PUBLISH, PUBLISH_DAY, village=None, unit=None)


def ranking_download(request: PageRequest, ranking: DatedResult) -> Download:
    """Return the ranking of the day as a CSV with the headings of the ledger of published rankings."""
    language, name = request.language, t(_file_name(ranking))
    return Download(t(DOWNLOAD), "ranking-csv", name, lambda: ranking_draft.ranking_csv(ranking, language))


def draw_publisher(page: Page, ranking: Ranking) -> None:
    """Draw the editor below a page whose address asks for it and for all villages or units."""
    if {"village", "unit"} & linked_choices(page).keys():
        return
    if page_draft.is_part_open(page, PUBLISH):
        with show_known_errors():
            _draw_open_publisher(ranking)


def _draw_open_publisher(ranking: Ranking) -> None:
    with shared_store().read() as con:
        found, state = ranking(PageRequest(con)), batch_log.write_counter(con)
        batch = ranking_draft.publishing_batch(con, found)
    if found.as_of is None or ranking_draft.ranking_rows(found).empty:
        messages.draw_message("info", NOBODY)
        return
    subject, ledger = (found.definition.name, found.as_of), ranking_draft.ledger_of_ranking(found).name
    draft = Draft(PUBLISH, subject, state, ledger, lambda: _ranking_file(found))
    page_draft.draw_draft_once(draft, batch, ALREADY.fill(day=found.as_of), lambda: _draw_preview(found))


def _file_name(ranking: DatedResult) -> Text:
    return FILE_NAMES[ranking_draft.ledger_of_ranking(ranking).name].fill(day=ranking.as_of)


def _ranking_file(ranking: DatedResult) -> Upload:
    return reader.make_upload(t(_file_name(ranking)), ranking_draft.ranking_csv(ranking, reader_language()))


def _draw_preview(found: DatedResult) -> None:
    """Draw the rows that would be published, villages by their names."""
    messages.draw_caption(HOW)
    messages.draw_heading(PREVIEW.fill(day=found.as_of))
    rows = ranking_draft.ranking_rows(found)
    if "village_id" in rows:
        rows = rows.assign(village_id=rows["village_id"].map(found.rows.set_index("village_id")["village"]))
    page_draft.draw_rows(PUBLISH, rows, ranking_draft.ledger_of_ranking(found).columns)
