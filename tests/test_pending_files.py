"""The files that a clerk has dropped: which ledgers they are, in which order they go in, what came of them."""

import pytest

from data.datasets import DATASETS
from data.errors import Cancelled
from data.ingest.batch_log import Counts
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.ingest.reading.reader import ReadOptions
from ui import upload_phrases
from ui.jobs import Job
from ui.menu import all_pages
from ui.upload import chart_links, commit, pending_files, upload_tasks
from ui.upload.pending_files import LoadRequest, PendingFile

pytestmark = pytest.mark.slow

WHO = Who("经办", origin="web")
VILLAGES = "村社编码,村社名称,人口\nV-1,示例一村,120\n"
SAVING = "活动编码,活动日期,活动类型,村社\nS-1,2014-07-05,宣传活动,示例一村\n"


def pending_file(number: int, name: str, content: str, ledger: str = "", **options) -> PendingFile:
    return PendingFile(number, LoadRequest(reader.make_upload(name, content.encode()), ledger, Options(**options)))


def silent_job() -> Job:
    return Job(lambda job: None)


def check_pending(store, *files: PendingFile) -> list[PendingFile]:
    upload_tasks.check_files(store, files, 0, silent_job())
    return list(files)


@pytest.mark.quick
def test_a_file_tells_which_ledger_it_is(store):
    """Without a chosen ledger the headings tell; with one, it is that."""
    villages, meant = check_pending(
        store, pending_file(1, "a.csv", VILLAGES), pending_file(2, "b.csv", VILLAGES, ledger="village")
    )
    assert villages.checked.dataset is meant.checked.dataset is DATASETS["village"]
    assert villages.checked.is_ready


@pytest.mark.quick
def test_a_file_of_no_ledger_is_refused_in_a_sentence(store):
    """A file whose headings nobody knows has no report but a sentence, and cannot be committed."""
    (file,) = check_pending(store, pending_file(1, "乱.csv", "甲,乙\n1,2\n"))
    assert file.checked.refused == upload_phrases.UNKNOWN_LEDGER.fill(name="乱.csv")
    assert not file.checked.is_ready


def test_a_file_without_a_required_column_is_told_its_likeliest_ledger(store):
    """Where no ledger is recognised the sentence names the one that most headings are of."""
    (file,) = check_pending(store, pending_file(1, "运行.csv", "日期,进水量,用电量,运行时数\n2014-01-01,1,1,1\n"))
    assert "表头最像“厂站日运行”" in file.checked.refused.zh


def test_a_missing_column_may_be_given_but_not_the_one_that_tells_rows_apart(store):
    """The project of households can be the same for all of them, their code cannot."""
    files = (pending_file(1, "户.csv", f"{heading},房屋用途\nH-1,住宅\n", "household") for heading in ("户编号", "号"))
    assert [file.checked.missing for file in check_pending(store, *files)] == [("project_id",), ("project_id",)]


def test_another_ledger_forgets_what_was_given_by_hand(store):
    """Constants and replacements are of the ledger that they were given for."""
    file = pending_file(1, "户.csv", "户编号\nH-1\n", "household", constants=(("project_id", "D"),))
    file.set_options(replacements=(("village_id", "胡家", "V-1"),))
    file.mean("agreement")
    assert file.request.options == Options()


def test_headings_to_place_by_hand_are_those_that_are_unknown(store):
    """Where a required column is missing, the clerk is asked about the headings that no column goes by."""
    (file,) = check_pending(
        store, pending_file(1, "村.csv", "编号,村社名称,住了几口人\nV-1,示例一村,12\n", ledger="village")
    )
    assert file.checked.headings == ("编号", "住了几口人")


def test_a_heading_placed_by_hand_is_loaded(store):
    """With the unknown headings placed, the file can be committed."""
    mapping = (("编号", "village_id"), ("住了几口人", "population"))
    content = "编号,村社名称,住了几口人\nV-1,示例一村,12\n"
    (file,) = check_pending(store, pending_file(1, "村.csv", content, ledger="village", mapping=mapping))
    assert file.checked.report.columns["住了几口人"] == "population"
    assert file.checked.is_ready


def test_a_column_that_stands_twice_can_be_left_out(store):
    """Of two headings for one column the clerk is asked about all, so that one of them can be left out."""
    (file,) = check_pending(
        store, pending_file(1, "村.csv", "村社编码,村编码,村社名称\nV-1,V-1,示例一村\n", ledger="village")
    )
    assert file.checked.headings == ("村社编码", "村编码", "村社名称")


def test_parents_go_in_before_their_children(store):
    """A child that is refused for parents in another file of the tray goes in after them, in one go."""
    files = check_pending(store, pending_file(1, "节水.csv", SAVING), pending_file(2, "村.csv", VILLAGES))
    child, parent = files
    assert pending_files.parents_first_files(files) == [parent, child]
    assert not child.checked.is_ready
    assert commit.waits_for_parents(child, files)
    assert not commit.waits_for_parents(child, [child])
    outcomes = upload_tasks.commit_files(store, pending_files.parents_first_files(files), WHO, silent_job())
    assert [o.report.batch for o in outcomes] == [1, 2]


