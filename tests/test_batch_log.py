"""The book: what a batch leaves in it, what it remembers, and when a ledger counts as changed."""

from itertools import pairwise
from operator import ne
from typing import Any

import pytest

from data.datasets import DATASETS
from data.ingest import batch_log, loader
from data.ingest.batch_log import Who
from data.ingest.loader import Options
from data.ingest.reading import reader
from data.store import Store

VILLAGE = DATASETS["village"]
READING = "断面,监测时间,监测项目,监测值\n断面甲,2021-04-01,DO,8\n"


def load_lines(store: Store, lines: str, dataset: str = "village", **options: Any) -> int | None:
    file = reader.make_upload("台账.csv", lines.encode())
    return loader.load_file(store, DATASETS[dataset], file, Who("测试员", origin="web"), Options(**options)).batch


def village_csv(*codes: str) -> str:
    return "村社编码,村社名称\n" + "".join(f"{code},{code}村\n" for code in codes)


def three_ledger_versions(store: Store) -> tuple[int, ...]:
    with store.read() as con:
        return batch_log.ledger_versions(con, ["village", "section", "reading"])


def touch_and_fail(store: Store) -> None:
    with store.scratch() as con, store.write(con):
        batch_log.mark_changed(con, [VILLAGE])
        raise ZeroDivisionError


def test_a_batch_tells_what_it_deleted_and_where_it_came_from(store):
    """The log holds the mode of a load, the rows that it deleted and the loader through which it came."""
    load_lines(store, village_csv("V-1", "V-2"))
    load_lines(store, village_csv("V-1"), mode="replace")
    with store.read() as con:
        told = [(b["mode"], b["deleted"], b["origin"], b["sheet"]) for b in batch_log.recent_batches(con)]
    assert told == [("replace", 1, "web", ""), ("upsert", 0, "web", "")]


def test_the_batches_behind_a_row_are_those_with_rows_that_bear_its_code(store):
    """One of another village is behind all villages, not behind this one; a ledger without the code counts whole."""
    first, second = (load_lines(store, village_csv(code)) for code in ("V-1", "V-2"))

    def found(ledger: str, codes: dict[str, str]) -> list[object]:
        with store.read() as con:
            return [batch["batch_id"] for batch in batch_log.batches_in_force(con, [ledger], codes)]

    assert found("village", {}) == found("village", {"month": "2014-05"}) == [second, first]
    assert found("village", {"village_id": "V-1"}) == [first]


def test_the_same_file_is_known_until_it_is_undone(store):
    """The bytes of a file lead to the newest batch that loaded them into this ledger, undone ones left out."""

    def known(lines: str, dataset: str = "village") -> int | None:
        with store.read() as con:
            return batch_log.batch_of_same_file(con, DATASETS[dataset], reader.make_upload("x", lines.encode()).sha256)

    assert known(village_csv("V-1")) is None
    load_lines(store, village_csv("V-1"))
    load_lines(store, village_csv("V-1", "V-2"))
    assert (known(village_csv("V-1")), known(village_csv("V-1"), "river")) == (1, None)
    loader.undo_batch(store, 1, Who("测试员"))
    assert known(village_csv("V-1")) is None


def test_a_ledger_changes_with_its_loads_and_undos_only(store):
    """A load or an undo changes the state of the ledgers that it touches, and leaves that of the others as it is."""
    seen = [three_ledger_versions(store)]
    batch = load_lines(store, READING, "reading", register=True)
    seen.append(three_ledger_versions(store))
    assert batch is not None
    load_lines(store, village_csv("V-1"))
    seen.append(three_ledger_versions(store))
    loader.undo_batch(store, batch, Who("测试员"))
    seen.append(three_ledger_versions(store))
    changed = [tuple(map(ne, old, new)) for old, new in pairwise(seen)]
    assert changed == [(False, True, True), (True, False, False), (False, True, True)]


def test_nothing_written_is_no_change(store):
    """A check, a file that says nothing new and a write that fails leave the state of every ledger."""
    load_lines(store, village_csv("V-1"))
    before = three_ledger_versions(store)
    loader.check_file(store, VILLAGE, reader.make_upload("台账.csv", village_csv("V-2").encode()))
    load_lines(store, village_csv("V-1"))
    with pytest.raises(ZeroDivisionError):
        touch_and_fail(store)
    assert three_ledger_versions(store) == before


def test_a_mapping_is_remembered_for_its_ledger_and_header(store):
    """What was mapped by hand is known again for the same header of the same ledger, and the last one counts."""
    river = DATASETS["river"]
    with store.scratch() as con, store.write(con):
        batch_log.save_mapping(con, VILLAGE, "header", {"人数": "population", "备注": ""})
        batch_log.save_mapping(con, river, "header", {"人数": "length"})
        assert batch_log.saved_mapping(con, VILLAGE, "header") == {"人数": "population", "备注": ""}
        batch_log.save_mapping(con, VILLAGE, "header", {"户数": "households"})
    with store.read() as con:
        assert batch_log.saved_mapping(con, VILLAGE, "header") == {"户数": "households"}
        assert batch_log.saved_mapping(con, VILLAGE, "another") == {}
        assert batch_log.saved_mapping(con, river, "header") == {"人数": "length"}
