"""The tasks of one project, edited on the page and committed like a file: checked, compared, as a batch with a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.datasets import Column
from data.ingest.checking.error_reasons import Finding
from data.text import Text, join_list, join_texts, untranslated
from ui import formats, messages
from ui.blocks import Html, draw_blocks
from ui.investment import playbook_draft
from ui.investment.playbook_draft import TASK, Conflict, Draft, TaskRow
from ui.markup import element, joined, words
from ui.page import OPEN_PART, Page, PageRequest, linked_choices, show_known_errors
from ui.preferences import reader_language, t
from ui.store import shared_store
from ui.upload import check_report, choices, commit, page_draft, upload_session
from ui.upload.pending_files import CommitOutcome, PendingFile

EDIT = "edit"  # in the address: the folded part that is the editor
TABLE_HEIGHT = 460  # pixels; chosen: a dozen tasks and the buttons below them on one screen
MOST_TOLD = 30  # chosen: as many rows as are mended in one go
EDIT_TASKS = Text("编辑任务", "Edit the tasks")
HOW = Text(
    "直接在表里改；最后一行用来添加，选中一行可以删去。改完点“检查”，看清差别，写上姓名再提交：一次提交是一个批次，可以撤销。",
    "Edit in the table; add in its last row, select a row to delete it. Then press “Check”, look at the differences, "
    "give your name and commit: it becomes one batch, which can be undone.",
)
PROJECT = Text("项目", "Project")
TASKS_OF = Text("{project}的任务", "Tasks of {project}")
CHECK = Text("检查", "Check")
DISCARD = Text("放弃修改", "Discard the edits")
NOT_CHECKED = Text(
    "有修改还没有检查；检查、提交之前台账不变。",
    "There are edits that have not been checked; the ledger stays as it is until they are committed.",
)
FILE_NAME = Text("页面编辑 {project}.csv", "Edited on the page {project}.csv")
ERRORS = Text("有 {count} 处要改", "{count} cells to correct")
REMARKS = Text("请再看一眼", "Look at these once more")
MORE = Text("另有 {count} 处", "{count} more")
ADDED = Text("新增的任务：{tasks}", "New tasks: {tasks}")
DELETED = Text("要删去的任务：{tasks}", "Tasks to be deleted: {tasks}")
TASK_SAYS = Text("{task}：", "{task}: ")
CONFLICTS = Text(
    "你打开编辑以后，这些任务别人也改过，所以还没有检查；你的修改都还在。",
    "Somebody else has changed these tasks since you began to edit, so nothing was checked; your edits are all here.",
)
THEY_CHANGED = Text("{column} 由“{old}”改为“{new}”", "{column} from “{old}” to “{new}”")
THEY_DELETED = Text("已被删去", "was deleted")
THEY_ADDED = Text("别人已用这个编码登记了任务", "a task was registered under this code")
KEEP_MINE = Text("在最新的台账上保留我改的格", "Keep my cells, on the ledger as it is now")
EMPTY = Text("空", "empty")
NOTHING_BETWEEN = untranslated("")
NO_PROJECTS = Text("还没有登记项目，先登记项目再排任务。", "There are no projects yet; register one before its tasks.")


def edit_fold(request: PageRequest, project: str | None) -> Html:
    """Return the heading of the folded editor, which leads to the tasks of a project; the editor itself is drawn last.

    What is edited is of one session and no part of what the cache keeps of a page.
    """
    return page_draft.part_fold(request, EDIT, EDIT_TASKS, project=project)


def draw_editor(page: Page) -> None:
    """Draw the editor below a page whose address asks for it."""
    asked = linked_choices(page)
    if asked.get(OPEN_PART) == EDIT and "task" not in asked:
        with show_known_errors():
            _draw_open_editor(asked.get("project", ""))


def _draw_open_editor(asked: str) -> None:
    names = _project_names()
    if not names:
        messages.draw_message("info", NO_PROJECTS)
        return
    draft = _current_draft(_choose_project(names, asked), names)
    messages.draw_caption(HOW)
    _draw_table(draft)
    _follow_ledger(draft)
    _draw_buttons(draft)
    _draw_conflicts(draft)
    _draw_check(draft)


def _project_names() -> dict[str, str]:
    """Return the projects by code, those with a plan first."""
    with shared_store().read() as con:
        return dict(
            con.execute(
                "SELECT p.project_id, p.name FROM investment_project p LEFT JOIN (SELECT project_id, count(*) AS tasks "
                "FROM playbook_task GROUP BY project_id) t USING (project_id) ORDER BY coalesce(tasks, 0) DESC, 1"
            ).fetchall()
        )


def _choose_project(names: dict[str, str], asked: str) -> str:
    """Let the project be chosen: that of the page, or one that has no plan yet."""
    codes = list(names)
    place = codes.index(asked) if asked in names else 0
    key = f"playbook-project-{asked}"
    chosen: str = st.selectbox(t(PROJECT), codes, place, format_func=names.__getitem__, key=key)
    return chosen


def _current_draft(project: str, names: dict[str, str]) -> Draft:
    """Return the draft of a project that this session has, or a new one; unedited it is the ledger of this moment."""
    drafts: dict[str, Draft] = st.session_state.setdefault("playbook drafts", {})
    draft = drafts.get(project)
    if draft is None or (draft.state != shared_store().write_counter and not draft.has_edits):
        with shared_store().read() as con:
            drafts[project] = playbook_draft.open_draft(con, project, names[project], draft.turn + 1 if draft else 0)
    return drafts[project]


def _draw_table(draft: Draft) -> None:
    """Draw the table and note what became of the rows; edits outlive a visit to another page."""
    key = f"playbook-table-{draft.project}-{draft.turn}-{reader_language()}"
    source = f"{key} rows"
    if key not in st.session_state or source not in st.session_state:
        st.session_state[source] = playbook_draft.task_table(draft.edited)
    table: pd.DataFrame = st.data_editor(
        st.session_state[source],
        key=key,
        num_rows="dynamic",
        hide_index=True,
        height=TABLE_HEIGHT,
        placeholder=formats.MISSING,
        column_config={column.name: _column_look(column) for column in playbook_draft.EDITED_COLUMNS},
        alt=t(TASKS_OF.fill(project=draft.name)),
    )
    draft.edited = playbook_draft.edited_rows(table, draft.opened)


def _column_look(column: Column) -> Any:
    """Return how a column of the table is headed and edited."""
    heading, required = t(column.heading), column.required
    if column.choices:
        labels = {choice.value: t(choice.label) for choice in column.choices}
        return st.column_config.SelectboxColumn(
            heading, options=list(labels), format_func=lambda word: labels[str(word)], required=required
        )
    match column.kind:
        case "date":
            return st.column_config.DateColumn(heading, format="YYYY-MM-DD", required=required)
        case "integer":
            return st.column_config.NumberColumn(heading, min_value=0, step=1, default=1)
        case "flag":
            return st.column_config.CheckboxColumn(heading)
    return st.column_config.TextColumn(heading, required=required, pinned=column.name == TASK)


def _follow_ledger(draft: Draft) -> None:
    """Begin anew once the rows are committed; where others have written since their check, check them again.

    Both come before anything is said of the draft, so that a conflict is told as soon as the way to commit is gone.
    """
    if not draft.sent or upload_session.is_running("commit"):
        return
    if any(outcome.is_committed and outcome.sent.number == draft.sent for outcome in upload_session.told_outcomes()):
        draft.sent = 0
        _discard_draft(draft)
        st.rerun()
    if shared_store().write_counter != draft.state:
        _check_draft(draft)


def _draw_buttons(draft: Draft) -> None:
    if draft.checked not in (None, draft.edited):
        _forget_check(draft)
    with st.container(horizontal=True, gap="small"):
        for label, key, action in ((CHECK, "check", _check_draft), (DISCARD, "discard", _discard_draft)):
            st.button(t(label), key=f"playbook-{key}", on_click=action, args=(draft,), disabled=not draft.has_edits)
    if draft.has_edits:
        draw_blocks((Html(element("span", "", data_waiting_files=1, hidden="1")),))
        if draft.checked is None and not draft.conflicts:
            messages.draw_caption(NOT_CHECKED)


def _check_draft(draft: Draft) -> None:
    """Send the rows to the check, upon the ledger as it stands; where others changed the same task, tell it instead."""
    with shared_store().read() as con:
        current, state = playbook_draft.read_tasks(con, draft.project)
    _forget_check(draft)
    draft.conflicts = playbook_draft.find_conflicts(draft, current)
    if not draft.conflicts:
        playbook_draft.rebase_draft(draft, current, state)
        _send_draft(draft)


def _keep_own_cells(draft: Draft) -> None:
    """Put the clerk's cells upon the ledger as it stands now, and check them."""
    with shared_store().read() as con:
        playbook_draft.rebase_draft(draft, *playbook_draft.read_tasks(con, draft.project))
    _check_draft(draft)


