"""Acknowledging alerts on the page: chosen, checked and committed like a file, as a batch with a name and a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pandas as pd
import streamlit as st

from data.datasets import DATASETS
from data.ingest import batch_log
from data.ingest.loader import Upload
from data.ingest.reading import reader
from data.text import Text
from data.words import WORDS
from ui import messages
from ui.blocks import Html
from ui.item_words import item_text
from ui.page import Page, PageRequest, show_known_errors
from ui.preferences import reader_language, t
from ui.result_list import Row
from ui.results import DatedResult
from ui.store import shared_store
from ui.upload import page_draft
from ui.upload.draft_csv import draft_csv
from ui.upload.page_draft import Draft

ACKNOWLEDGE = "acknowledge"  # in the address: the folded part in which alerts are acknowledged
LEDGER = DATASETS["alert_acknowledgement"]
HEADING = Text("确认提醒", "Acknowledge alerts")
HOW = Text(
    "选哪几条已经知道、已有人去办，点“检查”，写上姓名再提交：一次确认是一个批次，可以撤销。",
    "Choose the alerts that somebody knows of and sees to, press “Check”, give your name and commit: it becomes one "
    "batch, which can be undone.",
)
CHOOSE = Text("要确认的提醒", "Alerts to acknowledge")
ALERT = Text("{rule} · {item}（{kind} {code}）", "{rule} · {item} ({kind} {code})")
ALL_KNOWN = Text("每一条都有人确认了。", "Every alert has been acknowledged.")
FILE_NAME = Text("确认提醒 {day}.csv", "Acknowledged alerts {day}.csv")

Alerts: TypeAlias = Callable[[PageRequest], DatedResult]
AlertId: TypeAlias = tuple[str, str, str]  # rule, kind and code of the item: places in the list change with every batch


def acknowledge_fold(request: PageRequest) -> Html:
    """Return the heading of the folded form."""
    return page_draft.part_fold(request, ACKNOWLEDGE, HEADING)


def draw_acknowledger(page: Page, alerts: Alerts) -> None:
    """Draw the form below a page whose address asks for it."""
    if page_draft.is_part_open(page, ACKNOWLEDGE):
        with show_known_errors():
            _draw_form(alerts)


def _draw_form(alerts: Alerts) -> None:
    with shared_store().read() as con:
        found, state = alerts(PageRequest(con)), batch_log.write_counter(con)
    waiting = waiting_alerts(found.rows)
    if not waiting or found.as_of is None:
        page_draft.draw_part_outcomes(ACKNOWLEDGE)
        messages.draw_message("info", ALL_KNOWN)
        return
    messages.draw_caption(HOW)
    draft = _draft_of_chosen([waiting[alert] for alert in _chosen_alerts(waiting)], found.as_of, state)
    page_draft.renew_draft(draft)
    page_draft.draw_part_outcomes(ACKNOWLEDGE)
    page_draft.draw_draft_check(draft, is_empty=not draft.subject)


def waiting_alerts(alerts: pd.DataFrame) -> dict[AlertId, Row]:
    """Return the alerts that nobody has acknowledged, by what each is of."""
    waiting = alerts[alerts["acknowledged_at"].isna()].astype(object)
    return {_alert_id(row): row for row in waiting.to_dict("records")}


def _alert_id(row: Row) -> AlertId:
    return str(row["rule"]), str(row["kind"]), str(row["item_id"])


def _chosen_alerts(waiting: dict[AlertId, Row]) -> list[AlertId]:
    """Let alerts be chosen; one that has gone since it was is no longer among them."""
    chosen: list[AlertId] = st.multiselect(
        t(CHOOSE), list(waiting), format_func=lambda alert: _alert_label(waiting[alert]), key="alerts-chosen"
    )
    return [alert for alert in chosen if alert in waiting]


def _alert_label(row: Row) -> str:
    """Return how an alert reads in the list; the code tells two of one name apart, which would be taken for one."""
    named = {name: WORDS[str(row[name])] for name in ("rule", "kind")}
    return t(ALERT.fill(**named, item=item_text(row), code=row["item_id"]))


def _draft_of_chosen(rows: list[Row], day: date, state: int) -> Draft:
    return Draft(ACKNOWLEDGE, tuple(map(_alert_id, rows)), state, LEDGER.name, lambda: _acknowledgement(rows, day))


def _acknowledgement(rows: list[Row], day: date) -> Upload:
    """Return the acknowledgement of alerts as a file of its ledger."""
    content = draft_csv(LEDGER, pd.DataFrame(rows).assign(seen_on=day), reader_language())
    return reader.make_upload(t(FILE_NAME.fill(day=day)), content)
