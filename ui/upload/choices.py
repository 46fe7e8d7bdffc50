"""What a clerk may choose for one file: ledger, mode and scope, year, parents, good rows only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.ingest.checking import scope as scopes
from data.ingest.checking.error_reasons import reason_for_column
from data.ingest.forms import template
from data.ingest.loader import Report, Scope
from data.ingest.values.days import FIRST_DAY, LAST_DAY
from data.text import Text, join_list
from ui import messages, pick_lists
from ui import upload_phrases as phrases
from ui.preferences import reader_language, t
from ui.store import shared_store
from ui.upload.pending_files import CheckResult, PendingFile
from ui.upload.pick import pick_code, pick_places


def has_refusal_reason(checked: CheckResult, reason: str) -> bool:
    """Tell whether the check refused a cell for a reason."""
    reports = checked.told.parts if checked.told else []
    columns = [c for report in reports for c in DATASETS[report.dataset].columns]
    sentences = {reason_for_column(c, reason) for c in columns if reason != "unknown_parent" or c.references}
    return any(group.reason in sentences for report in reports for group in report.groups)


def draw_ledger_choice(sent: PendingFile, checked: CheckResult) -> None:
    """Show which ledger the file was taken for, and let the clerk choose another."""
    likely = {d.name: d for d in checked.candidates}
    names = {n: t(DATASETS[n].label) for n in (*likely, *(n for n in DATASETS if n not in likely))}
    pick_code(t(phrases.RECOGNISED_AS), names, next(iter(likely), None), sent.key("as"), sent.mean)
    others = [d.label for d in checked.candidates[1:4]]
    if others and not sent.request.ledger:
        messages.draw_caption(phrases.ALSO_LIKE.fill(ledgers=join_list(others)))


def draw_mode_choice(sent: PendingFile, dataset: Dataset) -> None:
    """Let the way of committing be chosen, and for “replace” what it replaces."""
    offered = {m: t(label) for m, label in phrases.MODES.items() if m != "append" or dataset.is_event}

    def take(wanted: str) -> None:
        sent.set_options(mode=wanted, scope=_own_scope(sent, dataset) if wanted == "replace" else None)

    now = sent.request.options.mode
    pick_code(t(phrases.MODE), offered, now if now in offered else "upsert", sent.key("mode"), take)
    if sent.request.options.scope:
        _draw_scope_choice(sent, dataset, sent.request.options.scope)


def _own_scope(sent: PendingFile, dataset: Dataset) -> Scope:
    """Return the period and the part that a file is of, as the pick lists call them."""
    report = sent.checked.report if sent.checked else None
    if report is None:
        return Scope()
    with shared_store().read() as con:
        where = tuple((name, _picked_value(con, dataset, name, code)) for name, code in report.file_scope.where)
    return replace(report.file_scope, where=where)


def _picked_value(con: Connection, dataset: Dataset, name: str, code: str) -> str:
    """Return what a pick list calls a code: its word, its name; the code itself where others bear the name."""
    column = dataset.column(name)
    if column.choices:
        return next(t(c.label) for c in column.choices if c.value == code)
    return template.unambiguous_names(con, column).get(code, code)


def draw_deletion_consent(sent: PendingFile, report: Report) -> None:
    """Ask whether the rows are to go that the file deletes; without a yes to their number it is not committed."""
    deleted = report.counts.deleted
    if not deleted:
        return
    key = sent.key(f"agree-{deleted}")

    def take() -> None:
        sent.agreed_deletions = deleted if st.session_state[key] else 0

    label = t(phrases.AGREE_TO_DELETE.fill(rows=f"{deleted:,}"))
    st.checkbox(label, sent.agreed_deletions == deleted, key=key, on_change=take)


def _draw_scope_choice(sent: PendingFile, dataset: Dataset, scope: Scope) -> None:
    """Let the period and the part be chosen that the file replaces."""
    days = (("since", phrases.SINCE), ("until", phrases.UNTIL)) if scopes.day_column(dataset) else ()
    parts = scopes.scope_labels(dataset)
    places = pick_places(len(days) + len(parts))
    for name, label in days:
        with next(places):
            _draw_scope_day(sent, name, label, getattr(scope, name))
    for name, label in parts.items():
        with next(places):
            _draw_scope_value(sent, dataset, name, label, dict(scope.where).get(name, ""))
    if scope == Scope():
        messages.draw_message("warning", phrases.WHOLE_LEDGER)


def _change_scope(sent: PendingFile, **changed: object) -> None:
    scope = sent.request.options.scope or Scope()
    sent.set_options(scope=replace(scope, **changed))  # type: ignore[arg-type]


def _draw_scope_day(sent: PendingFile, name: str, label: Text, now: date | None) -> None:
    key = sent.key(name)
    st.date_input(
        t(label),
        now,
        FIRST_DAY,
        LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        on_change=lambda: _change_scope(sent, **{name: st.session_state[key]}),
    )


def _draw_scope_value(sent: PendingFile, dataset: Dataset, name: str, label: Text, now: str) -> None:
    with shared_store().read() as con:
        values = pick_lists.column_options(con, pick_lists.find_ledger_column(dataset, name), reader_language())

    def take(value: str) -> None:
        where = dict(sent.request.options.scope.where if sent.request.options.scope else ())
        where[name] = value
        _change_scope(sent, where=tuple((n, v) for n, v in where.items() if v))

    offered = {"": t(phrases.ANY)} | {v: v for v in (*values, now) if v}
    pick_code(t(label), offered, now, sent.key(f"in-{name}"), take)


def draw_year_choice(sent: PendingFile, checked: CheckResult) -> None:
    """Ask for the year where the times in the file have none."""
    key = sent.key("year")
    if sent.request.options.year is None and not has_refusal_reason(checked, "no_year"):
        return
    st.number_input(
        t(phrases.YEAR),
        1900,
        2100,
        sent.request.options.year,
        key=key,
        help=t(phrases.YEAR_HELP),
        placeholder="2021",
        on_change=lambda: sent.set_options(year=st.session_state[key]),
    )


def draw_valid_from_choice(sent: PendingFile, checked: CheckResult) -> None:
    """Ask from which day the changes hold where they change what figures are judged by."""
    now = sent.request.options.valid_from
    if now is None and not (checked.told and any(report.tracked for report in checked.told.parts)):
        return
    key = sent.key("valid-from")
    st.date_input(
        t(phrases.VALID_FROM),
        now,
        FIRST_DAY,
        LAST_DAY,
        key=key,
        help=t(phrases.VALID_FROM_HELP),
        format="YYYY-MM-DD",
        on_change=lambda: sent.set_options(valid_from=st.session_state[key]),
    )


def _draw_checkbox(sent: PendingFile, name: str, label: Text) -> None:
    key = sent.key(name)
    st.checkbox(
        t(label),
        getattr(sent.request.options, name),
        key=key,
        on_change=lambda: sent.set_options(**{name: st.session_state[key]}),
    )


def draw_checkboxes(sent: PendingFile, checked: CheckResult) -> None:
    """Offer to register unknown parents and to commit the good rows only, where there is cause."""
    options, told = sent.request.options, checked.told
    if options.register or has_refusal_reason(checked, "unknown_parent"):
        _draw_checkbox(sent, "register", phrases.REGISTER)
    if options.partial or (told and told.rejected and told.changes_anything):
        _draw_checkbox(sent, "partial", phrases.PARTIAL)
