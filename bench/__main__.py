"""`python -m bench [NAME …]`: measure, print a table, keep the numbers in bench/results/."""

from __future__ import annotations

import argparse

from bench import cold_start

MEASUREMENTS = {"cold_start": cold_start.measure}


def main() -> None:
    """Run the named measurements, or all of them."""
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    words.add_argument("--rounds", type=int, default=5)
    args = words.parse_args()
    for name in args.names or MEASUREMENTS:
        result = MEASUREMENTS[name](args.rounds)
        print(result.table(), f"→ {result.save()}", sep="\n")


if __name__ == "__main__":
    main()
