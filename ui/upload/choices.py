"""What a clerk may choose for one file: ledger, mode and scope, year, parents, good rows only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from data.datasets import DATASETS, Dataset
from data.ingest import scope as scopes
from data.ingest.door import Scope
from data.ingest.reasons import about
from data.text import Text, listed
from ui import frame, pick_lists
from ui import upload_phrases as phrases
from ui.frame import t
from ui.upload.tray import Checked, Sent


def asks(checked: Checked, reason: str) -> bool:
    """Tell whether the check refused a cell for a reason."""
    if not (checked.report and checked.dataset):
        return False
    sentences = {about(c, reason) for c in checked.dataset.columns if reason != "unknown_parent" or c.references}
    return any(g.reason in sentences for g in checked.report.groups)


def ledger(sent: Sent, checked: Checked) -> None:
    """Show which ledger the file was taken for, and let the clerk choose another."""
    likely = {d.name: d for d in checked.candidates}
    names = [*likely, *(n for n in DATASETS if n not in likely)]

    def chosen() -> None:
        sent.asked = replace(sent.asked, ledger=st.session_state[sent.key("as")] or "")

    st.selectbox(
        t(phrases.RECOGNISED_AS),
        names,
        index=0 if likely else None,
        format_func=lambda n: t(DATASETS[n].label),
        placeholder=t(phrases.CHOOSE),
        key=sent.key("as"),
        on_change=chosen,
    )
    others = [d.label for d in checked.candidates[1:4]]
    if others and not sent.asked.ledger:
        st.caption(t(phrases.ALSO_LIKE.fill(ledgers=listed(others))))


def mode(sent: Sent, dataset: Dataset) -> None:
    """Let the way of committing be chosen, and for “replace” what it replaces."""
    key, now = sent.key("mode"), sent.asked.options.mode
    offered = [m for m in phrases.MODES if m != "append" or dataset.is_event]

    def chosen() -> None:
        wanted = st.session_state[key]
        sent.ask(mode=wanted, scope=Scope() if wanted == "replace" else None)

    st.selectbox(
        t(phrases.MODE),
        offered,
        index=offered.index(now) if now in offered else 0,
        format_func=lambda m: t(phrases.MODES[m]),
        key=key,
        on_change=chosen,
    )
    if sent.asked.options.scope:
        _scope(sent, dataset, sent.asked.options.scope)


def _scope(sent: Sent, dataset: Dataset, scope: Scope) -> None:
    """Let the period and the part be chosen that the file replaces."""
    days = (("since", phrases.SINCE), ("until", phrases.UNTIL)) if scopes.day_column(dataset) else ()
    parts = scopes.columns(dataset)
    places = frame.places(len(days) + len(parts))
    for name, label in days:
        with next(places):
            _scope_day(sent, name, label, getattr(scope, name))
    for name, label in parts.items():
        with next(places):
            _scope_value(sent, dataset, name, label, dict(scope.where).get(name, ""))
    if scope == Scope():
        st.warning(t(phrases.WHOLE_LEDGER), icon=":material/warning:")


def _narrow(sent: Sent, **changed: object) -> None:
    scope = sent.asked.options.scope or Scope()
    sent.ask(scope=replace(scope, **changed))  # type: ignore[arg-type]


def _scope_day(sent: Sent, name: str, label: Text, now: date | None) -> None:
    key = sent.key(name)
    st.date_input(
        t(label),
        now,
        frame.FIRST_DAY,
        frame.LAST_DAY,
        key=key,
        format="YYYY-MM-DD",
        on_change=lambda: _narrow(sent, **{name: st.session_state[key]}),
    )


def _scope_value(sent: Sent, dataset: Dataset, name: str, label: Text, now: str) -> None:
    key = sent.key(f"in-{name}")
    with frame.store().read() as con:
        values = ["", *pick_lists.options(con, pick_lists.column_of(dataset, name), frame.language())]

    def chosen() -> None:
        where = dict(sent.asked.options.scope.where if sent.asked.options.scope else ())
        where[name] = st.session_state[key]
        _narrow(sent, where=tuple((n, v) for n, v in where.items() if v))

    st.selectbox(
        t(label),
        values,
        index=values.index(now) if now in values else 0,
        format_func=lambda value: value or t(phrases.ANY),
        key=key,
        on_change=chosen,
    )


def year(sent: Sent, checked: Checked) -> None:
    """Ask for the year where the times in the file have none."""
    key = sent.key("year")
    if sent.asked.options.year is None and not asks(checked, "no_year"):
        return
    st.number_input(
        t(phrases.YEAR),
        1900,
        2100,
        sent.asked.options.year,
        key=key,
        help=t(phrases.YEAR_HELP),
        placeholder="2021",
        on_change=lambda: sent.ask(year=st.session_state[key]),
    )


def _tick(sent: Sent, name: str, label: Text) -> None:
    key = sent.key(name)
    st.checkbox(
        t(label),
        getattr(sent.asked.options, name),
        key=key,
        on_change=lambda: sent.ask(**{name: st.session_state[key]}),
    )


def ticks(sent: Sent, checked: Checked) -> None:
    """Offer to register unknown parents and to commit the good rows only, where there is cause."""
    options, report = sent.asked.options, checked.report
    if options.register or asks(checked, "unknown_parent"):
        _tick(sent, "register", phrases.REGISTER)
    if options.partial or (report and report.rejected and report.changes_anything):
        _tick(sent, "partial", phrases.PARTIAL)
