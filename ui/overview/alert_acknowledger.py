"""Acknowledging alerts on the page: chosen, checked and committed like a file, as a batch with a name and a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.datasets import DATASETS
from data.ingest.forms import template
from data.ingest.reading import reader
from data.text import Text
from data.words import WORDS
from ui import messages
from ui.blocks import Html
from ui.item_words import item_text
from ui.markup import element, link, words
from ui.page import OPEN_PART, Page, PageRequest, linked_choices, show_known_errors
from ui.page_header import same_page_href
from ui.preferences import current_reader, reader_language, t
from ui.results import DatedResult
from ui.store import shared_store
from ui.upload import commit, upload_session

ACKNOWLEDGE = "acknowledge"  # in the address: the folded part in which alerts are acknowledged
HELD = "alerts to acknowledge"
LEDGER = DATASETS["alert_acknowledgement"]
HEADING = Text("确认提醒", "Acknowledge alerts")
HOW = Text(
    "选哪几条已经知道、已有人去办，点“检查”，写上姓名再提交：一次确认是一个批次，可以撤销。",
    "Choose the alerts that somebody knows of and sees to, press “Check”, give your name and commit: it becomes one "
    "batch, which can be undone.",
)
CHOOSE = Text("要确认的提醒", "Alerts to acknowledge")
ALERT = Text("{rule} · {item}（{kind} {code}）", "{rule} · {item} ({kind} {code})")
CHECK = Text("检查", "Check")
ALL_KNOWN = Text("每一条都有人确认了。", "Every alert has been acknowledged.")
FILE_NAME = Text("确认提醒 {day}.csv", "Acknowledged alerts {day}.csv")

Alerts: TypeAlias = Callable[[PageRequest], DatedResult]


def acknowledge_fold(request: PageRequest) -> Html:
    """Return the heading of the folded form; the form itself is drawn last, as it is of one session."""
    is_open = request.is_open(ACKNOWLEDGE)
    href = same_page_href(request, **{OPEN_PART: None if is_open else ACKNOWLEDGE})
    said = Markup("▾ " if is_open else "▸ ") + words(HEADING)
    return Html(element("h2", link(said, href, aria_expanded="true" if is_open else "false"), class_="fl-fold"))


def acknowledgement_csv(alerts: pd.DataFrame, day: date) -> bytes:
    """Return the acknowledgement of alerts as a CSV that loads into its ledger."""
    headings = [column.heading.into(reader_language()) for column in LEDGER.columns]
    rows = [[row.rule, row.kind, row.item_id, f"{day:%Y-%m-%d}", ""] for row in alerts.itertuples()]
    return template.csv_bytes([headings, *rows])


def draw_acknowledger(page: Page, alerts: Alerts) -> None:
    """Draw the form below a page whose address asks for it, for those who keep the ledgers."""
    if linked_choices(page).get(OPEN_PART) == ACKNOWLEDGE and current_reader().role == "clerk":
        with show_known_errors():
            _draw_form(alerts)


def _draw_form(alerts: Alerts) -> None:
    with shared_store().read() as con:
        found = alerts(PageRequest(con))
    commit.draw_outcomes([o for o in upload_session.update_session() if _is_acknowledgement(o.sent.name)])
    waiting = found.rows[found.rows["acknowledged_by"].isna()].reset_index(drop=True)
    if waiting.empty or found.as_of is None:
        messages.draw_message("info", ALL_KNOWN)
        return
    messages.draw_caption(HOW)
    _draw_choice(waiting, found.as_of)


def _is_acknowledgement(name: str) -> bool:
    return name.startswith((FILE_NAME.zh.partition(" {")[0], FILE_NAME.en.partition(" {")[0]))


def _draw_choice(waiting: pd.DataFrame, day: date) -> None:
    """Draw the alerts to choose from, the check, and the way to commit."""
    labels = [_alert_label(row) for row in waiting.astype(object).to_dict("records")]
    named = st.multiselect(t(CHOOSE), labels, key="alerts-chosen")  # by name: a batch may change their places
    chosen = [labels.index(name) for name in named]
    sent = [f for f in upload_session.session_files() if f.number == st.session_state.get(HELD)]
    st.button(t(CHECK), key="alerts-check", disabled=not chosen, on_click=_send_chosen, args=(waiting, chosen, day))
    for file in sent:
        if file.checked and file.checked.refused:
            messages.draw_message("error", file.checked.refused)
    commit.draw_commit_form(sent)


def _alert_label(row: dict[str, object]) -> str:
    """Return how an alert reads in the list; the code tells two of one name apart, which would be taken for one."""
    named = {name: WORDS[str(row[name])] for name in ("rule", "kind")}
    return t(ALERT.fill(**named, item=item_text(row), code=row["item_id"]))


def _send_chosen(waiting: pd.DataFrame, chosen: Sequence[int], day: date) -> None:
    """Put the acknowledgement on the tray of files in the place of an earlier one, where it is checked as any other."""
    if st.session_state.get(HELD) in [file.number for file in upload_session.session_files()]:
        upload_session.remove_files(st.session_state[HELD])
    content = acknowledgement_csv(waiting.iloc[list(chosen)], day)
    upload_session.receive_files([reader.make_upload(t(FILE_NAME.fill(day=day)), content)], LEDGER.name)
    st.session_state[HELD] = upload_session.session_files()[-1].number
