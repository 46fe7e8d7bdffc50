"""Whether the ledgers, their older versions, the book of batches and the kept files agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import DamagedOriginal
from data.ingest import originals, photo_files
from data.ingest.reading import photo
from data.ledger_state import ledger_states, scanned_state
from data.schema import older_versions_sql, quote_ident, quote_literal, undo_table
from data.text import Text, untranslated

STATEMENTS = {
    "lock": Text("锁行应有 1 行，现有 {rows} 行", "The lock should have 1 row and has {rows}"),
    "numbers": Text("批次簿里有 {rows} 个批次号重复", "{rows} batch numbers stand twice in the book"),
    "submissions": Text(
        "有 {rows} 次提交只撤销了一部分，或批次簿里没有它的第一个批次",
        "{rows} submissions are undone in part only, or the book lacks their first batch",
    ),
    "keys": Text("“{ledger}”有 {rows} 个键重复", "{rows} keys stand twice in “{ledger}”"),
    "unknown": Text(
        "“{ledger}”有 {rows} 行（含旧版本）属于批次簿里没有或已经撤销的批次",
        "{rows} rows of “{ledger}”, older versions included, are of batches that the book lacks or that were undone",
    ),
    "chain": Text(
        "“{ledger}”有 {rows} 行的旧版本接不上后来的版本", "{rows} older versions of “{ledger}” do not lead to the next"
    ),
    "orphans": Text(
        "“{ledger}”有 {rows} 行所属的“{parent}”不存在", "{rows} rows of “{ledger}” name a “{parent}” that is not there"
    ),
    "counts": Text(
        "批次 {batch}：批次簿记新增 {inserted}、更新 {updated}、删除 {deleted}，"
        "台账里是 {rows_inserted}、{rows_updated}、{rows_deleted}",
        "Batch {batch}: the book says {inserted} inserted, {updated} updated, {deleted} deleted, the ledger "
        "{rows_inserted}, {rows_updated}, {rows_deleted}",
    ),
    "states": Text(
        "状态表里“{ledger}”应有 1 行，现有 {rows} 行",
        "The table of states should have 1 row for “{ledger}” and has {rows}",
    ),
    "state": Text(
        "状态表记“{ledger}”的{item}：{told}，台账里是：{found}",
        "The table of states says of “{ledger}”, {item}: {told}; the ledger says: {found}",
    ),
    "original": Text("批次 {batch} 的原始文件损坏", "The uploaded file of batch {batch} is damaged"),
    "lost_batch": Text(
        "存有 {day} 提交的批次 {batch} 的原始文件，批次簿里却没有这一批：数据库丢了提交过的数据，请恢复备份或重新载入",
        "The file of batch {batch}, committed on {day}, is kept, and the book lacks the batch: the database lost what "
        "was committed. Restore a backup, or load that file again",
    ),
    "no_originals": Text(
        "原始文件夹“{path}”不见了或已清空，而批次簿里有 {rows} 个批次",
        "The folder of uploaded files, “{path}”, is gone or empty, and the book has {rows} batches",
    ),
    "no_photos": Text(
        "“照片”台账登记的照片有 {rows} 张文件不见了，如“{name}”：请恢复文件夹“{path}”，或重新上传这些照片",
        "Of the photos that the ledger names {rows} files are missing, such as “{name}”: restore the folder “{path}”, "
        "or upload these photos again",
    ),
    "photo": Text("照片“{name}”的文件损坏，请重新上传", "The file of the photo “{name}” is damaged; upload it again"),
    "no_original": Text("批次 {batch} 的原始文件不见了", "The uploaded file of batch {batch} is missing"),
}
STATE_ITEMS = {
    "rows": Text("行数", "rows"),
    "newest": Text("最新日期", "newest date"),
    "first_batch": Text("最早批次", "first batch"),
    "last_batch": Text("最新批次", "last batch"),
    "is_sample": Text("有无示例", "any sample rows"),
}
NO_VALUE, IS_SO, IS_NOT_SO = Text("无", "none"), Text("有", "yes"), Text("无", "no")
BATCHES_OF_TABLES = f"SELECT batch_id FROM batch WHERE encoding IS DISTINCT FROM {quote_literal(photo.KIND)}"
BATCHES_IN_FORCE = "SELECT batch_id FROM batch WHERE undone_at IS NULL"


def _count_query(con: Connection, query: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM ({query}) AS found").fetchall()[0][0])


def _statement_if_any(statement: str, rows: int, **blanks: object) -> Iterator[Text]:
    """Yield a statement about some rows, if there are any."""
    if rows:
        yield STATEMENTS[statement].fill(rows=rows, **blanks)


def _key_list(dataset: Dataset) -> str:
    return ", ".join(quote_ident(k) for k in dataset.key)


def _batch_log_errors(con: Connection) -> Iterator[Text]:
    rows = _count_query(con, "SELECT n FROM store_lock")
    yield from _statement_if_any("lock", rows if rows != 1 else 0)
    yield from _statement_if_any(
        "numbers", _count_query(con, "SELECT batch_id FROM batch GROUP BY batch_id HAVING count(*) > 1")
    )
    undone = "count(undone_at) NOT IN (0, count(*))"
    torn = f"SELECT 1 FROM batch GROUP BY submission HAVING {undone} OR min(batch_id) IS DISTINCT FROM submission"
    yield from _statement_if_any("submissions", _count_query(con, torn))


def _repeated_keys(con: Connection, dataset: Dataset) -> Iterator[Text]:
    query = f"SELECT 1 FROM {quote_ident(dataset.name)} GROUP BY {_key_list(dataset)} HAVING count(*) > 1"
    yield from _statement_if_any("keys", _count_query(con, query), ledger=dataset.label)


def _rows_of_no_batch(con: Connection, dataset: Dataset) -> Iterator[Text]:
    ledger, old = quote_ident(dataset.name), quote_ident(undo_table(dataset))
    numbers = (
        f"SELECT batch_id FROM {ledger} UNION ALL SELECT batch_id FROM {old} UNION ALL SELECT undo_batch FROM {old}"
    )
    strange = f"SELECT 1 FROM ({numbers}) AS n WHERE coalesce(batch_id, -1) NOT IN ({BATCHES_IN_FORCE})"
    yield from _statement_if_any("unknown", _count_query(con, strange), ledger=dataset.label)


def _broken_chains(con: Connection, dataset: Dataset) -> Iterator[Text]:
    """An updated version must end where the next begins, a deleted one before; the row of the ledger is the last."""
    keys, ledger, old = _key_list(dataset), quote_ident(dataset.name), older_versions_sql(dataset)
    versions = (
        f"SELECT {keys}, batch_id, undo_batch, undo_action FROM {old} UNION ALL SELECT {keys}, batch_id, NULL, NULL "
        f"FROM {ledger} SEMI JOIN (SELECT {keys} FROM {old}) AS k USING ({keys})"
    )
    followed = (
        f"SELECT *, lead(batch_id) OVER (PARTITION BY {keys} ORDER BY batch_id) AS following FROM ({versions}) AS v"
    )
    broken = (
        "undo_batch <= batch_id OR CASE undo_action WHEN 'update' THEN following IS DISTINCT FROM undo_batch "
        "WHEN 'delete' THEN following <= undo_batch ELSE following IS NOT NULL END"
    )
    yield from _statement_if_any(
        "chain", _count_query(con, f"SELECT 1 FROM ({followed}) AS f WHERE {broken}"), ledger=dataset.label
    )


def _orphaned_rows(con: Connection, dataset: Dataset) -> Iterator[Text]:
    for column in (c for c in dataset.columns if c.references):
        parent, name = DATASETS[column.references], quote_ident(column.name)
        known = f"SELECT {quote_ident(parent.key[0])} FROM {quote_ident(parent.name)}"
        query = f"SELECT 1 FROM {quote_ident(dataset.name)} WHERE {name} IS NOT NULL AND {name} NOT IN ({known})"
        yield from _statement_if_any("orphans", _count_query(con, query), ledger=dataset.label, parent=parent.label)


def _wrong_counts(con: Connection, dataset: Dataset) -> Iterator[Text]:
    """Hold the book's counts to the rows; a batch above an undone one of the ledger may have lost some rows to that."""
    ledger, old = quote_ident(dataset.name), quote_ident(undo_table(dataset))
    written = (
        f"SELECT batch_id, 1 AS written, 0 AS updated, 0 AS deleted FROM {ledger} "
        f"UNION ALL SELECT batch_id, 1, 0, 0 FROM {old} UNION ALL SELECT undo_batch, 0, "
        f"CAST(undo_action = 'update' AS INTEGER), CAST(undo_action = 'delete' AS INTEGER) FROM {old}"
    )
    touching = [
        d.name
        for d in DATASETS.values()
        if d is dataset or d.history_ledger == dataset.name or any(c.references == dataset.name for c in d.columns)
    ]
    undone = "SELECT min(batch_id) FROM batch WHERE undone_at IS NOT NULL AND dataset IN (SELECT unnest(?))"
    found = con.execute(
        f"SELECT b.batch_id, b.inserted, b.updated, b.deleted, coalesce(sum(w.written - w.updated), 0), "
        f"coalesce(sum(w.updated), 0), coalesce(sum(w.deleted), 0), "
        f"coalesce(b.batch_id > ({undone}), false) AS is_above_undone "
        f"FROM batch b LEFT JOIN ({written}) w USING (batch_id) WHERE b.dataset = ? AND b.undone_at IS NULL "
        f"GROUP BY ALL ORDER BY b.batch_id",
        [touching, dataset.name],
    ).fetchall()
    for batch, *booked, inserted, updated, deleted, is_above_undone in found:
        told = dict(zip(("inserted", "updated", "deleted"), booked, strict=True))
        is_right = [inserted, updated, deleted] == booked
        is_less = inserted + updated <= sum(booked[:2]) and deleted <= booked[2]
        if not (is_right or (is_above_undone and is_less)):
            rows = {"rows_inserted": inserted, "rows_updated": updated, "rows_deleted": deleted}
            yield STATEMENTS["counts"].fill(batch=batch, **told, **rows)


