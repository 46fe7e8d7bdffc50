"""Work beside the pages: it tells how far it is, can be stopped, and does not outlive the page that asked for it."""

import threading

import pytest

from data.errors import Cancelled, EmptyFile
from ui.jobs import MAX_WORKERS, Job, stop_all_jobs


def step_until_stopped(job: Job) -> int:
    """Go on step after step until the job is told to stop."""
    count = 0
    while True:
        count += 1
        job("checking", count, 0)


def test_a_job_returns_what_its_work_returns():
    """Work that has ended gives its result, as often as it is asked for."""
    job = Job(lambda job: 42)
    assert job.is_over(within=10)
    assert (job.result(), job.result()) == (42, 42)


def test_a_job_raises_what_its_work_raises():
    """A failure of the work is the failure of the one who asks for its result."""

    def fails(job: Job) -> None:
        raise EmptyFile(name="a.csv")

    job = Job(fails)
    assert job.is_over(within=10)
    with pytest.raises(EmptyFile):
        job.result()


def test_a_job_tells_its_stage_and_rows():
    """While the work waits at 40 of 100 rows, the page reads just that."""
    told, goes_on = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job("reading", 40, 100)
        told.set()
        goes_on.wait(10)

    job = Job(work)
    assert told.wait(10)
    assert not job.is_over()
    assert job.at == ("reading", 40, 100)
    goes_on.set()
    assert job.is_over(within=10)


def test_a_cancelled_job_stops_at_its_next_step():
    """Cancelling ends work that would go on for ever."""
    job = Job(step_until_stopped)
    job.cancel()
    assert job.is_over(within=10)
    assert job.is_cancelled
    with pytest.raises(Cancelled):
        job.result()


def test_a_job_that_nobody_looks_at_ends_itself():
    """When the page is closed, the work stops by itself, and it was not the clerk who stopped it."""
    ended = threading.Event()

    def work(job: Job) -> None:
        try:
            step_until_stopped(job)
        finally:
            ended.set()

    job = Job(work, patience=0.05)
    assert ended.wait(10)
    assert not job.is_cancelled
    with pytest.raises(Cancelled):
        job.result()


def test_the_bar_never_runs_backwards():
    """From stage to stage and row to row the share grows, from 0 to 1 at most."""
    job = Job(lambda job: None)
    seen = []
    for at in [("waiting", 0, 0), ("reading", 0, 9), ("reading", 9, 9), ("checking", 5, 9), ("comparing", 0, 0)]:
        job.at = at
        seen.append(job.share)
    job.at = ("writing", 9, 9)
    assert [*seen, job.share] == sorted({*seen, 1.0})


def test_a_server_that_ends_stops_all_jobs():
    """Before the database is closed, work that runs and work that waits for its turn is stopped."""
    many = [Job(step_until_stopped) for _ in range(MAX_WORKERS + 2)]
    stop_all_jobs()
    assert all(job.is_over() for job in many)


def test_a_failure_can_be_asked_for_without_being_raised():
    """A page that must go on asks what went wrong instead of failing itself."""
    job = Job(lambda job: 1 / 0)
    assert job.is_over(within=10)
    assert isinstance(job.failure(), ZeroDivisionError)
