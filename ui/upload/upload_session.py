"""The clerk's session: the tray, the one job that runs for it, how far that is."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import streamlit as st

from data.errors import Cancelled, ViewerCannotWrite
from data.ingest.loader import Upload, Who
from ui import jobs, messages, upload_phrases
from ui.blocks import Html, draw_blocks
from ui.jobs import Job
from ui.markup import element
from ui.preferences import current_reader, t
from ui.store import shared_store
from ui.upload import pending_files as files
from ui.upload import upload_tasks
from ui.upload.pending_files import CommitOutcome, PendingFile

PROGRESS_DELAY = 0.3  # seconds; what ends sooner shows no progress at all
PROGRESS_INTERVAL = 0.5  # seconds; chosen: a bar that moves without redrawing the page all the time
NEVER_ABANDONED = float("inf")
WAITING_FILES = "files"  # in the address: how many files wait on the page
LOG = logging.getLogger(__name__)


def session_files() -> list[PendingFile]:
    held: list[PendingFile] = st.session_state.setdefault("tray", [])
    return held


def lost_file_count() -> int:
    """Return how many files the address says to wait here of which this session knows nothing.

    The page was loaded anew, or the server was: both begin a session without files.
    """
    if "tray" not in st.session_state:
        asked = st.query_params.get(WAITING_FILES, "")
        st.session_state["lost files"] = int(asked) if re.fullmatch("[0-9]{1,3}", asked) else 0
    return 0 if session_files() else int(st.session_state.get("lost files", 0))


def note_waiting_files() -> None:
    """Keep in the address, and tell the browser, how many files wait here."""
    waiting = len(session_files())
    if waiting:
        st.query_params[WAITING_FILES] = str(waiting)
        draw_blocks((Html(element("span", "", data_waiting_files=waiting, hidden="1")),))
    else:
        st.query_params.pop(WAITING_FILES, None)


def receive_files(uploads: list[Upload], ledger: str) -> None:
    """Put files on the tray; what was told of earlier ones has been read."""
    st.session_state.pop("outcomes", None)
    st.session_state.pop("lost files", None)
    for file in uploads:
        st.session_state["tray"] = files.add_received_file(session_files(), file, ledger)


def assign_ledger(ledger: str) -> None:
    """Mean all files on the tray for another ledger, or let each tell ("")."""
    for sent in session_files():
        sent.mean(ledger)


def remove_files(*numbers: int) -> None:
    st.session_state["tray"] = [s for s in session_files() if s.number not in numbers]


def current_user() -> Who:
    """Return who is at the page, and from which computer."""
    computer = st.context.ip_address
    origin = f"web {computer}" if isinstance(computer, str) else "web"
    return Who(st.session_state.get("who", "").strip() or t(upload_phrases.WEB_USER), origin=origin)


def start_job(name: str, task: Callable[[Job[Any]], Any], patience: float = jobs.ABANDONED_AFTER) -> None:
    """Start work under a name; it goes on while the page is drawn again and again. Raises ViewerCannotWrite."""
    if current_reader().role != "clerk":
        raise ViewerCannotWrite
    st.session_state[f"job of {name}"] = Job(task, patience)


def is_running(name: str) -> bool:
    """Tell whether work of that name has been started and its end not been taken note of."""
    return f"job of {name}" in st.session_state


def finished_job(name: str) -> Job[Any] | None:
    """Return the work of that name once it has ended, and forget it; while it runs, show how far it is and no more."""
    job: Job[Any] | None = st.session_state.get(f"job of {name}")
    if job is None:
        return None
    if not job.is_over(PROGRESS_DELAY):
        _draw_progress(job)
        st.stop()
    del st.session_state[f"job of {name}"]
    return job


@st.fragment(run_every=PROGRESS_INTERVAL)
def _draw_progress(job: Job[Any]) -> None:
    """Show stage and rows and the way to stop; the page is drawn anew when the work has ended."""
    if job.is_over():
        st.rerun()
    said = (job.subject, t(upload_phrases.progress_text(*job.at)))
    messages.draw_caption(" · ".join(filter(None, said)))
    st.progress(job.share)
    label = upload_phrases.STOPPING if job.is_cancelled else upload_phrases.CANCEL
    st.button(t(label), key="cancel", icon=":material/close:", on_click=job.cancel, disabled=job.is_cancelled)


def update_session() -> list[CommitOutcome]:
    """Bring the tray up to date; returns what a commit that has just ended came to.

    While something runs, its progress is all that the page shows below the form.
    """
    outcomes = _commit_outcomes()
    _note_failed_check()
    seen = shared_store().write_counter
    pending = [s for s in session_files() if s.is_pending(seen)]
    if pending:
        store = shared_store()
        st.session_state["checking"] = pending
        start_job("check", lambda job: upload_tasks.check_files(store, pending, seen, job))
        _note_failed_check()
    return outcomes


def _note_failed_check() -> None:
    """Take note of a check that has ended, and tell with each file that it did not come to why."""
    job = finished_job("check")
    failure = job.failure() if job else None
    if job is None or failure is None or (isinstance(failure, Cancelled) and not job.is_cancelled):
        return
    if not isinstance(failure, Cancelled):
        LOG.error("a check ended with a failure of the program", exc_info=failure)
    why = failure.text if isinstance(failure, Cancelled) else upload_phrases.BROKEN
    seen = shared_store().write_counter
    for sent in (s for s in st.session_state["checking"] if s.is_pending(seen)):
        sent.checked = files.stopped_check(sent, seen, why)


def start_commit(sent: list[PendingFile]) -> None:
    """Start to commit files; the commit goes on if the page is closed."""
    st.session_state.pop("undone", None)
    store, name = shared_store(), current_user()
    start_job("commit", lambda job: upload_tasks.commit_files(store, sent, name, job), NEVER_ABANDONED)


def _commit_outcomes() -> list[CommitOutcome]:
    """Take what was committed off the tray, and keep what is to be told."""
    job = finished_job("commit")
    if job:
        outcomes: list[CommitOutcome] = job.result()
        remove_files(*(o.sent.number for o in outcomes if o.is_committed))
        st.session_state["outcomes"] = outcomes
        st.rerun()  # the title line names the batches
    return told_outcomes()


def told_outcomes() -> list[CommitOutcome]:
    """Return what the last commit that has ended came to, until another file comes in."""
    told: list[CommitOutcome] = st.session_state.get("outcomes", [])
    return told
