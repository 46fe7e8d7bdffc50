"""`python -m bench [NAME …]`: measure, print a table, keep the numbers in bench/results/."""

from __future__ import annotations

import argparse

from bench import cold_start, load

MEASUREMENTS = {
    "cold_start": cold_start.measure_cold_start,
    "load": load.measure_load,
    "load_10m": load.measure_load_10m,
    "load_growth": load.measure_growth,
    "load_xlsx": load.measure_xlsx,
    "load_readers": load.measure_readers,
}


def main() -> None:
    """Run the named measurements, or all of them."""
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    words.add_argument("--rounds", type=int, help="rounds of each measurement, 3 or 5 unless said")
    args = words.parse_args()
    for name in args.names or MEASUREMENTS:
        result = MEASUREMENTS[name](args.rounds) if args.rounds else MEASUREMENTS[name]()
        print(result.table(), f"→ {result.save()}", sep="\n", flush=True)


if __name__ == "__main__":
    main()
