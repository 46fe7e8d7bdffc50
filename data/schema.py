"""The tables: ledgers from the registry, the books of the house, and the forward migrations between versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data import standards
from data.datasets import DATASETS, Dataset
from data.standards.thresholds import every_version

BATCH_COLUMNS = """
    batch_id BIGINT NOT NULL, dataset VARCHAR NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL, encoding VARCHAR, layout VARCHAR, rows BIGINT, inserted BIGINT, updated BIGINT,
    unchanged BIGINT, rejected BIGINT, is_sample BOOLEAN NOT NULL, loaded_by VARCHAR, loaded_at TIMESTAMP,
    undone_by VARCHAR, undone_at TIMESTAMP
"""
KEY_SEPARATOR = " · "


def quote_ident(name: str) -> str:
    """Return an identifier of the registry, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_literal(value: str) -> str:
    """Return a word of the registry as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def table_columns(con: Connection) -> dict[str, set[str]]:
    """Return the columns of every table there is."""
    present: dict[str, set[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        present.setdefault(table, set()).add(column)
    return present


def _table_names(con: Connection) -> set[str]:
    """Return the names of the tables; asking for their columns takes ten times as long."""
    return {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()}


def undo_table(dataset: Dataset) -> str:
    return f"undo_{dataset.name}"


def row_key_column(name: str) -> str:
    """Return the column of an undo table that keeps what a column of the key became, where versions differ in it."""
    return f"row_{name}"


def row_key_sql(dataset: Dataset, table: str, name: str) -> str:
    """Return the SQL of a key column of an older version: that of the row in the ledger to which the version led."""
    own = f"{table}.{quote_ident(name)}"
    return f"coalesce({table}.{quote_ident(row_key_column(name))}, {own})" if name in dataset.joined_key else own


def older_versions_sql(dataset: Dataset) -> str:
    """Return the SQL of the older versions of a ledger's rows, each with the key that its row has now."""
    table = quote_ident(undo_table(dataset))
    kept = ", ".join(f"{row_key_sql(dataset, 't', k)} AS {quote_ident(k)}" for k in dataset.joined_key)
    return f"(SELECT * REPLACE ({kept}) FROM {table} t)" if kept else table


def same_row_sql(dataset: Dataset, other: str) -> str:
    """Return the SQL that tells whether a row of the undo table is an older version of the row with another key."""
    table = quote_ident(undo_table(dataset))
    return " AND ".join(f"{row_key_sql(dataset, table, k)} = {other}.{quote_ident(k)}" for k in dataset.key)


def keys_equal_sql(dataset: Dataset, left: str, right: str) -> str:
    """Return the SQL that tells whether the rows of two tables have the same key."""
    return " AND ".join(f"{left}.{quote_ident(k)} = {right}.{quote_ident(k)}" for k in dataset.key)


def key_text_sql(dataset: Dataset, table: str) -> str:
    """Return the SQL of a row's key as a reader sees it."""
    return f" || '{KEY_SEPARATOR}' || ".join(f"CAST({table}.{quote_ident(k)} AS VARCHAR)" for k in dataset.key)


def _column_definitions(dataset: Dataset) -> dict[str, str]:
    return {c.name: c.sql_type for c in dataset.columns} | {"batch_id": "BIGINT"}


def _align_table(con: Connection, table: str, present: set[str], definitions: dict[str, str]) -> None:
    """Make a table, or add the columns that it does not have yet."""
    if not present:
        body = ", ".join(f"{quote_ident(n)} {t}" for n, t in definitions.items())
        con.execute(f"CREATE TABLE {quote_ident(table)} ({body})")
        return
    for name, sql_type in definitions.items():
        if name not in present:
            con.execute(f"ALTER TABLE {quote_ident(table)} ADD COLUMN {quote_ident(name)} {sql_type}")