def _wrong_state(con: Connection, dataset: Dataset) -> Iterator[Text]:
    """Hold what every page is told of a ledger to its rows."""
    rows = _count_query(con, f"SELECT 1 FROM ledger_state WHERE dataset = {quote_literal(dataset.name)}")
    if rows != 1:
        yield STATEMENTS["states"].fill(ledger=dataset.label, rows=rows)
        return
    told = ledger_states(con)[dataset.name]
    found = scanned_state(con, dataset, told.version)
    for name, item in STATE_ITEMS.items():
        values = getattr(told, name), getattr(found, name)
        if values[0] != values[1]:
            shown = dict(zip(("told", "found"), map(_state_value, values), strict=True))
            yield STATEMENTS["state"].fill(ledger=dataset.label, item=item, **shown)


def _state_value(value: int | date | bool | None) -> Text:
    if isinstance(value, bool):
        return IS_SO if value else IS_NOT_SO
    return NO_VALUE if value is None else untranslated(str(value))


def _damaged_originals(con: Connection) -> Iterator[Text]:
    """Read every file that is kept; of two batches the older one's goes first, so a younger one's must be there."""
    is_older_kept = False
    for (batch,) in con.execute(f"{BATCHES_OF_TABLES} ORDER BY batch_id").fetchall():
        try:
            kept = originals.read_original(con, batch)
        except DamagedOriginal:
            yield STATEMENTS["original"].fill(batch=batch)
            continue
        if kept is None and is_older_kept:
            yield STATEMENTS["no_original"].fill(batch=batch)
        is_older_kept = is_older_kept or kept is not None


