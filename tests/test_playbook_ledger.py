"""The ledger of the playbook: halves of a day as clerks write them, and tasks that wait for others."""

import io
from datetime import date, time

import openpyxl
import pytest

from data.datasets import DATASETS
from data.ingest.checking.link_cycles import chain_text, cycle_chains
from data.ingest.loader import Who, check_file, load_file
from data.ingest.reading.reader import make_upload
from data.ingest.values import cells
from data.ingest.values.cells import Unreadable
from data.ingest.values.day_parts import parse_day_part
from data.sample import FOLDER

PLAYBOOK = DATASETS["playbook_task"]
HOURS = {c.value: c.hours for c in PLAYBOOK.column("planned_half").choices if c.hours}
HEADER = "任务编码,项目,任务,责任人,计划日期,计划半天,前置任务,状态,半天数,完成日期,完成半天,受阻原因"


def plan_file(*lines, encoding="utf-8"):
    return make_upload("plan.csv", "\n".join([HEADER, *lines]).encode(encoding))


def task_line(
    code, half="上午", before="", state="未开始", length="1", done="", done_half="", day="2014-07-01", why=""
):
    return f"{code},INV-YJ1,任务{code},示例专员甲,{day},{half},{before},{state},{length},{done},{done_half},{why}"


def refused(store, *lines, **how):
    """Return (line, column, value) of what is refused, and the sentences."""
    report = check_file(store, PLAYBOOK, plan_file(*lines, **how))
    return [(e.line, e.column, e.value) for e in report.errors], [e.reason.zh for e in report.errors]


def warned(store, *lines):
    report = check_file(store, PLAYBOOK, plan_file(*lines))
    assert not report.errors
    return [(n.line, n.column, n.value) for n in report.notes if n.line]