def _send_draft(draft: Draft) -> None:
    """Put the rows on the tray of files, where they are checked and committed as any other."""
    file_name = t(FILE_NAME.fill(project=draft.name))
    file, options = playbook_draft.draft_file(draft, file_name, reader_language())
    upload_session.receive_files([file], playbook_draft.PLAYBOOK.name)
    sent = upload_session.session_files()[-1]
    sent.set_options(mode=options.mode, scope=options.scope, state=options.state)
    draft.sent, draft.checked = sent.number, list(draft.edited)


def _forget_check(draft: Draft) -> None:
    upload_session.remove_files(draft.sent)
    draft.sent, draft.checked = 0, None


def _discard_draft(draft: Draft) -> None:
    """Begin anew with the ledger as it stands now."""
    _forget_check(draft)
    with shared_store().read() as con:
        again = playbook_draft.open_draft(con, draft.project, draft.name, draft.turn + 1)
    st.session_state["playbook drafts"][draft.project] = again


def _draw_conflicts(draft: Draft) -> None:
    """Say which tasks others have changed meanwhile, and how; the clerk's own cells stay in the table."""
    if draft.conflicts:
        messages.draw_message_list("warning", CONFLICTS, map(_conflict_text, draft.conflicts))
        st.button(t(KEEP_MINE), key="playbook-keep", on_click=_keep_own_cells, args=(draft,))


