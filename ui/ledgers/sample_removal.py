"""Taking all 示例 rows out at once, below the list of the batches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.ingest import loader, sample
from data.text import SPACE, Text, join_texts
from ui import messages
from ui.jobs import Job
from ui.ledgers import history
from ui.ledgers.history import Batch
from ui.preferences import t
from ui.store import shared_store
from ui.upload import upload_session

REMOVE = Text("清除示例", "Remove the sample")
REMOVE_HELP = Text(
    "{count} 批示例数据一次全部撤销；改过的示例行保留。"
    "自己的台账用到了示例里的村社、河道等时不能清除，会说明是哪一本。",
    "Undoes all {count} sample batches at once; sample rows that somebody changed are kept. "
    "While rows of your own name sample villages, rivers and so on, nothing is removed, and the ledger is named.",
)
AGREE = Text("示例数据全部撤销，我确认", "Yes, undo all sample data")
REMOVED = Text("示例已清除：{rows} 行。", "The sample is removed: {rows} rows.")
KEPT = Text("{rows} 行因改过而保留。", "{rows} rows were changed since and are kept.")
JOB = "sample"


def draw_sample_removal(batches: Sequence[Batch]) -> None:
    """Offer to undo all 示例 batches, where some are in force; asked twice."""
    count = sum(bool(batch["is_sample"]) and not history.is_undone(batch) for batch in batches)
    if not count:
        return
    with st.expander(t(REMOVE), key="sample-removal"):
        messages.draw_caption(REMOVE_HELP.fill(count=count))
        agreed = st.checkbox(t(AGREE), key="sample-agreed")
        st.button(
            t(REMOVE), key="sample-remove", icon=":material/delete:", disabled=not agreed, on_click=_start_removal
        )


def _start_removal() -> None:
    store, who = shared_store(), upload_session.current_user()

    def removed(job: Job[loader.UndoResult]) -> loader.UndoResult:
        job("undoing", 0, 0)
        return sample.remove_sample(store, who)

    st.session_state.pop("sample removed", None)
    upload_session.start_job(JOB, removed, upload_session.NEVER_ABANDONED)


def show_removal_state() -> None:
    """Show that the removal runs, or tell what it did; raises StillUsed."""
    job = upload_session.finished_job(JOB)
    if job:
        st.session_state["sample removed"] = job.result()
        st.rerun()  # the title line has no badge any more
    if undone := st.session_state.get("sample removed"):
        said = [REMOVED.fill(rows=f"{sum(undone.rows.values()):,}")]
        if kept := sum(undone.kept.values()):
            said.append(KEPT.fill(rows=f"{kept:,}"))
        messages.draw_message("success", join_texts(said, SPACE))