@pytest.mark.parametrize(
    ("written", "half"),
    [
        ("上午", "上午"), ("下午", "下午"), ("AM", "上午"), ("am", "上午"), ("a.m.", "上午"), (" Pm ", "下午"),
        ("1", "上午"), ("2", "下午"), ("１", "上午"), ("14:00", "下午"), ("08:30", "上午"),
        ("9点", "上午"), ("下午2点", "下午"),
        ("九点半", "上午"), ("12:30", "下午"), ("Morning", "上午"), ("上半天", "上午"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_a_half_of_a_day_is_read_as_clerks_write_it(sample_store, written, half, encoding):
    """A word, AM, the number of the half, or a clock time that lies in one of them."""
    report = check_file(
        sample_store, PLAYBOOK, plan_file(task_line("YJ1-34", half=written, day="2014-07-15"), encoding=encoding)
    )
    assert (report.errors, [new for _, column, _, new in report.changes if column == "planned_half"]) == (
        [], [] if half == "上午" else ["下午"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("全天", "请拆成两行"), ("一天", "请拆成两行"), ("上午/下午", "请拆成两行"), ("12:00", "分不清是哪个半天"),
        ("中午", "分不清是哪个半天"), ("晚上", "既不在上午也不在下午"),
        ("2:00", "既不在上午也不在下午"),
        ("19:30", "既不在上午也不在下午"), ("2014-06-30 上午", "只写上午或下午"), ("9:00-11:00", "不在可选范围内"),
        ("3", "不在可选范围内"),
    ],
)  # fmt: skip
def test_what_may_be_either_half_is_refused(sample_store, written, said):
    """Nothing is chosen for the clerk: the sentence says what to write."""
    cells_told, sentences = refused(sample_store, task_line("T-1", half=written))
    assert cells_told == [(2, "计划半天", written)]
    assert said in sentences[0]


def test_a_day_with_its_half_in_one_cell_is_refused(sample_store):
    """2014-06-30 上午 in the column of days says to write them apart."""
    cells_told, sentences = refused(sample_store, task_line("T-1", day="2014-06-30 上午"))
    assert cells_told == [(2, "计划日期", "2014-06-30 上午")]
    assert "这一格只写日期" in sentences[0]
    assert cells.parse_day("6月30日下午", 2014) == Unreadable("day_with_half")


def test_a_time_cell_of_a_workbook_is_the_half_in_which_it_lies(sample_store):
    """A cell of 14:00 that Excel keeps as a share of a day is 下午."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEADER.split(",")[:6], "状态"])
    sheet.append(["T-1", "INV-YJ1", "任务", "示例专员甲", date(2014, 7, 1), time(14, 0), "未开始"])
    sheet.append(["T-2", "INV-YJ1", "任务", "示例专员甲", date(2014, 7, 1), time(8, 30), "未开始"])
    sheet.append(["T-3", "INV-YJ1", "任务", "示例专员甲", date(2014, 7, 1), time(12, 0), "未开始"])
    into = io.BytesIO()
    book.save(into)
    report = check_file(sample_store, PLAYBOOK, make_upload("plan.xlsx", into.getvalue()))
    assert [(e.line, e.column) for e in report.errors] == [(4, "计划半天")]
    assert (report.rows, report.rejected) == (3, 1)


def test_a_share_of_a_day_is_a_time():
    """0.5833 is 14:00, whose format was lost; half a day is noon, and in the night is no half."""
    assert [parse_day_part(cell, HOURS) for cell in ("0.583333", "0.354167", ".5", "0.05")] == [
        "下午", "上午", Unreadable("noon"), Unreadable("night"),
    ]  # fmt: skip


def test_a_task_that_waits_for_itself_is_refused(sample_store):
    """Alone, and among others."""
    assert refused(sample_store, task_line("T-1", before="T-1"))[0] == [(2, "前置任务", "T-1")]
    assert refused(sample_store, task_line("T-1", before="YJ1-01、T-1"))[0] == [(2, "前置任务", "T-1")]


@pytest.mark.parametrize("sign", ["、", "，", ",", ";", "；", " ", "　", "\n"])
def test_predecessors_stand_in_the_file_or_in_the_ledger(sample_store, sign):
    """Codes may be apart by any sign that clerks use; the one that nobody knows is named."""
    told = refused(sample_store, task_line("T-1"), task_line("T-2", before=f'"T-1{sign}YJ1-02{sign}YJ1-99"'))[0]
    assert told == [(3, "前置任务", "YJ1-99")]


def test_a_predecessor_of_another_project_is_unknown(sample_store):
    """A plan waits for its own tasks only."""
    assert refused(sample_store, task_line("T-1", before="S09-01"))[0] == [(2, "前置任务", "S09-01")]


def test_tasks_that_wait_in_a_circle_are_refused_with_the_way_round(sample_store):
    """Each task of it is told, whether the others stand in the file or in the ledger; those beside it are not."""
    circle = (task_line("T-1", before="T-3"), task_line("T-2", before="T-1"), task_line("T-3", before="T-2"))
    assert refused(sample_store, *circle, task_line("T-4"))[0] == [
        (line, "前置任务", "T-1 → T-3 → T-2 → T-1") for line in (2, 3, 4)
    ]
    told = refused(sample_store, task_line("YJ1-02", before="YJ1-04"))[0]
    assert told == [(2, "前置任务", "YJ1-02 → YJ1-04 → YJ1-02")]


def test_a_circle_is_found_in_long_plans():
    """A chain of 20,000 tasks is no circle; closed, it is one, of which the end is told."""
    chain = {str(n): [str(n + 1)] for n in range(20_000)}
    assert list(cycle_chains(chain)) == []
    [told] = cycle_chains(chain | {"20000": ["0"]})
    assert (len(told), told[-1]) == (50, "20000")
    assert chain_text(told).endswith("… → 19951")


def test_each_way_round_is_broken_by_its_last_task():
    """Two circles with a task in common are two ways round."""
    links = {"a": ["b", "c"], "b": ["a"], "c": ["a"], "d": ["a"]}
    assert sorted(map(sorted, cycle_chains(links))) == [["a", "b"], ["a", "c"]]


def test_a_diamond_is_no_circle():
    """A task may be reached by several ways."""
    assert list(cycle_chains({"d": ["b", "c"], "b": ["a"], "c": ["a"], "a": []})) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (task_line("T-1", state="完成"), ("状态", "完成 · —")),
        (task_line("T-1", state="完成", done="2014-06-30"), ("完成日期", "2014-06-30 · —")),
        (task_line("T-1", state="完成", done="2099-01-01", done_half="上午"), ("完成日期", "2099-01-01")),
        (task_line("T-1", length="-1"), ("半天数", "-1")),
        (task_line("T-1", half=""), ("计划半天", "")),
    ],
)
def test_a_task_that_cannot_be_is_refused(sample_store, line, told):
    """Done needs its day and its half, and no day to come."""
    assert [(column, value) for _, column, value in refused(sample_store, line)[0]] == [told]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (task_line("T-1", length="2"), ("半天数", "2")),
        (task_line("T-1", length="0"), ("半天数", "0 · —")),
        (task_line("T-1", state="受阻"), ("状态", "受阻 · —")),
        (task_line("T-1", before="YJ1-36"), ("前置任务", "YJ1-36 · 2014-07-31 · 上午")),
    ],
)
def test_what_is_odd_in_a_plan_is_told_and_loaded(sample_store, line, told):
    """A task longer than half a day, one without length, blocked by nothing, planned before what it waits for."""
    assert warned(sample_store, line) == [(2, *told)]


def test_the_sample_is_told_nothing(store):
    """Its plans load without an error or a remark on a row."""
    for name in ("village", "enterprise", "investment_project", "playbook_task"):
        content = (FOLDER / f"{name}.csv").read_bytes()
        report = load_file(store, DATASETS[name], make_upload(f"{name}.csv", content), Who("示例"))
        assert report.batch
    assert [note for note in report.notes if note.line] == []
