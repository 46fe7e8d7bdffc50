"""The book: what a batch leaves in it, what it remembers, and when a ledger counts as changed."""

from itertools import pairwise
from operator import ne

import pytest

from data.datasets import DATASETS
from data.ingest import batch_log, loader
from data.ingest.batch_log import Who
from data.ingest.loader import Options
from data.ingest.reading import reader
from data.store import Store

VILLAGE = DATASETS["village"]
READING = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-01,DO,8\n"


def load(store: Store, lines: str, dataset: str = "village", **options: object) -> int | None:
    file = reader.upload("台账.csv", lines.encode())
    return loader.load(store, DATASETS[dataset], file, Who("测试员", origin="web"), Options(**options)).batch


def villages(*codes: str) -> str:
    return "村社编码,村社名称\n" + "".join(f"{code},{code}村\n" for code in codes)


def states(store: Store) -> tuple[int, ...]:
    with store.read() as con:
        return batch_log.ledger_state(con, ["village", "section", "reading"])


def touch_and_fail(store: Store) -> None:
    with store.scratch() as con, store.write(con):
        batch_log.touch(con, [VILLAGE])
        raise ZeroDivisionError


def test_a_batch_tells_what_it_deleted_and_where_it_came_from(store):
    """The book holds the mode of a load, the rows that it deleted and the door through which it came."""
    load(store, villages("V-1", "V-2"))
    load(store, villages("V-1"), mode="replace")
    with store.read() as con:
        told = [(b["mode"], b["deleted"], b["origin"], b["sheet"]) for b in batch_log.history(con)]
    assert told == [("replace", 1, "web", ""), ("upsert", 0, "web", "")]


def test_the_same_file_is_known_until_it_is_undone(store):
    """The bytes of a file lead to the newest batch that loaded them into this ledger, undone ones left out."""

    def known(lines: str, dataset: str = "village") -> int | None:
        with store.read() as con:
            return batch_log.same_file(con, DATASETS[dataset], reader.upload("x", lines.encode()).sha256)

    assert known(villages("V-1")) is None
    load(store, villages("V-1"))
    load(store, villages("V-1", "V-2"))
    assert (known(villages("V-1")), known(villages("V-1"), "river")) == (1, None)
    loader.undo(store, 1, Who("测试员"))
    assert known(villages("V-1")) is None


def test_a_ledger_changes_with_its_loads_and_undos_only(store):
    """A load or an undo changes the state of the ledgers that it touches, and leaves that of the others as it is."""
    seen = [states(store)]
    batch = load(store, READING, "reading", register=True)
    seen.append(states(store))
    load(store, villages("V-1"))
    seen.append(states(store))
    loader.undo(store, batch, Who("测试员"))
    seen.append(states(store))
    changed = [tuple(map(ne, old, new)) for old, new in pairwise(seen)]
    assert changed == [(False, True, True), (True, False, False), (False, True, True)]


def test_nothing_written_is_no_change(store):
    """A check, a file that says nothing new and a write that fails leave the state of every ledger."""
    load(store, villages("V-1"))
    before = states(store)
    loader.check(store, VILLAGE, reader.upload("台账.csv", villages("V-2").encode()))
    load(store, villages("V-1"))
    with pytest.raises(ZeroDivisionError):
        touch_and_fail(store)
    assert states(store) == before


def test_a_mapping_is_remembered_for_its_ledger_and_header(store):
    """What was mapped by hand is known again for the same header of the same ledger, and the last one counts."""
    river = DATASETS["river"]
    with store.scratch() as con, store.write(con):
        batch_log.remember(con, VILLAGE, "header", {"人数": "population", "备注": ""})
        batch_log.remember(con, river, "header", {"人数": "length"})
        assert batch_log.remembered(con, VILLAGE, "header") == {"人数": "population", "备注": ""}
        batch_log.remember(con, VILLAGE, "header", {"户数": "households"})
    with store.read() as con:
        assert batch_log.remembered(con, VILLAGE, "header") == {"户数": "households"}
        assert batch_log.remembered(con, VILLAGE, "another") == {}
        assert batch_log.remembered(con, river, "header") == {"人数": "length"}
