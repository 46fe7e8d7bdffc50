"""Tasks edited on the page: what a clerk changed goes in as a batch, and nothing that others did is lost."""

import copy

import pandas as pd
import pytest

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Options, Report, check_file, load_file
from data.ingest.reading.reader import make_upload
from data.sample import FOLDER
from data.store import Store
from tests.upload_helpers import WHO, ledger_values
from ui.investment import playbook_draft
from ui.investment.playbook_draft import Draft, edited_rows, task_table

PLAYBOOK = DATASETS["playbook_task"]
PROJECT, NAME = "INV-YJ1", "姚江1号项目"


@pytest.fixture
def plans(store: Store) -> Store:
    """The registers of firms and projects and both plans."""
    for name in ("village", "enterprise", "investment_project", "playbook_task"):
        load_file(store, DATASETS[name], make_upload(f"{name}.csv", (FOLDER / f"{name}.csv").read_bytes()), WHO)
    return store


def opened_draft(store: Store) -> Draft:
    with store.read() as con:
        return playbook_draft.open_draft(con, PROJECT, NAME)


def current_tasks(store: Store):
    with store.read() as con:
        return playbook_draft.read_tasks(con, PROJECT)


def set_cell(draft: Draft, task: str, **cells: str) -> None:
    draft.edited = [row | cells if row["task_id"] == task else row for row in draft.edited]


def loaded(store: Store, draft: Draft) -> Report:
    file, options = playbook_draft.draft_file(draft, "页面编辑.csv", "zh")
    return load_file(store, PLAYBOOK, file, WHO, options)


def checked(store: Store, draft: Draft, language="zh") -> Report:
    file, options = playbook_draft.draft_file(draft, "页面编辑.csv", language)
    return check_file(store, PLAYBOOK, file, options)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_that_was_not_edited_changes_nothing(plans, language):
    """Through the table and back, in both languages, every cell is as it was."""
    draft = opened_draft(plans)
    draft.edited = edited_rows(task_table(draft.edited), draft.opened)
    assert not draft.has_edits
    report = checked(plans, draft, language)
    assert (report.counts.unchanged, report.changes_anything, report.rejected) == (36, False, 0)


def test_an_edited_cell_a_new_and_a_deleted_task_are_one_batch_that_can_be_undone(plans):
    """The batch changes what was edited, adds, deletes, touches no other plan, and its undo puts all of it back."""
    before = ledger_values(plans, "playbook_task", "task_id", "state", "name")
    draft = opened_draft(plans)
    set_cell(draft, "YJ1-29", state="完成", actual_on="2014-06-30", actual_half="下午")
    new = dict.fromkeys(draft.edited[0], "") | {
        "task_id": "YJ1-40", "name": "新任务", "owner": "示例专员甲", "planned_on": "2014-08-01",
        "planned_half": "上午", "state": "未开始",
    }  # fmt: skip
    draft.edited = [row for row in draft.edited if row["task_id"] != "YJ1-36"] + [new]
    report = loaded(plans, draft)
    assert (report.counts.inserted, report.counts.updated, report.counts.deleted) == (1, 1, 1)
    assert [row["task_id"] for row in playbook_draft.added_tasks(draft)] == ["YJ1-40"]
    assert [row["task_id"] for row in playbook_draft.deleted_tasks(draft)] == ["YJ1-36"]
    assert len(ledger_values(plans, "playbook_task", "task_id", where="project_id = 'INV-S09'")) == 14
    assert report.batch
    loader.undo_batch(plans, report.batch, WHO)
    assert ledger_values(plans, "playbook_task", "task_id", "state", "name") == before


def test_a_wrong_row_is_told_with_its_task_and_nothing_is_written(plans):
    """The line of an error is that of the task, even below a cell of two lines."""
    draft = opened_draft(plans)
    set_cell(draft, "YJ1-02", deliverable="第一行\n第二行")
    set_cell(draft, "YJ1-29", state="完成")
    report = loaded(plans, draft)
    assert report.batch is None
    [error] = report.errors
    assert playbook_draft.rows_by_line(draft.edited)[error.line]["task_id"] == "YJ1-29"


def test_two_clerks_who_edit_different_tasks_lose_nothing(plans):
    """The second one's rows are put upon what the first has committed: his old copy of it takes nothing back."""
    first, second = opened_draft(plans), opened_draft(plans)
    set_cell(first, "YJ1-30", state="进行中")
    set_cell(second, "YJ1-31", state="进行中")
    assert loaded(plans, first).batch
    current, state = current_tasks(plans)
    assert playbook_draft.find_conflicts(second, current) == []
    playbook_draft.rebase_draft(second, current, state)
    assert loaded(plans, second).counts.updated == 1
    states = ledger_values(plans, "playbook_task", "state", where="task_id IN ('YJ1-30', 'YJ1-31')")
    assert states == [("进行中",), ("进行中",)]