def _conflict_text(conflict: Conflict) -> Text:
    task = TASK_SAYS.fill(task=f"{conflict.task} {conflict.name}")
    if conflict.theirs is None:
        return join_texts([task, THEY_DELETED], NOTHING_BETWEEN)
    if conflict.was is None:
        return join_texts([task, THEY_ADDED], NOTHING_BETWEEN)
    changes = [
        THEY_CHANGED.fill(column=column.label, old=_cell_label(column, old), new=_cell_label(column, new))
        for column, old, new in playbook_draft.changed_columns(conflict)
    ]
    return join_texts([task, join_list(changes)], NOTHING_BETWEEN)


def _cell_label(column: Column, written: str) -> Text:
    if not written:
        return EMPTY
    return next((c.label for c in column.choices if c.value == written), untranslated(written))


def _draw_check(draft: Draft) -> None:
    """Draw what the check says of the rows, the way to commit them, and what came of it."""
    commit.draw_outcomes([outcome for outcome in upload_session.update_session() if _is_of_draft(outcome, draft)])
    sent = next((file for file in upload_session.session_files() if file.number == draft.sent), None)
    if sent and sent.checked:
        _draw_report(draft, sent)
        commit.draw_commit_form([sent])


def _is_of_draft(outcome: CommitOutcome, draft: Draft) -> bool:
    said = FILE_NAME.fill(project=draft.name)
    return outcome.sent.name in (said.zh, said.en)


def _draw_report(draft: Draft, sent: PendingFile) -> None:
    """Draw the report of the check, with the tasks that it is about."""
    checked = sent.checked
    assert checked
    if checked.refused or not (checked.told and checked.report):
        messages.draw_message("error", *filter(None, [checked.refused]))
        return
    report = checked.report
    box, said = check_report.verdict_box(sent.request.options, checked.told)
    messages.draw_message(box, element("strong", words(said)), check_report.counts_text(report))
    rows = playbook_draft.rows_by_line(draft.checked or [])
    _draw_findings(ERRORS.fill(count=len(report.errors)), report.errors, rows)
    _draw_findings(REMARKS, [note for note in report.notes if note.line], rows)
    for label, tasks in ((ADDED, playbook_draft.added_tasks(draft)), (DELETED, playbook_draft.deleted_tasks(draft))):
        if tasks:
            messages.draw_sentence(label.fill(tasks=join_list(map(_task_name, tasks[:MOST_TOLD]))))
    check_report.draw_changes(sent, report)
    choices.draw_deletion_consent(sent, report)


def _task_name(row: TaskRow) -> Text:
    return untranslated(f"{row[TASK]} {row['name']}")


def _draw_findings(heading: Text, findings: Sequence[Finding], rows: dict[int, TaskRow]) -> None:
    """Draw what is wrong or odd, each with its task instead of a line."""
    if findings:
        messages.draw_heading(heading)
        messages.draw_points(_finding_line(found, rows.get(found.line)) for found in findings[:MOST_TOLD])
    if len(findings) > MOST_TOLD:
        messages.draw_caption(MORE.fill(count=len(findings) - MOST_TOLD))


def _finding_line(found: Finding, row: TaskRow | None) -> Markup:
    parts = [element("strong", words(_task_name(row)))] if row else []
    parts += [words(part) for part in (found.column, f"“{found.value}”" if found.value else "") if part]
    return joined([*parts, words(found.reason)], " ")
