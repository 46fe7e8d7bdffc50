"""`python -m bench [NAME …]`: measure, print a table, keep the numbers in bench/results/."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from bench import big_map, cold_start, load, open_pages, pages, peers, viewers


class Measured(Protocol):
    """What a measurement gives."""

    def table(self) -> str: ...

    def save(self) -> Path: ...


BY_PAGE: dict[str, Callable[..., Measured]] = {
    "pages": pages.measure_pages,
    "viewers": viewers.measure_viewers,
    "viewers_1m": viewers.measure_viewers_1m,
}
MEASUREMENTS: dict[str, Callable[..., Measured]] = {
    "cold_start": cold_start.measure_cold_start,
    **BY_PAGE,
    "big_map": big_map.measure_big_map,
    "open_pages": open_pages.measure_open_pages,
    "load": load.measure_load,
    "load_10m": load.measure_load_10m,
    "load_growth": load.measure_growth,
    "load_xlsx": load.measure_xlsx,
    "load_readers": load.measure_readers,
}
# Needs what only `make bench-peers` installs, so it runs by name only.
WITH_PEERS: dict[str, Callable[..., Measured]] = {"peers": peers.measure_peers}


def main() -> None:
    """Run the named measurements, or all of them that need nothing more than the house."""
    everything = MEASUREMENTS | WITH_PEERS
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("names", nargs="*", metavar="NAME", help=", ".join(everything))
    words.add_argument("--rounds", type=int, help="rounds of each measurement, 3 or 5 unless said")
    words.add_argument("--page", action="append", default=[], metavar="FILE", help="only this page, water/river.py")
    args = words.parse_args()
    for name in args.names or MEASUREMENTS:
        options: dict[str, Any] = {"rounds": args.rounds} if args.rounds else {}
        if name in BY_PAGE | WITH_PEERS:
            options["wanted"] = args.page
        result = everything[name](**options)
        print(result.table(), f"→ {result.save()}", sep="\n", flush=True)


if __name__ == "__main__":
    main()
