"""Rows that wait for each other in a circle: which ones, and by which way each comes back to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from duckdb import DuckDBPyConnection as Connection

from data.datasets.constraint import CycleConstraint
from data.ingest.values.codes import listed_codes_sql
from data.schema import quote_ident

LONGEST_CHAIN = 50  # chosen: a longer way round is told without its beginning
SHOWN_CODES = 8  # chosen: as many as a cell of the report bears

Links = Mapping[str, Sequence[str]]


def make_chains_table(con: Connection, constraint: CycleConstraint, key: str) -> None:
    """Make `chains`: the codes of the view `after` that come back to themselves, each with the way it does."""
    ways = {code: chain_text(chain) for chain in cycle_chains(_links_by_code(con, constraint, key)) for code in chain}
    con.execute(
        "CREATE OR REPLACE TEMP TABLE chains AS SELECT unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS chain",
        [list(ways), list(ways.values())],
    )


def _links_by_code(con: Connection, constraint: CycleConstraint, key: str) -> Links:
    """Return what each row names in the groups that the file touches; one that names itself alone is told elsewhere."""
    code, same = quote_ident(key), ", ".join(map(quote_ident, constraint.group))
    rows = con.execute(
        f"SELECT {code}, {listed_codes_sql(constraint.links)} FROM after SEMI JOIN "
        f"(FROM after WHERE line IS NOT NULL) AS t USING ({same}) WHERE {quote_ident(constraint.links)} IS NOT NULL "
        f"ORDER BY {code}"  # the same file is told the same way round each time
    ).fetchall()
    return {row: [link for link in links if link != row] for row, links in rows}


def cycle_chains(links: Links) -> Iterator[list[str]]:
    """Yield a way round for each link that closes one, depth first: a, b, c where a names b, b names c, and c names a.

    Once the last code of each is taken out there is no way round left.
    """
    done: set[str] = set()
    for start in links:
        path, place, waiting = list[str](), dict[str, int](), [(start, False)]
        while waiting:
            code, is_left = waiting.pop()
            if is_left:
                done.add(code)
                del place[path.pop()]
            elif code in place or code in done:
                continue
            else:
                place[code] = len(path)
                path.append(code)
                waiting.append((code, True))
                for link in links.get(code, ()):
                    if link in place:
                        yield path[max(place[link], len(path) - LONGEST_CHAIN) :]
                    elif link not in done:
                        waiting.append((link, False))


def chain_text(chain: Sequence[str]) -> str:
    """Return a way round as its codes with arrows, the first one once more at its end."""
    left_out = ["…"] if len(chain) > SHOWN_CODES else []
    return " → ".join([*chain[:SHOWN_CODES], *left_out, chain[0]])