def align_ledgers(con: Connection) -> None:
    """Bring every ledger and its undo table to the columns of the registry."""
    present = table_columns(con)
    for dataset in DATASETS.values():
        ledger = _column_definitions(dataset)
        joined = {row_key_column(name): dataset.column(name).sql_type for name in dataset.joined_key}
        undo = {"undo_batch": "BIGINT", "undo_action": "VARCHAR"} | joined | ledger
        for table, definitions in ((dataset.name, ledger), (undo_table(dataset), undo)):
            _align_table(con, table, present.get(table, set()), definitions)


def _create_batch_log(con: Connection) -> None:
    con.execute("CREATE TABLE store_lock (n BIGINT NOT NULL)")
    con.execute("INSERT INTO store_lock VALUES (0)")
    con.execute(f"CREATE TABLE batch ({BATCH_COLUMNS})")


def _add_ledger_versions(con: Connection) -> None:
    """Count deletes, name mode, origin and sheet of a batch; remember mappings; a row itself tells who inserted it."""
    for column in ("deleted BIGINT DEFAULT 0", "mode VARCHAR DEFAULT 'upsert'", "origin VARCHAR", "sheet VARCHAR"):
        con.execute(f"ALTER TABLE batch ADD COLUMN {column}")
    con.execute("CREATE TABLE ledger_version (dataset VARCHAR NOT NULL, n BIGINT NOT NULL)")
    con.execute(
        "CREATE TABLE column_mapping (dataset VARCHAR NOT NULL, signature VARCHAR NOT NULL, "
        "heading VARCHAR NOT NULL, column_name VARCHAR NOT NULL)"
    )
    for table in (t for t in _table_names(con) if t.startswith("undo_")):
        con.execute(f"DELETE FROM {quote_ident(table)} WHERE undo_action = 'insert'")


def _keep_ledger_states(con: Connection) -> None:
    """Make a row for each ledger out of its version; what is not known yet is added once the ledgers are aligned.

    A later step that changes the rows of a ledger sets its `dated_by` to NULL, so that its state is read off anew.
    """
    con.execute(
        "CREATE TABLE ledger_state (dataset VARCHAR NOT NULL, version BIGINT NOT NULL, rows BIGINT, newest DATE, "
        "first_batch BIGINT, last_batch BIGINT, is_sample BOOLEAN, dated_by VARCHAR)"
    )
    con.execute("INSERT INTO ledger_state (dataset, version) SELECT dataset, n FROM ledger_version")
    con.execute("DROP TABLE ledger_version")


def _describe_submissions(con: Connection) -> None:
    """Let a batch say with which it came in, by the first of them, all ledgers of its file, and what was given by hand.

    So far a batch came in alone, with nothing given for its whole file or read as something else.
    """
    for column in ("submission BIGINT", "file_ledgers VARCHAR[]", "given VARCHAR"):
        con.execute(f"ALTER TABLE batch ADD COLUMN {column}")
    con.execute("UPDATE batch SET submission = batch_id, file_ledgers = [dataset]")


def _date_joins_key(con: Connection, ledger: str, key: tuple[str, ...], day: str) -> None:
    """Tell older versions of a row by the day that it has now, as the day has become part of the key of its ledger.

    So far a key came once, and a change of the day was a change of that row.
    """
    if undo_table(DATASETS[ledger]) not in _table_names(con):
        return
    named, same = ", ".join(key), " AND ".join(f"u.{k} = n.{k}" for k in key)
    con.execute(f"ALTER TABLE undo_{ledger} ADD COLUMN IF NOT EXISTS row_{day} DATE")
    con.execute(
        f"""
        UPDATE undo_{ledger} AS u SET row_{day} = n.{day}
        FROM (
            SELECT {named}, arg_max({day}, until) AS {day}
            FROM (
                SELECT {named}, {day}, undo_batch AS until FROM undo_{ledger}
                UNION ALL
                SELECT {named}, {day}, 9223372036854775807 FROM {ledger}
            )
            GROUP BY {named}
        ) AS n
        WHERE {same} AND u.{day} <> n.{day}
        """
    )


def _let_stages_come_again(con: Connection) -> None:
    """Let a project come to a stage more than once."""
    _date_joins_key(con, "stage_event", ("project_id", "stage"), "entered_on")