def test_a_child_with_other_mistakes_does_not_wait(store):
    """A file that has a mistake of its own is not committed with its parents."""
    files = check_pending(
        store, pending_file(1, "节水.csv", SAVING.replace("2014-07-05", "昨天")), pending_file(2, "村.csv", VILLAGES)
    )
    assert not commit.waits_for_parents(files[0], files)


def test_the_rest_of_a_partial_commit_is_kept_as_a_file(store):
    """Committing the good rows leaves the refused ones in a file that names what is wrong."""
    content = VILLAGES + "V-2,示例二村,很多\n"
    (file,) = check_pending(store, pending_file(1, "村.csv", content, partial=True))
    (outcome,) = upload_tasks.commit_files(store, [file], WHO, silent_job())
    assert outcome.is_committed
    rest = outcome.rest.decode("utf-8-sig")
    assert "很多" in rest
    assert "V-1" not in rest


def test_cancelling_keeps_what_was_committed_before(store):
    """Of two files the first is in and the second is told to be cancelled when the clerk stops in between."""
    files = check_pending(
        store, pending_file(1, "a.csv", VILLAGES), pending_file(2, "b.csv", VILLAGES.replace("V-1", "V-2"))
    )
    stopped = silent_job()
    assert stopped.is_over(within=10)
    first = upload_tasks.commit_files(store, files[:1], WHO, stopped)
    stopped.cancel()
    (second,) = upload_tasks.commit_files(store, files[1:], WHO, stopped)
    assert first[0].is_committed
    assert second.refused == Cancelled().text
    with store.read() as con:
        assert con.execute("SELECT village_id FROM village").fetchall() == [("V-1",)]


def test_what_was_not_shown_is_not_committed(store):
    """Two clerks are both shown one new row for one key: the second is not in, is told so and shown the change."""
    (first,), (second,) = (
        check_pending(store, pending_file(1, "村.csv", VILLAGES.replace("120", people))) for people in ("120", "130")
    )
    assert first.checked.report.counts == second.checked.report.counts == Counts(inserted=1)
    assert upload_tasks.commit_files(store, [first], WHO, silent_job())[0].is_committed
    (late,) = upload_tasks.commit_files(store, [second], WHO, silent_job())
    assert not late.is_committed
    assert late.refused == upload_phrases.OVERTAKEN.fill(file="村.csv")
    assert late.report.counts == Counts(updated=1)
    with store.read() as con:
        assert con.execute("SELECT population FROM village").fetchall() == [(120,)]
    check_pending(store, second)
    assert upload_tasks.commit_files(store, [second], WHO, silent_job())[0].is_committed


def test_a_corrected_file_takes_the_place_of_the_old_one():
    """A file of the same name replaces the old one and keeps the choices, but not how the old one was read."""
    old = pending_file(1, "村.csv", VILLAGES, year=2014, reading=ReadOptions(encoding="gb18030"))
    other = pending_file(2, "别的.csv", VILLAGES)
    held = pending_files.add_received_file([old, other], reader.make_upload("村.csv", b"corrected"), "village")
    assert [s.name for s in held] == ["别的.csv", "村.csv"]
    assert held[1].request.file.raw == b"corrected"
    assert held[1].request.options == Options(year=2014)
    assert held[1].number not in (1, 2)


@pytest.mark.parametrize(
    ("change", "is_pending"),
    [
        (lambda file: None, False),
        (lambda file: file.set_options(year=2015), True),
        (lambda file: file.set_reading_options(encoding="big5"), True),
    ],
    ids=["nothing", "year", "reading"],
)
def test_a_file_is_checked_again_when_something_else_is_asked(store, change, is_pending):
    """What was checked is checked again only as other choices are made."""
    (file,) = check_pending(store, pending_file(1, "村.csv", VILLAGES))
    change(file)
    assert file.is_pending(0) is is_pending


def test_a_file_is_checked_again_when_the_ledgers_have_changed(store):
    """A commit of somebody else makes a report old, but does not wake up a check that the clerk has stopped."""
    (file,) = check_pending(store, pending_file(1, "村.csv", VILLAGES))
    assert file.is_pending(1)
    file.checked = pending_files.stopped_check(file, 0, Cancelled().text)
    assert not file.is_pending(1)


def test_every_ledger_leads_to_a_page_of_charts():
    """After a commit the clerk is led to a page of figures, of water to the one that shows the ledger itself."""
    assert all(chart_links.chart_page(dataset).shows_figures for dataset in DATASETS.values())
    assert chart_links.chart_page(DATASETS["patrol"]).file == "water/chiefs.py"
    assert {n for each in all_pages() for n in each.page.ledgers} <= set(DATASETS)
