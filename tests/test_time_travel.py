"""Every ledger as it stood after a batch, under its own name: figures of then by the SQL of now."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.metrics import METRICS
from data.errors import UnknownBatch
from data.ingest import batch_log, time_travel
from data.ledger_state import ledger_states
from data.schema import quote_ident
from data.store import Store, open_store
from tests.metric_helpers import load_without_errors
from tests.property_settings import example_count
from tests.test_versions import load_rows, undo_one_batch

pytestmark = pytest.mark.slow
LEDGERS = ("village", "river", "section", "reading")


def seen_rows(con) -> dict[str, list]:
    return {name: con.execute(f"FROM {quote_ident(name)} ORDER BY ALL").fetchall() for name in (*LEDGERS, "batch")}


def rows_of_ledgers(store: Store) -> dict[str, list]:
    with store.read() as con:
        return seen_rows(con)


@pytest.mark.quick
def test_a_ledger_reads_as_it_stood_and_then_as_it_stands(store):
    """Inserted, replaced and deleted rows are as after the first batch inside the block, and as they stand after it."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    before = rows_of_ledgers(store)
    load_rows(store, "village", {"V-2": 5, "V-3": 1}, mode="replace")
    with store.read() as con:
        now = seen_rows(con)
        with time_travel.ledgers_after_batch(con, first):
            assert seen_rows(con) == before
            assert time_travel.seen_after_batch(con) == first
            assert con.execute("SELECT count(*) FROM undo_village").fetchall() == [(0,)]
            with store.read() as other:
                assert seen_rows(other) == now
        assert seen_rows(con) == now
        assert time_travel.seen_after_batch(con) is None


@pytest.mark.quick
def test_one_may_go_back_further_and_return(store):
    """A block within a block shows what stood earlier, and its end what the outer one showed; never what came later."""
    first, second, third = (load_rows(store, "village", {"V-1": n}) for n in (1, 2, 3))
    with store.read() as con:
        ask = "SELECT population FROM village"
        with time_travel.ledgers_after_batch(con, second):
            with time_travel.ledgers_after_batch(con, first):
                assert con.execute(ask).fetchall() == [(1,)]
            assert con.execute(ask).fetchall() == [(2,)]
            with pytest.raises(UnknownBatch), time_travel.ledgers_after_batch(con, third):
                pass
        assert con.execute(ask).fetchall() == [(3,)]


@pytest.mark.quick
def test_a_failure_inside_leads_back_too(store):
    """What is raised inside the block leaves the cursor with the ledgers as they stand."""
    first, _ = (load_rows(store, "village", {"V-1": n}) for n in (1, 2))
    with store.read() as con:
        with pytest.raises(ZeroDivisionError), time_travel.ledgers_after_batch(con, first):
            raise ZeroDivisionError
        assert con.execute("SELECT population FROM village").fetchall() == [(2,)]


def test_a_metric_of_then_is_what_it_was(store):
    """A metric after a batch gives the rows, the day and the newest date that it gave when that batch was the last."""
    metric, given_then = METRICS["saving_coverage"], []
    load_without_errors(store, "village", "村社编码,村社名称\nV1,一村\nV2,二村\nV3,三村")
    for line in ("A,2014-02-01,V1,宣传活动", "B,2014-03-01,V2,宣传活动", "B,2014-04-01,V1,宣传活动"):
        load_without_errors(store, "saving_activity", f"活动编码,活动日期,所在村社,活动类型\n{line}")
        with store.read() as con:
            batch = batch_log.next_batch(con) - 1
            given_then.append((batch, metric.compute(con)))
    with store.read() as con:
        for batch, then in given_then:
            with time_travel.ledgers_after_batch(con, batch):
                found = metric.compute(con)
            assert (found.as_of, found.newest) == (then.as_of, then.newest)
            assert found.rows.equals(then.rows)
    assert len({str(then.rows) for _, then in given_then}) == len(given_then)


@given(st.randoms(use_true_random=False))
@example_count(5)
def test_any_state_reads_as_it_was(random: Random):
    """After any sequence of updates and replacements each earlier state is read as it was, states included."""
    with open_store(":memory:") as store:
        seen = []
        for step in range(random.randint(2, 5)):
            rows = {f"V-{random.randint(1, 4)}": random.randint(1, 3) for _ in range(random.randint(1, 4))}
            rows["V-0"] = step  # no file comes twice
            batch = load_rows(store, "village", rows, mode=random.choice(["upsert", "replace"]))
            with store.read() as con:
                seen.append((batch, seen_rows(con), ledger_states(con)["village"]))
        found: dict[int, list] = {}
        with store.read() as con:
            for batch, rows_then, state in seen:
                with time_travel.ledgers_after_batch(con, batch):
                    assert seen_rows(con) == rows_then
                    version = ledger_states(con)["village"].version
                    assert replace(ledger_states(con)["village"], version=state.version) == state
                assert found.setdefault(version, rows_then["village"]) == rows_then["village"]


def test_an_undone_batch_never_counts(store):
    """After an undone batch the ledgers are as without it, which is all that is still known of it."""
    load_rows(store, "village", {"V-1": 1})
    undone, last = load_rows(store, "village", {"V-1": 2}), load_rows(store, "village", {"V-2": 3})
    undo_one_batch(store, undone)
    with store.read() as con, time_travel.ledgers_after_batch(con, undone):
        assert con.execute("SELECT village_id, population FROM village").fetchall() == [("V-1", 1)]
        assert time_travel.changed_ledgers(con, undone) == ["village"]
        assert time_travel.changed_ledgers(con, last) == []
