"""What a clerk gives a file by hand: one value for a column that it lacks, a known name for one that nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.datasets import Column, Dataset
from data.ingest.checking import known_names
from data.ingest.checking.known_names import KnownName
from data.ingest.checking.near_names import UnknownName
from data.ingest.loader import Report
from ui import messages, tables
from ui import upload_phrases as phrases
from ui.preferences import t
from ui.store import shared_store
from ui.upload.pending_files import CheckResult, PendingFile
from ui.upload.pick import pick_code, pick_places

MOST_UNKNOWN = 12  # chosen: one screen; the others come up once these are settled
MOST_OFFERED = 200  # chosen: what may stand in each of twelve lists
NOT_GIVEN = ""


def draw_constants(sent: PendingFile, checked: CheckResult) -> None:
    """Let the required columns that the file lacks be given one value for all rows, and change what was given."""
    given = dict(sent.request.options.constants)
    names = dict.fromkeys([*given, *checked.missing])
    if checked.dataset is None or not names:
        return
    messages.draw_heading(phrases.GIVE_ONCE)
    messages.draw_caption(phrases.GIVE_ONCE_HELP)
    for place, name in zip(pick_places(len(names)), names, strict=False):
        with place:
            _draw_constant(sent, checked.dataset, checked.dataset.column(name), given.get(name, NOT_GIVEN))


def _draw_constant(sent: PendingFile, dataset: Dataset, column: Column, now: str) -> None:
    """Let one column be given: from a list where it holds names, choices or a flag, else as a text."""
    label, key = t(column.label), sent.key(f"all-{dataset.name}-{column.name}")

    def take(cell: str) -> None:
        given = dict(sent.request.options.constants) | {column.name: cell.strip()}
        sent.set_options(constants=tuple((name, cell) for name, cell in given.items() if cell))

    offered = _offered_values(column)
    if offered:
        pick_code(label, {NOT_GIVEN: t(phrases.NOT_GIVEN)} | offered, now, key, take)
    else:
        st.text_input(label, now, key=key, on_change=lambda: take(st.session_state[key]))


def _offered_values(column: Column) -> dict[str, str]:
    """Return cell -> how it is shown, of all that a column takes; nothing where that cannot be listed."""
    if column.kind == "flag":
        return {tables.YES.zh: t(tables.YES), tables.NO.zh: t(tables.NO)}
    listed = _listed_names(column) if column.references or column.choices else []
    return {known.value: t(known.label) for known in listed} if len(listed) < known_names.MOST_LISTED else {}


def _listed_names(column: Column) -> list[KnownName]:
    with shared_store().read() as con:
        return known_names.listed_names(con, column)


def draw_replacements(sent: PendingFile, dataset: Dataset, report: Report | None) -> None:
    """Let names that nobody knows be read as known ones, the nearest first, and change what was chosen."""
    chosen = {(column, cell): known for column, cell, known in sent.request.options.replacements}
    settled = [UnknownName(column, cell, 0, ()) for column, cell in chosen]
    open_ones = [*settled, *(report.unknown if report else ())][: MOST_UNKNOWN + len(settled)]
    if not open_ones:
        return
    with st.expander(t(phrases.UNKNOWN_NAMES), expanded=True, icon=":material/join:", key=sent.key("unknown")):
        messages.draw_caption(phrases.UNKNOWN_NAMES_HELP)
        for place, unknown in zip(pick_places(len(open_ones)), open_ones, strict=False):
            with place:
                _draw_replacement(sent, dataset.column(unknown.column), unknown, chosen)


def _draw_replacement(
    sent: PendingFile, column: Column, unknown: UnknownName, chosen: dict[tuple[str, str], str]
) -> None:
    place, now = (unknown.column, unknown.value), chosen.get((unknown.column, unknown.value), NOT_GIVEN)

    def take(known: str) -> None:
        wanted = chosen | {place: known}
        sent.set_options(replacements=tuple((*cell, known) for cell, known in wanted.items() if known))

    offered = _offered_names(column, unknown.near, now)
    said = phrases.UNKNOWN_NAME.fill(column=column.label, value=unknown.value)
    pick_code(t(said), {NOT_GIVEN: t(phrases.NOT_REPLACED)} | offered, now, sent.key(f"near-{'-'.join(place)}"), take)


def _offered_names(column: Column, near: Sequence[KnownName], now: str) -> dict[str, str]:
    """Return what a name may be read as: the nearest first, then the others as far as a list bears."""
    listed = _listed_names(column)
    first = [*near, *(known for known in listed if known.value == now)]
    return {known.value: t(known.label) for known in [*first, *listed[:MOST_OFFERED]]}
