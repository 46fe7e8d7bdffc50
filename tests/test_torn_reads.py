"""The commit gate: nobody sees half of a large batch."""

import pytest

from tests.fault_injection import torn_reads

COMMITS = 30


@pytest.mark.slow
def test_no_read_sees_half_of_a_batch(tmp_path):
    """While batches of 200,000 new and 50,000 changed rows are committed, four readers never see a torn one."""
    counts = torn_reads.commits_under_readers(tmp_path, COMMITS)
    assert [seen["torn"] for seen in counts] == [0] * torn_reads.READERS
    assert all(seen["whole"] > 0 for seen in counts)
