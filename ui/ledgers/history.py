"""The history of batches: the list, one batch with its file, its changes, the ledger after it, its undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.datasets import DATASETS, Dataset
from data.ingest import originals
from data.ingest.personal_data import vetting
from data.ingest.reading import reader
from data.ingest.reading.reader import ENCODING_NAMES
from data.text import Text
from ui import formats, messages, spreadsheets
from ui import upload_phrases as phrases
from ui.blocks import Block, Html, Table
from ui.data_origin import loader_text
from ui.markup import NOTHING, choice_list, element, joined, link, words
from ui.menu import page_href, page_of_ledger
from ui.page import Page, PageRequest, notice_block
from ui.page_header import HISTORY, folded_part, same_page_href
from ui.phrases import SHOW_ALL
from ui.preferences import t
from ui.result_list import PRINTED_ROWS
from ui.store import shared_store
from ui.table_files import table_csv, table_downloads

PAGE = Page(
    label=Text("批次与撤销", "Batches and undo"),
    icon=":material/history:",
    place=20,
    is_for_clerks=True,
    choices=("ledger", "batch"),
)

Batch = dict[str, object]
SHOWN_BATCHES = 20  # chosen: what came in over some weeks
COUNT_COLUMNS = (
    ("inserted", phrases.INSERTED),
    ("updated", phrases.UPDATED),
    ("deleted", phrases.DELETED),
    ("unchanged", phrases.UNCHANGED),
    ("rejected", phrases.REJECTED),
)


def batch_number(batch: Batch) -> int:
    return int(str(batch["batch_id"]))


def batch_dataset(batch: Batch) -> Dataset:
    return DATASETS[str(batch["dataset"])]


def is_undone(batch: Batch) -> bool:
    return not formats.is_missing(batch["undone_at"])


def _origin_text(batch: Batch) -> str:
    """Say how a batch came in, and from which computer."""
    origin, _, computer = str(batch["origin"] or ("sample" if batch["is_sample"] else "")).partition(" ")
    return " ".join(filter(None, [t(phrases.ORIGINS[origin]) if origin in phrases.ORIGINS else origin, computer]))


def _time_text(value: object) -> str:
    return formats.MISSING if formats.is_missing(value) else f"{value:%Y-%m-%d %H:%M}"


def _state_text(batch: Batch) -> str:
    return t(phrases.UNDONE_STATE if is_undone(batch) else phrases.IN_FORCE)


def asked_ledger(request: PageRequest) -> str | None:
    """Return the ledger whose batches the address asks for, or None for those of all."""
    return request.choice("ledger", DATASETS, phrases.LEDGER)


def asked_batch(request: PageRequest, batches: Sequence[Batch]) -> Batch | None:
    """Return the batch that the address asks for, or None where it asks for none."""
    named = {str(batch_number(b)): b for b in batches}
    code = request.choice("batch", named, phrases.BATCH)
    return named[code] if code else None


def batch_title(batch: Batch) -> Text:
    """Say which batch it is: its number, its ledger, its file."""
    return phrases.BATCH_TITLE.fill(
        batch=batch_number(batch), ledger=batch_dataset(batch).label, file=batch["file_name"]
    )


def list_blocks(request: PageRequest, batches: Sequence[Batch], ledger: str | None) -> Iterator[Block]:
    """Yield the choice of a ledger and its batches, newest first, each a link; all columns folded."""
    yield _ledger_choice(request, ledger)
    listed = [b for b in batches if ledger in (None, b["dataset"])]
    if not listed:
        yield notice_block(phrases.NO_BATCHES)
        return
    yield _batch_list(request, listed, _submissions(batches))
    yield from folded_part(request, "all", phrases.ALL_COLUMNS, lambda: [_full_batch_table(listed)])


def _ledger_choice(request: PageRequest, ledger: str | None) -> Html:
    names = {None: t(phrases.ALL_LEDGERS)} | {name: t(d.label) for name, d in DATASETS.items()}
    hrefs = {name: same_page_href(request, ledger=name, batch=None) for name in names}
    return Html(choice_list(phrases.LEDGER, [(hrefs[name], names[name]) for name in names], hrefs[ledger]))


def _batch_list(request: PageRequest, batches: Sequence[Batch], together: Mapping[int, Sequence[int]]) -> Html:
    """Return the newest batches: which ledger, which file, who, when, how many rows; an undone one says so."""
    headings = (phrases.BATCH, phrases.FILE, phrases.CHANGED_ROWS, phrases.LOADED_BY, phrases.TIME, phrases.STATE)
    head = element("tr", joined(element("th", words(heading), scope="col") for heading in headings))
    numbered = enumerate(batches[:PRINTED_ROWS])
    rows = [_batch_row(request, b, headings, place, together[batch_number(b)]) for place, b in numbered]
    table = element("table", element("thead", head) + element("tbody", joined(rows)), class_="fl-table")
    more = element("p", link(words(SHOW_ALL.fill(count=len(batches))), same_page_href(request, open="all")))
    return Html(element("div", table, class_="fl-scroll") + (more if len(batches) > SHOWN_BATCHES else NOTHING))


def _batch_row(
    request: PageRequest, batch: Batch, headings: Sequence[Text], place: int, together: Sequence[int]
) -> Markup:
    number = batch_number(batch)
    name = Text("{number} · {ledger}", "{number} · {ledger}").fill(number=number, ledger=batch_dataset(batch).label)
    cells = (
        link(words(name), same_page_href(request, batch=number, open=None)),
        words(_file_text(batch, together)),
        words(_changed_rows_text(batch)),
        words(loader_text(batch["loaded_by"])),
        words(_time_text(batch["loaded_at"])),
        words(_state_text(batch)),
    )
    made = (element("td", cell, data_label=t(said)) for cell, said in zip(cells, headings, strict=True))
    return element("tr", joined(made), class_="fl-paper" if place >= SHOWN_BATCHES else "")


def _file_text(batch: Batch, together: Sequence[int]) -> str:
    """Return the file of a batch, with the numbers of the batches that came in with it."""
    named = t(phrases.COMMITTED_TOGETHER.fill(batches="、".join(map(str, together)))) if len(together) > 1 else ""
    return " · ".join(filter(None, (str(batch["file_name"]), named)))


def _count_of(batch: Batch, column: str) -> int:
    return int(str(batch[column] or 0))


def _changed_rows_text(batch: Batch) -> str:
    """Say how many rows a batch added, changed, deleted and refused; what there is none of is left out."""
    told = [f"{t(label)} {_count_of(batch, name):,}" for name, label in COUNT_COLUMNS if _count_of(batch, name)]
    return " · ".join(told) or formats.MISSING


def _full_batch_table(batches: Sequence[Batch]) -> Table:
    frame = _batch_table(batches)
    title = t(phrases.HISTORY)
    workbook = partial(spreadsheets.table_workbook, frame, title, "")
    files = table_downloads("batches", title, len(frame), workbook, partial(table_csv, frame))
    return Table(frame, "batches", {}, files)


def _batch_table(batches: Sequence[Batch]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                t(phrases.BATCH): batch_number(b),
                t(phrases.LEDGER): t(batch_dataset(b).label),
                t(phrases.FILE): b["file_name"],
                t(phrases.STATE): _state_text(b),
                **{t(label): b[name] for name, label in COUNT_COLUMNS},
                t(phrases.LOADED_BY): t(loader_text(b["loaded_by"])),
                t(phrases.TIME): _time_text(b["loaded_at"]),
                t(phrases.ORIGIN): _origin_text(b),
                "SHA-256": str(b["sha256"])[:12],
            }
            for b in batches
        ]
    )


def batch_label(batch: Batch) -> str:
    return f"{batch_number(batch)} · {t(batch_dataset(batch).label)} · {batch['file_name']}"


def fact_block(request: PageRequest, batch: Batch, batches: Sequence[Batch]) -> Html:
    """Say who loaded what when, from where, and what it did, with the ways to its ledger, charts and definition."""
    together = submitted_with(batch, batches)
    undone = phrases.UNDONE_BY.fill(name=loader_text(batch["undone_by"]), time=_time_text(batch["undone_at"]))
    lines = (
        (t(batch_dataset(batch).label), _file_text(batch, together), _read_as_text(batch), _mode_text(batch)),
        (f"{t(phrases.LOADED_BY)} {t(loader_text(batch['loaded_by']))}", _time_text(batch["loaded_at"])),
        (f"{t(phrases.ORIGIN)} {_origin_text(batch)}", t(undone) if is_undone(batch) else _state_text(batch)),
        [f"{t(label)} {_count_of(batch, column):,}" for column, label in COUNT_COLUMNS],
    )
    told = [element("p", words(" · ".join(line))) for line in lines]
    told += [element("p", words(phrases.GIVEN.fill(given=batch["given"])))] if batch["given"] else []
    sha = element("p", words(f"SHA-256 {batch['sha256']}"), class_="fl-caption fl-hash")
    return Html(_ways_on(request, batch_dataset(batch)) + joined(told) + sha)


def _ways_on(request: PageRequest, dataset: Dataset) -> Markup:
    page = page_of_ledger(dataset.name, dataset.stream)
    ways = (
        link(words(phrases.TO_BATCHES), same_page_href(request, batch=None, open=None)),
        link(words(phrases.BATCHES_OF.fill(ledger=dataset.label)), page_href(HISTORY, ledger=dataset.name)),
        link(words(phrases.SEE_CHARTS.fill(page=page.page.label)), page_href(page.file)),
        link(words(phrases.SEE_DEFINITION), page_href("ledgers/dictionary.py", ledger=dataset.name)),
    )
    return element("p", joined(ways, " · "))


def _read_as_text(batch: Batch) -> str:
    """Return the sheet of a workbook, or the encoding of a text."""
    if batch["sheet"]:
        return f"{t(phrases.SHEET)} {batch['sheet']}"
    return ENCODING_NAMES.get(str(batch["encoding"]), str(batch["encoding"]))


def _mode_text(batch: Batch) -> str:
    return t(phrases.SHORT_MODES[str(batch["mode"] or "upsert")])


def _file_ledgers(batch: Batch) -> list[str]:
    """Return the ledgers of which the file of a batch has rows."""
    named: list[str] = batch["file_ledgers"]  # type: ignore[assignment]
    return [str(batch["dataset"]), *named]


def submitted_with(batch: Batch, batches: Sequence[Batch]) -> list[int]:
    """Return the batches that came in together with one, itself among them."""
    return _submissions(batches)[batch_number(batch)]


def _submissions(batches: Sequence[Batch]) -> dict[int, list[int]]:
    """Return batch -> the batches that came in together with it, itself among them."""
    grouped: dict[object, list[int]] = {}
    for batch in reversed(batches):
        grouped.setdefault(batch["submission"], []).append(batch_number(batch))
    return {number: numbers for numbers in grouped.values() for number in numbers}


def offer_original(batch: Batch) -> None:
    """Offer the file as it came, unless it holds what is personal; an old one is looked at when it is asked for."""
    ledgers = [DATASETS[name] for name in dict.fromkeys(_file_ledgers(batch))]
    if any(c.personal for ledger in ledgers for c in ledger.columns):
        messages.draw_caption(phrases.PERSONAL_ORIGINAL)
        return
    with shared_store().read() as con:
        path = originals.original_path(con, batch_number(batch))
    if path is None:
        messages.draw_caption(phrases.NO_ORIGINAL)
        return

    def content() -> bytes:
        with shared_store().read() as con:
            kept = originals.read_original(con, batch_number(batch))
        is_refused = kept is not None and vetting.tells_of_persons(reader.make_upload(*kept))
        return t(phrases.PERSONAL_ORIGINAL).encode() if is_refused else kept[1] if kept else b""

    file, label = str(batch["file_name"]), t(phrases.ORIGINAL)
    st.download_button(label, content, file, icon=":material/download:", on_click="ignore", key="original")