def lost_files_and_batches(con: Connection) -> Iterator[Text]:
    """Say which batches the book lacks, as the kept files tell, and that no file is kept any more: soon read off."""
    for batch, day in originals.batches_without_book(con):
        yield STATEMENTS["lost_batch"].fill(batch=batch, day=day)
    yield from _missing_photos(con)
    place, batches = originals.originals_folder(con), _count_query(con, BATCHES_OF_TABLES)
    if place and batches and originals.keep_days() is None and not any(place.glob("*.zst*")):
        yield STATEMENTS["no_originals"].fill(path=place, rows=batches)


def _missing_photos(con: Connection) -> Iterator[Text]:
    missing = list(photo_files.missing_photos(con))
    folder = photo_files.photos_folder(con)
    yield from _statement_if_any("no_photos", len(missing), name=next(iter(missing), ""), path=folder)


def _damaged_photos(con: Connection) -> Iterator[Text]:
    return (STATEMENTS["photo"].fill(name=name) for name in photo_files.damaged_photos(con))


def integrity_errors(con: Connection) -> list[Text]:
    """Return a statement for everything that does not agree; none if the database is whole."""
    checks = (_repeated_keys, _rows_of_no_batch, _broken_chains, _orphaned_rows, _wrong_counts, _wrong_state)
    ledgers = [said for dataset in DATASETS.values() for check in checks for said in check(con, dataset)]
    return [
        *_batch_log_errors(con),
        *ledgers,
        *_damaged_originals(con),
        *_damaged_photos(con),
        *lost_files_and_batches(con),
    ]