def test_rows_of_an_older_state_are_not_written(plans):
    """Rows that were taken before somebody else wrote are refused, even where the counts are the same."""
    first, second = opened_draft(plans), opened_draft(plans)
    set_cell(first, "YJ1-30", state="进行中")
    set_cell(second, "YJ1-30", state="受阻", blocker="等待答复")
    assert loaded(plans, first).batch
    assert loaded(plans, second).batch is None
    assert ledger_values(plans, "playbook_task", "state", where="task_id = 'YJ1-30'") == [("进行中",)]


def test_a_file_without_a_state_is_written_whenever(plans):
    """A file that a clerk uploads is of no state: it is held to the ledger as it stands."""
    draft = opened_draft(plans)
    set_cell(draft, "YJ1-30", state="进行中")
    other = opened_draft(plans)
    set_cell(other, "YJ1-31", state="进行中")
    assert loaded(plans, other).batch
    file, _ = playbook_draft.draft_file(draft, "计划.csv", "zh")
    assert load_file(plans, PLAYBOOK, file, WHO, Options()).batch


@pytest.mark.parametrize(
    ("theirs", "mine", "conflicts"),
    [
        ({"state": "进行中"}, {"state": "受阻"}, ["YJ1-30"]),
        ({"state": "进行中"}, {"planned_half": "上午"}, ["YJ1-30"]),
        ({"state": "进行中"}, {"state": "进行中"}, []),
        (None, {"state": "受阻"}, ["YJ1-30"]),
        ({"state": "进行中"}, None, ["YJ1-30"]),
        (None, None, []),
        ({"state": "进行中"}, {}, []),
        (None, {}, []),
    ],
)
def test_a_task_that_two_have_changed_is_told(plans, theirs, mine, conflicts):
    """Also where one deleted what the other changed; not where both did the same or only one did anything."""
    draft = opened_draft(plans)
    current = copy.deepcopy(draft.opened)
    if theirs is None:
        del current["YJ1-30"]
    else:
        current["YJ1-30"] |= theirs
    if mine is None:
        draft.edited = [row for row in draft.edited if row["task_id"] != "YJ1-30"]
    else:
        set_cell(draft, "YJ1-30", **mine)
    assert [conflict.task for conflict in playbook_draft.find_conflicts(draft, current)] == conflicts


def test_a_code_that_two_have_given_is_told(plans):
    """Two new tasks of one code are two tasks."""
    draft = opened_draft(plans)
    mine = draft.edited[0] | {"task_id": "YJ1-40", "name": "我的"}
    draft.edited = [*draft.edited, mine]
    current = draft.opened | {"YJ1-40": mine | {"name": "别人的"}}
    [conflict] = playbook_draft.find_conflicts(draft, current)
    assert (conflict.task, conflict.was) == ("YJ1-40", None)


def test_own_cells_are_kept_upon_what_others_wrote(plans):
    """Cell by cell: mine where I wrote, theirs elsewhere; what they added stands, what they took out is gone."""
    draft = opened_draft(plans)
    set_cell(draft, "YJ1-30", state="受阻")
    current = copy.deepcopy(draft.opened)
    current["YJ1-30"] |= {"state": "进行中", "location": "深圳"}
    current["YJ1-50"] = current["YJ1-30"] | {"task_id": "YJ1-50"}
    del current["YJ1-36"]
    playbook_draft.rebase_draft(draft, current, 99)
    rows = {row["task_id"]: row for row in draft.edited}
    assert (rows["YJ1-30"]["state"], rows["YJ1-30"]["location"]) == ("受阻", "深圳")
    assert ("YJ1-50" in rows, "YJ1-36" in rows, draft.state) == (True, False, 99)
    assert playbook_draft.find_conflicts(draft, current) == []


def test_an_empty_table_can_be_filled(plans):
    """A project without a plan begins with no row, and what is typed is text, days and numbers."""
    table = task_table([])
    typed = {"task_id": "S10-01", "name": "=1+1", "planned_on": pd.Timestamp("2014-07-01"), "half_days": 1}
    [row] = edited_rows(pd.concat([table, pd.DataFrame([typed, {}])]), {})
    assert {name: row[name] for name in typed} == {
        "task_id": "S10-01", "name": "=1+1", "planned_on": "2014-07-01", "half_days": "1",
    }  # fmt: skip
    assert (row["is_milestone"], row["actual_on"]) == ("", "")


def test_what_looks_like_a_formula_stays_text(plans):
    """A name that begins with = goes in and comes out as it was typed."""
    draft = opened_draft(plans)
    set_cell(draft, "YJ1-30", name="=1+1")
    assert loaded(plans, draft).batch
    assert ledger_values(plans, "playbook_task", "name", where="task_id = 'YJ1-30'") == [("=1+1",)]