def _let_households_go_back(con: Connection) -> None:
    """Let a household come to a step more than once, and sign again after its agreement was withdrawn."""
    _date_joins_key(con, "status_event", ("household_id", "status"), "on_date")
    _date_joins_key(con, "agreement", ("household_id",), "signed_on")


def _forget_persons(con: Connection) -> None:
    """Drop the columns that named a person, of rows and of older versions, and what a clerk once led to them."""
    present = _table_names(con)
    for ledger, column in (("chief", "name"), ("facility", "keeper")):
        for table in {ledger, f"undo_{ledger}"} & present:
            con.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {column}")
        con.execute("DELETE FROM column_mapping WHERE dataset = ? AND column_name = ?", [ledger, column])


def _name_coordinate_system(con: Connection) -> None:
    """Let rows and older versions of rows say in which system their coordinates are: so far all were read as WGS84."""
    present = _table_names(con)
    points = ("facility", "issue", "outfall", "plant", "section", "signboard", "source")
    for ledger, column in (*((ledger, "lon") for ledger in points), ("reach", "course")):
        for table in {ledger, undo_table(DATASETS[ledger])} & present:
            con.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS crs VARCHAR")
            con.execute(f"UPDATE {table} SET crs = 'WGS84' WHERE {column} IS NOT NULL")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create_batch_log,
    _add_ledger_versions,
    _keep_ledger_states,
    _describe_submissions,
    _let_stages_come_again,
    _let_households_go_back,
    _forget_persons,
    _name_coordinate_system,
)


def current_version(con: Connection) -> int:
    """Return the schema version of a database; 0 for an empty one."""
    if "schema_version" not in _table_names(con):
        return 0
    row = con.execute("SELECT max(version) FROM schema_version").fetchall()[0]
    return int(row[0] or 0)


def migrate(con: Connection) -> None:
    """Bring a database forward to the newest version, one step after the other."""
    con.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
    for number in range(current_version(con), len(MIGRATIONS)):
        MIGRATIONS[number](con)
        con.execute("INSERT INTO schema_version VALUES (?)", [number + 1])


def _fill_table(con: Connection, table: str, definition: str, rows: list[tuple[object, ...]]) -> None:
    """Make a table hold these rows, whatever columns it had before; one that holds them already is left alone."""
    con.execute(f"CREATE TABLE IF NOT EXISTS {table} ({definition})")
    if sorted(con.execute(f"SELECT * FROM {table}").fetchall(), key=repr) == sorted(rows, key=repr):
        return
    con.execute(f"CREATE OR REPLACE TABLE {table} ({definition})")
    columns = [list(column) for column in zip(*rows, strict=True)]
    con.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def fill_reference_tables(con: Connection) -> None:
    """Write every version of the limits and the names of waters, and the enumerations, where queries can join them."""
    limit = (
        "standard VARCHAR, effective_from DATE, rounded_from DATE, parameter VARCHAR, water VARCHAR, "
        "class_rank INTEGER, low DOUBLE, high DOUBLE, decimals INTEGER"
    )
    _fill_table(con, "standard_limit", limit, list(standards.class_limits()))
    words: list[tuple[object, ...]] = [
        (
            *(r["match"], r["word"], r["water"], int(r["rank"]), r["is_outright"] == "1"),
            date.fromisoformat(r["effective_from"]),
        )
        for r in every_version("water_name.csv")
        if r["rule"] == "name"
    ]
    named = "match VARCHAR, word VARCHAR, water VARCHAR, rank INTEGER, is_outright BOOLEAN, effective_from DATE"
    _fill_table(con, "water_name", named, words)
    listed: list[tuple[object, ...]] = [
        (d.name, c.name, choice.value, ordinal)
        for d in DATASETS.values()
        for c in d.columns
        for ordinal, choice in enumerate(c.choices, 1)
    ]
    _fill_table(con, "enumeration", "dataset VARCHAR, column_name VARCHAR, value VARCHAR, ordinal INTEGER", listed)
